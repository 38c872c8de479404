//! Place names and where they are: the Local Global Lexicon.
//!
//! Detection, as in Gritta, Pilehvar and Collier 2019: `detection_f1` counts the same span, `detection_relaxed_f1`
//! spans that share a byte (paired one to one). Resolution is measured on the relaxed pairs that gold gives
//! a point for: `resolved` is the share the system gives a point too; of these, `accuracy_161km` is the share
//! within 161 km (100 miles) of gold and `median_error_km` the middle of the distances, both as the literature has
//! them. As abstaining would better these two, `accuracy_161km_of_all` counts a name left unresolved as wrong.

use std::collections::{BTreeMap, BTreeSet};

use crossread_base::Span;
use crossread_grounding::place::gazetteer::{Gazetteer, PlaceNo};

use super::Asked;
use crate::corpora::lgl::{self, Article, Toponym};
use crate::corpora::sample;
use crate::metrics::{Counts, great_circle_km, match_by_overlap};
use crate::score::{Miss, Score, ScoreError};
use crate::system::{Answer, System, Wanted, unusable};

pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let Some(path) = asked.set("geoparsing/lgl.xml") else { return Ok(Vec::new()) };
    let articles = sample(lgl::read(&path)?, asked.limit);
    let documents: Vec<_> = articles.iter().map(|article| article.document.clone()).collect();
    let answers = system.annotate(&documents, Wanted::default())?;
    let mut tally = Tally::default();
    for (article, answer) in articles.iter().zip(&answers) {
        tally.add(article, &found(answer));
    }
    let mut score = tally.score();
    score.note(format!("{} articles", articles.len()));
    score.note(lacking(&articles));
    score.notes.extend(unusable(&answers));
    Ok(vec![score])
}

fn found(answer: &Answer) -> Vec<Toponym> {
    let places = answer.record.grounded.places.iter();
    let toponym = |place: &crossread_record::Place| {
        Some(Toponym {
            span: answer.in_document(place.span)?,
            point: place.lat.zip(place.lon),
            referent: None,
        })
    };
    places.filter_map(toponym).collect()
}

/// What Crossread's gazetteer lacks of the places that gold points to, by the feature class of GeoNames.
fn lacking(articles: &[Article]) -> String {
    const CLASSES: [(char, &str); 8] = [
        ('P', "towns"),
        ('A', "countries and divisions"),
        ('S', "buildings and sites"),
        ('L', "parks and areas"),
        ('H', "waters"),
        ('T', "mountains and islands"),
        ('R', "roads"),
        ('V', "forests"),
    ];
    let gazetteer = Gazetteer::embedded();
    let known: BTreeSet<u32> =
        (0..gazetteer.len() as u32).filter_map(|place| gazetteer.id(PlaceNo(place))).collect();
    let mut lacks: BTreeMap<char, (usize, usize)> = BTreeMap::new();
    for (id, class) in
        articles.iter().flat_map(|article| &article.toponyms).filter_map(|t| t.referent)
    {
        let (missing, all) = lacks.entry(class).or_default();
        *all += 1;
        *missing += usize::from(!known.contains(&id));
    }
    let parts: Vec<String> = CLASSES
        .iter()
        .filter_map(|(class, name)| {
            let (missing, all) = lacks.get(class)?;
            Some(format!("{missing} of {all} {name}"))
        })
        .collect();
    let (missing, all) = lacks.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    format!(
        "Crossread's gazetteer lacks {missing} of the {all} places that gold gives by their GeoNames id: {}",
        parts.join(", ")
    )
}

/// 100 miles, the distance the literature takes for near enough.
const NEAR_KM: f64 = 161.0;

#[derive(Default)]
struct Tally {
    exact: Counts,
    relaxed: Counts,
    /// Pairs whose gold has a point.
    resolvable: usize,
    errors_km: Vec<f64>,
    misses: Vec<Miss>,
}

