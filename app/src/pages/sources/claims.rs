//! The claims of the sector report, each with its standing.

use super::{
    claim_list::{Column, Row, rows, shown},
    order::Order,
    parameters::chosen,
};
use crate::{
    app::Shared,
    i18n::{count, tr},
    panels::{open_source, use_shared},
    ui::sort_head,
};
use atlas_core::model::Standing;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[component]
pub fn ClaimsTable() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let typed = use_state(String::new);
    let standing = use_state(|| None::<Standing>);
    let order = use_state(|| None::<Order<Column>>);
    let all = use_memo((state.lang, state.has_baseline()), |_| rows(state.lang, &state.baseline.claims));
    if all.is_empty() {
        return html! { <p class="hint">{ shared.t("claims-empty") }</p> };
    }
    let found = shown(&all, &typed, *standing, *order);
    let input = {
        let typed = typed.clone();
        Callback::from(move |e: InputEvent| typed.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let choose = {
        let standing = standing.clone();
        Callback::from(move |e: Event| standing.set(chosen(&e, &Standing::ALL)))
    };
    let option = |s: Standing| html! { <option selected={*standing == Some(s)}>{ standing_word(&shared, s) }</option> };
    let head = |column: Column| {
        let now = order.filter(|o| o.column == column).map(|o| o.descending);
        let order = order.clone();
        let click = Callback::from(move |_: MouseEvent| order.set(Order::clicked(*order, column)));
        sort_head(shared.t(column.name()), now, click)
    };
    html! {
        <>
            <p class="lead">{ shared.t("claims-lead") }</p>
            <div class="filters" role="search">
                <label class="inline wide-field">{ shared.t("claims-search") }
                    <input type="search" autocomplete="off" placeholder={shared.t("claims-search-hint")} oninput={input} value={(*typed).clone()} /></label>
                <label class="inline">{ shared.t("claims-standing") }
                    <select onchange={choose}><option selected={standing.is_none()}>{ shared.t("sources-any") }</option>{ for Standing::ALL.map(option) }</select></label>
            </div>
            <p class="fine" role="status">{ tr(state.lang, "sources-count", &[("shown", &count(found.len())), ("all", &count(all.len()))]) }</p>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("sources-tab-claims")}>
                <table class="plain big-table claims">
                    <thead><tr>{ for Column::ALL.map(head) }</tr></thead>
                    <tbody>{ for found.iter().map(|row| line(&shared, row)) }</tbody>
                </table>
            </div>
            if found.is_empty() { <p class="hint" role="status">{ shared.t("claims-none") }</p> }
        </>
    }
}

fn standing_word(shared: &Shared, standing: Standing) -> String {
    shared.t(&format!("standing-{}", standing.key()))
}

/// One claim. The word of its standing stands at its figure too where it is disputed: the figure is never read without it.
fn line(shared: &Shared, row: &Rc<Row>) -> Html {
    let cell = |column: Column| shared.t(column.name());
    let word = standing_word(shared, row.standing);
    let badge = html! { <span class={classes!("standing", row.standing.key())}>{ &word }</span> };
    let link = |(key, name): &(String, String)| html! { <li><button class="link" onclick={open_source(shared, key)}>{ name }</button></li> };
    html! {
        <tr key={row.id.clone()}>
            <td class="num" data-label={cell(Column::Id)}>{ &row.id }</td>
            <th scope="row" data-label={cell(Column::Claim)}>{ &row.text }if row.is_disputed() { { " " }<b class="disputed-word">{ &word }</b> }if !row.note.is_empty() { <span class="fine">{ &row.note }</span> }</th>
            <td class="num" data-label={cell(Column::Figure)}>
                if row.figure.is_empty() { { "\u{2013}" } } else { <b>{ &row.figure }</b> }
                if !row.year.is_empty() { <span class="fine">{ &row.year }</span> }
            </td>
            <td data-label={cell(Column::Standing)}>{ badge }</td>
            <td data-label={cell(Column::Role)}>{ shared.t(&format!("role-{}", row.role.key())) }</td>
            <td class="source" data-label={cell(Column::Checked)}>if row.checked.is_empty() { <span class="fine">{ shared.t("claims-unchecked") }</span> } else { { &row.checked } }</td>
            <td class="uses" data-label={cell(Column::Used)}>if row.used_by.is_empty() { <span class="fine">{ shared.t("claims-unused") }</span> } else { <ul>{ for row.used_by.iter().map(link) }</ul> }</td>
        </tr>
    }
}
