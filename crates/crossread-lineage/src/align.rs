//! Passages that two reports share, word by word, with some words changed.
//!
//! Seed and extend, as in BLAST (Altschul and others 1990) and in passim (Smith and others 2015): four words that
//! stand in both texts in the same order are a seed; from there the passage grows on both sides over words put in,
//! left out or changed, as long as equal words follow soon.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::Text;
use crate::words::{Form, Rarity, Word};

/// Words in a seed.
const SEED: usize = 4;
/// The most places of one seed in a text that are tried: a refrain has no end of them.
const PLACES: usize = 8;
/// The most words that may differ at one place of a passage, on one side and on both together.
const GAP: usize = 4;
const GAPS: usize = 6;
/// A passage with fewer equal words is a turn of phrase.
pub(crate) const SHORTEST: usize = 6;

/// A passage of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shared {
    /// Indices into the one text's words.
    pub(crate) a: Range<usize>,
    /// Indices into the other's.
    pub(crate) b: Range<usize>,
    /// How many words are the same.
    pub(crate) equal: usize,
    /// The longest stretch of it that is the same word for word: where it starts in each, and its words.
    pub(crate) run: (usize, usize, usize),
}

impl Shared {
    /// The longer side's length, in words.
    pub(crate) fn length(&self) -> usize {
        self.a.len().max(self.b.len())
    }

    /// Whether the words are the same but for one in ten.
    pub(crate) fn verbatim(&self) -> bool {
        10 * self.equal >= 9 * self.length()
    }
}

/// What two texts share: the passages, in order of `a`, and the words within them.
#[derive(Debug, Default)]
pub(crate) struct Alignment {
    pub(crate) passages: Vec<Shared>,
    /// For each word of `a`, whether it has an equal in a passage.
    pub(crate) in_a: Vec<bool>,
    /// The same for `b`.
    pub(crate) in_b: Vec<bool>,
}

/// The places of a text's seeds.
pub(crate) type Seeds = FxHashMap<u64, Vec<u32>>;

/// The seeds of a text, furniture left out.
pub(crate) fn seeds(text: &Text) -> Seeds {
    let mut seeds = Seeds::default();
    for (at, key) in seed_keys(text) {
        let places: &mut Vec<u32> = seeds.entry(key).or_default();
        if places.len() < PLACES {
            places.push(at as u32);
        }
    }
    seeds
}

/// The seeds of a text as hashes, with their places.
pub(crate) fn seed_keys(text: &Text) -> impl Iterator<Item = (usize, u64)> + '_ {
    let usable = usable(text);
    (0..text.words.len().saturating_sub(SEED - 1)).filter_map(move |at| {
        let words = &text.words[at..at + SEED];
        let telling = words.iter().filter(|word| word.rarity > Rarity::Function).count();
        let inside = usable[at..at + SEED].iter().all(|usable| *usable);
        (inside && telling > 0).then(|| (at, key(words)))
    })
}

