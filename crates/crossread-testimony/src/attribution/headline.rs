//! Headlines that name their source last: "Ten dead in Marrow quake: coast guard".

use super::draw::Drawn;
use super::page::{Name, Page, Pos};

/// The most words of a source behind the colon.
const LONGEST_SOURCE: usize = 5;
/// The fewest words of what it says.
const SHORTEST_CONTENT: usize = 3;

/// Adds the attributions of headlines that end in a colon and a source.
pub(crate) fn add(page: &Page<'_>, drawn: &mut Vec<Drawn>) {
    let headlines = page.paragraphs.iter().take_while(|run| run.end <= page.headline_end);
    for run in headlines {
        let Some(colon) = (run.first..run.end).rev().take(LONGEST_SOURCE + 2).find(|&at| {
            matches!(page.form(at), ":" | "—" | "–" | "--")
                && page.words[at].pos == Pos::Punctuation
        }) else {
            continue;
        };
        let mut source: Vec<usize> = (colon + 1..run.end).collect();
        while source.last().is_some_and(|&last| page.words[last].pos == Pos::Punctuation) {
            source.pop();
        }
        let taken = drawn
            .iter()
            .any(|d| d.cue.contains(&colon) || source.iter().any(|at| d.source.contains(at)));
        if taken || source.len() > LONGEST_SOURCE || colon < run.first + SHORTEST_CONTENT {
            continue;
        }
        let words = source.iter().map(|&at| &page.words[at]);
        let noun = words
            .clone()
            .next_back()
            .is_some_and(|w| matches!(w.pos, Pos::Name | Pos::Noun) && w.name != Name::Amount);
        let plain = words.clone().all(|w| {
            matches!(
                w.pos,
                Pos::Name
                    | Pos::Noun
                    | Pos::Adjective
                    | Pos::Determiner
                    | Pos::Adposition
                    | Pos::Particle
            )
        });
        // The content is a sentence, and no list or label: "Live: ..." has its words behind the colon.
        let said = (run.first..colon)
            .any(|at| page.words[at].is_verb() || page.words[at].name == Name::Amount);
        if noun && plain && (said || colon - run.first >= 2 * SHORTEST_CONTENT) {
            drawn.push(Drawn::spoken(colon, source, vec![colon], (run.first..colon).collect()));
        }
    }
}
