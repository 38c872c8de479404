//! Who is said to say something: source, cue and content.
//!
//! Two small networks, trained on PolNeAR (Newell, Margolin and Ruths 2018), read the parse: one finds the cues
//! (`cue.rs`), one labels the words around each (`role.rs`). What they find is put in order (`draw.rs`): an
//! attribution whose cue stands within another's content is its child, so that chains come out whole. Rules mend what grammar
//! settles (`mend.rs`, which calls `form.rs`, `source.rs`, `extent.rs` and `deed.rs`) and do what the corpus does not mark:
//! quotations that go on over paragraphs or have no speaker (`orphan.rs`), who a source is (`speaker.rs`), whom it tells
//! and by what (`setting.rs`).

mod cue;
mod deed;
mod draw;
mod extent;
mod form;
mod headline;
mod labels;
pub mod learning;
mod marks;
mod media;
mod mend;
mod net;
mod orphan;
mod page;
mod role;
mod setting;
mod source;
mod speaker;

use std::sync::OnceLock;

use crossread_base::{AttributionId, Span};
use crossread_record::{Attribution, Grounded, Parsed, Quote, Report};

use draw::{Drawn, Models};
use page::{NONE, Page, Pos};

/// The weights that come with the program: `cargo dev train attribution` writes them.
fn models() -> Option<&'static Models> {
    static MODELS: OnceLock<Option<Models>> = OnceLock::new();
    // The file is part of the program; a test reads it.
    MODELS.get_or_init(|| Models::read(include_bytes!("../../data/attribution.bin")).ok()).as_ref()
}

/// The attributions of a report, in order of the text.
pub fn find(report: &Report, parsed: &Parsed, grounded: &Grounded) -> Vec<Attribution> {
    let Some(models) = models() else { return Vec::new() };
    let page = Page::new(report, parsed);
    let drawn = drawn(&page, models);
    let speakers = speaker::speakers(&page, &drawn, grounded);
    let mut order: Vec<usize> = (0..drawn.len()).collect();
    order.sort_by_key(|&nth| (drawn[nth].first(), nth));
    let mut id_of = vec![AttributionId(0); drawn.len()];
    for (id, &nth) in (1..).zip(&order) {
        id_of[nth] = AttributionId(id);
    }
    order
        .into_iter()
        .map(|nth| {
            let d = &drawn[nth];
            Attribution {
                id: id_of[nth],
                source: spans(&page, &d.source),
                cue: spans(&page, &d.cue),
                content: spans(&page, &d.content),
                speaker: speakers[nth].entity,
                speaker_kind: speakers[nth].kind,
                quote: quote(&page, d),
                parent: d.parent.map(|parent| id_of[parent]),
                role: speakers[nth].role,
                addressee: setting::addressee(&page, d),
                medium: setting::medium(&page, d),
            }
        })
        .collect()
}

/// What the networks find, and what the form of the page tells beside them.
fn drawn(page: &Page<'_>, models: &Models) -> Vec<Drawn> {
    let mut drawn = draw::draw(page, models);
    draw::cite(page, &mut drawn);
    orphan::add(page, &mut drawn);
    headline::add(page, &mut drawn);
    extent::within_parents(&mut drawn);
    drawn
}

/// The spans of runs of words that stand together; a run ends with its paragraph.
fn spans(page: &Page<'_>, words: &[usize]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut before: Option<usize> = None;
    for &at in words {
        let word = &page.words[at];
        let joins =
            before.is_some_and(|b| b + 1 == at && page.words[b].paragraph == word.paragraph);
        match spans.last_mut() {
            Some(last) if joins => *last = last.cover(word.span),
            _ => spans.push(word.span),
        }
        before = Some(at);
    }
    spans
}

/// How much of the content stands within quotation marks.
fn quote(page: &Page<'_>, drawn: &Drawn) -> Quote {
    // Marks of the quotation that the whole attribution stands in are not its own.
    let around = drawn.cue.first().map_or(NONE, |&cue| page.words[cue].quotation);
    let words = drawn.content.iter().filter(|&&at| page.words[at].pos != Pos::Punctuation);
    let (mut within, mut outside) = (0, 0);
    for &at in words {
        match page.words[at].quotation {
            NONE => outside += 1,
            q if q == around => outside += 1,
            _ => within += 1,
        }
    }
    match (within, outside) {
        (0, _) => Quote::Indirect,
        (_, 0) => Quote::Direct,
        // "said that" before a quotation that is otherwise whole.
        (w, o) if o <= 1 && w > 3 => Quote::Direct,
        _ => Quote::Mixed,
    }
}
