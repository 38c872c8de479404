//! A report's claim-making words, cut into sentences, as lineage compares them.

use std::ops::Range;

use crossread_base::Span;
use crossread_record::{Record, RegionKind};

use rustc_hash::FxHashSet;

use crate::furniture;
use crate::words::{self, Form, Rarity, Word};

/// The words of a report that can be shared text.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) words: Vec<Word>,
    /// In order of the text; their words follow one another without a gap.
    pub(crate) sentences: Vec<Line>,
    /// For each word, whether it stands in quotation marks.
    pub(crate) quoted: Vec<bool>,
    /// Whether it names a release as its source.
    pub(crate) release: bool,
    /// See [`neighbours`](crate::measure::Measures::neighbours); filled once standing passages are known.
    pub(crate) plain_pairs: FxHashSet<(Form, Form)>,
}

/// A sentence of a [`Text`].
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) span: Span,
    /// Indices into [`Text::words`].
    pub(crate) words: Range<usize>,
    /// Not the story's: see [`furniture`].
    pub(crate) furniture: bool,
    /// Somebody speaks: most of it is quoted, or it is in the first person singular.
    pub(crate) voice: bool,
}

impl Text {
    /// The claim-making words of a report; all of its text where it has no regions.
    pub(crate) fn of(record: &Record) -> Self {
        let text = record.report.text.as_str();
        let whole = [(Span::of(0..text.len()), RegionKind::Body)];
        let regions: Vec<(Span, RegionKind)> = if record.report.regions.is_empty() {
            whole.to_vec()
        } else {
            record.report.regions.iter().map(|region| (region.span, region.kind)).collect()
        };
        let mut lines = Vec::new();
        for (span, _) in regions.into_iter().filter(|(_, kind)| kind.makes_claims()) {
            lines.extend(split(text, span));
        }
        Self::from_lines(text, lines)
    }

    fn from_lines(text: &str, lines: Vec<Span>) -> Self {
        let mut made = Self::default();
        for span in lines {
            let start = made.words.len();
            made.words.extend(words::words(text, span));
            let words = start..made.words.len();
            if words.is_empty() {
                continue;
            }
            made.sentences.push(Line { span, words, furniture: false, voice: false });
        }
        made.quoted = quoted(text, &made.words);
        for line in &mut made.sentences {
            let range = line.words.clone();
            let (words, quoted) = (&made.words[range.clone()], &made.quoted[range]);
            let plain = furniture::plain(text, words);
            line.furniture = furniture::is_furniture(&plain, words, quoted);
            made.release |= !line.furniture && furniture::names_release(&plain);
            let inside = quoted.iter().filter(|quoted| **quoted).count();
            line.voice = 2 * inside >= words.len() || furniture::is_first_person(words);
        }
        if let Some(first) = furniture::first_comment(text, &made) {
            made.sentences[first..].iter_mut().for_each(|line| line.furniture = true);
        }
        made
    }

    /// The sentences of the story.
    pub(crate) fn story_lines(&self) -> impl Iterator<Item = &Line> {
        self.sentences.iter().filter(|line| !line.furniture)
    }

    /// The places of the story's words.
    pub(crate) fn story(&self) -> impl Iterator<Item = usize> + '_ {
        self.story_lines().flat_map(|line| line.words.clone())
    }

    /// Content words of the story: no function words, no furniture.
    pub(crate) fn content(&self) -> impl Iterator<Item = &Word> {
        self.story_lines()
            .flat_map(|line| &self.words[line.words.clone()])
            .filter(|word| word.rarity > Rarity::Function)
    }
}

