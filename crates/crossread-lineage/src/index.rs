//! Reports by their fingerprints: which earlier reports share text with this one?
//!
//! Made for crawls: a report is fingerprinted once, its text is not kept, and a new one joins without a look at the
//! old. Memory is linear in the number of fingerprints (see [`Index::bytes`]): about a kilobyte for a report of a
//! hundred words.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::fingerprint::{Print, SHINGLE, fingerprints};

/// A fingerprint of more reports than this may belong to a standing passage.
const MANY: u32 = 40;
/// It does when, on average, less than this share of its reports' fingerprints is as widespread. Of a wire story
/// printed a hundred times the reports share nearly all, of a comment policy only that.
const MOSTLY: f32 = 0.65;
/// Of a widespread fingerprint no more than this many reports are looked at, the latest: so a story printed ten
/// thousand times is still one chain, and costs no hundred million comparisons.
const LOOKED_AT: usize = 64;
/// Words around a shared fingerprint that count as shared: edited text keeps one in some thirty words.
const REACH: u32 = 25;
/// One shared fingerprint may be a turn of phrase.
const FEWEST: u32 = 2;

/// The number of a report in an [`Index`], by order of adding, from 0.
pub type Number = u32;

/// A report that shares text with another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The report.
    pub report: Number,
    /// Estimated share of the shorter text's words that stand in passages of the other, 0 to 1, standing passages
    /// left out.
    pub share: f32,
}

/// Fingerprints of many reports.
#[derive(Debug, Default)]
pub struct Index {
    /// The fingerprints of all reports, one report after the other.
    hashes: Vec<u32>,
    /// For each, the place of its first word.
    places: Vec<u16>,
    /// For each, its report.
    reports: Vec<Number>,
    /// For each, one more than the place in `hashes` of the same fingerprint in an earlier report; 0 for none.
    earlier: Vec<u32>,
    /// For each fingerprint, its last place in `hashes` and the number of reports that have it.
    known: FxHashMap<u32, (u32, u32)>,
    /// For each report, the end of its fingerprints.
    ends: Vec<u32>,
    /// For each report, its number of words.
    words: Vec<u32>,
}

impl Index {
    /// An index of no reports.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many reports it holds.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds a report's text and gives its number. Takes time linear in the text.
    pub fn add(&mut self, text: &str) -> Number {
        let (prints, words) = fingerprints(text);
        self.keep(&prints, words)
    }

    /// Adds many, fingerprinted on all threads of the current rayon pool; numbers follow the order given.
    pub fn add_all<T: AsRef<str> + Sync>(&mut self, texts: &[T]) {
        for some in texts.chunks(4096) {
            let read: Vec<_> = some.par_iter().map(|text| fingerprints(text.as_ref())).collect();
            for (prints, words) in read {
                self.keep(&prints, words);
            }
        }
    }

    fn keep(&mut self, prints: &[Print], words: u32) -> Number {
        let number = self.ends.len() as Number;
        for print in prints {
            // Four thousand million fingerprints are some hundred million reports; beyond that nothing is kept.
            let Ok(at) = u32::try_from(self.hashes.len()) else { break };
            let (last, holders) = self.known.entry(print.hash).or_insert((0, 0));
            self.earlier.push(*last);
            (*last, *holders) = (at + 1, *holders + 1);
            self.hashes.push(print.hash);
            self.places.push(u16::try_from(print.word).unwrap_or(u16::MAX));
            self.reports.push(number);
        }
        self.ends.push(self.hashes.len() as u32);
        self.words.push(words);
        number
    }

    /// The earlier reports that share text with this one, by number.
    ///
    /// What is a standing passage is judged by all reports added so far.
    pub fn candidates(&self, report: Number) -> Vec<Candidate> {
        self.candidates_among(report, &self.standing())
    }

    /// All pairs that share at least `share` of the shorter's words, the later report first, ordered by both
    /// numbers. Of texts shared by a great many reports not all pairs are given, but enough to join them.
    pub fn pairs(&self, share: f32) -> Vec<(Number, Number, f32)> {
        let standing = self.standing();
        (0..self.ends.len() as Number)
            .into_par_iter()
            .flat_map_iter(|report| {
                self.candidates_among(report, &standing)
                    .into_iter()
                    .filter(|candidate| candidate.share >= share)
                    .map(move |candidate| (report, candidate.report, candidate.share))
            })
            .collect()
    }

