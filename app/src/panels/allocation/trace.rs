//! The allocation in the card of a facility: its capacity and use, what more would be worth, where its tonnes come from and
//! where they end.

use super::{
    capacity::CapacityField,
    prices::{bar, progress, sentence},
};
use crate::{
    app::Shared,
    i18n::{Quantity, count, significant, t, tr},
    panels::{plan::show, use_shared},
    state::{ResultsTab, TraceBy, TraceRow, TraceView, ViewAction, facility_use, load, trace_view, used_streams},
};
use atlas_core::{
    allocation::{Answer, destinations, origins},
    model::{Facility, FacilityKind, Mode},
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The facility.
    pub facility: String,
}

#[component]
pub fn CardAllocation(props: &Props) -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let by = use_state(TraceBy::default);
    // The same allocation is the same place in memory; names follow plan and language.
    let key = (
        state.allocation.as_ref().map(Rc::as_ptr),
        props.facility.clone(),
        *by,
        state.lang,
        Rc::as_ptr(&state.document),
    );
    let traced = {
        let state = state.clone();
        use_memo(key, move |(_, id, by, ..)| {
            let answer = state.allocation.as_ref()?;
            let of = |trace, by| trace_view(&state, answer, &trace, by);
            Some((of(origins(answer, id), *by), of(destinations(answer, id), TraceBy::Facility)))
        })
    };
    let Some(found) = state.document.plan().get(&props.facility) else { return Html::default() };
    let f = &found.facility;
    if f.kind.is_terminal() {
        return Html::default();
    }
    let body = match (&state.allocation, &*traced) {
        (Some(answer), Some((from, to))) => known(&shared, f, answer, from, to, &by),
        _ if state.wants_allocation() => progress(&shared),
        _ => open(&shared, "trace-none"),
    };
    html! {
        <section id="card-allocation" class={classes!(state.is_allocation_stale().then_some("stale"))}>
            <h3>{ shared.t("trace-title") }{ " " }<span class="tag">{ shared.t("results-modelled") }</span></h3>
            <CapacityField facility={props.facility.clone()} />
            { body }
        </section>
    }
}

/// The way to an allocation.
fn open(shared: &Shared, words: &str) -> Html {
    let go = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ViewAction::Results(ResultsTab::Balance)))
    };
    html! { <p>{ shared.t(words) }{ " " }<button class="link" id="trace-open" onclick={go}>{ shared.t("trace-open") }</button></p> }
}

fn known(
    shared: &Shared,
    f: &Facility,
    answer: &Rc<Answer>,
    from: &TraceView,
    to: &TraceView,
    by: &UseStateHandle<TraceBy>,
) -> Html {
    let state = &shared.state;
    let stale = state.is_allocation_stale();
    html! {
        <>
            if stale { if state.wants_allocation() { { progress(shared) } } else { { open(shared, "trace-stale") } } }
            { usage(shared, f, answer) }
            if f.kind != FacilityKind::CollectionPoint {
                { list(shared, "trace-from", from, Some(by)) }
            }
            if f.kind != FacilityKind::Smelter {
                { list(shared, "trace-to", to, None) }
            }
            if f.kind != FacilityKind::CollectionPoint || to.rows.iter().any(|r| r.via.is_some()) {
                <p class="fine">{ shared.t("trace-convention") }</p>
            }
        </>
    }
}

/// How much of the capacity is used, for what, and what more would be worth.
fn usage(shared: &Shared, f: &Facility, answer: &Rc<Answer>) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    let Some(used) = facility_use(answer, &f.id) else { return Html::default() };
    let Some(capacity_t) = used.capacity_t else {
        return html! { <p class="fine">{ shared.t("worth-no-capacity") }</p> };
    };
    let total = used.used_t.total();
    let q = Quantity::TonnesPerYear;
    let kinds: Vec<String> = used_streams(&used.used_t)
        .into_iter()
        .map(|(s, v)| format!("{} {}", t(lang, &format!("stream-{}", s.key())), significant(q.scaled(v, lang))))
        .collect();
    let in_use = tr(
        lang,
        "trace-use",
        &[
            ("used", &significant(q.scaled(total, lang))),
            ("capacity", &significant(q.scaled(capacity_t, lang))),
            (
                "unit",
                &shared.t(if f.kind == FacilityKind::Hub { "capacity-unit-gross" } else { "capacity-unit-product" }),
            ),
            ("percent", &significant(load(total, capacity_t) * 100.0)),
        ],
    );
    let worth = state.worth.as_ref().filter(|w| w.id == f.id && !state.is_allocation_stale());
    html! {
        <>
            <p id="trace-use" data-load={format!("{:.4}", load(total, capacity_t))}>{ in_use }</p>
            { bar(load(total, capacity_t)) }
            if kinds.len() > 1 { <p class="fine">{ kinds.join(&shared.t("list-comma")) }</p> }
            if let Some(worth) = worth { <p id="trace-worth">{ sentence(shared, f, Some(used), worth) }</p> }
        </>
    }
}

