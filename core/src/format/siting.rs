//! Questions about sites and their answers, as JSON: the field names are public.
//!
//! A question file holds any of the fields of [`Question`]; what it leaves out has its usual value:
//!
//! ```json
//! { "kind": "collection_point", "stream": "pb", "aim": "nearest", "count": 10, "area": { "within": ["340000"] },
//!   "measure": "km", "demand": "tonnes", "candidates": "places", "existing": "keep", "limit": 20, "apart_km": 5 }
//! ```
//!
//! `"futures": { "runs": 20, "seed": 1, "by": "mean" | "worst_case" | "regret" }` asks for sites that are good in drawn futures.
//! `candidates` is `"places"`, `"cells"`, `"none"` or `{ "list": [ { "name": "…", "at": [117.2, 31.8] } ] }`; rings are lists of positions.

use crate::{
    catchment::{self, Demand},
    diagnostics::Diagnostic,
    model::{FacilityKind, Parameter, Parameters},
    scenario::Edit,
    siting::{
        Status,
        planning::{AcrossFutures, Aim, Alternatives, Clash, Curve, Proposal, Question, Site},
    },
    uncertainty,
};
use serde::Serialize;

/// Reads a question file.
///
/// # Errors
/// Where the text is no question, with the line.
pub fn read_question(text: &str) -> Result<Question, Diagnostic> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| {
        Diagnostic::error(
            "siting-not-readable",
            format!("line {}", e.line()),
            e.to_string(),
            "Mend the question file at that line.",
        )
    })
}

/// Unit of objective, bound and losses.
#[must_use]
pub const fn objective_unit(question: &Question) -> &'static str {
    match question.aim {
        Aim::Nearest | Aim::LeastLongest => question.measure.unit(),
        Aim::MostCovered => "share",
        Aim::FewestSites => "sites",
        Aim::LeastCost => "yuan/y",
    }
}

const fn demand_unit(demand: Demand) -> &'static str {
    match demand {
        Demand::People => "people",
        Demand::Households => "households",
        Demand::Tonnes => "t/y",
    }
}

/// The parameters that an answer rests on.
#[must_use]
pub fn parameters_of(question: &Question) -> Vec<String> {
    let asked = catchment::Question {
        measure: if question.aim == Aim::LeastCost { catchment::Measure::Yuan } else { question.measure },
        stream: question.stream,
        demand: question.demand,
        ..catchment::Question::usual(question.kind)
    };
    let counted =
        if question.aim == Aim::LeastCost { vec![question.demand, Demand::Tonnes] } else { vec![question.demand] };
    let mut keys = asked.parameters_of(&counted);
    if question.kind == FacilityKind::Hub {
        keys.push("process.hub_sorting_yield.all".into());
        if question.site_cost.is_none() && (question.aim == Aim::LeastCost || question.budget.is_some()) {
            keys.push("process.hub_fixed_cost.all".into());
        }
    }
    keys
}

/// The parameters of an answer that are drawn where futures are asked about: those that may be off, but for road speeds and what
/// leaves a hub, which would change which way is the shortest.
#[must_use]
pub fn drawn_of(question: &Question, parameters: &Parameters) -> Vec<String> {
    let stays = |key: &str| {
        catchment::ROAD_SPEED_KEYS.contains(&key)
            || key == "process.hub_sorting_yield.all"
            || key.starts_with("policy.")
    };
    let off = |key: &String| !stays(key) && parameters.get(key).and_then(uncertainty::spread).is_some();
    parameters_of(question).into_iter().filter(off).collect()
}

/// What is known of a question once it has been worked on.
pub struct Report<'a> {
    /// What was asked.
    pub question: &'a Question,
    /// The plan.
    pub proposal: &'a Proposal,
    /// Which limits clash.
    pub clash: Option<&'a Clash>,
    /// The trade-off, where it was asked for.
    pub curve: Option<&'a Curve>,
    /// Other plans, where they were asked for.
    pub alternatives: Option<&'a Alternatives>,
    /// The edits that accept the plan.
    pub edits: &'a [Edit],
    /// The parameters in force.
    pub parameters: &'a Parameters,
    /// How long the search took.
    pub seconds: f64,
    /// What was wrong with the scenario file.
    pub problems: &'a [Diagnostic],
}

#[derive(Serialize)]
struct Json<'a> {
    question: &'a Question,
    status: Status,
    objective: Option<f64>,
    bound: Option<f64>,
    gap: Option<f64>,
    /// Unit of objective, bound, before and losses.
    unit: &'static str,
    before: Option<f64>,
    seconds: f64,
    sites: &'a [Site],
    closes: &'a [String],
    /// Unit of demand, what sites serve and what is beyond the limit.
    demand_unit: &'static str,
    demand: f64,
    beyond: f64,
    out_of_reach: f64,
    size: Size,
    clash: Option<&'a Clash>,
    curve: Option<&'a Curve>,
    alternatives: Option<&'a Alternatives>,
    /// How the plan does in futures, where they were asked about, and the parameters that were drawn for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    futures: Option<&'a AcrossFutures>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    drawn: Vec<String>,
    /// The plan as edits of the scenario.
    edits: &'a [Edit],
    inputs: Vec<&'a Parameter>,
    diagnostics: Vec<&'a Diagnostic>,
}

#[derive(Serialize)]
struct Size {
    candidates: usize,
    demand: usize,
    pairs: usize,
}

/// The report as JSON.
///
/// # Panics
/// Never: numbers, text and lists are JSON.
#[must_use]
pub fn siting_json(report: &Report<'_>) -> String {
    let Report { question, proposal, .. } = report;
    let [candidates, demand, pairs] = proposal.size;
    let keys = parameters_of(question);
    let json = Json {
        question,
        status: proposal.status,
        objective: proposal.objective,
        bound: proposal.bound,
        gap: proposal.gap,
        unit: objective_unit(question),
        before: proposal.before,
        seconds: report.seconds,
        sites: &proposal.sites,
        closes: &proposal.closes,
        demand_unit: demand_unit(question.demand),
        demand: proposal.demand,
        beyond: proposal.beyond,
        out_of_reach: proposal.out_of_reach,
        size: Size { candidates, demand, pairs },
        clash: report.clash,
        curve: report.curve,
        alternatives: report.alternatives,
        futures: proposal.futures.as_deref(),
        drawn: proposal.futures.as_ref().map(|_| drawn_of(question, report.parameters)).unwrap_or_default(),
        edits: report.edits,
        inputs: keys.iter().filter_map(|k| report.parameters.get(k)).collect(),
        diagnostics: report.problems.iter().chain(&proposal.notes).collect(),
    };
    serde_json::to_string_pretty(&json).expect("numbers, text and lists")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::siting::planning::Candidates;

    #[test]
    fn a_question_file_says_what_it_says_and_no_more() {
        let q = read_question(
            r#"{ "aim": "most_covered", "limit": 20, "candidates": { "list": [ { "at": [117, 31] } ] } }"#,
        );
        let q = q.unwrap();
        assert_eq!((q.aim, q.limit, q.count), (Aim::MostCovered, Some(20.0), 10));
        assert!(matches!(q.candidates, Candidates::List(ref l) if l.len() == 1 && l[0].at.lat == 31.0));
        assert_eq!(read_question(r#"{ "aim": "best" }"#).unwrap_err().code, "siting-not-readable");
    }
}
