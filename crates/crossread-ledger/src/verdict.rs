//! How two statements stand to each other on one question. The order of the tests is DESIGN's: the same scope? the
//! same time? then the same value?

use crossread_record::{Aspect, Later, Relation};

use crate::acts::one_of_several;
use crate::facet::{Facet, Reply};
use smol_str::SmolStr;

use crate::frames;
use crate::persons;
use crate::rules::number::{Fit, fit};
use crate::rules::said_time::{Met, SaidTime};
use crate::statement::{Figure, Statement};
use crate::table::{lines, whole_word};

/// A relation with the rule that gave it and the reason in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ruling {
    pub(crate) relation: Relation,
    pub(crate) rule: &'static str,
    pub(crate) later: Option<Later>,
    pub(crate) why: String,
}

/// A ruling under which neither is the later.
pub(crate) fn ruling(relation: Relation, rule: &'static str, why: impl Into<String>) -> Ruling {
    Ruling { relation, rule, later: None, why: why.into() }
}

/// That one is told as what was first said, and the other as what came out; `later` is the other.
pub(crate) fn as_first_told(later: Later) -> Ruling {
    superseded("first_account", later, "one is told as what was first said")
}

/// That one is the later state of the other.
pub(crate) fn superseded(rule: &'static str, later: Later, why: &str) -> Ruling {
    Ruling { later: Some(later), ..ruling(Relation::Supersede, rule, why) }
}

/// How `a` stands to `b`, both answering one question; `None` where there is nothing to say.
pub(crate) fn judge(a: (&Statement<'_>, &Facet), b: (&Statement<'_>, &Facet)) -> Option<Ruling> {
    if a.0.claim.frame == b.0.claim.frame
        && a.0.words == b.0.words
        && a.0.negative() == b.0.negative()
        && a.0.text(a.1.span) == b.0.text(b.1.span)
    {
        // Before any reckoning: a reprint's "6 p.m." is the wire's, whatever day each counts from.
        return Some(ruling(Relation::Agree, "same_words", "the same words"));
    }
    if let Some(later) = first_account(a.0, b.0)
        && matches!((&a.1.reply, &b.1.reply), (Reply::Holds, Reply::Holds) | (Reply::Place(_), _))
        && (!same_words(a.0, b.0) || a.0.claim.frame != b.0.claim.frame)
    {
        return Some(as_first_told(later));
    }
    Some(match (&a.1.reply, &b.1.reply) {
        (Reply::Number(x), Reply::Number(y)) => numbers((a.0, x), (b.0, y))?,
        (Reply::Holds, Reply::Holds) => {
            let ruling = holds(a.0, b.0);
            // Two claims of one kind with nothing but other figures in them do not bear each other out; what the
            // figures are to each other is asked apart.
            let idle = other_figures(a.0, b.0) || !same_words(a.0, b.0);
            if ruling.relation == Relation::Agree && idle {
                return None;
            }
            ruling
        }
        (Reply::Time(x), Reply::Time(y)) => times((a.0, x), (b.0, y))?,
        (Reply::Place(x), Reply::Place(y)) => {
            if x.key == y.key {
                ruling(Relation::Agree, "same_place", "the same place")
            } else if x.wide != y.wide {
                ruling(Relation::Refine, "place_within", "a place, and a wider area")
            } else if a.0.report != b.0.report
                && a.0.plain()
                && b.0.plain()
                && a.0.claim.frame == b.0.claim.frame
                && x.far_from(y)
            {
                ruling(Relation::Contradict, "far_place", "two places far apart for one happening")
            } else {
                ruling(
                    Relation::Unknown,
                    "other_place",
                    "two places; the map does not tell whether one holds the other",
                )
            }
        }
        _ => ruling(Relation::Unknown, "unlike_answers", "the answers are of unlike kinds"),
    })
}

/// Whether at least half of the words of the shorter clause are in the other: two reports that tell of a death do not
/// bear each other out in all that they tell of it.
fn same_words(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let shared = a.words.iter().filter(|key| b.words.contains(key)).count();
    2 * shared >= a.words.len().min(b.words.len())
}

/// Whether both state figures, none of which is in the other.
pub(crate) fn other_figures(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    !a.figures.is_empty()
        && !b.figures.is_empty()
        && !a.figures.iter().any(|x| {
            b.figures.iter().any(|y| {
                !matches!(
                    fit(&x.amount, &y.amount),
                    Fit::FirstBelow | Fit::SecondBelow | Fit::Unlike
                )
            })
        })
}

