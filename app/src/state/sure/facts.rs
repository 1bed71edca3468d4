//! What is drawn and what is not.

use super::super::AppState;
use atlas_core::{
    model::{Basis, Confidence},
    uncertainty::{Draws, spread},
};

/// Rows of the rule that stands in for ends that no table states.
pub const RULE_BASES: [Basis; 8] = [
    Basis::Published,
    Basis::Claim,
    Basis::Recalled,
    Basis::Derived,
    Basis::Estimated,
    Basis::Assumed,
    Basis::Modelled,
    Basis::Unknown,
];
/// Columns of the rule.
pub const RULE_CONFIDENCES: [Confidence; 3] = [Confidence::High, Confidence::Medium, Confidence::Low];

/// What is drawn and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SureFacts {
    /// Parameters that are drawn.
    pub drawn: usize,
    /// Of them those whose both ends a table states.
    pub stated: usize,
    /// Levers of policy that stay as they are.
    pub policy: usize,
    /// Choices among named options, which stay as they are.
    pub choices: usize,
    /// What the plan on the screen sets itself, by key.
    pub yours: Vec<String>,
}

/// Counts them.
#[must_use]
pub fn sure_facts(state: &AppState) -> SureFacts {
    let parameters = &state.baseline.parameters;
    let policy = |key: &str| key.starts_with("policy.");
    let Ok(draws) = Draws::new(parameters, 0) else { return SureFacts::default() };
    let own = &state.document.scenario().parameters;
    let draws = draws.without(policy);
    SureFacts {
        drawn: draws.keys().len(),
        stated: draws.keys().iter().filter(|(_, s)| s.stated).count(),
        policy: parameters.rows().iter().filter(|p| policy(&p.key) && spread(p).is_some()).count(),
        choices: parameters.rows().iter().filter(|p| p.options().is_some()).count(),
        yours: own.keys().filter(|k| draws.keys().iter().any(|(key, _)| key == *k)).cloned().collect(),
    }
}
