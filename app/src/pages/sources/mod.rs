//! Where every number comes from: parameters with their sources, claims of the sector report, data sets and licences.

mod balances;
mod claim_list;
mod claims;
mod editor;
mod list;
mod order;
mod parameters;
mod row;

use crate::{
    panels::{KeptStrip, NoticeStrip, use_shared},
    state::{Section, SourcesView, ViewAction},
    ui::Tabs,
};
use balances::BalancesTable;
use claims::ClaimsTable;
use parameters::ParametersTable;
use yew::prelude::*;

const SECTIONS: [Section; 4] = [Section::Parameters, Section::Claims, Section::Balances, Section::Data];

/// Id of a section's panel.
const fn panel(section: Section) -> &'static str {
    match section {
        Section::Parameters => "sources-parameters",
        Section::Claims => "sources-claims",
        Section::Balances => "sources-balances",
        Section::Data => "sources-data",
    }
}

const fn name(section: Section) -> &'static str {
    match section {
        Section::Parameters => "sources-tab-parameters",
        Section::Claims => "sources-tab-claims",
        Section::Balances => "sources-tab-balances",
        Section::Data => "sources-tab-data",
    }
}

#[component]
pub fn SourcesPage() -> Html {
    let shared = use_shared();
    let section = shared.state.sources.section;
    let open = {
        let shared = shared.clone();
        Callback::from(move |i: usize| {
            shared.act(ViewAction::Sources(SourcesView { section: SECTIONS[i], wanted: None }));
        })
    };
    html! {
        <main class="sources">
            <h2 class="title">{ shared.t("sources-title") }</h2>
            <p class="lead">{ shared.t("sources-intro") }</p>
            <KeptStrip /><NoticeStrip />
            <Tabs label={shared.t("sources-tabs")} panels={SECTIONS.map(panel).to_vec()} names={SECTIONS.map(|s| shared.t(name(s))).to_vec()}
                open={SECTIONS.iter().position(|s| *s == section).unwrap_or(0)} on_open={open} />
            <div role="tabpanel" id={panel(section)} aria-labelledby={format!("{}-tab", panel(section))}>
                {
                    match section {
                        Section::Parameters => html! { <ParametersTable /> },
                        Section::Claims => html! { <ClaimsTable /> },
                        Section::Balances => html! { <BalancesTable /> },
                        Section::Data => html! { <Credits /> },
                    }
                }
            </div>
        </main>
    }
}

/// Data sets and licences.
#[component]
fn Credits() -> Html {
    let shared = use_shared();
    let line = |k| html! { <li>{ shared.t(k) }</li> };
    html! {
        <>
            <h3>{ shared.t("sources-credits") }</h3>
            <ul class="list">{ for ["credit-osm", "credit-searoute", "credit-ne", "credit-gshhg", "credit-geonames", "credit-census"].map(line) }</ul>
            <h3>{ shared.t("why-data") }</h3>
            <ul class="list">{ for ["data-scrap", "data-census", "data-roads", "data-points", "data-plants"].map(line) }</ul>
        </>
    }
}
