//! The style of the map: sources and layers, from the lowest to the highest. A file a group of layers.
//!
//! A style is data made from tokens, language and what has been loaded. Where one of these changes, the style is made
//! again and only the properties that differ are set ([`changes`]): documents and view stay as they are.

mod areas;
mod catchments;
mod compared;
mod difference;
mod facilities;
mod flows;
mod journey;
mod lines;
mod modes;
mod networks;
mod norms;
mod places;
mod precision;
mod roads;
mod route;
mod siting;
mod spots;
mod water;

pub use catchments::OVER_IMAGE;
pub use difference::{GAINED_IMAGE, LOST_IMAGE, MOVED_IMAGE};
pub use facilities::{BOX_IMAGE, boxes};
pub use flows::{FLOW_ARROWS, STREAM_INKS};
pub use norms::{CANNOT_SAY_IMAGE, FAILS_IMAGE, PASSES_IMAGE, norms_geojson};
pub use places::CLUSTER_NAMES;
pub use precision::ring_geojson;
pub use route::{ARROW_IMAGE, PLATE_IMAGE, with_arrows};
pub use siting::FORBIDDEN_IMAGE;
pub use spots::{prices_geojson, served_geojson};

use super::{
    graticule, marks,
    tokens::{Token, Tokens},
    view::{FlowsView, Lang, Source, Territories},
    zoom,
};
use serde_json::{Map as Object, Value, json};

/// Id of the source of degree lines.
const GRATICULE: &str = "graticule";
/// Id of the source of hubs' and smelters' names, and of the room that their symbols take from labels.
pub const FACILITIES: &str = "facilities";
/// Id of the source of cluster names.
const CLUSTERS: &str = "clusters";

/// What a style is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// The theme.
    pub tokens: Tokens,
    /// The language of labels.
    pub lang: Lang,
    /// True once the detailed base map is there.
    pub detail: bool,
    /// True once the roads are there.
    pub roads: bool,
    /// True where railways are shown.
    pub rails: bool,
    /// True where waterways and sea lanes are shown.
    pub water: bool,
    /// How catchments are shown.
    pub territories: Territories,
    /// Which flows are shown.
    pub flows: FlowsView,
    /// True where it is shown what scrap is worth.
    pub prices: bool,
    /// True where it is shown who takes what.
    pub served: bool,
    /// True where proposed sites are shown.
    pub sites: bool,
}

impl Ground {
    fn colour(&self, token: Token) -> Value {
        self.tokens.css(token).into()
    }

    /// A size of text or symbols that grows with the theme.
    fn text_px(&self, px: f64) -> f64 {
        px * self.tokens.text_scale()
    }

    /// The page's font. MapLibre draws glyphs from the system's fonts, and takes weight and slant from the first name.
    fn font(&self, style: &str) -> Value {
        let mut fonts = self.tokens.fonts();
        if !style.is_empty() {
            fonts.insert(0, format!("Loop Atlas {style}"));
        }
        fonts.into()
    }

    /// The name in the language of the map, or else in the other.
    fn name(&self) -> Value {
        let (own, other) = match self.lang {
            Lang::Zh => ("zh", "en"),
            Lang::En => ("en", "zh"),
        };
        json!(["case", ["==", ["coalesce", ["get", own], ""], ""], ["coalesce", ["get", other], ""], ["get", own]])
    }

    /// A value a cluster, by its key or its number.
    fn by_cluster(&self, property: &str, keys: [Value; 3]) -> Value {
        let [yrd, prd, bohai] = keys;
        json!([
            "match",
            ["get", property],
            yrd,
            self.colour(Token::ClusterYrd),
            prd,
            self.colour(Token::ClusterPrd),
            bohai,
            self.colour(Token::ClusterBohai),
            self.colour(Token::MapText2)
        ])
    }
}

/// One layer of the style.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    id: String,
    kind: &'static str,
    source: &'static str,
    filter: Option<Value>,
    zooms: (f64, f64),
    layout: Value,
    paint: Value,
    /// True where the pointer is told of its features.
    picks: bool,
}

impl Layer {
    fn new(id: impl Into<String>, kind: &'static str, source: &'static str) -> Self {
        let none = || Value::Object(Object::new());
        Self {
            id: id.into(),
            kind,
            source,
            filter: None,
            zooms: (0.0, 24.0),
            layout: none(),
            paint: none(),
            picks: false,
        }
    }

    fn filter(mut self, filter: Value) -> Self {
        self.filter = Some(filter);
        self
    }

    /// Shown from a zoom on, and up to another.
    fn zooms(mut self, from: f64, to: f64) -> Self {
        self.zooms = (from, to);
        self
    }

    fn layout(mut self, layout: Value) -> Self {
        self.layout = layout;
        self
    }

