//! What breaks the network, as the page knows it: shocks ranked, the detour that is looked at, and plans in all cases.

mod drawn;
mod words;

pub use drawn::{HarmBar, detour_geojson, detour_marks, detour_rows, harm_bars};
pub use words::{
    DetourRow, case_words, harm_words, naming, plan_words, regret_sentences, shock_words, stop_words, stress_csv,
    stress_sentence, stress_summary,
};

use super::{AppState, Choice, compare::same_work};
use crate::compute::protocol::{StressNews, StressTold};
use atlas_core::{
    model::Baseline,
    profile::Measure,
    response::Aim,
    scenario::{Document, Scenario},
    uncertainty::{Detour, Payoffs, Ranking, Shock, ShockKind, Stressed, general},
};
use std::rc::Rc;

/// What plans can be compared by across what may happen.
pub const REGRET_AIMS: [Measure; 4] = [Measure::Made(None), Measure::Cost, Measure::Emitted, Measure::NetAvoided];
/// So many of the worst single facilities are among the cases.
const WORST: usize = 5;

/// Shocks of a plan, ranked.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The plan.
    pub document: Rc<Document>,
    /// Its shocks.
    pub ranking: Ranking,
    /// True where all that were asked for are measured.
    pub whole: bool,
}

/// Plans, with what they are called.
pub type Plans = Vec<(Choice, Rc<Scenario>)>;

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cases {
    /// The plans.
    pub plans: Plans,
    /// What may happen to them.
    pub shocks: Vec<Shock>,
}

/// Plans in all cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Regretted {
    /// The plans, with what they are called.
    pub plans: Plans,
    /// Their outcomes.
    pub payoffs: Payoffs,
    /// True where all are known.
    pub whole: bool,
}

/// What is at work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// Number of the question; 0 before the first.
    pub run: u64,
    /// True while it is being answered.
    pub running: bool,
    /// True where it is asked to stop.
    pub stopping: bool,
    /// How much of how much is done.
    pub far: (u32, u32),
}

impl Work {
    fn begin(&mut self) {
        *self = Self { run: self.run + 1, running: true, ..Self::default() };
    }

    fn end(&mut self) {
        self.running = false;
        self.stopping = false;
    }

    /// The share that is done, from 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        let (done, all) = self.far;
        if all > 0 { f64::from(done) / f64::from(all) } else { 0.0 }
    }
}

/// Everything about what breaks the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Stresses {
    /// Ports and rail hubs are tried, too.
    pub terminals: bool,
    /// Ranking.
    pub rank: Work,
    /// The plan that is being ranked.
    pub asked: Rc<Scenario>,
    /// What is known of its shocks.
    pub ranked: Option<Rc<Ranked>>,
    /// Only this kind is listed.
    pub kind: Option<ShockKind>,
    /// All of the list is shown, not its beginning.
    pub all: bool,
    /// The shock that is looked at.
    pub shown: Option<Shock>,
    /// Its detour being sought.
    pub seek: Work,
    /// The detour that was found last.
    pub detour: Option<Rc<Detour>>,
    /// Comparing plans.
    pub compare: Work,
    /// The plans and cases that are compared.
    pub cases: Rc<Cases>,
    /// What is known of them.
    pub regretted: Option<Rc<Regretted>>,
    /// What they are compared by.
    pub aim: Aim,
}

impl Default for Stresses {
    fn default() -> Self {
        Self {
            terminals: false,
            rank: Work::default(),
            asked: Rc::default(),
            ranked: None,
            kind: None,
            all: false,
            shown: None,
            seek: Work::default(),
            detour: None,
            compare: Work::default(),
            cases: Rc::default(),
            regretted: None,
            aim: Aim::of(REGRET_AIMS[0], None),
        }
    }
}

/// Something about what breaks the network.
#[derive(Debug)]
pub enum StressAction {
    /// Ports and rail hubs are tried, too, or not.
    Terminals(bool),
    /// Puts the plan as it is under stress.
    Rank,
    /// Enough.
    StopRank,
    /// Only this kind is listed.
    Kind(Option<ShockKind>),
    /// All of the list, or its beginning.
    All(bool),
    /// Looks at a shock and the detour around it; `None`: at none.
    Show(Option<Shock>),
    /// Compares plans in all cases.
    Regret,
    /// Enough.
    StopRegret,
    /// Plans are compared by something else.
    Aim(Measure),
    /// The shock that is looked at becomes an edit of a scenario of its own.
    Keep,
    /// The worker said something.
    Told(Box<StressTold>),
}

impl From<StressAction> for super::Action {
    fn from(a: StressAction) -> Self {
        Self::Stress(a)
    }
}

