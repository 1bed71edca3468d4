//! Every lever on the real baseline: its key resolves, its default changes nothing, and it moves what it says.

use atlas_core::{
    allocation::Allocator,
    catchment::Question,
    comparison::{Measured, Measuring},
    evaluate::Evaluator,
    geo::LonLat,
    levers::{self, Handle, Kind, LeverInfo, LeverRefusal, MergerRefusal, Need, bill, merger},
    model::{
        BUDGET_KEY, Baseline, Cluster, FacilityKind, GREEN_POWER_KEY, GRID_MODE_KEY, Metal, Name, PICKUP_RADIUS_KEY,
        PlantFeature, Region, Stream, Technology, demand_growth_key, recovery_points_key, subsidy_key,
    },
    profile::Section,
    scenario::{Change, Document, Edit, NewFacility},
};
use atlas_tests::region;

/// Measures scenarios one after the other; the allocator starts each from the one before.
struct Bench<'a> {
    region: &'a Region,
    evaluator: Evaluator,
    allocator: Allocator,
}

impl<'a> Bench<'a> {
    fn new(region: &'a Region) -> Self {
        Self { region, evaluator: Evaluator::default(), allocator: Allocator::default() }
    }

    fn measure(&mut self, document: &Document) -> Measured {
        let question = Question::usual(FacilityKind::CollectionPoint);
        let (plan, scenario) = (document.plan(), document.scenario());
        Measuring::begin(self.region, plan, scenario, &question, &mut self.evaluator, &mut self.allocator)
            .finish(self.region, &mut self.allocator)
    }
}

fn turn(base: &Baseline, document: &mut Document, key: &str, value: f64) {
    let lever = levers::find(base, key).unwrap();
    let change = lever.change(document.scenario(), Some(value)).unwrap();
    document.make(base, change).unwrap_or_else(|e| panic!("{key} at {value}: {e}"));
}

fn set(base: &Baseline, document: &mut Document, key: &str, value: f64) {
    document.make(base, Change::Parameter(key.into(), Some(value))).unwrap_or_else(|e| panic!("{key}: {e}"));
}

/// True where no number differs by more than equally good plans do, which a warm start may tell apart.
fn alike(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 2e-4 * a.abs().max(b.abs()).max(1.0))
}

/// What a section holds, as numbers.
fn facts(section: Section, of: &Measured) -> Vec<f64> {
    let total = &of.evaluation.total;
    let account = &of.allocation.account;
    let balances = Cluster::ALL.into_iter().flat_map(|c| Stream::ALL.map(|s| of.allocation.by_cluster[c][s]));
    match section {
        Section::Collection => total.collected_t.values().into_iter().copied().collect(),
        Section::Access => total.people_within.into_iter().chain([total.people_picked_up]).collect(),
        Section::Capacity => {
            let used: f64 = of.allocation.facilities.iter().map(|f| f.used_t.total()).sum();
            of.allocation.facilities.iter().map(|f| f.capacity_t.unwrap_or(0.0)).chain([used]).collect()
        }
        Section::Balance => {
            balances.flat_map(|b| [b.product_t, b.used_t, b.exported_t, b.demand_t, b.unmet_t, b.imported_t]).collect()
        }
        Section::Cost => [
            account.yuan(),
            account.sorting_yuan,
            account.smelting_yuan,
            account.carbon_yuan,
            account.friction_yuan,
            account.product_value_yuan,
            account.scrap_purchase_yuan,
            account.subsidy_yuan,
            total.transport_yuan,
        ]
        .into_iter()
        .chain(Cluster::ALL.map(|c| of.evaluation.by_cluster[c].transport_yuan))
        .chain(Cluster::ALL.map(|c| of.allocation.account_by_cluster[c].carbon_yuan))
        .collect(),
        Section::Carbon => [account.transport_kg_co2e, account.smelting_kg_co2e, total.transport_kg_co2e]
            .into_iter()
            .chain(Cluster::ALL.map(|c| of.evaluation.by_cluster[c].transport_kg_co2e))
            .chain(Cluster::ALL.map(|c| of.allocation.account_by_cluster[c].smelting_kg_co2e))
            .collect(),
        Section::Haul | Section::Structure | Section::Data => Vec::new(),
    }
}

