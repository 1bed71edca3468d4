//! A step under the pen: words, scenario, view, spotlight, and its place in the order.

use super::list::{play_button, scenario_words};
use crate::{
    app::Shared,
    i18n::{Lang, t, tr},
    panels::use_shared,
    platform,
    state::{BUILT_INS, MapLayer, StepEdit, StoryAction, figure_keys, spot_name, unknown_placeholders},
    ui::{Icon, icon},
};
use atlas_core::{
    model::{Cluster, Name},
    scenario::{Spot, SpotFigure, Step, StepScenario, Story},
};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The story, to show it from here.
    pub story: Rc<Story>,
    /// The step.
    pub step: Step,
    /// Its row.
    pub row: usize,
    /// How many there are.
    pub count: usize,
    /// The row that is dragged.
    pub dragged: UseStateHandle<Option<usize>>,
}

/// The value of the scenario that is kept in the step.
const INLINE: &str = "inline";
/// The value of the plan on the screen.
const ON_SCREEN: &str = "on_screen";

#[component]
pub fn StepEditor(props: &Props) -> Html {
    let shared = use_shared();
    let (row, step) = (props.row, &props.step);
    let number = (row + 1).to_string();
    let edit = {
        let shared = shared.clone();
        move |edit: StepEdit| shared.act(StoryAction::Step(row, Box::new(edit)))
    };
    let to = |to: usize, focus: bool| {
        let (edit, step) = (edit.clone(), to);
        Callback::from(move |_: MouseEvent| {
            edit(StepEdit::To(step));
            // The hand stays on the step that it moves.
            if focus {
                platform::focus_soon(format!("step-{step}-grip"));
            }
        })
    };
    let remove = {
        let edit = edit.clone();
        Callback::from(move |_: MouseEvent| {
            edit(StepEdit::Remove);
            platform::focus_soon("step-new");
        })
    };
    let start = {
        let dragged = props.dragged.clone();
        Callback::from(move |_: DragEvent| dragged.set(Some(row)))
    };
    let over = {
        let is_dragged = props.dragged.is_some();
        Callback::from(move |e: DragEvent| {
            if is_dragged {
                e.prevent_default();
            }
        })
    };
    let drop = {
        let (dragged, shared) = (props.dragged.clone(), shared.clone());
        Callback::from(move |e: DragEvent| {
            e.prevent_default();
            if let Some(from) = *dragged {
                shared.act(StoryAction::Step(from, Box::new(StepEdit::To(row))));
            }
            dragged.set(None);
        })
    };
    let end = {
        let dragged = props.dragged.clone();
        Callback::from(move |_: DragEvent| dragged.set(None))
    };
    let named = |key: &str| tr(shared.state.lang, key, &[("n", &number)]);
    html! {
        <li class={classes!("step", (*props.dragged == Some(row)).then_some("dragged"))} ondragover={over} ondrop={drop} aria-label={named("present-step")}>
            <header>
                <span class="grip-mark" id={format!("step-{row}-grip")} tabindex="-1" draggable="true" title={shared.t("present-drag")} ondragstart={start} ondragend={end}>{ icon(Icon::Move) }<b class="num">{ &number }</b></span>
                { title_field(&shared, step, edit.clone(), row) }
                <button class="icon-button step-up" disabled={row == 0} onclick={to(row.saturating_sub(1), true)} aria-label={named("present-up")} title={named("present-up")}>{ icon(Icon::Up) }</button>
                <button class="icon-button step-down" disabled={row + 1 == props.count} onclick={to(row + 1, true)} aria-label={named("present-down")} title={named("present-down")}>{ icon(Icon::Down) }</button>
                <button class="icon-button step-remove" onclick={remove} aria-label={named("present-remove")} title={named("present-remove")}>{ icon(Icon::Close) }</button>
                { play_button(&shared, &props.story, row, "icon-button") }
            </header>
            { text_field(&shared, step, edit.clone(), row) }
            { scenario_field(&shared, step, edit.clone()) }
            { spotlight_field(&shared, step, edit) }
        </li>
    }
}

