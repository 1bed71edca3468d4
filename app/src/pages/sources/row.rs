//! One parameter of the table: a line, and beneath it the field to set it while that is open.

use super::{
    editor::Editor,
    list::{Column, Row, Setting},
};
use crate::{
    app::Shared,
    i18n::{exact, tr},
    panels::{choice, disputed_word, family_select, mine, set, struck, use_shared},
    ui::basis_mark,
};
use atlas_core::scenario::Lever;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub row: Rc<Row>,
    /// The field to set it is open.
    pub editing: bool,
    /// Opens or closes that field.
    pub on_edit: Callback<Option<String>>,
}

#[component]
pub fn ParameterRow(props: &Props) -> Html {
    let shared = use_shared();
    let row = &props.row;
    let close = {
        let on_edit = props.on_edit.clone();
        Callback::from(move |()| on_edit.emit(None))
    };
    let cell = |column: Column| shared.t(column.name());
    html! {
        <tbody class={classes!(row.is_mine().then_some("mine-row"))}>
            <tr>
                <th scope="row" data-label={cell(Column::Name)}><b>{ &row.name }</b><code>{ &row.key }</code></th>
                <td data-label={cell(Column::Group)}>{ shared.t(&format!("group-{}", row.group.key())) }</td>
                <td class="value" data-label={cell(Column::Value)}>{ value(&shared, row) }{ control(&shared, props) }</td>
                <td data-label={cell(Column::Unit)}>{ &row.unit }</td>
                <td class="num range" data-label={cell(Column::Range)}>{ row.range_words() }</td>
                <td class="num" data-label={cell(Column::Year)}>{ or_dash(&row.year) }</td>
                <td data-label={cell(Column::Basis)}><span class="basis">{ basis_mark(row.certainty()) }{ shared.t(&format!("basis-{}", row.basis.key())) }</span></td>
                <td data-label={cell(Column::Confidence)}>{ or_dash(&row.confidence) }</td>
                <td class="uses" data-label={cell(Column::Uses)}>{ uses(&shared, row) }</td>
                <td class="source" data-label={cell(Column::Source)}>if row.is_mine() { <span class="fine">{ shared.t("set-table-value") }{ ": " }</span> }{ &row.source }<span class="fine">{ &row.line }</span>if !row.note.is_empty() { <span class="fine">{ shared.t("sources-note") }{ ": " }{ &row.note }</span> }</td>
            </tr>
            if props.editing { <tr class="editor"><td colspan={Column::ALL.len().to_string()}><Editor row={Rc::clone(row)} on_close={close} /></td></tr> }
        </tbody>
    }
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "\u{2013}" } else { text }
}

/// The value in force; the table's struck beside it where the user set another.
fn value(shared: &Shared, row: &Row) -> Html {
    let words = |v: f64| choice(&row.key, v).map_or_else(|| exact(v), |key| shared.t(key));
    html! {
        <>
            if row.setting != Setting::Family { <b class="num">{ words(row.value) }</b> }
            if let Some(table) = row.default { { mine(shared) }{ struck(shared, &words(table)) } }
            if row.disputed { { disputed_word(shared) } }
        </>
    }
}

/// How it is set, or in words why it cannot be.
fn control(shared: &Shared, props: &Props) -> Html {
    let row = &props.row;
    match row.setting {
        Setting::Number => {
            let toggle = {
                let (on_edit, key) = (props.on_edit.clone(), (!props.editing).then(|| row.key.clone()));
                Callback::from(move |_: MouseEvent| on_edit.emit(key.clone()))
            };
            let reset = {
                let (shared, key) = (shared.clone(), row.key.clone());
                Callback::from(move |_: MouseEvent| set(&shared, &key, None))
            };
            let label = tr(shared.state.lang, "set-open-name", &[("name", &row.name)]);
            html! {
                <>
                    <button class="link set" id={format!("set-{}", row.key)} aria-expanded={props.editing.to_string()} aria-label={label} onclick={toggle}>{ shared.t("set-open") }</button>
                    if row.is_mine() {
                        <button class="link set" aria-label={tr(shared.state.lang, "set-reset-name", &[("name", &row.name)])} onclick={reset}>{ shared.t("set-reset") }</button>
                    }
                    { lever_words(shared, row) }
                </>
            }
        }
        Setting::Family => family_select(shared, "emission-family-row", false),
        Setting::Built => html! { <span class="fine">{ shared.t("set-never-built") }</span> },
        Setting::Context => Html::default(),
    }
}

/// A lever that replaces or multiplies the value says so where the value stands.
fn lever_words(shared: &Shared, row: &Row) -> Html {
    let levers = shared.state.levers();
    let lang = shared.state.lang;
    let over = Lever::over(&row.key).and_then(|lever| Some((lever, levers.get(lever)?)));
    let words = over.map(|(lever, v)| match lever {
        Lever::RecoveryRate => tr(lang, "set-lever-first", &[("value", &format!("{:.0} %", v * 100.0))]),
        Lever::FreightPrice => tr(lang, "set-lever-times", &[("value", &format!("{v:.2}"))]),
    });
    words.map_or_else(Html::default, |words| html! { <span class="fine">{ words }</span> })
}

fn uses(shared: &Shared, row: &Row) -> Html {
    if row.uses.is_empty() {
        return html! { <span class="fine">{ shared.t("use-none") }</span> };
    }
    let comma = if shared.state.lang == crate::i18n::Lang::Zh { "\u{3001}" } else { ", " };
    html! { { row.uses.join(comma) } }
}
