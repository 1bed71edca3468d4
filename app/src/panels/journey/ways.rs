//! What was found: the ways side by side, the chosen one leg by leg, and what its figures rest on.

use crate::{
    app::Shared,
    compute::protocol::{LegView, WayView},
    i18n::{Quantity, significant, tr},
    panels::inputs::because,
    state::{End, JourneyAction, ViewAction},
};
use atlas_core::{account::Haul, model::Mode};
use yew::prelude::*;

pub fn ways(shared: &Shared) -> Html {
    let state = &shared.state;
    let Some(query) = state.journey.query() else {
        let key = match state.journey.next_end() {
            End::From => "journey-hint-from",
            End::To => "journey-hint-to",
        };
        return html! { <p class="hint" role="status">{ shared.t(key) }</p> };
    };
    match state.ways.as_deref() {
        None => html! { <p class="hint" role="status">{ shared.t("journey-searching") }</p> },
        Some(Err(code)) => html! {
            <p class="hint" role="status">{ shared.t(&format!("diag-{code}")) }</p>
        },
        Some(Ok(found)) => {
            let chosen = query.chosen.min(found.all.len().saturating_sub(1));
            html! {
                <div class={classes!("found", state.is_stale().then_some("stale"))} aria-live="polite">
                    <div class="ways" role="group" aria-label={shared.t("journey-ways")}>
                        { for found.all.iter().enumerate().map(|(i, way)| card(shared, i, way, i == chosen)) }
                    </div>
                    if let Some(why) = found.fewer {
                        <p class="fine">{ shared.t(&format!("journey-fewer-{}", why.key())) }</p>
                    }
                    if let Some(way) = found.all.get(chosen) { { legs(shared, way) } }
                    { because(shared, &found.keys) }
                </div>
            }
        }
    }
}

/// One way in short: modes, distance, time, cost, CO2.
fn card(shared: &Shared, i: usize, way: &WayView, chosen: bool) -> Html {
    let lang = shared.state.lang;
    let choose = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ViewAction::Journey(JourneyAction::Choose(i))))
    };
    let t = &way.total;
    let words = if i == 0 {
        let road = shared.state.journey.modes.contains(Mode::Road);
        let best = shared.t(&format!("journey-best-{}", shared.state.journey.by.key()));
        if road { best } else { tr(lang, "journey-best-short", &[("best", &best)]) }
    } else {
        let (share, times) =
            (format!("{:.0}", 100.0 * way.different), format!("{:+.0}", 100.0 * (way.times_best - 1.0)));
        tr(lang, "journey-other", &[("share", &share), ("more", &times)])
    };
    html! {
        <button class="way-card" aria-pressed={chosen.to_string()} onclick={choose}>
            <span class="mode-bar" aria-hidden="true">{ for way.legs.iter().map(|l| bar(l, t.km)) }</span>
            <span class="chain">{ chain(shared, way) }</span>
            <b class="num">{ format!("{} {}", significant(t.yuan_per_t), Quantity::YuanPerTonne.unit(lang)) }</b>
            <span class="num fine">{ format!("{} km · {} h · {} kg CO₂e/t", significant(t.km), significant(t.hours), significant(t.kg_co2e_per_t)) }</span>
            <span class="fine">{ words }</span>
        </button>
    }
}

/// A leg's share of the way, in its mode's colour.
fn bar(leg: &LegView, all_km: f64) -> Html {
    let share = if all_km > 0.0 { 100.0 * leg.haul.km / all_km } else { 100.0 };
    html! { <i class={leg.mode.key()} style={format!("width:{share:.1}%")}></i> }
}

fn chain(shared: &Shared, way: &WayView) -> String {
    let modes: Vec<String> = way.legs.iter().map(|l| shared.t(&format!("mode-{}", l.mode.key()))).collect();
    modes.join(" → ")
}

fn legs(shared: &Shared, way: &WayView) -> Html {
    let lang = shared.state.lang;
    let numbers = |h: &Haul| {
        [h.km, h.hours, h.yuan_per_t, h.kg_co2e_per_t].map(|v| html! { <td class="num">{ significant(v) }</td> })
    };
    let leg = |l: &LegView| {
        html! {
            <>
                <tr>
                    <th scope="row"><span class={classes!("mode-word", l.mode.key())}><i aria-hidden="true"></i>{ shared.t(&format!("mode-{}", l.mode.key())) }</span>
                        { tr(lang, "route-to", &[("from", lang.name(&l.from)), ("to", lang.name(&l.to))]) }</th>
                    { for numbers(&l.haul) }
                </tr>
                <tr class="ends">
                    <th scope="row">{ shared.t("journey-at-ends") }</th><td></td>
                    { for [l.at_ends.hours, l.at_ends.yuan_per_t, l.at_ends.kg_co2e_per_t].map(|v| html! { <td class="num">{ significant(v) }</td> }) }
                </tr>
            </>
        }
    };
    html! {
        <table class="plain legs">
            <caption>{ shared.t("journey-legs") }</caption>
            <thead><tr>
                <th scope="col">{ shared.t("route-leg") }</th><th scope="col">{ "km" }</th><th scope="col">{ "h" }</th>
                <th scope="col">{ Quantity::YuanPerTonne.unit(lang) }</th><th scope="col">{ "kg CO₂e/t" }</th>
            </tr></thead>
            <tbody>
                { for way.legs.iter().map(leg) }
                if way.border_yuan_per_t > 0.0 {
                    <tr><th scope="row">{ shared.t("journey-borders") }</th><td></td><td></td><td class="num">{ significant(way.border_yuan_per_t) }</td><td></td></tr>
                }
            </tbody>
            <tfoot><tr><th scope="row">{ shared.t("journey-total") }</th>{ for numbers(&way.total) }</tr></tfoot>
        </table>
    }
}
