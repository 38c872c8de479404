//! From what an expression says to a value on the calendar.

use crossread_base::Span;
use crossread_record::{Time, TimeAnchor, TimeType};
use jiff::civil::{Date, Weekday};

use super::calendar::{Period, Unit, monday, quarter_of, shifted, weekday};
use super::grammar::amount;
use super::lexicon::Holiday;
use super::meaning::{Clock, Count, Expression, Fields, From, Meaning};
use super::tense::Tense;

/// What expressions are reckoned from as a report is read from its start.
pub(super) struct Anchors {
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// The period spoken of last, and where.
    spoken: Option<(Period, Span)>,
    /// The quarter spoken of last: company reports compare it with the year before.
    quarter: Option<(Period, Span)>,
}

/// A value, and what it was reckoned from.
#[derive(Default)]
struct Value {
    period: Option<Period>,
    /// The value where no period is known.
    pattern: Option<String>,
    anchor: Option<TimeAnchor>,
    anchor_span: Option<Span>,
    alternatives: Vec<String>,
    modifier: Option<&'static str>,
}

impl Value {
    fn absolute(period: Option<Period>) -> Self {
        Self { period, ..Self::default() }
    }

    fn published(period: Option<Period>) -> Self {
        Self { period, anchor: period.map(|_| TimeAnchor::Published), ..Self::default() }
    }

    fn spoken(period: Option<Period>, span: Span) -> Self {
        let anchor = period.map(|_| TimeAnchor::Span);
        Self { period, anchor, anchor_span: anchor.map(|_| span), ..Self::default() }
    }

    fn pattern(pattern: impl Into<String>) -> Self {
        Self { pattern: Some(pattern.into()), ..Self::default() }
    }

    fn or_pattern(mut self, pattern: impl FnOnce() -> String) -> Self {
        if self.period.is_none() && self.pattern.is_none() {
            self.pattern = Some(pattern());
        }
        self
    }
}

impl Anchors {
    pub(super) fn new(published: Option<Date>) -> Self {
        Self { published, spoken: None, quarter: None }
    }

    /// The time expression as the record has it, and the day it names, if it names one.
    pub(super) fn resolve(
        &mut self,
        expression: &Expression,
        span: Span,
        tense: Option<Tense>,
    ) -> Time {
        let mut value = self.value(&expression.meaning, tense);
        let kind = match &expression.meaning {
            Meaning::Set(_) => TimeType::Set,
            Meaning::Duration(_) => TimeType::Duration,
            _ if expression.clock.is_some() => TimeType::Time,
            Meaning::Distance { unit: Unit::Hour | Unit::Minute | Unit::Second, .. } => {
                TimeType::Time
            }
            _ => TimeType::Date,
        };
        let mut timex = value.period.map(Period::timex).or(value.pattern.take());
        let mut edtf = value.period.and_then(Period::edtf);
        if let Some(clock) = expression.clock {
            let day = timex.clone().unwrap_or_else(|| "XXXX-XX-XX".into());
            let (clock_timex, hour_edtf) = written(clock);
            // Twenty-four o'clock belongs to the day that ends.
            timex = Some(day + &clock_timex);
            edtf = match (value.period, hour_edtf) {
                (Some(Period::Day(date)), Some(hour)) => Some(format!("{date}T{hour}")),
                _ => edtf,
            };
        }
        // "a year earlier" is told beside what it is compared with, and what follows speaks of that again.
        let compared = match &expression.meaning {
            Meaning::Distance { unit: Unit::Year, later: false, .. } => true,
            Meaning::Date(fields) => fields.years_on == Some(-1),
            _ => false,
        };
        if let Some(period) = value.period.filter(|_| !compared) {
            self.remember(period, span);
        }
        let modifier = expression.modifier.or(value.modifier);
        if modifier == Some("APPROX") {
            edtf = edtf.map(|edtf| if edtf.contains('/') { edtf } else { edtf + "~" });
        }
        Time {
            span,
            kind,
            timex,
            edtf,
            anchor: value.anchor,
            anchor_span: value.anchor_span,
            alternatives: value.alternatives,
            modifier: modifier.map(Into::into),
        }
    }

    fn remember(&mut self, period: Period, span: Span) {
        if matches!(period, Period::Quarter(..) | Period::Half(..)) {
            self.quarter = Some((period, span));
        }
        self.spoken = Some((period, span));
    }

