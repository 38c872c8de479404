//! What one sentence tells as to come and another as begun: "operations in Veldt in the upcoming days" beside "last Friday
//! operations in Veldt have reached an operational stage". Whether they are the same operations only the dates of two
//! reports tell; in one report they are set side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crossread_base::Span;
use crossread_record::{Aspect, EntityType, Later, Relation};
use serde::Deserialize;
use smol_str::SmolStr;

use crate::keys::keys;
use crate::matter::Matter;
use crate::statement::Statement;
use crate::verdict::{Ruling, ruling, superseded};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    nouns: Vec<String>,
    begun: Vec<String>,
    ahead: Vec<String>,
}

static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("../data/undertakings.toml")).unwrap_or_default());

/// Sentences on one kind of undertaking in one place that are compared; of more, the first.
const COMPARED: usize = 48;

/// What a sentence tells of an undertaking.
struct Mention {
    statement: usize,
    ahead: bool,
    noun: Span,
}

/// The undertakings of a pile that are told as to come and as begun.
pub(crate) fn matters(statements: &[Statement<'_>]) -> Vec<(Matter, Vec<Span>)> {
    let mut blocks: BTreeMap<(&str, SmolStr), (String, Vec<Mention>)> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (index, statement) in statements.iter().enumerate() {
        let Some((noun, span, ahead)) = undertaking(statement) else { continue };
        for (key, name) in places(statement) {
            if seen.insert((statement.report, statement.sentence, ahead, noun, key.clone())) {
                let block = blocks.entry((noun, key)).or_insert_with(|| (name, Vec::new()));
                block.1.push(Mention { statement: index, ahead, noun: span });
            }
        }
    }
    let mut matters = Vec::new();
    let mut paired = BTreeSet::new();
    for ((noun, _), (place, told)) in blocks {
        let told = &told[..told.len().min(COMPARED)];
        for plan in told.iter().filter(|told| told.ahead) {
            for deed in told.iter().filter(|told| !told.ahead) {
                let (a, b) =
                    (plan.statement.min(deed.statement), plan.statement.max(deed.statement));
                let (left, right) = (&statements[a], &statements[b]);
                let one_sentence = left.report == right.report && left.sentence == right.sentence;
                if one_sentence
                    || !paired.insert((left.report, left.sentence, right.report, right.sentence))
                {
                    continue;
                }
                let (plan_first, spans) = if plan.statement == a {
                    (true, vec![plan.noun, deed.noun])
                } else {
                    (false, vec![deed.noun, plan.noun])
                };
                let text = format!("Has it begun: the {noun} in {place}?");
                let matter = Matter::of_two(text, a, b, rule(left, right, plan_first));
                matters.push((matter, spans));
            }
        }
    }
    matters
}

fn rule(a: &Statement<'_>, b: &Statement<'_>, plan_first: bool) -> Ruling {
    let (plan, deed) = if plan_first { (a, b) } else { (b, a) };
    let in_order =
        plan.told.zip(deed.told).is_some_and(|(x, y)| !x.overlaps(&y) && x.start < y.start);
    if in_order {
        return superseded(
            "planned_then_done",
            if plan_first { Later::B } else { Later::A },
            "one tells it as to come, a later report as begun",
        );
    }
    ruling(
        Relation::Unknown,
        "planned_beside_done",
        "one is told as to come, the other as begun; whether it is the same is not told",
    )
}

/// The undertaking that a claim is about, its words, and whether it is to come; `None` where it tells neither.
fn undertaking(statement: &Statement<'_>) -> Option<(&'static str, Span, bool)> {
    if statement.negative() || statement.claim.generic {
        return None;
    }
    let has = |span: Span, words: &'static [String]| {
        let text = statement.text(span).to_lowercase();
        let mut all = text.split(|c: char| !c.is_alphanumeric());
        all.any(|word| words.iter().any(|known| known == word))
    };
    let to_come = matches!(statement.claim.aspect, Aspect::Forecast | Aspect::Planned)
        && has(statement.sentence, &DATA.ahead);
    let begun = || statement.plain() && has(statement.claim.span, &DATA.begun);
    if !(to_come || begun()) {
        return None;
    }
    let (noun, span) = noun(statement)?;
    Some((noun, span, to_come))
}

/// The first noun of an undertaking in a claim or, where it has none, in its sentence.
fn noun(statement: &Statement<'_>) -> Option<(&'static str, Span)> {
    [statement.claim.span, statement.sentence].into_iter().find_map(|span| {
        let text = statement.text(span);
        text.split(|c: char| !c.is_alphanumeric()).find_map(|word| {
            let key = keys(word).pop()?;
            let noun = DATA.nouns.iter().find(|noun| noun.as_str() == key)?;
            let start = span.start as usize + (word.as_ptr() as usize - text.as_ptr() as usize);
            Some((noun.as_str(), Span::of(start..start + word.len())))
        })
    })
}

/// The keys and names of the places that the sentence names.
fn places(statement: &Statement<'_>) -> Vec<(SmolStr, String)> {
    let grounded = &statement.record.grounded;
    let named = grounded
        .entities
        .iter()
        .filter(|entity| matches!(entity.kind, EntityType::Place | EntityType::Facility));
    let spans = named.flat_map(|entity| entity.mentions.iter().map(|mention| mention.span));
    let within = spans
        .chain(grounded.places.iter().map(|place| place.span))
        .filter(|span| statement.sentence.contains(*span));
    let mut found: Vec<(SmolStr, String)> = within
        .map(|span| (keys(statement.text(span)).concat().into(), statement.text(span).to_owned()))
        .filter(|(key, _): &(SmolStr, String)| key.len() > 3)
        .collect();
    found.sort();
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_undertakings_read() {
        assert!(!DATA.nouns.is_empty() && !DATA.begun.is_empty());
    }
}
