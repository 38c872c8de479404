//! The table: rows, cells, and what stands behind them.

use std::collections::BTreeSet;

use crossread_base::{ClaimRef, EventId, Span};
use crossread_record::{OriginIndex, Pile, Standing};
use serde::Serialize;

use super::choose::{Chosen, Keep, choose, origins, usable};
use super::gather::{Candidate, Scales, candidates};
use super::incident::incidents;
use super::{Column, DATA, Data, Rule, What};

/// Coded events under one rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// The rule's name.
    pub rule: String,
    /// Of the cells, in their order.
    pub columns: Vec<String>,
    /// By the first event.
    pub rows: Vec<Row>,
}

/// A coded event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The first of the ledger's events in it; the row is named after it.
    pub id: EventId,
    /// All of them.
    pub events: Vec<EventId>,
    /// A column each.
    pub cells: Vec<Cell>,
    /// How many outlets tell of it.
    pub publishers: usize,
    /// How many speakers.
    pub informants: usize,
    /// From how many origins.
    pub origins: usize,
    /// The outlets' names, each once.
    pub sources: Vec<String>,
    /// The rule's word for what stands behind it, where the rule has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
}

/// What is written in a column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// The column.
    pub column: String,
    /// What is written; `None` where no claim that passes gives anything.
    pub value: Option<Coded>,
    /// The claims it rests on.
    pub used: Vec<Used>,
    /// The other claims that give something for it.
    pub passed_over: Vec<PassedOver>,
}

/// What is written in a cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coded {
    /// In words: "12", "11 or more", "2025-05-03", "Port Marrow".
    pub text: String,
    /// Of a number, the least that is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The one chosen; of a bound, the number it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<f64>,
    /// The greatest that is told; of "11 or more", eleven.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Where no total is told, of what the number counts a part: "of its members".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

/// A claim that a cell rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Used {
    /// The claim.
    pub claim: ClaimRef,
    /// The words that give the value, in its report.
    pub span: Span,
    /// What it says, as a value.
    pub value: String,
    /// For which part of the cell it was chosen.
    pub part: Vec<Part>,
}

/// A part of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The figure or words themselves.
    Best,
    /// The least.
    Low,
    /// The greatest.
    High,
}

/// A claim that a cell does not rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    /// The claim.
    pub claim: ClaimRef,
    /// The words that give another value.
    pub span: Span,
    /// What it says, as a value.
    pub value: String,
    /// Why it was passed over.
    pub why: String,
}

/// Codes the events of a pile under a rule. The same pile gives the same table.
pub fn table(pile: &Pile, rule: &Rule) -> Table {
    let drafts = drafts(pile, rule);
    let columns = DATA.as_ref().map_or(&[][..], |data| &data.column);
    Table {
        rule: rule.name.clone(),
        columns: columns.iter().map(|column| column.name.clone()).collect(),
        rows: drafts.into_iter().map(|draft| draft.row(rule)).collect(),
    }
}

