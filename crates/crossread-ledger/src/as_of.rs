//! What could be known at a moment: of a pile, the reports that were out by then, and why each other one was not.

use crossread_base::ReportId;
use crossread_record::{Date, Record, Report};

use crate::rules::time::Stretch;

/// A moment to look back to: the end of a day, month, year or minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    edtf: String,
    stretch: Stretch,
}

/// What was given is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no date: give one as 2025-05-04, 2025-05 or 2025-05-04T21:40")]
pub struct NoMoment(String);

impl Moment {
    /// The date as it was given, EDTF.
    pub fn edtf(&self) -> &str {
        &self.edtf
    }
}

impl std::str::FromStr for Moment {
    type Err = NoMoment;

    /// Reads an EDTF date (`2025-05-04`), month, year, minute, or interval, of which the end counts.
    fn from_str(text: &str) -> Result<Self, NoMoment> {
        let edtf = text.trim().replace(' ', "T");
        let stretch = Stretch::of(&edtf).ok_or_else(|| NoMoment(text.to_owned()))?;
        Ok(Self { edtf, stretch })
    }
}

/// Why a report was not known at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotYet {
    /// It was published later.
    Later,
    /// It was published by then and changed later; the words of then are not in the pile.
    ChangedLater,
    /// Its date can be read in two ways, or is stated so widely, that it may be later.
    MaybeLater,
    /// It states no date.
    Undated,
}

/// A report that was not known, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its name.
    pub report: ReportId,
    /// Why.
    pub why: NotYet,
}

/// Splits records into those known at a moment and what is left out; both in the order given.
///
/// A date is known by its end: a report of "May 2017" may be of its last day. Where a report says when it was changed,
/// that day counts too, since the words read here are those of the change.
pub fn known_by(records: Vec<Record>, moment: &Moment) -> (Vec<Record>, Vec<Missing>) {
    let mut missing = Vec::new();
    let known = records
        .into_iter()
        .filter(|record| match not_yet(&record.report, moment) {
            None => true,
            Some(why) => {
                missing.push(Missing { report: record.report.id.clone(), why });
                false
            }
        })
        .collect();
    (known, missing)
}

/// Why a report was not known at a moment; `None` where it was.
pub fn not_yet(report: &Report, moment: &Moment) -> Option<NotYet> {
    let by = |date: &Date| placed(date, moment);
    let published = report.published.as_ref().map(by);
    let updated = report.updated.as_ref().map(by);
    match (published, updated) {
        (None | Some(Placed::Nowhere), None | Some(Placed::Nowhere)) => Some(NotYet::Undated),
        (Some(Placed::After), _) | (None | Some(Placed::Nowhere), Some(Placed::After)) => {
            Some(NotYet::Later)
        }
        (Some(_), Some(Placed::After)) => Some(NotYet::ChangedLater),
        (Some(Placed::Across), _) | (_, Some(Placed::Across)) => Some(NotYet::MaybeLater),
        _ => None,
    }
}

/// Where a date lies to a moment.
enum Placed {
    By,
    Across,
    After,
    Nowhere,
}

fn placed(date: &Date, moment: &Moment) -> Placed {
    let readings = std::iter::once(&date.edtf).chain(&date.alternatives);
    // A clock of another time zone is set aside: its day is the paper's own.
    let stretches: Vec<Stretch> = readings
        .filter_map(|edtf| {
            Stretch::of(edtf)
                .or_else(|| Stretch::of(edtf.split_once('T').map_or("", |(day, _)| day)))
        })
        .collect();
    if stretches.is_empty() {
        Placed::Nowhere
    } else if stretches.iter().all(|stretch| stretch.end <= moment.stretch.end) {
        Placed::By
    } else if stretches.iter().all(|stretch| stretch.start >= moment.stretch.end) {
        Placed::After
    } else {
        Placed::Across
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(edtf: &str, alternatives: &[&str]) -> Option<Date> {
        (!edtf.is_empty()).then(|| Date {
            edtf: edtf.to_owned(),
            basis: "stamp".to_owned(),
            span: None,
            inferred: false,
            alternatives: alternatives.iter().map(|other| (*other).to_owned()).collect(),
        })
    }

    fn report(published: &str, alternatives: &[&str], updated: &str) -> Report {
        Report {
            published: date(published, alternatives),
            updated: date(updated, &[]),
            ..Report::plain(ReportId::new(&[7; 32], None), "")
        }
    }

    fn why(published: &str, updated: &str, moment: &str) -> Option<NotYet> {
        not_yet(&report(published, &[], updated), &moment.parse().unwrap())
    }

    #[test]
    fn a_report_is_known_by_the_end_of_its_date() {
        assert_eq!(why("2017-05", "", "2017-05-31"), None);
        assert_eq!(why("2017-05", "", "2017-05"), None);
        assert_eq!(why("2017-05", "", "2017-05-20"), Some(NotYet::MaybeLater));
        assert_eq!(why("2017-05/2017-06", "", "2017-05-31"), Some(NotYet::MaybeLater));
        assert_eq!(why("2025-05-04T21:40", "", "2025-05-04"), None);
        assert_eq!(why("2025-05-04T21:40", "", "2025-05-04T21:00"), Some(NotYet::Later));
        assert_eq!(why("2025-05-05", "", "2025-05-04"), Some(NotYet::Later));
    }

    #[test]
    fn what_was_changed_later_was_not_known_in_these_words() {
        assert_eq!(why("2025-05-04", "2025-05-06", "2025-05-05"), Some(NotYet::ChangedLater));
        assert_eq!(why("2025-05-04", "2025-05-06", "2025-05-06"), None);
        assert_eq!(why("", "2025-05-04", "2025-05-05"), None);
        assert_eq!(why("", "2025-05-06", "2025-05-05"), Some(NotYet::Later));
    }

    #[test]
    fn no_date_is_no_early_date() {
        assert_eq!(why("", "", "2525-01-01"), Some(NotYet::Undated));
        assert_eq!(why("no date", "", "2525-01-01"), Some(NotYet::Undated));
    }

    #[test]
    fn a_date_of_two_readings_is_known_by_the_later() {
        let sixth_of_may = report("2017-05-06", &["2017-06-05"], "");
        let by = |moment: &str| not_yet(&sixth_of_may, &moment.parse().unwrap());
        assert_eq!(by("2017-05-20"), Some(NotYet::MaybeLater));
        assert_eq!(by("2017-06-05"), None);
        assert_eq!(by("2017-05-01"), Some(NotYet::Later));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        assert!("yesterday".parse::<Moment>().is_err());
        assert!("".parse::<Moment>().is_err());
        assert_eq!("2025-05-04 21:40".parse::<Moment>().unwrap().edtf(), "2025-05-04T21:40");
    }
}
