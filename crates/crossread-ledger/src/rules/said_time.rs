//! Calendar and clock times as far as their words tell: "Nov. 2" without a year, "Sunday night", "around 9:30 p.m.".

use jiff::civil::Weekday;

use crate::rules::time::Stretch;

/// What the words say of when; what they leave open is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct SaidTime {
    /// The stretch of the calendar, where its year is known.
    day: Option<Stretch>,
    month: Option<i8>,
    date: Option<i8>,
    /// Monday is 1.
    weekday: Option<i8>,
    /// Minutes of the day, from and to (exclusive); past 1440 for a night that goes on.
    clock: Option<(u16, u16)>,
    /// The clock time is one point.
    point: bool,
    /// "around", "about".
    about: bool,
    /// The clock is that of Greenwich.
    zulu: bool,
}

/// How two moments stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Met {
    /// The same as far as both tell.
    Same,
    /// Both can hold, and one tells it more closely.
    Within,
    /// They cannot both hold: two days.
    OtherDay,
    /// They cannot both hold: two hours of one day.
    OtherHour,
    /// They tell of unlike things: a month and a weekday.
    Unlike,
}

/// A word that moves or blurs a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    /// "around 9:30"
    About,
    /// "just before 9:30"
    Before,
    /// "shortly after 9:30"
    After,
}

impl Lead {
    /// What the last words before a time say of it.
    pub(crate) fn of(words: &str) -> Option<Self> {
        let last = words.split_whitespace().next_back()?.to_lowercase();
        match last.as_str() {
            "around" | "about" | "approximately" | "roughly" | "some" | "nearly" | "circa" => {
                Some(Self::About)
            }
            "before" | "by" | "until" => Some(Self::Before),
            "after" | "past" | "since" => Some(Self::After),
            _ => None,
        }
    }
}

/// How far "shortly after" and "just before" reach.
const NEAR: u16 = 20;
/// Days. What is told of a month or a year, and not of a day in it, is told of another happening.
const MONTH: i64 = 31;
const WEEK: i64 = 7;
/// How far "after" and "before" a full hour reach.
const NEAR_HOUR: u16 = 60;

impl SaidTime {
    /// The moment of a TIMEX3 value (`2017-08-24T23:09`, `XXXX-11-02`, `XXXX-WXX-7TNI`), with the word that leads to
    /// it. `dated` says that the words themselves name a day; where they name only an hour, the day that a date of
    /// publication lends is left out. `None` where the value is neither a day nor an hour.
    pub(crate) fn of(timex: &str, dated: bool, lead: Option<Lead>) -> Option<Self> {
        let (day, hour) = timex.split_once('T').unwrap_or((timex, ""));
        let mut found = Self::default();
        if let Some(week) = day.strip_prefix("XXXX-WXX-") {
            found.weekday = week.parse().ok().filter(|day| (1..=7).contains(day));
        } else if let Some(rest) = day.strip_prefix("XXXX-") {
            let (month, date) = rest.split_once('-').unwrap_or((rest, ""));
            found.month = month.parse().ok().filter(|month| (1..=12).contains(month));
            found.date = date.parse().ok().filter(|date| (1..=31).contains(date));
        } else if dated || hour.is_empty() {
            found.day = Stretch::of(day);
            if let Some(stretch) = found.day
                && stretch.days() == 1
            {
                found.month = Some(stretch.start.month());
                found.date = Some(stretch.start.day());
                found.weekday = Some(weekday(stretch.start.weekday()));
            }
        }
        found.read_clock(hour.trim_end_matches('Z'), lead);
        found.zulu = hour.ends_with('Z');
        (found.day.is_some()
            || found.month.is_some()
            || found.weekday.is_some()
            || found.clock.is_some())
        .then_some(found)
    }

    /// The same, with the weekday of a date without a year that it has in the year that brings it nearest to `now`.
    pub(crate) fn near(mut self, now: &Self) -> Self {
        let (None, Some(month), Some(date), Some(now)) =
            (self.weekday, self.month, self.date, now.day)
        else {
            return self;
        };
        let now = now.start.date();
        let days = [-1, 0, 1].into_iter().filter_map(|year| {
            let day = jiff::civil::Date::new(now.year().checked_add(year)?, month, date).ok()?;
            Some((day.since(now).ok()?.get_days().unsigned_abs(), weekday(day.weekday())))
        });
        self.weekday = days.min().map(|(_, weekday)| weekday);
        self
    }

