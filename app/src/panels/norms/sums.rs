//! How many keep each norm, by kind: a bar and its numbers, each with its sign.

use super::{
    ReportProps,
    sign::{sign, word},
    why::use_why,
};
use crate::{app::Shared, i18n::integer, map::view::Outcome, panels::use_shared};
use atlas_core::catchment::norms::NormSummary;
use yew::prelude::*;

#[component]
pub fn Sums(props: &ReportProps) -> Html {
    let shared = use_shared();
    let name = shared.t("norms-sums");
    let (button, because) = use_why(&name);
    let head = |o: Outcome| html! { <th scope="col" class="num">{ sign(o) }{ " " }{ word(&shared, o) }</th> };
    html! {
        <section class="figure" id="norms-sums">
            <h3>{ &name }</h3><span class="unit"></span>{ button }
            <table class="plain wide-row norm-sums">
                <thead><tr><th scope="col">{ shared.t("norms-norm") }</th>{ for Outcome::ALL.map(head) }</tr></thead>
                <tbody>{ for props.report.summary.iter().map(|s| row(&shared, s)) }</tbody>
            </table>
            { because }
        </section>
    }
}

fn row(shared: &Shared, s: &NormSummary) -> Html {
    let number = |o: Outcome| match o {
        Outcome::Fails => s.fails,
        Outcome::CannotSay => s.cannot_say,
        Outcome::Passes => s.passes,
    };
    let all = f64::from((s.fails + s.cannot_say + s.passes).max(1));
    let piece = |o: Outcome| html! { <i class={o.key()} style={format!("width:{:.2}%", f64::from(number(o)) / all * 100.0)}></i> };
    let cell = |o: Outcome| html! { <td class={classes!("num", (o == Outcome::Fails && number(o) > 0).then_some("bad"))} data-outcome={o.key()}>{ integer(f64::from(number(o))) }</td> };
    html! {
        <tr data-norm={s.norm.clone()} data-about={s.about.key()}>
            <th scope="row"><b>{ &s.norm }</b>{ " " }{ shared.t(&format!("norms-about-{}", s.about.key())) }
                <span class="stack" aria-hidden="true">{ for Outcome::ALL.map(piece) }</span></th>
            { for Outcome::ALL.map(cell) }
        </tr>
    }
}
