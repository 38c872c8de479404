//! Time expressions: task A of TempEval-3 (UzZaman et al. 2013) on TimeBank and AQUAINT.
//!
//! The creation time is handed to the system as the day of publication and is itself not scored. A strict match is
//! the same span; a relaxed one shares a byte. Expressions are paired one to one, equal spans first, then by
//! the bytes shared. As in the task's scorer, `value_f1` takes for right the relaxed matches whose value is the same
//! string, over all found and all gold expressions; `type_accuracy` is the share of relaxed matches of the same type.

use crossread_base::Span;
use crossread_record::{Time, TimeType};

use super::Asked;
use crate::corpora::sample;
use crate::corpora::timeml::{self, Article, Timex};
use crate::metrics::{Counts, match_by_overlap};
use crate::score::{Miss, Score, ScoreError};
use crate::system::{Answer, System, Wanted, unusable};

/// Scores TimeBank and AQUAINT together, or the one asked for as a part.
pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let Some(folder) = asked.set("tempeval3/TBAQ-cleaned") else { return Ok(Vec::new()) };
    let mut articles = Vec::new();
    for part in ["AQUAINT", "TimeBank"] {
        if asked.part(part) == part && folder.join(part).exists() {
            articles.extend(timeml::read(&folder.join(part))?);
        }
    }
    let articles = sample(articles, asked.limit);
    let documents: Vec<_> = articles.iter().map(|article| article.document.clone()).collect();
    let answers = system.annotate(&documents, Wanted::default())?;
    let mut tally = Tally::default();
    for (article, answer) in articles.iter().zip(&answers) {
        tally.add(article, &found(answer));
    }
    let mut score = tally
        .score(&asked.part.as_deref().map_or("tempeval3".to_owned(), |p| format!("tempeval3/{p}")));
    score.note(format!("{} articles, creation time handed in", articles.len()));
    score.notes.extend(unusable(&answers));
    Ok(vec![score])
}

/// The time expressions of a record that lie in the document. Those within another are of its inner structure
/// ("Friday" in "Friday night") and gold never nests, so only the outer ones are kept.
fn found(answer: &Answer) -> Vec<Timex> {
    let times = &answer.record.grounded.times;
    let outer = |time: &&Time| {
        !times.iter().any(|other| other.span != time.span && other.span.contains(time.span))
    };
    times
        .iter()
        .filter(outer)
        .filter_map(|time| {
            let kind = match time.kind {
                TimeType::Date => "DATE",
                TimeType::Time => "TIME",
                TimeType::Duration => "DURATION",
                TimeType::Set => "SET",
            };
            Some(Timex {
                span: answer.in_document(time.span)?,
                kind: kind.to_owned(),
                value: time.timex.clone().unwrap_or_default(),
            })
        })
        .collect()
}

#[derive(Default)]
struct Tally {
    strict: Counts,
    relaxed: Counts,
    value: Counts,
    same_type: usize,
    misses: Vec<Miss>,
}

impl Tally {
    fn add(&mut self, article: &Article, found: &[Timex]) {
        let Article { document, timexes: gold } = article;
        let spans = |all: &[Timex]| all.iter().map(|timex| timex.span).collect::<Vec<Span>>();
        let partner = match_by_overlap(&spans(gold), &spans(found));
        let all = Counts { right: 0, found: found.len(), wanted: gold.len() };
        let (mut strict, mut relaxed, mut value) = (all, all, all);
        let mut miss = |kind: &str, span, gold: &str, found: &str| {
            self.misses.push(Miss::at(kind, &document.name, &document.text, span, gold, found));
        };
        let show = |timex: &Timex| {
            format!("<{}> {} {}", timex.span.text(&document.text), timex.kind, timex.value)
        };
        for (wanted, partner) in gold.iter().zip(&partner) {
            let Some(given) = partner.and_then(|index| found.get(index)) else {
                miss("time missed", wanted.span, &show(wanted), "nothing");
                continue;
            };
            relaxed.right += 1;
            strict.right += usize::from(wanted.span == given.span);
            value.right += usize::from(wanted.value == given.value);
            self.same_type += usize::from(wanted.kind == given.kind);
            if wanted.value != given.value || wanted.kind != given.kind {
                miss("time misread", wanted.span, &show(wanted), &show(given));
            } else if wanted.span != given.span {
                miss("time cut otherwise", wanted.span, &show(wanted), &show(given));
            }
        }
        for (index, given) in found.iter().enumerate() {
            if !partner.contains(&Some(index)) {
                miss("time too many", given.span, "nothing", &show(given));
            }
        }
        self.strict = self.strict + strict;
        self.relaxed = self.relaxed + relaxed;
        self.value = self.value + value;
    }

    fn score(self, data: &str) -> Score {
        let mut score = Score::new("time", data);
        score.figure("strict_f1", self.strict.f1());
        score.figure("relaxed_f1", self.relaxed.f1());
        score.figure("value_f1", self.value.f1());
        score.figure("type_accuracy", self.same_type as f64 / self.relaxed.right as f64);
        for (name, counts) in [("strict", self.strict), ("relaxed", self.relaxed)] {
            score.figure(&format!("{name}_precision"), counts.precision());
            score.figure(&format!("{name}_recall"), counts.recall());
        }
        score.note(format!("{} time expressions, {} found", self.strict.wanted, self.strict.found));
        score.misses = self.misses;
        score
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Document;

    fn timex(start: u32, end: u32, kind: &str, value: &str) -> Timex {
        Timex { span: Span::new(start, end), kind: kind.into(), value: value.into() }
    }

    fn score(found: &[Timex]) -> Score {
        let text = "It fell on Thursday morning, after two years of neglect, in spring.";
        let timexes = vec![
            timex(11, 27, "TIME", "2031-05-01TMO"),
            timex(35, 44, "DURATION", "P2Y"),
            timex(60, 66, "DATE", "2031-SP"),
        ];
        let article = Article { document: Document::plain("a", text), timexes };
        let mut tally = Tally::default();
        tally.add(&article, found);
        tally.score("tempeval3")
    }

    #[test]
    fn figures_by_hand() {
        let score = score(&[
            timex(11, 19, "DATE", "2031-05-01"), // cut, misread, of another type
            timex(35, 44, "DURATION", "P2Y"),
            timex(0, 2, "DATE", "2031"), // not there
        ]);
        assert_eq!(score.get("strict_f1"), Some(2.0 / 6.0));
        assert_eq!(score.get("relaxed_f1"), Some(4.0 / 6.0));
        assert_eq!(score.get("value_f1"), Some(2.0 / 6.0));
        assert_eq!(score.get("type_accuracy"), Some(0.5));
        let kinds: Vec<&str> = score.misses.iter().map(|miss| miss.kind.as_str()).collect();
        assert_eq!(kinds, ["time misread", "time missed", "time too many"]);
    }

    #[test]
    fn gold_against_itself_is_all_right() {
        let score = score(&[
            timex(11, 27, "TIME", "2031-05-01TMO"),
            timex(35, 44, "DURATION", "P2Y"),
            timex(60, 66, "DATE", "2031-SP"),
        ]);
        assert!(score.figures.iter().all(|&(_, value)| value == 1.0), "{:?}", score.figures);
    }
}
