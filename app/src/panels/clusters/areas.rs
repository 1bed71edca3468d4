//! Further columns: any province or set of prefectures of the clusters.

use crate::{
    i18n::tr,
    panels::use_shared,
    state::{InsightAction, MOST_AREAS, area_names, read_area},
    ui::{Icon, icon},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AreasProps {
    /// Names of the further columns.
    pub names: Vec<String>,
    /// Takes a further column away, by its number.
    pub remove: Callback<usize>,
}

#[component]
pub fn Areas(props: &AreasProps) -> Html {
    let shared = use_shared();
    let typed = use_node_ref();
    let refused = use_state(|| None::<String>);
    let (state, lang) = (&shared.state, shared.state.lang);
    let areas = &state.insights.areas;
    let add = {
        let (shared, typed, refused) = (shared.clone(), typed.clone(), refused.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let Some(field) = typed.cast::<HtmlInputElement>() else { return };
            let state = &shared.state;
            match read_area(&state.baseline, &field.value()) {
                Err((code, name)) => refused.set(Some(tr(state.lang, code, &[("name", &name)]))),
                Ok(area) if state.insights.areas.contains(&area) => refused.set(Some(shared.t("area-twice"))),
                Ok(area) => {
                    let mut all = (*state.insights.areas).clone();
                    all.push(area);
                    field.set_value("");
                    refused.set(None);
                    shared.act(InsightAction::Areas(all));
                }
            }
        })
    };
    let full = areas.len() >= MOST_AREAS;
    let chip = |(i, name): (usize, &String)| {
        let remove = props.remove.reform(move |_: MouseEvent| i);
        html! { <button class="btn" onclick={remove} aria-label={tr(lang, "clusters-remove", &[("name", name)])}>{ name }{ icon(Icon::Close) }</button> }
    };
    html! {
        <form class="clusters-areas" onsubmit={add}>
            <label for="clusters-area">{ shared.t("clusters-add") }</label>
            <input id="clusters-area" ref={typed} list="clusters-area-names" autocomplete="off" disabled={full} placeholder={shared.t("clusters-add-hint")} aria-invalid={refused.is_some().to_string()} aria-describedby="clusters-area-told" />
            <datalist id="clusters-area-names">{ for area_names(lang, &state.baseline).into_iter().map(|value| html! { <option {value} /> }) }</datalist>
            <button class="btn" disabled={full}>{ shared.t("clusters-add-do") }</button>
            { for props.names.iter().enumerate().map(chip) }
            <span id="clusters-area-told" role="status" class={classes!(refused.is_some().then_some("bad"))}>
                { match &*refused { Some(why) => why.clone(), None if full => shared.t("clusters-full"), None => String::new() } }
            </span>
        </form>
    }
}
