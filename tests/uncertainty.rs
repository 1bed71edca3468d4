//! Draws, odds and shocks on the real map.

use atlas_core::{
    model::{Cluster, FacilityKind},
    profile::Measure,
    response::{Aim, Bench},
    scenario::{Change, Document, Edit},
    uncertainty::{MonteCarlo, Progress, Shock, Stress, shocks},
};
use atlas_tests::region;

fn aims() -> Vec<Aim> {
    vec![
        Aim::of(Measure::Cost, None),
        Aim::of(Measure::Collected(None), None),
        Aim::of(Measure::Made(None), Some(Cluster::Prd)),
    ]
}

#[test]
fn runs_do_not_depend_on_who_makes_them_and_bands_hold_the_tables_values() {
    let region = region();
    let base = Document::new(&region.baseline);
    let mut cheaper = base.clone();
    let lever = atlas_core::scenario::Lever::FreightPrice;
    cheaper.make(&region.baseline, Change::Lever(lever, Some(0.8))).unwrap();
    let plans = vec![base, cheaper];
    let mut bench = Bench::default();
    let clock = std::time::Instant::now();
    let mut whole = MonteCarlo::new(&region.baseline, plans.clone(), aims(), 5, 0..24, true).unwrap();
    // Not only at the table's values: two drawn runs of each plan in full, too.
    whole.check(2);
    let whole = whole.finish(&region, &mut bench);
    println!("24 runs of 2 plans, six full solves: {:.2} s", clock.elapsed().as_secs_f64());
    let mut first = MonteCarlo::new(&region.baseline, plans.clone(), aims(), 5, 0..10, true).unwrap();
    while first.step(&region, &mut bench) != Progress::Done {}
    let mut other = Bench::default();
    let mut second = MonteCarlo::helper(&region.baseline, plans, aims(), 5).unwrap();
    second.more(10..24);
    while second.step(&region, &mut other) != Progress::Done {}
    // Put together in the wrong order.
    second.join(first.sample());
    let joined = second.outlook();
    assert_eq!(joined.plans[0].bands, whole.plans[0].bands);
    assert_eq!(joined.pairs, whole.pairs);
    assert_eq!((joined.pairs.clone(), joined.chance), (whole.pairs.clone(), whole.chance));
    assert_eq!(joined.plans[0].shares, whole.plans[0].shares);
    let cost = whole.plans[0].bands[0].unwrap();
    println!("{cost:?} {:?}", whole.plans[0].central[0]);
    let central = whole.plans[0].central[0].unwrap();
    assert!(central.off().unwrap().abs() < 0.01, "{central:?}");
    for (p, plan) in whole.plans.iter().enumerate() {
        let off: Vec<f64> = plan.off.iter().map(|o| o.unwrap()).collect();
        println!("plan {p}: off by {off:?} at most in {} full solves", plan.full_solves);
        assert_eq!(plan.full_solves, 3);
        assert!(off.iter().all(|o| *o < 0.01), "{off:?}");
    }
    assert!(cost.quantiles.is_sorted() && cost.quantiles[0] < cost.quantiles[4]);
    // Cheaper freight is cheaper whatever comes, and it moves no scrap.
    let odds = whole.pairs[0].below[0].unwrap();
    assert_eq!((odds.runs, odds.below), (24, 24));
    assert_eq!(whole.pairs[0].below[1].unwrap().alike, 24);
    assert_eq!(whole.plans[1].regret[0].unwrap().most, 0.0);
    assert!(whole.plans[0].regret[0].unwrap().mean > 0.0);
    // Enough runs to name what matters: the recovery rate says most of what is collected.
    let shares = &whole.plans[0].shares[1];
    let named = |p: u32| whole.drawn[p as usize].0.as_str();
    println!("{:?}", shares.iter().take(4).map(|s| (named(s.parameter), s.first_order)).collect::<Vec<_>>());
}

