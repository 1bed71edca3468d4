//! What is asked: two places, modes, what the way is chosen by, what travels.

use crate::{
    app::Shared,
    compute::protocol::Stop,
    panels::place_field::PlaceField,
    state::{By, End, JourneyAction, ViewAction},
    ui::{Icon, icon},
};
use atlas_core::{
    model::{Mode, Stream},
    routing::Aim,
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

pub fn form(shared: &Shared) -> Html {
    let journey = &shared.state.journey;
    let act = |action: JourneyAction| {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ViewAction::Journey(action.clone())))
    };
    let end = |end: End| {
        let on_set = {
            let shared = shared.clone();
            Callback::from(move |stop: Option<Stop>| shared.act(ViewAction::Journey(JourneyAction::Set(end, stop))))
        };
        let (id, set) = match end {
            End::From => ("journey-from", &journey.from),
            End::To => ("journey-to", &journey.to),
        };
        html! { <PlaceField {id} label={id} set={set.clone()} {on_set} /> }
    };
    let mode = |m: Mode| {
        let allowed = journey.modes.contains(m);
        html! {
            <button class={classes!("mode", m.key())} aria-pressed={allowed.to_string()} onclick={act(JourneyAction::Mode(m, !allowed))}>
                <i aria-hidden="true"></i>{ shared.t(&format!("mode-{}", m.key())) }
            </button>
        }
    };
    let by = |b: By| {
        html! {
            <button aria-pressed={(journey.by == b).to_string()} onclick={act(JourneyAction::By(b))}>{ shared.t(&format!("journey-by-{}", b.key())) }</button>
        }
    };
    let stream = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let field: HtmlSelectElement = e.target_unchecked_into();
            if let Some(s) = Stream::ALL.into_iter().find(|s| s.key() == field.value()) {
                shared.act(ViewAction::Journey(JourneyAction::Stream(s)));
            }
        })
    };
    html! {
        <>
            <div class="stops">
                { end(End::From) }
                { end(End::To) }
                <button class="icon-button swap" onclick={act(JourneyAction::Swap)} aria-label={shared.t("journey-swap")} title={shared.t("journey-swap")}>{ icon(Icon::Swap) }</button>
            </div>
            <div class="modes" role="group" aria-label={shared.t("journey-modes")}>{ for Mode::ALL.map(mode) }</div>
            <div class="segments" role="group" aria-label={shared.t("journey-by")}>{ for By::ALL.map(by) }</div>
            if journey.by == By::Weighted { { weights(shared) } }
            <label class="inline">{ shared.t("journey-stream") }
                <select onchange={stream}>
                    { for Stream::ALL.map(|s| html! { <option value={s.key()} selected={s == journey.stream}>{ shared.t(&format!("stream-{}", s.key())) }</option> }) }
                </select>
            </label>
        </>
    }
}

/// The weights of the sum, in yuan: what an hour and a kilogram are worth to the user.
fn weights(shared: &Shared) -> Html {
    let now = shared.state.journey.weights;
    let field = |key: &str, value: f64, with: fn(Aim, f64) -> Aim| {
        let change = {
            let shared = shared.clone();
            Callback::from(move |e: Event| {
                let field: HtmlInputElement = e.target_unchecked_into();
                let typed = field.value_as_number();
                if typed.is_finite() && typed >= 0.0 {
                    shared.act(ViewAction::Journey(JourneyAction::Weights(with(now, typed))));
                } else {
                    field.set_value(&value.to_string());
                }
            })
        };
        html! {
            <label>{ shared.t(key) }<input type="number" min="0" step="any" value={value.to_string()} onchange={change} /></label>
        }
    };
    html! {
        <div class="weights">
            { field("journey-weight-yuan", now.yuan, |a, v| Aim { yuan: v, ..a }) }
            { field("journey-weight-hours", now.hours, |a, v| Aim { hours: v, ..a }) }
            { field("journey-weight-co2", now.kg_co2e, |a, v| Aim { kg_co2e: v, ..a }) }
            <p class="fine">{ shared.t("journey-weights-note") }</p>
        </div>
    }
}