/// How two days or hours stand to each other; `None` where they tell of unlike things.
fn times(a: (&Statement<'_>, &SaidTime), b: (&Statement<'_>, &SaidTime)) -> Option<Ruling> {
    let ((left, x), (right, y)) = (a, b);
    let met = x.met(y);
    Some(match met {
        Met::Unlike => return None,
        Met::Same => ruling(Relation::Agree, "same_time", "the same time, as far as both tell"),
        Met::Within => ruling(
            Relation::Refine,
            "time_within",
            "one tells the time more closely than the other",
        ),
        Met::OtherDay | Met::OtherHour if !left.plain() || !right.plain() => not_as_fact(),
        Met::OtherDay => ruling(Relation::Contradict, "other_day", "two days for one happening"),
        Met::OtherHour => {
            ruling(Relation::Contradict, "other_hour", "two times of day for one happening")
        }
    })
}

fn not_as_fact() -> Ruling {
    ruling(Relation::Unknown, "not_said_as_fact", "one of them is not said as a plain fact")
}

/// How two figures stand to each other; `None` where nothing can be said.
fn numbers(a: (&Statement<'_>, &Figure), b: (&Statement<'_>, &Figure)) -> Option<Ruling> {
    let ((left, x), (right, y)) = (a, b);
    let how = fit(&x.amount, &y.amount);
    let apart = matches!(how, Fit::FirstBelow | Fit::SecondBelow);
    if how == Fit::Unlike {
        return None;
    }
    if left.negative() != right.negative() {
        return Some(match how {
            Fit::Same => ruling(
                Relation::Deny,
                "figure_denied",
                "one says the figure is so, the other that it is not",
            ),
            _ => ruling(Relation::Unknown, "one_negated", "one of them says what is not so"),
        });
    }
    if x.was_before() != y.was_before() && how != Fit::Same {
        return Some(superseded(
            "told_as_before",
            if x.was_before() { Later::B } else { Later::A },
            "one is told as what the number was before",
        ));
    }
    if let Some(later) = first_account(left, right).filter(|_| how != Fit::Same) {
        return Some(as_first_told(later));
    }
    if let Some(later) = risen_to((left, x), (right, y), how) {
        return Some(superseded("risen_to", later, "one is told as what the number has come to"));
    }
    if how != Fit::Same
        && let Some(ruling) = other_scope((left, x), (right, y))
    {
        return Some(ruling);
    }
    if how == Fit::Same {
        // The five killed are not the five shot: nothing to say where one only includes the other.
        let part = includes(left, right) || includes(right, left);
        return (!part).then(|| ruling(Relation::Agree, "same_number", "the same number"));
    }
    // "8- and 10-year-old girls" and "girls aged 6 and 8": nobody tells which is whose.
    let several = |statement: &Statement<'_>| {
        statement.figures.iter().filter(|figure| figure.age && figure.of.is_none()).count() > 1
    };
    if x.age && apart {
        return (!several(left) && !several(right)).then(|| ages(left, right));
    }
    // "Up to 70" and "up to 80" each tell the most that it was.
    let mosts = [x, y].iter().all(|figure| figure.amount.min.is_none());
    if !mosts && matches!(how, Fit::FirstWithin | Fit::SecondWithin | Fit::Overlap) {
        // "27 died" and, further down, "another attack killed at least five": no closer word on one toll.
        if left.report == right.report && far(x, y) {
            let why = "one report gives both, one far from the other";
            return Some(ruling(Relation::DifferInScope, "part_in_one_report", why));
        }
        let why = "one lies within the bounds of the other";
        return Some(ruling(Relation::Refine, "within_bounds", why));
    }
    if !left.plain() || !right.plain() {
        return Some(not_as_fact());
    }
    if left.report == right.report
        && left.headline == right.headline
        && !alike(left, right)
        && !(measured(x) && two_voices(left, right))
    {
        let why = "one report gives both, of two things or two moments";
        return Some(ruling(Relation::DifferInScope, "both_in_one_report", why));
    }
    Some(later_state(left, right, how).unwrap_or_else(|| {
        let rule = if left.headline != right.headline && left.report == right.report {
            "headline_against_text"
        } else {
            "other_number"
        };
        ruling(Relation::Contradict, rule, "the numbers cannot both hold")
    }))
}

