//! Which words are cues: "said", "according", "claim", "confident", the colon after a name.

use super::labels as dep;
use super::net::Bag;
use super::page::{NONE, Name, Page, Pos, Word, class};

/// Whether a word can be a cue at all.
pub(crate) fn may_be_cue(page: &Page<'_>, at: usize) -> bool {
    let word = &page.words[at];
    match word.pos {
        Pos::Verb | Pos::Aux | Pos::Noun | Pos::Adjective | Pos::Adposition | Pos::Adverb => true,
        Pos::Subordinator | Pos::Other => true,
        Pos::Name => word.class != 0,
        Pos::Punctuation => matches!(page.form(at), ":" | "—" | "–" | "―" | "-" | "--"),
        _ => false,
    }
}

/// A number in few steps: 0 1 2 3 4-5 6-8 9-14 15-24 25-.
pub(crate) const fn bucket(n: usize) -> u32 {
    match n {
        0..=3 => n as u32,
        4..=5 => 4,
        6..=8 => 5,
        9..=14 => 6,
        15..=24 => 7,
        _ => 8,
    }
}

/// What kind of speaker a word could be, in one number.
pub(crate) fn kind(word: &Word) -> u32 {
    let roles = (word.class & (class::DOCUMENT | class::MEDIA | class::PERSON)) >> 15;
    (word.pos as u32) | (word.name as u32) << 8 | roles << 12
}

/// The subject of a verb, its own or that of the verb it is joined to, and by how many steps it was found.
pub(crate) fn subject(page: &Page<'_>, verb: usize) -> Option<(usize, u32)> {
    let mut at = verb;
    for steps in 0..4 {
        let own = page.children(at).find(|&child| {
            matches!(page.words[child].dep, dep::NSUBJ | dep::NSUBJPASS | dep::CSUBJ | dep::EXPL)
        });
        if let Some(own) = own {
            return Some((own, steps));
        }
        let word = &page.words[at];
        if word.dep == dep::ACL && steps == 0 {
            return Some((word.head, 9));
        }
        if word.head == at
            || !matches!(word.dep, dep::CONJ | dep::XCOMP | dep::ADVCL | dep::PCOMP | dep::PREP)
        {
            return None;
        }
        at = word.head;
    }
    None
}

