//! The tour of the first visit: a small card in the drawer, which blocks nothing, and a frame round what it speaks of.

use crate::{
    app::Shared,
    i18n::tr,
    panels::use_shared,
    platform,
    state::{HelpAction, Page, TOUR},
    ui::{Icon, icon},
};
use gloo::{events::EventListener, timers::callback::Interval};
use yew::prelude::*;

/// Where it is remembered that the tour was shown.
const SEEN: &str = "tour";
/// How often the frame follows what it stands round.
const FOLLOW_MS: u32 = 300;
/// Room between the frame and what it stands round.
const ROOM_PX: f64 = 3.0;

/// Starts the tour at the first visit: not where a link led here or another page shows this one, not where a program drives the
/// browser, and not where nothing can be remembered, because it would come again and again.
#[hook]
pub fn use_first_visit(shared: &Shared) {
    let shared = shared.clone();
    let ready = shared.state.base.is_some();
    // Asked before a link is read, which takes it out of the address.
    let is_led = *use_memo((), |()| platform::asked("embed").is_some() || platform::has_fragment());
    use_effect_with(ready, move |ready| {
        if !ready {
            return;
        }
        let is_asked = platform::asked("tour").is_some();
        if platform::setting(SEEN).is_some() || is_led || (platform::is_automated() && !is_asked) {
            return;
        }
        platform::keep_setting(SEEN, "seen");
        if platform::setting(SEEN).is_some() && shared.state.page == Page::Plan && shared.state.playing.is_none() {
            shared.act(HelpAction::Tour(Some(0)));
        }
    });
}

/// The card, while the tour goes on.
#[component]
pub fn Tour() -> Html {
    let shared = use_shared();
    let step = shared.state.help.tour;
    let frame = use_state_eq(|| None::<[f64; 4]>);
    {
        let frame = frame.clone();
        use_effect_with(step, move |step| {
            let follow = step.map(|step| {
                let look = move || frame.set(platform::place_of(TOUR[step].1));
                look();
                let resized = look.clone();
                (
                    Interval::new(FOLLOW_MS, look),
                    EventListener::new(&gloo::utils::window(), "resize", move |_| resized()),
                )
            });
            // What is said is read out and has the focus; the page beside it stays as usable as before.
            if step.is_some() {
                platform::focus("tour-title");
            }
            move || drop(follow)
        });
    }
    let Some(step) = step else { return Html::default() };
    let (key, _) = TOUR[step];
    let to = |step: Option<usize>| {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            shared.act(HelpAction::Tour(step));
            if step.is_none_or(|s| s >= TOUR.len()) {
                platform::focus("map");
            }
        })
    };
    let (n, of) = ((step + 1).to_string(), TOUR.len().to_string());
    let is_last = step + 1 == TOUR.len();
    let style = frame.map(|[x, y, w, h]| {
        let (x, y) = ((x - ROOM_PX).max(0.0), (y - ROOM_PX).max(0.0));
        format!("left:{x:.0}px;top:{y:.0}px;width:{:.0}px;height:{:.0}px", w + 2.0 * ROOM_PX, h + 2.0 * ROOM_PX)
    });
    html! {
        <section class="tour" id="tour" role="region" aria-label={shared.t("tour-title")}>
            <p class="fine">{ shared.t("tour-title") }{ " " }<span class="num">{ tr(shared.state.lang, "tour-step", &[("n", &n), ("of", &of)]) }</span></p>
            <h2 id="tour-title" tabindex="-1" aria-describedby="tour-text">{ shared.t(key) }</h2>
            <p id="tour-text">{ shared.t(&format!("{key}-text")) }</p>
            <div class="row">
                if step > 0 { <button class="btn" onclick={to(Some(step - 1))}>{ shared.t("tour-back") }</button> }
                <button class="btn main" id="tour-next" onclick={to(Some(step + 1))}>{ shared.t(if is_last { "tour-done" } else { "tour-next" }) }</button>
                if !is_last { <button class="link" onclick={to(None)}>{ shared.t("tour-skip") }</button> }
            </div>
            <button class="shut" onclick={to(None)} aria-label={shared.t("tour-skip")} title={shared.t("tour-skip")}>{ icon(Icon::Close) }</button>
            if let Some(style) = style { <i class="tour-frame" aria-hidden="true" {style}></i> }
        </section>
    }
}
