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
    let whole = MonteCarlo::new(&region.baseline, plans.clone(), aims(), 5, 0..24, true).unwrap();
    let whole = whole.finish(&region, &mut bench);
    println!("24 runs of 2 plans, two full solves: {:.2} s", clock.elapsed().as_secs_f64());
    let mut first = MonteCarlo::new(&region.baseline, plans.clone(), aims(), 5, 0..10, true).unwrap();
    while first.step(&region, &mut bench) != Progress::Done {}
    let mut other = Bench::default();
    let mut second = MonteCarlo::new(&region.baseline, plans, aims(), 5, 10..24, false).unwrap();
    while second.step(&region, &mut other) != Progress::Done {}
    // Put together in the wrong order.
    second.join(first.sample());
    let joined = second.outlook();
    assert_eq!(joined.plans[0].bands, whole.plans[0].bands);
    assert_eq!(joined.plans[1].below_first, whole.plans[1].below_first);
    let cost = whole.plans[0].bands[0].unwrap();
    println!("{cost:?} {:?}", whole.plans[0].central[0]);
    let central = whole.plans[0].central[0].unwrap();
    assert!(central.off().unwrap().abs() < 0.01, "{central:?}");
    assert!(cost.quantiles.is_sorted() && cost.quantiles[0] < cost.quantiles[4]);
    // Cheaper freight is cheaper whatever comes, and it moves no scrap.
    let odds = whole.plans[1].below_first[0].unwrap();
    assert_eq!((odds.runs, odds.below), (24, 24));
    assert_eq!(whole.plans[1].below_first[1].unwrap().alike, 24);
    assert_eq!(whole.plans[1].regret[0].unwrap().most, 0.0);
    assert!(whole.plans[0].regret[0].unwrap().mean > 0.0);
    // Enough runs to name what matters: the recovery rate says most of what is collected.
    let shares = &whole.plans[0].shares[1];
    let named = |p: u32| whole.drawn[p as usize].0.as_str();
    println!("{:?}", shares.iter().take(4).map(|s| (named(s.parameter), s.first_order)).collect::<Vec<_>>());
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
