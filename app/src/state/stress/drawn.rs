//! What the detour's map draws, the table beside it, and the bars of harm by kind.

use super::{Ranked, words::DetourRow};
use crate::state::{
    AppState,
    compare::{STRONG, arc},
    select::{MarkLists, plan_marks},
    stress::stop_words,
};
use atlas_core::{
    format::geojson::{GeoJson, geometry, line, position, text},
    model::FacilityKind,
    scenario::Document,
    uncertainty::{Detour, Shock, ShockKind, Turn},
};
use std::collections::BTreeMap;

/// So many flows are drawn each way: more would hide the map.
const MOST_FLOWS: usize = 70;
/// Width of the largest difference, in px.
const WIDEST_PX: f64 = 10.0;
/// The thinnest that is still seen.
const THINNEST_PX: f64 = 1.0;
/// So many rows the table has each way.
const ROWS: usize = 12;
/// So many bars a kind has.
const BARS: usize = 5;

/// Flows between two stops together: all streams, legs and modes. The largest first.
fn tied(turns: &[Turn]) -> Vec<((u32, u32), f64)> {
    let mut sums: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for t in turns {
        *sums.entry((t.from, t.to)).or_default() += t.gross_t;
    }
    let mut all: Vec<_> = sums.into_iter().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all
}

/// The largest difference between two stops, gross tonnes a year: the widest line.
fn most(detour: &Detour) -> f64 {
    [&detour.lost, &detour.gained].into_iter().filter_map(|l| tied(l).first().map(|t| t.1)).fold(0.0, f64::max)
}

/// Flows as arcs with `flow` (1 or 2: carried no more; 6 or 7: carried instead) and `w` px, as the comparison's map draws them; what
/// stands still as a point with `what`, `kind`, `zh`, `en`.
#[must_use]
pub fn detour_geojson(document: &Document, detour: &Detour) -> Vec<u8> {
    let mut w = GeoJson::default();
    let most = most(detour);
    for (turns, classes) in [(&detour.lost, [2, 1]), (&detour.gained, [6, 7])] {
        // The largest lie on top, and what is carried instead over what is not any more.
        for ((from, to), tonnes) in tied(turns).into_iter().take(MOST_FLOWS).rev() {
            let share = if most > 0.0 { tonnes / most } else { 0.0 };
            let px = (WIDEST_PX * libm::sqrt(share)).max(THINNEST_PX);
            let class = classes[usize::from(share >= STRONG)];
            let ends = [from, to].map(|row| detour.stops[row as usize].at);
            if ends[0] != ends[1] {
                let properties = format!(r#""flow":{class},"w":{px:.1}"#);
                w.feature(&properties, &geometry("LineString", &line(&arc(ends[0], ends[1]))));
            }
        }
    }
    if let Shock::Out(id) = &detour.shock
        && let Some(found) = document.plan().get(id)
    {
        let f = &found.facility;
        let (zh, en) = (text(&f.name.zh), text(&f.name.en));
        let properties = format!(r#""what":"closed","kind":"{}","zh":{zh},"en":{en}"#, f.kind.key());
        w.feature(&properties, &geometry("Point", &position(f.at)));
    }
    w.finish()
}

/// Hubs and smelters that run, but for the one that stands still.
#[must_use]
pub fn detour_marks(document: &Document, shock: Option<&Shock>) -> MarkLists {
    plan_marks(document.plan(), |p| {
        let out = matches!(shock, Some(Shock::Out(id)) if *id == p.facility.id);
        p.open && matches!(p.facility.kind, FacilityKind::Hub | FacilityKind::Smelter) && !out
    })
}

/// The largest flows of a detour, in words: lost and gained, and how many there are of each.
#[must_use]
pub fn detour_rows(state: &AppState, document: &Document, detour: &Detour) -> [(Vec<DetourRow>, usize); 2] {
    let rows = |turns: &[Turn]| {
        let row = |t: &Turn| DetourRow {
            from: stop_words(state, document, &detour.stops[t.from as usize]),
            to: stop_words(state, document, &detour.stops[t.to as usize]),
            leg: t.leg,
            stream: t.stream,
            mode: t.mode,
            gross_t: t.gross_t,
            km: t.km,
            yuan: t.yuan,
            kg_co2e: t.kg_co2e,
        };
        (turns.iter().take(ROWS).map(row).collect(), turns.len())
    };
    [rows(&detour.lost), rows(&detour.gained)]
}

/// A bar of harm.
#[derive(Clone, Debug, PartialEq)]
pub struct HarmBar {
    /// What goes wrong.
    pub shock: Shock,
    /// Length as a share of the longest, 0 to 1.
    pub share: f64,
    /// What it stands for: tonnes a year that are short.
    pub short_t: f64,
}

/// The worst of every kind by what is short, tonnes a year of scrap and of metal; kinds that leave nothing short have no bars.
#[must_use]
pub fn harm_bars(ranked: &Ranked) -> Vec<(ShockKind, Vec<HarmBar>)> {
    let short = |s: &atlas_core::uncertainty::Stressed| (s.harm.unallocated_t + s.harm.unmet_t).max(0.0);
    let most = ranked.ranking.shocks.iter().map(short).fold(0.0, f64::max);
    let of = |kind: ShockKind| -> Vec<HarmBar> {
        let rows = ranked.ranking.shocks.iter();
        rows.filter(|s| s.shock.kind(&ranked.document) == Some(kind) && short(s) > 0.0)
            .take(BARS)
            .map(|s| HarmBar { shock: s.shock.clone(), share: short(s) / most, short_t: short(s) })
            .collect()
    };
    ShockKind::ALL.into_iter().map(|k| (k, of(k))).filter(|(_, bars)| !bars.is_empty()).collect()
}
