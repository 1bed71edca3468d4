//! What the map shows beside what it always shows.

use atlas_core::model::Stream;

/// Something on the map that can be switched on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapLayer {
    /// Ports and rail hubs.
    Terminals,
    /// Railways.
    Rails,
    /// Waterways and sea lanes.
    Water,
    /// Scrap by prefecture.
    Scrap,
}

impl MapLayer {
    /// All of them, in the order of the control.
    pub const ALL: [Self; 4] = [Self::Terminals, Self::Rails, Self::Water, Self::Scrap];

    /// The key of its words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Terminals => "layer-terminals",
            Self::Rails => "layer-rails",
            Self::Water => "layer-water",
            Self::Scrap => "layer-scrap",
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
    terminals: bool,
    rails: bool,
    water: bool,
    scrap: bool,
    /// Whose scrap.
    pub scrap_of: ScrapOf,
}

impl Default for Layers {
    fn default() -> Self {
        Self { terminals: true, rails: false, water: false, scrap: false, scrap_of: ScrapOf::All }
    }
}

impl Layers {
    /// True where it is on.
    #[must_use]
    pub const fn shows(&self, layer: MapLayer) -> bool {
        match layer {
            MapLayer::Terminals => self.terminals,
            MapLayer::Rails => self.rails,
            MapLayer::Water => self.water,
            MapLayer::Scrap => self.scrap,
        }
    }

    /// Switches it on or off.
    pub const fn set(&mut self, layer: MapLayer, on: bool) {
        let slot = match layer {
            MapLayer::Terminals => &mut self.terminals,
            MapLayer::Rails => &mut self.rails,
            MapLayer::Water => &mut self.water,
            MapLayer::Scrap => &mut self.scrap,
        };
        *slot = on;
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
    fn the_first_view_asks_for_no_networks() {
        assert!(!Layers::default().needs_networks());
    }
}
