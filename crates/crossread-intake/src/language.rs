//! The language of a text, by its letters and three-letter sequences (whatlang).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use whatlang::Lang;

/// The most text looked at, in bytes; more changes nothing.
const ENOUGH: usize = 6_000;
/// The least text that a guess is made on, in letters.
const LEAST: usize = 40;

/// ISO 639-3 to BCP 47, which wants the two-letter code where there is one.
static CODES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("../data/languages.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// The BCP 47 code of the language that `pieces` are written in; `None` where they are too short or the guess is
/// not sure.
pub(crate) fn detect<'t>(pieces: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut sample = String::new();
    for piece in pieces {
        for c in piece.chars() {
            sample.extend(c.to_lowercase());
            if sample.len() >= ENOUGH {
                break;
            }
        }
        sample.push(' ');
        if sample.len() >= ENOUGH {
            break;
        }
    }
    if sample.chars().filter(|c| c.is_alphabetic()).take(LEAST).count() < LEAST {
        return None;
    }
    let info = whatlang::detect(&sample)?;
    let sure = info.is_reliable() || (info.confidence() >= 0.5 && sample.len() > 400);
    sure.then(|| code(info.lang()))
}

fn code(lang: Lang) -> String {
    let three = lang.code();
    CODES.get(three).copied().unwrap_or(three).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_german_capitals_and_too_little() {
        let of = |text: &str| detect([text].into_iter());
        let english = "Nine people died on Monday when a footbridge over the river fell, the coast guard said.";
        assert_eq!(of(english).as_deref(), Some("en"));
        assert_eq!(of(&english.to_uppercase()).as_deref(), Some("en"));
        let german = "Neun Menschen starben am Montag, als eine Brücke über den Fluss einstürzte, sagte die Küstenwache.";
        assert_eq!(of(german).as_deref(), Some("de"));
        assert_eq!(of("Bridge falls"), None);
    }
}
