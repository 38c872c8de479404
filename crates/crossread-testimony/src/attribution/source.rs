//! Who says it, where the network named nobody or too little: the grammar of subjects, agents and descriptions.

use super::draw::Drawn;
use super::labels as dep;
use super::media;
use super::mend::under;
use super::page::{NONE, Name, Page, Pos, class, hash};
use super::speaker;

/// The most words of a speaker between a quotation and its verb, or of one who is blamed for what he said.
pub(crate) const LONGEST_SPEAKER: usize = 25;

/// “It fell”, Radio Marrow's Jon Weir, reporting from Veldt, said: between the quotation and its verb stands who says it,
/// however the parser joins the quoted words to them.
pub(crate) fn speaker_after_quotation(page: &Page<'_>, drawn: &mut Drawn) {
    let words = &page.words;
    let head = drawn.head;
    let outsider = |at: &usize| words[*at].quotation == NONE;
    if !drawn.source.is_empty() && drawn.source.iter().all(outsider)
        || words[head].quotation != NONE
        || words[head].class & class::SAY == 0
        || !words[head].is_verb()
    {
        return;
    }
    let outside =
        |at: &usize| words[*at].quotation == NONE && words[*at].paragraph == words[head].paragraph;
    let count = (0..head).rev().take(LONGEST_SPEAKER + 1).take_while(outside).count();
    let first = head - count;
    let quotation = first.checked_sub(1).map_or(NONE, |at| words[at].quotation);
    let whole = page.quotations.get(quotation as usize).is_some_and(|quotation| quotation.whole);
    let before = (0..first).rev().take_while(|&at| words[at].quotation == quotation);
    let said = first - if whole { before.count() } else { 0 };
    let quoted = drawn.content.iter().any(|at| (said..first).contains(at));
    let finite =
        |at: usize| [hash("VBD"), hash("VBZ"), hash("VBP"), hash("MD")].contains(&words[at].tag);
    let named = (first..head).find(|&at| words[at].pos != Pos::Punctuation);
    if let Some(named) = named
        && quoted
        && count <= LONGEST_SPEAKER
        && (first..head).any(|at| matches!(words[at].pos, Pos::Noun | Pos::Name | Pos::Pronoun))
        && !(first..head).any(|at| finite(at) || page.form(at) == ".")
    {
        let cue = std::mem::take(&mut drawn.cue);
        drawn.drop_content(|at| (first..head).contains(&at));
        drawn.add_content(said..first);
        drawn.source = (named..head).filter(|at| cue.binary_search(at).is_err()).collect();
        drawn.cue = cue;
    }
}

/// "Jon Weir, reporting from Veldt, said": what is said of a speaker between the name and the verb belongs to the name.
pub(crate) fn description_of_source(page: &Page<'_>, drawn: &mut Drawn) {
    let words = &page.words;
    let Some(name) = speaker::head(page, &drawn.source) else { return };
    let Some(&last) = drawn.source.last().filter(|&&last| last < drawn.head) else { return };
    let comma = |at: usize| page.form(at) == ",";
    // The comma before the description may have been taken already.
    let open = if comma(last) { last } else { last + 1 };
    let describes = |&at: &usize| at > open && matches!(words[at].dep, dep::ACL | dep::APPOS);
    // Behind a quotation the parser may hang the participle on the quoted words.
    let participle = words.get(open + 1).is_some_and(|word| word.tag == const { hash("VBG") });
    let description = page.children(name).find(describes).or(participle.then_some(open + 1));
    let Some(description) = description else { return };
    let belongs = |at: usize| {
        (at == description || under(page, at, description) || comma(at))
            && words[at].quotation == words[name].quotation
            && drawn.cue.binary_search(&at).is_err()
    };
    let end = (open..drawn.head).take(LONGEST_SPEAKER).take_while(|&at| belongs(at)).last();
    if let Some(end) = end.filter(|&end| comma(open) && comma(end) && end > description) {
        drawn.drop_content(|at| (open..=end).contains(&at));
        drawn.source.extend(last + 1..=end);
    }
}

