//! Words that cannot both be true of one thing: left and right, silver and grey, stable and critical, dead at the
//! scene and dead in hospital.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crossread_base::Span;
use crossread_record::Relation;
use serde::Deserialize;
use smol_str::SmolStr;

use crate::keys::{keys, name_keys};
use crate::likeness::Rarity;
use crate::matter::{Matter, pairs};
use crate::persons;
use crate::statement::Statement;
use crate::table::whole_word;
use crate::verdict::{as_first_told, first_account, ruling, then_certain};

#[derive(Debug, Default, Deserialize)]
struct Data {
    #[serde(default)]
    group: Vec<Group>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    /// The beginning of the question.
    ask: String,
    /// How many words before the thing the value stands; no thing is looked for where absent.
    beside: Option<usize>,
    /// The things it is of; any where empty.
    #[serde(default)]
    nouns: Vec<String>,
    /// The frames it is of; any where empty.
    #[serde(default)]
    frames: Vec<String>,
    /// Whether it is of a person, who must be the same in both.
    #[serde(default)]
    party: bool,
    /// Each value with the words for it.
    values: Vec<Vec<String>>,
}

static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("../data/exclusive.toml")).unwrap_or_default());

/// Claims of one group and thing that are compared; of more, the first.
const COMPARED: usize = 48;

/// What two sentences must have in common, of their telling words, to be of one thing.
const NEAR: f64 = 0.05;

/// A value that a statement gives.
struct Value<'g> {
    statement: usize,
    group: &'g Group,
    value: usize,
    /// The thing it is of, as a word.
    thing: SmolStr,
    span: Span,
}

/// The matters on which two statements of a pile exclude each other.
pub(crate) fn matters(statements: &[Statement<'_>], rarity: &Rarity) -> Vec<(Matter, Vec<Span>)> {
    let mut blocks: BTreeMap<(&str, SmolStr), Vec<Value<'_>>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (index, statement) in statements.iter().enumerate() {
        for value in values(index, statement) {
            // The words are those of the narrowest claim; a wider one comes first and is kept.
            if seen.insert((statement.report, value.span)) {
                let key = (value.group.name.as_str(), value.thing.clone());
                blocks.entry(key).or_default().push(value);
            }
        }
    }
    let mut matters = Vec::new();
    for ((_, thing), block) in blocks {
        for (one, other) in pairs(&block, COMPARED) {
            if one.value == other.value {
                continue;
            }
            let (a, b) = (&statements[one.statement], &statements[other.statement]);
            if !of_one(a, b, one.group, rarity) {
                continue;
            }
            let text = if thing.is_empty() {
                format!("{}?", one.group.ask)
            } else {
                format!("{}: \"{}\"?", one.group.ask, thing)
            };
            let ruling = match first_account(a, b) {
                // "May have been a suicide", and later "was an accident".
                _ if !(a.plain() && b.plain()) => match then_certain(a, b) {
                    Some(ruling) => ruling,
                    None => continue,
                },
                Some(later) => as_first_told(later),
                None => {
                    let words = (a.text(one.span), b.text(other.span));
                    let why = format!(
                        "\"{}\" and \"{}\" cannot both hold of one thing at one time",
                        words.0, words.1
                    );
                    ruling(Relation::Contradict, "exclusive_words", why)
                }
            };
            let matter = Matter::of_two(text, one.statement, other.statement, ruling);
            matters.push((matter, vec![one.span, other.span]));
        }
    }
    matters
}

/// The values a statement gives.
fn values<'g>(index: usize, statement: &Statement<'_>) -> Vec<Value<'g>> {
    let claim = statement.claim;
    let mut found = Vec::new();
    if statement.negative() || !(statement.plain() || statement.hedged()) {
        return found;
    }
    let [clause, sentence] = [claim.span, statement.sentence]
        .map(|span| (statement.text(span).to_ascii_lowercase(), span.start));
    for group in &DATA.group {
        if !group.frames.is_empty() && !group.frames.contains(&claim.frame) {
            continue;
        }
        // "Hospital where they died": what names the place may stand before the clause.
        let (lower, start) = if group.party { &sentence } else { &clause };
        let before = found.len();
        for (value, words) in group.values.iter().enumerate() {
            for phrase in words {
                let Some(at) = whole_word(lower, phrase) else { continue };
                let after = &lower[at + phrase.len()..];
                let thing = match group.beside {
                    None => SmolStr::default(),
                    Some(reach) => match thing(after, reach) {
                        Some(thing)
                            if group.nouns.is_empty()
                                || group.nouns.contains(&thing.to_string()) =>
                        {
                            thing
                        }
                        _ => continue,
                    },
                };
                let from = *start as usize + at;
                let span = Span::of(from..from + phrase.len());
                found.push(Value { statement: index, group, value, thing, span });
                break;
            }
        }
        // "Shot inside and outside the lodge" is not against either.
        if group.beside.is_none()
            && found[before..].iter().any(|one| one.value != found[before].value)
        {
            found.truncate(before);
        }
    }
    found
}

/// The last of the `reach` words after a value, those that end a phrase left out.
fn thing(after: &str, reach: usize) -> Option<SmolStr> {
    let words: Vec<&str> = after
        .split_whitespace()
        .take(reach)
        .take_while(|word| word.starts_with(char::is_alphabetic))
        .collect();
    let last = words.last()?;
    let key = keys(last).pop()?;
    Some(key)
}

/// Whether two statements are of one thing: one story, and the same person where it is of one.
fn of_one(a: &Statement<'_>, b: &Statement<'_>, group: &Group, rarity: &Rarity) -> bool {
    if a.report == b.report || !rarity.one_story(a.report, b.report) {
        return false;
    }
    if !group.party {
        return rarity.overlap(&a.context, &b.context) > NEAR;
    }
    let (one, other) = (Party::of(a), Party::of(b));
    if !one.names.is_empty() && !other.names.is_empty() {
        return one.names.iter().any(|key| other.names.contains(key));
    }
    if one.many != other.many {
        return false;
    }
    one.nouns.iter().any(|a| other.nouns.iter().any(|b| a == b || persons::same_kind(a, b)))
}

/// Who a statement is about.
struct Party {
    names: Vec<SmolStr>,
    nouns: Vec<SmolStr>,
    many: bool,
}

impl Party {
    fn of(statement: &Statement<'_>) -> Self {
        let mut party = Self { names: Vec::new(), nouns: Vec::new(), many: false };
        for argument in statement.claim.in_role("patient") {
            if let Some(person) = statement.person(argument) {
                party.names.extend(name_keys(person));
            }
            let head = argument.head.unwrap_or(argument.span);
            let word = statement.text(head).to_lowercase();
            party.many |= matches!(word.as_str(), "they" | "them" | "both" | "all");
            party.nouns.extend(persons::noun(&word).or_else(|| keys(&word).pop()));
        }
        party
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_read() {
        assert!(!DATA.group.is_empty());
    }
}
