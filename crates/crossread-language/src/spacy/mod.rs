//! Converts spaCy pipelines to model files.
//!
//! Takes the CNN pipelines of spaCy 3.7 and 3.8 for English (`sm`, and `md` and `lg` with static vectors), as a wheel or
//! as a folder: components tok2vec, tagger, parser, attribute ruler, rule lemmatizer and names.

mod msgpack;
mod network;
mod source;
mod tables;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::format::{self, About, Blobs, FormatError, Head};
use crate::pattern::SyntaxError;
use crate::tokenizer;
use msgpack::Value;
use source::Source;

/// Why a pipeline was not converted.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file or folder could not be read.
    #[error("cannot read {path}")]
    Read {
        /// Which.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The wheel is not a zip archive, or a damaged one.
    #[error("{path} is not a readable wheel")]
    Wheel {
        /// Which.
        path: String,
        /// Why.
        #[source]
        source: zip::result::ZipError,
    },
    /// There is no pipeline in it.
    #[error("no spaCy pipeline (config.cfg and meta.json) in {0}")]
    NoPipeline(String),
    /// A part of the pipeline is missing or not of the expected form.
    #[error("{part}: {what}")]
    Part {
        /// The file in the pipeline.
        part: String,
        /// What is wrong with it.
        what: String,
    },
    /// A tokenizer pattern that is not understood.
    #[error("the tokenizer's {which} pattern is not understood")]
    Pattern {
        /// `prefix`, `suffix`, `infix` or `url`.
        which: &'static str,
        /// Where and why.
        #[source]
        source: SyntaxError,
    },
    /// An attribute rule that is not understood.
    #[error("a regular expression of the attribute rules is not understood")]
    Rule(#[source] regex::Error),
    /// The model file itself.
    #[error(transparent)]
    Format(#[from] FormatError),
}

impl LoadError {
    fn part(part: &str, what: impl Into<String>) -> Self {
        Self::Part { part: part.to_owned(), what: what.into() }
    }
}

/// What is read of `meta.json`.
#[derive(Deserialize)]
struct Meta {
    lang: String,
    name: String,
    version: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    license: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    pipeline: Vec<String>,
    #[serde(default)]
    disabled: Vec<String>,
    #[serde(default)]
    performance: BTreeMap<String, serde_json::Value>,
}

/// Converts the pipeline in a wheel or a folder to a model file.
///
/// # Errors
/// The pipeline cannot be read, or has components other than those named in the module's documentation.
pub fn convert(path: &Path) -> Result<Vec<u8>, LoadError> {
    let mut source = Source::open(path)?;
    let meta: Meta = serde_json::from_slice(&source.read("meta.json")?)
        .map_err(|error| LoadError::part("meta.json", error.to_string()))?;
    check_components(&meta)?;
    let sha256 = source.bytes().map(|bytes| {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    });

    let mut blobs = Blobs::default();
    let vectors = network::Vectors::read(&mut source)?;
    let shared = network::Model::read(&mut source, "tok2vec/model")?;
    let tagger = network::Model::read(&mut source, "tagger/model")?;
    let parser = network::Model::read(&mut source, "parser/model")?;
    let names = network::Model::read(&mut source, "ner/model")?;
    let head = Head {
        about: about(meta, sha256),
        tokenizer: tokenizer_rules(&mut source)?,
        norms: tables::norms(&mut source)?,
        encoders: vec![
            shared.encoder(vectors.as_ref(), &mut blobs)?,
            names.encoder(vectors.as_ref(), &mut blobs)?,
        ],
        tags: tables::tags(&mut source)?,
        tagger: tagger.linear("softmax", 0, &mut blobs)?,
        parser: parser.transitions(tables::moves(&mut source, "parser/moves")?, &mut blobs)?,
        names: names.transitions(tables::moves(&mut source, "ner/moves")?, &mut blobs)?,
        attribute_rules: tables::attribute_rules(&mut source)?,
        lemmas: tables::lemmas(&mut source, &mut blobs)?,
    };
    Ok(format::write(&head, &blobs)?)
}

fn check_components(meta: &Meta) -> Result<(), LoadError> {
    const NEEDED: [&str; 6] =
        ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"];
    let active: Vec<&String> =
        meta.pipeline.iter().filter(|name| !meta.disabled.contains(name)).collect();
    for needed in NEEDED {
        if !active.iter().any(|name| *name == needed) {
            return Err(LoadError::part(
                "meta.json",
                format!("the pipeline has no component {needed}"),
            ));
        }
    }
    if let Some(other) = active.iter().find(|name| !NEEDED.contains(&name.as_str())) {
        return Err(LoadError::part(
            "meta.json",
            format!("the component {other} is not supported"),
        ));
    }
    if meta.lang != "en" {
        return Err(LoadError::part(
            "meta.json",
            format!("a pipeline for {}, not for English", meta.lang),
        ));
    }
    Ok(())
}

fn about(meta: Meta, sha256: Option<String>) -> About {
    let scores = meta
        .performance
        .iter()
        .filter(|(name, _)| *name != "speed")
        .filter_map(|(name, score)| Some((name.clone(), (score.as_f64()? * 1000.0).round() as u32)))
        .collect();
    About {
        name: format!("{}_{}", meta.lang, meta.name),
        version: meta.version,
        language: meta.lang,
        author: meta.author,
        licence: meta.license,
        url: meta.url,
        sha256,
        scores,
    }
}

fn tokenizer_rules(source: &mut Source) -> Result<tokenizer::Rules, LoadError> {
    const PART: &str = "tokenizer";
    /// spaCy's symbols for the form and the norm of a token.
    const ORTH: i128 = 65;
    const NORM: i128 = 67;
    let value = source.msgpack(PART)?;
    if value.get("token_match").and_then(Value::text).is_some() {
        return Err(LoadError::part(PART, "a token_match pattern is not supported"));
    }
    let text = |name: &str| {
        value
            .get(name)
            .and_then(Value::text)
            .map(str::to_owned)
            .ok_or_else(|| LoadError::part(PART, format!("no {name}")))
    };
    let mut exceptions = Vec::new();
    for (chunk, parts) in value.get("exceptions").map_or(&[][..], Value::entries) {
        let part = |part: &Value| {
            let attribute = |symbol: i128| {
                let found = part.entries().iter().find(|(key, _)| key.int() == Some(symbol));
                found.and_then(|(_, value)| value.text()).map(str::to_owned)
            };
            Some(tokenizer::Part { text: attribute(ORTH)?, norm: attribute(NORM) })
        };
        let parts: Option<Vec<_>> = parts.items().iter().map(part).collect();
        let entry = chunk.text().zip(parts).filter(|(chunk, parts)| {
            parts.iter().map(|part| part.text.as_str()).collect::<String>() == *chunk
        });
        let (chunk, parts) =
            entry.ok_or_else(|| LoadError::part(PART, "an exception of another form"))?;
        exceptions.push((chunk.to_owned(), parts));
    }
    exceptions.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(tokenizer::Rules {
        prefix: text("prefix_search")?,
        suffix: text("suffix_search")?,
        infix: text("infix_finditer")?,
        url: value.get("url_match").and_then(Value::text).map(str::to_owned),
        exceptions,
        faster_heuristics: value.get("faster_heuristics") != Some(&Value::Bool(false)),
    })
}
