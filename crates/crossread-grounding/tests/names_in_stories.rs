//! Short invented reports, and who and where must be found in them.

#![allow(clippy::unwrap_used)]

use crossread_base::ReportId;
use crossread_grounding::ground;
use crossread_language::{Block, Pipeline};
use crossread_record::{Entity, EntityType, Grounded, MentionKind, Place, Precision, Report};
use proptest::prelude::*;

fn report(text: &str) -> Report {
    Report::plain(ReportId::new(&[0; 32], None), text)
}

fn read(text: &str) -> Grounded {
    let report = report(text);
    let whole = Block { span: crossread_base::Span::of(0..text.len()), region: None };
    let parsed = Pipeline::embedded().parse(text, &[whole]);
    ground(&report, &parsed)
}

fn entity<'a>(text: &str, found: &'a Grounded, words: &str) -> &'a Entity {
    let named = |entity: &&Entity| entity.mentions.iter().any(|m| m.span.text(text) == words);
    found
        .entities
        .iter()
        .find(named)
        .unwrap_or_else(|| panic!("no {words:?} in {:#?}", found.entities))
}

fn place<'a>(text: &str, found: &'a Grounded, words: &str) -> &'a Place {
    found
        .places
        .iter()
        .find(|place| place.span.text(text) == words)
        .unwrap_or_else(|| panic!("no {words:?} in {:#?}", found.places))
}

#[test]
fn one_armed_group_under_five_names() {
    let text = "Fighters of Daesh (ISIL, ISIS) left the town on Monday. Daesh is an Arabic acronym for Islamic State. \
        The town council said that ISIS had taken its archive along.";
    let found = read(text);
    let group = entity(text, &found, "Daesh");
    assert_eq!(group.canonical.as_deref(), Some("islamic-state"));
    assert_eq!(group.kind, EntityType::Org);
    for name in ["ISIL", "ISIS", "Islamic State"] {
        assert_eq!(entity(text, &found, name).id, group.id, "{name}");
    }
}

#[test]
fn what_the_text_defines_is_one_actor_and_a_label_is_another() {
    let text = "The convoy flew the flags of Hashid Shaabi or Popular Mobilization Forces (PMF), a coalition. \
        Opponents speak of Iranian Militias in Iraq and Syria (IMIS). The Lower Marrow Rowing Federation (LMRF) sent boats. \
        Later the LMRF said that the PMF had thanked it, and IMIS had not.";
    let found = read(text);
    let coalition = entity(text, &found, "PMF");
    assert_eq!(entity(text, &found, "Hashid Shaabi").id, coalition.id);
    assert_eq!(coalition.canonical.as_deref(), Some("popular-mobilization-forces"));
    assert_ne!(entity(text, &found, "IMIS").id, coalition.id);
    let rowers = entity(text, &found, "LMRF");
    assert_eq!(rowers.name, "Lower Marrow Rowing Federation");
    assert_eq!(rowers.kind, EntityType::Org);
    let short = rowers.mentions.iter().filter(|mention| mention.span.text(text) == "LMRF");
    assert!(short.clone().count() == 2 && short.into_iter().all(|m| m.how == MentionKind::Alias));
}

#[test]
fn a_person_by_full_name_last_name_and_office() {
    let text = "Prime Minister Samir al-Tolani spoke to reporters on Friday. Mr. Tolani said the bridge would open. \
        The prime minister then left.";
    let found = read(text);
    let person = entity(text, &found, "Samir al-Tolani");
    assert_eq!(person.kind, EntityType::Person);
    assert_eq!(entity(text, &found, "Tolani").id, person.id);
    assert_eq!(entity(text, &found, "The prime minister").id, person.id);
}

#[test]
fn spellings_of_a_town_are_one_place() {
    let text = "Troops entered Tal Afar on Sunday. The city of Talafar lies west of Mosul, in Iraq. Residents fled from Tall 'Afar.";
    let found = read(text);
    assert_eq!(place(text, &found, "Tal Afar").geonames, Some(90393));
    assert_eq!(place(text, &found, "Talafar").geonames, Some(90393));
    assert_eq!(entity(text, &found, "Tall 'Afar").id, entity(text, &found, "Tal Afar").id);
    assert_eq!(place(text, &found, "Mosul").precision, Precision::Exact);
}

#[test]
fn a_container_says_which_town() {
    let text = "Crews put out a fire in Paris, Texas, on Monday. A second crew came from Athens, Ga., that night.";
    let found = read(text);
    assert_eq!(place(text, &found, "Paris").country.as_deref(), Some("US"));
    assert_eq!(place(text, &found, "Athens").country.as_deref(), Some("US"));
    let text =
        "The minister flew from Paris to Athens on Monday, and met officials of France and Greece.";
    let found = read(text);
    assert_eq!(place(text, &found, "Paris").country.as_deref(), Some("FR"));
    assert_eq!(place(text, &found, "Athens").country.as_deref(), Some("GR"));
}

#[test]
fn a_place_in_a_persons_name_is_none_and_an_unknown_village_stays_unresolved() {
    let text = "Interior Minister Mohammed Salem al-Tolani visited the village of Ebnaweyli in Iraq on Monday.";
    let found = read(text);
    assert!(found.places.iter().all(|place| place.span.text(text) != "Salem"));
    let unknown = found.places.iter().filter(|place| place.span.text(text) == "Ebnaweyli");
    assert!(
        unknown
            .into_iter()
            .all(|place| place.precision == Precision::Unresolved && place.lat.is_none())
    );
}

