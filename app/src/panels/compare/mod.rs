//! Scenarios side by side: which, what changed, the table of indicators, the map of what differs with its table, before and
//! after.

mod chooser;
mod headline;
mod legend;
mod maps;
mod progress;
mod side;
mod swipe;
mod table;
mod twin;

pub use chooser::Chooser;
pub use headline::Headline;
pub use maps::CompareMaps;
pub use progress::Progress;
pub use side::{Both, use_side};
pub use table::IndicatorTable;
pub use twin::Twin;

use crate::{
    app::Shared,
    state::{AppState, letter},
};

/// A row with its letter and name.
fn named(state: &AppState, row: usize) -> String {
    let choice = state.compare.all.get(row).map(|c| &c.choice);
    let name = choice.map_or_else(String::new, |c| state.compare_name(c));
    format!("{} · {name}", letter(row))
}

/// Id of an indicator's row.
fn row_id(key: &str) -> String {
    format!("compare-row-{key}")
}

/// The pair that sentence and map show, in words.
fn pair_names(shared: &Shared) -> Option<(String, String)> {
    let (a, b) = shared.state.compare.pair()?;
    Some((named(&shared.state, a), named(&shared.state, b)))
}
