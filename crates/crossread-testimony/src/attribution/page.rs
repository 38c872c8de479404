//! A report as the classifiers see it: every token as a handful of small numbers, with its place in tree, sentence,
//! paragraph and quotation.
//!
//! Names never enter: a token that is part of a name is known by the kind of name only, so that swapping the names of
//! parties changes nothing.

use std::sync::OnceLock;

use crossread_base::Span;
use crossread_record::{Parsed, Report};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::marks::{self, Quotation};

/// No sentence, paragraph or quotation.
pub(crate) const NONE: u32 = u32::MAX;

/// Bits for the classes of `data/cue-words.toml` that anything here asks for, in the order of [`CueWords`].
pub(crate) mod class {
    pub(crate) const SAY: u32 = 1;
    pub(crate) const TELL: u32 = 1 << 1;
    pub(crate) const THINK: u32 = 1 << 4;
    pub(crate) const JUDGE: u32 = 1 << 7;
    pub(crate) const SEEM: u32 = 1 << 10;
    pub(crate) const BY: u32 = 1 << 11;
    pub(crate) const SAYING: u32 = 1 << 12;
    pub(crate) const DOCUMENT: u32 = 1 << 15;
    pub(crate) const MEDIA: u32 = 1 << 16;
    pub(crate) const PERSON: u32 = 1 << 17;
    /// The classes of verbs.
    pub(crate) const VERBS: u32 = (1 << 12) - 1;
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueWords {
    say: String,
    tell: String,
    ask: String,
    demand: String,
    think: String,
    intend: String,
    feel: String,
    judge: String,
    show: String,
    learn: String,
    seem: String,
    by: String,
    saying: String,
    thought: String,
    minded: String,
    document: String,
    media: String,
    person: String,
}

/// The classes of a dictionary form, as bits.
pub(crate) fn classes(lemma: &str) -> u32 {
    static TABLE: OnceLock<FxHashMap<String, u32>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = FxHashMap::default();
        // The file is part of the program and read by a test.
        let Ok(words) = toml::from_str::<CueWords>(include_str!("../../data/cue-words.toml"))
        else {
            return table;
        };
        let lists = [
            &words.say,
            &words.tell,
            &words.ask,
            &words.demand,
            &words.think,
            &words.intend,
            &words.feel,
            &words.judge,
            &words.show,
            &words.learn,
            &words.seem,
            &words.by,
            &words.saying,
            &words.thought,
            &words.minded,
            &words.document,
            &words.media,
            &words.person,
        ];
        for (nth, list) in lists.into_iter().enumerate() {
            for word in list.split_whitespace() {
                *table.entry(word.to_owned()).or_insert(0) |= 1 << nth;
            }
        }
        table
    });
    table.get(lemma).copied().unwrap_or(0)
}

/// What kind of thing a token names, by the parser's tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Name {
    None,
    Person,
    Org,
    Place,
    Group,
    Work,
    Other,
    /// Dates and numbers: no names.
    Amount,
}

/// A token, in numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) span: Span,
    /// The lemma, folded to lower case and hashed; for names the kind of name.
    pub(crate) lemma: u32,
    pub(crate) tag: u32,
    pub(crate) dep: u32,
    pub(crate) pos: Pos,
    pub(crate) name: Name,
    /// Bits of [`class`].
    pub(crate) class: u32,
    /// An index into the words; its own for a root, and for one whose head is in no region that makes claims.
    pub(crate) head: usize,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    /// An index into [`Page::quotations`].
    pub(crate) quotation: u32,
    /// Starts with a capital letter.
    pub(crate) capital: bool,
    /// A quotation mark.
    pub(crate) mark: bool,
}

/// Parts of speech, as far as anything here asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Pos {
    Verb,
    Aux,
    Noun,
    Name,
    Pronoun,
    Adjective,
    Adverb,
    Adposition,
    Subordinator,
    Conjunction,
    Determiner,
    Particle,
    Number,
    Punctuation,
    Other,
}

/// A run of tokens of one paragraph, sentence or quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) first: usize,
    pub(crate) end: usize,
}

