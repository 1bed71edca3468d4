//! Results as JSON, for the command line and for tests that compare platforms: the field names are public.

use crate::{
    diagnostics::Diagnostic,
    evaluate::{Evaluation, Explanation, Figure, Figures, Handled, explain},
    model::{Baseline, Mode, Name, Parameter, Parameters, PerCluster, Stream},
    routing::{Answer, Fewer, Route, behind},
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
        explanations: Figure::ALL.map(|f| explain(f, &scenario.parameters(baseline))).into(),
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
    border_yuan_per_t: f64,
    legs: Vec<LegReport<'a>>,
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
    at_ends: EndsReport,
}

/// The part of a leg that is paid, waited and emitted at its ends.
#[derive(Serialize)]
struct EndsReport {
    hours: f64,
    yuan_per_t: f64,
    kg_co2e_per_t: f64,
}

#[derive(Serialize)]
struct AnswerReport<'a> {
    #[serde(flatten)]
    best: RouteReport<'a>,
    alternatives: Vec<AlternativeReport<'a>>,
    /// Why there are fewer than asked for.
    fewer_alternatives: Option<Fewer>,
    /// The parameters behind it, each with its source.
    inputs: Vec<&'a Parameter>,
}

#[derive(Serialize)]
struct AlternativeReport<'a> {
    #[serde(flatten)]
    route: RouteReport<'a>,
    different: f64,
    times_best: f64,
}

/// The Chinese name, which the tables always have; a name a planner gave in English only stands as it is.
fn called(name: &Name) -> &str {
    if name.zh.is_empty() { &name.en } else { &name.zh }
}

fn route(route: &Route) -> RouteReport<'_> {
    let legs = route.legs.iter().map(|l| LegReport {
        mode: l.mode,
        from: called(&l.from),
        to: called(&l.to),
        km: l.haul.km,
        hours: l.haul.hours,
        yuan_per_t: l.haul.yuan_per_t,
        kg_co2e_per_t: l.haul.kg_co2e_per_t,
        at_ends: EndsReport {
            hours: l.at_ends.hours,
            yuan_per_t: l.at_ends.yuan_per_t,
            kg_co2e_per_t: l.at_ends.kg_co2e_per_t,
        },
    });
    let t = route.total;
    RouteReport {
        km: t.km,
        hours: t.hours,
        yuan_per_t: t.yuan_per_t,
        kg_co2e_per_t: t.kg_co2e_per_t,
        border_yuan_per_t: route.border_yuan_per_t,
        legs: legs.collect(),
    }
}

/// The least way, its alternatives, and the parameters behind them.
#[must_use]
pub fn route_json(answer: &Answer, stream: Stream, parameters: &Parameters) -> String {
    let keys = behind(answer, stream, parameters);
    let report = AnswerReport {
        best: route(&answer.best),
        alternatives: answer
            .alternatives
            .iter()
            .map(|a| AlternativeReport { route: route(&a.route), different: a.different, times_best: a.times_best })
            .collect(),
        fewer_alternatives: answer.fewer,
        inputs: keys.iter().filter_map(|k| parameters.get(k)).collect(),
    };
    serde_json::to_string_pretty(&report).expect("numbers, text and lists")
}
