//! From groups of statements to questions, their answers, and how those stand to each other.

use std::collections::BTreeSet;

use crossread_base::{ClaimRef, EventId, QuestionId};
use crossread_record::{Answer, Ledger, Question, Relation, Value, Verdict};

use crate::facet::{Facet, Reply};
use crate::rules::number::{Fit, fit};
use crate::standing::{self, Voice};
use crate::statement::Statement;
use crate::verdict::judge;
use crate::wording;

/// Claims of one question that are compared pair by pair; of more, only the first of each answer and origin.
const COMPARED: usize = 40;

/// An answer while it is gathered: the value of its first claim, and who gives it.
struct Gathered<'a> {
    value: Value,
    first: (&'a Statement<'a>, Facet),
    claims: Vec<(&'a Statement<'a>, Facet)>,
}

/// Where a claim's information enters the pile; `None` where lineage does not say.
pub(crate) type OriginOf<'a> = &'a dyn Fn(&ClaimRef) -> Option<usize>;

/// The question of one thing asked, with its verdicts.
pub(crate) fn ask(
    event: EventId,
    mut replies: Vec<(&Statement<'_>, Facet)>,
    origin_of: OriginOf<'_>,
    ledger: &mut Ledger,
) {
    replies.sort_by(|a, b| order(a.0).cmp(&order(b.0)).then(a.1.span.cmp(&b.1.span)));
    let id = QuestionId(ledger.questions.len() as u32 + 1);
    let before = ledger.verdicts.len();
    compare(id, &replies, origin_of, &mut ledger.verdicts);
    let text = wording::question(&replies);
    let verdicts = &ledger.verdicts[before..];
    let (mut answers, voices) = gather(replies, verdicts, origin_of);
    let standing = standing::stand(&mut answers, &voices, verdicts);
    let (Some(text), false) = (text, answers.is_empty()) else { return };
    ledger.questions.push(Question {
        id,
        text,
        event: Some(event),
        standing: Some(standing),
        answers,
    });
}

/// The date of the report, unknown last, then the claim's name.
fn order<'a>(
    statement: &'a Statement<'_>,
) -> (bool, Option<crate::rules::time::Stretch>, &'a ClaimRef) {
    (statement.told.is_none(), statement.told, &statement.reference)
}

fn compare(
    question: QuestionId,
    replies: &[(&Statement<'_>, Facet)],
    origin_of: OriginOf<'_>,
    verdicts: &mut Vec<Verdict>,
) {
    let chosen: Vec<&(&Statement<'_>, Facet)> = if replies.len() <= COMPARED {
        replies.iter().collect()
    } else {
        let mut seen = BTreeSet::new();
        replies
            .iter()
            .filter(|(statement, facet)| {
                let value = wording::value(statement, &facet.reply).text;
                seen.insert((value, origin_of(&statement.reference)))
            })
            .take(COMPARED)
            .collect()
    };
    for (at, first) in chosen.iter().enumerate() {
        for second in &chosen[at + 1..] {
            let again = first.0.report == second.0.report && first.1.span == second.1.span;
            if first.0.reference == second.0.reference || again {
                continue;
            }
            let (a, b) = if first.0.reference < second.0.reference {
                (first, second)
            } else {
                (second, first)
            };
            let Some(ruling) = judge((a.0, &a.1), (b.0, &b.1)) else { continue };
            verdicts.push(Verdict {
                a: a.0.reference.clone(),
                b: b.0.reference.clone(),
                question,
                relation: ruling.relation,
                rule: ruling.rule.to_owned(),
                spans: [a.1.span, b.1.span],
                later: ruling.later,
                why: Some(ruling.why),
            });
        }
    }
}

fn gather<'a>(
    replies: Vec<(&'a Statement<'a>, Facet)>,
    verdicts: &[Verdict],
    origin_of: OriginOf<'_>,
) -> (Vec<Answer>, Vec<Vec<Voice>>) {
    let ruled = |relation: Relation| -> BTreeSet<(&ClaimRef, &ClaimRef)> {
        verdicts
            .iter()
            .filter(|verdict| verdict.relation == relation)
            .flat_map(|verdict| [(&verdict.a, &verdict.b), (&verdict.b, &verdict.a)])
            .collect()
    };
    let scoped = ruled(Relation::DifferInScope);
    let agreed = ruled(Relation::Agree);
    let mut answers: Vec<Gathered<'a>> = Vec::new();
    for (statement, facet) in replies {
        let same = answers.iter_mut().find(|answer| {
            (same_value(&answer.first, (statement, &facet))
                || agreed.contains(&(&answer.first.0.reference, &statement.reference)))
                && !scoped.contains(&(&answer.first.0.reference, &statement.reference))
        });
        match same {
            Some(answer) => answer.claims.push((statement, facet)),
            None => answers.push(Gathered {
                value: wording::value(statement, &facet.reply),
                first: (statement, facet.clone()),
                claims: vec![(statement, facet)],
            }),
        }
    }
    answers
        .into_iter()
        .map(|gathered| {
            let claims: Vec<ClaimRef> =
                gathered.claims.iter().map(|(statement, _)| statement.reference.clone()).collect();
            let publishers: BTreeSet<String> =
                gathered.claims.iter().map(|(statement, _)| publisher(statement)).collect();
            let informants: BTreeSet<String> =
                gathered.claims.iter().filter_map(|(statement, _)| statement.informant()).collect();
            let origins: BTreeSet<Option<usize>> = claims.iter().map(origin_of).collect();
            let dates = || {
                gathered.claims.iter().filter_map(|(statement, _)| {
                    let report = &statement.record.report;
                    let date = report.published.as_ref().or(report.updated.as_ref())?;
                    Some((statement.told?, &date.edtf))
                })
            };
            let answer = Answer {
                value: gathered.value,
                publishers: publishers.len() as u32,
                informants: informants.len() as u32,
                origins: origins.len() as u32,
                first: dates().min().map(|(_, edtf)| edtf.clone()),
                last: dates().max().map(|(_, edtf)| edtf.clone()),
                claims,
                standing: None,
            };
            let voices = gathered.claims.iter().map(|(statement, _)| Voice {
                holder: statement.informant().unwrap_or_else(|| publisher(statement)),
                origin: origin_of(&statement.reference),
                told: statement.told,
            });
            (answer, voices.collect())
        })
        .unzip()
}

/// The outlet in lower case; a report that names none stands for itself.
pub(crate) fn publisher(statement: &Statement<'_>) -> String {
    let report = &statement.record.report;
    match &report.outlet {
        Some(outlet) => outlet.name.to_lowercase(),
        // An outlet that is not named cannot be told from another: each report stands for itself.
        None => report.id.to_string(),
    }
}

fn same_value(first: &(&Statement<'_>, Facet), other: (&Statement<'_>, &Facet)) -> bool {
    match (&first.1.reply, &other.1.reply) {
        (Reply::Number(a), Reply::Number(b)) => {
            fit(&a.amount, &b.amount) == Fit::Same && first.0.negative() == other.0.negative()
        }
        (a, b) => wording::answer_key(first.0, a) == wording::answer_key(other.0, b),
    }
}
