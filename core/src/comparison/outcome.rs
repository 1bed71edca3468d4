//! What a scenario amounts to, in sums: small enough to keep for every scenario that is compared.

use crate::{
    allocation::{Account, Answer, Balance, Status},
    catchment::{Question, Share, Survey},
    evaluate::{Evaluation, Figures},
    model::{PerCluster, PerStream},
};
use serde::{Deserialize, Serialize};

/// The sums of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Main figures, all clusters together.
    pub total: Figures,
    /// Main figures by cluster.
    pub by_cluster: PerCluster<Figures>,
    /// What was asked about catchments.
    pub question: Question,
    /// Who is within the question's limit.
    pub coverage: Share,
    /// The same by cluster.
    pub coverage_by_cluster: PerCluster<Share>,
    /// How unequal ways are; `None` where nobody can reach anything.
    pub gini: Option<f64>,
    /// How sure the allocation is.
    pub status: Status,
    /// Its relative gap.
    pub gap: f64,
    /// Balances of the allocation.
    pub balance: PerStream<Balance>,
    /// The same by cluster.
    pub balance_by_cluster: PerCluster<PerStream<Balance>>,
    /// Cost and emissions of the allocation.
    pub account: Account,
    /// The same by cluster: hauls where they begin.
    pub account_by_cluster: PerCluster<Account>,
}

impl Outcome {
    /// The sums of a plan's three answers.
    #[must_use]
    pub fn new(evaluation: &Evaluation, survey: &Survey, allocation: &Answer) -> Self {
        Self {
            total: evaluation.total.clone(),
            by_cluster: evaluation.by_cluster.clone(),
            question: survey.question.clone(),
            coverage: survey.coverage.all,
            coverage_by_cluster: survey.coverage.by_cluster,
            gini: survey.coverage.equity.map(|e| e.gini),
            status: allocation.status,
            gap: allocation.gap,
            balance: allocation.balance,
            balance_by_cluster: allocation.by_cluster,
            account: allocation.account,
            account_by_cluster: allocation.account_by_cluster,
        }
    }
}
