//! JSON Lines: one report a line, `{"text" | "html", "url", "title", "outlet", "published"}`.
//!
//! A line that is not such an object is told, with its number, and the rest is read. An array of such objects, or
//! one object over several lines, is read the same way.

use crossread_base::{ReportId, Span};
use crossread_record::{MapRun, Region, RegionKind, Report};
use serde_json::{Map, Value};

use crate::capture::Capture;
use crate::decode::push_run;
use crate::furnish::{Known, Sheet, furnish};
use crate::html::{Page, read_page};
use crate::{Reading, headline, plain, regions};

const MEDIA_TYPE: &str = "application/x-ndjson";

/// Reads a capture of JSON Lines.
pub(crate) fn read(capture: &Capture<'_>) -> Reading {
    let decoded = crate::decode::decode(capture.bytes, Some("utf-8"));
    let mut reading = Reading::default();
    plain::undecoded(capture, &decoded, &mut reading.problems);
    let source = &decoded.text;
    if let Some(found) = whole(source) {
        for fields in &found {
            one(capture, &mut reading, fields, 1, None);
        }
        return reading;
    }
    let mut start = 0;
    for (number, line) in source.split_inclusive('\n').enumerate() {
        let from = start;
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let number = number + 1;
        if reading.reports.len() >= capture.limits.reports {
            let what = format!(
                "more than the limit of {} reports a file: the rest is not read",
                capture.limits.reports
            );
            reading.problems.push(capture.problem_at(number, what));
            break;
        }
        if line.len() > capture.limits.report_bytes {
            let what =
                format!("longer than the limit of {} bytes a report", capture.limits.report_bytes);
            reading.problems.push(capture.problem_at(number, what));
            continue;
        }
        match serde_json::from_str::<Value>(line.trim()) {
            Ok(Value::Object(fields)) => {
                let raw = Raw { source, line: Span::of(from..start), decoding: &decoded.map };
                one(capture, &mut reading, &fields, number, Some(&raw));
            }
            Ok(_) => {
                reading.problems.push(capture.problem_at(number, "not a JSON object"));
            }
            Err(error) => {
                let what = format!("not JSON ({})", reason(&error));
                reading.problems.push(capture.problem_at(number, what));
            }
        }
    }
    reading
}

/// What serde_json says, less the line number, which is of the line alone.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let kept = text.split(" at line ").next().unwrap_or(&text);
    format!("{kept}, column {}", error.column())
}

/// The objects of a file that is one JSON array, or one object set over lines.
fn whole(source: &str) -> Option<Vec<Map<String, Value>>> {
    let text = source.trim();
    let first_line = text.lines().next()?.trim();
    let over_lines = first_line == "{" || text.starts_with('[');
    if !over_lines {
        return None;
    }
    match serde_json::from_str(text).ok()? {
        Value::Array(items) if items.iter().all(Value::is_object) => Some(
            items
                .into_iter()
                .filter_map(
                    |item| if let Value::Object(fields) = item { Some(fields) } else { None },
                )
                .collect(),
        ),
        Value::Object(fields) => Some(vec![fields]),
        _ => None,
    }
}

/// A line as it stands in the capture.
struct Raw<'s> {
    source: &'s str,
    line: Span,
    decoding: &'s [MapRun],
}

fn one(
    capture: &Capture<'_>,
    reading: &mut Reading,
    fields: &Map<String, Value>,
    line: usize,
    raw: Option<&Raw<'_>>,
) {
    let string = |keys: &[&str]| {
        keys.iter().find_map(|key| match fields.get(*key)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        })
    };
    let names = |keys: &[&str]| -> Vec<String> {
        keys.iter()
            .find_map(|key| match fields.get(*key)? {
                Value::String(name) => Some(vec![name.clone()]),
                Value::Array(names) => {
                    Some(names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
                }
                _ => None,
            })
            .unwrap_or_default()
    };
    let known = Known {
        url: string(&["url"]),
        outlet: string(&["outlet"]),
        byline: names(&["byline", "author", "authors"]),
        published: string(&["published"]).map(|words| (words, "field")),
        updated: string(&["updated"]).map(|words| (words, "field")),
        language: string(&["language"]),
    };
    let id = ReportId::new(&capture.sha256, Some(reading.reports.len() + 1));
    let path = capture.path.map(str::to_owned);
    let title = string(&["title"]);
    let report = match (string(&["text"]), string(&["html"])) {
        (Some(text), _) => text_report(id, path, text, title, known, raw),
        (None, Some(html)) => {
            if let Some(why) = crate::html::refusal(&html, capture.limits) {
                reading.problems.push(capture.problem_at(line, why));
                return;
            }
            let map = raw.map(|raw| field_map(raw, "html", &html)).unwrap_or_default();
            let page = Page {
                id,
                path,
                media_type: MEDIA_TYPE,
                html: &html,
                map: &map,
                flags: Vec::new(),
                known,
                title,
            };
            let (report, cut) = read_page(page, capture.limits);
            if cut {
                let what = format!(
                    "more than {} elements and texts: the rest of the page is not read",
                    capture.limits.html_nodes
                );
                reading.problems.push(capture.problem_at(line, what));
            }
            report
        }
        (None, None) => {
            reading
                .problems
                .push(capture.problem_at(line, "neither \"text\" nor \"html\" in this report"));
            return;
        }
    };
    for key in ["url", "title", "outlet", "published"] {
        if fields.get(key).is_some_and(|v| !v.is_string() && !v.is_null()) {
            reading.problems.push(capture.problem_at(line, format!("{key:?} is not a string")));
        }
    }
    if report.regions.is_empty() {
        reading.problems.push(capture.problem_at(line, "a report without text"));
        return;
    }
    reading.reports.push(report);
}

