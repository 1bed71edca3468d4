//! The facts that stand out, chosen by a rule that is stated: [`RULE`].

use super::{Measure, Normal, Profile, Profiles, Section};
use crate::model::Cluster;
use serde::{Deserialize, Serialize};

/// How facts are chosen: it stands in every report.
pub const RULE: &str = "most: the cluster that collects most, and its share of all three; spread: of the headline ratios that \
                        all three clusters have, the widest |max - min| over the mean of both sizes, times the weight of \
                        its section; change: of the headline measures of all clusters, the widest change against the \
                        baseline, measured alike";

/// What kind of fact it is: a sentence of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// A cluster has most; `ratio` is its share of all three.
    Most,
    /// Two clusters lie furthest apart; `other` is the lower one, `ratio` how many times.
    Spread,
    /// A cluster changed most against the baseline; `ratio` is the relative change, signed.
    Change,
    /// Nothing changed against the baseline.
    NoChange,
}

impl Template {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Most => "most",
            Self::Spread => "spread",
            Self::Change => "change",
            Self::NoChange => "no_change",
        }
    }
}

/// A fact that stands out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The sentence.
    pub template: Template,
    /// The row of the table that it is about.
    pub measure: Measure,
    /// The cluster that it is about.
    pub cluster: Cluster,
    /// The value there.
    pub value: f64,
    /// The cluster that it is compared with, and the value there.
    pub other: Option<(Cluster, f64)>,
    /// The value in the baseline.
    pub before: Option<f64>,
    /// Share, times, or relative change, as the template says.
    pub ratio: f64,
}

/// Changes and spreads below this are none: the proof of an allocation goes to a millionth.
const NOTICED: f64 = 1e-4;

/// How much a section counts where spreads are weighed: what a planner can act on first.
const fn weight(section: Section) -> f64 {
    match section {
        Section::Collection | Section::Access | Section::Haul | Section::Balance => 1.0,
        Section::Cost | Section::Carbon => 0.9,
        Section::Capacity => 0.8,
        Section::Structure => 0.6,
        Section::Data => 0.3,
    }
}

/// Measures that sentences are made of: one number an idea, no parts.
#[must_use]
pub fn headline() -> Vec<Measure> {
    use crate::model::Stream::{Al, Cu};
    vec![
        Measure::Collected(None),
        Measure::PeoplePerPoint,
        Measure::CoveredPeople,
        Measure::MeanWay,
        Measure::WorstToBest,
        Measure::MeanHaul,
        Measure::HubUse,
        Measure::NamedUse(None),
        Measure::Made(None),
        Measure::SelfSufficiency(Al),
        Measure::SelfSufficiency(Cu),
        Measure::CostPerTonne,
        Measure::Cost,
        Measure::Emitted,
    ]
}

/// The facts that stand out, at most three: see [`RULE`].
#[must_use]
pub fn story(plan: &Profiles, base: Option<&Profiles>) -> Vec<Fact> {
    [most(plan), spread(plan), base.and_then(|base| change(plan, base))].into_iter().flatten().collect()
}

fn told(m: Measure, of: &Profile) -> Option<f64> {
    m.value(of, Normal::Absolute).ok()
}

/// |a - b| over the mean of both sizes, from 0 to 2.
fn apart(a: f64, b: f64) -> f64 {
    let large = a.abs() + b.abs();
    if large > 0.0 { 2.0 * (a - b).abs() / large } else { 0.0 }
}

fn most(plan: &Profiles) -> Option<Fact> {
    let measure = Measure::Collected(None);
    let all = told(measure, &plan.all).filter(|all| *all > 0.0)?;
    let of = |c| Some((c, told(measure, &plan.by_cluster[c])?));
    // Of equals the first: max_by keeps the last.
    let (cluster, value) =
        Cluster::ALL.into_iter().rev().filter_map(of).max_by(|a: &(Cluster, f64), b| a.1.total_cmp(&b.1))?;
    Some(Fact { template: Template::Most, measure, cluster, value, other: None, before: None, ratio: value / all })
}

