//! From a record to MUC-4 templates: the adapter. What frames mean to the task is data, `data/muc4.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crossread_base::Span;
use crossread_record::{
    Argument, Aspect, Certainty, Claim, EntityType, Polarity, Quantity, Record,
};
use serde::Deserialize;

/// The task's words for what records say.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    incident: BTreeMap<String, String>,
    incident_if_agent: BTreeMap<String, String>,
    effect: BTreeMap<String, String>,
    /// Types that are partly right for each other.
    pub(super) partly: BTreeMap<String, Vec<String>>,
    country: BTreeMap<String, String>,
    authorities: Authorities,
}

#[derive(Debug, Deserialize)]
struct Authorities {
    words: Vec<String>,
}

impl Words {
    /// The task's name of a country.
    pub(super) fn country_of(&self, code: &str) -> Option<&str> {
        self.country.get(code).map(String::as_str)
    }
}

/// The mapping; empty only if the file in the tree is broken, which a test sees.
pub(super) static WORDS: LazyLock<Option<Words>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/muc4.toml")).ok());

/// From the first possible day to the last (`2031-05-04`); no first day for "on or before".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Days {
    pub(super) first: Option<String>,
    pub(super) last: String,
}

/// A fill of ours: a value, and what it is said of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fill {
    pub(super) value: String,
    pub(super) of: Option<String>,
}

/// A template of ours.
#[derive(Debug, Clone, Default)]
pub(super) struct Incident {
    pub(super) kind: String,
    pub(super) days: Option<Days>,
    /// Names of the place, the nearest first, the country last.
    pub(super) places: Vec<String>,
    pub(super) perpetrators: Vec<Fill>,
    pub(super) confidence: Vec<Fill>,
    pub(super) targets: Vec<Fill>,
    pub(super) effects: Vec<Fill>,
    pub(super) counts: Vec<Fill>,
    /// Where its first claim stands.
    pub(super) at: u32,
}

/// The incidents a record tells of. Claims that something did not happen, would happen or might are none. A claim joins
/// the first incident of its type that it does not contradict in day, place or perpetrator, as the task's rule 5.0 asks
/// one template for what the text does not tell apart; what became of a target goes to the incident told last.
pub(super) fn incidents(record: &Record) -> Vec<Incident> {
    let Some(words) = WORDS.as_ref() else { return Vec::new() };
    let mut all: Vec<Incident> = Vec::new();
    for claim in record.testimony.claims.iter().filter(|claim| happened(claim)) {
        let agents = in_roles(claim, &["agent", "cause"]);
        let kind = words.incident.get(&claim.frame).or_else(|| {
            let acted = agents.iter().any(|agent| is_actor(record, agent));
            words.incident_if_agent.get(&claim.frame).filter(|_| acted)
        });
        let effect = words.effect.get(&claim.frame);
        let told = match kind {
            Some(kind) => place_in(&mut all, incident(record, claim, kind, words)),
            // Of the effect frames without an actor: what became of those the last incident was about.
            None if effect.is_some() && !all.is_empty() => all.len() - 1,
            None => continue,
        };
        if let Some(effect) = effect {
            consequences(record, claim, effect, &mut all[told]);
        }
    }
    all
}

fn happened(claim: &Claim) -> bool {
    let real = matches!(claim.aspect, Aspect::Past | Aspect::Ongoing);
    real && claim.polarity == Polarity::Positive && !claim.generic
}

fn in_roles<'a>(claim: &'a Claim, roles: &[&str]) -> Vec<&'a Argument> {
    claim.arguments.iter().filter(|argument| roles.contains(&argument.role.as_str())).collect()
}

/// Whether an argument is somebody rather than an event or a thing.
fn is_actor(record: &Record, argument: &Argument) -> bool {
    argument.role == "agent"
        && argument.entity.and_then(|id| record.grounded.entity(id)).is_none_or(|entity| {
            matches!(entity.kind, EntityType::Person | EntityType::Org | EntityType::Group)
        })
}

/// The words for a target or perpetrator: its head and what stands before it, as the task's string fills are.
fn words_of(record: &Record, argument: &Argument) -> String {
    let full = record.report.words(argument.span);
    let Some(head) = argument.head else { return full.to_owned() };
    record.report.words(Span::new(argument.span.start, head.end)).to_owned()
}

