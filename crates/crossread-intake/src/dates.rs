//! Calendar dates as printed: found, checked, and written in EDTF.
//!
//! Only what names a day, or a month, of a stated year is a date here; "Sunday" and "October 31" are left to the
//! grounding room. A date that cannot be (31 February) is found all the same, so that it can be told.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crossread_base::Span;
use jiff::civil;
use regex::{Captures, Regex};

/// A date as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// With the weekday before it and the time of day after it.
    pub(crate) span: Span,
    /// As precise as it is stated; `None` where no such day or time exists.
    pub(crate) edtf: Option<String>,
    /// The day; the first of the month where only the month is stated.
    pub(crate) day: Option<civil::Date>,
    /// The other order of day and month, where the words allow both.
    pub(crate) other: Option<(String, civil::Date)>,
    /// The weekday it really is, where the words name another.
    pub(crate) wrong_weekday: Option<&'static str>,
    /// No such day, or no such time of day.
    pub(crate) impossible: bool,
    /// Names a month only.
    pub(crate) month_only: bool,
}

struct Names {
    months: BTreeMap<String, i8>,
    weekdays: BTreeMap<String, i8>,
    date: Regex,
    time: Regex,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let (mut months, mut weekdays) = (BTreeMap::new(), BTreeMap::new());
    for line in include_str!("../data/months.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        let into = if cells.next() == Some("month") { &mut months } else { &mut weekdays };
        let number = cells.next().and_then(|n| n.parse().ok()).unwrap_or(0);
        for name in cells.next().unwrap_or_default().split(' ') {
            into.insert(name.to_owned(), number);
        }
    }
    // Longest first, so that "sept" is not read as "sep".
    let any = |names: &BTreeMap<String, i8>| {
        let mut names: Vec<&str> = names.keys().map(String::as_str).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.join("|")
    };
    let (month, weekday) = (any(&months), any(&weekdays));
    // U+060C is the Arabic comma; \d takes the digits of every script.
    let date = format!(
        r"(?ix)
        (?: \b(?P<wd>{weekday})\b \.? [,،]? \s+ (?:the\s+|den\s+|le\s+)? )?
        (?:
          \b(?P<y1>\d{{4}}) [-/.\u2010-\u2013] (?P<m1>\d{{1,2}}) [-/.\u2010-\u2013] (?P<d1>\d{{1,2}})
        | \b(?P<d2>\d{{1,2}}) (?:st|nd|rd|th|º|°)? [.]? (?:\s+(?:of|de)\s+|[\s/-]+) (?P<m2>{month})\b \.? [,،]? (?:\s+de)? [\s/-]* (?P<y2>\d{{4}}\b|'?\d{{2}}\b)
        | \b(?P<m3>{month})\b \.? \s+ (?P<d3>\d{{1,2}}) (?:st|nd|rd|th)? (?: \s* [,،] \s* | \s+ ) (?P<y3>\d{{4}})\b
        | \b(?P<a4>\d{{1,2}}) (?P<sep>[./-]) \s? (?P<b4>\d{{1,2}}) [./-] \s? (?P<y4>\d{{4}})\b
        | \b(?P<m5>{month})\b \.? [,،]? \s+ (?P<y5>\d{{4}})\b
        )"
    );
    let time = r"(?ix) ^ (?: \s*[,،|·•–—-]\s* | \s*\bat\s+ | T | \s*@\s* | \s*\(?\s* | \s+um\s+ | \s+à\s+ )
        (?P<h>\d{1,2}) (?: [:.h] (?P<mi>\d{2}) (?: :(?P<s>\d{2}) (?:\.\d+)? )? | (?=\s?[ap]\.?m\b) )? \s* (?P<half>[ap]\.?m\b\.?)? \s*
        (?P<zone> Z\b | \b(?:UTC|GMT)\b (?:\s?[+-]\d{1,2}(?::?\d{2})?)? | [+-]\d{2}:?\d{2}\b | \b(?:[ECMP][SD]?T|BST|CES?T|IST|EES?T|MSK|AES?T)\b )?"
        .replace("(?=\\s?[ap]\\.?m\\b)", "");
    Names {
        months,
        weekdays,
        date: Regex::new(&date).expect("the pattern is fixed"),
        time: Regex::new(&time).expect("the pattern is fixed"),
    }
});

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The dates of a text, in order. Spans are bytes of `text`.
pub(crate) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(caught) = NAMES.date.captures_at(text, at) {
        let Some(whole) = caught.get(0) else { break };
        // A number goes on: "1.2.2017.4", a version or an address.
        let before = &text[..whole.start()];
        let run_on = text[whole.end()..].starts_with(|c: char| c.is_ascii_digit())
            || before.ends_with(|c: char| c.is_alphanumeric() || c == '/')
            || before
                .strip_suffix(['.', '-'])
                .is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
        at = whole.end();
        if run_on {
            continue;
        }
        let one = read(text, &caught);
        at = one.span.end as usize;
        found.push(one);
    }
    found
}

