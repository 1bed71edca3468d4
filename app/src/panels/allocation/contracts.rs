//! Contracts between sources and plants: those that are made, and a form for another.

use super::goal::make;
use crate::{
    app::Shared,
    i18n::{Quantity, exact, province, significant, t, tr},
    panels::{facility::cluster_name, use_shared},
    state::{ContractDraft, DraftError, plants_for, provinces},
    ui::{Icon, icon},
};
use atlas_core::{
    model::{CONTRACT_COST_FACTOR_KEY, Cluster, Stream},
    scenario::{Contract, Goal, SourceGroup},
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The claim about lead times, of which nothing is computed.
const LEAD_TIME_KEY: &str = "policy.contract_lead_time.all";

#[component]
pub fn Contracts() -> Html {
    let shared = use_shared();
    let draft = use_state(|| None::<ContractDraft>);
    let wrong = use_state(|| None::<DraftError>);
    let goal = &shared.state.document.scenario().goal;
    let open = {
        let draft = draft.clone();
        Callback::from(move |_: MouseEvent| draft.set(Some(ContractDraft::default())))
    };
    html! {
        <div id="contracts" class="lever" data-count={goal.contracts.len().to_string()}>
            <h3>{ shared.t("contract-title") }</h3>
            if goal.contracts.is_empty() && draft.is_none() { <p class="fine">{ shared.t("contract-none") }</p> }
            if !goal.contracts.is_empty() { <div class="set-list"><ul>{ for goal.contracts.iter().map(|c| line(&shared, c)) }</ul></div> }
            if let Some(d) = &*draft {
                { form(&shared, d, &draft, &wrong) }
            } else {
                <button class="btn" id="contract-add" onclick={open}>{ icon(Icon::Plus) }{ shared.t("contract-add") }</button>
            }
        </div>
    }
}

/// Where a contract's scrap comes from, in words.
fn source_words(shared: &Shared, from: &SourceGroup) -> String {
    match from {
        SourceGroup::Cluster(c) => cluster_name(shared, Some(*c)),
        SourceGroup::Province(p) => province(shared.state.lang, p).to_owned(),
        SourceGroup::Points(ids) => tr(shared.state.lang, "contract-points", &[("n", &ids.len().to_string())]),
    }
}

fn line(shared: &Shared, c: &Contract) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    let q = Quantity::TonnesPerYear;
    let plant =
        state.document.plan().get(&c.plant).map_or_else(|| c.plant.clone(), |p| lang.name(&p.facility.name).to_owned());
    let metal = t(lang, &format!("stream-{}", c.stream.key()));
    let title =
        tr(lang, "contract-line", &[("metal", &metal), ("from", &source_words(shared, &c.from)), ("plant", &plant)]);
    let tonnes = |v: Option<f64>| v.map(|v| significant(q.scaled(v, lang)));
    let amount = match (tonnes(c.min_t), tonnes(c.max_t)) {
        (Some(min), Some(max)) => tr(lang, "contract-between", &[("min", &min), ("max", &max), ("unit", q.unit(lang))]),
        (Some(min), None) => tr(lang, "contract-least", &[("min", &min), ("unit", q.unit(lang))]),
        (None, Some(max)) => tr(lang, "contract-most", &[("max", &max), ("unit", q.unit(lang))]),
        (None, None) => shared.t("contract-any"),
    };
    let factor = tr(lang, "contract-factor", &[("n", &exact(c.cost_factor))]);
    let remove = {
        let (shared, id) = (shared.clone(), c.id.clone());
        Callback::from(move |_: MouseEvent| {
            let mut goal = shared.state.document.scenario().goal.clone();
            goal.contracts.retain(|c| c.id != id);
            make(&shared, goal);
        })
    };
    let label = tr(lang, "contract-remove", &[("name", &title)]);
    html! {
        <li key={c.id.clone()} data-id={c.id.clone()}>
            <span><b>{ &c.id }</b>{ " " }{ &title }</span>
            <span class="fine">{ amount }{ " · " }{ factor }{ claimed(shared, c.cost_factor) }</span>
            <button class="undo-one" onclick={remove} aria-label={label.clone()} title={label}>{ icon(Icon::Close) }</button>
        </li>
    }
}

/// The report's factor is a claim wherever it stands.
fn claimed(shared: &Shared, factor: f64) -> Html {
    let parameters = shared.state.parameters();
    let claim = parameters.get(CONTRACT_COST_FACTOR_KEY).is_some_and(|p| p.value == factor);
    if claim {
        html! { <>{ " " }<span class="tag">{ shared.t("basis-claim") }</span></> }
    } else {
        Html::default()
    }
}

