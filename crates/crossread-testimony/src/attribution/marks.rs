//! Quotation marks: where a quotation starts and ends, whatever the typist did.
//!
//! The marks of news pages are curly, straight, doubled single ones, crossed (“ for ”), missing or left open, and
//! the single ones are mostly apostrophes. Where a mark stands (space before it, space after it) tells more than its
//! shape, so position decides and the shape only breaks ties. Within one paragraph the marks form a stack, so that
//! “a “b” c” is one quotation that holds another. A quotation still open at the end of a paragraph goes on in the
//! next one where that starts with an opening mark, as printers have it; otherwise it ends with the paragraph.

use crossread_base::Span;

/// Words between quotation marks, with the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// From the opening mark to behind the closing one; to the end of the paragraph where none closes it.
    pub(crate) span: Span,
    /// Both marks are there.
    pub(crate) whole: bool,
    /// Goes on from the quotation before it, over the end of a paragraph.
    pub(crate) continues: bool,
}

/// Quotations deeper than this are not told apart.
const DEEPEST: usize = 3;
/// Longer stretches between single marks are taken for two apostrophes, in bytes.
const LONGEST_SINGLE: usize = 600;
/// How many marks are looked at to see whether quotations close, so that time stays linear.
const MARKS_AHEAD: usize = 64;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

#[derive(Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    side: Side,
    single: bool,
}

/// The outermost quotations of the paragraphs, in order of the text.
pub(crate) fn quotations(text: &str, paragraphs: &[Span]) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut left_open = false;
    for paragraph in paragraphs {
        let words = paragraph.text(text);
        let marks = marks(words);
        let first_opens = marks.first().is_some_and(|mark| {
            mark.side != Side::Closes
                && words.get(..mark.start).is_some_and(|s| s.trim().is_empty())
        });
        let from = found.len();
        let open = in_paragraph(words, &marks, &mut found);
        for (nth, quotation) in found.iter_mut().skip(from).enumerate() {
            quotation.span = quotation.span.shifted(paragraph.start);
            quotation.continues = nth == 0 && left_open && first_opens;
        }
        left_open = open;
    }
    found
}

/// Adds the quotations of one paragraph; whether one is left open at its end.
fn in_paragraph(words: &str, marks: &[Mark], found: &mut Vec<Quotation>) -> bool {
    let mut stack: Vec<Mark> = Vec::new();
    let mut add = |start: usize, end: usize, whole: bool| {
        found.push(Quotation { span: Span::of(start..end), whole, continues: false });
    };
    let mut sentence = 0; // where a quotation without its opening mark would start
    let mut next_single_ok = 0;
    for (nth, mark) in marks.iter().enumerate() {
        let open = stack.last().copied();
        if mark.single {
            let closes_open = open.is_some_and(|open| open.single) && mark.side != Side::Opens;
            if closes_open {
                stack.pop();
                if let (Some(open), true) = (open, stack.is_empty()) {
                    add(open.start, mark.end, true);
                    sentence = mark.end;
                }
            } else if mark.side == Side::Opens
                && nth >= next_single_ok
                && open.is_none_or(|open| !open.single)
                && stack.len() < DEEPEST
            {
                // An opening single mark needs its partner, before any double mark that does not belong to it.
                match partner(words, marks, nth) {
                    Some(_) => stack.push(*mark),
                    None => next_single_ok = nth + 1,
                }
            }
            continue;
        }
        let in_double = stack.iter().any(|open| !open.single);
        let closes = match mark.side {
            Side::Closes => true,
            Side::Opens => false,
            Side::Either => in_double,
        };
        if closes && in_double {
            while let Some(open) = stack.pop() {
                if !open.single {
                    if stack.is_empty() {
                        add(open.start, mark.end, true);
                        sentence = mark.end;
                    }
                    break;
                }
            }
        } else if closes {
            // The opening mark is missing: the quotation starts with the sentence, if what stands before the mark
            // looks like the end of one.
            let before = words.get(..mark.start).unwrap_or("");
            if before.ends_with([',', '.', '?', '!', '…']) {
                let start =
                    sentence + sentence_start(words.get(sentence..mark.start).unwrap_or(""));
                if start < mark.start {
                    add(start, mark.end, false);
                }
                sentence = mark.end;
            }
        } else if stack.len() < DEEPEST {
            // A quotation that has ended its sentence and meets another opening mark had lost its closing one.
            let before = words.get(..mark.start).unwrap_or("").trim_end();
            let rest_closes = marks
                .iter()
                .skip(nth + 1)
                .take(MARKS_AHEAD)
                .filter(|mark| !mark.single && mark.side == Side::Closes)
                .count();
            let rest_opens = marks
                .iter()
                .skip(nth)
                .take(MARKS_AHEAD)
                .filter(|mark| !mark.single && mark.side == Side::Opens)
                .count();
            if let Some(open) = open
                && before.ends_with(['.', '?', '!'])
                && !open.single
                && rest_closes <= rest_opens
                && stack.len() == 1
            {
                add(open.start, before.len(), false);
                stack.clear();
            }
            stack.push(*mark);
        }
    }
    let open = stack.iter().find(|open| !open.single);
    if let Some(open) = open {
        add(open.start, words.trim_end().len(), false);
    }
    open.is_some()
}

