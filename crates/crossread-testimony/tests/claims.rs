//! What is found in invented reports, set beside them.
//!
//! Three kinds of page run here: the stories in `tests/claims/*.md`, the sentences under each frame in
//! `data/frames/*.toml`, and those under each rule in `data/factuality.toml`.

#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect fails")]

use std::fmt::Write as _;
use std::path::Path;

use crossread_base::Span;
use crossread_language::{Block, Pipeline};
use crossread_record::{
    Aspect, Certainty, Claim, Parsed, Polarity, Record, Region, RegionKind, Report,
};
use crossread_testimony::ontology::Ontology;

/// Reads a report given as lines, each a region of the kind given.
fn read(lines: &[(RegionKind, &str)]) -> Record {
    let mut text = String::new();
    let mut regions = Vec::new();
    for (kind, line) in lines {
        let start = text.len();
        text.push_str(line);
        regions.push(Region { kind: *kind, span: Span::of(start..text.len()) });
        text.push('\n');
    }
    let report: Report = serde_json::from_value(serde_json::json!({
        "id": "sha256:0", "path": null, "media_type": "text/plain", "language": "en", "text": text,
        "outlet": null, "byline": [], "credits": [], "flags": [], "updated": null,
        "published": {"edtf": "2021-06-02", "basis": "field", "span": null, "inferred": false},
        "regions": regions,
    }))
    .unwrap();
    let parsed = parse(&report);
    let grounded = crossread_grounding::ground(&report, &parsed);
    let testimony = crossread_testimony::read(&report, &parsed, &grounded);
    Record::new(report, parsed, grounded, testimony)
}

fn parse(report: &Report) -> Parsed {
    let blocks: Vec<Block> = (0u32..)
        .zip(&report.regions)
        .map(|(index, region)| Block { span: region.span, region: Some(index) })
        .collect();
    Pipeline::embedded().parse(&report.text, &blocks)
}

/// A line of expectation: `claim casualties.die patient="three miners" certainty=CT`.
struct Expected<'a> {
    frame: &'a str,
    conditions: Vec<(&'a str, &'a str)>,
}

impl<'a> Expected<'a> {
    fn read(line: &'a str) -> Self {
        let (frame, mut rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let mut conditions = Vec::new();
        while let Some((key, after)) = rest.split_once('=') {
            let (value, left) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap(),
                None => after.split_once(' ').unwrap_or((after, "")),
            };
            conditions.push((key.trim(), value));
            rest = left;
        }
        Self { frame, conditions }
    }

    fn holds(&self, record: &Record, claim: &Claim) -> bool {
        claim.frame == self.frame
            && self.conditions.iter().all(|&(key, value)| condition(record, claim, key, value))
    }
}

fn condition(record: &Record, claim: &Claim, key: &str, value: &str) -> bool {
    let words = |span: Span| record.report.words(span);
    match key {
        "certainty" => certainty(claim.certainty) == value,
        "polarity" => polarity(claim.polarity) == value,
        "aspect" => aspect(claim.aspect) == value,
        "presupposed" => claim.presupposed.to_string() == value,
        "generic" => claim.generic.to_string() == value,
        "trigger" => words(claim.trigger) == value,
        "span" => words(claim.span) == value,
        "at" => {
            claim.place.is_some_and(|at| words(record.grounded.places[at as usize].span) == value)
        }
        "when" => {
            claim.time.is_some_and(|at| words(record.grounded.times[at as usize].span) == value)
        }
        "quantity" => claim
            .quantities
            .iter()
            .any(|&at| record.grounded.quantities[at as usize].min == value.parse().ok()),
        "wording" => claim.wording.iter().any(|&span| words(span) == value),
        "speaker" => claim.attribution.iter().any(|&id| {
            record
                .testimony
                .attribution(id)
                .is_some_and(|said| said.source.iter().any(|&span| words(span) == value))
        }),
        role => claim.in_role(role).any(|argument| words(argument.span) == value),
    }
}

fn certainty(value: Certainty) -> &'static str {
    match value {
        Certainty::Certain => "CT",
        Certainty::Probable => "PR",
        Certainty::Possible => "PS",
        Certainty::Underspecified => "U",
    }
}

fn polarity(value: Polarity) -> &'static str {
    match value {
        Polarity::Positive => "+",
        Polarity::Negative => "-",
    }
}

fn aspect(value: Aspect) -> &'static str {
    match value {
        Aspect::Past => "past",
        Aspect::Ongoing => "ongoing",
        Aspect::Planned => "planned",
        Aspect::Forecast => "forecast",
        Aspect::Conditional => "conditional",
        Aspect::Counterfactual => "counterfactual",
    }
}

