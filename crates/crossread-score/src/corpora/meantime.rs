//! MEANTIME (Minard et al. 2016): events of Wikinews with their factuality.

use std::path::Path;

use crossread_base::Span;
use crossread_record::{Certainty, Polarity};

use super::cat::Tokens;
use super::{files, read_text, stem};
use crate::score::ScoreError;
use crate::system::Document;

/// An event mention whose factuality the annotators gave.
#[derive(Debug, Clone, PartialEq)]
pub struct EventMention {
    /// Where.
    pub span: Span,
    /// How certain it is said to be.
    pub certainty: Certainty,
    /// Whether it is said to be so; `None` where that is underspecified.
    pub polarity: Option<Polarity>,
}

/// An article: a line for the title, one for the date, then its tokens joined by one space.
#[derive(Debug)]
pub struct Article {
    /// The text.
    pub document: Document,
    /// In order of the text.
    pub events: Vec<EventMention>,
}

/// The articles of all `corpus_*` folders of the set, by name.
pub fn read(set: &Path) -> Result<Vec<Article>, ScoreError> {
    let mut articles = Vec::new();
    for folder in files(set, "")?.into_iter().filter(|path| path.is_dir()) {
        for path in files(&folder, ".xml")? {
            let article = parse(&stem(&path), &read_text(&path)?);
            articles.push(article.map_err(|what| ScoreError::form(&path, what))?);
        }
    }
    Ok(articles)
}

fn parse(name: &str, xml: &str) -> Result<Article, String> {
    let xml = roxmltree::Document::parse(xml).map_err(|error| error.to_string())?;
    // Sentence 0 is the title, sentence 1 the date.
    let gap = |last: u32, next: u32| if last < 2 && last != next { "\n\n" } else { " " };
    let tokens = Tokens::read(&xml, gap)?;
    let mut events = Vec::new();
    for markable in tokens.markables(&xml, |tag| tag == "EVENT_MENTION") {
        let certainty = match markable.node.attribute("certainty").unwrap_or_default() {
            "CERTAIN" => Certainty::Certain,
            "PROBABLE" => Certainty::Probable,
            "POSSIBLE" => Certainty::Possible,
            "UNDERSPECIFIED" => Certainty::Underspecified,
            _ => continue, // only part of each article was annotated
        };
        let polarity = match markable.node.attribute("polarity").unwrap_or_default() {
            "POS" => Some(Polarity::Positive),
            "NEG" => Some(Polarity::Negative),
            _ => None,
        };
        events.push(EventMention { span: markable.span, certainty, polarity });
    }
    events.sort_by_key(|event| event.span);
    Ok(Article { document: Document::plain(name, tokens.joined.text), events })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_date_and_events() {
        let xml = r#"<Document><token sentence="0" t_id="1">Bridge</token><token sentence="1" t_id="2">May</token>
<token sentence="1" t_id="3">4</token><token sentence="2" t_id="4">It</token><token sentence="2" t_id="5">held</token>
<Markables><EVENT_MENTION certainty="POSSIBLE" m_id="1" polarity="NEG"><token_anchor t_id="5"/></EVENT_MENTION>
<EVENT_MENTION certainty="" m_id="2" polarity=""><token_anchor t_id="4"/></EVENT_MENTION>
<EVENT m_id="3"/></Markables></Document>"#;
        let article = parse("m", xml).unwrap();
        assert_eq!(article.document.text, "Bridge\n\nMay 4\n\nIt held");
        assert_eq!(
            article.events,
            [EventMention {
                span: Span::new(18, 22),
                certainty: Certainty::Possible,
                polarity: Some(Polarity::Negative),
            }]
        );
    }
}
