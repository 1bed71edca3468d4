//! Which norms apply where: the user's choice, and the sets that are offered.

use crate::model::Norm;
use serde::{Deserialize, Serialize};

/// One norm and where it applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NormChoice {
    /// Id of the norm.
    pub norm: String,
    /// Provinces in Chinese that it is applied to; everywhere where there are none. The area that it was made for is no
    /// bound: how a city fares by the norm of another one is a fair question.
    #[serde(default)]
    pub provinces: Vec<String>,
}

impl NormChoice {
    /// True where it applies to things of a province.
    #[must_use]
    pub fn holds_in(&self, province: &str) -> bool {
        self.provinces.is_empty() || self.provinces.iter().any(|p| p == province)
    }
}

/// A set of norms that apply together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NormProfile {
    /// Stable key, which the app translates; `own` for a set that the user put together.
    pub key: String,
    /// The norms, in the order they are checked.
    pub choices: Vec<NormChoice>,
}

/// The sets that are offered, with their keys.
const STANDARD: [(&str, &[&str]); 6] = [
    ("shanghai_2019", &["N1", "N3", "N8"]),
    ("beijing_2024", &["N6", "N8"]),
    ("general", &["N4", "N8"]),
    ("beijing_commerce", &["N5"]),
    ("batteries", &["N11", "N12"]),
    ("shandong_base", &["N10", "N1"]),
];

impl NormProfile {
    /// The sets that are offered, applied everywhere.
    #[must_use]
    pub fn standard() -> Vec<Self> {
        STANDARD.into_iter().map(|(key, norms)| Self { key: key.into(), ..Self::own(norms.iter().copied()) }).collect()
    }

    /// A set that the user put together: each norm once, everywhere.
    #[must_use]
    pub fn own<'a>(norms: impl IntoIterator<Item = &'a str>) -> Self {
        let mut choices: Vec<NormChoice> = Vec::new();
        for norm in norms {
            if choices.iter().all(|c| c.norm != norm) {
                choices.push(NormChoice { norm: norm.into(), provinces: Vec::new() });
            }
        }
        Self { key: "own".into(), choices }
    }

    /// The same norms in some provinces only.
    #[must_use]
    pub fn within(mut self, provinces: &[String]) -> Self {
        for choice in &mut self.choices {
            choice.provinces = provinces.to_vec();
        }
        self
    }

    /// The norms it chooses, in its order.
    #[must_use]
    pub fn norms<'a>(&self, norms: &'a [Norm]) -> Vec<&'a Norm> {
        self.choices.iter().filter_map(|c| norms.iter().find(|n| n.id == c.norm)).collect()
    }

    /// Ids it chooses that are not in the list.
    #[must_use]
    pub fn unknown<'a>(&'a self, norms: &[Norm]) -> Vec<&'a str> {
        let unknown = self.choices.iter().filter(|c| norms.iter().all(|n| n.id != c.norm));
        unknown.map(|c| c.norm.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_holds_everywhere_or_where_it_says() {
        let everywhere = NormProfile::own(["N1", "N8", "N1"]);
        assert_eq!(everywhere.choices.len(), 2);
        assert!(everywhere.choices[0].holds_in("上海市"));
        let there = everywhere.within(&["江苏省".into()]);
        assert!(there.choices.iter().all(|c| c.holds_in("江苏省") && !c.holds_in("上海市")));
        assert_eq!(there.unknown(&[]), ["N1", "N8"]);
    }

    #[test]
    fn every_offered_set_has_a_key_of_its_own() {
        let mut keys: Vec<String> = NormProfile::standard().into_iter().map(|p| p.key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), STANDARD.len());
        assert!(!keys.contains(&"own".into()));
    }
}
