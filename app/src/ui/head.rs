//! The head of a column that sorts.

use yew::prelude::*;

/// A head with a button; `descending` where the table is sorted by this column.
pub fn sort_head(label: String, descending: Option<bool>, onclick: Callback<MouseEvent>) -> Html {
    let (sort, sign) = match descending {
        None => ("none", ""),
        Some(false) => ("ascending", "\u{25b4}"),
        Some(true) => ("descending", "\u{25be}"),
    };
    html! {
        <th scope="col" aria-sort={sort}><button class="sorter" {onclick}>{ label }<span class="sign" aria-hidden="true">{ sign }</span></button></th>
    }
}
