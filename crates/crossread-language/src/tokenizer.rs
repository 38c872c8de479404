//! Divides text into words and marks, by the rules of a spaCy pipeline.
//!
//! White space divides text into chunks; from each chunk prefixes and suffixes are peeled until nothing or an exception
//! is left; what is left is a URL, or is divided at infixes. At the end exceptions that were cut apart ("8-)") are put
//! together again.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::letters::is_space;
use crate::lexeme::Norms;
use crate::lexicon::{LexemeId, Lexicon, Word};
use crate::pattern::{Pattern, Reading, SyntaxError, needed_chars};

/// A tokenizer's rules, as a pipeline states them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rules {
    pub(crate) prefix: String,
    pub(crate) suffix: String,
    pub(crate) infix: String,
    pub(crate) url: Option<String>,
    /// Chunks that are divided in a way of their own.
    pub(crate) exceptions: Vec<(String, Vec<Part>)>,
    /// Whether only exceptions that affixes would cut apart are sought again at the end.
    pub(crate) faster_heuristics: bool,
}

/// A word of an exception.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) norm: Option<String>,
}

/// A token before anything is known of it but its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawToken {
    /// In bytes from the start of the text.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) lexeme: LexemeId,
    /// Whether one space follows.
    pub(crate) space: bool,
}

#[derive(Debug)]
pub(crate) struct Tokenizer {
    prefix: Pattern,
    suffix: Pattern,
    infix: Pattern,
    url: Option<(Pattern, u128)>,
    exceptions: FxHashMap<Box<str>, Box<[Part]>>,
    longest_exception: usize,
    /// The exceptions that affixes would cut apart, as cut, by their first word.
    cut_apart: FxHashMap<Box<str>, Vec<Vec<Box<str>>>>,
}

/// Longer chunks are not read as URLs: no browser takes them, and the pattern needs memory for each character.
const LONGEST_URL: usize = 8192;

impl Tokenizer {
    pub(crate) fn new(rules: &Rules) -> Result<Self, SyntaxError> {
        let url = match &rules.url {
            Some(url) => Some((Pattern::new(url, Reading::Forward)?, needed_chars(url)?)),
            None => None,
        };
        let exceptions: FxHashMap<Box<str>, Box<[Part]>> = rules
            .exceptions
            .iter()
            .map(|(chunk, parts)| (chunk.as_str().into(), parts.as_slice().into()))
            .collect();
        let mut tokenizer = Self {
            prefix: Pattern::new(&rules.prefix, Reading::Forward)?,
            suffix: Pattern::new(&rules.suffix, Reading::Backward)?,
            infix: Pattern::new(&rules.infix, Reading::Forward)?,
            url,
            exceptions,
            longest_exception: rules
                .exceptions
                .iter()
                .map(|(chunk, _)| chunk.len())
                .max()
                .unwrap_or(0),
            cut_apart: FxHashMap::default(),
        };
        for (chunk, parts) in &rules.exceptions {
            let affixed = !rules.faster_heuristics
                || tokenizer.prefix.match_at(chunk, 0).is_some()
                || tokenizer.suffix.longest_at_end(chunk).is_some()
                || !tokenizer.infix.find_all(chunk).is_empty()
                || chunk.contains(' ');
            if !affixed {
                continue;
            }
            let mut pieces: Vec<Box<str>> = Vec::new();
            for piece in chunk.split_inclusive(is_space) {
                tokenizer.divide(piece, false, &mut |text, _| pieces.push(Box::from(text)));
            }
            let alike = pieces.len() == parts.len()
                && pieces
                    .iter()
                    .zip(parts)
                    .all(|(piece, part)| **piece == part.text && part.norm.is_none());
            if !alike && let Some(first) = pieces.first() {
                tokenizer.cut_apart.entry(first.clone()).or_default().push(pieces);
            }
        }
        Ok(tokenizer)
    }

    /// The tokens of a text, in order. Every byte but single spaces between tokens is in one.
    pub(crate) fn tokens(&self, text: &str, lexicon: &mut Lexicon, norms: &Norms) -> Vec<RawToken> {
        let mut tokens: Vec<RawToken> = Vec::with_capacity(text.len() / 5);
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(is_space);
        for (at, c) in text.char_indices() {
            if is_space(c) == in_space {
                continue;
            }
            if start < at {
                self.chunk(text, start..at, lexicon, norms, &mut tokens);
            }
            start = at;
            if c == ' ' {
                start += 1;
                if let Some(last) = tokens.last_mut() {
                    last.space = true;
                }
            }
            in_space = !in_space;
        }
        if start < text.len() {
            self.chunk(text, start..text.len(), lexicon, norms, &mut tokens);
        }
        self.rejoin(text, &mut tokens, lexicon, norms);
        tokens
    }

    fn chunk(
        &self,
        text: &str,
        range: std::ops::Range<usize>,
        lexicon: &mut Lexicon,
        norms: &Norms,
        tokens: &mut Vec<RawToken>,
    ) {
        let mut start = range.start as u32;
        let chunk = &text[range];
        let mut push = |word: Word| {
            let end = start + word.len;
            tokens.push(RawToken { start, end, lexeme: word.lexeme, space: false });
            start = end;
        };
        if let Some(words) = lexicon.chunk(chunk) {
            words.iter().copied().for_each(push);
            return;
        }
        let mut words = Vec::new();
        self.divide(chunk, true, &mut |text, norm| {
            let lexeme = lexicon.intern(text, norm, norms);
            words.push(Word { len: text.len() as u32, lexeme });
        });
        words.iter().copied().for_each(&mut push);
        lexicon.remember(chunk, &words);
    }

