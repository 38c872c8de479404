//! How things are written for a person.

use crossread_base::words::{month_name, shortened};
use crossread_base::{ClaimRef, ReportId};

/// The first eight hexadecimal digits of a report's digest, with its `#n`: enough to tell the reports of a case
/// apart and to type.
pub fn short_id(id: &ReportId) -> String {
    let text = id.as_str();
    let digest = text.strip_prefix("sha256:").unwrap_or(text);
    let (hash, part) = digest.split_once('#').unwrap_or((digest, ""));
    let short: String = hash.chars().take(8).collect();
    if part.is_empty() { short } else { format!("{short}#{part}") }
}

/// An EDTF date in words: `2017-08-24T23:09` as "24 August 2017 23:09". What is no plain date stays as it is.
pub fn day(edtf: &str) -> String {
    let (date, time) = edtf.split_once('T').unwrap_or((edtf, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let number = |text: &&str| text.parse::<usize>().ok();
    let (Some(&year), month, day) =
        (parts.first(), parts.get(1).and_then(number), parts.get(2).and_then(number))
    else {
        return edtf.to_owned();
    };
    if year.len() != 4 || parts.len() > 3 {
        return edtf.to_owned();
    }
    let Some(month) = month.and_then(month_name) else { return edtf.to_owned() };
    let mut words = match day {
        Some(day) => format!("{day} {month} {year}"),
        None if parts.len() == 2 => format!("{month} {year}"),
        None => return edtf.to_owned(),
    };
    if !time.is_empty() {
        words.push(' ');
        words.push_str(time.get(..5).unwrap_or(time));
    }
    words
}

/// `3 reports`, `1 report`.
pub(crate) fn count(number: usize, one: &str) -> String {
    let plural = if number == 1 {
        one.to_owned()
    } else if let Some(stem) = one.strip_suffix('y') {
        format!("{stem}ies")
    } else if one.ends_with('x') {
        format!("{one}es")
    } else {
        format!("{one}s")
    };
    format!("{number} {plural}")
}

/// The text with every control character and every change of writing direction shown as U+FFFD: what a report holds
/// must not steer the terminal of the person who reads it.
pub fn plain(text: &str) -> String {
    let steers =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

/// The words on one line, cut at a word's end to at most `most` characters, with nothing in them that steers a terminal.
pub(crate) fn quoted(words: &str, most: usize) -> String {
    plain(&shortened(words, most))
}

/// A claim's name, short enough to type: `3f0a12bc/c7`.
pub fn short_claim(claim: &ClaimRef) -> String {
    format!("{}/{}", short_id(&claim.report), claim.claim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_as_precisely_as_they_are_known() {
        assert_eq!(day("2017-08-24T23:09"), "24 August 2017 23:09");
        assert_eq!(day("2017-08-24"), "24 August 2017");
        assert_eq!(day("2017-08"), "August 2017");
        assert_eq!(day("2017"), "2017");
        assert_eq!(day("2017-01-01/2017-03-31"), "2017-01-01/2017-03-31");
        assert_eq!(day("2017-13-01"), "2017-13-01");
        assert_eq!(day(""), "");
    }

    #[test]
    fn a_report_cannot_steer_the_terminal() {
        assert_eq!(quoted("red \u{1b}[31m\u{202e}dab", 40), "red \u{fffd}[31m\u{fffd}dab");
    }

    #[test]
    fn one_and_many() {
        assert_eq!(count(1, "form"), "1 form");
        assert_eq!(count(2, "share box"), "2 share boxes");
        assert_eq!(count(3, "body"), "3 bodies");
    }
}
