//! The findings: failures first, by how much, and what would mend them. Each leads to its place on the map.

use super::{
    ReportProps,
    sign::{sign, word},
    words::{difference_words, measured_words, reason_words, remedy_words},
};
use crate::{
    app::Shared,
    i18n::{count, province, signed, tr},
    map::{Map, view::Outcome},
    panels::{plan::show, use_shared},
    state::{FindingFilter, ViewAction, beyond, finding_rows},
};
use atlas_core::catchment::norms::{Finding, Subject};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Rows that come with each press on "more".
const PAGE: usize = 200;
/// A prefecture fills the map.
const SEAT_ZOOM: f64 = 7.5;

#[component]
pub fn Findings(props: &ReportProps) -> Html {
    let shared = use_shared();
    let filter = use_state(FindingFilter::default);
    {
        // A norm that is chosen no more filters nothing.
        let filter = filter.clone();
        use_effect_with(shared.state.norms.norms.clone(), move |norms| {
            if filter.norm.as_ref().is_some_and(|n| !norms.contains(n)) {
                filter.set(FindingFilter { norm: None, ..(*filter).clone() });
            }
        });
    }
    let most = use_state(|| PAGE);
    let lang = shared.state.lang;
    let report = &props.report;
    let key = (Rc::as_ptr(report), (*filter).clone());
    let rows = use_memo(key, |(_, filter)| finding_rows(report, filter));
    let set = {
        let (filter, most) = (filter.clone(), most.clone());
        Callback::from(move |f: FindingFilter| {
            filter.set(f);
            most.set(PAGE);
        })
    };
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + PAGE))
    };
    let shown = rows.len().min(*most);
    let title = shared.t("findings-title");
    html! {
        <section class="figure" id="norms-findings" data-count={rows.len().to_string()}>
            <h3>{ &title }</h3><span class="unit num" role="status">{ tr(lang, "table-shown", &[("shown", &count(shown)), ("n", &count(rows.len()))]) }</span>
            { filters(&shared, &filter, &set) }
            if rows.is_empty() {
                <p class="wide">{ shared.t("findings-none") }</p>
            } else {
                <table class="plain wide-row findings">
                    <thead><tr>
                        <th scope="col"><span class="sr-only">{ shared.t("findings-verdict") }</span></th>
                        <th scope="col">{ shared.t("findings-where") }</th>
                        <th scope="col" class="num">{ shared.t("findings-beyond") }</th>
                    </tr></thead>
                    <tbody>{ for rows.iter().take(shown).map(|i| row(&shared, &report.findings[*i])) }</tbody>
                </table>
            }
            if shown < rows.len() { <button class="btn wide" id="norms-more" onclick={more}>{ tr(lang, "table-show-more", &[("n", &count(PAGE.min(rows.len() - shown)))]) }</button> }
        </section>
    }
}

fn filters(shared: &Shared, filter: &UseStateHandle<FindingFilter>, set: &Callback<FindingFilter>) -> Html {
    let button = |outcome: Option<Outcome>| {
        let words = outcome.map_or_else(|| shared.t("findings-all"), |o| word(shared, o));
        let press = {
            let (filter, set) = (filter.clone(), set.clone());
            Callback::from(move |_: MouseEvent| set.emit(FindingFilter { outcome, ..(*filter).clone() }))
        };
        html! { <button aria-pressed={(filter.outcome == outcome).to_string()} data-outcome={outcome.map_or("all", Outcome::key)} onclick={press}>{ words }</button> }
    };
    let choose = {
        let (filter, set) = (filter.clone(), set.clone());
        Callback::from(move |e: Event| {
            let id = e.target_unchecked_into::<HtmlSelectElement>().value();
            set.emit(FindingFilter { norm: (!id.is_empty()).then_some(id), ..(*filter).clone() });
        })
    };
    let option = |id: &String| html! { <option key={id.clone()} value={id.clone()} selected={filter.norm.as_ref() == Some(id)}>{ id }</option> };
    html! {
        <>
            <div class="segments" id="norms-filter" role="group" aria-label={shared.t("findings-verdict")}>
                { button(None) }{ for Outcome::ALL.map(|o| button(Some(o))) }
            </div>
            <label class="inline wide">{ shared.t("norms-norm") }
                <select id="norms-filter-norm" onchange={choose}>
                    <option key="" value="" selected={filter.norm.is_none()}>{ shared.t("findings-all") }</option>
                    { for shared.state.norms.norms.iter().map(option) }
                </select>
            </label>
        </>
    }
}

fn row(shared: &Shared, f: &Finding) -> Html {
    let lang = shared.state.lang;
    let outcome = Outcome::from(f.verdict);
    let about = f.subject.kind().key();
    let name = match &f.subject {
        Subject::Region => html! { <b>{ shared.t("norms-about-region") }</b> },
        _ => {
            html! { <button class="link" onclick={lead(shared, f)} title={shared.t("gaps-fly")}>{ lang.name(&f.name) }</button> }
        }
    };
    let place = match &f.subject {
        Subject::Region => String::new(),
        _ => format!("{} · {}", shared.t(&format!("norms-kind-{about}")), province(lang, &f.province)),
    };
    let measured = f.measured.map(|m| measured_words(lang, &m));
    let mend = f.remedy.map(|r| remedy_words(lang, r)).or_else(|| reason_words(lang, f.verdict, f.remedy));
    html! {
        <tr key={format!("{}/{about}/{}", f.norm, f.subject.id())} data-verdict={outcome.key()} data-norm={f.norm.clone()} data-about={about} data-id={f.subject.id()}>
            <td>{ sign(outcome) }<span class="sr-only">{ word(shared, outcome) }</span></td>
            <th scope="row">{ name }{ " " }<span class="fine">{ place }{ " " }<b>{ &f.norm }</b></span>
                if let Some(words) = measured { <small>{ words }</small> }
                if let Some(words) = mend { <small class="mend">{ words }</small> }
            </th>
            <td class={classes!("num", (outcome == Outcome::Fails).then_some("bad"))}>
                if let Some(m) = &f.measured { { format!("{} %", signed(beyond(m) * 100.0)) }<small>{ difference_words(lang, m) }</small> } else { { "–" } }
            </td>
        </tr>
    }
}

/// Goes there, and opens the card of the facility or the prefecture.
fn lead(shared: &Shared, f: &Finding) -> Callback<MouseEvent> {
    let (shared, subject, at) = (shared.clone(), f.subject.clone(), f.at);
    Callback::from(move |_: MouseEvent| match (&subject, at) {
        (Subject::Point(id) | Subject::Hub(id), _) => show(&shared, id),
        (Subject::Prefecture(adcode), Some(at)) => {
            shared.act(ViewAction::Prefecture(Some(*adcode)));
            shared.map.with(|m| m.fly_to(at, Some(m.camera().zoom.max(SEAT_ZOOM))));
        }
        (Subject::Prefecture(_), None) | (Subject::Region, _) => {}
    })
}
