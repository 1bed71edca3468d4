//! How unequal ways are: one coefficient, and the ways of those best and worst off.

use super::{ViewProps, why::use_why};
use crate::{
    i18n::{Quantity, significant, tr},
    panels::use_shared,
    state::Basis,
};
use yew::prelude::*;

#[component]
pub fn EquityFigures(props: &ViewProps) -> Html {
    let shared = use_shared();
    let survey = &props.view.survey;
    let q = &survey.question;
    let lang = shared.state.lang;
    let name = shared.t("equity-title");
    let (button, because) = use_why(Basis::Equity, &name, q);
    let Some(e) = survey.coverage.equity else { return Html::default() };
    let unit = Quantity::of_measure(q.measure).unit(lang);
    let row = |key: &str, value: f64| {
        html! { <div class="cell"><dt>{ shared.t(key) }</dt><dd class="num"><b>{ significant(value) }</b>{ " " }{ unit }</dd></div> }
    };
    let times = if e.best_tenth > 0.0 { significant(e.worst_tenth / e.best_tenth) } else { "–".into() };
    html! {
        <section class="figure" id="coverage-equity" data-gini={format!("{:.4}", e.gini)}>
            <h3>{ name }</h3><span class="unit"></span>{ button }
            <div class="single"><b class="num big">{ significant(e.gini) }</b><span class="against fine">{ shared.t("equity-gini") }</span></div>
            <p class="wide">{ tr(lang, "equity-sentence", &[("times", &times)]) }</p>
            <dl class="cells wide">
                { row("equity-best", e.best_tenth) }
                { row("equity-median", e.median) }
                { row("equity-mean", e.mean) }
                { row("equity-worst", e.worst_tenth) }
            </dl>
            { because }
        </section>
    }
}
