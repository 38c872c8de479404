//! PolNeAR (Newell, Margolin and Ruths 2018): attributions in political news, BRAT stand-off over plain text.

use std::collections::BTreeMap;
use std::path::Path;

use crossread_base::Span;

use super::{CharOffsets, files, read_text, stem};
use crate::score::ScoreError;
use crate::system::Document;

/// An attribution as the annotator marked it. Spans may be several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldAttribution {
    /// Who; empty where the annotator found nobody.
    pub source: Vec<Span>,
    /// By what words.
    pub cue: Vec<Span>,
    /// What.
    pub content: Vec<Span>,
}

/// An article with its attributions.
#[derive(Debug)]
pub struct Article {
    /// The text.
    pub document: Document,
    /// In order of the text.
    pub attributions: Vec<GoldAttribution>,
}

/// The articles of one part (`train`, `dev`), by name.
///
/// An annotation's file is named after the text and its annotator (`TEXT_ef2d.ann`). Where several annotated one
/// text, `annotator` chooses: 0 is the first by name. Texts that have no such annotator are left out.
pub fn read(part: &Path, annotator: usize) -> Result<Vec<Article>, ScoreError> {
    let mut by_text: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for path in files(&part.join("attributions"), ".ann")? {
        let name = stem(&path);
        let text = name.rsplit_once('_').map_or(name.as_str(), |(text, _)| text);
        by_text.entry(text.to_owned()).or_default().push(path);
    }
    let mut articles = Vec::new();
    for (name, paths) in by_text {
        let Some(path) = paths.get(annotator) else { continue };
        let text = read_text(&part.join("text").join(format!("{name}.txt")))?;
        let attributions = attributions(&read_text(path)?, &text)
            .map_err(|line| ScoreError::form(path, format!("line {line} is no BRAT annotation")))?;
        articles.push(Article { document: Document::plain(&name, text), attributions });
    }
    Ok(articles)
}

/// The attributions of a BRAT file; the number of the line that cannot be read, otherwise. `Content2` and
/// the like are further spans of the same part. Marks of doubt (`Discuss`, `Discard`) are not read.
fn attributions(brat: &str, text: &str) -> Result<Vec<GoldAttribution>, usize> {
    let offsets = CharOffsets::new(text);
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut found = Vec::new();
    for (line, number) in brat.lines().zip(1usize..) {
        let mut fields = line.split('\t');
        let (id, what) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
        // The text of an annotation, its third field, may hold a line break: what follows is no annotation.
        if what.is_empty() {
            continue;
        }
        if id.starts_with('T') {
            let (_, places) = what.split_once(' ').ok_or(number)?;
            let places = places.split(';').map(|place| {
                let (start, end) = place.split_once(' ')?;
                offsets.span(start.parse().ok()?, end.parse().ok()?)
            });
            spans.insert(id, places.collect::<Option<_>>().ok_or(number)?);
        } else if id.starts_with('E') {
            found.push((what, number));
        }
    }
    let mut attributions = Vec::new();
    for (event, number) in found {
        let mut attribution = GoldAttribution::default();
        for part in event.split_whitespace() {
            let (role, id) = part.split_once(':').ok_or(number)?;
            let list = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => &mut attribution.source,
                "Cue" => &mut attribution.cue,
                "Content" => &mut attribution.content,
                _ => continue,
            };
            list.extend(spans.get(id).ok_or(number)?);
            list.sort();
        }
        attributions.push(attribution);
    }
    attributions.sort_by_key(|a| (a.content.first().copied(), a.cue.first().copied()));
    Ok(attributions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brat_lines_become_attributions_in_bytes() {
        let text = "“It fell,” Café owner Ana Ruiz said. “All of it.”";
        let brat = "T1\tSource 11 30\tCafé owner Ana Ruiz\n\
                    T2\tCue 31 35\tsaid\n\
                    T3\tContent 0 10;37 49\t“It fell,”\n“All of it.”\n\
                    T4\tAttribution 31 35\tsaid\n\
                    E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n";
        let all = attributions(brat, text).unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].source[0].text(text), "Café owner Ana Ruiz");
        assert_eq!(
            all[0].content.iter().map(|s| s.text(text)).collect::<Vec<_>>(),
            ["“It fell,”", "“All of it.”"]
        );
        assert_eq!(attributions("T1\tCue 3 900\tx", text), Err(1));
    }
}
