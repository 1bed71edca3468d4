//! What was noticed of the file, and every bad row with reason and remedy.

use crate::{
    app::Shared,
    i18n::{count, tr},
    state::{Import, ImportAction},
};
use atlas_core::{
    format::import::{Reason, Remark, RemarkKind, RowProblem, Settings},
    geo::Datum,
};
use yew::prelude::*;

/// So many bad rows are listed; all are counted by reason.
const MOST: usize = 200;

/// What was noticed of the file as a whole, with the way to mend it where there is one.
pub fn remarks(shared: &Shared, it: &Import) -> Html {
    let lang = shared.state.lang;
    let before = it.preview.as_ref().map(|p| p.remarks.clone()).unwrap_or_default();
    let all = it.settled().map_or(before, |r| r.remarks.clone());
    if all.is_empty() {
        return Html::default();
    }
    let mend = |settings: Settings, key: &str, id: &'static str| {
        let shared_ = shared.clone();
        let act =
            Callback::from(move |_: MouseEvent| shared_.act(ImportAction::Understand(Box::new(settings.clone()))));
        html! { <button class="link" {id} onclick={act}>{ shared.t(key) }</button> }
    };
    let line = |r: &Remark| {
        let datum = Datum::ALL.into_iter().find(|d| d.key() == r.text && r.what == RemarkKind::LooksShifted);
        let name = datum.map_or_else(|| r.text.clone(), |d| shared.t(&format!("import-datum-{}", d.key())));
        let words = [("n", &*count(r.n)), ("of", &*count(r.of)), ("text", name.as_str())];
        let way = match (r.what, datum) {
            (RemarkKind::LooksSwapped, _) => mend(
                Settings { swap: !it.settings.swap, ..it.settings.clone() },
                "import-mend-swap",
                "import-mend-swap",
            ),
            (_, Some(datum)) => {
                mend(Settings { datum, ..it.settings.clone() }, "import-mend-datum", "import-mend-datum")
            }
            _ => Html::default(),
        };
        html! { <li data-remark={r.what.key()}>{ tr(lang, &format!("import-remark-{}", r.what.key()), &words) }{ " " }{ way }</li> }
    };
    html! { <ul class="remarks" id="import-remarks">{ for all.iter().map(line) }</ul> }
}

/// Every bad row: where, why, and what helps.
pub fn problems(shared: &Shared, it: &Import) -> Html {
    let lang = shared.state.lang;
    let Some(report) = it.settled() else { return Html::default() };
    if report.problems.is_empty() {
        return Html::default();
    }
    let words = |reason: Reason| shared.t(&format!("import-why-{}", reason.key()));
    let line = |p: &RowProblem| {
        let kept = !Import::is_error(p);
        html! {
            <li data-reason={p.reason.key()} class={classes!(kept.then_some("kept-row"))}>
                <b>{ tr(lang, "import-row-n", &[("n", &p.row.to_string())]) }</b>
                if !p.column.is_empty() { { " " }<span class="fine">{ &p.column }</span> }
                { " " }{ words(p.reason) }
                if !p.text.is_empty() { { " " }<code>{ &p.text }</code> }
            </li>
        }
    };
    let total: usize = report.counts.iter().map(|(_, n)| n).sum();
    let sum = |(reason, n): &(Reason, usize)| html! { <li>{ format!("{} × ", count(*n)) }{ words(*reason) }</li> };
    let left = Import::left_out(report);
    html! {
        <section class="bad-rows">
            <h3>{ tr(lang, "import-bad", &[("n", &count(left))]) }</h3>
            if total > MOST { <ul class="fine">{ for report.counts.iter().map(sum) }</ul> }
            <div class="strip scroll" tabindex="0" role="region" aria-label={shared.t("import-bad-label")}>
                <ul id="import-problems">{ for report.problems.iter().take(MOST).map(line) }</ul>
                if total > MOST { <p class="fine">{ tr(lang, "edits-more", &[("n", &count(total - MOST.min(report.problems.len())))]) }</p> }
            </div>
        </section>
    }
}