/// A plant of the baseline that an upgrade fits, the largest; of aluminium for what cuts the cost of aluminium alone.
fn plant(region: &Region, technology: Technology) -> &str {
    let fits = region.baseline.facilities.iter().filter(|f| {
        technology.fits(f) && f.status.receives() && (technology != Technology::SmartSmelting || f.takes(Stream::Al))
    });
    let size = |f: &&atlas_core::model::Facility| f.capacity.map_or(0.0, |c| c.tonnes);
    &fits.max_by(|a, b| size(a).total_cmp(&size(b))).unwrap().id
}

/// Makes what a lever needs before it moves anything.
fn prepare(region: &Region, document: &mut Document, lever: &LeverInfo) {
    let base = &region.baseline;
    match lever.needs.as_ref() {
        None => {}
        Some(Need::Lever(key)) => {
            let needed = levers::find(base, key).unwrap();
            turn(base, document, key, elsewhere(&needed, None));
        }
        Some(Need::Upgrade(technology)) => {
            let key = PlantFeature::Upgrade(*technology).key_of(plant(region, *technology));
            set(base, document, &key, 1.0);
        }
        Some(Need::NewSite(kind)) => {
            let new = NewFacility {
                id: "NEW".into(),
                kind: *kind,
                name: Name::default(),
                at: LonLat::new(118.8, 32.1),
                metals: if *kind == FacilityKind::CollectionPoint { vec![] } else { vec![Metal::Al] },
                capacity_t: Some(10_000.0),
            };
            document.make(base, Change::Edit(Edit::Add(new))).unwrap();
        }
    }
}

/// Another value of a lever: a fair way to its farther end, or for a cap nine tenths of what is.
fn elsewhere(lever: &LeverInfo, at_baseline: Option<&Measured>) -> f64 {
    let account = at_baseline.map(|m| m.allocation.account);
    match (&lever.handle, account) {
        (Handle::MaxCo2, Some(a)) => 0.9 * a.kg_co2e() / 1000.0,
        (Handle::MaxCrossCluster, Some(a)) => 0.5 * a.cross_cluster_t,
        _ => {
            let default = lever.default.unwrap();
            let far = if lever.high - default >= default - lever.low { lever.high } else { lever.low };
            if lever.options.is_some() { far } else { default + 0.3 * (far - default) }
        }
    }
}

#[test]
fn every_lever_resolves_and_its_default_is_in_range_and_changes_nothing() {
    let region = region();
    let base = &region.baseline;
    let all = levers::all(base);
    let keys: std::collections::BTreeSet<&str> = all.iter().map(|l| l.key.as_str()).collect();
    assert_eq!(keys.len(), all.len(), "names are told apart");
    for lever in &all {
        assert_eq!(levers::find(base, &lever.key).as_ref(), Ok(lever));
        let Some(default) = lever.default else { continue };
        assert!((lever.low..=lever.high).contains(&default), "{}: {default}", lever.key);
        assert!(lever.low < lever.high && lever.step > 0.0, "{}", lever.key);
        if let Handle::Parameter(key) = &lever.handle {
            let mut document = Document::new(base);
            document.make(base, Change::Parameter(key.clone(), Some(default))).unwrap();
            assert!(document.scenario().parameters.is_empty(), "{key}: its default is nothing set");
        }
        let document = Document::new(base);
        let out = lever.turned(base, &document, Some(lever.high + 1.0)).unwrap_err();
        assert!(matches!(out, LeverRefusal::OutOfRange { .. }), "{}", lever.key);
    }
    // What the issue asks for is there.
    let wanted = [
        "recovery_rate",
        "policy.recovery_points.Al.bohai",
        "model.weights_scrap.Cu.2",
        "policy.pickup_radius.all",
        "price.product.Al",
        "price.scrap.Al",
        "policy.price_linkage.all",
        "price.grade_premium.Al",
        "freight.cost.all.rail",
        "policy.mode.all.water",
        "freight.friction.all.province",
        "policy.subsidy.Al.bohai",
        "policy.subsidy_class.all",
        "price.carbon.all",
        "process.grid.all.江苏省",
        "policy.green_power.all",
        "technology.smart_smelting.all.energy_cut",
        "technology.digital_platform.all.capacity_gain",
        "technology.direct_lithium.Li.energy_cut",
        "technology.ai_sorting.all.cost_share_cut",
        "policy.demand_growth.other",
        "policy.budget.all",
        "max_co2",
        "max_cross_cluster",
    ];
    for key in wanted {
        assert!(keys.contains(key), "{key}");
    }
    assert!(matches!(levers::find(base, "magic"), Err(LeverRefusal::Unknown(_))));
}

