//! The siting norms.

use super::{Read, origin, read};
use crate::model::{HouseholdLimits, Name, Norm, NormMetric};
use serde::Deserialize;

#[derive(Deserialize)]
struct NormRow {
    id: String,
    rule_zh: String,
    rule_en: String,
    metric: String,
    value_min: Option<f64>,
    value_max: Option<f64>,
    households_town: Option<f64>,
    households_country: Option<f64>,
    unit: String,
    area_zh: String,
    area_en: String,
    year: String,
    basis: String,
    source: String,
    confidence: String,
    note: String,
}

/// Reads `norms`, in table order.
#[must_use]
pub fn norms(text: &str) -> Read<Norm> {
    read("norms", text, |r: NormRow, _| {
        let metric = NormMetric::from_key(&r.metric).ok_or_else(|| format!("unknown metric {:?}", r.metric))?;
        if r.unit != metric.unit() {
            return Err(format!("{} is counted in {}, not in {:?}", metric.key(), metric.unit(), r.unit));
        }
        let numbers = [r.value_min, r.value_max, r.households_town, r.households_country];
        if let Some(bad) = numbers.into_iter().flatten().find(|n| !(n.is_finite() && *n > 0.0)) {
            return Err(format!("{bad} is no value of a norm"));
        }
        if r.value_min.is_none() && r.value_max.is_none() {
            return Err("neither value_min nor value_max".into());
        }
        let households = match (metric, r.households_town) {
            (NormMetric::HouseholdsPerPoint, Some(town)) => {
                Some(HouseholdLimits { town, country: r.households_country })
            }
            (NormMetric::HouseholdsPerPoint, None) => return Err("no households_town".into()),
            (_, None) if r.households_country.is_none() => None,
            _ => return Err(format!("{} has no households", metric.key())),
        };
        Ok(Norm {
            rule: Name { zh: r.rule_zh, en: r.rule_en },
            metric,
            min: r.value_min,
            max: r.value_max,
            households,
            area: Name { zh: r.area_zh, en: r.area_en },
            origin: origin("norms", &r.id, &r.basis, r.source, r.year, &r.confidence, r.note)?,
            id: r.id,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Confidence};

    const HEAD: &str = "id,rule,rule_zh,rule_en,metric,value_min,value_max,households_town,households_country,unit,\
        area,area_zh,area_en,year,basis,source,confidence,note\n";

    #[test]
    fn a_norm_keeps_its_values_its_reading_and_its_origin() {
        let row =
            "N5,r,规,Rule,households_per_point,1000,1500,1500,2000,households,a,北京,Beijing,2019,published,s,weak,n\n";
        let (read, problems) = norms(&format!("{HEAD}{row}"));
        assert!(problems.is_empty(), "{problems:?}");
        let n = &read[0];
        assert_eq!((n.min, n.max), (Some(1000.0), Some(1500.0)));
        assert_eq!(n.households, Some(HouseholdLimits { town: 1500.0, country: Some(2000.0) }));
        assert_eq!((n.rule.zh.as_str(), n.area.en.as_str()), ("规", "Beijing"));
        assert_eq!((n.origin.table.as_str(), n.origin.row.as_str()), ("norms", "N5"));
        assert_eq!((n.origin.basis, n.origin.confidence), (Basis::Published, Confidence::Low));
    }

    #[test]
    fn what_does_not_fit_is_told_and_left_out() {
        let rows = [
            "A,,,,square,1,,,,m2,,,,,published,s,weak,",
            "B,,,,area_m2,1,,,,t,,,,,published,s,weak,",
            "C,,,,area_m2,,,,,m2,,,,,published,s,weak,",
            "D,,,,area_m2,1,,5,,m2,,,,,published,s,weak,",
            "E,,,,households_per_point,1,2,,,households,,,,,published,s,weak,",
            "F,,,,area_m2,0,,,,m2,,,,,published,s,weak,",
            "G,,,,area_m2,1,,,,m2,,,,,guessed,s,weak,",
        ];
        let (read, problems) = norms(&format!("{HEAD}{}\n", rows.join("\n")));
        assert!(read.is_empty());
        let words = ["metric", "counted in m2", "neither", "no households", "households_town", "no value", "basis"];
        assert_eq!(problems.len(), words.len());
        for (problem, word) in problems.iter().zip(words) {
            assert!(problem.message.contains(word), "{word}: {}", problem.message);
        }
    }
}
