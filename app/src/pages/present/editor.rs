//! The open story: the person's own to change in place, another one to read and to copy.

use super::{
    list::{copy, play_button, scenario_words, title_of},
    step::StepEditor,
};
use crate::{
    app::Shared,
    i18n::tr,
    panels::use_shared,
    platform,
    state::{StoryAction, StoryRef, figure_keys, spot_name, story_text},
    ui::{Icon, icon},
};
use atlas_core::{format::story, scenario::Story};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Which.
    pub open: StoryRef,
}

#[component]
pub fn Editor(props: &Props) -> Html {
    let shared = use_shared();
    let dragged = use_state(|| None::<usize>);
    let Some(story) = shared.state.stories.get(&props.open) else {
        return html! { <section class="story-editor"><p class="hint">{ shared.t("present-choose") }</p></section> };
    };
    let id = match &props.open {
        StoryRef::Own(id) => Some(id.clone()),
        StoryRef::BuiltIn(_) => None,
    };
    let count = story.steps.len();
    html! {
        <section class="story-editor" aria-label={title_of(&shared, &story)}>
            { heading(&shared, &story, id.as_deref()) }
            if id.is_some() {
                if count == 0 { <p class="hint">{ shared.t("present-empty") }</p> }
                <ol class="steps">
                    { for story.steps.iter().enumerate().map(|(row, step)| html! { <StepEditor key={row} story={Rc::clone(&story)} step={step.clone()} {row} {count} dragged={dragged.clone()} /> }) }
                </ol>
                { add_step(&shared) }
            } else {
                <ol class="steps">{ for (0..count).map(|row| read_only(&shared, &story, row)) }</ol>
            }
        </section>
    }
}

fn heading(shared: &Shared, story: &Rc<Story>, id: Option<&str>) -> Html {
    let lang = shared.state.lang;
    let rename = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            shared.act(StoryAction::Title(lang, e.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let save = {
        let (name, story) = (title_of(shared, story), Rc::clone(story));
        Callback::from(move |_: MouseEvent| {
            platform::save_text(&format!("{name}.story.json"), "application/json", &story::write(&story));
        })
    };
    let duplicate = {
        let (shared, story) = (shared.clone(), Rc::clone(story));
        Callback::from(move |_: MouseEvent| copy(&shared, &story))
    };
    let delete = id.map(|id| {
        let (act, id) = (shared.clone(), id.to_owned());
        let delete = Callback::from(move |_: MouseEvent| {
            act.act(StoryAction::Delete(id.clone()));
            platform::focus_soon("story-back");
        });
        html! { <button class="btn" id="story-delete" onclick={delete}>{ icon(Icon::Close) }{ shared.t("present-delete") }</button> }
    });
    let own = match lang {
        crate::i18n::Lang::Zh => story.title.zh.clone(),
        crate::i18n::Lang::En => story.title.en.clone(),
    };
    html! {
        <>
            if id.is_some() {
                <input class="title" id="story-title" type="text" value={own} placeholder={title_of(shared, story)} aria-label={shared.t("present-story-title")} onchange={rename} />
            } else {
                <h3 class="story-name">{ title_of(shared, story) }</h3>
                <p class="fine">{ shared.t("present-read-only") }</p>
            }
            <div class="row">
                { play_button(shared, story, 0, "btn main") }
                <button class="btn" id="story-copy" onclick={duplicate}>{ icon(Icon::Layers) }{ shared.t("present-copy") }</button>
                <button class="btn" id="story-save" onclick={save}>{ icon(Icon::Save) }{ shared.t("present-save-file") }</button>
                { for delete }
            </div>
        </>
    }
}

/// A step from what is on the map, and what may stand in its text.
fn add_step(shared: &Shared) -> Html {
    let add = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            shared.act(StoryAction::AddStep(Box::new(shared.state.step_now(shared.map.place()))));
        })
    };
    let keys = figure_keys(&shared.state).join(", ");
    html! {
        <>
            <button class="btn" id="step-new" disabled={!shared.state.has_baseline()} onclick={add}>{ icon(Icon::Plus) }{ shared.t("present-new-step") }</button>
            <p class="fine">{ shared.t("present-new-step-hint") }</p>
            <details class="placeholders"><summary>{ shared.t("present-placeholders") }</summary>
                <p class="fine">{ shared.t("present-step-text-hint") }</p>
                <p class="fine">{ tr(shared.state.lang, "present-placeholders-text", &[("keys", &keys)]) }</p>
            </details>
        </>
    }
}

/// A step of a story that comes with the app.
fn read_only(shared: &Shared, story: &Rc<Story>, row: usize) -> Html {
    let (lang, step) = (shared.state.lang, &story.steps[row]);
    let text = crate::pages::present::player::words(shared, story_text(lang, &step.text), &[]);
    let spots: Vec<String> = step.spotlight.iter().filter_map(|s| spot_name(&shared.state, s, lang)).collect();
    html! {
        <li class="step">
            <header><span class="num">{ row + 1 }</span><h4>{ story_text(lang, &step.title) }</h4>{ play_button(shared, story, row, "icon-button") }</header>
            <p>{ text }</p>
            <p class="fine">{ scenario_words(shared, &step.scenario) }if !spots.is_empty() { { " · " }{ spots.join(if lang == crate::i18n::Lang::Zh { "；" } else { "; " }) } }</p>
        </li>
    }
}
