//! Railways, waterways and sea lanes: quiet lines that can be switched on.

use super::{Ground, Layer, shown};
use crate::map::{tokens::Token, view::Source};
use serde_json::{Value, json};

/// Zooms from which lines of class 1, 2 and 3 are drawn.
const FROM: [f64; 3] = [0.0, 5.5, 7.0];

fn class(n: usize) -> Value {
    json!(["==", ["get", "class"], n + 1])
}

/// Railways: a fine dark line, from near with sleepers across it.
pub(super) fn rails(g: &Ground) -> Vec<Layer> {
    let source = Source::Rails.id();
    let width = [0.9, 0.75, 0.6];
    let mut layers = Vec::new();
    for c in (0..FROM.len()).rev() {
        let w = width[c];
        layers.push(
            Layer::new(format!("rails-{}", c + 1), "line", source)
                .filter(class(c))
                .zooms(FROM[c], 24.0)
                .layout(json!({"visibility": shown(g.rails), "line-join": "round"}))
                .paint(json!({
                    "line-color": g.colour(Token::MapRail),
                    "line-width": ["interpolate", ["linear"], ["zoom"], 4, w * 0.8, 8, w * 1.3, 13, w * 2.2],
                })),
        );
        layers.push(
            Layer::new(format!("rails-{}-sleepers", c + 1), "line", source)
                .filter(class(c))
                .zooms(FROM[c].max(SLEEPERS), 24.0)
                .layout(json!({"visibility": shown(g.rails)}))
                .paint(json!({
                    "line-color": g.colour(Token::MapRail),
                    "line-width": SLEEPER_PX,
                    "line-dasharray": [0.22, 2.0],
                })),
        );
    }
    layers
}

/// Zoom from which sleepers are drawn: further away they would make lines of dots.
const SLEEPERS: f64 = 7.5;
/// Length of a sleeper; its width and the way to the next are in lengths of it.
const SLEEPER_PX: f64 = 4.5;

/// Inland waterways in short dashes, sea lanes in long ones.
pub(super) fn water(g: &Ground) -> Vec<Layer> {
    let mut layers = Vec::new();
    for (source, dash) in [(Source::Sealanes, [6.0, 4.0]), (Source::Waterways, [2.2, 1.8])] {
        for c in (0..FROM.len()).rev() {
            layers.push(
                Layer::new(format!("{}-{}", source.id(), c + 1), "line", source.id())
                    .filter(class(c))
                    .zooms(FROM[c], 24.0)
                    .layout(json!({"visibility": shown(g.water), "line-join": "round"}))
                    .paint(json!({
                        "line-color": g.colour(Token::MapWaterText),
                        "line-opacity": 0.75,
                        "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.9, 8, 1.3, 13, 2.2],
                        "line-dasharray": dash,
                    })),
            );
        }
    }
    layers
}
