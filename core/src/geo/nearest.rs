//! The nearest of many positions, by an R-tree.

use super::LonLat;
use rstar::{RTree, primitives::GeomWithData};

/// Finds the nearest of a fixed set of positions in a straight line over the earth.
///
/// The tree (crate `rstar`) holds unit vectors: on the sphere the nearest chord is the nearest arc, so the
/// answer is exact. Ties go to the smaller index.
///
/// ```
/// use atlas_core::geo::{LonLat, NearestIndex};
/// let index = NearestIndex::new([LonLat::new(121.5, 31.2), LonLat::new(113.3, 23.1)]);
/// assert_eq!(index.nearest(LonLat::new(114.0, 22.5)), Some(1));
/// ```
pub struct NearestIndex {
    tree: RTree<GeomWithData<[f64; 3], u32>>,
}

impl NearestIndex {
    /// Builds the tree over the positions in O(n log n).
    pub fn new(points: impl IntoIterator<Item = LonLat>) -> Self {
        let items = points.into_iter().zip(0u32..).map(|(p, i)| GeomWithData::new(p.unit_vector(), i)).collect();
        Self { tree: RTree::bulk_load(items) }
    }

    /// The index of the nearest position, or `None` where there are none.
    #[must_use]
    pub fn nearest(&self, at: LonLat) -> Option<u32> {
        let mut found = self.tree.nearest_neighbor_iter_with_distance_2(at.unit_vector());
        let (first, d0) = found.next()?;
        let tied = found.take_while(|(_, d)| *d == d0).map(|(g, _)| g.data).min();
        Some(tied.map_or(first.data, |t| t.min(first.data)))
    }

    /// The `k` nearest positions, nearest first.
    pub fn nearest_k(&self, at: LonLat, k: usize) -> impl Iterator<Item = u32> {
        self.tree.nearest_neighbor_iter(at.unit_vector()).take(k).map(|g| g.data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::haversine_m;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_trying_all(
            points in prop::collection::vec((105.0..125.0f64, 18.0..43.0f64), 1..60),
            lon in 105.0..125.0f64, lat in 18.0..43.0f64,
        ) {
            let points: Vec<_> = points.into_iter().map(|(x, y)| LonLat::new(x, y)).collect();
            let at = LonLat::new(lon, lat);
            let found = NearestIndex::new(points.iter().copied()).nearest(at).expect("not empty");
            let best = points.iter().map(|p| haversine_m(*p, at)).fold(f64::INFINITY, f64::min);
            prop_assert!((haversine_m(points[found as usize], at) - best).abs() < 1e-6 * (1.0 + best));
        }
    }

    #[test]
    fn nothing_is_nearest_to_nothing() {
        assert_eq!(NearestIndex::new([]).nearest(LonLat::new(0.0, 0.0)), None);
    }
}