/// The words of one language; the other's are shown behind the field where they are missing.
fn both(shared: &Shared, name: &Name) -> (String, String) {
    let (own, other) = match shared.state.lang {
        Lang::Zh => (&name.zh, &name.en),
        Lang::En => (&name.en, &name.zh),
    };
    let other = if other.is_empty() {
        String::new()
    } else {
        tr(shared.state.lang, "present-other-language", &[("text", other)])
    };
    (own.clone(), other)
}

fn title_field(shared: &Shared, step: &Step, edit: impl Fn(StepEdit) + 'static, row: usize) -> Html {
    let lang = shared.state.lang;
    let (value, placeholder) = both(shared, &step.title);
    let set = Callback::from(move |e: Event| {
        edit(StepEdit::Title(lang, e.target_unchecked_into::<HtmlInputElement>().value()));
    });
    let label =
        format!("{} {}", tr(lang, "present-step", &[("n", &(row + 1).to_string())]), t(lang, "present-step-title"));
    let placeholder = if placeholder.is_empty() { t(lang, "present-step-title") } else { placeholder };
    html! { <input type="text" class="step-title" {value} {placeholder} aria-label={label} onchange={set} /> }
}

fn text_field(shared: &Shared, step: &Step, edit: impl Fn(StepEdit) + 'static, row: usize) -> Html {
    let lang = shared.state.lang;
    let (value, placeholder) = both(shared, &step.text);
    let unknown = unknown_placeholders(&shared.state, &value);
    let set = Callback::from(move |e: Event| {
        edit(StepEdit::Text(lang, e.target_unchecked_into::<HtmlTextAreaElement>().value()));
    });
    let label =
        format!("{} {}", tr(lang, "present-step", &[("n", &(row + 1).to_string())]), t(lang, "present-step-text"));
    let placeholder = if placeholder.is_empty() { t(lang, "present-step-text") } else { placeholder };
    html! {
        <>
            <textarea class="step-text" rows="3" {value} {placeholder} aria-label={label} onchange={set} />
            if !unknown.is_empty() { <p class="fine bad" role="status">{ tr(lang, "present-unknown", &[("what", &unknown.join(", "))]) }</p> }
        </>
    }
}

fn scenario_field(shared: &Shared, step: &Step, edit: impl Fn(StepEdit) + Clone + 'static) -> Html {
    let now = match &step.scenario {
        StepScenario::OnScreen => ON_SCREEN.to_owned(),
        StepScenario::BuiltIn(key) => key.clone(),
        StepScenario::Inline(_) => INLINE.to_owned(),
    };
    let mut choices = vec![StepScenario::BuiltIn(StepScenario::BASELINE.into()), StepScenario::OnScreen];
    choices.extend(
        BUILT_INS.iter().filter(|b| b.key != StepScenario::BASELINE).map(|b| StepScenario::BuiltIn(b.key.into())),
    );
    if !choices.contains(&step.scenario) {
        choices.push(step.scenario.clone());
    }
    let option = |scenario: &StepScenario| {
        let value = match scenario {
            StepScenario::OnScreen => ON_SCREEN.to_owned(),
            StepScenario::BuiltIn(key) => key.clone(),
            StepScenario::Inline(_) => INLINE.to_owned(),
        };
        html! { <option selected={value == now} value={value.clone()}>{ scenario_words(shared, scenario) }</option> }
    };
    let choose = {
        let edit = edit.clone();
        Callback::from(move |e: Event| {
            let value = e.target_unchecked_into::<HtmlSelectElement>().value();
            match value.as_str() {
                // It is kept already.
                INLINE => {}
                ON_SCREEN => edit(StepEdit::Scenario(StepScenario::OnScreen)),
                key => edit(StepEdit::Scenario(StepScenario::BuiltIn(key.to_owned()))),
            }
        })
    };
    let take = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            let now = shared.state.step_now(shared.map.place());
            edit(StepEdit::View(now.view));
            edit(StepEdit::Scenario(now.scenario));
        })
    };
    let layers = step.view.layers.iter().flatten().filter_map(|key| MapLayer::from_key(key));
    let layers: Vec<String> = layers.map(|layer| shared.t(layer.key())).collect();
    html! {
        <div class="row">
            <label class="inline">{ shared.t("present-scenario") }<select onchange={choose}>{ for choices.iter().map(option) }</select></label>
            if !layers.is_empty() { <span class="fine">{ format!("{}: {}", shared.t("layers-title"), layers.join(if shared.state.lang == Lang::Zh { "、" } else { ", " })) }</span> }
            <button class="link" onclick={take} title={shared.t("present-new-step-hint")}>{ shared.t("present-take-view") }</button>
        </div>
    }
}

