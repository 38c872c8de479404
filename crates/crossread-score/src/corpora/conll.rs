//! Name-tagged text in columns: WikiGold (Balasuriya et al. 2009) and WNUT17 (Derczynski et al. 2017).

use crossread_base::Span;

use super::Joined;
use crate::system::Document;

/// A marked name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// Where.
    pub span: Span,
    /// The set's own label.
    pub label: String,
}

/// A text with its names.
#[derive(Debug)]
pub struct Tagged {
    /// The tokens, joined by one space.
    pub document: Document,
    /// In order of the text.
    pub names: Vec<Name>,
}

/// What separates the documents of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// Every empty line: a document a sentence, as for posts that have nothing to do with each other.
    EmptyLine,
    /// A line that starts with `-DOCSTART-`.
    DocStart,
}

/// Reads a file whose lines are `token label`, separated by a space or a tab. Labels are IOB1 or IOB2: a name goes on
/// while the label after `I-` stays the same, and `B-` starts a new one (as conlleval counts).
pub fn read(name: &str, text: &str, between: Break) -> Vec<Tagged> {
    let mut all = Vec::new();
    let mut open = Open::default();
    for line in text.lines() {
        let mut fields = line.split([' ', '\t']);
        let (token, label) = (fields.next().unwrap_or(""), fields.next_back().unwrap_or("O"));
        if line.trim().is_empty() {
            open.last = None;
            if between == Break::EmptyLine {
                open.close(name, &mut all);
            }
        } else if token == "-DOCSTART-" {
            open.close(name, &mut all);
        } else if !token.trim().is_empty() {
            open.add(token, label);
        }
    }
    open.close(name, &mut all);
    all
}

#[derive(Default)]
struct Open {
    joined: Joined,
    names: Vec<Name>,
    last: Option<String>,
}

impl Open {
    fn add(&mut self, token: &str, label: &str) {
        self.joined.push(token, " ");
        let Some(span) = self.joined.tokens.last().copied() else { return };
        let Some((mark, kind)) = label.split_once('-') else {
            self.last = None;
            return;
        };
        match self.names.last_mut().filter(|_| mark == "I" && self.last.as_deref() == Some(kind)) {
            Some(name) => name.span = name.span.cover(span),
            None => self.names.push(Name { span, label: kind.to_owned() }),
        }
        self.last = Some(kind.to_owned());
    }

    fn close(&mut self, name: &str, all: &mut Vec<Tagged>) {
        let done = std::mem::take(self);
        if !done.joined.tokens.is_empty() {
            let name = format!("{name}-{:04}", all.len());
            all.push(Tagged {
                document: Document::plain(&name, done.joined.text),
                names: done.names,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_both_taggings() {
        let iob1 = "-DOCSTART- O\n\nAna I-PER\nRuiz I-PER\nMarrow I-LOC\nfell O\n\nMarrow I-LOC\n";
        let all = read("w", iob1, Break::DocStart);
        assert_eq!(all.len(), 1);
        let text = &all[0].document.text;
        let names: Vec<_> =
            all[0].names.iter().map(|n| (n.span.text(text), n.label.as_str())).collect();
        assert_eq!(names, [("Ana Ruiz", "PER"), ("Marrow", "LOC"), ("Marrow", "LOC")]);
        let iob2 = "Ana\tB-person\nBo\tB-person\nLi\tI-person\n\nhi\tO\n";
        let all = read("w", iob2, Break::EmptyLine);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].names[1].span.text(&all[0].document.text), "Bo Li");
    }
}
