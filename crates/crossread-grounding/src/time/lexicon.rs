//! The words of times, from `data/time.toml`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use smol_str::SmolStr;

use super::calendar::{Season, Unit};
use crate::words::{Phrases, Stretch};

/// All that a word can say about time.
#[derive(Debug, Default, Clone)]
pub(super) struct Sense {
    /// 1 for Monday.
    pub(super) weekday: Option<i8>,
    pub(super) month: Option<i8>,
    pub(super) unit: Option<Unit>,
    pub(super) season: Option<Season>,
    /// TIMEX3's code for a part of the day.
    pub(super) part: Option<&'static str>,
    /// An hour with a name.
    pub(super) hour: Option<i8>,
    /// Days from the day of publication.
    pub(super) deictic: Option<i32>,
    /// Which of several: 0 the present one, -1 the one before, 1 the one after.
    pub(super) shift: Option<i32>,
    pub(super) reference: Option<&'static str>,
    pub(super) frequency: Option<Unit>,
    pub(super) vague: bool,
}

/// How a holiday's day is found.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum Holiday {
    Fixed { month: i8, day: i8 },
    Nth { month: i8, nth: i8, weekday: i8 },
    Easter { easter: i32 },
}

#[derive(Deserialize)]
struct File {
    weekday: FxHashMap<SmolStr, i8>,
    month: FxHashMap<SmolStr, i8>,
    unit: FxHashMap<SmolStr, Unit>,
    season: FxHashMap<SmolStr, Season>,
    part: FxHashMap<SmolStr, String>,
    named_hour: FxHashMap<SmolStr, i8>,
    deictic_day: FxHashMap<SmolStr, i32>,
    shift: FxHashMap<SmolStr, i32>,
    reference: FxHashMap<SmolStr, String>,
    frequency: FxHashMap<SmolStr, Unit>,
    vague: FxHashMap<SmolStr, bool>,
    holiday: FxHashMap<SmolStr, Holiday>,
    bound: FxHashMap<SmolStr, String>,
    edge: FxHashMap<SmolStr, String>,
}

/// The tables, ready to look up.
#[derive(Default)]
pub(super) struct Lexicon {
    senses: FxHashMap<SmolStr, Sense>,
    pub(super) holidays: Phrases<Holiday>,
    /// TIMEX3 `mod` of words that bound a count.
    pub(super) bounds: Phrases<&'static str>,
    /// TIMEX3 `mod` of words that pick a part of a date.
    pub(super) edges: Phrases<&'static str>,
}

/// The codes that values and modifiers may have in the data.
const CODES: [&str; 18] = [
    "TMO",
    "TAF",
    "TEV",
    "TNI",
    "TDT",
    "PRESENT_REF",
    "PAST_REF",
    "FUTURE_REF",
    "START",
    "MID",
    "END",
    "APPROX",
    "EQUAL_OR_MORE",
    "EQUAL_OR_LESS",
    "MORE_THAN",
    "LESS_THAN",
    "BEFORE",
    "AFTER",
];

fn code(text: &str) -> Option<&'static str> {
    CODES.into_iter().find(|code| *code == text)
}

impl Lexicon {
    fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut senses: FxHashMap<SmolStr, Sense> = FxHashMap::default();
        macro_rules! fill {
            ($table:ident, $field:ident, $value:expr) => {
                for (word, value) in &file.$table {
                    senses.entry(word.clone()).or_default().$field = $value(value);
                }
            };
        }
        fill!(weekday, weekday, |value: &i8| Some(*value));
        fill!(month, month, |value: &i8| Some(*value));
        fill!(unit, unit, |value: &Unit| Some(*value));
        fill!(season, season, |value: &Season| Some(*value));
        fill!(part, part, |value: &String| code(value));
        fill!(named_hour, hour, |value: &i8| Some(*value));
        fill!(deictic_day, deictic, |value: &i32| Some(*value));
        fill!(shift, shift, |value: &i32| Some(*value));
        fill!(reference, reference, |value: &String| code(value));
        fill!(frequency, frequency, |value: &Unit| Some(*value));
        fill!(vague, vague, |value: &bool| *value);
        let codes = |table: &FxHashMap<SmolStr, String>| {
            Phrases::new(
                table.iter().filter_map(|(phrase, value)| Some((phrase.as_str(), code(value)?))),
            )
        };
        Ok(Self {
            senses,
            holidays: Phrases::new(
                file.holiday.iter().map(|(phrase, rule)| (phrase.as_str(), *rule)),
            ),
            bounds: codes(&file.bound),
            edges: codes(&file.edge),
        })
    }

    /// What each word of a sentence can say.
    pub(super) fn senses(&self, words: &Stretch) -> Vec<Option<&Sense>> {
        words.words.iter().map(|word| self.senses.get(&word.lower)).collect()
    }
}

/// The lexicon of the program. A test reads the file.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../data/time.toml")).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_and_every_code_is_known() {
        let text = include_str!("../../data/time.toml");
        Lexicon::read(text).unwrap();
        let file: File = toml::from_str(text).unwrap();
        for value in [&file.part, &file.reference, &file.bound, &file.edge]
            .into_iter()
            .flat_map(|table| table.values())
        {
            assert!(code(value).is_some(), "{value}");
        }
    }
}
