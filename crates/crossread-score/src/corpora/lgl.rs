//! The Local Global Lexicon (Lieberman, Samet and Sankaranarayanan 2010), in the XML of Gritta et al. 2019.

use std::path::Path;

use crossread_base::Span;

use super::{CharOffsets, read_text};
use crate::score::ScoreError;
use crate::system::Document;

/// A marked place name.
#[derive(Debug, Clone, PartialEq)]
pub struct Toponym {
    /// Where.
    pub span: Span,
    /// Degrees north and east; `None` where the annotators did not resolve it.
    pub point: Option<(f64, f64)>,
    /// The GeoNames id and feature class (`P`, `A`, `H`) that the annotators gave it.
    pub referent: Option<(u32, char)>,
}

/// An article with its place names.
#[derive(Debug)]
pub struct Article {
    /// The text alone: neither its address nor its day is handed in, as in the literature.
    pub document: Document,
    /// In order of the text.
    pub toponyms: Vec<Toponym>,
}

/// The articles of a file, in its order.
pub fn read(path: &Path) -> Result<Vec<Article>, ScoreError> {
    articles(&read_text(path)?).map_err(|what| ScoreError::form(path, what))
}

fn articles(xml: &str) -> Result<Vec<Article>, String> {
    let document = roxmltree::Document::parse(xml).map_err(|error| error.to_string())?;
    let mut all = Vec::new();
    for article in document.descendants().filter(|node| node.has_tag_name("article")) {
        let below = |node: roxmltree::Node<'_, '_>, tag: &str| {
            node.descendants()
                .find(|below| below.has_tag_name(tag))
                .and_then(|n| n.text().map(str::to_owned))
        };
        let name = article.attribute("docid").ok_or("an article has no docid")?;
        let text = below(article, "text").ok_or_else(|| format!("article {name} has no text"))?;
        let offsets = CharOffsets::new(&text);
        let mut toponyms = Vec::new();
        for toponym in article.descendants().filter(|node| node.has_tag_name("toponym")) {
            let number = |tag| below(toponym, tag).and_then(|text| text.parse().ok());
            let span = number("start")
                .zip(number("end"))
                .and_then(|(start, end)| offsets.span(start, end))
                .ok_or_else(|| format!("article {name} has a place name outside its text"))?;
            let degrees = |tag| below(toponym, tag).and_then(|text| text.parse().ok());
            let tag = toponym.children().find(|node| node.has_tag_name("gaztag"));
            let id = tag.and_then(|tag| tag.attribute("geonameid")?.parse().ok());
            let class = below(toponym, "fclass").and_then(|class| class.chars().next());
            toponyms.push(Toponym {
                span,
                point: degrees("lat").zip(degrees("lon")),
                referent: id.zip(class),
            });
        }
        toponyms.sort_by_key(|toponym| toponym.span);
        all.push(Article { document: Document::plain(name, text), toponyms });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_characters() {
        let xml = "<articles><article docid='7'><text><![CDATA[Né in Marrow.]]></text><toponyms>\
            <toponym><start>6</start><end>12</end><gaztag geonameid='12'><fclass>P</fclass><lat>31.5</lat><lon>-92</lon></gaztag></toponym>\
            </toponyms></article></articles>";
        let all = articles(xml).unwrap();
        assert_eq!(
            all[0].toponyms,
            [Toponym {
                span: Span::new(7, 13),
                point: Some((31.5, -92.0)),
                referent: Some((12, 'P')),
            }]
        );
        assert_eq!(all[0].toponyms[0].span.text(&all[0].document.text), "Marrow");
    }
}
