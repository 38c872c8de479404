//! Places: which spot on Earth a name means in this report, or why that is not known.
//!
//! All names of a report are resolved together ([`resolve`]): what contains what is said outright ("Paris, Texas"),
//! the provinces and countries most of the report is about draw the rest towards them, and population breaks ties.
//! A name that the gazetteer has not, or that nothing in the report speaks for, stays unresolved.

pub mod gazetteer;
mod mention;
mod offset;
mod resolve;
mod role;

use crossread_record::{Place, PlaceRole, Precision};

use crate::name::Name;
use crate::name::doc::Doc;
use gazetteer::{Class, Gazetteer};
use mention::Kind;

/// The mentions of places among a report's names, in order of the text, each with the index of the name it is or is
/// part of. Their entities are not filled in.
pub(crate) fn find(
    doc: &Doc<'_>,
    names: &[Name],
    gazetteer: &Gazetteer<'_>,
) -> Vec<(Option<usize>, Place)> {
    let mentions = mention::find(doc, names, gazetteer);
    let meanings = resolve::resolve(doc, &mentions, gazetteer);
    let mut places: Vec<Place> = Vec::with_capacity(mentions.len());
    for (mention, meaning) in mentions.iter().zip(meanings) {
        let mut place = Place {
            span: mention.span,
            entity: None,
            lat: None,
            lon: None,
            precision: Precision::Unresolved,
            role: PlaceRole::Mentioned,
            geonames: None,
            country: None,
            runner_up: None,
            reason: Some(meaning.reason),
        };
        if matches!(mention.kind, Kind::Named | Kind::Site) {
            place.role = role::role(doc, &mention.range);
        }
        place.runner_up = meaning.runner_up.and_then(|runner_up| gazetteer.id(runner_up));
        if let Some(found) = meaning.place {
            let (lat, lon) = gazetteer.point(found);
            (place.lat, place.lon) = (Some(lat), Some(lon));
            place.country = gazetteer.country(found).map(str::to_owned);
            place.geonames = gazetteer.id(found);
            place.precision = match (mention.kind, gazetteer.class(found)) {
                // The town stands in for its airport, and for its old part.
                (Kind::Site, _) => Precision::Near,
                (_, Class::Settlement) if mention.part => Precision::Near,
                (_, Class::Country) if mention.part => Precision::Region,
                (_, Class::Country) => Precision::Country,
                (_, Class::Settlement) => Precision::Exact,
                _ => Precision::Region,
            };
            if mention.kind == Kind::Site || mention.part {
                place.geonames = None;
            }
        }
        places.push(place);
    }
    offset::apply(doc, &mentions, &mut places);
    let of_name = mentions.iter().map(|mention| mention.name).chain(std::iter::repeat(None));
    let mut places: Vec<_> = of_name.zip(places).collect();
    places.sort_by_key(|(_, place)| place.span);
    places
}
