//! Territories side by side, as JSON and as a table: the field names are public.

use super::export::{Cell, SEPARATOR, Sheet};
use crate::{
    account::EmissionFamily,
    catchment::Question,
    diagnostics::Diagnostic,
    model::{Baseline, Certainty, Cluster, Parameters},
    profile::{Area, Fact, Measure, NoValue, Normal, Profile, Profiles, RULE, Unit, context, story},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What is divided by GDP is told by so many yuan of it.
pub const GDP_YUAN: f64 = 10_000.0;

/// What a report on territories tells.
pub struct Report<'a> {
    /// What the scenario is called.
    pub name: &'a str,
    /// Claims and prefectures.
    pub baseline: &'a Baseline,
    /// The parameters in force.
    pub parameters: &'a Parameters,
    /// What was asked about catchments.
    pub question: &'a Question,
    /// The clusters.
    pub profiles: &'a Profiles,
    /// The clusters of the baseline, where the scenario is another.
    pub base: Option<&'a Profiles>,
    /// Other territories.
    pub areas: &'a [Profile],
    /// What was wrong with the scenario's file.
    pub problems: &'a [Diagnostic],
}

#[derive(Serialize)]
struct ReportJson<'a> {
    scenario: &'a str,
    question: &'a Question,
    normal_forms: [&'static str; 3],
    clusters: BTreeMap<&'static str, Values>,
    all: Values,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    areas: Vec<AreaJson<'a>>,
    rule: &'static str,
    facts: Vec<FactJson>,
    claims: Vec<ClaimJson<'a>>,
    diagnostics: &'a [Diagnostic],
}

type Values = BTreeMap<String, Value>;

