//! Findings and norms in words.

use crate::i18n::{Lang, Quantity as Unit, exact, has, integer, signed, significant, t, tr};
use atlas_core::{
    catchment::norms::{Measured, Quantity, Remedy, Verdict},
    model::{Norm, NormMetric},
};

/// An amount of what is measured, with its unit.
fn amount(lang: Lang, quantity: Quantity, value: f64) -> String {
    match quantity {
        Quantity::RealPoints | Quantity::HouseholdsPerPoint => significant(value),
        Quantity::GrossTPerYear => tonnes(lang, value),
    }
}

fn tonnes(lang: Lang, value: f64) -> String {
    let unit = Unit::TonnesPerYear;
    format!("{} {}", significant(unit.scaled(value, lang)), unit.unit(lang))
}

/// The value beside its limit, and how the value is known.
pub fn measured_words(lang: Lang, m: &Measured) -> String {
    let basis = t(lang, &format!("basis-{}", m.basis.key()));
    let (value, limit) = (amount(lang, m.quantity, m.value), amount(lang, m.quantity, m.limit));
    let key = format!("finding-{}", m.quantity.key());
    tr(lang, &key, &[("value", &value), ("limit", &limit), ("basis", &basis)])
}

/// Value less limit, with the unit.
pub fn difference_words(lang: Lang, m: &Measured) -> String {
    let unit = Unit::TonnesPerYear;
    match m.quantity {
        Quantity::RealPoints | Quantity::HouseholdsPerPoint => {
            tr(lang, &format!("difference-{}", m.quantity.key()), &[("n", &signed(m.difference))])
        }
        Quantity::GrossTPerYear => format!("{} {}", signed(unit.scaled(m.difference, lang)), unit.unit(lang)),
    }
}

/// What would mend a failure, or what would have to be known.
pub fn remedy_words(lang: Lang, remedy: Remedy) -> String {
    match remedy {
        Remedy::AddPoints { real_points } => tr(lang, "remedy-add_points", &[("n", &integer(f64::from(real_points)))]),
        Remedy::EnlargeTo { t_per_year } => tr(lang, "remedy-enlarge_to", &[("t", &tonnes(lang, t_per_year))]),
        Remedy::SendMore { t_per_year } => tr(lang, "remedy-send_more", &[("t", &tonnes(lang, t_per_year))]),
        Remedy::FindOut { what } => {
            tr(lang, "remedy-find_out", &[("what", &t(lang, &format!("missing-{}", what.key())))])
        }
    }
}

/// Why nothing can be said, where there is no remedy that says it.
pub fn reason_words(lang: Lang, verdict: Verdict, remedy: Option<Remedy>) -> Option<String> {
    match (verdict, remedy) {
        (Verdict::CannotSay(what), None) => Some(t(lang, &format!("missing-{}", what.key()))),
        _ => None,
    }
}

/// The limit of a norm as its source has it.
pub fn limit_words(lang: Lang, norm: &Norm) -> String {
    if let Some(limits) = norm.households {
        let town = exact(limits.town);
        return match limits.country {
            Some(country) => tr(lang, "norm-limit-households", &[("town", &town), ("country", &exact(country))]),
            None => tr(lang, "norm-limit-households-town", &[("town", &town)]),
        };
    }
    let number = |v: f64| {
        let key = format!("norm-unit-{}", norm.metric.key());
        if has(lang, &key) { tr(lang, &key, &[("n", &exact(v))]) } else { exact(v) }
    };
    match (norm.metric, norm.min, norm.max) {
        (NormMetric::Points, Some(n), _) | (NormMetric::Points, None, Some(n)) => {
            tr(lang, "norm-limit-about", &[("n", &number(n))])
        }
        (_, Some(a), Some(b)) => tr(lang, "norm-limit-between", &[("from", &exact(a)), ("to", &number(b))]),
        (_, Some(a), None) => tr(lang, "norm-limit-least", &[("n", &number(a))]),
        (_, None, Some(b)) => tr(lang, "norm-limit-most", &[("n", &number(b))]),
        (_, None, None) => t(lang, "norm-limit-none"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::{
        catchment::norms::{Missing, NormProfile},
        format::tables,
        model::Basis,
    };

    const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

    #[test]
    fn every_finding_has_words_in_both_languages() {
        for lang in BOTH {
            for quantity in [Quantity::RealPoints, Quantity::HouseholdsPerPoint, Quantity::GrossTPerYear] {
                let m = Measured {
                    quantity,
                    value: 82_000.0,
                    limit: 100_000.0,
                    difference: -18_000.0,
                    ratio: 0.82,
                    basis: Basis::Modelled,
                };
                for words in [measured_words(lang, &m), difference_words(lang, &m)] {
                    assert!(
                        !words.contains("finding-") && !words.contains("difference-") && !words.contains('$'),
                        "{words}"
                    );
                }
                assert!(measured_words(lang, &m).contains(&t(lang, "basis-modelled")));
            }
            for what in Missing::ALL {
                let words = remedy_words(lang, Remedy::FindOut { what });
                assert!(!words.contains("missing-") && !words.contains("remedy-"), "{words}");
            }
        }
        assert_eq!(remedy_words(Lang::En, Remedy::AddPoints { real_points: 18 }), "18 more street points");
        assert_eq!(remedy_words(Lang::En, Remedy::SendMore { t_per_year: 4200.0 }), "send 4.20 kt/y more");
        assert_eq!(remedy_words(Lang::Zh, Remedy::EnlargeTo { t_per_year: 3e4 }), "扩建到 3.00 万吨/年");
    }

    #[test]
    fn every_norm_of_the_table_has_a_limit_in_words_and_every_set_a_name() {
        let (norms, _) = tables::norms(include_str!("../../../../data/tables/norms.csv"));
        for lang in BOTH {
            for norm in &norms {
                let words = limit_words(lang, norm);
                assert!(!words.contains("norm-") && words.chars().any(|c| c.is_ascii_digit()), "{}: {words}", norm.id);
            }
            for profile in NormProfile::standard() {
                assert!(has(lang, &format!("norms-profile-{}", profile.key)), "{}", profile.key);
            }
        }
    }
}
