//! The way in on the plan panel, and what came of the last table.

use super::bring;
use crate::{
    i18n::{count, tr},
    panels::use_shared,
    platform,
    state::ImportAction,
    ui::{Icon, icon},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[component]
pub fn ImportEntry() -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let chosen = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let field: HtmlInputElement = e.target_unchecked_into();
            if let Some(file) = field.files().and_then(|f| f.get(0)) {
                bring(&shared, file);
            }
            // The same file can be chosen again.
            field.set_value("");
        })
    };
    let seen = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ImportAction::Seen))
    };
    let done = shared.state.imported.clone().map(|done| {
        let words = [
            ("file", done.file.as_str()),
            ("good", &*count(done.sums.good)),
            ("rows", &*count(done.sums.rows)),
        ];
        html! {
            <div class="kept" role="status" id="imported" data-good={done.sums.good.to_string()}>
                <p>{ tr(lang, "import-done", &words) }</p>
                <button class="shut-line" onclick={seen} aria-label={shared.t("notice-dismiss")} title={shared.t("notice-dismiss")}>{ icon(Icon::Close) }</button>
            </div>
        }
    });
    let ready = !shared.state.baseline.prefectures.is_empty();
    html! {
        <section class="bring">
            <button class="btn wide" id="import-open" disabled={!ready} onclick={|_| platform::click("table-file")}>{ icon(Icon::Table) }{ shared.t("import-open") }</button>
            <p class="fine">{ shared.t("import-open-hint") }</p>
            <input id="table-file" type="file" hidden=true accept=".csv,.tsv,.txt,.xlsx,.xlsm,.geojson,.json" onchange={chosen} aria-label={shared.t("import-open")} />
            { for done }
        </section>
    }
}
