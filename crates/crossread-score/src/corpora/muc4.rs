//! MUC-3/4 (Sundheim 1991, 1992): reports on attacks and the templates that should come of them.

use std::collections::BTreeMap;
use std::path::Path;

use super::{files, read_text};
use crate::score::ScoreError;
use crate::system::Document;

/// A fill of the answer key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyFill {
    /// Any of these is right: a set's value, or the words of a string fill.
    pub values: Vec<String>,
    /// What it is said of, in any of these words; empty where it refers to nothing.
    pub of: Vec<String>,
    /// Leaving it out is right too.
    pub optional: bool,
}

/// A template of the answer key.
#[derive(Debug, Clone, Default)]
pub struct KeyTemplate {
    /// The message it belongs to (`DEV-MUC3-0001`).
    pub message: String,
    /// Leaving it out is right too.
    pub optional: bool,
    /// The fills of each slot, by its number; `-` and `*` are no fills.
    pub slots: BTreeMap<u32, Vec<KeyFill>>,
}

impl KeyTemplate {
    /// The fills of a slot.
    pub fn slot(&self, number: u32) -> &[KeyFill] {
        self.slots.get(&number).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A message with its templates.
#[derive(Debug)]
pub struct Message {
    /// The text below the line that names it, capitals and line breaks as they are.
    pub document: Document,
    /// None where the message is irrelevant to the task.
    pub templates: Vec<KeyTemplate>,
}

/// The messages of a part (`dev`, `tst1`, `tst2`) that have an answer key, by name.
pub fn read(part: &Path) -> Result<Vec<Message>, ScoreError> {
    let mut by_name: BTreeMap<String, Vec<KeyTemplate>> = BTreeMap::new();
    let mut texts: Vec<(String, String)> = Vec::new();
    for path in files(part, "")? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_key = name.starts_with("key-");
        if !is_key && !name.contains("-muc") {
            continue;
        }
        let text = read_text(&path)?;
        if !is_key {
            texts.extend(messages(&text));
            continue;
        }
        for template in key(&text) {
            let templates = by_name.entry(template.message.clone()).or_default();
            // An irrelevant message has one template whose slots are all `*`.
            if !template.slots.is_empty() {
                templates.push(template);
            }
        }
    }
    texts.sort();
    let message = |(name, text): (String, String)| {
        let templates = by_name.remove(&name)?;
        Some(Message { document: Document::plain(&name, text), templates })
    };
    Ok(texts.into_iter().filter_map(message).collect())
}

/// Names and texts of the messages of a file; each begins with a line such as `DEV-MUC3-0001 (NOSC)`.
fn messages(file: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in file.lines() {
        let first = line.split_whitespace().next().unwrap_or("");
        let names = line.starts_with(first)
            && first.contains("-MUC")
            && first.ends_with(|c: char| c.is_ascii_digit());
        if names {
            all.push((first.to_owned(), String::new()));
        } else if let Some((_, text)) = all.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    for (_, text) in &mut all {
        *text = text.trim().to_owned();
    }
    all
}

/// The templates of a key file. A slot is `number. NAME: PART   fill`; further fills stand on lines of their own,
/// indented; lines that start with `;` are remarks.
fn key(file: &str) -> Vec<KeyTemplate> {
    let mut templates: Vec<KeyTemplate> = Vec::new();
    let mut slot = 0;
    let mut lines: Vec<(u32, String)> = Vec::new();
    let close = |lines: &mut Vec<(u32, String)>, templates: &mut Vec<KeyTemplate>| {
        let Some(template) = templates.last_mut() else { return lines.clear() };
        for (slot, line) in lines.drain(..) {
            match slot {
                0 => {
                    let name = line.split_whitespace().next().unwrap_or_default();
                    template.message = name.to_owned();
                }
                1 => template.optional = line.contains("OPTIONAL"),
                _ => template.slots.entry(slot).or_default().extend(fill(&line)),
            }
        }
        template.slots.retain(|_, fills| !fills.is_empty());
    };
    for line in file.lines().filter(|line| !line.trim_start().starts_with(';')) {
        let number = line.split_once('.').and_then(|(number, _)| number.trim().parse::<u32>().ok());
        let starts = number.filter(|_| line.starts_with(|c: char| c.is_ascii_digit()));
        let content = line.get(36.min(line.len())..).unwrap_or("");
        if let Some(number) = starts {
            if number == 0 {
                close(&mut lines, &mut templates);
                templates.push(KeyTemplate::default());
            }
            slot = number;
            // The column of the fills differs by a space between files.
            let after = line.split_once(": ").map_or("", |(_, rest)| rest);
            let text = if content.trim().is_empty() { after } else { &line[34.min(line.len())..] };
            lines.push((slot, text.trim().to_owned()));
        } else if !line.trim().is_empty() {
            let text = line.trim();
            match lines.last_mut() {
                Some((_, last)) if text.starts_with('/') || last.ends_with('/') => {
                    last.push(' ');
                    last.push_str(text);
                }
                _ => lines.push((slot, text.to_owned())),
            }
        }
    }
    close(&mut lines, &mut templates);
    templates
}

/// One fill: `VALUE / VALUE`, `"STRING" / "STRING"`, either with `: "REFERENT" / "REFERENT"`; `?` before it makes it
/// optional. `-` and `*` are none.
fn fill(text: &str) -> Option<KeyFill> {
    let mut fill = KeyFill::default();
    let mut after_colon = false;
    let (mut word, mut quoted, mut escaped) = (String::new(), false, false);
    let mut add = |word: &mut String, after_colon: bool| {
        let trimmed = word.trim();
        let optional = trimmed.starts_with('?');
        let value = trimmed.trim_start_matches('?').trim().to_owned();
        word.clear();
        fill.optional |= optional;
        if !value.is_empty() && value != "-" && value != "*" {
            if after_colon { fill.of.push(value) } else { fill.values.push(value) }
        }
    };
    // A colon between set values is part of the value ("COLOMBIA: MEDELLIN (CITY)").
    let refers = text.contains('"');
    for c in text.chars() {
        match c {
            '\\' if quoted => escaped = true,
            '"' if escaped => escaped = false,
            '"' => {
                quoted = !quoted;
                add(&mut word, after_colon);
            }
            '/' if !quoted => add(&mut word, after_colon),
            ':' if !quoted && refers => {
                add(&mut word, after_colon);
                after_colon = true;
            }
            _ => {
                escaped = false;
                word.push(c);
            }
        }
    }
    add(&mut word, after_colon);
    (!fill.values.is_empty()).then_some(fill)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "\
;;; a remark
0.  MESSAGE: ID                     TST1-MUC3-0001
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
2.  INCIDENT: DATE                  - 18 FEB 90
3.  INCIDENT: LOCATION              MARROW: UPPER MARROW (CITY)
4.  INCIDENT: TYPE                  BOMBING / ATTACK
10. PERP: ORGANIZATION ID           \"MARROW FRONT\" /
                                    \"MF\"
                                    ? \"GREYS\"
11. PERP: ORGANIZATION CONFIDENCE   CLAIMED OR ADMITTED: \"MARROW FRONT\" / \"MF\"
12. PHYS TGT: ID                    \"\\\"OLD\\\" MILL\"
13. PHYS TGT: TYPE                  *
19. HUM TGT: DESCRIPTION            \"MAYOR\": \"RUIZ\"
24. HUM TGT: TOTAL NUMBER           -

0.  MESSAGE: ID                     TST1-MUC3-0002
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
";

    #[test]
    fn a_key_with_alternatives_options_and_references() {
        let templates = key(KEY);
        assert_eq!(templates.len(), 2);
        let one = &templates[0];
        assert!(one.optional && one.message == "TST1-MUC3-0001");
        assert_eq!(one.slot(3)[0].values, ["MARROW: UPPER MARROW (CITY)"]);
        assert_eq!(one.slot(2)[0].values, ["- 18 FEB 90"]);
        assert_eq!(one.slot(4)[0].values, ["BOMBING", "ATTACK"]);
        assert_eq!(one.slot(10)[0].values, ["MARROW FRONT", "MF"]);
        assert!(one.slot(10)[1].optional && !one.slot(10)[0].optional);
        assert_eq!(one.slot(11)[0].of, ["MARROW FRONT", "MF"]);
        assert_eq!(one.slot(12)[0].values, ["OLD MILL"]);
        assert_eq!(
            (one.slot(19)[0].values[0].as_str(), one.slot(19)[0].of[0].as_str()),
            ("MAYOR", "RUIZ")
        );
        assert!(one.slot(13).is_empty() && one.slot(24).is_empty());
        assert!(templates[1].slots.is_empty());
    }

    #[test]
    fn messages_are_cut_at_their_names() {
        let all = messages(
            "TST1-MUC3-0001\n\n   MARROW, 4 FEB 90 -- [TEXT] IT FELL.\n\nTST1-MUC3-0002 (X)\n\n   AGAIN.\n",
        );
        assert_eq!(all.len(), 2);
        assert_eq!(all[1], ("TST1-MUC3-0002".to_owned(), "AGAIN.".to_owned()));
    }
}
