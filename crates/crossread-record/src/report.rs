use crossread_base::{Offset, ReportId, Span};
use serde::{Deserialize, Serialize};

/// One text published by one outlet, read from a capture. Intake gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The SHA-256 of the capture, with `#n` for the n-th report of a file that holds several.
    pub id: ReportId,
    /// Where the capture came from, as it was named to the program.
    pub path: Option<String>,
    /// `text/plain`, `text/html`, `application/x-ndjson`, ...
    pub media_type: String,
    /// BCP 47 code of the language, by the text itself.
    pub language: Option<String>,
    /// The decoded capture for plain text; the readable text for other formats.
    pub text: String,
    /// The way from [`text`](Self::text) back to the capture's bytes, in order of `text`; empty where the two are
    /// the same bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub map: Vec<MapRun>,
    /// Where it was published, by a field or address of its format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<Outlet>,
    /// The names of its authors, as printed.
    #[serde(default)]
    pub byline: Vec<Outlet>,
    /// The agencies and outlets it names as its source.
    #[serde(default)]
    pub credits: Vec<Credit>,
    /// When it was first published.
    pub published: Option<Date>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// What does not fit.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// The typed spans of the text, in order, none overlapping. Text in no region is white space.
    #[serde(default)]
    pub regions: Vec<Region>,
}

impl Report {
    /// A plain text of which nothing else is known, not even its regions.
    pub fn plain(id: ReportId, text: impl Into<String>) -> Self {
        Self {
            id,
            path: None,
            media_type: "text/plain".to_owned(),
            language: None,
            text: text.into(),
            map: Vec::new(),
            url: None,
            outlet: None,
            byline: Vec::new(),
            credits: Vec::new(),
            published: None,
            updated: None,
            flags: Vec::new(),
            regions: Vec::new(),
        }
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> &str {
        span.text(&self.text)
    }

    /// The index of the region that holds `offset`.
    pub fn region_at(&self, offset: Offset) -> Option<usize> {
        let after = self.regions.partition_point(|region| region.span.end <= offset);
        self.regions.get(after).filter(|region| region.span.holds(offset)).map(|_| after)
    }
}

/// A run of text that stands, byte for byte, in the capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapRun {
    /// The run in the report's text.
    pub text: Span,
    /// The bytes of the capture it was read from. The two lengths differ where an escape or another charset was
    /// decoded.
    pub capture: Span,
}

/// A publisher or an author, as named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    /// The name, as printed.
    pub name: String,
    /// The internet domain, where known.
    #[serde(default)]
    pub domain: Option<String>,
    /// Where the text says so; `None` where a field or an address of the format does.
    pub span: Option<Span>,
}

/// A source the report credits for its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// The agency's or outlet's name, normalised ("Reuters").
    pub agency: String,
    /// The words of the credit.
    pub span: Span,
    /// The passage it covers, where the credit is for a passage; `None` where it is for the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covers: Option<Span>,
    /// Whether it credits a photograph or a video only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub picture: bool,
}

/// A date of the report, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date {
    /// The date in EDTF (ISO 8601-2), as precise as it is stated: `2017-08-24`, `2017-08-24T23:09`, `2017-08`.
    pub edtf: String,
    /// What says so: `dateline`, `stamp`, `modified`, `caption`, `field`, `meta`, `url`, `pile`, ...
    pub basis: String,
    /// The words that say so, where they stand in the text.
    pub span: Option<Span>,
    /// Whether it was worked out from other reports rather than stated.
    pub inferred: bool,
    /// Other readings of the same words ("06.05.2017"), in EDTF.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
}

impl Date {
    /// A date that the capture's format states beside the text, in EDTF.
    pub fn of_field(edtf: impl Into<String>) -> Self {
        Self {
            edtf: edtf.into(),
            basis: "field".to_owned(),
            span: None,
            inferred: false,
            alternatives: Vec::new(),
        }
    }
}

/// Something that does not fit, kept beside what was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// What kind of thing: `weekday_mismatch`, `ambiguous_date`, `impossible_date`, ...
    pub kind: String,
    /// Where.
    pub span: Option<Span>,
    /// What is odd about it, in words for a person.
    pub note: String,
}

/// A typed span of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// What it is.
    pub kind: RegionKind,
    /// Where it is.
    pub span: Span,
}

/// What a stretch of a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionKind {
    /// The title.
    Headline,
    /// The title printed again.
    HeadlineRepeat,
    /// A heading within the text, or a standfirst.
    Subhead,
    /// Who wrote it.
    Byline,
    /// Where and when it was filed, or when the page was published or changed.
    Dateline,
    /// The story.
    Body,
    /// Words that belong to a picture or a video.
    Caption,
    /// A pointer to another story.
    Teaser,
    /// What a reader wrote.
    Comment,
    /// Menus, share boxes, forms and the like.
    Furniture,
    /// Who the text or picture came from.
    Credit,
}

impl RegionKind {
    /// Whether claims are read from it.
    pub const fn makes_claims(self) -> bool {
        matches!(self, Self::Headline | Self::Subhead | Self::Body | Self::Caption)
    }

    /// The name used in records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::HeadlineRepeat => "headline_repeat",
            Self::Subhead => "subhead",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Teaser => "teaser",
            Self::Comment => "comment",
            Self::Furniture => "furniture",
            Self::Credit => "credit",
        }
    }
}
