//! Shapes of pages that a parser would take too long over.
//!
//! The HTML standard's algorithm walks the open elements for each tag, and opens every unclosed formatting element
//! again in each block, so time and memory can grow with the square of a page's length. This counts both beforehand, by
//! tags alone.

use crate::Limits;

/// The most work that unclosed formatting may make, in elements opened again.
const REOPENED: usize = 1_000_000;

/// Why a page is not read, where it is of such a shape.
pub(crate) fn refusal(html: &str, limits: &Limits) -> Option<String> {
    let bytes = html.as_bytes();
    let most = limits.html_depth.saturating_mul(4);
    let (mut open, mut formatting, mut reopened) = (0usize, 0usize, 0usize);
    for at in memchr::memchr_iter(b'<', bytes) {
        let closing = bytes.get(at + 1) == Some(&b'/');
        let start = at + 1 + usize::from(closing);
        let length =
            bytes[start..].iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = html.get(start..start + length).unwrap_or_default().to_ascii_lowercase();
        match name.as_str() {
            "" | "br" | "img" | "hr" | "meta" | "link" | "input" | "area" | "base" | "col"
            | "embed" | "source" | "track" | "wbr" | "param" | "path" | "use" | "rect"
            | "circle" | "g" | "html" | "body" | "head" => {}
            "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small"
            | "strike" | "strong" | "tt" | "u" => {
                formatting = if closing { formatting.saturating_sub(1) } else { formatting + 1 };
            }
            // The next of its kind closes it.
            "p" | "li" | "td" | "th" | "tr" | "dd" | "dt" | "option" | "tbody" | "thead" => {
                reopened += if closing { 0 } else { formatting.min(most) };
            }
            _ => {
                open = if closing { open.saturating_sub(1) } else { open + 1 };
                reopened += if closing { 0 } else { formatting };
            }
        }
        if open > most || formatting > most {
            return Some(format!("more than {most} elements inside one another"));
        }
        if reopened > REOPENED {
            return Some("too many elements are never closed".to_owned());
        }
    }
    None
}
