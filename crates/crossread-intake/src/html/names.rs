//! What an element's class, id and role say that it holds.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What an element's names say, more than one thing at a time perhaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Says(u8);

macro_rules! says {
    ($($name:ident $test:ident $bit:literal;)*) => {
        impl Says {$(
            pub(crate) const $name: Self = Self(1 << $bit);
            pub(crate) const fn $test(self) -> bool {
                self.0 & Self::$name.0 != 0
            }
        )*}
    };
}

says! {
    COMMENT comment 0;
    TEASER teaser 1;
    FURNITURE furniture 2;
    CAPTION caption 3;
    BYLINE byline 4;
    DATE date 5;
    BODY body 6;
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    comment: Lists,
    teaser: Lists,
    furniture: Lists,
    caption: Lists,
    byline: Lists,
    date: Lists,
    body: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    word: Vec<String>,
    part: Vec<String>,
}

struct Table {
    words: FxHashMap<String, Says>,
    parts: AhoCorasick,
    says: Vec<Says>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/names.toml"))
        .expect("the names are part of the program");
    let mut words: FxHashMap<String, Says> = FxHashMap::default();
    let (mut parts, mut says) = (Vec::new(), Vec::new());
    for (lists, kind) in [
        (file.comment, Says::COMMENT),
        (file.teaser, Says::TEASER),
        (file.furniture, Says::FURNITURE),
        (file.caption, Says::CAPTION),
        (file.byline, Says::BYLINE),
        (file.date, Says::DATE),
        (file.body, Says::BODY),
    ] {
        for word in lists.word {
            words.entry(word).or_default().0 |= kind.0;
        }
        for part in lists.part {
            parts.push(part);
            says.push(kind);
        }
    }
    let parts = AhoCorasick::new(&parts).expect("the names are few");
    Table { words, parts, says }
});

/// What `names` (class, id and role as written, one blank between) say.
pub(crate) fn says(names: &str) -> Says {
    let mut said = Says::default();
    if names.is_empty() {
        return said;
    }
    let table = &*TABLE;
    let lower = names.to_lowercase();
    for found in table.parts.find_overlapping_iter(&lower) {
        said.0 |= table.says[found.pattern().as_usize()].0;
    }
    let mut look = |word: &str| {
        if let Some(kind) = table.words.get(&word.to_lowercase()) {
            said.0 |= kind.0;
        }
    };
    for part in names.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        // Inner capitals part a name too.
        let mut from = 0;
        let mut small = false;
        for (at, c) in part.char_indices() {
            if c.is_uppercase() && small {
                look(&part[from..at]);
                from = at;
            }
            small = c.is_lowercase() || c.is_numeric();
        }
        look(&part[from..]);
        if from > 0 {
            look(part);
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_they_hold() {
        assert!(says("article-body").body());
        assert!(says("shareBox").furniture());
        assert!(says("c-related-posts").teaser());
        assert!(says("comments").comment());
        assert!(!says("commentary-page").comment());
        assert!(!says("shadow header-image").furniture());
        assert_eq!(says(""), Says::default());
    }
}
