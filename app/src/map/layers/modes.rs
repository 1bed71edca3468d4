//! How a way is drawn by each mode of transport: for the way in hand and for journeys alike.

use super::{Ground, Layer};
use crate::map::tokens::Token;
use atlas_core::model::Mode;
use serde_json::{Value, json};

/// Pen of the lines of a way.
pub(super) struct Pen {
    /// Begins the ids of the layers.
    pub prefix: &'static str,
    /// Source of the lines, which have a `mode`.
    pub source: &'static str,
    /// Which of them.
    pub filter: Value,
    /// Width of the line in px; the casing is twice as wide.
    pub width: f64,
    /// Colour on land.
    pub land: Token,
    /// Colour on water.
    pub water: Token,
}

/// Casing and lines: road solid, rail with light sleepers in it, water in short dashes, sea in long ones.
pub(super) fn lines(g: &Ground, pen: &Pen) -> Vec<Layer> {
    let casing = Layer::new(format!("{}-casing", pen.prefix), "line", pen.source)
        .filter(pen.filter.clone())
        .layout(json!({"line-join": "round", "line-cap": "round"}))
        .paint(json!({"line-color": g.colour(Token::MapHalo), "line-width": g.text_px(pen.width * 2.0)}));
    let mut layers = vec![casing];
    for mode in Mode::ALL {
        let filter = json!(["all", pen.filter, ["==", ["get", "mode"], mode.key()]]);
        let line = |id: String, token: Token, width: f64| {
            Layer::new(id, "line", pen.source)
                .filter(filter.clone())
                .paint(json!({"line-color": g.colour(token), "line-width": g.text_px(width)}))
        };
        let id = format!("{}-{}", pen.prefix, mode.key());
        let solid =
            |token| line(id.clone(), token, pen.width).layout(json!({"line-join": "round", "line-cap": "round"}));
        let dashed = |token, dash: [f64; 2]| {
            let mut layer = line(id.clone(), token, pen.width).layout(json!({"line-join": "round"}));
            layer.paint["line-dasharray"] = json!(dash);
            layer
        };
        match mode {
            Mode::Road => layers.push(solid(pen.land)),
            Mode::Rail => {
                layers.push(solid(pen.land));
                let mut inner = line(format!("{id}-inner"), Token::MapHalo, pen.width * 0.45);
                inner.paint["line-dasharray"] = json!([5, 4]);
                layers.push(inner);
            }
            Mode::Water => layers.push(dashed(pen.water, [1.6, 1.0])),
            Mode::Sea => layers.push(dashed(pen.water, [4.0, 1.6])),
        }
    }
    layers
}
