//! Scrap by prefecture: sums first, then the prefectures, each with its card.

use super::heading;
use crate::{
    app::Shared,
    i18n::{Quantity, count, decimals, province, significant, tr},
    map::Map,
    panels::{facility::cluster_name, use_shared},
    state::{ScrapRow, ScrapSums, ScrapWhat, Sort, ViewAction, recovery_rate, scrap_rows, scrap_sums},
};
use atlas_core::model::{PerStream, Prefecture, Stream};
use std::cmp::Ordering;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A column that the prefectures can be ordered by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Province,
    Cluster,
    Metal(Stream),
    Sum,
}

#[component]
pub fn ScrapTable() -> Html {
    let shared = use_shared();
    let what = use_state(ScrapWhat::default);
    let typed = use_state(String::new);
    let sort = use_state(|| Sort { by: Column::Sum, down: true });
    let state = shared.state.clone();
    let lang = state.lang;
    let quantity = Quantity::TonnesPerYear;
    let choice = |w: ScrapWhat, key: &str| {
        let choose = {
            let what = what.clone();
            Callback::from(move |_: MouseEvent| what.set(w))
        };
        html! { <button aria-pressed={(*what == w).to_string()} onclick={choose}>{ shared.t(key) }</button> }
    };
    let input = {
        let typed = typed.clone();
        Callback::from(move |e: InputEvent| typed.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let all = &state.baseline.prefectures;
    let wanted = typed.trim().to_lowercase();
    let fits = |p: &Prefecture| {
        let names = [&*p.name.zh, &*p.name.en, &*p.province, province(lang, &p.province)];
        wanted.is_empty() || names.iter().any(|n| n.to_lowercase().contains(&wanted))
    };
    let mut rows: Vec<ScrapRow> = scrap_rows(&state, *what).into_iter().filter(|r| fits(&all[r.prefecture])).collect();
    rows.sort_by(|a, b| order(&shared, *sort, a, b));
    let note = match *what {
        ScrapWhat::Generated => shared.t("scrap-note-generated"),
        ScrapWhat::Collected => {
            tr(lang, "scrap-note-collected", &[("rate", &significant(recovery_rate(&state) * 100.0))])
        }
    };
    let metals = |sort: &UseStateHandle<Sort<Column>>| {
        Stream::ALL.map(|s| heading(sort, Column::Metal(s), true, shared.t(&format!("stream-{}", s.key()))))
    };
    html! {
        <>
            <div class="row controls">
                <div class="segments" role="group" aria-label={shared.t("scrap-what")}>
                    { choice(ScrapWhat::Generated, "scrap-generated") }{ choice(ScrapWhat::Collected, "scrap-collected") }
                </div>
                <label class="inline">{ shared.t("table-filter") }<input type="search" oninput={input} value={(*typed).clone()} /></label>
                <span class="fine" role="status">{ tr(lang, "table-shown", &[("shown", &count(rows.len())), ("n", &count(all.len()))]) }</span>
            </div>
            <p class="fine">{ tr(lang, "scrap-unit", &[("unit", quantity.unit(lang))]) }{ " " }{ note }</p>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("table-scrap")}>
                if let Some(s) = scrap_sums(&state, *what) { { sums(&shared, &s) } }
                <table class="plain wide prefectures">
                    <caption>{ shared.t("scrap-by-prefecture") }</caption>
                    <thead><tr>
                        { heading(&sort, Column::Name, false, shared.t("scrap-prefecture")) }
                        { heading(&sort, Column::Province, false, shared.t("scrap-province")) }
                        { heading(&sort, Column::Cluster, false, shared.t("table-cluster")) }
                        { for metals(&sort) }
                        { heading(&sort, Column::Sum, true, shared.t("scrap-sum")) }
                    </tr></thead>
                    <tbody>{ for rows.iter().map(|r| row(&shared, r)) }</tbody>
                </table>
            </div>
        </>
    }
}

fn order(shared: &Shared, sort: Sort<Column>, a: &ScrapRow, b: &ScrapRow) -> Ordering {
    let state = &shared.state;
    let home = |r: &ScrapRow| &state.baseline.prefectures[r.prefecture];
    let order = match sort.by {
        Column::Name => state.lang.name(&home(a).name).cmp(state.lang.name(&home(b).name)),
        Column::Province => province(state.lang, &home(a).province).cmp(province(state.lang, &home(b).province)),
        Column::Cluster => {
            let key = |r: &ScrapRow| (home(r).cluster.is_none(), home(r).cluster);
            key(a).cmp(&key(b))
        }
        Column::Metal(s) => a.tonnes[s].total_cmp(&b.tonnes[s]),
        Column::Sum => a.tonnes.total().total_cmp(&b.tonnes.total()),
    };
    (if sort.down { order.reverse() } else { order }).then(a.prefecture.cmp(&b.prefecture))
}

fn numbers(shared: &Shared, tonnes: &PerStream<f64>) -> Html {
    let lang = shared.state.lang;
    // A hundred tonnes is the last digit in either language.
    let places = if lang == crate::i18n::Lang::Zh { 2 } else { 1 };
    let number = |t: f64| decimals(Quantity::TonnesPerYear.scaled(t, lang), places);
    html! {
        <>
            { for Stream::ALL.map(|s| html! { <td class="num">{ number(tonnes[s]) }</td> }) }
            <td class="num"><b>{ number(tonnes.total()) }</b></td>
        </>
    }
}

/// Clusters, provinces, the table and the nation.
fn sums(shared: &Shared, s: &ScrapSums) -> Html {
    let lang = shared.state.lang;
    let line = |class: &'static str, words: String, tonnes: &PerStream<f64>| {
        html! { <tr class={class}><th scope="row">{ words }</th>{ numbers(shared, tonnes) }</tr> }
    };
    let provinces_in = s.provinces.iter().filter(|p| p.1.is_some()).count();
    let provinces_between = s.provinces.len() - provinces_in;
    html! {
        <table class="plain wide sums">
            <caption>{ shared.t("scrap-sums") }</caption>
            <thead><tr>
                <th scope="col">{ shared.t("scrap-area") }</th>
                { for Stream::ALL.map(|x| html! { <th scope="col" class="num">{ shared.t(&format!("stream-{}", x.key())) }</th> }) }
                <th scope="col" class="num">{ shared.t("scrap-sum") }</th>
            </tr></thead>
            <tbody>
                { for s.clusters.iter().map(|(c, t)| line("", cluster_name(shared, Some(*c)), t)) }
                { line("sum", tr(lang, "scrap-in-clusters", &[("n", &count(provinces_in))]), &s.in_clusters) }
                { line("", tr(lang, "scrap-between", &[("n", &count(provinces_between))]), &s.between) }
                { line("sum", shared.t("scrap-nation"), &s.nation) }
            </tbody>
            <tbody>
                <tr><th scope="colgroup" colspan="7" class="fine">{ shared.t("scrap-provinces") }</th></tr>
                { for s.provinces.iter().map(|(name, _, t)| line("", province(lang, name).to_owned(), t)) }
            </tbody>
        </table>
    }
}

fn row(shared: &Shared, r: &ScrapRow) -> Html {
    let state = &shared.state;
    let home = &state.baseline.prefectures[r.prefecture];
    let open = {
        let (shared, adcode, seat) = (shared.clone(), home.adcode, home.seat);
        Callback::from(move |_: MouseEvent| {
            shared.act(ViewAction::Prefecture(Some(adcode)));
            shared.map.with(|m| m.fly_to(seat, Some(m.camera().zoom.max(6.5))));
        })
    };
    html! {
        <tr key={home.adcode}>
            <th scope="row"><button class="link" onclick={open}>{ state.lang.name(&home.name) }</button></th>
            <td>{ province(state.lang, &home.province) }</td>
            <td>{ cluster_name(shared, home.cluster) }</td>
            { numbers(shared, &r.tonnes) }
        </tr>
    }
}