/// The tokens of the regions that make claims.
pub(crate) struct Page<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: Vec<Word>,
    pub(crate) sentences: Vec<Run>,
    pub(crate) paragraphs: Vec<Run>,
    pub(crate) quotations: Vec<Quotation>,
    /// The first paragraph that is no headline begins here.
    pub(crate) headline_end: usize,
    children: Vec<u32>,
    first_child: Vec<u32>,
}

/// Mixes a number into a hash. The same on every machine.
pub(crate) const fn mix(hash: u32, value: u32) -> u32 {
    let hash = (hash ^ value).wrapping_mul(0x9E37_79B1);
    hash ^ (hash >> 15)
}

/// A hash of a label or lemma, FNV-1a.
pub(crate) const fn hash(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut hash = 0x811C_9DC5_u32;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}

impl<'a> Page<'a> {
    pub(crate) fn new(report: &'a Report, parsed: &Parsed) -> Self {
        let text = report.text.as_str();
        let mut words: Vec<Word> = Vec::with_capacity(parsed.tokens.len());
        let mut sentences: Vec<Run> = Vec::new();
        let mut paragraphs: Vec<Run> = Vec::new();
        let mut index_of = vec![NONE; parsed.tokens.len()];
        let mut region_before = None;
        let mut headline_end = 0;
        for sentence in &parsed.sentences {
            // Read `--whole`, a sentence has no region and the whole text makes claims.
            let kind = sentence.region.and_then(|r| report.regions.get(r as usize)).map(|r| r.kind);
            if kind.is_some_and(|kind| !kind.makes_claims()) {
                continue;
            }
            let first = words.len();
            for token in parsed.tokens_of(sentence) {
                let gap = words.last().map_or("", |before: &Word| {
                    text.get(before.span.end as usize..token.span.start as usize).unwrap_or("")
                });
                let new_line = gap.contains('\n');
                let starts_sentence = words.len() == first;
                let new_paragraph = words.is_empty()
                    || starts_sentence && (new_line || sentence.region != region_before)
                    || new_line && gap.bytes().filter(|b| *b == b'\n').count() > 1;
                if new_paragraph {
                    if let Some(last) = paragraphs.last_mut() {
                        last.end = words.len();
                    }
                    paragraphs.push(Run { first: words.len(), end: words.len() });
                }
                region_before = sentence.region;
                let mut word = Word::new(token, token.span.text(text));
                word.sentence = sentences.len() as u32;
                word.paragraph = paragraphs.len() as u32 - 1;
                words.push(word);
            }
            for (at, index) in sentence.tokens.clone().zip(first..words.len()) {
                if let Some(slot) = index_of.get_mut(at as usize) {
                    *slot = index as u32;
                }
            }
            if words.len() > first {
                sentences.push(Run { first, end: words.len() });
                if kind == Some(crossread_record::RegionKind::Headline) {
                    headline_end = words.len();
                }
            }
        }
        if let Some(last) = paragraphs.last_mut() {
            last.end = words.len();
        }
        if headline_end == 0 {
            headline_end = paragraphs.first().map_or(0, |run| run.end);
        }
        // Heads, now that every token has its place.
        for (token, &at) in parsed.tokens.iter().zip(&index_of) {
            if at == NONE {
                continue;
            }
            let head =
                index_of.get(token.head as usize).copied().filter(|&h| h != NONE).unwrap_or(at);
            if let Some(word) = words.get_mut(at as usize) {
                word.head = head as usize;
            }
        }
        let mut first_child = vec![0u32; words.len() + 1];
        for (at, word) in words.iter().enumerate() {
            if word.head != at {
                first_child[word.head + 1] += 1;
            }
        }
        for at in 1..first_child.len() {
            first_child[at] += first_child[at - 1];
        }
        let mut next = first_child.clone();
        let mut children = vec![0u32; first_child.last().copied().unwrap_or(0) as usize];
        for (at, word) in words.iter().enumerate() {
            if word.head != at {
                children[next[word.head] as usize] = at as u32;
                next[word.head] += 1;
            }
        }
        let spans: Vec<Span> = paragraphs
            .iter()
            .map(|run| words[run.first].span.cover(words[run.end - 1].span))
            .collect();
        let quotations = marks::quotations(text, &spans);
        let mut at = 0;
        for (nth, quotation) in quotations.iter().enumerate() {
            while at < words.len() && words[at].span.start < quotation.span.start {
                at += 1;
            }
            while at < words.len() && words[at].span.start < quotation.span.end {
                words[at].quotation = nth as u32;
                at += 1;
            }
        }
        Self { text, words, sentences, paragraphs, quotations, headline_end, children, first_child }
    }

