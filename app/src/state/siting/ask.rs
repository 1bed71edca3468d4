//! The question about new sites as a sentence and a list of limits: what a person chooses, and the question that is asked.

use super::list::SiteList;
use atlas_core::{
    catchment::{Demand, Measure, norms::NormProfile},
    geo::LonLat,
    model::{Baseline, FacilityKind, Name, Stream},
    siting::planning::{Aim, Area, By, Candidates, Existing, Futures, Limit, Question, Relaxation},
};
use std::{collections::BTreeMap, rc::Rc};

/// Where new sites may go, as the sentence offers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Populated places.
    #[default]
    Places,
    /// Demand cells.
    Cells,
    /// Populated places within a ring drawn on the map.
    Drawn,
    /// An imported list.
    List,
    /// Facilities that are there: closed, or open to closing.
    Existing,
}

impl Source {
    /// All, in the order of the choice.
    pub const ALL: [Self; 5] = [Self::Places, Self::Cells, Self::Drawn, Self::List, Self::Existing];

    /// The stable key for translations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Places => "places",
            Self::Cells => "cells",
            Self::Drawn => "drawn",
            Self::List => "list",
            Self::Existing => "existing",
        }
    }
}

/// A limit that can be added to the question and taken off again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// Nobody further than.
    Limit,
    /// Sites apart.
    Apart,
    /// Areas drawn on the map where nothing may stand.
    Forbidden,
    /// Yuan a year for all new sites.
    Budget,
    /// Yuan a year for one.
    SiteCost,
    /// Tonnes a year that one takes.
    Capacity,
    /// A set of siting norms.
    Norms,
}

impl LimitKind {
    /// All, in the order of the list.
    pub const ALL: [Self; 7] =
        [Self::Limit, Self::Apart, Self::Forbidden, Self::Budget, Self::SiteCost, Self::Capacity, Self::Norms];

    /// The stable key for translations and ids.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Apart => "apart",
            Self::Forbidden => "forbidden",
            Self::Budget => "budget",
            Self::SiteCost => "cost",
            Self::Capacity => "capacity",
            Self::Norms => "norms",
        }
    }

    /// How many of the question's units one unit of the field is: money is typed in ten thousand yuan.
    #[must_use]
    pub const fn scale(self) -> f64 {
        match self {
            Self::Budget | Self::SiteCost => 1e4,
            _ => 1.0,
        }
    }

    /// Where a diagnostic of the question speaks of it.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Apart => "apart_km",
            Self::Forbidden => "forbidden",
            Self::Budget => "budget",
            Self::SiteCost => "site_cost",
            Self::Capacity => "capacity_t",
            Self::Norms => "norms",
        }
    }
}

/// Something else is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum AskAction {
    /// Collection points or hubs.
    Kind(FacilityKind),
    /// For a stream, or any.
    Stream(Option<Stream>),
    /// What is made best.
    Aim(Aim),
    /// How many.
    Count(usize),
    /// Within a prefecture, a province or a cluster, by code or key; everywhere.
    Within(Option<String>),
    /// Candidates.
    From(Source),
    /// A list of candidates was read.
    List(SiteList),
    /// What "near" is measured in.
    Measure(Measure),
    /// What demand is counted in.
    Demand(Demand),
    /// What becomes of existing facilities.
    Existing(Existing),
    /// A limit is added with its usual value.
    Add(LimitKind),
    /// A limit is taken off.
    Remove(LimitKind),
    /// A limit has another value, in the question's unit.
    Value(LimitKind, f64),
    /// The set of norms.
    Norms(String),
    /// A site must be open, or must not; it is called so.
    Lock(String, Name, bool),
    /// A lock is taken off.
    Unlock(String),
    /// A forbidden area is taken off.
    Allow(usize),
    /// A limit is relaxed as was advised.
    Relax(Relaxation),
    /// Good in drawn futures in this sense, or for the table's values alone.
    Futures(Option<By>),
    /// In so many futures.
    Runs(u32),
    /// Drawn from this seed.
    FuturesSeed(u64),
}

