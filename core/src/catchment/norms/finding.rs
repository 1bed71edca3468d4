//! What a check says: the subject, the verdict, by how much, and what would mend it.

use super::NormChoice;
use crate::{
    geo::LonLat,
    model::{Basis, Facility, FacilityKind, Name, Prefecture},
};
use serde::{Deserialize, Serialize};

/// Differences below this share of a limit are rounding.
pub(super) const ROUNDING: f64 = 1e-9;

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A prefecture, by code.
    Prefecture(u32),
    /// A collection point, by id.
    Point(String),
    /// A hub, by id.
    Hub(String),
    /// The whole region: nothing of what the norm counts is in the data.
    Region,
}

impl Subject {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> SubjectKind {
        match self {
            Self::Prefecture(_) => SubjectKind::Prefecture,
            Self::Point(_) => SubjectKind::Point,
            Self::Hub(_) => SubjectKind::Hub,
            Self::Region => SubjectKind::Region,
        }
    }

    /// The code or id; empty for the region.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Prefecture(adcode) => adcode.to_string(),
            Self::Point(id) | Self::Hub(id) => id.clone(),
            Self::Region => String::new(),
        }
    }
}

/// The kinds of things that findings are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// Prefectures.
    Prefecture,
    /// Collection points.
    Point,
    /// Hubs.
    Hub,
    /// The region as a whole.
    Region,
}

impl SubjectKind {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Prefecture => "prefecture",
            Self::Point => "point",
            Self::Hub => "hub",
            Self::Region => "region",
        }
    }
}

/// The answer for one norm and one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The norm is kept.
    Passes,
    /// It is not.
    Fails,
    /// The data do not say, and why.
    CannotSay(Missing),
}

impl Verdict {
    /// The stable key, without the reason.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Passes => "passes",
            Self::Fails => "fails",
            Self::CannotSay(_) => "cannot_say",
        }
    }
}

/// What would have to be known for a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Floor areas.
    FloorArea,
    /// Streets, and the transfer stations that stand in them.
    Streets,
    /// How often a point is emptied.
    CollectionInterval,
    /// How many tonnes of batteries are in store.
    BatteryStock,
    /// How many vehicles are in use.
    VehicleStock,
    /// Residents.
    People,
    /// Which of the residents live in town.
    TownShare,
    /// How many villages there are; what is needed in town is there.
    Villages,
    /// How many real points a collection point stands for.
    RealPoints,
    /// What a hub handles: no source states it, and the plan sends nothing there.
    Throughput,
    /// Nothing: the entry has no limit, or is a figure to compare with and no rule.
    Rule,
}

impl Missing {
    /// All, in the order they are explained.
    pub const ALL: [Self; 11] = [
        Self::FloorArea,
        Self::Streets,
        Self::CollectionInterval,
        Self::BatteryStock,
        Self::VehicleStock,
        Self::People,
        Self::TownShare,
        Self::Villages,
        Self::RealPoints,
        Self::Throughput,
        Self::Rule,
    ];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::FloorArea => "floor_area",
            Self::Streets => "streets",
            Self::CollectionInterval => "collection_interval",
            Self::BatteryStock => "battery_stock",
            Self::VehicleStock => "vehicle_stock",
            Self::People => "people",
            Self::TownShare => "town_share",
            Self::Villages => "villages",
            Self::RealPoints => "real_points",
            Self::Throughput => "throughput",
            Self::Rule => "rule",
        }
    }
}

/// What is measured, with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Real collection points that stand in a prefecture; at least so many are needed.
    RealPoints,
    /// Households for each real point of a catchment; at most so many may be.
    HouseholdsPerPoint,
    /// Gross tonnes a year that a hub handles; at least so many must be.
    GrossTPerYear,
}

impl Quantity {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::RealPoints => "real_points",
            Self::HouseholdsPerPoint => "households_per_point",
            Self::GrossTPerYear => "gross_t_per_year",
        }
    }

    /// True where the limit is the least that is allowed, false where it is the most.
    #[must_use]
    pub const fn at_least(self) -> bool {
        match self {
            Self::RealPoints | Self::GrossTPerYear => true,
            Self::HouseholdsPerPoint => false,
        }
    }
}

/// A measured value beside its limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// What is measured.
    pub quantity: Quantity,
    /// The value.
    pub value: f64,
    /// The limit, in the same unit; more than 0.
    pub limit: f64,
    /// Value less limit, in the same unit: by how much.
    pub difference: f64,
    /// Value by limit.
    pub ratio: f64,
    /// How the value came to be.
    pub basis: Basis,
}

