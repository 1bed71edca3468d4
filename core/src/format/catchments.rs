//! What is known of catchments, as JSON and as GeoJSON: the field names are public.

use super::geojson::{self, GeoJson};
use crate::{
    catchment::{Amount, Areas, Coverage, Demand, Fields, Land, Loss, Question, Remote, Surveyed},
    diagnostics::Diagnostic,
    model::{Parameter, Region},
    scenario::{Plan, Scenario},
};
use serde::Serialize;

/// A survey as `atlas catchment --json` prints it. Ways (`mean`, `p95`) are in `unit`; `mean_km` and `p95_km` are those of the
/// facility's catchment by road kilometres, which may hold other cells than its catchment by another measure.
#[derive(Serialize)]
struct SurveyJson<'a> {
    question: &'a Question,
    /// Unit of ways, bands and limit.
    unit: &'static str,
    /// Unit of `loss_if_closed`.
    loss_unit: String,
    /// How sure the ways are: minutes and yuan are modelled.
    basis: &'static str,
    facilities: Vec<FacilityJson<'a>>,
    /// Cumulative: what lies within each band's upper end.
    coverage: Vec<BandJson>,
    unreachable: Amount,
    total: Amount,
    /// Covered within the question's limit: in all, by cluster, province and prefecture; uncovered places; curve; equity.
    within_limit: &'a Coverage,
    inputs: Vec<&'a Parameter>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct FacilityJson<'a> {
    id: &'a str,
    name: &'a str,
    name_en: &'a str,
    people: f64,
    households: f64,
    tonnes: f64,
    cells: u32,
    mean: Option<f64>,
    p95: Option<f64>,
    mean_km: Option<f64>,
    p95_km: Option<f64>,
    /// Demand x longer way if it closed, in `loss_unit`.
    loss_if_closed: f64,
    if_closed: &'a Loss,
}

#[derive(Serialize)]
struct BandJson {
    band: f64,
    people: f64,
    households: f64,
    tonnes: f64,
    cells: u32,
    /// What lies in this band and in no nearer one.
    in_band: Amount,
}

/// Answers as JSON. `by_road` is the same question in road kilometres.
///
/// # Panics
/// Never: numbers, text and lists are JSON.
#[must_use]
pub fn catchments_json(
    region: &Region,
    plan: &Plan,
    scenario: &Scenario,
    found: &Surveyed,
    by_road: &Surveyed,
    problems: &[Diagnostic],
) -> String {
    let survey = &found.survey;
    let question = &survey.question;
    let parameters = &*scenario.parameters(&region.baseline);
    let facilities = survey
        .facilities
        .iter()
        .filter_map(|s| {
            let f = &plan.get(&s.id)?.facility;
            let road = by_road.survey.served(&s.id);
            Some(FacilityJson {
                id: &s.id,
                name: if f.name.zh.is_empty() { &f.name.en } else { &f.name.zh },
                name_en: &f.name.en,
                people: s.demand.people,
                households: s.demand.households,
                tonnes: s.demand.tonnes,
                cells: s.demand.cells,
                mean: s.mean,
                p95: s.p95,
                mean_km: road.and_then(|r| r.mean),
                p95_km: road.and_then(|r| r.p95),
                loss_if_closed: s.loss.added,
                if_closed: &s.loss,
            })
        })
        .collect();
    let coverage = survey
        .bands
        .iter()
        .filter_map(|b| {
            let Amount { cells, people, households, tonnes } = b.within;
            Some(BandJson { band: b.upto?, people, households, tonnes, cells, in_band: b.demand })
        })
        .collect();
    let keys = question.parameters();
    let report = SurveyJson {
        question,
        unit: question.measure.unit(),
        loss_unit: format!("{} x {}", demand_unit(question.demand), question.measure.unit()),
        basis: if question.measure.is_modelled() { "modelled" } else { "derived" },
        facilities,
        coverage,
        unreachable: survey.unreachable,
        total: survey.total,
        within_limit: &survey.coverage,
        inputs: keys.iter().filter_map(|k| parameters.get(k)).collect(),
        diagnostics: problems.iter().cloned().chain(found.remote.iter().map(Remote::diagnostic)).collect(),
    };
    serde_json::to_string_pretty(&report).expect("numbers, text and lists")
}

const fn demand_unit(demand: Demand) -> &'static str {
    match demand {
        Demand::People => "people",
        Demand::Households => "households",
        Demand::Tonnes => "t/y",
    }
}

/// How far an exported band's line may lie from the exact one: about 50 metres, in degrees. Catchments are exact.
const EXPORT_TOLERANCE: f64 = 0.0005;

/// Catchments and travel bands as polygons that other tools open, cut to the clusters' land. Features have `layer`:
/// `catchment`, with `id`, names and figures, and `band`, with `from` and `upto`, nearest first.
#[must_use]
pub fn catchments_geojson(
    region: &Region,
    plan: &Plan,
    scenario: &Scenario,
    found: &Surveyed,
    areas: &Areas,
    fields: &mut Fields,
) -> Vec<u8> {
    let question = &found.survey.question;
    let land = Land::new(&region.ground.outside, region.ground.cells.iter().map(|c| c.at));
    let drawn = areas.of(region, plan, scenario, question, fields);
    let mut w = GeoJson::default();
    let (measure, unit) = (question.measure.key(), question.measure.unit());
    for (row, polygons) in drawn.catchments(0.0, |_| true) {
        let f = &plan.facilities()[row as usize].facility;
        let Some(served) = found.survey.served(&f.id) else { continue };
        let polygons = land.clip(&polygons);
        if polygons.is_empty() {
            continue;
        }
        let a = &served.demand;
        let properties = format!(
            r#""layer":"catchment","id":{},"name_zh":{},"name_en":{},"kind":"{}","measure":"{measure}","unit":"{unit}","people":{},"households":{},"tonnes":{},"cells":{},"mean":{},"p95":{},"loss_if_closed":{}"#,
            geojson::text(&f.id),
            geojson::text(&f.name.zh),
            geojson::text(&f.name.en),
            f.kind.key(),
            a.people,
            a.households,
            a.tonnes,
            a.cells,
            geojson::number(served.mean),
            geojson::number(served.p95),
            served.loss.added,
        );
        w.feature(&properties, &geojson::multi_polygon(&polygons));
    }
    let mut from = 0.0;
    for (upto, polygons) in drawn.bands(EXPORT_TOLERANCE) {
        let properties = format!(r#""layer":"band","measure":"{measure}","unit":"{unit}","from":{from},"upto":{upto}"#);
        w.feature(&properties, &geojson::multi_polygon(&land.clip(&polygons)));
        from = upto;
    }
    w.finish()
}
