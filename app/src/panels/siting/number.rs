//! Fields for numbers: what was typed stays until it can be read, and what is wrong with it stands below.

use crate::{
    panels::use_shared,
    state::{AskAction, LimitKind, SitingAction, typed_count, typed_number},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// How many sites.
#[component]
pub fn CountField() -> Html {
    let shared = use_shared();
    let count = shared.state.siting.ask.question.count;
    let typed = use_state(|| count.to_string());
    {
        let typed = typed.clone();
        use_effect_with(count, move |count| typed.set(count.to_string()));
    }
    let wrong = typed_count(&typed).is_none();
    let input = {
        let (shared, typed) = (shared.clone(), typed.clone());
        Callback::from(move |e: InputEvent| {
            let text = e.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(count) = typed_count(&text) {
                shared.act(SitingAction::Ask(AskAction::Count(count)));
            }
            typed.set(text);
        })
    };
    html! {
        <span class="pick count">
            <input id="siting-count" type="text" inputmode="numeric" size="3" value={(*typed).clone()} oninput={input}
                aria-label={shared.t("siting-count-label")} aria-invalid={wrong.to_string()} aria-describedby={wrong.then_some("siting-count-wrong")} />
            if wrong { <span id="siting-count-wrong" class="bad wrong" role="alert">{ shared.t("siting-count-wrong") }</span> }
        </span>
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Which limit.
    pub kind: LimitKind,
    /// Its value in the question's unit.
    pub value: f64,
    /// The unit of the field.
    pub unit: String,
}

/// The value of a limit.
#[component]
pub fn LimitField(props: &Props) -> Html {
    let shared = use_shared();
    let kind = props.kind;
    let words = move |value: f64| format!("{}", (value / kind.scale() * 1e6).round() / 1e6);
    let typed = use_state(|| words(props.value));
    {
        let typed = typed.clone();
        use_effect_with(props.value.to_bits(), move |bits| typed.set(words(f64::from_bits(*bits))));
    }
    let wrong = typed_number(&typed).is_none();
    let input = {
        let (shared, typed) = (shared.clone(), typed.clone());
        Callback::from(move |e: InputEvent| {
            let text = e.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(value) = typed_number(&text) {
                shared.act(SitingAction::Ask(AskAction::Value(kind, value * kind.scale())));
            }
            typed.set(text);
        })
    };
    let id = format!("siting-limit-{}", kind.key());
    let wrong_id = format!("{id}-wrong");
    html! {
        <>
            <input id={id.clone()} type="text" inputmode="decimal" value={(*typed).clone()} oninput={input}
                aria-label={format!("{}, {}", shared.t(&format!("siting-limit-{}", kind.key())), props.unit)}
                aria-invalid={wrong.to_string()} aria-describedby={wrong.then(|| wrong_id.clone())} />
            <span class="unit">{ &props.unit }</span>
            if wrong { <p id={wrong_id} class="bad" role="alert">{ shared.t("siting-number-wrong") }</p> }
        </>
    }
}
