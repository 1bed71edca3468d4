//! What levers do: the quick figures, the curve of one, all side by side, the front, and the smallest change.

mod curve;
mod finder;
mod front;
mod quick;
mod tornado;

use super::{use_shared, why::use_why_button};
use crate::{
    app::Shared,
    i18n::tr,
    platform,
    state::{Asking, Phase, ResponseAction, answer_csv, lever_name, measure_name, where_name},
};
use atlas_core::{levers, model::Cluster, profile::Measure};
use curve::CurvePart;
use finder::FinderPart;
use front::FrontPart;
pub use quick::{LeverSentences, QuickFigures};
use tornado::TornadoPart;
use yew::prelude::*;

/// What levers do, below the list of levers.
#[component]
pub fn ResponsePanel() -> Html {
    let shared = use_shared();
    if shared.state.phase != Phase::Ready {
        return Html::default();
    }
    html! {
        <section class="response figure-box" id="response" aria-labelledby="response-title">
            <h3 id="response-title">{ shared.t("response-title") }</h3>
            <p class="fine">{ shared.t("response-note") }</p>
            <div class="response-ask">
                <label class="inline">{ shared.t("response-lever") }{ lever_select(&shared, "response-lever", Some(&shared.state.responses.lever), false, |k| ResponseAction::Lever(k.unwrap_or_default())) }</label>
                <label class="inline">{ shared.t("response-measure") }{ measure_select(&shared, "response-measure") }</label>
                <label class="inline">{ shared.t("response-place") }{ place_select(&shared, "response-place") }</label>
            </div>
            <CurvePart /><TornadoPart /><FrontPart /><FinderPart />
        </section>
    }
}

/// A list of levers; with `none` a first choice of none at all.
fn lever_select(
    shared: &Shared,
    id: &'static str,
    chosen: Option<&str>,
    none: bool,
    act: fn(Option<String>) -> ResponseAction,
) -> Html {
    let lang = shared.state.lang;
    let all = levers::all(&shared.state.baseline);
    let keys: Vec<Option<String>> =
        none.then_some(None).into_iter().chain(all.into_iter().map(|l| Some(l.key))).collect();
    let option = |key: &Option<String>| {
        let words = key.as_deref().map_or_else(|| shared.t("response-front-no-lever"), |k| lever_name(lang, k));
        html! { <option selected={key.as_deref() == chosen}>{ words }</option> }
    };
    let options: Html = keys.iter().map(option).collect();
    let choose = {
        let (shared, keys) = (shared.clone(), keys.clone());
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<web_sys::HtmlSelectElement>().selected_index();
            if let Some(key) = usize::try_from(row).ok().and_then(|r| keys.get(r)) {
                shared.act(act(key.clone()));
            }
        })
    };
    html! { <select {id} aria-label={shared.t(if none { "response-front-lever" } else { "response-lever" })} onchange={choose}>{ options }</select> }
}

fn measure_select(shared: &Shared, id: &'static str) -> Html {
    let now = shared.state.responses.aim.measure;
    let choose = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<web_sys::HtmlSelectElement>().selected_index();
            if let Some(m) = usize::try_from(row).ok().and_then(|r| Measure::all().get(r).copied()) {
                shared.act(ResponseAction::Measure(m));
            }
        })
    };
    let option = |m: Measure| html! { <option selected={m == now}>{ measure_name(shared.state.lang, m) }</option> };
    html! { <select {id} aria-label={shared.t("response-measure")} onchange={choose}>{ for Measure::all().into_iter().map(option) }</select> }
}

fn place_select(shared: &Shared, id: &'static str) -> Html {
    let now = shared.state.responses.aim.cluster;
    let places = [None, Some(Cluster::ALL[0]), Some(Cluster::ALL[1]), Some(Cluster::ALL[2])];
    let choose = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<web_sys::HtmlSelectElement>().selected_index();
            if let Some(place) = usize::try_from(row).ok().and_then(|r| places.get(r).copied()) {
                shared.act(ResponseAction::Place(place));
            }
        })
    };
    let option =
        |p: Option<Cluster>| html! { <option selected={p == now}>{ where_name(shared.state.lang, p) }</option> };
    html! { <select {id} aria-label={shared.t("response-place")} onchange={choose}>{ for places.into_iter().map(option) }</select> }
}

#[derive(Properties, PartialEq)]
struct PartProps {
    asking: Asking,
    /// The answer: chart or table. Nothing before there is one.
    #[prop_or_default]
    chart: Html,
    #[prop_or_default]
    table: Html,
    /// What belongs to the question alone.
    #[prop_or_default]
    ask: Html,
    /// What stands below the answer, whichever way it is shown.
    #[prop_or_default]
    notes: Html,
    answered: bool,
    stopped: bool,
    old: bool,
}