/// The question under the pen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ask {
    /// As it stands, but for the candidates.
    pub question: Question,
    /// Where candidates come from.
    pub source: Source,
    /// The ring within which they must stand, for [`Source::Drawn`].
    pub ring: Vec<LonLat>,
    /// The imported list.
    pub list: Rc<SiteList>,
    /// True where forbidden areas are among the limits, also before the first is drawn.
    pub forbids: bool,
    /// What locked sites are called.
    pub names: BTreeMap<String, Name>,
    /// How many futures and from which seed, also while none are asked about.
    pub drawn: Drawn,
}

/// How many futures are drawn, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// How many.
    pub runs: u32,
    /// The seed.
    pub seed: u64,
}

impl Default for Drawn {
    fn default() -> Self {
        // Set by us: as many as there are quantile dots.
        Self { runs: 20, seed: 1 }
    }
}

/// What one limit is at first.
fn usual(kind: LimitKind, q: &Question) -> f64 {
    let hub = q.kind == FacilityKind::Hub;
    match kind {
        LimitKind::Limit => q.measure.usual_bands(q.kind)[2],
        LimitKind::Apart => {
            if hub {
                100.0
            } else {
                15.0
            }
        }
        LimitKind::Budget => {
            if hub {
                5e7
            } else {
                2e6
            }
        }
        LimitKind::SiteCost => {
            if hub {
                1.2e7
            } else {
                2e5
            }
        }
        LimitKind::Capacity => {
            if hub {
                1e5
            } else {
                1e3
            }
        }
        LimitKind::Forbidden | LimitKind::Norms => 0.0,
    }
}

impl Ask {
    /// True where the aim says how many sites there are.
    #[must_use]
    pub const fn counts(&self) -> bool {
        matches!(self.question.aim, Aim::Nearest | Aim::MostCovered | Aim::LeastLongest)
    }

    /// True where the aim makes no sense without a limit of ways.
    #[must_use]
    pub const fn needs_limit(&self) -> bool {
        matches!(self.question.aim, Aim::MostCovered | Aim::FewestSites)
    }

    /// The value of a limit that is a number.
    #[must_use]
    pub const fn value(&self, kind: LimitKind) -> Option<f64> {
        let q = &self.question;
        match kind {
            LimitKind::Limit => q.limit,
            LimitKind::Apart => q.apart_km,
            LimitKind::Budget => q.budget,
            LimitKind::SiteCost => q.site_cost,
            LimitKind::Capacity => q.capacity_t,
            LimitKind::Forbidden | LimitKind::Norms => None,
        }
    }

    /// True where a limit is in the question.
    #[must_use]
    pub const fn has(&self, kind: LimitKind) -> bool {
        match kind {
            LimitKind::Forbidden => self.forbids,
            LimitKind::Norms => self.question.norms.is_some(),
            _ => self.value(kind).is_some(),
        }
    }

    /// The question that is asked.
    #[must_use]
    pub fn asked(&self) -> Question {
        let mut q = self.question.clone();
        q.candidates = match self.source {
            Source::Places | Source::Drawn => Candidates::Places,
            Source::Cells => Candidates::Cells,
            Source::List => Candidates::List(self.list.spots.clone()),
            Source::Existing => Candidates::None,
        };
        if self.source == Source::Drawn && self.ring.len() > 2 {
            // Whose way counts does not shrink with where sites may go.
            q.serves = Some(q.area.clone());
            q.area.ring = self.ring.clone();
        }
        if !self.futures_matter() {
            q.futures = None;
        }
        q
    }

    /// False where the aim rests on nothing that is drawn.
    #[must_use]
    pub const fn futures_matter(&self) -> bool {
        !matches!(self.question.aim, Aim::FewestSites | Aim::LeastLongest)
    }

