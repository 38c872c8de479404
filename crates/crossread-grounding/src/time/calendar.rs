//! Periods of the calendar, and how TIMEX3 and EDTF write them.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The units times are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A named stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Day(Date),
    /// An ISO week, named by its Monday.
    Week(Date),
    /// Saturday and Sunday, named by the Monday of their week.
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, Season),
    Year(i16),
    /// The decade's first three digits: 199 for the 1990s.
    Decade(i16),
    /// The century's first two digits: 19 for the 20th century.
    Century(i16),
}

/// The seasons of the year, of the northern half of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub(super) enum Season {
    Winter,
    Spring,
    Summer,
    Fall,
}

impl Season {
    pub(super) fn timex(self) -> &'static str {
        match self {
            Self::Winter => "WI",
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Fall => "FA",
        }
    }

    /// Its first month. Winter is the one the year starts in.
    fn month(self) -> i8 {
        match self {
            Self::Winter => 1,
            Self::Spring => 4,
            Self::Summer => 7,
            Self::Fall => 10,
        }
    }

    fn edtf(self) -> u8 {
        match self {
            Self::Spring => 21,
            Self::Summer => 22,
            Self::Fall => 23,
            Self::Winter => 24,
        }
    }
}

/// The Monday of a day's week; `None` at the ends of the calendar.
pub(super) fn monday(date: Date) -> Option<Date> {
    date.checked_sub(i32::from(date.weekday().to_monday_zero_offset()).days()).ok()
}

/// The quarter of a month.
pub(super) fn quarter_of(month: i8) -> i8 {
    (month - 1) / 3 + 1
}

impl Period {
    /// The period of this unit that holds the day.
    pub(super) fn around(date: Date, unit: Unit) -> Option<Self> {
        let year = date.year();
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(date),
            Unit::Week => Self::Week(monday(date)?),
            Unit::Month => Self::Month(year, date.month()),
            Unit::Quarter => Self::Quarter(year, quarter_of(date.month())),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year / 10),
            Unit::Century => Self::Century(year / 100),
        })
    }

    /// Its first day.
    pub(super) fn start(self) -> Option<Date> {
        let of = |year: i16, month: i8| Date::new(year, month, 1).ok();
        match self {
            Self::Day(date) | Self::Week(date) => Some(date),
            Self::Weekend(monday) => monday.checked_add(5.days()).ok(),
            Self::Month(year, month) => of(year, month),
            Self::Quarter(year, quarter) => of(year, quarter * 3 - 2),
            Self::Half(year, half) => of(year, half * 6 - 5),
            Self::Season(year, season) => of(year, season.month()),
            Self::Year(year) => of(year, 1),
            Self::Decade(decade) => of(decade.checked_mul(10)?, 1),
            Self::Century(century) => of(century.checked_mul(100)?, 1),
        }
    }

    /// The unit it is one of.
    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Day(_) => Unit::Day,
            Self::Week(_) | Self::Weekend(_) => Unit::Week,
            Self::Month(..) => Unit::Month,
            Self::Quarter(..) | Self::Season(..) => Unit::Quarter,
            Self::Half(..) | Self::Year(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
        }
    }

    /// Its year; `None` for decades and centuries.
    pub(super) fn year(self) -> Option<i16> {
        match self {
            Self::Decade(_) | Self::Century(_) => None,
            other => other.start().map(|date| date.year()),
        }
    }

    /// The period of the same kind `count` of `unit` later; `None` beyond the calendar. The finer of the two
    /// tells how exact the result is: two years from a day is a day, two days from a year nothing.
    pub(super) fn later(self, count: i32, unit: Unit) -> Option<Self> {
        let start = self.start()?;
        let years = |by: i32| i16::try_from(count.checked_mul(by)?).ok();
        let move_years = |by: i16| {
            Some(match self {
                Self::Day(date) => Self::Day(date.checked_add(i32::from(by).years()).ok()?),
                Self::Week(_) => {
                    Self::Week(monday(start.checked_add(i32::from(by).years()).ok()?)?)
                }
                Self::Weekend(_) => {
                    Self::Weekend(monday(start.checked_add(i32::from(by).years()).ok()?)?)
                }
                Self::Month(year, month) => Self::Month(year.checked_add(by)?, month),
                Self::Quarter(year, quarter) => Self::Quarter(year.checked_add(by)?, quarter),
                Self::Half(year, half) => Self::Half(year.checked_add(by)?, half),
                Self::Season(year, season) => Self::Season(year.checked_add(by)?, season),
                Self::Year(year) => Self::Year(year.checked_add(by)?),
                Self::Decade(decade) => Self::Decade(decade.checked_add(by / 10)?),
                Self::Century(century) => Self::Century(century.checked_add(by / 100)?),
            })
        };
        let moved = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => Some(self),
            Unit::Day => Some(Self::Day(shifted(start, count, Unit::Day)?)),
            Unit::Week => {
                Self::around(shifted(start, count, Unit::Week)?, self.unit().min(Unit::Week))
            }
            Unit::Month => {
                Self::around(shifted(start, count, Unit::Month)?, self.unit().min(Unit::Month))
            }
            Unit::Quarter => Self::around(
                shifted(start, count.checked_mul(3)?, Unit::Month)?,
                self.unit().min(Unit::Quarter),
            ),
            Unit::Year => move_years(years(1)?),
            Unit::Decade => move_years(years(10)?),
            Unit::Century => move_years(years(100)?),
        }?;
        moved.start().is_some_and(|date| date.year() > 0).then_some(moved)
    }

    /// The TIMEX3 value.
    pub(super) fn timex(self) -> String {
        match self {
            Self::Day(date) => {
                format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
            }
            Self::Week(monday) => week(monday),
            Self::Weekend(monday) => week(monday) + "-WE",
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Season(year, season) => format!("{year:04}-{}", season.timex()),
            Self::Year(year) => format!("{year:04}"),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) => format!("{century:02}"),
        }
    }

    /// The EDTF date or interval (ISO 8601-2: quarters are 33 to 36, halves 40 and 41, seasons 21 to 24).
    pub(super) fn edtf(self) -> Option<String> {
        Some(match self {
            Self::Week(monday) => {
                format!("{monday}/{}", monday.checked_add(6.days()).ok()?)
            }
            Self::Weekend(monday) => format!(
                "{}/{}",
                monday.checked_add(5.days()).ok()?,
                monday.checked_add(6.days()).ok()?
            ),
            Self::Quarter(year, quarter) => format!("{year:04}-{}", 32 + quarter),
            Self::Half(year, half) => format!("{year:04}-{}", 39 + half),
            Self::Season(year, season) => format!("{year:04}-{}", season.edtf()),
            Self::Decade(decade) => format!("{decade:03}X"),
            Self::Century(century) => format!("{century:02}XX"),
            Self::Day(_) | Self::Month(..) | Self::Year(_) => self.timex(),
        })
    }
}

