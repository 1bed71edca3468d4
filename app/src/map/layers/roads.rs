//! Roads by class. The motorways of the first view stand in until the road network is there, and from afar.

use super::{Ground, Layer, areas::of_layer};
use crate::map::{tokens::Token, view::Source, zoom};
use serde_json::{Value, json};

/// Zoom from which roads of class 3 are drawn.
const CLASS_3: f64 = 8.5;

/// All roads, small ones below.
pub(super) fn roads(g: &Ground) -> Vec<Layer> {
    let class = |n: u32| json!(["==", ["get", "class"], n]);
    let roads = Source::Roads.id();
    let end = if g.roads { zoom::DETAIL } else { 24.0 };
    let wide = json!(["interpolate", ["linear"], ["zoom"], 4, 1.2, 7, 2.2, 10, 3.2, 14, 6]);
    let narrow = json!(["interpolate", ["linear"], ["zoom"], 4, 0.5, 7, 1.0, 10, 1.8, 14, 4]);
    let two = json!(["interpolate", ["linear"], ["zoom"], 7, 0.7, 10, 1.4, 14, 3.5]);
    let three = json!(["interpolate", ["linear"], ["zoom"], 8.5, 0.5, 10, 0.8, 14, 2.5]);
    let line = |id: &str, source, filter: Value, token, width: &Value| {
        Layer::new(id, "line", source)
            .filter(filter)
            .layout(json!({"line-join": "round", "line-cap": "round"}))
            .paint(json!({"line-color": g.colour(token), "line-width": width}))
    };
    let first = || of_layer("road-1");
    vec![
        line("road-3", roads, class(3), Token::MapRoad3, &three).zooms(CLASS_3, 24.0),
        line("road-2", roads, class(2), Token::MapRoad2, &two).zooms(zoom::DETAIL, 24.0),
        line("road-1-base", Source::Base.id(), first(), Token::MapRoad1, &wide).zooms(0.0, end),
        line("road-1-base-inner", Source::Base.id(), first(), Token::MapRoad1Casing, &narrow).zooms(0.0, end),
        line("road-1", roads, class(1), Token::MapRoad1, &wide).zooms(zoom::DETAIL, 24.0),
        line("road-1-inner", roads, class(1), Token::MapRoad1Casing, &narrow).zooms(zoom::DETAIL, 24.0),
    ]
}
