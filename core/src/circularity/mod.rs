//! The closed loop: from scrap that arises in a cluster over its smelting to the use of the metal, and back.
//!
//! **Loop rate** of a cluster and a stream = metal of its scrap that is used again in the same cluster / metal of the scrap that
//! arises there. What is missing to 1 is told by stages: not collected, out of reach, not allocated, lost in sorting, lost in smelting,
//! used elsewhere, exported; they add up to what arises.
//!
//! **Assumptions.** What arrives at a point, hub or smelter is mixed: every tonne that leaves carries all origins in proportion
//! (mass balance, as in [`crate::allocation::origins`]). Scrap by cell, demand by province and the recovery rate are modelled or
//! claimed. Metal counts as used where it is delivered; how long it stays in use is not modelled.

mod mixing;

#[cfg(test)]
mod tests;

use crate::{
    allocation::Answer,
    evaluate::{Evaluation, Round},
    model::{Cluster, PerCluster, PerStream, Stream},
};
use mixing::{Mix, Mixed};
use serde::{Deserialize, Serialize};

/// Where the scrap of one cluster and stream goes in a year, in tonnes of metal. The stages add up to `arising_t`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Path {
    /// Scrap that arises.
    pub arising_t: f64,
    /// Not collected: the recovery rate.
    pub uncollected_t: f64,
    /// Collected in name, but no road leads to a collection point.
    pub unreached_t: f64,
    /// No hub or smelter takes it.
    pub unallocated_t: f64,
    /// Lost in sorting.
    pub sorting_loss_t: f64,
    /// Lost in smelting.
    pub smelting_loss_t: f64,
    /// Exported as metal.
    pub exported_t: f64,
    /// Used in another cluster.
    pub used_elsewhere_t: f64,
    /// Used in the same cluster: the loop.
    pub used_here_t: f64,
    /// Recycled metal made of it in the same cluster: part of what is used or exported.
    pub made_here_t: f64,
    /// Recycled metal made of it anywhere.
    pub made_t: f64,
}

impl Path {
    /// The loop rate; `None` where nothing arises.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        (self.arising_t > 0.0).then(|| self.used_here_t / self.arising_t)
    }

    /// All that is collected and brought to a point.
    #[must_use]
    pub fn collected_t(&self) -> f64 {
        self.arising_t - self.uncollected_t - self.unreached_t
    }

    /// The stages from what arises to what closes the loop, in the order of the journey.
    #[must_use]
    pub const fn stages(&self) -> [(LoopStage, f64); 8] {
        [
            (LoopStage::UsedHere, self.used_here_t),
            (LoopStage::UsedElsewhere, self.used_elsewhere_t),
            (LoopStage::Exported, self.exported_t),
            (LoopStage::SmeltingLoss, self.smelting_loss_t),
            (LoopStage::SortingLoss, self.sorting_loss_t),
            (LoopStage::Unallocated, self.unallocated_t),
            (LoopStage::Unreached, self.unreached_t),
            (LoopStage::Uncollected, self.uncollected_t),
        ]
    }

    /// What arises less all stages: rounding apart 0.
    #[must_use]
    pub fn off_t(&self) -> f64 {
        self.arising_t - self.stages().iter().map(|(_, t)| t).sum::<f64>()
    }

    fn add(&mut self, o: &Self) {
        self.arising_t += o.arising_t;
        self.uncollected_t += o.uncollected_t;
        self.unreached_t += o.unreached_t;
        self.unallocated_t += o.unallocated_t;
        self.sorting_loss_t += o.sorting_loss_t;
        self.smelting_loss_t += o.smelting_loss_t;
        self.exported_t += o.exported_t;
        self.used_elsewhere_t += o.used_elsewhere_t;
        self.used_here_t += o.used_here_t;
        self.made_here_t += o.made_here_t;
        self.made_t += o.made_t;
    }
}

/// Where scrap ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoopStage {
    /// Used again in the cluster.
    UsedHere,
    /// Used in another cluster.
    UsedElsewhere,
    /// Exported as metal.
    Exported,
    /// Lost in smelting.
    SmeltingLoss,
    /// Lost in sorting.
    SortingLoss,
    /// No hub or smelter takes it.
    Unallocated,
    /// No road leads to a collection point.
    Unreached,
    /// Not collected.
    Uncollected,
}

