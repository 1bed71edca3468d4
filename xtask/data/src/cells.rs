//! Demand cells: where people live, on H3 hexagons of resolution 6, modelled.
//!
//! The census gives residents and urban residents a prefecture. Urban people are spread around populated places, weighted
//! by their size in GeoNames, thinning out from each centre and never denser than a cap; rural people by road nodes and
//! villages with a small floor. Sums by prefecture are exact.

use crate::{
    apportion::largest_remainder,
    error::{DataError, Result},
    land_cells::{LandCell, cell_at},
    places::Place,
    tables::Prefecture,
};
use atlas_core::{
    format::cells::CellRow,
    geo::{LonLat, haversine_m},
};
use h3o::{CellIndex, LatLng};
use std::collections::BTreeMap;

/// Urban people are at most this dense (a km2), or half again the prefecture's mean where that is more.
const MOST_URBAN_PER_KM2: f64 = 8000.0;
/// Density in the middle of a place, which sets how far it spreads (a km2).
const CENTRE_PER_KM2: f64 = 8000.0;
/// The least decay length of a place in km: a town fills about one cell.
const LEAST_DECAY_KM: f64 = 1.2;
/// Weight of a place that GeoNames has without people.
const SMALL_PLACE: f64 = 2500.0;
/// Weight of rural land without any road or village, against 1 for a road node.
const RURAL_FLOOR: f64 = 0.3;

/// People of every land cell, by ascending index; cells without people are left out.
pub fn build(
    land_cells: &[LandCell],
    gazetteer: &[Place],
    prefectures: &[Prefecture],
    nodes: &[LonLat],
) -> Result<Vec<CellRow>> {
    let rural = rural_weights(land_cells, gazetteer, nodes);
    let mut rows = Vec::new();
    for (i, prefecture) in prefectures.iter().enumerate().filter(|(_, p)| p.in_cluster()) {
        let cells: Vec<LandCell> = land_cells.iter().filter(|c| c.prefecture == i).copied().collect();
        if cells.is_empty() {
            return Err(DataError::new(
                format!("no demand cell for {}", prefecture.name_zh),
                "no cell is nearest to its seat",
                "Check the seat's position in data/tables/prefectures.csv.",
            ));
        }
        let places: Vec<&Place> = gazetteer.iter().filter(|p| p.prefecture == i).collect();
        let people = spread(prefecture, &cells, &places, &rural);
        rows.extend(cells.iter().zip(people).filter(|(_, n)| *n > 0).map(|(c, n)| CellRow {
            cell: c.cell,
            people: u32::try_from(n).expect("people of one cell"),
            prefecture: i as u32,
        }));
    }
    rows.sort_by_key(|r| r.cell);
    refuse_rounding_edges(&rows)?;
    Ok(rows)
}

/// Road nodes and villages in and around each cell, above a floor; less where there is less land.
fn rural_weights(cells: &[LandCell], gazetteer: &[Place], nodes: &[LonLat]) -> BTreeMap<CellIndex, f64> {
    let mut counts = BTreeMap::<CellIndex, f64>::new();
    for at in nodes.iter().copied().chain(gazetteer.iter().map(|p| p.at)) {
        if let Some(cell) = cell_at(at) {
            *counts.entry(cell).or_default() += 1.0;
        }
    }
    let count = |c: &CellIndex| counts.get(c).copied().unwrap_or(0.0);
    let weight = |c: &LandCell| {
        let around: Vec<CellIndex> = c.cell.grid_disk(1);
        let mean = around.iter().map(count).sum::<f64>() / around.len() as f64;
        // Square root: ten nodes are a junction, not ten villages.
        (c.cell, c.land_km2 * (RURAL_FLOOR + libm::sqrt(0.5 * (count(&c.cell) + mean))))
    };
    cells.iter().map(weight).collect()
}

/// The people of one prefecture over its cells.
fn spread(
    prefecture: &Prefecture,
    cells: &[LandCell],
    places: &[&Place],
    rural: &BTreeMap<CellIndex, f64>,
) -> Vec<u64> {
    let urban_people = prefecture.urban_people().min(prefecture.people());
    let urban = urban_weights(prefecture, urban_people as f64, cells, places);
    let rural: Vec<f64> = cells.iter().map(|c| rural[&c.cell]).collect();
    let (urban_sum, rural_sum): (f64, f64) = (urban.iter().sum(), rural.iter().sum());
    let rural_people = (prefecture.people() - urban_people) as f64;
    let weights: Vec<f64> = urban
        .iter()
        .zip(&rural)
        .map(|(u, r)| urban_people as f64 * u / urban_sum + rural_people * r / rural_sum)
        .collect();
    largest_remainder(prefecture.people(), &weights)
}

