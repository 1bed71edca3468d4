//! The layers control: what the map shows beside what it always shows.

use super::{
    flows::{flow_controls, spots_control},
    use_shared,
};
use crate::{
    app::Shared,
    state::{Layers, MapLayer, ScrapOf, ViewAction},
    ui::{Icon, icon},
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// A button on the map and the switches that it opens.
#[component]
pub fn LayersControl() -> Html {
    let shared = use_shared();
    let open = use_state(|| false);
    let button = use_node_ref();
    let layers = shared.state.layers;
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let keys = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |e: KeyboardEvent| {
            if e.key() == "Escape" && *open {
                open.set(false);
                if let Some(button) = button.cast::<web_sys::HtmlElement>() {
                    let _ = button.focus();
                }
                e.stop_propagation();
            }
        })
    };
    let switch = |layer: MapLayer| {
        let set = {
            let shared = shared.clone();
            Callback::from(move |e: Event| {
                let field: HtmlInputElement = e.target_unchecked_into();
                shared.act(ViewAction::Layer(layer, field.checked()));
            })
        };
        html! {
            <li><label><input type="checkbox" id={layer.key()} checked={layers.shows(layer)} onchange={set} /><span>{ shared.t(layer.key()) }</span></label>
                if layers.shows(layer) { { own_controls(&shared, layer) } }
            </li>
        }
    };
    let fade = {
        let shared = shared.clone();
        Callback::from(move |e: InputEvent| {
            let field: HtmlInputElement = e.target_unchecked_into();
            shared.act(ViewAction::Opacity(field.value_as_number() as u8));
        })
    };
    let percent = layers.opacity_percent();
    let no_difference =
        layers.shows(MapLayer::Difference) && shared.state.survey.as_ref().is_some_and(|s| s.difference.is_none());
    let choose = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let field: HtmlSelectElement = e.target().expect("an event of the field").unchecked_into();
            if let Some(of) = ScrapOf::CHOICES.into_iter().find(|of| of.key() == field.value()) {
                shared.act(ViewAction::ScrapOf(of));
            }
        })
    };
    let label = shared.t("layers-title");
    html! {
        <div class="layers" onkeydown={keys}>
            <button ref={button} aria-expanded={open.to_string()} aria-controls="layers" aria-label={label.clone()} title={label.clone()} onclick={toggle}>{ icon(Icon::Layers) }</button>
            <div id="layers" role="group" aria-label={label.clone()} hidden={!*open}>
                <h2>{ label }</h2>
                <ul>{ for MapLayer::ALL.map(switch) }</ul>
                if layers.shows(MapLayer::Catchments) || layers.shows(MapLayer::Bands) {
                    <label class="inline">{ shared.t("layers-opacity") }
                        <input id="layers-opacity" type="range" min={Layers::LEAST_OPACITY_PERCENT.to_string()} max="100" step="5" value={percent.to_string()} oninput={fade} aria-valuetext={format!("{percent} %")} />
                        <span class="num">{ percent }{ " %" }</span>
                    </label>
                }
                if no_difference { <p class="fine">{ shared.t("layers-no-difference") }</p> }
                <p class="fine">{ shared.t("layers-note") }</p>
                if layers.shows(MapLayer::Scrap) {
                    <label class="inline">{ shared.t("layers-scrap-of") }
                        <select onchange={choose}>
                            { for ScrapOf::CHOICES.map(|of| html! { <option value={of.key()} selected={of == layers.scrap_of}>{ shared.t(&of.key()) }</option> }) }
                        </select>
                    </label>
                }
            </div>
        </div>
    }
}

/// What can be chosen about a layer that is on, where it can be said in few words.
fn own_controls(shared: &Shared, layer: MapLayer) -> Html {
    match layer {
        MapLayer::Flows => flow_controls(shared, "flows"),
        MapLayer::ScrapPrices => spots_control(shared, "prices-of"),
        MapLayer::Served => spots_control(shared, "served-of"),
        _ => Html::default(),
    }
}
