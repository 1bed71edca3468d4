//! What the sector report says about the clusters beside what is computed: claims, shown as such.

use crate::model::{Baseline, Claim, Cluster};

/// Claims of the report by id, with the cluster that each is about; none where it is about the whole sector. Nothing is
/// computed from those here.
const CLAIMS: [(&str, Option<Cluster>); 11] = [
    ("C09", Some(Cluster::Yrd)),
    ("C18", Some(Cluster::Yrd)),
    ("C19a", Some(Cluster::Prd)),
    ("C15", Some(Cluster::Bohai)),
    ("C11a", None),
    ("C17", None),
    ("C19b", None),
    ("C19c", None),
    ("C19d", None),
    ("C20b", None),
    ("C22a", None),
];

/// A claim beside the cluster that it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Context<'a> {
    /// The cluster; none where it is about the whole sector.
    pub cluster: Option<Cluster>,
    /// The claim, with its standing.
    pub claim: &'a Claim,
}

/// The claims about platforms, standards, smart factories and ways of working, those of one cluster first.
#[must_use]
pub fn context(baseline: &Baseline) -> Vec<Context<'_>> {
    let found = |(id, cluster): (&str, Option<Cluster>)| {
        let claim = baseline.claims.iter().find(|c| c.id == id)?;
        Some(Context { cluster, claim })
    };
    CLAIMS.into_iter().filter_map(found).collect()
}
