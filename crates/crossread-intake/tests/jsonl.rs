//! Piles in JSON Lines.

use crossread_intake::read_capture;
use crossread_record::RegionKind;

const PILE: &str = r#"{"text": "Nine people died on Monday when a footbridge over the Marrow fell, the coast guard said.\n\n\u201cNobody is missing,\u201d said Ada Brandt, the mayor of Orvan.", "title": "Nine dead as bridge falls", "outlet": "Harbour Post", "url": "https://www.harbourpost.example/a/1", "published": "2021-05-03T08:10:00Z"}
{"text": "half a line
[1, 2]
{"url": "https://harbourpost.example/a/2"}

{"html": "<html><body><article><h1>Eleven dead as bridge falls</h1><p>Eleven people have died of their injuries, the hospital&#39;s director said on Tuesday evening.</p></article></body></html>", "published": "4 May 2021"}
"#;

#[test]
fn one_report_a_line_and_a_bad_line_is_told() {
    let reading = read_capture(PILE.as_bytes(), Some("pile.jsonl"));
    let told: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].starts_with("pile.jsonl:2: not JSON ("), "{told:#?}");
    assert_eq!(told[1], "pile.jsonl:3: not a JSON object");
    assert!(told[2].starts_with("pile.jsonl:4: neither"), "{told:#?}");

    let [first, second] = &reading.reports[..] else { panic!("{:#?}", reading.reports) };
    assert!(first.id.as_str().ends_with("#1") && second.id.as_str().ends_with("#2"));
    assert_eq!(first.path.as_deref(), Some("pile.jsonl"));
    let outlet = first.outlet.as_ref().unwrap();
    assert_eq!(
        (outlet.name.as_str(), outlet.domain.as_deref()),
        ("Harbour Post", Some("harbourpost.example"))
    );
    let published = first.published.as_ref().unwrap();
    assert_eq!((published.edtf.as_str(), published.basis.as_str()), ("2021-05-03T08:10Z", "field"));
    assert!(first.text.starts_with("Nine dead as bridge falls\n\nNine people died"));
    assert_eq!(first.regions[0].kind, RegionKind::Headline);
    assert_eq!(second.published.as_ref().unwrap().edtf, "2021-05-04");
    assert!(second.text.contains("the hospital's director"), "{}", second.text);
}

#[test]
fn words_lead_back_to_the_line_they_stand_in() {
    let reading = read_capture(PILE.as_bytes(), Some("pile.jsonl"));
    for report in &reading.reports {
        for words in ["bridge falls", "people", "director said"] {
            let Some(at) = report.text.find(words) else { continue };
            let run = report.map.iter().find(|r| r.text.holds(at as u32)).unwrap();
            let from = (run.capture.start + at as u32 - run.text.start) as usize;
            assert_eq!(&PILE[from..from + words.len()], words);
        }
        // Every run is the same words, or an escape.
        for run in &report.map {
            let raw = &PILE[run.capture.range()];
            let text = &report.text[run.text.range()];
            assert!(raw == text || raw.starts_with(['\\', '&']), "{text:?} from {raw:?}");
        }
    }
}

#[test]
fn the_same_reports_without_a_telling_name() {
    let reading = read_capture(PILE.as_bytes(), None);
    assert_eq!(reading.reports.len(), 2);
    assert_eq!(reading.problems[0].path, "input:2");
}
