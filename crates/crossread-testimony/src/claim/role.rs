//! Who and what fills the roles of a claim.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::grammar::Grammar;
use super::kind::Kind;
use super::site::{Light, Site};
use crate::ontology::{Class, Filler, Ontology, Path, RolePaths, Step};

/// Finds fillers.
pub(crate) struct Roles<'a, 'o> {
    pub(crate) grammar: Grammar<'a>,
    pub(crate) kind: Kind<'a>,
    pub(crate) ontology: &'o Ontology,
}

/// A role and the head word of what fills it.
pub(crate) type Filled = (SmolStr, u32);

impl Roles<'_, '_> {
    /// Whether one of the paths leads somewhere.
    pub(crate) fn leads(&self, site: &Site<'_>, paths: &RolePaths) -> bool {
        paths.paths.iter().any(|path| self.follow(site, path).is_some())
    }

    /// The filler at the end of a path.
    fn follow(&self, site: &Site<'_>, path: &Path) -> Option<u32> {
        let fits =
            |word: &u32| *word != site.token && self.kind.fits(*word, path.filler, &path.step);
        match &path.step {
            Step::Passive => self.grammar.passive(site.token).then_some(site.token),
            Step::Preposition(word) => self.prepositional(site, word).into_iter().find(fits),
            step => self.function(site, step, path.filler).filter(fits),
        }
    }

    /// The filler of a grammatical function.
    fn function(&self, site: &Site<'_>, step: &Step, filler: Filler) -> Option<u32> {
        let (grammar, tree) = (self.grammar, self.grammar.tree);
        let class = site.trigger.map_or(Class::Verb, |trigger| trigger.class);
        let token = site.token;
        match step {
            Step::Subject => match class {
                Class::Verb if self.reversed(site) => None,
                // A verb that was taken for a noun: what stands before it.
                Class::Verb if !tree.is_verb(token) => tree
                    .child(token, &["nsubj", "poss", "compound", "nmod"])
                    .or(token.checked_sub(1)),
                Class::Verb => grammar.subject(token),
                _ if site.light == Some(Light::Event) => None,
                _ if site.clause != token => {
                    if tree.dep(token) == "oprd" || tree.dep(token) == "ccomp" {
                        return tree
                            .child(token, &["nsubj"])
                            .or_else(|| grammar.object(site.clause))
                            .or_else(|| grammar.surface_subject(site.clause));
                    }
                    grammar.surface_subject(site.clause)
                }
                Class::Adj => tree.child(token, &["nsubj", "nsubjpass"]),
                Class::Noun => None,
            },
            Step::Object => match class {
                Class::Verb if self.reversed(site) => grammar.surface_subject(token),
                Class::Verb => {
                    let object =
                        grammar.object(token).and_then(|word| self.held_object(site, word));
                    if filler == Filler::Number {
                        // "fell 60 metres": measures hang as adverbs as often as objects.
                        return object
                            .filter(|&word| self.kind.is_number(word))
                            .or_else(|| self.measure(token));
                    }
                    object
                }
                _ => self.measure(token).or_else(|| {
                    (site.light == Some(Light::Event)).then(|| self.measure(site.clause)).flatten()
                }),
            },
            Step::Recipient => grammar.recipient(token),
            Step::Possessor => self.before(site, &["poss"]),
            Step::Modified => matches!(tree.dep(token), "amod" | "acl" | "compound" | "nmod")
                .then(|| tree.head(token))
                .flatten(),
            Step::Compound => self.before(site, &["compound", "nmod", "amod"]),
            Step::Clause => tree
                .child(token, &["ccomp", "xcomp", "acl", "csubj"])
                .filter(|&word| word != site.clause),
            Step::Attribute => tree.child(token, &["attr", "oprd", "acomp"]).or_else(|| {
                tree.child(token, &["xcomp", "ccomp"]).filter(|&word| !tree.is_verb(word))
            }),
            Step::Passive | Step::Preposition(_) => None,
        }
    }

    /// Whether a verb that always has an object stands without one: its subject is what it is done to.
    fn reversed(&self, site: &Site<'_>) -> bool {
        let (grammar, token) = (self.grammar, site.token);
        site.trigger.is_some_and(|trigger| trigger.transitive && trigger.companions.is_empty())
            && matches!(grammar.tree.tag(token), "VBD" | "VBN")
            && !grammar.passive(token)
            && grammar.object(token).is_none()
    }