fn key(words: &[Word]) -> u64 {
    words.iter().fold(0u64, |key, word| {
        (key ^ u64::from(word.form)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
    })
}

/// For each word, whether it is the story's.
fn usable(text: &Text) -> Vec<bool> {
    let mut usable = vec![true; text.words.len()];
    for line in text.sentences.iter().filter(|line| line.furniture) {
        usable[line.words.clone()].fill(false);
    }
    usable
}

/// What `a` and `b` share. `seeds` are those of `b`. Takes time linear in the lengths for texts that do not repeat
/// themselves, and no more than [`PLACES`] times that for those that do.
pub(crate) fn align(a: &Text, b: &Text, seeds: &Seeds) -> Alignment {
    let mut found = Alignment {
        passages: Vec::new(),
        in_a: vec![false; a.words.len()],
        in_b: vec![false; b.words.len()],
    };
    let (usable_a, usable_b) = (usable(a), usable(b));
    let forms = |text: &Text, usable: &[bool]| -> Vec<Option<Form>> {
        text.words.iter().zip(usable).map(|(word, usable)| usable.then_some(word.form)).collect()
    };
    let (forms_a, forms_b) = (forms(a, &usable_a), forms(b, &usable_b));
    let mut done = 0; // words of `a` before this are settled
    for (at, key) in seed_keys(a) {
        if at < done {
            continue;
        }
        let Some(places) = seeds.get(&key) else { continue };
        let best = places
            .iter()
            .map(|place| *place as usize)
            .filter(|place| forms_a[at..at + SEED] == forms_b[*place..*place + SEED])
            .map(|place| grow(&forms_a, &forms_b, at, place, done))
            .max_by_key(|grown| (grown.equal.len(), std::cmp::Reverse(grown.passage.b.start)));
        let Some(grown) = best.filter(|grown| grown.equal.len() >= SHORTEST) else { continue };
        done = grown.passage.a.end;
        for (i, j) in &grown.equal {
            found.in_a[*i] = true;
            found.in_b[*j] = true;
        }
        found.passages.push(grown.passage);
    }
    found
}

struct Grown {
    passage: Shared,
    equal: Vec<(usize, usize)>,
}

/// Grows a seed both ways; to the left not beyond `floor` in `a`.
fn grow(a: &[Option<Form>], b: &[Option<Form>], i: usize, j: usize, floor: usize) -> Grown {
    let mut equal = Vec::new();
    let right =
        extend(i, j, |k| a.get(k).copied().flatten(), |k| b.get(k).copied().flatten(), &mut equal);
    let mut before = Vec::new();
    // To the left the texts are read backwards: place 0 is the word before the seed.
    let left = extend(
        0,
        0,
        |k| (k + floor < i).then(|| a[i - 1 - k]).flatten(),
        |k| (k < j).then(|| b[j - 1 - k]).flatten(),
        &mut before,
    );
    equal.extend(before.into_iter().map(|(x, y)| (i - 1 - x, j - 1 - y)));
    equal.sort_unstable();
    let passage = Shared {
        a: i - left.0..right.0,
        b: j - left.1..right.1,
        equal: equal.len(),
        run: longest_run(&equal),
    };
    Grown { passage, equal }
}

/// The first of the longest stretches of pairs, in order, that follow one another in both texts.
fn longest_run(equal: &[(usize, usize)]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    let follows = |x: &(usize, usize), y: &(usize, usize)| y.0 == x.0 + 1 && y.1 == x.1 + 1;
    for run in equal.chunk_by(follows) {
        if run.len() > best.2 {
            best = (run[0].0, run[0].1, run.len());
        }
    }
    best
}

/// Walks right from a place in each text, noting equal words; gives one past the last equal words.
fn extend(
    mut i: usize,
    mut j: usize,
    a: impl Fn(usize) -> Option<Form>,
    b: impl Fn(usize) -> Option<Form>,
    equal: &mut Vec<(usize, usize)>,
) -> (usize, usize) {
    let same = |i: usize, j: usize| a(i).is_some() && a(i) == b(j);
    loop {
        while same(i, j) {
            equal.push((i, j));
            i += 1;
            j += 1;
        }
        // The nearest place where enough equal words follow: more for a wider gap.
        let next = (1..=GAPS).find_map(|gaps| {
            (gaps.saturating_sub(GAP)..=gaps.min(GAP)).find_map(|x| {
                let y = gaps - x;
                let wanted = if gaps <= 2 { 2 } else { 3 };
                (0..wanted).all(|k| same(i + x + k, j + y + k)).then_some((i + x, j + y))
            })
        });
        match next {
            Some((x, y)) => (i, j) = (x, y),
            None => return (i, j),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::record;

    fn shared(a: &str, b: &str) -> Vec<(String, String, bool)> {
        let (ra, rb) = (record("a", a), record("b", b));
        let (ta, tb) = (Text::of(&ra), Text::of(&rb));
        let words = |record: &crossread_record::Record, text: &Text, range: &Range<usize>| {
            let span = text.words[range.start].span.cover(text.words[range.end - 1].span);
            record.report.words(span).to_owned()
        };
        align(&ta, &tb, &seeds(&tb))
            .passages
            .iter()
            .map(|p| (words(&ra, &ta, &p.a), words(&rb, &tb, &p.b), p.verbatim()))
            .collect()
    }

    #[test]
    fn a_reprinted_passage_is_found_whole() {
        let found = shared(
            "Our own lead is here. The footbridge at Marrow fell into the river on Monday night, and nine people died.",
            "The footbridge at Marrow fell into the river on Monday night, and nine people died. The mayor wept.",
        );
        let passage =
            "The footbridge at Marrow fell into the river on Monday night, and nine people died";
        assert_eq!(found, [(passage.to_owned(), passage.to_owned(), true)]);
    }

    #[test]
    fn swapped_words_do_not_break_a_passage() {
        let found = shared(
            "Shipping firms worldwide warned that global trade in grain would slow sharply after the canal was shut.",
            "Shipping companies globally warned that worldwide trade in cereals would slow after the canal was shut.",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].1.ends_with("canal was shut") && !found[0].2, "{found:?}");
    }

    #[test]
    fn a_turn_of_phrase_is_no_passage() {
        assert!(
            shared("He was taken to hospital on Monday.", "She was taken to hospital with burns.")
                .is_empty()
        );
    }
}
