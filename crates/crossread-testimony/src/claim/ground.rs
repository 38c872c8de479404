//! What grounding found, by token.

use std::collections::BTreeMap;

use crossread_base::{EntityId, Span};
use crossread_record::{EntityType, Grounded, Parsed, Place, Time};

use crate::tree::Tree;

const NONE: u32 = u32::MAX;

/// For every token: the entity it is part of a mention of, and its place and time.
pub(crate) struct Ground<'a> {
    grounded: &'a Grounded,
    /// Index into `grounded.entities`, and the length of the mention.
    entity: Vec<(u32, u32)>,
    place: Vec<u32>,
    time: Vec<u32>,
    /// The head token of each place, time and quantity.
    pub(crate) place_heads: Vec<u32>,
    pub(crate) time_heads: Vec<u32>,
    pub(crate) quantity_heads: Vec<u32>,
}

impl<'a> Ground<'a> {
    pub(crate) fn new(parsed: &Parsed, tree: &Tree<'_>, grounded: &'a Grounded) -> Self {
        let count = parsed.tokens.len();
        let tokens = |span: Span| {
            let first = tree.at(span.start);
            let end = parsed.tokens.partition_point(|token| token.span.start < span.end) as u32;
            first..end.max(first)
        };
        let mut entity = vec![(NONE, 0); count];
        for (number, found) in grounded.entities.iter().enumerate() {
            for mention in &found.mentions {
                for token in tokens(mention.span) {
                    let held = &mut entity[token as usize];
                    // The longest mention that holds a word says what the word is about.
                    if held.0 == NONE || mention.span.len() > held.1 {
                        *held = (number as u32, mention.span.len());
                    }
                }
            }
        }
        let head = |span: Span| {
            let range = tokens(span);
            if range.is_empty() { NONE } else { tree.head_of(range.start, range.end - 1) }
        };
        let paint = |spans: &mut dyn Iterator<Item = Span>| {
            let mut at = vec![NONE; count];
            for (number, span) in spans.enumerate() {
                for token in tokens(span) {
                    at[token as usize] = number as u32;
                }
            }
            at
        };
        // "Danish" and the "Marrow" of "Marrow University" tell of a place, but not where something happened.
        let kinds: BTreeMap<EntityId, EntityType> =
            grounded.entities.iter().map(|entity| (entity.id, entity.kind)).collect();
        let spot = |place: &Place| {
            place
                .entity
                .and_then(|id| kinds.get(&id))
                .is_none_or(|kind| matches!(kind, EntityType::Place | EntityType::Facility))
        };
        let mut place = vec![NONE; count];
        for (number, found) in grounded.places.iter().enumerate().filter(|(_, one)| spot(one)) {
            for token in tokens(found.span) {
                place[token as usize] = number as u32;
            }
        }
        let time = paint(&mut grounded.times.iter().map(|time| time.span));
        Self {
            entity,
            place,
            time,
            place_heads: grounded
                .places
                .iter()
                .map(|place| if spot(place) { head(place.span) } else { NONE })
                .collect(),
            time_heads: grounded.times.iter().map(|time| head(time.span)).collect(),
            quantity_heads: grounded.quantities.iter().map(|found| head(found.span)).collect(),
            grounded,
        }
    }

    /// The entity a word is part of a mention of.
    pub(crate) fn entity_at(&self, word: u32) -> Option<EntityId> {
        let (number, _) = self.entity[word as usize];
        self.grounded.entities.get(number as usize).map(|entity| entity.id)
    }

    /// What kind of entity that is.
    pub(crate) fn entity_kind(&self, word: u32) -> Option<EntityType> {
        let (number, _) = self.entity[word as usize];
        self.grounded.entities.get(number as usize).map(|entity| entity.kind)
    }

    /// The index of the place a word is in.
    pub(crate) fn place_at(&self, word: u32) -> Option<u32> {
        Some(self.place[word as usize]).filter(|&index| index != NONE)
    }

    /// The time expression a word is in.
    pub(crate) fn time_of(&self, word: u32) -> Option<&'a Time> {
        self.grounded.times.get(self.time[word as usize] as usize)
    }
}
