//! What is compared: clusters, provinces, prefectures.

use crate::model::{Baseline, Cluster, Prefecture};
use serde::{Deserialize, Serialize};

/// A territory: prefectures of the clusters.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// All three clusters.
    #[default]
    All,
    /// One cluster.
    Cluster(Cluster),
    /// Provinces, in Chinese as the tables write them.
    Provinces(Vec<String>),
    /// Prefectures, by code.
    Prefectures(Vec<u32>),
}

impl Area {
    /// True where a prefecture belongs to it. Those between the clusters belong to none.
    #[must_use]
    pub fn contains(&self, home: &Prefecture) -> bool {
        let Some(cluster) = home.cluster else { return false };
        match self {
            Self::All => true,
            Self::Cluster(c) => *c == cluster,
            Self::Provinces(names) => names.contains(&home.province),
            Self::Prefectures(codes) => codes.contains(&home.adcode),
        }
    }

    /// Its prefectures, in table order.
    pub fn prefectures<'a>(&'a self, baseline: &'a Baseline) -> impl Iterator<Item = &'a Prefecture> {
        baseline.prefectures.iter().filter(|p| self.contains(p))
    }
}
