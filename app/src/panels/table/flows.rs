//! Every flow of the allocation: the twin of the flows on the map, with the same filters.

use super::heading;
use crate::{
    app::Shared,
    compute::bundles::{Bundle, Level, Node},
    i18n::{Quantity, count, decimals, tr},
    panels::{
        flows::{flow_controls, what_words},
        plan::show,
        use_shared,
    },
    state::{FlowColumn, Sort, end_words, flow_rows},
};
use atlas_core::allocation::End;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Rows that come with each press on "more".
const PAGE: usize = 300;

#[component]
pub fn FlowTable() -> Html {
    let shared = use_shared();
    let level = use_state(|| Level::Provinces);
    let sort = use_state(|| Sort { by: FlowColumn::Gross, down: true });
    let most = use_state(|| PAGE);
    let state = shared.state.clone();
    if state.allocation.is_none() {
        return html! { <p class="hint" role="status">{ shared.t(if state.wants_allocation() { "allocation-wait" } else { "table-flows-off" }) }</p> };
    }
    let lang = state.lang;
    let rows = flow_rows(&state, *level, *sort);
    let shown = rows.len().min(*most);
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + PAGE))
    };
    let choose = {
        let (level, most) = (level.clone(), most.clone());
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some(l) = Level::ALL.into_iter().find(|l| l.key() == key) {
                level.set(l);
                most.set(PAGE);
            }
        })
    };
    let option = |l: Level| html! { <option value={l.key()} selected={l == *level}>{ shared.t(&format!("legend-flows-{}", l.key())) }</option> };
    let all = state.bundles.of(*level);
    let stale = state.is_allocation_stale();
    html! {
        <>
            <div class="row controls">
                <label class="inline">{ shared.t("table-flows-level") }<select id="flow-level" onchange={choose}>{ for Level::ALL.map(option) }</select></label>
                { flow_controls(&shared, "table-flows") }
                <span class="fine" role="status">{ tr(lang, "table-shown", &[("shown", &count(shown)), ("n", &count(rows.len()))]) }{ if stale { format!(" {}", shared.t("legend-allocating-old")) } else { String::new() } }</span>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("table-flows")}>
                <table class="plain wide" id="flow-table">
                    <thead><tr>{ for FlowColumn::ALL.map(|c| heading(&sort, c, c.is_number(), column_words(&shared, c))) }</tr></thead>
                    <tbody>{ for rows.iter().take(shown).map(|i| row(&shared, *i, &all[*i])) }</tbody>
                </table>
                if shown < rows.len() {
                    <p class="pad"><button class="btn" onclick={more}>{ tr(lang, "table-show-more", &[("n", &count(PAGE.min(rows.len() - shown)))]) }</button></p>
                }
            </div>
        </>
    }
}

fn column_words(shared: &Shared, c: FlowColumn) -> String {
    let lang = shared.state.lang;
    let with = |key: &str, unit: &str| format!("{}, {unit}", shared.t(key));
    match c {
        FlowColumn::From => shared.t("table-flow-from"),
        FlowColumn::To => shared.t("table-flow-to"),
        FlowColumn::What => shared.t("table-flow-what"),
        FlowColumn::Gross => with("table-flow-gross", Quantity::TonnesPerYear.unit(lang)),
        FlowColumn::Metal => with("table-flow-metal", Quantity::TonnesPerYear.unit(lang)),
        FlowColumn::Km(mode) => with(&format!("mode-{}", mode.key()), Quantity::Km.unit(lang)),
        FlowColumn::Yuan => with("table-flow-yuan", Quantity::YuanPerTonne.unit(lang)),
        FlowColumn::Co2 => with("table-flow-co2", Quantity::KgPerTonne.unit(lang)),
    }
}

fn row(shared: &Shared, key: usize, b: &Bundle) -> Html {
    let lang = shared.state.lang;
    let number = |c: FlowColumn| match (c, c.number(b).unwrap_or_default()) {
        (FlowColumn::Gross | FlowColumn::Metal, v) => decimals(Quantity::TonnesPerYear.scaled(v, lang), 3),
        (FlowColumn::Km(_), v) if v < 0.05 => "–".into(),
        (_, v) => decimals(v, 1),
    };
    html! {
        <tr {key}>
            <th scope="row">{ end(shared, b.from) }</th>
            <td>{ end(shared, b.to) }</td>
            <td>{ what_words(shared, b) }</td>
            { for FlowColumn::ALL.into_iter().filter(|c| c.is_number()).map(|c| html! { <td class="num">{ number(c) }</td> }) }
        </tr>
    }
}

/// The name of an end; a facility leads to its card.
fn end(shared: &Shared, node: Node) -> Html {
    let words = end_words(&shared.state, node);
    let place = match node {
        Node::Place(row) => shared.state.allocation.as_ref().and_then(|a| a.places.get(row as usize)),
        Node::Prefecture(_) | Node::Province(_) => None,
    };
    match place.map(|p| &p.end) {
        Some(End::Facility(id)) => {
            let open = {
                let (shared, id) = (shared.clone(), id.clone());
                Callback::from(move |_: MouseEvent| show(&shared, &id))
            };
            html! { <button class="link" onclick={open}>{ words }</button> }
        }
        _ => html! { { words } },
    }
}
