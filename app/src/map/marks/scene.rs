//! All symbols of the map and what surrounds them: ghosts, ties and rings. Laid out again when marks or zoom change.

use super::{
    layout::{self, Attention},
    symbol::{Batch, Glyph, Slot, Symbol},
};
use crate::map::{
    look::{Ink, Look},
    mercator::{Mercator, world_px},
    view::{FacilityMark, MarkState, PointMark, ScrapMark, Selected, Shape},
    zoom,
};
use atlas_core::{geo::LonLat, model::FacilityKind};

/// Positions in the buffers are relative to this: the middle of the region.
pub const ANCHOR: LonLat = LonLat::new(116.0, 31.0);

/// What the selection ring adds to a symbol's diameter: 5 px of air, and its own width.
const SELECTED_PX: f32 = 16.0;
/// The same for the focus: 2 px of air.
const FOCUSED_PX: f32 = 12.0;
/// The focus round a selected symbol lies outside of the selection ring.
const FOCUSED_SELECTED_PX: f32 = 26.0;
/// The line round the symbol under the pointer.
const HOVERED_PX: f32 = 2.0;

/// Radius within which a small circle of scrap is hit.
const SMALLEST_TARGET_PX: f64 = 6.0;

/// Marks, what stands out among them, and the symbols they give at a zoom.
#[derive(Default)]
pub struct Scene {
    point_marks: Vec<PointMark>,
    facility_marks: Vec<FacilityMark>,
    scrap_marks: Vec<ScrapMark>,
    hovered_scrap: Option<u32>,
    selected_scrap: Option<u32>,
    attention: Attention,
    hovered: Option<Selected>,
    ghost: Option<(Shape, LonLat, LonLat)>,
    laid_out_for: Option<(f64, f64)>,
    /// Collection points as they are drawn.
    pub points: Vec<Symbol>,
    /// Hubs and smelters as they are drawn.
    pub facilities: Vec<Symbol>,
}

/// The buffers of a scene, from the lowest to the highest.
pub struct Batches {
    /// Circles of scrap.
    pub scrap: Batch,
    /// Collection points.
    pub points: Batch,
    /// Ties, hubs, smelters.
    pub facilities: Batch,
    /// Ghosts and rings.
    pub over: Batch,
}

impl Scene {
    /// Replaces the collection points.
    pub fn set_points(&mut self, marks: &[PointMark]) {
        self.point_marks = marks.to_vec();
        self.rest(FacilityKind::CollectionPoint);
    }

    /// Replaces hubs and smelters.
    pub fn set_facilities(&mut self, marks: &[FacilityMark]) {
        self.facility_marks = marks.to_vec();
        self.facility_marks.sort_by_key(|m| (m.kind, m.id));
        self.rest(FacilityKind::Hub);
    }

    /// Replaces the circles of scrap.
    pub fn set_scrap(&mut self, marks: &[ScrapMark]) {
        self.scrap_marks = marks.iter().copied().filter(|m| m.px >= ScrapMark::LEAST_PX).collect();
        // The small ones lie upon the large ones.
        self.scrap_marks.sort_by(|a, b| b.px.total_cmp(&a.px).then(a.id.cmp(&b.id)));
    }

    /// Marks the circle under the pointer; true where that changes anything.
    pub fn hover_scrap(&mut self, hovered: Option<u32>) -> bool {
        std::mem::replace(&mut self.hovered_scrap, hovered) != hovered
    }

    /// Selects a circle.
    pub fn select_scrap(&mut self, selected: Option<u32>) {
        self.selected_scrap = selected;
    }

    /// The circle at a position: the smallest one there.
    #[must_use]
    pub fn scrap_at(&self, at: Mercator, zoom: f64, scale: f64) -> Option<u32> {
        let world = world_px(zoom);
        let inside = |m: &&ScrapMark| {
            let middle = Mercator::from(m.at);
            let (dx, dy) = ((middle.x - at.x) * world, (middle.y - at.y) * world);
            let radius = (f64::from(m.px) * scale / 2.0).max(SMALLEST_TARGET_PX);
            dx * dx + dy * dy <= radius * radius
        };
        self.scrap_marks.iter().rev().find(inside).map(|m| m.id)
    }