fn incident(record: &Record, claim: &Claim, kind: &str, words: &Words) -> Incident {
    let mut incident = Incident {
        kind: kind.to_owned(),
        days: claim
            .time
            .and_then(|time| record.grounded.times.get(time as usize))
            .and_then(|time| days(time.edtf.as_deref()?)),
        places: claim.place.map(|place| places(record, place, words)).unwrap_or_default(),
        at: claim.span.start,
        ..Incident::default()
    };
    for agent in in_roles(claim, &["agent"]) {
        let value = words_of(record, agent);
        incident.confidence.push(Fill {
            value: confidence(record, claim, agent, words).to_owned(),
            of: Some(value.clone()),
        });
        incident.perpetrators.push(Fill { value, of: None });
    }
    for patient in in_roles(claim, &["patient"]) {
        let value = words_of(record, patient);
        incident.counts.extend(count(record, claim, patient, &value));
        incident.targets.push(Fill { value, of: None });
    }
    incident
}

fn consequences(record: &Record, claim: &Claim, effect: &str, incident: &mut Incident) {
    let add = |list: &mut Vec<Fill>, fill: Fill| {
        if !list.contains(&fill) {
            list.push(fill);
        }
    };
    for patient in in_roles(claim, &["patient"]) {
        let value = words_of(record, patient);
        add(&mut incident.effects, Fill { value: effect.to_owned(), of: Some(value.clone()) });
        if let Some(count) = count(record, claim, patient, &value) {
            add(&mut incident.counts, count);
        }
        add(&mut incident.targets, Fill { value, of: None });
    }
}

/// Adds a claim's incident to one it may be of, or as one of its own; gives its index.
fn place_in(all: &mut Vec<Incident>, new: Incident) -> usize {
    let apart = |a: &Incident| {
        let days = matches!((&a.days, &new.days), (Some(a), Some(b)) if a != b);
        let places = !a.places.is_empty()
            && !new.places.is_empty()
            && !a.places.iter().any(|place| new.places.first() == Some(place));
        days || places
    };
    let Some(index) = all.iter().position(|a| a.kind == new.kind && !apart(a)) else {
        all.push(new);
        return all.len() - 1;
    };
    let old = &mut all[index];
    old.days = old.days.take().or(new.days);
    if old.places.is_empty() {
        old.places = new.places;
    }
    let lists = [
        (&mut old.perpetrators, new.perpetrators),
        (&mut old.confidence, new.confidence),
        (&mut old.targets, new.targets),
        (&mut old.counts, new.counts),
    ];
    for (list, more) in lists {
        for fill in more {
            if !list.contains(&fill) {
                list.push(fill);
            }
        }
    }
    index
}

/// The days of an EDTF date or interval that names days.
pub(super) fn days(edtf: &str) -> Option<Days> {
    let day = |part: &str| {
        let day = part.get(..10)?;
        let form = day.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
        form.then(|| day.to_owned())
    };
    let (first, last) = edtf.split_once('/').unwrap_or((edtf, edtf));
    Some(Days { first: day(first), last: day(last)? })
}

fn places(record: &Record, index: u32, words: &Words) -> Vec<String> {
    let Some(place) = record.grounded.places.get(index as usize) else { return Vec::new() };
    let mut names = vec![record.report.words(place.span).to_uppercase()];
    if let Some(entity) = place.entity.and_then(|id| record.grounded.entity(id)) {
        names.push(entity.name.to_uppercase());
    }
    let country = place.country.as_ref().and_then(|code| words.country.get(code));
    names.extend(country.cloned());
    names.dedup();
    names
}

/// How many the claim says of `patient`, in the task's form: `50`, `~100`, `6-`, `6-8`, `PLURAL`.
fn count(record: &Record, claim: &Claim, patient: &Argument, value: &str) -> Option<Fill> {
    let quantities = claim.quantities.iter();
    let about = |quantity: &&Quantity| {
        let of = quantity.of.is_some_and(|of| of.overlaps(patient.span));
        of || quantity.span.overlaps(patient.span)
    };
    let quantity = quantities
        .filter_map(|&index| record.grounded.quantities.get(index as usize))
        .find(about)?;
    let number = match (quantity.min, quantity.max) {
        (Some(min), Some(max)) if min == max && quantity.approximate => format!("~{min}"),
        (Some(min), Some(max)) if min == max => format!("{min}"),
        (Some(min), Some(max)) if quantity.rule.is_none() => format!("{min}-{max}"),
        (Some(min), None) if quantity.rule.is_none() => format!("{min}-"),
        _ => "PLURAL".to_owned(),
    };
    Some(Fill { value: number, of: Some(value.to_owned()) })
}

