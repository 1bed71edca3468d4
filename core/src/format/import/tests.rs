//! Whole files, from bytes to edits; and what no file may do.

use super::*;
use crate::{
    geo::{Datum, LonLat},
    model::{Baseline, Cluster, FacilityKind, Metal, Name, Parameters, Prefecture, ScrapModel, Stream},
    scenario::{Document, Edit, NewFacility, Plan, Scenario, SourceGroup},
};
use proptest::prelude::*;

fn baseline() -> Baseline {
    let home = |adcode, zh: &str, en: &str, province: &str, cluster, lon, lat| Prefecture {
        adcode,
        name: Name { zh: zh.into(), en: en.into() },
        province: province.into(),
        cluster: Some(cluster),
        seat: LonLat::new(lon, lat),
        people: 1.0,
        ..Prefecture::default()
    };
    let mut base = Baseline {
        prefectures: vec![
            home(340100, "合肥市", "Hefei", "安徽省", Cluster::Yrd, 117.28, 31.86),
            home(320100, "南京市", "Nanjing", "江苏省", Cluster::Yrd, 118.78, 32.06),
            home(440100, "广州市", "Guangzhou", "广东省", Cluster::Prd, 113.3, 23.1),
        ],
        parameters: Parameters::default(),
        ..Baseline::default()
    };
    let mut plan = Plan::default();
    for (id, kind, zh, lon, metals) in [
        ("CP1", FacilityKind::CollectionPoint, "一点", 117.0, vec![]),
        ("CP2", FacilityKind::CollectionPoint, "二点", 117.5, vec![]),
        ("SM1", FacilityKind::Smelter, "皖铝", 117.4, vec![Metal::Al]),
    ] {
        let name = Name { zh: zh.into(), en: id.into() };
        let new =
            NewFacility { id: id.into(), kind, name, at: LonLat::new(lon, 31.5), metals, capacity_t: Some(100.0) };
        plan.apply(&base, &Edit::Add(new)).unwrap();
    }
    base.facilities = plan.facilities().iter().map(|p| p.facility.clone()).collect();
    base
}

/// Reads a table as it is guessed, but for what `set` says.
fn bring(doc: &Document, base: &Baseline, name: &str, bytes: &[u8], set: impl Fn(&mut Settings)) -> Outcome {
    let sheet = read(name, bytes, &Reading::default()).unwrap();
    let mut settings = guess(name, &sheet.table);
    set(&mut settings);
    let ground = Ground { baseline: base, scenario: doc.scenario(), plan: doc.plan(), places: &[] };
    convert(&sheet, &settings, ground, &mut |_| {})
}

fn told(outcome: &Outcome) -> Vec<(u32, Reason)> {
    outcome.problems.iter().map(|p| (p.row, p.reason)).collect()
}

fn edits(outcome: &Outcome) -> &[Edit] {
    let Cargo::Edits(edits) = &outcome.cargo else { panic!("no edits") };
    edits
}

fn added(outcome: &Outcome) -> Vec<&NewFacility> {
    edits(outcome).iter().filter_map(|e| if let Edit::Add(new) = e { Some(new) } else { None }).collect()
}

#[test]
fn a_gbk_table_gives_its_good_rows_and_tells_the_bad_ones() {
    let base = baseline();
    let mut doc = Document::new(&base);
    let file = include_bytes!("../../../../tests/fixtures/import/points-gbk.csv");
    let outcome = bring(&doc, &base, "points-gbk.csv", file, |_| {});
    assert_eq!(
        told(&outcome),
        [(5, Reason::Missing), (6, Reason::Negative), (7, Reason::IdTwice), (8, Reason::Outside)]
    );
    assert_eq!((outcome.sums.rows, outcome.sums.good, outcome.sums.added), (7, 3, 3));
    let new = added(&outcome);
    assert_eq!(new[0].name.zh, "合肥示例点");
    assert_eq!(new.iter().map(|n| n.capacity_t.unwrap()).collect::<Vec<_>>(), [250.0, 1200.0, 3000.0]);
    let change = outcome.cargo.change(doc.scenario());
    doc.make(&base, change).unwrap();
    assert_eq!(doc.plan().facilities().len(), 6);
    doc.undo(&base);
    assert_eq!(doc, {
        let mut same = Document::new(&base);
        same.clone_from(&doc);
        same
    });
    assert!(doc.scenario().is_untouched());
}

