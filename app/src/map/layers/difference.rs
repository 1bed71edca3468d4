//! How coverage differs from the baseline's: gained, lost and moved, each with a hatching of its own, so that colour is not the
//! only sign.

use super::{Ground, Layer, shown};
use crate::map::{tokens::Token, view::Source};
use serde_json::json;

/// Id of the hatching of what is covered now and was not.
pub const GAINED_IMAGE: &str = "hatch-gained";
/// Id of the hatching of what was covered and is not.
pub const LOST_IMAGE: &str = "hatch-lost";
/// Id of the dots on what another facility serves now.
pub const MOVED_IMAGE: &str = "hatch-moved";

/// Areas, lowest those that only change hands.
pub(super) fn areas(g: &Ground) -> Vec<Layer> {
    let source = Source::Difference.id();
    let visible = json!({"visibility": shown(g.territories.difference)});
    let changes = [
        ("moved", Token::Diff4, MOVED_IMAGE, Token::MapText2),
        ("gained", Token::Diff2, GAINED_IMAGE, Token::Diff1),
        ("lost", Token::Diff6, LOST_IMAGE, Token::Diff7),
    ];
    let mut layers = Vec::new();
    for (change, fill, image, edge) in changes {
        let layer = |what: &str, class| {
            Layer::new(format!("difference-{change}-{what}"), class, source)
                .filter(json!(["==", ["get", "change"], change]))
                .layout(visible.clone())
        };
        layers.push(layer("fill", "fill").paint(json!({"fill-color": g.colour(fill), "fill-opacity": 0.55})));
        layers.push(layer("hatching", "fill").paint(json!({"fill-pattern": image})));
        layers.push(layer("edge", "line").paint(json!({"line-color": g.colour(edge), "line-width": g.text_px(1.1)})));
    }
    layers
}
