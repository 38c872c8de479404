//! Invented reports and how many origins they are.

#![allow(clippy::unwrap_used)] // test helpers

use crossread_base::{ClaimId, Span};
use crossread_lineage::{Lineage, trace};
use crossread_record::{
    Aspect, Certainty, Claim, Credit, Date, DependenceKind, EvidenceKind, Polarity, Record, Region,
    RegionKind, Report, RootKind,
};

const WIRE: &str = "\
The old footbridge at Marrow gave way under a crowd of fairgoers on Monday night, throwing some forty people into the \
cold river, the coast guard said. Divers worked by torchlight until four in the morning and brought nine bodies to the \
landing stage below the brewery. The bridge had been closed to carts since March, when an inspector found rust in two \
of the hangers. Children from the choir school were crossing in single file when the northern cable parted with a \
crack heard across the town. The mayor ordered the remaining spans roped off and cancelled the last evening of the fair.";

const OTHER: &str = "\
Nine people died on Monday when a footbridge fell at Marrow, officials said. I watched from the brewery wall as boats \
crowded in. Relatives waited in the rain outside the customs house, where a clerk read names from a damp sheet. \
Baker Oda Linn had sold her last loaves near the ticket booth and walked home minutes earlier. Engineers hired by the \
county will begin taking measurements on Thursday, and a judge has asked for the maintenance ledgers.";

fn record(id: &str, text: &str) -> Record {
    Record::unread(Report::plain(id.parse().unwrap(), text))
}

fn dated(id: &str, text: &str, edtf: &str) -> Record {
    let mut record = record(id, text);
    record.report.published = Some(Date::of_field(edtf));
    record
}

fn claim(record: &mut Record, id: u32, words: &str) {
    let start = record.report.text.find(words).unwrap();
    let span = Span::of(start..start + words.len());
    let json = serde_json::json!({
        "id": ClaimId(id), "span": span, "region": 0, "frame": "open.say", "trigger": span, "arguments": [],
        "place": null, "time": null, "certainty": Certainty::Certain, "polarity": Polarity::Positive,
        "aspect": Aspect::Past,
    });
    let claim: Claim = serde_json::from_value(json).unwrap();
    record.testimony.claims.push(claim);
}

/// The reports of each origin that has any.
fn groups(lineage: &Lineage) -> Vec<Vec<String>> {
    let mut groups: Vec<Vec<String>> = lineage
        .origins
        .iter()
        .filter(|origin| !origin.reports.is_empty())
        .map(|origin| origin.reports.iter().map(ToString::to_string).collect())
        .collect();
    groups.sort();
    groups
}

fn traced(texts: &[(&str, &str)]) -> Lineage {
    let records: Vec<Record> = texts.iter().map(|(id, text)| record(id, text)).collect();
    trace(&records)
}

#[test]
fn a_reprint_is_one_origin_and_an_own_report_another() {
    let reprint = format!("MARROW — {WIRE}");
    let lineage = traced(&[("harbour", WIRE), ("lantern", OTHER), ("wire", &reprint)]);
    assert_eq!(groups(&lineage), [vec!["harbour", "wire"], vec!["lantern"]]);
    let origin = lineage.origins.iter().find(|origin| origin.reports.len() == 2).unwrap();
    assert_eq!(origin.pairs[0].kind, DependenceKind::Copy);
    assert!(origin.evidence.iter().any(|evidence| evidence.kind == EvidenceKind::Verbatim));
    assert_eq!(origin.direction, None, "nothing says which was first");
}

#[test]
fn a_cut_reprint_with_paragraphs_of_its_own_is_a_copy_for_some_claims_and_an_origin_for_others() {
    let cut = WIRE.split(" The bridge had").next().unwrap();
    let own = "At the grammar school, lessons are called off until the funerals. Ferries ran free of charge from \
               Tuesday noon, and taverns along the quay hung out black cloth. A collection for the widows opened at \
               the corn exchange.";
    let mut wire = dated("wire", WIRE, "2031-05-04");
    let mut post = dated("post", &format!("{cut} {own}"), "2031-05-05");
    claim(&mut wire, 1, "brought nine bodies to the landing stage");
    claim(&mut post, 1, "brought nine bodies to the landing stage");
    claim(&mut post, 2, "Ferries ran free of charge from Tuesday noon");
    let lineage = trace(&[post, wire]);
    assert_eq!(groups(&lineage), [["post", "wire"]]);
    let claims: Vec<Vec<String>> = lineage
        .origins
        .iter()
        .map(|origin| origin.claims.iter().map(ToString::to_string).collect())
        .collect();
    assert_eq!(claims, [vec!["post/c1", "wire/c1"], vec!["post/c2"]]);
    let direction = lineage.origins[0].direction.as_ref().unwrap();
    assert_eq!((direction.from.as_str(), direction.to.as_str()), ("wire", "post"));
}

