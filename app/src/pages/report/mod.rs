//! The printable report: a sheet of paper over the page, which the browser prints or keeps as PDF.

use crate::{
    app::{Dialog, Shared},
    i18n::tr,
    panels::{Picture, PictureMaker, PictureTrouble, use_shared},
    platform,
    state::{Page, ReportPart, ReportTable, ViewAction, report_parts, report_scenario, scenario_title},
    ui::{Icon, icon},
};
use yew::prelude::*;

/// What the report keeps out of reach while it is open.
const BENEATH: &str = "header.bar, main";

/// Opens the report where the map is, which it pictures.
pub fn open_report(shared: &Shared) {
    shared.act(ViewAction::Page(Page::Plan));
    shared.dialog.set(Some(Dialog::Report));
}

#[component]
pub fn ReportPage() -> Html {
    let shared = use_shared();
    let picture = use_state(|| None::<Result<String, PictureTrouble>>);
    let refused = use_state(|| false);
    use_effect_with((), |()| {
        platform::set_inert(BENEATH, true);
        platform::focus("report-title");
        || platform::set_inert(BENEATH, false)
    });
    {
        let url = (*picture).clone().and_then(Result::ok);
        use_effect_with(url, |url| {
            let url = url.clone();
            move || {
                if let Some(url) = url {
                    platform::forget_url(&url);
                }
            }
        });
    }
    let made = {
        let picture = picture.clone();
        Callback::from(move |made: Result<Picture, PictureTrouble>| {
            let shown = made.and_then(|p| platform::blob_url(&p.blob).ok_or(PictureTrouble::Refused));
            picture.set(Some(shown));
        })
    };
    let close = {
        let overlay = shared.dialog.clone();
        Callback::from(move |()| {
            overlay.set(None);
            platform::focus_soon("export-open");
        })
    };
    let keys = {
        let close = close.clone();
        Callback::from(move |e: KeyboardEvent| {
            if e.key() == "Escape" {
                e.prevent_default();
                close.emit(());
            }
        })
    };
    let print = {
        let refused = refused.clone();
        Callback::from(move |_: MouseEvent| refused.set(!platform::print()))
    };
    let ready = picture.is_some();
    html! {
        <div class="report" role="dialog" aria-modal="true" aria-labelledby="report-title" onkeydown={keys}>
            <div class="report-bar">
                <button class="btn main" id="report-print" onclick={print} disabled={!ready}>{ icon(Icon::File) }{ shared.t("report-print") }</button>
                <span class="fine" role="status">{ shared.t(if ready { "report-print-hint" } else { "picture-busy" }) }</span>
                <button class="btn" id="report-close" onclick={close.reform(|_: MouseEvent| ())}>{ icon(Icon::Close) }{ shared.t("report-close") }</button>
            </div>
            if *refused { <p class="strip" role="alert">{ shared.t("diag-print-refused") }</p> }
            <article class="paper" data-theme="light" data-ready={ready.to_string()} tabindex="0">
                { title(&shared) }
                { part(&shared, &report_scenario(&shared.state)) }
                <section id="report-map"><h3>{ shared.t("report-map") }</h3>{ map(&shared, picture.as_ref()) }</section>
                { for report_parts(&shared.state).iter().map(|p| part(&shared, p)) }
            </article>
            if !ready { <PictureMaker {made} /> }
        </div>
    }
}

fn title(shared: &Shared) -> Html {
    let scenario = shared.state.document.scenario();
    let values = [("name", &*shared.t("app-name")), ("date", &*platform::today())];
    html! {
        <header>
            <p class="fine">{ tr(shared.state.lang, "picture-made", &values) }</p>
            <h2 id="report-title" tabindex="-1">{ scenario_title(&shared.state) }</h2>
            if !scenario.author.is_empty() { <p class="by">{ tr(shared.state.lang, "report-author", &[("name", &scenario.author)]) }</p> }
            if !scenario.note.is_empty() { <p class="note">{ &scenario.note }</p> }
        </header>
    }
}

fn map(shared: &Shared, picture: Option<&Result<String, PictureTrouble>>) -> Html {
    match picture {
        None => html! { <p class="hint">{ shared.t("picture-busy") }</p> },
        Some(Ok(url)) => {
            let title = scenario_title(&shared.state);
            html! { <img src={url.clone()} alt={tr(shared.state.lang, "report-map-alt", &[("name", &title)])} /> }
        }
        Some(Err(why)) => html! { <p class="strip">{ shared.t(why.key()) }</p> },
    }
}

fn part(shared: &Shared, part: &ReportPart) -> Html {
    html! {
        <section id={format!("report-{}", part.key)}>
            <h3>{ shared.t(&format!("report-{}", part.key)) }</h3>
            { for part.text.iter().map(|words| html! { <p>{ words }</p> }) }
            if !part.list.is_empty() { <ol>{ for part.list.iter().map(|words| html! { <li>{ words }</li> }) }</ol> }
            { for part.tables.iter().map(table) }
        </section>
    }
}

fn table(of: &ReportTable) -> Html {
    let class = |i: usize| of.numbers.contains(&i).then_some("num");
    let cell = |(i, words): (usize, &String)| {
        if i == 0 {
            html! { <th scope="row">{ words }</th> }
        } else {
            html! { <td class={class(i)}>{ words }</td> }
        }
    };
    html! {
        <table>
            <caption>{ &of.caption }</caption>
            <thead><tr>{ for of.head.iter().enumerate().map(|(i, words)| html! { <th scope="col" class={class(i)}>{ words }</th> }) }</tr></thead>
            <tbody>{ for of.rows.iter().map(|row| html! { <tr>{ for row.iter().enumerate().map(cell) }</tr> }) }</tbody>
        </table>
    }
}
