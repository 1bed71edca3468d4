//! The projection of the map: Web Mercator on the unit square, x to the east, y to the south.

use atlas_core::geo::LonLat;
use libm::{atan, exp, log, tan};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// Equator in metres, as the projection has it.
const EQUATOR_M: f64 = 40_075_016.686;
/// CSS px of the world at zoom 0.
const TILE_PX: f64 = 512.0;

/// A projected position.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mercator {
    /// 0 at 180 W, 1 at 180 E.
    pub x: f64,
    /// 0 at 85 N, 1 at 85 S.
    pub y: f64,
}

impl From<LonLat> for Mercator {
    fn from(at: LonLat) -> Self {
        let y = log(tan(FRAC_PI_4 + at.lat.to_radians() / 2.0));
        Self { x: (at.lon + 180.0) / 360.0, y: 0.5 - y / (2.0 * PI) }
    }
}

impl From<Mercator> for LonLat {
    fn from(m: Mercator) -> Self {
        let lat = 2.0 * atan(exp((0.5 - m.y) * 2.0 * PI)) - FRAC_PI_2;
        Self::new(m.x * 360.0 - 180.0, lat.to_degrees())
    }
}

/// CSS px of the whole world.
#[must_use]
pub fn world_px(zoom: f64) -> f64 {
    TILE_PX * libm::exp2(zoom)
}

/// Metres on the ground in a CSS pixel.
#[must_use]
pub fn metres_per_px(lat: f64, zoom: f64) -> f64 {
    EQUATOR_M * libm::cos(lat.to_radians()) / world_px(zoom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (lon, lat) in [(121.47, 31.23), (95.0, 14.0), (137.0, 47.0), (0.0, 0.0)] {
            let back = LonLat::from(Mercator::from(LonLat::new(lon, lat)));
            assert!((back.lon - lon).abs() < 1e-10 && (back.lat - lat).abs() < 1e-10);
        }
    }

    #[test]
    fn the_middle_of_the_world() {
        assert_eq!(Mercator::from(LonLat::new(0.0, 0.0)), Mercator { x: 0.5, y: 0.5 });
        assert!((metres_per_px(0.0, 0.0) - 78_271.517).abs() < 0.01);
    }
}
