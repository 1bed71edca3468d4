//! One question, worked off in slices: ways, then the search, then proof or the reason why nothing works.

use super::{
    Aim, Clash, Limit, Progress, Proposal, Site, Siting,
    begin::Onwards,
    clash::Reasons,
    engine::Engine,
    futures::{Across, Drawn},
    model::MOST_PAIRS,
    model::Model,
    nearest_k::NearestK,
    pose::Posed,
    reading::Server,
    trouble,
};
use crate::{
    diagnostics::Diagnostic,
    model::{FacilityKind, Region},
    scenario::{Plan, Scenario},
    siting::{Answer, Problem, Status, Unfit, capacitated::Shares},
};

/// Nodes looked at in a slice: some milliseconds.
const SLICE: usize = 5_000;
/// Labels of nodes in a slice.
const LABELS: usize = 3_000;
/// Slices for the plan for the table's values, where futures come after it.
const PLAIN: usize = 1_500;
/// Slices between two proposals that are read in full.
const QUIET: usize = 6;

/// What a job begins with.
pub(super) struct Draft {
    pub model: Model,
    pub plan: Plan,
    pub scenario: Scenario,
    pub notes: Vec<Diagnostic>,
    /// The least throughput of a hub by the norms in force.
    pub norms: Option<f64>,
    pub onwards: Onwards,
    pub drawn: Option<Drawn>,
}

/// A question that is being answered. It keeps what it knows: reasons, trade-off, alternatives and what-ifs are asked of it.
pub struct SitingJob {
    pub(super) model: Model,
    pub(super) posed: Posed,
    pub(super) plan: Plan,
    pub(super) scenario: Scenario,
    pub(super) notes: Vec<Diagnostic>,
    norms: Option<f64>,
    pub(super) onwards: Onwards,
    pub(super) stage: Stage,
    /// The best answer so far, with whole costs of the posed problem.
    pub(super) best: Answer,
    /// Where demand of the problem comes from, where capacities divide it.
    pub(super) shares: Option<Shares>,
    /// Plans met on the way.
    pub(super) pool: Vec<Vec<u32>>,
    pub(super) told: Option<Vec<u32>>,
    /// What was proved before lists grew, in costs of the problem as it is now.
    pub(super) carried: Option<f64>,
    quiet: usize,
    clash: Option<Clash>,
    /// Futures, until their problem can be posed.
    pub(super) drawn: Option<Drawn>,
    /// Futures that are being looked at, or were.
    pub(super) across: Option<Across>,
    /// Slices spent on the plan for the table's values, where futures come after it.
    plain: usize,
}

pub(super) enum Stage {
    Begin,
    /// The nearest candidates of all rows at once.
    Nearest(Box<NearestK>),
    /// Row by row, or candidate by candidate.
    Ways(usize),
    /// Can the limit be kept at all with so many sites?
    Cover(Engine),
    Search(Engine),
    /// Lists grow.
    Widen(Vec<u32>, usize),
    /// Why nothing keeps all limits.
    Reasons(Box<Reasons>),
    Over,
}

/// An answer without anything.
pub(super) fn nothing(status: Status) -> Answer {
    Answer { status, objective: None, bound: None, open: Vec::new(), assignment: Vec::new() }
}

impl SitingJob {
    pub(super) fn new(draft: Draft) -> Self {
        let Draft { model, plan, scenario, notes, norms, onwards, drawn } = draft;
        let posed = Posed { problem: Problem::default(), rows: Vec::new(), constant: 0.0, weight: 0.0 };
        Self {
            model,
            posed,
            plan,
            scenario,
            notes,
            norms,
            onwards,
            stage: Stage::Begin,
            best: nothing(Status::Unknown),
            shares: None,
            pool: Vec::new(),
            told: None,
            carried: None,
            quiet: 0,
            clash: None,
            drawn,
            across: None,
            plain: 0,
        }
    }

