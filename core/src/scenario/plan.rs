//! A plan: the baseline's facilities with edits applied.

use super::{Edit, NewFacility};
use crate::{
    geo::LonLat,
    model::{
        Baseline, Basis, Capacity, CapacityUnit, Confidence, Facility, FacilityKind, LocationPrecision, MetalSet,
        ModeSet, Name, Origin, Status,
    },
};
use std::collections::BTreeSet;
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

/// Whose the capacity of a facility of a plan is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Sizing {
    /// The facility's own: the table's, or the one it was added with.
    #[default]
    Own,
    /// Set by the planner.
    Set {
        /// The facility's own.
        own: Option<Capacity>,
    },
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
    /// Whose its capacity is.
    pub sizing: Sizing,
}

/// What an edit found, which takes it back: the facility as it was, with all that the edits before had made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    id: String,
    was: Option<Box<PlanFacility>>,
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
    /// A smelter that takes no metal.
    #[error("smelter {0} says no metal")]
    NoMetals(String),
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
            Self::NoMetals(_) => "edit-no-metals",
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
        let facility = |f: &Facility| PlanFacility {
            facility: f.clone(),
            standing: Standing::Baseline,
            open: true,
            sizing: Sizing::Own,
        };
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
        let letter = self.letters(kind);
        (1..).map(|n| format!("{letter}{n:03}")).find(|id| self.get(id).is_none()).expect("numbers do not run out")
    }

    /// The letters that ids of new facilities of a kind begin with.
    #[must_use]
    pub const fn letters(&self, kind: FacilityKind) -> &'static str {
        match kind {
            FacilityKind::CollectionPoint => "UC",
            FacilityKind::Hub => "UH",
            FacilityKind::Smelter => "US",
            FacilityKind::RailHub => "UR",
            FacilityKind::Port => "UP",
        }
    }

    /// Applies an edit and returns what takes it back.
    ///
    /// # Errors
    /// Where the edit does not fit the plan, which then stays as it is.
    pub fn apply(&mut self, baseline: &Baseline, edit: &Edit) -> Result<Before, EditError> {
        let id = edit.id().to_owned();
        if let Edit::Add(new) = edit {
            return match self.position(&id) {
                Ok(_) => Err(EditError::Taken(id)),
                Err(i) => {
                    self.facilities.insert(i, added(baseline, new)?);
                    Ok(Before { id, was: None })
                }
            };
        }
        let i = self.position(&id).map_err(|_| EditError::Unknown(id.clone()))?;
        let found = &mut self.facilities[i];
        if found.facility.status == Status::Unnamed {
            return Err(EditError::NotEditable(id));
        }
        let was = Some(Box::new(found.clone()));
        match edit {
            Edit::Add(_) => unreachable!("handled above"),
            Edit::Move { to, .. } => {
                if !to.is_valid() {
                    return Err(EditError::BadPosition(id));
                }
                found.move_to(baseline, *to);
            }
            Edit::Close { .. } | Edit::Reopen { .. } => {
                let open = matches!(edit, Edit::Reopen { .. });
                if found.open == open {
                    return Err(EditError::NoChange(id));
                }
                found.open = open;
            }
            Edit::Remove { .. } => {
                if !matches!(found.standing, Standing::Added(_)) {
                    return Err(EditError::NotAdded(id));
                }
                // What is closed is opened first.
                if !found.open {
                    return Err(EditError::NoChange(id));
                }
                self.facilities.remove(i);
            }
            Edit::SetCapacity { tonnes, .. } => {
                if found.facility.kind.is_terminal() {
                    return Err(EditError::NotEditable(id));
                }
                if tonnes.is_some_and(|t| !is_capacity(t)) {
                    return Err(EditError::BadCapacity(id));
                }
                found.set_capacity(*tonnes);
            }
        }
        Ok(Before { id, was })
    }

    /// Applies many edits: as [`Plan::apply`] one by one, but new facilities are put in their places together, so that a
    /// table of a hundred thousand takes a moment.
    ///
    /// # Errors
    /// Where one of them does not fit; the plan may have some of them then.
    pub fn apply_all(&mut self, baseline: &Baseline, edits: &[Edit]) -> Result<(), EditError> {
        for run in edits.chunk_by(|a, b| {
            matches!((a, b), (Edit::Add(_), Edit::Add(_)) | (Edit::Remove { .. }, Edit::Remove { .. }))
        }) {
            if run.len() == 1 {
                self.apply(baseline, &run[0])?;
                continue;
            }
            if matches!(run[0], Edit::Remove { .. }) {
                self.remove_all(run)?;
                continue;
            }
            for edit in run {
                if let Edit::Add(new) = edit {
                    self.facilities.push(added(baseline, new)?);
                }
            }
            self.facilities.sort_by(|a, b| a.facility.id.cmp(&b.facility.id));
            if let Some(twice) = self.facilities.windows(2).find(|w| w[0].facility.id == w[1].facility.id) {
                return Err(EditError::Taken(twice[0].facility.id.clone()));
            }
        }
        Ok(())
    }

    fn remove_all(&mut self, run: &[Edit]) -> Result<(), EditError> {
        let mut gone = BTreeSet::new();
        for edit in run {
            let id = edit.id();
            let found = self.get(id).ok_or_else(|| EditError::Unknown(id.to_owned()))?;
            if !gone.insert(id) {
                return Err(EditError::Unknown(id.to_owned()));
            }
            if !matches!(found.standing, Standing::Added(_)) {
                return Err(EditError::NotAdded(id.to_owned()));
            }
            if !found.open {
                return Err(EditError::NoChange(id.to_owned()));
            }
        }
        self.facilities.retain(|p| !gone.contains(p.facility.id.as_str()));
        Ok(())
    }

    /// Takes an edit back: the last one that was applied and not yet taken back.
    pub fn take_back(&mut self, before: Before) {
        match (self.position(&before.id), before.was) {
            (Ok(i), Some(was)) => self.facilities[i] = *was,
            (Err(i), Some(was)) => self.facilities.insert(i, *was),
            (Ok(i), None) => _ = self.facilities.remove(i),
            (Err(_), None) => {}
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

    /// The capacity that it has where no planner sets another.
    #[must_use]
    pub const fn own_capacity(&self) -> Option<Capacity> {
        match self.sizing {
            Sizing::Own => self.facility.capacity,
            Sizing::Set { own } => own,
        }
    }

    /// Sets the capacity, or with `None` puts its own back. One that equals its own is its own.
    fn set_capacity(&mut self, tonnes: Option<f64>) {
        let own = self.own_capacity();
        let unit = own.map_or_else(|| usual_unit(self.facility.kind), |c| c.unit);
        let set = tonnes.map(|tonnes| Capacity { tonnes, unit }).filter(|c| Some(*c) != own);
        self.sizing = if set.is_some() { Sizing::Set { own } } else { Sizing::Own };
        self.facility.capacity = set.or(own);
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

/// What a capacity counts that a planner gives to a facility without one.
const fn usual_unit(kind: FacilityKind) -> CapacityUnit {
    match kind {
        FacilityKind::Smelter => CapacityUnit::Product,
        FacilityKind::CollectionPoint | FacilityKind::Hub => CapacityUnit::Gross,
        FacilityKind::RailHub | FacilityKind::Port => CapacityUnit::Cargo,
    }
}

fn is_capacity(tonnes: f64) -> bool {
    tonnes.is_finite() && tonnes >= 0.0
}

fn added(baseline: &Baseline, new: &NewFacility) -> Result<PlanFacility, EditError> {
    if !new.at.is_valid() {
        return Err(EditError::BadPosition(new.id.clone()));
    }
    if new.capacity_t.is_some_and(|t| !is_capacity(t)) {
        return Err(EditError::BadCapacity(new.id.clone()));
    }
    let (default_key, metals): (_, MetalSet) = match new.kind {
        FacilityKind::CollectionPoint => ("model.point_capacity.all", MetalSet::default()),
        FacilityKind::Hub => (
            "model.hub_throughput_default.all",
            [crate::model::Metal::Al, crate::model::Metal::Cu].into_iter().collect(),
        ),
        // What a smelter takes only a planner knows, and no default stands for its capacity.
        FacilityKind::Smelter if new.metals.is_empty() => return Err(EditError::NoMetals(new.id.clone())),
        FacilityKind::Smelter => ("", MetalSet::default()),
        FacilityKind::RailHub | FacilityKind::Port => {
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
        capacity: tonnes.map(|tonnes| Capacity { tonnes, unit: usual_unit(new.kind) }),
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
    Ok(PlanFacility { facility, standing: Standing::Added(new.clone()), open: true, sizing: Sizing::Own })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cluster, Prefecture};

    fn facility(id: &str, kind: FacilityKind, status: Status, capacity: Option<Capacity>) -> Facility {
        Facility {
            id: id.into(),
            kind,
            name: Name::default(),
            at: LonLat::new(120.0, 31.0),
            precision: LocationPrecision::Exact,
            cluster: None,
            province: String::new(),
            location: String::new(),
            metals: MetalSet::default(),
            modes: ModeSet::default(),
            capacity,
            street_points: 1.0,
            status,
            origin: Origin::default(),
        }
    }

    fn set(id: &str, tonnes: impl Into<Option<f64>>) -> Edit {
        Edit::SetCapacity { id: id.into(), tonnes: tonnes.into() }
    }

    #[test]
    fn a_capacity_is_set_in_the_facilitys_own_unit_and_put_back() {
        use FacilityKind::{CollectionPoint, Hub, Port, Smelter};
        let feed = Capacity { tonnes: 65e3, unit: CapacityUnit::BatteryFeed };
        let base = Baseline {
            facilities: vec![
                facility("A", Smelter, Status::Operating, Some(feed)),
                facility("B", Smelter, Status::Planned, None),
                facility("C", Hub, Status::Operating, None),
                facility("D", CollectionPoint, Status::Operating, None),
                facility("E", Port, Status::Operating, None),
                facility("F", Smelter, Status::Unnamed, Some(feed)),
            ],
            ..Baseline::default()
        };
        let start = Plan::baseline(&base);
        let mut plan = start.clone();
        for (id, unit) in [
            ("A", CapacityUnit::BatteryFeed),
            ("B", CapacityUnit::Product),
            ("C", CapacityUnit::Gross),
            ("D", CapacityUnit::Gross),
        ] {
            let own = start.get(id).unwrap().facility.capacity;
            plan.apply(&base, &set(id, 7.0)).unwrap();
            plan.apply(&base, &set(id, 0.0)).unwrap();
            let found = plan.get(id).unwrap();
            assert_eq!(found.facility.capacity, Some(Capacity { tonnes: 0.0, unit }));
            assert_eq!((found.sizing, found.own_capacity()), (Sizing::Set { own }, own));
            plan.apply(&base, &set(id, None)).unwrap();
            assert_eq!(plan.get(id), start.get(id));
        }
        // What equals its own is its own.
        plan.apply(&base, &set("A", 65e3)).unwrap();
        assert_eq!(plan, start);
        for id in ["E", "F"] {
            assert_eq!(plan.apply(&base, &set(id, 1.0)), Err(EditError::NotEditable(id.into())));
        }
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(plan.apply(&base, &set("A", bad)), Err(EditError::BadCapacity("A".into())));
        }
        assert_eq!(plan, start);
    }

    #[test]
    fn a_removed_facility_comes_back_with_the_capacity_that_was_set() {
        let home = Prefecture { cluster: Some(Cluster::Yrd), people: 1.0, ..Prefecture::default() };
        let base = Baseline { prefectures: vec![home], ..Baseline::default() };
        let new = NewFacility {
            id: "U".into(),
            kind: FacilityKind::Hub,
            name: Name::default(),
            at: LonLat::new(120.0, 31.0),
            metals: vec![],
            capacity_t: Some(5.0),
        };
        let mut plan = Plan::default();
        plan.apply(&base, &Edit::Add(new)).unwrap();
        let added = plan.clone();
        let before_set = plan.apply(&base, &set("U", 9.0)).unwrap();
        let sized = plan.clone();
        let before_removal = plan.apply(&base, &Edit::Remove { id: "U".into() }).unwrap();
        plan.take_back(before_removal);
        assert_eq!(plan, sized);
        plan.take_back(before_set);
        assert_eq!(plan, added);
    }
}
