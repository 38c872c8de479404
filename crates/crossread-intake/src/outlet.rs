//! Who published a report, by its text.

use std::sync::LazyLock;

use crossread_base::Span;
use crossread_record::{Outlet, Region, RegionKind};
use regex::Regex;
use rustc_hash::FxHashSet;

use crate::{byline, headline, lead_in};

struct Words {
    whole: FxHashSet<&'static str>,
    endings: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lines = include_str!("../data/outlet_words.txt").lines().filter(|l| !l.starts_with('#'));
    let mut words = Words { whole: FxHashSet::default(), endings: Vec::new() };
    for line in lines {
        if let Some(word) = line.strip_suffix('*') {
            words.endings.push(word);
        }
        words.whole.insert(line.trim_end_matches('*'));
    }
    words
});

/// Whether a name is made as the names of newspapers and stations are: capitalised, with one of their words in it.
pub(crate) fn sounds_like_one(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().take(8).collect();
    if words.is_empty() || words.len() > 6 || !name.starts_with(|c: char| c.is_uppercase()) {
        return false;
    }
    words.iter().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        WORDS.whole.contains(word.as_str()) && words.len() >= 2
            || WORDS.endings.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end))
    })
}

/// The internet domain that a name is, or holds: "Harbourpost.net", "www.harbourpost.net".
pub(crate) fn domain_in(name: &str) -> Option<String> {
    static DOMAIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:www\.)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|info|news|press|media|tv|co|eu|[a-z]{2}))\b").expect("the pattern is fixed")
    });
    let found = DOMAIN.captures(name)?.get(1)?.as_str().to_lowercase();
    // "U.S." and "p.m" are no domains.
    let first = found.split('.').next().unwrap_or_default();
    (first.len() >= 3).then_some(found)
}

/// The host of an address, without `www.`.
pub(crate) fn domain_of(url: &str) -> Option<String> {
    let rest =
        url.split_once("://").map_or_else(|| url.strip_prefix("//"), |(_, rest)| Some(rest))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let fits = host.contains('.')
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    fits.then(|| host.to_owned())
}

/// The outlet that a text names as its publisher: beside the byline, before the lead-in's dash, in the site's line,
/// behind the title, in the stamp, in the lead-in's brackets, or in the copyright line. `None` where it names none.
///
/// The brackets come late: in a reprint they name the agency, and the site's own line the outlet.
pub(crate) fn find(text: &str, regions: &[Region]) -> Option<Outlet> {
    let of_kind = |kind: RegionKind| regions.iter().filter(move |r| r.kind == kind).map(|r| r.span);
    of_kind(RegionKind::Byline)
        .find_map(|span| beside_byline(text, span))
        .or_else(|| regions.windows(2).find_map(|pair| before_dash(text, pair)))
        .or_else(|| in_site_line(text, regions))
        .or_else(|| of_kind(RegionKind::Dateline).find_map(|span| in_stamp(text, span)))
        .or_else(|| regions.windows(2).find_map(|pair| in_brackets(text, pair)))
        .or_else(|| of_kind(RegionKind::Furniture).find_map(|span| in_copyright(text, span)))
}

fn named(text: &str, span: Span) -> Option<Outlet> {
    let span = span.trimmed(text);
    let name = span.text(text);
    (!name.is_empty()).then(|| Outlet {
        name: name.to_owned(),
        domain: domain_in(name),
        span: Some(span),
    })
}

/// "by Ada Brandt | (Marrow Comment) |", "By Ada Brandt, Harbour Post"
fn beside_byline(text: &str, span: Span) -> Option<Outlet> {
    let line = span.text(text);
    let after = byline::names(line).last()?.span?.end;
    static PARTS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[^|,;/()\[\]–—]+").expect("the pattern is fixed"));
    let rest = &line[after as usize..];
    PARTS.find_iter(rest).find_map(|part| {
        let words = part.as_str().trim();
        let bracketed =
            rest[..part.start()].ends_with('(') && words.starts_with(|c: char| c.is_uppercase());
        let for_one =
            words.strip_prefix("for ").or_else(|| words.strip_prefix("of ")).unwrap_or(words);
        let fits = sounds_like_one(for_one) && !crate::phrases::is_role(for_one)
            || bracketed && !crate::agencies::names_only(words);
        let lead = (words.len() - for_one.len()) as u32;
        let own = Span::of(part.range()).shifted(span.start + after).trimmed(text);
        fits.then(|| named(text, Span::new(own.start + lead, own.end))).flatten()
    })
}

/// "Orvanight- Over the last weeks"
fn before_dash(text: &str, pair: &[Region]) -> Option<Outlet> {
    let (start, found) = lead_in_of(text, pair)?;
    named(text, Span::of(found.outlet?).shifted(start))
}

/// "PORT MARROW (Evening Wire) - ", where no agency of the table is named.
fn in_brackets(text: &str, pair: &[Region]) -> Option<Outlet> {
    let (start, found) = lead_in_of(text, pair)?;
    let source = Span::of(found.source?).shifted(start);
    (!crate::agencies::names_only(source.text(text))).then(|| named(text, source)).flatten()
}

