//! What breaks the network: on the real map, and on a small one against taking every facility out by hand and solving a linear
//! programme of another's.

use atlas_core::{
    account::Rates,
    allocation::{Allocator, Answer, CARBON_PRICE_KEY, Leg},
    evaluate::Evaluator,
    geo::LonLat,
    graph::{Link, Network},
    model::{
        Baseline, Capacity, CapacityUnit, Cluster, DemandCell, Facility, FacilityKind, Ground, Metal, Name, PerMode,
        Prefecture, Region, ScrapModel, Stream,
    },
    profile::Measure,
    response::{Aim, Bench},
    routing::MeanRide,
    scenario::{Change, Document, Edit, Levers},
    uncertainty::{Detour, Detours, PayoffJob, Shock, ShockKind, StopKind, Stress, general, shocks},
};
use atlas_tests::region;
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};

/// Towns along one road, in km from the first, with the lead that arises there and the share of industry.
const TOWNS: [(f64, f64, f64); 5] =
    [(0.0, 500.0, 0.1), (60.0, 300.0, 0.2), (140.0, 200.0, 0.16), (210.0, 400.0, 0.1), (600.0, 0.0, 0.04)];
/// Nameplates of the smelters, one a town; half of it can be used.
const PLATES: [f64; 5] = [200.0, 500.0, 200.0, 600.0, 200.0];
/// A tonne of lead takes so much scrap: four fifths of the metal in it, which is half of it.
const GROSS: f64 = 2.5;

fn towns() -> Region {
    let at: Vec<LonLat> = TOWNS.iter().map(|(km, ..)| LonLat::new(112.0 + km / 95.0, 31.0)).collect();
    let province = |town: usize| if town < 2 { "江苏省" } else { "浙江省" };
    let real = region();
    let pattern = real.baseline.facilities.iter().find(|f| f.id == "SM001").expect("a smelter that runs").clone();
    let facility = |id: String, kind, town: usize, metals: &[Metal], tonnes: f64| Facility {
        id,
        kind,
        at: at[town],
        name: Name::default(),
        cluster: Some(Cluster::Yrd),
        province: province(town).into(),
        metals: metals.iter().copied().collect(),
        capacity: Some(Capacity { tonnes, unit: CapacityUnit::Product }),
        ..pattern.clone()
    };
    let mut facilities = Vec::new();
    let mut prefectures = Vec::new();
    let mut cells = Vec::new();
    let mut set: std::collections::BTreeMap<String, f64> = [
        ("national.recovery_rate.all.2025", 50.0),
        ("process.metal_content_feed.Pb", 50.0),
        ("process.smelter_yield.Pb", 80.0),
        ("model.utilisation.all", 0.5),
        ("model.road_length_factor.all.truck", 1.0),
        ("national.secondary_value_added.all", 1.0),
        ("national.recycled_output_target.Pb", 1.0),
        (CARBON_PRICE_KEY, 0.0),
    ]
    .map(|(k, v)| (k.to_owned(), v))
    .into();
    for (town, (_, lead, industry)) in TOWNS.into_iter().enumerate() {
        let adcode = 320_100 + 100 * town as u32;
        prefectures.push(Prefecture {
            adcode,
            province: province(town).into(),
            cluster: Some(Cluster::Yrd),
            seat: at[town],
            people: 1_000.0,
            urban_people: Some(1_000.0),
            secondary_value_added_yuan: industry * 1e12,
            gdp_yuan: 1e8,
            ..Prefecture::default()
        });
        for s in Stream::ALL {
            set.insert(ScrapModel::set_key(adcode, s), if s == Stream::Pb { lead } else { 0.0 });
        }
        let (h3, people) = (town as u64 + 1, if lead > 0.0 { 1_000 } else { 0 });
        if people > 0 {
            cells.push(DemandCell { h3, at: at[town], people, prefecture: town as u32, cluster: Cluster::Yrd });
            facilities.push(facility(format!("CP{town}"), FacilityKind::CollectionPoint, town, &[], 1e6));
        }
    }
    for (town, plate) in PLATES.into_iter().enumerate() {
        facilities.push(facility(format!("SM{town}"), FacilityKind::Smelter, town, &[Metal::Pb], plate));
    }
    let link = |a: usize| Link { length_m: (1000.0 * (TOWNS[a + 1].0 - TOWNS[a].0)) as u32, class: 1 };
    let roads = Network::new(at.clone(), (0..TOWNS.len() - 1).map(|a| (a as u32, a as u32 + 1, link(a)))).unwrap();
    let none = || Network::new(vec![at[0]], []).unwrap();
    let cell_access = cells.iter().map(|c| roads.access(c.at)).collect();
    let parameters = real.baseline.parameters.with(&set);
    let baseline = Baseline { prefectures, facilities, parameters, ..Baseline::default() };
    let ground = Ground {
        roads,
        rails: none(),
        waterways: none(),
        sealanes: none(),
        cells,
        cell_access,
        places: vec![],
        outside: vec![],
    };
    Region { baseline, ground }
}