    fn paint(mut self, paint: Value) -> Self {
        self.paint = paint;
        self
    }

    fn picks(mut self) -> Self {
        self.picks = true;
        self
    }

    fn json(&self) -> Value {
        let mut layer = json!({
            "id": self.id, "type": self.kind, "minzoom": self.zooms.0, "maxzoom": self.zooms.1,
            "layout": self.layout, "paint": self.paint,
        });
        if !self.source.is_empty() {
            layer["source"] = self.source.into();
        }
        if let Some(filter) = &self.filter {
            layer["filter"] = filter.clone();
        }
        layer
    }
}

/// The value of `visibility`.
const fn shown(yes: bool) -> &'static str {
    if yes { "visible" } else { "none" }
}

/// The two levels of detail of a layer of the base map.
fn levels(g: &Ground) -> [(&'static str, f64, f64); 2] {
    let end = if g.detail { zoom::DETAIL } else { 24.0 };
    [(Source::Base.id(), 0.0, end), (Source::Detail.id(), zoom::DETAIL, 24.0)]
}

/// All layers below the symbols, lowest first.
fn below(g: &Ground) -> Vec<Layer> {
    [
        areas::land(g),
        catchments::all(g),
        catchments::bands(g),
        difference::areas(g),
        siting::areas(g),
        catchments::selected(g),
        areas::masks(g),
        areas::lakes(g),
        lines::rivers(g),
        lines::provinces(g),
        lines::graticule(g),
        networks::water(g),
        roads::roads(g),
        networks::rails(g),
        lines::cluster_edges(g),
        spots::served(g),
        spots::prices(g),
        flows::all(g),
        compared::flows(g),
        norms::marks(g),
        siting::candidates(g),
        precision::ring(g),
        route::way(g),
        journey::ways(g),
    ]
    .concat()
}

/// All layers above the symbols, lowest first. Labels that are higher up are placed first: the others give way.
fn above(g: &Ground) -> Vec<Layer> {
    [
        places::provinces(g),
        water::names(g),
        places::cities(g, 3),
        places::cities(g, 2),
        facilities::names(g),
        places::cities(g, 1),
        route::labels(g),
        journey::labels(g),
        places::clusters(g),
        facilities::room(g),
        siting::sites(g),
        compared::facilities(g),
    ]
    .concat()
}

/// The whole style, without the layer of symbols.
#[must_use]
pub fn style(g: &Ground) -> Value {
    let mut sources = Object::new();
    let empty = json!({"type": "FeatureCollection", "features": []});
    for source in Source::ALL {
        // Tiles are cut no finer than the data are; beyond, they are enlarged.
        let most = match source {
            Source::Base => zoom::DETAIL,
            Source::Labels => 8.0,
            Source::Catchments | Source::Selected | Source::Sealanes | Source::Difference => 10.0,
            Source::Roads | Source::Detail | Source::Route | Source::Rails | Source::Waterways => 12.0,
            Source::Journey | Source::Precision | Source::Norms | Source::Flows => 12.0,
            Source::OwnFlows | Source::Prices | Source::Served => 12.0,
            Source::SitingAreas | Source::SitingDrawn | Source::SitingCandidates | Source::SitingSites => 12.0,
            Source::Compared => 12.0,
        };
        sources.insert(source.id().into(), json!({"type": "geojson", "data": empty, "maxzoom": most, "buffer": 64}));
    }
    sources.insert(FACILITIES.into(), json!({"type": "geojson", "data": empty, "maxzoom": 12}));
    let parse = |text: String| serde_json::from_str(&text).unwrap_or_else(|_| empty.clone());
    let degrees: Value = parse(graticule::geojson());
    sources.insert(GRATICULE.into(), json!({"type": "geojson", "data": degrees, "maxzoom": 8}));
    sources.insert(CLUSTERS.into(), json!({"type": "geojson", "data": places::cluster_points(), "maxzoom": 6}));
    let layers: Vec<Value> = below(g).iter().chain(&above(g)).map(Layer::json).collect();
    json!({"version": 8, "sources": sources, "layers": layers})
}

/// The id of the layer below which the symbols are drawn.
#[must_use]
pub fn first_above(g: &Ground) -> String {
    above(g).first().map_or_else(String::new, |l| l.id.clone())
}

/// One property to set.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Id of the layer, name of the property, value.
    Paint(String, String, Value),
    /// Id of the layer, name of the property, value.
    Layout(String, String, Value),
    /// Id of the layer, filter.
    Filter(String, Value),
    /// Id of the layer, first and last zoom.
    Zooms(String, f64, f64),
}

