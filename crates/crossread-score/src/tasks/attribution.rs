//! Who says so, and what exactly is said: PolNeAR (Newell, Margolin and Ruths 2018).
//!
//! The corpus is univocal: it marks one level, the outermost, and leaves unmarked what is said within a content.
//! Attributions that stand within another (`parent`) are therefore left out of all figures.
//!
//! Token figures: a token counts for a role when it lies in that role of any attribution of the article, so that
//! each token is right or wrong once a role (micro-averaged over articles; see [`Tokens`] for what a token is; marks
//! count, as they do in the corpus).
//!
//! Whole attributions: gold and found ones are paired one to one, the best content first; a pair is right when
//! the sources share a token (or neither has one), the cues share a token, and the tokens of the contents have a
//! Jaccard of at least .5.
//!
//! Direct quotes: the gold attributions that have a source and whose content stands within quotation marks. Such
//! a one is right when, of the found attributions that share a token with its content, the one with
//! the greatest content Jaccard has a source that shares a token with gold's. The source may be a pronoun: who it
//! stands for is another task.

use crossread_record::Attribution;

use super::Asked;
use crate::corpora::polnear::{self, Article, GoldAttribution};
use crate::corpora::sample;
use crate::metrics::{Counts, Tokens};
use crate::score::{Miss, Score, ScoreError};
use crate::system::{Answer, System, Wanted, unusable};

/// Scores the part `dev` unless another is asked for.
pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let part = asked.part("dev");
    let Some(folder) = asked.set(&format!("polnear/{part}")) else { return Ok(Vec::new()) };
    let articles = sample(polnear::read(&folder, 0)?, asked.limit);
    let documents: Vec<_> = articles.iter().map(|article| article.document.clone()).collect();
    let answers = system.annotate(&documents, Wanted::default())?;
    let mut tally = Tally::default();
    for (article, answer) in articles.iter().zip(&answers) {
        tally.add(article, &found(answer));
    }
    let mut score = tally.score(&format!("polnear/{part}"));
    score.note(format!("{} articles, first annotator by name", articles.len()));
    score.notes.extend(unusable(&answers));
    Ok(vec![score])
}

/// What a record says, in the document's offsets.
fn found(answer: &Answer) -> Vec<GoldAttribution> {
    let here = |spans: &[crossread_base::Span]| {
        spans.iter().filter_map(|&span| answer.in_document(span)).collect()
    };
    answer
        .record
        .testimony
        .attributions
        .iter()
        .filter(|attribution| attribution.parent.is_none())
        .map(|Attribution { source, cue, content, .. }| GoldAttribution {
            source: here(source),
            cue: here(cue),
            content: here(content),
        })
        .collect()
}

#[derive(Default)]
struct Tally {
    source: Counts,
    cue: Counts,
    content: Counts,
    whole: Counts,
    direct: usize,
    direct_right: usize,
    misses: Vec<Miss>,
}

/// An attribution as the numbers of its tokens.
struct Touched {
    source: Vec<u32>,
    cue: Vec<u32>,
    content: Vec<u32>,
}

impl Touched {
    fn new(tokens: &Tokens, attribution: &GoldAttribution) -> Self {
        Self {
            source: tokens.touched(&attribution.source),
            cue: tokens.touched(&attribution.cue),
            content: tokens.touched(&attribution.content),
        }
    }
}

