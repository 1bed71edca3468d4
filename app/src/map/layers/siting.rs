//! New sites: candidates as dots, the catchments that proposed sites win, areas drawn by hand, and the sites by their rank.

use super::{Ground, Layer, shown};
use crate::map::{tokens::Token, view::Source};
use serde_json::{Value, json};

/// Id of the hatching of where nothing may stand.
pub const FORBIDDEN_IMAGE: &str = "hatch-forbidden";

fn has(property: &str) -> Value {
    json!(["has", property])
}

fn ring(which: &str) -> Value {
    json!(["==", ["get", "ring"], which])
}

/// What proposed sites serve, tinted in the accent colour, and what is drawn by hand.
pub(super) fn areas(g: &Ground) -> Vec<Layer> {
    let (won, drawn) = (Source::SitingAreas.id(), Source::SitingDrawn.id());
    let dashed = |id: &str, which: &str, token: Token| {
        Layer::new(id, "line", drawn)
            .filter(ring(which))
            .layout(json!({"line-join": "round"}))
            .paint(json!({"line-color": g.colour(token), "line-width": g.text_px(1.4), "line-dasharray": [4, 2.4]}))
    };
    vec![
        Layer::new("siting-won", "fill", won)
            .paint(json!({"fill-color": g.colour(Token::Band2), "fill-opacity": 0.55})),
        Layer::new("siting-won-edge", "line", won)
            .layout(json!({"line-join": "round"}))
            .paint(json!({"line-color": g.colour(Token::Accent), "line-width": g.text_px(1.4)})),
        Layer::new("siting-forbidden", "fill", drawn)
            .filter(json!(["all", ["==", ["geometry-type"], "Polygon"], ring("forbidden")]))
            .paint(json!({"fill-pattern": FORBIDDEN_IMAGE})),
        dashed("siting-forbidden-edge", "forbidden", Token::MapText2),
        dashed("siting-ring-edge", "candidates", Token::Accent),
    ]
}

/// Candidates, and the line and corners of a ring that is being drawn.
pub(super) fn candidates(g: &Ground) -> Vec<Layer> {
    let drawn = Source::SitingDrawn.id();
    vec![
        Layer::new("siting-candidates", "circle", Source::SitingCandidates.id()).paint(json!({
            "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, g.text_px(0.9), 7, g.text_px(1.8), 10, g.text_px(2.8)],
            "circle-color": g.colour(Token::MapText2),
            "circle-opacity": 0.65,
        })),
        Layer::new("siting-draft", "line", drawn)
            .filter(has("draft"))
            .paint(json!({"line-color": g.colour(Token::Accent), "line-width": g.text_px(1.6), "line-dasharray": [4, 2.4]})),
        Layer::new("siting-corners", "circle", drawn).filter(has("corner")).paint(json!({
            "circle-radius": g.text_px(4.0),
            "circle-color": g.colour(Token::MapHalo),
            "circle-stroke-color": g.colour(Token::Accent),
            "circle-stroke-width": g.text_px(2.0),
        })),
    ]
}

/// The sites: accent discs with their rank, above every symbol.
pub(super) fn sites(g: &Ground) -> Vec<Layer> {
    let source = Source::SitingSites.id();
    let told = json!(["get", "told"]);
    let px = |v: f64| g.text_px(v);
    let circle = |id: &str, filter: Value, radius: Value, fill: Value, ring: Token, width: f64| {
        Layer::new(id, "circle", source).filter(filter).paint(json!({
            "circle-radius": radius,
            "circle-color": fill,
            "circle-stroke-color": g.colour(ring),
            "circle-stroke-width": px(width),
        }))
    };
    let disc = json!(["interpolate", ["linear"], ["zoom"], 4, px(7.0), 7, px(10.0)]);
    let around = json!(["interpolate", ["linear"], ["zoom"], 4, px(11.0), 7, px(14.0)]);
    let through = json!("rgba(0,0,0,0)");
    let cross = json!({
        "text-field": "×",
        "text-font": g.font("Bold"),
        // A clean sheet closes hundreds: from afar they must not hide the map.
        "text-size": ["interpolate", ["linear"], ["zoom"], 5, px(9.0), 8, px(20.0)],
        "text-allow-overlap": true,
        "text-ignore-placement": true,
    });
    vec![
        Layer::new("siting-moved", "line", source)
            .filter(has("moved"))
            .paint(json!({"line-color": g.colour(Token::Accent), "line-width": px(1.2)})),
        circle("siting-ghost", has("ghost"), disc.clone(), through.clone(), Token::Accent, 1.4),
        Layer::new("siting-closes", "symbol", source)
            .filter(has("closes"))
            .layout(cross)
            .paint(json!({"text-color": g.colour(Token::Accent), "text-halo-color": g.colour(Token::MapHalo), "text-halo-width": 2})),
        circle("siting-asked", has("asked"), around.clone(), through.clone(), Token::Focus, 3.0),
        circle("siting-told", json!(["all", has("site"), told]), around, g.colour(Token::MapHalo), Token::Accent, 2.0),
        circle("siting-sites", has("site"), disc, g.colour(Token::Accent), Token::MapHalo, 2.0)
            // Where discs overlap the one of higher rank lies on top, and it alone says its rank.
            .layout(json!({"visibility": shown(g.sites), "circle-sort-key": ["-", ["get", "site"]]}))
            .picks(),
        Layer::new("siting-ranks", "symbol", source)
            .filter(has("site"))
            .layout(json!({
                "text-field": ["to-string", ["get", "site"]],
                "text-font": g.font("Bold"),
                "text-size": ["interpolate", ["linear"], ["zoom"], 4, px(9.0), 7, px(11.5)],
                "symbol-sort-key": ["get", "site"],
                "text-padding": px(3.0),
            }))
            .paint(json!({"text-color": g.colour(Token::OnAccent)})),
        Layer::new("siting-names", "symbol", source)
            .filter(has("site"))
            .zooms(7.0, 24.0)
            .layout(json!({
                "text-field": g.name(),
                "text-font": g.font("Bold"),
                "text-size": px(12.0),
                "text-offset": [0, 1.15],
                "text-anchor": "top",
                "text-optional": true,
            }))
            .paint(json!({"text-color": g.colour(Token::MapText), "text-halo-color": g.colour(Token::MapHalo), "text-halo-width": 2})),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{pickable, tests::ground};
    use super::*;

    #[test]
    fn sites_can_be_picked_and_nothing_else_of_them() {
        assert!(pickable(&ground()).is_empty());
        assert_eq!(pickable(&Ground { sites: true, ..ground() }), ["siting-sites"]);
        let all = [areas(&ground()), candidates(&ground()), sites(&ground())].concat();
        assert!(all.iter().all(|l| l.id.starts_with("siting-")));
    }
}
