//! A claim with what is needed to compare it: keys of what it is about, and its values.

use std::cmp::Ordering;

use crossread_base::{ClaimRef, Span};
use crossread_record::{
    Argument, Aspect, Certainty, Claim, Date, Entity, EntityType, Place, Polarity, Precision,
    Record, RegionKind,
};
use smol_str::SmolStr;

use crate::frames;
use crate::keys::{head_key, keys, name_keys};
use crate::rules::number::Amount;
use crate::rules::said_time::SaidTime;
use crate::rules::time::Stretch;
use crate::stem::stem;
use crate::values::Held;
use crate::verdict::is_first_account;

/// A claim with what is needed to compare it.
#[derive(Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) record: &'a Record,
    pub(crate) claim: &'a Claim,
    pub(crate) reference: ClaimRef,
    /// The index of its report in the pile.
    pub(crate) report: usize,
    pub(crate) matter: &'a str,
    /// Keys of who and what takes part; sorted, each once.
    pub(crate) who: Vec<SmolStr>,
    /// Keys of all words of the clause; sorted, each once.
    pub(crate) words: Vec<SmolStr>,
    /// Stems of the words of its sentence, numbers left out; sorted, each once.
    pub(crate) context: Vec<SmolStr>,
    /// Its sentence.
    pub(crate) sentence: Span,
    /// Keys of the words its roles but the agent's hang on; sorted, each once.
    pub(crate) objects: Vec<SmolStr>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) when: Option<Stretch>,
    /// The days and hours it states, with their words.
    pub(crate) moments: Vec<(SaidTime, Span)>,
    pub(crate) place: Option<Site>,
    /// The date of the report.
    pub(crate) told: Option<Stretch>,
    pub(crate) headline: bool,
    /// The time its sentence gives, where that lies more than a month before the report: what is told of before.
    pub(crate) long_ago: Option<SaidTime>,
    /// Whether its sentence tells it as what was first reported.
    pub(crate) first_account: bool,
    /// The clause of its sentence by which somebody denies it, where there is one.
    pub(crate) denial: Option<&'a Claim>,
}

/// A number it states.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) amount: Amount,
    pub(crate) span: Span,
    /// What is counted.
    pub(crate) of: Option<SmolStr>,
    /// Keys of all the words for what is counted; sorted, each once.
    pub(crate) of_words: Vec<SmolStr>,
    /// Whether it is somebody's age.
    pub(crate) age: bool,
    /// The whole it is a share of.
    pub(crate) share_of: Vec<SmolStr>,
    pub(crate) sense: Option<SmolStr>,
}

impl Figure {
    /// Whether it is told as what the number was before: "down from 6,000".
    pub(crate) fn was_before(&self) -> bool {
        self.sense.as_deref() == Some(BEFORE)
    }
}

/// What grounding calls a number that another has replaced.
pub(crate) const BEFORE: &str = "before";

/// A place it states.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) span: Span,
    pub(crate) key: SmolStr,
    pub(crate) wide: bool,
    /// Degrees north and east.
    point: Option<(f64, f64)>,
}

/// Sites further apart than this are two, however vaguely each is named.
const FAR_KM: f64 = 100.0;

impl Site {
    /// A place of a record; `None` where nothing tells it from another.
    pub(crate) fn of(record: &Record, place: &Place) -> Option<Self> {
        let key = match place.geonames {
            Some(id) => SmolStr::from(format!("geonames:{id}")),
            None => keys(record.report.words(place.span)).join(" ").into(),
        };
        let wide = matches!(place.precision, Precision::Country | Precision::Region);
        let point = place.lat.zip(place.lon);
        (!key.is_empty()).then_some(Self { span: place.span, key, wide, point })
    }

    /// Whether it is known where it is, to the town.
    pub(crate) fn on_the_map(&self) -> bool {
        !self.wide && self.point.is_some()
    }

    /// Whether both are sites, none a region, with more than [`FAR_KM`] between them.
    pub(crate) fn far_from(&self, other: &Self) -> bool {
        !self.wide && !other.wide && self.km_to(other).is_some_and(|km| km > FAR_KM)
    }

    /// Kilometres to another; off by a few in a hundred, and the same on every machine, since the cosine it needs is
    /// that of a parabola. `None` where either has no point.
    fn km_to(&self, other: &Self) -> Option<f64> {
        const KM_A_DEGREE: f64 = 111.2;
        let ((lat, lon), (other_lat, other_lon)) = (self.point?, other.point?);
        let middle = (lat + other_lat) / 2.0 / 90.0;
        let narrowed = 1.0 - middle * middle;
        let (north, east) = (lat - other_lat, (lon - other_lon).abs());
        let east = east.min(360.0 - east) * narrowed;
        Some(KM_A_DEGREE * (north * north + east * east).sqrt())
    }
}

