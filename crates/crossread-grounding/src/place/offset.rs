//! Places given by distance and direction from another: "30 kilometres south of Mosul".

use crossread_base::Span;
use crossread_record::{Place, PlaceRole, Precision};

use super::mention::{Kind, Mention};
use crate::name::doc::Doc;

/// Farther than this is not near.
const FARTHEST_KM: f64 = 300.0;

/// Finds what stands before "of PLACE". Where the words follow the name of an unresolved place ("Ain Nasir, some 30
/// kilometres south of Mosul"), that place gets the point; else the words themselves become a place.
pub(super) fn apply(doc: &Doc<'_>, mentions: &[Mention], places: &mut Vec<Place>) {
    let count = mentions.len();
    for index in 0..count {
        let mention = &mentions[index];
        if mention.kind != Kind::Named {
            continue;
        }
        let Some((first, bearing, km)) = distance_before(doc, mention.range.start) else {
            continue;
        };
        let (Some(lat), Some(lon)) = (places[index].lat, places[index].lon) else { continue };
        let (lat, lon) = destination(lat, lon, bearing, km);
        let words = Span::new(doc.tokens[first].span.start, mention.span.end).text(doc.text);
        let reason = Some(format!("reckoned from {words:?}"));
        let country = places[index].country.clone();
        let subject = index
            .checked_sub(1)
            .filter(|&before| {
                mentions[before].kind == Kind::Named
                    && places[before].precision == Precision::Unresolved
            })
            .filter(|&before| {
                let gap = mentions[before].range.end..first;
                gap.len() <= 4
                    && gap.clone().all(|i| {
                        matches!(
                            doc.word(i),
                            "," | "some"
                                | "about"
                                | "around"
                                | "is"
                                | "located"
                                | "lies"
                                | "roughly"
                                | "which"
                        )
                    })
                    && doc.sentence[mentions[before].range.start] == doc.sentence[first]
            });
        let place = Place {
            span: Span::new(doc.tokens[first].span.start, mention.span.end),
            entity: None,
            lat: Some(lat),
            lon: Some(lon),
            precision: Precision::Near,
            role: PlaceRole::Mentioned,
            geonames: None,
            country,
            runner_up: None,
            reason,
        };
        match subject {
            Some(before) => {
                let kept = &places[before];
                places[before] =
                    Place { span: kept.span, entity: kept.entity, role: kept.role, ..place };
            }
            None if !describes_resolved(doc, mentions, places, index, first) => {
                places.push(Place {
                    role: super::role::role(doc, &(first..mention.range.end)),
                    ..place
                });
            }
            None => {}
        }
    }
}

/// Whether the words only tell where a resolved place lies: "Mosul, 400 kilometres north of Baghdad".
fn describes_resolved(
    doc: &Doc<'_>,
    mentions: &[Mention],
    places: &[Place],
    index: usize,
    first: usize,
) -> bool {
    index.checked_sub(1).is_some_and(|before| {
        places[before].lat.is_some()
            && doc.sentence[mentions[before].range.start] == doc.sentence[first]
            && first.saturating_sub(mentions[before].range.end) <= 4
    })
}

/// The first token, bearing in degrees and kilometres of a distance that ends right before `index` with "of" or "from".
fn distance_before(doc: &Doc<'_>, index: usize) -> Option<(usize, f64, f64)> {
    let mut at = index.checked_sub(1)?;
    if matches!(doc.word(at), "capital" | "city" | "town" | "the") {
        while at > 0 && matches!(doc.word(at), "capital" | "city" | "town" | "the") {
            at -= 1;
        }
    }
    if !matches!(doc.word(at), "of" | "from") || doc.sentence.get(at) != doc.sentence.get(index) {
        return None;
    }
    let mut direction = String::new();
    at = at.checked_sub(1)?;
    while matches!(
        doc.word(at),
        "north"
            | "south"
            | "east"
            | "west"
            | "-"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
    ) {
        if doc.word(at) != "-" {
            direction.insert_str(0, doc.word(at));
        }
        at = at.checked_sub(1)?;
    }
    let bearing = match direction.as_str() {
        "north" => 0.0,
        "northeast" => 45.0,
        "east" => 90.0,
        "southeast" => 135.0,
        "south" => 180.0,
        "southwest" => 225.0,
        "west" => 270.0,
        "northwest" => 315.0,
        _ => return None,
    };
    // A conversion may stand between: "400 kilometers (250 miles) north of".
    if doc.word(at) == ")" {
        let open = (at.saturating_sub(5)..at).rev().find(|&i| doc.word(i) == "(")?;
        at = open.checked_sub(1)?;
    }
    let factor = match doc.word(at) {
        "kilometres" | "kilometers" | "kilometre" | "kilometer" | "km" | "kms" => 1.0,
        "miles" | "mile" | "mi" => 1.609_344,
        "metres" | "meters" | "m" => 0.001,
        _ => return None,
    };
    at = at.checked_sub(1)?;
    let number = doc.word(at).replace(',', "");
    let value: f64 = match number.as_str() {
        "one" | "a" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "twelve" => 12.0,
        "fifteen" => 15.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        digits => digits.parse().ok().filter(|_| digits.len() < 8)?,
    };
    let km = value * factor;
    ((0.0..=FARTHEST_KM).contains(&km)).then_some((at, bearing, km))
}

/// Where one gets from a point, along a great circle.
fn destination(lat: f64, lon: f64, bearing: f64, km: f64) -> (f64, f64) {
    let (lat, lon, bearing) = (lat.to_radians(), lon.to_radians(), bearing.to_radians());
    let angle = km / 6_371.0;
    let sin_lat =
        libm::sin(lat) * libm::cos(angle) + libm::cos(lat) * libm::sin(angle) * libm::cos(bearing);
    let there = libm::asin(sin_lat.clamp(-1.0, 1.0));
    let east = libm::atan2(
        libm::sin(bearing) * libm::sin(angle) * libm::cos(lat),
        libm::cos(angle) - libm::sin(lat) * sin_lat,
    );
    let degrees = |radians: f64| (radians.to_degrees() * 10_000.0).round() / 10_000.0;
    (degrees(there), degrees(lon + east))
}
