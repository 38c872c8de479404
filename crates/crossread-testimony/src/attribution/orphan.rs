//! Quotations that no cue reaches: those that go on from the paragraph before, and those that nobody is said to say.

use super::draw::Drawn;
use super::page::{NONE, Page, Pos, Run};

/// A quotation of fewer words is a name or a scare quote.
const LEAST_WORDS: usize = 4;

/// Gives quotations that go on to the attribution they go on from, and adds an attribution without source and cue for
/// every quoted sentence that is left.
pub(crate) fn add(page: &Page<'_>, drawn: &mut Vec<Drawn>) {
    let mut owner: Vec<Option<usize>> = vec![None; page.words.len()];
    for (nth, d) in drawn.iter().enumerate() {
        for &at in &d.content {
            // The outermost owns a word.
            if owner[at].is_none_or(|o| drawn[o].parent == Some(nth)) {
                owner[at] = Some(nth);
            }
        }
    }
    let mut taken = vec![false; page.words.len()];
    for d in drawn.iter() {
        for &at in d.source.iter().chain(&d.cue).chain(&d.content) {
            taken[at] = true;
        }
    }
    let mut before: Option<(Run, Option<usize>)> = None; // the quotation before and whose it is
    for (nth, quotation) in page.quotations.iter().enumerate() {
        let first = page.words.partition_point(|word| word.span.start < quotation.span.start);
        let end = page.words.partition_point(|word| word.span.start < quotation.span.end);
        if first >= end {
            continue;
        }
        let run = Run { first, end };
        let mut whose = (first..end).rev().take(400).find_map(|at| owner[at]);
        let free = (first..end).all(|at| !taken[at]);
        if free {
            let from = before.and_then(|(last, whose)| {
                // The words between the two are none: the one goes on where the other stopped.
                (quotation.continues && last.end == first).then_some(whose).flatten()
            });
            if let Some(from) = from {
                drawn[from].content.extend(first..end);
                drawn[from].content.sort_unstable();
                whose = Some(from);
            } else if is_speech(page, run) && !inside_other(page, nth, run) {
                drawn.push(Drawn::orphan(first, (first..end).collect()));
                whose = Some(drawn.len() - 1);
            }
        }
        before = Some((run, whose));
    }
}

/// Whether a quotation is a sentence that somebody says, rather than a title or a word kept at a distance.
fn is_speech(page: &Page<'_>, run: Run) -> bool {
    let words = &page.words[run.first..run.end];
    let spoken = words.iter().filter(|w| w.pos != Pos::Punctuation).count();
    let verb = words.iter().any(|w| w.is_verb());
    let capital = words.iter().find(|w| w.pos != Pos::Punctuation).is_some_and(|w| w.capital);
    spoken >= LEAST_WORDS && verb && capital && run.first >= page.headline_end
}

/// Whether the sentence around the quotation has words of its own, so that the quotation is a part of what it says.
fn inside_other(page: &Page<'_>, nth: usize, run: Run) -> bool {
    let first = page.sentence(run.first).first;
    let end = page.sentence(run.end - 1).end;
    let own = (first..run.first)
        .chain(run.end..end)
        .take(200)
        .filter(|&at| page.words[at].pos != Pos::Punctuation)
        .filter(|&at| page.words[at].quotation == NONE || page.words[at].quotation as usize == nth)
        .count();
    own > 1
}
