//! ECB+ (Cybulska and Vossen 2014): events marked across reports. Read by `same-event`, `relation` and `origin`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crossread_base::Span;

use super::cat::{Markable, Tokens};
use super::{Joined, files, read_text, stem};
use crate::score::ScoreError;

/// A marked event mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMention {
    /// From its first token to its last.
    pub span: Span,
    /// The sentence of its first token.
    pub sentence: u32,
    /// The event it is of, one name over all reports.
    pub event: String,
}

/// A report: its tokens joined by one space, and the events marked in it.
#[derive(Debug, Clone)]
pub struct EventReport {
    /// Its name in the set (`12_6ecb`, or GVC's hash).
    pub name: String,
    /// The folder or incident it belongs to.
    pub topic: String,
    /// The text.
    pub joined: Joined,
    /// The sentence number of each token.
    pub sentences: Vec<u32>,
    /// In order of the text.
    pub mentions: Vec<EventMention>,
}

impl EventReport {
    /// The bytes from the first token of these sentences to the last.
    pub fn sentence_span(&self, wanted: &[u32]) -> Option<Span> {
        let inside = self.sentences.iter().zip(&self.joined.tokens);
        inside
            .filter(|(sentence, _)| wanted.contains(sentence))
            .map(|(_, &span)| span)
            .reduce(Span::cover)
    }
}

/// The reports of one topic folder, by name.
pub fn topic(set: &Path, topic: &str) -> Result<Vec<EventReport>, ScoreError> {
    files(&set.join(topic), ".xml")?
        .iter()
        .map(|path| {
            parse(&stem(path), topic, &read_text(path)?)
                .map_err(|what| ScoreError::form(path, what))
        })
        .collect()
}

/// All reports, by topic number and name.
pub fn read(set: &Path) -> Result<Vec<EventReport>, ScoreError> {
    let mut topics: Vec<u32> = files(set, "")?
        .iter()
        .filter(|path| path.is_dir())
        .filter_map(|path| stem(path).parse().ok())
        .collect();
    topics.sort_unstable();
    let mut reports = Vec::new();
    for number in topics {
        reports.extend(topic(set, &number.to_string())?);
    }
    Ok(reports)
}

/// Keeps the mentions of the sentences whose annotation was checked, as the set's authors ask
/// (`coreference_sentences.csv`: topic, file without topic, sentence).
pub fn keep_checked(set: &Path, reports: &mut [EventReport]) -> Result<(), ScoreError> {
    let path = set.join("coreference_sentences.csv");
    let text = read_text(&path)?;
    let mut checked = BTreeSet::new();
    for row in text.lines().skip(1).filter(|row| !row.trim().is_empty()) {
        let mut fields = row.trim().split(',');
        let field = (fields.next(), fields.next(), fields.next().and_then(|n| n.parse().ok()));
        let (Some(topic), Some(file), Some(sentence)) = field else {
            return Err(ScoreError::form(&path, format!("{row:?} is not topic,file,sentence")));
        };
        checked.insert((format!("{topic}_{file}"), sentence));
    }
    for report in reports {
        let EventReport { name, mentions, .. } = report;
        mentions.retain(|mention| checked.contains(&(name.clone(), mention.sentence)));
    }
    Ok(())
}

/// Events are the markables whose tag starts with `ACTION` or `NEG_ACTION`. `CROSS_DOC_COREF` names an event over
/// all reports by its `note`; `INTRA_DOC_COREF` joins mentions of this report; every other mention is alone.
fn parse(name: &str, topic: &str, xml: &str) -> Result<EventReport, String> {
    let document = roxmltree::Document::parse(xml).map_err(|error| error.to_string())?;
    let tokens = Tokens::read(&document, |_, _| " ")?;
    let mut event_of = BTreeMap::new();
    for relation in document.descendants().filter(|node| node.is_element()) {
        let event = match relation.tag_name().name() {
            "CROSS_DOC_COREF" => relation.attribute("note").map(str::to_owned),
            "INTRA_DOC_COREF" => relation.attribute("r_id").map(|id| format!("{name}/r{id}")),
            _ => None,
        };
        let Some(event) = event else { continue };
        for source in relation.children().filter(|node| node.has_tag_name("source")) {
            event_of.insert(source.attribute("m_id").unwrap_or_default(), event.clone());
        }
    }
    let is_event = |tag: &str| tag.starts_with("ACTION") || tag.starts_with("NEG_ACTION");
    let mention = |markable: Markable<'_, '_>| EventMention {
        span: markable.span,
        sentence: markable.sentence,
        event: event_of
            .get(markable.id)
            .cloned()
            .unwrap_or_else(|| format!("{name}/m{}", markable.id)),
    };
    let mut mentions: Vec<EventMention> =
        tokens.markables(&document, is_event).into_iter().map(mention).collect();
    mentions.sort_by_key(|mention| mention.span);
    Ok(EventReport {
        name: name.to_owned(),
        topic: topic.to_owned(),
        joined: tokens.joined,
        sentences: tokens.sentences,
        mentions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_and_their_events() {
        let xml = r#"<Document doc_name="3_1ecb.xml">
<token t_id="1" sentence="0" number="0">Marrow</token><token t_id="2" sentence="0" number="1">shut</token>
<token t_id="3" sentence="0" number="2">down</token><token t_id="4" sentence="1" number="0">Shutdown</token>
<token t_id="5" sentence="1" number="1">costly</token>
<Markables><ACTION_OCCURRENCE m_id="1"><token_anchor t_id="2"/><token_anchor t_id="3"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="2"><token_anchor t_id="4"/></ACTION_OCCURRENCE>
<LOC_FAC m_id="3"><token_anchor t_id="1"/></LOC_FAC><NEG_ACTION_STATE m_id="4"><token_anchor t_id="5"/></NEG_ACTION_STATE>
<ACTION_OCCURRENCE m_id="5" TAG_DESCRIPTOR="shut" instance_id="ACT9"/></Markables>
<Relations><CROSS_DOC_COREF r_id="7" note="ACT9"><source m_id="1"/><source m_id="2"/><target m_id="5"/></CROSS_DOC_COREF></Relations>
</Document>"#;
        let report = parse("3_1ecb", "3", xml).unwrap();
        assert_eq!(report.joined.text, "Marrow shut down Shutdown costly");
        let all: Vec<_> = report
            .mentions
            .iter()
            .map(|m| (m.span.text(&report.joined.text), m.sentence, m.event.as_str()))
            .collect();
        assert_eq!(
            all,
            [("shut down", 0, "ACT9"), ("Shutdown", 1, "ACT9"), ("costly", 1, "3_1ecb/m4")]
        );
        assert_eq!(
            report.sentence_span(&[1]).unwrap().text(&report.joined.text),
            "Shutdown costly"
        );
    }
}
