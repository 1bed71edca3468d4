//! What people call a parameter: words for its group and key, filled with those for metal, mode, part and year.

use super::{Lang, has, province, t, tr};
use atlas_core::model::{PlantFeature, ScrapModel};

/// The name of a parameter by its key, `group.key.metal[.mode][.year][.part]`; the key itself where no words are there.
#[must_use]
pub fn parameter_name(lang: Lang, key: &str) -> String {
    if let Some((adcode, stream)) = ScrapModel::read_key(key) {
        let metal = t(lang, &format!("stream-{}", stream.key()));
        return tr(lang, "scrap-set-name", &[("place", &adcode.to_string()), ("metal", &metal)]);
    }
    if let Some((feature, id)) = PlantFeature::read_key(key) {
        return tr(lang, "param-plant", &[("what", &t(lang, &format!("technology-{}", feature.key()))), ("place", id)]);
    }
    if let Some(place) = key.strip_prefix("process.grid.all.") {
        return tr(lang, "param-process-grid", &[("place", province(lang, place))]);
    }
    let parts: Vec<&str> = key.split('.').collect();
    let &[group, item, metal, ref rest @ ..] = parts.as_slice() else { return key.to_owned() };
    // The most special words first: for one row, for one metal, for all of a kind.
    let wordings = [
        format!("param-{}", key.replace('.', "-")),
        format!("param-{group}-{item}-{metal}"),
        format!("param-{group}-{item}"),
    ];
    let Some(wording) = wordings.iter().find(|w| has(lang, w)) else { return key.to_owned() };
    let (mut mode, mut part, mut year) = (String::new(), String::new(), None);
    for word in rest {
        if has(lang, &format!("param-mode-{word}")) {
            mode = t(lang, &format!("param-mode-{word}"));
        } else if word.len() >= 4 {
            year = Some(*word);
        } else {
            part = t(lang, &format!("param-part-{word}"));
        }
    }
    let metal = t(lang, &format!("param-metal-{metal}"));
    let name = tr(lang, wording, &[("metal", &metal), ("mode", &mode), ("part", &part)]);
    year.map_or(name.clone(), |year| tr(lang, "param-year", &[("name", &name), ("year", year)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::format::tables;
    use std::collections::BTreeSet;

    #[test]
    fn every_parameter_of_the_table_has_a_name_of_its_own_in_both_languages() {
        let (parameters, problems) = tables::parameters(include_str!("../../../data/tables/parameters.csv"));
        assert!(problems.is_empty() && parameters.rows().len() > 150);
        for lang in [Lang::Zh, Lang::En] {
            let mut seen = BTreeSet::new();
            for p in parameters.rows() {
                let name = parameter_name(lang, &p.key);
                assert!(name != p.key && !name.contains("param-") && !name.contains('$'), "{}: {name}", p.key);
                assert!(seen.insert(name.clone()), "{}: {name:?} is the name of another one", p.key);
            }
        }
    }

    #[test]
    fn names_are_joined_as_each_language_does() {
        let both = |key| (parameter_name(Lang::Zh, key), parameter_name(Lang::En, key));
        let (zh, en) = both("freight.cost.all.truck_full");
        assert_eq!(
            (zh.as_str(), en.as_str()),
            ("\u{516c}\u{8def}\u{6574}\u{8f66}\u{8fd0}\u{4ef7}", "Freight price: full truckload")
        );
        assert_eq!(both("national.recovery_rate.all.2025").1, "Recovery rate, 2025");
        assert_eq!(both("model.weights_scrap.Cu.3").1, "Scrap weight, copper: industry");
        assert_eq!(both("nobody.knows.this").1, "nobody.knows.this");
    }
}
