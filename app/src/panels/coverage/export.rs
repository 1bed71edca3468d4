//! The tables as files for a spreadsheet.

use super::ViewProps;
use crate::{
    panels::use_shared,
    platform,
    state::{CoverageTable, coverage_csv},
    ui::{Icon, icon},
};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn Export(props: &ViewProps) -> Html {
    let shared = use_shared();
    let button = |table: CoverageTable| {
        let save = {
            let (shared, view) = (shared.clone(), Rc::clone(&props.view));
            Callback::from(move |_: MouseEvent| {
                let of = view.survey.question.of.key();
                let csv = coverage_csv(&shared.state, &view.survey, table);
                platform::save_text(&format!("{of}-{}.csv", table.key()), "text/csv", &csv);
            })
        };
        html! { <button class="btn" id={format!("export-{}", table.key())} onclick={save}>{ icon(Icon::Save) }{ shared.t(&format!("export-{}", table.key())) }</button> }
    };
    let areas = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.export.emit(()))
    };
    html! {
        <section class="figure" id="coverage-export">
            <h3>{ shared.t("export-title") }</h3>
            <div class="row wide">{ for CoverageTable::ALL.map(button) }
                <button class="btn" id="export-areas" onclick={areas}>{ icon(Icon::Save) }{ shared.t("export-areas") }</button>
            </div>
        </section>
    }
}
