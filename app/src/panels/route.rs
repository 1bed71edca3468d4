//! The way of the selected point's scrap, leg by leg.

use super::{inputs::because, use_shared};
use crate::{
    i18n::{significant, tr},
    state::ViewAction,
};
use atlas_core::{
    account::{CLUSTER_FRICTION_KEY, EmissionFamily, FreightTable, Haul, PROVINCE_FRICTION_KEY},
    model::{FacilityKind, Mode, Stream},
};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[component]
pub fn RouteTable() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let Some(focus) = state.focus.clone() else { return Html::default() };
    let is_point = state
        .document
        .plan()
        .get(&focus.id)
        .is_some_and(|p| p.facility.kind == FacilityKind::CollectionPoint && p.open);
    if !is_point {
        return Html::default();
    }
    let lang = state.lang;
    let choose = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let field: HtmlSelectElement = e.target().expect("an event of the field").unchecked_into();
            if let Some(s) = Stream::ALL.into_iter().find(|s| s.key() == field.value()) {
                shared.act(ViewAction::Stream(s));
            }
        })
    };
    let numbers = |h: &Haul| {
        [h.km, h.hours, h.yuan_per_t, h.kg_co2e_per_t].map(|v| html! { <td class="num">{ significant(v) }</td> })
    };
    let total = focus.legs.iter().fold(Haul::default(), |sum, l| sum + l.haul);
    let keys = {
        let family = EmissionFamily::of(&state.parameters());
        let mut keys = FreightTable::behind([Mode::Road], focus.stream, family);
        keys.extend([PROVINCE_FRICTION_KEY, CLUSTER_FRICTION_KEY].map(str::to_owned));
        keys
    };
    html! {
        <section class="route">
            <h2>{ shared.t("route-title") }</h2>
            <label class="inline">{ shared.t("route-stream") }
                <select onchange={choose}>
                    { for Stream::ALL.map(|s| html! { <option value={s.key()} selected={s == focus.stream}>{ shared.t(&format!("stream-{}", s.key())) }</option> }) }
                </select>
            </label>
            if focus.legs.is_empty() {
                <p class="hint">{ shared.t("route-none") }</p>
            } else {
                <table class="plain">
                    <thead><tr>
                        <th scope="col">{ shared.t("route-leg") }</th><th scope="col">{ "km" }</th><th scope="col">{ "h" }</th>
                        <th scope="col">{ crate::i18n::Quantity::YuanPerTonne.unit(lang) }</th><th scope="col">{ "kg CO₂e/t" }</th>
                    </tr></thead>
                    <tbody>
                        { for focus.legs.iter().map(|l| html! {
                            <tr><th scope="row">{ tr(lang, "route-to", &[("from", lang.name(&l.from)), ("to", lang.name(&l.to))]) }</th>{ for numbers(&l.haul) }</tr>
                        }) }
                    </tbody>
                    <tfoot><tr><th scope="row">{ shared.t("route-total") }</th>{ for numbers(&total) }</tr></tfoot>
                </table>
                { because(&shared, &keys) }
            }
        </section>
    }
}
