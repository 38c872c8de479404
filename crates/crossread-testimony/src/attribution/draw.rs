//! From the classifiers' scores to attributions: cues, their parts, and which stands within which.

use super::cue;
use super::deed;
use super::form;
use super::labels as dep;
use super::mend;
use super::net::{Bag, FormError, Net};
use super::page::{NONE, Page, Pos, class};
use super::role::{self, LABELS, Label};
use super::source;

const NOTHING: u8 = Label::Nothing as u8;
const SOURCE: u8 = Label::Source as u8;
const CONTENT: u8 = Label::Content as u8;
const CUE: u8 = Label::Cue as u8;

/// The trained weights of both classifiers.
#[derive(Debug, Clone, PartialEq)]
pub struct Models {
    /// Whether a word is a cue: one output.
    pub cue: Net,
    /// What a word is to a cue: an output a label.
    pub role: Net,
}

impl Models {
    /// Reads what [`write`](Self::write) wrote.
    pub fn read(bytes: &[u8]) -> Result<Self, FormError> {
        let short = FormError { wanted: 4, found: bytes.len() };
        let (size, rest) = bytes.split_first_chunk::<4>().ok_or(short)?;
        let size = u32::from_le_bytes(*size) as usize;
        let (cue, role) = rest
            .split_at_checked(size)
            .ok_or(FormError { wanted: 4 + size, found: bytes.len() })?;
        Ok(Self { cue: Net::read(cue)?, role: Net::read(role)? })
    }

    /// The length of the first as little-endian `u32`, then both.
    pub fn write(&self) -> Vec<u8> {
        let cue = self.cue.write();
        let mut bytes = (cue.len() as u32).to_le_bytes().to_vec();
        bytes.extend(cue);
        bytes.extend(self.role.write());
        bytes
    }
}

/// An attribution in words of the page, each list in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Drawn {
    /// The word that was found to be a cue.
    pub(crate) head: usize,
    pub(crate) source: Vec<usize>,
    pub(crate) cue: Vec<usize>,
    pub(crate) content: Vec<usize>,
    /// How much each word of the content prefers to be content.
    margins: Vec<f32>,
    /// How sure the cue is.
    pub(crate) score: f32,
    /// The one within whose content it stands.
    pub(crate) parent: Option<usize>,
}

impl Drawn {
    /// What a rule found.
    pub(crate) fn spoken(
        head: usize,
        source: Vec<usize>,
        cue: Vec<usize>,
        content: Vec<usize>,
    ) -> Self {
        let margins = vec![0.0; content.len()];
        Self { head, source, cue, content, margins, score: 0.0, parent: None }
    }

    /// Takes words out of the content.
    pub(crate) fn drop_content(&mut self, out: impl Fn(usize) -> bool) {
        let words = std::mem::take(&mut self.content);
        let margins = std::mem::take(&mut self.margins);
        for (at, margin) in words.into_iter().zip(margins) {
            if !out(at) {
                self.content.push(at);
                self.margins.push(margin);
            }
        }
    }

    /// Puts words into the content.
    pub(crate) fn add_content(&mut self, words: impl IntoIterator<Item = usize>) {
        for at in words {
            if let Err(place) = self.content.binary_search(&at) {
                self.content.insert(place, at);
                self.margins.insert(place, 0.0);
            }
        }
    }

    /// Its first word.
    pub(crate) fn first(&self) -> usize {
        let firsts = [&self.source, &self.cue, &self.content].map(|list| list.first().copied());
        firsts.into_iter().flatten().min().unwrap_or(self.head)
    }
}

/// The most words of somebody cited.
const LONGEST_CITED: usize = 25;
/// The score a cue must reach.
const LEAST: f32 = 0.0;
/// The score that a cue must reach within another's content: without a subject of its own, with one, and with one that
/// speaks. The corpus marks one level only, so that the network has never been told what is one and what is none there.
const LEAST_WITHIN: (f32, f32, f32) = (1.0, -1.0, -2.5);
/// Classes of verbs by which somebody says or judges.
const SAYS: u32 = class::SAY | class::TELL | class::JUDGE;

