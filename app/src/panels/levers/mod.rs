//! Every lever, single plants, mergers, and what levers do.

mod list;
mod merger;
mod plants;

use super::{InsightProgress, LeverSentences, QuickFigures, ResponsePanel, use_shared};
use crate::state::{Page, Phase, ViewAction};
use list::LeverList;
use merger::MergerPart;
use plants::PlantPart;
use yew::prelude::*;

#[component]
pub fn LeversTab() -> Html {
    let shared = use_shared();
    let to_plan = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ViewAction::Page(Page::Plan)))
    };
    let ready = shared.state.phase == Phase::Ready;
    html! {
        <>
            <InsightProgress />
            if ready {
                <LeverSentences />
                <div class="levers-columns">
                    <div><LeverList /><PlantPart /><MergerPart />
                        <p class="fine lv-contracts">{ shared.t("lv-contracts") }<button class="link" onclick={to_plan}>{ shared.t("lv-contracts-open") }</button></p></div>
                    <div><QuickFigures /><ResponsePanel /></div>
                </div>
            }
        </>
    }
}