    fn value(&self, meaning: &Meaning, tense: Option<Tense>) -> Value {
        match meaning {
            Meaning::Date(fields) => self.date(fields, tense),
            Meaning::Impossible { .. } | Meaning::Unreadable(_) => Value::default(),
            Meaning::Decade(decade) => Value::absolute(Some(Period::Decade(*decade))),
            Meaning::Century(century) => Value::absolute(Some(Period::Century(*century))),
            Meaning::Shift { by, unit } => self.shift(*by, *unit),
            Meaning::Toward { by, fields } => self.toward(*by, fields),
            Meaning::Weekend(by) => self.weekend(*by, tense),
            Meaning::Holiday { rule, year, by } => self.holiday(*rule, *year, *by, tense),
            Meaning::Distance { count, unit, later, from } => {
                self.distance(*count, *unit, *later, *from)
            }
            Meaning::Same { by, unit } => self.same(*by, *unit),
            Meaning::SameWeekday { by, weekday: number } => {
                let base = self.spoken.filter(|(period, _)| period.unit() == Unit::Day);
                let day = |day: Date| {
                    let named = weekday(*number)?;
                    if *by < 0 {
                        on_or_before(shifted(day, -1, Unit::Day)?, named)
                    } else {
                        on_or_after(shifted(day, 1, Unit::Day)?, named)
                    }
                };
                match (base, self.published) {
                    (Some((Period::Day(spoken), span)), _) => {
                        Value::spoken(day(spoken).map(Period::Day), span)
                    }
                    (_, Some(published)) => Value::published(day(published).map(Period::Day)),
                    _ => Value::pattern(format!("XXXX-WXX-{number}")),
                }
            }
            Meaning::LatestQuarter => self.latest_quarter(),
            Meaning::Duration(amounts) => Value::pattern(duration(amounts)),
            Meaning::Set(value) => Value::pattern(value.as_str()),
            Meaning::Reference(value) => Value::pattern(*value),
            Meaning::Clock => match (self.spoken, self.published) {
                (Some((Period::Day(day), span)), _) => Value::spoken(Some(Period::Day(day)), span),
                (_, Some(day)) => Value::published(Some(Period::Day(day))),
                _ => Value::pattern("XXXX-XX-XX"),
            },
        }
    }

    fn date(&self, fields: &Fields, tense: Option<Tense>) -> Value {
        let year = fields.year.or_else(|| {
            let by = i16::try_from(fields.years_on?).ok()?;
            self.published?.year().checked_add(by)
        });
        let mut value = self.dated(fields, year, tense);
        if fields.year.is_none() && value.period.is_some() {
            value.anchor = Some(TimeAnchor::Published);
        }
        value
    }

    fn dated(&self, fields: &Fields, year: Option<i16>, tense: Option<Tense>) -> Value {
        if let (Some(month), Some(day)) = (fields.month, fields.day) {
            return self.month_day(fields, year, month, day, tense);
        }
        if let Some(month) = fields.month {
            let year = year.or_else(|| self.year_of_month(month, tense));
            return Value::absolute(year.map(|year| Period::Month(year, month)))
                .or_pattern(|| format!("XXXX-{month:02}"));
        }
        if let Some(quarter) = fields.quarter {
            let year = year.or_else(|| self.year_of_quarter(quarter, tense));
            return Value::absolute(year.map(|year| Period::Quarter(year, quarter)))
                .or_pattern(|| format!("XXXX-Q{quarter}"));
        }
        if let Some(half) = fields.half {
            return Value::absolute(year.map(|year| Period::Half(year, half)))
                .or_pattern(|| format!("XXXX-H{half}"));
        }
        if let Some(season) = fields.season {
            let year = year.or_else(|| {
                let day = self.published?;
                let starts = Period::Season(day.year(), season).start()?;
                let by = match tense {
                    Some(Tense::Future) if starts.month() + 2 < day.month() => 1,
                    Some(Tense::Future) => 0,
                    _ if starts > day => -1,
                    _ => 0,
                };
                day.year().checked_add(by)
            });
            return Value::absolute(year.map(|year| Period::Season(year, season)))
                .or_pattern(|| format!("XXXX-{}", season.timex()));
        }
        if let Some(number) = fields.weekday {
            let day = weekday(number).zip(self.published).and_then(|(weekday, day)| {
                if tense == Some(Tense::Future) {
                    on_or_after(day, weekday)
                } else {
                    on_or_before(day, weekday)
                }
            });
            return Value::absolute(day.map(Period::Day))
                .or_pattern(|| format!("XXXX-WXX-{number}"));
        }
        Value::absolute(year.map(Period::Year)).or_pattern(|| "XXXX".into())
    }

