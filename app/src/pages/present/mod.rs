//! Stories: which there are, and the open one to read or to change. Telling one is the [`Player`]'s.

mod editor;
mod list;
mod player;
mod step;

pub use player::Player;

use crate::{
    panels::{KeptStrip, NoticeStrip, use_shared},
    state::{BUILT_IN_STORIES, StoryRef},
};
use editor::Editor;
use list::StoryList;
use yew::prelude::*;

#[component]
pub fn PresentPage() -> Html {
    let shared = use_shared();
    // Something is open from the start.
    let open = shared.state.stories.open.clone().unwrap_or(StoryRef::BuiltIn(BUILT_IN_STORIES[0].key));
    html! {
        <main class="present">
            <h2 class="title" id="present-title" tabindex="-1">{ shared.t("present-title") }</h2>
            <p class="lead">{ shared.t("present-intro") }</p>
            <KeptStrip /><NoticeStrip />
            if !shared.state.has_baseline() { <p class="hint" role="status">{ shared.t("present-wait") }</p> }
            <div class="stories">
                <StoryList open={open.clone()} />
                <Editor {open} />
            </div>
        </main>
    }
}
