//! Corrections and retractions, and which claims of whom they concern.

use crossread_base::{ReportId, Span};
use crossread_record::{Flag, Passage, Record, RegionKind, Root};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::words::{self, Form, data_lines};

/// A title of fewer words is not known again in another report's text.
const TITLE: usize = 5;
/// The most of a notice that is told on, in characters.
const TOLD: usize = 200;
/// Claims this near to each other, in bytes, are marked by one flag.
const NEAR: u32 = 200;

/// A line that says that a story was corrected or withdrawn.
#[derive(Debug, Clone, Copy)]
struct Notice {
    span: Span,
    /// The story no longer stands, so neither does what the report itself has of it.
    withdraws: bool,
}

/// What a notice means for a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Concern {
    by: usize,
    span: Span,
    /// All of its claims, not only those it shares with others.
    all: bool,
}

/// For each report, the notice that concerns it: its own where it is withdrawn, that of a report of its group, or that of
/// a report that names the title of one of its group. A report that carries a correction of its own is the right
/// version, and no other's notice concerns it.
///
/// `group_of` has the place in `groups` of each report's group.
pub(crate) fn concerns(
    records: &[&Record],
    groups: &[Vec<usize>],
    group_of: &[usize],
) -> Vec<Option<Concern>> {
    let mut found: Vec<Option<Concern>> = vec![None; records.len()];
    let notices: Vec<Option<Notice>> =
        records.par_iter().map(|record| notice(&record.report.text)).collect();
    if notices.iter().all(Option::is_none) {
        return found;
    }
    let titles: Vec<Vec<Form>> = records.iter().map(|record| title(record)).collect();
    let mut titled: FxHashMap<&[Form], Vec<usize>> = FxHashMap::default();
    for (at, title) in titles.iter().enumerate() {
        if let Some(start) = title.get(..TITLE) {
            titled.entry(start).or_default().push(at);
        }
    }
    let mut settled = vec![false; groups.len()];
    for (by, notice) in notices.iter().enumerate() {
        let Some(Notice { span, withdraws }) = *notice else { continue };
        if withdraws {
            found[by] = Some(Concern { by, span, all: true });
        }
        let own = group_of[by];
        let mut concerned = vec![own];
        let text = forms(&records[by].report.text);
        for start in 0..text.len().saturating_sub(TITLE - 1) {
            let named = titled.get(&text[start..start + TITLE]).into_iter().flatten();
            for at in named.filter(|at| text[start..].starts_with(&titles[**at])) {
                let group = group_of[*at];
                if group != own && notices[*at].is_none() && found[*at].is_none() {
                    found[*at] = Some(Concern { by, span, all: true });
                    concerned.push(group);
                }
            }
        }
        for group in concerned {
            // The first notice of a group speaks for the rest.
            if std::mem::replace(&mut settled[group], true) {
                continue;
            }
            for at in &groups[group] {
                if notices[*at].is_none() && found[*at].is_none() {
                    found[*at] = Some(Concern { by, span, all: false });
                }
            }
        }
    }
    found
}

impl Concern {
    /// Notes the notice with a claim that stands in what its report shares with others, or does not.
    pub(crate) fn mark(self, records: &[&Record], root: &mut Root, shared: bool) {
        if self.all || shared {
            let report = records[self.by].report.id.clone();
            root.corrected = Some(Passage { report, span: self.span });
        }
    }

    /// Flags for the marked claims of the report at `at`; one for the report where it makes no claims.
    pub(crate) fn flags(
        self,
        records: &[&Record],
        at: usize,
        roots: &[&Root],
    ) -> Vec<(ReportId, Flag)> {
        let record = records[at];
        let by = &records[self.by].report;
        let told: String = by.words(self.span).chars().take(TOLD).collect();
        let (kind, note) = if self.by == at {
            ("withdrawn", format!("the report says: \"{told}\""))
        } else {
            ("corrected_elsewhere", format!("{} says of the same text: \"{told}\"", by.id))
        };
        let mut spans: Vec<Option<Span>> = Vec::new();
        for root in roots.iter().filter(|root| root.corrected.is_some()) {
            let mut claims = record.testimony.claims.iter();
            let Some(claim) = claims.find(|claim| claim.id == root.claim.claim) else { continue };
            match spans.last_mut() {
                Some(Some(last)) if claim.span.start <= last.end + NEAR => {
                    *last = last.cover(claim.span);
                }
                _ => spans.push(Some(claim.span)),
            }
        }
        if spans.is_empty() && record.testimony.claims.is_empty() {
            spans.push(None);
        }
        let flag = |span| Flag { kind: kind.to_owned(), span, note: note.clone() };
        spans.into_iter().map(|span| (record.report.id.clone(), flag(span))).collect()
    }
}

fn forms(text: &str) -> Vec<Form> {
    words::words(text, Span::of(0..text.len())).iter().map(|word| word.form).collect()
}

fn title(record: &Record) -> Vec<Form> {
    let mut regions = record.report.regions.iter();
    let title = regions.find(|region| region.kind == RegionKind::Headline);
    title.map(|region| forms(record.report.words(region.span))).unwrap_or_default()
}

/// The first line that says that a story was corrected or withdrawn.
fn notice(text: &str) -> Option<Notice> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::of(at..at + line.len()).trimmed(text);
        at += line.len();
        let folded = line.to_lowercase();
        let hits = data_lines(include_str!("../data/corrections.txt")).filter_map(|phrase| {
            let (phrase, withdraws) =
                phrase.strip_prefix('!').map_or((phrase, false), |phrase| (phrase.trim(), true));
            folded.find(phrase).map(|found| (found, withdraws))
        });
        if let Some((found, withdraws)) = hits.min() {
            return Some(Notice { span: sentence(text, span, found), withdraws });
        }
    }
    None
}

/// The sentence of a line that holds the place `found`; lower case may have moved it by a few bytes.
fn sentence(text: &str, line: Span, found: usize) -> Span {
    let place = line.start as usize + found;
    let cut = crate::text::split(text, line);
    cut.iter().copied().find(|part| part.end as usize > place).unwrap_or(line)
}
