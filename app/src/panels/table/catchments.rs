//! The catchment of every facility asked about: who it serves, how far, and what would be lost without it.

use super::heading;
use crate::{
    app::Shared,
    i18n::{Quantity, count, decimals, integer, tr},
    panels::{plan::show, use_shared},
    state::{ServedColumn, Sort, served_rows},
};
use atlas_core::catchment::{Measure, Served};
use yew::prelude::*;

/// Rows that come with each press on "more".
const PAGE: usize = 300;

#[component]
pub fn CatchmentTable() -> Html {
    let shared = use_shared();
    let sort = use_state(|| Sort { by: ServedColumn::People, down: true });
    let most = use_state(|| PAGE);
    let state = shared.state.clone();
    let Some(survey) = state.survey.as_ref().map(|s| &s.survey) else {
        return html! { <p class="hint" role="status">{ shared.t("coverage-wait") }</p> };
    };
    let lang = state.lang;
    let q = &survey.question;
    let rows = served_rows(&state, survey, *sort);
    let shown = rows.len().min(*most);
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + PAGE))
    };
    let unit = Quantity::of_measure(q.measure).unit(lang);
    let words = |c: ServedColumn| {
        let words = c.words(lang, q.measure);
        match c {
            ServedColumn::Mean | ServedColumn::P95 | ServedColumn::Longer => format!("{words}, {unit}"),
            ServedColumn::Tonnes => format!("{words}, {}", Quantity::TonnesPerYear.unit(lang)),
            ServedColumn::Name | ServedColumn::People | ServedColumn::Uncovered => words,
        }
    };
    let what = shared.t(&format!("kind-{}", q.of.key()));
    let how = shared.t(&format!("measure-{}", q.measure.key()));
    html! {
        <>
            <div class="row controls">
                <span class="fine">{ tr(lang, "table-catchments-of", &[("what", &what), ("how", &how)]) }{ " " }{ shared.t("coverage-modelled-note") }</span>
                <span class="fine" role="status">{ tr(lang, "table-shown", &[("shown", &count(shown)), ("n", &count(rows.len()))]) }</span>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("table-catchments")}>
                <table class="plain wide" id="catchment-table">
                    <thead><tr>{ for ServedColumn::ALL.map(|c| heading(&sort, c, c != ServedColumn::Name, words(c))) }</tr></thead>
                    <tbody>{ for rows.iter().take(shown).map(|(name, s)| row(&shared, name, s, q.measure)) }</tbody>
                </table>
                if shown < rows.len() {
                    <p class="pad"><button class="btn" onclick={more}>{ tr(lang, "table-show-more", &[("n", &count(PAGE.min(rows.len() - shown)))]) }</button></p>
                }
            </div>
        </>
    }
}

fn row(shared: &Shared, name: &str, s: &Served, measure: Measure) -> Html {
    let lang = shared.state.lang;
    let open = {
        let (shared, id) = (shared.clone(), s.id.clone());
        Callback::from(move |_: MouseEvent| show(&shared, &id))
    };
    // Minutes and yuan are modelled: more digits would say more than is known.
    let places = if measure.is_modelled() { 1 } else { 2 };
    let number = |c: ServedColumn| match (c, c.number(s)) {
        (_, None) => "–".into(),
        (ServedColumn::Tonnes, Some(v)) => decimals(Quantity::TonnesPerYear.scaled(v, lang), 3),
        (ServedColumn::People | ServedColumn::Uncovered, Some(v)) => integer(v),
        (_, Some(v)) => decimals(v, places),
    };
    let columns = ServedColumn::ALL.into_iter().filter(|c| *c != ServedColumn::Name);
    html! {
        // A press on the button reaches the row.
        <tr key={s.id.clone()} onclick={open} class="leads">
            <th scope="row"><button class="link">{ name }</button></th>
            { for columns.map(|c| html! { <td class="num">{ number(c) }</td> }) }
        </tr>
    }
}
