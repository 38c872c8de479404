//! The actors of a case: who of several reports is one, who is not, and where the names do not decide.

use std::collections::{BTreeMap, BTreeSet};

use crossread_base::{EntityId, ReportId};
use crossread_record::{Entity, EntityType, Record};
use serde::Serialize;

use super::sameness::{Judgement, Sameness, same_actor};
use crate::fold;

/// A word that more actors share than this ("ministry") brings no two of them together, so that the judging stays
/// near linear; one name in two reports is found whatever its words.
const MOST_SHARING: usize = 64;

/// The reason under what a person said.
const DECIDED: &str = "a person said so";

/// Who is meant: every entity of a name, or the one of that name in one report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The report; any, where `None`.
    pub report: Option<ReportId>,
    /// The name of the entity, compared as [`fold::fold`] has it.
    pub name: String,
}

impl Named {
    fn is(&self, report: &ReportId, entity: &Entity) -> bool {
        self.report.as_ref().is_none_or(|own| own == report)
            && fold::fold(&self.name) == fold::fold(&entity.name)
    }
}

/// What a person said of two actors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overrule {
    /// The one.
    pub a: Named,
    /// The other.
    pub b: Named,
    /// Whether they are one.
    pub same: bool,
}

/// Where an actor is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Naming {
    /// The report.
    pub report: ReportId,
    /// The entity of that report.
    pub entity: EntityId,
    /// The name it has there.
    pub name: String,
}

/// A judgement about two actors, or about two names of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The other: its id in the table; for names of one actor, the name.
    pub other: String,
    /// What it is.
    pub verdict: Sameness,
    /// Why.
    pub reason: &'static str,
}

/// One actor of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Its number in this table, from 1: `p1`. It may change as reports come; names do not.
    pub id: String,
    /// Its fullest name.
    pub name: String,
    /// The kind, as the first report has it.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// Its name in the actor tables.
    pub canonical: Option<String>,
    /// Every name it goes under, in order of the reports.
    pub names: Vec<String>,
    /// Where it is named.
    pub reports: Vec<Naming>,
    /// How its names were joined; the first is joined to none.
    pub joined: Vec<Judged>,
    /// What was judged of it and others that share a word, a set of initials or a person's word with it.
    pub others: Vec<Judged>,
}

/// Entities that nothing tells apart: one kind, one name.
struct Node<'a> {
    first: &'a Entity,
    members: Vec<(&'a ReportId, &'a Entity)>,
    overruled: bool,
}

/// The table, and which actor each node came to.
struct Table<'a> {
    nodes: Vec<Node<'a>>,
    /// By node, the first node of its actor.
    of: Vec<usize>,
    joins: Vec<(usize, usize, Judgement)>,
    judged: Vec<(usize, usize, Judgement)>,
}

/// The actors of a case: people, organisations and groups, in order of the records and of their first mention. What a
/// person said stands before what the tables and names say; of two sayings about one pair the later stands.
pub fn actors(records: &[Record], overrules: &[Overrule]) -> Vec<Actor> {
    let table = Table::of(records, overrules);
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    for &root in &table.of {
        let next = number.len();
        number.entry(root).or_insert(next);
    }
    let mut all: Vec<Actor> = Vec::with_capacity(number.len());
    for (node, root) in table.nodes.iter().zip(&table.of) {
        let at = number[root];
        if at == all.len() {
            all.push(Actor {
                id: format!("p{}", at + 1),
                name: node.first.name.clone(),
                kind: node.first.kind,
                canonical: None,
                names: Vec::new(),
                reports: Vec::new(),
                joined: Vec::new(),
                others: Vec::new(),
            });
        }
        let actor = &mut all[at];
        if words(&node.first.name) > words(&actor.name) {
            actor.name.clone_from(&node.first.name);
        }
        for (report, entity) in &node.members {
            actor.canonical = actor.canonical.take().or_else(|| entity.canonical.clone());
            if !actor.names.contains(&entity.name) {
                actor.names.push(entity.name.clone());
            }
            let report = ReportId::clone(report);
            actor.reports.push(Naming { report, entity: entity.id, name: entity.name.clone() });
        }
    }
    for &(a, b, judgement) in &table.joins {
        let other = format!("{} = {}", table.nodes[a].first.name, table.nodes[b].first.name);
        let (verdict, reason) = (judgement.verdict, judgement.reason);
        let judged = Judged { other, verdict, reason };
        let joined = &mut all[number[&table.of[a]]].joined;
        if !joined.contains(&judged) {
            joined.push(judged);
        }
    }
    let mut told: BTreeMap<(usize, usize), Judgement> = BTreeMap::new();
    for &(a, b, judgement) in &table.judged {
        let (x, y) = (number[&table.of[a]], number[&table.of[b]]);
        if x == y {
            continue;
        }
        // What a person said stands first, then what is open: it is what asks for a person.
        let rank = |judgement: &Judgement| {
            (judgement.reason != DECIDED, judgement.verdict != Sameness::Undecided)
        };
        let known = told.entry((x.min(y), x.max(y))).or_insert(judgement);
        if rank(&judgement) < rank(known) {
            *known = judgement;
        }
    }
    for ((x, y), Judgement { verdict, reason }) in told {
        let (one, other) = (all[x].id.clone(), all[y].id.clone());
        all[x].others.push(Judged { other, verdict, reason });
        all[y].others.push(Judged { other: one, verdict, reason });
    }
    all
}

