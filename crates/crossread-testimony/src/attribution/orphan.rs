//! Quotations that no cue reaches: those that go on from the paragraph before, and those that nobody is said to say.

use super::draw::Drawn;
use super::page::{NONE, Page, Pos, Run};

/// A quotation of fewer words is a name or a scare quote.
const LEAST_WORDS: usize = 4;
/// A name with what its bearer does, in words.
const LONGEST_SIGNATURE: usize = 14;

/// Gives quotations that go on to the attribution they go on from, and adds an attribution without source and cue for
/// every quoted sentence that is left. What is said within such a quotation is said by its speaker: a child.
pub(crate) fn add(page: &Page<'_>, drawn: &mut Vec<Drawn>) {
    let found = drawn.len();
    // For each word the outermost attribution whose content it is, and whether a part of an attribution from
    // outside its quotation is there.
    let mut owner: Vec<Option<usize>> = vec![None; page.words.len()];
    let mut reached = vec![false; page.words.len()];
    let mut within: Vec<Vec<usize>> = vec![Vec::new(); page.quotations.len()];
    for (nth, d) in drawn.iter().enumerate() {
        let home = page.words[d.head].quotation;
        if let Some(list) = within.get_mut(home as usize)
            && d.parent.is_none()
        {
            list.push(nth);
        }
        for &at in d.source.iter().chain(&d.cue).chain(&d.content) {
            reached[at] |= page.words[at].quotation != home;
        }
        for &at in &d.content {
            if owner[at].is_none() || d.parent.is_none() {
                owner[at] = Some(nth);
            }
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
        if (first..end).all(|at| !reached[at]) {
            let from = before.and_then(|(last, whose)| {
                // The words between the two are none: the one goes on where the other stopped.
                (quotation.continues && last.end == first).then_some(whose).flatten()
            });
            let to = if let Some(from) = from {
                drawn[from].add_content(first..end);
                Some(from)
            } else if let Some(signed) = signed(page, run) {
                drawn.push(signed);
                Some(drawn.len() - 1)
            } else if is_speech(page, run)
                && !inside_other(page, nth, run)
                && (quotation.whole
                    || !within[nth].iter().any(|&inner| starts(&drawn[inner], first)))
            {
                drawn.push(Drawn::spoken(first, vec![], vec![], (first..end).collect()));
                Some(drawn.len() - 1)
            } else {
                None
            };
            if to.is_some() {
                whose = to;
                for &inner in &within[nth] {
                    drawn[inner].parent = to.filter(|&to| {
                        to != inner && (to >= found || drawn[to].parent != Some(inner))
                    });
                }
            }
        }
        before = Some((run, whose));
    }
}

/// Whether the content starts with the quotation: “It fell, Ana Ruiz said. The closing mark is missing, not the speaker.
fn starts(drawn: &Drawn, first: usize) -> bool {
    drawn.content.first().is_some_and(|&at| at <= first + 1)
}

/// A quotation with its speaker after a dash, as under letters and pull quotes: “It fell.” — Ana Ruiz, farmer.
fn signed(page: &Page<'_>, run: Run) -> Option<Drawn> {
    let dash = run.end;
    let is_dash = |at: usize| matches!(page.form(at), "—" | "–" | "―" | "-" | "--");
    let name = dash + 1;
    let here = page.words.get(run.end - 1)?.paragraph;
    let there = page.words.get(name)?.paragraph;
    // On the same line, or on the next one.
    if !is_dash(dash) || page.words[dash].paragraph != there || there - here > 1 {
        return None;
    }
    let end = page.paragraph(name).end;
    let mut source: Vec<usize> = (name..end).collect();
    while source.last().is_some_and(|&last| page.words[last].pos == Pos::Punctuation) {
        source.pop();
    }
    let words = source.iter().map(|&at| &page.words[at]);
    let named = words.clone().next().is_some_and(|w| w.capital);
    let verb = words.clone().any(|w| w.is_verb() && !w.capital);
    let quoted = words.clone().any(|w| w.quotation != NONE);
    (named && !verb && !quoted && source.len() <= LONGEST_SIGNATURE)
        .then(|| Drawn::spoken(dash, source, vec![dash], (run.first..run.end).collect()))
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
