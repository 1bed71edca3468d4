//! Parameters drawn from their spreads.

use super::{Spread, spread};
use crate::{model::Parameters, random::Random};
use std::collections::BTreeMap;
use thiserror::Error;

/// Why nothing can be drawn.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DrawsRefusal {
    /// No run was asked for.
    #[error("no run was asked for: give a number of runs from 1")]
    NoRuns,
    /// More runs than are kept.
    #[error(
        "{asked} runs are more than {most}: give fewer; the error of a mean shrinks with the root of their number alone"
    )]
    TooManyRuns {
        /// Asked for.
        asked: u64,
        /// As many as may be.
        most: u64,
    },
    /// No plan was named.
    #[error("no plan was named: choose one at least")]
    NoPlans,
    /// A parameter's ends are crossed.
    #[error("{key}: the low end {low} is above the high end {high}; correct the row of the table")]
    Crossed {
        /// The parameter.
        key: String,
        /// Its low end.
        low: f64,
        /// Its high end.
        high: f64,
    },
}

impl DrawsRefusal {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoRuns => "draws-no-runs",
            Self::TooManyRuns { .. } => "draws-too-many-runs",
            Self::NoPlans => "draws-no-plans",
            Self::Crossed { .. } => "draws-crossed",
        }
    }

    /// What it is about: a parameter, where it is one.
    #[must_use]
    pub fn subject(&self) -> &str {
        if let Self::Crossed { key, .. } = self { key } else { "" }
    }
}

/// What is drawn: parameters with their spreads, in table order, and the seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draws {
    seed: u64,
    keys: Vec<(String, Spread)>,
}

impl Draws {
    /// All parameters that may be off. Choices and what a person set are not drawn.
    ///
    /// # Errors
    /// Where a parameter's ends are crossed.
    pub fn new(parameters: &Parameters, seed: u64) -> Result<Self, DrawsRefusal> {
        for p in parameters.rows() {
            if let (Some(low), Some(high)) = (p.low, p.high)
                && low > high
            {
                return Err(DrawsRefusal::Crossed { key: p.key.clone(), low, high });
            }
        }
        let keys = parameters.rows().iter().filter_map(|p| Some((p.key.clone(), spread(p)?))).collect();
        Ok(Self { seed, keys })
    }

    /// The same without some of the parameters: those that stay as they are.
    #[must_use]
    pub fn without(mut self, stays: impl Fn(&str) -> bool) -> Self {
        self.keys.retain(|(key, _)| !stays(key));
        self
    }

    /// The parameters that are drawn, with their spreads.
    #[must_use]
    pub fn keys(&self) -> &[(String, Spread)] {
        &self.keys
    }

    /// The values of a run, in the order of the keys: the same for every plan, so that plans meet the same future.
    #[must_use]
    pub fn run(&self, run: u64) -> Vec<f64> {
        self.keys.iter().zip(0u64..).map(|((_, s), i)| s.quantile(Random::at(self.seed, run, i).unit())).collect()
    }

    /// The same by key.
    #[must_use]
    pub fn named(&self, run: u64) -> BTreeMap<String, f64> {
        self.keys.iter().map(|(key, _)| key.clone()).zip(self.run(run)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Confidence, Origin, Parameter};

    fn parameters() -> Parameters {
        let row = |key: &str, value: f64, low: f64, high: f64| Parameter {
            key: key.into(),
            value,
            low: Some(low),
            high: Some(high),
            unit: "yuan/t".into(),
            origin: Origin { basis: Basis::Recalled, confidence: Confidence::Low, ..Origin::default() },
            default: None,
        };
        Parameters::new(vec![row("a", 1.0, 0.0, 4.0), row("b", 10.0, 10.0, 10.0), row("c", 5.0, 4.0, 6.0)])
    }

    #[test]
    fn draws_have_the_mean_and_variance_of_their_spread() {
        let draws = Draws::new(&parameters(), 7).unwrap();
        assert_eq!(draws.keys().iter().map(|k| k.0.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        let n = 20_000;
        let all: Vec<Vec<f64>> = (0..n).map(|r| draws.run(r)).collect();
        for (i, (key, spread)) in draws.keys().iter().enumerate() {
            let mean = all.iter().map(|v| v[i]).sum::<f64>() / n as f64;
            let variance = all.iter().map(|v| (v[i] - mean) * (v[i] - mean)).sum::<f64>() / n as f64;
            // Five standard errors of the mean.
            let slack = 5.0 * (spread.variance() / n as f64).sqrt();
            assert!((mean - spread.mean()).abs() < slack, "{key}: {mean}");
            assert!((variance / spread.variance() - 1.0).abs() < 0.05, "{key}: {variance}");
            assert!(all.iter().all(|v| (spread.low..=spread.high).contains(&v[i])));
        }
        // Independent of one another.
        let (x, y) = (&draws.keys()[0].1, &draws.keys()[1].1);
        let together = all.iter().map(|v| (v[0] - x.mean()) * (v[1] - y.mean())).sum::<f64>() / n as f64;
        assert!((together / (x.variance() * y.variance()).sqrt()).abs() < 0.03);
    }

    #[test]
    fn a_run_is_the_same_whoever_asks_and_another_seed_gives_another() {
        let draws = Draws::new(&parameters(), 7).unwrap();
        let later = draws.run(41);
        assert_eq!((draws.run(40), draws.run(41)), (Draws::new(&parameters(), 7).unwrap().run(40), later.clone()));
        assert_ne!(Draws::new(&parameters(), 8).unwrap().run(41), later);
        assert_eq!(draws.clone().without(|k| k == "a").named(41).len(), 1);
    }

    #[test]
    fn crossed_ends_are_refused_with_their_row() {
        let mut rows = parameters().rows().to_vec();
        (rows[2].low, rows[2].high) = (Some(9.0), Some(3.0));
        let refused = Draws::new(&Parameters::new(rows), 1).unwrap_err();
        assert_eq!(refused.code(), "draws-crossed");
        assert!(refused.to_string().starts_with("c: the low end 9"));
    }
}
