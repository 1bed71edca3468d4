//! Everything that a person can ask for by a key or by name: one list for the keyboard, its map in the help, and the search box.

use super::{AppState, Page, Tool};

/// Something that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    PlacePoint,
    PlaceHub,
    Journey,
    Siting,
    Figures,
    Coverage,
    Norms,
    Balance,
    Prices,
    Select,
    Move,
    Delete,
    Undo,
    Redo,
    Home,
    PlanPage,
    ComparePage,
    PresentPage,
    SourcesPage,
    Language,
    Theme,
    Open,
    Save,
    Import,
    Export,
    Report,
    Share,
    Library,
    New,
    Copy,
    Search,
    Help,
    Glossary,
    Signs,
    Tour,
    Back,
    Pan,
    Zoom,
    PlaceHere,
    Tell,
    BackCorner,
    Nudge,
    Drop,
    PutBack,
    Next,
    Previous,
    First,
    Last,
    Jump,
    Overview,
    FullScreen,
    End,
}

impl Command {
    /// All that the search box may offer, in its order. What only means something under the hand, such as the arrows, is not
    /// among them.
    pub const NAMED: [Self; 35] = [
        Self::PlacePoint,
        Self::PlaceHub,
        Self::Journey,
        Self::Siting,
        Self::Figures,
        Self::Coverage,
        Self::Norms,
        Self::Balance,
        Self::Prices,
        Self::Select,
        Self::Move,
        Self::Delete,
        Self::Undo,
        Self::Redo,
        Self::Home,
        Self::PlanPage,
        Self::ComparePage,
        Self::PresentPage,
        Self::SourcesPage,
        Self::Language,
        Self::Theme,
        Self::Open,
        Self::Save,
        Self::Import,
        Self::Export,
        Self::Report,
        Self::Share,
        Self::Library,
        Self::New,
        Self::Copy,
        Self::Search,
        Self::Help,
        Self::Glossary,
        Self::Signs,
        Self::Tour,
    ];

    /// The key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::PlacePoint => "command-place-point",
            Self::PlaceHub => "command-place-hub",
            Self::Journey => "command-journey",
            Self::Siting => "command-siting",
            Self::Figures => "command-figures",
            Self::Coverage => "command-coverage",
            Self::Norms => "command-norms",
            Self::Balance => "command-balance",
            Self::Prices => "command-prices",
            Self::Select => "command-select",
            Self::Move => "command-move",
            Self::Delete => "command-delete",
            Self::Undo => "command-undo",
            Self::Redo => "command-redo",
            Self::Home => "command-home",
            Self::PlanPage => "command-page-plan",
            Self::ComparePage => "command-page-compare",
            Self::PresentPage => "command-page-present",
            Self::SourcesPage => "command-page-sources",
            Self::Language => "command-language",
            Self::Theme => "command-theme",
            Self::Open => "command-open",
            Self::Save => "command-save",
            Self::Import => "command-import",
            Self::Export => "command-export",
            Self::Report => "command-report",
            Self::Share => "command-share",
            Self::Library => "command-library",
            Self::New => "command-new",
            Self::Copy => "command-copy",
            Self::Search => "command-search",
            Self::Help => "command-help",
            Self::Glossary => "command-glossary",
            Self::Signs => "command-signs",
            Self::Tour => "command-tour",
            Self::Back => "command-back",
            Self::Pan => "command-pan",
            Self::Zoom => "command-zoom",
            Self::PlaceHere => "command-place-here",
            Self::Tell => "command-tell",
            Self::BackCorner => "command-back-corner",
            Self::Nudge => "command-nudge",
            Self::Drop => "command-drop",
            Self::PutBack => "command-put-back",
            Self::Next => "command-next",
            Self::Previous => "command-previous",
            Self::First => "command-first",
            Self::Last => "command-last",
            Self::Jump => "command-jump",
            Self::Overview => "command-overview",
            Self::FullScreen => "command-full-screen",
            Self::End => "command-end",
        }
    }

    /// True where it means something now. What a key does not mean goes on to the browser.
    #[must_use]
    pub fn is_possible(self, state: &AppState) -> bool {
        match self {
            Self::Move | Self::Delete => state.selected.is_some(),
            Self::BackCorner => state.tool == Tool::Ring,
            Self::PlaceHere => state.tool != Tool::Select,
            Self::Tell => state.tool == Tool::Select,
            Self::Back => {
                state.told.is_some()
                    || state.told_pick.is_some()
                    || state.tool != Tool::Select
                    || state.selected.is_some()
                    || state.prefecture.is_some()
            }
            _ => true,
        }
    }
}

