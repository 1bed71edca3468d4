//! What the map draws of new sites, beside their catchments and candidates, which the worker draws: GeoJSON.

use super::Ring;
use crate::state::AppState;
use atlas_core::geo::LonLat;
use serde_json::{Value, json};

fn place(at: LonLat) -> Value {
    json!([at.lon, at.lat])
}

fn point(properties: Value, at: LonLat) -> Value {
    json!({"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": place(at)}})
}

fn line(properties: Value, corners: &[LonLat]) -> Value {
    let corners: Vec<Value> = corners.iter().map(|c| place(*c)).collect();
    json!({"type": "Feature", "properties": properties, "geometry": {"type": "LineString", "coordinates": corners}})
}

fn area(properties: Value, ring: &[LonLat]) -> Value {
    let corners: Vec<Value> = ring.iter().chain(ring.first()).map(|c| place(*c)).collect();
    json!({"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [corners]}})
}

fn collection(features: Vec<Value>) -> Vec<u8> {
    json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes()
}

/// Proposed sites by their rank (`site`, from 1), a moved one with where it was, facilities that would close, and a place that
/// was asked about. Nothing where the panel is closed, or once the sites are in the plan.
#[must_use]
pub fn sites_geojson(state: &AppState) -> Vec<u8> {
    let siting = &state.siting;
    let Some(search) = siting.search.as_ref().filter(|_| siting.open && !state.are_sites_accepted()) else {
        return collection(vec![]);
    };
    let mut features = Vec::new();
    let Some(plan) = search.plan() else { return collection(vec![]) };
    for id in &plan.closes {
        if let Some(found) = state.document.plan().get(id) {
            features.push(point(json!({"closes": true}), found.facility.at));
        }
    }
    for (row, s) in plan.sites.iter().enumerate() {
        let drag = siting.drag.as_ref().filter(|d| d.id == s.id);
        if let Some(drag) = drag {
            features.push(line(json!({"moved": true}), &[drag.from, drag.at]));
            features.push(point(json!({"ghost": true}), drag.from));
        }
        let told = siting.told.as_ref() == Some(&s.id);
        let properties = json!({"site": row + 1, "p": row, "s": true, "zh": s.zh, "en": s.en, "told": told});
        features.push(point(properties, drag.map_or(s.at, |d| d.at)));
    }
    if let Some(asked) = &search.why_not {
        features.push(point(json!({"asked": true}), asked.answer.as_ref().map_or(asked.at, |a| a.site.at)));
    }
    collection(features)
}

/// Forbidden areas, the ring of candidates, and the ring that is being drawn.
#[must_use]
pub fn drawn_geojson(state: &AppState) -> Vec<u8> {
    let siting = &state.siting;
    if !siting.open {
        return collection(vec![]);
    }
    let ask = &siting.ask;
    let mut features: Vec<Value> =
        ask.question.forbidden.iter().map(|r| area(json!({"ring": "forbidden"}), r)).collect();
    if ask.source == super::Source::Drawn && ask.ring.len() > 2 {
        features.push(area(json!({"ring": "candidates"}), &ask.ring));
    }
    if let Some((ring, corners)) = &siting.drawing {
        let what = match ring {
            Ring::Forbidden => "forbidden",
            Ring::Candidates => "candidates",
        };
        if corners.len() > 2 {
            features.push(area(json!({"ring": what}), corners));
        } else if corners.len() == 2 {
            features.push(line(json!({"draft": true}), corners));
        }
        features.extend(corners.iter().enumerate().map(|(i, c)| point(json!({"corner": i}), *c)));
    }
    collection(features)
}

/// South-west and north-east corner of some places, with a margin in degrees.
fn corners(places: impl Iterator<Item = LonLat>, margin: f64) -> Option<(LonLat, LonLat)> {
    let all = places.fold(None, |all: Option<[f64; 4]>, p| {
        let [w, s, e, n] = all.unwrap_or([p.lon, p.lat, p.lon, p.lat]);
        Some([w.min(p.lon), s.min(p.lat), e.max(p.lon), n.max(p.lat)])
    });
    all.map(|[w, s, e, n]| (LonLat::new(w - margin, s - margin), LonLat::new(e + margin, n + margin)))
}

/// What shows the area of the question.
#[must_use]
pub fn siting_view(state: &AppState) -> Option<(LonLat, LonLat)> {
    let within = &state.siting.ask.question.area.within;
    let holds = |p: &&atlas_core::model::Prefecture| {
        let (own, province) = (p.adcode.to_string(), (p.adcode / 10_000 * 10_000).to_string());
        let cluster = p.cluster.map_or("", atlas_core::model::Cluster::key);
        within.iter().any(|w| *w == own || *w == province || w == cluster)
    };
    corners(state.baseline.prefectures.iter().filter(|p| p.cluster.is_some()).filter(holds).map(|p| p.seat), 0.35)
}

/// What shows the sites of the plan, and the area where one is chosen.
#[must_use]
pub fn plan_view(state: &AppState) -> Option<(LonLat, LonLat)> {
    let plan = state.siting.search.as_ref()?.plan()?;
    let sites = plan.sites.iter().map(|s| s.at);
    let area = siting_view(state).map(|(a, b)| [a, b]);
    corners(sites.chain(area.into_iter().flatten()), 0.1)
}

/// The size of a drawn area.
#[must_use]
pub fn ring_area_km2(ring: &[LonLat]) -> f64 {
    const KM_PER_DEGREE: f64 = 111.195;
    let Some(first) = ring.first() else { return 0.0 };
    let narrower = libm::cos(first.lat.to_radians());
    let twice: f64 = ring
        .iter()
        .zip(ring.iter().cycle().skip(1))
        .map(|(a, b)| (a.lon - first.lon) * (b.lat - first.lat) - (b.lon - first.lon) * (a.lat - first.lat))
        .sum();
    (twice / 2.0).abs() * KM_PER_DEGREE * KM_PER_DEGREE * narrower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_measured_on_the_ground() {
        let square: Vec<LonLat> =
            [(117.0, 31.0), (118.0, 31.0), (118.0, 32.0), (117.0, 32.0)].map(|(x, y)| LonLat::new(x, y)).to_vec();
        let km2 = ring_area_km2(&square);
        assert!((10_300.0..10_800.0).contains(&km2), "{km2}");
        assert_eq!(ring_area_km2(&[]), 0.0);
    }
}
