//! The levers, a row each, sorted by kind.

use crate::{
    app::Shared,
    i18n::{Lang, exact, t, tr, unit_words},
    panels::{
        assumptions::{choice, disputed_word, mine, open_source, settle, struck},
        use_shared,
    },
    state::{EditAction, kind_key, lever_groups, lever_name, lever_value, levers_set, reset_levers},
};
use atlas_core::{
    levers::{Handle, LeverInfo, Need},
    model::Basis,
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[component]
pub fn LeverList() -> Html {
    let shared = use_shared();
    let (words, only) = (use_state(String::new), use_state(|| false));
    let (refused, draft) = (use_state(|| None::<(String, Option<f64>)>), use_state(|| None::<(String, String)>));
    let state = &shared.state;
    let lang = state.lang;
    let scenario = state.document.scenario();
    let groups = lever_groups(lang, &state.baseline, scenario, &words, *only);
    let set = levers_set(&state.baseline, scenario);
    let search = {
        let words = words.clone();
        Callback::from(move |e: InputEvent| words.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let toggle = {
        let only = only.clone();
        Callback::from(move |_: Event| only.set(!*only))
    };
    let reset = {
        let (shared, refused) = (shared.clone(), refused.clone());
        Callback::from(move |_: MouseEvent| {
            refused.set(None);
            for change in reset_levers(&shared.state.document, &shared.state.baseline) {
                shared.act(EditAction::Make(change));
            }
        })
    };
    let open_all = *only || !words.trim().is_empty();
    let group = |(kind, levers): &(atlas_core::levers::Kind, Vec<LeverInfo>)| {
        let turned = levers.iter().filter(|l| l.is_set(scenario)).count();
        html! {
            <details class="lv-group" key={kind_key(*kind)} open={open_all || turned > 0}>
                <summary>{ shared.t(kind_key(*kind)) }{ " " }<span class="fine num">{ levers.len() }</span>
                    if turned > 0 { { " " }{ mine(&shared) }{ " " }<span class="num">{ turned }</span> }</summary>
                <ul>{ for levers.iter().map(|l| row(&shared, l, &refused, &draft)) }</ul>
            </details>
        }
    };
    html! {
        <section class="lv figure-box" id="levers" aria-labelledby="levers-title">
            <h3 id="levers-title">{ shared.t("lv-title") }</h3>
            <p class="fine">{ shared.t("lv-note") }</p>
            <div class="lv-tools">
                <input type="search" id="lever-search" placeholder={shared.t("lv-search")} aria-label={shared.t("lv-search")} value={(*words).clone()} oninput={search} />
                <label><input type="checkbox" id="lever-only-set" checked={*only} onchange={toggle} />{ " " }{ tr(lang, "lv-only-set", &[("n", &set.to_string())]) }</label>
                <button class="btn" id="lever-reset-all" disabled={set == 0} onclick={reset}>{ shared.t("lv-reset-all") }</button>
            </div>
            if groups.is_empty() { <p class="hint" role="status">{ shared.t("lv-none") }</p> }
            { for groups.iter().map(group) }
        </section>
    }
}

/// The lever, and the value that it refused.
type Refused = UseStateHandle<Option<(String, Option<f64>)>>;
/// The lever, and what is being typed for it: figures that come meanwhile draw the row anew and must not take it away.
type Draft = UseStateHandle<Option<(String, String)>>;

/// Turns a lever, or with `None` puts it back; what is out of its range is told and changes nothing.
fn turn(shared: &Shared, lever: &LeverInfo, value: Option<f64>, slides: bool, refused: &Refused) {
    match lever.change(shared.state.document.scenario(), value) {
        Ok(change) => {
            refused.set(None);
            shared.act(if slides { EditAction::Slide(change) } else { EditAction::Make(change) });
        }
        Err(_) => refused.set(Some((lever.key.clone(), value))),
    }
}

fn refused_words(lang: Lang, lever: &LeverInfo, value: Option<f64>) -> String {
    let told = |v: f64| lever_value(lang, Some(lever), v);
    let value = value.map_or_else(String::new, told);
    let (name, low, high) = (lever_name(lang, &lever.key), told(lever.low), told(lever.high));
    tr(lang, "lv-refused", &[("name", &name), ("value", &value), ("low", &low), ("high", &high)])
}

fn row(shared: &Shared, lever: &LeverInfo, refused: &Refused, draft: &Draft) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    let scenario = state.document.scenario();
    let name = lever_name(lang, &lever.key);
    let now = lever.value(&state.baseline, scenario);
    let is_set = lever.is_set(scenario);
    let words = |v: f64| choice(&lever.key, v).map_or_else(|| lever_value(lang, Some(lever), v), |key| t(lang, key));
    let shown = now.map_or_else(|| shared.t("lv-unset"), words);
    let reset = {
        let (shared, lever, refused) = (shared.clone(), lever.clone(), refused.clone());
        Callback::from(move |_: MouseEvent| turn(&shared, &lever, None, false, &refused))
    };
    let default = match (is_set, lever.default) {
        (true, Some(v)) => struck(shared, &words(v)),
        (_, Some(v)) => html! { <span class="fine">{ tr(lang, "lv-default", &[("value", &words(v))]) }</span> },
        (_, None) => html! { <span class="fine">{ shared.t("lv-unset") }</span> },
    };
    let source = matches!(lever.handle, Handle::Parameter(_)).then(|| {
        let label = tr(lang, "lv-source-name", &[("name", &name)]);
        html! { <button class="link" aria-label={label} onclick={open_source(shared, &lever.key)}>{ shared.t("lv-source") }</button> }
    });
    let told = refused.as_ref().filter(|r| r.0 == lever.key).map(|r| refused_words(lang, lever, r.1));
    html! {
        <li class={classes!("lv-row", is_set.then_some("is-set"))} key={lever.key.clone()} data-lever={lever.key.clone()}>
            <div class="lv-name"><span>{ &name }</span>{ " " }<b class="num">{ shown.clone() }</b>
                if is_set { { " " }{ mine(shared) } }</div>
            { control(shared, lever, now, &name, &shown, refused, draft) }
            if let Some(told) = told { <p class="refused" role="alert">{ told }</p> }
            <p class="fine lv-about">
                { default }{ " · " }
                if lever.is_own() { { shared.t("lv-own") }{ " · " } }
                if lever.origin.basis == Basis::Claim { { shared.t("lv-claim") }{ " " } if state.baseline.is_disputed(&lever.key) { { disputed_word(shared) } } { " · " } }
                { moves(shared, lever) }
                if let Some(source) = source { { " · " }{ source } }
                if is_set { { " · " }<button class="link" aria-label={tr(lang, "lv-reset", &[("name", &name)])} onclick={reset}>{ shared.t("lever-reset") }</button> }
            </p>
            if let Some(need) = needs(shared, lever) { <p class="fine lv-needs">{ need }</p> }
        </li>
    }
}

fn control(
    shared: &Shared,
    lever: &LeverInfo,
    now: Option<f64>,
    name: &str,
    shown: &str,
    refused: &Refused,
    draft: &Draft,
) -> Html {
    let lang = shared.state.lang;
    if let Some(options) = lever.options {
        let choose = {
            let (shared, lever, refused) = (shared.clone(), lever.clone(), refused.clone());
            Callback::from(move |e: Event| {
                let row = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
                turn(&shared, &lever, Some(f64::from(row) + 1.0), false, &refused);
            })
        };
        let option = |n: u32| {
            let words = choice(&lever.key, f64::from(n)).map_or_else(|| n.to_string(), |key| t(lang, key));
            html! { <option selected={now == Some(f64::from(n))}>{ words }</option> }
        };
        return html! { <select aria-label={name.to_owned()} onchange={choose}>{ for (1..=options).map(option) }</select> };
    }
    let slide = {
        let (shared, lever, refused) = (shared.clone(), lever.clone(), refused.clone());
        Callback::from(move |e: InputEvent| {
            let value = e.target_unchecked_into::<HtmlInputElement>().value_as_number();
            turn(&shared, &lever, Some(value), true, &refused);
        })
    };
    let typing = {
        let (draft, key) = (draft.clone(), lever.key.clone());
        Callback::from(move |e: InputEvent| {
            let field: HtmlInputElement = e.target_unchecked_into();
            draft.set(Some((key.clone(), field.value())));
        })
    };
    let leave = {
        let draft = draft.clone();
        Callback::from(move |_: FocusEvent| draft.set(None))
    };
    // A share is typed as it is told: in per cent. Ten times 0.14 is 1.4, and a computer's 1.4000000000000001.
    let times = if lever.unit == "share" { 100.0 } else { 1.0 };
    let shown_value = move |v: f64| (v * times * 1e9).round() / 1e9;
    let plain = move |v: f64| shown_value(v).to_string();
    let drafted = draft.as_ref().filter(|d| d.0 == lever.key).map(|d| d.1.clone());
    let typed = {
        let (shared, lever, refused, draft) = (shared.clone(), lever.clone(), refused.clone(), draft.clone());
        Callback::from(move |e: Event| {
            let field: HtmlInputElement = e.target_unchecked_into();
            draft.set(None);
            let value = (!field.value().trim().is_empty()).then(|| field.value_as_number() / times);
            turn(&shared, &lever, value, false, &refused);
            // A value that was refused gives way to the one in force.
            let now = lever.value(&shared.state.baseline, shared.state.document.scenario());
            if value.is_some_and(|v| !(lever.low..=lever.high).contains(&v)) {
                field.set_value(&now.map_or_else(String::new, plain));
            }
        })
    };
    let neat = |v: f64| exact(shown_value(v));
    let range = [("low", neat(lever.low)), ("high", neat(lever.high))];
    let range = tr(lang, "lv-range", &[("low", &range[0].1), ("high", &range[1].1)]);
    html! {
        <div class="lv-control">
            <input type="range" min={lever.low.to_string()} max={lever.high.to_string()} step={lever.step.to_string()} value={now.unwrap_or(lever.high).to_string()} oninput={slide} onchange={settle(shared)} aria-label={name.to_owned()} aria-valuetext={shown.to_owned()} />
            <input type="number" step="any" value={drafted.unwrap_or_else(|| now.map_or_else(String::new, plain))} oninput={typing} onchange={typed} onblur={leave} aria-label={tr(lang, "lv-value", &[("name", name)])} title={range.clone()} />
            <span class="fine">{ if times == 1.0 { unit_words(lang, &lever.unit).to_string() } else { "%".into() } }<br />{ range }</span>
        </div>
    }
}

fn moves(shared: &Shared, lever: &LeverInfo) -> String {
    if lever.moves.is_empty() {
        return shared.t("lv-moves-bill");
    }
    let lang = shared.state.lang;
    let all: Vec<String> = lever.moves.iter().map(|s| shared.t(&format!("lv-section-{}", s.key()))).collect();
    tr(lang, "lv-moves", &[("what", &all.join(if lang == crate::i18n::Lang::Zh { "、" } else { ", " }))])
}

/// What must be set first, while it is not.
fn needs(shared: &Shared, lever: &LeverInfo) -> Option<String> {
    let state = &shared.state;
    let (lang, scenario) = (state.lang, state.document.scenario());
    match lever.needs.as_ref()? {
        Need::Lever(key) => {
            // One of a family stands for all: any subsidy will do, any metal's price.
            let families = [("policy.subsidy.", "lv-needs-subsidy"), ("price.product.", "lv-needs-price")];
            let family = families.into_iter().find(|f| key.starts_with(f.0));
            let will_do = |k: &String| k == key || family.is_some_and(|f| k.starts_with(f.0));
            let missing = || match family {
                Some((_, words)) => shared.t(words),
                None => tr(lang, "lv-needs-lever", &[("name", &lever_name(lang, key))]),
            };
            (!scenario.parameters.keys().any(will_do)).then(missing)
        }
        Need::Upgrade(technology) => {
            let feature = atlas_core::model::PlantFeature::Upgrade(*technology);
            let has = scenario
                .parameters
                .keys()
                .any(|k| atlas_core::model::PlantFeature::read_key(k).is_some_and(|r| r.0 == feature));
            let name = shared.t(&format!("technology-{}", technology.key()));
            (!has).then(|| tr(lang, "lv-needs-upgrade", &[("name", &name)]))
        }
        Need::NewSite(_) => Some(shared.t("lv-needs-site")),
    }
}
