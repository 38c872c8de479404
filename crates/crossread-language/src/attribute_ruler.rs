//! Rules that set parts of speech, features and lemmas by tag, form and label.

use regex::Regex;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::hash::string_id;

/// A rule, as a pipeline states it. Later rules overrule earlier ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rule {
    /// Any of these sequences of tokens.
    pub(crate) patterns: Vec<Vec<TokenPattern>>,
    pub(crate) set: Setting,
    /// Which token of the sequence is set; from its end if negative.
    pub(crate) index: i32,
}

/// What one token must be: all of these.
pub(crate) type TokenPattern = Vec<(Field, Test)>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Field {
    Tag,
    Dep,
    Orth,
    Lower,
    Norm,
    IsSpace,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Test {
    In(Vec<String>),
    NotIn(Vec<String>),
    /// Only for [`Field::Lower`].
    Regex(String),
    /// Only for [`Field::IsSpace`].
    Flag(bool),
}

/// What a rule sets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Setting {
    pub(crate) tag: Option<SmolStr>,
    pub(crate) dep: Option<SmolStr>,
    pub(crate) pos: Option<SmolStr>,
    pub(crate) morph: Option<SmolStr>,
    pub(crate) lemma: Option<SmolStr>,
}

/// What the rules look at; strings by [`string_id`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) text: &'a str,
    pub(crate) tag: u64,
    pub(crate) dep: u64,
    pub(crate) orth: u64,
    pub(crate) lower: u64,
    pub(crate) norm: u64,
    pub(crate) is_space: bool,
}

#[derive(Debug)]
pub(crate) struct AttributeRuler {
    rules: Vec<Compiled>,
    /// The sequences whose first token must have a tag, by that tag, in order of the rules.
    by_tag: FxHashMap<u64, Vec<(u32, u32)>>,
    /// Those that ask for a lower-case form instead.
    by_lower: FxHashMap<u64, Vec<(u32, u32)>>,
    /// All others.
    others: Vec<(u32, u32)>,
}

#[derive(Debug)]
struct Compiled {
    patterns: Vec<Vec<Vec<(Field, Check)>>>,
    set: Setting,
    index: i32,
}

#[derive(Debug)]
enum Check {
    In(Vec<u64>),
    NotIn(Vec<u64>),
    Regex(Regex),
    Flag(bool),
}

impl AttributeRuler {
    /// # Errors
    /// A regular expression that cannot be read.
    pub(crate) fn new(rules: &[Rule]) -> Result<Self, regex::Error> {
        let ids = |strings: &[String]| strings.iter().map(|s| string_id(s)).collect::<Vec<_>>();
        let mut ruler = Self {
            rules: Vec::with_capacity(rules.len()),
            by_tag: FxHashMap::default(),
            by_lower: FxHashMap::default(),
            others: Vec::new(),
        };
        for (number, rule) in (0u32..).zip(rules) {
            let mut patterns = Vec::new();
            for (which, pattern) in (0u32..).zip(&rule.patterns) {
                let place = (number, which);
                let wanted = |field| {
                    pattern.first()?.iter().find_map(|(f, test)| match test {
                        Test::In(strings) if *f == field => Some(ids(strings)),
                        _ => None,
                    })
                };
                if let Some(tags) = wanted(Field::Tag) {
                    tags.into_iter()
                        .for_each(|tag| ruler.by_tag.entry(tag).or_default().push(place));
                } else if let Some(forms) = wanted(Field::Lower) {
                    forms
                        .into_iter()
                        .for_each(|form| ruler.by_lower.entry(form).or_default().push(place));
                } else {
                    ruler.others.push(place);
                }
                let mut tokens = Vec::new();
                for token in pattern {
                    let mut checks = Vec::new();
                    for (field, test) in token {
                        let check = match test {
                            Test::In(strings) => Check::In(ids(strings)),
                            Test::NotIn(strings) => Check::NotIn(ids(strings)),
                            Test::Regex(pattern) => Check::Regex(Regex::new(pattern)?),
                            Test::Flag(flag) => Check::Flag(*flag),
                        };
                        checks.push((*field, check));
                    }
                    tokens.push(checks);
                }
                patterns.push(tokens);
            }
            ruler.rules.push(Compiled { patterns, set: rule.set.clone(), index: rule.index });
        }
        Ok(ruler)
    }