fn week(monday: Date) -> String {
    let week: ISOWeekDate = monday.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// The day `count` days, weeks or months later.
pub(super) fn shifted(date: Date, count: i32, unit: Unit) -> Option<Date> {
    // jiff refuses spans beyond its limits by panic in the short constructors.
    let span = jiff::Span::new();
    let span = match unit {
        Unit::Week => span.try_weeks(count),
        Unit::Month => span.try_months(count),
        Unit::Year => span.try_years(count),
        _ => span.try_days(count),
    };
    date.checked_add(span.ok()?).ok()
}

/// A weekday by its ISO number, 1 for Monday.
pub(super) fn weekday(number: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Period {
        Period::Day(text.parse().unwrap())
    }

    #[test]
    fn periods_move_by_units_and_keep_their_kind() {
        let case = |period: Period, count, unit| period.later(count, unit).map(Period::timex);
        assert_eq!(case(day("2017-08-24"), -1, Unit::Year).unwrap(), "2016-08-24");
        assert_eq!(case(day("2020-02-29"), -1, Unit::Year).unwrap(), "2019-02-28");
        assert_eq!(case(day("2017-03-31"), -1, Unit::Month).unwrap(), "2017-02-28");
        assert_eq!(case(Period::Quarter(1989, 3), -1, Unit::Year).unwrap(), "1988-Q3");
        assert_eq!(case(Period::Quarter(1989, 1), -1, Unit::Quarter).unwrap(), "1988-Q4");
        assert_eq!(case(Period::Year(1), -1, Unit::Year), None);
        assert_eq!(case(Period::Year(9999), i32::MAX, Unit::Century), None);
        assert_eq!(case(day("2017-08-24"), i32::MAX, Unit::Day), None);
    }

    #[test]
    fn edtf_says_the_same_as_timex() {
        let week = Period::around("2017-08-24".parse().unwrap(), Unit::Week).unwrap();
        assert_eq!(week.timex(), "2017-W34");
        assert_eq!(week.edtf().unwrap(), "2017-08-21/2017-08-27");
        assert_eq!(Period::Quarter(1989, 3).edtf().unwrap(), "1989-35");
        assert_eq!(Period::Decade(199).edtf().unwrap(), "199X");
        assert_eq!(Period::Season(2016, Season::Spring).edtf().unwrap(), "2016-21");
    }
}
