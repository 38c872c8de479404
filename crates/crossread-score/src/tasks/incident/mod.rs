//! Incidents: MUC-4 on its development and test messages.
//!
//! A record gives templates by `template.rs`. As the task scores, the templates of a message are paired with the
//! key's one to one so that most fills are right; two may be paired only if their types agree, at least partly.
//! A fill is right (1), partly right (1/2) or wrong; unpaired templates of the key are missing and ours are too many,
//! with all their fills, except those the key calls optional. Over all fills of a slot, precision is what is right
//! over what we gave, recall what is right over what the key wants, and the figures are their F1.
//!
//! | figure | slots | right | partly right |
//! |---|---|---|---|
//! | `type_f1` | 4 | the same | ATTACK for BOMBING or ARSON and the reverse |
//! | `date_f1` | 2 | the same days | days that meet |
//! | `place_f1` | 3 | the most specific name | another of its names (the country) |
//! | `perpetrator_f1` | 9, 10 | the same words, or one within the other with the same head | the same head |
//! | `target_f1` | 12, 18, 19 (a description of a named target is another name for it) | likewise | likewise |
//! | `effect_f1`, `count_f1`, `confidence_f1` | 16 and 23; 14 and 21; 11 | value, said of the right one | value only |
//!
//! Where we have no day the day of the report stands, as "on or before"; where no place, the country named most often.

mod template;

use std::collections::BTreeMap;

use crossread_base::Span;
use crossread_record::Record;

use super::Asked;
use crate::corpora::muc4::{self, KeyFill, KeyTemplate, Message};
use crate::corpora::sample;
use crate::metrics::best_assignment;
use crate::score::{Miss, Score, ScoreError};
use crate::system::{System, Wanted, unusable};
use template::{Days, Fill, Incident, WORDS, days, incidents};

/// Scores the parts `dev`, `tst1` and `tst2`, or the one asked for.
pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let mut scores = Vec::new();
    for part in ["dev", "tst1", "tst2"] {
        let Some(folder) = asked.set(&format!("muc4/{part}")) else { continue };
        if asked.part(part) != part {
            continue;
        }
        let messages = sample(muc4::read(&folder)?, asked.limit);
        let documents: Vec<_> = messages.iter().map(|message| message.document.clone()).collect();
        let answers = system.annotate(&documents, Wanted::default())?;
        let mut tally = Tally::default();
        for (message, answer) in messages.iter().zip(&answers) {
            tally.add(message, &ours(&answer.record));
        }
        let mut score = tally.score(&format!("muc4/{part}"));
        score.note(format!(
            "{} messages, in the capitals and line breaks they came in",
            messages.len()
        ));
        score.notes.extend(unusable(&answers));
        scores.push(score);
    }
    Ok(scores)
}

/// The slots of the figures, in their order.
const FIGURES: [(&str, &[u32]); 8] = [
    ("type", &[4]),
    ("date", &[2]),
    ("place", &[3]),
    ("perpetrator", &[9, 10]),
    ("target", &[12, 18, 19]),
    ("effect", &[16, 23]),
    ("count", &[14, 21]),
    ("confidence", &[11]),
];

/// Our templates, with the task's defaults filled in.
fn ours(record: &Record) -> Vec<Incident> {
    let published = record.report.published.as_ref().and_then(|date| days(&date.edtf));
    let before = published.map(|day| Days { first: None, last: day.last });
    let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
    let codes = record.grounded.places.iter().filter_map(|place| place.country.as_deref());
    codes.for_each(|code| *countries.entry(code).or_insert(0) += 1);
    let most = countries.into_iter().max_by_key(|&(code, count)| (count, std::cmp::Reverse(code)));
    let country = most.and_then(|(code, _)| WORDS.as_ref()?.country_of(code));
    let mut all = incidents(record);
    for incident in &mut all {
        incident.days = incident.days.take().or_else(|| before.clone());
        if incident.places.is_empty() {
            incident.places.extend(country.map(str::to_owned));
        }
    }
    all
}

/// The key's fills for a figure. A description of a named target is another name for it.
fn wanted(template: &KeyTemplate, slots: &[u32]) -> Vec<KeyFill> {
    let mut fills: Vec<KeyFill> = Vec::new();
    for fill in slots.iter().flat_map(|&slot| template.slot(slot)) {
        let named = slots.contains(&19) && !fill.of.is_empty();
        let other =
            fills.iter_mut().find(|f| named && f.values.iter().any(|v| fill.of.contains(v)));
        match other {
            Some(other) => other.values.extend(fill.values.iter().cloned()),
            None => fills.push(fill.clone()),
        }
    }
    fills
}

