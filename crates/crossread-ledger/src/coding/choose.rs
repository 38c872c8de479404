//! Steps that narrow the values of a cell until one is left.

use std::collections::BTreeSet;

use super::Step;
use super::gather::{Backing, Candidate};
use crate::rules::time::Stretch;

/// Which backing of a value is looked at: all, or all but one source's.
pub(super) type Keep<'k> = &'k dyn Fn(&Backing) -> bool;

/// The value chosen, and why each other one was not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) value: Option<usize>,
    pub(super) passed: Vec<(usize, String)>,
}

/// The claims of a value that may be used.
pub(super) fn usable<'c>(
    candidate: &'c Candidate,
    keep: Keep<'c>,
) -> impl Iterator<Item = &'c Backing> + 'c {
    candidate.backing.iter().filter(move |backing| backing.refused.is_none() && keep(backing))
}

/// Chooses among the values; the steps are taken in their order and each leaves at least one.
pub(super) fn choose(candidates: &[Candidate], steps: &[Step], keep: Keep<'_>) -> Chosen {
    let mut left: Vec<usize> = (0..candidates.len())
        .filter(|&index| usable(&candidates[index], keep).next().is_some())
        .collect();
    let mut passed = Vec::new();
    for step in steps {
        if left.len() < 2 {
            break;
        }
        let stay = narrowed(*step, candidates, &left, keep);
        if stay.is_empty() {
            continue;
        }
        for &index in left.iter().filter(|index| !stay.contains(index)) {
            passed.push((index, why(*step, &candidates[index])));
        }
        left = stay;
    }
    let value = left.first().copied();
    passed.extend(left.iter().skip(1).map(|&index| (index, "no step tells it apart".to_owned())));
    Chosen { value, passed }
}

/// The values that a step leaves.
fn narrowed(step: Step, candidates: &[Candidate], left: &[usize], keep: Keep<'_>) -> Vec<usize> {
    let best = |score: &dyn Fn(&Candidate) -> Option<Score>| -> Vec<usize> {
        let scores: Vec<(usize, Score)> =
            left.iter().filter_map(|&index| Some((index, score(&candidates[index])?))).collect();
        let Some(most) = scores.iter().map(|(_, score)| score).max().cloned() else {
            return Vec::new();
        };
        scores.into_iter().filter(|(_, score)| *score == most).map(|(index, _)| index).collect()
    };
    let origins = |candidate: &Candidate| origins(candidate, keep).len();
    match step {
        Step::Whole => best(&|c| Some(Score::Number(i64::from(c.part.is_none())))),
        Step::Exact => best(&|c| Some(Score::Number(exactness(c)))),
        Step::Lowest => best(&|c| {
            Some(Score::Less(std::cmp::Reverse(thousandths(c.value.min.or(c.value.max)?))))
        }),
        Step::Highest => best(&|c| Some(Score::Number(thousandths(c.value.max.or(c.value.min)?)))),
        Step::Latest => best(&|c| told(c, keep).max().map(Score::Late)),
        Step::Earliest => {
            best(&|c| told(c, keep).min().map(|told| Score::Early(std::cmp::Reverse(told))))
        }
        Step::MostOrigins => best(&|c| Some(Score::Number(origins(c) as i64))),
        Step::Majority => {
            let mut all = BTreeSet::new();
            for &index in left {
                all.extend(self::origins(&candidates[index], keep));
            }
            let more = |index: &&usize| origins(&candidates[**index]) * 2 > all.len();
            left.iter().filter(more).take(1).copied().collect()
        }
        Step::First => best(&|c| Some(Score::Text(std::cmp::Reverse(c.value.text.clone())))),
    }
}

/// What a step goes by; the greatest is chosen, and scores of unlike kinds never meet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Score {
    Number(i64),
    Less(std::cmp::Reverse<i64>),
    Late(Stretch),
    Early(std::cmp::Reverse<Stretch>),
    Text(std::cmp::Reverse<String>),
}

/// A number in whole thousandths, so that it can be ordered.
fn thousandths(number: f64) -> i64 {
    (number * 1000.0).round() as i64
}

/// A figure before a bound or an "about"; a longer date before a shorter.
fn exactness(candidate: &Candidate) -> i64 {
    let value = &candidate.value;
    if value.min.is_none() && value.max.is_none() {
        return value.text.split('-').count() as i64;
    }
    i64::from(value.min.is_some() && value.min == value.max && !value.approximate)
}

fn told<'c>(candidate: &'c Candidate, keep: Keep<'c>) -> impl Iterator<Item = Stretch> + 'c {
    usable(candidate, keep).filter_map(|backing| backing.told)
}

/// The origins of a value; a claim whose origin is not known is one of its own.
pub(super) fn origins(candidate: &Candidate, keep: Keep<'_>) -> BTreeSet<(Option<usize>, String)> {
    usable(candidate, keep)
        .map(|backing| match backing.origin {
            Some(origin) => (Some(origin), String::new()),
            None => (None, backing.claim.report.to_string()),
        })
        .collect()
}

