//! What every word around a cue is to it: the source, the content, a further word of the cue, or nothing.
//!
//! The words of the cue's paragraph are labelled as a sequence. The features of a word tell its way to the cue
//! through the tree: from which of the cue's ancestors it branches off, by what label, on which side; and how the
//! quotations lie. Words of one branch share most of them, so that they mostly share their label.

use super::cue::{bucket, kind};
use super::labels as dep;
use super::net::Bag;
use super::page::{NONE, Page, Pos, Run, class, mix};

/// What a word is to a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Label {
    /// Nothing.
    Nothing,
    /// A word for who says it.
    Source,
    /// A word of what is said.
    Content,
    /// A further word for the saying.
    Cue,
}

/// The number of labels.
pub const LABELS: usize = 4;

/// How many words before and after the cue are looked at.
const REACH: usize = 220;
/// How far up the tree.
const ANCESTORS: usize = 7;
/// The level of words that hang on none of the ancestors.
const LOOSE: u32 = 9;

/// The words to label for a cue: its paragraph, or what of it lies within reach; and the next one where this one ends
/// in a colon and that one starts with a quotation.
pub(crate) fn window(page: &Page<'_>, cue: usize) -> Run {
    let paragraph = page.paragraph(cue);
    let mut end = paragraph.end;
    let colon = page.form(end - 1) == ":";
    if let Some(next) = page.words.get(end)
        && colon
        && next.quotation != NONE
    {
        end = page.paragraph(end).end;
    }
    Run { first: paragraph.first.max(cue.saturating_sub(REACH)), end: end.min(cue + REACH) }
}

/// How a word hangs on the cue.
#[derive(Clone, Copy)]
struct Way {
    /// The level of the ancestor it branches off from: 0 the cue, 1 its head.
    level: u32,
    /// The first word of the branch; `None` for an ancestor itself.
    top: Option<usize>,
    /// The second word of the branch on the way to the word.
    second: Option<usize>,
    /// Steps from the top of the branch.
    depth: u32,
}

