//! What a time expression says before anything anchors it.

use super::calendar::{Season, Unit};
use super::lexicon::Holiday;

/// A time expression as read: the words from `start` to before `end` of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expression {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    /// A part of the day or a clock time within it.
    pub(super) clock: Option<Clock>,
    /// TIMEX3 `mod`.
    pub(super) modifier: Option<&'static str>,
}

impl Expression {
    pub(super) fn new(start: usize, end: usize, meaning: Meaning) -> Self {
        Self { start, end, meaning, clock: None, modifier: None }
    }
}

/// The fields of a date that are named. What is not named is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Fields {
    pub(super) year: Option<i16>,
    pub(super) quarter: Option<i8>,
    pub(super) half: Option<i8>,
    pub(super) season: Option<Season>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) weekday: Option<i8>,
    /// "of last year": years from the year of publication.
    pub(super) years_on: Option<i32>,
    /// The month and day may have to be swapped ("06.05.2017").
    pub(super) other_order: bool,
}

/// How many of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Count {
    Known(f64),
    /// "several", "a few", a bare plural.
    Vague,
}

/// Where a distance starts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum From {
    /// The day of publication: "two weeks ago".
    Published,
    /// The time spoken of last: "two weeks earlier".
    Spoken,
}

/// What is said, by kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// A date by its fields: "Sunday, October 31", "1989", "third-quarter".
    Date(Fields),
    /// A day that is not in the calendar ("31 February").
    Impossible {
        year: Option<i16>,
        month: i8,
        day: i8,
    },
    /// What is written as a date or a time of day and is none we can give a value to, with the reason.
    Unreadable(&'static str),
    /// A decade or a century, by its first digits.
    Decade(i16),
    Century(i16),
    /// The unit that holds the day of publication, or one before or after it: "last week", "today".
    Shift {
        by: i32,
        unit: Unit,
    },
    /// The nearest named thing before or after: "last Friday", "next May", "this summer".
    Toward {
        by: i32,
        fields: Fields,
    },
    /// "the weekend" (`None`), "last weekend".
    Weekend(Option<i32>),
    /// A holiday of this year, or of the one named.
    Holiday {
        rule: Holiday,
        year: Option<i16>,
        by: i32,
    },
    /// So much before or after something.
    Distance {
        count: Count,
        unit: Unit,
        later: bool,
        from: From,
    },
    /// The unit spoken of last, or the one before or after it: "that year", "the following day".
    Same {
        by: i32,
        unit: Unit,
    },
    /// The weekday before or after the day spoken of last: "the previous Friday".
    SameWeekday {
        by: i32,
        weekday: i8,
    },
    /// The quarter reported on: "the quarter", "the latest quarter".
    LatestQuarter,
    /// A stretch of time, as amounts of units.
    Duration(Vec<(Count, Unit)>),
    /// A repetition, by its TIMEX3 value.
    Set(String),
    /// `PAST_REF`, `PRESENT_REF` or `FUTURE_REF`.
    Reference(&'static str),
    /// A time of day alone.
    Clock,
}

/// A time within a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Clock {
    /// TIMEX3's code: `TMO`, `TAF`, `TEV`, `TNI`.
    Part(&'static str),
    At {
        hour: i8,
        minute: Option<i8>,
        utc: bool,
    },
}
