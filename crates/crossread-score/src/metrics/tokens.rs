use crossread_base::Span;

/// The tokens of a text for token-level figures: a run of letters and digits (with the apostrophes and
/// hyphens inside it) is one, every other character that is no white space is one.
#[derive(Debug)]
pub struct Tokens(Vec<Span>);

impl Tokens {
    /// Of `text`.
    pub fn new(text: &str) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        let mut chars = text.char_indices().peekable();
        let mut in_word = false;
        while let Some((at, c)) = chars.next() {
            let next_is_word = chars.peek().is_some_and(|&(_, next)| next.is_alphanumeric());
            let joins = in_word && next_is_word && matches!(c, '\'' | '’' | '-');
            let end = at + c.len_utf8();
            if c.is_alphanumeric() || joins {
                match spans.last_mut().filter(|_| in_word) {
                    Some(word) => *word = Span::of(word.start as usize..end),
                    None => spans.push(Span::of(at..end)),
                }
                in_word = true;
                continue;
            }
            in_word = false;
            if !c.is_whitespace() {
                spans.push(Span::of(at..end));
            }
        }
        Self(spans)
    }

    /// The numbers of the tokens that `spans` touch, in order, each once.
    pub fn touched(&self, spans: &[Span]) -> Vec<u32> {
        let mut touched = Vec::new();
        for &span in spans {
            let first = self.0.partition_point(|token| token.end <= span.start);
            let inside = self.0[first..].iter().take_while(|token| token.start < span.end);
            touched.extend((first as u32..).zip(inside).map(|(index, _)| index));
        }
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    /// The span of a token.
    pub fn span(&self, index: u32) -> Span {
        self.0.get(index as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_marks_and_what_spans_touch() {
        let text = "“It’s over,” Al-Saqi said.";
        let tokens = Tokens::new(text);
        let words: Vec<&str> = tokens.0.iter().map(|t| t.text(text)).collect();
        assert_eq!(words, ["“", "It’s", "over", ",", "”", "Al-Saqi", "said", "."]);
        let said = text.find("said").unwrap();
        assert_eq!(tokens.touched(&[Span::of(said..said + 1), Span::of(0..4)]), [0, 1, 6]);
        assert!(tokens.touched(&[Span::of(900..950)]).is_empty());
    }
}
