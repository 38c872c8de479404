//! Dates that cannot be.

use crossread_record::{Flag, Time};
use jiff::civil::{Date, Weekday};

use super::calendar::weekday;
use super::meaning::{Expression, Meaning};

/// The years in which a weekday without a year is looked for.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2039;

/// What is odd about an expression, if anything is.
pub(super) fn check(expression: &Expression, time: &Time) -> Option<Flag> {
    let flag =
        |kind: &str, note: String| Some(Flag { kind: kind.into(), span: Some(time.span), note });
    match &expression.meaning {
        Meaning::Impossible { year, month, day } => {
            let year = year.map(|year| format!(" {year}")).unwrap_or_default();
            flag("impossible_date", format!("there is no {day} {}{year}", month_name(*month)))
        }
        Meaning::Unreadable(why) => flag("impossible_date", (*why).to_owned()),
        Meaning::Date(fields) => {
            let (Some(month), Some(day)) = (fields.month, fields.day) else { return None };
            let named = fields.weekday.and_then(weekday);
            match (time.timex.as_deref().and_then(super::day), named) {
                (Some(date), Some(named)) if date.weekday() != named => {
                    let other = time.alternatives.last().cloned().unwrap_or_default();
                    flag(
                        "weekday_mismatch",
                        format!(
                            "{date} is a {}, not a {}: either {date}, or {other}",
                            weekday_name(date.weekday()),
                            weekday_name(named)
                        ),
                    )
                }
                (None, Some(named)) => {
                    let years: Vec<String> = YEARS
                        .filter(|year| {
                            Date::new(*year, month, day).is_ok_and(|date| date.weekday() == named)
                        })
                        .map(|year| year.to_string())
                        .collect();
                    let when = match years.as_slice() {
                        [] => "in no year".to_owned(),
                        years => format!("in {}", years.join(", ")),
                    };
                    flag(
                        "ambiguous_date",
                        format!(
                            "no year is stated; {day} {} is a {} {when} ({} to {})",
                            month_name(month),
                            weekday_name(named),
                            YEARS.start(),
                            YEARS.end()
                        ),
                    )
                }
                // 29 February of a year that has none.
                (None, None) if fields.year.is_some() => flag(
                    "impossible_date",
                    format!("there is no {day} {} in that year", month_name(month)),
                ),
                (Some(_), None) if fields.other_order && !time.alternatives.is_empty() => flag(
                    "ambiguous_date",
                    format!(
                        "the order of day and month is not stated: {} or {}",
                        time.timex.as_deref().unwrap_or_default(),
                        time.alternatives.join(", ")
                    ),
                ),
                _ => None,
            }
        }
        _ => None,
    }
}

fn month_name(month: i8) -> &'static str {
    usize::try_from(month).ok().and_then(crossread_base::words::month_name).unwrap_or("")
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