/// Puts what a person said of actors into the records: those said to be one bear one name, those told apart a key of
/// their own ([`Entity::APART`]), by which the ledger joins them. Nothing else is touched.
pub fn settle(records: &mut [Record], overrules: &[Overrule]) {
    if overrules.is_empty() {
        return;
    }
    let table = Table::of(records, overrules);
    let apart: BTreeSet<usize> = table
        .judged
        .iter()
        .filter(|(_, _, judgement)| judgement.reason == DECIDED)
        .flat_map(|&(a, b, _)| [table.of[a], table.of[b]])
        .collect();
    let mut fullest: BTreeMap<usize, &Entity> = BTreeMap::new();
    for (node, &root) in table.nodes.iter().zip(&table.of) {
        let known = fullest.entry(root).or_insert(node.first);
        if words(&node.first.name) > words(&known.name) {
            *known = node.first;
        }
    }
    let overruled: BTreeSet<usize> = (0..table.nodes.len())
        .filter(|&node| table.nodes[node].overruled)
        .map(|node| table.of[node])
        .collect();
    let mut new: BTreeMap<(ReportId, EntityId), (String, Option<String>)> = BTreeMap::new();
    for (node, &root) in table.nodes.iter().zip(&table.of) {
        if !overruled.contains(&root) {
            continue;
        }
        let name = &fullest[&root].name;
        let key = apart.contains(&root).then(|| format!("{}{}", Entity::APART, root + 1));
        for (report, entity) in &node.members {
            let key = key.clone().or_else(|| fullest[&root].canonical.clone());
            new.insert((ReportId::clone(report), entity.id), (name.clone(), key));
        }
    }
    for record in records {
        for entity in &mut record.grounded.entities {
            if let Some((name, key)) = new.remove(&(record.report.id.clone(), entity.id)) {
                (entity.name, entity.canonical) = (name, key);
            }
        }
    }
}

fn words(name: &str) -> usize {
    name.split_whitespace().count()
}

impl<'a> Table<'a> {
    fn of(records: &'a [Record], overrules: &[Overrule]) -> Self {
        let nodes = nodes(records, overrules);
        let mut table =
            Self { of: (0..nodes.len()).collect(), nodes, joins: Vec::new(), judged: Vec::new() };
        let apart = table.hear(overrules);
        let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
        for block in table.blocks() {
            for (index, &a) in block.iter().enumerate() {
                for &b in &block[index + 1..] {
                    if seen.insert((a, b)) {
                        let judgement = same_actor(table.nodes[a].first, table.nodes[b].first);
                        table.judged.push((a, b, judgement));
                    }
                }
            }
        }
        // In the order of the table, so that the order of the blocks, which is that of names, matters for nothing.
        table.judged.sort_by_key(|&(a, b, _)| (a, b));
        for index in 0..table.judged.len() {
            let (a, b, judgement) = table.judged[index];
            if judgement.verdict == Sameness::Same && judgement.reason != DECIDED {
                table.join(a, b, judgement, &apart);
            }
        }
        let roots: Vec<usize> = (0..table.nodes.len()).map(|node| table.root(node)).collect();
        table.of = roots;
        table
    }

