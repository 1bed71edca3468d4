//! The table of parameters, with search, filters and sorting.

use super::{
    list::{Column, Facts, Filter, Group, Row, rows, shown},
    order::Order,
    row::ParameterRow,
};
use crate::{
    app::Shared,
    i18n::{count, tr},
    panels::use_shared,
    platform,
    state::{Section, SourcesView, ViewAction},
    ui::sort_head,
};
use atlas_core::model::Basis;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[component]
pub fn ParametersTable() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let filter = use_state(Filter::default);
    let order = use_state(|| None::<Order<Column>>);
    let editing = use_state(|| None::<String>);
    let facts = use_memo(state.has_baseline(), |_| Facts::of(&state.baseline));
    let set = &state.document.scenario().parameters;
    let all =
        use_memo((state.lang, set.clone(), state.has_baseline()), |_| rows(state.lang, &state.parameters(), &facts));
    {
        // A link that led here shows its parameter alone; the person widens the view from there.
        let (filter, shared, wanted) = (filter.clone(), shared.clone(), state.sources.wanted.clone());
        use_effect_with(wanted, move |wanted| {
            if let Some(key) = wanted {
                filter.set(Filter { typed: key.clone(), ..Filter::default() });
                platform::focus("parameter-search");
                shared.act(ViewAction::Sources(SourcesView { section: Section::Parameters, wanted: None }));
            }
        });
    }
    let found = shown(&all, &filter, *order);
    let mine = all.iter().filter(|r| r.is_mine()).count();
    let edit = {
        let editing = editing.clone();
        Callback::from(move |key: Option<String>| editing.set(key))
    };
    let line = |row: &Rc<Row>| {
        let is_open = editing.as_deref() == Some(row.key.as_str());
        html! { <ParameterRow key={row.key.clone()} row={Rc::clone(row)} editing={is_open} on_edit={edit.clone()} /> }
    };
    html! {
        <>
            <p class="lead">{ shared.t("sources-lead-parameters") }</p>
            { filters(&shared, &filter, mine) }
            <p class="fine" role="status">{ tr(state.lang, "sources-count", &[("shown", &count(found.len())), ("all", &count(all.len()))]) }</p>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("sources-tab-parameters")}>
                <table class="plain big-table parameters">
                    <thead><tr>{ for Column::ALL.map(|c| head(&shared, &order, c)) }</tr></thead>
                    { for found.iter().map(line) }
                </table>
            </div>
            if found.is_empty() && !all.is_empty() { <p class="hint" role="status">{ shared.t("sources-none") }</p> }
        </>
    }
}

fn head(shared: &Shared, order: &UseStateHandle<Option<Order<Column>>>, column: Column) -> Html {
    let now = order.filter(|o| o.column == column).map(|o| o.descending);
    let click = {
        let order = order.clone();
        Callback::from(move |_: MouseEvent| order.set(Order::clicked(*order, column)))
    };
    sort_head(shared.t(column.name()), now, click)
}

/// The bases that the table has; what the user set is a filter of its own.
const BASES: [Basis; 6] =
    [Basis::Published, Basis::Claim, Basis::Recalled, Basis::Derived, Basis::Estimated, Basis::Assumed];

fn filters(shared: &Shared, filter: &UseStateHandle<Filter>, mine: usize) -> Html {
    let typed = {
        let filter = filter.clone();
        Callback::from(move |e: InputEvent| {
            let typed = e.target_unchecked_into::<HtmlInputElement>().value();
            filter.set(Filter { typed, ..(*filter).clone() });
        })
    };
    let by_group = {
        let filter = filter.clone();
        Callback::from(move |e: Event| filter.set(Filter { group: chosen(&e, &Group::ALL), ..(*filter).clone() }))
    };
    let by_basis = {
        let filter = filter.clone();
        Callback::from(move |e: Event| filter.set(Filter { basis: chosen(&e, &BASES), ..(*filter).clone() }))
    };
    let only_mine = {
        let filter = filter.clone();
        Callback::from(move |_: MouseEvent| filter.set(Filter { mine: !filter.mine, ..(*filter).clone() }))
    };
    let group = |g: Group| html! { <option selected={filter.group == Some(g)}>{ shared.t(&format!("group-{}", g.key())) }</option> };
    let basis = |b: Basis| html! { <option selected={filter.basis == Some(b)}>{ shared.t(&format!("basis-{}", b.key())) }</option> };
    html! {
        <div class="filters" role="search">
            <label class="inline wide-field">{ shared.t("sources-search") }
                <input id="parameter-search" type="search" autocomplete="off" placeholder={shared.t("sources-search-hint")} oninput={typed} value={filter.typed.clone()} /></label>
            <label class="inline">{ shared.t("sources-group") }
                <select onchange={by_group}><option selected={filter.group.is_none()}>{ shared.t("sources-any") }</option>{ for Group::ALL.map(group) }</select></label>
            <label class="inline">{ shared.t("sources-basis") }
                <select onchange={by_basis}><option selected={filter.basis.is_none()}>{ shared.t("sources-any") }</option>{ for BASES.map(basis) }</select></label>
            <button class="btn toggle" aria-pressed={filter.mine.to_string()} onclick={only_mine}>{ tr(shared.state.lang, "sources-mine", &[("n", &count(mine))]) }</button>
        </div>
    }
}

/// What a list of choices behind "all" has chosen.
pub fn chosen<T: Copy>(e: &Event, choices: &[T]) -> Option<T> {
    let index = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
    usize::try_from(index - 1).ok().and_then(|i| choices.get(i)).copied()
}
