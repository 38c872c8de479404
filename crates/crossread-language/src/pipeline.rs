//! From text to sentences, tokens and names.

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use crossread_base::Span;
use crossread_record::{Parsed, Sentence, Token};
use fst::Set;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::arc_eager;
use crate::attribute_ruler::{AttributeRuler, Seen};
use crate::biluo::{self, Bounds};
use crate::chooser::{Chooser, Contributions};
use crate::encoder::{Embedded, Encoder, Scratch};
use crate::format::{About, FormatError, Opened};
use crate::hash::string_id;
use crate::kernel::{Combined, Level, argmax, combine, multiply, quantize};
use crate::lemmatizer::Lemmatizer;
use crate::lexeme::Norms;
use crate::lexicon::{LexemeId, Lexicon};
use crate::sentences::{self, Bound};
use crate::spacing::Closed;
use crate::spacy::{self, LoadError};
use crate::tokenizer::{RawToken, Tokenizer};
use crate::tree;
use crate::weights::Linear;

/// A stretch of text that sentences do not cross: a region of a report, or the whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it is.
    pub span: Span,
    /// The index of the region; `None` for a text read whole.
    pub region: Option<u32>,
}

/// A pipeline of tokenizer, tagger, parser, rules, lemmas and names.
pub struct Pipeline {
    about: About,
    level: Level,
    norms: Norms,
    tokenizer: Tokenizer,
    encoder: Encoder,
    name_encoder: Encoder,
    tags: Vec<SmolStr>,
    tag_ids: Vec<u64>,
    tagger: Linear,
    parser: Chooser,
    parser_moves: arc_eager::Moves,
    labels: Vec<SmolStr>,
    label_ids: Vec<u64>,
    /// For each label the plain one, and for a decorated label the one to seek.
    decorations: Vec<(u16, Option<u16>)>,
    root: u16,
    namer: Chooser,
    namer_moves: biluo::Moves,
    /// `B-` and `I-` before each label of a name.
    name_tags: Vec<[SmolStr; 2]>,
    attribute_ruler: AttributeRuler,
    lemmatizer: Lemmatizer,
    /// One for each text that is being parsed at the same time.
    workspaces: Mutex<Vec<Workspace>>,
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pipeline({} {})", self.about.name, self.about.version)
    }
}

/// What is kept from text to text. All of it can be worked out again, so nothing depends on what was kept.
#[derive(Default)]
struct Workspace {
    lexicon: Lexicon,
    embedded: Embedded,
    name_embedded: Embedded,
    scratch: Scratch,
    contributions: Contributions,
    lemmas: FxHashMap<(LexemeId, SmolStr, SmolStr), SmolStr>,
}

/// Tokens encoded and parsed at once, so that memory does not grow with the text.
const WINDOW: usize = 768;
/// A sentence longer than this is cut, to bound the memory.
const LONGEST_SENTENCE: usize = 4096;

/// A token while it is worked on.
struct Draft {
    raw: RawToken,
    tag: u16,
    label: u16,
    head: u32,
}

