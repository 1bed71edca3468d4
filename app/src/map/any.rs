//! Either map, as one.

use super::{
    Map, MapLibre, PlainMap,
    view::{
        Camera, Cursor, Draggable, FacilityMark, FlowsView, Hit, Lang, Lines, MapError, MapEvent, NormMark, Pick,
        PointMark, PriceMark, ScrapMark, Selected, ServedMark, Shape, Source, Territories,
    },
};
use atlas_core::geo::LonLat;
use std::{pin::Pin, rc::Rc};
use web_sys::{HtmlCanvasElement, HtmlElement};

/// The map that this browser can have. Clones are the same map.
#[derive(Clone)]
pub enum AnyMap {
    /// MapLibre's.
    Full(MapLibre),
    /// The one on a canvas.
    Plain(PlainMap),
}

impl AnyMap {
    /// Makes the best map that this browser can have, in an element of the page, with the reason why it is a plain one.
    ///
    /// # Errors
    /// Where not even a plain one can be had.
    pub fn open(
        element: &HtmlElement,
        lang: Lang,
        on_event: impl Fn(MapEvent) + 'static,
    ) -> Result<(Self, Option<MapError>), MapError> {
        let on_event = Rc::new(on_event);
        let heard = Rc::clone(&on_event);
        match MapLibre::new(element, lang, move |e| heard(e)) {
            Ok(map) => Ok((Self::Full(map), None)),
            Err(why) => {
                // A map that could not begin may have left something behind.
                element.set_text_content(None);
                element.set_class_name("map");
                match PlainMap::new(element, lang, move |e| on_event(e)) {
                    Some(map) => Ok((Self::Plain(map), Some(why))),
                    None => Err(why),
                }
            }
        }
    }

    /// A copy of the map with at least so many pixels a CSS px, once everything in view is drawn; `None` where the browser
    /// draws nothing or gives nothing away.
    pub fn picture(&self, ratio: f64) -> Pin<Box<dyn Future<Output = Option<HtmlCanvasElement>>>> {
        match self {
            Self::Full(map) => Box::pin(map.picture(ratio)),
            // It is drawn at once, on a canvas that gives away what is on it.
            Self::Plain(map) => Box::pin(std::future::ready(Some(map.canvas()))),
        }
    }
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
    fn jump_to(at: LonLat, zoom: f64);
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
