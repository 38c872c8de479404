//! Names that a hyphen ties to a word: "U.S.-backed" is one token of the parser, and "pro-Iran" is told of Iran.

use crossread_base::Span;
use crossread_record::EntityType;

use super::doc::Doc;
use super::known::{self, Demonyms};
use super::{Board, Ground, Name};
use crate::actor::table::{ActorTable, Hold};
use crate::fold;
use crate::place::gazetteer::{Class, Gazetteer};

pub(super) fn put(
    doc: &Doc<'_>,
    actors: &ActorTable,
    gazetteer: &Gazetteer<'_>,
    board: &mut Board,
) {
    for index in 0..doc.tokens.len() {
        let word = doc.word(index);
        let Some(hyphen) = word.find(['-', '\u{2010}', '\u{2011}', '\u{2013}']) else { continue };
        let (name, rest) = word.split_at(hyphen);
        // A lower-case word follows: "U.S.-backed", not "Lashkar-e-Marrow" or "Jean-Luc".
        let word_after = rest.chars().nth(1).is_some_and(char::is_lowercase)
            && rest.chars().filter(|c| c.is_alphabetic()).count() > 2;
        if !word_after || !name.starts_with(char::is_uppercase) || board.at(index).is_some() {
            continue;
        }
        let Some((kind, actor)) = meant(name, actors, gazetteer) else { continue };
        let start = doc.tokens[index].span.start;
        let span = Span::new(start, start + name.len() as u32);
        board.put(Name { span, range: index..index + 1, kind, ground: Ground::Table, actor });
    }
}

fn meant(
    name: &str,
    actors: &ActorTable,
    gazetteer: &Gazetteer<'_>,
) -> Option<(EntityType, Option<String>)> {
    let key = fold::fold(name);
    let country = |reading: &crate::place::gazetteer::Reading| {
        matches!(gazetteer.class(reading.place), Class::Country | Class::Division | Class::Region)
    };
    if gazetteer.readings(&key).iter().any(country) {
        return Some((EntityType::Place, None));
    }
    if let Some((actor, Hold::Firm)) = actors.find(&key) {
        return Some((actor.kind, Some(actor.id.clone())));
    }
    let people = Demonyms::embedded().place(&key).is_some() || known::is_people(&key);
    people.then_some((EntityType::Group, None))
}
