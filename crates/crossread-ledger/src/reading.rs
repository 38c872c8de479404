//! Which figures and times measure one thing: numbers and times are compared whatever frame states them, by their
//! kind, what is counted, and the words around them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crossread_base::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smol_str::SmolStr;

use crate::acts::one_of_several;
use crate::facet::{self, Asked, Facet, Reply};
use crate::frames;
use crate::likeness::Rarity;
use crate::persons::{self, Whose};
use crate::rules::number::{Fit, factor, fit};
use crate::rules::said_time::Met;
use crate::statement::{BEFORE, Figure, Statement};
use crate::values::Held;
use crate::verdict::{first_account, so_far, two_voices};

/// Readings under one key that are compared with each other.
const NEAREST: usize = 48;

/// The weights of two readings, as `data/readings.toml` names them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    bias: f64,
    same_event: f64,
    same_frame: f64,
    related_frame: f64,
    same_thing: f64,
    other_thing: f64,
    context: f64,
    arguments: f64,
    reports: f64,
    elsewhere: f64,
    same_report: f64,
    one_hand: f64,
    first_account: f64,
    measure: f64,
    far_apart: f64,
    incident: f64,
    same_value: f64,
    link: f64,
    sure: f64,
    age: AgeWeights,
}

/// What tells whose age a figure is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AgeWeights {
    same_name: f64,
    other_name: f64,
    same_kind: f64,
    other_kind: f64,
    near: f64,
    decade: f64,
    far: f64,
}

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| toml::from_str(include_str!("../data/readings.toml")).unwrap_or_default());

/// Far below nothing: the two cannot measure one thing, nor stand in one question.
const APART: f64 = -5.0;
/// Below any link: nothing says that the two measure one thing.
const UNLIKE: f64 = -1.0;

/// A figure or time as one statement gives it.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The index of the statement.
    pub(crate) statement: usize,
    /// The index of the statement's event.
    pub(crate) event: usize,
    pub(crate) facet: Facet,
    /// Whether a time is when something happened.
    happened: bool,
    /// Whether a time stands in a claim that tells of the incident itself.
    incident: bool,
}

impl Reading {
    /// Whether it gives the value of another of its kind once more.
    fn repeats(&self, other: &Self) -> bool {
        match (&self.facet.reply, &other.facet.reply) {
            (Reply::Number(x), Reply::Number(y)) => {
                x.age == y.age && fit(&x.amount, &y.amount) == Fit::Same
            }
            (Reply::Time(x), Reply::Time(y)) => x.met(y) == Met::Same,
            _ => false,
        }
    }

    /// Whether one tells the day alone and the other the hour.
    fn not_compared(&self, other: &Self) -> bool {
        matches!((&self.facet.reply, &other.facet.reply), (Reply::Time(x), Reply::Time(y))
            if !(x.has_day() && y.has_day() || x.has_clock() && y.has_clock()))
    }

    /// Whether it is worth a question that no other claim answers: a figure, or the time of an event that its own
    /// claim names as such. Other days and spans are there to be compared.
    pub(crate) fn asked_alone(&self, statement: &Statement<'_>) -> bool {
        let grounded = &statement.record.grounded;
        let own = statement.claim.time.and_then(|index| grounded.times.get(index as usize));
        let is_time = grounded.times.iter().any(|time| time.span == self.facet.span);
        let event = frames::frame(&statement.claim.frame).is_none_or(|frame| frame.event);
        let anchored =
            own.is_some_and(|time| time.span == self.facet.span && time.edtf.is_some() && event);
        !is_time || anchored
    }
}

