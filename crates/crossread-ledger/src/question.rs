//! From groups of statements to questions, their answers, and how those stand to each other.

use std::collections::BTreeSet;

use crossread_base::{ClaimRef, EventId, QuestionId};
use crossread_record::{Answer, Later, Ledger, Question, Relation, Value, Verdict};

use crate::facet::{Facet, Reply};
use crate::reading::{Likeness, Pairs};
use crate::rules::number::{Fit, fit};
use crate::rules::said_time::Met;
use crate::standing::{self, Voice};
use crate::statement::Statement;
use crate::verdict::{Ruling, judge, two_voices};
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

/// The question of one thing asked, with its verdicts: on the pairs of `alike`, or on all.
pub(crate) fn ask(
    event: EventId,
    replies: Vec<(&Statement<'_>, Facet)>,
    alike: Option<&Pairs>,
    origin_of: OriginOf<'_>,
    ledger: &mut Ledger,
) {
    let mut replies: Vec<_> = replies.into_iter().enumerate().collect();
    replies.sort_by(|(_, a), (_, b)| order(a.0).cmp(&order(b.0)).then(a.1.span.cmp(&b.1.span)));
    let (places, replies): (Vec<usize>, Vec<_>) = replies.into_iter().unzip();
    let compared = |a: usize, b: usize| {
        let pair = (places[a].min(places[b]), places[a].max(places[b]));
        alike.map_or(Some(Likeness { but_value: 0.0, sure: true }), |alike| {
            alike.get(&pair).copied()
        })
    };
    let id = QuestionId(ledger.questions.len() as u32 + 1);
    let before = ledger.verdicts.len();
    compare(id, &replies, &compared, origin_of, &mut ledger.verdicts);
    let text = wording::question(&replies);
    close(event, id, text, replies, before, origin_of, ledger);
}

/// A question whose verdicts are known: pairs of places among the replies, and how they stand.
pub(crate) fn ask_ruled(
    event: EventId,
    text: String,
    replies: Vec<(&Statement<'_>, Facet)>,
    ruled: Vec<(usize, usize, Ruling)>,
    origin_of: OriginOf<'_>,
    ledger: &mut Ledger,
) {
    let id = QuestionId(ledger.questions.len() as u32 + 1);
    let before = ledger.verdicts.len();
    for (one, other, ruling) in ruled {
        ledger.verdicts.push(verdict(id, &replies[one], &replies[other], ruling));
    }
    close(event, id, Some(text), replies, before, origin_of, ledger);
}

/// The verdict on two replies; the smaller reference is named first.
fn verdict(
    question: QuestionId,
    first: &(&Statement<'_>, Facet),
    second: &(&Statement<'_>, Facet),
    ruling: Ruling,
) -> Verdict {
    let turned = first.1.claim(first.0) > second.1.claim(second.0);
    let (a, b) = if turned { (second, first) } else { (first, second) };
    let later = ruling.later.map(|later| match (later, turned) {
        (Later::A, true) => Later::B,
        (Later::B, true) => Later::A,
        (later, false) => later,
    });
    Verdict {
        a: a.1.claim(a.0).clone(),
        b: b.1.claim(b.0).clone(),
        question,
        relation: ruling.relation,
        rule: ruling.rule.to_owned(),
        spans: [a.1.span, b.1.span],
        later,
        why: Some(ruling.why),
    }
}

/// Gathers the answers and writes the question down, its verdicts being those of the ledger from `before` on.
fn close(
    event: EventId,
    id: QuestionId,
    text: Option<String>,
    replies: Vec<(&Statement<'_>, Facet)>,
    before: usize,
    origin_of: OriginOf<'_>,
    ledger: &mut Ledger,
) {
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
    compared: &dyn Fn(usize, usize) -> Option<Likeness>,
    origin_of: OriginOf<'_>,
    verdicts: &mut Vec<Verdict>,
) {
    let chosen: Vec<usize> = if replies.len() <= COMPARED {
        (0..replies.len()).collect()
    } else {
        let mut seen = BTreeSet::new();
        let firsts = (0..replies.len())
            .filter(|&index| {
                let (statement, facet) = &replies[index];
                let value = wording::value(statement, facet).text;
                seen.insert((value, origin_of(&statement.reference)))
            })
            .take(COMPARED);
        // A draft that is checked comes from no origin and is dated last; it is compared all the same.
        let drafted =
            (0..replies.len()).filter(|&at| origin_of(&replies[at].0.reference).is_none());
        let picked: BTreeSet<usize> = firsts.chain(drafted.take(COMPARED)).collect();
        picked.into_iter().collect()
    };
    let given_by = |one: usize, against: usize, likeness: f64| {
        let (statement, _) = &replies[one];
        let report = replies[against].0.report;
        statement.report != report
            && chosen.iter().any(|&other| {
                replies[other].0.report == report
                    // Its figure for another thing of the kind is no answer: four robbers of last week.
                    && compared(one, other).is_some_and(|other| other.but_value >= likeness)
                    // A report that has two agencies' figures for one thing takes neither back.
                    && !two_voices(replies[other].0, replies[against].0)
                    && same_value(&replies[one], (replies[other].0, &replies[other].1))
            })
    };
    for (at, &one) in chosen.iter().enumerate() {
        for &other in &chosen[at + 1..] {
            let Some(likeness) = compared(one, other) else { continue };
            let (first, second) = (&replies[one], &replies[other]);
            let again = first.0.report == second.0.report && first.1.span == second.1.span;
            // One claim may give two states of a number; the same words are one reading.
            let one_claim = first.1.claim(first.0) == second.1.claim(second.0);
            if again || (one_claim && first.1.span.overlaps(second.1.span)) {
                continue;
            }
            let (a, b) = if first.1.claim(first.0) < second.1.claim(second.0) {
                (first, second)
            } else {
                (second, first)
            };
            let Some(mut ruling) = judge((a.0, &a.1), (b.0, &b.1)) else { continue };
            if ruling.relation == Relation::Contradict && !likeness.sure {
                ruling = Ruling {
                    relation: Relation::Unknown,
                    rule: "too_little_in_common",
                    later: None,
                    why: "the words do not show that both tell of one thing".to_owned(),
                };
            }
            // A figure that the other report gives too is not against another figure of that report: the girl of 16 in
            // both is not the girl of 14.
            if matches!(ruling.relation, Relation::Contradict | Relation::Supersede)
                && (given_by(one, other, likeness.but_value)
                    || given_by(other, one, likeness.but_value))
            {
                continue;
            }
            verdicts.push(verdict(question, a, b, ruling));
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
            let pair = (answer.first.1.claim(answer.first.0), facet.claim(statement));
            (same_value(&answer.first, (statement, &facet)) || agreed.contains(&pair))
                && !scoped.contains(&pair)
        });
        match same {
            Some(answer) => answer.claims.push((statement, facet)),
            None => answers.push(Gathered {
                value: wording::value(statement, &facet),
                first: (statement, facet.clone()),
                claims: vec![(statement, facet)],
            }),
        }
    }
    answers
        .into_iter()
        .map(|gathered| {
            let claims: Vec<ClaimRef> = gathered
                .claims
                .iter()
                .map(|(statement, facet)| facet.claim(statement).clone())
                .collect();
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
                spans: gathered.claims.iter().map(|(_, facet)| facet.span).collect(),
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
        // A weekday is the day of many dates.
        (Reply::Time(a), Reply::Time(b)) => a.met(b) == Met::Same && a.has_date() == b.has_date(),
        (a, b) => wording::answer_key(first.0, a) == wording::answer_key(other.0, b),
    }
}
