//! From scrap to smelter to use and back.

use super::{BandLook, BandMark, InsightProgress, said::sentences, use_shared, why::use_why_button};
use crate::{
    app::Shared,
    compute::protocol::Insight,
    i18n::{Quantity, significant, tr},
    platform,
    state::{loop_id, loop_of, loop_sentences, ring, share_words, stage_id},
    ui::{Icon, icon},
};
use atlas_core::{
    circularity::LoopStage,
    format::export,
    model::{Cluster, Stream},
    profile::Measure,
    response::Aim,
};
use std::rc::Rc;
use yew::prelude::*;

/// All streams together, then each.
fn rows() -> impl Iterator<Item = Option<Stream>> {
    [None].into_iter().chain(Stream::ALL.map(Some))
}

#[component]
pub fn LoopTab() -> Html {
    let shared = use_shared();
    let name = shared.t("loop-rings");
    let (button, open) = use_why_button(&name);
    let lang = shared.state.lang;
    let insights = &shared.state.insights;
    let Some(plan) = insights.plan.clone() else { return html! { <InsightProgress /> } };
    let save = {
        let plan = Rc::clone(&plan);
        Callback::from(move |_: MouseEvent| {
            platform::save_text("loops.csv", "text/csv", &export::loops(&plan.loops).csv())
        })
    };
    let base = insights.base.clone();
    html! {
        <>
            <InsightProgress />
            { sentences("loop-say", &loop_sentences(lang, &plan.loops)) }
            <section class={classes!("compare-table", (!insights.fresh).then_some("stale"))} id="loop-rings" aria-busy={(!insights.fresh).to_string()}>
                <div class="row"><h3>{ &name }</h3>{ button }<button class="btn" id="loop-csv" onclick={save}>{ icon(Icon::Save) }{ "CSV" }</button></div>
                if open { <div class="because"><p>{ shared.t("formula-loop") }</p><p>{ shared.t("loop-assumptions") }</p></div> }
                <ul class="loop-legend">{ for LoopStage::ALL.map(|s| html! { <li><i class={classes!("loop-key", s.key())}></i>{ shared.t(&format!("loop-stage-{}", s.key())) }</li> }) }</ul>
                <div class="scroll" tabindex="0" role="region" aria-label={name.clone()}>
                    <table class="plain loops">
                        <thead><tr><th scope="col">{ shared.t("carbon-head-metal") }</th>{ for Cluster::ALL.map(|c| html! { <th scope="col">{ shared.t(&format!("cluster-{}", c.key())) }</th> }) }</tr></thead>
                        <tbody>{ for rows().map(|s| html! {
                            <tr><th scope="row">{ stream_words(&shared, s) }</th>{ for Cluster::ALL.map(|c| cell(&shared, &plan, base.as_deref(), c, s)) }</tr>
                        }) }</tbody>
                    </table>
                </div>
                <p class="fine">{ shared.t("loop-assumptions") }</p>
            </section>
            { stages(&shared, &plan) }
        </>
    }
}

fn stream_words(shared: &Shared, s: Option<Stream>) -> String {
    s.map_or_else(|| shared.t("cluster-all"), |s| shared.t(&format!("stream-{}", s.key())))
}

/// A ring with its rate, and how much of demand own scrap meets.
fn cell(shared: &Shared, plan: &Insight, base: Option<&Insight>, c: Cluster, s: Option<Stream>) -> Html {
    let lang = shared.state.lang;
    let (path, supply) = loop_of(&plan.loops, c, s);
    let rate = share_words(path.rate());
    let before = base
        .and_then(|b| loop_of(&b.loops, c, s).0.rate())
        .filter(|b| path.rate().is_some_and(|r| (r - b).abs() > 5e-5));
    let label = tr(
        lang,
        "loop-ring-label",
        &[("place", &shared.t(&format!("cluster-{}", c.key()))), ("metal", &stream_words(shared, s)), ("rate", &rate)],
    );
    let arc = |a: crate::state::LoopArc| {
        html! { <circle class={a.stage.key()} cx="40" cy="40" r="31" pathLength="100" stroke-dasharray={format!("{:.3} {:.3}", a.length, 100.0 - a.length)} stroke-dashoffset={format!("{:.3}", -a.from)} transform="rotate(-90 40 40)" /> }
    };
    let id = loop_id(c, s);
    html! {
        <td>
            <div class="loop-cell" id={id.clone()} tabindex="-1">
                <svg class={classes!("loop-ring", c.key())} viewBox="0 0 80 80" role="img" aria-label={label}>
                    { for ring(&path).into_iter().map(arc) }
                    <text x="40" y="44" text-anchor="middle">{ &rate }</text>
                </svg>
                <span>
                    if let Some(before) = before { <span class="fine">{ tr(lang, "results-base", &[("value", &share_words(Some(before)))]) }</span> }
                    <span class="fine" id={format!("{id}-supply")} tabindex="-1">{ tr(lang, "loop-own-share", &[("share", &share_words(supply.own_share()))]) }</span>
                </span>
            </div>
        </td>
    }
}

/// Where scrap ends, stage by stage.
fn stages(shared: &Shared, plan: &Insight) -> Html {
    let lang = shared.state.lang;
    let q = Quantity::TonnesPerYear;
    let paths = Cluster::ALL.map(|c| plan.loops.of_cluster(c).0);
    let words = |t: f64| significant(q.scaled(t, lang));
    let row = |stage: LoopStage| {
        let of = paths.map(|p| p.stages().into_iter().find(|(s, _)| *s == stage).map_or(0.0, |(_, t)| t));
        html! {
            <tr id={stage_id(stage)} tabindex="-1"><th scope="row">{ shared.t(&format!("loop-stage-{}", stage.key())) }</th>
                { for of.map(|t| html! { <td class="num">{ words(t) }</td> }) }
                <td class="num"><b>{ words(of.iter().sum()) }</b></td></tr>
        }
    };
    let arising = |place| html! { <BandMark aim={Aim::of(Measure::Generated(None), place)} look={BandLook::Fine} /> };
    let name = shared.t("loop-stages");
    html! {
        <section class="compare-table">
            <h3>{ &name }</h3><span class="unit">{ " " }{ q.unit(lang) }</span>
            <div class="scroll" tabindex="0" role="region" aria-label={name.clone()}>
                <table class="plain" id="loop-table">
                    <thead><tr><th scope="col">{ shared.t("loop-stage") }</th>{ for Cluster::ALL.map(|c| html! { <th scope="col" class="num">{ shared.t(&format!("cluster-{}", c.key())) }</th> }) }<th scope="col" class="num">{ shared.t("cluster-all") }</th></tr></thead>
                    <tbody>{ for LoopStage::ALL.map(row) }</tbody>
                    <tfoot><tr><th scope="row">{ shared.t("loop-arising") }</th>{ for Cluster::ALL.into_iter().zip(&paths).map(|(c, p)| html! { <td class="num">{ words(p.arising_t) }{ arising(Some(c)) }</td> }) }<td class="num">{ words(paths.iter().map(|p| p.arising_t).sum()) }{ arising(None) }</td></tr></tfoot>
                </table>
            </div>
        </section>
    }
}