#[test]
fn a_workbook_gives_values_of_formulas_and_keeps_markup_as_text() {
    let base = baseline();
    let doc = Document::new(&base);
    let file = include_bytes!("../../../../tests/fixtures/import/hubs.xlsx");
    let sheet = read("hubs.xlsx", file, &Reading { sheet: Some(1), encoding: None }).unwrap();
    assert_eq!(sheet.form, Form::Workbook { sheets: vec!["说明".into(), "分拣中心".into()], sheet: 1 });
    let settings = guess("hubs.xlsx", &sheet.table);
    assert_eq!((settings.kind, settings.unit), (Kind::Hubs, MassUnit::WanTonnes));
    let ground = Ground { baseline: &base, scenario: doc.scenario(), plan: doc.plan(), places: &[] };
    let outcome = convert(&sheet, &settings, ground, &mut |_| {});
    assert_eq!(told(&outcome), [(5, Reason::CellError)]);
    let new = added(&outcome);
    assert_eq!((new[0].capacity_t, &*new[0].metals), (Some(120_000.0), &[Metal::Al, Metal::Cu][..]));
    assert_eq!(new[2].name.zh, "<img src=x onerror=alert(1)>");
    // A truncated one is refused.
    assert_eq!(
        read("a.xlsx", &file[..file.len() / 2], &Reading::default()).unwrap_err().code,
        "import-broken-workbook"
    );
}

#[test]
fn replacing_brings_known_ids_to_the_table_and_takes_the_rest_out() {
    let base = baseline();
    let mut doc = Document::new(&base);
    let own = "id,name,lon,lat,capacity_t\nU1,甲,117.1,31.6,5\nU2,乙,117.2,31.6,6\n";
    let change = bring(&doc, &base, "a.csv", own.as_bytes(), |_| {}).cargo.change(doc.scenario());
    doc.make(&base, change).unwrap();
    let table = "id,name,lon,lat,capacity_t\nCP1,一点,117.9,31.5,100\nU1,甲,117.1,31.6,7\n,丙,117.3,31.6,\n";
    let outcome = bring(&doc, &base, "b.csv", table.as_bytes(), |s| s.mode = Mode::Replace);
    assert_eq!((outcome.sums.added, outcome.sums.changed, outcome.sums.gone), (1, 2, 2));
    let change = outcome.cargo.change(doc.scenario());
    doc.make(&base, change).unwrap();
    let open: Vec<(&str, f64)> =
        doc.plan().open(FacilityKind::CollectionPoint).map(|f| (f.id.as_str(), f.at.lon)).collect();
    assert_eq!(open, [("CP1", 117.9), ("U1", 117.1), ("UC001", 117.3)]);
    assert_eq!(doc.plan().get("U1").unwrap().facility.capacity.unwrap().tonnes, 7.0);
    // Beside what is there, the same ids with other values are told; with the same values they are there.
    let again = bring(&doc, &base, "b.csv", table.as_bytes(), |_| {});
    assert_eq!((again.sums.same, again.sums.added), (2, 1));
    let other = bring(&doc, &base, "b.csv", b"id,name,lon,lat\nCP1,x,117,31.5\nSM1,x,117,31.5\n", |_| {});
    assert_eq!(told(&other), [(2, Reason::IdTaken), (3, Reason::IdOfAnother)]);
    doc.undo(&base);
    doc.undo(&base);
    assert!(doc.scenario().is_untouched());
}

#[test]
fn datum_and_order_are_mended_and_told() {
    let base = baseline();
    let doc = Document::new(&base);
    let rows = |put: &dyn Fn(LonLat) -> LonLat| {
        let mut text = "id,name,lon,lat,capacity\n".to_owned();
        for f in base.facilities.iter() {
            let at = put(f.at);
            text.push_str(&format!("{},{},{},{},100\n", f.id, f.name.zh, at.lon, at.lat));
        }
        text.replace("SM1", "CP9")
    };
    let shifted = rows(&|at| Datum::Gcj02.from_wgs84(at));
    let outcome = bring(&doc, &base, "a.csv", shifted.as_bytes(), |_| {});
    let shift = outcome.remarks.iter().find(|r| r.what == RemarkKind::LooksShifted).unwrap();
    assert_eq!((shift.text.as_str(), shift.n), ("gcj02", 3));
    let outcome = bring(&doc, &base, "a.csv", shifted.as_bytes(), |s| s.datum = Datum::Gcj02);
    assert!(outcome.remarks.iter().all(|r| r.what != RemarkKind::LooksShifted));
    assert_eq!((outcome.sums.same, outcome.sums.good), (2, 3));
    let swapped = rows(&|at| LonLat::new(at.lat, at.lon));
    let outcome = bring(&doc, &base, "a.csv", swapped.as_bytes(), |_| {});
    assert_eq!((outcome.sums.good, outcome.remarks[0].what), (0, RemarkKind::LooksSwapped));
    let outcome = bring(&doc, &base, "a.csv", swapped.as_bytes(), |s| s.swap = true);
    assert_eq!(outcome.sums.good, 3);
}

