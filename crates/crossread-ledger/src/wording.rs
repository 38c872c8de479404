//! Questions and values in plain English.

use crossread_base::words::shortened as short;
use crossread_record::{Argument, Aspect, Certainty, EntityType, Value};
use smol_str::SmolStr;

use crate::facet::{Asked, Facet, Reply};
use crate::frames;
use crate::rules::number::Amount;
use crate::statement::{Figure, Statement};

/// What the replies answer, as a question; `None` where there are none.
pub(crate) fn question(replies: &[(&Statement<'_>, Facet)]) -> Option<String> {
    // The frame's own wording from the first claim that fills it, one that names a place or cause before others.
    let (with, without): (Vec<_>, Vec<_>) =
        replies.iter().partition(|reply| scene(reply.0).is_some());
    let worded = with
        .iter()
        .chain(&without)
        .take(TRIED)
        .find_map(|(statement, facet)| asked_by_frame(&facet.asked, statement));
    worded.or_else(|| replies.first().map(|(statement, facet)| quoted(&facet.asked, statement)))
}

/// Claims tried for a wording.
const TRIED: usize = 24;

/// Whose age a claim tells: the name, else the noun; `None` where it has neither.
fn bearer(statement: &Statement<'_>) -> Option<String> {
    let argument = statement.claim.in_role("theme").next()?;
    if let Some(person) = statement.person(argument)
        && person.name.starts_with(char::is_uppercase)
    {
        return Some(person.name.clone());
    }
    let head = statement.text(argument.head?);
    let noun = head.chars().all(char::is_lowercase) && !is_pronoun(head);
    noun.then(|| format!("the {head}"))
}

fn asked_by_frame(asked: &Asked, statement: &Statement<'_>) -> Option<String> {
    if let Asked::Count { age: true, .. } = asked {
        return Some(format!("How old is {}?", bearer(statement)?));
    }
    let ask = frames::frame(&statement.claim.frame).map(|frame| &frame.ask);
    let template = ask.and_then(|ask| match asked {
        Asked::Count { of, .. } if of.is_empty() => ask.count.as_deref(),
        Asked::Count { .. } => None,
        Asked::Whether => ask.whether.as_deref(),
        Asked::When => ask.time.as_deref(),
        Asked::Where => ask.place.as_deref(),
    });
    if let Asked::Count { share: true, .. } = asked {
        // "How much was taken?" of a share: "What share of the city centre was taken?"
        let (whole, rest) = (whole(statement)?, template?.strip_prefix("How much ")?);
        return filled(
            &format!("What share of {whole} {}", rest.replacen("of {patient} ", "", 1)),
            asked,
            statement,
        );
    }
    if *asked == Asked::Whether && frames::loose(&statement.claim.frame) {
        return None;
    }
    template.and_then(|template| filled(template, asked, statement))
}

/// The words for what a share of a claim is a share of.
fn whole(statement: &Statement<'_>) -> Option<String> {
    let quantities = &statement.record.grounded.quantities;
    let figure = statement.figures.iter().find(|figure| !figure.share_of.is_empty())?;
    let quantity = quantities.iter().find(|quantity| quantity.span == figure.span)?;
    let words = short(statement.text(quantity.share_of?), 60);
    (!words.contains(['{', '}'])).then(|| lower_article(&words))
}

/// The question with the claim's own words.
fn quoted(asked: &Asked, statement: &Statement<'_>) -> String {
    let said = short(statement.text(statement.claim.span), 90);
    match asked {
        Asked::Count { age: true, .. } => format!("How old: \"{said}\"?"),
        Asked::Count { unit, .. } if unit == "second" => format!("How long: \"{said}\"?"),
        Asked::Count { unit, .. } if unit == "m" => format!("How far: \"{said}\"?"),
        Asked::Count { unit, .. } if unit == "km/h" => format!("How fast: \"{said}\"?"),
        Asked::Count { share: true, .. } => format!("What share: \"{said}\"?"),
        Asked::Count { of, unit, .. }
            if !of.is_empty() && (unit.is_empty() || unit == "person") =>
        {
            format!("How many ({of}): \"{said}\"?")
        }
        Asked::Count { .. } => format!("How much: \"{said}\"?"),
        Asked::Whether => format!("Is it so: \"{said}\"?"),
        Asked::When => format!("When: \"{said}\"?"),
        Asked::Where => format!("Where: \"{said}\"?"),
    }
}

/// The first of the template's wordings whose slots the statement has words for; `None` where it has them for none.
fn filled(template: &str, asked: &Asked, statement: &Statement<'_>) -> Option<String> {
    template.split(" | ").find_map(|wording| filled_in(wording, asked, statement))
}

fn filled_in(template: &str, asked: &Asked, statement: &Statement<'_>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, slot)) = rest.split_once('{') {
        let (slot, after) = slot.split_once('}')?;
        let many = statement.claim.in_role(slot).next().is_some_and(|it| plural(statement, it));
        out.push_str(&agreeing(before, many));
        out.push_str(&slot_words(slot, asked, statement)?);
        rest = after;
    }
    out.push_str(rest);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ?", "?");
    let mut letters = out.chars();
    Some(letters.next()?.to_uppercase().chain(letters).collect())
}

/// The words before a slot, their last one a verb that agrees with what fills it: "Was " as "Were ".
fn agreeing(before: &str, many: bool) -> String {
    const VERBS: [(&str, &str); 4] =
        [("was", "were"), ("is", "are"), ("has", "have"), ("does", "do")];
    let words = before.trim_end();
    let last = words.rfind(' ').map_or(0, |space| space + 1);
    let verb = words[last..].to_lowercase();
    match VERBS.iter().find(|(one, _)| many && *one == verb) {
        // The first letter of a question is put right once it is whole.
        Some((_, many)) => format!("{}{many} ", &words[..last]),
        None => before.to_owned(),
    }
}

/// Whether an argument is more than one: a plural noun, or a people by name; "the United States" is one.
fn plural(statement: &Statement<'_>, argument: &Argument) -> bool {
    let head = statement.text(argument.head.unwrap_or(argument.span));
    let entity = argument.entity.and_then(|id| statement.record.grounded.entity(id));
    let noun = head.chars().next().is_some_and(char::is_lowercase)
        || entity.is_some_and(|entity| entity.kind == EntityType::Group);
    let word = head.to_lowercase();
    let ends = word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    noun && (ends || ["people", "men", "women", "children", "police"].contains(&word.as_str()))
}

fn slot_words(slot: &str, asked: &Asked, statement: &Statement<'_>) -> Option<String> {
    if slot == "where" {
        return Some(scene(statement).unwrap_or_default());
    }
    let argument = statement.claim.in_role(slot).next()?;
    // "Nine dead in footbridge fall" holds the very word that is asked of; a clause is no name.
    let clause = argument.span.overlaps(statement.claim.trigger) || argument.span.len() > 60;
    // "Did nine people die?" would ask for the figure, and "how much of only 5% of the city" tells it.
    let told = *asked != Asked::When
        && statement.figures.iter().any(|figure| figure.span.overlaps(argument.span));
    if clause || told {
        return None;
    }
    let words = short(statement.text(argument.span), 60);
    let entity = argument.entity.and_then(|id| statement.record.grounded.entity(id));
    // "he" and "the group" mean nothing outside their report; what names nothing is asked in the report's own words.
    let names = |words: &str| words.chars().any(char::is_uppercase) || words.contains(' ');
    let pronoun = is_pronoun(&words.to_lowercase());
    match entity {
        Some(entity) if pronoun || !names(&words) => Some(entity.name.clone()),
        _ if pronoun => None,
        _ => Some(lower_article(&words)),
    }
}

/// Where, or else in what: "in Port Marrow", "in the fall of the Marrow footbridge".
fn scene(statement: &Statement<'_>) -> Option<String> {
    if let Some(place) = &statement.place {
        return Some(format!("in {}", short(statement.text(place.span), 40)));
    }
    let cause = statement.claim.in_role("cause").next()?;
    let words = statement.text(cause.span);
    (words.len() <= 60 && words.contains(' '))
        .then(|| format!("in {}", lower_article(words.trim())))
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "it"
            | "they"
            | "him"
            | "her"
            | "them"
            | "who"
            | "which"
            | "that"
            | "this"
            | "these"
            | "those"
            | "we"
            | "i"
            | "you"
            | "us"
            | "me"
            | "one"
            | "his"
            | "its"
            | "their"
    )
}

/// The words as they stand within a sentence: "The bridge" as "the bridge".
fn lower_article(words: &str) -> String {
    for article in [
        "The ", "A ", "An ", "This ", "That ", "These ", "Those ", "Some ", "At ", "No ", "Its ",
        "Their ", "His ", "Her ",
    ] {
        if let Some(rest) = words.strip_prefix(article) {
            return format!("{}{rest}", article.to_lowercase());
        }
    }
    words.to_owned()
}

/// The value of a reply, in words and in numbers.
pub(crate) fn value(statement: &Statement<'_>, facet: &Facet) -> Value {
    let span = facet.span;
    match &facet.reply {
        Reply::Number(Figure { amount, .. }) => Value {
            text: amount_words(amount),
            min: amount.min,
            max: amount.max,
            approximate: amount.approximate,
            unit: amount.unit.clone(),
        },
        Reply::Holds => Value { text: holds_words(statement), ..Value::default() },
        Reply::Time(_) => {
            let times = &statement.record.grounded.times;
            let time = times.iter().find(|time| time.span == span);
            let day = time.and_then(|time| {
                Some((time.edtf.clone()?, part_of_day(time.timex.as_deref().unwrap_or_default())))
            });
            let text = day.map_or_else(
                || short(statement.text(span), 60),
                |(day, part)| format!("{day}{}{part}", if part.is_empty() { "" } else { ", " }),
            );
            Value { text, ..Value::default() }
        }
        Reply::Place(site) => {
            Value { text: short(statement.text(site.span), 60), ..Value::default() }
        }
    }
}

/// The part of the day that a TIMEX3 value names, which EDTF has no sign for; empty where it names none.
fn part_of_day(timex: &str) -> &'static str {
    match timex.split_once('T').map_or("", |(_, part)| part) {
        "MO" => "morning",
        "MI" => "midday",
        "AF" => "afternoon",
        "EV" => "evening",
        "NI" => "night",
        "DT" => "by day",
        _ => "",
    }
}

