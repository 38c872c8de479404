//! Names that the gazetteer has, where the words around them do not speak against a place.

use std::collections::BTreeMap;

use crossread_record::EntityType;

use super::cue::Cues;
use super::doc::Doc;
use super::{Board, Ground, Name};
use crate::fold;
use crate::place::gazetteer::{Class, Gazetteer};

/// The most tokens a name of the gazetteer is looked for in.
const LONGEST: usize = 7;

/// What speaks for and against a place, summed over a report for each name.
#[derive(Default)]
struct Votes {
    place: i32,
    other: i32,
}

pub(super) fn put(doc: &Doc<'_>, gazetteer: &Gazetteer<'_>, board: &mut Board) {
    let runs = runs(doc, gazetteer);
    // Spellings of one name vote together: "Talafar" and "Tal Afar".
    let mut votes: BTreeMap<String, Votes> = BTreeMap::new();
    for run in &runs {
        weigh(doc, gazetteer, board, run, votes.entry(fold::loose(&run.key)).or_default());
    }
    for run in &runs {
        let vote = &votes[&fold::loose(&run.key)];
        if vote.place <= vote.other || vote.place < 2 {
            continue;
        }
        let range = with_side(doc, gazetteer, board, run);
        // Inside a longer name the place is only a part of it: "Mohammed Salem al-Ghabban", "Diyala University".
        let inside = |index: usize| {
            board.at(index).is_some_and(|old| {
                (old.range.start < range.start || old.range.end > range.end)
                    && old.range.clone().any(|i| !range.contains(&i) && doc.capital(i))
            })
        };
        if inside(range.start) || inside(range.end - 1) || named_further(doc, &range) {
            continue;
        }
        if let Some(old) = board.at(range.start)
            && (old.kind == EntityType::Place && old.range.end >= range.end
                || old.kind == EntityType::Group)
        {
            continue;
        }
        board.put(Name {
            span: doc.span(&range),
            range,
            kind: EntityType::Place,
            ground: Ground::Gazetteer,
            actor: None,
        });
    }
}

struct Run {
    range: std::ops::Range<usize>,
    key: String,
    exact: bool,
}

/// The longest names of the gazetteer at each capitalised word.
fn runs(doc: &Doc<'_>, gazetteer: &Gazetteer<'_>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < doc.tokens.len() {
        let mut next = at + 1;
        if doc.name_like(at) && !doc.is_the(at) && !is_direction(doc.word(at)) {
            for end in (at + 1..=(at + LONGEST).min(doc.tokens.len())).rev() {
                if doc.sentence[end - 1] != doc.sentence[at] || !doc.capital(end - 1) {
                    continue;
                }
                let range = at..end;
                let key = doc.folded(&range);
                if key.len() < 3 {
                    continue;
                }
                let exact = gazetteer.has(&key);
                if exact || !gazetteer.readings_loosely(&key).is_empty() {
                    runs.push(Run { range, key, exact });
                    next = end;
                    break;
                }
            }
        }
        at = next;
    }
    runs
}

/// Whether the words go on as a name, so that what was found is only a part of one: "Paris Hilton".
fn named_further(doc: &Doc<'_>, range: &std::ops::Range<usize>) -> bool {
    let goes_on = |index: usize, here: usize| {
        doc.sentence.get(index) == doc.sentence.get(here)
            && doc.capital(index)
            && doc.tokens.get(index).is_some_and(|t| t.tag.starts_with("NNP"))
    };
    let before = range
        .start
        .checked_sub(1)
        .is_some_and(|index| goes_on(index, range.start) && !doc.starts_sentence(index));
    before || goes_on(range.end, range.start)
}

