//! Where on a street: "in the 1200 block of Alder Street". Two blocks of one street for one happening cannot both hold.

use std::collections::BTreeMap;

use crossread_base::Span;
use crossread_record::Relation;
use smol_str::SmolStr;

use crate::frames;
use crate::keys::keys;
use crate::likeness::Rarity;
use crate::matter::{Matter, least_of_each, pairs};
use crate::statement::Statement;
use crate::verdict::{as_first_told, first_account, ruling};

/// Addresses on one street that are compared; of more, the first.
const COMPARED: usize = 48;
/// What the sentences must have in common, of their telling words, where the frames do not tell of one incident.
const NEAR: f64 = 0.2;

/// A block of a street as a sentence tells it.
struct Address {
    statement: usize,
    street: SmolStr,
    block: u32,
    span: Span,
}

/// The streets of a pile on which two reports tell of a block.
pub(crate) fn matters(statements: &[Statement<'_>], rarity: &Rarity) -> Vec<(Matter, Vec<Span>)> {
    // A sentence makes many claims; its address is that of the one of an incident, else of the narrowest.
    let addresses = statements.iter().enumerate().filter_map(|(index, statement)| {
        let address = address(index, statement)?;
        let rank = (!frames::incident(&statement.claim.frame), statement.claim.span.len());
        Some(((statement.report, address.span), rank, address))
    });
    let mut streets: BTreeMap<SmolStr, Vec<Address>> = BTreeMap::new();
    for address in least_of_each(addresses) {
        streets.entry(address.street.clone()).or_default().push(address);
    }
    let mut matters = Vec::new();
    for (street, block) in streets {
        for (one, other) in pairs(&block, COMPARED) {
            let (a, b) = (&statements[one.statement], &statements[other.statement]);
            let incident = frames::incident(&a.claim.frame) && frames::incident(&b.claim.frame);
            let near = incident || rarity.overlap(&a.context, &b.context) >= NEAR;
            if a.report == b.report || !near || !rarity.one_story(a.report, b.report) {
                continue;
            }
            let ruling = if one.block == other.block {
                ruling(Relation::Agree, "same_block", "the same block of one street")
            } else if let Some(later) = first_account(a, b) {
                as_first_told(later)
            } else if a.plain() && b.plain() && a.negative() == b.negative() {
                ruling(Relation::Contradict, "other_block", "two blocks of one street")
            } else {
                continue;
            };
            let text = format!("Where on \"{street}\"?");
            let matter = Matter::of_two(text, one.statement, other.statement, ruling);
            matters.push((matter, vec![one.span, other.span]));
        }
    }
    matters
}

/// The address in the words of a claim.
fn address(index: usize, statement: &Statement<'_>) -> Option<Address> {
    let words = statement.text(statement.claim.span);
    let lower = words.to_ascii_lowercase();
    let leads = [" block of ", " blk of "];
    let (at, lead) = leads.iter().find_map(|lead| Some((lower.find(lead)?, lead)))?;
    let number = words.get(..at)?.split_whitespace().next_back()?;
    let block: u32 = number.replace(',', "").parse().ok()?;
    let from = at - number.len();
    let street = words.get(at + lead.len()..)?;
    let length = name_length(street);
    let key = street_key(street.get(..length)?)?;
    let start = statement.claim.span.start as usize + from;
    let end = statement.claim.span.start as usize + at + lead.len() + length;
    Some(Address { statement: index, street: key, block, span: Span::of(start..end) })
}

/// How far the name of a street goes: its capitalised words and numbers.
fn name_length(words: &str) -> usize {
    let mut end = 0;
    let mut at = 0;
    for word in words.split_inclusive(' ') {
        let bare = word.trim_end();
        let name = bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if !name {
            break;
        }
        end = at + bare.trim_end_matches([',', '.', ';', ')', '"']).len();
        at += word.len();
        if bare.ends_with([',', ';', ')']) {
            break;
        }
    }
    end
}

/// The name without its side and kind: "East 223rd Street" and "223rd St." are one.
fn street_key(name: &str) -> Option<SmolStr> {
    const SIDES: [&str; 12] =
        ["north", "south", "east", "west", "n", "s", "e", "w", "ne", "nw", "se", "sw"];
    let words = keys(name);
    words.into_iter().find(|word| !SIDES.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streets_are_read_to_the_end_of_their_name() {
        assert_eq!(
            &"Old Mill Road in Ostrel"[..name_length("Old Mill Road in Ostrel")],
            "Old Mill Road"
        );
        assert_eq!(&"Alder St., where"[..name_length("Alder St., where")], "Alder St");
        assert_eq!(name_length("the town"), 0);
        assert_eq!(street_key("East 223rd Street"), street_key("223rd St"));
        assert_eq!(street_key(""), None);
    }
}
