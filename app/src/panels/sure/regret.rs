//! How much worse than the best plan of each future every plan is, and which loses least.

use super::frame::{Frame, head, scroll};
use crate::{
    panels::use_shared,
    state::{SureTable, plan_called, regret_number, regret_words, regrets, sure_number},
};
use atlas_core::uncertainty::Regret;
use yew::prelude::*;

#[component]
pub fn RegretPart() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let lang = state.lang;
    let Some(found) = state.sure.found.clone() else { return Html::default() };
    let Some(aim) = found.nearest(&state.sure.aim) else { return Html::default() };
    let (all, least) = regrets(&found, &aim);
    let chart = if aim.measure.less_is_better().is_none() {
        html! { <p class="fine" id="sure-regret-none">{ shared.t("sure-regret-none") }</p> }
    } else if all.len() < 2 {
        html! { <p class="fine" id="sure-regret-one">{ shared.t("sure-regret-one") }</p> }
    } else {
        let row = |(plan, r): &(usize, Regret)| {
            let best = Some(*plan) == least;
            html! {
                <tr data-plan={plan.to_string()} data-least={best.to_string()}>
                    <th scope="row">{ plan_called(state, &found, *plan) }if best { <span class="tag">{ shared.t("sure-regret-best") }</span> }</th>
                    <td class="num">{ regret_number(lang, &aim, r.mean) }</td><td class="num">{ regret_number(lang, &aim, r.most) }</td><td class="num">{ sure_number(lang, &aim, r.worst) }</td>
                </tr>
            }
        };
        let words = |key: &str, numbers: bool| head(shared.t(&format!("sure-head-{key}")), numbers);
        let heads = html! { <>{ words("plan", false) }{ words("regret-mean", true) }{ words("regret-most", true) }{ words("regret-worst", true) }</> };
        html! {
            <>
                if let Some(words) = regret_words(state, &found, &aim) { <p class="sure-say" id="sure-regret-say">{ words }</p> }
                { scroll("regret", shared.t("sure-regret-title"), heads, all.iter().map(row).collect()) }
            </>
        }
    };
    html! { <Frame part="regret" why={shared.t("sure-regret-why")} csv={SureTable::Regret} {chart} /> }
}
