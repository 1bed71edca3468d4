//! The first rows, each column under what it holds.

use crate::{
    app::Shared,
    i18n::{count, tr},
    state::{Import, ImportAction},
};
use atlas_core::format::import::{Field, Preview};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

pub fn columns(shared: &Shared, it: &Import, preview: &Preview) -> Html {
    let lang = shared.state.lang;
    let fields = it.settings.kind.fields();
    let select = |c: usize| {
        let now = it.settings.fields.get(c).copied().flatten();
        let heading = heading(preview, c);
        let changed = {
            let (shared, settings, fields) = (shared.clone(), it.settings.clone(), fields.clone());
            Callback::from(move |e: Event| {
                let index = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
                let field = usize::try_from(index - 1).ok().and_then(|i| fields.get(i)).copied();
                let mut settings = settings.clone();
                settings.set_field(c, field);
                shared.act(ImportAction::Understand(Box::new(settings)));
            })
        };
        let option = |f: &Field| html! { <option selected={now == Some(*f)}>{ shared.t(&format!("import-field-{}", f.key())) }</option> };
        html! {
            <th scope="col" class={classes!(now.is_none().then_some("off"))}>
                <select id={format!("import-column-{c}")} onchange={changed} aria-label={tr(lang, "import-column-holds", &[("column", &heading)])}>
                    <option selected={now.is_none()}>{ shared.t("import-field-none") }</option>
                    { for fields.iter().map(option) }
                </select>
                <span>{ heading.clone() }</span>
            </th>
        }
    };
    let width = preview.columns.len();
    let row = |(number, cells): &(u32, Vec<String>)| {
        let cell = |c: usize| {
            let off = it.settings.fields.get(c).copied().flatten().is_none();
            html! { <td class={classes!(off.then_some("off"))}>{ cells.get(c).cloned().unwrap_or_default() }</td> }
        };
        html! { <tr><th scope="row" class="num">{ number }</th>{ for (0..width).map(cell) }</tr> }
    };
    let shown = [("n", &*count(preview.rows.len())), ("of", &*count(preview.total))];
    html! {
        <div class="scroll preview" tabindex="0" role="region" aria-label={shared.t("import-preview")}>
            <table class="plain" id="import-preview">
                <caption>{ tr(lang, "import-preview-rows", &shown) }</caption>
                <thead><tr><th scope="col" class="num">{ shared.t("import-row") }</th>{ for (0..width).map(select) }</tr></thead>
                <tbody>{ for preview.rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// The heading of a column, or its letter as a spreadsheet has it.
fn heading(preview: &Preview, column: usize) -> String {
    let own = &preview.columns[column];
    if !own.is_empty() {
        return own.clone();
    }
    let letter = |i: usize| char::from(b'A' + (i % 26) as u8);
    if column < 26 { letter(column).to_string() } else { format!("{}{}", letter(column / 26 - 1), letter(column)) }
}