#[test]
fn swapped_words_do_not_hide_a_copy() {
    let spun = WIRE
        .replace("old footbridge", "ageing footbridge")
        .replace("cold river", "chilly river")
        .replace("brought nine bodies", "carried nine corpses")
        .replace("found rust", "discovered corrosion")
        .replace("crack heard across", "bang audible across")
        .replace("cancelled the last", "scrapped the final");
    let lineage = traced(&[("spun", &spun), ("wire", WIRE)]);
    assert_eq!(groups(&lineage), [["spun", "wire"]]);
}

#[test]
fn a_rewrite_in_the_same_words_and_order_is_joined_without_verbatim_evidence() {
    let rewrite = "\
An old footbridge in Marrow has given way beneath crowds of fairgoers, and forty people were thrown in the cold river \
on Monday at night. Working by torchlight, divers kept on until about four that morning; nine bodies were brought on to \
a landing stage, the one below the town's brewery. Since March the bridge was closed to all carts, after inspectors \
found that rust had got in two hangers. When the northern cable parted, its crack was heard across all of the town, as \
choir school children were crossing it in a single file. Remaining spans are roped off and the fair's last evening is \
cancelled, by order of its mayor.";
    let lineage = traced(&[("rewrite", rewrite), ("wire", WIRE)]);
    assert_eq!(groups(&lineage), [["rewrite", "wire"]]);
    let origin = &lineage.origins[0];
    assert_eq!(origin.pairs[0].kind, DependenceKind::Rewrite);
    assert!(!origin.evidence.is_empty());
    assert!(origin.evidence.iter().all(|evidence| evidence.kind != EvidenceKind::Verbatim));
}

#[test]
fn two_who_retell_one_release_are_one_origin_and_not_without_it() {
    let one = "\
The Marrow sheriff's office said in a press release that a ferry pilot was hurt on Sunday evening when the winch of the \
upper landing slipped. Deputies were called to the quay at about six o'clock. Witnesses told the deputies that the pilot, \
Joris Vane, had bent over the drum when the brake gave out and the handle struck his shoulder. Vane was taken to the \
hospice at Orvan, where he was in fair condition on Monday. An inspector from the harbour board found no fault in the \
chain, and no charges are expected.";
    let two = "\
A pilot on the Marrow ferry is recovering after a winch handle hit him on Sunday, according to a release from the \
sheriff. About six in the evening, deputies went to the upper landing. Witnesses said that Joris Vane was leaning over \
the drum as its brake failed and that the handle hit his shoulder. He was brought to the Orvan hospice and was listed in \
fair condition Monday. The harbour board's inspector saw no fault with the chain. No charges will be filed.";
    assert_eq!(groups(&traced(&[("one", one), ("two", two)])), [["one", "two"]]);
    let plain = |text: &str| {
        text.replace(" said in a press release", " said").replace("a release from the", "the")
    };
    let (one, two) = (plain(one), plain(two));
    assert_eq!(groups(&traced(&[("one", &one), ("two", &two)])), [["one"], ["two"]]);
}

#[test]
fn two_who_quote_one_spokesman_are_two_origins() {
    let quote = "\"We lost nine of our neighbours tonight, and we will not rest until every family has an answer from \
                 those who left that rusted bridge open,\" said coast guard spokesman Per Alder.";
    let one = format!("{OTHER} {quote}");
    let two = format!(
        "{quote} The fair had drawn visitors from three counties. Hotel owners sheltered survivors overnight, handing \
         out blankets and soup. Schoolteacher Ana Brandt swam ashore with two pupils clinging to her coat. Rail \
         services through the valley resumed shortly before noon after signals were tested."
    );
    assert_eq!(groups(&traced(&[("one", &one), ("two", &two)])), [["one"], ["two"]]);
}

