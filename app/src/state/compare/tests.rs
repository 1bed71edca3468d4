use super::*;
use crate::{
    compute::protocol::CompareTold,
    i18n::{Lang, has},
    state::{Library, LoadAction, Shelved, Theme},
};
use atlas_core::{
    catchment::{Amount, Question, Share},
    comparison::{ChangedFacility, FacilityChange, FlowChange, Group, Indicator},
    evaluate::Figures,
    format::tables,
    geo::LonLat,
    model::{Baseline, FacilityKind, Name, Prefecture},
    scenario::{Change, Lever},
};
use yew::Reducible;

fn state() -> AppState {
    let seat = LonLat::new(121.5, 31.2);
    let home = Prefecture { adcode: 310_000, cluster: Some(Cluster::Yrd), seat, people: 1.0, ..Prefecture::default() };
    let (parameters, _) = tables::parameters(include_str!("../../../../data/tables/parameters.csv"));
    let baseline = Baseline { prefectures: vec![home], parameters, ..Baseline::default() };
    let state = Rc::new(AppState::new(Lang::En, Theme::Light));
    (*state.reduce(LoadAction::Baseline(Box::new(baseline)).into())).clone()
}

fn outcome(people: f64, haul: f64) -> Outcome {
    let amount = |people| Amount { cells: 1, people, households: people / 2.5, tonnes: people / 100.0 };
    Outcome {
        total: Figures { mean_haul_km: Some(haul), people, people_within: [0.0, people, people], ..Figures::default() },
        by_cluster: Default::default(),
        question: Question::usual(FacilityKind::CollectionPoint),
        coverage: Share { total: amount(5e6), within: amount(people) },
        coverage_by_cluster: Default::default(),
        gini: Some(0.4),
        status: Default::default(),
        gap: 0.0,
        balance: Default::default(),
        balance_by_cluster: Default::default(),
        account: Default::default(),
        account_by_cluster: Default::default(),
    }
}

fn tell(state: &mut AppState, what: CompareNews) {
    let run = state.compare.run;
    state.compare(CompareAction::Told(Box::new(CompareTold { run, what })));
}

/// Baseline and plan, both measured.
fn measured() -> AppState {
    let mut state = state();
    state.make(Change::Lever(Lever::FreightPrice, Some(1.3)));
    state.compare(CompareAction::Ask);
    tell(&mut state, CompareNews::Measured(0, Box::new(outcome(2e6, 100.0))));
    tell(&mut state, CompareNews::Measured(1, Box::new(outcome(3.2e6, 90.0))));
    state
}

#[test]
fn before_anybody_chooses_the_baseline_stands_beside_the_plan_or_a_built_in() {
    let mut state = state();
    assert_eq!(state.compare_choices(), [Choice::Baseline, Choice::BuiltIn(BUILT_INS[1].key)]);
    state.make(Change::Lever(Lever::FreightPrice, Some(1.3)));
    assert_eq!(state.compare_choices(), [Choice::Baseline, Choice::Plan]);
    for choice in state.compare_options() {
        assert_eq!(Choice::from_key(&choice.key()), Some(choice));
    }
    assert_eq!(Choice::from_key("builtin:unknown"), None);
}

#[test]
fn the_same_is_not_asked_twice_and_a_change_greys_only_what_it_changes() {
    let mut state = measured();
    assert_eq!((state.compare.run, state.compare.fresh_pair()), (1, Some((0, 1))));
    state.document = {
        let mut document = (*state.document).clone();
        document.rename("another name".into());
        Rc::new(document)
    };
    state.compare(CompareAction::Ask);
    assert_eq!((state.compare.run, state.compare.is_stale()), (1, false), "words change no figure");
    state.make(Change::Lever(Lever::FreightPrice, Some(1.5)));
    state.compare(CompareAction::Ask);
    let fresh: Vec<bool> = state.compare.all.iter().map(|c| c.fresh).collect();
    assert_eq!((state.compare.run, fresh), (2, vec![true, false]));
    assert!(state.compare.all[1].outcome.is_some(), "what was there stays");
    // What an older comparison says is dropped.
    let old = CompareTold { run: 1, what: CompareNews::Measured(1, Box::new(outcome(1.0, 1.0))) };
    state.compare(CompareAction::Told(Box::new(old)));
    assert!(!state.compare.all[1].fresh);
}

