//! The places of the world by name, packed so that it is ready as soon as it is loaded.
//!
//! `cargo dev gazetteer` packs it ([`pack`]); the program carries it (`data/place/gazetteer.bin`) and reads it in
//! place. Layout, all little-endian: the magic, seven `u32` lengths, then the sections in this order.
//!
//! | section | content |
//! |---|---|
//! | countries | 6 bytes each: ISO code (2), its place (`u32`) |
//! | places | 16 bytes each: GeoNames id (`u32`), degrees north and east times 20,000 (`i24`), population (`u8`, four times its binary logarithm), class (`u8`), country (`u8`, an index; 255 for none), division it lies in (`u24`, a place; all ones for none) |
//! | postings | `u32` each: a place times two, plus one where the name is not its first name |
//! | starts | `u32` each: where the name of one of the first places begins |
//! | names | UTF-8, each ended by the start of the next. Only the places that others lie in or that are no settlement have them: the rest are named in the text that is read |
//! | exact | fst: [`fold`](crate::fold::fold)ed name to postings |
//! | loose | fst: [`loose`](crate::fold::loose) key to postings, for names brought over from other scripts |

use std::collections::BTreeMap;
use std::sync::OnceLock;

use fst::Map;

use crate::fold;

const MAGIC: &[u8; 8] = b"CRGAZ003";
const ROW: usize = 16;
const NOWHERE: u32 = 0xFF_FFFF;
const SCALE: f64 = 20_000.0;
const MANY: u64 = 1 << 63;

/// What kind of thing a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A sovereign state or a territory with an ISO code.
    Country,
    /// A state, province, governorate: a country's first-level division.
    Division,
    /// A county or district: a second-level division.
    District,
    /// A city, town or village.
    Settlement,
    /// A part of the world or of a country that is no division of it.
    Region,
    /// A sea, lake, river or strait.
    Water,
    /// Mountains, islands, deserts.
    Land,
}

impl Class {
    const ALL: [Self; 7] = [
        Self::Country,
        Self::Division,
        Self::District,
        Self::Settlement,
        Self::Region,
        Self::Water,
        Self::Land,
    ];
}

/// A place to be packed.
#[derive(Debug, Clone)]
pub struct Row {
    /// GeoNames id; 0 for none.
    pub id: u32,
    /// Its first name.
    pub name: String,
    /// Its other names, fit for matching.
    pub others: Vec<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How many people live there; 0 for unknown.
    pub population: u64,
    /// What it is.
    pub class: Class,
    /// ISO 3166-1 code of its country.
    pub country: Option<[u8; 2]>,
    /// The row of the division it lies in.
    pub within: Option<usize>,
    /// Whether its names come from another script, so that they are found by their loose key too.
    pub transliterated: bool,
}

/// Packs places into the bytes that [`Gazetteer::over`] reads. Settlements must come last.
pub fn pack(rows: &[Row]) -> Result<Vec<u8>, fst::Error> {
    let mut countries = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if let (Class::Country, Some(code)) = (row.class, row.country) {
            countries.push((code, index as u32));
        }
    }
    countries.sort_unstable();
    countries.dedup_by_key(|country| country.0);

    let mut places = Vec::with_capacity(rows.len() * ROW);
    let named = rows.iter().take_while(|row| row.class != Class::Settlement).count();
    let mut starts = Vec::new();
    let mut names = Vec::new();
    let mut exact: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut loose: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        let i24 = |degrees: f64| ((degrees * SCALE).round() as i32).to_le_bytes();
        places.extend_from_slice(&row.id.to_le_bytes());
        places.extend_from_slice(&i24(row.lat)[..3]);
        places.extend_from_slice(&i24(row.lon)[..3]);
        let log = if row.population == 0 { 0.0 } else { 4.0 * libm::log2(row.population as f64) };
        places.push(log.round().clamp(0.0, 255.0) as u8);
        places.push(row.class as u8);
        let country = row
            .country
            .and_then(|code| countries.binary_search_by_key(&code, |country| country.0).ok());
        places.push(country.map_or(255, |index| index as u8));
        let within = row.within.map_or(NOWHERE, |row| row as u32);
        places.extend_from_slice(&within.to_le_bytes()[..3]);
        if index < named {
            starts.extend_from_slice(&(names.len() as u32).to_le_bytes());
            names.extend_from_slice(row.name.as_bytes());
        }
        for (rank, name) in std::iter::once(&row.name).chain(&row.others).enumerate() {
            let key = fold::fold(name);
            if key.is_empty() {
                continue;
            }
            let posting = (index as u32) * 2 + u32::from(rank > 0);
            if row.transliterated {
                add(&mut loose, fold::loose(&key), posting);
            }
            add(&mut exact, key, posting);
        }
    }
    let mut postings = Vec::new();
    let exact = index(exact, &mut postings)?;
    let loose = index(loose, &mut postings)?;

    let mut packed = MAGIC.to_vec();
    for length in [
        countries.len(),
        rows.len(),
        postings.len() / 4,
        names.len(),
        exact.len(),
        loose.len(),
        starts.len() / 4,
    ] {
        packed.extend_from_slice(&(length as u32).to_le_bytes());
    }
    for (code, place) in &countries {
        packed.extend_from_slice(code);
        packed.extend_from_slice(&place.to_le_bytes());
    }
    for section in [&places, &postings, &starts, &names, &exact, &loose] {
        packed.extend_from_slice(section);
    }
    Ok(packed)
}

