//! How far a parameter may be off.
//!
//! A parameter is taken to lie between its low and its high, most likely at its value: a triangular distribution. Where the table
//! states neither, a rule by basis and confidence stands in: our judgement, stated here, and shown as such.

use crate::model::{Basis, Confidence, Parameter};
use serde::{Deserialize, Serialize};

/// A triangular distribution: from `low` over the most likely `mode` to `high`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// No value is below.
    pub low: f64,
    /// The most likely value.
    pub mode: f64,
    /// No value is above.
    pub high: f64,
    /// True where the table states both ends; false where the rule stands in for one of them.
    pub stated: bool,
}

/// The share of its value by which a parameter without stated ends may be off, to either side.
#[must_use]
pub const fn default_share(basis: Basis, confidence: Confidence) -> f64 {
    match (basis, confidence) {
        // What a person set is meant.
        (Basis::User, _) => 0.0,
        (Basis::Published, Confidence::High) => 0.05,
        (Basis::Published, Confidence::Medium) | (Basis::Derived, Confidence::High) => 0.10,
        (Basis::Recalled | Basis::Derived, Confidence::High | Confidence::Medium) => 0.15,
        (Basis::Published | Basis::Claim, _) => 0.20,
        (Basis::Recalled | Basis::Derived | Basis::Estimated, _) => 0.30,
        (Basis::Assumed | Basis::Modelled, Confidence::High | Confidence::Medium) => 0.30,
        (Basis::Assumed | Basis::Modelled | Basis::Unknown, _) => 0.50,
    }
}

/// How far a parameter may be off; `None` for a choice, for what a person set, and where nothing is left to vary.
#[must_use]
pub fn spread(p: &Parameter) -> Option<Spread> {
    if p.options().is_some() || p.origin.basis == Basis::User {
        return None;
    }
    let reach = p.value.abs() * default_share(p.origin.basis, p.origin.confidence);
    let (least, most) = p.range();
    let low = p.low.unwrap_or(p.value - reach).min(p.value).max(least);
    let high = p.high.unwrap_or(p.value + reach).max(p.value).min(most);
    let stated = p.low.is_some() && p.high.is_some();
    (low < high).then_some(Spread { low, mode: p.value.clamp(low, high), high, stated })
}

impl Spread {
    /// The value below which a share `u` of all draws lie: the inverse of the distribution.
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        let width = self.high - self.low;
        if width <= 0.0 {
            return self.mode;
        }
        let peak = (self.mode - self.low) / width;
        if u < peak {
            self.low + libm::sqrt(u * width * (self.mode - self.low))
        } else {
            self.high - libm::sqrt((1.0 - u) * width * (self.high - self.mode))
        }
    }

    /// Its mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        (self.low + self.mode + self.high) / 3.0
    }

    /// Its variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let (a, b, c) = (self.low, self.high, self.mode);
        (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    fn parameter(value: f64, ends: Option<(f64, f64)>, basis: Basis, confidence: Confidence) -> Parameter {
        let origin = Origin { basis, confidence, ..Origin::default() };
        let (low, high) = ends.unzip();
        Parameter { key: "k".into(), value, low, high, unit: "yuan/t".into(), origin, default: None }
    }

    #[test]
    fn stated_ends_come_first_and_the_rule_stands_in() {
        let stated = spread(&parameter(10.0, Some((8.0, 16.0)), Basis::Recalled, Confidence::Low)).unwrap();
        assert_eq!((stated.low, stated.mode, stated.high, stated.stated), (8.0, 10.0, 16.0, true));
        let ruled = spread(&parameter(10.0, None, Basis::Assumed, Confidence::Low)).unwrap();
        assert_eq!((ruled.low, ruled.high, ruled.stated), (5.0, 15.0, false));
        assert_eq!(spread(&parameter(10.0, None, Basis::User, Confidence::High)), None);
        assert_eq!(spread(&parameter(0.0, None, Basis::Assumed, Confidence::Low)), None, "a share of nothing");
    }

    #[test]
    fn less_trust_never_makes_a_spread_narrower() {
        for basis in [Basis::Published, Basis::Recalled, Basis::Derived, Basis::Assumed] {
            let shares = [Confidence::High, Confidence::Medium, Confidence::Low].map(|c| default_share(basis, c));
            assert!(shares.is_sorted(), "{basis:?} {shares:?}");
        }
    }

    #[test]
    fn the_quantiles_are_those_of_the_triangle() {
        // From 0 over 1 to 4: a quarter of the area lies below the peak.
        let s = Spread { low: 0.0, mode: 1.0, high: 4.0, stated: true };
        assert_eq!((s.quantile(0.0), s.quantile(0.25), s.quantile(1.0)), (0.0, 1.0, 4.0));
        // Above the peak the area left of x is 1 - (4-x)^2/12: at x = 4 - sqrt(6) it is a half.
        assert!((s.quantile(0.5) - (4.0 - 6.0_f64.sqrt())).abs() < 1e-12);
        assert!((s.mean() - 5.0 / 3.0).abs() < 1e-12);
        assert!((s.variance() - 13.0 / 18.0).abs() < 1e-12);
    }
}
