//! Names: which words name somebody or something, and of what kind.
//!
//! The parser's own tags are a first guess. They are overruled, from the weaker to the stronger, by what the
//! gazetteer and the context say of a place, by the words a name is made of or stands beside, by the tables of known
//! actors and peoples, and by what the text itself defines. Then a report is made to agree with itself: a name is
//! of one kind throughout, and a name found once is found everywhere.

mod compound;
mod cue;
mod definition;
pub(crate) mod doc;
mod known;
mod model;
mod page;
mod place_name;
mod same;
mod tagger;
pub mod training;

use std::ops::Range;

use crossread_base::Span;
use crossread_record::{EntityType, Time};

use crate::actor::table::ActorTable;
use crate::place::gazetteer::Gazetteer;
pub(crate) use definition::Definition;
use doc::Doc;
pub(crate) use known::Demonyms;
pub(crate) use place_name::is_direction;

/// How firmly a name is known to be one of its kind, from the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ground {
    /// The parser says so.
    Model,
    /// The same words are a name elsewhere in the report.
    Elsewhere,
    /// The gazetteer has it and the words around do not speak against it.
    Gazetteer,
    /// A word of it or beside it says what it is.
    Cue,
    /// A table has it.
    Table,
    /// The text explains it.
    Defined,
}

/// Words that name something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Its tokens.
    pub(crate) range: Range<usize>,
    pub(crate) span: Span,
    pub(crate) kind: EntityType,
    pub(crate) ground: Ground,
    /// The id of the actor in the tables.
    pub(crate) actor: Option<String>,
}

/// The names of a report as they stand so far; no two share a token.
pub(crate) struct Board {
    names: Vec<Option<Name>>,
    /// By token: one more than the index of its name; 0 for none.
    taken: Vec<usize>,
}

impl Board {
    fn new(tokens: usize) -> Self {
        Self { names: Vec::new(), taken: vec![0; tokens] }
    }

    /// The name that holds a token.
    pub(crate) fn at(&self, token: usize) -> Option<&Name> {
        let index = self.taken.get(token)?.checked_sub(1)?;
        self.names.get(index)?.as_ref()
    }

    fn at_mut(&mut self, token: usize) -> Option<&mut Name> {
        let index = self.taken.get(token)?.checked_sub(1)?;
        self.names.get_mut(index)?.as_mut()
    }

    /// Puts a name in the place of all it overlaps, unless one of these is better grounded.
    fn put(&mut self, name: Name) -> bool {
        if name.range.is_empty() || name.range.end > self.taken.len() {
            return false;
        }
        let over: Vec<usize> =
            name.range.clone().filter_map(|token| self.taken[token].checked_sub(1)).collect();
        if over
            .iter()
            .any(|&index| self.names[index].as_ref().is_some_and(|old| old.ground > name.ground))
        {
            return false;
        }
        for index in over {
            self.remove(index);
        }
        self.taken[name.range.clone()].fill(self.names.len() + 1);
        self.names.push(Some(name));
        true
    }

    fn remove(&mut self, index: usize) {
        if let Some(old) = self.names[index].take() {
            self.taken[old.range].fill(0);
        }
    }

    fn remove_at(&mut self, token: usize) {
        if let Some(index) = self.taken.get(token).and_then(|taken| taken.checked_sub(1)) {
            self.remove(index);
        }
    }

    /// In order of the text.
    fn all(&self) -> Vec<Name> {
        let mut names: Vec<Name> = self.names.iter().flatten().cloned().collect();
        names.sort_by_key(|name| name.range.start);
        names
    }
}

/// The names of a report, in order of the text, and the words it says are other names of each other.
pub(crate) fn find(
    doc: &Doc<'_>,
    actors: &ActorTable,
    gazetteer: &Gazetteer<'_>,
    times: &[Time],
) -> (Vec<Name>, Vec<Definition>) {
    let mut board = Board::new(doc.tokens.len());
    model::put(doc, actors, gazetteer, &mut board);
    place_name::put(doc, gazetteer, &mut board);
    cue::put(doc, &mut board);
    known::put(doc, actors, &mut board);
    page::put(doc, &mut board);
    compound::put(doc, actors, gazetteer, &mut board);
    let definitions = definition::put(doc, actors, &mut board);
    same::agree(doc, &mut board);
    remove_times(&mut board, times);
    (board.all(), definitions)
}

/// "March" in "closed in March" is no place and nobody.
fn remove_times(board: &mut Board, times: &[Time]) {
    for name in board.all() {
        let time = times.partition_point(|time| time.span.end < name.span.end);
        let inside = times.get(time).is_some_and(|time| time.span.start <= name.span.start);
        if inside && name.kind != EntityType::Other {
            board.remove_at(name.range.start);
        }
    }
}
