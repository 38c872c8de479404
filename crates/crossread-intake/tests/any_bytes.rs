//! Nothing that is read is trusted: whatever the bytes, the reader comes back, and what it gives holds together.

use crossread_intake::{Limits, Reading, read_capture, read_capture_with};
use proptest::prelude::*;

/// What holds of every reading.
fn holds_together(reading: &Reading, bytes: &[u8]) {
    assert!(
        !reading.reports.is_empty() || !reading.problems.is_empty(),
        "nothing read and nothing told"
    );
    for report in &reading.reports {
        let mut at = 0;
        for region in &report.regions {
            let (start, end) = (region.span.start as usize, region.span.end as usize);
            assert!(
                at <= start && start < end,
                "regions overlap or are out of order: {:?}",
                report.regions
            );
            assert!(report.text.get(start..end).is_some(), "a region cuts a character");
            assert!(
                report.text[at..start].trim().is_empty(),
                "words in no region: {:?}",
                &report.text[at..start]
            );
            at = end;
        }
        assert!(
            report.text[at..].trim().is_empty(),
            "words in no region: {:?}",
            &report.text[at..]
        );
        let spans = report
            .byline
            .iter()
            .filter_map(|b| b.span)
            .chain(report.outlet.iter().filter_map(|o| o.span))
            .chain(report.credits.iter().map(|c| c.span))
            .chain(report.published.iter().chain(&report.updated).filter_map(|d| d.span))
            .chain(report.flags.iter().filter_map(|f| f.span));
        for span in spans {
            assert!(!span.text(&report.text).is_empty(), "a span of no words: {span:?}");
        }
        for run in &report.map {
            assert!(!run.text.text(&report.text).is_empty(), "a run of no words");
            assert!(run.capture.end as usize <= bytes.len(), "a run beyond the capture");
        }
        assert!(report.map.windows(2).all(|p| p[0].text.end <= p[1].text.start), "runs overlap");
    }
}

/// Pieces that pages, stamps and piles are made of, so that the odd ones meet.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "\n", "\n\n", "\r\n", " ", "- ", " — ", " | ", "،", "\u{a0}", "\u{200b}", "\u{feff}", "\u{2028}",
            "ORVAN (Reuters) - ", "Harbourpost- ", "By Ada Brandt", "by ", "4 Responses", "Leave a Reply", "Top stories", "Last Modified: ",
            "Thursday، 24 August 2017 11:09 PM", "06.05.2017", "31 February 2017", "25:61", "٣١/٠٢/٢٠١٧", "1 May 0000", "99999999999/1/1", "3 JAN 90",
            "Nine people died when the bridge over the Marrow fell on Monday, Reuters reports. ", "Nobody is missing.", "(AP)", "AFP: “x”", "© 2021 Harbour Post",
            "<html>", "<p>", "</p>", "<div class=\"comments\">", "</div>", "<article>", "<h1>", "</h1>", "<br>", "<b>", "<a href=x>", "</a>", "<ul><li>", "<script>", "</script>", "<!--", "-->", "&amp;", "&#x80;", "&nbsp", "&#1114112;", "<time datetime=\"2021-05-03\">", "<form>",
            "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":[[\"a\"]],\"articleBody\":\"", "<meta charset=utf-16>", "<svg><title>", "<template>", "<table><tr><td>", "<select><option>",
            "{\"text\": \"", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\", \"title\": \"", "\"}", "[", "]",
        ]).prop_map(str::to_owned),
        "\\PC{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        holds_together(&read_capture(&bytes, None), &bytes);
    }

    #[test]
    fn pieces_of_plain_text(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = format!("x{}", pieces.concat());
        holds_together(&read_capture(text.as_bytes(), Some("a.txt")), text.as_bytes());
    }

    #[test]
    fn pieces_of_a_page(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = format!("<html><body>{}", pieces.concat());
        holds_together(&read_capture(text.as_bytes(), Some("a.html")), text.as_bytes());
        // The same in a charset that has to be decoded.
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        holds_together(&read_capture(&wide, Some("a.html")), &wide);
    }

    #[test]
    fn pieces_of_a_pile(lines in prop::collection::vec(prop::collection::vec(piece(), 0..8), 0..6)) {
        let text: String = lines.iter().map(|l| l.concat() + "\n").collect();
        holds_together(&read_capture(text.as_bytes(), Some("a.jsonl")), text.as_bytes());
        let text: String = lines
            .iter()
            .map(|l| serde_json::json!({"title": "Bridge falls", "text": l.concat()}).to_string() + "\n")
            .collect();
        holds_together(&read_capture(text.as_bytes(), Some("a.jsonl")), text.as_bytes());
    }
}