/// Calls `give` with each word of the window, in order, and its features.
pub(crate) fn features(
    page: &Page<'_>,
    cue: usize,
    bag: &mut Bag,
    mut give: impl FnMut(usize, &[u32]),
) {
    let words = &page.words;
    let window = window(page, cue);
    let c = &words[cue];

    let mut ancestors: Vec<(usize, u32)> = vec![(cue, 0)]; // with the labels on the way up, hashed
    let mut up = cue;
    while ancestors.len() < ANCESTORS && words[up].head != up {
        let way = mix(ancestors.last().map_or(0, |last| last.1), words[up].dep);
        up = words[up].head;
        ancestors.push((up, way));
    }
    let ways = ways(page, window, &ancestors);

    let cue_sentence = page.sentence(cue);
    let has_subject = page
        .children(cue)
        .any(|i| matches!(words[i].dep, dep::NSUBJ | dep::NSUBJPASS | dep::CSUBJ));
    let has_clause = page.children(cue).any(|i| matches!(words[i].dep, dep::CCOMP | dep::XCOMP));
    let has_object = page
        .children(cue)
        .any(|i| matches!(words[i].dep, dep::DOBJ | dep::ATTR | dep::ACOMP | dep::OPRD));
    let passive = page.children(cue).any(|i| words[i].dep == dep::AUXPASS);
    let shape = u32::from(has_subject)
        | u32::from(has_clause) << 1
        | u32::from(has_object) << 2
        | u32::from(passive) << 3;
    // The quotations on both sides of the cue, the nearest ones.
    let quoted = |i: &usize| words[*i].quotation != NONE && words[*i].quotation != c.quotation;
    let before = (window.first..cue).rev().find(quoted).map(|i| words[i].quotation);
    let after = (cue + 1..window.end).find(quoted).map(|i| words[i].quotation);
    let starts_quoted = words[window.first].quotation != NONE;
    let sides = u32::from(before.is_some())
        | u32::from(after.is_some()) << 1
        | u32::from(starts_quoted) << 2
        | u32::from(c.quotation != NONE) << 3;
    // Does the cue's own sentence, or the words next to it, touch a quotation?
    let touches = |q: Option<u32>| {
        q.is_some_and(|q| {
            words[cue_sentence.first..cue_sentence.end]
                .iter()
                .take(2 * REACH)
                .any(|w| w.quotation == q)
        })
    };
    let (before_near, after_near) = (touches(before), touches(after));

    // Running counts from the cue outwards: commas, quotation marks, other cues between.
    let says = |i: usize| {
        words[i].class & (class::SAY | class::TELL | class::BY) != 0
            && words[i].pos != Pos::Noun
            && words[i].quotation == c.quotation
    };
    let mut between = vec![(0u8, 0u8, 0u8); window.end - window.first];
    let mut count = |range: &mut dyn Iterator<Item = usize>| {
        let mut sum = (0u8, 0u8, 0u8);
        for i in range {
            between[i - window.first] = sum;
            let w = &words[i];
            if w.mark {
                sum.1 = (sum.1 + 1).min(3);
            } else if w.pos == Pos::Punctuation {
                sum.0 = (sum.0 + 1).min(3);
            }
            if says(i) {
                sum.2 = (sum.2 + 1).min(2);
            }
        }
    };
    count(&mut (cue + 1..window.end));
    count(&mut (window.first..cue).rev());

    let mut other = (NONE, 0); // a sentence, and the classes of its cues
    for at in window.first..window.end {
        let w = &words[at];
        bag.0.clear();
        let side = u32::from(at > cue);
        let way = ways[at - window.first];
        let (commas, marks, cues) = between[at - window.first];
        let (commas, marks, cues) = (u32::from(commas), u32::from(marks), u32::from(cues));
        let quote = match w.quotation {
            NONE if c.quotation == NONE => 0,
            NONE => 1,
            q if q == c.quotation => 2,
            q if Some(q) == before => 3 + u32::from(before_near),
            q if Some(q) == after => 5 + u32::from(after_near),
            _ => 7,
        };
        bag.add(1, [w.tag, side]);
        bag.add(2, [w.dep, quote]);
        bag.add(3, [quote, side, c.class]);
        bag.add(4, [quote, sides, u32::from(w.mark)]);
        bag.add(5, [quote, marks, cues, side]);
        bag.add(6, [quote, c.lemma]);

        let sentence = w.sentence.abs_diff(c.sentence);
        if sentence > 0 {
            let own = page.sentence(at);
            if other.0 != w.sentence {
                let cues = words[own.first..own.end]
                    .iter()
                    .take(60)
                    .filter(|w| w.quotation == NONE && w.pos != Pos::Noun)
                    .fold(0, |seen, w| seen | w.class);
                other = (w.sentence, cues & (class::SAY | class::TELL | class::BY | class::THINK));
            }
            let other_cue = other.1;
            let sentence = sentence.min(3);
            let all_quoted = u32::from(
                words[own.first].quotation != NONE && words[own.end - 1].quotation != NONE,
            );
            let paragraph = u32::from(w.paragraph != c.paragraph);
            bag.add(9, [paragraph, side, quote]);
            bag.add(10, [sentence, side, quote]);
            bag.add(11, [sentence, side, quote, cues]);
            bag.add(12, [sentence, side, all_quoted, other_cue]);
            bag.add(13, [sentence, side, quote, c.class]);
            bag.add(14, [sentence, side, quote, sides]);
            bag.add(15, [sentence, side, quote, w.tag]);
            bag.add(16, [sentence, side, u32::from(c.quotation != NONE), shape]);
            bag.add(17, [sentence, side, quote, c.lemma]);
            bag.add(18, [sentence, side, words[own.first].lemma, quote]);
            bag.add(19, [u32::from(at + 1 == own.end), quote, side, w.lemma]);
            give(at, &bag.0);
            continue;
        }

        let way_up = ancestors.get(way.level as usize).map_or(0, |a| a.1);
        if let Some(top) = way.top {
            let t = &words[top];
            let top_side = u32::from(top > cue);
            let branch = mix(mix(way.level, t.dep), top_side);
            let second = way.second.map_or(0, |i| words[i].dep);
            let marked = page.child(top, dep::MARK).map_or(0, |i| words[i].lemma);
            bag.add(20, [branch]);
            bag.add(21, [branch, c.lemma]);
            bag.add(22, [branch, c.class]);
            bag.add(23, [branch, way_up]);
            bag.add(24, [branch, way_up, c.pos as u32, shape]);
            bag.add(25, [branch, second, side]);
            bag.add(26, [branch, second, way.depth.min(4)]);
            bag.add(27, [branch, t.tag, marked]);
            bag.add(28, [branch, kind(t), c.class]);
            bag.add(29, [branch, t.lemma]);
            bag.add(30, [branch, shape, c.pos as u32]);
            bag.add(31, [branch, shape, c.class]);
            bag.add(32, [branch, quote, marks]);
            bag.add(33, [branch, quote, sides]);
            bag.add(34, [branch, w.tag, way.depth.min(3)]);
            bag.add(35, [branch, w.dep, quote]);
            bag.add(36, [branch, commas, cues, side]);
            bag.add(37, [branch, bucket(at.abs_diff(cue)), side]);
            bag.add(38, [branch, second, c.lemma]);
            bag.add(39, [branch, c.tag, t.tag]);
            if let Some(second) = way.second {
                let s = &words[second];
                bag.add(40, [branch, s.dep, s.lemma, c.pos as u32]);
                bag.add(41, [branch, s.dep, kind(s)]);
                bag.add(42, [branch, s.dep, t.lemma, c.lemma]);
                bag.add(43, [branch, s.dep, s.tag, u32::from(second > top)]);
            } else {
                bag.add(44, [branch, t.lemma, c.lemma]);
            }
        } else {
            let below = way.level.checked_sub(1).and_then(|l| ancestors.get(l as usize));
            let down = below.map_or(0, |&(i, _)| words[i].dep);
            bag.add(50, [way.level, down, side]);
            bag.add(51, [way.level, way_up, w.tag]);
            bag.add(52, [way.level, way_up, c.lemma]);
            bag.add(53, [way.level, down, kind(w), c.pos as u32]);
            bag.add(54, [way.level, down, c.class, w.class]);
            bag.add(55, [way.level, down, quote, side]);
            bag.add(56, [way.level, w.lemma, c.lemma]);
            bag.add(57, [way.level, way_up, shape, side]);
        }

        // The words beside it.
        let near =
            |i: Option<usize>| i.and_then(|i| words.get(i)).filter(|n| n.sentence == w.sentence);
        let (left, right) = (near(at.checked_sub(1)), near(Some(at + 1)));
        let distance = bucket(at.abs_diff(cue));
        bag.add(60, [distance, side, w.tag]);
        bag.add(61, [distance, side, w.lemma]);
        bag.add(62, [distance, side, kind(w), c.class]);
        bag.add(63, [w.lemma, way.level, side]);
        bag.add(64, [w.lemma, c.lemma]);
        bag.add(65, [left.map_or(0, |n| n.tag), w.tag, right.map_or(0, |n| n.tag)]);
        bag.add(66, [left.map_or(0, |n| n.lemma), w.tag, side]);
        bag.add(67, [w.tag, right.map_or(0, |n| n.lemma), side]);
        bag.add(68, [commas, marks, cues, side, w.tag]);
        bag.add(
            69,
            [u32::from(at + 1 == cue_sentence.end), u32::from(at == cue_sentence.first), w.lemma],
        );
        if w.pos == Pos::Punctuation {
            bag.add(70, [w.lemma, distance, side]);
            bag.add(71, [w.lemma, left.map_or(0, |n| n.lemma), right.map_or(0, |n| n.tag)]);
            bag.add(72, [w.lemma, quote, sides, commas]);
            bag.add(
                73,
                [
                    w.lemma,
                    right.map_or(0, |n| u32::from(n.mark) + 1),
                    left.map_or(0, |n| u32::from(n.mark) + 1),
                    side,
                ],
            );
        }
        if at.abs_diff(cue) <= 4 {
            bag.add(74, [at.abs_diff(cue) as u32, side, w.tag, c.tag]);
            bag.add(75, [at.abs_diff(cue) as u32, side, w.lemma, c.lemma]);
            bag.add(76, [at.abs_diff(cue) as u32, side, w.lemma, c.class]);
        }
        give(at, &bag.0);
    }
}

