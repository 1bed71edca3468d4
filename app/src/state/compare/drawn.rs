//! What the maps of a comparison draw: facilities and flows that differ, and the facilities of either side.

use crate::state::select::{MarkLists, plan_marks};
use atlas_core::{
    comparison::{ChangedFacility, Differences, FacilityChange},
    format::geojson::{GeoJson, geometry, line, position, text},
    geo::LonLat,
    model::{Capacity, FacilityKind},
    scenario::Plan,
};

/// So many flows are drawn: more would hide the map.
const MOST_FLOWS: usize = 160;
/// Width of the largest change, in px.
const WIDEST_PX: f64 = 10.0;
/// The thinnest that is still seen.
const THINNEST_PX: f64 = 1.0;
/// How far an arc bows out, as a share of its length.
const BOW: f64 = 0.14;
/// Positions of an arc.
const STEPS: usize = 10;

/// How much of the flows is on the map.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drawn {
    /// Flows on the map.
    pub flows: usize,
    /// Flows that differ.
    pub all: usize,
    /// The share of all change that is on the map.
    pub share: f64,
    /// The largest change, gross tonnes a year: the widest line, and the ends of the ramp.
    pub most_t: f64,
}

/// How much of the flows the document below draws.
#[must_use]
pub fn drawn(found: &Differences) -> Drawn {
    let size = |n: usize| found.flows.iter().take(n).map(|f| f.difference().abs()).sum::<f64>();
    let (flows, all) = (found.flows.len().min(MOST_FLOWS), found.flows.len());
    let whole = size(all);
    Drawn {
        flows,
        all,
        share: if whole > 0.0 { size(flows) / whole } else { 1.0 },
        most_t: found.flows.first().map_or(0.0, |f| f.difference().abs()),
    }
}

/// Facilities as points with `what` (a key of [`FacilityChange`], `grown` or `shrunk`), `kind`, `zh` and `en`; where they moved
/// also a line with `moved`. Flows as arcs with `flow`: the class of the difference from 1 (less) to 7 (more), and `w` px.
#[must_use]
pub fn compared_geojson(found: &Differences) -> Vec<u8> {
    let mut w = GeoJson::default();
    let most = drawn(found).most_t;
    // The largest lie on top.
    for f in found.flows.iter().take(MOST_FLOWS).rev() {
        let share = if most > 0.0 { f.difference() / most } else { 0.0 };
        let px = (WIDEST_PX * libm::sqrt(share.abs())).max(THINNEST_PX);
        let properties = format!(r#""flow":{},"w":{px:.1}"#, class(share));
        w.feature(&properties, &geometry("LineString", &line(&arc(f.from, f.to))));
    }
    for f in &found.facilities {
        if let FacilityChange::Moved { from } = f.change {
            w.feature(r#""moved":true"#, &geometry("LineString", &line(&[from, f.at])));
        }
    }
    for f in &found.facilities {
        let (zh, en) = (text(&f.name.zh), text(&f.name.en));
        let properties = format!(r#""what":"{}","kind":"{}","zh":{zh},"en":{en}"#, sign(f), f.kind.key());
        w.feature(&properties, &geometry("Point", &position(f.at)));
    }
    w.finish()
}

/// From this share of the largest change on a flow has the strongest hue of the ramp. The faintest are left out: a line in them
/// would not be seen.
pub const STRONG: f64 = 0.25;

/// The class of a difference, as a share of the largest one: 4 would be none.
fn class(share: f64) -> u8 {
    let step = if share.abs() >= STRONG { 3 } else { 2 };
    if share < 0.0 { 4 - step } else { 4 + step }
}

fn sign(f: &ChangedFacility) -> &'static str {
    let tonnes = |c: &Option<Capacity>| c.map_or(0.0, |c| c.tonnes);
    match &f.change {
        FacilityChange::Resized { from, to } if tonnes(to) >= tonnes(from) => "grown",
        FacilityChange::Resized { .. } => "shrunk",
        other => other.key(),
    }
}

/// A parabola that bows out to the left.
pub fn arc(from: LonLat, to: LonLat) -> Vec<LonLat> {
    let (east, north) = (to.lon - from.lon, to.lat - from.lat);
    // A degree of longitude is shorter than one of latitude.
    let squeeze = libm::cos(((from.lat + to.lat) / 2.0).to_radians());
    let at = |i: usize| {
        let share = i as f64 / STEPS as f64;
        let out = 4.0 * share * (1.0 - share) * BOW;
        LonLat::new(from.lon + east * share - out * north / squeeze, from.lat + north * share + out * east * squeeze)
    };
    (0..=STEPS).map(at).collect()
}

/// Hubs and smelters that are in use in a plan: what flows begin and end at. Collection points are left out, and so is what the
/// document of differences draws.
#[must_use]
pub fn differing_marks(plan: &Plan, found: Option<&Differences>) -> MarkLists {
    let differs = |id: &str| found.is_some_and(|d| d.facilities.iter().any(|f| f.id == id));
    plan_marks(plan, |p| {
        let kind = p.facility.kind;
        p.open && matches!(kind, FacilityKind::Hub | FacilityKind::Smelter) && !differs(&p.facility.id)
    })
}

/// Everything of a plan but ports and rail hubs.
#[must_use]
pub fn side_marks(plan: &Plan) -> MarkLists {
    plan_marks(plan, |p| !p.facility.kind.is_terminal())
}
