use crossread_base::{AttributionId, ClaimId, EntityId, Span};
use serde::{Deserialize, Serialize};

/// Who says so, and what exactly is said. The testimony room gives it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Testimony {
    /// In order of the text.
    pub attributions: Vec<Attribution>,
    /// In order of the text.
    pub claims: Vec<Claim>,
}

impl Testimony {
    /// The attribution with this id.
    pub fn attribution(&self, id: AttributionId) -> Option<&Attribution> {
        self.attributions.iter().find(|attribution| attribution.id == id)
    }
}

/// Somebody is said to say something (PARC / PolNeAR: source, cue, content).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// Its name within the report.
    pub id: AttributionId,
    /// The words for who says it; empty where nobody is named ("it was reported").
    pub source: Vec<Span>,
    /// The words for the saying.
    pub cue: Vec<Span>,
    /// What is said; more than one span where the source or the cue interrupts it, or where it goes on over sentences.
    pub content: Vec<Span>,
    /// The entity that speaks; `None` where that is not known.
    pub speaker: Option<EntityId>,
    /// What kind of speaker.
    pub speaker_kind: SpeakerKind,
    /// How it is quoted.
    pub quote: Quote,
    /// The attribution whose content holds this one: who says that they said so.
    pub parent: Option<AttributionId>,
    /// What the text calls the speaker beside the name: "a militia leader", "reporting from Erbil".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Span>,
    /// Whom the source tells it, where that is said: "Radio Marrow" in "she told Radio Marrow that ...".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<Span>,
    /// The paper, station or occasion by which the source says it: "an official letter" in "in an official letter she
    /// said that ...".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<Span>,
}

/// What kind of speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// Called by a name.
    Named,
    /// Called by a role or description only: "one fighter", "officials".
    Unnamed,
    /// A document.
    Document,
    /// A newspaper, agency or station.
    Media,
    /// The sentence names nobody: "it was reported".
    Agentless,
    /// The text does not say who "he" is.
    Unknown,
}

/// How something said is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quote {
    /// All of it within quotation marks.
    Direct,
    /// None of it.
    Indirect,
    /// Some of it.
    Mixed,
}

/// What is said: a frame with its arguments, who says so, and how firmly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Its name within the report.
    pub id: ClaimId,
    /// The clause that makes it.
    pub span: Span,
    /// The index of its region.
    pub region: u32,
    /// The kind of thing said, a name from the ontology (`casualties.die`); `open.<lemma>` for what fits no frame.
    pub frame: String,
    /// The word or words that bring the frame up.
    pub trigger: Span,
    /// Who and what takes part.
    pub arguments: Vec<Argument>,
    /// The index of the place in `places`.
    pub place: Option<u32>,
    /// The index of the time in `times`.
    pub time: Option<u32>,
    /// Indices into `quantities`.
    #[serde(default)]
    pub quantities: Vec<u32>,
    /// Who says so, the nearest speaker first; the outlet itself is not listed.
    #[serde(default)]
    pub attribution: Vec<AttributionId>,
    /// How sure its nearest speaker is (FactBank).
    pub certainty: Certainty,
    /// Whether it is said to be so or not so (FactBank).
    pub polarity: Polarity,
    /// How it stands in time and reality.
    pub aspect: Aspect,
    /// Taken for granted rather than said ("the true extent of their crimes").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub presupposed: bool,
    /// Said of a kind of thing rather than of something that happened once ("drones carry cameras").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub generic: bool,
    /// The words that set certainty, polarity or aspect: "failed to", "not", "may", "if".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cues: Vec<Span>,
    /// The loaded words used for an actor or an act, kept as wording.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wording: Vec<Span>,
}

impl Claim {
    /// The arguments in a role.
    pub fn in_role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Argument> + 'a {
        self.arguments.iter().filter(move |argument| argument.role == role)
    }
}

/// Who or what takes part in a claim, and as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// `agent`, `patient`, `place`, `topic`, ... (roles in PropBank's manner, under plain names).
    pub role: String,
    /// The entity, where the words name one.
    pub entity: Option<EntityId>,
    /// The words.
    pub span: Span,
    /// The word the others hang on: "miners" in "three miners from Ostrel".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Span>,
}

/// How sure the source is (FactBank, Saurí and Pustejovsky 2009).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Certainty {
    /// Certain.
    #[serde(rename = "CT")]
    Certain,
    /// Probable.
    #[serde(rename = "PR")]
    Probable,
    /// Possible.
    #[serde(rename = "PS")]
    Possible,
    /// Underspecified.
    #[serde(rename = "U")]
    Underspecified,
}

/// Whether something is said to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Polarity {
    /// It is so.
    #[serde(rename = "+")]
    Positive,
    /// It is not so.
    #[serde(rename = "-")]
    Negative,
}

/// How a claim stands in time and reality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// Over.
    Past,
    /// Going on, or a standing state.
    Ongoing,
    /// Intended.
    Planned,
    /// Expected.
    Forecast,
    /// Said to depend on something else.
    Conditional,
    /// Said not to be the case.
    Counterfactual,
}
