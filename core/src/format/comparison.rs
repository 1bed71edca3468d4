//! Scenarios side by side, as JSON: the field names are public.

use crate::{
    catchment::{self, Question},
    comparison::{Changed, ChangedFacility, Differences, FlowChange, Indicator, Measured, Outcome, changes},
    diagnostics::Diagnostic,
    model::Cluster,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// How the most changed indicator is found: it stands in every report.
pub const RULE: &str = "relative: |difference| over the mean of both sizes (0 to 2); differences within rounding (1e-9; \
                        allocation 4e-6, tonnes 1 t) are none";

#[derive(Serialize)]
struct Comparison<'a> {
    /// Row of the scenario that all are compared with.
    reference: usize,
    question: &'a Question,
    rule: &'static str,
    scenarios: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    changes: usize,
    status: &'static str,
    gap: f64,
    indicators: BTreeMap<String, Option<f64>>,
    by_cluster: BTreeMap<&'static str, BTreeMap<String, Option<f64>>>,
    /// Against the reference, the most changed first; none for the reference itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<Vec<ChangedJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    facilities: Option<&'a [ChangedFacility]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flows: Option<&'a [FlowChange]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<&'a catchment::Difference>,
    diagnostics: &'a [Diagnostic],
}

#[derive(Serialize)]
struct ChangedJson {
    indicator: String,
    difference: f64,
    relative: f64,
    better: Option<bool>,
}

impl From<&Changed> for ChangedJson {
    fn from(c: &Changed) -> Self {
        Self { indicator: c.indicator.key(), difference: c.difference(), relative: c.relative, better: c.is_better() }
    }
}

/// A scenario of a report: its name, what it amounts to, what differs from the reference, and what was wrong with its file.
pub struct Compared<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What it amounts to.
    pub measured: &'a Measured,
    /// What differs from the reference; none for the reference itself.
    pub differences: Option<&'a Differences>,
    /// What was wrong with its file.
    pub problems: &'a [Diagnostic],
}

/// The scenarios against one of them, by its row.
///
/// # Panics
/// Where there is no such row.
#[must_use]
pub fn comparison_json(all: &[Compared], reference: usize) -> String {
    let base = &all[reference].measured.outcome;
    let scenarios = all.iter().map(|c| row(c, base)).collect();
    let report = Comparison { reference, question: &base.question, rule: RULE, scenarios };
    serde_json::to_string_pretty(&report).expect("numbers, text and lists")
}

fn row<'a>(c: &Compared<'a>, base: &Outcome) -> Row<'a> {
    let outcome = &c.measured.outcome;
    let cluster = |cluster: Cluster| (cluster.key(), values(outcome, Some(cluster)));
    let changed = || changes(base, outcome, None).iter().map(ChangedJson::from).collect();
    Row {
        name: c.name,
        changes: c.measured.scenario.changes(),
        status: outcome.status.key(),
        gap: outcome.gap,
        indicators: values(outcome, None),
        by_cluster: Cluster::ALL.map(cluster).into(),
        changed: c.differences.map(|_| changed()),
        facilities: c.differences.map(|d| &*d.facilities),
        flows: c.differences.map(|d| &*d.flows),
        coverage: c.differences.map(|d| &d.coverage),
        diagnostics: c.problems,
    }
}

fn values(outcome: &Outcome, cluster: Option<Cluster>) -> BTreeMap<String, Option<f64>> {
    Indicator::ALL.into_iter().map(|i| (i.key(), i.value(outcome, cluster))).collect()
}
