//! Catchments: a tint and an edge for each, hatched inside where more comes than can be taken, the travel bands of all of them,
//! and those of the one in hand. The masks above cut them off at the coast and at the clusters' edge.

use super::{Ground, Layer, shown};
use crate::map::{tokens::Token, view::Source, zoom};
use atlas_core::model::FacilityKind;
use serde_json::{Value, json};

/// Id of the image of the hatching where load exceeds capacity.
pub const OVER_IMAGE: &str = "hatch-over";

/// Opacity of the four tones: neighbours differ most.
const TONES: [f64; 4] = [0.07, 0.13, 0.04, 0.17];
/// Opacity of tints that stand for a loss: the base map shows through.
const LOSS_OPACITY: f64 = 0.8;
/// Width of the hatched rim in px: a large area stays quiet.
const RIM_PX: f64 = 9.0;

/// Kinds that have catchments.
const KINDS: [FacilityKind; 3] = [FacilityKind::Hub, FacilityKind::CollectionPoint, FacilityKind::Smelter];

/// A level of detail: its name, the name that features of the other one have, and the zooms it is for.
struct Level {
    name: &'static str,
    other: &'static str,
    from: f64,
    to: f64,
}

const LEVELS: [Level; 2] = [
    Level { name: "far", other: "near", from: 0.0, to: zoom::NEAR_CATCHMENTS },
    Level { name: "near", other: "far", from: zoom::NEAR_CATCHMENTS, to: 24.0 },
];

impl Level {
    /// What belongs to the level: what does not belong to the other.
    fn filter(&self, more: &[Value]) -> Value {
        let mut all = vec![json!("all"), json!(["!=", ["get", "level"], self.other])];
        all.extend_from_slice(more);
        all.into()
    }
}

/// The zooms at which catchments of a kind are drawn.
fn zooms_of(g: &Ground, kind: FacilityKind) -> Option<(f64, f64)> {
    let of = g.territories.of?;
    let switch = zoom::POINT_CATCHMENTS;
    match (of, kind) {
        (FacilityKind::CollectionPoint, FacilityKind::Hub) => Some((0.0, switch)),
        (FacilityKind::CollectionPoint, FacilityKind::CollectionPoint) => Some((switch, 24.0)),
        _ => (of == kind).then_some((0.0, 24.0)),
    }
}

/// The catchments of the kind asked about; hubs stand in for collection points from afar.
pub(super) fn all(g: &Ground) -> Vec<Layer> {
    let source = Source::Catchments.id();
    let hue = g.by_cluster("cluster", ["yrd", "prd", "bohai"].map(Value::from));
    let strength = g.territories.opacity;
    let [a, b, c, d] = TONES.map(|t| t * strength);
    let rim =
        |part: f64| json!(["interpolate", ["linear"], ["zoom"], zoom::OVER, RIM_PX * 0.4 * part, 10, RIM_PX * part]);
    let mut layers = Vec::new();
    for kind in KINDS {
        for level in &LEVELS {
            let (from, to) =
                zooms_of(g, kind).map_or((0.0, 0.0), |(from, to)| (from.max(level.from), to.min(level.to)));
            // What is drawn at no zoom keeps those of its level, hidden: a style knows no empty range.
            let drawn = from < to;
            let zooms = if drawn { (from, to) } else { (level.from, level.to) };
            let of_kind = [json!(["!", ["has", "bands"]]), json!(["==", ["get", "kind"], kind.key()])];
            let layer = |id: &str, class: &'static str, more: &[Value]| {
                Layer::new(format!("{id}-{}-{}", kind.key(), level.name), class, source)
                    .filter(level.filter(&[&of_kind, more].concat()))
                    .zooms(zooms.0, zooms.1)
                    .layout(json!({"visibility": shown(drawn)}))
            };
            let by_tone = json!(["match", ["get", "tone"], 0, a, 1, b, 2, c, 3, d, a]);
            // Who serves nobody, and hubs that stand in for points from afar, have no loss and keep their tint.
            let or_tint = |loss: Value, tint: &Value| json!(["case", ["has", "loss"], loss, tint]);
            let (fill, opacity) = if g.territories.loss {
                (or_tint(ramp_by(g, "loss"), &hue), or_tint(json!(LOSS_OPACITY * strength), &by_tone))
            } else {
                (hue.clone(), by_tone)
            };
            layers.push(layer("catchments", "fill", &[]).paint(json!({
                "fill-color": fill,
                "fill-opacity": opacity,
                "fill-antialias": false,
            })));
            layers.push(layer("catchment-over", "line", &[json!(["==", ["get", "over"], true])]).paint(json!({
                "line-pattern": OVER_IMAGE,
                "line-width": rim(1.0),
                "line-offset": rim(0.5),
                "line-opacity": ["step", ["zoom"], 0, zoom::OVER, 0.85 * strength],
            })));
            layers.push(layer("catchment-edges", "line", &[]).paint(json!({
                "line-color": hue,
                "line-opacity": 0.7 * strength,
                "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.7, 7, 1],
            })));
        }
    }
    layers
}

