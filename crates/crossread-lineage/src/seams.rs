//! Pages stitched together from passages of unlike origin.

use crossread_base::{ReportId, Span};
use crossread_record::{Flag, Record};

use crate::origins::Pair;
use crate::pile::Texts;

/// A page with passages of this many reports that have nothing to do with each other is stitched. A round-up of
/// two agencies is ordinary work.
const SOURCES: usize = 3;

/// Flags pages with passages from three or more reports that share no text among themselves, and shows the seams:
/// one flag for each place where another source begins.
pub(crate) fn flags(records: &[&Record], pile: &Texts, pairs: &[Pair]) -> Vec<(ReportId, Flag)> {
    let mut near: Vec<Vec<&Pair>> = vec![Vec::new(); records.len()];
    for pair in pairs {
        near[pair.a].push(pair);
        near[pair.b].push(pair);
    }
    let mut found = Vec::new();
    for (page, pairs) in near.iter().enumerate() {
        // One report of each set of siblings stands for its source.
        let mut sources: Vec<usize> = Vec::new();
        let mut others: Vec<usize> =
            pairs.iter().map(|pair| if pair.a == page { pair.b } else { pair.a }).collect();
        others.sort_unstable();
        for other in others {
            let sibling = near[other].iter().any(|pair| {
                let next = if pair.a == other { pair.b } else { pair.a };
                sources.contains(&next)
            });
            if !sibling {
                sources.push(other);
            }
        }
        if sources.len() < SOURCES {
            continue;
        }
        let mut parts: Vec<(Span, usize)> = Vec::new();
        for pair in pairs {
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
