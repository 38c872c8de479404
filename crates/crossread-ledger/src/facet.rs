//! What a statement answers: of each matter whether, how many, when and where.

use crossread_base::{ClaimRef, Span};
use smol_str::SmolStr;

use crate::frames;
use crate::rules::number::base_unit;
use crate::rules::said_time::SaidTime;
use crate::statement::{AGE, Figure, Site, Statement};

/// What is asked of a happening.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Asked {
    /// How many, or how much: of what, in which kind of unit; shares and ages apart from counts.
    Count { of: SmolStr, unit: SmolStr, share: bool, age: bool },
    /// Whether it is so.
    Whether,
    /// When it happened.
    When,
    /// Where it happened.
    Where,
}

/// What a statement answers.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// A number.
    Number(Figure),
    /// How the frame is said to hold.
    Holds,
    /// A time.
    Time(SaidTime),
    /// A place.
    Place(Site),
}

/// What a statement asks and answers, with the words that do.
#[derive(Debug, Clone)]
pub(crate) struct Facet {
    pub(crate) asked: Asked,
    pub(crate) reply: Reply,
    pub(crate) span: Span,
    /// Whether it is the figure that the frame of its claim counts.
    pub(crate) own: bool,
    /// The claim that says it, where that is a wider one than the claim the words belong to.
    pub(crate) said_in: Option<ClaimRef>,
}

impl Facet {
    /// Whether it is so, by the words that say it.
    pub(crate) fn holds(span: Span) -> Self {
        Self { asked: Asked::Whether, reply: Reply::Holds, span, own: false, said_in: None }
    }

    /// The claim to name for it.
    pub(crate) fn claim<'a>(&'a self, statement: &'a Statement<'_>) -> &'a ClaimRef {
        self.said_in.as_ref().unwrap_or(&statement.reference)
    }
}

/// The figures and the time that a statement gives.
pub(crate) fn readings(statement: &Statement<'_>) -> Vec<Facet> {
    let claim = statement.claim;
    let frame = frames::frame(&claim.frame);
    let mut facets: Vec<Facet> = Vec::new();
    for figure in &statement.figures {
        let unit = figure.amount.unit.as_deref().map(base_unit).unwrap_or("");
        let share = !figure.share_of.is_empty() || unit == "percent";
        // The figure a frame counts by itself is one question whatever noun it is counted in: people, men, bodies.
        let own = frame.is_some_and(|frame| {
            frame.counts.is_some() && (unit == "person" || frame.units.iter().any(|u| u == unit))
        });
        let of = if own { SmolStr::default() } else { figure.of.clone().unwrap_or_default() };
        facets.push(Facet {
            asked: Asked::Count { of, unit: unit.into(), share, age: figure.age },
            reply: Reply::Number(figure.clone()),
            span: figure.span,
            own,
            said_in: None,
        });
    }
    facets.extend(statement.moments.iter().map(|&(moment, span)| Facet {
        asked: Asked::When,
        reply: Reply::Time(moment),
        span,
        own: false,
        said_in: None,
    }));
    facets
}

/// Whether it is so, and where.
pub(crate) fn facets(statement: &Statement<'_>) -> Vec<Facet> {
    let mut facets = Vec::new();
    if let Some(site) = &statement.place {
        facets.push(Facet {
            asked: Asked::Where,
            reply: Reply::Place(site.clone()),
            span: site.span,
            own: false,
            said_in: None,
        });
    }
    // That somebody has an age is no question; how old is.
    if !statement.figures.iter().any(|figure| figure.age) || statement.claim.frame != AGE {
        facets.push(Facet::holds(statement.claim.trigger));
    }
    facets
}
