//! The dearest bottlenecks: use against capacity as bars, what one more kt saves; each leads to its facility.

use super::{PricesProps, why::use_why};
use crate::{
    app::Shared,
    i18n::{Quantity, count, significant, tr},
    panels::{facility::cluster_name, plan::show, use_shared},
    state::{Bottleneck, PriceFilter, PriceUnit, bottlenecks, is_short},
};
use atlas_core::{
    allocation::Price,
    model::{Cluster, FacilityKind, Stream},
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Rows at first, and with each press on "more".
const PAGE: usize = 12;

#[component]
pub fn Ranking(props: &PricesProps) -> Html {
    let shared = use_shared();
    let filter = use_state(PriceFilter::default);
    let most = use_state(|| PAGE);
    let lang = shared.state.lang;
    let title = shared.t("rank-title");
    let (button, because) = use_why("formula-prices-capacity", &title);
    let found = bottlenecks(&shared.state, &props.answer, *filter);
    let set = {
        let (filter, most) = (filter.clone(), most.clone());
        Callback::from(move |f: PriceFilter| {
            filter.set(f);
            most.set(PAGE);
        })
    };
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + PAGE))
    };
    let shown = found.rows.len().min(*most);
    let unit = shared.state.priced_in;
    html! {
        <section class="figure" id="prices-rank" data-count={found.rows.len().to_string()}>
            <h3>{ &title }</h3><span class="unit num" role="status">{ tr(lang, "table-shown", &[("shown", &count(shown)), ("n", &count(found.rows.len()))]) }</span>{ button }
            { filters(&shared, *filter, &set) }
            if found.rows.is_empty() {
                <p class="wide">{ shared.t("rank-none") }</p>
            } else {
                <table class="plain wide-row rank">
                    <caption class="sr-only">{ &title }</caption>
                    <thead><tr>
                        <th scope="col">{ shared.t("rank-facility") }</th>
                        <th scope="col" class="num">{ shared.t("rank-one-more") }</th>
                    </tr></thead>
                    <tbody>{ for found.rows.iter().take(shown).map(|b| row(&shared, b, unit)) }</tbody>
                </table>
            }
            if shown < found.rows.len() { <button class="btn wide" id="rank-more" onclick={more}>{ tr(lang, "table-show-more", &[("n", &count(PAGE.min(found.rows.len() - shown)))]) }</button> }
            <p class="fine wide">{ tr(lang, "rank-others", &[("room", &count(found.with_room)), ("unknown", &count(found.unknown))]) }</p>
            { because }
        </section>
    }
}

fn filters(shared: &Shared, filter: PriceFilter, set: &Callback<PriceFilter>) -> Html {
    let kind = |kind: Option<FacilityKind>| {
        let words = kind.map_or_else(|| shared.t("rank-any"), |k| shared.t(&format!("rank-kind-{}", k.key())));
        let set = set.clone();
        let press = Callback::from(move |_: MouseEvent| set.emit(PriceFilter { kind, ..filter }));
        html! { <button aria-pressed={(filter.kind == kind).to_string()} data-kind={kind.map_or("all", FacilityKind::key)} onclick={press}>{ words }</button> }
    };
    let cluster = {
        let set = set.clone();
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            set.emit(PriceFilter { cluster: Cluster::from_key(&key), ..filter });
        })
    };
    let stream = {
        let set = set.clone();
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            set.emit(PriceFilter { stream: Stream::ALL.into_iter().find(|s| s.key() == key), ..filter });
        })
    };
    html! {
        <>
            <div class="segments" id="rank-kind" role="group" aria-label={shared.t("table-kind")}>
                { kind(None) }{ kind(Some(FacilityKind::Hub)) }{ kind(Some(FacilityKind::Smelter)) }
            </div>
            <div class="wide two">
                <label class="inline">{ shared.t("table-cluster") }
                    <select id="rank-cluster" onchange={cluster}>
                        <option value="" selected={filter.cluster.is_none()}>{ shared.t("rank-any") }</option>
                        { for Cluster::ALL.map(|c| html! { <option value={c.key()} selected={filter.cluster == Some(c)}>{ cluster_name(shared, Some(c)) }</option> }) }
                    </select>
                </label>
                <label class="inline">{ shared.t("scrap-metal") }
                    <select id="rank-stream" onchange={stream}>
                        <option value="" selected={filter.stream.is_none()}>{ shared.t("rank-any") }</option>
                        { for Stream::ALL.map(|s| html! { <option value={s.key()} selected={filter.stream == Some(s)}>{ shared.t(&format!("stream-{}", s.key())) }</option> }) }
                    </select>
                </label>
            </div>
        </>
    }
}

fn row(shared: &Shared, b: &Bottleneck, unit: PriceUnit) -> Html {
    let lang = shared.state.lang;
    let q = Quantity::TonnesPerYear;
    let go = {
        let (shared, id) = (shared.clone(), b.id.clone());
        Callback::from(move |_: MouseEvent| show(&shared, &id))
    };
    let selected = shared.state.selected.as_deref() == Some(b.id.as_str());
    let used = tr(
        lang,
        "rank-used",
        &[
            ("used", &significant(q.scaled(b.used_t, lang))),
            ("capacity", &significant(q.scaled(b.capacity_t, lang))),
            ("unit", &shared.t(unit_key(b.kind))),
        ],
    );
    html! {
        <tr key={b.id.clone()} data-id={b.id.clone()} data-kind={b.kind.key()} data-yuan={format!("{:.3}", b.price.yuan_per_t)} data-slack={format!("{:.4}", b.price.slack_t)} aria-current={selected.then_some("true")}>
            <th scope="row">
                <button class="link" onclick={go} title={shared.t("gaps-fly")}>{ &b.name }</button>
                <small class="fine">{ shared.t(&format!("kind-{}", b.kind.key())) }{ " · " }{ cluster_name(shared, b.cluster) }</small>
                { bar(b.load()) }
                <small class="num">{ used }</small>
            </th>
            <td class="num">{ price_cell(shared, b.price, unit) }</td>
        </tr>
    }
}

/// Use against capacity; full is the end of the track.
pub fn bar(load: f64) -> Html {
    let full = load > 0.999;
    html! { <span class={classes!("use", full.then_some("full"))} aria-hidden="true"><i style={format!("width:{:.1}%", load.clamp(0.0, 1.0) * 100.0)}></i></span> }
}

/// The unit of a kind's capacity.
pub const fn unit_key(kind: FacilityKind) -> &'static str {
    match kind {
        FacilityKind::Hub => "capacity-unit-gross",
        _ => "capacity-unit-product",
    }
}

/// What one more kt saves; where something is short, what it takes away and what that costs.
fn price_cell(shared: &Shared, price: Price, unit: PriceUnit) -> Html {
    let lang = shared.state.lang;
    let money = unit.words(lang, (price.yuan_per_t * 1000.0).abs());
    if !is_short(price) {
        return html! { <b>{ tr(lang, "rank-saves", &[("money", &money)]) }</b> };
    }
    let slack = tr(lang, "rank-slack", &[("n", &significant(price.slack_t))]);
    let key = if price.yuan_per_t < 0.0 { "rank-slack-costs" } else { "rank-slack-saves" };
    html! { <><b>{ slack }</b><small>{ tr(lang, key, &[("money", &money)]) }</small></> }
}
