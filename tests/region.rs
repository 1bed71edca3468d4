//! The committed region: what its numbers must add up to.

use atlas_core::{
    account::Rates,
    evaluate::Evaluator,
    geo::haversine_m,
    model::{Cluster, FacilityKind, Mode, ModeSet, ScrapModel, Status, Stream},
    routing::{Aim, Query, Router},
    scenario::{Change, Document, Edit, Plan, Scenario},
    uses::uses,
};
use atlas_tests::{packs, project, region};
use std::collections::BTreeMap;

#[test]
fn people_add_up_to_the_census_prefecture_by_prefecture() {
    let region = region();
    let mut sums = BTreeMap::<u32, f64>::new();
    for cell in &region.ground.cells {
        assert!(cell.people > 0);
        *sums.entry(cell.prefecture).or_default() += f64::from(cell.people);
    }
    for (row, p) in region.baseline.prefectures.iter().enumerate() {
        match p.cluster {
            Some(_) => assert_eq!(sums.get(&(row as u32)).copied(), Some(p.people), "{}", p.name.zh),
            None => assert!(!sums.contains_key(&(row as u32)), "{} is in no cluster", p.name.zh),
        }
    }
    assert!((20_000..40_000).contains(&region.ground.cells.len()), "{} cells", region.ground.cells.len());
}

#[test]
fn every_kind_of_facility_is_there() {
    let region = region();
    let count =
        |kind| region.baseline.facilities.iter().filter(|f| f.kind == kind && f.status != Status::Unnamed).count();
    assert_eq!(count(FacilityKind::Smelter), 97);
    assert!((38..=45).contains(&count(FacilityKind::Hub)));
    assert!((2_500..3_500).contains(&count(FacilityKind::CollectionPoint)));
    assert!(region.baseline.facilities.windows(2).all(|w| w[0].id < w[1].id), "by id, each once");
    for f in &region.baseline.facilities {
        assert!(!f.name.zh.is_empty() && !f.name.en.is_empty(), "{} has both names", f.id);
        let access = region.ground.roads.access(f.at);
        assert!(access.leg_m < 70_000, "{} is {} m from a road", f.id, access.leg_m);
    }
}

/// Aluminium: named effective capacity is far below the target, so something must be unnamed; and named plus unnamed never
/// exceeds the cluster's share.
#[test]
fn unnamed_capacity_fills_the_share_of_the_target_and_no_more() {
    let region = region();
    let p = &region.baseline.parameters;
    let nodes: Vec<_> = region.baseline.facilities.iter().filter(|f| f.status == Status::Unnamed).collect();
    assert!(nodes.iter().any(|f| f.metals.takes(Stream::Al)));
    let total: f64 = nodes.iter().filter(|f| f.metals.takes(Stream::Al)).map(|f| f.capacity.unwrap().tonnes).sum();
    assert!(nodes.iter().all(|f| f.capacity.unwrap().tonnes > 0.0));
    assert!(total < p.number("national.recycled_output_target.Al") * 1000.0);
    let plan = Plan::baseline(&region.baseline);
    assert!(
        plan.open(FacilityKind::Smelter).all(|f| f.status != Status::Unnamed),
        "nothing is sent to a place nobody named"
    );
}

/// The table was worked out apart from this code, by the formula of the scrap model, and rounded to 0.01 kt.
#[test]
fn the_scrap_model_gives_the_scrap_table() {
    let region = region();
    let model = ScrapModel::new(&region.baseline.parameters);
    let mut reader = csv::Reader::from_path(project("data/tables/scrap.csv")).unwrap();
    let headers = reader.headers().unwrap().clone();
    let column = |name: String| headers.iter().position(|h| h == name).unwrap();
    let mut rows = 0;
    for row in reader.records().map(Result::unwrap) {
        let code: u32 = row[0].parse().unwrap();
        let home = region.baseline.prefectures.iter().find(|p| p.adcode == code).expect("a city of the census");
        let generated = model.generated_t(home);
        for s in Stream::ALL {
            let table: f64 = row[column(format!("{}_generated_kt", s.table_key()))].parse().unwrap();
            assert!((generated[s] / 1000.0 - table).abs() < 0.02, "{} {s:?}: {}", home.name.zh, generated[s] / 1000.0);
        }
        rows += 1;
    }
    assert_eq!(rows, region.baseline.prefectures.len());
}

