//! From text and regions to a report: outlet, authors, credits, dates with their evidence, language.

use crossread_base::{ReportId, Span};
use crossread_record::{Date, Flag, MapRun, Outlet, Region, RegionKind, Report};

use crate::{agencies, byline, credits, dates, language, outlet, stamps};

/// A text ready to be furnished.
pub(crate) struct Sheet {
    pub(crate) id: ReportId,
    pub(crate) path: Option<String>,
    pub(crate) media_type: &'static str,
    pub(crate) text: String,
    pub(crate) map: Vec<MapRun>,
    pub(crate) regions: Vec<Region>,
    pub(crate) flags: Vec<Flag>,
    pub(crate) known: Known,
}

/// What the format says beside the text; it goes before what the text says.
#[derive(Debug, Default, Clone)]
pub(crate) struct Known {
    pub(crate) url: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) byline: Vec<String>,
    /// The words of a date, and what says so ("field", "meta").
    pub(crate) published: Option<(String, &'static str)>,
    pub(crate) updated: Option<(String, &'static str)>,
    pub(crate) language: Option<String>,
}

/// Furnishes a report.
pub(crate) fn furnish(sheet: Sheet) -> Report {
    let Sheet { id, path, media_type, text, map, regions, mut flags, known } = sheet;
    debug_assert!(regions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    let domain = known.url.as_deref().and_then(outlet::domain_of);
    let printed = outlet::find(&text, &regions);
    let outlet = match known.outlet {
        Some(name) => Some(Outlet { span: first_of(&text, &regions, &name), name, domain }),
        None => match printed {
            Some(printed) => Some(Outlet { domain: domain.or(printed.domain.clone()), ..printed }),
            None => domain.map(|domain| Outlet {
                name: domain.clone(),
                domain: Some(domain),
                span: None,
            }),
        },
    };
    let byline = if known.byline.is_empty() {
        authors(&text, &regions)
    } else {
        known
            .byline
            .into_iter()
            .map(|name| Outlet { span: first_of(&text, &regions, &name), name, domain: None })
            .collect()
    };
    let mut credits = credits::find(&text, &regions);
    // An agency that publishes its own story credits nobody else.
    let own = outlet.as_ref().map(|outlet| outlet.name.to_lowercase());
    credits.retain(|credit| own.as_deref() != Some(credit.agency.to_lowercase().as_str()));
    let mut stated = stamped(&text, &regions, &mut flags);
    let published = known
        .published
        .and_then(|(words, basis)| by_field(&words, basis, &mut flags))
        .or_else(|| stated.published.take());
    let updated = known
        .updated
        .and_then(|(words, basis)| by_field(&words, basis, &mut flags))
        .or_else(|| stated.updated.take());
    let body = regions.iter().filter(|r| r.kind == RegionKind::Body).map(|r| r.span.text(&text));
    let language = language::detect(body).or(known.language);
    flags.sort_by(|a, b| (a.span, &a.kind).cmp(&(b.span, &b.kind)));
    Report {
        id,
        path,
        media_type: media_type.to_owned(),
        language,
        text,
        map,
        url: known.url,
        outlet,
        byline,
        credits,
        published,
        updated,
        flags,
        regions,
    }
}

/// Where a name that a field gives is printed outside the story's sentences.
fn first_of(text: &str, regions: &[Region], name: &str) -> Option<Span> {
    if name.is_empty() {
        return None;
    }
    regions
        .iter()
        .filter(|r| {
            matches!(
                r.kind,
                RegionKind::Byline
                    | RegionKind::Dateline
                    | RegionKind::Furniture
                    | RegionKind::Credit
            )
        })
        .find_map(|r| {
            let at = r.span.text(text).find(name)?;
            Some(Span::of(at..at + name.len()).shifted(r.span.start))
        })
}

fn authors(text: &str, regions: &[Region]) -> Vec<Outlet> {
    let mut found: Vec<Outlet> = Vec::new();
    for region in regions.iter().filter(|r| r.kind == RegionKind::Byline) {
        for mut name in byline::names(region.span.text(text)) {
            name.span = name.span.map(|span| span.shifted(region.span.start));
            let known = found.iter().any(|other| other.name.eq_ignore_ascii_case(&name.name));
            if !known && !agencies::names_only(&name.name) {
                found.push(name);
            }
        }
    }
    found
}

#[derive(Default)]
struct Stated {
    published: Option<Date>,
    updated: Option<Date>,
}

/// The dates of the report's own stamps and lead-ins; what is odd about them joins `flags`.
fn stamped(text: &str, regions: &[Region], flags: &mut Vec<Flag>) -> Stated {
    let mut stated = Stated::default();
    let others = other_days(text, regions);
    for (index, region) in
        regions.iter().enumerate().filter(|(_, r)| r.kind == RegionKind::Dateline)
    {
        let words = region.span.text(text);
        let leads = regions.get(index + 1).is_some_and(|next| {
            next.kind == RegionKind::Body
                && !text[region.span.end as usize..next.span.start as usize].contains('\n')
        });
        let updated = stamps::read(words).is_some_and(|parts| {
            parts.iter().any(|(_, part)| *part == stamps::Part::Date { updated: true })
        });
        for found in dates::find(words) {
            let span = found.span.shifted(region.span.start);
            let basis = if leads {
                "dateline"
            } else if updated {
                "modified"
            } else {
                "stamp"
            };
            let date = weigh(&found, Some(span), basis, &others, flags);
            let slot = if updated { &mut stated.updated } else { &mut stated.published };
            if slot.is_none() {
                *slot = date;
            }
        }
    }
    stated
}

/// The full dates of captions and story, which may support one reading of a stamp.
fn other_days(text: &str, regions: &[Region]) -> Vec<(jiff::civil::Date, Span, RegionKind)> {
    regions
        .iter()
        .filter(|r| matches!(r.kind, RegionKind::Caption | RegionKind::Body | RegionKind::Dateline))
        .flat_map(|r| dates::find(r.span.text(text)).into_iter().map(move |found| (r, found)))
        .filter(|(_, found)| found.other.is_none() && !found.month_only)
        .filter_map(|(r, found)| Some((found.day?, found.span.shifted(r.span.start), r.kind)))
        .take(64)
        .collect()
}

/// A found date as evidence, with its flags.
fn weigh(
    found: &dates::Found,
    span: Option<Span>,
    basis: &str,
    others: &[(jiff::civil::Date, Span, RegionKind)],
    flags: &mut Vec<Flag>,
) -> Option<Date> {
    let mut flag =
        |kind: &str, note: String| flags.push(Flag { kind: kind.to_owned(), span, note });
    if found.impossible {
        flag("impossible_date", "no such date or time of day".to_owned());
    }
    if let Some(really) = found.wrong_weekday {
        flag("weekday_mismatch", format!("that day is a {really}"));
    }
    let mut edtf = found.edtf.clone()?;
    let mut alternatives = Vec::new();
    if let (Some((other, other_day)), Some(day)) = (&found.other, found.day) {
        // Pictures are taken on the day or shortly before; a date of the story counts where no caption has one.
        let near = |reading: jiff::civil::Date| {
            let days = |seen: jiff::civil::Date| -> i32 { (reading - seen).get_days() };
            let fits = |caption: bool| {
                others
                    .iter()
                    .filter(move |(_, _, kind)| (*kind == RegionKind::Caption) == caption)
                    .find(move |(seen, _, _)| (0..=7).contains(&days(*seen)))
            };
            fits(true).or_else(|| fits(false)).copied()
        };
        let mut second = other.clone();
        let note = match (near(day), near(*other_day)) {
            (Some((seen, _, _)), None) => format!(
                "both orders of day and month are possible; {seen}, named in the text, supports this one"
            ),
            (None, Some((seen, _, _))) => {
                std::mem::swap(&mut edtf, &mut second);
                format!(
                    "both orders of day and month are possible; {seen}, named in the text, supports this one"
                )
            }
            _ => "both orders of day and month are possible".to_owned(),
        };
        flag("ambiguous_date", note);
        alternatives.push(second);
    }
    Some(Date { edtf, basis: basis.to_owned(), span, inferred: false, alternatives })
}

/// A date that a field gives.
fn by_field(words: &str, basis: &'static str, flags: &mut Vec<Flag>) -> Option<Date> {
    let found = dates::find(words);
    let Some(first) = found.first() else {
        if !words.trim().is_empty() {
            let shown: String = words.chars().take(40).collect();
            flags.push(Flag {
                kind: "unread_date".to_owned(),
                span: None,
                note: format!("the {basis} gives a date that is not understood: {shown:?}"),
            });
        }
        return None;
    };
    weigh(first, None, basis, &[], flags)
}