    /// A day of a known year.
    pub(crate) fn day(day: Stretch) -> Self {
        let (month, date) = (Some(day.start.month()), Some(day.start.day()));
        let weekday = Some(weekday(day.start.weekday()));
        Self { day: Some(day), month, date, weekday, ..Self::default() }
    }

    /// Whether it is known to lie after another.
    pub(crate) fn is_after(&self, other: &Self) -> bool {
        self.day.zip(other.day).is_some_and(|(a, b)| a.start >= b.end)
    }

    fn read_clock(&mut self, hour: &str, lead: Option<Lead>) {
        self.clock = match hour {
            "MO" => Some((300, 720)),
            "MI" => Some((690, 750)),
            "AF" => Some((720, 1080)),
            "EV" => Some((1020, 1320)),
            "NI" => Some((1140, 1740)),
            "DT" => Some((360, 1080)),
            _ => None,
        };
        let mut parts = hour.split(':');
        let Some(hours) = parts.next().and_then(|hours| hours.parse::<u16>().ok()) else { return };
        let minutes = parts.next().and_then(|minutes| minutes.parse::<u16>().ok());
        if hours > 24 || minutes.is_some_and(|minutes| minutes > 59) {
            return;
        }
        let at = hours * 60 + minutes.unwrap_or(0);
        let reach = if minutes.unwrap_or(0) == 0 { NEAR_HOUR } else { NEAR };
        self.about = lead == Some(Lead::About);
        (self.clock, self.point) = match lead {
            Some(Lead::Before) => (Some((at.saturating_sub(reach), at)), false),
            Some(Lead::After) => (Some((at, at + reach)), false),
            _ => (Some((at, at + 1)), true),
        };
    }

    /// Whether it is one day of a known year.
    pub(crate) fn has_year(&self) -> bool {
        self.day.is_some_and(|day| day.days() == 1)
    }

    /// Whether the two are times of two happenings: more than a month lies between them, or one is no nearer told than by
    /// the month and does not hold the other.
    pub(crate) fn is_long_from(&self, other: &Self) -> bool {
        match (self.day, other.day, self.month, other.month) {
            (Some(a), Some(b), ..) => {
                !a.overlaps(&b) && (a.days_apart(&b) > MONTH || a.days().max(b.days()) > WEEK)
            }
            (.., Some(a), Some(b)) => {
                let apart = a.abs_diff(b);
                apart.min(12 - apart) > 1
            }
            _ => false,
        }
    }

    /// Whether it tells the hour.
    pub(crate) fn has_clock(&self) -> bool {
        self.clock.is_some()
    }

    /// The stretch of the calendar, where its year is known.
    pub(crate) fn stretch(&self) -> Option<Stretch> {
        self.day
    }

    /// Whether it tells the day of the month.
    pub(crate) fn has_date(&self) -> bool {
        self.date.is_some()
    }

    /// Whether it tells the day.
    pub(crate) fn has_day(&self) -> bool {
        self.day.is_some() || self.date.is_some() || self.weekday.is_some()
    }

    /// How it stands to another.
    pub(crate) fn met(&self, other: &Self) -> Met {
        let days = self.days_met(other);
        let hours = self.hours_met(other);
        match (days, hours) {
            (Some(Met::OtherDay), _) => Met::OtherDay,
            (_, Some(Met::OtherHour)) => Met::OtherHour,
            (Some(Met::Within), _) | (_, Some(Met::Within)) => Met::Within,
            (Some(_), None) if self.has_clock() != other.has_clock() => Met::Within,
            (None, Some(_)) if self.has_day() != other.has_day() => Met::Same,
            (Some(_), _) | (_, Some(_)) => Met::Same,
            (None, None) => Met::Unlike,
        }
    }

    fn days_met(&self, other: &Self) -> Option<Met> {
        if let (Some(a), Some(b)) = (self.day, other.day) {
            return Some(if a == b {
                Met::Same
            } else if a.overlaps(&b) {
                Met::Within
            } else {
                Met::OtherDay
            });
        }
        if let (Some(a), Some(b)) = (self.month, other.month) {
            if a != b {
                return Some(Met::OtherDay);
            }
            return Some(match (self.date, other.date) {
                (Some(a), Some(b)) if a != b => Met::OtherDay,
                (a, b) if a.is_some() != b.is_some() => Met::Within,
                _ => Met::Same,
            });
        }
        let (a, b) = (self.weekday?, other.weekday?);
        // "Sunday night" goes on into Monday.
        let runs_on = |night: &Self, next: &Self, from: i8, to: i8| {
            night.clock.is_some_and(|(_, end)| end > 1440)
                && next.clock.is_some_and(|(start, end)| start < 300 && end <= 300)
                && from % 7 + 1 == to
        };
        Some(if a == b || runs_on(self, other, a, b) || runs_on(other, self, b, a) {
            Met::Same
        } else {
            Met::OtherDay
        })
    }

