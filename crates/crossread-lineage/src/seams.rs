//! Pages stitched together from passages of unlike origin.

use crossread_base::{ReportId, Span};
use crossread_record::{Flag, Record};

use crate::origins::Pair;
use crate::pile::Texts;

/// A page with passages of this many reports that have nothing to do with each other is stitched. A round-up of
/// two agencies is ordinary work.
const SOURCES: usize = 3;

/// For each report, one of each set of siblings that it shares passages with, where they are three or more and share no
/// text among themselves: what the page is stitched from. Empty for all others.
pub(crate) fn stitched(all: usize, pairs: &[Pair]) -> Vec<Vec<usize>> {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); all];
    for pair in pairs {
        near[pair.a].push(pair.b);
        near[pair.b].push(pair.a);
    }
    near.iter_mut().for_each(|others| others.sort_unstable());
    near.iter()
        .map(|others| {
            let mut sources: Vec<usize> = Vec::new();
            for other in others {
                if !near[*other].iter().any(|sibling| sources.contains(sibling)) {
                    sources.push(*other);
                }
            }
            if sources.len() < SOURCES { Vec::new() } else { sources }
        })
        .collect()
}

/// Flags stitched pages and shows the seams: one flag for each place where another source begins.
pub(crate) fn flags(
    records: &[&Record],
    pile: &Texts,
    pairs: &[Pair],
    stitched: &[Vec<usize>],
) -> Vec<(ReportId, Flag)> {
    let mut near: Vec<Vec<&Pair>> = vec![Vec::new(); records.len()];
    for pair in pairs {
        near[pair.a].push(pair);
        near[pair.b].push(pair);
    }
    let mut found = Vec::new();
    for (page, sources) in stitched.iter().enumerate().filter(|(_, sources)| !sources.is_empty()) {
        let mut parts: Vec<(Span, usize)> = Vec::new();
        for pair in &near[page] {
            let other = if pair.a == page { pair.b } else { pair.a };
            if !sources.contains(&other) {
                continue;
            }
            for passage in &pair.passages {
                let range = if pair.a == page { &passage.a } else { &passage.b };
                let words = &pile.texts[page].words[range.clone()];
                if let (Some(first), Some(last)) = (words.first(), words.last()) {
                    parts.push((first.span.cover(last.span), other));
                }
            }
        }
        parts.sort_unstable();
        let mut before = None;
        for (span, source) in parts {
            if before != Some(source) {
                let note = format!(
                    "passage of {} begins; the page is stitched from {} reports of unlike origin",
                    records[source].report.id,
                    sources.len()
                );
                let flag = Flag { kind: "stitched".to_owned(), span: Some(span), note };
                found.push((records[page].report.id.clone(), flag));
            }
            before = Some(source);
        }
    }
    found
}
