//! What the planner changes: the scenario, tools, edits, levers.

use super::{
    About, AllocationLevers, BuiltIns, HistoryList, ImportEntry, JourneyPanel, StartPanel,
    assumptions::{Assumptions, SetList, settle, slide_lever},
    chosen_text,
    kept::saving_words,
    term_link, use_shared,
};
use crate::{
    app::{Dialog, Shared},
    i18n::{count, tr},
    keys::{open_journey, open_siting, take_tool},
    platform,
    state::{EditAction, Tool, ViewAction, edit_words},
    ui::{Icon, icon},
};
use atlas_core::{
    format::scenario as scenario_file,
    scenario::{Change, Edit, Lever},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[component]
pub fn PlanPanel() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let scenario = state.document.scenario();
    let untouched = scenario.is_untouched();
    html! {
        <>
            // A journey takes the place of the first words.
            if state.journey.open { <JourneyPanel /> }
            if untouched {
                if !state.journey.open { <StartPanel /> }
            } else {
                { heading(&shared) }
            }
            { tools(&shared) }
            <ImportEntry />
            { edits(&shared) }
            { levers(&shared) }
            <AllocationLevers />
            <input id="scenario-file" type="file" accept=".json,application/json" hidden=true onchange={open_file(&shared)} aria-label={shared.t("scenario-open")} />
        </>
    }
}

fn heading(shared: &Shared) -> Html {
    let scenario = shared.state.document.scenario();
    let rename = {
        let shared = shared.clone();
        // Letter by letter: drawing the panel anew, which may happen at any time, must not undo what is being typed.
        Callback::from(move |e: InputEvent| {
            shared.act(EditAction::Rename(e.target_unchecked_into::<HtmlInputElement>().value()))
        })
    };
    let save = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| save_file(&shared))
    };
    let library = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dialog.set(Some(Dialog::Library)))
    };
    let share = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dialog.set(Some(Dialog::Share)))
    };
    let n = scenario.changes().to_string();
    html! {
        <section>
            <h2>{ shared.t("scenario-title") }</h2>
            <input class="title" value={scenario.name.clone()} placeholder={shared.t("scenario-untitled")} aria-label={shared.t("scenario-name")} oninput={rename} />
            <p class="fine">{ tr(shared.state.lang, "scenario-changes", &[("n", &n)]) }</p>
            { saving_words(shared) }
            <div class="row">
                <button class="btn" onclick={save}>{ icon(Icon::Save) }{ shared.t("scenario-save") }</button>
                <button class="btn" onclick={|_| platform::click("scenario-file")}>{ icon(Icon::File) }{ shared.t("scenario-open") }</button>
                <button class="btn" id="library-button" aria-haspopup="dialog" aria-keyshortcuts="O" onclick={library}>{ icon(Icon::Shelf) }{ shared.t("library-button") }</button>
                <button class="btn" aria-haspopup="dialog" onclick={share}>{ icon(Icon::Share) }{ shared.t("share-open") }</button>
            </div>
            <About />
            { super::builtin::story(shared) }
            <BuiltIns />
        </section>
    }
}

fn tools(shared: &Shared) -> Html {
    let tool = |tool: Tool, which: Icon, key: &str, shortcut: &'static str| {
        let pressed = shared.state.tool == tool;
        let take = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| match tool {
                Tool::Journey => open_journey(&shared),
                _ => take_tool(&shared, tool),
            })
        };
        html! {
            <button class="tool" id={format!("tool-{shortcut}")} aria-pressed={pressed.to_string()} aria-keyshortcuts={shortcut} onclick={take}>
                { icon(which) }<span>{ shared.t(key) }</span><kbd aria-hidden="true">{ shortcut }</kbd>
            </button>
        }
    };
    let siting = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| open_siting(&shared))
    };
    let hint = match shared.state.tool {
        Tool::Select => None,
        Tool::Point => Some("tool-hint-point"),
        Tool::Hub => Some("tool-hint-hub"),
        Tool::Journey => Some("tool-hint-journey"),
        // Said where they are used.
        Tool::Ring | Tool::WhyNot => None,
    };
    html! {
        <section>
            <h2>{ shared.t("tools-title") }</h2>
            <div class="tools">
                { tool(Tool::Select, Icon::Pointer, "tool-select", "V") }
                { tool(Tool::Point, Icon::Point, "tool-point", "C") }
                { tool(Tool::Hub, Icon::Hub, "tool-hub", "H") }
                { tool(Tool::Journey, Icon::Way, "tool-journey", "R") }
                <button class="tool wide" id="tool-S" aria-keyshortcuts="S" onclick={siting}>{ icon(Icon::Sites) }<span>{ shared.t("tool-siting") }</span><kbd aria-hidden="true">{ "S" }</kbd></button>
            </div>
            if let Some(hint) = hint { <p class="hint" role="status">{ shared.t(hint) }</p> }
        </section>
    }
}

