//! What is taken out comes in again as it was.

use super::*;
use crate::{
    format::import::{self, Cargo, Ground, Mode, Reading},
    geo::LonLat,
    model::{Baseline, Capacity, CapacityUnit, Cluster, Facility, FacilityKind, Metal, Name, Prefecture},
    scenario::{Change, Document, Edit, NewFacility, Scenario},
};

fn baseline() -> Baseline {
    let (parameters, _) = crate::format::tables::parameters(include_str!("../../../../data/tables/parameters.csv"));
    let seat = LonLat::new(121.0, 31.0);
    let home = Prefecture { adcode: 310_000, cluster: Some(Cluster::Yrd), seat, ..Prefecture::default() };
    let mut baseline = Baseline { parameters, prefectures: vec![home], ..Baseline::default() };
    let made = Document::open(
        &baseline,
        Scenario { edits: vec![add("SM001", FacilityKind::Hub, "Works", 121.2)], ..Scenario::default() },
    );
    let hub = &made.0.plan().facilities()[0].facility;
    let smelter = Facility {
        kind: FacilityKind::Smelter,
        capacity: Some(Capacity { tonnes: 270_000.0, unit: CapacityUnit::Product }),
        ..hub.clone()
    };
    baseline.facilities = vec![smelter];
    baseline
}

fn add(id: &str, kind: FacilityKind, name: &str, lon: f64) -> Edit {
    Edit::Add(NewFacility {
        id: id.into(),
        kind,
        name: Name { zh: name.into(), en: format!("{name} en") },
        at: LonLat::new(lon, 31.234_567_891),
        metals: if kind == FacilityKind::Hub { vec![Metal::Al, Metal::Cu] } else { vec![] },
        capacity_t: Some(123_456.789),
    })
}

/// A plan with names that spreadsheets would run and pages would draw.
fn plan(baseline: &Baseline) -> Document {
    let edits = vec![
        add("UC001", FacilityKind::CollectionPoint, "=HYPERLINK(\"http://x\",\"y\")", 121.1),
        add("UC002", FacilityKind::CollectionPoint, "<img src=x onerror=alert(1)>, \"甲\"", 121.15),
        add("UH001", FacilityKind::Hub, "+甲乙\n丙", 121.123_456_789_012),
        add("UH002", FacilityKind::Hub, "@sum", 121.3),
        Edit::Close { id: "UH002".into() },
        Edit::Move { id: "SM001".into(), to: LonLat::new(121.25, 31.3) },
        Edit::SetCapacity { id: "SM001".into(), tonnes: Some(300_000.0) },
    ];
    let (document, problems) = Document::open(baseline, Scenario { edits, ..Scenario::default() });
    assert!(problems.is_empty(), "{problems:?}");
    document
}

#[test]
fn facilities_come_in_again_unchanged_from_every_format() {
    let baseline = baseline();
    let document = plan(&baseline);
    let sheet = facilities(document.plan(), None, &[]);
    let book = workbook(std::slice::from_ref(&sheet)).unwrap();
    assert_eq!(book, workbook(std::slice::from_ref(&sheet)).unwrap(), "the same bytes again");
    for (name, bytes) in
        [("plan.csv", sheet.csv().into_bytes()), ("plan.geojson", sheet.geojson()), ("plan.xlsx", book)]
    {
        let read = import::read(name, &bytes, &Reading::default()).unwrap();
        let mut settings = import::guess(name, &read.table);
        assert_eq!(settings.kind, import::Kind::Facilities, "{name}");
        settings.mode = Mode::Replace;
        // Into the plan that it was taken from: nothing changes.
        let scenario = document.scenario();
        let ground = Ground { baseline: &baseline, scenario, plan: document.plan(), places: &[] };
        let same = import::convert(&read, &settings, ground, &mut |_| {});
        assert!(same.problems.is_empty(), "{name}: {:?}", same.problems);
        assert_eq!((same.sums.same, same.cargo.is_empty(scenario)), (5, true), "{name}: {:?}", same.cargo);
        // Into the baseline: the plan comes of it.
        let (mut fresh, _) = Document::open(&baseline, Scenario::default());
        let empty = Scenario::default();
        let ground = Ground { baseline: &baseline, scenario: &empty, plan: fresh.plan(), places: &[] };
        let Cargo::Edits(edits) = import::convert(&read, &settings, ground, &mut |_| {}).cargo else {
            panic!("facilities are edits")
        };
        fresh.make(&baseline, Change::Edits(edits)).unwrap();
        for wanted in document.plan().facilities() {
            let found = fresh.plan().get(&wanted.facility.id).unwrap();
            assert_eq!(found.open, wanted.open, "{name}");
            let (f, w) = (&found.facility, &wanted.facility);
            assert_eq!((f.at, f.capacity, f.metals, f.kind), (w.at, w.capacity, w.metals, w.kind), "{name}");
            let plain = |n: &Name| Name { zh: n.zh.replace('\n', " "), en: n.en.replace('\n', " ") };
            assert_eq!(plain(&f.name), plain(&w.name), "{name}");
        }
    }
}
