//! The example pile and what must be found in it: `examples/bridge` and `examples/bridge.expected.toml`.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crossread::{Limits, Reading, lay_side_by_side, read_files};
use crossread_record::{Pile, Record, RegionKind, Relation};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    counts: Counts,
    report: Vec<Report>,
    origin: Vec<Origin>,
    verdict: Vec<Verdict>,
    same: Vec<Same>,
    /// Words for what is disputed: every claim in a dispute holds one of them.
    disputed: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    reports: usize,
    origins: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    file: String,
    outlet: Option<String>,
    byline: Option<String>,
    /// Empty for none.
    published: Option<String>,
    headline: Option<String>,
    credits: Option<String>,
    #[serde(default)]
    silent: Vec<String>,
    #[serde(default)]
    flags: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Origin {
    together: Vec<String>,
    apart: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdict {
    a: Quote,
    b: Quote,
    relation: Vec<Relation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quote {
    file: String,
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Same {
    file: String,
    names: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pile() -> Pile {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("examples/bridge"))
        .expect("the examples are there")
        .map(|file| file.expect("a file is listed").path())
        .collect();
    files.sort();
    let mut records = Vec::new();
    read_files::<()>(
        &files,
        &Limits::default(),
        Reading::default(),
        &AtomicBool::new(false),
        &|_, _, _| {},
        |_, _| Ok(true),
        |path, _, new, problems| {
            assert!(problems.is_empty(), "{}: {problems:?}", path.display());
            records.extend(new);
            Ok(())
        },
    )
    .expect("nothing refuses");
    lay_side_by_side(records)
}

/// The first report of a file.
fn report<'a>(pile: &'a Pile, file: &str) -> &'a Record {
    let found = pile
        .reports
        .iter()
        .filter(|record| record.report.path.as_deref().is_some_and(|path| path.ends_with(file)));
    found.min_by_key(|record| record.report.id.to_string()).unwrap_or_else(|| panic!("no {file}"))
}

#[test]
fn the_example_pile_shows_what_stands_beside_it() {
    let text = std::fs::read_to_string(root().join("examples/bridge.expected.toml")).unwrap();
    let expected: Expected = toml::from_str(&text).unwrap();
    let pile = pile();
    let mut missing: Vec<String> = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            missing.push(what);
        }
    };

    check(
        pile.reports.len() == expected.counts.reports,
        format!("{} reports, found {}", expected.counts.reports, pile.reports.len()),
    );
    // An origin without reports holds the paragraphs that a part copy added of its own.
    let origins = pile.origins.iter().filter(|origin| !origin.reports.is_empty()).count();
    check(
        origins == expected.counts.origins,
        format!("{} origins, found {origins}", expected.counts.origins),
    );
    for wanted in &expected.report {
        let file = &wanted.file;
        let record = report(&pile, file);
        let found = &record.report;
        if let Some(outlet) = &wanted.outlet {
            let name = found.outlet.as_ref().map(|outlet| &outlet.name);
            check(name == Some(outlet), format!("{file}: outlet {outlet}, found {name:?}"));
        }
        if let Some(byline) = &wanted.byline {
            let names: Vec<_> = found.byline.iter().map(|author| &author.name).collect();
            check(names == [byline], format!("{file}: by {byline}, found {names:?}"));
        }
        if let Some(published) = &wanted.published {
            let date = found.published.as_ref().map_or("", |date| &date.edtf);
            let right =
                if published.is_empty() { date.is_empty() } else { date.starts_with(published) };
            check(right, format!("{file}: published {published:?}, found {date:?}"));
        }
        if let Some(headline) = &wanted.headline {
            let region = found.regions.iter().find(|region| region.kind == RegionKind::Headline);
            let words = region.map(|region| found.words(region.span).trim());
            check(
                words == Some(headline),
                format!("{file}: headline {headline:?}, found {words:?}"),
            );
        }
        if let Some(agency) = &wanted.credits {
            let names: Vec<_> = found.credits.iter().map(|credit| &credit.agency).collect();
            check(names.contains(&agency), format!("{file}: credits {agency}, found {names:?}"));
        }
        for kind in &wanted.flags {
            let kinds: Vec<_> = found.flags.iter().map(|flag| &flag.kind).collect();
            check(kinds.contains(&kind), format!("{file}: flag {kind}, found {kinds:?}"));
        }
        for words in &wanted.silent {
            let loud = record
                .testimony
                .claims
                .iter()
                .find(|c| found.words(c.span).contains(words.as_str()));
            check(loud.is_none(), format!("{file}: no claim from {words:?}"));
        }
    }
    for wanted in &expected.origin {
        let origin_of = |file: &str| {
            let id = &report(&pile, file).report.id;
            pile.origins.iter().position(|origin| origin.reports.contains(id))
        };
        let first = origin_of(&wanted.together[0]);
        for file in &wanted.together {
            check(
                first.is_some() && origin_of(file) == first,
                format!("{file} has the origin of {}", wanted.together[0]),
            );
        }
        for file in &wanted.apart {
            check(
                origin_of(file).is_some() && origin_of(file) != first,
                format!("{file} is an origin apart"),
            );
        }
    }
    for wanted in &expected.verdict {
        let claims = |quote: &Quote| -> Vec<String> {
            let record = report(&pile, &quote.file);
            let text = &record.report.text;
            let at = text
                .find(&quote.words)
                .unwrap_or_else(|| panic!("{}: {}", quote.file, quote.words));
            let span = crossread_base::Span::of(at..at + quote.words.len());
            let claims = record.testimony.claims.iter().filter(|claim| claim.span.overlaps(span));
            claims.map(|claim| format!("{}/{}", record.report.id, claim.id)).collect()
        };
        let (a, b) = (claims(&wanted.a), claims(&wanted.b));
        let between: Vec<Relation> = pile
            .ledger
            .verdicts
            .iter()
            .filter(|verdict| {
                let (x, y) = (verdict.a.to_string(), verdict.b.to_string());
                (a.contains(&x) && b.contains(&y)) || (a.contains(&y) && b.contains(&x))
            })
            .map(|verdict| verdict.relation)
            .collect();
        check(
            wanted.relation.iter().any(|relation| between.contains(relation)),
            format!(
                "{:?} / {:?}: {:?}, found {between:?} (claims {} and {})",
                wanted.a.words,
                wanted.b.words,
                wanted.relation,
                a.len(),
                b.len()
            ),
        );
    }
    for verdict in &pile.ledger.verdicts {
        if !matches!(verdict.relation, Relation::Contradict | Relation::Deny) {
            continue;
        }
        let words = [&verdict.a, &verdict.b].map(|reference| {
            let record = pile.reports.iter().find(|record| record.report.id == reference.report);
            let claims = &record.expect("it is of the pile").testimony.claims;
            let claim = claims.iter().find(|claim| claim.id == reference.claim);
            record.expect("it is").report.words(claim.expect("it is of the report").span)
        });
        let known = |words: &str| expected.disputed.iter().any(|about| words.contains(about));
        check(
            words.iter().all(|words| known(words)),
            format!("no dispute by {}: {words:?}", verdict.rule),
        );
    }
    for wanted in &expected.same {
        let record = report(&pile, &wanted.file);
        let holds = |name: &str| {
            record.grounded.entities.iter().position(|entity| {
                entity
                    .mentions
                    .iter()
                    .any(|mention| record.report.words(mention.span).contains(name))
            })
        };
        let ids: Vec<_> = wanted.names.iter().map(|name| holds(name)).collect();
        check(
            ids[0].is_some() && ids.iter().all(|id| *id == ids[0]),
            format!("{}: {:?} are one, found {ids:?}", wanted.file, wanted.names),
        );
    }
    assert!(missing.is_empty(), "{} not found:\n  {}", missing.len(), missing.join("\n  "));
}
