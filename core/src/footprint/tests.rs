use super::*;
use crate::{
    account::Haul,
    allocation::{End, Flow, Leg, Place},
    geo::LonLat,
    model::{Mode, Origin, Parameter, Parameters, PerMode},
    scenario::Document,
};

/// Parameters of round numbers, so that every result can be checked on paper.
fn baseline() -> Baseline {
    let rows = [
        ("freight.emission_family.all", 1.0),
        ("freight.ef.all.truck_full", 80.0),
        ("freight.ef.all.truck_collect", 200.0),
        ("freight.ef.all.rail", 20.0),
        ("freight.ef.all.barge", 30.0),
        ("freight.ef.all.coastal", 10.0),
        ("freight.ef_gbt51366.all.truck_full", 70.0),
        ("freight.ef_gbt51366.all.truck_collect", 180.0),
        ("freight.ef_gbt51366.all.rail", 10.0),
        ("freight.ef_gbt51366.all.barge", 15.0),
        ("freight.ef_gbt51366.all.coastal", 12.0),
        ("freight.handling_ef.all.transfer", 1.5),
        ("process.co2_recycled.Al", 0.5),
        ("process.co2_primary.Al", 11.0),
        ("process.energy_recycled.Al", 130.0),
        ("process.energy_saving_vs_primary.Al", 3400.0),
    ];
    let parameter = |(key, value): (&str, f64)| Parameter {
        key: key.into(),
        value,
        low: (key == "process.co2_primary.Al").then_some(10.0),
        high: (key == "process.co2_primary.Al").then_some(16.0),
        unit: String::new(),
        origin: Origin::default(),
        default: None,
    };
    Baseline { parameters: Parameters::new(rows.into_iter().map(parameter).collect()), ..Baseline::default() }
}

fn place(id: &str, province: &str, cluster: Cluster, adcode: u32) -> Place {
    Place {
        end: End::Facility(id.into()),
        at: LonLat::new(120.0, 31.0),
        cluster: Some(cluster),
        province: province.into(),
        adcode,
    }
}

/// 100 t go 50 km by truck, 400 km by train and 30 km by truck to a smelter: 90 t of metal, which go 10 km by truck.
fn answer() -> Answer {
    let carried = |leg, from, to, gross_t, km: [f64; 2], rail| Flow {
        leg,
        from,
        to,
        stream: Stream::Al,
        gross_t,
        metal_t: 95.0,
        product_t: 90.0,
        km: PerMode { road: km[0], rail: km[1], water: 0.0, sea: 0.0 },
        haul: Haul::default(),
        ends: PerMode { road: 2.0, rail, water: 0.0, sea: 0.0 },
    };
    Answer {
        places: vec![
            place("CP1", "江苏省", Cluster::Yrd, 320_100),
            place("SM1", "山东省", Cluster::Bohai, 370_100),
            Place { end: End::Demand("山东省".into()), ..place("", "山东省", Cluster::Bohai, 370_200) },
        ],
        flows: vec![
            carried(Leg::Direct, 0, 1, 100.0, [80.0, 400.0], 2.0),
            carried(Leg::ToDemand, 1, 2, 90.0, [10.0, 0.0], 0.0),
        ],
        ..Answer::default()
    }
}

fn rounds() -> Vec<Round> {
    let of = |al| PerStream { al, ..PerStream::default() };
    vec![Round {
        adcode: 320_200,
        cluster: Cluster::Yrd,
        point: "CP1".into(),
        gross_t: of(100.0),
        metal_t: of(95.0),
        tonne_km: of(600.0),
    }]
}

fn account(family: EmissionFamily, boundary: Boundary) -> Footprint {
    let (baseline, answer, rounds) = (baseline(), answer(), rounds());
    let (document, _) = Document::open(&baseline, crate::scenario::Scenario::default());
    let given = Given {
        baseline: &baseline,
        scenario: document.scenario(),
        plan: document.plan(),
        rounds: &rounds,
        answer: &answer,
    };
    footprint(given, Choice { family, boundary })
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{a} is not {b}");
}