impl Stresses {
    /// The shocks that are listed, with their ranks.
    #[must_use]
    pub fn listed(&self) -> Vec<(usize, &Stressed)> {
        let Some(ranked) = &self.ranked else { return vec![] };
        let of_kind = |s: &Stressed| self.kind.is_none() || s.shock.kind(&ranked.document) == self.kind;
        (1..).zip(&ranked.ranking.shocks).filter(|(_, s)| of_kind(s)).collect()
    }

    /// Kinds that are among the shocks.
    #[must_use]
    pub fn kinds(&self) -> Vec<ShockKind> {
        let Some(ranked) = &self.ranked else { return vec![] };
        let has = |k: &ShockKind| ranked.ranking.shocks.iter().any(|s| s.shock.kind(&ranked.document) == Some(*k));
        ShockKind::ALL.into_iter().filter(has).collect()
    }

    /// The shock that is looked at, as it was ranked.
    #[must_use]
    pub fn looked_at(&self) -> Option<&Stressed> {
        let shown = self.shown.as_ref()?;
        self.ranked.as_ref()?.ranking.shocks.iter().find(|s| s.shock == *shown)
    }

    /// The detour around the shock that is looked at, once it is known.
    #[must_use]
    pub fn around(&self) -> Option<&Rc<Detour>> {
        self.detour.as_ref().filter(|d| Some(&d.shock) == self.shown.as_ref())
    }
}

impl Ranked {
    /// True where it is about another plan than the one in hand.
    #[must_use]
    pub fn is_old(&self, now: &Scenario) -> bool {
        !same_work(self.document.scenario(), now)
    }
}

/// What may happen to plans: what strikes all of a plan, and the worst single facilities of a ranking.
fn cases(baseline: &Baseline, ranked: Option<&Ranked>) -> Vec<Shock> {
    let mut all = general(baseline);
    let single = ranked.into_iter().flat_map(|r| &r.ranking.shocks);
    let out = single.filter(|s| matches!(s.shock, Shock::Out(_)) && !s.idle);
    all.extend(out.take(WORST).map(|s| s.shock.clone()));
    all
}

impl AppState {
    pub(super) fn stress(&mut self, action: StressAction) {
        match action {
            StressAction::Terminals(terminals) => self.stress.terminals = terminals,
            StressAction::Rank if !self.stress.rank.running => {
                self.stress.asked = Rc::new(self.document.scenario().clone());
                self.stress.rank.begin();
                self.stress.shown = None;
                self.stress.detour = None;
            }
            StressAction::StopRank => self.stress.rank.stopping = self.stress.rank.running,
            StressAction::Kind(kind) => self.stress.kind = kind,
            StressAction::All(all) => self.stress.all = all,
            StressAction::Show(shown) => {
                let s = &mut self.stress;
                let known = s.detour.as_ref().is_some_and(|d| Some(&d.shock) == shown.as_ref());
                let again = s.shown == shown && s.seek.running;
                s.shown = shown;
                if s.shown.is_some() && !known && !again {
                    s.seek.begin();
                }
            }
            StressAction::Regret if !self.stress.compare.running => {
                let plans = self.regret_plans();
                let shocks = cases(&self.baseline, self.stress.ranked.as_deref());
                self.stress.cases = Rc::new(Cases { plans, shocks });
                self.stress.compare.begin();
            }
            StressAction::StopRegret => self.stress.compare.stopping = self.stress.compare.running,
            StressAction::Aim(measure) => self.stress.aim = Aim::of(measure, None),
            StressAction::Keep => self.keep_shock(),
            StressAction::Told(told) => self.take_stress(*told),
            StressAction::Rank | StressAction::Regret => {}
        }
    }

    /// The plans that are compared: the baseline, the plan on the map where it differs, and those of the tab Scenarios.
    #[must_use]
    pub fn regret_plans(&self) -> Plans {
        let mut plans: Plans = vec![];
        let chosen = self.compare_choices();
        for choice in [Choice::Baseline, Choice::Plan].into_iter().chain(chosen) {
            let Some(scenario) = self.compare_scenario(&choice) else { continue };
            if !plans.iter().any(|(_, s)| same_work(s, &scenario)) {
                plans.push((choice, scenario));
            }
        }
        plans
    }

    /// The scenario that the shock which is looked at makes of the plan.
    #[must_use]
    pub fn struck(&self) -> Option<Scenario> {
        let (shock, ranked) = (self.stress.shown.as_ref()?, self.stress.ranked.as_ref()?);
        let struck = shock.strike(&self.baseline, &ranked.document)?;
        let name = words::kept_name(self, shock, &ranked.document);
        Some(Scenario { name, ..struck.scenario().clone() })
    }

    fn keep_shock(&mut self) {
        if let Some(scenario) = self.struck() {
            self.edit(super::EditAction::Open(scenario, vec![]));
        }
    }

