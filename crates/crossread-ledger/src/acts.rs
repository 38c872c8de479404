//! One act among several: "attacks in the city killed 27", and of one of them, "another attack killed five".

use crate::statement::Statement;

static ACTS: &str = include_str!("../data/incident_words.txt");

/// How many acts a claim says did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Acts {
    One,
    Several,
}

/// The number of acts in the words for what did it; `None` where it is no act, or not told.
fn acts(statement: &Statement<'_>) -> Option<Acts> {
    statement
        .claim
        .arguments
        .iter()
        .filter(|a| matches!(a.role.as_str(), "cause" | "agent"))
        .find_map(|argument| {
            let head = statement.text(argument.head.unwrap_or(argument.span)).to_lowercase();
            ACTS.lines().find_map(|act| match head.strip_prefix(act)? {
                "" => Some(Acts::One),
                "s" | "es" => Some(Acts::Several),
                _ => None,
            })
        })
}

/// Whether `part` counts what one act did, and `whole` what several did, as far as the places tell.
pub(crate) fn one_of_several(part: &Statement<'_>, whole: &Statement<'_>) -> bool {
    let site = |statement: &Statement<'_>| {
        statement.place.as_ref().filter(|site| !site.wide).map(|site| site.key.clone())
    };
    let elsewhere = matches!((site(part), site(whole)), (Some(a), Some(b)) if a != b);
    !elsewhere && acts(part) == Some(Acts::One) && acts(whole) == Some(Acts::Several)
}
