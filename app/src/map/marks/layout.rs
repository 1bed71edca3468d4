//! From marks to symbols: what is drawn at a zoom, what is merged, what is spread on a ring.

use super::symbol::{Glyph, Slot, Symbol};
use crate::map::{
    dodge::{Disc, dodge},
    look::{self, Ink, Look},
    mercator::{Mercator, world_px},
    merge::{self, Item, merge},
    spread,
    view::{FacilityMark, MarkState, PointMark, Selected, Shape},
    zoom,
};
use atlas_core::model::{Certainty, FacilityKind, Metal};

/// Symbols nearer than this share of a smelter's diameter hide each other: they are spread.
const PILE: f64 = 0.55;

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
    fn keeps_apart(&self, which: Selected) -> bool {
        [self.selected, self.focused, self.moving].contains(&Some(which))
    }
}

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

/// Hubs and smelters: merged from afar, spread where they share a place. Hubs first, what the plan changed last.
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
            .filter(|m| (m.kind == FacilityKind::Smelter) == (kind == FacilityKind::Smelter))
            .collect();
        if zoom < zoom::EVERY_FACILITY {
            let items: Vec<Item> = of_kind.iter().map(|m| item(m.at.into(), zoom, 1.0)).collect();
            let groups = merge(&items, radius * scale);
            symbols.extend(groups.iter().map(|g| group(g.iter().map(|i| of_kind[*i as usize]), zoom)));
        } else {
            symbols.extend(of_kind.iter().map(|m| facility(m, zoom)));
        }
    }
    symbols.extend(own.iter().map(|m| facility(m, zoom)));
    let px = f64::from(zoom::smelter_px(zoom)) * scale;
    spread_piles(symbols, marks, zoom, px, attention)
}

/// One symbol for several facilities: the hue of the metal that most of them make.
fn group<'a>(members: impl Iterator<Item = &'a FacilityMark>, zoom: f64) -> Symbol {
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
    let hue = metal.map_or(Ink::of_cluster(m.cluster), Ink::of_metal);
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
        },
        look,
        hue,
        glyph: metal.filter(|_| written).map_or(Glyph::default(), Glyph::metal),
    }
}

fn spread_piles(
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

/// Too many for a ring: the smelters of the pile become one symbol, and the hubs where they are too many as well.
fn counted(pile: &[Symbol], marks: &[FacilityMark], zoom: f64, attention: &Attention) -> Vec<Symbol> {
    let find = |s: &Symbol| marks.iter().find(|m| m.kind == s.kind && m.id == s.id);
    let mut rest = Vec::new();
    for kind in [FacilityKind::Smelter, FacilityKind::Hub] {
        let (same, apart): (Vec<&Symbol>, Vec<&Symbol>) = pile
            .iter()
            .filter(|s| (s.kind == FacilityKind::Smelter) == (kind == FacilityKind::Smelter))
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

fn item(at: Mercator, zoom: f64, weight: f64) -> Item {
    let world = world_px(zoom);
    merge::Item { at: (at.x * world, at.y * world), weight }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::{geo::LonLat, model::Cluster};

    fn plant(id: u32, lon: f64, metal: Metal) -> FacilityMark {
        FacilityMark {
            at: LonLat::new(lon, 31.0),
            kind: FacilityKind::Smelter,
            cluster: Cluster::Yrd,
            metal: Some(metal),
            certainty: Certainty::Known,
            state: MarkState::Baseline,
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