    fn month_day(
        &self,
        fields: &Fields,
        year: Option<i16>,
        month: i8,
        day: i8,
        tense: Option<Tense>,
    ) -> Value {
        let Some(year) = year.or_else(|| self.year_of_day(month, day, tense)) else {
            return Value::pattern(format!("XXXX-{month:02}-{day:02}"));
        };
        let date = Date::new(year, month, day).ok();
        let mut value = Value::absolute(date.map(Period::Day))
            .or_pattern(|| format!("XXXX-{month:02}-{day:02}"));
        if fields.other_order
            && let Ok(other) = Date::new(year, day, month)
        {
            // Two orders: the one that is nearer to the day of publication, if there is one.
            let far = |date: Date| self.published.map(|day| distance(day, date));
            let swap = date.is_some_and(|date| {
                let (this, that) = (far(date), far(other));
                this.is_some()
                    && that < this
                    && self.published.is_some_and(|day| other <= day || date > day)
            });
            let (first, second) = if swap { (Some(other), date) } else { (date, Some(other)) };
            value.period = first.map(Period::Day);
            value.alternatives.extend(second.map(|date| Period::Day(date).timex()));
        }
        if let (Some(date), Some(named)) = (date, fields.weekday.and_then(weekday))
            && date.weekday() != named
        {
            // The weekday's own reading: that weekday nearest to the date.
            value.alternatives.extend(nearest(date, named).map(|date| Period::Day(date).timex()));
        }
        value
    }

    /// The year that puts a month and day nearest to the day of publication.
    fn year_of_day(&self, month: i8, day: i8, tense: Option<Tense>) -> Option<i16> {
        let published = self.published?;
        let year = published.year();
        let candidates = [year, year - 1, year + 1, year - 2, year - 3, year + 2, year + 3];
        let dated = candidates.into_iter().filter_map(|year| Date::new(year, month, day).ok());
        let best = dated.min_by_key(|date| {
            let days = distance(published, *date);
            let ahead = *date > published;
            days + match tense {
                Some(Tense::Past) if ahead && days > 45 => 120,
                Some(Tense::Future) if !ahead && days > 45 => 120,
                None if ahead => 30,
                _ => 0,
            }
        })?;
        Some(best.year())
    }

    /// The year that puts a month nearest to the day of publication. The tense counts as five months: "in
    /// January", said in November of the past, is more likely the coming one misread than one ten months ago.
    fn year_of_month(&self, month: i8, tense: Option<Tense>) -> Option<i16> {
        let published = self.published?;
        let best = (-1..=1).min_by_key(|by: &i16| {
            let months = i32::from(month - published.month()) + 12 * i32::from(*by);
            months.abs()
                + match tense {
                    Some(Tense::Past) if months > 0 => 5,
                    Some(Tense::Future) if months < 0 => 5,
                    None if months > 0 => 2,
                    _ => 0,
                }
        })?;
        published.year().checked_add(best)
    }

    /// The year of a quarter: the present or last one of its name; where the verb looks forward, the next one
    /// unless it is three quarters away.
    fn year_of_quarter(&self, quarter: i8, tense: Option<Tense>) -> Option<i16> {
        let published = self.published?;
        let ahead = (quarter - quarter_of(published.month())).rem_euclid(4);
        let future = tense == Some(Tense::Future) && ahead < 3;
        let by = match quarter > quarter_of(published.month()) {
            true if !future => -1,
            false if future && ahead > 0 => 1,
            _ => 0,
        };
        published.year().checked_add(by)
    }

    fn shift(&self, by: i32, unit: Unit) -> Value {
        let period = self.published.and_then(|day| Period::around(day, unit)?.later(by, unit));
        Value::published(period).or_pattern(|| unanchored(by, unit))
    }

    /// "last Friday" lies before the day of publication, "next Friday" after it, "this Friday" in its week.
    fn toward(&self, by: i32, fields: &Fields) -> Value {
        let pattern = || {
            if let Some(number) = fields.weekday {
                return format!("XXXX-WXX-{number}");
            }
            if let Some(month) = fields.month {
                return format!("XXXX-{month:02}");
            }
            fields.season.map_or_else(|| "XXXX".into(), |season| format!("XXXX-{}", season.timex()))
        };
        let Some(day) = self.published else { return Value::pattern(pattern()) };
        let period = if let Some(named) = fields.weekday.and_then(weekday) {
            match by {
                0 => monday(day).and_then(|monday| on_or_after(monday, named)),
                by if by < 0 => {
                    shifted(day, -1, Unit::Day).and_then(|day| on_or_before(day, named))
                }
                _ => shifted(day, 1, Unit::Day).and_then(|day| on_or_after(day, named)),
            }
            .map(Period::Day)
        } else {
            let of = |year: i16| match (fields.month, fields.season) {
                (Some(month), _) => Some(Period::Month(year, month)),
                (None, Some(season)) => Some(Period::Season(year, season)),
                _ => None,
            };
            let this = of(day.year());
            let now = this.and_then(|period| Period::around(day, period.unit()));
            match (this.and_then(Period::start), now.and_then(Period::start)) {
                (Some(start), Some(now)) => {
                    let by = match by {
                        0 => 0,
                        by if by < 0 => -i16::from(start >= now),
                        _ => i16::from(start <= now),
                    };
                    day.year().checked_add(by).and_then(of)
                }
                _ => None,
            }
        };
        Value::published(period).or_pattern(pattern)
    }

