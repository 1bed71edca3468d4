//! The tables that can be taken out, each with its size or with the reason why it is not there.

use super::workbook::save_workbook;
use crate::{
    app::Shared,
    i18n::{count, tr},
    panels::use_shared,
    platform,
    state::{ExportTable, ResultsTab, ViewAction, export_book, export_rows, export_sheet, file_name},
    ui::{Icon, icon},
};
use atlas_core::format::export::Sheet;
use yew::prelude::*;

#[component]
pub fn Tables() -> Html {
    let shared = use_shared();
    let writing = use_state(|| Writing::Idle);
    let whole = {
        let (shared, writing) = (shared.clone(), writing.clone());
        Callback::from(move |_: MouseEvent| {
            let sheets = export_book(&shared.state, &platform::today());
            write(file_name(&shared.state, "tables", "xlsx"), sheets, &writing);
        })
    };
    html! {
        <section>
            <h3>{ shared.t("export-tables") }</h3>
            <div class="export-ways">
                <button class="btn" id="take-all-xlsx" onclick={whole} disabled={*writing == Writing::Busy || !shared.state.has_baseline()}>{ icon(Icon::Table) }{ shared.t("export-all-xlsx") }</button>
                <p class="fine">{ shared.t("export-all-xlsx-hint") }</p>
            </div>
            <p role="status" class={classes!("fine", (*writing != Writing::Busy).then_some("empty"))}>{ if *writing == Writing::Busy { shared.t("export-writing") } else { String::new() } }</p>
            if let Writing::Failed(why) = *writing { <p class="strip" role="alert">{ shared.t(why) }</p> }
            <table class="plain" id="export-tables">
                <thead><tr>
                    <th scope="col">{ shared.t("export-what") }</th><th scope="col" class="num">{ shared.t("export-rows") }</th><th scope="col">{ shared.t("export-as") }</th>
                </tr></thead>
                <tbody>{ for ExportTable::ALL.map(|t| row(&shared, t, &writing)) }{ areas(&shared) }</tbody>
            </table>
        </section>
    }
}

/// How far a workbook is.
#[derive(Clone, Copy, PartialEq)]
enum Writing {
    Idle,
    Busy,
    Failed(&'static str),
}

fn write(name: String, sheets: Vec<Sheet>, writing: &UseStateHandle<Writing>) {
    writing.set(Writing::Busy);
    let writing = writing.clone();
    save_workbook(name, sheets, move |trouble| writing.set(trouble.map_or(Writing::Idle, Writing::Failed)));
}

fn row(shared: &Shared, table: ExportTable, writing: &UseStateHandle<Writing>) -> Html {
    let rows = export_rows(&shared.state, table);
    let name = shared.t(&format!("export-table-{}", table.key()));
    let save = |ending: &'static str, kind: &'static str, write: fn(&Sheet) -> Vec<u8>| {
        let there = rows.is_ok();
        let act = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| {
                if let Some(sheet) = export_sheet(&shared.state, table) {
                    platform::save(&file_name(&shared.state, table.key(), ending), kind, &write(&sheet));
                }
            })
        };
        let word = shared.t(&format!("export-{ending}"));
        html! { <button class="btn" id={format!("take-{}-{ending}", table.key())} onclick={act} disabled={!there} aria-label={format!("{name}: {word}")}>{ icon(Icon::Save) }{ word }</button> }
    };
    let excel = {
        let (shared, writing) = (shared.clone(), writing.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(sheet) = export_sheet(&shared.state, table) {
                write(file_name(&shared.state, table.key(), "xlsx"), vec![sheet], &writing);
            }
        })
    };
    let word = shared.t("export-xlsx");
    let compute = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ViewAction::Results(ResultsTab::Balance)))
    };
    html! {
        <tr data-table={table.key()}>
            <th scope="row">{ &name }
                { match rows {
                    Ok(_) => Html::default(),
                    Err("export-not-allocated") => html! { <small class="fine">{ shared.t("export-not-allocated") }{ " " }<button class="link" id="export-compute" onclick={compute}>{ shared.t("export-compute") }</button></small> },
                    Err(why) => html! { <small class="fine" role="status">{ shared.t(why) }</small> },
                } }
            </th>
            <td class="num">{ rows.map_or_else(|_| "–".to_owned(), count) }</td>
            <td><div class="row">
                { save("csv", "text/csv", |sheet| sheet.csv().into_bytes()) }
                <button class="btn" id={format!("take-{}-xlsx", table.key())} onclick={excel} disabled={rows.is_err() || **writing == Writing::Busy} aria-label={format!("{name}: {word}")}>{ icon(Icon::Save) }{ word }</button>
                if table.has_places() { { save("geojson", "application/geo+json", Sheet::geojson) } }
            </div></td>
        </tr>
    }
}

/// The areas are the worker's: it draws them anew as a file.
fn areas(shared: &Shared) -> Html {
    let there = shared.state.survey.is_some() && !shared.state.is_stale();
    let act = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.export.emit(()))
    };
    let rows = shared.state.survey.as_ref().filter(|_| there).map(|s| count(s.survey.facilities.len()));
    let word = shared.t("export-geojson");
    let name = match &shared.state.survey {
        Some(s) => {
            let of = shared.t(&format!("kind-{}", s.survey.question.of.key()));
            tr(shared.state.lang, "export-table-areas", &[("of", &of)])
        }
        None => shared.t("export-areas"),
    };
    html! {
        <tr data-table="areas">
            <th scope="row">{ &name }if !there { <small class="fine" role="status">{ shared.t("export-wait") }</small> }</th>
            <td class="num">{ rows.unwrap_or_else(|| "–".into()) }</td>
            <td><div class="row"><button class="btn" id="take-areas-geojson" onclick={act} disabled={!there} aria-label={format!("{name}: {word}")}>{ icon(Icon::Save) }{ word }</button></div></td>
        </tr>
    }
}