    /// One slice of work. After [`Progress::Done`] it is done again.
    pub fn step(&mut self, siting: &mut Siting, region: &Region) -> Progress {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Begin => {
                self.stage = match self.model.all_at_once(region) {
                    Some(nearest) => Stage::Nearest(Box::new(nearest)),
                    None => return self.ways(region, 0),
                };
                Progress::Ways { done: 0, all: self.model.demand.rows.len() }
            }
            Stage::Nearest(mut nearest) => {
                let more = nearest.step(self.model.metric.csr(region), LABELS);
                if !more {
                    self.model.take(&nearest);
                    return self.listed(region);
                }
                let (done, all) = nearest.progress();
                self.stage = Stage::Nearest(nearest);
                Progress::Ways { done, all }
            }
            Stage::Ways(next) => self.ways(region, next),
            Stage::Cover(engine) => self.cover(region, engine),
            Stage::Search(engine) => self.search(region, engine),
            Stage::Widen(rows, next) => self.widen(region, rows, next),
            Stage::Reasons(mut reasons) => match reasons.step(self, siting, region) {
                None => {
                    self.stage = Stage::Reasons(reasons);
                    Progress::Searching { objective: None, bound: None, gap: None, plan: None }
                }
                Some(clash) => {
                    self.clash = Some(clash);
                    self.done(region)
                }
            },
            Stage::Over => self.done(region),
        }
    }

    /// The plan so far.
    #[must_use]
    pub fn proposal(&self, region: &Region) -> Proposal {
        // References of regret are still looked for: sites are known before what they are regretted by.
        let waits = self.across.is_some() && !self.best.open.is_empty();
        if self.best.objective.is_none() && !waits {
            return self.without(self.best.status);
        }
        let mut plan = self.read(region, &self.best.open, &self.best).0;
        if self.drawn.is_some() && self.best.objective.is_some() {
            plan.notes.push(trouble::futures_not_yet());
        }
        plan
    }

    /// The plan of some sites by their ids, as alternatives and the trade-off name them: what each does in it. Ids that are no
    /// candidates are passed over. The bound is that of the question.
    #[must_use]
    pub fn plan_of(&self, region: &Region, ids: &[String]) -> Proposal {
        let open = self.open_of(ids);
        let bound = Answer { open: open.clone(), ..nothing(Status::Feasible) };
        self.read(region, &open, &Answer { bound: self.best.bound, ..bound }).0
    }

    /// Candidates of some ids, ascending.
    pub(super) fn open_of(&self, ids: &[String]) -> Vec<u32> {
        let all = (0u32..).zip(&self.model.candidates);
        all.filter(|(_, c)| ids.contains(&c.id)).map(|(s, _)| s).collect()
    }

    /// True once there is nothing more to do.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    /// The bound in the objective's unit.
    pub(super) fn proved(&self) -> Option<f64> {
        self.standing().1
    }

    /// A site of which nothing is known but where it is.
    pub(super) fn blank(&self, site: u32) -> Site {
        let c = &self.model.candidates[site as usize];
        Site {
            id: c.id.clone(),
            zh: c.name.zh.clone(),
            en: c.name.en.clone(),
            at: c.at,
            existing: c.existing.is_some(),
            serves: 0.0,
            won: Vec::new(),
            mean: 0.0,
            loss: 0.0,
        }
    }

    pub(super) fn done(&mut self, region: &Region) -> Progress {
        self.stage = Stage::Over;
        Progress::Done { plan: Box::new(self.proposal(region)), clash: self.clash.clone() }
    }

    /// A proposal without sites.
    fn without(&self, status: Status) -> Proposal {
        let model = &self.model;
        let unit = model.demand.unit;
        let sum = |keep: &dyn Fn(usize) -> bool| -> f64 {
            let rows = model.demand.rows.iter().enumerate().filter(|(row, _)| !model.skip[*row] && keep(*row));
            // The sum of nothing is not to be shown as less than nothing.
            rows.map(|(_, r)| r.weight).fold(0.0, |sum, w| sum + w) * unit
        };
        let ready = !self.posed.problem.opening.is_empty();
        Proposal {
            status,
            objective: None,
            bound: self.best.bound.map(|b| model.value(&self.posed, model.whole(&self.posed, b))),
            gap: None,
            before: ready.then(|| model.before(&self.posed)).flatten(),
            sites: Vec::new(),
            closes: Vec::new(),
            demand: sum(&|_| true),
            beyond: sum(&|row| model.limit.is_some() && !model.is_within(model.stay.near[row])),
            out_of_reach: sum(&|row| ready && model.lost[row]),
            size: [model.candidates.len(), model.demand.rows.len(), model.pairs()],
            notes: self.notes.clone(),
            futures: None,
        }
    }

    fn ways(&mut self, region: &Region, next: usize) -> Progress {
        let from_candidates = self.model.by_candidate();
        let all = if from_candidates { self.model.candidates.len() } else { self.model.demand.rows.len() };
        let (mut row, mut work) = (next, 0);
        while row < all && work < SLICE {
            work +=
                if from_candidates { self.model.look_from(region, row as u32) } else { self.model.look(region, row) };
            row += 1;
        }
        if row % 64 < row - next && self.model.pairs() > MOST_PAIRS {
            self.notes.push(trouble::too_large(MOST_PAIRS));
            return self.done(region);
        }
        if row < all {
            self.stage = Stage::Ways(row);
            return Progress::Ways { done: row, all };
        }
        if from_candidates {
            self.model.sort();
        }
        self.listed(region)
    }

    /// All lists are there: the problem is posed.
    fn listed(&mut self, region: &Region) -> Progress {
        let all = self.model.demand.rows.len();
        self.model.settle();
        self.tell_lost(region);
        if let Some(least) = self.norms {
            self.keep_norms(least);
        }
        self.posed = self.model.pose();
        match self.begin_search(region) {
            Ok(()) => Progress::Ways { done: all, all },
            Err(unfit) => {
                self.unfit(&unfit);
                self.done(region)
            }
        }
    }

    /// The limit must hold: first whether it can.
    fn begin_search(&mut self, region: &Region) -> Result<(), Unfit> {
        let model = &self.model;
        if self.too_dear() {
            self.best = nothing(Status::Infeasible);
            self.stage = Stage::Reasons(Box::new(Reasons::new(self, region)));
            return Ok(());
        }
        let hard =
            model.limit.is_some() && matches!(model.question.aim, Aim::Nearest | Aim::LeastCost | Aim::LeastLongest);
        self.stage = if hard && model.must.iter().any(|m| *m) {
            Stage::Cover(Engine::deciding(&model.pose_cover(), model.count().1, model.question.seed)?)
        } else {
            Stage::Search(Engine::new(model, &self.posed, None)?)
        };
        Ok(())
    }

    /// More new sites are asked for than the budget pays.
    fn too_dear(&self) -> bool {
        let q = &self.model.question;
        let new = (0..self.model.candidates.len() as u32).filter(|s| self.model.is_new(*s)).count();
        let others = self.model.candidates.len() - new;
        let least = self.model.count().0.saturating_sub(others) as f64;
        q.budget.is_some_and(|budget| least * self.model.site_cost > budget)
    }

    fn cover(&mut self, region: &Region, mut engine: Engine) -> Progress {
        let more = engine.step();
        let answer = engine.answer();
        let (_, most) = self.model.count();
        let few = answer.objective.filter(|_| answer.open.len() <= most);
        let none = answer.status == Status::Infeasible || answer.bound.is_some_and(|b| b > most as f64);
        if none {
            self.best = nothing(Status::Infeasible);
            self.stage = Stage::Reasons(Box::new(Reasons::new(self, region)));
        } else if few.is_some() || !more {
            let start = few.is_some().then(|| self.filled(&answer.open));
            match Engine::new(&self.model, &self.posed, start.as_deref()) {
                Ok(engine) => self.stage = Stage::Search(engine),
                Err(unfit) => {
                    self.unfit(&unfit);
                    return self.done(region);
                }
            }
        } else {
            self.stage = Stage::Cover(engine);
        }
        Progress::Searching { objective: None, bound: None, gap: None, plan: None }
    }

    /// A cover with as many sites as are asked for: those that save most come in, as far as side limits let them.
    pub(super) fn filled(&self, open: &[u32]) -> Vec<u32> {
        let mut open = open.to_vec();
        while open.len() < self.model.count().0 {
            match self.best_addition(&open) {
                Some(site) => open.push(site),
                None => break,
            }
        }
        open.sort_unstable();
        open
    }

    fn search(&mut self, region: &Region, mut engine: Engine) -> Progress {
        let mut more = engine.step();
        if self.drawn.is_some() {
            // The plan for the table's values is what others are measured by: a good one will do where the proof takes long.
            self.plain += 1;
            more &= self.plain < PLAIN;
        }
        if let Engine::Robust(robust) = &mut engine {
            self.references(region, robust);
        }
        let mut answer = engine.answer();
        if self.model.question.aim == Aim::LeastLongest && answer.objective.is_some() {
            // Fewer sites than asked for may do: the others go where they help most.
            answer.open = self.filled(&answer.open);
        }
        self.shares = engine.shares();
        self.keep(answer);
        self.quiet += 1;
        if !more {
            self.remember(&engine);
            if self.best.objective.is_some() && self.model.is_truncated() {
                let open = self.best.open.clone();
                let far = self.model.assign(region, &open).beyond_list;
                if !far.is_empty() {
                    // What was left out of lists matters: they grow, and the search goes on from here.
                    self.stage = Stage::Widen(far, 0);
                    let (objective, bound, gap) = self.standing();
                    return Progress::Searching { objective, bound, gap, plan: None };
                }
            } else if self.best.status == Status::Infeasible {
                self.stage = Stage::Reasons(Box::new(Reasons::new(self, region)));
                return Progress::Searching { objective: None, bound: None, gap: None, plan: None };
            }
            if self.drawn.is_some() && self.best.objective.is_some() {
                return self.come_to_futures(region);
            }
            return self.done(region);
        }
        // A plan is read in full when it is new, but not more often than every few slices.
        let due = self.told.is_none() || self.quiet >= QUIET;
        let show = due && self.best.objective.is_some() && self.told.as_ref() != Some(&self.best.open);
        let progress = if show {
            self.quiet = 0;
            self.told = Some(self.best.open.clone());
            let plan = self.proposal(region);
            // What is best for the table's values is a plan, and no answer yet.
            let counts = self.drawn.is_none();
            Progress::Searching {
                objective: plan.objective.filter(|_| counts),
                bound: plan.bound.filter(|_| counts),
                gap: plan.gap.filter(|_| counts),
                plan: Some(Box::new(plan)),
            }
        } else if self.drawn.is_some() {
            Progress::Searching { objective: None, bound: None, gap: None, plan: None }
        } else {
            let (objective, bound, gap) = self.standing();
            Progress::Searching { objective, bound, gap, plan: None }
        };
        if show {
            self.remember(&engine);
        }
        self.stage = Stage::Search(engine);
        progress
    }

    /// Lists of some rows grow, a few in a slice. What was proved of shorter lists, which promise more than there is, holds for
    /// longer ones.
    fn widen(&mut self, region: &Region, rows: Vec<u32>, next: usize) -> Progress {
        let (mut at, mut work) = (next, 0);
        while at < rows.len() && work < SLICE {
            work += self.model.widen(region, rows[at]);
            at += 1;
        }
        if at < rows.len() {
            self.stage = Stage::Widen(rows, at);
        } else {
            self.model.settle();
            let (constant, open) = (self.posed.constant, self.best.open.clone());
            self.posed = self.model.pose();
            self.carried = self.best.bound.map(|b| self.posed_bound(b, constant));
            if self.is_robust() {
                self.carried = self.best.bound;
                return self.go_on_across(region);
            }
            let cost = self.model.true_cost(&open, &self.model.assign(region, &open));
            let objective =
                if self.model.question.aim == Aim::LeastLongest { cost } else { cost - self.posed.constant };
            self.best.objective = Some(objective);
            self.best.bound = self.carried;
            self.best.status = Status::Feasible;
            match Engine::new(&self.model, &self.posed, Some(&open)) {
                Ok(engine) => self.stage = Stage::Search(engine),
                Err(unfit) => {
                    self.unfit(&unfit);
                    return self.done(region);
                }
            }
        }
        let (objective, bound, gap) = self.standing();
        Progress::Searching { objective, bound, gap, plan: None }
    }

    /// A bound of the problem before in terms of the new one, whose constant differs.
    fn posed_bound(&self, bound: f64, constant: f64) -> f64 {
        if self.model.question.aim == Aim::LeastLongest {
            bound
        } else {
            (bound + constant - self.posed.constant).max(0.0)
        }
    }

    /// Takes note of the solver's answer. A plan and a bound that were known before lists grew are not lost.
    fn keep(&mut self, mut answer: Answer) {
        let Some(carried) = self.carried else {
            self.best = answer;
            return;
        };
        answer.bound = Some(answer.bound.map_or(carried, |b| b.max(carried)));
        match (answer.objective, self.best.objective) {
            (None, Some(_)) if answer.status != Status::Infeasible => self.best.bound = answer.bound,
            (Some(new), Some(old)) if new > old && answer.status != Status::Optimal => self.best.bound = answer.bound,
            _ => self.best = answer,
        }
    }

    /// Objective, bound and gap as the solver has them, in the objective's unit.
    fn standing(&self) -> (Option<f64>, Option<f64>, Option<f64>) {
        if self.is_robust() {
            return self.standing_across(self.best.objective, self.best.bound, None);
        }
        let cost = self.best.objective.map(|o| self.model.whole(&self.posed, o));
        super::pose::standing(&self.model, &self.posed, &self.best, cost)
    }

    pub(super) fn remember(&mut self, engine: &Engine) {
        self.pool.extend(engine.pool());
        self.pool.sort();
        self.pool.dedup();
    }

    pub(super) fn unfit(&mut self, unfit: &Unfit) {
        self.notes.push(match unfit {
            Unfit::NoDemand => trouble::no_demand(),
            Unfit::NoSites => trouble::no_candidates(),
            Unfit::TooMany { asked, sites } => trouble::too_many(*asked, *sites),
            Unfit::LockedOpen { locked, most } => trouble::locked_open(*locked, *most),
            Unfit::LockedRow(r) => {
                trouble::locked_row(if *r < self.model.spacing { Limit::Apart } else { Limit::Budget })
            }
            other => trouble::unposed(&other.to_string()),
        });
    }

    /// Hubs that could not reach the throughput of a norm even with all that they could win.
    fn keep_norms(&mut self, least: f64) {
        let model = &mut self.model;
        let mut wins = vec![0.0; model.candidates.len()];
        for (row, list) in model.lists.iter().enumerate() {
            list.iter().for_each(|(site, _)| wins[*site as usize] += model.demand.rows[row].tonnes);
        }
        let most = model.question.capacity_t.unwrap_or(f64::INFINITY);
        let out: Vec<bool> =
            wins.iter().zip(&model.candidates).map(|(w, c)| c.existing.is_none() && w.min(most) < least).collect();
        let count = out.iter().filter(|o| **o).count();
        if count > 0 && model.question.kind == FacilityKind::Hub {
            let why = format!("they could not handle the {least:.0} t a year that a norm asks for");
            self.notes.push(trouble::left_out("siting-norm", count, &why));
            model.leave_out(&out);
            model.settle();
        }
    }

    /// Tells of demand that is out of reach whatever is built, and where most of it is.
    fn tell_lost(&mut self, region: &Region) {
        let model = &self.model;
        let mut by_home: std::collections::BTreeMap<u32, f64> = std::collections::BTreeMap::new();
        for (row, r) in model.demand.rows.iter().enumerate() {
            if model.lost[row] && !model.skip[row] {
                *by_home.entry(r.prefecture).or_default() += r.weight;
            }
        }
        let sum: f64 = by_home.values().sum();
        if let Some((home, _)) = by_home.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))) {
            let home = &region.baseline.prefectures[*home as usize].name;
            let unit = match model.question.demand {
                crate::catchment::Demand::People => "people",
                crate::catchment::Demand::Households => "households",
                crate::catchment::Demand::Tonnes => "t/y",
            };
            let at = format!("{} {}", home.zh, home.en);
            self.notes.push(trouble::out_of_reach(sum * model.demand.unit, unit, &at));
        }
    }

    /// Whom a site of the plan so far serves: cells or points of demand by their row. For drawing.
    #[must_use]
    pub fn rows_of(&self, region: &Region, id: &str) -> Vec<crate::geo::LonLat> {
        let Some(site) = self.open_of(&[id.to_owned()]).first().copied() else { return Vec::new() };
        let assigned = self.model.assign(region, &self.best.open);
        let rows = self.model.demand.rows.iter().zip(&assigned.by);
        rows.filter(|(_, by)| **by == Server::Site(site)).map(|(r, _)| r.at).collect()
    }
}

impl SitingJob {
    /// Where new sites may stand: id and place of every candidate that takes part and is no facility yet.
    pub fn candidates(&self) -> impl Iterator<Item = (&str, crate::geo::LonLat)> {
        let new = self.model.candidates.iter().filter(|c| c.existing.is_none());
        new.map(|c| (c.id.as_str(), c.at))
    }
}
