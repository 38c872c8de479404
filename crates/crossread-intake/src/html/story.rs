//! Where on a page the story stands.
//!
//! First what an element's names and tag say (comments, other stories, menus) sets parts of the page aside, unless
//! most of the page's prose stands in it. Then the story's element is looked for: schema.org's `articleBody`, a name
//! usual for it, `article`, or else the smallest element that holds most of the prose left, in the manner of
//! Readability and trafilatura. What lies in it is sorted block by block.

use super::blocks::{Block, Seen};
use super::tree::Tree;

/// What a part of the page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Zone {
    /// Nothing speaks against its being the story.
    #[default]
    Open,
    /// Menus, forms, share boxes.
    Furniture,
    /// Pointers to other stories.
    Teaser,
    /// Readers' comments.
    Comment,
    /// The words of a picture.
    Caption,
}

/// The zone of every node.
pub(crate) fn zones(tree: &Tree, seen: &[Seen], blocks: &[Block]) -> Vec<Zone> {
    let mass = mass_of(tree, blocks.iter().filter(|b| b.good()));
    let total = mass.first().copied().unwrap_or(0).max(1);
    let holds = |index: usize, what: fn(&Tree, &[Seen], usize) -> bool| {
        tree.within(index).take(20_000).any(|i| what(tree, seen, i))
    };
    let mut zones = vec![Zone::Open; tree.nodes.len()];
    for index in 0..tree.nodes.len() {
        let node = &tree.nodes[index];
        let above = zones[node.parent as usize];
        // What lies in comments is comment, whatever its own name; a caption's parts are caption.
        if index > 0 && above != Zone::Open {
            zones[index] = above;
            continue;
        }
        if node.is_text() || index == 0 {
            continue;
        }
        let says = seen[index].says;
        let tag = &*node.tag;
        let share = f64::from(mass[index]) / f64::from(total);
        let named = |what: bool, most: f64| what && share <= most;
        let structure = matches!(tag, "html" | "body" | "main" | "article" | "h1");
        let is_body = says.body() || node.attribute("itemprop") == Some("articleBody");
        zones[index] = if structure {
            Zone::Open
        } else if says.comment()
            && !(share > 0.35 && holds(index, is_story_mark))
            && !(is_body && share > 0.2)
        {
            Zone::Comment
        } else if is_body && share > 0.1 {
            Zone::Open
        } else if tag == "figcaption"
            || named(says.caption(), 0.15) && !matches!(tag, "ul" | "ol" | "section")
        {
            Zone::Caption
        } else if named(says.teaser(), 0.25) {
            Zone::Teaser
        } else if matches!(tag, "nav" | "menu") && share < 0.5
            || matches!(tag, "footer" | "aside") && share < 0.3
            || tag == "form" && share < 0.15
            || tag == "header"
                && share < 0.15
                && !holds(index, |t, _, i| matches!(&*t.nodes[i].tag, "h1" | "p"))
            || named(says.furniture(), 0.25)
        {
            Zone::Furniture
        } else {
            Zone::Open
        };
    }
    zones
}

fn is_story_mark(tree: &Tree, seen: &[Seen], index: usize) -> bool {
    let node = &tree.nodes[index];
    matches!(&*node.tag, "h1" | "article")
        || seen[index].says.body()
        || node.attribute("itemprop") == Some("articleBody")
}

/// For each node the characters of the given blocks within it.
fn mass_of<'b>(tree: &Tree, blocks: impl Iterator<Item = &'b Block>) -> Vec<u32> {
    let mut mass = vec![0u32; tree.nodes.len()];
    for block in blocks {
        mass[block.owner as usize] += block.length;
    }
    // Children stand after their parents, so one sweep backwards sums all.
    for index in (1..tree.nodes.len()).rev() {
        let parent = tree.nodes[index].parent as usize;
        mass[parent] = mass[parent].saturating_add(mass[index]);
    }
    mass
}

