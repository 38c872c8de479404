//! A state that changes hands: who holds a town, as the reports tell it one after the other.
//!
//! "The rebels hold Ostrel", "Ostrel fell to the army" and "the army was driven out of Ostrel" are no contradiction but
//! one question, "Who holds Ostrel?", whose answer changes. What the dates put in order is superseded; where no date
//! tells, the claims are set side by side and not judged. That two hold it is a contradiction only at one time.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crossread_record::{Argument, EntityType, Later, Relation};
use serde::Deserialize;
use smol_str::SmolStr;

use crate::keys::keys;
use crate::matter::{Matter, pairs};
use crate::rules::time::Stretch;
use crate::statement::Statement;
use crate::verdict::{Ruling, ruling, superseded};

#[derive(Debug, Default, Deserialize)]
struct Data {
    #[serde(default)]
    state: Vec<State>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    /// The beginning of the question.
    ask: String,
    what: String,
    kinds: Vec<String>,
    partly: Vec<String>,
    holds: Vec<String>,
    takes: Vec<String>,
    loses: Vec<String>,
    from: String,
}

static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("../data/states.toml")).unwrap_or_default());

/// Claims of one thing that are compared; of more, the first.
const COMPARED: usize = 64;

/// What a claim tells of who holds a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    Holds,
    Takes,
    /// Takes a part of it, or tries.
    Contests,
    Loses,
}

/// A claim on who holds a thing.
struct Tenure {
    statement: usize,
    tells: Tells,
    holder: SmolStr,
    when: Option<Stretch>,
}

