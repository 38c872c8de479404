//! Claims that one state of a matter leaves behind: sought, arrested, charged, tried, convicted; not yet known, and
//! known; "no arrests" and an arrest.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crossread_record::{Aspect, Certainty, Later};
use serde::Deserialize;
use smol_str::SmolStr;

use crate::keys::{keys, name_keys};
use crate::likeness::Rarity;
use crate::matter::Matter;
use crate::statement::{Statement, sorted};
use crate::stem::stem;
use crate::told::Told;
use crate::verdict::{Ruling, superseded};

#[derive(Debug, Default, Deserialize)]
struct Data {
    stage: BTreeMap<String, f64>,
    trigger: BTreeMap<String, f64>,
    none_yet: NoneYet,
    known: Known,
    asked: BTreeMap<String, Vec<String>>,
    cause: Cause,
}

#[derive(Debug, Default, Deserialize)]
struct Cause {
    words: Vec<String>,
    answers: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct NoneYet {
    phrases: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Known {
    verbs: Vec<String>,
    open: Vec<String>,
}

static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("../data/stages.toml")).unwrap_or_default());

/// Claims of a pile that tell of a stage of a case, and are compared; of more, the first.
const COMPARED: usize = 400;

/// Two claims, by their places among the statements, and how they stand.
struct Step {
    a: usize,
    b: usize,
    ruling: Ruling,
}

/// Where a case stands, as one statement tells it.
struct Stage {
    statement: usize,
    /// The order of the stages; 0 where it is said that there is none yet.
    at: f64,
    /// Keys of the person's name.
    name: Vec<SmolStr>,
}