/// A key, alone or with Ctrl (or the command key of a Mac).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// What the browser calls the key; letters in lower case.
    pub key: &'static str,
    /// Ctrl is held.
    pub ctrl: bool,
    /// Shift must be held, or must not be; with `None` it does not matter.
    pub shift: Option<bool>,
}

const fn plain(key: &'static str) -> Chord {
    Chord { key, ctrl: false, shift: None }
}

const fn ctrl(key: &'static str, shift: bool) -> Chord {
    Chord { key, ctrl: true, shift: Some(shift) }
}

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Anywhere but in fields and dialogs.
    Everywhere,
    /// On the plan page.
    Plan,
    /// While the map has the focus.
    Map,
    /// While something follows the arrows.
    Moving,
    /// While a story is told.
    Player,
}

impl Place {
    /// All, in the order of the help.
    pub const ALL: [Self; 5] = [Self::Everywhere, Self::Plan, Self::Map, Self::Moving, Self::Player];

    /// The key of its words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Everywhere => "keys-everywhere",
            Self::Plan => "keys-plan",
            Self::Map => "keys-map",
            Self::Moving => "keys-moving",
            Self::Player => "keys-player",
        }
    }
}

/// A command and its keys.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// What.
    pub command: Command,
    /// Any of these.
    pub chords: &'static [Chord],
    /// Where.
    pub place: Place,
}

const fn bind(place: Place, command: Command, chords: &'static [Chord]) -> Binding {
    Binding { command, chords, place }
}

/// All keys. Where two could be meant, the first that is possible counts.
pub const BINDINGS: [Binding; 36] = [
    bind(Place::Everywhere, Command::Search, &[ctrl("k", false), ctrl("k", true)]),
    bind(Place::Everywhere, Command::Undo, &[ctrl("z", false)]),
    bind(Place::Everywhere, Command::Redo, &[ctrl("z", true), ctrl("y", false)]),
    bind(Place::Everywhere, Command::Help, &[plain("?"), plain("F1")]),
    bind(Place::Everywhere, Command::PresentPage, &[plain("p")]),
    bind(Place::Everywhere, Command::Share, &[plain("l")]),
    bind(Place::Everywhere, Command::Library, &[plain("o")]),
    bind(Place::Everywhere, Command::Back, &[plain("Escape")]),
    bind(Place::Plan, Command::Select, &[plain("v")]),
    bind(Place::Plan, Command::PlacePoint, &[plain("c")]),
    bind(Place::Plan, Command::PlaceHub, &[plain("h")]),
    bind(Place::Plan, Command::Journey, &[plain("r")]),
    bind(Place::Plan, Command::Siting, &[plain("s")]),
    bind(Place::Plan, Command::Move, &[plain("m")]),
    bind(Place::Plan, Command::BackCorner, &[plain("Backspace")]),
    bind(Place::Plan, Command::Delete, &[plain("Delete"), plain("Backspace")]),
    bind(Place::Map, Command::Tell, &[plain("i")]),
    bind(Place::Map, Command::PlaceHere, &[plain("Enter")]),
    bind(Place::Map, Command::Pan, &[plain("ArrowLeft"), plain("ArrowRight"), plain("ArrowUp"), plain("ArrowDown")]),
    bind(Place::Map, Command::Zoom, &[plain("+"), plain("="), plain("-")]),
    bind(
        Place::Moving,
        Command::Nudge,
        &[plain("ArrowLeft"), plain("ArrowRight"), plain("ArrowUp"), plain("ArrowDown")],
    ),
    bind(Place::Moving, Command::Drop, &[plain("Enter")]),
    bind(Place::Moving, Command::PutBack, &[plain("Escape")]),
    bind(Place::Player, Command::Next, &[plain("ArrowRight"), plain(" "), plain("PageDown"), plain("n")]),
    bind(Place::Player, Command::Next, &[plain("ArrowDown"), plain("Enter")]),
    bind(Place::Player, Command::Previous, &[plain("ArrowLeft"), plain("PageUp"), plain("Backspace")]),
    bind(Place::Player, Command::Previous, &[plain("ArrowUp")]),
    bind(Place::Player, Command::First, &[plain("Home")]),
    bind(Place::Player, Command::Last, &[plain("End")]),
    bind(
        Place::Player,
        Command::Jump,
        &[plain("1"), plain("2"), plain("3"), plain("4"), plain("5"), plain("6"), plain("7"), plain("8"), plain("9")],
    ),
    bind(Place::Player, Command::Overview, &[plain("o")]),
    bind(Place::Player, Command::FullScreen, &[plain("f"), plain("F5")]),
    bind(Place::Player, Command::Language, &[plain("l")]),
    bind(Place::Player, Command::Theme, &[plain("t")]),
    bind(Place::Player, Command::Zoom, &[plain("+"), plain("="), plain("-")]),
    bind(Place::Player, Command::End, &[plain("Escape")]),
];

