//! A mention of an event with what is needed to compare it: its predicate, who takes part as what, and the words
//! around it.

use crossread_base::Span;
use crossread_record::{EntityType, Record, Token};
use smol_str::SmolStr;

use crate::predicate::{Predicate, lemma};
use crate::statement::sorted;
use crate::story::Words;

/// Words before and after the mention that are near it.
const NEAR: usize = 6;

/// A mention. Lists of numbers are [words](Words) of the pile, sorted.
#[derive(Debug)]
pub(crate) struct Mention {
    pub(crate) report: usize,
    /// The number of its sentence, and how many the report has.
    pub(crate) sentence: u32,
    pub(crate) sentences: u32,
    pub(crate) predicate: Predicate,
    /// How telling its word is, 0 to 1.
    pub(crate) tells: f32,
    pub(crate) frame: Option<SmolStr>,
    /// Who does it.
    pub(crate) agent: Vec<u32>,
    /// Whom or what it is done to.
    pub(crate) object: Vec<u32>,
    /// All who and what takes part, these two among them.
    pub(crate) arguments: Vec<u32>,
    /// The other words of its sentence.
    pub(crate) words: Vec<u32>,
    pub(crate) near: Vec<u32>,
    /// The numbers among those.
    pub(crate) figures: Vec<u32>,
    /// The words of its sentence and of those before and after.
    pub(crate) around: Vec<u32>,
    /// The words of the names in its sentence.
    pub(crate) named: Vec<u32>,
    /// The last words of the names of people in its sentence.
    pub(crate) people: Vec<u32>,
    /// The days its sentence names.
    pub(crate) days: Vec<SmolStr>,
    /// The places its sentence names, by their GeoNames ids.
    pub(crate) places: Vec<u32>,
}

impl Mention {
    /// Of a span of a text. Who takes part is read from the tokens, and is unknown where the record has none.
    pub(crate) fn of_span(words: &Words, record: &Record, report: usize, span: Span) -> Self {
        let tokens = &record.parsed.tokens;
        let head = head(tokens, span);
        let lemma = match head {
            Some(head) => tokens[head].lemma.to_lowercase().into(),
            None => lemma(&record.report.words(span).to_lowercase()),
        };
        let mut mention = Self::bare(words, record, report, span, lemma);
        let claims = record.testimony.claims.iter();
        let mut frames = claims.filter(|claim| claim.trigger.overlaps(span)).map(|c| &c.frame);
        mention.frame = frames.rfind(|frame| !frame.starts_with("open.")).map(SmolStr::new);
        if let Some(head) = head {
            let sentence = sentence(record, span).1;
            let parts = Parts::of(words, record, sentence, head);
            mention.takes_part(parts.agent, parts.object, parts.other);
        }
        mention
    }

    fn takes_part(&mut self, agent: Vec<u32>, object: Vec<u32>, mut other: Vec<u32>) {
        other.extend(agent.iter().chain(&object));
        [self.agent, self.object, self.arguments] = [agent, object, other].map(sorted);
    }

    /// What needs no grammar.
    fn bare(words: &Words, record: &Record, report: usize, span: Span, lemma: SmolStr) -> Self {
        let text = |span: Span| record.report.words(span);
        let (number, bounds) = sentence(record, span);
        let own = words.numbers(text(span));
        let before = Span::new(bounds.start.min(span.start), span.start);
        let after = Span::new(span.end, bounds.end.max(span.end));
        let near: Vec<&str> = text(before)
            .split_whitespace()
            .rev()
            .take(NEAR)
            .chain(text(after).split_whitespace().take(NEAR))
            .collect();
        let near = words.numbers(&near.join(" "));
        let sentences = &record.parsed.sentences;
        let ends = [number.saturating_sub(1), number + 1].map(|at| sentences.get(at));
        let around =
            ends.into_iter().flatten().fold(bounds, |all, sentence| all.cover(sentence.span));
        let (mut named, mut people) = (Vec::new(), Vec::new());
        for entity in &record.grounded.entities {
            if entity.mentions.iter().any(|mention| mention.span.overlaps(bounds)) {
                named.extend(words.numbers(&entity.name));
                if entity.kind == EntityType::Person {
                    let last = entity.name.split_whitespace().next_back();
                    people.extend(last.into_iter().flat_map(|name| words.numbers(name)));
                }
            }
        }
        let times = record.grounded.times.iter().filter(|time| time.span.overlaps(bounds));
        let day = |value: &str| {
            let day = value.get(..10)?;
            let dated = day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
            dated.then(|| SmolStr::new(day))
        };
        let mut days: Vec<SmolStr> =
            times.filter_map(|time| time.timex.as_deref().and_then(day)).collect();
        days.sort_unstable();
        let places = record.grounded.places.iter().filter(|place| place.span.overlaps(bounds));
        let predicate = Predicate::of(lemma);
        Self {
            report,
            sentence: number as u32,
            sentences: sentences.len().max(1) as u32,
            tells: words.tells(&predicate.stem),
            predicate,
            frame: None,
            agent: Vec::new(),
            object: Vec::new(),
            arguments: Vec::new(),
            words: words
                .numbers(text(bounds))
                .into_iter()
                .filter(|word| own.binary_search(word).is_err())
                .collect(),
            figures: near.iter().copied().filter(|word| words.is_number(*word)).collect(),
            near,
            around: words.numbers(text(around)),
            named: sorted(named),
            people: sorted(people),
            days,
            places: sorted(places.filter_map(|place| place.geonames).collect()),
        }
    }
}

