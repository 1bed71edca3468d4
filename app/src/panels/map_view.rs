//! The map on the page: its container, what it is told when the state changes, and what its events do.

use super::{
    LayersControl, MapMargin,
    facility::can_move,
    flows::{pick_line, pick_words},
    map_buttons::MapButtons,
    norms::ReportHold,
    use_shared,
    value_line::{Hovered, cell_line, cell_words, value_line},
};
use crate::{
    app::Shared,
    compute::protocol::Stop,
    i18n::t,
    keys::corner,
    map::{
        AnyMap, Map,
        view::{Camera, Cursor, Draggable, Lines, MapError, MapEvent, Pick, Selected, Source, Territories},
        zoom,
    },
    map_link::MapLink,
    platform,
    state::{
        AppState, EditAction, JourneyAction, MapLayer, Notice, SitingAction, Tool, ViewAction, cell_at, drawn_geojson,
        flows_view, marks, norm_marks, own_flows, plan_view, price_marks, scrap_marks, served_marks, sites_geojson,
        siting_view,
    },
};
use atlas_core::{
    diagnostics::Diagnostic,
    geo::{LonLat, haversine_m},
    model::{Facility, FacilityKind, Name},
};
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// From the middle of a demand cell to its corners (metres).
const CELL_RADIUS_M: f64 = 3_600.0;
/// Further than this from every prefecture seat is outside of the region (metres).
const OUTSIDE_M: f64 = 250_000.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the map shows, as it last said.
    pub camera: Option<Camera>,
    /// Hears what the map shows.
    pub on_camera: Callback<Camera>,
}