fn why(step: Step, candidate: &Candidate) -> String {
    match step {
        Step::Whole => match &candidate.part {
            Some(part) => format!("a part: {part}"),
            None => "a part".to_owned(),
        },
        Step::Exact => "a bound beside a figure".to_owned(),
        Step::Lowest => "not the lowest".to_owned(),
        Step::Highest => "not the highest".to_owned(),
        Step::Latest => "told earlier".to_owned(),
        Step::Earliest => "told later".to_owned(),
        Step::Majority => "not the majority of origins".to_owned(),
        Step::MostOrigins => "fewer origins".to_owned(),
        Step::First => "as well backed; another reads first".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossread_base::{ClaimRef, ReportId, Span};
    use crossread_record::Value;

    /// A number with the origins that give it and when: `("11", None, &[(0, "2025-05-04")])`.
    fn given(min: f64, max: Option<f64>, part: Option<&str>, by: &[(usize, &str)]) -> Candidate {
        let text = if max.is_some() { format!("{min}") } else { format!("{min} or more") };
        let backing = by.iter().map(|&(origin, told)| Backing {
            claim: ClaimRef {
                report: ReportId::new(&[origin as u8; 32], None),
                claim: "c1".parse().unwrap(),
            },
            span: Span::new(0, 1),
            origin: Some(origin),
            publisher: format!("outlet {origin}"),
            outlet: None,
            informant: None,
            speaker: None,
            told: Stretch::of(told),
            refused: None,
        });
        Candidate {
            value: Value { text, min: Some(min), max, approximate: false, unit: None },
            part: part.map(str::to_owned),
            backing: backing.collect(),
        }
    }

    fn chosen(rule: &str, candidates: &[Candidate]) -> Option<String> {
        let rule = super::super::rule(rule).unwrap();
        let chosen = choose(candidates, &rule.best, &|_| true);
        chosen.value.map(|index| candidates[index].value.text.clone())
    }

    /// Nine by one origin on Sunday morning; eleven or more by a wire and its copy on Sunday night; eight by the mayor
    /// that night; twelve by two on Tuesday; five of them members of a club.
    fn tolls() -> Vec<Candidate> {
        vec![
            given(9.0, Some(9.0), None, &[(0, "2025-05-04T08:10")]),
            given(11.0, None, None, &[(1, "2025-05-04T21:40"), (1, "2025-05-05")]),
            given(8.0, Some(8.0), None, &[(2, "2025-05-04T21:50")]),
            given(12.0, Some(12.0), None, &[(3, "2025-05-06"), (4, "2025-05-06")]),
            given(5.0, Some(5.0), Some("of its members"), &[(5, "2025-05-07")]),
        ]
    }

    #[test]
    fn each_rule_chooses_as_its_codebook_says() {
        assert_eq!(chosen("lowest", &tolls()).unwrap(), "8");
        assert_eq!(chosen("highest", &tolls()).unwrap(), "12");
        assert_eq!(chosen("most-recent", &tolls()).unwrap(), "12");
        assert_eq!(chosen("low-best-high", &tolls()).unwrap(), "12");
        // Two of five origins are no majority: the lowest.
        assert_eq!(chosen("majority", &tolls()).unwrap(), "8");
        let mut tolls = tolls();
        tolls.remove(2);
        tolls.remove(0);
        assert_eq!(chosen("majority", &tolls).unwrap(), "12");
    }

    #[test]
    fn copies_add_no_weight() {
        let wire = given(
            11.0,
            Some(11.0),
            None,
            &[(1, "2025-05-04"), (1, "2025-05-04"), (1, "2025-05-04")],
        );
        let two = given(12.0, Some(12.0), None, &[(2, "2025-05-04"), (3, "2025-05-04")]);
        assert_eq!(chosen("low-best-high", &[wire, two]).unwrap(), "12");
    }

    #[test]
    fn a_part_stands_in_only_where_no_total_is_given() {
        let members = given(5.0, Some(5.0), Some("of its members"), &[(1, "2025-05-04")]);
        assert_eq!(chosen("lowest", std::slice::from_ref(&members)).unwrap(), "5");
        let all = given(12.0, Some(12.0), None, &[(2, "2025-05-04")]);
        let both = [members, all];
        assert_eq!(chosen("lowest", &both).unwrap(), "12");
        let rule = super::super::rule("lowest").unwrap();
        let passed = choose(&both, &rule.best, &|_| true).passed;
        assert_eq!(passed, [(0, "a part: of its members".to_owned())]);
    }

    #[test]
    fn undated_reports_are_not_the_latest() {
        let undated = given(20.0, Some(20.0), None, &[(1, "")]);
        let dated = given(9.0, Some(9.0), None, &[(2, "2025-05-04")]);
        assert_eq!(chosen("most-recent", &[undated.clone(), dated]).unwrap(), "9");
        assert_eq!(chosen("most-recent", &[undated]).unwrap(), "20");
    }

    #[test]
    fn nothing_is_chosen_from_nothing() {
        let none = tolls();
        let rule = super::super::rule("lowest").unwrap();
        assert_eq!(choose(&none, &rule.best, &|_| false).value, None);
    }
}
