//! The words of amounts, from `data/quantity.toml`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smol_str::{SmolStr, format_smolstr};

use crate::words::Phrases;

/// What a bounding word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Bound {
    AtLeast,
    AtMost,
    /// A little less than the number: nine tenths of it at least.
    Nearly,
    About,
    Exact,
}

/// What else an amount is, beside how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sense {
    New,
    Cumulative,
    Part,
    Change,
    Before,
}

impl Sense {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Cumulative => "cumulative",
            Self::Part => "part",
            Self::Change => "change",
            Self::Before => "before",
        }
    }
}

/// A count in words that is no number.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Vague {
    pub(super) min: f64,
    pub(super) max: Option<f64>,
    /// A scale may follow: "several hundred".
    #[serde(default)]
    pub(super) scale: bool,
}

/// An index into [`Lexicon::units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit(u16);

/// A unit's code in the record and what it measures.
#[derive(Debug, Clone, PartialEq, Eq)]
struct UnitEntry {
    code: SmolStr,
    measures: SmolStr,
}

/// How a noun counts persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) plural: bool,
    /// "a" or "an" before it counts one.
    pub(super) one: bool,
}

#[derive(Deserialize)]
struct Measures {
    of: SmolStr,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Persons {
    people: Vec<SmolStr>,
    one: Vec<SmolStr>,
    role: Vec<SmolStr>,
}

#[derive(Deserialize)]
struct Words {
    words: FxHashSet<SmolStr>,
}

#[derive(Deserialize)]
struct Change {
    up: FxHashSet<SmolStr>,
    down: FxHashSet<SmolStr>,
}

#[derive(Deserialize)]
struct File {
    bound: FxHashMap<SmolStr, Bound>,
    bound_after: FxHashMap<SmolStr, Bound>,
    vague: FxHashMap<SmolStr, Vague>,
    currency: FxHashMap<SmolStr, SmolStr>,
    money_word: FxHashMap<SmolStr, SmolStr>,
    unit: std::collections::BTreeMap<SmolStr, Measures>,
    person: Persons,
    casualty: Words,
    sense_before: FxHashMap<SmolStr, Sense>,
    sense_after: FxHashMap<SmolStr, Sense>,
    change: Change,
    toll: Words,
    naming: Words,
    street: Words,
    score: Words,
    millions: Words,
}

/// The tables, ready to look up.
#[derive(Default)]
pub(super) struct Lexicon {
    pub(super) bounds: Phrases<Bound>,
    pub(super) bounds_after: Phrases<Bound>,
    pub(super) vague: Phrases<Vague>,
    pub(super) senses_before: Phrases<Sense>,
    pub(super) senses_after: Phrases<Sense>,
    /// Before a number.
    pub(super) currencies: Phrases<Unit>,
    /// After a number.
    pub(super) units: Phrases<Unit>,
    entries: Vec<UnitEntry>,
    persons: FxHashMap<SmolStr, Person>,
    casualty: FxHashSet<SmolStr>,
    up: FxHashSet<SmolStr>,
    down: FxHashSet<SmolStr>,
    toll: FxHashSet<SmolStr>,
    naming: FxHashSet<SmolStr>,
    street: FxHashSet<SmolStr>,
    score: FxHashSet<SmolStr>,
    millions: FxHashSet<SmolStr>,
    person: Option<Unit>,
    percent: Option<Unit>,
}

impl Lexicon {
    fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut lexicon = Self::default();
        let mut words: Vec<(SmolStr, Unit)> = Vec::new();
        for (code, measures) in &file.unit {
            let unit = lexicon.unit(code, &measures.of);
            for word in &measures.words {
                words.push((word.into(), unit));
                // "square kilometres", "cubic metres"
                if measures.of == "length" {
                    let square = lexicon.unit(&format_smolstr!("{code}2"), "area");
                    let cubic = lexicon.unit(&format_smolstr!("{code}3"), "volume");
                    words.push((format_smolstr!("square {word}"), square));
                    words.push((format_smolstr!("cubic {word}"), cubic));
                }
            }
        }
        let mut currencies = Vec::new();
        for (symbol, code) in &file.currency {
            let unit = lexicon.unit(code, "money");
            currencies.push((symbol.as_str(), unit));
        }
        for (word, code) in &file.money_word {
            words.push((word.clone(), lexicon.unit(code, "money")));
        }
        lexicon.person = Some(lexicon.unit("person", "person"));
        lexicon.percent = Some(lexicon.unit("percent", "share"));
        lexicon.currencies = Phrases::new(currencies);
        lexicon.units = Phrases::new(words.iter().map(|(word, unit)| (word.as_str(), *unit)));
        fn phrases<T: Copy>(table: &FxHashMap<SmolStr, T>) -> Phrases<T> {
            Phrases::new(table.iter().map(|(phrase, value)| (phrase.as_str(), *value)))
        }
        lexicon.bounds = phrases(&file.bound);
        lexicon.bounds_after = phrases(&file.bound_after);
        lexicon.vague = phrases(&file.vague);
        lexicon.senses_before = phrases(&file.sense_before);
        lexicon.senses_after = phrases(&file.sense_after);
        for (nouns, one) in [(&file.person.role, false), (&file.person.one, true)] {
            for noun in nouns {
                lexicon.persons.insert(noun.clone(), Person { plural: false, one });
                lexicon.persons.insert(plural(noun), Person { plural: true, one });
            }
        }
        for noun in file.person.people {
            lexicon.persons.insert(noun, Person { plural: true, one: false });
        }
        lexicon.casualty = file.casualty.words;
        lexicon.up = file.change.up;
        lexicon.down = file.change.down;
        lexicon.toll = file.toll.words;
        lexicon.naming = file.naming.words;
        lexicon.street = file.street.words;
        lexicon.score = file.score.words;
        lexicon.millions = file.millions.words;
        Ok(lexicon)
    }