/// A measure: its number, or the reason why there is none.
#[derive(Serialize)]
struct Value {
    #[serde(flatten)]
    plain: Told,
    unit: &'static str,
    certainty: Certainty,
    per_person: Told,
    per_tonne: Told,
    per_gdp_10k_yuan: Told,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Told {
    Value { value: f64 },
    Reason { reason: &'static str },
}

#[derive(Serialize)]
struct AreaJson<'a> {
    area: &'a Area,
    measures: Values,
}

#[derive(Serialize)]
struct FactJson {
    template: &'static str,
    measure: String,
    cluster: &'static str,
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<(&'static str, f64)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<f64>,
    ratio: f64,
}

#[derive(Serialize)]
struct ClaimJson<'a> {
    claim: &'a str,
    cluster: Option<&'static str>,
    standing: &'static str,
    text: &'a str,
}

impl From<Result<f64, NoValue>> for Told {
    fn from(told: Result<f64, NoValue>) -> Self {
        match told {
            Ok(value) => Self::Value { value },
            Err(why) => Self::Reason { reason: why.code() },
        }
    }
}

impl From<&Fact> for FactJson {
    fn from(f: &Fact) -> Self {
        Self {
            template: f.template.key(),
            measure: f.measure.key(),
            cluster: f.cluster.key(),
            value: f.value,
            other: f.other.map(|(c, v)| (c.key(), v)),
            before: f.before,
            ratio: f.ratio,
        }
    }
}

/// The number of a measure, by GDP of [`GDP_YUAN`] yuan.
///
/// # Errors
/// Why there is none.
pub fn shown(measure: Measure, of: &Profile, normal: Normal) -> Result<f64, NoValue> {
    let times = if normal == Normal::PerGdp { GDP_YUAN } else { 1.0 };
    measure.value(of, normal).map(|v| v * times)
}

fn values(of: &Profile, family: EmissionFamily) -> Values {
    let value = |m: Measure| Value {
        plain: m.value(of, Normal::Absolute).into(),
        unit: m.unit().symbol(),
        certainty: m.behind(family).certainty,
        per_person: shown(m, of, Normal::PerPerson).into(),
        per_tonne: shown(m, of, Normal::PerTonne).into(),
        per_gdp_10k_yuan: shown(m, of, Normal::PerGdp).into(),
    };
    Measure::all().into_iter().map(|m| (m.key(), value(m))).collect()
}

/// The report as JSON.
#[must_use]
pub fn clusters_json(report: &Report) -> String {
    let family = EmissionFamily::of(report.parameters);
    let claims = context(report.baseline);
    let json = ReportJson {
        scenario: report.name,
        question: report.question,
        normal_forms: [
            "per_person: by resident",
            "per_tonne: by tonne of metal collected",
            "per_gdp_10k_yuan: by 10,000 yuan of GDP of 2023",
        ],
        clusters: Cluster::ALL.map(|c| (c.key(), values(&report.profiles.by_cluster[c], family))).into(),
        all: values(&report.profiles.all, family),
        areas: report.areas.iter().map(|p| AreaJson { area: &p.area, measures: values(p, family) }).collect(),
        rule: RULE,
        facts: story(report.profiles, report.base).iter().map(FactJson::from).collect(),
        claims: claims
            .iter()
            .map(|c| ClaimJson {
                claim: &c.claim.id,
                cluster: c.cluster.map(Cluster::key),
                standing: c.claim.standing.key(),
                text: &c.claim.en,
            })
            .collect(),
        diagnostics: report.problems,
    };
    serde_json::to_string_pretty(&json).expect("numbers, text and lists")
}

/// A column of the table: its heading, what it tells, and the same of the baseline.
pub type Column<'a> = (String, &'a Profile, Option<&'a Profile>);

/// The table for a spreadsheet: a row a measure and territory. Where there is no number, its reason. `name` puts a measure into
/// words.
#[must_use]
pub fn clusters_sheet(
    columns: &[Column],
    normal: Normal,
    parameters: &Parameters,
    name: impl Fn(Measure) -> String,
) -> Sheet {
    let heads = ["measure", "name", "section", "area", "unit", "value", "no_value", "baseline", "change", "certainty"];
    let mut sheet = Sheet::new("clusters", &[&heads[..], &["formula", "parameters"]].concat());
    let family = EmissionFamily::of(parameters);
    for m in Measure::all() {
        let behind = m.behind(family);
        for (head, now, before) in columns {
            let value = shown(m, now, normal);
            let base = before.and_then(|b| shown(m, b, normal).ok());
            sheet.rows.push(vec![
                Cell::words(m.key()),
                Cell::words(name(m)),
                Cell::words(m.section().key()),
                Cell::words(head.as_str()),
                Cell::words(unit(m.unit(), normal)),
                Cell::exact(value.ok()),
                Cell::words(value.err().map_or("", NoValue::code)),
                Cell::exact(base),
                Cell::exact(value.ok().zip(base).map(|(v, b)| v - b)),
                Cell::words(match behind.certainty {
                    Certainty::Known => "known",
                    Certainty::Estimated => "estimated",
                    Certainty::Modelled => "modelled",
                }),
                Cell::words(behind.formula),
                Cell::words(behind.parameters.join(SEPARATOR)),
            ]);
        }
    }
    sheet
}

fn unit(unit: Unit, normal: Normal) -> String {
    match normal {
        _ if !unit.is_sum() => unit.symbol().into(),
        Normal::Absolute => unit.symbol().into(),
        Normal::PerPerson => format!("{} per person", unit.symbol()),
        Normal::PerTonne => format!("{} per t collected", unit.symbol()),
        Normal::PerGdp => format!("{} per 10k yuan GDP", unit.symbol()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Amount;

    #[test]
    fn a_number_or_its_reason_stands_in_json_and_sheet() {
        let (parameters, _) = crate::format::tables::parameters(include_str!("../../../data/tables/parameters.csv"));
        let mut plan = Profiles::default();
        plan.by_cluster.yrd.collected_t.al = Amount::new(12.0);
        plan.by_cluster.yrd.people = Amount::new(4.0);
        let question = Question::usual(crate::model::FacilityKind::CollectionPoint);
        let json = clusters_json(&Report {
            name: "x",
            baseline: &Baseline::default(),
            parameters: &parameters,
            question: &question,
            profiles: &plan,
            base: None,
            areas: &[],
            problems: &[],
        });
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let yrd = &json["clusters"]["yrd"];
        assert_eq!(yrd["collected_t"]["value"], 12.0);
        assert_eq!(yrd["collected_t"]["unit"], "t/y");
        assert_eq!(yrd["collected_t"]["per_person"]["value"], 3.0);
        assert_eq!(yrd["collected_t"]["per_gdp_10k_yuan"]["reason"], "no-value-no-gdp");
        assert_eq!(yrd["hub_use"]["reason"], "no-value-no-plants");
        assert!(yrd["hub_use"]["value"].is_null());
        let column = ("yrd".to_owned(), &plan.by_cluster.yrd, None);
        let sheet = clusters_sheet(&[column], Normal::PerPerson, &parameters, |m| m.key());
        let row = |key: &str| sheet.rows.iter().find(|r| r[0] == Cell::words(key)).unwrap().clone();
        assert_eq!(row("collected_t")[4..7], [Cell::words("t/y per person"), Cell::Number(3.0), Cell::Empty]);
        assert_eq!(row("hub_use")[5..7], [Cell::Empty, Cell::words("no-value-no-plants")]);
        assert!(sheet.rows.iter().all(|r| r.len() == sheet.columns.len()));
    }
}
