//! What an amount is beside how much: new, so far, a part, a change, the state before.

use super::lexicon::{LEXICON, Sense};
use super::reader::{Found, Reader};

/// How far back a verb of growth or a toll is looked for, in words.
const REACH: usize = 7;
/// How far back from a verb of growth: "the death toll from a strong earthquake a day before rose to 10".
const LONG_REACH: usize = 16;

impl Reader<'_> {
    /// The sense the words around an amount give it.
    pub(super) fn sense(&self, found: &Found) -> Option<Sense> {
        let words = self.words;
        let start = found.amount.start;
        // "a total of", "including", "down from" end right before the amount, articles aside.
        for length in 1..=4 {
            let Some(at) = start.checked_sub(length) else { break };
            if let Some((end, sense)) = LEXICON.senses_before.find(words, at)
                && end == start
            {
                return Some(sense);
            }
        }
        // "among them 12", "including at least", "killing 30, among them"
        let before = start.checked_sub(1)?;
        let grown = words.is(before, "to")
            && before > 0
            && LEXICON.change(words.lower(before - 1)).is_some();
        let reach = if grown { LONG_REACH } else { REACH };
        if words.any(before, &["to", "at", "of", "is", "was", "now", "stands"])
            && (start.saturating_sub(reach)..before).any(|at| LEXICON.is_toll(words.lower(at)))
        {
            return Some(Sense::Cumulative);
        }
        if words.is(before, "from") && self.change_before(before).is_some() {
            return Some(Sense::Before);
        }
        if words.is(before, "by") && self.change_before(before).is_some() {
            return Some(Sense::Change);
        }
        let measures = found.amount.unit.map_or("", |unit| LEXICON.measures(unit));
        let adverb = before.checked_sub(1).filter(|_| self.tag(before) == "RB");
        let near = LEXICON.change(words.lower(before)).is_some()
            || adverb.is_some_and(|at| LEXICON.change(words.lower(at)).is_some());
        (near && measures == "share").then_some(Sense::Change)
    }

    /// The direction of the change told of in the words before `at`: 1 up, -1 down.
    pub(super) fn change_before(&self, at: usize) -> Option<f64> {
        (at.saturating_sub(REACH)..at).rev().find_map(|at| LEXICON.change(self.words.lower(at)))
    }

    /// Whether a change is a decline.
    pub(super) fn declines(&self, found: &Found) -> bool {
        self.change_before(found.amount.start) == Some(-1.0)
    }

    /// The word before a currency symbol or a bound at `at`.
    pub(super) fn before_symbol(&self, at: usize) -> usize {
        let before = at.saturating_sub(1);
        if LEXICON.currencies.find(self.words, before).is_some() {
            before.saturating_sub(1)
        } else {
            before
        }
    }
}
