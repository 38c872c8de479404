//! Tables of words in `data/`: a line each, comments after `#`.

/// The lines of a table but for its comments.
pub(crate) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Where a phrase stands in a text as whole words.
pub(crate) fn whole_word(text: &str, phrase: &str) -> Option<usize> {
    text.match_indices(phrase).map(|(at, _)| at).find(|&at| {
        !text[..at].ends_with(char::is_alphanumeric)
            && !text[at + phrase.len()..].starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_comments_are_none() {
        assert_eq!(whole_word("unnamed, and named", "named"), Some(13));
        assert_eq!(whole_word("unnamed", "named"), None);
        assert_eq!(lines("# two\none\nmore").collect::<Vec<_>>(), ["one", "more"]);
    }
}
