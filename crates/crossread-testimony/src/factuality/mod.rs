//! How far something is so, in its nearest speaker's eyes: certainty and polarity as FactBank has them, and how
//! it stands in time.
//!
//! A claim's standing is read from the words of its own clause (negation, modals, adverbs, tense) and then
//! from what governs the clause, outwards to the speaker: "may have been forced to postpone the launch". Each
//! governing word changes the standing by the class the lexicon puts it in; a verb of saying ends the walk.
//! Linear in the depth of the sentence.

mod lexicon;

use crossread_record::{Aspect, Certainty, Polarity};
use lexicon::{Effect, Governed, Lexicon};

use crate::claim::Grammar;
use crate::tree::Tree;

/// How a claim stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) certainty: Certainty,
    pub(crate) polarity: Polarity,
    pub(crate) aspect: Aspect,
    /// Taken for granted by the sentence.
    pub(crate) presupposed: bool,
    /// The tokens that made it so, in order of the text.
    pub(crate) cues: Vec<u32>,
}

/// What is judged: a trigger and the verb whose clause it stands in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged {
    /// The word that brings the claim up.
    pub(crate) trigger: u32,
    /// The verb that lends it tense and negation; the trigger itself where it is a verb, or has none.
    pub(crate) clause: u32,
    /// Whether it stands in a heading, with its own grammar of tenses.
    pub(crate) heading: bool,
    /// Whether the subject is somebody, who may intend things.
    pub(crate) acts: bool,
}

/// The verb above a word that leaves what it governs to it, making no claim of its own: "managed to", "is
/// expected to". Gives the verb.
pub(crate) fn absorbed_by(grammar: Grammar<'_>, clause: u32) -> Option<u32> {
    let tree = grammar.tree;
    let head = tree.head(clause)?;
    if !matches!(tree.dep(clause), "xcomp" | "ccomp" | "csubj" | "csubjpass") {
        return None;
    }
    let verb = operator_verb(tree, head)?;
    let operator = governing(tree, verb, head, clause, Governed::Clause)?;
    operator.absorb.then_some(verb)
}

/// Whether a copula with its adjective or noun governs a clause as an operator: "is unlikely to recover".
pub(crate) fn absorbed_by_any(grammar: Grammar<'_>, copula: u32) -> bool {
    let tree = grammar.tree;
    let below = |word: u32| {
        tree.children(word).iter().any(|&child| absorbed_by(grammar, child) == Some(copula))
    };
    below(copula)
        || tree
            .children(copula)
            .iter()
            .any(|&child| matches!(tree.dep(child), "acomp" | "attr" | "oprd") && below(child))
}

/// Whether a verb of saying, which is left to the attributions.
pub(crate) fn is_saying(tree: &Tree<'_>, verb: u32) -> bool {
    Lexicon::embedded()
        .operators(tree.lemma(verb))
        .iter()
        .any(|operator| operator.effect == Effect::Said && operator.companions.is_empty())
}

/// How something stands.
pub(crate) fn judge(grammar: Grammar<'_>, judged: Judged) -> Standing {
    let mut walk = Walk {
        grammar,
        tree: grammar.tree,
        lexicon: Lexicon::embedded(),
        judged,
        certainty: Certainty::Certain,
        negative: false,
        aspect: None,
        presupposed: false,
        would: false,
        past_saying: false,
        cues: Vec::new(),
    };
    walk.run();
    walk.standing()
}

struct Walk<'a> {
    grammar: Grammar<'a>,
    tree: &'a Tree<'a>,
    lexicon: &'static Lexicon,
    judged: Judged,
    certainty: Certainty,
    negative: bool,
    aspect: Option<Aspect>,
    presupposed: bool,
    /// "would" was met, and waits for what stands above.
    would: bool,
    past_saying: bool,
    cues: Vec<u32>,
}

/// Nothing nests deeper in a sentence a person wrote.
const DEEPEST: usize = 16;