    fn weekend(&self, by: Option<i32>, tense: Option<Tense>) -> Value {
        let period = self.published.and_then(|day| {
            let monday = monday(day)?;
            let in_it = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            let weeks = match (by, tense) {
                (Some(1), _) => i32::from(in_it),
                (Some(by), _) if by < 0 => -1,
                (Some(_), _) => 0,
                (None, Some(Tense::Future)) => 0,
                (None, _) => -i32::from(!in_it),
            };
            Some(Period::Weekend(shifted(monday, weeks, Unit::Week)?))
        });
        Value::published(period).or_pattern(|| "XXXX-WXX-WE".into())
    }

    fn holiday(&self, rule: Holiday, year: Option<i16>, by: i32, tense: Option<Tense>) -> Value {
        if let Some(year) = year {
            return Value::absolute(holiday(rule, year).map(Period::Day));
        }
        let Some(day) = self.published else {
            return match rule {
                Holiday::Fixed { month, day } => {
                    Value::pattern(format!("XXXX-{month:02}-{day:02}"))
                }
                Holiday::Nth { month, .. } => Value::pattern(format!("XXXX-{month:02}-XX")),
                Holiday::Easter { .. } => Value::pattern("XXXX-XX-XX"),
            };
        };
        let year = day.year();
        let days: Vec<Date> =
            [year - 1, year, year + 1].into_iter().filter_map(|year| holiday(rule, year)).collect();
        let found = match (by, tense) {
            (by, _) if by < 0 => days.iter().rev().find(|date| **date < day),
            (by, _) if by > 0 => days.iter().find(|date| **date > day),
            (_, Some(Tense::Future)) => days.iter().find(|date| **date >= day),
            _ => days.iter().min_by_key(|date| distance(day, **date)),
        };
        Value::published(found.copied().map(Period::Day))
    }

    fn distance(&self, count: Count, unit: Unit, later: bool, from: From) -> Value {
        let count = match count {
            Count::Known(count) => count,
            Count::Vague if from == From::Published => {
                return Value::pattern(if later { "FUTURE_REF" } else { "PAST_REF" });
            }
            Count::Vague => return Value::pattern(format!("P{}", amount(Count::Vague, unit))),
        };
        // "a year ago" beside a quarter is that quarter of the year before.
        let base = match (from, unit) {
            (From::Published, Unit::Year) if count == 1.0 => self
                .quarter
                .filter(|_| self.spoken.map(|(period, _)| period.unit()) == Some(Unit::Quarter)),
            (From::Published, _) => None,
            (From::Spoken, _) => self.spoken,
        };
        let whole = count.fract() == 0.0 && count.abs() < 1e6;
        let (whole_count, unit) = match (whole, unit) {
            (true, unit) => (count as i32, unit),
            (false, Unit::Year) if count < 1e6 => ((count * 12.0).round() as i32, Unit::Month),
            (false, Unit::Decade) if count < 1e6 => ((count * 10.0).round() as i32, Unit::Year),
            _ => return Value::pattern(format!("P{}", amount(Count::Known(count), unit))),
        };
        let by = if later { whole_count } else { -whole_count };
        match base {
            Some((period, span)) => {
                // A weekday and "a year earlier": the year before, not that very day.
                let period = if unit == Unit::Year
                    && period.unit() < Unit::Month
                    && from == From::Spoken
                    && self.is_near(period)
                {
                    period.year().map(Period::Year).unwrap_or(period)
                } else {
                    period
                };
                Value::spoken(period.later(by, unit), span)
            }
            None => {
                // As exact as the unit it is told in: ten years ago is a year, six weeks ago a week.
                let grain = match unit {
                    Unit::Decade | Unit::Century => Unit::Year,
                    unit => unit,
                };
                let period =
                    self.published.and_then(|day| Period::around(day, grain)?.later(by, unit));
                Value::published(period)
                    .or_pattern(|| if later { "FUTURE_REF".into() } else { "PAST_REF".into() })
            }
        }
    }

