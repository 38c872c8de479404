//! How far what is said reaches: to the end of its clause and its quotation, and never beyond what it stands within.

use super::draw::Drawn;
use super::labels as dep;
use super::mend::under;
use super::page::{NONE, Page, Pos, hash};

/// The most words that are added to a content.
const LONGEST: usize = 80;

/// Gives a content the words that its grammar holds, and takes away a comma that is the sentence's.
pub(crate) fn complete(page: &Page<'_>, drawn: &mut Drawn) {
    if let Some(clause) = that_clause(page, drawn) {
        adjuncts(page, drawn, clause);
        coordinate(page, drawn, clause);
    }
    marks(page, drawn);
}

/// The verb of the clause with "that" which is said outside of quotation marks, if it is in the content.
fn that_clause(page: &Page<'_>, drawn: &Drawn) -> Option<usize> {
    let words = &page.words;
    let that = |at: usize| {
        page.child(at, dep::MARK).is_some_and(|mark| {
            words[mark].lemma == const { hash("that") }
                && drawn.content.binary_search(&mark).is_ok()
        })
    };
    page.children(drawn.head).filter(|&at| at > drawn.head && words[at].dep == dep::CCOMP).find(
        |&at| {
            words[at].quotation == words[drawn.head].quotation
                && that(at)
                && drawn.content.binary_search(&at).is_ok()
        },
    )
}

/// Adds the words from the end of the content to the end of a branch, if the branch begins there and nobody else's
/// quotation stands in it.
fn extend(page: &Page<'_>, drawn: &mut Drawn, branch: usize) {
    let words = &page.words;
    let Some(&last) = drawn.content.last() else { return };
    let end = page.sentence(last).end.min(last + 1 + LONGEST);
    let belongs = |at: usize| {
        at == branch
            || under(page, at, branch)
            || matches!(words[at].pos, Pos::Conjunction)
            || page.form(at) == ","
    };
    let mut more: Vec<usize> = (last + 1..end)
        .take_while(|&at| {
            belongs(at)
                && words[at].quotation == words[drawn.head].quotation
                && drawn.source.binary_search(&at).is_err()
                && drawn.cue.binary_search(&at).is_err()
        })
        .collect();
    // Blanks of a layout are words of the parser's.
    let over = |at: usize| {
        matches!(words[at].pos, Pos::Punctuation | Pos::Conjunction)
            || page.form(at).trim().is_empty()
    };
    while more.last().is_some_and(|&at| over(at)) {
        more.pop();
    }
    if more.binary_search(&branch).is_ok() {
        drawn.add_content(more);
    }
}

/// "They asserted that it came, as it was reported that ...", "he said that they had left, taking the boats with them": what
/// hangs on the verb of a clause, or on one joined to it, is said with it.
fn adjuncts(page: &Page<'_>, drawn: &mut Drawn, clause: usize) {
    let words = &page.words;
    let mut verb = clause;
    for _ in 0..DEEPEST {
        let adjunct = page.children(verb).find(|&at| {
            at > verb && words[at].dep == dep::ADVCL && drawn.content.binary_search(&at).is_err()
        });
        if let Some(adjunct) = adjunct {
            extend(page, drawn, adjunct);
        }
        let joined = page.children(verb).find(|&at| words[at].dep == dep::CONJ && at > verb);
        match joined.filter(|at| drawn.content.binary_search(at).is_ok()) {
            Some(joined) => verb = joined,
            None => break,
        }
    }
}