/// Which of two is the later, where a toll is told to have risen to the greater: "three killed", "the toll rose to 10".
fn risen_to(
    (left, x): (&Statement<'_>, &Figure),
    (right, y): (&Statement<'_>, &Figure),
    how: Fit,
) -> Option<Later> {
    let risen = |figure: &Figure| figure.sense.as_deref() == Some("cumulative");
    if left.claim.frame != right.claim.frame || left.report == right.report || risen(x) == risen(y)
    {
        return None;
    }
    match how {
        Fit::FirstBelow if risen(y) => Some(Later::B),
        Fit::SecondBelow if risen(x) => Some(Later::A),
        _ => None,
    }
}

/// Whether one figure is more than twice the other.
fn far(a: &Figure, b: &Figure) -> bool {
    let value = |figure: &Figure| figure.amount.min.or(figure.amount.max);
    match (value(a), value(b)) {
        (Some(x), Some(y)) => x > 2.0 * y || y > 2.0 * x,
        _ => false,
    }
}

/// Whether two claims say the same of the same in nearly the same words.
fn alike(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let shared = a.context.iter().filter(|key| b.context.contains(key)).count();
    a.claim.frame == b.claim.frame && 2 * shared > a.context.len().min(b.context.len())
}

/// Whether two speakers, or agencies, say it: two agencies, two magnitudes.
pub(crate) fn two_voices(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    matches!((a.voice(), b.voice()), (Some(one), Some(other)) if one != other)
}

/// Whether it is a measure, and no count.
fn measured(figure: &Figure) -> bool {
    !matches!(figure.amount.unit.as_deref(), None | Some("person"))
}

/// Two ages of one person: birthdays pass, but not within a year.
fn ages(a: &Statement<'_>, b: &Statement<'_>) -> Ruling {
    match (a.told, b.told) {
        (Some(x), Some(y)) if x.days_apart(&y) > 300 => superseded(
            "older_since",
            if x.start < y.start { Later::B } else { Later::A },
            "one person's age, told at two times",
        ),
        _ => ruling(Relation::Contradict, "other_age", "two ages of one person"),
    }
}

fn includes(whole: &Statement<'_>, part: &Statement<'_>) -> bool {
    frames::includes(&whole.claim.frame, &part.claim.frame)
}

/// What tells that two figures measure unlike things of one kind: another whole, a part, an area, a period.
fn other_scope(a: (&Statement<'_>, &Figure), b: (&Statement<'_>, &Figure)) -> Option<Ruling> {
    let ((left, x), (right, y)) = (a, b);
    let scope = |rule, why: &str| Some(ruling(Relation::DifferInScope, rule, why));
    let other_words = |a: &[SmolStr], b: &[SmolStr]| {
        a.iter().any(|key| !b.contains(key)) && b.iter().any(|key| !a.contains(key))
    };
    // "Web services in Egypt" are "internet services and call centers in Egypt"; the city centre is a part of the city.
    let whole = |a: &[SmolStr], b: &[SmolStr]| {
        let shared = a.iter().filter(|key| b.contains(key)).count();
        let part = shared == a.len().min(b.len()) && a.len() != b.len();
        2 * shared >= a.len().min(b.len()) && !part
    };
    if !x.share_of.is_empty() && !y.share_of.is_empty() && !whole(&x.share_of, &y.share_of) {
        return scope("other_whole", "shares of unlike wholes");
    }
    let sense = |figure: &Figure, name: &str| figure.sense.as_deref() == Some(name);
    if sense(x, "part") != sense(y, "part") {
        return scope("part_of", "one is a part of what the other counts");
    }
    // Another report may tell of other acts: only one hand tells which is among which.
    let how = fit(&x.amount, &y.amount);
    if left.report == right.report
        && (one_of_several(left, right) && how != Fit::SecondBelow
            || one_of_several(right, left) && how != Fit::FirstBelow)
    {
        return scope("part_of", "one counts what one act did, the other what several did");
    }
    if left.report == right.report && so_far(left) != so_far(right) {
        return scope("part_so_far", "one counts all so far, the other what was told of one time");
    }
    if includes(left, right) || includes(right, left) {
        return scope("part_of_kind", "what one counts is among what the other counts");
    }
    if sense(x, "new") != sense(y, "new") {
        return scope("new_and_all", "new ones against all");
    }
    if let (Some(one), Some(other)) = (&x.of, &y.of)
        && !x.age
        && one != other
        && !persons::same_kind(one, other)
    {
        return scope("other_thing", "two things are counted");
    }
    if let (Some(a), Some(b)) = (&left.place, &right.place)
        && a.key != b.key
        && !(a.wide || b.wide)
        && !x.age
        && other_words(&left.who, &right.who)
    {
        return scope("other_area", "counted in two places");
    }
    if let (Some(a), Some(b)) = (&left.when, &right.when)
        && !a.overlaps(b)
        && a.days_apart(b) > 1
        && !x.age
    {
        return later_state(left, right, how)
            .or_else(|| scope("other_period", "counted over two periods"));
    }
    let (one, other) = (window(left), window(right));
    let earlier = |window: Option<&str>| window.is_some_and(|words| words.starts_with(EARLIER));
    if one != other && (one.is_some() && other.is_some() || earlier(one) != earlier(other)) {
        return scope("other_period", "counted over two periods");
    }
    None
}

/// Whether a sentence counts up to the day of the report: "in their five operations so far".
pub(crate) fn so_far(statement: &Statement<'_>) -> bool {
    let sentence = statement.text(statement.sentence).to_ascii_lowercase();
    [" so far", " to date", " until now"].iter().any(|words| sentence.contains(words))
}

/// What [`window`] gives for words that place a count in a time gone by.
const EARLIER: &str = "earlier";

/// The stretch back over which a claim counts, in its own words: "in the past 17 months", "since 2005", "earlier this
/// year".
fn window<'a>(statement: &Statement<'a>) -> Option<&'a str> {
    const LEADS: [&str; 5] =
        ["in the past ", "in the last ", "over the past ", "over the last ", "since "];
    const GONE: [&str; 6] = [
        "earlier this year",
        "last year",
        "earlier this month",
        "last month",
        "a year earlier",
        "a year ago",
    ];
    let text = statement.text(statement.sentence);
    let lower = text.to_ascii_lowercase();
    if GONE.iter().any(|words| lower.contains(words)) {
        return Some(EARLIER);
    }
    LEADS.iter().find_map(|lead| {
        let rest = text.get(lower.find(lead)? + lead.len()..)?;
        let end = rest.match_indices(' ').nth(1).map_or(rest.len(), |(end, _)| end);
        rest.get(..end).map(|words| words.trim_end_matches([',', '.', ' ']))
    })
}