/// Urban people by cell: a decaying kernel a place, then a cap on density whose excess goes to the other cells.
fn urban_weights(prefecture: &Prefecture, people: f64, cells: &[LandCell], places: &[&Place]) -> Vec<f64> {
    let mut centres: Vec<(LonLat, f64)> = places.iter().map(|p| (p.at, (p.people as f64).max(SMALL_PLACE))).collect();
    // The seat's own town may be missing from the gazetteer.
    let near_seat = |at: LonLat| haversine_m(at, prefecture.seat()) < 10_000.0;
    if !centres.iter().any(|(at, weight)| near_seat(*at) && *weight > 50_000.0) {
        centres.push((prefecture.seat(), 0.3 * people));
    }
    let sum: f64 = centres.iter().map(|c| c.1).sum();
    let mut urban = vec![0.0; cells.len()];
    for (at, weight) in centres {
        let share = people * weight / sum;
        // An exponential profile of this decay holds the share when its middle has the given density.
        let decay = libm::sqrt(share / (2.0 * std::f64::consts::PI * CENTRE_PER_KM2)).max(LEAST_DECAY_KM);
        let kernel: Vec<f64> = cells
            .iter()
            .map(|c| {
                let km = haversine_m(at, c.at) / 1000.0;
                if km > 6.0 * decay + 3.0 { 0.0 } else { c.land_km2 * libm::exp(-km / decay) }
            })
            .collect();
        let total: f64 = kernel.iter().sum();
        if total > 0.0 {
            for (u, k) in urban.iter_mut().zip(&kernel) {
                *u += share * k / total;
            }
        }
    }
    let mean = people / cells.iter().map(|c| c.land_km2).sum::<f64>();
    let density = MOST_URBAN_PER_KM2.max(1.5 * mean);
    cap(&mut urban, &cells.iter().map(|c| c.land_km2 * density).collect::<Vec<_>>());
    urban
}

/// Takes what is above a cell's limit and gives it to the cells below theirs in proportion to what they have.
fn cap(values: &mut [f64], limits: &[f64]) {
    for _ in 0..50 {
        let mut excess = 0.0;
        for (v, limit) in values.iter_mut().zip(limits) {
            excess += (*v - limit).max(0.0);
            *v = v.min(*limit);
        }
        let open = |v: f64, limit: f64| if v < limit { v } else { 0.0 };
        let room: f64 = values.iter().zip(limits).map(|(v, l)| open(*v, *l)).sum();
        if excess < 0.5 || room <= 0.0 {
            return;
        }
        for (v, limit) in values.iter_mut().zip(limits) {
            *v += excess * open(*v, *limit) / room;
        }
    }
}

/// A centre within 1e-11 degrees of a rounding edge could differ between platforms: see
/// `atlas_core::format::cells::cell_centre`.
fn refuse_rounding_edges(rows: &[CellRow]) -> Result<()> {
    let on_edge = |degrees: f64| {
        let steps = degrees * 1e5;
        ((steps - libm::floor(steps)) - 0.5).abs() < 1e-6
    };
    let bad = rows.iter().find(|r| {
        let at = LatLng::from(r.cell);
        on_edge(at.lng()) || on_edge(at.lat())
    });
    match bad {
        None => Ok(()),
        Some(r) => Err(DataError::new(
            format!("the centre of cell {} lies on a rounding edge", r.cell),
            "its rounded position might differ between platforms",
            "Change the rounding step of atlas_core::format::cells::cell_centre.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::format::cells::cell_centre;

    #[test]
    fn the_cap_moves_people_but_loses_none() {
        let mut values = [100.0, 20.0, 10.0, 0.0];
        cap(&mut values, &[50.0, 40.0, 200.0, 50.0]);
        assert!((values.iter().sum::<f64>() - 130.0).abs() < 1e-9);
        assert_eq!(values[0], 50.0);
        assert_eq!(values[3], 0.0);
        assert!(values[1] <= 40.0 + 1e-9);
    }

    #[test]
    fn people_of_a_prefecture_add_up() {
        let seat = LonLat::new(120.0, 30.0);
        let prefecture = Prefecture {
            adcode: 330_100,
            name_zh: "甲市".into(),
            name_en: "A".into(),
            province: "浙江省".into(),
            cluster: "yrd".into(),
            lat: seat.lat,
            lon: seat.lon,
            population_2020_10k: 123.4567,
            urban_population_2020_10k: Some(80.0),
        };
        let disk: Vec<CellIndex> = cell_at(seat).unwrap().grid_disk(6);
        let cell = |c: CellIndex| LandCell { cell: c, at: cell_centre(c), prefecture: 0, land_km2: c.area_km2() };
        let cells: Vec<LandCell> = disk.into_iter().map(cell).collect();
        let rural = cells.iter().map(|c| (c.cell, 1.0)).collect();
        let people = spread(&prefecture, &cells, &[], &rural);
        assert_eq!(people.iter().sum::<u64>(), 1_234_567);
        assert_eq!(people.iter().max(), people.first());
    }
}
