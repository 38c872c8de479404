//! Forms that are cues beyond doubt, although the corpus has hardly any such: "[the witness said]" within a quotation, and
//! "confirmation from two sources that".

use super::draw::Drawn;
use super::labels as dep;
use super::mend::under;
use super::page::{NONE, Name, Page, Pos, class, hash};
use super::source::LONGEST_SPEAKER;

/// The most words of what a noun of saying tells.
const LONGEST_SAID: usize = 80;
/// The most words between square brackets that make a cue of their own: "[the witness said]".
const BRACKETS: usize = 10;

/// Whether the form around a word leaves no doubt that it is a cue, although the corpus has hardly any such.
pub(crate) fn is_cue_by_form(page: &Page<'_>, at: usize) -> bool {
    is_bracketed_cue(page, at) || noun_from(page, at).is_some()
}

/// Whether a word is the verb of "[the witness said]" within a quotation.
fn is_bracketed_cue(page: &Page<'_>, at: usize) -> bool {
    let word = &page.words[at];
    let near = |from: usize| (from..at).rev().any(|open| page.form(open) == "[");
    word.quotation != NONE
        && word.class & (class::SAY | class::TELL) != 0
        && word.is_verb()
        && page.words.get(at + 1).is_some_and(|next| next.quotation == word.quotation)
        && page.form(at + 1) == "]"
        && near(at.saturating_sub(BRACKETS / 2))
}

/// The words for who confirms and the first word of what, in "with confirmation from two sources that the road is open", of
/// a noun of saying. Where "that" could also be a pronoun the parser takes what is confirmed for a clause about the sources.
fn noun_from(page: &Page<'_>, at: usize) -> Option<(usize, std::ops::Range<usize>, usize)> {
    let words = &page.words;
    if words[at].pos != Pos::Noun || words[at].class & class::SAYING == 0 {
        return None;
    }
    let from = page.children(at).find(|&from| {
        from > at && words[from].dep == dep::PREP && words[from].lemma == const { hash("from") }
    })?;
    let who = page.child(from, dep::POBJ)?;
    let speaks = words[who].class & (class::PERSON | class::MEDIA) != 0
        || !matches!(words[who].name, Name::None | Name::Amount | Name::Work);
    let end = page.sentence(at).end;
    let that = (who + 1..end.min(who + LONGEST_SPEAKER))
        .find(|&that| page.form(that) == "that")
        .filter(|&that| (who + 1..that).all(|at| under(page, at, who)))?;
    // A clause with a subject of its own, not "sources that know him".
    let subject = (that + 1..end.min(that + LONGEST_SPEAKER))
        .take_while(|&at| !words[at].is_verb())
        .any(|at| matches!(words[at].dep, dep::NSUBJ | dep::NSUBJPASS | dep::EXPL));
    (speaks && subject).then_some((from, from + 1..that, that))
}

/// "With confirmation from two sources that the road is open": the sources say so, from "that" to the end of the clause.
pub(crate) fn said_in_noun(page: &Page<'_>, drawn: &mut Drawn) {
    let Some((from, source, that)) = noun_from(page, drawn.head) else { return };
    let words = &page.words;
    let end = page.sentence(that).end.min(that + LONGEST_SAID);
    let mut content: Vec<usize> = (that..end)
        .take_while(|&at| {
            under(page, at, drawn.head) && words[at].quotation == words[drawn.head].quotation
        })
        .collect();
    while content.last().is_some_and(|&at| words[at].pos == Pos::Punctuation) {
        content.pop();
    }
    if content.len() > 2 {
        drawn.cue = vec![drawn.head, from];
        drawn.source = source.collect();
        drawn.drop_content(|_| true);
        drawn.add_content(content);
    }
}

/// “[The witness said] that they had fled, and that nobody was left”: within somebody's quoted words an editor says
/// who said them first; all that follows in the quotation is said by that one.
pub(crate) fn in_brackets(page: &Page<'_>, drawn: &mut Drawn) {
    let head = drawn.head;
    let quotation = page.words[head].quotation;
    if quotation == NONE {
        return;
    }
    let same = |at: &usize| page.words.get(*at).is_some_and(|word| word.quotation == quotation);
    let opens = (head.saturating_sub(BRACKETS)..head)
        .rev()
        .take_while(same)
        .find(|&at| page.form(at) == "[");
    let closes = (head + 1..head + BRACKETS).take_while(same).find(|&at| page.form(at) == "]");
    let (Some(opens), Some(closes)) = (opens, closes) else { return };
    if (opens..closes).any(|at| at != opens && page.form(at) == "]") {
        return;
    }
    let mut rest: Vec<usize> = (closes + 1..).take_while(same).collect();
    while rest
        .last()
        .is_some_and(|&last| page.words[last].mark || matches!(page.form(last), "," | "."))
    {
        rest.pop();
    }
    if rest.len() > 2 {
        drawn.drop_content(|_| true);
        drawn.add_content(rest);
        drawn.source.retain(|at| (opens..closes).contains(at));
        drawn.cue.retain(|at| (opens..closes).contains(at));
        if drawn.source.is_empty() {
            let named = |at: &usize| drawn.cue.binary_search(at).is_err();
            drawn.source = (opens + 1..head).filter(named).collect();
        }
    }
}