    /// What is to be known of futures with this question, as the key of its words.
    #[must_use]
    pub fn futures_hint(&self) -> Option<&'static str> {
        let q = &self.question;
        q.futures?;
        if !self.futures_matter() {
            return Some("robust-cannot-matter");
        }
        let points = q.kind == FacilityKind::CollectionPoint && q.aim != Aim::LeastCost;
        (points && q.demand != Demand::Tonnes).then_some("robust-people")
    }

    /// What keeps the question from being asked, as the key of its words.
    #[must_use]
    pub fn missing(&self) -> Option<&'static str> {
        match self.source {
            Source::Drawn if self.ring.len() < 3 => Some("siting-missing-ring"),
            Source::List if self.list.spots.is_empty() => Some("siting-missing-list"),
            Source::Existing if self.question.existing == Existing::Keep => Some("siting-missing-existing"),
            _ => None,
        }
    }

    /// The question after a change.
    #[must_use]
    pub fn after(&self, action: AskAction) -> Self {
        let mut next = self.clone();
        let q = &mut next.question;
        match action {
            AskAction::Kind(kind) if kind != q.kind => {
                q.kind = kind;
                // What is near or dear for a point is neither for a hub.
                let given = LimitKind::ALL.into_iter().filter(|k| self.value(*k).is_some());
                let usual: Vec<(LimitKind, f64)> = given.map(|k| (k, usual(k, q))).collect();
                usual.into_iter().for_each(|(k, v)| next.set(k, Some(v)));
            }
            AskAction::Measure(measure) if measure != q.measure => {
                q.measure = measure;
                if q.limit.is_some() {
                    q.limit = Some(usual(LimitKind::Limit, q));
                }
            }
            AskAction::Kind(_) | AskAction::Measure(_) => {}
            AskAction::Stream(stream) => q.stream = stream,
            AskAction::Aim(aim) => {
                q.aim = aim;
                if next.needs_limit() && next.question.limit.is_none() {
                    let value = usual(LimitKind::Limit, &next.question);
                    next.question.limit = Some(value);
                }
            }
            AskAction::Count(count) => q.count = count,
            AskAction::Within(within) => q.area = Area { within: within.into_iter().collect(), ring: Vec::new() },
            AskAction::From(source) => {
                next.source = source;
                // Nothing could be chosen among facilities that all stay.
                if source == Source::Existing && next.question.existing == Existing::Keep {
                    next.question.existing = Existing::MayClose;
                }
            }
            AskAction::List(list) => {
                next.list = Rc::new(list);
                next.source = Source::List;
            }
            AskAction::Demand(demand) => q.demand = demand,
            AskAction::Existing(existing) => q.existing = existing,
            AskAction::Add(LimitKind::Forbidden) => next.forbids = true,
            AskAction::Add(LimitKind::Norms) => {
                q.norms = NormProfile::standard().into_iter().next().map(|p| p.key);
            }
            AskAction::Add(kind) => {
                let value = usual(kind, q);
                next.set(kind, Some(value));
            }
            AskAction::Remove(LimitKind::Forbidden) => {
                q.forbidden.clear();
                next.forbids = false;
            }
            AskAction::Remove(LimitKind::Norms) => q.norms = None,
            AskAction::Remove(kind) => next.set(kind, None),
            AskAction::Value(kind, value) => next.set(kind, Some(value)),
            AskAction::Norms(key) => q.norms = Some(key),
            AskAction::Lock(id, name, open) => {
                q.open.retain(|i| *i != id);
                q.closed.retain(|i| *i != id);
                if open { &mut q.open } else { &mut q.closed }.push(id.clone());
                next.names.insert(id, name);
            }
            AskAction::Unlock(id) => {
                q.open.retain(|i| *i != id);
                q.closed.retain(|i| *i != id);
            }
            AskAction::Allow(row) => {
                if row < q.forbidden.len() {
                    q.forbidden.remove(row);
                }
            }
            AskAction::Relax(relaxation) => next.relax(relaxation),
            AskAction::Futures(by) => {
                let Drawn { runs, seed } = next.drawn;
                q.futures = by.map(|by| Futures { runs, seed, by });
            }
            AskAction::Runs(runs) => {
                next.drawn.runs = runs;
                q.futures = q.futures.map(|f| Futures { runs, ..f });
            }
            AskAction::FuturesSeed(seed) => {
                next.drawn.seed = seed;
                q.futures = q.futures.map(|f| Futures { seed, ..f });
            }
        }
        next
    }

    fn set(&mut self, kind: LimitKind, value: Option<f64>) {
        let q = &mut self.question;
        match kind {
            LimitKind::Limit => q.limit = value,
            LimitKind::Apart => q.apart_km = value,
            LimitKind::Budget => q.budget = value,
            LimitKind::SiteCost => q.site_cost = value,
            LimitKind::Capacity => q.capacity_t = value,
            LimitKind::Forbidden | LimitKind::Norms => {}
        }
    }

    /// Without a value the limit itself goes.
    fn relax(&mut self, r: Relaxation) {
        let q = &mut self.question;
        match r.limit {
            Limit::Count => {
                if let Some(to) = r.to {
                    q.count = to.max(1.0) as usize;
                }
            }
            Limit::Limit => q.limit = r.to,
            Limit::Apart => q.apart_km = r.to.filter(|to| *to > 0.0),
            Limit::Budget => q.budget = r.to,
            Limit::Capacity => q.capacity_t = r.to,
            Limit::Locks => {
                q.open.clear();
                q.closed.clear();
            }
        }
    }
}

