//! Where objective, bound and gap come from: what is made best, what was measured and how, the parameters and the data.

use super::{SearchProps, futures};
use crate::{
    app::Shared,
    i18n::Lang,
    panels::{inputs::inputs, use_shared, why::use_why_button},
};
use atlas_core::{
    catchment::{self, Demand},
    model::{FacilityKind, Parameter},
    siting::planning::{Aim, Question},
};
use yew::prelude::*;

/// The key of a formula.
const fn formula_key(aim: Aim) -> &'static str {
    match aim {
        Aim::Nearest => "siting-formula-nearest",
        Aim::MostCovered => "siting-formula-most-covered",
        Aim::FewestSites => "siting-formula-fewest-sites",
        Aim::LeastLongest => "siting-formula-least-longest",
        Aim::LeastCost => "siting-formula-least-cost",
    }
}

/// The parameters that an answer rests on.
fn keys(q: &Question) -> Vec<String> {
    let ways = catchment::Question { stream: q.stream, measure: q.measure, ..catchment::Question::usual(q.kind) };
    // Yuan a year are of tonnes, whatever demand is counted in.
    let counted = if q.aim == Aim::LeastCost { Demand::Tonnes } else { q.demand };
    let mut keys = ways.parameters_of(&[counted]);
    if q.kind == FacilityKind::Hub {
        keys.push("process.hub_sorting_yield.all".into());
        if q.aim == Aim::LeastCost && q.site_cost.is_none() {
            keys.push("process.hub_fixed_cost.all".into());
        }
    }
    keys
}

#[component]
pub fn Why(props: &SearchProps) -> Html {
    let shared = use_shared();
    let (button, open) = use_why_button(&shared.t("siting-objective"));
    html! { <div class="siting-why">{ button }if open { { explanation(&shared, &props.search.question) } }</div> }
}

fn explanation(shared: &Shared, q: &Question) -> Html {
    let parameters = shared.state.parameters();
    let keys = keys(q);
    let rows: Vec<&Parameter> = keys.iter().filter_map(|k| parameters.get(k)).collect();
    let colon = if shared.state.lang == Lang::Zh { "：" } else { ": " };
    html! {
        <div class="because">
            <p>{ shared.t(formula_key(q.aim)) }</p>
            <p>{ shared.t("siting-formula-bound") }</p>
            { futures::explanation(shared, q) }
            <p>{ shared.t(&format!("measure-how-{}", q.measure.key())) }</p>
            <p>{ shared.t(&format!("demand-how-{}", q.demand.key())) }</p>
            <p class="fine"><b>{ shared.t("why-data") }</b>{ colon }{ shared.t("siting-data") }</p>
            if !rows.is_empty() { { inputs(shared, &rows) } }
        </div>
    }
}
