//! The three datums of Chinese maps. Maps published in China stand some hundred metres off: GCJ-02 by a published formula, BD-09
//! by one more on top. Both are undone here, so that everything in the app is WGS 84.

use super::LonLat;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// What longitudes and latitudes are measured against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    /// Satellite receivers, open data, and this app.
    #[default]
    Wgs84,
    /// Amap, Tencent and official web maps of China.
    Gcj02,
    /// Baidu.
    Bd09,
}

impl Datum {
    /// All datums.
    pub const ALL: [Self; 3] = [Self::Wgs84, Self::Gcj02, Self::Bd09];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    /// A position of this datum from one of WGS 84.
    #[must_use]
    pub fn from_wgs84(self, at: LonLat) -> LonLat {
        match self {
            Self::Wgs84 => at,
            Self::Gcj02 => gcj02(at),
            Self::Bd09 => bd09(gcj02(at)),
        }
    }

    /// A position of WGS 84 from one of this datum, to a millimetre. The formulas have no inverse in closed form: the shift at the
    /// place found is taken off until it does not change any more.
    #[must_use]
    pub fn to_wgs84(self, at: LonLat) -> LonLat {
        if self == Self::Wgs84 || !at.is_valid() {
            return at;
        }
        let mut found = at;
        for _ in 0..12 {
            let there = self.from_wgs84(found);
            let (dx, dy) = (at.lon - there.lon, at.lat - there.lat);
            found = LonLat::new(found.lon + dx, found.lat + dy);
            if dx.abs() < 1e-9 && dy.abs() < 1e-9 {
                break;
            }
        }
        found
    }
}

/// Semi-major axis (m) and squared eccentricity of the Krasovsky ellipsoid of 1940, on which the shift is reckoned.
const AXIS_M: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;

/// True where maps are shifted: the rectangle that the formula's users agree on.
fn is_shifted(at: LonLat) -> bool {
    (72.004..=137.8347).contains(&at.lon) && (0.8293..=55.8271).contains(&at.lat)
}

fn gcj02(at: LonLat) -> LonLat {
    if !is_shifted(at) {
        return at;
    }
    let (x, y) = (at.lon - 105.0, at.lat - 35.0);
    let root = libm::sqrt(x.abs());
    let waves = |v: f64, parts: [(f64, f64); 2]| {
        parts.iter().map(|(size, per)| size * libm::sin(v * PI / per)).sum::<f64>() * 2.0 / 3.0
    };
    let ripple = (20.0 * libm::sin(6.0 * x * PI) + 20.0 * libm::sin(2.0 * x * PI)) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + ripple
        + waves(y, [(20.0, 1.0), (40.0, 3.0)])
        + waves(y, [(160.0, 12.0), (320.0, 30.0)]);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + ripple
        + waves(x, [(20.0, 1.0), (40.0, 3.0)])
        + waves(x, [(150.0, 12.0), (300.0, 30.0)]);
    let angle = at.lat / 180.0 * PI;
    let sine = libm::sin(angle);
    let magic = 1.0 - ECCENTRICITY * sine * sine;
    let root = libm::sqrt(magic);
    let per_lat = (AXIS_M * (1.0 - ECCENTRICITY)) / (magic * root) * PI;
    let per_lon = AXIS_M / root * libm::cos(angle) * PI;
    LonLat::new(at.lon + east * 180.0 / per_lon, at.lat + north * 180.0 / per_lat)
}

fn bd09(at: LonLat) -> LonLat {
    const TURN: f64 = PI * 3000.0 / 180.0;
    let length = libm::sqrt(at.lon * at.lon + at.lat * at.lat) + 0.000_02 * libm::sin(at.lat * TURN);
    let angle = libm::atan2(at.lat, at.lon) + 0.000_003 * libm::cos(at.lon * TURN);
    LonLat::new(length * libm::cos(angle) + 0.0065, length * libm::sin(angle) + 0.006)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::haversine_m;
    use proptest::prelude::*;

    /// The pair that the converters of the field (coordtransform and its ports) print in their own examples.
    #[test]
    fn known_pairs_are_met() {
        let close = |a: LonLat, lon: f64, lat: f64| {
            let off = haversine_m(a, LonLat::new(lon, lat));
            assert!(off < 0.2, "{a:?} is {off} m off");
        };
        close(Datum::Gcj02.from_wgs84(LonLat::new(116.404, 39.915)), 116.41024449916938, 39.91640428150164);
        close(bd09(LonLat::new(116.404, 39.915)), 116.41036949371029, 39.92133699351021);
        // Its one-step inverses are good to some metres.
        let off = haversine_m(
            Datum::Gcj02.to_wgs84(LonLat::new(116.404, 39.915)),
            LonLat::new(116.39775550083061, 39.91359571849836),
        );
        assert!(off < 3.0, "{off}");
    }

    #[test]
    fn abroad_nothing_is_shifted() {
        let paris = LonLat::new(2.35, 48.85);
        assert_eq!(Datum::Gcj02.from_wgs84(paris), paris);
        assert_eq!(Datum::Gcj02.to_wgs84(paris), paris);
    }

    proptest! {
        #[test]
        fn there_and_back_is_within_a_centimetre(lon in 97.0..127.0f64, lat in 18.0..45.0f64) {
            let at = LonLat::new(lon, lat);
            for datum in Datum::ALL {
                let shifted = datum.from_wgs84(at);
                let off = haversine_m(at, datum.to_wgs84(shifted));
                prop_assert!(off < 0.01, "{datum:?} {off}");
                if datum != Datum::Wgs84 {
                    let shift = haversine_m(at, shifted);
                    prop_assert!((20.0..1600.0).contains(&shift), "{datum:?} {shift}");
                }
            }
        }

        #[test]
        fn nonsense_stays_nonsense(lon in any::<f64>(), lat in any::<f64>()) {
            for datum in Datum::ALL {
                let _ = datum.to_wgs84(LonLat::new(lon, lat));
            }
        }
    }
}
