//! What a line says that it is: the wording of menus, forms, share boxes, teasers, captions and credits.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

/// What a phrase tells of the line it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A menu, share box, form or notice.
    Furniture,
    /// The heading of the readers' comments.
    CommentSection,
    /// The heading of a form.
    FormSection,
    /// The heading of a list of other stories.
    TeaserSection,
    /// A pointer to another story.
    Teaser,
    /// Belongs to a picture or video.
    Caption,
    /// Names who the text came from.
    Credit,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    furniture: Lists,
    comment_section: Lists,
    form_section: Lists,
    teaser_section: Lists,
    teaser: Lists,
    caption: Lists,
    credit: Lists,
    stamp: Stamp,
    roles: Roles,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    #[serde(default)]
    whole: FxHashSet<String>,
    #[serde(default)]
    start: Vec<String>,
    #[serde(default)]
    part: Vec<String>,
    #[serde(default)]
    end: Vec<String>,
}

/// The words around a date.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stamp {
    /// "Published on".
    pub(crate) labels: Vec<String>,
    /// "Last modified".
    pub(crate) updated: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roles {
    words: FxHashSet<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/phrases.toml"))
        .expect("the phrase file is part of the program")
});

/// The most words a line may have for a phrase at its start or end to tell what it is.
const START_WORDS: usize = 25;
/// The same for a phrase anywhere in it.
const PART_WORDS: usize = 14;

/// What the wording of a line tells, the heading of a section before a line of its own kind.
pub(crate) fn sign(line: &str) -> Option<Sign> {
    let words = line.split_whitespace().take(START_WORDS + 1).count();
    if words > START_WORDS {
        return None;
    }
    let norm = normal(line);
    if norm.is_empty() {
        return None;
    }
    let file = &*FILE;
    let heading = |lists: &Lists| {
        lists.whole.contains(&norm) || (words <= 8 && lists.start.iter().any(|p| starts(&norm, p)))
    };
    for (lists, sign) in [
        (&file.form_section, Sign::FormSection),
        (&file.comment_section, Sign::CommentSection),
        (&file.teaser_section, Sign::TeaserSection),
    ] {
        if heading(lists) {
            return Some(sign);
        }
    }
    for (lists, sign) in [
        (&file.teaser, Sign::Teaser),
        (&file.credit, Sign::Credit),
        (&file.caption, Sign::Caption),
        (&file.furniture, Sign::Furniture),
    ] {
        if lists.whole.contains(&norm)
            || lists.start.iter().any(|p| starts(&norm, p))
            || lists.end.iter().any(|p| ends(&norm, p))
            || (words <= PART_WORDS && lists.part.iter().any(|p| norm.contains(p.as_str())))
        {
            return Some(sign);
        }
    }
    None
}

/// The words that label a date.
pub(crate) fn stamp() -> &'static Stamp {
    &FILE.stamp
}

/// Whether these words say what an author is.
pub(crate) fn is_role(words: &str) -> bool {
    FILE.roles.words.contains(&normal(words))
}

fn starts(line: &str, phrase: &str) -> bool {
    line.strip_prefix(phrase).is_some_and(|rest| {
        rest.is_empty()
            || !phrase.ends_with(char::is_alphanumeric)
            || !rest.starts_with(char::is_alphanumeric)
    })
}

fn ends(line: &str, phrase: &str) -> bool {
    line.strip_suffix(phrase).is_some_and(|rest| {
        rest.is_empty()
            || !phrase.starts_with(char::is_alphanumeric)
            || !rest.ends_with(char::is_alphanumeric)
    })
}

/// The form lines are compared in: lower case, straight quotes, single spaces, numbers as "#", no marks at the ends.
pub(crate) fn normal(line: &str) -> String {
    let mut norm = String::with_capacity(line.len());
    let mut gap = false;
    let mut number = false;
    for c in line.chars() {
        let c = match c {
            '‘' | '’' | 'ʼ' | '`' => '\'',
            '“' | '”' => '"',
            c => c,
        };
        if c.is_whitespace() || c == '\u{200B}' {
            gap = !norm.is_empty();
            number = false;
            continue;
        }
        if c.is_numeric() || (number && matches!(c, ',' | '.')) {
            if gap {
                norm.push(' ');
                gap = false;
            }
            if !number {
                norm.push('#');
            }
            number = true;
            continue;
        }
        number = false;
        if gap {
            norm.push(' ');
            gap = false;
        }
        norm.extend(c.to_lowercase());
    }
    norm.trim_matches(|c: char| {
        matches!(
            c,
            '.' | '…'
                | '!'
                | '?'
                | ','
                | ';'
                | '"'
                | '\''
                | '*'
                | '•'
                | '▪'
                | '■'
                | '|'
                | '·'
                | '–'
                | '—'
                | '='
                | '_'
                | '▼'
                | '▲'
                | '►'
        ) || c.is_whitespace()
    })
    .trim_end_matches([':', '-', '>', '»'])
    .trim_end()
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrases_are_in_the_form_lines_are_compared_in() {
        let file = &*FILE;
        for lists in
            [&file.furniture, &file.comment_section, &file.form_section, &file.teaser_section]
        {
            for phrase in &lists.whole {
                assert_eq!(&normal(phrase), phrase, "a line could never be this phrase");
            }
        }
    }

    #[test]
    fn lines_that_say_what_they_are() {
        for (line, sign_of) in [
            ("4 Responses", Sign::CommentSection),
            ("Comments (12)", Sign::CommentSection),
            ("Leave a Reply", Sign::FormSection),
            (" Top stories", Sign::TeaserSection),
            ("Partner news", Sign::TeaserSection),
            ("Posted in Featured,Marrow | 4 Responses | Print |", Sign::Furniture),
            ("Comments are closed.", Sign::Furniture),
            ("You are commenting using your Twitter account. Log Out /  Change )", Sign::Furniture),
            ("READ ALSO: Ferry strike enters third week", Sign::Teaser),
            ("(Reporting by Ada Brandt; Editing by Piet Oss)", Sign::Credit),
            ("FILE PHOTO: The bridge before its fall.", Sign::Caption),
        ] {
            assert_eq!(sign(line), Some(sign_of), "{line}");
        }
    }

    #[test]
    fn sentences_of_a_story_say_nothing_of_the_kind() {
        for line in [
            "Share prices fell by nine per cent after the bridge fell.",
            "Comments by the mayor drew anger.",
            "The top stories of the year were about the bridge.",
            "More than forty people were hurt.",
            "Responses to the call for help came from three towns.",
            "Nobody was hurt.",
            "Related charges were dropped in May.",
        ] {
            assert_eq!(sign(line), None, "{line}");
        }
    }
}
