//! What breaks the network, and which plan loses least.

mod bars;
mod detour;
mod rank;
mod regret;

use super::{use_shared, why::use_why_button};
use crate::{
    app::Shared,
    i18n::tr,
    platform,
    state::{Phase, StressAction, Work, stress_csv},
};
use bars::HarmBars;
use detour::DetourPart;
use rank::RankPart;
use regret::RegretPart;
use yew::prelude::*;

#[component]
pub fn StressTab() -> Html {
    let shared = use_shared();
    if shared.state.phase != Phase::Ready {
        return html! { <p class="hint" role="status">{ shared.t("stress-wait") }</p> };
    }
    html! {
        <section id="stress" class="stress" aria-label={shared.t("compare-title-stress")}>
            <p class="fine">{ shared.t("stress-intro") }</p>
            <div class="stress-columns">
                <div><RankPart /><HarmBars /></div>
                <div><DetourPart /></div>
            </div>
            <RegretPart />
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct HeadProps {
    /// Key of the part: `rank`, `detour` or `regret`.
    part: &'static str,
    /// True where there is something to take out.
    #[prop_or_default]
    known: bool,
}

/// The head of a part: its title, the explanation, and the table as a file.
#[component]
fn Head(props: &HeadProps) -> Html {
    let shared = use_shared();
    let name = shared.t(&format!("stress-{}-title", props.part));
    let (why, open) = use_why_button(&name);
    let save = {
        let (shared, part) = (shared.clone(), props.part);
        Callback::from(move |_: MouseEvent| {
            if let Some((name, csv)) = stress_csv(&shared.state, part) {
                platform::save_text(&name, "text/csv", &csv);
            }
        })
    };
    html! {
        <>
            <div class="row">
                <h3 id={format!("stress-{}-title", props.part)}>{ &name }</h3>{ why }
                if props.known {
                    <button class="link" id={format!("stress-{}-csv", props.part)} onclick={save} aria-label={format!("{name}: {}", shared.t("response-csv"))}>{ shared.t("response-csv") }</button>
                }
            </div>
            if open { <p class="fine">{ shared.t(&format!("stress-{}-why", props.part)) }</p> }
        </>
    }
}

/// Begin or Stop, and how far it is.
fn work(
    shared: &Shared,
    id: &str,
    of: &Work,
    again: bool,
    begin: fn() -> StressAction,
    stop: fn() -> StressAction,
) -> Html {
    let act = |action: fn() -> StressAction| {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(action()))
    };
    let (done, all) = of.far;
    let words = if all > 0 {
        tr(shared.state.lang, "stress-far", &[("done", &done.to_string()), ("all", &all.to_string())])
    } else {
        shared.t("stress-far-begins")
    };
    let share = 100.0 * of.share();
    let key = if again { format!("stress-{id}-again") } else { format!("stress-{id}-begin") };
    html! {
        <>
            if of.running {
                <button class="btn" id={format!("stress-{id}-stop")} onclick={act(stop)} disabled={of.stopping}>{ shared.t("response-stop") }</button>
                <div class="hint compare-progress">
                    <span role="status">{ words }</span>
                    <div class="bar-of" role="progressbar" aria-label={shared.t("response-progress")} aria-valuemin="0" aria-valuemax="100" aria-valuenow={format!("{share:.0}")}><i style={format!("width:{share:.0}%")}></i></div>
                </div>
            } else {
                <button class="btn" id={format!("stress-{id}-begin")} onclick={act(begin)}>{ shared.t(&key) }</button>
            }
        </>
    }
}
