//! What the networks get wrong in ways that grammar settles.

use super::deed;
use super::draw::Drawn;
use super::extent;
use super::form;
use super::labels as dep;
use super::page::{NONE, Page, Pos, class, hash};
use super::source;

/// Mends what was drawn; `false` where nobody says anything.
pub(crate) fn mend(page: &Page<'_>, drawn: &mut Drawn) -> bool {
    empty_subject(page, drawn);
    said_of(page, drawn);
    form::said_in_noun(page, drawn);
    form::in_brackets(page, drawn);
    within_quotation(page, drawn);
    frame_of_saying(page, drawn);
    manner(page, drawn);
    source::speaker_after_quotation(page, drawn);
    source::description_of_source(page, drawn);
    source::own_subject(page, drawn);
    source::controller(page, drawn);
    told(page, drawn);
    extent::complete(page, drawn);
    if deed::nobody_says(page, drawn) || deed::author_says(page, drawn) || deed::aids(page, drawn) {
        return false;
    }
    // A comma may end a source ("Ana Ruiz, a farmer,") but does not start one, nor does "even".
    let leads = |at: usize| {
        let word = &page.words[at];
        page.form(at) == "," || word.pos == Pos::Adverb && word.lemma == const { hash("even") }
    };
    while drawn.source.first().is_some_and(|&first| leads(first)) {
        drawn.source.remove(0);
    }
    !deed::answers_to(page, drawn) && deed::voiced(page, drawn)
}

/// The fewest words of a quotation that speaks for itself.
const SPEECH: usize = 6;

/// Who speaks within somebody's quoted words says nothing outside of them.
fn within_quotation(page: &Page<'_>, drawn: &mut Drawn) {
    let quotation = page.words[drawn.head].quotation;
    if quotation == NONE {
        return;
    }
    let same = |at: usize| page.words[at].quotation == quotation;
    let before = (0..drawn.head).rev().take(SPEECH).take_while(|&at| same(at)).count();
    let after = (drawn.head + 1..page.words.len()).take(SPEECH).take_while(|&at| same(at)).count();
    if before + 1 + after >= SPEECH {
        drawn.drop_content(|at| !same(at));
        drawn.source.retain(|&at| same(at));
        drawn.cue.retain(|&at| same(at));
    }
}

/// "It was reported that ...": "it" is nobody, and nothing that is said.
fn empty_subject(page: &Page<'_>, drawn: &mut Drawn) {
    let words = &page.words;
    let head = drawn.head;
    let clause = |at: usize| {
        page.children(at).any(|child| {
            matches!(words[child].dep, dep::CCOMP | dep::ADVCL | dep::XCOMP | dep::CSUBJ)
                && child > at
                && !raised(page, at, child)
        })
    };
    // "is worth noting that": the subject hangs on "is".
    let empty = |at: usize| {
        let word = &words[at];
        let it = word.pos == Pos::Pronoun && word.lemma == const { hash("it") };
        let verb = word.head;
        let passive = word.dep == dep::NSUBJPASS || page.child(verb, dep::AUXPASS).is_some();
        let that = clause(head) || clause(verb);
        it && that
            && (word.dep == dep::EXPL
                || passive
                || page.child(verb, dep::ACOMP).is_some()
                || page.child(verb, dep::ATTR).is_some()
                || words[head].class & class::SEEM != 0)
    };
    if let &[only] = drawn.source.as_slice()
        && empty(only)
    {
        drawn.source.clear();
    }
    // "The retreat came, as it was reported that ...": what is reported is the clause behind the verb.
    let that = page.children(head).any(|at| at > head && words[at].dep == dep::CCOMP);
    if page.child(head, dep::NSUBJPASS).is_some_and(|it| that && empty(it)) {
        drawn.drop_content(|at| at < head);
    }
    if let Some(&first) = drawn.content.first()
        && empty(first)
        && drawn.content.get(1).is_some_and(|next| *next > first + 1)
    {
        drawn.drop_content(|at| at == first);
    }
}

/// "It is considered to be a way to the coast": who or what is spoken of stands as the subject of the passive verb
/// (raising; Huddleston and Pullum 2002, ch. 14), so that "it" is something.
fn raised(page: &Page<'_>, verb: usize, clause: usize) -> bool {
    let words = &page.words;
    words[clause].dep == dep::XCOMP
        && words[verb].class & (class::SAY | class::THINK) != 0
        && page.child(verb, dep::AUXPASS).is_some()
        && page.child(clause, dep::AUX).is_some_and(|to| words[to].lemma == const { hash("to") })
}