    /// Within a fortnight of the day of publication: a day of the news itself.
    fn is_near(&self, period: Period) -> bool {
        period
            .start()
            .zip(self.published)
            .is_some_and(|(day, published)| distance(day, published) <= 14)
    }

    fn same(&self, by: i32, unit: Unit) -> Value {
        let Some((period, span)) = self.spoken else {
            return Value::pattern(if unit == Unit::Second {
                "PAST_REF".into()
            } else {
                unanchored(by, unit)
            });
        };
        // "since then": the time spoken of, as it is.
        if unit == Unit::Second {
            return Value::spoken(Some(period), span);
        }
        // "that day" after a year says nothing about the day.
        let known = period.unit() <= unit;
        let moved = known.then(|| Period::around(period.start()?, unit)?.later(by, unit)).flatten();
        Value::spoken(moved, span).or_pattern(|| unanchored(by, unit))
    }

    fn latest_quarter(&self) -> Value {
        if let Some((period @ Period::Quarter(year, _), span)) = self.quarter
            && self.published.is_none_or(|day| day.year() - year <= 1)
        {
            return Value::spoken(Some(period), span);
        }
        let period = self
            .published
            .and_then(|day| Period::around(day, Unit::Quarter)?.later(-1, Unit::Quarter));
        Value::published(period).or_pattern(|| "XXXX-QX".into())
    }
}

/// The value of a duration: `P2W`, `P2Y6M`, `PT1H30M`.
fn duration(amounts: &[(Count, Unit)]) -> String {
    let mut value = String::from("P");
    for (count, unit) in amounts {
        let part = amount(*count, *unit);
        // One T before all that is less than a day.
        if value.contains('T') {
            value.push_str(part.trim_start_matches('T'));
        } else {
            value.push_str(&part);
        }
    }
    value
}

/// What TIMEX3 writes for a unit that nothing anchors.
fn unanchored(by: i32, unit: Unit) -> String {
    match (by, unit) {
        (_, Unit::Day) => "XXXX-XX-XX",
        (_, Unit::Week) => "XXXX-WXX",
        (_, Unit::Month) => "XXXX-XX",
        (_, Unit::Quarter) => "XXXX-QX",
        (_, Unit::Decade) => "XXX",
        (_, Unit::Century) => "XX",
        (_, Unit::Year) => "XXXX",
        (0, _) => "PRESENT_REF",
        (by, _) if by < 0 => "PAST_REF",
        _ => "FUTURE_REF",
    }
    .into()
}

fn written(clock: Clock) -> (String, Option<String>) {
    match clock {
        Clock::Part(code) => (code_of(code), None),
        Clock::At { hour, minute, utc } => {
            let minutes = minute.map_or_else(|| ":00".to_owned(), |minute| format!(":{minute:02}"));
            let zone = if utc { "Z" } else { "" };
            let edtf = (hour < 24).then(|| format!("{hour:02}{minutes}{zone}"));
            (format!("T{hour:02}{minutes}{zone}"), edtf)
        }
    }
}

fn code_of(code: &str) -> String {
    // TIMEX3 writes the part straight after the day: 2016-10-29TNI.
    code.to_owned()
}

fn distance(a: Date, b: Date) -> i32 {
    (b - a).get_days().abs()
}

fn on_or_before(day: Date, named: Weekday) -> Option<Date> {
    let back = day.weekday().since(named);
    shifted(day, -i32::from(back), Unit::Day)
}

fn on_or_after(day: Date, named: Weekday) -> Option<Date> {
    let ahead = day.weekday().until(named);
    shifted(day, i32::from(ahead), Unit::Day)
}

/// The nearest day of this weekday.
fn nearest(day: Date, named: Weekday) -> Option<Date> {
    let (before, after) = (on_or_before(day, named)?, on_or_after(day, named)?);
    Some(if distance(before, day) <= distance(day, after) { before } else { after })
}

fn holiday(rule: Holiday, year: i16) -> Option<Date> {
    match rule {
        Holiday::Fixed { month, day } => Date::new(year, month, day).ok(),
        Holiday::Nth { month, nth, weekday: number } => {
            let first = Date::new(year, month, 1).ok()?;
            first.nth_weekday_of_month(nth, weekday(number)?).ok()
        }
        Holiday::Easter { easter: days } => shifted(easter(year)?, days, Unit::Day),
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous computus, Nature, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
