//! What is measured of two reports beside each other.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::align::Alignment;
use crate::pile::Texts;
use crate::text::{Line, Text};
use crate::words::{Form, Rarity};

/// A sentence is reprinted when this share of its words stands in passages of the other report ...
const REPRINTED: f32 = 0.6;
/// ... and reprinted whole from this share on.
const WHOLE: f32 = 0.8;
/// A shorter sentence may be a turn of phrase, a crosshead or a cut gone wrong.
const SENTENCE: usize = 6;
/// A sentence of which the other report has less than this, by weight of words, is a report's own.
const OWN: f32 = 0.25;

/// The measures the [`model`](crate::model) judges by. Page furniture is left out of all. "The shorter" is the one
/// with fewer words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measures {
    /// Words of the shorter.
    pub(crate) words: usize,
    /// Of these, the words in shared passages.
    pub(crate) shared_words: usize,
    /// Their share.
    pub(crate) share: f32,
    /// Sentences reprinted in both that are neither quotations nor in the first person.
    pub(crate) narrative: usize,
    /// Sentences of both reprinted whole, quotations too.
    pub(crate) whole: usize,
    /// Words of the longest shared passage, quotations left out.
    pub(crate) longest: usize,
    /// Of the pairs of neighbouring plain words (neither names nor numbers nor quoted; one word may stand between
    /// them) of the shorter, the share that are neighbours in the other. Two who write of the same facts share
    /// names and numbers; two who share the words around them share a text.
    pub(crate) neighbours: f32,
    /// Of the words of the shorter, by weight and each once, the share that the other has anywhere.
    pub(crate) told: f32,
    /// Of the sentences of the shorter, the share that the other has nothing of.
    pub(crate) own: f32,
    /// Of the words of the shorter, the share in quotations that the other has not.
    pub(crate) own_quoted: f32,
}

/// A sentence of the shorter and the one of the other that tells most of it, with how much, 0 to 1.
pub(crate) type Told = (usize, usize, f32);

