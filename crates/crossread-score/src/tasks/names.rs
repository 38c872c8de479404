//! Names: WikiGold and WNUT17, entity-level F1 as conlleval counts (same span and same type).
//!
//! The texts are the sets' tokens joined by one space: an encyclopedia article, or one post. They are no news reports,
//! so they are read whole, without regions. Of a record, the mentions by name or alias count. Their types are
//! mapped to each set's own:
//!
//! | record | WikiGold | WNUT17 |
//! |---|---|---|
//! | PERSON | PER | person |
//! | ORG | ORG | organisation (its corporation and group are taken together) |
//! | GROUP | MISC (as CoNLL-2003 does with nationalities) | not counted (it marks no nationalities) |
//! | PLACE, FACILITY | LOC | location |
//! | OTHER | MISC | work (its product and creative-work are taken together) |
//!
//! Ours has seen some of both sets: its second reading of the parser's tags (`data/name/tagger.bin` of the grounding room)
//! was trained on WNUT17's training part, on every second article of WikiGold (the first, the third, ...), and on names that
//! spaCy's en_core_web_md finds in news. `unseen_f1` is the F1 of the other articles of WikiGold alone; WNUT17's test part is
//! unseen as a whole.
//!
//! `parser_f1` is the same of the parser's own tags, before grounding overrules them, where the record has tokens.

use crossread_record::{EntityType, MentionKind};

use super::Asked;
use crate::corpora::conll::{self, Break, Name, Tagged};
use crate::corpora::{read_text, sample};
use crate::metrics::Counts;
use crate::score::{Miss, Score, ScoreError};
use crate::system::{Answer, System, Wanted, unusable};

/// The mapping to one set's labels.
struct Labels {
    /// The name of a record's type; `None` where the set does not mark such things.
    of_type: fn(EntityType) -> Option<&'static str>,
    /// The name gold's label goes by here.
    of_gold: fn(&str) -> &str,
}

/// Scores WikiGold, and WNUT17's test part unless another (`dev`, `train`) is asked for.
pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let mut scores = Vec::new();
    if let Some(path) = asked.set("ner/wikigold/CONLL-format/data/wikigold.conll.txt") {
        let texts = conll::read("wikigold", &read_text(&path)?, Break::DocStart);
        scores.push(score(system, asked, "wikigold", texts, &WIKIGOLD)?);
    }
    let part = match asked.part("test") {
        "dev" => "dev/emerging.dev.conll",
        "train" => "train/wnut17train.conll",
        _ => "test/emerging.test.annotated",
    };
    if let Some(path) = asked.set(&format!("ner/WNUT17/CONLL-format/data/{part}")) {
        let texts = conll::read("wnut17", &read_text(&path)?, Break::EmptyLine);
        scores.push(score(system, asked, "wnut17", texts, &WNUT17)?);
    }
    Ok(scores)
}

const WIKIGOLD: Labels = Labels {
    of_type: |kind| {
        Some(match kind {
            EntityType::Person => "PER",
            EntityType::Org => "ORG",
            EntityType::Place | EntityType::Facility => "LOC",
            EntityType::Group | EntityType::Other => "MISC",
        })
    },
    of_gold: |label| label,
};

const WNUT17: Labels = Labels {
    of_type: |kind| match kind {
        EntityType::Person => Some("person"),
        EntityType::Org => Some("organisation"),
        EntityType::Place | EntityType::Facility => Some("location"),
        EntityType::Other => Some("work"),
        EntityType::Group => None,
    },
    of_gold: |label| match label {
        "corporation" | "group" => "organisation",
        "product" | "creative-work" => "work",
        other => other,
    },
};

fn score(
    system: &System,
    asked: &Asked,
    data: &str,
    texts: Vec<Tagged>,
    labels: &Labels,
) -> Result<Score, ScoreError> {
    // By its place in the set, whatever part of it is asked for.
    let unseen: Vec<String> =
        texts.iter().skip(1).step_by(2).map(|text| text.document.name.clone()).collect();
    let texts = sample(texts, asked.limit);
    let documents: Vec<_> = texts.iter().map(|text| text.document.clone()).collect();
    let answers = system.annotate(&documents, Wanted { whole: true, tokens: true })?;
    let mut tally = Tally::default();
    let (mut parser, mut others) = (Tally::default(), Tally::default());
    for (text, answer) in texts.iter().zip(&answers) {
        let gold =
            sorted(text.names.iter().map(|name| Name {
                span: name.span,
                label: (labels.of_gold)(&name.label).to_owned(),
            }));
        let found = mentions(answer, labels);
        if unseen.contains(&text.document.name) {
            others.add(text, &gold, &found);
        }
        tally.add(text, &gold, &found);
        parser.add(text, &gold, &parser_names(answer, labels));
    }
    let mut score = Score::new("names", data);
    score.figure("f1", tally.same.f1());
    score.figure("precision", tally.same.precision());
    score.figure("recall", tally.same.recall());
    score.figure("span_f1", tally.spans.f1());
    if data == "wikigold" {
        score.figure("unseen_f1", others.same.f1());
    }
    if answers.iter().any(|answer| !answer.record.parsed.tokens.is_empty()) {
        score.figure("parser_f1", parser.same.f1());
    }
    score.note(format!("{} names in {} texts", tally.same.wanted, texts.len()));
    score.notes.extend(unusable(&answers));
    score.misses = tally.misses;
    Ok(score)
}

