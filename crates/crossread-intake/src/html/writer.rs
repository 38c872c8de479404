//! The readable text in the making, with its way back to the page's bytes.
//!
//! The parser gives no positions, so each text is looked for in the source, forwards from the last one found: the
//! same characters, entities decoded, between one tag and the next.

use crossread_base::Span;
use crossread_record::MapRun;

use crate::decode::push_run;

/// How far ahead of the last text found the next is looked for, in bytes.
const AHEAD: usize = 512 << 10;
/// How many texts may fail to be found before the search is given up; each failure costs a walk of [`AHEAD`] bytes.
const FAILURES: u32 = 64;

/// Where each text stands in the source.
pub(crate) struct Finder<'s> {
    source: &'s str,
    at: usize,
    failures: u32,
}

impl<'s> Finder<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        Self { source, at: 0, failures: 0 }
    }

    /// The place of a text's first byte that is not white space. Texts are asked for in order of the page.
    pub(crate) fn find(&mut self, text: &str) -> Option<usize> {
        let words = text.trim();
        if words.is_empty() || self.failures >= FAILURES {
            return None;
        }
        // The longest opening that stands in the source as it is, whatever is escaped later.
        let opening = words
            .split(['&', '<', '>', '\n', '\r', '\u{a0}', '"', '\''])
            .next()
            .unwrap_or_default();
        let opening = match opening.char_indices().nth(24) {
            Some((cut, _)) => &opening[..cut],
            None => opening,
        };
        let mut limit = (self.at + AHEAD).min(self.source.len());
        while !self.source.is_char_boundary(limit) {
            limit -= 1;
        }
        let mut from = self.at;
        let starts: &mut dyn FnMut(usize) -> Option<usize> = &mut |from: usize| {
            if opening.trim_end().len() >= 2 {
                memchr::memmem::find(
                    &self.source.as_bytes()[from..limit],
                    opening.trim_end().as_bytes(),
                )
                .map(|at| from + at)
            } else {
                // An entity first: try behind each tag.
                memchr::memchr(b'>', &self.source.as_bytes()[from..limit]).map(|at| from + at + 1)
            }
        };
        let mut tries = 0;
        while let Some(start) = starts(from) {
            tries += 1;
            if tries > 4_000 {
                break;
            }
            let start_trimmed =
                start + (self.source[start..].len() - self.source[start..].trim_start().len());
            let behind_tag = self.source[..start].trim_end().ends_with('>')
                || self.source[..start].trim_end().ends_with(';');
            if behind_tag
                && let Some(end) = walk(self.source, start_trimmed, words, &mut |_, _, _| {})
            {
                self.at = end;
                return Some(start_trimmed);
            }
            let Some(c) = self.source[start..limit].chars().next() else { break };
            from = start + c.len_utf8();
        }
        self.failures += 1;
        None
    }
}

/// Goes through `text` and the source from `at` together. `each` gets each character with its bytes in the source.
/// Gives the place after the last, or `None` where the two part.
fn walk(
    source: &str,
    at: usize,
    text: &str,
    each: &mut dyn FnMut(char, usize, usize),
) -> Option<usize> {
    let mut at = at;
    let mut text = text.chars().peekable();
    while let Some(&c) = text.peek() {
        let rest = source.get(at..)?;
        let mut here = rest.chars();
        let s = here.next()?;
        if s == '&'
            && let Some((decoded, length)) = entity(rest)
        {
            let mut decoded_chars = decoded.chars();
            let first = decoded_chars.next()?;
            if first != c {
                return None;
            }
            each(first, at, at + length);
            text.next();
            for more in decoded_chars {
                if text.next() != Some(more) {
                    return None;
                }
            }
            at += length;
            continue;
        }
        if s == '\r' && c == '\n' {
            // The parser makes one line end of two.
            let length = if rest.starts_with("\r\n") { 2 } else { 1 };
            each('\n', at, at + length);
            at += length;
            text.next();
            continue;
        }
        if s != c {
            return None;
        }
        each(c, at, at + s.len_utf8());
        at += s.len_utf8();
        text.next();
    }
    Some(at)
}

/// The characters of an entity at the head of `rest`, and its length. Named ones beyond the usual are left unfound.
fn entity(rest: &str) -> Option<(String, usize)> {
    let end = rest.bytes().take(12).position(|b| b == b';')?;
    let name = &rest[1..end];
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Browsers read these as windows-1252.
        match code {
            0x80..=0x9F => {
                let byte = [u8::try_from(code).ok()?];
                encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next()?
            }
            code => char::from_u32(code)?,
        }
    } else {
        match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            "lsquo" => '‘',
            "rsquo" => '’',
            "ldquo" => '“',
            "rdquo" => '”',
            "sbquo" => '‚',
            "bdquo" => '„',
            "laquo" => '«',
            "raquo" => '»',
            "ndash" => '–',
            "mdash" => '—',
            "hellip" => '…',
            "bull" => '•',
            "middot" => '·',
            "euro" => '€',
            "pound" => '£',
            "copy" => '©',
            "reg" => '®',
            "trade" => '™',
            "deg" => '°',
            "shy" => '\u{ad}',
            "thinsp" => '\u{2009}',
            "ensp" => '\u{2002}',
            "emsp" => '\u{2003}',
            "zwnj" => '\u{200c}',
            "auml" => 'ä',
            "ouml" => 'ö',
            "uuml" => 'ü',
            "Auml" => 'Ä',
            "Ouml" => 'Ö',
            "Uuml" => 'Ü',
            "szlig" => 'ß',
            "eacute" => 'é',
            "egrave" => 'è',
            "ecirc" => 'ê',
            "agrave" => 'à',
            "acirc" => 'â',
            "aacute" => 'á',
            "iacute" => 'í',
            "icirc" => 'î',
            "oacute" => 'ó',
            "ocirc" => 'ô',
            "uacute" => 'ú',
            "ugrave" => 'ù',
            "ntilde" => 'ñ',
            "ccedil" => 'ç',
            "frac12" => '½',
            _ => return None,
        }
    };
    Some((c.to_string(), end + 1))
}

