//! What more capacity of the selected hub or smelter saves: a sentence with how far it holds, a drawing, a table.

use super::PricesProps;
use crate::{
    app::Shared,
    i18n::{Lang, Quantity, decimals, exact, significant, tr},
    panels::use_shared,
    state::{
        PriceUnit, WORTH_CHART, WorthChart, WorthTale, facility_use, is_short, load, worth_chart, worth_steps,
        worth_tale,
    },
};
use atlas_core::{
    allocation::{FacilityUse, Worth},
    model::{Facility, FacilityKind},
};
use yew::prelude::*;

#[component]
pub fn WorthFigure(props: &PricesProps) -> Html {
    let shared = use_shared();
    let as_table = use_state(|| false);
    let state = &shared.state;
    let found = state.selected.as_ref().and_then(|id| state.document.plan().get(id));
    let Some(f) = found.map(|p| &p.facility).filter(|f| matches!(f.kind, FacilityKind::Hub | FacilityKind::Smelter))
    else {
        return html! { <p class="hint margin-hint">{ shared.t("worth-choose") }</p> };
    };
    let name = state.lang.name(&f.name).to_owned();
    let title = tr(state.lang, "worth-title", &[("name", &name)]);
    let toggle = {
        let as_table = as_table.clone();
        Callback::from(move |_: MouseEvent| as_table.set(!*as_table))
    };
    let used = facility_use(&props.answer, &f.id);
    // What is known may be of the facility that was selected before.
    let worth = state.worth.as_ref().filter(|w| w.id == f.id);
    let body = match (worth, used.and_then(|u| u.capacity_t)) {
        (Some(worth), Some(capacity_t)) => {
            let chart = worth_chart(worth, capacity_t, kt(state.lang), money(&shared).1);
            html! {
                <>
                    <p id="worth-sentence" class="wide">{ sentence(&shared, f, used, worth) }</p>
                    if let Some(chart) = chart {
                        if *as_table { { table(&shared, worth, capacity_t) } } else { { drawing(&shared, &chart, &title) } }
                        <button class="link wide" id="worth-as-table" aria-pressed={as_table.to_string()} onclick={toggle}>{ shared.t(if *as_table { "curve-as-chart" } else { "curve-as-table" }) }</button>
                    }
                </>
            }
        }
        (_, None) => html! { <p class="wide">{ shared.t("worth-no-capacity") }</p> },
        (None, _) => html! { <p class="wide" role="status">{ shared.t("worth-wait") }</p> },
    };
    html! {
        <section class="figure" id="prices-worth" data-id={f.id.clone()} data-upto={worth.map(|w| format!("{:.0}", w.upto_t))} data-known={worth.is_some().to_string()}>
            <h3>{ title }</h3>
            { body }
        </section>
    }
}

/// Tonnes of the axis: 万吨 or kt.
const fn kt(lang: Lang) -> f64 {
    match lang {
        Lang::Zh => 1e4,
        Lang::En => 1e3,
    }
}

/// The unit of the saving's axis, and how many of the objective's units it is.
fn money(shared: &Shared) -> (String, f64) {
    let unit = shared.state.priced_in;
    let size = match (unit, shared.state.lang) {
        (PriceUnit::Kg, _) => 1e3,
        (_, Lang::Zh) => 1e4,
        (_, Lang::En) => 1e6,
    };
    (shared.t(&format!("worth-axis-{}", unit.key())), size)
}

