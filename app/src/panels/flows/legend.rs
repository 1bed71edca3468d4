//! What the signs of the allocation on the map mean, and how far the next one is.

use crate::{
    app::Shared,
    compute::{bundles::Level, protocol::Allocating},
    i18n::{Quantity, amount_words, count, significant, tr},
    map::view::Service,
    state::{MapLayer, PriceRamp, Theme, percent, price_ramp, served_sums, shown_level},
};
use atlas_core::{
    catchment::Demand,
    model::{FacilityKind, Stream},
};
use yew::prelude::*;

/// Text and lines on a projector are so much larger.
const PROJECTOR: f64 = 16.0 / 11.0;

/// The parts of the legend for what is on the map.
pub fn allocation_legend(shared: &Shared, zoom: f64) -> Html {
    let state = &shared.state;
    if !state.layers.shows_allocation() {
        return Html::default();
    }
    let there = state.allocation.is_some();
    let shows = |layer| state.layers.shows(layer);
    html! {
        <>
            if there && shows(MapLayer::Flows) { { flows(shared, shown_level(zoom)) } }
            if there && shows(MapLayer::ScrapPrices) { { prices(shared) } }
            if there && shows(MapLayer::Served) { { served(shared) } }
            { busy(shared) }
        </>
    }
}

/// How far the allocation is; nothing where the one on the map is that of the plan.
fn busy(shared: &Shared) -> Html {
    let state = &shared.state;
    // Another selection, too, makes the worker go on: the flows stay those of the plan.
    if state.allocation.is_some() && state.allocating.is_none() {
        return Html::default();
    }
    let far = match state.allocating {
        Some(Allocating::Ways(done, all)) => percent(u64::from(done), u64::from(all))
            .map(|p| tr(state.lang, "legend-allocating-ways", &[("percent", &p.to_string())])),
        Some(Allocating::Solving(Some(gap))) => {
            let gap = significant(Quantity::Percent.scaled(gap, state.lang));
            Some(tr(state.lang, "legend-allocating-gap", &[("gap", &gap)]))
        }
        Some(Allocating::Solving(None)) | None => None,
    };
    let key = if state.allocation.is_some() { "legend-allocating-old" } else { "allocation-wait" };
    html! {
        <div class="lines" id="legend-allocating"><p role="status">{ shared.t(key) }</p>
            // How far it is changes too often to be read out.
            if let Some(far) = far { <span class="fine" aria-hidden="true">{ far }</span> }
        </div>
    }
}

fn flows(shared: &Shared, level: Level) -> Html {
    let state = &shared.state;
    let scale = if state.theme == Theme::Projector { PROJECTOR } else { 1.0 };
    let top = state.bundles.top_t(level);
    let sample = |tonnes: f64| {
        let px = state.bundles.width_px(level, tonnes) * scale;
        let most = if tonnes == top && state.bundles.exceeds(level) { "≥ " } else { "" };
        let words = format!("{most}{}", amount_words(state.lang, Demand::Tonnes, tonnes));
        html! { <li>{ stroke(px, level) }<span class="num">{ words }</span></li> }
    };
    let own = state.selected.as_ref().filter(|_| state.flow_filter.only).is_some();
    html! {
        <div class="lines" id="legend-flows" data-level={level.key()}><h2>{ shared.t("legend-flows") }</h2><ul>
            { for [top, top / 10.0, top / 100.0].map(sample) }
            <li><i class="flow-other" aria-hidden="true"></i><span>{ shared.t("legend-flows-other") }</span></li>
            <li class="fine">{ shared.t(&format!("legend-flows-{}", level.key())) }</li>
            if level == Level::Each { <li class="fine">{ shared.t("legend-flows-stubs") }</li> }
            <li class="fine">{ shared.t(if level == Level::Each { "legend-flows-arrow" } else { "legend-flows-taper" }) }</li>
            if own { <li class="fine">{ shared.t("legend-flows-only") }</li> }
        </ul></div>
    }
}

