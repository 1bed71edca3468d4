//! Parameters that a scenario sets instead of the table's.

use super::Plan;
use crate::model::{Baseline, PlantFeature, ScrapModel};
use std::collections::BTreeMap;
use thiserror::Error;

/// Why a parameter was not set.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ParameterError {
    /// The table has no such key.
    #[error("there is no parameter {0}")]
    Unknown(String),
    /// A value that makes no sense for it.
    #[error("{key}: {value} is outside of {low} to {high}")]
    OutOfRange {
        /// The parameter.
        key: String,
        /// The value asked for.
        value: f64,
        /// Smallest value allowed.
        low: f64,
        /// Largest value allowed.
        high: f64,
    },
    /// The plan has no such facility, or it is of another kind or metal.
    #[error("{key}: {id} is not in the plan, or cannot have this")]
    Unfit {
        /// The parameter.
        key: String,
        /// The facility.
        id: String,
    },
}

impl ParameterError {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "parameter-unknown",
            Self::OutOfRange { .. } => "parameter-out-of-range",
            Self::Unfit { .. } => "parameter-unfit",
        }
    }
}

/// More scrap than this arises nowhere: ten times what all of China has of a stream, in tonnes a year.
const MOST_SCRAP_T: f64 = 1e9;

/// Sets or clears a parameter in `set` and returns what was set before. The table's own value clears.
pub(super) fn put(
    set: &mut BTreeMap<String, f64>,
    baseline: &Baseline,
    plan: &Plan,
    key: &str,
    value: Option<f64>,
) -> Result<Option<f64>, ParameterError> {
    // Scrap of a prefecture has no row in the table: the model says it, until a person does.
    if let Some((adcode, _)) = ScrapModel::read_key(key) {
        if !baseline.prefectures.iter().any(|p| p.adcode == adcode) {
            return Err(ParameterError::Unknown(key.to_owned()));
        }
        let Some(value) = value else { return Ok(set.remove(key)) };
        if !(0.0..=MOST_SCRAP_T).contains(&value) {
            let (key, low, high) = (key.to_owned(), 0.0, MOST_SCRAP_T);
            return Err(ParameterError::OutOfRange { key, value, low, high });
        }
        return Ok(set.insert(key.to_owned(), value));
    }
    // Nor has what is said of one plant: it is unknown, or not there, until a person says so.
    if let Some((feature, id)) = PlantFeature::read_key(key) {
        let Some(value) = value else { return Ok(set.remove(key)) };
        if !plan.get(id).is_some_and(|p| feature.fits(&p.facility)) {
            return Err(ParameterError::Unfit { key: key.to_owned(), id: id.to_owned() });
        }
        if value != 0.0 && value != 1.0 {
            let (key, low, high) = (key.to_owned(), 0.0, 1.0);
            return Err(ParameterError::OutOfRange { key, value, low, high });
        }
        // An upgrade that is not there is nothing set.
        let is_nothing = value == 0.0 && feature != PlantFeature::UltraLowEmission;
        return Ok(if is_nothing { set.remove(key) } else { set.insert(key.to_owned(), value) });
    }
    let found = baseline.parameters.get(key).ok_or_else(|| ParameterError::Unknown(key.to_owned()))?;
    let Some(value) = value.filter(|v| *v != found.value) else { return Ok(set.remove(key)) };
    let (low, high) = found.range();
    let is_no_option = found.options().is_some() && libm::trunc(value) != value;
    if !(low..=high).contains(&value) || is_no_option {
        return Err(ParameterError::OutOfRange { key: key.to_owned(), value, low, high });
    }
    Ok(set.insert(key.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geo::LonLat,
        model::{Cluster, FacilityKind, Metal, Name, Prefecture, Technology},
        scenario::{Edit, NewFacility},
    };

    #[test]
    fn what_is_said_of_a_plant_must_fit_it() {
        let seat = LonLat::new(121.5, 31.2);
        let home =
            Prefecture { adcode: 310_000, cluster: Some(Cluster::Yrd), seat, people: 1.0, ..Prefecture::default() };
        let base = Baseline { prefectures: vec![home], ..Baseline::default() };
        let mut plan = Plan::baseline(&base);
        for (id, kind, metals) in [("S", FacilityKind::Smelter, vec![Metal::Al]), ("H", FacilityKind::Hub, vec![])] {
            let new =
                NewFacility { id: id.into(), kind, name: Name::default(), at: seat, metals, capacity_t: Some(1e3) };
            plan.apply(&base, &Edit::Add(new)).unwrap();
        }
        let mut set = BTreeMap::new();
        let mut say = |feature: PlantFeature, id: &str, value: Option<f64>| {
            let done = put(&mut set, &base, &plan, &feature.key_of(id), value).map_err(|e| e.code());
            (done, set.len())
        };
        let upgrade = |t| PlantFeature::Upgrade(t);
        let unfit = |n| (Err("parameter-unfit"), n);
        assert_eq!(say(upgrade(Technology::SmartSmelting), "S", Some(1.0)), (Ok(None), 1));
        assert_eq!(say(upgrade(Technology::SmartSmelting), "H", Some(1.0)), unfit(1));
        assert_eq!(say(upgrade(Technology::AiSorting), "S", Some(1.0)), unfit(1));
        assert_eq!(say(upgrade(Technology::DirectLithium), "S", Some(1.0)), unfit(1), "it makes no lithium");
        assert_eq!(say(upgrade(Technology::AiSorting), "nobody", Some(1.0)), unfit(1));
        assert_eq!(say(upgrade(Technology::AiSorting), "H", Some(0.5)), (Err("parameter-out-of-range"), 1));
        // An upgrade that is not there is nothing set; that a plant is known not to be clean is.
        assert_eq!(say(upgrade(Technology::SmartSmelting), "S", Some(0.0)), (Ok(Some(1.0)), 0));
        assert_eq!(say(PlantFeature::UltraLowEmission, "S", Some(0.0)), (Ok(None), 1));
        assert_eq!(say(PlantFeature::UltraLowEmission, "S", None), (Ok(Some(0.0)), 0));
    }
}
