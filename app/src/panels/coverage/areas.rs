//! Coverage by province and prefecture, in any order.

use super::{ViewProps, headline::per_cent_cell, why::use_why};
use crate::{
    app::Shared,
    i18n::amount_words,
    map::Map,
    panels::use_shared,
    state::{AreaColumn, AreaLevel, AreaRow, Basis, Sort, area_rows},
    ui::sort_head,
};
use atlas_core::catchment::Demand;
use yew::prelude::*;

#[component]
pub fn Areas(props: &ViewProps) -> Html {
    let shared = use_shared();
    let level = use_state(|| AreaLevel::Province);
    let sort = use_state(|| Sort { by: AreaColumn::Uncovered, down: true });
    let survey = &props.view.survey;
    let demand = survey.question.demand;
    let name = shared.t("areas-title");
    let (button, because) = use_why(Basis::Areas, &name, &survey.question);
    let choice = |l: AreaLevel, key: &str| {
        let choose = {
            let level = level.clone();
            Callback::from(move |_: MouseEvent| level.set(l))
        };
        html! { <button aria-pressed={(*level == l).to_string()} onclick={choose}>{ shared.t(key) }</button> }
    };
    let head = |column: AreaColumn, words: String| {
        let press = {
            let sort = sort.clone();
            Callback::from(move |_: MouseEvent| sort.set(sort.pressed(column, column != AreaColumn::Name)))
        };
        sort_head(words, (sort.by == column).then_some(sort.down), press)
    };
    let rows = area_rows(&shared.state, survey, *level, *sort);
    html! {
        <section class="figure" id="coverage-areas">
            <h3>{ &name }</h3><span class="unit">{ "%" }</span>{ button }
            <div class="segments" role="group" aria-label={name.clone()}>
                { choice(AreaLevel::Province, "scrap-province") }{ choice(AreaLevel::Prefecture, "scrap-prefecture") }
            </div>
            <div class="scroll short wide-row" tabindex="0" role="region" aria-label={name.clone()}>
                <table class="plain areas">
                    <thead><tr>
                        { head(AreaColumn::Name, shared.t("table-name")) }
                        { head(AreaColumn::Share, shared.t("areas-share")) }
                        { head(AreaColumn::Uncovered, shared.t("areas-uncovered")) }
                    </tr></thead>
                    <tbody>{ for rows.iter().map(|r| row(&shared, r, demand)) }</tbody>
                </table>
            </div>
            { because }
        </section>
    }
}

fn row(shared: &Shared, r: &AreaRow, demand: Demand) -> Html {
    let name = match r.at {
        Some(at) => {
            let map = shared.map.clone();
            let fly = Callback::from(move |_: MouseEvent| {
                map.with(|m| m.fly_to(at, Some(m.camera().zoom.max(SEAT_ZOOM))));
            });
            html! { <button class="link" onclick={fly}>{ &r.name }</button> }
        }
        None => html! { &r.name },
    };
    html! {
        <tr key={r.key.clone()}>
            <th scope="row">{ name }</th>
            <td class="num">{ per_cent_cell(&r.share, demand) }</td>
            <td class="num">{ amount_words(shared.state.lang, demand, r.uncovered(demand)) }</td>
        </tr>
    }
}

/// A prefecture fills the map.
const SEAT_ZOOM: f64 = 7.5;
