//! Small multiples: smelter capacity against scrap collected, a picture a territory.

use crate::{
    i18n::{significant, t, tr},
    panels::use_shared,
    platform,
    state::{CapacityBar, band_words, capacity_bars, capacity_csv, cluster_columns, profile_unit},
};
use atlas_core::{
    model::Cluster,
    profile::{Measure, Normal, Unit},
    response::Aim,
};
use yew::prelude::*;

#[component]
pub fn Multiples() -> Html {
    let shared = use_shared();
    let as_table = use_state(|| false);
    let (state, lang) = (&shared.state, shared.state.lang);
    let columns = cluster_columns(lang, &state.baseline, &state.insights);
    let (bars, most) = capacity_bars(lang, &columns);
    let (times, unit) = profile_unit(lang, Unit::Tonnes, Normal::Absolute);
    let toggle = {
        let as_table = as_table.clone();
        Callback::from(move |_: MouseEvent| as_table.set(!*as_table))
    };
    let save = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            platform::save_text("clusters-capacity.csv", "text/csv", &capacity_csv(&shared.state));
        })
    };
    let told = |b: &CapacityBar| b.capacity.map(|c| c - b.collected);
    let spare = |b: &CapacityBar| {
        let Some(left) = told(b) else { return "–".to_owned() };
        let key = if left < 0.0 { "clusters-short" } else { "clusters-spare" };
        tr(lang, key, &[("n", &significant(left.abs()))])
    };
    let metal = |b: &CapacityBar| t(lang, &format!("measure-part-{}", b.stream.key()));
    let width = |v: f64| if most > 0.0 { format!("{:.1}", 150.0 * v / most) } else { "0".into() };
    // From 5 to 95 % of the drawn futures, where they are known: a line over the end of the bar.
    let whisker = |place: Option<Cluster>, b: &CapacityBar, y: usize| {
        let of = state.plan_band(&Aim::of(Measure::Collected(Some(b.stream)), Some(place?)))?;
        let at = |v: f64| if most > 0.0 { 74.0 + 150.0 * v * times / most } else { 74.0 };
        let [low, .., high] = of.band.quantiles.map(at);
        let told = band_words(lang, &(times, unit.clone()), &of);
        Some(
            html! { <g class="whisker"><title>{ told }</title><path d={format!("M{low:.1} {0}V{1}M{low:.1} {2}H{high:.1}M{high:.1} {0}V{1}", y + 15, y + 22, y + 18)} /></g> },
        )
    };
    let chart = |(column, own): (&crate::state::ClusterColumn, &Vec<CapacityBar>)| {
        let label = format!("{}, {}", column.name, shared.t("clusters-multiples"));
        html! {
            <figure>
                <figcaption><i class={classes!("swatch", column.cluster.map_or("other", |c| c.key()))}></i>{ &column.name }</figcaption>
                <svg viewBox="0 0 300 170" role="img" aria-label={label}>
                    { for own.iter().enumerate().map(|(i, b)| {
                        let y = 6 + 33 * i;
                        let longest = b.capacity.unwrap_or(0.0).max(b.collected);
                        let upto = column.cluster.and_then(|c| state.plan_band(&Aim::of(Measure::Collected(Some(b.stream)), Some(c))));
                        let longest = upto.map_or(longest, |of| longest.max(of.band.quantiles[4] * times));
                        let end = if most > 0.0 { 76.0 + 150.0 * longest / most } else { 76.0 };
                        html! {
                            <g>
                                <text x="68" y={(y + 17).to_string()} text-anchor="end">{ metal(b) }</text>
                                <rect class={format!("capacity {}", b.stream.key())} x="74" y={y.to_string()} width={width(b.capacity.unwrap_or(0.0))} height="11" />
                                <rect class="collected" x="74" y={(y + 13).to_string()} width={width(b.collected)} height="11" />
                                { for whisker(column.cluster, b, y) }
                                <text class="fine" x={format!("{:.1}", end + 4.0)} y={(y + 17).to_string()}>{ spare(b) }</text>
                            </g>
                        }
                    }) }
                    <path class="grid" d="M74 2V168" />
                </svg>
            </figure>
        }
    };
    let rows = columns.iter().zip(&bars).flat_map(|(c, own)| own.iter().map(move |b| (c.name.clone(), b)));
    html! {
        <section class="figure-box" id="clusters-multiples">
            <div class="row"><h3>{ shared.t("clusters-multiples") }</h3><span class="unit">{ &unit }</span>
                <span class="key"><i class="box full"></i>{ shared.t("clusters-multiples-capacity") }</span><span class="key"><i class="box"></i>{ shared.t("clusters-multiples-collected") }</span>
                <button class="link" aria-pressed={as_table.to_string()} onclick={toggle}>{ shared.t(if *as_table { "clusters-as-chart" } else { "clusters-as-table" }) }</button>
                <button class="link" onclick={save} aria-label={format!("{}: CSV", shared.t("clusters-multiples"))}>{ "CSV" }</button></div>
            if *as_table {
                <table class="plain"><thead><tr><th scope="col">{ shared.t("clusters-area-head") }</th><th scope="col">{ shared.t("carbon-head-metal") }</th><th scope="col" class="num">{ shared.t("clusters-multiples-capacity") }</th><th scope="col" class="num">{ shared.t("clusters-multiples-collected") }</th><th scope="col" class="num">{ shared.t("clusters-left-head") }</th></tr></thead>
                    <tbody>{ for rows.map(|(name, b)| html! { <tr><th scope="row">{ name }</th><td>{ metal(b) }</td><td class="num">{ b.capacity.map_or_else(|| "–".into(), significant) }</td><td class="num">{ significant(b.collected) }</td><td class="num">{ spare(b) }</td></tr> }) }</tbody></table>
            } else {
                <div class="clusters-multiples">{ for columns.iter().zip(&bars).map(chart) }</div>
            }
        </section>
    }
}