/// The word that brings the frame up, with how far it is so: "closed", "not: closed", "planned: withdraw".
fn holds_words(statement: &Statement<'_>) -> String {
    let trigger = short(statement.text(statement.claim.trigger), 40).to_lowercase();
    match firmness(statement) {
        "" => trigger,
        firmness => format!("{firmness}: {trigger}"),
    }
}

/// How far a claim is said to be so; empty for a plain yes.
fn firmness(statement: &Statement<'_>) -> &'static str {
    match (statement.negative(), statement.claim.aspect) {
        (true, _) => "not",
        (false, Aspect::Planned) => "planned",
        (false, Aspect::Forecast) => "expected",
        (false, Aspect::Conditional) => "on a condition",
        (false, _) => match statement.claim.certainty {
            Certainty::Certain => "",
            Certainty::Probable => "probably",
            Certainty::Possible => "possibly",
            Certainty::Underspecified => "left open",
        },
    }
}

/// A range in words: "11 or more", "about 60", "40 to 70%".
pub(crate) fn amount_words(amount: &Amount) -> String {
    let about = if amount.approximate { "about " } else { "" };
    let unit = match amount.unit.as_deref() {
        None | Some("person") => String::new(),
        Some("percent") => "%".to_owned(),
        Some(unit) => format!(" {unit}"),
    };
    match (amount.min, amount.max) {
        (Some(min), Some(max)) if min == max => format!("{about}{}{unit}", grouped(min)),
        (Some(min), Some(max)) => format!("{about}{} to {}{unit}", grouped(min), grouped(max)),
        (Some(min), None) => format!("{about}{}{unit} or more", grouped(min)),
        (None, Some(max)) => format!("{about}{}{unit} or fewer", grouped(max)),
        (None, None) => "an amount not stated".to_owned(),
    }
}

/// A number with its thousands set apart.
fn grouped(number: f64) -> String {
    let plain = number.to_string();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), ""), |parts| parts);
    if whole.len() > 20 || !whole.chars().all(|c| c.is_ascii_digit()) {
        return plain;
    }
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The key under which equal answers that are no numbers fall together.
pub(crate) fn answer_key(statement: &Statement<'_>, reply: &Reply) -> SmolStr {
    match reply {
        Reply::Number(_) => SmolStr::default(),
        Reply::Holds => format!("{} {}", firmness(statement), statement.claim.frame).into(),
        Reply::Time(moment) => format!("{moment:?}").into(),
        Reply::Place(site) => site.key.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_agree_and_parts_of_the_day_are_words() {
        assert_eq!(agreeing("Was ", true), "were ");
        assert_eq!(agreeing("When was ", true), "When were ");
        assert_eq!(agreeing("When was ", false), "When was ");
        assert_eq!(agreeing("Did ", true), "Did ");
        assert_eq!(part_of_day("2025-05-03TEV"), "evening");
        assert_eq!(part_of_day("2025-05-03T21:50"), "");
    }

    #[test]
    fn amounts_are_said_as_bounds() {
        let amount =
            |min, max| Amount { min, max, approximate: false, unit: Some("person".into()) };
        assert_eq!(amount_words(&amount(Some(11.0), None)), "11 or more");
        assert_eq!(amount_words(&amount(Some(6000.0), Some(6000.0))), "6,000");
        assert_eq!(amount_words(&amount(None, Some(1_234_567.5))), "1,234,567.5 or fewer");
    }
}
