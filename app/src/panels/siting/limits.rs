//! Under which limits: a line a limit, one more from the list of those that are not there yet.

use super::{number::LimitField, words::trouble};
use crate::{
    app::Shared,
    i18n::{Quantity, integer, tr},
    state::{AskAction, LimitKind, Ring, SitingAction, ring_area_km2, standing_in},
    ui::{Icon, icon},
};
use atlas_core::{catchment::norms::NormProfile, siting::planning::Existing};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What may become of facilities that are there.
const EXISTING: [(Existing, &str); 3] = [
    (Existing::Keep, "siting-existing-keep"),
    (Existing::MayClose, "siting-existing-may-close"),
    (Existing::Ignore, "siting-existing-ignore"),
];

pub fn limits(shared: &Shared) -> Html {
    let ask = &shared.state.siting.ask;
    let (given, free): (Vec<_>, Vec<_>) = LimitKind::ALL.into_iter().partition(|k| ask.has(*k));
    let add = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let field: HtmlSelectElement = e.target_unchecked_into();
            if let Some(kind) = LimitKind::ALL.into_iter().find(|k| k.key() == field.value()) {
                shared.act(SitingAction::Ask(AskAction::Add(kind)));
                if kind == LimitKind::Forbidden {
                    shared.act(SitingAction::Draw(Some(Ring::Forbidden)));
                }
            }
            // It offers; it holds nothing.
            field.set_value("");
        })
    };
    html! {
        <section class="siting-limits" aria-labelledby="siting-limits-title">
            <header>
                <h2 id="siting-limits-title">{ shared.t("siting-limits") }</h2>
                if !free.is_empty() {
                    <span class="pick add"><select id="siting-add" aria-label={shared.t("siting-add-label")} onchange={add}>
                        <option value="" selected={true}>{ shared.t("siting-add") }</option>
                        { for free.iter().map(|k| html! { <option value={k.key()}>{ shared.t(&format!("siting-limit-{}", k.key())) }</option> }) }
                    </select></span>
                }
            </header>
            <ul>
                { existing(shared) }
                { for given.into_iter().map(|k| limit(shared, k)) }
                { for locks(shared) }
            </ul>
        </section>
    }
}

fn existing(shared: &Shared) -> Html {
    let q = &shared.state.siting.ask.question;
    let set = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            if let Some((existing, _)) = EXISTING.get(row.max(0) as usize) {
                shared.act(SitingAction::Ask(AskAction::Existing(*existing)));
            }
        })
    };
    let kind = shared.t(&format!("siting-kind-{}", q.kind.key()));
    let label = tr(shared.state.lang, "siting-existing", &[("kind", &kind)]);
    html! {
        <li>
            { icon(Icon::Check) }<span>{ &label }</span>
            <span class="value"><select id="siting-existing" aria-label={label.clone()} onchange={set}>
                { for EXISTING.iter().map(|(e, key)| html! { <option selected={*e == q.existing}>{ shared.t(key) }</option> }) }
            </select></span>
            { trouble(shared, &["existing", "open", "closed"]) }
        </li>
    }
}

fn limit(shared: &Shared, kind: LimitKind) -> Html {
    let ask = &shared.state.siting.ask;
    let lang = shared.state.lang;
    let q = &ask.question;
    let name = shared.t(&format!("siting-limit-{}", kind.key()));
    let unit = match kind {
        LimitKind::Limit => Quantity::of_measure(q.measure).unit(lang).to_owned(),
        LimitKind::Apart => Quantity::Km.unit(lang).to_owned(),
        LimitKind::Budget | LimitKind::SiteCost => shared.t("siting-unit-ten-thousand"),
        LimitKind::Capacity => shared.t("siting-unit-tonnes"),
        LimitKind::Forbidden | LimitKind::Norms => String::new(),
    };
    let value = match (kind, ask.value(kind)) {
        (LimitKind::Norms, _) => norms(shared, &name),
        (LimitKind::Forbidden, _) => draw_button(shared),
        (_, Some(value)) => html! { <LimitField {kind} {value} {unit} /> },
        (_, None) => Html::default(),
    };
    // What the aim rests on cannot go.
    let fixed = kind == LimitKind::Limit && ask.needs_limit();
    let remove = act(shared, AskAction::Remove(kind));
    let label = tr(lang, "siting-limit-remove", &[("name", &name)]);
    html! {
        <li key={kind.key()} data-limit={kind.key()}>
            { icon(Icon::Check) }<span>{ name }</span>
            <span class="value">{ value }</span>
            if !fixed { <button class="shut-line" onclick={remove} aria-label={label.clone()} title={label}>{ icon(Icon::Close) }</button> }
            if kind == LimitKind::Forbidden { { forbidden(shared) } }
            { trouble(shared, &[kind.subject()]) }
        </li>
    }
}

fn act(shared: &Shared, action: AskAction) -> Callback<MouseEvent> {
    let shared = shared.clone();
    Callback::from(move |_: MouseEvent| shared.act(SitingAction::Ask(action.clone())))
}

