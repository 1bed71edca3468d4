//! How far the question about territories is: one line for every tab that rests on it.

use super::{ErrorStrip, use_shared};
use crate::{
    i18n::tr,
    state::{Phase, measuring_words},
};
use yew::prelude::*;

#[component]
pub fn InsightProgress() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let (insights, lang) = (&state.insights, state.lang);
    if let Phase::Failed(code, detail) = &state.phase {
        return html! { <ErrorStrip code={code.clone()} detail={detail.clone()} /> };
    }
    if state.phase != Phase::Ready {
        return html! { <p class="hint" role="status">{ shared.t("compare-wait") }</p> };
    }
    if insights.fresh {
        return html! { <p class="sr-only" role="status" id="insight-fresh" data-run={insights.run.to_string()}>{ shared.t("insight-done") }</p> };
    }
    let (words, share) = match insights.far {
        None => (shared.t("compare-begins"), 0.0),
        Some((base, far)) => {
            let (how, share) = measuring_words(lang, far);
            let name = shared.t(if base { "compare-baseline" } else { "insight-plan" });
            (tr(lang, "compare-far", &[("name", &name), ("how", &how)]), share)
        }
    };
    let half = if matches!(insights.far, Some((false, _))) { 0.5 } else { 0.0 };
    let all = 100.0 * (half + share / 2.0);
    html! {
        <div class="hint compare-progress" id="insight-progress">
            <span role="status">{ words }</span>
            <div class="bar-of" role="progressbar" aria-label={shared.t("insight-progress")} aria-valuemin="0" aria-valuemax="100" aria-valuenow={format!("{all:.0}")}><i style={format!("width:{all:.0}%")}></i></div>
        </div>
    }
}
