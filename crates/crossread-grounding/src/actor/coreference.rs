//! Mentions that are no names: "the prime minister", "the group", "he". Each only where one entity alone can be meant.

use std::collections::{BTreeMap, BTreeSet};

use crossread_base::{EntityId, Span};
use crossread_record::{Entity, EntityType, Mention, MentionKind};

use crate::name::Name;
use crate::name::doc::Doc;

/// Offices that a person is called by.
const OFFICES: [&str; 34] = [
    "prime minister",
    "foreign minister",
    "interior minister",
    "defense minister",
    "defence minister",
    "finance minister",
    "vice president",
    "president",
    "premier",
    "minister",
    "secretary of defense",
    "secretary of state",
    "secretary",
    "chancellor",
    "governor",
    "mayor",
    "senator",
    "general",
    "colonel",
    "commander",
    "captain",
    "ambassador",
    "spokesman",
    "spokeswoman",
    "cleric",
    "king",
    "queen",
    "prince",
    "pope",
    "bishop",
    "sheriff",
    "judge",
    "coach",
    "chairman",
];

pub(super) fn add(
    doc: &Doc<'_>,
    names: &[Name],
    of_name: &[Option<EntityId>],
    entities: &mut [Entity],
) {
    let mut found: Vec<(EntityId, Mention)> = Vec::new();
    let kinds: BTreeMap<EntityId, EntityType> =
        entities.iter().map(|entity| (entity.id, entity.kind)).collect();
    let name_at: BTreeMap<usize, usize> = names
        .iter()
        .enumerate()
        .flat_map(|(index, name)| name.range.clone().map(move |token| (token, index)))
        .collect();
    offices(doc, names, of_name, &name_at, &mut found);
    window(doc, names, of_name, &kinds, &name_at, &mut found);
    for (id, mention) in found {
        if let Some(entity) = entities.iter_mut().find(|entity| entity.id == id) {
            entity.mentions.push(mention);
        }
    }
}

/// How many tokens of an office stand at `at`, and which.
fn office_at(doc: &Doc<'_>, at: usize) -> Option<(usize, String)> {
    let word = |index: usize| doc.word(index).to_lowercase();
    (1..=3).rev().find_map(|length| {
        let words = (at..at + length).map(word).collect::<Vec<_>>().join(" ");
        OFFICES.contains(&words.as_str()).then_some((length, words))
    })
}

/// "the prime minister", after "Prime Minister A. B." or "A. B., the prime minister".
fn offices(
    doc: &Doc<'_>,
    names: &[Name],
    of_name: &[Option<EntityId>],
    name_at: &BTreeMap<usize, usize>,
    found: &mut Vec<(EntityId, Mention)>,
) {
    let mut holders: BTreeMap<String, BTreeSet<EntityId>> = BTreeMap::new();
    for (name, id) in names.iter().zip(of_name) {
        let (EntityType::Person, Some(id)) = (name.kind, id) else { continue };
        let start = name.range.start;
        for length in (1..=3).rev().filter(|&length| length <= start) {
            if let Some((n, office)) = office_at(doc, start - length).filter(|(n, _)| *n == length)
                && doc.sentence[start - n] == doc.sentence[start]
            {
                holders.entry(office).or_default().insert(*id);
                break;
            }
        }
        if doc.after(name.range.end) == "," {
            let at = name.range.end
                + 1
                + usize::from(matches!(doc.word(name.range.end + 1), "the" | "a"));
            if let Some((_, office)) =
                office_at(doc, at).filter(|_| doc.sentence.get(at) == doc.sentence.get(start))
            {
                holders.entry(office).or_default().insert(*id);
            }
        }
    }
    let mut at = 0;
    while at + 1 < doc.tokens.len() {
        let article = matches!(doc.word(at), "the" | "The");
        let next =
            office_at(doc, at + 1).filter(|_| article && doc.sentence[at] == doc.sentence[at + 1]);
        let Some((length, office)) = next else {
            at += 1;
            continue;
        };
        let end = at + 1 + length;
        let one = holders.get(&office).filter(|ids| ids.len() == 1).and_then(|ids| ids.first());
        // Not where a name follows, or where it is somebody else's: "the president of Marrow".
        let free = !name_at.contains_key(&end)
            && !(at..end).any(|i| name_at.contains_key(&i))
            && !matches!(doc.after(end), "of" | "for");
        if let (Some(id), true) = (one, free) {
            let span = Span::new(doc.tokens[at].span.start, doc.tokens[end - 1].span.end);
            found.push((*id, Mention { span, how: MentionKind::Title }));
        }
        at = end;
    }
}

/// "he" and "the group", by who was named in this sentence and the one before; not within quotations.
fn window(
    doc: &Doc<'_>,
    names: &[Name],
    of_name: &[Option<EntityId>],
    kinds: &BTreeMap<EntityId, EntityType>,
    name_at: &BTreeMap<usize, usize>,
    found: &mut Vec<(EntityId, Mention)>,
) {
    // The entities named in the sentence so far, and in the one before.
    let mut here: Vec<(EntityType, EntityId)> = Vec::new();
    let mut before: Vec<(EntityType, EntityId)> = Vec::new();
    let mut sentence = u32::MAX;
    let mut paragraph_end = 0;
    // Within a quotation "he" is told by its speaker, of whom the text around it says nothing.
    let mut quoted = false;
    for at in (0..doc.tokens.len()).filter(|&at| doc.tells(at)) {
        if doc.sentence[at] != sentence {
            // A blank line ends what "he" can reach.
            let gap = doc.text.get(paragraph_end..doc.tokens[at].span.start as usize).unwrap_or("");
            quoted &= !gap.contains('\n');
            before =
                if gap.matches('\n').count() > 1 { Vec::new() } else { std::mem::take(&mut here) };
            here.clear();
            sentence = doc.sentence[at];
        }
        paragraph_end = doc.tokens[at].span.end as usize;
        if let Some(&index) = name_at.get(&at) {
            if let Some(id) = of_name[index].filter(|_| names[index].range.start == at) {
                here.push((kinds.get(&id).copied().unwrap_or(names[index].kind), id));
            }
            continue;
        }
        let only = |wanted: EntityType| {
            let all: BTreeSet<EntityId> = before
                .iter()
                .chain(&here)
                .filter(|(kind, _)| *kind == wanted)
                .map(|(_, id)| *id)
                .collect();
            all.first().copied().filter(|_| all.len() == 1)
        };
        let word = doc.word(at);
        match word {
            "“" => quoted = true,
            "”" => quoted = false,
            "\"" => quoted = !quoted,
            _ => {}
        }
        if quoted {
            continue;
        }
        if matches!(
            word,
            "he" | "He"
                | "him"
                | "his"
                | "His"
                | "she"
                | "She"
                | "her"
                | "Her"
                | "himself"
                | "herself"
        ) {
            if let Some(id) = only(EntityType::Person) {
                found.push((id, Mention { span: doc.tokens[at].span, how: MentionKind::Pronoun }));
            }
        } else if matches!(word, "the" | "The")
            && matches!(
                doc.after(at + 1),
                "group" | "militia" | "organization" | "organisation" | "movement"
            )
            && doc.tokens.get(at + 2).is_none_or(|next| !next.tag.starts_with("NN"))
            && !matches!(doc.after(at + 2), "of" | "that" | "whose" | "which")
            && let Some(id) = only(EntityType::Org)
        {
            let span = Span::new(doc.tokens[at].span.start, doc.tokens[at + 1].span.end);
            found.push((id, Mention { span, how: MentionKind::Title }));
        }
    }
}