#[test]
fn rows_are_chosen_removed_and_compared_with_another() {
    let mut state = measured();
    state.compare(CompareAction::Choose(9, Choice::BuiltIn(BUILT_INS[1].key)));
    state.compare(CompareAction::Ask);
    assert_eq!((state.compare.all.len(), state.compare.pair()), (3, Some((0, 1))));
    state.compare(CompareAction::Show(2));
    state.compare(CompareAction::Reference(2));
    assert_eq!(state.compare.pair(), Some((2, 0)));
    state.compare(CompareAction::Remove(2));
    state.compare(CompareAction::Ask);
    assert_eq!((state.compare.all.len(), state.compare.reference), (2, 0));
    for _ in 0..9 {
        state.compare(CompareAction::Choose(9, Choice::Baseline));
    }
    assert_eq!(state.compare_choices().len(), MOST);
}

#[test]
fn what_was_deleted_is_no_choice_any_more() {
    let mut state = state();
    let shelved = Shelved { id: "k1".into(), scenario: Rc::default(), saved_ms: 0.0 };
    state.library.entries = Rc::new(vec![shelved]);
    state.compare(CompareAction::Choose(1, Choice::Kept("k1".into())));
    assert_eq!(state.compare_choices(), [Choice::Baseline, Choice::Kept("k1".into())]);
    state.library = Library::default();
    assert_eq!(state.compare_choices(), [Choice::Baseline]);
}

#[test]
fn rows_tell_differences_with_their_direction() {
    let state = measured();
    let all = rows(&state.compare, None);
    let of = |i: Indicator| all.iter().find(|r| r.indicator == i).expect("the row").cells.clone();
    let haul = of(Indicator::MeanHaul);
    assert_eq!((haul[0].difference, haul[1].difference, haul[1].better), (None, Some(-10.0), Some(true)));
    assert_eq!(haul[1].share, Some(-0.1));
    assert_eq!(of(Indicator::Gini)[1].difference, None);
    assert!(all.iter().all(|r| r.indicator != Indicator::PeopleWithin(1)), "the limit of 10 km says it already");
    assert!(rows(&state.compare, Some(Cluster::Prd)).iter().all(|r| r.indicator != Indicator::Gini));
}

fn said(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|p| match p {
            Piece::Words(w) | Piece::Number(_, w) => w.as_str(),
        })
        .collect()
}

#[test]
fn a_sentence_tells_who_is_covered_first_and_every_number_has_its_row() {
    let (a, b) = (outcome(2e6, 100.0), outcome(3.2e6, 90.0));
    let en = sentence(Lang::En, (&a, &b), ("A", "B"), None);
    let words = said(&en);
    assert!(words.starts_with("Against A, B covers 1.20 million people more within 10 km"), "{words}");
    assert!(words.contains("hauls 10.0 km less far on average") && words.ends_with('.'), "{words}");
    let zh = said(&sentence(Lang::Zh, (&a, &b), ("A", "B"), None));
    assert!(zh.contains("多覆盖 120 万人") && zh.ends_with('。'), "{zh}");
    let linked: Vec<Indicator> = en
        .iter()
        .filter_map(|p| match p {
            Piece::Number(i, _) => Some(*i),
            Piece::Words(_) => None,
        })
        .collect();
    assert!(linked.contains(&Indicator::Covered) && linked.len() <= 3);
    let most = said(&most_changed(Lang::En, &a, &b, None).expect("something changed"));
    assert!(most.contains("+1.20 m people") && most.contains("(+60.0 %)"), "{most}");
    assert_eq!(said(&sentence(Lang::En, (&a, &a), ("A", "B"), None)), "B has the same figures as A, up to rounding.");
    assert_eq!(most_changed(Lang::En, &a, &a, None), None);
}

