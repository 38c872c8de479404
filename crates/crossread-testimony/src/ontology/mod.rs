//! The kinds of thing that reports say, as data: frames with the words that bring them up, the roles they have,
//! what they stand against and what may follow them.
//!
//! The frames live in `data/frames/*.toml`, one file a field of life. [`Ontology::embedded`] reads them once.

mod data;
mod trigger;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

pub use data::{Ask, Frame, FrameData, OntologyError};
pub use trigger::{Class, Companion, Filler, Path, RolePaths, Step, Trigger};

/// All frames, with an index from words to them.
pub struct Ontology {
    frames: Vec<Frame>,
    triggers: Vec<Trigger>,
    by_lemma: FxHashMap<SmolStr, Vec<u32>>,
    by_id: FxHashMap<SmolStr, u32>,
}

const FILES: &[(&str, &str)] = &[
    ("accident", include_str!("../../data/frames/accident.toml")),
    ("aid", include_str!("../../data/frames/aid.toml")),
    ("business", include_str!("../../data/frames/business.toml")),
    ("casualties", include_str!("../../data/frames/casualties.toml")),
    ("control", include_str!("../../data/frames/control.toml")),
    ("damage", include_str!("../../data/frames/damage.toml")),
    ("disaster", include_str!("../../data/frames/disaster.toml")),
    ("identity", include_str!("../../data/frames/identity.toml")),
    ("law", include_str!("../../data/frames/law.toml")),
    ("life", include_str!("../../data/frames/life.toml")),
    ("measure", include_str!("../../data/frames/measure.toml")),
    ("movement", include_str!("../../data/frames/movement.toml")),
    ("politics", include_str!("../../data/frames/politics.toml")),
    ("speech", include_str!("../../data/frames/speech.toml")),
    ("sport", include_str!("../../data/frames/sport.toml")),
    ("violence", include_str!("../../data/frames/violence.toml")),
];

static EMBEDDED: LazyLock<Result<Ontology, OntologyError>> =
    LazyLock::new(|| Ontology::read(FILES));

impl Ontology {
    /// The frames Crossread ships. They are checked by a test; a build whose data does not read has none.
    pub fn embedded() -> &'static Self {
        static NONE: LazyLock<Ontology> = LazyLock::new(Ontology::none);
        EMBEDDED.as_ref().unwrap_or(&NONE)
    }

    fn none() -> Self {
        Self {
            frames: Vec::new(),
            triggers: Vec::new(),
            by_lemma: FxHashMap::default(),
            by_id: FxHashMap::default(),
        }
    }

    /// Reads frames from TOML, given as (name, text).
    ///
    /// # Errors
    /// Names the file where the text is no TOML or not in the form of [`FrameData`], and the frame where a
    /// frame is named twice, a path or word list cannot be read, or an opposite or later frame does not exist.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, OntologyError> {
        let mut ontology = Self::none();
        for &(name, text) in files {
            for data in data::read(name, text)? {
                let number = ontology.frames.len() as u32;
                let (frame, triggers) = data.into_parts(number)?;
                if ontology.by_id.insert(frame.id.clone(), number).is_some() {
                    return Err(OntologyError::Twice { frame: frame.id });
                }
                ontology.frames.push(frame);
                for trigger in triggers {
                    let index = ontology.triggers.len() as u32;
                    ontology.by_lemma.entry(trigger.head.clone()).or_default().push(index);
                    ontology.triggers.push(trigger);
                }
            }
        }
        for frame in &ontology.frames {
            for other in frame.opposites.iter().chain(&frame.later) {
                if !ontology.by_id.contains_key(other) {
                    return Err(OntologyError::NoSuchFrame {
                        frame: frame.id.clone(),
                        named: other.clone(),
                    });
                }
            }
        }
        Ok(ontology)
    }

    /// All frames, in order of their files.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The frame with this id; `None` for open claims and unknown names.
    pub fn frame(&self, id: &str) -> Option<&Frame> {
        self.by_id.get(id).and_then(|&number| self.frames.get(number as usize))
    }

    /// The frame of a trigger.
    pub fn frame_of(&self, trigger: &Trigger) -> &Frame {
        &self.frames[trigger.frame as usize]
    }

    /// The triggers whose head word has this lemma (lower case), in order of the data.
    pub fn triggers(&self, lemma: &str) -> impl Iterator<Item = &Trigger> {
        self.by_lemma
            .get(lemma)
            .into_iter()
            .flatten()
            .filter_map(|&index| self.triggers.get(index as usize))
    }

    /// Whether two frames stand against each other, in either direction.
    pub fn opposed(&self, a: &str, b: &str) -> bool {
        let names = |a: &str, b: &str| {
            self.frame(a).is_some_and(|frame| frame.opposites.iter().any(|other| other == b))
        };
        names(a, b) || names(b, a)
    }

    /// Whether `b` may follow `a` as a later state of the same matter, at once or over frames in between.
    pub fn follows(&self, a: &str, b: &str) -> bool {
        let Some(&start) = self.by_id.get(a) else { return false };
        let mut seen = vec![false; self.frames.len()];
        let mut open = vec![start];
        while let Some(number) = open.pop() {
            for next in &self.frames[number as usize].later {
                if next == b {
                    return true;
                }
                if let Some(&next) = self.by_id.get(next)
                    && !std::mem::replace(&mut seen[next as usize], true)
                {
                    open.push(next);
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_frames_read() {
        if let Err(error) = &*EMBEDDED {
            panic!("{error}");
        }
        assert!(Ontology::embedded().frames().len() > 30);
    }

    #[test]
    fn later_states_chain() {
        let ontology = Ontology::embedded();
        assert!(ontology.follows("law.seek", "law.convict"));
        assert!(!ontology.follows("law.convict", "law.seek"));
        assert!(ontology.opposed("movement.join", "movement.withdraw"));
        assert!(ontology.opposed("movement.withdraw", "movement.join"));
    }

    #[test]
    fn an_opposite_that_is_no_frame_is_named() {
        let text = r#"
            [[frame]]
            id = "a.b"
            gloss = "x"
            opposites = ["a.c"]
        "#;
        let error = Ontology::read(&[("a", text)]).err().unwrap();
        assert!(error.to_string().contains("a.c"), "{error}");
    }
}