/// One part: its head with the explanation, the question with Begin and Stop, progress, and the answer as chart or table.
#[component]
fn Part(props: &PartProps) -> Html {
    let shared = use_shared();
    let as_table = use_state(|| false);
    let key = props.asking.key();
    let name = shared.t(&format!("response-{key}-title"));
    let (why, open) = use_why_button(&name);
    let r = &shared.state.responses;
    let running = r.running == Some(props.asking);
    let busy = r.running.is_some() && !running;
    let begin = {
        let (shared, asking) = (shared.clone(), props.asking);
        Callback::from(move |_: MouseEvent| shared.act(ResponseAction::Begin(asking)))
    };
    let stop = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ResponseAction::Stop))
    };
    let toggle = {
        let as_table = as_table.clone();
        Callback::from(move |_: MouseEvent| as_table.set(!*as_table))
    };
    let save = {
        let (shared, asking) = (shared.clone(), props.asking);
        Callback::from(move |_: MouseEvent| {
            if let Some((name, csv)) = answer_csv(&shared.state, asking) {
                platform::save_text(&name, "text/csv", &csv);
            }
        })
    };
    let refused = r.refused.as_ref().filter(|(of, ..)| *of == props.asking);
    html! {
        <section class="figure response-part" id={format!("response-{key}-part")} data-answered={props.answered.to_string()} data-running={running.to_string()}>
            <h4>{ &name }</h4>{ why }
            <span class="response-tools">
                if props.answered {
                    <button class="link" id={format!("response-{key}-as-table")} aria-pressed={as_table.to_string()} onclick={toggle}>{ shared.t(if *as_table { "response-as-chart" } else { "response-as-table" }) }</button>
                    <button class="link" id={format!("response-{key}-csv")} onclick={save} aria-label={format!("{name}: {}", shared.t("response-csv"))}>{ shared.t("response-csv") }</button>
                }
            </span>
            if open { <p class="fine wide">{ shared.t(&format!("response-{key}-why")) }</p> }
            <div class="wide-row response-row">
                { props.ask.clone() }
                if running {
                    <button class="btn" id={format!("response-{key}-stop")} onclick={stop} disabled={r.stopping}>{ shared.t("response-stop") }</button>
                } else {
                    <button class="btn" id={format!("response-{key}-begin")} onclick={begin} disabled={busy} aria-describedby={busy.then_some(format!("response-{key}-busy"))}>{ shared.t(&format!("response-begin-{key}")) }</button>
                }
                if busy { <span class="fine" id={format!("response-{key}-busy")}>{ shared.t("response-busy") }</span> }
            </div>
            if running { { progress(&shared) } }
            if let Some((_, code, _)) = refused { <p class="wide refused" role="alert" id={format!("response-{key}-refused")}>{ shared.t(code) }</p> }
            if props.answered {
                if props.old { <p class="fine wide" id={format!("response-{key}-old")}>{ shared.t("response-old") }</p> }
                if props.stopped { <p class="fine wide" role="status">{ shared.t("response-stopped") }</p> }
                if *as_table { { props.table.clone() } } else { { props.chart.clone() } }
                { props.notes.clone() }
            }
        </section>
    }
}

fn progress(shared: &Shared) -> Html {
    let r = &shared.state.responses;
    let (lang, (done, all, ways)) = (shared.state.lang, r.far);
    let words = match ways {
        Some((d, a)) if a > 0 => tr(lang, "response-far-ways", &[("n", &(100 * d / a).to_string())]),
        _ => tr(lang, "response-far", &[("done", &done.to_string()), ("all", &all.to_string())]),
    };
    let share = 100.0 * r.share();
    html! {
        <div class="wide-row hint compare-progress">
            <span role="status">{ words }</span>
            <div class="bar-of" role="progressbar" aria-label={shared.t("response-progress")} aria-valuemin="0" aria-valuemax="100" aria-valuenow={format!("{share:.0}")}><i style={format!("width:{share:.0}%")}></i></div>
        </div>
    }
}

/// A table within its part, which scrolls by itself.
fn scroll(shared: &Shared, asking: Asking, head: Html, body: Html) -> Html {
    let label = shared.t(&format!("response-{}-title", asking.key()));
    html! {
        <div class="scroll short wide-row" tabindex="0" role="region" aria-label={label}>
            <table class="plain" id={format!("response-{}-table", asking.key())}><thead><tr>{ head }</tr></thead><tbody>{ body }</tbody></table>
        </div>
    }
}

/// A heading of a column of numbers, or of words.
fn head(words: String, numbers: bool) -> Html {
    html! { <th scope="col" class={numbers.then_some("num")}>{ words }</th> }
}

/// Ticks with as many decimals as tell them apart.
fn tick_words(ticks: &[(f64, f64)], times: f64) -> Vec<String> {
    let step = ticks.windows(2).map(|w| times * (w[1].1 - w[0].1).abs()).fold(f64::INFINITY, f64::min);
    let mut places = 0;
    let mut unit = 1.0;
    while places < 6 && step.is_finite() && step < unit * 0.999 {
        places += 1;
        unit /= 10.0;
    }
    ticks.iter().map(|(_, v)| crate::i18n::decimals(times * v, places)).collect()
}