/// "The first village retaken by the guards since announcing the campaign", "they sent a boat to show that ...": a
/// participle or a purpose without a subject has that of the verb it hangs on, and where that verb is passive and its subject cannot speak, its agent (control of
/// adjuncts; Huddleston and Pullum 2002, ch. 14).
pub(crate) fn controller(page: &Page<'_>, drawn: &mut Drawn) {
    let words = &page.words;
    let head = drawn.head;
    let word = &words[head];
    let purpose = word.tag == const { hash("VB") }
        && word.dep == dep::ADVCL
        && page.child(head, dep::AUX).is_some_and(|to| words[to].lemma == const { hash("to") });
    let own = |at: usize| match words[at].dep {
        dep::NSUBJ | dep::AGENT => true,
        dep::AUX => !purpose,
        _ => false,
    };
    if !drawn.source.is_empty()
        || !(purpose || word.tag == const { hash("VBG") })
        || page.children(head).any(own)
    {
        return;
    }
    const TIMES: [u32; 6] =
        [hash("since"), hash("after"), hash("before"), hash("while"), hash("when"), hash("upon")];
    let above = match word.dep {
        dep::PCOMP if TIMES.contains(&words[word.head].lemma) => words[word.head].head,
        dep::ADVCL => word.head,
        _ => return,
    };
    if !words[above].is_verb() {
        return;
    }
    let agent = page.child(above, dep::AGENT).and_then(|by| page.child(by, dep::POBJ));
    let subject = page.child(above, dep::NSUBJ).or_else(|| page.child(above, dep::NSUBJPASS));
    let subject = subject.or((words[above].dep == dep::ACL).then_some(words[above].head));
    // Who does a deed can speak, unless it is none that acts.
    let acts = |at: usize| words[at].pos == Pos::Noun && !media::is_voiceless(words[at].lemma);
    let agent = agent.filter(|&at| speaks(page, at) || acts(at));
    let Some(who) = subject.filter(|&at| speaks(page, at)).or(agent) else { return };
    let free = |at: &usize| drawn.content.binary_search(at).is_err();
    let source: Vec<usize> = up_to(page, who).filter(free).collect();
    if source.binary_search(&who).is_ok() {
        drawn.source = source;
    }
}

/// "Two sources confirm that Lind is planning to send boats": it is Lind who plans, wherever the network put the name.
pub(crate) fn own_subject(page: &Page<'_>, drawn: &mut Drawn) {
    let words = &page.words;
    let head = drawn.head;
    // Who seems to do something says nothing.
    let verbs = words[head].class & class::VERBS;
    let says = words[head].is_verb() && verbs != 0 && verbs & class::SEEM == 0;
    let Some(subject) = page.child(head, dep::NSUBJ).filter(|&at| says && at < head) else {
        return;
    };
    if drawn.source.is_empty()
        && speaks(page, subject)
        && drawn.content.last().is_some_and(|&last| last > head)
        && words[subject].quotation == words[head].quotation
    {
        drawn.drop_content(|at| at < head && words[at].quotation == words[head].quotation);
        drawn.source = up_to(page, subject).collect();
    }
}

/// Whether a word can stand for somebody who speaks, by its name or class.
pub(crate) fn speaks(page: &Page<'_>, at: usize) -> bool {
    let word = &page.words[at];
    word.class & (class::PERSON | class::MEDIA) != 0
        || matches!(word.name, Name::Person | Name::Org | Name::Group | Name::Place)
        || word.pos == Pos::Pronoun
            && [hash("i"), hash("we"), hash("he"), hash("she"), hash("they")].contains(&word.lemma)
}

/// A word with what hangs on it before it.
fn up_to(page: &Page<'_>, at: usize) -> std::ops::RangeInclusive<usize> {
    let left = (1..=LONGEST_SPEAKER.min(at)).take_while(|n| under(page, at - n, at)).count();
    at - left..=at
}