impl Tally {
    fn add(&mut self, article: &Article, found: &[Toponym]) {
        let Article { document, toponyms: gold } = article;
        let spans = |all: &[Toponym]| all.iter().map(|place| place.span).collect::<Vec<Span>>();
        let partner = match_by_overlap(&spans(gold), &spans(found));
        let mut exact = Counts { right: 0, found: found.len(), wanted: gold.len() };
        let mut relaxed = exact;
        let point = |point: Option<(f64, f64)>| {
            point.map_or("unresolved".to_owned(), |(lat, lon)| format!("{lat:.3}, {lon:.3}"))
        };
        let mut miss = |kind: &str, span, gold: &str, found: &str, weight: f64| {
            let miss = Miss::at(kind, &document.name, &document.text, span, gold, found);
            self.misses.push(miss.weighing(weight));
        };
        for (wanted, partner) in gold.iter().zip(&partner) {
            let Some(given) = partner.and_then(|index| found.get(index)) else {
                miss("place missed", wanted.span, &point(wanted.point), "nothing", 10.0);
                continue;
            };
            relaxed.right += 1;
            if wanted.span == given.span {
                exact.right += 1;
            } else {
                miss("place cut otherwise", wanted.span, "", given.span.text(&document.text), 1.0);
            }
            let Some(here) = wanted.point else { continue };
            self.resolvable += 1;
            let error = given.point.map(|there| great_circle_km(here, there));
            self.errors_km.extend(error);
            if error.is_none_or(|km| km > NEAR_KM) {
                let kind = if error.is_some() { "place misread" } else { "place unresolved" };
                let (here, there) = (point(wanted.point), point(given.point));
                miss(kind, wanted.span, &here, &there, error.unwrap_or(50.0));
            }
        }
        for (index, given) in found.iter().enumerate() {
            if !partner.contains(&Some(index)) {
                miss("place too many", given.span, "nothing", &point(given.point), 10.0);
            }
        }
        self.exact = self.exact + exact;
        self.relaxed = self.relaxed + relaxed;
    }

    fn score(mut self) -> Score {
        self.errors_km.sort_by(f64::total_cmp);
        let resolved = self.errors_km.len() as f64;
        let near = self.errors_km.iter().filter(|&&km| km <= NEAR_KM).count() as f64;
        let mut score = Score::new("place", "lgl");
        score.figure("detection_f1", self.exact.f1());
        score.figure("detection_precision", self.exact.precision());
        score.figure("detection_recall", self.exact.recall());
        score.figure("detection_relaxed_f1", self.relaxed.f1());
        score.figure("accuracy_161km", near / resolved);
        score.figure("median_error_km", median(&self.errors_km));
        score.figure("resolved", resolved / self.resolvable as f64);
        score.figure("accuracy_161km_of_all", near / self.resolvable as f64);
        score.note(format!(
            "{} place names, {} found, {} of these with a gold point",
            self.exact.wanted, self.exact.found, self.resolvable
        ));
        score.misses = self.misses;
        score
    }
}

/// The middle of a sorted list, or the mean of its two middles.
fn median(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Document;

    #[test]
    fn figures_by_hand() {
        let place =
            |start, end, point| Toponym { span: Span::new(start, end), point, referent: None };
        let article = Article {
            document: Document::plain(
                "a",
                "Marrow, Lower Marrow and Harbour lie north of Salt Bay.",
            ),
            toponyms: vec![
                place(0, 6, Some((0.0, 0.0))),
                place(8, 20, Some((0.0, 2.0))),
                place(25, 32, None),
                place(46, 54, Some((5.0, 5.0))),
            ],
        };
        let found = [
            place(0, 6, Some((0.0, 1.0))),   // 111 km off
            place(14, 20, Some((0.0, 0.0))), // cut, 222 km off
            place(25, 32, None),
            place(37, 42, Some((1.0, 1.0))), // "north"
        ];
        let mut tally = Tally::default();
        tally.add(&article, &found);
        let score = tally.score();
        assert_eq!(score.get("detection_f1"), Some(0.5));
        assert_eq!(score.get("detection_relaxed_f1"), Some(0.75));
        assert_eq!(score.get("accuracy_161km"), Some(0.5));
        assert_eq!(score.get("resolved"), Some(1.0));
        let median = score.get("median_error_km").unwrap();
        assert!((median - 166.8).abs() < 0.1, "{median}");
    }
}
