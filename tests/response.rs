//! Quick allocations beside full ones, and what is searched with them.

use atlas_core::{
    allocation::{Allocator, Grain},
    catchment::Question as Catchments,
    comparison::{Measured, Measuring},
    evaluate::Evaluator,
    levers,
    model::{Cluster, FacilityKind, Region, Stream},
    profile::{Measure, Profiles},
    response::{Aim, Answer, Bench, Goal, Job, Outcome, Question, Refusal, Shape},
    scenario::{Change, Document, Objective, Scenario},
};
use atlas_tests::{region, scenarios};

fn open(region: &Region, scenario: &Scenario) -> Document {
    Document::open(&region.baseline, scenario.clone()).0
}

fn turned(region: &Region, key: &str, value: f64) -> Document {
    let mut document = open(region, &Scenario::default());
    let lever = levers::find(&region.baseline, key).expect("a lever");
    let change = lever.change(document.scenario(), Some(value)).expect("in its range");
    document.make(&region.baseline, change).expect("it fits");
    document
}

fn measure(region: &Region, document: &Document, evaluator: &mut Evaluator, allocator: &mut Allocator) -> Measured {
    let question = Catchments::usual(FacilityKind::CollectionPoint);
    let begun = Measuring::begin(region, document.plan(), document.scenario(), &question, evaluator, allocator);
    begun.finish(region, allocator)
}

fn answer(region: &Region, document: &Document, bench: &mut Bench, question: &Question) -> Answer {
    Job::begin(region, document, question).expect("it can be asked").finish(region, bench)
}

/// Mean haul of a tonne of scrap on each of its legs.
fn haul_km(m: &Measured) -> f64 {
    let scrap = m.allocation.flows.iter().filter(|f| f.leg.is_scrap());
    let (tonne_km, tonnes) = scrap.fold((0.0, 0.0), |(k, t), f| (k + f.gross_t * f.haul.km, t + f.gross_t));
    tonne_km / tonnes
}

/// What a measure by prefectures may be off by, in per cent of that by points.
const OFF: [(&str, f64); 5] = [("cost", 0.1), ("co2", 0.3), ("haul cost", 2.0), ("haul km", 3.0), ("made", 0.001)];

#[test]
fn prefectures_stay_near_the_points() {
    let region = region();
    let (mut evaluator, mut full) = (Evaluator::default(), Allocator::default());
    let mut quick = Allocator::of(Grain::Prefectures);
    let mut cases: Vec<(String, Document)> =
        scenarios().into_iter().map(|(name, s)| (name, open(&region, &s))).collect();
    for (key, value) in [("freight_price", 0.25), ("freight_price", 4.0), ("price.carbon.all", 900.0)] {
        cases.push((format!("{key} {value}"), turned(&region, key, value)));
    }
    let mut cleanest = open(&region, &Scenario::default());
    let goal = atlas_core::scenario::Goal { objective: Objective::Co2, ..Default::default() };
    cleanest.make(&region.baseline, Change::Goal(goal)).expect("it fits");
    cases.push(("least CO2".into(), cleanest));
    let names = OFF.map(|o| format!("{:>10}", o.0)).concat();
    println!("by prefectures against by points, per cent\n{:26}{names}", "");
    for (name, document) in cases {
        let points = measure(&region, &document, &mut evaluator, &mut full);
        let prefectures = measure(&region, &document, &mut evaluator, &mut quick);
        let off = |of: &dyn Fn(&Measured) -> f64| 100.0 * (of(&prefectures) / of(&points) - 1.0);
        let found = [
            off(&|m| m.allocation.account.yuan()),
            off(&|m| m.allocation.account.kg_co2e()),
            off(&|m| m.allocation.account.scrap_haul_yuan),
            off(&haul_km),
            off(&|m| Stream::ALL.into_iter().map(|s| m.allocation.balance[s].product_t).sum()),
        ];
        println!("{name:26}{}", found.map(|f| format!("{f:>+10.4}")).concat());
        for ((what, most), found) in OFF.into_iter().zip(found) {
            assert!(found.abs() <= most, "{name}: {what} is off by {found} %");
        }
        // What is restricted cannot be better than the best: bar the solvers' tolerance.
        let (a, b) = (points.allocation.objective, prefectures.allocation.objective);
        assert!(b >= a - 1e-5 * a.abs(), "{name}: {b} is below the best plan's {a}");
        assert!(prefectures.allocation.size.arcs * 8 < points.allocation.size.arcs, "{name}: it is no smaller problem");
    }
}

