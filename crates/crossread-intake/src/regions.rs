//! What each paragraph of a plain text is.
//!
//! A text copied from a web page carries its page along: the site's name, the title twice, a stamp, share boxes,
//! lists of other stories, readers' comments, a form. What a paragraph is follows from where it stands, how it is
//! built (length, end mark, capitals), what its words say ([`phrases`]) and whether it repeats the title.
//!
//! Where these do not decide, a paragraph is body: to lose a sentence of the story is worse than to keep a line of
//! the page.

use std::sync::LazyLock;

use crossread_base::Span;
use crossread_record::{Region, RegionKind};
use regex::Regex;
use rustc_hash::FxHashSet;

use crate::paragraphs::{Paragraph, ends_sentence, paragraphs};
use crate::phrases::{self, Sign};
use crate::stamps::{self, Part};
use crate::{headline, lead_in};

/// A paragraph with what can be seen of it by itself.
struct Block<'t> {
    words: &'t str,
    span: Span,
    group: u32,
    /// Counted up to a bound that no test goes beyond.
    count: usize,
    sentence: bool,
    sign: Option<Sign>,
    /// Date and author parts, where the whole paragraph is made of them.
    stamp: Option<Vec<(Span, Part)>>,
    kind: Option<RegionKind>,
}

impl Block<'_> {
    /// Is built like a paragraph of a story.
    fn solid(&self) -> bool {
        self.sign.is_none()
            && self.stamp.is_none()
            && ((self.sentence && self.count >= 10) || self.count >= 30)
    }
}

/// The regions of a plain text.
pub(crate) fn regions(text: &str) -> Vec<Region> {
    let paragraphs = paragraphs(text);
    let mut blocks: Vec<Block<'_>> = paragraphs.iter().map(|p| block(text, p)).collect();
    let shouted = is_upper_case(text);
    let start = top(&mut blocks, shouted);
    tail(&mut blocks, start);
    signs(&mut blocks);
    captions(&mut blocks, start);
    repeats(&mut blocks);
    subheads(&mut blocks, start, shouted);
    spans(text, blocks)
}

fn block<'t>(text: &'t str, paragraph: &Paragraph) -> Block<'t> {
    let words = paragraph.span.text(text);
    let stamp = stamps::read(words).map(|parts| {
        parts.into_iter().map(|(span, part)| (span.shifted(paragraph.span.start), part)).collect()
    });
    Block {
        words,
        span: paragraph.span,
        group: paragraph.group,
        count: words.split_whitespace().take(60).count(),
        sentence: ends_sentence(words),
        sign: phrases::sign(words),
        stamp,
        kind: None,
    }
}