/// What a linear programme says of the towns without one smelter: lead left over and unmet in tonnes of lead, and the yuan of all
/// hauls and of smelting at so many a tonne.
fn by_hand(region: &Region, out: Option<usize>, smelting: f64) -> [f64; 3] {
    let rates = Rates::new(&region.baseline.parameters, &Levers::default());
    let haul = |a: usize, b: usize, stream: Stream, times: f64| {
        let metres = PerMode { road: 1000.0 * (TOWNS[a].0 - TOWNS[b].0).abs(), ..PerMode::default() };
        let ends = PerMode { road: 2.0, ..PerMode::default() };
        times * MeanRide { metres, ends }.haul(&rates, stream).yuan_per_t
    };
    // Scrap of lead is hazardous and dearer to carry; metal is not. Users stand at the seat of their province from which its industry is nearest: the second town, and the third.
    let buyers = [(1, 300.0), (2, 300.0)];
    let open: Vec<usize> = (0..PLATES.len()).filter(|s| Some(*s) != out).collect();
    let mut lp = Problem::new(OptimizationDirection::Minimize);
    let mut brought: Vec<Vec<microlp::Variable>> = vec![vec![]; PLATES.len()];
    let mut left = vec![];
    for (town, (_, lead, _)) in TOWNS.into_iter().enumerate().filter(|(_, t)| t.1 > 0.0) {
        // Half of it is collected, and four fifths of that come of it.
        let supply = lead * 0.5 * 0.8;
        let mut row: Vec<(microlp::Variable, f64)> = vec![];
        for s in &open {
            let x = lp.add_var(haul(town, *s, Stream::Pb, GROSS) + smelting, (0.0, f64::INFINITY));
            brought[*s].push(x);
            row.push((x, 1.0));
        }
        let slack = lp.add_var(4e6, (0.0, f64::INFINITY));
        left.push(slack);
        row.push((slack, 1.0));
        lp.add_constraint(row, ComparisonOp::Eq, supply);
    }
    let mut unmet = vec![];
    let mut sold: Vec<Vec<microlp::Variable>> = vec![vec![]; PLATES.len()];
    for (town, wanted) in buyers {
        let mut row: Vec<(microlp::Variable, f64)> = vec![];
        for s in &open {
            let y = lp.add_var(haul(*s, town, Stream::Al, 1.0), (0.0, f64::INFINITY));
            sold[*s].push(y);
            row.push((y, 1.0));
        }
        let slack = lp.add_var(1e6, (0.0, f64::INFINITY));
        unmet.push(slack);
        row.push((slack, 1.0));
        lp.add_constraint(row, ComparisonOp::Eq, wanted);
    }
    for s in &open {
        let in_: Vec<_> = brought[*s].iter().map(|x| (*x, 1.0)).collect();
        lp.add_constraint(in_.clone(), ComparisonOp::Le, 0.5 * PLATES[*s]);
        // What is not sold leaves for nothing.
        let balance: Vec<_> = in_.into_iter().chain(sold[*s].iter().map(|y| (*y, -1.0))).collect();
        lp.add_constraint(balance, ComparisonOp::Ge, 0.0);
    }
    let SolveOutcome::Solution(found) = lp.solve().expect("the towns have a plan") else { panic!("interrupted") };
    let sum = |of: &[microlp::Variable]| of.iter().map(|v| found[*v]).sum::<f64>();
    let (left, unmet) = (sum(&left), sum(&unmet));
    [left, unmet, found.objective() - 4e6 * left - 1e6 * unmet]
}

fn allocate(region: &Region, document: &Document) -> Answer {
    let evaluation = Evaluator::default().evaluate(region, document.plan(), document.scenario());
    Allocator::default().allocate(region, document.plan(), document.scenario(), &evaluation)
}

