//! Does a plan keep the siting norms that the user chose, where not, by how much, and what would mend it?
//!
//! One kind of norm a file: the households that a collection point may serve, and the throughput of a sorting centre. Of the
//! other kinds the data hold nothing to measure: they are answered once for the region, with what would have to be known.
//!
//! An aggregate collection point counts as the real street points it stands for ([`Facility::street_points`]); one that a
//! planner adds is one. People of a catchment, the points themselves and what a hub is sent are modelled, so what is measured
//! by them is [`Basis::Modelled`](crate::model::Basis), whatever the standing of the norm.
//!
//! In the baseline every prefecture has about one real point for every `model.people_per_street_point.all` people, because the
//! points were built so: a prefecture that keeps a norm there keeps it by that assumption. What a plan changes, and how
//! catchments differ, is what the check can tell.
//!
//! Complexity: the prefecture of each point by the distances to all seats of its province, once; then one pass over
//! prefectures, points and hubs a norm.

mod finding;
mod households;
mod profile;
mod throughput;

pub use finding::{
    Finding, Measured, Missing, NormReport, NormSummary, Quantity, Remedy, Subject, SubjectKind, Verdict,
};
pub use profile::{NormChoice, NormProfile};

use crate::{
    geo::nearest_row,
    model::{Facility, FacilityKind, Name, Norm, NormMetric, Parameters, Prefecture},
    scenario::Plan,
};
use std::collections::BTreeMap;

/// What the check looks at.
pub struct Situation<'a> {
    /// All prefectures; those in a cluster are checked, because only there are collection points known.
    pub prefectures: &'a [Prefecture],
    /// Open collection points, by id.
    pub points: Vec<Loaded<'a>>,
    /// Open hubs, by id.
    pub hubs: Vec<Loaded<'a>>,
    /// The parameters in force, for the size of a household.
    pub parameters: &'a Parameters,
}

/// A facility with what comes to it.
#[derive(Clone, Copy, Debug)]
pub struct Loaded<'a> {
    /// The facility at its place in the plan.
    pub facility: &'a Facility,
    /// What comes to it.
    pub load: Load,
}

/// What comes to a facility under a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Residents of its catchment.
    pub people: f64,
    /// Gross tonnes a year.
    pub gross_t: f64,
}

impl<'a> Situation<'a> {
    /// The open points and hubs of a plan; `load` says what comes to a facility of an id.
    #[must_use]
    pub fn of_plan(
        prefectures: &'a [Prefecture],
        plan: &'a Plan,
        parameters: &'a Parameters,
        load: impl Fn(&str) -> Load,
    ) -> Self {
        let of = |kind| plan.open(kind).map(|facility| Loaded { facility, load: load(&facility.id) }).collect();
        Self { prefectures, points: of(FacilityKind::CollectionPoint), hubs: of(FacilityKind::Hub), parameters }
    }
}

/// Checks a situation against the chosen norms. A choice of a norm that is not in the list gives nothing:
/// [`NormProfile::unknown`] names those.
///
/// # Panics
/// Where a norm counts households and the parameters have no [`HOUSEHOLD_SIZE_KEY`](crate::catchment::HOUSEHOLD_SIZE_KEY), without which no pack is read.
#[must_use]
pub fn check(profile: &NormProfile, norms: &[Norm], situation: &Situation<'_>) -> NormReport {
    let homes: Vec<Option<usize>> = situation.points.iter().map(|p| home(p.facility, situation.prefectures)).collect();
    let mut report = NormReport::default();
    for choice in &profile.choices {
        let Some(norm) = norms.iter().find(|n| n.id == choice.norm) else { continue };
        let found = match (norm.metric, norm.households, norm.min) {
            (NormMetric::HouseholdsPerPoint, Some(limits), _) => households::check(choice, limits, situation, &homes),
            (NormMetric::ThroughputTPerYear, _, Some(least_t)) => throughput::check(choice, least_t, situation),
            (metric, ..) => vec![not_in_the_data(choice, metric)],
        };
        let mut counts = BTreeMap::<SubjectKind, [u32; 3]>::new();
        for finding in &found {
            let column = match finding.verdict {
                Verdict::Passes => 0,
                Verdict::Fails => 1,
                Verdict::CannotSay(_) => 2,
            };
            counts.entry(finding.subject.kind()).or_default()[column] += 1;
        }
        report.summary.extend(counts.into_iter().map(|(about, [passes, fails, cannot_say])| NormSummary {
            norm: norm.id.clone(),
            about,
            passes,
            fails,
            cannot_say,
        }));
        report.findings.extend(found);
    }
    report
}

/// A metric of which the data hold nothing, or an entry without a limit.
fn not_in_the_data(choice: &NormChoice, metric: NormMetric) -> Finding {
    let what = match metric {
        NormMetric::HouseholdsPerPoint | NormMetric::ThroughputTPerYear | NormMetric::Points => Missing::Rule,
        NormMetric::AreaM2 => Missing::FloorArea,
        NormMetric::TransferAreaM2 => Missing::Streets,
        NormMetric::DaysBetweenCollections => Missing::CollectionInterval,
        NormMetric::StorageT => Missing::BatteryStock,
        NormMetric::Vehicles => Missing::VehicleStock,
    };
    Finding {
        norm: choice.norm.clone(),
        subject: Subject::Region,
        name: Name::default(),
        province: String::new(),
        at: None,
        verdict: Verdict::CannotSay(what),
        measured: None,
        remedy: (what != Missing::Rule).then_some(Remedy::FindOut { what }),
    }
}

/// The prefecture that a facility stands in, by row: of its province the one with the nearest seat, as for demand cells.
fn home(facility: &Facility, prefectures: &[Prefecture]) -> Option<usize> {
    let nearest = |own: bool| {
        let fits = |i: usize| !own || prefectures[i].province == facility.province;
        nearest_row(facility.at, prefectures.iter().map(|p| p.seat), fits)
    };
    nearest(true).or_else(|| nearest(false))
}

#[cfg(test)]
mod tests;