#[test]
fn tip_lines_and_share_boxes_join_nobody() {
    let tail = " Anyone with information about the collapse is asked to call the Marrow police tip line at 555-0100 or \
                to leave a message with the desk sergeant at the town hall. Sign up for our morning letter and get \
                the news of the valley before breakfast. Post a comment below, but keep it civil, as our moderators \
                remove threats, insults and advertising without notice.";
    let (one, two) = (format!("{OTHER}{tail}"), format!("{WIRE}{tail}"));
    assert_eq!(groups(&traced(&[("one", &one), ("two", &two)])), [["one"], ["two"]]);
}

#[test]
fn a_standing_passage_of_one_outlet_joins_nobody() {
    let about = "The Marrow Lantern has served the valley since the flood year and is owned by its readers. The paper \
                 prints letters on any matter of local interest, edited for length. Its archive is open on Wednesdays \
                 in the old granary behind the market. Delivery within the walls is free of charge.";
    let stories = [
        "Farmers brought in the first hay on Saturday. Prices at the auction rose by a tenth as buyers from the coast \
         bid against the dairies. Rain is forecast for the week to come, and few expect a second cut.",
        "The chess club beat its rivals from Upper Quay by five boards to three. Young Tilda Moor won in nineteen moves \
         with a rook sacrifice. A return match is set for the autumn in the reading room.",
        "A fire in the tannery was put out before it reached the timber yard. Nobody was hurt. The watchman smelt smoke \
         at dawn and rang the bell, and a chain of buckets did the rest, neighbours recalled.",
        "The council voted to pave the lane behind the baths. Two members asked where the money would come from. The \
         treasurer pointed to the toll fund, which closed the year with a surplus for the first time.",
    ];
    let reports: Vec<(String, String)> = (0..)
        .zip(stories)
        .map(|(n, story)| (format!("r{n}"), format!("{story} {about}")))
        .collect();
    let reports: Vec<(&str, &str)> =
        reports.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    assert_eq!(groups(&traced(&reports)).len(), 4);
}

#[test]
fn a_correction_marks_the_claims_downstream() {
    let own = "At the grammar school, lessons are called off until the funerals.";
    let mut corrected = record(
        "corrected",
        &format!("{WIRE}\nThis story has been corrected to say that nine people died, not twelve."),
    );
    let mut wire = record("wire", &format!("{WIRE} {own}"));
    claim(&mut corrected, 1, "brought nine bodies to the landing stage");
    claim(&mut wire, 1, "brought nine bodies to the landing stage");
    claim(&mut wire, 2, "lessons are called off until the funerals");
    let lineage = trace(&[corrected, record("lantern", OTHER), wire]);
    let roots: Vec<_> = lineage
        .origins
        .iter()
        .flat_map(|origin| &origin.roots)
        .map(|root| (root.claim.to_string(), root.kind, root.corrected.is_some()))
        .collect();
    assert_eq!(
        roots,
        [
            ("corrected/c1".to_owned(), RootKind::Unknown, false),
            ("wire/c1".to_owned(), RootKind::Unknown, true),
            ("wire/c2".to_owned(), RootKind::Own, false),
        ]
    );
    let [(id, flag)] = lineage.flags.as_slice() else { panic!("{:?}", lineage.flags) };
    assert_eq!((id.as_str(), flag.kind.as_str()), ("wire", "corrected_elsewhere"));
    let marked = flag.span.unwrap().text(WIRE);
    assert_eq!(marked, "brought nine bodies to the landing stage");
    assert!(flag.note.contains("nine people died, not twelve"), "{}", flag.note);
}

