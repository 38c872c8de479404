use crossread_base::Span;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The grammar of a report's text. The language room gives it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Parsed {
    /// In order of the text.
    pub sentences: Vec<Sentence>,
    /// In order of the text. Written only with `--tokens`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tokens: Vec<Token>,
}

/// [`Parsed`] as it stands in JSON, where a sentence does not name its tokens: they are found by their spans.
#[derive(Deserialize)]
struct Written {
    sentences: Vec<Sentence>,
    #[serde(default)]
    tokens: Vec<Token>,
}

impl From<Written> for Parsed {
    fn from(Written { mut sentences, tokens }: Written) -> Self {
        for sentence in &mut sentences {
            let first = tokens.partition_point(|token| token.span.start < sentence.span.start);
            let end = tokens.partition_point(|token| token.span.start < sentence.span.end);
            sentence.tokens = first as u32..end as u32;
        }
        Self { sentences, tokens }
    }
}

impl Parsed {
    /// The sentences without their tokens, as a case keeps them.
    pub fn without_tokens(mut self) -> Self {
        self.tokens = Vec::new();
        self.sentences.iter_mut().for_each(|sentence| sentence.tokens = 0..0);
        self
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens
            .get(sentence.tokens.start as usize..sentence.tokens.end as usize)
            .unwrap_or_default()
    }
}

/// A sentence, or a headline or list item that stands for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Without the white space around it.
    pub span: Span,
    /// The index of its region; `None` when the text was read `--whole`.
    pub region: Option<u32>,
    /// Its tokens, as a range of indices into [`Parsed::tokens`]; not part of the written record.
    #[serde(skip)]
    pub tokens: std::ops::Range<u32>,
}

/// A word, number or mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// The dictionary form.
    pub lemma: SmolStr,
    /// The Penn Treebank tag (`NNP`).
    pub tag: SmolStr,
    /// The Universal Dependencies part of speech (`PROPN`).
    pub pos: SmolStr,
    /// Universal Dependencies features, `Number=Sing|Tense=Past`; empty for none.
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub morph: SmolStr,
    /// The index of its head in [`Parsed::tokens`]; its own index for a root.
    pub head: u32,
    /// The dependency label, in spaCy's English scheme (ClearNLP): `nsubj`, `dobj`, `ROOT`, ...
    pub dep: SmolStr,
    /// The model's own name tag, `B-GPE`, `I-GPE` or `O`, before grounding overrules it.
    pub ent: SmolStr,
}
