//! Text that no editor would pass: it must be read in linear time, with nothing lost and nothing invented.

use crossread_base::Span;
use crossread_language::{Block, Pipeline};
use crossread_record::Parsed;
use proptest::prelude::*;

/// Parses both as a region and whole, and checks what must hold of every result.
fn check(text: &str) -> Parsed {
    let span = Span::of(0..text.len());
    let whole = Pipeline::embedded().parse(text, &[Block { span, region: None }]);
    let region = Pipeline::embedded().parse(text, &[Block { span, region: Some(0) }]);
    for parsed in [&whole, &region] {
        // Between tokens there is at most a space, and tokens lie on characters.
        let mut end = 0;
        for token in &parsed.tokens {
            let (start, stop) = (token.span.start as usize, token.span.end as usize);
            assert!(start < stop && text.get(start..stop).is_some());
            assert!(matches!(&text[end..start], "" | " "));
            assert!((token.head as usize) < parsed.tokens.len());
            end = stop;
        }
        assert!(text[end..].trim_matches(' ').is_empty());
        // Sentences follow each other and hold the heads of their tokens' trees.
        let mut next = 0;
        for sentence in &parsed.sentences {
            assert!(sentence.tokens.start >= next && sentence.tokens.start < sentence.tokens.end);
            assert!(
                !sentence.span.is_empty()
                    && text[sentence.span.range()].trim() == &text[sentence.span.range()]
            );
            next = sentence.tokens.end;
        }
    }
    whole
}

#[test]
fn brackets_by_the_ten_thousand() {
    assert_eq!(check(&"(".repeat(50_000)).tokens.len(), 50_000);
    assert_eq!(check(&")".repeat(50_000)).tokens.len(), 50_000);
    check(&"([{".repeat(5_000));
}

#[test]
fn one_word_without_end() {
    assert_eq!(check(&"a".repeat(500_000)).tokens.len(), 1);
    check(&"a-".repeat(50_000));
    check(&"a.b@".repeat(50_000));
    check(&".".repeat(100_000));
    check(&"-".repeat(20_000));
}

#[test]
fn a_line_without_a_sentence_end() {
    let parsed = check(&"and the bridge ".repeat(7_000));
    assert_eq!(parsed.tokens.len(), 21_000);
}

#[test]
fn only_emoji_and_text_from_right_to_left() {
    check(&"👩‍👩‍👧‍👦😀🏳️‍🌈".repeat(500));
    check(&"سقط الجسر مساء الثلاثاء. ".repeat(500));
    check(&"הגשר נפל ביום שלישי. ".repeat(500));
    check("\u{202e}egdirb eht\u{202c} \u{200f}\u{feff}\0\u{7f}");
}

#[test]
fn only_white_space() {
    check(&" \n\t\u{a0}\u{2028}".repeat(5_000));
    check(&" ".repeat(100_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_heap_of_pieces_is_read(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "the", "Bridge", "U.S.", "Gen.", "…", "...", "\"", "'", "”", "(", "]", "-", "—", "8)", ":-)", "km", "5",
                "1.5km", "n't", "can't", "'S", "’s", "http://a.example/b?c=d", "a@b.example", " ", " ", " ", "\n", "\n\n",
                "\t", "é", "é", "٣", "²", "😀", "گ", "x.Y", "$", "US$5", "10a.m.", "and/or", "!", "?", ".", ",", ";",
            ]),
            0..80,
        )
    ) {
        check(&pieces.concat());
    }
}
