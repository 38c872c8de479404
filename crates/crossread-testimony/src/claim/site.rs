//! Where a report asserts something: every word that brings a frame up, and every clause that fits none.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

use super::grammar::Grammar;
use super::role::Roles;
use crate::factuality;
use crate::ontology::{Class, Trigger};
use crate::tree::Tree;

/// A place in the text that makes a claim.
#[derive(Debug, Clone)]
pub(crate) struct Site<'o> {
    /// The word that brings it up.
    pub(crate) token: u32,
    /// The other words of its phrase.
    pub(crate) companions: Vec<u32>,
    /// The verb that lends it its clause; itself for a verb, and where nothing does.
    pub(crate) clause: u32,
    /// What the subject of that verb is to it, for "carried out an attack".
    pub(crate) light: Option<Light>,
    /// The ontology's trigger; `None` for an open claim.
    pub(crate) trigger: Option<&'o Trigger>,
    /// The frame's name.
    pub(crate) frame: SmolStr,
    /// What the claim is about besides, for claims made by no verb: "Marn, the director".
    pub(crate) subject: Option<u32>,
}

impl Site<'_> {
    pub(crate) fn holds(&self, token: u32) -> bool {
        self.token == token || self.companions.contains(&token)
    }
}

/// What the subject of a light verb is to the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Light {
    Agent,
    Patient,
    Cause,
    /// The subject is the event: "a quake struck".
    Event,
}

static LIGHT: LazyLock<FxHashMap<&str, Vec<(&str, Light)>>> = LazyLock::new(|| {
    let mut verbs: FxHashMap<&str, Vec<(&str, Light)>> = FxHashMap::default();
    for line in include_str!("../../data/light.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((phrase, role)) = line.split_once('\t') else { continue };
        let role = match role.trim() {
            "agent" => Light::Agent,
            "patient" => Light::Patient,
            "cause" => Light::Cause,
            _ => Light::Event,
        };
        let (verb, particle) = phrase.split_once(' ').unwrap_or((phrase, ""));
        verbs.entry(verb).or_default().push((particle, role));
    }
    verbs
});

/// What a verb is to the event noun `noun` that depends on it, if it is light.
fn light(tree: &Tree<'_>, verb: u32, noun: u32) -> Option<Light> {
    let subject = matches!(tree.dep(noun), "nsubj");
    LIGHT.get(tree.lemma(verb))?.iter().find_map(|&(particle, role)| {
        let complete = particle.is_empty()
            || tree.children(verb).iter().any(|&child| tree.lemma(child) == particle);
        (complete && (role == Light::Event) == subject).then_some(role)
    })
}

/// Finds the sites among the tokens `wanted` allows.
pub(crate) struct Finder<'a, 'o> {
    pub(crate) grammar: Grammar<'a>,
    pub(crate) roles: &'a Roles<'a, 'o>,
    /// Whether a token stands in a region that makes claims.
    pub(crate) wanted: &'a dyn Fn(u32) -> bool,
    /// Whether a token is part of the cue of an attribution.
    pub(crate) cue: &'a dyn Fn(u32) -> bool,
}