/// A province that can be chosen: its code, its name in Chinese, code and name of its prefectures.
pub type ProvinceChoice = (String, String, Vec<(String, Name)>);

/// Provinces of the clusters with their prefectures.
#[must_use]
pub fn area_choices(baseline: &Baseline) -> Vec<ProvinceChoice> {
    let mut found: Vec<ProvinceChoice> = Vec::new();
    for p in baseline.prefectures.iter().filter(|p| p.cluster.is_some()) {
        let prefecture = (p.adcode.to_string(), p.name.clone());
        let code = (p.adcode / 10_000 * 10_000).to_string();
        match found.iter_mut().find(|f| f.0 == code) {
            Some(f) => f.2.push(prefecture),
            None => found.push((code, p.province.clone(), vec![prefecture])),
        }
    }
    found
}

/// A number that was typed: above zero.
#[must_use]
pub fn typed_number(typed: &str) -> Option<f64> {
    let value: f64 = typed.trim().replace(',', "").parse().ok()?;
    (value.is_finite() && value > 0.0).then_some(value)
}

/// A number of sites that was typed.
#[must_use]
pub fn typed_count(typed: &str) -> Option<usize> {
    typed.trim().parse().ok().filter(|n| (1..=MOST_SITES).contains(n))
}

/// A whole number that was typed, from `least` to `most`.
#[must_use]
pub fn typed_whole(typed: &str, least: u64, most: u64) -> Option<u64> {
    typed.trim().parse().ok().filter(|n| (least..=most).contains(n))
}

