//! The diagram of flows, over the page: drawn by a program that is loaded when it is first opened, with its table behind it.

use super::{AnswerProps, Held, why::use_why};
use crate::{
    app::Shared,
    chart::{self, Chart},
    i18n::{Quantity, significant},
    panels::use_shared,
    state::{BalanceFigure, SankeyLink, SankeyLook, Theme, sankey_links, sankey_option, stream_words},
    ui::{Icon, icon},
};
use gloo::timers::callback::Timeout;
use std::{cell::RefCell, rc::Rc};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// How far the program is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Program {
    Loading,
    There,
    Failed,
}

#[component]
pub fn Sankey(props: &AnswerProps) -> Html {
    let shared = use_shared();
    let open = use_state(|| false);
    let name = shared.t("sankey-title");
    let (button, because) = use_why(BalanceFigure::Sankey, &name);
    let show = |to: bool| {
        let open = open.clone();
        Callback::from(move |()| open.set(to))
    };
    let press = show(true).reform(|_: MouseEvent| ());
    html! {
        <section class="figure" id="balance-sankey">
            <h3>{ &name }</h3><span></span>{ button }
            <p class="fine wide-row">{ shared.t("sankey-lead") }</p>
            <button class="btn wide" id="sankey-open" aria-haspopup="dialog" onclick={press}>{ shared.t("sankey-open") }</button>
            if *open { <Sheet answer={Rc::clone(&props.answer)} on_close={show(false)} /> }
            { because }
        </section>
    }
}

#[derive(Properties)]
struct SheetProps {
    answer: Rc<atlas_core::allocation::Answer>,
    on_close: Callback<()>,
}

impl PartialEq for SheetProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.answer, &other.answer) && self.on_close == other.on_close
    }
}

#[component]
fn Sheet(props: &SheetProps) -> Html {
    let shared = use_shared();
    let dialog = use_node_ref();
    let ground = use_node_ref();
    let program = use_state(|| Program::Loading);
    let as_table = use_state(|| false);
    let chart = use_mut_ref(|| None::<Chart>);
    let tries = use_state(|| 0_u32);
    let links = use_memo(Held(Rc::clone(&props.answer)), |answer| sankey_links(&answer.0));
    let (lang, theme) = (shared.state.lang, shared.state.theme);
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<Element>() {
                chart::open_dialog(&dialog);
            }
        });
    }
    {
        let program = program.clone();
        use_effect_with(*tries, move |_| {
            program.set(Program::Loading);
            let alive = Rc::new(RefCell::new(true));
            let here = Rc::clone(&alive);
            wasm_bindgen_futures::spawn_local(async move {
                let found = if chart::load().await.is_ok() { Program::There } else { Program::Failed };
                if *here.borrow() {
                    program.set(found);
                }
            });
            move || *alive.borrow_mut() = false
        });
    }
    {
        let (chart, ground, program) = (chart.clone(), ground.clone(), program.clone());
        let key = (Rc::clone(&links), lang, theme, *program, *as_table);
        use_effect_with(key, move |(links, lang, theme, state, as_table)| {
            let (links, lang, theme) = (Rc::clone(links), *lang, *theme);
            // A new ground needs a new chart, and none needs none.
            *chart.borrow_mut() = None;
            let draw = (*state == Program::There && !*as_table && !links.is_empty()).then(|| {
                // After the page has changed its theme.
                Timeout::new(0, move || {
                    let Some(ground) = ground.cast::<HtmlElement>() else { return };
                    let drawn = Chart::new(&ground).and_then(|c| {
                        c.draw(&sankey_option(lang, &links, &look(theme)))?;
                        Ok(c)
                    });
                    match drawn {
                        Ok(c) => *chart.borrow_mut() = Some(c),
                        Err(_) => program.set(Program::Failed),
                    }
                })
            });
            move || drop(draw)
        });
    }
    {
        let chart = chart.clone();
        use_effect_with((), move |()| move || *chart.borrow_mut() = None);
    }
    let toggle = {
        let as_table = as_table.clone();
        Callback::from(move |_: MouseEvent| as_table.set(!*as_table))
    };
    let again = {
        let tries = tries.clone();
        Callback::from(move |_: MouseEvent| tries.set(*tries + 1))
    };
    // The browser closes it on Escape, and says so either way.
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<Element>() {
                chart::close_dialog(&dialog);
            }
        })
    };
    let closed = props.on_close.reform(|_: Event| ());
    let tabled = *as_table || *program == Program::Failed || links.is_empty();
    html! {
        <dialog class="sheet" id="sankey" ref={dialog} aria-labelledby="sankey-title" onclose={closed}>
            <header>
                <h2 id="sankey-title">{ shared.t("sankey-title") }</h2>
                <span class="tag">{ shared.t("balance-modelled") }</span>
                if *program == Program::There { <button class="link" id="sankey-as-table" aria-pressed={as_table.to_string()} onclick={toggle}>{ shared.t(if *as_table { "sankey-as-chart" } else { "sankey-as-table" }) }</button> }
                <button class="shut" onclick={close} aria-label={shared.t("sankey-close")}>{ icon(Icon::Close) }</button>
            </header>
            if *program == Program::Failed {
                <div class="strip" role="alert" id="sankey-failed"><p>{ shared.t("sankey-failed") }</p><button class="btn" onclick={again}>{ shared.t("sankey-retry") }</button></div>
            }
            if *program == Program::Loading { <p class="hint" role="status">{ shared.t("sankey-loading") }</p> }
            if links.is_empty() { <p class="hint">{ shared.t("sankey-empty") }</p> }
            if tabled {
                { table(&shared, &links) }
            } else {
                <div class="scroll chart-scroll" tabindex="0" role="region" aria-label={shared.t("sankey-title")}>
                    <div class="chart" id="sankey-chart" ref={ground} role="img" aria-label={shared.t("sankey-label")}></div>
                </div>
                { legend(&shared, &links) }
            }
        </dialog>
    }
}

