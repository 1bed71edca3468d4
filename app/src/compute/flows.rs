//! The flows of an allocation as GeoJSON.
//!
//! Seen from afar a flow is an arc of dashes that grow thinner the way it goes: dashes, because it is modelled. Opposite flows
//! bow to opposite sides, and streams by different amounts. From near each is a short straight line, and the style puts an
//! arrow on it.

use super::bundles::{Bundle, Bundles, Level};
use atlas_core::{
    format::geojson::{GeoJson, geometry, line},
    geo::LonLat,
    model::{Cluster, Stream},
};

/// How far an arc bows out, as a share of its length: the first stream, and each next one more.
const BOW: (f64, f64) = (0.10, 0.045);
/// Of its full width a flow keeps so much at its end.
const END_WIDTH: f64 = 0.28;
/// Of a dash and the gap behind it, the dash.
const DASH: f64 = 0.8;
/// Positions of a dash.
const STEPS: usize = 3;

/// Dashes of an arc.
const fn dashes(level: Level) -> usize {
    match level {
        Level::Provinces => 9,
        Level::Prefectures => 5,
        Level::Each => 0,
    }
}

/// Every flow at every level. Features have `l` (the level's number), `n` (row in [`Bundles::of`]), `s` (stream), `m` (mode),
/// `c` (four times the first end's cluster, plus the second's; 3: none), `g` (1: recycled metal), `w` (width in px), and
/// `f` and `t` (the codes of its ends with its stream).
pub fn drawn(bundles: &Bundles) -> Vec<u8> {
    let mut w = GeoJson::default();
    for (number, level) in Level::ALL.into_iter().enumerate() {
        for (row, b) in bundles.of(level).iter().enumerate() {
            if b.at[0] == b.at[1] {
                continue;
            }
            let width = bundles.width_px(level, b.gross_t);
            let common = format!(
                r#""l":{number},"n":{row},"s":{},"m":{},"c":{},"g":{},"f":{},"t":{}"#,
                b.stream as u8,
                b.mode as u8,
                clusters_code(b.clusters),
                u8::from(!b.leg.is_scrap()),
                b.from.code(b.stream),
                b.to.code(b.stream),
            );
            let mut add = |width: f64, points: &[LonLat]| {
                w.feature(&format!(r#"{common},"w":{width:.1}"#), &geometry("LineString", &line(points)));
            };
            let count = dashes(level);
            if count == 0 {
                add(width, &b.at);
                continue;
            }
            for dash in 0..count {
                let begin = dash as f64 / count as f64;
                let length = if dash + 1 == count { 1.0 } else { DASH } / count as f64;
                let points: Vec<LonLat> =
                    (0..=STEPS).map(|i| along(b, begin + length * i as f64 / STEPS as f64)).collect();
                add(width * (1.0 - (1.0 - END_WIDTH) * (begin + length / 2.0)), &points);
            }
        }
    }
    w.finish()
}

/// The number of the clusters of two ends.
#[must_use]
pub const fn clusters_code(of: [Option<Cluster>; 2]) -> u32 {
    const fn number(c: Option<Cluster>) -> u32 {
        match c {
            Some(c) => c as u32,
            None => 3,
        }
    }
    4 * number(of[0]) + number(of[1])
}

/// A position of an arc: a parabola that bows out to the left.
fn along(b: &Bundle, share: f64) -> LonLat {
    let [from, to] = b.at;
    let (east, north) = (to.lon - from.lon, to.lat - from.lat);
    // A degree of longitude is shorter than one of latitude.
    let squeeze = libm::cos(((from.lat + to.lat) / 2.0).to_radians());
    let out = 4.0 * share * (1.0 - share) * bow(b.stream);
    LonLat::new(from.lon + east * share - out * north / squeeze, from.lat + north * share + out * east * squeeze)
}

fn bow(stream: Stream) -> f64 {
    BOW.0 + BOW.1 * f64::from(stream as u8)
}

#[cfg(test)]
mod tests {
    use super::super::bundles::tests::answer;
    use super::*;
    use serde_json::Value;

    fn features() -> Vec<Value> {
        let all: Value = serde_json::from_slice(&drawn(&Bundles::new(&answer()))).expect("JSON");
        all["features"].as_array().expect("features").clone()
    }

    #[test]
    fn every_flow_is_drawn_at_every_level() {
        let bundles = Bundles::new(&answer());
        for (number, level) in Level::ALL.into_iter().enumerate() {
            let mut rows: Vec<u64> = features()
                .iter()
                .filter(|f| f["properties"]["l"] == number)
                .filter_map(|f| f["properties"]["n"].as_u64())
                .collect();
            rows.dedup();
            assert_eq!(rows, (0..bundles.of(level).len() as u64).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_flow_grows_thinner_on_its_way() {
        let dashes: Vec<f64> = features()
            .iter()
            .filter(|f| f["properties"]["l"] == 0 && f["properties"]["n"] == 0)
            .filter_map(|f| f["properties"]["w"].as_f64())
            .collect();
        assert_eq!(dashes.len(), 9);
        assert!(dashes.windows(2).all(|w| w[1] < w[0]), "{dashes:?}");
    }

    #[test]
    fn opposite_flows_do_not_coincide_and_ends_are_kept() {
        let bundles = Bundles::new(&answer());
        let there = &bundles.of(Level::Prefectures)[0];
        let back = Bundle { at: [there.at[1], there.at[0]], ..there.clone() };
        let (a, b) = (along(there, 0.5), along(&back, 0.5));
        assert!((a.lat - b.lat).abs() + (a.lon - b.lon).abs() > 0.1);
        assert_eq!(along(there, 0.0), there.at[0]);
        let end = along(there, 1.0);
        assert!((end.lon - there.at[1].lon).abs() < 1e-9 && (end.lat - there.at[1].lat).abs() < 1e-9);
    }
}
