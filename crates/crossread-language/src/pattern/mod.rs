//! The regular expressions of spaCy's tokenizers.
//!
//! They are written in Python's syntax and look behind and ahead, which the `regex` crate refuses. This engine knows
//! what those patterns use (classes, groups, alternatives, greedy repeats, anchors, looks), finds what Python would find
//! (the first alternative that leads to a match), and remembers where it failed, so that its time is bounded by pattern
//! length times text length.

mod parse;
mod run;

use crate::letters::CharSet;

pub use parse::SyntaxError;
use run::{Direction, Program};

/// A node of a parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Empty,
    Class(CharSet),
    Concat(Vec<Node>),
    Either(Vec<Node>),
    Repeat { node: Box<Node>, min: u32, max: Option<u32> },
    Look { ahead: bool, wanted: bool, node: Box<Node> },
    Start,
    End,
}

/// What a tokenizer pattern is asked.
///
/// The alternatives of the whole pattern are kept apart, each under the characters it can begin with (end with, for a
/// pattern that is read backwards), so that most questions are answered by one look into a table.
#[derive(Debug)]
pub(crate) struct Pattern {
    alternatives: Vec<Alternative>,
    /// For each character of ASCII, the alternatives that can begin with it.
    by_ascii: Vec<Vec<u16>>,
    /// ASCII characters that some alternative can begin with.
    starts: u128,
}

#[derive(Debug)]
struct Alternative {
    program: Program,
    /// What it can begin with; `None` where it can be empty.
    first: Option<CharSet>,
}

/// How a pattern will be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// From a place onwards: [`Pattern::match_at`].
    Forward,
    /// From the end of the text back: [`Pattern::longest_at_end`].
    Backward,
}

impl Pattern {
    /// Reads a pattern in Python's syntax.
    ///
    /// # Errors
    /// Syntax that spaCy's patterns do not use, with its place.
    pub(crate) fn new(pattern: &str, reading: Reading) -> Result<Self, SyntaxError> {
        let node = parse::parse(pattern)?;
        let nodes = match node {
            Node::Either(nodes) => nodes,
            node => vec![node],
        };
        let direction = match reading {
            Reading::Forward => Direction::Onwards,
            Reading::Backward => Direction::Back,
        };
        let mut pattern =
            Self { alternatives: Vec::new(), by_ascii: vec![Vec::new(); 128], starts: 0 };
        for node in nodes {
            let first = first_of(&node, direction);
            let index = pattern.alternatives.len() as u16;
            for c in 0..128u8 {
                if first.as_ref().is_none_or(|set| set.has(c as char)) {
                    pattern.by_ascii[usize::from(c)].push(index);
                    pattern.starts |= 1 << c;
                }
            }
            let program = Program::new(&node, direction);
            pattern.alternatives.push(Alternative { program, first });
        }
        Ok(pattern)
    }

    /// Whether a match can begin (or, read backwards, end) with `c`.
    pub(crate) fn can_start_with(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.starts >> (c as u32) & 1 == 1;
        }
        self.alternatives.iter().any(|one| one.first.as_ref().is_none_or(|set| set.has(c)))
    }

    fn candidates(&self, c: Option<char>) -> impl Iterator<Item = &Alternative> {
        let listed = match c {
            Some(c) if c.is_ascii() => Some(self.by_ascii[c as usize].as_slice()),
            _ => None,
        };
        let all = if listed.is_some() { 0..0 } else { 0..self.alternatives.len() };
        let one = listed.unwrap_or(&[]).iter().map(|&index| usize::from(index));
        one.chain(all).map(|index| &self.alternatives[index]).filter(move |alternative| {
            match (c, &alternative.first) {
                (Some(c), Some(first)) => c.is_ascii() || first.has(c),
                (None, Some(_)) => false,
                (_, None) => true,
            }
        })
    }

    /// The end of the match that begins at byte `at`: what Python's `match` finds there.
    pub(crate) fn match_at(&self, text: &str, at: usize) -> Option<usize> {
        let next = text[at..].chars().next();
        self.candidates(next).find_map(|one| one.program.first_match(text, at))
    }

    /// The start of the longest match that ends with the text: what Python's `search` finds for a pattern whose
    /// alternatives all end in `$`.
    pub(crate) fn longest_at_end(&self, text: &str) -> Option<usize> {
        let last = text.chars().next_back();
        let found =
            self.candidates(last).filter_map(|one| one.program.furthest_match(text, text.len()));
        found.min()
    }

    /// The matches from left to right, none overlapping: Python's `finditer`, less empty ones.
    pub(crate) fn find_all(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut next = 0;
        for (at, c) in text.char_indices() {
            if at < next || !self.can_start_with(c) {
                continue;
            }
            if let Some(end) = self.match_at(text, at)
                && end > at
            {
                found.push((at, end));
                next = end;
            }
        }
        found
    }
}

