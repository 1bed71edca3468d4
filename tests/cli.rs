//! The command line as a person meets it: names in both languages, clear refusals, exit code 2.

use atlas_core::scenario::Scenario;
use atlas_tests::{atlas, evaluate_json, project, region};

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
fn catchments_of_any_set_by_any_measure() {
    let ask = |args: &[&str]| {
        let out = atlas(&[&["catchment", "--json"], args].concat());
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice::<serde_json::Value>(&out.stdout).expect("JSON")
    };
    let number = |v: &serde_json::Value| v.as_f64().unwrap_or_else(|| panic!("{v} is no number"));
    let people = |all: &serde_json::Value| -> f64 {
        all["facilities"].as_array().unwrap().iter().map(|f| number(&f["people"])).sum::<f64>()
    };
    for (of, measure, stream) in [
        ("collection-points", "km", None),
        ("hubs", "minutes", Some("cu")),
        ("smelters", "yuan", Some("pb")),
        ("hubs", "line", None),
    ] {
        let mut args = vec!["--of", of, "--measure", measure, "--bands", "5,10,20"];
        args.extend(stream.iter().flat_map(|s| ["--stream", s]));
        let all = ask(&args);
        let first = &all["facilities"][0];
        for field in ["people", "tonnes", "cells", "loss_if_closed"] {
            assert!(number(&first[field]) >= 0.0, "{field}");
        }
        assert!(first["id"].is_string() && first["name"].is_string() && first.get("mean_km").is_some());
        let bands = all["coverage"].as_array().unwrap();
        assert_eq!(bands.iter().map(|b| number(&b["band"])).collect::<Vec<_>>(), [5.0, 10.0, 20.0]);
        assert!(bands.windows(2).all(|w| number(&w[0]["people"]) <= number(&w[1]["people"])));
        assert!((people(&all) + number(&all["unreachable"]["people"]) - number(&all["total"]["people"])).abs() < 1.0);
        for input in all["inputs"].as_array().unwrap() {
            assert!(input["origin"]["source"].as_str().is_some_and(|s| !s.is_empty()), "{input}");
        }
    }
    let file = std::env::temp_dir().join(format!("loop-atlas-catchments-{}.geojson", std::process::id()));
    let out = atlas(&["catchment", "--of", "hubs", "--cluster", "prd", "--geojson", file.to_str().unwrap()]);
    assert!(out.status.success());
    let areas: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    std::fs::remove_file(&file).unwrap();
    let layers: Vec<&str> =
        areas["features"].as_array().unwrap().iter().filter_map(|f| f["properties"]["layer"].as_str()).collect();
    assert!(layers.contains(&"catchment") && layers.contains(&"band"), "{layers:?}");
}

#[test]
fn a_question_about_catchments_that_makes_no_sense_is_refused() {
    let cases: [(&[&str], &str); 5] = [
        (&["--bands", "10,5"], "ascending"),
        (&["--bands", "0"], "above 0"),
        (&["--limit", "-3"], "--limit"),
        (&["--of", "hubs", "--only", "CP0001"], "CP0001"),
        (&["--of", "hubs", "--stream", "pb"], "no open facility fits"),
    ];
    for (args, reason) in cases {
        let out = atlas(&[&["catchment"], args].concat());
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(reason) && out.stdout.is_empty(), "{args:?}: {said}");
    }
}

