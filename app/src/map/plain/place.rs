//! Where the plain map is: its middle, its zoom, and the way between px and positions. Pure.

use crate::map::{
    mercator::{Mercator, metres_per_px, world_px},
    view::Camera,
    zoom,
};
use atlas_core::geo::LonLat;

/// South-west and north-east corner of what the home view shows, as on the other map.
const HOME: (LonLat, LonLat) = (LonLat::new(104.0, 18.0), LonLat::new(131.0, 43.0));
/// The middle of the view stays where the data are.
const LIMITS: (LonLat, LonLat) = (LonLat::new(96.0, 15.0), LonLat::new(136.0, 46.0));
/// Room round two places that are shown together (px).
const PADDING_PX: f64 = 90.0;
/// Two places are shown from no nearer than this.
const NEAREST: f64 = 10.0;

/// A view of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Middle.
    pub middle: Mercator,
    /// Zoom of 512 px tiles.
    pub zoom: f64,
    /// Width and height in CSS px.
    pub size: (f64, f64),
}

impl Place {
    /// The view of all clusters.
    pub fn home(size: (f64, f64)) -> Self {
        let start = Self { middle: Mercator::from(HOME.0), zoom: zoom::LEAST, size };
        start.showing(HOME.0, HOME.1, 0.0, zoom::MOST)
    }

    /// The view with room round two places.
    pub fn both(self, a: LonLat, b: LonLat) -> Self {
        self.showing(a, b, PADDING_PX, NEAREST)
    }

    fn showing(self, a: LonLat, b: LonLat, padding: f64, most: f64) -> Self {
        let (a, b) = (Mercator::from(a), Mercator::from(b));
        let room = |px: f64| (px - 2.0 * padding).max(1.0);
        let fits = |px: f64, span: f64| libm::log2(room(px) / (span.abs().max(1e-12) * world_px(0.0)));
        let zoom = fits(self.size.0, b.x - a.x).min(fits(self.size.1, b.y - a.y)).min(most);
        Self { middle: Mercator { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 }, zoom, ..self }.kept()
    }

    /// The view with another middle.
    pub fn at(self, middle: LonLat, zoom: Option<f64>) -> Self {
        Self { middle: middle.into(), zoom: zoom.unwrap_or(self.zoom), ..self }.kept()
    }

    /// The view moved by px: what was at the left comes into sight where `dx` is positive.
    pub fn panned(self, dx: f64, dy: f64) -> Self {
        let world = world_px(self.zoom);
        Self { middle: Mercator { x: self.middle.x - dx / world, y: self.middle.y - dy / world }, ..self }.kept()
    }

    /// The view zoomed by levels; what is at the px stays there.
    pub fn zoomed(self, delta: f64, (x, y): (f64, f64)) -> Self {
        let held = self.mercator(x, y);
        let new = Self { zoom: (self.zoom + delta).clamp(zoom::LEAST, zoom::MOST), ..self };
        let (nx, ny) = new.px(held);
        new.panned(x - nx, y - ny)
    }

    /// The view in a container of another size.
    pub fn sized(self, size: (f64, f64)) -> Self {
        Self { size, ..self }
    }

    fn kept(self) -> Self {
        let (low, high) = (Mercator::from(LIMITS.0), Mercator::from(LIMITS.1));
        let middle = Mercator { x: self.middle.x.clamp(low.x, high.x), y: self.middle.y.clamp(high.y, low.y) };
        Self { middle, zoom: self.zoom.clamp(zoom::LEAST, zoom::MOST), ..self }
    }

    /// CSS px of a position.
    pub fn px(&self, at: Mercator) -> (f64, f64) {
        let world = world_px(self.zoom);
        (self.size.0 / 2.0 + (at.x - self.middle.x) * world, self.size.1 / 2.0 + (at.y - self.middle.y) * world)
    }

    /// The position at CSS px.
    pub fn mercator(&self, x: f64, y: f64) -> Mercator {
        let world = world_px(self.zoom);
        Mercator {
            x: self.middle.x + (x - self.size.0 / 2.0) / world,
            y: self.middle.y + (y - self.size.1 / 2.0) / world,
        }
    }

    /// What pages are told of the view.
    pub fn camera(&self) -> Camera {
        let center = LonLat::from(self.middle);
        let corner = |x, y| LonLat::from(self.mercator(x, y));
        Camera {
            center,
            zoom: self.zoom,
            metres_per_px: metres_per_px(center.lat, self.zoom),
            bounds: (corner(0.0, self.size.1), corner(self.size.0, 0.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (f64, f64) = (800.0, 600.0);

    #[test]
    fn home_shows_all_clusters() {
        let home = Place::home(SIZE);
        for at in [HOME.0, HOME.1, LonLat::new(121.5, 31.2)] {
            let (x, y) = home.px(at.into());
            assert!((-0.01..=800.01).contains(&x) && (-0.01..=600.01).contains(&y), "{x} {y}");
        }
    }

    #[test]
    fn px_and_back() {
        let place = Place::home(SIZE).at(LonLat::new(121.5, 31.2), Some(9.3));
        let (x, y) = place.px(place.mercator(123.0, 45.0));
        assert!((x - 123.0).abs() < 1e-6 && (y - 45.0).abs() < 1e-6);
        let camera = place.camera();
        assert!(camera.bounds.0.lon < camera.center.lon && camera.bounds.0.lat < camera.center.lat);
    }

    #[test]
    fn zooming_holds_what_is_under_the_pointer() {
        let place = Place::home(SIZE).at(LonLat::new(117.0, 31.0), Some(6.0));
        let held = place.mercator(200.0, 500.0);
        let (x, y) = place.zoomed(1.5, (200.0, 500.0)).px(held);
        assert!((x - 200.0).abs() < 1e-6 && (y - 500.0).abs() < 1e-6);
    }

    #[test]
    fn the_view_stays_where_data_are() {
        let far = Place::home(SIZE).panned(1e7, -1e7);
        let center = far.camera().center;
        assert!((center.lon - LIMITS.0.lon).abs() < 1e-9 && (center.lat - LIMITS.0.lat).abs() < 1e-9);
        assert_eq!(far.zoomed(99.0, (0.0, 0.0)).zoom, zoom::MOST);
    }

    #[test]
    fn one_place_alone_is_not_shown_from_too_near() {
        let at = LonLat::new(117.0, 31.0);
        assert_eq!(Place::home(SIZE).both(at, at).zoom, NEAREST);
    }
}
