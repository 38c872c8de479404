//! A draft set against a pile, sentence by sentence.
//!
//! The draft goes the way of a report and the ledger is drawn with it, so that its claims meet those of the pile under
//! the same questions and rules. It has no origin and is counted nowhere; nothing of it stays.

use std::collections::{BTreeMap, BTreeSet};

use crossread_base::{ClaimId, ClaimRef, OriginId, Span};
use crossread_record::{
    Answer, Later, Ledger, OriginIndex, Pile, Question, Record, Relation, Standing, Verdict,
};
use serde::Serialize;

use crate::question::publisher;
use crate::statement::Statement;
use crate::values::Held;
use crate::verdict::other_figures;

/// How the claims of a draft stand to a pile.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// The sentences from which claims are read, in order.
    pub sentences: Vec<Checked>,
}

impl Check {
    /// How many sentences stand so.
    pub fn count(&self, standing: Checks) -> usize {
        self.sentences.iter().filter(|sentence| sentence.standing == standing).count()
    }
}

/// A sentence of the draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    /// Where, in the draft.
    pub span: Span,
    /// The gravest of what its claims meet.
    pub standing: Checks,
    /// In order of the text.
    pub claims: Vec<CheckedClaim>,
}

/// How a sentence stands to the pile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Checks {
    /// Somebody says what cannot stand beside it.
    Contradicted,
    /// The pile tells a later state.
    NewerKnown,
    /// Somebody says it too.
    Carried,
    /// The pile tells of the same matter, but the words do not decide.
    Undecided,
    /// The pile says nothing of it.
    NotCovered,
    /// It claims nothing.
    NoClaim,
}

/// A claim of the draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedClaim {
    /// Its name within the draft.
    pub claim: ClaimId,
    /// Where, in the draft.
    pub span: Span,
    /// What the pile has on it, the gravest first; empty for nothing.
    pub findings: Vec<Finding>,
}

/// An answer of the pile that meets a claim of the draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// How the two stand.
    pub standing: Checks,
    /// What both answer.
    pub question: String,
    /// What the draft says.
    pub said: String,
    /// What the pile says.
    pub value: String,
    /// The reason, in words.
    pub why: String,
    /// Who says so, in order of the question.
    pub claims: Vec<ClaimRef>,
    /// How many outlets carry it.
    pub publishers: usize,
    /// How many speakers say it.
    pub informants: usize,
    /// From which origins.
    pub origins: Vec<OriginId>,
}

/// Sets a draft against a pile. A report of the pile that is the draft itself, byte for byte, is left out.
pub fn check(pile: &Pile, draft: &Record) -> Check {
    let mut records: Vec<Record> =
        pile.reports.iter().filter(|r| r.report.id != draft.report.id).cloned().collect();
    records.push(draft.clone());
    let ledger = crate::draw(&records, &pile.origins);
    let judge = Judge::of(pile, &records, draft, &ledger);
    let sentences = draft
        .parsed
        .sentences
        .iter()
        .filter(|sentence| {
            let region = sentence.region.and_then(|index| draft.report.regions.get(index as usize));
            region.is_none_or(|region| region.kind.makes_claims())
        })
        .map(|sentence| {
            let claims: Vec<CheckedClaim> = draft
                .testimony
                .claims
                .iter()
                .filter(|claim| sentence.span.contains(claim.trigger))
                .map(|claim| CheckedClaim {
                    claim: claim.id,
                    span: claim.span,
                    findings: judge.findings(claim.id),
                })
                .collect();
            let found = claims.iter().flat_map(|claim| &claim.findings);
            let gravest = found.map(|finding| finding.standing).min();
            let none = if claims.is_empty() { Checks::NoClaim } else { Checks::NotCovered };
            Checked { span: sentence.span, standing: gravest.unwrap_or(none), claims }
        })
        .collect();
    Check { sentences }
}

/// The ledger with the draft in it, and what is looked up there.
struct Judge<'a> {
    draft: &'a Record,
    statements: BTreeMap<ClaimRef, Statement<'a>>,
    origins: OriginIndex<'a>,
    pile: &'a Pile,
    /// The questions that the draft answers.
    questions: Vec<&'a Question>,
    verdicts: BTreeMap<(&'a ClaimRef, &'a ClaimRef), Vec<&'a Verdict>>,
}

impl<'a> Judge<'a> {
    fn of(pile: &'a Pile, records: &'a [Record], draft: &'a Record, ledger: &'a Ledger) -> Self {
        let own = |claim: &&ClaimRef| claim.report == draft.report.id;
        let questions: Vec<&Question> = ledger
            .questions
            .iter()
            .filter(|question| question.answers.iter().flat_map(|a| &a.claims).any(|c| own(&c)))
            .collect();
        let met: BTreeSet<&ClaimRef> =
            questions.iter().flat_map(|q| &q.answers).flat_map(|a| &a.claims).collect();
        let mut statements = BTreeMap::new();
        for (index, record) in records.iter().enumerate() {
            let held = Held::of(record);
            for (at, claim) in record.testimony.claims.iter().enumerate() {
                let name = ClaimRef { report: record.report.id.clone(), claim: claim.id };
                if met.contains(&name) {
                    statements.insert(name, Statement::of(record, index, at, &held));
                }
            }
        }
        let mut verdicts: BTreeMap<_, Vec<&Verdict>> = BTreeMap::new();
        for verdict in &ledger.verdicts {
            if met.contains(&verdict.a) {
                verdicts.entry((&verdict.a, &verdict.b)).or_default().push(verdict);
            }
        }
        let origins = OriginIndex::of(&pile.origins);
        Self { draft, statements, origins, pile, questions, verdicts }
    }

