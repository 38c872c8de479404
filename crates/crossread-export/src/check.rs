//! A checked draft as lines of text.

use std::fmt::Write as _;

use crossread_ledger::{Check, Checked, Checks, Finding};
use crossread_record::{Pile, Record};

use crate::brief::{Style, telling};
use crate::show::{by_reference, said_by};
use crate::words::{count, plain, quoted, short_claim};

/// Passages shown of one answer; the others are counted.
const PASSAGES: usize = 3;

/// The sentences of a draft with what the pile has on each, and the sums.
pub fn check_to_terminal(check: &Check, draft: &Record, pile: &Pile, style: Style) -> String {
    let mut out = String::new();
    for sentence in check.sentences.iter().filter(|s| s.standing != Checks::NoClaim) {
        write_sentence(&mut out, sentence, draft, pile, style);
    }
    let sums: Vec<String> = [
        (Checks::Contradicted, "contradicted"),
        (Checks::NewerKnown, "with a newer value known"),
        (Checks::Carried, "carried"),
        (Checks::Undecided, "undecided"),
        (Checks::NotCovered, "not covered"),
    ]
    .into_iter()
    .filter_map(|(standing, words)| match check.count(standing) {
        0 => None,
        number => Some(format!("{number} {words}")),
    })
    .collect();
    let claiming = check.sentences.len() - check.count(Checks::NoClaim);
    let sums = if sums.is_empty() { String::new() } else { format!(": {}", sums.join(", ")) };
    let _ = writeln!(out, "{}{sums}", count(claiming, "sentence"));
    out
}

fn write_sentence(out: &mut String, checked: &Checked, draft: &Record, pile: &Pile, style: Style) {
    let label = match checked.standing {
        Checks::Contradicted => "CONTRADICTED",
        Checks::NewerKnown => "NEWER VALUE KNOWN",
        Checks::Carried => "CARRIED",
        Checks::Undecided => "UNDECIDED",
        Checks::NotCovered => "NOT COVERED",
        Checks::NoClaim => "",
    };
    let colour = match checked.standing {
        Checks::Contradicted => "1;31",
        Checks::NewerKnown => "1;33",
        Checks::Carried => "1;32",
        _ => "1",
    };
    line(out, style, 0, &ansi(style, colour, label));
    line(out, style, 2, &format!("\"{}\"", quoted(draft.report.words(checked.span), 600)));
    let claims = by_reference(pile);
    let mut told: Vec<(Checks, &str, &str)> = Vec::new();
    for finding in checked.claims.iter().flat_map(|claim| &claim.findings) {
        // Two claims of one sentence often meet the same answer.
        let key = (finding.standing, finding.question.as_str(), finding.value.as_str());
        if told.contains(&key) {
            continue;
        }
        told.push(key);
        line(out, style, 4, &ansi(style, "1", &plain(&head(finding))));
        line(out, style, 6, &ansi(style, "2", &plain(&finding.question)));
        let mut reports = Vec::new();
        for claim in &finding.claims {
            if !reports.contains(&&claim.report) {
                reports.push(&claim.report);
            }
        }
        for report in reports.iter().take(PASSAGES) {
            let Some(claim) = finding.claims.iter().find(|claim| claim.report == **report) else {
                continue;
            };
            let Some((record, of)) = claims.get(claim) else { continue };
            let name = ansi(style, "2", &short_claim(claim));
            line(out, style, 6, &format!("{}   {name}", said_by(record, of)));
            let words = quoted(record.report.words(telling(record, of)), 240);
            line(out, style, 6, &format!("\"{words}\""));
        }
        if reports.len() > PASSAGES {
            line(out, style, 6, &format!("and {}", count(reports.len() - PASSAGES, "more report")));
        }
    }
    let bare: Vec<String> = checked
        .claims
        .iter()
        .filter(|claim| claim.findings.is_empty())
        .map(|claim| format!("\"{}\"", quoted(draft.report.words(claim.span), 80)))
        .collect();
    if !bare.is_empty() && checked.standing != Checks::NotCovered {
        line(out, style, 4, &format!("not covered: {}", bare.join(", ")));
    }
    out.push('\n');
}

fn head(finding: &Finding) -> String {
    let Finding { said, value, why, .. } = finding;
    let by = format!(
        "{}, {}, {}",
        count(finding.publishers, "publisher"),
        count(finding.informants, "informant"),
        count(finding.origins.len(), "origin")
    );
    match finding.standing {
        Checks::Contradicted => format!("against {value}: {why}   {by}"),
        Checks::NewerKnown => format!("newer: {value}: {why}   {by}"),
        Checks::Carried if said == value => format!("carried: {value}   {by}"),
        Checks::Carried => format!("fits {value}: {why}   {by}"),
        _ => format!("beside {value}: {why}   {by}"),
    }
}

fn line(out: &mut String, style: Style, indent: usize, text: &str) {
    let (first, rest) = (" ".repeat(indent), " ".repeat(indent + 2));
    let options =
        textwrap::Options::new(style.width.max(40)).initial_indent(&first).subsequent_indent(&rest);
    let _ = writeln!(out, "{}", textwrap::fill(text, options));
}

fn ansi(style: Style, code: &str, text: &str) -> String {
    if style.colour && !text.is_empty() {
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}
