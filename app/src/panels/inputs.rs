//! The parameters behind a figure, each with its source down to the row: the same list wherever a figure is explained.

use super::assumptions::{open_source, value};
use crate::{
    app::Shared,
    i18n::{Lang, parameter_name, source_words, t, tr},
};
use atlas_core::{model::Parameter, scenario::Lever};
use yew::prelude::*;

/// The list. What the user set is marked, with the table's own value beside it.
pub fn inputs(shared: &Shared, rows: &[&Parameter]) -> Html {
    let lang = shared.state.lang;
    html! { <table class="inputs"><caption>{ t(lang, "why-inputs") }</caption><tbody>{ for rows.iter().map(|p| input_row(shared, p)) }</tbody></table> }
}

/// The formula of a way, and every parameter behind its figures with its source.
pub fn because(shared: &Shared, keys: &[String]) -> Html {
    let state = &shared.state;
    let parameters = state.parameters();
    let rows: Vec<&Parameter> = keys.iter().filter_map(|k| parameters.get(k)).collect();
    let colon = if state.lang == Lang::Zh { "\u{ff1a}" } else { ": " };
    html! {
        <details class="because">
            <summary>{ shared.t("journey-why") }</summary>
            <p>{ shared.t("formula-journey") }</p>
            <p class="fine"><b>{ shared.t("why-data") }</b>{ colon }{ shared.t("data-networks") }</p>
            { inputs(shared, &rows) }
        </details>
    }
}

/// A number that others rest on: name, value, basis and source down to the row.
pub fn input_row(shared: &Shared, p: &Parameter) -> Html {
    let lang = shared.state.lang;
    let name = parameter_name(lang, &p.key);
    let in_table = shared.state.baseline.parameters.get(&p.key).is_some();
    html! {
        <tr>
            <th scope="row">
                if in_table {
                    <button class="link" onclick={open_source(shared, &p.key)} title={tr(lang, "why-open", &[("name", &p.key)])}>{ name }</button>
                } else {
                    { name }
                }
                <span class="fine">{ origin_words(shared, p) }</span>
            </th>
            <td class="num">{ value(shared, p) }</td>
        </tr>
    }
}

/// Basis, source and year of a parameter; for one that the user set, those of the table's value.
fn origin_words(shared: &Shared, p: &Parameter) -> String {
    let head = if p.default.is_some() { shared.t("set-table-value") } else { basis_word(shared, p) };
    let source = source_words(shared.state.lang, &p.origin.source);
    let year = if p.origin.year.is_empty() { String::new() } else { format!(", {}", p.origin.year) };
    {
        let lang = shared.state.lang;
        let row = p.origin.row.strip_prefix("line ");
        let place = match row {
            Some(n) => tr(lang, "sources-line", &[("table", &p.origin.table), ("n", n)]),
            None => format!("{}.csv, {}", p.origin.table, p.origin.row),
        };
        let stop = if lang == Lang::Zh { "\u{3002}" } else { ". " };
        format!("{head}{stop}{source}{year} ({place})")
    }
}

/// The basis of a parameter; for one that a lever replaces, whose it is.
fn basis_word(shared: &Shared, p: &Parameter) -> String {
    let lever = Lever::over(&p.key).and_then(|lever| shared.state.levers().get(lever));
    let basis = shared.t(&format!("basis-{}", p.origin.basis.key()));
    if lever.is_some() { format!("{basis} → {}", shared.t("lever-marked")) } else { basis }
}
