//! The report as the name finders look at it: words with their neighbours.

use std::ops::Range;

use crossread_base::Span;
use crossread_record::{Parsed, Report, Token};

use crate::fold;

/// A report's text and tokens, with which sentence each token is in.
pub(crate) struct Doc<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    /// By token.
    pub(crate) sentence: Vec<u32>,
    /// By sentence.
    pub(crate) sentences: Vec<Range<usize>>,
    /// By sentence: whether its region makes claims; bylines and menus do not.
    claims: Vec<bool>,
    /// Where the report names its outlet and its authors.
    pub(crate) outlet: Option<Span>,
    pub(crate) authors: Vec<Span>,
}

impl<'a> Doc<'a> {
    pub(crate) fn new(report: &'a Report, parsed: &'a Parsed) -> Self {
        let tokens = &parsed.tokens;
        let mut sentence = vec![u32::MAX; tokens.len()];
        let mut sentences = Vec::with_capacity(parsed.sentences.len());
        let makes_claims = |region: Option<u32>| {
            region
                .and_then(|index| report.regions.get(index as usize))
                .is_none_or(|region| region.kind.makes_claims())
        };
        let claims =
            parsed.sentences.iter().map(|sentence| makes_claims(sentence.region)).collect();
        for (index, range) in parsed.sentences.iter().map(|one| &one.tokens).enumerate() {
            let range =
                (range.start as usize).min(tokens.len())..(range.end as usize).min(tokens.len());
            sentence[range.clone()].fill(index as u32);
            sentences.push(range);
        }
        Self {
            text: &report.text,
            tokens,
            sentence,
            sentences,
            claims,
            outlet: report.outlet.as_ref().and_then(|outlet| outlet.span),
            authors: report.byline.iter().filter_map(|author| author.span).collect(),
        }
    }

    /// The word itself; empty before the first and after the last.
    pub(crate) fn word(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| token.span.text(self.text))
    }

    /// Whether the token stands where the report tells its story.
    pub(crate) fn tells(&self, index: usize) -> bool {
        self.sentence
            .get(index)
            .and_then(|&at| self.claims.get(at as usize))
            .copied()
            .unwrap_or(false)
    }

    /// The word before; empty at the start of a sentence.
    pub(crate) fn before(&self, index: usize) -> &'a str {
        match index.checked_sub(1) {
            Some(before) if self.sentence.get(before) == self.sentence.get(index) => {
                self.word(before)
            }
            _ => "",
        }
    }

    /// The word after the range; empty at the end of a sentence.
    pub(crate) fn after(&self, end: usize) -> &'a str {
        match end.checked_sub(1) {
            Some(last) if self.sentence.get(last) == self.sentence.get(end) => self.word(end),
            _ => "",
        }
    }

    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        match (
            self.tokens.get(range.start),
            range.end.checked_sub(1).and_then(|i| self.tokens.get(i)),
        ) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    pub(crate) fn words(&self, range: &Range<usize>) -> &'a str {
        self.span(range).text(self.text)
    }

    pub(crate) fn folded(&self, range: &Range<usize>) -> String {
        fold::fold(self.words(range))
    }

    /// Whether the first letter is a capital.
    pub(crate) fn capital(&self, index: usize) -> bool {
        self.word(index).chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    }

    /// Whether it is written as names are: a capital, or one of the particles that start Arabic names ("al-Askari").
    pub(crate) fn name_like(&self, index: usize) -> bool {
        let word = self.word(index);
        self.capital(index)
            || (fold::is_article(word) && self.word(index + 1) == "-" && self.capital(index + 2))
            || word.split_once('-').is_some_and(|(article, rest)| {
                let first = rest.chars().find(|c| c.is_alphabetic());
                fold::is_article(article) && first.is_some_and(char::is_uppercase)
            })
    }

    pub(crate) fn is_the(&self, index: usize) -> bool {
        self.word(index).eq_ignore_ascii_case("the")
    }

    /// Whether it stands where any word has a capital.
    pub(crate) fn starts_sentence(&self, index: usize) -> bool {
        let before = self.before(index);
        before.is_empty() || matches!(before, "\"" | "“" | "‘" | ":" | "(" | "-" | "–" | "—")
    }
}
