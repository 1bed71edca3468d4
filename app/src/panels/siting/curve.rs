//! Objective against the number of sites: the elbow is marked, and a chosen point shows that plan.

use super::{SearchProps, gap::tick_words, sites::look};
use crate::{
    app::Shared,
    i18n::tr,
    panels::use_shared,
    state::{
        CurveDrawing, Search, Shown, SitingAction, TRADE_CHART, Unit, curve_drawing, objective_unit, objective_words,
    },
};
use atlas_core::siting::{planning::Curve, relative_gap};
use yew::prelude::*;

#[component]
pub fn TradeOff(props: &SearchProps) -> Html {
    let shared = use_shared();
    let as_table = use_state(|| false);
    let search = &props.search;
    let unit = objective_unit(shared.state.lang, &search.question);
    let body = match &search.curve {
        None if search.is_running() => html! { <p class="fine wide">{ shared.t("siting-curve-later") }</p> },
        None => html! { <p class="fine wide" role="status">{ shared.t("siting-curve-wait") }</p> },
        Some((curve, done)) => match curve_drawing(curve, unit.scale) {
            None if *done => html! { <p class="fine wide">{ shared.t(none_key(search)) }</p> },
            None => html! { <p class="fine wide" role="status">{ shared.t("siting-curve-wait") }</p> },
            Some(chart) => {
                let toggle = {
                    let as_table = as_table.clone();
                    Callback::from(move |_: MouseEvent| as_table.set(!*as_table))
                };
                html! {
                    <>
                        <button class="link" id="siting-curve-as-table" aria-pressed={as_table.to_string()} onclick={toggle}>{ shared.t(if *as_table { "curve-as-chart" } else { "curve-as-table" }) }</button>
                        if *as_table { { table(&shared, search, curve, &unit) } } else { { drawing(&shared, search, &chart, &unit) } }
                        if !done { <p class="fine wide" role="status">{ shared.t("siting-curve-wait") }</p> }
                    </>
                }
            }
        },
    };
    let points = search.curve.as_ref().map(|(c, _)| c.points.len());
    let done = search.curve.as_ref().is_some_and(|c| c.1);
    html! {
        <section class="figure" id="siting-curve" data-points={points.map(|n| n.to_string())} data-done={done.to_string()} data-elbow={search.curve.as_ref().and_then(|(c, _)| c.elbow).map(|n| n.to_string())}>
            <h3>{ shared.t("siting-curve-title") }</h3><span class="unit">{ &unit.words }</span>
            { body }
        </section>
    }
}

/// Why there is no trade-off.
fn none_key(search: &Search) -> &'static str {
    if search.question.futures.is_some() { "robust-curve-none" } else { "siting-curve-none" }
}

/// Which number of sites is looked at.
fn now(search: &Search) -> Option<usize> {
    match search.shown {
        Shown::Count(n) => Some(n),
        _ => search.best.as_ref().map(|b| b.sites.len()),
    }
}

