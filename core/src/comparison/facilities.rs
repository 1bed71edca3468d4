//! Facilities that differ between two plans.

use crate::{
    geo::{LonLat, haversine_m},
    model::{Capacity, Cluster, FacilityKind, Name},
    scenario::{Plan, PlanFacility, Standing},
};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// What became of a facility.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacilityChange {
    /// In use, and was not there or closed.
    Opened,
    /// Was in use, and is gone or closed.
    Closed,
    /// Elsewhere.
    Moved {
        /// Where it was.
        from: LonLat,
    },
    /// With another capacity.
    Resized {
        /// What it was.
        from: Option<Capacity>,
        /// What it is.
        to: Option<Capacity>,
    },
}

impl FacilityChange {
    /// The stable key.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Closed => "closed",
            Self::Moved { .. } => "moved",
            Self::Resized { .. } => "resized",
        }
    }
}

/// A facility that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangedFacility {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: FacilityKind,
    /// Its name.
    pub name: Name,
    /// Its cluster.
    pub cluster: Option<Cluster>,
    /// Where it is, or was.
    pub at: LonLat,
    /// What became of it.
    pub change: FacilityChange,
}

/// Numbers of added facilities are given plan by plan: what stands further away than this under the same number is another one.
const OTHER_ONE_M: f64 = 100_000.0;

/// What differs between two plans of one baseline, in order of ids. O(n).
#[must_use]
pub fn changed_facilities(before: &Plan, after: &Plan) -> Vec<ChangedFacility> {
    let (was, is) = (before.facilities(), after.facilities());
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < was.len() || j < is.len() {
        let order = match (was.get(i), is.get(j)) {
            (Some(a), Some(b)) => a.facility.id.cmp(&b.facility.id),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        match order {
            Ordering::Less => gone(&mut out, &was[i]),
            Ordering::Greater => come(&mut out, &is[j]),
            Ordering::Equal => compare(&mut out, &was[i], &is[j]),
        }
        i += usize::from(order != Ordering::Greater);
        j += usize::from(order != Ordering::Less);
    }
    out
}

fn tell(out: &mut Vec<ChangedFacility>, p: &PlanFacility, change: FacilityChange) {
    let f = &p.facility;
    let (id, name) = (f.id.clone(), f.name.clone());
    out.push(ChangedFacility { id, kind: f.kind, name, cluster: f.cluster, at: f.at, change });
}

fn gone(out: &mut Vec<ChangedFacility>, was: &PlanFacility) {
    if was.open {
        tell(out, was, FacilityChange::Closed);
    }
}

fn come(out: &mut Vec<ChangedFacility>, is: &PlanFacility) {
    if is.open {
        tell(out, is, FacilityChange::Opened);
    }
}

fn compare(out: &mut Vec<ChangedFacility>, was: &PlanFacility, is: &PlanFacility) {
    let added = |p: &PlanFacility| matches!(p.standing, Standing::Added(_));
    let far = haversine_m(was.facility.at, is.facility.at) > OTHER_ONE_M;
    if was.facility.kind != is.facility.kind || (added(was) && added(is) && far) {
        gone(out, was);
        come(out, is);
        return;
    }
    match (was.open, is.open) {
        (true, false) => gone(out, was),
        (false, true) => come(out, is),
        (false, false) => {}
        (true, true) => {
            if was.facility.at != is.facility.at {
                tell(out, is, FacilityChange::Moved { from: was.facility.at });
            }
            if was.facility.capacity != is.facility.capacity {
                let change = FacilityChange::Resized { from: was.facility.capacity, to: is.facility.capacity };
                tell(out, is, change);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Baseline, Prefecture},
        scenario::{Edit, NewFacility},
    };

    fn baseline() -> Baseline {
        let seat = LonLat::new(121.5, 31.2);
        let home =
            Prefecture { adcode: 310_000, cluster: Some(Cluster::Yrd), seat, people: 1.0, ..Prefecture::default() };
        Baseline { prefectures: vec![home], ..Baseline::default() }
    }

    fn add(id: &str, kind: FacilityKind, lon: f64) -> Edit {
        Edit::Add(NewFacility {
            id: id.into(),
            kind,
            name: Name::default(),
            at: LonLat::new(lon, 31.0),
            metals: vec![],
            capacity_t: None,
        })
    }

    fn plan(edits: &[Edit]) -> Plan {
        let mut plan = Plan::baseline(&baseline());
        plan.apply_all(&baseline(), edits).expect("edits fit");
        plan
    }

    fn told(before: &[Edit], after: &[Edit]) -> Vec<(String, &'static str)> {
        changed_facilities(&plan(before), &plan(after)).iter().map(|c| (c.id.clone(), c.change.key())).collect()
    }

    #[test]
    fn opened_closed_moved_and_resized_are_told_both_ways() {
        use FacilityKind::{CollectionPoint as Point, Hub};
        let before = [add("U1", Point, 121.0), add("U2", Hub, 121.2), add("U3", Hub, 121.3), add("U5", Hub, 121.4)];
        let after = [
            add("U1", Point, 121.1),
            add("U2", Hub, 121.2),
            Edit::Close { id: "U2".into() },
            add("U4", Hub, 121.3),
            add("U5", Hub, 121.4),
            Edit::SetCapacity { id: "U5".into(), tonnes: Some(7.0) },
        ];
        let of = |all: &[(&str, &'static str)]| all.iter().map(|(i, k)| ((*i).to_owned(), *k)).collect::<Vec<_>>();
        let there = [("U1", "moved"), ("U2", "closed"), ("U3", "closed"), ("U4", "opened"), ("U5", "resized")];
        let back = [("U1", "moved"), ("U2", "opened"), ("U3", "opened"), ("U4", "closed"), ("U5", "resized")];
        assert_eq!(told(&before, &after), of(&there));
        assert_eq!(told(&after, &before), of(&back));
        assert!(told(&after, &after).is_empty());
    }

    #[test]
    fn what_is_added_far_away_under_the_same_number_is_another_one() {
        let (here, far) = ([add("U1", FacilityKind::Hub, 121.0)], [add("U1", FacilityKind::Hub, 119.0)]);
        assert_eq!(told(&here, &far), [("U1".to_owned(), "closed"), ("U1".to_owned(), "opened")]);
        let other = [add("U1", FacilityKind::CollectionPoint, 121.0)];
        assert_eq!(told(&here, &other).len(), 2);
    }
}
