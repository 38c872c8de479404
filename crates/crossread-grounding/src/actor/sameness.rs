//! Whether two entities of different reports are one.

use crossread_record::{Entity, EntityType};

use crate::fold;

/// A judgement in FollowTheMoney's manner: what is not known to be the same or not stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sameness {
    /// One actor.
    Same,
    /// Two.
    NotSame,
    /// The names do not decide.
    Undecided,
}

/// A judgement with its reason, in words for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// What it is.
    pub verdict: Sameness,
    /// Why.
    pub reason: &'static str,
}

const fn judge(verdict: Sameness, reason: &'static str) -> Judgement {
    Judgement { verdict, reason }
}

/// Judges two entities by their types, tables and names. Symmetric. Takes nothing from the reports but the entities;
/// with more to go on (dates, places), a caller may decide what is left [`Sameness::Undecided`].
pub fn same_actor(a: &Entity, b: &Entity) -> Judgement {
    use Sameness::{NotSame, Same, Undecided};
    if let (Some(x), Some(y)) = (&a.canonical, &b.canonical) {
        return if x == y {
            judge(Same, "the actor tables have both under one id")
        } else {
            judge(NotSame, "the actor tables have them under two ids")
        };
    }
    if let (Some(x), Some(y)) = (a.same_as.geonames, b.same_as.geonames) {
        return if x == y {
            judge(Same, "both are one place of the gazetteer")
        } else {
            judge(NotSame, "they are two places of the gazetteer")
        };
    }
    let (x, y) = (fold::fold(&a.name), fold::fold(&b.name));
    if x.is_empty() || y.is_empty() {
        return judge(Undecided, "a name that cannot be compared");
    }
    if a.kind != b.kind {
        return if x == y {
            judge(Undecided, "one name, but of two kinds of things")
        } else {
            judge(NotSame, "they are of two kinds and have two names")
        };
    }
    match a.kind {
        EntityType::Person => people(&x, &y),
        EntityType::Place | EntityType::Facility => {
            if x == y || fold::loose(&x) == fold::loose(&y) {
                judge(Undecided, "one name of a place, not known to be one place")
            } else {
                judge(NotSame, "two names of places")
            }
        }
        _ if x == y => judge(Same, "one name"),
        _ if fold::loose(&x) == fold::loose(&y) && x.len() >= 8 => {
            judge(Same, "one name in two spellings")
        }
        _ if is_initials(&x, &y) || is_initials(&y, &x) => {
            judge(Undecided, "one may be the other's initials")
        }
        _ => judge(NotSame, "two names"),
    }
}

fn people(x: &str, y: &str) -> Judgement {
    use Sameness::{NotSame, Same, Undecided};
    let words = |name: &str| -> Vec<String> {
        name.split(' ').filter(|word| !fold::is_article(word)).map(fold::loose).collect()
    };
    if x.contains(' ') && y.contains(' ') && fold::alike(x, y) {
        return judge(Same, "one full name, in one spelling or two");
    }
    let (a, b) = (words(x), words(y));
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else {
        return judge(Undecided, "a name that cannot be compared");
    };
    if a == b {
        return if a.len() > 1 {
            judge(Same, "one full name")
        } else {
            judge(Undecided, "one last name, and no first name")
        };
    }
    let among = |few: &[String], many: &[String]| few.iter().all(|word| many.contains(word));
    if a.len() == 1 || b.len() == 1 {
        return if among(&a, &b) || among(&b, &a) {
            judge(Undecided, "one is part of the other's name")
        } else {
            judge(NotSame, "two names")
        };
    }
    if last_a != last_b {
        return if among(&a, &b) || among(&b, &a) {
            judge(Undecided, "one name is part of the other")
        } else {
            judge(NotSame, "two last names")
        };
    }
    let (first_a, first_b) = (&a[0], &b[0]);
    if first_a == first_b {
        judge(Same, "first and last name agree")
    } else if first_a.len() == 1 && first_b.starts_with(first_a.as_str())
        || first_b.len() == 1 && first_a.starts_with(first_b.as_str())
    {
        judge(Undecided, "an initial fits the first name")
    } else if strsim::jaro_winkler(first_a, first_b) > 0.88 {
        judge(Undecided, "the first names may be two spellings of one")
    } else {
        judge(NotSame, "one last name, two first names")
    }
}

/// Whether the one is made of the other's first letters.
fn is_initials(short: &str, long: &str) -> bool {
    let letters: String = long
        .split(' ')
        .filter(|w| !matches!(*w, "of" | "the" | "and" | "for" | "in"))
        .filter_map(|word| word.chars().next())
        .collect();
    !short.contains(' ') && short.len() >= 2 && letters == short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossread_base::EntityId;
    use crossread_record::SameAs;

    fn entity(kind: EntityType, name: &str) -> Entity {
        Entity {
            id: EntityId(1),
            kind,
            name: name.to_owned(),
            same_as: SameAs::default(),
            canonical: None,
            mentions: Vec::new(),
        }
    }

    fn verdict(kind: EntityType, a: &str, b: &str) -> Sameness {
        let (a, b) = (entity(kind, a), entity(kind, b));
        let one = same_actor(&a, &b);
        assert_eq!(one.verdict, same_actor(&b, &a).verdict, "symmetric");
        one.verdict
    }

    #[test]
    fn people_by_their_names() {
        let person = |a, b| verdict(EntityType::Person, a, b);
        assert_eq!(person("Samir al-Tolani", "Sameer Al-Tolani"), Sameness::Same);
        assert_eq!(person("Haydar al-Tolani", "Haider Tolani"), Sameness::Same);
        assert_eq!(person("Hassan al-Tolani", "Hussein al-Tolani"), Sameness::NotSame);
        assert_eq!(person("Samir al-Tolani", "Tolani"), Sameness::Undecided);
        assert_eq!(person("S. Tolani", "Samir Tolani"), Sameness::Undecided);
        assert_eq!(person("Samir Tolani", "Hana Tolani"), Sameness::NotSame);
        assert_eq!(person("Samir Tolani", "Samir Okoro"), Sameness::NotSame);
    }

    #[test]
    fn organisations_by_table_and_name() {
        let org = |a, b| verdict(EntityType::Org, a, b);
        assert_eq!(org("Marrow Harbour Guard", "Marrow Harbour Guard"), Sameness::Same);
        assert_eq!(org("MHG", "Marrow Harbour Guard"), Sameness::Undecided);
        assert_eq!(org("Marrow Harbour Guard", "Lower Marrow Rowers"), Sameness::NotSame);
        let mut a = entity(EntityType::Org, "Northern Column");
        let mut b = entity(EntityType::Group, "Column of the North");
        (a.canonical, b.canonical) = (Some("column".into()), Some("column".into()));
        assert_eq!(same_actor(&a, &b).verdict, Sameness::Same);
    }
}
