//! Keys of the parameters of policy and contracts.

use super::{Cluster, Stream};

/// What contracts make of the cost of what they deliver, as the sector report claims it.
pub const CONTRACT_COST_FACTOR_KEY: &str = "policy.contract_cost_factor.all";

/// The subsidy that plants of a cluster get a tonne of metal they make of the stream, in yuan.
#[must_use]
pub fn subsidy_key(stream: Stream, cluster: Cluster) -> String {
    format!("policy.subsidy.{}.{}", stream.table_key(), cluster.key())
}
