//! Two mentions of events, compared: the features by which they are told to be of one event or of two.

use rustc_hash::FxHashMap;

use crate::mention::Mention;
use crate::story::Words;

/// The names of the features, in the order of [`Features`].
pub const FEATURES: [&str; 32] = [
    "same_lemma",          // the same dictionary form
    "nearness", // of the predicates: 2 same stem or synset, 1 one right above the other, 0.5 both below one
    "general",  // how many of the two predicates name too many happenings
    "telling",  // how few reports have the commoner of the two words
    "frame",    // 1 the same, -1 another, 0 one has none
    "arguments", // overlap of who and what takes part; -1 where one side names none
    "arguments_of_all", // the same, of both together
    "agent",    // overlap of who does it
    "object",   // overlap of whom or what it is done to
    "crossed",  // overlap of the one's agent and the other's object
    "sentence", // overlap of the sentences
    "sentence_of_all", // ..
    "near",     // overlap of the words next to the mentions
    "near_of_all", // ..
    "around_of_all", // overlap of the sentences with those before and after
    "names",    // overlap of the names in the sentences
    "reports",  // the cosine of the two reports
    "report_names", // overlap of all names of the two reports
    "report_names_of_all", // ..
    "same_report", // one report tells both
    "distance", // sentences between them there, 10 at most; -1 in two reports
    "leads",    // how many of the two stand in a first or second sentence
    "other_position", // how far apart in the course of their reports
    "figures",  // 1 a number of both, -1 other numbers, 0 one has none
    "days",     // .. of the days named
    "places",   // .. of the places named
    "people",   // .. of the people named
    "rivals_most", // mentions of the other's report that are of its kind too, the greater number of the two
    "rivals_least", // .. the lesser
    "better_rivals", // how many of them are more alike
    "alike",       // overlap of arguments and sentences of both together, added
    "ahead",       // how much more alike than the best rival
];

/// The features of two mentions.
pub type Features = [f32; FEATURES.len()];

/// Two mentions that may be of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The index of the first mention.
    pub a: u32,
    /// The index of the second.
    pub b: u32,
    /// How they compare.
    pub features: Features,
}

/// Compares mentions: each pair that is given, `a < b`, each once.
pub(crate) fn compare(words: &Words, mentions: &[Mention], pairs: &[(u32, u32)]) -> Vec<Pair> {
    // How alike the mentions of a kind are in each report, by mention and report.
    let mut rivals: FxHashMap<(u32, u32), Vec<f32>> = FxHashMap::default();
    let mut alike = Vec::with_capacity(pairs.len());
    for &(a, b) in pairs {
        let (left, right) = (&mentions[a as usize], &mentions[b as usize]);
        let score = words.overlap(&left.arguments, &right.arguments).1
            + words.overlap(&left.words, &right.words).1;
        alike.push(score);
        if left.predicate.nearness(&right.predicate) == 2.0 {
            rivals.entry((a, right.report as u32)).or_default().push(score);
            rivals.entry((b, left.report as u32)).or_default().push(score);
        }
    }
    let mut cosines: FxHashMap<(usize, usize), (f32, f32, f32)> = FxHashMap::default();
    let mut found = Vec::with_capacity(pairs.len());
    for (&(a, b), alike) in pairs.iter().zip(alike) {
        let (left, right) = (&mentions[a as usize], &mentions[b as usize]);
        let reports = (left.report.min(right.report), left.report.max(right.report));
        let reports = *cosines.entry(reports).or_insert_with(|| {
            let (few, all) = words.overlap(&words.names[reports.0], &words.names[reports.1]);
            (words.cosine(reports.0, reports.1), few, all)
        });
        let own = left.predicate.nearness(&right.predicate) == 2.0;
        let of = |mention: u32, report: usize| {
            let scores = rivals.get(&(mention, report as u32)).map_or(&[][..], Vec::as_slice);
            let better = scores.iter().filter(|score| **score > alike + 1e-6).count();
            // Of those as alike as this one, one is it.
            let mut itself = own;
            let others = scores.iter().filter(|score| {
                let skip = itself && **score == alike;
                itself &= !skip;
                !skip
            });
            let best = others.copied().fold(0.0, f32::max);
            (scores.len().saturating_sub(usize::from(own)).min(8), better, best)
        };
        let (one, two) = (of(a, right.report), of(b, left.report));
        let features = features(words, left, right, reports, alike, one, two);
        found.push(Pair { a, b, features });
    }
    found
}

/// How many rivals, how many of them better, and how alike the best is.
type Rivals = (usize, usize, f32);

fn features(
    words: &Words,
    a: &Mention,
    b: &Mention,
    reports: (f32, f32, f32),
    alike: f32,
    one: Rivals,
    two: Rivals,
) -> Features {
    let flag = |is: bool| f32::from(u8::from(is));
    let overlap = |a: &[u32], b: &[u32]| words.overlap(a, b);
    let arguments = overlap(&a.arguments, &b.arguments);
    let sentence = overlap(&a.words, &b.words);
    let near = overlap(&a.near, &b.near);
    let same_report = a.report == b.report;
    let position = |mention: &Mention| mention.sentence as f32 / mention.sentences as f32;
    let frame = match (&a.frame, &b.frame) {
        (Some(a), Some(b)) if a == b => 1.0,
        (Some(_), Some(_)) => -1.0,
        _ => 0.0,
    };
    [
        flag(a.predicate.lemma == b.predicate.lemma),
        a.predicate.nearness(&b.predicate),
        flag(a.predicate.general) + flag(b.predicate.general),
        a.tells.min(b.tells),
        frame,
        arguments.0,
        arguments.1,
        overlap(&a.agent, &b.agent).0,
        overlap(&a.object, &b.object).0,
        overlap(&a.agent, &b.object).0.max(overlap(&a.object, &b.agent).0),
        sentence.0,
        sentence.1,
        near.0,
        near.1,
        overlap(&a.around, &b.around).1,
        overlap(&a.named, &b.named).0,
        reports.0,
        reports.1,
        reports.2,
        flag(same_report),
        if same_report { a.sentence.abs_diff(b.sentence).min(10) as f32 } else { -1.0 },
        flag(a.sentence <= 1) + flag(b.sentence <= 1),
        (position(a) - position(b)).abs(),
        met(&a.figures, &b.figures),
        met(&a.days, &b.days),
        met(&a.places, &b.places),
        met(&a.people, &b.people),
        one.0.max(two.0) as f32,
        one.0.min(two.0) as f32,
        (one.1 + two.1) as f32,
        alike,
        alike - one.2.max(two.2),
    ]
}

/// 1 where two lists share something, -1 where they do not, 0 where one is empty.
fn met<T: PartialEq>(a: &[T], b: &[T]) -> f32 {
    match () {
        () if a.is_empty() || b.is_empty() => 0.0,
        () if a.iter().any(|item| b.contains(item)) => 1.0,
        () => -1.0,
    }
}
