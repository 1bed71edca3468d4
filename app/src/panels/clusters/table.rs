//! The table: a section at a time, a row a measure, a bar and a change a territory, and why.

use super::row_id;
use crate::{
    i18n::{Lang, t, tr},
    panels::{BandLook, BandMark, inputs::inputs, use_shared, why::use_why_button},
    state::{ClusterCell, ClusterRow, cluster_columns, cluster_rows, no_value_words, profile_why},
    ui::basis_mark,
};
use atlas_core::{
    account::EmissionFamily,
    model::{Cluster, Parameter},
    profile::{Normal, Section},
    response::Aim,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TableProps {
    pub normal: Normal,
    pub open: UseStateHandle<Vec<Section>>,
}

#[component]
pub fn ClusterTable(props: &TableProps) -> Html {
    let shared = use_shared();
    let parts = use_state(|| false);
    // On a phone one territory is shown at a time.
    let shown = use_state(|| 0usize);
    let (state, lang) = (&shared.state, shared.state.lang);
    let columns = cluster_columns(lang, &state.baseline, &state.insights);
    let at = (*shown).min(columns.len().saturating_sub(1));
    let all_open = props.open.len() == Section::ALL.len();
    let toggle_all = {
        let open = props.open.clone();
        Callback::from(move |_: MouseEvent| open.set(if all_open { Vec::new() } else { Section::ALL.into() }))
    };
    let toggle_parts = {
        let parts = parts.clone();
        Callback::from(move |_: MouseEvent| parts.set(!*parts))
    };
    let switch = |(i, name): (usize, String)| {
        let choose = {
            let shown = shown.clone();
            Callback::from(move |_: MouseEvent| shown.set(i))
        };
        html! { <button aria-pressed={(i == at).to_string()} onclick={choose}>{ name }</button> }
    };
    let section = |s: Section| {
        let is_open = props.open.contains(&s);
        let toggle = {
            let open = props.open.clone();
            Callback::from(move |_: MouseEvent| {
                let mut all = (*open).clone();
                if is_open {
                    all.retain(|x| *x != s)
                } else {
                    all.push(s)
                }
                open.set(all);
            })
        };
        let rows = if is_open { cluster_rows(lang, &columns, s, props.normal, *parts) } else { Vec::new() };
        html! {
            <tbody key={s.key()} data-section={s.key()}>
                <tr class="group"><th scope="colgroup" colspan={(1 + columns.len()).to_string()}>
                    <button class="link section" aria-expanded={is_open.to_string()} onclick={toggle}><span aria-hidden="true">{ if is_open { "▾ " } else { "▸ " } }</span>{ shared.t(&format!("clusters-section-{}", s.key())) }</button>
                </th></tr>
                { for rows.into_iter().map(|row| {
                    let (key, names): (String, Vec<String>) = (row.measure.key(), columns.iter().map(|c| c.name.clone()).collect());
                    let tints: Vec<&'static str> = columns.iter().map(|c| c.cluster.map_or("other", |c| c.key())).collect();
                    let places: Vec<Option<Cluster>> = columns.iter().map(|c| c.cluster).collect();
                    html! { <Row key={key} {row} {names} {tints} {places} normal={props.normal} /> }
                }) }
            </tbody>
        }
    };
    html! {
        <>
            <div class="row">
                <button class="link" id="clusters-open-all" onclick={toggle_all}>{ shared.t(if all_open { "clusters-close-all" } else { "clusters-open-all" }) }</button>
                <button class="link" id="clusters-parts" aria-pressed={parts.to_string()} onclick={toggle_parts}>{ shared.t("clusters-more") }</button>
            </div>
            <div class="segments clusters-switch" role="group" aria-label={shared.t("clusters-column")}>{ for columns.iter().map(|c| c.name.clone()).enumerate().map(switch) }</div>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("clusters-table")}>
                <table class={classes!("plain", "clusters-rows", format!("show-{at}"))} id="clusters-rows" data-normal={props.normal.key()}>
                    <thead><tr><th scope="col">{ shared.t("clusters-table") }</th>
                        { for columns.iter().enumerate().map(|(i, c)| html! { <th scope="col" class={format!("col-{i}")}><i class={classes!("swatch", c.cluster.map_or("other", |c| c.key()))}></i>{ &c.name }</th> }) }
                    </tr></thead>
                    { for Section::ALL.map(section) }
                </table>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    row: ClusterRow,
    names: Vec<String>,
    tints: Vec<&'static str>,
    places: Vec<Option<Cluster>>,
    normal: Normal,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let shared = use_shared();
    let (lang, row) = (shared.state.lang, &props.row);
    let (button, open) = use_why_button(&row.name);
    let parameters = shared.state.parameters();
    let behind = row.measure.behind(EmissionFamily::of(&parameters));
    let cell = |(i, c): (usize, &ClusterCell)| {
        let mood = c.better.map(|better| if better { "good" } else { "bad" });
        let why = c.value.err().map(|why| tr(lang, "clusters-no-value", &[("why", &no_value_words(lang, why))]));
        let size = format!("width:{:.1}%", 100.0 * c.bar);
        // Of clusters alone: other territories were not looked at in drawn futures.
        let aim = props.places.get(i).copied().flatten();
        let aim = aim.map(|c| Aim { normal: props.normal, ..Aim::of(row.measure, Some(c)) });
        html! {
            <td class={classes!("num", format!("col-{i}"))} data-value={c.value.ok().map(|v| v.to_string())} data-reason={c.value.err().map(|e| e.code())} title={why.clone()}>
                <span class="cluster-cell"><b>{ &c.words }</b>
                    <span class="cluster-bar" aria-hidden="true"><i class={classes!(props.tints.get(i).copied())} style={size}></i></span>
                    <span class={classes!("change", mood)}>{ c.change.clone().unwrap_or_default() }</span></span>
                { for aim.map(|aim| html! { <BandMark {aim} look={BandLook::Fine} /> }) }
                if let Some(why) = why { <span class="sr-only">{ why }</span> }
            </td>
        }
    };
    let data: Vec<String> = behind.data.iter().map(|d| t(lang, &format!("data-{}", d.key()))).collect();
    let rows: Vec<&Parameter> = behind.parameters.iter().filter_map(|k| parameters.get(k)).collect();
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let missing = row.cells.iter().zip(&props.names).filter_map(|(c, place)| {
        let why = no_value_words(lang, c.value.err()?);
        Some(html! { <p>{ tr(lang, "clusters-no-value-in", &[("place", place), ("why", &why)]) }</p> })
    });
    html! {
        <>
            <tr id={row_id(row.measure)} tabindex="-1" data-measure={row.measure.key()}>
                <th scope="row">{ basis_mark(behind.certainty) }{ &row.name }{ " " }<span class="unit">{ &row.unit }</span>{ " " }{ button }</th>
                { for row.cells.iter().enumerate().map(cell) }
            </tr>
            if open {
                <tr class="why-row"><td colspan={(1 + row.cells.len()).to_string()}>
                    <div class="because">
                        { for missing }
                        <p>{ profile_why(lang, row.measure) }</p>
                        <p class="fine"><b>{ shared.t("clusters-certainty") }</b>{ colon }{ t(lang, &format!("measure-part-{}", atlas_core::profile::Part::Certainty(behind.certainty).key())) }</p>
                        <p class="fine"><b>{ shared.t("why-data") }</b>{ colon }{ data.join(if lang == Lang::Zh { "；" } else { "; " }) }</p>
                        if !rows.is_empty() { { inputs(&shared, &rows) } }
                    </div>
                </td></tr>
            }
        </>
    }
}
