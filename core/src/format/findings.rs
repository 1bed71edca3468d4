//! What a check of siting norms says, as JSON, as a list and as a map layer: the field names are public.

use crate::{
    catchment::{
        HOUSEHOLD_SIZE_KEY,
        norms::{Finding, NormProfile, NormReport, NormSummary, Remedy, Verdict},
    },
    diagnostics::Diagnostic,
    format::export::{Cell, Sheet},
    model::{Norm, Parameter, Parameters},
};
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Serialize)]
struct NormsJson<'a> {
    profile: &'a NormProfile,
    norms: Vec<&'a Norm>,
    inputs: Vec<&'a Parameter>,
    summary: &'a [NormSummary],
    findings: &'a [Finding],
    diagnostics: &'a [Diagnostic],
}

/// The whole report: the chosen norms with their sources, the parameters behind it, counts and findings.
#[must_use]
pub fn norms_json(
    profile: &NormProfile,
    norms: &[Norm],
    parameters: &Parameters,
    report: &NormReport,
    diagnostics: &[Diagnostic],
) -> String {
    let whole = NormsJson {
        profile,
        norms: profile.norms(norms),
        inputs: parameters.get(HOUSEHOLD_SIZE_KEY).into_iter().collect(),
        summary: &report.summary,
        findings: &report.findings,
        diagnostics,
    };
    serde_json::to_string_pretty(&whole).expect("numbers, text and lists")
}

/// The columns of [`norms_csv`], which are the properties of [`norms_geojson`] as well.
const COLUMNS: [&str; 20] = [
    "norm",
    "rule_zh",
    "rule_en",
    "subject",
    "id",
    "name_zh",
    "name_en",
    "province",
    "lon",
    "lat",
    "verdict",
    "missing",
    "quantity",
    "value",
    "limit",
    "difference",
    "ratio",
    "basis",
    "remedy",
    "source",
];

/// The findings as a table, one a row, with the source of the norm in each. What is not known is an empty cell.
#[must_use]
pub fn norms_csv(norms: &[Norm], report: &NormReport) -> String {
    let mut sheet = Sheet::new("norms", &COLUMNS);
    let cell = |value: Value| match value {
        Value::String(text) => Cell::words(text),
        other => Cell::exact(other.as_f64()),
    };
    sheet.rows = report.findings.iter().map(|f| cells(norms, f).map(cell).to_vec()).collect();
    sheet.csv()
}

