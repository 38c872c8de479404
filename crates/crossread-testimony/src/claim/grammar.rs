//! Who does what to whom in a clause, whatever its form: passives, participles, relative clauses, infinitives
//! and coordinations all lead to the same logical subject and object.

use crate::tree::Tree;

/// Clauses lean on one another for their subjects at most this deep.
const DEEPEST: u8 = 6;

/// The grammatical functions of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Grammar<'a> {
    pub(crate) tree: &'a Tree<'a>,
}

impl Grammar<'_> {
    /// Whether the clause is passive in form or sense: "was hit", "the town hit by", "arrested and charged".
    pub(crate) fn passive(self, verb: u32) -> bool {
        self.passive_at(verb, DEEPEST)
    }

    fn passive_at(self, verb: u32, left: u8) -> bool {
        let tree = self.tree;
        if tree.has_child(verb, &["nsubjpass", "auxpass", "csubjpass"]) {
            return true;
        }
        // Reduced relatives are often tagged as past tenses: "Ostrel, located north of the capital".
        let reduced = tree.tag(verb) == "VBD"
            && matches!(tree.dep(verb), "acl" | "advcl")
            && !tree.has_child(verb, &["dobj", "mark"]);
        if !(reduced || tree.tag(verb) == "VBN") || tree.has_child(verb, &["aux", "nsubj"]) {
            return false;
        }
        match (tree.dep(verb), tree.head(verb)) {
            ("acl" | "advcl" | "amod" | "oprd" | "acomp" | "dep", _) => true,
            ("conj", Some(head)) if left > 0 => self.passive_at(head, left - 1),
            ("relcl", _) => !tree.has_child(verb, &["dobj"]),
            ("ROOT", None) => tree.has_child(verb, &["agent"]),
            ("xcomp" | "ccomp" | "pcomp", _) => !tree.has_child(verb, &["dobj"]),
            _ => false,
        }
    }

    /// The subject as it stands, or as the clause above lends it.
    pub(crate) fn surface_subject(self, verb: u32) -> Option<u32> {
        self.subject_at(verb, DEEPEST).map(|found| self.antecedent(found))
    }

    fn subject_at(self, verb: u32, left: u8) -> Option<u32> {
        let tree = self.tree;
        if let Some(own) = tree.child(verb, &["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"]) {
            return Some(own);
        }
        let head = tree.head(verb).filter(|_| left > 0)?;
        let left = left - 1;
        match tree.dep(verb) {
            "conj" if tree.is_verb(head) => self.subject_at(head, left),
            "xcomp" => {
                if self.passive(head) {
                    return self.subject_at(head, left);
                }
                tree.child(head, &["dobj"])
                    .filter(|_| tree.is_verb(head) && tree.lemma(head) != "promise")
                    .or_else(|| self.subject_at(self.clause_verb(head), left))
            }
            // "make it clear", "leave him dead": a small clause without a subject of its own.
            "oprd" => tree.child(head, &["dobj", "nsubjpass"]),
            "advcl" | "ccomp" | "dep" | "parataxis" if tree.is_verb(head) => {
                // Only clauses without a finite verb lean on the one above.
                self.non_finite(verb).then(|| self.subject_at(head, left)).flatten()
            }
            "acl" if tree.tag(verb) == "VB" => tree.child(head, &["poss"]).or_else(|| {
                self.governing_verb(head).and_then(|above| self.subject_at(above, left))
            }),
            "acl" | "relcl" => Some(head),
            "pcomp" | "pobj" => self.subject_of_gerund(head, left),
            _ => None,
        }
    }

    /// The subject of a gerund after this preposition: "accused him of stealing", "left after losing".
    fn subject_of_gerund(self, preposition: u32, left: u8) -> Option<u32> {
        let tree = self.tree;
        let above = tree.head(preposition)?;
        if tree.is_noun(above) {
            // "accused the clerk of stealing", where the parser hangs "of" on the clerk.
            if matches!(tree.lemma(preposition), "of" | "from")
                && tree.dep(above) == "dobj"
                && !tree.has_child(above, &["poss"])
            {
                return Some(above);
            }
            return tree.child(above, &["poss"]).or_else(|| {
                self.governing_verb(above).and_then(|verb| self.subject_at(verb, left))
            });
        }
        let of_object = matches!(tree.lemma(preposition), "of" | "from" | "for" | "with" | "into");
        if of_object
            && !self.passive(above)
            && let Some(object) = tree.child(above, &["dobj"])
        {
            return Some(object);
        }
        self.subject_at(self.clause_verb(above), left)
    }

    /// Whether a clause has no finite verb.
    pub(crate) fn non_finite(self, verb: u32) -> bool {
        let tree = self.tree;
        let finite = |index: u32| matches!(tree.tag(index), "VBD" | "VBZ" | "VBP" | "MD");
        !finite(verb)
            && !tree
                .children(verb)
                .iter()
                .any(|&child| matches!(tree.dep(child), "aux" | "auxpass") && finite(child))
    }

    /// The verb of the clause this word is in: itself, or the copula above an adjective or noun.
    fn clause_verb(self, word: u32) -> u32 {
        if self.tree.is_verb(word) {
            return word;
        }
        self.governing_verb(word).unwrap_or(word)
    }

    /// The nearest verb above a word.
    pub(crate) fn governing_verb(self, word: u32) -> Option<u32> {
        self.tree.ancestors(word).find(|&above| self.tree.is_verb(above))
    }

    /// What a relative pronoun stands for; any other word itself.
    pub(crate) fn antecedent(self, word: u32) -> u32 {
        let tree = self.tree;
        let relative = matches!(tree.tag(word), "WDT" | "WP" | "WP$")
            || (tree.lemma(word) == "that" && tree.tag(word) == "IN");
        if !relative {
            return word;
        }
        // A relative clause hangs on its noun; the coordinated clauses in it share the noun.
        let mut at = word;
        for above in tree.ancestors(word) {
            if tree.dep(at) == "relcl" {
                return above;
            }
            at = above;
        }
        word
    }

    /// Who does it.
    pub(crate) fn subject(self, verb: u32) -> Option<u32> {
        if !self.passive(verb) {
            return self.surface_subject(verb);
        }
        let by = self.tree.children(verb).iter().copied().find(|&child| {
            self.tree.dep(child) == "agent"
                || (self.tree.dep(child) == "prep" && self.tree.lemma(child) == "by")
        })?;
        self.tree.child(by, &["pobj", "pcomp"]).map(|found| self.antecedent(found))
    }

    /// To whom or what it is done.
    pub(crate) fn object(self, verb: u32) -> Option<u32> {
        let tree = self.tree;
        if tree.dep(verb) == "amod" {
            return tree.head(verb);
        }
        if self.passive(verb) {
            return self
                .surface_subject(verb)
                .or_else(|| (tree.dep(verb) == "acl").then(|| tree.head(verb)).flatten());
        }
        if let Some(own) = tree.child(verb, &["dobj", "obj"]) {
            return Some(self.antecedent(own));
        }
        // "left nine soldiers dead", "saw the bridge fall": the object is the subject of a small clause.
        if let Some(small) = tree.child(verb, &["ccomp"])
            && !tree.has_child(small, &["mark"])
            && self.non_finite(small)
            && let Some(subject) = tree.child(small, &["nsubj"])
        {
            return Some(subject);
        }
        // "killed and wounded dozens": the object of the second serves the first.
        if let Some(second) = tree.child(verb, &["conj"])
            && tree.is_verb(second)
            && second - verb <= 3
            && !tree.has_child(second, &["nsubj", "nsubjpass"])
        {
            return tree.child(second, &["dobj"]);
        }
        // "the towns it captured": the object is the noun the clause hangs on.
        if tree.dep(verb) == "relcl"
            && let Some(subject) = tree.child(verb, &["nsubj"])
            && !matches!(tree.tag(subject), "WDT" | "WP")
        {
            return tree.head(verb);
        }
        None
    }

    /// To whom it is given.
    pub(crate) fn recipient(self, verb: u32) -> Option<u32> {
        let tree = self.tree;
        let dative = tree.child(verb, &["dative", "iobj"])?;
        if tree.tag(dative) == "IN" || tree.tag(dative) == "TO" {
            return tree.child(dative, &["pobj"]);
        }
        Some(self.antecedent(dative))
    }

    /// The words coordinated with this one, the word itself first.
    pub(crate) fn coordinated(self, word: u32) -> Vec<u32> {
        let mut found = vec![word];
        let mut at = word;
        while let Some(next) =
            self.tree.children(at).iter().copied().find(|&child| self.tree.dep(child) == "conj")
        {
            if found.len() > 16 || self.tree.is_verb(next) {
                break;
            }
            found.push(next);
            at = next;
        }
        found
    }
}
