//! Pages that show by themselves that they were put together from passages written apart.
//!
//! A report introduces whom it names, keeps to one spelling and to one name for a thing, and writes whole sentences.
//! Each of its sentences takes up
//! something of the ones above. A page put together from pieces of many breaks these habits in many places. One break is
//! an oversight; breaks of several kinds, or sentences that nothing ties together, are seams.

use std::sync::LazyLock;

use crossread_base::{ReportId, Span};
use crossread_record::{EntityType, Flag, MentionKind, Record};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::{Line, Text};
use crate::words::{self, Form, Rarity, data_lines, form};

/// Sentences that a page must have for what ties them to be told ...
const TELLING: usize = 10;
/// ... and what a sentence must have for that: content words.
const CONTENT: usize = 4;
/// A page is flagged where no more than this share of its sentences is tied to one of the [`BACK`] before: of 1,328 news
/// reports seven, of 150 pages stitched from sentences of one crisis 68 ...
const UNTIED: f32 = 0.27;
/// ... and where more are, but no more than this, and it has breaks of two kinds.
const LOOSE: f32 = 0.4;

/// A page is flagged from this weight of breaks on, each kind weighing no more than [`MOST`] ...
const WEIGHT: usize = 5;
const MOST: usize = 2;
/// ... and from this many kinds on.
const KINDS: usize = 3;
/// Names for one thing that a report uses without saying that they are one.
const NAMES: usize = 3;
/// Sentences looked back on for whom a pronoun stands for.
const BACK: usize = 2;
/// A longer page is a collection by nature.
const LONGEST: usize = 400;

/// A habit that is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Break {
    /// "He" or "she" with nobody before it.
    Nobody,
    /// Somebody is introduced after he was named, or has a rank and no first name.
    Late,
    /// A sentence without a verb.
    Fragment,
    /// Several names for one thing.
    Names,
    /// British and American spelling.
    Spelling,
    /// A mark that a join left behind: "US -led".
    Mark,
    /// A sentence with no word of the sentences above but those that the whole page is about.
    Untied,
}

impl Break {
    const fn says(self) -> &'static str {
        match self {
            Self::Nobody => "a pronoun that nobody stands before",
            Self::Late => "a person named before being introduced",
            Self::Fragment => "a piece of a sentence",
            Self::Names => "another name for what was named before, without saying so",
            Self::Spelling => "another country's spelling than before",
            Self::Mark => "a mark that a join left behind",
            Self::Untied => "nothing ties it to what stands above",
        }
    }
}

/// Flags with the seams of a page that looks put together, in order of the text; none for any other.
pub(crate) fn flags(record: &Record, text: &Text) -> Vec<(ReportId, Flag)> {
    let lines: Vec<&Line> = text.story_lines().collect();
    if lines.len() < 5 || lines.len() > LONGEST {
        return Vec::new();
    }
    let mut breaks = Vec::new();
    nobody(record, text, &lines, &mut breaks);
    late(record, text, &mut breaks);
    fragments(record, text, &mut breaks);
    names(record, &lines, &mut breaks);
    spelling(text, &mut breaks);
    marks(record, text, &mut breaks);
    breaks.sort_unstable();
    breaks.dedup();
    let mut kinds: FxHashMap<Break, usize> = FxHashMap::default();
    for (_, kind) in &breaks {
        *kinds.entry(*kind).or_insert(0) += 1;
    }
    let weight: usize = kinds.values().map(|count| (*count).min(MOST)).sum();
    let (untied, all) = untied(text, &lines);
    let tied = if all < TELLING { 1.0 } else { 1.0 - untied.len() as f32 / (all - 1) as f32 };
    let broken = kinds.len() >= KINDS && weight >= WEIGHT;
    if !(broken || tied <= UNTIED || tied <= LOOSE && kinds.len() >= 2) {
        return Vec::new();
    }
    if tied <= LOOSE {
        breaks.extend(untied.into_iter().map(|span| (span, Break::Untied)));
        breaks.sort_unstable();
    }
    let note = |kind: Break| {
        format!("{}; the page looks put together from pieces of unlike origin", kind.says())
    };
    breaks
        .into_iter()
        .map(|(span, kind)| {
            let flag = Flag { kind: "seam".to_owned(), span: Some(span), note: note(kind) };
            (record.report.id.clone(), flag)
        })
        .collect()
}

