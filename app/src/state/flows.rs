//! Which flows of the allocation are shown, on the map and in its table, and how their ends are called.

use super::{AppState, MapLayer, Sort};
use crate::{
    compute::{
        bundles::{Bundle, Level, Node, code},
        flows,
    },
    i18n::{province, tr},
    map::{
        view::{FlowsView, Pick},
        zoom,
    },
};
use atlas_core::{
    allocation::{End, Origin, destinations, origins},
    model::{Cluster, FacilityKind, Mode, Stream},
};
use std::collections::BTreeSet;

/// What is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Scrap, to hubs and smelters.
    Scrap,
    /// Recycled metal, to its users.
    Metal,
}

impl Stage {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Scrap, Self::Metal];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scrap => "scrap",
            Self::Metal => "metal",
        }
    }
}

/// Which flows are shown: all, but for what is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlowFilter {
    /// Of one stream.
    pub stream: Option<Stream>,
    /// That one mode carries furthest.
    pub mode: Option<Mode>,
    /// That begin or end in one cluster.
    pub cluster: Option<Cluster>,
    /// Of one stage.
    pub stage: Option<Stage>,
    /// Of the selected facility, where one is selected.
    pub only: bool,
}

/// A change of the filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowsAction {
    /// Stream.
    Stream(Option<Stream>),
    /// Mode.
    Mode(Option<Mode>),
    /// Cluster.
    Cluster(Option<Cluster>),
    /// Stage.
    Stage(Option<Stage>),
    /// The selected facility's alone.
    Only(bool),
}

impl FlowFilter {
    /// The filter after a change.
    #[must_use]
    pub const fn after(mut self, action: FlowsAction) -> Self {
        match action {
            FlowsAction::Stream(stream) => self.stream = stream,
            FlowsAction::Mode(mode) => self.mode = mode,
            FlowsAction::Cluster(cluster) => self.cluster = cluster,
            FlowsAction::Stage(stage) => self.stage = stage,
            FlowsAction::Only(only) => self.only = only,
        }
        self
    }

    /// True where a flow is shown, but for whose it is.
    #[must_use]
    pub fn keeps(&self, b: &Bundle) -> bool {
        let stage = if b.leg.is_scrap() { Stage::Scrap } else { Stage::Metal };
        self.stream.is_none_or(|s| s == b.stream)
            && self.mode.is_none_or(|m| m == b.mode)
            && self.cluster.is_none_or(|c| b.clusters.contains(&Some(c)))
            && self.stage.is_none_or(|s| s == stage)
    }
}

/// How far flows are tied together at a zoom.
#[must_use]
pub fn shown_level(zoom: f64) -> Level {
    if zoom < zoom::FLOWS_BY_PREFECTURE {
        Level::Provinces
    } else if zoom < zoom::EVERY_FLOW {
        Level::Prefectures
    } else {
        Level::Each
    }
}

/// What the map is told of flows.
#[must_use]
pub fn flows_view(state: &AppState) -> FlowsView {
    let shown = state.layers.shows(MapLayer::Flows) && state.allocation.is_some();
    let f = state.flow_filter;
    FlowsView {
        shown,
        stream: f.stream,
        mode: f.mode,
        cluster: f.cluster,
        metal: f.stage.map(|s| s == Stage::Metal),
        own: if shown { own(state).map(|o| o.each) } else { None },
        only: f.only,
    }
}

/// The document of the selected facility's flows; empty where none is selected.
#[must_use]
pub fn own_flows(state: &AppState) -> Vec<u8> {
    let own = if state.layers.shows(MapLayer::Flows) { own(state) } else { None }.unwrap_or_default();
    flows::own(&state.bundles, |b| is_own(&own, b), own.each)
}

/// Flows of one facility, by the codes of a place and stream.
#[derive(Default)]
struct Own {
    /// Those that begin at one of these.
    from: BTreeSet<u32>,
    /// Those that end at one of these.
    to: BTreeSet<u32>,
    /// True where they can be told one by one only: a point's.
    each: bool,
}

/// The flows of the selected facility: its own; what a smelter's hubs are sent for it; where a point's scrap goes on to.
fn own(state: &AppState) -> Option<Own> {
    let (id, answer) = (state.selected.as_deref()?, state.allocation.as_deref()?);
    let row = answer.places.iter().position(|p| matches!(&p.end, End::Facility(f) if f == id))? as u32;
    let each = state.document.plan().get(id).is_some_and(|p| p.facility.kind == FacilityKind::CollectionPoint);
    let all: BTreeSet<u32> = Stream::ALL.into_iter().map(|s| code(row, s)).collect();
    let mut own = Own { from: all.clone(), to: all, each };
    let hub = |o: Origin| Some(code(o.via?, o.stream));
    own.to.extend(origins(answer, id).shares.into_iter().filter_map(hub));
    own.from.extend(destinations(answer, id).shares.into_iter().filter_map(hub));
    Some(own)
}

