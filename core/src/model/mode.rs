//! Modes of transport.

use serde::{Deserialize, Serialize};

/// How a leg is travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// By truck.
    Road,
    /// By goods train.
    Rail,
    /// By barge on rivers and canals.
    Water,
    /// By coastal ship; seagoing ships also run up the lower Yangtze and to the ports inside the Pearl estuary.
    Sea,
}

impl Mode {
    /// All modes.
    pub const ALL: [Self; 4] = [Self::Road, Self::Rail, Self::Water, Self::Sea];

    /// The stable key in files and tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Rail => "rail",
            Self::Water => "water",
            Self::Sea => "sea",
        }
    }

    /// The mode of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.key() == key)
    }
}

/// A set of modes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ModeSet(u8);

impl ModeSet {
    /// Every mode.
    pub const ALL: Self = Self(0b1111);

    /// Adds a mode.
    pub fn insert(&mut self, m: Mode) {
        self.0 |= 1 << m as u8;
    }

    /// Takes a mode out.
    pub fn remove(&mut self, m: Mode) {
        self.0 &= !(1 << m as u8);
    }

    /// True where the mode is in the set.
    #[must_use]
    pub const fn contains(self, m: Mode) -> bool {
        self.0 & (1 << m as u8) != 0
    }

    /// True where nothing is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The modes of the set.
    pub fn iter(self) -> impl Iterator<Item = Mode> {
        Mode::ALL.into_iter().filter(move |m| self.contains(*m))
    }
}

impl FromIterator<Mode> for ModeSet {
    fn from_iter<I: IntoIterator<Item = Mode>>(iter: I) -> Self {
        let mut set = Self::default();
        iter.into_iter().for_each(|m| set.insert(m));
        set
    }
}

/// One value a mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerMode<T> {
    /// By truck.
    pub road: T,
    /// By train.
    pub rail: T,
    /// By barge.
    pub water: T,
    /// By ship.
    pub sea: T,
}

impl<T> PerMode<T> {
    /// Computes one value a mode.
    pub fn from_fn(mut f: impl FnMut(Mode) -> T) -> Self {
        Self { road: f(Mode::Road), rail: f(Mode::Rail), water: f(Mode::Water), sea: f(Mode::Sea) }
    }
}

impl<T> std::ops::Index<Mode> for PerMode<T> {
    type Output = T;
    fn index(&self, m: Mode) -> &T {
        match m {
            Mode::Road => &self.road,
            Mode::Rail => &self.rail,
            Mode::Water => &self.water,
            Mode::Sea => &self.sea,
        }
    }
}

impl<T> std::ops::IndexMut<Mode> for PerMode<T> {
    fn index_mut(&mut self, m: Mode) -> &mut T {
        match m {
            Mode::Road => &mut self.road,
            Mode::Rail => &mut self.rail,
            Mode::Water => &mut self.water,
            Mode::Sea => &mut self.sea,
        }
    }
}
