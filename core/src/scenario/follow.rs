//! A plan that follows a scenario while it changes: only the edits that differ are taken back and made.

use super::{Before, Edit, Plan};
use crate::model::Baseline;

/// More new edits than this are made together.
const MANY: usize = 500;

/// A plan and the edits that made it. During a drag only the last edit differs from one question to the next, so that a plan
/// of many facilities is not made anew a hundred times.
#[derive(Clone, Debug, Default)]
pub struct Follower {
    plan: Plan,
    /// Many edits that were made together, as from a table: they are not taken back one by one.
    stem: Vec<Edit>,
    /// Each of the others with what takes it back; nothing for one that did not fit.
    made: Vec<(Edit, Option<Before>)>,
}

impl Follower {
    /// A plan without edits.
    #[must_use]
    pub fn new(baseline: &Baseline) -> Self {
        Self { plan: Plan::baseline(baseline), ..Self::default() }
    }

    /// The plan that these edits make, in order. Those that do not fit are left out, as in
    /// [`Document::open`](super::Document::open).
    ///
    /// The baseline is that of [`Follower::new`].
    pub fn lead(&mut self, baseline: &Baseline, edits: &[Edit]) -> &Plan {
        if !edits.starts_with(&self.stem) {
            *self = Self::new(baseline);
        }
        let mut rest = &edits[self.stem.len()..];
        let same = self.made.iter().zip(rest).take_while(|(made, wanted)| made.0 == **wanted).count();
        if rest.len() - same > MANY {
            let mut plan = Plan::baseline(baseline);
            if plan.apply_all(baseline, edits).is_ok() {
                *self = Self { plan, stem: edits.to_vec(), made: Vec::new() };
                rest = &[];
            }
        }
        while self.made.len() > same.min(rest.len()) {
            if let Some((_, Some(before))) = self.made.pop() {
                self.plan.take_back(before);
            }
        }
        for edit in &rest[self.made.len()..] {
            let before = self.plan.apply(baseline, edit).ok();
            self.made.push((edit.clone(), before));
        }
        &self.plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geo::LonLat,
        model::{Cluster, FacilityKind, Name, Prefecture},
        scenario::{Document, NewFacility, Scenario},
    };
    use proptest::prelude::*;

    fn baseline() -> Baseline {
        let seat = LonLat::new(121.5, 31.2);
        let home =
            Prefecture { adcode: 310_000, cluster: Some(Cluster::Yrd), seat, people: 1.0, ..Prefecture::default() };
        Baseline { prefectures: vec![home], ..Baseline::default() }
    }

    fn edits() -> impl Strategy<Value = Vec<Edit>> {
        let id = prop::sample::select(vec!["U1", "U2", "U3"]);
        let edit = (0..7u8, id, 118.0..122.0f64).prop_map(|(op, id, lon)| {
            let (id, at) = (id.to_owned(), LonLat::new(lon, 31.0));
            match op {
                0 | 1 => Edit::Add(NewFacility {
                    id,
                    kind: FacilityKind::CollectionPoint,
                    name: Name::default(),
                    at,
                    metals: vec![],
                    capacity_t: None,
                }),
                2 => Edit::Move { id, to: at },
                3 => Edit::Close { id },
                4 => Edit::SetCapacity { id, tonnes: Some(lon) },
                5 => Edit::SetCapacity { id, tonnes: None },
                _ => Edit::Remove { id },
            }
        });
        prop::collection::vec(edit, 0..12)
    }

    proptest! {
        #[test]
        fn wherever_it_was_led_it_is_the_plan_of_the_edits(lists in prop::collection::vec(edits(), 1..6)) {
            let base = baseline();
            let mut follower = Follower::new(&base);
            for edits in lists {
                let (document, _) = Document::open(&base, Scenario { edits: edits.clone(), ..Scenario::default() });
                prop_assert_eq!(follower.lead(&base, &edits), document.plan());
            }
        }
    }

    #[test]
    fn a_table_is_made_together_and_what_follows_one_by_one() {
        let base = baseline();
        let add = |i: usize| {
            Edit::Add(NewFacility {
                id: format!("T{:05}", (i * 7919) % 20_000),
                kind: FacilityKind::CollectionPoint,
                name: Name::default(),
                at: LonLat::new(120.0, 31.0),
                metals: vec![],
                capacity_t: None,
            })
        };
        let table: Vec<Edit> = (0..2 * MANY).map(add).collect();
        let mut follower = Follower::new(&base);
        let check = |follower: &mut Follower, edits: &[Edit]| {
            let scenario = Scenario { edits: edits.to_vec(), ..Scenario::default() };
            assert!(follower.lead(&base, edits) == Document::open(&base, scenario).0.plan());
        };
        let mut edits = table.clone();
        check(&mut follower, &edits);
        for lon in [119.0, 118.0] {
            edits.truncate(table.len());
            edits.push(Edit::Move { id: "T07919".into(), to: LonLat::new(lon, 31.0) });
            check(&mut follower, &edits);
            assert_eq!((follower.stem.len(), follower.made.len()), (table.len(), 1));
        }
        check(&mut follower, &table[..table.len() - 1]);
        check(&mut follower, &[]);
        // A bad row in it loses only itself.
        edits.insert(5, table[0].clone());
        check(&mut follower, &edits);
    }
}
