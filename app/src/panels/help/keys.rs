//! All keys, from the one list that the keyboard itself goes by.

use crate::{
    i18n::{Lang, t},
    panels::use_shared,
    state::{BINDINGS, Chord, Command, KeyPlace},
};
use yew::prelude::*;

/// A chord as people read it.
pub fn keys_words(lang: Lang, chord: &Chord) -> String {
    let key = match chord.key {
        " " => t(lang, "key-space"),
        "Enter" => t(lang, "key-enter"),
        "Escape" => t(lang, "key-escape"),
        "Delete" => t(lang, "key-delete"),
        "Backspace" => t(lang, "key-backspace"),
        "PageUp" => t(lang, "key-page-up"),
        "PageDown" => t(lang, "key-page-down"),
        "Home" => t(lang, "key-home"),
        "End" => t(lang, "key-end"),
        "ArrowLeft" => "←".into(),
        "ArrowRight" => "→".into(),
        "ArrowUp" => "↑".into(),
        "ArrowDown" => "↓".into(),
        "-" => "−".into(),
        other => other.to_uppercase(),
    };
    match (chord.ctrl, chord.shift) {
        (true, Some(true)) => format!("Ctrl + {} + {key}", t(lang, "key-shift")),
        (true, _) => format!("Ctrl + {key}"),
        _ => key,
    }
}

/// The chords of a command in one place, each once: `=` is only `+` without Shift, and search needs no Shift.
fn chords(place: KeyPlace, command: Command) -> Vec<Chord> {
    let all = BINDINGS.iter().filter(|b| b.place == place && b.command == command).flat_map(|b| b.chords);
    all.filter(|c| c.key != "=" && !(c.key == "k" && c.shift == Some(true))).copied().collect()
}

#[component]
pub fn KeyMap() -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let line = |place: KeyPlace, command: Command| {
        let keys = chords(place, command);
        html! {
            <tr>
                <th scope="row">{ for keys.iter().map(|c| html! { <kbd>{ keys_words(lang, c) }</kbd> }) }</th>
                <td>{ shared.t(command.key()) }</td>
            </tr>
        }
    };
    let block = |place: KeyPlace| {
        let mut commands: Vec<Command> = Vec::new();
        for b in BINDINGS.iter().filter(|b| b.place == place) {
            if !commands.contains(&b.command) {
                commands.push(b.command);
            }
        }
        html! {
            <section>
                <h3>{ shared.t(place.key()) }</h3>
                <table class="plain keys">
                    <thead class="hidden"><tr><th scope="col">{ shared.t("keys-keys") }</th><th scope="col">{ shared.t("keys-what") }</th></tr></thead>
                    <tbody>{ for commands.into_iter().map(|c| line(place, c)) }</tbody>
                </table>
            </section>
        }
    };
    html! { <><p class="fine">{ shared.t("keys-note") }</p><div class="key-map">{ for KeyPlace::ALL.map(block) }</div></> }
}
