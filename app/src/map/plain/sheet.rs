//! The areas and lines of the plain map: paths of a canvas, made once a document and drawn at every view.

use super::{
    document::{Feature, Spot, ZOOM, read, spot},
    pen::Pen,
    place::Place,
};
use crate::map::{
    marks::scene::ANCHOR,
    mercator::{Mercator, world_px},
    tokens::Token,
    view::{Source, Territories},
    zoom,
};
use atlas_core::{geo::LonLat, model::FacilityKind};
use std::collections::{BTreeMap, HashMap};
use web_sys::{CanvasWindingRule, Path2d};

/// Opacity of the four tones of catchments, as on the other map.
const TONES: [f64; 4] = [0.07, 0.13, 0.04, 0.17];
const BANDS: [Token; 5] = [Token::Band1, Token::Band2, Token::Band3, Token::Band4, Token::Band5];
/// What is drawn at all: the rest is too much for a canvas, and stands in tables.
const DRAWN: [Source; 7] = [
    Source::Base,
    Source::Labels,
    Source::Catchments,
    Source::Selected,
    Source::Route,
    Source::Journey,
    Source::SitingSites,
];

/// Features that are drawn alike, and so as one.
struct Group {
    like: Feature,
    path: Path2d,
}

/// A named or numbered place.
pub struct Point {
    /// Where, on the plane.
    pub at: Spot,
    /// What is known of it.
    pub of: Feature,
}

/// All documents.
#[derive(Default)]
pub struct Sheet {
    groups: HashMap<Source, Vec<Group>>,
    points: HashMap<Source, Vec<Point>>,
}

impl Sheet {
    /// Replaces a document; false where it is none that is drawn.
    pub fn set(&mut self, source: Source, bytes: &[u8]) -> bool {
        if !DRAWN.contains(&source) {
            return false;
        }
        let (points, shapes): (Vec<_>, Vec<_>) =
            read(bytes).into_iter().partition(|f| f.lines.iter().all(|l| l.len() == 1));
        let point = |of: Feature| of.lines.first().and_then(|l| l.first().copied()).map(|at| Point { at, of });
        self.points.insert(source, points.into_iter().filter_map(point).collect());
        self.groups.insert(source, grouped(shapes));
        true
    }

    /// The places of a document.
    pub fn points(&self, source: Source) -> &[Point] {
        self.points.get(&source).map_or(&[], Vec::as_slice)
    }

    fn of(&self, source: Source) -> impl Iterator<Item = &Group> {
        self.groups.get(&source).into_iter().flatten()
    }

    /// Draws all areas and lines.
    pub fn draw(&self, pen: &Pen, place: &Place, territories: &Territories) {
        pen.fill_all(Token::MapLand);
        let scale = world_px(place.zoom) / world_px(ZOOM);
        pen.on_plane(place.px(Mercator::from(ANCHOR)), scale);
        self.catchments(pen, place.zoom, territories, scale);
        self.base(pen, place.zoom, scale);
        self.ways(pen, scale);
        pen.on_screen();
    }

    fn catchments(&self, pen: &Pen, at: f64, territories: &Territories, scale: f64) {
        let kind = match territories.of {
            Some(FacilityKind::CollectionPoint) if at < zoom::POINT_CATCHMENTS => Some(FacilityKind::Hub),
            of => of,
        };
        let other = if at < zoom::NEAR_CATCHMENTS { "near" } else { "far" };
        let shown = |g: &&Group| g.like.text("level") != other;
        for g in self.of(Source::Catchments).filter(shown) {
            if let Some(band) = g.like.number("band").filter(|_| territories.bands && g.like.is("bands")) {
                pen.alpha(0.85 * territories.opacity);
                pen.fill(&g.path, band_token(band));
            } else if kind.is_some_and(|k| k.key() == g.like.text("kind")) {
                let hue = cluster_token(g.like.text("cluster"));
                let tone = g.like.number("tone").unwrap_or(0) as usize % TONES.len();
                pen.alpha(TONES[tone] * territories.opacity);
                pen.fill(&g.path, hue);
                pen.alpha(0.7 * territories.opacity);
                pen.stroke(&g.path, hue, 0.8 / scale, &[]);
            }
        }
        for g in self.of(Source::Selected) {
            match g.like.number("band") {
                Some(band) => {
                    pen.alpha(0.85);
                    pen.fill(&g.path, band_token(band));
                }
                None => {
                    pen.alpha(1.0);
                    pen.stroke(&g.path, Token::Accent, 1.8 / scale, &[]);
                }
            }
        }
        pen.alpha(1.0);
    }