#[test]
fn one_flow_by_two_modes_is_what_it_is_on_paper() {
    let f = account(EmissionFamily::Glec, Boundary::Working);
    let rows: Vec<_> = f
        .elements
        .iter()
        .map(|e| (e.stage.key(), e.kind.key(), e.mode.key(), e.total.gross_t, e.total.tonne_km, e.kg()))
        .collect();
    assert_eq!(
        rows,
        [
            // 600 t-km x 200 g; 100 t x 80 km x 80 g; 100 t x 400 km x 20 g; 2 x 100 t x 1.5 kg; 90 t x 10 km x 80 g.
            ("collection", "round", "road", 100.0, 600.0, Some(120.0)),
            ("scrap", "pre_carriage", "road", 100.0, 8_000.0, Some(640.0)),
            ("scrap", "main", "rail", 100.0, 40_000.0, Some(800.0)),
            ("scrap", "transfer", "rail", 200.0, 0.0, Some(300.0)),
            ("delivery", "main", "road", 90.0, 900.0, Some(72.0)),
        ]
    );
    near(f.total.transport_kg(), 1_932.0);
    // 90 t x 500 kg, x 11 t, x 130 kgce, x 3400 kgce.
    near(f.total.smelting_kg(), 45_000.0);
    near(f.total.avoided_kg, 990_000.0);
    near(f.total.net_kg(), 990_000.0 - 45_000.0 - 1_932.0);
    near(f.total.kgce, 11_700.0);
    near(f.total.saved_kgce, 306_000.0);
    near(f.total.transport_share().expect("something is avoided"), 1_932.0 / 990_000.0);
    // Rounds where scrap arises, hauls where they begin, smelting where it is.
    near(f.by_cluster[Cluster::Yrd].transport_kg(), 1_860.0);
    near(f.by_cluster[Cluster::Bohai].transport_kg(), 72.0);
    near(f.by_cluster[Cluster::Bohai].avoided_kg, 990_000.0);
    let codes: Vec<_> = f.by_place.iter().map(|(code, s)| (*code, s.transport_kg())).collect();
    assert_eq!(codes, [(320_100, 1_740.0), (320_200, 120.0), (370_100, 72.0)]);
    // Smelting and what it avoids stand at the flow into the smelter alone.
    let into: Vec<_> = f.lanes.iter().map(|l| (l.leg, l.carbon.smelting_kg, l.carbon.avoided_kg)).collect();
    assert_eq!(into, [(Leg::Direct, 45_000.0, 990_000.0), (Leg::ToDemand, 0.0, 0.0)]);
}

#[test]
fn families_are_never_mixed() {
    let [glec, gbt] = EmissionFamily::ALL.map(|family| account(family, Boundary::Working));
    assert_eq!(glec.elements.len(), gbt.elements.len());
    for (a, b) in glec.elements.iter().zip(&gbt.elements) {
        assert_eq!((a.stage, a.kind, a.mode), (b.stage, b.kind, b.mode));
        assert_eq!((a.total.gross_t, a.total.tonne_km), (b.total.gross_t, b.total.tonne_km));
        let keys = [&a.intensity.key, &b.intensity.key].map(|k| k.clone().unwrap_or_default());
        assert!(keys[0].starts_with("freight.ef.") || keys[0].starts_with("freight.handling_ef."), "{keys:?}");
        if a.kind == ElementKind::Transfer {
            // Not covered is not nothing.
            assert_eq!((b.kg(), &b.intensity.key), (None, &None));
        } else {
            assert!(keys[1].starts_with("freight.ef_gbt51366."), "{keys:?}");
            assert_ne!(a.kg(), b.kg());
        }
    }
    near(gbt.total.transport_kg(), 108.0 + 560.0 + 400.0 + 63.0);
    let rest = |f: &Footprint| Sums { rounds_kg: 0.0, scrap_kg: 0.0, delivery_kg: 0.0, transfers_kg: 0.0, ..f.total };
    assert_eq!(rest(&glec), rest(&gbt));
    assert_eq!((&glec.processing, &glec.primary), (&gbt.processing, &gbt.primary));
}

#[test]
fn a_boundary_changes_what_is_avoided_and_nothing_else() {
    let [working, narrow, wide] = Boundary::ALL.map(|b| account(EmissionFamily::Glec, b));
    near(narrow.total.avoided_kg, 900_000.0);
    near(wide.total.avoided_kg, 1_440_000.0);
    for f in [&narrow, &wide] {
        assert_eq!(f.elements, working.elements);
        near(f.total.emitted_kg(), working.total.emitted_kg());
    }
    assert!(narrow.primary.al.stated);
    assert_eq!(narrow.primary.cu, Primary { key: "process.co2_primary.Cu".into(), ..Primary::default() });
    assert_eq!(narrow.primary.other.counted_as, CountedAs::LithiumCarbonate);
}

#[test]
fn what_no_table_states_is_told() {
    let f = account(EmissionFamily::Glec, Boundary::Working);
    assert!(f.elements.iter().all(|e| e.energy_mj.is_none()));
    assert!(f.processing.iter().all(|p| p.sorting_kg.is_none()));
    let mean: Vec<_> = f.elements.iter().map(|e| e.mean_km()).collect();
    assert_eq!(mean, [Some(6.0), Some(80.0), Some(400.0), None, Some(10.0)]);
    assert!(f.elements.iter().any(|e| e.mode == Mode::Rail));
}