fn add(map: &mut BTreeMap<String, Vec<u32>>, key: String, posting: u32) {
    let list = map.entry(key).or_default();
    // A first name outranks the same key from another name of the same place.
    if !list.iter().any(|&known| known / 2 == posting / 2) {
        list.push(posting);
    }
}

fn index(map: BTreeMap<String, Vec<u32>>, postings: &mut Vec<u8>) -> Result<Vec<u8>, fst::Error> {
    let mut builder = fst::MapBuilder::memory();
    for (key, list) in map {
        let value = match list.as_slice() {
            [one] => u64::from(*one),
            many => {
                let start = (postings.len() / 4) as u64;
                postings.extend(many.iter().flat_map(|posting| posting.to_le_bytes()));
                MANY | (start << 16) | (many.len() as u64).min(0xFFFF)
            }
        };
        builder.insert(key, value)?;
    }
    builder.into_inner()
}

/// A place of the gazetteer, by its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceNo(pub u32);

/// One reading of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The place.
    pub place: PlaceNo,
    /// Whether the name is one of its other names.
    pub other_name: bool,
}

/// The places of the world by name.
#[derive(Default)]
pub struct Gazetteer<'a> {
    countries: &'a [u8],
    places: &'a [u8],
    postings: &'a [u8],
    starts: &'a [u8],
    names: &'a [u8],
    exact: Option<Map<&'a [u8]>>,
    loose: Option<Map<&'a [u8]>>,
}

impl Gazetteer<'static> {
    /// The gazetteer the program carries.
    pub fn embedded() -> &'static Self {
        static IT: OnceLock<Gazetteer<'static>> = OnceLock::new();
        IT.get_or_init(|| {
            // A test opens the embedded bytes, so the empty gazetteer is never met in a build that passed it.
            Gazetteer::over(include_bytes!("../../data/place/gazetteer.bin")).unwrap_or_default()
        })
    }
}

impl<'a> Gazetteer<'a> {
    /// Reads packed bytes in place; `None` where they are not [`pack`]ed by this version.
    pub fn over(packed: &'a [u8]) -> Option<Self> {
        let rest = packed.strip_prefix(MAGIC)?;
        let (head, mut rest) = rest.split_at_checked(7 * 4)?;
        let length = |n: usize| le32(&head[n * 4..n * 4 + 4]) as usize;
        let mut take = |bytes: usize| {
            let (section, after) = rest.split_at_checked(bytes)?;
            rest = after;
            Some(section)
        };
        Some(Self {
            countries: take(length(0) * 6)?,
            places: take(length(1) * ROW)?,
            postings: take(length(2) * 4)?,
            starts: take(length(6) * 4)?,
            names: take(length(3))?,
            exact: Some(Map::new(take(length(4))?).ok()?),
            loose: Some(Map::new(take(length(5))?).ok()?),
        })
    }

    /// The readings of a name that stands in the gazetteer in this very spelling, folded.
    pub fn readings(&self, folded: &str) -> Vec<Reading> {
        self.look_up(self.exact.as_ref(), folded)
    }

    /// The readings of a name spelt in another transliteration.
    pub fn readings_loosely(&self, folded: &str) -> Vec<Reading> {
        let key = fold::loose(folded);
        // Short keys agree by chance.
        if key.len() < 5 {
            return Vec::new();
        }
        self.look_up(self.loose.as_ref(), &key)
    }