fn drawing(shared: &Shared, search: &Search, chart: &CurveDrawing, unit: &Unit) -> Html {
    let f = &TRADE_CHART;
    let lang = shared.state.lang;
    let px = |v: f64| format!("{v:.1}");
    let x_tick = |((x, _), words): (&(f64, f64), String)| html! { <text x={px(*x)} y={px(f.bottom + 15.0)} text-anchor="middle">{ words }</text> };
    let y_tick = |((y, _), words): (&(f64, f64), String)| {
        html! { <><path class="grid" d={format!("M{:.1} {y:.1}H{:.1}", f.left, f.right)} /><text x={px(f.left - 6.0)} y={px(y + 3.5)} text-anchor="end">{ words }</text></> }
    };
    let now = now(search);
    let value = |n: usize| search.curve.as_ref().and_then(|(c, _)| c.points.iter().find(|p| p.count == n)?.objective);
    let told = |n: usize| {
        tr(
            lang,
            "siting-curve-point",
            &[("n", &n.to_string()), ("value", &format!("{} {}", objective_words(unit, value(n)), unit.words))],
        )
    };
    // A finger or a keyboard chooses as a mouse does: each point is a button, as wide as there is room.
    let step = chart.dots.windows(2).map(|w| w[1].0 - w[0].0).fold(24.0, f64::min);
    let point = |(x, y, n): &(f64, f64, usize)| {
        let chosen = Some(*n) == now;
        let choose = {
            let (shared, n) = (shared.clone(), *n);
            move || shared.act(SitingAction::Look(Shown::Count(n)))
        };
        let click = {
            let choose = choose.clone();
            Callback::from(move |_: MouseEvent| choose())
        };
        let key = Callback::from(move |e: KeyboardEvent| {
            if matches!(e.key().as_str(), "Enter" | " ") {
                e.prevent_default();
                e.stop_propagation();
                choose();
            }
        });
        html! {
            <g class={classes!("point", chosen.then_some("chosen"))} role="button" tabindex="0" aria-pressed={chosen.to_string()} aria-label={told(*n)} data-count={n.to_string()} onclick={click} onkeydown={key}>
                <rect x={px(x - step / 2.0)} y={px(f.top - 6.0)} width={px(step)} height={px(f.bottom - f.top + 6.0)} />
                <title>{ told(*n) }</title>
                if chosen { <path class="chosen-line" d={format!("M{x:.1} {y:.1}V{:.1}", f.bottom)} /> }
                <circle cx={px(*x)} cy={px(*y)} r={if chosen { "5" } else { "2.6" }} />
            </g>
        }
    };
    let here = chart.dots.iter().find(|d| Some(d.2) == now);
    // Where the curve leaves room: below the elbow's bend, and on its other side for the plan that is looked at.
    let rises = chart.dots.first().zip(chart.dots.last()).is_some_and(|(a, b)| b.1 < a.1);
    let (elbow_side, elbow_dx) = if !rises { ("end", -7.0) } else { ("start", 7.0) };
    let here_at = |x: f64, y: f64| {
        let right = if rises { x < 0.35 * f.right } else { x < 0.6 * f.right };
        let (anchor, dx) = if right { ("start", 8.0) } else { ("end", if rises { -8.0 } else { 6.0 }) };
        (anchor, x + dx, (y - 10.0).max(9.0))
    };
    html! {
        <svg class="curve trade" viewBox={format!("0 0 {} {}", f.width, f.height)} role="group" aria-label={shared.t("siting-curve-label")}>
            { for chart.y_ticks.iter().zip(tick_words(&chart.y_ticks)).map(y_tick) }
            { for chart.x_ticks.iter().zip(tick_words(&chart.x_ticks)).map(x_tick) }
            <text x={px(f.right)} y={px(f.bottom + 32.0)} text-anchor="end">{ shared.t("siting-curve-axis") }</text>
            <path class="line" d={chart.path.clone()} />
            { for chart.dots.iter().map(point) }
            if let Some((x, y, n)) = chart.elbow {
                <g aria-hidden="true"><path class="elbow" d={format!("M{x:.1} {:.1}l5 5-5 5-5-5z", y - 5.0)} />
                <text class="word" x={px(x + elbow_dx)} y={px((y + 17.0).min(f.bottom - 2.0))} text-anchor={elbow_side}>{ tr(lang, "siting-elbow", &[("n", &n.to_string())]) }</text></g>
            }
            if let Some((x, y, n)) = here {
                <text class="word" aria-hidden="true" x={px(here_at(*x, *y).1)} y={px(here_at(*x, *y).2)} text-anchor={here_at(*x, *y).0}>{ tr(lang, "siting-now-here", &[("n", &n.to_string()), ("value", &objective_words(unit, value(*n)))]) }</text>
            }
        </svg>
    }
}

fn table(shared: &Shared, search: &Search, curve: &Curve, unit: &Unit) -> Html {
    let now = now(search);
    let row = |p: &atlas_core::siting::planning::CurvePoint| {
        let gap = p.objective.zip(p.bound).and_then(|(o, b)| relative_gap(o, b));
        html! {
            <tr aria-current={(Some(p.count) == now).then_some("true")}>
                <td class="num"><button class="link" onclick={look(shared, Shown::Count(p.count))}>{ p.count }</button></td>
                <td class="num">{ objective_words(unit, p.objective) }</td>
                <td class="num">{ gap.map_or_else(|| "–".into(), |g| crate::i18n::significant(100.0 * g)) }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll short wide-row" tabindex="0" role="region" aria-label={shared.t("siting-curve-title")}>
            <table class="plain">
                <thead><tr><th scope="col" class="num">{ shared.t("siting-curve-axis") }</th><th scope="col" class="num">{ &unit.words }</th><th scope="col" class="num">{ tr(shared.state.lang, "siting-with-unit", &[("name", &shared.t("siting-gap")), ("unit", "%")]) }</th></tr></thead>
                <tbody>{ for curve.points.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
