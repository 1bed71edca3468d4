//! From the state to what a view shows.

use super::{AppState, Command, MapLayer, Result};
use crate::{
    i18n::{Lang, Quantity},
    map::view::{FacilityMark, MarkState, PointMark},
};
use atlas_core::{
    evaluate::{Figure, Figures},
    model::{Cluster, FacilityKind, Mode},
    response::Aim,
    scenario::{Plan, PlanFacility, Standing},
};
use std::rc::Rc;

/// Which clusters the figures show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterFilter {
    /// The three side by side.
    All,
    /// One.
    One(Cluster),
}

/// One figure of the panel.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// Which.
    pub figure: Figure,
    /// Key of its name.
    pub name: &'static str,
    /// Its unit.
    pub quantity: Quantity,
    /// Value in the plan, by cluster in the order of the report; the last one is all together.
    pub values: [Option<f64>; 4],
    /// Value in the baseline, likewise.
    pub base: [Option<f64>; 4],
    /// True where less is better, false where more is, `None` where it is neither.
    pub less_is_better: Option<bool>,
}

impl FigureRow {
    /// The measure that it is, by the row of its values; `None` where it is none.
    #[must_use]
    pub fn aim(&self, i: usize) -> Option<Aim> {
        let within_km = self.name.strip_prefix("figure-within-").and_then(|km| km.parse().ok());
        Aim::of_figure(self.figure, within_km, Cluster::ALL.get(i).copied())
    }
}

/// The figures of the panel, with people within 5, 10 and 20 km apart.
#[must_use]
pub fn figure_rows(state: &AppState) -> Vec<FigureRow> {
    type Read = fn(&Figures) -> Option<f64>;
    let within = |i: usize| -> Read {
        match i {
            0 => |f| share(f, 0),
            1 => |f| share(f, 1),
            _ => |f| share(f, 2),
        }
    };
    let rows: [(Figure, &'static str, Quantity, Read, Option<bool>); 10] = [
        (Figure::Collected, "figure-collected", Quantity::TonnesPerYear, |f| Some(f.collected_t.total()), None),
        (Figure::MeanHaulKm, "figure-mean-haul", Quantity::Km, |f| f.mean_haul_km, Some(true)),
        (Figure::P95HaulKm, "figure-p95-haul", Quantity::Km, |f| f.p95_haul_km, Some(true)),
        (Figure::MeanCollectionKm, "figure-mean-collection", Quantity::Km, |f| f.mean_collection_km, Some(true)),
        (Figure::TransportCost, "figure-cost", Quantity::YuanPerTonne, |f| f.transport_yuan_per_t, Some(true)),
        (Figure::TransportCo2, "figure-co2", Quantity::KgPerTonne, |f| f.transport_kg_co2e_per_t, Some(true)),
        (Figure::PeopleWithin, "figure-within-5", Quantity::Percent, within(0), Some(false)),
        (Figure::PeopleWithin, "figure-within-10", Quantity::Percent, within(1), Some(false)),
        (Figure::PeopleWithin, "figure-within-20", Quantity::Percent, within(2), Some(false)),
        (Figure::TonneKm, "figure-tonne-km", Quantity::TonneKm, |f| Some(f.tonne_km), Some(true)),
    ];
    let read = |result: Option<&Result>, of: Read| match result {
        None => [None; 4],
        Some(r) => {
            let [a, b, c] = Cluster::ALL.map(|c| of(&r.by_cluster[c]));
            [a, b, c, of(&r.total)]
        }
    };
    rows.into_iter()
        .map(|(figure, name, quantity, of, less_is_better)| FigureRow {
            figure,
            name,
            quantity,
            values: read(state.result.as_deref(), of),
            base: read(state.base.as_deref(), of),
            less_is_better,
        })
        .collect()
}

fn share(f: &Figures, band: usize) -> Option<f64> {
    (f.people > 0.0).then(|| f.people_within[band] / f.people)
}

/// A share in per cent, for labels.
#[must_use]
pub fn percent(done: u64, total: u64) -> Option<u64> {
    (total > 0).then(|| (done * 100 / total).min(100))
}

/// What the map draws.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkLists {
    /// Collection points.
    pub points: Vec<PointMark>,
    /// Hubs and smelters.
    pub facilities: Vec<FacilityMark>,
}

/// The marks of all facilities; `id` is the row in the plan.
#[must_use]
pub fn marks(state: &AppState) -> MarkLists {
    plan_marks(state.document.plan(), |p| !p.facility.kind.is_terminal() || shows_terminal(state, p))
}

/// The marks of those facilities of a plan that are wanted.
#[must_use]
pub fn plan_marks(plan: &Plan, wanted: impl Fn(&PlanFacility) -> bool) -> MarkLists {
    let mut lists = MarkLists::default();
    for (p, row) in plan.facilities().iter().zip(0u32..).filter(|(p, _)| wanted(p)) {
        let f = &p.facility;
        let (at, mark_state) = (f.at, mark_state(p));
        if f.kind == FacilityKind::CollectionPoint {
            let Some(cluster) = f.cluster else { continue };
            // A point of 200,000 people is the usual one; size tells small from large, not exact tonnes.
            let size = (f.street_points / 300.0).clamp(0.0, 1.0) as f32;
            lists.points.push(PointMark { at, cluster, certainty: f.certainty(), state: mark_state, size, id: row });
        } else {
            lists.facilities.push(FacilityMark {
                at,
                kind: f.kind,
                cluster: f.cluster,
                metal: if f.kind == FacilityKind::Smelter { f.metals.iter().next() } else { None },
                certainty: f.certainty(),
                state: mark_state,
                cargo_mt: f.capacity.map_or(0.0, |c| (c.tonnes / 1e6) as f32),
                id: row,
                name_zh: f.name.zh.clone(),
                name_en: f.name.en.clone(),
            });
        }
    }
    lists
}

