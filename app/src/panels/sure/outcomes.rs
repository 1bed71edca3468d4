//! One drawn future after the other, on the axis of the dots: calmly, or a step at a time.

use super::dots::{ground, px};
use crate::{
    i18n::tr,
    panels::use_shared,
    platform,
    state::{DOT, DOTS_CHART, DotsDrawing, indicator_words, letter},
};
use atlas_core::response::Aim;
use gloo::timers::callback::Interval;
use yew::prelude::*;

/// Places that are no further apart are one: the solver's rounding shows there.
const ALIKE: f64 = 0.05;

/// So long each future is shown: two and a half a second, as the studies of such plots have it.
const FRAME_MS: u32 = 400;

#[derive(Properties, PartialEq)]
pub struct OutcomesProps {
    pub drawing: DotsDrawing,
    pub aim: Aim,
}

#[component]
pub fn Outcomes(props: &OutcomesProps) -> Html {
    let shared = use_shared();
    let count = props.drawing.outcomes.len();
    let calm = use_memo((), |()| platform::media("(prefers-reduced-motion: reduce)"));
    let playing = use_state(|| !*calm);
    let frame = use_state(|| 0usize);
    {
        let (frame, now) = (frame.setter(), *frame);
        // Set anew with every frame, so that a step by hand is shown as long as any other.
        use_effect_with((*playing && count > 1, now, count), move |(playing, now, count)| {
            let next = (now + 1) % (*count).max(1);
            let timer = playing.then(|| Interval::new(FRAME_MS, move || frame.set(next)));
            move || drop(timer)
        });
    }
    let Some(found) = shared.state.sure.found.clone() else { return Html::default() };
    let at = *frame % count.max(1);
    let Some(run) = props.drawing.outcomes.get(at) else {
        return html! { <p class="fine">{ shared.t("sure-outcomes-none") }</p> };
    };
    let step = {
        let (frame, playing) = (frame.clone(), playing.clone());
        Callback::from(move |_: MouseEvent| {
            playing.set(false);
            frame.set((at + 1) % count);
        })
    };
    let toggle = {
        let playing = playing.clone();
        Callback::from(move |_: MouseEvent| playing.set(!*playing))
    };
    let lang = shared.state.lang;
    let far = tr(lang, "sure-outcomes-far", &[("n", &(at + 1).to_string()), ("all", &count.to_string())]);
    let seen = &props.drawing.outcomes[..=at];
    let below = |row: usize| {
        let n = seen.iter().filter(|r| r[0] - r[row] > ALIKE).count().to_string();
        let (a, b) = (letter(props.drawing.rows[0].plan), letter(props.drawing.rows[row].plan));
        tr(lang, "sure-outcomes-below", &[("a", a), ("b", b), ("n", &n), ("all", &seen.len().to_string())])
    };
    let label = tr(lang, "sure-dots-label", &[("name", &indicator_words(lang, &props.aim))]);
    let dot = |(i, x): (usize, &f64)| {
        let row = &props.drawing.rows[i];
        let trail = seen
            .iter()
            .rev()
            .skip(1)
            .take(6)
            .map(|r| html! { <circle class="ghost" cx={px(r[i])} cy={px(row.base_y - DOT)} r="4" /> });
        html! { <>{ for trail }<circle class="now-dot" cx={px(*x)} cy={px(row.base_y - DOT)} r={px(DOT * 0.62)} /></> }
    };
    html! {
        <div class="sure-outcomes" data-frame={at.to_string()} data-playing={playing.to_string()}>
            <div class="row">
                if !*calm { <button class="btn" id="sure-outcomes-play" aria-pressed={playing.to_string()} onclick={toggle}>{ shared.t(if *playing { "sure-outcomes-pause" } else { "sure-outcomes-play" }) }</button> }
                <button class="btn" id="sure-outcomes-step" onclick={step}>{ shared.t("sure-outcomes-step") }</button>
                // While they follow each other nobody wants to hear each of them.
                <span class="num" role="status" aria-live={if *playing { "off" } else { "polite" }}>{ far }{ for (1..props.drawing.rows.len()).map(|r| html! { <span class="fine">{ below(r) }</span> }) }</span>
            </div>
            <svg class="curve sure-chart" viewBox={format!("0 0 {} {:.0}", DOTS_CHART.width, props.drawing.height)} role="img" aria-label={label}>
                { ground(&shared, &found, &props.drawing, &props.aim) }
                { for run.iter().enumerate().map(dot) }
            </svg>
            <p class="fine">{ shared.t("sure-outcomes-note") }</p>
        </div>
    }
}
