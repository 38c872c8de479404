//! Plain text: the decoded capture is the report's text.

use crossread_base::{ReportId, Span};
use crossread_record::Flag;

use crate::capture::Capture;
use crate::decode::{Decoded, decode};
use crate::furnish::{Known, Sheet, furnish};
use crate::{Problem, Reading, regions};

/// Reads a plain text as one report.
pub(crate) fn read(capture: &Capture<'_>) -> Reading {
    let decoded = decode(capture.bytes, None);
    let mut reading = Reading::default();
    let flags = undecoded(capture, &decoded, &mut reading.problems);
    let regions = regions::regions(&decoded.text);
    if regions.is_empty() {
        return reading;
    }
    reading.reports.push(furnish(Sheet {
        id: ReportId::new(&capture.sha256, None),
        path: capture.path.map(str::to_owned),
        media_type: "text/plain",
        text: decoded.text,
        map: decoded.map,
        regions,
        flags,
        known: Known::default(),
    }));
    reading
}

/// Tells of bytes that are not in the charset, and of a charset that was guessed.
pub(crate) fn undecoded(
    capture: &Capture<'_>,
    decoded: &Decoded,
    problems: &mut Vec<Problem>,
) -> Vec<Flag> {
    let Some(at) = decoded.malformed else { return Vec::new() };
    let line =
        1 + memchr::memchr_iter(b'\n', &capture.bytes[..at.min(capture.bytes.len())]).count();
    let (kind, what) = match decoded.guessed {
        Some(charset) => (
            "guessed_charset",
            format!("byte {at} is not UTF-8 and no charset is declared: read as {charset}"),
        ),
        None => ("invalid_utf8", format!("byte {at} is not in the text's charset: read as U+FFFD")),
    };
    problems.push(capture.problem_at(line, what.clone()));
    let span = decoded.text.find('\u{FFFD}').map(|at| Span::of(at..at + 3));
    vec![Flag { kind: kind.to_owned(), span, note: what }]
}