#[test]
fn every_indicator_has_its_words_in_both_languages() {
    let question = Question::usual(FacilityKind::CollectionPoint);
    for lang in [Lang::Zh, Lang::En] {
        for indicator in Indicator::ALL {
            let name = indicator_name(lang, indicator, &question);
            assert!(!name.is_empty() && !name.contains("compare-") && !name.contains("metal-"), "{name}");
            let key = match indicator {
                Indicator::PeopleWithin(_) => "people_within".into(),
                Indicator::SelfSufficiency(_) => "self_sufficiency".into(),
                Indicator::CoveredShare => "covered".into(),
                other => other.key(),
            };
            assert!(
                has(lang, &format!("compare-say-{key}-more")) && has(lang, &format!("compare-say-{key}-less")),
                "{key}"
            );
        }
        for group in Group::ALL {
            assert!(has(lang, &format!("compare-group-{}", group.key())));
        }
        for map in CompareMap::ALL {
            assert!(has(lang, &format!("compare-map-{}", map.key())));
        }
        for key in ["opened", "closed", "moved", "resized"] {
            let words = ["compare-", "compare-count-", "compare-legend-"].map(|p| format!("{p}{key}"));
            assert!(words.iter().all(|k| has(lang, k)), "{key}");
        }
    }
}

#[test]
fn the_file_has_every_scenario_area_and_difference() {
    let csv = compare_csv(&measured());
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].contains("A 2025 baseline") && lines[0].ends_with("B − A"), "{}", lines[0]);
    assert_eq!(
        lines.len(),
        1 + rows(&measured().compare, None).len() + 3 * (rows(&measured().compare, None).len() - 1)
    );
    assert!(lines.iter().any(|l| l.starts_with("All,Mean haul to smelter,km,100,90,-10")), "{csv}");
}

#[test]
fn levers_and_goals_that_differ_are_told() {
    let state = measured();
    let all = settings(&state, &state.compare.all[0], &state.compare.all[1]);
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].before.as_str(), all[0].after.as_str()), ("1 ×", "1.3 ×"));
    assert!(settings(&state, &state.compare.all[1], &state.compare.all[1]).is_empty());
}

#[test]
fn the_map_draws_what_differs_and_says_how_much_of_it() {
    let flow = |from: f64, before_t: f64, after_t: f64| FlowChange {
        cluster: Some(Cluster::Yrd),
        province: "江苏省".into(),
        adcode: 320_100,
        imported: false,
        from: LonLat::new(from, 32.0),
        plant: "SM1".into(),
        to: LonLat::new(120.0, 31.0),
        before_t,
        after_t,
    };
    let facility = |id: &str, change| ChangedFacility {
        id: id.into(),
        kind: FacilityKind::Hub,
        name: Name { zh: "甲".into(), en: "\"A\"".into() },
        cluster: None,
        at: LonLat::new(118.0, 32.0),
        change,
    };
    let found = Differences {
        facilities: vec![
            facility("U1", FacilityChange::Opened),
            facility("U2", FacilityChange::Moved { from: LonLat::new(117.0, 32.0) }),
            facility("U3", FacilityChange::Resized { from: None, to: None }),
        ],
        flows: vec![flow(118.0, 0.0, 1000.0), flow(119.0, 300.0, 100.0)],
        coverage: Default::default(),
    };
    let all: serde_json::Value = serde_json::from_slice(&compared_geojson(&found)).expect("JSON");
    let features = all["features"].as_array().expect("features");
    let of = |key: &str| {
        features
            .iter()
            .filter(|f| !f["properties"][key].is_null())
            .map(|f| f["properties"][key].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("what"), ["opened", "moved", "grown"]);
    assert_eq!(of("flow"), [2, 7], "the largest lies on top");
    assert_eq!(of("moved").len(), 1);
    let told = drawn(&found);
    assert_eq!((told.flows, told.all, told.share, told.most_t), (2, 2, 1.0, 1000.0));
    let rows = flow_rows(&state(), &found.flows, [&Plan::default(), &Plan::default()]);
    assert_eq!((rows.len(), rows[0].difference(), rows[0].plant_name.as_str()), (1, 800.0, "SM1"));
}

#[test]
fn a_comparison_stands_in_the_report_once_it_is_measured() {
    let part = |state: &AppState| {
        crate::state::report_parts(state).into_iter().find(|p| p.key == "comparison").map(|p| p.tables[0].clone())
    };
    assert_eq!(part(&state()), None, "nobody compared anything");
    let state = measured();
    let table = part(&state).expect("the part");
    assert_eq!(table.head.len(), 1 + state.compare.all.len());
    assert_eq!(table.rows.len(), rows(&state.compare, None).len());
    let haul = table.rows.iter().find(|r| r[2].contains('(')).expect("something differs");
    assert!(haul.len() == table.head.len() && !haul[1].contains('('), "the reference stands alone: {haul:?}");
}
