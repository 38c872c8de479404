//! Small matters of English that more than one room writes.

/// The name of a month, 1 to 12.
pub fn month_name(month: usize) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(month.checked_sub(1)?).copied()
}

/// The words with their white space run together, cut at a word's end to at most `most` characters.
pub fn shortened(words: &str, most: usize) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= most {
        return flat;
    }
    let cut: String = flat.chars().take(most).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(shortened("the  bridge\nfell down", 12), "the bridge …");
        assert_eq!(shortened("the bridge", 12), "the bridge");
    }

    #[test]
    fn a_year_has_twelve_months() {
        assert_eq!(month_name(1), Some("January"));
        assert_eq!(month_name(12), Some("December"));
        assert_eq!((month_name(0), month_name(13)), (None, None));
    }
}