/// A report of a `text` field; the title goes before it as its headline, where the text has it not.
fn text_report(
    id: ReportId,
    path: Option<String>,
    body: String,
    title: Option<String>,
    known: Known,
    raw: Option<&Raw<'_>>,
) -> Report {
    let mut regions = regions::regions(&body);
    let mut map = raw.map(|raw| field_map(raw, "text", &body)).unwrap_or_default();
    let mut text = body;
    if let Some(title) = title.map(|t| t.trim().to_owned()) {
        let same = |region: &Region| headline::same(&title, region.span.text(&text));
        let heading = |kind| {
            matches!(
                kind,
                RegionKind::Headline
                    | RegionKind::Subhead
                    | RegionKind::Furniture
                    | RegionKind::Body
            )
        };
        if let Some(at) = regions.iter().take(4).position(|r| heading(r.kind) && same(r)) {
            // The field decides which line is the title.
            for (index, region) in regions.iter_mut().enumerate().take(at + 1) {
                if index == at {
                    region.kind = RegionKind::Headline;
                } else if region.kind == RegionKind::Headline {
                    region.kind = RegionKind::Furniture;
                }
            }
        } else {
            for region in &mut regions {
                if region.kind == RegionKind::Headline {
                    region.kind = RegionKind::Subhead;
                }
            }
            let by = u32::try_from(title.len() + 2).unwrap_or(u32::MAX);
            text = format!("{title}\n\n{text}");
            for region in &mut regions {
                region.span = region.span.shifted(by);
            }
            for run in &mut map {
                run.text = run.text.shifted(by);
            }
            let mut titled = raw.map(|raw| field_map(raw, "title", &title)).unwrap_or_default();
            titled.append(&mut map);
            map = titled;
            regions
                .insert(0, Region { kind: RegionKind::Headline, span: Span::of(0..title.len()) });
        }
    }
    furnish(Sheet {
        id,
        path,
        media_type: MEDIA_TYPE,
        text,
        map,
        regions,
        flags: Vec::new(),
        known,
    })
}

/// From the value of a string field to the capture's bytes. `value` may be trimmed.
fn field_map(raw: &Raw<'_>, key: &str, value: &str) -> Vec<MapRun> {
    let line = raw.line.text(raw.source);
    let Some(open) = value_at(line, key) else { return Vec::new() };
    let mut map = Vec::new();
    let mut at = open;
    // White space that was trimmed off the value.
    let mut wanted = value.chars().peekable();
    let mut text = 0usize;
    while wanted.peek().is_some() {
        let Some((c, length)) = character(&line[at..]) else { return map };
        if text == 0 && wanted.peek() != Some(&c) && c.is_whitespace() {
            at += length;
            continue;
        }
        if wanted.next() != Some(c) {
            return map;
        }
        let run = MapRun {
            text: Span::of(text..text + c.len_utf8()),
            capture: Span::of(at..at + length).shifted(raw.line.start),
        };
        push_run(&mut map, run);
        text += c.len_utf8();
        at += length;
    }
    crate::html::compose(map, raw.decoding)
}

/// The character at the head of the inside of a JSON string, and its length as written.
fn character(rest: &str) -> Option<(char, usize)> {
    let first = rest.chars().next()?;
    match first {
        '"' => None,
        '\\' => {
            let escape = rest.as_bytes().get(1)?;
            let plain = match escape {
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => {
                    let unit = |at: usize| u32::from_str_radix(rest.get(at..at + 4)?, 16).ok();
                    let high = unit(2)?;
                    if (0xD800..0xDC00).contains(&high) && rest.get(6..8) == Some("\\u") {
                        let low = unit(8)?;
                        let code = 0x10000 + ((high - 0xD800) << 10) + (low.checked_sub(0xDC00)?);
                        return Some((char::from_u32(code)?, 12));
                    }
                    return Some((char::from_u32(high)?, 6));
                }
                other => char::from(*other),
            };
            Some((plain, 2))
        }
        c => Some((c, c.len_utf8())),
    }
}

/// Where the inside of the string that `key` has begins, in a line that is a JSON object; the last one of that name,
/// as serde_json takes it.
fn value_at(line: &str, key: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let (mut depth, mut at, mut found) = (0i32, 0usize, None);
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b'"' => {
                let open = at + 1;
                at = open;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                let after = at + 1;
                let named = line.get(open..at) == Some(key);
                if depth == 1 && named {
                    let rest = line.get(after..).unwrap_or_default();
                    if let Some(value) = rest.trim_start().strip_prefix(':') {
                        let value = value.trim_start();
                        if value.starts_with('"') {
                            found = Some(line.len() - value.len() + 1);
                        }
                    }
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}
