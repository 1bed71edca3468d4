//! Which norms apply: an offered set, or a set of the user's own, each norm with where it comes from.

use super::{
    sign::profile_name,
    source::{facts, source},
};
use crate::{
    app::Shared,
    i18n::{count, tr},
    panels::use_shared,
    state::{NormsAction, OWN, ViewAction},
};
use atlas_core::{catchment::norms::NormProfile, model::Norm};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[component]
pub fn Choose() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let choice = &state.norms;
    let set = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            shared.act(ViewAction::Norms(NormsAction::Profile(key)));
        })
    };
    let option = |p: NormProfile| {
        let name = shared.t(&format!("norms-profile-{}", p.key));
        html! { <option value={p.key.clone()} selected={p.key == choice.profile}>{ name }</option> }
    };
    let all = &state.baseline.norms;
    let sums = [("n", &*count(choice.norms.len())), ("all", &*count(all.len()))];
    html! {
        <>
            <label class="profile"><span>{ shared.t("norms-profile") }</span>
                <select id="norms-profile" onchange={set} data-profile={choice.profile.clone()}>
                    { for NormProfile::standard().into_iter().map(option) }
                    if choice.is_own() { <option value={OWN} selected={true}>{ profile_name(&shared) }</option> }
                </select>
            </label>
            if choice.is_own() { <span id="norms-own" class="mine-badge">{ shared.t("basis-user") }</span> }
            <details id="norms-behind">
                <summary>{ tr(state.lang, "norms-behind", &sums) }</summary>
                <ul class="norm-list">{ for all.iter().map(|n| norm(&shared, n)) }</ul>
            </details>
        </>
    }
}

fn norm(shared: &Shared, n: &Norm) -> Html {
    let tick = {
        let (shared, id) = (shared.clone(), n.id.clone());
        Callback::from(move |e: Event| {
            let on = e.target_unchecked_into::<HtmlInputElement>().checked();
            shared.act(ViewAction::Norms(NormsAction::Norm(id.clone(), on)));
        })
    };
    let id = format!("norm-{}", n.id);
    html! {
        <li key={n.id.clone()} data-norm={n.id.clone()}>
            <label><input type="checkbox" id={id.clone()} checked={shared.state.norms.holds(n)} onchange={tick} aria-describedby={format!("{id}-facts")} />
                <span><b>{ &n.id }</b>{ " " }{ shared.state.lang.name(&n.rule) }</span></label>
            { facts(shared, n, &format!("{id}-facts")) }
            { source(shared, n) }
        </li>
    }
}