impl Walk<'_> {
    fn run(&mut self) {
        let Judged { trigger, clause, .. } = self.judged;
        if trigger != clause || !self.tree.is_verb(trigger) {
            self.modifiers(trigger);
        }
        let mut at = trigger;
        if trigger != clause || self.tree.is_verb(trigger) {
            at = clause;
            self.local(clause, false);
        }
        let mut steps = 0;
        while let Some(next) = self.step(at) {
            at = next;
            steps += 1;
            if steps == DEEPEST {
                break;
            }
        }
    }

    fn standing(mut self) -> Standing {
        let clause = self.judged.clause;
        if self.would && self.aspect.is_none() {
            if self.past_saying {
                // "said it would fly them home": the future, seen from then.
                self.aspect = Some(self.future());
            } else {
                self.aspect = Some(Aspect::Conditional);
                self.lower(Certainty::Probable);
            }
        }
        let aspect = self.aspect.unwrap_or_else(|| self.tense(clause));
        self.cues.sort_unstable();
        self.cues.dedup();
        Standing {
            certainty: self.certainty,
            polarity: if self.negative { Polarity::Negative } else { Polarity::Positive },
            aspect,
            presupposed: self.presupposed,
            cues: self.cues,
        }
    }

    fn lower(&mut self, to: Certainty) {
        self.certainty = self.certainty.max(to);
    }

    fn future(&self) -> Aspect {
        if self.judged.acts { Aspect::Planned } else { Aspect::Forecast }
    }

    /// What a governing word does, `negated` or not.
    fn apply(&mut self, effect: Effect, negated: bool, cue: u32) {
        let flips = match effect {
            Effect::Fails | Effect::Denied | Effect::Doubted => !negated,
            Effect::Factive | Effect::Said | Effect::Asked | Effect::Accused => false,
            _ => negated,
        };
        match effect {
            Effect::Holds | Effect::Fails | Effect::Factive | Effect::Said | Effect::Would => {}
            Effect::Probable => self.lower(Certainty::Probable),
            Effect::Doubted => {
                self.lower(Certainty::Probable);
                if self.judged.clause != cue && self.infinitive(self.judged.clause) {
                    self.aspect.get_or_insert(Aspect::Forecast);
                }
            }
            Effect::Possible | Effect::Able => {
                if !negated {
                    self.lower(Certainty::Possible);
                }
            }
            Effect::Planned => {
                self.lower(Certainty::Probable);
                self.aspect.get_or_insert(Aspect::Planned);
            }
            Effect::Scheduled => {
                self.aspect.get_or_insert(Aspect::Planned);
            }
            Effect::Wanted => {
                self.lower(Certainty::Underspecified);
                self.aspect.get_or_insert(Aspect::Planned);
            }
            Effect::Forecast => {
                self.lower(Certainty::Probable);
                self.aspect.get_or_insert(Aspect::Forecast);
            }
            Effect::Denied => {
                if negated {
                    self.lower(Certainty::Underspecified);
                }
            }
            Effect::Asked => self.lower(Certainty::Underspecified),
            Effect::Accused => self.lower(Certainty::Possible),
        }
        self.negative ^= flips;
        if !matches!(effect, Effect::Said | Effect::Factive) || flips {
            self.cues.push(cue);
        }
    }

    /// Adjectives and articles of an event noun: "an alleged attack", "no injuries".
    fn modifiers(&mut self, noun: u32) {
        for &child in self.tree.children(noun) {
            let lemma = self.tree.lemma(child);
            match self.tree.dep(child) {
                "amod" | "compound" | "nmod" => {
                    if let Some(effect) = self.lexicon.modifier(lemma) {
                        self.apply(effect, false, child);
                    }
                }
                "det" if lemma == "no" => {
                    self.negative = !self.negative;
                    self.cues.push(child);
                }
                "neg" => {
                    self.negative = !self.negative;
                    self.cues.push(child);
                }
                _ => {}
            }
        }
    }

    /// The negation of a clause by its adverbs, and by "no" and "nobody" among its arguments.
    fn negation(&self, verb: u32) -> Option<u32> {
        let tree = self.tree;
        let mut found = None;
        for &child in tree.children(verb) {
            let lemma = tree.lemma(child);
            let negates = match tree.dep(child) {
                "neg" => !self.spared(child),
                "advmod" | "intj" | "preconj" => {
                    self.lexicon.adverb(lemma) == Some(Effect::Fails) && !self.spared(child)
                        // "no longer": "no" hangs on "longer".
                        || (lemma == "long" && tree.children(child).iter().any(|&word| tree.lemma(word) == "no"))
                }
                "nsubj" | "nsubjpass" | "dobj" | "attr" | "agent" | "npadvmod" => {
                    child != self.judged.trigger && self.is_none(child)
                }
                _ => false,
            };
            // Two negations of one clause are a matter of dialect more often than of logic.
            if negates && found.is_none() {
                found = Some(child);
            }
        }
        // An adjective or noun under a copula carries its own: "was not dead" hangs "not" on either.
        found
    }

    /// "not only", "not until Friday", "not just": no negation of the clause.
    fn spared(&self, negation: u32) -> bool {
        let next = negation + 1;
        (next as usize) < self.tree.len()
            && matches!(
                self.tree.lemma(next),
                "only" | "just" | "merely" | "until" | "necessarily" | "least" | "far"
            )
    }

    /// "no one", "none of them", "no arrests".
    fn is_none(&self, word: u32) -> bool {
        let tree = self.tree;
        matches!(tree.lemma(word), "nobody" | "none" | "nothing" | "neither" | "no")
            || tree.children(word).iter().any(|&child| {
                matches!(tree.dep(child), "det" | "neg")
                    && matches!(tree.lemma(child), "no" | "neither")
            })
    }

    /// What the words of one clause do to what is judged. For a clause that governs it, `governs`, the
    /// negation is left to the governing word.
    fn local(&mut self, verb: u32, governs: bool) {
        let tree = self.tree;
        if !governs && let Some(cue) = self.negation(verb) {
            self.negative = !self.negative;
            self.cues.push(cue);
        }
        let has_have = tree.children(verb).iter().any(|&child| {
            tree.dep(child) == "aux" && tree.lemma(child) == "have" && tree.tag(child) == "VB"
        });
        for &child in tree.children(verb) {
            let lemma = tree.lemma(child);
            match tree.dep(child) {
                "aux" if tree.tag(child) == "MD" => {
                    if let Some(effect) = self.lexicon.modal(lemma) {
                        self.modal(effect, lemma, has_have, child);
                    }
                }
                "mark" | "advmod" if matches!(lemma, "whether") => {
                    self.lower(Certainty::Underspecified);
                    self.cues.push(child);
                }
                "mark" if self.lexicon.condition(lemma) => {
                    if matches!(tree.dep(verb), "ccomp" | "xcomp") {
                        self.lower(Certainty::Underspecified);
                    } else {
                        self.conditional(verb);
                    }
                    self.cues.push(child);
                }
                "advmod" | "npadvmod" => {
                    if let Some(effect) = self.lexicon.adverb(lemma)
                        && effect != Effect::Fails
                    {
                        self.apply(effect, false, child);
                    }
                }
                "advcl" if !governs => {
                    let condition = tree.children(child).iter().copied().find(|&word| {
                        tree.dep(word) == "mark" && matches!(tree.lemma(word), "if" | "unless")
                    });
                    if let Some(word) = condition
                        && self.aspect.is_none()
                        && !(word > 0 && tree.lemma(word - 1) == "even")
                        && tree.children(verb).iter().any(|&aux| tree.tag(aux) == "MD")
                    {
                        self.aspect = Some(Aspect::Conditional);
                        self.cues.push(word);
                    }
                }
                _ => {}
            }
        }
    }

    /// A clause that opens with "if": unreal where it stands in the past perfect.
    fn conditional(&mut self, verb: u32) {
        let tree = self.tree;
        let perfect = tree.children(verb).iter().any(|&child| {
            tree.dep(child) == "aux" && tree.lemma(child) == "have" && tree.tag(child) == "VBD"
        });
        if perfect {
            self.aspect = Some(Aspect::Counterfactual);
            self.lower(Certainty::Probable);
            self.negative = !self.negative;
        } else {
            self.aspect = Some(Aspect::Conditional);
            self.lower(Certainty::Underspecified);
        }
    }

    fn modal(&mut self, effect: Effect, lemma: &str, has_have: bool, cue: u32) {
        self.cues.push(cue);
        match effect {
            // "will" is a plain statement of the future.
            Effect::Planned => {
                let future = self.future();
                self.aspect.get_or_insert(future);
            }
            Effect::Possible => {
                self.lower(Certainty::Possible);
                let aspect = if has_have { Aspect::Past } else { Aspect::Forecast };
                self.aspect.get_or_insert(aspect);
            }
            Effect::Able => {
                self.lower(Certainty::Possible);
                self.aspect.get_or_insert(Aspect::Ongoing);
            }
            Effect::Wanted if has_have && lemma == "must" => {
                self.lower(Certainty::Probable);
                self.aspect.get_or_insert(Aspect::Past);
            }
            Effect::Wanted if has_have => {
                // "should have closed": it did not.
                self.negative = !self.negative;
                self.aspect.get_or_insert(Aspect::Counterfactual);
            }
            Effect::Wanted => {
                self.lower(Certainty::Underspecified);
                self.aspect.get_or_insert(Aspect::Planned);
            }
            Effect::Would if has_have => {
                self.lower(Certainty::Probable);
                self.negative = !self.negative;
                self.aspect.get_or_insert(Aspect::Counterfactual);
            }
            Effect::Would => self.would = true,
            _ => {}
        }
    }

    /// One step outwards: what governs `at`; `None` at the speaker.
    fn step(&mut self, at: u32) -> Option<u32> {
        let tree = self.tree;
        let dep = tree.dep(at);
        let Some(head) = tree.head(at) else {
            self.sentence(at);
            return None;
        };
        let verbal = tree.is_verb(at);
        match dep {
            "conj" => {
                if verbal && tree.is_verb(head) && self.leans(at) {
                    self.local(head, false);
                    self.take_tense(head);
                }
                Some(head)
            }
            "ccomp" | "xcomp" | "csubj" | "csubjpass" | "oprd" | "acomp" | "attr" => {
                self.complement(at, head)
            }
            "dep" | "parataxis" if verbal => None,
            "pcomp" | "pobj" if verbal => {
                let above = tree.head(head)?;
                if matches!(tree.lemma(head), "without" | "instead") {
                    self.negative = !self.negative;
                    self.cues.push(head);
                    return None;
                }
                if tree.is_noun(above) {
                    // "accused the clerk of stealing", where the parser hangs "of" on the clerk.
                    if tree.dep(above) == "dobj"
                        && let Some(verb) = tree.head(above)
                        && let Some(operator) = governing(tree, verb, verb, at, Governed::Clause)
                        && matches!(operator.effect, Effect::Accused | Effect::Fails)
                    {
                        return self.under_verb(at, verb, verb, Governed::Clause);
                    }
                    return self.under_noun(above);
                }
                self.under_verb(at, above, above, Governed::Clause)
            }
            "acl" | "advcl" if verbal && self.to_be_done(at) => {
                // "an event to be held in May": settled, by whomever.
                self.aspect.get_or_insert(Aspect::Planned);
                None
            }
            "acl" if verbal && self.infinitive(at) => self.under_noun(head),
            "advcl" => {
                if self.infinitive(at) && !tree.has_child(at, &["mark"]) {
                    // "went there to buy", "hoping to"
                    return self.complement_of_purpose(at, head);
                }
                if self.grammar.non_finite(at) && tree.is_verb(head) {
                    self.take_tense(head);
                }
                None
            }
            "acl" => {
                if self.grammar.non_finite(at) && tree.tag(at) == "VBG" {
                    self.aspect.get_or_insert(Aspect::Ongoing);
                }
                None
            }
            "relcl" => None,
            _ if verbal => None,
            "dobj" | "obj" | "nsubjpass" | "nsubj" => {
                if self.definite(self.judged.trigger) && self.judged.clause == self.judged.trigger {
                    self.presupposed = true;
                    // Denying or preventing reaches a definite event as well; its number or time does not.
                }
                self.under_verb(at, head, head, Governed::Noun)
            }
            "pobj" => {
                if self.definite(self.judged.trigger) && self.judged.clause == self.judged.trigger {
                    self.presupposed = true;
                }
                if tree.lemma(head) == "without" {
                    self.negative = !self.negative;
                    self.cues.push(head);
                    return None;
                }
                let above = tree.head(head)?;
                if tree.is_noun(above) {
                    return self.under_noun(above);
                }
                if tree.is_verb(above) {
                    return self.under_verb(at, above, above, Governed::Noun);
                }
                None
            }
            "compound" | "nmod" | "poss" if tree.is_noun(head) => {
                self.presupposed |= dep == "poss";
                self.under_noun(head)
            }
            _ => None,
        }
    }

    /// A clause that completes a verb, or an adjective or noun under a copula.
    fn complement(&mut self, at: u32, head: u32) -> Option<u32> {
        let tree = self.tree;
        if self.asks_which(at) {
            // "has not said how they died", "asked who fired": that they died and somebody fired is granted.
            self.presupposed = true;
            return None;
        }
        if tree.is_noun(head) && !matches!(tree.dep(head), "attr") {
            return self.under_noun(head);
        }
        let verb = operator_verb(tree, head)?;
        self.under_verb(at, verb, head, Governed::Clause)
    }

    /// "to buy" under "went", where the verb is no operator: a purpose.
    fn complement_of_purpose(&mut self, at: u32, head: u32) -> Option<u32> {
        let tree = self.tree;
        let verb = operator_verb(tree, head)?;
        if governing(tree, verb, head, at, Governed::Clause).is_some() {
            return self.under_verb(at, verb, head, Governed::Clause);
        }
        self.lower(Certainty::Underspecified);
        self.aspect.get_or_insert(Aspect::Planned);
        None
    }

    /// What a verb does to what hangs on it, and what stands above the verb.
    fn under_verb(&mut self, at: u32, verb: u32, head: u32, governed: Governed) -> Option<u32> {
        let tree = self.tree;
        let negation = self.negation(verb).or_else(|| {
            tree.children(head).iter().copied().find(|&child| tree.dep(child) == "neg")
        });
        let Some(operator) = governing(tree, verb, head, at, governed) else {
            if governed == Governed::Noun
                && !self.presupposed
                && self.judged.clause == self.judged.trigger
            {
                // An event that a clause brings up shares the clause's standing: "could spark a riot".
                self.local(verb, false);
                self.take_tense(verb);
                return Some(verb);
            }
            if governed == Governed::Clause && self.grammar.non_finite(at) {
                self.local(verb, true);
                self.take_tense(verb);
                return Some(verb);
            }
            return None;
        };
        let effect = operator.effect;
        self.apply(effect, negation.is_some(), head);
        if let Some(cue) = negation
            && !matches!(effect, Effect::Said | Effect::Factive)
        {
            self.cues.push(cue);
        }
        match effect {
            Effect::Said | Effect::Factive => {
                self.past_saying |= matches!(tree.tag(verb), "VBD" | "VBN");
                return None;
            }
            Effect::Probable | Effect::Forecast | Effect::Planned | Effect::Scheduled => {
                self.past_saying |= matches!(tree.tag(verb), "VBD" | "VBN");
            }
            _ => {}
        }
        let last = matches!(effect, Effect::Denied | Effect::Accused | Effect::Asked);
        if !last {
            self.local(verb, true);
        }
        if self.grammar.non_finite(at) || !tree.is_verb(at) {
            self.take_tense(verb);
        }
        if last {
            return None;
        }
        Some(verb)
    }

    /// What a noun does to what hangs on it, and what stands above the noun.
    fn under_noun(&mut self, noun: u32) -> Option<u32> {
        if let Some(effect) = self.lexicon.noun(self.tree.lemma(noun)) {
            self.apply(effect, false, noun);
            if matches!(effect, Effect::Factive) {
                return None;
            }
        }
        if self.presupposed { None } else { Some(noun) }
    }

    /// What the whole sentence does: a question, a command, a heading's "to".
    fn sentence(&mut self, root: u32) {
        let tree = self.tree;
        let (_, last) = tree.reach(root);
        let asks = (last..(last + 2).min(tree.len() as u32)).any(|word| {
            tree.token(word).lemma == "?" && tree.sentence(word) == tree.sentence(root)
        });
        if asks {
            self.lower(Certainty::Underspecified);
        }
        if tree.tag(root) == "VB" && !tree.has_child(root, &["nsubj", "nsubjpass"]) {
            if self.infinitive(root) {
                self.aspect.get_or_insert(Aspect::Planned);
                self.lower(Certainty::Probable);
            } else if !self.judged.heading
                && !tree.children(root).iter().any(|&child| tree.tag(child) == "MD")
            {
                self.aspect.get_or_insert(Aspect::Planned);
                self.lower(Certainty::Underspecified);
            }
        } else if self.judged.heading && self.infinitive(root) {
            self.aspect.get_or_insert(Aspect::Planned);
        }
    }

    /// "to be held" behind a noun that is not itself a plan or a wish.
    fn to_be_done(&self, verb: u32) -> bool {
        let tree = self.tree;
        self.infinitive(verb)
            && tree.has_child(verb, &["auxpass"])
            && !tree.has_child(verb, &["mark"])
            && tree.head(verb).is_some_and(|head| {
                tree.is_noun(head) && self.lexicon.noun(tree.lemma(head)).is_none()
            })
    }

    /// "to" before the verb.
    fn infinitive(&self, verb: u32) -> bool {
        self.tree
            .children(verb)
            .iter()
            .any(|&child| self.tree.tag(child) == "TO" && self.tree.dep(child) == "aux")
    }

    /// Whether a coordinated verb has no auxiliary of its own and takes the first one's.
    fn leans(&self, verb: u32) -> bool {
        let tree = self.tree;
        matches!(tree.tag(verb), "VB" | "VBN" | "VBG")
            && !tree.has_child(verb, &["aux", "auxpass", "nsubj", "nsubjpass"])
    }

    /// A clause opened by "who", "how", "why" and the like.
    fn asks_which(&self, clause: u32) -> bool {
        let tree = self.tree;
        let (first, _) = tree.reach(clause);
        let opens = |word: u32| {
            matches!(tree.tag(word), "WRB" | "WP" | "WDT" | "WP$") && tree.lemma(word) != "whether"
        };
        opens(first)
            && tree.lemma(first) != "that"
            && (tree.head(first) == Some(clause)
                || tree.ancestors(first).any(|above| above == clause))
    }

    /// "the", "this", "their", "Norden's".
    fn definite(&self, noun: u32) -> bool {
        let tree = self.tree;
        tree.children(noun).iter().any(|&child| match tree.dep(child) {
            "poss" => true,
            "det" => matches!(tree.lemma(child), "the" | "this" | "that" | "these" | "those"),
            _ => false,
        })
    }

    fn take_tense(&mut self, verb: u32) {
        if self.aspect.is_none() && !self.would {
            let clause = self.judged.clause;
            if self.tree.is_verb(clause) && !self.grammar.non_finite(clause) {
                return;
            }
            let perfect =
                self.tree.children(clause).iter().any(|&child| {
                    self.tree.dep(child) == "aux" && self.tree.lemma(child) == "have"
                });
            if perfect {
                self.aspect = Some(Aspect::Past);
                return;
            }
            if !self.grammar.non_finite(verb) {
                self.aspect = Some(self.tense(verb));
            }
        }
    }

    /// How a clause stands in time by its verb's form.
    fn tense(&self, verb: u32) -> Aspect {
        let tree = self.tree;
        let aux = |tag: &str, lemma: &str| {
            tree.children(verb).iter().any(|&child| {
                matches!(tree.dep(child), "aux" | "auxpass")
                    && tree.tag(child) == tag
                    && (lemma.is_empty() || tree.lemma(child) == lemma)
            })
        };
        let has_aux = tree.has_child(verb, &["aux", "auxpass"]);
        let perfect = tree
            .children(verb)
            .iter()
            .any(|&child| tree.dep(child) == "aux" && tree.lemma(child) == "have");
        let present = aux("VBZ", "") || aux("VBP", "") || matches!(tree.tag(verb), "VBZ" | "VBP");
        if perfect || aux("VBD", "") || tree.tag(verb) == "VBD" {
            return Aspect::Past;
        }
        if present {
            // A heading tells what happened in the present tense.
            let headline_past = self.judged.heading
                && !has_aux
                && !matches!(tree.lemma(verb), "be" | "have" | "remain" | "seem");
            return if headline_past { Aspect::Past } else { Aspect::Ongoing };
        }
        match tree.tag(verb) {
            "VBG" => Aspect::Ongoing,
            _ => Aspect::Past,
        }
    }
}