/// How each word of the window hangs on the ancestors.
fn ways(page: &Page<'_>, window: Run, ancestors: &[(usize, u32)]) -> Vec<Way> {
    let loose = Way { level: LOOSE, top: None, second: None, depth: 0 };
    let mut ways: Vec<Option<Way>> = vec![None; window.end - window.first];
    let inside = |i: usize| (window.first..window.end).contains(&i);
    for (level, &(at, _)) in ancestors.iter().enumerate() {
        if inside(at) {
            ways[at - window.first] = Some(Way { level: level as u32, ..loose });
        }
    }
    let mut path = Vec::new();
    for at in window.first..window.end {
        let mut up = at;
        path.clear();
        let mut way = loop {
            if !inside(up) {
                break loose;
            }
            if let Some(way) = ways[up - window.first] {
                break way;
            }
            path.push(up);
            // A root that is no ancestor: another sentence, or another tree of this one.
            if page.words[up].head == up || path.len() > window.end - window.first {
                break loose;
            }
            up = page.words[up].head;
        };
        let from_ancestor = ancestors.iter().any(|&(a, _)| a == up);
        let mut fresh = from_ancestor && way.top.is_none();
        for &step in path.iter().rev() {
            way = if fresh {
                fresh = false;
                Way { top: Some(step), ..way }
            } else if way.top.is_some() && way.second.is_none() {
                Way { second: Some(step), depth: way.depth + 1, ..way }
            } else {
                Way { depth: way.depth + 1, ..way }
            };
            ways[step - window.first] = Some(way);
        }
    }
    ways.into_iter().map(|way| way.unwrap_or(loose)).collect()
}
