//! The lines of text a page shows, and where each stands in the tree.

use super::names::{self, Says};
use super::tree::{Tree, is_inline};

/// A stretch of text that a browser sets as one paragraph or line.
#[derive(Debug)]
pub(crate) struct Block {
    /// The nearest element around it that is set as a block.
    pub(crate) owner: u32,
    /// Its first text node, and one past its last.
    pub(crate) nodes: std::ops::Range<u32>,
    /// Characters, white space counted as one.
    pub(crate) length: u32,
    /// Those of them that stand in links.
    pub(crate) linked: u32,
    /// Words.
    pub(crate) words: u32,
    /// Sentence ends.
    pub(crate) stops: u32,
}

impl Block {
    /// The share of the text that stands in links.
    pub(crate) fn link_share(&self) -> f64 {
        f64::from(self.linked) / f64::from(self.length.max(1))
    }

    /// Is built like a paragraph of a story.
    pub(crate) fn good(&self) -> bool {
        self.words >= 10 && self.linked * 2 < self.length && (self.stops > 0 || self.words >= 25)
    }
}

/// What the reader asks of each element.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    pub(crate) says: Says,
    /// It or an element around it is not shown.
    pub(crate) hidden: bool,
    pub(crate) in_link: bool,
    /// The nearest element around it that is set as a block, itself included.
    pub(crate) block: u32,
}

/// What is seen of each node of the tree.
pub(crate) fn look(tree: &Tree) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::with_capacity(tree.nodes.len());
    for (index, node) in tree.nodes.iter().enumerate() {
        let above = if node.parent as usize == index {
            Seen::default()
        } else {
            seen[node.parent as usize]
        };
        let mut now = Seen { says: Says::default(), ..above };
        if !node.is_text() {
            now.says = names::says(&node.names);
            now.in_link |= &*node.tag == "a";
            if !is_inline(&node.tag) {
                now.block = u32::try_from(index).unwrap_or(0);
            }
            now.hidden |= matches!(
                &*node.tag,
                "script"
                    | "style"
                    | "noscript"
                    | "template"
                    | "svg"
                    | "head"
                    | "title"
                    | "iframe"
                    | "object"
                    | "embed"
                    | "select"
                    | "option"
                    | "textarea"
                    | "button"
                    | "input"
                    | "canvas"
                    | "audio"
                    | "video"
                    | "map"
                    | "math"
                    | "dialog"
                    | "amp-ad"
            ) || node.attribute("hidden").is_some_and(|v| v != "until-found")
                || node.attribute("aria-hidden") == Some("true")
                    && !matches!(&*node.tag, "body" | "main" | "article")
                || node.attribute("style").is_some_and(is_undisplayed);
        }
        seen.push(now);
    }
    seen
}

fn is_undisplayed(style: &str) -> bool {
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(400)
        .collect::<String>()
        .to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// The blocks of a page, in order.
pub(crate) fn blocks(tree: &Tree, seen: &[Seen]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    // Breaks since the last text.
    let mut breaks = 0;
    for (index, node) in tree.nodes.iter().enumerate() {
        if !node.is_text() {
            if &*node.tag == "br" {
                breaks += 1;
            } else if !is_inline(&node.tag) {
                open = false;
            }
            continue;
        }
        if seen[index].hidden || node.text.trim().is_empty() {
            continue;
        }
        let owner = seen[index].block;
        let at = u32::try_from(index).unwrap_or(u32::MAX);
        let goes_on = open
            && blocks.last().is_some_and(|last| {
                last.owner == owner && (breaks == 0 || breaks == 1 && !ends_sentence_at(tree, last))
            });
        if !goes_on {
            blocks.push(Block { owner, nodes: at..at, length: 0, linked: 0, words: 0, stops: 0 });
        }
        open = true;
        breaks = 0;
        let Some(block) = blocks.last_mut() else { continue };
        block.nodes.end = at + 1;
        for word in node.text.split_whitespace() {
            let length = word.chars().count() as u32 + 1;
            block.length += length;
            block.words += 1;
            if seen[index].in_link {
                block.linked += length;
            }
            let bare = word.trim_end_matches(['"', '”', '’', '\'', ')', '»']);
            block.stops += u32::from(bare.ends_with(['.', '!', '?', '…', '。']));
        }
    }
    blocks
}

fn ends_sentence_at(tree: &Tree, block: &Block) -> bool {
    let last = block.nodes.end as usize - 1;
    crate::paragraphs::ends_sentence(&tree.nodes[last].text)
}
