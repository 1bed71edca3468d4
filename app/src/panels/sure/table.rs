//! Every indicator of the plan: where it lies, by place, section and name.

use super::{
    PlanProps,
    frame::{Frame, head},
};
use crate::{
    app::Shared,
    i18n::tr,
    panels::{band::strip, use_shared},
    state::{SureFilter, SureRow, SureTable, sure_rows, where_name},
};
use atlas_core::{model::Cluster, profile::Section};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[component]
pub fn BandsPart(props: &PlanProps) -> Html {
    let shared = use_shared();
    let filter = use_state(SureFilter::default);
    let state = &shared.state;
    let Some(found) = state.sure.found.clone() else { return Html::default() };
    let (rows, all) = sure_rows(state, &found, props.plan, &filter);
    let count = tr(state.lang, "sure-bands-count", &[("n", &rows.len().to_string()), ("all", &all.to_string())]);
    let words = |key: &str| shared.t(&format!("sure-head-{key}"));
    let chart = html! {
        <>
            <div class="sure-filter">
                { tools(&shared, &filter) }
                <span class="fine num" role="status" id="sure-bands-count">{ count }</span>
            </div>
            if rows.is_empty() {
                <p class="fine">{ shared.t("sure-bands-none") }</p>
            } else {
                <div class="scroll sure-all" tabindex="0" role="region" aria-label={shared.t("sure-bands-title")}>
                    <table class="plain" id="sure-bands-table">
                        <thead><tr>{ head(words("indicator"), false) }{ head(words("table"), true) }{ for ["5 %", "50 %", "95 %"].map(|p| head(p.to_owned(), true)) }<th scope="col"><span class="sr-only">{ shared.t("sure-dots-title") }</span></th></tr></thead>
                        <tbody>{ for rows.iter().map(|r| line(&shared, r)) }</tbody>
                    </table>
                </div>
            }
        </>
    };
    html! { <Frame part="bands" why={shared.t("sure-bands-why")} csv={SureTable::Bands} plan={props.plan} {chart} /> }
}

fn line(shared: &Shared, r: &SureRow) -> Html {
    html! {
        <tr data-aim={r.aim.key()}>
            <th scope="row">{ &r.name }{ " " }<span class="unit">{ &r.unit }</span></th>
            <td class="num">{ &r.table }</td>
            { for r.ends.iter().map(|words| html! { <td class="num">{ words }</td> }) }
            <td class="strip-cell">{ r.strip.as_ref().map_or_else(|| html! { <span class="fine">{ shared.t("sure-bands-still") }</span> }, strip) }</td>
        </tr>
    }
}

fn tools(shared: &Shared, filter: &UseStateHandle<SureFilter>) -> Html {
    let lang = shared.state.lang;
    let places = [None, Some(Cluster::ALL[0]), Some(Cluster::ALL[1]), Some(Cluster::ALL[2])];
    let place = {
        let filter = filter.clone();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let place = usize::try_from(row).ok().and_then(|r| places.get(r).copied()).flatten();
            filter.set(SureFilter { place, ..(*filter).clone() });
        })
    };
    let section = {
        let filter = filter.clone();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            // The first choice is all of them.
            let section = usize::try_from(row - 1).ok().and_then(|r| Section::ALL.get(r).copied());
            filter.set(SureFilter { section, ..(*filter).clone() });
        })
    };
    let find = {
        let filter = filter.clone();
        Callback::from(move |e: InputEvent| {
            let find = e.target_unchecked_into::<HtmlInputElement>().value();
            filter.set(SureFilter { find, ..(*filter).clone() });
        })
    };
    let moving = {
        let filter = filter.clone();
        Callback::from(move |_: MouseEvent| filter.set(SureFilter { moving: !filter.moving, ..(*filter).clone() }))
    };
    let option = |p: Option<Cluster>| html! { <option selected={p == filter.place}>{ where_name(lang, p) }</option> };
    let part = |s: Section| html! { <option selected={Some(s) == filter.section}>{ shared.t(&format!("clusters-section-{}", s.key())) }</option> };
    html! {
        <>
            <label class="inline">{ shared.t("sure-place") }<select id="sure-bands-place" onchange={place}>{ for places.map(option) }</select></label>
            <label class="inline">{ shared.t("sure-bands-section") }<select id="sure-bands-section" onchange={section}><option selected={filter.section.is_none()}>{ shared.t("sure-bands-all-sections") }</option>{ for Section::ALL.map(part) }</select></label>
            <label class="inline">{ shared.t("sure-bands-find") }<input id="sure-bands-find" type="search" value={filter.find.clone()} oninput={find} /></label>
            <button class="btn" id="sure-bands-moving" aria-pressed={filter.moving.to_string()} onclick={moving}>{ shared.t("sure-bands-moving") }</button>
        </>
    }
}