/// The sentences with no telling word of the [`BACK`] before them, and how many there are to tell by. Words of a third
/// of the sentences are what the page is about and tie nothing.
fn untied(text: &Text, lines: &[&Line]) -> (Vec<Span>, usize) {
    let told: Vec<(Span, FxHashSet<Form>)> = lines
        .iter()
        .map(|line| {
            let words = &text.words[line.words.clone()];
            let content = words.iter().filter(|word| word.rarity > Rarity::Function);
            (line.span, content.map(|word| word.stem).collect::<FxHashSet<Form>>())
        })
        .filter(|(_, stems)| stems.len() >= CONTENT)
        .collect();
    let mut holders: FxHashMap<Form, usize> = FxHashMap::default();
    for stem in told.iter().flat_map(|(_, stems)| stems) {
        *holders.entry(*stem).or_insert(0) += 1;
    }
    let common = 2.max(told.len() / 3);
    let ties = |stem: &&Form| holders.get(*stem).is_some_and(|holders| *holders <= common);
    let untied = (1..told.len()).filter(|at| {
        let above = &told[at.saturating_sub(BACK)..*at];
        let mut mine = told[*at].1.iter().filter(ties);
        !mine.any(|stem| above.iter().any(|(_, stems)| stems.contains(stem)))
    });
    (untied.map(|at| told[at].0).collect(), told.len())
}

static PEOPLE: LazyLock<FxHashSet<Form>> = LazyLock::new(|| {
    data_lines(include_str!("../data/people.txt"))
        .flat_map(str::split_whitespace)
        .map(|word| form(words::stem(word.as_bytes())))
        .collect()
});

static HE_OR_SHE: LazyLock<[Form; 2]> = LazyLock::new(|| [b"he".as_slice(), b"she"].map(form));

/// A sentence whose first words outside quotation marks are "he" or "she", with no word for a human being and no person's
/// name in it before, nor in the sentences above.
fn nobody(record: &Record, text: &Text, lines: &[&Line], breaks: &mut Vec<(Span, Break)>) {
    let persons: Vec<Span> = person_spans(record);
    let has_person = |span: Span| {
        let from = persons.partition_point(|person| person.end <= span.start);
        persons.get(from).is_some_and(|person| person.start < span.end)
    };
    for (index, line) in lines.iter().enumerate() {
        let outside = line.words.clone().filter(|at| !text.quoted[*at]).take(3).find(|at| {
            let before = line.words.start == *at || text.quoted[*at - 1];
            before && HE_OR_SHE.contains(&text.words[*at].form)
        });
        let Some(at) = outside else { continue };
        let somebody = |words: std::ops::Range<usize>| {
            words.clone().any(|at| {
                let word = &text.words[at];
                PEOPLE.contains(&word.stem) || PEOPLE.contains(&word.form)
            })
        };
        let above = &lines[index.saturating_sub(BACK)..index];
        let known = somebody(line.words.start..at)
            || above.iter().any(|line| somebody(line.words.clone()) || has_person(line.span))
            || has_person(Span::new(line.span.start, text.words[at].span.start));
        if !known && !above.is_empty() {
            breaks.push((text.words[at].span, Break::Nobody));
        }
    }
}

fn person_spans(record: &Record) -> Vec<Span> {
    let people = record.grounded.entities.iter().filter(|it| it.kind == EntityType::Person);
    let mut spans: Vec<Span> =
        people.flat_map(|person| person.mentions.iter().map(|mention| mention.span)).collect();
    spans.sort_unstable();
    spans
}

/// People who are first named by one name, and later in full; or with a rank, and never in full.
fn late(record: &Record, text: &Text, breaks: &mut Vec<(Span, Break)>) {
    static RANKS: LazyLock<Vec<Form>> = LazyLock::new(|| {
        [
            "colonel",
            "col",
            "major",
            "maj",
            "captain",
            "capt",
            "lieutenant",
            "lt",
            "sergeant",
            "sgt",
            "brigadier",
            "brig",
        ]
        .map(|rank| form(rank.as_bytes()))
        .to_vec()
    });
    let story: Vec<Span> = text.story_lines().map(|line| line.span).collect();
    let told = |span: Span| {
        let at = story.partition_point(|line| line.end <= span.start);
        story.get(at).is_some_and(|line| line.contains(span))
    };
    let headline = record
        .report
        .regions
        .iter()
        .filter(|region| region.kind != crossread_record::RegionKind::Body)
        .map(|region| region.span);
    let headline: Vec<Span> = headline.collect();
    let in_body = |span: Span| !headline.iter().any(|region| region.overlaps(span));
    for person in record.grounded.entities.iter().filter(|it| it.kind == EntityType::Person) {
        let mut named = person
            .mentions
            .iter()
            .filter(|mention| mention.how == MentionKind::Name)
            .map(|mention| mention.span)
            .filter(|span| told(*span) && in_body(*span));
        let Some(first) = named.next() else { continue };
        let parts = |span: Span| record.report.words(span).split_whitespace().count();
        if parts(first) != 1 {
            continue;
        }
        let full = named.find(|span| parts(*span) >= 2);
        let at = text.words.partition_point(|word| word.span.end <= first.start);
        let ranked = at > 0 && RANKS.contains(&text.words[at - 1].form);
        if full.is_some() || ranked {
            breaks.push((first, Break::Late));
        }
    }
}

