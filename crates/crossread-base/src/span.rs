use std::fmt;
use std::ops::{Index, Range};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A byte offset into a report's text.
///
/// 32 bits hold 4 GiB; intake refuses longer texts, so no other room needs to think of it.
pub type Offset = u32;

/// A half-open range `[start, end)` of bytes of one text. Written in records as `[start, end]`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: Offset,
    /// One past the last byte.
    pub end: Offset,
}

impl Span {
    /// The span from `start` to `end`. An `end` before `start` gives the empty span at `start`.
    pub const fn new(start: Offset, end: Offset) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// The span of a `usize` range, as string searches give it. Offsets over 4 GiB saturate.
    pub fn of(range: Range<usize>) -> Self {
        let narrow = |n: usize| Offset::try_from(n).unwrap_or(Offset::MAX);
        Self::new(narrow(range.start), narrow(range.end))
    }

    /// The number of bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The range to slice with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words. Empty where the span does not fit the text (out of bounds, or inside a character).
    pub fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub const fn holds(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The number of bytes the two share.
    pub fn overlap(self, other: Self) -> u32 {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same span in a text that `by` bytes stand before.
    pub const fn shifted(self, by: Offset) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The span less the white space at its ends.
    pub fn trimmed(self, text: &str) -> Self {
        let words = self.text(text);
        let lead = words.len() - words.trim_start().len();
        let kept = words.trim().len();
        let start = self.start + lead as Offset;
        Self::new(start, start + kept as Offset)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl Index<Span> for str {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        span.text(self)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = Deserialize::deserialize(deserializer)?;
        Ok(Self::new(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_ends_before_it_starts() {
        assert_eq!(Span::new(5, 3), Span::new(5, 5));
    }

    #[test]
    fn words_outside_the_text_are_empty_not_a_panic() {
        assert_eq!(&"naïve"[Span::new(0, 3)], "", "inside a character");
        assert_eq!(&"naïve"[Span::new(2, 90)], "");
        assert_eq!(&"naïve"[Span::new(0, 4)], "naï");
    }

    #[test]
    fn trimming_keeps_to_the_text() {
        let text = "ab \u{a0} cd ";
        assert_eq!(&text[Span::new(2, 9).trimmed(text)], "cd");
        assert_eq!(Span::new(2, 5).trimmed(text), Span::new(5, 5));
    }

    #[test]
    fn records_write_a_span_as_a_pair() {
        let span = Span::new(3, 9);
        let json = serde_json::to_string(&span).unwrap();
        assert_eq!(json, "[3,9]");
        assert_eq!(serde_json::from_str::<Span>(&json).unwrap(), span);
    }
}