/// How the perpetrator is viewed (the task's slot 11).
fn confidence(record: &Record, claim: &Claim, agent: &Argument, words: &Words) -> &'static str {
    if matches!(claim.certainty, Certainty::Possible | Certainty::Underspecified) {
        return "POSSIBLE";
    }
    let Some(said) = claim.attribution.first().and_then(|&id| record.testimony.attribution(id))
    else {
        return "REPORTED AS FACT";
    };
    if said.speaker.is_some() && said.speaker == agent.entity {
        return "CLAIMED OR ADMITTED";
    }
    if claim.certainty == Certainty::Certain {
        return "REPORTED AS FACT";
    }
    let spoken: String =
        said.source.iter().map(|&span| record.report.words(span).to_lowercase() + " ").collect();
    let of_authority =
        |word: &String| spoken.split(|c: char| !c.is_alphanumeric()).any(|w| w == word);
    if words.authorities.words.iter().any(of_authority) {
        "SUSPECTED OR ACCUSED BY AUTHORITIES"
    } else {
        "SUSPECTED OR ACCUSED"
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_mapping_can_be_read() {
        let words = WORDS.as_ref().unwrap();
        assert_eq!(words.incident["violence.bomb"], "BOMBING");
    }

    #[test]
    fn days_of_dates_and_intervals() {
        let day = |text: &str| Some(text.to_owned());
        assert_eq!(days("1990-02-02T10:00").unwrap().first, day("1990-02-02"));
        let both = days("1990-02-02/1990-02-04").unwrap();
        assert_eq!((both.first, both.last), (day("1990-02-02"), "1990-02-04".to_owned()));
        assert_eq!(days("1990-02"), None);
    }

    #[test]
    fn claims_become_one_incident_with_its_victims() {
        let text = "Greys attacked the old mill on Monday. Two guards were killed. Greys may attack again.";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            json!([start, start + words.len()])
        };
        let claim = |id: &str,
                     frame: &str,
                     trigger: &str,
                     arguments: serde_json::Value,
                     aspect: &str| {
            json!({"id": id, "span": at(trigger), "region": 0, "frame": frame, "trigger": at(trigger),
                "arguments": arguments, "place": null, "time": if id == "c1" { json!(0) } else { json!(null) },
                "quantities": if id == "c2" { json!([0]) } else { json!([]) }, "certainty": "CT",
                "polarity": "+", "aspect": aspect})
        };
        let argument =
            |role: &str, words: &str| json!({"role": role, "entity": null, "span": at(words)});
        let record: Record = serde_json::from_value(json!({
            "id": "a", "path": "a.txt", "media_type": "text/plain", "text": text, "language": null,
            "outlet": null, "published": null, "updated": null, "sentences": [], "entities": [], "places": [],
            "times": [{"span": at("Monday"), "type": "DATE", "timex": "1990-02-05", "edtf": "1990-02-05", "anchor": null}],
            "quantities": [{"span": at("Two"), "min": 2.0, "max": 2.0, "approximate": false, "unit": "person",
                "of": at("guards"), "share_of": null}],
            "attributions": [],
            "claims": [
                claim("c1", "violence.attack", "attacked",
                    json!([argument("agent", "Greys"), argument("patient", "the old mill")]), "past"),
                claim("c2", "casualties.die", "killed", json!([argument("patient", "Two guards")]), "past"),
                claim("c3", "violence.attack", "attack again", json!([argument("agent", "Greys")]), "forecast")]
        }))
        .unwrap();
        let all = incidents(&record);
        assert_eq!(all.len(), 1);
        let one = &all[0];
        let values = |fills: &[Fill]| fills.iter().map(|f| f.value.clone()).collect::<Vec<_>>();
        assert_eq!(
            (one.kind.as_str(), values(&one.perpetrators)),
            ("ATTACK", vec!["Greys".to_owned()])
        );
        assert_eq!(values(&one.targets), ["the old mill", "Two guards"]);
        assert_eq!(values(&one.effects), ["DEATH"]);
        assert_eq!(values(&one.counts), ["2"]);
        assert_eq!(values(&one.confidence), ["REPORTED AS FACT"]);
        assert_eq!(one.days.as_ref().unwrap().last, "1990-02-05");
    }
}
