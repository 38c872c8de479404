//! Who is meant by "the 11-year-old stepdaughter", "Marie Johnson, 66" and "four robbers": names, and kinds of person.

use std::sync::LazyLock;

use crossread_record::EntityType;
use smol_str::SmolStr;

use crate::keys::{keys, name_keys};
use crate::statement::{Figure, Statement};
use crate::table;

/// The kinds of `data/person_nouns.tsv`, each with its nouns.
static KINDS: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    table::lines(include_str!("../data/person_nouns.tsv"))
        .filter_map(|line| line.split_once('\t'))
        .map(|(kind, nouns)| (kind, nouns.split_whitespace().collect()))
        .collect()
});

/// The last word of a noun phrase as a singular, common nouns for persons included: `man` of "three men".
pub(crate) fn noun(words: &str) -> Option<SmolStr> {
    let before = words.split([',', '(']).next()?;
    let before = before.split(" of ").next()?;
    let last = before.split_whitespace().next_back()?.to_lowercase();
    let last = last.trim_matches(|c: char| !c.is_alphanumeric());
    let singular = match last {
        "men" => "man",
        "women" => "woman",
        "children" => "child",
        "persons" | "person" => "people",
        "thieves" => "thief",
        "gunmen" => "gunman",
        "policemen" => "policeman",
        "lives" => "life",
        "bodies" => "body",
        other => return (!other.is_empty() && other == "people").then(|| other.into()),
    };
    Some(singular.into())
}

/// Whether two nouns may count the same: "robbers" and "men", "homes" and "buildings".
pub(crate) fn same_kind(a: &str, b: &str) -> bool {
    KINDS.iter().any(|(kind, nouns)| {
        !matches!(*kind, "woman" | "man" | "girl" | "boy" | "adult" | "child")
            && nouns.contains(&a)
            && nouns.contains(&b)
    })
}

/// Whether the words of two sentences may tell of one person, as far as the nouns for women and men in them say.
pub(crate) fn may_be_one(a: &str, b: &str) -> bool {
    let of = |words: &str| {
        let words: Vec<String> =
            words.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
        ["woman", "man"].map(|sex| {
            KINDS
                .iter()
                .filter(|(kind, _)| *kind == sex)
                .any(|(_, nouns)| words.iter().any(|word| nouns.contains(&word.as_str())))
        })
    };
    let ([woman, man], [other_woman, other_man]) = (of(a), of(b));
    !(woman && !man && other_man && !other_woman || man && !woman && other_woman && !other_man)
}

/// Whose age a figure is.
pub(crate) struct Whose {
    /// Keys of the name.
    name: Vec<SmolStr>,
    woman: Option<bool>,
    child: Option<bool>,
}

impl Whose {
    /// Reads it from the words that the age is of, and the party that the claim is about.
    pub(crate) fn of(statement: &Statement<'_>, figure: &Figure) -> Self {
        let mut words: Vec<SmolStr> = figure.of_words.clone();
        let mut name: Vec<SmolStr> = Vec::new();
        let near = |span: crossread_base::Span| {
            span.contains(figure.span)
                || span.start.abs_diff(figure.span.end) <= 2
                || figure.span.start.abs_diff(span.end) <= 3
        };
        for argument in &statement.claim.arguments {
            if !(near(argument.span) || figure.of.is_none() && argument.role == "theme") {
                continue;
            }
            if let Some(person) = statement.person(argument) {
                name.extend(name_keys(person));
            }
            words.extend(keys(statement.text(argument.span)));
        }
        for entity in statement.record.grounded.entities.iter() {
            let named = entity.kind == EntityType::Person
                && entity.mentions.iter().any(|mention| near(mention.span));
            if named {
                name.extend(name_keys(entity));
            }
        }
        let of_kind = |kinds: [&str; 2]| {
            KINDS.iter().any(|(kind, nouns)| {
                kinds.contains(kind) && words.iter().any(|word| nouns.contains(&word.as_str()))
            })
        };
        let told = |yes: bool, no: bool| (yes != no).then_some(yes);
        let age = figure.amount.min.or(figure.amount.max);
        Self {
            name,
            woman: told(of_kind(["woman", "girl"]), of_kind(["man", "boy"])),
            child: age.map(|years| years < 18.0),
        }
    }

    /// Whether a name is known.
    pub(crate) fn is_named(&self) -> bool {
        !self.name.is_empty()
    }

    /// Whether both are named, and a name is shared.
    pub(crate) fn shares_name(&self, other: &Self) -> bool {
        self.name.iter().any(|key| other.name.contains(key))
    }

    /// Whether the words tell of one kind of person; `None` where they do not say.
    pub(crate) fn same_kind(&self, other: &Self) -> Option<bool> {
        if self.child != other.child {
            return Some(false);
        }
        Some(self.woman? == other.woman?)
    }
}
