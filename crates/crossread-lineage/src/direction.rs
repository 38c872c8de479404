//! Which of two reports had the text first.

use crossread_record::{Direction, Record};

use crate::origins::Pair;

/// Which report of a pair had the text first, as an index, where something shows it: the other credits its outlet, is
/// dated later, or is stitched from it and from others that have nothing to do with it. That the one holds all of the
/// other alone does not show it: a cut and a write-through look alike.
///
/// `stitched` has, for each report, those it is stitched from.
pub(crate) fn first(records: &[&Record], stitched: &[Vec<usize>], pair: &Pair) -> Option<usize> {
    let (a, b) = (pair.a, pair.b);
    let either = |later: bool, earlier: bool| match (later, earlier) {
        (true, false) => Some(a),
        (false, true) => Some(b),
        _ => None,
    };
    let credit = |from: usize, to: usize| credits(records[from], records[to], false);
    either(credit(b, a), credit(a, b))
        .or_else(|| by_date(records, pair))
        .or_else(|| either(!stitched[b].is_empty(), !stitched[a].is_empty()))
}

fn by_date(records: &[&Record], pair: &Pair) -> Option<usize> {
    let (a, b) = (published(records[pair.a])?, published(records[pair.b])?);
    // A day and an hour of that day say nothing about order.
    if b.starts_with(a) || a.starts_with(b) {
        return None;
    }
    Some(if a < b { pair.a } else { pair.b })
}

/// When a report says that it was published.
pub(crate) fn published(record: &Record) -> Option<&str> {
    record.report.published.as_ref().filter(|date| !date.inferred).map(|date| date.edtf.as_str())
}

/// Whether a report credits the other's outlet; with `whole`, for all of its text rather than a passage.
pub(crate) fn credits(from: &Record, to: &Record, whole: bool) -> bool {
    let Some(outlet) = &to.report.outlet else { return false };
    let outlet = outlet.name.to_lowercase();
    from.report.credits.iter().any(|credit| {
        !credit.picture
            && (!whole || credit.covers.is_none())
            && credit.agency.to_lowercase() == outlet
    })
}

/// Which way the text of an origin went where that is plainest: the earliest report that a pair shows to be first, by
/// credits before dates, dates before the rest.
pub(crate) fn plainest(
    records: &[&Record],
    stitched: &[Vec<usize>],
    pairs: &[&Pair],
) -> Option<Direction> {
    let ways = pairs.iter().filter_map(|pair| {
        let from = first(records, stitched, pair)?;
        let to = if from == pair.a { pair.b } else { pair.a };
        let credited = credits(records[to], records[from], false);
        let dates = (published(records[from]), published(records[to]));
        let undated = dates.0.is_none() || dates.1.is_none();
        Some(((!credited, undated, dates, from, to), from, to))
    });
    ways.min_by(|x, y| x.0.cmp(&y.0)).map(|(_, from, to)| Direction {
        from: records[from].report.id.clone(),
        to: records[to].report.id.clone(),
    })
}
