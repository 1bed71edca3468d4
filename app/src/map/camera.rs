//! The view of the map: where it is, and how it goes elsewhere. Short ways glide, long ones cut.

use super::{
    externs::{JsLngLat, JsMap},
    mercator::{Mercator, metres_per_px, world_px},
    view::Camera,
    zoom,
};
use atlas_core::geo::LonLat;
use js_sys::{Array, JSON};
use wasm_bindgen::JsValue;

/// South-west and north-east corner of what the home view shows.
const HOME: (LonLat, LonLat) = (LonLat::new(104.0, 18.0), LonLat::new(131.0, 43.0));
/// The view ends where the data end, a little before their cut edge.
const LIMITS: (LonLat, LonLat) = (LonLat::new(95.05, 14.05), LonLat::new(136.95, 46.95));
/// Ways longer than this are cut.
const LONGEST_GLIDE_PX: f64 = 300.0;
/// Zooming by more than this is cut.
const LARGEST_GLIDE: f64 = 1.5;
/// Duration of a glide: `--motion` of the design.
const GLIDE_MS: f64 = 160.0;

impl From<JsLngLat> for LonLat {
    fn from(at: JsLngLat) -> Self {
        Self::new(at.lng(), at.lat())
    }
}

/// A value from JSON written here.
pub fn json(text: &str) -> JsValue {
    JSON::parse(text).unwrap_or(JsValue::UNDEFINED)
}

fn corners((a, b): (LonLat, LonLat)) -> String {
    format!("[[{},{}],[{},{}]]", a.lon, a.lat, b.lon, b.lat)
}

/// Options of a new map, but for its container and style.
pub fn options(fade_ms: f64) -> JsValue {
    let (home, limits) = (corners(HOME), corners(LIMITS));
    let (least, most) = (zoom::LEAST, zoom::MOST);
    json(&format!(
        r#"{{"bounds":{home},"maxBounds":{limits},"minZoom":{least},"maxZoom":{most},"attributionControl":false,
        "maplibreLogo":false,"dragRotate":false,"pitchWithRotate":false,"touchPitch":false,"maxPitch":0,
        "renderWorldCopies":false,"fadeDuration":{fade_ms},"localIdeographFontFamily":false,
        "canvasContextAttributes":{{"contextType":"webgl2"}}}}"#
    ))
}

/// What the map shows.
pub fn camera(map: &JsMap) -> Camera {
    let (center, zoom, bounds) = (LonLat::from(map.center()), map.zoom(), map.bounds());
    Camera {
        center,
        zoom,
        metres_per_px: metres_per_px(center.lat, zoom),
        bounds: (bounds.south_west().into(), bounds.north_east().into()),
    }
}

/// Goes to a place.
pub fn fly_to(map: &JsMap, at: LonLat, zoom: Option<f64>) {
    let from = Mercator::from(LonLat::from(map.center()));
    let (to, now) = (Mercator::from(at), map.zoom());
    let zoom = zoom.unwrap_or(now).clamp(zoom::LEAST, zoom::MOST);
    let (dx, dy) = ((to.x - from.x) * world_px(now), (to.y - from.y) * world_px(now));
    let near = (dx * dx + dy * dy).sqrt() < LONGEST_GLIDE_PX && (zoom - now).abs() <= LARGEST_GLIDE;
    let target = format!(r#""center":[{},{}],"zoom":{zoom}"#, at.lon, at.lat);
    if near {
        map.ease_to(&json(&format!(r#"{{{target},"duration":{GLIDE_MS}}}"#)));
    } else {
        map.jump_to(&json(&format!("{{{target}}}")));
    }
}

/// Is at a place at once.
pub fn jump_to(map: &JsMap, at: LonLat, zoom: f64) {
    map.jump_to(&json(&format!(r#"{{"center":[{},{}],"zoom":{zoom}}}"#, at.lon, at.lat)));
}

/// Shows all clusters.
pub fn home(map: &JsMap) {
    map.fit_bounds(&json(&corners(HOME)), &json(r#"{"animate":false}"#));
}

/// Shows two places with room around them, not closer than a city.
pub fn show_both(map: &JsMap, a: LonLat, b: LonLat) {
    let west = LonLat::new(a.lon.min(b.lon), a.lat.min(b.lat));
    let east = LonLat::new(a.lon.max(b.lon), a.lat.max(b.lat));
    map.fit_bounds(&json(&corners((west, east))), &json(r#"{"animate":false,"padding":90,"maxZoom":10}"#));
}

/// Zooms by levels round the middle.
pub fn zoom_by(map: &JsMap, delta: f64) {
    let zoom = (map.zoom() + delta).clamp(zoom::LEAST, zoom::MOST);
    map.ease_to(&json(&format!(r#"{{"zoom":{zoom},"duration":{GLIDE_MS}}}"#)));
}

/// CSS px of a position.
pub fn project(map: &JsMap, at: LonLat) -> (f64, f64) {
    let p = map.project(&Array::of2(&at.lon.into(), &at.lat.into()));
    (p.x(), p.y())
}

/// The position at CSS px.
pub fn unproject(map: &JsMap, x: f64, y: f64) -> LonLat {
    map.unproject(&Array::of2(&x.into(), &y.into())).into()
}