impl Tally {
    fn add(&mut self, article: &Article, found: &[GoldAttribution]) {
        let Article { document, attributions: gold } = article;
        let tokens = Tokens::new(&document.text);
        let touch = |all: &[GoldAttribution]| -> Vec<Touched> {
            all.iter().map(|attribution| Touched::new(&tokens, attribution)).collect()
        };
        let (gold_tokens, found_tokens) = (touch(gold), touch(found));
        let all = |list: &[Touched], role: fn(&Touched) -> &[u32]| {
            let mut union: Vec<u32> = list.iter().flat_map(role).copied().collect();
            union.sort_unstable();
            union.dedup();
            union
        };
        let count = |role| Counts::of_sorted(&all(&found_tokens, role), &all(&gold_tokens, role));
        self.source = self.source + count(|a| &a.source);
        self.cue = self.cue + count(|a| &a.cue);
        self.content = self.content + count(|a| &a.content);

        let partner = pair(&gold_tokens, &found_tokens);
        let right = partner.iter().flatten().count();
        self.whole = self.whole + Counts { right, found: found.len(), wanted: gold.len() };
        for ((attribution, touched), partner) in gold.iter().zip(&gold_tokens).zip(&partner) {
            let best = best_content(touched, &found_tokens);
            if partner.is_none() {
                let found = best.map_or("nothing".to_owned(), |best| show(&found[best], article));
                let place = attribution.content.first().or(attribution.cue.first());
                self.misses.push(Miss::at(
                    "attribution missed",
                    &document.name,
                    &document.text,
                    place.copied().unwrap_or_default(),
                    show(attribution, article),
                    found,
                ));
            }
            if attribution.source.is_empty() || !is_quoted(attribution, &document.text) {
                continue;
            }
            self.direct += 1;
            let speaker = best.map(|best| &found_tokens[best].source);
            if speaker.is_some_and(|source| meet(source, &touched.source)) {
                self.direct_right += 1;
            }
        }
        let matched: Vec<usize> = partner.into_iter().flatten().collect();
        for (index, attribution) in found.iter().enumerate() {
            if !matched.contains(&index) {
                let place = attribution.cue.first().or(attribution.content.first());
                let miss = Miss::at(
                    "attribution too many",
                    &document.name,
                    &document.text,
                    place.copied().unwrap_or_default(),
                    "nothing that matches",
                    show(attribution, article),
                );
                self.misses.push(miss);
            }
        }
    }

    fn score(self, data: &str) -> Score {
        let mut score = Score::new("attribution", data);
        let roles = [("source", self.source), ("cue", self.cue), ("content", self.content)];
        for (role, counts) in roles.into_iter().chain([("whole", self.whole)]) {
            score.figure(&format!("{role}_f1"), counts.f1());
            score.figure(&format!("{role}_precision"), counts.precision());
            score.figure(&format!("{role}_recall"), counts.recall());
        }
        score.figure("direct_speaker_accuracy", self.direct_right as f64 / self.direct as f64);
        score.note(format!(
            "{} gold attributions, {} of them direct",
            self.whole.wanted, self.direct
        ));
        score.misses = self.misses;
        score
    }
}

fn show(attribution: &GoldAttribution, article: &Article) -> String {
    let words = |spans: &[crossread_base::Span]| {
        let parts: Vec<&str> = spans.iter().map(|span| span.text(&article.document.text)).collect();
        parts.join(" .. ")
    };
    let GoldAttribution { source, cue, content } = attribution;
    format!("source <{}> cue <{}> content <{}>", words(source), words(cue), words(content))
}

fn shared(a: &[u32], b: &[u32]) -> usize {
    Counts::of_sorted(a, b).right
}

fn meet(a: &[u32], b: &[u32]) -> bool {
    shared(a, b) > 0
}

