//! The table of sums: all together and by cluster, a year or a tonne.

use crate::{
    compute::protocol::Insight,
    i18n::{significant, small_change},
    panels::{BandLook, BandMark, use_shared},
    platform,
    state::{CarbonPer, CarbonRow, carbon_cell, carbon_unit},
    ui::{Icon, icon},
};
use atlas_core::{
    account::EmissionFamily,
    footprint::{Choice, Sums},
    format::export,
    model::Cluster,
    response::Aim,
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub insight: Rc<Insight>,
    pub base: Option<Rc<Insight>>,
}

#[component]
pub fn SumsTable(props: &Props) -> Html {
    let shared = use_shared();
    let (lang, per) = (shared.state.lang, shared.state.carbon.per);
    let of = &props.insight.footprint;
    let base = props.base.as_ref().map(|b| &b.footprint).filter(|b| b.choice == of.choice);
    let number = |row: CarbonRow, s: &Sums| {
        let counted = row != CarbonRow::Sorting || of.processing.iter().any(|p| p.sorting_kg.is_some());
        row.value(s, per).filter(|_| counted).map(|v| carbon_cell(lang, row.unit(), per, v))
    };
    let words = |v: Option<f64>| v.map_or_else(|| "–".into(), significant);
    // Futures are drawn with the plan's own factors and the usual boundary, by the year.
    let usual = Choice { family: EmissionFamily::of(&shared.state.parameters()), ..Choice::default() };
    let drawn = per == CarbonPer::Year && of.choice == usual;
    let band = |row: CarbonRow, place: Option<Cluster>| {
        let aim = Aim::of(row.measure().filter(|_| drawn)?, place);
        let unit = (carbon_cell(lang, row.unit(), per, 1.0), carbon_unit(lang, row.unit(), per).to_owned());
        Some(html! { <BandMark {aim} unit={Some(unit)} look={BandLook::Fine} /> })
    };
    let line = |row: CarbonRow| {
        let now = number(row, &of.total);
        let change = now.zip(base.and_then(|b| number(row, &b.total))).map(|(a, b)| a - b).filter(|d| d.abs() > 1e-9);
        let mood = change.map(|d| if (d < 0.0) == row.less_is_better() { "good" } else { "bad" });
        html! {
            <tr id={row.id()} tabindex="-1" class={row.is_sum().then_some("sum")}>
                <th scope="row">{ shared.t(&format!("carbon-row-{}", row.key())) }{ " " }<span class="unit">{ carbon_unit(lang, row.unit(), per) }</span></th>
                <td class="num"><b>{ words(now) }</b>{ for change.map(|d| html! { <span class={classes!("change", "num", mood)}>{ " " }{ small_change(d) }</span> }) }{ for band(row, None) }</td>
                { for Cluster::ALL.map(|c| html! { <td class="num">{ words(number(row, &of.by_cluster[c])) }{ for band(row, Some(c)) }</td> }) }
            </tr>
        }
    };
    let save = {
        let insight = Rc::clone(&props.insight);
        Callback::from(move |_: MouseEvent| {
            platform::save_text("carbon.csv", "text/csv", &export::carbon_sums(&insight.footprint).csv());
        })
    };
    html! {
        <section class="compare-table">
            <div class="row"><h3>{ shared.t("carbon-sums") }</h3><button class="btn" id="carbon-csv" onclick={save}>{ icon(Icon::Save) }{ "CSV" }</button></div>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("carbon-sums")}>
                <table class="plain" id="carbon-table">
                    <thead><tr><th scope="col">{ shared.t("compare-indicator") }</th><th scope="col" class="num">{ shared.t("cluster-all") }</th>
                        { for Cluster::ALL.map(|c| html! { <th scope="col" class="num">{ shared.t(&format!("cluster-{}", c.key())) }</th> }) }</tr></thead>
                    <tbody>{ for CarbonRow::ALL.map(line) }</tbody>
                </table>
            </div>
            <p class="fine">{ shared.t("carbon-where") }</p>
        </section>
    }
}
