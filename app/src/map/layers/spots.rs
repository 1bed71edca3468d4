//! Points of the allocation: what scrap is worth there, and who takes it. They lie below the symbols and are larger than these.

use super::{Ground, Layer, shown};
use crate::map::{
    tokens::Token,
    view::{PriceMark, ServedMark, Service, Source},
    zoom,
};
use atlas_core::model::Cluster;
use serde_json::{Value, json};

/// Opacity of the four tones of takers.
const TONES: [f64; 4] = [0.85, 0.4, 0.65, 0.22];

fn radius(g: &Ground, more: f64) -> Value {
    let px = |v: f64| g.text_px(v + more);
    json!(["interpolate", ["linear"], ["zoom"], 4, px(2.0), zoom::POINTS, px(4.5), 8, px(8.0), 11, px(11.0)])
}

/// What scrap is worth: a diverging ramp.
pub(super) fn prices(g: &Ground) -> Vec<Layer> {
    let ramp = [Token::Diff1, Token::Diff2, Token::Diff3, Token::Diff4, Token::Diff5, Token::Diff6, Token::Diff7];
    let mut hue = vec![json!("match"), json!(["get", "class"])];
    hue.extend(ramp.into_iter().zip(1..).flat_map(|(token, n)| [json!(n), g.colour(token)]));
    hue.push(g.colour(Token::Diff4));
    vec![
        Layer::new("prices", "circle", Source::Prices.id())
            .layout(json!({"visibility": shown(g.prices)}))
            .paint(json!({
                "circle-radius": radius(g, 0.0),
                "circle-color": hue,
                "circle-stroke-color": g.colour(Token::MapText2),
                "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 4, 0.3, 8, 0.8],
            }))
            .picks(),
    ]
}

/// Who takes the scrap: a thin line to the taker, a dot in its tint, a ring where it is not the nearest.
pub(super) fn served(g: &Ground) -> Vec<Layer> {
    let hue = g.by_cluster("cluster", ["yrd", "prd", "bohai"].map(Value::from));
    let [a, b, c, d] = TONES;
    let by_tone = json!(["match", ["get", "tone"], 0, a, 1, b, 2, c, d]);
    let visible = json!({"visibility": shown(g.served)});
    let is_point = json!(["==", ["geometry-type"], "Point"]);
    let how = |s: Service| json!(["all", is_point, ["==", ["get", "how"], s.key()]]);
    let ring = |id: &str, s: Service, token: Token, fill: f64| {
        Layer::new(id, "circle", Source::Served.id()).filter(how(s)).layout(visible.clone()).paint(json!({
            "circle-radius": radius(g, 0.4),
            "circle-color": g.colour(Token::MapHalo),
            "circle-opacity": fill,
            "circle-stroke-color": g.colour(token),
            "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 4, 0.6, 6, 1.1, 8, 2.0],
        }))
    };
    vec![
        Layer::new("served-ways", "line", Source::Served.id())
            .filter(json!(["==", ["geometry-type"], "LineString"]))
            .layout(visible.clone())
            .paint(json!({
                "line-color": hue,
                "line-opacity": ["interpolate", ["linear"], ["zoom"], 4, 0.2, 8, 0.42],
                "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.5, 8, 1.1],
            })),
        Layer::new("served", "circle", Source::Served.id())
            .filter(is_point.clone())
            .layout(visible.clone())
            .paint(json!({
                "circle-radius": radius(g, 0.0),
                "circle-color": hue,
                "circle-opacity": by_tone,
                "circle-stroke-color": hue,
                "circle-stroke-width": 0.6,
            }))
            .picks(),
        ring("served-other", Service::Other, Token::MapText, 0.0),
        ring("served-nobody", Service::Nobody, Token::Overload, 1.0).picks(),
    ]
}

/// The document of prices.
#[must_use]
pub fn prices_geojson(marks: &[PriceMark]) -> Vec<u8> {
    let feature = |m: &PriceMark| {
        json!({"type": "Feature", "properties": {"p": m.id, "class": m.class},
            "geometry": {"type": "Point", "coordinates": [m.at.lon, m.at.lat]}})
    };
    collection(marks.iter().map(feature).collect())
}

/// The document of takers.
#[must_use]
pub fn served_geojson(marks: &[ServedMark]) -> Vec<u8> {
    let mut features = Vec::with_capacity(2 * marks.len());
    for m in marks {
        let cluster = m.cluster.map_or("", Cluster::key);
        let at = [m.at.lon, m.at.lat];
        features.push(json!({"type": "Feature",
            "properties": {"p": m.id, "cluster": cluster, "tone": m.tone, "how": m.how.key()},
            "geometry": {"type": "Point", "coordinates": at}}));
        if let Some(to) = m.taker {
            features.push(json!({"type": "Feature", "properties": {"cluster": cluster, "tone": m.tone},
                "geometry": {"type": "LineString", "coordinates": [at, [to.lon, to.lat]]}}));
        }
    }
    collection(features)
}

fn collection(features: Vec<Value>) -> Vec<u8> {
    json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::{pickable, tests::ground};
    use super::*;
    use atlas_core::geo::LonLat;

    #[test]
    fn a_point_that_nobody_takes_has_no_line() {
        let mark = |taker| ServedMark {
            at: LonLat::new(118.0, 32.0),
            id: 7,
            how: Service::Nearest,
            taker,
            cluster: Some(Cluster::Yrd),
            tone: 1,
        };
        let marks = [mark(Some(LonLat::new(119.0, 32.0))), mark(None)];
        let document: Value = serde_json::from_slice(&served_geojson(&marks)).expect("JSON");
        let kinds: Vec<&str> = document["features"]
            .as_array()
            .expect("features")
            .iter()
            .filter_map(|f| f["geometry"]["type"].as_str())
            .collect();
        assert_eq!(kinds, ["Point", "LineString", "Point"]);
    }

    #[test]
    fn what_is_shown_can_be_told() {
        let on = Ground { prices: true, served: true, ..ground() };
        assert_eq!(pickable(&on), ["served", "served-nobody", "prices"]);
    }
}