fn spread(plan: &Profiles) -> Option<Fact> {
    let mut best: Option<(f64, Fact)> = None;
    for measure in headline().into_iter().filter(|m| !m.unit().is_sum()) {
        let values = Cluster::ALL.map(|c| told(measure, &plan.by_cluster[c]).map(|v| (c, v)));
        let [Some(a), Some(b), Some(c)] = values else { continue };
        let mut sorted = [a, b, c];
        sorted.sort_by(|x, y| x.1.total_cmp(&y.1));
        let (low, high) = (sorted[0], sorted[2]);
        let wide = apart(high.1, low.1) * weight(measure.section());
        if low.1 > 0.0 && wide > NOTICED && best.as_ref().is_none_or(|b| wide > b.0) {
            let ratio = high.1 / low.1;
            let template = Template::Spread;
            let fact =
                Fact { template, measure, cluster: high.0, value: high.1, other: Some(low), before: None, ratio };
            best = Some((wide, fact));
        }
    }
    best.map(|b| b.1)
}

fn change(plan: &Profiles, base: &Profiles) -> Option<Fact> {
    let mut best: Option<(f64, Fact)> = None;
    for measure in headline() {
        for cluster in Cluster::ALL {
            let values = (told(measure, &plan.by_cluster[cluster]), told(measure, &base.by_cluster[cluster]));
            let (Some(value), Some(before)) = values else { continue };
            let wide = apart(value, before);
            let by_size = wide * weight(measure.section());
            if wide > NOTICED && best.as_ref().is_none_or(|b| by_size > b.0) {
                let ratio = if before == 0.0 { 1.0 } else { (value - before) / before.abs() };
                let template = Template::Change;
                let fact = Fact { template, measure, cluster, value, other: None, before: Some(before), ratio };
                best = Some((by_size, fact));
            }
        }
    }
    let none = || {
        let first = most(plan)?;
        Some(Fact { template: Template::NoChange, ..first })
    };
    best.map(|b| b.1).or_else(none)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::PerCluster, units::Amount};

    fn profiles(collected: [f64; 3], way: [f64; 3]) -> Profiles {
        let of = |i: usize| {
            let mut p = Profile::default();
            p.collected_t.al = Amount::new(collected[i]);
            p.access.brought_t = Amount::new(1.0);
            p.access.brought_tkm = Amount::new(way[i]);
            p
        };
        let mut all = Profile::default();
        all.collected_t.al = Amount::new(collected.iter().sum());
        Profiles { all, by_cluster: PerCluster { yrd: of(0), prd: of(1), bohai: of(2) } }
    }

    #[test]
    fn size_spread_and_change_are_told_in_this_order() {
        let base = profiles([50.0, 20.0, 30.0], [4.0, 4.0, 8.0]);
        let plan = profiles([50.0, 20.0, 30.0], [4.0, 3.0, 8.0]);
        let facts = story(&plan, Some(&base));
        assert_eq!(facts[0].template, Template::Most);
        assert_eq!((facts[0].cluster, facts[0].value, facts[0].ratio), (Cluster::Yrd, 50.0, 0.5));
        assert_eq!((facts[1].template, facts[1].measure), (Template::Spread, Measure::MeanWay));
        assert_eq!((facts[1].cluster, facts[1].other), (Cluster::Bohai, Some((Cluster::Prd, 3.0))));
        assert!((facts[1].ratio - 8.0 / 3.0).abs() < 1e-12);
        let change = facts[2];
        assert_eq!((change.template, change.cluster, change.before), (Template::Change, Cluster::Prd, Some(4.0)));
        assert_eq!(change.ratio, -0.25);
        let same = story(&base, Some(&base));
        assert_eq!(same[2].template, Template::NoChange);
        assert_eq!(story(&base, None).len(), 2);
        assert!(story(&Profiles::default(), None).is_empty());
    }
}
