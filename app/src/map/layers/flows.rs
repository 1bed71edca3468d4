//! Who sends what where: width by tonnes, hue by metal inside an outline, dashes because all of it is modelled. From afar the
//! dashes grow thinner the way it goes; from near there are arrows.

use super::{Ground, Layer, shown};
use crate::map::{tokens::Token, view::Source, zoom};
use atlas_core::model::{Cluster, Stream};
use serde_json::{Value, json};

/// Ids of the images of arrows, by stream.
pub const FLOW_ARROWS: [&str; 5] = ["flow-al", "flow-cu", "flow-pb", "flow-zn", "flow-other"];
/// The hue of each stream.
pub const STREAM_INKS: [Token; 5] = [Token::MetalAl, Token::MetalCu, Token::MetalPb, Token::MetalZn, Token::MapText2];

/// The levels of the document by number, with their zooms.
const LEVELS: [(u32, f64, f64); 4] = [
    (0, 0.0, zoom::FLOWS_BY_PREFECTURE),
    (1, zoom::FLOWS_BY_PREFECTURE, zoom::EVERY_FLOW),
    (3, zoom::EVERY_FLOW, 24.0),
    (2, zoom::EVERY_FLOW, 24.0),
];
/// How strong flows are that are not the selected facility's.
const FAINT: f64 = 0.13;
/// The outline on both sides together, in px; thin lines have less.
const OUTLINE_PX: f64 = 1.1;
/// From the middle of one stream's line to the next one's beside it.
const OFFSET_PX: f64 = 1.7;
/// Arrows over their image.
const ARROW_SIZE: f64 = 0.6;

/// Those of a level, faint where a facility's own are meant; above them the facility's own.
pub(super) fn all(g: &Ground) -> Vec<Layer> {
    let f = &g.flows;
    let mut layers = Vec::new();
    let strength = if f.own.is_some() { FAINT } else { 1.0 };
    for (level, from, to) in LEVELS {
        let on = f.shown && !(f.only && f.own.is_some());
        layers.extend(lines(g, Source::Flows, level, (from, to), on, strength));
    }
    // A hub's and a smelter's come from prefectures while it is seen from afar; those of one point cannot be tied.
    let each = f.own == Some(true);
    let on = f.shown && f.own.is_some();
    layers.extend(lines(g, Source::OwnFlows, 1, (0.0, zoom::EVERY_FLOW), on && !each, 1.0));
    let from = if each { 0.0 } else { zoom::EVERY_FLOW };
    layers.extend(lines(g, Source::OwnFlows, 2, (from, 24.0), on, 1.0));
    layers
}

/// Outline, line and arrows.
fn lines(g: &Ground, source: Source, level: u32, zooms: (f64, f64), on: bool, strength: f64) -> Vec<Layer> {
    let id = format!("{}-{level}", source.id());
    let scale = g.text_px(1.0);
    let filter = filter(g, level);
    let straight = level == 2;
    // Small flows stand back behind large ones.
    let by_width = |v: f64| json!(["interpolate", ["linear"], ["get", "w"], 0.7, v * 0.5, 3, v]);
    let line = |part: &str, colour: Value, width: Value, opacity: f64| {
        let mut layer = Layer::new(format!("{id}-{part}"), "line", source.id())
            .filter(filter.clone())
            .zooms(zooms.0, zooms.1)
            .layout(json!({"visibility": shown(on)}))
            .paint(json!({"line-color": colour, "line-width": width, "line-opacity": by_width(opacity * strength)}));
        if straight {
            // Streams of one way lie side by side.
            layer.paint["line-offset"] = json!(["*", ["+", ["get", "s"], 0.6], OFFSET_PX * scale]);
        }
        layer
    };
    let width = json!(["*", ["get", "w"], scale]);
    let wider = json!(["*", ["+", ["get", "w"], ["min", OUTLINE_PX, ["*", ["get", "w"], 0.5]]], scale]);
    let mut hued = line("line", hue(g), width, 1.0).picks();
    if straight {
        hued.paint["line-dasharray"] = json!([5, 0.8]);
    }
    let mut layers = vec![line("outline", g.colour(Token::SymbolOutline), wider, 0.8), hued];
    if straight {
        let [al, cu, pb, zn, other] = FLOW_ARROWS;
        let beside = |s: f64| json!(["literal", [0, (s + 0.6) * OFFSET_PX / ARROW_SIZE]]);
        layers.push(
            Layer::new(format!("{id}-arrows"), "symbol", source.id())
                .filter(filter)
                .zooms(zooms.0, zooms.1)
                .layout(json!({
                    "visibility": shown(on),
                    "symbol-placement": "line-center",
                    "icon-image": ["match", ["get", "s"], 0, al, 1, cu, 2, pb, 3, zn, other],
                    "icon-size": ARROW_SIZE,
                    "icon-offset": ["match", ["get", "s"], 0, beside(0.0), 1, beside(1.0), 2, beside(2.0), 3, beside(3.0), beside(4.0)],
                    "icon-allow-overlap": true,
                    "icon-ignore-placement": true,
                }))
                .paint(json!({"icon-opacity": strength})),
        );
    }
    layers
}

