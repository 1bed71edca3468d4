//! Other plans that are nearly as good: within how many per cent, what they change, and the plan itself on a click.

use super::SearchProps;
use crate::{
    i18n::tr,
    panels::use_shared,
    state::{Shown, SitingAction, objective_unit, objective_words, swap_words, worse},
};
use atlas_core::siting::planning::Alternative;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What can be chosen, in per cent.
const WITHIN: [f64; 5] = [0.2, 0.5, 1.0, 2.0, 5.0];
/// So many are listed at first.
const FEW: usize = 5;

#[component]
pub fn Alternatives(props: &SearchProps) -> Html {
    let shared = use_shared();
    let all = use_state(|| false);
    let lang = shared.state.lang;
    let search = &props.search;
    let (within, found) = &search.alternatives;
    let unit = objective_unit(lang, &search.question);
    let best = search.best.as_ref().and_then(|b| b.objective);
    let set = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some(within) = WITHIN.get(row.max(0) as usize) {
                shared.act(SitingAction::Within(*within));
            }
        })
    };
    let line = |(row, a): (usize, &Alternative)| {
        let shown = search.shown == Shown::Alternative(row);
        let look = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| {
                shared.act(SitingAction::Look(if shown { Shown::Best } else { Shown::Alternative(row) }))
            })
        };
        let share = best.and_then(|b| worse(&unit, a.objective, b).1).unwrap_or_default();
        html! {
            <li data-objective={format!("{}", a.objective)}>
                <button class="link" aria-pressed={shown.to_string()} onclick={look}>{ tr(lang, "siting-alternative", &[("n", &(row + 2).to_string()), ("swaps", &swap_words(&shared.state, &a.swaps))]) }</button>
                <b class="num">{ objective_words(&unit, Some(a.objective)) }</b><span class="num">{ format!("{share} %") }</span>
            </li>
        }
    };
    let plans = found.as_ref().map(|f| f.plans.as_slice());
    let shown = plans.map_or(0, |p| if *all { p.len() } else { p.len().min(FEW) });
    let more = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(!*all))
    };
    html! {
        <section class="figure" id="siting-alternatives" data-count={plans.map(|p| p.len().to_string())}>
            <h3>{ shared.t("siting-alternatives-title") }</h3>
            <label class="inline within">{ shared.t("siting-within") }
                <select id="siting-within" onchange={set}>{ for WITHIN.map(|w| html! { <option selected={w == *within}>{ format!("{w} %") }</option> }) }</select></label>
            { match plans {
                None if search.is_running() => html! { <p class="fine wide">{ shared.t("siting-curve-later") }</p> },
                None => html! { <p class="fine wide" role="status">{ shared.t("siting-alternatives-wait") }</p> },
                Some([]) => html! { <p class="fine wide">{ shared.t("siting-alternatives-none") }</p> },
                Some(plans) => html! {
                    <>
                        <ol class="alternatives wide-row">{ for plans.iter().take(shown).enumerate().map(line) }</ol>
                        if plans.len() > FEW { <button class="link wide" onclick={more}>{ if *all { shared.t("siting-fewer") } else { tr(lang, "siting-all", &[("n", &plans.len().to_string())]) } }</button> }
                    </>
                },
            } }
        </section>
    }
}
