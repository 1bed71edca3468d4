//! The story file: JSON, versioned. A step that cannot be read loses only itself.
//!
//! ```json
//! { "format": "loop-atlas-story", "version": 1, "title": { "zh": "…", "en": "…" }, "author": "…",
//!   "steps": [ { "title": { "zh": "…", "en": "…" }, "text": { "en": "Hauls grow to {figure:mean-haul:yrd}." },
//!                "scenario": { "built_in": "yrd-dispatch" },
//!                "view": { "at": [120.3, 31.6], "zoom": 7, "layers": ["layer-flows"], "results": "figures", "selected": "HB001" },
//!                "spotlight": [ { "cluster": "yrd" }, { "facility": "HB001" }, { "prefecture": 320500 },
//!                               { "figure": { "key": "mean-haul", "cluster": "yrd" } } ] } ] }
//! ```
//!
//! `scenario` is `"on_screen"` or missing for the plan on the screen, `built_in` with a key, or `inline` with a whole scenario file,
//! which [`super::scenario`] reads and upgrades. Of `title` and `text` one language may be missing.

use super::scenario;
use crate::{
    diagnostics::Diagnostic,
    model::Name,
    scenario::{Spot, Step, StepScenario, Story, View},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What `format` says in every story file.
pub const STORY_FORMAT: &str = "loop-atlas-story";
/// The version this code writes and reads.
pub const STORY_VERSION: u32 = 1;
/// What `format` says where a browser keeps stories.
pub const SHELF_FORMAT: &str = "loop-atlas-stories";
/// More steps than this are no story that anybody tells.
const MOST_STEPS: usize = 500;

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
    #[serde(default)]
    title: Words,
    #[serde(default)]
    author: String,
    #[serde(default)]
    steps: Vec<Value>,
}

/// Words of which one language may be missing.
#[derive(Default, Deserialize)]
struct Words {
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
}

impl From<Words> for Name {
    fn from(w: Words) -> Self {
        Self { zh: w.zh, en: w.en }
    }
}

#[derive(Deserialize)]
struct RawStep {
    #[serde(default)]
    title: Words,
    #[serde(default)]
    text: Words,
    #[serde(default)]
    scenario: Value,
    #[serde(default)]
    view: View,
    #[serde(default)]
    spotlight: Vec<Value>,
}

/// Writes a story file.
#[must_use]
pub fn write(story: &Story) -> String {
    serde_json::to_string_pretty(&value(story)).expect("a story has only text, numbers and lists")
}

fn value(story: &Story) -> Value {
    let steps: Vec<Value> = story.steps.iter().map(step_value).collect();
    json!({
        "format": STORY_FORMAT, "version": STORY_VERSION, "title": words(&story.title), "author": story.author, "steps": steps
    })
}

fn words(name: &Name) -> Value {
    let both = [("zh", &name.zh), ("en", &name.en)].into_iter().filter(|(_, text)| !text.is_empty());
    Value::Object(both.map(|(lang, text)| (lang.to_owned(), Value::from(text.as_str()))).collect())
}

fn step_value(step: &Step) -> Value {
    let scenario = match &step.scenario {
        StepScenario::OnScreen => Value::from("on_screen"),
        StepScenario::BuiltIn(key) => json!({ "built_in": key }),
        StepScenario::Inline(own) => {
            json!({ "inline": serde_json::from_str::<Value>(&scenario::write(own)).unwrap_or_default() })
        }
    };
    json!({
        "title": words(&step.title), "text": words(&step.text), "scenario": scenario, "view": step.view,
        "spotlight": step.spotlight
    })
}

