//! The brief: what a pile of reports says, the disputed first.

mod markdown;
mod terminal;

use std::collections::{BTreeMap, BTreeSet};

use crossread_base::{ClaimRef, QuestionId, ReportId, Span};
use crossread_record::{
    Answer, Claim, Later, OriginIndex, Pile, Polarity, Precision, Question, Record, RegionKind,
    Relation, SpeakerKind, Standing, Value, Verdict,
};

pub use terminal::Style;

use crate::words::{count, day, quoted, short_claim, short_id};

/// A pile in outline, ready to be written in any form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The case's name.
    pub name: String,
    /// "11 reports", "8 publishers", ...: publishers, origins and informants are counted apart.
    pub counts: Vec<String>,
    /// What was read as no part of any story: "6 reader comments".
    pub left_out: Vec<String>,
    /// What was not read: the file, and why.
    pub not_read: Vec<(String, String)>,
    /// Where the pile is that of an earlier moment: which, and what was not known then. Empty otherwise.
    pub as_of: Vec<String>,
    /// The questions, by how their answers stand.
    pub sections: Vec<Section>,
    /// What was not understood, or does not fit.
    pub unresolved: Vec<String>,
}

/// Questions whose answers stand alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// How they stand.
    pub standing: Standing,
    /// The questions that more reports answer first.
    pub items: Vec<Item>,
}

/// The heading of a section.
pub(crate) const fn heading(standing: Standing) -> &'static str {
    match standing {
        Standing::Disputed => "DISPUTED",
        Standing::Withdrawn | Standing::Changing | Standing::Varying => {
            "DIFFERENT, AND NOT IN CONFLICT"
        }
        Standing::Agreed => "AGREED",
        Standing::SingleOrigin => "ONE ORIGIN ONLY",
    }
}

/// The section of a question: what changes and what varies stand together. A question whose standing is not known is
/// taken to rest on one origin.
fn section_of(question: &Question) -> Standing {
    match question.standing {
        Some(Standing::Withdrawn | Standing::Changing) => Standing::Varying,
        Some(standing) => standing,
        None => Standing::SingleOrigin,
    }
}

/// A question with its answers and how they stand to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name within the pile.
    pub id: QuestionId,
    /// In plain English.
    pub question: String,
    /// How many reports answer it.
    pub reports: usize,
    /// From how many origins.
    pub origins: usize,
    /// One for each value.
    pub answers: Vec<AnswerLine>,
    /// How they stand to each other.
    pub verdicts: Vec<VerdictLine>,
}

/// A value with its witnesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLine {
    /// The value in words.
    pub value: String,
    /// Whether all who gave it have told otherwise since.
    pub withdrawn: bool,
    /// Who carries it; of each origin the first report only, with the number of copies.
    pub witnesses: Vec<Witness>,
}

/// A report that carries an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The outlet, or the file where the report names none.
    pub outlet: String,
    /// The date of the report, in words; empty where it states none.
    pub day: String,
    /// Through whom, the outermost first: "Harbour Post <- coast guard spokesman".
    pub chain: Vec<String>,
    /// The exact words.
    pub quote: String,
    /// What part of the report they stand in, where that is not its body.
    pub region: Option<&'static str>,
    /// The claim.
    pub claim: ClaimRef,
    /// How many more reports of the same origin carry it.
    pub copies: usize,
}

impl Witness {
    /// The claim's name, short enough to type: `3f0a12bc/c7`.
    pub fn short(&self) -> String {
        short_claim(&self.claim)
    }

    /// Outlet, date and chain in one line.
    pub fn line(&self) -> String {
        let mut line = self.outlet.clone();
        if !self.day.is_empty() {
            line.push_str(", ");
            line.push_str(&self.day);
        }
        for speaker in &self.chain {
            line.push_str(" <- ");
            line.push_str(speaker);
        }
        if let Some(region) = self.region {
            line.push_str(&format!(" ({region})"));
        }
        if self.copies > 0 {
            line.push_str(&format!("   + {}", count(self.copies, "copy")));
        }
        line
    }
}

/// How two answers stand to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictLine {
    /// "8 against 11 or more".
    pub answers: String,
    /// "contradict".
    pub relation: &'static str,
    /// The reason in words.
    pub why: String,
}

/// The longest quotation shown in full, in characters.
const LONGEST_QUOTE: usize = 240;

/// A clause of fewer words is quoted with its sentence.
const FEWEST_WORDS: usize = 4;