/// A text with its map.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    pub(crate) text: String,
    pub(crate) map: Vec<MapRun>,
    /// White space is due before the next word.
    gap: bool,
}

impl Writer {
    /// Begins a paragraph, a blank line below the last. Gives its first byte's place.
    pub(crate) fn paragraph(&mut self) -> usize {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.gap = false;
        self.text.len()
    }

    /// Adds the words of a text node, white space as one blank; `start` is the place in `source` of its first byte
    /// that is not white space.
    pub(crate) fn push(&mut self, node: &str, source: &str, start: Option<usize>) {
        if node.starts_with(char::is_whitespace) {
            self.gap = true;
        }
        let words = node.trim();
        match start {
            Some(start) => {
                let mut each =
                    |c: char, from: usize, to: usize| self.character(c, Some((from, to)));
                // Where it walks, it was found by walking.
                let _ = walk(source, start, words, &mut each);
            }
            None => words.chars().for_each(|c| self.character(c, None)),
        }
        if node.ends_with(char::is_whitespace) {
            self.gap = true;
        }
    }

    fn character(&mut self, c: char, source: Option<(usize, usize)>) {
        if c.is_whitespace() {
            self.gap = true;
            return;
        }
        if self.gap {
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                // The blank stands in the source as well, or as some white space; it belongs to no run of its own,
                // unless the run before ends where a single blank stands.
                self.text.push(' ');
                if let (Some((from, _)), Some(last)) = (source, self.map.last_mut()) {
                    let at = self.text.len() as u32 - 1;
                    if last.text.end == at
                        && last.capture.end as usize + 1 == from
                        && last.text.len() == last.capture.len()
                    {
                        last.text.end += 1;
                        last.capture.end += 1;
                    }
                }
            }
            self.gap = false;
        }
        let at = self.text.len();
        self.text.push(c);
        if let Some((from, to)) = source {
            push_run(
                &mut self.map,
                MapRun { text: Span::of(at..self.text.len()), capture: Span::of(from..to) },
            );
        }
    }
}

/// A map into decoded text led on to the capture's bytes by the map of the decoding.
pub(crate) fn compose(map: Vec<MapRun>, decoding: &[MapRun]) -> Vec<MapRun> {
    if decoding.is_empty() {
        return map;
    }
    let mut composed = Vec::with_capacity(map.len());
    for run in map {
        let mut index = decoding.partition_point(|d| d.text.end <= run.capture.start);
        while let Some(step) = decoding.get(index).filter(|d| d.text.start < run.capture.end) {
            let from = run.capture.start.max(step.text.start);
            let to = run.capture.end.min(step.text.end);
            let even_here = run.text.len() == run.capture.len();
            let even_there = step.text.len() == step.capture.len();
            let text = if even_here {
                Span::new(
                    run.text.start + (from - run.capture.start),
                    run.text.start + (to - run.capture.start),
                )
            } else {
                run.text
            };
            let capture = if even_there {
                Span::new(
                    step.capture.start + (from - step.text.start),
                    step.capture.start + (to - step.text.start),
                )
            } else {
                step.capture
            };
            push_run(&mut composed, MapRun { text, capture });
            index += 1;
            if !even_here {
                break;
            }
        }
    }
    composed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_over_tags_and_entities() {
        let source = "<p>Nine &amp; <b>more</b> people\r\n  died &ndash; \u{201c}all&#8221;</p>";
        let mut finder = Finder::new(source);
        let mut writer = Writer::default();
        writer.paragraph();
        for node in ["Nine & ", "more", " people\n  died – “all”"] {
            let start = finder.find(node);
            assert!(start.is_some(), "{node}");
            writer.push(node, source, start);
        }
        assert_eq!(writer.text, "Nine & more people died – “all”");
        for run in &writer.map {
            let (text, raw) = (&writer.text[run.text.range()], &source[run.capture.range()]);
            assert!(text == raw || raw.starts_with('&'), "{text:?} from {raw:?}");
        }
        let at = writer.text.find("people").unwrap() as u32;
        let run = writer.map.iter().find(|r| r.text.holds(at)).unwrap();
        assert_eq!(&source[(run.capture.start + at - run.text.start) as usize..][..6], "people");
    }
}
