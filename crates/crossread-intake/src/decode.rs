//! From bytes to text, keeping the way back.
//!
//! In this order: a byte order mark, the charset the caller knows of (an HTTP header, an HTML `meta`), UTF-8, and
//! last chardetng's guess (the detector of Firefox). What cannot be decoded becomes U+FFFD and is told.

use crossread_base::Span;
use crossread_record::MapRun;
use encoding_rs::{DecoderResult, Encoding, UTF_8};

/// A decoded capture.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// From the text to the bytes; empty where they are the same.
    pub(crate) map: Vec<MapRun>,
    /// The charset's name, where it was guessed rather than declared or plain UTF-8.
    pub(crate) guessed: Option<&'static str>,
    /// Where the first byte stands that is not in the charset.
    pub(crate) malformed: Option<usize>,
}

/// Decodes `bytes`; `declared` is the label of a charset that something outside the text names.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return if encoding == UTF_8 {
            decode_utf8(bytes, mark)
        } else {
            decode_other(bytes, mark, encoding)
        };
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match std::str::from_utf8(bytes) {
        // Pages that declare another charset and are UTF-8 all the same are common; the converse of a text in
        // another charset that happens to be valid UTF-8 beyond ASCII is not.
        Ok(_) if declared.is_none_or(|d| d.is_ascii_compatible()) => decode_utf8(bytes, 0),
        _ => match declared {
            Some(encoding) if encoding != UTF_8 => decode_other(bytes, 0, encoding),
            Some(_) => decode_utf8(bytes, 0),
            None if mostly_utf8(bytes) => decode_utf8(bytes, 0),
            None => {
                let mut detector =
                    chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
                detector.feed(bytes, true);
                let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
                let first = std::str::from_utf8(bytes).err().map(|error| error.valid_up_to());
                let decoded = decode_other(bytes, 0, encoding);
                Decoded { guessed: Some(encoding.name()), malformed: first, ..decoded }
            }
        },
    }
}

/// Whether a text that is not valid UTF-8 is UTF-8 with some damage rather than another charset: its good
/// multi-byte sequences outnumber the bad bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn decode_utf8(bytes: &[u8], mark: usize) -> Decoded {
    let rest = &bytes[mark..];
    if let Ok(text) = std::str::from_utf8(rest) {
        let whole = MapRun { text: Span::of(0..text.len()), capture: Span::of(mark..bytes.len()) };
        let map = if mark == 0 { Vec::new() } else { vec![whole] };
        return Decoded { text: text.to_owned(), map, guessed: None, malformed: None };
    }
    let mut runs = Runs::default();
    let mut at = mark;
    let mut malformed = None;
    for chunk in rest.utf8_chunks() {
        runs.push(chunk.valid(), at, chunk.valid().len());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            malformed.get_or_insert(at);
            runs.push("\u{FFFD}", at, chunk.invalid().len());
            at += chunk.invalid().len();
        }
    }
    Decoded { text: runs.text, map: runs.map, guessed: None, malformed }
}

fn decode_other(bytes: &[u8], mark: usize, encoding: &'static Encoding) -> Decoded {
    let mut runs = Runs::default();
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut malformed = None;
    let mut at = mark;
    // A small buffer makes small runs, so that a span leads back to few bytes. Big5 may give two characters at once.
    let mut buffer = [0u8; 8];
    while at < bytes.len() {
        if encoding.is_ascii_compatible() {
            at = push_character(&mut runs, bytes, at, encoding, &mut malformed);
            continue;
        }
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut buffer, true);
        runs.push(std::str::from_utf8(&buffer[..written]).unwrap_or_default(), at, read);
        at += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(_, _) => {
                malformed.get_or_insert(at.saturating_sub(1));
                runs.push("\u{FFFD}", at, 0);
            }
        }
    }
    Decoded { text: runs.text, map: runs.map, guessed: None, malformed }
}

/// Adds the ASCII stretch at `at`, or else the one character there, which takes up to four bytes in every charset
/// that has ASCII in it. Gives the place after it.
fn push_character(
    runs: &mut Runs,
    bytes: &[u8],
    at: usize,
    encoding: &'static Encoding,
    malformed: &mut Option<usize>,
) -> usize {
    let ascii = Encoding::ascii_valid_up_to(&bytes[at..]);
    if ascii > 0 {
        let end = at + ascii;
        runs.push(std::str::from_utf8(&bytes[at..end]).unwrap_or_default(), at, ascii);
        return end;
    }
    for take in 1..=4.min(bytes.len() - at) {
        let one = &bytes[at..at + take];
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(one) {
            runs.push(&text, at, take);
            return at + take;
        }
    }
    malformed.get_or_insert(at);
    runs.push("\u{FFFD}", at, 1);
    at + 1
}

