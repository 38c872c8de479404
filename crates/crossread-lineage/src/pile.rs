//! The texts of a pile, and how rare each word is among them.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crossread_record::Record;

use crate::measure::plain_pairs;
use crate::text::{Line, Text};
use crate::words::{Form, Rarity, Word};

/// The texts of a pile and how many of them have each stem.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) texts: Vec<Text>,
    holders: FxHashMap<Form, u32>,
}

impl Texts {
    /// Reads the texts of all records.
    pub(crate) fn of(records: &[&Record]) -> Self {
        let mut texts: Vec<Text> = records.par_iter().map(|record| Text::of(record)).collect();
        mark_standing(&mut texts);
        texts.par_iter_mut().for_each(|text| text.plain_pairs = plain_pairs(text));
        let mut holders = FxHashMap::default();
        for text in &texts {
            let stems: FxHashSet<Form> = text.content().map(|word| word.stem).collect();
            for stem in stems {
                *holders.entry(stem).or_insert(0) += 1;
            }
        }
        Self { texts, holders }
    }

    /// How many texts have this stem.
    pub(crate) fn holders(&self, stem: Form) -> u32 {
        self.holders.get(&stem).copied().unwrap_or(0)
    }

    /// How telling a shared word is: 0 for function words, up to 3 for a rare word that few of the pile have.
    /// A word that all have says which story it is, not who copied it.
    pub(crate) fn weight(&self, word: &Word) -> f32 {
        let base = match word.rarity {
            Rarity::Function => return 0.0,
            Rarity::Common => 1.0,
            Rarity::Known => 2.0,
            Rarity::Rare => 3.0,
        };
        let all = self.texts.len() as f64 + 2.0;
        let holders = f64::from(self.holders(word.stem).max(1));
        // Natural logarithms differ in the last bit between platforms, which f32 rounds away.
        base * ((all / holders).ln() / all.ln()) as f32
    }
}

/// A sentence in this many texts may be a standing passage: a comment policy, a row of teasers, an about-box.
const STANDING: usize = 3;
/// A text with fewer stems beside such sentences, or with less than this part of all its stems, is one with them: a
/// reprint under another foot line has no rest to judge by.
const LITTLE: usize = 12;
const LITTLE_PART: usize = 4;

/// Of the texts that have a sentence, so many neighbours are compared.
const NEIGHBOURS: usize = 64;

fn key(text: &Text, line: &Line) -> u64 {
    text.words[line.words.clone()].iter().fold(0, |key, word| {
        (key ^ u64::from(word.form)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
    })
}

/// Marks as furniture the sentences of texts that have little else in common. Reports of one story have about half
/// of their words in common, those of one crisis a third, unlike ones a tenth; the more texts have a sentence, the
/// more they must have in common beside it.
fn mark_standing(texts: &mut [Text]) {
    let mut places: FxHashMap<u64, Vec<(u32, u32)>> = FxHashMap::default();
    for (t, text) in texts.iter().enumerate() {
        for (l, line) in text.sentences.iter().enumerate() {
            if !line.furniture && line.words.len() >= 4 {
                let at = places.entry(key(text, line)).or_default();
                if at.last().is_none_or(|last| last.0 != t as u32) {
                    at.push((t as u32, l as u32));
                }
            }
        }
    }
    places.retain(|_, at| at.len() >= STANDING);
    // What each text has beside such sentences.
    let rest: Vec<FxHashSet<Form>> = texts
        .iter()
        .map(|text| {
            text.sentences
                .iter()
                .filter(|line| !line.furniture && !places.contains_key(&key(text, line)))
                .flat_map(|line| &text.words[line.words.clone()])
                .filter(|word| word.rarity > Rarity::Function)
                .map(|word| word.stem)
                .collect()
        })
        .collect();
    let stems: Vec<usize> = texts
        .iter()
        .map(|text| text.content().map(|word| word.stem).collect::<FxHashSet<Form>>().len())
        .collect();
    let little = |t: usize| rest[t].len() < LITTLE.max(stems[t] / LITTLE_PART);
    let mut keys: Vec<u64> = places.keys().copied().collect();
    keys.sort_unstable();
    for key in keys {
        let at = &places[&key];
        let (mut likeness, mut judged, mut pairs) = (0.0f32, 0.0f32, 0.0f32);
        for two in at.windows(2).take(NEIGHBOURS) {
            let (x, y) = (two[0].0 as usize, two[1].0 as usize);
            pairs += 1.0;
            if !(little(x) || little(y)) {
                let least = rest[x].len().min(rest[y].len());
                likeness += rest[x].intersection(&rest[y]).count() as f32 / least as f32;
                judged += 1.0;
            }
        }
        let bound = 0.25 + 0.05 * (at.len().min(8) - STANDING) as f32;
        // Where most have nothing to judge by, the sentence is the story.
        if 2.0 * judged >= pairs && likeness < bound * judged {
            for (t, l) in at.clone() {
                texts[t as usize].sentences[l as usize].furniture = true;
            }
        }
    }
}
