//! Symbols that would hide each other: those at one place go on a ring or are counted, neighbours step aside.

use super::{
    layout::{Attention, item},
    plants::group,
    scene::find_mark,
    symbol::{Glyph, Symbol},
};
use crate::map::{
    dodge::{Disc, dodge},
    look::{Ink, Look},
    mercator::world_px,
    merge::{Item, merge},
    spread,
    view::{FacilityMark, Selected},
    zoom,
};
use atlas_core::model::FacilityKind;

/// Symbols nearer than this share of a smelter's diameter hide each other: they are spread.
const PILE: f64 = 0.55;

/// Puts symbols where all can be seen. `px` is the diameter of a smelter.
pub(super) fn spread_piles(
    symbols: Vec<Symbol>,
    marks: &[FacilityMark],
    zoom: f64,
    px: f64,
    attention: &Attention,
) -> Vec<Symbol> {
    let moves = |s: &Symbol| attention.moving == Some(Selected { kind: s.kind, id: s.id });
    let (moving, resting): (Vec<Symbol>, Vec<Symbol>) = symbols.into_iter().partition(moves);
    let items: Vec<Item> = resting.iter().map(|s| item(s.at, zoom, 1.0)).collect();
    let mut drawn = Vec::with_capacity(resting.len());
    for pile in merge(&items, px * PILE) {
        let mut pile: Vec<Symbol> = pile.into_iter().map(|i| resting[i as usize]).collect();
        let opened = pile.iter().any(|s| attention.opened == Some(Selected { kind: s.kind, id: s.id }));
        if pile.len() > spread::MOST && !opened {
            pile = counted(&pile, marks, zoom, attention);
        }
        place_on_ring(&mut pile, zoom, px);
        drawn.append(&mut pile);
    }
    step_aside(&mut drawn, zoom, px / f64::from(zoom::smelter_px(zoom)));
    // Hubs below smelters, both below what the plan changed; otherwise by id, so that nothing flickers.
    let layer = |s: &Symbol| (matches!(s.look, Look::Added | Look::Closed) || s.hue == Ink::Accent, s.kind, s.id);
    drawn.sort_by_key(layer);
    drawn.extend(moving);
    drawn
}

/// Too many for a ring: the smelters of the pile become one symbol, and the hubs where they are too many as well. Ports and
/// rail hubs stay.
fn counted(pile: &[Symbol], marks: &[FacilityMark], zoom: f64, attention: &Attention) -> Vec<Symbol> {
    let find = |s: &Symbol| find_mark(marks, s);
    let mut rest: Vec<Symbol> = pile.iter().copied().filter(|s| s.kind.is_terminal()).collect();
    for kind in [FacilityKind::Smelter, FacilityKind::Hub] {
        let (same, apart): (Vec<&Symbol>, Vec<&Symbol>) = pile
            .iter()
            .filter(|s| !s.kind.is_terminal() && (s.kind == FacilityKind::Smelter) == (kind == FacilityKind::Smelter))
            .partition(|s| {
                !attention.keeps_apart(Selected { kind: s.kind, id: s.id })
                    && !matches!(s.look, Look::Added | Look::Closed)
            });
        let count: u32 = same.iter().map(|s| s.count).sum();
        if kind == FacilityKind::Smelter || same.len() > spread::MOST {
            let mut members = same.iter().filter_map(|s| find(s)).peekable();
            if members.peek().is_some() {
                let mut one = group(members, zoom);
                if count > 1 {
                    (one.count, one.glyph) = (count, Glyph::number(count));
                }
                rest.push(one);
            }
        } else {
            rest.extend(same.into_iter().copied());
        }
        rest.extend(apart.into_iter().copied());
    }
    rest
}

fn place_on_ring(pile: &mut [Symbol], zoom: f64, px: f64) {
    if pile.len() < 2 {
        return;
    }
    let world = world_px(zoom);
    let n = pile.len() as f64;
    let middle = pile.iter().fold((0.0, 0.0), |m, s| (m.0 + s.at.x * world / n, m.1 + s.at.y * world / n));
    let widest = pile.iter().map(|s| f64::from(s.slot.px(zoom) / zoom::smelter_px(zoom)) * px).fold(0.0, f64::max);
    // In the order of where they are, so that ties do not cross; of equals the one with the smaller id first.
    let key = |s: &Symbol| {
        let (dx, dy) = (s.at.x * world - middle.0, s.at.y * world - middle.1);
        if dx * dx + dy * dy < 1.0 {
            0.0
        } else {
            (libm::atan2(dx, -dy) + std::f64::consts::TAU) % std::f64::consts::TAU
        }
    };
    pile.sort_by(|a, b| key(a).total_cmp(&key(b)).then(a.kind.cmp(&b.kind)).then(a.id.cmp(&b.id)));
    for (s, (x, y)) in pile.iter_mut().zip(spread::ring(n as usize, widest)) {
        s.offset = [(middle.0 + x - s.at.x * world) as f32, (middle.1 + y - s.at.y * world) as f32];
    }
}

/// Neighbours that would cover each other make room.
fn step_aside(symbols: &mut [Symbol], zoom: f64, scale: f64) {
    let world = world_px(zoom);
    let place = |s: &Symbol| (s.at.x * world, s.at.y * world);
    let disc = |s: &Symbol| {
        let (x, y) = place(s);
        let at = (x + f64::from(s.offset[0]), y + f64::from(s.offset[1]));
        Disc { at, radius: f64::from(s.slot.px(zoom)) * scale / 2.0 }
    };
    let mut discs: Vec<Disc> = symbols.iter().map(disc).collect();
    let before = discs.clone();
    dodge(&mut discs);
    for ((s, was), is) in symbols.iter_mut().zip(&before).zip(&discs) {
        if was != is {
            let (x, y) = place(s);
            s.offset = [(is.at.0 - x) as f32, (is.at.1 - y) as f32];
        }
    }
}
