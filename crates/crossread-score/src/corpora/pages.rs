//! Web pages: the article-extraction-benchmark (Zyte) and trafilatura's evaluation set (Barbaresi 2021).

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;

use super::{read_text, stem};
use crate::score::ScoreError;
use crate::system::{Document, Form};

/// A page with its article's text.
#[derive(Debug)]
pub struct ArticlePage {
    /// The page.
    pub document: Document,
    /// The text of the article, without its headline.
    pub body: String,
}

/// A page with strings that are of its main text and strings that are not.
#[derive(Debug)]
pub struct PhrasePage {
    /// The page.
    pub document: Document,
    /// Must be kept.
    pub with: Vec<String>,
    /// Must not be kept.
    pub without: Vec<String>,
    /// Where known.
    pub title: Option<String>,
    /// Where known.
    pub author: Option<String>,
    /// `2019-08-02`, where known.
    pub date: Option<String>,
}

fn page(path: &Path) -> Result<Document, ScoreError> {
    let fail = |source| ScoreError::Read { path: path.to_owned(), source };
    let mut bytes = std::fs::read(path).map_err(fail)?;
    let mut name = stem(path);
    if path.extension().is_some_and(|ending| ending == "gz") {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice())
            .read_to_end(&mut plain)
            .map_err(fail)?;
        bytes = plain;
        name = name.trim_end_matches(".html").to_owned();
    }
    Ok(Document { name, text: String::new(), form: Form::Page(bytes) })
}

/// The pages of the benchmark, by key.
pub fn articles(set: &Path) -> Result<Vec<ArticlePage>, ScoreError> {
    #[derive(Deserialize)]
    struct Truth {
        #[serde(rename = "articleBody", default)]
        body: String,
    }
    let truths: BTreeMap<String, Truth> = json(&set.join("ground-truth.json"))?;
    let article = |(key, truth): (String, Truth)| {
        let document = page(&set.join(format!("html/{key}.html.gz")))?;
        Ok(ArticlePage { document, body: truth.body })
    };
    truths.into_iter().map(article).collect()
}

/// The pages of trafilatura's set, by address.
pub fn phrases(set: &Path) -> Result<Vec<PhrasePage>, ScoreError> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Names {
        One(String),
        Many(Vec<String>),
    }
    #[derive(Deserialize)]
    struct Truth {
        file: String,
        with: Vec<String>,
        without: Vec<String>,
        title: Option<String>,
        author: Option<Names>,
        date: Option<String>,
    }
    let truths: BTreeMap<String, Truth> = json(&set.join("evaldata.json"))?;
    let known = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let phrases = |truth: Truth| {
        let author = truth.author.map(|names| match names {
            Names::One(name) => name,
            Names::Many(names) => names.join("; "),
        });
        Ok(PhrasePage {
            document: page(&set.join("html").join(&truth.file))?,
            with: truth.with,
            without: truth.without,
            title: known(truth.title),
            author: known(author),
            date: known(truth.date),
        })
    };
    truths.into_values().map(phrases).collect()
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, ScoreError> {
    serde_json::from_str(&read_text(path)?)
        .map_err(|error| ScoreError::form(path, error.to_string()))
}
