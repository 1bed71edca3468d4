//! Two plants become one.

use crate::{
    model::{Facility, Metal, Status},
    scenario::{Edit, Plan, PlanFacility},
};
use thiserror::Error;

/// Why two plants are not merged.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MergerRefusal {
    /// One is not in the plan.
    #[error("{0} is not in the plan")]
    Unknown(String),
    /// The same plant twice.
    #[error("{0} cannot be merged with itself")]
    Same(String),
    /// One is closed, planned, or stands for plants that nobody named.
    #[error("{0} does not run")]
    NotRunning(String),
    /// A hub and a smelter, or something that has no throughput.
    #[error("{0} and {1} are not both hubs or both smelters")]
    OtherKind(String, String),
    /// The capacity of one is not known.
    #[error("the capacity of {0} is not known")]
    NoCapacity(String),
    /// One counts metal, the other feed.
    #[error("{0} and {1} count their capacity in different units")]
    OtherUnit(String, String),
    /// The one that stays does not take a metal of the other.
    #[error("{keeps} does not take {metal:?} of {closes}")]
    OtherMetal {
        /// The one that stays.
        keeps: String,
        /// The one that closes.
        closes: String,
        /// What it does not take.
        metal: Metal,
    },
}

impl MergerRefusal {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "merger-unknown",
            Self::Same(_) => "merger-same",
            Self::NotRunning(_) => "merger-not-running",
            Self::OtherKind(..) => "merger-other-kind",
            Self::NoCapacity(_) => "merger-no-capacity",
            Self::OtherUnit(..) => "merger-other-unit",
            Self::OtherMetal { .. } => "merger-other-metal",
        }
    }
}

/// The edits that merge two hubs or two smelters: `closes` is closed, and `keeps` can do what both could. One step of the
/// history.
///
/// # Errors
/// Where they cannot be one.
pub fn merger(plan: &Plan, keeps: &str, closes: &str) -> Result<Vec<Edit>, MergerRefusal> {
    if keeps == closes {
        return Err(MergerRefusal::Same(keeps.to_owned()));
    }
    let (a, b) = (running(plan, keeps)?, running(plan, closes)?);
    let names = || (keeps.to_owned(), closes.to_owned());
    if a.kind != b.kind || !can_merge(a) {
        let (a, b) = names();
        return Err(MergerRefusal::OtherKind(a, b));
    }
    let capacity = |f: &Facility| f.capacity.ok_or_else(|| MergerRefusal::NoCapacity(f.id.clone()));
    let (own, other) = (capacity(a)?, capacity(b)?);
    if own.unit != other.unit {
        let (a, b) = names();
        return Err(MergerRefusal::OtherUnit(a, b));
    }
    if let Some(metal) = b.metals.iter().find(|m| !a.metals.contains(*m)) {
        let (keeps, closes) = names();
        return Err(MergerRefusal::OtherMetal { keeps, closes, metal });
    }
    let (keeps, closes) = names();
    Ok(vec![Edit::Close { id: closes }, Edit::SetCapacity { id: keeps, tonnes: Some(own.tonnes + other.tonnes) }])
}

/// True where a facility is of a kind that can be merged.
#[must_use]
pub const fn can_merge(f: &Facility) -> bool {
    use crate::model::FacilityKind::{Hub, Smelter};
    matches!(f.kind, Hub | Smelter) && !matches!(f.status, Status::Unnamed)
}

fn running<'a>(plan: &'a Plan, id: &str) -> Result<&'a Facility, MergerRefusal> {
    let found = plan.get(id).ok_or_else(|| MergerRefusal::Unknown(id.to_owned()))?;
    match found {
        PlanFacility { open: true, facility, .. } if facility.status.receives() => Ok(facility),
        _ => Err(MergerRefusal::NotRunning(id.to_owned())),
    }
}
