//! The parser: arc-eager transitions that also mark sentence starts (`Break`), may replace a head once given, and put a
//! word without a head back on the buffer (Honnibal and Johnson 2015, "An improved non-monotonic transition system for
//! dependency parsing").

use crate::chooser::{Chooser, Contributions};
use crate::format::FormatError;
use crate::kernel::Level;
use crate::sentences::Bound;

/// The kinds of moves, in the order of spaCy's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

/// The moves in order of the network's outputs.
#[derive(Debug)]
pub(crate) struct Moves {
    moves: Vec<(Kind, u16)>,
    /// The labels the moves name, each once.
    pub(crate) labels: Vec<String>,
}

/// The heads of a stretch of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arc {
    /// The index of the head in the stretch; its own for a token without one.
    pub(crate) head: u32,
    /// Into [`Moves::labels`]; `None` for a token without a head.
    pub(crate) label: Option<u16>,
}

impl Moves {
    pub(crate) fn new(moves: &[(u8, String)], chooser: &Chooser) -> Result<Self, FormatError> {
        const KINDS: [Kind; 5] = [Kind::Shift, Kind::Reduce, Kind::Left, Kind::Right, Kind::Break];
        if chooser.places() != 8 {
            return Err(FormatError::Damaged("a parser that looks at other than eight tokens"));
        }
        let mut labels: Vec<String> = Vec::new();
        let mut list = Vec::new();
        for (kind, label) in moves {
            let kind = KINDS
                .get(usize::from(*kind))
                .ok_or(FormatError::Damaged("an unknown move of the parser"))?;
            // That label would ask for more rules: it joins the parts of one word.
            if label == "subtok" {
                return Err(FormatError::Damaged("a parser that joins tokens"));
            }
            let index = labels.iter().position(|known| known == label).unwrap_or_else(|| {
                labels.push(label.clone());
                labels.len() - 1
            });
            list.push((*kind, index as u16));
        }
        Ok(Self { moves: list, labels })
    }

    /// Parses the first tokens of a stretch; gives the arcs of as many tokens as could be parsed as though the text
    /// went on, up to a place where nothing is open. With `ends` the stretch is the text's end and all are parsed.
    /// `bounds` says of each token whether a sentence must, may or must not start there.
    pub(crate) fn parse(
        &self,
        level: Level,
        chooser: &Chooser,
        contributions: &Contributions,
        bounds: &[Bound],
        ends: bool,
    ) -> Vec<Arc> {
        let tokens = bounds.len();
        let mut state = State::new(bounds);
        let mut scores = Vec::new();
        let mut closed = 0;
        while !state.is_final() {
            if state.is_clean() {
                closed = state.next;
            }
            // A move looks at two tokens of the buffer, and at whether there is one more.
            if !ends && state.next + 3 > tokens {
                break;
            }
            chooser.scores(level, contributions, &state.places(), &mut scores);
            let Some((kind, label)) = self.best(&state, &scores) else { break };
            state.take(kind, label);
        }
        if ends {
            closed = tokens;
        }
        (0..closed)
            .map(|at| match state.heads[at] {
                NONE => Arc { head: at as u32, label: None },
                head => Arc { head, label: Some(state.labels[at]) },
            })
            .collect()
    }

    /// The valid move with the highest score, of equals the first.
    fn best(&self, state: &State, scores: &[f32]) -> Option<(Kind, u16)> {
        let valid = state.valid();
        let mut best: Option<(f32, usize)> = None;
        for (index, ((kind, _), score)) in self.moves.iter().zip(scores).enumerate() {
            if valid[*kind as usize] && best.is_none_or(|(highest, _)| *score > highest) {
                best = Some((*score, index));
            }
        }
        best.map(|(_, index)| self.moves[index])
    }
}

const NONE: u32 = u32::MAX;

/// A parse in the making.
struct State {
    len: usize,
    /// Tokens that still want a head or dependents, the last on top.
    stack: Vec<u32>,
    /// Tokens put back before the rest of the text, the first last.
    returned: Vec<u32>,
    /// The first token never yet on the stack.
    next: usize,
    heads: Vec<u32>,
    labels: Vec<u16>,
    /// The dependents of each token before it and after it, as lists from the last added to the first.
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    older: Vec<u32>,
    newer: Vec<u32>,
    was_returned: Vec<bool>,
    starts_sentence: Vec<bool>,
    /// Tokens at which no sentence starts.
    inside: Vec<bool>,
}