/// A list of shares, largest first.
fn list(shared: &Shared, key: &'static str, view: &TraceView, by: Option<&UseStateHandle<TraceBy>>) -> Html {
    let lang = shared.state.lang;
    let q = Quantity::TonnesPerYear;
    let title = shared.t(key);
    if view.rows.is_empty() {
        return html! { <p id={key}>{ shared.t(&format!("{key}-nothing")) }</p> };
    }
    let choose = |by: &UseStateHandle<TraceBy>, b: TraceBy| {
        let pressed = (**by == b).to_string();
        let by = by.clone();
        let take = Callback::from(move |_: MouseEvent| by.set(b));
        html! { <button aria-pressed={pressed} data-by={b.key()} onclick={take}>{ shared.t(&format!("trace-by-{}", b.key())) }</button> }
    };
    let rest = view.rest.as_ref().map(|(n, r)| {
        let name = tr(lang, "trace-rest", &[("n", &count(*n))]);
        row(shared, r, html! { { name } })
    });
    html! {
        <div id={key} class="traced">
            <h4>{ &title }{ " " }<span class="fine num">{ tr(lang, "trace-total", &[("n", &significant(q.scaled(view.total_t, lang))), ("unit", q.unit(lang))]) }</span></h4>
            if let Some(by) = by { <div class="segments" role="group" aria-label={shared.t("trace-by")}>{ for TraceBy::ALL.map(|b| choose(by, b)) }</div> }
            <table class="plain">
                <caption class="sr-only">{ &title }</caption>
                <tbody>{ for view.rows.iter().map(|r| row(shared, r, name(shared, r))) }{ for rest }</tbody>
            </table>
        </div>
    }
}

fn name(shared: &Shared, r: &TraceRow) -> Html {
    match &r.id {
        Some(id) => {
            let go = {
                let (shared, id) = (shared.clone(), id.clone());
                Callback::from(move |_: MouseEvent| show(&shared, &id))
            };
            html! { <button class="link" onclick={go}>{ &r.name }</button> }
        }
        None => html! { { &r.name } },
    }
}

fn row(shared: &Shared, r: &TraceRow, name: Html) -> Html {
    let lang = shared.state.lang;
    let q = Quantity::TonnesPerYear;
    let km = |m: Mode| {
        (r.km[m] >= 0.5).then(|| format!("{} {} km", shared.t(&format!("mode-{}", m.key())), significant(r.km[m])))
    };
    let mut way: Vec<String> = r.stream.iter().map(|s| t(lang, &format!("stream-{}", s.key()))).collect();
    way.extend(r.via.iter().map(|v| tr(lang, "trace-via", &[("name", v)])));
    let ways: Vec<String> = Mode::ALL.into_iter().filter_map(km).collect();
    let cost = tr(lang, "trace-cost", &[("yuan", &significant(r.yuan_per_t)), ("kg", &significant(r.kg_co2e_per_t))]);
    html! {
        <tr data-gross={format!("{:.1}", r.gross_t)} data-share={format!("{:.4}", r.share)} data-stream={r.stream.map(atlas_core::model::Stream::key)}>
            <th scope="row">{ name }
                if !way.is_empty() { <small>{ way.join(" · ") }</small> }
                <small class="num">{ ways.join(" · ") }</small>
            </th>
            <td class="num"><b>{ significant(q.scaled(r.gross_t, lang)) }</b>{ " " }<span class="fine">{ format!("{} %", significant(r.share * 100.0)) }</span><small>{ cost }</small></td>
        </tr>
    }
}
