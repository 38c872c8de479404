//! Whatever a report holds, times and amounts are found without a panic, in order, inside the text.

use std::time::{Duration, Instant};

use crossread_base::{ReportId, Span};
use crossread_record::{Date, Parsed, Report, Sentence, Token};
use proptest::prelude::*;

fn report(text: &str, published: Option<&str>) -> Report {
    Report {
        published: published.map(Date::of_field),
        ..Report::plain(ReportId::new(&[0; 32], None), text)
    }
}

/// Reads the text and checks what holds of any record.
fn check(text: &str, published: Option<&str>, parsed: &Parsed) {
    let report = report(text, published);
    let (times, flags) = crossread_grounding::time::find(&report, parsed);
    let (quantities, unread) = crossread_grounding::quantity::find(&report, parsed, &times);
    let spans = |spans: Vec<Span>| {
        for span in &spans {
            assert!(!span.text(text).is_empty(), "{span:?} of {text:?}");
        }
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{spans:?} of {text:?}");
    };
    spans(times.iter().map(|time| time.span).collect());
    spans(quantities.iter().map(|quantity| quantity.span).collect());
    for quantity in &quantities {
        assert!(
            quantity.min.is_none_or(f64::is_finite) && quantity.max.is_none_or(f64::is_finite),
            "{quantity:?}"
        );
        if let (Some(min), Some(max)) = (quantity.min, quantity.max) {
            assert!(min <= max, "{quantity:?} of {text:?}");
        }
        assert!(quantity.same_as.is_none_or(|index| (index as usize) < quantities.len()));
        assert!(
            !times.iter().any(|time| time.span.overlaps(quantity.span)),
            "{quantity:?} of {text:?}"
        );
    }
    for flag in flags {
        assert!(times.iter().any(|time| Some(time.span) == flag.span));
    }
    for flag in unread {
        assert!(flag.span.is_some_and(|span| !span.text(text).is_empty()), "{flag:?}");
    }
}

/// A parse of any shape: tokens at white space, heads and tags at random.
fn parse_of(text: &str, seeds: &[u32]) -> Parsed {
    const TAGS: [&str; 8] = ["NN", "NNS", "VBD", "MD", "IN", "CD", "NNP", "JJ"];
    let seed = |index: usize| seeds.get(index % seeds.len().max(1)).copied().unwrap_or(0);
    let mut tokens = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        if !word.is_empty() {
            let index = tokens.len();
            tokens.push(Token {
                span: Span::of(at..at + word.len()),
                lemma: word.chars().take(9).collect::<String>().into(),
                tag: TAGS[seed(index) as usize % TAGS.len()].into(),
                pos: "X".into(),
                morph: "".into(),
                head: seed(index + 1),
                dep: if seed(index) % 3 == 0 { "aux" } else { "nummod" }.into(),
                ent: "O".into(),
            });
        }
        at += part.len();
    }
    let sentence =
        Sentence { span: Span::of(0..text.len()), region: None, tokens: 0..tokens.len() as u32 };
    Parsed { sentences: vec![sentence], tokens }
}

/// Texts made of the words the grammars know.
fn soup() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "Sunday",
        "October",
        "31",
        "May",
        "may",
        "the",
        "last",
        "next",
        "past",
        "week",
        "weeks",
        "a",
        "year",
        "ago",
        "earlier",
        "10",
        ":",
        "30",
        "a.m.",
        "2017",
        "1,000",
        "0",
        "00",
        "99999",
        "-",
        "-",
        "/",
        ".",
        ",",
        "'",
        "s",
        "third",
        "quarter",
        "million",
        "hundred",
        "thousand",
        "and",
        "half",
        "two",
        "twenty",
        "three",
        "$",
        "%",
        "percent",
        "km",
        "miles",
        "at",
        "least",
        "more",
        "than",
        "between",
        "to",
        "or",
        "of",
        "people",
        "killed",
        "dozens",
        "several",
        "tens",
        "one",
        "in",
        "five",
        "old",
        "from",
        "rose",
        "fell",
        "by",
        "(",
        ")",
        "€",
        "£",
        "½",
        "early",
        "late",
        "mid",
        "every",
        "each",
        "now",
        "then",
        "since",
        "that",
        "day",
        "following",
        "Christmas",
        "Easter",
        "fiscal",
        "winter",
        "1990s",
        "٣",
        "،",
        "+",
        "plus",
        "another",
        "total",
        "toll",
        "12th",
        "century",
        "minus",
        "February",
        "29",
        "GMT",
        "no",
        "point",
        "dozen",
        "the year",
    ];
    proptest::collection::vec((proptest::sample::select(WORDS), any::<bool>()), 0..24).prop_map(
        |words| {
            words
                .into_iter()
                .map(|(word, space)| if space { format!("{word} ") } else { word.to_owned() })
                .collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,80}") {
        check(&text, Some("2017-08-24"), &Parsed::default());
    }

    #[test]
    fn any_words_we_know(text in soup(), seeds in proptest::collection::vec(0u32..40, 1..12)) {
        for published in [None, Some("2016-02-29"), Some("0001-01-01"), Some("9999-12-31")] {
            check(&text, published, &Parsed::default());
        }
        check(&text, Some("2017-08-24"), &parse_of(&text, &seeds));
    }
}

