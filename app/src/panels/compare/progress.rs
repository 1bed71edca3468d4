//! How far the comparison is, and Stop.

use super::named;
use crate::{
    i18n::tr,
    panels::{ErrorStrip, use_shared},
    state::{CompareAction, Phase, measuring_words},
};
use yew::prelude::*;

#[component]
pub fn Progress() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let (compare, lang) = (&state.compare, state.lang);
    let stop = |on: bool| {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(CompareAction::Stop(on)))
    };
    if let Phase::Failed(code, detail) = &state.phase {
        return html! { <ErrorStrip code={code.clone()} detail={detail.clone()} /> };
    }
    if state.phase != Phase::Ready {
        return html! { <p class="hint" role="status" id="compare-wait">{ shared.t("compare-wait") }</p> };
    }
    if compare.all.len() < 2 {
        return html! { <p class="hint" role="status" id="compare-few">{ shared.t("compare-few") }</p> };
    }
    if !compare.is_stale() {
        return html! { <p class="sr-only" role="status">{ shared.t("compare-done") }</p> };
    }
    if compare.stopped {
        return html! {
            <div class="hint compare-progress" role="status"><span>{ shared.t("compare-stopped") }</span>
                <button class="btn" id="compare-go-on" onclick={stop(false)}>{ shared.t("compare-go-on") }</button></div>
        };
    }
    let done = compare.all.iter().filter(|c| c.fresh).count();
    let (words, share) = match compare.far {
        None => (shared.t("compare-begins"), 0.0),
        Some((row, far)) => {
            let (how, share) = measuring_words(lang, far);
            (tr(lang, "compare-far", &[("name", &named(state, row)), ("how", &how)]), share)
        }
    };
    let all = 100.0 * (done as f64 + share) / compare.all.len() as f64;
    html! {
        <div class="hint compare-progress" id="compare-progress">
            <span role="status">{ words }</span>
            <div class="bar-of" role="progressbar" aria-label={shared.t("compare-progress")} aria-valuemin="0" aria-valuemax="100" aria-valuenow={format!("{all:.0}")}><i style={format!("width:{all:.0}%")}></i></div>
            <button class="btn" id="compare-stop" onclick={stop(true)}>{ shared.t("compare-stop") }</button>
        </div>
    }
}
