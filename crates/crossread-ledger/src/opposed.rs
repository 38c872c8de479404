//! Acts that stand against each other, told by two reports of one place and one kind of party: "three militias
//! withdrew from Tal Orin" beside "the militias played a key role in taking Talorin". The words do not tell whether
//! the parties and the times are the same, so they are set side by side and not judged.

use std::collections::BTreeMap;

use crossread_base::Span;
use crossread_record::{EntityType, Relation};
use smol_str::SmolStr;

use crate::frames;
use crate::keys::keys;
use crate::matter::{Matter, pairs};
use crate::statement::Statement;
use crate::verdict::ruling;

/// Claims of one matter that are compared; of more, the first.
const COMPARED: usize = 48;

/// A place by its letters alone: "Tal Orin" and "Talorin" are one.
fn folded(text: &str) -> SmolStr {
    keys(text).concat().into()
}

/// What of a statement another must share.
struct Act {
    statement: usize,
    /// The last words of the parties that act, singular.
    parties: Vec<SmolStr>,
    /// The names of places among its arguments, folded.
    places: Vec<SmolStr>,
}

fn act(index: usize, statement: &Statement<'_>) -> Act {
    let mut parties = Vec::new();
    for argument in statement.claim.in_role("agent") {
        let head = argument.head.unwrap_or(argument.span);
        parties.extend(keys(statement.text(argument.span)).pop());
        parties.extend(keys(statement.text(head)).pop());
        // "Mobilization units (Iran-backed militias)": another name follows in brackets.
        let rest = Span::new(argument.span.end, statement.sentence.end.max(argument.span.end));
        if let Some(inner) = statement.text(rest).trim_start().strip_prefix('(') {
            parties.extend(inner.split(')').next().and_then(|inner| keys(inner).pop()));
        }
    }
    let grounded = &statement.record.grounded;
    let named = grounded.entities.iter().filter(|entity| entity.kind != EntityType::Person);
    let spans = named.flat_map(|entity| entity.mentions.iter().map(|mention| mention.span));
    let places = spans
        .chain(grounded.places.iter().map(|place| place.span))
        .filter(|span| statement.sentence.contains(*span))
        .map(|span| folded(statement.text(span)))
        .filter(|key| key.len() > 3)
        .collect();
    Act { statement: index, parties, places }
}

/// The pairs of opposed acts of a pile.
pub(crate) fn matters(statements: &[Statement<'_>]) -> Vec<Matter> {
    let mut blocks: BTreeMap<&str, Vec<Act>> = BTreeMap::new();
    for (index, statement) in statements.iter().enumerate() {
        let told = frames::frame(&statement.claim.frame).is_some_and(|f| !f.opposites.is_empty());
        if told
            && statement.plain()
            && !statement.negative()
            && statement.claim.frame.starts_with("movement.")
        {
            let block = blocks.entry(statement.matter).or_default();
            if block.len() < COMPARED {
                block.push(act(index, statement));
            }
        }
    }
    let mut matters = Vec::new();
    for block in blocks.values() {
        for (one, other) in pairs(block, COMPARED) {
            let (a, b) = (&statements[one.statement], &statements[other.statement]);
            let shares = |x: &[SmolStr], y: &[SmolStr]| x.iter().any(|key| y.contains(key));
            if a.report == b.report
                || !frames::opposed(&a.claim.frame, &b.claim.frame)
                || !shares(&one.parties, &other.parties)
                || !shares(&one.places, &other.places)
            {
                continue;
            }
            let words = [a, b].map(|statement| {
                crossread_base::words::shortened(statement.text(statement.claim.span), 90)
            });
            let text = format!("How do these go together: \"{}\" and \"{}\"?", words[0], words[1]);
            let ruling = ruling(
                Relation::Unknown,
                "opposed_acts",
                "opposed acts of one kind of party at one place; whether of the same party at the same time is \
                     not told",
            );
            matters.push(Matter::of_two(text, one.statement, other.statement, ruling));
        }
    }
    matters
}