    fn unit(&mut self, code: &str, measures: &str) -> Unit {
        let entry = UnitEntry { code: code.into(), measures: measures.into() };
        let index = self.entries.iter().position(|known| *known == entry).unwrap_or_else(|| {
            self.entries.push(entry);
            self.entries.len() - 1
        });
        Unit(index as u16)
    }

    pub(super) fn code(&self, unit: Unit) -> &str {
        self.entries.get(unit.0 as usize).map_or("", |entry| entry.code.as_str())
    }

    /// The currency of this code.
    pub(super) fn currencies_unit(&self, code: &str) -> Option<Unit> {
        let index = self
            .entries
            .iter()
            .position(|entry| entry.code == code && entry.measures == "money")?;
        Some(Unit(index as u16))
    }

    /// What the unit measures: `length`, `money`, `share`, `person`, ...
    pub(super) fn measures(&self, unit: Unit) -> &str {
        self.entries.get(unit.0 as usize).map_or("", |entry| entry.measures.as_str())
    }

    pub(super) fn person_unit(&self) -> Option<Unit> {
        self.person
    }

    /// The unit of this word.
    pub(super) fn unit_of(&self, word: &str) -> Option<Unit> {
        self.units.find(&crate::words::stretch(word), 0).map(|(_, unit)| unit)
    }

    pub(super) fn percent_unit(&self) -> Option<Unit> {
        self.percent
    }

    pub(super) fn person(&self, word: &str) -> Option<Person> {
        self.persons.get(word).copied()
    }

    pub(super) fn is_casualty(&self, word: &str) -> bool {
        self.casualty.contains(word)
    }

    /// 1 for a word of growth, -1 for one of decline.
    pub(super) fn change(&self, word: &str) -> Option<f64> {
        match (self.up.contains(word), self.down.contains(word)) {
            (true, _) => Some(1.0),
            (_, true) => Some(-1.0),
            _ => None,
        }
    }

    pub(super) fn is_toll(&self, word: &str) -> bool {
        self.toll.contains(word)
    }

    pub(super) fn is_naming(&self, word: &str) -> bool {
        self.naming.contains(word)
    }

    pub(super) fn is_street(&self, word: &str) -> bool {
        self.street.contains(word)
    }

    pub(super) fn is_counted_in_millions(&self, word: &str) -> bool {
        self.millions.contains(word)
    }

    pub(super) fn is_score(&self, word: &str) -> bool {
        self.score.contains(word)
    }
}

fn plural(noun: &SmolStr) -> SmolStr {
    let stem = |ending: &str| noun.strip_suffix(ending);
    if let Some(stem) = stem("man") {
        return format_smolstr!("{stem}men");
    }
    match noun.as_str() {
        "child" => return "children".into(),
        "person" => return "people".into(),
        _ => {}
    }
    if let Some(stem) = stem("y").filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        return format_smolstr!("{stem}ies");
    }
    if noun.ends_with('s') || noun.ends_with("ch") {
        return format_smolstr!("{noun}es");
    }
    format_smolstr!("{noun}s")
}

/// The lexicon of the program. A test reads the file.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../data/quantity.toml")).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads() {
        Lexicon::read(include_str!("../../data/quantity.toml")).unwrap();
    }

    #[test]
    fn plurals_are_made() {
        let of = |noun: &str| plural(&noun.into());
        assert_eq!(of("gunman"), "gunmen");
        assert_eq!(of("baby"), "babies");
        assert_eq!(of("boy"), "boys");
        assert_eq!(of("woman"), "women");
        assert!(LEXICON.person("children").unwrap().plural);
    }
}
