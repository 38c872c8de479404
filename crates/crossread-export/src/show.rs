//! One thing of a case, with the words behind it, as lines of text.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use crossread_base::{ClaimId, ClaimRef, EventId, OriginId, QuestionId, Span};
use crossread_record::{
    Answer, Aspect, Certainty, Claim, Evidence, Passage, Pile, Polarity, Quantity, Record,
    SpeakerKind,
};

use crate::brief::{chain, outlet};
use crate::words::{count, day, plain, quoted, short_claim as short, short_id};

/// What an id given by a person names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A question.
    Question(QuestionId),
    /// An event.
    Event(EventId),
    /// An origin.
    Origin(OriginId),
    /// A report, by its place in the pile.
    Report(usize),
    /// A claim of the report at this place.
    Claim(usize, ClaimId),
}

/// Why an id names nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unnamed {
    /// Nothing in the case has this name.
    #[error("nothing in this case is named {0:?}")]
    Nothing(String),
    /// More than one report's digest begins so.
    #[error("{0:?} is the beginning of {1} reports' names: give more of it")]
    Several(String, usize),
}

/// Finds what `id` names: `q1`, `v1`, `o1`, the beginning of a report's digest, or that with `/c1`.
///
/// # Errors
/// When it names nothing, or more than one report.
pub fn find(pile: &Pile, id: &str) -> Result<Named, Unnamed> {
    let nothing = || Unnamed::Nothing(id.to_owned());
    if let Ok(id) = id.parse() {
        let known = pile.ledger.questions.iter().any(|question| question.id == id);
        return if known { Ok(Named::Question(id)) } else { Err(nothing()) };
    }
    if let Ok(id) = id.parse() {
        let known = pile.ledger.events.iter().any(|event| event.id == id);
        return if known { Ok(Named::Event(id)) } else { Err(nothing()) };
    }
    if let Ok(id) = id.parse() {
        let known = pile.origins.iter().any(|origin| origin.id == id);
        return if known { Ok(Named::Origin(id)) } else { Err(nothing()) };
    }
    let (report, claim) = match id.rsplit_once('/') {
        Some((report, claim)) => (report, Some(claim.parse().map_err(|_| nothing())?)),
        None => (id, None),
    };
    let report = report.strip_prefix("sha256:").unwrap_or(report);
    let (digest, part) = report.split_once('#').unwrap_or((report, ""));
    let matches: Vec<usize> = (0..pile.reports.len())
        .filter(|&index| {
            let full = pile.reports[index].report.id.as_str();
            let full = full.strip_prefix("sha256:").unwrap_or(full);
            let (its_digest, its_part) = full.split_once('#').unwrap_or((full, ""));
            !digest.is_empty()
                && its_digest.starts_with(digest)
                && (part.is_empty() || part == its_part)
        })
        .collect();
    match (matches.as_slice(), claim) {
        ([], _) => Err(nothing()),
        ([index], None) => Ok(Named::Report(*index)),
        ([index], Some(claim)) => {
            let claims = &pile.reports[*index].testimony.claims;
            let known = claims.iter().any(|known| known.id == claim);
            if known { Ok(Named::Claim(*index, claim)) } else { Err(nothing()) }
        }
        (many, _) => Err(Unnamed::Several(id.to_owned(), many.len())),
    }
}

/// The thing named, as lines of text.
pub fn show(pile: &Pile, named: &Named) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = match named {
        Named::Question(id) => question(&mut out, pile, *id),
        Named::Event(id) => event(&mut out, pile, *id),
        Named::Origin(id) => origin(&mut out, pile, *id),
        Named::Report(index) => report(&mut out, &pile.reports[*index]),
        Named::Claim(index, id) => claim(&mut out, pile, &pile.reports[*index], *id),
    };
    out
}

pub(crate) fn by_reference(pile: &Pile) -> BTreeMap<ClaimRef, (&Record, &Claim)> {
    let mut claims = BTreeMap::new();
    for record in &pile.reports {
        for claim in &record.testimony.claims {
            let reference = ClaimRef { report: record.report.id.clone(), claim: claim.id };
            claims.insert(reference, (record, claim));
        }
    }
    claims
}

/// Outlet, date and speakers of a claim.
pub(crate) fn said_by(record: &Record, claim: &Claim) -> String {
    let mut line = outlet(record);
    let report = &record.report;
    if let Some(date) = report.published.as_ref().or(report.updated.as_ref()) {
        line.push_str(&format!(", {}", day(&date.edtf)));
    }
    for link in chain(record, claim) {
        line.push_str(&format!(" <- {link}"));
    }
    plain(&line)
}