fn norms(shared: &Shared, name: &str) -> Html {
    let now = shared.state.siting.ask.question.norms.clone().unwrap_or_default();
    let set = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            shared.act(SitingAction::Ask(AskAction::Norms(key)));
        })
    };
    html! {
        <select id="siting-norms" aria-label={name.to_owned()} onchange={set}>
            { for NormProfile::standard().into_iter().map(|p| html! { <option value={p.key.clone()} selected={p.key == now}>{ shared.t(&format!("norms-profile-{}", p.key)) }</option> }) }
        </select>
    }
}

fn draw_button(shared: &Shared) -> Html {
    let draw = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            shared.act(SitingAction::Draw(Some(Ring::Forbidden)));
            crate::platform::focus("map");
        })
    };
    let drawing = matches!(shared.state.siting.drawing, Some((Ring::Forbidden, _)));
    html! { <button class="btn" id="siting-draw" aria-pressed={drawing.to_string()} onclick={draw}>{ shared.t("siting-draw") }</button> }
}

fn forbidden(shared: &Shared) -> Html {
    let rings = &shared.state.siting.ask.question.forbidden;
    let lang = shared.state.lang;
    let line = |(row, ring): (usize, &Vec<atlas_core::geo::LonLat>)| {
        let values = [("n", &*(row + 1).to_string()), ("km2", &*integer(ring_area_km2(ring)))];
        let name = tr(lang, "siting-forbidden-one", &values);
        let label = tr(lang, "siting-limit-remove", &[("name", &name)]);
        html! { <li>{ name }<button class="shut-line" onclick={act(shared, AskAction::Allow(row))} aria-label={label.clone()} title={label}>{ icon(Icon::Close) }</button></li> }
    };
    if rings.is_empty() {
        return html! { <p class="fine">{ shared.t("siting-forbidden-none") }</p> };
    }
    html! { <ul class="rings">{ for rings.iter().enumerate().map(line) }</ul> }
}

/// Sites that must be open, and those that must not.
fn locks(shared: &Shared) -> Vec<Html> {
    let q = &shared.state.siting.ask.question;
    let lang = shared.state.lang;
    let line = |(id, key): (&String, &str)| {
        let name = standing_in(&shared.state, id);
        let words = tr(lang, key, &[("name", &name)]);
        let label = tr(lang, "siting-limit-remove", &[("name", &words)]);
        html! {
            <li key={id.clone()} data-lock={id.clone()}>
                { icon(Icon::Check) }<span>{ words }</span>
                <button class="shut-line" onclick={act(shared, AskAction::Unlock(id.clone()))} aria-label={label.clone()} title={label}>{ icon(Icon::Close) }</button>
            </li>
        }
    };
    let open = q.open.iter().map(|id| (id, "siting-lock-open"));
    let closed = q.closed.iter().map(|id| (id, "siting-lock-closed"));
    open.chain(closed).map(line).collect()
}

/// What to do while a ring is drawn.
pub fn drawing(shared: &Shared) -> Html {
    let Some((ring, corners)) = &shared.state.siting.drawing else {
        return ring_of_candidates(shared);
    };
    let act = |action: fn() -> SitingAction| {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(action()))
    };
    let key = match ring {
        Ring::Forbidden => "siting-drawing-forbidden",
        Ring::Candidates => "siting-drawing-candidates",
    };
    let n = corners.len();
    html! {
        <div class="hint" id="siting-drawing" data-corners={n.to_string()}>
            <p role="status">{ tr(shared.state.lang, key, &[("n", &n.to_string())]) }</p>
            <div class="row">
                <button class="btn" id="siting-ring-done" disabled={n < 3} onclick={act(|| SitingAction::CloseRing)}>{ shared.t("siting-ring-done") }</button>
                <button class="btn" disabled={n == 0} onclick={act(|| SitingAction::BackCorner)}>{ shared.t("siting-ring-back") }</button>
                <button class="btn" onclick={act(|| SitingAction::Draw(None))}>{ shared.t("siting-ring-cancel") }</button>
            </div>
        </div>
    }
}

/// The ring in which candidates must stand: how large it is, and another one.
fn ring_of_candidates(shared: &Shared) -> Html {
    let ask = &shared.state.siting.ask;
    if ask.source != crate::state::SiteSource::Drawn {
        return Html::default();
    }
    let draw = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            shared.act(SitingAction::Draw(Some(Ring::Candidates)));
            crate::platform::focus("map");
        })
    };
    let words = if ask.ring.is_empty() {
        shared.t("siting-missing-ring")
    } else {
        tr(shared.state.lang, "siting-ring-size", &[("km2", &integer(ring_area_km2(&ask.ring)))])
    };
    html! {
        <p class="row fine"><span>{ words }</span><button class="link" id="siting-ring-again" onclick={draw}>{ shared.t(if ask.ring.is_empty() { "siting-draw" } else { "siting-ring-again" }) }</button></p>
    }
}