fn spotlight_field(shared: &Shared, step: &Step, edit: impl Fn(StepEdit) + Clone + 'static) -> Html {
    let lang = shared.state.lang;
    let chip = |(i, spot): (usize, &Spot)| {
        let name = spot_name(&shared.state, spot, lang).unwrap_or_else(|| match spot {
            Spot::Facility(id) => id.clone(),
            Spot::Prefecture(adcode) => adcode.to_string(),
            Spot::Figure(figure) => figure.key.clone(),
            Spot::Cluster(c) => c.key().to_owned(),
        });
        let label = tr(lang, "present-spotlight-remove", &[("name", &name)]);
        let remove = {
            let edit = edit.clone();
            Callback::from(move |_: MouseEvent| edit(StepEdit::RemoveSpot(i)))
        };
        html! { <li>{ name }<button onclick={remove} aria-label={label.clone()} title={label}>{ icon(Icon::Close) }</button></li> }
    };
    let selected = shared.state.selected.clone().map(Spot::Facility);
    let clusters = Cluster::ALL.map(Spot::Cluster);
    let figures = figure_keys(&shared.state).into_iter().flat_map(|key| {
        let of = [None].into_iter().chain(Cluster::ALL.map(Some));
        of.map(move |cluster| Spot::Figure(SpotFigure { key: key.to_owned(), cluster }))
    });
    // An option's value is its row in this list.
    let all: Rc<Vec<Spot>> = Rc::new(selected.clone().into_iter().chain(clusters).chain(figures).collect());
    let first_figure = all.iter().position(|s| matches!(s, Spot::Figure(_))).unwrap_or(all.len());
    let option = |i: usize| {
        let name = spot_name(&shared.state, &all[i], lang).unwrap_or_default();
        let name = match &all[i] {
            Spot::Facility(_) => tr(lang, "present-spotlight-selected", &[("name", &name)]),
            _ => name,
        };
        html! { <option value={i.to_string()}>{ name }</option> }
    };
    let add = {
        let (all, edit) = (Rc::clone(&all), edit.clone());
        Callback::from(move |e: Event| {
            let field = e.target_unchecked_into::<HtmlSelectElement>();
            let spot = field.value().parse::<usize>().ok().and_then(|i| all.get(i).cloned());
            field.set_value("");
            if let Some(spot) = spot {
                edit(StepEdit::AddSpot(spot));
            }
        })
    };
    html! {
        <div class="row spots">
            <span class="fine">{ shared.t("present-spotlight") }</span>
            if step.spotlight.is_empty() { <span class="fine">{ shared.t("present-spotlight-none") }</span> } else {
                <ul>{ for step.spotlight.iter().enumerate().map(chip) }</ul>
            }
            <select onchange={add} aria-label={format!("{}: {}", shared.t("present-spotlight"), shared.t("present-spotlight-add"))}>
                <option value="" selected=true>{ shared.t("present-spotlight-add") }</option>
                if selected.is_some() { { option(0) } }
                <optgroup label={shared.t("present-spotlight-clusters")}>{ for (usize::from(selected.is_some())..first_figure).map(option) }</optgroup>
                <optgroup label={shared.t("present-spotlight-figures")}>{ for (first_figure..all.len()).map(option) }</optgroup>
            </select>
        </div>
    }
}
