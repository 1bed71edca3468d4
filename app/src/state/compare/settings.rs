//! What is set otherwise in two scenarios: levers, parameters, and the goal of the allocation.

use super::Compared;
use crate::{
    i18n::{Lang, exact, parameter_name, t, unit_words},
    state::AppState,
};
use atlas_core::{
    model::Baseline,
    scenario::{Lever, Scenario},
};
use std::collections::BTreeSet;

/// Something that is set otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The stable key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Its value in the one compared with, in words.
    pub before: String,
    /// Its value in the other.
    pub after: String,
}

/// What is set otherwise: levers first, then parameters by key, then the goal.
#[must_use]
pub fn settings(state: &AppState, before: &Compared, after: &Compared) -> Vec<Setting> {
    let (a, b, lang) = (&*before.scenario, &*after.scenario, state.lang);
    let mut out = Vec::new();
    for lever in Lever::ALL {
        let [x, y] = [a, b].map(|s| s.levers.value(lever, &s.parameters(&state.baseline)));
        if x != y {
            let (key, words) = match lever {
                Lever::RecoveryRate => {
                    ("lever-recovery", [x, y].map(|v| format!("{} %", exact((v * 1e4).round() / 100.0))))
                }
                Lever::FreightPrice => ("lever-freight", [x, y].map(|v| format!("{} ×", exact(v)))),
            };
            let [before, after] = words;
            out.push(Setting { key: key.into(), name: t(lang, key), before, after });
        }
    }
    let keys: BTreeSet<&String> = a.parameters.keys().chain(b.parameters.keys()).collect();
    for key in keys.into_iter().filter(|k| a.parameters.get(*k) != b.parameters.get(*k)) {
        let [before, after] = [a, b].map(|s| value(lang, &state.baseline, s, key));
        out.push(Setting { key: key.clone(), name: parameter_name(lang, key), before, after });
    }
    if a.goal != b.goal {
        let words = |s: &Scenario| {
            let key = if s.goal.changes() == 0 { "compare-goal-usual" } else { "compare-goal-own" };
            t(lang, key)
        };
        let name = t(lang, "compare-goal");
        out.push(Setting { key: "goal".into(), name, before: words(a), after: words(b) });
    }
    out
}

fn value(lang: Lang, baseline: &Baseline, of: &Scenario, key: &str) -> String {
    let parameters = of.parameters(baseline);
    let Some(p) = parameters.get(key) else { return "–".into() };
    let number = exact(parameters.number(key));
    let unit = unit_words(lang, &p.unit);
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}