fn given(incident: &Incident, figure: &str) -> Vec<Fill> {
    let one = |value: String| vec![Fill { value, of: None }];
    match figure {
        "type" => one(incident.kind.clone()),
        "date" => incident.days.as_ref().map(|days| one(show_days(days))).unwrap_or_default(),
        "place" if incident.places.is_empty() => Vec::new(),
        "place" => one(incident.places.join(": ")),
        "perpetrator" => incident.perpetrators.clone(),
        "target" => incident.targets.clone(),
        "effect" => incident.effects.clone(),
        "count" => incident.counts.clone(),
        _ => incident.confidence.clone(),
    }
}

fn show_days(days: &Days) -> String {
    format!("{}/{}", days.first.as_deref().unwrap_or(""), days.last)
}

/// How right a fill of ours is for one of the key's: 1, 1/2 or 0.
fn worth(figure: &str, wanted: &KeyFill, given: &Fill) -> f64 {
    let best = |of: &dyn Fn(&str) -> f64| wanted.values.iter().map(|v| of(v)).fold(0.0, f64::max);
    match figure {
        "type" => best(&|value| {
            let partly = WORDS.as_ref().and_then(|words| words.partly.get(value));
            match () {
                () if value == given.value => 1.0,
                () if partly.is_some_and(|all| all.contains(&given.value)) => 0.5,
                () => 0.0,
            }
        }),
        "date" => {
            best(&|value| key_days(value).map_or(0.0, |days| days_worth(&days, &given.value)))
        }
        "place" => best(&|value| place_worth(value, &given.value)),
        "perpetrator" | "target" => best(&|value| string_worth(value, &given.value)),
        _ => {
            let same = wanted.values.contains(&given.value);
            let of = given.of.as_deref().unwrap_or("");
            let referent = wanted.of.iter().any(|value| string_worth(value, of) > 0.0);
            match (same, referent) {
                (true, true) => 1.0,
                (true, false) => 0.5,
                _ => 0.0,
            }
        }
    }
}

/// `02 FEB 90`, `17 FEB 90 - 18 FEB 90`, `- 18 FEB 90`.
fn key_days(text: &str) -> Option<Days> {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let day = |text: &str| {
        let mut parts = text.split_whitespace();
        let day: u32 = parts.next()?.parse().ok()?;
        let name = parts.next()?;
        let month = MONTHS.iter().position(|month| name.starts_with(month))? + 1;
        let year: u32 = parts.next()?.parse().ok()?;
        Some(format!("19{year:02}-{month:02}-{day:02}"))
    };
    match text.split_once('-') {
        Some((first, last)) => Some(Days { first: day(first), last: day(last)? }),
        None => Some(Days { first: day(text), last: day(text)? }),
    }
}

fn days_worth(wanted: &Days, given: &str) -> f64 {
    if given == show_days(wanted) {
        return 1.0;
    }
    let Some((first, last)) = given.split_once('/') else { return 0.0 };
    let wanted_first = wanted.first.as_deref().unwrap_or("");
    // ISO dates compare as strings; no first day is before all.
    if first <= wanted.last.as_str() && wanted_first <= last { 0.5 } else { 0.0 }
}

/// The key's place is `COUNTRY: REGION (KIND): TOWN (KIND)`, ours its names from near to far.
fn place_worth(wanted: &str, given: &str) -> f64 {
    let bare = |name: &str| {
        let name = name.split('(').next().unwrap_or("");
        name.trim().trim_matches('"').to_owned()
    };
    let parts: Vec<String> = wanted.split([':', '-']).map(bare).filter(|n| !n.is_empty()).collect();
    let ours: Vec<&str> = given.split(": ").collect();
    match parts.last() {
        Some(nearest) if ours.contains(&nearest.as_str()) => 1.0,
        _ if parts.iter().any(|part| ours.contains(&part.as_str())) => 0.5,
        _ => 0.0,
    }
}

fn string_worth(wanted: &str, given: &str) -> f64 {
    let (wanted, given) = (content_words(wanted), content_words(given));
    let (Some(head), Some(other)) = (head(&wanted), head(&given)) else { return 0.0 };
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    match () {
        () if wanted == given => 1.0,
        () if head == other && (within(&wanted, &given) || within(&given, &wanted)) => 1.0,
        () if head == other => 0.5,
        () => 0.0,
    }
}

