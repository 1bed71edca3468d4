//! Ports and freight stations of `data/tables/terminals.csv`, and how they reach their networks.

use atlas_core::geo::LonLat;
use serde::Deserialize;

/// A port or a freight station.
#[derive(Clone, Debug, Deserialize)]
pub struct Terminal {
    /// Id of the row.
    pub id: String,
    /// City in Chinese.
    pub city: String,
    /// Position.
    pub lat: f64,
    /// Position.
    pub lon: f64,
    /// The networks that serve it, joined by `;`.
    pub modes: String,
}

impl Terminal {
    /// Position.
    pub fn at(&self) -> LonLat {
        LonLat::new(self.lon, self.lat)
    }

    /// True where a network serves it.
    pub fn has(&self, mode: &str) -> bool {
        self.modes.split(';').any(|m| m == mode)
    }
}

/// Ids and positions of those that a network serves.
pub fn served(terminals: &[Terminal], mode: &str) -> Vec<(String, LonLat)> {
    terminals.iter().filter(|t| t.has(mode)).map(|t| (t.id.clone(), t.at())).collect()
}
