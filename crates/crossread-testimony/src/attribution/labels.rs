//! The dependency labels that the classifiers ask for, hashed at compile time.

use super::page::hash;

macro_rules! labels {
    ($($name:ident $text:literal),* $(,)?) => { $(pub(crate) const $name: u32 = hash($text);)* };
}

labels! {
    NSUBJ "nsubj", NSUBJPASS "nsubjpass", CSUBJ "csubj", EXPL "expl", CCOMP "ccomp", XCOMP "xcomp", ADVCL "advcl",
    ACL "acl", RELCL "relcl", DOBJ "dobj", POBJ "pobj", PCOMP "pcomp", PREP "prep", AGENT "agent", MARK "mark",
    CONJ "conj", POSS "poss", APPOS "appos", AUX "aux", AUXPASS "auxpass", NEG "neg", ADVMOD "advmod", DET "det",
    ATTR "attr", ACOMP "acomp", OPRD "oprd", DATIVE "dative", PUNCT "punct", COMPOUND "compound", AMOD "amod",
    PRT "prt",
}
