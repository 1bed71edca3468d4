//! What commands do: the one place that keys, the search box and buttons come to.

use crate::{
    app::{Dialog, Shared},
    keys::{close_journey, corner, open_journey, open_siting, take_tool},
    map::Map,
    pages::open_report,
    panels::{save_file, start_move, stop_at, switch_language, switch_theme},
    platform,
    state::{
        Command, EditAction, HelpAction, HelpPart, JourneyAction, KeepAction, LibraryAction, Page, ResultsTab,
        SitingAction, StoryAction, Tool, ViewAction,
    },
};
use atlas_core::scenario::Story;
use std::rc::Rc;

/// What is so near to the middle of the map is told of by the keyboard.
const MIDDLE_REACH_PX: f64 = 12.0;

/// Does it. False where the map does it itself, so that the key goes on to it. `key` and `shift` are those of the keyboard, where it
/// comes from there.
pub fn run(shared: &Shared, command: Command, key: &str, shift: bool) -> bool {
    match command {
        Command::Pan | Command::Zoom => return false,
        Command::PlacePoint => on_plan(shared, |s| take_tool(s, Tool::Point)),
        Command::PlaceHub => on_plan(shared, |s| take_tool(s, Tool::Hub)),
        Command::Journey => on_plan(shared, open_journey),
        Command::Siting => on_plan(shared, open_siting),
        Command::Figures => results(shared, ResultsTab::Figures),
        Command::Coverage => results(shared, ResultsTab::Coverage),
        Command::Norms => results(shared, ResultsTab::Norms),
        Command::Balance => results(shared, ResultsTab::Balance),
        Command::Prices => results(shared, ResultsTab::Prices),
        Command::Select => on_plan(shared, |s| s.act(ViewAction::Tool(Tool::Select))),
        Command::Move => on_plan(shared, start_move),
        Command::Delete => shared.act(EditAction::Delete),
        // On the page of stories what was changed last is a story.
        Command::Undo if shared.state.page == Page::Present => shared.act(StoryAction::Undo),
        Command::Undo => shared.act(EditAction::Undo),
        Command::Redo => shared.act(EditAction::Redo),
        Command::Home => on_plan(shared, |s| {
            s.map.with(Map::home);
        }),
        Command::PlanPage => shared.act(ViewAction::Page(Page::Plan)),
        Command::ComparePage => shared.act(ViewAction::Page(Page::Compare)),
        Command::PresentPage => shared.act(ViewAction::Page(Page::Present)),
        Command::SourcesPage => shared.act(ViewAction::Page(Page::Sources)),
        Command::Language => switch_language(shared),
        Command::Theme => switch_theme(shared),
        Command::Open => on_plan(shared, |_| platform::click_soon("scenario-file")),
        Command::Save => save_file(shared),
        Command::Import => on_plan(shared, |_| platform::click_soon("table-file")),
        Command::Export => shared.dialog.set(Some(Dialog::Export)),
        Command::Report => open_report(shared),
        Command::Share => shared.dialog.set(Some(Dialog::Share)),
        Command::Library => shared.dialog.set(Some(Dialog::Library)),
        Command::New => shared.act(KeepAction::Anew),
        Command::Copy => shared.act(LibraryAction::Copy(shared.state.library.open.clone())),
        Command::Search => shared.palette.set(!*shared.palette),
        Command::Help => shared.act(HelpAction::Open(HelpPart::Keys)),
        Command::Glossary => shared.act(HelpAction::Open(HelpPart::Glossary)),
        Command::Signs => shared.act(HelpAction::Open(HelpPart::Signs)),
        Command::Tour => start_tour(shared),
        Command::Back => back(shared),
        Command::PlaceHere => place_here(shared),
        Command::Tell => tell_middle(shared),
        Command::BackCorner => shared.act(SitingAction::BackCorner),
        Command::Nudge => nudge(shared, key, shift),
        Command::Drop if shared.state.siting.drag.is_some() => shared.act(SitingAction::Drop),
        Command::Drop => shared.act(EditAction::Drop),
        Command::PutBack if shared.state.siting.drag.is_some() => shared.act(SitingAction::DragCancel),
        Command::PutBack => shared.act(EditAction::DragCancel),
        Command::Next => shared.act(StoryAction::Next),
        Command::Previous => shared.act(StoryAction::Previous),
        Command::First => shared.act(StoryAction::Go(0)),
        Command::Last => {
            if let Some(playing) = &shared.state.playing {
                shared.act(StoryAction::Go(playing.story.steps.len().saturating_sub(1)));
            }
        }
        Command::Jump => {
            if let Some(number) = key.parse::<usize>().ok().filter(|n| *n > 0) {
                shared.act(StoryAction::Go(number - 1));
            }
        }
        Command::Overview => {
            let open = shared.state.playing.as_ref().is_some_and(|p| p.overview);
            shared.act(StoryAction::Overview(!open));
        }
        Command::FullScreen => {
            if platform::is_full_screen() {
                platform::leave_full_screen();
            } else {
                platform::enter_full_screen();
            }
        }
        Command::End if shared.state.playing.as_ref().is_some_and(|p| p.overview) => {
            shared.act(StoryAction::Overview(false));
        }
        Command::End => end_story(shared),
    }
    true
}

