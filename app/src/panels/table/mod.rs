//! The table twin of the map: everything on it, in four tables.

mod catchments;
mod facilities;
mod flows;
mod scrap;

use super::use_shared;
use crate::state::Sort;
use catchments::CatchmentTable;
use facilities::FacilityTable;
use flows::FlowTable;
use scrap::ScrapTable;
use yew::prelude::*;

/// Which table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Twin {
    Facilities,
    Scrap,
    Catchments,
    Flows,
}

impl Twin {
    const ALL: [Self; 4] = [Self::Facilities, Self::Scrap, Self::Catchments, Self::Flows];

    const fn key(self) -> &'static str {
        match self {
            Self::Facilities => "table-title",
            Self::Scrap => "table-scrap",
            Self::Catchments => "table-catchments",
            Self::Flows => "table-flows",
        }
    }
}

/// The tables in place of the map.
#[component]
pub fn TableTwin() -> Html {
    let shared = use_shared();
    let open = use_state(|| Twin::Facilities);
    let tab = |twin: Twin| {
        let choose = {
            let open = open.clone();
            Callback::from(move |_: MouseEvent| open.set(twin))
        };
        html! { <button aria-pressed={(*open == twin).to_string()} onclick={choose}>{ shared.t(twin.key()) }</button> }
    };
    html! {
        <div class="twin">
            <div class="segments tables" role="group" aria-label={shared.t("table-open")}>{ for Twin::ALL.map(tab) }</div>
            { match *open {
                Twin::Facilities => html! { <FacilityTable /> },
                Twin::Scrap => html! { <ScrapTable /> },
                Twin::Catchments => html! { <CatchmentTable /> },
                Twin::Flows => html! { <FlowTable /> },
            } }
        </div>
    }
}

/// A heading that orders the rows by its column.
fn heading<C: Copy + PartialEq + 'static>(
    sort: &UseStateHandle<Sort<C>>,
    column: C,
    number: bool,
    words: String,
) -> Html {
    let press = {
        let sort = sort.clone();
        Callback::from(move |_: MouseEvent| sort.set(sort.pressed(column, number)))
    };
    let aria = sort.aria(column);
    let mark = match aria {
        "ascending" => " ↑",
        "descending" => " ↓",
        _ => "",
    };
    html! { <th scope="col" class={classes!(number.then_some("num"))} aria-sort={aria}><button class="sort" onclick={press}>{ words }<span aria-hidden="true">{ mark }</span></button></th> }
}
