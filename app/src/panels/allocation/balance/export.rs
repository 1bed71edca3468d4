//! Flows and balances as files for a spreadsheet.

use super::AnswerProps;
use crate::{
    panels::use_shared,
    platform,
    state::{AllocationTable, allocation_csv},
    ui::{Icon, icon},
};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn Export(props: &AnswerProps) -> Html {
    let shared = use_shared();
    let button = |table: AllocationTable| {
        let save = {
            let (shared, answer) = (shared.clone(), Rc::clone(&props.answer));
            Callback::from(move |_: MouseEvent| {
                let csv = allocation_csv(&shared.state, &answer, table);
                platform::save_text(&format!("allocation-{}.csv", table.key()), "text/csv", &csv);
            })
        };
        html! { <button class="btn" id={format!("export-{}", table.key())} onclick={save}>{ icon(Icon::Save) }{ shared.t(&format!("export-{}", table.key())) }</button> }
    };
    html! {
        <section class="figure" id="balance-export">
            <h3>{ shared.t("balance-export") }</h3>
            <div class="row wide-row">{ for AllocationTable::ALL.map(button) }</div>
        </section>
    }
}
