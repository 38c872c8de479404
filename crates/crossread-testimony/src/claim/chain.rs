//! Through whom a claim comes: the attributions that cover it, the nearest speaker first.

use crossread_base::{AttributionId, Span};
use crossread_record::Attribution;
use rustc_hash::FxHashMap;

/// Attributions by the text they cover. Claims must be asked for in order of their triggers.
pub(crate) struct Chains<'a> {
    by_id: FxHashMap<AttributionId, &'a Attribution>,
    /// Content spans, in order of their starts.
    spans: Vec<(Span, &'a Attribution)>,
    next: usize,
    open: Vec<(Span, &'a Attribution)>,
}

impl<'a> Chains<'a> {
    pub(crate) fn new(attributions: &'a [Attribution]) -> Self {
        let mut spans: Vec<(Span, &Attribution)> = attributions
            .iter()
            .flat_map(|attribution| {
                attribution.content.iter().map(move |&span| (span, attribution))
            })
            .collect();
        spans.sort_by_key(|(span, attribution)| (span.start, span.end, attribution.id));
        let by_id = attributions.iter().map(|attribution| (attribution.id, attribution)).collect();
        Self { by_id, spans, next: 0, open: Vec::new() }
    }

    /// The chain of a claim whose trigger stands at `trigger`.
    pub(crate) fn of(&mut self, trigger: Span) -> Vec<AttributionId> {
        while let Some(&(span, attribution)) = self.spans.get(self.next) {
            if span.start > trigger.start {
                break;
            }
            self.open.push((span, attribution));
            self.next += 1;
        }
        self.open.retain(|(span, _)| span.end > trigger.start);
        let mut covering: Vec<&(Span, &Attribution)> = self
            .open
            .iter()
            .filter(|(_, attribution)| !attribution.cue.iter().any(|cue| cue.contains(trigger)))
            .collect();
        covering.sort_by_key(|(span, attribution)| (span.len(), attribution.id));
        let mut chain: Vec<AttributionId> = Vec::new();
        for (_, attribution) in covering {
            let mut at = Some(*attribution);
            while let Some(link) = at {
                if chain.contains(&link.id) {
                    break;
                }
                chain.push(link.id);
                at = link.parent.and_then(|parent| self.by_id.get(&parent).copied());
            }
        }
        chain
    }
}