fn form(
    shared: &Shared,
    d: &ContractDraft,
    draft: &UseStateHandle<Option<ContractDraft>>,
    wrong: &UseStateHandle<Option<DraftError>>,
) -> Html {
    let lang = shared.state.lang;
    let parameters = shared.state.parameters();
    let claim = parameters.get(CONTRACT_COST_FACTOR_KEY).map(|p| p.value);
    let lead = parameters.get(LEAD_TIME_KEY).map(|p| exact(p.value.abs()));
    let put = {
        let (draft, wrong) = (draft.clone(), wrong.clone());
        move |next: ContractDraft| {
            wrong.set(None);
            draft.set(Some(next));
        }
    };
    let text = |id: &'static str,
                key: &'static str,
                value: &str,
                bad: bool,
                with: fn(ContractDraft, String) -> ContractDraft| {
        let input = {
            let (put, d) = (put.clone(), d.clone());
            Callback::from(move |e: InputEvent| {
                put(with(d.clone(), e.target_unchecked_into::<HtmlInputElement>().value()))
            })
        };
        html! {
            <label>{ shared.t(key) }<input {id} type="text" inputmode="decimal" value={value.to_owned()} oninput={input} aria-invalid={bad.to_string()} aria-describedby={bad.then_some("contract-wrong")} /></label>
        }
    };
    let stream = {
        let (put, d) = (put.clone(), d.clone());
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some(s) = Stream::ALL.into_iter().find(|s| s.key() == key) {
                put(ContractDraft { stream: s, ..d.clone() });
            }
        })
    };
    let sources: Vec<SourceGroup> = Cluster::ALL
        .into_iter()
        .map(SourceGroup::Cluster)
        .chain(provinces(&shared.state.baseline).into_iter().map(SourceGroup::Province))
        .collect();
    let from = {
        let (put, d, sources) = (put.clone(), d.clone(), sources.clone());
        Callback::from(move |e: Event| {
            let index = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some(from) = usize::try_from(index).ok().and_then(|i| sources.get(i)) {
                put(ContractDraft { from: from.clone(), ..d.clone() });
            }
        })
    };
    let plant = {
        let (put, d) = (put.clone(), d.clone());
        Callback::from(move |e: InputEvent| {
            put(ContractDraft { plant: e.target_unchecked_into::<HtmlInputElement>().value(), ..d.clone() })
        })
    };
    let take_claim = {
        let (put, d) = (put.clone(), d.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(claim) = claim {
                put(ContractDraft { factor: claim.to_string(), ..d.clone() });
            }
        })
    };
    let add = {
        let (shared, d, draft, wrong) = (shared.clone(), d.clone(), draft.clone(), wrong.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            match d.contract(&shared.state) {
                Ok(contract) => {
                    let mut goal: Goal = shared.state.document.scenario().goal.clone();
                    goal.contracts.push(contract);
                    make(&shared, goal);
                    wrong.set(None);
                    draft.set(None);
                }
                Err(found) => wrong.set(Some(found)),
            }
        })
    };
    let cancel = {
        let (draft, wrong) = (draft.clone(), wrong.clone());
        Callback::from(move |_: MouseEvent| {
            wrong.set(None);
            draft.set(None);
        })
    };
    let bad = |all: &[DraftError]| wrong.is_some_and(|w| all.contains(&w));
    let plants = plants_for(&shared.state, d.stream);
    html! {
        <form class="contract-form" onsubmit={add}>
            <label>{ shared.t("scrap-metal") }<select id="contract-stream" onchange={stream}>
                { for Stream::ALL.map(|s| html! { <option value={s.key()} selected={s == d.stream}>{ t(lang, &format!("stream-{}", s.key())) }</option> }) }
            </select></label>
            <label>{ shared.t("contract-from") }<select id="contract-from" onchange={from}>
                { for sources.iter().map(|s| html! { <option selected={*s == d.from}>{ source_words(shared, s) }</option> }) }
            </select></label>
            <label class="all">{ tr(lang, "contract-plant", &[("n", &plants.len().to_string())]) }<input id="contract-plant" type="text" list="contract-plants" autocomplete="off" value={d.plant.clone()} placeholder={shared.t("contract-plant-hint")} oninput={plant}
                aria-invalid={bad(&[DraftError::Plant]).to_string()} aria-describedby={bad(&[DraftError::Plant]).then_some("contract-wrong")} /></label>
            <datalist id="contract-plants">{ for plants.iter().map(|(_, words)| html! { <option value={words.clone()} /> }) }</datalist>
            { text("contract-min", "contract-min", &d.min, bad(&[DraftError::Min, DraftError::Crossed]), |d, min| ContractDraft { min, ..d }) }
            { text("contract-max", "contract-max", &d.max, bad(&[DraftError::Max, DraftError::Crossed]), |d, max| ContractDraft { max, ..d }) }
            { text("contract-factor", "contract-factor-label", &d.factor, bad(&[DraftError::Factor]), |d, factor| ContractDraft { factor, ..d }) }
            if let Some(claim) = claim { <button type="button" class="link" id="contract-claim" onclick={take_claim}>{ tr(lang, "contract-claim", &[("n", &exact(claim))]) }</button> }
            if let Some(wrong) = **wrong { <p id="contract-wrong" class="bad all" role="alert">{ shared.t(wrong.key()) }</p> }
            if let Some(lead) = lead { <p class="fine all">{ tr(lang, "contract-lead", &[("n", &lead)]) }</p> }
            <div class="row all"><button type="submit" class="btn main" id="contract-do">{ shared.t("contract-do") }</button><button type="button" class="btn" onclick={cancel}>{ shared.t("set-close") }</button></div>
        </form>
    }
}
