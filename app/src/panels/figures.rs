//! The main figures: the three clusters side by side, or one of them, each with its change and its why.

use super::{BandLook, BandMark, RouteTable, inputs::inputs, use_shared};
use crate::{
    app::Shared,
    i18n::{Quantity, significant, small_change, t, tr},
    state::{ClusterFilter, FigureRow, ViewAction, figure_rows},
};
use atlas_core::{
    evaluate::{Figure, explain},
    model::{Cluster, Parameter},
};
use yew::prelude::*;

#[component]
pub fn FiguresPanel() -> Html {
    let shared = use_shared();
    let open = use_state(|| None::<&'static str>);
    let state = shared.state.clone();
    let changed = state.base != state.result;
    let filters = [ClusterFilter::All].into_iter().chain(Cluster::ALL.map(ClusterFilter::One));
    let filter = |f: ClusterFilter| {
        let set = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| shared.act(ViewAction::Filter(f)))
        };
        let key = match f {
            ClusterFilter::All => "cluster-all".to_owned(),
            ClusterFilter::One(c) => format!("cluster-{}", c.key()),
        };
        html! { <button aria-pressed={(state.filter == f).to_string()} onclick={set}>{ shared.t(&key) }</button> }
    };
    let rows = figure_rows(&state);
    html! {
        <>
            <section class="head">
                <h2 id="results" tabindex="-1">{ shared.t("results-title") }</h2>
                <span class="tag">{ if changed { shared.t("results-modelled") } else { shared.t("results-baseline") } }</span>
                <div class="segments" role="group" aria-label={shared.t("results-filter")}>{ for filters.map(filter) }</div>
            </section>
            if state.result.is_none() {
                <p class="hint" role="status">{ shared.t("results-wait") }</p>
            } else {
                <div class={classes!("figures", state.is_stale().then_some("stale"))} aria-busy={state.is_stale().to_string()}>
                    { for rows.iter().map(|row| figure(&shared, row, &open)) }
                </div>
            }
            <RouteTable />
            <p class="fine pad">{ shared.t("results-note") }</p>
        </>
    }
}

fn figure(shared: &Shared, row: &FigureRow, open: &UseStateHandle<Option<&'static str>>) -> Html {
    let lang = shared.state.lang;
    let is_open = **open == Some(row.name);
    let toggle = {
        let (open, name) = (open.clone(), row.name);
        Callback::from(move |_: MouseEvent| open.set((*open != Some(name)).then_some(name)))
    };
    let verb = shared.t(if is_open { "why-close" } else { "why" });
    let why = html! {
        <button class="link why" aria-expanded={is_open.to_string()} onclick={toggle} aria-label={format!("{}: {verb}", shared.t(row.name))}>{ &verb }</button>
    };
    let unit = row.quantity.unit(lang);
    let body = match shared.state.filter {
        ClusterFilter::All => bars(shared, row),
        ClusterFilter::One(c) => {
            let i = Cluster::ALL.iter().position(|x| *x == c).expect("one of the three");
            single(shared, row, i)
        }
    };
    html! {
        <section class="figure">
            <h3>{ shared.t(row.name) }</h3><span class="unit">{ unit }</span>{ why }
            { body }
            if is_open { { explanation(shared, row.figure) } }
        </section>
    }
}

fn number(q: Quantity, v: Option<f64>, lang: crate::i18n::Lang) -> String {
    v.map_or_else(|| "–".into(), |v| significant(q.scaled(v, lang)))
}

/// The change against the baseline in words and colour; nothing where nothing changed.
fn change(shared: &Shared, row: &FigureRow, i: usize) -> Html {
    let lang = shared.state.lang;
    let (Some(now), Some(base)) = (row.values[i], row.base[i]) else { return Html::default() };
    // Less than this is nothing that anybody could see on the ground, and no longer than the figure itself.
    if row.quantity.scaled(now - base, lang).abs() < 0.0005 {
        return Html::default();
    }
    let difference = now - base;
    let mood = row.less_is_better.map(|less| if (difference < 0.0) == less { "good" } else { "bad" });
    let text = small_change(row.quantity.scaled(difference, lang));
    html! { <span class={classes!("change", "num", mood)}>{ text }</span> }
}

fn bars(shared: &Shared, row: &FigureRow) -> Html {
    let lang = shared.state.lang;
    let most = row.values.iter().take(3).flatten().fold(0.0_f64, |a, b| a.max(*b));
    let line = |(i, c): (usize, Cluster)| {
        let width = row.values[i].map_or(0.0, |v| if most > 0.0 { 100.0 * v / most } else { 0.0 });
        html! {
            <tr>
                <th scope="row">{ shared.t(&format!("cluster-{}", c.key())) }</th>
                <td class="track"><i class={classes!("fill", c.key())} style={format!("width:{width:.1}%")}></i></td>
                <td class="num value">{ number(row.quantity, row.values[i], lang) }{ change(shared, row, i) }{ for row.aim(i).map(|aim| html! { <BandMark {aim} look={BandLook::Fine} /> }) }</td>
            </tr>
        }
    };
    html! {
        <table class="bars"><tbody>
            { for Cluster::ALL.into_iter().enumerate().map(line) }
            <tr class="sum"><th scope="row">{ shared.t("cluster-all") }</th><td>{ for row.aim(3).map(|aim| html! { <BandMark {aim} /> }) }</td>
                <td class="num value">{ number(row.quantity, row.values[3], lang) }{ change(shared, row, 3) }</td></tr>
        </tbody></table>
    }
}

fn single(shared: &Shared, row: &FigureRow, i: usize) -> Html {
    let lang = shared.state.lang;
    let base = number(row.quantity, row.base[i], lang);
    html! {
        <>
            <div class="single">
                <b class="num big">{ number(row.quantity, row.values[i], lang) }</b>
                <span class="against">{ change(shared, row, i) }<span class="fine num">{ tr(lang, "results-base", &[("value", &base)]) }</span></span>
            </div>
            { for row.aim(i).map(|aim| html! { <div class="wide"><BandMark {aim} /></div> }) }
        </>
    }
}

/// The formula of a figure, with its data and parameters.
pub fn explanation(shared: &Shared, figure: Figure) -> Html {
    let lang = shared.state.lang;
    let e = explain(figure, &shared.state.parameters());
    let rows: Vec<&Parameter> = e.inputs.iter().collect();
    let sets: Vec<String> = e.data.iter().map(|d| t(lang, &format!("data-{}", d.key()))).collect();
    let data = sets.join(if lang == crate::i18n::Lang::Zh { "；" } else { "; " });
    html! {
        <div class="because">
            <p>{ t(lang, &format!("formula-{}", figure.key())) }</p>
            <p class="fine"><b>{ t(lang, "why-data") }</b>{ ": " }{ data }</p>
            { inputs(shared, &rows) }
        </div>
    }
}