/// A flow as wide as on the map, from left to right.
fn stroke(px: f64, level: Level) -> Html {
    let height = px.max(3.0).ceil() + 2.0;
    let middle = height / 2.0;
    let dash = |i: u32| {
        let begin = f64::from(i) * 16.0;
        let width = if level == Level::Each { px } else { px * (1.0 - 0.24 * f64::from(i)) };
        html! { <line x1={begin.to_string()} x2={(begin + 12.8).to_string()} y1={middle.to_string()} y2={middle.to_string()} stroke-width={format!("{width:.1}")} /> }
    };
    html! { <svg class="flow" width="62" height={height.to_string()} viewBox={format!("0 0 62 {height}")} aria-hidden="true">{ for (0..4).map(dash) }</svg> }
}

fn stream_words(shared: &Shared) -> String {
    shared.t(&format!("stream-{}", shared.state.spots_of.key()))
}

fn prices(shared: &Shared) -> Html {
    let state = &shared.state;
    let heading = [("what", &*stream_words(shared)), ("unit", Quantity::YuanPerTonne.unit(state.lang))];
    let heading = tr(state.lang, "legend-prices", &heading);
    let Some(ramp) = price_ramp(state) else {
        return html! { <div class="lines" id="legend-prices"><h2>{ heading }</h2><p>{ shared.t("legend-prices-none") }</p></div> };
    };
    html! {
        <div class="lines" id="legend-prices" data-median={format!("{:.0}", ramp.median)}><h2>{ heading }</h2>
            { steps(shared, &ramp) }
            if ramp.short > 0 { <p id="legend-prices-short">{ short_words(shared, &ramp) }</p> }
        </div>
    }
}

/// The seven steps, with the ends and the middle named.
fn steps(shared: &Shared, ramp: &PriceRamp) -> Html {
    let step = |class: u32| {
        let words = match class {
            1 => format!("≤ {}", significant(ramp.median - ramp.half)),
            4 => tr(shared.state.lang, "legend-prices-median", &[("n", &significant(ramp.median))]),
            7 => format!("≥ {}", significant(ramp.median + ramp.half)),
            _ => String::new(),
        };
        html! { <span><i style={format!("background:var(--diff-{class})")}></i><b>{ words }</b></span> }
    };
    html! { <div class="ramp prices">{ for (1..=7).map(step) }</div> }
}

/// What prices leave out: tonnes go before any yuan.
fn short_words(shared: &Shared, ramp: &PriceRamp) -> String {
    let words = [("n", &*count(ramp.short)), ("all", &*count(ramp.points)), ("t", &*significant(ramp.short_t.abs()))];
    tr(shared.state.lang, if ramp.short_t > 0.0 { "legend-prices-short" } else { "legend-prices-left" }, &words)
}

fn served(shared: &Shared) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    let sums = served_sums(state);
    let kind = if state.spots_of.via_hub() { FacilityKind::Hub } else { FacilityKind::Smelter };
    let what = shared.t(&format!("kind-{}", kind.key()));
    let item = |how: Service| {
        let (points, tonnes) = sums.of(how);
        if points == 0 && how == Service::Nobody {
            return Html::default();
        }
        let tonnes = amount_words(lang, Demand::Tonnes, tonnes);
        let words = [("what", &*what), ("n", &*count(points)), ("tonnes", &*tonnes)];
        let words = tr(lang, &format!("legend-served-{}", how.key()), &words);
        html! { <li data-how={how.key()} data-points={points.to_string()}><svg class={classes!("taken", how.key())} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="5" /></svg><span>{ words }</span></li> }
    };
    let of = if state.spots_of == Stream::Other { "legend-served-of-other" } else { "legend-served" };
    html! {
        <div class="lines" id="legend-served"><h2>{ tr(lang, of, &[("what", &stream_words(shared))]) }</h2><ul>
            { for Service::ALL.map(item) }
            <li class="fine">{ shared.t("legend-served-tint") }</li>
        </ul></div>
    }
}
