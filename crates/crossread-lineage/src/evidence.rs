//! The passages that show a dependence.

use crossread_base::Span;
use crossread_record::{DependenceKind, Evidence, EvidenceKind, Passage, Record};
use rustc_hash::FxHashSet;

use crate::align::Shared;
use crate::measure::Told;
use crate::text::{Line, Text};
use crate::words::{Form, Word};

/// A shorter passage is not worth showing.
const WORDS: usize = 8;
/// The most pieces of evidence for a rewrite.
const PIECES: usize = 12;
/// Sentences of a rewrite must have this much in common to be shown beside each other.
const ALIKE: f32 = 0.4;

/// One side of a pair.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub(crate) record: &'a Record,
    pub(crate) text: &'a Text,
}

impl Side<'_> {
    fn passage(&self, span: Span) -> Passage {
        Passage { report: self.record.report.id.clone(), span }
    }

    fn words(&self, range: &std::ops::Range<usize>) -> Span {
        let words = &self.text.words[range.clone()];
        match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }
}

/// The evidence that `a` and `b` depend on each other. For a copy, the shared passages. For a rewrite there are none
/// to show as such: sentences that tell the same with the same rare number, the same name and speaker, or the same
/// credit are shown.
pub(crate) fn evidence(
    kind: DependenceKind,
    a: Side<'_>,
    b: Side<'_>,
    passages: &[Shared],
    told: &[Told],
) -> Vec<Evidence> {
    match kind {
        DependenceKind::Copy | DependenceKind::Partial => shared(a, b, passages),
        DependenceKind::Rewrite => rewritten(a, b, told),
    }
}

/// The passages; of those with words changed also the longest stretch that has none.
fn shared(a: Side<'_>, b: Side<'_>, passages: &[Shared]) -> Vec<Evidence> {
    let shown = |least: usize| -> Vec<Evidence> {
        let mut found = Vec::new();
        for passage in passages.iter().filter(|passage| passage.equal >= least) {
            let mut show = |kind, x, y| {
                let (x, y) = (a.passage(a.words(x)), b.passage(b.words(y)));
                found.push(Evidence { kind, a: x, b: y });
            };
            if passage.verbatim() {
                show(EvidenceKind::Verbatim, &passage.a, &passage.b);
                continue;
            }
            show(EvidenceKind::Reworded, &passage.a, &passage.b);
            let (x, y, length) = passage.run;
            if length >= WORDS {
                show(EvidenceKind::Verbatim, &(x..x + length), &(y..y + length));
            }
        }
        found
    };
    let long = shown(WORDS);
    if long.is_empty() { shown(0) } else { long }
}

fn rewritten(a: Side<'_>, b: Side<'_>, told: &[Told]) -> Vec<Evidence> {
    let mut found = credits(a, b);
    let mut best: Vec<&Told> = told.iter().filter(|(_, _, like)| *like >= ALIKE).collect();
    best.sort_by(|x, y| y.2.total_cmp(&x.2).then(x.0.cmp(&y.0)));
    if best.is_empty() {
        best = told
            .iter()
            .max_by(|x, y| x.2.total_cmp(&y.2).then(y.0.cmp(&x.0)))
            .into_iter()
            .collect();
    }
    best.truncate(PIECES);
    best.sort_by_key(|(i, _, _)| *i);
    for (i, j, _) in best {
        let (x, y) = (&a.text.sentences[*i], &b.text.sentences[*j]);
        let has = |test: fn(&Word) -> bool| {
            let there: FxHashSet<Form> = matching(b.text, y, test).collect();
            matching(a.text, x, test).any(|form| there.contains(&form))
        };
        let kind =
            if has(|word| word.number) { EvidenceKind::Number } else { EvidenceKind::Speaker };
        if kind == EvidenceKind::Speaker && !has(|word| word.capital) && !found.is_empty() {
            continue;
        }
        found.push(Evidence { kind, a: a.passage(x.span), b: b.passage(y.span) });
    }
    found
}

fn matching<'a>(
    text: &'a Text,
    line: &Line,
    test: fn(&Word) -> bool,
) -> impl Iterator<Item = Form> + 'a {
    text.words[line.words.clone()].iter().filter(move |word| test(word)).map(|word| word.form)
}

/// Both credit the same agency, or one credits the other's outlet.
fn credits(a: Side<'_>, b: Side<'_>) -> Vec<Evidence> {
    let text_credits = |side: Side<'_>| -> Vec<(String, Span)> {
        let credits = side.record.report.credits.iter().filter(|credit| !credit.picture);
        credits.map(|credit| (credit.agency.to_lowercase(), credit.span)).collect()
    };
    let outlet = |side: Side<'_>| -> Option<(String, Span)> {
        let outlet = side.record.report.outlet.as_ref()?;
        Some((outlet.name.to_lowercase(), outlet.span?))
    };
    let (ours, theirs) = (text_credits(a), text_credits(b));
    let mut found = Vec::new();
    for (name, span) in &ours {
        let same =
            theirs.iter().chain(outlet(b).as_ref()).find(|(other, _)| other == name).map(|c| c.1);
        if let Some(other) = same {
            found.push(Evidence {
                kind: EvidenceKind::Credit,
                a: a.passage(*span),
                b: b.passage(other),
            });
            break;
        }
    }
    if let (true, Some((name, span))) = (found.is_empty(), outlet(a))
        && let Some((_, other)) = theirs.iter().find(|(other, _)| *other == name)
    {
        found.push(Evidence {
            kind: EvidenceKind::Credit,
            a: a.passage(span),
            b: b.passage(*other),
        });
    }
    found
}
