//! `cargo dev train attribution`: the cue and role networks of the testimony room, from PolNeAR's training part.
//!
//! The corpus is univocal: it marks one level of attribution and leaves what is said within a content unmarked. The
//! cue network is therefore shown no word of a content: what it learns of cues outside holds within, and the
//! attributions found there are the children of the one around them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead as _;
use std::path::PathBuf;

use crossread_base::Span;
use crossread_record::{Parsed, Report};
use crossread_score::corpora::polnear::{self, GoldAttribution};
use crossread_testimony::attribution::learning::{LABELS, Label, Material, Models};
use miette::{IntoDiagnostic, Result, WrapErr};
use serde::Deserialize;

use super::fit::{Lesson, Settings, fit};

/// Where to learn from, and where to write the weights.
#[derive(Debug, clap::Args)]
pub(crate) struct Attribution {
    /// The folder of gold sets, with `polnear/train` in it
    gold: PathBuf,
    /// The texts as `crossread annotate --tokens GOLD/polnear/train/text/*.txt` reads them
    #[arg(long, value_name = "FILE")]
    parsed: PathBuf,
    /// The file to write
    #[arg(long, default_value = "crates/crossread-testimony/data/attribution.bin")]
    out: PathBuf,
}

/// A record as far as it is read before testimony.
#[derive(Deserialize)]
struct ParsedReport {
    #[serde(flatten)]
    report: Report,
    #[serde(flatten)]
    parsed: Parsed,
}

/// How the weights that come with the program were fitted. Chosen over four folds of the training part: fewer rows lose
/// (whole attributions .656 with 16 bits, .652 with 15, .647 with 14), while more of them, 8 rounds, a wider layer or
/// more dropout gain nothing. Another seed moves the figures by .003.
const CUE: Settings = Settings { bits: 16, outputs: 1, rounds: 5, dropout: 0.25, rate: 0.05 };
const ROLE: Settings = Settings { outputs: LABELS, ..CUE };

/// Trains and writes.
pub(crate) fn run(args: &Attribution) -> Result<()> {
    // A text is known by its words: paths and ids are the reader's own. Two articles may have one text.
    let mut parsed: BTreeMap<String, ParsedReport> = BTreeMap::new();
    let file = std::fs::File::open(&args.parsed).into_diagnostic().wrap_err("the parsed texts")?;
    for line in std::io::BufReader::new(file).lines() {
        let read: ParsedReport =
            serde_json::from_str(&line.into_diagnostic()?).into_diagnostic()?;
        parsed.insert(read.report.text.clone(), read);
    }
    // In the order of the corpus, whatever the order of the parsed texts.
    let articles = polnear::read(&args.gold.join("polnear/train"), 0).into_diagnostic()?;
    let (mut cues, mut roles, mut read) = (Vec::new(), Vec::new(), 0);
    for article in &articles {
        let Some(ParsedReport { report, parsed }) = parsed.get(&article.document.text) else {
            continue;
        };
        read += 1;
        learn(&Material::new(report, parsed), &article.attributions, &mut cues, &mut roles);
    }
    let all = articles.len();
    eprintln!("{read} of {all} articles, {} cues, {} candidates", roles.len(), cues.len());
    let tell = |what| move |round, loss| eprintln!("{what}: round {round}, loss {loss:.4}");
    let models =
        Models { cue: fit(&cues, CUE, tell("cue")), role: fit(&roles, ROLE, tell("role")) };
    std::fs::write(&args.out, models.write()).into_diagnostic()
}

/// The lessons of one article.
fn learn(
    material: &Material<'_>,
    attributions: &[GoldAttribution],
    cues: &mut Vec<Lesson>,
    roles: &mut Vec<Lesson>,
) {
    let words = material.words();
    let mut heads = BTreeSet::new();
    let mut left_out = BTreeSet::new();
    for attribution in attributions {
        let [source, cue, content] = [&attribution.source, &attribution.cue, &attribution.content]
            .map(|spans| touched(&words, spans));
        left_out.extend(content.iter().chain(&cue).copied());
        let Some(head) = material.head(&cue) else { continue };
        heads.insert(head);
        let mut lesson = Lesson::default();
        material.roles(head, |at, features| {
            let is_in = |list: &[usize]| list.binary_search(&at).is_ok();
            let label = match () {
                () if is_in(&cue) => Label::Cue,
                () if is_in(&source) => Label::Source,
                () if is_in(&content) => Label::Content,
                () => Label::Nothing,
            };
            lesson.push(features, label as u8);
            if at == head {
                lesson.given = Some(lesson.labels.len() - 1);
            }
        });
        roles.push(lesson);
    }
    material.cues(|at, features| {
        let yes = heads.contains(&at);
        if yes || !left_out.contains(&at) {
            let mut lesson = Lesson::default();
            lesson.push(features, u8::from(yes));
            cues.push(lesson);
        }
    });
}

/// The words that the spans touch, in order.
fn touched(words: &[Span], spans: &[Span]) -> Vec<usize> {
    let mut all = BTreeSet::new();
    for span in spans {
        let first = words.partition_point(|word| word.end <= span.start);
        all.extend((first..words.len()).take_while(|&at| words[at].start < span.end));
    }
    all.into_iter().collect()
}
