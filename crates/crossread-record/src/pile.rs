use std::collections::BTreeMap;

use crossread_base::{ClaimRef, EventId, OriginId, QuestionId, ReportId, Span};
use serde::{Deserialize, Serialize};

use crate::Record;

/// A pile of reports and what they make together: the object `crossread read --json` prints.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Pile {
    /// In order of publication where known, then of id.
    pub reports: Vec<Record>,
    /// Where the information enters the pile.
    pub origins: Vec<Origin>,
    /// What the claims make together.
    #[serde(flatten)]
    pub ledger: Ledger,
}

impl Pile {
    /// Puts records in the order of a pile's `reports`.
    pub fn put_in_order(records: &mut [Record]) {
        let date = |record: &Record| record.report.published.as_ref().map(|date| date.edtf.clone());
        records.sort_by(|a, b| (date(a), &a.report.id).cmp(&(date(b), &b.report.id)));
    }
}

/// Reports that rest on one text. Lineage gives it; every report is in exactly one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Its name within the pile.
    pub id: OriginId,
    /// The reports, ordered by id.
    pub reports: Vec<ReportId>,
    /// Why they are taken together; empty for a report that stands alone.
    pub evidence: Vec<Evidence>,
    /// Which way the text went, where time, credit or containment shows it.
    pub direction: Option<Direction>,
    /// The agency or outlet credited by its reports, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credited: Option<String>,
    /// The claims that come from this origin. A report with paragraphs of its own has claims in an origin of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimRef>,
    /// What each of these claims rests on, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roots: Vec<Root>,
    /// How its reports depend on each other, pair by pair; pairs joined only through others are not listed, and of
    /// a very large origin only as many as join it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Dependence>,
}

/// Where each claim enters a pile: by its own entry in an origin, else by its report's.
#[derive(Debug, Default)]
pub struct OriginIndex<'a> {
    of_claim: BTreeMap<&'a ClaimRef, usize>,
    of_report: BTreeMap<&'a ReportId, usize>,
}

impl<'a> OriginIndex<'a> {
    /// The index of these origins.
    pub fn of(origins: &'a [Origin]) -> Self {
        let mut index = Self::default();
        for (at, origin) in origins.iter().enumerate() {
            index.of_claim.extend(origin.claims.iter().map(|claim| (claim, at)));
            index.of_report.extend(origin.reports.iter().map(|report| (report, at)));
        }
        index
    }

    /// The place of a claim's origin among them; `None` where lineage does not say.
    pub fn origin_of(&self, claim: &ClaimRef) -> Option<usize> {
        self.of_claim.get(claim).or_else(|| self.of_report.get(&claim.report)).copied()
    }
}

/// How two reports of one origin depend on each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dependence {
    /// The one; the smaller id.
    pub a: ReportId,
    /// The other.
    pub b: ReportId,
    /// In what way.
    pub kind: DependenceKind,
    /// The share of the shorter report's words that stand in passages of the other, 0 to 1, page furniture left out.
    pub share: f32,
    /// Which of the two had the text first, where time, credit or containment shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<ReportId>,
}

/// What a claim rests on, as far as the pile shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// The claim.
    pub claim: ClaimRef,
    /// How it came into its report.
    pub kind: RootKind,
    /// Where it stands in the other report: the passage copied or retold, or, where `kind` is unknown, the one that has it
    /// too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Passage>,
    /// Who in the pile says that the text behind it was corrected or withdrawn, and where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Passage>,
}

/// How a claim came into its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RootKind {
    /// No report of the pile had it before in these words, and the report credits nobody for it.
    Own,
    /// From another report, word by word or with words changed.
    Copy,
    /// From another report, told anew.
    Rewrite,
    /// Another report has it too and nothing shows which was first; or it is credited to one that the pile does not hold.
    Unknown,
}

/// In what way two reports depend on each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DependenceKind {
    /// The shorter is all or nearly all in the other.
    Copy,
    /// They share passages, and at least one has more.
    Partial,
    /// One tells what the other tells in other words.
    Rewrite,
}

/// Two passages that show a dependence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What kind of sign.
    pub kind: EvidenceKind,
    /// The one.
    pub a: Passage,
    /// The other.
    pub b: Passage,
}

/// What kind of sign of dependence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    /// The same words.
    Verbatim,
    /// The same passage with words changed.
    Reworded,
    /// One credits the other, or both credit the same.
    Credit,
    /// The same speaker says the same.
    Speaker,
    /// The same rare number.
    Number,
}

