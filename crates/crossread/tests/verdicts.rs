//! How two claims stand to each other, told as short stories: see `verdicts.toml`.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crossread::{Reading, annotate, lay_side_by_side};
use crossread_base::{ClaimRef, Span};
use crossread_record::{Later, Pile, Relation, Standing};
use serde::Deserialize;

#[derive(Deserialize)]
struct Stories {
    story: Vec<Story>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    title: String,
    first: String,
    second: String,
    words: Option<[String; 2]>,
    relation: Option<Relation>,
    rule: Option<String>,
    later: Option<String>,
    #[serde(default)]
    never: Vec<Relation>,
}

/// The pile of two reports; which of them is read first must not matter, nor what their files are called.
fn read(reports: [&str; 2]) -> Pile {
    let records = reports.iter().enumerate().map(|(index, text)| {
        let path = format!("{index}.txt");
        let (mut records, problems) = annotate(text.as_bytes(), Some(&path), Reading::default());
        assert!(problems.is_empty(), "{problems:?}");
        records.remove(0)
    });
    lay_side_by_side(records.collect())
}

fn words(pile: &Pile, claim: &ClaimRef, span: Span) -> String {
    let record = pile.reports.iter().find(|record| record.report.id == claim.report).unwrap();
    record.report.words(span).to_owned()
}

/// What is wrong with the verdicts of a pile.
fn fault(story: &Story, pile: &Pile) -> Option<String> {
    let said: Vec<_> = pile
        .ledger
        .verdicts
        .iter()
        .map(|verdict| {
            let a = words(pile, &verdict.a, verdict.spans[0]);
            let b = words(pile, &verdict.b, verdict.spans[1]);
            let later = verdict.later.map(|later| match later {
                Later::A => a.clone(),
                Later::B => b.clone(),
            });
            (verdict.relation, verdict.rule.as_str(), a, b, later)
        })
        .collect();
    if said.iter().any(|(relation, ..)| story.never.contains(relation)) {
        return Some(format!("{}: {said:?}", story.title));
    }
    let Some([one, other]) = &story.words else { return None };
    let found = said.iter().any(|(relation, rule, a, b, later)| {
        let holds = a.contains(one) && b.contains(other) || a.contains(other) && b.contains(one);
        holds
            && Some(*relation) == story.relation
            && Some(*rule) == story.rule.as_deref()
            && story.later.as_ref().is_none_or(|words| {
                later.as_ref().is_some_and(|later| later.contains(words.as_str()))
            })
    });
    (!found).then(|| format!("{}: {said:?}", story.title))
}

#[test]
fn two_claims_stand_as_the_stories_tell() {
    let stories: Stories = toml::from_str(include_str!("verdicts.toml")).unwrap();
    let faults: Vec<String> = stories
        .story
        .iter()
        .flat_map(|story| {
            let (first, second) = (story.first.as_str(), story.second.as_str());
            [[first, second], [second, first]].map(|reports| fault(story, &read(reports)))
        })
        .flatten()
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// One claim that tells what a number was and what it is gives two answers to one question, one of which replaces the
/// other.
#[test]
fn down_from_is_one_changing_number() {
    let pile = read([
        "Fewer than 1,000 raiders were left in Ostrel, down from at least 6,000 in March.",
        "The ferry to Ostrel runs on Mondays.",
    ]);
    let changing: Vec<_> = pile
        .ledger
        .questions
        .iter()
        .filter(|question| question.standing == Some(Standing::Changing))
        .collect();
    let [question] = changing[..] else { panic!("{:?}", pile.ledger.questions) };
    let bounds: Vec<_> = question.answers.iter().map(|a| (a.value.min, a.value.max)).collect();
    assert_eq!(bounds, [(None, Some(1000.0)), (Some(6000.0), None)]);
    assert_eq!(question.answers[0].claims, question.answers[1].claims);
}

/// Two parties that change their names change nothing else.
#[test]
fn the_names_of_the_parties_do_not_matter() {
    let text = |taker: &str, holder: &str| {
        [
            format!(
                "The {taker} Guard took the town of Ostrel from the {holder} Guard, killing 14 people."
            ),
            format!(
                "The {holder} Guard still holds Ostrel. The {taker} Guard killed nine people in Ostrel."
            ),
        ]
    };
    let said = |[first, second]: [String; 2]| {
        let pile = read([&first, &second]);
        let mut said: Vec<_> = pile
            .ledger
            .verdicts
            .iter()
            .map(|verdict| {
                let mut ends = [
                    words(&pile, &verdict.a, verdict.spans[0]),
                    words(&pile, &verdict.b, verdict.spans[1]),
                ];
                ends.sort();
                (verdict.relation, verdict.rule.clone(), ends)
            })
            .collect();
        said.sort_by_key(|(relation, rule, ends)| format!("{relation:?}{rule}{ends:?}"));
        said
    };
    let one = said(text("Tordane", "Belvine"));
    assert_eq!(one, said(text("Belvine", "Tordane")));
    assert!(!one.is_empty());
}