#[test]
fn smelters_say_their_metals() {
    let base = baseline();
    let mut doc = Document::new(&base);
    let table = "name,lon,lat,metals,capacity(kt)\n新厂,117.3,31.6,铝/铜,30\n无料厂,117.3,31.7,,30\n怪厂,117.3,31.8,unobtainium,30\n";
    let outcome = bring(&doc, &base, "冶炼厂.csv", table.as_bytes(), |_| {});
    assert_eq!(told(&outcome), [(3, Reason::NoMetals), (4, Reason::UnknownMetal)]);
    let change = outcome.cargo.change(doc.scenario());
    doc.make(&base, change).unwrap();
    let plant = &doc.plan().get("US001").unwrap().facility;
    assert_eq!((plant.kind, plant.capacity.unwrap().tonnes), (FacilityKind::Smelter, 30_000.0));
    assert!(plant.takes(Stream::Cu) && !plant.takes(Stream::Pb));
}

#[test]
fn scrap_of_prefectures_takes_the_models_place() {
    let base = baseline();
    let mut doc = Document::new(&base);
    let long =
        "城市,品种,产生量(万吨)\n合肥,铝,2\n安徽省合肥市,铜,1\n340100,铝,3\n无此市,铝,3\n广州市,纸,3\nGuangzhou,al,\n";
    let outcome = bring(&doc, &base, "a.csv", long.as_bytes(), |_| {});
    assert_eq!(
        told(&outcome),
        [(4, Reason::Twice), (5, Reason::UnknownPrefecture), (6, Reason::UnknownStream), (7, Reason::Missing)]
    );
    let change = outcome.cargo.change(doc.scenario());
    doc.make(&base, change).unwrap();
    let key = ScrapModel::set_key(340100, Stream::Al);
    assert_eq!(doc.scenario().parameters.get(&key), Some(&20_000.0));
    let in_force = doc.scenario().parameters(&base).into_owned();
    assert_eq!(in_force.get(&key).unwrap().origin.basis, crate::model::Basis::User);
    let wide = "adcode,铝,铜\n440100,5,\n";
    let outcome = bring(&doc, &base, "b.csv", wide.as_bytes(), |s| s.mode = Mode::Replace);
    assert_eq!((outcome.sums.added, outcome.sums.gone), (1, 2));
    let change = outcome.cargo.change(doc.scenario());
    doc.make(&base, change).unwrap();
    assert_eq!(doc.scenario().parameters.len(), 1);
    // The file of the scenario keeps it.
    let text = crate::format::scenario::write(doc.scenario());
    let (again, problems) = Document::open(&base, crate::format::scenario::read(&text).unwrap().0);
    assert!(problems.is_empty());
    assert_eq!(again.scenario(), doc.scenario());
    doc.undo(&base);
    assert_eq!(doc.scenario().parameters.len(), 2);
}

#[test]
fn flows_become_contracts() {
    let base = baseline();
    let doc = Document::new(&base);
    let table = "来源,料种,去向,数量(t)\n长三角,铝,SM1,5000\n安徽,al,皖铝,100\nCP1;CP2,铝,SM1,7\n火星,铝,SM1,7\nyrd,铅,SM1,7\nyrd,铝,SM9,7\n";
    let outcome = bring(&doc, &base, "a.csv", table.as_bytes(), |s| s.exact = true);
    assert_eq!(told(&outcome), [(5, Reason::UnknownSource), (6, Reason::UnfitPlant), (7, Reason::UnknownPlant)]);
    let Cargo::Contracts(contracts) = &outcome.cargo else { panic!() };
    assert_eq!(contracts[0].from, SourceGroup::Cluster(Cluster::Yrd));
    assert_eq!(contracts[1].from, SourceGroup::Province("安徽省".into()));
    assert_eq!(contracts[2].from, SourceGroup::Points(vec!["CP1".into(), "CP2".into()]));
    assert_eq!((contracts[0].min_t, contracts[0].max_t), (Some(5000.0), Some(5000.0)));
    let mut doc = doc;
    let change = outcome.cargo.change(doc.scenario());
    doc.make(&base, change).unwrap();
}