#[test]
fn odd_numbers_and_endless_words() {
    let digits = "9".repeat(400);
    let word = "x".repeat(10_000);
    for text in [
        format!("{digits} people died in {digits}."),
        format!("The {word} killed 12 {word}."),
        format!("{digits} years ago, {digits} weeks later, ${digits}, {digits}.{digits}%"),
        "31 February 0000, 00/00/0000, 99/99/9999, 25:61, 0000-00-00".into(),
        "99999999 decades ago, 999999999999 centuries later".into(),
        "Last ٢٤، ۲۰۱۷ and ２０１７".into(),
    ] {
        check(&text, Some("2017-08-24"), &Parsed::default());
        check(&text, None, &Parsed::default());
    }
}

/// Every text: what each time is (none: no value), the amounts, and the reason that is given.
#[test]
fn what_cannot_be_is_unknown_with_a_reason() {
    let nines = "9".repeat(400);
    let long = format!("{nines} people died.");
    type Case<'a> = (&'a str, &'a [(&'a str, Option<&'a str>)], &'a [&'a str], Option<&'a str>);
    let cases: &[Case<'_>] = &[
        ("It fell in the year 0.", &[("0", None)], &[], Some("no year 0")),
        ("It will fall in the year 99999.", &[("99999", None)], &[], Some("after 9999")),
        ("It fell in 10000 BC.", &[("10000 BC", None)], &[], Some("before our era")),
        (
            "He left on 31 February 2017.",
            &[("31 February 2017", None)],
            &[],
            Some("no 31 February"),
        ),
        ("He left on 32 May 2017.", &[("32 May 2017", None)], &[], Some("so many days")),
        ("He left on 13/13/2017.", &[("13/13/2017", None)], &[], Some("no order of day")),
        ("He left at 25:61.", &[("25:61", None)], &[], Some("no time of day")),
        (&long, &[], &[], Some("more than 16 digits")),
        (
            "On Thursday، ٢٤ August ٢٠١٧ it fell on ١٢ people.",
            &[("Thursday، ٢٤ August ٢٠١٧", Some("2017-08-24"))],
            &["١٢"],
            None,
        ),
    ];
    for (text, times, amounts, why) in cases {
        let report = report(text, Some("2017-08-30"));
        let grounded = crossread_grounding::ground(&report, &Parsed::default());
        let found: Vec<(&str, Option<&str>)> = grounded
            .times
            .iter()
            .map(|time| (time.span.text(text), time.timex.as_deref()))
            .collect();
        assert_eq!(&found, times, "{text}");
        let counted: Vec<&str> = grounded.quantities.iter().map(|q| q.span.text(text)).collect();
        assert_eq!(&counted, amounts, "{text}");
        let notes: Vec<&str> = grounded.flags.iter().map(|flag| flag.note.as_str()).collect();
        match why {
            Some(why) => assert!(notes.iter().any(|note| note.contains(why)), "{text} {notes:?}"),
            None => assert!(notes.is_empty(), "{text} {notes:?}"),
        }
    }
}

/// Each of these made an earlier cut of some reader quadratic, or would make a careless one.
#[test]
fn the_cost_grows_with_the_text() {
    for piece in [
        "million ",
        "two thousand ",
        "1,000,",
        "10:30 ",
        "1-",
        "at least ",
        "between ",
        "the past ",
        "a few ",
        "last ",
        "one hundred and ",
        "the the ",
        "May 5 ",
        "of the ",
        "12 big ",
        "two days and ",
        "\u{2019}",
        "more than some about ",
        "8- and ",
        "aged 8 and 9, ",
    ] {
        let text = piece.repeat(5_000);
        let parsed = Parsed {
            sentences: vec![Sentence { span: Span::of(0..text.len()), region: None, tokens: 0..0 }],
            tokens: Vec::new(),
        };
        let start = Instant::now();
        check_only(&text, &parsed);
        // Far above what a linear reader needs even unoptimised, far below what a quadratic one does.
        assert!(start.elapsed() < Duration::from_secs(20), "{piece:?} took {:?}", start.elapsed());
    }
}

fn check_only(text: &str, parsed: &Parsed) {
    let report = report(text, Some("2017-08-24"));
    let (times, _) = crossread_grounding::time::find(&report, parsed);
    crossread_grounding::quantity::find(&report, parsed, &times);
}
