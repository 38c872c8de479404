//! Who a source is: the entity its words name, what kind of speaker, and in what role.
//!
//! A pronoun is resolved only where the text leaves one answer: grounding's own pronoun mentions first, else the last
//! speaker of matching number in the same or the previous paragraph, provided that no other person has come between.
//! Everything else stays unknown.

use crossread_base::{EntityId, Span};
use crossread_record::{EntityType, Grounded, MentionKind, SpeakerKind};

use super::draw::Drawn;
use super::labels as dep;
use super::media;
use super::page::{Name, Page, Pos, class, hash};

/// What is known of a speaker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Speaker {
    pub(crate) entity: Option<EntityId>,
    pub(crate) kind: SpeakerKind,
    pub(crate) role: Option<Span>,
}

const UNKNOWN: Speaker = Speaker { entity: None, kind: SpeakerKind::Unknown, role: None };

/// The mentions of a report by place, for looking up words.
pub(crate) struct Mentions<'a> {
    /// By start; the longer first.
    list: Vec<(Span, MentionKind, EntityId, EntityType)>,
    /// The longest mention, to know how far back to look.
    longest: u32,
    grounded: &'a Grounded,
}

impl<'a> Mentions<'a> {
    pub(crate) fn new(grounded: &'a Grounded) -> Self {
        let mut list: Vec<_> = grounded
            .entities
            .iter()
            .flat_map(|e| e.mentions.iter().map(|m| (m.span, m.how, e.id, e.kind)))
            .collect();
        list.sort_by_key(|(span, _, id, _)| (span.start, std::cmp::Reverse(span.end), *id));
        let longest = list.iter().map(|(span, ..)| span.len()).max().unwrap_or(0);
        Self { list, longest, grounded }
    }

    /// The shortest mention that holds a word.
    fn at(&self, word: Span) -> Option<(Span, MentionKind, EntityId, EntityType)> {
        let from = self.list.partition_point(|(span, ..)| span.start + self.longest < word.start);
        self.list
            .iter()
            .skip(from)
            .take_while(|(span, ..)| span.start <= word.start)
            .filter(|(span, ..)| span.contains(word))
            .min_by_key(|(span, ..)| span.len())
            .copied()
    }

    fn name(&self, id: EntityId) -> &str {
        self.grounded.entity(id).map_or("", |e| e.name.as_str())
    }
}

/// The topmost word of a source; the first of equals, marks left out.
pub(crate) fn head(page: &Page<'_>, source: &[usize]) -> Option<usize> {
    let content = |&&at: &&usize| page.words[at].pos != Pos::Punctuation;
    let words = source.iter().filter(content);
    words
        .clone()
        .find(|&&at| {
            let word = &page.words[at];
            let inside = word.head != at && source.binary_search(&word.head).is_ok();
            !inside
                && !matches!(
                    word.pos,
                    Pos::Adposition | Pos::Determiner | Pos::Adverb | Pos::Conjunction
                )
        })
        .or_else(|| words.clone().next())
        .copied()
}

/// The speakers of all attributions, in their order.
pub(crate) fn speakers(page: &Page<'_>, drawn: &[Drawn], grounded: &Grounded) -> Vec<Speaker> {
    let mentions = Mentions::new(grounded);
    let mut speakers = vec![UNKNOWN; drawn.len()];
    // A pronoun may stand for the speaker before it: by place of the source.
    let mut order: Vec<usize> = (0..drawn.len()).collect();
    order.sort_by_key(|&nth| (drawn[nth].source.first().copied().unwrap_or(drawn[nth].head), nth));
    let mut before: Vec<(usize, usize)> = Vec::new(); // attribution, head of its source
    for nth in order {
        let d = &drawn[nth];
        let Some(head) = head(page, &d.source) else {
            speakers[nth].kind =
                if d.cue.is_empty() { SpeakerKind::Unknown } else { SpeakerKind::Agentless };
            continue;
        };
        // "The mayor, Ana Ruiz": the name says who it is.
        let head = page
            .children(head)
            .find(|&at| {
                page.words[at].dep == dep::APPOS
                    && page.words[at].name == Name::Person
                    && page.words[head].name == Name::None
                    && d.source.binary_search(&at).is_ok()
            })
            .unwrap_or(head);
        speakers[nth] = if page.words[head].pos == Pos::Pronoun {
            pronoun(page, &mentions, drawn, &speakers, &before, nth, head)
        } else {
            noun(page, &mentions, &d.source, head)
        };
        before.push((nth, head));
    }
    speakers
}

