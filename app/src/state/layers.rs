//! What the map shows beside what it always shows.

use atlas_core::model::Stream;

/// Something on the map that can be switched on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapLayer {
    /// Catchments as tints.
    Catchments,
    /// Travel bands of all facilities asked about.
    Bands,
    /// How coverage differs from the baseline's.
    Difference,
    /// What would be lost if a facility closed.
    Loss,
    /// Ports and rail hubs.
    Terminals,
    /// Railways.
    Rails,
    /// Waterways and sea lanes.
    Water,
    /// Scrap by prefecture.
    Scrap,
    /// Where the chosen norms are kept.
    Norms,
    /// Who sends what where.
    Flows,
    /// What scrap is worth where it arises.
    ScrapPrices,
    /// Who is really served by which hub or smelter, once capacities bind.
    Served,
}

impl MapLayer {
    /// All of them, in the order of the control.
    pub const ALL: [Self; 12] = [
        Self::Catchments,
        Self::Bands,
        Self::Difference,
        Self::Loss,
        Self::Norms,
        Self::Flows,
        Self::ScrapPrices,
        Self::Served,
        Self::Terminals,
        Self::Rails,
        Self::Water,
        Self::Scrap,
    ];

    /// The layer of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.key() == key)
    }

    /// The key of its words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Catchments => "layer-catchments",
            Self::Bands => "layer-bands",
            Self::Difference => "layer-difference",
            Self::Loss => "layer-loss",
            Self::Terminals => "layer-terminals",
            Self::Rails => "layer-rails",
            Self::Water => "layer-water",
            Self::Scrap => "layer-scrap",
            Self::Norms => "layer-norms",
            Self::Flows => "layer-flows",
            Self::ScrapPrices => "layer-scrap-prices",
            Self::Served => "layer-served",
        }
    }
}

/// Whose scrap is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScrapOf {
    /// All metals together.
    #[default]
    All,
    /// One.
    One(Stream),
}

impl ScrapOf {
    /// All choices.
    pub const CHOICES: [Self; 6] = [
        Self::All,
        Self::One(Stream::Al),
        Self::One(Stream::Cu),
        Self::One(Stream::Pb),
        Self::One(Stream::Zn),
        Self::One(Stream::Other),
    ];

    /// The key of its words.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::All => "scrap-all".into(),
            Self::One(s) => format!("stream-{}", s.key()),
        }
    }
}

/// What is switched on. Ports and rail hubs are facilities like the others, few from afar; networks and scrap answer questions
/// of their own, and are lines and circles all over the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layers {
    catchments: bool,
    bands: bool,
    difference: bool,
    loss: bool,
    terminals: bool,
    rails: bool,
    water: bool,
    scrap: bool,
    norms: bool,
    flows: bool,
    scrap_prices: bool,
    served: bool,
    /// Whose scrap.
    pub scrap_of: ScrapOf,
    opacity_percent: u8,
}

impl Default for Layers {
    fn default() -> Self {
        Self {
            catchments: true,
            bands: false,
            difference: false,
            loss: false,
            terminals: true,
            rails: false,
            water: false,
            scrap: false,
            norms: false,
            flows: false,
            scrap_prices: false,
            served: false,
            scrap_of: ScrapOf::All,
            opacity_percent: 100,
        }
    }
}

impl Layers {
    /// The faintest that catchments may be: less would not be seen.
    pub const LEAST_OPACITY_PERCENT: u8 = 20;

    /// How strong catchments are drawn, from 0 to 1: 1 is the strength of the design.
    #[must_use]
    pub fn opacity(&self) -> f64 {
        f64::from(self.opacity_percent) / 100.0
    }

    /// The same in per cent.
    #[must_use]
    pub const fn opacity_percent(&self) -> u8 {
        self.opacity_percent
    }

    /// Sets it, within what can be seen.
    pub fn set_opacity_percent(&mut self, percent: u8) {
        self.opacity_percent = percent.clamp(Self::LEAST_OPACITY_PERCENT, 100);
    }

    /// True where it is on.
    #[must_use]
    pub const fn shows(&self, layer: MapLayer) -> bool {
        match layer {
            MapLayer::Catchments => self.catchments,
            MapLayer::Bands => self.bands,
            MapLayer::Difference => self.difference,
            MapLayer::Loss => self.loss,
            MapLayer::Terminals => self.terminals,
            MapLayer::Rails => self.rails,
            MapLayer::Water => self.water,
            MapLayer::Scrap => self.scrap,
            MapLayer::Norms => self.norms,
            MapLayer::Flows => self.flows,
            MapLayer::ScrapPrices => self.scrap_prices,
            MapLayer::Served => self.served,
        }
    }

    /// Switches it on or off.
    pub const fn set(&mut self, layer: MapLayer, on: bool) {
        let slot = match layer {
            MapLayer::Catchments => &mut self.catchments,
            MapLayer::Bands => &mut self.bands,
            MapLayer::Difference => &mut self.difference,
            MapLayer::Loss => &mut self.loss,
            MapLayer::Terminals => &mut self.terminals,
            MapLayer::Rails => &mut self.rails,
            MapLayer::Water => &mut self.water,
            MapLayer::Scrap => &mut self.scrap,
            MapLayer::Norms => &mut self.norms,
            MapLayer::Flows => &mut self.flows,
            MapLayer::ScrapPrices => &mut self.scrap_prices,
            MapLayer::Served => &mut self.served,
        };
        *slot = on;
    }

    /// True where something of the allocation is on the map.
    #[must_use]
    pub const fn shows_allocation(&self) -> bool {
        self.flows || self.scrap_prices || self.served
    }

    /// True where lines are wanted that are not on the first map.
    #[must_use]
    pub const fn needs_networks(&self) -> bool {
        self.rails || self.water
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_layer_is_its_own() {
        for layer in MapLayer::ALL {
            let mut layers = Layers::default();
            layers.set(layer, !layers.shows(layer));
            let changed = MapLayer::ALL.into_iter().filter(|l| layers.shows(*l) != Layers::default().shows(*l));
            assert_eq!(changed.collect::<Vec<_>>(), [layer]);
        }
    }

    #[test]
    fn catchments_are_never_too_faint_to_see() {
        let mut layers = Layers::default();
        layers.set_opacity_percent(3);
        assert_eq!(layers.opacity(), 0.2);
        layers.set_opacity_percent(250);
        assert_eq!(layers.opacity_percent(), 100);
    }

    #[test]
    fn the_first_view_asks_for_no_networks() {
        assert!(!Layers::default().needs_networks());
    }
}