    fn own(&self, claim: &ClaimRef) -> bool {
        claim.report == self.draft.report.id
    }

    fn findings(&self, claim: ClaimId) -> Vec<Finding> {
        let name = ClaimRef { report: self.draft.report.id.clone(), claim };
        let mut findings = Vec::new();
        for question in &self.questions {
            let Some(given) = question.answers.iter().find(|a| a.claims.contains(&name)) else {
                continue;
            };
            for answer in &question.answers {
                let others: Vec<&ClaimRef> =
                    answer.claims.iter().filter(|other| !self.own(other)).collect();
                let found = if std::ptr::eq(answer, given) {
                    self.same(&name, others)
                } else {
                    self.other(question, &name, given, answer, others)
                };
                let Some((standing, why, claims)) = found else { continue };
                findings.push(self.finding(question, given, answer, standing, why, &claims));
            }
        }
        findings.sort_by_key(|finding| finding.standing);
        findings
    }

    /// The same answer: carried, but for claims that agree in nothing but that a toll was told.
    fn same<'c>(
        &self,
        name: &ClaimRef,
        mut others: Vec<&'c ClaimRef>,
    ) -> Option<(Checks, String, Vec<&'c ClaimRef>)> {
        let own = self.statements.get(name)?;
        others.retain(|other| {
            self.statements.get(*other).is_some_and(|other| !other_figures(own, other))
        });
        (!others.is_empty()).then(|| (Checks::Carried, "the same".to_owned(), others))
    }

    /// Another answer: what the pile's own claims of the draft's answer are to it goes before what the draft is, as
    /// they are dated and it is not.
    fn other<'c>(
        &self,
        question: &Question,
        name: &ClaimRef,
        given: &Answer,
        answer: &Answer,
        others: Vec<&'c ClaimRef>,
    ) -> Option<(Checks, String, Vec<&'c ClaimRef>)> {
        if answer.standing == Some(Standing::Withdrawn) {
            return None;
        }
        let from_pile = given.claims.iter().filter(|claim| !self.own(claim));
        let by_pile = self.strongest(question, from_pile, &others);
        let by_draft = || self.strongest(question, std::iter::once(name), &others);
        let (standing, why) = by_pile.or_else(by_draft)??;
        Some((standing, why, others))
    }

    /// The verdict that weighs most between two sets of claims: a later state before a conflict, since a toll that has
    /// grown is not in conflict with itself. The inner `None` is an earlier state, which takes nothing from the draft.
    fn strongest<'c>(
        &self,
        question: &Question,
        ours: impl Iterator<Item = &'c ClaimRef>,
        theirs: &[&ClaimRef],
    ) -> Option<Option<(Checks, String)>> {
        let mut best: Option<(u8, Option<(Checks, String)>)> = None;
        for our in ours {
            for their in theirs {
                let (key, turned) =
                    if our < *their { ((our, *their), false) } else { ((*their, our), true) };
                for verdict in self.verdicts.get(&key).into_iter().flatten() {
                    if verdict.question != question.id {
                        continue;
                    }
                    let why =
                        || verdict.why.clone().unwrap_or_else(|| verdict.rule.replace('_', " "));
                    let theirs_later = verdict.later.map(|later| (later == Later::B) != turned);
                    let (rank, found) = match verdict.relation {
                        Relation::Supersede if theirs_later == Some(true) => {
                            (0, Some(Checks::NewerKnown))
                        }
                        Relation::Supersede => (1, None),
                        Relation::Contradict | Relation::Deny => (2, Some(Checks::Contradicted)),
                        Relation::Agree => (3, Some(Checks::Carried)),
                        Relation::Refine => (4, Some(Checks::Carried)),
                        Relation::DifferInScope | Relation::Unknown => (5, Some(Checks::Undecided)),
                        Relation::Unrelated => continue,
                    };
                    if best.as_ref().is_none_or(|(known, _)| rank < *known) {
                        best = Some((rank, found.map(|found| (found, why()))));
                    }
                }
            }
        }
        best.map(|(_, found)| found)
    }

    fn finding(
        &self,
        question: &Question,
        given: &Answer,
        answer: &Answer,
        standing: Checks,
        why: String,
        claims: &[&ClaimRef],
    ) -> Finding {
        let said = || claims.iter().filter_map(|claim| self.statements.get(*claim));
        let publishers: BTreeSet<String> = said().map(publisher).collect();
        let informants: BTreeSet<String> = said().filter_map(Statement::informant).collect();
        let origins: BTreeSet<usize> =
            claims.iter().filter_map(|claim| self.origins.origin_of(claim)).collect();
        Finding {
            standing,
            question: question.text.clone(),
            said: given.value.text.clone(),
            value: answer.value.text.clone(),
            why,
            claims: claims.iter().map(|claim| (*claim).clone()).collect(),
            publishers: publishers.len(),
            informants: informants.len(),
            origins: origins
                .into_iter()
                .filter_map(|index| self.pile.origins.get(index).map(|origin| origin.id))
                .collect(),
        }
    }
}
