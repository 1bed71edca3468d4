//! New sites: the question under the pen, the search for them, and what is looked at of its answers.

mod act;
mod ask;
mod chart;
mod futures;
mod list;
mod map;
mod search;
mod words;

pub use act::SitingAction;
pub use ask::{Ask, AskAction, LimitKind, Source, area_choices, typed_count, typed_number, typed_whole};
pub use chart::{CurveDrawing, GAP_CHART, GapDrawing, TRADE_CHART, curve_drawing, gap_drawing};
pub use futures::{
    DOT, DotRow, FUTURES_CHART, FuturesDrawing, by_key, futures_csv, futures_drawing, futures_label, futures_rows,
    futures_words,
};
pub use list::{BadRow, SiteList, read_list};
pub use map::{drawn_geojson, plan_view, ring_area_km2, sites_geojson, siting_view};
pub use search::{Moment, Phase, Search, Shown, WhyNotView};
pub use words::{Unit, objective_unit, objective_words, site_name, standing_in, swap_words, worse};

use atlas_core::{geo::LonLat, siting::planning::Proposal};
use std::rc::Rc;

/// A ring that is being drawn on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// Nothing may stand in it.
    Forbidden,
    /// Candidates must stand in it.
    Candidates,
}

/// A proposed site under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteDrag {
    /// Its id.
    pub id: String,
    /// Where it was.
    pub from: LonLat,
    /// Where it is.
    pub at: LonLat,
    /// What was looked at before.
    pub before: Shown,
    /// That plan, where it was not the best one.
    pub plan: Option<Rc<Proposal>>,
}

/// All about new sites.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Siting {
    /// The panel is open.
    pub open: bool,
    /// The question.
    pub ask: Ask,
    /// The ring that is being drawn, and its corners.
    pub drawing: Option<(Ring, Vec<LonLat>)>,
    /// The number of the newest search.
    pub run: u64,
    /// The newest search; kept while the panel is closed.
    pub search: Option<Search>,
    /// A site that is being moved.
    pub drag: Option<SiteDrag>,
    /// A site under the pointer or in the list that is told in full, by its id.
    pub told: Option<String>,
}