/// The metals that are in it: the colours with their names.
fn legend(shared: &Shared, links: &[SankeyLink]) -> Html {
    let there = atlas_core::model::Stream::ALL.into_iter().filter(|s| links.iter().any(|l| l.stream == *s));
    html! {
        <ul class="part-legend">{ for there.map(|s| html! { <li><i class={classes!("swatch", "metal", s.key())}></i>{ stream_words(shared.state.lang, s) }</li> }) }</ul>
    }
}

fn table(shared: &Shared, links: &[SankeyLink]) -> Html {
    let lang = shared.state.lang;
    let q = Quantity::TonnesPerYear;
    let row = |l: &SankeyLink| {
        html! {
            <tr data-from={l.from.kind.key()} data-to={l.to.kind.key()} data-stream={l.stream.key()} data-t={l.metal_t.to_string()}>
                <th scope="row">{ l.from.name(lang) }</th><td>{ l.to.name(lang) }</td><td>{ stream_words(lang, l.stream) }</td>
                <td class="num">{ significant(q.scaled(l.metal_t, lang)) }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={shared.t("sankey-title")}>
            <table class="plain" id="sankey-table">
                <caption class="sr-only">{ shared.t("sankey-caption") }</caption>
                <thead><tr>
                    <th scope="col">{ shared.t("sankey-from") }</th><th scope="col">{ shared.t("sankey-to") }</th><th scope="col">{ shared.t("sankey-metal") }</th>
                    <th scope="col" class="num">{ shared.t("sankey-tonnes") }{ " (" }{ q.unit(lang) }{ ")" }</th>
                </tr></thead>
                <tbody>{ for links.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// Colours and sizes of the theme, as the style sheet has them.
fn look(theme: Theme) -> SankeyLook {
    let px = |name: &str| chart::token(name).strip_suffix("px").and_then(|v| v.parse().ok());
    SankeyLook {
        metals: ["--metal-al", "--metal-cu", "--metal-pb", "--metal-zn", "--metal-li"].map(chart::token),
        node: chart::token("--text-2"),
        outline: chart::token("--symbol-outline"),
        text: chart::token("--text-1"),
        surface: chart::token("--surface-1"),
        line: chart::token("--line-2"),
        font: chart::token("--font-ui"),
        size: px("--fs-2").unwrap_or(12.0),
        density: if theme == Theme::Projector { 1.0 } else { 0.7 },
    }
}
