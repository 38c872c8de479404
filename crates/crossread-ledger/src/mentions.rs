//! Which mentions of events are mentions of one event.

use std::collections::BTreeMap;

use crossread_base::Span;
use crossread_record::Record;
use smol_str::SmolStr;

/// Clusters mentions of events across reports.
///
/// Takes the records, with their tokens, and mentions as the index of a record and a span of its text. Gives
/// the number of each mention's event, in order of the mentions; numbers have no meaning but being equal.
///
/// For now two mentions are one event when the words they turn on have the same lemma.
pub fn cluster_mentions(records: &[Record], mentions: &[(usize, Span)]) -> Vec<u32> {
    let mut numbers: BTreeMap<SmolStr, u32> = BTreeMap::new();
    mentions
        .iter()
        .map(|&(record, span)| {
            let lemma = records.get(record).map(|record| head_lemma(record, span));
            let next = numbers.len() as u32;
            *numbers.entry(lemma.unwrap_or_default()).or_insert(next)
        })
        .collect()
}

/// The lemma of the first token of the span whose head lies outside of it; the span's own words where the
/// record has no token there.
fn head_lemma(record: &Record, span: Span) -> SmolStr {
    let tokens = &record.parsed.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let inside = || tokens[first..].iter().take_while(|token| token.span.start < span.end);
    let outside = |head: u32| !tokens.get(head as usize).is_some_and(|h| h.span.overlaps(span));
    let index_of = |offset: usize| (first + offset) as u32;
    let head = inside()
        .enumerate()
        .find(|(offset, token)| token.head == index_of(*offset) || outside(token.head))
        .map(|(_, token)| token.lemma.to_lowercase());
    head.unwrap_or_else(|| record.report.words(span).to_lowercase()).into()
}
