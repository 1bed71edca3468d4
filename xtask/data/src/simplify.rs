//! Simplification that keeps neighbours together: what two areas share is simplified once.

use geo::{Coord, LineString, MultiPolygon, Polygon, Simplify};
use std::collections::{BTreeMap, BTreeSet};

/// How coarse: one tolerance inside a box, one outside it (degrees).
#[derive(Clone, Copy)]
pub struct Coarseness {
    /// Tolerance inside the box.
    pub inside: f64,
    /// Tolerance outside it.
    pub outside: f64,
    /// West, south, east, north.
    pub area: [f64; 4],
}

impl Coarseness {
    fn at(&self, c: Coord<f64>) -> f64 {
        let [w, s, e, n] = self.area;
        if c.x >= w && c.x <= e && c.y >= s && c.y <= n { self.inside } else { self.outside }
    }

    /// Simplifies a line; its ends stay. Runs inside and outside the box are simplified apart.
    pub fn line(&self, line: &[Coord<f64>]) -> Vec<Coord<f64>> {
        let mut out: Vec<Coord<f64>> = Vec::new();
        let mut start = 0;
        while start + 1 < line.len() {
            let tolerance = self.at(line[start]);
            let mut end = start + 1;
            while end + 1 < line.len() && self.at(line[end]) == tolerance {
                end += 1;
            }
            let run = LineString::new(line[start..=end].to_vec()).simplify(tolerance);
            out.extend(run.0.into_iter().skip(usize::from(start > 0)));
            start = end;
        }
        if out.is_empty() { line.to_vec() } else { out }
    }

    /// Simplifies a ring, or drops it where less than a triangle would remain.
    pub fn ring(&self, ring: &LineString<f64>) -> Option<LineString<f64>> {
        let simple = self.line(&ring.0);
        (simple.len() >= 4).then(|| LineString::new(simple))
    }

    /// Simplifies polygons one by one.
    pub fn area(&self, area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        let polygon = |p: &Polygon<f64>| {
            let exterior = self.ring(p.exterior())?;
            Some(Polygon::new(exterior, p.interiors().iter().filter_map(|r| self.ring(r)).collect()))
        };
        area.iter().filter_map(polygon).collect()
    }
}

/// A stretch of border with the same areas on its sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Arc {
    /// The simplified line.
    pub line: Vec<Coord<f64>>,
    /// The line before simplification.
    pub full: Vec<Coord<f64>>,
    /// Indices of the areas that have it, ascending: one or two.
    pub owners: Vec<usize>,
}

/// Areas that share borders, simplified so that shared borders stay the same line.
pub struct SharedBorders {
    /// The simplified areas, in the order given.
    pub areas: Vec<MultiPolygon<f64>>,
    /// All stretches of border, each once.
    pub arcs: Vec<Arc>,
}

type Key = (i64, i64);

fn key(c: Coord<f64>) -> Key {
    (libm::round(c.x * 1e7) as i64, libm::round(c.y * 1e7) as i64)
}

/// Splits the rings of the areas where owners change and simplifies each stretch once.
///
/// Areas must share their border points exactly, as Natural Earth's do.
pub fn simplify_shared(areas: &[&MultiPolygon<f64>], how: Coarseness) -> SharedBorders {
    let rings = |area: usize| areas[area].iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let mut owners = BTreeMap::<(Key, Key), BTreeSet<usize>>::new();
    let segment = |a: Coord<f64>, b: Coord<f64>| (key(a).min(key(b)), key(a).max(key(b)));
    for area in 0..areas.len() {
        for line in rings(area).flat_map(LineString::lines) {
            owners.entry(segment(line.start, line.end)).or_default().insert(area);
        }
    }
    let mut around = BTreeMap::<Key, (BTreeSet<Key>, BTreeSet<&BTreeSet<usize>>)>::new();
    for ((a, b), of) in &owners {
        for (one, other) in [(a, b), (b, a)] {
            let entry = around.entry(*one).or_default();
            entry.0.insert(*other);
            entry.1.insert(of);
        }
    }
    let is_knot = |c: Coord<f64>| {
        let (neighbours, of) = &around[&key(c)];
        neighbours.len() != 2 || of.len() != 1
    };
    let mut done = BTreeMap::<Vec<Key>, Vec<Coord<f64>>>::new();
    let mut arcs = Vec::new();
    let mut simple_ring = |ring: &LineString<f64>| -> Option<LineString<f64>> {
        let mut points = ring.0.clone();
        points.dedup_by_key(|c| key(*c));
        if points.len() < 4 {
            return None;
        }
        points.pop();
        // Start at a knot, or at the least point of a ring without one, whichever area comes first.
        let start = (0..points.len()).min_by_key(|i| (!is_knot(points[*i]), key(points[*i])))?;
        points.rotate_left(start);
        points.push(points[0]);
        let mut out: Vec<Coord<f64>> = Vec::new();
        let mut from = 0;
        for to in 1..points.len() {
            if to + 1 < points.len() && !is_knot(points[to]) {
                continue;
            }
            let stretch = &points[from..=to];
            from = to;
            let mut forward: Vec<Key> = stretch.iter().map(|c| key(*c)).collect();
            let reversed = forward.iter().rev().lt(forward.iter());
            let mut line = stretch.to_vec();
            if reversed {
                forward.reverse();
                line.reverse();
            }
            let of = owners[&segment(line[0], line[1])].iter().copied().collect();
            let mut simple = done
                .entry(forward)
                .or_insert_with(|| {
                    let simple = how.line(&line);
                    arcs.push(Arc { line: simple.clone(), full: line, owners: of });
                    simple
                })
                .clone();
            if reversed {
                simple.reverse();
            }
            out.extend(simple.into_iter().skip(usize::from(!out.is_empty())));
        }
        (out.len() >= 4).then(|| LineString::new(out))
    };
    let mut simple = Vec::new();
    for area in areas {
        let mut polygons = Vec::new();
        for polygon in *area {
            let Some(exterior) = simple_ring(polygon.exterior()) else { continue };
            let interiors = polygon.interiors().iter().filter_map(&mut simple_ring).collect();
            polygons.push(Polygon::new(exterior, interiors));
        }
        simple.push(MultiPolygon::new(polygons));
    }
    SharedBorders { areas: simple, arcs }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(points: &[(f64, f64)]) -> MultiPolygon<f64> {
        MultiPolygon::new(vec![Polygon::new(LineString::from(points.to_vec()), vec![])])
    }

    #[test]
    fn a_shared_border_stays_shared() {
        let border = [(1.0, 0.0), (1.04, 0.3), (0.97, 0.5), (1.2, 0.7), (1.0, 1.0)];
        let mut left = vec![(0.0, 0.0)];
        left.extend(border);
        left.extend([(0.0, 1.0), (0.0, 0.0)]);
        let mut right = vec![(2.0, 0.0), (2.0, 1.0)];
        right.extend(border.iter().rev());
        right.push((2.0, 0.0));
        let (left, right) = (area(&left), area(&right));
        let how = Coarseness { inside: 0.1, outside: 0.1, area: [-9.0, -9.0, 9.0, 9.0] };
        let shared = simplify_shared(&[&left, &right], how);
        let between: Vec<_> = shared.arcs.iter().filter(|a| a.owners == [0, 1]).collect();
        assert_eq!(between.len(), 1);
        assert!(between[0].line.len() < 5);
        for area in &shared.areas {
            let ring: Vec<_> = area.0[0].exterior().coords().copied().collect();
            assert!(between[0].line.iter().all(|c| ring.contains(c)));
        }
        assert_eq!(shared.arcs.len(), 3);
    }
}
