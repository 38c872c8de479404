//! Who is who: mentions of one actor brought together, within a report and across reports.
//!
//! Within a report ([`entities`]) by the tables of known actors, by what the text defines, by full and last names, titles,
//! "the group" and pronouns; the last three only where one actor alone can be meant. Across reports [`same_actor`]
//! judges two entities, and says why; [`case`] makes of that the actors of a case, and a person may overrule it.

pub mod case;
mod coreference;
mod sameness;
pub mod table;

use std::collections::BTreeMap;

use crossread_base::EntityId;
use crossread_record::{Entity, EntityType, Mention, MentionKind, Place, SameAs};

use crate::fold;
use crate::name::doc::Doc;
use crate::name::{Definition, Name};
pub use sameness::{Judgement, Sameness, same_actor};
use table::ActorTable;

/// The entities of a report, in order of their first mention, and by name which entity it is a mention of.
/// `places` holds, by name, what it was resolved to.
pub(crate) fn entities(
    doc: &Doc<'_>,
    names: &[Name],
    definitions: &[Definition],
    places: &BTreeMap<usize, &Place>,
    actors: &ActorTable,
) -> (Vec<Entity>, Vec<Option<EntityId>>) {
    let clusters = clusters(doc, names, definitions, places);
    let mut entities: Vec<Entity> = Vec::new();
    let mut id_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut of_name = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let at = *id_of.entry(clusters[index]).or_insert_with(|| {
            entities.push(Entity {
                id: EntityId(entities.len() as u32 + 1),
                kind: name.kind,
                name: String::new(),
                same_as: SameAs::default(),
                canonical: None,
                mentions: Vec::new(),
            });
            entities.len() - 1
        });
        let entity = &mut entities[at];
        entity.canonical = entity.canonical.take().or_else(|| name.actor.clone());
        if let Some(place) = places.get(&index).filter(|_| name.kind == EntityType::Place) {
            entity.same_as.geonames = entity.same_as.geonames.or(place.geonames);
        }
        entity.mentions.push(Mention { span: name.span, how: MentionKind::Name });
        of_name.push(Some(entity.id));
    }
    for entity in &mut entities {
        settle(doc, names, &of_name, entity, actors);
    }
    coreference::add(doc, names, &of_name, &mut entities);
    for entity in &mut entities {
        entity.mentions.sort_by_key(|mention| mention.span);
    }
    (entities, of_name)
}

/// Gives an entity its fullest name, its kind by the majority of its mentions, and says which mentions are by another
/// name.
fn settle(
    doc: &Doc<'_>,
    names: &[Name],
    of_name: &[Option<EntityId>],
    entity: &mut Entity,
    actors: &ActorTable,
) {
    let own = || {
        names.iter().zip(of_name).filter(|(_, id)| **id == Some(entity.id)).map(|(name, _)| name)
    };
    let mut forms: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityType, usize> = BTreeMap::new();
    for name in own() {
        let words = name.span.text(doc.text);
        forms.entry(fold::fold(words)).or_insert((0, words)).0 += 1;
        *kinds.entry(name.kind).or_default() += 1;
    }
    let known = entity.canonical.as_deref().and_then(|id| actors.actor(id));
    let kind = known.map(|actor| actor.kind).or_else(|| {
        kinds
            .iter()
            .max_by_key(|(kind, count)| (**count, std::cmp::Reverse(**kind)))
            .map(|(kind, _)| *kind)
    });
    // The most words, then the most often used, then the longest.
    let best = forms.iter().max_by_key(|(key, (count, words))| {
        let full = key.split(' ').filter(|word| !fold::is_article(word)).count();
        (full.min(5), *count, words.len(), std::cmp::Reverse(key.as_str()))
    });
    let Some((key, (_, words))) = best else { return };
    entity.name = words.split_whitespace().collect::<Vec<_>>().join(" ");
    entity.kind = kind.unwrap_or(entity.kind);
    let full: Vec<&str> = key.split(' ').collect();
    for mention in &mut entity.mentions {
        let folded = fold::fold(mention.span.text(doc.text));
        let part = folded.split(' ').all(|word| full.contains(&word));
        let spelling = fold::loose(&folded) == fold::loose(key);
        if !part && !spelling {
            mention.how = MentionKind::Alias;
        }
    }
}