    /// Bytes held, as the sum of what its tables have allocated.
    pub fn bytes(&self) -> usize {
        let table = self.known.capacity() * 8 / 7 * (size_of::<(u32, (u32, u32))>() + 1);
        4 * (self.hashes.capacity() + self.reports.capacity() + self.earlier.capacity())
            + 2 * self.places.capacity()
            + 4 * (self.ends.capacity() + self.words.capacity())
            + table
    }

    fn prints(&self, report: Number) -> std::ops::Range<usize> {
        let end = |at: Number| self.ends.get(at as usize).map_or(0, |end| *end as usize);
        if report == 0 { 0..end(0) } else { end(report - 1)..end(report) }
    }

    fn holders(&self, hash: u32) -> u32 {
        self.known.get(&hash).map_or(0, |(_, holders)| *holders)
    }

    /// The fingerprints of standing passages.
    fn standing(&self) -> FxHashMap<u32, ()> {
        let mut seen: FxHashMap<u32, (f32, u32)> = self
            .known
            .iter()
            .filter(|(_, (_, holders))| *holders > MANY)
            .map(|(hash, (_, holders))| (*hash, (0.0, *holders)))
            .collect();
        if seen.is_empty() {
            return FxHashMap::default();
        }
        let mut spread = Vec::new();
        for report in 0..self.ends.len() as Number {
            let prints = &self.hashes[self.prints(report)];
            spread.clear();
            spread.extend(prints.iter().map(|hash| self.holders(*hash)));
            spread.sort_unstable();
            for hash in prints {
                if let Some((sum, holders)) = seen.get_mut(hash) {
                    let fewer = spread.partition_point(|other| *other < *holders / 2);
                    *sum += (spread.len() - fewer) as f32 / spread.len() as f32;
                }
            }
        }
        seen.into_iter()
            .filter(|(_, (sum, holders))| *sum < MOSTLY * *holders as f32)
            .map(|(hash, _)| (hash, ()))
            .collect()
    }

    fn candidates_among(&self, report: Number, standing: &FxHashMap<u32, ()>) -> Vec<Candidate> {
        // For each earlier report, the fingerprints shared: the place of each in `hashes`, ours and theirs.
        let mut hits: Vec<(Number, u32, u32)> = Vec::new();
        for at in self.prints(report) {
            if !standing.is_empty() && standing.contains_key(&self.hashes[at]) {
                continue;
            }
            let mut earlier = self.earlier[at];
            for _ in 0..LOOKED_AT {
                if earlier == 0 {
                    break;
                }
                let there = earlier - 1;
                hits.push((self.reports[there as usize], at as u32, there));
                earlier = self.earlier[there as usize];
            }
        }
        hits.sort_unstable();
        let mut found = Vec::new();
        for shared in hits.chunk_by(|a, b| a.0 == b.0) {
            let other = shared[0].0;
            if (shared.len() as u32) < FEWEST {
                continue;
            }
            let ours = self.words[report as usize] <= self.words[other as usize];
            let shorter = if ours { report } else { other };
            let mut places: Vec<u32> = shared
                .iter()
                .map(|(_, a, b)| u32::from(self.places[if ours { *a } else { *b } as usize]))
                .collect();
            places.sort_unstable();
            let all = self.words[shorter as usize];
            let passage = self.standing_words(shorter, standing);
            let own = all.saturating_sub(passage).max(1);
            let covered = covered(&places, REACH, all);
            found.push(Candidate { report: other, share: (covered as f32 / own as f32).min(1.0) });
        }
        found
    }

    /// How many words of a report stand in standing passages.
    fn standing_words(&self, report: Number, standing: &FxHashMap<u32, ()>) -> u32 {
        if standing.is_empty() {
            return 0;
        }
        let places: Vec<u32> = self
            .prints(report)
            .filter(|at| standing.contains_key(&self.hashes[*at]))
            .map(|at| u32::from(self.places[at]))
            .collect();
        covered(&places, SHINGLE as u32, self.words[report as usize])
    }
}

/// How many words lie within `reach` of a shingle at these places, in a text of `all` words.
fn covered(places: &[u32], reach: u32, all: u32) -> u32 {
    let (mut sum, mut done) = (0, 0);
    for place in places {
        let start = place.saturating_sub(reach).max(done);
        let end = (place + SHINGLE as u32 + reach).min(all);
        if end > start {
            sum += end - start;
            done = end;
        }
    }
    sum
}
