//! Words as lineage compares them: forms and stems as numbers that are the same on every machine.

use std::sync::LazyLock;

use crossread_base::Span;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

/// A word's lower-cased, unaccented form or its stem, as the low half of its xxh3 hash. Two words of one report
/// pair fall together by chance once in four thousand million.
pub(crate) type Form = u32;

/// The longest word that is told from another by all its letters, in bytes.
const LONGEST: usize = 48;

/// How telling a word is before the pile is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rarity {
    /// A word any text has.
    Function,
    /// One of the commonest four thousand of English, or a single digit.
    Common,
    /// One of the next seven thousand, or a number of two digits.
    Known,
    /// Anything else: names, longer numbers, rare words.
    Rare,
}

/// A word in a report's text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) form: Form,
    pub(crate) stem: Form,
    pub(crate) span: Span,
    pub(crate) rarity: Rarity,
    pub(crate) number: bool,
    pub(crate) capital: bool,
}

/// Calls `each` with the form, its letters and its span, for every word of `text`. Letters and digits part words, so that
/// `AK-47`, `AK47` and `AK - 47` read alike, and so do `can't` and `can ' t`.
pub(crate) fn scan(text: &str, mut each: impl FnMut(&[u8], Span)) {
    let bytes = text.as_bytes();
    let mut letters = [0u8; LONGEST];
    let mut at = 0;
    while at < bytes.len() {
        let (mut length, mut digit, start) = (0, None, at);
        let mut end = at;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii() {
                if !byte.is_ascii_alphanumeric() {
                    break;
                }
                let is_digit = byte.is_ascii_digit();
                if *digit.get_or_insert(is_digit) != is_digit {
                    break;
                }
                if length < LONGEST {
                    letters[length] = byte.to_ascii_lowercase();
                    length += 1;
                }
                at += 1;
            } else {
                let Some(char) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                if !char.is_alphanumeric() || digit == Some(true) {
                    break;
                }
                digit = Some(false);
                for byte in deunicode::deunicode_char(char).unwrap_or("").bytes() {
                    if byte.is_ascii_alphanumeric() && length < LONGEST {
                        letters[length] = byte.to_ascii_lowercase();
                        length += 1;
                    }
                }
                at += char.len_utf8();
            }
            end = at;
        }
        if length > 0 {
            each(&letters[..length], Span::of(start..end));
        }
        if end == start {
            // What stands here is no part of a word.
            at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        }
    }
}

/// The hash of a word's letters.
pub(crate) fn form(letters: &[u8]) -> Form {
    xxh3_64(letters) as Form
}

/// The words of the part of `text` in `span`.
pub(crate) fn words(text: &str, span: Span) -> Vec<Word> {
    let mut found = Vec::new();
    scan(span.text(text), |letters, at| {
        let at = at.shifted(span.start);
        let number = letters[0].is_ascii_digit();
        let form = form(letters);
        found.push(Word {
            form,
            stem: if number { form } else { self::form(stem(letters)) },
            span: at,
            rarity: rarity(letters, form),
            number,
            capital: at.text(text).chars().next().is_some_and(char::is_uppercase),
        });
    });
    found
}

/// A word without its commonest endings: enough for "arrested" to meet "arrest" and "arrests", no more. The steps
/// are a part of Porter's (1980).
pub(crate) fn stem(letters: &[u8]) -> &[u8] {
    let cut = |word: &'_ [u8], n: usize| word.len() - n;
    let mut word = letters;
    if word.len() > 4 && word.ends_with(b"ies") {
        word = &word[..cut(word, 2)];
    } else if word.len() > 3 && word.ends_with(b"s") && !word.ends_with(b"ss") {
        word = &word[..cut(word, 1)];
    }
    let ending = [&b"ing"[..], b"ed"].into_iter().find(|ending| {
        word.len() >= ending.len() + 3
            && word.ends_with(ending)
            && word[..cut(word, ending.len())].iter().any(|b| b"aeiouy".contains(b))
    });
    if let Some(ending) = ending {
        word = &word[..cut(word, ending.len())];
        if let [.., a, b] = word
            && a == b
            && !b"lsz".contains(b)
        {
            word = &word[..cut(word, 1)];
        }
    }
    if word.len() > 3 && (word.ends_with(b"e") || word.ends_with(b"y") || word.ends_with(b"i")) {
        word = &word[..cut(word, 1)];
    }
    word
}

fn rarity(letters: &[u8], form: Form) -> Rarity {
    if letters[0].is_ascii_digit() {
        return match letters.len() {
            1 => Rarity::Common,
            2 => Rarity::Known,
            _ => Rarity::Rare,
        };
    }
    COMMONNESS.get(&form).copied().unwrap_or(Rarity::Rare)
}

static COMMONNESS: LazyLock<FxHashMap<Form, Rarity>> = LazyLock::new(|| {
    let mut known = FxHashMap::default();
    let mut rarity = Rarity::Common;
    for line in data_lines(include_str!("../data/common-words.txt")) {
        match line {
            "= 10" => rarity = Rarity::Common,
            "= 20" => rarity = Rarity::Known,
            word => {
                known.insert(form(word.as_bytes()), rarity);
            }
        }
    }
    for line in data_lines(include_str!("../data/function-words.txt")) {
        for word in line.split_whitespace() {
            known.insert(form(word.as_bytes()), Rarity::Function);
        }
    }
    known
});

/// The lines of a data file, less comments and blank ones.
pub(crate) fn data_lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        scan(text, |letters, _| found.push(String::from_utf8(letters.to_vec()).unwrap()));
        found
    }

    #[test]
    fn spacing_and_accents_do_not_part_the_same_words() {
        assert_eq!(
            forms("The AK-47s at Place Vendôme can't"),
            forms("the AK - 47 s at PLACE Vendome can ' t")
        );
        assert_eq!(forms("$2.6-million"), ["2", "6", "million"]);
        assert_eq!(forms("«» — …"), Vec::<String>::new());
    }

    #[test]
    fn spans_are_those_of_the_text() {
        let text = "A Vendôme, 20";
        let words = words(text, Span::of(2..text.len()));
        let seen: Vec<_> = words.iter().map(|word| word.span.text(text)).collect();
        assert_eq!(seen, ["Vendôme", "20"]);
        assert!(words[0].capital && words[1].number);
    }

    #[test]
    fn endings_do_not_part_words() {
        for group in [
            ["arrested", "arrest", "arrests"],
            ["planned", "planning", "plans"],
            ["cities", "city", "citys"],
        ] {
            let stems: Vec<_> = group.iter().map(|word| stem(word.as_bytes())).collect();
            assert!(stems.windows(2).all(|two| two[0] == two[1]), "{group:?} {stems:?}");
        }
        assert_eq!(stem(b"ring"), b"ring");
        assert_eq!(stem(b"boss"), b"boss");
    }
}
