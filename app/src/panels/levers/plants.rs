//! Upgrades of single plants and hubs, which plants are ultra-low-emission, and the bill.

use crate::{
    i18n::{exact, parameter_name, significant, tr, unit_words},
    panels::{
        assumptions::{mine, set},
        use_shared,
    },
    state::{effects_of, features_for},
};
use atlas_core::{
    levers::{bill, upgrade_yuan},
    model::{Facility, PlantFeature},
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// So many plants are offered at once.
const MOST: usize = 200;

#[component]
pub fn PlantPart() -> Html {
    let shared = use_shared();
    let (words, chosen, what) = (use_state(String::new), use_state(String::new), use_state(|| 0usize));
    let state = &shared.state;
    let lang = state.lang;
    let parameters = state.parameters();
    let plan = state.document.plan();
    let wanted = words.trim().to_lowercase();
    let fits = |f: &&Facility| {
        let named = wanted.is_empty()
            || f.id.to_lowercase().contains(&wanted)
            || f.name.zh.to_lowercase().contains(&wanted)
            || f.name.en.to_lowercase().contains(&wanted);
        named && f.status.receives() && !features_for(f).is_empty()
    };
    let open = plan.facilities().iter().filter(|p| p.open).map(|p| &p.facility);
    let plants: Vec<&Facility> = open.filter(fits).take(MOST).collect();
    let plant = plants.iter().find(|f| f.id == *chosen).or(plants.first()).copied();
    let features = plant.map(features_for).unwrap_or_default();
    let feature = features.get(*what).or(features.first()).copied();
    let search = {
        let words = words.clone();
        Callback::from(move |e: InputEvent| words.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let choose = {
        let (chosen, what) = (chosen.clone(), what.clone());
        let ids: Vec<String> = plants.iter().map(|f| f.id.clone()).collect();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some(id) = usize::try_from(row).ok().and_then(|r| ids.get(r)) {
                chosen.set(id.clone());
                what.set(0);
            }
        })
    };
    let pick = {
        let what = what.clone();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            what.set(usize::try_from(row).unwrap_or(0));
        })
    };
    let add = {
        let (shared, key) = (shared.clone(), plant.zip(feature).map(|(f, what)| what.key_of(&f.id)));
        Callback::from(move |_: MouseEvent| {
            if let Some(key) = &key {
                set(&shared, key, Some(1.0));
            }
        })
    };
    let m = |yuan: f64| significant(yuan / 1e6);
    let about = plant.zip(feature).and_then(|(f, feature)| match feature {
        PlantFeature::Upgrade(technology) => {
            let effects = effects_of(technology, &parameters).into_iter().map(|p| {
                let value = format!("{} {}", exact(p.value), unit_words(lang, &p.unit));
                tr(lang, "lv-effect", &[("effect", &parameter_name(lang, &p.key)), ("value", &value)])
            });
            let cost = match upgrade_yuan(f, technology, &parameters) {
                [Some(once), Some(yearly)] => tr(lang, "lv-cost", &[("once", &m(once)), ("yearly", &m(yearly))]),
                _ => shared.t("lv-cost-unknown"),
            };
            Some(html! { <ul class="fine">{ for effects.map(|e| html! { <li>{ e }</li> }) }<li>{ cost }</li></ul> })
        }
        PlantFeature::UltraLowEmission => None,
    });
    let marked: Vec<(String, PlantFeature, String)> = (state.document.scenario().parameters.iter())
        .filter_map(|(k, v)| {
            let (feature, id) = PlantFeature::read_key(k)?;
            (*v > 0.0).then(|| (k.clone(), feature, id.to_owned()))
        })
        .collect();
    let line = |(key, feature, id): &(String, PlantFeature, String)| {
        let plant = plan.get(id).map_or_else(|| id.clone(), |p| lang.name(&p.facility.name).to_owned());
        let name = tr(
            lang,
            "param-plant",
            &[("what", &shared.t(&format!("technology-{}", feature.key()))), ("place", &plant)],
        );
        let remove = {
            let (shared, key) = (shared.clone(), key.clone());
            Callback::from(move |_: MouseEvent| set(&shared, &key, None))
        };
        html! { <li key={key.clone()}>{ &name }{ " " }{ mine(&shared) }{ " " }<button class="link" aria-label={tr(lang, "lv-remove", &[("name", &name)])} onclick={remove}>{ shared.t("lever-reset") }</button></li> }
    };
    let bill = bill(plan, &parameters);
    let budget = bill.left_yuan().map(|left| {
        let (key, words) = if left < 0.0 { ("lv-bill-over", m(-left)) } else { ("lv-bill-left", m(left)) };
        html! { <span class={classes!((left < 0.0).then_some("refused"))}>{ " " }{ tr(lang, key, &[("left", &words)]) }</span> }
    });
    html! {
        <section class="lv figure-box" id="lever-plants" aria-labelledby="lever-plants-title">
            <h3 id="lever-plants-title">{ shared.t("lv-plants") }</h3>
            <p class="fine">{ shared.t("lv-plants-note") }</p>
            <div class="lv-tools">
                <input type="search" id="plant-search" placeholder={shared.t("lv-plant-search")} aria-label={shared.t("lv-plant-search")} value={(*words).clone()} oninput={search} />
                <label>{ shared.t("lv-plant") }{ " " }<select id="plant-select" onchange={choose}>{ for plants.iter().map(|f| html! { <option selected={plant.is_some_and(|p| p.id == f.id)}>{ lang.name(&f.name) }</option> }) }</select></label>
                <label>{ shared.t("lv-technology") }{ " " }<select id="plant-technology" onchange={pick}>{ for features.iter().map(|f| html! { <option selected={feature == Some(*f)}>{ shared.t(&format!("technology-{}", f.key())) }</option> }) }</select></label>
                <button class="btn" id="plant-mark" disabled={feature.is_none()} onclick={add}>{ shared.t("lv-add") }</button>
            </div>
            if let Some(about) = about { { about } }
            if !marked.is_empty() { <ul id="plants-marked">{ for marked.iter().map(line) }</ul> }
            <p class="hint" id="lever-bill" role="status">{ tr(lang, "lv-bill", &[("once", &m(bill.investment_yuan)), ("yearly", &m(bill.yearly_yuan))]) }{ budget }</p>
        </section>
    }
}