/// A source that says who it is.
fn noun(page: &Page<'_>, mentions: &Mentions<'_>, source: &[usize], head: usize) -> Speaker {
    let word = &page.words[head];
    let mention = mentions.at(word.span);
    let named = word.name != Name::None && word.name != Name::Amount
        || word.pos == Pos::Name
        || mention
            .is_some_and(|(_, how, ..)| matches!(how, MentionKind::Name | MentionKind::Alias));
    // What grounding found overrules the parser's tag.
    let person = mention.map_or(word.name == Name::Person, |(.., kind)| kind == EntityType::Person);
    let name = name_around(page, source, head);
    let in_name = |list: &[usize]| list.iter().any(|&at| page.words[at].class & class::MEDIA != 0);
    let media = !person
        && (word.class & class::MEDIA != 0 && word.class & class::PERSON == 0
            || media::is_outlet(&words_between(page, &name))
            || mention.is_some_and(|(_, _, id, _)| media::is_outlet(mentions.name(id)))
            || named && in_name(&name));
    let kind = if media {
        SpeakerKind::Media
    } else if !person
        && (word.name == Name::Work
            || word.class & class::DOCUMENT != 0 && word.class & class::PERSON == 0 && !named)
    {
        SpeakerKind::Document
    } else if named {
        SpeakerKind::Named
    } else {
        SpeakerKind::Unnamed
    };
    let role = match kind {
        SpeakerKind::Named => role_of_named(page, source, head, &name),
        SpeakerKind::Unnamed => description(page, source),
        _ => None,
    };
    Speaker { entity: mention.map(|(_, _, id, _)| id), kind, role }
}

/// The run of words of one name around a word.
fn name_around(page: &Page<'_>, source: &[usize], head: usize) -> Vec<usize> {
    let word = &page.words[head];
    let belongs = |at: usize| {
        let w = &page.words[at];
        w.name == word.name && w.name != Name::None
            || w.pos == Pos::Name
                && w.class & class::PERSON == 0
                && (w.name == Name::None || word.name == Name::None)
            || at == head
            // "Al-Nahar"
            || page.form(at) == "-" && at > 0 && page.words[at - 1].span.end == w.span.start
    };
    let Ok(place) = source.binary_search(&head) else { return vec![head] };
    let mut first = place;
    while first > 0 && source[first - 1] + 1 == source[first] && belongs(source[first - 1]) {
        first -= 1;
    }
    let mut end = place + 1;
    while end < source.len() && source[end] == source[end - 1] + 1 && belongs(source[end]) {
        end += 1;
    }
    // Titles that the parser took into the name.
    while first < place && media::is_title(page.form(source[first])) {
        first += 1;
    }
    source[first..end].to_vec()
}

/// The words of a source that has no name, less the marks at its end.
fn description(page: &Page<'_>, source: &[usize]) -> Option<Span> {
    let end = source.iter().rposition(|&at| page.words[at].pos != Pos::Punctuation)?;
    cover(page, source.get(..=end)?)
}

fn words_between<'a>(page: &Page<'a>, run: &[usize]) -> std::borrow::Cow<'a, str> {
    cover(page, run).map_or("".into(), |span| span.text(page.text).into())
}

fn cover(page: &Page<'_>, run: &[usize]) -> Option<Span> {
    let (first, last) = (run.first()?, run.last()?);
    Some(page.words[*first].span.cover(page.words[*last].span))
}

/// The title before a name, the description after it, or what its bearer is doing: "Colonel Ruiz", "Ana Ruiz, a
/// farmer", "Ana Ruiz, reporting from Veldt".
fn role_of_named(page: &Page<'_>, source: &[usize], head: usize, name: &[usize]) -> Option<Span> {
    let first = *name.first()?;
    let before: Vec<usize> = source
        .iter()
        .copied()
        .filter(|&at| at < first)
        .skip_while(|&at| matches!(page.words[at].pos, Pos::Determiner | Pos::Adverb))
        .collect();
    let tells = |&at: &usize| matches!(page.words[at].pos, Pos::Noun | Pos::Name | Pos::Adjective);
    let mut title = before;
    while title.last().is_some_and(|&last| page.words[last].pos == Pos::Punctuation) {
        title.pop();
    }
    // "Radio Marrow's Jon Weir" is no title.
    let owner = title.last().is_some_and(|&last| page.words[last].pos == Pos::Particle);
    if title.iter().any(tells) && !owner && title.last().is_some_and(|&last| first - last <= 2) {
        return cover(page, &title);
    }
    let describes = |&at: &usize| {
        matches!(page.words[at].dep, dep::APPOS | dep::ACL) && page.words[at].name != Name::Amount
    };
    let Some(top) = page.children(head).filter(|&at| at > head).find(describes) else {
        // What the source says after a comma, however the parser took it.
        let last = *name.last()?;
        let mut after = source.iter().copied().skip_while(|&at| at <= last);
        let comma = after.next().is_some_and(|at| page.form(at) == ",");
        let rest: Vec<usize> = after.collect();
        return if comma { description(page, &rest) } else { None };
    };
    // The whole branch, as far as it stands together.
    let sentence = page.sentence(head);
    let under = |mut at: usize| {
        for _ in 0..24 {
            if at == top {
                return true;
            }
            if page.words[at].head == at {
                return false;
            }
            at = page.words[at].head;
        }
        false
    };
    let mut start = top;
    while start > sentence.first && start > head + 1 && under(start - 1) {
        start -= 1;
    }
    let mut end = top + 1;
    while end < sentence.end && end - top < 60 && under(end) {
        end += 1;
    }
    while end > start + 1 && page.words[end - 1].pos == Pos::Punctuation {
        end -= 1;
    }
    Some(page.words[start].span.cover(page.words[end - 1].span))
}

