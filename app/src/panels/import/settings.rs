//! How the table is understood: what its rows are, sheet and letters, unit, datum, beside or instead of what the plan has.

use crate::{
    app::Shared,
    i18n::tr,
    state::{Import, ImportAction},
};
use atlas_core::{
    format::import::{Encoding, Field, Form, Kind, MassUnit, Mode, Reading, Settings},
    geo::Datum,
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A choice among a few, by place in the list.
fn choose<T: Copy + PartialEq + 'static>(
    shared: &Shared,
    id: &'static str,
    all: &'static [T],
    now: Option<T>,
    name: impl Fn(T) -> String,
    then: impl Fn(&Shared, T) + 'static,
) -> Html {
    let changed = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let index = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some(one) = usize::try_from(index).ok().and_then(|i| all.get(i)) {
                then(&shared, *one);
            }
        })
    };
    let option = |one: &T| html! { <option selected={Some(*one) == now}>{ name(*one) }</option> };
    html! {
        <label class="pick-one" for={id}><span>{ shared.t(id) }</span>
            <select {id} onchange={changed}>{ for all.iter().map(option) }</select>
        </label>
    }
}

pub fn settings(shared: &Shared, it: &Import) -> Html {
    let s = &it.settings;
    let understand = |change: fn(&mut Settings, &Shared)| {
        let (shared, settings) = (shared.clone(), s.clone());
        Callback::from(move |_: MouseEvent| {
            let mut settings = settings.clone();
            change(&mut settings, &shared);
            shared.act(ImportAction::Understand(Box::new(settings)));
        })
    };
    let has_amounts =
        s.fields.iter().flatten().any(|f| matches!(f, Field::Capacity | Field::Amount | Field::AmountOf(_)));
    let with = |change: fn(&mut Settings, MassUnit)| {
        let settings = s.clone();
        move |shared: &Shared, unit: MassUnit| {
            let mut settings = settings.clone();
            change(&mut settings, unit);
            shared.act(ImportAction::Understand(Box::new(settings)));
        }
    };
    let datum = {
        let settings = s.clone();
        move |shared: &Shared, datum: Datum| {
            shared.act(ImportAction::Understand(Box::new(Settings { datum, ..settings.clone() })));
        }
    };
    let mode = |mode: Mode, key: &str| {
        let pressed = (s.mode == mode).to_string();
        let set = match mode {
            Mode::Add => understand(|s, _| s.mode = Mode::Add),
            Mode::Replace => understand(|s, _| s.mode = Mode::Replace),
        };
        html! { <button id={key.to_owned()} aria-pressed={pressed} onclick={set}>{ shared.t(key) }</button> }
    };
    let kind_key = |k: Kind| shared.t(&format!("import-kind-{}", k.key()));
    html! {
        <div class="import-settings">
            { choose(shared, "import-kind", &Kind::ALL, Some(s.kind), kind_key, |shared, kind| shared.act(ImportAction::Kind(kind))) }
            { source(shared, it) }
            if has_amounts {
                { choose(shared, "import-unit", &MassUnit::ALL, Some(s.unit), |u| shared.t(&format!("import-unit-{}", u.key())), with(|s, unit| { s.unit = unit; s.unit_known = true; })) }
            }
            if s.kind.is_places() {
                { choose(shared, "import-datum", &Datum::ALL, Some(s.datum), |d| shared.t(&format!("import-datum-{}", d.key())), datum) }
                <label class="check"><input id="import-swap" type="checkbox" checked={s.swap} onclick={understand(|s, _| s.swap = !s.swap)} />{ shared.t("import-swap") }</label>
            }
            if s.kind == Kind::Flows {
                <label class="check"><input id="import-exact" type="checkbox" checked={s.exact} onclick={understand(|s, _| s.exact = !s.exact)} />{ shared.t("import-exact") }</label>
            }
            <div class="pick-one mode"><span id="import-mode">{ shared.t("import-mode") }</span>
                <div class="segments" role="group" aria-labelledby="import-mode">{ mode(Mode::Add, "import-add") }{ mode(Mode::Replace, "import-replace") }</div>
            </div>
            <p class="fine">{ shared.t(&format!("import-means-{}-{}", if s.kind.is_places() { "places" } else { s.kind.key() }, if s.mode == Mode::Add { "add" } else { "replace" })) }</p>
        </div>
    }
}

/// The sheet of a workbook, or the letters of a text.
fn source(shared: &Shared, it: &Import) -> Html {
    let form = it.preview.as_ref().map(|p| p.form.clone());
    match form {
        Some(Form::Workbook { sheets, sheet }) if sheets.len() > 1 => {
            let changed = {
                let (shared, reading) = (shared.clone(), it.reading.clone());
                Callback::from(move |e: Event| {
                    let index = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
                    let sheet = usize::try_from(index).ok();
                    shared.act(ImportAction::Read(Reading { sheet, ..reading.clone() }));
                })
            };
            let option = |(i, name): (usize, &String)| html! { <option selected={i == sheet}>{ name }</option> };
            html! {
                <label class="pick-one" for="import-sheet"><span>{ shared.t("import-sheet") }</span>
                    <select id="import-sheet" onchange={changed}>{ for sheets.iter().enumerate().map(option) }</select>
                </label>
            }
        }
        Some(Form::Delimited { encoding, .. }) => encodings(shared, it, Some(encoding)),
        None if it.reading.encoding.is_some() => encodings(shared, it, it.reading.encoding),
        _ => Html::default(),
    }
}

fn encodings(shared: &Shared, it: &Import, now: Option<Encoding>) -> Html {
    let reading = it.reading.clone();
    choose(
        shared,
        "import-encoding",
        &Encoding::ALL,
        now,
        |e| tr(shared.state.lang, "import-encoding-name", &[("name", &e.key().to_uppercase())]),
        move |shared, e| shared.act(ImportAction::Read(Reading { encoding: Some(e), ..reading.clone() })),
    )
}
