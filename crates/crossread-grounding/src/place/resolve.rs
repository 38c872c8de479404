//! What each name of a place means, all names of a report weighed together.
//!
//! One name has one meaning in a report (Leidner 2007), unless each mention names its own container ("Paris, Texas"
//! and "Paris, France"). A reading's score is the sum of a prior (population, kind of place, first name or other name), of
//! containers named right after it, and of how much of the rest of the report lies in its division and country; the
//! last is worked out in rounds, as the rest is as ambiguous as the name itself.

use std::collections::BTreeMap;

use super::gazetteer::{Class, Gazetteer, PlaceNo, Reading, distance_km};
use super::mention::{Kind, Mention};
use crate::name::doc::Doc;

/// What a mention was found to mean.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    pub(super) place: Option<PlaceNo>,
    pub(super) runner_up: Option<PlaceNo>,
    /// By what it was resolved, or why it was not.
    pub(super) reason: String,
}

/// Readings weighed of one name; the rest are smaller places of that name.
const MOST_READINGS: usize = 48;
const ROUNDS: usize = 4;

/// How much each kind of evidence weighs, in the unit of a doubling of the population. Set by hand.
mod weight {
    pub(super) const COUNTRY: f64 = 26.0;
    pub(super) const DIVISION: f64 = 22.0;
    pub(super) const DISTRICT: f64 = 8.0;
    pub(super) const REGION: f64 = 22.0;
    pub(super) const OTHER_NAME: f64 = -4.0;
    pub(super) const SAID_CONTAINER: f64 = 40.0;
    pub(super) const SAME_DIVISION: f64 = 9.0;
    pub(super) const SAME_COUNTRY: f64 = 4.0;
    pub(super) const SAME_DISTRICT: f64 = 4.0;
    pub(super) const NEAR: f64 = 6.0;
}

struct Group {
    key: String,
    readings: Vec<Reading>,
    prior: Vec<f64>,
    share: Vec<f64>,
    mentions: usize,
    loosely: bool,
}

/// The meanings, one for each mention.
pub(super) fn resolve(
    doc: &Doc<'_>,
    mentions: &[Mention],
    gazetteer: &Gazetteer<'_>,
) -> Vec<Meaning> {
    let containers: Vec<Vec<PlaceNo>> =
        (0..mentions.len()).map(|index| said_containers(doc, mentions, index, gazetteer)).collect();
    let (mut groups, group_of) = grouped(mentions, &containers, gazetteer);
    for _ in 0..ROUNDS {
        weigh(&mut groups, gazetteer);
    }
    mentions
        .iter()
        .zip(group_of)
        .map(|(mention, group)| meaning(mention, &groups, group, gazetteer))
        .collect()
}

/// Mentions of one name with the same containers, together.
fn grouped(
    mentions: &[Mention],
    containers: &[Vec<PlaceNo>],
    gazetteer: &Gazetteer<'_>,
) -> (Vec<Group>, Vec<usize>) {
    // A container said once holds for the bare mentions too, where only one is said.
    let mut said: BTreeMap<&str, Vec<&Vec<PlaceNo>>> = BTreeMap::new();
    for (mention, containers) in mentions.iter().zip(containers) {
        let list = said.entry(&mention.key).or_default();
        if !containers.is_empty() && !list.contains(&containers) {
            list.push(containers);
        }
    }
    let mut index: BTreeMap<(&str, &[PlaceNo]), usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of = Vec::with_capacity(mentions.len());
    for (mention, own) in mentions.iter().zip(containers) {
        let said = &said[mention.key.as_str()];
        let holds: &[PlaceNo] = match (own.as_slice(), said.first()) {
            ([], Some(first)) => first,
            (own, _) => own,
        };
        let at = *index.entry((&mention.key, holds)).or_insert_with(|| {
            groups.push(group(mention, holds, gazetteer));
            groups.len() - 1
        });
        groups[at].mentions += 1;
        group_of.push(at);
    }
    (groups, group_of)
}

