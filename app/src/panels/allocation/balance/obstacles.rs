//! What is in the way, each with what would help.

use super::AnswerProps;
use crate::{
    app::Shared,
    i18n::{amount_words, co2_words, count, significant, tr},
    panels::{plan::show, use_shared},
    state::stream_words,
};
use atlas_core::{
    allocation::{Obstacle, Price},
    catchment::Demand,
    model::Stream,
};
use yew::prelude::*;

/// A longer list of facilities is folded.
const FOLDED: usize = 4;

#[component]
pub fn Obstacles(props: &AnswerProps) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let obstacles = &props.answer.obstacles;
    let unknown: Vec<&str> =
        props.answer.facilities.iter().filter(|f| f.capacity_t.is_none()).map(|f| f.id.as_str()).collect();
    html! {
        <section class="figure" id="balance-obstacles" data-count={obstacles.len().to_string()}>
            <h3>{ shared.t("obstacles-title") }</h3><span class="unit num">{ count(obstacles.len()) }</span>
            if obstacles.is_empty() {
                <p class="wide">{ shared.t("obstacles-none") }</p>
            } else {
                <ul class="wide-row obstacles">{ for obstacles.iter().map(|o| obstacle(&shared, o)) }</ul>
            }
            if !unknown.is_empty() {
                <details class="wide-row" open={unknown.len() <= FOLDED}>
                    <summary class="fine">{ tr(lang, "obstacle-unknown", &[("n", &count(unknown.len()))]) }</summary>
                    <ul class="names">{ for unknown.iter().map(|id| html! { <li>{ facility(&shared, id) }</li> }) }</ul>
                </details>
            }
        </section>
    }
}

fn obstacle(shared: &Shared, o: &Obstacle) -> Html {
    let lang = shared.state.lang;
    let t = |v: f64| amount_words(lang, Demand::Tonnes, v);
    let item = |kind: &'static str, what: String, remedy: Html| {
        html! { <li class="strip" data-kind={kind}><p>{ what }</p><p class="fine">{ remedy }</p></li> }
    };
    match o {
        Obstacle::Contract { id, short_t, supply_t, capacity_t } => {
            let name = contract_name(shared, id);
            let values = [
                ("name", &*name),
                ("short", &*t(*short_t)),
                ("supply", &*t(*supply_t)),
                ("capacity", &*t(*capacity_t)),
            ];
            let min = contract(shared, id).and_then(|c| c.min_t).unwrap_or(f64::INFINITY);
            let key = if *supply_t < min && supply_t <= capacity_t {
                "obstacle-contract-supply"
            } else if *capacity_t < min {
                "obstacle-contract-capacity"
            } else {
                "obstacle-contract-both"
            };
            let plant = contract(shared, id).map(|c| facility(shared, &c.plant));
            item(
                "contract",
                tr(lang, "obstacle-contract", &values),
                html! { <>{ tr(lang, key, &values) }{ " " }{ plant.unwrap_or_default() }</> },
            )
        }
        Obstacle::Unallocated { stream, short_t, way_out } => {
            let what = tr(lang, "obstacle-left", &[("stream", &metal(shared, *stream)), ("short", &t(*short_t))]);
            item("left", what, way(shared, way_out.as_ref(), "obstacle-left-none"))
        }
        Obstacle::Unmet { stream, short_t, way_out } => {
            let what = tr(lang, "obstacle-unmet", &[("stream", &metal(shared, *stream)), ("short", &t(*short_t))]);
            item("unmet", what, way(shared, way_out.as_ref(), "obstacle-unmet-none"))
        }
        Obstacle::Cap { cap, limit_t, price } => {
            let (key, limit) = match cap.as_str() {
                "co2" => ("obstacle-cap-co2", co2_words(lang, 1000.0 * limit_t)),
                _ => ("obstacle-cap-cross", t(*limit_t)),
            };
            let what = tr(lang, key, &[("limit", &limit), ("yuan", &significant(price.yuan_per_t))]);
            item("cap", format!("{what}{}", slack_words(shared, price)), html! { shared.t("obstacle-cap-remedy") })
        }
        Obstacle::Unusable { id, reason } => {
            let name = contract_name(shared, id);
            let subject = contract(shared, id).map_or_else(|| id.clone(), |c| c.plant.clone());
            let what = tr(lang, &format!("obstacle-{reason}"), &[("name", &name)]);
            item("unusable", what, facility(shared, &subject))
        }
    }
}

fn slack_words(shared: &Shared, price: &Price) -> String {
    if price.slack_t <= 0.0 {
        return String::new();
    }
    let space = if shared.state.lang == crate::i18n::Lang::Zh { "" } else { " " };
    format!("{space}{}", tr(shared.state.lang, "obstacle-cap-slack", &[("t", &significant(price.slack_t))]))
}

/// The facility where more capacity helps most.
fn way(shared: &Shared, way_out: Option<&(String, f64)>, none: &str) -> Html {
    let Some((id, yuan)) = way_out else { return html! { shared.t(none) } };
    let key = if *yuan < 0.0 { "obstacle-left-way-saves" } else { "obstacle-left-way" };
    let words = tr(shared.state.lang, key, &[("yuan", &significant(yuan.abs()))]);
    html! { <>{ words }{ " " }{ facility(shared, id) }</> }
}

fn metal(shared: &Shared, stream: Stream) -> String {
    stream_words(shared.state.lang, stream)
}

fn contract<'a>(shared: &'a Shared, id: &str) -> Option<&'a atlas_core::scenario::Contract> {
    shared.state.document.scenario().goal.contracts.iter().find(|c| c.id == id)
}

/// The contract's name, or its id where it has none.
fn contract_name(shared: &Shared, id: &str) -> String {
    contract(shared, id).map(|c| c.name.clone()).filter(|n| !n.is_empty()).unwrap_or_else(|| id.to_owned())
}

/// A facility's name, which leads to it; an id that is none's stays an id.
fn facility(shared: &Shared, id: &str) -> Html {
    let Some(found) = shared.state.document.plan().get(id) else { return html! { <code>{ id.to_owned() }</code> } };
    let go = {
        let (shared, id) = (shared.clone(), id.to_owned());
        Callback::from(move |_: MouseEvent| show(&shared, &id))
    };
    html! { <button class="link" data-id={id.to_owned()} onclick={go} title={shared.t("gaps-fly")}>{ shared.state.lang.name(&found.facility.name) }</button> }
}