/// Whether a sentence sets an account apart as the first: "initially reported", "was at first thought".
pub(crate) fn is_first_account(sentence: &str) -> bool {
    static PHRASES: &str = include_str!("../data/first_account.txt");
    let words = sentence.to_lowercase();
    lines(PHRASES).any(|phrase| whole_word(&words, phrase).is_some())
}

/// Which of two is the later account, where the words of one say that it was the first.
pub(crate) fn first_account(a: &Statement<'_>, b: &Statement<'_>) -> Option<Later> {
    match (a.first_account, b.first_account) {
        (true, false) => Some(Later::B),
        (false, true) => Some(Later::A),
        _ => None,
    }
}

/// How the figures stand where the later is the smaller.
fn grown_to(later: Later) -> Fit {
    match later {
        Later::A => Fit::FirstBelow,
        Later::B => Fit::SecondBelow,
    }
}

/// A later state of a changing thing, where the dates show the order.
fn later_state(a: &Statement<'_>, b: &Statement<'_>, how: Fit) -> Option<Ruling> {
    let (x, y) = (a.told?, b.told?);
    if x.overlaps(&y) {
        return None;
    }
    let changing =
        frames::frame(&a.claim.frame).is_some_and(|frame| frame.counts.is_some() || !frame.event);
    if !changing {
        return None;
    }
    let later = if x.start < y.start { Later::B } else { Later::A };
    // The dead of one happening do not grow fewer.
    if a.claim.frame == "casualties.die" && how == grown_to(later) {
        return None;
    }
    Some(superseded("later_report", later, "told later, of a thing that changes"))
}

/// "May have been set on purpose", and in a later report "was set on purpose".
pub(crate) fn then_certain(a: &Statement<'_>, b: &Statement<'_>) -> Option<Ruling> {
    let done = |statement: &Statement<'_>| statement.plain() && !statement.negative();
    let (x, y) = a.told.zip(b.told).filter(|(x, y)| !x.overlaps(y))?;
    let later = if x.start < y.start { Later::B } else { Later::A };
    let (first, then) = if later == Later::B { (a, b) } else { (b, a) };
    (first.hedged() && !first.negative() && done(then))
        .then(|| superseded("then_certain", later, "one tells it as possible, a later one as so"))
}

