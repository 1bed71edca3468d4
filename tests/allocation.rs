//! Who sends what where on the real region: every answer is confirmed without the solver, prices are what solving again says,
//! and plans that cannot be kept say so.

use atlas_core::{
    allocation::{Allocator, Answer, Leg, Obstacle, Status, check::check, destinations, origins},
    evaluate::Evaluator,
    geo::LonLat,
    model::{Cluster, FacilityKind, Mode, Region, Stream, subsidy_key},
    scenario::{Change, Contract, Document, Edit, Goal, NewFacility, Objective, Scenario, SourceGroup},
};
use atlas_tests::{region, scenarios};

fn document(region: &Region, scenario: Scenario) -> Document {
    Document::open(&region.baseline, scenario).0
}

fn allocate(allocator: &mut Allocator, region: &Region, document: &Document) -> Answer {
    let evaluation = Evaluator::default().evaluate(region, document.plan(), document.scenario());
    let answer = allocator.allocate(region, document.plan(), document.scenario(), &evaluation);
    if let Err(fault) = check(&answer) {
        panic!("{}: {fault}", document.scenario().name);
    }
    answer
}

fn near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

fn cost(answer: &Answer) -> f64 {
    answer.objective
}

#[test]
fn every_built_in_scenario_is_proved_and_balances() {
    let region = region();
    let mut allocator = Allocator::default();
    for (name, scenario) in scenarios() {
        let document = document(&region, scenario);
        let warm = allocate(&mut allocator, &region, &document);
        assert_eq!(warm.status, Status::Optimal, "{name}: gap {}", warm.gap);
        // The account is the objective: two ways to the same sum.
        assert!(
            near(warm.account.yuan(), cost(&warm), 1e-6),
            "{name}: {} against {}",
            warm.account.yuan(),
            cost(&warm)
        );
        let cold = allocate(&mut Allocator::default(), &region, &document);
        assert!(near(cost(&warm), cost(&cold), 1e-6), "{name}: {} from before, {} anew", cost(&warm), cost(&cold));
        if name == "baseline" {
            let again = allocate(&mut Allocator::default(), &region, &document);
            assert_eq!(cold, again, "the same question, the same answer");
        }
    }
}

#[test]
fn clusters_provinces_and_matrices_add_up() {
    let region = region();
    let a = allocate(&mut Allocator::default(), &region, &document(&region, Scenario::default()));
    for s in Stream::ALL {
        let all = &a.balance[s];
        let clusters: f64 = Cluster::ALL.iter().map(|c| a.by_cluster[*c][s].product_t).sum();
        let provinces: f64 = a.by_province.iter().map(|(_, b)| b[s].product_t).sum();
        assert!(near(clusters, all.product_t, 1e-9) && near(provinces, all.product_t, 1e-9), "{s:?}");
        let used: f64 = a.product_matrix.iter().map(|row| row[..3].iter().map(|c| c[s]).sum::<f64>()).sum();
        let exported: f64 = a.product_matrix.iter().map(|row| row[3][s]).sum();
        assert!(near(used, all.used_t, 1e-6) && near(exported, all.exported_t, 1e-6), "{s:?}");
        let is_first = |leg| matches!(leg, Leg::ToHub | Leg::Direct | Leg::Contract);
        let first: f64 = a.flows.iter().filter(|f| f.stream == s && is_first(f.leg)).map(|f| f.metal_t).sum();
        let entered = all.collected_t + all.corridor_t + all.imported_t - all.unallocated_t - all.unreached_t;
        assert!(near(first, entered, 1e-6), "{s:?}: {first} leaves the sources, {entered} entered");
    }
    let carried: f64 = a.flows.iter().map(|f| f.gross_t * Mode::ALL.iter().map(|m| f.km[*m]).sum::<f64>()).sum();
    let account: f64 = Mode::ALL.iter().map(|m| a.account.tonne_km[*m]).sum();
    assert!(near(carried, account, 1e-9), "{carried} against {account} tonne-kilometres");
    assert!(Mode::ALL.iter().all(|m| a.account.tonne_km[*m] > 0.0), "every mode carries something");
}