    /// What stands before the trigger's noun, or before a noun of its phrase: "under `rebel` control".
    fn before(&self, site: &Site<'_>, deps: &[&str]) -> Option<u32> {
        let tree = self.grammar.tree;
        let nouns = [site.token].into_iter().chain(site.companions.iter().copied());
        nouns
            .filter(|&word| tree.is_noun(word))
            .find_map(|noun| tree.child(noun, deps).filter(|&word| !site.holds(word)))
    }

    /// The object, unless it is "it" that stands for a clause; for "took `villagers` hostage", where the parser
    /// hangs the people on a word of the phrase, the people.
    fn held_object(&self, site: &Site<'_>, object: u32) -> Option<u32> {
        let tree = self.grammar.tree;
        if tree.lemma(object) == "it" && tree.has_child(site.token, &["ccomp"]) {
            return None;
        }
        if site.companions.contains(&object)
            && let Some(people) = tree.child(object, &["compound"])
            && self.kind.is_person(people)
        {
            return Some(people);
        }
        Some(object)
    }

    /// A measure that hangs on a verb or adjective: "12 years old", "rose 4 percent".
    fn measure(&self, token: u32) -> Option<u32> {
        let tree = self.grammar.tree;
        tree.children(token).iter().copied().find(|&child| {
            matches!(tree.dep(child), "npadvmod" | "dobj" | "nummod" | "attr" | "pobj" | "advmod")
                && (tree.tag(child) == "CD" || self.kind.is_number(child))
        })
    }

    /// The objects of a preposition that hangs on the site's words, or on a preposition there ("out of").
    fn prepositional(&self, site: &Site<'_>, preposition: &str) -> Vec<u32> {
        let tree = self.grammar.tree;
        let mut found = Vec::new();
        let mut places = vec![site.token];
        places.extend(&site.companions);
        if site.clause != site.token {
            places.push(site.clause);
        }
        // The parser hangs on the object what belongs to the verb: "stole diamonds [from the shop]".
        if site.trigger.is_some_and(|trigger| trigger.class == Class::Verb)
            && let Some(object) = self.grammar.object(site.token)
            && object > site.token
            && !matches!(preposition, "in" | "at" | "on" | "near")
        {
            places.push(object);
        }
        for &place in &places {
            for &child in tree.children(place) {
                let is_preposition =
                    matches!(tree.dep(child), "prep" | "agent" | "dative" | "prt" | "advmod");
                if is_preposition && tree.lemma(child) == preposition {
                    found.extend(self.object_of(child));
                } else if is_preposition {
                    // "out of", "north of", "along with"
                    for &inner in tree.children(child) {
                        if tree.dep(inner) == "prep" && tree.lemma(inner) == preposition {
                            found.extend(self.object_of(inner));
                        }
                    }
                }
            }
            // A companion may be the preposition itself: "is in custody", "fell to the rebels".
            if place != site.token && tree.lemma(place) == preposition {
                found.extend(self.object_of(place));
            }
        }
        found
    }

    fn object_of(&self, preposition: u32) -> Option<u32> {
        let tree = self.grammar.tree;
        tree.child(preposition, &["pobj", "pcomp"])
            .map(|word| self.grammar.antecedent(word))
            .or_else(|| {
                tree.child(preposition, &["prep"]).and_then(|inner| tree.child(inner, &["pobj"]))
            })
    }

    /// All roles of a site.
    pub(crate) fn fill(&self, site: &Site<'_>) -> Vec<Filled> {
        let tree = self.grammar.tree;
        let mut filled: Vec<Filled> = Vec::new();
        let mut used: FxHashSet<u32> = FxHashSet::default();
        let mut take = |role: &str, word: u32, filled: &mut Vec<Filled>| {
            if word == site.token || !used.insert(word) {
                return;
            }
            filled.push((role.into(), word));
            // "a 5-year-old boy and a girl": what stands before a noun is said of it alone.
            if tree.head(site.token) == Some(word) && word > site.token {
                return;
            }
            for other in self.grammar.coordinated(word).into_iter().skip(1) {
                if used.insert(other) {
                    filled.push((role.into(), other));
                }
            }
        };
        if let Some(subject) = site.subject {
            take("theme", subject, &mut filled);
            take(
                if site.frame == "identity.age" { "age" } else { "attribute" },
                site.token,
                &mut filled,
            );
            if filled.len() == 1 {
                filled.push((
                    if site.frame == "identity.age" { "age" } else { "attribute" }.into(),
                    site.token,
                ));
            }
            return filled;
        }
        for paths in site.trigger.map_or(&[][..], |trigger| &trigger.roles) {
            // Words of the trigger's own phrase fill a role only where nothing else does: "signed [a treaty]".
            let found = paths.paths.iter().filter_map(|path| self.follow(site, path));
            let (own, others): (Vec<u32>, Vec<u32>) = found.partition(|&word| site.holds(word));
            if let Some(&word) = others.first().or(own.first()) {
                take(&paths.role, word, &mut filled);
            }
        }
        self.lend(site, &mut take, &mut filled);
        self.rest(site, &mut take, &mut filled);
        filled
    }