#[test]
fn every_lever_moves_what_it_says() {
    let region = region();
    let base = &region.baseline;
    let mut bench = Bench::new(&region);
    let plain = bench.measure(&Document::new(base));
    let (mut prepared, mut still) = ((Document::new(base), plain.clone()), Vec::new());
    for lever in levers::all(base) {
        let mut document = Document::new(base);
        prepare(&region, &mut document, &lever);
        if document.scenario() != prepared.0.scenario() {
            let measured = if document.scenario().is_untouched() { plain.clone() } else { bench.measure(&document) };
            prepared = (document.clone(), measured);
        }
        let before = &prepared.1;
        let change = lever.change(document.scenario(), Some(elsewhere(&lever, Some(&plain)))).unwrap();
        document.make(base, change).unwrap();
        let after = bench.measure(&document);
        for section in &lever.moves {
            if alike(&facts(*section, before), &facts(*section, &after)) {
                still.push(format!("{} does not move {}", lever.key, section.key()));
            }
        }
        if lever.moves.is_empty() {
            // These bear on the bill alone.
            assert!(lever.kind == Kind::Budget || lever.key.starts_with("technology."), "{}", lever.key);
            let bill_of = |d: &Document| bill(d.plan(), &d.scenario().parameters(base));
            assert_ne!(bill_of(&prepared.0), bill_of(&document), "{}", lever.key);
            let yuan = |m: &Measured| vec![m.allocation.account.yuan()];
            assert!(alike(&yuan(before), &yuan(&after)), "{}", lever.key);
        }
    }
    assert!(still.is_empty(), "{still:#?}");
}