impl<'a> Statement<'a> {
    /// The statement of claim `index` of a record; `report` is the index of the record in the pile.
    pub(crate) fn of(record: &'a Record, report: usize, index: usize, held: &Held) -> Self {
        let claim = &record.testimony.claims[index];
        let text = |span: Span| record.report.words(span);
        let mut who: Vec<SmolStr> = Vec::new();
        for argument in &claim.arguments {
            if matches!(argument.role.as_str(), "place" | "time") {
                continue;
            }
            let entity = argument.entity.and_then(|id| record.grounded.entity(id));
            match entity {
                Some(entity) => {
                    who.extend(name_keys(entity));
                    who.extend(entity.canonical.as_deref().map(SmolStr::new));
                }
                None => who.extend(uncounted(record, argument.span)),
            }
        }
        let objects = claim
            .arguments
            .iter()
            .filter(|argument| !matches!(argument.role.as_str(), "place" | "time" | "agent"))
            .flat_map(|argument| {
                let entity = argument.entity.and_then(|id| record.grounded.entity(id));
                match (entity, argument.head) {
                    (Some(entity), _) => name_keys(entity),
                    (None, Some(head)) => keys(text(head)),
                    (None, None) => head_key(text(argument.span)).into_iter().collect(),
                }
            })
            .collect();
        let sentence = record
            .parsed
            .sentences
            .get(record.parsed.sentences.partition_point(|s| s.span.end <= claim.trigger.start))
            .map_or(claim.span, |sentence| sentence.span);
        let mut figures = held.figures(record, index);
        if claim.frame == AGE && figures.is_empty() {
            figures.extend(age(text(claim.span), claim.span));
        }
        let when = claim
            .time
            .and_then(|index| record.grounded.times.get(index as usize))
            .and_then(|time| Stretch::of(time.edtf.as_deref()?));
        let place = claim
            .place
            .and_then(|index| record.grounded.places.get(index as usize))
            .and_then(|place| Site::of(record, place));
        let report_date = |date: &Option<Date>| Stretch::of(&date.as_ref()?.edtf);
        let kind = record.report.regions.get(claim.region as usize).map(|region| region.kind);
        let told = report_date(&record.report.published)
            .or_else(|| report_date(&record.report.updated))
            .or_else(|| opening_date(record));
        Self {
            record,
            claim,
            reference: ClaimRef { report: record.report.id.clone(), claim: claim.id },
            report,
            matter: frames::matter(&claim.frame),
            who: sorted(who),
            words: sorted(keys(text(claim.span))),
            context: context(record, sentence),
            sentence,
            objects: sorted(objects),
            figures,
            when,
            moments: held.moments(record, index, told),
            place,
            told,
            long_ago: held.long_ago(record, index, told),
            first_account: is_first_account(text(sentence)),
            denial: denial(&record.testimony.claims, index, sentence),
            headline: matches!(kind, Some(RegionKind::Headline | RegionKind::Subhead)),
        }
    }

