//! Every built-in story names what is there: ids of facilities and codes of prefectures, in the plan of its step.

use atlas_core::{
    format::story,
    scenario::{Document, Scenario, Spot, StepScenario},
};
use atlas_tests::{project, region, scenarios};

#[test]
fn built_in_stories_name_what_is_there() {
    let base = region().baseline;
    let scenarios = scenarios();
    let files = std::fs::read_dir(project("seeds/stories")).expect("the folder of stories");
    let mut read = 0;
    for file in files.map(|f| f.expect("a file").path()) {
        let text = std::fs::read_to_string(&file).expect("a text");
        let (story, problems) = story::read(&text).expect("a story");
        assert!(problems.is_empty(), "{}: {problems:#?}", file.display());
        for (i, step) in story.steps.iter().enumerate() {
            let told = format!("{}, step {}", file.display(), i + 1);
            let scenario = match &step.scenario {
                StepScenario::BuiltIn(key) if key == StepScenario::BASELINE => Scenario::default(),
                StepScenario::BuiltIn(key) => {
                    scenarios.iter().find(|s| s.0 == *key).unwrap_or_else(|| panic!("{told}: {key}")).1.clone()
                }
                StepScenario::Inline(own) => (**own).clone(),
                StepScenario::OnScreen => panic!("{told}: nothing is on the screen"),
            };
            let (document, problems) = Document::open(&base, scenario);
            assert!(problems.is_empty(), "{told}: {problems:#?}");
            let is_there = |id: &String| document.plan().get(id).is_some();
            assert!(step.view.selected.iter().all(is_there), "{told}: {:?}", step.view.selected);
            for spot in &step.spotlight {
                match spot {
                    Spot::Facility(id) => assert!(is_there(id), "{told}: {id}"),
                    Spot::Prefecture(code) => {
                        assert!(base.prefectures.iter().any(|p| p.adcode == *code), "{told}: {code}")
                    }
                    Spot::Cluster(_) | Spot::Figure(_) => {}
                }
            }
        }
        read += 1;
    }
    assert!(read > 0);
}