impl Measured {
    pub(super) fn new(quantity: Quantity, value: f64, limit: f64, basis: Basis) -> Self {
        Self { quantity, value, limit, difference: value - limit, ratio: value / limit, basis }
    }

    /// True where the limit is kept; a part in a thousand million is rounding.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        let slack = ROUNDING * self.limit;
        if self.quantity.at_least() { self.difference >= -slack } else { self.difference <= slack }
    }
}

/// What would mend a failure, or give a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// More real collection points in the prefecture, or in the catchment.
    AddPoints {
        /// How many.
        real_points: u32,
    },
    /// A larger hub.
    EnlargeTo {
        /// Gross tonnes a year that it must be able to handle.
        t_per_year: f64,
    },
    /// More scrap for a hub that is large enough.
    SendMore {
        /// Gross tonnes a year on top of what it is sent.
        t_per_year: f64,
    },
    /// Nothing can be said before this is known.
    FindOut {
        /// What to find out.
        what: Missing,
    },
}

/// The answer for one norm and one subject, with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Id of the norm.
    pub norm: String,
    /// What it is about.
    pub subject: Subject,
    /// Name of the subject; empty for the region.
    pub name: Name,
    /// Province in Chinese; empty for the region.
    pub province: String,
    /// The facility, or the seat of the prefecture.
    pub at: Option<LonLat>,
    /// The answer.
    pub verdict: Verdict,
    /// What was measured, where anything could be.
    pub measured: Option<Measured>,
    /// What would mend it; none where the norm is kept.
    pub remedy: Option<Remedy>,
}

/// How many subjects of a kind keep a norm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NormSummary {
    /// Id of the norm.
    pub norm: String,
    /// Kind of the subjects.
    pub about: SubjectKind,
    /// How many keep it.
    pub passes: u32,
    /// How many do not.
    pub fails: u32,
    /// Of how many the data do not say.
    pub cannot_say: u32,
}

/// All answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NormReport {
    /// In the order of the chosen norms; for each, prefectures in table order, then points or hubs by id.
    pub findings: Vec<Finding>,
    /// Counts by norm and kind of subject, in the same order.
    pub summary: Vec<NormSummary>,
}

impl Finding {
    pub(super) fn of_prefecture(choice: &NormChoice, p: &Prefecture, answer: Answer) -> Self {
        let subject = Subject::Prefecture(p.adcode);
        Self::new(choice, subject, (&p.name, &p.province, p.seat), answer)
    }

    pub(super) fn of_facility(choice: &NormChoice, f: &Facility, answer: Answer) -> Self {
        let subject = match f.kind {
            FacilityKind::CollectionPoint => Subject::Point(f.id.clone()),
            _ => Subject::Hub(f.id.clone()),
        };
        Self::new(choice, subject, (&f.name, &f.province, f.at), answer)
    }

    fn new(choice: &NormChoice, subject: Subject, place: (&Name, &str, LonLat), answer: Answer) -> Self {
        let (name, province, at) = place;
        Self {
            norm: choice.norm.clone(),
            subject,
            name: name.clone(),
            province: province.to_owned(),
            at: Some(at),
            verdict: answer.verdict,
            measured: answer.measured,
            remedy: answer.remedy,
        }
    }
}

/// The part of a finding that the rule of its norm gives.
pub(super) struct Answer {
    verdict: Verdict,
    measured: Option<Measured>,
    remedy: Option<Remedy>,
}

impl Answer {
    /// The limit decides; `remedy` is asked for where it is not kept.
    pub(super) fn by(measured: Measured, remedy: impl FnOnce() -> Remedy) -> Self {
        let kept = measured.is_kept();
        let verdict = if kept { Verdict::Passes } else { Verdict::Fails };
        Self { verdict, measured: Some(measured), remedy: (!kept).then(remedy) }
    }

    pub(super) const fn cannot_say(what: Missing, measured: Option<Measured>) -> Self {
        Self { verdict: Verdict::CannotSay(what), measured, remedy: Some(Remedy::FindOut { what }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_files_hold() {
        for what in Missing::ALL {
            assert_eq!(serde_json::to_string(&what).unwrap(), format!("{:?}", what.key()));
        }
        for kind in [SubjectKind::Prefecture, SubjectKind::Point, SubjectKind::Hub, SubjectKind::Region] {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("{:?}", kind.key()));
        }
        for quantity in [Quantity::RealPoints, Quantity::HouseholdsPerPoint, Quantity::GrossTPerYear] {
            assert_eq!(serde_json::to_string(&quantity).unwrap(), format!("{:?}", quantity.key()));
        }
    }
}
