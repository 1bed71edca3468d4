//! The page of comparisons: territories, scenarios, levers, carbon, the closed loop; a tab a part.

mod scenarios;

use crate::{
    panels::{CarbonTab, ClustersTab, KeptStrip, LeversTab, LoopTab, NoticeStrip, StressTab, SureTab, use_shared},
    state::{CompareAction, CompareTab, InsightAction, Phase},
    ui::Tabs,
};
use scenarios::Scenarios;
use std::rc::Rc;
use yew::prelude::*;

/// Id of a part.
const fn panel(tab: CompareTab) -> &'static str {
    match tab {
        CompareTab::Clusters => "compare-clusters",
        CompareTab::Scenarios => "compare-scenarios",
        CompareTab::Levers => "compare-levers",
        CompareTab::Carbon => "compare-carbon",
        CompareTab::Loop => "compare-loop",
        CompareTab::Sure => "compare-sure",
        CompareTab::Stress => "compare-stress",
    }
}

#[component]
pub fn ComparePage() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let tab = state.compare.tab;
    {
        // The plan may change while the page is open: by a lever, by undo, by another tab.
        let shared = shared.clone();
        let wanted = state.phase == Phase::Ready
            && !matches!(tab, CompareTab::Scenarios | CompareTab::Sure | CompareTab::Stress);
        let key = (wanted, Rc::as_ptr(&state.document), Rc::as_ptr(&state.question));
        use_effect_with(key, move |(wanted, ..)| {
            if *wanted {
                shared.act(InsightAction::Ask);
            }
        });
    }
    let open = {
        let shared = shared.clone();
        Callback::from(move |i: usize| shared.act(CompareAction::Tab(CompareTab::ALL[i])))
    };
    let names = CompareTab::ALL.map(|t| shared.t(&format!("compare-tab-{}", t.key()))).to_vec();
    html! {
        <main class="compare">
            <KeptStrip /><NoticeStrip />
            <header><h2 class="title">{ shared.t(&format!("compare-title-{}", tab.key())) }</h2></header>
            <Tabs label={shared.t("compare-tabs")} panels={CompareTab::ALL.map(panel).to_vec()} {names}
                open={CompareTab::ALL.iter().position(|t| *t == tab).unwrap_or(0)} on_open={open} />
            <div class="compare-part" role="tabpanel" id={panel(tab)} aria-labelledby={format!("{}-tab", panel(tab))}>
                {
                    match tab {
                        CompareTab::Clusters => html! { <ClustersTab /> },
                        CompareTab::Scenarios => html! { <Scenarios /> },
                        CompareTab::Levers => html! { <LeversTab /> },
                        CompareTab::Carbon => html! { <CarbonTab /> },
                        CompareTab::Loop => html! { <LoopTab /> },
                        CompareTab::Sure => html! { <SureTab /> },
                        CompareTab::Stress => html! { <StressTab /> },
                    }
                }
            </div>
        </main>
    }
}
