//! Python's syntax, as far as spaCy's patterns use it.

use super::Node;
use crate::letters::CharSet;

/// A pattern that this reader does not understand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} at character {at} of the pattern")]
pub struct SyntaxError {
    /// What was found there.
    pub what: &'static str,
    /// Where, in characters.
    pub at: usize,
}

pub(super) fn parse(pattern: &str) -> Result<Node, SyntaxError> {
    let mut parser = Parser { chars: pattern.chars().collect(), at: 0, depth: 0 };
    // The flag for Unicode, which is how all are read.
    parser.take("(?u)");
    let node = parser.alternatives()?;
    if parser.at < parser.chars.len() {
        return Err(parser.error("a closing parenthesis without an opening one"));
    }
    Ok(node)
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: u32,
}

impl Parser {
    fn error(&self, what: &'static str) -> SyntaxError {
        SyntaxError { what, at: self.at }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn take(&mut self, expected: &str) -> bool {
        let found =
            expected.chars().enumerate().all(|(i, c)| self.chars.get(self.at + i) == Some(&c));
        if found {
            self.at += expected.chars().count();
        }
        found
    }

    fn alternatives(&mut self) -> Result<Node, SyntaxError> {
        let mut all = vec![self.sequence()?];
        while self.take("|") {
            all.push(self.sequence()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node::Either(all) })
    }

    fn sequence(&mut self) -> Result<Node, SyntaxError> {
        let mut all = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let node = self.atom()?;
            all.push(self.repeated(node)?);
        }
        Ok(match all.len() {
            0 => Node::Empty,
            1 => all.remove(0),
            _ => Node::Concat(all),
        })
    }

    fn atom(&mut self) -> Result<Node, SyntaxError> {
        Ok(match self.next() {
            Some('(') => self.group()?,
            Some('[') => Node::Class(self.class()?),
            Some('^') => Node::Start,
            Some('$') => Node::End,
            Some('.') => return Err(self.error("a dot for any character")),
            Some('*' | '+' | '?') => return Err(self.error("a repeat of nothing")),
            Some('\\') => Node::Class(self.escape()?),
            Some(c) => Node::Class(one(c)),
            None => return Err(self.error("an end")),
        })
    }

    fn group(&mut self) -> Result<Node, SyntaxError> {
        self.depth += 1;
        if self.depth > 50 {
            return Err(self.error("too deep a nesting"));
        }
        let look = |ahead, wanted| Some((ahead, wanted));
        let kind = if self.take("?:") {
            None
        } else if self.take("?=") {
            look(true, true)
        } else if self.take("?!") {
            look(true, false)
        } else if self.take("?<=") {
            look(false, true)
        } else if self.take("?<!") {
            look(false, false)
        } else if self.peek() == Some('?') {
            return Err(self.error("an unknown kind of group"));
        } else {
            None
        };
        let node = self.alternatives()?;
        if !self.take(")") {
            return Err(self.error("a group that is not closed"));
        }
        self.depth -= 1;
        Ok(match kind {
            Some((ahead, wanted)) => Node::Look { ahead, wanted, node: Box::new(node) },
            None => node,
        })
    }

    fn repeated(&mut self, node: Node) -> Result<Node, SyntaxError> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.at += 1;
                let min = self.number().unwrap_or(0);
                let max = if self.take(",") { self.number() } else { Some(min) };
                if self.peek() != Some('}') {
                    return Err(self.error("a brace that is not closed"));
                }
                (min, max)
            }
            _ => return Ok(node),
        };
        self.at += 1;
        if max.is_some_and(|max| max < min || max > 1000) {
            return Err(self.error("a repeat out of range"));
        }
        if matches!(self.peek(), Some('?' | '+' | '*')) {
            return Err(self.error("a repeat that is not greedy"));
        }
        Ok(Node::Repeat { node: Box::new(node), min, max })
    }

    fn number(&mut self) -> Option<u32> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect::<String>().parse().ok()
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<CharSet, SyntaxError> {
        let code = |parser: &mut Self, digits: usize| {
            let end = parser.at + digits;
            let hex: Option<String> =
                parser.chars.get(parser.at..end).map(|all| all.iter().collect());
            parser.at = end;
            hex.and_then(|hex| u32::from_str_radix(&hex, 16).ok()).and_then(char::from_u32)
        };
        Ok(match self.next() {
            Some('u') => match code(self, 4) {
                Some(c) => one(c),
                None => return Err(self.error("a code that is no character")),
            },
            Some('U') => match code(self, 8) {
                Some(c) => one(c),
                None => return Err(self.error("a code that is no character")),
            },
            Some('d') => CharSet::of_class(r"\p{Nd}"),
            // Python: `str.isalnum` or the underscore. `isalnum` takes letters and all numeric characters.
            Some('w') => CharSet::of_class(r"[\p{L}\p{N}_]"),
            Some('s') => space(),
            Some('S') => space().inverted(),
            Some('n') => one('\n'),
            Some('t') => one('\t'),
            Some('r') => one('\r'),
            Some(c) if c.is_alphanumeric() => return Err(self.error("an unknown escape")),
            Some(c) => one(c),
            None => return Err(self.error("a backslash at the end")),
        })
    }

    fn class(&mut self) -> Result<CharSet, SyntaxError> {
        let inverted = self.take("^");
        let mut set = CharSet::default();
        let mut first = true;
        loop {
            let from = match self.next() {
                None => return Err(self.error("a class that is not closed")),
                Some(']') if !first => break,
                Some('\\') => self.escape()?,
                Some(c) => one(c),
            };
            first = false;
            let range =
                self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|&c| c != ']');
            match from.single() {
                Some(low) if range => {
                    self.at += 1;
                    let to = match self.next() {
                        Some('\\') => self.escape()?,
                        Some(c) => one(c),
                        None => return Err(self.error("a class that is not closed")),
                    };
                    match to.single() {
                        Some(high) if low <= high => set.add(low, high),
                        _ => return Err(self.error("a range that runs backwards")),
                    }
                }
                _ => set.add_all(&from),
            }
        }
        set.settle();
        Ok(if inverted { set.inverted() } else { set })
    }
}

fn one(c: char) -> CharSet {
    let mut set = CharSet::default();
    set.add(c, c);
    set
}

fn space() -> CharSet {
    let mut set = CharSet::of_class(r"\s");
    set.add('\u{1c}', '\u{1f}');
    set.settle();
    set
}
