//! From a report on norms to what the panel, the card and the map show.

use crate::map::view::{NormMark, Outcome};
use atlas_core::{
    catchment::{
        HOUSEHOLD_SIZE_KEY,
        norms::{Finding, Measured, NormReport, Subject, SubjectKind, Verdict},
    },
    geo::LonLat,
    model::{Norm, NormMetric},
};
use std::collections::BTreeMap;

/// How many people a real collection point of the baseline stands for.
pub const STREET_POINT_KEY: &str = "model.people_per_street_point.all";

impl From<Verdict> for Outcome {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Passes => Self::Passes,
            Verdict::Fails => Self::Fails,
            Verdict::CannotSay(_) => Self::CannotSay,
        }
    }
}

/// Which findings are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingFilter {
    /// Of one outcome, or all.
    pub outcome: Option<Outcome>,
    /// Of one norm, or all.
    pub norm: Option<String>,
}

/// The listed findings by row of the report: failures first, the worst of them first; then what nobody can say; then what passes,
/// the closest to its limit first. Of equals the one that comes first in the report.
#[must_use]
pub fn finding_rows(report: &NormReport, filter: &FindingFilter) -> Vec<usize> {
    let fits = |f: &Finding| {
        filter.outcome.is_none_or(|o| o == f.verdict.into()) && filter.norm.as_ref().is_none_or(|n| *n == f.norm)
    };
    let mut rows: Vec<usize> = (0..report.findings.len()).filter(|i| fits(&report.findings[*i])).collect();
    rows.sort_by(|a, b| {
        let (a, b) = (&report.findings[*a], &report.findings[*b]);
        rank(a.verdict.into()).cmp(&rank(b.verdict.into())).then_with(|| strain(b).total_cmp(&strain(a)))
    });
    rows
}

/// What asks for something to be done comes first.
const fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fails => 0,
        Outcome::CannotSay => 1,
        Outcome::Passes => 2,
    }
}

/// How hard a value presses on its limit, whatever is measured: 1 at the limit, 2 where it is twice too much or half of what must
/// be; nothing where nothing is measured.
fn strain(f: &Finding) -> f64 {
    f.measured.map_or(0.0, |m| if m.quantity.at_least() { 1.0 / m.ratio } else { m.ratio })
}

/// By how much a value differs from its limit, as a share of the limit.
#[must_use]
pub fn beyond(m: &Measured) -> f64 {
    m.ratio - 1.0
}

/// The findings on one facility.
#[must_use]
pub fn findings_on<'a>(report: &'a NormReport, facility: &str) -> Vec<&'a Finding> {
    let is_it = |f: &&Finding| match &f.subject {
        Subject::Point(id) | Subject::Hub(id) => id == facility,
        Subject::Prefecture(_) | Subject::Region => false,
    };
    report.findings.iter().filter(is_it).collect()
}

/// A mark for everything that has a place: with a failure where one norm is not kept, and without a verdict where one of the
/// norms cannot be judged.
#[must_use]
pub fn norm_marks(report: &NormReport) -> Vec<NormMark> {
    let mut worst = BTreeMap::<&Subject, (LonLat, Outcome, SubjectKind)>::new();
    for f in &report.findings {
        let (Some(at), outcome) = (f.at, Outcome::from(f.verdict)) else { continue };
        let known = worst.entry(&f.subject).or_insert((at, outcome, f.subject.kind()));
        if rank(outcome) < rank(known.1) {
            known.1 = outcome;
        }
    }
    worst.into_values().map(|(at, outcome, about)| NormMark { at, outcome, about }).collect()
}

/// The two ways in which a norm is held against a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Households against real collection points.
    Households,
    /// Gross tonnes of a hub.
    Throughput,
    /// Nothing can be measured.
    None,
}

impl Method {
    /// The method of a norm.
    #[must_use]
    pub fn of(norm: &Norm) -> Self {
        match norm.metric {
            NormMetric::HouseholdsPerPoint if norm.households.is_some() => Self::Households,
            NormMetric::ThroughputTPerYear if norm.min.is_some() => Self::Throughput,
            _ => Self::None,
        }
    }

