//! The published schema of the scenario file says what the code reads and writes.

use atlas_core::{
    format::scenario::{SCENARIO_VERSION, read, write},
    geo::LonLat,
    model::{Cluster, FacilityKind, Metal, Name, Stream},
    scenario::{Contract, Edit, Goal, Levers, NewFacility, Objective, Scenario, SourceGroup},
};
use atlas_tests::project;
use boon::{Compiler, Schemas};
use serde_json::{Value, json};

fn schema() -> Value {
    let text = std::fs::read_to_string(project("public/scenario.schema.json")).expect("the schema");
    serde_json::from_str(&text).expect("JSON")
}

/// Says what is wrong with a file by the schema.
fn judge() -> impl Fn(&Value) -> Option<String> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("scenario.json", schema()).expect("a resource");
    let index = compiler.compile("scenario.json", &mut schemas).expect("a sound schema");
    move |file| schemas.validate(file, index).err().map(|e| e.to_string())
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Every kind of everything.
fn whole() -> Scenario {
    let id = || "CP0001".to_owned();
    let new = |kind: &FacilityKind| {
        Edit::Add(NewFacility {
            id: format!("U-{}", kind.key()),
            kind: *kind,
            name: Name { zh: "新".into(), en: "new".into() },
            at: LonLat::new(120.5, 31.25),
            metals: Metal::ALL.to_vec(),
            capacity_t: Some(250.5),
        })
    };
    let mut edits: Vec<Edit> = FacilityKind::ALL.iter().map(new).collect();
    edits.extend([
        Edit::Move { id: id(), to: LonLat::new(121.0, 31.0) },
        Edit::Close { id: id() },
        Edit::Reopen { id: id() },
        Edit::Remove { id: id() },
        Edit::SetCapacity { id: id(), tonnes: Some(1.0) },
        Edit::SetCapacity { id: id(), tonnes: None },
    ]);
    let groups = Cluster::ALL.map(SourceGroup::Cluster).into_iter();
    let groups = groups.chain([SourceGroup::Province("安徽省".into()), SourceGroup::Points(vec![id()])]);
    let contract = |(i, (from, stream)): (usize, (SourceGroup, Stream))| Contract {
        id: format!("K{i}"),
        name: "定向".into(),
        stream,
        from,
        plant: "SM001".into(),
        min_t: Some(1.0),
        max_t: None,
        cost_factor: 0.85,
    };
    let goal = Goal {
        objective: Objective::Weighted { yuan: 1.0, kg_co2e: 0.1, metal_kg: 0.0 },
        max_co2_t: Some(1e6),
        max_cross_cluster_t: Some(1e5),
        contracts: groups.zip(Stream::ALL).enumerate().map(contract).collect(),
    };
    Scenario {
        name: "苏北".into(),
        note: "给评审会".into(),
        author: "王工".into(),
        edits,
        levers: Levers { recovery_rate: Some(0.8), freight_price: Some(1.3) },
        parameters: [("freight.cost.all.rail".to_owned(), 0.12)].into(),
        goal,
        unknown: r#"{"colour":"red"}"#.into(),
    }
}

#[test]
fn what_is_written_fits_and_every_field_is_described() {
    let judge = judge();
    let described = schema();
    for objective in [Objective::Cost, Objective::Co2, Objective::Metal, whole().goal.objective] {
        let scenario = Scenario { goal: Goal { objective, ..whole().goal }, ..whole() };
        let file = parsed(&write(&scenario));
        assert_eq!(judge(&file), None);
        assert_eq!(read(&file.to_string()), Ok((scenario, vec![])));
    }
    assert_eq!(judge(&parsed(&write(&Scenario::default()))), None);
    let file = parsed(&write(&whole()));
    let fields = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    for field in fields(&file) {
        assert!(field == "colour" || described["properties"].get(&field).is_some(), "{field} is not described");
    }
    for edit in file["edits"].as_array().unwrap() {
        let kind = &fields(edit)[0];
        let properties = &described["$defs"]["edit"]["properties"][kind]["properties"];
        for field in fields(&edit[kind]) {
            assert!(properties.get(&field).is_some(), "{kind}.{field} is not described");
        }
    }
    for (part, of) in [(&file["goal"], "goal"), (&file["goal"]["contracts"][0], "contract")] {
        for field in fields(part) {
            assert!(described["$defs"][of]["properties"].get(&field).is_some(), "{of}.{field} is not described");
        }
    }
    assert_eq!(described["properties"]["version"]["maximum"], json!(SCENARIO_VERSION));
}

#[test]
fn every_scenario_in_the_repository_fits() {
    let judge = judge();
    let mut files: Vec<_> = std::fs::read_dir(project("seeds/scenarios")).unwrap().map(|f| f.unwrap().path()).collect();
    files.extend((1..=SCENARIO_VERSION).map(|v| project(&format!("tests/fixtures/scenario-v{v}.json"))));
    assert!(files.len() > 8);
    for path in files {
        let file = parsed(&std::fs::read_to_string(&path).unwrap());
        assert_eq!(judge(&file), None, "{}", path.display());
    }
}

#[test]
fn what_the_code_refuses_does_not_fit() {
    let judge = judge();
    let file = |edit: Value| json!({ "format": "loop-atlas-scenario", "version": 4, "edits": [edit] });
    assert_eq!(judge(&file(json!({ "close": { "id": "HB001" } }))), None);
    for bad in [
        file(json!({ "fly": { "id": "HB001" } })),
        file(json!({ "close": {} })),
        file(json!({ "move": { "id": "HB001", "to": [120.5] } })),
        file(json!({ "add": { "id": "U1", "kind": "airport", "at": [120.5, 31.0] } })),
        json!({ "format": "another", "version": 4 }),
        json!({ "format": "loop-atlas-scenario", "version": 5 }),
        json!({ "format": "loop-atlas-scenario", "version": 4, "levers": { "recovery_rate": 7 } }),
        json!({ "format": "loop-atlas-scenario", "version": 4, "goal": { "objective": "luck" } }),
    ] {
        assert!(judge(&bad).is_some(), "{bad}");
    }
}
