//! Lines made of a date, its label and perhaps an author: "Published 3 May 2021 | By Ada Brandt".

use crossread_base::Span;
use crossread_record::RegionKind;

use crate::{byline, dates, phrases};

/// A part of such a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A date with its label; `updated` where the label says that it is of a change.
    Date { updated: bool },
    /// Who wrote it.
    Byline,
}

impl Part {
    /// The region it makes.
    pub(crate) fn kind(self) -> RegionKind {
        match self {
            Self::Date { .. } => RegionKind::Dateline,
            Self::Byline => RegionKind::Byline,
        }
    }
}

/// The most words such a line has.
const WORDS: usize = 25;

/// The parts of a line that is nothing but date, label and author; they cover all of it but white space. `None` for
/// any other line, a sentence with a date among them.
pub(crate) fn read(line: &str) -> Option<Vec<(Span, Part)>> {
    if line.split_whitespace().take(WORDS + 1).count() > WORDS {
        return None;
    }
    let dates = dates::find(line);
    let whole = Span::of(0..line.len());
    if dates.is_empty() {
        return byline::is_byline(line).then(|| vec![(whole, Part::Byline)]);
    }
    let mut parts: Vec<(Span, Part)> = Vec::new();
    let mut at = 0u32;
    for (i, date) in dates.iter().enumerate() {
        let gap = Span::new(at, date.span.start);
        let (name, label) = residue(gap.text(line))?;
        let updated = label == Label::Updated;
        let last = i + 1 == dates.len();
        if name {
            push(&mut parts, gap.trimmed(line), Part::Byline);
            push(&mut parts, date.span, Part::Date { updated });
        } else {
            push(&mut parts, gap.cover(date.span).trimmed(line), Part::Date { updated });
        }
        at = date.span.end;
        if last {
            let rest = Span::new(at, whole.end);
            let (name, label) = residue(rest.text(line))?;
            if label == Label::Updated {
                // "3 May 2021 (updated)"
                if let Some(last) = parts.last_mut() {
                    last.1 = Part::Date { updated: true };
                }
            }
            let rest = rest.trimmed(line);
            if !rest.is_empty() {
                if name {
                    push(&mut parts, rest, Part::Byline);
                } else if let Some(last) = parts.last_mut() {
                    last.0.end = rest.end;
                }
            }
        }
    }
    Some(parts)
}

fn push(parts: &mut Vec<(Span, Part)>, span: Span, part: Part) {
    if !span.is_empty() {
        parts.push((span, part));
    }
}

#[derive(PartialEq, Eq)]
enum Label {
    None,
    Updated,
}

/// What stands between dates: whether it names an author, and what label it has. `None` where it is more than that.
fn residue(words: &str) -> Option<(bool, Label)> {
    let norm = phrases::normal(words);
    let labels = phrases::stamp();
    let mut label = Label::None;
    let mut rest = norm.as_str();
    // Labels stand at either end: "Last modified:", "| Updated".
    loop {
        let cut = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
        let strip = |list: &[String]| {
            list.iter().filter(|l| !l.is_empty()).find_map(|l| {
                let open = |rest: &str, inner: bool| {
                    rest.is_empty()
                        || if inner {
                            !rest.starts_with(char::is_alphanumeric)
                        } else {
                            !rest.ends_with(char::is_alphanumeric)
                        }
                };
                let l = l.trim_end_matches(':');
                cut.strip_prefix(l)
                    .filter(|rest| open(rest, true))
                    .or_else(|| cut.strip_suffix(l).filter(|rest| open(rest, false)))
            })
        };
        if let Some(shorter) = strip(&labels.updated) {
            label = Label::Updated;
            rest = shorter;
        } else if let Some(shorter) = strip(&labels.labels) {
            rest = shorter;
        } else {
            rest = cut;
            break;
        }
    }
    if rest.is_empty() {
        return Some((false, label));
    }
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    if byline::is_byline(bare) || byline::is_name(bare) {
        return Some((true, label));
    }
    // A time of day or its zone, a place or the outlet's name: few words, none of a sentence.
    let count = rest.split_whitespace().count();
    let small =
        words.split_whitespace().filter(|w| w.starts_with(|c: char| c.is_lowercase())).count();
    let clockish =
        rest.split_whitespace().all(|w| w.len() <= 4 && (w.contains('#') || w.len() <= 3));
    (clockish || (count <= 4 && small == 0)).then_some((false, label))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Vec<(&str, Part)> {
        read(line)
            .unwrap_or_default()
            .into_iter()
            .map(|(span, part)| (span.text(line), part))
            .collect()
    }

    #[test]
    fn lines_of_date_and_author() {
        let date = Part::Date { updated: false };
        let changed = Part::Date { updated: true };
        let line = "Last Modified: Thursday، 24 August 2017 11:09 PM";
        assert_eq!(parts(line), [(line, changed)]);
        assert_eq!(
            parts("06.05.2017 Ada Brandt"),
            [("06.05.2017", date), ("Ada Brandt", Part::Byline)]
        );
        assert_eq!(
            parts("By Ada Brandt | Published 3 May 2021"),
            [("By Ada Brandt | Published", Part::Byline), ("3 May 2021", date)],
        );
        assert_eq!(
            parts("Published 3 May 2021 09:00 | Updated 4 May 2021 10:00"),
            [("Published 3 May 2021 09:00", date), ("| Updated 4 May 2021 10:00", changed)],
        );
        assert_eq!(parts("by Ada Brandt | (Marrow Comment) | – –").len(), 1);
    }

    #[test]
    fn sentences_with_a_date_are_none() {
        for line in [
            "The bridge was opened on 3 May 2021.",
            "Crews clash with the river at the Marrow footbridge, Orvan, May 5, 2017.",
            "By 3 May 2021 the bridge had been closed for a year.",
            "By the time help came, nine were dead",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