/// Whether a name is that of a month or a weekday.
pub(crate) fn is_calendar_word(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    NAMES.months.contains_key(&word) || NAMES.weekdays.contains_key(&word)
}

fn read(text: &str, caught: &Captures<'_>) -> Found {
    let number = |name: &str| caught.name(name).and_then(|m| digits(m.as_str()));
    let month = |name: &str| {
        caught
            .name(name)
            .and_then(|m| NAMES.months.get(&m.as_str().to_lowercase()))
            .map(|m| i64::from(*m))
    };
    let whole = caught.get(0).map_or(0..0, |m| m.range());
    let mut swapped = None;
    let mut month_only = false;
    let (year, month, day) = if let Some(year) = number("y1") {
        (Some(year), number("m1"), number("d1"))
    } else if caught.name("d2").is_some() {
        (caught.name("y2").and_then(|y| full_year(y.as_str())), month("m2"), number("d2"))
    } else if caught.name("d3").is_some() {
        (number("y3"), month("m3"), number("d3"))
    } else if let Some(year) = number("y4") {
        let (a, b) = (number("a4"), number("b4"));
        let slash = caught.name("sep").is_some_and(|s| s.as_str() == "/");
        // 24/8 and 8/24 leave no choice. Otherwise the day stands first where full stops or dashes part the
        // numbers; with strokes both orders are in use, and a half of the day ("PM") tells of American use.
        let (day, month) = match (a, b) {
            (Some(a), Some(b)) if a > 12 => (a, b),
            (Some(a), Some(b)) if b > 12 => (b, a),
            (Some(a), Some(b)) => {
                let american =
                    slash && time_after(text, whole.end).is_some_and(|t| t.name("half").is_some());
                let (day, month) = if american { (b, a) } else { (a, b) };
                if a != b {
                    swapped = Some((month, day));
                }
                (day, month)
            }
            _ => (0, 0),
        };
        (Some(year), Some(month), Some(day))
    } else {
        month_only = true;
        (number("y5"), month("m5"), Some(1))
    };

    let date = civil_date(year, month, day);
    let other = swapped.and_then(|(d, m)| civil_date(year, Some(m), Some(d)));
    let mut end = whole.end;
    let mut clock = Clock::None;
    if !month_only && let Some(time) = time_after(text, whole.end) {
        clock = read_time(&time);
        if !matches!(clock, Clock::None) {
            end += time.get(0).map_or(0, |m| m.as_str().trim_end().len());
        }
    }
    let stated = caught.name("wd").and_then(|wd| NAMES.weekdays.get(&wd.as_str().to_lowercase()));
    let write = |date: civil::Date| {
        if month_only {
            return format!("{:04}-{:02}", date.year(), date.month());
        }
        match &clock {
            Clock::At(time) => format!("{date}T{time}"),
            _ => date.to_string(),
        }
    };
    // A stated weekday decides between two readings.
    let fits =
        |date: civil::Date| stated.is_none_or(|wd| date.weekday().to_monday_one_offset() == *wd);
    let (date, other) = match (date, other) {
        (Some(first), Some(second)) if !fits(first) && fits(second) => (Some(second), None),
        (Some(first), Some(_)) if stated.is_some() && fits(first) => (Some(first), None),
        (date, other) => (date, other),
    };
    Found {
        span: Span::of(whole.start..end),
        edtf: date.map(write),
        day: date,
        other: other.map(|other| (write(other), other)),
        wrong_weekday: date
            .filter(|date| !fits(*date))
            .map(|date| WEEKDAYS[(date.weekday().to_monday_one_offset() - 1) as usize]),
        impossible: date.is_none() || matches!(clock, Clock::Impossible),
        month_only,
    }
}

fn time_after(text: &str, at: usize) -> Option<Captures<'_>> {
    // A time of day stands close by; a bounded window keeps the search linear.
    let rest = &text[at..];
    let mut window = rest.len().min(64);
    while !rest.is_char_boundary(window) {
        window -= 1;
    }
    NAMES.time.captures(&rest[..window])
}

enum Clock {
    None,
    At(String),
    Impossible,
}

