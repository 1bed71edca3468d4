//! Two plants become one.

use crate::{panels::use_shared, state::EditAction};
use atlas_core::{
    levers::{can_merge, merger},
    model::Facility,
    scenario::Change,
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[component]
pub fn MergerPart() -> Html {
    let shared = use_shared();
    let (keeps, closes, refused) = (use_state(String::new), use_state(String::new), use_state(|| None::<&'static str>));
    let lang = shared.state.lang;
    let open = shared.state.document.plan().facilities().iter().filter(|p| p.open).map(|p| &p.facility);
    let plants: Vec<&Facility> = open.filter(|f| can_merge(f) && f.status.receives() && f.capacity.is_some()).collect();
    let select = |id: &'static str, key: &str, chosen: &UseStateHandle<String>| {
        let choose = {
            let (chosen, refused) = (chosen.clone(), refused.clone());
            let ids: Vec<String> = plants.iter().map(|f| f.id.clone()).collect();
            Callback::from(move |e: Event| {
                let row = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
                let id = usize::try_from(row - 1).ok().and_then(|r| ids.get(r)).cloned();
                chosen.set(id.unwrap_or_default());
                refused.set(None);
            })
        };
        html! {
            <label>{ shared.t(key) }{ " " }<select {id} onchange={choose}>
                <option selected={chosen.is_empty()}>{ shared.t("lv-merger-choose") }</option>
                { for plants.iter().map(|f| html! { <option selected={f.id == **chosen}>{ lang.name(&f.name) }</option> }) }
            </select></label>
        }
    };
    let merge = {
        let (shared, keeps, closes, refused) = (shared.clone(), keeps.clone(), closes.clone(), refused.clone());
        Callback::from(move |_: MouseEvent| match merger(shared.state.document.plan(), &keeps, &closes) {
            Ok(edits) => {
                shared.act(EditAction::Make(Change::Edits(edits)));
                closes.set(String::new());
                refused.set(None);
            }
            Err(e) => refused.set(Some(e.code())),
        })
    };
    html! {
        <section class="lv figure-box" id="lever-merger" aria-labelledby="lever-merger-title">
            <h3 id="lever-merger-title">{ shared.t("lv-merger") }</h3>
            <p class="fine">{ shared.t("lv-merger-note") }</p>
            <div class="lv-tools">
                { select("merger-keeps", "lv-merger-keeps", &keeps) }
                { select("merger-closes", "lv-merger-closes", &closes) }
                <button class="btn" id="merger-do" disabled={keeps.is_empty() || closes.is_empty()} onclick={merge}>{ shared.t("lv-merger-do") }</button>
            </div>
            if let Some(code) = *refused { <p class="refused" role="alert">{ shared.t(code) }</p> }
        </section>
    }
}
