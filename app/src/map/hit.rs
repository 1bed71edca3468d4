//! Hit testing: the symbol under the pointer, among those that are drawn at this zoom.

use super::{
    marks::symbol::Symbol,
    mercator::{Mercator, world_px},
    view::Hit,
};

/// How far from a symbol's middle a mouse may be.
const MOUSE_PX: f64 = 14.0;
/// How far from a symbol's middle a finger may be.
const TOUCH_PX: f64 = 22.0;

/// Where the map stands: enough to turn positions into px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// A projected position, and where it is in px.
    pub anchor: (Mercator, (f64, f64)),
    /// Zoom.
    pub zoom: f64,
    /// Scale of symbols in this theme.
    pub scale: f64,
}

impl View {
    /// Middle of a symbol in px.
    #[must_use]
    pub fn middle(&self, s: &Symbol) -> (f64, f64) {
        let world = world_px(self.zoom);
        let (at, px) = self.anchor;
        (
            px.0 + (s.at.x - at.x) * world + f64::from(s.offset[0]),
            px.1 + (s.at.y - at.y) * world + f64::from(s.offset[1]),
        )
    }
}

/// The symbol whose edge is nearest to the pointer; within a symbol the one whose middle is nearest; of equals the one
/// that is drawn last. Facilities lie above collection points.
#[must_use]
pub fn hit(view: &View, points: &[Symbol], facilities: &[Symbol], at: (f64, f64), touch: bool) -> Option<Hit> {
    let reach = if touch { TOUCH_PX } else { MOUSE_PX };
    let mut best: Option<((f64, f64), &Symbol)> = None;
    for s in points.iter().chain(facilities) {
        let (x, y) = view.middle(s);
        let (dx, dy) = ((x - at.0).abs(), (y - at.1).abs());
        let radius = f64::from(s.slot.px(view.zoom)) * view.scale / 2.0;
        if dx > reach.max(radius) || dy > reach.max(radius) {
            continue;
        }
        let middle = (dx * dx + dy * dy).sqrt();
        let key = ((middle - radius).max(0.0), middle);
        if middle <= reach.max(radius) && best.is_none_or(|(b, _)| key <= b) {
            best = Some((key, s));
        }
    }
    best.map(|(_, s)| Hit { kind: s.kind, id: s.id, cluster_of: s.count, at: s.at.into() })
}

#[cfg(test)]
mod tests {
    use super::super::{
        look::{Ink, Look},
        marks::symbol::{Glyph, Slot},
        view::Shape,
    };
    use super::*;
    use atlas_core::model::FacilityKind;

    fn symbol(id: u32, offset: f32, slot: Slot) -> Symbol {
        Symbol {
            kind: FacilityKind::Hub,
            id,
            count: 1,
            at: Mercator { x: 0.5, y: 0.5 },
            offset: [offset, 0.0],
            shape: Shape::Square,
            slot,
            look: Look::Solid,
            hue: Ink::Yrd,
            glyph: Glyph::default(),
        }
    }

    fn view() -> View {
        View { anchor: (Mercator { x: 0.5, y: 0.5 }, (100.0, 100.0)), zoom: 9.0, scale: 1.0 }
    }

    fn id_at(symbols: &[Symbol], x: f64, touch: bool) -> Option<u32> {
        hit(&view(), &[], symbols, (x, 100.0), touch).map(|h| h.id)
    }

    #[test]
    fn the_nearer_edge_wins() {
        let symbols = [symbol(1, 0.0, Slot::Hub), symbol(2, 30.0, Slot::Hub)];
        assert_eq!(id_at(&symbols, 112.0, false), Some(1));
        assert_eq!(id_at(&symbols, 118.0, false), Some(2));
        assert_eq!(id_at(&symbols, 160.0, false), None);
    }

    #[test]
    fn a_finger_reaches_further() {
        let symbols = [symbol(1, 0.0, Slot::PointSmall)];
        assert_eq!(id_at(&symbols, 118.0, false), None);
        assert_eq!(id_at(&symbols, 118.0, true), Some(1));
    }

    #[test]
    fn the_upper_of_two_at_one_place_wins() {
        let point = [symbol(1, 0.0, Slot::PointSmall)];
        let hub = [symbol(2, 0.0, Slot::Hub)];
        assert_eq!(hit(&view(), &point, &hub, (100.0, 100.0), false).map(|h| h.id), Some(2));
    }

    #[test]
    fn the_map_may_have_moved() {
        let far = View { anchor: (Mercator { x: 0.25, y: 0.5 }, (0.0, 0.0)), ..view() };
        assert_eq!(far.middle(&symbol(1, 5.0, Slot::Hub)), (0.25 * world_px(9.0) + 5.0, 0.0));
    }
}
