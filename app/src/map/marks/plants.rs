//! Hubs, smelters, ports and rail hubs as symbols.

use super::{
    layout::{Attention, item},
    piles::spread_piles,
    symbol::{Glyph, Slot, Symbol},
};
use crate::map::{
    look::{self, Ink, Look},
    merge::{Item, merge},
    view::{FacilityMark, MarkState, Selected},
    zoom,
};
use atlas_core::model::{Certainty, FacilityKind, Metal};

/// Hubs and smelters: merged from afar, spread where they share a place. Ports and rail hubs: from nearer, one by one. What
/// the plan changed last.
#[must_use]
pub fn facilities(marks: &[FacilityMark], zoom: f64, scale: f64, attention: &Attention) -> Vec<Symbol> {
    let which = |m: &FacilityMark| Selected { kind: m.kind, id: m.id };
    let (own, crowd): (Vec<&FacilityMark>, Vec<&FacilityMark>) =
        marks.iter().partition(|m| m.state != MarkState::Baseline || attention.keeps_apart(which(m)));
    let mut symbols = Vec::new();
    for (kind, radius) in [(FacilityKind::Hub, zoom::MERGE_HUBS_PX), (FacilityKind::Smelter, zoom::MERGE_SMELTERS_PX)] {
        let of_kind: Vec<&FacilityMark> = crowd
            .iter()
            .copied()
            .filter(|m| !m.kind.is_terminal() && (m.kind == FacilityKind::Smelter) == (kind == FacilityKind::Smelter))
            .collect();
        if zoom < zoom::EVERY_FACILITY {
            let items: Vec<Item> = of_kind.iter().map(|m| item(m.at.into(), zoom, 1.0)).collect();
            let groups = merge(&items, radius * scale);
            symbols.extend(groups.iter().map(|g| group(g.iter().map(|i| of_kind[*i as usize]), zoom)));
        } else {
            symbols.extend(of_kind.iter().map(|m| facility(m, zoom)));
        }
    }
    symbols.extend(crowd.iter().filter(|m| zoom >= terminal_from(m)).map(|m| facility(m, zoom)));
    symbols.extend(own.iter().map(|m| facility(m, zoom)));
    let px = f64::from(zoom::smelter_px(zoom)) * scale;
    spread_piles(symbols, marks, zoom, px, attention)
}

/// The zoom from which a port or rail hub is drawn.
fn terminal_from(m: &FacilityMark) -> f64 {
    match m.kind {
        FacilityKind::Port => zoom::port_from(m.cargo_mt),
        FacilityKind::RailHub => zoom::RAIL_HUBS,
        FacilityKind::CollectionPoint | FacilityKind::Hub | FacilityKind::Smelter => f64::INFINITY,
    }
}

/// One symbol for several facilities: the hue of the metal that most of them make.
pub(super) fn group<'a>(members: impl Iterator<Item = &'a FacilityMark>, zoom: f64) -> Symbol {
    let members: Vec<&FacilityMark> = members.collect();
    let mut symbol = facility(members[0], zoom);
    if members.len() == 1 {
        return symbol;
    }
    let count = members.len() as u32;
    let shared = |m: Metal| members.iter().filter(|f| f.metal == Some(m)).count();
    let main =
        Metal::ALL.into_iter().max_by_key(|m| (shared(*m), members[0].metal == Some(*m))).filter(|m| shared(*m) > 0);
    symbol.count = count;
    symbol.slot = if symbol.kind == FacilityKind::Smelter { Slot::Merged } else { Slot::MergedHubs };
    symbol.glyph = Glyph::number(count);
    // A number needs a filled ground, whatever the members are.
    symbol.look = look::of_baseline(symbol.kind, Certainty::Known, 0);
    symbol.hue = main.filter(|_| symbol.kind == FacilityKind::Smelter).map_or(symbol.hue, Ink::of_metal);
    symbol
}

fn facility(m: &FacilityMark, zoom: f64) -> Symbol {
    let metal = m.metal.filter(|_| m.kind == FacilityKind::Smelter);
    // Where goods change from ship to train to truck is nobody's territory.
    let own = m.cluster.filter(|_| !m.kind.is_terminal()).map_or(Ink::Outline, Ink::of_cluster);
    let hue = metal.map_or(own, Ink::of_metal);
    let (look, hue) = match m.state {
        MarkState::Baseline => (look::of_baseline(m.kind, m.certainty, 0), hue),
        MarkState::Added => (Look::Added, hue),
        MarkState::Moved { .. } if m.kind == FacilityKind::Smelter => (look::of_baseline(m.kind, m.certainty, 0), hue),
        MarkState::Moved { .. } => (look::of_baseline(m.kind, m.certainty, 0), Ink::Accent),
        MarkState::Closed => (Look::Closed, hue),
    };
    let written = zoom >= zoom::ELEMENTS && !matches!(m.state, MarkState::Added | MarkState::Closed);
    let look = if written && look == Look::SmelterHollow { Look::SmelterWritten } else { look };
    Symbol {
        kind: m.kind,
        id: m.id,
        count: 1,
        at: m.at.into(),
        offset: [0.0; 2],
        shape: m.kind.into(),
        slot: match m.kind {
            FacilityKind::CollectionPoint => Slot::OwnPoint,
            FacilityKind::Hub => Slot::Hub,
            FacilityKind::Smelter => Slot::Smelter,
            FacilityKind::RailHub => Slot::RailHub,
            FacilityKind::Port => Slot::Port,
        },
        look,
        hue,
        glyph: metal.filter(|_| written).map_or(Glyph::default(), Glyph::metal),
    }
}