#[test]
fn harm_in_a_row_of_towns_is_what_taking_each_smelter_out_by_hand_says() {
    let region = towns();
    let base = Document::new(&region.baseline);
    let whole = allocate(&region, &base);
    let made = whole.balance[Stream::Pb].product_t;
    let smelting = whole.account.smelting_yuan / made;
    let hand: Vec<[f64; 3]> = (0..PLATES.len()).map(|s| by_hand(&region, Some(s), smelting)).collect();
    let none = by_hand(&region, None, smelting);
    let all: Vec<Shock> = (0..PLATES.len()).map(|s| Shock::Out(format!("SM{s}"))).collect();
    let found = Stress::new(&region.baseline, &base, all, 5).finish(&region, &mut Bench::default());
    // Metal in scrap and lead made of it: four fifths.
    let near = |a: f64, b: f64, what: &str| assert!((a - b).abs() <= 0.01 + 2e-5 * b.abs(), "{what}: {a}, by hand {b}");
    near(found.base.unallocated_t * 0.8, none[0], "left over");
    near(whole.balance[Stream::Pb].unmet_t, none[1], "unmet");
    near(found.base.yuan, none[2], "yuan");
    assert_eq!(found.shocks.len(), PLATES.len());
    for s in &found.shocks {
        let Shock::Out(id) = &s.shock else { panic!("{:?}", s.shock) };
        let by = hand[id[2..].parse::<usize>().unwrap()];
        for harm in [Some(s.harm), s.full].into_iter().flatten() {
            near(harm.unallocated_t * 0.8, by[0] - none[0], id);
            near(harm.unmet_t, by[1] - none[1], id);
            near(harm.yuan, by[2] - none[2], id);
        }
        assert!(s.full.is_some(), "{id}: the five worst are all there are");
    }
    // The order by hand: what is short as the allocation weighs it, then the yuan.
    let mut rows: Vec<usize> = (0..PLATES.len()).collect();
    let short = |s: usize| (4.0 * hand[s][0] / 0.8 + hand[s][1], hand[s][2]);
    rows.sort_by(|a, b| {
        let ((x, xy), (y, yy)) = (short(*a), short(*b));
        if (x - y).abs() > 0.1 { y.total_cmp(&x) } else { yy.total_cmp(&xy) }
    });
    let keys: Vec<String> = found.shocks.iter().map(|s| s.shock.key()).collect();
    assert_eq!(keys, rows.iter().map(|s| format!("out:SM{s}")).collect::<Vec<_>>());
    // Something is left over where the largest stands still, nothing where nobody uses it.
    assert!(found.shocks[0].harm.unallocated_t > 5.0, "{:?}", found.shocks[0]);
    let last = found.shocks.last().unwrap();
    assert!(last.idle && last.harm.is_nothing() && last.shock == Shock::Out("SM4".into()), "{last:?}");
}

#[test]
fn what_nobody_uses_does_no_harm_when_it_is_solved_after_all() {
    let region = region();
    let base = Document::new(&region.baseline);
    let all: Vec<Shock> = shocks(&region.baseline, &base)
        .into_iter()
        .filter(|s| matches!(s.kind(&base), Some(ShockKind::Smelter | ShockKind::Hub | ShockKind::Imports)))
        .collect();
    let mut bench = Bench::default();
    let found = Stress::new(&region.baseline, &base, all, 0).finish(&region, &mut bench);
    let idle: Vec<&Shock> = found.shocks.iter().filter(|s| s.idle).map(|s| &s.shock).collect();
    assert!(idle.len() >= 5, "{}", idle.len());
    let whole = allocate(&region, &base);
    for shock in idle.into_iter().take(4) {
        let without = allocate(&region, &shock.strike(&region.baseline, &base).unwrap());
        let slack = |a: &Answer| -> f64 {
            Stream::ALL.into_iter().map(|s| a.balance[s].unmet_t + a.balance[s].unallocated_t).sum()
        };
        assert!((slack(&without) - slack(&whole)).abs() < 1.0, "{}", shock.key());
        // Both are proved to a millionth.
        let off = (without.objective - whole.objective).abs() / whole.objective;
        assert!(off <= 2e-6, "{}: {off}", shock.key());
    }
}

