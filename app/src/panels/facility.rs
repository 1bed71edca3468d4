//! The card of the selected facility: what it is, how sure that is, what it handles, and what can be done with it.

use super::{
    allocation::CardAllocation,
    assumptions::{mine, struck},
    catchment::catchment,
    norms::CardNorms,
    use_shared,
};
use crate::{
    app::Shared,
    i18n::{Lang, Quantity, integer, significant, tr},
    platform,
    state::{EditAction, ViewAction},
    ui::{Icon, icon},
};
use atlas_core::{
    model::{Capacity, CapacityUnit, Cluster, Facility, FacilityKind, Mode, Status},
    scenario::{PlanFacility, Sizing, Standing},
};
use yew::prelude::*;

#[component]
pub fn FacilityCard() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let found = state.selected.as_ref().and_then(|id| state.document.plan().get(id));
    let Some(found) = found else { return Html::default() };
    let f = &found.facility;
    let lang = state.lang;
    let word = |group: &str, key: &str| shared.t(&format!("{group}-{key}"));
    let metals: Vec<String> = f.metals.iter().map(|m| shared.t(&format!("metal-{}", m.key()))).collect();
    let close = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ViewAction::Select(None)))
    };
    html! {
        <section class="card" aria-label={shared.t("card-title")}>
            <button class="shut" onclick={close} aria-label={shared.t("close")}>{ icon(Icon::Close) }</button>
            <h2>{ lang.name(&f.name) }</h2>
            <p>{ shared.t(&format!("kind-{}", f.kind.key())) }{ if metals.is_empty() { String::new() } else { format!(" · {}", metals.join(" ")) } }{ " · " }{ cluster_name(&shared, f.cluster) }</p>
            <p class="fine">{ location(&shared, f) }{ " · " }{ word("precision", f.precision.key()) }
                if f.precision.radius_m() > 0.0 { { precision_words(&shared, f, "card-precision-radius") } }
                if f.status != Status::Operating { { " · " }<b>{ word("status", f.status.key()) }</b> }
                if !found.open { { " · " }<b class="bad">{ shared.t("card-closed") }</b> }
            </p>
            { numbers(&shared, found) }
            { catchment(&shared, f) }
            <CardNorms facility={f.id.clone()} />
            <CardAllocation facility={f.id.clone()} />
            <details>
                <summary>{ shared.t("card-source") }</summary>
                <dl class="origin">
                    <dt>{ shared.t("card-basis") }</dt><dd>{ word("basis", f.origin.basis.key()) }{ " · " }{ word("confidence", f.origin.confidence.key()) }</dd>
                    <dt>{ shared.t("card-source") }</dt><dd>{ format!("{} / {}", f.origin.table, f.origin.row) }{ if f.origin.year.is_empty() { String::new() } else { format!(", {}", f.origin.year) } }<br />{ &f.origin.source }</dd>
                    <dt>{ shared.t("card-computed") }</dt><dd>{ shared.t(&format!("card-computed-{}", f.kind.key())) }
                        if state.survey.as_ref().is_some_and(|s| s.survey.served(&f.id).is_some()) { <br />{ shared.t("card-computed-catchment") } }
                    </dd>
                    if !f.origin.note.is_empty() { <dt>{ shared.t("card-note") }</dt><dd>{ &f.origin.note }</dd> }
                </dl>
            </details>
            { actions(&shared, found) }
        </section>
    }
}

/// The tables say places in Chinese; in English the city stands for them, by its own name in the prefecture table.
fn location(shared: &Shared, f: &Facility) -> String {
    if shared.state.lang == Lang::Zh {
        return f.location.clone();
    }
    let all = &shared.state.baseline.prefectures;
    let named = all.iter().find(|p| f.location.contains(&p.name.zh));
    named.or_else(|| shared.state.baseline.prefecture_at(f.at)).map_or_else(String::new, |p| p.name.en.clone())
}

/// How far from its symbol it may be.
pub fn precision_words(shared: &Shared, f: &Facility, key: &str) -> String {
    // Whole kilometres: the radius is itself a reading of words.
    let km = integer(f.precision.radius_m() / 1000.0);
    tr(shared.state.lang, key, &[("km", &km)])
}

/// What a port or rail hub joins to the road, and the goods of every kind that it handles.
fn terminal_numbers(shared: &Shared, f: &Facility) -> Html {
    let state = &shared.state;
    // Trucks reach all of them.
    let modes = Mode::ALL.into_iter().filter(|m| *m == Mode::Road || f.modes.contains(*m));
    let modes: Vec<String> = modes.map(|m| shared.t(&format!("mode-{}", m.key()))).collect();
    let year = if f.origin.year.is_empty() { String::new() } else { format!(" ({})", f.origin.year) };
    let access = state.focus.as_ref().filter(|x| x.id == f.id).map(|x| significant(f64::from(x.access_m) / 1000.0));
    html! {
        <dl class="cells">
            <div class="cell"><dt>{ shared.t("card-modes") }</dt><dd><b>{ modes.join(shared.t("list-comma").as_str()) }</b></dd></div>
            <div class="cell"><dt>{ shared.t("card-cargo") }{ year }</dt><dd class="num">
                if let Some(c) = f.capacity { <b>{ significant(Quantity::CargoPerYear.scaled(c.tonnes, state.lang)) }</b>{ " " }{ Quantity::CargoPerYear.unit(state.lang) } } else { { "– " }<span class="fine">{ shared.t("card-unknown") }</span> }
            </dd></div>
            if let Some(km) = access { <div class="cell"><dt>{ shared.t("card-access-road") }</dt><dd class="num"><b>{ km }</b>{ " km" }</dd></div> }
        </dl>
    }
}

