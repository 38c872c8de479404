use crossread_base::{EntityId, Span};
use serde::{Deserialize, Serialize};

use crate::Flag;

/// Who, where, when, how many. The grounding room gives it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Grounded {
    /// The actors, places and other things named.
    pub entities: Vec<Entity>,
    /// Mentions of places, in order of the text.
    pub places: Vec<Place>,
    /// Time expressions, in order of the text.
    pub times: Vec<Time>,
    /// Amounts, in order of the text.
    pub quantities: Vec<Quantity>,
    /// What does not fit, to be added to the report's own flags; see [`Record::new`](crate::Record::new).
    #[serde(skip)]
    pub flags: Vec<Flag>,
}

impl Grounded {
    /// The entity with this id.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }
}

/// Something named, with every place in the report that names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Its name within the report.
    pub id: EntityId,
    /// What kind of thing.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The fullest name.
    pub name: String,
    /// The same thing in public tables, where that is known.
    #[serde(default)]
    pub same_as: SameAs,
    /// The actor's name in our own alias tables, which joins it across reports (`islamic-state`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// In order of the text.
    pub mentions: Vec<Mention>,
}

impl Entity {
    /// What [`Entity::canonical`] begins with where a person told the entity apart from one that goes by a like name.
    pub const APART: &'static str = "apart#";

    /// Whether a person told it apart from one of a like name: then its name does not tell who it is.
    pub fn told_apart(&self) -> bool {
        self.canonical.as_deref().is_some_and(|key| key.starts_with(Self::APART))
    }
}

/// What kind of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EntityType {
    /// A human being.
    Person,
    /// An organisation: a ministry, a company, an armed group, a party.
    Org,
    /// People described, not organised: nationalities, faiths, "Shiite militias".
    Group,
    /// A settlement, region, country, river, mountain.
    Place,
    /// A building or other made site: an airport, a dam, a mosque.
    Facility,
    /// Anything else that has a name.
    Other,
}

/// Identifiers in public tables.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SameAs {
    /// GeoNames.
    pub geonames: Option<u32>,
    /// Wikidata, `Q...`.
    pub wikidata: Option<String>,
}

/// One stretch of text that names an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// In what way.
    pub how: MentionKind,
}

/// In what way a mention names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// By its name or a part of it.
    Name,
    /// By another name.
    Alias,
    /// By a title or description: "the prime minister", "the group".
    Title,
    /// By a pronoun.
    Pronoun,
}

/// A mention of a place, resolved or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The words.
    pub span: Span,
    /// The entity it is a mention of.
    pub entity: Option<EntityId>,
    /// Degrees north; `None` when unresolved.
    pub lat: Option<f64>,
    /// Degrees east; `None` when unresolved.
    pub lon: Option<f64>,
    /// How near the point is to what is meant.
    pub precision: Precision,
    /// Whether something is said to have happened there.
    pub role: PlaceRole,
    /// The place in the gazetteer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonames: Option<u32>,
    /// ISO 3166-1 code of the country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The next best reading, as a GeoNames id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runner_up: Option<u32>,
    /// Why it is unresolved, or by what it was resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How near a point is to the place meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// The settlement or site itself.
    Exact,
    /// Some distance from a known place.
    Near,
    /// A point within the province or region.
    Region,
    /// A point within the country.
    Country,
    /// No point.
    Unresolved,
}

/// What a place does in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceRole {
    /// Something happens there.
    Event,
    /// It is only named.
    Mentioned,
}

/// A time expression (TIMEX3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// The words.
    pub span: Span,
    /// What kind.
    #[serde(rename = "type")]
    pub kind: TimeType,
    /// The TIMEX3 value: `2017-08-19`, `P3W`, `PAST_REF`, `XXXX-WXX-6` where nothing anchors it.
    pub timex: Option<String>,
    /// The same as an EDTF date or interval; `None` for durations, sets and what nothing anchors.
    pub edtf: Option<String>,
    /// What the value was reckoned from: `None` for absolute dates and for what nothing anchors.
    pub anchor: Option<TimeAnchor>,
    /// The other expression, where that is the anchor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor_span: Option<Span>,
    /// Other readings, as TIMEX3 values.
    #[serde(default)]
    pub alternatives: Vec<String>,
    /// TIMEX3 `mod`: `BEFORE`, `AFTER`, `START`, `MID`, `END`, `APPROX`, `EQUAL_OR_MORE`, ...
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
}

/// The TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// A calendar time of a day or longer.
    Date,
    /// A time of day.
    Time,
    /// A stretch.
    Duration,
    /// A repetition.
    Set,
}

/// What a time was reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeAnchor {
    /// The publication date.
    Published,
    /// Another time expression of the report, [`Time::anchor_span`].
    Span,
}

/// An amount, as a range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The words, with the unit and the words that bound it ("at least some 6,000 militants" -> "at least some 6,000").
    pub span: Span,
    /// The least value the words allow; `None` for no bound.
    pub min: Option<f64>,
    /// The greatest value the words allow; `None` for no bound.
    pub max: Option<f64>,
    /// Whether the words say that it is not exact.
    pub approximate: bool,
    /// What it is measured in: `person`, `percent`, `km`, `USD`, ...; `None` where a noun is counted that is no
    /// unit we know.
    pub unit: Option<String>,
    /// What is counted or measured.
    pub of: Option<Span>,
    /// The whole it is a share of.
    pub share_of: Option<Span>,
    /// `new` ("12 more"), `cumulative` ("in all"), `part` ("including two children"), `change` ("rose by 5").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sense: Option<String>,
    /// The rule that turned vague words into a range ("dozens").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The index of another quantity that states the same amount in another unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<u32>,
}