impl State {
    fn new(bounds: &[Bound]) -> Self {
        let len = bounds.len();
        Self {
            len,
            stack: Vec::new(),
            returned: Vec::new(),
            next: 0,
            heads: vec![NONE; len],
            labels: vec![0; len],
            last_left: vec![NONE; len],
            last_right: vec![NONE; len],
            older: vec![NONE; len],
            newer: vec![NONE; len],
            was_returned: vec![false; len],
            starts_sentence: bounds.iter().map(|bound| *bound == Bound::Starts).collect(),
            inside: bounds.iter().map(|bound| *bound == Bound::Inside).collect(),
        }
    }

    fn stacked(&self, depth: usize) -> Option<u32> {
        self.stack.len().checked_sub(depth + 1).map(|at| self.stack[at])
    }

    fn buffered(&self, index: usize) -> Option<u32> {
        match self.returned.len().checked_sub(index + 1) {
            Some(at) => Some(self.returned[at]),
            None => {
                let at = self.next + index - self.returned.len();
                (at < self.len).then_some(at as u32)
            }
        }
    }

    fn in_buffer(&self) -> usize {
        self.len - self.next + self.returned.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.in_buffer() == 0
    }

    /// Whether nothing binds the next token to those before it.
    fn is_clean(&self) -> bool {
        self.stack.is_empty()
            && self.returned.is_empty()
            && self.last_left.get(self.next).is_none_or(|&child| child == NONE)
    }

    /// The tokens that the network looks at.
    fn places(&self) -> [Option<u32>; 8] {
        let last = |list: &[u32], head: Option<u32>| {
            let child = list[head? as usize];
            (child != NONE).then_some(child)
        };
        let (first, top) = (self.buffered(0), self.stacked(0));
        [
            first,
            self.buffered(1),
            top,
            self.stacked(1),
            self.stacked(2),
            last(&self.last_left, first),
            last(&self.last_left, top),
            last(&self.last_right, top),
        ]
    }

    /// Which kinds of moves are possible.
    fn valid(&self) -> [bool; 5] {
        let starts =
            |token: Option<u32>| token.is_some_and(|token| self.starts_sentence[token as usize]);
        let first = self.buffered(0);
        let stacked = !self.stack.is_empty();
        let arc = stacked && first.is_some() && !starts(first);
        let returned = first.is_some_and(|token| self.was_returned[token as usize]);
        let shift = !stacked || (self.in_buffer() >= 2 && !starts(first) && !returned);
        let second = self.buffered(1);
        let inside = |token: u32| self.inside[token as usize];
        let breaks = match (first, second) {
            (Some(first), Some(second)) => {
                second == first + 1 && !starts(Some(second)) && !inside(second)
            }
            _ => false,
        };
        // Without the last word on the stack the next would start a sentence.
        let last = self.stack.len() == 1 && first.is_some_and(inside);
        [shift, stacked && !last, arc, arc, breaks]
    }

    fn take(&mut self, kind: Kind, label: u16) {
        let (first, top) = (self.buffered(0), self.stacked(0));
        match (kind, first, top) {
            (Kind::Shift, ..) => self.push(),
            (Kind::Reduce, _, Some(top)) => {
                self.stack.pop();
                if self.heads[top as usize] == NONE && !self.stack.is_empty() {
                    self.was_returned[top as usize] = true;
                    self.returned.push(top);
                }
            }
            (Kind::Left, Some(first), Some(top)) => {
                self.attach(first, top, label);
                // The stack has changed, so the word may be returned once more without going in circles.
                self.was_returned[first as usize] = false;
                self.stack.pop();
            }
            (Kind::Right, Some(first), Some(top)) => {
                self.attach(top, first, label);
                self.push();
            }
            (Kind::Break, Some(first), _) => self.starts_sentence[first as usize + 1] = true,
            // Not valid, so never chosen.
            _ => {}
        }
    }

    fn push(&mut self) {
        match self.returned.pop() {
            Some(token) => self.stack.push(token),
            None => {
                self.stack.push(self.next as u32);
                self.next += 1;
            }
        }
    }

    fn attach(&mut self, head: u32, child: u32, label: u16) {
        let at = child as usize;
        if self.heads[at] != NONE {
            self.detach(child);
        }
        let last = if child < head { &mut self.last_left } else { &mut self.last_right };
        let before = std::mem::replace(&mut last[head as usize], child);
        self.older[at] = before;
        self.newer[at] = NONE;
        if before != NONE {
            self.newer[before as usize] = child;
        }
        self.heads[at] = head;
        self.labels[at] = label;
    }

    fn detach(&mut self, child: u32) {
        let at = child as usize;
        let head = self.heads[at];
        let (older, newer) = (self.older[at], self.newer[at]);
        if older != NONE {
            self.newer[older as usize] = newer;
        }
        if newer != NONE {
            self.older[newer as usize] = older;
        } else {
            let last = if child < head { &mut self.last_left } else { &mut self.last_right };
            last[head as usize] = older;
        }
    }
}
