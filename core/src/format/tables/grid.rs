//! Emission factors of the provinces' grids, as parameters of their own.

use super::{bad_row, read};
use crate::{
    diagnostics::Diagnostic,
    model::{Basis, Confidence, Origin, Parameter, grid_key},
};
use serde::Deserialize;

/// No grid gives off more: coal alone is at about 1.
const MOST_KG_PER_KWH: f64 = 1.2;

#[derive(Deserialize)]
struct GridRow {
    province: String,
    grid_kgco2_per_kwh: f64,
    year: String,
    source: String,
}

/// Reads `grid_factors`: a parameter a province.
#[must_use]
pub fn grid(text: &str) -> (Vec<Parameter>, Vec<Diagnostic>) {
    let (rows, mut problems) = read("grid_factors", text, |r: GridRow, line| Ok((r, line)));
    let mut made: Vec<Parameter> = Vec::new();
    for (r, line) in rows {
        if !(0.0..=MOST_KG_PER_KWH).contains(&r.grid_kgco2_per_kwh) {
            problems.push(bad_row("grid_factors", line, "the factor is no amount between 0 and 1.2 kg CO2 a kWh"));
            continue;
        }
        made.push(Parameter {
            key: grid_key(&r.province),
            value: r.grid_kgco2_per_kwh,
            low: Some(0.0),
            high: Some(MOST_KG_PER_KWH),
            unit: "kgCO2/kWh".into(),
            origin: Origin {
                table: "grid_factors".into(),
                row: format!("line {line}"),
                basis: Basis::Published,
                source: r.source,
                year: r.year,
                confidence: Confidence::High,
                note: String::new(),
            },
            default: None,
        });
    }
    (made, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_province_is_a_parameter_and_an_impossible_factor_is_told() {
        let text = "province,grid_kgco2_per_kwh,year,source\n江苏省,0.5827,2023,notice\n山东省,6.1,2023,notice\n";
        let (rows, problems) = grid(text);
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].key.as_str(), rows[0].value), ("process.grid.all.江苏省", 0.5827));
        assert_eq!(rows[0].range(), (0.0, 1.2));
        assert_eq!(problems.len(), 1);
    }
}
