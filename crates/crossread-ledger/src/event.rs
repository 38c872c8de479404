//! Which claims are about one happening.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::frames;
use crate::likeness::{Rarity, WEIGHTS, likeness};
use crate::statement::Statement;
use crossread_record::Argument;

/// How many statements under one key are compared with each other; beyond it each meets its nearest in time only, so
/// that the work stays in proportion to the pile.
const NEAREST: usize = 48;

/// Groups statements, each in exactly one group; the groups hold indices in ascending order and are ordered by their
/// first.
pub(crate) fn group(statements: &[Statement<'_>], rarity: &Rarity) -> Vec<Vec<usize>> {
    let mut links: Vec<(u64, usize, usize)> = Vec::new();
    for (a, b) in candidates(statements, rarity) {
        let alike = likeness(&statements[a], &statements[b], rarity);
        if alike >= WEIGHTS.link {
            links.push(((alike * 1e6) as u64, a, b));
        }
    }
    // The surest first; equals by place in the pile, which does not depend on the order of files.
    links.sort_unstable_by_key(|&(alike, a, b)| (std::cmp::Reverse(alike), a, b));
    let mut group_of: Vec<usize> = (0..statements.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..statements.len()).map(|index| vec![index]).collect();
    for (_, a, b) in links {
        let (mut into, mut from) = (group_of[a], group_of[b]);
        if into == from {
            continue;
        }
        if groups[into].len() < groups[from].len() {
            std::mem::swap(&mut into, &mut from);
        }
        let apart = groups[from].iter().take(NEAREST).any(|&left| {
            groups[into]
                .iter()
                .take(NEAREST)
                .any(|&right| conflict(&statements[left], &statements[right], rarity))
        });
        if apart {
            continue;
        }
        let moved = std::mem::take(&mut groups[from]);
        for &index in &moved {
            group_of[index] = into;
        }
        groups[into].extend(moved);
    }
    let mut groups: Vec<Vec<usize>> =
        groups.into_iter().filter(|group| !group.is_empty()).collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups
}

/// Pairs that share their matter and a word of who or what takes part, each once.
fn candidates(statements: &[Statement<'_>], rarity: &Rarity) -> Vec<(usize, usize)> {
    let mut blocks: FxHashMap<(&str, &SmolStr), Vec<usize>> = FxHashMap::default();
    for (index, statement) in statements.iter().enumerate() {
        let keys = match () {
            () if statement.tallies() => &statement.context,
            () if statement.who.is_empty() => &statement.words,
            () => &statement.who,
        };
        for key in keys {
            if rarity.count(key) > 0 || keys.len() < 3 {
                blocks.entry((statement.matter, key)).or_default().push(index);
            }
        }
    }
    let mut pairs = Vec::new();
    for block in blocks.values() {
        for (at, &a) in block.iter().enumerate() {
            pairs.extend(block[at + 1..].iter().take(NEAREST).map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Whether two named or described actors do it, not one: one side's taking is not against the other's losing.
fn other_agents(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let agents = |statement: &Statement<'_>| -> Vec<SmolStr> {
        let agents = statement.claim.in_role("agent");
        agents.flat_map(|argument| crate::keys::keys(statement.text(argument.span))).collect()
    };
    let (left, right) = (agents(a), agents(b));
    !left.is_empty() && !right.is_empty() && !left.iter().any(|key| right.contains(key))
}

fn common_name(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let (left, right) = (a.names(), b.names());
    left.iter().any(|name| right.contains(name))
}

/// Whether the same thing fills a role other than the agent's in both, or they are a toll of one kind.
fn aligned(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    if a.tallies() && b.tallies() && a.claim.frame == b.claim.frame {
        return true;
    }
    if a.objects.is_empty() && b.objects.is_empty() {
        return !a.who.is_empty() && a.who.iter().any(|key| b.who.contains(key));
    }
    a.objects.iter().any(|key| b.objects.contains(key))
}

/// Whether a person said of those who fill one role in both that they are two.
fn told_apart(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    fn key<'a>(statement: &Statement<'a>, argument: &Argument) -> Option<&'a str> {
        let entity = statement.record.grounded.entity(argument.entity?)?;
        entity.canonical.as_deref().filter(|_| entity.told_apart())
    }
    a.claim.arguments.iter().any(|one| {
        key(a, one).is_some_and(|left| {
            let mut others =
                b.claim.in_role(&one.role).filter_map(|argument| key(b, argument)).peekable();
            others.peek().is_some() && others.all(|right| left != right)
        })
    })
}

/// Whether two statements cannot be about one happening, however alike they are: the role that tells one happening
/// of this kind from another is filled by two different named people.
fn conflict(a: &Statement<'_>, b: &Statement<'_>, rarity: &Rarity) -> bool {
    if told_apart(a, b) {
        return true;
    }
    // "Found no sign" and "found all of them" are not against each other: what is denied must be what is said.
    let against = a.negative() != b.negative() || frames::opposed(&a.claim.frame, &b.claim.frame);
    if against && (!aligned(a, b) || other_agents(a, b)) {
        return true;
    }
    // What follows or stands against another act is of the same matter only where it is done to the same thing; and
    // one sentence that tells both ("lost the towns it had captured") tells them one after the other.
    let unlike = a.claim.frame != b.claim.frame;
    let together = a.report == b.report && a.sentence == b.sentence;
    if unlike && (together || !aligned(a, b)) {
        return true;
    }
    // One report's words of a kind are of one happening only where they speak of the same things.
    if a.report == b.report && a.claim.frame.starts_with("open.") && !aligned(a, b) {
        return true;
    }
    if a.claim.frame != b.claim.frame {
        return false;
    }
    // "Advisers took part in battles" and "a fighter took part in the battle": two that do the like in two stories, where
    // no name says that they do it to the same.
    if other_agents(a, b) && !rarity.one_story(a.report, b.report) && !common_name(a, b) {
        return true;
    }
    let Some(frame) = frames::frame(&a.claim.frame) else { return false };
    frame.same_if.iter().any(|role| {
        let named = |statement: &Statement<'_>| -> Vec<SmolStr> {
            let persons =
                statement.claim.in_role(role).filter_map(|argument| statement.person(argument));
            persons.flat_map(crate::keys::name_keys).collect()
        };
        let (left, right) = (named(a), named(b));
        !left.is_empty() && !right.is_empty() && !left.iter().any(|key| right.contains(key))
    })
}
