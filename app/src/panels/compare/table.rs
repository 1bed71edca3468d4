//! The table of indicators: a row each, a column a scenario, differences with sign, share and a mark for better and worse.

use super::{named, row_id};
use crate::{
    app::Shared,
    i18n::{significant, small_change, tr},
    panels::{
        BandLook, BandMark, allocation::balance_because, coverage::why::explanation as coverage_because,
        figures::explanation as figure_because, use_shared, why::use_why_button,
    },
    platform,
    state::{
        ClusterFilter, CompareCell, CompareRow, CompareWhy, ViewAction, compare_csv, compare_rows, difference_unit,
        indicator_name, letter, shown_cluster,
    },
    ui::{Icon, icon},
};
use atlas_core::{comparison::Group, model::Cluster, response::Aim};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn IndicatorTable() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let compare = &state.compare;
    let cluster = shown_cluster(state);
    let all = compare_rows(compare, cluster);
    let heading = |row: usize| {
        let is_reference = row == compare.reference;
        let name = state.compare_name(&compare.all[row].choice);
        html! {
            <th scope="col" class={classes!("num", (!compare.all[row].fresh).then_some("stale"))} data-fresh={compare.all[row].fresh.to_string()}>
                <b class="letter">{ letter(row) }</b>{ " " }{ name }
                if is_reference { <span class="tag">{ shared.t("compare-is-reference") }</span> }
            </th>
        }
    };
    let group = |g: Group| {
        let rows = all.iter().filter(|r| r.indicator.group() == g);
        html! {
            <tbody key={g.key()}>
                <tr class="group"><th scope="colgroup" colspan={(1 + compare.all.len()).to_string()}><span>{ shared.t(&format!("compare-group-{}", g.key())) }</span></th></tr>
                { for rows.map(|row| html! { <IndicatorRow key={row.indicator.key()} row={row.clone()} /> }) }
            </tbody>
        }
    };
    let filter = |f: ClusterFilter| {
        let set = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| shared.act(ViewAction::Filter(f)))
        };
        let key = match f {
            ClusterFilter::All => "cluster-all".to_owned(),
            ClusterFilter::One(c) => format!("cluster-{}", c.key()),
        };
        html! { <button aria-pressed={(state.filter == f).to_string()} onclick={set}>{ shared.t(&key) }</button> }
    };
    let filters = [ClusterFilter::All].into_iter().chain(Cluster::ALL.map(ClusterFilter::One));
    let save = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            platform::save_text("comparison.csv", "text/csv", &compare_csv(&shared.state));
        })
    };
    let known = compare.all.iter().any(|c| c.outcome.is_some());
    html! {
        <section class="compare-table">
            <div class="row">
                <h3>{ shared.t("compare-table") }</h3>
                <div class="segments" role="group" aria-label={shared.t("results-filter")} id="compare-clusters">{ for filters.map(filter) }</div>
                <button class="btn" id="compare-csv" disabled={!known} onclick={save}>{ icon(Icon::Save) }{ "CSV" }</button>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("compare-table")}>
                <table class="plain" id="compare-table" aria-busy={compare.is_stale().to_string()}>
                    <thead><tr><th scope="col">{ shared.t("compare-indicator") }</th>{ for (0..compare.all.len()).map(heading) }</tr></thead>
                    { for Group::ALL.map(group) }
                </table>
            </div>
            <p class="fine">{ shared.t("compare-marks") }</p>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    row: CompareRow,
}

#[component]
fn IndicatorRow(props: &RowProps) -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let (compare, lang, row) = (&state.compare, state.lang, &props.row);
    let name = compare.question.as_ref().map_or_else(String::new, |q| indicator_name(lang, row.indicator, q));
    let (button, open) = use_why_button(&name);
    let key = row.indicator.key();
    let cells = row.cells.iter().enumerate().map(|(i, c)| cell(&shared, row, i, c));
    html! {
        <>
            <tr id={row_id(&key)} tabindex="-1" data-indicator={key}>
                <th scope="row">{ &name }{ " " }<span class="unit">{ row.quantity.unit(lang) }</span>{ " " }{ button }</th>
                { for cells }
            </tr>
            if open { <tr class="why-row"><td colspan={(1 + row.cells.len()).to_string()}>{ because(&shared, row) }</td></tr> }
        </>
    }
}

fn cell(shared: &Shared, row: &CompareRow, i: usize, c: &CompareCell) -> Html {
    let state = &shared.state;
    let (lang, q) = (state.lang, row.quantity);
    let value = c.value.map_or_else(|| "–".into(), |v| significant(q.scaled(v, lang)));
    let stale = state.compare.all.get(i).is_some_and(|s| !s.fresh);
    let change = c.difference.map(|d| {
        let mut words = small_change(q.scaled(d, lang));
        let unit = difference_unit(lang, q);
        if unit != q.unit(lang) {
            words = format!("{words} {unit}");
        }
        let share = c.share.filter(|_| unit == q.unit(lang)).map(|s| format!(" ({} %)", small_change(100.0 * s)));
        let (mood, mark, word) = match c.better {
            Some(true) => (Some("good"), "✓ ", shared.t("compare-better")),
            Some(false) => (Some("bad"), "✗ ", shared.t("compare-worse")),
            None => (None, "", String::new()),
        };
        html! {
            <span class={classes!("change", "num", mood)}><span aria-hidden="true">{ mark }</span>{ words }{ share }<span class="sr-only">{ " " }{ word }</span></span>
        }
    });
    let of = state.compare.all.get(i).filter(|s| s.fresh).map(|s| Rc::clone(&s.scenario));
    let band = Aim::of_indicator(row.indicator, shown_cluster(state)).zip(of);
    let same = c.difference.is_none() && c.value.is_some() && i != state.compare.reference;
    html! {
        <td class={classes!("num", stale.then_some("stale"))} data-value={c.value.map(|v| v.to_string())} data-difference={c.difference.map(|d| d.to_string())} data-better={c.better.map(|b| b.to_string())}>
            <b>{ value }</b>
            { change }
            if same { <span class="change">{ "=" }<span class="sr-only">{ shared.t("compare-same") }</span></span> }
            { for band.map(|(aim, of)| html! { <BandMark {aim} of={Some(of)} look={BandLook::Fine} /> }) }
        </td>
    }
}

fn because(shared: &Shared, row: &CompareRow) -> Html {
    let compare = &shared.state.compare;
    let reference = tr(shared.state.lang, "compare-why", &[("name", &named(&shared.state, compare.reference))]);
    html! {
        <>
            { match (CompareWhy::of(row.indicator), &compare.question) {
                (CompareWhy::Figure(figure), _) => figure_because(shared, figure),
                (CompareWhy::Balance(figure), _) => balance_because(shared, figure),
                (CompareWhy::Coverage(basis), Some(question)) => coverage_because(shared, basis, question),
                (CompareWhy::Coverage(_), None) => Html::default(),
            } }
            <p class="fine">{ reference }</p>
        </>
    }
}
