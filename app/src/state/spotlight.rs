//! What the words of a step name, as it is marked on the map.

use super::{AppState, spot_name};
use crate::i18n::Lang;
use atlas_core::{
    geo::LonLat,
    scenario::{Spot, Step},
};

/// Something that is marked.
#[derive(Clone, Debug, PartialEq)]
pub enum Lit {
    /// A place: a ring, with the name on a line from it.
    Place {
        /// Where.
        at: LonLat,
        /// What it is called.
        name: String,
        /// A whole prefecture: a wider ring.
        wide: bool,
    },
    /// A cluster: all around it is dimmed. The map itself says its name.
    Area {
        /// The seats of its prefectures that lie outermost, in order.
        around: Vec<LonLat>,
    },
}

/// What a step marks on the map. What this plan does not have is left out.
#[must_use]
pub fn lit(state: &AppState, step: &Step, lang: Lang) -> Vec<Lit> {
    let one = |spot: &Spot| {
        let name = spot_name(state, spot, lang)?;
        Some(match spot {
            Spot::Facility(id) => Lit::Place { at: state.position(id)?, name, wide: false },
            Spot::Prefecture(adcode) => {
                let home = state.baseline.prefectures.iter().find(|p| p.adcode == *adcode)?;
                Lit::Place { at: home.seat, name, wide: true }
            }
            Spot::Cluster(cluster) => {
                let seats = state.baseline.prefectures.iter().filter(|p| p.cluster == Some(*cluster)).map(|p| p.seat);
                Lit::Area { around: hull(seats.collect()) }
            }
            Spot::Figure(_) => return None,
        })
    };
    step.spotlight.iter().filter_map(one).collect()
}

/// The outermost of some places, in order round them. In degrees: for a mark on the map that is exact enough.
fn hull(mut places: Vec<LonLat>) -> Vec<LonLat> {
    places.sort_by(|a, b| a.lon.total_cmp(&b.lon).then(a.lat.total_cmp(&b.lat)));
    places.dedup();
    if places.len() < 3 {
        return places;
    }
    let left = |a: LonLat, b: LonLat, c: LonLat| (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
    let half = |places: &mut dyn Iterator<Item = LonLat>| {
        let mut chain: Vec<LonLat> = Vec::new();
        for p in places {
            while chain.len() >= 2 && left(chain[chain.len() - 2], chain[chain.len() - 1], p) <= 0.0 {
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut around = half(&mut places.iter().copied());
    around.extend(half(&mut places.iter().rev().copied()));
    around
}

/// Where the corner of a label goes, so that it stays on the map: beside the place, towards the middle.
#[must_use]
pub fn label_offset((x, y): (f64, f64), (width, height): (f64, f64)) -> (f64, f64) {
    let dx = if x > width * 0.5 { -1.0 } else { 1.0 };
    let dy = if y < height * 0.3 { 1.0 } else { -1.0 };
    (dx, dy)
}

/// A map smaller than this shows less than whoever made a story saw.
const USUAL_PX: [f64; 2] = [900.0, 740.0];

/// The zoom at which a small map shows about as much as a usual one.
#[must_use]
pub fn fitted_zoom(zoom: f64, [width, height]: [f64; 2]) -> f64 {
    let share = (width / USUAL_PX[0]).min(height / USUAL_PX[1]);
    if share > 0.0 && share < 1.0 { zoom + libm::log2(share) } else { zoom }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outermost_places_go_round_all_others() {
        let at = LonLat::new;
        let places =
            vec![at(0.0, 0.0), at(2.0, 0.0), at(1.0, 1.0), at(2.0, 2.0), at(0.0, 2.0), at(1.0, 0.0), at(1.5, 0.5)];
        assert_eq!(hull(places), [at(0.0, 0.0), at(2.0, 0.0), at(2.0, 2.0), at(0.0, 2.0)]);
        assert_eq!(hull(vec![at(1.0, 1.0), at(1.0, 1.0)]).len(), 1);
    }

    #[test]
    fn a_small_map_zooms_out() {
        let fitted = |width, height| fitted_zoom(6.0, [width, height]);
        assert_eq!(
            [fitted(450.0, 900.0), fitted(1440.0, 370.0), fitted(1440.0, 900.0), fitted(0.0, 0.0)],
            [5.0, 5.0, 6.0, 6.0]
        );
    }

    #[test]
    fn a_label_goes_towards_the_middle() {
        assert_eq!(label_offset((100.0, 500.0), (1000.0, 600.0)), (1.0, -1.0));
        assert_eq!(label_offset((900.0, 50.0), (1000.0, 600.0)), (-1.0, 1.0));
    }
}