#[test]
fn levers_do_what_can_be_checked_on_paper() {
    let region = region();
    let base = &region.baseline;
    let mut bench = Bench::new(&region);
    let plain = bench.measure(&Document::new(base));

    // Ten points more of aluminium in Bohai: 86 instead of 76 of a hundred tonnes, there and nowhere else.
    let mut document = Document::new(base);
    turn(base, &mut document, &recovery_points_key(Stream::Al, Cluster::Bohai), 10.0);
    let more = bench.measure(&document).evaluation;
    for (c, s) in Cluster::ALL.into_iter().flat_map(|c| Stream::ALL.map(|s| (c, s))) {
        let (a, b) = (plain.evaluation.by_cluster[c].collected_t[s], more.by_cluster[c].collected_t[s]);
        let wanted = if (c, s) == (Cluster::Bohai, Stream::Al) { a * 86.0 / 76.0 } else { a };
        assert!((b / wanted - 1.0).abs() < 1e-9, "{c:?} {s:?}: {a} {b}");
    }

    // Whoever lives 10 to 20 km off is picked up for 24 yuan a tonne and counts within 10 km.
    let mut document = Document::new(base);
    turn(base, &mut document, PICKUP_RADIUS_KEY, 10.0);
    let picked = bench.measure(&document);
    let (a, b) = (&plain.evaluation.total, &picked.evaluation.total);
    assert_eq!((b.people_within[0], b.people_within[2]), (a.people_within[0], a.people_within[2]));
    assert!((b.people_within[1] - a.people_within[2]).abs() < 1.0, "all within 20 km count within 10");
    assert!((b.people_picked_up - (a.people_within[2] - a.people_within[1])).abs() < 1.0);
    assert!((b.transport_yuan - a.transport_yuan - 24.0 * b.picked_up_gross_t).abs() < 1e-3 * b.picked_up_gross_t);
    let covered = |m: &Measured| m.surveyed.survey.coverage.all.within.people;
    assert!((covered(&picked) - b.people_within[1]).abs() < 1.0 && covered(&plain) < covered(&picked));

    // Ships and barges and trains banned: only trucks drive.
    let mut document = Document::new(base);
    for mode in ["rail", "water", "sea"] {
        turn(base, &mut document, &format!("policy.mode.all.{mode}"), 2.0);
    }
    let banned = bench.measure(&document).allocation.account;
    let other = |a: &atlas_core::allocation::Account| a.tonne_km.rail + a.tonne_km.water + a.tonne_km.sea;
    assert!(other(&plain.allocation.account) > 0.0);
    assert_eq!(other(&banned), 0.0);
    assert!(banned.yuan() > plain.allocation.account.yuan());

    // Demand for copper doubles.
    let mut document = Document::new(base);
    turn(base, &mut document, &demand_growth_key(Stream::Cu), 100.0);
    let grown = bench.measure(&document).allocation;
    let demand = |a: &atlas_core::allocation::Answer, s: Stream| a.balance[s].demand_t;
    assert!((demand(&grown, Stream::Cu) / demand(&plain.allocation, Stream::Cu) - 2.0).abs() < 1e-9);
    assert_eq!(demand(&grown, Stream::Al), demand(&plain.allocation, Stream::Al));

    // Aluminium sells for 10 % more: a tenth of its value more, and no other cost.
    let price = levers::find(base, "price.product.Al").unwrap().default.unwrap();
    let mut document = Document::new(base);
    turn(base, &mut document, "price.product.Al", price * 1.1);
    let dear = bench.measure(&document).allocation;
    let made = plain.allocation.balance.al.product_t;
    let won = dear.account.product_value_yuan - plain.allocation.account.product_value_yuan;
    assert!((won / (made * price * 0.1) - 1.0).abs() < 1e-6, "{won}");
    assert!(alike(&[dear.account.yuan()], &[plain.allocation.account.yuan()]), "what metal sells for moves no flow");

    // All electricity green: less by the kWh at the reference grid, never the fuel.
    let mut document = Document::new(base);
    turn(base, &mut document, GREEN_POWER_KEY, 100.0);
    let green = bench.measure(&document).allocation;
    let saved = plain.allocation.account.smelting_kg_co2e - green.account.smelting_kg_co2e;
    let number = |key: &str| base.parameters.number(key);
    let wanted: f64 = Stream::ALL
        .into_iter()
        .map(|s| {
            let kwh = number(&atlas_core::allocation::electricity_key(s));
            plain.allocation.balance[s].product_t * kwh * number("process.grid_reference.all")
        })
        .sum();
    assert!((saved / wanted - 1.0).abs() < 1e-3, "{saved} against {wanted}");
}

#[test]
fn a_subsidy_of_the_clean_goes_to_marked_plants_alone() {
    let region = region();
    let base = &region.baseline;
    let mut bench = Bench::new(&region);
    let mut document = Document::new(base);
    turn(base, &mut document, &subsidy_key(Stream::Al, Cluster::Bohai), 200.0);
    let all = bench.measure(&document).allocation;
    assert!((all.account.subsidy_yuan / (200.0 * all.by_cluster.bohai.al.product_t) - 1.0).abs() < 1e-6);
    turn(base, &mut document, "policy.subsidy_class.all", 2.0);
    assert_eq!(bench.measure(&document).allocation.account.subsidy_yuan, 0.0, "nobody is marked yet");
    let clean = region.baseline.facilities.iter().find(|f| {
        f.cluster == Some(Cluster::Bohai)
            && f.kind == FacilityKind::Smelter
            && f.takes(Stream::Al)
            && f.status.receives()
    });
    let id = &clean.unwrap().id;
    set(base, &mut document, &PlantFeature::UltraLowEmission.key_of(id), 1.0);
    let answer = bench.measure(&document).allocation;
    let made = answer.facilities.iter().find(|f| f.id == *id).unwrap().used_t.al;
    assert!(made > 0.0 && (answer.account.subsidy_yuan / (200.0 * made) - 1.0).abs() < 1e-6);
}

