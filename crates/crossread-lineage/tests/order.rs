//! The same origins whatever the order of the reports and the number of threads.

#![allow(clippy::unwrap_used)] // test helpers

use crossread_lineage::{Index, trace};
use crossread_record::{Record, Report};
use proptest::prelude::*;

fn record(id: usize, text: String) -> Record {
    Record::unread(Report::plain(format!("r{id}").parse().unwrap(), text))
}

const WORDS: [&str; 24] = [
    "bridge",
    "river",
    "Marrow",
    "fell",
    "divers",
    "torchlight",
    "brewery",
    "hangers",
    "rust",
    "the",
    "of",
    "on",
    "mayor",
    "choir",
    "cable",
    "said",
    "nine",
    "40",
    "quay",
    "lantern",
    "ferry",
    "judge",
    "\"",
    "harvest",
];

fn sentence() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(WORDS.as_slice()), 6..16)
        .prop_map(|words| format!("{}. ", words.join(" ")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Reports drawn from a small stock of sentences, so that they share some.
    #[test]
    fn order_and_threads_do_not_matter(
        stock in proptest::collection::vec(sentence(), 12),
        drawn in proptest::collection::vec(proptest::collection::vec(0usize..12, 1..8), 2..70),
        turn in 0usize..70,
    ) {
        let records: Vec<Record> = drawn
            .iter()
            .enumerate()
            .map(|(id, lines)| record(id, lines.iter().map(|line| stock[*line].as_str()).collect()))
            .collect();
        let mut turned = records.clone();
        turned.reverse();
        let by = turn % turned.len();
        turned.rotate_left(by);
        let threads = |n: usize| rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        let one = threads(1).install(|| trace(&records));
        let other = threads(3).install(|| trace(&turned));
        prop_assert_eq!(one, other);
    }

    /// Any text at all is read without a panic, and every report is in exactly one origin.
    #[test]
    fn nothing_read_breaks_it(texts in proptest::collection::vec("\\PC{0,200}", 1..6)) {
        let records: Vec<Record> = texts.into_iter().enumerate().map(|(id, text)| record(id, text)).collect();
        let lineage = trace(&records);
        let mut seen: Vec<_> = lineage.origins.iter().flat_map(|origin| &origin.reports).collect();
        seen.sort();
        let mut ids: Vec<_> = records.iter().map(|record| &record.report.id).collect();
        ids.sort();
        prop_assert_eq!(seen, ids);
    }
}

#[test]
fn a_report_that_repeats_itself_takes_no_longer_than_it_is_long() {
    let refrain = "the ferry left the quay and the ferry left the quay again. ".repeat(1500);
    let records = [record(0, refrain.clone()), record(1, refrain)];
    let start = std::time::Instant::now();
    assert_eq!(trace(&records).origins.len(), 1);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn the_index_finds_edited_copies_and_no_standing_passages() {
    let mut state = 5u64;
    let mut word = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("w{}", (state >> 33) % 5000)
    };
    let mut story = |words: usize| -> String { (0..words).map(|_| word() + " ").collect() };
    let passage = story(80);
    let mut texts: Vec<String> = (0..120).map(|_| format!("{}{passage}", story(100))).collect();
    let copy: Vec<String> = texts[7]
        .split(' ')
        .enumerate()
        .map(|(at, word)| if at % 9 == 4 { "changed".to_owned() } else { word.to_owned() })
        .collect();
    texts.push(copy.join(" "));
    let mut index = Index::new();
    index.add_all(&texts);
    let found: Vec<_> =
        index.candidates(120).into_iter().filter(|other| other.share >= 0.5).collect();
    assert_eq!(found.iter().map(|other| other.report).collect::<Vec<_>>(), [7]);
    assert_eq!(index.pairs(0.5).len(), 1);
}
