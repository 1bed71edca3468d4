//! The cost by stage.

use super::{AnswerProps, choices::change};
use crate::{
    i18n::{Quantity, significant, tr, yuan_words},
    panels::{BandLook, BandMark, use_shared},
    state::{CostStage, stages},
};
use atlas_core::response::Aim;
use yew::prelude::*;

#[component]
pub fn Stages(props: &AnswerProps) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let q = Quantity::YuanPerYear;
    let (now, base) = (&props.answer.account, props.base.as_ref().map(|b| &b.account));
    let rows = stages(now, base);
    let scaled = |v: f64| q.scaled(v, lang);
    let most = rows.iter().fold(0.0_f64, |a, s| a.max(s.yuan.abs()));
    let row = |s: &CostStage| {
        let width = if most > 0.0 { 100.0 * s.yuan.abs() / most } else { 0.0 };
        html! {
            <tr data-stage={s.key} data-yuan={s.yuan.to_string()}>
                <th scope="row">{ shared.t(&format!("balance-stage-{}", s.key)) }<i class="fill plain-fill" style={format!("width:{width:.1}%")}></i></th>
                <td class="num value">{ significant(scaled(s.yuan)) }{ change(scaled(s.yuan), s.base.map(scaled), Some(true)) }{ for s.measure().map(|m| html! { <BandMark aim={Aim::of(m, None)} look={BandLook::Fine} /> }) }</td>
            </tr>
        }
    };
    html! {
        <section class="figure" id="balance-stages">
            <h3>{ shared.t("balance-stages") }</h3><span class="unit">{ q.unit(lang) }</span>
            <table class="plain wide-row stages">
                <caption class="sr-only">{ shared.t("balance-stages") }</caption>
                <tbody>{ for rows.iter().map(row) }</tbody>
                <tfoot><tr><th scope="row">{ shared.t("balance-sum") }</th><td class="num value">{ significant(scaled(now.yuan())) }{ change(scaled(now.yuan()), base.map(|b| scaled(b.yuan())), Some(true)) }</td></tr></tfoot>
            </table>
            if now.friction_yuan > 0.0 { <p class="fine wide-row">{ tr(lang, "balance-friction", &[("yuan", &yuan_words(lang, now.friction_yuan))]) }</p> }
        </section>
    }
}
