//! What stands before a story's first sentence: "ORVAN, May 3 (Reuters) - ", "Harbourpost.Net - ", "(CNN) -- ".

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashSet;

use crate::{agencies, outlet};

/// A lead-in, in bytes of its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeadIn {
    /// How many bytes stand before the sentence.
    pub(crate) len: u32,
    /// The outlet's own name, where it is that.
    pub(crate) outlet: Option<std::ops::Range<usize>>,
    /// Who is named in brackets and is no agency of the table.
    pub(crate) source: Option<std::ops::Range<usize>>,
}

static CITIES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    include_str!("../data/cities.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(str::to_lowercase)
        .collect()
});

/// The longest lead-in, in bytes.
const WINDOW: usize = 240;

/// The lead-in of a paragraph, where it has one.
pub(crate) fn find(words: &str) -> Option<LeadIn> {
    static BRACKET_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:\(|\[|-LRB-)\s*(?P<source>\p{Lu}[^()\[\]]{1,40}?)\s*(?:\)|\]|-RRB-)(?P<dash>\s*(?:-{1,2}|[–—]|:)\s*|\s+)").expect("the pattern is fixed")
    });
    static PLACE_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x) ^
            (?P<place> \p{Lu}[\p{L}'’.]+ (?: [\x20-] \p{Lu}[\p{L}'’.]* | \x20(?:de|la|el|del|al)\b ){0,4} )
            (?P<more> (?: \s?[,/]\s? \p{Lu}[\p{L}.]* (?:\x20\p{Lu}[\p{L}.]*){0,2} ){0,2} )
            (?P<date> \s?,? \s+ (?: \p{Lu}[\p{L}]{2,8}\.? \s \d{1,2} (?:\s?,\s?\d{4})? | \d{1,2} \s \p{L}{3,9} (?:\s(?:\d{4}|\d{2}))? ) )?
            (?P<bracket> \s* [,]? \s* (?:\(|\[|-LRB-) \s* (?P<source> \p{L}[^()\[\]]{1,40}? ) \s* (?:\)|\]|-RRB-) )?
            \s* (?P<dash> -{1,3} | [–—] | : )
            (?P<end> \s* )
            (?P<notes> (?: \[ [^\[\]]{1,80} \] \s* )* )",
        )
        .expect("the pattern is fixed")
    });
    let mut end = words.len().min(WINDOW);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let window = &words[..end];
    if let Some(caught) = BRACKET_FIRST.captures(window) {
        let source = caught.name("source")?;
        let dash = caught.name("dash")?.as_str();
        let named = agencies::names_only(source.as_str())
            || outlet::sounds_like_one(source.as_str())
            || (source.as_str().len() <= 6 && source.as_str().chars().all(|c| c.is_uppercase()));
        if !named && dash.trim().is_empty() {
            return None;
        }
        return cut(words, caught.get(0)?.end(), None, Some(source.range()));
    }
    let caught = PLACE_FIRST.captures(window)?;
    let place = caught.name("place")?;
    let dash = caught.name("dash")?;
    let spaced = !caught.name("end")?.as_str().is_empty();
    let before = window[..dash.start()].ends_with(char::is_whitespace);
    let bracket = caught.name("bracket").is_some();
    let dated = caught.name("date").is_some();
    // "Al-Marra" and "Orvan: nine dead" are no lead-ins; a dash within a word is none either.
    if !(spaced || matches!(dash.as_str(), "—" | "–")) {
        return None;
    }
    if dash.as_str() == ":" && !bracket {
        return None;
    }
    let all_capitals = !place.as_str().contains(char::is_lowercase) && place.as_str().len() >= 3;
    let rest = &words[caught.get(0)?.end()..];
    // A second dash soon after makes it an insertion: "Brandt - the mayor - said".
    let inserted = !all_capitals && {
        let sentence = rest.split_inclusive(['.', '?', '!']).next().unwrap_or_default();
        let near: String = sentence.chars().take(80).collect();
        near.contains(" - ") || near.contains(" – ") || near.contains(" — ") || near.contains("—")
    };
    let city = CITIES.contains(&place.as_str().to_lowercase());
    let names_outlet = caught.name("more")?.as_str().is_empty()
        && !dated
        && !city
        && (outlet::domain_in(place.as_str()).is_some()
            || outlet::sounds_like_one(place.as_str())
            || (!all_capitals && !before && dash.as_str().len() == 1 && !bracket));
    let shouted = !rest.chars().take(60).any(char::is_lowercase);
    let place_only =
        (all_capitals && (!shouted || dated || bracket)) || city || (dated && before) || bracket;
    if !(names_outlet || place_only && !inserted) {
        return None;
    }
    let outlet = names_outlet.then(|| place.range());
    let source = caught.name("source").map(|source| source.range());
    cut(words, caught.get(0)?.end(), outlet, source)
}

fn cut(
    words: &str,
    len: usize,
    outlet: Option<std::ops::Range<usize>>,
    source: Option<std::ops::Range<usize>>,
) -> Option<LeadIn> {
    let rest = &words[len..];
    // The sentence that follows begins as sentences do, and is one.
    let begins = rest
        .trim_start_matches(['"', '“', '\'', '‘', '`', '(', ' ', '«'])
        .starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    (begins && rest.split_whitespace().take(4).count() >= 4).then(|| LeadIn {
        len: u32::try_from(len).unwrap_or(0),
        outlet,
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(words: &str) -> Option<&str> {
        find(words).map(|lead| &words[..lead.len as usize])
    }

    #[test]
    fn places_agencies_and_outlets() {
        for (words, expected) in [
            ("ORVAN (Reuters) - Nine people died on Monday.", "ORVAN (Reuters) - "),
            (
                "ORVAN, Marrow, May 3 (AP) — Nine people died on Monday.",
                "ORVAN, Marrow, May 3 (AP) — ",
            ),
            ("Lower Marrow (dpa) – “Nine people died,” the mayor said.", "Lower Marrow (dpa) – "),
            ("(CNN) -- Nine people died on Monday.", "(CNN) -- "),
            ("-LRB- CNN -RRB- -- Nine people died on Monday .", "-LRB- CNN -RRB- -- "),
            ("(CNN) Nine people died on Monday.", "(CNN) "),
            ("MarrowHerald.Net - Gun trucks and lorries came.", "MarrowHerald.Net - "),
            ("Orvanight- Over the last weeks nine died.", "Orvanight- "),
            ("Beirut — Nine people died on Monday.", "Beirut — "),
            (
                "SAN TELMO, 3 JAN 90 -- [REPORT] [PRESS OFFICE] [TEXT] NINE PEOPLE HAVE DIED.",
                "SAN TELMO, 3 JAN 90 -- [REPORT] [PRESS OFFICE] [TEXT] ",
            ),
        ] {
            assert_eq!(lead(words), Some(expected));
        }
        let named = "Orvanight- Over the last weeks nine died.";
        assert_eq!(&named[find(named).unwrap().outlet.unwrap()], "Orvanight");
    }

    #[test]
    fn sentences_with_dashes() {
        for words in [
            "Brandt - the mayor of Orvan - said on Monday that nobody died.",
            "Al-Marra is a town of forty thousand people.",
            "Mayor Brandt — Orvan's first — said nobody died.",
            "Nine-year-old Ada was found alive on Monday.",
            "The mayor (Ada Brandt) said that nobody died.",
        ] {
            assert_eq!(lead(words), None, "{words}");
        }
    }
}
