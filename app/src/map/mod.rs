//! The map: a trait with what pages need of any map, and MapLibre GL JS behind it.
//!
//! Pages hand over view models ([`view`]) and GeoJSON bytes, and hear [`view::MapEvent`]s. What is drawn where and how
//! large at which zoom is decided here, in Rust; MapLibre draws areas, lines and text, and one WebGL2 layer of ours all
//! facility symbols. Every colour comes from the tokens of the page. Where there is no WebGL2, [`PlainMap`] draws less, on a
//! canvas.

pub mod view;
pub mod zoom;

mod any;
mod camera;
mod dodge;
mod externs;
mod feeds;
mod graticule;
mod hit;
mod icons;
mod layers;
mod look;
mod maplibre;
mod marks;
mod mercator;
mod merge;
mod plain;
mod pointer;
mod spread;
mod tokens;

pub use any::AnyMap;
pub use maplibre::MapLibre;
pub use plain::PlainMap;

use atlas_core::geo::LonLat;
use view::{
    Camera, Cursor, Draggable, FacilityMark, FlowsView, Hit, Lang, Lines, NormMark, Pick, PointMark, PriceMark,
    ScrapMark, Selected, ServedMark, Shape, Source, Territories,
};

/// What pages need of a map.
pub trait Map {
    /// The language of labels.
    fn set_language(&self, lang: Lang);
    /// Reads the tokens again and redraws; data and view stay.
    fn refresh_theme(&self);
    /// What a screen reader calls the map.
    fn set_aria_label(&self, label: &str);

    /// Replaces a document. The bytes are one GeoJSON FeatureCollection; they are read in MapLibre's worker.
    fn set_geojson(&self, source: Source, geojson: &[u8]);
    /// Replaces the collection points.
    fn set_points(&self, marks: &[PointMark]);
    /// Replaces hubs, smelters, ports and rail hubs.
    fn set_facilities(&self, marks: &[FacilityMark]);
    /// Replaces the circles of scrap; the largest are drawn lowest, whatever their order.
    fn set_scrap(&self, marks: &[ScrapMark]);
    /// Draws a ring round a circle of scrap.
    fn set_selected_scrap(&self, selected: Option<u32>);
    /// Draws a ring of so many metres round a place, or none.
    fn set_precision(&self, ring: Option<(LonLat, f64)>);
    /// Replaces the marks of what keeps norms and what does not.
    fn set_norms(&self, marks: &[NormMark]);
    /// Shows lines, or hides them.
    fn set_lines(&self, which: Lines, shown: bool);
    /// Shows catchments, their bands and what differs, or hides them.
    fn set_territories(&self, territories: Territories);
    /// Shows flows, or hides them.
    fn set_flows(&self, flows: &FlowsView);
    /// Replaces the marks of what scrap is worth.
    fn set_prices(&self, marks: &[PriceMark]);
    /// Replaces the marks of who takes what.
    fn set_served(&self, marks: &[ServedMark]);
    /// Lets proposed sites be seen and picked, or not.
    fn set_sites(&self, shown: bool);
    /// Moves one symbol on its own, until the next `set_points` or `set_facilities`: for each frame of a drag.
    fn move_mark(&self, which: Selected, to: LonLat);
    /// Draws a ring round the selected symbol.
    fn set_selection(&self, selected: Option<Selected>);
    /// Draws the old place of what is moved, dashed, and a thin line to the new one.
    fn set_drag_ghost(&self, ghost: Option<(Shape, LonLat, LonLat)>);

    /// Which symbols can be dragged.
    fn set_draggable(&self, which: Draggable);
    /// Breaks a drag off (Esc).
    fn cancel_drag(&self);
    /// The pointer over the map.
    fn set_cursor(&self, cursor: Cursor);

    /// The container has changed its size. (It is watched as well.)
    fn resize(&self);
    /// What the map shows.
    fn camera(&self) -> Camera;
    /// Goes to a place: short ways glide, long ones cut. Without a zoom the present one is kept.
    fn fly_to(&self, at: LonLat, zoom: Option<f64>);
    /// Is at a place at once: for a map that follows another.
    fn jump_to(&self, at: LonLat, zoom: f64);
    /// Shows two places, with room around them.
    fn show_both(&self, a: LonLat, b: LonLat);
    /// Zooms by levels.
    fn zoom_by(&self, delta: f64);
    /// Shows all three clusters.
    fn home(&self);
    /// Zooms in until a symbol that stands for several falls apart, or opens its ring where they share one place.
    fn open_merged(&self, hit: &Hit);
    /// The symbol at a pixel.
    fn hit(&self, x: f64, y: f64, touch: bool) -> Option<Hit>;
    /// The number of the scrap circle at a pixel: the smallest one there.
    fn scrap_at(&self, x: f64, y: f64) -> Option<u32>;
    /// What of the allocation is within so many pixels.
    fn pick(&self, x: f64, y: f64, reach_px: f64) -> Option<Pick>;
    /// CSS px of a position.
    fn project(&self, at: LonLat) -> (f64, f64);
    /// The position at CSS px.
    fn unproject(&self, x: f64, y: f64) -> LonLat;

    /// Takes the map down.
    fn destroy(&self);
}
