//! From measures to a dependence: a small model of named bounds, kept as data.

use std::sync::LazyLock;

use crossread_record::DependenceKind;
use serde::Deserialize;

use crate::measure::Measures;

/// The bounds, with their meaning, are in `data/model.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Model {
    copied: Copied,
    rewritten: Rewritten,
    credited: Credited,
    released: Released,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Copied {
    most: f32,
    most_words: usize,
    some: f32,
    some_sentences: usize,
    passage: f32,
    passage_sentences: usize,
    passage_words: usize,
    piece: usize,
    piece_sentences: usize,
    whole: f32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rewritten {
    neighbours: f32,
    unknown_stock: f32,
    told: f32,
    told_slope: f32,
    own: f32,
    own_slope: f32,
    own_most: f32,
    own_quoted: f32,
    words: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Credited {
    own: f32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Released {
    neighbours: f32,
    told: f32,
    own: f32,
    own_quoted: f32,
}

static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| toml::from_str(include_str!("../data/model.toml")).ok());

/// Whether one is a copy of the other, in whole or in part.
pub(crate) fn copied(measures: &Measures) -> Option<DependenceKind> {
    MODEL.as_ref().and_then(|model| model.copied(measures))
}

/// Whether one is a rewrite of the other, given that it is no copy; `origins` is the number of origins the pile is
/// known to have at most.
pub(crate) fn rewritten(measures: &Measures, origins: usize) -> bool {
    MODEL.as_ref().is_some_and(|model| model.rewritten.holds(measures, origins))
}

/// Whether [`rewritten`] could hold for any number of origins.
pub(crate) fn may_be_rewritten(measures: &Measures) -> bool {
    rewritten(measures, usize::MAX)
}

/// Whether a report that credits the other for its text has little of its own beside it.
pub(crate) fn retold(measures: &Measures) -> bool {
    MODEL.as_ref().is_some_and(|model| {
        measures.own <= model.credited.own && measures.own_quoted <= model.rewritten.own_quoted
    })
}

/// Whether two reports that both name a release as their source retell the same one.
pub(crate) fn released(measures: &Measures) -> bool {
    MODEL.as_ref().is_some_and(|Model { released, rewritten, .. }| {
        measures.words >= rewritten.words
            && measures.neighbours >= released.neighbours
            && measures.told >= released.told
            && measures.own <= released.own
            && measures.own_quoted <= released.own_quoted
    })
}

impl Model {
    fn copied(&self, m: &Measures) -> Option<DependenceKind> {
        let copied = &self.copied;
        let most = m.share >= copied.most && m.shared_words >= copied.most_words;
        let some = m.share >= copied.some
            && m.narrative >= copied.some_sentences
            && m.whole >= copied.some_sentences;
        let passage = m.share >= copied.passage
            && m.narrative >= copied.passage_sentences
            && m.whole >= copied.passage_sentences
            && m.longest >= copied.passage_words;
        let piece = m.share >= copied.passage
            && m.longest >= copied.piece
            && m.narrative >= copied.piece_sentences;
        (most || some || passage || piece).then_some(if m.share >= copied.whole {
            DependenceKind::Copy
        } else {
            DependenceKind::Partial
        })
    }
}

impl Rewritten {
    fn holds(&self, m: &Measures, origins: usize) -> bool {
        let bound = self.neighbours
            + self.unknown_stock / origins.max(1) as f32
            + self.told_slope * (self.told - m.told);
        let own = (self.own + self.own_slope * (m.neighbours - bound)).min(self.own_most);
        m.words >= self.words
            && m.neighbours >= bound
            && m.own <= own
            && m.own_quoted <= self.own_quoted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_reads() {
        assert!(MODEL.is_some());
    }
}
