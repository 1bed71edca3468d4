//! What the allocation is asked for: objective, price of carbon, caps; with subsidies and contracts the levers of the plan panel.

use super::{contracts::Contracts, subsidy::Subsidies};
use crate::{
    app::Shared,
    i18n::{Quantity, exact, significant, tr, unit_words},
    panels::{
        assumptions::{mine, open_source, set, settle, slide},
        use_shared,
    },
    state::{EditAction, parse_amount, tonnes_typed, typed_tonnes},
};
use atlas_core::{
    allocation::CARBON_PRICE_KEY,
    scenario::{Change, Goal, GoalError, Objective},
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The price of carbon that the slider goes up to, in yuan a tonne.
const MOST_CARBON: f64 = 500.0;
/// Weights to begin with: a kilogram of CO2e as dear as the table's price of carbon.
const WEIGHTS: Objective = Objective::Weighted { yuan: 1.0, kg_co2e: 0.09, metal_kg: 0.0 };

/// Asks for another goal.
pub fn make(shared: &Shared, goal: Goal) {
    shared.act(EditAction::Make(Change::Goal(goal)));
}

#[component]
pub fn AllocationLevers() -> Html {
    let shared = use_shared();
    if !shared.state.has_baseline() {
        return Html::default();
    }
    html! {
        <section id="allocation-levers">
            <h2>{ shared.t("goal-title") }</h2>
            <p class="fine">{ shared.t("goal-text") }</p>
            { objective(&shared) }
            { carbon(&shared) }
            <Cap which={CapOf::Co2} />
            <Cap which={CapOf::CrossCluster} />
            <Subsidies />
            <Contracts />
            { problems(&shared) }
        </section>
    }
}

fn kind(objective: Objective) -> &'static str {
    match objective {
        Objective::Cost => "cost",
        Objective::Co2 => "co2",
        Objective::Metal => "metal",
        Objective::Weighted { .. } => "weighted",
    }
}

fn objective(shared: &Shared) -> Html {
    let goal = shared.state.document.scenario().goal.clone();
    let now = goal.objective;
    let choose = {
        let (shared, goal) = (shared.clone(), goal.clone());
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            let all = [Objective::Cost, Objective::Co2, Objective::Metal, WEIGHTS];
            if let Some(objective) = all.into_iter().find(|o| kind(*o) == key) {
                make(&shared, Goal { objective, ..goal.clone() });
            }
        })
    };
    let reset = {
        let (shared, goal) = (shared.clone(), goal.clone());
        Callback::from(move |_: MouseEvent| make(&shared, Goal { objective: Objective::Cost, ..goal.clone() }))
    };
    let option = |o: Objective| html! { <option value={kind(o)} selected={kind(o) == kind(now)}>{ shared.t(&format!("goal-{}", kind(o))) }</option> };
    html! {
        <div class="lever choice">
            <label for="goal-objective">{ shared.t("goal-objective") }</label>
            <select id="goal-objective" onchange={choose}>{ for [Objective::Cost, Objective::Co2, Objective::Metal, WEIGHTS].map(option) }</select>
            if let Objective::Weighted { yuan, kg_co2e, metal_kg } = now { <Weights {yuan} {kg_co2e} {metal_kg} /> }
            <p class="fine">{ tr(shared.state.lang, "lever-default", &[("value", &shared.t("goal-cost"))]) }
                if now != Objective::Cost { <span class="mine">{ shared.t("set-mine") }</span><button class="link" id="goal-reset" onclick={reset}>{ shared.t("set-reset-own") }</button> }
            </p>
        </div>
    }
}

/// The objective of three weights that were read, where they can order allocations.
fn weighted(read: &[Option<f64>; 3]) -> Option<Objective> {
    let [Some(yuan), Some(kg_co2e), Some(metal_kg)] = *read else { return None };
    Some(Objective::Weighted { yuan, kg_co2e, metal_kg }).filter(|o| o.is_sound())
}

#[derive(Properties, PartialEq)]
struct WeightsProps {
    yuan: f64,
    kg_co2e: f64,
    metal_kg: f64,
}