/// The attributions of a page, in order of their cues.
pub(crate) fn draw(page: &Page<'_>, models: &Models) -> Vec<Drawn> {
    let mut bag = Bag::default();
    let mut drawn = Vec::new();
    for at in 0..page.words.len() {
        if !cue::may_be_cue(page, at) {
            continue;
        }
        cue::features(page, at, &mut bag);
        let mut score = [0f32];
        models.cue.score(&bag.0, &mut score);
        if form::is_cue_by_form(page, at) {
            score[0] = score[0].max(LEAST_WITHIN.0 + 1.0);
        }
        if score[0] > LEAST || may_be_child(page, at, score[0]) {
            drawn.extend(parts(page, models, at, score[0], &mut bag));
        }
    }
    arrange(page, drawn)
}

/// Whether a cue may stand within another's content.
fn may_be_child(page: &Page<'_>, head: usize, score: f32) -> bool {
    let words = &page.words;
    if words[head].class == 0 || deed::permits(page, head) {
        return false;
    }
    let mut subjects =
        page.children(head).filter(|&at| matches!(words[at].dep, dep::NSUBJ | dep::NSUBJPASS));
    let somebody = |at: usize| words[at].dep == dep::NSUBJ && source::speaks(page, at);
    let least = match subjects.next() {
        Some(subject) if somebody(subject) && words[head].class & SAYS != 0 => LEAST_WITHIN.2,
        Some(_) => LEAST_WITHIN.1,
        None => LEAST_WITHIN.0,
    };
    score > least
}

/// The parts around one cue; `None` where nothing is said.
fn parts(
    page: &Page<'_>,
    models: &Models,
    head: usize,
    score: f32,
    bag: &mut Bag,
) -> Option<Drawn> {
    let mut scores: Vec<f32> = Vec::new();
    role::features(page, head, bag, |at, features| {
        let start = scores.len();
        scores.resize(start + LABELS, 0.0);
        models.role.score(features, &mut scores[start..]);
        if at == head {
            scores[start + usize::from(CUE)] += 1000.0;
        }
    });
    let first = role::window(page, head).first;
    let mut labels = models.role.decode(&scores);
    keep_quotations_whole(page, head, first, &mut labels);
    let of = |label: u8| -> Vec<usize> {
        labels.iter().enumerate().filter(|(_, l)| **l == label).map(|(i, _)| first + i).collect()
    };
    let content = of(CONTENT);
    let margins = content
        .iter()
        .map(|&i| {
            let place = &scores[(i - first) * LABELS..];
            place[usize::from(CONTENT)] - place[usize::from(NOTHING)]
        })
        .collect();
    let mut drawn =
        Drawn { head, source: of(SOURCE), cue: of(CUE), content, margins, score, parent: None };
    let says = mend::mend(page, &mut drawn);
    let empty = drawn.content.iter().all(|&i| page.words[i].pos == Pos::Punctuation);
    (says && !empty).then_some(drawn)
}

/// So many words of a quotation from its first one on are no scare quote.
const BEGUN: usize = 8;

/// What stands within quotation marks is one thing: where most of its words are content, or the first of them, all are.
fn keep_quotations_whole(page: &Page<'_>, head: usize, first: usize, labels: &mut [u8]) {
    let mut start = 0;
    while start < labels.len() {
        let quotation = page.words[first + start].quotation;
        let run = page.words[first + start..first + labels.len()].iter();
        let end = start + run.take_while(|word| word.quotation == quotation).count();
        if quotation != NONE && quotation != page.words[head].quotation {
            let run = &mut labels[start..end];
            let content = run.iter().filter(|label| **label == CONTENT).count();
            let whole = page.quotations.get(quotation as usize).is_some_and(|q| q.whole);
            let begun = run.iter().take_while(|label| **label == CONTENT).count();
            if whole && (2 * content > run.len() || begun >= BEGUN) {
                run.fill(CONTENT);
            }
        }
        start = end;
    }
}