impl Brief {
    /// Works out the brief of a pile. `not_read` names what was left out on the way in, with the reason.
    pub fn of(name: &str, pile: &Pile, not_read: Vec<(String, String)>) -> Self {
        let view = View::of(pile);
        let mut sections: BTreeMap<Standing, Vec<Item>> = BTreeMap::new();
        let mut verdicts: BTreeMap<QuestionId, Vec<&Verdict>> = BTreeMap::new();
        for verdict in &pile.ledger.verdicts {
            verdicts.entry(verdict.question).or_default().push(verdict);
        }
        for question in &pile.ledger.questions {
            let verdicts = verdicts.get(&question.id).map_or(&[][..], Vec::as_slice);
            let item = view.item(question, verdicts);
            sections.entry(section_of(question)).or_default().push(item);
        }
        let sections = sections
            .into_iter()
            .map(|(standing, mut items)| {
                items
                    .sort_by_key(|item| (std::cmp::Reverse((item.origins, item.reports)), item.id));
                Section { standing, items }
            })
            .collect();
        Self {
            name: name.to_owned(),
            counts: view.counts(),
            left_out: left_out(&pile.reports),
            not_read,
            as_of: Vec::new(),
            sections,
            unresolved: unresolved(&pile.reports),
        }
    }
}

/// A pile with the look-ups the brief needs.
struct View<'a> {
    pile: &'a Pile,
    records: BTreeMap<&'a ReportId, &'a Record>,
    claims: BTreeMap<ClaimRef, &'a Claim>,
    origins: OriginIndex<'a>,
}

impl<'a> View<'a> {
    fn of(pile: &'a Pile) -> Self {
        let records = pile.reports.iter().map(|record| (&record.report.id, record)).collect();
        let claims = pile
            .reports
            .iter()
            .flat_map(|record| {
                record.testimony.claims.iter().map(|claim| {
                    (ClaimRef { report: record.report.id.clone(), claim: claim.id }, claim)
                })
            })
            .collect();
        Self { pile, records, claims, origins: OriginIndex::of(&pile.origins) }
    }

    fn origin_of(&self, claim: &ClaimRef) -> Option<usize> {
        self.origins.origin_of(claim)
    }

    fn negative(&self, claim: &ClaimRef) -> bool {
        self.claims.get(claim).is_some_and(|claim| claim.polarity == Polarity::Negative)
    }

    fn counts(&self) -> Vec<String> {
        let named: BTreeSet<String> = self
            .pile
            .reports
            .iter()
            .filter_map(|record| record.report.outlet.as_ref())
            .map(|outlet| outlet.name.to_lowercase())
            .collect();
        let unnamed =
            self.pile.reports.iter().filter(|record| record.report.outlet.is_none()).count();
        let informants: BTreeSet<String> = self
            .pile
            .reports
            .iter()
            .flat_map(|record| {
                record.testimony.attributions.iter().filter_map(|attribution| {
                    let entity = record.grounded.entity(attribution.speaker?)?;
                    Some(entity.canonical.as_ref().unwrap_or(&entity.name).to_lowercase())
                })
            })
            .collect();
        let mut counts = vec![
            count(self.pile.reports.len(), "report"),
            count(named.len(), "publisher"),
            count(self.pile.origins.iter().filter(|o| !o.reports.is_empty()).count(), "origin"),
            count(informants.len(), "named informant"),
        ];
        if unnamed > 0 {
            let those = if unnamed == 1 { "names" } else { "name" };
            counts.insert(2, format!("{} {those} no outlet", count(unnamed, "report")));
        }
        counts
    }

    fn item(&self, question: &Question, verdicts: &[&Verdict]) -> Item {
        let all = question.answers.iter().flat_map(|answer| &answer.claims);
        let reports: BTreeSet<&ReportId> = all.clone().map(|claim| &claim.report).collect();
        let origins: BTreeSet<usize> = all.filter_map(|claim| self.origin_of(claim)).collect();
        Item {
            id: question.id,
            question: question.text.clone(),
            reports: reports.len(),
            origins: origins.len(),
            answers: question.answers.iter().map(|answer| self.answer(answer)).collect(),
            verdicts: verdict_lines(self, question, verdicts),
        }
    }