/// Where the last sentence of `before` starts, by its punctuation.
fn sentence_start(before: &str) -> usize {
    let body = before.trim_end_matches([',', '.', '?', '!', '…']);
    [". ", "? ", "! "]
        .iter()
        .filter_map(|end| body.rfind(end).map(|at| at + end.len()))
        .max()
        .unwrap_or_else(|| before.len() - before.trim_start().len())
}

/// The single mark that closes the single mark `nth`.
fn partner(words: &str, marks: &[Mark], nth: usize) -> Option<usize> {
    let open = marks.get(nth)?;
    // "rock 'n' roll".
    let within =
        marks.iter().enumerate().skip(nth + 1).filter(|(_, mark)| mark.start > open.end + 1);
    let within = within.take_while(|(_, mark)| mark.end - open.end <= LONGEST_SINGLE);
    let mut candidates =
        within.filter(|(_, mark)| mark.single && mark.side == Side::Closes).take(8);
    let first = candidates.next()?;
    // "the militias' ": a plural possessive closes nothing if a better mark follows.
    let possessive = |mark: &Mark| {
        words.get(..mark.start).is_some_and(|before| before.ends_with('s'))
            && words.get(mark.end..).is_some_and(|after| {
                after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
            })
    };
    if possessive(first.1) {
        return Some(candidates.find(|(_, mark)| !possessive(mark)).unwrap_or(first).0);
    }
    Some(first.0)
}

/// The quotation marks of a paragraph, apostrophes left out.
fn marks(words: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut before: Option<char> = None;
    let mut chars = words.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let mut single = false;
        let shape = match c {
            '“' | '„' | '«' | '‟' => Some(Side::Opens),
            '”' | '»' => Some(Side::Closes),
            '"' | '＂' => Some(Side::Either),
            '‘' | '‚' | '‹' => {
                single = true;
                Some(Side::Opens)
            }
            '’' | '›' => {
                single = true;
                Some(Side::Closes)
            }
            '\'' | '`' => {
                single = true;
                Some(Side::Either)
            }
            _ => None,
        };
        let Some(shape) = shape else {
            before = Some(c);
            continue;
        };
        // `` and '' are double marks typed as two single ones.
        if matches!(c, '\'' | '`' | '’' | '‘') && chars.peek().is_some_and(|(_, next)| *next == c)
        {
            chars.next();
            end += c.len_utf8();
            single = false;
        }
        let after = chars.peek().map(|(_, c)| *c);
        let loose = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
        let wordy = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let opens =
            (loose(before) || before.is_some_and(|c| "([{—–―-/“\"‘'".contains(c))) && !loose(after);
        let closes = !loose(before)
            && (loose(after) || after.is_some_and(|c| ".,;:?!)]}—–―-/”\"’'…".contains(c)));
        let side = match (opens, closes) {
            (true, false) => Side::Opens,
            (false, true) => Side::Closes,
            _ => shape,
        };
        let apostrophe = single
            && (wordy(before) && wordy(after)
                || c == '`' && wordy(after)
                || !opens && !closes
                || opens && after.is_some_and(|c| c.is_ascii_digit()) && c != '‘');
        if !apostrophe {
            found.push(Mark { start, end, side, single });
        }
        before = Some(c);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quotations of a text whose lines are paragraphs.
    fn found(text: &str) -> Vec<(&str, bool)> {
        let mut start = 0;
        let paragraphs: Vec<Span> = text
            .split_inclusive('\n')
            .map(|line| {
                let span = Span::of(start..start + line.trim_end().len());
                start += line.len();
                span
            })
            .collect();
        let quotations = quotations(text, &paragraphs);
        quotations.into_iter().map(|q| (q.span.text(text), q.continues)).collect()
    }

    #[test]
    fn marks_of_every_shape_hold_their_words() {
        assert_eq!(found("“It fell,” she said."), [("“It fell,”", false)]);
        assert_eq!(
            found("\"It fell,\" she said. \"Twice.\""),
            [("\"It fell,\"", false), ("\"Twice.\"", false)]
        );
        assert_eq!(found("'It fell,' she said."), [("'It fell,'", false)]);
        assert_eq!(found("``It fell,'' she said."), [("``It fell,''", false)]);
        assert_eq!(found("«It fell», she said."), [("«It fell»", false)]);
    }

    #[test]
    fn one_quotation_may_hold_another() {
        assert_eq!(
            found("“They hid in a “school house” there”, he said."),
            [("“They hid in a “school house” there”", false)]
        );
        assert_eq!(found("“He said ‘no’ to us,” she said."), [("“He said ‘no’ to us,”", false)]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        for text in [
            "The militias' retreat and the rebels' losses.",
            "Ruiz’s boat, the ’90s and rock 'n' roll",
            "al-`Askari and Tall 'Afar don't count",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn crossed_missing_and_open_marks_are_borne() {
        assert_eq!(found("“Hold the bridge“, she said."), [("“Hold the bridge“", false)]);
        assert_eq!(found("We hold it,\" she said."), [("We hold it,\"", false)]);
        assert_eq!(
            found("He said: “The road is shut.\nIt rained."),
            [("“The road is shut.", false)]
        );
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_paragraph() {
        assert_eq!(
            found("“We waited for days.\n“Then they came.”\n“No,” said Ruiz."),
            [("“We waited for days.", false), ("“Then they came.”", true), ("“No,”", false)]
        );
    }

    #[test]
    fn many_marks_take_no_longer_a_mark() {
        let text = "“a ".repeat(20_000) + &"' \"".repeat(20_000);
        assert!(found(&text).len() <= 40_000);
    }
}