/// "She said that he was ill and he hoped to return": a clause with a pronoun for its subject that "and" joins without a
/// comma goes on with what is said, although the parser joins it to "said". (Who says a second thing leaves the
/// pronoun out, "she said that he was ill and hoped ...", or puts a comma.)
fn coordinate(page: &Page<'_>, drawn: &mut Drawn, clause: usize) {
    let words = &page.words;
    let joined = page.children(drawn.head).find(|&at| {
        let subject = page.child(at, dep::NSUBJ).or_else(|| page.child(at, dep::NSUBJPASS));
        at > clause
            && words[at].dep == dep::CONJ
            && drawn.content.binary_search(&at).is_err()
            && subject.is_some_and(|subject| {
                words[subject].pos == Pos::Pronoun
                    && subject > 0
                    && words[subject - 1].pos == Pos::Conjunction
                    && drawn.content.last() == Some(&(subject - 2))
                    && words[subject - 2].pos != Pos::Punctuation
            })
    });
    if let Some(joined) = joined {
        extend(page, drawn, joined);
    }
}

/// A comma behind a closing quotation mark is the sentence's, and a bracket that is opened is closed.
fn marks(page: &Page<'_>, drawn: &mut Drawn) {
    while let Some(&last) = drawn.content.last()
        && page.form(last) == ","
        && page.words[last].quotation == NONE
        && last.checked_sub(1).is_some_and(|at| page.words[at].mark)
    {
        drawn.drop_content(|at| at == last);
    }
    let Some(&last) = drawn.content.last() else { return };
    let opened = |open: &str, close: &str| {
        let count = |form: &str| drawn.content.iter().filter(|&&at| page.form(at) == form).count();
        page.words.get(last + 1).is_some_and(|next| next.sentence == page.words[last].sentence)
            && page.form(last + 1) == close
            && count(open) > count(close)
    };
    if opened("(", ")") || opened("[", "]") {
        drawn.add_content([last + 1]);
    }
}

/// Sees to it that nothing reaches beyond what it stands within: what lies mostly outside stands one level higher, and
/// what else is over is cut.
pub(crate) fn within_parents(drawn: &mut [Drawn]) {
    // From the outermost inwards, so that a cut reaches those within.
    let mut order: Vec<(usize, usize)> =
        (0..drawn.len()).map(|nth| (depth(drawn, nth), nth)).collect();
    order.sort_unstable();
    for (levels, nth) in order {
        for _ in 0..levels {
            let Some(parent) = drawn[nth].parent else { break };
            let inside = shared(&drawn[nth].content, &drawn[parent].content);
            if inside > 0 && 2 * inside >= drawn[nth].content.len() {
                let outer = std::mem::take(&mut drawn[parent].content);
                drawn[nth].drop_content(|at| outer.binary_search(&at).is_err());
                drawn[parent].content = outer;
                break;
            }
            drawn[nth].parent = drawn[parent].parent;
        }
    }
}

/// Deeper than anything is said within anything.
const DEEPEST: usize = 64;

/// How many attributions it stands within.
fn depth(drawn: &[Drawn], nth: usize) -> usize {
    std::iter::successors(drawn[nth].parent, |&up| drawn[up].parent).take(DEEPEST).count()
}

/// The number of words in both.
fn shared(inner: &[usize], outer: &[usize]) -> usize {
    inner.iter().filter(|at| outer.binary_search(at).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_reaches_beyond_what_it_stands_within(
            given in prop::collection::vec((prop::collection::btree_set(0usize..24, 1..16), any::<prop::sample::Index>()), 1..12),
        ) {
            // Each may stand within one before it, so that there are no rings.
            let mut drawn: Vec<Drawn> = Vec::new();
            for (content, parent) in given {
                let mut one = Drawn::spoken(0, vec![], vec![], content.into_iter().collect());
                one.parent = Some(parent.index(drawn.len() + 1)).filter(|&at| at < drawn.len());
                drawn.push(one);
            }
            let before = drawn.clone();
            within_parents(&mut drawn);
            for (one, was) in drawn.iter().zip(&before) {
                prop_assert!(!one.content.is_empty());
                if let Some(parent) = one.parent {
                    prop_assert_eq!(shared(&one.content, &drawn[parent].content), one.content.len());
                } else {
                    prop_assert_eq!(&one.content, &was.content);
                }
            }
        }
    }
}
