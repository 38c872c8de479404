//! Words folded so that the same thing said in two reports gives the same key.

use std::sync::LazyLock;

use crossread_record::Entity;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::table;

/// Words that tell nothing of what a claim is about.
static COMMON: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    table::lines(include_str!("../data/common_words.txt")).flat_map(str::split_whitespace).collect()
});

/// The keys of a stretch of text: its words in lower case, without marks, possessives, the Arabic article and plural
/// endings; common words left out.
pub(crate) fn keys(text: &str) -> Vec<SmolStr> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '`' | 'ʼ')))
        .filter_map(key)
        .collect()
}

/// The keys of who an entity is: of its name, or what a person told it apart by.
pub(crate) fn name_keys(entity: &Entity) -> Vec<SmolStr> {
    match &entity.canonical {
        Some(key) if entity.told_apart() => vec![key.into()],
        _ => keys(&entity.name),
    }
}

/// The key of the last word of a noun phrase that stands before any preposition: "27 other neighborhoods in the city"
/// gives `neighborhood`.
pub(crate) fn head_key(text: &str) -> Option<SmolStr> {
    let mut head = None;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(')) {
        let lower = word.to_lowercase();
        if head.is_some() && is_link(&lower) {
            break;
        }
        if let Some(key) = keys(word).pop() {
            head = Some(key);
        }
    }
    head
}

fn is_link(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "on"
            | "at"
            | "from"
            | "to"
            | "for"
            | "with"
            | "by"
            | "who"
            | "which"
            | "that"
            | "whose"
            | "near"
            | "under"
            | "between"
            | "inside"
            | "outside"
            | "during"
            | "after"
            | "and"
            | "or"
            | "left"
            | "still"
    )
}

fn key(word: &str) -> Option<SmolStr> {
    let mut folded: String =
        word.chars().filter(|c| !matches!(c, '`' | 'ʼ')).flat_map(char::to_lowercase).collect();
    for ending in ["'s", "’s", "'", "’"] {
        if let Some(stem) = folded.strip_suffix(ending) {
            folded.truncate(stem.len());
            break;
        }
    }
    folded.retain(|c| c.is_alphanumeric());
    if folded.chars().count() < 2 && !folded.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    if folded.is_empty() || COMMON.contains(folded.as_str()) || folded == "al" || folded == "el" {
        return None;
    }
    Some(singular(&folded).into())
}

/// The singular of an English plural, by its ending; words that only look like one ("news") keep a key that is odd
/// but the same each time.
fn singular(word: &str) -> String {
    if word.len() > 4 {
        if let Some(stem) = word.strip_suffix("ies") {
            return format!("{stem}y");
        }
        for ending in ["sses", "shes", "ches", "xes"] {
            if word.ends_with(ending) {
                return word[..word.len() - 2].to_owned();
            }
        }
    }
    if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") {
        return word[..word.len() - 1].to_owned();
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_has_one_key() {
        assert_eq!(keys("the city’s militias"), keys("Cities' militia"));
        assert_eq!(keys("al-Abadi"), keys("Abadi"));
        assert_eq!(keys("Shi'ite"), keys("Shi’ite"));
        assert_eq!(keys("of the"), Vec::<SmolStr>::new());
    }

    #[test]
    fn the_head_stands_before_the_preposition() {
        assert_eq!(head_key("bodies of its fighters").unwrap(), "body");
        assert_eq!(head_key("27 other neighborhoods in the city").unwrap(), "neighborhood");
        assert_eq!(head_key("the"), None);
    }
}
