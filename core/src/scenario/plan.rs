//! A plan: the baseline's facilities with edits applied.

use super::{Edit, NewFacility};
use crate::{
    geo::LonLat,
    model::{
        Baseline, Basis, Capacity, CapacityUnit, Confidence, Facility, FacilityKind, LocationPrecision, MetalSet,
        ModeSet, Name, Origin, Status,
    },
};
use thiserror::Error;

/// How a facility of a plan stands to the baseline.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// As in the baseline.
    Baseline,
    /// In the baseline at another place.
    Moved {
        /// Where the baseline has it.
        from: LonLat,
    },
    /// Added by the planner.
    Added(NewFacility),
}

/// A facility of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanFacility {
    /// The facility, at its place in the plan.
    pub facility: Facility,
    /// How it stands to the baseline.
    pub standing: Standing,
    /// False where it was closed.
    pub open: bool,
}

/// Why an edit cannot be applied.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum EditError {
    /// No facility of that id.
    #[error("there is no facility {0}")]
    Unknown(String),
    /// An id that is taken.
    #[error("there is a facility {0} already")]
    Taken(String),
    /// Coordinates that are no place on earth.
    #[error("facility {0} has no valid position")]
    BadPosition(String),
    /// A capacity that is negative or no number.
    #[error("facility {0} has no valid capacity")]
    BadCapacity(String),
    /// Already closed, or already open.
    #[error("facility {0} is in that state already")]
    NoChange(String),
    /// Part of the baseline: it can be closed, not removed.
    #[error("facility {0} is part of the baseline")]
    NotAdded(String),
    /// Stands for plants that nobody named, or is of a kind that cannot be placed.
    #[error("facility {0} cannot be edited this way")]
    NotEditable(String),
}

impl EditError {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "edit-unknown-facility",
            Self::Taken(_) => "edit-id-taken",
            Self::BadPosition(_) => "edit-bad-position",
            Self::BadCapacity(_) => "edit-bad-capacity",
            Self::NoChange(_) => "edit-no-change",
            Self::NotAdded(_) => "edit-not-added",
            Self::NotEditable(_) => "edit-not-editable",
        }
    }
}

/// All facilities of a plan, in ascending order of their id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    facilities: Vec<PlanFacility>,
}

impl Plan {
    /// The plan without edits.
    #[must_use]
    pub fn baseline(baseline: &Baseline) -> Self {
        let facility = |f: &Facility| PlanFacility { facility: f.clone(), standing: Standing::Baseline, open: true };
        Self { facilities: baseline.facilities.iter().map(facility).collect() }
    }

    /// All facilities, open or closed, by id.
    #[must_use]
    pub fn facilities(&self) -> &[PlanFacility] {
        &self.facilities
    }

    /// A facility by its id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&PlanFacility> {
        self.position(id).ok().map(|i| &self.facilities[i])
    }

    /// Open facilities of a kind that can be sent scrap, by id.
    pub fn open(&self, kind: FacilityKind) -> impl Iterator<Item = &Facility> {
        let fits = move |p: &&PlanFacility| p.open && p.facility.kind == kind && p.facility.status.receives();
        self.facilities.iter().filter(fits).map(|p| &p.facility)
    }

    /// An id for a new facility of a kind: the kind's letter and the first free number.
    #[must_use]
    pub fn free_id(&self, kind: FacilityKind) -> String {
        let letter = match kind {
            FacilityKind::CollectionPoint => "UC",
            FacilityKind::Hub => "UH",
            FacilityKind::Smelter => "US",
            FacilityKind::RailHub => "UR",
            FacilityKind::Port => "UP",
        };
        (1..).map(|n| format!("{letter}{n:03}")).find(|id| self.get(id).is_none()).expect("numbers do not run out")
    }

    /// Applies an edit and returns the edit that takes it back.
    ///
    /// # Errors
    /// Where the edit does not fit the plan, which then stays as it is.
    pub fn apply(&mut self, baseline: &Baseline, edit: &Edit) -> Result<Edit, EditError> {
        let id = edit.id().to_owned();
        if let Edit::Add(new) = edit {
            return match self.position(&id) {
                Ok(_) => Err(EditError::Taken(id)),
                Err(i) => {
                    self.facilities.insert(i, added(baseline, new)?);
                    Ok(Edit::Remove { id })
                }
            };
        }
        let i = self.position(&id).map_err(|_| EditError::Unknown(id.clone()))?;
        let found = &mut self.facilities[i];
        if found.facility.status == Status::Unnamed {
            return Err(EditError::NotEditable(id));
        }
        match edit {
            Edit::Add(_) => unreachable!("handled above"),
            Edit::Move { to, .. } => {
                if !to.is_valid() {
                    return Err(EditError::BadPosition(id));
                }
                let back = found.facility.at;
                found.move_to(baseline, *to);
                Ok(Edit::Move { id, to: back })
            }
            Edit::Close { .. } | Edit::Reopen { .. } => {
                let open = matches!(edit, Edit::Reopen { .. });
                if found.open == open {
                    return Err(EditError::NoChange(id));
                }
                found.open = open;
                Ok(if open { Edit::Close { id } } else { Edit::Reopen { id } })
            }
            Edit::Remove { .. } => {
                let Standing::Added(new) = &found.standing else { return Err(EditError::NotAdded(id)) };
                // The inverse of removing must bring it back open and where it is now.
                if !found.open {
                    return Err(EditError::NoChange(id));
                }
                let back = NewFacility { at: found.facility.at, ..new.clone() };
                self.facilities.remove(i);
                Ok(Edit::Add(back))
            }
        }
    }

    fn position(&self, id: &str) -> Result<usize, usize> {
        self.facilities.binary_search_by(|p| p.facility.id.as_str().cmp(id))
    }
}

