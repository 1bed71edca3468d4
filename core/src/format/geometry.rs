//! Base-map geometry in the pack: named layers of lines, polygons and labels, on a grid of 1e-4 degrees (about 11 m).

use super::{
    pack::PackError,
    varint::{Reader, Writer},
};
use crate::geo::LonLat;

/// What a layer's parts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeometryKind {
    /// Each part is a line.
    Line,
    /// The first part is the outer ring, the others are its holes; rings repeat their first point at the end.
    Polygon,
    /// One part of one point.
    Point,
}

/// A layer of the base map.
#[derive(Clone, Debug, PartialEq)]
pub struct GeometryLayer {
    /// Stable name, such as `land` or `road-1`.
    pub name: String,
    /// What its parts are.
    pub kind: GeometryKind,
    /// Its features in drawing order.
    pub features: Vec<GeometryFeature>,
}

/// A line, polygon or label of the base map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GeometryFeature {
    /// Importance or class, 1 the first to be drawn; its meaning is the layer's.
    pub rank: u32,
    /// Chinese name, or empty.
    pub name_zh: String,
    /// English name, or empty.
    pub name_en: String,
    /// Lines, rings or a point: see [`GeometryKind`].
    pub parts: Vec<Vec<LonLat>>,
}

const GRID: f64 = 1e4;

/// Writes layers as one section.
#[must_use]
pub fn encode(layers: &[GeometryLayer]) -> Vec<u8> {
    let mut w = Writer::default();
    w.uint(layers.len() as u64);
    for layer in layers {
        w.text(&layer.name);
        w.uint(match layer.kind {
            GeometryKind::Line => 0,
            GeometryKind::Polygon => 1,
            GeometryKind::Point => 2,
        });
        w.uint(layer.features.len() as u64);
        for f in &layer.features {
            w.uint(u64::from(f.rank));
            w.text(&f.name_zh);
            w.text(&f.name_en);
            w.uint(f.parts.len() as u64);
            let mut last = (0i64, 0i64);
            for part in &f.parts {
                w.uint(part.len() as u64);
                for p in part {
                    let q = (libm::round(p.lon * GRID) as i64, libm::round(p.lat * GRID) as i64);
                    w.int(q.0 - last.0);
                    w.int(q.1 - last.1);
                    last = q;
                }
            }
        }
    }
    w.0
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// `Damaged` with the section's name.
pub fn decode(section: &str, bytes: &[u8]) -> Result<Vec<GeometryLayer>, PackError> {
    let mut r = Reader::new(section, bytes);
    let mut layers = Vec::new();
    for _ in 0..r.count()? {
        let name = r.text()?;
        let kind = match r.uint()? {
            0 => GeometryKind::Line,
            1 => GeometryKind::Polygon,
            2 => GeometryKind::Point,
            _ => return Err(r.damaged()),
        };
        let mut features = Vec::new();
        for _ in 0..r.count()? {
            let mut f = GeometryFeature { rank: r.u32()?, name_zh: r.text()?, name_en: r.text()?, parts: Vec::new() };
            let mut last = (0i64, 0i64);
            for _ in 0..r.count()? {
                let n = r.count()?;
                let mut part = Vec::with_capacity(n);
                for _ in 0..n {
                    last = (last.0.wrapping_add(r.int()?), last.1.wrapping_add(r.int()?));
                    part.push(LonLat::new(last.0 as f64 / GRID, last.1 as f64 / GRID));
                }
                f.parts.push(part);
            }
            features.push(f);
        }
        layers.push(GeometryLayer { name, kind, features });
    }
    r.finish()?;
    Ok(layers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip_on_the_grid() {
        let layers = vec![GeometryLayer {
            name: "lakes".into(),
            kind: GeometryKind::Polygon,
            features: vec![GeometryFeature {
                rank: 2,
                name_zh: "太湖".into(),
                name_en: "Lake Tai".into(),
                parts: vec![vec![
                    LonLat::new(120.1234, 31.2),
                    LonLat::new(120.5, -0.0001),
                    LonLat::new(120.1234, 31.2),
                ]],
            }],
        }];
        let bytes = encode(&layers);
        assert_eq!(decode("base", &bytes).unwrap(), layers);
        for cut in 0..bytes.len() {
            assert_eq!(decode("base", &bytes[..cut]), Err(PackError::damaged("base")));
        }
    }
}
