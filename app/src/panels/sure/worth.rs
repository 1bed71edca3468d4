//! What to find out first: the parameters whose uncertainty moves the chosen indicator most, and the main ones together.

use super::{
    PlanProps,
    frame::{Frame, head, scroll},
};
use crate::{
    app::Shared,
    i18n::tr,
    panels::{open_source, use_shared},
    state::{
        BetterData, SureTable, WorthRow, better_data, better_data_together, indicator_words, moves_words,
        variance_words, worth_words,
    },
};
use yew::prelude::*;

#[component]
pub fn WorthPart(props: &PlanProps) -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let lang = state.lang;
    let Some(found) = state.sure.found.clone() else { return Html::default() };
    let Some(aim) = found.nearest(&state.sure.aim) else { return Html::default() };
    let own = better_data(state, &found, props.plan, &aim);
    let together = better_data_together(state, &found, props.plan);
    let runs = found.runs().to_string();
    let why = tr(lang, "sure-worth-why", &[("chance", &variance_words(found.chance())), ("runs", &runs)]);
    let list = match &own {
        None => html! { <p class="fine" id="sure-worth-none">{ tr(lang, "sure-worth-none", &[("runs", &runs)]) }</p> },
        Some(worth) if worth.rows.is_empty() => {
            html! { <p class="fine" id="sure-worth-none">{ tr(lang, "sure-worth-chance", &[("runs", &runs)]) }</p> }
        }
        Some(worth) => bars(&shared, worth, "sure-worth-list"),
    };
    let chart = html! {
        <>
            if let Some(words) = own.as_ref().and_then(|w| worth_words(lang, w)) { <p class="sure-say" id="sure-worth-first">{ words }</p> }
            <div class="sure-columns">
                <div><h4>{ tr(lang, "sure-worth-of", &[("name", &indicator_words(lang, &aim))]) }</h4>{ list }</div>
                if !together.rows.is_empty() {
                    <div><h4>{ shared.t("sure-worth-together") }</h4>{ bars(&shared, &together, "sure-worth-all") }<p class="fine">{ shared.t("sure-worth-together-note") }</p></div>
                }
            </div>
        </>
    };
    let table = own.as_ref().map(|w| table(&shared, w));
    html! { <Frame part="worth" {why} csv={SureTable::Worth} plan={props.plan} {chart} {table} /> }
}

/// Direction, range and standing of a parameter in fine print.
fn about(shared: &Shared, r: &WorthRow) -> String {
    let lang = shared.state.lang;
    let mut parts = Vec::new();
    match r.grows {
        Some(grows) => parts.push(shared.t(if grows { "sure-worth-up" } else { "sure-worth-down" })),
        None => parts.push(moves_words(lang, &r.moves)),
    }
    parts.push(format!("{} ({})", r.range, shared.t(if r.stated { "sure-worth-stated" } else { "sure-worth-rule" })));
    if !r.standing.is_empty() {
        parts.push(r.standing.clone());
    }
    parts.join(if lang == crate::i18n::Lang::Zh { "；" } else { "; " })
}

/// Bars as HTML: names lead to their rows among the sources.
fn bars(shared: &Shared, worth: &BetterData, id: &'static str) -> Html {
    let lang = shared.state.lang;
    let most = worth.rows.iter().map(|r| r.share).fold(f64::MIN_POSITIVE, f64::max);
    let bar = |r: &WorthRow| {
        html! {
            <li data-key={r.key.clone()} data-share={format!("{:.4}", r.share)}>
                <button class="link" onclick={open_source(shared, &r.key)} title={tr(lang, "why-open", &[("name", &r.key)])}>{ &r.name }</button>
                <span class="worth-bar"><span class="track" aria-hidden="true"><i style={format!("width:{:.1}%", 100.0 * r.share / most)}></i></span><b class="num">{ variance_words(r.share) }</b></span>
                <span class="fine">{ about(shared, r) }</span>
            </li>
        }
    };
    html! {
        <>
            <ol class="worth" {id}>{ for worth.rows.iter().map(bar) }</ol>
            if worth.unexplained >= 0.005 { <p class="fine">{ tr(lang, "sure-worth-left", &[("share", &variance_words(worth.unexplained))]) }</p> }
        </>
    }
}

fn table(shared: &Shared, worth: &BetterData) -> Html {
    let row = |r: &WorthRow| {
        let direction = r.grows.map(|g| shared.t(if g { "sure-worth-up" } else { "sure-worth-down" }));
        html! {
            <tr>
                <th scope="row"><button class="link" onclick={open_source(shared, &r.key)}>{ &r.name }</button></th>
                <td class="num">{ variance_words(r.share) }</td><td>{ direction.unwrap_or_default() }</td>
                <td>{ &r.range }<span class="fine">{ " " }{ shared.t(if r.stated { "sure-worth-stated" } else { "sure-worth-rule" }) }</span></td>
                <td>{ &r.standing }<span class="fine">{ " " }{ &r.source }</span></td>
            </tr>
        }
    };
    let words = |key: &str, numbers: bool| head(shared.t(&format!("sure-head-{key}")), numbers);
    let heads = html! { <>{ words("parameter", false) }{ words("variance", true) }{ words("direction", false) }{ words("range", false) }{ words("source", false) }</> };
    scroll("worth", shared.t("sure-worth-title"), heads, worth.rows.iter().map(row).collect())
}
