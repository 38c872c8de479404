//! What looks like a saying and is none: deeds, the author's own word, and what is not said.

use super::draw::Drawn;
use super::labels as dep;
use super::media;
use super::mend::under;
use super::page::{NONE, Name, Page, Pos, class, hash};
use super::source::LONGEST_SPEAKER;
use super::speaker;

/// Whether the source can speak. What stands for "dozens" or "one" is the noun after "of". Quoted words are said by
/// somebody: only their source goes.
pub(crate) fn voiced(page: &Page<'_>, drawn: &mut Drawn) -> bool {
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
pub(crate) fn answers_to(page: &Page<'_>, drawn: &Drawn) -> bool {
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

/// "They fined six men for not pledging to ...": who is punished, thanked or blamed "for saying" said it (object control,
/// Huddleston and Pullum 2002, ch. 14), not who punishes. What somebody did not say is nobody's saying: `true`.
pub(crate) fn nobody_says(page: &Page<'_>, drawn: &mut Drawn) -> bool {
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

/// "It is worth noting that the road is open": the author's own word to the reader.
pub(crate) fn author_says(page: &Page<'_>, drawn: &Drawn) -> bool {
    let words = &page.words;
    let worth = |at: usize| words[at].lemma == const { hash("worth") };
    drawn.source.is_empty() && (worth(drawn.head) || worth(words[drawn.head].head))
}

/// "The states have been providing aerial support to the guards", "troops backed by the guards": help that is given, or
/// that stands behind those who fight, is a deed, and no word for them.
pub(crate) fn aids(page: &Page<'_>, drawn: &Drawn) -> bool {
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