/// What a match can begin with, read in a direction; `None` where it can be empty.
fn first_of(node: &Node, direction: Direction) -> Option<CharSet> {
    match node {
        Node::Empty | Node::Look { .. } | Node::Start | Node::End => None,
        Node::Class(set) => Some(set.clone()),
        Node::Concat(nodes) => {
            // Up to the first part that cannot be empty.
            let mut first = CharSet::default();
            let mut parts: Vec<&Node> = nodes.iter().collect();
            if direction == Direction::Back {
                parts.reverse();
            }
            for part in parts {
                first.add_all(&possible_first(part, direction));
                if !can_be_empty(part) {
                    first.settle();
                    return Some(first);
                }
            }
            None
        }
        Node::Either(nodes) => {
            let mut first = CharSet::default();
            for node in nodes {
                first.add_all(&first_of(node, direction)?);
            }
            first.settle();
            Some(first)
        }
        Node::Repeat { node, min, .. } if *min > 0 => first_of(node, direction),
        Node::Repeat { .. } => None,
    }
}

/// What a node can begin with where it is not empty.
fn possible_first(node: &Node, direction: Direction) -> CharSet {
    let mut first = CharSet::default();
    match node {
        Node::Empty | Node::Look { .. } | Node::Start | Node::End => {}
        Node::Class(set) => first.add_all(set),
        Node::Concat(nodes) => {
            let mut parts: Vec<&Node> = nodes.iter().collect();
            if direction == Direction::Back {
                parts.reverse();
            }
            for part in parts {
                first.add_all(&possible_first(part, direction));
                if !can_be_empty(part) {
                    break;
                }
            }
        }
        Node::Either(nodes) => {
            nodes.iter().for_each(|node| first.add_all(&possible_first(node, direction)));
        }
        Node::Repeat { node, .. } => first.add_all(&possible_first(node, direction)),
    }
    first.settle();
    first
}

fn can_be_empty(node: &Node) -> bool {
    match node {
        Node::Empty | Node::Look { .. } | Node::Start | Node::End => true,
        Node::Class(_) => false,
        Node::Concat(nodes) => nodes.iter().all(can_be_empty),
        Node::Either(nodes) => nodes.iter().any(can_be_empty),
        Node::Repeat { node, min, .. } => *min == 0 || can_be_empty(node),
    }
}

/// The characters of ASCII that every match of the pattern must hold, to refuse most texts at a glance.
pub(crate) fn needed_chars(pattern: &str) -> Result<u128, SyntaxError> {
    fn needed(node: &Node) -> u128 {
        match node {
            Node::Class(set) => match set.single() {
                Some(c) if c.is_ascii() => 1 << (c as u32),
                _ => 0,
            },
            Node::Concat(nodes) => nodes.iter().map(needed).fold(0, |all, one| all | one),
            Node::Either(nodes) => nodes.iter().map(needed).fold(!0, |all, one| all & one),
            Node::Repeat { node, min, .. } if *min > 0 => needed(node),
            _ => 0,
        }
    }
    Ok(needed(&parse::parse(pattern)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forward(pattern: &str) -> Pattern {
        Pattern::new(pattern, Reading::Forward).unwrap()
    }

    #[test]
    fn the_first_alternative_that_leads_to_a_match_wins() {
        assert_eq!(forward("-|--").match_at("--", 0), Some(1));
        assert_eq!(forward("(?:-|--)(?=[a-z])").match_at("--x", 0), Some(2));
        assert_eq!(forward(r"^\.\.+|^…").match_at("...a", 0), Some(3));
        assert_eq!(forward(r"^US\$|^\$").match_at("US$5", 0), Some(3));
    }

    #[test]
    fn looks_see_what_stands_around() {
        let plus = forward(r"^\+(?![0-9])");
        assert_eq!(plus.match_at("+4", 0), None);
        assert_eq!(plus.match_at("+a", 0), Some(1));
        let hyphen = forward("(?<=[a-z0-9])(?:-|~)(?=[a-z])");
        assert_eq!(hyphen.find_all("well-known -a 4-b -"), [(4, 5), (15, 16)]);
    }

    #[test]
    fn the_longest_ending_is_found_from_the_end() {
        let unit = Pattern::new(r"(?<=[0-9])(?:m|km|km²)$|\.\.+$|(?<=[a-z])\.$", Reading::Backward)
            .unwrap();
        assert_eq!(unit.longest_at_end("5km"), Some(1));
        assert_eq!(unit.longest_at_end("5km²"), Some(1));
        assert_eq!(unit.longest_at_end("akm"), None);
        assert_eq!(unit.longest_at_end("end...."), Some(3));
        assert_eq!(unit.longest_at_end("end."), Some(3));
        assert_eq!(unit.longest_at_end("END."), None);
    }

    #[test]
    fn odd_escapes_are_read_as_python_reads_them() {
        let class = forward(r"[\u00A6\U0001F600-\U0001F64F(?:\-\]]+");
        assert_eq!(class.match_at("¦😀(?:-]x", 0), Some("¦😀(?:-]".len()));
        assert_eq!(forward(r"(?u)^\w{2,}://").match_at("é1://", 0), Some(6));
        assert_eq!(needed_chars(r"(?:\d\.|[a-z]+\.:)x?").unwrap(), 1 << b'.');
    }

    #[test]
    fn nested_repeats_do_not_take_for_ever() {
        let slow = forward(r"^(?:[a-z]+)*(?:[a-z]+)*@$");
        assert_eq!(slow.match_at(&"a".repeat(5000), 0), None);
    }
}
