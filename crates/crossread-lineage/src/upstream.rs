//! Corrections and retractions, and who else they concern.

use crossread_base::ReportId;
use crossread_record::{Flag, Record};

use crate::words::data_lines;

/// For each report of an origin in which another report says that the story was corrected or withdrawn: a flag.
pub(crate) fn flags(records: &[&Record], groups: &[Vec<usize>]) -> Vec<(ReportId, Flag)> {
    let mut found = Vec::new();
    for group in groups.iter().filter(|group| group.len() > 1) {
        let notices: Vec<(usize, &str)> =
            group.iter().filter_map(|at| Some((*at, notice(&records[*at].report.text)?))).collect();
        for (by, words) in &notices {
            for at in group.iter().filter(|at| *at != by) {
                let note = format!(
                    "{} rests on the same text and says: \"{words}\"",
                    records[*by].report.id
                );
                let flag = Flag { kind: "corrected_elsewhere".to_owned(), span: None, note };
                found.push((records[*at].report.id.clone(), flag));
            }
        }
    }
    found
}

/// The line of a report that says it was corrected or withdrawn.
fn notice(text: &str) -> Option<&str> {
    text.lines().map(str::trim).find_map(|line| {
        let folded = line.to_lowercase();
        let hit = data_lines(include_str!("../data/corrections.txt"))
            .any(|phrase| folded.contains(phrase));
        let cut = line.char_indices().nth(200).map_or(line.len(), |(at, _)| at);
        hit.then(|| line.get(..cut).unwrap_or(line))
    })
}
