//! The noun phrase after an amount.

use super::lexicon::LEXICON;
use super::reader::Reader;
use crate::words::Made;

/// No phrase that is counted is longer, in words.
const LONGEST: usize = 9;

/// Words that end a noun phrase, for text that was not parsed.
const CLOSED: &[&str] = &[
    "a",
    "about",
    "after",
    "against",
    "all",
    "although",
    "among",
    "an",
    "and",
    "are",
    "around",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "during",
    "each",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "i",
    "if",
    "in",
    "including",
    "inside",
    "into",
    "is",
    "it",
    "last",
    "least",
    "less",
    "may",
    "might",
    "more",
    "near",
    "not",
    "of",
    "off",
    "on",
    "once",
    "or",
    "out",
    "over",
    "per",
    "said",
    "says",
    "she",
    "should",
    "since",
    "so",
    "some",
    "than",
    "that",
    "the",
    "then",
    "there",
    "they",
    "this",
    "through",
    "to",
    "under",
    "until",
    "up",
    "was",
    "we",
    "were",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yesterday",
    "today",
    "down",
    "across",
    "along",
    "ago",
    "later",
    "away",
    "north",
    "south",
    "east",
    "west",
    "apart",
    "each",
    "also",
    "died",
    "killed",
    "rose",
    "fell",
    "left",
    "remain",
    "remains",
    "others",
    "remained",
    "fled",
    "back",
    "still",
];

/// Words that open a phrase after "of".
const OPENING: &[&str] = &[
    "the", "its", "their", "his", "her", "our", "my", "your", "these", "those", "all", "a", "an",
    "them",
];

impl Reader<'_> {
    /// The noun phrase at `at`, up to its head noun; with `opened`, an article or a pronoun may open it.
    pub(super) fn noun_phrase(&self, at: usize, opened: bool) -> Option<(usize, usize)> {
        let words = self.words;
        let mut next = at;
        if opened {
            if words.any(next, &["them", "us", "whom", "which", "those"]) {
                return None;
            }
            while next < at + 3
                && (words.any(next, OPENING) || (next > at && words.is(next, "own")))
            {
                next += 1;
            }
            // "of the five men"
            if next > at
                && let Some(number) = self.number(next)
            {
                next = number.end;
            }
        }
        let parsed = !self.tag(at).is_empty();
        let (mut end, mut head) = (None, false);
        // "of the town's 40,000 residents": the number is another amount, and the residents are what is meant.
        let inner = opened
            .then(|| {
                (next..next + 4).find(|&at| words.glued_mark(at, '\'') && words.is(at + 1, "s"))
            })
            .flatten()
            .and_then(|mark| self.number(mark + 2));
        if let Some(number) = inner {
            next = number.end;
        }
        for position in next..next + LONGEST {
            // "14 AK-47 rifles": the rifles are counted.
            if self.is_designation(position) {
                continue;
            }
            if self.taken(position) || self.stops(position, parsed) {
                break;
            }
            let lower = words.lower(position);
            let person = LEXICON.person(lower);
            let tag = self.tag(position);
            let noun = if parsed {
                tag.starts_with("NN") || person.is_some()
            } else {
                looks_plural(lower) || person.is_some()
            };
            if noun {
                end = Some(position + 1);
                // Without tags, the first plural is the head.
                if !parsed
                    && (looks_plural(lower) || person.is_some_and(|person| person.plural))
                    && !self.more_plurals(position + 1)
                {
                    head = true;
                }
                // A plural is seldom followed by more of its phrase; what follows is a verb read wrong.
                if parsed
                    && person.is_some_and(|person| person.plural)
                    && !self.tag(position + 1).starts_with("NN")
                {
                    head = true;
                }
            } else if parsed
                && end.is_some()
                && !matches!(tag, "POS" | "HYPH" | "")
                && !glue(self, position)
            {
                break;
            }
            if head {
                break;
            }
        }
        // Without tags or a plural: one word, or after an article all up to the next closed word.
        if end.is_none() && !parsed {
            let longest = if next > at { 3 } else { 1 };
            let letters = (next..next + longest).take_while(|&at| {
                let letters = words.word(at).is_some_and(|word| word.made == Made::Letters);
                letters && !self.taken(at) && !self.stops(at, false)
            });
            end = letters.last().map(|last| last + 1);
        }
        // A mark is no head.
        end.filter(|&end| end > next).map(|end| (at, end))
    }

    /// Whether a word is of the designation of a make, "AK-47", whose hyphen may stand between spaces.
    pub(super) fn is_designation(&self, at: usize) -> bool {
        let words = self.words;
        (at.saturating_sub(2)..=at).any(|first| {
            let letters = words.word(first).is_some_and(|word| {
                word.made == Made::Letters && word.lower.len() <= 3 && word.capital
            });
            letters
                && !self.taken(first)
                && !matches!(words.lower(first), "us" | "uk" | "eu" | "un" | "in" | "on" | "at")
                && words.mark(first + 1, '-')
                && words.digits(first + 2).is_some()
                && words.glued(first + 1) == words.glued(first + 2)
        })
    }

    /// Whether a noun follows that could be counted.
    pub(super) fn noun_after(&self, at: usize) -> Option<(usize, usize)> {
        self.noun_phrase(at, false)
    }

    fn more_plurals(&self, at: usize) -> bool {
        !self.stops(at, false)
            && LEXICON.person(self.words.lower(at)).is_some_and(|person| person.plural)
            && !LEXICON.is_casualty(self.words.lower(at))
    }

    /// Whether no noun phrase goes on at `at`.
    pub(super) fn stops(&self, at: usize, parsed: bool) -> bool {
        let words = self.words;
        let Some(word) = words.word(at) else { return true };
        match word.made {
            Made::Mark('-') => !(word.glued && words.glued(at + 1)),
            // "the group's fighters", "Kata'ib"
            Made::Mark('\'') => !(word.glued && words.glued(at + 1)),
            Made::Mark('.') => {
                !(word.glued
                    && at > 0
                    && words.lower(at - 1).len() <= 2
                    && words.word(at + 1).is_some())
            }
            Made::Mark(_) => true,
            Made::Digits => !word.glued,
            Made::Letters => {
                if LEXICON.person(&word.lower).is_some() {
                    return false;
                }
                let tag = self.tag(at);
                if parsed && !tag.is_empty() {
                    !matches!(
                        tag,
                        "JJ" | "JJR"
                            | "JJS"
                            | "NN"
                            | "NNS"
                            | "NNP"
                            | "NNPS"
                            | "VBN"
                            | "VBG"
                            | "POS"
                            | "HYPH"
                            | "AFX"
                            | "FW"
                            | "RB"
                    ) || words.any(
                        at,
                        &[
                            "ago",
                            "later",
                            "ahead",
                            "away",
                            "apart",
                            "more",
                            "others",
                            "including",
                            "down",
                            "up",
                        ],
                    )
                } else {
                    words.any(at, CLOSED)
                }
            }
        }
    }
}

/// A hyphen, an apostrophe or what stands right after one.
fn glue(reader: &Reader, at: usize) -> bool {
    let words = reader.words;
    let mark = |at: usize| words.mark(at, '-') || words.mark(at, '\'');
    words.glued(at) && (mark(at) || (at > 0 && mark(at - 1)))
}

fn looks_plural(word: &str) -> bool {
    word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
}