    /// The settings that hold in a text of `count` tokens, as (rule, token), in the order in which to apply them.
    pub(crate) fn settings<'a>(
        &self,
        count: usize,
        token: impl Fn(usize) -> Seen<'a>,
    ) -> Vec<(u32, u32)> {
        let mut found = Vec::with_capacity(count * 2);
        for at in 0..count {
            let first = token(at);
            let by_tag = self.by_tag.get(&first.tag).map_or(&[][..], Vec::as_slice);
            let by_lower = self.by_lower.get(&first.lower).map_or(&[][..], Vec::as_slice);
            for &(number, which) in by_tag.iter().chain(by_lower).chain(&self.others) {
                let rule = &self.rules[number as usize];
                let pattern = &rule.patterns[which as usize];
                let holds = at + pattern.len() <= count
                    && pattern.iter().enumerate().all(|(i, checks)| {
                        let seen = if i == 0 { first } else { token(at + i) };
                        checks.iter().all(|(field, check)| check.holds(*field, &seen))
                    });
                if holds {
                    let from = if rule.index < 0 { at + pattern.len() } else { at };
                    let set = from as i64 + i64::from(rule.index);
                    if (0..count as i64).contains(&set) {
                        found.push((number, set as u32));
                    }
                }
            }
        }
        found.sort_unstable();
        found
    }

    pub(crate) fn setting(&self, rule: u32) -> &Setting {
        &self.rules[rule as usize].set
    }
}

impl Check {
    fn holds(&self, field: Field, seen: &Seen<'_>) -> bool {
        let id = match field {
            Field::Tag => seen.tag,
            Field::Dep => seen.dep,
            Field::Orth => seen.orth,
            Field::Lower => seen.lower,
            Field::Norm => seen.norm,
            Field::IsSpace => u64::from(seen.is_space),
        };
        match self {
            Self::In(ids) => ids.contains(&id),
            Self::NotIn(ids) => !ids.contains(&id),
            Self::Regex(regex) => regex.is_match(&seen.text.to_lowercase()),
            Self::Flag(flag) => seen.is_space == *flag,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(field: Field, value: &str) -> (Field, Test) {
        (field, Test::In(vec![value.to_owned()]))
    }

    #[test]
    fn later_rules_come_later_and_sequences_set_the_token_they_name() {
        let pos = |pos: &str| Setting { pos: Some(pos.into()), ..Setting::default() };
        let rules = [
            Rule { patterns: vec![vec![vec![is(Field::Tag, "VB")]]], set: pos("VERB"), index: 0 },
            Rule {
                patterns: vec![vec![vec![is(Field::Lower, "got")], vec![is(Field::Lower, "ta")]]],
                set: pos("PART"),
                index: 1,
            },
            Rule {
                patterns: vec![vec![vec![(Field::Lower, Test::Regex("^n'?t$".into()))]]],
                set: pos("X"),
                index: 0,
            },
        ];
        let ruler = AttributeRuler::new(&rules).unwrap();
        let words = ["Got", "ta", "n't"];
        let settings = ruler.settings(3, |at| Seen {
            text: words[at],
            tag: string_id("VB"),
            dep: 0,
            orth: string_id(words[at]),
            lower: string_id(&words[at].to_lowercase()),
            norm: 0,
            is_space: false,
        });
        assert_eq!(settings, [(0, 0), (0, 1), (0, 2), (1, 1), (2, 2)]);
    }
}
