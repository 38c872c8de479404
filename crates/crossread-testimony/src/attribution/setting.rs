//! To whom something is said, and by what paper, station or occasion: "told Radio Marrow", "in an official letter".

use crossread_base::Span;

use super::draw::Drawn;
use super::labels as dep;
use super::media;
use super::mend::under;
use super::page::{Name, Page, Pos, class, hash};

/// The most words of whoever is told, or of a paper or occasion.
const LONGEST: usize = 25;

/// Whom the source tells it: the object of a verb of telling, or who stands behind "to".
pub(crate) fn addressee(page: &Page<'_>, drawn: &Drawn) -> Option<Span> {
    let words = &page.words;
    let head = drawn.head;
    let says = words[head].class & (class::SAY | class::TELL);
    // What is shown stands where with other verbs stands who is told.
    if words[head].lemma == const { hash("show") } {
        return None;
    }
    if !words[head].is_verb() || says == 0 || page.child(head, dep::AUXPASS).is_some() {
        return None;
    }
    let listens = |at: usize| {
        let word = &words[at];
        word.class & (class::PERSON | class::MEDIA) != 0
            || !matches!(word.name, Name::None | Name::Amount | Name::Work)
            || matches!(word.pos, Pos::Name | Pos::Pronoun)
            || word.pos == Pos::Noun
                && word.class & class::DOCUMENT == 0
                && words[head].class & class::TELL != 0
    };
    let told = page.children(head).filter(|&at| at > head).find_map(|at| match words[at].dep {
        dep::DOBJ | dep::DATIVE if words[at].pos != Pos::Adposition => {
            (says & class::TELL != 0 && listens(at)).then_some(at)
        }
        dep::PREP | dep::DATIVE if words[at].lemma == const { hash("to") } => {
            page.child(at, dep::POBJ).filter(|&at| listens(at))
        }
        _ => None,
    })?;
    phrase(page, drawn, told)
}

/// The paper, station or occasion by which the source says it.
pub(crate) fn medium(page: &Page<'_>, drawn: &Drawn) -> Option<Span> {
    let words = &page.words;
    let head = drawn.head;
    if !words[head].is_verb() || words[head].class & (class::SAY | class::TELL) == 0 {
        return None;
    }
    const WHERE: [u32; 6] =
        [hash("in"), hash("on"), hash("at"), hash("via"), hash("through"), hash("during")];
    let carries = |preposition: usize| {
        let noun = page.child(preposition, dep::POBJ)?;
        let word = &words[noun];
        let named = word.pos == Pos::Name || word.name != Name::None;
        let fits = if named {
            media::is_outlet(page.form(noun))
        } else {
            word.class & (class::DOCUMENT | class::MEDIA) != 0 || media::is_occasion(word.lemma)
        };
        (fits && WHERE.contains(&words[preposition].lemma)).then_some(noun)
    };
    // "In a letter a copy of which is public, she said": the parser may hang the letter on a clause before the speaker.
    let first = page.sentence(head).first;
    let before = |at: usize| {
        words[at].dep == dep::CCOMP
            && at < head
            && words[first].head == at
            && words[first].dep == dep::PREP
    };
    let noun = page.children(head).find_map(|at| match words[at].dep {
        dep::PREP => carries(at),
        _ if before(at) => carries(first),
        _ => None,
    })?;
    phrase(page, drawn, noun)
}

/// The words of a noun that stand together around it and are no part of what is said.
fn phrase(page: &Page<'_>, drawn: &Drawn, noun: usize) -> Option<Span> {
    let words = &page.words;
    let belongs = |at: usize| {
        (at == noun || under(page, at, noun))
            && words[at].quotation == words[noun].quotation
            && drawn.content.binary_search(&at).is_err()
            && drawn.source.binary_search(&at).is_err()
    };
    if !belongs(noun) {
        return None;
    }
    let left = (1..=LONGEST.min(noun)).take_while(|n| belongs(noun - n)).count();
    let right = (noun + 1..words.len()).take(LONGEST).take_while(|&at| belongs(at)).count();
    let mut last = noun + right;
    while last > noun
        && matches!(words[last].pos, Pos::Punctuation | Pos::Adposition | Pos::Particle)
    {
        last -= 1;
    }
    Some(words[noun - left].span.cover(words[last].span))
}