/// What has to be set to get from one style to another.
#[must_use]
pub fn changes(old: &Ground, new: &Ground) -> Vec<Change> {
    let all = |g: &Ground| [below(g), above(g)].concat();
    let mut out = Vec::new();
    for (was, is) in all(old).iter().zip(&all(new)) {
        for (name, value) in different(&was.paint, &is.paint) {
            out.push(Change::Paint(is.id.clone(), name, value));
        }
        for (name, value) in different(&was.layout, &is.layout) {
            out.push(Change::Layout(is.id.clone(), name, value));
        }
        if was.filter != is.filter {
            out.push(Change::Filter(is.id.clone(), is.filter.clone().unwrap_or(Value::Null)));
        }
        if was.zooms != is.zooms {
            out.push(Change::Zooms(is.id.clone(), is.zooms.0, is.zooms.1));
        }
    }
    out
}

/// Layers whose features can be told under the pointer; none where none is shown.
#[must_use]
pub fn pickable(g: &Ground) -> Vec<String> {
    let visible = |l: &Layer| l.layout["visibility"] == "visible";
    let all = [spots::served(g), spots::prices(g), flows::all(g), siting::sites(g)].concat();
    all.into_iter().filter(|l| l.picks && visible(l)).map(|l| l.id).collect()
}

fn different(was: &Value, is: &Value) -> Vec<(String, Value)> {
    let properties = is.as_object().into_iter().flatten();
    properties.filter(|(k, v)| was.get(*k) != Some(v)).map(|(k, v)| (k.clone(), v.clone())).collect()
}

/// The id of the layer of symbols must be free.
const _: &str = marks::ID;

#[cfg(test)]
pub mod tests {
    use super::*;
    use atlas_core::model::FacilityKind;
    use std::collections::BTreeSet;

    pub fn ground() -> Ground {
        let tokens = Tokens::read(|name| if name == "--font-ui" { "A, B".into() } else { "#123456".into() }).0;
        Ground {
            tokens,
            lang: Lang::Zh,
            detail: false,
            roads: false,
            rails: false,
            water: false,
            territories: TERRITORIES,
            flows: FlowsView::default(),
            prices: false,
            served: false,
            sites: false,
        }
    }

    const TERRITORIES: Territories = Territories {
        of: Some(FacilityKind::CollectionPoint),
        bands: false,
        difference: false,
        loss: false,
        opacity: 1.0,
    };

    #[test]
    fn ids_are_unique_and_sources_exist() {
        let style = style(&ground());
        let layers = style["layers"].as_array().expect("layers");
        let ids: BTreeSet<&str> = layers.iter().filter_map(|l| l["id"].as_str()).collect();
        assert_eq!(ids.len(), layers.len());
        assert!(!ids.contains(marks::ID));
        for layer in layers.iter().filter(|l| l["type"] != "background") {
            assert!(style["sources"].get(layer["source"].as_str().expect("source")).is_some(), "{layer}");
        }
    }

    #[test]
    fn a_language_changes_nothing_but_text() {
        let (zh, en) = (ground(), Ground { lang: Lang::En, ..ground() });
        let changes = changes(&zh, &en);
        assert!(!changes.is_empty());
        for change in changes {
            assert!(matches!(&change, Change::Layout(_, name, _) if name.starts_with("text-")), "{change:?}");
        }
    }

    #[test]
    fn the_detailed_map_takes_over_at_its_zoom() {
        let changes = changes(&ground(), &Ground { detail: true, ..ground() });
        assert!(changes.iter().all(|c| matches!(c, Change::Zooms(_, _, to) if *to == zoom::DETAIL)));
        assert!(changes.len() > 5);
    }

    #[test]
    fn switched_lines_change_nothing_but_themselves() {
        let changes = changes(&ground(), &Ground { rails: true, ..ground() });
        assert!(!changes.is_empty());
        assert!(changes.iter().all(|c| {
            matches!(c, Change::Layout(id, name, v) if id.starts_with("rails") && name == "visibility" && *v == "visible")
        }));
    }

    #[test]
    fn fainter_catchments_change_nothing_but_opacity() {
        let faint = Ground { territories: Territories { opacity: 0.5, ..TERRITORIES }, ..ground() };
        let changes = changes(&ground(), &faint);
        assert!(!changes.is_empty());
        assert!(
            changes.iter().all(|c| matches!(c, Change::Paint(_, name, _) if name.ends_with("-opacity"))),
            "{changes:?}"
        );
    }

    #[test]
    fn the_difference_is_switched_as_a_whole() {
        let on = Ground { territories: Territories { difference: true, ..TERRITORIES }, ..ground() };
        let changes = changes(&ground(), &on);
        let switched = |c: &Change| matches!(c, Change::Layout(id, name, v) if id.starts_with("difference") && name == "visibility" && *v == "visible");
        assert!(!changes.is_empty() && changes.iter().all(switched), "{changes:?}");
    }

    #[test]
    fn the_same_ground_needs_nothing() {
        assert!(changes(&ground(), &ground()).is_empty());
    }
}