    fn exception(&self, chunk: &str) -> Option<&[Part]> {
        // The length is looked at first, so that long chunks are not hashed again for each affix they lose.
        if chunk.len() > self.longest_exception {
            return None;
        }
        self.exceptions.get(chunk).map(AsRef::as_ref)
    }

    /// Gives the words of a chunk without white space, in order, each with the norm of its exception.
    fn divide<'a>(
        &'a self,
        chunk: &'a str,
        with_exceptions: bool,
        give: &mut dyn FnMut(&'a str, Option<&'a str>),
    ) {
        let known = |chunk: &str| if with_exceptions { self.exception(chunk) } else { None };
        let mut rest = chunk;
        let mut suffixes = Vec::new();
        while !rest.is_empty() && known(rest).is_none() {
            let prefix = self.prefix.match_at(rest, 0).unwrap_or(0);
            let without_prefix = &rest[prefix..];
            if prefix > 0 && known(without_prefix).is_some() {
                give(&rest[..prefix], None);
                rest = without_prefix;
                break;
            }
            // The suffix is sought in what the prefix leaves, and taken from the whole.
            let suffix = self
                .suffix
                .longest_at_end(without_prefix)
                .map_or(0, |at| without_prefix.len() - at);
            let kept = rest.len() - suffix;
            if suffix > 0 && known(&rest[..kept]).is_some() {
                suffixes.push(&rest[kept..]);
                rest = &rest[..kept];
                break;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                give(&rest[..prefix], None);
            }
            if suffix > 0 {
                suffixes.push(&rest[kept..]);
            }
            rest = &rest[prefix..kept];
        }
        if let Some(parts) = known(rest) {
            let mut at = 0;
            for part in parts {
                let end = at + part.text.len();
                give(&rest[at..end], part.norm.as_deref());
                at = end;
            }
        } else if !rest.is_empty() {
            self.divide_middle(rest, give);
        }
        suffixes.into_iter().rev().for_each(|suffix| give(suffix, None));
    }

    /// A chunk without affixes: one word if it is a URL, else divided at its infixes.
    fn divide_middle<'a>(&self, rest: &'a str, give: &mut dyn FnMut(&'a str, Option<&'a str>)) {
        if let Some((url, needed)) = &self.url
            && rest.len() <= LONGEST_URL
        {
            let held = rest.bytes().filter(u8::is_ascii).fold(0u128, |held, byte| held | 1 << byte);
            if held & needed == *needed && url.match_at(rest, 0).is_some() {
                return give(rest, None);
            }
        }
        let mut start = 0;
        for (at, end) in self.infix.find_all(rest) {
            // An infix at the very start is none.
            if at == 0 {
                continue;
            }
            if start < at {
                give(&rest[start..at], None);
            }
            give(&rest[at..end], None);
            start = end;
        }
        if start < rest.len() {
            give(&rest[start..], None);
        }
    }

    /// Puts exceptions together again that were cut apart.
    fn rejoin(&self, text: &str, tokens: &mut Vec<RawToken>, lexicon: &mut Lexicon, norms: &Norms) {
        let word = |token: &RawToken| &text[token.start as usize..token.end as usize];
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let Some(sequences) = self.cut_apart.get(word(token)) else { continue };
            for sequence in sequences {
                let end = at + sequence.len();
                let here = tokens.get(at..end);
                if here.is_some_and(|here| here.iter().zip(sequence).all(|(a, b)| word(a) == &**b))
                {
                    found.push((at, end));
                }
            }
        }
        if found.is_empty() {
            return;
        }
        // The longest first, of equals the first in the text; every one found blocks its tokens for those after it.
        found.sort_by_key(|&(at, end)| (std::cmp::Reverse(end - at), at));
        let mut seen = FxHashSet::default();
        let mut kept = FxHashMap::default();
        for (at, end) in found {
            if !seen.contains(&at) && !seen.contains(&(end - 1)) {
                kept.insert(at, end);
            }
            seen.extend(at..end);
        }
        let old = std::mem::take(tokens);
        let mut at = 0;
        while at < old.len() {
            let end = kept.get(&at).copied().unwrap_or(at + 1);
            let whole = &text[old[at].start as usize..old[end - 1].end as usize];
            match self.exception(whole).filter(|_| kept.contains_key(&at)) {
                None => tokens.extend_from_slice(&old[at..end]),
                Some(parts) => {
                    let mut start = old[at].start;
                    for part in parts {
                        let end = start + part.text.len() as u32;
                        let lexeme = lexicon.intern(&part.text, part.norm.as_deref(), norms);
                        tokens.push(RawToken { start, end, lexeme, space: false });
                        start = end;
                    }
                    if let Some(last) = tokens.last_mut() {
                        last.space = old[end - 1].space;
                    }
                }
            }
            at = end;
        }
    }
}
