//! The three clusters, the unit of comparison.

use serde::{Deserialize, Serialize};

/// One of the three clusters of the sector report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cluster {
    /// Yangtze Delta 长三角: Shanghai, Jiangsu, Zhejiang, Anhui.
    Yrd,
    /// Pearl River Delta 珠三角: Guangdong.
    Prd,
    /// Bohai Rim 环渤海: Beijing, Tianjin, Hebei, Shandong, Liaoning.
    Bohai,
}

impl Cluster {
    /// All three, in the order of the report.
    pub const ALL: [Self; 3] = [Self::Yrd, Self::Prd, Self::Bohai];

    /// The stable key in files and tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Yrd => "yrd",
            Self::Prd => "prd",
            Self::Bohai => "bohai",
        }
    }

    /// The cluster of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.key() == key)
    }
}

/// One value a cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PerCluster<T> {
    /// Yangtze Delta.
    pub yrd: T,
    /// Pearl River Delta.
    pub prd: T,
    /// Bohai Rim.
    pub bohai: T,
}

impl<T> PerCluster<T> {
    /// Computes one value a cluster.
    pub fn from_fn(mut f: impl FnMut(Cluster) -> T) -> Self {
        Self { yrd: f(Cluster::Yrd), prd: f(Cluster::Prd), bohai: f(Cluster::Bohai) }
    }
}

impl<T> std::ops::Index<Cluster> for PerCluster<T> {
    type Output = T;
    fn index(&self, c: Cluster) -> &T {
        match c {
            Cluster::Yrd => &self.yrd,
            Cluster::Prd => &self.prd,
            Cluster::Bohai => &self.bohai,
        }
    }
}

impl<T> std::ops::IndexMut<Cluster> for PerCluster<T> {
    fn index_mut(&mut self, c: Cluster) -> &mut T {
        match c {
            Cluster::Yrd => &mut self.yrd,
            Cluster::Prd => &mut self.prd,
            Cluster::Bohai => &mut self.bohai,
        }
    }
}