/// Ports and rail hubs can be switched off; what is selected or closed stays.
fn shows_terminal(state: &AppState, p: &PlanFacility) -> bool {
    state.layers.shows(MapLayer::Terminals) || !p.open || state.selected.as_ref() == Some(&p.facility.id)
}

fn mark_state(p: &PlanFacility) -> MarkState {
    match &p.standing {
        _ if !p.open => MarkState::Closed,
        Standing::Added(_) => MarkState::Added,
        Standing::Moved { from } => MarkState::Moved { from: *from },
        Standing::Baseline => MarkState::Baseline,
    }
}

/// The modes of the way in hand, in order.
#[must_use]
pub fn modes_drawn(state: &AppState) -> Vec<Mode> {
    let chain = state.focus.iter().flat_map(|f| &f.legs);
    let found = state.ways.as_deref().and_then(|ways| ways.as_ref().ok());
    let journey = found.into_iter().flat_map(|w| w.all.iter().flat_map(|way| &way.legs));
    let drawn: Vec<Mode> = chain.chain(journey).map(|l| l.mode).collect();
    Mode::ALL.into_iter().filter(|m| drawn.contains(m)).collect()
}

/// Something that a search found.
#[derive(Clone, Debug, PartialEq)]
pub enum Hit {
    /// A facility, by id.
    Facility(String),
    /// A place, by row.
    Place(usize),
    /// A command.
    Command(Command),
}

/// How many hits are remembered.
const MOST_RECENT: usize = 8;

impl AppState {
    /// Remembers what was found, as the newest.
    pub(super) fn found(&mut self, hit: Hit) {
        let recent = Rc::make_mut(&mut self.recent);
        recent.retain(|h| *h != hit);
        recent.insert(0, hit);
        recent.truncate(MOST_RECENT);
    }
}

/// The best hits for what was typed: names that begin with it before names that contain it, large places first; among equals what
/// was found lately. Without anything typed, what was found lately and then the commands.
#[must_use]
pub fn search(state: &AppState, typed: &str, lang: Lang, most: usize) -> Vec<Hit> {
    let wanted = typed.trim().to_lowercase();
    let mut hits: Vec<(u8, i64, Hit)> = Vec::new();
    let rank = |names: &[&str]| -> Option<u8> {
        let names: Vec<String> = names.iter().map(|n| n.to_lowercase()).collect();
        if names.iter().any(|n| n.starts_with(&wanted)) {
            return Some(0);
        }
        // Words may stand in any order.
        let contains = |n: &String| wanted.split_whitespace().all(|word| n.contains(word));
        names.iter().any(contains).then_some(1)
    };
    for command in Command::NAMED.into_iter().filter(|c| c.is_possible(state)) {
        let name = crate::i18n::t(lang, command.key());
        if let Some(r) = rank(&[&name]) {
            hits.push((r + u8::from(!wanted.is_empty()), 0, Hit::Command(command)));
        }
    }
    if !wanted.is_empty() {
        for (i, p) in state.places.iter().enumerate() {
            if let Some(r) = rank(&[&p.name.zh, &p.name.en]) {
                hits.push((r, -(p.people as i64), Hit::Place(i)));
            }
        }
        for p in state.document.plan().facilities() {
            let f = &p.facility;
            if let Some(r) = rank(&[&f.id, &f.name.zh, &f.name.en]) {
                let first = match f.kind {
                    FacilityKind::CollectionPoint => 1,
                    FacilityKind::RailHub | FacilityKind::Port => -900_000,
                    FacilityKind::Hub | FacilityKind::Smelter => -1_000_000,
                };
                hits.push((r, first, Hit::Facility(f.id.clone())));
            }
        }
    }
    let lately = |hit: &Hit| state.recent.iter().position(|h| h == hit).unwrap_or(usize::MAX);
    if wanted.is_empty() {
        let is_there = |h: &&Hit| match h {
            Hit::Facility(id) => state.document.plan().get(id).is_some(),
            Hit::Place(i) => *i < state.places.len(),
            Hit::Command(c) => c.is_possible(state),
        };
        hits.retain(|h| !state.recent.contains(&h.2));
        let recent = state.recent.iter().filter(is_there).map(|h| (0, 0, h.clone()));
        hits.splice(0..0, recent);
    } else {
        hits.sort_by_cached_key(|h| (h.0, lately(&h.2), h.1));
        hits.truncate(most);
    }
    hits.into_iter().map(|h| h.2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Theme;

    #[test]
    fn every_command_is_found_by_its_name_and_what_was_found_lately_comes_first() {
        for lang in [Lang::Zh, Lang::En] {
            let mut state = AppState::new(lang, Theme::Light);
            state.selected = Some("HB001".into());
            for command in Command::NAMED {
                let found = search(&state, &crate::i18n::t(lang, command.key()), lang, 12);
                assert!(found.contains(&Hit::Command(command)), "{command:?} {found:?}");
                state.found(Hit::Command(command));
                assert_eq!(search(&state, "", lang, 12)[0], Hit::Command(command));
            }
            assert_eq!(search(&state, "", lang, 12).len(), Command::NAMED.len());
        }
        let state = AppState::new(Lang::En, Theme::Light);
        let found = search(&state, "point place", Lang::En, 12);
        assert_eq!(found, [Hit::Command(Command::PlacePoint)]);
    }
}
