//! What is compared: clusters, provinces, prefectures.

use crate::model::{Baseline, Cluster, Prefecture};
use serde::{Deserialize, Serialize};
use thiserror::Error;

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

/// Why a territory cannot be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AreaError {
    /// It names nothing.
    #[error("the set is empty; name at least one province or prefecture")]
    Empty,
    /// A province that is none of the clusters'.
    #[error("no province {0} in the clusters; write it as the tables do, such as 江苏省")]
    UnknownProvince(String),
    /// A prefecture that is none of the clusters'.
    #[error("no prefecture {0} in the clusters; give its six-digit code, such as 320500")]
    UnknownPrefecture(u32),
}

impl AreaError {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "area-empty",
            Self::UnknownProvince(_) => "area-unknown-province",
            Self::UnknownPrefecture(_) => "area-unknown-prefecture",
        }
    }
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

    /// Looks whether all that it names is there.
    ///
    /// # Errors
    /// Where it names nothing, or something that is in no cluster.
    pub fn check(&self, baseline: &Baseline) -> Result<(), AreaError> {
        let known =
            |fits: &dyn Fn(&Prefecture) -> bool| baseline.prefectures.iter().any(|p| self.contains(p) && fits(p));
        match self {
            Self::All | Self::Cluster(_) => Ok(()),
            Self::Provinces(names) if names.is_empty() => Err(AreaError::Empty),
            Self::Prefectures(codes) if codes.is_empty() => Err(AreaError::Empty),
            Self::Provinces(names) => match names.iter().find(|n| !known(&|p| p.province == **n)) {
                Some(name) => Err(AreaError::UnknownProvince(name.clone())),
                None => Ok(()),
            },
            Self::Prefectures(codes) => match codes.iter().find(|c| !known(&|p| p.adcode == **c)) {
                Some(code) => Err(AreaError::UnknownPrefecture(*code)),
                None => Ok(()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_cluster_holds_is_told() {
        let home = |adcode, province: &str, cluster| Prefecture {
            adcode,
            province: province.into(),
            cluster,
            ..Prefecture::default()
        };
        let base = Baseline {
            prefectures: vec![home(320_500, "江苏省", Some(Cluster::Yrd)), home(410_100, "河南省", None)],
            ..Baseline::default()
        };
        let of = |area: Area| area.check(&base).map_err(|e| e.code());
        assert_eq!(of(Area::Provinces(vec!["江苏省".into()])), Ok(()));
        assert_eq!(of(Area::Provinces(vec!["江苏省".into(), "河南省".into()])), Err("area-unknown-province"));
        assert_eq!(of(Area::Prefectures(vec![320_500])), Ok(()));
        assert_eq!(of(Area::Prefectures(vec![410_100])), Err("area-unknown-prefecture"));
        assert_eq!(of(Area::Prefectures(vec![])), Err("area-empty"));
    }
}
