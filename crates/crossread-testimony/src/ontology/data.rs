//! The form of the frames' files.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use super::trigger::{Class, RolePaths, Trigger};

/// Why frames could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OntologyError {
    /// The text is no TOML, or not in the form of [`FrameData`].
    #[error("frames of {file}: {source}")]
    Toml {
        /// The file's name.
        file: String,
        /// What is wrong with it.
        source: Box<toml::de::Error>,
    },
    /// Two frames have one name.
    #[error("the frame {frame} stands twice")]
    Twice {
        /// The name.
        frame: SmolStr,
    },
    /// A frame names another that is not there.
    #[error("the frame {frame} names {named}, which is no frame")]
    NoSuchFrame {
        /// The frame that names.
        frame: SmolStr,
        /// The name.
        named: SmolStr,
    },
    /// A list of words or a path does not read.
    #[error("the frame {frame}: {what:?} does not read")]
    Unreadable {
        /// The frame.
        frame: SmolStr,
        /// The words.
        what: String,
    },
}

/// What a question about the frame is called. Slots in braces are filled from the arguments: `{patient}`; `{where}`
/// with the place or the event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Ask {
    /// Whether it is so.
    pub whether: Option<String>,
    /// How many, or how much.
    pub count: Option<String>,
    /// When. As in the others, more than one wording may stand here, set apart by ` | `; the first that the claim has
    /// the words for is used.
    pub time: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Who or what fills a role, by role.
    #[serde(flatten)]
    pub roles: BTreeMap<SmolStr, String>,
}

/// A kind of thing that reports say.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// `field.kind`, as in [`Claim::frame`](crossread_record::Claim::frame).
    pub id: SmolStr,
    /// What it means, in a sentence.
    pub gloss: String,
    /// Whether it happens once (`true`) or holds over time.
    pub event: bool,
    /// Frames that cannot hold of the same arguments at the same time.
    pub opposites: Vec<SmolStr>,
    /// Frames that may follow as a later state of the same matter.
    pub later: Vec<SmolStr>,
    /// The role whose number is the frame's figure ("how many died"); `None` where no role is counted.
    pub counts: Option<SmolStr>,
    /// The units (`person`, `USD`, `magnitude`, ...) its figures may have; empty for no expectation.
    pub units: Vec<SmolStr>,
    /// The role that tells one happening from another: whose death, which quake. Two different fillers are two
    /// events.
    pub same_if: Vec<SmolStr>,
    /// The wording of its questions.
    pub ask: Ask,
    /// The PLOVER event type, with its mode after a colon where it has one.
    pub plover: Option<SmolStr>,
    /// CAMEO codes, the most general that fits first.
    pub cameo: Vec<SmolStr>,
    /// The MUC-4 incident type, for frames that are one.
    pub muc: Option<SmolStr>,
    /// Sentences with their roles marked: `Gunmen killed [patient three miners].`
    pub examples: Vec<String>,
}

/// A frame as its file has it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameData {
    id: SmolStr,
    gloss: String,
    #[serde(default)]
    state: bool,
    #[serde(default)]
    opposites: Vec<SmolStr>,
    #[serde(default)]
    later: Vec<SmolStr>,
    counts: Option<SmolStr>,
    #[serde(default)]
    units: Vec<SmolStr>,
    #[serde(default)]
    same_if: Vec<SmolStr>,
    #[serde(default)]
    ask: Ask,
    plover: Option<SmolStr>,
    #[serde(default)]
    cameo: Vec<SmolStr>,
    muc: Option<SmolStr>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default, rename = "trigger")]
    triggers: Vec<TriggerData>,
}

/// Words that bring the frame up in one way, and where its roles are then found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggerData {
    /// `verb`, `noun` or `adj`.
    #[serde(rename = "as")]
    class: Class,
    /// Separated by commas; a phrase has spaces in it. The word the others hang on is the first of a verb's
    /// phrase and the last of a noun's, unless another is marked with `^`.
    words: String,
    /// Role to paths, the first that leads somewhere being taken.
    #[serde(default)]
    roles: BTreeMap<SmolStr, String>,
    /// Paths of which each must lead somewhere.
    #[serde(default)]
    need: Vec<String>,
    /// Paths of which none may.
    #[serde(default)]
    not: Vec<String>,
    /// The words say that the frame does not hold: "survive" for a death.
    #[serde(default)]
    negative: bool,
    /// The words say that it is meant to happen: "wanted" for an arrest.
    #[serde(default)]
    planned: bool,
    /// The verb always has an object.
    #[serde(default)]
    transitive: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    frame: Vec<FrameData>,
}

/// Reads one file.
pub(super) fn read(file: &str, text: &str) -> Result<Vec<FrameData>, OntologyError> {
    let read: File = toml::from_str(text).map_err(|source| OntologyError::Toml {
        file: file.to_owned(),
        source: Box::new(source),
    })?;
    Ok(read.frame)
}

impl FrameData {
    /// The frame and its triggers, each word list taken apart.
    pub(super) fn into_parts(self, number: u32) -> Result<(Frame, Vec<Trigger>), OntologyError> {
        let mut triggers = Vec::new();
        for data in &self.triggers {
            let unreadable = |what: &str| OntologyError::Unreadable {
                frame: self.id.clone(),
                what: what.to_owned(),
            };
            let paths = |list: &[String]| -> Result<Vec<RolePaths>, OntologyError> {
                list.iter()
                    .map(|path| RolePaths::read("", path).ok_or_else(|| unreadable(path)))
                    .collect()
            };
            let roles: Vec<RolePaths> = data
                .roles
                .iter()
                .map(|(role, path)| RolePaths::read(role, path).ok_or_else(|| unreadable(path)))
                .collect::<Result<_, _>>()?;
            let (need, not) = (paths(&data.need)?, paths(&data.not)?);
            for phrase in data.words.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                let (head, companions) =
                    Trigger::phrase(phrase, data.class).ok_or_else(|| unreadable(phrase))?;
                triggers.push(Trigger {
                    frame: number,
                    class: data.class,
                    head,
                    companions,
                    roles: roles.clone(),
                    need: need.clone(),
                    not: not.clone(),
                    negative: data.negative,
                    planned: data.planned,
                    transitive: data.transitive,
                });
            }
        }
        let frame = Frame {
            id: self.id,
            gloss: self.gloss,
            event: !self.state,
            opposites: self.opposites,
            later: self.later,
            counts: self.counts,
            units: self.units,
            same_if: self.same_if,
            ask: self.ask,
            plover: self.plover,
            cameo: self.cameo,
            muc: self.muc,
            examples: self.examples,
        };
        Ok((frame, triggers))
    }
}
