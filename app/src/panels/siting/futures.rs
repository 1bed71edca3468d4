//! Sites for many futures: the choice in the sentence, and how the plan does in them beside the one for the table's values.

use super::{
    SearchProps,
    gap::tick_words,
    sentence::{Choice, field},
};
use crate::{
    app::Shared,
    i18n::{exact, parameter_name, unit_words},
    panels::use_shared,
    platform,
    state::{
        AskAction, FUTURES_CHART, FUTURES_DOT, FuturesDrawing, SitingAction, by_key, futures_csv, futures_drawing,
        futures_rows, futures_words, objective_unit, typed_whole,
    },
    ui::{Icon, icon},
};
use atlas_core::{
    format::siting::drawn_of,
    siting::planning::{By, Futures as Asked, Question},
    uncertainty::spread,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Seeds that can be typed: more digits than this are no number that anybody copies.
const MOST_SEED: u64 = 999_999_999;

/// What sites are to be good for, with how many futures and from which seed.
pub fn choice(shared: &Shared) -> Html {
    let ask = &shared.state.siting.ask;
    let by = ask.question.futures.map(|f| f.by);
    let senses: Vec<Choice> = std::iter::once((shared.t("robust-for-table"), AskAction::Futures(None)))
        .chain(
            [By::Mean, By::WorstCase, By::Regret]
                .map(|by| (shared.t(&format!("robust-for-{}", by_key(by))), AskAction::Futures(Some(by)))),
        )
        .collect();
    let say = |key: &str| html! { <span class="say-word">{ shared.t(key) }</span> };
    html! {
        <>
            { say("robust-say-for") }{ field(shared, "robust-for", &senses, &AskAction::Futures(by)) }
            if by.is_some() {
                { say("robust-say-runs") }<WholeField name="robust-runs" value={u64::from(ask.drawn.runs)} least={1} most={u64::from(Asked::MOST)} is_seed={false} />
                { say("robust-say-seed") }<WholeField name="robust-seed" value={ask.drawn.seed} least={0} most={MOST_SEED} is_seed={true} />
            }
        </>
    }
}

/// What is to be known before it is asked.
pub fn hint(shared: &Shared) -> Html {
    match shared.state.siting.ask.futures_hint() {
        Some(key) => html! { <p class="hint" id="robust-hint" role="status">{ shared.t(key) }</p> },
        None => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct WholeProps {
    /// Id, and the key of label and error.
    name: &'static str,
    value: u64,
    least: u64,
    most: u64,
    /// The seed; else the number of futures.
    is_seed: bool,
}

/// A whole number within the sentence.
#[component]
fn WholeField(props: &WholeProps) -> Html {
    let shared = use_shared();
    let &WholeProps { name, value, least, most, is_seed } = props;
    let typed = use_state(|| value.to_string());
    {
        let typed = typed.clone();
        use_effect_with(value, move |value| typed.set(value.to_string()));
    }
    let wrong = typed_whole(&typed, least, most).is_none();
    let input = {
        let (shared, typed) = (shared.clone(), typed.clone());
        Callback::from(move |e: InputEvent| {
            let text = e.target_unchecked_into::<HtmlInputElement>().value();
            if let Some(n) = typed_whole(&text, least, most) {
                let action = if is_seed { AskAction::FuturesSeed(n) } else { AskAction::Runs(n as u32) };
                shared.act(SitingAction::Ask(action));
            }
            typed.set(text);
        })
    };
    let wrong_id = format!("{name}-wrong");
    html! {
        <span class="pick count">
            <input id={name} type="text" inputmode="numeric" size="3" value={(*typed).clone()} oninput={input}
                aria-label={shared.t(&format!("{name}-label"))} aria-invalid={wrong.to_string()} aria-describedby={wrong.then(|| wrong_id.clone())} />
            if wrong { <span id={wrong_id.clone()} class="bad wrong" role="alert">{ shared.t(&format!("{name}-wrong")) }</span> }
        </span>
    }
}

/// How the plan on the map does in the futures that were asked about.
#[component]
pub fn Futures(props: &SearchProps) -> Html {
    let shared = use_shared();
    let as_table = use_state(|| false);
    let search = &props.search;
    let Some(asked) = search.question.futures else { return Html::default() };
    let plan = search.plan();
    let Some(told) = plan.and_then(|p| p.futures.as_deref()) else {
        let key = if search.is_running() { "robust-first" } else { "robust-not-yet" };
        return html! { <p class="fine" role="status" id="robust-first">{ shared.t(key) }</p> };
    };
    let toggle = {
        let as_table = as_table.clone();
        Callback::from(move |_: MouseEvent| as_table.set(!*as_table))
    };
    let save = {
        let (shared, search) = (shared.clone(), search.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(csv) = futures_csv(&shared.state, &search) {
                platform::save_text("siting-futures.csv", "text/csv", &csv);
            }
        })
    };
    let unit = objective_unit(shared.state.lang, &Question { futures: None, ..(*search.question).clone() });
    let words = plan.map(|p| futures_words(&shared.state, search, p)).unwrap_or_default();
    html! {
        <div class="robust" id="robust" data-by={by_key(asked.by)} data-runs={told.runs.to_string()} data-better={told.better.to_string()}
            data-worse={told.worse.to_string()} data-worst={told.plan.worst.to_string()} data-plain-worst={told.plain.worst.to_string()}>
            { for words.iter().map(|w| html! { <p>{ w }</p> }) }
            if *as_table {
                { table(&shared, props, &unit.words) }
            } else {
                { drawing(&shared, &futures_drawing(told, unit.scale), &unit.words, &words) }
            }
            <div class="row">
                <button class="link" id="robust-as-table" aria-pressed={as_table.to_string()} onclick={toggle}>{ shared.t(if *as_table { "curve-as-chart" } else { "curve-as-table" }) }</button>
                <button class="link" id="robust-save" onclick={save}>{ icon(Icon::Save) }{ shared.t("robust-save") }</button>
            </div>
        </div>
    }
}

fn drawing(shared: &Shared, chart: &FuturesDrawing, unit: &str, words: &[String]) -> Html {
    let f = &FUTURES_CHART;
    let px = |v: f64| format!("{v:.1}");
    let names = ["robust-these", "robust-those"];
    let row = |(i, row): (usize, &crate::state::DotRow)| {
        let top = row.base - (f.bottom - f.top) / chart.rows.len() as f64 + 22.0;
        html! {
            <g class={classes!("dots", (i == 0).then_some("own"))}>
                <text class="name" x={px(f.left)} y={px(top)}>{ shared.t(names[i]) }</text>
                <path class="base" d={format!("M{:.1} {:.1}H{:.1}", f.left, row.base, f.right)} />
                { for row.dots.iter().map(|(x, y)| html! { <circle cx={px(*x)} cy={px(*y)} r={px(FUTURES_DOT - 0.4)} /> }) }
                <path class="table-value" d={format!("M{0:.1} {1:.1}l4 6h-8z", row.table, row.base + 1.0)} />
                <path class="worst" d={format!("M{0:.1} {1:.1}v-16", row.worst, row.base + 4.0)} />
            </g>
        }
    };
    let tick = |((x, _), words): (&(f64, f64), String)| {
        // The words of the ends stay within the drawing.
        let anchor = if *x < f.left + 14.0 {
            "start"
        } else if *x > f.right - 14.0 {
            "end"
        } else {
            "middle"
        };
        html! { <><path class="grid" d={format!("M{x:.1} {:.1}V{:.1}", f.top, f.bottom)} /><text x={px(*x)} y={px(f.bottom + 14.0)} text-anchor={anchor}>{ words }</text></> }
    };
    let key = |sign: Html, words: &str| {
        html! { <span class="robust-key"><svg width="10" height="10" viewBox="-5 -5 10 10" aria-hidden="true">{ sign }</svg>{ shared.t(words) }</span> }
    };
    let label = format!("{} ({unit}). {}", shared.t("robust-chart"), words.join(" "));
    html! {
        <figure class="robust-figure">
            <svg class="curve robust-dots" viewBox={format!("0 0 {} {}", f.width, f.height)} role="img" aria-label={label}>
                { for chart.ticks.iter().zip(tick_words(&chart.ticks)).map(tick) }
                { for chart.rows.iter().enumerate().map(row) }
            </svg>
            <figcaption class="fine">
                { key(html! { <circle r="3.2" /> }, "robust-key-dot") }
                { key(html! { <path class="worst" d="M0 5v-10" /> }, "robust-worst") }
                { key(html! { <path class="table-value" d="M0 -3l4 6h-8z" /> }, "robust-table") }
                <span>{ unit.to_owned() }</span>
            </figcaption>
        </figure>
    }
}

fn table(shared: &Shared, props: &SearchProps, unit: &str) -> Html {
    let Some(told) = props.search.plan().and_then(|p| p.futures.as_deref()) else { return Html::default() };
    let rows = futures_rows(&shared.state, &props.search, told);
    html! {
        <div class="scroll short" tabindex="0" role="region" aria-label={shared.t("robust-chart")}>
            <table class="plain">
                <thead><tr><th scope="col">{ unit.to_owned() }</th><th scope="col" class="num">{ shared.t("robust-these") }</th><th scope="col" class="num">{ shared.t("robust-those") }</th></tr></thead>
                <tbody>{ for rows.into_iter().map(|[name, plan, plain]| html! { <tr><th scope="row">{ name }</th><td class="num">{ plan }</td><td class="num">{ plain }</td></tr> }) }</tbody>
            </table>
        </div>
    }
}

/// What is made best across futures, how it is proved, and what is drawn how far.
pub fn explanation(shared: &Shared, q: &Question) -> Html {
    let Some(asked) = q.futures else { return Html::default() };
    let lang = shared.state.lang;
    let parameters = shared.state.parameters();
    let drawn = drawn_of(q, &parameters);
    let line = |key: &String| {
        let p = parameters.get(key)?;
        let s = spread(p)?;
        let unit = unit_words(lang, &p.unit);
        let rule = shared.t(if s.stated { "robust-stated" } else { "robust-ruled" });
        let range = format!("{} – {} {unit}", exact(round(s.low)), exact(round(s.high)));
        Some(
            html! { <tr><th scope="row">{ parameter_name(lang, key) }</th><td class="num">{ range }</td><td>{ rule }</td></tr> },
        )
    };
    html! {
        <>
            <p>{ shared.t(&format!("robust-formula-{}", by_key(asked.by))) }</p>
            <p>{ shared.t("robust-how") }</p>
            if !drawn.is_empty() {
                <details><summary>{ shared.t("robust-drawn") }</summary>
                    <div class="scroll short" tabindex="0" role="region" aria-label={shared.t("robust-drawn")}>
                        <table class="plain"><tbody>{ for drawn.iter().filter_map(line) }</tbody></table>
                    </div>
                </details>
            }
        </>
    }
}

/// Without the noise of floating point.
fn round(v: f64) -> f64 {
    (v * 1e6).round() / 1e6
}