/// Body sentences with an end mark and no finite verb. Nothing is said of a text that was not parsed.
fn fragments(record: &Record, text: &Text, breaks: &mut Vec<(Span, Break)>) {
    for sentence in &record.parsed.sentences {
        let body = sentence.region.and_then(|at| record.report.regions.get(at as usize));
        if body.is_none_or(|region| {
            region.kind != crossread_record::RegionKind::Body || region.span != sentence.span
        }) {
            continue;
        }
        let tokens = record.parsed.tokens_of(sentence);
        let finite = |tag: &str| matches!(tag, "VBD" | "VBZ" | "VBP" | "MD" | "VB");
        let long = (7..=40).contains(&tokens.len());
        let story = text.story_lines().any(|line| line.span.overlaps(sentence.span));
        if long
            && story
            && record.report.words(sentence.span).ends_with('.')
            && !tokens.iter().any(|token| finite(&token.tag))
        {
            breaks.push((sentence.span, Break::Fragment));
        }
    }
}

/// Things under three names or more, no two of which stand in one sentence: a report that uses several says so once.
fn names(record: &Record, lines: &[&Line], breaks: &mut Vec<(Span, Break)>) {
    for entity in &record.grounded.entities {
        if matches!(entity.kind, EntityType::Person | EntityType::Facility) {
            continue;
        }
        // Each name with where it first stands and the sentences it stands in.
        let mut forms: Vec<(String, Span, FxHashSet<usize>)> = Vec::new();
        for mention in &entity.mentions {
            if !matches!(mention.how, MentionKind::Name | MentionKind::Alias) {
                continue;
            }
            let name: String = record
                .report
                .words(mention.span)
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            let name = name.strip_prefix("the").unwrap_or(&name).to_owned();
            let line = lines.partition_point(|line| line.span.end <= mention.span.start);
            if !lines.get(line).is_some_and(|line| line.span.contains(mention.span)) {
                continue;
            }
            match forms
                .iter_mut()
                .find(|(known, ..)| known.contains(&name) || name.contains(known.as_str()))
            {
                Some((_, _, at)) => {
                    at.insert(line);
                }
                None => forms.push((name, mention.span, FxHashSet::from_iter([line]))),
            }
        }
        if forms.len() < NAMES {
            continue;
        }
        let together = |a: usize, b: usize| !forms[a].2.is_disjoint(&forms[b].2);
        let apart = |at: usize| (0..forms.len()).all(|other| other == at || !together(at, other));
        let strangers: Vec<usize> = (0..forms.len()).filter(|at| apart(*at)).collect();
        if strangers.len() >= NAMES {
            breaks.extend(strangers[1..].iter().map(|at| (forms[*at].1, Break::Names)));
        }
    }
}

/// For each spelling, whether it is the British one.
static SPELLINGS: LazyLock<FxHashMap<Form, bool>> = LazyLock::new(|| {
    let mut known = FxHashMap::default();
    for line in data_lines(include_str!("../data/spellings.tsv")) {
        if let Some((british, american)) = line.split_once('\t') {
            known.insert(form(british.as_bytes()), true);
            known.insert(form(american.as_bytes()), false);
        }
    }
    known
});

/// The first word of each spelling that differs from the one before it. Names are spelled as they are.
fn spelling(text: &Text, breaks: &mut Vec<(Span, Break)>) {
    let mut before = None;
    let mut turns = Vec::new();
    for at in text.story() {
        let word = &text.words[at];
        let Some(british) = SPELLINGS.get(&word.form).filter(|_| !word.capital) else { continue };
        if before.is_some_and(|before| before != british) {
            turns.push(word.span);
        }
        before = Some(british);
    }
    breaks.extend(turns.into_iter().map(|span| (span, Break::Spelling)));
}

/// A hyphen that stands off from the word before it and on the one behind: "US -led".
fn marks(record: &Record, text: &Text, breaks: &mut Vec<(Span, Break)>) {
    for line in text.story_lines() {
        let words = &text.words[line.words.clone()];
        for pair in words.windows(2) {
            let gap = Span::new(pair[0].span.end, pair[1].span.start).text(&record.report.text);
            if gap == " -" && !pair[1].capital && !pair[1].number {
                breaks.push((pair[0].span.cover(pair[1].span), Break::Mark));
            }
        }
    }
}