    /// What a light verb lends its event.
    fn lend(
        &self,
        site: &Site<'_>,
        take: &mut impl FnMut(&str, u32, &mut Vec<Filled>),
        filled: &mut Vec<Filled>,
    ) {
        let role = match site.light {
            Some(Light::Agent) => "agent",
            Some(Light::Patient) => "patient",
            Some(Light::Cause) => "cause",
            Some(Light::Event) => {
                if let Some(word) = self.grammar.object(site.clause) {
                    take(if self.kind.is_place(word) { "place" } else { "patient" }, word, filled);
                }
                return;
            }
            None => return,
        };
        let subject = if self.grammar.passive(site.clause) {
            self.grammar.subject(site.clause)
        } else {
            self.grammar.surface_subject(site.clause)
        };
        if let Some(word) = subject.filter(|&word| word != site.token && !self.kind.is_time(word)) {
            let role = if role == "agent" && self.kind.is_event(word) { "cause" } else { role };
            take(role, word, filled);
        }
    }

    /// What no role of the frame asks for is kept under a plain name: the subject, the object, each preposition.
    fn rest(
        &self,
        site: &Site<'_>,
        take: &mut impl FnMut(&str, u32, &mut Vec<Filled>),
        filled: &mut Vec<Filled>,
    ) {
        let (grammar, tree) = (self.grammar, self.grammar.tree);
        let verbal = site.trigger.is_none_or(|trigger| trigger.class == Class::Verb);
        if verbal {
            let copular = tree.lemma(site.token) == "be";
            let subject = if copular { "theme" } else { "agent" };
            if let Some(word) = grammar.subject(site.token).filter(|&word| tree.dep(word) != "expl")
            {
                take(if site.trigger.is_some() { "subject" } else { subject }, word, filled);
            }
            if let Some(word) = grammar
                .object(site.token)
                .and_then(|word| self.held_object(site, word))
                .filter(|&word| !self.kind.is_time(word) && !site.holds(word))
            {
                take(if site.trigger.is_some() { "object" } else { "patient" }, word, filled);
            }
            if let Some(word) = grammar.recipient(site.token) {
                take("recipient", word, filled);
            }
        }
        let mut places = vec![site.token];
        places.extend(&site.companions);
        if site.clause != site.token {
            places.push(site.clause);
        }
        for place in places {
            for &child in tree.children(place) {
                match tree.dep(child) {
                    "prep" | "agent" => {
                        let Some(word) = self.object_of(child) else { continue };
                        if site.holds(word) {
                            continue;
                        }
                        if self.kind.is_time(word) {
                            take("time", word, filled);
                        } else if locative(tree.lemma(child)) && self.kind.is_place(word) {
                            take("place", word, filled);
                        } else if matches!(tree.lemma(child), "because" | "due") {
                            take("reason", word, filled);
                        } else if tree.lemma(child) != "according" {
                            take(tree.lemma(child), word, filled);
                        }
                    }
                    "npadvmod" if self.kind.is_time(child) => take("time", child, filled),
                    "npadvmod" if self.kind.is_number(child) => take("extent", child, filled),
                    "attr" | "acomp" | "oprd" if verbal && !site.holds(child) => {
                        take("attribute", child, filled);
                    }
                    "ccomp" | "xcomp" if verbal => take("topic", child, filled),
                    "advcl" => {
                        let reason = tree
                            .children(child)
                            .iter()
                            .any(|&word| tree.dep(word) == "mark" && tree.lemma(word) == "because");
                        if reason {
                            take("reason", child, filled);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Prepositions that say where.
pub(crate) fn locative(preposition: &str) -> bool {
    matches!(
        preposition,
        "in" | "at"
            | "on"
            | "near"
            | "outside"
            | "inside"
            | "around"
            | "off"
            | "along"
            | "across"
            | "throughout"
            | "within"
            | "over"
            | "by"
            | "beside"
            | "behind"
            | "between"
            | "into"
            | "onto"
            | "through"
            | "from"
            | "to"
            | "toward"
            | "towards"
            | "of"
            | "under"
            | "above"
            | "below"
            | "outside of"
            | "north"
            | "south"
            | "east"
            | "west"
    )
}