#[test]
fn prices_are_what_more_capacity_saves() {
    let region = region();
    let document = document(&region, Scenario::default());
    let mut allocator = Allocator::default();
    let before = allocate(&mut allocator, &region, &document);
    let mut dear: Vec<_> =
        before.facilities.iter().filter(|f| f.price.yuan_per_t > 20.0 && !f.id.starts_with("UN-")).collect();
    dear.sort_by(|a, b| b.price.yuan_per_t.total_cmp(&a.price.yuan_per_t));
    let hubs = dear.iter().filter(|f| f.id.starts_with("HB")).take(3);
    let smelters = dear.iter().filter(|f| f.id.starts_with("SM")).take(3);
    let mut tried = 0;
    for f in hubs.chain(smelters) {
        let worth = allocator.worth(&f.id).expect("a facility of the plan");
        // By hand: the plan with a kt more, solved anew.
        let own = document.plan().get(&f.id).unwrap().facility.capacity.unwrap().tonnes;
        let more = own * (f.capacity_t.unwrap() + 1_000.0) / f.capacity_t.unwrap();
        let mut larger = document.clone();
        larger
            .make(&region.baseline, Change::Edit(Edit::SetCapacity { id: f.id.clone(), tonnes: Some(more) }))
            .unwrap();
        let after = allocate(&mut Allocator::default(), &region, &larger);
        let saved = (cost(&before) - cost(&after)) / 1_000.0;
        let noise = 1.5e-7 * cost(&before) / 1_000.0;
        assert!((saved - worth.price.yuan_per_t).abs() <= noise, "{}: {saved} against {:?}", f.id, worth.price);
        if worth.upto_t >= 4_000.0 {
            assert!(
                (saved - f.price.yuan_per_t).abs() <= noise + 0.05 * saved,
                "{}: {saved} against {:?}",
                f.id,
                f.price
            );
        } else {
            assert!(
                saved <= f.price.yuan_per_t + noise,
                "{}: later tonnes save less, {saved} against {:?}",
                f.id,
                f.price
            );
        }
        assert!(
            worth.steps.windows(2).all(|w| w[1].saved_yuan >= w[0].saved_yuan - 2e-7 * cost(&before)),
            "{:?}",
            worth.steps
        );
        tried += 1;
    }
    assert!(tried >= 2, "{tried} facilities have a price worth trying");
    let idle = before.facilities.iter().find(|f| f.capacity_t.is_some_and(|c| f.used_t.total() < 0.5 * c)).unwrap();
    assert_eq!(allocator.worth(&idle.id).unwrap().price.yuan_per_t, 0.0, "{} has room to spare", idle.id);
    assert!(allocator.worth("CP0001").is_none());
}

#[test]
fn tracing_accounts_for_every_tonne() {
    let region = region();
    let a = allocate(&mut Allocator::default(), &region, &document(&region, Scenario::default()));
    let mut smelters: Vec<_> =
        a.facilities.iter().filter(|f| f.id.starts_with("SM") && f.used_t.total() > 0.0).collect();
    smelters.truncate(12);
    for f in smelters {
        let traced: f64 = origins(&a, &f.id).shares.iter().map(|s| s.metal_t).sum();
        let place = a.places.iter().position(|p| p.end.key() == f.id).unwrap() as u32;
        let product: f64 = a.flows.iter().filter(|x| x.to == place && x.leg.is_scrap()).map(|x| x.product_t).sum();
        assert!(
            traced > product && near(product, f.used_t.total(), 1e-6),
            "{}: {traced} t of metal make {product} t",
            f.id
        );
    }
    let point = &a.places[a.flows.iter().find(|f| f.leg == Leg::ToHub).unwrap().from as usize].end.key();
    let ends = destinations(&a, point);
    let row = a.places.iter().position(|p| p.end.key() == *point).unwrap() as u32;
    let left: f64 = a.flows.iter().filter(|f| f.from == row && f.leg.is_scrap()).map(|f| f.metal_t).sum();
    assert!(near(ends.shares.iter().map(|s| s.metal_t).sum(), left, 1e-9));
    assert!(ends.shares.iter().any(|s| s.via.is_some() && s.yuan_per_t > 0.0));
}

#[test]
fn objectives_each_reach_the_least_of_their_own() {
    let region = region();
    let with = |objective| {
        let goal = Goal { objective, ..Goal::default() };
        allocate(&mut Allocator::default(), &region, &document(&region, Scenario { goal, ..Scenario::default() }))
    };
    let [cheap, clean, metal] = [Objective::Cost, Objective::Co2, Objective::Metal].map(with);
    let kg = |a: &Answer| a.account.kg_co2e();
    assert!(near(cost(&clean), kg(&clean), 1e-6), "the objective is what is emitted");
    assert!(kg(&clean) < kg(&cheap) && cheap.account.yuan() < clean.account.yuan());
    let made = |a: &Answer| Stream::ALL.iter().map(|s| a.balance[*s].product_t).sum::<f64>();
    assert!(made(&metal) > made(&cheap), "more scrap is bought to make more metal");
    let same = with(Objective::Weighted { yuan: 5.0, kg_co2e: 0.0, metal_kg: 0.0 });
    assert!(near(same.account.yuan(), cheap.account.yuan(), 1e-6));
}

