//! The field that sets a parameter: a number in the allowed range, or a reason in words why not.

use super::list::{Refusal, Row, checked};
use crate::{
    i18n::{exact, tr},
    panels::{set, use_shared},
    platform,
};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub row: Rc<Row>,
    /// Closes the field.
    pub on_close: Callback<()>,
}

#[component]
pub fn Editor(props: &Props) -> Html {
    let shared = use_shared();
    let row = &props.row;
    let lang = shared.state.lang;
    let typed = use_state(|| row.value.to_string());
    let refusal = use_state(|| None::<Refusal>);
    use_effect_with((), |()| platform::focus("set-field"));
    let (low, high) = row.allowed;
    let allowed = [("low", exact(low)), ("high", exact(high)), ("unit", row.unit.clone())];
    let words = |key: &str, value: &str| {
        let mut values: Vec<(&str, &str)> = allowed.iter().map(|(k, v)| (*k, v.as_str())).collect();
        values.push(("value", value));
        tr(lang, key, &values).trim_end().to_owned()
    };
    let leave = {
        let (close, key) = (props.on_close.clone(), row.key.clone());
        move || {
            close.emit(());
            platform::focus(&format!("set-{key}"));
        }
    };
    let submit = {
        let (shared, row, typed, refusal, leave) =
            (shared.clone(), Rc::clone(row), typed.clone(), refusal.clone(), leave.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            match checked(&typed, row.allowed) {
                Ok(value) => {
                    set(&shared, &row.key, Some(value));
                    leave();
                }
                Err(why) => refusal.set(Some(why)),
            }
        })
    };
    let reset = {
        let (shared, key, leave) = (shared.clone(), row.key.clone(), leave.clone());
        Callback::from(move |_: MouseEvent| {
            set(&shared, &key, None);
            leave();
        })
    };
    let input = {
        let (typed, refusal) = (typed.clone(), refusal.clone());
        Callback::from(move |e: InputEvent| {
            typed.set(e.target_unchecked_into::<HtmlInputElement>().value());
            refusal.set(None);
        })
    };
    let on_key = {
        let leave = leave.clone();
        Callback::from(move |e: KeyboardEvent| {
            if e.key() == "Escape" {
                leave();
            }
        })
    };
    let cancel = Callback::from(move |_: MouseEvent| leave());
    let wrong = refusal.map(|why| match why {
        Refusal::NotANumber => words("set-bad-number", ""),
        Refusal::OutOfRange(value) => words("set-out-of-range", &exact(value)),
    });
    html! {
        <form class="set-form" onsubmit={submit} onkeydown={on_key}>
            <label for="set-field">{ tr(lang, "set-value", &[("unit", &row.unit)]) }<span class="hidden">{ &row.name }</span></label>
            <input id="set-field" type="text" inputmode="decimal" autocomplete="off" value={(*typed).clone()} oninput={input}
                aria-invalid={wrong.is_some().to_string()} aria-describedby="set-help" />
            <button class="btn main" type="submit">{ shared.t("set-do") }</button>
            if row.is_mine() { <button class="btn" type="button" onclick={reset}>{ shared.t("set-reset") }</button> }
            <button class="btn" type="button" onclick={cancel}>{ shared.t("set-close") }</button>
            <p id="set-help" class={classes!(wrong.is_some().then_some("bad"), wrong.is_none().then_some("fine"))} role={wrong.is_some().then_some("alert")}>
                { wrong.unwrap_or_else(|| words("set-allowed", "")) }
            </p>
        </form>
    }
}