fn question(out: &mut String, pile: &Pile, id: QuestionId) -> fmt::Result {
    let claims = by_reference(pile);
    for question in pile.ledger.questions.iter().filter(|question| question.id == id) {
        writeln!(out, "{id}  {}", plain(&question.text))?;
        for answer in &question.answers {
            writeln!(
                out,
                "\n{}   {}, {}, {}{}{}",
                plain(&answer.value.text),
                count(answer.publishers as usize, "publisher"),
                count(answer.informants as usize, "informant"),
                count(answer.origins as usize, "origin"),
                seen(answer),
                answer.standing.map(|s| format!(", {}", name_of(&s))).unwrap_or_default(),
            )?;
            for reference in &answer.claims {
                let Some((record, claim)) = claims.get(reference) else { continue };
                writeln!(out, "  {}   {}", said_by(record, claim), short(reference))?;
                writeln!(out, "    \"{}\"", quoted(record.report.words(claim.span), 2000))?;
            }
        }
    }
    let verdicts = pile.ledger.verdicts.iter().filter(|verdict| verdict.question == id);
    for (index, verdict) in verdicts.enumerate() {
        if index == 0 {
            writeln!(out, "\nverdicts")?;
        }
        let words = |claim: &ClaimRef, span: Span| {
            claims
                .get(claim)
                .map(|(record, _)| quoted(record.report.words(span), 200))
                .unwrap_or_default()
        };
        writeln!(
            out,
            "  {} {} {}: {} (rule {})",
            short(&verdict.a),
            name_of(&verdict.relation),
            short(&verdict.b),
            plain(verdict.why.as_deref().unwrap_or("")),
            verdict.rule
        )?;
        writeln!(out, "    \"{}\"", words(&verdict.a, verdict.spans[0]))?;
        writeln!(out, "    \"{}\"", words(&verdict.b, verdict.spans[1]))?;
    }
    Ok(())
}

/// From when to when it was told: ", 4 May 2025 to 6 May 2025"; empty where no report of it is dated.
fn seen(answer: &Answer) -> String {
    match (&answer.first, &answer.last) {
        (Some(first), Some(last)) if first == last => format!(", {}", day(first)),
        (Some(first), Some(last)) => format!(", {} to {}", day(first), day(last)),
        _ => String::new(),
    }
}

fn event(out: &mut String, pile: &Pile, id: EventId) -> fmt::Result {
    let claims = by_reference(pile);
    for event in pile.ledger.events.iter().filter(|event| event.id == id) {
        writeln!(out, "{id}  {}", count(event.claims.len(), "claim"))?;
        for reference in &event.claims {
            let Some((record, claim)) = claims.get(reference) else { continue };
            writeln!(out, "  {}   {}", said_by(record, claim), short(reference))?;
            writeln!(out, "    \"{}\"", quoted(record.report.words(claim.span), 400))?;
        }
    }
    Ok(())
}

fn origin(out: &mut String, pile: &Pile, id: OriginId) -> fmt::Result {
    for origin in pile.origins.iter().filter(|origin| origin.id == id) {
        write!(out, "{id}  {}", count(origin.reports.len(), "report"))?;
        match &origin.credited {
            Some(agency) => writeln!(out, ", credited to {}", plain(agency))?,
            None => writeln!(out)?,
        }
        for record in &pile.reports {
            if origin.reports.contains(&record.report.id) {
                writeln!(out, "  {}   {}", plain(&outlet(record)), short_id(&record.report.id))?;
            }
        }
        if let Some(direction) = &origin.direction {
            let (from, to) = (short_id(&direction.from), short_id(&direction.to));
            writeln!(out, "  the text went from {from} to {to}")?;
        }
        for Evidence { kind, a, b } in &origin.evidence {
            writeln!(out, "\n  {}", name_of(kind))?;
            for Passage { report, span } in [a, b] {
                let record = pile.reports.iter().find(|record| record.report.id == *report);
                let words = record.map(|record| quoted(record.report.words(*span), 600));
                writeln!(out, "    {}  \"{}\"", short_id(report), words.unwrap_or_default())?;
            }
        }
    }
    Ok(())
}

fn report(out: &mut String, record: &Record) -> fmt::Result {
    let report = &record.report;
    writeln!(out, "{}", report.id)?;
    if let Some(path) = &report.path {
        writeln!(out, "from       {}", plain(path))?;
    }
    writeln!(out, "outlet     {}", plain(report.outlet.as_ref().map_or("not named", |o| &o.name)))?;
    let authors: Vec<String> = report.byline.iter().map(|author| plain(&author.name)).collect();
    if !authors.is_empty() {
        writeln!(out, "by         {}", authors.join(", "))?;
    }
    for credit in &report.credits {
        let what = if credit.picture { "picture from" } else { "credits   " };
        let words = quoted(report.words(credit.span), 80);
        writeln!(out, "{what} {} (\"{words}\")", plain(&credit.agency))?;
    }
    for (name, date) in [("published", &report.published), ("updated  ", &report.updated)] {
        match date {
            None => writeln!(out, "{name}  not stated")?,
            Some(date) => {
                let words = date.span.map(|span| quoted(report.words(span), 80));
                let words = words.map(|words| format!(", \"{words}\"")).unwrap_or_default();
                writeln!(out, "{name}  {} (by {}{words})", day(&date.edtf), date.basis)?;
            }
        }
    }
    for flag in &report.flags {
        writeln!(out, "flag       {}: {}", flag.kind, plain(&flag.note))?;
    }
    for (index, region) in report.regions.iter().enumerate() {
        writeln!(out, "\n[{}]", region.kind.name())?;
        let words: String =
            report.words(region.span).lines().map(|line| plain(line) + "\n").collect();
        out.push_str(&words);
        for claim in record.testimony.claims.iter().filter(|claim| claim.region as usize == index) {
            write!(out, "    {}  ", claim.id)?;
            claim_line(out, record, claim)?;
        }
    }
    Ok(())
}

