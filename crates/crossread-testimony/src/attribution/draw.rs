//! From the classifiers' scores to attributions: cues, their parts, and which stands within which.

use super::cue;
use super::net::{Bag, FormError, Net};
use super::page::{Page, Pos};
use super::role::{self, CONTENT, CUE, LABELS, NOTHING, SOURCE};

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
    /// Words that nobody is said to say.
    pub(crate) fn orphan(head: usize, content: Vec<usize>) -> Self {
        let margins = Vec::new();
        Self { head, source: vec![], cue: vec![], content, margins, score: 0.0, parent: None }
    }

    /// Its first word.
    pub(crate) fn first(&self) -> usize {
        let firsts = [&self.source, &self.cue, &self.content].map(|list| list.first().copied());
        firsts.into_iter().flatten().min().unwrap_or(self.head)
    }
}

/// The score a cue must reach.
const LEAST: f32 = 0.0;

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
        if score[0] > LEAST {
            drawn.extend(parts(page, models, at, score[0], &mut bag));
        }
    }
    arrange(page, drawn)
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
    let labels = models.role.decode(&scores);
    let first = role::window(page, head).first;
    let of = |label: u8| -> Vec<usize> {
        labels.iter().enumerate().filter(|(_, l)| **l == label).map(|(i, _)| first + i).collect()
    };
    let content = of(CONTENT);
    if content.iter().all(|&i| page.words[i].pos == Pos::Punctuation) {
        return None;
    }
    let margins = content
        .iter()
        .map(|&i| {
            let place = &scores[(i - first) * LABELS..];
            place[usize::from(CONTENT)] - place[usize::from(NOTHING)]
        })
        .collect();
    Some(Drawn { head, source: of(SOURCE), cue: of(CUE), content, margins, score, parent: None })
}

/// Puts attributions within one another and divides what two claim.
fn arrange(page: &Page<'_>, mut drawn: Vec<Drawn>) -> Vec<Drawn> {
    let holds = |outer: &Drawn, inner: &Drawn| outer.content.binary_search(&inner.head).is_ok();
    // Two that hold each other: the surer one stays.
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
                let weaker = if drawn[i].score < drawn[j].score { i } else { j };
                dropped[weaker] = true;
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
    divide(page, &mut drawn);
    drawn.retain(|d| !d.content.is_empty());
    drawn
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
                let d = &mut drawn[loser];
                let keep: Vec<bool> =
                    d.content.iter().map(|at| !(first..=last).contains(at)).collect();
                let mut k = keep.iter();
                d.content.retain(|_| k.next().copied().unwrap_or(true));
                let mut k = keep.iter();
                d.margins.retain(|_| k.next().copied().unwrap_or(true));
                from = end;
            }
        }
    }
}
