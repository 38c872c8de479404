//! The stand-off record: what is said to be in a report, and in a pile of them.
//!
//! This is the language the rooms speak to each other and to other programs. Each stage gives one struct, and
//! a [`Record`] is their sum: [`Report`] from intake, [`Parsed`] from language, [`Grounded`] from grounding,
//! [`Testimony`] from testimony. Across reports, lineage gives [`Origin`]s and the ledger a [`Ledger`]; a
//! [`Pile`] holds all of it, as `crossread read --json` prints it.
//!
//! All offsets are bytes into [`Report::text`]. Unknown is `None`, `null` in JSON; nothing has a default value
//! that could be taken for a reading. Fields may be added; none may change its meaning.

mod grounded;
mod parsed;
mod pile;
mod report;
mod testimony;

pub use grounded::{
    Entity, EntityType, Grounded, Mention, MentionKind, Place, PlaceRole, Precision, Quantity,
    SameAs, Time, TimeAnchor, TimeType,
};
pub use parsed::{Parsed, Sentence, Token};
pub use pile::{
    Answer, Dependence, DependenceKind, Direction, Event, Evidence, EvidenceKind, Later, Ledger,
    Origin, OriginIndex, Passage, Pile, Question, Relation, Root, RootKind, Standing, Value,
    Verdict, sides,
};
pub use report::{Credit, Date, Flag, MapRun, Outlet, Region, RegionKind, Report};
pub use testimony::{
    Argument, Aspect, Attribution, Certainty, Claim, Polarity, Quote, SpeakerKind, Testimony,
};

use serde::{Deserialize, Serialize};

/// All that was found in one report: one line of `crossread annotate`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The text and where it came from.
    #[serde(flatten)]
    pub report: Report,
    /// Its sentences and, where asked for, its tokens.
    #[serde(flatten)]
    pub parsed: Parsed,
    /// Who, where, when, how many.
    #[serde(flatten)]
    pub grounded: Grounded,
    /// Who says what.
    #[serde(flatten)]
    pub testimony: Testimony,
}

impl Record {
    /// A report in whose words nothing was found yet.
    pub fn unread(report: Report) -> Self {
        Self::new(report, Parsed::default(), Grounded::default(), Testimony::default())
    }

    /// The sum of what the stages gave. Grounding's flags join the report's, in order of the text.
    pub fn new(
        mut report: Report,
        parsed: Parsed,
        mut grounded: Grounded,
        testimony: Testimony,
    ) -> Self {
        report.flags.append(&mut grounded.flags);
        report.flags.sort_by_key(|flag| flag.span);
        Self { report, parsed, grounded, testimony }
    }
}
