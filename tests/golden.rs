//! Evaluations of the baseline and of every built-in scenario stay what they are until somebody accepts a change.

use atlas_core::scenario::{Document, GoalError, SourceGroup};
use atlas_tests::{difference, evaluate_json, golden, project, region, scenarios};

#[test]
fn evaluations_are_as_accepted() {
    let region = region();
    for (name, scenario) in scenarios() {
        let path = project("tests/golden").join(format!("{name}.json"));
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        let new = golden(&evaluate_json(&region, &scenario));
        assert!(
            old == new,
            "{name} has changed:\n{}If that is right: cargo run -p atlas-tests --bin accept",
            difference(&old, &new)
        );
    }
}

#[test]
fn contracts_of_built_in_scenarios_fit_their_plans_and_others_are_told() {
    let region = region();
    let base = &region.baseline;
    let mut contracts = Vec::new();
    for (name, scenario) in scenarios() {
        let (document, problems) = Document::open(base, scenario);
        assert!(problems.is_empty(), "{name}: {problems:#?}");
        let goal = &document.scenario().goal;
        assert_eq!(goal.astray(base, document.plan()), [], "{name}");
        contracts.extend(goal.contracts.iter().map(|c| (goal.clone(), c.clone())));
    }
    let (mut goal, good) = contracts.pop().expect("a scenario with a contract");
    let with = |plant: &str, from: SourceGroup| {
        let mut c = good.clone();
        (c.plant, c.from) = (plant.into(), from);
        c
    };
    let fine = || good.from.clone();
    goal.contracts = vec![
        with("nobody", fine()),
        // A copper plant, and a hub.
        with("SM030", fine()),
        with("HB001", fine()),
        with(&good.plant, SourceGroup::Province("安徽省".into())),
        with(&good.plant, SourceGroup::Province("Atlantis".into())),
        with(&good.plant, SourceGroup::Points(vec!["CP0001".into(), "HB001".into()])),
    ];
    let (document, _) = Document::open(base, Default::default());
    let codes: Vec<_> = goal.astray(base, document.plan()).iter().map(GoalError::code).collect();
    assert_eq!(
        codes,
        [
            "contract-unknown-plant",
            "contract-unfit-plant",
            "contract-unfit-plant",
            "contract-unknown-source",
            "contract-unknown-source"
        ]
    );
}