/// The matters of a pile, in order of their first statement.
pub(crate) fn matters(statements: &[Statement<'_>], rarity: &Rarity) -> Vec<Matter> {
    let mut matters = gathered(cases(statements, rarity), |members| {
        let name = members.iter().find_map(|&index| full_name(&statements[index]));
        name.map_or_else(
            || "Has anyone been arrested or charged?".to_owned(),
            |name| format!("How far has the case against {name} gone?"),
        )
    });
    matters.extend(gathered(made_known(statements, rarity), |members| {
        let clause = members.iter().find_map(|&index| open(index, &statements[index]));
        clause.map_or_else(
            || "Is it known?".to_owned(),
            |open| format!("Is it known {}?", open.clause),
        )
    }));
    matters
}

/// Steps that share a statement, as one matter each.
fn gathered(steps: Vec<Step>, text: impl Fn(&[usize]) -> String) -> Vec<Matter> {
    let mut group: BTreeMap<usize, usize> = BTreeMap::new();
    for step in &steps {
        for index in [step.a, step.b] {
            group.entry(index).or_insert(index);
        }
        let (one, other) = (group[&step.a], group[&step.b]);
        let (into, from) = (one.min(other), one.max(other));
        group.values_mut().filter(|held| **held == from).for_each(|held| *held = into);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (&index, &group) in &group {
        members.entry(group).or_default().push(index);
    }
    let mut matters: BTreeMap<usize, Matter> = members
        .into_iter()
        .map(|(group, members)| {
            (group, Matter { text: text(&members), members, steps: Vec::new() })
        })
        .collect();
    for step in steps {
        let Some(matter) = matters.get_mut(&group[&step.a]) else { continue };
        let place = |index| matter.members.binary_search(&index).ok();
        if let (Some(a), Some(b)) = (place(step.a), place(step.b)) {
            matter.steps.push((a, b, step.ruling));
        }
    }
    matters.into_values().collect()
}

/// The full name of the person the case is against.
fn full_name(statement: &Statement<'_>) -> Option<String> {
    let mut persons =
        statement.claim.in_role("patient").filter_map(|argument| statement.person(argument));
    persons.next().map(|person| person.name.clone())
}

/// The stage a statement tells of.
fn stage(statement: &Statement<'_>) -> Option<f64> {
    let claim = statement.claim;
    let words = statement.text(claim.trigger).to_lowercase();
    if statement.negative() {
        let clause = statement.text(claim.span).to_lowercase();
        if DATA.none_yet.phrases.iter().any(|phrase| clause.contains(phrase.as_str())) {
            return Some(0.0);
        }
    }
    // "Police identified the gunman as": a suspect is known.
    if claim.frame == "law.identify" && statement.plain() && !statement.negative() {
        let suspect = ["suspect", "shooter", "gunman", "killer", "attacker", "driver"];
        let of_suspect = claim.in_role("patient").any(|argument| {
            let words = statement.text(argument.span).to_lowercase();
            suspect.iter().any(|suspect| words.contains(suspect))
        });
        return of_suspect.then_some(2.0);
    }
    let at = match DATA.stage.get(claim.frame.as_str()) {
        Some(stage) => *stage,
        None => *DATA.trigger.get(words.as_str())?,
    };
    if statement.negative() {
        // "No arrests have been made": nothing yet. "Not guilty" is no such thing.
        return (claim.aspect != Aspect::Counterfactual && (3.0..=4.0).contains(&at))
            .then_some(0.0);
    }
    match claim.aspect {
        Aspect::Planned | Aspect::Forecast => Some(at - 0.5),
        Aspect::Past | Aspect::Ongoing
            if matches!(claim.certainty, Certainty::Certain | Certainty::Probable) =>
        {
            Some(at)
        }
        _ => None,
    }
}

/// Keys of the names of the persons the case is against.
fn name(statement: &Statement<'_>) -> Vec<SmolStr> {
    let claim = statement.claim;
    let parties = claim.arguments.iter().filter(|argument| {
        matches!(argument.role.as_str(), "patient" | "theme" | "subject" | "agent")
    });
    let mut found = Vec::new();
    for argument in parties {
        if let Some(person) = statement.person(argument)
            && (argument.role != "agent" || found.is_empty())
        {
            found.extend(name_keys(person));
        }
    }
    found
}

fn cases(statements: &[Statement<'_>], rarity: &Rarity) -> Vec<Step> {
    let stages: Vec<Stage> = statements
        .iter()
        .enumerate()
        .filter(|(_, statement)| !statement.claim.generic)
        .filter_map(|(index, statement)| {
            Some(Stage { statement: index, at: stage(statement)?, name: name(statement) })
        })
        .take(COMPARED)
        .collect();
    let mut steps = Vec::new();
    for (index, one) in stages.iter().enumerate() {
        for other in &stages[index + 1..] {
            let (a, b) = (&statements[one.statement], &statements[other.statement]);
            if one.at == other.at || a.report == b.report {
                continue;
            }
            let named = !one.name.is_empty() && !other.name.is_empty();
            let shared = one.name.iter().any(|key| other.name.contains(key));
            let joined = if named { shared } else { rarity.one_story(a.report, b.report) };
            if !joined {
                continue;
            }
            let (rule, why) = if one.at == 0.0 || other.at == 0.0 {
                ("not_yet_then_done", "one tells that it has not happened, the other that it has")
            } else if one.at.fract() == 0.5 && other.at - one.at == 0.5
                || other.at.fract() == 0.5 && one.at - other.at == 0.5
            {
                ("planned_then_done", "one tells it as to come, the other as done")
            } else {
                ("later_stage", "one stage of a case, and a later one")
            };
            steps.push(Step {
                a: one.statement,
                b: other.statement,
                ruling: superseded(rule, if one.at < other.at { Later::B } else { Later::A }, why),
            });
        }
    }
    steps
}

/// A matter said to be open: the words it is about, and the roles that would answer it.
struct Open<'d> {
    statement: usize,
    about: Vec<SmolStr>,
    roles: &'d [String],
    /// Whether it is the cause that is not known: "what led to the shooting".
    cause: bool,
    /// Its words from the asking word on.
    clause: String,
}

/// Whether a statement says that something is not known, or that there is nothing of it yet.
pub(crate) fn is_open(statement: &Statement<'_>) -> bool {
    open(0, statement).is_some() || stage(statement) == Some(0.0)
}

/// The matter that a statement says is not known yet: "deputies have not said how the children died".
fn open<'d>(index: usize, statement: &Statement<'_>) -> Option<Open<'d>> {
    let trigger = statement.text(statement.claim.trigger).to_lowercase();
    let among =
        |list: &[String]| trigger.split_whitespace().any(|word| list.iter().any(|v| v == word));
    if !(statement.negative() && among(&DATA.known.verbs) || among(&DATA.known.open)) {
        return None;
    }
    let words = statement.text(statement.claim.span);
    let (asked, rest) = words.match_indices(' ').find_map(|(at, _)| {
        let rest = &words[at + 1..];
        let (first, rest) = rest.split_once(' ')?;
        let roles = DATA.asked.get(first.to_lowercase().as_str())?;
        Some((roles, (rest, words[at + 1..].trim_end_matches(['.', ' ']))))
    })?;
    let (rest, clause) = rest;
    // "How the children died or where they were found": the first of two questions.
    let ends = [
        " or where ",
        " or how ",
        " or why ",
        " or if ",
        " or whether ",
        " or who ",
        " -- ",
        " – ",
    ];
    let rest = ends.iter().filter_map(|end| rest.find(end)).min().map_or(rest, |end| &rest[..end]);
    let mut about = keys(rest);
    let words = about.len();
    about.retain(|key| !DATA.cause.words.iter().any(|word| word == key));
    let cause = about.len() < words;
    let about = sorted(about.iter().map(|key| stem(key)).collect());
    let clause = clause.to_owned();
    (!about.is_empty()).then_some(Open { statement: index, about, roles: asked, cause, clause })
}