#[test]
fn an_upgrade_raises_what_its_plant_can_do_and_is_on_the_bill() {
    let region = region();
    let base = &region.baseline;
    let mut bench = Bench::new(&region);
    let plain = bench.measure(&Document::new(base)).allocation;
    let id = plant(&region, Technology::DigitalPlatform);
    let mut document = Document::new(base);
    set(base, &mut document, &PlantFeature::Upgrade(Technology::DigitalPlatform).key_of(id), 1.0);
    let answer = bench.measure(&document).allocation;
    for (a, b) in plain.facilities.iter().zip(&answer.facilities) {
        let factor = if a.id == id { 1.18 } else { 1.0 };
        assert_eq!(
            a.capacity_t.map(|t| (t * factor * 1e6).round()),
            b.capacity_t.map(|t| (t * 1e6).round()),
            "{}",
            a.id
        );
    }
    turn(base, &mut document, BUDGET_KEY, 0.1);
    let bill = bill(document.plan(), &document.scenario().parameters(base));
    let tonnes = base.facilities.iter().find(|f| f.id == id).unwrap().capacity.unwrap().tonnes;
    assert_eq!((bill.lines.len(), bill.lines[0].id.as_str()), (1, id));
    assert!((bill.investment_yuan - 200.0 * tonnes).abs() < 1e-3 && (bill.yearly_yuan - 20.0 * tonnes).abs() < 1e-3);
    assert!((bill.left_yuan().unwrap() - (0.1e9 - 200.0 * tonnes)).abs() < 1e-3);
    assert_eq!(document.scenario().parameters(base).number(GRID_MODE_KEY), 1.0);
}

#[test]
fn two_plants_become_one_in_one_step_or_say_why_not() {
    let region = region();
    let base = &region.baseline;
    let mut document = Document::new(base);
    let smelters: Vec<_> = base
        .facilities
        .iter()
        .filter(|f| f.kind == FacilityKind::Smelter && f.status.receives() && f.capacity.is_some())
        .collect();
    let (a, b) = smelters
        .iter()
        .flat_map(|a| smelters.iter().map(move |b| (a, b)))
        .find(|(a, b)| a.id != b.id && a.metals == b.metals && a.capacity.unwrap().unit == b.capacity.unwrap().unit)
        .unwrap();
    let edits = merger(document.plan(), &a.id, &b.id).unwrap();
    document.make(base, Change::Edits(edits)).unwrap();
    let kept = document.plan().get(&a.id).unwrap();
    let sum = a.capacity.unwrap().tonnes + b.capacity.unwrap().tonnes;
    assert_eq!(kept.facility.capacity.unwrap().tonnes, sum);
    assert!(kept.open && !document.plan().get(&b.id).unwrap().open);
    assert!(matches!(merger(document.plan(), &a.id, &b.id), Err(MergerRefusal::NotRunning(_))));
    assert!(document.undo(base) && !document.can_undo(), "one step");
    let plan = document.plan();
    assert!(matches!(merger(plan, &a.id, &a.id), Err(MergerRefusal::Same(_))));
    assert!(matches!(merger(plan, &a.id, "nobody"), Err(MergerRefusal::Unknown(_))));
    assert!(matches!(merger(plan, &a.id, "HB001"), Err(MergerRefusal::OtherKind(..))));
    let other = smelters.iter().find(|f| f.metals != a.metals && f.capacity.unwrap().unit == a.capacity.unwrap().unit);
    let other = &other.unwrap().id;
    let refused = [merger(plan, &a.id, other), merger(plan, other, &a.id)];
    assert!(refused.iter().any(|r| matches!(r, Err(MergerRefusal::OtherMetal { .. }))), "{refused:?}");
}