fn group(mention: &Mention, containers: &[PlaceNo], gazetteer: &Gazetteer<'_>) -> Group {
    let mut scored: Vec<(f64, Reading)> = mention
        .readings
        .iter()
        .map(|&reading| {
            let place = reading.place;
            let population = gazetteer.population_log2(place);
            let class = match gazetteer.class(place) {
                Class::Country => weight::COUNTRY.max(population),
                Class::Division => weight::DIVISION,
                Class::District => weight::DISTRICT.max(population - 4.0),
                Class::Region | Class::Water | Class::Land => weight::REGION,
                Class::Settlement => population.max(6.0),
            };
            let mut score = class;
            if reading.other_name {
                score += weight::OTHER_NAME;
            }
            if containers.iter().any(|&container| lies_in(gazetteer, place, container)) {
                score += weight::SAID_CONTAINER;
            }
            (score, reading)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.place.cmp(&b.1.place)));
    scored.truncate(MOST_READINGS);
    let (prior, readings): (Vec<f64>, Vec<Reading>) = scored.into_iter().unzip();
    let mut group = Group {
        key: mention.key.clone(),
        share: Vec::new(),
        prior,
        readings,
        mentions: 0,
        loosely: mention.loosely,
    };
    group.share = shares(&group.prior);
    group
}

/// Whether a place lies in another, or is it.
fn lies_in(gazetteer: &Gazetteer<'_>, place: PlaceNo, container: PlaceNo) -> bool {
    let mut at = Some(place);
    for _ in 0..4 {
        match at {
            Some(place) if place == container => return true,
            Some(place) => at = gazetteer.within(place),
            None => break,
        }
    }
    let same_country = || {
        gazetteer.country(place).is_some()
            && gazetteer.country(place) == gazetteer.country(container)
    };
    match gazetteer.class(container) {
        Class::Country => same_country(),
        // A region has no members listed; what is near its middle lies in it.
        Class::Region | Class::Land => {
            distance_km(gazetteer.point(place), gazetteer.point(container)) < 400.0
        }
        // "Chapinero, Bogotá": a quarter and its town.
        Class::Settlement => {
            same_country() && distance_km(gazetteer.point(place), gazetteer.point(container)) < 40.0
        }
        _ => false,
    }
}