/// A stretch of a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// The report.
    pub report: ReportId,
    /// Where in its text.
    pub span: Span,
}

/// Which way a text went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Direction {
    /// The earlier report.
    pub from: ReportId,
    /// The later one.
    pub to: ReportId,
}

/// What the claims of a pile make together. The ledger gives it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// What happened, once each.
    pub events: Vec<Event>,
    /// What is asked about them.
    pub questions: Vec<Question>,
    /// How the answers stand to each other.
    pub verdicts: Vec<Verdict>,
}

/// What happened once: the claims about it, whatever they say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its name within the pile.
    pub id: EventId,
    /// Ordered.
    pub claims: Vec<ClaimRef>,
}

/// What a group of claims answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its name within the pile.
    pub id: QuestionId,
    /// In plain English: "How many died at ...?"
    pub text: String,
    /// The event asked about.
    pub event: Option<EventId>,
    /// One for each value.
    pub answers: Vec<Answer>,
    /// How its answers stand to each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

/// How an answer, or a question by its answers, stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Two answers cannot both hold, or one side denies the other.
    Disputed,
    /// All who gave the answer have told otherwise since.
    Withdrawn,
    /// The answers are states of a changing thing.
    Changing,
    /// The answers differ in scope or detail, or the text does not decide.
    Varying,
    /// More than one origin gives the same answer.
    Agreed,
    /// All of it comes from one origin.
    SingleOrigin,
}

/// One value, with the claims behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// What is answered.
    pub value: Value,
    /// Ordered by date of report, then by name.
    pub claims: Vec<ClaimRef>,
    /// The words of each claim that give the value: as many as `claims`.
    #[serde(default)]
    pub spans: Vec<Span>,
    /// How many outlets carry it.
    pub publishers: u32,
    /// How many speakers say it.
    pub informants: u32,
    /// From how many origins.
    pub origins: u32,
    /// The first report's date (EDTF), where known.
    pub first: Option<String>,
    /// The last report's date (EDTF), where known.
    pub last: Option<String>,
    /// `disputed`, `withdrawn`, `agreed` (by several origins) or `single_origin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

impl Answer {
    /// Whether this claim gives it, by these words.
    pub fn given_by(&self, claim: &ClaimRef, words: Span) -> bool {
        self.claims.iter().zip(&self.spans).any(|(given, &span)| given == claim && span == words)
    }
}

impl Question {
    /// The places of the two answers that a verdict of this question is about: one claim may give two, as states of one
    /// number. `None` where a side is no answer of the question.
    pub fn sides(&self, verdict: &Verdict) -> Option<(usize, usize)> {
        sides(&self.answers, verdict)
    }
}

/// The places among the answers of one question that a verdict is about.
pub fn sides(answers: &[Answer], verdict: &Verdict) -> Option<(usize, usize)> {
    let place = |claim: &ClaimRef, words: Span| {
        let exact = answers.iter().position(|answer| answer.given_by(claim, words));
        exact.or_else(|| answers.iter().position(|answer| answer.claims.contains(claim)))
    };
    let [first, second] = verdict.spans;
    Some((place(&verdict.a, first)?, place(&verdict.b, second)?))
}

/// The value of an answer. Absent parts do not apply.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Value {
    /// In words for a person: "11 or more", "yes", "Saraya al-Khorasani".
    pub text: String,
    /// The least number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The greatest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Whether the number is not exact.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
    /// What it is measured in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// How two claims stand to each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The one; the smaller reference.
    pub a: ClaimRef,
    /// The other.
    pub b: ClaimRef,
    /// The question both answer.
    pub question: QuestionId,
    /// How they stand.
    pub relation: Relation,
    /// The rule that fired.
    pub rule: String,
    /// The words it fired on: a span of `a`'s report, then one of `b`'s.
    pub spans: [Span; 2],
    /// For `supersede`, which of the two is the later state.
    pub later: Option<Later>,
    /// The reason, in words for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// How two claims stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// They say the same.
    Agree,
    /// Both hold, and one is narrower.
    Refine,
    /// One is a later state of a changing thing.
    Supersede,
    /// They measure unlike things: another denominator, area, time window, indicator, inclusion.
    DifferInScope,
    /// They cannot both hold.
    Contradict,
    /// One negates the other.
    Deny,
    /// They are about unlike things.
    Unrelated,
    /// The text does not decide.
    Unknown,
}

/// Which of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Later {
    /// The first.
    A,
    /// The second.
    B,
}
