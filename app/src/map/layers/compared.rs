//! What differs between two scenarios: flows that grow and shrink on the diverging ramp, and facilities that were opened,
//! closed, moved or resized. A sign of its own each, so that colour is not the only one.

use super::{Ground, Layer};
use crate::map::{tokens::Token, view::Source};
use serde_json::{Value, json};

/// The steps of the ramp.
const RAMP: [Token; 7] =
    [Token::Diff1, Token::Diff2, Token::Diff3, Token::Diff4, Token::Diff5, Token::Diff6, Token::Diff7];

/// Flows, and the ways of what moved.
pub(super) fn flows(g: &Ground) -> Vec<Layer> {
    let source = Source::Compared.id();
    let class = json!(["get", "flow"]);
    let mut hue = vec![json!("match"), class.clone()];
    for (i, token) in RAMP.into_iter().enumerate() {
        hue.extend([json!(i + 1), g.colour(token)]);
    }
    hue.push(g.colour(Token::MapText2));
    let scale = g.text_px(1.0);
    let line = |id: &str, filter: Value, colour: Value, wider: f64| {
        Layer::new(id, "line", source)
            .filter(json!(["all", ["has", "flow"], filter]))
            .layout(json!({"line-join": "round"}))
            .paint(json!({"line-color": colour, "line-width": ["*", ["+", ["get", "w"], wider], scale]}))
    };
    let (less, more) = (json!(["<", class, 4]), json!([">", class, 4]));
    let mut fewer = line("compared-less", less.clone(), hue.clone().into(), 0.0);
    // What shrinks is dashed: greyscale and colour-blind sight tell it from what grows.
    fewer.paint["line-dasharray"] = json!([2, 1]);
    vec![
        line("compared-less-outline", less, g.colour(Token::MapHalo), 1.4),
        fewer,
        line("compared-more-outline", more.clone(), g.colour(Token::SymbolOutline), 1.0),
        line("compared-more", more, hue.into(), 0.0),
        Layer::new("compared-moved", "line", source).filter(json!(["has", "moved"])).paint(
            json!({"line-color": g.colour(Token::Accent), "line-width": g.text_px(1.4), "line-dasharray": [3, 2]}),
        ),
    ]
}

/// Discs with a sign, above every symbol: full where something is new, hollow where it is not.
pub(super) fn facilities(g: &Ground) -> Vec<Layer> {
    let source = Source::Compared.id();
    let px = |v: f64| g.text_px(v);
    let what = json!(["get", "what"]);
    let is_new = json!(["==", what, "opened"]);
    let (accent, halo) = (g.colour(Token::Accent), g.colour(Token::MapHalo));
    // A plant matters more than one point of thousands.
    let size =
        |point: f64, plant: f64| json!(["case", ["==", ["get", "kind"], "collection_point"], px(point), px(plant)]);
    vec![
        Layer::new("compared-discs", "circle", source).filter(json!(["has", "what"])).paint(json!({
            "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, size(4.5, 7.0), 8, size(7.5, 10.0)],
            "circle-color": ["case", is_new, accent, halo],
            "circle-stroke-color": ["case", is_new, halo, accent],
            "circle-stroke-width": px(1.8),
        })),
        Layer::new("compared-signs", "symbol", source)
            .filter(json!(["has", "what"]))
            .layout(json!({
                "text-field": ["match", what, "opened", "+", "closed", "×", "moved", "→", "grown", "▲", "▼"],
                "text-font": g.font("Bold"),
                "text-size": ["interpolate", ["linear"], ["zoom"], 4, size(9.0, 12.0), 8, size(13.0, 16.0)],
                "text-allow-overlap": true,
                "text-ignore-placement": true,
            }))
            .paint(json!({"text-color": ["case", is_new, g.colour(Token::OnAccent), accent]})),
        Layer::new("compared-names", "symbol", source)
            .filter(json!(["has", "what"]))
            .zooms(6.0, 24.0)
            .layout(json!({
                "text-field": g.name(),
                "text-font": g.font("Bold"),
                "text-size": px(12.0),
                "text-offset": [0, 1.1],
                "text-anchor": "top",
                "text-optional": true,
            }))
            .paint(json!({"text-color": g.colour(Token::MapText), "text-halo-color": halo, "text-halo-width": 2})),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::tests::ground;
    use super::*;

    #[test]
    fn less_and_more_differ_by_more_than_colour() {
        let all = flows(&ground());
        let of = |id: &str| all.iter().find(|l| l.id == id).expect("the layer").paint.clone();
        assert!(of("compared-less").get("line-dasharray").is_some());
        assert!(of("compared-more").get("line-dasharray").is_none());
        assert!(facilities(&ground()).iter().all(|l| l.id.starts_with("compared-")));
    }
}
