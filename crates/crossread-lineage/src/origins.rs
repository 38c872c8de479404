//! From pairs to origins: groups of reports, the claims of each, and which way the text went.

use std::collections::BTreeMap;

use crossread_base::{ClaimRef, OriginId, ReportId, Span};
use crossread_record::{Dependence, DependenceKind, Direction, Evidence, Flag, Origin, Record};
use rayon::iter::Either;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::align::{self, Shared};
use crate::candidates::candidates;
use crate::evidence::{Side, evidence};
use crate::measure::{Measures, Told, measure};
use crate::model;
use crate::pile::Texts;
use crate::stock::Stock;
use crate::{seams, upstream};

/// A claim is its origin's when this share of its words stands in passages that another report has too.
const TAKEN: f32 = 0.5;
/// A sentence of a rewrite comes from the text rewritten when this much of it is told there.
const RETOLD: f32 = 0.4;
/// Of an origin with more pairs than this, evidence is kept only for those that join it.
const PAIRS: usize = 1000;

/// Rounds of looking for rewrites; most piles settle in two.
const ROUNDS: usize = 4;

/// What lineage gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lineage {
    /// Every report is in the `reports` of exactly one. An origin without reports holds the claims that a report of
    /// a shared origin has in paragraphs of its own.
    pub origins: Vec<Origin>,
    /// What is odd about reports seen beside others: pages stitched from unlike origins (`stitched`), reports whose
    /// origin was corrected or withdrawn elsewhere (`corrected_elsewhere`).
    pub flags: Vec<(ReportId, Flag)>,
}

/// A pair that depends.
pub(crate) struct Pair {
    /// The shorter, as an index into the records in order of id.
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) kind: DependenceKind,
    pub(crate) share: f32,
    pub(crate) passages: Vec<Shared>,
    pub(crate) told: Vec<Told>,
}

/// Groups the reports by origin.
///
/// The same for any order of `records` and any number of threads. Copies, partial copies and rewrites join reports,
/// also through others; the same facts, speakers or quotations alone do not. Time grows with the reports and what they
/// share, not with all pairs: piles of up to sixty are compared pair by pair, larger ones by candidates.
pub fn trace(records: &[Record]) -> Lineage {
    let mut records: Vec<&Record> = records.iter().collect();
    records.sort_by(|a, b| {
        (&a.report.id, &a.report.path, &a.report.text).cmp(&(
            &b.report.id,
            &b.report.path,
            &b.report.text,
        ))
    });
    let pile = Texts::of(&records);
    let pairs = depending(&records, &pile);
    let groups = groups(records.len(), &pairs);
    let mut numbered = numbered(&records, groups);
    let mut origins = Vec::with_capacity(numbered.len());
    let mut own = Vec::new();
    for (number, members) in (1u32..).zip(&mut numbered) {
        let inside: Vec<&Pair> =
            pairs.iter().filter(|pair| members.binary_search(&pair.a).is_ok()).collect();
        let (origin, rest) = origin(OriginId(number), &records, &pile, members, &inside);
        origins.push(origin);
        own.extend(rest);
    }
    for claims in own {
        let id = OriginId(origins.len() as u32 + 1);
        origins.push(Origin { id, claims, ..empty() });
    }
    let mut flags = seams::flags(&records, &pile, &pairs);
    flags.extend(upstream::flags(&records, &numbered));
    flags.sort_by(|a, b| (&a.0, &a.1.kind, a.1.span).cmp(&(&b.0, &b.1.kind, b.1.span)));
    Lineage { origins, flags }
}

fn empty() -> Origin {
    Origin {
        id: OriginId(0),
        reports: Vec::new(),
        evidence: Vec::new(),
        direction: None,
        credited: None,
        claims: Vec::new(),
        pairs: Vec::new(),
    }
}

