//! Which words name one kind of happening: "shot" and "shooting", "died" and "death", "acquire" and "buy".

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::stem::stem;
use crate::table;

/// The synsets of words, from `data/predicates.txt`.
struct Table {
    of_word: FxHashMap<&'static str, Vec<u32>>,
    above: FxHashMap<u32, Vec<u32>>,
    base: FxHashMap<&'static str, &'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut of_word = FxHashMap::default();
    let mut above = FxHashMap::default();
    for line in table::lines(include_str!("../data/predicates.txt")) {
        let mut fields = line.split(' ');
        let Some(first) = fields.next() else { continue };
        let numbers = fields.filter_map(|number| number.parse().ok()).collect();
        match first.parse() {
            Ok(synset) => drop(above.insert(synset, numbers)),
            Err(_) => drop(of_word.insert(first, numbers)),
        }
    }
    let mut base = FxHashMap::default();
    for line in table::lines(include_str!("../data/irregular_words.txt")) {
        let mut forms = line.split(' ');
        if let Some(first) = forms.next() {
            base.extend(forms.map(|form| (form, first)));
        }
    }
    Table { of_word, above, base }
});

/// Lemmas that name so many events that being the same tells little.
static GENERAL: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    table::lines(include_str!("../data/general_events.txt"))
        .flat_map(str::split_whitespace)
        .collect()
});

/// The dictionary form of a word in lower case, by a table of irregular forms and else by its endings.
pub(crate) fn lemma(word: &str) -> SmolStr {
    if let Some(base) = TABLE.base.get(word) {
        return (*base).into();
    }
    let known = |form: &str| TABLE.of_word.contains_key(form);
    if known(word) {
        return word.into();
    }
    for (ending, instead) in
        [("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ing", "")]
    {
        let Some(cut) = word.strip_suffix(ending) else { continue };
        for form in [format!("{cut}{instead}"), format!("{cut}e")] {
            if known(&form) {
                return form.into();
            }
        }
        // "planned" to "plan".
        if let Some(single) = cut.get(..cut.len().saturating_sub(1)).filter(|form| known(form)) {
            return single.into();
        }
    }
    word.into()
}

/// What a predicate says, as far as its word tells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Predicate {
    pub(crate) lemma: SmolStr,
    pub(crate) stem: SmolStr,
    /// Whether it names too many happenings to tell one from another.
    pub(crate) general: bool,
    /// Its synsets, sorted.
    synsets: Vec<u32>,
    /// Those right above them, sorted.
    above: Vec<u32>,
}

impl Predicate {
    pub(crate) fn of(lemma: SmolStr) -> Self {
        let mut synsets = TABLE.of_word.get(lemma.as_str()).cloned().unwrap_or_default();
        synsets.sort_unstable();
        let mut above: Vec<u32> = synsets
            .iter()
            .filter_map(|synset| TABLE.above.get(synset))
            .flatten()
            .copied()
            .collect();
        above.sort_unstable();
        above.dedup();
        let general = GENERAL.contains(lemma.as_str());
        Self { stem: stem(&lemma), lemma, general, synsets, above }
    }

    /// The numbers by which it meets all that it is related to.
    pub(crate) fn senses(&self) -> impl Iterator<Item = u32> {
        self.synsets.iter().chain(&self.above).copied()
    }

    /// How near two predicates are: 2 for the same stem or a synset of both, 1 where one stands right above the
    /// other, a half where one thing stands above both, else 0.
    pub(crate) fn nearness(&self, other: &Self) -> f32 {
        let meet = |a: &[u32], b: &[u32]| a.iter().any(|synset| b.binary_search(synset).is_ok());
        match () {
            () if self.stem == other.stem || meet(&self.synsets, &other.synsets) => 2.0,
            () if meet(&self.synsets, &other.above) || meet(&self.above, &other.synsets) => 1.0,
            () if meet(&self.above, &other.above) => 0.5,
            () => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_under_one_form() {
        for (word, base) in
            [("shot", "shoot"), ("killed", "kill"), ("planned", "plan"), ("dies", "die")]
        {
            assert_eq!(lemma(word), base);
        }
        assert_eq!(lemma("shooting"), "shooting", "a noun of its own");
    }

    #[test]
    fn one_kind_of_happening() {
        let near = |a: &str, b: &str| Predicate::of(a.into()).nearness(&Predicate::of(b.into()));
        assert_eq!(near("die", "death"), 2.0);
        assert_eq!(near("arrest", "apprehend"), 2.0);
        assert_eq!(near("kill", "murder"), 1.0);
        assert_eq!(near("kill", "sing"), 0.0);
    }
}
