//! How well and how fast the index finds reports that share text.
//!
//! ```text
//! reuse make TEXTS N OUT    makes N reports from the texts of a JSON Lines file (`text`): copies with one to fifteen
//!                           words in a hundred edited, cuts, headers and footers added, and long standing passages
//!                           in one report of three, whatever its story; writes `story`, `original`, `text`
//! reuse find FILE SHARE     finds pairs among them: recall over copies and their originals, precision over all pairs
//! reuse grow N...           time and memory for N invented reports of about a hundred words
//! ```

#![allow(clippy::print_stdout)] // an example is an edge

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Instant;

use crossread_lineage::Index;
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Words of a story.
const STORY: usize = 250;
/// Words of a standing passage, and how many there are.
const PASSAGE: usize = 120;
const PASSAGES: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["make", texts, many, out] => make(texts, many.parse()?, out),
        ["find", file, share] => find(file, share.parse()?),
        ["grow", sizes @ ..] => sizes.iter().try_for_each(|size| grow(size.parse()?)),
        _ => Err("make TEXTS N OUT | find FILE SHARE | grow N...".into()),
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound.max(1) as u64) as usize
    }
}

fn make(texts: &str, many: usize, out: &str) -> Result<(), Box<dyn Error>> {
    let mut dice = Dice(7);
    let mut stories: Vec<Vec<String>> = Vec::new();
    let mut seen = FxHashSet::default();
    let mut vocabulary: Vec<String> = Vec::new();
    for line in std::fs::read_to_string(texts)?.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        let words: Vec<&str> = value["text"].as_str().unwrap_or("").split_whitespace().collect();
        for story in words.chunks_exact(STORY) {
            // Stories that share text already would be called wrong when they are found.
            let shingles: Vec<u64> = story
                .windows(5)
                .map(|words| xxh3_64(words.join(" ").to_lowercase().as_bytes()))
                .collect();
            let known = shingles.iter().filter(|shingle| seen.contains(*shingle)).count();
            seen.extend(shingles);
            if known <= STORY / 20 {
                stories.push(story.iter().map(|word| (*word).to_owned()).collect());
                vocabulary.extend(story.iter().step_by(9).map(|word| (*word).to_owned()));
            }
        }
    }
    if stories.len() < 2 * PASSAGES {
        return Err("too few texts".into());
    }
    let passages: Vec<String> =
        stories.drain(..PASSAGES).map(|words| words[..PASSAGE].join(" ")).collect();
    let copies = many.div_ceil(stories.len());
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    let mut written = 0;
    for (number, story) in stories.iter().enumerate() {
        // Between one report of a story and twice the mean.
        let here = 1 + dice.below(2 * copies - 1);
        for copy in 0..here {
            if written == many {
                break;
            }
            let mut words =
                if copy == 0 { story.clone() } else { edited(story, &vocabulary, &mut dice) };
            if dice.below(3) == 0 {
                let at = dice.below(words.len());
                words.insert(at, passages[dice.below(PASSAGES)].clone());
            }
            let line = serde_json::json!({ "story": number, "original": copy == 0, "text": words.join(" ") });
            writeln!(file, "{line}")?;
            written += 1;
        }
    }
    println!("{written} reports of {} stories", stories.len());
    Ok(())
}

/// A copy: 1 to 15 words in 100 changed, left out or put in; some cut to 60 to 100 %; some with a header and a footer.
fn edited(story: &[String], vocabulary: &[String], dice: &mut Dice) -> Vec<String> {
    let kept =
        if dice.below(2) == 0 { story.len() * (60 + dice.below(41)) / 100 } else { story.len() };
    let start = dice.below(story.len() - kept + 1);
    let rate = 1 + dice.below(15);
    let any = |dice: &mut Dice| vocabulary[dice.below(vocabulary.len())].clone();
    let mut words = Vec::new();
    let ends = dice.below(2) * (5 + dice.below(20));
    words.extend((0..ends).map(|_| any(dice)));
    for word in &story[start..start + kept] {
        if dice.below(100) >= rate {
            words.push(word.clone());
            continue;
        }
        match dice.below(3) {
            0 => words.push(any(dice)),
            1 => {}
            _ => words.extend([word.clone(), any(dice)]),
        }
    }
    words.extend((0..ends).map(|_| any(dice)));
    words
}

