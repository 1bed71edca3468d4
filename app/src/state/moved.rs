//! What a plan moves between clusters, against the baseline.

use super::{AppState, prices::load};
use atlas_core::{
    allocation::Answer,
    model::{Cluster, FacilityKind, Stream, subsidy_key},
    scenario::Scenario,
};

/// One way over a cluster's edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MovedRow {
    /// The other end; none stands for what lies outside of the clusters.
    pub other: Option<Cluster>,
    /// In the baseline, tonnes a year.
    pub base_t: f64,
    /// In the plan.
    pub plan_t: f64,
}

/// What comes to a cluster, what leaves it, and what is made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Gross scrap that comes in, by where it comes from.
    pub into: Vec<MovedRow>,
    /// Gross scrap that leaves for another cluster.
    pub out: Vec<MovedRow>,
    /// Recycled metal made in the cluster.
    pub made: MovedRow,
}

/// Scrap of a stream over the edge of a cluster. What stays inside is left out: it is carried twice, to a hub and on from there.
#[must_use]
pub fn moved(answer: &Answer, base: &Answer, cluster: Cluster, stream: Stream) -> Moved {
    let way = |other: Option<Cluster>, from: usize, to: usize| MovedRow {
        other,
        base_t: base.scrap_matrix[from][to][stream],
        plan_t: answer.scrap_matrix[from][to][stream],
    };
    let others = || Cluster::ALL.into_iter().filter(move |c| *c != cluster);
    let here = cluster as usize;
    Moved {
        into: others().map(|c| way(Some(c), c as usize, here)).chain([way(None, 3, here)]).collect(),
        out: others().map(|c| way(Some(c), here, c as usize)).collect(),
        made: MovedRow {
            other: Some(cluster),
            base_t: base.by_cluster[cluster][stream].product_t,
            plan_t: answer.by_cluster[cluster][stream].product_t,
        },
    }
}

/// How much of their capacity the smelters of a cluster that take a stream use; 1 is full. `None` where there are none.
#[must_use]
pub fn smelters_load(state: &AppState, answer: &Answer, cluster: Cluster, stream: Stream) -> Option<f64> {
    let takes = |id: &str| {
        let found = state.document.plan().get(id).map(|p| &p.facility);
        found.is_some_and(|f| f.kind == FacilityKind::Smelter && f.cluster == Some(cluster) && f.takes(stream))
    };
    let (mut used, mut all) = (0.0, 0.0);
    for f in answer.facilities.iter().filter(|f| takes(&f.id)) {
        if let Some(capacity_t) = f.capacity_t {
            used += f.used_t.total();
            all += capacity_t;
        }
    }
    (all > 0.0).then(|| load(used, all))
}

/// What a plan is likely to move: the cluster and stream of its first subsidy, else aluminium of the Bohai Rim.
#[must_use]
pub fn moved_first(scenario: &Scenario) -> (Cluster, Stream) {
    let all = Stream::ALL.into_iter().flat_map(|s| Cluster::ALL.map(|c| (c, s)));
    let paid = |(c, s): &(Cluster, Stream)| scenario.parameters.get(&subsidy_key(*s, *c)).is_some_and(|v| *v > 0.0);
    all.into_iter().find(paid).unwrap_or((Cluster::Bohai, Stream::Al))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_told_and_the_inside_is_not() {
        let mut base = Answer::default();
        base.scrap_matrix[0][2].al = 10.0;
        base.scrap_matrix[2][2].al = 500.0;
        base.scrap_matrix[2][1].al = 4.0;
        base.by_cluster.bohai.al.product_t = 300.0;
        let mut plan = base.clone();
        plan.scrap_matrix[0][2].al = 25.0;
        plan.scrap_matrix[3][2].al = 7.0;
        plan.by_cluster.bohai.al.product_t = 320.0;
        let m = moved(&plan, &base, Cluster::Bohai, Stream::Al);
        let told: Vec<_> = m.into.iter().map(|r| (r.other, r.base_t, r.plan_t)).collect();
        assert_eq!(told, [(Some(Cluster::Yrd), 10.0, 25.0), (Some(Cluster::Prd), 0.0, 0.0), (None, 0.0, 7.0)]);
        assert_eq!(m.out.iter().map(|r| r.plan_t).collect::<Vec<_>>(), [0.0, 4.0]);
        assert_eq!((m.made.base_t, m.made.plan_t), (300.0, 320.0));
    }

    #[test]
    fn smelters_of_the_cluster_count_with_the_capacity_that_is_known() {
        use atlas_core::{allocation::FacilityUse, model::PerStream};
        let state = crate::state::prices::tests::state();
        let used_t = PerStream { al: 90.0, ..PerStream::default() };
        let plant =
            |id: &str| FacilityUse { id: id.into(), capacity_t: Some(100.0), used_t, price: Default::default() };
        let answer = Answer { facilities: vec![plant("H1"), plant("S1")], ..Answer::default() };
        assert_eq!(smelters_load(&state, &answer, Cluster::Yrd, Stream::Al), Some(0.9));
        assert_eq!(smelters_load(&state, &answer, Cluster::Yrd, Stream::Cu), None);
        assert_eq!(smelters_load(&state, &answer, Cluster::Prd, Stream::Al), None);
    }

    #[test]
    fn a_subsidy_says_what_to_look_at() {
        let mut scenario = Scenario::default();
        assert_eq!(moved_first(&scenario), (Cluster::Bohai, Stream::Al));
        scenario.parameters.insert(subsidy_key(Stream::Cu, Cluster::Prd), 50.0);
        assert_eq!(moved_first(&scenario), (Cluster::Prd, Stream::Cu));
    }
}
