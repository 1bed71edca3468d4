//! Results as JSON, for the command line and for tests that compare platforms: the field names are public.

use crate::{
    diagnostics::Diagnostic,
    evaluate::{Evaluation, Explanation, Figure, Figures, Handled, explain},
    model::{Baseline, Name, PerCluster},
    routing::{Mode, Route},
    scenario::Scenario,
};
use serde::Serialize;

#[derive(Serialize)]
struct EvaluationReport<'a> {
    scenario: &'a Scenario,
    total: &'a Figures,
    by_cluster: &'a PerCluster<Figures>,
    explanations: Vec<Explanation>,
    diagnostics: &'a [Diagnostic],
    facilities: &'a [Handled],
}

/// An evaluation with its explanations. The same evaluation gives the same bytes.
#[must_use]
pub fn evaluation_json(
    baseline: &Baseline,
    scenario: &Scenario,
    evaluation: &Evaluation,
    diagnostics: &[Diagnostic],
) -> String {
    let report = EvaluationReport {
        scenario,
        total: &evaluation.total,
        by_cluster: &evaluation.by_cluster,
        explanations: Figure::ALL.map(|f| explain(f, &baseline.parameters)).into(),
        diagnostics,
        facilities: &evaluation.facilities,
    };
    serde_json::to_string_pretty(&report).expect("numbers, text and lists")
}

#[derive(Serialize)]
struct RouteReport<'a> {
    km: f64,
    hours: f64,
    yuan_per_t: f64,
    kg_co2e_per_t: f64,
    legs: Vec<LegReport<'a>>,
    alternatives: [(); 0],
}

#[derive(Serialize)]
struct LegReport<'a> {
    mode: Mode,
    from: &'a str,
    to: &'a str,
    km: f64,
    hours: f64,
    yuan_per_t: f64,
    kg_co2e_per_t: f64,
}

/// The Chinese name, which the tables always have; a name a planner gave in English only stands as it is.
fn called(name: &Name) -> &str {
    if name.zh.is_empty() { &name.en } else { &name.zh }
}

/// A route. By road alone there is one shortest way, so `alternatives` is empty.
#[must_use]
pub fn route_json(route: &Route) -> String {
    let legs = route.legs.iter().map(|l| LegReport {
        mode: l.mode,
        from: called(&l.from),
        to: called(&l.to),
        km: l.haul.km,
        hours: l.haul.hours,
        yuan_per_t: l.haul.yuan_per_t,
        kg_co2e_per_t: l.haul.kg_co2e_per_t,
    });
    let t = route.total;
    let report = RouteReport {
        km: t.km,
        hours: t.hours,
        yuan_per_t: t.yuan_per_t,
        kg_co2e_per_t: t.kg_co2e_per_t,
        legs: legs.collect(),
        alternatives: [],
    };
    serde_json::to_string_pretty(&report).expect("numbers, text and lists")
}