    /// The words that hang on this one, in order of the text.
    pub(crate) fn children(
        &self,
        at: usize,
    ) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        self.children[self.first_child[at] as usize..self.first_child[at + 1] as usize]
            .iter()
            .map(|&child| child as usize)
    }

    /// The first child with this label.
    pub(crate) fn child(&self, at: usize, dep: u32) -> Option<usize> {
        self.children(at).find(|&child| self.words[child].dep == dep)
    }

    /// The sentence of a word.
    pub(crate) fn sentence(&self, at: usize) -> Run {
        self.sentences[self.words[at].sentence as usize]
    }

    /// The paragraph of a word.
    pub(crate) fn paragraph(&self, at: usize) -> Run {
        self.paragraphs[self.words[at].paragraph as usize]
    }

    /// The letters of a word.
    pub(crate) fn form(&self, at: usize) -> &'a str {
        self.words[at].span.text(self.text)
    }
}

impl Word {
    fn new(token: &crossread_record::Token, form: &str) -> Self {
        let pos = match token.pos.as_str() {
            "VERB" => Pos::Verb,
            "AUX" => Pos::Aux,
            "NOUN" => Pos::Noun,
            "PROPN" => Pos::Name,
            "PRON" => Pos::Pronoun,
            "ADJ" => Pos::Adjective,
            "ADV" => Pos::Adverb,
            "ADP" => Pos::Adposition,
            "SCONJ" => Pos::Subordinator,
            "CCONJ" => Pos::Conjunction,
            "DET" => Pos::Determiner,
            "PART" => Pos::Particle,
            "NUM" => Pos::Number,
            "PUNCT" | "SYM" => Pos::Punctuation,
            _ => Pos::Other,
        };
        let name = match token.ent.get(2..).unwrap_or("") {
            "" => Name::None,
            "PERSON" => Name::Person,
            "ORG" => Name::Org,
            "GPE" | "LOC" | "FAC" => Name::Place,
            "NORP" => Name::Group,
            "WORK_OF_ART" | "LAW" => Name::Work,
            "DATE" | "TIME" | "CARDINAL" | "ORDINAL" | "PERCENT" | "MONEY" | "QUANTITY" => {
                Name::Amount
            }
            _ => Name::Other,
        };
        let named = !matches!(name, Name::None | Name::Amount);
        let folded = fold(&token.lemma);
        // In headlines the tagger takes "Says" for a name; the lexicon knows better.
        let (lemma, class) = if pos == Pos::Name || named {
            let stem = stem(form);
            match classes(&stem) {
                0 => (mix(hash("#name"), name as u32), 0),
                class if pos == Pos::Name && named => (mix(hash("#name"), name as u32), class),
                class => (hash(&stem), class),
            }
        } else {
            (hash(&folded), classes(&folded))
        };
        Self {
            span: token.span,
            lemma,
            tag: hash(&token.tag),
            dep: hash(&token.dep),
            pos,
            name,
            class,
            head: 0,
            sentence: NONE,
            paragraph: NONE,
            quotation: NONE,
            capital: form.chars().next().is_some_and(char::is_uppercase),
            mark: matches!(form, "\"" | "“" | "”" | "''" | "``" | "‘" | "’" | "'" | "«" | "»"),
        }
    }

    /// A verb, or an auxiliary that stands for one.
    pub(crate) fn is_verb(&self) -> bool {
        matches!(self.pos, Pos::Verb | Pos::Aux)
    }
}

fn fold(lemma: &str) -> String {
    lemma.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// A guess at the dictionary form, for words whose tag is no help: the first cut of an ending that gives a word of
/// the lexicon.
fn stem(form: &str) -> String {
    let form = fold(form);
    let cuts = [
        ("", ""),
        ("s", ""),
        ("d", ""),
        ("ed", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ies", "y"),
        ("ied", "y"),
    ];
    for (end, put) in cuts {
        if let Some(stem) = form.strip_suffix(end) {
            let stem = format!("{stem}{put}");
            if classes(&stem) != 0 {
                return stem;
            }
        }
    }
    if form == "said" { "say".to_owned() } else { form }
}