fn weigh(doc: &Doc<'_>, gazetteer: &Gazetteer<'_>, board: &Board, run: &Run, vote: &mut Votes) {
    let Run { range, key, exact } = run;
    let (first, last) = (range.start, range.end - 1);
    let old = board.at(first).filter(|old| old.range.contains(&last));
    match old.map(|old| old.kind) {
        Some(EntityType::Place | EntityType::Facility) => vote.place += 2,
        Some(EntityType::Person) => vote.other += 1,
        Some(EntityType::Org | EntityType::Other) => vote.other += 1,
        Some(EntityType::Group) => vote.other += 4,
        None => {}
    }
    // A word that is none but at the start of a sentence or in a heading is no name by its capital.
    if old.is_none() && !doc.tokens[first].tag.starts_with("NNP") {
        vote.other += 2;
    }
    let before = doc.before(first);
    if matches!(
        before,
        "in" | "In"
            | "at"
            | "near"
            | "Near"
            | "outside"
            | "around"
            | "toward"
            | "towards"
            | "into"
            | "across"
            | "inside"
            | "throughout"
    ) {
        vote.place += 2;
    } else if before == "of" && is_kind_of_place(doc.before(first - 1)) {
        vote.place += 4;
    } else if matches!(
        before,
        "from"
            | "From"
            | "to"
            | "of"
            | "retaking"
            | "recapture"
            | "retake"
            | "capture"
            | "entered"
            | "reached"
            | "seized"
            | "captured"
            | "retook"
            | "recapturing"
            | "capturing"
            | "taking"
            | "liberating"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "downtown"
            | "north"
            | "south"
            | "east"
            | "west"
    ) {
        vote.place += 1;
    }
    let largest = gazetteer
        .readings(key)
        .iter()
        .map(|reading| match gazetteer.class(reading.place) {
            Class::Settlement | Class::District => gazetteer.population_log2(reading.place),
            _ => 20.0,
        })
        .fold(0.0, f64::max);
    // Countries are seldom anything else.
    if *exact
        && gazetteer
            .readings(key)
            .iter()
            .any(|reading| gazetteer.class(reading.place) == Class::Country)
    {
        vote.place += 2;
    }
    if *exact {
        // Two words agree less often by chance than one; a large town is named more often than a hamlet.
        vote.place +=
            i32::from(range.len() > 1) + i32::from(largest > 16.5) + i32::from(largest > 19.5);
    }
    let after = doc.after(range.end);
    if after == ","
        && doc.capital(range.end + 1)
        && gazetteer.has(&doc.folded(&(range.end + 1..range.end + 2)))
    {
        vote.place += 1;
    }
    if Cues::embedded().title_before(doc, first) > 0 {
        vote.other += 3;
    }
    if matches!(after, "said" | "says" | "told" | "added" | "who") {
        vote.other += 1;
    }
}

/// Whether a capitalised word only says which way or which side: "the West", "North-Western".
pub(crate) fn is_direction(word: &str) -> bool {
    const SIDES: [&str; 8] =
        ["north", "south", "east", "west", "northern", "southern", "eastern", "western"];
    SIDES.iter().any(|side| word.eq_ignore_ascii_case(side))
}

fn is_kind_of_place(word: &str) -> bool {
    matches!(
        word,
        "city"
            | "town"
            | "village"
            | "province"
            | "district"
            | "neighborhood"
            | "neighbourhood"
            | "governorate"
            | "region"
            | "state"
            | "capital"
            | "port"
            | "county"
            | "suburb"
    )
}

/// "Old Mosul", "West Mosul": a word for a part of a town belongs to the name.
fn with_side(
    doc: &Doc<'_>,
    gazetteer: &Gazetteer<'_>,
    board: &Board,
    run: &Run,
) -> std::ops::Range<usize> {
    let range = run.range.clone();
    let word = doc.before(range.start);
    let side = matches!(word, "Old" | "Greater" | "Upper" | "Lower" | "Downtown" | "Central");
    if !(side || is_direction(word) && doc.capital(range.start - 1)) {
        return range;
    }
    let start = range.start - 1;
    let longer = start..range.end;
    let one_name = side && board.at(start).is_some_and(|old| old.range == longer);
    // Among small words a capital makes it a name by itself.
    let among_small = doc.before(start).starts_with(char::is_lowercase)
        && board.at(start).is_none_or(|old| old.range == longer);
    let town = || {
        gazetteer
            .readings(&run.key)
            .iter()
            .any(|reading| gazetteer.class(reading.place) == Class::Settlement)
    };
    if one_name || among_small && town() { longer } else { range }
}