fn holds(a: &Statement<'_>, b: &Statement<'_>) -> Ruling {
    let opposed = frames::opposed(&a.claim.frame, &b.claim.frame);
    let against = opposed != (a.negative() != b.negative());
    let order = |first: &Statement<'_>, second: &Statement<'_>| {
        let told = first.told.zip(second.told).filter(|(x, y)| !x.overlaps(y));
        let when = first.when.zip(second.when).filter(|(x, y)| !x.overlaps(y));
        when.or(told).map(|(x, y)| if x.start < y.start { Later::B } else { Later::A })
    };
    let done = |statement: &Statement<'_>| statement.plain() && !statement.negative();
    let ahead = |statement: &Statement<'_>| {
        matches!(statement.claim.aspect, Aspect::Planned | Aspect::Forecast)
    };
    if ahead(a) != ahead(b) && (done(a) || done(b)) && !against {
        // What a report tells as done does not undo the plan that it tells beside it, nor what another told only later.
        let plan_is_later =
            matches!((order(a, b), ahead(a)), (Some(Later::A), true) | (Some(Later::B), false));
        if a.report == b.report || plan_is_later {
            return ruling(
                Relation::Unknown,
                "planned_beside_done",
                "one is told as to come, the other as done; whether it is the same is not told",
            );
        }
        return superseded(
            "planned_then_done",
            if ahead(a) { Later::B } else { Later::A },
            "one tells it as to come, the other as done",
        );
    }
    if done(a) && done(b) && !against {
        let follows = frames::later(&a.claim.frame, &b.claim.frame);
        let precedes = frames::later(&b.claim.frame, &a.claim.frame);
        // Where either may follow the other (taken, lost, taken again) only the dates tell.
        let later = match (follows, precedes) {
            (true, false) => Some(Later::B),
            (false, true) => Some(Later::A),
            (true, true) => order(a, b),
            (false, false) => None,
        };
        if later.is_some() {
            return Ruling {
                relation: Relation::Supersede,
                rule: "later_state",
                later,
                why: "the one is what follows the other".to_owned(),
            };
        }
    }
    if !against
        && a.claim.frame == b.claim.frame
        && let Some(ruling) = then_certain(a, b)
    {
        return ruling;
    }
    if !against {
        return if a.claim.frame == b.claim.frame && a.plain() == b.plain() {
            ruling(Relation::Agree, "same_claim", "both say so")
        } else {
            ruling(Relation::Unknown, "unlike_standing", "not said with the same firmness")
        };
    }
    // "No arrests have been made", "have not said": what has not happened yet may happen; the act is the later state.
    let yet = |statement: &Statement<'_>| {
        statement.negative()
            && statement.claim.aspect != Aspect::Counterfactual
            && frames::awaited(&statement.claim.frame)
    };
    if !opposed && yet(a) != yet(b) && a.negative() != b.negative() && a.report != b.report {
        return superseded(
            "not_yet_then_done",
            if a.negative() { Later::B } else { Later::A },
            "one tells that it has not happened, the other that it has",
        );
    }
    if !opposed && a.claim.frame != b.claim.frame {
        return ruling(Relation::Unknown, "unlike_kinds", "what is denied is not what is said");
    }
    if !opposed && a.negative() != b.negative() {
        let denier = if a.negative() { a } else { b };
        if denier.claim.attribution.is_empty() && !denier.denied() {
            let rule = if a.headline != b.headline && a.report == b.report {
                "headline_against_text"
            } else {
                "negated"
            };
            return ruling(
                Relation::Contradict,
                rule,
                "one says it is so, the other that it is not",
            );
        }
        return ruling(Relation::Deny, "speaker_negates", "a speaker says that it is not so");
    }
    if !a.plain() || !b.plain() {
        return not_as_fact();
    }
    let states = |statement: &Statement<'_>| frames::frame(&statement.claim.frame).is_some();
    if let Some(later) = order(a, b).filter(|_| states(a) && states(b)) {
        return superseded("opposed_later", later, "opposed, and told of two times");
    }
    ruling(Relation::Contradict, "opposed", "the two cannot both hold at once")
}