/// All pairs of the pile that depend, in order.
///
/// Copies first, then rewrites in rounds: a phrase is stock, and no sign of a rewrite, when several origins have it,
/// and how many origins there are is known better after each round.
///
/// A report that credits another's outlet for its text needs no such signs: it is a rewrite where it has little of its
/// own.
fn depending(records: &[&Record], pile: &Texts) -> Vec<Pair> {
    let texts = &pile.texts;
    let seeds: Vec<_> = texts.par_iter().map(align::seeds).collect();
    let (mut pairs, mut open): (Vec<Pair>, Vec<(Pair, Measures)>) = candidates(texts)
        .into_par_iter()
        .filter_map(|(x, y)| {
            // The shorter first; of two as long, the one with the smaller id.
            let (a, b) = if texts[y].words.len() < texts[x].words.len() { (y, x) } else { (x, y) };
            let alignment = align::align(&texts[a], &texts[b], &seeds[b]);
            let (measures, told) = measure(pile, &texts[a], &texts[b], &alignment);
            let pair =
                |kind| Pair { a, b, kind, share: measures.share, passages: Vec::new(), told };
            match model::copied(&measures) {
                Some(kind) => {
                    Some(Either::Left(Pair { passages: alignment.passages, ..pair(kind) }))
                }
                None if credits(records[a], records[b], true) && model::retold(&measures) => {
                    Some(Either::Left(pair(DependenceKind::Rewrite)))
                }
                None if model::may_be_rewritten(&measures) => {
                    Some(Either::Right((pair(DependenceKind::Rewrite), measures)))
                }
                None => None,
            }
        })
        .partition_map(|either| either);
    for _ in 0..ROUNDS {
        let groups = groups(texts.len(), &pairs);
        let stock = Stock::of(texts, &groups);
        let before = pairs.len();
        let (found, left): (Vec<_>, Vec<_>) = open.into_par_iter().partition(|(pair, measures)| {
            let neighbours = stock.neighbours(&texts[pair.a], &texts[pair.b]);
            model::rewritten(&Measures { neighbours, ..measures.clone() }, groups.len())
        });
        pairs.extend(found.into_iter().map(|(pair, _)| pair));
        open = left;
        if pairs.len() == before {
            break;
        }
    }
    pairs.sort_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// The connected components of the pairs, each in order.
fn groups(all: usize, pairs: &[Pair]) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..all).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for pair in pairs {
        let (a, b) = (root(&mut parent, pair.a), root(&mut parent, pair.b));
        parent[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..all {
        let root = root(&mut parent, at);
        groups.entry(root).or_default().push(at);
    }
    groups.into_values().collect()
}

/// The groups in the order their first reports appeared, undated ones last.
fn numbered(records: &[&Record], mut groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let first = |group: &Vec<usize>| {
        let dates = group.iter().filter_map(|at| published(records[*at]));
        let first = dates.min().map(str::to_owned);
        (first.is_none(), first, group.first().map(|at| records[*at].report.id.clone()))
    };
    groups.sort_by_cached_key(first);
    groups
}

fn published(record: &Record) -> Option<&str> {
    record.report.published.as_ref().filter(|date| !date.inferred).map(|date| date.edtf.as_str())
}

/// The origin of a group, and for each member with claims of its own beside the shared text, those claims.
fn origin(
    id: OriginId,
    records: &[&Record],
    pile: &Texts,
    members: &[usize],
    pairs: &[&Pair],
) -> (Origin, Vec<Vec<ClaimRef>>) {
    let mut made = Origin { id, ..empty() };
    made.reports = members.iter().map(|at| records[*at].report.id.clone()).collect();
    made.reports.dedup();
    made.credited = credited(records, members);
    made.direction = direction(records, pairs);
    let kept = if pairs.len() > PAIRS { joining(members, pairs) } else { pairs.to_vec() };
    let side = |at: usize| Side { record: records[at], text: &pile.texts[at] };
    for pair in kept {
        let turned = records[pair.b].report.id < records[pair.a].report.id;
        let shown = evidence(pair.kind, side(pair.a), side(pair.b), &pair.passages, &pair.told);
        made.evidence.extend(shown.into_iter().map(|found| {
            if turned { Evidence { kind: found.kind, a: found.b, b: found.a } } else { found }
        }));
        let (a, b) = if turned { (pair.b, pair.a) } else { (pair.a, pair.b) };
        made.pairs.push(Dependence {
            a: records[a].report.id.clone(),
            b: records[b].report.id.clone(),
            kind: pair.kind,
            share: pair.share,
        });
    }
    made.pairs.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    made.evidence.sort_by(|x, y| (&x.a, &x.b, x.kind).cmp(&(&y.a, &y.b, y.kind)));
    let mut own = Vec::new();
    for at in members {
        let taken = taken(*at, &pile.texts[*at].words.len(), pile, pairs);
        let mut mine = Vec::new();
        for claim in &records[*at].testimony.claims {
            let name = ClaimRef { report: records[*at].report.id.clone(), claim: claim.id };
            let shared = members.len() == 1 || is_taken(claim.span, &pile.texts[*at].words, &taken);
            if shared { made.claims.push(name) } else { mine.push(name) }
        }
        if !mine.is_empty() {
            own.push(mine);
        }
    }
    (made, own)
}

/// Pairs enough to join a group, the strongest first.
fn joining<'a>(members: &[usize], pairs: &[&'a Pair]) -> Vec<&'a Pair> {
    let mut strongest = pairs.to_vec();
    strongest.sort_by(|x, y| y.share.total_cmp(&x.share).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut set: FxHashMap<usize, usize> = members.iter().map(|at| (*at, *at)).collect();
    let root = |set: &mut FxHashMap<usize, usize>, mut at: usize| {
        while let Some(up) = set.get(&at).copied().filter(|up| *up != at) {
            let next = set.get(&up).copied().unwrap_or(up);
            set.insert(at, next);
            at = next;
        }
        at
    };
    let mut kept: Vec<&Pair> = strongest
        .into_iter()
        .filter(|pair| {
            let (a, b) = (root(&mut set, pair.a), root(&mut set, pair.b));
            set.insert(a.max(b), a.min(b));
            a != b
        })
        .collect();
    kept.sort_by_key(|pair| (pair.a, pair.b));
    kept
}