    /// New marks end what [`Scene::move_mark`] began.
    fn rest(&mut self, of: FacilityKind) {
        let is_point = |k: FacilityKind| k == FacilityKind::CollectionPoint;
        if self.attention.moving.is_some_and(|m| is_point(m.kind) == is_point(of)) {
            self.attention.moving = None;
        }
        self.laid_out_for = None;
    }

    /// Moves one symbol. The first time it steps out of its crowd and all are laid out again; from then on it moves alone.
    pub fn move_mark(&mut self, which: Selected, to: LonLat) {
        let moves_alone = self.attention.moving.replace(which) == Some(which);
        if which.kind == FacilityKind::CollectionPoint {
            self.point_marks.iter_mut().filter(|m| m.id == which.id).for_each(|m| m.at = to);
        } else {
            let same = |m: &&mut FacilityMark| m.id == which.id && m.kind == which.kind;
            self.facility_marks.iter_mut().filter(same).for_each(|m| m.at = to);
        }
        let drawn =
            self.points.iter_mut().chain(&mut self.facilities).find(|s| s.kind == which.kind && s.id == which.id);
        match drawn.filter(|_| moves_alone) {
            Some(symbol) => symbol.at = to.into(),
            None => self.laid_out_for = None,
        }
    }

    /// True for the symbol that follows the pointer: it is drawn over the others, and they are left as they are.
    fn is_moving(&self, s: &Symbol) -> bool {
        self.attention.moving == Some(Selected { kind: s.kind, id: s.id })
    }

    /// Selects; true where that changes anything.
    pub fn select(&mut self, selected: Option<Selected>) -> bool {
        let changed = std::mem::replace(&mut self.attention.selected, selected) != selected;
        if changed {
            self.laid_out_for = None;
        }
        changed
    }

    /// Opens the ring of a pile, or closes it.
    pub fn open(&mut self, opened: Option<Selected>) -> bool {
        let changed = std::mem::replace(&mut self.attention.opened, opened) != opened;
        if changed {
            self.laid_out_for = None;
        }
        changed
    }

    /// Marks the symbol under the pointer; true where that changes anything.
    pub fn hover(&mut self, hovered: Option<Selected>) -> bool {
        std::mem::replace(&mut self.hovered, hovered) != hovered
    }

    /// Sets the ghost of a drag.
    pub fn set_ghost(&mut self, ghost: Option<(Shape, LonLat, LonLat)>) {
        self.ghost = ghost;
    }

    /// Lays the symbols out for a zoom and a theme's scale; false where they still are.
    pub fn lay_out(&mut self, zoom: f64, scale: f64) -> bool {
        let zoom = zoom::layout_zoom(zoom);
        if self.laid_out_for == Some((zoom, scale)) {
            return false;
        }
        self.points = layout::points(&self.point_marks, zoom, &self.attention);
        self.facilities = layout::facilities(&self.facility_marks, zoom, scale, &self.attention);
        self.laid_out_for = Some((zoom, scale));
        true
    }

    /// The first zoom at which a symbol stands for at most half as many as now, or else for fewer; none where the place is
    /// shared to the last.
    #[must_use]
    pub fn opens_at(&self, which: Selected, from: f64, scale: f64) -> Option<f64> {
        let count_at = |z: f64| {
            let symbols = if which.kind == FacilityKind::CollectionPoint {
                layout::points(&self.point_marks, z, &self.attention)
            } else {
                layout::facilities(&self.facility_marks, z, scale, &self.attention)
            };
            symbols.iter().find(|s| s.kind == which.kind && s.id == which.id).map_or(1, |s| s.count)
        };
        let now = count_at(zoom::layout_zoom(from));
        let steps = || (1..).map(|i| zoom::layout_zoom(from) + 0.25 * f64::from(i)).take_while(|z| *z <= zoom::MOST);
        steps().find(|z| count_at(*z) * 2 <= now).or_else(|| steps().find(|z| count_at(*z) < now))
    }

    /// The name of a hub or smelter, Chinese and English.
    #[must_use]
    pub fn name_of(&self, s: &Symbol) -> Option<(&str, &str)> {
        let mark = find_mark(&self.facility_marks, s)?;
        Some((&mark.name_zh, &mark.name_en))
    }

