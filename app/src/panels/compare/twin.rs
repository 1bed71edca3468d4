//! The map of what differs as tables: settings, facilities, flows.

use super::pair_names;
use crate::{
    app::Shared,
    i18n::{Quantity, count, significant, small_change, tr},
    panels::use_shared,
    state::{ComparedFlow, Setting, compare_settings, compared_flows, facility_words},
};
use atlas_core::comparison::{ChangedFacility, Differences};
use yew::prelude::*;

/// Rows before a list is cut, until more is wanted.
const SHORT: usize = 12;
/// Rows that are shown at most: the file has the rest.
const LONG: usize = 300;

#[component]
pub fn Twin() -> Html {
    let shared = use_shared();
    let compare = &shared.state.compare;
    let more = [use_state(|| false), use_state(|| false)];
    let Some((a, b)) = compare.pair() else { return Html::default() };
    let names = pair_names(&shared).unwrap_or_default();
    let heading = tr(shared.state.lang, "compare-twin", &[("a", &names.0), ("b", &names.1)]);
    let set = compare_settings(&shared.state, &compare.all[a], &compare.all[b]);
    html! {
        <section class="compare-twin" id="compare-twin" aria-label={heading.clone()}>
            <h3>{ heading }</h3>
            <div class="columns">
                { settings(&shared, &set) }
                if let Some(found) = compare.differences() {
                    { facilities(&shared, found, &more[0]) }
                    { flows(&shared, found, [a, b], &more[1]) }
                }
            </div>
        </section>
    }
}

fn settings(shared: &Shared, all: &[Setting]) -> Html {
    let line = |s: &Setting| html! { <tr data-setting={s.key.clone()}><th scope="row">{ &s.name }</th><td class="num">{ &s.before }</td><td class="num">{ &s.after }</td></tr> };
    html! {
        <div id="compare-settings">
            <h4>{ shared.t("compare-settings") }</h4>
            if all.is_empty() { <p class="fine">{ shared.t("compare-settings-none") }</p> } else {
                <table class="plain"><thead>{ before_after(shared, &[]) }</thead><tbody>{ for all.iter().map(line) }</tbody></table>
            }
        </div>
    }
}

fn before_after(shared: &Shared, more: &[String]) -> Html {
    let (a, b) = shared.state.compare.pair().unwrap_or_default();
    let letter = crate::state::letter;
    html! { <tr><th scope="col"><span class="sr-only">{ shared.t("compare-what") }</span></th><th scope="col" class="num">{ letter(a) }</th><th scope="col" class="num">{ letter(b) }</th>
    { for more.iter().map(|m| html! { <th scope="col" class="num">{ m }</th> }) }</tr> }
}

fn facilities(shared: &Shared, found: &Differences, more: &UseStateHandle<bool>) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    let line = |f: &ChangedFacility| {
        let name = lang.name(&f.name);
        let name = if name.is_empty() { f.id.clone() } else { name.to_owned() };
        let cluster = f.cluster.map_or_else(|| shared.t("cluster-none"), |c| shared.t(&format!("cluster-{}", c.key())));
        html! {
            <tr data-id={f.id.clone()} data-change={f.change.key()}>
                <th scope="row">{ name }<small>{ format!("{} · {cluster}", shared.t(&format!("kind-{}", f.kind.key()))) }</small></th>
                <td>{ facility_words(state, f) }</td>
            </tr>
        }
    };
    let all = &found.facilities;
    html! {
        <div id="compare-facilities" tabindex="-1">
            <h4>{ tr(lang, "compare-facilities", &[("n", &count(all.len()))]) }</h4>
            if all.is_empty() { <p class="fine">{ shared.t("compare-facilities-none") }</p> } else {
                <table class="plain"><thead><tr><th scope="col">{ shared.t("table-name") }</th><th scope="col">{ shared.t("compare-what") }</th></tr></thead>
                    <tbody>{ for all.iter().take(if **more { LONG } else { SHORT }).map(line) }</tbody></table>
                { rest(shared, all.len(), more) }
            }
        </div>
    }
}

fn flows(shared: &Shared, found: &Differences, pair: [usize; 2], more: &UseStateHandle<bool>) -> Html {
    let state = &shared.state;
    let (lang, q) = (state.lang, Quantity::TonnesPerYear);
    let plans = pair.map(|i| &*state.compare.all[i].plan);
    let all = compared_flows(state, &found.flows, plans);
    let number = |t: f64| significant(q.scaled(t, lang));
    let line = |f: &ComparedFlow| {
        html! {
            <tr data-plant={f.plant.clone()} data-difference={f.difference().to_string()}>
                <th scope="row">{ tr(lang, "compare-flow", &[("from", &f.from), ("to", &f.plant_name)]) }</th>
                <td class="num">{ number(f.before_t) }</td><td class="num">{ number(f.after_t) }</td>
                <td class="num">{ small_change(q.scaled(f.difference(), lang)) }</td>
            </tr>
        }
    };
    html! {
        <div id="compare-flows">
            <h4>{ tr(lang, "compare-flows", &[("unit", q.unit(lang))]) }</h4>
            if all.is_empty() { <p class="fine">{ shared.t("compare-flows-none") }</p> } else {
                <table class="plain"><thead>{ before_after(shared, &[shared.t("compare-difference")]) }</thead>
                    <tbody>{ for all.iter().take(if **more { LONG } else { SHORT }).map(line) }</tbody></table>
                { rest(shared, all.len(), more) }
                <p class="fine">{ shared.t("compare-flows-ties") }</p>
            }
        </div>
    }
}

/// Opens the rest of a list.
fn rest(shared: &Shared, all: usize, more: &UseStateHandle<bool>) -> Html {
    if all <= SHORT {
        return Html::default();
    }
    let toggle = {
        let more = more.clone();
        Callback::from(move |_: MouseEvent| more.set(!*more))
    };
    let words =
        if **more { shared.t("compare-fewer") } else { tr(shared.state.lang, "compare-more", &[("n", &count(all))]) };
    html! { <button class="link" aria-expanded={more.to_string()} onclick={toggle}>{ words }</button> }
}