impl LoopStage {
    /// All, from the loop outwards.
    pub const ALL: [Self; 8] = [
        Self::UsedHere,
        Self::UsedElsewhere,
        Self::Exported,
        Self::SmeltingLoss,
        Self::SortingLoss,
        Self::Unallocated,
        Self::Unreached,
        Self::Uncollected,
    ];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::UsedHere => "used_here",
            Self::UsedElsewhere => "used_elsewhere",
            Self::Exported => "exported",
            Self::SmeltingLoss => "smelting_loss",
            Self::SortingLoss => "sorting_loss",
            Self::Unallocated => "unallocated",
            Self::Unreached => "unreached",
            Self::Uncollected => "uncollected",
        }
    }
}

/// What the demand of a cluster for one stream's metal is met by, in tonnes of recycled metal a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Supply {
    /// Demand.
    pub demand_t: f64,
    /// Met by its own scrap.
    pub own_t: f64,
    /// Met by scrap of the other clusters.
    pub others_t: f64,
    /// Met by scrap of the corridor provinces.
    pub corridor_t: f64,
    /// Met by imported scrap.
    pub imported_t: f64,
}

impl Supply {
    /// The share of demand that the cluster's own scrap meets; `None` where there is no demand.
    #[must_use]
    pub fn own_share(&self) -> Option<f64> {
        (self.demand_t > 0.0).then(|| self.own_t / self.demand_t)
    }

    /// Demand that nothing recycled meets.
    #[must_use]
    pub fn unmet_t(&self) -> f64 {
        self.demand_t - self.own_t - self.others_t - self.corridor_t - self.imported_t
    }

    fn add(&mut self, o: &Self) {
        self.demand_t += o.demand_t;
        self.own_t += o.own_t;
        self.others_t += o.others_t;
        self.corridor_t += o.corridor_t;
        self.imported_t += o.imported_t;
    }
}

/// From where to where, in tonnes of recycled metal. Rows: the three clusters, the corridor provinces, imports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// By cluster where it is made; the fourth column is elsewhere.
    pub made_t: [[f64; 4]; 5],
    /// By cluster where it is used; the fourth column is export.
    pub used_t: [[f64; 4]; 5],
}

/// The loops of a plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Loops {
    /// By cluster where scrap arises and stream.
    pub paths: PerCluster<PerStream<Path>>,
    /// By cluster where metal is used and stream.
    pub supply: PerCluster<PerStream<Supply>>,
    /// From where to where, by stream.
    pub matrix: PerStream<Matrix>,
}

impl Loops {
    /// A cluster's streams together, in tonnes of metal.
    #[must_use]
    pub fn of_cluster(&self, cluster: Cluster) -> (Path, Supply) {
        let (mut path, mut supply) = (Path::default(), Supply::default());
        for s in Stream::ALL {
            path.add(&self.paths[cluster][s]);
            supply.add(&self.supply[cluster][s]);
        }
        (path, supply)
    }
}

/// Reads the loops out of an allocation.
#[must_use]
pub fn loops(evaluation: &Evaluation, rounds: &[Round], answer: &Answer) -> Loops {
    let mut loops = Loops::default();
    for s in Stream::ALL {
        let Mixed { left, matrix } = Mix::new(rounds, answer, s).run();
        for c in Cluster::ALL {
            let row = c as usize;
            let figures = &evaluation.by_cluster[c];
            let brought: f64 = rounds.iter().filter(|r| r.cluster == c).map(|r| r.metal_t[s]).sum();
            let made_t: f64 = matrix.made_t[row].iter().sum();
            let used_here_t = matrix.used_t[row][row];
            let used: f64 = matrix.used_t[row][..3].iter().sum();
            loops.paths[c][s] = Path {
                arising_t: figures.generated_t[s],
                uncollected_t: figures.generated_t[s] - figures.collected_t[s],
                unreached_t: tidy(figures.collected_t[s] - brought),
                unallocated_t: tidy(left.unallocated_t[row]),
                sorting_loss_t: left.sorting_loss_t[row],
                smelting_loss_t: left.smelting_loss_t[row],
                exported_t: matrix.used_t[row][3],
                used_elsewhere_t: used - used_here_t,
                used_here_t,
                made_here_t: matrix.made_t[row][row],
                made_t,
            };
            let from_clusters: f64 = (0..3).map(|o| matrix.used_t[o][row]).sum();
            loops.supply[c][s] = Supply {
                demand_t: answer.by_cluster[c][s].demand_t,
                own_t: used_here_t,
                others_t: from_clusters - used_here_t,
                corridor_t: matrix.used_t[3][row],
                imported_t: matrix.used_t[4][row],
            };
        }
        loops.matrix[s] = matrix;
    }
    loops
}

/// Flows are whole kilograms and supply is not: what is left of a cluster by rounding is nothing.
fn tidy(t: f64) -> f64 {
    if t.abs() < 0.5 { 0.0 } else { t }
}
