//! The tree of a page, flat and in document order, with what the readers need of each element.

use dom_query::{Document, NodeRef};

use crate::Limits;

/// A page's elements and texts, each after its parent. A subtree is a range of indices.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// Nodes were left out, as over a limit.
    pub(crate) cut: bool,
}

/// An element or a text.
#[derive(Debug)]
pub(crate) struct Node {
    /// The index of the element it lies in; its own for the root.
    pub(crate) parent: u32,
    /// One past the index of the last node within it.
    pub(crate) end: u32,
    /// The element's name; empty for a text.
    pub(crate) tag: Box<str>,
    /// Class, id and role in lower case, one blank between, as they are matched.
    pub(crate) names: Box<str>,
    /// The text of a text; empty for an element.
    pub(crate) text: Box<str>,
    /// The attributes that readers ask for.
    pub(crate) attributes: Vec<(Box<str>, Box<str>)>,
}

impl Node {
    pub(crate) fn is_text(&self) -> bool {
        self.tag.is_empty()
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| &**n == name).map(|(_, value)| &**value)
    }
}

const KEPT: [&str; 17] = [
    "itemprop",
    "itemtype",
    "rel",
    "href",
    "datetime",
    "content",
    "name",
    "property",
    "type",
    "style",
    "hidden",
    "aria-hidden",
    "lang",
    "title",
    "charset",
    "role",
    "pubdate",
];

impl Tree {
    /// The tree of a page. Deeper nodes than the limit are taken as children of the deepest element allowed.
    pub(crate) fn parse(html: &str, limits: &Limits) -> Self {
        let document = Document::from(html);
        let mut tree = Self::default();
        let mut open: Vec<(u32, usize)> = Vec::new();
        let root = document.root();
        let mut next = Some((root, 0usize));
        while let Some((node, depth)) = next {
            if tree.nodes.len() >= limits.html_nodes {
                tree.cut = true;
                break;
            }
            while open.last().is_some_and(|(_, above)| *above >= depth) {
                tree.close(open.pop());
            }
            let parent = match open.get(limits.html_depth.min(open.len().max(1)) - 1) {
                Some((index, _)) => *index,
                None => 0,
            };
            let kept = tree.push(&node, parent);
            if let Some(index) = kept
                && !tree.nodes[index as usize].is_text()
            {
                open.push((index, depth));
            }
            // A template's or a dropped node's children are not visited.
            let descend = kept.is_some() || node.is_document();
            next = descend
                .then(|| node.first_child().map(|child| (child, depth + 1)))
                .flatten()
                .or_else(|| following(node, depth));
        }
        while let Some(last) = open.pop() {
            tree.close(Some(last));
        }
        tree
    }

    fn close(&mut self, open: Option<(u32, usize)>) {
        if let Some((index, _)) = open {
            self.nodes[index as usize].end = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        }
    }

    fn push(&mut self, node: &NodeRef<'_>, parent: u32) -> Option<u32> {
        let index = u32::try_from(self.nodes.len()).ok()?;
        let new = if node.is_text() {
            let text = node.text();
            Node {
                parent,
                end: index + 1,
                tag: "".into(),
                names: "".into(),
                text: (&*text).into(),
                attributes: Vec::new(),
            }
        } else {
            let element = node.element_ref()?;
            let tag: Box<str> = (&*element.node_name()).into();
            let mut names = String::new();
            let mut attributes = Vec::new();
            for attribute in &element.attrs {
                let name = &*attribute.name.local;
                if matches!(
                    name,
                    "class" | "id" | "role" | "data-testid" | "data-component" | "data-qa"
                ) && names.len() < 400
                {
                    names.push_str(&attribute.value);
                    names.push(' ');
                }
                if KEPT.contains(&name) && attribute.value.len() <= 4_000 {
                    attributes.push((name.into(), (&*attribute.value).into()));
                }
            }
            Node {
                parent,
                end: index + 1,
                tag,
                names: names.trim_end().into(),
                text: "".into(),
                attributes,
            }
        };
        self.nodes.push(new);
        Some(index)
    }

    /// The indices within a node, itself left out.
    pub(crate) fn within(&self, index: usize) -> std::ops::Range<usize> {
        index + 1..(self.nodes[index].end as usize).max(index + 1)
    }

    /// The node and the elements it lies in, from the inside out.
    pub(crate) fn upwards(&self, index: usize) -> impl Iterator<Item = usize> {
        let mut at = Some(index);
        std::iter::from_fn(move || {
            let now = at?;
            let parent = self.nodes[now].parent as usize;
            at = (parent != now).then_some(parent);
            Some(now)
        })
    }

    /// The text within a node, white space as one blank, up to `most` bytes.
    pub(crate) fn text_of(&self, index: usize, most: usize) -> String {
        let mut text = String::new();
        let range = if self.nodes[index].is_text() { index..index + 1 } else { self.within(index) };
        let mut skip = 0;
        for i in range {
            if i < skip {
                continue;
            }
            let node = &self.nodes[i];
            if matches!(&*node.tag, "script" | "style" | "noscript" | "template" | "svg") {
                skip = node.end as usize;
                continue;
            }
            if !node.tag.is_empty() && !is_inline(&node.tag)
                || node.text.starts_with(char::is_whitespace)
            {
                text.push(' ');
            }
            for word in node.text.split_whitespace() {
                if !text.is_empty()
                    && !text.ends_with(' ')
                    && !std::ptr::eq(word.as_ptr(), node.text.as_ptr())
                {
                    text.push(' ');
                }
                text.push_str(word);
            }
            if node.text.ends_with(char::is_whitespace) {
                text.push(' ');
            }
            if text.len() > most {
                break;
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn following<'a>(node: NodeRef<'a>, depth: usize) -> Option<(NodeRef<'a>, usize)> {
    let (mut node, mut depth) = (node, depth);
    loop {
        if let Some(sibling) = node.next_sibling() {
            return Some((sibling, depth));
        }
        node = node.parent()?;
        depth = depth.checked_sub(1)?;
    }
}

/// Whether an element runs within a line of text.
pub(crate) fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "label"
            | "nobr"
            | "img"
            | "o:p"
            | "st1:place"
            | "ruby"
            | "rt"
            | "rb"
    )
}
