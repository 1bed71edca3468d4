//! Territories on the real region say what the evaluation and the allocation say of clusters, and a small region says what
//! paper says.

use atlas_core::{
    geo::LonLat,
    graph::{Link, Network},
    model::{
        Baseline, Capacity, CapacityUnit, Cluster, DemandCell, Facility, FacilityKind, Ground, Metal, Mode, Name,
        Parameters, Prefecture, Region, ScrapModel, Stream,
    },
    profile::{Area, Gathering, Measure, NoValue, Normal, Profile, Profiles, Stage},
    scenario::Scenario,
};
use atlas_tests::{clusters_golden, difference, measure, project, region, scenarios};

fn value(m: Measure, p: &Profile) -> f64 {
    m.value(p, Normal::Absolute).unwrap_or_else(|why| panic!("{}: {}", m.key(), why.code()))
}

fn same(a: f64, b: f64, what: &str) {
    assert!((a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0), "{what}: {a} against {b}");
}

#[test]
fn measures_of_clusters_are_as_accepted() {
    let region = region();
    for (name, scenario) in scenarios() {
        let path = project("tests/golden/clusters").join(format!("{name}.json"));
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        let new = clusters_golden(&Profiles::new(&region, &measure(&region, &scenario)));
        assert!(
            old == new,
            "{name} has changed:\n{}If that is right: cargo run -p atlas-tests --bin accept",
            difference(&old, &new)
        );
    }
}

#[test]
fn clusters_are_those_of_the_evaluation_and_the_allocation() {
    let region = region();
    let measured = measure(&region, &Scenario::default());
    let (evaluation, answer) = (&measured.evaluation, &measured.allocation);
    let gathering = Gathering::new(&region, &measured);
    let profiles = Profiles::new(&region, &measured);
    for c in Cluster::ALL {
        let (p, f, a) = (&profiles.by_cluster[c], &evaluation.by_cluster[c], &answer.account_by_cluster[c]);
        same(p.people.value(), f.people, "people");
        same(value(Measure::MeanWay, p), f.mean_collection_km.unwrap(), "way");
        for s in Stream::ALL {
            let b = &answer.by_cluster[c][s];
            same(p.generated_t[s].value(), f.generated_t[s], "generated");
            same(p.collected_t[s].value(), f.collected_t[s], "collected");
            same(p.demand_t[s].value(), b.demand_t, "demand");
            same(p.product_t[s].value(), b.product_t, "made");
            same(p.unallocated_t[s].value(), b.unallocated_t, "unallocated");
        }
        same(p.account.yuan(), a.yuan(), "cost");
        same(p.account.friction_yuan, a.friction_yuan, "friction");
        same(p.account.kg_co2e(), a.kg_co2e(), "emissions");
        for mode in Mode::ALL {
            same(p.account.tonne_km[mode], a.tonne_km[mode], "tonne-km");
        }
        same(value(Measure::Emitted, p), p.carbon.emitted_kg(), "emissions of both accounts");
        same(value(Measure::HaulCo2, p) + value(Measure::CollectionCo2, p), p.carbon.transport_kg(), "transport");
        same(p.trade.out_t.value(), a.cross_cluster_t, "outflow");
        let matrix = &answer.scrap_matrix;
        let from: f64 =
            Cluster::ALL.into_iter().filter(|d| *d != c).map(|d| matrix[d as usize][c as usize].total()).sum();
        same(p.trade.from_clusters_t.value(), from, "inflow");
        let outside = matrix[3][c as usize].total();
        same((p.trade.from_corridor_t + p.trade.imported_t).value(), outside, "corridor and imports");
        let abroad = &answer.product_matrix[c as usize];
        same(p.trade.exported_t.value(), abroad[3].total(), "exports");
        let used: f64 = Cluster::ALL.into_iter().filter(|d| *d != c).map(|d| abroad[d as usize].total()).sum();
        same(p.trade.product_out_t.value(), used, "product out");
        let coverage = &measured.surveyed.survey.coverage.by_cluster[c];
        same(value(Measure::CoveredPeople, p), coverage.within.people / coverage.total.people, "coverage");
        // A cluster is its provinces, and these their prefectures.
        let own = || Area::Cluster(c).prefectures(&region.baseline).cloned().collect::<Vec<_>>();
        let mut provinces: Vec<String> = own().into_iter().map(|h| h.province).collect();
        provinces.dedup();
        let by_name = gathering.profile(&Area::Provinces(provinces));
        let by_code = gathering.profile(&Area::Prefectures(own().iter().map(|h| h.adcode).collect()));
        for m in Measure::all() {
            let told = |p: &Profile| m.value(p, Normal::PerTonne).or_else(|_| m.value(p, Normal::Absolute));
            assert_eq!(told(&by_name), told(p), "{}", m.key());
            assert_eq!(told(&by_code), told(p), "{}", m.key());
        }
    }
    let all = &profiles.all;
    same(all.people.value(), evaluation.total.people, "people");
    same(all.account.yuan(), answer.account.yuan(), "cost");
    assert_eq!(all.trade.out_t.value(), 0.0, "nothing leaves all of them");
    let equity = measured.surveyed.survey.coverage.equity.unwrap();
    same(value(Measure::Gini, all), equity.gini, "Gini");
    same(value(Measure::WorstToBest, all), equity.worst_tenth / equity.best_tenth, "tenths");
    // Named plants of prefectures add up to the cluster's.
    let each: f64 = Area::Cluster(Cluster::Yrd)
        .prefectures(&region.baseline)
        .map(|h| gathering.profile(&Area::Prefectures(vec![h.adcode])))
        .map(|p| Stream::ALL.into_iter().map(|s| p.smelters[s].named_t.value()).sum::<f64>())
        .sum();
    same(each, value(Measure::NamedCapacity(None), &profiles.by_cluster.yrd), "named capacity");
    let suzhou = gathering.profile(&Area::Prefectures(vec![320_500]));
    let of = |m: Measure| m.value(&suzhou, Normal::Absolute);
    assert_eq!(of(Measure::SelfSufficiency(Stream::Al)), Err(NoValue::PartOfCluster));
    assert_eq!(of(Measure::ProductIn), Err(NoValue::PartOfProvince));
    assert!(of(Measure::Generated(Some(Stream::Al))).unwrap() > 0.0);
    // A prefecture without a smelter says so.
    let bare = Area::Prefectures(vec![330_900]);
    assert_eq!(Measure::NamedUse(None).value(&gathering.profile(&bare), Normal::Absolute), Err(NoValue::NoPlants));
}

