//! A way between two places and its alternatives: the chosen one in full, the others thin and grey, A and B at the ends.

use super::{
    Ground, Layer,
    modes::{Pen, lines},
    route::{arrows_of, labels_of},
};
use crate::map::{tokens::Token, view::Source};
use serde_json::{Value, json};

fn of_choice(chosen: bool) -> Value {
    json!(["all", ["has", "mode"], ["has", "rank"], ["==", ["get", "chosen"], chosen]])
}

/// Lines and arrows.
pub(super) fn ways(g: &Ground) -> Vec<Layer> {
    let source = Source::Journey.id();
    let others = Pen {
        prefix: "journey-others",
        source,
        filter: of_choice(false),
        width: 2.0,
        land: Token::MapText2,
        water: Token::MapText2,
    };
    let chosen = Pen {
        prefix: "journey",
        source,
        filter: of_choice(true),
        width: 3.4,
        land: Token::Accent,
        water: Token::MapWaterText,
    };
    [lines(g, &others), lines(g, &chosen), vec![arrows_of("journey-arrows", source)]].concat()
}

/// Mode and length of each leg, and the two ends.
pub(super) fn labels(g: &Ground) -> Vec<Layer> {
    let source = Source::Journey.id();
    let ends = json!(["has", "end"]);
    vec![
        labels_of(g, "journey-labels", source),
        Layer::new("journey-ends", "circle", source).filter(ends.clone()).paint(json!({
            "circle-radius": g.text_px(9.0),
            "circle-color": g.colour(Token::Accent),
            "circle-stroke-color": g.colour(Token::MapHalo),
            "circle-stroke-width": 2,
        })),
        Layer::new("journey-end-letters", "symbol", source)
            .filter(ends)
            .layout(json!({
                "text-field": ["get", "end"],
                "text-font": g.font("Bold"),
                "text-size": g.text_px(11.5),
                "text-allow-overlap": true,
                "text-ignore-placement": true,
            }))
            .paint(json!({"text-color": g.colour(Token::OnAccent)})),
    ]
}
