//! A list of candidates: from a file or pasted, with what was wrong with which row.

use crate::{
    app::Shared,
    i18n::{count, tr},
    panels::{chosen_text, use_shared},
    platform,
    state::{AskAction, SiteList, SiteSource, SitingAction, read_list},
};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// So many bad rows are told; the rest is counted.
const MOST: usize = 12;

pub fn list(shared: &Shared) -> Html {
    if shared.state.siting.ask.source != SiteSource::List {
        return Html::default();
    }
    html! { <Import /> }
}

#[component]
fn Import() -> Html {
    let shared = use_shared();
    let pasted = use_state(String::new);
    let list = shared.state.siting.ask.list.clone();
    let read = |shared: &Shared, file: &str, text: &str| {
        let list = read_list(file, text, &shared.state.baseline);
        shared.act(SitingAction::Ask(AskAction::List(list)));
    };
    let open = chosen_text(&shared, move |shared, file, text| read(shared, file, text));
    let typing = {
        let pasted = pasted.clone();
        Callback::from(move |e: InputEvent| pasted.set(e.target_unchecked_into::<HtmlTextAreaElement>().value()))
    };
    let take = {
        let (shared, pasted) = (shared.clone(), pasted.clone());
        Callback::from(move |_: MouseEvent| read(&shared, "", &pasted))
    };
    html! {
        <div class="import" id="siting-import" data-good={list.spots.len().to_string()} data-bad={list.bad.len().to_string()}>
            <p class="fine">{ shared.t("siting-import-how") }</p>
            <textarea id="siting-paste" rows="3" aria-label={shared.t("siting-import-paste")} placeholder={"lon,lat,name\n117.28,31.86,Hefei"} value={(*pasted).clone()} oninput={typing} />
            <div class="row">
                <button class="btn" id="siting-import-take" disabled={pasted.trim().is_empty()} onclick={take}>{ shared.t("siting-import-take") }</button>
                <button class="btn" onclick={|_| platform::click("siting-file")}>{ shared.t("siting-import-file") }</button>
                <input id="siting-file" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" hidden=true onchange={open} aria-label={shared.t("siting-import-file")} />
            </div>
            { told(&shared, &list) }
        </div>
    }
}

fn told(shared: &Shared, list: &SiteList) -> Html {
    let lang = shared.state.lang;
    if list.spots.is_empty() && list.bad.is_empty() {
        return if list.file.is_empty() {
            Html::default()
        } else {
            html! { <p class="bad" role="alert">{ shared.t("siting-import-empty") }</p> }
        };
    }
    let sums = [("good", &*count(list.spots.len())), ("bad", &*count(list.bad.len()))];
    let line = |b: &crate::state::BadRow| {
        let why = shared.t(&format!("siting-row-{}", b.why.key()));
        html! { <li><b>{ tr(lang, "siting-row", &[("n", &b.line.to_string())]) }</b>{ " " }{ why }{ " " }<code>{ &b.text }</code></li> }
    };
    html! {
        <>
            <p role="status">{ tr(lang, "siting-import-read", &sums) }</p>
            if !list.bad.is_empty() {
                <div class="strip" tabindex="0" role="region" aria-label={shared.t("siting-import-bad")}>
                    <ul>{ for list.bad.iter().take(MOST).map(line) }</ul>
                    if list.bad.len() > MOST { <p class="fine">{ tr(lang, "siting-import-more", &[("n", &count(list.bad.len() - MOST))]) }</p> }
                </div>
            }
        </>
    }
}
