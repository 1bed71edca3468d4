//! What the sector report says of the clusters: claims, each with its standing.

use crate::{
    i18n::{Lang, t, tr},
    panels::use_shared,
};
use atlas_core::profile::context;
use yew::prelude::*;

#[component]
pub fn Claims() -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let all = context(&shared.state.baseline);
    if all.is_empty() {
        return Html::default();
    }
    html! {
        <section class="figure-box" id="clusters-claims">
            <h3>{ shared.t("clusters-claims") }</h3><p class="fine">{ shared.t("clusters-claims-note") }</p>
            <ul>{ for all.iter().map(|c| {
                let place = c.cluster.map_or_else(|| t(lang, "clusters-claims-all"), |c| t(lang, &format!("cluster-{}", c.key())));
                let text = if lang == Lang::Zh { &c.claim.zh } else { &c.claim.en };
                let standing = t(lang, &format!("standing-{}", c.claim.standing.key()));
                html! { <li data-claim={c.claim.id.clone()}><b>{ place }</b>{ " " }{ text }{ " " }<span class="tag">{ tr(lang, "clusters-claim", &[("standing", &standing)]) }</span></li> }
            }) }</ul>
        </section>
    }
}