/// A source that is a pronoun.
fn pronoun(
    page: &Page<'_>,
    mentions: &Mentions<'_>,
    drawn: &[Drawn],
    speakers: &[Speaker],
    before: &[(usize, usize)],
    nth: usize,
    head: usize,
) -> Speaker {
    let word = &page.words[head];
    let form = page.form(head).to_lowercase();
    match form.as_str() {
        "who" | "which" | "that" | "whom" => {
            // The noun that the clause hangs on.
            let mut up = head;
            for _ in 0..4 {
                let here = &page.words[up];
                if matches!(here.dep, dep::RELCL | dep::ACL) && here.head != up {
                    let antecedent = here.head;
                    if page.words[antecedent].pos == Pos::Pronoun {
                        return UNKNOWN;
                    }
                    return noun(page, mentions, &[antecedent], antecedent);
                }
                up = here.head;
            }
            UNKNOWN
        }
        "i" | "we" | "me" | "us" => {
            // Within somebody's words it is that somebody; else the author, who is no source of the report's.
            let parent = drawn[nth].parent.and_then(|parent| speakers.get(parent));
            parent.map_or(UNKNOWN, |of| Speaker { role: None, ..*of })
        }
        "he" | "she" | "they" | "it" | "him" | "her" => {
            if let Some((_, _, id, _)) = mentions.at(word.span) {
                return Speaker { entity: Some(id), kind: SpeakerKind::Named, role: None };
            }
            let many = form == "they";
            let thing = form == "it";
            earlier(page, drawn, speakers, before, head, many, thing).unwrap_or(UNKNOWN)
        }
        "some" | "others" | "many" | "most" | "several" | "one" | "another" | "none" | "few"
        | "all" | "everyone" | "anyone" | "someone" | "nobody" | "somebody" | "those" | "both"
        | "people" => {
            let role = description(page, &drawn[nth].source);
            Speaker { entity: None, kind: SpeakerKind::Unnamed, role }
        }
        _ => UNKNOWN,
    }
}

/// The last speaker before a pronoun, if nobody else who could be meant comes between.
fn earlier(
    page: &Page<'_>,
    drawn: &[Drawn],
    speakers: &[Speaker],
    before: &[(usize, usize)],
    head: usize,
    many: bool,
    thing: bool,
) -> Option<Speaker> {
    let here = page.words[head].paragraph;
    let &(nth, last) = before.iter().rev().find(|(nth, last)| {
        // "X said: 'Y said he ...'": the outermost speakers only, each by its own name.
        *last < head && (drawn[*nth].parent.is_none() || page.words[*last].paragraph == here)
    })?;
    let near = here - page.words[last].paragraph <= 1;
    let speaker = speakers[nth];
    if !near || speaker.kind == SpeakerKind::Unknown {
        return None;
    }
    let word = &page.words[last];
    let plural = is_plural(page, last);
    let pronoun_before = word.pos == Pos::Pronoun;
    let fits = if pronoun_before {
        page.form(last).eq_ignore_ascii_case(page.form(head))
    } else if many {
        plural || matches!(word.name, Name::Org | Name::Group)
    } else if thing {
        !plural && word.name != Name::Person && word.class & class::PERSON == 0
            || matches!(word.name, Name::Org)
    } else {
        !plural
            && matches!(speaker.kind, SpeakerKind::Named | SpeakerKind::Unnamed)
            && !matches!(word.name, Name::Org | Name::Place | Name::Group)
            && (word.name == Name::Person
                || word.pos == Pos::Name
                || word.class & class::PERSON != 0)
    };
    if !fits {
        return None;
    }
    // Somebody else in subject position between the two? Whoever is spoken of is none where the speaker goes on, but may
    // be within what is said.
    let within = drawn[nth].content.binary_search(&head).is_ok();
    let rival = (last + 1..head).any(|at| {
        let w = &page.words[at];
        matches!(w.dep, dep::NSUBJ | dep::NSUBJPASS)
            && !drawn[nth].source.contains(&at)
            && (within || drawn[nth].content.binary_search(&at).is_err())
            && w.pos != Pos::Pronoun
            && if many { is_plural(page, at) } else { w.name == Name::Person && !thing }
            && page.words[at].lemma != page.words[last].lemma.wrapping_add(1)
            && page.form(at) != page.form(last)
    });
    (!rival).then_some(Speaker { role: None, ..speaker })
}

/// Two or more, by the tag or by an "and".
fn is_plural(page: &Page<'_>, at: usize) -> bool {
    let word = &page.words[at];
    const NNS: u32 = hash("NNS");
    const NNPS: u32 = hash("NNPS");
    matches!(word.tag, NNS | NNPS)
        || page.children(at).any(|child| page.words[child].dep == dep::CONJ && child > at)
        || page.form(at).eq_ignore_ascii_case("they")
}
