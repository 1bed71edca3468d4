//! The choices that several parts share: a metal, and one of two.

use crate::{
    app::Shared,
    i18n::signed,
    state::{METALS, Metals, stream_words, symbol},
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A field to choose a metal or all.
pub fn metal_select(shared: &Shared, id: &'static str, chosen: &UseStateHandle<Metals>) -> Html {
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            chosen.set(METALS.into_iter().find(|m| metals_key(*m) == key).unwrap_or(None));
        })
    };
    let option = |m: Metals| {
        let words = m.map_or_else(|| shared.t("balance-all-metals"), |s| stream_words(shared.state.lang, s));
        html! { <option key={metals_key(m)} value={metals_key(m)} selected={**chosen == m}>{ words }</option> }
    };
    html! {
        <label class="inline wide">{ shared.t("balance-metals") }<select {id} onchange={choose}>{ for METALS.map(option) }</select></label>
    }
}

const fn metals_key(m: Metals) -> &'static str {
    match m {
        None => "all",
        Some(s) => s.key(),
    }
}

/// A row of buttons of which one is pressed; `prefix` of the words, and the end of each.
pub fn segments<T: Copy + PartialEq + 'static>(
    shared: &Shared,
    id: &'static str,
    prefix: &str,
    choices: &[(T, &'static str)],
    chosen: &UseStateHandle<T>,
) -> Html {
    let button = |(value, key): &(T, &'static str)| {
        let (chosen, value) = (chosen.clone(), *value);
        let pressed = (*chosen == value).to_string();
        let press = Callback::from(move |_: MouseEvent| chosen.set(value));
        html! { <button aria-pressed={pressed} data-choice={*key} onclick={press}>{ shared.t(&format!("{prefix}-{key}")) }</button> }
    };
    html! { <div class="segments wide-row" {id} role="group" aria-label={shared.t(prefix)}>{ for choices.iter().map(button) }</div> }
}

/// The short name of a metal, for narrow headings.
pub fn short(shared: &Shared, m: Metals) -> String {
    match m {
        None => shared.t("balance-all-short"),
        Some(s) => symbol(s).map_or_else(|| shared.t(&format!("stream-{}", s.key())), str::to_owned),
    }
}

/// A change against the baseline; nothing where nothing changed that three digits show. `less` is true where less is better.
pub fn change(now: f64, base: Option<f64>, less: Option<bool>) -> Html {
    let Some(difference) = base.map(|b| now - b) else { return Html::default() };
    // What the solver leaves open is no change.
    if difference.abs() < 2e-6 * now.abs().max(1e-3) || signed(difference) == "±0" {
        return Html::default();
    }
    let mood = less.map(|less| if (difference < 0.0) == less { "good" } else { "bad" });
    html! { <span class={classes!("change", "num", mood)}>{ signed(difference) }</span> }
}