/// The map is on the page Plan: it opens first.
fn on_plan(shared: &Shared, then: impl FnOnce(&Shared)) {
    if shared.state.page != Page::Plan {
        shared.act(ViewAction::Page(Page::Plan));
    }
    then(shared);
}

fn results(shared: &Shared, tab: ResultsTab) {
    on_plan(shared, |s| s.act(ViewAction::Results(tab)));
}

/// The tour goes over the page Plan.
pub fn start_tour(shared: &Shared) {
    on_plan(shared, |s| s.act(HelpAction::Tour(Some(0))));
}

/// Tells a story from a step on, on the whole screen where the browser lets it.
pub fn tell_story(shared: &Shared, story: Rc<Story>, step: usize) {
    platform::enter_full_screen();
    shared.act(StoryAction::Play(story, step));
}

/// Ends the story.
pub fn end_story(shared: &Shared) {
    platform::leave_full_screen();
    shared.act(StoryAction::Stop);
}

/// Steps back once: what was told goes first, then the tool, then the selection.
fn back(shared: &Shared) {
    let state = &shared.state;
    if state.told.is_some() || state.told_pick.is_some() {
        shared.act(ViewAction::Tell(None));
        shared.act(ViewAction::TellPick(None));
    } else if state.tool == Tool::Journey {
        close_journey(shared);
    } else if state.tool == Tool::Ring {
        shared.act(SitingAction::Draw(None));
    } else if state.tool != Tool::Select {
        shared.act(ViewAction::Tool(Tool::Select));
    } else if state.selected.is_some() {
        shared.act(ViewAction::Select(None));
    } else {
        shared.act(ViewAction::Prefecture(None));
    }
}

fn place_here(shared: &Shared) {
    let Some(camera) = shared.map.with(Map::camera) else { return };
    match shared.state.tool {
        Tool::Journey => {
            let stop = stop_at(shared, camera.center, None);
            shared.act(ViewAction::Journey(JourneyAction::Click(stop)));
        }
        // Twice at the same place closes the ring.
        Tool::Ring => corner(shared, camera.center),
        Tool::WhyNot => shared.act(SitingAction::WhyNot(camera.center, None)),
        Tool::Select | Tool::Point | Tool::Hub => shared.act(EditAction::Place(camera.center)),
    }
}

fn tell_middle(shared: &Shared) {
    let Some(camera) = shared.map.with(Map::camera) else { return };
    let pick = shared.map.with(|m| {
        let (x, y) = m.project(camera.center);
        m.pick(x, y, MIDDLE_REACH_PX)
    });
    shared.act(ViewAction::TellPick(pick.flatten()));
    shared.act(ViewAction::Tell(Some(camera.center)));
}

fn nudge(shared: &Shared, key: &str, fast: bool) {
    let step = if fast { 10.0 } else { 1.0 };
    let (dx, dy) = match key {
        "ArrowLeft" => (-step, 0.0),
        "ArrowRight" => (step, 0.0),
        "ArrowUp" => (0.0, -step),
        _ => (0.0, step),
    };
    let site = shared.state.siting.drag.as_ref().map(|d| d.at);
    let held = site.or(shared.state.drag.as_ref().map(|d| d.at));
    let moved = held.and_then(|at| {
        shared.map.with(|m| {
            let (x, y) = m.project(at);
            m.unproject(x + dx, y + dy)
        })
    });
    match moved {
        Some(at) if site.is_some() => shared.act(SitingAction::DragTo(at)),
        Some(at) => shared.act(EditAction::DragTo(at)),
        None => {}
    }
}
