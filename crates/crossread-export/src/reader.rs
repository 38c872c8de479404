//! One static HTML page: the brief, and under it every report with its claims marked, so that each claim leads to
//! its words. No script, nothing fetched.

use std::collections::BTreeSet;

use crossread_base::{ClaimRef, Span};
use crossread_record::{Pile, Record};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::brief::{Brief, Witness, heading, outlet};
use crate::words::{count, day, short_id};

/// The page of a brief and the pile it was worked out from.
pub fn html_page(brief: &Brief, pile: &Pile) -> String {
    let cited: BTreeSet<&ClaimRef> = brief
        .sections
        .iter()
        .flat_map(|section| &section.items)
        .flat_map(|item| &item.answers)
        .flat_map(|answer| &answer.witnesses)
        .map(|witness| &witness.claim)
        .collect();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (brief.name) }
                style { (PreEscaped(include_str!("page.css"))) }
            }
            body {
                (front(brief))
                h2 { "The reports" }
                @for record in &pile.reports { (report(record, &cited)) }
            }
        }
    }
    .into_string()
}

fn front(brief: &Brief) -> Markup {
    html! {
        h1 { (brief.name) }
        p.counts { (brief.counts.join(" · ")) }
        @if !brief.left_out.is_empty() { p.note { "Left out: " (brief.left_out.join(", ")) } }
        @for (path, what) in &brief.not_read { p.note { "Not read: " (path) ": " (what) } }
        @for line in &brief.as_of { p.note { (line) } }
        @for section in &brief.sections {
            h2 { (heading(section.standing)) }
            @for item in &section.items {
                section.question id=(item.id) {
                    h3 { (item.question) " " small { (count(item.reports, "report")) ", " (count(item.origins, "origin")) } }
                    @for answer in &item.answers {
                        div.answer {
                            p.value { (answer.value) @if answer.withdrawn { " " small { "withdrawn" } } }
                            @for witness in &answer.witnesses {
                                p.witness {
                                    a href={ "#" (anchor(witness)) } { (witness.line()) }
                                    br;
                                    q { (witness.quote) }
                                }
                            }
                        }
                    }
                    @for verdict in &item.verdicts { p.verdict { b { (verdict.answers) } ": " (verdict.why) } }
                }
            }
        }
        @if !brief.unresolved.is_empty() {
            h2 { "NOT RESOLVED" }
            ul { @for line in &brief.unresolved { li { (line) } } }
        }
    }
}

fn anchor(witness: &Witness) -> String {
    anchor_of(&witness.claim)
}

fn anchor_of(claim: &ClaimRef) -> String {
    format!("r{}-{}", short_id(&claim.report).replace('#', "."), claim.claim)
}

fn report(record: &Record, cited: &BTreeSet<&ClaimRef>) -> Markup {
    let report = &record.report;
    let mut marks: Vec<(Span, String)> = record
        .testimony
        .claims
        .iter()
        .map(|claim| (claim.span, ClaimRef { report: report.id.clone(), claim: claim.id }))
        .filter(|(_, claim)| cited.contains(claim))
        .map(|(span, claim)| (span, anchor_of(&claim)))
        .collect();
    marks.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    html! {
        article id={ "r" (short_id(&report.id).replace('#', ".")) } {
            h3 {
                (outlet(record))
                @if let Some(date) = report.published.as_ref().or(report.updated.as_ref()) { ", " (day(&date.edtf)) }
            }
            p.note { (report.id) @if let Some(path) = &report.path { " · " (path) } }
            @for region in &report.regions {
                div class={ "region " (region.kind.name()) } title=(region.kind.name()) {
                    (marked(&report.text, region.span, &marks))
                }
            }
        }
    }
}

/// The words of `within`, with the marks that start in it as nested elements. A mark that crosses the end of the
/// one around it is cut there.
fn marked(text: &str, within: Span, marks: &[(Span, String)]) -> Markup {
    let first = marks.partition_point(|(span, _)| span.start < within.start);
    let end = marks.partition_point(|(span, _)| span.start < within.end);
    let mut out = String::new();
    let mut open: Vec<u32> = Vec::new();
    let mut at = within.start;
    let write = |out: &mut String, from: u32, to: u32| {
        out.push_str(&html! { (Span::new(from, to).text(text)) }.into_string());
    };
    for (span, name) in &marks[first..end] {
        while let Some(&close) = open.last().filter(|close| **close <= span.start) {
            write(&mut out, at, close);
            at = close;
            out.push_str("</mark>");
            open.pop();
        }
        write(&mut out, at, span.start);
        at = span.start;
        let limit = open.last().copied().unwrap_or(within.end);
        out.push_str(&format!("<mark id=\"{name}\">"));
        open.push(span.end.min(limit));
    }
    while let Some(close) = open.pop() {
        write(&mut out, at, close);
        at = close;
        out.push_str("</mark>");
    }
    write(&mut out, at, within.end);
    PreEscaped(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_nest_and_words_are_escaped() {
        let text = "<b> one two & three";
        let marks = [
            (Span::new(0, 11), "x".to_owned()),
            (Span::new(4, 7), "y".to_owned()),
            (Span::new(8, 19), "z".to_owned()),
        ];
        assert_eq!(
            marked(text, Span::new(0, 19), &marks).into_string(),
            "<mark id=\"x\">&lt;b&gt; <mark id=\"y\">one</mark> <mark id=\"z\">two</mark></mark> &amp; three"
        );
    }
}
