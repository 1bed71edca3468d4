//! What breaks the network.

use atlas_core::{
    response::Aim,
    scenario::Scenario,
    uncertainty::{Detour, Payoffs, Ranking, Shock},
};
use serde::{Deserialize, Serialize};

/// Something about what breaks the network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StressAsk {
    /// The number of the question; each kind of question is counted apart.
    pub run: u64,
    /// What.
    pub what: StressWish,
}

/// What is wanted to be known about what breaks the network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StressWish {
    /// Shocks of a plan, ranked; true: ports and rail hubs, too. What was being ranked is given up.
    Rank(Box<Scenario>, bool),
    /// Plans in all cases. What was being compared is given up.
    Regret(Vec<Scenario>, Vec<Shock>, Vec<Aim>),
    /// The detour around a shock of a plan, before the others. The newest takes the place of the one before.
    Detour(Box<Scenario>, Shock),
    /// Enough of ranking: what is known so far is told.
    StopRank,
    /// Enough of comparing, likewise.
    StopRegret,
}

/// What is known about what breaks the network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StressTold {
    /// The number of the question.
    pub run: u64,
    /// What.
    pub what: StressNews,
}

/// What happened to a question about what breaks the network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StressNews {
    /// So many plans of so many are solved; where there are new ones, what is known so far.
    RankFar(u32, u32, Option<Box<Ranking>>),
    /// Shocks are ranked; true: all of them.
    Ranked(Box<Ranking>, bool),
    /// So many outcomes of so many are known.
    RegretFar(u32, u32),
    /// Plans are compared; true: in all cases.
    Regretted(Box<Payoffs>, bool),
    /// The detour; `None` where the plan cannot suffer the shock.
    Detour(Option<Box<Detour>>),
}
