//! Which places, times and amounts belong to which claim: each to the nearest site above it in the tree; a
//! claim without a place or time of its own takes those of the clause it leans on, of its participants, or of the
//! claim it takes part in.

use crossread_record::PlaceRole;

use super::ground::Ground;
use super::role::{Filled, locative};
use super::site::Site;
use crate::tree::Tree;

/// What belongs to one site, as indices into the grounded lists.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attached {
    pub(crate) places: Vec<u32>,
    pub(crate) times: Vec<u32>,
    pub(crate) quantities: Vec<u32>,
}

const NONE: u32 = u32::MAX;

/// Attaches everything grounded to the sites; the result is parallel to `sites`.
pub(crate) fn attach(
    tree: &Tree<'_>,
    ground: &Ground<'_>,
    roles_of_places: &[PlaceRole],
    sites: &[Site<'_>],
    filled: &[Vec<Filled>],
) -> Vec<Attached> {
    // The site each word speaks for; verbs that carry a site's clause speak for it unless they make a claim.
    let mut speaks = vec![NONE; tree.len()];
    for (number, site) in sites.iter().enumerate() {
        if site.clause != site.token && speaks[site.clause as usize] == NONE {
            speaks[site.clause as usize] = number as u32;
        }
    }
    for (number, site) in sites.iter().enumerate() {
        for &word in &site.companions {
            if speaks[word as usize] == NONE {
                speaks[word as usize] = number as u32;
            }
        }
        speaks[site.token as usize] = number as u32;
    }
    // Operators ("plan to", "is expected to") pass what hangs on them down to what they govern.
    for (number, site) in sites.iter().enumerate() {
        let mut at = site.clause;
        for above in tree.ancestors(site.clause) {
            if !matches!(tree.dep(at), "xcomp" | "ccomp") || speaks[above as usize] != NONE {
                break;
            }
            if tree.dep(at) == "ccomp" && tree.has_child(at, &["nsubj", "nsubjpass", "mark"]) {
                break;
            }
            speaks[above as usize] = number as u32;
            at = above;
        }
    }
    let mut attached = vec![Attached::default(); sites.len()];
    // An amount belongs to the claim whose argument it counts, before the clause it hangs on.
    let mut counted = speaks.clone();
    for (number, filled) in filled.iter().enumerate() {
        for (role, word) in filled {
            let held = &mut counted[*word as usize];
            if *held == NONE && role != "topic" && role != "reason" {
                *held = number as u32;
            }
        }
    }
    for (index, &head) in ground.quantity_heads.iter().enumerate() {
        if let Some(site) = nearest(tree, &counted, head, false) {
            attached[site as usize].quantities.push(index as u32);
        }
    }
    for (index, &head) in ground.time_heads.iter().enumerate() {
        if let Some(site) = nearest(tree, &speaks, head, false) {
            attached[site as usize].times.push(index as u32);
        }
    }
    for (index, &head) in ground.place_heads.iter().enumerate() {
        if let Some(site) = nearest(tree, &speaks, head, true) {
            attached[site as usize].places.push(index as u32);
        }
    }
    by_argument(ground, roles_of_places, sites, filled, &mut attached);
    lend(tree, &speaks, sites, filled, &mut attached);
    attached
}

/// The nearest site at or above a word. Stops at verbs that make no claim: what hangs on "said" is about the
/// saying. A place must be led to by a preposition that says where, or stand before the event noun.
fn nearest(tree: &Tree<'_>, speaks: &[u32], head: u32, place: bool) -> Option<u32> {
    if head == NONE {
        return None;
    }
    let own = speaks[head as usize];
    if own != NONE && !place {
        return Some(own);
    }
    let mut led = false;
    let mut at = head;
    for above in tree.ancestors(head) {
        led |= (tree.dep(above) == "prep" && locative(tree.lemma(above)))
            || (matches!(tree.dep(at), "npadvmod" | "advmod" | "appos") && above != head);
        let site = speaks[above as usize];
        if site != NONE {
            let before =
                matches!(tree.dep(at), "compound" | "nmod" | "poss") && tree.is_noun(above);
            return (!place || led || before).then_some(site);
        }
        if tree.is_verb(above) && !matches!(tree.dep(above), "aux" | "auxpass" | "amod" | "prep") {
            return None;
        }
        at = above;
    }
    None
}

/// A place that a claim has as an argument is where it happens, unless it acts.
fn by_argument(
    ground: &Ground<'_>,
    roles_of_places: &[PlaceRole],
    sites: &[Site<'_>],
    filled: &[Vec<Filled>],
    attached: &mut [Attached],
) {
    for ((_, filled), attached) in sites.iter().zip(filled).zip(attached) {
        if !attached.places.is_empty() {
            continue;
        }
        for (role, word) in filled {
            if matches!(
                role.as_str(),
                "agent" | "sponsor" | "leader" | "recipient" | "topic" | "subject"
            ) {
                continue;
            }
            if let Some(place) = ground.place_at(*word)
                && roles_of_places.get(place as usize).is_some()
            {
                attached.places.push(place);
            }
        }
    }
}

/// Fills claims that have no place or time from their neighbours, each from its own attachments only, so that
/// nothing travels further than two claims.
fn lend(
    tree: &Tree<'_>,
    speaks: &[u32],
    sites: &[Site<'_>],
    filled: &[Vec<Filled>],
    attached: &mut [Attached],
) {
    // Whose argument each site is.
    let mut part_of = vec![NONE; sites.len()];
    for (number, filled) in filled.iter().enumerate() {
        for (role, word) in filled {
            let site = speaks[*word as usize];
            if site != NONE
                && site as usize != number
                && role != "topic"
                && part_of[site as usize] == NONE
            {
                part_of[site as usize] = number as u32;
            }
        }
    }
    for _ in 0..2 {
        let before = attached.to_vec();
        for (number, site) in sites.iter().enumerate() {
            let mut neighbours = Vec::new();
            if let Some(above) = tree.head(site.clause)
                && matches!(tree.dep(site.clause), "conj" | "advcl" | "xcomp" | "acl" | "pcomp")
            {
                let above = tree
                    .ancestors(site.clause)
                    .take_while(|&word| {
                        word == above || !tree.is_verb(tree.head(word).unwrap_or(word))
                    })
                    .map(|word| speaks[word as usize])
                    .find(|&found| found != NONE);
                neighbours.extend(above);
            }
            for (role, word) in &filled[number] {
                if role != "topic" {
                    neighbours.push(speaks[*word as usize]);
                }
            }
            neighbours.push(part_of[number]);
            for neighbour in neighbours {
                if neighbour == NONE || neighbour as usize == number {
                    continue;
                }
                let lender = &before[neighbour as usize];
                let borrower = &mut attached[number];
                if borrower.places.is_empty() {
                    borrower.places.clone_from(&lender.places);
                }
                if borrower.times.is_empty() {
                    borrower.times.clone_from(&lender.times);
                }
            }
        }
    }
}
