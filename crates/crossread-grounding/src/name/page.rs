//! Names that the page around the story gives: its outlet and its authors.

use crossread_base::Span;
use crossread_record::EntityType;

use super::doc::Doc;
use super::{Board, Ground, Name};

pub(super) fn put(doc: &Doc<'_>, board: &mut Board) {
    if let Some(span) = doc.outlet {
        put_over(doc, board, span, EntityType::Org);
    }
    for &span in &doc.authors {
        put_over(doc, board, span, EntityType::Person);
    }
}

/// The name may end within a token ("Lantern-"); a table may know it, and then knows more.
fn put_over(doc: &Doc<'_>, board: &mut Board, span: Span, kind: EntityType) {
    let first = doc.tokens.partition_point(|token| token.span.end <= span.start);
    let end = doc.tokens.partition_point(|token| token.span.start < span.end);
    let range = first..end;
    if range.is_empty() || board.at(first).is_some_and(|old| old.span == span && old.kind == kind) {
        return;
    }
    board.put(Name { span, range, kind, ground: Ground::Table, actor: None });
}
