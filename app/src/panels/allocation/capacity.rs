//! The capacity of a hub or smelter as a field. What was typed stays in the field until it can be read.

use crate::{
    i18n::{Quantity, tr},
    panels::{
        assumptions::{mine, struck},
        use_shared,
    },
    state::{EditAction, tonnes_typed, typed_tonnes},
};
use atlas_core::{
    model::{CapacityUnit, FacilityKind},
    scenario::{Change, Edit, Sizing},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The facility.
    pub facility: String,
}

#[component]
pub fn CapacityField(props: &Props) -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let lang = state.lang;
    let found = state.document.plan().get(&props.facility);
    let now = found.and_then(|p| p.facility.capacity).map(|c| c.tonnes);
    let words = |t: Option<f64>| t.map_or_else(String::new, |t| typed_tonnes(lang, t));
    let typed = use_state(|| words(now));
    {
        // Another facility, capacity or language brings another number; whatever else changes, what was typed stays.
        let typed = typed.clone();
        use_effect_with((props.facility.clone(), now, lang), move |(_, now, lang)| {
            typed.set(now.map_or_else(String::new, |t| typed_tonnes(*lang, t)));
        });
    }
    let Some(found) = found.filter(|p| matches!(p.facility.kind, FacilityKind::Hub | FacilityKind::Smelter)) else {
        return Html::default();
    };
    // Nobody edits what stands for plants without a name.
    if found.facility.status == atlas_core::model::Status::Unnamed {
        return Html::default();
    }
    let input = {
        let typed = typed.clone();
        Callback::from(move |e: InputEvent| typed.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let set = {
        let (shared, id) = (shared.clone(), props.facility.clone());
        Callback::from(move |e: Event| {
            let value = e.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(tonnes) = tonnes_typed(shared.state.lang, &value).filter(|t| Some(*t) != now) {
                shared.act(EditAction::Make(Change::Edit(Edit::SetCapacity { id: id.clone(), tonnes: Some(tonnes) })));
            }
        })
    };
    let reset = {
        let (shared, id) = (shared.clone(), props.facility.clone());
        Callback::from(move |_: MouseEvent| {
            shared.act(EditAction::Make(Change::Edit(Edit::SetCapacity { id: id.clone(), tonnes: None })));
        })
    };
    let unit = match (found.facility.capacity.or(found.own_capacity()).map(|c| c.unit), found.facility.kind) {
        (Some(CapacityUnit::BatteryFeed), _) => "capacity-unit-batteries",
        (Some(CapacityUnit::Feed), _) => "capacity-unit-feed",
        (Some(CapacityUnit::Gross), _) | (None, FacilityKind::Hub) => "capacity-unit-gross",
        _ => "capacity-unit-product",
    };
    // An empty field is no number, but says nothing wrong of a capacity that nobody knows.
    let wrong = tonnes_typed(lang, &typed).is_none() && !(typed.trim().is_empty() && now.is_none());
    let q = Quantity::TonnesPerYear;
    html! {
        <div id="card-capacity" class="limit capacity" data-tonnes={now.map(|t| format!("{t:.3}"))}>
            <label for="capacity-field">{ shared.t("capacity-label") }</label>
            <input id="capacity-field" type="text" inputmode="decimal" value={(*typed).clone()} oninput={input} onchange={set}
                aria-invalid={wrong.to_string()} aria-describedby={if wrong { "capacity-wrong" } else { "capacity-unit" }} />
            <span id="capacity-unit">{ shared.t(unit) }</span>
            if wrong { <p id="capacity-wrong" class="bad" role="alert">{ tr(lang, "capacity-wrong", &[("unit", q.unit(lang))]) }</p> }
            if let Sizing::Set { own } = found.sizing {
                <p class="fine">
                    { mine(&shared) }{ " " }
                    { own.map_or_else(|| shared.t("capacity-own-unknown").into(), |c| struck(&shared, &typed_tonnes(lang, c.tonnes))) }{ " " }
                    <button class="link" id="capacity-reset" onclick={reset}>{ shared.t("capacity-reset") }</button>
                </p>
            }
        </div>
    }
}
