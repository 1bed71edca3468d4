//! The main figures: cost a year and a tonne, emissions, and scrap that crosses clusters.

use super::{AnswerProps, choices::change, why::use_why};
use crate::{
    i18n::{Quantity, significant, tr},
    panels::use_shared,
    state::{BalanceFigure, yuan_per_tonne},
};
use atlas_core::allocation::Answer;
use yew::prelude::*;

#[component]
pub fn Headline(props: &AnswerProps) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let (now, base) = (&*props.answer, props.base.as_deref());
    let names = ["balance-cost", "balance-co2", "balance-crossing"].map(|k| shared.t(k));
    let whys = [
        use_why(BalanceFigure::Cost, &names[0]),
        use_why(BalanceFigure::Co2, &names[1]),
        use_why(BalanceFigure::Crossing, &names[2]),
    ];
    let figure = |i: usize, id: &'static str, q: Quantity, of: fn(&Answer) -> f64, notes: Vec<Html>| {
        let value = of(now);
        let scaled = |v: f64| q.scaled(v, lang);
        html! {
            <section class="figure" {id} data-value={value.to_string()}>
                <h3>{ &names[i] }</h3><span class="unit">{ q.unit(lang) }</span>{ whys[i].0.clone() }
                <div class="single">
                    <b class="num big">{ significant(scaled(value)) }</b>
                    <span class="against">{ change(scaled(value), base.map(|b| scaled(of(b))), Some(true)) }{ for notes }
                        if let Some(b) = base { <span class="fine num line">{ tr(lang, "results-base", &[("value", &significant(scaled(of(b))))]) }</span> }
                    </span>
                </div>
                { whys[i].1.clone() }
            </section>
        }
    };
    let fine = |words: String| html! { <span class="fine num line">{ words }</span> };
    let each = yuan_per_tonne(now).map(|y| tr(lang, "balance-cost-per-t", &[("yuan", &significant(y))]));
    let change_each = change(
        yuan_per_tonne(now).unwrap_or_default(),
        base.and_then(yuan_per_tonne).filter(|_| each.is_some()),
        Some(true),
    );
    let kg = |v: f64| significant(Quantity::Co2PerYear.scaled(v, lang));
    let parts = [("transport", &*kg(now.account.transport_kg_co2e)), ("smelting", &*kg(now.account.smelting_kg_co2e))];
    let parts = tr(lang, "balance-co2-parts", &parts);
    html! {
        <>
            { figure(0, "balance-cost", Quantity::YuanPerYear, |a| a.account.yuan(), each.map(|e| html! { <>{ fine(e) }{ change_each }</> }).into_iter().collect()) }
            { figure(1, "balance-co2", Quantity::Co2PerYear, |a| a.account.kg_co2e(), vec![fine(parts)]) }
            { figure(2, "balance-crossing", Quantity::TonnesPerYear, |a| a.account.cross_cluster_t, vec![]) }
        </>
    }
}