/// The verb that acts as operator: the word itself, or the copula above it ("is unlikely to").
fn operator_verb(tree: &Tree<'_>, head: u32) -> Option<u32> {
    if tree.is_verb(head) {
        return Some(head);
    }
    let above = tree.head(head)?;
    (matches!(tree.dep(head), "acomp" | "attr" | "oprd") && tree.is_verb(above)).then_some(above)
}

/// The operator row that fits a verb with its companions; the longest phrase first.
fn governing(
    tree: &Tree<'_>,
    verb: u32,
    head: u32,
    governed: u32,
    kind: Governed,
) -> Option<&'static lexicon::Operator> {
    let copular = verb != head;
    let lemma = if copular { "be" } else { tree.lemma(verb) };
    Lexicon::embedded()
        .operators(lemma)
        .iter()
        .filter(|operator| operator.governs.contains(&kind))
        .filter(|operator| match operator.companions.as_slice() {
            [] => {
                // A bare "is to": only before an infinitive.
                // "set up" is another verb than "set".
                !copular
                    && (lemma != "be" || tree.dep(governed) == "xcomp")
                    && !tree.has_child(verb, &["prt"])
            }
            companions => companions.iter().all(|word| {
                (copular && tree.lemma(head) == word.as_str())
                    || tree.children(verb).iter().any(|&child| tree.lemma(child) == word.as_str())
                    || tree.head(governed).is_some_and(|above| tree.lemma(above) == word.as_str())
            }),
        })
        .max_by_key(|operator| operator.companions.len())
}
