//! The list of levers: what is searched for, what is set, and what puts all of them back.

use super::lever_name;
use crate::i18n::Lang;
use atlas_core::{
    levers::{self, Handle, Kind, LeverInfo},
    model::{Baseline, Effect, Facility, Parameters, PlantFeature, Technology},
    scenario::{Change, Document, Scenario},
};
use std::collections::BTreeMap;

/// Levers by kind, in the order of the catalogue: those whose name or key holds the words, and with `only_set` those turned.
#[must_use]
pub fn lever_groups(
    lang: Lang,
    baseline: &Baseline,
    scenario: &Scenario,
    words: &str,
    only_set: bool,
) -> Vec<(Kind, Vec<LeverInfo>)> {
    let words = words.trim().to_lowercase();
    let fits = |l: &LeverInfo| {
        (!only_set || l.is_set(scenario))
            && (words.is_empty()
                || l.key.to_lowercase().contains(&words)
                || lever_name(lang, &l.key).to_lowercase().contains(&words))
    };
    let mut groups: Vec<(Kind, Vec<LeverInfo>)> = Vec::new();
    for lever in levers::all(baseline).into_iter().filter(fits) {
        match groups.iter_mut().find(|g| g.0 == lever.kind) {
            Some(group) => group.1.push(lever),
            None => groups.push((lever.kind, vec![lever])),
        }
    }
    groups
}

/// The stable key of a kind, for translations.
#[must_use]
pub const fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Recovery => "lv-kind-recovery",
        Kind::Scrap => "lv-kind-scrap",
        Kind::Collection => "lv-kind-collection",
        Kind::Prices => "lv-kind-prices",
        Kind::Freight => "lv-kind-freight",
        Kind::Borders => "lv-kind-borders",
        Kind::Support => "lv-kind-support",
        Kind::Carbon => "lv-kind-carbon",
        Kind::Technology => "lv-kind-technology",
        Kind::Demand => "lv-kind-demand",
        Kind::Capacity => "lv-kind-capacity",
        Kind::Budget => "lv-kind-budget",
    }
}

/// How many levers and single plants are set.
#[must_use]
pub fn levers_set(baseline: &Baseline, scenario: &Scenario) -> usize {
    let plants = scenario.parameters.keys().filter(|k| PlantFeature::read_key(k).is_some()).count();
    levers::all(baseline).iter().filter(|l| l.is_set(scenario)).count() + plants
}

/// What puts every lever and plant back: parameters as one change, and one more for each of the scenario's own levers and for
/// its caps. Other parameters stay.
#[must_use]
pub fn reset_levers(document: &Document, baseline: &Baseline) -> Vec<Change> {
    let scenario = document.scenario();
    let mut back: BTreeMap<String, Option<f64>> = BTreeMap::new();
    let mut changes = Vec::new();
    let mut goal = scenario.goal.clone();
    for lever in levers::all(baseline).into_iter().filter(|l| l.is_set(scenario)) {
        match lever.handle {
            Handle::Lever(own) => changes.push(Change::Lever(own, None)),
            Handle::Parameter(key) => _ = back.insert(key, None),
            Handle::MaxCo2 => goal.max_co2_t = None,
            Handle::MaxCrossCluster => goal.max_cross_cluster_t = None,
        }
    }
    let plants = scenario.parameters.keys().filter(|k| PlantFeature::read_key(k).is_some());
    back.extend(plants.map(|k| (k.clone(), None)));
    if !back.is_empty() {
        changes.push(Change::Parameters(back));
    }
    if goal != scenario.goal {
        changes.push(Change::Goal(goal));
    }
    changes
}

/// What can be said of a facility.
#[must_use]
pub fn features_for(f: &Facility) -> Vec<PlantFeature> {
    PlantFeature::ALL.into_iter().filter(|feature| feature.fits(f)).collect()
}

/// What an upgrade does, as parameters in force: energy, cost and capacity, not what it costs.
#[must_use]
pub fn effects_of(technology: Technology, parameters: &Parameters) -> Vec<&atlas_core::model::Parameter> {
    let of = |effect: Effect| {
        ["all", "Al", "Li"].into_iter().filter_map(move |m| parameters.get(&technology.effect_key(effect, m)))
    };
    let works = |e: &Effect| !matches!(e, Effect::Investment | Effect::Upkeep);
    Effect::ALL.into_iter().filter(works).flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::{
        model::{Origin, Parameter},
        scenario::{Goal, Lever},
    };

    fn baseline() -> Baseline {
        let row = |key: &str, value, low, high| Parameter {
            key: key.into(),
            value,
            low: Some(low),
            high: Some(high),
            unit: "%".into(),
            origin: Origin::default(),
            default: None,
        };
        let rows = vec![
            row("national.recovery_rate.all.2025", 76.0, 60.0, 90.0),
            row("price.carbon.all", 90.0, 60.0, 105.0),
            row("policy.green_power.all", 0.0, 0.0, 100.0),
        ];
        Baseline { parameters: Parameters::new(rows), ..Baseline::default() }
    }

    #[test]
    fn levers_are_found_by_name_and_all_put_back() {
        let base = baseline();
        let mut document = Document::new(&base);
        let found = |document: &Document, words: &str, only: bool| -> Vec<String> {
            lever_groups(Lang::En, &base, document.scenario(), words, only)
                .into_iter()
                .flat_map(|g| g.1.into_iter().map(|l| l.key))
                .collect()
        };
        assert!(found(&document, "", false).len() >= 5 && found(&document, "", true).is_empty());
        assert_eq!(found(&document, " GREEN power", false), ["policy.green_power.all"]);
        assert!(found(&document, "magic", false).is_empty());
        for change in [
            Change::Lever(Lever::RecoveryRate, Some(0.8)),
            Change::Parameter("policy.green_power.all".into(), Some(20.0)),
            Change::Goal(Goal { max_co2_t: Some(1e6), ..Goal::default() }),
        ] {
            document.make(&base, change).unwrap();
        }
        assert_eq!((levers_set(&base, document.scenario()), found(&document, "", true).len()), (3, 3));
        for change in reset_levers(&document, &base) {
            document.make(&base, change).unwrap();
        }
        assert!(document.scenario().is_untouched());
    }
}