#[test]
fn bad_input_is_told_by_name() {
    let told = |bytes: &[u8]| -> String {
        let reading = read_capture(bytes, Some("pile/odd"));
        assert!(reading.reports.is_empty());
        reading.problems.iter().map(|p| p.to_string() + "\n").collect()
    };
    assert_eq!(told(b""), "pile/odd: empty: nothing to read\n");
    assert_eq!(told(b" \n\n"), "pile/odd: empty: nothing to read\n");
    assert_eq!(told(b"\xFF\xD8\xFF\xE0photo"), "pile/odd: not text (a JPEG picture)\n");
    assert_eq!(told(b"Nine\0dead"), "pile/odd: not text (it holds NUL bytes)\n");
    assert_eq!(
        told(b"<html><body><script>x</script></body></html>"),
        "pile/odd: a page without text\n"
    );
}

#[test]
fn invalid_utf8_is_told_and_the_text_is_read_all_the_same() {
    let bytes = b"Bridge falls in Orvan\n\nNine people died on Monday when a footbridge fell \xC3\x28, the coast guard \xE2\x80\x9Csaid\xE2\x80\x9D on Monday.";
    let reading = read_capture(bytes, Some("a.txt"));
    assert_eq!(reading.problems.len(), 1);
    assert!(
        reading.problems[0].to_string().starts_with("a.txt:3: byte 73 is not in"),
        "{}",
        reading.problems[0]
    );
    assert!(reading.reports[0].text.contains("Nine people died"));
    holds_together(&reading, bytes);
}

#[test]
fn a_line_without_end_is_refused_by_a_stated_limit() {
    let line = "dead ".repeat(4_000_000);
    let reading = read_capture(line.as_bytes(), Some("long.txt"));
    assert!(
        reading.problems[0].what.contains("limit of 8388608 bytes a report"),
        "{}",
        reading.problems[0]
    );
    let wide = Limits { report_bytes: 1 << 30, ..Limits::default() };
    assert_eq!(read_capture_with(line.as_bytes(), Some("long.txt"), &wide).reports.len(), 1);
}

/// Nesting, unclosed formatting, endless lists of dates: the time stays in step with the length.
#[test]
fn hostile_shapes_are_read_in_good_time() {
    let start = std::time::Instant::now();
    for text in [
        format!("<html><body>{}Nine dead", "<div>".repeat(20_000)),
        format!("<html><body>{}<p>Nine people died.</p>", "<b><i><a href=x>".repeat(3_000)),
        format!("<html><body>{}", "<p>&amp;".repeat(6_000)),
        format!("<html><body>{}", "<p class=author>By Ada Brandt 3 May 2021</p>".repeat(1_000)),
        "06.05.2017 ".repeat(10_000),
        "06.05.2017\n".repeat(10_000),
        "By Ada Brandt\n\n".repeat(6_000),
        "Reuters reports\n\n".repeat(6_000),
        "- ".repeat(40_000),
        "(((((".repeat(20_000),
        "[".repeat(100_000),
        format!("{{\"text\": {}", "[".repeat(100_000)),
    ] {
        let reading = read_capture(text.as_bytes(), None);
        holds_together(&reading, text.as_bytes());
        let short: String = text.chars().take(40).collect();
        assert!(start.elapsed().as_secs() < 60, "too slow at {short:?}");
    }
}
