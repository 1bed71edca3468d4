//! From the two packs to the region: the first holds what the first view needs, the second the ground to compute on.

use super::{cells, claims, geometry, pack::Pack, pack::PackError, roads, tables};
use crate::{
    account::FreightTable,
    diagnostics::Diagnostic,
    graph::{Link, Network},
    model::{
        Baseline, CONTRACT_COST_FACTOR_KEY, Claim, Cluster, DemandCell, Ground, Norm, Prefecture, ScrapModel, Stream,
        subsidy_key, unnamed_capacity,
    },
};
use thiserror::Error;

/// File name of the pack that the first view needs.
pub const FIRST_PACK: &str = "first.pack";
/// File name of the pack to compute on.
pub const NETWORK_PACK: &str = "network.pack";

/// Parameters that the computations cannot do without.
const REQUIRED: &[&str] = &[
    "national.recovery_rate.all.2025",
    "national.recycled_output_target.Al",
    "national.recycled_output_target.Cu",
    "national.recycled_output_target.Pb",
    "national.recycled_output_target.other",
    "national.recycled_output.Zn",
    "national.secondary_value_added.all",
    "process.metal_content_feed.Al",
    "process.metal_content_feed.Cu",
    "process.metal_content_feed.Pb",
    "process.metal_content_feed.Zn",
    "process.metal_content_feed.other",
    "process.hub_sorting_yield.all",
    "process.smelter_yield.Zn",
    "process.smelter_yield.Li",
    "model.utilisation.all",
    "model.household_size.all",
    "model.road_speed.all.class1",
    "model.road_speed.all.class2",
    "model.road_speed.all.class3",
    CONTRACT_COST_FACTOR_KEY,
];

/// Why a region cannot be used at all.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RegionError {
    /// The container or a section is bad.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The tables lack something the model needs.
    #[error("the region pack lacks {0}")]
    Incomplete(String),
}

impl RegionError {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Pack(e) => e.code(),
            Self::Incomplete(_) => "pack-incomplete",
        }
    }
}

/// What the first pack holds.
pub struct First {
    /// Prefectures, facilities, parameters.
    pub baseline: Baseline,
    /// The simplified base map.
    pub base: Vec<geometry::GeometryLayer>,
    /// City names for the first map.
    pub labels: Vec<tables::CityLabel>,
    /// Rows that could not be used.
    pub problems: Vec<Diagnostic>,
}

/// What the second pack holds.
pub struct Second {
    /// Roads, cells, places.
    pub ground: Ground,
    /// The detailed base map.
    pub detail: Vec<geometry::GeometryLayer>,
    /// Rows that could not be used.
    pub problems: Vec<Diagnostic>,
}

/// Reads the first pack.
///
/// # Errors
/// Where the pack is not one, is damaged, or lacks something the model cannot do without.
pub fn read_first(bytes: &[u8]) -> Result<First, RegionError> {
    let pack = Pack::parse(bytes)?;
    let (mut parameters, mut problems) = tables::parameters(&pack.text("parameters")?);
    if pack.names().any(|n| n == "grid_factors") {
        let (grids, found) = tables::grid(&pack.text("grid_factors")?);
        parameters = parameters.and(grids);
        problems.extend(found);
    }
    let scrap = Stream::ALL.into_iter().flat_map(ScrapModel::keys);
    let subsidies = Stream::ALL.into_iter().flat_map(|s| Cluster::ALL.map(|c| subsidy_key(s, c)));
    let required =
        REQUIRED.iter().copied().map(str::to_owned).chain(FreightTable::keys()).chain(scrap).chain(subsidies);
    for key in required {
        if parameters.get(&key).is_none() {
            return Err(RegionError::Incomplete(format!("the parameter {key}")));
        }
    }
    let mut keep = |more: Vec<Diagnostic>| problems.extend(more);
    let (prefectures, p) = tables::prefectures(&pack.text("prefectures")?);
    keep(p);
    let table = pack.text("smelters")?;
    let (smelters, p) = tables::smelters(&table);
    keep(p);
    let operators = tables::operators(&table);
    let (hubs, p) = tables::hubs(&pack.text("hubs")?, &parameters);
    keep(p);
    let (points, p) = tables::points(&pack.text("points")?, &prefectures, &parameters);
    keep(p);
    let (terminals, p) = tables::terminals(&pack.text("terminals")?);
    keep(p);
    let (labels, p) = tables::labels(&pack.text("labels")?);
    keep(p);
    if !prefectures.iter().any(|p| p.cluster.is_some()) {
        return Err(RegionError::Incomplete("prefectures in a cluster".into()));
    }
    let unnamed = unnamed_capacity(&prefectures, &smelters, &parameters);
    let mut facilities: Vec<_> =
        points.into_iter().chain(hubs).chain(smelters).chain(terminals).chain(unnamed).collect();
    facilities.sort_by(|a, b| a.id.cmp(&b.id));
    facilities.dedup_by(|b, a| {
        let twice = a.id == b.id;
        if twice {
            problems.push(Diagnostic::error(
                "table-duplicate-id",
                format!("{}.csv", b.origin.table),
                format!("{} occurs twice", b.id),
                "The second one was left out; give it an id of its own.",
            ));
        }
        twice
    });
    let claims = read_claims(&pack, &mut problems);
    let norms = read_norms(&pack, &mut problems)?;
    let base = geometry::decode("base", &pack.section("base")?)?;
    let baseline = Baseline { prefectures, facilities, parameters, claims, norms, operators };
    Ok(First { baseline, base, labels, problems })
}

