//! The map as a picture: title, map, legend, scale, credits. What stands round the map is laid out by the browser where nobody
//! sees it and painted from there, so it is the page's own legend, in its language and theme.

use crate::{
    app::Shared,
    i18n::{Quantity, significant, tr},
    map::{Map, view::Camera, zoom},
    panels::{
        legend::{LegendColumns, line, scale_bar},
        siting::siting_say,
        use_shared,
    },
    platform,
    state::{figure_rows, scenario_title},
};
use wasm_bindgen::JsCast;
use web_sys::{Blob, CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

/// Pixels a CSS px: print needs twice what most screens have.
const RATIO: f64 = 2.0;

/// A picture that is ready.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// The PNG.
    pub blob: Blob,
    /// Its size.
    pub width: u32,
    pub height: u32,
}

/// Why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureTrouble {
    /// No map on the page.
    NoMap,
    /// The browser has drawn nothing in all the time.
    NotDrawn,
    /// The browser gives no picture away.
    Refused,
}

impl PictureTrouble {
    /// The key of what is said about it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoMap => "diag-picture-no-map",
            Self::NotDrawn => "diag-picture-not-drawn",
            Self::Refused => "diag-picture-refused",
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Hears of the picture, once.
    pub made: Callback<Result<Picture, PictureTrouble>>,
}

/// Makes one picture while it is there.
#[component]
pub fn PictureMaker(props: &Props) -> Html {
    let shared = use_shared();
    let host = use_node_ref();
    // What the map shows when it begins.
    let camera = use_memo((), |()| shared.map.with(Map::camera));
    {
        let (host, made, map) = (host.clone(), props.made.clone(), shared.map.clone());
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                let drawn = match map.with(|m| m.picture(RATIO)) {
                    Some(picture) => picture.await.ok_or(PictureTrouble::NotDrawn),
                    None => Err(PictureTrouble::NoMap),
                };
                let made_of = match (drawn, host.cast::<Element>()) {
                    (Ok(map), Some(host)) => composed(&host, &map).await.ok_or(PictureTrouble::Refused),
                    // The person went elsewhere.
                    (Ok(_), None) => return,
                    (Err(why), _) => Err(why),
                };
                made.emit(made_of);
            });
        });
    }
    let Some(camera) = &*camera else { return Html::default() };
    let (width, height) = map_size();
    html! {
        <div class="picture" ref={host} inert=true aria-hidden="true" style={format!("width:{width:.0}px")}>
            <header><h2>{ scenario_title(&shared.state) }</h2><p>{ headline(&shared) }</p></header>
            <div class="picture-map" style={format!("height:{height:.0}px")}></div>
            { foot(&shared, *camera) }
        </div>
    }
}

fn map_size() -> (f64, f64) {
    let found = gloo::utils::document().get_element_by_id("map").and_then(|e| e.dyn_into::<HtmlElement>().ok());
    found.map_or((0.0, 0.0), |e| (f64::from(e.client_width()), f64::from(e.client_height())))
}

/// The first figures in words, with what they are.
fn headline(shared: &Shared) -> String {
    let state = &shared.state;
    let wanted = ["figure-collected", "figure-mean-haul", "figure-cost"];
    let rows = figure_rows(state);
    let found = rows.iter().filter(|r| wanted.contains(&r.name)).filter_map(|r| {
        let value = significant(r.quantity.scaled(r.values[3]?, state.lang));
        Some(format!("{} {value} {}", shared.t(r.name), Quantity::unit(r.quantity, state.lang)))
    });
    let figures = found.collect::<Vec<_>>().join(" · ");
    if figures.is_empty() { String::new() } else { tr(state.lang, "picture-headline", &[("figures", &figures)]) }
}

fn foot(shared: &Shared, camera: Camera) -> Html {
    let say = siting_say(shared).unwrap_or_else(|| line(&shared.state, Some(camera)));
    let values = [("name", &*shared.t("app-name")), ("date", &*platform::today())];
    html! {
        <div class="margin open">
            <LegendColumns zoom={Some(zoom::layout_zoom(camera.zoom))} />
            <div class="foot">{ scale_bar(Some(camera)) }<span class="say">{ say }</span><span class="credits">{ shared.t("credit-short") }</span></div>
            <div class="foot"><span class="say signs">{ shared.t("picture-signs") }</span><span class="credits">{ tr(shared.state.lang, "picture-made", &values) }</span></div>
        </div>
    }
}

/// The map and what is round it on one canvas.
async fn composed(host: &Element, map: &HtmlCanvasElement) -> Option<Picture> {
    let (whole, hole) = (host.get_bounding_client_rect(), host.query_selector(".picture-map").ok()??);
    let hole = hole.get_bounding_client_rect();
    let canvas: HtmlCanvasElement = gloo::utils::document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((whole.width() * RATIO).round() as u32);
    canvas.set_height((whole.height() * RATIO).round() as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    platform::paint::paint(host, &context, RATIO).ok()?;
    let (x, y) = (hole.left() - whole.left(), hole.top() - whole.top());
    context.draw_image_with_html_canvas_element_and_dw_and_dh(map, x, y, hole.width(), hole.height()).ok()?;
    let blob = platform::png(&canvas).await?;
    Some(Picture { blob, width: canvas.width(), height: canvas.height() })
}
