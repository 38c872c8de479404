//! Any text, read whole and as a region: every token lies in it, in order.
#![no_main]

use crossread_base::Span;
use crossread_language::{Block, Pipeline};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let span = Span::of(0..text.len());
    for region in [None, Some(0)] {
        let parsed = Pipeline::embedded().parse(text, &[Block { span, region }]);
        let mut end = 0;
        for token in &parsed.tokens {
            assert!(token.span.start >= end && token.span.end > token.span.start);
            assert!(text.get(token.span.range()).is_some());
            assert!((token.head as usize) < parsed.tokens.len());
            end = token.span.end;
        }
    }
});
