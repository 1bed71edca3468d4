//! The line of a facility's card on the norms it keeps, while norms are shown in the panel or on the map.

use super::{
    report::ReportHold,
    sign::{sign, word},
};
use crate::{
    app::Shared,
    i18n::signed,
    map::view::Outcome,
    panels::use_shared,
    state::{beyond, findings_on},
};
use atlas_core::catchment::norms::Finding;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Id of the facility.
    pub facility: String,
}

#[component]
pub fn CardNorms(props: &Props) -> Html {
    let shared = use_shared();
    let report = use_context::<ReportHold>().unwrap_or_default().0;
    let Some(report) = report else { return Html::default() };
    let found = findings_on(&report, &props.facility);
    if found.is_empty() {
        return Html::default();
    }
    html! {
        <p id="card-norms"><span>{ shared.t("norms-title") }</span>{ for found.into_iter().map(|f| verdict(&shared, f)) }</p>
    }
}

fn verdict(shared: &Shared, f: &Finding) -> Html {
    let outcome = Outcome::from(f.verdict);
    let by = f.measured.map(|m| format!(" {} %", signed(beyond(&m) * 100.0)));
    html! { <span class="verdict-line" data-verdict={outcome.key()} data-norm={f.norm.clone()}>{ sign(outcome) }{ " " }<b>{ &f.norm }</b>{ " " }{ word(shared, outcome) }<span class="num">{ by }</span></span> }
}