/// Sentences by their marks alone. Lines part sentences too.
///
/// Not the parser's: two reports of one text must be cut alike, and a parser cuts a sentence by what stands around it.
pub(crate) fn split(text: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let words = span.text(text);
    let mut start = 0;
    let mut cut = |from: usize, to: usize| {
        let sentence = Span::of(from..to).shifted(span.start).trimmed(text);
        if !sentence.is_empty() {
            found.push(sentence);
        }
    };
    let mut marks = words.char_indices().peekable();
    while let Some((at, mark)) = marks.next() {
        let mut end = at + mark.len_utf8();
        match mark {
            '\n' => {}
            '.' | '!' | '?' => {
                if mark == '.' && is_abbreviation(&words[start..at]) {
                    continue;
                }
                // Closing quotation marks and brackets stay with the sentence, also where a blank stands before them.
                let mut rest = words[end..].chars().peekable();
                while let Some(next) = rest.peek() {
                    if !matches!(next, '"' | '”' | '’' | '\'' | ')' | '.' | '!' | '?') {
                        break;
                    }
                    end += next.len_utf8();
                    rest.next();
                }
                let after = &words[end..];
                if !after.starts_with(char::is_whitespace) {
                    continue;
                }
                let next = after.trim_start().chars().next();
                if next.is_some_and(char::is_lowercase) {
                    continue;
                }
            }
            _ => continue,
        }
        cut(start, end);
        start = end;
        while marks.peek().is_some_and(|(next, _)| *next < end) {
            marks.next();
        }
    }
    cut(start, words.len());
    found
}

/// Whether a stop after these words belongs to an abbreviation: an initial, a title, a month.
fn is_abbreviation(before: &str) -> bool {
    let last = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let mut letters = last.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => only.is_alphabetic(),
        (Some(first), Some(_)) => {
            let known = [
                "mr", "mrs", "ms", "dr", "st", "lt", "sgt", "det", "gen", "col", "capt", "cpl",
                "maj", "rev", "sen", "rep", "gov", "prof", "hon", "jr", "sr", "co", "corp", "inc",
                "ltd", "vs", "no", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov",
                "dec", "ave", "blvd", "rd", "mt", "ft", "approx", "supt", "insp", "messrs",
            ];
            first.is_uppercase() && known.contains(&last.to_lowercase().as_str())
        }
        _ => false,
    }
}

/// The most words a quotation is followed for when its end is not marked.
const LONGEST_QUOTATION: usize = 120;

/// For each word, whether it stands in double quotation marks. A mark that is never closed opens nothing.
fn quoted(text: &str, words: &[Word]) -> Vec<bool> {
    let mut inside = vec![false; words.len()];
    let mut open: Option<usize> = None;
    let mut before = words.first().map_or(0, |word| word.span.start);
    for (index, word) in words.iter().enumerate() {
        let gap = Span::new(before, word.span.start).text(text);
        before = word.span.end;
        for (at, mark) in gap.char_indices() {
            let opens = match mark {
                '`' if gap[at + 1..].starts_with('`') => true,
                '\'' if gap[at + 1..].starts_with('\'') => false,
                '“' | '«' | '„' => true,
                '”' | '»' => false,
                '"' => {
                    let after_blank = gap[..at].chars().next_back().is_none_or(char::is_whitespace);
                    let before_blank =
                        gap[at + 1..].chars().next().is_some_and(char::is_whitespace);
                    match (after_blank && at > 0, before_blank) {
                        (true, false) => true,
                        (false, true) => false,
                        _ => open.is_none(),
                    }
                }
                _ => continue,
            };
            if opens {
                open = Some(index);
            } else if let Some(start) = open.take()
                && index - start <= LONGEST_QUOTATION
            {
                inside[start..index].fill(true);
            }
        }
    }
    // The last mark stands after the last word.
    if let Some(start) = open
        && words.len() - start <= LONGEST_QUOTATION
        && text.get(before as usize..).is_some_and(|rest| {
            rest.chars().take_while(|c| !c.is_alphanumeric()).any(|c| matches!(c, '"' | '”' | '»'))
        })
    {
        inside[start..].fill(true);
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_cut_at_its_marks() {
        let text = "Mr. Oro met Lt . B. Quay at 9 a.m. Friday. \"We wait . \" He left!\nShare this";
        let cut: Vec<_> =
            split(text, Span::of(0..text.len())).iter().map(|span| span.text(text)).collect();
        assert_eq!(
            cut,
            [
                "Mr. Oro met Lt . B. Quay at 9 a.m. Friday.",
                "\"We wait .",
                "\" He left!",
                "Share this"
            ]
        );
    }

    #[test]
    fn words_in_quotation_marks_are_known() {
        let text = "He said : \" We wait . \" Then “they came” and \"he left";
        let words = words::words(text, Span::of(0..text.len()));
        let inside = quoted(text, &words);
        let seen: Vec<_> =
            words.iter().zip(inside).filter(|(_, q)| *q).map(|(w, _)| w.span.text(text)).collect();
        assert_eq!(seen, ["We", "wait", "they", "came"]);
    }
}