/// For each word of a report, whether it stands in another report of the origin too, or in a sentence retold.
fn taken(at: usize, words: &usize, pile: &Texts, pairs: &[&Pair]) -> Vec<bool> {
    let mut taken = vec![false; *words];
    for pair in pairs.iter().filter(|pair| pair.a == at || pair.b == at) {
        for passage in &pair.passages {
            let range = if pair.a == at { &passage.a } else { &passage.b };
            taken[range.clone()].fill(true);
        }
        if pair.kind == DependenceKind::Rewrite {
            for (i, j, _) in pair.told.iter().filter(|(_, _, like)| *like >= RETOLD) {
                let line = &pile.texts[at].sentences[if pair.a == at { *i } else { *j }];
                taken[line.words.clone()].fill(true);
            }
        }
    }
    taken
}

fn is_taken(claim: Span, words: &[crate::words::Word], taken: &[bool]) -> bool {
    let start = words.partition_point(|word| word.span.end <= claim.start);
    let (mut all, mut shared) = (0.0, 0.0);
    for (word, taken) in words[start..].iter().zip(&taken[start..]) {
        if word.span.start >= claim.end {
            break;
        }
        all += 1.0;
        shared += if *taken { 1.0 } else { 0.0 };
    }
    all > 0.0 && shared >= TAKEN * all
}

/// The agency that most of the reports credit for their text.
fn credited(records: &[&Record], members: &[usize]) -> Option<String> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for at in members {
        let mut names: Vec<&str> = records[*at]
            .report
            .credits
            .iter()
            .filter(|credit| !credit.picture && credit.covers.is_none())
            .map(|credit| credit.agency.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            *votes.entry(name).or_insert(0) += 1;
        }
    }
    votes
        .into_iter()
        .max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(x.0)))
        .map(|(name, _)| name.to_owned())
}

/// Whether a report credits the other's outlet; with `whole`, for all of its text rather than a passage.
fn credits(from: &Record, to: &Record, whole: bool) -> bool {
    let Some(outlet) = &to.report.outlet else { return false };
    let outlet = outlet.name.to_lowercase();
    from.report.credits.iter().any(|credit| {
        !credit.picture
            && (!whole || credit.covers.is_none())
            && credit.agency.to_lowercase() == outlet
    })
}

/// Which way the text went between the two reports where that is plainest: the one credits the other's outlet, or is
/// dated later. Containment alone does not show it: a cut and a write-through look alike.
fn direction(records: &[&Record], pairs: &[&Pair]) -> Option<Direction> {
    let directed = |from: usize, to: usize| Direction {
        from: records[from].report.id.clone(),
        to: records[to].report.id.clone(),
    };
    for pair in pairs {
        let credits = |from: usize, to: usize| credits(records[from], records[to], false);
        match (credits(pair.a, pair.b), credits(pair.b, pair.a)) {
            (true, false) => return Some(directed(pair.b, pair.a)),
            (false, true) => return Some(directed(pair.a, pair.b)),
            _ => {}
        }
    }
    pairs
        .iter()
        .filter_map(|pair| {
            let (a, b) = (published(records[pair.a])?, published(records[pair.b])?);
            // A day and an hour of that day say nothing about order.
            let (from, to) = if b.starts_with(a) || a.starts_with(b) {
                return None;
            } else if a < b {
                (pair.a, pair.b)
            } else {
                (pair.b, pair.a)
            };
            Some((published(records[from]), from, published(records[to]), to))
        })
        .min()
        .map(|(_, from, _, to)| directed(from, to))
}