/// The elements that hold the story: one, or several of the same names.
pub(crate) fn find(tree: &Tree, seen: &[Seen], blocks: &[Block], zones: &[Zone]) -> Vec<usize> {
    if tree.nodes.is_empty() {
        return Vec::new();
    }
    let open = |b: &&Block| zones[b.owner as usize] == Zone::Open;
    let mass = mass_of(tree, blocks.iter().filter(open).filter(|b| b.good()));
    let total = mass[0];
    let elements =
        || (0..tree.nodes.len()).filter(|i| !tree.nodes[*i].is_text() && zones[*i] == Zone::Open);
    let tiers: [(&dyn Fn(usize) -> bool, f64); 3] = [
        (&|i| tree.nodes[i].attribute("itemprop") == Some("articleBody"), 0.3),
        (&|i| seen[i].says.body() && !matches!(&*tree.nodes[i].tag, "body" | "html"), 0.35),
        (&|i| &*tree.nodes[i].tag == "article", 0.5),
    ];
    for (fits, least) in tiers {
        let candidates: Vec<usize> = elements().filter(|i| fits(*i) && mass[*i] > 0).collect();
        let Some(best) =
            candidates.iter().copied().max_by_key(|i| (mass[*i], std::cmp::Reverse(*i)))
        else {
            continue;
        };
        if f64::from(mass[best]) < least * f64::from(total) {
            // Several of a kind may hold it together.
            let together: Vec<usize> = alike(tree, &candidates, best);
            let sum: u32 = together.iter().map(|i| mass[*i]).sum();
            if together.len() < 2 || f64::from(sum) < (least + 0.2) * f64::from(total) {
                continue;
            }
            return together;
        }
        // The innermost that holds nearly all the outer one does.
        let inner = candidates
            .iter()
            .copied()
            .rfind(|i| {
                *i > best
                    && *i < tree.nodes[best].end as usize
                    && u64::from(mass[*i]) * 100 >= u64::from(mass[best]) * 92
            })
            .unwrap_or(best);
        let mut group = alike(tree, &candidates, inner);
        if &*tree.nodes[inner].tag == "article" {
            // Other articles are other stories.
            group = vec![inner];
        }
        return group;
    }
    if total == 0 {
        return vec![densest(tree, blocks, zones)];
    }
    let mut at = 0;
    loop {
        let mut child = at + 1;
        let end = tree.nodes[at].end as usize;
        let mut down = None;
        while child < end {
            if u64::from(mass[child]) * 100 >= u64::from(mass[at]) * 80
                && !tree.nodes[child].is_text()
            {
                down = Some(child);
                break;
            }
            child = (tree.nodes[child].end as usize).max(child + 1);
        }
        match down {
            Some(child)
                if !matches!(&*tree.nodes[child].tag, "p" | "li" | "td" | "blockquote")
                    || blocks_in(tree, blocks, child) > 1 =>
            {
                at = child;
            }
            _ => return vec![at],
        }
    }
}

fn blocks_in(tree: &Tree, blocks: &[Block], index: usize) -> usize {
    let end = tree.nodes[index].end;
    blocks.iter().filter(|b| b.nodes.start as usize > index && b.nodes.start < end).take(2).count()
}

/// The candidates with the names of the best one that do not lie in one another.
fn alike(tree: &Tree, candidates: &[usize], best: usize) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for i in candidates {
        let same = tree.nodes[*i].names == tree.nodes[best].names
            && tree.nodes[*i].tag == tree.nodes[best].tag;
        let nested = kept.last().is_some_and(|last| *i < tree.nodes[*last].end as usize);
        if (same || *i == best) && !nested && kept.len() < 64 {
            kept.push(*i);
        }
    }
    if !kept.contains(&best) {
        kept = vec![best];
    }
    kept
}

/// Where no block is built like prose: the element with the longest block that is no menu.
fn densest(tree: &Tree, blocks: &[Block], zones: &[Zone]) -> usize {
    let best = blocks
        .iter()
        .filter(|b| zones[b.owner as usize] == Zone::Open && b.link_share() < 0.5)
        .max_by_key(|b| (b.length, std::cmp::Reverse(b.nodes.start)));
    best.map_or(0, |b| tree.nodes[b.owner as usize].parent as usize)
}