/// True where a flow is the selected facility's.
fn is_own(own: &Own, b: &Bundle) -> bool {
    own.from.contains(&b.from.code(b.stream)) || own.to.contains(&b.to.code(b.stream))
}

/// A column of the table of flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowColumn {
    /// Where it begins.
    From,
    /// Where it ends.
    To,
    /// Stream and stage.
    What,
    /// What is carried.
    Gross,
    /// Metal in it.
    Metal,
    /// Kilometres by a mode.
    Km(Mode),
    /// Yuan a tonne.
    Yuan,
    /// kg CO2e a tonne.
    Co2,
}

impl FlowColumn {
    /// All, from left to right.
    pub const ALL: [Self; 11] = [
        Self::From,
        Self::To,
        Self::What,
        Self::Gross,
        Self::Metal,
        Self::Km(Mode::Road),
        Self::Km(Mode::Rail),
        Self::Km(Mode::Water),
        Self::Km(Mode::Sea),
        Self::Yuan,
        Self::Co2,
    ];

    /// The number in it, where it holds numbers.
    #[must_use]
    pub fn number(self, b: &Bundle) -> Option<f64> {
        match self {
            Self::From | Self::To | Self::What => None,
            Self::Gross => Some(b.gross_t),
            Self::Metal => Some(b.metal_t),
            Self::Km(mode) => Some(b.km[mode]),
            Self::Yuan => Some(b.yuan_per_t),
            Self::Co2 => Some(b.kg_co2e_per_t),
        }
    }

    /// True where it holds numbers.
    #[must_use]
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::From | Self::To | Self::What)
    }
}

/// The rows of a level that the filter keeps, in order.
#[must_use]
pub fn flow_rows(state: &AppState, level: Level, sort: Sort<FlowColumn>) -> Vec<usize> {
    let all = state.bundles.of(level);
    // Provinces are no facility's.
    let own = if state.flow_filter.only && level != Level::Provinces { own(state) } else { None };
    let fits = |b: &Bundle| state.flow_filter.keeps(b) && own.as_ref().is_none_or(|o| is_own(o, b));
    let mut rows: Vec<usize> = (0..all.len()).filter(|i| fits(&all[*i])).collect();
    if sort.by.is_number() {
        let number = |i: usize| sort.by.number(&all[i]).unwrap_or_default();
        rows.sort_by(|a, b| number(*a).total_cmp(&number(*b)));
    } else {
        let mut words: Vec<(String, usize)> = rows
            .into_iter()
            .map(|i| {
                let b = &all[i];
                let word = match sort.by {
                    FlowColumn::From => end_words(state, b.from),
                    FlowColumn::To => end_words(state, b.to),
                    _ => format!("{} {}", b.stream as u8, b.leg as u8),
                };
                (word, i)
            })
            .collect();
        words.sort();
        rows = words.into_iter().map(|w| w.1).collect();
    }
    if sort.down {
        rows.reverse();
    }
    rows
}

/// The flow that is meant.
#[must_use]
pub fn picked_flow(state: &AppState, pick: Pick) -> Option<&Bundle> {
    let Pick::Flow(level, row) = pick else { return None };
    state.bundles.of(Level::from_number(level)?).get(row as usize)
}

