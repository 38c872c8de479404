//! Who, where, when, how many: what the spans of a parsed report name.
//!
//! Finders that know nothing of each other beyond what they are given: [`time`] (TIMEX3 and EDTF); names with the
//! [`actor`]s and [`place`]s they mean, and [`quantity`], which both leave alone what a time already took.

pub mod actor;
pub mod fold;
pub mod name;
mod number;
pub mod place;
pub mod quantity;
#[cfg(test)]
mod testing;
pub mod time;
mod words;

use std::collections::BTreeMap;

use crossread_record::{Entity, Grounded, Parsed, Place, Report, Time};

use actor::table::ActorTable;
use place::gazetteer::Gazetteer;

/// Names and resolves what the report's spans mean.
pub fn ground(report: &Report, parsed: &Parsed) -> Grounded {
    ground_with(report, parsed, ActorTable::embedded())
}

/// As [`ground`], with actor tables of one's own ([`ActorTable::add`]).
pub fn ground_with(report: &Report, parsed: &Parsed, actors: &ActorTable) -> Grounded {
    let (times, mut flags) = time::find(report, parsed);
    let (entities, places) = who_and_where(report, parsed, actors, &times);
    let (quantities, unread) = quantity::find(report, parsed, &times);
    flags.extend(unread);
    Grounded { entities, places, times, quantities, flags }
}

fn who_and_where(
    report: &Report,
    parsed: &Parsed,
    actors: &ActorTable,
    times: &[Time],
) -> (Vec<Entity>, Vec<Place>) {
    let gazetteer = Gazetteer::embedded();
    let doc = name::doc::Doc::new(report, parsed);
    let (names, definitions) = name::find(&doc, actors, gazetteer, times);
    let found = place::find(&doc, &names, gazetteer);
    let of_name: BTreeMap<usize, &Place> =
        found.iter().filter_map(|(name, place)| name.map(|name| (name, place))).collect();
    let (entities, ids) = actor::entities(&doc, &names, &definitions, &of_name, actors);
    let places = found
        .into_iter()
        .map(|(name, place)| Place { entity: name.and_then(|name| ids[name]), ..place })
        .collect();
    (entities, places)
}