/// The claims of the sector report, where the pack holds them. Nothing is computed from them: what cannot be read of them is
/// told and stops nothing.
fn read_claims(pack: &Pack<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Claim> {
    if !pack.names().any(|n| n == claims::CLAIMS_SECTION) {
        return Vec::new();
    }
    let text = pack.text(claims::CLAIMS_SECTION).map_err(|e| e.to_string());
    text.and_then(|text| claims::claims(&text).map_err(|e| e.to_string())).unwrap_or_else(|e| {
        problems.push(Diagnostic::error(
            "claims-not-readable",
            claims::CLAIMS_SECTION,
            e,
            "The claims are not shown; build the pack again with cargo xtask data.",
        ));
        Vec::new()
    })
}

/// The siting norms, where the pack holds them: without them nothing is checked, and everything else works.
fn read_norms(pack: &Pack<'_>, problems: &mut Vec<Diagnostic>) -> Result<Vec<Norm>, RegionError> {
    if !pack.names().any(|n| n == "norms") {
        return Ok(Vec::new());
    }
    let (norms, found) = tables::norms(&pack.text("norms")?);
    problems.extend(found);
    Ok(norms)
}

/// Reads the second pack. Needs the prefectures of the first, to which cells belong.
///
/// # Errors
/// Where the pack is not one, is damaged, or does not fit the first.
pub fn read_second(bytes: &[u8], prefectures: &[Prefecture]) -> Result<Second, RegionError> {
    let pack = Pack::parse(bytes)?;
    let network = |section: &str| {
        let table = roads::decode(section, &pack.section(section)?)?;
        let edges = table.edges.iter().map(|e| (e.from, e.to, Link { length_m: e.length_m, class: e.class }));
        Network::new(table.nodes, edges).map_err(|_| PackError::damaged(section))
    };
    let roads = network("roads")?;
    let mut all = Vec::new();
    for row in cells::decode("cells", &pack.section("cells")?)? {
        let home = prefectures.get(row.prefecture as usize);
        let cluster =
            home.and_then(|p| p.cluster).ok_or_else(|| RegionError::Incomplete("the prefecture of a cell".into()))?;
        let at = cells::cell_centre(row.cell);
        all.push(DemandCell { h3: row.cell.into(), at, people: row.people, prefecture: row.prefecture, cluster });
    }
    let cell_access = all.iter().map(|c| roads.access(c.at)).collect();
    let (places, problems) = tables::places(&pack.text("places")?);
    let detail = geometry::decode("detail", &pack.section("detail")?)?;
    let beyond = detail.iter().filter(|layer| ["sea", "outside"].contains(&layer.name.as_str()));
    let outside = beyond.flat_map(|layer| layer.features.iter().map(|f| f.parts.clone())).collect();
    let ground = Ground {
        roads,
        rails: network("rails")?,
        waterways: network("waterways")?,
        sealanes: network("sealanes")?,
        cells: all,
        cell_access,
        places,
        outside,
    };
    Ok(Second { ground, detail, problems })
}
