//! The parameter table.

use super::{bad_row, read};
use crate::{
    diagnostics::Diagnostic,
    model::{Basis, Confidence, Origin, Parameter, Parameters},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How the tables' source columns call the sector report.
const REPORT: &str = "seed";

#[derive(Deserialize)]
struct ParameterRow {
    group: String,
    key: String,
    metal: String,
    mode: String,
    value: String,
    low: Option<f64>,
    high: Option<f64>,
    unit: String,
    year: String,
    basis: String,
    source: String,
    confidence: String,
    note: String,
}

/// Reads `parameters`. A key that several rows share but for the year gets the year; a list `a;b;c` becomes `.1`, `.2`, `.3`.
#[must_use]
pub fn parameters(text: &str) -> (Parameters, Vec<Diagnostic>) {
    let (rows, mut problems) = read("parameters", text, |r: ParameterRow, line| Ok((r, line)));
    let base = |r: &ParameterRow| {
        let mode = if r.mode.is_empty() { String::new() } else { format!(".{}", r.mode) };
        format!("{}.{}.{}{mode}", r.group, r.key, r.metal)
    };
    let mut count = BTreeMap::<String, usize>::new();
    for (r, _) in &rows {
        *count.entry(base(r)).or_default() += 1;
    }
    let mut made = Vec::new();
    for (r, line) in rows {
        let mut key = base(&r);
        if count[&key] > 1 {
            key = format!("{key}.{}", r.year);
        }
        // The tables call the sector report "seed"; it was published, but what it says are claims.
        let basis = if r.source.starts_with(REPORT) { Some(Basis::Claim) } else { Basis::from_key(&r.basis) };
        let Some(basis) = basis else {
            problems.push(bad_row("parameters", line, &format!("unknown basis {:?}", r.basis)));
            continue;
        };
        let values: Vec<_> = r.value.split(';').collect();
        for (i, value) in values.iter().enumerate() {
            let Ok(value) = value.trim().parse::<f64>() else {
                problems.push(bad_row("parameters", line, &format!("value {value:?} is not a number")));
                continue;
            };
            made.push(Parameter {
                key: if values.len() > 1 { format!("{key}.{}", i + 1) } else { key.clone() },
                value,
                low: r.low,
                high: r.high,
                unit: r.unit.clone(),
                origin: Origin {
                    table: "parameters".into(),
                    row: format!("line {line}"),
                    basis,
                    source: r.source.clone(),
                    year: r.year.clone(),
                    confidence: Confidence::from_key(&r.confidence),
                    note: r.note.clone(),
                },
                default: None,
            });
        }
    }
    (Parameters::new(made), problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "group,key,metal,mode,value,low,high,unit,year,basis,source,confidence,note\n";

    #[test]
    fn a_bad_row_loses_only_itself() {
        let text = format!(
            "{HEAD}price,carbon,all,,90,60,105,yuan/t,2024,recalled,x,medium,\nprice,carbon2,all,,ninety,,,yuan/t,2024,recalled,x,medium,\nprice,carbon3,all,,1,,,yuan/t,2024,guessed,x,medium,\n"
        );
        let (parameters, problems) = parameters(&text);
        assert_eq!(parameters.rows().len(), 1);
        assert_eq!(parameters.number("price.carbon.all"), 90.0);
        assert_eq!(
            problems.iter().map(|p| p.subject.as_str()).collect::<Vec<_>>(),
            ["parameters.csv, line 3", "parameters.csv, line 4"]
        );
    }

    #[test]
    fn what_the_report_says_is_a_claim() {
        let text = format!("{HEAD}policy,subsidy,Al,,200,,,yuan/t,2025,published,seed: Bohai Rim,medium,\n");
        let (p, _) = parameters(&text);
        assert_eq!(p.rows()[0].origin.basis, Basis::Claim);
    }

    #[test]
    fn repeated_keys_get_their_year_and_lists_a_number() {
        let text = format!(
            "{HEAD}national,rate,all,,68,,,%,2023,published,x,medium,\nnational,rate,all,,76,,,%,2025,published,x,medium,\nmodel,w,Cu,,0.1;0.9,,,a;b,,assumed,x,low,\n"
        );
        let (p, problems) = parameters(&text);
        assert!(problems.is_empty());
        assert_eq!(
            p.rows().iter().map(|r| r.key.as_str()).collect::<Vec<_>>(),
            ["national.rate.all.2023", "national.rate.all.2025", "model.w.Cu.1", "model.w.Cu.2"]
        );
    }
}