#[test]
fn a_million_rows_are_bounded_and_told() {
    let mut text = "lon,lat\n".to_owned();
    for _ in 0..MOST_ROWS + 5000 {
        text.push_str("117,31\n");
    }
    let sheet = read("a.csv", text.as_bytes(), &Reading::default()).unwrap();
    assert_eq!(sheet.table.len(), MOST_ROWS - 1);
    let remark = sheet.remarks.iter().find(|r| r.what == RemarkKind::TooManyRows).unwrap();
    assert_eq!(remark.of, MOST_ROWS + 5000);
}

/// Everything that can be done with bytes ends, and ends in order.
fn survive(name: &str, bytes: &[u8]) {
    let base = baseline();
    let doc = Document::new(&base);
    for encoding in [None, Some(Encoding::Gbk), Some(Encoding::Utf16Be)] {
        let Ok(sheet) = read(name, bytes, &Reading { encoding, sheet: None }) else { continue };
        let preview = Preview::new(name, &sheet);
        for kind in Kind::ALL {
            let mut settings = preview.guess.clone().of_kind(&sheet.table.columns, kind);
            for mode in [Mode::Add, Mode::Replace] {
                settings.mode = mode;
                let ground = Ground { baseline: &base, scenario: doc.scenario(), plan: doc.plan(), places: &[] };
                let outcome = convert(&sheet, &settings, ground, &mut |_| {});
                assert!(outcome.sums.good <= outcome.sums.rows);
                // What comes of it always fits the plan.
                let change = outcome.cargo.change(doc.scenario());
                doc.clone().make(&base, change).unwrap();
            }
        }
    }
}

/// Bytes of a good file with some of them changed, cut or put in twice.
fn mutated(file: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let spots = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 0..12);
    spots.prop_map(move |spots| {
        let mut bytes = file.to_vec();
        for (at, byte, how) in spots {
            if bytes.is_empty() {
                break;
            }
            let i = at.index(bytes.len());
            match how {
                0 => bytes[i] = byte,
                1 => bytes.truncate(i),
                2 => bytes.insert(i, byte),
                _ => _ = bytes.remove(i),
            }
        }
        bytes
    })
}

const GEOJSON: &[u8] = br#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"A1","geometry":{"type":"Point","coordinates":[117.28,31.86]},"properties":{"name":"a","capacity":"3 kt"}},{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[117,31],[118,31],[118,32],[117,32],[117,31]]]},"properties":{"name":"b"}}]}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn random_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survive("a.csv", &bytes);
        survive("a.geojson", &bytes);
        survive("a.xlsx", &[b"PK\x03\x04", &bytes[..]].concat());
    }

    #[test]
    fn random_tables_are_survived(text in "(id|name|lon|lat|金属|capacity|城市|铝|from|to|stream|[-=+@'\"<>,;\t\n0-9. ]|SM1|CP1|yrd|117|31|合肥){0,60}") {
        survive("a.csv", text.as_bytes());
        survive("a.csv", &[b"id,name,lon,lat,metals,capacity,kind,city,stream,amount,from,to\n", text.as_bytes()].concat());
    }

    #[test]
    fn damaged_files_are_survived(
        csv in mutated(include_bytes!("../../../../tests/fixtures/import/points-gbk.csv")),
        json in mutated(GEOJSON),
        xlsx in mutated(include_bytes!("../../../../tests/fixtures/import/hubs.xlsx")),
    ) {
        survive("a.csv", &csv);
        survive("a.geojson", &json);
        survive("a.xlsx", &xlsx);
    }
}

#[test]
fn areas_that_are_none_are_survived() {
    for ring in [
        "[]",
        "[[]]",
        "[[[1,1]]]",
        "[[[1,1],[1,1],[1,1]]]",
        "[[[0,0],[2,2],[0,2],[2,0],[0,0]]]",
        "[[[1e300,0],[0,1e300],[0,0]]]",
    ] {
        let file = format!(
            r#"{{"features":[{{"geometry":{{"type":"Polygon","coordinates":{ring}}},"properties":{{"a":1}}}}]}}"#
        );
        survive("a.geojson", file.as_bytes());
    }
}

#[test]
fn a_small_archive_that_unpacks_into_gigabytes_is_refused() {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let zeros = vec![b' '; 1 << 20];
    zip.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..420 {
        zip.write_all(&zeros).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 2 << 20);
    assert_eq!(read("a.xlsx", &bytes, &Reading::default()).unwrap_err().code, "import-too-big-unpacked");
}

#[test]
fn the_scenario_keeps_its_goal_beside_contracts() {
    let scenario = Scenario::default();
    assert!(Cargo::Contracts(vec![]).is_empty(&scenario));
    assert!(Cargo::Edits(vec![]).is_empty(&scenario));
}