/// Puts attributions within one another and divides what two claim.
fn arrange(page: &Page<'_>, mut drawn: Vec<Drawn>) -> Vec<Drawn> {
    let holds = |outer: &Drawn, inner: &Drawn| outer.content.binary_search(&inner.head).is_ok();
    // Two that hold each other: the one whose verb governs the other's says it all; else the surer one stays.
    let mut dropped = vec![false; drawn.len()];
    for i in 0..drawn.len() {
        for j in i + 1..drawn.len() {
            if !near(page, &drawn[i], &drawn[j]) {
                break;
            }
            if !dropped[i]
                && !dropped[j]
                && holds(&drawn[i], &drawn[j])
                && holds(&drawn[j], &drawn[i])
            {
                let governed = if mend::under(page, drawn[j].head, drawn[i].head) {
                    Some((i, j))
                } else if mend::under(page, drawn[i].head, drawn[j].head) {
                    Some((j, i))
                } else {
                    None
                };
                if let Some((outer, inner)) = governed {
                    let said = drawn[outer].content.clone();
                    drawn[inner].drop_content(|at| said.binary_search(&at).is_err());
                } else {
                    let weaker = if drawn[i].score < drawn[j].score { i } else { j };
                    dropped[weaker] = true;
                }
            }
            // One's cue among the other's cue words.
            let one =
                drawn[i].cue.contains(&drawn[j].head) || drawn[j].cue.contains(&drawn[i].head);
            if one && !dropped[i] && !dropped[j] {
                let weaker = if drawn[i].score < drawn[j].score { i } else { j };
                dropped[weaker] = true;
            }
        }
    }
    let mut kept = dropped.iter();
    drawn.retain(|_| !kept.next().copied().unwrap_or(false));
    // The parent is the smallest that holds it.
    for j in 0..drawn.len() {
        let mut best: Option<usize> = None;
        let nearby = (0..j).rev().take_while(|&i| near(page, &drawn[i], &drawn[j]));
        let after = (j + 1..drawn.len()).take_while(|&i| near(page, &drawn[i], &drawn[j]));
        for i in nearby.chain(after) {
            if holds(&drawn[i], &drawn[j])
                && best.is_none_or(|b| drawn[i].content.len() < drawn[b].content.len())
            {
                best = Some(i);
            }
        }
        drawn[j].parent = best;
    }
    // A ring of parents cannot be told apart: cut it at its first member.
    for j in 0..drawn.len() {
        let (mut up, mut steps) = (drawn[j].parent, 0);
        while let Some(i) = up {
            if i == j || steps > drawn.len() {
                drawn[j].parent = None;
                break;
            }
            steps += 1;
            up = drawn[i].parent;
        }
    }
    for nth in 0..drawn.len() {
        if let Some(parent) = drawn[nth].parent {
            let outer = drawn[parent].content.clone();
            sources_within(page, &mut drawn[nth], &outer);
        }
    }
    let weak = |d: &Drawn| match d.parent {
        Some(_) if d.source.is_empty() && !d.content.iter().any(|&at| page.words[at].is_verb()) => {
            true
        }
        None => d.score <= LEAST,
        Some(_) => !may_be_child(page, d.head, d.score),
    };
    let keep: Vec<bool> = drawn.iter().map(|d| !weak(d)).collect();
    let mut drawn = retain(drawn, &keep);
    divide(page, &mut drawn);
    let keep: Vec<bool> = drawn.iter().map(|d| !d.content.is_empty()).collect();
    retain(drawn, &keep)
}

