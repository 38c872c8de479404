//! What the networks get wrong in ways that grammar settles.

use super::draw::Drawn;
use super::extent;
use super::labels as dep;
use super::media;
use super::page::{NONE, Name, Page, Pos, class, hash};
use super::speaker;

/// The most words of what a noun of saying tells.
const LONGEST_SAID: usize = 80;
/// The most words between square brackets that make a cue of their own: "[the witness said]".
const BRACKETS: usize = 10;

/// Mends what was drawn; `false` where nobody says anything.
pub(crate) fn mend(page: &Page<'_>, drawn: &mut Drawn) -> bool {
    empty_subject(page, drawn);
    said_of(page, drawn);
    said_in_noun(page, drawn);
    in_brackets(page, drawn);
    within_quotation(page, drawn);
    frame_of_saying(page, drawn);
    manner(page, drawn);
    speaker_after_quotation(page, drawn);
    description_of_source(page, drawn);
    own_subject(page, drawn);
    controller(page, drawn);
    told(page, drawn);
    extent::complete(page, drawn);
    if nobody_says(page, drawn) || author_says(page, drawn) || aids(page, drawn) {
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
    !answers_to(page, drawn) && voiced(page, drawn)
}

/// Whether the source can speak. What stands for "dozens" or "one" is the noun after "of". Quoted words are said by
/// somebody: only their source goes.
fn voiced(page: &Page<'_>, drawn: &mut Drawn) -> bool {
    let Some(mut head) = speaker::head(page, &drawn.source) else { return true };
    let of = page.child(head, dep::PREP).filter(|&of| page.words[of].lemma == const { hash("of") });
    if let Some(counted) = of.and_then(|of| page.child(of, dep::POBJ))
        && [hash("dozen"), hash("hundred"), hash("thousand"), hash("number"), hash("one")]
            .contains(&page.words[head].lemma)
    {
        head = counted;
    }
    let word = &page.words[head];
    if word.pos != Pos::Noun || word.name != Name::None || !media::is_voiceless(word.lemma) {
        return true;
    }
    drawn.source.clear();
    drawn.content.iter().any(|&at| page.words[at].quotation != NONE)
}

/// "Although it reports to the minister, ...": to report to somebody, with nothing reported, is to stand under them.
fn answers_to(page: &Page<'_>, drawn: &Drawn) -> bool {
    let head = drawn.head;
    let word = &page.words[head];
    word.lemma == const { hash("report") }
        && word.is_verb()
        && word.dep == dep::ADVCL
        && page.children(head).any(|at| {
            page.words[at].dep == dep::PREP && page.words[at].lemma == const { hash("to") }
        })
        && ![dep::CCOMP, dep::XCOMP, dep::DOBJ].iter().any(|&d| page.child(head, d).is_some())
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

/// "He will not allow any state to use the port": a leave that is given or refused is a deed. Only with a clause of its own
/// ("they allowed that some were good") does the verb tell of a saying.
pub(crate) fn permits(page: &Page<'_>, verb: usize) -> bool {
    let words = &page.words;
    let that = |at: usize| {
        page.child(at, dep::MARK).is_some_and(|mark| words[mark].lemma == const { hash("that") })
    };
    words[verb].is_verb()
        && [hash("allow"), hash("permit"), hash("let")].contains(&words[verb].lemma)
        && !page.children(verb).any(|at| words[at].dep == dep::CCOMP && that(at))
}

/// The most words of a speaker between a quotation and its verb, or of one who is blamed for what he said.
const LONGEST_SPEAKER: usize = 25;

/// "They fined six men for not pledging to ...": who is punished, thanked or blamed "for saying" said it (object control,
/// Huddleston and Pullum 2002, ch. 14), not who punishes. What somebody did not say is nobody's saying: `true`.
fn nobody_says(page: &Page<'_>, drawn: &mut Drawn) -> bool {
    let words = &page.words;
    let head = drawn.head;
    let (word, preposition) = (&words[head], words[head].head);
    if word.dep != dep::PCOMP
        || word.tag != const { hash("VBG") }
        || words[preposition].lemma != const { hash("for") }
        || page.child(head, dep::NSUBJ).is_some()
    {
        return false;
    }
    let above = words[preposition].head;
    let patient = match words[above].dep {
        dep::DOBJ => Some(above),
        _ => page.child(above, dep::DOBJ).or_else(|| page.child(above, dep::NSUBJPASS)),
    };
    let Some(patient) = patient.filter(|&patient| patient < preposition) else { return false };
    if page.child(head, dep::NEG).is_some() {
        return true;
    }
    let his = |at: &usize| *at == patient || under(page, *at, patient);
    let from =
        patient - (1..=LONGEST_SPEAKER.min(patient)).take_while(|n| his(&(patient - n))).count();
    let speaks = words[patient].pos == Pos::Pronoun
        || words[patient].class & class::PERSON != 0
        || !matches!(words[patient].name, Name::None | Name::Amount);
    drawn.source = if speaks {
        (from..preposition)
            .take(LONGEST_SPEAKER)
            .take_while(|at| *at < patient || his(at))
            .collect()
    } else {
        Vec::new()
    };
    false
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

/// “It fell”, Radio Marrow's Jon Weir, reporting from Veldt, said: between the quotation and its verb stands who says it,
/// however the parser joins the quoted words to them.
fn speaker_after_quotation(page: &Page<'_>, drawn: &mut Drawn) {
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
fn description_of_source(page: &Page<'_>, drawn: &mut Drawn) {
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
fn controller(page: &Page<'_>, drawn: &mut Drawn) {
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
fn own_subject(page: &Page<'_>, drawn: &mut Drawn) {
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

/// "It is worth noting that the road is open": the author's own word to the reader.
fn author_says(page: &Page<'_>, drawn: &Drawn) -> bool {
    let words = &page.words;
    let worth = |at: usize| words[at].lemma == const { hash("worth") };
    drawn.source.is_empty() && (worth(drawn.head) || worth(words[drawn.head].head))
}

/// "The states have been providing aerial support to the guards", "troops backed by the guards": help that is given, or
/// that stands behind those who fight, is a deed, and no word for them.
fn aids(page: &Page<'_>, drawn: &Drawn) -> bool {
    const GIVE: [u32; 4] = [hash("provide"), hash("supply"), hash("send"), hash("deliver")];
    const FIGHT: [u32; 9] = [
        hash("force"),
        hash("army"),
        hash("troop"),
        hash("unit"),
        hash("militia"),
        hash("fighter"),
        hash("soldier"),
        hash("group"),
        hash("offensive"),
    ];
    const HELP: [u32; 7] = [
        hash("support"),
        hash("aid"),
        hash("assistance"),
        hash("help"),
        hash("backing"),
        hash("cover"),
        hash("protection"),
    ];
    let words = &page.words;
    let head = drawn.head;
    let given = page.child(head, dep::DOBJ);
    let behind = words[head].dep == dep::ACL
        && [hash("back"), hash("support")].contains(&words[head].lemma)
        && page.child(head, dep::AGENT).is_some()
        && FIGHT.contains(&words[words[head].head].lemma);
    GIVE.contains(&words[head].lemma) && given.is_some_and(|at| HELP.contains(&words[at].lemma))
        || behind
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
fn said_in_noun(page: &Page<'_>, drawn: &mut Drawn) {
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
fn in_brackets(page: &Page<'_>, drawn: &mut Drawn) {
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
