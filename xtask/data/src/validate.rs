//! The tables checked as a whole before anything is built: every problem is told, with its place and what to do.

use crate::{
    error::{DataError, Result},
    keeper,
    provinces::Admin,
    tables::{Prefecture, Row, Table, TableSet},
    validate_networks as networks,
};
use atlas_core::{
    geo::LonLat,
    model::{Basis, Cluster, Metal},
};
use std::collections::BTreeSet;

/// Something wrong in a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// File, line and column.
    pub place: String,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub remedy: String,
}

/// A position may lie this far outside its province (degrees): borders are generalised.
const BORDER_SLACK: f64 = 0.1;
/// A range may be rounded more coarsely than its value.
const ROUNDING: f64 = 1.02;
/// Census sums of the provinces in ten thousands, and how far the table may be off (the table is within 0.03 %).
const CENSUS_SLACK: f64 = 0.0005;
pub(crate) const CENSUS: [(u32, f64); 17] = [
    (11, 2189.31),
    (12, 1386.60),
    (13, 7461.02),
    (14, 3491.56),
    (21, 4259.14),
    (31, 2487.09),
    (32, 8474.80),
    (33, 6456.76),
    (34, 6102.72),
    (35, 4154.01),
    (36, 4518.86),
    (37, 10152.75),
    (41, 9936.55),
    (42, 5775.26),
    (43, 6644.49),
    (44, 12601.25),
    (45, 5012.68),
];

/// Everything that is wrong, in table order. Positions are checked where the borders of provinces are known.
pub fn problems(tables: &TableSet, admin: Option<&Admin>) -> Vec<Problem> {
    let mut found = Problems(Vec::new());
    let t = |name: &str| &tables[name];
    for (table, column) in [
        ("smelters", "id"),
        ("hubs", "id"),
        ("prefectures", "adcode"),
        ("scrap", "adcode"),
        ("sources", "key"),
        ("norms", "id"),
        ("terminals", "id"),
        ("reference_distances", "id"),
        ("expressways", "id"),
        ("road_joins", "id"),
        ("rail_joins", "id"),
    ] {
        found.unique(t(table), column);
    }
    for name in ["smelters", "hubs"] {
        let table = t(name);
        found.numbers(table, &["lat", "lon"], true);
        found.numbers(table, &["capacity_kt_per_year", "model_capacity_kt", "throughput_kt_per_year"], false);
        found.words(table, "cluster", |w| Cluster::from_key(w).is_some(), "yrd, prd or bohai");
        found.words(
            table,
            "metals",
            |w| w.is_empty() || w.split(';').all(|m| Metal::from_key(m).is_some()),
            "metals joined by ;",
        );
        found.words(table, "location_precision", |w| ["park", "county", "city"].contains(&w), "park, county or city");
        found.inside(table, admin);
    }
    found.words(t("smelters"), "capacity_basis", known_basis, "a basis");
    found.words(t("hubs"), "throughput_basis", known_basis, "a basis");
    let units = ["", "kt product metal/y", "kt battery feed/y", "kt feed/y"];
    found.words(t("smelters"), "capacity_unit", |w| units.contains(&w), "a capacity unit that the model knows");
    found.words(t("hubs"), "show_as_hub", |w| ["yes", "no"].contains(&w), "yes or no");
    let cities = t("prefectures");
    found.numbers(cities, &["adcode", "lat", "lon", "population_2020_10k"], true);
    found.numbers(cities, &["urban_population_2020_10k", "gdp_2023_100m_yuan", "secondary_share_pct"], false);
    found.words(
        cities,
        "cluster",
        |w| w == "corridor" || Cluster::from_key(w).is_some(),
        "yrd, prd, bohai or corridor",
    );
    found.inside(cities, admin);
    // Where a cell is no number, that has been told above.
    let whole = |r: &Row| r.cells.contains_key("urban_population_2020_10k");
    if let Ok(prefectures) = cities.typed::<Prefecture>()
        && cities.rows.iter().all(whole)
    {
        found.census(&prefectures);
    }
    found.parameters(t("parameters"));
    let scrap = t("scrap");
    let kt = ["Cu", "Al", "Pb", "Zn", "other"].map(|m| format!("{m}_generated_kt"));
    found.numbers(scrap, &kt.each_ref().map(String::as_str), true);
    found.same_keys(cities, scrap, "adcode");
    found.numbers(t("grid_factors"), &["grid_kgco2_per_kwh"], true);
    found.numbers(t("freight_factors"), &["kgco2e_per_tkm"], true);
    for name in ["road_joins", "rail_joins"] {
        found.numbers(t(name), &["lon_a", "lat_a", "lon_b", "lat_b"], true);
    }
    networks::check(&mut found, tables, admin);
    found.numbers(t("map_labels"), &["lon", "lat", "rank"], true);
    found.0
}

pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn add(&mut self, table: &Table, row: &Row, column: &str, reason: String, remedy: impl Into<String>) {
        let place = format!("data/tables/{}, {}, column {column}", table.file, keeper::place(row));
        self.0.push(Problem { place, reason, remedy: remedy.into() });
    }

    fn unique(&mut self, table: &Table, column: &str) {
        let mut seen = BTreeSet::new();
        for row in &table.rows {
            // A missing column is told once for the table.
            let Some(id) = row.cells.get(column) else { continue };
            if id.is_empty() || !seen.insert(id) {
                self.add(
                    table,
                    row,
                    column,
                    format!("{id:?} is empty or there twice"),
                    "Give the row an id of its own.",
                );
            }
        }
    }

    pub(crate) fn numbers(&mut self, table: &Table, columns: &[&str], required: bool) {
        for row in &table.rows {
            for column in columns {
                let Some(cell) = row.cells.get(*column) else { continue };
                let good = cell.parse::<f64>().is_ok_and(f64::is_finite) || (cell.is_empty() && !required);
                if !good {
                    let remedy = if required { "Write a number." } else { "Write a number, or leave the cell empty." };
                    self.add(table, row, column, format!("{cell:?} is not a number"), remedy);
                }
            }
        }
    }

    pub(crate) fn words(&mut self, table: &Table, column: &str, known: impl Fn(&str) -> bool, wanted: &str) {
        for row in &table.rows {
            let Some(cell) = row.cells.get(column) else { continue };
            if !known(cell) {
                self.add(table, row, column, format!("{cell:?} is not known"), format!("Write {wanted}."));
            }
        }
    }

    fn inside(&mut self, table: &Table, admin: Option<&Admin>) {
        self.inside_by(table, admin, BORDER_SLACK);
    }

    /// Each row's position is in its province, or at most `slack` degrees outside.
    pub(crate) fn inside_by(&mut self, table: &Table, admin: Option<&Admin>, slack: f64) {
        let Some(admin) = admin else { return };
        for row in &table.rows {
            let number = |c: &str| row.cells.get(c)?.parse::<f64>().ok();
            let (Some(lon), Some(lat)) = (number("lon"), number("lat")) else { continue };
            let Some(name) = row.cells.get("province") else { continue };
            match admin.by_name(name) {
                None => {
                    self.add(table, row, "province", format!("no province {name:?}"), "Write its full Chinese name.")
                }
                Some(p) if !p.locator.near(LonLat::new(lon, lat), slack) => {
                    let reason = format!("{lon}, {lat} is not in {name}");
                    self.add(table, row, "lon, lat", reason, "Correct the position (WGS84) or the province.");
                }
                Some(_) => {}
            }
        }
    }

    fn census(&mut self, prefectures: &[Prefecture]) {
        for (code, people) in CENSUS {
            let of = prefectures.iter().filter(|p| p.province_code() == code);
            let sum: f64 = of.map(|p| p.population_2020_10k).sum();
            if (sum / people - 1.0).abs() > CENSUS_SLACK {
                self.0.push(Problem {
                    place: format!("data/tables/prefectures.csv, codes {code}...., column population_2020_10k"),
                    reason: format!("the cities add up to {sum:.2}, the census has {people:.2}"),
                    remedy: "Look for a missing or doubled city.".into(),
                });
            }
        }
        for p in prefectures {
            let reason = match p.urban_population_2020_10k {
                Some(urban) if urban > p.population_2020_10k => "more urban residents than residents",
                None if p.in_cluster() => "no urban residents, but demand cells need them",
                _ => continue,
            };
            self.0.push(Problem {
                place: format!("data/tables/prefectures.csv, {}, column urban_population_2020_10k", p.adcode),
                reason: reason.into(),
                remedy: "Write the census figure.".into(),
            });
        }
    }

    fn parameters(&mut self, table: &Table) {
        self.words(table, "basis", known_basis, "a basis");
        self.numbers(table, &["low", "high"], false);
        let mut seen = BTreeSet::new();
        for row in &table.rows {
            let cell = |c: &str| row.cells.get(c).map_or("", String::as_str);
            if row.cells.contains_key("unit") && cell("unit").is_empty() {
                self.add(table, row, "unit", "no unit".into(), "Write the unit, x for a plain factor.");
            }
            if row.cells.contains_key("value") && cell("value").split(';').any(|v| v.trim().parse::<f64>().is_err()) {
                let reason = format!("{:?} is no number and no list of numbers", cell("value"));
                self.add(table, row, "value", reason, "Write a number, or numbers joined by ;.");
            }
            let parts = ["group", "key", "metal", "mode", "year"];
            let whole = parts.iter().all(|c| row.cells.contains_key(*c));
            if whole && !seen.insert(parts.map(|c| cell(c).to_owned())) {
                self.add(
                    table,
                    row,
                    "key",
                    "the same parameter is there twice".into(),
                    "Remove one, or give each its year.",
                );
            }
            let bounds = [cell("low"), cell("value"), cell("high")].map(|c| c.parse::<f64>().ok());
            if bounds.into_iter().flatten().collect::<Vec<_>>().windows(2).any(|w| w[0] > w[1] * ROUNDING) {
                self.add(table, row, "low, value, high", "not in ascending order".into(), "Correct the range.");
            }
        }
    }

    fn same_keys(&mut self, a: &Table, b: &Table, column: &str) {
        for (one, other) in [(a, b), (b, a)] {
            let keys: BTreeSet<&String> = other.rows.iter().filter_map(|r| r.cells.get(column)).collect();
            let lacks = |r: &&Row| r.cells.get(column).is_some_and(|key| !keys.contains(key));
            // Without the column nothing is there to compare.
            for row in one.rows.iter().filter(|r| !keys.is_empty() && lacks(r)) {
                let reason = format!("{} has no row in {}", row.cells[column], other.file);
                self.add(one, row, column, reason, "Add it there, or remove it here.");
            }
        }
    }
}

