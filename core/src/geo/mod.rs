//! Positions on the earth, distances between them and searches by position.

mod lonlat;
mod nearest;

pub use lonlat::{EARTH_RADIUS_M, LonLat, haversine_m};
pub use nearest::NearestIndex;