impl PlanFacility {
    /// True where scrap can be sent to it: open, running, and no terminal.
    #[must_use]
    pub const fn takes_scrap(&self) -> bool {
        self.open && self.facility.status.receives() && !self.facility.kind.is_terminal()
    }

    fn move_to(&mut self, baseline: &Baseline, to: LonLat) {
        self.standing = match std::mem::replace(&mut self.standing, Standing::Baseline) {
            Standing::Baseline if to != self.facility.at => Standing::Moved { from: self.facility.at },
            Standing::Moved { from } if from == to => Standing::Baseline,
            Standing::Added(new) => Standing::Added(NewFacility { at: to, ..new }),
            same => same,
        };
        self.facility.at = to;
        // A facility that is back where the baseline has it is counted where the baseline counts it.
        let original =
            baseline.facilities.iter().find(|f| f.id == self.facility.id && self.standing == Standing::Baseline);
        self.facility.province = match original {
            Some(f) => f.province.clone(),
            None => baseline.prefecture_at(to).map_or_else(String::new, |p| p.province.clone()),
        };
        self.facility.cluster = original.map_or_else(|| Some(baseline.cluster_at(to)), |f| f.cluster);
    }
}

fn added(baseline: &Baseline, new: &NewFacility) -> Result<PlanFacility, EditError> {
    if !new.at.is_valid() {
        return Err(EditError::BadPosition(new.id.clone()));
    }
    if new.capacity_t.is_some_and(|t| !(t.is_finite() && t >= 0.0)) {
        return Err(EditError::BadCapacity(new.id.clone()));
    }
    let (default_key, metals): (_, MetalSet) = match new.kind {
        FacilityKind::CollectionPoint => ("model.point_capacity.all", MetalSet::default()),
        FacilityKind::Hub => (
            "model.hub_throughput_default.all",
            [crate::model::Metal::Al, crate::model::Metal::Cu].into_iter().collect(),
        ),
        FacilityKind::Smelter | FacilityKind::RailHub | FacilityKind::Port => {
            return Err(EditError::NotEditable(new.id.clone()));
        }
    };
    let default = baseline.parameters.get(default_key);
    // The point's default is stated in tonnes, the hub's in thousands of tonnes.
    let scale = if new.kind == FacilityKind::Hub { 1000.0 } else { 1.0 };
    let tonnes = new.capacity_t.or_else(|| Some(default?.value * scale));
    let name =
        if new.name == Name::default() { Name { zh: new.id.clone(), en: new.id.clone() } } else { new.name.clone() };
    let home = baseline.prefecture_at(new.at);
    let facility = Facility {
        id: new.id.clone(),
        kind: new.kind,
        name,
        at: new.at,
        precision: LocationPrecision::Exact,
        cluster: Some(baseline.cluster_at(new.at)),
        province: home.map_or_else(String::new, |p| p.province.clone()),
        location: home.map_or_else(String::new, |p| format!("{}{}", p.province, p.name.zh)),
        metals: if new.metals.is_empty() { metals } else { new.metals.iter().copied().collect() },
        modes: ModeSet::default(),
        capacity: tonnes.map(|tonnes| Capacity { tonnes, unit: CapacityUnit::Gross }),
        street_points: 1.0,
        status: Status::Operating,
        origin: Origin {
            table: "scenario".into(),
            row: new.id.clone(),
            basis: Basis::User,
            source: String::new(),
            year: String::new(),
            confidence: Confidence::Unstated,
            note: String::new(),
        },
    };
    Ok(PlanFacility { facility, standing: Standing::Added(new.clone()), open: true })
}