#[component]
fn Weights(props: &WeightsProps) -> Html {
    let shared = use_shared();
    let values = [props.yuan, props.kg_co2e, props.metal_kg];
    let typed = use_state(|| values.map(|v| v.to_string()));
    {
        let typed = typed.clone();
        use_effect_with(values, move |values| typed.set(values.map(|v| v.to_string())));
    }
    let read: [Option<f64>; 3] = [0, 1, 2].map(|i: usize| parse_amount(&typed[i]));
    let wrong = weighted(&read).is_none();
    let field = |i: usize, key: &'static str| {
        let input = {
            let typed = typed.clone();
            Callback::from(move |e: InputEvent| {
                let mut next = (*typed).clone();
                next[i] = e.target_unchecked_into::<HtmlInputElement>().value();
                typed.set(next);
            })
        };
        let change = {
            let shared = shared.clone();
            Callback::from(move |e: Event| {
                // The field being left may be newer than what is on the screen.
                let mut next = read;
                next[i] = parse_amount(&e.target_unchecked_into::<HtmlInputElement>().value());
                if let Some(objective) = weighted(&next) {
                    let goal = shared.state.document.scenario().goal.clone();
                    if goal.objective != objective {
                        make(&shared, Goal { objective, ..goal });
                    }
                }
            })
        };
        let bad = read[i].is_none();
        html! {
            <label>{ shared.t(key) }<input type="text" inputmode="decimal" id={key} value={typed[i].clone()} oninput={input} onchange={change}
                aria-invalid={bad.to_string()} aria-describedby={wrong.then_some("weights-wrong")} /></label>
        }
    };
    html! {
        <div class="weights">
            { field(0, "goal-weight-yuan") }{ field(1, "goal-weight-co2") }{ field(2, "goal-weight-metal") }
            if wrong { <p id="weights-wrong" class="bad" role="alert">{ shared.t("goal-weights-wrong") }</p> }
            <p class="fine">{ shared.t("goal-weights-note") }</p>
        </div>
    }
}

/// The price of carbon as a slider.
fn carbon(shared: &Shared) -> Html {
    let lang = shared.state.lang;
    let parameters = shared.state.parameters();
    let Some(p) = parameters.get(CARBON_PRICE_KEY) else { return Html::default() };
    let unit = unit_words(lang, &p.unit);
    let shown = |v: f64| format!("{} {unit}", exact(v));
    // A value set on the sources page may lie beyond the slider's end.
    let most = MOST_CARBON.max(p.value);
    let default = shown(p.default.unwrap_or(p.value));
    let range =
        p.low.zip(p.high).map(|(low, high)| tr(lang, "lever-range", &[("low", &exact(low)), ("high", &exact(high))]));
    let reset = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| set(&shared, CARBON_PRICE_KEY, None))
    };
    html! {
        <div class="lever">
            <label>
                <span>{ shared.t("param-price-carbon") }</span><b class="num">{ shown(p.value) }</b>
                <input id="carbon-price" type="range" min="0" max={most.to_string()} step="5" value={p.value.to_string()} oninput={slide(shared, CARBON_PRICE_KEY)} onchange={settle(shared)} aria-valuetext={shown(p.value)} />
            </label>
            <p class="fine">{ tr(lang, "lever-default", &[("value", &default)]) }{ range }{ " " }
                <button class="link" onclick={open_source(shared, CARBON_PRICE_KEY)}>{ shared.t("sources-source") }</button>
                if p.default.is_some() { <span class="mine">{ shared.t("set-mine") }</span><button class="link" id="carbon-reset" onclick={reset}>{ shared.t("set-reset") }</button> }
            </p>
        </div>
    }
}

/// Which cap.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CapOf {
    Co2,
    CrossCluster,
}

#[derive(Properties, PartialEq)]
struct CapProps {
    which: CapOf,
}

