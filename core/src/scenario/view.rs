//! What somebody looks at: what a shared link and the step of a story say beside the scenario.

use crate::geo::LonLat;
use serde::{Deserialize, Serialize};

/// A view of the map and its results. Everything in it is a key that the app knows; what an app does not know it leaves out,
/// so that a link from a newer one still opens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Middle of the map; `None`: where it is.
    #[serde(default)]
    pub at: Option<LonLat>,
    /// Zoom level of 512 px tiles; only with `at`.
    #[serde(default)]
    pub zoom: f64,
    /// Keys of the layers that are on, where it says so.
    #[serde(default)]
    pub layers: Option<Vec<String>>,
    /// Key of the open part of the results; empty: as it is.
    #[serde(default)]
    pub results: String,
    /// The selected facility.
    #[serde(default)]
    pub selected: Option<String>,
}
