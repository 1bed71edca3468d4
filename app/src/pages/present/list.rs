//! The list of stories: those that come with the app, and the person's own.

use crate::{
    app::Shared,
    commands::tell_story,
    i18n::{t, tr},
    panels::{chosen_text, use_shared},
    platform,
    state::{BUILT_IN_STORIES, BuiltIn, Notice, StoryAction, StoryRef, ViewAction, story_text},
    ui::{Icon, icon},
};
use atlas_core::{
    format::story,
    model::Name,
    scenario::{StepScenario, Story},
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The one that is looked at.
    pub open: StoryRef,
}

#[component]
pub fn StoryList(props: &Props) -> Html {
    let shared = use_shared();
    let stories = &shared.state.stories;
    let line = |of: StoryRef| match stories.get(&of) {
        Some(story) => entry(&shared, of.clone(), &story, of == props.open),
        None => Html::default(),
    };
    let new = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            let step = shared.state.step_now(shared.map.place());
            add(&shared, Story { steps: vec![step], ..Story::default() });
        })
    };
    let undo = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(StoryAction::Undo))
    };
    let open_file = chosen_text(&shared, |shared, _, text| match story::read(text) {
        Ok((story, problems)) => shared.act(StoryAction::Add(platform::random_word(), Box::new(story), problems)),
        Err(problem) => shared.act(ViewAction::Notice(Some(Notice { problems: vec![problem] }))),
    });
    html! {
        <section class="story-list" aria-label={shared.t("present-title")}>
            <h3>{ shared.t("present-built-in") }</h3>
            <ul>{ for BUILT_IN_STORIES.map(|b| line(StoryRef::BuiltIn(b.key))) }</ul>
            <h3>{ shared.t("present-own") }</h3>
            if stories.deleted {
                <p class="hint" role="status">{ shared.t("present-deleted") }{ " " }<button class="link" id="story-back" onclick={undo.clone()}>{ shared.t("present-undo") }</button></p>
            }
            if stories.own.is_empty() {
                <p class="fine">{ shared.t("present-own-none") }</p>
            } else {
                <ul id="own-stories">{ for stories.own.iter().map(|o| line(StoryRef::Own(o.id.clone()))) }</ul>
            }
            <div class="row">
                <button class="btn" id="story-new" disabled={!shared.state.has_baseline()} onclick={new}>{ icon(Icon::Plus) }{ shared.t("present-new") }</button>
                <button class="btn" onclick={|_| platform::click("story-file")}>{ icon(Icon::File) }{ shared.t("present-open-file") }</button>
                if stories.can_undo() && !stories.deleted {
                    <button class="btn" id="story-undo" onclick={undo} aria-keyshortcuts="Control+Z">{ icon(Icon::Undo) }{ shared.t("present-undo") }</button>
                }
            </div>
            <input id="story-file" type="file" accept=".json,application/json" hidden=true onchange={open_file} aria-label={shared.t("present-open-file")} />
        </section>
    }
}

/// One story: its name, how long it is, and showing it.
fn entry(shared: &Shared, of: StoryRef, story: &Rc<Story>, is_open: bool) -> Html {
    let lang = shared.state.lang;
    let open = {
        let (shared, of) = (shared.clone(), of);
        Callback::from(move |_: MouseEvent| shared.act(StoryAction::Open(of.clone())))
    };
    let steps = tr(lang, "present-steps", &[("n", &story.steps.len().to_string())]);
    html! {
        <li class={classes!(is_open.then_some("told-row"))}>
            <button class="story" aria-current={is_open.then_some("true")} onclick={open}><b>{ title_of(shared, story) }</b><span class="fine">{ steps }</span></button>
            { play_button(shared, story, 0, "btn") }
        </li>
    }
}

/// What a story is called.
pub fn title_of(shared: &Shared, story: &Story) -> String {
    let title = story_text(shared.state.lang, &story.title);
    if title.is_empty() { t(shared.state.lang, "present-untitled") } else { title.to_owned() }
}

/// Shows a story from a step on.
pub fn play_button(shared: &Shared, story: &Rc<Story>, step: usize, class: &'static str) -> Html {
    let play = {
        let (shared, story) = (shared.clone(), Rc::clone(story));
        Callback::from(move |_: MouseEvent| tell_story(&shared, Rc::clone(&story), step))
    };
    let disabled = story.steps.is_empty() || !shared.state.has_baseline();
    let (words, label) = if class.starts_with("btn") {
        (shared.t("present-play"), format!("{}: {}", shared.t("present-play"), title_of(shared, story)))
    } else {
        let from = tr(shared.state.lang, "present-play-from", &[("n", &(step + 1).to_string())]);
        (String::new(), from)
    };
    html! {
        <button class={classes!(class, "play")} {disabled} aria-label={label.clone()} title={label} onclick={play}>{ icon(Icon::Play) }{ words }</button>
    }
}

/// A story comes to the person's own, and is open.
pub fn add(shared: &Shared, story: Story) {
    shared.act(StoryAction::Add(platform::random_word(), Box::new(story), vec![]));
    platform::focus_soon("story-title");
}

/// A story of the person's own with the steps of another one.
pub fn copy(shared: &Shared, story: &Story) {
    let called = |lang, title: &str| {
        if title.is_empty() { String::new() } else { tr(lang, "present-copy-title", &[("title", title)]) }
    };
    let title =
        Name { zh: called(crate::i18n::Lang::Zh, &story.title.zh), en: called(crate::i18n::Lang::En, &story.title.en) };
    add(shared, Story { title, ..story.clone() });
}

/// What the scenario of a step is called.
pub fn scenario_words(shared: &Shared, scenario: &StepScenario) -> String {
    let lang = shared.state.lang;
    match scenario {
        StepScenario::OnScreen => shared.t("present-scenario-screen"),
        StepScenario::BuiltIn(key) if key == StepScenario::BASELINE => shared.t("present-scenario-baseline"),
        StepScenario::BuiltIn(key) => match BuiltIn::from_key(key) {
            Some(b) => b.about(lang).name,
            None => tr(lang, "present-scenario-unknown", &[("key", key)]),
        },
        StepScenario::Inline(own) => {
            let name = if own.name.is_empty() { shared.t("scenario-untitled") } else { own.name.clone() };
            tr(lang, "present-scenario-inline", &[("name", &name)])
        }
    }
}
