//! What somebody denies, and who says it: "Ravel denied firing at the guards", "it was not a .45-caliber handgun, her
//! lawyer said".

use crossread_base::Span;
use crossread_record::Relation;
use smol_str::SmolStr;

use crate::frames;
use crate::keys::{keys, name_keys};
use crate::likeness::Rarity;
use crate::matter::Matter;
use crate::progress;
use crate::statement::{Statement, sorted};
use crate::stem::stem;
use crate::table::lines;
use crate::told::Told;
use crate::verdict::ruling;

/// Claims that one denial is set against.
const MOST: usize = 12;
/// How much of what is denied the other must say.
const SAID: f64 = 0.5;

/// A claim with the stems of what it says, names of persons apart.
struct Said {
    words: Vec<SmolStr>,
    names: Vec<SmolStr>,
}

impl Said {
    fn of(statement: &Statement<'_>) -> Self {
        let mut names: Vec<SmolStr> = Vec::new();
        for argument in &statement.claim.arguments {
            names.extend(statement.person(argument).map(name_keys).unwrap_or_default());
        }
        let denier = statement.claim.attribution.first();
        let denier = denier.and_then(|&id| statement.record.testimony.attribution(id));
        if statement.denied() && names.is_empty() {
            let speaker = denier.and_then(|said| said.speaker);
            let speaker = speaker.and_then(|id| statement.record.grounded.entity(id));
            names.extend(speaker.map(name_keys).unwrap_or_default());
            let agents = statement.denial.iter().flat_map(|claim| claim.in_role("agent"));
            let persons = agents.filter_map(|argument| statement.person(argument));
            names.extend(persons.flat_map(name_keys));
        }
        // "It was a .32, not a .45": what it was not is denied, and not what it was.
        let what = contrast(statement);
        let words = what.as_ref().unwrap_or(&statement.words);
        let words = words.iter().filter(|key| !names.contains(key));
        Self { words: sorted(words.map(|key| stem(key)).collect()), names: sorted(names) }
    }

    fn keys(&self) -> impl Iterator<Item = &SmolStr> {
        self.words.iter().chain(&self.names)
    }
}

/// The keys of what a claim of identity says that something is not, clauses and comparisons left out: "it was a .32, not
/// a .45 like the one that killed her".
fn contrast(statement: &Statement<'_>) -> Option<Vec<SmolStr>> {
    if statement.claim.frame != "identity.is" {
        return None;
    }
    let rest = Span::new(statement.claim.span.start, statement.sentence.end);
    let words = statement.text(rest);
    let leads = [", not a ", ", not an ", ", not the ", "but not a ", "but not the "];
    let at = leads.iter().find_map(|lead| Some(words.find(lead)? + lead.len()))?;
    let denied = words.get(at..)?;
    let ends = [" like ", " that ", " who ", " which ", ",", ";", ". "];
    let end = ends.iter().filter_map(|end| denied.find(end)).min().unwrap_or(denied.len());
    Some(keys(denied.get(..end)?))
}

/// Whether it says that somebody is not the one who did it: "is not the person who", "is not the gunman".
fn says_another(statement: &Statement<'_>) -> bool {
    static DOERS: &str = include_str!("../data/doers.txt");
    let claim = statement.claim;
    let heads = claim.in_role("attribute").filter_map(|attribute| attribute.head);
    let mut heads = heads.map(|head| statement.text(head).to_lowercase());
    statement.negative()
        && claim.frame == "identity.is"
        && heads.any(|head| lines(DOERS).any(|doer| doer == head))
}

/// The denials of a pile, each with the claims it stands against.
pub(crate) fn matters(statements: &[Statement<'_>], rarity: &Rarity) -> Vec<Matter> {
    let denials: Vec<usize> =
        (0..statements.len()).filter(|&index| denies(index, statements)).collect();
    if denials.is_empty() {
        return Vec::new();
    }
    let said: Vec<Said> = statements.iter().map(Said::of).collect();
    let told = Told::of(said.iter().map(Said::keys));
    let mut matters = Vec::new();
    for &index in &denials {
        let (denial, denied) = (&statements[index], &said[index]);
        if denied.words.len() < 2 {
            continue;
        }
        let another = says_another(denial);
        let mut against: Vec<usize> = Vec::new();
        for other in told.sharing(denied.keys()) {
            let statement = &statements[other];
            let same_sentence =
                statement.report == denial.report && statement.sentence == denial.sentence;
            // That somebody denied it is no claim that it is so.
            let speech = statement.claim.frame.starts_with("speech.");
            let denies = denials.binary_search(&other).is_ok();
            if same_sentence || speech || denies || statement.negative() || !statement.plain() {
                continue;
            }
            let names = &said[other].names;
            let known = names.iter().any(|name| denied.names.contains(name));
            let strangers = !names.is_empty() && !denied.names.is_empty() && !known;
            let shared = denied.words.iter().filter(|key| said[other].words.contains(key)).count();
            let enough = shared >= 2 && shared as f64 >= SAID * denied.words.len() as f64;
            // "Ravel is not the person who caused her death" is against all that tells of him as the one who did it.
            let blamed = another && frames::incident(&statement.claim.frame) && {
                let mut agents = statement.claim.in_role("agent");
                let named = agents.any(|agent| {
                    let person = statement.person(agent).map(name_keys).unwrap_or_default();
                    person.iter().any(|name| denied.names.contains(name))
                });
                named && statement.claim.attribution != denial.claim.attribution
            };
            let near = statement.context.iter().any(|key| denial.context.contains(key));
            let same_act = statement.claim.frame == denial.claim.frame && near && known;
            if strangers || !(enough || same_act || blamed) {
                continue;
            }
            if !rarity.one_story(denial.report, statement.report) {
                continue;
            }
            against.push(other);
        }
        for other in against.into_iter().take(MOST) {
            let clause = statements[other].text(statements[other].claim.span);
            let text = format!("Is it so: \"{}\"?", crossread_base::words::shortened(clause, 90));
            let ruling =
                ruling(Relation::Deny, "speaker_negates", "a speaker says that it is not so");
            matters.push(Matter::of_two(text, index.min(other), index.max(other), ruling));
        }
    }
    matters
}

/// Whether a speaker says that something is not so: not that it is not known, nor that it has not happened yet.
fn denies(index: usize, statements: &[Statement<'_>]) -> bool {
    let statement = &statements[index];
    let claim = statement.claim;
    if claim.generic || progress::is_open(statement) {
        return false;
    }
    if statement.denied() {
        return true;
    }
    let negated = statement.negative() && claim.frame.starts_with("identity.");
    if !negated && contrast(statement).is_none() {
        return false;
    }
    // "It was a .32, not a .45, he said": the speaker stands beside the clause that is denied.
    // The statements of a report stand together.
    let attributed = |other: &Statement<'_>| {
        other.sentence == statement.sentence && !other.claim.attribution.is_empty()
    };
    let same = |other: &&Statement<'_>| other.report == statement.report;
    statements[..index].iter().rev().take_while(same).any(attributed)
        || statements[index..].iter().take_while(same).any(attributed)
}
