//! The clusters, and any other territory, side by side: what stands out, the table, pictures, and what is claimed.

mod areas;
mod claims;
mod multiples;
mod sentences;
mod slope;
mod table;

use super::{InsightProgress, use_shared};
use crate::{
    platform,
    state::{InsightAction, area_name, clusters_csv},
    ui::{Icon, icon},
};
use areas::Areas;
use atlas_core::profile::{Measure, Normal, Section};
use claims::Claims;
use multiples::Multiples;
use sentences::Sentences;
use slope::Slope;
use table::ClusterTable;
use yew::prelude::*;

/// The id of a measure's row.
fn row_id(measure: Measure) -> String {
    format!("cluster-row-{}", measure.key())
}

#[component]
pub fn ClustersTab() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let normal = use_state(Normal::default);
    let open = use_state(|| vec![Section::Collection, Section::Access, Section::Haul]);
    // A number of a sentence was followed: its row is opened, then gone to.
    let go = use_state(|| None::<(Measure, u32)>);
    use_effect_with((*go).map(|g| g.1), {
        let go = *go;
        move |_| {
            if let Some((measure, _)) = go {
                platform::focus(&row_id(measure));
            }
        }
    });
    if state.insights.plan.is_none() {
        return html! { <><InsightProgress /><p class="hint">{ shared.t("clusters-progress-wait") }</p></> };
    }
    let follow = {
        let (go, open, normal) = (go.clone(), open.clone(), normal.clone());
        Callback::from(move |measure: Measure| {
            let mut sections = (*open).clone();
            if !sections.contains(&measure.section()) {
                sections.push(measure.section());
            }
            open.set(sections);
            // Sentences tell what is absolute.
            normal.set(Normal::Absolute);
            go.set(Some((measure, go.map_or(0, |g| g.1) + 1)));
        })
    };
    let switch = |n: Normal| {
        let set = {
            let normal = normal.clone();
            Callback::from(move |_: MouseEvent| normal.set(n))
        };
        let name = shared.t(&format!("clusters-normal-{}", n.key().replace('_', "-")));
        html! { <button aria-pressed={(*normal == n).to_string()} data-normal={n.key()} onclick={set}>{ name }</button> }
    };
    let save = {
        let (shared, normal) = (shared.clone(), *normal);
        Callback::from(move |_: MouseEvent| {
            platform::save_text("clusters.csv", "text/csv", &clusters_csv(&shared.state, normal));
        })
    };
    let remove = {
        let shared = shared.clone();
        Callback::from(move |i: usize| {
            let mut areas = (*shared.state.insights.areas).clone();
            if i < areas.len() {
                areas.remove(i);
            }
            shared.act(InsightAction::Areas(areas));
        })
    };
    // As they are asked for, and not as they were told last: a column may be taken away while others are worked out.
    let names: Vec<String> = state.insights.areas.iter().map(|a| area_name(state.lang, &state.baseline, a)).collect();
    html! {
        <>
            <InsightProgress />
            <Sentences {follow} />
            <section class={classes!("clusters-table", "figure-box", (!state.insights.fresh).then_some("stale"))} aria-busy={(!state.insights.fresh).to_string()} id="clusters">
                <div class="row">
                    <h3>{ shared.t("clusters-table") }</h3>
                    <div class="segments" role="group" aria-label={shared.t("clusters-normal")} id="clusters-normal">{ for Normal::ALL.map(switch) }</div>
                    <button class="btn" id="clusters-csv" onclick={save}>{ icon(Icon::Save) }{ "CSV" }</button>
                </div>
                <Areas {names} {remove} />
                <ClusterTable normal={*normal} {open} />
                <p class="fine">{ shared.t("clusters-note") }</p>
            </section>
            <Multiples />
            <Slope normal={*normal} />
            <Claims />
        </>
    }
}
