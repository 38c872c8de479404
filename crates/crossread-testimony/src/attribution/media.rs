//! Names of those who publish, titles, and nouns for what cannot speak.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speakers {
    outlets: String,
    titles: String,
}

#[derive(Default)]
struct Tables {
    outlets: FxHashSet<String>,
    titles: FxHashSet<String>,
    /// The last words of outlets' names.
    endings: FxHashSet<String>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        // The file is part of the program and read by a test.
        let Ok(speakers) = toml::from_str::<Speakers>(include_str!("../../data/speakers.toml"))
        else {
            return Tables::default();
        };
        // Agencies and the words of outlets' names are intake's: it needs them for credits.
        let agencies = include_str!("../../../crossread-intake/data/agencies.tsv");
        let words = include_str!("../../../crossread-intake/data/outlet_words.txt");
        let listed = speakers.outlets.split('|').map(|name| name.trim().to_owned());
        let agencies = agencies
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(['\t', '|']))
            // Two capitals may stand for anything outside a credit.
            .filter(|name| name.chars().count() > 2)
            .map(str::to_lowercase);
        Tables {
            outlets: listed.chain(agencies).collect(),
            titles: speakers.titles.split_whitespace().map(str::to_owned).collect(),
            endings: words
                .lines()
                .filter(|line| !line.starts_with('#'))
                .map(|line| line.trim().trim_end_matches('*').to_owned())
                .collect(),
        }
    })
}

/// Whether a name is that of an outlet: a known one, or two words and more of which the last is one that outlets
/// have ("Marrow Gazette"). The caller has made sure that it is no person's name.
pub(crate) fn is_outlet(name: &str) -> bool {
    let name = name.to_lowercase().replace('’', "'");
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let name = name.strip_suffix("'s").unwrap_or(name);
    let tables = tables();
    tables.outlets.contains(name)
        || name.rsplit_once(' ').is_some_and(|(_, last)| tables.endings.contains(last))
}

/// Whether a word is a title or rank.
pub(crate) fn is_title(word: &str) -> bool {
    tables().titles.contains(word.trim_end_matches('.').to_lowercase().as_str())
}

/// Whether a noun, by its dictionary form, stands for no one who can speak: a happening, a state, a thing.
pub(crate) fn is_voiceless(lemma: u32) -> bool {
    static TABLE: OnceLock<FxHashSet<u32>> = OnceLock::new();
    TABLE.get_or_init(|| listed(include_str!("../../data/voiceless.txt"))).contains(&lemma)
}

/// Whether a noun, by its dictionary form, is an occasion at which somebody speaks.
pub(crate) fn is_occasion(lemma: u32) -> bool {
    static TABLE: OnceLock<FxHashSet<u32>> = OnceLock::new();
    TABLE.get_or_init(|| listed(include_str!("../../data/occasions.txt"))).contains(&lemma)
}

/// The words of a list, hashed as lemmas are.
fn listed(list: &str) -> FxHashSet<u32> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).map(super::page::hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_known_by_name_or_by_their_last_word() {
        for name in ["Reuters", "the Marrow Gazette", "Al Jazeera’s", "Xinhua News Agency"] {
            assert!(is_outlet(name), "{name}");
        }
        for name in ["Ministry of Health", "Gazette", "Ana Ruiz"] {
            assert!(!is_outlet(name), "{name}");
        }
        assert!(is_title("Gen.") && is_title("Colonel") && !is_title("Ruiz"));
    }
}
