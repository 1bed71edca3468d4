//! What stands out, in two or three sentences. Every number leads to its row.

use crate::{
    panels::use_shared,
    state::{ClusterPiece, cluster_sentences},
};
use atlas_core::profile::Measure;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SentencesProps {
    pub follow: Callback<Measure>,
}

#[component]
pub fn Sentences(props: &SentencesProps) -> Html {
    let shared = use_shared();
    let all = cluster_sentences(shared.state.lang, &shared.state.insights);
    let piece = |p: &ClusterPiece| match p {
        ClusterPiece::Words(words) => html! { { words } },
        ClusterPiece::Number(measure, words) => {
            let (follow, measure) = (props.follow.clone(), *measure);
            let go = Callback::from(move |_: MouseEvent| follow.emit(measure));
            html! { <button class="number" data-measure={measure.key()} onclick={go}>{ words }</button> }
        }
    };
    let between = if shared.state.lang == crate::i18n::Lang::Zh { "" } else { " " };
    html! {
        <div class={classes!("compare-say", (!shared.state.insights.fresh).then_some("stale"))} id="clusters-sentences">
            <p>{ for all.iter().map(|s| html! { <span class="said">{ for s.iter().map(piece) }{ between }</span> }) }</p>
            <p class="fine">{ shared.t("clusters-rule") }</p>
        </div>
    }
}