/// The readings of all statements, those of the same words once; `held` has an entry for each report.
pub(crate) fn readings(
    statements: &[Statement<'_>],
    held: &[Held],
    event_of: &[usize],
) -> Vec<Reading> {
    let mut readings = Vec::new();
    // Claims of one sentence share their words: the claim of the frame that counts the figure, or of what happened at
    // the time, is kept, else the closest.
    let mut kept: FxHashMap<(usize, Span, bool), usize> = FxHashMap::default();
    let mut base = 0;
    for (index, statement) in statements.iter().enumerate() {
        if index > 0 && statements[index - 1].report != statement.report {
            base = index;
        }
        for mut facet in facet::readings(statement) {
            let time = facet.asked == Asked::When;
            let place = readings.len();
            let at = *kept.entry((statement.report, facet.span, time)).or_insert(place);
            if at < place && !closer(&facet, statement, statements, &readings[at]) {
                continue;
            }
            // What a frame counts is that frame's own claim; any other figure is said of its whole clause.
            let own = !time && facet.own;
            let wide = held[statement.report].widest(statement.record, index - base, facet.span);
            if !own && base + wide != index {
                facet.said_in = statements.get(base + wide).map(|wide| wide.reference.clone());
            }
            let reading = Reading {
                statement: index,
                event: event_of[index],
                happened: time
                    && !(bounds(&facet, statement)
                        || counts_up(statement)
                        || dates_the_report(&facet, statement)),
                incident: time && tells_incident(statement),
                facet,
            };
            match readings.get_mut(at) {
                Some(held) => *held = reading,
                None => readings.push(reading),
            }
        }
    }
    readings
}

/// Whether a figure or time is more this statement's than that of the one it was read in before.
fn closer(
    facet: &Facet,
    statement: &Statement<'_>,
    statements: &[Statement<'_>],
    held: &Reading,
) -> bool {
    let other = &statements[held.statement];
    // A time is when something happened, not when somebody was of an age.
    let happens = |statement: &Statement<'_>| {
        facet.asked == Asked::When && frames::frame(&statement.claim.frame).is_some_and(|f| f.event)
    };
    let key = |own: bool, statement: &Statement<'_>| {
        (!own && !happens(statement), statement.claim.span.len())
    };
    key(facet.own, statement) < key(held.facet.own, other)
}

/// Whether a full date stands before a sentence as when the report was made, and not in it: "November 28, 2005 Ten people
/// were killed".
fn dates_the_report(facet: &Facet, statement: &Statement<'_>) -> bool {
    let text = &statement.record.report.text;
    let (start, end) = (statement.sentence.start as usize, statement.sentence.end as usize);
    let (from, to) = (facet.span.start as usize, facet.span.end as usize);
    let (Some(before), Some(after)) = (text.get(start..from), text.get(to..end)) else {
        return false;
    };
    let full = matches!(&facet.reply, Reply::Time(time) if time.has_year());
    let opens = before.trim().is_empty() || before.trim_end().ends_with(':');
    full && opens
        && after.starts_with(char::is_whitespace)
        && after.trim_start().starts_with(char::is_uppercase)
}

fn counts(statement: &Statement<'_>) -> bool {
    frames::frame(&statement.claim.frame).is_some_and(|frame| frame.counts.is_some())
}

/// Readings of one thing, in order of the pile, and the pairs of them that are alike by themselves and not only
/// through others.
pub(crate) struct Group {
    pub(crate) readings: Vec<Reading>,
    pub(crate) alike: Pairs,
}

/// Pairs of places in a group, the smaller first.
pub(crate) type Pairs = FxHashMap<(usize, usize), Likeness>;

/// How much alike two readings are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likeness {
    /// The weighted sum, but for what it gives to the values being the same.
    pub(crate) but_value: f64,
    /// Whether they are so much alike that what tells them apart is a contradiction.
    pub(crate) sure: bool,
}

