//! The scenario file: JSON, versioned, upgraded step by step.
//!
//! Version 1 knows edits and levers; version 2 adds the parameters that the user set; version 3 adds the goal of the allocation and
//! the edit `set_capacity`; version 4 adds `note` and `author`. Fields that this version does not know are kept and written again.
//!
//! ```json
//! { "format": "loop-atlas-scenario", "version": 4, "name": "…", "note": "…", "author": "…",
//!   "edits": [ { "add": { "id": "UC001", "kind": "collection_point", "at": [120.5, 31.2] } },
//!              { "move": { "id": "CP0001", "to": [121.0, 31.0] } }, { "close": { "id": "HB001" } },
//!              { "set_capacity": { "id": "SM001", "tonnes": 200000 } } ],
//!   "levers": { "recovery_rate": 0.8 },
//!   "parameters": { "freight.cost.all.rail": 0.12 },
//!   "goal": { "objective": { "weighted": { "yuan": 1, "kg_co2e": 0.1, "metal_kg": 0 } },
//!             "max_co2_t": 9000000, "max_cross_cluster_t": 500000,
//!             "contracts": [ { "id": "K1", "name": "…", "stream": "al", "from": { "cluster": "yrd" }, "plant": "SM001",
//!                              "min_t": 50000, "max_t": 100000, "cost_factor": 0.85 } ] } }
//! ```
//!
//! `objective` is `"cost"`, `"co2"`, `"metal"` or weighted, `from` a `cluster`, a `province` or a list of `points`.