/// The cluster's name; what lies between the clusters says so.
pub fn cluster_name(shared: &Shared, cluster: Option<Cluster>) -> String {
    shared.t(&cluster.map_or_else(|| "cluster-none".into(), |c| format!("cluster-{}", c.key())))
}

fn numbers(shared: &Shared, found: &PlanFacility) -> Html {
    let state = &shared.state;
    let f = &found.facility;
    let lang = state.lang;
    let focus = state.focus.as_ref().filter(|x| x.id == f.id);
    let handled = focus.and_then(|x| x.handled.as_ref()).or_else(|| state.handled(&f.id));
    let gross = handled.map(|h| h.gross_t.total());
    let is_point = f.kind == FacilityKind::CollectionPoint;
    if f.kind.is_terminal() {
        return terminal_numbers(shared, f);
    }
    let mut rows = Vec::new();
    let mut row = |key: &str, value: Html| {
        rows.push(html! { <div class="cell"><dt>{ shared.t(key) }</dt><dd class="num">{ value }</dd></div> });
    };
    let tonnes = |t: f64| html! { <><b>{ significant(Quantity::TonnesPerYear.scaled(t, lang)) }</b>{ " " }{ Quantity::TonnesPerYear.unit(lang) }</> };
    if is_point {
        row("card-people", handled.map_or_else(none, |h| html! { <b>{ integer(h.people) }</b> }));
    }
    row(if is_point { "card-gross" } else { "card-received" }, gross.map_or_else(none, tonnes));
    let by_user = match found.sizing {
        Sizing::Own => Html::default(),
        Sizing::Set { own } => {
            // Of an added facility no table says anything.
            let own = own.filter(|_| !matches!(found.standing, Standing::Added(_)));
            html! { <>{ " " }{ mine(shared) }if let Some(c) = own { { " " }{ struck(shared, &plain_tonnes(c, lang)) } }</> }
        }
    };
    match f.capacity {
        Some(c) if c.unit == CapacityUnit::Gross && gross.is_some() && c.tonnes > 0.0 => {
            let load = gross.unwrap_or(0.0) / c.tonnes;
            let over = (load > 1.0).then_some("bad");
            row(
                "card-load",
                html! { <><b class={classes!(over)}>{ significant(load * 100.0) }</b>{ " %  " }<span class="fine">{ plain_tonnes(c, lang) }</span>{ by_user }</> },
            );
        }
        Some(c) => {
            let key = match c.unit {
                CapacityUnit::Product => "card-capacity-product",
                CapacityUnit::BatteryFeed | CapacityUnit::Feed => "card-capacity-feed",
                CapacityUnit::Gross => "card-capacity",
                CapacityUnit::Cargo => "card-cargo",
            };
            row(key, html! { <>{ tonnes(c.tonnes) }{ by_user }</> });
        }
        None => {
            row("card-capacity", html! { <span>{ "– " }<span class="fine">{ shared.t("card-unknown") }</span></span> })
        }
    }
    if is_point {
        row(
            "card-access",
            handled.map_or_else(none, |h| html! { <><b>{ significant(h.mean_access_km) }</b>{ " km" }</> }),
        );
        row("card-street", html! { <b>{ integer(f.street_points) }</b> });
    }
    if let Some(focus) = focus {
        row("card-access-road", html! { <><b>{ significant(f64::from(focus.access_m) / 1000.0) }</b>{ " km" }</> });
    }
    html! { <dl class="cells">{ for rows }</dl> }
}

fn none() -> Html {
    html! { "–" }
}

fn plain_tonnes(c: Capacity, lang: Lang) -> String {
    format!("{} {}", significant(Quantity::TonnesPerYear.scaled(c.tonnes, lang)), Quantity::TonnesPerYear.unit(lang))
}

fn actions(shared: &Shared, found: &PlanFacility) -> Html {
    let f = &found.facility;
    if f.status == Status::Unnamed {
        return Html::default();
    }
    let delete = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(EditAction::Delete))
    };
    let key = match (&found.standing, found.open) {
        (_, false) => "action-reopen",
        (Standing::Added(_), true) => "action-remove",
        (_, true) => "action-close",
    };
    let movable = can_move(found);
    let go = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| start_move(&shared))
    };
    html! {
        <>
            <div class="row">
                if movable { <button class="btn" onclick={go} aria-keyshortcuts="M">{ icon(Icon::Move) }{ shared.t("action-move") }</button> }
                <button class="btn" onclick={delete} aria-keyshortcuts="Delete">{ icon(Icon::Close) }{ shared.t(key) }</button>
            </div>
            if movable && shared.state.drag.is_some() { <p class="hint" role="status">{ shared.t("card-move-hint") }</p> }
        </>
    }
}

/// True where a planner may move it: plants stay where they are.
#[must_use]
pub fn can_move(found: &PlanFacility) -> bool {
    found.open && matches!(found.facility.kind, FacilityKind::CollectionPoint | FacilityKind::Hub)
}

/// Begins to move the selected facility with the keyboard, or by dragging it.
pub fn start_move(shared: &Shared) {
    let state = &shared.state;
    if let Some(found) = state.selected.as_ref().and_then(|id| state.document.plan().get(id))
        && can_move(found)
    {
        shared.act(EditAction::DragStart(found.facility.id.clone()));
        platform::focus("map");
    }
}
