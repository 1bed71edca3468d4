//! A story while it is told: the map with what the words name in the spotlight, the words, large figures, next and back.

use crate::{
    app::Shared,
    commands::{end_story, run},
    i18n::tr,
    map::{Map, view::Camera},
    panels::{BandMark, MapView, NoticeStrip, use_shared},
    platform,
    state::{
        Command, LargeFigure, Lit, Playing, StoryAction, StoryPiece, fitted_zoom, label_offset, large_figures, lit,
        spot_name, story_pieces, story_text,
    },
    ui::{Icon, icon},
};
use gloo::events::EventListener;
use yew::prelude::*;

/// Radius of the ring round a facility, and round a prefecture.
const RING_PX: f64 = 26.0;
const WIDE_RING_PX: f64 = 60.0;
/// From the middle of a ring to its label, along each axis.
const LABEL_PX: f64 = 84.0;
/// How far beyond the seats of its prefectures a cluster is left bright.
const MARGIN_PX: f64 = 46.0;

#[component]
pub fn Player() -> Html {
    let shared = use_shared();
    let camera = use_state(|| None::<Camera>);
    let on_camera = {
        let camera = camera.clone();
        use_callback((), move |c: Camera, ()| camera.set(Some(c)))
    };
    let step = shared.state.playing.as_ref().map(|p| p.step);
    {
        // The map goes to the place of the step; where it says none it stays.
        let shared = shared.clone();
        use_effect_with(step, move |_| {
            let Some(view) = shared.state.playing.as_ref().map(|p| p.now().view.clone()) else { return };
            if let Some(at) = view.at {
                let size = platform::place_of("#map").map_or([0.0; 2], |[_, _, w, h]| [w, h]);
                shared.map.go(at, fitted_zoom(view.zoom, size));
            }
        });
    }
    {
        let shared = shared.clone();
        use_effect_with((), move |()| {
            platform::focus("player");
            // Who leaves the whole screen by Escape wants to end: the browser keeps that key for itself.
            let dispatch = shared.state.dispatcher();
            let listener = EventListener::new(&gloo::utils::document(), "fullscreenchange", move |_| {
                if !platform::is_full_screen() && !platform::has_left_full_screen() {
                    dispatch.dispatch(StoryAction::Stop.into());
                }
            });
            move || {
                drop(listener);
                platform::focus_soon("present-title");
            }
        });
    }
    let Some(playing) = shared.state.playing.clone() else { return Html::default() };
    let lang = shared.state.lang;
    let now = playing.now();
    let spots = lit(&shared.state, now, lang);
    let names: Vec<String> = now.spotlight.iter().filter_map(|s| spot_name(&shared.state, s, lang)).collect();
    let title = story_text(lang, &playing.story.title).to_owned();
    let figures = large_figures(&shared.state, now, lang);
    html! {
        <main class="player" id="player" tabindex="-1" aria-label={tr(lang, "player-label", &[("title", &title)])}>
            <div class="screen">
                <MapView camera={*camera} {on_camera} />
                { spotlight(&shared, *camera, &spots) }
                if playing.overview { { overview(&shared, &playing) } }
            </div>
            <div class="caption">
                <div class="words" aria-live="polite" aria-atomic="true">
                    <p class="fine">{ title }</p>
                    <h2>{ words(&shared, story_text(lang, &now.title), &[]) }</h2>
                    <p class="text">{ words(&shared, story_text(lang, &now.text), &names) }</p>
                    <NoticeStrip />
                </div>
                if !figures.is_empty() {
                    <dl class={classes!("large", shared.state.is_stale().then_some("stale"))} aria-busy={shared.state.is_stale().to_string()}>
                        { for figures.iter().map(|f| figure(&shared, f)) }
                    </dl>
                }
                { controls(&shared, &playing) }
            </div>
        </main>
    }
}

/// A text, with its figures and the names in the spotlight set apart.
pub fn words(shared: &Shared, text: &str, names: &[String]) -> Html {
    let piece = |p: StoryPiece| match p {
        StoryPiece::Text(s) => html! { { s } },
        StoryPiece::Named(s) => html! { <b>{ s }</b> },
        StoryPiece::Figure(s) => {
            html! { <span class={classes!("num", "figure-word", shared.state.is_stale().then_some("stale"))}>{ s }</span> }
        }
    };
    html! { <>{ for story_pieces(&shared.state, shared.state.lang, text, names).into_iter().map(piece) }</> }
}

fn figure(shared: &Shared, f: &LargeFigure) -> Html {
    let change = f.change.as_ref().map(|(before, change, good)| {
        let mood = good.map(|g| if g { "good" } else { "bad" });
        html! {
            <span class="against num">{ tr(shared.state.lang, "player-before", &[("value", before)]) }{ " " }<b class={classes!(mood)}>{ change }</b></span>
        }
    });
    html! {
        <div><dt>{ &f.name }</dt><dd><b class="num">{ &f.value }</b>{ " " }<span class="unit">{ f.unit }</span>{ for change }{ for f.aim.map(|aim| html! { <BandMark {aim} /> }) }</dd></div>
    }
}

