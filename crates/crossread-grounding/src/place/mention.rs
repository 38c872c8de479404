//! Which of a report's words are mentions of places, and what they could mean.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use crossread_base::Span;
use crossread_record::EntityType;

use super::gazetteer::{Class, Gazetteer, Reading};
use crate::fold;
use crate::name::doc::Doc;
use crate::name::{Demonyms, Name};

/// How a place is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By its name.
    Named,
    /// A site that is called after the place it is at: "Mosul airport".
    Site,
    /// Within an organisation's name: "Diyala Provincial Council".
    Within,
    /// By what its people are called: "Iraqi".
    Demonym,
}

/// Words that mention a place.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) range: Range<usize>,
    pub(super) span: Span,
    /// The index of the name it is, or is part of.
    pub(super) name: Option<usize>,
    pub(super) kind: Kind,
    /// What the readings were found under.
    pub(super) key: String,
    pub(super) readings: Vec<Reading>,
    /// Whether only a loose spelling was found.
    pub(super) loosely: bool,
    /// Whether a part of what was found is meant: "Old Mosul", "Northern Iraq".
    pub(super) part: bool,
}

/// Mentions in order of the names.
pub(super) fn find(doc: &Doc<'_>, names: &[Name], gazetteer: &Gazetteer<'_>) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let found = match name.kind {
            EntityType::Place => named(doc, name, gazetteer),
            EntityType::Facility => site(doc, name, gazetteer),
            EntityType::Group => demonym(doc, name, gazetteer),
            EntityType::Org if name.actor.is_none() => within(doc, name, gazetteer),
            _ => None,
        };
        mentions.extend(found.map(|mention| Mention { name: Some(index), ..mention }));
    }
    mentions
}

fn named(doc: &Doc<'_>, name: &Name, gazetteer: &Gazetteer<'_>) -> Option<Mention> {
    // The parser may cut the point off "W.Va.".
    let point = doc.text.get(name.span.end as usize..).is_some_and(|rest| rest.starts_with('.'));
    let pointed = name.span.end + u32::from(point);
    let words = Span::new(name.span.start, pointed).text(doc.text);
    let words =
        if words.trim_end_matches('.').contains('.') { words } else { name.span.text(doc.text) };
    let Readings { key, readings, loosely, part } =
        readings(words, name.range.start.checked_sub(1).map(|i| doc.word(i)), gazetteer);
    Some(Mention {
        range: name.range.clone(),
        span: name.span,
        name: None,
        kind: Kind::Named,
        key,
        readings,
        loosely,
        part,
    })
}

/// What a name could mean, and how it was found.
struct Readings {
    key: String,
    readings: Vec<Reading>,
    loosely: bool,
    part: bool,
}

/// What a name could mean: in its own spelling; else without, or with, the word for what it is; else in another
/// transliteration.
fn readings(words: &str, before: Option<&str>, gazetteer: &Gazetteer<'_>) -> Readings {
    let plainly = |key, readings| Readings { key, readings, loosely: false, part: false };
    if let Some(reading) = abbreviated(words, before, gazetteer) {
        return plainly(words.to_owned(), vec![reading]);
    }
    let key = fold::fold(words);
    if key.split(' ').all(crate::name::is_direction) {
        return plainly(key, Vec::new());
    }
    let mut found = gazetteer.readings(&key);
    if found.is_empty() {
        const KINDS: [&str; 17] = [
            "province",
            "governorate",
            "region",
            "state",
            "city",
            "district",
            "county",
            "oblast",
            "metropolitan area",
            "area",
            "valley",
            "peninsula",
            "city center",
            "city centre",
            "town",
            "township",
            "village",
        ];
        const BEFORE: [&str; 6] =
            ["city of ", "town of ", "province of ", "state of ", "republic of ", "village of "];
        const PARTS: [&str; 18] = [
            "northern ",
            "southern ",
            "eastern ",
            "western ",
            "central ",
            "north ",
            "south ",
            "east ",
            "west ",
            "northeast ",
            "northwest ",
            "southeast ",
            "southwest ",
            "old ",
            "upper ",
            "lower ",
            "greater ",
            "downtown ",
        ];
        let bare = KINDS
            .iter()
            .find_map(|kind| key.strip_suffix(kind).and_then(|rest| rest.strip_suffix(' ')))
            .or_else(|| BEFORE.iter().find_map(|kind| key.strip_prefix(kind)));
        if let Some(bare) = bare {
            found = gazetteer.readings(bare);
        } else if let Some(whole) = PARTS.iter().find_map(|part| key.strip_prefix(part)) {
            let readings = gazetteer.readings(whole);
            if !readings.is_empty() {
                return Readings { key, readings, loosely: false, part: true };
            }
        }
    }
    if found.is_empty() {
        // English papers name counties by the bare name.
        for kind in ["county", "parish", "district", "province"] {
            found.extend(gazetteer.readings(&format!("{key} {kind}")));
        }
    }
    if found.is_empty() {
        let readings = gazetteer.readings_loosely(&key);
        return Readings { key, readings, loosely: true, part: false };
    }
    plainly(key, found)
}

