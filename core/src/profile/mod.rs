//! What a territory amounts to under a plan: the three clusters, or any set of provinces or prefectures, on the same terms.
//!
//! A [`Profile`] holds sums by prefecture, put together for an [`Area`]; a [`Measure`] reads one number out of it, as it is or by
//! person, by tonne or by yuan of GDP ([`Normal`]). Where there is no number it says why ([`NoValue`]). [`Measure::behind`] tells
//! formula, parameters and certainty; [`story`] which facts stand out; [`context`] what the sector report claims.

mod area;
mod claims;
mod gather;
mod market;
mod measure;
mod quality;
mod story;
mod sums;
mod value;
mod why;

pub use area::{Area, AreaError};
pub use claims::{Context, context};
pub use gather::{Gathering, profile};
pub use market::LEADER_KEY;
pub use measure::{CERTAINTIES, Measure, Part, Section, Stage, Unit};
pub use story::{Fact, RULE, Template, headline, story};
pub use sums::{
    Access, Data, Extent, Hauls, Hubs, Market, Norms, Profile, Profiles, Smelters, TonnesByStream, Trade, Trust,
};
pub use value::{NoValue, Normal};
pub use why::{Behind, norms_key};

use gather::GENERAL_NORMS;
pub(crate) use quality::trust;
