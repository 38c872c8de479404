//! Whom a report credits for its words or its pictures.

use std::sync::LazyLock;

use crossread_base::Span;
use crossread_record::{Credit, Region, RegionKind};
use regex::Regex;
use rustc_hash::FxHashSet;

use crate::agencies;

/// How many body regions at a story's head credit the whole story rather than a passage ("…, Reuters reports.").
const LEAD: usize = 2;

/// The credits of a text, in order, each agency once for the report and once for each passage.
pub(crate) fn find(text: &str, regions: &[Region]) -> Vec<Credit> {
    let mut credits: Vec<Credit> = Vec::new();
    let mut known = FxHashSet::default();
    let mut bodies = 0;
    for region in regions {
        bodies += usize::from(region.kind == RegionKind::Body);
        let words = region.span.text(text);
        for (name, span) in named(words) {
            let Some(place) = place(words, span, region.kind, bodies) else { continue };
            let credit = Credit {
                agency: name,
                span: span.shifted(region.span.start),
                covers: (place == Place::Passage).then_some(region.span),
                picture: place == Place::Picture,
            };
            if known.insert((credit.agency.clone(), credit.covers, credit.picture)) {
                credits.push(credit);
            }
        }
    }
    credits
}

/// Agencies of the table, and outlets by the make of their names where a verb of reporting stands by, or where they
/// stand alone in brackets at the head or the end, as agencies do.
fn named(words: &str) -> Vec<(String, Span)> {
    static OUTLET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:\b(?:according to|told|reported by|quoted by|cited by|originally published (?:by|in|on|at)|first appeared (?:in|on|at)|originally appeared (?:in|on|at)|republished from|reprinted from|courtesy of|[Ss]ource:)\s+(?:the\s+|The\s+)?(?P<a>\p{Lu}[\w'’.-]*(?:\s\p{Lu}[\w'’.-]*){0,4}))|(?:,\s+(?:the\s+)?(?P<b>\p{Lu}[\w'’.-]*(?:\s\p{Lu}[\w'’.-]*){0,4})\s+(?:has\s+)?(?:reports|reported))")
            .expect("the pattern is fixed")
    });
    let mut found: Vec<(String, Span)> =
        agencies::find(words).map(|mark| (mark.name.to_owned(), mark.span)).collect();
    static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\(\s*(?P<a>\p{Lu}[\w'’.-]*(?:\s\p{Lu}[\w'’.-]*){0,4})\s*\)\s*(?:[-–—]+\s*)?$")
            .expect("the pattern is fixed")
    });
    for caught in OUTLET.captures_iter(words).chain(SIGNED.captures(words)) {
        let name = caught.iter().skip(1).flatten().next();
        let Some(name) = name else { continue };
        let kept = name.as_str().trim_end_matches(['.', '\'', '’']);
        let span = Span::of(name.start()..name.start() + kept.len());
        let known = found.iter().any(|(_, other)| other.overlaps(span));
        if !known
            && (crate::outlet::sounds_like_one(kept) || crate::outlet::domain_in(kept).is_some())
        {
            found.push((kept.to_owned(), span));
        }
    }
    found.sort_by_key(|(_, span)| *span);
    found
}

#[derive(PartialEq, Eq)]
enum Place {
    Report,
    Passage,
    Picture,
}

/// What an agency's name is doing where it stands; `None` where it credits nothing.
fn place(words: &str, span: Span, kind: RegionKind, bodies: usize) -> Option<Place> {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\s*(?:news agency|news service|news|agency|wire service)?,?\s*(?:has |have |had |also )?(?:reports?|reported|reporting|says|said|wrote|writes|quoted|quotes|cited|cites|contributed)\b").expect("the pattern is fixed")
    });
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:according to|told|tells|quoted by|reported by|reports by|report by|cited by|citing|quoting|via|by|source:|sources:|from|with|reporting by|statement to|interview with|published (?:by|in|on|at)|appeared (?:in|on|at)|courtesy of|inputs from|agencies)\s+(?:the\s+)?(?:official\s+|state\s+|state-run\s+)?(?:news\s+)?(?:agency\s+|agencies\s+)?$").expect("the pattern is fixed")
    });
    let mut start = (span.start as usize).saturating_sub(60);
    while !words.is_char_boundary(start) {
        start += 1;
    }
    let before = &words[start..span.start as usize];
    let mut end = (span.end as usize + 60).min(words.len());
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let after = &words[span.end as usize..end];
    let bracketed = before.trim_end().ends_with(['(', '['])
        && after.trim_start().starts_with([')', ']', '/'])
        || before.ends_with("-LRB- ") && after.starts_with(" -RRB-");
    match kind {
        RegionKind::Dateline | RegionKind::Byline | RegionKind::Credit => Some(Place::Report),
        RegionKind::Caption => Some(Place::Picture),
        // "AFP: “Bridge falls”" below "Related video:"
        RegionKind::Teaser => {
            (span.start == 0 && after.starts_with([':', ' '])).then_some(Place::Picture)
        }
        RegionKind::Body | RegionKind::Subhead => {
            let signed = span.end as usize + 3 >= words.trim_end().len()
                && (bracketed || before.trim_end().ends_with(['—', '–', '-', '/']));
            if signed {
                return Some(Place::Report);
            }
            let photo =
                after.trim_start().starts_with("photo") || after.trim_start().starts_with("Photo");
            if photo {
                return Some(Place::Picture);
            }
            let told = BEFORE.is_match(before);
            if !(bracketed || AFTER.is_match(after) || told) {
                return None;
            }
            let plain =
                bracketed || AFTER.is_match(after) || before.trim_end().ends_with("according to");
            Some(if plain && bodies <= LEAD { Place::Report } else { Place::Passage })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: RegionKind, text: &str) -> Vec<(String, bool, bool)> {
        let regions = [Region { kind, span: Span::of(0..text.len()) }];
        find(text, &regions)
            .into_iter()
            .map(|c| (c.agency, c.covers.is_some(), c.picture))
            .collect()
    }

    #[test]
    fn credits_by_where_they_stand() {
        let reuters = |covers, picture| vec![("Reuters".to_owned(), covers, picture)];
        let body = |text| of(RegionKind::Body, text);
        assert_eq!(body("Nine people died on Monday, Reuters reports."), reuters(false, false));
        assert_eq!(
            body("Nine people died, an official told Reuters on Monday."),
            reuters(true, false)
        );
        assert_eq!(body("Nine people died. (Reuters)"), reuters(false, false));
        assert_eq!(body("The office of Reuters in Orvan was closed."), []);
        assert_eq!(of(RegionKind::Teaser, "Reuters: “Bridge falls”"), reuters(false, true));
        assert_eq!(of(RegionKind::Caption, "The bridge. REUTERS/Ada Brandt"), reuters(false, true));
        assert_eq!(of(RegionKind::Comment, "Reuters reports lies"), []);
        assert_eq!(
            body("Nine died, the Harbour Post reported."),
            [("Harbour Post".to_owned(), false, false)]
        );
        let wire = [("Evening Wire".to_owned(), false, false)];
        assert_eq!(of(RegionKind::Dateline, "PORT MARROW (Evening Wire) - "), wire);
        assert_eq!(body("A choir sang. (Evening Wire)"), wire);
        assert_eq!(body("The choir (Port Marrow Singers) sang."), []);
    }
}