/// A key that went down.
#[derive(Clone, Copy, Debug)]
pub struct Pressed<'a> {
    /// What the browser calls it.
    pub key: &'a str,
    /// Ctrl or the command key is held.
    pub ctrl: bool,
    /// Shift is held.
    pub shift: bool,
    /// The map has the focus.
    pub on_map: bool,
}

/// What a key means now.
#[must_use]
pub fn bound(state: &AppState, pressed: &Pressed<'_>) -> Option<Command> {
    let moving = state.drag.is_some() || state.siting.drag.is_some();
    let counts = |b: &Binding| match b.place {
        Place::Player => state.playing.is_some(),
        _ if state.playing.is_some() => false,
        Place::Moving => moving,
        Place::Everywhere => !moving || pressed.ctrl,
        Place::Plan => !moving && state.page == Page::Plan,
        Place::Map => !moving && pressed.on_map,
    };
    let is = |c: &Chord| {
        let same = if c.key.len() == 1 { c.key.eq_ignore_ascii_case(pressed.key) } else { c.key == pressed.key };
        same && c.ctrl == pressed.ctrl && c.shift.is_none_or(|s| s == pressed.shift)
    };
    BINDINGS.iter().find(|b| counts(b) && b.chords.iter().any(is) && b.command.is_possible(state)).map(|b| b.command)
}

/// The first keys of a command, for its button and its line in the search box.
#[must_use]
pub fn chords_of(command: Command) -> &'static [Chord] {
    BINDINGS.iter().find(|b| b.command == command && b.place != Place::Player).map_or(&[], |b| b.chords)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::{Lang, has},
        state::Theme,
    };

    fn press(state: &AppState, key: &str, ctrl: bool, shift: bool, on_map: bool) -> Option<Command> {
        bound(state, &Pressed { key, ctrl, shift, on_map })
    }

    #[test]
    fn every_command_has_words_and_every_place_too() {
        for lang in [Lang::Zh, Lang::En] {
            for key in Command::NAMED.map(Command::key).into_iter().chain(BINDINGS.iter().map(|b| b.command.key())) {
                assert!(has(lang, key), "{key}");
            }
            for place in Place::ALL {
                assert!(has(lang, place.key()));
            }
        }
    }

    #[test]
    fn keys_mean_what_the_moment_makes_of_them() {
        let mut state = AppState::new(Lang::En, Theme::Light);
        assert_eq!(press(&state, "Z", true, true, false), Some(Command::Redo));
        assert_eq!(press(&state, "z", true, false, false), Some(Command::Undo));
        assert_eq!(press(&state, "C", false, true, false), Some(Command::PlacePoint));
        assert_eq!(press(&state, "Escape", false, false, false), None, "there is nothing to step back from");
        assert_eq!(press(&state, "Enter", false, false, true), None, "no tool is in hand");
        assert_eq!(press(&state, "Delete", false, false, false), None, "nothing is selected");
        state.selected = Some("HB001".into());
        assert_eq!(press(&state, "Backspace", false, false, false), Some(Command::Delete));
        state.tool = Tool::Ring;
        assert_eq!(press(&state, "Backspace", false, false, false), Some(Command::BackCorner));
        assert_eq!(press(&state, "Enter", false, false, true), Some(Command::PlaceHere));
        state.page = Page::Sources;
        assert_eq!(press(&state, "c", false, false, false), None, "there is no map to place on");
        state.drag = Some(crate::state::Drag { id: "HB001".into(), from: Default::default(), at: Default::default() });
        assert_eq!(press(&state, "Escape", false, false, false), Some(Command::PutBack));
        assert_eq!(press(&state, "p", false, false, false), None);
        assert_eq!(press(&state, "z", true, false, false), Some(Command::Undo));
    }
}