fn read_time(caught: &Captures<'_>) -> Clock {
    let number = |name: &str| caught.name(name).and_then(|m| digits(m.as_str()));
    let half = caught.name("half").map(|h| h.as_str().to_lowercase());
    let Some(hour) = number("h") else { return Clock::None };
    let Some(minute) = number("mi").or(half.is_some().then_some(0)) else { return Clock::None };
    let hour = match half {
        Some(_) if hour == 0 || hour > 12 => {
            // "23:09 PM" is often printed and not in doubt; "25:61" is.
            hour
        }
        Some(half) => hour % 12 + if half.starts_with('p') { 12 } else { 0 },
        None => hour,
    };
    if hour > 23 || minute > 59 || number("s").is_some_and(|s| s > 60) {
        return Clock::Impossible;
    }
    let zone = match caught.name("zone").map(|z| z.as_str()) {
        Some("Z" | "z" | "UTC" | "GMT") => "Z".to_owned(),
        Some(zone) if zone.starts_with(['+', '-']) && zone.len() >= 5 => {
            format!("{}:{}", &zone[..3], &zone[zone.len() - 2..])
        }
        _ => String::new(),
    };
    Clock::At(format!("{hour:02}:{minute:02}{zone}"))
}

fn civil_date(year: Option<i64>, month: Option<i64>, day: Option<i64>) -> Option<civil::Date> {
    // Newspapers begin in 1605; a stamp long after today is not ours to doubt, since there is no clock here.
    let year = i16::try_from(year?).ok().filter(|year| (1600..=2200).contains(year))?;
    civil::Date::new(year, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
}

/// A year in full; of two digits, the one between 1951 and 2050.
fn full_year(digits_of: &str) -> Option<i64> {
    let year = digits(digits_of.trim_start_matches('\''))?;
    Some(match (digits_of.trim_start_matches('\'').chars().count(), year) {
        (2, 0..=50) => 2000 + year,
        (2, _) => 1900 + year,
        _ => year,
    })
}

/// A number in the decimal digits of any script that news is set in.
fn digits(text: &str) -> Option<i64> {
    let mut number = 0i64;
    for c in text.chars() {
        let code = c as u32;
        let zero = match code {
            0x30..=0x39 => 0x30,
            0x660..=0x669 => 0x660,
            0x6F0..=0x6F9 => 0x6F0,
            0x966..=0x96F => 0x966,
            0x9E6..=0x9EF => 0x9E6,
            0xFF10..=0xFF19 => 0xFF10,
            _ => return None,
        };
        number = number.checked_mul(10)?.checked_add(i64::from(code - zero))?;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Found {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found[0].clone()
    }

    #[test]
    fn stamps_of_many_hands() {
        for (text, edtf) in [
            ("Last Modified: Thursday، 24 August 2017 11:09 PM", "2017-08-24T23:09"),
            ("August 24, 2017 at 9:05 a.m.", "2017-08-24T09:05"),
            ("Aug. 24, 2017", "2017-08-24"),
            ("Thu 24 Aug 2017 14.30 BST", "2017-08-24T14:30"),
            ("2017-08-24T23:09:00+03:00", "2017-08-24T23:09+03:00"),
            ("2017-08-24T23:09:00Z", "2017-08-24T23:09Z"),
            ("2017/8/24", "2017-08-24"),
            ("24/08/2017", "2017-08-24"),
            ("8/24/2017 3:15 PM", "2017-08-24T15:15"),
            ("the 3rd of May 2021", "2021-05-03"),
            ("SAN TELMO, 3 JAN 90 --", "1990-01-03"),
            ("٢٤/٠٨/٢٠١٧", "2017-08-24"),
            ("24. Dezember 2016", "2016-12-24"),
            ("May 2017", "2017-05"),
        ] {
            let found = one(text);
            assert_eq!(found.edtf.as_deref(), Some(edtf), "{text}");
            assert!(!found.impossible && found.wrong_weekday.is_none(), "{text}: {found:?}");
        }
    }

    #[test]
    fn both_orders_are_kept_unless_the_weekday_decides() {
        let found = one("06.05.2017");
        assert_eq!(found.edtf.as_deref(), Some("2017-05-06"));
        assert_eq!(found.other.unwrap().0, "2017-06-05");
        let decided = one("Monday 06/05/2017");
        assert_eq!(decided.edtf.as_deref(), Some("2017-06-05"));
        assert_eq!(decided.other, None);
    }

    #[test]
    fn what_cannot_be_is_found_and_not_read() {
        for text in ["31 February 2017", "30/02/2017", "13.13.2017", "2017-00-10", "1 May 0000"] {
            let found = one(text);
            assert!(found.impossible && found.edtf.is_none(), "{text}: {found:?}");
        }
        let late = one("24 August 2017 25:61");
        assert_eq!(late.edtf.as_deref(), Some("2017-08-24"));
        assert!(late.impossible);
    }

    #[test]
    fn a_weekday_that_is_another_is_told() {
        assert_eq!(one("Sunday, 3 May 2021").wrong_weekday, Some("Monday"));
        assert_eq!(one("Monday, 3 May 2021").wrong_weekday, None);
    }

    #[test]
    fn numbers_that_are_no_dates() {
        for text in
            ["version 1.2.20174", "10.1.1.2017.5x", "24 people 2017", "may 5 people", "5% in 2017"]
        {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
