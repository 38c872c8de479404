//! Pages put together from pieces, and reports that are not.

#![allow(clippy::unwrap_used)] // test helpers

use crossread_lineage::trace;
use crossread_record::{Record, Report};

/// The words of the seams that a page shows when it stands alone.
fn seams(text: &str) -> Vec<String> {
    let lineage = trace(&[Record::unread(Report::plain("page".parse().unwrap(), text))]);
    let flags = lineage.flags.iter().filter(|(_, flag)| flag.kind == "seam");
    flags.map(|(_, flag)| flag.span.unwrap().text(text).to_owned()).collect()
}

const REPORT: &str = "\
The old footbridge at Marrow gave way under a crowd of fairgoers on Monday night.
Some forty of the fairgoers fell into the river, the coast guard said.
The coast guard sent two boats from the customs quay.
Divers from the boats worked by torchlight until four in the morning.
By morning the divers had brought nine bodies to the landing stage.
The landing stage lies below the brewery, where relatives waited in the rain.
Relatives were led inside by a clerk, who read names from a damp sheet.
The clerk said that three of the names were still unconfirmed.
An inspector had found rust in two of the hangers in March.
After the inspector's visit the bridge was closed to carts.
Carts have since gone round by the upper ford, which floods in winter.
The ford was under water on Monday, so the fair's visitors took the bridge.
";

const STITCHED: &str = "\
The old footbridge at Marrow gave way under a crowd of fairgoers on Monday night.
Grain prices at the northern auctions have risen for six weeks in a row.
Its founder once served as harbour master under the previous council.
A second vaccine shipment should reach village clinics before the thaw.
Tavern keepers along the quay hung out black cloth.
Judges are weighing whether the treasurer broke an oath.
Rail services through the gorge resumed after signals were tested.
Under the treaty, both navies must report exercises beforehand.
Chess players from Upper Quay won five boards to three.
Inspectors discovered corrosion inside two hangers last March.
Nobody has explained why sirens stayed silent.
Hospital beds remain scarce across three districts.
";

#[test]
fn sentences_that_nothing_ties_together_are_seams() {
    let found = seams(STITCHED);
    assert!(found.len() >= 8, "{found:?}");
    assert!(found.iter().any(|seam| seam.starts_with("Chess players")), "{found:?}");
}

#[test]
fn an_ordinary_report_has_none() {
    assert_eq!(seams(REPORT), Vec::<String>::new());
}

#[test]
fn one_slip_is_no_seam() {
    let slip = REPORT.replace("the customs quay", "a neighbourhood quay near the town center");
    assert_eq!(seams(&slip), Vec::<String>::new());
}
