//! What is near enough, and where travel bands end. What was typed stays in its field until it can be read.

use crate::{
    i18n::{Quantity, tr},
    panels::use_shared,
    state::{BandsError, QuestionAction, ViewAction, bands_words, parse_bands, parse_limit},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[component]
pub fn Limits() -> Html {
    let shared = use_shared();
    let q = shared.state.question.clone();
    let lang = shared.state.lang;
    let unit = Quantity::of_measure(q.measure).unit(lang);
    let limit = use_state(|| q.limit.to_string());
    let bands = use_state(|| bands_words(&q.bands));
    // Another measure, kind or pick brings other numbers, each to its own field: whatever else changes, what was typed stays.
    {
        let limit = limit.clone();
        use_effect_with((q.of, q.measure, q.limit), move |(_, _, value)| limit.set(value.to_string()));
    }
    {
        let bands = bands.clone();
        use_effect_with((q.of, q.measure, q.bands.clone()), move |(_, _, limits)| bands.set(bands_words(limits)));
    }
    let typing = |field: &UseStateHandle<String>| {
        let field = field.clone();
        Callback::from(move |e: InputEvent| field.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let set_limit = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            if let Some(limit) = parse_limit(&e.target_unchecked_into::<HtmlInputElement>().value()) {
                shared.act(ViewAction::Question(QuestionAction::Limit(limit)));
            }
        })
    };
    let set_bands = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            if let Ok(bands) = parse_bands(&e.target_unchecked_into::<HtmlInputElement>().value()) {
                shared.act(ViewAction::Question(QuestionAction::Bands(bands)));
            }
        })
    };
    let pick = |v: f64| {
        let set = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| shared.act(ViewAction::Question(QuestionAction::Limit(v))))
        };
        html! { <button aria-pressed={(q.limit == v).to_string()} onclick={set}>{ v }</button> }
    };
    let wrong_limit = parse_limit(&limit).is_none();
    let wrong_bands = parse_bands(&bands).err();
    let usual = q.measure.usual_bands(q.of);
    html! {
        <>
            <div class="limit">
                <label for="ask-limit">{ shared.t("ask-limit") }</label>
                <input id="ask-limit" type="text" inputmode="decimal" value={(*limit).clone()} oninput={typing(&limit)} onchange={set_limit}
                    aria-invalid={wrong_limit.to_string()} aria-describedby={wrong_limit.then_some("ask-limit-wrong")} />
                <span>{ unit }</span>
                <div class="segments" role="group" aria-label={shared.t("ask-limit-usual")}>{ for usual.map(pick) }</div>
                if wrong_limit { <p id="ask-limit-wrong" class="bad" role="alert">{ shared.t("ask-limit-wrong") }</p> }
            </div>
            <div class="limit">
                <label for="ask-bands">{ shared.t("ask-bands") }</label>
                <input id="ask-bands" class="long" type="text" value={(*bands).clone()} oninput={typing(&bands)} onchange={set_bands}
                    aria-invalid={wrong_bands.is_some().to_string()} aria-describedby={wrong_bands.is_some().then_some("ask-bands-wrong")} />
                <span>{ unit }</span>
                if let Some(wrong) = wrong_bands {
                    <p id="ask-bands-wrong" class="bad" role="alert">{ match &wrong {
                        BandsError::NotANumber(part) => tr(lang, wrong.key(), &[("part", part)]),
                        BandsError::NotAscending | BandsError::Count => shared.t(wrong.key()),
                    } }</p>
                }
            </div>
        </>
    }
}