    /// Takes in what people said; gives the pairs told apart.
    fn hear(&mut self, overrules: &[Overrule]) -> BTreeSet<(usize, usize)> {
        let mut said: BTreeMap<(usize, usize), bool> = BTreeMap::new();
        for overrule in overrules {
            let all = |named: &Named| -> Vec<usize> {
                let is = |node: &Node<'_>| {
                    node.members.iter().any(|(report, entity)| named.is(report, entity))
                };
                (0..self.nodes.len()).filter(|&node| is(&self.nodes[node])).collect()
            };
            let (left, right) = (all(&overrule.a), all(&overrule.b));
            for &a in &left {
                // One name on both sides: the namings of it that the table keeps apart.
                for &b in right.iter().filter(|&&b| b != a) {
                    said.insert((a.min(b), a.max(b)), overrule.same);
                }
            }
        }
        let decided = |verdict| Judgement { verdict, reason: DECIDED };
        let apart = said.iter().filter(|(_, same)| !**same).map(|(pair, _)| *pair).collect();
        for (&(a, b), &same) in &said {
            if same {
                self.join(a, b, decided(Sameness::Same), &apart);
            } else {
                self.judged.push((a, b, decided(Sameness::NotSame)));
            }
        }
        apart
    }

    fn root(&self, mut node: usize) -> usize {
        while self.of[node] != node {
            node = self.of[node];
        }
        node
    }

    /// Makes one actor of two, unless some of theirs were told apart.
    fn join(&mut self, a: usize, b: usize, why: Judgement, apart: &BTreeSet<(usize, usize)>) {
        let (x, y) = (self.root(a), self.root(b));
        if x != y {
            let split = |&(c, d): &(usize, usize)| {
                let (c, d) = (self.root(c), self.root(d));
                (c, d) == (x, y) || (c, d) == (y, x)
            };
            if apart.iter().any(split) {
                return;
            }
            self.of[x.max(y)] = x.min(y);
            self.joins.push((a, b, why));
        }
    }

    /// Nodes that may be one: under one id of the tables, of one name, sharing a word, or one the other's initials.
    fn blocks(&self) -> Vec<Vec<usize>> {
        let mut exact: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut shared: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (index, node) in self.nodes.iter().enumerate() {
            if let Some(canonical) = &node.first.canonical {
                exact.entry(format!("={canonical}")).or_default().push(index);
            }
            let name = fold::fold(&node.first.name);
            exact.entry(fold::loose(&name)).or_default().push(index);
            let own = name.split(' ').filter(|word| word.len() > 1 && !fold::is_article(word));
            for word in own {
                for key in [word.to_owned(), fold::loose(word)] {
                    shared.entry(key).or_default().insert(index);
                }
            }
            let initials: String = name
                .split(' ')
                .filter(|word| !matches!(*word, "of" | "the" | "and" | "for" | "in"))
                .filter_map(|word| word.chars().next())
                .collect();
            if initials.len() > 1 {
                shared.entry(initials).or_default().insert(index);
            }
        }
        let few = |block: &BTreeSet<usize>| block.len() <= MOST_SHARING;
        // Of a name that very many reports carry each is judged beside the first, and so joined to it.
        let near = exact.into_values().flat_map(|block| {
            let first = block.first().copied().unwrap_or_default();
            if block.len() <= MOST_SHARING {
                vec![block]
            } else {
                block[1..].iter().map(|&other| vec![first, other]).collect()
            }
        });
        near.chain(
            shared.into_values().filter(few).map(|block| block.into_iter().collect::<Vec<_>>()),
        )
        .collect()
    }
}

/// What entities of one node have in common: kind, folded name, id in the actor tables, and, where the name does not
/// tell who it is, the report.
type Key<'a> = (EntityType, String, Option<&'a str>, Option<usize>);

