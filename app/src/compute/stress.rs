//! The worker's answers to what breaks the network, in slices: the detour that somebody looks at first, then shocks, then plans in
//! all cases.

use super::{
    protocol::{Response, StressAsk, StressNews, StressTold, StressWish},
    siting::Ground,
    slices::Step,
};
use atlas_core::{
    response::{Aside, Bench},
    scenario::{Document, Scenario},
    uncertainty::{CONFIRMED, Detours, PayoffJob, Shock, ShockKind, Stress, shocks},
};

/// News of how far it is comes no more often than this (milliseconds).
const NEWS_MS: f64 = 150.0;
/// What is known so far comes no more often than this (milliseconds): it is larger.
const TABLE_MS: f64 = 1_500.0;
/// Questions about what breaks the network, in progress.
#[derive(Default)]
pub struct Stresses {
    awake: bool,
    /// What is remembered of the plan at work, while others use the bench.
    aside: Aside,
    around: Detours,
    asked: Option<(u64, Box<Scenario>, Shock)>,
    detour: Option<u64>,
    rank: Option<(u64, Box<Scenario>, bool)>,
    ranking: Option<(u64, Stress)>,
    regret: Option<(u64, PayoffJob, Vec<Scenario>)>,
    comparing: Option<(u64, PayoffJob)>,
    stop: [bool; 2],
    told_ms: f64,
    table_ms: f64,
}

impl Stresses {
    /// Takes note of a wish; true where there is now work to do that was not under way.
    pub fn take(&mut self, ask: StressAsk) -> bool {
        let StressAsk { run, what } = ask;
        match what {
            StressWish::Rank(scenario, terminals) => {
                self.rank = Some((run, scenario, terminals));
                self.stop[0] = false;
            }
            StressWish::Regret(scenarios, shocks, aims) => {
                self.regret = Some((run, PayoffJob::new(vec![], &shocks, aims), scenarios));
                self.stop[1] = false;
            }
            StressWish::Detour(scenario, shock) => self.asked = Some((run, scenario, shock)),
            StressWish::StopRank => self.stop[0] = true,
            StressWish::StopRegret => self.stop[1] = true,
        }
        !std::mem::replace(&mut self.awake, true)
    }

    /// True in the middle of a full solve: nobody else may use the bench then.
    pub fn is_in_full(&self) -> bool {
        self.around.is_in_full() || self.ranking.as_ref().is_some_and(|(_, s)| s.is_in_full())
    }

    /// One slice of work.
    pub fn step(&mut self, ground: &mut Ground, bench: &mut Bench, now_ms: f64) -> Step {
        bench.exchange(&mut self.aside);
        let told = self.slice(ground, bench, now_ms);
        bench.exchange(&mut self.aside);
        match told {
            Some(told) => Step::went(told),
            None => {
                self.awake = false;
                Step::Idle
            }
        }
    }

    fn slice(&mut self, ground: &mut Ground, bench: &mut Bench, now_ms: f64) -> Option<Vec<Response>> {
        let region = ground.region;
        let open = |scenario: Scenario| Document::open(&region.baseline, scenario).0;
        // Two full solves at once would take each other's ways: a detour waits for the one at work.
        let busy = self.ranking.as_ref().is_some_and(|(_, s)| s.is_in_full());
        if !busy && let Some((run, scenario, shock)) = self.asked.take() {
            if self.around.begin(region, &open(*scenario), shock) {
                self.detour = Some(run);
                return Some(vec![]);
            }
            self.detour = None;
            return Some(vec![told(run, StressNews::Detour(None))]);
        }
        if !busy && let Some(run) = self.detour {
            let Some(found) = self.around.step(region, bench) else { return Some(vec![]) };
            self.detour = None;
            return Some(vec![told(run, StressNews::Detour(Some(Box::new(found))))]);
        }
        if let Some((run, scenario, terminals)) = self.rank.take() {
            let document = open(*scenario);
            let terminal = |s: &Shock| matches!(s.kind(&document), Some(ShockKind::Port | ShockKind::RailHub));
            let all = shocks(&region.baseline, &document).into_iter().filter(|s| terminals || !terminal(s)).collect();
            self.ranking = Some((run, Stress::new(&region.baseline, &document, all, CONFIRMED)));
            (self.told_ms, self.table_ms) = (now_ms, now_ms);
            return Some(vec![]);
        }
        if let Some((run, mut stress)) = self.ranking.take() {
            if std::mem::take(&mut self.stop[0]) {
                return Some(vec![told(run, StressNews::Ranked(Box::new(stress.ranked()), false))]);
            }
            let Some((done, all)) = stress.step(region, bench) else {
                return Some(vec![told(run, StressNews::Ranked(Box::new(stress.ranked()), true))]);
            };
            let mut news = vec![];
            if now_ms - self.told_ms >= NEWS_MS {
                self.told_ms = now_ms;
                let table = (now_ms - self.table_ms >= TABLE_MS).then(|| {
                    self.table_ms = now_ms;
                    Box::new(stress.ranked())
                });
                news.push(told(run, StressNews::RankFar(done as u32, all as u32, table)));
            }
            self.ranking = Some((run, stress));
            return Some(news);
        }
        if let Some((run, job, scenarios)) = self.regret.take() {
            let plans = scenarios.into_iter().map(open).collect();
            self.comparing = Some((run, job.of(plans)));
            self.told_ms = now_ms;
            return Some(vec![]);
        }
        let (run, mut job) = self.comparing.take()?;
        if std::mem::take(&mut self.stop[1]) {
            return Some(vec![told(run, StressNews::Regretted(Box::new(job.payoffs().clone()), false))]);
        }
        let Some((done, all)) = job.step(region, bench) else {
            return Some(vec![told(run, StressNews::Regretted(Box::new(job.payoffs().clone()), true))]);
        };
        self.comparing = Some((run, job));
        if now_ms - self.told_ms < NEWS_MS {
            return Some(vec![]);
        }
        self.told_ms = now_ms;
        Some(vec![told(run, StressNews::RegretFar(done as u32, all as u32))])
    }
}

fn told(run: u64, what: StressNews) -> Response {
    Response::Stressed(Box::new(StressTold { run, what }))
}
