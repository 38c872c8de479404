//! The actors known by name: tables of aliases, shipped and brought.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crossread_record::EntityType;
use thiserror::Error;

use crate::fold;

/// A table that could not be read.
#[derive(Debug, Error)]
pub enum TableError {
    /// A line that has not three fields, or a type that is none.
    #[error("line {line} of the actor table is not `id<TAB>type<TAB>name|name`: {found:?}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// The line.
        found: String,
    },
}

/// An actor of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The name that joins it across reports.
    pub id: String,
    /// What it is.
    pub kind: EntityType,
    /// Its first name.
    pub name: String,
}

/// What a name says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Nothing else goes by it.
    Firm,
    /// Other things go by it too: it counts beside an unmistakable name of the same actor.
    Weak,
}

/// Actors by every name they go by.
#[derive(Debug, Clone, Default)]
pub struct ActorTable {
    actors: Vec<Known>,
    names: BTreeMap<String, (usize, Hold)>,
    loose: BTreeMap<String, usize>,
    /// The first words of names of three words and more.
    long: BTreeSet<String>,
    longest: usize,
}

impl ActorTable {
    /// The tables the program carries: `data/actor/known.tsv` and `data/actor/ucdp.tsv`.
    pub fn embedded() -> &'static Self {
        static IT: OnceLock<ActorTable> = OnceLock::new();
        IT.get_or_init(|| {
            let mut table = Self::default();
            // The tests read both tables, so neither fails in a build that passed them.
            for text in [
                include_str!("../../data/actor/known.tsv"),
                include_str!("../../data/actor/ucdp.tsv"),
            ] {
                let _ = table.add(text);
            }
            table
        })
    }

    /// Adds a table: lines of `id<TAB>type<TAB>name|name|...`, the types as in records, `#` for comments. `~` before a name
    /// makes it weak ([`Hold::Weak`]). Names that an earlier table has keep their actor; lines with the id of an earlier
    /// actor add names to it.
    pub fn add(&mut self, text: &str) -> Result<(), TableError> {
        for (line, number) in text.lines().zip(1..) {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let bad = || TableError::Line { line: number, found: line.to_owned() };
            let mut fields = line.split('\t');
            let (Some(id), Some(kind), Some(names), None) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                return Err(bad());
            };
            let kind = serde_json::from_value(kind.into()).map_err(|_| bad())?;
            self.add_actor(id, kind, names.split('|'));
        }
        Ok(())
    }

    fn add_actor<'a>(&mut self, id: &str, kind: EntityType, names: impl Iterator<Item = &'a str>) {
        let mut names = names.filter(|name| !name.is_empty()).peekable();
        let known = self.actors.iter().position(|actor| actor.id == id);
        let index = known.unwrap_or(self.actors.len());
        if known.is_none() {
            let Some(first) = names.peek() else { return };
            let name = first.trim_start_matches('~').to_owned();
            self.actors.push(Known { id: id.to_owned(), kind, name });
        }
        for name in names {
            let (name, hold) = match name.strip_prefix('~') {
                Some(name) => (name, Hold::Weak),
                None => (name, Hold::Firm),
            };
            let key = fold::fold(name);
            if key.is_empty() {
                continue;
            }
            self.longest = self.longest.max(key.split(' ').count());
            if key.split(' ').count() >= 3 {
                self.long.extend(key.split(' ').next().map(str::to_owned));
            }
            // Acronyms agree loosely by chance; longer names do not.
            let loose = fold::loose(&key);
            if hold == Hold::Firm && loose.len() >= 8 {
                self.loose.entry(loose).or_insert(index);
            }
            self.names.entry(key).or_insert((index, hold));
        }
    }

    /// The actor that goes by a folded name, and how firmly.
    pub fn find(&self, folded: &str) -> Option<(&Known, Hold)> {
        let (index, hold) = *self.names.get(folded)?;
        Some((&self.actors[index], hold))
    }

    /// The actor whose name is this in another transliteration.
    pub fn find_loosely(&self, folded: &str) -> Option<&Known> {
        let key = fold::loose(folded);
        self.loose.get(&key).map(|&index| &self.actors[index])
    }

    /// Whether a name of three or more words starts with this word, in lower case.
    pub fn starts_long(&self, word: &str) -> bool {
        self.long.contains(word)
    }

    /// The actor with this id.
    pub fn actor(&self, id: &str) -> Option<&Known> {
        self.actors.iter().find(|actor| actor.id == id)
    }

    /// The most words any name has.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// How many actors.
    pub fn len(&self) -> usize {
        self.actors.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_read() {
        let mut table = ActorTable::default();
        table.add(include_str!("../../data/actor/known.tsv")).unwrap();
        let own = table.len();
        table.add(include_str!("../../data/actor/ucdp.tsv")).unwrap();
        assert!(own > 100 && table.len() > own + 900, "{own} {}", table.len());
    }

    #[test]
    fn names_lead_to_actors() {
        let table = ActorTable::embedded();
        let id = |name: &str| table.find(&fold::fold(name)).map(|(actor, _)| actor.id.as_str());
        for name in ["ISIS", "ISIL", "Daesh", "Islamic State", "Da'esh"] {
            assert_eq!(id(name), Some("islamic-state"), "{name}");
        }
        assert_eq!(id("Hashid Shaabi"), id("Popular Mobilization Units"));
        assert_ne!(id("IMIS"), id("Hashid Shaabi"), "a hostile label is no alias");
        assert_eq!(table.find("is").unwrap().1, Hold::Weak);
        assert_eq!(table.find_loosely("saraya khurasani").unwrap().id, "saraya-al-khorasani");
    }

    #[test]
    fn a_brought_table_adds_names_and_actors() {
        let mut table = ActorTable::embedded().clone();
        table
            .add("marrow-guard\tORG\tMarrow Guard|~MG\nislamic-state\tORG\tThe Marrow Cell\n")
            .unwrap();
        assert_eq!(table.find("marrow guard").unwrap().0.id, "marrow-guard");
        assert_eq!(table.find("marrow cell").unwrap().0.id, "islamic-state");
        let error = table.add("no fields here").unwrap_err();
        assert!(error.to_string().starts_with("line 1 of the actor table"), "{error}");
    }
}