    fn take_stress(&mut self, told: StressTold) {
        let run = told.run;
        let baseline = &self.baseline;
        let s = &mut self.stress;
        // The document of the plan that is being ranked, made once.
        let ranked = |s: &Stresses, ranking: Ranking, whole: bool| {
            let known = s.ranked.as_ref().filter(|r| same_work(r.document.scenario(), &s.asked));
            let document = known.map_or_else(
                || Rc::new(Document::open(baseline, (*s.asked).clone()).0),
                |known| Rc::clone(&known.document),
            );
            Rc::new(Ranked { document, ranking, whole })
        };
        match told.what {
            StressNews::RankFar(done, all, table) if run == s.rank.run => {
                s.rank.far = (done, all);
                if let Some(table) = table {
                    s.ranked = Some(ranked(s, *table, false));
                }
            }
            StressNews::Ranked(ranking, whole) if run == s.rank.run => {
                s.rank.end();
                s.ranked = Some(ranked(s, *ranking, whole));
            }
            StressNews::Detour(found) if run == s.seek.run => {
                s.seek.end();
                // Somebody may look at another by now, whose detour is known.
                if let Some(found) = found.filter(|d| Some(&d.shock) == s.shown.as_ref()) {
                    s.detour = Some(Rc::new(*found));
                }
            }
            StressNews::RegretFar(done, all) if run == s.compare.run => s.compare.far = (done, all),
            StressNews::Regretted(payoffs, whole) if run == s.compare.run => {
                s.compare.end();
                s.regretted = Some(Rc::new(Regretted { plans: s.cases.plans.clone(), payoffs: *payoffs, whole }));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Theme, *};
    use crate::i18n::Lang;
    use atlas_core::{
        allocation::Answer,
        model::{PerStream, Stream},
        uncertainty::Toll,
    };

    fn state() -> AppState {
        AppState::new(Lang::En, Theme::Light)
    }

    fn row(shock: Shock, unmet_t: f64) -> Stressed {
        Stressed {
            shock,
            harm: Toll { unmet_t, ..Toll::default() },
            full: None,
            idle: false,
            unmet: PerStream { al: unmet_t, ..PerStream::default() },
            handled_t: 0.0,
            instead: vec![],
            taken_over_t: 0.0,
        }
    }

    fn told(state: &mut AppState, run: u64, what: StressNews) {
        state.stress(StressAction::Told(Box::new(StressTold { run, what })));
    }

    #[test]
    fn what_an_older_question_is_told_is_dropped() {
        let mut state = state();
        state.stress(StressAction::Rank);
        assert!(state.stress.rank.running && state.stress.rank.run == 1);
        // One at a time.
        state.stress(StressAction::Rank);
        assert_eq!(state.stress.rank.run, 1);
        let ranking = Ranking { shocks: vec![row(Shock::ClaimedDemand, 5.0)], ..Ranking::default() };
        told(&mut state, 0, StressNews::Ranked(Box::default(), true));
        assert!(state.stress.ranked.is_none());
        told(&mut state, 1, StressNews::RankFar(3, 10, Some(Box::new(ranking.clone()))));
        assert_eq!(state.stress.rank.share(), 0.3);
        assert!(!state.stress.ranked.as_ref().unwrap().whole);
        told(&mut state, 1, StressNews::Ranked(Box::new(ranking), true));
        assert!(!state.stress.rank.running && state.stress.ranked.as_ref().unwrap().whole);
        assert_eq!(state.stress.kinds(), [ShockKind::Demand]);
        state.stress(StressAction::Kind(Some(ShockKind::Smelter)));
        assert!(state.stress.listed().is_empty());
    }

    #[test]
    fn a_detour_is_asked_for_once() {
        let mut state = state();
        state.stress(StressAction::Rank);
        let ranking = Ranking { shocks: vec![row(Shock::DearFreight, 0.0)], ..Ranking::default() };
        told(&mut state, 1, StressNews::Ranked(Box::new(ranking), true));
        state.stress(StressAction::Show(Some(Shock::DearFreight)));
        assert!(state.stress.seek.running && state.stress.looked_at().is_some());
        let none = Answer::default();
        let found = Detour::between(Shock::DearFreight, &none, &none);
        told(&mut state, 1, StressNews::Detour(Some(Box::new(found))));
        assert!(state.stress.around().is_some());
        state.stress(StressAction::Show(None));
        assert!(state.stress.around().is_none());
        state.stress(StressAction::Show(Some(Shock::DearFreight)));
        assert!(state.stress.around().is_some() && !state.stress.seek.running, "it is known");
    }

    #[test]
    fn plans_that_are_alike_are_compared_once() {
        let state = state();
        let plans = state.regret_plans();
        assert!(plans.len() >= 2 && plans[0].0 == Choice::Baseline, "{plans:?}");
        assert!(plans.iter().all(|(c, _)| *c != Choice::Plan), "the plan is the baseline");
        let shocks = cases(&state.baseline, None);
        assert!(shocks.contains(&Shock::ClaimedDemand) && !shocks.contains(&Shock::NoImports(Stream::Zn)));
    }
}
