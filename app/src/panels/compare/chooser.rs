//! Which scenarios are compared, with which of them, and which pair sentence and map show.

use crate::{
    app::Shared,
    i18n::tr,
    panels::use_shared,
    state::{Choice, CompareAction, MOST_COMPARED, letter},
    ui::{Icon, icon},
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[component]
pub fn Chooser() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let chosen = state.compare_choices();
    let slot = |(row, choice): (usize, &Choice)| slot(&shared, row, choice, chosen.len());
    let add = {
        let (shared, row) = (shared.clone(), chosen.len());
        Callback::from(move |e: Event| {
            let select: HtmlSelectElement = e.target_unchecked_into();
            if let Some(choice) = Choice::from_key(&select.value()) {
                shared.act(CompareAction::Choose(row, choice));
            }
            select.set_value("");
        })
    };
    html! {
        <section class="compare-choose" aria-label={shared.t("compare-choose")}>
            <ol>
                { for chosen.iter().enumerate().map(slot) }
                if chosen.len() < MOST_COMPARED {
                    <li class="slot add">
                        <select id="compare-add" aria-label={shared.t("compare-add")} onchange={add}>
                            <option value="" selected=true>{ shared.t("compare-add") }</option>
                            { options(&shared, None) }
                        </select>
                    </li>
                }
            </ol>
            { pairs(&shared) }
        </section>
    }
}

fn slot(shared: &Shared, row: usize, choice: &Choice, count: usize) -> Html {
    let lang = shared.state.lang;
    let letter = letter(row);
    let choose = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let select: HtmlSelectElement = e.target_unchecked_into();
            if let Some(choice) = Choice::from_key(&select.value()) {
                shared.act(CompareAction::Choose(row, choice));
            }
        })
    };
    let act = |action: fn(usize) -> CompareAction| {
        let shared = shared.clone();
        move || shared.act(action(row))
    };
    let (refer, remove) = (act(CompareAction::Reference), act(CompareAction::Remove));
    let label = tr(lang, "compare-slot", &[("letter", letter)]);
    let away = tr(lang, "compare-remove", &[("letter", letter)]);
    html! {
        <li class="slot" key={row} data-choice={choice.key()}>
            <b class="letter" aria-hidden="true">{ letter }</b>
            <select id={format!("compare-slot-{row}")} aria-label={label} onchange={choose}>{ options(shared, Some(choice)) }</select>
            <label class="inline"><input type="radio" name="compare-reference" id={format!("compare-reference-{row}")} checked={shared.state.compare.reference == row} onchange={move |_: Event| refer()} />{ shared.t("compare-reference") }</label>
            if count > 2 {
                <button class="icon-button" id={format!("compare-remove-{row}")} aria-label={away.clone()} title={away} onclick={move |_: MouseEvent| remove()}>{ icon(Icon::Close) }</button>
            }
        </li>
    }
}

/// Everything that can be chosen, by where it is kept.
fn options(shared: &Shared, chosen: Option<&Choice>) -> Html {
    let state = &shared.state;
    let all = state.compare_options();
    let option = |c: &Choice| {
        let name = match c {
            Choice::Plan => tr(state.lang, "compare-plan", &[("name", &state.compare_name(c))]),
            _ => state.compare_name(c),
        };
        html! { <option value={c.key()} selected={chosen == Some(c)}>{ name }</option> }
    };
    let group = |key: &str, of: fn(&Choice) -> bool| {
        let found: Vec<&Choice> = all.iter().filter(|c| of(c)).collect();
        if found.is_empty() {
            return Html::default();
        }
        html! { <optgroup label={shared.t(key)}>{ for found.into_iter().map(option) }</optgroup> }
    };
    html! {
        <>
            { group("compare-group-now", |c| matches!(c, Choice::Baseline | Choice::Plan)) }
            { group("compare-group-kept", |c| matches!(c, Choice::Kept(_))) }
            { group("compare-group-builtin", |c| matches!(c, Choice::BuiltIn(_))) }
        </>
    }
}

/// Which other one is told and drawn against the reference, where there are several.
fn pairs(shared: &Shared) -> Html {
    let compare = &shared.state.compare;
    let Some((reference, shown)) = compare.pair().filter(|_| compare.all.len() > 2) else { return Html::default() };
    let button = |row: usize| {
        let show = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| shared.act(CompareAction::Show(row)))
        };
        let words = tr(shared.state.lang, "compare-pair", &[("a", letter(reference)), ("b", letter(row))]);
        html! { <button id={format!("compare-show-{row}")} aria-pressed={(row == shown).to_string()} onclick={show}>{ words }</button> }
    };
    html! {
        <div class="pairs-shown"><span class="fine" id="compare-pairs">{ shared.t("compare-pairs") }</span>
            <div class="segments" role="group" aria-labelledby="compare-pairs">{ for (0..compare.all.len()).filter(|i| *i != reference).map(button) }</div>
        </div>
    }
}
