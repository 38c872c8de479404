//! Calendar times as intervals.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time};

/// A stretch of calendar time, from its first second to the one after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Stretch {
    pub(crate) start: DateTime,
    pub(crate) end: DateTime,
}

impl Stretch {
    /// The stretch of an EDTF date, time or interval, level 0 and the `X` digits of level 1: `2017-08`,
    /// `2017-08-24T23:09`, `2017-08-19/2017-08-24`, `201X`. Open and unspecified ends, seasons and qualifiers give
    /// `None`.
    pub(crate) fn of(edtf: &str) -> Option<Self> {
        if let Some((from, to)) = edtf.split_once('/') {
            let (from, to) = (Self::of(from)?, Self::of(to)?);
            return (from.start < to.end).then_some(Self { start: from.start, end: to.end });
        }
        let (day, clock) = edtf.split_once('T').unwrap_or((edtf, ""));
        let (start, end) = days(day)?;
        let midnight = |date: Date| date.to_datetime(Time::midnight());
        if clock.is_empty() {
            return Some(Self { start: midnight(start), end: midnight(end) });
        }
        let mut parts = clock.trim_end_matches('Z').split(':');
        let hour: i8 = parts.next()?.parse().ok()?;
        let minute: Option<i8> = match parts.next() {
            Some(minute) => Some(minute.parse().ok()?),
            None => None,
        };
        let time = Time::new(hour, minute.unwrap_or(0), 0, 0).ok()?;
        let start = start.to_datetime(time);
        let length = if minute.is_some() { 1.minute() } else { 1.hour() };
        Some(Self { start, end: start.checked_add(length).ok()? })
    }

    /// Whether the two share a moment.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whole days it lasts.
    pub(crate) fn days(&self) -> i64 {
        self.end.duration_since(self.start).as_hours() / 24
    }

    /// Whole days between the two; zero where they share a moment.
    pub(crate) fn days_apart(&self, other: &Self) -> i64 {
        if self.overlaps(other) {
            return 0;
        }
        let (from, to) =
            if self.end <= other.start { (self.end, other.start) } else { (other.end, self.start) };
        to.duration_since(from).as_hours() / 24
    }
}

/// The first day, and the day after the last.
fn days(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.split('-');
    let year = parts.next()?;
    if year.len() != 4 {
        return None;
    }
    let (Some(month), day) = (parts.next(), parts.next()) else {
        let low: i16 = year.replace('X', "0").parse().ok()?;
        let high: i16 = year.replace('X', "9").parse().ok()?;
        let start = Date::new(low, 1, 1).ok()?;
        return Some((start, Date::new(high.checked_add(1)?, 1, 1).ok()?));
    };
    if parts.next().is_some() {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let month: i8 = month.parse().ok()?;
    match day {
        None => {
            let start = Date::new(year, month, 1).ok()?;
            Some((start, start.checked_add(1.month()).ok()?))
        }
        Some(day) => {
            let start = Date::new(year, month, day.parse().ok()?).ok()?;
            Some((start, start.checked_add(1.day()).ok()?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_long_as_they_are_vague() {
        let stretch = |text| Stretch::of(text).unwrap();
        assert!(stretch("2017-08").overlaps(&stretch("2017-08-24")));
        assert!(stretch("201X").overlaps(&stretch("2014-06")));
        assert!(stretch("2017-08-24").overlaps(&stretch("2017-08-24T23:09")));
        assert!(stretch("2017-08-19/2017-08-24").overlaps(&stretch("2017-08-24")));
        assert_eq!(stretch("2017-08").days(), 31);
        assert_eq!(stretch("2017-08-20").days_apart(&stretch("2017-08-24")), 3);
        assert_eq!(stretch("2017-08-20").days_apart(&stretch("2017-08-20T10:00")), 0);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "2017-13", "2017-02-31", "XXXX-08", "2017-W33", "../2017", "P3W", "25:61"]
        {
            assert_eq!(Stretch::of(text), None, "{text}");
        }
    }
}
