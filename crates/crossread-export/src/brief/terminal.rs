//! The brief for a terminal.

use crossread_record::Standing;
use textwrap::{Options, fill};

use super::{Brief, Item, heading};
use crate::words::{count, plain};

/// How the brief is set on a terminal.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns to fill.
    pub width: usize,
    /// Whether to use bold, faint and colour (ANSI).
    pub colour: bool,
    /// How many questions of one origin only to show; the others are counted.
    pub most_single: usize,
}

/// Columns between the margin and what stands beside an answer.
const HANG: usize = 18;

impl Brief {
    /// The brief as lines of text.
    pub fn to_terminal(&self, style: Style) -> String {
        let mut out = Page { text: String::new(), style };
        out.line(0, &format!("{}   {}", out.bold(&plain(&self.name)), self.counts.join(" · ")));
        if !self.left_out.is_empty() {
            out.line(0, &format!("left out: {}", self.left_out.join(", ")));
        }
        for (path, what) in &self.not_read {
            out.line(0, &plain(&format!("not read: {path}: {what}")));
        }
        for line in &self.as_of {
            out.line(0, &plain(line));
        }
        let mut number = 0;
        for section in &self.sections {
            out.gap();
            out.line(0, &out.bold(heading(section.standing)));
            let shown = match section.standing {
                Standing::SingleOrigin => section.items.len().min(style.most_single),
                _ => section.items.len(),
            };
            for item in &section.items[..shown] {
                number += 1;
                out.item(number, item);
            }
            let more = section.items.len() - shown;
            if more > 0 {
                out.line(0, &out.faint(&format!("and {more} more: --all shows them")));
            }
        }
        if !self.unresolved.is_empty() {
            out.gap();
            out.line(0, &out.bold("NOT RESOLVED"));
            for line in &self.unresolved {
                out.line(2, &plain(line));
            }
        }
        out.text
    }
}

struct Page {
    text: String,
    style: Style,
}

impl Page {
    fn item(&mut self, number: usize, item: &Item) {
        let (reports, origins) = (count(item.reports, "report"), count(item.origins, "origin"));
        let tally = format!("{reports}, {origins}   {}", item.id);
        self.line(
            0,
            &format!("{number:<3}{}   {}", self.bold(&plain(&item.question)), self.faint(&tally)),
        );
        for answer in &item.answers {
            let short = answer.value.chars().count() < HANG - 4;
            if !short {
                self.line(3, &self.bold(&plain(&answer.value)));
            }
            for (index, witness) in answer.witnesses.iter().enumerate() {
                let label = if short && index == 0 { plain(&answer.value) } else { String::new() };
                let name = self.faint(&witness.short());
                self.hanging(&label, &format!("{}   {name}", plain(&witness.line())));
                self.hanging("", &format!("\"{}\"", witness.quote));
            }
            if answer.withdrawn {
                self.hanging("", &self.faint("withdrawn: told otherwise since by all who gave it"));
            }
        }
        for verdict in &item.verdicts {
            let text = format!("{}: {}", verdict.answers, verdict.why);
            self.line(3, &self.tint(&plain(&text)));
        }
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }

    fn line(&mut self, indent: usize, text: &str) {
        let first = " ".repeat(indent);
        let rest = " ".repeat(indent + 2);
        self.wrapped(&first, &rest, text);
    }

    fn hanging(&mut self, label: &str, text: &str) {
        let pad = HANG.saturating_sub(3 + label.chars().count());
        let label = format!("   {}{}", self.bold(label), " ".repeat(pad));
        self.wrapped(&label, &" ".repeat(HANG), text);
    }

    fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let width = self.style.width.max(40);
        let options = Options::new(width).initial_indent(first).subsequent_indent(rest);
        self.text.push_str(&fill(text, options));
        self.text.push('\n');
    }

    fn ansi(&self, code: &str, text: &str) -> String {
        if self.style.colour && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn bold(&self, text: &str) -> String {
        self.ansi("1", text)
    }

    fn faint(&self, text: &str) -> String {
        self.ansi("2", text)
    }

    fn tint(&self, text: &str) -> String {
        self.ansi("36", text)
    }
}
