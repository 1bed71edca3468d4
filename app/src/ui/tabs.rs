//! Tabs: one is open, arrows go from one to the next, and the rest of the page is reached by Tab.

use crate::platform;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// What the tabs choose among.
    pub label: AttrValue,
    /// Id of the element that each tab opens; the tab's own is this with `-tab` behind it.
    pub panels: Vec<&'static str>,
    /// Names, in the same order.
    pub names: Vec<String>,
    /// Which one is open.
    pub open: usize,
    /// Opens another one.
    pub on_open: Callback<usize>,
}

/// The row of tabs. The panels are the caller's: `role="tabpanel"` with the id given here.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let count = props.panels.len();
    let tab = |i: usize| {
        let open = i == props.open;
        let choose = props.on_open.clone();
        let panels = props.panels.clone();
        let go = props.on_open.clone();
        let on_key = Callback::from(move |e: KeyboardEvent| {
            let next = match e.key().as_str() {
                "ArrowRight" => (i + 1) % count,
                "ArrowLeft" => (i + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            e.prevent_default();
            go.emit(next);
            platform::focus(&format!("{}-tab", panels[next]));
        });
        html! {
            <button role="tab" id={format!("{}-tab", props.panels[i])} aria-selected={open.to_string()} aria-controls={open.then_some(props.panels[i])}
                tabindex={if open { "0" } else { "-1" }} onclick={move |_: MouseEvent| choose.emit(i)} onkeydown={on_key}>{ &props.names[i] }</button>
        }
    };
    html! { <div class="tablist" role="tablist" aria-label={props.label.clone()}>{ for (0..count).map(tab) }</div> }
}