/// Whether a text is set in capitals throughout, as wire copy was.
fn is_upper_case(text: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for c in text.chars().take(20_000) {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper > lower * 3
}

/// Sorts what stands above the story, and gives the index of the story's first paragraph.
fn top(blocks: &mut [Block<'_>], shouted: bool) -> usize {
    let titled = |block: &Block<'_>| headline::is_title(block.words, shouted);
    let start = blocks
        .iter()
        .position(|b| {
            let plain = b.sign.is_none() && b.stamp.is_none();
            plain && (b.solid() || b.sentence && b.count >= 3) && !titled(b)
        })
        .unwrap_or(blocks.len());
    // Without a paragraph there is no story that something could stand above.
    let Some(first) = blocks.get(start).map(|b| b.span.start) else {
        if let [only] = blocks
            && only.sign.is_none()
            && only.stamp.is_none()
        {
            only.kind = Some(RegionKind::Body);
        }
        return 0;
    };
    let candidates: Vec<usize> = (0..start)
        .filter(|i| {
            let b = &blocks[*i];
            b.sign.is_none() && b.stamp.is_none() && !is_ornament(b.words)
        })
        // Above a story stand a few lines; a list of thousands has no title to look for.
        .take(40)
        .collect();
    let pair = candidates.iter().find_map(|a| {
        let again = candidates
            .iter()
            .find(|b| *b > a && headline::same(blocks[*a].words, blocks[**b].words));
        again.map(|_| *a)
    });
    let reads_as_title = |i: usize| {
        let b = &blocks[i];
        b.count >= 2
            && b.count <= 30
            && b.words.chars().filter(|c| c.is_alphabetic()).count() >= 8
            && !headline::is_site_line(b.words)
    };
    let title = pair.or_else(|| {
        let mut long = candidates.iter().copied().filter(|i| reads_as_title(*i));
        let first = long.next()?;
        // A kicker of one or two words ("World", "Middle East") stands above a title of more.
        let better = long.find(|i| blocks[*i].count >= 4);
        Some(if blocks[first].count <= 2 { better.unwrap_or(first) } else { first })
    });
    for i in 0..start {
        let is_candidate = candidates.contains(&i);
        let b = &blocks[i];
        blocks[i].kind = match title {
            _ if !is_candidate => section_heading_above(b),
            Some(title) if i < title => Some(RegionKind::Furniture),
            Some(title) if i == title => Some(RegionKind::Headline),
            Some(title) if headline::same(blocks[title].words, b.words) => {
                Some(RegionKind::HeadlineRepeat)
            }
            Some(_) if headline::is_site_line(b.words) => Some(RegionKind::Furniture),
            Some(_) => Some(RegionKind::Subhead),
            None if headline::is_site_line(b.words) => Some(RegionKind::Furniture),
            None => None,
        };
    }
    debug_assert!(blocks[..start].iter().all(|b| b.span.end <= first));
    start
}

/// A section's heading above the story ("Comments", "Latest") is a menu's entry.
fn section_heading_above(block: &Block<'_>) -> Option<RegionKind> {
    match block.sign {
        Some(Sign::CommentSection | Sign::FormSection | Sign::TeaserSection) => {
            Some(RegionKind::Furniture)
        }
        _ => None,
    }
}

/// What kind of section a paragraph of the tail stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Story,
    Comments,
    Form,
    Teasers { heading: usize },
}

/// Finds the comments, forms and lists of other stories below or within the story.
fn tail(blocks: &mut [Block<'_>], start: usize) {
    // Words of paragraphs from each block to the end.
    let mut below = vec![0usize; blocks.len() + 1];
    for i in (0..blocks.len()).rev() {
        below[i] = below[i + 1] + if blocks[i].solid() { blocks[i].count } else { 0 };
    }
    let mut vocabulary: FxHashSet<String> = FxHashSet::default();
    for b in blocks.iter().take(start) {
        learn(&mut vocabulary, b.words);
    }
    let mut told = 0usize;
    let mut section = Section::Story;
    for i in start..blocks.len() {
        let comment_opens = opens_comment(blocks, i);
        let b = &blocks[i];
        let heading = match b.sign {
            // A bare "Comments" with most of the text still to come is a heading of the story.
            Some(Sign::CommentSection)
                if b.words.contains(|c: char| c.is_numeric())
                    || below[i] <= told.saturating_mul(2) =>
            {
                Some(Section::Comments)
            }
            Some(Sign::FormSection) if section != Section::Story || below[i] <= told => {
                Some(Section::Form)
            }
            // A list of stories within the readers' part is still no comment.
            Some(Sign::TeaserSection) => Some(Section::Teasers { heading: i }),
            _ => None,
        };
        if let Some(next) = heading {
            section = next;
            blocks[i].kind = Some(RegionKind::Furniture);
            continue;
        }
        if section == Section::Story && comment_opens && told > 0 {
            section = Section::Comments;
        }
        let said = match b.sign {
            Some(Sign::Furniture | Sign::FormSection) => Some(RegionKind::Furniture),
            Some(Sign::Teaser) => Some(RegionKind::Teaser),
            _ => None,
        };
        let kind = match section {
            Section::Story => {
                if b.solid() {
                    told += b.count;
                    learn(&mut vocabulary, b.words);
                }
                continue;
            }
            Section::Comments => said.unwrap_or(RegionKind::Comment),
            // Below a form stand the comments, on some pages.
            Section::Form if b.solid() => RegionKind::Comment,
            Section::Form => RegionKind::Furniture,
            Section::Teasers { heading } => {
                let apart = b.group != blocks[heading].group;
                let resumes = b.solid() && apart && is_kin(&vocabulary, b.words);
                let more_to_come = below[i] > told;
                let stamped = b.stamp.is_some() && i + 1 < blocks.len();
                if b.solid() && apart && (resumes || more_to_come) {
                    section = Section::Story;
                    told += b.count;
                    learn(&mut vocabulary, b.words);
                    continue;
                }
                if stamped
                    && blocks[i].stamp.as_ref().is_some_and(|parts| {
                        parts.iter().any(|(_, part)| matches!(part, Part::Date { updated: true }))
                    })
                {
                    // The story's own stamp at its foot, not a teaser's date.
                    section = Section::Story;
                    continue;
                }
                said.unwrap_or(RegionKind::Teaser)
            }
        };
        blocks[i].kind = Some(kind);
        // Within these, a date belongs to the comment or the other story.
        blocks[i].stamp = None;
    }
}

/// "Piet says:" above a date, as blog software heads a comment.
fn opens_comment(blocks: &[Block<'_>], i: usize) -> bool {
    static SAYS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:\d+[.)]\s*)?.{2,40}\s(?:says|said|wrote|writes)\s?(?::|…)?$")
            .expect("the pattern is fixed")
    });
    let b = &blocks[i];
    b.count <= 8
        && !b.sentence
        && SAYS.is_match(b.words)
        && blocks.get(i + 1).is_some_and(|next| {
            next.stamp.is_some() || phrases::sign(next.words) == Some(Sign::Furniture)
        })
}

