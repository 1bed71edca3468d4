//! What every lever does to the indicator.

use super::{Part, head, scroll};
use crate::{
    app::Shared,
    i18n::tr,
    panels::{BandMark, use_shared},
    state::{
        Asking, BARS, BarDrawing, TornadoDrawing, aim_name, aim_quantity, aim_words, confirmed_words, lever_name,
        lever_value, still_words, tornado_drawing,
    },
};
use atlas_core::{levers, response::TornadoAnswer, scenario::Scenario};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn TornadoPart() -> Html {
    let shared = use_shared();
    let Some(answered) = &shared.state.responses.tornado else {
        return html! { <Part asking={Asking::Tornado} answered={false} stopped={false} old={false} /> };
    };
    let (lang, tornado) = (shared.state.lang, &*answered.answer);
    let chart = match tornado_drawing(tornado) {
        Some(chart) => drawing(&shared, tornado, &chart, answered.scenario.clone()),
        None => html! { <p class="fine wide">{ shared.t("response-tornado-none") }</p> },
    };
    let notes = html! {
        <>
            if tornado.bars.len() > BARS { <p class="fine wide">{ tr(lang, "response-tornado-more", &[("n", &BARS.to_string()), ("all", &tornado.bars.len().to_string())]) }</p> }
            if let Some(c) = &tornado.confirmed { <p class="fine wide">{ confirmed_words(lang, aim_quantity(&tornado.aim), c) }</p> }
            if !tornado.still.is_empty() { <details class="fine wide"><summary>{ tr(lang, "response-still", &[("levers", &tornado.still.len().to_string())]) }</summary>{ still_words(lang, &tornado.still) }</details> }
            if !tornado.unset.is_empty() { <p class="fine wide">{ tr(lang, "response-unset", &[("levers", &still_words(lang, &tornado.unset))]) }</p> }
        </>
    };
    html! {
        <Part asking={Asking::Tornado} answered={true} stopped={answered.stopped} old={answered.is_old(shared.state.document.scenario())} {chart} table={table(&shared, tornado)} {notes} />
    }
}

/// Bars as HTML: names wrap, and a reader hears both ends.
fn drawing(shared: &Shared, tornado: &TornadoAnswer, chart: &TornadoDrawing, scenario: Rc<Scenario>) -> Html {
    let lang = shared.state.lang;
    let all = levers::all(&shared.state.baseline);
    let bar = |b: &BarDrawing| {
        let of = &tornado.bars[b.row];
        let lever = all.iter().find(|l| l.key == of.lever);
        let part = |class: &'static str, to: f64| {
            let (left, right) = (chart.base.min(to), chart.base.max(to));
            html! { <i {class} style={format!("left:{:.2}%;width:{:.2}%", 100.0 * left, 100.0 * (right - left))}></i> }
        };
        let end = |v: Option<f64>, at: f64| html! { <span>{ lever_value(lang, lever, at) }{ " → " }{ aim_words(lang, &tornado.aim, v) }</span> };
        // Each end stands on its side of the bar.
        let mut ends = [end(of.at_low, of.extent.low), end(of.at_high, of.extent.high)];
        if b.low > b.high {
            ends.reverse();
        }
        html! {
            <li>
                <b>{ lever_name(lang, &of.lever) }</b>
                <span class="track" aria-hidden="true">{ part("low", b.low) }{ part("high", b.high) }<i class="base" style={format!("left:{:.2}%", 100.0 * chart.base)}></i></span>
                <span class="ends">{ for ends }</span>
            </li>
        }
    };
    html! {
        <div class="wide-row">
            <p class="fine tornado-key"><i class="low"></i>{ shared.t("response-at-low") }<i class="high"></i>{ shared.t("response-at-high") }<span>{ tr(lang, "response-tornado-base", &[("value", &aim_words(lang, &tornado.aim, tornado.base))]) }</span></p>
            <p class="fine"><BandMark aim={tornado.aim} of={Some(scenario)} /></p>
            <ol class="tornado" id="tornado-bars" aria-label={tr(lang, "response-tornado-label", &[("aim", &aim_name(lang, &tornado.aim))])}>{ for chart.bars.iter().map(bar) }</ol>
        </div>
    }
}

fn table(shared: &Shared, tornado: &TornadoAnswer) -> Html {
    let lang = shared.state.lang;
    let all = levers::all(&shared.state.baseline);
    let row = |b: &atlas_core::response::Bar| {
        let lever = all.iter().find(|l| l.key == b.lever);
        let number = |v: Option<f64>| html! { <td class="num">{ aim_words(lang, &tornado.aim, v) }</td> };
        html! {
            <tr>
                <th scope="row">{ lever_name(lang, &b.lever) }</th>
                <td class="num">{ lever_value(lang, lever, b.extent.low) }</td><td class="num">{ lever_value(lang, lever, b.extent.high) }</td>
                <td>{ shared.t(if b.extent.stated { "response-range-stated" } else { "response-range-default" }) }</td>
                { number(b.at_low) }{ number(b.at_high) }{ number(Some(b.swing)) }
            </tr>
        }
    };
    let heads = html! {
        <>
            { head(shared.t("response-lever"), false) }{ head(shared.t("response-low"), true) }{ head(shared.t("response-high"), true) }
            { head(shared.t("response-range-of"), false) }
            { head(shared.t("response-at-low"), true) }{ head(shared.t("response-at-high"), true) }{ head(shared.t("response-swing"), true) }
        </>
    };
    scroll(shared, Asking::Tornado, heads, tornado.bars.iter().map(row).collect())
}
