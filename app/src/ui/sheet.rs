//! A dialog over the page: the browser keeps the focus in it, closes it on Escape, and gives the focus back.

use super::{Icon, icon};
use crate::chart::{close_dialog, open_dialog};
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SheetProps {
    /// Id of the dialog; its heading's is this with `-title` behind it.
    pub id: &'static str,
    /// Heading.
    pub title: AttrValue,
    /// Name of the button that closes it.
    pub close: AttrValue,
    /// It was closed.
    pub on_close: Callback<()>,
    /// What is in it.
    pub children: Html,
}

#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<Element>() {
                open_dialog(&dialog);
            }
        });
    }
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<Element>() {
                close_dialog(&dialog);
            }
        })
    };
    let title = format!("{}-title", props.id);
    html! {
        <dialog class="sheet small" id={props.id} ref={dialog} aria-labelledby={title.clone()} onclose={props.on_close.reform(|_: Event| ())}>
            <header>
                <h2 id={title}>{ &props.title }</h2>
                <button class="shut" onclick={close} aria-label={props.close.clone()}>{ icon(Icon::Close) }</button>
            </header>
            { props.children.clone() }
        </dialog>
    }
}