/// Lower-case words without articles and numbers.
fn content_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let kept = words.filter(|w| !w.is_empty() && !w.chars().all(|c| c.is_ascii_digit()));
    kept.map(str::to_lowercase)
        .filter(|word| {
            !matches!(
                word.as_str(),
                "the" | "a" | "an" | "some" | "several" | "their" | "his" | "its"
            )
        })
        .collect()
}

/// The last word before the first preposition.
fn head(words: &[String]) -> Option<&String> {
    let prepositions = ["of", "in", "at", "from", "on", "for", "with", "by", "to", "near"];
    let end = words.iter().position(|word| prepositions.contains(&word.as_str()));
    words.get(..end.filter(|&end| end > 0).unwrap_or(words.len()))?.last()
}

/// Fills of one figure over all templates.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    right: f64,
    given: usize,
    wanted: usize,
}

impl Slot {
    fn f1(self) -> f64 {
        let all = self.given + self.wanted;
        if all == 0 { 0.0 } else { 2.0 * self.right / all as f64 }
    }
}

#[derive(Default)]
struct Tally {
    slots: [Slot; FIGURES.len()],
    key_templates: usize,
    our_templates: usize,
    misses: Vec<Miss>,
}

impl Tally {
    fn add(&mut self, message: &Message, ours: &[Incident]) {
        let key = &message.templates;
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (k, template) in key.iter().enumerate() {
            for (o, incident) in ours.iter().enumerate() {
                let slots = compare(Some(template), Some(incident));
                if slots[0].right > 0.0 {
                    pairs.push((slots.iter().map(|slot| slot.right).sum(), k, o));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        let mut partner = vec![None; key.len()];
        let mut taken = vec![false; ours.len()];
        for (_, k, o) in pairs {
            if partner[k].is_none() && !taken[o] {
                partner[k] = Some(o);
                taken[o] = true;
            }
        }
        self.key_templates += key.iter().filter(|template| !template.optional).count();
        self.our_templates += ours.len();
        let text = &message.document.text;
        let name = &message.document.name;
        for (template, partner) in key.iter().zip(partner) {
            let incident = partner.map(|index| &ours[index]);
            if incident.is_none() && template.optional {
                continue;
            }
            let slots = compare(Some(template), incident);
            let lost: f64 = slots.iter().map(|slot| slot.wanted as f64 - slot.right).sum();
            self.sum(slots);
            if lost > 0.0 {
                let at = incident.map_or(0, |incident| incident.at);
                let kind = if incident.is_some() { "incident misread" } else { "incident missed" };
                let found = incident.map_or("nothing".to_owned(), show_ours);
                let place = Span::new(at, at);
                let miss = Miss::at(kind, name, text, place, show_key(template), found);
                self.misses.push(miss.weighing(lost));
            }
        }
        for (incident, taken) in ours.iter().zip(taken) {
            if !taken {
                self.sum(compare(None, Some(incident)));
                let place = Span::new(incident.at, incident.at);
                let found = show_ours(incident);
                let kind = "incident too many";
                self.misses.push(Miss::at(kind, name, text, place, "nothing", found).weighing(2.0));
            }
        }
    }

    fn sum(&mut self, slots: [Slot; FIGURES.len()]) {
        for (sum, slot) in self.slots.iter_mut().zip(slots) {
            sum.right += slot.right;
            sum.given += slot.given;
            sum.wanted += slot.wanted;
        }
    }

    fn score(self, data: &str) -> Score {
        let mut score = Score::new("incident", data);
        for ((name, _), slot) in FIGURES.iter().zip(self.slots) {
            score.figure(&format!("{name}_f1"), slot.f1());
        }
        let all = self.slots.iter().fold(Slot::default(), |all, slot| Slot {
            right: all.right + slot.right,
            given: all.given + slot.given,
            wanted: all.wanted + slot.wanted,
        });
        score.figure("all_slots_f1", all.f1());
        score
            .note(format!("{} templates wanted, {} given", self.key_templates, self.our_templates));
        score.misses = self.misses;
        score
    }
}

/// The fills of a pair of templates, or of one alone.
fn compare(template: Option<&KeyTemplate>, incident: Option<&Incident>) -> [Slot; FIGURES.len()] {
    let mut slots = [Slot::default(); FIGURES.len()];
    for (slot, (figure, numbers)) in slots.iter_mut().zip(FIGURES) {
        let wanted = template.map(|template| wanted(template, numbers)).unwrap_or_default();
        let given = incident.map(|incident| given(incident, figure)).unwrap_or_default();
        let mut pairs = Vec::new();
        for (w, key) in wanted.iter().enumerate() {
            for (g, fill) in given.iter().enumerate() {
                let worth = worth(figure, key, fill);
                if worth > 0.0 {
                    pairs.push((w, g, worth));
                }
            }
        }
        // An optional fill is wanted only if it was given.
        let met = |w: usize| pairs.iter().any(|pair| pair.0 == w);
        let wanted =
            wanted.iter().enumerate().filter(|(w, fill)| !fill.optional || met(*w)).count();
        *slot = Slot { right: best_assignment(&pairs), given: given.len(), wanted };
    }
    slots
}

fn show_key(template: &KeyTemplate) -> String {
    let slot = |(name, numbers): &(&str, &[u32])| {
        let fills = wanted(template, numbers);
        let fills: Vec<String> = fills.iter().map(|fill| fill.values.join("/")).collect();
        format!("{name} {}", fills.join(", "))
    };
    FIGURES.iter().map(slot).collect::<Vec<_>>().join("; ")
}

fn show_ours(incident: &Incident) -> String {
    let slot = |(name, _): &(&str, &[u32])| {
        let fills: Vec<String> = given(incident, name).into_iter().map(|fill| fill.value).collect();
        format!("{name} {}", fills.join(", "))
    };
    FIGURES.iter().map(slot).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Document;

    fn key(slots: &[(u32, &str, &str)]) -> KeyTemplate {
        let mut template = KeyTemplate::default();
        for (slot, value, of) in slots {
            template.slots.entry(*slot).or_default().push(KeyFill {
                values: vec![(*value).to_owned()],
                of: if of.is_empty() { vec![] } else { vec![(*of).to_owned()] },
                optional: false,
            });
        }
        template
    }

    fn fill(value: &str, of: &str) -> Fill {
        Fill { value: value.to_owned(), of: (!of.is_empty()).then(|| of.to_owned()) }
    }

    fn template() -> KeyTemplate {
        key(&[
            (2, "02 FEB 90", ""),
            (3, "MARROW: UPPER MARROW (CITY)", ""),
            (4, "ATTACK", ""),
            (10, "MARROW FRONT", ""),
            (11, "REPORTED AS FACT", "MARROW FRONT"),
            (18, "RUIZ", ""),
            (19, "MAYOR", "RUIZ"),
            (23, "DEATH", "RUIZ"),
        ])
    }

    fn incident() -> Incident {
        Incident {
            kind: "ATTACK".into(),
            days: days("1990-02-02"),
            places: vec!["UPPER MARROW".into()],
            perpetrators: vec![fill("the Marrow Front", "")],
            confidence: vec![fill("REPORTED AS FACT", "the Marrow Front")],
            targets: vec![fill("Mayor", "")],
            effects: vec![fill("DEATH", "Ruiz")],
            ..Incident::default()
        }
    }

    fn score(ours: &[Incident]) -> Score {
        let message = Message { document: Document::plain("m", ""), templates: vec![template()] };
        let mut tally = Tally::default();
        tally.add(&message, ours);
        tally.score("muc4/dev")
    }

    #[test]
    fn all_right_is_one() {
        let score = score(&[incident()]);
        for (name, value) in &score.figures {
            let expected = if name == "count_f1" { 0.0 } else { 1.0 };
            assert_eq!(*value, expected, "{name}");
        }
    }

    #[test]
    fn partly_right_missing_and_too_many() {
        let near = Incident {
            kind: "BOMBING".into(),
            days: Some(Days { first: None, last: "1990-02-04".into() }),
            places: vec!["MARROW".into()],
            effects: vec![fill("DEATH", "a guard")],
            ..Incident::default()
        };
        let score = score(&[near, Incident { kind: "ROBBERY".into(), ..Incident::default() }]);
        assert_eq!(score.get("type_f1"), Some(2.0 * 0.5 / 3.0), "half of one wanted and two given");
        assert_eq!(score.get("date_f1"), Some(0.5));
        assert_eq!(score.get("place_f1"), Some(0.5));
        assert_eq!(score.get("effect_f1"), Some(0.5));
        assert_eq!(score.get("perpetrator_f1"), Some(0.0));
        assert_eq!(string_worth("OLD MILL", "the mill"), 1.0);
        assert_eq!(string_worth("OLD MILL", "new mill"), 0.5);
        assert_eq!(string_worth("OLD MILL", "old bridge"), 0.0);
    }
}
