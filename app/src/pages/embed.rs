//! A frame in another page: the map and the main figures, and the way to the whole.

use crate::{
    app::Shared,
    i18n::{Quantity, signed, significant, tr},
    map::{Map, view::Camera},
    panels::{MapView, NoticeStrip, name_or, use_shared},
    platform,
    state::{FigureRow, figure_rows, link_to},
};
use atlas_core::format::link::{self, Link};
use yew::prelude::*;

#[component]
pub fn EmbedPage() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let camera = use_state(|| None::<Camera>);
    let on_camera = {
        let camera = camera.clone();
        use_callback((), move |c: Camera, ()| camera.set(Some(c)))
    };
    let scenario = state.document.scenario();
    // The link is made when it is followed: until then the view changes.
    let follow = {
        let shared = shared.clone();
        Callback::from(move |e: MouseEvent| {
            let view = shared.state.view_now(shared.map.with(Map::camera).map(|c| (c.center, c.zoom)));
            let link = Link { scenario: shared.state.document.scenario().clone(), view: Some(view) };
            let address = link_to(&platform::page_address(), &link::write(&link));
            if let Some(anchor) = e.target_dyn_into::<web_sys::HtmlAnchorElement>() {
                anchor.set_href(&address);
            }
        })
    };
    let name = if scenario.is_untouched() { shared.t("embed-baseline") } else { name_or(&shared, &scenario.name) };
    let open = format!("{}: {}", shared.t("embed-open"), shared.t("embed-new-tab"));
    html! {
        <div class="embed">
            <header class="embed-bar">
                <h1>{ name }</h1>
                <a class="link" id="embed-open" href={platform::page_address()} target="_blank" rel="noopener" title={open} onclick={follow}>{ shared.t("embed-open") }</a>
            </header>
            <NoticeStrip />
            <main>
                <div class="embed-map"><MapView camera={*camera} {on_camera} /></div>
                { figures(&shared) }
            </main>
        </div>
    }
}

fn figures(shared: &Shared) -> Html {
    let state = &shared.state;
    if state.result.is_none() {
        return html! { <p class="embed-figures fine" role="status">{ shared.t("results-wait") }</p> };
    }
    html! {
        <dl class={classes!("embed-figures", state.is_stale().then_some("stale"))} tabindex="0" aria-label={shared.t("results-title")}>
            { for figure_rows(state).iter().map(|row| figure(shared, row)) }
        </dl>
    }
}

/// The figure of all clusters together, with its change against the baseline.
fn figure(shared: &Shared, row: &FigureRow) -> Html {
    let lang = shared.state.lang;
    let scaled = |q: Quantity, v: f64| q.scaled(v, lang);
    let value = row.values[3].map_or_else(|| "–".into(), |v| significant(scaled(row.quantity, v)));
    let change = row.values[3].zip(row.base[3]).map(|(now, base)| scaled(row.quantity, now - base));
    let change = change.filter(|c| c.abs() >= 0.0005).map(signed);
    html! {
        <div>
            <dt>{ shared.t(row.name) }</dt>
            <dd><b class="num">{ value }</b>{ " " }<span class="unit">{ row.quantity.unit(lang) }</span>
                if let Some(change) = change { <span class="change num">{ tr(lang, "embed-change", &[("change", &change)]) }</span> }
            </dd>
        </div>
    }
}