/// The claims of a record, one a line, for the message of a failed test.
fn shown(record: &Record) -> String {
    let mut out = String::new();
    for claim in &record.testimony.claims {
        write!(
            out,
            "    {} <{}> certainty={} polarity={} aspect={}",
            claim.frame,
            record.report.words(claim.trigger),
            certainty(claim.certainty),
            polarity(claim.polarity),
            aspect(claim.aspect)
        )
        .unwrap();
        for argument in &claim.arguments {
            write!(out, " {}={:?}", argument.role, record.report.words(argument.span)).unwrap();
        }
        out.push('\n');
    }
    out
}

/// Each page holds stories under `##` headings: the report's lines quoted with `>` (a heading of the report with
/// `> #`), and under it list items that begin with `claim` or `no claim`.
#[test]
fn stories() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims");
    let mut paths: Vec<_> =
        std::fs::read_dir(pages).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut failed = String::new();
    let mut expectations = 0;
    for path in paths {
        let page = std::fs::read_to_string(&path).unwrap();
        for story in page.split("\n## ").skip(1) {
            let title = story.lines().next().unwrap_or("");
            let lines: Vec<(RegionKind, &str)> = story
                .lines()
                .filter_map(|line| line.strip_prefix("> "))
                .map(|line| match line.strip_prefix("# ") {
                    Some(heading) => (RegionKind::Headline, heading),
                    None => (RegionKind::Body, line),
                })
                .collect();
            let record = read(&lines);
            let mut missed = String::new();
            for line in story.lines().filter_map(|line| line.strip_prefix("- ")) {
                expectations += 1;
                let (wanted, rest) = match line.strip_prefix("no claim ") {
                    Some(rest) => (false, rest),
                    None => (true, line.strip_prefix("claim ").unwrap()),
                };
                let expected = Expected::read(rest);
                let found =
                    record.testimony.claims.iter().any(|claim| expected.holds(&record, claim));
                if found != wanted {
                    writeln!(missed, "  - {line}").unwrap();
                }
            }
            if !missed.is_empty() {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                writeln!(failed, "{name}: {title}\n{missed}  found:\n{}", shown(&record)).unwrap();
            }
        }
    }
    assert!(expectations > 0);
    assert!(failed.is_empty(), "\n{failed}");
}

/// `Gunmen killed [patient three miners].` -> the sentence and, for each mark, role and words.
fn marked(example: &str) -> (String, Vec<(String, Span)>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut rest = example;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (mark, left) = after.split_once(']').unwrap();
        let (role, words) = mark.split_once(' ').unwrap();
        let start = text.len();
        text.push_str(words);
        marks.push((role.to_owned(), Span::of(start..text.len())));
        rest = left;
    }
    text.push_str(rest);
    (text, marks)
}

#[test]
fn examples_of_frames() {
    let mut failed = String::new();
    for frame in Ontology::embedded().frames() {
        assert!(!frame.examples.is_empty(), "{} has no example", frame.id);
        for example in &frame.examples {
            let (text, marks) = marked(example);
            let record = read(&[(RegionKind::Body, &text)]);
            let fits = |claim: &&Claim| {
                claim.frame == frame.id
                    && marks.iter().all(|(role, span)| {
                        claim
                            .in_role(role)
                            .any(|argument| argument.head.is_some_and(|head| span.contains(head)))
                    })
            };
            if !record.testimony.claims.iter().any(|claim| fits(&claim)) {
                writeln!(failed, "{}: {example}\n{}", frame.id, shown(&record)).unwrap();
            }
        }
    }
    assert!(failed.is_empty(), "\n{failed}");
}

#[test]
fn examples_of_factuality() {
    let rules: toml::Table = toml::from_str(include_str!("../data/factuality.toml")).unwrap();
    let mut failed = String::new();
    let mut count = 0;
    let examples = rules
        .values()
        .flat_map(|rows| rows.as_array().unwrap())
        .filter_map(|row| row.get("examples")?.as_array())
        .flatten()
        .map(|example| example.as_str().unwrap());
    for example in examples {
        count += 1;
        let (text, expected) = example.split_once(" => ").unwrap();
        let expected: Vec<&str> = expected.split(' ').collect();
        let [word, sure, sign, stands] = expected[..] else { panic!("{example}") };
        let record = read(&[(RegionKind::Body, text)]);
        let fits = |claim: &&Claim| {
            record.report.words(claim.trigger).contains(word)
                && certainty(claim.certainty) == sure
                && polarity(claim.polarity) == sign
                && aspect(claim.aspect) == stands
        };
        if !record.testimony.claims.iter().any(|claim| fits(&claim)) {
            writeln!(failed, "{example}\n{}", shown(&record)).unwrap();
        }
    }
    assert!(count > 20);
    assert!(failed.is_empty(), "\n{failed}");
}
