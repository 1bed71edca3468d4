//! What scrap is worth where it arises, by cluster and metal, and what that means.

use super::{PricesProps, why::use_why};
use crate::{
    app::Shared,
    i18n::{count, significant, t, tr},
    panels::{facility::cluster_name, use_shared},
    state::{PriceUnit, ScrapWorth, scrap_worth},
};
use atlas_core::model::Stream;
use yew::prelude::*;

#[component]
pub fn ScrapFigure(props: &PricesProps) -> Html {
    let shared = use_shared();
    let metal = use_state(|| Stream::Al);
    let lang = shared.state.lang;
    let title = shared.t("worth-scrap-title");
    let (button, because) = use_why("formula-prices-scrap", &title);
    let rows = scrap_worth(&props.answer, *metal);
    let unit = shared.state.priced_in;
    let choose = |s: Stream| {
        let metal = metal.clone();
        let pressed = (*metal == s).to_string();
        let take = Callback::from(move |_: MouseEvent| metal.set(s));
        html! { <button aria-pressed={pressed} data-stream={s.key()} onclick={take}>{ t(lang, &format!("stream-{}", s.key())) }</button> }
    };
    html! {
        <section class="figure" id="prices-scrap" data-stream={metal.key()}>
            <h3>{ &title }</h3><span class="unit">{ shared.t(&format!("price-unit-{}", unit.key())) }</span>{ button }
            <div class="segments" role="group" aria-label={shared.t("scrap-metal")}>{ for Stream::ALL.map(choose) }</div>
            if rows.is_empty() {
                <p class="wide">{ shared.t("worth-scrap-none") }</p>
            } else {
                <table class="plain wide-row">
                    <caption class="sr-only">{ &title }</caption>
                    <thead><tr>
                        <th scope="col">{ shared.t("table-cluster") }</th>
                        <th scope="col" class="num">{ shared.t("worth-least") }</th>
                        <th scope="col" class="num">{ shared.t("worth-middle") }</th>
                        <th scope="col" class="num">{ shared.t("worth-most") }</th>
                    </tr></thead>
                    <tbody>{ for rows.iter().map(|r| row(&shared, r)) }</tbody>
                </table>
                { meaning(&shared, &rows, *metal, unit) }
            }
            { because }
        </section>
    }
}

fn row(shared: &Shared, r: &ScrapWorth) -> Html {
    let name = r.cluster.map_or_else(|| shared.t("worth-gateways"), |c| cluster_name(shared, Some(c)));
    let places = tr(shared.state.lang, "worth-places", &[("n", &count(r.places))]);
    html! {
        <tr data-cluster={r.cluster.map_or("outside", atlas_core::model::Cluster::key)} data-median={format!("{:.3}", r.median)} data-slack={format!("{:.4}", r.slack_t)}>
            <th scope="row">{ name }<small class="fine">{ places }</small></th>
            <td class="num">{ significant(r.min) }</td><td class="num"><b>{ significant(r.median) }</b></td><td class="num">{ significant(r.max) }</td>
        </tr>
    }
}

/// One plain sentence about the first cluster that has scrap of the metal.
fn meaning(shared: &Shared, rows: &[ScrapWorth], metal: Stream, unit: PriceUnit) -> Html {
    let lang = shared.state.lang;
    let Some(r) = rows.iter().find(|r| r.cluster.is_some()).or_else(|| rows.first()) else { return Html::default() };
    let key = if r.slack_t > 0.0 {
        "worth-scrap-short"
    } else if r.slack_t < 0.0 {
        "worth-scrap-left"
    } else if r.median >= 0.0 {
        "worth-scrap-saves"
    } else {
        "worth-scrap-costs"
    };
    let place = r.cluster.map_or_else(|| shared.t("worth-gateways"), |c| cluster_name(shared, Some(c)));
    let words = tr(
        lang,
        key,
        &[
            ("metal", &t(lang, &format!("stream-{}", metal.key()))),
            ("place", &place),
            ("money", &unit.words(lang, r.median.abs())),
            ("slack", &significant(r.slack_t.abs())),
        ],
    );
    html! { <p id="worth-scrap-meaning" class="wide">{ words }</p> }
}
