//! What levers do.

use atlas_core::{profile::Profiles, response, scenario::Scenario};
use serde::{Deserialize, Serialize};

/// Something about what levers do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseAsk {
    /// The number of the question; questions and turned levers are counted apart.
    pub run: u64,
    /// What.
    pub what: ResponseWish,
}

/// What is wanted to be known about levers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ResponseWish {
    /// A question about a plan. What was at work is given up.
    Begin(Box<(Scenario, response::Question)>),
    /// Enough: what is known so far is told.
    Stop,
    /// Quick figures of a plan, before everything else. The newest takes the place of the one before.
    Turn(Box<Scenario>),
}

/// What is known about levers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseTold {
    /// The number of the question.
    pub run: u64,
    /// What.
    pub what: ResponseNews,
}

/// What happened to a question about levers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ResponseNews {
    /// So many scenarios of so many are measured; and while ways are searched, so many of so many.
    Far {
        /// Measured.
        done: u32,
        /// About as many as there will be.
        all: u32,
        /// Ways of the scenario at work.
        ways: Option<(u32, u32)>,
    },
    /// It is answered.
    Done(Box<response::Answer>),
    /// It was stopped: what is known.
    Stopped(Box<response::Answer>),
    /// It cannot be answered as asked.
    Refused {
        /// The stable code.
        code: String,
        /// What was said.
        detail: String,
    },
    /// Quick figures of a plan, and how many milliseconds they took.
    Turned(Box<Profiles>, f64),
}
