//! The worst of every kind, as bars. The table above holds their numbers.

use crate::{
    i18n::Quantity,
    panels::use_shared,
    state::{HarmBar, StressAction, harm_bars, harm_words, shock_words},
};
use yew::prelude::*;

#[component]
pub fn HarmBars() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let Some(ranked) = state.stress.ranked.as_deref() else { return Html::default() };
    let kinds = harm_bars(ranked);
    let bar = |b: &HarmBar| {
        let show = {
            let (shared, shock) = (shared.clone(), b.shock.clone());
            Callback::from(move |_: MouseEvent| shared.act(StressAction::Show(Some(shock.clone()))))
        };
        html! {
            <li>
                <button class="link" onclick={show}>{ shock_words(state, &ranked.document, &b.shock) }</button>
                <span class="track" aria-hidden="true"><i class="high" style={format!("left:0;width:{:.2}%", 100.0 * b.share)}></i></span>
                <span class="ends"><span>{ harm_words(state.lang, Quantity::TonnesPerYear, b.short_t) }</span></span>
            </li>
        }
    };
    html! {
        <section class="figure-box stress-bars" aria-labelledby="stress-bars-title">
            <h3 id="stress-bars-title">{ shared.t("stress-bars-title") }</h3>
            <p class="fine">{ shared.t("stress-bars-note") }</p>
            if kinds.is_empty() { <p>{ shared.t("stress-bars-none") }</p> }
            { for kinds.iter().map(|(kind, bars)| html! {
                <div><h4>{ shared.t(&format!("stress-kind-{}", kind.key())) }</h4><ol class="tornado">{ for bars.iter().map(bar) }</ol></div>
            }) }
        </section>
    }
}
