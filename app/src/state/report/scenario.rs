//! What the plan changes, in words.

use super::{super::AppState, ReportPart, ReportTable, colon};
use crate::i18n::{Quantity, exact, parameter_name, province, significant, t, tr, unit_words};
use atlas_core::{
    geo::LonLat,
    scenario::{Contract, Edit, Lever, Objective, SourceGroup},
};

/// So many edits are told one by one; more are a file's business.
const MOST_EDITS: usize = 200;

pub fn scenario(state: &AppState) -> ReportPart {
    let scenario = state.document.scenario();
    let mut text = Vec::new();
    if scenario.is_untouched() {
        text.push(t(state.lang, "report-baseline"));
    } else {
        text.push(tr(state.lang, "scenario-changes", &[("n", &scenario.changes().to_string())]));
    }
    let mut list: Vec<String> = scenario.edits.iter().take(MOST_EDITS).map(|e| edit(state, e)).collect();
    if let Some(more) = scenario.edits.len().checked_sub(MOST_EDITS).filter(|n| *n > 0) {
        list.push(tr(state.lang, "report-more-edits", &[("n", &more.to_string())]));
    }
    list.extend(scenario.goal.contracts.iter().map(|c| contract(state, c)));
    let rows = settings(state);
    let table = ReportTable {
        caption: t(state.lang, "report-settings"),
        head: ["report-setting", "report-value", "report-default"].map(|k| t(state.lang, k)).to_vec(),
        rows,
        numbers: 1..3,
    };
    let tables = if table.rows.is_empty() { vec![] } else { vec![table] };
    ReportPart { key: "scenario", text, list, tables }
}

fn place(at: LonLat) -> String {
    format!("{:.4}°E {:.4}°N", at.lon, at.lat)
}

fn edit(state: &AppState, edit: &Edit) -> String {
    let lang = state.lang;
    let there = state.document.plan().get(edit.id());
    let name = match (edit, there) {
        (_, Some(p)) => lang.name(&p.facility.name).to_owned(),
        (Edit::Add(new), None) => lang.name(&new.name).to_owned(),
        _ => edit.id().to_owned(),
    };
    let words = |key: &str| tr(lang, key, &[("name", &name)]);
    let with = |key: &str, more: String| format!("{}{}{more}", words(key), colon(state));
    match edit {
        Edit::Add(new) => {
            with("edit-add", format!("{}, {}", t(lang, &format!("kind-{}", new.kind.key())), place(new.at)))
        }
        Edit::Move { to, .. } => with("edit-move", place(*to)),
        Edit::Close { .. } => words("edit-close"),
        Edit::Reopen { .. } => words("edit-reopen"),
        Edit::Remove { .. } => words("edit-remove"),
        Edit::SetCapacity { tonnes: Some(tonnes), .. } => {
            let q = Quantity::TonnesPerYear;
            with("edit-capacity", format!("{} {}", significant(q.scaled(*tonnes, lang)), q.unit(lang)))
        }
        Edit::SetCapacity { tonnes: None, .. } => words("edit-capacity-own"),
    }
}

fn contract(state: &AppState, c: &Contract) -> String {
    let lang = state.lang;
    let from = match &c.from {
        SourceGroup::Cluster(cluster) => t(lang, &format!("cluster-{}", cluster.key())),
        SourceGroup::Province(p) => province(lang, p).to_owned(),
        SourceGroup::Points(ids) => tr(lang, "contract-points", &[("n", &ids.len().to_string())]),
    };
    let plant = state.document.plan().get(&c.plant);
    let plant = plant.map_or_else(|| c.plant.clone(), |p| lang.name(&p.facility.name).to_owned());
    let metal = t(lang, &format!("stream-{}", c.stream.key()));
    let line = tr(lang, "contract-line", &[("metal", &metal), ("from", &from), ("plant", &plant)]);
    let factor = tr(lang, "contract-factor", &[("n", &exact(c.cost_factor))]);
    format!("{}{}{line}, {factor}", t(lang, "contract-title"), colon(state))
}

/// What is set, with the value in force and the one it takes the place of.
fn settings(state: &AppState) -> Vec<Vec<String>> {
    let lang = state.lang;
    let scenario = state.document.scenario();
    let mut rows = Vec::new();
    if !state.has_baseline() {
        return rows;
    }
    let parameters = state.parameters();
    for lever in Lever::ALL {
        let Some(value) = state.levers().get(lever) else { continue };
        let (name, words): (_, fn(f64) -> String) = match lever {
            Lever::RecoveryRate => ("lever-recovery", |v| format!("{:.0} %", v * 100.0)),
            Lever::FreightPrice => ("lever-freight", |v| format!("{v:.2} ×")),
        };
        rows.push(vec![t(lang, name), words(value), words(lever.default_value(&parameters))]);
    }
    for p in parameters.rows() {
        let Some(table) = p.default else { continue };
        let unit = unit_words(lang, &p.unit);
        let words = |v: f64| format!("{} {unit}", exact(v));
        rows.push(vec![parameter_name(lang, &p.key), words(p.value), words(table)]);
    }
    let goal = &scenario.goal;
    if goal.objective != Objective::Cost {
        let key = super::super::balance::objective_key(goal.objective);
        rows.push(vec![t(lang, "goal-objective"), t(lang, &format!("goal-{key}")), t(lang, "goal-cost")]);
    }
    let none = || t(lang, "goal-cap-none");
    let q = Quantity::TonnesPerYear;
    if let Some(cap) = goal.max_co2_t {
        let value = format!("{} {}", significant(q.scaled(cap, lang)), t(lang, "goal-unit-co2"));
        rows.push(vec![t(lang, "goal-cap-co2"), value, none()]);
    }
    if let Some(cap) = goal.max_cross_cluster_t {
        let value = format!("{} {}", significant(q.scaled(cap, lang)), t(lang, "capacity-unit-gross"));
        rows.push(vec![t(lang, "goal-cap-cross"), value, none()]);
    }
    rows
}
