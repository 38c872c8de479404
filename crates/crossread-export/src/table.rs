//! The table of coded events: for a terminal, as CSV, and a cell with the words behind it.

use std::fmt::Write as _;

use crossread_base::ClaimRef;
use crossread_ledger::coding::{Cell, Change, Coded, Left, PassedOver, Row, Rule, Table, Used};
use crossread_record::Pile;
use textwrap::core::display_width;

use crate::brief::{Style, telling};
use crate::show::{by_reference, name_of, said_by};
use crate::words::{count, plain, quoted, short_claim};

/// The table as lines of text, cut to the width of the terminal; where a cell is cut it ends in "…".
pub fn table_to_terminal(table: &Table, rule: &Rule, style: Style) -> String {
    let mut out = format!("{}   {}\n", bold(style, &rule.name), rule.title);
    for source in &rule.source {
        let _ = writeln!(
            out,
            "{}",
            faint(style, &format!("after {}: {}", source.document, source.section))
        );
    }
    if table.rows.is_empty() {
        out.push_str("\nno event to code: nothing in this case is told as a happening of a kind that makes a row\n");
        return out;
    }
    let mut lines: Vec<Vec<String>> = vec![heads(table)];
    lines.extend(table.rows.iter().map(|row| {
        let mut line = vec![row.id.to_string()];
        line.extend(row.cells.iter().map(|cell| plain(&written(cell.value.as_ref()))));
        line.push(format!("{}/{}/{}", row.publishers, row.informants, row.origins));
        line.extend(row.grade.clone());
        line
    }));
    let widths = widths(&lines, style.width.max(40));
    out.push('\n');
    for (index, line) in lines.iter().enumerate() {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, width)| {
                let cut = cut(cell, *width);
                format!("{cut}{}", " ".repeat(width - display_width(&cut)))
            })
            .collect();
        let text = cells.join("  ");
        let text = text.trim_end();
        let _ = writeln!(out, "{}", if index == 0 { bold(style, text) } else { text.to_owned() });
    }
    let _ = writeln!(
        out,
        "\n{}",
        faint(
            style,
            "told by: publishers/informants/origins; a number is best (low to high); why: crossread table --why ROW.COLUMN"
        )
    );
    out
}

fn heads(table: &Table) -> Vec<String> {
    let mut heads = vec!["row".to_owned()];
    heads.extend(table.columns.iter().cloned());
    heads.push("told by".to_owned());
    if table.rows.iter().any(|row| row.grade.is_some()) {
        heads.push("grade".to_owned());
    }
    heads
}

/// "12", "11 or more (8 to 12)"; a dash where nothing is known.
fn written(value: Option<&Coded>) -> String {
    let Some(value) = value else { return "-".to_owned() };
    let part = if value.part.is_some() { " (a part)" } else { "" };
    match (value.low, value.high) {
        (Some(low), Some(high)) if low != high => format!("{}{part} ({low} to {high})", value.text),
        _ => format!("{}{part}", value.text),
    }
}

/// The width of each column: as wide as its widest cell, the widest narrowed until the line fits.
fn widths(lines: &[Vec<String>], most: usize) -> Vec<usize> {
    const LEAST: usize = 6;
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..columns)
        .map(|at| {
            lines
                .iter()
                .filter_map(|line| line.get(at))
                .map(|cell| display_width(cell))
                .max()
                .unwrap_or(0)
        })
        .collect();
    let between = columns.saturating_sub(1) * 2;
    while widths.iter().sum::<usize>() + between > most {
        let Some(widest) = widths.iter_mut().max().filter(|width| **width > LEAST) else { break };
        *widest -= 1;
    }
    widths
}

fn cut(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        let mut next = out.clone();
        next.push(c);
        if display_width(&next) + 1 > width {
            break;
        }
        out = next;
    }
    out.push('…');
    out
}

/// The table as CSV (RFC 4180): a row an event, the numbers as low, best and high, and for each column the names of the
/// claims it rests on and of those passed over. A cell that a spreadsheet would take for a formula begins with an
/// apostrophe.
pub fn table_to_csv(table: &Table) -> String {
    let numeric = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
        cells.filter_map(|cell| cell.value.as_ref()).any(|value| value.best.is_some())
    };
    let numbers: Vec<bool> = (0..table.columns.len()).map(numeric).collect();
    let mut head = vec!["row".to_owned(), "rule".to_owned()];
    for (column, number) in table.columns.iter().zip(&numbers) {
        head.push(column.clone());
        if *number {
            head.extend(["low", "best", "high"].map(|part| format!("{column}_{part}")));
        }
        head.extend(["used", "passed_over"].map(|part| format!("{column}_{part}")));
    }
    head.extend(["publishers", "informants", "origins", "sources", "grade"].map(str::to_owned));
    let mut out = csv_line(&head);
    for row in &table.rows {
        let mut line = vec![row.id.to_string(), table.rule.clone()];
        for (cell, number) in row.cells.iter().zip(&numbers) {
            let value = cell.value.as_ref();
            line.push(value.map(|value| value.text.clone()).unwrap_or_default());
            if *number {
                let part = |part: fn(&Coded) -> Option<f64>| {
                    value.and_then(part).map(|number| number.to_string()).unwrap_or_default()
                };
                line.extend([part(|v| v.low), part(|v| v.best), part(|v| v.high)]);
            }
            let names = |claims: Vec<&ClaimRef>| {
                claims.into_iter().map(short_claim).collect::<Vec<_>>().join(" ")
            };
            line.push(names(cell.used.iter().map(|used| &used.claim).collect()));
            line.push(names(cell.passed_over.iter().map(|passed| &passed.claim).collect()));
        }
        line.extend([row.publishers, row.informants, row.origins].map(|number| number.to_string()));
        line.push(row.sources.join("; "));
        line.push(row.grade.clone().unwrap_or_default());
        out.push_str(&csv_line(&line));
    }
    out
}