/// What one end of a flow is called.
#[must_use]
pub fn end_words(state: &AppState, node: Node) -> String {
    let lang = state.lang;
    let Some(answer) = &state.allocation else { return String::new() };
    let prefecture = |adcode: u32| {
        let found = state.baseline.prefectures.iter().find(|p| p.adcode == adcode);
        found.map_or_else(|| adcode.to_string(), |p| lang.name(&p.name).to_owned())
    };
    let facility = |id: &str| {
        let found = state.document.plan().get(id);
        found.map_or_else(|| id.to_owned(), |p| lang.name(&p.facility.name).to_owned())
    };
    match node {
        Node::Prefecture(adcode) => tr(lang, "flow-end-prefecture", &[("name", &prefecture(adcode))]),
        Node::Province(row) => answer.places.get(row as usize).map_or_else(String::new, |p| {
            if p.province.is_empty() { tr(lang, "cluster-none", &[]) } else { province(lang, &p.province).to_owned() }
        }),
        Node::Place(row) => match answer.places.get(row as usize).map(|p| &p.end) {
            None => String::new(),
            Some(End::Facility(id)) => facility(id),
            Some(End::Corridor(adcode)) => prefecture(*adcode),
            Some(End::Import(id)) => tr(lang, "flow-end-import", &[("name", &facility(id))]),
            Some(End::Demand(name)) => tr(lang, "flow-end-demand", &[("name", province(lang, name))]),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compute::bundles::{Bundles, tests::answer},
        i18n::Lang,
        state::Theme,
    };
    use std::rc::Rc;

    fn state() -> AppState {
        let mut state = AppState::new(Lang::En, Theme::Light);
        let answer = answer();
        state.bundles = Rc::new(Bundles::new(&answer));
        state.allocation = Some(Rc::new(answer));
        state.layers.set(MapLayer::Flows, true);
        state
    }

    const LARGEST: Sort<FlowColumn> = Sort { by: FlowColumn::Gross, down: true };

    #[test]
    fn filters_keep_what_they_say() {
        let mut state = state();
        let count = |state: &AppState| flow_rows(state, Level::Each, LARGEST).len();
        assert_eq!(count(&state), 6);
        for (action, left) in [
            (FlowsAction::Stage(Some(Stage::Scrap)), 5),
            (FlowsAction::Cluster(Some(Cluster::Bohai)), 2),
            (FlowsAction::Mode(Some(Mode::Road)), 1),
            (FlowsAction::Stream(Some(Stream::Al)), 0),
            (FlowsAction::Mode(None), 1),
        ] {
            state.flow_filter = state.flow_filter.after(action);
            assert_eq!(count(&state), left, "{action:?}");
        }
    }

    #[test]
    fn a_smelter_shows_what_its_hubs_are_sent_for_it() {
        let mut state = state();
        state.selected = Some("SM1".into());
        state.flow_filter.only = true;
        let rows = flow_rows(&state, Level::Each, LARGEST);
        assert_eq!(rows.len(), 5, "three into the hub, one from there, one to its user");
        let view = flows_view(&state);
        assert!(view.shown && view.only && view.own == Some(false));
        let document = String::from_utf8(own_flows(&state)).expect("text");
        assert_eq!(document.matches(r#""l":2"#).count(), 5);
        state.selected = Some("SM2".into());
        assert_eq!(flow_rows(&state, Level::Each, LARGEST).len(), 1);
        state.selected = Some("CP3".into());
        assert_eq!(flow_rows(&state, Level::Each, LARGEST).len(), 3, "to the hub, from there on, and its lead");
        state.selected = None;
        assert!(!String::from_utf8(own_flows(&state)).expect("text").contains("LineString"));
        assert_eq!(flow_rows(&state, Level::Each, LARGEST).len(), 6);
    }

    #[test]
    fn rows_are_ordered_by_number_and_by_word() {
        let state = state();
        let tonnes = |sort| -> Vec<f64> {
            let all = state.bundles.of(Level::Each);
            flow_rows(&state, Level::Each, sort).into_iter().map(|i| all[i].gross_t).collect()
        };
        assert_eq!(tonnes(LARGEST)[..2], [400.0, 350.0]);
        assert_eq!(tonnes(Sort { by: FlowColumn::Gross, down: false })[..2], [20.0, 50.0]);
        assert_eq!(tonnes(Sort { by: FlowColumn::From, down: false })[0], 100.0, "CP1");
    }

    #[test]
    fn ends_have_names_and_picks_their_flow() {
        let state = state();
        let biggest = picked_flow(&state, Pick::Flow(1, 0)).expect("a flow");
        assert_eq!(biggest.gross_t, 400.0);
        assert_eq!(end_words(&state, Node::Province(4)), "Zhejiang");
        assert!(end_words(&state, Node::Place(6)).contains("Jiangsu"));
        assert_eq!(end_words(&state, Node::Place(3)), "HB1");
        assert!(picked_flow(&state, Pick::Flow(9, 0)).is_none() && picked_flow(&state, Pick::Point(0)).is_none());
    }

    #[test]
    fn levels_change_where_the_map_changes_them() {
        assert_eq!(
            [4.0, 5.5, 8.4, 8.5].map(shown_level).map(Level::key),
            ["provinces", "prefectures", "prefectures", "each"]
        );
    }
}