fn sorted(names: impl Iterator<Item = Name>) -> Vec<Name> {
    let mut names: Vec<Name> = names.collect();
    names.sort();
    names.dedup();
    names
}

fn mentions(answer: &Answer, labels: &Labels) -> Vec<Name> {
    let by_name = |how| matches!(how, MentionKind::Name | MentionKind::Alias);
    sorted(answer.record.grounded.entities.iter().flat_map(|entity| {
        entity.mentions.iter().filter(move |mention| by_name(mention.how)).filter_map(|mention| {
            let label = (labels.of_type)(entity.kind)?.to_owned();
            Some(Name { span: answer.in_document(mention.span)?, label })
        })
    }))
}

/// The parser's own names, with OntoNotes' types taken for the record's.
fn parser_names(answer: &Answer, labels: &Labels) -> Vec<Name> {
    let mut names: Vec<(Name, &str)> = Vec::new();
    for token in &answer.record.parsed.tokens {
        let Some((mark, ontonotes)) = token.ent.split_once('-') else { continue };
        let kind = match ontonotes {
            "PERSON" => EntityType::Person,
            "ORG" => EntityType::Org,
            "NORP" => EntityType::Group,
            "GPE" | "LOC" => EntityType::Place,
            "FAC" => EntityType::Facility,
            "PRODUCT" | "EVENT" | "WORK_OF_ART" | "LAW" | "LANGUAGE" => EntityType::Other,
            _ => continue, // amounts and times are no names
        };
        let (Some(label), Some(span)) = ((labels.of_type)(kind), answer.in_document(token.span))
        else {
            continue;
        };
        match names.last_mut().filter(|(_, last)| mark == "I" && *last == ontonotes) {
            Some((name, _)) => name.span = name.span.cover(span),
            None => names.push((Name { span, label: label.to_owned() }, ontonotes)),
        }
    }
    sorted(names.into_iter().map(|(name, _)| name))
}

#[derive(Default)]
struct Tally {
    same: Counts,
    spans: Counts,
    misses: Vec<Miss>,
}

impl Tally {
    /// Both lists sorted.
    fn add(&mut self, text: &Tagged, gold: &[Name], found: &[Name]) {
        self.same = self.same + Counts::of_sorted(found, gold);
        let spans = |names: &[Name]| {
            let mut spans: Vec<_> = names.iter().map(|name| name.span).collect();
            spans.dedup();
            spans
        };
        self.spans = self.spans + Counts::of_sorted(&spans(found), &spans(gold));
        let show = |near: Option<&Name>| {
            near.map_or("nothing".to_owned(), |name| {
                format!("<{}> {}", name.span.text(&text.document.text), name.label)
            })
        };
        let touching = |all: &[Name], name: &Name| {
            show(all.iter().find(|other| other.span.overlaps(name.span)))
        };
        let Tagged { document, .. } = text;
        for name in gold.iter().filter(|name| found.binary_search(name).is_err()) {
            let (gold, found) = (show(Some(name)), touching(found, name));
            let kind = if found == "nothing" { "name missed" } else { "name misread" };
            let miss = Miss::at(kind, &document.name, &document.text, name.span, gold, found);
            self.misses.push(miss);
        }
        for name in found.iter().filter(|name| touching(gold, name) == "nothing") {
            let found = show(Some(name));
            let kind = "name too many";
            let miss = Miss::at(kind, &document.name, &document.text, name.span, "nothing", found);
            self.misses.push(miss);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_by_hand() {
        let gold = "Ana B-person\nRuiz I-person\nleft O\nMarrow B-location\nInc B-corporation\n";
        let texts = conll::read("w", gold, Break::EmptyLine);
        let text = &texts[0];
        let names = sorted(text.names.iter().cloned());
        let name =
            |index: usize, label: &str| Name { span: names[index].span, label: label.to_owned() };
        let mut tally = Tally::default();
        tally.add(text, &names, &[names[0].clone(), name(1, "person")]);
        assert_eq!(tally.same, Counts { right: 1, found: 2, wanted: 3 });
        assert_eq!(tally.spans, Counts { right: 2, found: 2, wanted: 3 });
        let kinds: Vec<&str> = tally.misses.iter().map(|miss| miss.kind.as_str()).collect();
        assert_eq!(kinds, ["name misread", "name missed"]);
    }
}
