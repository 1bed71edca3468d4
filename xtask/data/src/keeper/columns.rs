//! Columns that must be there: a table without one of them cannot be read, and every later check would be silent.

use super::{notice::Notices, shelf::Shelf, shelf::headers};

const WANTED: [(&str, &str); 16] = [
    (
        "smelters",
        "id name_zh name_en province city county_or_park cluster lat lon location_precision metals \
        capacity_kt_per_year capacity_unit capacity_basis year status model_capacity_kt source confidence note",
    ),
    (
        "hubs",
        "id name_zh name_en province city county_or_park cluster lat lon location_precision metals \
        throughput_kt_per_year throughput_basis year show_as_hub source confidence note",
    ),
    (
        "prefectures",
        "adcode name_zh name_en province cluster lat lon population_2020_10k urban_population_2020_10k \
        gdp_2023_100m_yuan secondary_share_pct",
    ),
    ("parameters", "group key metal mode value low high unit year basis source confidence note"),
    (
        "scrap",
        "adcode cluster Cu_collected_kt Cu_generated_kt Al_collected_kt Al_generated_kt Pb_collected_kt \
        Pb_generated_kt Zn_collected_kt Zn_generated_kt other_collected_kt other_generated_kt",
    ),
    ("freight_factors", "mode kgco2e_per_tkm source"),
    ("grid_factors", "province grid_kgco2_per_kwh year source"),
    (
        "norms",
        "id rule rule_zh rule_en metric value_min value_max households_town households_country unit area area_zh \
        area_en year basis source confidence note",
    ),
    ("sources", "key content original_publisher url_or_locator link_in_product"),
    ("road_joins", "id lon_a lat_a lon_b lat_b name source"),
    ("map_labels", "layer name_zh name_en lon lat rank"),
    (
        "terminals",
        "id kind name_zh name_en province city cluster lat lon location_precision modes throughput_mt year source \
        confidence note",
    ),
    ("rail_joins", "id lon_a lat_a lon_b lat_b name source"),
    ("waterways", "line order name lon lat km seagoing source confidence note"),
    ("sea_approaches", "line order name lon lat source confidence note"),
    ("reference_distances", "id mode from to distance_km route source confidence note"),
];

/// Tells each missing column once.
pub fn check(notices: &mut Notices, shelf: &Shelf) {
    for (name, wanted) in WANTED {
        let Some(table) = shelf.get(name) else { continue };
        let there = headers(table);
        for column in wanted.split_whitespace().filter(|w| !there.iter().any(|h| h == w)) {
            let remedy = "Add it to the first line and to every row.";
            notices.column_error("columns", table, column, "the column is missing", remedy);
        }
    }
}

/// Every column that is checked, with its table.
#[cfg(test)]
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    WANTED.into_iter().flat_map(|(name, wanted)| wanted.split_whitespace().map(move |column| (name, column)))
}
