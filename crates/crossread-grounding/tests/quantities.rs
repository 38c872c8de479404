//! Every sentence of `quantities.toml` gives its records, by its words alone: no parse is at hand.

use std::fmt::Write as _;

use crossread_base::ReportId;
use crossread_record::{Parsed, Quantity, Report};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    sentence: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    quantities: Vec<Expected>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    words: String,
    min: Option<f64>,
    max: Option<f64>,
    #[serde(default)]
    approximate: bool,
    unit: Option<String>,
    of: Option<String>,
    share_of: Option<String>,
    sense: Option<String>,
    rule: Option<String>,
    same_as: Option<u32>,
}

fn found(text: &str, quantity: Quantity) -> Expected {
    let words = |span: crossread_base::Span| span.text(text).to_owned();
    Expected {
        words: words(quantity.span),
        min: quantity.min,
        max: quantity.max,
        approximate: quantity.approximate,
        unit: quantity.unit,
        of: quantity.of.map(words),
        share_of: quantity.share_of.map(words),
        sense: quantity.sense,
        rule: quantity.rule,
        same_as: quantity.same_as,
    }
}

fn report(text: &str) -> Report {
    Report::plain(ReportId::new(&[0; 32], None), text)
}

#[test]
fn every_sentence_gives_its_amounts() {
    let file: File = toml::from_str(include_str!("quantities.toml")).unwrap();
    assert!(file.sentence.len() >= 150, "{} sentences", file.sentence.len());
    let mut wrong = String::new();
    for sentence in &file.sentence {
        let grounded = crossread_grounding::ground(&report(&sentence.text), &Parsed::default());
        let found: Vec<Expected> = grounded
            .quantities
            .into_iter()
            .map(|quantity| found(&sentence.text, quantity))
            .collect();
        if found != sentence.quantities {
            writeln!(
                wrong,
                "{}\n  want {:?}\n  got  {found:?}",
                sentence.text, sentence.quantities
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
