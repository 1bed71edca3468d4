//! The committed tables are in order, and what is done wrong to them is told with its place, all at once.

use super::*;
use crate::{
    locate::Locator,
    provinces::{Admin, Province},
    tables::Table,
    validate::refuse,
};
use geo::{MultiPolygon, Rect};
use std::collections::BTreeMap;

fn committed() -> TableSet {
    tables::read_all(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/tables"))).unwrap()
}

fn shelf(set: &TableSet) -> Shelf<'_> {
    set.iter().map(|(name, table)| (*name, table)).collect()
}

/// A table with another text, parsed anew.
fn change(set: &mut TableSet, name: &'static str, edit: impl Fn(&str) -> String) {
    let (file, text) = (set[name].file.clone(), edit(&set[name].text));
    assert_ne!(text, set[name].text, "the edit found nothing to change");
    set.insert(name, Table::parse(file, text).unwrap());
}

/// The text without a column.
fn without(text: &str, column: &str) -> String {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|h| h == column).unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: &csv::StringRecord| {
        let kept = record.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, cell)| cell);
        writer.write_record(kept).unwrap();
    };
    write(&reader.headers().unwrap().clone());
    reader.records().for_each(|record| write(&record.unwrap()));
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Provinces as the boxes around everything that the tables place in them: enough to tell Jiangsu from Guangdong.
fn boxes(set: &TableSet) -> Admin {
    let mut around = BTreeMap::<String, [f64; 4]>::new();
    for table in set.values() {
        for row in &table.rows {
            let (lon, lat) = (shelf::number(row, "lon"), shelf::number(row, "lat"));
            let (Some(lon), Some(lat), Some(name)) = (lon, lat, row.cells.get("province")) else { continue };
            let b = around.entry(name.clone()).or_insert([lon, lat, lon, lat]);
            *b = [b[0].min(lon), b[1].min(lat), b[2].max(lon), b[3].max(lat)];
        }
    }
    let province = |(name, [west, south, east, north]): (String, [f64; 4])| {
        let area = MultiPolygon::new(vec![Rect::new((west, south), (east + 0.01, north + 0.01)).to_polygon()]);
        let locator = Locator::of_area(&area);
        // A test may leak: the names of real provinces are constants.
        Province { code: 0, zh: name.leak(), short_zh: "", en: "", cluster: None, area, locator }
    };
    let nowhere = Locator::of_area(&MultiPolygon::new(Vec::new()));
    Admin { provinces: around.into_iter().map(province).collect(), others: Vec::new(), other_locator: nowhere }
}

fn told(set: &TableSet, admin: Option<&Admin>) -> Vec<(String, String, String)> {
    problems(set, admin).into_iter().map(|p| (p.place, p.reason, p.remedy)).collect()
}

#[test]
fn the_committed_tables_are_in_order() {
    let set = committed();
    assert_eq!(told(&set, Some(&boxes(&set))), []);
    let notices = survey(&set, &shelf(&set));
    assert_eq!(notices.errors().collect::<Vec<_>>(), Vec::<&notice::Notice>::new());
}

#[test]
fn a_wrong_unit_is_told() {
    let mut set = committed();
    change(&mut set, "parameters", |t| t.replace(",yuan/tCO2,", ",yuan/kgCO2,"));
    let [(place, reason, remedy)] = &told(&set, None)[..] else { panic!("one problem: {:?}", told(&set, None)) };
    assert!(
        place.starts_with("data/tables/parameters.csv, line ")
            && place.ends_with("(price.carbon.all.2024), column unit")
    );
    assert!(reason.contains("yuan/kgCO2") && remedy.contains("unit"), "{reason} {remedy}");
}

#[test]
fn a_unit_of_another_parameter_is_told() {
    let mut set = committed();
    change(&mut set, "parameters", |t| t.replace(",yuan/tCO2,", ",yuan/t-km,"));
    let found = told(&set, None);
    assert_eq!(found.len(), 1);
    assert!(found[0].2.contains("yuan/tCO2"), "the remedy names the unit: {}", found[0].2);
}

#[test]
fn any_missing_column_is_told_and_none_makes_the_check_fall_over() {
    for (name, column) in columns::all() {
        let mut set = committed();
        change(&mut set, name, |t| without(t, column));
        let place = format!("data/tables/{name}.csv, line 1, column {column}");
        let found = told(&set, None);
        assert!(found.iter().any(|p| p.0 == place && !p.2.is_empty()), "{place}: {found:?}");
        // One lost column must not bury the rest under a problem a row.
        assert!(found.len() < 20, "{name}.{column}: {} problems: {found:#?}", found.len());
    }
}

