//! How far the next allocation is: in words and as a bar.

use crate::{
    compute::protocol::Allocating,
    i18n::{count, tr},
    panels::use_shared,
    state::{Phase, gap_words, solved_share},
};
use yew::prelude::*;

#[component]
pub fn Busy() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let lang = state.lang;
    if !state.is_allocation_stale() || state.phase != Phase::Ready {
        return Html::default();
    }
    // Ways and solving take about as long as each other.
    let (share, words) = match state.allocating {
        None => (0.0, shared.t("balance-busy-begin")),
        Some(Allocating::Ways(done, all)) => {
            let values = [("done", &*count(done as usize)), ("all", &*count(all as usize))];
            (0.5 * f64::from(done) / f64::from(all.max(1)), tr(lang, "balance-busy-ways", &values))
        }
        Some(Allocating::Solving(None)) => (0.5, shared.t("balance-busy-solving")),
        Some(Allocating::Solving(Some(gap))) => {
            (0.5 + 0.5 * solved_share(Some(gap)), tr(lang, "balance-busy-gap", &[("gap", &gap_words(gap))]))
        }
    };
    let percent = format!("{:.0}", share * 100.0);
    html! {
        <section id="balance-busy" class="busy">
            <div role="progressbar" aria-label={shared.t("allocation-wait")} aria-valuemin="0" aria-valuemax="100" aria-valuenow={percent.clone()} aria-valuetext={words.clone()}>
                <i style={format!("width:{percent}%")}></i>
            </div>
            <p class="num">{ words }</p>
            if state.allocation.is_some() { <p class="fine">{ shared.t("balance-busy-old") }</p> }
        </section>
    }
}
