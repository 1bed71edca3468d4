//! Help: all keys, the terms in both languages, what the signs mean. Over the page, and gone with Escape.

mod glossary;
mod keys;
mod signs;
mod tour;

pub use glossary::term_link;
pub use keys::keys_words;
pub use tour::{Tour, use_first_visit};

use super::use_shared;
use crate::{
    chart,
    commands::start_tour,
    platform,
    state::{HelpAction, HelpPart, Page, ViewAction},
    ui::{Icon, Tabs, icon},
};
use glossary::Glossary;
use keys::KeyMap;
use signs::Signs;
use web_sys::Element;
use yew::prelude::*;

/// The dialog, while a part of the help is open.
#[component]
pub fn HelpDialog() -> Html {
    let shared = use_shared();
    match shared.state.help.open {
        Some(part) => html! { <Sheet {part} /> },
        None => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct SheetProps {
    part: HelpPart,
}

#[component]
fn Sheet(props: &SheetProps) -> Html {
    let shared = use_shared();
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let before = platform::focused();
            if let Some(dialog) = dialog.cast::<Element>() {
                chart::open_dialog(&dialog);
            }
            // The focus goes back to where it came from.
            move || {
                if let Some(before) = before {
                    let _ = before.focus();
                }
            }
        });
    }
    let close = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(HelpAction::Close))
    };
    let closed = {
        let shared = shared.clone();
        Callback::from(move |_: Event| shared.act(HelpAction::Close))
    };
    let open = {
        let shared = shared.clone();
        Callback::from(move |i: usize| shared.act(HelpAction::Open(HelpPart::ALL[i])))
    };
    let tour = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| start_tour(&shared))
    };
    let sources = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            shared.act(HelpAction::Close);
            shared.act(ViewAction::Page(Page::Sources));
        })
    };
    let part = props.part;
    let names: Vec<String> = HelpPart::ALL.iter().map(|p| shared.t(&format!("{}-tab-word", p.key()))).collect();
    html! {
        <dialog class="sheet help" id="help" ref={dialog} aria-labelledby="help-title" onclose={closed}>
            <header>
                <h2 id="help-title">{ shared.t("help") }</h2>
                <button class="link" id="help-tour" onclick={tour}>{ shared.t("help-tour") }</button>
                <button class="link" id="help-sources" onclick={sources}>{ shared.t("help-sources") }</button>
                <button class="shut" onclick={close} aria-label={shared.t("help-close")}>{ icon(Icon::Close) }</button>
            </header>
            <Tabs label={shared.t("help-tabs")} panels={HelpPart::ALL.map(HelpPart::key).to_vec()} {names}
                open={HelpPart::ALL.iter().position(|p| *p == part).unwrap_or(0)} on_open={open} />
            <div role="tabpanel" class="scroll" id={part.key()} aria-labelledby={format!("{}-tab", part.key())} tabindex="0">
                { match part {
                    HelpPart::Keys => html! { <KeyMap /> },
                    HelpPart::Glossary => html! { <Glossary /> },
                    HelpPart::Signs => html! { <Signs /> },
                } }
            </div>
        </dialog>
    }
}