/// Next, back, where one is, and the end.
fn controls(shared: &Shared, playing: &Playing) -> Html {
    let lang = shared.state.lang;
    let ask = |command: Command| {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            run(&shared, command, "", false);
        })
    };
    let end = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| end_story(&shared))
    };
    let (n, of) = ((playing.step + 1).to_string(), playing.story.steps.len().to_string());
    let counter = tr(lang, "player-counter", &[("n", &n), ("of", &of)]);
    let is_last = playing.step + 1 == playing.story.steps.len();
    let full = if platform::is_full_screen() { "player-window" } else { "player-full" };
    html! {
        <nav class="turn" aria-label={shared.t("player-list")}>
            <div class="paging">
                <button id="player-back" class="page-back" disabled={playing.step == 0} onclick={ask(Command::Previous)} aria-label={shared.t("player-previous")} title={shared.t("player-previous")}>{ icon(Icon::Arrow) }</button>
                <button id="player-counter" class="num" aria-expanded={playing.overview.to_string()} aria-label={counter.clone()} title={counter} onclick={ask(Command::Overview)}>{ format!("{n} / {of}") }</button>
                <button id="player-next" class="page-next" disabled={is_last} onclick={ask(Command::Next)} aria-label={shared.t("player-next")} title={shared.t("player-next")}>{ icon(Icon::Arrow) }</button>
            </div>
            <div class="row">
                <button class="btn" id="player-full" onclick={ask(Command::FullScreen)}>{ shared.t(full) }</button>
                <button class="btn" id="player-end" onclick={end}>{ shared.t("player-end") }</button>
            </div>
            <p class="fine">{ shared.t("player-keys") }</p>
        </nav>
    }
}

/// All steps: a click goes there.
fn overview(shared: &Shared, playing: &Playing) -> Html {
    let lang = shared.state.lang;
    let line = |(i, step): (usize, &atlas_core::scenario::Step)| {
        let go = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| shared.act(StoryAction::Go(i)))
        };
        let close = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| shared.act(StoryAction::Overview(false)))
        };
        let is_now = i == playing.step;
        html! {
            <li><button aria-current={is_now.then_some("step")} onclick={if is_now { close } else { go }}>
                <span class="num">{ i + 1 }</span><span>{ words(shared, story_text(lang, &step.title), &[]) }</span>
            </button></li>
        }
    };
    html! {
        <div class="overview" id="player-overview" role="region" aria-label={shared.t("player-list")}>
            <h2>{ shared.t("player-list") }</h2>
            <ol>{ for playing.story.steps.iter().enumerate().map(line) }</ol>
        </div>
    }
}

/// What the words name, drawn over the map: rings with names on lines, and all dimmed around the clusters. The text says it too.
fn spotlight(shared: &Shared, camera: Option<Camera>, spots: &[Lit]) -> Html {
    let Some(camera) = camera.filter(|_| !spots.is_empty()) else { return Html::default() };
    let px = |at| shared.map.with(|m| m.project(at)).unwrap_or_default();
    let ((left, bottom), (right, top)) = (px(camera.bounds.0), px(camera.bounds.1));
    let size = (right - left, bottom - top);
    if size.0 < 1.0 || size.1 < 1.0 {
        return Html::default();
    }
    let area = |spot: &Lit| {
        let Lit::Area { around } = spot else { return None };
        let corners: Vec<String> = around.iter().map(|at| px(*at)).map(|(x, y)| format!("{x:.0},{y:.0}")).collect();
        let width = (MARGIN_PX * 2.0).to_string();
        Some(html! { <polygon points={corners.join(" ")} stroke-width={width} stroke-linejoin="round" /> })
    };
    let bright: Vec<Html> = spots.iter().filter_map(area).collect();
    let place = |spot: &Lit| {
        let Lit::Place { at, name, wide } = spot else { return Html::default() };
        let (x, y) = px(*at);
        if x < 0.0 || y < 0.0 || x > size.0 || y > size.1 {
            return Html::default();
        }
        let radius = if *wide { WIDE_RING_PX } else { RING_PX };
        let (dx, dy) = label_offset((x, y), size);
        // From the ring's edge to the corner of the label.
        let slope = std::f64::consts::FRAC_1_SQRT_2;
        let (lx, ly) = (x + dx * LABEL_PX, y + dy * LABEL_PX);
        let anchor = if dx > 0.0 { "start" } else { "end" };
        html! {
            <g class="lit">
                <circle class="casing" cx={n(x)} cy={n(y)} r={n(radius)} /><circle cx={n(x)} cy={n(y)} r={n(radius)} />
                <path d={format!("M{:.1} {:.1}L{lx:.1} {ly:.1}", x + dx * radius * slope, y + dy * radius * slope)} />
                <text class="lit-name" x={n(lx + dx * 6.0)} y={n(ly + 5.0)} text-anchor={anchor}>{ name }</text>
            </g>
        }
    };
    html! {
        <svg class="spotlight" width={n(size.0)} height={n(size.1)} aria-hidden="true">
            if !bright.is_empty() {
                <mask id="bright" maskUnits="userSpaceOnUse" x="0" y="0" width={n(size.0)} height={n(size.1)}>
                    <rect width={n(size.0)} height={n(size.1)} fill="white" /><g fill="black" stroke="black">{ bright }</g>
                </mask>
                <rect class="dim" width={n(size.0)} height={n(size.1)} mask="url(#bright)" />
            }
            { for spots.iter().map(place) }
        </svg>
    }
}

fn n(v: f64) -> String {
    format!("{v:.1}")
}
