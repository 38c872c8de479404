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
    own: f32,
    own_quoted: f32,
    words: usize,
}

static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| toml::from_str(include_str!("../data/model.toml")).ok());

/// How two reports depend on each other; `None` where nothing shows that they do.
pub(crate) fn judge(measures: &Measures) -> Option<DependenceKind> {
    MODEL.as_ref().and_then(|model| model.judge(measures))
}

impl Model {
    fn judge(&self, m: &Measures) -> Option<DependenceKind> {
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
        if most || some || passage || piece {
            let copy = m.share >= copied.whole;
            return Some(if copy { DependenceKind::Copy } else { DependenceKind::Partial });
        }
        let rewritten = &self.rewritten;
        (m.words >= rewritten.words
            && m.neighbours >= rewritten.neighbours
            && m.own <= rewritten.own
            && m.own_quoted <= rewritten.own_quoted)
            .then_some(DependenceKind::Rewrite)
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