#[component]
pub fn MapView(props: &Props) -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let container = use_node_ref();
    let failed = use_state(|| None::<&'static str>);
    let hovered = use_state(|| None::<(Hovered, f64, f64)>);
    let over = use_state_eq(|| None::<(LonLat, f64, f64, Option<Pick>)>);
    // The map calls back at any time: it must see the state of now, not that of when it was made.
    let current = use_mut_ref(|| shared.clone());
    *current.borrow_mut() = shared.clone();

    {
        let (container, shared, on_camera, failed, hovered, over) =
            (container.clone(), shared.clone(), props.on_camera.clone(), failed.clone(), hovered.clone(), over.clone());
        use_effect_with((), move |()| {
            let link = shared.map.clone();
            if let Some(element) = container.cast::<HtmlElement>() {
                let current = Rc::clone(&current);
                let on_event = move |event: MapEvent| match event {
                    MapEvent::Camera(c) => {
                        on_camera.emit(c);
                        // The views of a story are not where the person was.
                        if current.borrow().state.playing.is_none() {
                            current.borrow().map.remember(c.center, c.zoom);
                        }
                        // What was under the pointer, or in the middle, has moved on.
                        over.set(None);
                        let shared = current.borrow().clone();
                        if shared.state.told.is_some() {
                            shared.act(ViewAction::Tell(None));
                        }
                        if shared.state.told_pick.is_some() {
                            shared.act(ViewAction::TellPick(None));
                        }
                    }
                    MapEvent::Over { at, x, y, pick } => over.set(Some((at, x, y, pick))),
                    MapEvent::Out => over.set(None),
                    MapEvent::Hover { hit, scrap, x, y } => {
                        let facility = hit.filter(|h| h.cluster_of == 1).map(|h| Hovered::Facility(h.id));
                        let what = facility.or_else(|| scrap.map(Hovered::Prefecture));
                        hovered.set(what.map(|w| (w, x, y)));
                    }
                    other => {
                        let shared = current.borrow().clone();
                        react(&shared, other);
                    }
                };
                match AnyMap::open(&element, shared.state.lang.into(), on_event) {
                    Ok((map, plain)) => {
                        if let Some(why) = plain {
                            if why != MapError::NoWebGl2 {
                                gloo::console::warn!(why.to_string());
                            }
                            failed.set(Some(if why == MapError::NoWebGl2 { "plain-no-webgl" } else { "plain-no-map" }));
                        }
                        map.set_draggable(Draggable::PointsAndHubs);
                        link.attach(map);
                    }
                    // The page goes on without any map: tables and figures are there.
                    Err(_) => {
                        failed.set(Some("error-no-webgl"));
                        link.settle();
                    }
                }
            }
            move || link.detach()
        });
    }
    {
        let terminals = state.layers.shows(MapLayer::Terminals);
        // A selected port is drawn even where the others are not.
        let selected = state.selected.clone().filter(|_| !terminals);
        let key = (Rc::as_ptr(&state.document), state.drag.clone(), Rc::as_ptr(&state.baseline), terminals, selected);
        let (link, state) = (shared.map.clone(), state.clone());
        use_effect_with(key, move |_| tell_marks(&link, &state));
    }
    {
        let (link, state) = (shared.map.clone(), state.clone());
        use_effect_with((state.selected.clone(), Rc::as_ptr(&state.document)), move |_| {
            let selected = state.selected.as_ref().and_then(|id| selected_mark(&state, id));
            link.with(|m| m.set_selection(selected));
        });
    }
    {
        let (link, state) = (shared.map.clone(), state.clone());
        let shown = state.layers.shows(MapLayer::Scrap);
        let key = (shown, state.layers.scrap_of, Rc::as_ptr(&state.document), Rc::as_ptr(&state.baseline));
        use_effect_with(key, move |_| {
            let marks = if shown { scrap_marks(&state) } else { Vec::new() };
            link.with(|m| m.set_scrap(&marks));
        });
    }
    {
        let link = shared.map.clone();
        let report = use_context::<ReportHold>().unwrap_or_default().0;
        let shown = report.filter(|_| state.layers.shows(MapLayer::Norms));
        use_effect_with(ReportHold(shown), move |shown| {
            let marks = shown.0.as_deref().map(norm_marks).unwrap_or_default();
            link.with(|m| m.set_norms(&marks));
        });
    }
    {
        let link = shared.map.clone();
        let row = state.prefecture.and_then(|a| state.baseline.prefectures.iter().position(|p| p.adcode == a));
        use_effect_with(row, move |row| {
            link.with(|m| m.set_selected_scrap(row.map(|r| r as u32)));
        });
    }
    {
        let link = shared.map.clone();
        let shows = |layer| state.layers.shows(layer);
        use_effect_with((shows(MapLayer::Rails), shows(MapLayer::Water)), move |(rails, water)| {
            link.with(|m| {
                m.set_lines(Lines::Rails, *rails);
                m.set_lines(Lines::Water, *water);
            });
        });
    }
    {
        let link = shared.map.clone();
        let shows = |layer| state.layers.shows(layer);
        // What is drawn is what was answered, not what has just been asked.
        let of = state.survey.as_ref().map_or(FacilityKind::Hub, |s| s.survey.question.of);
        let territories = Territories {
            of: shows(MapLayer::Catchments).then_some(of),
            bands: shows(MapLayer::Bands),
            difference: shows(MapLayer::Difference),
            loss: shows(MapLayer::Loss),
            opacity: state.layers.opacity(),
        };
        use_effect_with(territories, move |territories| {
            link.with(|m| m.set_territories(*territories));
        });
    }
    {
        let (link, state) = (shared.map.clone(), state.clone());
        let allocation = state.allocation.as_ref().map(Rc::as_ptr);
        let key = (state.layers.shows(MapLayer::Flows), state.flow_filter, state.selected.clone(), allocation);
        use_effect_with(key, move |_| {
            link.document(Source::OwnFlows, own_flows(&state));
            link.with(|m| m.set_flows(&flows_view(&state)));
        });
    }
    {
        let (link, state) = (shared.map.clone(), state.clone());
        let shows = |layer| state.layers.shows(layer);
        let allocation = state.allocation.as_ref().map(Rc::as_ptr);
        let key = (shows(MapLayer::ScrapPrices), shows(MapLayer::Served), state.spots_of, allocation);
        use_effect_with(key, move |_| {
            link.with(|m| {
                m.set_prices(&price_marks(&state));
                m.set_served(&served_marks(&state));
            });
        });
    }
    {
        let link = shared.map.clone();
        // While it follows the pointer its place is as exact as the pointer.
        let found = state.selected.as_ref().filter(|_| state.drag.is_none());
        let found = found.and_then(|id| state.document.plan().get(id)).map(|p| &p.facility);
        let ring = found.map(|f| (f.at, f.precision.radius_m())).filter(|(_, radius)| *radius > 0.0);
        // A place that is told of is marked likewise: a demand cell is so wide.
        let ring = ring.or(state.told.map(|at| (at, CELL_RADIUS_M)));
        use_effect_with(ring, move |ring| {
            link.with(|m| m.set_precision(*ring));
        });
    }
    {
        let (link, state) = (shared.map.clone(), state.clone());
        let siting = &state.siting;
        let key = (
            siting.open,
            siting.ask.question.forbidden.clone(),
            siting.ask.ring.clone(),
            siting.ask.source,
            siting.drawing.clone(),
        );
        use_effect_with(key, move |_| link.document(Source::SitingDrawn, drawn_geojson(&state)));
    }
    {
        let (link, state) = (shared.map.clone(), state.clone());
        let sites = sites_geojson(&state);
        use_effect_with(sites, move |sites| link.document(Source::SitingSites, sites.clone()));
    }
    {
        // What the worker drew goes with the panel, and comes again with it.
        let link = shared.map.clone();
        let shown = state.siting.open && !state.are_sites_accepted();
        use_effect_with(shown, move |shown| {
            link.show_siting(*shown);
            link.with(|m| m.set_sites(*shown));
        });
    }
    {
        let link = shared.map.clone();
        let embed = state.embed;
        let sites = state.siting.open
            && !state.are_sites_accepted()
            && state.siting.search.as_ref().is_some_and(|s| s.plan().is_some());
        use_effect_with(
            (state.tool, state.drag.is_some() || state.siting.drag.is_some(), sites, state.playing.is_some()),
            move |(tool, dragging, sites, told)| {
                link.with(|m| {
                    m.set_cursor(match tool {
                        _ if *dragging => Cursor::Grabbing,
                        Tool::Select => Cursor::Default,
                        Tool::Point | Tool::Hub | Tool::Journey | Tool::Ring | Tool::WhyNot => Cursor::Crosshair,
                    });
                    m.set_draggable(match tool {
                        _ if embed || *told => Draggable::Nothing,
                        Tool::Select if *sites => Draggable::Sites,
                        Tool::Select => Draggable::PointsAndHubs,
                        _ => Draggable::Nothing,
                    });
                });
            },
        );
    }
    {
        // The area that is chosen comes into view, and the first plan of a search.
        let (link, state) = (shared.map.clone(), state.clone());
        let area = state.siting.open.then(|| state.siting.ask.question.area.within.clone());
        use_effect_with(area, move |area| {
            let whole = area.as_ref().is_none_or(Vec::is_empty);
            if let Some((a, b)) = siting_view(&state).filter(|_| !whole) {
                link.with(|m| m.show_both(a, b));
            }
        });
    }
    {
        let (link, state) = (shared.map.clone(), state.clone());
        let first = state
            .siting
            .search
            .as_ref()
            .filter(|s| s.best.as_ref().is_some_and(|b| !b.sites.is_empty()))
            .map(|s| s.run);
        use_effect_with(first, move |first| {
            if let Some((a, b)) = first.filter(|_| state.playing.is_none()).and_then(|_| plan_view(&state)) {
                link.with(|m| m.show_both(a, b));
            }
        });
    }
    {
        // A journey whose ends are both set comes into view.
        let link = shared.map.clone();
        let ends = state.journey.query().map(|q| (q.from.at, q.to.at));
        use_effect_with(ends, move |ends| {
            if let Some((a, b)) = *ends {
                link.with(|m| m.show_both(a, b));
            }
        });
    }
    {
        let link = shared.map.clone();
        use_effect_with(state.lang, move |lang| {
            link.with(|m| m.set_aria_label(&t(*lang, "map-label")));
        });
    }

    let near = props.camera.is_some_and(|c| c.zoom >= zoom::CELLS);
    let over = over.filter(|_| hovered.is_none() && state.tool == Tool::Select && state.drag.is_none());
    let told = state.told.map(|at| cell_words(&shared, at, cell_at(&state, at)));
    let picked = state.told_pick.and_then(|pick| pick_words(&shared, pick));
    let told = match (picked, told) {
        (Some(picked), Some(cell)) => Some(format!("{picked} {cell}")),
        (picked, cell) => picked.or(cell),
    };
    html! {
        <div class="plate">
            <div class="stage">
                <div id="map" ref={container} class="map" tabindex="-1"></div>
                if let Some(key) = *failed { <p class="nomap" role="status">{ shared.t(key) }</p> }
                if let Some((what, x, y)) = *hovered { { value_line(&shared, what, x, y) } }
                { match over {
                    Some((_, x, y, Some(pick))) => pick_line(&shared, pick, x, y),
                    Some((at, x, y, None)) if near => cell_line(&shared, at, x, y),
                    _ => Html::default(),
                } }
                // Always there, so that a screen reader hears what comes into it.
                <p id="cell-told" class={classes!("told", told.is_none().then_some("empty"))} role="status">{ told }</p>
                if state.tool != Tool::Select || state.told.is_some() { <span class="cross" aria-hidden="true"></span> }
                if !state.embed { <LayersControl /> }
                <MapButtons link={shared.map.clone()} />
            </div>
            <MapMargin camera={props.camera} />
        </div>
    }
}

