//! How firmly something is said: MEANTIME, with FactBank's values.
//!
//! A gold event with a certainty is compared with the claim whose trigger overlaps it (one to one, equal spans first);
//! events no claim is about are left out of the figures and counted in `events_met`. `certainty_macro_f1` is the
//! mean F1 of the certainties that gold has among the events compared; `polarity_macro_f1` and `polarity_accuracy`
//! leave out events of underspecified polarity. Most events are certain and positive: `certainty_majority_f1` is what
//! calling all certain would give.

use crossread_base::Span;
use crossread_record::{Certainty, Claim, Polarity};

use super::Asked;
use crate::corpora::meantime::{self, Article};
use crate::corpora::sample;
use crate::metrics::{match_by_overlap, ratio};
use crate::score::{Confusion, Miss, Score, ScoreError};
use crate::system::{Answer, System, Wanted, unusable};

/// Scores all articles.
pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let Some(set) = asked.set("meantime") else { return Ok(Vec::new()) };
    let articles = sample(meantime::read(&set)?, asked.limit);
    let documents: Vec<_> = articles.iter().map(|article| article.document.clone()).collect();
    let answers = system.annotate(&documents, Wanted::default())?;
    let mut tally = Tally::new();
    for (article, answer) in articles.iter().zip(&answers) {
        tally.add(article, answer);
    }
    let mut score = tally.score();
    score.note(format!("{} articles", articles.len()));
    score.notes.extend(unusable(&answers));
    Ok(vec![score])
}

fn certainty(value: Certainty) -> &'static str {
    match value {
        Certainty::Certain => "CT",
        Certainty::Probable => "PR",
        Certainty::Possible => "PS",
        Certainty::Underspecified => "U",
    }
}

fn polarity(value: Polarity) -> &'static str {
    match value {
        Polarity::Positive => "+",
        Polarity::Negative => "-",
    }
}

struct Tally {
    certainty: Confusion,
    all_certain: Confusion,
    polarity: Confusion,
    polarity_right: usize,
    polarities: usize,
    events: usize,
    met: usize,
    misses: Vec<Miss>,
}

impl Tally {
    fn new() -> Self {
        let certainties = || Confusion::new(["CT", "PR", "PS", "U"]);
        Self {
            certainty: certainties(),
            all_certain: certainties(),
            polarity: Confusion::new(["+", "-"]),
            polarity_right: 0,
            polarities: 0,
            events: 0,
            met: 0,
            misses: Vec::new(),
        }
    }

    fn add(&mut self, article: &Article, answer: &Answer) {
        let Article { document, events } = article;
        let claims: Vec<(Span, &Claim)> = answer
            .record
            .testimony
            .claims
            .iter()
            .filter_map(|claim| Some((answer.in_document(claim.trigger)?, claim)))
            .collect();
        let gold: Vec<Span> = events.iter().map(|event| event.span).collect();
        let triggers: Vec<Span> = claims.iter().map(|&(trigger, _)| trigger).collect();
        self.events += events.len();
        for (event, partner) in events.iter().zip(match_by_overlap(&gold, &triggers)) {
            let Some((_, claim)) = partner.and_then(|index| claims.get(index)) else { continue };
            self.met += 1;
            let (wanted, given) = (certainty(event.certainty), certainty(claim.certainty));
            self.certainty.add(wanted, given);
            self.all_certain.add(wanted, "CT");
            let mut right = wanted == given;
            let mut show = (wanted.to_owned(), given.to_owned());
            if let Some(gold) = event.polarity {
                self.polarities += 1;
                self.polarity_right += usize::from(gold == claim.polarity);
                self.polarity.add(polarity(gold), polarity(claim.polarity));
                right &= gold == claim.polarity;
                show = (show.0 + polarity(gold), show.1 + polarity(claim.polarity));
            }
            if !right {
                let text = &document.text;
                let (wanted, given) = show;
                self.misses.push(Miss::at(
                    "factuality",
                    &document.name,
                    text,
                    event.span,
                    wanted,
                    given,
                ));
            }
        }
    }

    fn score(self) -> Score {
        let mut score = Score::new("factuality", "meantime");
        score.figure("certainty_macro_f1", self.certainty.macro_f1());
        score.figure("polarity_macro_f1", self.polarity.macro_f1());
        score.figure("polarity_accuracy", ratio(self.polarity_right, self.polarities));
        score.figure("certainty_majority_f1", self.all_certain.macro_f1());
        score.figure("events_met", ratio(self.met, self.events));
        score.note(format!("{} events with a certainty, {} met by a claim", self.events, self.met));
        score.confusion = Some(self.certainty);
        score.misses = self.misses;
        score
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::corpora::meantime::EventMention;
    use crate::system::Document;

    #[test]
    fn figures_by_hand() {
        let text = "It may fall. It did not fall.";
        let event = |start, end, certainty, polarity| EventMention {
            span: Span::new(start, end),
            certainty,
            polarity: Some(polarity),
        };
        let article = Article {
            document: Document::plain("a", text),
            events: vec![
                event(7, 11, Certainty::Possible, Polarity::Positive),
                event(24, 28, Certainty::Certain, Polarity::Negative),
                event(0, 2, Certainty::Certain, Polarity::Positive),
            ],
        };
        let claim = |id: &str, trigger: [u32; 2], certainty: &str| {
            json!({"id": id, "span": trigger, "region": 0, "frame": "x", "trigger": trigger, "arguments": [],
                "place": null, "time": null, "certainty": certainty, "polarity": "+", "aspect": "past"})
        };
        let record = serde_json::from_value(json!({
            "id": "a", "path": "a.txt", "media_type": "text/plain", "text": text, "language": null,
            "outlet": null, "published": null, "updated": null, "sentences": [], "entities": [],
            "places": [], "times": [], "quantities": [], "attributions": [],
            "claims": [claim("c1", [7, 11], "PS"), claim("c2", [20, 28], "CT")]
        }));
        let answer = Answer { record: record.unwrap(), shift: 0, usable: true };
        let mut tally = Tally::new();
        tally.add(&article, &answer);
        let score = tally.score();
        assert_eq!(score.get("certainty_macro_f1"), Some(1.0));
        assert_eq!(score.get("polarity_accuracy"), Some(0.5));
        // "+" F1 2/3, "-" F1 0.
        assert_eq!(score.get("polarity_macro_f1"), Some(1.0 / 3.0));
        assert_eq!(score.get("events_met"), Some(2.0 / 3.0));
        assert_eq!(score.misses.len(), 1);
    }
}