fn find(file: &str, share: f32) -> Result<(), Box<dyn Error>> {
    let mut texts = Vec::new();
    let mut stories = Vec::new();
    let mut originals = Vec::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        texts.push(value["text"].as_str().unwrap_or("").to_owned());
        stories.push(value["story"].as_u64());
        originals.push(value["original"].as_bool().unwrap_or(false));
    }
    let start = Instant::now();
    let mut index = Index::new();
    index.add_all(&texts);
    let added = start.elapsed();
    let pairs = index.pairs(share);
    let all = start.elapsed();
    let right =
        pairs.iter().filter(|(a, b, _)| stories[*a as usize] == stories[*b as usize]).count();
    let found = pairs
        .iter()
        .filter(|(a, b, _)| {
            let (a, b) = (*a as usize, *b as usize);
            stories[a] == stories[b] && (originals[a] || originals[b])
        })
        .count();
    let wanted = originals.iter().filter(|original| !**original).count();
    println!(
        "{} reports: recall {:.4}, precision {:.4} of {} pairs; added in {:.2} s, pairs in {:.2} s, {:.0} reports/s; {} MB",
        texts.len(),
        found as f64 / wanted.max(1) as f64,
        right as f64 / pairs.len().max(1) as f64,
        pairs.len(),
        added.as_secs_f64(),
        (all - added).as_secs_f64(),
        texts.len() as f64 / all.as_secs_f64(),
        index.bytes() >> 20,
    );
    Ok(())
}

/// Invented reports of about a hundred words each, every fifth a copy of an earlier one with words changed.
fn grow(many: usize) -> Result<(), Box<dyn Error>> {
    const BATCH: usize = 10_000;
    let mut dice = Dice(11);
    let start = Instant::now();
    let mut index = Index::new();
    let mut recent: Vec<String> = Vec::new();
    for batch in 0..many.div_ceil(BATCH) {
        let here = BATCH.min(many - batch * BATCH);
        let mut texts: Vec<String> = Vec::with_capacity(here);
        for n in 0..here {
            if n % 5 == 4 && !recent.is_empty() {
                let source = &recent[dice.below(recent.len())];
                let mut copy = String::with_capacity(source.len());
                for word in source.split(' ') {
                    let word = if dice.below(20) == 0 { "changed" } else { word };
                    let _ = write!(copy, "{word} ");
                }
                texts.push(copy);
            } else {
                texts.push(invented(&mut dice));
            }
        }
        index.add_all(&texts);
        recent = texts;
    }
    let added = start.elapsed();
    let pairs = index.pairs(0.5).len();
    println!(
        "{many} reports: added in {:.1} s, {pairs} pairs in {:.1} s, {:.0} reports/s; index {} MB, peak {} MB",
        added.as_secs_f64(),
        (start.elapsed() - added).as_secs_f64(),
        many as f64 / start.elapsed().as_secs_f64(),
        index.bytes() >> 20,
        peak() >> 10,
    );
    Ok(())
}

/// About a hundred words of a made-up language with the word frequencies of a real one (Zipf's law, roughly).
fn invented(dice: &mut Dice) -> String {
    const SYLLABLES: [&str; 16] = [
        "ma", "ro", "ti", "ken", "sal", "du", "ve", "lor", "pa", "ni", "gus", "be", "hal", "ry",
        "os", "um",
    ];
    let mut text = String::with_capacity(700);
    for _ in 0..80 + dice.below(41) {
        let rank = (50_000f64.powf(dice.below(1 << 20) as f64 / f64::from(1 << 20))) as usize;
        let mut left = rank;
        loop {
            text.push_str(SYLLABLES[left % SYLLABLES.len()]);
            left /= SYLLABLES.len();
            if left == 0 {
                break;
            }
        }
        text.push(' ');
    }
    text
}

/// The most memory the process has held, in kilobytes; 0 where the system does not say.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse().ok()).unwrap_or(0)
}
