//! Where the chosen norms apply: everywhere, or in some provinces.

use crate::{
    i18n::{count, province, tr},
    panels::use_shared,
    state::{NormsAction, ViewAction, provinces},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[component]
pub fn Places() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let chosen = &state.norms.provinces;
    let everywhere = chosen.is_empty();
    let set = |all: bool| {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ViewAction::Norms(NormsAction::Everywhere(all))))
    };
    let tick = |zh: String| {
        let on = chosen.contains(&zh);
        let change = {
            let (shared, zh) = (shared.clone(), zh.clone());
            Callback::from(move |e: Event| {
                let field: HtmlInputElement = e.target_unchecked_into();
                // The last one stays: the box must show it.
                let on = field.checked();
                let last = !on && shared.state.norms.provinces.len() == 1;
                field.set_checked(on || last);
                shared.act(ViewAction::Norms(NormsAction::Province(zh.clone(), on)));
            })
        };
        html! { <li><label><input type="checkbox" data-province={zh.clone()} checked={on} onchange={change} /><span>{ province(state.lang, &zh).to_owned() }</span></label></li> }
    };
    let some = if everywhere {
        shared.t("norms-where-some")
    } else {
        tr(state.lang, "norms-where-n", &[("n", &count(chosen.len()))])
    };
    html! {
        <div id="norms-where" role="group" aria-label={shared.t("norms-where")}>
            <span>{ shared.t("norms-where") }</span>
            <div class="segments">
                <button id="norms-everywhere" aria-pressed={everywhere.to_string()} onclick={set(true)}>{ shared.t("norms-where-all") }</button>
                <button id="norms-some" aria-pressed={(!everywhere).to_string()} aria-expanded={(!everywhere).to_string()} onclick={set(false)}>{ some }</button>
            </div>
            if !everywhere { <ul id="norms-provinces">{ for provinces(&state.baseline).into_iter().map(tick) }</ul> }
        </div>
    }
}
