//! Who it was, once that is told: a victim not yet identified in one report is named in another.

use std::collections::BTreeMap;

use crossread_record::Later;

use crate::likeness::Rarity;
use crate::matter::Matter;
use crate::persons;
use crate::statement::Statement;
use crate::table::{lines, whole_word};
use crate::told::Told;
use crate::verdict::superseded;

static PHRASES: &str = include_str!("../data/unnamed.txt");
/// Words for whoever did it: who that was is told by the stages of a case.
static SOUGHT: &str = include_str!("../data/sought.txt");
/// Reports in which one that is not named is looked for; of more, the first.
const COMPARED: usize = 48;

/// The victims of a pile that one report does not name and another does.
pub(crate) fn matters(statements: &[Statement<'_>], rarity: &Rarity) -> Vec<Matter> {
    // The claims by which each report names victims, and the first by which it leaves one unnamed.
    let mut named: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut unnamed: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, statement) in statements.iter().enumerate() {
        if names_victim(statement) {
            named.entry(statement.report).or_default().push(index);
        }
        if leaves_unnamed(statement) {
            unnamed.entry(statement.report).or_insert(index);
        }
    }
    if named.is_empty() || unnamed.is_empty() {
        return Vec::new();
    }
    let reports = statements.last().map_or(0, |last| last.report + 1);
    let told = Told::of((0..reports).map(|report| rarity.names(report).iter()));
    let mut matters = Vec::new();
    for (&report, &open) in &unnamed {
        let asked = &statements[open];
        let sharing = told.sharing(rarity.names(report).iter()).into_iter();
        let candidates = sharing
            .filter_map(|other| Some((other, named.get(&other)?)))
            .filter(|(other, _)| rarity.one_story(report, *other));
        for (_, candidates) in candidates.take(COMPARED) {
            let answer =
                candidates.iter().copied().find(|&index| answers(asked, &statements[index]));
            let Some(answer) = answer.filter(|answer| *answer != open) else { continue };
            let told_before = asked
                .told
                .zip(statements[answer].told)
                .is_some_and(|(open, named)| !open.overlaps(&named) && named.start < open.start);
            if told_before {
                continue;
            }
            let why = "one tells that it is not known who it was, the other names somebody";
            let (first, second, later) =
                if open < answer { (open, answer, Later::B) } else { (answer, open, Later::A) };
            let ruling = superseded("not_named_then_named", later, why);
            matters.push(Matter::of_two("Who was it?".to_owned(), first, second, ruling));
        }
    }
    matters
}

/// Whether it says of a victim that nobody has named them.
fn leaves_unnamed(statement: &Statement<'_>) -> bool {
    let words = statement.text(statement.claim.span).to_lowercase();
    let sought = lines(SOUGHT).any(|noun| words.contains(noun));
    !sought && lines(PHRASES).any(|phrase| whole_word(&words, phrase).is_some())
}

/// Whether it tells that somebody with a full name was killed, hurt or found, or who the victim was.
fn names_victim(statement: &Statement<'_>) -> bool {
    let claim = statement.claim;
    let of_victim = claim.frame.starts_with("casualties.") || claim.frame == "law.identify";
    // "The man killed on Tuesday as Dorin Maren"
    let roles = ["patient", "name", "theme", "as"];
    of_victim
        && statement.plain()
        && !statement.negative()
        && claim.arguments.iter().any(|argument| {
            roles.contains(&argument.role.as_str())
                && statement.person(argument).is_some_and(|person| full(&person.name))
                && statement.text(argument.span).contains(char::is_uppercase)
        })
}

fn full(name: &str) -> bool {
    name.contains(' ') && name.starts_with(char::is_uppercase)
}

/// Whether a claim that names somebody may name the one left open: within one report only where the age tells.
fn answers(open: &Statement<'_>, named: &Statement<'_>) -> bool {
    let (one, other) = (ages(open), ages(named));
    if !one.is_empty() && !other.is_empty() {
        return one.iter().any(|age| other.contains(age));
    }
    open.report != named.report
        && persons::may_be_one(open.text(open.sentence), named.text(named.sentence))
}

/// The ages that the sentence of a claim gives.
fn ages(statement: &Statement<'_>) -> Vec<f64> {
    let quantities = statement.record.grounded.quantities.iter();
    let of_age = quantities.filter(|quantity| {
        quantity.rule.as_deref() == Some("age") && statement.sentence.contains(quantity.span)
    });
    of_age.filter_map(|quantity| quantity.min).collect()
}
