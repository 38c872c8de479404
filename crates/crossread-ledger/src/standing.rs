//! How an answer stands among the others of its question, and how the question stands by its answers.

use crossread_record::{Answer, Relation, Standing, Verdict, sides};

use crate::rules::time::Stretch;

/// One claim of an answer, as far as standing goes.
pub(crate) struct Voice {
    /// Who holds it: the speaker, or the outlet where it speaks for itself.
    pub(crate) holder: String,
    /// Where it enters the pile.
    pub(crate) origin: Option<usize>,
    /// The date of its report.
    pub(crate) told: Option<Stretch>,
}

/// Works out the standing of each answer, writes it into them, and gives that of the question. `voices` are those of
/// each answer.
pub(crate) fn stand(
    answers: &mut [Answer],
    voices: &[Vec<Voice>],
    verdicts: &[Verdict],
) -> Standing {
    let mut pairs: Vec<(usize, usize, Relation)> = verdicts
        .iter()
        .filter_map(|verdict| {
            let (a, b) = sides(answers, verdict)?;
            (a != b).then_some((a.min(b), a.max(b), verdict.relation))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let withdrawn: Vec<bool> = (0..answers.len())
        .map(|answer| {
            let others = pairs.iter().filter_map(|&(a, b, relation)| match relation {
                Relation::Contradict | Relation::Deny | Relation::Supersede if a == answer => {
                    Some(b)
                }
                Relation::Contradict | Relation::Deny | Relation::Supersede if b == answer => {
                    Some(a)
                }
                _ => None,
            });
            let others: Vec<&Voice> = others.flat_map(|other| &voices[other]).collect();
            is_withdrawn(&voices[answer], &others)
        })
        .collect();
    let disputed = |relation: Relation| matches!(relation, Relation::Contradict | Relation::Deny);
    let held = |&&(a, b, _): &&(usize, usize, Relation)| !withdrawn[a] && !withdrawn[b];
    let against: Vec<bool> = (0..answers.len())
        .map(|answer| {
            let mut held = pairs.iter().filter(held);
            held.any(|&(a, b, relation)| disputed(relation) && (a == answer || b == answer))
        })
        .collect();
    for (index, answer) in answers.iter_mut().enumerate() {
        answer.standing = Some(if withdrawn[index] {
            Standing::Withdrawn
        } else if against[index] {
            Standing::Disputed
        } else if answer.origins > 1 {
            Standing::Agreed
        } else {
            Standing::SingleOrigin
        });
    }
    // Two claims of one answer may be in conflict too: a headline its text does not bear out.
    let within = verdicts.iter().any(|verdict| {
        disputed(verdict.relation) && sides(answers, verdict).is_some_and(|(a, b)| a == b)
    });
    let any = |wanted: Relation| pairs.iter().any(|&(_, _, relation)| relation == wanted);
    if within || against.contains(&true) {
        Standing::Disputed
    } else if any(Relation::Supersede) || withdrawn.contains(&true) {
        Standing::Changing
    } else if [Relation::DifferInScope, Relation::Refine, Relation::Unknown].into_iter().any(any) {
        Standing::Varying
    } else if answers.iter().any(|answer| answer.origins > 1) {
        Standing::Agreed
    } else {
        Standing::SingleOrigin
    }
}

/// Whether nobody holds it any more: of each origin somebody who held it has later told what cannot stand beside it.
/// What copies an origin made does not bind those who copied it.
fn is_withdrawn(own: &[Voice], others: &[&Voice]) -> bool {
    let gone = |voice: &Voice| {
        others.iter().any(|other| {
            other.holder == voice.holder
                && other.told.zip(voice.told).is_some_and(|(x, y)| x.start >= y.end)
        })
    };
    let mut origins: Vec<Option<usize>> = own.iter().map(|voice| voice.origin).collect();
    origins.sort_unstable();
    origins.dedup();
    // Claims whose origin is not known stand each for itself.
    !own.is_empty()
        && origins.iter().all(|origin| match origin {
            Some(_) => own.iter().any(|voice| voice.origin == *origin && gone(voice)),
            None => own.iter().filter(|voice| voice.origin.is_none()).all(gone),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(holder: &str, origin: usize, told: &str) -> Voice {
        Voice { holder: holder.to_owned(), origin: Some(origin), told: Stretch::of(told) }
    }

    #[test]
    fn a_toll_its_outlet_replaced_is_withdrawn_and_one_that_another_replaced_is_not() {
        let nine = [voice("post", 0, "2025-05-04T08:10")];
        let later = voice("post", 1, "2025-05-05");
        let other = voice("star", 2, "2025-05-05");
        assert!(is_withdrawn(&nine, &[&later]));
        assert!(!is_withdrawn(&nine, &[&other]));
        // An earlier word of the same outlet takes nothing back.
        assert!(!is_withdrawn(&nine, &[&voice("post", 1, "2025-05-03")]));
    }

    #[test]
    fn a_copy_falls_with_what_it_copied_and_a_second_origin_does_not() {
        let wire_and_copy = [voice("wire", 0, "2025-05-04"), voice("courier", 0, "2025-05-04")];
        let both = [voice("wire", 0, "2025-05-04"), voice("star", 3, "2025-05-04")];
        let update = voice("wire", 1, "2025-05-05");
        assert!(is_withdrawn(&wire_and_copy, &[&update]));
        assert!(!is_withdrawn(&both, &[&update]));
    }
}