/// One more kt, how far, how much, and why.
pub fn sentence(shared: &Shared, f: &Facility, used: Option<&FacilityUse>, worth: &Worth) -> String {
    let lang = shared.state.lang;
    let unit = shared.state.priced_in;
    let q = Quantity::TonnesPerYear;
    let tonnes = |t: f64| match t {
        t if t < 1000.0 => tr(lang, "amount-tonnes", &[("n", &significant(t))]),
        t => format!("{} {}", significant(q.scaled(t, lang)), q.unit(lang)),
    };
    let saved = |v: f64, slack_t: f64| {
        let money = unit.words(lang, v.abs());
        let key = match (slack_t > 0.5, v >= 0.0) {
            (false, _) => "worth-saves",
            (true, true) => "worth-slack-saves",
            (true, false) => "worth-slack-costs",
        };
        tr(lang, key, &[("money", &money), ("slack", &tonnes(slack_t))])
    };
    let because =
        shared.t(&format!("worth-because-{}{}", f.kind.key(), if is_short(worth.price) { "-short" } else { "" }));
    // The last step that was tried says no more than: so far at least.
    let most = worth.steps.last().is_some_and(|s| s.added_t > 0.0 && worth.upto_t >= s.added_t);
    match worth_tale(worth) {
        WorthTale::Nothing => {
            let share = used.map_or(0.0, |u| load(u.used_t.total(), u.capacity_t.unwrap_or(0.0)));
            let key = if share > 0.999 { "worth-nothing-full" } else { "worth-nothing" };
            tr(lang, key, &[("percent", &significant(share * 100.0))])
        }
        WorthTale::Each { saved: v, slack_t, upto_t } => {
            let key = if most { "worth-each-far" } else { "worth-each" };
            tr(lang, key, &[("upto", &tonnes(upto_t)), ("saved", &saved(v, slack_t)), ("because", &because)])
        }
        WorthTale::First { saved: v, slack_t, each, upto_t } => {
            let each = unit.words(lang, each.abs());
            let key = if upto_t >= 1.0 && slack_t < 0.5 { "worth-first" } else { "worth-first-bare" };
            tr(
                lang,
                key,
                &[("upto", &tonnes(upto_t)), ("each", &each), ("saved", &saved(v, slack_t)), ("because", &because)],
            )
        }
    }
}

fn drawing(shared: &Shared, chart: &WorthChart, name: &str) -> Html {
    let lang = shared.state.lang;
    let unit = Quantity::TonnesPerYear.unit(lang);
    let px = |v: f64| format!("{v:.1}");
    let c = &WORTH_CHART;
    let tick = |v: f64| exact((v * 1e6).round() / 1e6);
    let x_tick = |(x, v): &(f64, f64)| html! { <text x={px(*x)} y={px(c.bottom + 13.0)} text-anchor="middle">{ tick(*v) }</text> };
    let y_tick = |(y, v): &(f64, f64)| {
        html! {
            <>
                <path class="grid" d={format!("M{:.1} {y:.1}H{:.1}", c.left, c.right)} />
                <text x={px(c.left - 5.0)} y={px(y + 3.5)} text-anchor="end">{ tick(*v) }</text>
            </>
        }
    };
    let dot = |(x, y): &(f64, f64)| html! { <circle class="dot" cx={px(*x)} cy={px(*y)} r="2.2" /> };
    let above = if chart.of_slack { tr(lang, "worth-axis-slack", &[("unit", unit)]) } else { money(shared).0 };
    html! {
        <svg class="curve worth" viewBox={format!("0 0 {} {}", c.width, c.height)} role="img" aria-label={tr(lang, "worth-label", &[("name", name)])}>
            { for chart.y_ticks.iter().map(y_tick) }
            { for chart.x_ticks.iter().map(x_tick) }
            <text x="2" y="9">{ above }</text>
            <text x={px(c.right)} y={px(c.bottom + 26.0)} text-anchor="end">{ tr(lang, "worth-axis-added", &[("unit", unit)]) }</text>
            if chart.upto_x > c.left + 1.0 { <path class="limit-line" d={format!("M{:.1} {:.1}V{:.1}", chart.upto_x, c.top, c.bottom)} /> }
            <path class="line people" d={chart.path.clone()} />
            { for chart.dots.iter().map(dot) }
        </svg>
    }
}

fn table(shared: &Shared, worth: &Worth, capacity_t: f64) -> Html {
    let lang = shared.state.lang;
    let (unit, size) = money(shared);
    let short = is_short(worth.price);
    let q = Quantity::TonnesPerYear;
    let places = if lang == Lang::Zh { 1 } else { 0 };
    let row = |s: &atlas_core::allocation::WorthStep| {
        html! {
            <tr>
                <td class="num">{ decimals(q.scaled(s.added_t, lang), places) }</td>
                <td class="num">{ significant(s.saved_yuan / size) }</td>
                if short { <td class="num">{ significant(q.scaled(s.slack_t, lang)) }</td> }
            </tr>
        }
    };
    html! {
        <div class="scroll short wide-row" tabindex="0" role="region" aria-label={shared.t("worth-table")}>
            <table class="plain" id="worth-table">
                <thead><tr>
                    <th scope="col" class="num">{ tr(lang, "worth-axis-added", &[("unit", q.unit(lang))]) }</th>
                    <th scope="col" class="num">{ unit }</th>
                    if short { <th scope="col" class="num">{ tr(lang, "worth-axis-slack", &[("unit", q.unit(lang))]) }</th> }
                </tr></thead>
                <tbody>{ for worth_steps(worth, capacity_t).iter().map(row) }</tbody>
            </table>
        </div>
    }
}
