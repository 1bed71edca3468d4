//! From marks to symbols: what is drawn at a zoom, what is merged, what is spread on a ring.

pub use super::{collection::points, plants::facilities};

use crate::map::{
    mercator::{Mercator, world_px},
    merge::Item,
    view::Selected,
};

/// What stands out of the crowd.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Attention {
    /// Selected: neither merged nor hidden.
    pub selected: Option<Selected>,
    /// Has the keyboard's focus: the same.
    pub focused: Option<Selected>,
    /// Follows the pointer: neither merged nor spread.
    pub moving: Option<Selected>,
    /// Its ring is open, however many stand on it.
    pub opened: Option<Selected>,
}

impl Attention {
    /// True for what is never merged into others.
    pub(super) fn keeps_apart(&self, which: Selected) -> bool {
        [self.selected, self.focused, self.moving].contains(&Some(which))
    }
}

/// A position as something to merge at a zoom.
pub(super) fn item(at: Mercator, zoom: f64, weight: f64) -> Item {
    let world = world_px(zoom);
    Item { at: (at.x * world, at.y * world), weight }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{
        look::Ink,
        marks::symbol::{Slot, Symbol},
        view::{FacilityMark, MarkState, PointMark},
    };
    use atlas_core::{
        geo::LonLat,
        model::{Certainty, Cluster, FacilityKind, Metal},
    };

    fn plant(id: u32, lon: f64, metal: Metal) -> FacilityMark {
        FacilityMark {
            at: LonLat::new(lon, 31.0),
            kind: FacilityKind::Smelter,
            cluster: Some(Cluster::Yrd),
            metal: Some(metal),
            certainty: Certainty::Known,
            state: MarkState::Baseline,
            cargo_mt: 0.0,
            id,
            name_zh: String::new(),
            name_en: String::new(),
        }
    }

    fn collection(id: u32, lon: f64, state: MarkState) -> PointMark {
        let at = LonLat::new(lon, 31.0);
        PointMark { at, cluster: Cluster::Prd, certainty: Certainty::Modelled, state, size: 0.5, id }
    }

    fn drawn_for(symbols: &[Symbol]) -> u32 {
        symbols.iter().map(|s| s.count).sum()
    }

    #[test]
    fn nothing_is_lost_at_any_zoom() {
        let marks: Vec<_> = (0..90).map(|i| plant(i, 118.0 + f64::from(i % 30) * 0.11, Metal::Al)).collect();
        for z in 0..22 {
            let symbols = facilities(&marks, 3.5 + f64::from(z) * 0.5, 1.0, &Attention::default());
            assert_eq!(drawn_for(&symbols), 90, "{z}");
        }
    }

    #[test]
    fn the_commonest_metal_gives_the_hue() {
        let marks = [plant(0, 120.0, Metal::Cu), plant(1, 120.01, Metal::Al), plant(2, 120.02, Metal::Al)];
        let symbols = facilities(&marks, 4.0, 1.0, &Attention::default());
        assert_eq!((symbols.len(), symbols[0].hue, symbols[0].count), (1, Ink::Al, 3));
        assert_eq!(symbols[0].glyph.text(), "3");
    }

    #[test]
    fn six_stand_on_a_ring_and_seven_are_counted_until_opened() {
        let six: Vec<_> = (0..6).map(|i| plant(i, 120.0, Metal::Al)).collect();
        let symbols = facilities(&six, 9.0, 1.0, &Attention::default());
        assert!(symbols.len() == 6 && symbols.iter().all(|s| s.offset != [0.0; 2]));
        let seven: Vec<_> = (0..7).map(|i| plant(i, 120.0, Metal::Al)).collect();
        assert_eq!(facilities(&seven, 9.0, 1.0, &Attention::default()).len(), 1);
        let opened =
            Attention { opened: Some(Selected { kind: FacilityKind::Smelter, id: 3 }), ..Attention::default() };
        assert_eq!(facilities(&seven, 9.0, 1.0, &opened).len(), 7);
    }

    #[test]
    fn ports_and_rail_hubs_come_one_by_one() {
        let port = |id, lon, cargo_mt| FacilityMark {
            kind: FacilityKind::Port,
            metal: None,
            cluster: None,
            cargo_mt,
            ..plant(id, lon, Metal::Al)
        };
        let rail = FacilityMark { kind: FacilityKind::RailHub, ..port(2, 121.0, 0.0) };
        let marks = [port(0, 118.0, 700.0), port(1, 120.0, 0.0), rail];
        let ids = |zoom| {
            let mut ids: Vec<u32> = facilities(&marks, zoom, 1.0, &Attention::default()).iter().map(|s| s.id).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!((ids(5.0), ids(5.5), ids(6.5), ids(7.0)), (vec![], vec![0], vec![0, 1], vec![0, 1, 2]));
        let selected =
            Attention { selected: Some(Selected { kind: FacilityKind::RailHub, id: 2 }), ..Attention::default() };
        assert_eq!(facilities(&marks, 4.0, 1.0, &selected).len(), 1, "what is selected is there at every zoom");
    }

    #[test]
    fn the_selected_one_stays_apart() {
        let marks = [plant(0, 120.0, Metal::Al), plant(1, 120.3, Metal::Al), plant(2, 120.32, Metal::Al)];
        let selected =
            Attention { selected: Some(Selected { kind: FacilityKind::Smelter, id: 1 }), ..Attention::default() };
        let symbols = facilities(&marks, 4.0, 1.0, &selected);
        assert!(symbols.iter().any(|s| s.id == 1 && s.count == 1));
        assert_eq!(drawn_for(&symbols), 3);
    }

    #[test]
    fn only_what_the_plan_changed_is_drawn_from_afar() {
        let marks = [collection(0, 120.0, MarkState::Baseline), collection(1, 121.0, MarkState::Added)];
        let symbols = points(&marks, 4.6, &Attention::default());
        assert_eq!(symbols.iter().map(|s| s.id).collect::<Vec<_>>(), [1]);
        assert_eq!(points(&marks, 6.0, &Attention::default()).len(), 2);
    }

    #[test]
    fn merged_points_add_up() {
        let marks: Vec<_> = (0..40).map(|i| collection(i, 120.0 + f64::from(i) * 0.01, MarkState::Baseline)).collect();
        let symbols = points(&marks, 6.5, &Attention::default());
        assert_eq!(drawn_for(&symbols), 40);
        assert!(symbols.len() < 10 && symbols.iter().any(|s| s.slot == Slot::PointLarge));
    }
}
