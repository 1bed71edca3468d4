//! The Mercator projection, in degrees at the equator. It keeps angles, so what is nearest on the plane nearby is nearest on
//! the ground; lengths grow by 1 / cos(latitude).

use super::{EARTH_RADIUS_M, LonLat};

/// A point of the plane: x is the longitude in degrees, y grows northwards in the same unit.
pub type Plane = [f64; 2];

/// From the earth to the plane.
#[must_use]
pub fn to_plane(p: LonLat) -> Plane {
    let half = p.lat.to_radians() / 2.0;
    [p.lon, libm::log(libm::tan(std::f64::consts::FRAC_PI_4 + half)).to_degrees()]
}

/// From the plane to the earth.
#[must_use]
pub fn from_plane([x, y]: Plane) -> LonLat {
    LonLat::new(x, (2.0 * libm::atan(libm::exp(y.to_radians())) - std::f64::consts::FRAC_PI_2).to_degrees())
}

/// Units of the plane that a metre takes at a latitude.
#[must_use]
pub fn plane_per_m(lat: f64) -> f64 {
    (1.0 / (EARTH_RADIUS_M * libm::cos(lat.to_radians()))).to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::haversine_m;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_and_back(lon in 95.0..137.0f64, lat in 14.0..47.0f64) {
            let p = LonLat::new(lon, lat);
            prop_assert!(haversine_m(p, from_plane(to_plane(p))) < 1e-5);
            let near = LonLat::new(lon + 0.01, lat + 0.01);
            let ([a, b], [c, d]) = (to_plane(p), to_plane(near));
            let metres = libm::hypot(a - c, b - d) / plane_per_m(lat + 0.005);
            prop_assert!((metres / haversine_m(p, near) - 1.0).abs() < 1e-5);
        }
    }
}
