//! What a title looks like, and when two lines are the same title.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashSet;

/// Whether a line is built like a title: no end mark, or the capitals of a title in spite of one.
/// `shouted` says that the whole text is in capitals, so that capitals tell nothing.
pub(crate) fn is_title(line: &str, shouted: bool) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(31).collect();
    if words.is_empty() || words.len() > 30 || line.starts_with(|c: char| c.is_lowercase()) {
        return false;
    }
    if !crate::paragraphs::ends_sentence(line) {
        return true;
    }
    let by = words[0].eq_ignore_ascii_case("by");
    !shouted && !by && words.len() <= 22 && title_case(&words)
}

/// Whether nearly all words of more than three letters after the first are capitalised.
fn title_case(words: &[&str]) -> bool {
    let long = |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let starts_large =
        |word: &&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let long: Vec<&&str> = words.iter().skip(1).filter(long).collect();
    let large = long.iter().filter(|word| starts_large(word)).count();
    long.len() >= 3 && large * 5 >= long.len() * 4
}

/// Whether two lines are one title, give or take marks and a word: "Nine dead as bridge falls" and "Nine dead, as
/// bridge falls". A title with the site's name behind it is the same title too.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let words = |line: &str| -> Vec<String> {
        line.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(40)
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    if a == b {
        return true;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() >= 4 && long.len() - short.len() <= 4 && long.starts_with(short) {
        return true;
    }
    let pairs = |words: &[String]| -> FxHashSet<(String, String)> {
        words.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
    };
    let (a, b) = (pairs(&a), pairs(&b));
    let both = a.intersection(&b).count();
    a.len() >= 4 && both * 2 * 10 >= (a.len() + b.len()) * 8
}

/// Whether a line names the site or the way to the page: short parts with marks between them, or an address.
pub(crate) fn is_site_line(line: &str) -> bool {
    // A document's number in its collection ("DEV-0301") is no title.
    let first = line.split_whitespace().next().unwrap_or_default();
    let numbered = first.contains('-')
        && first.chars().filter(char::is_ascii_digit).count() >= 3
        && first.starts_with(|c: char| c.is_uppercase())
        && !first.contains(|c: char| c.is_lowercase());
    if numbered && line.split_whitespace().count() <= 5 {
        return true;
    }
    let parts: Vec<&str> = parts(line).collect();
    let brief = parts.iter().all(|part| part.split_whitespace().count() <= 3);
    let one_word = parts.len() == 1 && line.split_whitespace().count() == 1;
    (parts.len() >= 2
        && brief
        && line.split_whitespace().count() <= 14
        && (parts.len() >= 3 || !line.contains(" - ")))
        || (one_word && crate::outlet::domain_in(line).is_some())
}

/// The parts of a title line between the marks that sites set around their names.
pub(crate) fn parts(line: &str) -> impl Iterator<Item = &str> {
    static MARKS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s(?:-|–|—|\||»|›|>|::|·|•)\s").expect("the pattern is fixed")
    });
    MARKS.split(line).map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_title_in_two_spellings() {
        assert!(same(
            "Losses in Marrow as 3 crews withdraw",
            "Losses in Marrow, as 3 crews withdraw"
        ));
        assert!(same("Bridge falls, nine dead", "BRIDGE FALLS, NINE DEAD"));
        assert!(same("Bridge over Marrow falls", "Bridge over Marrow falls | Harbour Post"));
        assert!(!same("Bridge falls, nine dead", "Bridge falls, eleven dead"));
        assert!(!same("", ""));
    }

    #[test]
    fn titles_and_sentences() {
        assert!(is_title("Nine dead as bridge falls in Marrow", false));
        assert!(is_title("Stealth Over Speed: Mayor Was Told of Bridge Cracks.", false));
        assert!(!is_title("Nine people died when the bridge fell.", false));
        assert!(!is_title("NINE PEOPLE DIED WHEN THE BRIDGE FELL.", true));
    }

    #[test]
    fn site_lines() {
        assert!(is_site_line("Marrow News - Local News - Harbourpost"));
        assert!(is_site_line("Home » News » Marrow"));
        assert!(!is_site_line("Nine dead as bridge falls - mayor"));
    }
}
