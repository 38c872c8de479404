//! What kind of capture some bytes are, and the way to its reader.

use sha2::{Digest as _, Sha256};

use crate::{Limits, Problem, Reading, html, jsonl, plain};

/// A capture on its way to a reader.
pub(crate) struct Capture<'b> {
    pub(crate) bytes: &'b [u8],
    pub(crate) sha256: [u8; 32],
    pub(crate) path: Option<&'b str>,
    pub(crate) limits: &'b Limits,
}

impl Capture<'_> {
    /// What the capture is called in problems.
    pub(crate) fn name(&self) -> &str {
        self.path.unwrap_or("input")
    }

    pub(crate) fn problem(&self, what: impl Into<String>) -> Problem {
        Problem::new(self.name(), what)
    }

    /// A problem at a line, counted from 1.
    pub(crate) fn problem_at(&self, line: usize, what: impl Into<String>) -> Problem {
        Problem::new(format!("{}:{line}", self.name()), what)
    }
}

/// Reads the reports of one capture, within the default [`Limits`]. `path` is where it came from, for its name, its
/// kind and the errors.
pub fn read_capture(bytes: &[u8], path: Option<&str>) -> Reading {
    read_capture_with(bytes, path, &Limits::default())
}

/// Reads the reports of one capture.
///
/// The kind of capture is told by its bytes first and by the ending of `path` where they leave a choice. The same
/// bytes and path give the same reports.
pub fn read_capture_with(bytes: &[u8], path: Option<&str>, limits: &Limits) -> Reading {
    let mut reading = read_kind(bytes, path, limits);
    if reading.reports.is_empty() && reading.problems.is_empty() {
        reading.problems.push(Problem::new(path.unwrap_or("input"), EMPTY));
    }
    reading
}

const EMPTY: &str = "empty: nothing to read";

fn read_kind(bytes: &[u8], path: Option<&str>, limits: &Limits) -> Reading {
    let capture = Capture { bytes, sha256: Sha256::digest(bytes).into(), path, limits };
    let refused =
        |what: String| Reading { reports: Vec::new(), problems: vec![capture.problem(what)] };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refused(EMPTY.into());
    }
    if bytes.len() as u64 > capture.limits.file_bytes || u32::try_from(bytes.len()).is_err() {
        return refused(format!("larger than the limit of {} bytes a file", limits.file_bytes));
    }
    if let Some(kind) = not_text(bytes) {
        return refused(format!("not text ({kind})"));
    }
    if is_jsonl(&capture) {
        return jsonl::read(&capture);
    }
    if bytes.len() > capture.limits.report_bytes {
        return refused(format!("larger than the limit of {} bytes a report", limits.report_bytes));
    }
    if is_html(&capture) { html::read(&capture) } else { plain::read(&capture) }
}

/// Whether a capture is JSON: its name says so, or it begins as an object does and its first line is one.
fn is_jsonl(capture: &Capture<'_>) -> bool {
    let named = capture.path.is_some_and(|path| {
        let path = path.to_ascii_lowercase();
        [".jsonl", ".ndjson", ".json"].iter().any(|end| path.ends_with(end))
    });
    let bytes =
        capture.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(capture.bytes).trim_ascii_start();
    let line = memchr::memchr(b'\n', bytes).map_or(bytes, |end| &bytes[..end]);
    named
        || bytes.starts_with(b"{")
            && line.len() <= capture.limits.report_bytes
            && serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line).is_ok()
}

/// Whether a capture is a page: it begins as pages do, or its name says so and a tag is in it.
fn is_html(capture: &Capture<'_>) -> bool {
    let head = &capture.bytes[..capture.bytes.len().min(2_048)];
    let head = String::from_utf8_lossy(head).replace('\0', "").to_ascii_lowercase();
    let start = head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    let begins = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<!--",
        "<meta",
        "<title",
        "<div",
        "<p>",
        "<h1",
        "<script",
    ]
    .iter()
    .any(|tag| start.starts_with(tag));
    let xml = start.starts_with("<?xml") && (head.contains("<html") || head.contains("xhtml"));
    let named = capture.path.is_some_and(|path| {
        let path = path.to_ascii_lowercase();
        [".html", ".htm", ".xhtml", ".html.gz"].iter().any(|end| path.ends_with(end))
    });
    begins || xml || named && memchr::memchr(b'<', capture.bytes).is_some()
}

/// What bytes are that are no text, where they are none.
fn not_text(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 12] = [
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or office document"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"\x89PNG", "a PNG picture"),
        (b"GIF8", "a GIF picture"),
        (b"RIFF", "a RIFF picture, sound or video"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x7FELF", "a program"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"ID3", "a sound recording"),
        (b"{\\rtf", "a rich text document"),
        (b"7z\xBC\xAF", "a 7z archive"),
    ];
    if let Some((_, kind)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(kind);
    }
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if !utf16 && memchr::memchr(0, bytes).is_some() {
        return Some("it holds NUL bytes");
    }
    // Escape sequences and form feeds occur in text; a tenth of control characters does not.
    let head = &bytes[..bytes.len().min(64 << 10)];
    let control = head
        .iter()
        .filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B))
        .count();
    (!utf16 && control * 10 > head.len()).then_some("mostly control characters")
}