#[test]
fn weights_of_the_scrap_model_share_out_but_never_add() {
    let region = region();
    let base = &region.baseline;
    let total = |parameters: &atlas_core::model::Parameters| {
        let model = ScrapModel::new(parameters);
        base.prefectures.iter().map(|p| model.generated_t(p)[Stream::Cu]).sum::<f64>()
    };
    let mut document = Document::new(base);
    let scale = |document: &mut Document, factor: f64| {
        for i in 1..=3 {
            let key = format!("model.weights_scrap.Cu.{i}");
            let value = base.parameters.number(&key) * factor;
            document.make(base, Change::Parameter(key, Some(value))).unwrap();
        }
    };
    scale(&mut document, 0.5);
    let same = total(&document.scenario().parameters(base));
    assert!((same / total(&base.parameters) - 1.0).abs() < 1e-12);
    // All weight on people: each prefecture's share is its share of the nation's people.
    for (i, value) in [(1, 1.0), (2, 0.0), (3, 0.0)] {
        document.make(base, Change::Parameter(format!("model.weights_scrap.Cu.{i}"), Some(value))).unwrap();
    }
    let people: f64 = base.prefectures.iter().map(|p| p.people).sum();
    let share = people / (base.parameters.number("national.population.all") * 1e6);
    let expected = base.parameters.number("national.domestic_scrap.Cu") * 1000.0 / 0.76 * share;
    assert!((total(&document.scenario().parameters(base)) / expected - 1.0).abs() < 1e-12);
}

#[test]
fn what_arises_is_what_the_scrap_model_says() {
    let region = region();
    let plan = Plan::baseline(&region.baseline);
    let evaluation = Evaluator::default().evaluate(&region, &plan, &Scenario::default());
    let model = ScrapModel::new(&region.baseline.parameters);
    for s in Stream::ALL {
        let table: f64 =
            region.baseline.prefectures.iter().filter(|p| p.cluster.is_some()).map(|p| model.generated_t(p)[s]).sum();
        let figure = evaluation.total.generated_t[s];
        assert!((figure / table - 1.0).abs() < 1e-9, "{s:?}: {figure} against {table}");
        let brought: f64 = evaluation.facilities.iter().filter(|h| h.id.starts_with("CP")).map(|h| h.gross_t[s]).sum();
        assert!((brought / evaluation.total.gross_t[s] - 1.0).abs() < 1e-9, "{s:?}: all is brought to some point");
    }
    let clusters: f64 = Cluster::ALL.iter().map(|c| evaluation.by_cluster[*c].tonne_km).sum();
    assert!((clusters / evaluation.total.tonne_km - 1.0).abs() < 1e-12);
    assert_eq!(evaluation.total.people_unreached, 0.0);
}

