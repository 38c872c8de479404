//! How two statements stand to each other on one question. The order of the tests is DESIGN's: the same scope? the
//! same time? then the same value?

use crossread_record::{Aspect, Later, Relation};

use crate::facet::{Facet, Reply};
use crate::frames;
use crate::rules::number::{Fit, fit};
use crate::statement::{Figure, Statement};

/// A relation with the rule that gave it and the reason in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ruling {
    pub(crate) relation: Relation,
    pub(crate) rule: &'static str,
    pub(crate) later: Option<Later>,
    pub(crate) why: String,
}

fn ruling(relation: Relation, rule: &'static str, why: impl Into<String>) -> Ruling {
    Ruling { relation, rule, later: None, why: why.into() }
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
    Some(match (&a.1.reply, &b.1.reply) {
        (Reply::Number(x), Reply::Number(y)) => numbers((a.0, x), (b.0, y)),
        (Reply::Holds, Reply::Holds) => {
            let ruling = holds(a.0, b.0);
            // Two claims of one kind with nothing but other figures in them do not bear each other out; what the
            // figures are to each other is asked apart.
            if ruling.relation == Relation::Agree && other_figures(a.0, b.0) {
                return None;
            }
            ruling
        }
        (Reply::Time(x), Reply::Time(y)) => {
            if x == y {
                ruling(Relation::Agree, "same_time", "the same time")
            } else if x.contains(y) || y.contains(x) {
                ruling(Relation::Refine, "time_within", "one time lies within the other")
            } else if x.overlaps(y) {
                ruling(Relation::Unknown, "times_overlap", "the times overlap in part")
            } else if !a.0.plain() || !b.0.plain() {
                ruling(
                    Relation::Unknown,
                    "not_said_as_fact",
                    "one of them is not said as a plain fact",
                )
            } else {
                ruling(Relation::Contradict, "other_time", "two times for one happening")
            }
        }
        (Reply::Place(x), Reply::Place(y)) => {
            if x.key == y.key {
                ruling(Relation::Agree, "same_place", "the same place")
            } else if x.wide != y.wide {
                ruling(Relation::Refine, "place_within", "a place, and a wider area")
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

/// Whether both state figures, none of which is in the other.
fn other_figures(a: &Statement<'_>, b: &Statement<'_>) -> bool {
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

fn numbers(a: (&Statement<'_>, &Figure), b: (&Statement<'_>, &Figure)) -> Ruling {
    let ((left, x), (right, y)) = (a, b);
    let how = fit(&x.amount, &y.amount);
    if how == Fit::Unlike {
        return ruling(Relation::DifferInScope, "other_unit", "measured in unlike units");
    }
    if left.negative() != right.negative() {
        return match how {
            Fit::Same => ruling(
                Relation::Deny,
                "figure_denied",
                "one says the figure is so, the other that it is not",
            ),
            _ => ruling(Relation::Unknown, "one_negated", "one of them says what is not so"),
        };
    }
    if x.share_of != y.share_of && !x.share_of.is_empty() && !y.share_of.is_empty() {
        return ruling(Relation::DifferInScope, "other_whole", "shares of unlike wholes");
    }
    let part = |figure: &Figure| figure.sense.as_deref() == Some("part");
    if part(x) != part(y) && how != Fit::Same {
        return ruling(
            Relation::DifferInScope,
            "part_of",
            "one is a part of what the other counts",
        );
    }
    let fresh = |figure: &Figure| figure.sense.as_deref() == Some("new");
    if fresh(x) != fresh(y) && how != Fit::Same {
        return ruling(Relation::DifferInScope, "new_and_all", "new ones against all");
    }
    if how == Fit::Same {
        return ruling(Relation::Agree, "same_number", "the same number");
    }
    if let (Some(a), Some(b)) = (&left.place, &right.place)
        && a.key != b.key
        && !(a.wide || b.wide)
    {
        return ruling(Relation::DifferInScope, "other_area", "counted in two places");
    }
    if let (Some(a), Some(b)) = (&left.when, &right.when)
        && !a.overlaps(b)
        && a.days_apart(b) > 1
    {
        return later_state(left, right, how).unwrap_or_else(|| {
            ruling(Relation::DifferInScope, "other_period", "counted over two periods")
        });
    }
    if !left.plain() || !right.plain() {
        return ruling(
            Relation::Unknown,
            "not_said_as_fact",
            "one of them is not said as a plain fact",
        );
    }
    match how {
        Fit::FirstWithin | Fit::SecondWithin | Fit::Overlap => {
            ruling(Relation::Refine, "within_bounds", "one lies within the bounds of the other")
        }
        _ => later_state(left, right, how).unwrap_or_else(|| {
            let rule = if left.headline != right.headline && left.report == right.report {
                "headline_against_text"
            } else {
                "other_number"
            };
            ruling(Relation::Contradict, rule, "the numbers cannot both hold")
        }),
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
    Some(Ruling {
        relation: Relation::Supersede,
        rule: "later_report",
        later: Some(later),
        why: "told later, of a thing that changes".to_owned(),
    })
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
        return Ruling {
            relation: Relation::Supersede,
            rule: "planned_then_done",
            later: Some(if ahead(a) { Later::B } else { Later::A }),
            why: "one tells it as to come, the other as done".to_owned(),
        };
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
        return Ruling {
            relation: Relation::Supersede,
            rule: "not_yet_then_done",
            later: Some(if a.negative() { Later::B } else { Later::A }),
            why: "one tells that it has not happened, the other that it has".to_owned(),
        };
    }
    if !opposed && a.claim.frame != b.claim.frame {
        return ruling(Relation::Unknown, "unlike_kinds", "what is denied is not what is said");
    }
    if !opposed && a.negative() != b.negative() {
        let denier = if a.negative() { a } else { b };
        if denier.claim.attribution.is_empty() {
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
        return ruling(
            Relation::Unknown,
            "not_said_as_fact",
            "one of them is not said as a plain fact",
        );
    }
    let states = |statement: &Statement<'_>| frames::frame(&statement.claim.frame).is_some();
    if let Some(later) = order(a, b).filter(|_| states(a) && states(b)) {
        return Ruling {
            relation: Relation::Supersede,
            rule: "opposed_later",
            later: Some(later),
            why: "opposed, and told of two times".to_owned(),
        };
    }
    ruling(Relation::Contradict, "opposed", "the two cannot both hold at once")
}
