//! A report agrees with itself: a name is of one kind throughout, and a name found once is found everywhere.

use std::collections::BTreeMap;

use crossread_record::EntityType;

use super::doc::Doc;
use super::{Board, Ground, Name};
use crate::fold;

/// Words that are names only where a table or the text says so.
const SHORTEST: usize = 3;

pub(super) fn agree(doc: &Doc<'_>, board: &mut Board) {
    super::cue::put_listed(doc, board);
    put_last_names(doc, board);
    let kinds = kinds(doc, board);
    for name in board.all() {
        let Some(vote) = kinds.get(&key(doc, &name.range)) else { continue };
        if let Some(name) = board.at_mut(name.range.start) {
            if name.ground < vote.ground
                || (name.ground == vote.ground && name.ground < Ground::Cue)
            {
                name.kind = vote.kind;
            }
            if name.actor.is_none() && name.kind == vote.kind {
                name.actor.clone_from(&vote.actor);
            }
        }
    }
    spread(doc, board, &kinds);
}

/// A last name that stands alone several times, is called a person at least once by the parser and is no word of the
/// report, is a person wherever nothing firmer says otherwise. Of the parser's tags the others are then its misses.
fn put_last_names(doc: &Doc<'_>, board: &mut Board) {
    #[derive(Default)]
    struct Seen {
        alone: Vec<usize>,
        person: usize,
        word: bool,
    }
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for (at, token) in doc.tokens.iter().enumerate() {
        let word = doc.word(at);
        let key = word.to_lowercase();
        if !super::tagger::is_last_name(&key) {
            continue;
        }
        let seen = seen.entry(key).or_default();
        if !doc.capital(at) {
            seen.word = true;
            continue;
        }
        let beside =
            |other: usize| doc.sentence.get(other) == doc.sentence.get(at) && doc.capital(other);
        let alone = !beside(at + 1)
            && !at
                .checked_sub(1)
                .is_some_and(|before| beside(before) && !doc.starts_sentence(before));
        let firm = board.at(at).is_some_and(|name| name.ground > Ground::Gazetteer);
        if alone && !firm && word.len() > 3 {
            seen.alone.push(at);
            seen.person += usize::from(token.ent == "B-PERSON");
        }
    }
    for seen in seen.into_values() {
        let (found, many) = (seen.person, seen.alone.len());
        if seen.word || found == 0 || many < 3 || found * 5 < many {
            continue;
        }
        for at in seen.alone {
            let range = at..at + 1;
            if board.at(at).is_some_and(|old| old.range != range) {
                continue;
            }
            board.put(Name {
                span: doc.span(&range),
                range,
                kind: EntityType::Person,
                ground: Ground::Cue,
                actor: None,
            });
        }
    }
}

/// What the mentions of a name have in common: its folded words, without an article that a hyphen ties to them, so that
/// "al-Tolani" and "Tolani" are one name.
fn key(doc: &Doc<'_>, range: &std::ops::Range<usize>) -> String {
    let words = doc.words(range);
    let bare = words
        .split_once('-')
        .filter(|(article, _)| fold::is_article(&article.to_lowercase()))
        .map(|(_, rest)| fold::fold(rest))
        .filter(|rest| rest.len() >= SHORTEST);
    bare.unwrap_or_else(|| fold::fold(words))
}

struct Vote {
    kind: EntityType,
    ground: Ground,
    actor: Option<String>,
}

/// How often a name is of which kind and on what ground, with the actor it was found to be.
type Tally = BTreeMap<(Ground, EntityType), (usize, Option<String>)>;

/// The kind of each name: that of its best grounded mentions, by their majority.
fn kinds(doc: &Doc<'_>, board: &Board) -> BTreeMap<String, Vote> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    // A person's last name speaks for the person.
    let mut last_names: BTreeMap<String, usize> = BTreeMap::new();
    for name in board.all() {
        let entry = tallies
            .entry(key(doc, &name.range))
            .or_default()
            .entry((name.ground, name.kind))
            .or_default();
        entry.0 += 1;
        if entry.1.is_none() {
            entry.1.clone_from(&name.actor);
        }
        if name.kind == EntityType::Person
            && name.range.len() >= 2
            && name.ground < Ground::Gazetteer.max(Ground::Cue)
        {
            *last_names.entry(doc.folded(&(name.range.end - 1..name.range.end))).or_default() += 1;
        }
    }
    tallies
        .into_iter()
        .filter_map(|(key, tally)| {
            let best = tally.keys().map(|(ground, _)| *ground).max()?;
            let person = last_names.get(&key).copied().unwrap_or(0);
            let best = if person > 0 && best == Ground::Model { Ground::Elsewhere } else { best };
            if best == Ground::Elsewhere {
                return Some((key, Vote { kind: EntityType::Person, ground: best, actor: None }));
            }
            let ((ground, kind), (_, actor)) = tally
                .into_iter()
                .filter(|((ground, _), _)| *ground == best)
                // Of equals, the type that comes first in the record's list.
                .max_by_key(|((_, kind), (count, _))| (*count, std::cmp::Reverse(*kind)))?;
            Some((key, Vote { kind, ground, actor }))
        })
        .collect()
}

/// Finds each name wherever the same words stand.
fn spread(doc: &Doc<'_>, board: &mut Board, kinds: &BTreeMap<String, Vote>) {
    // An article and its hyphen may come on top.
    let longest = board.all().iter().map(|name| name.range.len() + 2).max().unwrap_or(0).min(8);
    let mut at = 0;
    while at < doc.tokens.len() {
        if board.at(at).is_some() || !doc.name_like(at) || doc.is_the(at) {
            at += 1;
            continue;
        }
        let hit = (at + 1..=(at + longest).min(doc.tokens.len())).rev().find_map(|end| {
            let range = at..end;
            if doc.sentence[end - 1] != doc.sentence[at]
                || range.clone().any(|i| board.at(i).is_some())
                || !doc.capital(end - 1)
            {
                return None;
            }
            let key = key(doc, &range);
            let vote = kinds.get(&key).filter(|_| key.len() >= SHORTEST)?;
            // One word at the start of a sentence, which no other tag calls a name, is likely a word.
            let tagged = doc.tokens[at].tag.starts_with("NNP");
            (tagged || range.len() > 1 || vote.ground >= Ground::Table).then_some((range, vote))
        });
        match hit {
            Some((range, vote)) => {
                at = range.end;
                board.put(Name {
                    span: doc.span(&range),
                    range,
                    kind: vote.kind,
                    ground: vote.ground.min(Ground::Elsewhere),
                    actor: vote.actor.clone(),
                });
            }
            None => at += 1,
        }
    }
}