#[test]
fn caps_are_kept_and_their_price_is_told() {
    let region = region();
    let free = allocate(&mut Allocator::default(), &region, &document(&region, Scenario::default()));
    for (goal, used) in [
        (
            Goal { max_cross_cluster_t: Some(0.5 * free.account.cross_cluster_t), ..Goal::default() },
            (|a: &Answer| a.account.cross_cluster_t) as fn(&Answer) -> f64,
        ),
        (Goal { max_co2_t: Some(0.995 * free.account.kg_co2e() / 1000.0), ..Goal::default() }, |a| {
            a.account.kg_co2e() / 1000.0
        }),
    ] {
        let limit = goal.max_cross_cluster_t.or(goal.max_co2_t).unwrap();
        let a =
            allocate(&mut Allocator::default(), &region, &document(&region, Scenario { goal, ..Scenario::default() }));
        assert_eq!(a.status, Status::Optimal, "gap {}", a.gap);
        assert!(used(&a) <= limit * (1.0 + 1e-6), "{} of {limit}", used(&a));
        let cap = a.obstacles.iter().find_map(|o| match o {
            Obstacle::Cap { price, .. } => Some(*price),
            _ => None,
        });
        assert!(cap.is_some_and(|p| p.yuan_per_t > 0.0 || p.slack_t > 0.0), "{:?}", a.obstacles);
    }
}

fn contract(min_t: f64, plant: &str, from: SourceGroup) -> Goal {
    let contract = Contract {
        id: "K1".into(),
        name: String::new(),
        stream: Stream::Al,
        from,
        plant: plant.into(),
        min_t: Some(min_t),
        max_t: None,
        cost_factor: 0.85,
    };
    Goal { contracts: vec![contract], ..Goal::default() }
}

#[test]
fn a_contract_is_kept_and_one_that_cannot_be_says_what_is_in_the_way() {
    let region = region();
    let ask = |goal| {
        allocate(&mut Allocator::default(), &region, &document(&region, Scenario { goal, ..Scenario::default() }))
    };
    let kept = ask(contract(60_000.0, "SM006", SourceGroup::Cluster(Cluster::Yrd)));
    let given: f64 = kept.flows.iter().filter(|f| f.leg == Leg::Contract).map(|f| f.metal_t).sum();
    assert_eq!(kept.status, Status::Optimal);
    assert!(given >= 60_000.0 * (1.0 - 1e-6), "{given}");
    // More than the plant can take.
    let broken = ask(contract(900_000.0, "SM006", SourceGroup::Cluster(Cluster::Yrd)));
    assert_eq!(broken.status, Status::Infeasible);
    let Some(Obstacle::Contract { id, short_t, supply_t, capacity_t }) =
        broken.obstacles.iter().find(|o| matches!(o, Obstacle::Contract { .. }))
    else {
        panic!("{:?}", broken.obstacles)
    };
    assert_eq!(id, "K1");
    assert!(*supply_t > 900_000.0 && near(capacity_t + short_t, 900_000.0, 1e-6), "{short_t} short of {capacity_t}");
    let mistaken = ask(contract(10_000.0, "SM999", SourceGroup::Cluster(Cluster::Yrd)));
    assert!(
        mistaken.obstacles.iter().any(|o| matches!(o, Obstacle::Unusable { id, .. } if id == "K1")),
        "{:?}",
        mistaken.obstacles
    );
}

#[test]
fn a_subsidy_is_received_and_capacity_zero_is_told() {
    let region = region();
    let mut doc = document(&region, Scenario::default());
    let base = &region.baseline;
    let key = subsidy_key(Stream::Al, Cluster::Bohai);
    doc.make(base, Change::Parameter(key, Some(200.0))).unwrap();
    let a = allocate(&mut Allocator::default(), &region, &doc);
    let made = a.by_cluster[Cluster::Bohai][Stream::Al].product_t;
    assert!(near(a.account.subsidy_yuan, 200.0 * made, 1e-6), "{} for {made} t", a.account.subsidy_yuan);
    doc.make(base, Change::Edit(Edit::SetCapacity { id: "SM002".into(), tonnes: Some(0.0) })).unwrap();
    let b = allocate(&mut Allocator::default(), &region, &doc);
    assert!(
        b.obstacles
            .iter()
            .any(|o| matches!(o, Obstacle::Unusable { id, reason } if id == "SM002" && reason == "no_capacity"))
    );
    assert_eq!(b.facilities.iter().find(|f| f.id == "SM002").unwrap().used_t.total(), 0.0);
}

