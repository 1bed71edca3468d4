//! From cluster to cluster: scrap with what comes from outside, recycled metal with export.

use super::{
    AnswerProps,
    choices::{change, metal_select, segments},
    why::use_why,
};
use crate::{
    app::Shared,
    i18n::{Quantity, significant},
    panels::use_shared,
    state::{BalanceFigure, Carried, Matrix, Metals, matrix},
};
use atlas_core::model::Cluster;
use yew::prelude::*;

#[component]
pub fn MatrixTable(props: &AnswerProps) -> Html {
    let shared = use_shared();
    let name = shared.t("matrix-title");
    let (button, because) = use_why(BalanceFigure::Matrix, &name);
    let carried = use_state(Carried::default);
    let metals = use_state(Metals::default);
    let m = matrix(&props.answer, props.base.as_deref(), *carried, *metals);
    html! {
        <section class="figure" id="balance-matrix">
            <h3>{ &name }</h3><span class="unit">{ Quantity::TonnesPerYear.unit(shared.state.lang) }</span>{ button }
            { segments(&shared, "matrix-carried", "matrix-carried", &[(Carried::Scrap, "scrap"), (Carried::Metal, "metal")], &carried) }
            { metal_select(&shared, "matrix-metal", &metals) }
            { table(&shared, &m, *carried, &name) }
            { because }
        </section>
    }
}

fn table(shared: &Shared, m: &Matrix, carried: Carried, name: &str) -> Html {
    let lang = shared.state.lang;
    let scaled = |v: f64| Quantity::TonnesPerYear.scaled(v, lang);
    let clusters = || Cluster::ALL.map(|c| shared.t(&format!("cluster-{}", c.key()))).into_iter();
    let extra = |key: &str, here: Carried| (carried == here).then(|| shared.t(key));
    let rows: Vec<String> = clusters().chain(extra("matrix-inflow", Carried::Scrap)).collect();
    let columns: Vec<String> = clusters().chain(extra("matrix-export", Carried::Metal)).collect();
    let most = m.most();
    let number = |v: f64| if scaled(v).abs() < 0.000_5 { "0".to_owned() } else { significant(scaled(v)) };
    let cell = |i: usize, j: usize| {
        let value = m.cells[i][j];
        // The fullest tint stays light enough for words on it.
        let tint = if most > 0.0 { 34.0 * value / most } else { 0.0 };
        let before = m.base.as_ref().map(|b| scaled(b[i][j]));
        html! {
            <td class={classes!("num", (i == j).then_some("own"))} style={format!("--tint:{tint:.1}%")} data-from={i.to_string()} data-to={j.to_string()} data-value={value.to_string()}>{ number(value) }{ change(scaled(value), before, None) }</td>
        }
    };
    let row = |(i, head): (usize, &String)| {
        let sum: f64 = m.cells[i].iter().sum();
        html! { <tr><th scope="row">{ head }</th>{ for (0..columns.len()).map(|j| cell(i, j)) }<td class="num total">{ number(sum) }</td></tr> }
    };
    html! {
        <div class="scroll wide-row" tabindex="0" role="region" aria-label={name.to_owned()}>
            <table class="plain matrix">
                <caption class="sr-only">{ name }</caption>
                <thead><tr><th scope="col">{ shared.t("matrix-from-to") }</th>{ for columns.iter().map(|c| html! { <th scope="col" class="num">{ c }</th> }) }<th scope="col" class="num">{ shared.t("matrix-sum") }</th></tr></thead>
                <tbody>{ for rows.iter().enumerate().map(row) }</tbody>
                <tfoot><tr><th scope="row">{ shared.t("matrix-sum") }</th>{ for (0..columns.len()).map(|j| html! { <td class="num">{ number(m.column(j)) }</td> }) }<td class="num">{ number(m.cells.iter().flatten().sum()) }</td></tr></tfoot>
            </table>
        </div>
    }
}
