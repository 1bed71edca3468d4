//! The card of the selected prefecture: its scrap by metal, and everything that the numbers rest on.

use super::{facility::cluster_name, inputs::input_row, use_shared};
use crate::{
    i18n::{Quantity, province, significant, tr},
    state::{ViewAction, scrap_why},
    ui::{Icon, icon},
};
use atlas_core::model::{PerStream, Stream};
use yew::prelude::*;

#[component]
pub fn PrefectureCard() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let Some(why) = scrap_why(&state) else { return Html::default() };
    let home = &state.baseline.prefectures[why.prefecture];
    let lang = state.lang;
    let quantity = Quantity::TonnesPerYear;
    let close = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ViewAction::Prefecture(None)))
    };
    let number = |t: f64| html! { <td class="num">{ significant(quantity.scaled(t, lang)) }</td> };
    let line = |words: String, of: &dyn Fn(&PerStream<f64>) -> f64| {
        html! { <tr><th scope="row">{ words }</th>{ number(of(&why.generated)) }{ number(of(&why.collected)) }</tr> }
    };
    let rate = significant(why.recovery * 100.0);
    html! {
        <section class="card" aria-label={shared.t("prefecture-title")}>
            <button class="shut" onclick={close} aria-label={shared.t("close")}>{ icon(Icon::Close) }</button>
            <h2>{ lang.name(&home.name) }</h2>
            <p>{ province(lang, &home.province) }{ " · " }{ cluster_name(&shared, home.cluster) }</p>
            <table class="plain scrap">
                <caption class="fine">{ tr(lang, "prefecture-caption", &[("unit", quantity.unit(lang))]) }</caption>
                <thead><tr>
                    <th scope="col">{ shared.t("route-stream") }</th>
                    <th scope="col">{ shared.t("scrap-generated") }</th>
                    <th scope="col">{ shared.t("scrap-collected") }</th>
                </tr></thead>
                <tbody>{ for Stream::ALL.map(|s| line(shared.t(&format!("stream-{}", s.key())), &|t| t[s])) }</tbody>
                <tfoot>{ line(shared.t("scrap-sum"), &PerStream::total) }</tfoot>
            </table>
            <details>
                <summary>{ shared.t("why") }</summary>
                <div class="because">
                    <p>{ shared.t("formula-scrap") }</p>
                    <p>{ tr(lang, "formula-scrap-collected", &[("rate", &rate)]) }</p>
                    if home.urban_people.is_none() { <p class="fine">{ shared.t("prefecture-no-urban") }</p> }
                    <table class="inputs"><caption>{ shared.t("prefecture-inputs") }</caption><tbody>{ for why.inputs.iter().map(|p| input_row(&shared, p)) }</tbody></table>
                    <table class="inputs"><caption>{ shared.t("why-inputs") }</caption><tbody>{ for why.parameters.iter().map(|p| input_row(&shared, p)) }</tbody></table>
                </div>
            </details>
        </section>
    }
}
