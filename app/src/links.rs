//! Shared links: read from the address at the start and whenever it changes, and opened once there is a plan to open them beside.

use crate::{
    app::Shared,
    platform,
    state::{KeepAction, Saving, ViewAction, code_of},
};
use atlas_core::format::link;
use gloo::events::EventListener;
use yew::prelude::*;

/// Opens links as long as the app runs.
#[hook]
pub fn use_links(shared: &Shared) {
    let embed = shared.state.embed;
    let waiting = use_state(|| take(embed));
    {
        let waiting = waiting.clone();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&gloo::utils::window(), "hashchange", move |_| {
                if let Some(code) = take(embed) {
                    waiting.set(Some(code));
                }
            });
            move || drop(listener)
        });
    }
    let ready = shared.state.keeping.saving != Saving::Looking && shared.state.has_baseline();
    let shared = shared.clone();
    use_effect_with((waiting.as_ref().filter(|_| ready).cloned(), ready), move |(code, _)| {
        let Some(code) = code else { return };
        match link::read(code) {
            Ok((link, problems)) => {
                let place = link.view.as_ref().and_then(|v| v.at.map(|at| (at, v.zoom)));
                shared.act(KeepAction::OpenLink(Box::new(link), problems));
                if let Some((at, zoom)) = place {
                    shared.map.go(at, zoom);
                }
            }
            Err(problem) => {
                shared.act(ViewAction::Page(crate::state::Page::Plan));
                shared.act(KeepAction::Tell(problem));
            }
        }
        waiting.set(None);
    });
}

/// The code in the address, which then leaves it: a reload is to bring back what became of it, not the link once more. A frame
/// keeps it, because it keeps nothing else.
fn take(embed: bool) -> Option<String> {
    let fragment = platform::fragment();
    let code = code_of(&fragment)?.to_owned();
    if !embed {
        platform::drop_fragment();
    }
    Some(code)
}
