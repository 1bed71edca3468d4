//! A plan that follows a scenario while it changes: only the edits that differ are taken back and made.

use super::{Before, Edit, Plan};
use crate::model::Baseline;

/// A plan and the edits that made it. During a drag only the last edit differs from one question to the next, so that a plan
/// of many facilities is not made anew a hundred times.
#[derive(Clone, Debug, Default)]
pub struct Follower {
    plan: Plan,
    /// Each edit with what takes it back; nothing for one that did not fit.
    made: Vec<(Edit, Option<Before>)>,
}

impl Follower {
    /// A plan without edits.
    #[must_use]
    pub fn new(baseline: &Baseline) -> Self {
        Self { plan: Plan::baseline(baseline), made: Vec::new() }
    }

    /// The plan that these edits make, in order. Those that do not fit are left out, as in
    /// [`Document::open`](super::Document::open).
    ///
    /// The baseline is that of [`Follower::new`].
    pub fn lead(&mut self, baseline: &Baseline, edits: &[Edit]) -> &Plan {
        let same = self.made.iter().zip(edits).take_while(|(made, wanted)| made.0 == **wanted).count();
        while self.made.len() > same {
            if let Some((_, Some(before))) = self.made.pop() {
                self.plan.take_back(before);
            }
        }
        for edit in &edits[same..] {
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
}