fn long_words(words: &str) -> impl Iterator<Item = String> {
    words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 5)
        .take(200)
        .map(str::to_lowercase)
}

fn learn(vocabulary: &mut FxHashSet<String>, words: &str) {
    vocabulary.extend(long_words(words));
}

/// Whether a paragraph speaks of what the story spoke of: a good part of its longer words were used before.
fn is_kin(vocabulary: &FxHashSet<String>, words: &str) -> bool {
    let words: FxHashSet<String> = long_words(words).collect();
    let known = words.iter().filter(|word| vocabulary.contains(*word)).count();
    known >= 3 && known * 3 >= words.len()
}

/// What the words of a single paragraph say, where no section has claimed it.
fn signs(blocks: &mut [Block<'_>]) {
    for b in blocks.iter_mut().filter(|b| b.kind.is_none()) {
        b.kind = match b.sign {
            Some(
                Sign::Furniture | Sign::CommentSection | Sign::FormSection | Sign::TeaserSection,
            ) => Some(RegionKind::Furniture),
            Some(Sign::Teaser) => Some(RegionKind::Teaser),
            Some(Sign::Caption) => Some(RegionKind::Caption),
            Some(Sign::Credit) => Some(RegionKind::Credit),
            None if is_ornament(b.words) => Some(RegionKind::Furniture),
            None => None,
        };
    }
}

/// A row of dashes, bullets or stars.
fn is_ornament(words: &str) -> bool {
    !words.chars().any(char::is_alphanumeric)
}

/// A sentence by itself that tells what a picture shows: in the present tense, closed by place and full date.
fn captions(blocks: &mut [Block<'_>], start: usize) {
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x) (?: , | \bon\s+\w+day, ) \s* (?:\p{Lu}\w+\.?\s\d{1,2},\s\d{4} | \d{1,2}\s\p{Lu}\w+\s\d{4})
              \s* \.? \s* (?: [\[(][^\])]{0,60}[\])] | \p{Lu}[\w\s/]{2,40} )? $",
        )
        .expect("the pattern is fixed")
    });
    // What a news sentence has and a caption's first words have not.
    static PAST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:said|says|told|was|were|had|has|have|will|would|announced|reported|killed\s+in|died|according)\b")
            .expect("the pattern is fixed")
    });
    for b in blocks.iter_mut().skip(start).filter(|b| b.kind.is_none() && b.stamp.is_none()) {
        let inner_stops = b.words.matches(". ").count();
        if (6..=45).contains(&b.count)
            && inner_stops <= 1
            && DATED.is_match(b.words)
            && !PAST.is_match(b.words)
        {
            b.kind = Some(RegionKind::Caption);
        }
    }
}

