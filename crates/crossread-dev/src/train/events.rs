//! `cargo dev train events`: the trees by which the ledger tells whether two mentions are of one event, from ECB+ and
//! the Gun Violence Corpus.
//!
//! Before it writes, it says what the same settings give on topics (ECB+) and incidents (GVC) they were not fitted on.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crossread_base::Span;
use crossread_ledger::learning::{FEATURES, Forest, Pair, join, pairs};
use crossread_record::Record;
use crossread_score::corpora::ecbplus::{self, EventReport};
use crossread_score::corpora::gvc;
use crossread_score::metrics::coreference::{Clustering, conll_f1};
use crossread_score::system::{Document, System, Wanted};
use miette::{IntoDiagnostic, Result};

use super::boost::{Lesson, Settings, fit};

/// Where to learn from, and where to write the trees.
#[derive(Debug, clap::Args)]
pub(crate) struct Events {
    /// The folder of gold sets, with `ecbplus` and `gvc` in it
    gold: PathBuf,
    /// The reports as `crossread annotate --tokens` reads them; read anew unless given
    #[arg(long, value_name = "FILE")]
    records: Option<PathBuf>,
    /// The file to write
    #[arg(long, default_value = "crates/crossread-ledger/data/same_event_trees.txt")]
    out: PathBuf,
}

/// How the trees that come with the program were fitted.
const HOW: Settings = Settings { trees: 80, depth: 3, rate: 0.1, ridge: 5.0, least: 60.0 };
/// What a pair of GVC weighs against one of ECB+, which has seven times as many.
const GVC: f64 = 2.0;
/// Parts that topics are dealt into, each held out once.
const PARTS: usize = 5;

/// A set with its mentions compared.
struct Set {
    name: &'static str,
    weight: f64,
    /// The event of each mention.
    events: Vec<String>,
    pairs: Vec<Pair>,
    /// The part that each pair belongs to, by the topic of its first mention.
    part: Vec<usize>,
}

impl Set {
    fn read(
        name: &'static str,
        weight: f64,
        system: &System,
        reports: &[EventReport],
    ) -> Result<Self> {
        let documents: Vec<Document> = reports
            .iter()
            .map(|report| Document::plain(&report.name, report.joined.text.as_str()))
            .collect();
        let wanted = Wanted { whole: false, tokens: true };
        let answers = system.annotate(&documents, wanted).into_diagnostic()?;
        let topics: BTreeSet<&str> = reports.iter().map(|report| report.topic.as_str()).collect();
        let topics: Vec<&str> = topics.into_iter().collect();
        let (mut spans, mut events, mut parts) = (Vec::new(), Vec::new(), Vec::new());
        for (index, (report, answer)) in reports.iter().zip(&answers).enumerate() {
            let topic = topics.partition_point(|topic| *topic < report.topic.as_str());
            for mention in &report.mentions {
                spans.push((index, answer.in_record(mention.span)));
                events.push(mention.event.clone());
                parts.push(topic % PARTS);
            }
        }
        let records: Vec<Record> = answers.into_iter().map(|answer| answer.record).collect();
        let spans: &[(usize, Span)] = &spans;
        let pairs = pairs(&records, spans);
        let part = pairs.iter().map(|pair| parts[pair.a as usize]).collect();
        Ok(Self { name, weight, events, pairs, part })
    }

    /// The pairs of the parts that `wanted` names.
    fn lessons(&self, wanted: impl Fn(usize) -> bool) -> impl Iterator<Item = Lesson<'_>> {
        let pairs = self.pairs.iter().zip(&self.part);
        pairs.filter(move |(_, part)| wanted(**part)).map(|(pair, _)| Lesson {
            features: &pair.features,
            yes: self.events[pair.a as usize] == self.events[pair.b as usize],
            weight: self.weight,
        })
    }

    /// CoNLL F1 at some links, with the trees that `of` gives for each part.
    fn tell<'a>(&self, how: &str, of: impl Fn(usize) -> &'a Forest) {
        let scored: Vec<(u32, u32, f64)> = self
            .pairs
            .iter()
            .zip(&self.part)
            .map(|(pair, part)| (pair.a, pair.b, of(*part).probability(&pair.features)))
            .collect();
        let gold = Clustering::new(self.events.iter().enumerate());
        let figures: Vec<String> = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45]
            .into_iter()
            .map(|link| {
                let found = join(self.events.len(), scored.clone(), link);
                let found = Clustering::new(found.into_iter().enumerate());
                format!("{link}: {:.3}", conll_f1(&gold, &found))
            })
            .collect();
        eprintln!("{} {how}: CoNLL F1 at link {}", self.name, figures.join(", "));
    }
}

/// Trains and writes.
pub(crate) fn run(args: &Events) -> Result<()> {
    let system = match &args.records {
        Some(path) => System::saved(path).into_diagnostic()?,
        None => System::Crossread,
    };
    let folder = args.gold.join("ecbplus");
    let mut reports = ecbplus::read(&folder).into_diagnostic()?;
    ecbplus::keep_checked(&folder, &mut reports).into_diagnostic()?;
    let shootings = gvc::read(&args.gold.join("gvc/val")).into_diagnostic()?;
    let sets =
        [Set::read("ECB+", 1.0, &system, &reports)?, Set::read("GVC", GVC, &system, &shootings)?];
    let learn = |wanted: &dyn Fn(usize) -> bool| {
        let lessons: Vec<Lesson<'_>> = sets.iter().flat_map(|set| set.lessons(wanted)).collect();
        fit(&lessons, HOW)
    };
    let held_out: Vec<Forest> =
        (0..PARTS).map(|part| learn(&|other: usize| other != part)).collect();
    for set in &sets {
        let right = set.lessons(|_| true).filter(|lesson| lesson.yes).count();
        eprintln!("{}: {} pairs, {right} of one event", set.name, set.pairs.len());
        set.tell("held out", |part| &held_out[part]);
    }
    let forest = learn(&|_| true);
    for set in &sets {
        set.tell("fitted on it", |_| &forest);
    }
    let head = "# The log odds that two mentions are of one event: every tree adds the value it leads to. A question `NAME <= \
                VALUE`\n# is followed by its yes branch and then its no branch. The names are those of `pair.rs`. Written by \
                `cargo dev train\n# events` from ECB+ and the Gun Violence Corpus.\n";
    std::fs::write(&args.out, format!("{head}{}", forest.write(&FEATURES))).into_diagnostic()
}
