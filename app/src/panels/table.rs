//! The table twin of the map: every facility on it, filtered and sorted.

use super::{plan::show, use_shared};
use crate::i18n::{Lang, integer, tr};
use atlas_core::{model::FacilityKind, scenario::PlanFacility};
use web_sys::HtmlInputElement;
use yew::prelude::*;

const MOST: usize = 300;

#[component]
pub fn FacilityTable() -> Html {
    let shared = use_shared();
    let typed = use_state(String::new);
    let state = shared.state.clone();
    let lang = state.lang;
    let wanted = typed.trim().to_lowercase();
    let fits = |p: &&PlanFacility| {
        let f = &p.facility;
        let kind = shared.t(&format!("kind-{}", f.kind.key()));
        wanted.is_empty()
            || [&f.id, &f.name.zh, &f.name.en, &f.location, &kind].iter().any(|t| t.to_lowercase().contains(&wanted))
    };
    let mut all: Vec<&PlanFacility> = state.document.plan().facilities().iter().filter(fits).collect();
    // What is rare comes first: plants, hubs, then the thousands of points.
    all.sort_by_key(|p| std::cmp::Reverse(p.facility.kind));
    let more = all.len().saturating_sub(MOST);
    let input = {
        let typed = typed.clone();
        Callback::from(move |e: InputEvent| typed.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let row = |p: &&PlanFacility| {
        let f = &p.facility;
        let handled = state.handled(&f.id).map(|h| h.gross_t.total());
        let open = {
            let (shared, id) = (shared.clone(), f.id.clone());
            Callback::from(move |_: MouseEvent| show(&shared, &id))
        };
        html! {
            <tr key={f.id.clone()}>
                <th scope="row"><button class="link" onclick={open}>{ lang.name(&f.name) }</button>{ if p.open { String::new() } else { format!(" ({})", shared.t("card-closed")) } }</th>
                <td>{ shared.t(&format!("kind-{}", f.kind.key())) }</td>
                <td>{ super::facility::cluster_name(&shared, f.cluster) }</td>
                <td>{ metals(lang, p) }</td>
                <td class="num">{ f.capacity.map_or_else(|| "–".into(), |c| kilotonnes(c.tonnes, f.kind)) }</td>
                <td class="num">{ handled.map_or_else(|| "–".into(), |t| kilotonnes(t, f.kind)) }</td>
                <td>{ shared.t(&format!("basis-{}", f.origin.basis.key())) }</td>
            </tr>
        }
    };
    html! {
        <div class="twin">
            <div class="row"><h2>{ shared.t("table-title") }</h2>
                <label class="inline">{ shared.t("table-filter") }<input type="search" oninput={input} value={(*typed).clone()} /></label></div>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("table-title")}>
                <table class="plain wide">
                    <thead><tr>
                        { for ["table-name", "table-kind", "table-cluster", "table-metals", "table-capacity", "table-handled", "table-basis"].map(|k| html! { <th scope="col">{ shared.t(k) }</th> }) }
                    </tr></thead>
                    <tbody>{ for all.iter().take(MOST).map(row) }</tbody>
                </table>
                if more > 0 { <p class="fine pad">{ tr(lang, "table-more", &[("n", &more.to_string())]) }</p> }
            </div>
        </div>
    }
}

fn metals(lang: Lang, p: &PlanFacility) -> String {
    let names: Vec<String> =
        p.facility.metals.iter().map(|m| crate::i18n::t(lang, &format!("metal-{}", m.key()))).collect();
    names.join(" ")
}

/// Points handle a few thousand tonnes: they need a decimal.
fn kilotonnes(tonnes: f64, kind: FacilityKind) -> String {
    let kt = tonnes / 1000.0;
    if kind == FacilityKind::CollectionPoint { format!("{kt:.1}") } else { integer(kt) }
}
