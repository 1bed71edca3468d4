//! Who sends what where, a flow a row.

use super::{Cell, Sheet};
use crate::{
    allocation::{Answer, End, Flow, Place},
    model::{Baseline, Mode, Name},
    scenario::Plan,
};

const COLUMNS: [&str; 25] = [
    "leg",
    "stream",
    "from",
    "from_name_zh",
    "from_name_en",
    "from_province",
    "from_lon",
    "from_lat",
    "to",
    "to_name_zh",
    "to_name_en",
    "to_province",
    "to_lon",
    "to_lat",
    "gross_t_per_year",
    "metal_t_per_year",
    "product_t_per_year",
    "km_road",
    "km_rail",
    "km_water",
    "km_sea",
    "hours",
    "yuan_per_t",
    "kg_co2e_per_t",
    "basis",
];

/// The flows of an allocation of a plan, with the places of their ends. `english` is what a province is called there: the
/// tables write provinces in Chinese only.
#[must_use]
pub fn flows(answer: &Answer, plan: &Plan, baseline: &Baseline, english: impl Fn(&str) -> String) -> Sheet {
    let mut sheet = Sheet::new("flows", &COLUMNS);
    let end = |p: &Place| {
        let name = match &p.end {
            End::Facility(id) | End::Import(id) => plan.get(id).map(|f| f.facility.name.clone()),
            End::Demand(province) => Some(Name { zh: province.clone(), en: english(province) }),
            End::Corridor(code) => baseline.prefectures.iter().find(|h| h.adcode == *code).map(|h| h.name.clone()),
        };
        let name = name.unwrap_or_default();
        [
            Cell::words(p.end.key()),
            Cell::words(name.zh),
            Cell::words(name.en),
            Cell::words(&*p.province),
            Cell::rounded(p.at.lon, 5),
            Cell::rounded(p.at.lat, 5),
        ]
    };
    let row = |f: &Flow| {
        let mut row = vec![Cell::words(f.leg.key()), Cell::words(f.stream.key())];
        row.extend(end(&answer.places[f.from as usize]));
        row.extend(end(&answer.places[f.to as usize]));
        row.extend([f.gross_t, f.metal_t, f.product_t].map(|v| Cell::rounded(v, 3)));
        row.extend([Mode::Road, Mode::Rail, Mode::Water, Mode::Sea].map(|m| Cell::rounded(f.km[m], 3)));
        row.extend([
            Cell::rounded(f.haul.hours, 2),
            Cell::rounded(f.haul.yuan_per_t, 3),
            Cell::rounded(f.haul.kg_co2e_per_t, 3),
            Cell::words("modelled"),
        ]);
        row
    };
    sheet.rows = answer.flows.iter().map(row).collect();
    sheet
}