/// The entities of the records that can act, those of one kind and one name together. One name alone does not tell
/// that two people are one: each report's "Tolani" stays by itself; so does what a person named in one report.
fn nodes<'a>(records: &'a [Record], overrules: &[Overrule]) -> Vec<Node<'a>> {
    let mut nodes: Vec<Node<'a>> = Vec::new();
    let mut at: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    let named: Vec<&Named> =
        overrules.iter().flat_map(|overrule| [&overrule.a, &overrule.b]).collect();
    for (index, record) in records.iter().enumerate() {
        for entity in &record.grounded.entities {
            if !matches!(entity.kind, EntityType::Person | EntityType::Org | EntityType::Group) {
                continue;
            }
            let name = fold::fold(&entity.name);
            let meant = |named: &&&Named| named.is(&record.report.id, entity);
            let one_word = entity.kind == EntityType::Person && !name.contains(' ');
            let alone = name.is_empty()
                || one_word && entity.canonical.is_none()
                || named.iter().filter(meant).any(|named| named.report.is_some());
            let key = (entity.kind, name, entity.canonical.as_deref(), alone.then_some(index));
            let node = *at.entry(key).or_insert_with(|| {
                nodes.push(Node { first: entity, members: Vec::new(), overruled: false });
                nodes.len() - 1
            });
            nodes[node].overruled |= named.iter().any(|named| meant(&named));
            nodes[node].members.push((&record.report.id, entity));
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossread_record::{Report, SameAs};

    /// A pile of reports, each with its persons (`Name`) and organisations (`*Name`).
    fn pile(reports: &[&[&str]]) -> Vec<Record> {
        (0u8..)
            .zip(reports)
            .map(|(number, names)| {
                let id = ReportId::new(&[number; 32], None);
                let mut record = Record::unread(Report::plain(id, ""));
                record.grounded.entities = (1..)
                    .zip(*names)
                    .map(|(id, name)| Entity {
                        id: EntityId(id),
                        kind: if name.starts_with('*') {
                            EntityType::Org
                        } else {
                            EntityType::Person
                        },
                        name: name.trim_start_matches('*').to_owned(),
                        same_as: SameAs::default(),
                        canonical: None,
                        mentions: Vec::new(),
                    })
                    .collect();
                record
            })
            .collect()
    }

    fn named(name: &str) -> Named {
        Named { report: None, name: name.to_owned() }
    }

    fn names(actors: &[Actor]) -> Vec<Vec<&str>> {
        actors.iter().map(|actor| actor.names.iter().map(String::as_str).collect()).collect()
    }

    const FERRY: &[&[&str]] = &[
        &["Samir al-Tolani", "*Marrow Harbour Guard"],
        &["Sameer Al-Tolani", "*MHG"],
        &["Tolani", "*Marrow Harbour Guard"],
    ];

    #[test]
    fn spellings_are_joined_and_what_is_open_is_said() {
        let table = actors(&pile(FERRY), &[]);
        assert_eq!(
            names(&table),
            [
                vec!["Samir al-Tolani", "Sameer Al-Tolani"],
                vec!["Marrow Harbour Guard"],
                vec!["MHG"],
                vec!["Tolani"]
            ]
        );
        assert_eq!(table[0].joined[0].verdict, Sameness::Same);
        assert_eq!(table[1].reports.len(), 2);
        let open: Vec<_> =
            table[3].others.iter().map(|judged| (&*judged.other, judged.verdict)).collect();
        assert_eq!(open, [("p1", Sameness::Undecided)]);
        assert_eq!(table[2].others[0].reason, "one may be the other's initials");
    }

    #[test]
    fn a_person_overrules_and_the_records_follow() {
        let overrules = [
            Overrule { a: named("MHG"), b: named("Marrow Harbour Guard"), same: true },
            Overrule { a: named("Samir al-Tolani"), b: named("Sameer al-Tolani"), same: false },
        ];
        let mut records = pile(FERRY);
        let table = actors(&records, &overrules);
        assert_eq!(names(&table)[1], ["Marrow Harbour Guard", "MHG"]);
        assert_eq!(table[1].joined[0].reason, DECIDED);
        assert_eq!(names(&table)[0], ["Samir al-Tolani"]);
        assert_eq!(table[0].others[0].verdict, Sameness::NotSame);
        settle(&mut records, &overrules);
        let guard = &records[1].grounded.entities[1];
        assert_eq!((&*guard.name, &guard.canonical), ("Marrow Harbour Guard", &None));
        let [one, other] = [0, 1].map(|at: usize| records[at].grounded.entities[0].clone());
        assert!(one.told_apart() && other.told_apart() && one.canonical != other.canonical);
        assert_eq!(records[2], pile(FERRY)[2], "nothing else is touched");
    }

    #[test]
    fn two_namesakes_are_told_apart_by_their_reports() {
        let mut records = pile(&[&["Hana Okoro"], &["Hana Okoro"], &["Hana Okoro"]]);
        let of = |at: usize| Named {
            report: Some(records[at].report.id.clone()),
            name: "Hana Okoro".to_owned(),
        };
        let overrules = [Overrule { a: of(0), b: of(1), same: false }];
        assert_eq!(actors(&records, &[]).len(), 1);
        let table = actors(&records, &overrules);
        assert_eq!(table.len(), 2);
        assert_eq!(table[0].others[0].reason, DECIDED);
        settle(&mut records, &overrules);
        assert_ne!(
            records[0].grounded.entities[0].canonical,
            records[1].grounded.entities[0].canonical
        );
    }

    #[test]
    fn swapping_two_parties_changes_their_names_alone() {
        let swapped: &[&[&str]] = &[
            &["Zoran Abbot", "*Marrow Harbour Guard"],
            &["Abbot", "*Marrow Harbour Guard"],
            &["Aida Zell", "*Marrow Rowers"],
        ];
        let other: &[&[&str]] = &[
            &["Aida Zell", "*Marrow Harbour Guard"],
            &["Zell", "*Marrow Harbour Guard"],
            &["Zoran Abbot", "*Marrow Rowers"],
        ];
        let shape = |reports| -> Vec<_> {
            let table = actors(&pile(reports), &[]);
            table.into_iter().map(|actor| (actor.id, actor.kind, actor.others)).collect()
        };
        assert_eq!(shape(swapped), shape(other));
    }

    #[test]
    fn a_name_that_very_many_reports_carry_is_one_actor() {
        let reports: Vec<&[&str]> = vec![&["*Marrow Harbour Guard", "Tolani"]; 200];
        let table = actors(&pile(&reports), &[]);
        assert_eq!(table.iter().filter(|actor| actor.kind == EntityType::Org).count(), 1);
        // Nothing but one last name: no two of them are joined.
        assert_eq!(table.len(), 201);
    }
}
