//! A turned lever: the allocation by prefectures, warm, beside the full solve that a user would wait for, lever by lever.

use atlas_core::{
    allocation::{Allocator, Grain},
    catchment::Question,
    comparison::Measuring,
    evaluate::Evaluator,
    levers::find,
    model::{FacilityKind, Region},
    profile::{Measure, Normal, Profiles},
    response::{Bench, Glance},
    scenario::{Document, Scenario},
};
use atlas_tests::row;
use std::time::Instant;

/// A lever of each kind, with two values between which it goes to and fro.
const LEVERS: [(&str, [f64; 2]); 9] = [
    ("recovery_rate", [0.72, 0.80]),
    ("policy.recovery_points.Al.yrd", [-5.0, 5.0]),
    ("model.weights_scrap.Al.1", [0.1, 0.2]),
    ("freight_price", [0.9, 1.1]),
    ("freight.friction.all.cluster", [10.0, 30.0]),
    ("policy.subsidy.Al.bohai", [100.0, 200.0]),
    ("price.carbon.all.2024", [60.0, 120.0]),
    ("policy.demand_growth.Al", [5.0, 10.0]),
    ("policy.mode.all.water", [2.0, 1.0]),
];
/// A lever is turned so often.
const TURNS: usize = 7;

/// Prints the figures; answers of both grains are held against each other on the way.
pub fn run(region: &Region) {
    let base = &region.baseline;
    let plan = Document::new(base);
    println!("\nA turned lever, native, {TURNS} turns each");
    let mut bench = Bench::default();
    let clock = Instant::now();
    drop(Glance::begin(region, &plan, &mut bench).finish(region, &mut bench));
    row(
        "first quick figures: every way is searched",
        &format!("{:.0} ms", clock.elapsed().as_secs_f64() * 1e3),
        "",
        None,
    );
    let (mut evaluator, mut full) = (Evaluator::default(), Allocator::of(Grain::Points));
    let question = Question::usual(FacilityKind::CollectionPoint);
    let mut solve = |scenario: &Scenario| {
        let measuring = Measuring::begin(region, plan.plan(), scenario, &question, &mut evaluator, &mut full);
        Profiles::new(region, &measuring.finish(region, &mut full))
    };
    solve(plan.scenario());
    for (key, ends) in LEVERS {
        let lever = find(base, key).unwrap_or_else(|e| panic!("{e}"));
        let turned = ends.map(|value| lever.turned(base, &plan, Some(value)).expect("within its range"));
        let mut quick = Vec::new();
        let mut seen = None;
        for turn in 0..TURNS {
            let (document, _) = Document::open(base, turned[turn % 2].clone());
            let clock = Instant::now();
            seen = Some(Glance::begin(region, &document, &mut bench).finish(region, &mut bench));
            quick.push(clock.elapsed().as_secs_f64() * 1e3);
        }
        let clock = Instant::now();
        let whole = solve(&turned[(TURNS - 1) % 2]);
        let full_ms = clock.elapsed().as_secs_f64() * 1e3;
        let cost = |p: &Profiles| Measure::Cost.value(&p.all, Normal::Absolute).expect("a cost");
        let (a, b) = (cost(&seen.expect("turned").profiles), cost(&whole));
        assert!((a - b).abs() < 2e-3 * b.abs(), "{key}: {a} against {b}");
        quick.sort_by(f64::total_cmp);
        let (median, worst) = (quick[TURNS / 2], quick[TURNS - 1]);
        let told = format!("{median:.0} ms, worst {worst:.0} ms; full {:.1} x", full_ms / median);
        row(key, &told, "200 ms in Wasm", Some(worst < 200.0));
    }
}