/// The division that a style guide's short form stands for: "Calif.", or "CA" after a comma.
pub(crate) fn abbreviated(
    words: &str,
    before: Option<&str>,
    gazetteer: &Gazetteer<'_>,
) -> Option<Reading> {
    static IT: OnceLock<BTreeMap<&'static str, (&'static str, &'static str)>> = OnceLock::new();
    let table = IT.get_or_init(|| {
        let mut table = BTreeMap::new();
        for line in include_str!("../../data/place/divisions-abbreviated.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let mut fields = line.split('\t');
            if let (Some(country), Some(name), Some(forms)) =
                (fields.next(), fields.next(), fields.next())
            {
                table.extend(forms.split('|').map(|form| (form, (country, name))));
            }
        }
        table
    });
    let (country, name) = table.get(words)?;
    if !words.contains('.') && before != Some(",") {
        return None;
    }
    let division = |reading: &Reading| {
        gazetteer.class(reading.place) == Class::Division
            && gazetteer.country(reading.place) == Some(country)
    };
    gazetteer.readings(&fold::fold(name)).into_iter().find(division)
}

/// The longest name of a place that a range starts with, shorter than the range.
fn leading(
    doc: &Doc<'_>,
    range: &Range<usize>,
    gazetteer: &Gazetteer<'_>,
) -> Option<(Range<usize>, String, Vec<Reading>)> {
    (range.start + 1..range.end).rev().find_map(|end| {
        let part = range.start..end;
        let key = doc.folded(&part);
        let readings = gazetteer.readings(&key);
        (key.len() > 3 && !readings.is_empty() && doc.capital(end - 1))
            .then_some((part, key, readings))
    })
}

fn site(doc: &Doc<'_>, name: &Name, gazetteer: &Gazetteer<'_>) -> Option<Mention> {
    let (range, key, readings) = leading(doc, &name.range, gazetteer).unwrap_or_else(|| {
        let key = doc.folded(&name.range);
        (name.range.clone(), key, Vec::new())
    });
    let _ = range;
    Some(Mention {
        range: name.range.clone(),
        span: name.span,
        name: None,
        kind: Kind::Site,
        key,
        readings,
        loosely: false,
        part: false,
    })
}

fn within(doc: &Doc<'_>, name: &Name, gazetteer: &Gazetteer<'_>) -> Option<Mention> {
    let (range, key, mut readings) = leading(doc, &name.range, gazetteer)?;
    // "Federal Police": only what a place is first of all called is said of it in another's name.
    readings
        .retain(|reading| !reading.other_name || gazetteer.class(reading.place) == Class::Country);
    if readings.is_empty() {
        return None;
    }
    let span = doc.span(&range);
    Some(Mention {
        range,
        span,
        name: None,
        kind: Kind::Within,
        key,
        readings,
        loosely: false,
        part: false,
    })
}

fn demonym(doc: &Doc<'_>, name: &Name, gazetteer: &Gazetteer<'_>) -> Option<Mention> {
    let key = fold::fold(name.span.text(doc.text));
    let place = Demonyms::embedded().place(&key)?;
    let reading = gazetteer
        .country_of_code(place)
        .map(|place| Reading { place, other_name: false })
        .into_iter()
        .chain(gazetteer.readings(&fold::fold(place)))
        .find(|reading| gazetteer.class(reading.place) != Class::Settlement)?;
    Some(Mention {
        range: name.range.clone(),
        span: name.span,
        name: None,
        kind: Kind::Demonym,
        key,
        readings: vec![reading],
        loosely: false,
        part: false,
    })
}
