//! What each claim rests on: the report's own words, another's passage, or nothing that the pile shows.

use crossread_base::{ClaimRef, Span};
use crossread_record::{Claim, DependenceKind, Passage, Record, Root, RootKind};

use crate::direction;
use crate::origins::Pair;
use crate::pile::Texts;
use crate::text::Text;

/// A claim is taken from another report when this share of its words stands in what the two share.
const TAKEN: f32 = 0.5;
/// A sentence of a rewrite comes from the text rewritten when this much of it is told there.
const RETOLD: f32 = 0.4;

/// The roots of one report's claims.
pub(crate) struct Roots<'a> {
    records: &'a [&'a Record],
    pile: &'a Texts,
    at: usize,
    shared: Vec<Part>,
}

/// Words of the report that another has too.
struct Part {
    words: std::ops::Range<usize>,
    /// In the other report.
    there: std::ops::Range<usize>,
    other: usize,
    told: bool,
    /// Whether the other had it first, where that is known.
    taken: Option<bool>,
}

impl<'a> Roots<'a> {
    /// What the report at `at` shares with others by these pairs, its own among them.
    pub(crate) fn of(
        records: &'a [&'a Record],
        pile: &'a Texts,
        stitched: &[Vec<usize>],
        at: usize,
        pairs: &[&Pair],
    ) -> Self {
        let mut shared = Vec::new();
        for pair in pairs.iter().filter(|pair| pair.a == at || pair.b == at) {
            let mine = pair.a == at;
            let other = if mine { pair.b } else { pair.a };
            let taken = direction::first(records, stitched, pair).map(|first| first == other);
            let turn = |a: std::ops::Range<usize>, b: std::ops::Range<usize>, told| {
                let (words, there) = if mine { (a, b) } else { (b, a) };
                Part { words, there, other, told, taken }
            };
            let passages = pair.passages.iter();
            shared.extend(passages.map(|both| turn(both.a.clone(), both.b.clone(), false)));
            if pair.kind == DependenceKind::Rewrite {
                let lines = |of: usize, line: usize| pile.texts[of].sentences[line].words.clone();
                let told = pair.told.iter().filter(|(_, _, like)| *like >= RETOLD);
                shared
                    .extend(told.map(|(i, j, _)| turn(lines(pair.a, *i), lines(pair.b, *j), true)));
            }
        }
        shared.sort_by_key(|part| (part.words.start, part.words.end, part.other));
        Self { records, pile, at, shared }
    }

    /// The root of a claim, and whether its words stand in what the report shares with others.
    pub(crate) fn root(&self, claim: &Claim) -> (Root, bool) {
        let text = &self.pile.texts[self.at];
        let record = self.records[self.at];
        let name = ClaimRef { report: record.report.id.clone(), claim: claim.id };
        let words = words_in(text, claim.span);
        let mut inside = vec![false; words.len()];
        // The part with most of the claim; of two as good, one that was taken, then the first.
        let mut best: Option<(&Part, (usize, bool))> = None;
        for part in &self.shared {
            if part.words.start >= words.end {
                break;
            }
            let from = part.words.start.max(words.start);
            let to = part.words.end.min(words.end);
            if from >= to {
                continue;
            }
            inside[from - words.start..to - words.start].fill(true);
            let rank = (to - from, part.taken == Some(true));
            if best.as_ref().is_none_or(|(_, before)| rank > *before) {
                best = Some((part, rank));
            }
        }
        let covered = inside.iter().filter(|inside| **inside).count();
        let shared = covered > 0 && covered as f32 >= TAKEN * words.len() as f32;
        let root = |kind, from| Root { claim: name.clone(), kind, from, corrected: None };
        let own = || if self.credited(claim.span) { RootKind::Unknown } else { RootKind::Own };
        let found = match best {
            Some((part, _)) if shared => {
                let from = Some(self.counterpart(part, &words));
                match (part.taken, part.told) {
                    (Some(true), false) => root(RootKind::Copy, from),
                    (Some(true), true) => root(RootKind::Rewrite, from),
                    (Some(false), _) => root(own(), None),
                    (None, _) => root(RootKind::Unknown, from),
                }
            }
            _ => root(own(), None),
        };
        (found, shared)
    }

    /// Whether the report credits somebody for these words.
    fn credited(&self, span: Span) -> bool {
        self.records[self.at].report.credits.iter().any(|credit| {
            !credit.picture && credit.covers.is_none_or(|covers| covers.overlaps(span))
        })
    }

    /// The sentences of the other report that stand where these words do in the passage.
    fn counterpart(&self, part: &Part, words: &std::ops::Range<usize>) -> Passage {
        let text = &self.pile.texts[part.other];
        let (all, there) = (part.words.len().max(1), part.there.len());
        let place = |at: usize| {
            let at = at.clamp(part.words.start, part.words.end) - part.words.start;
            part.there.start + at * there / all
        };
        let (from, to) = (place(words.start), place(words.end).max(place(words.start) + 1));
        let first = text.sentences.partition_point(|line| line.words.end <= from);
        let lines = text.sentences[first..].iter().take_while(|line| line.words.start < to);
        let span = lines.map(|line| line.span).reduce(Span::cover).unwrap_or_default();
        Passage { report: self.records[part.other].report.id.clone(), span }
    }
}

/// The words of a text that stand in `span`, as indices.
fn words_in(text: &Text, span: Span) -> std::ops::Range<usize> {
    let start = text.words.partition_point(|word| word.span.end <= span.start);
    let end = text.words.partition_point(|word| word.span.start < span.end);
    start..end.max(start)
}
