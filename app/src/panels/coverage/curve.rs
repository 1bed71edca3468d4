//! Share of people and tonnes against the way to the nearest facility, as a chart or as a table.

use super::{ViewProps, headline::per_cent, why::use_why};
use crate::{
    app::Shared,
    i18n::{Quantity, limit_words, tr},
    panels::use_shared,
    state::{Basis, CHART, CurveChart, curve_chart},
};
use atlas_core::catchment::Survey;
use yew::prelude::*;

#[component]
pub fn Curve(props: &ViewProps) -> Html {
    let shared = use_shared();
    let as_table = use_state(|| false);
    let survey = &props.view.survey;
    let name = shared.t("curve-title");
    let (button, because) = use_why(Basis::Curve, &name, &survey.question);
    let toggle = {
        let as_table = as_table.clone();
        Callback::from(move |_: MouseEvent| as_table.set(!*as_table))
    };
    let Some(chart) = curve_chart(&survey.coverage.curve, survey.question.limit) else { return Html::default() };
    html! {
        <section class="figure" id="coverage-curve">
            <h3>{ &name }</h3>
            <button class="link" id="curve-as-table" aria-pressed={as_table.to_string()} onclick={toggle}>{ shared.t(if *as_table { "curve-as-chart" } else { "curve-as-table" }) }</button>
            { button }
            if *as_table { { table(&shared, survey) } } else { { drawing(&shared, survey, &chart, &name) } }
            { because }
        </section>
    }
}

fn drawing(shared: &Shared, survey: &Survey, chart: &CurveChart, name: &str) -> Html {
    let q = &survey.question;
    let lang = shared.state.lang;
    let unit = Quantity::of_measure(q.measure).unit(lang);
    let px = |v: f64| format!("{v:.1}");
    let limit = limit_words(lang, q.measure, q.limit);
    let x_tick =
        |(x, v): &(f64, f64)| html! { <text x={px(*x)} y={px(CHART.bottom + 13.0)} text-anchor="middle">{ v }</text> };
    let y_tick = |(y, v): &(f64, f64)| {
        html! {
            <>
                <path class="grid" d={format!("M{:.1} {y:.1}H{:.1}", CHART.left, CHART.right)} />
                <text x={px(CHART.left - 5.0)} y={px(y + 3.5)} text-anchor="end">{ v * 100.0 }</text>
            </>
        }
    };
    let label = |class: &'static str, y: f64, words: String| html! { <text {class} x={px(CHART.right + 5.0)} y={px(y + 3.5)}>{ words }</text> };
    let [people, tonnes] = chart.labels;
    html! {
        <svg class="curve" viewBox={format!("0 0 {} {}", CHART.width, CHART.height)} role="img" aria-label={tr(lang, "curve-label", &[("name", name)])}>
            { for chart.y_ticks.iter().map(y_tick) }
            { for chart.x_ticks.iter().map(x_tick) }
            <text x={px(CHART.left - 5.0)} y="8" text-anchor="end">{ "%" }</text>
            <text x={px(CHART.right + 14.0)} y={px(CHART.bottom + 13.0)}>{ unit }</text>
            <path class="limit-line" d={format!("M{:.1} {:.1}V{:.1}", chart.limit_x, CHART.top, CHART.bottom)} />
            <text class="limit-word" x={px(chart.limit_x + 4.0)} y={px(CHART.bottom - 6.0)}>{ limit }</text>
            <path class="line tonnes" d={chart.tonnes.clone()} />
            <path class="line people" d={chart.people.clone()} />
            { label("people", people, shared.t("demand-people")) }
            { label("tonnes", tonnes, shared.t("curve-tonnes")) }
        </svg>
    }
}

fn table(shared: &Shared, survey: &Survey) -> Html {
    let unit = Quantity::of_measure(survey.measure()).unit(shared.state.lang);
    html! {
        <div class="scroll short wide-row" tabindex="0" role="region" aria-label={shared.t("curve-title")}>
            <table class="plain">
                <thead><tr>
                    <th scope="col" class="num">{ unit }</th>
                    <th scope="col" class="num">{ shared.t("demand-people") }{ " %" }</th>
                    <th scope="col" class="num">{ shared.t("curve-tonnes") }{ " %" }</th>
                </tr></thead>
                <tbody>{ for survey.coverage.curve.iter().map(|p| html! {
                    <tr><td class="num">{ crate::i18n::significant(p.upto) }</td><td class="num">{ per_cent(Some(p.people)) }</td><td class="num">{ per_cent(Some(p.tonnes)) }</td></tr>
                }) }</tbody>
            </table>
        </div>
    }
}
