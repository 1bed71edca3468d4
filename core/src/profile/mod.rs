//! What a territory amounts to under a plan: the three clusters, or any set of provinces or prefectures, on the same terms.
//!
//! A [`Profile`] holds sums that add up from prefectures; a [`Measure`] reads one number out of it, as it is or by person, by
//! tonne or by yuan of GDP ([`Normal`]). Where there is no number it says why ([`NoValue`]).

mod area;
mod measure;
mod sums;

pub use area::Area;
pub use measure::{Measure, NoValue, Normal, Section, Unit};
pub use sums::{Profile, Profiles, profile};
