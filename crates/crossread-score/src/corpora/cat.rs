//! The form of the CAT annotation tool (Bartalesi Lenzi et al. 2012), which ECB+ and MEANTIME share: tokens, then
//! markables anchored to tokens, then relations between markables.

use std::collections::BTreeMap;

use crossread_base::Span;
use roxmltree::{Document, Node};

use super::Joined;

/// The tokens of a file.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    /// The text.
    pub(super) joined: Joined,
    /// The sentence number of each token.
    pub(super) sentences: Vec<u32>,
    place: BTreeMap<&'a str, usize>,
}

/// A markable with words of its own.
pub(super) struct Markable<'a, 'input> {
    pub(super) node: Node<'a, 'input>,
    pub(super) id: &'a str,
    /// From its first token to its last.
    pub(super) span: Span,
    /// The sentence of its first token.
    pub(super) sentence: u32,
}

impl<'a> Tokens<'a> {
    /// Joins the tokens; `gap` says what stands between a token of the one sentence and a token of the other.
    pub(super) fn read(
        document: &'a Document<'_>,
        gap: fn(u32, u32) -> &'static str,
    ) -> Result<Self, String> {
        let mut tokens =
            Self { joined: Joined::default(), sentences: Vec::new(), place: BTreeMap::new() };
        for token in document.descendants().filter(|node| node.has_tag_name("token")) {
            let id = token.attribute("t_id").ok_or("a token has no t_id")?;
            let sentence = token.attribute("sentence").and_then(|number| number.parse().ok());
            let sentence = sentence.ok_or("a token has no sentence")?;
            let last = tokens.sentences.last().copied().unwrap_or(sentence);
            tokens.place.insert(id, tokens.sentences.len());
            tokens.joined.push(token.text().unwrap_or(""), gap(last, sentence));
            tokens.sentences.push(sentence);
        }
        Ok(tokens)
    }

    /// The markables whose tag `wanted` takes, in order of the file. Those without words name an entity or
    /// event as a whole and are left out.
    pub(super) fn markables<'input>(
        &self,
        document: &'a Document<'input>,
        wanted: fn(&str) -> bool,
    ) -> Vec<Markable<'a, 'input>> {
        let of_tag = |node: &Node<'_, '_>| node.is_element() && wanted(node.tag_name().name());
        let markable = |node: Node<'a, 'input>| {
            let anchors = node.children().filter_map(|anchor| anchor.attribute("t_id"));
            let places: Vec<usize> =
                anchors.filter_map(|token| self.place.get(token).copied()).collect();
            let (&first, &last) = (places.iter().min()?, places.iter().max()?);
            Some(Markable {
                node,
                id: node.attribute("m_id").unwrap_or_default(),
                span: self.joined.tokens[first].cover(self.joined.tokens[last]),
                sentence: self.sentences[first],
            })
        };
        document.descendants().filter(of_tag).filter_map(markable).collect()
    }
}