/// The title printed again, anywhere.
fn repeats(blocks: &mut [Block<'_>]) {
    let Some(title) = blocks.iter().position(|b| b.kind == Some(RegionKind::Headline)) else {
        return;
    };
    let words = blocks[title].words;
    for b in blocks.iter_mut().skip(title + 1).filter(|b| b.count <= 40) {
        let open = matches!(b.kind, None | Some(RegionKind::Subhead | RegionKind::Caption));
        if open && !(b.sentence && b.count > 25) && headline::same(words, b.words) {
            b.kind = Some(RegionKind::HeadlineRepeat);
        }
    }
}

/// Headings within the story: short, without an end mark, above a paragraph.
fn subheads(blocks: &mut [Block<'_>], start: usize, shouted: bool) {
    let open: Vec<usize> = (start..blocks.len())
        .filter(|i| blocks[*i].kind.is_none() && blocks[*i].stamp.is_none())
        .collect();
    let unended = open.iter().filter(|i| !blocks[**i].sentence).count();
    // In a text that does without end marks, or in capitals, nothing can be told from either.
    if shouted || unended * 3 > open.len() {
        return;
    }
    for (at, i) in open.iter().enumerate().skip(1) {
        let b = &blocks[*i];
        let heading = !b.sentence
            && (1..=14).contains(&b.count)
            && !b.words.ends_with([',', ';', ':', '-', '–', '—'])
            && b.words.starts_with(|c: char| {
                c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '\'' | '‘')
            })
            && b.words.chars().filter(|c| c.is_alphabetic()).count() >= 3;
        let above = &blocks[open[at - 1]];
        let leads = open.get(at + 1).is_some_and(|next| blocks[*next].solid());
        if heading && leads && above.sentence {
            blocks[*i].kind = Some(RegionKind::Subhead);
        }
    }
}

/// Regions of the blocks; stamps and lead-ins are cut out of their paragraphs.
fn spans(text: &str, blocks: Vec<Block<'_>>) -> Vec<Region> {
    let mut regions = Vec::with_capacity(blocks.len());
    let mut leads = 0;
    for b in blocks {
        match (b.kind, b.stamp) {
            (None | Some(RegionKind::Furniture), Some(parts)) => {
                regions.extend(
                    parts.iter().map(|(span, part)| Region { kind: part.kind(), span: *span }),
                );
            }
            (None | Some(RegionKind::Body), _) => {
                leads += 1;
                let lead = if leads <= 2 { lead_in::find(b.words) } else { None };
                match lead {
                    Some(lead) => {
                        let cut = b.span.start + lead.len;
                        regions.push(Region {
                            kind: RegionKind::Dateline,
                            span: Span::new(b.span.start, cut).trimmed(text),
                        });
                        regions.push(Region {
                            kind: RegionKind::Body,
                            span: Span::new(cut, b.span.end).trimmed(text),
                        });
                    }
                    None => regions.push(Region { kind: RegionKind::Body, span: b.span }),
                }
            }
            (Some(kind), _) => regions.push(Region { kind, span: b.span }),
        }
    }
    regions.retain(|region| !region.span.is_empty());
    regions
}