use crate::{
    diagnostics::Diagnostic,
    scenario::{Contract, Edit, Goal, Levers, Scenario},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What `format` says in every scenario file.
pub const SCENARIO_FORMAT: &str = "loop-atlas-scenario";
/// The version this code writes.
pub const SCENARIO_VERSION: u32 = 4;

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u32,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    author: &'a str,
    edits: &'a [Edit],
    levers: &'a Levers,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    parameters: &'a BTreeMap<String, f64>,
    #[serde(skip_serializing_if = "is_default")]
    goal: &'a Goal,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

fn is_default(goal: &Goal) -> bool {
    *goal == Goal::default()
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
    #[serde(default)]
    name: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    edits: Vec<Value>,
    #[serde(default)]
    levers: Value,
    #[serde(default)]
    parameters: BTreeMap<String, Value>,
    #[serde(default)]
    goal: Value,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// What brings a file of the version before to the next one: `UPGRADES[0]` takes version 1 to 2.
const UPGRADES: [fn(&mut Value); SCENARIO_VERSION as usize - 1] = [
    // Version 2 adds `parameters`, which a file of version 1 does not have.
    |_| {},
    // Version 3 adds `goal` and an edit, which a file of version 2 does not have.
    |_| {},
    // Version 4 adds `note` and `author`, which a file of version 3 does not have.
    |_| {},
];

/// Writes a scenario file.
#[must_use]
pub fn write(scenario: &Scenario) -> String {
    let Scenario { name, note, author, edits, levers, parameters, goal, unknown } = scenario;
    let (format, version) = (SCENARIO_FORMAT, SCENARIO_VERSION);
    let unknown = serde_json::from_str(unknown).unwrap_or_default();
    let file = File { format, version, name, note, author, edits, levers, parameters, goal, unknown };
    serde_json::to_string_pretty(&file).expect("a scenario has only text, numbers and lists")
}

/// Reads a scenario file. An edit or a contract that cannot be read is reported and left out; the rest is kept.
///
/// # Errors
/// Where the text is no scenario file, or one of a newer version.
pub fn read(text: &str) -> Result<(Scenario, Vec<Diagnostic>), Diagnostic> {
    let unreadable = |e: serde_json::Error| {
        Diagnostic::error(
            "scenario-not-readable",
            format!("line {}", e.line()),
            e.to_string(),
            "Choose a scenario file that Loop Atlas wrote, or mend the JSON at that line.",
        )
    };
    let mut value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(unreadable)?;
    let stated = value.get("version").and_then(Value::as_u64).unwrap_or(0) as usize;
    for step in UPGRADES.iter().skip(stated.saturating_sub(1)) {
        step(&mut value);
    }
    let head: Head = serde_json::from_value(value).map_err(unreadable)?;
    if head.format != SCENARIO_FORMAT {
        return Err(Diagnostic::error(
            "scenario-other-format",
            "format",
            format!("{:?} is not {SCENARIO_FORMAT:?}", head.format),
            "Choose a scenario file that Loop Atlas wrote.",
        ));
    }
    if head.version == 0 || head.version > SCENARIO_VERSION {
        return Err(Diagnostic::error(
            "scenario-newer-version",
            "version",
            format!("version {}, this app reads up to {SCENARIO_VERSION}", head.version),
            "Reload the page to get the newest app, or save the file with an older one.",
        ));
    }
    let mut problems = Vec::new();
    let mut edits = Vec::new();
    for (i, value) in head.edits.into_iter().enumerate() {
        match serde_json::from_value::<Edit>(value) {
            Ok(edit) => edits.push(edit),
            Err(e) => problems.push(Diagnostic::error(
                "scenario-bad-edit",
                format!("edit {}", i + 1),
                e.to_string(),
                "The edit was left out; correct it in the file and open it again.",
            )),
        }
    }
    let levers = if head.levers.is_null() { Ok(Levers::default()) } else { serde_json::from_value(head.levers) };
    let levers = levers.unwrap_or_else(|e| {
        problems.push(Diagnostic::error(
            "scenario-bad-levers",
            "levers",
            e.to_string(),
            "All levers were left at their defaults; give each as a number.",
        ));
        Levers::default()
    });
    let mut parameters = BTreeMap::new();
    for (key, value) in head.parameters {
        match value.as_f64() {
            Some(number) => _ = parameters.insert(key, number),
            None => problems.push(Diagnostic::error(
                "scenario-bad-parameter",
                format!("parameter {key}"),
                format!("{value} is not a number"),
                "The parameter keeps the table's value; give a number.",
            )),
        }
    }
    let goal = goal(head.goal, &mut problems);
    let unknown = if head.unknown.is_empty() { String::new() } else { Value::Object(head.unknown).to_string() };
    let (name, note, author) = (head.name, head.note, head.author);
    Ok((Scenario { name, note, author, edits, levers, parameters, goal, unknown }, problems))
}

fn goal(mut value: Value, problems: &mut Vec<Diagnostic>) -> Goal {
    if value.is_null() {
        return Goal::default();
    }
    // Contracts are read one by one, so that a bad one loses only itself.
    let stated = value.get_mut("contracts").and_then(Value::as_array_mut).map(std::mem::take);
    let mut goal = match serde_json::from_value::<Goal>(value) {
        Ok(goal) => goal,
        Err(e) => {
            problems.push(Diagnostic::error(
                "scenario-bad-goal",
                "goal",
                e.to_string(),
                "The goal was left at its default; correct it in the file and open it again.",
            ));
            return Goal::default();
        }
    };
    for (i, value) in stated.unwrap_or_default().into_iter().enumerate() {
        match serde_json::from_value::<Contract>(value) {
            Ok(contract) => goal.contracts.push(contract),
            Err(e) => problems.push(Diagnostic::error(
                "scenario-bad-contract",
                format!("contract {}", i + 1),
                e.to_string(),
                "The contract was left out; correct it in the file and open it again.",
            )),
        }
    }
    goal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geo::LonLat,
        model::{Cluster, FacilityKind, Stream},
        scenario::{NewFacility, Objective, SourceGroup},
    };
    use proptest::prelude::*;

    fn contract(id: &str, from: SourceGroup) -> Contract {
        Contract {
            id: id.into(),
            name: "定向".into(),
            stream: Stream::Al,
            from,
            plant: "SM001".into(),
            min_t: Some(5e4),
            max_t: None,
            cost_factor: 0.85,
        }
    }

    fn goal() -> Goal {
        Goal {
            objective: Objective::Weighted { yuan: 1.0, kg_co2e: 0.1, metal_kg: 0.0 },
            max_co2_t: Some(9e6),
            max_cross_cluster_t: None,
            contracts: vec![
                contract("K1", SourceGroup::Cluster(Cluster::Yrd)),
                contract("K2", SourceGroup::Province("安徽省".into())),
                contract("K3", SourceGroup::Points(vec!["CP0001".into()])),
            ],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let new = NewFacility {
            id: "UC001".into(),
            kind: FacilityKind::CollectionPoint,
            name: Default::default(),
            at: LonLat::new(120.5, 31.25),
            metals: vec![],
            capacity_t: Some(250.0),
        };
        let edits = vec![
            Edit::Add(new),
            Edit::Move { id: "CP0001".into(), to: LonLat::new(121.0, 31.0) },
            Edit::Close { id: "HB001".into() },
            Edit::SetCapacity { id: "SM001".into(), tonnes: Some(2e5) },
            Edit::SetCapacity { id: "SM001".into(), tonnes: None },
        ];
        let levers = Levers { recovery_rate: Some(0.8), freight_price: None };
        let parameters = [("freight.cost.all.rail".to_owned(), 0.12)].into();
        let unknown = r#"{"colour":"red","deep":{"a":[1,2.5]}}"#.to_owned();
        let (note, author) = ("给评审会".to_owned(), "王 & Li".to_owned());
        let scenario =
            Scenario { name: "苏北".into(), note, author, edits, levers, parameters, goal: goal(), unknown };
        assert_eq!(read(&write(&scenario)), Ok((scenario, vec![])));
    }

    /// Files of older versions are read for ever: this one is never changed.
    #[test]
    fn version_1_is_still_read() {
        let (scenario, problems) = read(include_str!("../../../tests/fixtures/scenario-v1.json")).unwrap();
        assert!(problems.is_empty());
        assert_eq!((scenario.name.as_str(), scenario.edits.len()), ("苏北", 3));
        assert_eq!(scenario.levers, Levers { recovery_rate: Some(0.8), freight_price: Some(1.25) });
        assert!(scenario.parameters.is_empty());
    }

    /// As above.
    #[test]
    fn version_2_is_still_read() {
        let (scenario, problems) = read(include_str!("../../../tests/fixtures/scenario-v2.json")).unwrap();
        assert!(problems.is_empty());
        assert_eq!((scenario.name.as_str(), scenario.edits.len()), ("苏北", 2));
        assert_eq!(scenario.levers, Levers { recovery_rate: Some(0.8), freight_price: None });
        assert_eq!(scenario.parameters, [("freight.cost.all.rail".to_owned(), 0.12)].into());
        assert_eq!(scenario.goal, Goal::default());
    }

    /// As above.
    #[test]
    fn version_3_is_still_read() {
        let (scenario, problems) = read(include_str!("../../../tests/fixtures/scenario-v3.json")).unwrap();
        assert!(problems.is_empty());
        assert_eq!(scenario.edits[1], Edit::SetCapacity { id: "SM001".into(), tonnes: Some(2e5) });
        assert_eq!(scenario.goal, goal());
    }

    /// As above.
    #[test]
    fn version_4_is_still_read() {
        let (scenario, problems) = read(include_str!("../../../tests/fixtures/scenario-v4.json")).unwrap();
        assert!(problems.is_empty());
        assert_eq!((scenario.note.as_str(), scenario.author.as_str()), ("给评审会", "王工"));
        assert_eq!((scenario.edits.len(), scenario.goal), (3, goal()));
        assert_eq!(scenario.unknown, r#"{"colour":"red"}"#);
    }

    #[test]
    fn a_bad_contract_keeps_the_others_and_a_bad_goal_the_rest() {
        let file = |goal: &str| {
            read(&format!(
                r#"{{"format":"loop-atlas-scenario","version":3,"edits":[{{"close":{{"id":"HB001"}}}}],"goal":{goal}}}"#
            ))
            .unwrap()
        };
        let codes = |problems: &[Diagnostic]| problems.iter().map(|p| p.code.clone()).collect::<Vec<_>>();
        let short = r#"{"id":"K1","stream":"al","from":{"cluster":"yrd"},"plant":"SM001"}"#;
        let (scenario, problems) = file(&format!(r#"{{"objective":"co2","contracts":[{{"id":"K0"}},{short}]}}"#));
        assert_eq!(
            (codes(&problems), problems[0].subject.as_str()),
            (vec!["scenario-bad-contract".into()], "contract 1")
        );
        assert_eq!((scenario.goal.objective, scenario.goal.contracts.len()), (Objective::Co2, 1));
        assert_eq!(scenario.goal.contracts[0].cost_factor, 1.0);
        for bad in ["7", r#"{"objective":"luck"}"#, r#"{"max_co2_t":"much"}"#, r#"{"contracts":"all"}"#] {
            let (scenario, problems) = file(bad);
            assert_eq!(codes(&problems), ["scenario-bad-goal"], "{bad}");
            assert_eq!((scenario.goal, scenario.edits.len()), (Goal::default(), 1));
        }
    }

    #[test]
    fn a_bad_edit_keeps_the_rest_and_a_newer_file_is_refused() {
        let (scenario, problems) = read(r#"{"format":"loop-atlas-scenario","version":1,"name":"x","edits":[{"fly":{}},{"close":{"id":"HB001"}}],"levers":{"recovery_rate":"high"},"parameters":{"a":"b"}}"#).unwrap();
        assert_eq!(scenario.edits, [Edit::Close { id: "HB001".into() }]);
        assert_eq!(
            problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(),
            ["scenario-bad-edit", "scenario-bad-levers", "scenario-bad-parameter"]
        );
        assert_eq!(read(r#"{"format":"loop-atlas-scenario","version":5}"#).unwrap_err().code, "scenario-newer-version");
        assert_eq!(read(r#"{"format":"x","version":1}"#).unwrap_err().code, "scenario-other-format");
        assert_eq!(read("{").unwrap_err().code, "scenario-not-readable");
    }

    proptest! {
        /// Whatever becomes of a file on its way: it is read or refused, and what is read can be written and read again.
        #[test]
        fn a_spoilt_file_is_read_or_refused(
            which in 0..4usize, cut in 0.0..1.0f64, at in 0.0..1.0f64, junk in "[\\PC\n\"{}\\[\\]:,0-9e+-]{0,12}", keep in any::<bool>(),
        ) {
            let file = [
                include_str!("../../../tests/fixtures/scenario-v1.json"),
                include_str!("../../../tests/fixtures/scenario-v2.json"),
                include_str!("../../../tests/fixtures/scenario-v3.json"),
                include_str!("../../../tests/fixtures/scenario-v4.json"),
            ][which];
            let place = |share: f64| file.floor_char_boundary((file.len() as f64 * share) as usize);
            let (from, to) = (place(at.min(cut)), place(at.max(cut)));
            // Something in the place of a piece, or the file cut off behind it.
            let spoilt = format!("{}{junk}{}", &file[..from], if keep { &file[to..] } else { "" });
            if let Ok((scenario, _)) = read(&spoilt) {
                let (again, problems) = read(&write(&scenario)).expect("what is written is a file");
                prop_assert!(problems.is_empty(), "{problems:?}");
                prop_assert_eq!(again, scenario);
            }
        }
    }
}