/// By name, the number of its cluster: the index of the cluster's first name.
fn clusters(
    doc: &Doc<'_>,
    names: &[Name],
    definitions: &[Definition],
    places: &BTreeMap<usize, &Place>,
) -> Vec<usize> {
    let mut sets = Sets::new(names.len());
    let keys: Vec<String> = names.iter().map(|name| fold::fold(name.span.text(doc.text))).collect();
    let mut first: BTreeMap<(u8, String), usize> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        let mut same: Vec<(u8, String)> = Vec::new();
        match name.kind {
            EntityType::Place => {
                let place = places.get(&index);
                match place.and_then(|place| place.geonames) {
                    Some(id) => same.push((0, id.to_string())),
                    None => same.push((1, fold::loose(&keys[index]))),
                }
            }
            EntityType::Person => {
                same.extend(fold::spellings(&keys[index]).map(|key| (2, key)));
            }
            EntityType::Group => same.push((3, singular(&keys[index]))),
            _ => same.push((4, singular_org(&keys[index]))),
        }
        if let Some(actor) = &name.actor {
            same = vec![(5, actor.clone())];
        }
        for key in same {
            let with = *first.entry(key).or_insert(index);
            sets.join(with, index);
        }
    }
    let by_range: BTreeMap<usize, usize> = names
        .iter()
        .enumerate()
        .flat_map(|(index, name)| name.range.clone().map(move |token| (token, index)))
        .collect();
    for definition in definitions {
        if let (Some(&a), Some(&b)) =
            (by_range.get(&definition.a.start), by_range.get(&definition.b.start))
        {
            sets.join(a, b);
        }
    }
    join_last_names(names, &keys, &mut sets);
    (0..names.len()).map(|index| sets.find(index)).collect()
}

fn singular(folded: &str) -> String {
    let stem = folded.strip_suffix('s').filter(|stem| stem.len() > 3).unwrap_or(folded);
    // Two spellings of one word.
    match stem {
        "shiite" | "shia" => "shia".to_owned(),
        _ => stem.to_owned(),
    }
}

fn singular_org(folded: &str) -> String {
    folded.to_owned()
}

/// "Abadi" is Haider al-Abadi where no other person of the report is called so.
fn join_last_names(names: &[Name], keys: &[String], sets: &mut Sets) {
    let bare = |key: &str| -> Vec<String> {
        key.split(' ').filter(|word| !fold::is_article(word)).map(fold::loose).collect()
    };
    let people = || names.iter().enumerate().filter(|(_, name)| name.kind == EntityType::Person);
    let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut longest: Vec<(Vec<String>, usize)> = Vec::new();
    for (index, _) in people() {
        let words = bare(&keys[index]);
        if words.len() >= 2 {
            for word in words.last().into_iter().chain(words.first()) {
                full.entry(word.clone()).or_default().push(index);
            }
            longest.push((words, index));
        }
    }
    // "Mohammed al-Ghabban" and "Mohammed Salem al-Ghabban": first and last agree, the one's words are among the other's.
    let mut ends: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (words, index) in &longest {
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            let with = *ends.entry((first.clone(), last.clone())).or_insert(*index);
            sets.join(with, *index);
        }
    }
    for (index, _) in people() {
        let words = bare(&keys[index]);
        let [word] = words.as_slice() else { continue };
        let Some(owners) = full.get(word) else { continue };
        let roots: std::collections::BTreeSet<usize> =
            owners.iter().map(|&owner| sets.find(owner)).collect();
        if let (1, Some(&root)) = (roots.len(), roots.iter().next()) {
            sets.join(root, index);
        }
    }
}

/// Disjoint sets; a set is called by its smallest member.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn find(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        let (low, high) = (a.min(b), a.max(b));
        self.0[high] = low;
    }
}