    fn answer(&self, answer: &Answer) -> AnswerLine {
        let mut witnesses: Vec<Witness> = Vec::new();
        let mut first_of: BTreeMap<usize, usize> = BTreeMap::new();
        for reference in self.plainest(&answer.claims) {
            let Some(witness) = self.witness(reference) else { continue };
            match self.origin_of(reference).map(|origin| (origin, first_of.get(&origin))) {
                Some((_, Some(&first))) => witnesses[first].copies += 1,
                Some((origin, None)) => {
                    first_of.insert(origin, witnesses.len());
                    witnesses.push(witness);
                }
                None => witnesses.push(witness),
            }
        }
        AnswerLine {
            value: answer.value.text.clone(),
            withdrawn: answer.standing == Some(Standing::Withdrawn),
            witnesses,
        }
    }

    /// Of each report the first claim of its text, or of its headings where its text has none; in the order given.
    fn plainest<'c>(&self, claims: &'c [ClaimRef]) -> Vec<&'c ClaimRef> {
        let mut chosen: Vec<(&ClaimRef, bool)> = Vec::new();
        for reference in claims {
            let heading =
                self.claims.get(reference).zip(self.records.get(&reference.report)).is_some_and(
                    |(claim, record)| {
                        let region = record.report.regions.get(claim.region as usize);
                        region.is_some_and(|region| region.kind != RegionKind::Body)
                    },
                );
            match chosen.iter_mut().find(|(known, _)| known.report == reference.report) {
                None => chosen.push((reference, heading)),
                Some(known) if known.1 && !heading => *known = (reference, false),
                Some(_) => {}
            }
        }
        chosen.into_iter().map(|(reference, _)| reference).collect()
    }

    fn witness(&self, reference: &ClaimRef) -> Option<Witness> {
        let record = *self.records.get(&reference.report)?;
        let claim = *self.claims.get(reference)?;
        let report = &record.report;
        let date = report.published.as_ref().or(report.updated.as_ref());
        let kind = report.regions.get(claim.region as usize).map(|region| region.kind);
        Some(Witness {
            outlet: outlet(record),
            day: date.map(|date| day(&date.edtf)).unwrap_or_default(),
            chain: chain(record, claim),
            quote: quoted(report.words(telling(record, claim)), LONGEST_QUOTE),
            region: kind.filter(|kind| *kind != RegionKind::Body).map(RegionKind::name),
            claim: reference.clone(),
            copies: 0,
        })
    }
}

/// The clause of a claim, or its sentence where the clause is too short to be understood by itself ("dead").
pub(crate) fn telling(record: &Record, claim: &Claim) -> Span {
    if record.report.words(claim.span).split_whitespace().count() >= FEWEST_WORDS {
        return claim.span;
    }
    let sentences = record.parsed.sentences.iter().map(|sentence| sentence.span);
    sentences.into_iter().find(|span| span.contains(claim.span)).unwrap_or(claim.span)
}

/// The report's outlet; where it names none, its file.
pub(crate) fn outlet(record: &Record) -> String {
    let report = &record.report;
    report.outlet.as_ref().map(|outlet| outlet.name.clone()).unwrap_or_else(|| {
        let path = report.path.as_deref().unwrap_or("");
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        if file.is_empty() { short_id(&report.id) } else { format!("[{file}]") }
    })
}

/// Who says a claim, from the outlet inwards, the outlet itself left out.
pub(crate) fn chain(record: &Record, claim: &Claim) -> Vec<String> {
    let speakers = claim.attribution.iter().rev().filter_map(|id| {
        let attribution = record.testimony.attribution(*id)?;
        let words = |span: &Span| quoted(record.report.words(*span), 60);
        let said: Vec<String> = attribution.source.iter().map(words).collect();
        let name = attribution
            .speaker
            .and_then(|id| record.grounded.entity(id))
            .map(|entity| entity.name.clone());
        Some(match attribution.speaker_kind {
            SpeakerKind::Agentless => "nobody named".to_owned(),
            SpeakerKind::Unknown => "speaker unknown".to_owned(),
            _ => match name {
                Some(name) => name,
                None if said.is_empty() => "speaker unknown".to_owned(),
                None => said.join(" "),
            },
        })
    });
    let credits = record
        .report
        .credits
        .iter()
        .filter(|credit| {
            !credit.picture && credit.covers.is_none_or(|span| span.contains(claim.span))
        })
        .map(|credit| credit.agency.clone());
    let mut chain: Vec<String> = Vec::new();
    for link in credits.take(1).chain(speakers) {
        if !chain.contains(&link) {
            chain.push(link);
        }
    }
    chain
}

