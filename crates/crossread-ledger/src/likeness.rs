//! How far two claims seem to be about one happening: named features and their weights.

use std::cell::RefCell;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smol_str::SmolStr;

use crate::keys::keys;
use crate::statement::{Site, Statement, common, sorted};
use crate::table::lines;
use crossread_record::{EntityType, Record};

/// The weights of the features, as `data/same_event.toml` names them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    pub(crate) link: f64,
    bias: f64,
    same_frame: f64,
    related_frame: f64,
    arguments: f64,
    words: f64,
    reports: f64,
    same_report: f64,
    same_day: f64,
    other_day: f64,
    same_place: f64,
    other_place: f64,
    pub(crate) story: crate::story::StoryWeights,
    pub(crate) mention: crate::mentions::MentionWeights,
}

pub(crate) static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| toml::from_str(include_str!("../data/same_event.toml")).unwrap_or_default());

/// Two reports that share less than this of their words are not taken for one story.
const ONE_STORY: f64 = 0.14;
/// The same for two whose places all lie apart.
const ONE_STORY_ELSEWHERE: f64 = 0.25;

/// What makes words telling: how few reports have them.
pub(crate) struct Rarity {
    reports: f64,
    holds: FxHashMap<SmolStr, u32>,
    of_report: Vec<Vec<SmolStr>>,
    /// The words of the names of each report, those that many names have left out.
    names: Vec<Vec<SmolStr>>,
    /// The places each report names.
    sites: Vec<Vec<Site>>,
    elsewhere: RefCell<FxHashMap<(u32, u32), bool>>,
    pairs: RefCell<FxHashMap<(u32, u32), f64>>,
}

impl Rarity {
    /// Counts the words of the claim-making regions of each report.
    pub(crate) fn of(records: &[Record]) -> Self {
        let of_report: Vec<Vec<SmolStr>> = records
            .iter()
            .map(|record| {
                let report = &record.report;
                let regions = report.regions.iter().filter(|region| region.kind.makes_claims());
                sorted(regions.flat_map(|region| keys(report.words(region.span))).collect())
            })
            .collect();
        let mut holds = FxHashMap::default();
        for key in of_report.iter().flatten() {
            *holds.entry(key.clone()).or_default() += 1;
        }
        let names = records.iter().map(names).collect();
        let sites = records.iter().map(sites).collect();
        Self {
            reports: records.len() as f64,
            holds,
            of_report,
            names,
            sites,
            elsewhere: RefCell::default(),
            pairs: RefCell::default(),
        }
    }

    /// The weight of a word: 1 for one report's alone, falling to a tenth for a word of every report.
    pub(crate) fn weight(&self, key: &str) -> f64 {
        let holds = f64::from(self.holds.get(key).copied().unwrap_or(1)).max(1.0);
        1.0 - 0.9 * (holds - 1.0) / self.reports.max(1.0)
    }

    /// How many reports have the word.
    pub(crate) fn count(&self, key: &str) -> u32 {
        self.holds.get(key).copied().unwrap_or(0)
    }

    /// The weight shared by two sorted lists, of the weight of the lighter.
    pub(crate) fn overlap(&self, a: &[SmolStr], b: &[SmolStr]) -> f64 {
        let weigh = |keys: &[SmolStr]| keys.iter().map(|key| self.weight(key)).sum::<f64>();
        let shared = common(a, b).fold(0.0, |sum, key| sum + self.weight(key));
        let least = weigh(a).min(weigh(b));
        if least > 0.0 { shared / least } else { 0.0 }
    }

    /// Whether two reports are one, or share a name and so many of their words that they tell one story.
    pub(crate) fn one_story(&self, a: usize, b: usize) -> bool {
        let told_alike = || {
            let overlap = self.reports_overlap(a, b);
            overlap >= ONE_STORY_ELSEWHERE || overlap >= ONE_STORY && !self.elsewhere(a, b)
        };
        a == b || self.share_name(a, b) && told_alike()
    }

    /// The words of the names of a report; sorted, each once.
    pub(crate) fn names(&self, report: usize) -> &[SmolStr] {
        &self.names[report]
    }

    /// Whether two reports name somebody, some body or some place in common; reports that name none may.
    pub(crate) fn share_name(&self, a: usize, b: usize) -> bool {
        let (left, right) = (&self.names[a], &self.names[b]);
        a == b || left.is_empty() || right.is_empty() || common(left, right).next().is_some()
    }