#[test]
fn so_many_kilometres_from_a_town_is_an_approximate_place() {
    let text = "A bus overturned 30 kilometres south of Mosul in Iraq, killing two people.";
    let found = read(text);
    let spot = place(text, &found, "30 kilometres south of Mosul");
    assert_eq!(spot.precision, Precision::Near);
    assert!((spot.lat.unwrap() - 36.065).abs() < 0.02, "{spot:?}");
}

#[test]
fn what_everyone_calls_it_is_its_name_and_what_its_rivals_call_it_is_not() {
    let text = "The Marrow Volunteer Rescue Brigade (MVRB), which everyone calls \u{201c}the Oars\u{201d}, sent boats on Monday. \
        The Oars found nobody. The Ferring River Watch, also known as the Herons, stayed ashore, and the Herons said so. \
        The Lower Tane Council, dubbed \u{201c}the Owls\u{201d} by its rivals, met at night. \
        The Upper Tane Rescue Society, which people in the hills often call the Larks, came late.";
    let found = read(text);
    let brigade = entity(text, &found, "MVRB");
    assert_eq!(brigade.name, "Marrow Volunteer Rescue Brigade");
    let oars = text.match_indices("Oars").map(|(at, _)| at as u32);
    for at in oars {
        assert!(brigade.mentions.iter().any(|mention| mention.span.start == at), "{brigade:#?}");
    }
    let herons = entity(text, &found, "Ferring River Watch");
    assert_eq!(herons.mentions.iter().filter(|m| m.span.text(text) == "Herons").count(), 2);
    let society = entity(text, &found, "Upper Tane Rescue Society");
    assert!(society.mentions.iter().any(|m| m.span.text(text) == "Larks"), "{society:#?}");
    let council = entity(text, &found, "Lower Tane Council");
    assert!(council.mentions.iter().all(|mention| mention.span.text(text) != "Owls"));
}

#[test]
fn a_name_tied_to_a_word_by_a_hyphen_is_found() {
    let text = "The U.S.-backed force met a pro-Iran party in Iraq on Monday. Sunni Arab families fled to the Sunni Gulf.";
    let found = read(text);
    assert_eq!(place(text, &found, "U.S.").country.as_deref(), Some("US"));
    assert_eq!(place(text, &found, "Iran").country.as_deref(), Some("IR"));
    assert_eq!(entity(text, &found, "Gulf").kind, EntityType::Place);
}

#[test]
fn a_month_is_no_place() {
    let text = "The bridge of Port Marrow was closed in March. In May it was opened again, the mayor said on Friday.";
    let found = read(text);
    for month in ["March", "May", "Friday"] {
        let named = |entity: &Entity| entity.mentions.iter().any(|m| m.span.text(text) == month);
        assert!(!found.entities.iter().any(named), "{:#?}", found.entities);
    }
}

#[test]
fn places_listed_under_a_word_for_places_are_places() {
    let text = "The neighborhoods still held included al-Ostrel, al-`Askeri, and al-Tana`a, a spokesman said. \
        Boats were sent to several areas in Ebnaweyli, northern Baghdad, and to the \u{201c}Sarred\u{201d} region in Iraq.";
    let found = read(text);
    for name in ["al-Ostrel", "al-`Askeri", "al-Tana`a", "Ebnaweyli", "Sarred"] {
        let one = place(text, &found, name);
        assert!(
            one.lat.is_some() || one.precision == Precision::Unresolved && one.reason.is_some()
        );
    }
}

#[test]
fn an_actor_of_the_tables_is_known_in_lower_case_too() {
    let text = "Officials said that popular mobilization units guarded the road.";
    let found = read(text);
    let units = entity(text, &found, "popular mobilization units");
    assert_eq!(units.canonical.as_deref(), Some("popular-mobilization-forces"));
}

#[test]
fn an_article_makes_no_other_name_and_a_butcher_is_a_person() {
    let text =
        "Nobody in the harbour speaks of Tolani any more. Al-Tolani is a butcher, a reader wrote.";
    let found = read(text);
    let person = entity(text, &found, "Al-Tolani");
    assert_eq!(person.kind, EntityType::Person);
    assert_eq!(entity(text, &found, "Tolani").id, person.id);
}

#[test]
fn the_old_part_of_a_town_lies_in_it_and_is_not_it() {
    let text = "Shells fell on Mosul in Iraq on Monday. By night the guards had moved deep into Old Mosul.";
    let found = read(text);
    let old = place(text, &found, "Old Mosul");
    assert_eq!((old.precision, old.geonames), (Precision::Near, None));
    assert!((old.lat.unwrap() - 36.335).abs() < 0.02, "{old:?}");
    assert_ne!(entity(text, &found, "Old Mosul").id, entity(text, &found, "Mosul").id);
}

#[test]
fn a_name_of_ten_thousand_letters_harms_nothing() {
    let long = format!("{}{}", "Marrow", "z".repeat(10_000));
    let text = format!("Mr. {long} of {long}-{long} ({long}) said {}", "Aa ".repeat(3_000));
    let _ = read(&text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_is_grounded_within_itself(text in "([A-Z][a-z]{0,8}|[(),.'’\"/-]|the|of|al|km|30|é|د|\\PC){0,60}", spaces in 1usize..3) {
        let text = text.split("").collect::<Vec<_>>().join(&" ".repeat(spaces - 1));
        let found = read(&text);
        for mention in found.entities.iter().flat_map(|entity| &entity.mentions) {
            prop_assert!(text.get(mention.span.range()).is_some_and(|words| !words.is_empty()));
        }
        for place in &found.places {
            prop_assert!(text.get(place.span.range()).is_some());
            prop_assert!(place.lat.is_none_or(|lat| lat.abs() <= 90.0) && place.lon.is_none_or(|lon| lon.abs() <= 360.0));
        }
    }
}
