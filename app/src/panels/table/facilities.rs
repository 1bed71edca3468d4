//! Every facility on the map: filtered, ordered, a page at a time.

use super::heading;
use crate::{
    app::Shared,
    i18n::{count, integer, tr},
    panels::{assumptions::mine, facility::cluster_name, plan::show, use_shared},
    state::{FacilityColumn, Sort, facility_rows},
};
use atlas_core::{
    model::{Facility, FacilityKind},
    scenario::{PlanFacility, Sizing},
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Rows that come with each press on "more".
const PAGE: usize = 300;

#[component]
pub fn FacilityTable() -> Html {
    let shared = use_shared();
    let typed = use_state(String::new);
    let kind = use_state(|| None::<FacilityKind>);
    let sort = use_state(|| Sort { by: FacilityColumn::Kind, down: true });
    let most = use_state(|| PAGE);
    let state = shared.state.clone();
    let rows = facility_rows(&state, *kind, &typed, *sort);
    let input = {
        let (typed, most) = (typed.clone(), most.clone());
        Callback::from(move |e: InputEvent| {
            typed.set(e.target_unchecked_into::<HtmlInputElement>().value());
            most.set(PAGE);
        })
    };
    let choose = {
        let (kind, most) = (kind.clone(), most.clone());
        Callback::from(move |e: Event| {
            let field: HtmlSelectElement = e.target().expect("an event of the field").unchecked_into();
            kind.set(FacilityKind::ALL.into_iter().find(|k| k.key() == field.value()));
            most.set(PAGE);
        })
    };
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + PAGE))
    };
    let shown = rows.len().min(*most);
    let option = |k: FacilityKind| html! { <option value={k.key()} selected={*kind == Some(k)}>{ shared.t(&format!("kind-{}", k.key())) }</option> };
    html! {
        <>
            <div class="row controls">
                <label class="inline">{ shared.t("table-kind") }
                    <select onchange={choose}>
                        <option value="" selected={kind.is_none()}>{ shared.t("table-all-kinds") }</option>
                        { for FacilityKind::ALL.into_iter().rev().map(option) }
                    </select>
                </label>
                <label class="inline">{ shared.t("table-filter") }<input type="search" oninput={input} value={(*typed).clone()} /></label>
                <span class="fine" role="status">{ tr(state.lang, "table-shown", &[("shown", &count(shown)), ("n", &count(rows.len()))]) }</span>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("table-title")}>
                <table class="plain wide">
                    <thead><tr>{ for FacilityColumn::ALL.map(|c| heading(&sort, c, c.is_number(), shared.t(c.key()))) }</tr></thead>
                    <tbody>{ for rows.iter().take(shown).map(|p| row(&shared, p)) }</tbody>
                </table>
                if shown < rows.len() {
                    <p class="pad"><button class="btn" onclick={more}>{ tr(state.lang, "table-show-more", &[("n", &count(PAGE.min(rows.len() - shown)))]) }</button></p>
                }
            </div>
        </>
    }
}

fn row(shared: &Shared, p: &PlanFacility) -> Html {
    let state = &shared.state;
    let f = &p.facility;
    let handled = state.handled(&f.id).map(|h| h.gross_t.total());
    let open = {
        let (shared, id) = (shared.clone(), f.id.clone());
        Callback::from(move |_: MouseEvent| show(&shared, &id))
    };
    html! {
        <tr key={f.id.clone()}>
            <th scope="row"><button class="link" onclick={open}>{ state.lang.name(&f.name) }</button>{ if p.open { String::new() } else { format!(" ({})", shared.t("card-closed")) } }</th>
            <td>{ shared.t(&format!("kind-{}", f.kind.key())) }</td>
            <td>{ cluster_name(shared, f.cluster) }</td>
            <td>{ takes(shared, f) }</td>
            <td class="num">{ f.capacity.map_or_else(|| "–".into(), |c| kilotonnes(c.tonnes, f.kind)) }if p.sizing != Sizing::Own { { " " }{ mine(shared) } }</td>
            <td class="num">{ handled.map_or_else(|| "–".into(), |t| kilotonnes(t, f.kind)) }</td>
            <td class="num">{ integer(f.precision.radius_m() / 1000.0) }</td>
            <td>{ shared.t(&format!("basis-{}", f.origin.basis.key())) }</td>
        </tr>
    }
}

/// Metals of a plant; what a port or rail hub joins to the road.
fn takes(shared: &Shared, f: &Facility) -> String {
    let words: Vec<String> = if f.kind.is_terminal() {
        f.modes.iter().map(|m| shared.t(&format!("mode-{}", m.key()))).collect()
    } else {
        f.metals.iter().map(|m| shared.t(&format!("metal-{}", m.key()))).collect()
    };
    words.join(" ")
}

/// Points handle a few thousand tonnes: they need a decimal.
fn kilotonnes(tonnes: f64, kind: FacilityKind) -> String {
    let kt = tonnes / 1000.0;
    if kind == FacilityKind::CollectionPoint { format!("{kt:.1}") } else { integer(kt) }
}
