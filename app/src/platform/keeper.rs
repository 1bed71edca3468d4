//! The service worker: the browser keeps the page for use without a network, and fetches new builds beside it.

use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlMetaElement, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

/// How often a page that stays open looks for a new build.
const LOOK_MS: u32 = 60 * 60 * 1000;
/// What the new build's worker is told: see `public/sw.js`.
const TAKE_OVER: &str = "take over";

/// What happened to the build that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// A new one is there, whole, and waits.
    Waits,
    /// A new one has taken over: this page is the old one's.
    TookOver,
}

/// The browser's service workers. There are none on insecure addresses and in some private windows.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = gloo::utils::window().navigator();
    let there = js_sys::Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    there.dyn_into().ok()
}

/// Where the build says its worker is; a page that is being worked at has none.
fn script() -> Option<String> {
    let meta = gloo::utils::document().query_selector("meta[name=atlas-keeper]").ok()??;
    Some(meta.unchecked_into::<HtmlMetaElement>().content())
}

/// Has the browser keep the page, and tells of new builds as long as the page is open. Where that cannot be, nothing happens.
pub async fn keep(tell: impl Fn(Build) + 'static) {
    let (Some(container), Some(script)) = (container(), script()) else { return };
    // The first worker of all takes over nothing: this page came from the network.
    let is_kept = container.controller().is_some();
    let Ok(found) = JsFuture::from(container.register(&script)).await else { return };
    let Ok(registration) = found.dyn_into::<ServiceWorkerRegistration>() else { return };
    let tell = Rc::new(tell);
    if is_kept {
        let heard = Rc::clone(&tell);
        EventListener::new(&container, "controllerchange", move |_| heard(Build::TookOver)).forget();
        if registration.waiting().is_some() {
            tell(Build::Waits);
        }
    }
    watch(&registration, container, tell);
    gloo::timers::callback::Interval::new(LOOK_MS, move || {
        if let Ok(looks) = registration.update() {
            // Without a network there is nothing new.
            wasm_bindgen_futures::spawn_local(async move { drop(JsFuture::from(looks).await) });
        }
    })
    .forget();
}

fn watch(
    registration: &ServiceWorkerRegistration,
    container: ServiceWorkerContainer,
    tell: Rc<impl Fn(Build) + 'static>,
) {
    let found = registration.clone();
    EventListener::new(registration, "updatefound", move |_| {
        let Some(new) = found.installing() else { return };
        let (tell, container, state) = (Rc::clone(&tell), container.clone(), new.clone());
        EventListener::new(&new, "statechange", move |_| {
            if state.state() == ServiceWorkerState::Installed && container.controller().is_some() {
                tell(Build::Waits);
            }
        })
        .forget();
    })
    .forget();
}

/// Lets the new build take over; the page hears of it and loads again.
pub async fn take_over() {
    let Some(container) = container() else { return };
    let Ok(found) = JsFuture::from(container.get_registration()).await else { return };
    let waiting = found.dyn_into::<ServiceWorkerRegistration>().ok().and_then(|r| r.waiting());
    match waiting {
        Some(waiting) => {
            let _ = waiting.post_message(&JsValue::from_str(TAKE_OVER));
        }
        // Another tab was quicker.
        None => super::reload(),
    }
}