#[test]
fn sites_are_found_told_and_saved() {
    let file = |name: &str| std::env::temp_dir().join(format!("loop-atlas-site-{}{name}", std::process::id()));
    let (asked, list, saved) = (file(".question.json"), file(".csv"), file(".scenario.json"));
    std::fs::write(&asked, r#"{ "area": { "within": ["340100"] }, "candidates": "cells", "count": 9 }"#).unwrap();
    std::fs::write(&list, "name,lon,lat\n甲,117.2,31.8\n乙,117.9,31.6\n海,123.5,30.0\n?,x,y\n").unwrap();
    let [asked, list, saved] = [&asked, &list, &saved].map(|p| p.to_str().unwrap());
    let out = atlas(&[
        "site",
        "--question",
        asked,
        "--count",
        "2",
        "--curve",
        "4",
        "--alternatives",
        "2",
        "--save",
        saved,
        "--json",
    ]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!((json["sites"].as_array().unwrap().len(), json["unit"].as_str()), (2, Some("km")));
    assert!(
        json["objective"].as_f64() < json["before"].as_f64() && json["bound"].as_f64() <= json["objective"].as_f64()
    );
    assert_eq!(json["curve"]["points"].as_array().unwrap().len(), 4);
    assert!(json["alternatives"]["plans"].is_array() && json["inputs"][0]["key"].is_string());
    // The saved scenario holds the plan.
    let out = atlas(&["evaluate", "--scenario", saved, "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(told["scenario"]["edits"].as_array().unwrap().len(), 2);
    assert_eq!(told["diagnostics"].as_array().unwrap().len(), 0);
    let out = atlas(&["site", "--serves", "安徽", "--candidates", list, "--count", "1"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success() && said.contains("list row 3") && said.contains("list row 4"), "{said}");
    for path in [asked, list, saved] {
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn sites_for_many_futures_are_told_with_what_they_cost_in_each() {
    let asked = ["site", "--within", "340000", "--stream", "pb", "--demand", "tonnes", "--count", "6", "--json"];
    let told = |more: &[&str]| -> serde_json::Value {
        let out = atlas(&[&asked, more].concat());
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice(&out.stdout).expect("JSON")
    };
    let plain = told(&[]);
    assert!(plain["futures"].is_null() && plain["drawn"].is_null(), "nothing was asked");
    let worst = told(&["--futures", "20", "--by", "worst", "--seed", "1"]);
    let mean = told(&["--futures", "20", "--by", "mean", "--seed", "1"]);
    let ids = |sites: &serde_json::Value| -> Vec<String> {
        sites.as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap().to_owned()).collect()
    };
    for found in [&worst, &mean] {
        let futures = &found["futures"];
        assert_eq!((found["status"].as_str(), futures["values"].as_array().map(Vec::len)), (Some("Optimal"), Some(20)));
        let mut those = ids(&plain["sites"]);
        those.sort();
        let mut told: Vec<String> =
            futures["plain_sites"].as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_owned()).collect();
        told.sort();
        assert_eq!(told, those, "the plan that others are measured by is the plain answer");
        let counts = ["better", "alike", "worse"].map(|k| futures[k].as_u64().unwrap());
        assert_eq!(counts.iter().sum::<u64>(), 20);
        let drawn = found["drawn"].as_array().unwrap();
        assert!(drawn.iter().any(|k| k == "national.domestic_scrap.Pb"), "{drawn:?}");
    }
    assert_eq!(worst["objective"], worst["futures"]["plan"]["worst"]);
    assert!(worst["futures"]["plan"]["worst"].as_f64() <= mean["futures"]["plan"]["worst"].as_f64());
    assert!(mean["objective"].as_f64().unwrap() <= worst["futures"]["plan"]["band"]["mean"].as_f64().unwrap() + 1e-6);
    // The same seed gives the same answer; another seed other futures.
    let timeless = |mut v: serde_json::Value| {
        v["seconds"] = 0.into();
        v
    };
    let again = told(&["--futures", "20", "--by", "worst", "--seed", "1"]);
    assert_eq!(timeless(again), timeless(worst.clone()));
    let other = told(&["--futures", "20", "--by", "worst", "--seed", "2"]);
    assert_ne!(other["futures"]["values"], worst["futures"]["values"]);
}

#[test]
fn a_question_about_sites_that_makes_no_sense_is_refused() {
    let cases: [(&[&str], &str); 12] = [
        (&["--within", "340100", "--futures", "0"], "siting-futures-number"),
        (&["--within", "340100", "--futures", "-3"], "--futures"),
        (&["--within", "340100", "--by", "regret"], "add --futures N"),
        (&["--within", "340100", "--futures", "20", "--aim", "least-longest"], "siting-futures-cannot-matter"),
        (&["--within", "340100", "--count", "5000"], "siting-too-many"),
        (&["--within", "Atlantis"], "siting-unknown-area"),
        (&["--within", "340100", "--limit", "-3"], "siting-bad-number"),
        (&["--within", "340100", "--aim", "most-covered"], "siting-limit-needed"),
        (&["--kind", "hubs", "--stream", "pb"], "siting-stream-not-via-hub"),
        (&["--within", "340100", "--open", "CP9999"], "siting-unknown-lock"),
        (&["--question", "no-such-file.json"], "no-such-file.json"),
        (&["--within", "苏州市", "--seconds", "0"], "--seconds"),
    ];
    for (args, reason) in cases {
        let out = atlas(&[&["site"], args].concat());
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(reason) && out.stdout.is_empty(), "{args:?}: {said}");
    }
}

#[test]
fn evaluate_prints_what_the_core_says() {
    let out = atlas(&["evaluate", "--json"]);
    assert_eq!(String::from_utf8(out.stdout).unwrap().trim_end(), evaluate_json(&region(), &Scenario::default()));
}

/// Version 4: note and author are of the file, and what this app does not know stops nothing.
#[test]
fn evaluate_reads_a_scenario_of_version_4() {
    let file = std::env::temp_dir().join(format!("loop-atlas-v4-{}.json", std::process::id()));
    let text = r#"{"format":"loop-atlas-scenario","version":4,"name":"苏北","note":"给评审会","author":"王工","colour":"red",
        "edits":[{"close":{"id":"HB001"}}],"levers":{"recovery_rate":0.8}}"#;
    std::fs::write(&file, text).unwrap();
    let out = atlas(&["evaluate", "--scenario", file.to_str().unwrap(), "--json"]);
    std::fs::remove_file(&file).unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let told: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let scenario = &told["scenario"];
    assert_eq!((scenario["name"].as_str(), scenario["note"].as_str()), (Some("苏北"), Some("给评审会")));
    assert_eq!((scenario["author"].as_str(), scenario["edits"].as_array().map(Vec::len)), (Some("王工"), Some(1)));
    assert_eq!(told["diagnostics"].as_array().map(Vec::len), Some(0));
}

#[test]
fn norms_are_told_listed_and_mapped() {
    let file = |name: &str| std::env::temp_dir().join(format!("loop-atlas-norms-{}{name}", std::process::id()));
    let (layer, list) = (file(".geojson"), file(".csv"));
    let export = ["--json", "--geojson", layer.to_str().unwrap(), "--csv", list.to_str().unwrap()];
    let out = atlas(&[&["norms", "--norms", "N1,N2,N8", "--provinces", "上海市,山东省"], &export[..]].concat());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let findings = json["findings"].as_array().unwrap();
    let shanghai = findings.iter().find(|f| f["subject"]["prefecture"] == 310_000).expect("Shanghai");
    assert_eq!((shanghai["norm"].as_str(), shanghai["verdict"].as_str()), (Some("N1"), Some("passes")));
    assert!(shanghai["measured"]["ratio"].as_f64() > Some(1.0), "{shanghai}");
    assert!(findings.iter().any(|f| f["norm"] == "N2" && f["verdict"]["cannot_say"] == "floor_area"));
    for norm in json["norms"].as_array().unwrap() {
        assert!(norm["origin"]["source"].as_str().is_some_and(|s| !s.is_empty()), "{norm}");
    }
    assert_eq!(json["inputs"][0]["key"], "model.household_size.all");
    let mapped: serde_json::Value = serde_json::from_slice(&std::fs::read(&layer).unwrap()).expect("GeoJSON");
    let placed = findings.iter().filter(|f| !f["at"].is_null()).count();
    assert_eq!(
        (mapped["type"].as_str(), mapped["features"].as_array().unwrap().len()),
        (Some("FeatureCollection"), placed)
    );
    assert_eq!(csv::Reader::from_path(&list).unwrap().records().count(), findings.len());
    for path in [layer, list] {
        std::fs::remove_file(path).unwrap();
    }
    let told = String::from_utf8(atlas(&["norms", "--profile", "beijing_2024"]).stdout).unwrap();
    for words in ["可回收物体系建设管理规范", "add 1366 points", "find out: villages", "cannot say"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn what_cannot_be_answered_is_refused_with_a_reason() {
    let cases: [(&[&str], &str); 11] = [
        (&["norms", "--profile", "lunar"], "shanghai_2019"),
        (&["norms", "--norms", "N1,N99"], "N99"),
        (&["norms", "--provinces", "Shanghai"], "上海市"),
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

#[test]
fn scenarios_side_by_side_agree_with_each_alone() {
    let file = project("seeds/scenarios/yrd-dispatch.json").display().to_string();
    let compare = |args: &[&str]| atlas(&[&["compare", "baseline", &file], args].concat());
    let out = compare(&["--json"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let alone = atlas(&["allocate", "--scenario", &file, "--json"]);
    let alone: serde_json::Value = serde_json::from_slice(&alone.stdout).expect("JSON");
    let (base, centre) = (&json["scenarios"][0], &json["scenarios"][1]);
    let number = |v: &serde_json::Value| v.as_f64().unwrap_or_else(|| panic!("{v} is no number"));
    let account = &alone["account"];
    let parts = ["scrap_haul_yuan", "sorting_yuan", "smelting_yuan", "product_haul_yuan", "inflow_yuan", "carbon_yuan"];
    let cost: f64 = parts.iter().map(|p| number(&account[*p])).sum::<f64>() - number(&account["subsidy_yuan"]);
    assert!((number(&centre["indicators"]["cost_yuan"]) / cost - 1.0).abs() < 4e-6, "{cost}");
    assert!(base["changed"].is_null() && base["facilities"].is_null());
    let facilities = centre["facilities"].as_array().expect("a list");
    assert!(facilities.len() == 1 && facilities[0]["change"] == "opened", "{facilities:?}");
    let changed = centre["changed"].as_array().expect("a list");
    let relative: Vec<f64> = changed.iter().map(|c| number(&c["relative"])).collect();
    assert!(!relative.is_empty() && relative.windows(2).all(|w| w[0] >= w[1]), "{relative:?}");
    let haul = changed.iter().find(|c| c["indicator"] == "mean_haul_km").expect("a nearer hub");
    assert!(number(&haul["difference"]) < 0.0 && haul["better"] == true);
    for bad in [&["--reference", "3"][..], &["--limit", "-1"]] {
        assert_eq!(compare(bad).status.code(), Some(2), "{bad:?}");
    }
}

#[test]
fn what_breaks_a_plan_is_ranked_drawn_and_compared() {
    let other = project("seeds/scenarios/closed-loop.json").display().to_string();
    let ask = |args: &[&str]| {
        let out = atlas(&[&["stress"], args].concat());
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let few = ["--shock", "SM006,HB001,claimed_demand,no_imports:Cu", "--confirm", "1"];
    let all = [&few[..], &["--detour", "SM006", "--plans", &other, "--worst", "1", "--json"]].concat();
    let timeless = |text: &str| {
        let mut json: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert!(json["seconds"].as_f64() > Some(0.0));
        json["seconds"] = 0.into();
        json
    };
    let json = timeless(&ask(&all));
    assert_eq!(json, timeless(&ask(&all)), "the same question, the same answer");
    let rows = json["shocks"].as_array().expect("a list");
    let keys: Vec<&str> = rows.iter().map(|r| r["shock"].as_str().unwrap()).collect();
    assert_eq!(keys, ["claimed_demand", "out:SM006", "no_imports:cu", "out:HB001"]);
    assert!(rows[0]["kind"] == "demand" && rows[0]["name"].is_null() && rows[0]["rank"] == 1);
    assert!(rows[1]["kind"] == "smelter" && rows[1]["name"]["zh"].as_str().is_some_and(|n| !n.is_empty()));
    let number = |v: &serde_json::Value| v.as_f64().unwrap_or_else(|| panic!("{v} is no number"));
    assert!(rows[0]["full"].is_object() && rows[1]["full"].is_null(), "one is confirmed");
    assert!((number(&rows[0]["full"]["unmet_t"]) / number(&rows[0]["unmet_t"]) - 1.0).abs() < 0.01);
    let detour = &json["detours"][0];
    assert!((number(&detour["harm"]["unmet_t"]) / number(&rows[1]["unmet_t"]) - 1.0).abs() < 0.01);
    let flows = |of: &str| detour[of].as_array().expect("a list").len();
    assert!(flows("lost") > 3 && flows("missed") > 0, "{detour}");
    let regret = &json["regret"];
    assert_eq!((regret["measure"].as_str(), regret["plans"].as_array().map(Vec::len)), (Some("made_t"), Some(2)));
    let cases = regret["cases"].as_array().expect("a list");
    assert!(cases.len() > 9 && cases[0]["case"] == "as_it_is", "{cases:?}");
    assert!(cases.iter().all(|c| c["best"].as_array().is_some_and(|b| !b.is_empty())));
    assert!(!regret["least"].as_array().expect("a list").is_empty());
    let words = ask(&few);
    for word in ["as it is", "claimed_demand", "out:SM006", "rank"] {
        assert!(words.contains(word), "{word}: {words}");
    }
    let cases: [(&[&str], &str); 6] = [
        (&["stress", "--shock", "SM9999"], "there is no shock SM9999"),
        (&["stress", "--shock", "CP0001"], "there is no shock CP0001"),
        (&["stress", "--only", "meteor"], "rail_hub"),
        (&["stress", "--detour", "flood"], "there is no shock flood"),
        (&["stress", "--plans", "no-such-file.json"], "no-such-file.json"),
        (&["stress", "--measure", "imported_t"], "no plan can lose by it"),
    ];
    for (args, word) in cases {
        let out = atlas(args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(word), "{args:?}: {said}");
    }
}

#[test]
fn the_tables_are_made_to_agree_and_what_cannot_be_is_said() {
    let ask = |args: &[&str]| atlas(&[&["reconcile", "--json"], args].concat());
    let json = |out: std::process::Output| -> serde_json::Value {
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice(&out.stdout).expect("JSON")
    };
    let found = json(ask(&[]));
    let value = |all: &serde_json::Value, key: &str, field: &str| {
        let row = all["values"].as_array().unwrap().iter().find(|v| v["key"] == key).unwrap_or_else(|| panic!("{key}"));
        row[field].clone()
    };
    let number = |key: &str| value(&found, key, "balanced").as_f64().unwrap();
    // The aluminium gap of the tables, by their own numbers, and none after.
    let stated = |key: &str| value(&found, key, "value").as_f64().unwrap();
    let yields = |of: &dyn Fn(&str) -> f64| {
        (of("scrap_al") + of("import_al") * of("content_al")) * of("sorting_yield") * of("smelter_yield_al")
    };
    let balance = found["balances"].as_array().unwrap().iter().find(|b| b["key"] == "metal_al").unwrap();
    let gap = yields(&stated) - stated("output_al");
    assert!(gap < -1000.0 && (balance["off"].as_f64().unwrap() - gap).abs() < 1e-6, "{balance}");
    assert!((yields(&number) - number("output_al")).abs() < 1e-3);
    assert_eq!(value(&found, "arising_al", "verdict"), "worked_out");
    // What a person set stays; where everything in a balance is set, nothing fits, and the balance is named.
    let file = std::env::temp_dir().join(format!("loop-atlas-reconcile-{}.json", std::process::id()));
    let set = |values: &str| {
        std::fs::write(&file, format!(r#"{{"format": "loop-atlas-scenario", "version": 4, "name": "x", "edits": [], "levers": {{}}, "parameters": {{{values}}}}}"#)).unwrap();
        ask(&["--scenario", file.to_str().unwrap()])
    };
    let kept = json(set(r#""national.domestic_scrap.Pb": 2500"#));
    assert_eq!(value(&kept, "scrap_pb", "verdict"), "fixed");
    assert_eq!(value(&kept, "scrap_pb", "balanced"), 2500.0);
    let refused = set(
        r#""national.domestic_scrap.Pb": 2500, "national.recycled_output_target.Pb": 3000, "process.smelter_yield.Pb": 97.5"#,
    );
    assert_eq!(refused.status.code(), Some(2));
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(words.contains("metal_pb") && words.contains("deviation"), "{words}");
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn many_futures_are_the_same_by_any_number_of_threads_and_bad_questions_are_refused() {
    let file = project("seeds/scenarios/recovery-85.json");
    let file = file.to_str().unwrap();
    let ask = |threads: &str| {
        let args = ["montecarlo", "--runs", "24", "--seed", "9", "--threads", threads, "--scenario", file, "--json"];
        let out = atlas(&[&args[..], &["--measure", "cost_yuan", "--measure", "collected_t"]].concat());
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let mut json: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
        assert!(json["seconds"].take().as_f64() > Some(0.0));
        json
    };
    let one = ask("1");
    assert_eq!(one, ask("3"));
    assert_eq!((one["runs"].as_u64(), one["seed"].as_u64()), (Some(24), Some(9)));
    let drawn = one["drawn"].as_array().unwrap();
    assert!(drawn.len() > 100 && drawn.iter().all(|d| d["low"].as_f64() < d["high"].as_f64()));
    assert!(drawn.iter().all(|d| !d["key"].as_str().unwrap().starts_with("policy.")));
    let plans = one["plans"].as_array().unwrap();
    assert_eq!((plans[0]["name"].as_str(), plans.len()), (Some("baseline"), 2));
    for plan in plans {
        for key in ["cost_yuan", "collected_t", "prd.collected_t"] {
            let band = &plan["bands"][key];
            let of = |q: &str| band[q].as_f64().unwrap();
            assert!(of("p5") < of("p50") && of("p50") < of("p95") && of("error") > 0.0, "{band}");
            assert!(of("p5") < of("full") && of("off") < 0.01 && band["runs"].as_u64() == Some(24), "{band}");
        }
        assert!(plan["bands"]["made_t"].is_null());
    }
    // The recovery rate of the scenario is set, and not drawn: what is collected differs, more of it mostly.
    let odds = &plans[1]["odds"]["baseline"]["collected_t"];
    assert!(odds["share"].as_f64() < Some(0.5) && odds["low"].as_f64() < odds["high"].as_f64(), "{odds}");
    assert!(plans[1]["regret"]["cost_yuan"]["most"].as_f64() >= plans[1]["regret"]["cost_yuan"]["mean"].as_f64());
    assert!(!plans[0]["value_of_data"]["cost_yuan"]["shares"].as_array().unwrap().is_empty());

    for (args, says) in [
        (&["--runs", "0"][..], "from 1"),
        (&["--runs", "-4"], "from 1"),
        (&["--runs", "20000"], "give fewer"),
        (&["--measure", "costs"], "cost_yuan"),
        (&["--threads", "0"], "from 1"),
        (&["--scenario", "nowhere.json"], "cannot read"),
    ] {
        let out = atlas(&[&["montecarlo"], args].concat());
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(2) && told.contains(says), "{args:?}: {told}");
    }
}
