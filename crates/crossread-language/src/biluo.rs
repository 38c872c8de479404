//! The name recogniser: one move a token, that begins, continues or ends a name, or is outside of any.

use crate::chooser::{Chooser, Contributions};
use crate::format::FormatError;
use crate::kernel::Level;

/// The kinds of moves, in the order of spaCy's numbers (0 stands for a missing annotation there).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Begin,
    In,
    Last,
    Unit,
    Out,
}

/// The moves in order of the network's outputs.
#[derive(Debug)]
pub(crate) struct Moves {
    moves: Vec<(Kind, u16)>,
    /// The labels the moves name, each once.
    pub(crate) labels: Vec<String>,
}

/// A name: its tokens and its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) tokens: std::ops::Range<u32>,
    /// Into [`Moves::labels`].
    pub(crate) label: u16,
}

/// What the moves ask of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bounds {
    pub(crate) is_space: bool,
    pub(crate) starts_sentence: bool,
}

impl Moves {
    pub(crate) fn new(moves: &[(u8, String)], chooser: &Chooser) -> Result<Self, FormatError> {
        const KINDS: [Kind; 5] = [Kind::Begin, Kind::In, Kind::Last, Kind::Unit, Kind::Out];
        if chooser.places() != 3 {
            return Err(FormatError::Damaged(
                "a name recogniser that looks at other than three tokens",
            ));
        }
        let mut labels: Vec<String> = vec![String::new()];
        let mut list = Vec::new();
        for (kind, label) in moves {
            let kind = usize::from(*kind).checked_sub(1).and_then(|kind| KINDS.get(kind));
            let kind =
                kind.ok_or(FormatError::Damaged("an unknown move of the name recogniser"))?;
            let index = labels.iter().position(|known| known == label).unwrap_or_else(|| {
                labels.push(label.clone());
                labels.len() - 1
            });
            list.push((*kind, index as u16));
        }
        Ok(Self { moves: list, labels })
    }

    /// The names in a stretch of tokens that ends where a sentence ends.
    pub(crate) fn names(
        &self,
        level: Level,
        chooser: &Chooser,
        contributions: &Contributions,
        tokens: &[Bounds],
    ) -> Vec<Name> {
        let mut names = Vec::new();
        let mut open: Option<(u32, u16)> = None;
        let mut scores = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let number = at as u32;
            // The token, the first of the open name, and the one before the token where a name is open.
            let places = [
                Some(number),
                open.map(|(start, _)| start),
                open.and_then(|_| number.checked_sub(1)),
            ];
            chooser.scores(level, contributions, &places, &mut scores);
            // A name neither ends the text open nor crosses into the next sentence.
            let goes_on = tokens.get(at + 1).is_some_and(|next| !next.starts_sentence);
            let valid = |kind: Kind, label: u16| match kind {
                _ if kind != Kind::Out && label == 0 => false,
                Kind::Begin => open.is_none() && goes_on && !token.is_space,
                Kind::In => goes_on && open.is_some_and(|(_, opened)| opened == label),
                Kind::Last => open.is_some_and(|(_, opened)| opened == label),
                Kind::Unit => open.is_none() && !token.is_space,
                Kind::Out => open.is_none(),
            };
            let mut best: Option<(f32, Kind, u16)> = None;
            for (&(kind, label), &score) in self.moves.iter().zip(&scores) {
                if valid(kind, label) && best.is_none_or(|(highest, ..)| score > highest) {
                    best = Some((score, kind, label));
                }
            }
            match best {
                Some((_, Kind::Begin, label)) => open = Some((number, label)),
                Some((_, Kind::Unit, label)) => {
                    names.push(Name { tokens: number..number + 1, label });
                }
                Some((_, Kind::Last, label)) => {
                    if let Some((start, _)) = open.take() {
                        names.push(Name { tokens: start..number + 1, label });
                    }
                }
                _ => {}
            }
        }
        names
    }
}
