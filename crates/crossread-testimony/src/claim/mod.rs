//! What is said: frames with their arguments, and how far they are so.
//!
//! A claim starts from a word that brings up a frame of the [`crate::ontology`] ("killed", "the death
//! of"), or from a clause that brings up none. Its arguments are read from the dependency tree, its standing by
//! [`factuality`], its place, time and amounts from what grounding found, its speakers from the
//! attributions that cover it. Everything is linear in the number of tokens.

mod attach;
mod chain;
mod extent;
mod grammar;
mod ground;
mod kind;
mod role;
mod site;

use crossread_base::{ClaimId, Span};
use crossread_record::{
    Argument, Aspect, Attribution, Claim, Grounded, Parsed, Place, Precision, Quote, RegionKind,
    Report,
};

use crate::factuality::{self, Judged};
use crate::ontology::{Class, Ontology};
use crate::tree::Tree;
use crate::wording::Wording;
pub(crate) use grammar::Grammar;
use ground::Ground;
use kind::Kind;
use role::Roles;
use site::{Finder, Site};

/// The claims of a report, in order of the text: those of headline, subheads, body and captions. A report
/// without regions is taken for one body.
pub fn find(
    report: &Report,
    parsed: &Parsed,
    grounded: &Grounded,
    attributions: &[Attribution],
) -> Vec<Claim> {
    let ontology = Ontology::embedded();
    let tree = Tree::new(parsed);
    let ground = Ground::new(parsed, &tree, grounded);
    let grammar = Grammar { tree: &tree };
    let roles = Roles { grammar, kind: Kind { tree: &tree, ground: &ground, ontology }, ontology };
    let regions: Vec<Option<u32>> =
        (0..tree.len() as u32).map(|token| region_of(report, parsed, &tree, token)).collect();
    // A cue tells who said what it leads to. Where that is no clause ("they called in six engines") it is a deed as well,
    // and what is said of it is not lost.
    let clause = |found: &&Attribution| {
        found.quote != Quote::Indirect
            || found.content.iter().any(|&span| {
                let tokens = tree.at(span.start)..tree.at(span.end.saturating_sub(1)) + 1;
                tokens.into_iter().any(|token| {
                    tree.is_verb(token) && !matches!(tree.dep(token), "amod" | "prep" | "compound")
                })
            })
    };
    let telling = attributions.iter().filter(clause);
    let cues = painted(&tree, parsed, telling.flat_map(|found| found.cue.iter().copied()));
    let finder = Finder {
        grammar,
        roles: &roles,
        wanted: &|token| regions[token as usize].is_some(),
        cue: &|token| cues[token as usize],
    };
    let sites = finder.find();
    let filled: Vec<_> = sites.iter().map(|site| roles.fill(site)).collect();
    let place_roles: Vec<_> = grounded.places.iter().map(|place| place.role).collect();
    let attached = attach::attach(&tree, &ground, &place_roles, &sites, &filled);
    let wording = Wording::embedded().find(&tree);
    let mut chains = chain::Chains::new(attributions);
    let mut claims = Vec::with_capacity(sites.len());
    for ((site, filled), attached) in sites.iter().zip(&filled).zip(attached) {
        let Some(region) = regions[site.token as usize] else { continue };
        let kind =
            report.regions.get(region as usize).map_or(RegionKind::Body, |region| region.kind);
        let heading = matches!(kind, RegionKind::Headline | RegionKind::Subhead);
        let acts = filled.iter().any(|(role, word)| role == "agent" && roles.kind.is_person(*word));
        let standing = factuality::judge(
            grammar,
            Judged { trigger: site.token, clause: site.clause, heading, acts },
        );
        let span = clause_span(&tree, site);
        let heads: Vec<u32> = filled.iter().map(|&(_, word)| word).collect();
        let mut arguments: Vec<Argument> = filled
            .iter()
            .map(|(role, word)| Argument {
                role: role.to_string(),
                entity: entity(&tree, &ground, *word),
                span: extent::argument(&tree, *word, &heads),
                head: Some(tree.token(*word).span),
            })
            .collect();
        arguments.sort_by_key(|argument| (argument.span.start, argument.span.end));
        let trigger = trigger_span(&tree, site);
        let event = site.trigger.is_none_or(|trigger| ontology.frame_of(trigger).event);
        let negative = site.trigger.is_some_and(|trigger| trigger.negative);
        let polarity = if negative { flipped(standing.polarity) } else { standing.polarity };
        let planned = site.trigger.is_some_and(|trigger| trigger.planned);
        let mut words: Vec<Span> = arguments
            .iter()
            .map(|argument| argument.span)
            .chain([trigger])
            .flat_map(|span| wording.within(span))
            .collect();
        words.sort_unstable();
        words.dedup();
        let generic =
            is_generic(&tree, &ground, site, filled, heading) && attached.times.is_empty();
        claims.push(Claim {
            id: ClaimId(0),
            span: span.cover(trigger),
            region,
            frame: site.frame.to_string(),
            trigger,
            arguments,
            place: narrowest(report, grounded, &attached.places),
            time: attached.times.first().copied(),
            quantities: attached.quantities,
            attribution: chains.of(tree.token(site.token).span),
            certainty: standing.certainty,
            polarity,
            aspect: match site.subject {
                _ if planned => Aspect::Planned,
                // What is set beside a noun holds as the sentence is said.
                Some(_) => Aspect::Ongoing,
                None if !event && !tree.is_verb(site.clause) && standing.aspect == Aspect::Past => {
                    Aspect::Ongoing
                }
                None => standing.aspect,
            },
            presupposed: standing.presupposed
                || (event
                    && tree.dep(site.token) == "amod"
                    && (tree.is_verb(site.token)
                        || site.trigger.is_none_or(|trigger| trigger.class == Class::Adj))),
            generic,
            cues: standing.cues.iter().map(|&cue| tree.token(cue).span).collect(),
            wording: words,
        });
    }
    for (number, claim) in claims.iter_mut().enumerate() {
        claim.id = ClaimId(number as u32 + 1);
    }
    claims
}

