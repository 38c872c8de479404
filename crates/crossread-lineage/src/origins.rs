//! From pairs to origins: groups of reports, the claims of each, and which way the text went.

use std::collections::BTreeMap;

use crossread_base::{OriginId, ReportId};
use crossread_record::{Dependence, DependenceKind, Evidence, Flag, Origin, Record, Root};
use rayon::iter::Either;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::align::{self, Shared};
use crate::candidates::candidates;
use crate::direction::{self, credits, published};
use crate::evidence::{Side, evidence};
use crate::measure::{Measures, Told, measure};
use crate::model;
use crate::pile::Texts;
use crate::roots::Roots;
use crate::stock::Stock;
use crate::upstream::Concern;
use crate::{alone, seams, upstream};

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
    /// What is odd about reports: pages to distrust as witnesses, with their seams, because they share passages with
    /// reports of unlike origin (`stitched`) or look put together by themselves (`seam`); and reports whose text was
    /// corrected or withdrawn elsewhere (`corrected_elsewhere`) or by themselves (`withdrawn`), with the stretches of
    /// their claims that this concerns.
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
    let numbered = numbered(&records, groups);
    let mut group_of = vec![0; records.len()];
    for (group, members) in numbered.iter().enumerate() {
        members.iter().for_each(|at| group_of[*at] = group);
    }
    let mut by_group: Vec<Vec<&Pair>> = vec![Vec::new(); numbered.len()];
    for pair in &pairs {
        by_group[group_of[pair.a]].push(pair);
    }
    let whole = Whole {
        stitched: seams::stitched(records.len(), &pairs),
        concerns: upstream::concerns(&records, &numbered, &group_of),
        records: &records,
        pile: &pile,
    };
    let mut flags = seams::flags(&records, &pile, &pairs, &whole.stitched);
    // Whose sources are here needs no other signs.
    let alone = (0..records.len())
        .into_par_iter()
        .filter(|at| whole.stitched[*at].is_empty())
        .flat_map_iter(|at| alone::flags(records[at], &pile.texts[at]));
    flags.extend(alone.collect::<Vec<_>>());
    let mut origins = Vec::with_capacity(numbered.len());
    let mut own = Vec::new();
    for ((number, members), inside) in (1u32..).zip(&numbered).zip(&by_group) {
        let (origin, rest) = whole.origin(OriginId(number), members, inside, &mut flags);
        origins.push(origin);
        own.extend(rest);
    }
    for roots in own {
        let id = OriginId(origins.len() as u32 + 1);
        let claims = roots.iter().map(|root| root.claim.clone()).collect();
        origins.push(Origin { id, claims, roots, ..empty() });
    }
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
        roots: Vec::new(),
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
                None if texts[a].release && texts[b].release && model::released(&measures) => {
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

/// What an origin is made from.
struct Whole<'a> {
    records: &'a [&'a Record],
    pile: &'a Texts,
    /// See [`seams::stitched`].
    stitched: Vec<Vec<usize>>,
    /// See [`upstream::concerns`].
    concerns: Vec<Option<Concern>>,
}

impl Whole<'_> {
    /// The origin of a group, and for each member with claims of its own beside the shared text, their roots.
    fn origin(
        &self,
        id: OriginId,
        members: &[usize],
        pairs: &[&Pair],
        flags: &mut Vec<(ReportId, Flag)>,
    ) -> (Origin, Vec<Vec<Root>>) {
        let Self { records, pile, stitched, concerns } = self;
        let mut made = Origin { id, ..empty() };
        made.reports = members.iter().map(|at| records[*at].report.id.clone()).collect();
        made.reports.dedup();
        made.credited = credited(records, members);
        made.direction = direction::plainest(records, stitched, pairs);
        let kept = if pairs.len() > PAIRS { joining(members, pairs) } else { pairs.to_vec() };
        for pair in kept {
            self.show(pair, &mut made);
        }
        made.pairs.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        made.evidence.sort_by(|x, y| (&x.a, &x.b, x.kind).cmp(&(&y.a, &y.b, y.kind)));
        let mut near: FxHashMap<usize, Vec<&Pair>> = FxHashMap::default();
        for pair in pairs {
            near.entry(pair.a).or_default().push(pair);
            near.entry(pair.b).or_default().push(pair);
        }
        let mut own = Vec::new();
        for at in members {
            let near = near.get(at).map(Vec::as_slice).unwrap_or_default();
            let roots = Roots::of(records, pile, stitched, *at, near);
            let (mut shared, mut mine) = (Vec::new(), Vec::new());
            for claim in &records[*at].testimony.claims {
                let (mut root, taken) = roots.root(claim);
                if let Some(concern) = concerns[*at] {
                    concern.mark(records, &mut root, taken);
                }
                // What a report that stands alone says is its origin's.
                if taken || members.len() == 1 { shared.push(root) } else { mine.push(root) }
            }
            if let Some(concern) = concerns[*at] {
                let mut all: Vec<&Root> = shared.iter().chain(&mine).collect();
                all.sort_by_key(|root| root.claim.claim);
                flags.extend(concern.flags(records, *at, &all));
            }
            made.claims.extend(shared.iter().map(|root| root.claim.clone()));
            made.roots.append(&mut shared);
            if !mine.is_empty() {
                own.push(mine);
            }
        }
        (made, own)
    }

    /// Adds a pair and its evidence to its origin.
    fn show(&self, pair: &Pair, made: &mut Origin) {
        let Self { records, pile, stitched, .. } = self;
        let side = |at: usize| Side { record: records[at], text: &pile.texts[at] };
        let turned = records[pair.b].report.id < records[pair.a].report.id;
        let shown = evidence(pair.kind, side(pair.a), side(pair.b), &pair.passages, &pair.told);
        made.evidence.extend(shown.into_iter().map(|found| {
            if turned { Evidence { kind: found.kind, a: found.b, b: found.a } } else { found }
        }));
        let (a, b) = if turned { (pair.b, pair.a) } else { (pair.a, pair.b) };
        let first = direction::first(records, stitched, pair);
        made.pairs.push(Dependence {
            a: records[a].report.id.clone(),
            b: records[b].report.id.clone(),
            kind: pair.kind,
            share: pair.share,
            first: first.map(|at| records[at].report.id.clone()),
        });
    }
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
