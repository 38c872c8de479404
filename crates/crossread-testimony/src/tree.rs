//! The dependency trees of a report as an index: who hangs on whom, and how far each word's phrase reaches.

use crossread_record::{Parsed, Token};
use smol_str::{SmolStr, StrExt};

/// The trees of all sentences of a report. Tokens are named by their index in [`Parsed::tokens`].
///
/// Heads that point outside the token's own sentence are taken for roots, so that a walk never leaves it. A
/// ring of heads, which a broken record may hold, is not followed for ever: walks up are bounded by
/// [`Tree::ancestors`].
pub(crate) struct Tree<'a> {
    tokens: &'a [Token],
    /// The lemma in lower case.
    lemmas: Vec<SmolStr>,
    heads: Vec<u32>,
    /// The children of token `i` are `children[first[i]..first[i + 1]]`, in order of the text.
    first: Vec<u32>,
    children: Vec<u32>,
    /// The first and last token of each token's phrase.
    reach: Vec<(u32, u32)>,
    /// The sentence each token is in.
    sentence: Vec<u32>,
}

/// Walks up a tree stop after this many steps: no grammar needs more, and a ring of heads has no end.
const DEEPEST: usize = 48;

impl<'a> Tree<'a> {
    /// Indexes the trees in time linear in the number of tokens.
    pub(crate) fn new(parsed: &'a Parsed) -> Self {
        let tokens = parsed.tokens.as_slice();
        let count = tokens.len();
        let mut sentence = vec![u32::MAX; count];
        let mut heads: Vec<u32> = (0..count as u32).collect();
        for (number, held) in parsed.sentences.iter().enumerate() {
            let range = held.tokens.start..held.tokens.end.min(count as u32);
            for index in range.clone() {
                sentence[index as usize] = number as u32;
                let head = tokens[index as usize].head;
                if range.contains(&head) {
                    heads[index as usize] = head;
                }
            }
        }
        let mut first = vec![0u32; count + 1];
        for (index, &head) in heads.iter().enumerate() {
            if head as usize != index {
                first[head as usize + 1] += 1;
            }
        }
        for index in 0..count {
            first[index + 1] += first[index];
        }
        let mut next = first.clone();
        let mut children = vec![0u32; first[count] as usize];
        for (index, &head) in heads.iter().enumerate() {
            if head as usize != index {
                children[next[head as usize] as usize] = index as u32;
                next[head as usize] += 1;
            }
        }
        let reach = reaches(&heads, &first);
        let lemmas = tokens.iter().map(|token| token.lemma.to_lowercase_smolstr()).collect();
        Self { tokens, lemmas, heads, first, children, reach, sentence }
    }

    /// The number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token itself.
    pub(crate) fn token(&self, index: u32) -> &'a Token {
        &self.tokens[index as usize]
    }

    /// The lemma, in lower case.
    pub(crate) fn lemma(&self, index: u32) -> &str {
        &self.lemmas[index as usize]
    }

    /// The Penn Treebank tag.
    pub(crate) fn tag(&self, index: u32) -> &'a str {
        &self.token(index).tag
    }

    /// The dependency label.
    pub(crate) fn dep(&self, index: u32) -> &'a str {
        &self.token(index).dep
    }

    /// The head; `None` for a root.
    pub(crate) fn head(&self, index: u32) -> Option<u32> {
        let head = self.heads[index as usize];
        (head != index).then_some(head)
    }

    /// The words that hang on this one, in order of the text.
    pub(crate) fn children(&self, index: u32) -> &[u32] {
        let index = index as usize;
        &self.children[self.first[index] as usize..self.first[index + 1] as usize]
    }

    /// The first child with one of these labels.
    pub(crate) fn child(&self, index: u32, deps: &[&str]) -> Option<u32> {
        self.children(index).iter().copied().find(|&child| deps.contains(&self.dep(child)))
    }

    /// Whether there is a child with one of these labels.
    pub(crate) fn has_child(&self, index: u32, deps: &[&str]) -> bool {
        self.child(index, deps).is_some()
    }

    /// The heads above, the nearest first.
    pub(crate) fn ancestors(&self, index: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.head(index), |&at| self.head(at)).take(DEEPEST)
    }

    /// The first and last token of the phrase this word heads.
    pub(crate) fn reach(&self, index: u32) -> (u32, u32) {
        self.reach[index as usize]
    }

    /// The number of the sentence that holds it; `u32::MAX` for a token in none.
    pub(crate) fn sentence(&self, index: u32) -> u32 {
        self.sentence[index as usize]
    }

    /// Whether it is a verb form: a full verb, or an auxiliary used as one.
    pub(crate) fn is_verb(&self, index: u32) -> bool {
        let token = self.token(index);
        token.tag.starts_with('V')
            || (token.pos == "AUX" && !matches!(token.dep.as_str(), "aux" | "auxpass"))
    }

    /// Whether it is a noun or a name.
    pub(crate) fn is_noun(&self, index: u32) -> bool {
        self.token(index).tag.starts_with("NN")
    }

    /// The index of the token that holds the byte at `offset`, or the next one.
    pub(crate) fn at(&self, offset: u32) -> u32 {
        self.tokens.partition_point(|token| token.span.end <= offset) as u32
    }

    /// The word that the others of a run hang on: the last whose head lies outside the run.
    pub(crate) fn head_of(&self, first: u32, last: u32) -> u32 {
        (first..=last)
            .rev()
            .find(|&index| {
                self.head(index).is_none_or(|head| head < first || head > last)
                    && self.dep(index) != "punct"
            })
            .unwrap_or(last)
    }
}

/// How far each word's phrase reaches, from the leaves up. Words in a ring keep to themselves.
fn reaches(heads: &[u32], first: &[u32]) -> Vec<(u32, u32)> {
    let mut reach: Vec<(u32, u32)> = (0..heads.len() as u32).map(|index| (index, index)).collect();
    let mut waiting: Vec<u32> = first.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mut ready: Vec<u32> =
        (0..heads.len() as u32).filter(|&index| waiting[index as usize] == 0).collect();
    while let Some(index) = ready.pop() {
        let head = heads[index as usize];
        if head == index {
            continue;
        }
        let (start, end) = reach[index as usize];
        let above = &mut reach[head as usize];
        *above = (above.0.min(start), above.1.max(end));
        waiting[head as usize] -= 1;
        if waiting[head as usize] == 0 {
            ready.push(head);
        }
    }
    reach
}