#[test]
fn a_sweep_says_what_single_runs_say() {
    let region = region();
    let document = open(&region, &Scenario::default());
    let mut bench = Bench::default();
    let question = |exact| Question::Sweep { lever: "recovery_rate".into(), from: 0.5, to: 0.9, steps: 4, exact };
    let Answer::Sweep(sweep) = answer(&region, &document, &mut bench, &question(false)) else { panic!("a sweep") };
    assert_eq!(sweep.points.iter().map(|p| p.value).collect::<Vec<_>>(), [0.5, 0.6, 0.7, 0.8, 0.9]);
    let aim = Aim::of(Measure::Collected(None), None);
    let generated =
        Measure::Generated(None).value(&sweep.points[0].profiles.all, Default::default()).expect("a number");
    for p in &sweep.points {
        // On paper: what arises times the rate.
        let collected = aim.value(&p.profiles).expect("a number");
        assert!((collected / (generated * p.value) - 1.0).abs() < 1e-9, "{}: {collected}", p.value);
    }
    let (mut evaluator, mut allocator) = (Evaluator::default(), Allocator::default());
    let single = measure(&region, &turned(&region, "recovery_rate", 0.9), &mut evaluator, &mut allocator);
    let single = Profiles::new(&region, &single);
    let confirmed = sweep.confirmed.expect("the last step is confirmed");
    assert_eq!(confirmed.value, 0.9);
    for cluster in [None, Some(Cluster::Yrd), Some(Cluster::Prd), Some(Cluster::Bohai)] {
        for measure in [Measure::Cost, Measure::Emitted, Measure::Made(Some(Stream::Al))] {
            let aim = Aim::of(measure, cluster);
            let [full, quick, own] =
                [&confirmed.profiles, &sweep.points[4].profiles, &single].map(|p| aim.value(p).expect("a number"));
            assert!((full / own - 1.0).abs() < 1e-4, "{}: {full} confirmed, {own} by itself", aim.key());
            assert!((quick / full - 1.0).abs() < 0.01, "{}: {quick} quick, {full} in full", aim.key());
        }
    }
    // No order of work changes a number: the same bench again, and after another question.
    let again = answer(&region, &document, &mut bench, &question(false));
    let Answer::Sweep(again) = again else { panic!("a sweep") };
    assert_eq!(again.points, sweep.points);
    let anew = answer(&region, &document, &mut Bench::default(), &question(false));
    let Answer::Sweep(anew) = anew else { panic!("a sweep") };
    assert_eq!((anew.points, anew.confirmed.expect("confirmed")), (sweep.points, confirmed));
}

#[test]
fn what_cannot_be_swept_is_refused() {
    let region = region();
    let document = open(&region, &Scenario::default());
    let ask = |lever: &str, from, to, steps| {
        let question = Question::Sweep { lever: lever.into(), from, to, steps, exact: false };
        Job::begin(&region, &document, &question).err().expect("it is refused").code()
    };
    assert_eq!(ask("recovery_rate", 0.5, 0.9, 0), "response-bad-steps");
    assert_eq!(ask("recovery_rate", 0.9, 0.5, 4), "response-crossed-ends");
    assert_eq!(ask("recovery_rate", 0.5, 0.5, 4), "response-crossed-ends");
    assert_eq!(ask("recovery_rate", 0.1, 0.9, 4), "lever-out-of-range");
    assert_eq!(ask("recovery_rate", 0.5, f64::NAN, 4), "lever-out-of-range");
    assert_eq!(ask("luck", 0.1, 0.9, 4), "lever-unknown");
    let find = Question::Find {
        lever: "recovery_rate".into(),
        aim: Aim::of(Measure::Cost, None),
        goal: Goal { target: f64::NAN, at_least: true },
        within: None,
        tolerance: None,
    };
    assert!(matches!(Job::begin(&region, &document, &find), Err(Refusal::BadTarget(_))));
}

#[test]
fn dearer_freight_never_makes_the_plan_cheaper() {
    let region = region();
    let document = open(&region, &Scenario::default());
    let mut bench = Bench::default();
    for (key, from, to) in [("freight_price", 0.25, 4.0), ("price.carbon.all", 0.0, 900.0)] {
        let question = Question::Sweep { lever: key.into(), from, to, steps: 6, exact: false };
        let Answer::Sweep(sweep) = answer(&region, &document, &mut bench, &question) else { panic!("a sweep") };
        let costs: Vec<f64> = sweep.points.iter().map(|p| p.profiles.all.account.yuan()).collect();
        assert!(costs.windows(2).all(|w| w[0] < w[1]), "{key}: {costs:?}");
        let clean: Vec<f64> = sweep.points.iter().map(|p| p.profiles.all.account.kg_co2e()).collect();
        if key == "price.carbon.all" {
            assert!(clean.windows(2).all(|w| w[1] <= w[0] * (1.0 + 1e-5)), "{key}: {clean:?}");
        }
    }
}