/// Tells the map what changed: nothing but one symbol while a facility is dragged.
fn tell_marks(link: &MapLink, state: &AppState) {
    if let Some(drag) = &state.drag
        && let Some(which) = selected_mark(state, &drag.id)
    {
        link.with(|m| {
            m.move_mark(which, drag.at);
            m.set_drag_ghost(Some((which.kind.into(), drag.from, drag.at)));
        });
        return;
    }
    let lists = marks(state);
    link.with(|m| {
        m.set_drag_ghost(None);
        m.set_points(&lists.points);
        m.set_facilities(&lists.facilities);
    });
}

fn selected_mark(state: &AppState, id: &str) -> Option<Selected> {
    let all = state.document.plan().facilities();
    let row = all.binary_search_by(|p| p.facility.id.as_str().cmp(id)).ok()?;
    Some(Selected { kind: all[row].facility.kind, id: row as u32 })
}

fn react(shared: &Shared, event: MapEvent) {
    let plan = shared.state.document.plan();
    let id_of = |row: u32| plan.facilities().get(row as usize).map(|p| p.facility.id.clone());
    match event {
        MapEvent::Ready => {
            if shared.state.base.is_none() {
                platform::root_attribute("data-state", "map");
            }
            platform::mark("atlas:first-map");
            shared.map.settle();
        }
        // In front of an audience a click changes nothing.
        MapEvent::Click { .. } if shared.state.playing.is_some() => {}
        MapEvent::Click { at, hit, scrap, pick, .. } => match (shared.state.tool, hit) {
            (Tool::Select, Some(hit)) if hit.cluster_of > 1 => {
                shared.map.with(|m| m.open_merged(&hit));
            }
            (Tool::Select, None) if scrap.is_some() => {
                let home = scrap.and_then(|row| shared.state.baseline.prefectures.get(row as usize));
                shared.act(ViewAction::Prefecture(home.map(|p| p.adcode)));
            }
            (Tool::Select, None) if matches!(pick, Some(Pick::Site(_))) => {
                if let Some(Pick::Site(row)) = pick {
                    shared.act(SitingAction::Tell(site_id(shared, row)));
                }
            }
            // A flow or a spot is told of, and what is selected stays.
            (Tool::Select, None) if pick.is_some() => shared.act(ViewAction::TellPick(pick)),
            (Tool::Select, hit) => shared.act(ViewAction::Select(hit.and_then(|h| id_of(h.id)))),
            (Tool::Point | Tool::Hub, _) => place(shared, at),
            (Tool::Ring, _) => corner(shared, at),
            (Tool::WhyNot, _) => shared.act(SitingAction::WhyNot(at, None)),
            (Tool::Journey, hit) => {
                let facility = hit.and_then(|h| plan.facilities().get(h.id as usize)).map(|p| &p.facility);
                shared.act(ViewAction::Journey(JourneyAction::Click(stop_at(shared, at, facility))));
            }
        },
        MapEvent::DragStart { hit, .. } => {
            let found = plan.facilities().get(hit.id as usize);
            match found.filter(|f| can_move(f) && hit.kind != FacilityKind::Smelter) {
                Some(found) => shared.act(EditAction::DragStart(found.facility.id.clone())),
                None => {
                    shared.map.with(Map::cancel_drag);
                }
            }
        }
        MapEvent::SiteDragStart { site } => match site_id(shared, site).filter(|id| can_move_site(shared, id)) {
            Some(id) => shared.act(SitingAction::DragStart(id)),
            None => {
                shared.map.with(Map::cancel_drag);
            }
        },
        MapEvent::DragMove { at } if shared.state.siting.drag.is_some() => shared.act(SitingAction::DragTo(at)),
        MapEvent::DragEnd { at } if shared.state.siting.drag.is_some() => {
            shared.act(SitingAction::DragTo(at));
            shared.act(SitingAction::Drop);
        }
        MapEvent::DragCancel if shared.state.siting.drag.is_some() => shared.act(SitingAction::DragCancel),
        MapEvent::DragMove { at } => shared.act(EditAction::DragTo(at)),
        MapEvent::DragEnd { at } => {
            if is_near(shared, at) {
                shared.act(EditAction::DragTo(at));
                shared.act(EditAction::Drop);
            } else {
                shared.act(EditAction::DragCancel);
                say_outside(shared);
            }
        }
        MapEvent::DragCancel => shared.act(EditAction::DragCancel),
        MapEvent::Error(why) => gloo::console::warn!(why),
        // Taken where the map was made.
        MapEvent::Hover { .. } | MapEvent::Over { .. } | MapEvent::Out | MapEvent::Camera(_) => {}
    }
}

