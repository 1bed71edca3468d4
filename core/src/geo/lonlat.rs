//! A position in WGS84 degrees, and the great-circle distance.

use serde::{Deserialize, Serialize};

/// Mean earth radius in metres (IUGG R1), the radius of [`haversine_m`].
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A WGS84 position: longitude first, both in degrees. Written as `[lon, lat]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct LonLat {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

impl LonLat {
    /// A position from degrees east and degrees north.
    #[must_use]
    pub const fn new(lon: f64, lat: f64) -> Self {
        Self { lon, lat }
    }

    /// True where both numbers are finite and within the globe.
    #[must_use]
    pub fn is_valid(self) -> bool {
        self.lon.is_finite() && self.lat.is_finite() && self.lon.abs() <= 180.0 && self.lat.abs() <= 90.0
    }

    /// The unit vector of the position: nearness on the sphere is nearness of these.
    #[must_use]
    pub fn unit_vector(self) -> [f64; 3] {
        let (lon, lat) = (self.lon.to_radians(), self.lat.to_radians());
        let cos_lat = libm::cos(lat);
        [cos_lat * libm::cos(lon), cos_lat * libm::sin(lon), libm::sin(lat)]
    }
}

impl From<[f64; 2]> for LonLat {
    fn from([lon, lat]: [f64; 2]) -> Self {
        Self { lon, lat }
    }
}

impl From<LonLat> for [f64; 2] {
    fn from(p: LonLat) -> Self {
        [p.lon, p.lat]
    }
}

/// Great-circle distance in metres on a sphere of [`EARTH_RADIUS_M`].
///
/// Uses `libm` throughout, so that native and Wasm agree to the bit.
///
/// ```
/// use atlas_core::geo::{LonLat, haversine_m};
/// let shanghai = LonLat::new(121.4691, 31.2323);
/// let hangzhou = LonLat::new(120.1536, 30.2655);
/// assert!((haversine_m(shanghai, hangzhou) / 1000.0 - 165.7).abs() < 1.0);
/// ```
#[must_use]
pub fn haversine_m(a: LonLat, b: LonLat) -> f64 {
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let half_lat = libm::sin((lat_b - lat_a) / 2.0);
    let half_lon = libm::sin((b.lon - a.lon).to_radians() / 2.0);
    let h = half_lat * half_lat + libm::cos(lat_a) * libm::cos(lat_b) * half_lon * half_lon;
    2.0 * EARTH_RADIUS_M * libm::asin(libm::sqrt(h.min(1.0)))
}

/// The row of the nearest position that `fits`, of equals the one that comes first. Most are left out by their latitude alone.
pub fn nearest_row(at: LonLat, positions: impl Iterator<Item = LonLat>, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (row, position) in positions.enumerate() {
        // No way is shorter than the difference of latitudes; a millionth less, for rounding.
        let least = EARTH_RADIUS_M * (position.lat - at.lat).to_radians().abs() * (1.0 - 1e-6);
        if best.is_some_and(|(far, _)| least > far) || !fits(row) {
            continue;
        }
        let far = haversine_m(at, position);
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, row));
        }
    }
    best.map(|(_, row)| row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_nearest_row_is_the_least_of_all(seed in proptest::collection::vec((100.0..125.0f64, 20.0..45.0f64), 1..30), lon in 100.0..125.0f64, lat in 20.0..45.0f64) {
            let all: Vec<LonLat> = seed.iter().map(|(x, y)| LonLat::new(*x, *y)).collect();
            let at = LonLat::new(lon, lat);
            let even = |i: &usize| i.is_multiple_of(2);
            let least = (0..all.len()).filter(even).min_by(|a, b| haversine_m(at, all[*a]).total_cmp(&haversine_m(at, all[*b])));
            prop_assert_eq!(nearest_row(at, all.iter().copied(), |i| even(&i)), least);
        }
    }

    #[test]
    fn one_degree_of_latitude() {
        let d = haversine_m(LonLat::new(120.0, 30.0), LonLat::new(120.0, 31.0));
        assert!((d - 111_195.08).abs() < 0.1, "{d}");
    }

    proptest! {
        #[test]
        fn symmetric_and_never_negative(a in -180.0..180.0f64, b in -90.0..90.0f64, c in -180.0..180.0f64, d in -90.0..90.0f64) {
            let (p, q) = (LonLat::new(a, b), LonLat::new(c, d));
            prop_assert_eq!(haversine_m(p, q).to_bits(), haversine_m(q, p).to_bits());
            prop_assert!(haversine_m(p, q) >= 0.0);
        }
    }
}
