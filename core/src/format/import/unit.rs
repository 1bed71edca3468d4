//! Units of mass a year, as headings and cells write them.

use serde::{Deserialize, Serialize};

/// A unit of mass a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MassUnit {
    /// Tonnes a year.
    #[default]
    Tonnes,
    /// Thousand tonnes a year.
    Kilotonnes,
    /// Ten thousand tonnes a year, 万吨.
    WanTonnes,
    /// Million tonnes a year.
    Megatonnes,
    /// Kilograms a year.
    Kilograms,
    /// Tonnes a month.
    TonnesMonth,
    /// Tonnes a day.
    TonnesDay,
}

impl MassUnit {
    /// All units.
    pub const ALL: [Self; 7] = [
        Self::Tonnes,
        Self::WanTonnes,
        Self::Kilotonnes,
        Self::Megatonnes,
        Self::Kilograms,
        Self::TonnesMonth,
        Self::TonnesDay,
    ];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Tonnes => "t",
            Self::Kilotonnes => "kt",
            Self::WanTonnes => "wan-t",
            Self::Megatonnes => "mt",
            Self::Kilograms => "kg",
            Self::TonnesMonth => "t-month",
            Self::TonnesDay => "t-day",
        }
    }

    /// How many tonnes a year it is.
    #[must_use]
    pub const fn tonnes(self) -> f64 {
        match self {
            Self::Tonnes => 1.0,
            Self::Kilotonnes => 1e3,
            Self::WanTonnes => 1e4,
            Self::Megatonnes => 1e6,
            Self::Kilograms => 1e-3,
            Self::TonnesMonth => 12.0,
            Self::TonnesDay => 365.0,
        }
    }

    /// The unit that words stand for.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        let w: String = words.chars().filter(|c| !c.is_whitespace() && *c != '.').collect::<String>().to_lowercase();
        for day in ["/d", "/day", "/天", "/日", "perday"] {
            if let Some(mass) = w.strip_suffix(day) {
                return matches!(mass, "t" | "吨").then_some(Self::TonnesDay);
            }
        }
        for month in ["/month", "/mo", "/月", "permonth"] {
            if let Some(mass) = w.strip_suffix(month) {
                return matches!(mass, "t" | "吨").then_some(Self::TonnesMonth);
            }
        }
        let years = ["/y", "/yr", "/year", "/a", "/年", "peryear", "pa", "/annum"];
        let mass = years.iter().find_map(|y| w.strip_suffix(y)).unwrap_or(&w);
        // Mass of contained metal is mass all the same.
        let mass = mass.strip_suffix("metal").unwrap_or(mass);
        Some(match mass {
            "t" | "吨" | "tonne" | "tonnes" | "ton" | "tons" => Self::Tonnes,
            "kt" | "千吨" => Self::Kilotonnes,
            "万吨" | "万t" | "10kt" | "10^4t" | "10⁴t" => Self::WanTonnes,
            "mt" | "百万吨" => Self::Megatonnes,
            "kg" | "公斤" | "千克" => Self::Kilograms,
            _ => return None,
        })
    }
}