impl<'o> Finder<'_, 'o> {
    /// All sites, in order of their trigger words.
    pub(crate) fn find(&self) -> Vec<Site<'o>> {
        let tree = self.grammar.tree;
        let tokens: Vec<u32> =
            (0..tree.len() as u32).filter(|&token| (self.wanted)(token)).collect();
        let mut sites = Vec::new();
        let mut taken = vec![false; tree.len()];
        for &token in tokens.iter().filter(|&&token| tree.is_verb(token)) {
            if matches!(tree.dep(token), "aux" | "auxpass" | "prep" | "mark" | "case") {
                continue;
            }
            if let Some(site) = self.triggered(token, Class::Verb) {
                for &word in site.companions.iter().chain([&token]) {
                    taken[word as usize] = true;
                }
                sites.push(site);
            }
        }
        // A verb phrase may lie over a verb that brings a frame up itself: "was found dead".
        let over: Vec<u32> = sites.iter().flat_map(|site| site.companions.clone()).collect();
        let mut companion = vec![false; tree.len()];
        for word in over {
            companion[word as usize] = true;
        }
        sites.retain(|site| !companion[site.token as usize]);
        for &token in &tokens {
            if taken[token as usize]
                || self.in_name(token)
                || (tree.is_noun(token) && self.roles.kind.is_time(token))
            {
                continue;
            }
            let class = match tree.tag(token).as_bytes() {
                [b'N', b'N', ..] => Class::Noun,
                [b'J', ..] | [b'V', b'B', b'N'] | [b'V', b'B', b'D'] | [b'R', b'B'] => Class::Adj,
                _ => continue,
            };
            let site = self.triggered(token, class).or_else(|| {
                self.verb_in_disguise(token).then(|| self.triggered(token, Class::Verb))?
            });
            if let Some(site) = site
                && !self.part_of_compound(&site)
            {
                taken[token as usize] = true;
                for &word in &site.companions {
                    taken[word as usize] = true;
                }
                sites.push(site);
            }
        }
        self.yield_to_events(&mut sites, &mut taken);
        self.open(&tokens, &mut taken, &mut sites);
        sites.sort_by_key(|site| (site.token, site.frame.clone()));
        sites
    }

    /// The best trigger at a word: the longest phrase, then the most exacting, then the first in the data.
    fn triggered(&self, token: u32, class: Class) -> Option<Site<'o>> {
        let tree = self.grammar.tree;
        let mut best: Option<(usize, Site<'o>)> = None;
        for trigger in self.roles.ontology.triggers(tree.lemma(token)) {
            if trigger.class != class {
                continue;
            }
            let Some(companions) = self.companions(token, trigger) else { continue };
            let weight = companions.len() * 8 + trigger.need.len();
            if best.as_ref().is_some_and(|(held, _)| *held >= weight) {
                continue;
            }
            let (clause, light) = self.clause(token, class);
            let site = Site {
                token,
                companions,
                clause,
                light,
                trigger: Some(trigger),
                frame: self.roles.ontology.frame_of(trigger).id.clone(),
                subject: None,
            };
            let meets = trigger.need.iter().all(|paths| self.roles.leads(&site, paths))
                && !trigger.not.iter().any(|paths| self.roles.leads(&site, paths));
            if meets {
                best = Some((weight, site));
            }
        }
        best.map(|(_, site)| site)
    }

    /// Headlines mislead taggers: in "Two clans withdraw from the valley" the verb is taken for a noun.
    fn verb_in_disguise(&self, token: u32) -> bool {
        let tree = self.grammar.tree;
        let next = token + 1;
        token > 0
            && matches!(tree.tag(token), "NN" | "JJ")
            && (next as usize) < tree.len()
            && matches!(tree.tag(next), "IN" | "TO")
            && matches!(tree.tag(token - 1), "NNS" | "NNPS" | "POS")
            && tree.token(token).lemma == tree.lemma(token)
            && !self.roles.kind.is_person(token)
            && !self.roles.kind.is_place(token)
    }

    /// The words of a trigger's phrase beside its head, each hanging on the head or on another of them.
    fn companions(&self, token: u32, trigger: &Trigger) -> Option<Vec<u32>> {
        let tree = self.grammar.tree;
        let mut found: Vec<u32> = Vec::with_capacity(trigger.companions.len());
        for word in &trigger.companions {
            let is = |candidate: u32| {
                tree.lemma(candidate) == word.as_str()
                    && tree.dep(candidate) != "aux"
                    && !self.before_time(candidate)
            };
            let among =
                |parent: u32| tree.children(parent).iter().copied().find(|&child| is(child));
            let deeper = |parent: u32| {
                tree.children(parent).iter().copied().find_map(|child| {
                    matches!(
                        tree.dep(child),
                        "dobj" | "prep" | "prt" | "advmod" | "nsubjpass" | "conj" | "ccomp"
                    )
                    .then(|| among(child))
                    .flatten()
                })
            };
            let next = among(token)
                .or_else(|| found.iter().copied().find_map(among))
                .or_else(|| (trigger.class == Class::Verb).then(|| deeper(token)).flatten())
                .or_else(|| {
                    // "the arrests made on Friday": the noun stands above its verb.
                    let above = tree.head(token)?;
                    (matches!(tree.dep(token), "acl" | "relcl" | "amod") && is(above))
                        .then_some(above)
                })
                .or_else(|| {
                    // A noun's phrase may run on: "gunshot wound", "death of".
                    let next = token + 1;
                    (trigger.class == Class::Noun && (next as usize) < tree.len() && is(next))
                        .then_some(next)
                })
                .or_else(|| {
                    (trigger.class == Class::Noun && token > 0 && is(token - 1)).then(|| token - 1)
                });
            found.push(next?);
        }
        Some(found)
    }

    /// "on" before "Friday" is no part of "go on".
    fn before_time(&self, preposition: u32) -> bool {
        let tree = self.grammar.tree;
        tree.dep(preposition) == "prep"
            && tree
                .child(preposition, &["pobj"])
                .is_some_and(|object| self.roles.kind.is_time(object))
    }

    /// The verb that lends a word its clause.
    fn clause(&self, token: u32, class: Class) -> (u32, Option<Light>) {
        let tree = self.grammar.tree;
        if class == Class::Verb {
            return (token, None);
        }
        let Some(head) = tree.head(token) else { return (token, None) };
        let dep = tree.dep(token);
        if matches!(dep, "acomp" | "oprd" | "attr") && tree.is_verb(head) {
            return (head, None);
        }
        if class == Class::Adj && dep == "ccomp" && tree.is_verb(head) {
            return (head, None);
        }
        if class == Class::Noun {
            if matches!(dep, "dobj" | "nsubj" | "nsubjpass")
                && tree.is_verb(head)
                && let Some(light) = light(tree, head, token)
            {
                return (head, Some(light));
            }
            // "arrests made on Friday", "the attack carried out by"
            if let Some(verb) = tree.child(token, &["acl"])
                && tree.tag(verb) == "VBN"
                && !tree.has_child(verb, &["nsubj", "mark", "aux"])
                && let Some(light) = light(tree, verb, token)
                && light != Light::Event
            {
                return (verb, Some(light));
            }
        }
        (token, None)
    }

    /// "`bomb` attack", "`murder` trial": a noun before one that brings up a frame belongs to that.
    fn part_of_compound(&self, site: &Site<'_>) -> bool {
        let tree = self.grammar.tree;
        let Some(head) = tree.head(site.token) else { return false };
        let next = site.token + 1;
        if (next as usize) < tree.len()
            && tree.tag(next) == "HYPH"
            && tree.dep(site.token) == "npadvmod"
        {
            // "war-torn"
            return true;
        }
        let triggers = |word: u32| {
            self.roles
                .ontology
                .triggers(tree.lemma(word))
                .any(|trigger| trigger.class == Class::Noun)
        };
        matches!(tree.dep(site.token), "compound" | "nmod")
            && tree.is_noun(head)
            && (self.roles.kind.is_person(head) || triggers(head))
    }

    /// Words of names bring up nothing: "War Museum", "Strike Force".
    fn in_name(&self, token: u32) -> bool {
        let tree = self.grammar.tree;
        tree.tag(token).starts_with("NNP")
            && matches!(
                tree.token(token).ent.get(2..),
                Some("ORG" | "PERSON" | "GPE" | "FAC" | "PRODUCT" | "WORK_OF_ART" | "LOC")
            )
    }

    /// Light verbs give way to the event they carry.
    fn yield_to_events(&self, sites: &mut Vec<Site<'o>>, taken: &mut [bool]) {
        let tree = self.grammar.tree;
        let mut gives_way = vec![false; tree.len()];
        for site in sites.iter() {
            match site.light {
                Some(Light::Event) | None => {}
                Some(_) => gives_way[site.clause as usize] = true,
            }
            if site.light.is_some()
                || (site.clause != site.token && matches!(tree.lemma(site.clause), "be" | "leave"))
            {
                taken[site.clause as usize] = true;
            }
        }
        sites.retain(|site| {
            !(gives_way[site.token as usize]
                && site.token == site.clause
                && site.companions.is_empty())
        });
    }

    /// Clauses that fit no frame.
    fn open(&self, tokens: &[u32], taken: &mut [bool], sites: &mut Vec<Site<'o>>) {
        let tree = self.grammar.tree;
        // Verbs that leave what they govern to it, found from below.
        let mut absorbed = vec![false; tree.len()];
        for &token in tokens {
            if let Some(verb) = factuality::absorbed_by(self.grammar, token) {
                absorbed[verb as usize] = true;
            }
        }
        for &token in tokens {
            if taken[token as usize] {
                continue;
            }
            if tree.is_verb(token) {
                if let Some(site) = self.open_verb(token, absorbed[token as usize], taken) {
                    sites.push(site);
                }
            } else if tree.dep(token) == "appos" {
                sites.extend(self.apposition(token));
            } else if tree.tag(token) == "CD" && self.is_age(token) {
                sites.extend(
                    tree.head(token).map(|subject| Site {
                        subject: Some(subject),
                        ..bare(token, "identity.age")
                    }),
                );
            }
        }
        self.fragments(tokens, sites);
    }

    fn open_verb(&self, token: u32, absorbed: bool, taken: &[bool]) -> Option<Site<'o>> {
        let tree = self.grammar.tree;
        if matches!(
            tree.dep(token),
            "aux" | "auxpass" | "prep" | "mark" | "case" | "amod" | "punct" | "compound" | "nmod"
        ) {
            return None;
        }
        let lemma = tree.lemma(token);
        if lemma == "be" {
            return self.copula(token, taken);
        }
        // "600m" comes apart as a number and a verb.
        if lemma.len() < 2 || (token > 0 && tree.tag(token - 1) == "CD" && lemma.len() < 3) {
            return None;
        }
        let negated = tree.has_child(token, &["neg"]);
        if !negated && (absorbed || (self.cue)(token)) {
            return None;
        }
        let speaks = factuality::is_saying(tree, token);
        if !negated && speaks && tree.has_child(token, &["ccomp", "parataxis"]) {
            return None;
        }
        if absorbed && !speaks {
            return None;
        }
        let particle = tree.child(token, &["prt"]);
        let frame = match particle {
            Some(particle) => format_smolstr!("open.{lemma}_{}", tree.lemma(particle)),
            None => format_smolstr!("open.{lemma}"),
        };
        Some(Site { companions: particle.into_iter().collect(), ..bare(token, &frame) })
    }

    /// "is the director", "was undamaged", "is in Ostrel", "there were four".
    fn copula(&self, token: u32, taken: &[bool]) -> Option<Site<'o>> {
        let tree = self.grammar.tree;
        if let Some(adjective) = tree.child(token, &["acomp"]) {
            if taken[adjective as usize] {
                return None;
            }
            if factuality::absorbed_by_any(self.grammar, token) {
                return None;
            }
            let frame = format_smolstr!("state.{}", tree.lemma(adjective));
            return Some(Site { companions: vec![adjective], ..bare(token, &frame) });
        }
        if tree.has_child(token, &["attr"]) {
            if factuality::absorbed_by_any(self.grammar, token) {
                return None;
            }
            let frame =
                if tree.has_child(token, &["expl"]) { "state.exist" } else { "identity.is" };
            return Some(bare(token, frame));
        }
        if tree.has_child(token, &["xcomp", "ccomp"]) && !tree.has_child(token, &["prep"]) {
            return None;
        }
        if tree.has_child(token, &["prep", "advmod"]) {
            // "is 40 miles south of the capital"
            let lies = tree.children(token).iter().any(|&child| {
                matches!(
                    tree.lemma(child),
                    "north"
                        | "south"
                        | "east"
                        | "west"
                        | "northeast"
                        | "northwest"
                        | "southeast"
                        | "southwest"
                )
            });
            return Some(bare(token, if lies { "measure.locate" } else { "state.be" }));
        }
        None
    }

    /// "Ilse Marn, the director,": what a noun set beside another says of it.
    fn apposition(&self, token: u32) -> Option<Site<'o>> {
        let tree = self.grammar.tree;
        let head = tree.head(token)?;
        if !tree.is_noun(head) || self.grammar.tree.sentence(head) != tree.sentence(token) {
            return None;
        }
        if self.is_age(token) {
            return Some(Site { subject: Some(head), ..bare(token, "identity.age") });
        }
        let (first, _) = tree.reach(token);
        let bracketed = first > 0 && matches!(tree.tag(first - 1), "-LRB-");
        let comma = first > 0 && tree.tag(first - 1) == ",";
        (tree.is_noun(token) && !bracketed && comma && tree.tag(token) != "NNP")
            .then(|| Site { subject: Some(head), ..bare(token, "identity.is") })
    }

    /// A bare number between commas behind a name: "Marn, 34,".
    fn is_age(&self, token: u32) -> bool {
        let tree = self.grammar.tree;
        let Some(head) = tree.head(token) else { return false };
        let text = tree.token(token).lemma.as_str();
        tree.tag(token) == "CD"
            && text.len() <= 3
            && text.parse::<u32>().is_ok_and(|age| (1..=115).contains(&age))
            && tree.is_noun(head)
            && head < token
            && tree.tag(token - 1) == ","
            && matches!(tree.dep(token), "appos" | "nummod" | "npadvmod")
            && tree.children(token).iter().all(|&child| tree.dep(child) == "punct")
    }

    /// A sentence or heading that made no claim yet says something by its main word.
    fn fragments(&self, tokens: &[u32], sites: &mut Vec<Site<'o>>) {
        let tree = self.grammar.tree;
        let mut spoken = rustc_hash::FxHashSet::default();
        for site in sites.iter() {
            spoken.insert(tree.sentence(site.token));
        }
        for &token in tokens {
            let (first, last) = tree.reach(token);
            if tree.head(token).is_some()
                || last - first < 3
                || !tree.lemma(token).starts_with(char::is_alphabetic)
                || !(tree.is_noun(token) || tree.is_verb(token) || tree.tag(token) == "JJ")
                || (self.cue)(token)
                || spoken.contains(&tree.sentence(token))
            {
                continue;
            }
            spoken.insert(tree.sentence(token));
            sites.push(bare(token, &format_smolstr!("open.{}", tree.lemma(token))));
        }
    }
}

fn bare(token: u32, frame: &str) -> Site<'static> {
    Site {
        token,
        companions: Vec::new(),
        clause: token,
        light: None,
        trigger: None,
        frame: frame.into(),
        subject: None,
    }
}