    /// The land outside and the sea end tints, as on the other map.
    fn base(&self, pen: &Pen, at: f64, scale: f64) {
        let layer = |name: &'static str| self.of(Source::Base).filter(move |g| g.like.text("layer") == name);
        layer("outside").for_each(|g| pen.fill(&g.path, Token::MapLand));
        for (name, fill) in [("sea", Token::MapWater), ("lakes", Token::MapLake)] {
            for g in layer(name) {
                pen.fill(&g.path, fill);
                pen.stroke(&g.path, Token::MapCoast, 0.8 / scale, &[]);
            }
        }
        for g in
            layer("rivers").filter(|g| at >= [0.0, 0.0, 5.0, 6.5][g.like.number("rank").unwrap_or(0).min(3) as usize])
        {
            pen.stroke(&g.path, Token::MapRiver, 0.9 / scale, &[]);
        }
        layer("road-1").for_each(|g| pen.stroke(&g.path, Token::MapRoad1, 0.9 / scale, &[]));
        let dashes = [5.0, 2.0, 1.0, 2.0].map(|d| d * 0.9 / scale);
        layer("provinces").for_each(|g| pen.stroke(&g.path, Token::MapProvince, 0.9 / scale, &dashes));
        for g in layer("cluster-edge") {
            let hue = ["yrd", "prd", "bohai"].get((g.like.number("rank").unwrap_or(1) as usize).wrapping_sub(1));
            pen.stroke(&g.path, cluster_token(hue.copied().unwrap_or_default()), 1.8 / scale, &[]);
        }
    }

    fn ways(&self, pen: &Pen, scale: f64) {
        let stroke = |g: &Group, token, width: f64| {
            let dash: &[f64] = match g.like.text("mode") {
                "rail" => &[6.0, 3.0],
                "water" => &[2.0, 3.0],
                "sea" => &[12.0, 5.0],
                _ => &[],
            };
            pen.stroke(&g.path, Token::MapHalo, (width + 3.0) / scale, &[]);
            pen.stroke(&g.path, token, width / scale, &dash.iter().map(|d| d / scale).collect::<Vec<_>>());
        };
        self.of(Source::Route).for_each(|g| stroke(g, Token::Accent, 3.2));
        let (chosen, others): (Vec<_>, Vec<_>) = self.of(Source::Journey).partition(|g| g.like.is("chosen"));
        others.into_iter().for_each(|g| stroke(g, Token::MapText2, 2.0));
        chosen.into_iter().for_each(|g| stroke(g, Token::Accent, 3.2));
        self.of(Source::SitingSites).for_each(|g| pen.stroke(&g.path, Token::Accent, 1.0 / scale, &[]));
    }
}

/// The hue of a cluster by its key.
pub fn cluster_token(key: &str) -> Token {
    match key {
        "yrd" => Token::ClusterYrd,
        "prd" => Token::ClusterPrd,
        "bohai" => Token::ClusterBohai,
        _ => Token::MapText2,
    }
}

fn band_token(band: u32) -> Token {
    BANDS[(band.clamp(1, 5) - 1) as usize]
}

/// What is told apart by nothing but its name is drawn together.
fn grouped(shapes: Vec<Feature>) -> Vec<Group> {
    let mut alike: BTreeMap<String, Vec<Feature>> = BTreeMap::new();
    for f in shapes {
        let mut key = f.properties.clone();
        for own in ["id", "zh", "en", "loss"] {
            key.remove(own);
        }
        // Bands of one facility lie upon each other, the nearest last.
        alike.entry(serde_json::Value::Object(key).to_string()).or_default().push(f);
    }
    let path = |features: &[Feature]| {
        let path = Path2d::new().ok()?;
        for line in features.iter().flat_map(|f| &f.lines) {
            for (i, (x, y)) in line.iter().enumerate() {
                if i == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
            }
        }
        Some(path)
    };
    let group = |features: Vec<Feature>| Some(Group { path: path(&features)?, like: features.into_iter().next()? });
    alike.into_values().filter_map(group).collect()
}

/// Where a position is on the screen.
pub fn on_screen(place: &Place, at: Spot) -> (f64, f64) {
    let scale = world_px(place.zoom) / world_px(ZOOM);
    let (x, y) = place.px(Mercator::from(ANCHOR));
    (x + at.0 * scale, y + at.1 * scale)
}

/// Where a place is on the screen.
pub fn place_on_screen(place: &Place, at: LonLat) -> (f64, f64) {
    on_screen(place, spot(at))
}

/// Rings within rings are holes.
pub const HOLES: CanvasWindingRule = CanvasWindingRule::Evenodd;
