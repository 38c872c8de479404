//! Who says what in invented reports: the pages in `tests/attributions/*.md`.
//!
//! A page holds stories: the lines of a report after `>` (a headline after `> #`), and under them every attribution
//! that must be found, in order, none missing and none too many:
//! `- kind quote | source | cue | content | role=.. | to=.. | by=.. | in=N`. Spans of one part are joined by ` ~ `; the role,
//! the addressee, the medium and the number of the attribution it stands within are left out where there is none.
#![allow(clippy::unwrap_used)] // a test may fail by it

use std::fmt::Write as _;
use std::path::Path;

use crossread_base::Span;
use crossread_language::{Block, Pipeline};
use crossread_record::{Record, Region, RegionKind, Report};

/// Reads a report given as lines, each a region.
fn read(lines: &[&str]) -> Record {
    let mut text = String::new();
    let mut regions = Vec::new();
    for line in lines {
        let (kind, line) = match line.strip_prefix("# ") {
            Some(line) => (RegionKind::Headline, line),
            None => (RegionKind::Body, *line),
        };
        let start = text.len();
        text.push_str(line);
        regions.push(Region { kind, span: Span::of(start..text.len()) });
        text.push_str("\n\n");
    }
    let report: Report = serde_json::from_value(serde_json::json!({
        "id": "sha256:0", "path": null, "media_type": "text/plain", "language": "en", "text": text,
        "outlet": null, "published": null, "updated": null, "regions": regions,
    }))
    .unwrap();
    let blocks: Vec<Block> = (0u32..)
        .zip(&report.regions)
        .map(|(index, region)| Block { span: region.span, region: Some(index) })
        .collect();
    let parsed = Pipeline::embedded().parse(&report.text, &blocks);
    let grounded = crossread_grounding::ground(&report, &parsed);
    let testimony = crossread_testimony::read(&report, &parsed, &grounded);
    Record::new(report, parsed, grounded, testimony)
}

/// The attributions of a record in the form of the pages.
fn shown(record: &Record) -> String {
    let mut out = String::new();
    let name = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    for attribution in &record.testimony.attributions {
        let part = |spans: &[Span]| {
            let words: Vec<&str> = spans.iter().map(|span| record.report.words(*span)).collect();
            words.join(" ~ ")
        };
        let kind = name(serde_json::to_value(attribution.speaker_kind).unwrap());
        let quote = name(serde_json::to_value(attribution.quote).unwrap());
        let parts = [&attribution.source, &attribution.cue, &attribution.content];
        let [source, cue, content] = parts.map(|spans| part(spans));
        write!(out, "- {kind} {quote} | {source} | {cue} | {content}").unwrap();
        if let Some(role) = attribution.role {
            write!(out, " | role={}", record.report.words(role)).unwrap();
        }
        for (what, span) in [("to", attribution.addressee), ("by", attribution.medium)] {
            if let Some(span) = span {
                write!(out, " | {what}={}", record.report.words(span)).unwrap();
            }
        }
        if let Some(parent) = attribution.parent {
            write!(out, " | in={}", parent.0).unwrap();
        }
        out.push('\n');
    }
    out
}

#[test]
fn stories_have_their_attributions() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attributions");
    let mut paths: Vec<_> = std::fs::read_dir(pages).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let mut wrong = String::new();
    let mut stories = 0;
    for path in paths {
        let page = std::fs::read_to_string(&path).unwrap();
        for story in page.split("\n## ").skip(1) {
            let lines: Vec<&str> =
                story.lines().filter_map(|line| line.strip_prefix("> ")).collect();
            let expected: String = story
                .lines()
                .filter(|line| line.starts_with("- "))
                .map(|line| format!("{}\n", line.trim_end()))
                .collect();
            let record = read(&lines);
            within_parents(&record);
            let found: String =
                shown(&record).lines().map(|line| format!("{}\n", line.trim_end())).collect();
            stories += 1;
            if found != expected {
                let title = story.lines().next().unwrap_or("");
                write!(
                    wrong,
                    "{} ## {title}\nexpected\n{expected}found\n{found}\n",
                    path.display()
                )
                .unwrap();
            }
        }
    }
    assert!(stories > 0 && wrong.is_empty(), "{wrong}");
}

/// What is said within something said reaches no further than that does.
fn within_parents(record: &Record) {
    let testimony = &record.testimony;
    for inner in &testimony.attributions {
        let Some(parent) = inner.parent.and_then(|id| testimony.attribution(id)) else { continue };
        for span in &inner.content {
            assert!(
                parent.content.iter().any(|outer| outer.contains(*span)),
                "{} reaches beyond {}: {}",
                inner.id,
                parent.id,
                record.report.words(*span)
            );
        }
    }
}

#[test]
fn names_of_parties_change_nothing_but_themselves() {
    let story = |one: &str, other: &str| {
        let first = format!("{one} said that {other} had shelled the bridge at Veldt.");
        let told =
            format!("{one} told Radio Marrow that it feared {other} since announcing talks.");
        let second =
            format!("{other} denied the report and accused {one} of lying, officials said.");
        let record = read(&[&first, &told, &second]);
        shown(&record).replace(one, "ONE").replace(other, "OTHER")
    };
    assert_eq!(story("Norland", "Sudland"), story("Sudland", "Norland"));
}
