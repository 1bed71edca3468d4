//! Surplus and deficit by cluster or province: bars to both sides of zero, and their table.

use super::{
    AnswerProps,
    choices::{change, metal_select, segments},
    why::use_why,
};
use crate::{
    app::Shared,
    i18n::{Quantity, province, signed, significant, tr},
    panels::use_shared,
    state::{Area, BalanceFigure, Metals, SurplusLevel, SurplusOf, SurplusRow, surplus_rows},
};
use yew::prelude::*;

#[component]
pub fn Surplus(props: &AnswerProps) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let name = shared.t("surplus-title");
    let (button, because) = use_why(BalanceFigure::Surplus, &name);
    let level = use_state(SurplusLevel::default);
    let of = use_state(SurplusOf::default);
    let metals = use_state(Metals::default);
    let rows = surplus_rows(&props.answer, *level, *of, *metals);
    let base = props.base.as_ref().map(|b| surplus_rows(b, *level, *of, *metals));
    let unit = Quantity::TonnesPerYear.unit(lang);
    html! {
        <section class="figure" id="balance-surplus" data-rows={rows.len().to_string()}>
            <h3>{ &name }</h3><span class="unit">{ unit }</span>{ button }
            { segments(&shared, "surplus-of", "surplus-of", &[(SurplusOf::Metal, "metal"), (SurplusOf::Scrap, "scrap")], &of) }
            { segments(&shared, "surplus-level", "surplus-level", &[(SurplusLevel::Cluster, "cluster"), (SurplusLevel::Province, "province")], &level) }
            { metal_select(&shared, "surplus-metal", &metals) }
            { table(&shared, &rows, base.as_deref(), *of) }
            <p class="fine wide-row">{ tr(lang, "surplus-legend", &[("unit", unit)]) }</p>
            { because }
        </section>
    }
}

fn table(shared: &Shared, rows: &[SurplusRow], base: Option<&[SurplusRow]>, of: SurplusOf) -> Html {
    let lang = shared.state.lang;
    let scaled = |v: f64| Quantity::TonnesPerYear.scaled(v, lang);
    let most = rows.iter().fold(0.0_f64, |a, r| a.max(r.surplus(of).abs()));
    let heads = match of {
        SurplusOf::Metal => ["surplus-made", "surplus-demand"],
        SurplusOf::Scrap => ["surplus-collected", "surplus-worked"],
    };
    let row = |r: &SurplusRow| {
        let value = r.surplus(of);
        let width = if most > 0.0 { 50.0 * value.abs() / most } else { 0.0 };
        let (side, from) = if value < 0.0 { ("deficit", 50.0 - width) } else { ("surplus", 50.0) };
        let before = base.and_then(|b| b.iter().find(|x| x.area == r.area)).map(|x| scaled(x.surplus(of)));
        let [first, second] = r.parts(of);
        let key = match &r.area {
            Area::Cluster(c) => c.key().to_owned(),
            Area::Province(p) => p.clone(),
        };
        html! {
            <tr key={key.clone()} data-area={key} data-surplus={value.to_string()}>
                <th scope="row">{ area_name(shared, &r.area) }<div class="diverging" aria-hidden="true"><i class={side} style={format!("left:{from:.2}%;width:{width:.2}%")}></i></div></th>
                <td class="num">{ significant(scaled(first)) }</td>
                <td class="num">{ significant(scaled(second)) }</td>
                <td class="num value">{ signed(scaled(value)) }{ change(scaled(value), before, None) }</td>
            </tr>
        }
    };
    html! {
        <table class="plain wide-row surplus">
            <caption class="sr-only">{ shared.t("surplus-title") }</caption>
            <thead><tr>
                <th scope="col">{ shared.t("surplus-area") }</th>
                { for heads.map(|h| html! { <th scope="col" class="num">{ shared.t(h) }</th> }) }
                <th scope="col" class="num">{ shared.t("surplus-difference") }</th>
            </tr></thead>
            <tbody>{ for rows.iter().map(row) }</tbody>
        </table>
    }
}

fn area_name(shared: &Shared, area: &Area) -> String {
    match area {
        Area::Cluster(c) => shared.t(&format!("cluster-{}", c.key())),
        Area::Province(p) => province(shared.state.lang, p).to_owned(),
    }
}