#[test]
fn a_new_point_takes_only_the_cells_that_are_nearer_to_it() {
    let region = region();
    let mut evaluator = Evaluator::default();
    let base = Plan::baseline(&region.baseline);
    evaluator.evaluate(&region, &base, &Scenario::default());
    let before = evaluator.owners().to_vec();
    let ids: Vec<&str> = base.facilities().iter().map(|p| p.facility.id.as_str()).collect();

    let mut doc = Document::new(&region.baseline);
    let at = atlas_core::geo::LonLat::new(117.9, 33.1);
    let new = atlas_core::scenario::NewFacility {
        id: "UC001".into(),
        kind: FacilityKind::CollectionPoint,
        name: Default::default(),
        at,
        metals: vec![],
        capacity_t: None,
    };
    doc.make(&region.baseline, Change::Edit(Edit::Add(new))).unwrap();
    let after_plan = evaluator.evaluate(&region, doc.plan(), &Scenario::default());
    let new_ids: Vec<&str> = doc.plan().facilities().iter().map(|p| p.facility.id.as_str()).collect();
    let mut gained = 0;
    for (b, a) in before.iter().zip(evaluator.owners()) {
        let (b, a) = (b.unwrap(), a.unwrap());
        if new_ids[a.owner as usize] == "UC001" {
            gained += 1;
            assert!(a.distance_m < b.distance_m || (a.distance_m == b.distance_m && "UC001" < ids[b.owner as usize]));
        } else {
            assert_eq!((ids[b.owner as usize], b.distance_m), (new_ids[a.owner as usize], a.distance_m));
        }
    }
    let handled = after_plan.handled("UC001").unwrap();
    assert!(gained > 0 && handled.cells == gained);
    // Taking it back gives the baseline to the bit.
    doc.undo(&region.baseline);
    let again = evaluator.evaluate(&region, doc.plan(), &Scenario::default());
    assert_eq!(again, Evaluator::default().evaluate(&region, &base, &Scenario::default()));
}

#[test]
fn packs_stay_small() {
    let sizes = packs().map(|p| p.len());
    assert!(sizes.iter().sum::<usize>() < 3 << 20, "{sizes:?} bytes");
}

#[test]
fn seats_are_near_their_cells() {
    let region = region();
    for cell in region.ground.cells.iter().step_by(211) {
        let seat = region.baseline.prefectures[cell.prefecture as usize].seat;
        assert!(haversine_m(cell.at, seat) < 260_000.0);
    }
}

/// Whatever a scenario is allowed to set, figures and ways stay numbers.
#[test]
fn any_parameter_at_either_end_of_its_range_gives_numbers() {
    let region = region();
    let base = &region.baseline;
    let mut evaluator = Evaluator::default();
    let mut router = Router::new(&region.ground, &base.facilities);
    let plan = Plan::baseline(base);
    let seat = |code| base.prefectures.iter().find(|p| p.adcode == code).unwrap().seat;
    let none = Default::default();
    let mut tried = 0;
    for row in base.parameters.rows().iter().filter(|p| uses(&p.key).iter().any(|u| u.follows_scenario())) {
        let (low, high) = row.range();
        for value in [low, high] {
            let mut document = Document::new(base);
            document
                .make(base, Change::Parameter(row.key.clone(), Some(value)))
                .expect("an end of the range is inside");
            let scenario = document.scenario();
            let total = evaluator.evaluate(&region, &plan, scenario).total;
            let figures = [
                total.collected_t.total(),
                total.mean_haul_km.unwrap(),
                total.transport_yuan_per_t.unwrap(),
                total.transport_kg_co2e_per_t.unwrap(),
                total.tonne_km,
            ];
            assert!(figures.iter().all(|f| f.is_finite() && *f >= 0.0), "{} = {value}: {figures:?}", row.key);
            let rates = Rates::new(&scenario.parameters(base), &scenario.levers);
            for (aim, modes) in [(Aim::COST, ModeSet::ALL), (Aim::HOURS, [Mode::Rail].into_iter().collect())] {
                let query = Query {
                    from: (&none, seat(320_500)),
                    to: (&none, seat(370_100)),
                    modes,
                    aim,
                    stream: Stream::Other,
                    alternatives: 1,
                };
                let way = router.route(&region, &plan, &rates, &query).expect("joined").best;
                let sum = way.legs.iter().map(|l| l.haul.km).sum::<f64>();
                let numbers = [way.total.km, way.total.hours, way.total.yuan_per_t, way.total.kg_co2e_per_t];
                assert!(numbers.iter().all(|n| n.is_finite() && *n >= 0.0), "{} = {value}: {numbers:?}", row.key);
                assert!((sum - way.total.km).abs() < 1e-6 && sum > 30.0, "{} = {value}: {sum} km", row.key);
            }
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}
