//! What levers do: the response of any measure to any lever, all levers side by side, cost against CO2 against coverage, and the
//! smallest change that reaches a target.
//!
//! A [`Question`] becomes a [`Job`] that is worked off in slices. It tries one scenario after the other by the quick grain
//! ([`crate::allocation::Grain::Prefectures`]) and confirms what it found with one full solve; both numbers are in the answer.
//! Every trial starts from the scenario in hand, never from another trial: no order of work changes a number.
//!
//! [`Finder`], [`Chords`] and [`undominated`] know nothing of maps: they ask for values and are told.

mod aim;
mod answer;
mod chords;
mod courses;
mod finder;
mod front;
mod glance;
mod job;
mod question;
mod refusal;
mod same;
mod trial;

pub use aim::{Aim, Goal};
pub use answer::{
    Answer, Bar, Confirmed, Extent, Found, FoundAnswer, FrontAnswer, FrontPoint, SweepAnswer, SweepPoint, TornadoAnswer,
};
pub use chords::Chords;
pub use finder::{Finder, Outcome, Phase, Shape, Step};
pub use front::undominated;
pub use glance::Glance;
pub use job::{Job, Progress};
pub use question::{Question, ranges};
pub use refusal::Refusal;
pub use trial::{Aside, Bench, Seen};
pub(crate) use trial::{Running, Trial};
