//! Many futures: what the page says of them to its worker and to those that help it, and what they say.

use atlas_core::{
    scenario::Scenario,
    uncertainty::{Outlook, Sample},
};
use serde::{Deserialize, Serialize};

/// Something about many futures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FuturesAsk {
    /// The number of the question.
    pub run: u64,
    /// What.
    pub what: FuturesWish,
}

/// Which futures are drawn, for whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FuturesQuestion {
    /// The plans; the first is the one that others are compared with.
    pub plans: Vec<Scenario>,
    /// Seed of the draws.
    pub seed: u64,
    /// How many runs.
    pub runs: u64,
}

/// What is wanted. Helpers are known by numbers from 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FuturesWish {
    /// Begins. What was at work is given up.
    Begin(Box<FuturesQuestion>),
    /// Enough: what is known so far is told.
    Stop,
    /// To the page's worker: a helper has nothing to do.
    Idle(u32),
    /// To the page's worker: a helper made these runs, and has nothing to do.
    Part(u32, Box<Sample>),
    /// To the page's worker: a helper is no more.
    Lost(u32),
    /// To a helper: gets ready for runs of a question.
    Help(Box<FuturesQuestion>),
    /// To a helper: makes these runs, from one to before the other.
    Make(u64, u64),
}

/// What is known of many futures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FuturesTold {
    /// The number of the question.
    pub run: u64,
    /// What.
    pub what: FuturesNews,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FuturesFar {
    /// Runs made.
    pub done: u64,
    /// All.
    pub all: u64,
    /// Workers that made some of them.
    pub workers: u32,
    /// Seconds since the beginning.
    pub seconds: f64,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FuturesNews {
    /// How far it is.
    Far(FuturesFar),
    /// What the runs so far say, but for which parameters matter.
    Glimpse(Box<Outlook>, FuturesFar),
    /// All runs are made.
    Done(Box<Outlook>, FuturesFar),
    /// It was stopped: what the runs so far say; nothing where there are none.
    Stopped(Option<Box<Outlook>>, FuturesFar),
    /// Nothing can be drawn as asked.
    Refused {
        /// The stable code.
        code: String,
        /// What it is about, where it is one thing: a parameter.
        subject: String,
    },
    /// To a helper, by way of the page: these runs are yours.
    Give(u32, u64, u64),
    /// From a helper: it is loaded (question 0), or ready for runs of the question.
    Ready,
    /// From a helper: what its runs gave.
    Made(Box<Sample>),
}