    /// The key of its formula.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Households => "formula-norms-households",
            Self::Throughput => "formula-norms-throughput",
            Self::None => "formula-norms-none",
        }
    }

    /// Keys of the parameters it rests on, and of the words for the data behind it.
    #[must_use]
    pub const fn inputs(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Households => (&[HOUSEHOLD_SIZE_KEY, STREET_POINT_KEY], &["data-census", "data-points"]),
            Self::Throughput => (&[], &["data-plants", "data-points"]),
            Self::None => (&[], &[]),
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use atlas_core::{
        catchment::norms::{Missing, Quantity, Remedy},
        format::tables,
        model::{Basis, Name},
    };

    /// A finding of a norm; nothing is measured where the ratio is 0.
    pub fn finding(norm: &str, subject: Subject, verdict: Verdict, quantity: Quantity, ratio: f64) -> Finding {
        let (value, limit) = (100.0 * ratio, 100.0);
        let measured = Measured { quantity, value, limit, difference: value - limit, ratio, basis: Basis::Modelled };
        Finding {
            norm: norm.into(),
            at: (subject != Subject::Region).then(|| LonLat::new(121.0, 31.0)),
            subject,
            name: Name { zh: "甲".into(), en: "A".into() },
            province: "江苏省".into(),
            verdict,
            measured: (ratio > 0.0).then_some(measured),
            remedy: (verdict == Verdict::Fails).then_some(Remedy::AddPoints { real_points: 18 }),
        }
    }

    fn report() -> NormReport {
        let (few, many) = (Quantity::RealPoints, Quantity::HouseholdsPerPoint);
        let point = |id: &str| Subject::Point(id.into());
        NormReport {
            findings: vec![
                finding("N1", Subject::Prefecture(1), Verdict::Passes, few, 1.9),
                finding("N1", Subject::Prefecture(2), Verdict::Passes, few, 1.1),
                finding("N1", Subject::Prefecture(3), Verdict::Fails, few, 0.8),
                finding("N1", point("CP1"), Verdict::Fails, many, 3.0),
                finding("N1", point("CP2"), Verdict::CannotSay(Missing::RealPoints), many, 0.0),
                finding("N5", point("CP1"), Verdict::Passes, many, 0.5),
                finding("N3", Subject::Region, Verdict::CannotSay(Missing::Streets), few, 0.0),
            ],
            summary: vec![],
        }
    }

    #[test]
    fn the_worst_failures_come_first_and_the_easiest_passes_last() {
        let all = finding_rows(&report(), &FindingFilter::default());
        assert_eq!(all, [3, 2, 4, 6, 1, 0, 5]);
        let only = |outcome, norm: Option<&str>| {
            finding_rows(&report(), &FindingFilter { outcome, norm: norm.map(Into::into) })
        };
        assert_eq!(only(Some(Outcome::Fails), None), [3, 2]);
        assert_eq!(only(None, Some("N5")), [5]);
        assert!(only(Some(Outcome::Fails), Some("N5")).is_empty());
    }

    #[test]
    fn a_place_has_one_mark_of_its_worst_verdict() {
        let marks = norm_marks(&report());
        assert_eq!(marks.len(), 5, "the region has no place");
        let of = |about| marks.iter().filter(move |m| m.about == about).map(|m| m.outcome).collect::<Vec<_>>();
        assert_eq!(of(SubjectKind::Point), [Outcome::Fails, Outcome::CannotSay]);
        assert_eq!(of(SubjectKind::Prefecture), [Outcome::Passes, Outcome::Passes, Outcome::Fails]);
    }

    #[test]
    fn a_facility_has_its_own_findings() {
        let report = report();
        assert_eq!(findings_on(&report, "CP1").iter().map(|f| f.norm.as_str()).collect::<Vec<_>>(), ["N1", "N5"]);
        assert!(findings_on(&report, "1").is_empty(), "a code is no id");
    }

    #[test]
    fn every_parameter_behind_a_verdict_is_in_the_table() {
        let (parameters, _) = tables::parameters(include_str!("../../../data/tables/parameters.csv"));
        let (norms, _) = tables::norms(include_str!("../../../data/tables/norms.csv"));
        let methods: Vec<Method> = norms.iter().map(Method::of).collect();
        assert!(methods.contains(&Method::Households) && methods.contains(&Method::Throughput));
        for m in methods {
            assert!(m.inputs().0.iter().all(|k| parameters.get(k).is_some()), "{m:?}");
        }
    }
}
