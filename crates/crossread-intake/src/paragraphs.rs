//! From lines to paragraphs: blank lines, hard wraps and sentences cut by a line's end.

use crossread_base::Span;

/// A paragraph of a text, white space at its ends left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) span: Span,
    /// Counts up at each blank line, so that paragraphs set close together can be told.
    pub(crate) group: u32,
}

struct Line {
    span: Span,
    group: u32,
    indented: bool,
}

/// The paragraphs of a text. Every byte that is not white space is in one.
pub(crate) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut found: Vec<Paragraph> = Vec::new();
    let mut above: Option<&Line> = None;
    for line in &lines {
        let joined = above.is_some_and(|above| {
            above.group == line.group
                && match width {
                    Some(width) => !line.indented && filled(text, above, line) * 10 >= width * 7,
                    None => runs_on(text, above.span, line.span),
                }
        });
        match found.last_mut() {
            Some(last) if joined => last.span.end = line.span.end,
            _ => found.push(Paragraph { span: line.span, group: line.group }),
        }
        above = Some(line);
    }
    found
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut group = 0;
    let mut blank = false;
    let mut at = 0;
    for piece in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{0C}']) {
        let span = Span::of(at..at + piece.len()).trimmed(text);
        let crlf = piece == "\n" && text[..at].ends_with('\r');
        at += piece.len();
        if span.is_empty() {
            // The second half of a CR LF is no blank line.
            blank |= !crlf;
            continue;
        }
        if blank && !lines.is_empty() {
            group += 1;
        }
        blank = piece.ends_with('\u{2029}');
        let indented = piece.starts_with("  ") || piece.starts_with('\t');
        lines.push(Line { span, group, indented });
    }
    lines
}

/// The width that a text was wrapped to, where it was: nearly every line that another follows is as full as it
/// can be, the next word would not have fitted.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    const WIDEST: usize = 110;
    let length = |line: &Line| line.span.text(text).chars().count();
    let width = lines.iter().map(length).max().filter(|w| (40..=WIDEST).contains(w))?;
    let (mut full, mut all) = (0, 0);
    for pair in lines.windows(2).filter(|pair| pair[0].group == pair[1].group) {
        all += 1;
        full += usize::from(filled(text, &pair[0], &pair[1]) + 6 > width);
    }
    (all >= 2 && full * 10 >= all * 7).then_some(width)
}

/// How long a line would be with the first word of the next.
fn filled(text: &str, line: &Line, next: &Line) -> usize {
    let word = next.span.text(text).split_whitespace().next().unwrap_or_default();
    line.span.text(text).chars().count() + 1 + word.chars().count()
}

/// Whether a sentence goes on over a line's end: no mark ends it, and the next line begins small.
fn runs_on(text: &str, above: Span, below: Span) -> bool {
    let (above, below) = (above.text(text), below.text(text));
    above.len() >= 30
        && !ends_sentence(above)
        && !above.ends_with(':')
        && below.starts_with(|c: char| c.is_lowercase())
}

/// Whether a line ends as sentences do, quotation marks and brackets aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '“' | '‘')
    })
    .ends_with(['.', '!', '?', '…', '。', '؟'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        paragraphs(text).iter().map(|p| p.span.text(text)).collect()
    }

    #[test]
    fn a_paragraph_a_line_with_and_without_blank_lines() {
        assert_eq!(
            of("One fell.\r\n\r\nTwo ran. \r\nThree hid.\n"),
            ["One fell.", "Two ran.", "Three hid."]
        );
        let groups: Vec<_> = paragraphs("a\r\n\r\nb\r\nc").iter().map(|p| p.group).collect();
        assert_eq!(groups, [0, 1, 1]);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "BRIDGE FALLS\n\n   SAN TELMO, 3 JAN 90 -- A FOOTBRIDGE OVER THE MARROW FELL YESTERDAY\n\
            AFTERNOON WHILE SOME FORTY PEOPLE WERE CROSSING IT ON THEIR WAY FROM\n\
            THE MARKET, THE COAST GUARD REPORTED. NINE WERE TAKEN FROM THE WATER\nDEAD.\n\n   \
            THE MAYOR SAID THAT NOBODY IS MISSING AND THAT ALL THE FAMILIES HAVE\nBEEN TOLD.";
        let found = of(text);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[1].ends_with("DEAD."));
    }

    #[test]
    fn a_sentence_cut_by_a_lines_end_is_mended() {
        let found =
            of("The mayor of the town of Orvan said on Monday\nthat nobody is missing.\nHe left.");
        assert_eq!(found.len(), 2, "{found:#?}");
    }
}
