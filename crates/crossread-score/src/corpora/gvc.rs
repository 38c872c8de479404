//! The Gun Violence Corpus (Vossen et al. 2018), in the columns of the CDCR benchmark (Zhukova et al. 2022).
//!
//! `conll.csv` has a row a token: number, `topic/incident/report`, sentence, token number, token, and the
//! events that begin `(7`, end `7)` or are `(7)` at it, separated by `|`.

use std::path::Path;

use super::ecbplus::{EventMention, EventReport};
use super::{Joined, read_text};
use crate::score::ScoreError;

/// All reports of a part, in the order of the file.
pub fn read(part: &Path) -> Result<Vec<EventReport>, ScoreError> {
    let path = part.join("conll.csv");
    parse(&read_text(&path)?).map_err(|what| ScoreError::form(&path, what))
}

fn parse(text: &str) -> Result<Vec<EventReport>, String> {
    let mut reports: Vec<EventReport> = Vec::new();
    let mut document = String::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    for (row, line) in csv::Reader::from_reader(text.as_bytes()).records().zip(2..) {
        let row = row.map_err(|error| error.to_string())?;
        let field = |index: usize| row.get(index).ok_or_else(|| format!("row {line} is too short"));
        let place = field(1)?;
        if place != document {
            document = place.to_owned();
            open.clear();
            let mut parts = place.split('/');
            let (_, topic, name) = (parts.next(), parts.next(), parts.next());
            reports.push(EventReport {
                name: name.ok_or_else(|| format!("row {line} names no report"))?.to_owned(),
                topic: topic.unwrap_or_default().to_owned(),
                joined: Joined::default(),
                sentences: Vec::new(),
                mentions: Vec::new(),
            });
        }
        let Some(report) = reports.last_mut() else { continue };
        let sentence = field(2)?.parse().map_err(|_| format!("row {line} has no sentence"))?;
        let at = report.sentences.len();
        report.joined.push(field(4)?, " ");
        report.sentences.push(sentence);
        for mark in field(5)?.split('|').filter(|mark| *mark != "-") {
            let event = mark.trim_matches(['(', ')']);
            if mark.starts_with('(') {
                open.push((event.to_owned(), at));
            }
            if mark.ends_with(')') {
                let Some(begun) = open.iter().rposition(|(other, _)| other == event) else {
                    return Err(format!("row {line} ends an event that was not begun"));
                };
                let (event, first) = open.remove(begun);
                report.mentions.push(EventMention {
                    span: report.joined.tokens[first].cover(report.joined.tokens[at]),
                    sentence: report.sentences[first],
                    event,
                });
            }
        }
    }
    reports.iter_mut().for_each(|report| report.mentions.sort_by_key(|mention| mention.span));
    Ok(reports)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_reports() {
        let text = ",topic/subtopic_name/doc,sent_id,token_id,token,reference\n\
            0,0/11/ab,0,0,2031-05-04,-\n1,0/11/ab,1,0,Two,-\n2,0/11/ab,1,1,went,(5\n\
            3,0/11/ab,1,2,off,5)\n4,0/11/ab,1,3,\",\",-\n5,0/12/cd,0,0,Blast,(5)\n";
        let reports = parse(text).unwrap();
        assert_eq!(reports.len(), 2);
        assert_eq!(reports[0].joined.text, "2031-05-04 Two went off ,");
        let mention = &reports[0].mentions[0];
        assert_eq!(mention.span.text(&reports[0].joined.text), "went off");
        assert_eq!((mention.event.as_str(), mention.sentence), ("5", 1));
        assert_eq!((reports[1].name.as_str(), reports[1].topic.as_str()), ("cd", "12"));
    }
}
