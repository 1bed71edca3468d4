//! The findings as files: a list for a spreadsheet, points for a map.

use super::ReportProps;
use crate::{
    panels::use_shared,
    platform,
    ui::{Icon, icon},
};
use atlas_core::{
    catchment::norms::NormReport,
    format::findings::{norms_csv, norms_geojson},
    model::Norm,
};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn Export(props: &ReportProps) -> Html {
    let shared = use_shared();
    let button =
        |id: &'static str, end: &'static str, kind: &'static str, write: fn(&[Norm], &NormReport) -> String| {
            let save = {
                let (shared, report) = (shared.clone(), Rc::clone(&props.report));
                Callback::from(move |_: MouseEvent| {
                    let state = &shared.state;
                    let text = write(&state.baseline.norms, &report);
                    platform::save_text(&format!("norms-{}.{end}", state.norms.profile), kind, &text);
                })
            };
            html! { <button class="btn" {id} onclick={save}>{ icon(Icon::Save) }{ shared.t(id) }</button> }
        };
    html! {
        <section class="figure" id="norms-export">
            <h3>{ shared.t("export-norms") }</h3>
            <div class="row wide">
                { button("export-norms-csv", "csv", "text/csv", norms_csv) }
                { button("export-norms-geojson", "geojson", "application/geo+json", norms_geojson) }
            </div>
        </section>
    }
}