/// The lead-in that a dateline before a body is, and where it starts.
fn lead_in_of(text: &str, pair: &[Region]) -> Option<(u32, lead_in::LeadIn)> {
    let [lead, body] = pair else { return None };
    let fits = lead.kind == RegionKind::Dateline && body.kind == RegionKind::Body;
    let found = fits.then(|| lead_in::find(lead.span.cover(body.span).text(text))).flatten()?;
    Some((lead.span.start, found))
}

/// "The Lantern" on a line of its own above the title: an article and one to three capitalised words.
fn has_article(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let rest: Vec<&str> = match words.next() {
        Some("The") => words.collect(),
        _ => return false,
    };
    (1..=3).contains(&rest.len())
        && rest.iter().all(|word| {
            word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphanumeric())
        })
}

/// The site's own line above the title, or the name behind the title ("Bridge falls | Harbour Post").
fn in_site_line(text: &str, regions: &[Region]) -> Option<Outlet> {
    let title = regions.iter().position(|r| r.kind == RegionKind::Headline)?;
    let offset = |part: &str| (part.as_ptr() as usize - text.as_ptr() as usize) as u32;
    for region in &regions[..title] {
        let line = region.span.text(text);
        let parts: Vec<&str> = headline::parts(line).collect();
        if region.kind != RegionKind::Furniture
            || parts.iter().any(|p| p.split_whitespace().count() > 5)
        {
            continue;
        }
        // "Local News" and "Iraq News" are sections; one word made like an outlet's name, or a domain, is a name.
        let strong = parts.iter().rev().find(|p| {
            domain_in(p).is_some()
                || sounds_like_one(p) && (p.split_whitespace().count() == 1 || parts.len() == 1)
                || has_article(p) && parts.len() == 1
        });
        let part = strong.or_else(|| {
            parts.iter().rev().find(|p| {
                parts.len() >= 2 && sounds_like_one(p) && !p.to_lowercase().ends_with(" news")
            })
        });
        if let Some(part) = part {
            let at = offset(part);
            return named(text, Span::new(at, at + part.len() as u32));
        }
    }
    regions
        .iter()
        .filter(|r| matches!(r.kind, RegionKind::Headline | RegionKind::HeadlineRepeat))
        .find_map(|r| {
            let parts: Vec<&str> = headline::parts(r.span.text(text)).collect();
            let last = parts.last().filter(|_| parts.len() >= 2)?;
            let repeated = regions.iter().any(|other| {
                other.span != r.span
                    && matches!(other.kind, RegionKind::Headline | RegionKind::HeadlineRepeat)
                    && headline::same(other.span.text(text), parts[0])
            });
            let at = offset(last);
            (last.split_whitespace().count() <= 5
                && (sounds_like_one(last)
                    || domain_in(last).is_some()
                    || repeated && last.starts_with(char::is_uppercase)))
            .then(|| named(text, Span::new(at, at + last.len() as u32)))
            .flatten()
        })
}

/// "Harbour Post, 4 May 2021"
fn in_stamp(text: &str, span: Span) -> Option<Outlet> {
    let line = span.text(text);
    let first = crate::dates::find(line).first()?.span.start;
    let before = Span::new(0, first).trimmed(line);
    let words = before.text(line).trim_end_matches([',', '|', '-', '–', '—', ' ', '.', '/']);
    let fits = sounds_like_one(words)
        && words.split_whitespace().count() <= 5
        && !words.to_lowercase().starts_with("posted");
    fits.then(|| named(text, Span::new(span.start, span.start + words.len() as u32))).flatten()
}

/// "© 2021 Harbour Post. All rights reserved."
fn in_copyright(text: &str, span: Span) -> Option<Outlet> {
    static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:©|\([cC]\)|(?i:copyright))\s*(?:©|\([cC]\))?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*,?\s*(?:by\s+)?(\p{Lu}[^.|,©\n]{2,50})").expect("the pattern is fixed")
    });
    let line = span.text(text);
    let name = NOTICE.captures(line)?.get(1)?;
    let words = name.as_str().trim();
    let kept = words.split(" All rights").next().unwrap_or(words).trim_end();
    (kept.split_whitespace().count() <= 6 && !kept.to_lowercase().starts_with("all rights"))
        .then(|| named(text, Span::of(name.start()..name.start() + kept.len()).shifted(span.start)))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_outlets_and_others() {
        for name in ["Harbour Post", "Orvanpost", "The Marrow Herald", "Marrow TV"] {
            assert!(sounds_like_one(name), "{name}");
        }
        for name in ["Ada Brandt", "Post", "Orvan", "the times"] {
            assert!(!sounds_like_one(name), "{name}");
        }
    }

    #[test]
    fn domains() {
        assert_eq!(domain_in("MarrowHerald.Net").as_deref(), Some("marrowherald.net"));
        assert_eq!(domain_in("the U.S. and at 9 p.m. too"), None);
        assert_eq!(
            domain_of("https://www.Harbour-post.co.uk:80/a?b#c").as_deref(),
            Some("harbour-post.co.uk")
        );
        assert_eq!(domain_of("not an address"), None);
    }
}
