//! How sure a figure is, and what would make it surer.
//!
//! - [`Spread`]: how far a parameter may be off, from the table's own low and high or from a stated rule by basis and confidence;
//!   [`Draws`]: parameters drawn from their spreads, each draw the same whoever asks for it.
//! - [`Band`], [`Odds`], [`sensitivity`]: what many draws say of an indicator, of two plans, and of which parameter matters.
//! - [`MonteCarlo`]: many futures, and what they say of plans; [`Stress`]: one thing at a time goes wrong, [`Detour`]: where scrap goes then,
//!   [`Payoffs`]: which plan loses least.
//! - [`reconcile`]: measured values that must balance, adjusted as little as their confidence asks; [`Ledger`]: those of the tables.

mod band;
mod detour;
mod draw;
mod ledger;
mod handout;
mod montecarlo;
mod outlook;
mod payoff;
pub mod reconcile;
mod sample;
mod sensitivity;
mod shock;
mod solving;
mod spread;
mod stress;
mod toll;

pub use band::{ALIKE, Band, DOTS, Odds, QUANTILES};
pub use detour::{Detour, Detours, Rest, Stages, Stop, StopKind, Stranded, Turn};
pub use draw::{Draws, DrawsRefusal};
pub use handout::Handout;
pub use ledger::{Entry, Ledger};
pub use montecarlo::{MOST_RUNS, MonteCarlo, Progress};
pub use outlook::{MOST_SHARES, OUTCOMES, Outlook, Pair, PlanOutlook, Regret, every_aim};
pub use payoff::{PayoffJob, Payoffs, PlanRegret, RegretMatrix};
pub use sample::Sample;
pub use sensitivity::{CLASSES, Ranks, Share, sensitivity};
pub use shock::{CHEAP_METAL, CLAIMED_GROWTH, DEAR_FREIGHT, Shock, ShockKind, general, shocks};
pub use spread::{Spread, default_share, spread};
pub use stress::{CONFIRMED, INSTEAD, Ranking, Stress, Stressed};
pub use toll::Toll;