/// Reads a story file. A step that cannot be read is reported and left out, and so is something that it names; the rest is kept.
///
/// # Errors
/// Where the text is no story file, or one of a newer version.
pub fn read(text: &str) -> Result<(Story, Vec<Diagnostic>), Diagnostic> {
    let unreadable = |e: serde_json::Error| {
        Diagnostic::error(
            "story-not-readable",
            format!("line {}", e.line()),
            e.to_string(),
            "Choose a story file that Loop Atlas wrote, or mend the JSON at that line.",
        )
    };
    let head: Head = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(unreadable)?;
    if head.format != STORY_FORMAT {
        return Err(Diagnostic::error(
            "story-other-format",
            "format",
            format!("{:?} is not {STORY_FORMAT:?}", head.format),
            "Choose a story file that Loop Atlas wrote.",
        ));
    }
    if head.version == 0 || head.version > STORY_VERSION {
        return Err(Diagnostic::error(
            "story-newer-version",
            "version",
            format!("version {}, this app reads up to {STORY_VERSION}", head.version),
            "Reload the page to get the newest app.",
        ));
    }
    let mut problems = Vec::new();
    if head.steps.len() > MOST_STEPS {
        problems.push(Diagnostic::error(
            "story-too-long",
            "steps",
            format!("{} steps, at most {MOST_STEPS} are read", head.steps.len()),
            "Divide it into several stories.",
        ));
    }
    let steps = head.steps.into_iter().take(MOST_STEPS).enumerate();
    let steps = steps.filter_map(|(i, value)| step(i, value, &mut problems)).collect();
    Ok((Story { title: head.title.into(), author: head.author, steps }, problems))
}

fn step(i: usize, value: Value, problems: &mut Vec<Diagnostic>) -> Option<Step> {
    let subject = format!("step {}", i + 1);
    let left_out = |why: String| {
        Diagnostic::error(
            "story-bad-step",
            subject.clone(),
            why,
            "The step was left out; correct it in the file and open it again.",
        )
    };
    let raw: RawStep = match serde_json::from_value(value) {
        Ok(raw) => raw,
        Err(e) => {
            problems.push(left_out(e.to_string()));
            return None;
        }
    };
    let (scenario, more) = match step_scenario(raw.scenario) {
        Ok(read) => read,
        Err(why) => {
            problems.push(left_out(why));
            return None;
        }
    };
    problems.extend(more.into_iter().map(|d| Diagnostic { subject: format!("{subject}, {}", d.subject), ..d }));
    let mut spotlight = Vec::new();
    for value in raw.spotlight {
        match serde_json::from_value::<Spot>(value) {
            Ok(spot) => spotlight.push(spot),
            Err(e) => problems.push(Diagnostic::error(
                "story-bad-spot",
                subject.clone(),
                e.to_string(),
                "The step is shown without it; correct it in the file and open it again.",
            )),
        }
    }
    Some(Step { title: raw.title.into(), text: raw.text.into(), scenario, view: raw.view, spotlight })
}

fn step_scenario(value: Value) -> Result<(StepScenario, Vec<Diagnostic>), String> {
    match value {
        Value::Null => Ok((StepScenario::OnScreen, vec![])),
        Value::String(s) if s == "on_screen" => Ok((StepScenario::OnScreen, vec![])),
        Value::Object(mut object) => {
            if let Some(Value::String(key)) = object.get("built_in") {
                return Ok((StepScenario::BuiltIn(key.clone()), vec![]));
            }
            let inline = object.remove("inline").ok_or("scenario is neither built_in nor inline")?;
            let (own, problems) = scenario::read(&inline.to_string()).map_err(|d| d.message)?;
            Ok((StepScenario::Inline(Box::new(own)), problems))
        }
        _ => Err("scenario is neither on_screen, built_in nor inline".to_owned()),
    }
}

/// Writes all stories that a browser keeps, each with its id there.
#[must_use]
pub fn write_shelf<'a>(stories: impl IntoIterator<Item = (&'a str, &'a Story)>) -> String {
    let stories: Vec<Value> =
        stories.into_iter().map(|(id, story)| json!({ "id": id, "story": value(story) })).collect();
    json!({ "format": SHELF_FORMAT, "version": STORY_VERSION, "stories": stories }).to_string()
}

/// Stories with their ids in a browser, and what was wrong with them.
pub type Shelf = (Vec<(String, Story)>, Vec<Diagnostic>);