/// The features of a candidate.
pub(crate) fn features(page: &Page<'_>, at: usize, bag: &mut Bag) {
    bag.0.clear();
    let words = &page.words;
    let word = &words[at];
    let (lemma, class, tag) = (word.lemma, word.class, word.tag);
    let head = &words[word.head];
    bag.add(1, [lemma]);
    bag.add(2, [lemma, word.pos as u32]);
    bag.add(3, [lemma, tag]);
    bag.add(4, [lemma, word.dep]);
    bag.add(5, [tag, word.dep]);
    bag.add(6, [class]);
    bag.add(7, [class, tag]);
    bag.add(8, [class, word.dep]);
    let mut bits = class;
    while bits != 0 {
        bag.add(9, [bits.trailing_zeros(), word.pos as u32]);
        bits &= bits - 1;
    }

    let mut deps = 0u32;
    for child in page.children(at) {
        let c = &words[child];
        let side = u32::from(child > at);
        deps = super::page::mix(deps, c.dep);
        if c.dep == dep::PUNCT {
            bag.add(10, [c.lemma, side, word.pos as u32]);
            continue;
        }
        bag.add(11, [lemma, c.dep, side]);
        bag.add(12, [class, c.dep, side]);
        bag.add(13, [word.pos as u32, c.dep, side]);
        match c.dep {
            dep::PREP | dep::PRT | dep::AGENT => {
                bag.add(14, [lemma, c.lemma]);
                bag.add(15, [class, c.lemma]);
                if let Some(object) = page.child(child, dep::POBJ) {
                    bag.add(16, [c.lemma, kind(&words[object])]);
                    bag.add(17, [lemma, c.lemma, kind(&words[object])]);
                    bag.add(18, [c.lemma, words[object].lemma]);
                }
                if page.child(child, dep::PCOMP).is_some() {
                    bag.add(19, [lemma, c.lemma]);
                }
            }
            dep::AUX | dep::AUXPASS | dep::NEG | dep::ADVMOD | dep::MARK | dep::DET => {
                bag.add(20, [c.dep, c.lemma, class]);
                bag.add(21, [c.dep, c.lemma, word.pos as u32]);
            }
            dep::DOBJ | dep::ATTR | dep::ACOMP | dep::OPRD | dep::DATIVE => {
                bag.add(22, [lemma, c.dep, kind(c)]);
                bag.add(23, [c.dep, c.class, word.pos as u32]);
                bag.add(24, [lemma, c.lemma]);
            }
            dep::CCOMP | dep::XCOMP | dep::ADVCL | dep::ACL | dep::RELCL => {
                let marked = page.child(child, dep::MARK).map_or(0, |mark| words[mark].lemma);
                bag.add(25, [c.dep, c.tag, marked, side]);
                bag.add(26, [lemma, c.dep, marked]);
                bag.add(27, [class, c.dep, c.tag]);
                let quoted = u32::from(c.quotation != NONE && c.quotation != word.quotation);
                bag.add(28, [c.dep, quoted, side, class]);
            }
            dep::POSS | dep::COMPOUND | dep::AMOD => {
                bag.add(29, [c.dep, kind(c), class]);
                bag.add(30, [c.dep, c.lemma]);
            }
            _ => {}
        }
    }
    bag.add(31, [deps, class]);

    if let Some((subject, steps)) = subject(page, at) {
        let s = &words[subject];
        bag.add(32, [s.dep, kind(s), steps]);
        bag.add(33, [lemma, kind(s)]);
        bag.add(34, [class, kind(s)]);
        bag.add(35, [s.lemma, class]);
        bag.add(36, [s.lemma, lemma]);
        bag.add(37, [bucket(at.abs_diff(subject)), u32::from(subject < at), class]);
    } else {
        bag.add(38, [class, word.dep]);
    }

    bag.add(39, [head.lemma, word.dep]);
    bag.add(40, [head.class, word.dep, class]);
    bag.add(41, [head.tag, word.dep, tag]);
    bag.add(42, [head.lemma, lemma]);
    bag.add(43, [head.dep, word.dep]);
    // What it stands under: a cue under a cue.
    let (mut above, mut up) = (0, at);
    for _ in 0..8 {
        if words[up].head == up {
            break;
        }
        up = words[up].head;
        above |= words[up].class & class::VERBS;
    }
    bag.add(44, [above, word.dep]);
    bag.add(45, [above & (class::SAY | class::TELL | class::THINK), class]);

    for (nth, offset) in [-3i32, -2, -1, 1, 2, 3].into_iter().enumerate() {
        let near = at.checked_add_signed(offset as isize).and_then(|near| words.get(near));
        let near = near.filter(|near| near.paragraph == word.paragraph);
        let nth = nth as u32;
        let Some(near) = near else {
            bag.add(46, [nth]);
            continue;
        };
        bag.add(47, [nth, near.lemma]);
        bag.add(48, [nth, near.tag, word.pos as u32]);
        if offset.abs() <= 2 {
            bag.add(49, [nth, lemma, near.lemma]);
            bag.add(50, [nth, class, near.tag]);
            bag.add(51, [nth, class, kind(near)]);
        }
    }

    // Quotations.
    let sentence = page.sentence(at);
    let paragraph = page.paragraph(at);
    let inside = word.quotation != NONE;
    let before = (paragraph.first..at)
        .rev()
        .take(40)
        .find(|&i| words[i].quotation != word.quotation && words[i].quotation != NONE);
    let after = (at + 1..paragraph.end)
        .take(40)
        .find(|&i| words[i].quotation != word.quotation && words[i].quotation != NONE);
    let far = |i: Option<usize>| i.map_or(9, |i| bucket(at.abs_diff(i)));
    let same = |i: Option<usize>| u32::from(i.is_some_and(|i| words[i].sentence == word.sentence));
    bag.add(52, [u32::from(inside), class]);
    bag.add(53, [u32::from(inside), far(before), far(after)]);
    bag.add(54, [u32::from(inside), far(before).min(7), class]);
    bag.add(55, [u32::from(inside), far(after).min(7), class]);
    bag.add(56, [same(before), same(after), lemma]);
    bag.add(57, [same(before), same(after), class, word.dep]);
    if inside {
        // A scare quote of a few words, or a speech that has its own cues?
        let quoted = |i: &usize| words[*i].quotation == word.quotation;
        let left = (paragraph.first..at).rev().take(12).take_while(quoted).count();
        let right = (at + 1..paragraph.end).take(12).take_while(quoted).count();
        bag.add(58, [bucket(left), bucket(right)]);
        bag.add(59, [bucket(left + right), class]);
    }

    // Its place.
    let headline = u32::from(at < page.headline_end);
    let nth = word.sentence - words[paragraph.first].sentence;
    bag.add(60, [headline, class]);
    bag.add(61, [headline, nth.min(3), word.paragraph.min(4)]);
    bag.add(62, [bucket(sentence.end - sentence.first), bucket(at - sentence.first)]);
    bag.add(63, [bucket(sentence.end - at), class]);

    // Other cues of the sentence.
    let window = sentence.first.max(at.saturating_sub(40))..sentence.end.min(at + 40);
    let (mut says_before, mut says_after, mut others) = (0, 0, 0u32);
    for i in window {
        if i != at
            && words[i].class & (class::SAY | class::TELL | class::BY) != 0
            && words[i].pos != Pos::Noun
        {
            if i < at { says_before += 1 } else { says_after += 1 }
        }
        if i != at {
            others |= words[i].class & class::VERBS;
        }
    }
    bag.add(64, [bucket(says_before), bucket(says_after), class]);
    bag.add(65, [others & (class::SAY | class::BY | class::TELL | class::THINK), class]);

    if word.pos == Pos::Punctuation {
        let before: u32 = words[sentence.first..at].iter().take(12).fold(0, |seen, w| {
            seen | u32::from(w.is_verb())
                | u32::from(w.name == Name::Person) << 1
                | w.class & (class::VERBS | class::DOCUMENT | class::MEDIA | class::PERSON)
        });
        let next = words.get(at + 1);
        let next_kind = next.map_or(0, |w| u32::from(w.mark) | u32::from(w.capital) << 1);
        let last = at.checked_sub(1).map_or(0, |i| kind(&words[i]));
        let length = bucket(at - sentence.first);
        bag.add(66, [lemma, before & 3, length, next_kind]);
        bag.add(67, [lemma, before, headline]);
        bag.add(68, [lemma, last, length, next_kind]);
        bag.add(69, [lemma, headline, length, next_kind]);
        let quote_before = at.checked_sub(1).is_some_and(|i| words[i].quotation != NONE);
        let name_after = next.map_or(0, kind);
        let rest = bucket(paragraph.end - at);
        bag.add(70, [u32::from(quote_before), name_after, rest]);
        bag.add(71, [lemma, u32::from(quote_before), u32::from(at + 1 == paragraph.end), rest]);
    }
}
