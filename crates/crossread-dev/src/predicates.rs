//! `cargo dev predicates`: which verbs and nouns name one kind of happening, from WordNet's database files.
//!
//! Kept are verbs, and nouns that a verb is derived from or that derive from one (die, death; collide, collision), each
//! with the synsets of its commonest senses and theirs across the derivation, and each synset with those above it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, Result, WrapErr};

/// Where WordNet is, and where to write.
#[derive(Debug, clap::Args)]
pub(crate) struct Predicates {
    /// WordNet's `dict` folder, with `data.verb`, `data.noun`, `index.verb`, `index.noun`
    dict: PathBuf,
    /// The file to write
    #[arg(long, default_value = "crates/crossread-ledger/data/predicates.txt")]
    out: PathBuf,
}

/// Senses of a word that count; WordNet lists the commonest first.
const SENSES: usize = 4;

/// A synset: part of speech and offset.
type Name = (char, u32);

#[derive(Default)]
struct Synset {
    words: Vec<String>,
    above: Vec<Name>,
    /// The number of a word of it, from 1, and the synset its derived word is in.
    derived: Vec<(usize, Name)>,
}

/// Converts.
pub(crate) fn run(args: &Predicates) -> Result<()> {
    let mut synsets: BTreeMap<Name, Synset> = BTreeMap::new();
    let mut senses: BTreeMap<(String, char), Vec<Name>> = BTreeMap::new();
    for (part, letter) in [("verb", 'v'), ("noun", 'n')] {
        for line in lines(&args.dict.join(format!("data.{part}")))? {
            if let Some((offset, synset)) = synset(&line) {
                synsets.insert((letter, offset), synset);
            }
        }
        for line in lines(&args.dict.join(format!("index.{part}")))? {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (Some(word), Some(count)) = (fields.first(), fields.get(2)) else { continue };
            let count: usize = count.parse().into_diagnostic()?;
            let offsets = fields[fields.len().saturating_sub(count)..].iter().take(SENSES);
            let named = offsets.filter_map(|offset| Some((letter, offset.parse().ok()?)));
            senses.insert(((*word).to_owned(), letter), named.collect());
        }
    }
    let mut of_word: BTreeMap<String, BTreeSet<Name>> = BTreeMap::new();
    for ((word, letter), named) in &senses {
        let plain = word.chars().all(|c| c.is_ascii_lowercase());
        let mut all: BTreeSet<Name> = named.iter().copied().collect();
        let mut derives = false;
        for synset in named.iter().filter_map(|name| synsets.get(name)) {
            for (number, to) in &synset.derived {
                if synset.words.get(number - 1).is_some_and(|other| other == word) {
                    derives |= to.0 == 'v';
                    all.insert(*to);
                }
            }
        }
        if plain && (*letter == 'v' || derives) {
            of_word.entry(word.clone()).or_default().extend(all);
        }
    }
    let used: BTreeSet<Name> = of_word.values().flatten().copied().collect();
    let above = |name: &Name| synsets.get(name).map_or(&[][..], |synset| &synset.above);
    let every: BTreeSet<Name> =
        used.iter().copied().chain(used.iter().flat_map(above).copied()).collect();
    let number: BTreeMap<Name, usize> = every.iter().copied().zip(0..).collect();
    let mut text = String::from(
        "# Verbs and nouns of happening and the WordNet 3.1 synsets they stand in (see NOTICE).\n\
         # Written by `cargo dev predicates`. `N > N ..`: a synset and those above it; `WORD N ..`: a word and its synsets.\n",
    );
    for name in &used {
        let above = above(name);
        if !above.is_empty() {
            let _ = write!(text, "{} >", number[name]);
            text.extend(above.iter().map(|name| format!(" {}", number[name])));
            text.push('\n');
        }
    }
    for (word, names) in &of_word {
        text.push_str(word);
        text.extend(names.iter().map(|name| format!(" {}", number[name])));
        text.push('\n');
    }
    eprintln!("{} words, {} synsets, {} bytes", of_word.len(), every.len(), text.len());
    std::fs::write(&args.out, text).into_diagnostic()
}

fn lines(path: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(path)
        .into_diagnostic()
        .wrap_err_with(|| path.display().to_string())?;
    // The licence stands above the data, indented.
    Ok(text.lines().filter(|line| !line.starts_with(' ')).map(str::to_owned).collect())
}

/// A line of `data.*`: offset, file, part, count of words in hexadecimal, words each with a number, count of pointers,
/// pointers each as sign, offset, part, source and target (wndb(5WN)).
fn synset(line: &str) -> Option<(u32, Synset)> {
    let mut fields = line.split_whitespace();
    let offset = fields.next()?.parse().ok()?;
    let count = usize::from_str_radix(fields.nth(2)?, 16).ok()?;
    let mut synset = Synset::default();
    for _ in 0..count {
        synset.words.push(fields.next()?.to_lowercase());
        fields.next()?;
    }
    let pointers: usize = fields.next()?.parse().ok()?;
    for _ in 0..pointers {
        let (sign, to, part, ends) =
            (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let to: Name = (part.chars().next()?, to.parse().ok()?);
        match sign {
            // Above; an instance of; what it entails ("snore" entails "sleep").
            "@" | "@i" | "*" => synset.above.push(to),
            "+" if matches!(to.0, 'v' | 'n') => {
                let word = usize::from_str_radix(ends.get(..2)?, 16).ok()?;
                if word > 0 {
                    synset.derived.push((word, to));
                }
            }
            _ => {}
        }
    }
    Some((offset, synset))
}