/// A cap as a field: empty is none. What was typed stays until it can be read.
#[component]
fn Cap(props: &CapProps) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let goal = &shared.state.document.scenario().goal;
    let (id, key, now) = match props.which {
        CapOf::Co2 => ("cap-co2", "goal-cap-co2", goal.max_co2_t),
        CapOf::CrossCluster => ("cap-cross", "goal-cap-cross", goal.max_cross_cluster_t),
    };
    let typed = use_state(|| now.map_or_else(String::new, |t| typed_tonnes(lang, t)));
    {
        let typed = typed.clone();
        use_effect_with((now, lang), move |(now, lang)| {
            typed.set(now.map_or_else(String::new, |t| typed_tonnes(*lang, t)))
        });
    }
    let with = |shared: &Shared, which: CapOf, cap: Option<f64>| {
        let goal = shared.state.document.scenario().goal.clone();
        let next = match which {
            CapOf::Co2 => Goal { max_co2_t: cap, ..goal.clone() },
            CapOf::CrossCluster => Goal { max_cross_cluster_t: cap, ..goal.clone() },
        };
        if next != goal {
            make(shared, next);
        }
    };
    let input = {
        let typed = typed.clone();
        Callback::from(move |e: InputEvent| typed.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let change = {
        let (shared, which) = (shared.clone(), props.which);
        Callback::from(move |e: Event| {
            let value = e.target_unchecked_into::<HtmlInputElement>().value();
            match (value.trim(), tonnes_typed(shared.state.lang, &value)) {
                ("", _) => with(&shared, which, None),
                (_, Some(t)) => with(&shared, which, Some(t)),
                (_, None) => {}
            }
        })
    };
    let reset = {
        let (shared, which) = (shared.clone(), props.which);
        Callback::from(move |_: MouseEvent| with(&shared, which, None))
    };
    let wrong = !typed.trim().is_empty() && tonnes_typed(lang, &typed).is_none();
    let q = Quantity::TonnesPerYear;
    // What the plan on the screen needs is the best hint of what a cap would bite.
    let needs = shared.state.allocation.as_ref().map(|a| match props.which {
        CapOf::Co2 => a.account.kg_co2e() / 1000.0,
        CapOf::CrossCluster => a.account.cross_cluster_t,
    });
    let bad = format!("{id}-wrong");
    html! {
        <div class="limit cap">
            <label for={id}>{ shared.t(key) }</label>
            <input {id} type="text" inputmode="decimal" value={(*typed).clone()} placeholder={shared.t("goal-cap-none")} oninput={input} onchange={change}
                aria-invalid={wrong.to_string()} aria-describedby={wrong.then(|| bad.clone())} />
            <span>{ shared.t(if props.which == CapOf::Co2 { "goal-unit-co2" } else { "capacity-unit-gross" }) }</span>
            if wrong { <p id={bad} class="bad" role="alert">{ tr(lang, "capacity-wrong", &[("unit", q.unit(lang))]) }</p> }
            <p class="fine">{ tr(lang, "lever-default", &[("value", &shared.t("goal-cap-none"))]) }
                if let Some(t) = needs { { " · " }{ tr(lang, "goal-cap-now", &[("n", &significant(q.scaled(t, lang)))]) } }
                if now.is_some() { { " " }{ mine(&shared) }{ " " }<button class="link" id={format!("{id}-reset")} onclick={reset}>{ shared.t("set-reset-own") }</button> }
            </p>
        </div>
    }
}

/// What cannot be, and what contracts ask of plants and points that are not there.
fn problems(shared: &Shared) -> Html {
    let state = &shared.state;
    let goal = &state.document.scenario().goal;
    let mut found = goal.problems();
    found.extend(goal.astray(&state.baseline, state.document.plan()));
    if found.is_empty() {
        return Html::default();
    }
    let contract = |e: &GoalError| match e {
        GoalError::UnknownPlant { id, .. }
        | GoalError::UnfitPlant { id, .. }
        | GoalError::UnknownSource { id, .. }
        | GoalError::BadFactor { id, .. }
        | GoalError::BadAmount(id)
        | GoalError::NoSource(id)
        | GoalError::BadId(id) => Some(id.clone()),
        GoalError::BadWeights | GoalError::BadLimit { .. } => None,
    };
    let line = |e: &GoalError| html! { <li>if let Some(id) = contract(e) { <b>{ id }</b>{ " " } }{ shared.t(&format!("diag-{}", e.code())) }</li> };
    html! { <div id="goal-problems" class="strip" role="status"><ul>{ for found.iter().map(line) }</ul></div> }
}
