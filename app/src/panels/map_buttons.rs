//! Nearer, farther, and back to all clusters: the same on every map.

use super::use_shared;
use crate::{
    map::Map,
    map_link::MapLink,
    ui::{Icon, icon},
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The map that they move.
    pub link: MapLink,
}

#[component]
pub fn MapButtons(props: &Props) -> Html {
    let shared = use_shared();
    let button = |name: &str, sign: Icon, go: fn(&MapLink)| {
        let link = props.link.clone();
        let onclick = Callback::from(move |_: MouseEvent| go(&link));
        let words = shared.t(name);
        html! { <button {onclick} aria-label={words.clone()} title={words}>{ icon(sign) }</button> }
    };
    html! {
        <div class="zoom">
            { button("map-zoom-in", Icon::Plus, |link| { link.with(|m| m.zoom_by(1.0)); }) }
            { button("map-zoom-out", Icon::Minus, |link| { link.with(|m| m.zoom_by(-1.0)); }) }
            { button("map-home", Icon::Home, |link| { link.with(Map::home); }) }
        </div>
    }
}