#[test]
fn a_tornado_is_its_single_runs_sorted() {
    let region = region();
    let document = open(&region, &Scenario::default());
    let mut bench = Bench::default();
    let aim = Aim::of(Measure::Cost, None);
    let Answer::Tornado(tornado) = answer(&region, &document, &mut bench, &Question::Tornado { aim }) else {
        panic!("a tornado")
    };
    assert!(tornado.bars.windows(2).all(|w| w[0].swing >= w[1].swing));
    let all = levers::all(&region.baseline).len();
    assert_eq!(tornado.bars.len() + tornado.still.len() + tornado.unset.len(), all, "every lever is told of");
    let base = tornado.base.expect("a number");
    let (mut evaluator, mut quick) = (Evaluator::default(), Allocator::of(Grain::Prefectures));
    let mut single = |key: &str, value: f64| {
        let measured = measure(&region, &turned(&region, key, value), &mut evaluator, &mut quick);
        aim.value(&Profiles::new(&region, &measured)).expect("a number")
    };
    for bar in tornado.bars.iter().take(3) {
        let (low, high) = (single(&bar.lever, bar.extent.low), single(&bar.lever, bar.extent.high));
        let ends = [bar.at_low, bar.at_high].map(|v| v.expect("a number"));
        assert!((ends[0] / low - 1.0).abs() < 1e-5 && (ends[1] / high - 1.0).abs() < 1e-5, "{bar:?}: {low} {high}");
        let most = low.max(high).max(base);
        let least = low.min(high).min(base);
        assert!((bar.swing / (most - least) - 1.0).abs() < 0.01, "{bar:?}");
    }
    for key in tornado.still.iter().take(2) {
        let lever = levers::find(&region.baseline, key).expect("a lever");
        let (_, high, _) = atlas_core::response::ranges(&region.baseline, &lever).expect("a range");
        assert!((single(key, high) / base - 1.0).abs() < 1e-5, "{key} moves it after all");
    }
    let confirmed = tornado.confirmed.expect("the widest bar is confirmed");
    assert!(confirmed.off().expect("not 0").abs() < 0.001, "{confirmed:?}");
}

#[test]
fn the_finder_finds_what_trying_all_finds() {
    let region = region();
    let document = open(&region, &Scenario::default());
    let mut bench = Bench::default();
    // The recovery rate by which 6 % more is collected: on paper 1.06 times today's.
    let aim = Aim::of(Measure::Collected(None), None);
    let today = levers::find(&region.baseline, "recovery_rate").expect("a lever").default.expect("a default");
    let (mut evaluator, mut quick) = (Evaluator::default(), Allocator::of(Grain::Prefectures));
    let base = measure(&region, &document, &mut evaluator, &mut quick);
    let base = aim.value(&Profiles::new(&region, &base)).expect("a number");
    let find = |aim, lever: &str, target, within, tolerance| Question::Find {
        lever: lever.into(),
        aim,
        goal: Goal { target, at_least: true },
        within,
        tolerance,
    };
    let question = find(aim, "recovery_rate", 1.06 * base, None, Some(1e-4));
    let Answer::Find(found) = answer(&region, &document, &mut bench, &question) else { panic!("found") };
    let Outcome::Reached { value, short_of, .. } = found.outcome else { panic!("{found:?}") };
    assert!((value - 1.06 * today).abs() <= 1e-4, "{value}");
    assert!(short_of < value && value - short_of <= 1e-4);
    assert_eq!(found.shape, Shape::Rising);
    assert!(found.confirmed.expect("confirmed").reached);

    // More than everything cannot be collected.
    let question = find(aim, "recovery_rate", 2.0 * base, None, None);
    let Answer::Find(none) = answer(&region, &document, &mut bench, &question) else { panic!("an answer") };
    let Outcome::Unreachable { best: Some((value, most)) } = none.outcome else { panic!("{none:?}") };
    assert!(value == 1.0 && (most / (base / today) - 1.0).abs() < 1e-9, "{none:?}");
}

#[test]
fn no_plan_of_the_front_is_beaten() {
    let region = region();
    let document = open(&region, &Scenario::default());
    let mut bench = Bench::default();
    let question = Question::Front { lever: Some(("recovery_rate".into(), 0.7, 0.8, 1)), most: 6 };
    let Answer::Front(front) = answer(&region, &document, &mut bench, &question) else { panic!("a front") };
    assert!(front.points.len() >= 4, "{front:?}");
    for (i, a) in front.points.iter().enumerate() {
        for (j, b) in front.points.iter().enumerate() {
            let no_worse = b.yuan <= a.yuan && b.kg_co2e <= a.kg_co2e && b.covered >= a.covered;
            assert!(i == j || !no_worse, "{b:?} beats {a:?}");
        }
    }
    let confirmed = front.confirmed.expect("the cheapest is confirmed");
    assert!(confirmed.off().expect("not 0").abs() < 0.001, "{confirmed:?}");
}