/// The frame, its arguments, and how firmly it is said.
fn claim_line(out: &mut String, record: &Record, claim: &Claim) -> fmt::Result {
    let words = |span: Span| quoted(record.report.words(span), 60);
    write!(out, "{} \"{}\"", claim.frame, words(claim.trigger))?;
    for argument in &claim.arguments {
        write!(out, "; {}: {}", argument.role, words(argument.span))?;
    }
    for index in &claim.quantities {
        if let Some(quantity) = record.grounded.quantities.get(*index as usize) {
            write!(out, "; {}", amount(quantity))?;
        }
    }
    if let Some(place) = claim.place.and_then(|index| record.grounded.places.get(index as usize)) {
        write!(out, "; at {}", words(place.span))?;
    }
    if let Some(time) = claim.time.and_then(|index| record.grounded.times.get(index as usize)) {
        write!(out, "; {}", words(time.span))?;
        if let Some(edtf) = &time.edtf {
            write!(out, " ({edtf})")?;
        }
    }
    writeln!(out, "  [{}]", standing(claim))
}

fn amount(quantity: &Quantity) -> String {
    let about = if quantity.approximate { "about " } else { "" };
    let unit = quantity.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    match (quantity.min, quantity.max) {
        (Some(min), Some(max)) if min == max => format!("{about}{min}{unit}"),
        (Some(min), Some(max)) => format!("{about}{min} to {max}{unit}"),
        (Some(min), None) => format!("{about}{min} or more{unit}"),
        (None, Some(max)) => format!("{about}{max} or fewer{unit}"),
        (None, None) => "an amount not stated".to_owned(),
    }
}

fn standing(claim: &Claim) -> String {
    let certainty = match claim.certainty {
        Certainty::Certain => "certain",
        Certainty::Probable => "probable",
        Certainty::Possible => "possible",
        Certainty::Underspecified => "left open",
    };
    let polarity = if claim.polarity == Polarity::Negative { ", said not to be so" } else { "" };
    let aspect = match claim.aspect {
        Aspect::Past => "past",
        Aspect::Ongoing => "ongoing",
        Aspect::Planned => "planned",
        Aspect::Forecast => "forecast",
        Aspect::Conditional => "conditional",
        Aspect::Counterfactual => "counterfactual",
    };
    let presupposed = if claim.presupposed { ", taken for granted" } else { "" };
    format!("{certainty}{polarity}, {aspect}{presupposed}")
}

fn claim(out: &mut String, pile: &Pile, record: &Record, id: ClaimId) -> fmt::Result {
    let report = &record.report;
    let reference = ClaimRef { report: report.id.clone(), claim: id };
    for claim in record.testimony.claims.iter().filter(|claim| claim.id == id) {
        writeln!(out, "{}   {}", short(&reference), said_by(record, claim))?;
        let sentence = record.parsed.sentences.iter().map(|sentence| sentence.span);
        let around = sentence.filter(|span| span.overlaps(claim.span)).reduce(Span::cover);
        let words = report.words(around.unwrap_or(claim.span));
        writeln!(out, "  \"{}\"", quoted(words, 4000))?;
        write!(out, "  ")?;
        claim_line(out, record, claim)?;
        for id in &claim.attribution {
            let Some(said) = record.testimony.attribution(*id) else { continue };
            let words = |spans: &[Span]| {
                let words: Vec<String> =
                    spans.iter().map(|span| quoted(report.words(*span), 120)).collect();
                words.join(" … ")
            };
            let source = match said.speaker_kind {
                SpeakerKind::Agentless => "nobody named".to_owned(),
                SpeakerKind::Unknown if said.source.is_empty() => "speaker unknown".to_owned(),
                _ => words(&said.source),
            };
            writeln!(out, "  said by \"{source}\", with \"{}\"", words(&said.cue))?;
        }
        for span in &claim.wording {
            writeln!(out, "  in the words \"{}\"", quoted(report.words(*span), 60))?;
        }
        for question in &pile.ledger.questions {
            for answer in question.answers.iter().filter(|a| a.claims.contains(&reference)) {
                let (id, text) = (question.id, plain(&question.text));
                writeln!(out, "  answers {id} {text}: {}", plain(&answer.value.text))?;
            }
        }
        for origin in pile.origins.iter().filter(|origin| origin.claims.contains(&reference)) {
            writeln!(out, "  from origin {}", origin.id)?;
        }
    }
    Ok(())
}

/// The name a value has in records.
pub(crate) fn name_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name.replace('_', " "),
        _ => String::new(),
    }
}