impl Pipeline {
    /// The English model that travels in the binary. Loaded once.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<Pipeline> = OnceLock::new();
        const MODEL: &[u8] = include_bytes!("../data/en_core_web_sm.crossread-model");
        EMBEDDED.get_or_init(|| match Self::from_model(Cow::Borrowed(MODEL)) {
            Ok(pipeline) => pipeline,
            // The file is part of the program, and a test opens it.
            Err(error) => unreachable!("the embedded model: {error}"),
        })
    }

    /// Opens a spaCy pipeline (a wheel or a folder) or a model file.
    ///
    /// # Errors
    /// The file cannot be read, or is no pipeline of the kind that [`convert`](crate::convert) takes.
    pub fn open(path: &Path) -> Result<Self, LoadError> {
        if path.is_file() {
            let failed = |source| LoadError::Read { path: path.display().to_string(), source };
            let bytes = std::fs::read(path).map_err(failed)?;
            match Self::from_model(Cow::Owned(bytes)) {
                Err(LoadError::Format(FormatError::NotAModel)) => {}
                result => return result,
            }
        }
        Self::from_model(Cow::Owned(spacy::convert(path)?))
    }

    /// Opens a model file that is in memory.
    ///
    /// # Errors
    /// It is damaged or of another version.
    pub fn from_model(bytes: Cow<'static, [u8]>) -> Result<Self, LoadError> {
        let file = Opened::new(bytes)?;
        let head = &file.head;
        let [first, .., last] = head.encoders.as_slice() else {
            return Err(FormatError::Damaged("fewer than two encoders").into());
        };
        let encoder = Encoder::open(&file, first)?;
        let name_encoder = Encoder::open(&file, last)?;
        let tagger = Linear::open(&file, &head.tagger)?;
        let parser = Chooser::open(&file, &head.parser)?;
        let parser_moves = arc_eager::Moves::new(&head.parser.moves, &parser)?;
        let namer = Chooser::open(&file, &head.names)?;
        let namer_moves = biluo::Moves::new(&head.names.moves, &namer)?;
        if parser.inputs() != encoder.width()
            || namer.inputs() != name_encoder.width()
            || tagger.weights.inputs != encoder.width()
            || tagger.weights.outputs < head.tags.len()
            || head.tags.is_empty()
        {
            return Err(FormatError::Damaged("layers that do not fit each other").into());
        }
        let (labels, decorations) = plain_labels(&parser_moves.labels);
        let root = labels.iter().position(|label| label == "ROOT").unwrap_or(0) as u16;
        let mut lemmas = Vec::new();
        for (table, known) in &head.lemmas {
            let known = Set::new(file.bytes(*known)?)
                .map_err(|_| FormatError::Damaged("a set of lemmas that is none"))?;
            lemmas.push((table.clone(), known));
        }
        let pattern = |source| LoadError::Pattern { which: "tokenizer", source };
        Ok(Self {
            about: head.about.clone(),
            level: Level::best(),
            norms: Norms::new(head.norms.iter().map(|(id, norm)| (*id, norm.as_str().into()))),
            tokenizer: Tokenizer::new(&head.tokenizer).map_err(pattern)?,
            encoder,
            name_encoder,
            tags: head.tags.iter().map(SmolStr::new).collect(),
            tag_ids: head.tags.iter().map(|tag| string_id(tag)).collect(),
            tagger,
            parser,
            parser_moves,
            label_ids: labels.iter().map(|label| string_id(label)).collect(),
            labels,
            decorations,
            root,
            namer,
            name_tags: namer_moves
                .labels
                .iter()
                .map(|label| [format!("B-{label}").into(), format!("I-{label}").into()])
                .collect(),
            namer_moves,
            attribute_ruler: AttributeRuler::new(&head.attribute_rules).map_err(LoadError::Rule)?,
            lemmatizer: Lemmatizer::new(lemmas),
            workspaces: Mutex::default(),
        })
    }

    /// What the model is and where it comes from.
    pub fn describe(&self) -> &About {
        &self.about
    }

    /// The same pipeline, computed with another instruction set. The results are the same bits.
    pub fn with_level(mut self, level: Level) -> Self {
        // Only what the machine has can be run.
        if Level::available().contains(&level) {
            self.level = level;
        }
        self
    }

    /// Parses the blocks of a text, in order of the text. Sentences do not cross from block to block. In a region they
    /// end where its marks say; a block without a region is left to the parser and gets what spaCy gives.
    ///
    /// Blocks must not overlap; of blocks that do not fit the text nothing is given.
    pub fn parse(&self, text: &str, blocks: &[Block]) -> Parsed {
        let mut workspace =
            self.workspaces.lock().ok().and_then(|mut all| all.pop()).unwrap_or_default();
        let mut parsed = Parsed::default();
        for block in blocks {
            self.parse_block(text, block, &mut workspace, &mut parsed);
        }
        if let Ok(mut all) = self.workspaces.lock() {
            all.push(workspace);
        }
        parsed
    }

    fn parse_block(
        &self,
        text: &str,
        block: &Block,
        workspace: &mut Workspace,
        parsed: &mut Parsed,
    ) {
        let words = block.span.text(text);
        // A text read whole is left as spaCy takes it.
        let closed = block.region.and_then(|_| Closed::of(words));
        let Some(closed) = closed else {
            self.parse_words(words, block, workspace, parsed);
            return;
        };
        let (tokens, sentences) = (parsed.tokens.len(), parsed.sentences.len());
        self.parse_words(&closed.text, block, workspace, parsed);
        let in_text = |span: &mut Span| {
            let offset = block.span.start;
            let within = Span::new(span.start - offset, span.end - offset);
            *span = closed.in_text(within).shifted(offset);
        };
        parsed.tokens[tokens..].iter_mut().for_each(|token| in_text(&mut token.span));
        parsed.sentences[sentences..].iter_mut().for_each(|sentence| in_text(&mut sentence.span));
    }

    fn parse_words(
        &self,
        words: &str,
        block: &Block,
        workspace: &mut Workspace,
        parsed: &mut Parsed,
    ) {
        if workspace.lexicon.is_full() {
            workspace.lexicon.clear();
            workspace.embedded = Embedded::default();
            workspace.name_embedded = Embedded::default();
            workspace.lemmas.clear();
        }
        let raw = self.tokenizer.tokens(words, &mut workspace.lexicon, &self.norms);
        if raw.is_empty() {
            return;
        }
        // A text read whole is left to the parser, as spaCy does.
        let bounds = match block.region {
            Some(_) => sentences::bounds(words, &raw),
            None => vec![Bound::Open; raw.len()],
        };
        let mut drafts = self.tags_and_heads(&raw, &bounds, workspace);
        let is_space = |at: usize| workspace.lexicon.get(raw[at].lexeme).is_space;
        let mut heads: Vec<u32> = drafts.iter().map(|draft| draft.head).collect();
        let mut labels: Vec<u16> = drafts.iter().map(|draft| draft.label).collect();
        tree::undo_projection(&mut heads, &mut labels, &self.decorations, is_space);
        for (draft, (head, label)) in drafts.iter_mut().zip(heads.iter().zip(&labels)) {
            (draft.head, draft.label) = (*head, *label);
        }
        let mut starts = tree::sentence_starts(&heads);
        for (start, bound) in starts.iter_mut().zip(&bounds) {
            *start |= *bound == Bound::Starts;
        }
        let names = self.names(&raw, &starts, workspace);
        self.finish(words, block, &drafts, &starts, &names, workspace, parsed);
    }

    /// Tags all tokens and gives them heads, window by window.
    fn tags_and_heads(
        &self,
        raw: &[RawToken],
        bounds: &[Bound],
        workspace: &mut Workspace,
    ) -> Vec<Draft> {
        let mut drafts = Vec::with_capacity(raw.len());
        let mut size = WINDOW;
        while drafts.len() < raw.len() {
            let start = drafts.len();
            let end = raw.len().min(start + size);
            let Workspace { lexicon, embedded, scratch, contributions, .. } = &mut *workspace;
            let vectors =
                self.encoder.encode(self.level, raw, start..end, lexicon, embedded, scratch);
            self.parser.contributions(self.level, &vectors, scratch, contributions);
            let parse = |ends| {
                self.parser_moves.parse(
                    self.level,
                    &self.parser,
                    contributions,
                    &bounds[start..end],
                    ends,
                )
            };
            let mut arcs = parse(end == raw.len());
            if arcs.is_empty() {
                // No sentence ends in the window.
                if size < LONGEST_SENTENCE {
                    size *= 2;
                    continue;
                }
                arcs = parse(true);
            }
            size = WINDOW;
            let tags = self.tags(&vectors[..arcs.len() * self.encoder.width()], scratch);
            for (at, (arc, tag)) in arcs.iter().zip(tags).enumerate() {
                let head = arc.head + start as u32;
                drafts.push(Draft {
                    raw: raw[start + at],
                    tag,
                    label: arc.label.unwrap_or(self.root),
                    head,
                });
            }
        }
        drafts
    }

    fn tags(&self, vectors: &[f32], scratch: &mut Scratch) -> Vec<u16> {
        let weights = &self.tagger.weights;
        let (inputs, outputs) = (weights.inputs, weights.outputs);
        let count = vectors.len() / inputs;
        scratch.rounded.resize(scratch.rounded.len().max(vectors.len()), 0);
        scratch.sums.resize(scratch.sums.len().max(count * outputs), 0);
        scratch.row.resize(scratch.row.len().max(outputs), 0.0);
        scratch.scales.clear();
        for (row, vector) in vectors.chunks_exact(inputs).enumerate() {
            let rounded = &mut scratch.rounded[row * inputs..][..inputs];
            scratch.scales.push(quantize(self.level, vector, rounded));
        }
        multiply(self.level, &scratch.rounded, count, weights, &mut scratch.sums, outputs);
        (0..count)
            .map(|row| {
                let sums = &scratch.sums[row * outputs..][..outputs];
                let part = Combined { sums, scales: &weights.scales, scale: scratch.scales[row] };
                combine(self.level, &[part], &self.tagger.bias, &mut scratch.row[..outputs]);
                argmax(&scratch.row[..self.tags.len()]) as u16
            })
            .collect()
    }

    /// The names of a text, in windows that end with a sentence.
    fn names(
        &self,
        raw: &[RawToken],
        starts: &[bool],
        workspace: &mut Workspace,
    ) -> Vec<biluo::Name> {
        let mut names = Vec::new();
        let mut start = 0;
        while start < raw.len() {
            let sentence_end =
                |from: usize, to: usize| (from + 1..=to).rev().find(|&at| starts[at]);
            let longest = raw.len().min(start + LONGEST_SENTENCE);
            let end = if start + WINDOW >= raw.len() {
                raw.len()
            } else if let Some(end) = sentence_end(start, start + WINDOW) {
                end
            } else {
                (start + WINDOW..longest).find(|&at| starts[at]).unwrap_or(longest)
            };
            let Workspace { lexicon, name_embedded, scratch, contributions, .. } = &mut *workspace;
            let vectors = self.name_encoder.encode(
                self.level,
                raw,
                start..end,
                lexicon,
                name_embedded,
                scratch,
            );
            self.namer.contributions(self.level, &vectors, scratch, contributions);
            let bounds: Vec<Bounds> = (start..end)
                .map(|at| Bounds {
                    is_space: lexicon.get(raw[at].lexeme).is_space,
                    starts_sentence: starts[at],
                })
                .collect();
            let found = self.namer_moves.names(self.level, &self.namer, contributions, &bounds);
            let offset = start as u32;
            names.extend(found.into_iter().map(|name| biluo::Name {
                tokens: name.tokens.start + offset..name.tokens.end + offset,
                label: name.label,
            }));
            start = end;
        }
        names
    }

    /// Adds a block's tokens and sentences to the record, with what rules and tables say of them.
    #[allow(clippy::too_many_arguments, reason = "the parts of one result, used once")]
    fn finish(
        &self,
        words: &str,
        block: &Block,
        drafts: &[Draft],
        starts: &[bool],
        names: &[biluo::Name],
        workspace: &mut Workspace,
        parsed: &mut Parsed,
    ) {
        let offset = block.span.start;
        let base = parsed.tokens.len();
        let form = |draft: &Draft| &words[draft.raw.start as usize..draft.raw.end as usize];
        let lexicon = &workspace.lexicon;
        let settings = self.attribute_ruler.settings(drafts.len(), |at| {
            let draft = &drafts[at];
            let lexeme = lexicon.get(draft.raw.lexeme);
            Seen {
                text: form(draft),
                tag: self.tag_ids[usize::from(draft.tag)],
                dep: self.label_ids[usize::from(draft.label)],
                orth: lexeme.orth,
                lower: lexeme.lower,
                norm: lexeme.norm,
                is_space: lexeme.is_space,
            }
        });
        let outside = SmolStr::new_static("O");
        parsed.tokens.extend(drafts.iter().map(|draft| Token {
            span: Span::new(draft.raw.start, draft.raw.end).shifted(offset),
            lemma: SmolStr::default(),
            tag: self.tags[usize::from(draft.tag)].clone(),
            pos: SmolStr::default(),
            morph: SmolStr::default(),
            head: draft.head + base as u32,
            dep: self.labels[usize::from(draft.label)].clone(),
            ent: outside.clone(),
        }));
        let tokens = &mut parsed.tokens[base..];
        for (rule, at) in settings {
            let setting = self.attribute_ruler.setting(rule);
            let token = &mut tokens[at as usize];
            for (value, slot) in [
                (&setting.tag, &mut token.tag),
                (&setting.dep, &mut token.dep),
                (&setting.pos, &mut token.pos),
                (&setting.morph, &mut token.morph),
                (&setting.lemma, &mut token.lemma),
            ] {
                if let Some(value) = value {
                    slot.clone_from(value);
                }
            }
        }
        for (token, draft) in tokens.iter_mut().zip(drafts) {
            if token.lemma.is_empty() {
                let key = (draft.raw.lexeme, token.pos.clone(), token.morph.clone());
                let make = || self.lemmatizer.lemma(form(draft), &token.pos, &token.morph);
                token.lemma = workspace.lemmas.entry(key).or_insert_with(make).clone();
            }
        }
        for name in names {
            let [begin, inside] = &self.name_tags[usize::from(name.label)];
            for at in name.tokens.clone() {
                let tag = if at == name.tokens.start { begin } else { inside };
                tokens[at as usize].ent = tag.clone();
            }
        }
        let mut first = 0;
        for at in 1..=drafts.len() {
            if at < drafts.len() && !starts[at] {
                continue;
            }
            let whole = Span::new(drafts[first].raw.start, drafts[at - 1].raw.end);
            let span = whole.trimmed(words);
            if !span.is_empty() {
                parsed.sentences.push(Sentence {
                    span: span.shifted(offset),
                    region: block.region,
                    tokens: (base + first) as u32..(base + at) as u32,
                });
            }
            first = at;
        }
    }
}

/// The labels with the plain ones of those that are decorated (`nsubj||ccomp`), and how each is read.
fn plain_labels(labels: &[String]) -> (Vec<SmolStr>, Vec<(u16, Option<u16>)>) {
    let mut all: Vec<SmolStr> = labels.iter().map(SmolStr::new).collect();
    for plain in labels.iter().filter_map(|label| label.split_once("||")).map(|(plain, _)| plain) {
        if !all.iter().any(|known| known == plain) {
            all.push(plain.into());
        }
    }
    if !all.iter().any(|label| label == "ROOT") {
        all.push("ROOT".into());
    }
    let index = |label: &str| all.iter().position(|known| known == label).map(|at| at as u16);
    let decorations = (0u16..)
        .zip(&all)
        .map(|(at, label)| match label.split_once("||") {
            Some((plain, wanted)) => {
                (index(plain).unwrap_or(at), Some(index(wanted).unwrap_or(u16::MAX)))
            }
            None => (at, None),
        })
        .collect();
    (all, decorations)
}
