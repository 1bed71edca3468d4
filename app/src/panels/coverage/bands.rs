//! Demand by travel band: one bar of everything, and the same as a table.

use super::{ViewProps, headline::per_cent, why::use_why};
use crate::{
    i18n::{Quantity, amount_number, tr},
    panels::use_shared,
    state::{BandRow, Basis, band_rows},
};
use yew::prelude::*;

#[component]
pub fn Bands(props: &ViewProps) -> Html {
    let shared = use_shared();
    let survey = &props.view.survey;
    let q = &survey.question;
    let lang = shared.state.lang;
    let unit = Quantity::of_measure(q.measure).unit(lang);
    let name = shared.t("bands-title");
    let (button, because) = use_why(Basis::Bands, &name, q);
    let rows = band_rows(survey);
    let total = survey.total.of(q.demand);
    let left = survey.unreachable.of(q.demand);
    let lost = if total > 0.0 { left / total } else { 0.0 };
    let ends = |b: &BandRow| match b.upto {
        Some(upto) => format!("{}–{upto}", b.from),
        None => tr(lang, "bands-beyond", &[("from", &b.from.to_string())]),
    };
    let piece = |b: &BandRow| html! { <i style={format!("width:{:.2}%;background:var(--band-{})", b.share * 100.0, b.step)}></i> };
    let line = |b: &BandRow| {
        html! {
            <tr>
                <th scope="row"><i class="swatch" style={format!("background:var(--band-{})", b.step)} aria-hidden="true"></i>{ ends(b) }</th>
                <td class="num">{ amount_number(lang, q.demand, b.demand.of(q.demand)) }</td>
                <td class="num">{ per_cent(Some(b.share)) }</td>
                <td class="num">{ per_cent(Some(b.within)) }</td>
            </tr>
        }
    };
    html! {
        <section class="figure" id="coverage-bands">
            <h3>{ name }</h3><span class="unit">{ unit }</span>{ button }
            <div class="stack" aria-hidden="true">{ for rows.iter().map(piece) }<i class="nowhere" style={format!("width:{:.2}%", lost * 100.0)}></i></div>
            <table class="plain wide-row">
                <thead><tr>
                    <th scope="col">{ unit }</th><th scope="col" class="num">{ shared.t(&format!("demand-{}", q.demand.key())) }</th>
                    <th scope="col" class="num">{ "%" }</th><th scope="col" class="num">{ shared.t("bands-within") }</th>
                </tr></thead>
                <tbody>
                    { for rows.iter().map(line) }
                    if survey.unreachable.cells > 0 {
                        <tr><th scope="row"><i class="swatch nowhere" aria-hidden="true"></i>{ shared.t("coverage-unreachable") }</th>
                            <td class="num">{ amount_number(lang, q.demand, left) }</td><td class="num">{ per_cent(Some(lost)) }</td><td></td></tr>
                    }
                </tbody>
            </table>
            { because }
        </section>
    }
}
