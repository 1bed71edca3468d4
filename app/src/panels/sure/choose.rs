//! What is looked at: indicator, place, plan.

use crate::{
    app::Shared,
    panels::use_shared,
    state::{Futures, SureAction, measure_name, plan_called, where_name},
};
use atlas_core::{profile::Measure, response::Aim};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ChooseProps {
    pub plan: usize,
    pub on_plan: Callback<usize>,
}

#[component]
pub fn Choose(props: &ChooseProps) -> Html {
    let shared = use_shared();
    let Some(found) = shared.state.sure.found.clone() else { return Html::default() };
    let Some(aim) = found.nearest(&shared.state.sure.aim) else { return Html::default() };
    html! {
        <div class="figure-box sure-choose" role="group" aria-label={shared.t("sure-choose")}>
            <label class="inline">{ shared.t("sure-measure") }{ measure(&shared, &found, &aim) }</label>
            <label class="inline">{ shared.t("sure-place") }{ place(&shared, &found, &aim) }</label>
            <label class="inline">{ shared.t("sure-plan") }{ plan(&shared, &found, props) }</label>
        </div>
    }
}

/// The chosen row of a list.
fn row(e: &Event) -> Option<usize> {
    usize::try_from(e.target_unchecked_into::<HtmlSelectElement>().selected_index()).ok()
}

fn measure(shared: &Shared, found: &Futures, aim: &Aim) -> Html {
    let all = found.measures();
    let choose = {
        let (shared, all, cluster) = (shared.clone(), all.clone(), aim.cluster);
        Callback::from(move |e: Event| {
            if let Some(m) = row(&e).and_then(|r| all.get(r).copied()) {
                shared.act(SureAction::Aim(Aim::of(m, cluster)));
            }
        })
    };
    let option =
        |m: &Measure| html! { <option selected={*m == aim.measure}>{ measure_name(shared.state.lang, *m) }</option> };
    html! { <select id="sure-measure" onchange={choose}>{ for all.iter().map(option) }</select> }
}

fn place(shared: &Shared, found: &Futures, aim: &Aim) -> Html {
    let all = found.places(aim.measure);
    let choose = {
        let (shared, all, measure) = (shared.clone(), all.clone(), aim.measure);
        Callback::from(move |e: Event| {
            if let Some(place) = row(&e).and_then(|r| all.get(r).copied()) {
                shared.act(SureAction::Aim(Aim::of(measure, place)));
            }
        })
    };
    let option =
        |p: &Option<_>| html! { <option selected={*p == aim.cluster}>{ where_name(shared.state.lang, *p) }</option> };
    html! { <select id="sure-place" onchange={choose}>{ for all.iter().map(option) }</select> }
}

fn plan(shared: &Shared, found: &Futures, props: &ChooseProps) -> Html {
    let choose = {
        let on_plan = props.on_plan.clone();
        Callback::from(move |e: Event| {
            if let Some(r) = row(&e) {
                on_plan.emit(r);
            }
        })
    };
    let option =
        |p: usize| html! { <option selected={p == props.plan}>{ plan_called(&shared.state, found, p) }</option> };
    html! { <select id="sure-plan" onchange={choose}>{ for (0..found.count()).map(option) }</select> }
}