/// A row before anything is chosen.
pub(super) struct Draft {
    pub(super) id: EventId,
    events: Vec<EventId>,
    pub(super) columns: Vec<(&'static Column, Vec<Candidate>)>,
}

/// The rows of a pile before anything is chosen.
pub(super) fn drafts(pile: &Pile, rule: &Rule) -> Vec<Draft> {
    let Some(data): Option<&'static Data> = DATA.as_ref() else { return Vec::new() };
    let index = OriginIndex::of(&pile.origins);
    let withdrawn: BTreeSet<&ClaimRef> = pile
        .ledger
        .questions
        .iter()
        .flat_map(|question| &question.answers)
        .filter(|answer| answer.standing == Some(Standing::Withdrawn))
        .filter(|answer| answer.value.min.is_some() || answer.value.max.is_some())
        .flat_map(|answer| &answer.claims)
        .collect();
    let origin_of = |claim: &ClaimRef| index.origin_of(claim);
    let scales = Scales { origin_of: &origin_of, withdrawn: &withdrawn };
    let told = |draft: &Draft| {
        draft.columns.iter().any(|(column, given)| {
            matches!(column.of, What::Day | What::Place | What::Count)
                && given.iter().any(|candidate| usable(candidate, &|_| true).next().is_some())
        })
    };
    incidents(pile, data)
        .iter()
        .map(|incident| Draft {
            id: incident.id,
            events: incident.events.clone(),
            columns: data
                .column
                .iter()
                .map(|column| (column, candidates(incident, column, rule, data, &scales)))
                .collect(),
        })
        // What is told with neither day nor place nor number is no event that could be found again.
        .filter(told)
        .collect()
}

impl Draft {
    fn row(self, rule: &Rule) -> Row {
        let all = || self.columns.iter().flat_map(|(_, given)| given).flat_map(|c| &c.backing);
        let publishers: BTreeSet<&String> = all().map(|backing| &backing.publisher).collect();
        let mut sources: Vec<String> = all().filter_map(|backing| backing.outlet.clone()).collect();
        sources.sort();
        sources.dedup();
        let informants: BTreeSet<&String> = all().filter_map(|b| b.informant.as_ref()).collect();
        let given = self.columns.iter().flat_map(|(_, given)| given);
        let origins: BTreeSet<_> = given.flat_map(|c| origins(c, &|_| true)).collect();
        let disputed = self.columns.iter().any(|(column, given)| {
            let figures = given.iter().filter(|c| usable(c, &|_| true).next().is_some());
            column.of == What::Count && incompatible(&figures.collect::<Vec<_>>())
        });
        let grade = rule
            .grade
            .iter()
            .find(|grade| (!grade.disputed || disputed) && origins.len() >= grade.origins);
        Row {
            id: self.id,
            publishers: publishers.len(),
            informants: informants.len(),
            origins: origins.len(),
            sources,
            grade: grade.map(|grade| grade.word.clone()),
            events: self.events,
            cells: self.columns.iter().map(|(column, given)| cell(column, given, rule)).collect(),
        }
    }
}

/// Whether two totals cannot both hold.
fn incompatible(figures: &[&Candidate]) -> bool {
    let whole = || figures.iter().filter(|candidate| candidate.part.is_none());
    let low = whole().filter_map(|c| c.value.min).fold(f64::NEG_INFINITY, f64::max);
    let high = whole().filter_map(|c| c.value.max).fold(f64::INFINITY, f64::min);
    low > high
}

/// The value of a cell when only some backing is looked at, and what chose it.
pub(super) fn coded(
    column: &Column,
    given: &[Candidate],
    rule: &Rule,
    keep: Keep<'_>,
) -> (Option<Coded>, [Chosen; 3]) {
    match column.of {
        What::Count => {
            let best = choose(given, &rule.best, keep);
            let low = choose(given, &rule.low, keep);
            let high = choose(given, &rule.high, keep);
            let best_index = best.value;
            let value = |chosen: &Chosen| chosen.value.map(|index| &given[index].value);
            let coded = value(&best).map(|best| Coded {
                text: best.text.clone(),
                low: value(&low).and_then(|value| value.min.or(value.max)),
                best: best.min.or(best.max),
                high: value(&high).and_then(|value| value.max.or(value.min)),
                part: given.get(best_index.unwrap_or(usize::MAX)).and_then(|c| c.part.clone()),
            });
            (coded, [best, low, high])
        }
        What::Actors => {
            let mut named: Vec<(usize, usize)> = (0..given.len())
                .map(|index| (origins(&given[index], keep).len(), index))
                .filter(|(origins, _)| *origins > 0)
                .collect();
            named.sort_by_key(|&(origins, index)| {
                (std::cmp::Reverse(origins), &given[index].value.text)
            });
            let names: Vec<&str> =
                named.iter().map(|&(_, index)| given[index].value.text.as_str()).collect();
            let coded = (!names.is_empty()).then(|| words(&names.join("; ")));
            (coded, [Chosen::default(), Chosen::default(), Chosen::default()])
        }
        What::Day | What::Place | What::Frame => {
            let best = choose(given, &rule.words, keep);
            let coded = best.value.map(|index| words(&given[index].value.text));
            (coded, [best, Chosen::default(), Chosen::default()])
        }
    }
}

fn words(text: &str) -> Coded {
    Coded { text: text.to_owned(), low: None, best: None, high: None, part: None }
}

fn cell(column: &Column, given: &[Candidate], rule: &Rule) -> Cell {
    let (value, chosen) = coded(column, given, rule, &|_| true);
    let mut used = Vec::new();
    let mut passed_over = Vec::new();
    for (index, candidate) in given.iter().enumerate() {
        let parts: Vec<Part> = [Part::Best, Part::Low, Part::High]
            .into_iter()
            .zip(&chosen)
            .filter(|(_, chosen)| chosen.value == Some(index))
            .map(|(part, _)| part)
            .collect();
        // All who are named are written down.
        let parts = if column.of == What::Actors { vec![Part::Best] } else { parts };
        let why = chosen[0].passed.iter().find(|(passed, _)| *passed == index);
        for backing in &candidate.backing {
            let (claim, span) = (backing.claim.clone(), backing.span);
            let value = candidate.value.text.clone();
            match backing.refused {
                None if !parts.is_empty() => {
                    used.push(Used { claim, span, value, part: parts.clone() });
                }
                refused => {
                    let why =
                        refused.map(str::to_owned).or_else(|| why.map(|(_, why)| why.clone()));
                    passed_over.push(PassedOver {
                        claim,
                        span,
                        value,
                        why: why.unwrap_or_default(),
                    });
                }
            }
        }
    }
    // The figure itself first, then the bounds.
    used.sort_by(|a: &Used, b| a.part.cmp(&b.part));
    Cell { column: column.name.clone(), value, used, passed_over }
}
