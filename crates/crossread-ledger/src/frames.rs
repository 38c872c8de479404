//! What the ledger needs to know of frames.

use std::sync::LazyLock;

use crossread_testimony::ontology::{Frame, Ontology};
use rustc_hash::FxHashMap;

use crate::table;

/// Frames that answer one matter between them (join, withdraw; sought, arrested, charged), under the name of the first.
static MATTER: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let frames = Ontology::embedded().frames();
    let mut matter: FxHashMap<&str, &str> =
        frames.iter().map(|frame| (frame.id.as_str(), frame.id.as_str())).collect();
    // Every frame takes the least name among its neighbours until nothing changes; the table is small.
    loop {
        let mut changed = false;
        for frame in frames {
            let id = frame.id.as_str();
            for other in frame.opposites.iter().chain(&frame.later) {
                let other = other.as_str();
                let (Some(&mine), Some(&theirs)) = (matter.get(id), matter.get(other)) else {
                    continue;
                };
                let least = mine.min(theirs);
                for name in [id, other] {
                    if matter.insert(name, least) != Some(least) {
                        changed = true;
                    }
                }
            }
        }
        if !changed {
            return matter;
        }
    }
});

/// The frame of this name; `None` for open predicates.
pub(crate) fn frame(id: &str) -> Option<&'static Frame> {
    Ontology::embedded().frame(id)
}

/// The name of the matter a frame belongs to; an open predicate is a matter of its own.
pub(crate) fn matter(id: &str) -> &str {
    MATTER.get(id).copied().unwrap_or(id)
}

/// Frames whose words are too many kinds of act for one wording to fit: "closed" is no end of a bridge.
static LOOSE: &str = include_str!("../data/loose_frames.txt");

/// Whether the frame's `whether` wording fits its words too seldom to be used.
pub(crate) fn loose(id: &str) -> bool {
    LOOSE.lines().any(|line| line == id)
}

/// Whether the frame is an act that reports wait for, so that "not" means "not yet".
pub(crate) fn awaited(id: &str) -> bool {
    static AWAITED: &str = include_str!("../data/awaited_frames.txt");
    AWAITED.lines().any(|line| line == id)
}

/// Whether the two frames cannot hold of the same arguments at once.
pub(crate) fn opposed(a: &str, b: &str) -> bool {
    Ontology::embedded().opposed(a, b)
}

/// Whether `b` is a later state of the matter than `a`.
pub(crate) fn later(a: &str, b: &str) -> bool {
    a != b && Ontology::embedded().follows(a, b)
}

/// Families of frames that tell of one incident, and of what is counted in it.
static FAMILIES: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    table::lines(include_str!("../data/incident_frames.txt"))
        .map(|line| line.split_whitespace().collect())
        .collect()
});

/// Whether both frames tell of one kind of incident, or belong to one matter.
pub(crate) fn related(a: &str, b: &str) -> bool {
    matter(a) == matter(b)
        || FAMILIES.iter().any(|family| family.contains(&a) && family.contains(&b))
}

/// Whether the frame is one of a family that tells of incidents.
pub(crate) fn incident(id: &str) -> bool {
    let courts = |family: &&Vec<&str>| !family.iter().any(|id| id.starts_with("law."));
    FAMILIES.iter().filter(courts).any(|family| family.contains(&id))
}

/// Whether what `part` counts is among what `whole` counts: the dead among those shot.
pub(crate) fn includes(whole: &str, part: &str) -> bool {
    static WHOLES: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
        table::lines(include_str!("../data/inclusive_frames.tsv"))
            .filter_map(|line| line.split_once('\t'))
            .map(|(whole, parts)| (whole, parts.split_whitespace().collect()))
            .collect()
    });
    WHOLES.get(whole).is_some_and(|parts| parts.contains(&part))
}
