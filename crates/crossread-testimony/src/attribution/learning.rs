//! What a trainer of the networks needs: the features of every candidate.

use crossread_base::Span;
use crossread_record::{Parsed, Report};

use super::cue;
use super::net::Bag;
use super::page::{Page, Pos};
use super::role;

pub use super::draw::Models;
pub use super::net::{HIDDEN, Net};
pub use super::role::{LABELS, Label};

/// A report to learn from.
pub struct Material<'a>(Page<'a>);

impl<'a> Material<'a> {
    /// The report's claim-making words.
    pub fn new(report: &'a Report, parsed: &Parsed) -> Self {
        Self(Page::new(report, parsed))
    }

    /// The spans of the words; the index of a word is its place here.
    pub fn words(&self) -> Vec<Span> {
        self.0.words.iter().map(|word| word.span).collect()
    }

    /// Which of a cue's words stands for it: the topmost in the tree, verbs first.
    pub fn head(&self, cue: &[usize]) -> Option<usize> {
        let rank = |&at: &usize| {
            let word = &self.0.words[at];
            let top = !cue.contains(&word.head) || word.head == at;
            (word.class == 0 && word.pos != Pos::Verb, !top, word.pos != Pos::Verb, at)
        };
        cue.iter().copied().filter(|&at| cue::may_be_cue(&self.0, at)).min_by_key(rank)
    }

    /// Gives every candidate for a cue with its features.
    pub fn cues(&self, mut give: impl FnMut(usize, &[u32])) {
        let mut bag = Bag::default();
        for at in 0..self.0.words.len() {
            if cue::may_be_cue(&self.0, at) {
                cue::features(&self.0, at, &mut bag);
                give(at, &bag.0);
            }
        }
    }

    /// Gives every word around a cue with its features.
    pub fn roles(&self, cue: usize, give: impl FnMut(usize, &[u32])) {
        role::features(&self.0, cue, &mut Bag::default(), give);
    }
}
