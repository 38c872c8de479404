//! The embedded pipeline over invented news.

use crossread_base::Span;
use crossread_language::{Block, Level, Pipeline};
use crossread_record::Parsed;

const STORY: &str = "The footbridge at Marrow fell on Tuesday night.\n\n\
    \"Nine people are confirmed dead,\" said Col. Ada Brandt, the U.S.-led coast guard's spokeswoman. \
    She didn't say who'd closed it: 1.5km of road (see http://harbourpost.example/a?b=1) stayed shut...";

fn whole(text: &str) -> Vec<Block> {
    vec![Block { span: Span::of(0..text.len()), region: None }]
}

fn table(text: &str, parsed: &Parsed) -> String {
    let mut lines = String::new();
    for (number, sentence) in parsed.sentences.iter().enumerate() {
        lines += &format!("# {number}: {}\n", &text[sentence.span].replace('\n', "\\n"));
        for at in sentence.tokens.clone() {
            let token = &parsed.tokens[at as usize];
            lines += &format!(
                "{at}\t{:?}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n",
                &text[token.span],
                token.lemma,
                token.tag,
                token.pos,
                token.morph,
                token.head,
                token.dep,
                token.ent
            );
        }
    }
    lines
}

#[test]
fn a_story_is_read_as_spacy_reads_it() {
    let parsed = Pipeline::embedded().parse(STORY, &whole(STORY));
    insta::assert_snapshot!(table(STORY, &parsed));
}

#[test]
fn every_instruction_set_gives_the_same_result() {
    let expected = Pipeline::embedded().parse(STORY, &whole(STORY));
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/data/en_core_web_sm.crossread-model");
    for level in Level::available() {
        let pipeline = Pipeline::open(model.as_ref()).unwrap().with_level(level);
        assert_eq!(pipeline.parse(STORY, &whole(STORY)), expected, "{level:?}");
    }
}

#[test]
fn sentences_keep_to_their_blocks() {
    let text = "Bridge falls at Marrow\nNine people died on Tuesday. Two are missing.";
    let blocks = [(0..22, 0), (23..text.len(), 2)]
        .map(|(range, region)| Block { span: Span::of(range), region: Some(region) });
    let parsed = Pipeline::embedded().parse(text, &blocks);
    let sentences: Vec<_> =
        parsed.sentences.iter().map(|one| (&text[one.span], one.region)).collect();
    assert_eq!(
        sentences,
        [
            ("Bridge falls at Marrow", Some(0)),
            ("Nine people died on Tuesday.", Some(2)),
            ("Two are missing.", Some(2))
        ]
    );
    for sentence in &parsed.sentences {
        for at in sentence.tokens.clone() {
            assert!(
                sentence.tokens.contains(&parsed.tokens[at as usize].head),
                "heads count over the report"
            );
        }
    }
}

#[test]
fn nothing_comes_of_nothing() {
    for text in ["", " ", "\n\n"] {
        assert!(Pipeline::embedded().parse(text, &whole(text)).sentences.is_empty());
    }
    let outside = Block { span: Span::new(3, 90), region: None };
    assert_eq!(Pipeline::embedded().parse("four", &[outside]), Parsed::default());
}