/// Text with its way back, in the making.
#[derive(Default)]
struct Runs {
    text: String,
    map: Vec<MapRun>,
}

impl Runs {
    fn push(&mut self, piece: &str, at: usize, read: usize) {
        let run = MapRun {
            text: Span::of(self.text.len()..self.text.len() + piece.len()),
            capture: Span::of(at..at + read),
        };
        self.text.push_str(piece);
        push_run(&mut self.map, run);
    }
}

/// Adds a run, as part of the last one where both are byte for byte and touch.
pub(crate) fn push_run(map: &mut Vec<MapRun>, run: MapRun) {
    if run.text.is_empty() {
        return;
    }
    if let Some(last) = map.last_mut() {
        let even = |run: &MapRun| run.text.len() == run.capture.len();
        let touch = last.text.end == run.text.start && last.capture.end == run.capture.start;
        if touch && even(last) && even(&run) {
            last.text.end = run.text.end;
            last.capture.end = run.capture.end;
            return;
        }
    }
    map.push(run);
}

/// The bytes that a span of the text was read from; `map` as in [`crossread_record::Report::map`].
#[cfg(test)]
pub(crate) fn capture_of(map: &[MapRun], span: Span) -> Span {
    if map.is_empty() {
        return span;
    }
    let place = |at: u32, end: bool| -> u32 {
        let run = map.iter().rfind(|r| if end { r.text.start < at } else { r.text.start <= at });
        run.map_or(at, |r| {
            if r.text.len() == r.capture.len() {
                r.capture.start + (at - r.text.start).min(r.text.len())
            } else if end {
                r.capture.end
            } else {
                r.capture.start
            }
        })
    };
    Span::new(place(span.start, false), place(span.end, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back<'a>(bytes: &'a [u8], decoded: &Decoded, words: &str) -> &'a [u8] {
        let at = decoded.text.find(words).unwrap();
        &bytes[capture_of(&decoded.map, Span::of(at..at + words.len())).range()]
    }

    #[test]
    fn plain_utf8_is_its_own_map() {
        let decoded = decode("Nine dead in Orvágy".as_bytes(), None);
        assert!(decoded.map.is_empty() && decoded.malformed.is_none());
        assert_eq!(decoded.text, "Nine dead in Orvágy");
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let bytes = b"\xEF\xBB\xBFNine dead";
        let decoded = decode(bytes, None);
        assert_eq!(decoded.text, "Nine dead");
        assert_eq!(back(bytes, &decoded, "dead"), b"dead");
    }

    #[test]
    fn utf16_leads_back_to_its_bytes() {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend("Nine dead in Orvágy".encode_utf16().flat_map(u16::to_le_bytes));
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.text, "Nine dead in Orvágy");
        assert!(decoded.malformed.is_none());
        let span = back(&bytes, &decoded, "dead");
        assert!(span.windows(2).any(|w| w == b"d\0"), "{span:?}");
    }

    #[test]
    fn latin_text_without_a_declaration_is_guessed_and_told() {
        let bytes = b"The caf\xE9 was closed by the mayor, who said that na\xEFve visitors had come to its fa\xE7ade.";
        let decoded = decode(bytes, None);
        assert!(decoded.text.starts_with("The café was closed"), "{}", decoded.text);
        assert_eq!(decoded.guessed, Some("windows-1252"));
        assert_eq!(decoded.malformed, Some(7));
        assert_eq!(back(bytes, &decoded, "closed"), b"closed");
    }

    #[test]
    fn damaged_utf8_is_read_around_the_damage() {
        let bytes = b"\xE2\x80\x9CNine\xE2\x80\x9D \xE2\x80\x94 died \xFF here";
        let decoded = decode(bytes, None);
        assert_eq!(decoded.text, "“Nine” — died \u{FFFD} here");
        assert_eq!(decoded.malformed, Some(20));
        assert_eq!(back(bytes, &decoded, "here"), b"here");
    }
}
