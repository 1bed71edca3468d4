//! A flow or a point of the allocation in words: beside the pointer, and for those who do not use one.

use crate::{
    app::Shared,
    compute::bundles::{Bundle, Node},
    i18n::{Quantity, amount_words, significant, tr},
    map::view::Pick,
    state::{FlowStage, PointTold, end_words, picked_flow, point_told},
};
use atlas_core::{
    allocation::{End, Leg},
    catchment::Demand,
    model::Mode,
};
use yew::prelude::*;

/// What is under the pointer; nothing where it is gone.
pub fn pick_line(shared: &Shared, pick: Pick, x: f64, y: f64) -> Html {
    let Some((name, rest)) = parts(shared, pick) else { return Html::default() };
    html! { <span id="pick-line" class="value-line" style={format!("left:{x:.0}px;top:{y:.0}px")}><b>{ name }</b>{ " · " }{ rest }</span> }
}

/// The same in one sentence.
pub fn pick_words(shared: &Shared, pick: Pick) -> Option<String> {
    let (name, rest) = parts(shared, pick)?;
    Some(tr(shared.state.lang, "cell-told", &[("name", &name), ("rest", &rest)]))
}

fn parts(shared: &Shared, pick: Pick) -> Option<(String, String)> {
    let state = &shared.state;
    match pick {
        Pick::Flow(..) => picked_flow(state, pick).map(|b| flow_parts(shared, b)),
        Pick::Site(row) => crate::panels::siting::site_parts(shared, row),
        Pick::Point(row) => {
            let told = point_told(state, row)?;
            Some((end_words(state, Node::Place(row)), point_parts(shared, &told)))
        }
    }
}

/// Stream and stage: "aluminium, scrap".
pub fn what_words(shared: &Shared, b: &Bundle) -> String {
    let stage = if b.leg.is_scrap() { FlowStage::Scrap } else { FlowStage::Metal };
    let stream = shared.t(&format!("stream-{}", b.stream.key()));
    let stage = match b.leg {
        Leg::Contract => shared.t("flow-stage-contract"),
        _ => shared.t(&format!("flow-stage-{}", stage.key())),
    };
    tr(shared.state.lang, "flow-what", &[("stream", &stream), ("stage", &stage)])
}

fn flow_parts(shared: &Shared, b: &Bundle) -> (String, String) {
    let state = &shared.state;
    let lang = state.lang;
    let name = format!("{} → {}", end_words(state, b.from), end_words(state, b.to));
    let km: Vec<String> = Mode::ALL
        .into_iter()
        .filter(|m| b.km[*m] >= 0.05)
        .map(|m| {
            let mode = shared.t(&format!("mode-{}", m.key()));
            format!("{mode} {} {}", significant(b.km[m]), Quantity::Km.unit(lang))
        })
        .collect();
    let km = if km.is_empty() { shared.t("flow-same-site") } else { km.join(" + ") };
    let each = |v: f64, q: Quantity| format!("{} {}", significant(v), q.unit(lang));
    let tonnes = |t: f64| amount_words(lang, Demand::Tonnes, t);
    let key = if b.leg.is_scrap() { "flow-rest" } else { "flow-rest-metal" };
    let rest = [
        ("what", &*what_words(shared, b)),
        ("gross", &*tonnes(b.gross_t)),
        ("metal", &*tonnes(b.metal_t)),
        ("km", &*km),
        ("yuan", &*each(b.yuan_per_t, Quantity::YuanPerTonne)),
        ("kg", &*each(b.kg_co2e_per_t, Quantity::KgPerTonne)),
    ];
    (name, tr(lang, key, &rest))
}

/// Price and taker of a point.
pub fn point_parts(shared: &Shared, told: &PointTold) -> String {
    let state = &shared.state;
    let lang = state.lang;
    let stream = shared.t(&format!("stream-{}", told.stream.key()));
    let km = |v: f64| format!("{} {}", significant(v), Quantity::Km.unit(lang));
    let mut parts = Vec::new();
    if let Some(p) = told.price {
        let yuan = format!("{} {}", significant(p.yuan_per_t), Quantity::YuanPerTonne.unit(lang));
        let t = significant(p.slack_t.abs());
        let key = if p.slack_t.abs() <= 1e-6 {
            "point-price"
        } else if p.slack_t > 0.0 {
            "point-price-short"
        } else {
            "point-price-left"
        };
        parts.push(tr(lang, key, &[("what", &stream), ("yuan", &yuan), ("t", &t)]));
    }
    if let Some(t) = told.taken {
        let facility = |id: &str| end_of(shared, id);
        let nearest = t.nearest.and_then(|(row, way)| Some((state.takers.nearest.get(row as usize)?, way)));
        let taker = t.taker.and_then(|row| match &state.allocation.as_ref()?.places.get(row as usize)?.end {
            End::Facility(id) => Some(id.clone()),
            _ => None,
        });
        let taken = amount_words(lang, Demand::Tonnes, t.gross_t * t.share);
        match (taker, nearest) {
            (None, _) => parts.push(tr(lang, "point-nobody", &[("what", &stream)])),
            (Some(id), near) => {
                let words = [("what", &*stream), ("name", &*facility(&id)), ("km", &*km(t.km)), ("tonnes", &*taken)];
                parts.push(tr(lang, "point-taker", &words));
                match near {
                    Some((near, _)) if *near == id => parts.push(shared.t("point-is-nearest")),
                    Some((near, way)) => {
                        parts.push(tr(lang, "point-nearest", &[("name", &facility(near)), ("km", &km(way))]));
                    }
                    None => {}
                }
            }
        }
    }
    let modelled = format!("({})", shared.t("basis-modelled"));
    format!("{} {modelled}", parts.join(&shared.t("flow-join")))
}

fn end_of(shared: &Shared, id: &str) -> String {
    let found = shared.state.document.plan().get(id);
    found.map_or_else(|| id.to_owned(), |p| shared.state.lang.name(&p.facility.name).to_owned())
}