/// The cost of collection rounds is price x tonne-kilometres: with the price alone drawn it is the price's triangle, scaled. So mean
/// and quantiles follow by hand, on the whole model.
#[test]
fn the_triangle_of_one_parameter_comes_through_the_whole_model() {
    const KEY: &str = "freight.cost.all.truck_collect";
    let region = region();
    let base = Document::new(&region.baseline);
    // What a plan sets itself is not drawn for it: everything but the price is set to next to what it is (to what it is would be
    // no setting).
    let draws = atlas_core::uncertainty::Draws::new(&region.baseline.parameters, 3).unwrap();
    let spread = draws.keys().iter().find(|(key, _)| key == KEY).unwrap().1;
    let near = |s: &atlas_core::uncertainty::Spread| {
        let step = 1e-9 * (s.high - s.low);
        if s.mode + step < s.high { s.mode + step } else { s.mode - step }
    };
    let own = draws.keys().iter().filter(|(key, _)| key != KEY);
    let set = own.map(|(key, s)| (key.clone(), Some(near(s)))).collect();
    let mut fixed = base;
    fixed.make(&region.baseline, Change::Parameters(set)).unwrap();
    let aims = vec![Aim::of(Measure::Stage(atlas_core::profile::Stage::Collection), None)];
    let n = 100;
    let runs = MonteCarlo::new(&region.baseline, vec![fixed], aims, 3, 0..n, false).unwrap();
    let outlook = runs.finish(&region, &mut Bench::default());
    let band = outlook.plans[0].bands[0].unwrap();
    // Pick-up costs nothing in the baseline, so the cost goes through the origin.
    let scale = band.mean / draws_mean(&outlook.drawn, &draws, n);
    assert!((band.mean / scale - spread.mean()).abs() < 3.5 * band.error / scale, "{band:?} {spread:?}");
    assert!((band.error / scale - (spread.variance() / n as f64).sqrt()).abs() < 0.2 * band.error / scale);
    for (q, found) in atlas_core::uncertainty::QUANTILES.iter().zip(band.quantiles) {
        // As far as counting so many draws can be off.
        let off = 3.5 * (q * (1.0 - q) / n as f64).sqrt();
        let (low, high) = (spread.quantile((q - off).max(0.0)), spread.quantile((q + off).min(1.0)));
        assert!((low..=high).contains(&(found / scale)), "{q}: {} not in {low}..{high}", found / scale);
    }
    // All of it is owed to the one that was drawn, but for what varies within a class: there are four.
    let shares = &outlook.plans[0].shares[0];
    assert_eq!((shares.len(), outlook.drawn[shares[0].parameter as usize].0.as_str()), (1, KEY));
    assert!(shares[0].first_order > 0.88 && shares[0].grows && outlook.plans[0].explained[0] > 0.88, "{shares:?}");
}

/// The mean of what was drawn of the one parameter.
fn draws_mean(
    drawn: &[(String, atlas_core::uncertainty::Spread)],
    draws: &atlas_core::uncertainty::Draws,
    n: u64,
) -> f64 {
    let without_policy = draws.clone().without(|key| !drawn.iter().any(|(k, _)| k == key));
    let column = drawn.iter().position(|(key, _)| key == "freight.cost.all.truck_collect").unwrap();
    (0..n).map(|run| without_policy.run(run)[column]).sum::<f64>() / n as f64
}

#[test]
fn shocks_are_ranked_by_harm_and_the_quick_grain_agrees_with_solving_in_full() {
    let region = region();
    let base = Document::new(&region.baseline);
    let all = shocks(&region.baseline, &base);
    assert!(all.len() > 150, "{}", all.len());
    // A handful, among them the largest smelters and hubs.
    let few: Vec<Shock> = all
        .into_iter()
        .filter(|s| match s {
            Shock::Out(id) => ["SM001", "SM042", "HB001", "HB003", "HB020"].contains(&id.as_str()),
            _ => true,
        })
        .collect();
    let mut bench = Bench::default();
    let ranked = Stress::new(&region.baseline, &base, few.clone(), 3).finish(&region, &mut bench).shocks;
    assert_eq!(ranked.len(), few.len());
    for row in &ranked {
        println!(
            "{:<22} left {:>9.0} t unmet {:>9.0} t yuan {:>14.0} {:?}",
            row.shock.key(),
            row.harm.unallocated_t,
            row.harm.unmet_t,
            row.harm.yuan,
            row.full.map(|f| (f.unallocated_t, f.unmet_t))
        );
    }
    for row in ranked.iter().take(3) {
        let full = row.full.expect("the worst are solved in full");
        let (quick, full) = (row.harm.unallocated_t + row.harm.unmet_t, full.unallocated_t + full.unmet_t);
        assert!((quick - full).abs() <= 0.02 * full.abs().max(1e4), "{}: {quick} against {full}", row.shock.key());
    }
    // Claimed demand leaves more unmet; dear freight costs more and moves no metal.
    let of = |key: &str| ranked.iter().find(|r| r.shock.key() == key).unwrap().harm;
    assert!(of("claimed_demand").unmet_t > 1e5);
    assert!(of("dear_freight").yuan > 0.0 && of("dear_freight").unmet_t.abs() < 2.0);
    assert!(of("cheap_metal:al").value_yuan < 0.0);
}

#[test]
fn a_shock_is_what_closing_by_hand_is() {
    let region = region();
    let base = Document::new(&region.baseline);
    let hub = region.baseline.facilities.iter().find(|f| f.kind == FacilityKind::Hub).unwrap();
    let change = Shock::Out(hub.id.clone()).change(&region.baseline, &base);
    assert_eq!(change, Change::Edit(Edit::Close { id: hub.id.clone() }));
    // What is not there cannot break, and is told apart from what does no harm.
    let nobody = Shock::Out("nobody".into());
    let stress = Stress::new(&region.baseline, &base, vec![nobody.clone(), Shock::DearFreight], 0);
    assert_eq!(stress.refused(), [nobody]);
}