fn hue(g: &Ground) -> Value {
    let [al, cu, pb, zn, other] = STREAM_INKS.map(|t| g.colour(t));
    json!(["match", ["get", "s"], 0, al, 1, cu, 2, pb, 3, zn, other])
}

/// Those of a level that are wanted.
fn filter(g: &Ground, level: u32) -> Value {
    let f = &g.flows;
    let mut all = vec![json!("all"), json!(["==", ["get", "l"], level])];
    if let Some(stream) = f.stream {
        all.push(json!(["==", ["get", "s"], stream as u8]));
    }
    if let Some(mode) = f.mode {
        all.push(json!(["==", ["get", "m"], mode as u8]));
    }
    if let Some(metal) = f.metal {
        all.push(json!(["==", ["get", "g"], u8::from(metal)]));
    }
    if let Some(cluster) = f.cluster {
        all.push(json!(["in", ["get", "c"], ["literal", codes_of(cluster)]]));
    }
    all.into()
}

/// The numbers of pairs of clusters that one belongs to.
fn codes_of(cluster: Cluster) -> Vec<u32> {
    let c = cluster as u32;
    (0..16).filter(|code| code / 4 == c || code % 4 == c).collect()
}

/// Every stream has its hue and arrow.
const _: () = assert!(Stream::ALL.len() == FLOW_ARROWS.len() && Stream::Other as usize == 4);

#[cfg(test)]
mod tests {
    use super::super::{Change, changes, pickable, tests::ground};
    use super::*;
    use crate::{compute::flows::clusters_code, map::view::FlowsView};

    fn with(flows: FlowsView) -> Ground {
        Ground { flows, ..ground() }
    }

    fn visible(g: &Ground) -> Vec<String> {
        all(g).into_iter().filter(|l| l.layout["visibility"] == "visible").map(|l| l.id).collect()
    }

    #[test]
    fn a_filter_changes_nothing_but_filters() {
        let on = with(FlowsView { shown: true, ..FlowsView::default() });
        let filtered = with(FlowsView {
            stream: Some(Stream::Cu),
            cluster: Some(Cluster::Prd),
            metal: Some(true),
            ..on.flows.clone()
        });
        let changes = changes(&on, &filtered);
        assert!(!changes.is_empty() && changes.iter().all(|c| matches!(c, Change::Filter(..))), "{changes:?}");
    }

    #[test]
    fn a_cluster_keeps_what_begins_or_ends_there() {
        let (yrd, prd) = (Some(Cluster::Yrd), Some(Cluster::Prd));
        let codes = codes_of(Cluster::Prd);
        for (ends, kept) in [([prd, None], true), ([yrd, prd], true), ([yrd, None], false), ([None, None], false)] {
            assert_eq!(codes.contains(&clusters_code(ends)), kept, "{ends:?}");
        }
    }

    #[test]
    fn a_facility_fades_the_others_or_hides_them() {
        assert!(visible(&ground()).is_empty() && pickable(&ground()).is_empty());
        let faint = with(FlowsView { shown: true, own: Some(false), ..FlowsView::default() });
        assert!(visible(&faint).iter().any(|id| id.starts_with("flows-0")));
        assert!(visible(&faint).iter().any(|id| id.starts_with("flows-own-1")));
        let alone = with(FlowsView { only: true, ..faint.flows });
        assert!(visible(&alone).iter().all(|id| id.starts_with("flows-own")));
        let point = with(FlowsView { own: Some(true), ..alone.flows });
        assert!(visible(&point).iter().all(|id| id.starts_with("flows-own-2")));
    }
}
