//! How sure a figure is, and what would make it surer.
//!
//! - [`Spread`]: how far a parameter may be off, from the table's own low and high or from a stated rule by basis and confidence;
//!   [`Draws`]: parameters drawn from their spreads, each draw the same whoever asks for it.
//! - [`Band`], [`Odds`], [`sensitivity`]: what many draws say of an indicator, of two plans, and of which parameter matters.
//! - [`MonteCarlo`]: many futures, and what they say of plans; [`Stress`]: one thing at a time goes wrong.
//! - [`reconcile`]: measured values that must balance, adjusted as little as their confidence asks; [`Ledger`]: those of the tables.

mod band;
mod draw;
mod ledger;
mod montecarlo;
pub mod reconcile;
mod sensitivity;
mod spread;
mod stress;

pub use band::{Band, DOTS, Odds, QUANTILES};
pub use draw::{Draws, DrawsRefusal};
pub use ledger::{Entry, Ledger};
pub use montecarlo::{MonteCarlo, OUTCOMES, Outlook, PlanOutlook, Progress, Regret, Sample};
pub use sensitivity::{CLASSES, Share, sensitivity};
pub use spread::{Spread, default_share, spread};
pub use stress::{Harm, Shock, Stress, Stressed, shocks};
