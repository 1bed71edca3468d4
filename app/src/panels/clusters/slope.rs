//! From the baseline to the plan, for a chosen measure: a line a territory.

use crate::{
    panels::use_shared,
    platform,
    state::{cluster_columns, profile_name, slope_csv, slope_of},
};
use atlas_core::profile::{Measure, Normal};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SlopeProps {
    pub normal: Normal,
}

#[component]
pub fn Slope(props: &SlopeProps) -> Html {
    let shared = use_shared();
    let measure = use_state(|| Measure::CostPerTonne);
    let as_table = use_state(|| false);
    let (state, lang) = (&shared.state, shared.state.lang);
    let columns = cluster_columns(lang, &state.baseline, &state.insights);
    let slope = slope_of(lang, &columns, *measure, props.normal);
    let choose = {
        let measure = measure.clone();
        Callback::from(move |e: Event| {
            if let Some(found) = e.target_dyn_into::<HtmlSelectElement>().and_then(|s| Measure::from_key(&s.value())) {
                measure.set(found);
            }
        })
    };
    let toggle = {
        let as_table = as_table.clone();
        Callback::from(move |_: MouseEvent| as_table.set(!*as_table))
    };
    let save = {
        let (shared, measure, normal) = (shared.clone(), measure.clone(), props.normal);
        Callback::from(move |_: MouseEvent| {
            platform::save_text("clusters-slope.csv", "text/csv", &slope_csv(&shared.state, *measure, normal));
        })
    };
    let option =
        |m: Measure| html! { <option value={m.key()} selected={m == *measure}>{ profile_name(lang, m) }</option> };
    html! {
        <section class="figure-box" id="clusters-slope">
            <div class="row"><h3>{ shared.t("clusters-slope") }</h3>
                <label>{ shared.t("clusters-slope-measure") }{ " " }<select onchange={choose}>{ for Measure::all().into_iter().map(option) }</select></label><span class="unit">{ &slope.unit }</span>
                <button class="link" aria-pressed={as_table.to_string()} onclick={toggle}>{ shared.t(if *as_table { "clusters-as-chart" } else { "clusters-as-table" }) }</button>
                <button class="link" onclick={save} aria-label={format!("{}: CSV", shared.t("clusters-slope"))}>{ "CSV" }</button></div>
            if *as_table {
                <table class="plain"><thead><tr><th scope="col">{ shared.t("clusters-area-head") }</th><th scope="col" class="num">{ shared.t("clusters-slope-base") }</th><th scope="col" class="num">{ shared.t("clusters-slope-plan") }</th></tr></thead>
                    <tbody>{ for slope.lines.iter().map(|l| html! { <tr><th scope="row">{ &l.name }</th><td class="num">{ &l.before_words }</td><td class="num">{ &l.after_words }</td></tr> }) }</tbody></table>
            } else {
                <svg class="clusters-slope" viewBox="116 0 432 240" role="img" aria-label={format!("{}: {}", shared.t("clusters-slope"), profile_name(lang, *measure))}>
                    <text x="180" y="16" text-anchor="middle">{ shared.t("clusters-slope-base") }</text><text x="380" y="16" text-anchor="middle">{ shared.t("clusters-slope-plan") }</text>
                    <path class="grid" d="M180 24V232M380 24V232" />
                    { for slope.lines.iter().filter_map(|l| l.drawn.map(|d| (l, d))).map(|(l, [y1, y2, t1, t2])| {
                        let tint = l.cluster.map_or("other", |c| c.key());
                        html! {
                            <g class={tint}>
                                <path class="line" d={format!("M180 {y1:.1}L380 {y2:.1}")} /><circle cx="180" cy={format!("{y1:.1}")} r="3.5" /><circle cx="380" cy={format!("{y2:.1}")} r="3.5" />
                                <text x="170" y={format!("{:.1}", t1 + 4.0)} text-anchor="end">{ &l.before_words }</text><text x="390" y={format!("{:.1}", t2 + 4.0)}>{ format!("{} {}", l.after_words, l.name) }</text>
                            </g>
                        }
                    }) }
                </svg>
            }
        </section>
    }
}