fn verdict_lines(view: &View<'_>, question: &Question, verdicts: &[&Verdict]) -> Vec<VerdictLine> {
    let mut lines: BTreeMap<(Relation, usize, usize), VerdictLine> = BTreeMap::new();
    for verdict in verdicts {
        let Some((mut a, mut b)) = question.sides(verdict) else { continue };
        let relation = match verdict.relation {
            Relation::Supersede => "replaces",
            Relation::Contradict => "against",
            Relation::Deny => "denies",
            Relation::DifferInScope => "differs in scope from",
            Relation::Refine if numeric(&question.answers[a].value) => "is narrower than",
            Relation::Refine => "fits with",
            Relation::Unknown => "undecided beside",
            Relation::Agree | Relation::Unrelated => continue,
        };
        if a == b {
            continue;
        }
        // The later state first; of a denial, the side that denies, which is the one said not to be so.
        let swap = match (verdict.later, verdict.relation) {
            (Some(later), _) => later == Later::B,
            (None, Relation::Deny) => view.negative(&verdict.b),
            (None, Relation::Refine) => {
                within(&question.answers[b].value, &question.answers[a].value)
            }
            (None, _) => a > b,
        };
        if swap {
            std::mem::swap(&mut a, &mut b);
        }
        let value = |index: usize| quoted(&question.answers[index].value.text, 60);
        lines.entry((verdict.relation, a, b)).or_insert_with(|| VerdictLine {
            answers: format!("{} {relation} {}", value(a), value(b)),
            relation,
            why: verdict.why.clone().unwrap_or_else(|| verdict.rule.replace('_', " ")),
        });
    }
    lines.into_values().collect()
}

fn numeric(value: &Value) -> bool {
    value.min.is_some() || value.max.is_some()
}

/// Whether the numbers of the first lie within those of the second.
fn within(inner: &Value, outer: &Value) -> bool {
    let low = |value: &Value| value.min.unwrap_or(f64::NEG_INFINITY);
    let high = |value: &Value| value.max.unwrap_or(f64::INFINITY);
    low(inner) >= low(outer) && high(inner) <= high(outer)
}

fn left_out(records: &[Record]) -> Vec<String> {
    [
        (RegionKind::Comment, "reader comment"),
        (RegionKind::Teaser, "teaser"),
        (RegionKind::HeadlineRepeat, "repeated headline"),
        (RegionKind::Furniture, "piece of page furniture"),
    ]
    .into_iter()
    .filter_map(|(kind, name)| {
        let regions = records.iter().flat_map(|record| &record.report.regions);
        let number = regions.filter(|region| region.kind == kind).count();
        let name = if number != 1 { name.replace("piece of", "pieces of") } else { name.into() };
        match number {
            0 => None,
            _ if name.starts_with("pieces") => Some(format!("{number} {name}")),
            _ => Some(count(number, &name)),
        }
    })
    .collect()
}

fn unresolved(records: &[Record]) -> Vec<String> {
    let mut lines = Vec::new();
    for record in records {
        let report = &record.report;
        let outlet = outlet(record);
        if report.published.is_none() {
            lines.push(match &report.updated {
                Some(date) => format!(
                    "{outlet} states when it was changed ({}), not when it was published",
                    day(&date.edtf)
                ),
                None => format!("{outlet} states no date"),
            });
        }
        if let Some(date) = report.published.as_ref().filter(|date| !date.alternatives.is_empty()) {
            let others: Vec<String> = date.alternatives.iter().map(|edtf| day(edtf)).collect();
            lines.push(format!(
                "{outlet}: the date is read as {}; it could be {}",
                day(&date.edtf),
                others.join(" or ")
            ));
        }
        if let Some(language) = report.language.as_deref().filter(|language| *language != "en") {
            lines.push(format!("{outlet} is in another language ({language}) and was not read"));
        }
        for flag in &report.flags {
            let words = flag.span.map(|span| quoted(report.words(span), 80));
            lines.push(match words.filter(|words| !words.is_empty()) {
                Some(words) => format!("{outlet}: \"{words}\": {}", flag.note),
                None => format!("{outlet}: {}", flag.note),
            });
        }
        let places: BTreeSet<(&str, &str)> = record
            .grounded
            .places
            .iter()
            .filter(|place| place.precision == Precision::Unresolved)
            .map(|place| {
                let reason = place.reason.as_deref().unwrap_or("no such place in the gazetteer");
                (report.words(place.span), reason)
            })
            .collect();
        for (words, reason) in places {
            lines.push(format!("{outlet}: \"{}\" ({reason})", quoted(words, 80)));
        }
    }
    lines
}
