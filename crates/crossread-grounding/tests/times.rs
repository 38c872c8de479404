//! Times in short invented reports: what is found, with its TIMEX3 value and its EDTF date.

use crossread_base::ReportId;
use crossread_record::{Date, Flag, Parsed, Report, Time};

fn read(published: Option<&str>, text: &str) -> (Vec<Time>, Vec<Flag>) {
    let report = Report {
        published: published.map(Date::of_field),
        ..Report::plain(ReportId::new(&[0; 32], None), text)
    };
    crossread_grounding::time::find(&report, &Parsed::default())
}

/// Checks a sentence published on Thursday, 24 August 2017: words, TIMEX3 value, EDTF.
#[track_caller]
fn on_thursday(text: &str, expected: &[(&str, &str, Option<&str>)]) {
    let (times, _) = read(Some("2017-08-24"), text);
    let found: Vec<_> = times
        .iter()
        .map(|time| {
            (time.span.text(text), time.timex.as_deref().unwrap_or("-"), time.edtf.as_deref())
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// Checks a sentence of a report without a date: words and TIMEX3 value, nothing anchored.
#[track_caller]
fn undated(text: &str, expected: &[(&str, &str)]) {
    let (times, _) = read(None, text);
    let found: Vec<_> = times
        .iter()
        .map(|time| (time.span.text(text), time.timex.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn weekdays_follow_the_tense() {
    on_thursday(
        "The push on Hallow started on Saturday.",
        &[("Saturday", "2017-08-19", Some("2017-08-19"))],
    );
    on_thursday(
        "The council will meet on Saturday.",
        &[("Saturday", "2017-08-26", Some("2017-08-26"))],
    );
    on_thursday(
        "It was shelled last Friday.",
        &[("last Friday", "2017-08-18", Some("2017-08-18"))],
    );
    on_thursday("They talk next Tuesday.", &[("next Tuesday", "2017-08-29", Some("2017-08-29"))]);
    on_thursday(
        "Shells fell last Friday night.",
        &[("last Friday night", "2017-08-18TNI", Some("2017-08-18"))],
    );
    on_thursday("\"Enough,\" he said Thursday.", &[("Thursday", "2017-08-24", Some("2017-08-24"))]);
}

#[test]
fn units_around_the_day_of_publication() {
    on_thursday(
        "He toured the front last week.",
        &[("last week", "2017-W33", Some("2017-08-14/2017-08-20"))],
    );
    on_thursday("The pass closed last October.", &[("last October", "2016-10", Some("2016-10"))]);
    on_thursday("It is to open next month.", &[("next month", "2017-09", Some("2017-09"))]);
    on_thursday("The town fell this year.", &[("this year", "2017", Some("2017"))]);
    on_thursday(
        "It rained yesterday morning.",
        &[("yesterday morning", "2017-08-23TMO", Some("2017-08-23"))],
    );
    on_thursday("They came last night.", &[("last night", "2017-08-23TNI", Some("2017-08-23"))]);
    on_thursday(
        "The dam broke earlier this month.",
        &[("earlier this month", "2017-08", Some("2017-08"))],
    );
    on_thursday("It froze last winter.", &[("last winter", "2017-WI", Some("2017-24"))]);
    on_thursday("They left ten days ago.", &[("ten days ago", "2017-08-14", Some("2017-08-14"))]);
    on_thursday("They left two months ago.", &[("two months ago", "2017-06", Some("2017-06"))]);
    on_thursday(
        "Talks took place over the weekend.",
        &[("the weekend", "2017-W33-WE", Some("2017-08-19/2017-08-20"))],
    );
}

#[test]
fn calendar_dates() {
    on_thursday(
        "The mosque fell on 5 May 2017.",
        &[("5 May 2017", "2017-05-05", Some("2017-05-05"))],
    );
    on_thursday("Marrow fell in June 2014.", &[("June 2014", "2014-06", Some("2014-06"))]);
    on_thursday("It ended on Aug. 3.", &[("Aug. 3", "2017-08-03", Some("2017-08-03"))]);
    on_thursday(
        "He was born on Dec. 2, 1956.",
        &[("Dec. 2, 1956", "1956-12-02", Some("1956-12-02"))],
    );
    on_thursday("It fell in late 2016.", &[("late 2016", "2016", Some("2016"))]);
    on_thursday("It was built in the 1990s.", &[("the 1990s", "199", Some("199X"))]);
    on_thursday("A fort of the 12th century.", &[("the 12th century", "11", Some("11XX"))]);
    on_thursday(
        "Profit fell in the third quarter of 2016.",
        &[("the third quarter of 2016", "2016-Q3", Some("2016-35"))],
    );
    on_thursday(
        "Profit fell in the third quarter of fiscal 2016 and the fourth quarter of the fiscal year 2015.",
        &[
            ("the third quarter of fiscal 2016", "2016-Q3", Some("2016-35")),
            ("the fourth quarter of the fiscal year 2015", "2015-Q4", Some("2015-36")),
        ],
    );
    undated("The gate shuts at 24:00, not at 24:30.", &[("24:00", "XXXX-XX-XXT24:00")]);
    on_thursday("The log says 2017-08-19.", &[("2017-08-19", "2017-08-19", Some("2017-08-19"))]);
    on_thursday(
        "Fighting lasted from May 3 to 5.",
        &[("May 3", "2017-05-03", Some("2017-05-03")), ("5", "2017-05-05", Some("2017-05-05"))],
    );
    on_thursday(
        "It stood on ٢٤ August ٢٠١٧.",
        &[("٢٤ August ٢٠١٧", "2017-08-24", Some("2017-08-24"))],
    );
    on_thursday(
        "Changed: Thursday، 24 August 2017",
        &[("Thursday، 24 August 2017", "2017-08-24", Some("2017-08-24"))],
    );
}

#[test]
fn times_of_day() {
    on_thursday(
        "It struck at 10:30 a.m. Tuesday.",
        &[("10:30 a.m. Tuesday", "2017-08-22T10:30", Some("2017-08-22T10:30"))],
    );
    on_thursday(
        "The quake came at 0735 GMT.",
        &[("0735 GMT", "2017-08-24T07:35Z", Some("2017-08-24T07:35Z"))],
    );
    on_thursday(
        "It struck at 1353 (1023 GMT) and was felt far away.",
        &[
            ("1353", "2017-08-24T13:53", Some("2017-08-24T13:53")),
            ("1023 GMT", "2017-08-24T10:23Z", Some("2017-08-24T10:23Z")),
        ],
    );
    on_thursday("It was called off after 12 hours of talks.", &[("12 hours", "PT12H", None)]);
    on_thursday(
        "The truce begins at noon.",
        &[("noon", "2017-08-24T12:00", Some("2017-08-24T12:00"))],
    );
}

#[test]
fn stretches_and_repetitions() {
    on_thursday("The siege went on for two years.", &[("two years", "P2Y", None)]);
    on_thursday("The army lost ground over the past weeks.", &[("the past weeks", "PXW", None)]);
    on_thursday("Over the last few weeks it rained.", &[("the last few weeks", "PXW", None)]);
    on_thursday(
        "They marched for two and a half days.",
        &[("two and a half days", "P2DT12H", None)],
    );
    on_thursday("They waited half an hour.", &[("half an hour", "PT30M", None)]);
    on_thursday("A two-week truce was signed.", &[("two-week", "P2W", None)]);
    on_thursday("It is shelled every day.", &[("every day", "P1D", None)]);
    on_thursday("They meet on Sundays.", &[("Sundays", "XXXX-WXX-7", None)]);
}

#[test]
fn what_is_told_after_another_time_is_anchored_in_it() {
    let text = "The bridge fell on 3 May 2016. Two days later the road was closed. The following year both were rebuilt.";
    let (times, _) = read(Some("2017-08-24"), text);
    let values: Vec<_> = times.iter().map(|time| time.timex.as_deref().unwrap()).collect();
    assert_eq!(values, ["2016-05-03", "2016-05-05", "2017"]);
    assert_eq!(times[1].anchor_span, Some(times[0].span));
    let text = "Marrow fell in June 2014. Since then nobody has returned.";
    let (times, _) = read(None, text);
    assert_eq!((times[1].span.text(text), times[1].timex.as_deref()), ("then", Some("2014-06")));
}

#[test]
fn without_a_day_of_publication_times_stay_relative() {
    undated("The push started on Saturday.", &[("Saturday", "XXXX-WXX-6")]);
    undated("He toured the front last week.", &[("last week", "XXXX-WXX")]);
    undated("It closed on October 31.", &[("October 31", "XXXX-10-31")]);
    undated("They left two weeks ago.", &[("two weeks ago", "PAST_REF")]);
    undated("It is now quiet.", &[("now", "PRESENT_REF")]);
    let (times, _) = read(None, "The push started on Saturday.");
    assert_eq!((&times[0].edtf, times[0].anchor), (&None, None));
}

#[test]
fn a_month_says_no_day() {
    // A publication date less exact than a day anchors nothing.
    let (times, _) = read(Some("2017-08"), "The push started on Saturday.");
    assert_eq!(times[0].timex.as_deref(), Some("XXXX-WXX-6"));
}

#[test]
fn numbers_that_are_no_years() {
    on_thursday("They have executed 1000 of their own men.", &[]);
    on_thursday("There are 1,000 men.", &[]);
    on_thursday("More than 2000 houses burned.", &[]);
    on_thursday("The fee is $1990.", &[]);
    on_thursday("May it end. They march on.", &[]);
    on_thursday("A 47-year-old man and his second wife.", &[]);
    on_thursday("The score was 25:61 at the end.", &[]);
}

#[test]
fn a_weekday_that_does_not_fit_gets_both_readings() {
    let (times, flags) = read(Some("2016-11-02"), "Trucks went north on Sunday, October 31.");
    assert_eq!(times[0].timex.as_deref(), Some("2016-10-31"));
    assert_eq!(times[0].alternatives, ["2016-10-30"]);
    assert_eq!(flags[0].kind, "weekday_mismatch");
    assert!(flags[0].note.contains("2016-10-31 is a Monday, not a Sunday"), "{}", flags[0].note);
    assert!(flags[0].note.contains("2016-10-30"), "{}", flags[0].note);
}

#[test]
fn a_weekday_without_a_year_says_in_which_years_it_fits() {
    let (times, flags) = read(None, "Trucks went north on Sunday, October 31.");
    assert_eq!(times[0].timex.as_deref(), Some("XXXX-10-31"));
    assert_eq!(flags[0].kind, "ambiguous_date");
    assert!(flags[0].note.contains("2004, 2010, 2021"), "{}", flags[0].note);
}

#[test]
fn days_that_are_in_no_calendar() {
    for text in ["It fell on 31 February 2017.", "It fell on June 31.", "It fell on 2017-02-30."] {
        let (times, flags) = read(Some("2017-08-24"), text);
        assert_eq!((times.len(), &times[0].timex, &times[0].edtf), (1, &None, &None), "{text}");
        assert_eq!(flags[0].kind, "impossible_date", "{text}");
    }
    let (times, _) = read(None, "It fell on 29 February 2016.");
    assert_eq!(times[0].timex.as_deref(), Some("2016-02-29"));
}

#[test]
fn two_orders_of_day_and_month() {
    let (times, flags) = read(None, "Filed 06.05.2017 at noon");
    assert_eq!(times[0].timex.as_deref(), Some("2017-05-06"));
    assert_eq!(times[0].alternatives, ["2017-06-05"]);
    assert_eq!(flags[0].kind, "ambiguous_date");
    let (times, flags) = read(None, "Filed 24/08/2017 in Hallow");
    assert_eq!(times[0].timex.as_deref(), Some("2017-08-24"));
    assert!(flags.is_empty());
    // The day of publication decides, where there is one.
    let (times, _) = read(Some("2017-05-07"), "Filed 05/06/2017 in Hallow");
    assert_eq!(times[0].timex.as_deref(), Some("2017-05-06"));
}