    /// The bytes of all symbols.
    #[must_use]
    pub fn batches(&self) -> Batches {
        let anchor = Mercator::from(ANCHOR);
        let mut points = Batch { bytes: Vec::with_capacity(self.points.len() * super::symbol::STRIDE) };
        self.points.iter().filter(|s| !self.is_moving(s)).for_each(|s| points.symbol(anchor, s));
        let mut facilities = Batch::default();
        let resting = || self.facilities.iter().filter(|s| !self.is_moving(s));
        resting().filter(|s| s.offset != [0.0; 2]).for_each(|s| facilities.tie(anchor, s));
        resting().for_each(|s| facilities.symbol(anchor, s));
        let mut scrap = Batch::default();
        for m in &self.scrap_marks {
            scrap.circle(anchor, m.at.into(), m.px, Look::Scrap, m.metal.map_or(Ink::Muted, Ink::of_metal));
        }
        Batches { scrap, points, facilities, over: self.over(anchor) }
    }

    /// The bytes of what lies over the symbols: it changes most often.
    #[must_use]
    pub fn over(&self, anchor: Mercator) -> Batch {
        let mut over = Batch::default();
        let moved_points = self.point_marks.iter().map(|m| (Shape::Circle, m.state, m.at));
        let moved_others = self.facility_marks.iter().map(|m| (m.kind.into(), m.state, m.at));
        for (shape, state, at) in moved_points.chain(moved_others) {
            if let MarkState::Moved { from } = state {
                ghost(&mut over, anchor, (shape, from, at));
            }
        }
        if let Some(g) = self.ghost {
            ghost(&mut over, anchor, g);
        }
        if let Some(s) = self.drawn(self.attention.moving) {
            over.symbol(anchor, s);
        }
        let circle = |id: Option<u32>| self.scrap_marks.iter().find(|m| Some(m.id) == id);
        if let Some(m) = circle(self.hovered_scrap) {
            over.circle(anchor, m.at.into(), m.px + HOVERED_PX, Look::Hovered, Ink::Outline);
        }
        if let Some(m) = circle(self.selected_scrap) {
            over.circle(anchor, m.at.into(), m.px + SELECTED_PX / 2.0, Look::Selected, Ink::Accent);
        }
        if let Some(s) = self.drawn(self.hovered) {
            over.ring(anchor, s, s.shape, Look::Hovered, HOVERED_PX);
        }
        if let Some(s) = self.drawn(self.attention.selected) {
            over.ring(anchor, s, s.shape, Look::Selected, SELECTED_PX);
        }
        if let Some(s) = self.drawn(self.attention.focused) {
            let selected = self.attention.selected == self.attention.focused;
            over.ring(anchor, s, Shape::Square, Look::Focused, if selected { FOCUSED_SELECTED_PX } else { FOCUSED_PX });
        }
        over
    }

    fn drawn(&self, which: Option<Selected>) -> Option<&Symbol> {
        let which = which?;
        let list = if which.kind == FacilityKind::CollectionPoint { &self.points } else { &self.facilities };
        list.iter().find(|s| s.kind == which.kind && s.id == which.id)
    }
}

/// The mark of a symbol, among marks in ascending order of kind and number.
pub(super) fn find_mark<'a>(marks: &'a [FacilityMark], s: &Symbol) -> Option<&'a FacilityMark> {
    marks.binary_search_by_key(&(s.kind, s.id), |m| (m.kind, m.id)).ok().map(|i| &marks[i])
}