/// Whether the words of a claim tell what brought something about.
fn tells_cause(statement: &Statement<'_>) -> bool {
    let clause = statement.text(statement.claim.span).to_lowercase();
    DATA.cause.answers.iter().any(|words| clause.contains(words.as_str()))
}

fn made_known(statements: &[Statement<'_>], rarity: &Rarity) -> Vec<Step> {
    let open: Vec<Open<'_>> = statements
        .iter()
        .enumerate()
        .filter_map(|(index, statement)| open(index, statement))
        .collect();
    if open.is_empty() {
        return Vec::new();
    }
    let stems = |statement: &Statement<'_>| statement.words.iter().map(|key| stem(key)).collect();
    let said: Vec<Vec<SmolStr>> = statements.iter().map(stems).collect();
    let told = Told::of(said.iter().map(|words| words.iter()));
    let mut steps = Vec::new();
    for matter in &open {
        let asked = &statements[matter.statement];
        // The best answer of each other report.
        let mut best: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
        for index in told.sharing(matter.about.iter()) {
            let answer = &statements[index];
            if answer.report == asked.report || answer.negative() || !answer.plain() {
                continue;
            }
            let roles = &answer.claim.arguments;
            let answers = matter.roles.is_empty()
                || roles.iter().any(|argument| matter.roles.contains(&argument.role.to_string()));
            let cause = matter.cause && tells_cause(answer);
            if !(answers || cause) {
                continue;
            }
            let shared = matter.about.iter().filter(|key| said[index].contains(key)).count();
            let share = shared as f64 / matter.about.len() as f64;
            if shared < 2 && matter.about.len() > 1 && !cause
                || share < 0.5
                || !rarity.one_story(asked.report, answer.report)
            {
                continue;
            }
            let held = best.entry(answer.report).or_insert((share, index));
            if share > held.0 {
                *held = (share, index);
            }
        }
        for (_, index) in best.into_values() {
            steps.push(Step {
                a: matter.statement,
                b: index,
                ruling: superseded(
                    "not_known_then_known",
                    Later::B,
                    "one tells that it is not known, the other tells it",
                ),
            });
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stages_read() {
        assert!(!DATA.stage.is_empty() && !DATA.known.verbs.is_empty());
    }
}