#[test]
fn a_retraction_that_names_the_title_marks_the_report_and_its_reprints() {
    let titled = |id: &str| {
        let mut record = record(id, &format!("Footbridge Gives Way at Marrow Fair\n{WIRE}"));
        let span = Span::of(0..35);
        let body = Span::of(36..record.report.text.len());
        record.report.regions = vec![
            Region { kind: RegionKind::Headline, span },
            Region { kind: RegionKind::Body, span: body },
        ];
        claim(&mut record, 1, "brought nine bodies to the landing stage");
        record
    };
    let notice = "The Evening Wire on Friday retracted its report \"Footbridge gives way at Marrow fair\", saying that \
                  its correspondent had not been in the town.";
    let mut reprint = record("reprint", WIRE);
    claim(&mut reprint, 1, "The mayor ordered the remaining spans roped off");
    let lineage = trace(&[titled("wire"), reprint, record("notice", notice)]);
    let mut marked: Vec<_> =
        lineage.flags.iter().map(|(id, flag)| (id.as_str(), flag.kind.as_str())).collect();
    marked.sort_unstable();
    assert_eq!(marked, [("reprint", "corrected_elsewhere"), ("wire", "corrected_elsewhere")]);
    let mut by = lineage
        .origins
        .iter()
        .flat_map(|origin| &origin.roots)
        .map(|root| root.corrected.as_ref().map(|passage| passage.report.as_str()));
    assert!(by.clone().count() == 2 && by.all(|by| by == Some("notice")));
}

#[test]
fn each_claim_has_its_root() {
    let cut = WIRE.split(" The bridge had").next().unwrap();
    let own = "Ferries ran free of charge from Tuesday noon, and taverns along the quay hung out black cloth. A \
               collection for the widows opened at the corn exchange.";
    let mut wire = dated("wire", WIRE, "2031-05-04");
    let mut post = dated("post", &format!("{cut} {own}"), "2031-05-05");
    claim(&mut wire, 1, "brought nine bodies to the landing stage");
    claim(&mut post, 1, "brought nine bodies to the landing stage");
    claim(&mut post, 2, "Ferries ran free of charge from Tuesday noon");
    let credit = Credit {
        agency: "Harbour News Agency".to_owned(),
        span: Span::of(0..3),
        covers: None,
        picture: false,
    };
    let mut lantern = record("lantern", OTHER);
    lantern.report.credits.push(credit);
    claim(&mut lantern, 1, "a judge has asked for the maintenance ledgers");
    let lineage = trace(&[wire, post, lantern]);
    let mut roots: Vec<_> = lineage.origins.iter().flat_map(|origin| &origin.roots).collect();
    roots.sort_by(|a, b| a.claim.cmp(&b.claim));
    let kinds: Vec<_> = roots.iter().map(|root| (root.claim.to_string(), root.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("lantern/c1".to_owned(), RootKind::Unknown), // credited to one that is not here
            ("post/c1".to_owned(), RootKind::Copy),
            ("post/c2".to_owned(), RootKind::Own),
            ("wire/c1".to_owned(), RootKind::Own),
        ]
    );
    let from = roots[1].from.as_ref().unwrap();
    assert_eq!(from.report.as_str(), "wire");
    assert!(from.span.text(WIRE).starts_with("Divers worked by torchlight"), "{from:?}");
    let pair = lineage.origins.iter().flat_map(|origin| &origin.pairs).next().unwrap();
    assert_eq!(pair.first.as_ref().unwrap().as_str(), "wire");
}

#[test]
fn a_page_stitched_from_three_unlike_reports_shows_its_seams() {
    let storm = "Gale winds tore the roof from the cattle market at Lower Quay on Sunday and carried its beams into the \
                 orchard of the rectory. Shepherds on the heath counted sixty drowned ewes when the tide drew back. \
                 Telegraph poles lay across the turnpike as far as the second milestone, and the mail coach turned \
                 about. Sailmakers gave away canvas to cover the broken gables of the almshouse.";
    let mint = "Counterfeit silver turned up in three counting houses last week, the assay master wrote in a letter to \
                bankers. Each false coin bears a bell where the true one has a beehive. Tellers now weigh every crown \
                against a brass standard before they take it over the counter. A reward of fifty crowns is promised for \
                the dies and the press.";
    let page = format!("{WIRE} {storm} {mint}");
    let lineage = traced(&[("mint", mint), ("page", &page), ("storm", storm), ("wire", WIRE)]);
    let seams: Vec<_> = lineage
        .flags
        .iter()
        .map(|(id, flag)| (id.as_str(), &flag.span.unwrap().text(&page)[..8]))
        .collect();
    assert_eq!(seams, [("page", "The old "), ("page", "Gale win"), ("page", "Counterf")]);
}

#[test]
fn reports_without_a_word_are_origins_of_their_own() {
    assert_eq!(groups(&traced(&[("a", ""), ("b", " … "), ("c", "!")])), [["a"], ["b"], ["c"]]);
    assert!(trace(&[]).origins.is_empty());
}