/// More sites than this are no plan that anybody reads.
pub const MOST_SITES: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_come_with_usual_values_and_go_again() {
        let ask = Ask::default().after(AskAction::Add(LimitKind::Limit)).after(AskAction::Add(LimitKind::Apart));
        assert_eq!((ask.question.limit, ask.question.apart_km), (Some(20.0), Some(15.0)));
        let hubs = ask.after(AskAction::Kind(FacilityKind::Hub));
        assert_eq!(
            (hubs.question.limit, hubs.question.apart_km, hubs.question.budget),
            (Some(200.0), Some(100.0), None)
        );
        let minutes = ask.after(AskAction::Measure(Measure::Minutes));
        assert_eq!((minutes.question.limit, minutes.question.apart_km), (Some(40.0), Some(15.0)));
        let none = LimitKind::ALL.into_iter().fold(ask, |a, k| a.after(AskAction::Add(k)).after(AskAction::Remove(k)));
        assert_eq!(none.asked(), Question::default());
    }

    #[test]
    fn futures_are_asked_about_where_they_matter_and_keep_their_number() {
        let ask = Ask::default().after(AskAction::Runs(50)).after(AskAction::FuturesSeed(7));
        assert_eq!(ask.asked().futures, None, "numbers alone ask for nothing");
        let ask = ask.after(AskAction::Futures(Some(By::Regret)));
        assert_eq!(ask.asked().futures, Some(Futures { runs: 50, seed: 7, by: By::Regret }));
        assert_eq!(ask.futures_hint(), Some("robust-people"));
        let tonnes = ask.after(AskAction::Demand(Demand::Tonnes));
        assert_eq!(tonnes.futures_hint(), None);
        let longest = tonnes.after(AskAction::Aim(Aim::LeastLongest));
        assert_eq!((longest.asked().futures, longest.futures_hint()), (None, Some("robust-cannot-matter")));
        let again = longest.after(AskAction::Aim(Aim::Nearest)).after(AskAction::Runs(9));
        assert_eq!(again.asked().futures.map(|f| f.runs), Some(9));
        let none = again.after(AskAction::Futures(None)).after(AskAction::Futures(Some(By::Mean)));
        assert_eq!(none.asked().futures, Some(Futures { runs: 9, seed: 7, by: By::Mean }));
        assert_eq!(
            [typed_whole("0", 1, 500), typed_whole(" 20 ", 1, 500), typed_whole("2.5", 0, 9)],
            [None, Some(20), None]
        );
    }

    #[test]
    fn an_aim_that_needs_a_limit_brings_one() {
        let ask = Ask::default().after(AskAction::Aim(Aim::MostCovered));
        assert_eq!((ask.question.limit, ask.counts()), (Some(20.0), true));
        assert!(!ask.after(AskAction::Aim(Aim::FewestSites)).counts());
    }

    #[test]
    fn a_drawn_ring_says_where_sites_go_and_not_whom_they_serve() {
        let mut ask =
            Ask::default().after(AskAction::Within(Some("340000".into()))).after(AskAction::From(Source::Drawn));
        assert_eq!(ask.missing(), Some("siting-missing-ring"));
        ask.ring = vec![LonLat::new(117.0, 31.0), LonLat::new(118.0, 31.0), LonLat::new(118.0, 32.0)];
        let q = ask.asked();
        assert_eq!((q.area.ring.len(), q.area.within.clone()), (3, vec!["340000".to_owned()]));
        assert_eq!(q.serves, Some(Area { within: vec!["340000".into()], ring: vec![] }));
        assert_eq!(ask.missing(), None);
    }

    #[test]
    fn a_lock_replaces_its_opposite_and_relaxing_locks_takes_all_off() {
        let name = || Name { zh: "甲".into(), en: "A".into() };
        let ask = Ask::default()
            .after(AskAction::Lock("place:1".into(), name(), true))
            .after(AskAction::Lock("place:1".into(), name(), false))
            .after(AskAction::Lock("place:2".into(), name(), true));
        assert_eq!(
            (ask.question.open.as_slice(), ask.question.closed.as_slice()),
            (&["place:2".to_owned()][..], &["place:1".to_owned()][..])
        );
        let relaxed = ask.after(AskAction::Relax(Relaxation { limit: Limit::Locks, to: None, least: true }));
        assert!(relaxed.question.open.is_empty() && relaxed.question.closed.is_empty());
        let more =
            Ask::default().after(AskAction::Relax(Relaxation { limit: Limit::Count, to: Some(14.0), least: true }));
        assert_eq!(more.question.count, 14);
    }

    #[test]
    fn only_numbers_that_can_be_are_read() {
        assert_eq!(
            [typed_number("20"), typed_number(" 1,500.5 "), typed_number("0"), typed_number("x")],
            [Some(20.0), Some(1500.5), None, None]
        );
        assert_eq!(
            [typed_count("10"), typed_count("0"), typed_count("9999"), typed_count("1.5")],
            [Some(10), None, None, None]
        );
    }
}
