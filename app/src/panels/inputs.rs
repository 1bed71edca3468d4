//! The parameters behind a figure, each with its source: the same list wherever a figure is explained.

use crate::{
    app::Shared,
    i18n::{source_words, t},
};
use atlas_core::{model::Parameter, scenario::RECOVERY_RATE_KEY};
use yew::prelude::*;

/// The list. What the user set is marked, with the table's own value beside it.
pub fn inputs(shared: &Shared, rows: &[&Parameter]) -> Html {
    let lang = shared.state.lang;
    let line = |p: &&Parameter| {
        html! {
            <tr>
                <th scope="row"><code>{ &p.key }</code></th>
                <td class="num">{ format!("{} {}", p.value, p.unit) }
                    if let Some(table) = p.default { <br /><s>{ table }</s> }
                </td>
                <td>{ basis_word(shared, p) }{ ". " }{ source_words(lang, &p.origin.source) }{ if p.origin.year.is_empty() { String::new() } else { format!(", {}", p.origin.year) } }
                    <br /><span class="fine">{ format!("{}.csv, {}", p.origin.table, p.origin.row) }</span></td>
            </tr>
        }
    };
    html! { <table class="inputs"><caption>{ t(lang, "why-inputs") }</caption><tbody>{ for rows.iter().map(line) }</tbody></table> }
}

/// The basis of a parameter; for one that a lever replaces, whose it is.
fn basis_word(shared: &Shared, p: &Parameter) -> String {
    let lever = match p.key.as_str() {
        RECOVERY_RATE_KEY => shared.state.levers().recovery_rate,
        _ if p.key.starts_with("freight.cost.") => shared.state.levers().freight_price,
        _ => None,
    };
    let basis = shared.t(&format!("basis-{}", p.origin.basis.key()));
    if lever.is_some() { format!("{basis} → {}", shared.t("lever-marked")) } else { basis }
}
