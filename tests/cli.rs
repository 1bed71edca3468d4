//! The command line as a person meets it: names in both languages, clear refusals, exit code 2.

use atlas_core::scenario::Scenario;
use atlas_tests::{evaluate_json, project, region};
use std::process::{Command, Output};

/// The command, built by the same cargo run as this test.
fn atlas(args: &[&str]) -> Output {
    let mut folder = std::env::current_exe().expect("this test").parent().unwrap().to_owned();
    if folder.ends_with("deps") {
        folder.pop();
    }
    let program = folder.join(format!("atlas{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "build it first: cargo build -p atlas (cargo xtask test does)");
    Command::new(program).args(args).output().expect("atlas runs")
}

fn km(from: &str, to: &str) -> f64 {
    let out = atlas(&["route", "--from", from, "--to", to, "--json"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert!(json["legs"][0]["mode"] == "road" && json["alternatives"].is_array());
    for field in ["hours", "yuan_per_t", "kg_co2e_per_t"] {
        assert!(json[field].as_f64() >= Some(0.0), "{field}");
    }
    json["km"].as_f64().unwrap()
}

#[test]
fn routes_by_name_id_and_position() {
    assert!((km("Shanghai", "广州市") / 1411.0 - 1.0).abs() < 0.01);
    assert_eq!(km("上海", "广州"), km("shanghai", "Guangzhou"));
    assert!(km("SM001", "HB001") > 500.0);
    assert!(km("121.4691,31.2323", "SM003") < 80.0);
    assert_eq!(km("上海", "上海"), km("Shanghai", "Shanghai"));
}

#[test]
fn routes_by_any_modes_with_alternatives() {
    let ask = |args: &[&str]| {
        let out = atlas(&[&["route", "--from", "沈阳", "--to", "广州", "--json"], args].concat());
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice::<serde_json::Value>(&out.stdout).expect("JSON")
    };
    let by_road = ask(&[]);
    let any = ask(&["--modes", "road,rail,water,sea", "--by", "cost", "--alternatives", "3"]);
    assert!(any["yuan_per_t"].as_f64() < by_road["yuan_per_t"].as_f64());
    let others = any["alternatives"].as_array().unwrap();
    assert!(others.len() == 3 || any["fewer_alternatives"].is_string(), "{any}");
    for other in others {
        assert!(other["legs"].as_array().unwrap().len() > 1 && other["different"].as_f64() >= Some(0.2));
        assert!(other["yuan_per_t"].as_f64().unwrap() <= 1.5 * any["yuan_per_t"].as_f64().unwrap());
    }
    for input in any["inputs"].as_array().unwrap() {
        assert!(input["origin"]["source"].as_str().is_some_and(|s| !s.is_empty()), "{input}");
    }
    let hours = ask(&["--modes", "road,rail", "--by", "hours"]);
    assert!(hours["hours"].as_f64() <= ask(&["--modes", "road,rail", "--by", "co2"])["hours"].as_f64());
    let sum = ask(&["--modes", "road,rail", "--weights", "1,0,0"]);
    assert_eq!(sum["yuan_per_t"], ask(&["--modes", "road,rail", "--by", "cost"])["yuan_per_t"]);
}

#[test]
fn evaluate_prints_what_the_core_says() {
    let out = atlas(&["evaluate", "--json"]);
    assert_eq!(String::from_utf8(out.stdout).unwrap().trim_end(), evaluate_json(&region(), &Scenario::default()));
}

#[test]
fn what_cannot_be_answered_is_refused_with_a_reason() {
    let cases: [(&[&str], &str); 8] = [
        (&["route", "--from", "0,0", "--to", "上海"], "places in the region"),
        (&["route", "--from", "上海", "--to", "广州", "--weights", "0,0,0"], "more than 0"),
        (&["route", "--from", "上海", "--to", "上海", "--modes", "rail"], "as far as all the way"),
        (&["route", "--from", "Atlantis", "--to", "上海"], "Atlantis"),
        (&["route", "--from", "31.2,121.4", "--to", "上海"], "longitude first"),
        (&["route", "--from", "上海", "--to", "广州", "--modes", "camel"], "camel"),
        (&["evaluate", "--scenario", "no-such-file.json"], "no-such-file.json"),
        (&["evaluate", "--data", "no-such-folder"], "first.pack"),
    ];
    for (args, word) in cases {
        let out = atlas(args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(word), "{args:?}: {said}");
    }
}

#[test]
fn a_bad_pack_says_what_happened() {
    let folder = std::env::temp_dir().join(format!("loop-atlas-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let first = std::fs::read(project("data/pack/first.pack")).unwrap();
    std::fs::copy(project("data/pack/network.pack"), folder.join("network.pack")).unwrap();
    let mut newer = first.clone();
    newer[8] = 9;
    for (bytes, word) in
        [(&first[..1000], "cut short"), (&b"<html>"[..], "not a region pack"), (&newer[..], "version 9")]
    {
        std::fs::write(folder.join("first.pack"), bytes).unwrap();
        let out = atlas(&["evaluate", "--data", folder.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{said}");
        assert!(said.contains(word), "{said}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