fn jaccard(a: &[u32], b: &[u32]) -> f64 {
    let both = shared(a, b);
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

/// The found attribution whose content is most like this one's; the first of equals.
fn best_content(gold: &Touched, found: &[Touched]) -> Option<usize> {
    let mut best = None;
    for (index, candidate) in found.iter().enumerate() {
        let likeness = jaccard(&gold.content, &candidate.content);
        if likeness > best.map_or(0.0, |(_, most)| most) {
            best = Some((index, likeness));
        }
    }
    best.map(|(index, _)| index)
}

/// For each gold attribution, the found one that is right for it, one to one.
fn pair(gold: &[Touched], found: &[Touched]) -> Vec<Option<usize>> {
    let mut pairs = Vec::new();
    for (g, wanted) in gold.iter().enumerate() {
        for (f, given) in found.iter().enumerate() {
            let sources = (wanted.source.is_empty() && given.source.is_empty())
                || meet(&wanted.source, &given.source);
            let likeness = jaccard(&wanted.content, &given.content);
            if sources && meet(&wanted.cue, &given.cue) && likeness >= 0.5 {
                pairs.push((likeness, g, f));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut partner = vec![None; gold.len()];
    let mut taken = vec![false; found.len()];
    for (_, g, f) in pairs {
        if partner[g].is_none() && !taken[f] {
            partner[g] = Some(f);
            taken[f] = true;
        }
    }
    partner
}

/// Whether the content stands within quotation marks: they may lie just inside or just outside of its ends.
fn is_quoted(attribution: &GoldAttribution, text: &str) -> bool {
    const OPENING: [char; 4] = ['“', '"', '‘', '\''];
    const CLOSING: [char; 4] = ['”', '"', '’', '\''];
    let mark = |c: Option<char>, marks: [char; 4]| c.is_some_and(|c| marks.contains(&c));
    let stop = |c: char| matches!(c, '.' | ',' | '!' | '?' | ';' | ':') || c.is_whitespace();
    let (Some(first), Some(last)) = (attribution.content.first(), attribution.content.last())
    else {
        return false;
    };
    let before = text.get(..first.start as usize).unwrap_or("").trim_end();
    let after = text.get(last.end as usize..).unwrap_or("").trim_start_matches(stop);
    let opens = mark(first.text(text).trim_start().chars().next(), OPENING)
        || mark(before.chars().next_back(), OPENING);
    let end = last.text(text).trim_end_matches(stop);
    opens && (mark(end.chars().next_back(), CLOSING) || mark(after.chars().next(), CLOSING))
}

#[cfg(test)]
mod tests {
    use crossread_base::Span;

    use super::*;
    use crate::system::Document;

    const TEXT: &str = "“It fell,” Ana Ruiz said. Officials denied that anybody was hurt.";

    fn at(words: &str) -> Vec<Span> {
        let start = TEXT.find(words).unwrap();
        vec![Span::of(start..start + words.len())]
    }

    fn attribution(source: &str, cue: &str, content: &str) -> GoldAttribution {
        GoldAttribution { source: at(source), cue: at(cue), content: at(content) }
    }

    fn article() -> Article {
        let attributions = vec![
            attribution("Ana Ruiz", "said", "“It fell,”"),
            attribution("Officials", "denied", "that anybody was hurt"),
        ];
        Article { document: Document::plain("a", TEXT), attributions }
    }

    fn score(found: &[GoldAttribution]) -> Score {
        let mut tally = Tally::default();
        tally.add(&article(), found);
        tally.score("polnear/dev")
    }

    #[test]
    fn gold_against_itself_is_all_right() {
        let score = score(&article().attributions);
        for name in ["source_f1", "cue_f1", "content_f1", "whole_f1", "direct_speaker_accuracy"] {
            assert_eq!(score.get(name), Some(1.0), "{name}");
        }
        assert!(score.misses.is_empty());
    }

    #[test]
    fn figures_by_hand() {
        // Content: 5 tokens (“ It fell , ”) right, "anybody was hurt" 3 of 4; the wrong speaker for the quote.
        let score = score(&[
            attribution("Officials", "said", "“It fell,”"),
            attribution("Officials", "denied", "anybody was hurt"),
        ]);
        assert_eq!(score.get("content_precision"), Some(1.0));
        assert_eq!(score.get("content_recall"), Some(8.0 / 9.0));
        assert_eq!(score.get("source_recall"), Some(1.0 / 3.0));
        assert_eq!(score.get("whole_f1"), Some(0.5), "the second only: Jaccard 3/4");
        assert_eq!(score.get("direct_speaker_accuracy"), Some(0.0));
        assert_eq!(score.misses.len(), 2, "one missed, one too many");
    }

    #[test]
    fn nothing_found_is_zero_not_an_error() {
        assert_eq!(score(&[]).get("whole_f1"), Some(0.0));
    }

    #[test]
    fn quotation_marks_may_lie_outside_the_content() {
        assert!(is_quoted(&attribution("Ana Ruiz", "said", "It fell,"), TEXT));
        assert!(!is_quoted(&article().attributions[1], TEXT));
    }
}