    fn hours_met(&self, other: &Self) -> Option<Met> {
        let (a, b) = (self.clock?, other.clock?);
        // How far the clocks of two places are apart is not told.
        if self.zulu != other.zulu && a != b {
            return None;
        }
        let wide = |moment: &Self, (from, to): (u16, u16)| {
            if moment.point && moment.about {
                (from.saturating_sub(10), to + 10)
            } else {
                (from, to)
            }
        };
        let meets = |a: (u16, u16), b: (u16, u16)| {
            let (a, b) = (wide(self, a), wide(other, b));
            a.0 < b.1 && b.0 < a.1
        };
        let shifted = |clock: (u16, u16)| (clock.0 + 1440, clock.1 + 1440);
        if self.point && other.point {
            // "About" rounds to the nearest quarter or, on the full hour, by as much as ten minutes.
            let slack = |moment: &Self, at: u16| match (moment.about, at % 60) {
                (false, _) => 0,
                (true, 0) => 10,
                (true, _) => 7,
            };
            let apart = a.0.abs_diff(b.0).min(1440 - a.0.abs_diff(b.0).min(1440));
            let reach = slack(self, a.0).max(slack(other, b.0));
            return Some(if apart <= reach { Met::Same } else { Met::OtherHour });
        }
        if !meets(a, b) && !meets(shifted(a), b) && !meets(a, shifted(b)) {
            return Some(Met::OtherHour);
        }
        // "Just before six" is "around six"; 5:40 lies within "just before six", and "about 11" in the morning.
        let (point, about, stretch) =
            if self.point { (true, self.about, b) } else { (other.point, other.about, a) };
        let short = stretch.1 - stretch.0 <= NEAR_HOUR;
        Some(if a == b || (point && about && short) { Met::Same } else { Met::Within })
    }
}

fn weekday(day: Weekday) -> i8 {
    day.to_monday_one_offset()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(timex: &str, lead: &str) -> SaidTime {
        SaidTime::of(timex, true, Lead::of(lead)).unwrap()
    }

    fn met(a: SaidTime, b: SaidTime) -> Met {
        assert_eq!(a.met(&b), b.met(&a), "the order of the two changes nothing");
        a.met(&b)
    }

    #[test]
    fn days_without_a_year_are_compared_by_what_they_tell() {
        assert_eq!(met(at("2015-11-11", ""), at("XXXX-11-02", "")), Met::OtherDay);
        assert_eq!(met(at("XXXX-06-03", ""), at("XXXX-06-03T19:30", "")), Met::Within);
        // 3 June 2016 was a Friday.
        assert_eq!(met(at("2016-06-03", ""), at("XXXX-WXX-5", "")), Met::Same);
        assert_eq!(met(at("2016-06-03", ""), at("XXXX-WXX-4", "")), Met::OtherDay);
        assert_eq!(met(at("XXXX-06", ""), at("XXXX-WXX-4", "")), Met::Unlike);
        assert_eq!(met(at("XXXX-WXX-7TNI", ""), at("XXXX-WXX-1T02:00", "")), Met::Within);
    }

    #[test]
    fn about_and_just_before_reach_so_far() {
        assert_eq!(met(at("XXXX-XX-XXT21:30", "around"), at("XXXX-XX-XXT21:27", "")), Met::Same);
        assert_eq!(
            met(at("XXXX-XX-XXT10:00", "around"), at("XXXX-XX-XXT10:30", "around")),
            Met::OtherHour
        );
        assert_eq!(
            met(at("XXXX-XX-XXT18:00", "just before"), at("XXXX-XX-XXT18:00", "around")),
            Met::Same
        );
        assert_eq!(
            met(at("XXXX-XX-XXT23:57", ""), at("XXXX-XX-XXT24:00", "just before")),
            Met::Within
        );
        assert_eq!(met(at("XXXX-XX-XXT17:30", ""), at("XXXX-XX-XXTAF", "")), Met::Within);
        assert_eq!(met(at("XXXX-XX-XXT09:30", ""), at("XXXX-XX-XXTAF", "")), Met::OtherHour);
    }

    #[test]
    fn what_is_no_time_is_none() {
        for timex in ["PAST_REF", "P3W", "XXXX-99", "XXXX-WXX-9", "", "XXXX-XX-XXT77:88"] {
            assert_eq!(SaidTime::of(timex, true, None), None, "{timex}");
        }
    }
}
