//! What shapes, fills, colours and lines stand for, in one place.

use crate::{app::Shared, panels::use_shared};
use atlas_core::model::Cluster;
use yew::prelude::*;

#[component]
pub fn Signs() -> Html {
    let shared = use_shared();
    let list = |title: &str, items: Vec<(Html, String)>| {
        html! {
            <section><h3>{ shared.t(title) }</h3>
                <ul>{ for items.into_iter().map(|(sign, words)| html! { <li>{ sign }<span>{ words }</span></li> }) }</ul>
            </section>
        }
    };
    let say = |key: &str| shared.t(key);
    let metals =
        [("al", "Al"), ("cu", "Cu"), ("pb", "Pb"), ("zn", "Zn"), ("li", "li-group"), ("sn", "Sn"), ("pm", "precious")];
    html! {
        <>
            <p class="fine">{ say("signs-note") }</p>
            <div class="signs legend">
                { list("signs-shape", vec![
                    (dot("dot"), say("kind-collection_point")),
                    (svg(html! { <rect class="square" x="2" y="2" width="12" height="12" /> }), say("kind-hub")),
                    (hexagon("plain"), say("kind-smelter")),
                    (svg(html! { <g transform="translate(8 8)"><path class="stroke" d="M0-3.700V6.500M-2.800-2H2.800M-5.400 1.600a5.500 5.500 0 0 0 10.800 0" /><circle class="stroke" cy="-5.200" r="1.500" /></g> }), say("signs-terminal")),
                    (svg(html! { <><rect class="square" x="2" y="2" width="12" height="12" /><text class="count" x="8" y="11.500" text-anchor="middle">{ "7" }</text></> }), say("signs-number")),
                ]) }
                { list("signs-fill", vec![(dot("dot"), say("signs-known")), (dot("hollow"), say("signs-estimated")), (dot("dashed"), say("signs-modelled"))]) }
                { list("signs-yours", vec![
                    (svg(html! { <><circle class="added" cx="8" cy="8" r="7" /><path class="plus" d="M8 4.500v7M4.500 8h7" /></> }), say("signs-added")),
                    (svg(html! { <circle class="dashed" cx="8" cy="8" r="5.500" /> }), say("signs-moved")),
                    (svg(html! { <><rect class="hollow" x="2.500" y="2.500" width="11" height="11" /><path class="stroke" d="M4 4l8 8M12 4l-8 8" /></> }), say("signs-closed")),
                    (svg(html! { <><circle class="added" cx="8" cy="8" r="7" /><text class="rank-word" x="8" y="11.500" text-anchor="middle">{ "1" }</text></> }), say("signs-proposed")),
                ]) }
                { list("signs-metal", metals.into_iter().map(|(class, key)| (hexagon(class), shared.t(&format!("metal-{key}")))).collect()) }
                { list("signs-cluster", Cluster::ALL.into_iter().map(|c| (html! { <i class={classes!("tint", c.key())}></i> }, cluster(&shared, c))).collect()) }
                { list("signs-lines", vec![
                    (wide(html! { <path class="flow-body" d="M1 1.500v9L27 7.200V4.800z" /> }), say("signs-flow")),
                    (wide(html! { <path class="way" d="M0 6H28" /> }), say("signs-route")),
                    (wide(html! { <path class="edge-line" d="M0 6H28" /> }), say("signs-border")),
                    (wide(html! { <path class="hatch" d="M2 11l8-10M9 11l8-10M16 11l8-10" /> }), say("signs-overload")),
                ]) }
            </div>
        </>
    }
}

fn cluster(shared: &Shared, c: Cluster) -> String {
    shared.t(&format!("cluster-{}", c.key()))
}

fn svg(inner: Html) -> Html {
    html! { <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{ inner }</svg> }
}

fn wide(inner: Html) -> Html {
    html! { <svg width="28" height="12" viewBox="0 0 28 12" aria-hidden="true">{ inner }</svg> }
}

fn dot(class: &'static str) -> Html {
    svg(html! { <circle {class} cx="8" cy="8" r="5.500" /> })
}

fn hexagon(class: &'static str) -> Html {
    svg(html! { <path class={classes!("hexagon", class)} d="M8 1 14 4.500v7L8 15 2 11.500v-7z" /> })
}