fn known_basis(word: &str) -> bool {
    Basis::from_key(word).is_some()
}

/// All problems as one error.
pub fn refuse(problems: &[Problem]) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = problems.iter().map(|p| format!("\n  {}: {}. {}", p.place, p.reason, p.remedy)).collect();
    Err(DataError::new(
        format!("{} problems in the tables; nothing was written", problems.len()),
        lines.concat(),
        "Correct the rows and run again.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::parse("t.csv".into(), text.into()).unwrap()
    }

    #[test]
    fn all_problems_at_once_with_their_place() {
        let t = table("id,lat,cluster\nA,31,yrd\nA,north,moon\n");
        let mut found = Problems(Vec::new());
        found.unique(&t, "id");
        found.numbers(&t, &["lat"], true);
        found.words(&t, "cluster", |w| Cluster::from_key(w).is_some(), "yrd, prd or bohai");
        let places: Vec<_> = found.0.iter().map(|p| p.place.as_str()).collect();
        assert_eq!(
            places,
            [
                "data/tables/t.csv, line 3 (A), column id",
                "data/tables/t.csv, line 3 (A), column lat",
                "data/tables/t.csv, line 3 (A), column cluster"
            ]
        );
        let told = refuse(&found.0).unwrap_err().to_string();
        assert!(told.contains("3 problems") && told.contains("yrd, prd or bohai"), "{told}");
    }

    #[test]
    fn parameters_need_units_numbers_and_order() {
        let head = "group,key,metal,mode,value,low,high,unit,year,basis\n";
        let t = table(&format!("{head}a,b,Cu,,1,0,2,x,,assumed\na,b,Cu,,5,0,2,,,guessed\na,c,Cu,,1;x,,,x,,assumed\n"));
        let mut found = Problems(Vec::new());
        found.parameters(&t);
        let columns: Vec<_> = found.0.iter().map(|p| p.place.rsplit("column ").next().unwrap()).collect();
        assert_eq!(columns, ["basis", "unit", "key", "low, value, high", "value"]);
    }
}