/// The findings that have a place as a GeoJSON `FeatureCollection` of points (WGS84, longitude first), with the columns of
/// [`norms_csv`] as properties.
#[must_use]
pub fn norms_geojson(norms: &[Norm], report: &NormReport) -> String {
    let features = report.findings.iter().filter_map(|finding| {
        let at = finding.at?;
        let properties: serde_json::Map<String, Value> =
            COLUMNS.into_iter().map(str::to_owned).zip(cells(norms, finding)).collect();
        let geometry = json!({ "type": "Point", "coordinates": [at.lon, at.lat] });
        Some(json!({ "type": "Feature", "geometry": geometry, "properties": properties }))
    });
    let features: Vec<Value> = features.collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

/// One finding by [`COLUMNS`].
fn cells(norms: &[Norm], f: &Finding) -> [Value; 20] {
    let norm = norms.iter().find(|n| n.id == f.norm);
    let missing = match f.verdict {
        Verdict::CannotSay(what) => what.key().into(),
        Verdict::Passes | Verdict::Fails => Value::Null,
    };
    let measured = |cell: fn(&crate::catchment::norms::Measured) -> Value| f.measured.as_ref().map(cell).into();
    [
        f.norm.as_str().into(),
        norm.map(|n| n.rule.zh.as_str()).into(),
        norm.map(|n| n.rule.en.as_str()).into(),
        f.subject.kind().key().into(),
        f.subject.id().into(),
        f.name.zh.as_str().into(),
        f.name.en.as_str().into(),
        f.province.as_str().into(),
        f.at.map(|at| at.lon).into(),
        f.at.map(|at| at.lat).into(),
        f.verdict.key().into(),
        missing,
        measured(|m| m.quantity.key().into()),
        measured(|m| m.value.into()),
        measured(|m| m.limit.into()),
        measured(|m| m.difference.into()),
        measured(|m| m.ratio.into()),
        measured(|m| m.basis.key().into()),
        f.remedy.map(remedy_words).into(),
        norm.map(|n| n.origin.source.as_str()).into(),
    ]
}

/// A remedy in a few English words.
#[must_use]
pub fn remedy_words(remedy: Remedy) -> String {
    match remedy {
        Remedy::AddPoints { real_points } => format!("add {real_points} points"),
        Remedy::EnlargeTo { t_per_year } => format!("enlarge to {t_per_year:.0} t/y"),
        Remedy::SendMore { t_per_year } => format!("send {t_per_year:.0} t/y more"),
        Remedy::FindOut { what } => format!("find out: {}", what.key().replace('_', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catchment::norms::{Measured, Missing, Quantity, Subject},
        geo::LonLat,
        model::{Basis, Name, NormMetric, Origin},
    };

    fn report() -> (Vec<Norm>, NormReport) {
        let norm = Norm {
            id: "N1".into(),
            rule: Name { zh: "规".into(), en: "A, B".into() },
            metric: NormMetric::HouseholdsPerPoint,
            min: Some(1000.0),
            max: Some(1500.0),
            households: None,
            area: Name::default(),
            origin: Origin { source: "plan of 2019".into(), ..Origin::default() },
        };
        let measured = Measured {
            quantity: Quantity::RealPoints,
            value: 61.0,
            limit: 95.0,
            difference: -34.0,
            ratio: 61.0 / 95.0,
            basis: Basis::Modelled,
        };
        let failing = Finding {
            norm: "N1".into(),
            subject: Subject::Prefecture(310_000),
            name: Name { zh: "上海市".into(), en: "Shanghai".into() },
            province: "上海市".into(),
            at: Some(LonLat::new(121.5, 31.25)),
            verdict: Verdict::Fails,
            measured: Some(measured),
            remedy: Some(Remedy::AddPoints { real_points: 34 }),
        };
        let unknown = Finding {
            subject: Subject::Region,
            name: Name::default(),
            province: String::new(),
            at: None,
            verdict: Verdict::CannotSay(Missing::Streets),
            measured: None,
            remedy: Some(Remedy::FindOut { what: Missing::Streets }),
            ..failing.clone()
        };
        (vec![norm], NormReport { findings: vec![failing, unknown], summary: vec![] })
    }

    #[test]
    fn the_list_has_a_row_for_every_finding_and_its_source() {
        let (norms, report) = report();
        let text = norms_csv(&norms, &report);
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows[0].trim_start_matches('\u{feff}'), COLUMNS.join(","));
        let start = "N1,规,\"A, B\",prefecture,310000,上海市,Shanghai,上海市,121.5,31.25,fails,,real_points,61,95,-34,";
        assert!(rows[1].starts_with(start) && rows[1].ends_with(",modelled,add 34 points,plan of 2019"), "{}", rows[1]);
        assert_eq!(rows[2], "N1,规,\"A, B\",region,,,,,,,cannot_say,streets,,,,,,,find out: streets,plan of 2019");
    }

    #[test]
    fn the_layer_holds_what_has_a_place() {
        let (norms, report) = report();
        let layer: Value = serde_json::from_str(&norms_geojson(&norms, &report)).unwrap();
        let features = layer["features"].as_array().unwrap();
        assert_eq!((layer["type"].as_str(), features.len()), (Some("FeatureCollection"), 1));
        assert_eq!(features[0]["geometry"], json!({ "type": "Point", "coordinates": [121.5, 31.25] }));
        assert_eq!(features[0]["properties"]["difference"], json!(-34.0));
        assert_eq!(features[0]["properties"]["missing"], Value::Null);
    }

    #[test]
    fn the_report_comes_back_from_its_json() {
        let (norms, report) = report();
        let profile = NormProfile::own(["N1"]);
        let text = norms_json(&profile, &norms, &Parameters::default(), &report, &[]);
        let whole: Value = serde_json::from_str(&text).unwrap();
        let findings: Vec<Finding> = serde_json::from_value(whole["findings"].clone()).unwrap();
        assert_eq!(findings, report.findings);
        assert_eq!(whole["findings"][1]["verdict"]["cannot_say"], "streets");
        assert_eq!(whole["norms"][0]["origin"]["source"], "plan of 2019");
    }
}