/// The changing states of a pile that more than one report tells of.
pub(crate) fn matters(statements: &[Statement<'_>]) -> Vec<Matter> {
    let mut matters = Vec::new();
    for state in &DATA.state {
        let mut things: BTreeMap<SmolStr, (String, Vec<Tenure>)> = BTreeMap::new();
        for (index, statement) in statements.iter().enumerate() {
            let Some(tells) = tells(state, statement) else { continue };
            let Some((key, name)) = thing(state, statement) else { continue };
            for held in holders(state, statements, index, tells) {
                things
                    .entry(key.clone())
                    .or_insert_with(|| (name.clone(), Vec::new()))
                    .1
                    .push(held);
            }
        }
        for (name, mut told) in things.into_values() {
            told.truncate(COMPARED);
            matters.extend(matter(&state.ask, &name, &told, statements));
        }
    }
    matters
}

fn tells(state: &State, statement: &Statement<'_>) -> Option<Tells> {
    let frame = &statement.claim.frame;
    if statement.negative() || statement.claim.generic {
        return None;
    }
    let tells = match () {
        () if state.holds.contains(frame) => Tells::Holds,
        () if state.takes.contains(frame) => Tells::Takes,
        () if state.loses.contains(frame) => Tells::Loses,
        () => return None,
    };
    // "Gained a foothold": by the trigger or by what is gained.
    let gained = statement.claim.in_role(&state.what).map(|argument| argument.span);
    let part = std::iter::once(statement.claim.trigger).chain(gained).any(|span| {
        let words = statement.text(span).to_lowercase();
        words.split_whitespace().any(|word| state.partly.iter().any(|part| part == word))
    });
    Some(if part || !statement.plain() { Tells::Contests } else { tells })
}

/// The key and the name of what is held.
fn thing(state: &State, statement: &Statement<'_>) -> Option<(SmolStr, String)> {
    let named = |name: &str| {
        let key = keys(name).concat();
        (!key.is_empty()).then(|| (SmolStr::from(key), name.to_owned()))
    };
    let grounded = &statement.record.grounded;
    let within = statement.claim.in_role("in");
    for argument in statement.claim.in_role(&state.what).chain(within) {
        if let Some(entity) = argument.entity.and_then(|id| grounded.entity(id))
            && !matches!(entity.kind, EntityType::Person | EntityType::Group)
        {
            return named(&entity.name);
        }
        // "the city of Ostrel"
        if let Some((kind, name)) = statement.text(argument.span).split_once(" of ")
            && let Some(kind) = kind.split_whitespace().next_back()
            && state.kinds.iter().any(|known| known == kind)
            && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        {
            return named(name);
        }
        // "the provincial capitals Ostrel and Veldt"
        let site = statement.place.as_ref().filter(|site| site.span.start > argument.span.start);
        let Some(site) = site else { continue };
        let text = &statement.record.report.text;
        let between = text.get(argument.span.start as usize..site.span.start as usize)?;
        let words: Vec<&str> = between.split_whitespace().collect();
        let words = words.strip_suffix(&["of"]).unwrap_or(&words[..]);
        let kind = words.last().is_some_and(|last| state.kinds.iter().any(|kind| kind == last));
        if kind && words.len() <= 3 {
            return named(statement.text(site.span));
        }
    }
    None
}

/// Who holds it by this claim: who does, or whom it is to be taken from.
fn holders(state: &State, statements: &[Statement<'_>], index: usize, tells: Tells) -> Vec<Tenure> {
    let statement = &statements[index];
    let when = statement.when.or(statement.told);
    let held = |tells, holder| Tenure { statement: index, tells, holder, when };
    let mut found: Vec<Tenure> = Vec::new();
    let agents = statement.claim.in_role("agent").filter_map(|agent| holder(statement, agent));
    found.extend(agents.take(1).map(|agent| held(tells, agent)));
    // "It still controls Ostrel": of whom the sentence before told.
    if found.is_empty()
        && statement.claim.in_role("agent").any(|agent| is_pronoun(statement, agent))
    {
        let before = statements[..index].iter().rev().take(4).filter(|other| {
            other.report == statement.report
                && other.claim.frame.split('.').next() == statement.claim.frame.split('.').next()
        });
        let agent = before
            .flat_map(|other| other.claim.in_role("agent").map(move |agent| (other, agent)))
            .find_map(|(other, agent)| holder(other, agent));
        found.extend(agent.map(|agent| held(tells, agent)));
    }
    if tells == Tells::Contests {
        let from = statement.claim.in_role(&state.from);
        found.extend(
            from.filter_map(|from| holder(statement, from))
                .take(1)
                .map(|from| held(Tells::Holds, from)),
        );
    }
    found
}

/// Who an argument is, by the name that the actors of a case go by, or by all its words where it names nobody.
fn holder(statement: &Statement<'_>, argument: &Argument) -> Option<SmolStr> {
    if let Some(entity) = argument.entity.and_then(|id| statement.record.grounded.entity(id)) {
        let name = entity.canonical.as_ref().unwrap_or(&entity.name);
        return Some(keys(name).concat().into());
    }
    if is_pronoun(statement, argument) {
        return None;
    }
    let words = keys(statement.text(argument.span));
    (!words.is_empty()).then(|| words.concat().into())
}

/// Unlike the pronouns of a question's wording, those that begin a clause count too.
fn is_pronoun(statement: &Statement<'_>, argument: &Argument) -> bool {
    let words = statement.text(argument.span).to_lowercase();
    argument.entity.is_none()
        && matches!(words.as_str(), "it" | "they" | "he" | "she" | "who" | "which" | "that")
}

fn matter(ask: &str, name: &str, told: &[Tenure], statements: &[Statement<'_>]) -> Option<Matter> {
    let mut members: Vec<usize> = told.iter().map(|held| held.statement).collect();
    members.sort_unstable();
    members.dedup();
    let mut steps: BTreeMap<(usize, usize), Ruling> = BTreeMap::new();
    for (one, other) in pairs(told, COMPARED) {
        let (a, b) = (&statements[one.statement], &statements[other.statement]);
        if a.report == b.report {
            continue;
        }
        let (one, other) =
            if one.statement < other.statement { (one, other) } else { (other, one) };
        let Some(ruling) = rule(one, other) else { continue };
        // Of what two claims tell, what is decided goes before what is not.
        let pair = (one.statement, other.statement);
        let decided = ruling.relation != Relation::Unknown;
        if decided || !steps.contains_key(&pair) {
            steps.insert(pair, ruling);
        }
    }
    if steps.is_empty() {
        return None;
    }
    let place = |index: usize| members.binary_search(&index).unwrap_or_default();
    let steps = steps.into_iter().map(|((a, b), ruling)| (place(a), place(b), ruling)).collect();
    Some(Matter { text: format!("{ask} {name}?"), members, steps })
}

/// How two claims on one thing stand to each other; `a` is the first of the pile.
fn rule(a: &Tenure, b: &Tenure) -> Option<Ruling> {
    let same = a.holder == b.holder;
    let has = |held: &Tenure| matches!(held.tells, Tells::Holds | Tells::Takes);
    if same && has(a) && has(b) {
        return Some(ruling(Relation::Agree, "same_holder", "both name the same holder"));
    }
    if a.tells == Tells::Contests || b.tells == Tells::Contests {
        // Of tries and parts only those against a holder say something.
        let against = !same && (has(a) || has(b));
        let why = "one tells who holds it, the other that another gains ground or tries to";
        return against.then(|| ruling(Relation::Unknown, "state_contested", why));
    }
    let changes = same != (has(a) && has(b));
    if !changes {
        return None;
    }
    let order = a.when.zip(b.when).filter(|(x, y)| !x.overlaps(y));
    Some(match order {
        Some((x, y)) => superseded(
            "state_changed",
            if x.start < y.start { Later::B } else { Later::A },
            "a state that changes hands, told of two times",
        ),
        None if a.when.is_some()
            && b.when.is_some()
            && a.tells == Tells::Holds
            && b.tells == Tells::Holds =>
        {
            ruling(Relation::Contradict, "two_holders", "two are said to hold it at one time")
        }
        None => ruling(
            Relation::Unknown,
            "state_undated",
            "a state that changes hands; no date tells which is the later",
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_states_read() {
        assert!(!DATA.state.is_empty());
    }
}