/// The number and the bounds of the sentence that a span starts in.
fn sentence(record: &Record, span: Span) -> (usize, Span) {
    let sentences = &record.parsed.sentences;
    let number = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    (number, sentences.get(number).map_or(span, |sentence| sentence.span))
}

/// The first token of the span whose head lies outside of it.
fn head(tokens: &[Token], span: Span) -> Option<usize> {
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let outside = |head: u32| !tokens.get(head as usize).is_some_and(|h| h.span.overlaps(span));
    (first..)
        .zip(tokens.get(first..)?)
        .take_while(|(_, token)| token.span.start < span.end)
        .find(|(index, token)| token.head as usize == *index || outside(token.head))
        .map(|(index, _)| index)
}

/// Who and what takes part in the event of a token, by the grammar of its sentence.
#[derive(Default)]
struct Parts {
    agent: Vec<u32>,
    object: Vec<u32>,
    other: Vec<u32>,
}

/// A sentence, to be asked for what hangs on a token.
struct Grammar<'a> {
    words: &'a Words,
    record: &'a Record,
    tokens: &'a [Token],
    /// The children of each token of the sentence, from its first.
    children: Vec<Vec<usize>>,
    first: usize,
}

impl Grammar<'_> {
    fn under(&self, token: usize) -> &[usize] {
        let at = token.checked_sub(self.first).and_then(|at| self.children.get(at));
        at.map_or(&[], Vec::as_slice)
    }

    /// The words of a noun and of the nouns and adjectives before it, and of the full name it is a mention of.
    fn phrase(&self, token: usize) -> Vec<u32> {
        let text = |token: &Token| self.words.numbers(token.span.text(&self.record.report.text));
        let head = &self.tokens[token];
        let mut all = Vec::new();
        for entity in &self.record.grounded.entities {
            if entity.mentions.iter().any(|mention| mention.span.overlaps(head.span)) {
                all.extend(self.words.numbers(&entity.name));
            }
        }
        if matches!(head.pos.as_str(), "NOUN" | "PROPN" | "NUM") {
            all.extend(text(head));
        }
        for child in self.under(token).iter().map(|&child| &self.tokens[child]) {
            if matches!(child.dep.as_str(), "compound" | "appos" | "amod" | "nmod")
                && matches!(child.pos.as_str(), "PROPN" | "NOUN" | "ADJ")
            {
                all.extend(text(child));
            }
        }
        all
    }

    fn below(&self, token: usize) -> Vec<u32> {
        self.under(token).iter().flat_map(|&child| self.phrase(child)).collect()
    }
}

impl Parts {
    fn of(words: &Words, record: &Record, bounds: Span, head: usize) -> Self {
        let tokens = &record.parsed.tokens;
        let first = tokens.partition_point(|token| token.span.end <= bounds.start);
        let end = tokens.partition_point(|token| token.span.start < bounds.end);
        let mut children = vec![Vec::new(); end.saturating_sub(first)];
        for (index, token) in (first..end).zip(&tokens[first..end]) {
            let up = token.head as usize;
            if up != index
                && let Some(of) = up.checked_sub(first).and_then(|at| children.get_mut(at))
            {
                of.push(index);
            }
        }
        let grammar = Grammar { words, record, tokens, children, first };
        let mut parts = Self::default();
        for &child in grammar.under(head) {
            match tokens[child].dep.as_str() {
                "nsubj" | "csubj" => parts.agent.extend(grammar.phrase(child)),
                "agent" => parts.agent.extend(grammar.below(child)),
                "dobj" | "nsubjpass" | "attr" | "dative" | "oprd" => {
                    parts.object.extend(grammar.phrase(child));
                }
                "prep" => parts.other.extend(grammar.below(child)),
                "compound" | "poss" | "amod" | "nmod" | "npadvmod" | "appos" => {
                    parts.other.extend(grammar.phrase(child));
                }
                _ => {}
            }
        }
        let up = tokens[head].head as usize;
        if up == head || !(first..end).contains(&up) {
            return parts;
        }
        match tokens[head].dep.as_str() {
            // "the men arrested on Monday"
            "acl" | "relcl" => parts.object.extend(grammar.phrase(up)),
            // "police came and arrested"
            "conj" | "xcomp" => {
                for &child in grammar.under(up) {
                    match tokens[child].dep.as_str() {
                        "nsubj" if parts.agent.is_empty() => {
                            parts.agent.extend(grammar.phrase(child));
                        }
                        "nsubjpass" if parts.object.is_empty() => {
                            parts.object.extend(grammar.phrase(child));
                        }
                        _ => {}
                    }
                }
            }
            // "the quake hit Marrow": who and what hangs on the verb a noun hangs on
            "dobj" | "nsubj" | "nsubjpass" | "attr" | "advcl" | "ccomp"
                if matches!(tokens[head].pos.as_str(), "NOUN" | "PROPN") =>
            {
                for &child in grammar.under(up).iter().filter(|&&child| child != head) {
                    match tokens[child].dep.as_str() {
                        "nsubj" | "nsubjpass" | "dobj" => {
                            parts.other.extend(grammar.phrase(child));
                        }
                        "prep" => parts.other.extend(grammar.below(child)),
                        _ => {}
                    }
                }
            }
            "compound" | "amod" => parts.other.extend(grammar.phrase(up)),
            _ => {}
        }
        parts
    }
}
