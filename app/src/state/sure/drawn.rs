//! Futures made by hand, for tests.

use super::Futures;
use crate::{
    i18n::Lang,
    state::{AppState, Theme},
};
use atlas_core::{
    format::tables,
    model::{Baseline, Cluster, Parameters},
    profile::Measure,
    response::{Aim, Confirmed},
    scenario::{Change, Document, Lever, Scenario},
    uncertainty::{Band, Draws, Odds, Outlook, Pair, PlanOutlook, Ranks, Regret, sensitivity},
};
use std::rc::Rc;

/// What the plans cost.
pub const COST: Aim = Aim::of(Measure::Cost, None);

/// A few rows of the table.
fn baseline() -> Baseline {
    let (all, _) = tables::parameters(include_str!("../../../../data/tables/parameters.csv"));
    let wanted = ["freight.cost.all.truck_full", "national.recovery_rate.all.2025", "freight.handling.all.truck"];
    let rows = all.rows().iter().filter(|p| wanted.contains(&p.key.as_str())).cloned().collect();
    Baseline { parameters: Parameters::new(rows), ..Baseline::default() }
}

/// The baseline and a plan that costs more by the same amount whatever comes: cost hangs on freight, what is collected on the
/// recovery rate, emissions on both.
pub fn futures() -> Futures {
    let baseline = baseline();
    let draws = Draws::new(&baseline.parameters, 3).expect("the table");
    let at = |key: &str| draws.keys().iter().position(|k| k.0 == key).expect("drawn");
    let (freight, recovery) = (at("freight.cost.all.truck_full"), at("national.recovery_rate.all.2025"));
    let middle = |i: usize| draws.keys()[i].1.mode;
    let runs: Vec<Vec<f64>> = (0..400).map(|r| draws.run(r)).collect();
    let aims = vec![
        COST,
        Aim::of(Measure::Emitted, None),
        Aim::of(Measure::Collected(None), None),
        Aim::of(Measure::Cost, Some(Cluster::Yrd)),
        Aim::of(Measure::Made(None), None),
    ];
    let value = |plan: usize, aim: &Aim, draw: &[f64]| {
        let (a, b) = (draw[freight] / middle(freight), draw[recovery] / middle(recovery));
        match aim.measure {
            Measure::Cost => 1e11 * a + 5e8 * plan as f64,
            Measure::Emitted => 1e9 * (0.5 * a + b),
            _ => 1e7 * b,
        }
    };
    let plan = |plan: usize| {
        let mut told = PlanOutlook { full_solves: 1, ..PlanOutlook::default() };
        for aim in &aims {
            let own: Vec<f64> = runs.iter().map(|d| value(plan, aim, d)).collect();
            let table = value(plan, aim, &draws.keys().iter().map(|k| k.1.mode).collect::<Vec<_>>());
            told.bands.push(Band::of(&own));
            told.central.push(Some(Confirmed { quick: table, full: table }));
            let behind = if aim.measure == Measure::Cost { 5e8 * plan as f64 } else { 0.0 };
            let regret = Regret { mean: behind, most: behind, worst: own.iter().copied().fold(0.0, f64::max) };
            told.regret.push(aim.measure.less_is_better().map(|_| regret));
            let shares = sensitivity(&runs, &own);
            told.explained.push(shares.iter().map(|s| s.first_order).sum::<f64>().min(1.0));
            told.shares.push(shares);
            told.off.push(Some(0.0));
            told.lacking.push(Vec::new());
            told.outcomes.push(own.iter().take(20).copied().map(Some).collect());
        }
        told
    };
    let below = |aim: &Aim| {
        let pairs: Vec<(f64, f64)> = runs.iter().map(|d| (value(1, aim, d), value(0, aim, d))).collect();
        Odds::of(&pairs, 1.0)
    };
    let outlook = Outlook {
        seed: 3,
        runs: 400,
        drawn: draws.keys().to_vec(),
        plans: (0..2).map(plan).collect(),
        aims: aims.clone(),
        pairs: vec![Pair { plan: 1, other: 0, below: aims.iter().map(below).collect() }],
        chance: Ranks::new(&runs).chance(),
    };
    let mut dearer = Scenario { name: "Dearer".into(), ..Scenario::default() };
    dearer.levers.set(Lever::FreightPrice, Some(1.1)).expect("a lever");
    Futures { plans: vec![Scenario::default(), dearer], outlook }
}

/// A page that knows these futures.
pub fn state(lang: Lang) -> AppState {
    let mut state = AppState::new(lang, Theme::Light);
    state.baseline = Rc::new(baseline());
    state.sure.found = Some(Rc::new(futures()));
    state
}

#[test]
fn a_band_is_of_the_plan_that_was_drawn_and_of_no_other() {
    let mut state = state(Lang::En);
    let of = state.plan_band(&COST).expect("the baseline was drawn");
    assert!(of.moves() && of.table == Some(1e11));
    assert_eq!(state.plan_band(&Aim::of(Measure::Gini, None)), None, "not looked at");
    let mut document = Document::new(&state.baseline);
    document.make(&state.baseline, Change::Lever(Lever::FreightPrice, Some(0.5))).expect("a lever");
    state.document = Rc::new(document);
    assert_eq!((state.plan_band(&COST), state.futures_row(state.document.scenario())), (None, None));
    let dearer = state.sure.found.as_ref().expect("drawn").plans[1].clone();
    let cost = |plan: &Scenario| state.band_of(plan, &COST).expect("drawn").band.mean;
    assert!((cost(&dearer) - cost(&Scenario::default()) - 5e8).abs() < 1.0);
}

#[test]
fn the_chosen_indicator_falls_back_to_one_that_was_looked_at() {
    let futures = futures();
    let yrd = |m| Aim::of(m, Some(Cluster::Yrd));
    assert_eq!(futures.nearest(&yrd(Measure::Cost)), Some(yrd(Measure::Cost)));
    assert_eq!(futures.nearest(&yrd(Measure::Emitted)), Some(Aim::of(Measure::Emitted, None)));
    assert_eq!(futures.nearest(&yrd(Measure::Gini)), Some(COST));
    assert_eq!(futures.places(Measure::Cost), [None, Some(Cluster::Yrd)]);
    assert_eq!(futures.measures().len(), 4);
}