    /// Whether two reports name towns or sites, each of the one far from each of the other, and no place, however wide,
    /// that both name.
    pub(crate) fn elsewhere(&self, a: usize, b: usize) -> bool {
        let pair = (a.min(b) as u32, a.max(b) as u32);
        if let Some(known) = self.elsewhere.borrow().get(&pair) {
            return *known;
        }
        let (one, other) = (&self.sites[a], &self.sites[b]);
        let on_the_map = |sites: &[Site]| sites.iter().any(Site::on_the_map);
        let apart = |site: &Site, other: &Site| {
            site.key != other.key
                && (!site.on_the_map() || !other.on_the_map() || site.far_from(other))
        };
        let elsewhere = a != b
            && on_the_map(one)
            && on_the_map(other)
            && one.iter().all(|site| other.iter().all(|other| apart(site, other)));
        self.elsewhere.borrow_mut().insert(pair, elsewhere);
        elsewhere
    }

    /// The weight two reports share.
    pub(crate) fn reports_overlap(&self, a: usize, b: usize) -> f64 {
        let pair = (a.min(b) as u32, a.max(b) as u32);
        if let Some(known) = self.pairs.borrow().get(&pair) {
            return *known;
        }
        let overlap = self.overlap(&self.of_report[a], &self.of_report[b]);
        self.pairs.borrow_mut().insert(pair, overlap);
        overlap
    }
}

/// Places of a report that are looked at; of more, the first.
const MOST_SITES: usize = 24;

/// The places that a report names, each once.
fn sites(record: &Record) -> Vec<Site> {
    let mut sites: Vec<Site> = Vec::new();
    for place in &record.grounded.places {
        if let Some(site) =
            Site::of(record, place).filter(|site| sites.iter().all(|held| held.key != site.key))
        {
            sites.push(site);
        }
        if sites.len() == MOST_SITES {
            break;
        }
    }
    sites
}

/// The words of the names of a report, and those written large within a sentence, which the reader of names may have missed.
fn names(record: &Record) -> Vec<SmolStr> {
    static GENERIC: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
        lines(include_str!("../data/generic_names.txt")).flat_map(str::split_whitespace).collect()
    });
    let entities = record.grounded.entities.iter();
    let named = entities.filter(|entity| entity.kind != EntityType::Other);
    let places = record.grounded.places.iter().map(|place| record.report.words(place.span));
    let regions = record.report.regions.iter().filter(|region| region.kind.makes_claims());
    let large = regions.flat_map(|region| written_large(record.report.words(region.span)));
    let words = named.map(|entity| entity.name.as_str()).chain(places).chain(large).flat_map(keys);
    sorted(words.filter(|key| !GENERIC.contains(key.as_str())).collect())
}

/// The words with a capital that no mark or line stands before.
fn written_large(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        let words = line.split_whitespace();
        words.clone().skip(1).zip(words).filter_map(|(word, before)| {
            let goes_on = before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
            (goes_on && word.starts_with(char::is_uppercase)).then_some(word)
        })
    })
}

/// The weighted sum for two statements.
pub(crate) fn likeness(a: &Statement<'_>, b: &Statement<'_>, rarity: &Rarity) -> f64 {
    let weights = &*WEIGHTS;
    // What happened after a report was made is not what it tells.
    let later = |one: &Statement<'_>, other: &Statement<'_>| {
        one.when.is_some_and(|when| other.made_before(&when))
    };
    if !rarity.share_name(a.report, b.report) || later(a, b) || later(b, a) {
        return 0.0;
    }
    let mut sum = weights.bias;
    if a.claim.frame == b.claim.frame {
        sum += weights.same_frame;
    } else if a.matter == b.matter {
        sum += weights.related_frame;
    }
    // A toll names nobody: "nine dead" and "at least 11 people" are told apart by what else their sentences say.
    let unnamed = a.tallies() && b.tallies();
    let parties = if unnamed { (&a.context, &b.context) } else { (&a.who, &b.who) };
    sum += weights.arguments * rarity.overlap(parties.0, parties.1);
    sum += weights.words * rarity.overlap(&a.words, &b.words);
    if a.report == b.report {
        sum += weights.same_report + weights.reports;
    } else {
        sum += weights.reports * rarity.reports_overlap(a.report, b.report);
    }
    if let (Some(a), Some(b)) = (&a.when, &b.when) {
        match a.days_apart(b) {
            0 => sum += weights.same_day,
            1 | 2 => {}
            _ => sum += weights.other_day,
        }
    }
    if let (Some(a), Some(b)) = (&a.place, &b.place) {
        if a.key == b.key {
            sum += weights.same_place;
        } else if !a.wide && !b.wide {
            sum += weights.other_place;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_weights_read() {
        assert!(super::WEIGHTS.link > 0.0);
    }
}