/// Three cities on a road, A 100 km from B, B 50 km from C; a point and a lead smelter each in A and B.
///
/// | | A | B | C |
/// |---|---|---|---|
/// | residents | 1,000 | 2,000 | 1,000 |
/// | lead generated, t | 500 | 300 | 200 |
/// | collected at 50 %, t metal | 250 | 150 | 100 |
/// | gross at 50 % metal, t | 500 | 300 | 200 |
/// | capacity, half of nameplate, t | 100 | 500 | - |
/// | value added, 10^12 yuan, of 1 in the nation | 0.1 | 0.2 | 0.1 |
/// | demand, of 1,000 t in the nation, t | 100 | 200 | 100 |
fn three_cities() -> Region {
    let at = |lon| LonLat::new(lon, 31.0);
    let (a, b, c) = (at(118.0), at(119.05), at(119.58));
    let city = |adcode, province: &str, seat, people: f64, industry: f64| Prefecture {
        adcode,
        province: province.into(),
        cluster: Some(Cluster::Yrd),
        seat,
        people,
        urban_people: Some(people),
        secondary_value_added_yuan: industry * 1e12,
        gdp_yuan: people * 1e5,
        ..Prefecture::default()
    };
    let real = region();
    let pattern = real.baseline.facilities.iter().find(|f| f.id == "SM001").expect("a smelter that runs").clone();
    let facility = |id: &str, kind, at, province: &str, metals: &[Metal], tonnes: f64| {
        let real = pattern.clone();
        Facility {
            id: id.into(),
            kind,
            at,
            name: Name::default(),
            cluster: Some(Cluster::Yrd),
            province: province.into(),
            metals: metals.iter().copied().collect(),
            capacity: Some(Capacity { tonnes, unit: CapacityUnit::Product }),
            ..real
        }
    };
    use FacilityKind::{CollectionPoint, Smelter};
    let lead = [Metal::Pb];
    let point =
        |id, at, street_points| Facility { street_points, ..facility(id, CollectionPoint, at, "江苏省", &[], 1e6) };
    let link = |m| Link { length_m: m, class: 1 };
    let roads = Network::new(vec![a, b, c], [(0, 1, link(100_000)), (1, 2, link(50_000))]).unwrap();
    let none = || Network::new(vec![a], []).unwrap();
    let cell = |h3, at, people, prefecture| DemandCell { h3, at, people, prefecture, cluster: Cluster::Yrd };
    let cells = vec![cell(1, a, 1_000, 0), cell(2, b, 2_000, 1), cell(3, c, 1_000, 2)];
    let cell_access = cells.iter().map(|c| roads.access(c.at)).collect();
    let mut set: std::collections::BTreeMap<String, f64> = [
        ("national.recovery_rate.all.2025", 50.0),
        ("process.metal_content_feed.Pb", 50.0),
        ("process.smelter_yield.Pb", 80.0),
        ("model.utilisation.all", 0.5),
        ("model.road_length_factor.all.truck", 1.0),
        ("freight.cost.all.truck_collect", 1.0),
        ("national.secondary_value_added.all", 1.0),
        ("national.recycled_output_target.Pb", 1.0),
        ("policy.leader_threshold.all", 0.5),
    ]
    .map(|(k, v)| (k.to_owned(), v))
    .into();
    let generated = [(320_100, 500.0), (320_500, 300.0), (330_100, 200.0)];
    for (adcode, lead) in generated {
        for s in Stream::ALL {
            let key = ScrapModel::set_key(adcode, s);
            set.insert(key, if s == Stream::Pb { lead } else { 0.0 });
        }
    }
    let parameters: Parameters = real.baseline.parameters.with(&set);
    let baseline = Baseline {
        prefectures: vec![
            city(320_100, "江苏省", a, 1_000.0, 0.1),
            city(320_500, "江苏省", b, 2_000.0, 0.2),
            city(330_100, "浙江省", c, 1_000.0, 0.1),
        ],
        facilities: vec![
            point("CP1", a, 2.0),
            point("CP2", b, 1.0),
            facility("SM1", Smelter, a, "江苏省", &lead, 200.0),
            facility("SM2", Smelter, b, "江苏省", &lead, 1_000.0),
        ],
        parameters,
        ..Baseline::default()
    };
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

#[test]
fn three_cities_say_what_paper_says() {
    let region = three_cities();
    let measured = measure(&region, &Scenario::default());
    let gathering = Gathering::new(&region, &measured);
    let all = gathering.profile(&Area::Cluster(Cluster::Yrd));
    let [a, b, c] = [320_100, 320_500, 330_100].map(|code| gathering.profile(&Area::Prefectures(vec![code])));
    let near = |m: Measure, p: &Profile, wanted: f64| {
        let found = value(m, p);
        assert!((found - wanted).abs() <= 1e-5 * wanted.abs().max(1.0), "{}: {found}, on paper {wanted}", m.key());
    };
    let lead = Some(Stream::Pb);
    // 500 + 300 + 200, half of it collected.
    near(Measure::Generated(lead), &all, 1_000.0);
    near(Measure::Collected(lead), &all, 500.0);
    near(Measure::CollectionRate, &all, 0.5);
    near(Measure::Collected(lead), &c, 100.0);
    // C brings 200 gross t over 50 km, the others nothing over any way: 200 x 50 / 1,000.
    near(Measure::MeanWay, &all, 10.0);
    near(Measure::MeanWay, &c, 50.0);
    // 10,000 t-km at 1 yuan, by the 500 t collected.
    near(Measure::Stage(Stage::Collection), &all, 10_000.0);
    assert!((Measure::Stage(Stage::Collection).value(&all, Normal::PerTonne).unwrap() - 20.0).abs() < 1e-9);
    // 4,000 residents, 2 + 1 street points; three quarters have no way at all.
    near(Measure::PeoplePerPoint, &all, 4_000.0 / 3.0);
    near(Measure::Gini, &all, 0.75);
    assert_eq!(Measure::WorstToBest.value(&all, Normal::Absolute), Err(NoValue::DividesByZero));
    // 250 t of metal at each point make 200 t at a yield of 80 %. A's smelter makes 100; the other 100, 250 gross t, go to B.
    near(Measure::Made(lead), &all, 400.0);
    near(Measure::Made(lead), &a, 100.0);
    near(Measure::Made(lead), &b, 300.0);
    near(Measure::MeanHaul, &all, 25.0);
    near(Measure::MeanHaul, &a, 50.0);
    near(Measure::P95Haul, &all, 100.0);
    near(Measure::Outflow, &a, 250.0);
    near(Measure::FromClusters, &b, 250.0);
    near(Measure::Outflow, &all, 0.0);
    near(Measure::NamedUse(lead), &a, 1.0);
    near(Measure::NamedUse(lead), &b, 0.6);
    // 300 t in the first province shared out 1 to 2, 100 t in the second.
    near(Measure::Demand(lead), &a, 100.0);
    near(Measure::Demand(lead), &b, 200.0);
    near(Measure::Demand(lead), &c, 100.0);
    near(Measure::SelfSufficiency(Stream::Pb), &all, 1.0);
    near(Measure::OwnScrap(Stream::Pb), &all, 1.25);
    // 100 and 500 of 600 t: 1/36 + 25/36; one of the firms reaches the threshold of 500 t.
    near(Measure::Hhi(lead), &all, 26.0 / 36.0);
    near(Measure::Leaders, &all, 1.0);
    near(Measure::LeaderShare, &all, 5.0 / 6.0);
    near(Measure::CapacityOverCollected(Stream::Pb), &all, 100.0);
    let told = |m: Measure, p: &Profile| m.value(p, Normal::Absolute).unwrap_err();
    assert_eq!(told(Measure::NamedUse(None), &c), NoValue::NoPlants);
    assert_eq!(told(Measure::MeanHaul, &c), NoValue::NothingHauled);
    assert_eq!(told(Measure::PeoplePerPoint, &c), NoValue::NoPoints);
    assert_eq!(told(Measure::NormScore, &all), NoValue::NothingChecked);
    // GDP is 100,000 yuan a person.
    assert!((Measure::Collected(None).value(&all, Normal::PerGdp).unwrap() - 500.0 / 4e8).abs() < 1e-15);
}
