//! In which direction a place or a happening lies: "Veldt, northeast of the capital", "Veldt to the east", "150 miles west of
//! Aden". Directions next to each other agree, as far as words tell; nearly opposite ones of one point cannot both hold.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crossread_base::Span;
use crossread_record::Relation;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::keys::keys;
use crate::likeness::Rarity;
use crate::matter::{Matter, least_of_each, pairs};
use crate::statement::Statement;
use crate::table;
use crate::verdict::{Ruling, ruling};

/// The lines of the table: what the words of a line are, and the words.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    table::lines(include_str!("../data/bearings.txt")).filter_map(|line| line.split_once(' '))
}

static EIGHTHS: LazyLock<FxHashMap<&'static str, i8>> = LazyLock::new(|| {
    lines()
        .filter_map(|(eighth, words)| Some((eighth.parse().ok()?, words)))
        .flat_map(|(eighth, words)| words.split_whitespace().map(move |word| (word, eighth)))
        .collect()
});

/// Words that may stand between a name and its direction: "Veldt province northeast of the capital".
static KINDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    lines()
        .filter(|(what, _)| *what == "kind")
        .flat_map(|(_, words)| words.split_whitespace())
        .collect()
});

/// Bearings of one thing or from one point that are compared; of more, the first.
const COMPARED: usize = 48;

/// A bearing as a sentence tells it.
struct Bearing {
    statement: usize,
    /// The name of what lies there; `None` where it is what the claim tells of.
    thing: Option<SmolStr>,
    /// From where; `None` for "to the east".
    point: Option<SmolStr>,
    eighth: i8,
    span: Span,
}

/// The bearings of a pile that can be compared.
pub(crate) fn matters(statements: &[Statement<'_>], rarity: &Rarity) -> Vec<(Matter, Vec<Span>)> {
    // A sentence makes many claims; its words are those of the narrowest that holds them, else of its first.
    let found = statements.iter().enumerate().flat_map(|(index, statement)| {
        bearings(index, statement).into_iter().map(move |bearing| {
            let span = statement.claim.span;
            let rank = (!span.contains(bearing.span), span.len());
            ((statement.report, bearing.span), rank, bearing)
        })
    });
    let mut blocks: BTreeMap<SmolStr, Vec<Bearing>> = BTreeMap::new();
    for bearing in least_of_each(found) {
        let key = bearing.thing.as_ref().or(bearing.point.as_ref());
        if let Some(key) = key.cloned() {
            blocks.entry(key).or_default().push(bearing);
        }
    }
    let mut matters = Vec::new();
    for block in blocks.into_values() {
        for (one, other) in pairs(&block, COMPARED) {
            let (a, b) = (&statements[one.statement], &statements[other.statement]);
            let Some(ruling) = rule((a, one), (b, other), rarity) else { continue };
            let words = match &one.thing {
                Some(_) => a.text(one.span).split_whitespace().next().unwrap_or_default(),
                None => "it",
            };
            let text = format!("In which direction is {words}?");
            let matter = Matter::of_two(text, one.statement, other.statement, ruling);
            matters.push((matter, vec![one.span, other.span]));
        }
    }
    matters
}

fn rule(
    (a, one): (&Statement<'_>, &Bearing),
    (b, other): (&Statement<'_>, &Bearing),
    rarity: &Rarity,
) -> Option<Ruling> {
    if a.sentence == b.sentence && a.report == b.report || one.thing != other.thing {
        return None;
    }
    let same_point = one.point.is_some() && one.point == other.point;
    if one.thing.is_none() {
        // "Attacked 150 miles west of Aden" and ".. east of Aden": only of one act.
        let one_act = a.claim.frame == b.claim.frame
            && a.report != b.report
            && rarity.one_story(a.report, b.report)
            && rarity.overlap(&a.context, &b.context) > 0.2;
        if !(one_act && same_point) {
            return None;
        }
    }
    let turn = (one.eighth - other.eighth).rem_euclid(8);
    match turn.min(8 - turn) {
        0 | 1 => {
            Some(ruling(Relation::Agree, "same_bearing", "one direction, as far as both tell"))
        }
        3 | 4 if same_point => {
            Some(ruling(Relation::Contradict, "other_bearing", "two directions from one point"))
        }
        _ => None,
    }
}

/// The bearings that the sentence of a statement tells.
fn bearings(index: usize, statement: &Statement<'_>) -> Vec<Bearing> {
    let sentence = statement.text(statement.sentence);
    let place_of = |word: &str| word.as_ptr() as usize - sentence.as_ptr() as usize;
    let words: Vec<(usize, &str)> =
        sentence.split_whitespace().map(|word| (place_of(word), word)).collect();
    let bare = |at: usize| -> &str {
        words.get(at).map_or("", |(_, word)| word.trim_matches(|c: char| !c.is_alphanumeric()))
    };
    let kind = |at: usize| KINDS.contains(bare(at));
    let name = |at: usize| {
        let word = bare(at);
        let key = keys(word).concat();
        (word.starts_with(char::is_uppercase) && !key.is_empty()).then(|| SmolStr::from(key))
    };
    // One that no mark ends: "Veldt, northeast of" has a comma before it, "Veldt. North of" a point.
    let ends =
        |at: usize| words.get(at).is_some_and(|(_, word)| word.ends_with(['.', ';', '!', '?']));
    let mut found = Vec::new();
    for (place, (start, _)) in words.iter().enumerate() {
        let Some(&eighth) = EIGHTHS.get(bare(place).to_lowercase().as_str()) else { continue };
        let of = bare(place + 1) == "of";
        // "west of Veldt", "west of the Veldt"
        let point =
            [place + 2, place + 3].into_iter().filter(|_| of).find_map(|at| Some((at, name(at)?)));
        let to_the = place >= 2 && bare(place - 1) == "the" && bare(place - 2) == "to";
        if !(point.is_some() || to_the) {
            continue;
        }
        // "Veldt province northeast of the capital", "Veldt to the east"
        let before = if to_the { place.checked_sub(3) } else { place.checked_sub(1) };
        let named = before.filter(|&at| !ends(at)).and_then(|at| {
            let at = if kind(at) { at.checked_sub(1)? } else { at };
            Some((at, name(at)?))
        });
        if to_the && named.is_none() {
            continue;
        }
        let from = named.as_ref().map_or(*start, |(at, _)| words[*at].0);
        let last = point.as_ref().map_or(place, |(at, _)| *at);
        let Some((end, word)) = words.get(last) else { continue };
        let end = end + word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        found.push(Bearing {
            statement: index,
            thing: named.map(|(_, name)| name),
            point: point.map(|(_, name)| name),
            eighth,
            span: Span::of(from..end).shifted(statement.sentence.start),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_directions_read() {
        assert_eq!(EIGHTHS.get("north-west"), Some(&7));
        assert_eq!(EIGHTHS.len(), 24);
        assert!(KINDS.contains("province"));
    }
}