fn csv_line(cells: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| {
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            let cell = if formula { format!("'{cell}") } else { cell.clone() };
            if cell.contains(['"', ',', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell
            }
        })
        .collect();
    cells.join(",") + "\r\n"
}

/// A cell with the passages it rests on and those passed over; `name` is `ROW.COLUMN`, as in `v1.killed`. `None` where
/// the table has no such cell.
pub fn why(pile: &Pile, table: &Table, rule: &Rule, name: &str, style: Style) -> Option<String> {
    let (row, column) = name.split_once('.')?;
    let row: &Row = table.rows.iter().find(|known| known.id.to_string() == row)?;
    let cell: &Cell = row.cells.iter().find(|known| known.column == column)?;
    let claims = by_reference(pile);
    let mut out = format!("{}.{}   {}\n", row.id, column, plain(&written(cell.value.as_ref())));
    let mut line = |indent: usize, text: &str| {
        let indent = " ".repeat(indent);
        let options = textwrap::Options::new(style.width.max(40))
            .initial_indent(&indent)
            .subsequent_indent(&indent);
        let _ = writeln!(out, "{}", textwrap::fill(text, options));
    };
    line(0, &format!("by the rule {}: {}", rule.name, rule.title));
    line(2, &rule.manner);
    for source in &rule.source {
        line(2, &format!("{}: {} <{}>", source.document, source.section, source.url));
    }
    let passage = |out: &mut String, claim: &ClaimRef, value: &str, note: &str| {
        let Some((record, of)) = claims.get(claim) else { return };
        let options = textwrap::Options::new(style.width.max(40))
            .initial_indent("    ")
            .subsequent_indent("    ");
        let _ = writeln!(out, "  {}   ({})", plain(value), plain(note));
        let _ = writeln!(out, "    {}   {}", said_by(record, of), short_claim(claim));
        let words = format!("\"{}\"", quoted(record.report.words(telling(record, of)), 400));
        let _ = writeln!(out, "{}", textwrap::fill(&words, options));
    };
    if !cell.used.is_empty() {
        out.push_str("\nrests on\n");
    }
    for Used { claim, value, part, .. } in &cell.used {
        let parts: Vec<String> = part.iter().map(name_of).collect();
        passage(&mut out, claim, value, &parts.join(", "));
    }
    if !cell.passed_over.is_empty() {
        out.push_str("\npassed over\n");
    }
    for PassedOver { claim, value, why, .. } in &cell.passed_over {
        passage(&mut out, claim, value, why);
    }
    Some(out)
}

/// Which cells change when one source is left out, as lines of text.
pub fn sensitivity_to_terminal(changes: &[Change], rule: &Rule, style: Style) -> String {
    let mut out = format!("{}   {}\n", bold(style, &rule.name), rule.title);
    if changes.is_empty() {
        out.push_str("\nno cell changes when any one outlet, informant or origin is left out\n");
        return out;
    }
    let mut last = String::new();
    for change in changes {
        let cell = format!("{}.{}", change.row, change.column);
        if cell != last {
            let _ = writeln!(
                out,
                "\n{}   {}",
                bold(style, &cell),
                plain(&written(change.before.as_ref()))
            );
            last = cell;
        }
        let without = match &change.without {
            Left::Outlet(name) => format!("the outlet {name}"),
            Left::Informant(name) => format!("the informant {name}"),
            Left::Origin(name) => format!("the origin {name}"),
        };
        let line = format!("{}   without {without}", written(change.after.as_ref()));
        let options = textwrap::Options::new(style.width.max(40))
            .initial_indent("   ")
            .subsequent_indent("     ");
        let _ = writeln!(out, "{}", textwrap::fill(&plain(&line), options));
    }
    let cells = changes.iter().map(|change| (change.row, &change.column));
    let cells: std::collections::BTreeSet<_> = cells.collect();
    let verb = if cells.len() == 1 { "hangs" } else { "hang" };
    let _ = writeln!(out, "\n{} {verb} on one source", count(cells.len(), "cell"));
    out
}

fn bold(style: Style, text: &str) -> String {
    if style.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

fn faint(style: Style, text: &str) -> String {
    if style.colour { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
}