/// "..., the station reported, citing the coast guard": the coast guard said it, and the station says so. The cited
/// becomes a source of what is reported, within the report.
pub(crate) fn cite(page: &Page<'_>, drawn: &mut [Drawn]) {
    for nth in 0..drawn.len() {
        let citing = &page.words[drawn[nth].head];
        if citing.class & class::BY == 0 || !citing.is_verb() || citing.head == drawn[nth].head {
            continue;
        }
        let reports = |d: &Drawn| {
            d.head == citing.head && d.parent == drawn[nth].parent && !d.content.is_empty()
        };
        let Some(outer) = drawn.iter().position(reports) else { continue };
        let clause = drawn[nth]
            .content
            .iter()
            .any(|&at| page.words[at].is_verb() && page.words[at].dep == dep::CCOMP);
        let apart =
            drawn[nth].content.iter().all(|at| drawn[outer].content.binary_search(at).is_err());
        if clause || !apart || drawn[nth].content.len() > LONGEST_CITED {
            continue;
        }
        let content = drawn[outer].content.clone();
        let cited = &mut drawn[nth];
        cited.source = std::mem::take(&mut cited.content);
        cited.margins = vec![0.0; content.len()];
        cited.content = content;
        cited.parent = Some(outer);
    }
}

/// A verb with a subject of its own has its source in what is said, not among those who say so: in "the mayor denied
/// that the council had been warned" it is not the mayor who warned.
fn sources_within(page: &Page<'_>, inner: &mut Drawn, outer: &[usize]) {
    let own = page
        .children(inner.head)
        .any(|at| matches!(page.words[at].dep, dep::NSUBJ | dep::NSUBJPASS));
    if own {
        inner.source.retain(|at| outer.binary_search(at).is_ok());
    }
}

/// Those to keep; what stood within one that goes stands within what that one stood within.
fn retain(mut drawn: Vec<Drawn>, keep: &[bool]) -> Vec<Drawn> {
    let mut place = Vec::with_capacity(drawn.len());
    let mut kept = 0;
    for &keep in keep {
        place.push(keep.then_some(kept));
        kept += usize::from(keep);
    }
    let parents: Vec<Option<usize>> = drawn.iter().map(|d| d.parent).collect();
    for d in &mut drawn {
        let mut up = d.parent;
        // There are no rings here, so that this ends.
        while let Some(at) = up
            && place[at].is_none()
        {
            up = parents[at];
        }
        d.parent = up.and_then(|at| place[at]);
    }
    drawn.into_iter().zip(keep).filter(|(_, keep)| **keep).map(|(d, _)| d).collect()
}

/// Whether two share a paragraph.
fn near(page: &Page<'_>, a: &Drawn, b: &Drawn) -> bool {
    page.words[a.head].paragraph == page.words[b.head].paragraph
}

/// Words that two attributions of one level claim as content go, run by run, to the one that wants them more.
fn divide(page: &Page<'_>, drawn: &mut [Drawn]) {
    for i in 0..drawn.len() {
        for j in i + 1..drawn.len() {
            if !near(page, &drawn[i], &drawn[j]) {
                break;
            }
            if drawn[i].parent == Some(j)
                || drawn[j].parent == Some(i)
                || drawn[i].parent != drawn[j].parent
            {
                continue;
            }
            let shared: Vec<usize> = drawn[i]
                .content
                .iter()
                .copied()
                .filter(|at| drawn[j].content.binary_search(at).is_ok())
                .collect();
            let mut from = 0;
            while from < shared.len() {
                let mut end = from + 1;
                while end < shared.len() && shared[end] == shared[end - 1] + 1 {
                    end += 1;
                }
                let (first, last) = (shared[from], shared[end - 1]);
                let want = |d: &Drawn| -> f32 {
                    let words = d.content.iter().zip(&d.margins);
                    words.filter(|(at, _)| (first..=last).contains(*at)).map(|(_, m)| m).sum()
                };
                let loser = if want(&drawn[i]) < want(&drawn[j]) { i } else { j };
                drawn[loser].drop_content(|at| (first..=last).contains(&at));
                from = end;
            }
        }
    }
}
