//! What the map of a comparison means: beside it, never over it.

use crate::{
    app::Shared,
    i18n::{Quantity, amount_words, count, significant, tr},
    panels::use_shared,
    state::{CompareMap, STRONG_FLOW, flows_drawn},
};
use atlas_core::{catchment::Measure, comparison::Differences};
use yew::prelude::*;

#[component]
pub fn CompareLegend() -> Html {
    let shared = use_shared();
    let compare = &shared.state.compare;
    let drawn = match compare.map {
        CompareMap::Differences => compare.differences().is_some(),
        _ => compare.sides.is_some() && compare.sides == compare.fresh_pair(),
    };
    html! {
        <div class="compare-legend" id="compare-legend" data-map={compare.map.key()} data-drawn={drawn.to_string()}>
            if !drawn { <p class="fine" role="status">{ shared.t("compare-map-wait") }</p> }
            { match compare.map {
                CompareMap::Differences => compare.differences().map(|d| differences(&shared, d)).unwrap_or_default(),
                CompareMap::Bands => bands(&shared),
                CompareMap::Flows => html! { <p>{ shared.t("compare-legend-flows") }</p> },
            } }
        </div>
    }
}

fn differences(shared: &Shared, found: &Differences) -> Html {
    let lang = shared.state.lang;
    let sign = |key: &'static str, mark: &'static str| {
        let class = classes!("sign", (key == "opened").then_some("new"));
        html! { <li><i {class} aria-hidden="true">{ mark }</i><span>{ shared.t(&format!("compare-legend-{key}")) }</span></li> }
    };
    let demand = shared.state.compare.question.as_ref().map(|q| q.demand).unwrap_or_default();
    let area = |key: &'static str, amount: f64| {
        let words = tr(lang, &format!("compare-legend-{key}"), &[("n", &amount_words(lang, demand, amount))]);
        html! { <li data-change={key} data-amount={amount.to_string()}><i class={classes!("swatch", key)} aria-hidden="true"></i><span>{ words }</span></li> }
    };
    html! {
        <>
            <ul>{ sign("opened", "+") }{ sign("closed", "×") }{ sign("moved", "→") }{ sign("resized", "▲▼") }</ul>
            <ul>{ area("gained", found.coverage.gained.of(demand)) }{ area("lost", found.coverage.lost.of(demand)) }</ul>
            { flows(shared, found) }
        </>
    }
}

/// The ramp of flows, with its ends in tonnes, and how many are drawn.
fn flows(shared: &Shared, found: &Differences) -> Html {
    let lang = shared.state.lang;
    let drawn = flows_drawn(found);
    if drawn.all == 0 {
        return html! { <p>{ shared.t("compare-flows-none") }</p> };
    }
    let q = Quantity::TonnesPerYear;
    let most = significant(q.scaled(drawn.most_t, lang));
    let quarter = significant(q.scaled(drawn.most_t * STRONG_FLOW, lang));
    let step = |class: u8| {
        let words = match class {
            1 => format!("−{most}"),
            6 => format!("+{quarter}"),
            7 => format!("+{most}"),
            _ => format!("−{quarter}"),
        };
        html! { <span><i style={format!("background:var(--diff-{class})")}></i><b>{ words }</b></span> }
    };
    let share = format!("{:.0}", 100.0 * drawn.share);
    let words = [("n", &*count(drawn.flows)), ("all", &*count(drawn.all)), ("share", &*share)];
    html! {
        <div id="compare-ramp" data-most={drawn.most_t.to_string()}>
            <b>{ tr(lang, "compare-legend-change", &[("unit", q.unit(lang))]) }</b>
            <div class="ramp prices">{ for [1, 2, 6, 7].map(step) }</div>
            <p class="fine">{ tr(lang, "compare-legend-drawn", &words) }</p>
        </div>
    }
}

/// Travel bands: the same on either side.
fn bands(shared: &Shared) -> Html {
    let lang = shared.state.lang;
    let Some(question) = &shared.state.compare.question else { return Html::default() };
    let unit = Quantity::of_measure(question.measure).unit(lang);
    let how = if question.measure == Measure::Line { "legend-by-line" } else { "legend-by-road" };
    let what = shared.t(&format!("kind-{}", question.of.key()));
    let heading = tr(lang, "legend-bands-all", &[("what", &what), ("how", &tr(lang, how, &[("unit", unit)]))]);
    let begins: Vec<String> =
        std::iter::once("0".to_owned()).chain(question.bands.iter().map(f64::to_string)).collect();
    let last = begins.len() - 1;
    let step = |(i, begin): (usize, &String)| {
        html! { <span><i style={format!("background:var(--band-{})", 5 - i.min(4))}></i>{ begin }{ if i == last { " +" } else { "" } }</span> }
    };
    html! {
        <div id="compare-bands"><b>{ heading }</b><div class="ramp">{ for begins.iter().enumerate().map(step) }</div>
            <p class="fine">{ shared.t("compare-same-scale") }</p></div>
    }
}
