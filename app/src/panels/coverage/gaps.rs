//! Places that are not covered, those of most demand first. Each leads to its place on the map.

use super::{ViewProps, why::use_why};
use crate::{
    app::Shared,
    i18n::{amount_words, count, tr, way_words},
    map::Map,
    panels::use_shared,
    state::{Basis, ViewAction},
};
use atlas_core::catchment::{Coverage, Demand, Gap, Question};
use yew::prelude::*;

/// Places that are shown at first, and that come with each press on "more".
const PAGE: usize = 10;

#[component]
pub fn Gaps(props: &ViewProps) -> Html {
    let shared = use_shared();
    let most = use_state(|| PAGE);
    let survey = &props.view.survey;
    let lang = shared.state.lang;
    let name = shared.t("gaps-title");
    let (button, because) = use_why(Basis::Gaps, &name, &survey.question);
    let gaps = &survey.coverage.gaps;
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + PAGE))
    };
    let shown = gaps.len().min(*most);
    let cut = gaps.len() == Coverage::MOST_GAPS;
    html! {
        <section class="figure" id="coverage-gaps" data-count={gaps.len().to_string()}>
            <h3>{ name }</h3><span class="unit num">{ count(gaps.len()) }</span>{ button }
            if gaps.is_empty() {
                <p class="wide">{ shared.t("gaps-none") }</p>
            } else {
                <ol class="gaps wide">{ for gaps.iter().take(shown).enumerate().map(|(i, g)| place(&shared, &survey.question, i, g)) }</ol>
                if shown < gaps.len() { <button class="btn wide" onclick={more}>{ tr(lang, "table-show-more", &[("n", &count(PAGE.min(gaps.len() - shown)))]) }</button> }
                if cut { <p class="fine wide">{ tr(lang, "gaps-cut", &[("n", &count(Coverage::MOST_GAPS))]) }</p> }
            }
            { because }
        </section>
    }
}

fn place(shared: &Shared, q: &Question, i: usize, g: &Gap) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    let fly = {
        let (shared, at) = (shared.clone(), g.at);
        Callback::from(move |_: MouseEvent| {
            shared.map.with(|m| m.fly_to(at, Some(m.camera().zoom.max(NEAR_ZOOM))));
            shared.act(ViewAction::Select(None));
            shared.act(ViewAction::Tell(Some(at)));
        })
    };
    let home = state.baseline.prefectures.iter().find(|p| p.adcode == g.adcode);
    let home = home.map_or_else(String::new, |p| lang.name(&p.name).to_owned());
    let nearest = g.nearest.as_ref().map(|id| {
        let found = state.document.plan().get(id);
        found.map_or_else(|| id.clone(), |p| lang.name(&p.facility.name).to_owned())
    });
    let way = match (g.mean, nearest) {
        (Some(mean), Some(nearest)) => {
            tr(lang, "gaps-way", &[("way", &way_words(lang, q.measure, mean)), ("nearest", &nearest)])
        }
        _ => shared.t("cell-unreachable"),
    };
    let mut demand = amount_words(lang, Demand::People, g.demand.people);
    if q.demand != Demand::People {
        demand = format!("{demand}{}{}", shared.t("list-comma"), amount_words(lang, q.demand, g.demand.of(q.demand)));
    }
    html! {
        <li><button class="gap" onclick={fly} aria-current={(state.told == Some(g.at)).then_some("true")} title={shared.t("gaps-fly")} data-lon={g.at.lon.to_string()} data-lat={g.at.lat.to_string()}>
            <span class="num">{ i + 1 }</span>
            <span><b>{ lang.name(&g.name) }</b>{ " " }<span class="fine">{ home }</span><small>{ way }</small></span>
            <span class="num">{ demand }</span>
        </button></li>
    }
}

/// Near enough to see the single cells.
const NEAR_ZOOM: f64 = 9.0;
