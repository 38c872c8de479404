//! What Python's string methods say of characters, for spaCy's models were trained on their answers.

use std::sync::OnceLock;

use regex_syntax::hir::{Class, HirKind};

/// `str.isspace`: Unicode white space, and the four separators of ASCII (U+001C to U+001F).
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// `str.isalpha`: general category L. (Rust's `is_alphabetic` also takes marks and letter numbers.)
pub(crate) fn is_letter(c: char) -> bool {
    static LETTERS: OnceLock<CharSet> = OnceLock::new();
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    LETTERS.get_or_init(|| CharSet::of_class(r"\p{L}")).has(c)
}

/// `str.isdecimal`, and `\d` of Python's regular expressions: general category Nd.
pub(crate) fn is_decimal(c: char) -> bool {
    static DECIMALS: OnceLock<CharSet> = OnceLock::new();
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    DECIMALS.get_or_init(|| CharSet::of_class(r"\p{Nd}")).has(c)
}

/// `str.isdigit`: decimal digits, and those that are raised, lowered, circled and the like (Unicode's
/// `Numeric_Type=Digit`).
pub(crate) fn is_digit(c: char) -> bool {
    const OTHERS: [(char, char); 20] = [
        ('\u{b2}', '\u{b3}'),
        ('\u{b9}', '\u{b9}'),
        ('\u{1369}', '\u{1371}'),
        ('\u{19da}', '\u{19da}'),
        ('\u{2070}', '\u{2070}'),
        ('\u{2074}', '\u{2079}'),
        ('\u{2080}', '\u{2089}'),
        ('\u{2460}', '\u{2468}'),
        ('\u{2474}', '\u{247c}'),
        ('\u{2488}', '\u{2490}'),
        ('\u{24ea}', '\u{24ea}'),
        ('\u{24f5}', '\u{24fd}'),
        ('\u{24ff}', '\u{24ff}'),
        ('\u{2776}', '\u{277e}'),
        ('\u{2780}', '\u{2788}'),
        ('\u{278a}', '\u{2792}'),
        ('\u{10a40}', '\u{10a43}'),
        ('\u{10e60}', '\u{10e68}'),
        ('\u{11052}', '\u{1105a}'),
        ('\u{1f100}', '\u{1f10a}'),
    ];
    is_decimal(c) || (!c.is_ascii() && OTHERS.iter().any(|&(low, high)| low <= c && c <= high))
}

/// A set of characters: a bit for each of ASCII, sorted ranges for the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CharSet {
    ascii: u128,
    ranges: Vec<(char, char)>,
}

impl CharSet {
    /// The set of one class in the syntax of the `regex` crate; empty if it is none.
    pub(crate) fn of_class(class: &str) -> Self {
        let mut set = Self::default();
        if let Ok(hir) = regex_syntax::parse(class)
            && let HirKind::Class(Class::Unicode(class)) = hir.kind()
        {
            for range in class.ranges() {
                set.add(range.start(), range.end());
            }
        }
        set.settle();
        set
    }

    /// Adds the characters from `low` to `high`. [`settle`](Self::settle) must follow the last.
    pub(crate) fn add(&mut self, low: char, high: char) {
        for c in (low as u32)..=(high as u32).min(127) {
            self.ascii |= 1 << c;
        }
        if high as u32 > 127 && low <= high {
            self.ranges.push((low.max('\u{80}'), high));
        }
    }

    /// Adds the characters of another set.
    pub(crate) fn add_all(&mut self, other: &Self) {
        self.ascii |= other.ascii;
        self.ranges.extend_from_slice(&other.ranges);
    }

    /// Sorts and joins the ranges.
    pub(crate) fn settle(&mut self) {
        self.ranges.sort_unstable();
        let mut joined: Vec<(char, char)> = Vec::with_capacity(self.ranges.len());
        for &(low, high) in &self.ranges {
            match joined.last_mut() {
                Some(last) if low as u32 <= last.1 as u32 + 1 => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        self.ranges = joined;
    }

    /// The characters that are not in it.
    pub(crate) fn inverted(&self) -> Self {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = '\u{80}' as u32;
        for &(low, high) in &self.ranges {
            if next < low as u32 {
                ranges.push((next, low as u32 - 1));
            }
            next = high as u32 + 1;
        }
        if next <= char::MAX as u32 {
            ranges.push((next, char::MAX as u32));
        }
        // A range may start or end among the surrogates, which are no characters.
        let ranges = ranges
            .into_iter()
            .filter_map(|(low, high)| {
                let low = char::from_u32(low).unwrap_or('\u{e000}');
                let high = char::from_u32(high).unwrap_or('\u{d7ff}');
                (low <= high).then_some((low, high))
            })
            .collect();
        Self { ascii: !self.ascii, ranges }
    }

    /// Whether `c` is in it.
    pub(crate) fn has(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> (c as u32) & 1 == 1;
        }
        let after = self.ranges.partition_point(|&(_, high)| high < c);
        self.ranges.get(after).is_some_and(|&(low, _)| low <= c)
    }

    /// The only character in it.
    pub(crate) fn single(&self) -> Option<char> {
        match self.ranges.as_slice() {
            [] if self.ascii.count_ones() == 1 => char::from_u32(self.ascii.trailing_zeros()),
            &[(low, high)] if low == high && self.ascii == 0 => Some(low),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_those_of_python() {
        assert!(is_letter('é') && is_letter('ß') && is_letter('大') && is_letter('ª'));
        assert!(!is_letter('Ⅷ') && !is_letter('\u{301}') && !is_letter('7') && !is_letter('_'));
        assert!(
            is_digit('7') && is_digit('²') && is_digit('٣') && !is_digit('½') && !is_digit('Ⅷ')
        );
        assert!(is_decimal('٣') && !is_decimal('²'));
        assert!(is_space('\u{1f}') && is_space('\u{a0}') && !is_space('\u{200b}'));
    }

    #[test]
    fn an_inverted_set_has_what_the_set_has_not() {
        let mut set = CharSet::default();
        set.add('a', 'z');
        set.add('\u{80}', 'é');
        set.add('д', 'д');
        set.settle();
        let others = set.inverted();
        for c in
            ['a', 'z', 'A', '\u{80}', 'é', 'ê', 'г', 'д', 'е', '\u{d7ff}', '\u{e000}', char::MAX]
        {
            assert_ne!(set.has(c), others.has(c), "{c:?}");
        }
    }
}