/// Measures `a`, the shorter, beside `b`.
pub(crate) fn measure(
    pile: &Texts,
    a: &Text,
    b: &Text,
    alignment: &Alignment,
) -> (Measures, Vec<Told>) {
    let (narrative_a, whole_a) = reprinted(a, &alignment.in_a);
    let (narrative_b, whole_b) = reprinted(b, &alignment.in_b);
    let told = told(pile, a, b);
    let mut found = Measures {
        narrative: narrative_a.min(narrative_b),
        whole: whole_a.min(whole_b),
        neighbours: neighbours(a, b),
        told: words_told(pile, a, b),
        own: own(a, &told),
        ..Measures::default()
    };
    let mut own_quoted = 0;
    for at in a.story() {
        found.words += 1;
        found.shared_words += usize::from(alignment.in_a[at]);
        own_quoted += usize::from(a.quoted[at] && !alignment.in_a[at]);
    }
    found.share = ratio(found.shared_words as f32, found.words as f32);
    found.own_quoted = ratio(own_quoted as f32, found.words as f32);
    found.longest = alignment
        .passages
        .iter()
        .map(|passage| passage.a.clone().filter(|word| !a.quoted[*word]).count())
        .max()
        .unwrap_or(0);
    (found, told)
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The sentences of a text that stand in the other: narrative ones, and whole ones.
fn reprinted(text: &Text, shared: &[bool]) -> (usize, usize) {
    let (mut narrative, mut whole) = (0, 0);
    for line in text.story_lines() {
        let hits = line.words.clone().filter(|at| shared[*at]).count() as f32;
        let all = line.words.len() as f32;
        if hits >= SENTENCE as f32 && hits >= REPRINTED * all {
            narrative += usize::from(!line.voice);
            whole += usize::from(hits >= WHOLE * all);
        }
    }
    (narrative, whole)
}

fn words_told(pile: &Texts, a: &Text, b: &Text) -> f32 {
    let there: FxHashSet<Form> = b.content().map(|word| word.stem).collect();
    let mut seen = FxHashSet::default();
    let (mut all, mut told) = (0.0, 0.0);
    for word in a.content().filter(|word| seen.insert(word.stem)) {
        let weight = pile.weight(word);
        all += weight;
        told += if there.contains(&word.stem) { weight } else { 0.0 };
    }
    ratio(told, all)
}

fn own(a: &Text, told: &[Told]) -> f32 {
    let likeness: FxHashMap<usize, f32> = told.iter().map(|(i, _, like)| (*i, *like)).collect();
    let (mut all, mut own) = (0.0, 0.0);
    for (index, line) in a.sentences.iter().enumerate() {
        if !line.furniture && line.words.len() >= SENTENCE {
            all += 1.0;
            own += if likeness.get(&index).copied().unwrap_or(0.0) < OWN { 1.0 } else { 0.0 };
        }
    }
    ratio(own, all)
}

/// For each sentence of `a` the sentence of `b` that tells most of it, by weight of stems. A neighbour of that
/// sentence helps, since rewriters join and part sentences.
fn told(pile: &Texts, a: &Text, b: &Text) -> Vec<Told> {
    /// A stem in more sentences tells nothing about which one is meant.
    const SENTENCES: usize = 64;
    let mut places: FxHashMap<Form, Vec<u32>> = FxHashMap::default();
    for (index, line) in (0u32..).zip(&b.sentences).filter(|(_, line)| !line.furniture) {
        for stem in stems(b, line) {
            let lines = places.entry(stem).or_default();
            if lines.last() != Some(&index) && lines.len() < SENTENCES {
                lines.push(index);
            }
        }
    }
    let mut found = Vec::new();
    let mut hits: FxHashMap<u32, f32> = FxHashMap::default();
    for (index, line) in a.sentences.iter().enumerate() {
        if line.furniture || line.words.len() < SENTENCE {
            continue;
        }
        hits.clear();
        let mut all = 0.0;
        let mut seen = FxHashSet::default();
        for word in &a.words[line.words.clone()] {
            if word.rarity == Rarity::Function || !seen.insert(word.stem) {
                continue;
            }
            let weight = pile.weight(word);
            all += weight;
            for at in places.get(&word.stem).into_iter().flatten() {
                *hits.entry(*at).or_insert(0.0) += weight;
            }
        }
        let alone = |at: u32| hits.get(&at).copied().unwrap_or(0.0);
        let best = hits
            .keys()
            .map(|at| {
                let before = if *at > 0 { alone(*at - 1) } else { 0.0 };
                (alone(*at) + 0.5 * alone(*at + 1).max(before), *at)
            })
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((weight, at)) = best {
            found.push((index, at as usize, ratio(weight, all).min(1.0)));
        }
    }
    found
}

fn stems(text: &Text, line: &Line) -> impl Iterator<Item = Form> {
    text.words[line.words.clone()]
        .iter()
        .filter(|word| word.rarity > Rarity::Function)
        .map(|word| word.stem)
}

/// The pairs of neighbouring plain words of a text; see [`Measures::neighbours`].
pub(crate) fn plain_pairs(text: &Text) -> FxHashSet<(Form, Form)> {
    let mut pairs = FxHashSet::default();
    for line in text.story_lines() {
        let stems: Vec<Form> = line
            .words
            .clone()
            .filter(|at| {
                let word = &text.words[*at];
                word.rarity > Rarity::Function && !(word.number || word.capital || text.quoted[*at])
            })
            .map(|at| text.words[at].stem)
            .collect();
        for (at, stem) in stems.iter().enumerate() {
            for other in stems[at + 1..].iter().take(2) {
                pairs.insert((*stem.min(other), *stem.max(other)));
            }
        }
    }
    pairs
}

fn neighbours(a: &Text, b: &Text) -> f32 {
    let shared = a.plain_pairs.intersection(&b.plain_pairs).count();
    ratio(shared as f32, a.plain_pairs.len() as f32)
}