fn can_move_site(shared: &Shared, id: &str) -> bool {
    shared.state.siting.search.as_ref().is_some_and(|s| s.can_move(id))
}

/// The id of a site of the plan on the map.
fn site_id(shared: &Shared, row: u32) -> Option<String> {
    let plan = shared.state.siting.search.as_ref()?.plan()?;
    plan.sites.get(row as usize).map(|s| s.id.clone())
}

/// A stop of a journey: the facility that was clicked, or the position, called after the nearest place.
pub fn stop_at(shared: &Shared, at: LonLat, facility: Option<&Facility>) -> Stop {
    if let Some(f) = facility {
        return Stop { name: f.name.clone(), at: f.at };
    }
    let near = shared.state.places.iter().map(|p| (haversine_m(p.at, at), &p.name)).min_by(|a, b| a.0.total_cmp(&b.0));
    let name = match near {
        Some((m, name)) if m < NEAR_M => name.clone(),
        _ => Name { zh: position_words(at), en: position_words(at) },
    };
    Stop { name, at }
}

/// A place this near gives a clicked position its name.
const NEAR_M: f64 = 15_000.0;

fn position_words(at: LonLat) -> String {
    format!("{:.3}, {:.3}", at.lon, at.lat)
}

fn place(shared: &Shared, at: LonLat) {
    if is_near(shared, at) {
        shared.act(EditAction::Place(at));
    } else {
        say_outside(shared);
    }
}

fn is_near(shared: &Shared, at: LonLat) -> bool {
    let clustered = shared.state.baseline.prefectures.iter().filter(|p| p.cluster.is_some());
    clustered.map(|p| haversine_m(p.seat, at)).any(|m| m < OUTSIDE_M)
}

fn say_outside(shared: &Shared) {
    let problem = Diagnostic::error("outside-region", "", "", "");
    shared.act(ViewAction::Notice(Some(Notice { problems: vec![problem] })));
}
