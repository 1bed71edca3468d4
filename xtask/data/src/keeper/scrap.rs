//! `scrap.csv` against its own formula: national totals shared out by people, urban people and industry.
//!
//! For metal m and prefecture i: `C(i,m) = N(m) [a(m) P(i)/P + b(m) U(i)/U + c(m) S(i)/S]` collected, and
//! `G(i,m) = C(i,m) / r` generated, both in kt of metal a year. P, U and S are residents, urban residents and the value
//! added of secondary industry; the denominators are national. Where a prefecture's urban residents are not known, the
//! national share of them stands in.

use super::{
    notice::Notices,
    shelf::{Shelf, cell, headers, number},
};
use atlas_core::{
    format::tables,
    model::{Parameters, Stream},
};

/// The national totals of zinc and the others, kt: derived and weak, so that no parameter holds them.
const ZINC_KT: f64 = 1_150.0;
const OTHER_KT: f64 = 250.0;
/// The table is rounded to 10 t, and was computed with one more digit in the denominators.
const ROUNDING_KT: f64 = 0.006;
const ROUNDING_SHARE: f64 = 1e-4;
/// A row farther off than this share is wrong, not merely older than what it was computed from.
const WRONG: f64 = 0.25;
/// The same for the sum of a column.
const WRONG_SUM: f64 = 0.005;
const TOPIC: &str = "scrap model";
const REMEDY: &str = "Write what the formula gives, or correct the weights, totals or figures of the city.";

/// What the formula needs from the parameters.
pub struct Model {
    parameters: Parameters,
    recovery: f64,
    people: f64,
    urban: f64,
    industry: f64,
}

impl Model {
    /// The model of the parameter table, or the key that it lacks.
    pub fn of(shelf: &Shelf) -> Result<Self, String> {
        let parameters = tables::parameters(shelf.get("parameters").map_or("", |t| t.text.as_str())).0;
        let get = |key: &str| parameters.get(key).map(|p| p.value).ok_or_else(|| key.to_owned());
        for stream in Stream::ALL {
            for part in 1..=3 {
                get(&format!("model.weights_scrap.{}.{part}", stream.table_key()))?;
            }
        }
        for key in ["domestic_scrap_recovered_h1.Cu", "domestic_scrap_recovered_h1.Al", "recycled_output_target.Pb"] {
            get(&format!("national.{key}"))?;
        }
        Ok(Self {
            recovery: get("national.recovery_rate.all.2025")? / 100.0,
            people: get("national.population.all")? * 1e6,
            urban: get("national.urban_population.all")? * 1e6,
            industry: get("national.secondary_value_added.all")? * 1e12,
            parameters,
        })
    }

    /// The parameters.
    pub const fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// N: what the whole country collects of a stream, kt of metal a year.
    pub fn national_kt(&self, stream: Stream) -> f64 {
        match stream {
            // The association gives the first half of 2025; the model takes twice that.
            Stream::Cu => 2.0 * self.parameters.number("national.domestic_scrap_recovered_h1.Cu"),
            Stream::Al => 2.0 * self.parameters.number("national.domestic_scrap_recovered_h1.Al"),
            // Nearly all lead is recovered at home.
            Stream::Pb => self.parameters.number("national.recycled_output_target.Pb"),
            Stream::Zn => ZINC_KT,
            Stream::Other => OTHER_KT,
        }
    }

    /// C: what one prefecture collects of a stream, kt of metal a year.
    pub fn collected_kt(&self, stream: Stream, prefecture: &crate::tables::Row) -> Option<f64> {
        let people = number(prefecture, "population_2020_10k")? * 1e4;
        let urban =
            number(prefecture, "urban_population_2020_10k").map_or(people * self.urban / self.people, |u| u * 1e4);
        let share = number(prefecture, "secondary_share_pct")? / 100.0;
        let industry = number(prefecture, "gdp_2023_100m_yuan")? * 1e8 * share;
        let weight = |part: u32| self.parameters.number(&format!("model.weights_scrap.{}.{part}", stream.table_key()));
        let parts =
            weight(1) * people / self.people + weight(2) * urban / self.urban + weight(3) * industry / self.industry;
        Some(self.national_kt(stream) * parts)
    }
}

/// Compares row by row.
pub fn check(notices: &mut Notices, shelf: &Shelf) {
    let (Some(cities), Some(scrap)) = (shelf.get("prefectures"), shelf.get("scrap")) else { return };
    // Without the column every city would be taken for one whose urban residents are not known.
    if !headers(cities).iter().any(|h| h == "urban_population_2020_10k") {
        return;
    }
    let model = match Model::of(shelf) {
        Ok(model) => model,
        Err(key) => {
            let reason = format!("the scrap model needs {key}, which is missing or not a number");
            return notices.file_error(TOPIC, "data/tables/parameters.csv", reason, "Add the parameter.");
        }
    };
    for stream in Stream::ALL {
        let metal = stream.table_key();
        for (column, divisor) in
            [(format!("{metal}_collected_kt"), 1.0), (format!("{metal}_generated_kt"), model.recovery)]
        {
            let (mut stated_sum, mut formula_sum) = (0.0, 0.0);
            for row in &scrap.rows {
                let city = cities.rows.iter().find(|c| cell(c, "adcode") == cell(row, "adcode"));
                let kt = city.and_then(|c| model.collected_kt(stream, c)).map(|kt| kt / divisor);
                let (Some(stated), Some(kt)) = (number(row, &column), kt) else { continue };
                stated_sum += stated;
                formula_sum += kt;
                let off = (stated - kt).abs();
                if off <= ROUNDING_KT + ROUNDING_SHARE * kt {
                    continue;
                }
                let reason = format!("{stated}, but the formula gives {kt:.2}");
                if off > WRONG * kt {
                    notices.error(TOPIC, (scrap, row, &column), reason, REMEDY);
                } else {
                    notices.finding(TOPIC, (scrap, row, &column), reason, REMEDY);
                }
            }
            if (stated_sum / formula_sum - 1.0).abs() > WRONG_SUM {
                let reason = format!("the rows add up to {stated_sum:.1} kt, those of the formula to {formula_sum:.1}");
                notices.column_error(TOPIC, scrap, &column, &reason, REMEDY);
            }
        }
    }
}
