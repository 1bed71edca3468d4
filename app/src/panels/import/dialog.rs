//! The dialog: what the file is, what its columns hold, what would come of it, and what is wrong with which row.

use super::{
    preview::columns,
    problems::{problems, remarks},
    settings::settings,
};
use crate::{
    app::Shared,
    chart::open_dialog,
    i18n::{count, has, t, tr},
    panels::use_shared,
    platform,
    state::{Import, ImportAction},
    tables::Said,
    ui::{Icon, icon},
};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

#[component]
pub fn ImportDialog() -> Html {
    let shared = use_shared();
    let dialog = use_node_ref();
    {
        let (dialog, link) = (dialog.clone(), shared.tables.clone());
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<Element>() {
                open_dialog(&dialog);
            }
            // Whatever it was doing ends with the dialog.
            move || {
                link.put(None);
                platform::focus("import-open");
            }
        });
    }
    let it = shared.state.table.clone().unwrap_or_default();
    use_worker(&shared, &it);
    let cancel = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ImportAction::Cancel))
    };
    let closed = {
        let shared = shared.clone();
        Callback::from(move |_: Event| shared.act(ImportAction::Cancel))
    };
    let phase = match () {
        () if it.refused.is_some() => "refused",
        () if it.preview.is_none() => "reading",
        () if it.taking => "taking",
        () if it.settled().is_some() => "ready",
        () if !it.can_be_asked() => "lacking",
        () => "checking",
    };
    html! {
        <dialog class="sheet table-import" id="import" ref={dialog} aria-labelledby="import-title" onclose={closed} data-phase={phase}>
            <header>
                <h2 id="import-title">{ shared.t("import-title") }</h2>
                <span class="fine file">{ &it.file }{ " · " }{ size(it.bytes) }</span>
                <button class="shut" onclick={cancel.clone()} aria-label={shared.t("import-cancel")} title={shared.t("import-cancel")}>{ icon(Icon::Close) }</button>
            </header>
            <div class="scroll import-body">{ body(&shared, &it) }</div>
            { foot(&shared, &it, cancel) }
        </dialog>
    }
}

/// Tells the worker what the state wants of it: another reading, a report, what comes of it.
#[hook]
fn use_worker(shared: &Shared, it: &Rc<Import>) {
    let link = shared.tables.clone();
    {
        let (link, it) = (link.clone(), Rc::clone(it));
        use_effect_with(it.read, move |read| {
            if *read > 0 {
                link.say(Said::Read(it.file.clone(), it.reading.clone()), vec![]);
            }
        });
    }
    // One question at a time; what changed meanwhile is asked when the answer is there.
    let sent = use_mut_ref(|| 0u64);
    {
        let (link, it) = (link.clone(), Rc::clone(it));
        use_effect_with((it.asked, it.answered, it.preview.is_some()), move |(asked, answered, there)| {
            let mut sent = sent.borrow_mut();
            if *there && it.can_be_asked() && asked > answered && (*sent <= *answered) {
                *sent = *asked;
                link.say(Said::Convert(*asked, Box::new(it.settings.clone())), vec![]);
            }
        });
    }
    use_effect_with(it.taking, move |taking| {
        if *taking {
            link.say(Said::Take, vec![]);
        }
    });
}

fn size(bytes: usize) -> String {
    let (n, unit) =
        if bytes >= 1 << 20 { (bytes as f64 / f64::from(1 << 20), "MB") } else { (bytes as f64 / 1024.0, "kB") };
    format!("{n:.1} {unit}")
}

fn body(shared: &Shared, it: &Import) -> Html {
    let lang = shared.state.lang;
    if let Some(problem) = &it.refused {
        let key = format!("diag-{}", problem.code);
        let words = if has(lang, &key) { t(lang, &key) } else { format!("{} {}", problem.message, problem.remedy) };
        return html! {
            <div class="strip" role="alert" id="import-refused" data-code={problem.code.clone()}>
                <p>{ words }if !problem.message.is_empty() { <span class="fine">{ format!(" ({})", problem.message) }</span> }</p>
                if it.reading != Default::default() { { settings(shared, it) } }
            </div>
        };
    }
    let Some(preview) = &it.preview else {
        return html! { <p class="hint" role="status">{ tr(lang, "import-reading", &[("file", &it.file)]) }</p> };
    };
    html! {
        <>
            { settings(shared, it) }
            { columns(shared, it, preview) }
            { remarks(shared, it) }
            { problems(shared, it) }
        </>
    }
}

/// What would come of it, and the two ways out.
fn foot(shared: &Shared, it: &Import, cancel: Callback<MouseEvent>) -> Html {
    let lang = shared.state.lang;
    let take = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ImportAction::Take))
    };
    let lacks = it.settings.kind.lacks(&it.settings.fields);
    let (good, rows) = it.settled().map_or((0, 0), |r| (r.sums.good, r.sums.rows));
    let words = if it.refused.is_some() {
        shared.t("import-nothing-changed")
    } else if it.preview.is_none() {
        String::new()
    } else if !lacks.is_empty() {
        let names: Vec<String> = lacks.iter().map(|f| shared.t(&format!("import-field-{}", f.key()))).collect();
        tr(lang, "import-lacks", &[("fields", &names.join(&shared.t("import-and")))])
    } else if let Some(report) = it.settled() {
        if report.idle && report.sums.same > 0 {
            shared.t("import-idle")
        } else {
            tr(lang, "import-sums", &[("good", &count(good)), ("rows", &count(rows))])
        }
    } else if let Some((n, of)) = it.progress {
        tr(lang, "import-progress", &[("n", &count(n)), ("of", &count(of))])
    } else {
        shared.t("import-checking")
    };
    let parts = it.settled().map(|report| {
        let s = &report.sums;
        let part = |key: &str, n: usize| (n > 0).then(|| tr(lang, key, &[("n", &count(n))]));
        [
            part("import-added", s.added),
            part("import-changed", s.changed),
            part("import-same", s.same),
            part("import-gone", s.gone),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(&shared.t("import-and"))
    });
    html! {
        <footer class="import-foot">
            <div role="status" id="import-sums" data-good={good.to_string()} data-rows={rows.to_string()}>
                <b>{ words }</b>
                if let Some(parts) = parts.filter(|p| !p.is_empty()) { <span class="fine">{ parts }</span> }
            </div>
            if it.progress.is_some() || it.preview.is_none() && it.refused.is_none() {
                <progress max={it.progress.map(|p| p.1.max(1).to_string())} value={it.progress.map(|p| p.0.to_string())} aria-label={shared.t("import-checking")}></progress>
            }
            <button class="btn" id="import-cancel" onclick={cancel}>{ shared.t(if it.refused.is_some() { "import-close" } else { "import-cancel" }) }</button>
            if it.refused.is_none() {
                <button class="btn main" id="import-take" disabled={!it.can_be_taken()} onclick={take}>{ shared.t("import-take") }</button>
            }
        </footer>
    }
}