    /// Whether a folded name stands in the gazetteer.
    pub fn has(&self, folded: &str) -> bool {
        self.exact.as_ref().is_some_and(|names| names.contains_key(folded))
    }

    fn look_up(&self, names: Option<&Map<&[u8]>>, key: &str) -> Vec<Reading> {
        names.and_then(|names| names.get(key)).map(|value| self.list(value)).unwrap_or_default()
    }

    fn list(&self, value: u64) -> Vec<Reading> {
        let reading =
            |posting: u32| Reading { place: PlaceNo(posting / 2), other_name: posting % 2 == 1 };
        if value & MANY == 0 {
            return vec![reading(value as u32)];
        }
        let start = ((value & !MANY) >> 16) as usize * 4;
        let bytes = (value & 0xFFFF) as usize * 4;
        let list = self.postings.get(start..start + bytes).unwrap_or_default();
        list.chunks_exact(4).map(|four| reading(le32(four))).collect()
    }

    fn row(&self, place: PlaceNo) -> &[u8] {
        let start = place.0 as usize * ROW;
        self.places.get(start..start + ROW).unwrap_or(&[0; ROW])
    }

    /// GeoNames id, where it has one.
    pub fn id(&self, place: PlaceNo) -> Option<u32> {
        Some(le32(self.row(place))).filter(|&id| id != 0)
    }

    /// Degrees north and east, to about five metres.
    pub fn point(&self, place: PlaceNo) -> (f64, f64) {
        let row = self.row(place);
        let degrees = |at: usize| f64::from(i24(&row[at..at + 3])) / SCALE;
        (degrees(4), degrees(7))
    }

    /// The binary logarithm of the population; 0 where that is not known.
    pub fn population_log2(&self, place: PlaceNo) -> f64 {
        f64::from(self.row(place)[10]) / 4.0
    }

    /// What it is.
    pub fn class(&self, place: PlaceNo) -> Class {
        Class::ALL[usize::from(self.row(place)[11]).min(6)]
    }

    /// ISO 3166-1 code of its country.
    pub fn country(&self, place: PlaceNo) -> Option<&'a str> {
        let at = usize::from(self.row(place)[12]) * 6;
        self.countries.get(at..at + 2).and_then(|code| std::str::from_utf8(code).ok())
    }

    /// The country with this ISO 3166-1 code.
    pub fn country_of_code(&self, code: &str) -> Option<PlaceNo> {
        let found = self.countries.chunks_exact(6).find(|entry| &entry[..2] == code.as_bytes())?;
        Some(PlaceNo(le32(&found[2..])))
    }

    /// The division it lies in, the next larger one.
    pub fn within(&self, place: PlaceNo) -> Option<PlaceNo> {
        let row = self.row(place);
        let within = u32::from_le_bytes([row[13], row[14], row[15], 0]);
        (within != NOWHERE).then_some(PlaceNo(within))
    }

    /// The first-level division it lies in, or it is.
    pub fn division(&self, place: PlaceNo) -> Option<PlaceNo> {
        let mut at = Some(place);
        // A settlement lies in a district, that in a division: two steps at most.
        for _ in 0..3 {
            let place = at?;
            if self.class(place) == Class::Division {
                return Some(place);
            }
            at = self.within(place);
        }
        None
    }

    /// Its first name; `None` for settlements, whose names are not kept.
    pub fn name(&self, place: PlaceNo) -> Option<&'a str> {
        let start = |index: usize| {
            self.starts.get(index * 4..index * 4 + 4).map(|four| le32(four) as usize)
        };
        let index = place.0 as usize;
        let end = start(index + 1).unwrap_or(self.names.len());
        self.names.get(start(index)?..end).and_then(|name| std::str::from_utf8(name).ok())
    }

    /// How many places it holds.
    pub fn len(&self) -> usize {
        self.places.len() / ROW
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

fn le32(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |four| u32::from_le_bytes(*four))
}

fn i24(bytes: &[u8]) -> i32 {
    // The upper byte repeats the sign.
    i32::from_le_bytes([0, bytes[0], bytes[1], bytes[2]]) >> 8
}

/// Great-circle distance in kilometres (haversine, mean Earth radius).
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |angle: f64| libm::sin(angle / 2.0).powi(2);
    let chord =
        half(lat_b - lat_a) + libm::cos(lat_a) * libm::cos(lat_b) * half((b.1 - a.1).to_radians());
    12_742.0 * libm::asin(chord.clamp(0.0, 1.0).sqrt())
}