/// Reads what a browser keeps. A story that cannot be read is reported and left out.
///
/// # Errors
/// Where the text is no such record.
pub fn read_shelf(text: &str) -> Result<Shelf, Diagnostic> {
    let damaged = |why: String| Diagnostic::error("stories-damaged", "", why, "The record is kept as it is.");
    let mut record: Map<String, Value> = serde_json::from_str(text).map_err(|e| damaged(e.to_string()))?;
    if record.get("format").and_then(Value::as_str) != Some(SHELF_FORMAT) {
        return Err(damaged("another format".to_owned()));
    }
    let Some(Value::Array(entries)) = record.remove("stories") else { return Err(damaged("no stories".to_owned())) };
    let (mut stories, mut problems) = (Vec::new(), Vec::new());
    for entry in entries {
        let id = entry.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        match read(&entry.get("story").map(Value::to_string).unwrap_or_default()) {
            Ok((story, more)) if !id.is_empty() => {
                stories.push((id, story));
                problems.extend(more);
            }
            Ok(_) => problems.push(damaged("a story without id".to_owned())),
            Err(problem) => problems.push(problem),
        }
    }
    Ok((stories, problems))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geo::LonLat,
        model::Cluster,
        scenario::{Edit, Scenario, SpotFigure},
    };
    use proptest::prelude::*;

    fn story() -> Story {
        let name = |zh: &str, en: &str| Name { zh: zh.into(), en: en.into() };
        let view =
            View { at: Some(LonLat::new(120.5, 31.25)), zoom: 7.5, selected: Some("HB001".into()), ..View::default() };
        let own =
            Scenario { name: "苏北".into(), edits: vec![Edit::Close { id: "HB001".into() }], ..Scenario::default() };
        let step = |scenario, spotlight| Step {
            title: name("标题", ""),
            text: name("", "Text {figure:mean-haul:yrd}"),
            scenario,
            view: view.clone(),
            spotlight,
        };
        let figure = SpotFigure { key: "mean-haul".into(), cluster: Some(Cluster::Yrd) };
        let spots = vec![
            Spot::Cluster(Cluster::Bohai),
            Spot::Facility("HB001".into()),
            Spot::Prefecture(310_000),
            Spot::Figure(figure),
        ];
        Story {
            title: name("三个集群", "Three clusters"),
            author: "王工".into(),
            steps: vec![
                step(StepScenario::OnScreen, vec![]),
                step(StepScenario::BuiltIn("yrd-dispatch".into()), spots),
                step(StepScenario::Inline(Box::new(own)), vec![]),
            ],
        }
    }

    fn codes(problems: &[Diagnostic]) -> Vec<&str> {
        problems.iter().map(|p| p.code.as_str()).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(read(&write(&story())), Ok((story(), vec![])));
        let shelf = write_shelf([("a", &story()), ("b", &Story::default())]);
        assert_eq!(read_shelf(&shelf), Ok((vec![("a".into(), story()), ("b".into(), Story::default())], vec![])));
    }

    #[test]
    fn a_bad_step_loses_only_itself() {
        let text = r#"{"format":"loop-atlas-story","version":1,"title":{"zh":"甲"},"colour":"red","steps":[
            7, {"title":{"en":"good"},"spotlight":[{"moon":1},{"cluster":"yrd"}]}, {"scenario":{"inline":{}}}, {"scenario":3},
            {"scenario":{"inline":{"format":"loop-atlas-scenario","version":1,"edits":[{"fly":{}}]}}}]}"#;
        let (story, problems) = read(text).unwrap();
        assert_eq!(story.steps.len(), 2);
        assert_eq!((story.steps[0].title.en.as_str(), story.steps[0].spotlight.len()), ("good", 1));
        assert_eq!(
            codes(&problems),
            ["story-bad-step", "story-bad-spot", "story-bad-step", "story-bad-step", "scenario-bad-edit"]
        );
        assert_eq!(problems[4].subject, "step 5, edit 1");
    }

    #[test]
    fn what_is_no_story_is_refused() {
        for (text, code) in [
            ("{", "story-not-readable"),
            (r#"{"format":"loop-atlas-scenario","version":1}"#, "story-other-format"),
            (r#"{"format":"loop-atlas-story","version":2}"#, "story-newer-version"),
        ] {
            assert_eq!(read(text).unwrap_err().code, code, "{text}");
        }
        for text in ["", "[]", r#"{"format":"x"}"#, r#"{"format":"loop-atlas-stories"}"#] {
            assert_eq!(read_shelf(text).unwrap_err().code, "stories-damaged", "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_mangled_file_is_read_or_refused_and_never_breaks(cut in 0usize..3000, put in ".{0,8}") {
            let mut text = write(&story());
            let at = (0..=cut.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
            text.insert_str(at, &put);
            let _ = read(&text);
            let _ = read(&text[..at]);
            let _ = read_shelf(&text);
        }
    }
}
