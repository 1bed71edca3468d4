//! Which hexagons are land of the cluster provinces, how much of each, and whose they are.

use crate::{
    locate::Locator,
    places::{Place, nearest_seat},
    provinces::Admin,
    tables::Prefecture,
};
use atlas_core::{
    format::cells::{CELL_RESOLUTION, cell_centre},
    geo::LonLat,
};
use h3o::{CellIndex, LatLng, Resolution};
use std::collections::BTreeSet;

/// A cell whose centre is this far off its province's polygon still counts where it touches land (degrees): the polygons
/// leave out small islands.
const COAST_REACH: f64 = 0.3;
/// What of a settled cell is taken as land at least: new land along the coast is missing from the source.
const LEAST_SETTLED: f64 = 0.3;
/// A cell in a lake counts where at least this share of it is dry.
const LEAST_ASHORE: f64 = 0.2;

/// A hexagon with land in it.
#[derive(Clone, Copy, Debug)]
pub struct LandCell {
    /// The H3 cell.
    pub cell: CellIndex,
    /// Its centre.
    pub at: LonLat,
    /// Row of its prefecture.
    pub prefecture: usize,
    /// Land in it.
    pub land_km2: f64,
}

/// Where there is dry land.
pub struct Ground {
    land: Locator,
    lakes: Locator,
}

impl Ground {
    /// From land and lakes.
    pub const fn new(land: Locator, lakes: Locator) -> Self {
        Self { land, lakes }
    }

    /// True on land that is no lake.
    pub fn is_dry(&self, at: LonLat) -> bool {
        self.land.contains(at) && !self.lakes.contains(at)
    }
}

/// The cell of a position.
pub fn cell_at(at: LonLat) -> Option<CellIndex> {
    LatLng::new(at.lat, at.lon).ok().map(|l| l.to_cell(CELL_RESOLUTION))
}

/// Every cell of the ten cluster provinces that has land, by ascending index.
pub fn land_cells(admin: &Admin, ground: &Ground, gazetteer: &[Place], prefectures: &[Prefecture]) -> Vec<LandCell> {
    let settled: BTreeSet<CellIndex> = gazetteer.iter().filter_map(|p| cell_at(p.at)).collect();
    let mut candidates = BTreeSet::new();
    // The cluster provinces lie in 108-127 E, 19.8-43.8 N; steps of 0.02 degrees meet every cell of 0.06.
    for x in 5400..6350 {
        for y in 990..2190 {
            candidates.extend(cell_at(LonLat::new(f64::from(x) * 0.02, f64::from(y) * 0.02)));
        }
    }
    let mut cells = Vec::new();
    for cell in candidates {
        let at = cell_centre(cell);
        let Some(province) = admin.province_near(at, COAST_REACH).filter(|p| p.cluster.is_some()) else { continue };
        let in_province = province.locator.contains(at);
        let in_lake = ground.lakes.contains(at);
        let mut share = dry_share(cell, ground);
        if in_lake && share < LEAST_ASHORE {
            share = 0.0;
        }
        if settled.contains(&cell) || (in_province && !in_lake) {
            share = share.max(LEAST_SETTLED);
        }
        if share > 0.0
            && let Some(prefecture) = nearest_seat(prefectures, province.code, at)
        {
            cells.push(LandCell { cell, at, prefecture, land_km2: share * cell.area_km2() });
        }
    }
    cells
}

/// The share of a cell's 49 parts whose centres are dry.
fn dry_share(cell: CellIndex, ground: &Ground) -> f64 {
    let parts =
        cell.children(Resolution::Eight).map(LatLng::from).map(|c| ground.is_dry(LonLat::new(c.lng(), c.lat())));
    let (dry, all) = parts.fold((0u32, 0u32), |(dry, all), is_dry| (dry + u32::from(is_dry), all + 1));
    f64::from(dry) / f64::from(all)
}