/// The travel bands of all facilities asked about.
pub(super) fn bands(g: &Ground) -> Vec<Layer> {
    let layer = |level: &Level| {
        Layer::new(format!("bands-{}", level.name), "fill", Source::Catchments.id())
            .filter(level.filter(&[json!(["has", "bands"])]))
            .zooms(level.from, level.to)
            .layout(json!({"visibility": shown(g.territories.bands)}))
            .paint(json!({
                "fill-color": ramp(g),
                "fill-opacity": 0.85 * g.territories.opacity,
                "fill-antialias": false,
            }))
    };
    LEVELS.iter().map(layer).collect()
}

/// The catchment in hand covers the tints.
pub(super) fn selected(g: &Ground) -> Vec<Layer> {
    let source = Source::Selected.id();
    vec![
        Layer::new("selected-bands", "fill", source)
            .filter(json!(["has", "band"]))
            .paint(json!({"fill-color": ramp(g), "fill-antialias": false})),
        Layer::new("selected-edge", "line", source)
            .filter(json!(["has", "edge"]))
            .layout(json!({"line-join": "round"}))
            .paint(json!({"line-color": g.colour(Token::Accent), "line-width": g.text_px(1.8)})),
    ]
}

/// The colour of a band by its number, 5 the nearest.
fn ramp(g: &Ground) -> Value {
    ramp_by(g, "band")
}

/// The colour of a property that counts from 1, the faintest, to 5.
fn ramp_by(g: &Ground, property: &str) -> Value {
    let steps = [Token::Band1, Token::Band2, Token::Band3, Token::Band4, Token::Band5];
    let mut hue = vec![json!("match"), json!(["get", property])];
    hue.extend(steps.into_iter().zip(1..).flat_map(|(token, n)| [json!(n), g.colour(token)]));
    hue.push(g.colour(Token::Band1));
    hue.into()
}

#[cfg(test)]
mod tests {
    use super::super::tests::ground;
    use super::*;
    use crate::map::view::Territories;

    /// Ids of the tints that are drawn at a zoom.
    fn drawn(of: Option<FacilityKind>, zoom: f64) -> Vec<String> {
        let g = ground();
        let g = Ground { territories: Territories { of, ..g.territories }, ..g };
        let on = |l: &Layer| l.layout["visibility"] == "visible" && l.zooms.0 <= zoom && zoom < l.zooms.1;
        all(&g).into_iter().filter(|l| l.kind == "fill" && on(l)).map(|l| l.id).collect()
    }

    #[test]
    fn at_every_zoom_one_kind_is_drawn_at_one_level() {
        let points = Some(FacilityKind::CollectionPoint);
        assert_eq!(drawn(points, 5.0), ["catchments-hub-far"]);
        assert_eq!(drawn(points, 7.5), ["catchments-collection_point-far"]);
        assert_eq!(drawn(points, 8.0), ["catchments-collection_point-near"]);
        assert_eq!(drawn(Some(FacilityKind::Hub), 9.0), ["catchments-hub-near"]);
        assert_eq!(drawn(Some(FacilityKind::Smelter), 4.0), ["catchments-smelter-far"]);
        assert!(drawn(None, 6.0).is_empty());
    }
}
