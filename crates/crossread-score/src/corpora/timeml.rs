//! TimeBank and AQUAINT as cleaned for TempEval-3 (UzZaman et al. 2013), in TimeML.

use std::path::Path;

use crossread_base::Span;

use super::{files, read_text, stem};
use crate::score::ScoreError;
use crate::system::{Document, Form};

/// A marked time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Where.
    pub span: Span,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: String,
    /// The TIMEX3 value.
    pub value: String,
}

/// An article with its time expressions, the creation time left out as the task does.
#[derive(Debug)]
pub struct Article {
    /// The words of `TEXT`, with the day of writing.
    pub document: Document,
    /// In order of the text.
    pub timexes: Vec<Timex>,
}

/// The articles of a folder, by name.
pub fn read(folder: &Path) -> Result<Vec<Article>, ScoreError> {
    files(folder, ".tml")?
        .iter()
        .map(|path| {
            article(&stem(path), &read_text(path)?).map_err(|what| ScoreError::form(path, what))
        })
        .collect()
}

fn article(name: &str, xml: &str) -> Result<Article, String> {
    let document = roxmltree::Document::parse(xml).map_err(|error| error.to_string())?;
    let find = |tag: &str| document.descendants().find(|node| node.has_tag_name(tag));
    let body = find("TEXT").ok_or("has no TEXT")?;
    let written = find("DCT")
        .and_then(|dct| dct.descendants().find(|node| node.has_tag_name("TIMEX3")))
        .and_then(|timex| timex.attribute("value"))
        .ok_or("has no creation time")?;
    let mut text = String::new();
    let mut timexes = Vec::new();
    words(body, &mut text, &mut timexes);
    // Readers may drop white space around a text.
    let lead = (text.len() - text.trim_start().len()) as u32;
    for timex in &mut timexes {
        let span = timex.span.trimmed(&text);
        timex.span = Span::new(span.start - lead, span.end - lead);
    }
    Ok(Article {
        document: Document {
            name: name.to_owned(),
            text: text.trim().to_owned(),
            form: Form::Dated(written.to_owned()),
        },
        timexes,
    })
}

/// Appends the words below `node` to `text`, and its time expressions to `timexes`. Elements are not deeply nested
/// in TimeML, so plain recursion does.
fn words(node: roxmltree::Node<'_, '_>, text: &mut String, timexes: &mut Vec<Timex>) {
    for child in node.children() {
        if let Some(words) = child.text().filter(|_| child.is_text()) {
            text.push_str(words);
        }
        if !child.is_element() {
            continue;
        }
        let start = text.len();
        words(child, text, timexes);
        if child.has_tag_name("TIMEX3") && start < text.len() {
            timexes.push(Timex {
                span: Span::of(start..text.len()),
                kind: child.attribute("type").unwrap_or_default().to_owned(),
                value: child.attribute("value").unwrap_or_default().to_owned(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_and_its_times_are_read_and_the_creation_time_is_handed_on() {
        let xml = r#"<?xml version="1.0" ?><TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2031-05-04"
            functionInDocument="CREATION_TIME">05/04/31</TIMEX3></DCT><TEXT>
Marrow &amp; Sons <EVENT>closed</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2031-05-01">Thursday</TIMEX3>.
</TEXT></TimeML>"#;
        let article = article("m", xml).unwrap();
        assert_eq!(article.document.text, "Marrow & Sons closed on Thursday.");
        assert_eq!(article.document.form, Form::Dated("2031-05-04".into()));
        let [timex] = article.timexes.as_slice() else { panic!("{:?}", article.timexes) };
        assert_eq!(timex.span.text(&article.document.text), "Thursday");
        assert_eq!((timex.kind.as_str(), timex.value.as_str()), ("DATE", "2031-05-01"));
    }
}