/// So many of the newest changes are listed.
const MOST_EDITS: usize = 200;

fn edits(shared: &Shared) -> Html {
    let state = &shared.state;
    let all = &state.document.scenario().edits;
    if all.is_empty() && state.document.scenario().parameters.is_empty() {
        return html! { <section><h2>{ shared.t("edits-title") }</h2><p class="fine">{ shared.t("edits-none") }</p><HistoryList /></section> };
    }
    let more = all.len().saturating_sub(MOST_EDITS);
    let line = |(i, edit): (usize, &Edit)| {
        let which = match edit {
            Edit::Add(_) => Icon::Plus,
            Edit::Move { .. } => Icon::Move,
            Edit::Close { .. } => Icon::Close,
            Edit::Reopen { .. } | Edit::SetCapacity { tonnes: None, .. } => Icon::Undo,
            Edit::Remove { .. } => Icon::Minus,
            Edit::SetCapacity { tonnes: Some(_), .. } => Icon::Size,
        };
        let there = state.document.plan().get(edit.id());
        let select = {
            let (shared, id) = (shared.clone(), edit.id().to_owned());
            Callback::from(move |_: MouseEvent| show(&shared, &id))
        };
        html! {
            <li><button class="edit" disabled={there.is_none()} onclick={select}>
                <span class="num">{ i + 1 }</span>{ icon(which) }<span>{ edit_words(state, edit) }</span>
            </button></li>
        }
    };
    html! {
        <section>
            <h2>{ shared.t("edits-title") }</h2>
            <ol class="edits" reversed=true>{ for all.iter().enumerate().rev().take(MOST_EDITS).map(line) }</ol>
            if more > 0 { <p class="fine">{ tr(state.lang, "list-more", &[("n", &count(more))]) }</p> }
            <SetList />
            <HistoryList />
        </section>
    }
}

/// Selects a facility and brings it into view.
pub fn show(shared: &Shared, id: &str) {
    if let Some(at) = shared.state.position(id) {
        shared.act(ViewAction::Select(Some(id.to_owned())));
        shared.map.go(at, shared.map.place().map_or(0.0, |p| p.1).max(8.5));
    }
}

fn levers(shared: &Shared) -> Html {
    if shared.state.baseline.prefectures.is_empty() {
        return Html::default();
    }
    html! {
        <section>
            <h2>{ shared.t("levers-title") }{ term_link(shared, "lever") }</h2>
            { lever(shared, Lever::RecoveryRate, "lever-recovery", 0.01) }
            { lever(shared, Lever::FreightPrice, "lever-freight", 0.05) }
            <Assumptions />
        </section>
    }
}

fn lever(shared: &Shared, lever: Lever, key: &str, step: f64) -> Html {
    let state = &shared.state;
    let parameters = state.parameters();
    let (low, high) = lever.range();
    let value = state.levers().value(lever, &parameters);
    let shown = |v: f64| match lever {
        Lever::RecoveryRate => format!("{:.0} %", v * 100.0),
        Lever::FreightPrice => format!("{v:.2} ×"),
    };
    let reset = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(EditAction::Make(Change::Lever(lever, None))))
    };
    let by_user = state.levers().get(lever).is_some();
    let default = shown(lever.default_value(&parameters));
    html! {
        <div class="lever">
            <label>
                <span>{ shared.t(key) }</span><b class="num">{ shown(value) }</b>
                <input type="range" min={low.to_string()} max={high.to_string()} step={step.to_string()} value={value.to_string()} oninput={slide_lever(shared, lever)} onchange={settle(shared)} aria-valuetext={shown(value)} />
            </label>
            <p class="fine">
                { tr(state.lang, "lever-default", &[("value", &default)]) }
                if by_user {
                    <span class="mine">{ shared.t("lever-marked") }</span>
                    <button class="link" onclick={reset}>{ shared.t("lever-reset") }</button>
                }
            </p>
        </div>
    }
}

/// Hands the scenario to the person as a file.
pub fn save_file(shared: &Shared) {
    let scenario = shared.state.document.scenario();
    let name = if scenario.name.is_empty() { "loop-atlas" } else { scenario.name.as_str() };
    platform::save_text(&format!("{name}.json"), "application/json", &scenario_file::write(scenario));
}

fn open_file(shared: &Shared) -> Callback<Event> {
    chosen_text(shared, |shared, _, text| open_text(shared, text))
}

/// Opens the text of a scenario file.
pub fn open_text(shared: &Shared, text: &str) {
    match scenario_file::read(text) {
        Ok((scenario, problems)) => shared.act(EditAction::Open(scenario, problems)),
        Err(problem) => shared.act(ViewAction::Notice(Some(crate::state::Notice { problems: vec![problem] }))),
    }
}