/// Groups readings of one thing; groups in order of the pile.
pub(crate) fn group(
    readings: Vec<Reading>,
    statements: &[Statement<'_>],
    rarity: &Rarity,
) -> Vec<Group> {
    let mut blocks: BTreeMap<(SmolStr, SmolStr), Vec<u32>> = BTreeMap::new();
    for (index, reading) in (0u32..).zip(&readings) {
        let statement = &statements[reading.statement];
        let kind = kind(&reading.facet);
        for key in &statement.context {
            blocks.entry((kind.clone(), key.clone())).or_default().push(index);
        }
        // A claim of few words meets the others of its event, and those told next to it.
        blocks.entry((kind.clone(), "#".into())).or_default().push(index);
        blocks.entry((kind, format!("#{}", reading.event).into())).or_default().push(index);
    }
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for block in blocks.values() {
        for (at, &a) in block.iter().enumerate() {
            pairs.extend(block[at + 1..].iter().take(NEAREST).map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    // Of a large pile most pairs say nothing: neither links nor kept apart.
    let scored: Vec<(f64, u32, u32)> = pairs
        .into_iter()
        .filter_map(|(a, b)| {
            let (left, right) = (&readings[a as usize], &readings[b as usize]);
            let alike = likeness(left, right, statements, rarity);
            (alike >= WEIGHTS.link || alike <= APART).then_some((alike, a, b))
        })
        .collect();
    let alike: Vec<(Likeness, u32, u32)> = scored
        .iter()
        .filter(|(alike, ..)| *alike >= WEIGHTS.link)
        .map(|&(alike, a, b)| {
            let value = value_weight(&readings[a as usize].facet, &readings[b as usize].facet);
            let sure = alike >= WEIGHTS.sure;
            (Likeness { but_value: alike - value, sure }, a, b)
        })
        .collect();
    let idle = |a: u32, b: u32| {
        let (a, b) = (&readings[a as usize], &readings[b as usize]);
        a.not_compared(b)
            || statements[a.statement].report == statements[b.statement].report && a.repeats(b)
    };
    let of = joined(readings.len(), scored, &idle);
    let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
    let mut place = Vec::with_capacity(of.len());
    for (reading, &group) in readings.into_iter().zip(&of) {
        let group = groups
            .entry(group)
            .or_insert_with(|| Group { readings: Vec::new(), alike: Pairs::default() });
        place.push(group.readings.len());
        group.readings.push(reading);
    }
    for (likeness, a, b) in alike {
        let (a, b) = (a as usize, b as usize);
        if of[a] == of[b]
            && let Some(group) = groups.get_mut(&of[a])
        {
            group.alike.insert((place[a].min(place[b]), place[a].max(place[b])), likeness);
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| group.readings.first().map(|first| (first.event, first.statement)));
    groups
}

/// Joins pairs that reach the link, the surest first, unless the groups they would join hold two readings that cannot
/// measure one thing, or fewer than half of the pairs between them reach the link; a report that only says again what
/// it said, and a day beside an hour, do not speak against a link (`idle`). Gives the group of each of `count` readings.
fn joined(
    count: usize,
    mut scored: Vec<(f64, u32, u32)>,
    idle: &dyn Fn(u32, u32) -> bool,
) -> Vec<u32> {
    let key = |a: u32, b: u32| u64::from(a.min(b)) << 32 | u64::from(a.max(b));
    let apart: FxHashSet<u64> =
        scored.iter().filter(|(alike, ..)| *alike <= APART).map(|&(_, a, b)| key(a, b)).collect();
    scored.retain(|(alike, ..)| *alike >= WEIGHTS.link);
    let linked: FxHashSet<u64> = scored.iter().map(|&(_, a, b)| key(a, b)).collect();
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut of: Vec<u32> = (0..count as u32).collect();
    let mut members: Vec<Vec<u32>> = (0..count as u32).map(|index| vec![index]).collect();
    // Two groups that were kept apart stay so until one of them has grown: the sizes at which they were.
    let mut refused: FxHashMap<u64, (usize, usize)> = FxHashMap::default();
    for (_, a, b) in scored {
        let (a, b) = (of[a as usize], of[b as usize]);
        let (into, from) =
            if members[a as usize].len() >= members[b as usize].len() { (a, b) } else { (b, a) };
        if into == from {
            continue;
        }
        let sizes = (members[into as usize].len(), members[from as usize].len());
        if refused.get(&key(into, from)) == Some(&sizes) {
            continue;
        }
        let (mut alike, mut all) = (0, 0);
        let mut conflict = false;
        for &one in members[into as usize].iter().take(NEAREST) {
            for &other in members[from as usize].iter().take(NEAREST) {
                let pair = key(one, other);
                conflict |= apart.contains(&pair);
                alike += usize::from(linked.contains(&pair));
                all += usize::from(linked.contains(&pair) || !idle(one, other));
            }
        }
        if conflict || 2 * alike < all {
            refused.insert(key(into, from), sizes);
            continue;
        }
        let moved = std::mem::take(&mut members[from as usize]);
        moved.iter().for_each(|&index| of[index as usize] = into);
        members[into as usize].extend(moved);
    }
    of
}

/// What can be compared at all.
fn kind(facet: &Facet) -> SmolStr {
    match &facet.asked {
        Asked::Count { age: true, .. } => "age".into(),
        // "Four robbers" and "three men" are counts alike, whether the noun is known for a person's or not.
        Asked::Count { unit, share, .. } if unit == "person" => format!("/{share}").into(),
        Asked::Count { unit, share, .. } => format!("{unit}/{share}").into(),
        _ => "time".into(),
    }
}

/// What two readings have for being the same figure.
fn value_weight(a: &Facet, b: &Facet) -> f64 {
    match (&a.reply, &b.reply) {
        (Reply::Number(x), Reply::Number(y)) if fit(&x.amount, &y.amount) == Fit::Same => {
            WEIGHTS.same_value
        }
        _ => 0.0,
    }
}

/// How far two readings seem to measure one thing.
fn likeness(a: &Reading, b: &Reading, statements: &[Statement<'_>], rarity: &Rarity) -> f64 {
    let weights = &*WEIGHTS;
    let (left, right) = (&statements[a.statement], &statements[b.statement]);
    if left.report == right.report && a.facet.span == b.facet.span {
        return weights.link * 2.0;
    }
    if left.report == right.report && left.sentence == right.sentence {
        return if is_series(a, b) || one_measure(a, b) { weights.link * 2.0 } else { APART };
    }
    // Formulas ("12 dead in a fire at the mill in ...") make no story; and what happened after a report was made is not what
    // it tells.
    if !rarity.share_name(left.report, right.report) {
        return UNLIKE;
    }
    if is_later(a, left, right) || is_later(b, right, left) {
        return APART;
    }
    let same_value = value_weight(&a.facet, &b.facet);
    let frames = (left.claim.frame.as_str(), right.claim.frame.as_str());
    let same_frame = frames.0 == frames.1;
    let related = !same_frame && frames::related(frames.0, frames.1);
    let mut sum = weights.bias + same_value;
    sum += match (&a.facet.reply, &b.facet.reply) {
        (Reply::Number(x), Reply::Number(y)) if x.age && y.age => {
            whose_age(left, x, right, y, rarity)
        }
        // "600 were killed in February in a quake of magnitude 6.4": what is told of before is another happening.
        (Reply::Number(_), Reply::Number(_)) if times_apart(left, right) => return UNLIKE,
        (Reply::Number(x), Reply::Number(y)) => {
            let bare = matches!(x.amount.unit.as_deref().unwrap_or(""), "" | "person");
            // The dead are not the hurt: where a frame counts, only its own kind is comparable, and a whole with its part.
            let whole =
                frames::includes(frames.0, frames.1) || frames::includes(frames.1, frames.0);
            let things = x.amount.unit.is_none() && x.of.is_some() && x.of == y.of;
            let one_noun = things && (a.event == b.event || !(counts(left) && counts(right)));
            if bare && !same_frame && !whole && !one_noun && (counts(left) || counts(right)) {
                return APART;
            }
            // One report does not tell of one toll in two towns.
            if left.report == right.report && counts(left) && towns_apart(left, right) {
                return APART;
            }
            let shared = left.who.iter().any(|key| right.who.contains(key));
            let wholes = x.share_of.iter().any(|key| y.share_of.contains(key));
            let thing = match (&x.of, &y.of) {
                _ if wholes => weights.same_thing,
                (Some(x), Some(y)) if x == y || persons::same_kind(x, y) => weights.same_thing,
                // 200,000 residents, and a population of 120,000
                _ if same_frame && counts_people(left) => weights.same_thing,
                _ if same_frame && a.facet.own && b.facet.own => 0.0,
                (Some(_), Some(_)) if x.amount.unit.is_none() => return APART,
                (Some(_), Some(_)) => weights.other_thing,
                (None, None) if bare && !same_frame => return UNLIKE,
                _ if x.amount.unit.is_none() => return UNLIKE,
                _ => 0.0,
            };
            if bare && !same_frame && !whole && thing < weights.same_thing {
                return UNLIKE;
            }
            // "About 60 stood on it" and "400 stood on the quay", "crews pulled 31 out" and "the club pulled 19 out" share
            // a verb: what no frame counts needs a party, or more than people counted, in common.
            let people = x.of.as_deref() == Some("people") || y.of.as_deref() == Some("people");
            // One odd number of people in one story is one number.
            let people = people && !(same_value > 0.0 && x.amount.min.is_some_and(|n| n > 12.0));
            if bare && !counts(left) && !shared && (thing <= 0.0 || people) {
                return UNLIKE;
            }
            // Ten minutes are not against fifteen years.
            if !bare && times_as_great(x, y) > 20.0 {
                return UNLIKE;
            }
            thing
                + if bare { 0.0 } else { weights.measure }
                + if times_as_great(x, y) > 4.0 { weights.far_apart } else { 0.0 }
        }
        (Reply::Time(x), Reply::Time(y)) => {
            // "Missing since Saturday" began then, and a toll that rose on Monday is not when they died.
            if !(a.happened && b.happened) {
                return UNLIKE;
            }
            // Two days of one incident are told in many words; what else happened on a day is not.
            let incident = a.incident
                && b.incident
                && left.report != right.report
                && rarity.one_story(left.report, right.report);
            if !(same_frame || incident) || x.is_long_from(y) {
                return UNLIKE;
            }
            if incident && !a.not_compared(b) { weights.incident } else { 0.0 }
        }
        _ => return UNLIKE,
    };
    // What was reported at first says itself that another account stands beside it.
    let at_first = first_account(left, right).is_some();
    if at_first {
        sum += weights.first_account;
    }
    if a.event == b.event {
        sum += weights.same_event;
    }
    if same_frame {
        sum += weights.same_frame;
    } else if related {
        sum += weights.related_frame;
    }
    sum += weights.context * rarity.overlap(&left.context, &right.context);
    sum += weights.arguments * rarity.overlap(&left.who, &right.who);
    if left.report == right.report {
        sum += weights.same_report;
        // Two figures of one hand that cannot both hold are of two things, unless their sentences say otherwise.
        if matches!((&a.facet.reply, &b.facet.reply), (Reply::Number(x), Reply::Number(y))
            if matches!(fit(&x.amount, &y.amount), Fit::FirstBelow | Fit::SecondBelow)
                && left.headline == right.headline && !at_first && !two_voices(left, right)
                && !one_of_several(left, right) && !one_of_several(right, left)
                && so_far(left) == so_far(right))
        {
            sum += weights.one_hand;
        }
    } else {
        sum += weights.reports * rarity.reports_overlap(left.report, right.report);
        if rarity.elsewhere(left.report, right.report) {
            sum += weights.elsewhere;
        }
    }
    sum
}

/// Whether a claim tells how many there are of people, and not what happened to them: the population of a town.
fn counts_people(statement: &Statement<'_>) -> bool {
    frames::frame(&statement.claim.frame)
        .is_some_and(|frame| !frame.event && frame.units.iter().any(|unit| unit == "person"))
}

/// Whether one sentence gives both as states of one number: "fewer than 1,000, down from some 6,000".
fn is_series(a: &Reading, b: &Reading) -> bool {
    let (Reply::Number(x), Reply::Number(y)) = (&a.facet.reply, &b.facet.reply) else {
        return false;
    };
    x.was_before() != y.was_before() && (x.of == y.of || x.of.is_none() || y.of.is_none())
}

/// Whether one sentence gives one measure in two units: "400 kilometers (250 miles)".
fn one_measure(a: &Reading, b: &Reading) -> bool {
    match (&a.facet.reply, &b.facet.reply) {
        // "80 hurt and 7 villages damaged ... injuring 80" has one count twice, and no two units.
        (Reply::Number(x), Reply::Number(y)) => {
            let measure = |figure: &Figure| {
                figure.amount.unit.as_deref().is_some_and(|unit| unit != "person")
            };
            measure(x)
                && measure(y)
                && x.amount.unit != y.amount.unit
                && fit(&x.amount, &y.amount) == Fit::Same
        }
        _ => false,
    }
}

/// Whether a claim tells of the incident itself: by its frame, or by the word for it ("when the tragedy occurred").
fn tells_incident(statement: &Statement<'_>) -> bool {
    static WORDS: &str = include_str!("../data/incident_words.txt");
    let follows = ["law.", "speech.", "identity.", "open.say", "open.tell"];
    if follows.iter().any(|prefix| statement.claim.frame.starts_with(prefix)) {
        return false;
    }
    frames::incident(&statement.claim.frame)
        || WORDS.lines().any(|word| statement.words.iter().any(|key| key == word))
}

/// Whether a day is given as the end or the beginning of a stretch, and not as when something happened.
fn bounds(facet: &Facet, statement: &Statement<'_>) -> bool {
    const LEADS: [&str; 7] = ["since", "until", "till", "before", "after", "by", "from"];
    let before = statement.record.report.text.get(..facet.span.start as usize);
    let lead = before.and_then(|words| words.split_whitespace().next_back()).unwrap_or_default();
    let day = matches!(&facet.reply, Reply::Time(time) if time.has_day());
    day && LEADS.iter().any(|word| lead.eq_ignore_ascii_case(word))
}

/// Whether a sentence tells how a number changed: "rose to 12 on Monday, up from 11".
fn counts_up(statement: &Statement<'_>) -> bool {
    let quantities = &statement.record.grounded.quantities;
    quantities.iter().any(|quantity| {
        quantity.sense.as_deref() == Some(BEFORE) && quantity.span.overlaps(statement.sentence)
    })
}

/// Whether the day a reading is of lies after the other's report, which tells of what was then past.
fn is_later(reading: &Reading, statement: &Statement<'_>, other: &Statement<'_>) -> bool {
    let day = match &reading.facet.reply {
        Reply::Time(time) => time.stretch(),
        _ => statement.when,
    };
    day.is_some_and(|day| other.made_before(&day))
}

/// Whether one sentence tells of a time long before its report, and the other does not, or of another time.
fn times_apart(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    match (&a.long_ago, &b.long_ago) {
        (Some(a), Some(b)) => a.is_long_from(b),
        (None, None) => false,
        _ => true,
    }
}

/// Whether two claims name two towns or sites far from each other.
fn towns_apart(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    a.place.as_ref().zip(b.place.as_ref()).is_some_and(|(x, y)| x.far_from(y))
}

/// How many times one figure is the other; 1 where either has no bound or is nothing.
fn times_as_great(a: &Figure, b: &Figure) -> f64 {
    let value = |figure: &Figure| {
        let value = figure.amount.min.or(figure.amount.max)?;
        Some(value * figure.amount.unit.as_deref().map_or(1.0, factor))
    };
    match (value(a), value(b)) {
        (Some(x), Some(y)) if x > 0.0 && y > 0.0 => (x / y).max(y / x),
        _ => 1.0,
    }
}

/// How far two ages seem to be one person's.
fn whose_age(
    left: &Statement<'_>,
    x: &Figure,
    right: &Statement<'_>,
    y: &Figure,
    rarity: &Rarity,
) -> f64 {
    let weights = &WEIGHTS.age;
    let (one, other) = (Whose::of(left, x), Whose::of(right, y));
    // "In her 60s" is near 66.
    let over = |one: &Figure, other: &Figure| {
        one.amount.min.zip(other.amount.max).map_or(0.0, |(low, high)| low - high)
    };
    let near = over(x, y).max(over(y, x)) <= 2.0;
    if one.shares_name(&other) {
        return weights.same_name;
    }
    if !rarity.one_story(left.report, right.report) {
        return APART;
    }
    if left.report == right.report {
        return UNLIKE;
    }
    // "In her 60s": words for one whose name is not told.
    let decade = |one: &Figure, other: &Figure| {
        one.amount.min < one.amount.max && one.amount.contains(&other.amount)
    };
    let mut sum = if near { weights.near } else { weights.far };
    if decade(x, y) || decade(y, x) {
        sum += weights.decade;
    }
    if one.is_named() && other.is_named() {
        sum += weights.other_name;
    }
    sum + match one.same_kind(&other) {
        Some(true) => weights.same_kind,
        Some(false) => weights.other_kind,
        None => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_read() {
        assert!(WEIGHTS.link > 0.0);
    }
}