#[test]
fn supply_without_outlet_is_visible_slack() {
    let region = region();
    let base = &region.baseline;
    let mut doc = document(&region, Scenario::default());
    // Every hub but one small one closes: aluminium and copper have nowhere to go.
    let hubs: Vec<String> = doc.plan().open(FacilityKind::Hub).map(|f| f.id.clone()).collect();
    for id in hubs.iter().filter(|id| *id != "HB034") {
        doc.make(base, Change::Edit(Edit::Close { id: id.clone() })).unwrap();
    }
    let a = allocate(&mut Allocator::default(), &region, &doc);
    assert_eq!(a.status, Status::Optimal);
    for s in [Stream::Al, Stream::Cu] {
        assert!(a.balance[s].unallocated_t > 0.9 * a.balance[s].collected_t, "{s:?}: {:?}", a.balance[s]);
        assert!(a.obstacles.iter().any(|o| matches!(o, Obstacle::Unallocated { stream, way_out: Some((id, _)), .. } if *stream == s && id == "HB034")), "{:?}", a.obstacles);
    }
    assert!(a.balance[Stream::Pb].unallocated_t < 1.0);
    // No hub at all.
    doc.make(base, Change::Edit(Edit::Close { id: "HB034".into() })).unwrap();
    let none = allocate(&mut Allocator::default(), &region, &doc);
    assert!(near(none.balance[Stream::Al].unallocated_t, none.balance[Stream::Al].collected_t, 1e-9));
}

#[test]
fn a_hub_on_the_ground_of_a_smelter_saves_the_haul_between() {
    let region = region();
    let base = &region.baseline;
    let smelter = base.facilities.iter().find(|f| f.id == "SM002").unwrap();
    let with = |at: LonLat| {
        let mut doc = document(&region, Scenario::default());
        let new = NewFacility {
            id: "UH001".into(),
            kind: FacilityKind::Hub,
            name: Default::default(),
            at,
            metals: vec![],
            capacity_t: Some(300_000.0),
        };
        doc.make(base, Change::Edit(Edit::Add(new))).unwrap();
        allocate(&mut Allocator::default(), &region, &doc)
    };
    let there = with(smelter.at);
    let row = |key: &str| there.places.iter().position(|p| p.end.key() == key).unwrap() as u32;
    let between = there.flows.iter().find(|f| f.from == row("UH001") && f.to == row("SM002")).expect("it is used");
    assert_eq!((between.haul.yuan_per_t, between.haul.kg_co2e_per_t), (0.0, 0.0));
}

#[test]
fn parameters_at_the_ends_of_their_range_leave_it_proved() {
    let region = region();
    let base = &region.baseline;
    let mut allocator = Allocator::default();
    for key in [
        "process.metal_content_feed.Pb",
        "process.smelter_yield.Al",
        "process.processing_cost.Li",
        "price.carbon.all",
        "price.scrap.Cu",
        "model.utilisation.all",
        "policy.subsidy.Zn.prd",
    ] {
        let (low, high) = base.parameters.get(key).expect("a parameter of the table").range();
        for value in [low, high] {
            let mut doc = document(&region, Scenario::default());
            doc.make(base, Change::Parameter(key.into(), Some(value))).unwrap();
            let a = allocate(&mut allocator, &region, &doc);
            assert_eq!(a.status, Status::Optimal, "{key} = {value}: gap {}", a.gap);
            assert!(a.account.yuan().is_finite() && a.account.kg_co2e() > 0.0, "{key} = {value}");
        }
    }
}

/// The built-in scenario of the Bohai subsidy moves scrap: with room at the plants, and only by the subsidy.
#[test]
fn the_bohai_subsidy_moves_aluminium_to_the_bohai_rim() {
    let region = region();
    let mut allocator = Allocator::default();
    let scenario = scenarios().into_iter().find(|(name, _)| name == "bohai-subsidy").expect("built in").1;
    let mut without = scenario.clone();
    without.parameters.remove(&subsidy_key(Stream::Al, Cluster::Bohai)).expect("it is what the scenario is about");
    let [paid, unpaid] = [scenario, without].map(|s| {
        allocate(&mut allocator, &region, &document(&region, s)).by_cluster[Cluster::Bohai][Stream::Al].product_t
    });
    assert!(paid > 1.05 * unpaid, "{paid} t with it, {unpaid} t without");
}