#[test]
fn a_position_in_another_province_is_told_with_borders_and_without() {
    let mut set = committed();
    let admin = boxes(&set);
    // Taicang in Jiangsu moves to Guangzhou.
    change(&mut set, "smelters", |t| t.replacen(",31.4595,121.1259,", ",23.1300,113.2600,", 1));
    let place = "data/tables/smelters.csv, line 2 (SM001), column lon, lat";
    let exact = told(&set, Some(&admin));
    assert_eq!(exact.len(), 1, "{exact:?}");
    assert_eq!(exact[0].0, place);
    assert!(exact[0].1.contains("江苏省") && exact[0].2.contains("WGS84"));
    let coarse = survey(&set, &shelf(&set));
    let coarse: Vec<_> = coarse.errors().map(notice::Notice::problem).collect();
    assert_eq!(coarse.len(), 1, "{coarse:?}");
    assert_eq!(coarse[0].place, place);
    assert!(coarse[0].reason.contains("广州市"), "{}", coarse[0].reason);
}

#[test]
fn exchanged_degrees_are_told() {
    let mut set = committed();
    change(&mut set, "smelters", |t| t.replacen(",31.4595,121.1259,", ",121.1259,31.4595,", 1));
    let notices = survey(&set, &shelf(&set));
    let found: Vec<_> = notices.errors().collect();
    assert_eq!(found.len(), 1);
    assert!(found[0].remedy.contains("exchanged"));
}

#[test]
fn a_doubled_id_is_told() {
    let mut set = committed();
    change(&mut set, "smelters", |t| t.replacen("\nSM002,", "\nSM001,", 1));
    let found = told(&set, None);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "data/tables/smelters.csv, line 3 (SM001), column id");
    assert!(found[0].1.contains("twice") && !found[0].2.is_empty());
}

#[test]
fn problems_of_different_files_are_told_at_once() {
    let mut set = committed();
    change(&mut set, "hubs", |t| t.replacen("\nHB002,", "\nHB001,", 1));
    change(&mut set, "parameters", |t| t.replace(",yuan/tCO2,", ",yuan/kgCO2,"));
    change(&mut set, "grid_factors", |t| without(t, "year"));
    let text = refuse(&problems(&set, None)).unwrap_err().to_string();
    for part in [
        "3 problems",
        "hubs.csv, line 3 (HB001), column id",
        "(price.carbon.all.2024), column unit",
        "grid_factors.csv, line 1, column year",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn wrong_city_cluster_range_and_scrap_are_told() {
    let mut set = committed();
    change(&mut set, "smelters", |t| {
        t.replacen("江苏省,苏州市,太仓市 / 浮桥镇,yrd", "江苏省,苏洲市,太仓市 / 浮桥镇,yrd", 1)
    });
    change(&mut set, "hubs", |t| {
        t.replacen(",浙江省,宁波市,江北区 / 慈城,yrd,", ",浙江省,宁波市,江北区 / 慈城,prd,", 1)
    });
    change(&mut set, "parameters", |t| {
        t.replacen("national,recovery_rate,all,,68,,,%", "national,recovery_rate,all,,168,,,%", 1)
    });
    change(&mut set, "scrap", |t| t.replacen("bohai,43.35,57.04,", "bohai,143.35,57.04,", 1));
    let places: Vec<String> = told(&set, None).into_iter().map(|p| p.0).collect();
    for part in [
        "smelters.csv, line 2 (SM001), column city",
        "hubs.csv, line 3 (HB002), column cluster",
        "recovery_rate.all.2023), column value",
        "scrap.csv, line 2 (110000), column Cu_collected_kt",
    ] {
        assert!(places.iter().any(|p| p.contains(part)), "{part}: {places:?}");
    }
}

#[test]
fn the_balance_shows_the_aluminium_that_nobody_explains() {
    let set = committed();
    let mut notices = Notices::default();
    let lines = balance::draw(&mut notices, &shelf(&set)).join("\n");
    assert!(lines.contains("Al: 805 to 1105 kt unexplained"), "{lines}");
    assert!(notices.all().iter().any(|n| n.reason.starts_with("Al: ")));
    assert_eq!(notices.count(Severity::Error), 0);
}

#[test]
fn norms_without_reading_words_or_unit_are_told() {
    let mut set = committed();
    change(&mut set, "norms", |t| {
        t.replacen(",1000,1500,1000,1500,households,", ",1000,1500,,1500,households,", 1)
            .replacen(",area_m2,8,10,,,m2,", ",area_m2,8,10,,700,t,", 1)
            .replacen(",transfer_area_m2,500,", ",transfer_size,500,", 1)
            .replacen(",未注明地区,", ",,", 1)
            .replacen(",2019,published,上海可回收物", ",2019,read,上海可回收物", 1)
            .replacen(",t/y,Shandong,", ",kt/y,Shandong,", 1)
            .replacen(",storage_t,,5,", ",storage_t,,,", 1)
    });
    let found = told(&set, None);
    let places: Vec<&str> = found.iter().map(|p| p.0.rsplit("norms.csv, ").next().unwrap()).collect();
    assert_eq!(
        places,
        [
            "line 2 (N1), column basis",
            "line 2 (N1), column households_town",
            "line 3 (N2), column unit",
            "line 3 (N2), column households_country",
            "line 4 (N3), column metric",
            "line 5 (N4), column area_zh",
            "line 11 (N10), column unit",
            "line 12 (N11), column value_min, value_max",
        ],
        "{found:?}"
    );
    assert!(found.iter().all(|p| !p.2.is_empty()));
}
