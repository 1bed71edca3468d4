//! Metals, and the streams in which their scrap is collected.

use serde::{Deserialize, Serialize};

/// A metal, or group of metals, that a plant makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Metal {
    /// Aluminium.
    Al,
    /// Copper.
    Cu,
    /// Lead.
    Pb,
    /// Zinc.
    Zn,
    /// Lithium.
    Li,
    /// Cobalt.
    Co,
    /// Nickel.
    Ni,
    /// Tin.
    Sn,
    /// Gold, silver and the platinum group.
    #[serde(rename = "precious")]
    Precious,
}

impl Metal {
    /// All metals, in the order of the legend.
    pub const ALL: [Self; 9] =
        [Self::Al, Self::Cu, Self::Pb, Self::Zn, Self::Li, Self::Co, Self::Ni, Self::Sn, Self::Precious];

    /// The symbol used in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Al => "Al",
            Self::Cu => "Cu",
            Self::Pb => "Pb",
            Self::Zn => "Zn",
            Self::Li => "Li",
            Self::Co => "Co",
            Self::Ni => "Ni",
            Self::Sn => "Sn",
            Self::Precious => "precious",
        }
    }

    /// The metal of a table's symbol.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.key() == key)
    }

    /// The stream whose scrap this metal comes from: all but the big four are "other".
    #[must_use]
    pub const fn stream(self) -> Stream {
        match self {
            Self::Al => Stream::Al,
            Self::Cu => Stream::Cu,
            Self::Pb => Stream::Pb,
            Self::Zn => Stream::Zn,
            Self::Li | Self::Co | Self::Ni | Self::Sn | Self::Precious => Stream::Other,
        }
    }
}

/// A set of metals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MetalSet(u16);

impl MetalSet {
    /// Adds a metal.
    pub fn insert(&mut self, m: Metal) {
        self.0 |= 1 << m as u16;
    }

    /// True where the metal is in the set.
    #[must_use]
    pub const fn contains(self, m: Metal) -> bool {
        self.0 & (1 << m as u16) != 0
    }

    /// True where nothing is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The metals of the set, in the order of the legend.
    pub fn iter(self) -> impl Iterator<Item = Metal> {
        Metal::ALL.into_iter().filter(move |m| self.contains(*m))
    }

    /// True where one of the metals comes from the stream.
    #[must_use]
    pub fn takes(self, s: Stream) -> bool {
        self.iter().any(|m| m.stream() == s)
    }
}

impl FromIterator<Metal> for MetalSet {
    fn from_iter<I: IntoIterator<Item = Metal>>(iter: I) -> Self {
        let mut set = Self::default();
        iter.into_iter().for_each(|m| set.insert(m));
        set
    }
}

/// A stream of scrap, collected and hauled on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    /// Aluminium scrap.
    Al,
    /// Copper scrap.
    Cu,
    /// Lead batteries.
    Pb,
    /// Zinc dust and scrap.
    Zn,
    /// Nickel, cobalt, lithium, tin and precious metals, mainly in batteries and electronics.
    Other,
}

impl Stream {
    /// All streams.
    pub const ALL: [Self; 5] = [Self::Al, Self::Cu, Self::Pb, Self::Zn, Self::Other];

    /// The stable key in files and tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Al => "al",
            Self::Cu => "cu",
            Self::Pb => "pb",
            Self::Zn => "zn",
            Self::Other => "other",
        }
    }

    /// The word of this stream in the `metal` column of the tables.
    #[must_use]
    pub const fn table_key(self) -> &'static str {
        match self {
            Self::Al => "Al",
            Self::Cu => "Cu",
            Self::Pb => "Pb",
            Self::Zn => "Zn",
            Self::Other => "other",
        }
    }

    /// The parameter that says how much metal a tonne of the stream's scrap holds, in per cent.
    #[must_use]
    pub const fn content_key(self) -> &'static str {
        match self {
            Self::Al => "process.metal_content_feed.Al",
            Self::Cu => "process.metal_content_feed.Cu",
            Self::Pb => "process.metal_content_feed.Pb",
            Self::Zn => "process.metal_content_feed.Zn",
            Self::Other => "process.metal_content_feed.other",
        }
    }

    /// True where the scrap is sorted at a hub before it goes to a smelter; the others go straight there.
    #[must_use]
    pub const fn via_hub(self) -> bool {
        matches!(self, Self::Al | Self::Cu)
    }
}

/// One value a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PerStream<T> {
    /// Aluminium.
    pub al: T,
    /// Copper.
    pub cu: T,
    /// Lead.
    pub pb: T,
    /// Zinc.
    pub zn: T,
    /// The other metals.
    pub other: T,
}

impl<T> PerStream<T> {
    /// Computes one value a stream.
    pub fn from_fn(mut f: impl FnMut(Stream) -> T) -> Self {
        Self { al: f(Stream::Al), cu: f(Stream::Cu), pb: f(Stream::Pb), zn: f(Stream::Zn), other: f(Stream::Other) }
    }

    /// The values in the order of [`Stream::ALL`].
    pub fn values(&self) -> [&T; 5] {
        [&self.al, &self.cu, &self.pb, &self.zn, &self.other]
    }
}

impl PerStream<f64> {
    /// The sum over all streams.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.al + self.cu + self.pb + self.zn + self.other
    }
}

impl<T> std::ops::Index<Stream> for PerStream<T> {
    type Output = T;
    fn index(&self, s: Stream) -> &T {
        match s {
            Stream::Al => &self.al,
            Stream::Cu => &self.cu,
            Stream::Pb => &self.pb,
            Stream::Zn => &self.zn,
            Stream::Other => &self.other,
        }
    }
}

impl<T> std::ops::IndexMut<Stream> for PerStream<T> {
    fn index_mut(&mut self, s: Stream) -> &mut T {
        match s {
            Stream::Al => &mut self.al,
            Stream::Cu => &mut self.cu,
            Stream::Pb => &mut self.pb,
            Stream::Zn => &mut self.zn,
            Stream::Other => &mut self.other,
        }
    }
}
