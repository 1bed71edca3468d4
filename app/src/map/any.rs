//! Either map, as one.

use super::{
    Map, MapLibre, PlainMap,
    view::{
        Camera, Cursor, Draggable, FacilityMark, FlowsView, Hit, Lang, Lines, NormMark, Pick, PointMark, PriceMark,
        ScrapMark, Selected, ServedMark, Shape, Source, Territories,
    },
};
use atlas_core::geo::LonLat;

/// The map that this browser can have. Clones are the same map.
#[derive(Clone)]
pub enum AnyMap {
    /// MapLibre's.
    Full(MapLibre),
    /// The one on a canvas.
    Plain(PlainMap),
}

/// Hands every wish on.
macro_rules! hand_on {
    ($(fn $name:ident($($arg:ident: $of:ty),*) $(-> $gives:ty)?;)*) => {
        impl Map for AnyMap {
            $(fn $name(&self, $($arg: $of),*) $(-> $gives)? {
                match self {
                    Self::Full(map) => map.$name($($arg),*),
                    Self::Plain(map) => map.$name($($arg),*),
                }
            })*
        }
    };
}

hand_on! {
    fn set_language(lang: Lang);
    fn refresh_theme();
    fn set_aria_label(label: &str);
    fn set_geojson(source: Source, geojson: &[u8]);
    fn set_points(marks: &[PointMark]);
    fn set_facilities(marks: &[FacilityMark]);
    fn set_scrap(marks: &[ScrapMark]);
    fn set_selected_scrap(selected: Option<u32>);
    fn set_precision(ring: Option<(LonLat, f64)>);
    fn set_norms(marks: &[NormMark]);
    fn set_lines(which: Lines, shown: bool);
    fn set_territories(territories: Territories);
    fn set_flows(flows: &FlowsView);
    fn set_prices(marks: &[PriceMark]);
    fn set_served(marks: &[ServedMark]);
    fn set_sites(shown: bool);
    fn move_mark(which: Selected, to: LonLat);
    fn set_selection(selected: Option<Selected>);
    fn set_drag_ghost(ghost: Option<(Shape, LonLat, LonLat)>);
    fn set_draggable(which: Draggable);
    fn cancel_drag();
    fn set_cursor(cursor: Cursor);
    fn resize();
    fn camera() -> Camera;
    fn fly_to(at: LonLat, zoom: Option<f64>);
    fn show_both(a: LonLat, b: LonLat);
    fn zoom_by(delta: f64);
    fn home();
    fn open_merged(hit: &Hit);
    fn hit(x: f64, y: f64, touch: bool) -> Option<Hit>;
    fn scrap_at(x: f64, y: f64) -> Option<u32>;
    fn pick(x: f64, y: f64, reach_px: f64) -> Option<Pick>;
    fn project(at: LonLat) -> (f64, f64);
    fn unproject(x: f64, y: f64) -> LonLat;
    fn destroy();
}
