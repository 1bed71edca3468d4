//! The family of factors, the boundary of primary metal, sums or a tonne's.

use crate::{
    panels::use_shared,
    state::{Action, CarbonAction, CarbonPer},
};
use atlas_core::{account::EmissionFamily, footprint::Boundary};
use yew::prelude::*;

#[component]
pub fn Chooser() -> Html {
    let shared = use_shared();
    let choice = shared.state.carbon_choice();
    let button = |words: String, on: bool, make: fn() -> CarbonAction| {
        let shared = shared.clone();
        let set = Callback::from(move |_: MouseEvent| shared.act(Action::from(make())));
        html! { <button aria-pressed={on.to_string()} onclick={set}>{ words }</button> }
    };
    let group = |label: &str, id: &'static str, buttons: Vec<Html>| {
        let label = shared.t(label);
        html! { <div class="inline"><span class="fine">{ &label }</span><div class="segments" role="group" aria-label={label.clone()} {id}>{ for buttons }</div></div> }
    };
    let family = |f: EmissionFamily| match f {
        EmissionFamily::Glec => {
            button(shared.t("family-glec"), choice.family == f, || CarbonAction::Family(EmissionFamily::Glec))
        }
        EmissionFamily::Gbt51366 => {
            button(shared.t("family-gbt"), choice.family == f, || CarbonAction::Family(EmissionFamily::Gbt51366))
        }
    };
    let boundary = |b: Boundary| {
        let words = shared.t(&format!("carbon-boundary-{}", b.key()));
        let make: fn() -> CarbonAction = match b {
            Boundary::Working => || CarbonAction::Boundary(Boundary::Working),
            Boundary::Narrow => || CarbonAction::Boundary(Boundary::Narrow),
            Boundary::Wide => || CarbonAction::Boundary(Boundary::Wide),
        };
        button(words, choice.boundary == b, make)
    };
    let per = shared.state.carbon.per;
    let pers = vec![
        button(shared.t("carbon-per-year"), per == CarbonPer::Year, || CarbonAction::Per(CarbonPer::Year)),
        button(shared.t("carbon-per-tonne"), per == CarbonPer::Tonne, || CarbonAction::Per(CarbonPer::Tonne)),
    ];
    html! {
        <div class="carbon-choose">
            { group("family-label", "carbon-family", EmissionFamily::ALL.map(family).to_vec()) }
            { group("carbon-boundary", "carbon-boundary", Boundary::ALL.map(boundary).to_vec()) }
            { group("carbon-per", "carbon-per", pers) }
            <p class="fine">{ shared.t("carbon-never-mixed") }</p>
        </div>
    }
}
