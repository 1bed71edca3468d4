//! Open supply and open capacity near each other, by what joining them would save. Both ends lead to the map.

use super::{AnswerProps, Held, why::use_why};
use crate::{
    app::Shared,
    i18n::{amount_words, count, significant, tr, yuan_words},
    map::Map,
    panels::{plan::show, use_shared},
    state::{BalanceFigure, FURTHER, Match, ViewAction, matches, place_name, prefecture_name, stream_words},
};
use atlas_core::{
    allocation::{Answer, End},
    catchment::Demand,
};
use std::rc::Rc;
use yew::prelude::*;

/// Pairs that are shown at first, and that come with each press on "more".
const PAGE: usize = 8;
/// Near enough to see both ends in most cases.
const NEAR_ZOOM: f64 = 7.5;

#[component]
pub fn Matching(props: &AnswerProps) -> Html {
    let shared = use_shared();
    let most = use_state(|| PAGE);
    let lang = shared.state.lang;
    let name = shared.t("matching-title");
    let (button, because) = use_why(BalanceFigure::Matching, &name);
    // Once for an allocation: the plan and its parameters changed before it came.
    let found = {
        let state = shared.state.clone();
        let key = (Held(Rc::clone(&props.answer)), Rc::clone(&shared.state.handled));
        use_memo(key, move |(answer, _)| matches(&state, &answer.0))
    };
    let more = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + PAGE))
    };
    let shown = found.len().min(*most);
    html! {
        <section class="figure" id="balance-matching" data-count={found.len().to_string()}>
            <h3>{ &name }</h3><span class="unit num">{ count(found.len()) }</span>{ button }
            <p class="fine wide-row">{ tr(lang, "matching-lead", &[("times", &FURTHER.to_string())]) }</p>
            if found.is_empty() {
                <p class="wide">{ shared.t("matching-none") }</p>
            } else {
                <ol class="pairs wide-row">{ for found.iter().take(shown).enumerate().map(|(i, m)| pair(&shared, &props.answer, i, m)) }</ol>
                if shown < found.len() { <button class="btn wide" onclick={more}>{ tr(lang, "table-show-more", &[("n", &count(PAGE.min(found.len() - shown)))]) }</button> }
            }
            { because }
        </section>
    }
}

fn pair(shared: &Shared, answer: &Answer, i: usize, m: &Match) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    let place = |row: u32| place_name(state, &answer.places[row as usize]);
    let from = place(m.from);
    let to = place(m.to);
    let home = prefecture_name(state, answer.places[m.from as usize].adcode).unwrap_or_default();
    let sources = match m.sources {
        1 => from,
        n => tr(lang, "matching-more-sources", &[("name", &from), ("n", &count(n))]),
    };
    let tonnes = amount_words(lang, Demand::Tonnes, m.gross_t);
    let now = match (m.now, m.km_now) {
        (Some(now), Some(km)) => tr(lang, "matching-now", &[("name", &place(now)), ("km", &significant(km))]),
        _ => shared.t("matching-left"),
    };
    let free = amount_words(lang, Demand::Tonnes, m.free_t);
    let then = [("km", &*significant(m.km_then)), ("free", &*free)];
    let saves = m.saved_yuan.map_or_else(
        || shared.t("matching-unknown"),
        |yuan| tr(lang, "matching-saves", &[("yuan", &yuan_words(lang, yuan))]),
    );
    let lead = |row: u32| lead(shared, answer, row);
    html! {
        <li data-stream={m.stream.key()} data-left={m.now.is_none().to_string()} data-saved={m.saved_yuan.map(|y| y.to_string())}>
            <span class="num rank">{ i + 1 }</span>
            <div>
                <button class="link" onclick={lead(m.from)} aria-label={tr(lang, "matching-go-from", &[("name", &sources)])}>{ &sources }</button>
                { " → " }<button class="link" onclick={lead(m.to)} aria-label={tr(lang, "matching-go-to", &[("name", &to)])}>{ &to }</button>
                <small>{ home }{ " · " }{ tr(lang, "matching-table", &[("stream", &stream_words(lang, m.stream)), ("tonnes", &tonnes)]) }</small>
                <small>{ now }</small>
                <small>{ tr(lang, "matching-then", &then) }</small>
            </div>
            <b class="num">{ saves }</b>
        </li>
    }
}

/// Selects a facility and flies there; flies to what cannot be selected.
fn lead(shared: &Shared, answer: &Answer, row: u32) -> Callback<MouseEvent> {
    let (shared, place) = (shared.clone(), answer.places[row as usize].clone());
    Callback::from(move |_: MouseEvent| match &place.end {
        End::Facility(id) | End::Import(id) if shared.state.position(id).is_some() => show(&shared, id),
        _ => {
            shared.act(ViewAction::Select(None));
            shared.map.with(|m| m.fly_to(place.at, Some(m.camera().zoom.max(NEAR_ZOOM))));
        }
    })
}