    /// The words of a span of its report.
    pub(crate) fn text(&self, span: Span) -> &'a str {
        self.record.report.words(span)
    }

    /// Whether it is said as a plain fact: neither planned, forecast, conditional nor left open.
    pub(crate) fn plain(&self) -> bool {
        matches!(self.claim.aspect, Aspect::Past | Aspect::Ongoing)
            && self.claim.certainty == Certainty::Certain
    }

    /// Whether it tells of what was past when its report was made, and that was before this.
    pub(crate) fn made_before(&self, day: &Stretch) -> bool {
        self.claim.aspect == Aspect::Past && self.told.is_some_and(|told| day.start >= told.end)
    }

    /// Whether it is said as what may be so.
    pub(crate) fn hedged(&self) -> bool {
        matches!(self.claim.aspect, Aspect::Past | Aspect::Ongoing)
            && matches!(self.claim.certainty, Certainty::Possible | Certainty::Probable)
    }

    /// Whether it counts people or things without naming any: "nine dead", "at least 11 people have died".
    pub(crate) fn tallies(&self) -> bool {
        let counts = frames::frame(&self.claim.frame).and_then(|frame| frame.counts.as_deref());
        let Some(role) = counts else { return false };
        !self.claim.in_role(role).any(|argument| self.person(argument).is_some())
            && !self.figures.is_empty()
    }

    /// The keys of the names of all that takes part, and of where.
    pub(crate) fn names(&self) -> Vec<SmolStr> {
        let named = |argument: &Argument| self.record.grounded.entity(argument.entity?);
        let parties = self.claim.arguments.iter().filter_map(named).flat_map(name_keys);
        parties.chain(self.place.iter().map(|site| site.key.clone())).collect()
    }

    /// The person that an argument is, where it is a person that is named or spoken of again.
    pub(crate) fn person(&self, argument: &Argument) -> Option<&'a Entity> {
        let entity = self.record.grounded.entity(argument.entity?)?;
        (entity.kind == EntityType::Person).then_some(entity)
    }

    /// Whether it is said not to be so.
    pub(crate) fn negative(&self) -> bool {
        self.claim.polarity == Polarity::Negative
            || self.claim.aspect == Aspect::Counterfactual
            || self.denied()
    }

    /// Whether it is what somebody denies: "Ravel denied firing at the guards".
    pub(crate) fn denied(&self) -> bool {
        const DENYING: [&str; 8] =
            ["denied", "denies", "deny", "denying", "refuted", "refutes", "rejected", "rejects"];
        if self.denial.is_some() {
            return true;
        }
        let nearest = self.claim.attribution.first();
        let said = nearest.and_then(|&id| self.record.testimony.attribution(id));
        let cues = self.claim.cues.iter().chain(said.iter().flat_map(|said| &said.cue));
        cues.into_iter().any(|cue| {
            let words = self.text(*cue).to_lowercase();
            words.split_whitespace().any(|word| DENYING.contains(&word))
        })
    }

    /// Who puts the figure: its speaker, or the agency that "put the magnitude at 5.4".
    pub(crate) fn voice(&self) -> Option<String> {
        self.informant().or_else(|| {
            let measure = self.claim.frame.starts_with("measure.");
            let first = self.claim.arguments.iter().filter(|_| measure).find(|argument| {
                argument.span.end <= self.claim.trigger.start
                    && !matches!(argument.role.as_str(), "place" | "time")
            })?;
            let words = self.text(first.span);
            let name = words.trim_start_matches("The ").trim_start_matches("the ");
            name.starts_with(char::is_uppercase).then(|| keys(name).join(" "))
        })
    }

    /// The name by which its nearest speaker is the same across reports; `None` where it is the outlet's own word or
    /// nobody is named.
    pub(crate) fn informant(&self) -> Option<String> {
        let said = self.record.testimony.attribution(*self.claim.attribution.first()?)?;
        if let Some(entity) = said.speaker.and_then(|id| self.record.grounded.entity(id)) {
            let name = entity.canonical.as_ref().unwrap_or(&entity.name);
            return Some(keys(name).join(" "));
        }
        let words: Vec<SmolStr> =
            said.source.iter().flat_map(|span| keys(self.text(*span))).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

/// The claim of denying before claim `index` in its sentence that has it for its topic: "he admitted the first, but denied
/// firing at the second".
fn denial(claims: &[Claim], index: usize, sentence: Span) -> Option<&Claim> {
    /// Claims before it that are looked at: a denial stands near what it denies.
    const MOST: usize = 24;
    let trigger = claims[index].trigger;
    let before = claims[..index].iter().rev().take(MOST);
    before.take_while(|claim| claim.trigger.start >= sentence.start).find(|claim| {
        claim.frame == "speech.deny"
            && claim.polarity == Polarity::Positive
            && claim.in_role("topic").any(|topic| topic.span.contains(trigger))
    })
}

/// The full date that a report's text opens with, as in the exports of many archives.
fn opening_date(record: &Record) -> Option<Stretch> {
    let first = record.grounded.times.first().filter(|time| time.span.start == 0)?;
    let date = first.edtf.as_deref().filter(|date| date.len() == "2016-05-25".len())?;
    Stretch::of(date)
}

/// The frame of "Wilson, 14" and "a 36-year-old man".
pub(crate) const AGE: &str = "identity.age";

/// The age a clause of age states in figures, where grounding read none ("14-year - old").
fn age(clause: &str, span: Span) -> Option<Figure> {
    let digits = clause.split(|c: char| !c.is_ascii_digit()).find(|run| !run.is_empty())?;
    let years: f64 = digits.parse().ok().filter(|years| *years < 120.0)?;
    Some(Figure {
        amount: Amount {
            min: Some(years),
            max: Some(years),
            approximate: false,
            unit: Some("year".to_owned()),
        },
        span,
        of: None,
        of_words: Vec::new(),
        age: true,
        share_of: Vec::new(),
        sense: None,
    })
}

/// The keys of the words of a span that are in no amount: "at least 11 people" tells nobody from anybody.
fn uncounted(record: &Record, span: Span) -> Vec<SmolStr> {
    let mut found = Vec::new();
    let mut at = span.start;
    for quantity in record.grounded.quantities.iter().filter(|q| q.span.overlaps(span)) {
        if quantity.span.start > at {
            found.extend(keys(record.report.words(Span::new(at, quantity.span.start))));
        }
        at = at.max(quantity.span.end);
    }
    if at < span.end {
        found.extend(keys(record.report.words(Span::new(at, span.end))));
    }
    found
}

/// The stems of the words of a sentence that are in no amount.
fn context(record: &Record, sentence: Span) -> Vec<SmolStr> {
    let words = uncounted(record, sentence).into_iter();
    let words = words.filter(|key| !key.chars().all(|c| c.is_ascii_digit()));
    sorted(words.map(|key| stem(&key)).collect())
}

/// In order, each once.
pub(crate) fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

/// What two sorted lists share.
pub(crate) fn common<'l, T: Ord>(a: &'l [T], b: &'l [T]) -> impl Iterator<Item = &'l T> {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    std::iter::from_fn(move || {
        loop {
            match a.peek()?.cmp(b.peek()?) {
                Ordering::Less => {
                    a.next();
                }
                Ordering::Greater => {
                    b.next();
                }
                Ordering::Equal => {
                    b.next();
                    return a.next();
                }
            }
        }
    })
}