fn ghost(over: &mut Batch, anchor: Mercator, (shape, from, to): (Shape, LonLat, LonLat)) {
    over.line(anchor, from.into(), to.into(), Look::GhostLine);
    let (kind, slot) = match shape {
        Shape::Circle => (FacilityKind::CollectionPoint, Slot::OwnPoint),
        Shape::Square => (FacilityKind::Hub, Slot::Hub),
        Shape::Hexagon => (FacilityKind::Smelter, Slot::Smelter),
        Shape::Triangle => (FacilityKind::RailHub, Slot::RailHub),
        Shape::Anchor => (FacilityKind::Port, Slot::Port),
    };
    let old = Symbol {
        kind,
        id: 0,
        count: 1,
        at: from.into(),
        offset: [0.0; 2],
        shape,
        slot,
        look: Look::Ghost,
        hue: Ink::Accent,
        glyph: Glyph::default(),
    };
    over.symbol(anchor, &old);
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::model::{Certainty, Cluster};

    fn hub(id: u32, lon: f64, state: MarkState) -> FacilityMark {
        FacilityMark {
            at: LonLat::new(lon, 31.0),
            kind: FacilityKind::Hub,
            cluster: Some(Cluster::Yrd),
            metal: None,
            certainty: Certainty::Known,
            state,
            cargo_mt: 0.0,
            id,
            name_zh: "甲".into(),
            name_en: "A".into(),
        }
    }

    #[test]
    fn lays_out_only_when_something_changed() {
        let mut scene = Scene::default();
        scene.set_facilities(&[hub(0, 120.0, MarkState::Baseline)]);
        assert!(scene.lay_out(5.0, 1.0) && !scene.lay_out(5.1, 1.0) && scene.lay_out(5.3, 1.0));
        assert!(scene.select(Some(Selected { kind: FacilityKind::Hub, id: 0 })) && scene.lay_out(5.3, 1.0));
        assert!(!scene.select(Some(Selected { kind: FacilityKind::Hub, id: 0 })));
    }

    #[test]
    fn of_two_circles_the_smaller_is_hit_and_lies_above() {
        let mut scene = Scene::default();
        let at = LonLat::new(120.0, 31.0);
        scene.set_scrap(&[
            ScrapMark { at, px: 10.0, metal: None, id: 1 },
            ScrapMark { at, px: 50.0, metal: None, id: 2 },
            ScrapMark { at, px: 1.0, metal: None, id: 3 },
        ]);
        assert_eq!(scene.batches().scrap.count(), 2, "what cannot be seen is not drawn");
        assert_eq!(scene.scrap_at(at.into(), 6.0, 1.0), Some(1));
        let east = Mercator { x: Mercator::from(at).x + 20.0 / world_px(6.0), ..Mercator::from(at) };
        assert_eq!(scene.scrap_at(east, 6.0, 1.0), Some(2));
        assert_eq!(scene.scrap_at(LonLat::new(110.0, 31.0).into(), 6.0, 1.0), None);
    }

    #[test]
    fn rings_and_ghosts_lie_over() {
        let mut scene = Scene::default();
        scene.set_facilities(&[hub(0, 120.0, MarkState::Moved { from: LonLat::new(119.0, 31.0) })]);
        scene.lay_out(7.0, 1.0);
        assert_eq!(scene.batches().over.count(), 2);
        scene.select(Some(Selected { kind: FacilityKind::Hub, id: 0 }));
        scene.hover(Some(Selected { kind: FacilityKind::Hub, id: 0 }));
        assert_eq!(scene.batches().over.count(), 4);
    }

    #[test]
    fn a_pile_opens_by_zooming_unless_it_is_one_place() {
        let mut scene = Scene::default();
        let which = Selected { kind: FacilityKind::Hub, id: 0 };
        scene.set_facilities(&[hub(0, 120.0, MarkState::Baseline), hub(1, 120.1, MarkState::Baseline)]);
        assert_eq!(scene.opens_at(which, 4.0, 1.0), Some(6.0));
        let pile: Vec<_> = (0..9).map(|i| hub(i, 120.0, MarkState::Baseline)).collect();
        scene.set_facilities(&pile);
        assert_eq!(scene.opens_at(which, 8.0, 1.0), None);
    }

    #[test]
    fn a_moved_mark_follows_until_new_marks_come() {
        let mut scene = Scene::default();
        scene.set_facilities(&[hub(0, 120.0, MarkState::Baseline)]);
        scene.move_mark(Selected { kind: FacilityKind::Hub, id: 0 }, LonLat::new(122.0, 31.0));
        scene.lay_out(7.0, 1.0);
        assert!((LonLat::from(scene.facilities[0].at).lon - 122.0).abs() < 1e-9);
        scene.set_facilities(&[hub(0, 121.0, MarkState::Baseline)]);
        assert_eq!(scene.attention.moving, None);
    }
}
