//! Collection points as symbols: from afar only what the plan changed, then merged, then every one.

use super::{
    layout::{Attention, item},
    symbol::{Glyph, Slot, Symbol},
};
use crate::map::{
    look::{self, Ink, Look},
    merge::{Item, merge},
    view::{MarkState, PointMark, Selected, Shape},
    zoom,
};
use atlas_core::model::FacilityKind;

/// The collection points that are drawn, those that the plan changed last.
#[must_use]
pub fn points(marks: &[PointMark], zoom: f64, attention: &Attention) -> Vec<Symbol> {
    let apart = |m: &PointMark| {
        m.state != MarkState::Baseline
            || attention.keeps_apart(Selected { kind: FacilityKind::CollectionPoint, id: m.id })
    };
    let (own, crowd): (Vec<&PointMark>, Vec<&PointMark>) = marks.iter().partition(|m| apart(m));
    let mut symbols = if zoom < zoom::POINTS {
        Vec::new()
    } else if zoom < zoom::EVERY_POINT {
        merged_points(&crowd, zoom)
    } else {
        crowd.iter().map(|m| point(m, m.size, 1)).collect()
    };
    symbols.extend(own.into_iter().map(|m| point(m, m.size, 1)));
    symbols
}

fn merged_points(crowd: &[&PointMark], zoom: f64) -> Vec<Symbol> {
    let items: Vec<Item> = crowd.iter().map(|m| item(m.at.into(), zoom, f64::from(m.size))).collect();
    let groups = merge(&items, zoom::MERGE_POINTS_PX);
    // Light ones first: where rings touch, the heavier lies above.
    let groups = groups.into_iter().rev();
    groups
        .map(|group| {
            // Sizes are square roots of tonnes: their squares add up.
            let squares: f32 = group.iter().map(|i| crowd[*i as usize].size * crowd[*i as usize].size).sum();
            point(crowd[group[0] as usize], squares.sqrt().min(1.0), group.len() as u32)
        })
        .collect()
}

fn point(m: &PointMark, size: f32, count: u32) -> Symbol {
    let class = zoom::point_class(size);
    let cluster = Ink::of_cluster(m.cluster);
    let kind = FacilityKind::CollectionPoint;
    let (slot, look, hue) = match m.state {
        MarkState::Baseline => (Slot::of_class(class), look::of_baseline(kind, m.certainty, class), cluster),
        MarkState::Added => (Slot::OwnPoint, Look::Added, cluster),
        MarkState::Moved { .. } => (Slot::OwnPoint, look::of_baseline(kind, m.certainty, 2), Ink::Accent),
        MarkState::Closed => (Slot::OwnPoint, Look::Closed, cluster),
    };
    Symbol {
        kind,
        id: m.id,
        count,
        at: m.at.into(),
        offset: [0.0; 2],
        shape: Shape::Circle,
        slot,
        look,
        hue,
        glyph: Glyph::default(),
    }
}
