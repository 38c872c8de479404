//! The brief as Markdown (CommonMark).

use std::fmt::Write as _;

use super::Brief;
use crate::words::count;

impl Brief {
    /// The brief as a Markdown document. Words from reports are escaped, so that none of them becomes a heading or a
    /// link.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = self.write_markdown(&mut out);
        out
    }

    fn write_markdown(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "# {}\n\n{}\n", escaped(&self.name), self.counts.join(" · "))?;
        if !self.left_out.is_empty() {
            writeln!(out, "Left out: {}\n", self.left_out.join(", "))?;
        }
        for (path, what) in &self.not_read {
            writeln!(out, "- not read: {}: {}", escaped(path), escaped(what))?;
        }
        for line in &self.as_of {
            writeln!(out, "{}\n", escaped(line))?;
        }
        for section in &self.sections {
            let heading = super::heading(section.standing);
            let (first, rest) = heading.split_at(1);
            writeln!(out, "## {first}{}\n", rest.to_lowercase())?;
            for item in &section.items {
                writeln!(
                    out,
                    "### {}\n\n{}, {}\n",
                    escaped(&item.question),
                    count(item.reports, "report"),
                    count(item.origins, "origin")
                )?;
                for answer in &item.answers {
                    let withdrawn = if answer.withdrawn { " (withdrawn)" } else { "" };
                    writeln!(out, "- **{}**{withdrawn}", escaped(&answer.value))?;
                    for witness in &answer.witnesses {
                        writeln!(out, "  - {} `{}`", escaped(&witness.line()), witness.short())?;
                        writeln!(out, "    > {}", escaped(&witness.quote))?;
                    }
                }
                if !item.verdicts.is_empty() {
                    writeln!(out)?;
                }
                for verdict in &item.verdicts {
                    writeln!(out, "- *{}: {}*", escaped(&verdict.answers), escaped(&verdict.why))?;
                }
                writeln!(out)?;
            }
        }
        if !self.unresolved.is_empty() {
            writeln!(out, "## Not resolved\n")?;
            for line in &self.unresolved {
                writeln!(out, "- {}", escaped(line))?;
            }
        }
        Ok(())
    }
}

/// The text with every character that Markdown or HTML could take for a mark put out of harm's way.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_of_a_report_do_not_become_marks() {
        assert_eq!(super::escaped("# [x](y) <b>\n*z*"), "\\# \\[x\\](y) &lt;b&gt; \\*z\\*");
    }
}
