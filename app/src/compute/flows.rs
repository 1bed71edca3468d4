//! The flows of an allocation as GeoJSON.
//!
//! Seen from afar a flow is an arc of dashes that grow thinner the way it goes: dashes, because it is modelled. Opposite flows
//! bow to opposite sides, and streams by different amounts. From near only the two ends of a long flow are drawn: ways in
//! between would cover the map. The style puts an arrow on the first.

use super::bundles::{Bundle, Bundles, Level};
use atlas_core::{
    format::geojson::{GeoJson, geometry, line},
    geo::{LonLat, haversine_m},
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
        Level::Each => 1,
    }
}

/// How much of a flow is drawn where it begins and where it ends, seen from near: ways in between would cover everything
/// (metres).
const STUB_M: f64 = 9_000.0;
/// A flow that is not much longer is drawn whole.
const WHOLE_M: f64 = 20_000.0;

/// Every flow at every level. Features have `l` (the level's number), `n` (row in [`Bundles::of`]), `s` (stream), `m` (mode),
/// `c` (four times the first end's cluster, plus the second's; 3: none), `g` (1: recycled metal) and `w` (width in px).
///
/// From near (2) each flow has an arrow where it begins, and what arrives from a prefecture is drawn at the plant (3), with
/// whatever does not begin at a point.
pub fn drawn(bundles: &Bundles) -> Vec<u8> {
    let mut w = GeoJson::default();
    let rows = |level| bundles.of(level).iter().enumerate().filter(|(_, b)| b.at[0] != b.at[1]);
    for level in [Level::Provinces, Level::Prefectures] {
        for (row, b) in rows(level) {
            arc(&mut w, bundles, (level, level as u32), row, b, 0.0);
        }
    }
    for (row, b) in rows(Level::Prefectures) {
        let length = haversine_m(b.at[0], b.at[1]);
        let begin = if b.from_source && length > WHOLE_M { 1.0 - STUB_M * 2.0 / length.max(2.0 * STUB_M) } else { 0.0 };
        arc(&mut w, bundles, (Level::Prefectures, 3), row, b, begin);
    }
    for (row, b) in rows(Level::Each).filter(|(_, b)| b.from_source) {
        let length = haversine_m(b.at[0], b.at[1]);
        let share = if length > WHOLE_M { STUB_M / length } else { 1.0 };
        straight(&mut w, bundles, row, b, share);
    }
    w.finish()
}

/// The flows of one facility, whole: one by one only where they cannot be tied, else also from their prefectures.
pub fn own(bundles: &Bundles, is_own: impl Fn(&Bundle) -> bool, each: bool) -> Vec<u8> {
    let mut w = GeoJson::default();
    let rows = |level| bundles.of(level).iter().enumerate().filter(|(_, b)| b.at[0] != b.at[1] && is_own(b));
    if !each {
        rows(Level::Prefectures).for_each(|(row, b)| arc(&mut w, bundles, (Level::Prefectures, 1), row, b, 0.0));
    }
    rows(Level::Each).for_each(|(row, b)| straight(&mut w, bundles, row, b, 1.0));
    w.finish()
}

fn common(number: u32, row: usize, b: &Bundle) -> String {
    format!(
        r#""l":{number},"n":{row},"s":{},"m":{},"c":{},"g":{}"#,
        b.stream as u8,
        b.mode as u8,
        clusters_code(b.clusters),
        u8::from(!b.leg.is_scrap()),
    )
}

/// The dashes of an arc from a share of its length on.
fn arc(w: &mut GeoJson, bundles: &Bundles, (level, number): (Level, u32), row: usize, b: &Bundle, from: f64) {
    let common = common(number, row, b);
    let width = bundles.width_px(level, b.gross_t);
    // What is drawn in part has fewer.
    let count = if from > 0.0 { 2 } else { dashes(level) };
    let step = (1.0 - from) / count as f64;
    for dash in 0..count {
        let begin = from + step * dash as f64;
        let length = if dash + 1 == count { step } else { step * DASH };
        let points: Vec<LonLat> = (0..=STEPS).map(|i| along(b, begin + length * i as f64 / STEPS as f64)).collect();
        // Thinner by the dash, whether all of it is drawn or not.
        let share = (dash as f64 + 0.5) / count as f64;
        let width = width * (1.0 - (1.0 - END_WIDTH) * share);
        w.feature(&format!(r#"{common},"w":{width:.1}"#), &geometry("LineString", &line(&points)));
    }
}

/// A straight line up to a share of the way.
fn straight(w: &mut GeoJson, bundles: &Bundles, row: usize, b: &Bundle, share: f64) {
    let [from, to] = b.at;
    let end = LonLat::new(from.lon + (to.lon - from.lon) * share, from.lat + (to.lat - from.lat) * share);
    let width = bundles.width_px(Level::Each, b.gross_t);
    let properties = format!(r#"{},"w":{width:.1}"#, common(2, row, b));
    w.feature(&properties, &geometry("LineString", &line(&[from, end])));
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

    fn rows_of(features: &[Value], level: u32) -> Vec<u64> {
        let of_level = features.iter().filter(|f| f["properties"]["l"] == level);
        let mut rows: Vec<u64> = of_level.filter_map(|f| f["properties"]["n"].as_u64()).collect();
        rows.dedup();
        rows
    }

    #[test]
    fn every_flow_is_drawn_at_every_level() {
        let bundles = Bundles::new(&answer());
        let count = |level| (0..bundles.of(level).len() as u64).collect::<Vec<_>>();
        let drawn = features();
        assert_eq!(rows_of(&drawn, 0), count(Level::Provinces));
        assert_eq!(rows_of(&drawn, 1), count(Level::Prefectures));
        assert_eq!(rows_of(&drawn, 3), count(Level::Prefectures));
        assert_eq!(rows_of(&drawn, 2).len(), 4, "what begins at a point");
        for number in 0..4 {
            let level = Level::from_number(number).expect("a level");
            assert!(rows_of(&drawn, number).iter().all(|row| (*row as usize) < bundles.of(level).len()));
        }
    }

    #[test]
    fn a_facility_has_its_own_flows_whole() {
        let bundles = Bundles::new(&answer());
        let own = |each| -> Vec<Value> {
            let document = own(&bundles, |b| b.stream == Stream::Pb, each);
            let all: Value = serde_json::from_slice(&document).expect("JSON");
            all["features"].as_array().expect("features").clone()
        };
        assert_eq!((rows_of(&own(true), 1).len(), rows_of(&own(true), 2).len()), (0, 1));
        assert_eq!((rows_of(&own(false), 1).len(), rows_of(&own(false), 2).len()), (1, 1));
        assert_eq!(own(true)[0]["geometry"]["coordinates"], serde_json::json!([[117, 36], [118, 36]]));
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