/// "In a letter to the paper, she said that ...": what stands before the verb and its speaker tells of the saying. So it
/// does where the parser takes "in a letter a copy of which is public" for a clause that is said: what is said is
/// the clause that "that" opens, and no clause that starts with a preposition before the speaker.
fn frame_of_saying(page: &Page<'_>, drawn: &mut Drawn) {
    let words = &page.words;
    let head = drawn.head;
    let that = page.children(head).any(|at| {
        at > head
            && words[at].dep == dep::CCOMP
            && page
                .child(at, dep::MARK)
                .is_some_and(|mark| words[mark].lemma == const { hash("that") } && mark > head)
    });
    let Some(subject) = page.child(head, dep::NSUBJ).filter(|&at| that && at < head) else {
        return;
    };
    let frame =
        page.children(head).take_while(|&at| at < subject).find_map(|at| match words[at].dep {
            dep::PREP => Some(at),
            dep::CCOMP => {
                page.child(at, dep::PREP).filter(|&prep| prep == page.sentence(head).first)
            }
            _ => None,
        });
    if let Some(frame) = frame {
        drawn.drop_content(|at| at >= frame && at < subject && words[at].quotation == NONE);
    }
}

/// "She praised the guards in ways that show how she sees them": the manner is the reader's, not the speaker's.
fn manner(page: &Page<'_>, drawn: &mut Drawn) {
    let words = &page.words;
    let manner = page.children(drawn.head).find(|&at| {
        let noun = page.child(at, dep::POBJ);
        at > drawn.head
            && words[at].lemma == const { hash("in") }
            && noun.is_some_and(|noun| {
                [hash("way"), hash("manner"), hash("fashion"), hash("tone")]
                    .contains(&words[noun].lemma)
                    && page.child(noun, dep::RELCL).is_some()
            })
    });
    if let Some(manner) = manner {
        drawn.drop_content(|at| {
            words[at].quotation == NONE && (at == manner || under(page, at, manner))
        });
    }
}

/// "A blast said to have been an accident", "the convoy was reported to have left": who is spoken of does not speak.
fn said_of(page: &Page<'_>, drawn: &mut Drawn) {
    let words = &page.words;
    let head = drawn.head;
    const VBN: u32 = hash("VBN");
    let word = &words[head];
    let passive = page.child(head, dep::AUXPASS).is_some();
    let reduced = word.dep == dep::ACL && word.tag == VBN;
    let to_clause = page
        .children(head)
        .any(|child| child > head && matches!(words[child].dep, dep::XCOMP | dep::CCOMP));
    let says = word.class & (class::SAY | class::THINK) != 0 && word.class & class::TELL == 0;
    // "A blast, said to have been an accident, hit": the parser may take "said" for the sentence's own verb.
    let to_be = word.lemma == const { hash("say") }
        && page.children(head).filter(|&child| words[child].dep == dep::XCOMP).any(|child| {
            let be = words[child].lemma == const { hash("be") };
            let mut aux = page.children(child).filter(|&aux| words[aux].dep == dep::AUX);
            let to = aux.clone().any(|aux| words[aux].lemma == const { hash("to") });
            to && (be || aux.any(|aux| words[aux].lemma == const { hash("have") }))
        });
    if !(says && to_clause && (passive || reduced || to_be)) {
        return;
    }
    // What is said by somebody has an agent; everything else that was found before the cue is spoken of.
    let spoken_of = |at: usize| {
        at < head
            && (to_be
                || reduced && (at == word.head || under(page, at, word.head))
                || passive
                    && page
                        .child(head, dep::NSUBJPASS)
                        .is_some_and(|s| at == s || under(page, at, s)))
    };
    if !drawn.source.is_empty() && drawn.source.iter().all(|&at| spoken_of(at)) {
        let moved = std::mem::take(&mut drawn.source);
        drawn.add_content(moved);
    }
}

/// Whether a word hangs below another, within a few steps.
pub(crate) fn under(page: &Page<'_>, mut at: usize, top: usize) -> bool {
    for _ in 0..12 {
        let head = page.words[at].head;
        if head == at {
            return false;
        }
        at = head;
        if at == top {
            return true;
        }
    }
    false
}

/// "To show them that the road is open": who is told is no part of what.
fn told(page: &Page<'_>, drawn: &mut Drawn) {
    let words = &page.words;
    if let &[first, second, ..] = drawn.content.as_slice()
        && second == first + 1
        && words[first].pos == Pos::Pronoun
        && matches!(words[first].dep, dep::DOBJ | dep::DATIVE)
        && words[first].head == drawn.head
        && words[drawn.head].class & class::TELL != 0
        && words[second].dep == dep::MARK
        && words[second].lemma == const { hash("that") }
    {
        drawn.drop_content(|at| at == first);
    }
}
