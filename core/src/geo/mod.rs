//! Positions on the earth, distances between them and searches by position.

mod datum;
mod grid;
mod lonlat;
mod mercator;
mod nearest;

pub use datum::Datum;
pub use grid::NearestGrid;
pub use lonlat::{EARTH_RADIUS_M, LonLat, haversine_m, nearest_row};
pub use mercator::{Plane, from_plane, plane_per_m, to_plane};
pub use nearest::NearestIndex;