/// The first place of a claim, or, where that is a country, the first named site in it: "in Norland's northern city of
/// Tane". "North of Tane" is not in Tane.
fn narrowest(report: &Report, grounded: &Grounded, places: &[u32]) -> Option<u32> {
    let (&first, rest) = places.split_first()?;
    let place = |index: u32| grounded.places.get(index as usize);
    let Some(outer) = place(first).filter(|outer| outer.precision == Precision::Country) else {
        return Some(first);
    };
    let beside = |inner: &Place| {
        let before = report.text.get(..inner.span.start as usize).unwrap_or_default();
        let mut words = before.split_whitespace().rev();
        words.next() == Some("of")
            && words.next().is_some_and(|word| {
                ["north", "south", "east", "west"].iter().any(|side| word.ends_with(side))
            })
    };
    let within = |&index: &u32| {
        place(index).is_some_and(|inner| {
            inner.precision == Precision::Exact && inner.country == outer.country && !beside(inner)
        })
    };
    Some(rest.iter().copied().find(within).unwrap_or(first))
}

fn flipped(polarity: crossread_record::Polarity) -> crossread_record::Polarity {
    use crossread_record::Polarity::{Negative, Positive};
    match polarity {
        Positive => Negative,
        Negative => Positive,
    }
}

/// The region a token makes claims in; `None` for furniture and the like.
fn region_of(report: &Report, parsed: &Parsed, tree: &Tree<'_>, token: u32) -> Option<u32> {
    let sentence = parsed.sentences.get(tree.sentence(token) as usize)?;
    let region = match sentence.region {
        Some(region) => region,
        None => report.region_at(tree.token(token).span.start).unwrap_or(0) as u32,
    };
    match report.regions.get(region as usize) {
        Some(held) => held.kind.makes_claims().then_some(region),
        None => Some(region),
    }
}

/// Which tokens lie in one of the spans.
fn painted(tree: &Tree<'_>, parsed: &Parsed, spans: impl Iterator<Item = Span>) -> Vec<bool> {
    let mut inside = vec![false; parsed.tokens.len()];
    for span in spans {
        let first = tree.at(span.start) as usize;
        for (token, inside) in parsed.tokens[first..].iter().zip(&mut inside[first..]) {
            if token.span.start >= span.end {
                break;
            }
            *inside = true;
        }
    }
    inside
}

/// The entity an argument names by its head, or by the name that stands before a word for its people:
/// "Norden Front fighters".
fn entity(tree: &Tree<'_>, ground: &Ground<'_>, word: u32) -> Option<crossread_base::EntityId> {
    ground.entity_at(word).or_else(|| {
        tree.children(word)
            .iter()
            .copied()
            .filter(|&child| matches!(tree.dep(child), "compound" | "nmod"))
            .find_map(|child| ground.entity_at(child))
            .filter(|_| tree.is_noun(word))
    })
}

/// The clause of a claim: that of its verb, or the phrase of a noun that no verb lends one.
fn clause_span(tree: &Tree<'_>, site: &Site<'_>) -> Span {
    if let Some(subject) = site.subject {
        return extent::argument(tree, subject, &[]).cover(extent::argument(tree, site.token, &[]));
    }
    extent::clause(tree, site.clause)
}

/// The words that bring the claim up; those of a phrase that lie apart are covered only where they are near.
fn trigger_span(tree: &Tree<'_>, site: &Site<'_>) -> Span {
    let mut span = tree.token(site.token).span;
    for &word in &site.companions {
        if word.abs_diff(site.token) <= 3 {
            span = span.cover(tree.token(word).span);
        }
    }
    span
}

/// Said of a kind: a bare plural or "a" as subject, the plain present, nobody and nothing named.
fn is_generic(
    tree: &Tree<'_>,
    ground: &Ground<'_>,
    site: &Site<'_>,
    filled: &[role::Filled],
    heading: bool,
) -> bool {
    if heading || !tree.is_verb(site.clause) || tree.tag(site.clause) != "VBP" {
        return false;
    }
    let Some((_, subject)) =
        filled.iter().find(|(role, _)| matches!(role.as_str(), "agent" | "theme" | "subject"))
    else {
        return false;
    };
    tree.tag(*subject) == "NNS"
        && !tree.has_child(*subject, &["det", "poss", "nummod", "relcl", "acl"])
        && filled.iter().all(|(_, word)| entity(tree, ground, *word).is_none())
}