/// The places said to hold the mention: "Paris, Texas", "Mosul in Iraq", "Iraq's Mosul".
fn said_containers(
    doc: &Doc<'_>,
    mentions: &[Mention],
    index: usize,
    gazetteer: &Gazetteer<'_>,
) -> Vec<PlaceNo> {
    let mention = &mentions[index];
    if mention.kind == Kind::Demonym {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut add = |other: &Mention| {
        let larger = |reading: &Reading| {
            !matches!(gazetteer.class(reading.place), Class::Settlement | Class::Water)
        };
        found.extend(
            other.readings.iter().filter(|reading| larger(reading)).map(|reading| reading.place),
        );
    };
    let between = |a: usize, b: usize| (a..b).map(|i| doc.word(i)).collect::<Vec<_>>();
    let same_sentence = |a: usize, b: usize| doc.sentence.get(a) == doc.sentence.get(b);
    if let Some(next) =
        mentions.get(index + 1).filter(|next| same_sentence(mention.range.start, next.range.start))
    {
        let gap = between(mention.range.end, next.range.start);
        let joined = match gap.as_slice() {
            [","] => true,
            ["in"] | ["in", "the"] | [",", "in"] => next.kind == Kind::Named,
            ["("] => true,
            _ => false,
        };
        if joined && next.kind == Kind::Named {
            add(next);
        }
        // "Gary, Lake County, Ind."
        if joined
            && let Some(after) = mentions
                .get(index + 2)
                .filter(|after| same_sentence(mention.range.start, after.range.start))
            && between(next.range.end, after.range.start).as_slice() == [","]
            && gap.as_slice() == [","]
        {
            add(after);
        }
    }
    if let Some(before) = index
        .checked_sub(1)
        .map(|i| &mentions[i])
        .filter(|before| same_sentence(mention.range.start, before.range.start))
    {
        let gap = between(before.range.end, mention.range.start);
        if matches!(gap.as_slice(), ["'s"] | ["’s"]) {
            add(before);
        }
    }
    found
}

/// Adds to each reading's prior what the other names say, and shares out the belief anew.
fn weigh(groups: &mut [Group], gazetteer: &Gazetteer<'_>) {
    let mut districts: BTreeMap<PlaceNo, f64> = BTreeMap::new();
    let mut divisions: BTreeMap<PlaceNo, f64> = BTreeMap::new();
    let mut countries: BTreeMap<&str, f64> = BTreeMap::new();
    let mut cells: BTreeMap<(i32, i32), f64> = BTreeMap::new();
    let mut total = 0.0;
    for group in groups.iter() {
        // Names count once each, and a little more when said often.
        let mass = libm::sqrt(group.mentions as f64);
        total += mass;
        for (reading, share) in group.readings.iter().zip(&group.share) {
            let place = reading.place;
            let share = share * mass;
            if let Some(division) = gazetteer.division(place) {
                *divisions.entry(division).or_default() += share;
            }
            if let Some(district) = district(gazetteer, place) {
                *districts.entry(district).or_default() += share;
            }
            if let Some(country) = gazetteer.country(place) {
                *countries.entry(country).or_default() += share;
            }
            if matches!(gazetteer.class(place), Class::Settlement | Class::District) {
                *cells.entry(cell(gazetteer.point(place))).or_default() += share;
            }
        }
    }
    for group in groups.iter_mut() {
        let mass = libm::sqrt(group.mentions as f64);
        let rest = (total - mass).max(1e-9);
        // What this name itself put in is taken out again: a name is no evidence for itself.
        let mut own: BTreeMap<PlaceNo, f64> = BTreeMap::new();
        let mut own_countries: BTreeMap<&str, f64> = BTreeMap::new();
        let mut own_cells: BTreeMap<(i32, i32), f64> = BTreeMap::new();
        for (reading, share) in group.readings.iter().zip(&group.share) {
            let share = share * mass;
            for place in [gazetteer.division(reading.place), district(gazetteer, reading.place)]
                .into_iter()
                .flatten()
            {
                *own.entry(place).or_default() += share;
            }
            if let Some(country) = gazetteer.country(reading.place) {
                *own_countries.entry(country).or_default() += share;
            }
            if matches!(gazetteer.class(reading.place), Class::Settlement | Class::District) {
                *own_cells.entry(cell(gazetteer.point(reading.place))).or_default() += share;
            }
        }
        let scores: Vec<f64> = group
            .readings
            .iter()
            .zip(&group.prior)
            .map(|(reading, prior)| {
                let place = reading.place;
                let minus = |all: Option<&f64>, own: Option<&f64>| {
                    (all.unwrap_or(&0.0) - own.unwrap_or(&0.0)).max(0.0)
                };
                let division = gazetteer
                    .division(place)
                    .map_or(0.0, |d| minus(divisions.get(&d), own.get(&d)));
                let district = district(gazetteer, place)
                    .map_or(0.0, |d| minus(districts.get(&d), own.get(&d)));
                let country = gazetteer
                    .country(place)
                    .map_or(0.0, |c| minus(countries.get(c), own_countries.get(c)));
                let here = cell(gazetteer.point(place));
                let near: f64 = (-1..=1)
                    .flat_map(|dy| (-1..=1).map(move |dx| (here.0 + dy, here.1 + dx)))
                    .map(|cell| minus(cells.get(&cell), own_cells.get(&cell)))
                    .sum();
                prior
                    + weight::SAME_DIVISION * libm::log2(1.0 + division)
                    + weight::SAME_DISTRICT * libm::log2(1.0 + district)
                    + weight::NEAR * libm::log2(1.0 + near)
                    + weight::SAME_COUNTRY * libm::log2(1.0 + country) * (country / rest).min(1.0)
            })
            .collect();
        group.share = shares(&scores);
    }
}

fn district(gazetteer: &Gazetteer<'_>, place: PlaceNo) -> Option<PlaceNo> {
    match gazetteer.class(place) {
        Class::District => Some(place),
        _ => gazetteer.within(place).filter(|&within| gazetteer.class(within) == Class::District),
    }
}

/// Cells of one degree: about 100 km.
fn cell(point: (f64, f64)) -> (i32, i32) {
    (point.0.floor() as i32, point.1.floor() as i32)
}

/// Belief shared out by score: a lead of two doublings halves the other's share about three times.
fn shares(scores: &[f64]) -> Vec<f64> {
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raw: Vec<f64> = scores.iter().map(|score| libm::exp2((score - best) * 0.75)).collect();
    let sum: f64 = raw.iter().sum();
    raw.into_iter().map(|share| share / sum).collect()
}

fn meaning(mention: &Mention, groups: &[Group], at: usize, gazetteer: &Gazetteer<'_>) -> Meaning {
    let group = &groups[at];
    let mut order: Vec<usize> = (0..group.readings.len()).collect();
    order.sort_by(|&a, &b| group.share[b].total_cmp(&group.share[a]).then(a.cmp(&b)));
    let Some(&best) = order.first() else {
        let reason = format!("{:?} is not in the gazetteer", group.key);
        return Meaning { place: None, runner_up: None, reason };
    };
    let place = group.readings[best].place;
    let runner_up = order.get(1).map(|&second| group.readings[second].place);
    let said = group.prior[best] >= weight::SAID_CONTAINER;
    // What else of the report lies in the same country.
    let company = groups.iter().enumerate().filter(|(other, _)| *other != at).any(|(_, other)| {
        other.readings.iter().zip(&other.share).any(|(reading, &share)| {
            share > 0.4
                && gazetteer.country(reading.place).is_some()
                && gazetteer.country(reading.place) == gazetteer.country(place)
        })
    });
    let small =
        gazetteer.class(place) == Class::Settlement && gazetteer.population_log2(place) < 14.0;
    // The report tells of towns, and none of them is in that country, if its name is in the report.
    let towns = |near: bool| {
        groups.iter().enumerate().filter(|(other, _)| *other != at).any(|(_, other)| {
            other.readings.iter().zip(&other.share).any(|(reading, &share)| {
                let same = gazetteer.country(reading.place) == gazetteer.country(place);
                let part =
                    !matches!(gazetteer.class(reading.place), Class::Country | Class::Region);
                share > 0.4 && part && (same || !near)
            })
        })
    };
    if small && !said && towns(false) && !towns(true) {
        return Meaning {
            place: None,
            runner_up: Some(place),
            reason: "the only place of that name that fits is small, and the towns of the report lie in another country".to_owned(),
        };
    }
    // "Federal Police": a word of a name is a place only where something else of the report lies there too.
    let part = mention.kind == Kind::Within
        && matches!(gazetteer.class(place), Class::Settlement | Class::District);
    if !said && !company && part {
        return Meaning {
            place: None,
            runner_up: Some(place),
            reason: "a part of another name, and nothing else in the report lies in its country"
                .to_owned(),
        };
    }
    if !said && !company && (group.loosely || (small && groups.len() > 1)) {
        return Meaning {
            place: None,
            runner_up: Some(place),
            reason: "the only place of that name that fits is small, and nothing else in the report lies in its country".to_owned(),
        };
    }
    let within = gazetteer
        .division(place)
        .filter(|&division| division != place)
        .and_then(|division| gazetteer.name(division))
        .or_else(|| gazetteer.country(place))
        .unwrap_or("");
    let by = if said {
        "the place it is said to lie in"
    } else if mention.kind == Kind::Demonym {
        "the country its people are called after"
    } else if group.readings.len() == 1 {
        "the only place of that name"
    } else if company {
        "the other places of the report"
    } else {
        "its size"
    };
    let reason = if within.is_empty() { by.to_owned() } else { format!("{by} ({within})") };
    Meaning { place: Some(place), runner_up, reason }
}
