//! How many are near enough, against the baseline and by cluster, and how many can reach nothing.

use super::{ViewProps, why::use_why};
use crate::{
    app::Shared,
    compute::protocol::SurveyView,
    i18n::{amount_number, amount_words, limit_words, signed, significant, tr},
    panels::{BandMark, use_shared},
    state::{Basis, coverage_aim, fraction, points_gained},
};
use atlas_core::{
    catchment::{Amount, Demand, Share},
    model::Cluster,
};
use yew::prelude::*;

#[component]
pub fn Headline(props: &ViewProps) -> Html {
    let shared = use_shared();
    let survey = &props.view.survey;
    let q = &survey.question;
    let lang = shared.state.lang;
    let limit = limit_words(lang, q.measure, q.limit);
    let what = shared.t(&format!("kind-{}", q.of.key()));
    let how = shared.t(&format!("measure-{}", q.measure.key()));
    let key = format!("coverage-share-{}", q.demand.key());
    let name = tr(lang, &key, &[("limit", &limit), ("what", &what), ("how", &how)]);
    let (button, because) = use_why(Basis::Share, &name, q);
    let all = &survey.coverage.all;
    let share = fraction(all, q.demand);
    let modelled = q.measure.is_modelled() || q.demand == Demand::Tonnes;
    html! {
        <section class="figure" id="coverage-share" data-share={share.map(|s| format!("{s:.4}"))}>
            <h3>{ name }</h3><span class="unit">{ "%" }</span>{ button }
            <div class="single">
                <b class="num big">{ per_cent(share) }</b>
                <span class="against">
                    { change(points_gained(&props.view)) }
                    <span class="fine num">{ tr(lang, "coverage-of", &[
                        ("within", &amount_number(lang, q.demand, all.within.of(q.demand))),
                        ("total", &amount_words(lang, q.demand, all.total.of(q.demand))),
                    ]) }</span>
                </span>
            </div>
            { for coverage_aim(q).map(|aim| html! { <div class="wide"><BandMark {aim} /></div> }) }
            if modelled { <p class="fine wide">{ shared.t(if q.measure.is_modelled() { "coverage-measure-modelled" } else { "coverage-tonnes-modelled" }) }</p> }
            { clusters(&shared, &props.view) }
            { unreachable(&shared, &survey.unreachable, q.demand) }
            { difference(&shared, &props.view) }
            { because }
        </section>
    }
}

/// Three digits of a share in per cent.
pub fn per_cent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".into(), |s| significant(s * 100.0))
}

/// The change in points of per cent; nothing where nothing changed.
fn change(points: Option<f64>) -> Html {
    let Some(points) = points.map(|p| p * 100.0).filter(|p| p.abs() >= 0.0005) else { return Html::default() };
    let mood = if points > 0.0 { "good" } else { "bad" };
    html! { <span class={classes!("change", "num", mood)}>{ signed(points) }</span> }
}

fn clusters(shared: &Shared, view: &SurveyView) -> Html {
    let demand = view.survey.question.demand;
    let asked = view.survey.question.cluster;
    let line = |c: Cluster| {
        let share: Option<f64> = fraction(&view.survey.coverage.by_cluster[c], demand);
        let width = share.unwrap_or(0.0) * 100.0;
        html! {
            <tr data-cluster={c.key()} data-share={share.map(|s| format!("{s:.4}"))}>
                <th scope="row">{ shared.t(&format!("cluster-{}", c.key())) }</th>
                <td class="track"><i class={classes!("fill", c.key())} style={format!("width:{width:.1}%")}></i></td>
                <td class="num value">{ per_cent(share) }</td>
            </tr>
        }
    };
    let note = asked.map(|_| shared.t("coverage-one-cluster"));
    html! {
        <>
            <table class="bars">
                <caption class="sr-only">{ shared.t("coverage-by-cluster") }</caption>
                <tbody>{ for Cluster::ALL.map(line) }</tbody>
            </table>
            if let Some(note) = note { <p class="fine wide">{ note }</p> }
        </>
    }
}

/// Who can reach nothing is counted, and said.
fn unreachable(shared: &Shared, amount: &Amount, demand: Demand) -> Html {
    let lang = shared.state.lang;
    let words = if amount.cells == 0 {
        shared.t("coverage-all-reach")
    } else {
        let mut n = amount_words(lang, Demand::People, amount.people);
        if demand != Demand::People {
            n = format!("{n}{}{}", shared.t("list-comma"), amount_words(lang, demand, amount.of(demand)));
        }
        tr(lang, "coverage-cannot-reach", &[("n", &n)])
    };
    html! { <p id="coverage-unreachable" class="fine wide" data-people={format!("{:.0}", amount.people)}>{ words }</p> }
}

/// Gained, lost and moved against the baseline, in people and tonnes.
fn difference(shared: &Shared, view: &SurveyView) -> Html {
    let Some(d) = &view.difference else { return Html::default() };
    let lang = shared.state.lang;
    let line = |key: &'static str, sign: &'static str, a: &Amount| {
        let mood = (a.people > 0.0).then_some(match key {
            "gained" => "good",
            "lost" => "bad",
            _ => "",
        });
        html! {
            <tr data-change={key} data-people={format!("{:.0}", a.people)}>
                <th scope="row"><i class={classes!("swatch", key)} aria-hidden="true"></i>{ shared.t(&format!("difference-{key}")) }</th>
                <td class={classes!("num", mood)}>{ if a.people > 0.0 { sign } else { "" } }{ amount_words(lang, Demand::People, a.people) }</td>
                <td class={classes!("num", mood)}>{ if a.tonnes > 0.0 { sign } else { "" } }{ amount_words(lang, Demand::Tonnes, a.tonnes) }</td>
            </tr>
        }
    };
    html! {
        <table class="plain wide-row" id="coverage-difference">
            <caption>{ shared.t("difference-title") }</caption>
            <tbody>{ line("gained", "+", &d.gained) }{ line("lost", "−", &d.lost) }{ line("moved", "", &d.moved) }</tbody>
        </table>
    }
}

/// A share of an area for tables: one decimal, so that digits stand below each other.
pub fn per_cent_cell(share: &Share, demand: Demand) -> String {
    fraction(share, demand).map_or_else(|| "–".into(), |s| crate::i18n::decimals(s * 100.0, 1))
}