#[test]
fn a_detour_adds_up_to_the_harm() {
    let region = region();
    let base = Document::new(&region.baseline);
    let (mut bench, mut detours) = (Bench::default(), Detours::default());
    let whole = allocate(&region, &base);
    for id in ["SM006", "HB001"] {
        let shock = Shock::Out(id.into());
        assert!(detours.begin(&region, &base, shock.clone()));
        let d = detours.finish(&region, &mut bench).expect("it was asked for");
        assert_eq!(d.shock, shock);
        let near = |a: f64, b: f64, size: f64, what: &str| {
            assert!((a - b).abs() <= 1e-9 * size + 1e-6 * b.abs(), "{id} {what}: {a} and {b}");
        };
        let sum = |of: fn(&atlas_core::uncertainty::Turn) -> f64| -> f64 {
            d.gained.iter().map(of).sum::<f64>() - d.lost.iter().map(of).sum::<f64>()
        };
        near(sum(|t| t.yuan) + d.rest.yuan, d.stages.haul_yuan, d.base.yuan, "hauls");
        near(sum(|t| t.kg_co2e) + d.rest.kg_co2e, d.stages.haul_kg_co2e, d.base.kg_co2e, "CO2 of hauls");
        near(d.stages.yuan(), d.harm.yuan, d.base.yuan, "yuan");
        near(d.stages.haul_kg_co2e + d.stages.smelting_kg_co2e, d.harm.kg_co2e, d.base.kg_co2e, "CO2");
        let left: f64 = d.stranded.iter().map(|s| s.tonnes.total()).sum();
        let missed: f64 = d.missed.iter().map(|s| s.tonnes.total()).sum();
        assert!((left - d.harm.unallocated_t).abs() < 5.0, "{id}: {left} of {:?}", d.harm);
        assert!((missed - d.harm.unmet_t).abs() < 10.0, "{id}: {missed} of {:?}", d.harm);
        // Everything that went there goes nowhere or elsewhere.
        let own = d.stops.iter().position(|s| s.key == id).expect("an end of flows") as u32;
        let into: f64 = d.lost.iter().filter(|t| t.to == own && t.leg.is_scrap()).map(|t| t.gross_t).sum();
        let place = whole.places.iter().position(|p| p.end.key() == id).unwrap() as u32;
        let took: f64 = whole.flows.iter().filter(|f| f.to == place && f.leg.is_scrap()).map(|f| f.gross_t).sum();
        assert!((into - took).abs() < 20.0 + 1e-3 * took, "{id}: {into} of {took} t");
        assert!(d.gained.iter().all(|t| t.from != own && t.to != own));
        assert!(d.lost.iter().chain(&d.gained).all(|t| t.gross_t >= 1.0 && t.km >= 0.0));
        assert!(d.stops.iter().any(|s| s.kind == StopKind::Points));
        assert!(d.lost.iter().any(|t| t.leg == Leg::ToHub || t.leg == Leg::ToSmelter));
    }
    // The plan is known from then on, and what is not there is refused.
    assert!(!detours.begin(&region, &base, Shock::Out("nobody".into())));
    assert!(detours.finish(&region, &mut bench).is_none());
    let same = Detour::between(Shock::DearFreight, &whole, &whole);
    assert!(same.lost.is_empty() && same.gained.is_empty() && same.harm.is_nothing());
}

#[test]
fn a_plan_with_room_to_spare_loses_least() {
    let region = region();
    let base = Document::new(&region.baseline);
    let mut roomy = base.clone();
    roomy
        .make(&region.baseline, Change::Edit(Edit::SetCapacity { id: "SM006".into(), tonnes: Some(900_000.0) }))
        .unwrap();
    let mut closed = base.clone();
    closed.make(&region.baseline, Change::Edit(Edit::Close { id: "SM030".into() })).unwrap();
    let made = Aim::of(Measure::Made(None), None);
    let mut cases = vec![Shock::Out("SM030".into()), Shock::ClaimedDemand];
    assert!(general(&region.baseline).contains(&cases[1]));
    cases.push(Shock::NoImports(Stream::Cu));
    let plans = vec![base, roomy, closed];
    let found = PayoffJob::new(plans, &cases, vec![made]).finish(&region, &mut Bench::default());
    assert_eq!(found.cases.len(), 4);
    // Where SM030 is closed already it cannot stand still: things are as they are.
    assert_eq!(found.spared, [vec![false; 4], vec![false; 4], vec![false, true, false, false]]);
    assert_eq!(found.values[2][1], found.values[2][0]);
    let m = found.regret(&made).unwrap();
    assert_eq!((m.least, m.safest), (vec![1], vec![1]));
    assert!(m.plans[2].most.unwrap().0 > 100_000.0, "{:?}", m.plans);
    // Both lose SM030 in that case: the plan that has it is no better there.
    let at_stake = m.regret[0][1].unwrap() - m.regret[2][1].unwrap();
    assert!(at_stake.abs() < 2_000.0, "{:?}", m.regret);
}
