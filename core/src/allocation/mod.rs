//! Who sends what where: scrap from points to hubs to smelters, metal from there to its users, exactly and with prices.
//!
//! **Problem.** Scrap by collection point and stream, priced inflow of the corridor provinces and of imports; hubs with a throughput that
//! streams share, smelters with a capacity that their metals share; demand for recycled metal by province; contracts between
//! sources and plants; caps. First as little scrap as can be is left over and as little demand unmet, then cost, CO2 or their
//! sum is least ([`crate::scenario::Goal`]). Copper and aluminium are sorted at a hub first; the others go straight to a smelter: by way of a hub
//! they would be hauled further and handled once more for nothing.
//!
//! **Method.** One minimum cost flow a stream ([`crate::flow`]), joined by the limits they share by column generation. Least hauls by
//! every mode are the [`crate::routing`]'s. **Proof.** [`Answer`] carries bound and gap; [`check`](check::check) reads an answer
//! against plan and terms without the solver.
//!
//! [`Allocator`] keeps hauls and the last basis: another plan starts from there. A [`Job`] is worked off in slices.

mod answer;
pub mod check;
mod grain;
mod hauls;
mod memory;
mod places;
mod pricing;
mod problem;
mod processing;
mod reading;
mod terms;
mod together;
mod trace;
mod worth;

pub use answer::{
    Account, Answer, Balance, End, Entry, FacilityUse, Flow, Leg, Obstacle, Place, Price, ScrapPrice, Size, Status,
    Worth, WorthStep,
};
pub use grain::Grain;
pub use pricing::{product_price_key, product_yuan_per_t, scrap_price_key, scrap_yuan_per_gross_t};
pub use processing::{Processing, Smelting, electricity_key, energy_key, smelting};
pub use terms::{CARBON_PRICE_KEY, SORTING_COST_KEY, SORTING_YIELD_KEY, keys, metal_key};
pub use trace::{Origin, Trace, destinations, origins};
pub use worth::WorthJob;

use crate::{
    evaluate::Evaluation,
    flow::coupled::{self, Coupled, Start},
    model::Region,
    scenario::{Plan, Scenario},
};
use hauls::{Group, Hauls, Search, Site};
use memory::{Memory, Roomy};
use places::Cast;
use problem::{COST, FLOW, Problem};
use terms::Terms;

/// What is kept between plans.
#[derive(Default)]
pub struct Allocator {
    grain: Grain,
    hauls: Hauls,
    memory: Memory,
    last: Option<Solved>,
    /// True where the memory stays as it is.
    held: bool,
}

/// What an [`Allocator`] remembers of solved plans, set aside.
#[derive(Default)]
pub struct Remembered {
    memory: Memory,
    last: Option<Solved>,
    held: bool,
}

/// The last problem that was solved, for questions about it.
struct Solved {
    problem: Problem,
    solver: Coupled,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// So many of so many ways are searched.
    Ways {
        /// Searched.
        done: usize,
        /// All.
        all: usize,
    },
    /// Solving, with what is known; `None` before the first round.
    Solving {
        /// Relative gap between the best plan and the bound.
        gap: Option<f64>,
    },
    /// The answer.
    Done(Box<Answer>),
}

/// One allocation, worked off in slices of a few milliseconds to some tens of them.
pub struct Job {
    plan: Plan,
    scenario: Scenario,
    terms: Terms,
    stage: Stage,
}

enum Stage {
    Ways { cast: Box<Cast>, groups: Vec<Group>, ports: Vec<Site>, searches: Vec<Search>, next: usize },
    Solve { problem: Box<Problem>, solver: Box<Coupled>, roomy: Box<Roomy> },
    Price { problem: Box<Problem>, primal: Box<reading::Solution>, start: Box<Start>, solver: Box<Coupled> },
    Over,
}

impl Allocator {
    /// One that works by a grain. What is kept is of that grain alone.
    #[must_use]
    pub fn of(grain: Grain) -> Self {
        Self { grain, hauls: Hauls::new(grain), ..Self::default() }
    }

    /// Forgets the plan solved last: the next starts from nothing. Hauls, which say the same to every plan, are kept.
    pub fn forget(&mut self) {
        self.memory = Memory::default();
        self.last = None;
        self.held = false;
    }

    /// Puts what is remembered of solved plans aside for others to be solved in between, and takes out what was put aside before.
    pub const fn swap(&mut self, aside: &mut Remembered) {
        std::mem::swap(&mut self.memory, &mut aside.memory);
        std::mem::swap(&mut self.last, &mut aside.last);
        std::mem::swap(&mut self.held, &mut aside.held);
    }

    /// From now on every plan starts from the one solved last, so that what is found for one does not depend on the others.
    pub const fn hold(&mut self) {
        self.held = true;
    }

    /// How finely it works.
    #[must_use]
    pub const fn grain(&self) -> Grain {
        self.grain
    }

    /// Begins an allocation of a plan, whose catchments have been evaluated.
    pub fn begin(&mut self, region: &Region, plan: &Plan, scenario: &Scenario, evaluation: &Evaluation) -> Job {
        let parameters = scenario.parameters(&region.baseline);
        let terms = Terms::new(&parameters, scenario);
        self.hauls.prepare(region, plan, &terms);
        let cast = Cast::new(region, plan, scenario, evaluation, &terms, self.grain, &mut self.hauls);
        let groups = problem::groups(&cast, &scenario.goal.contracts);
        let ports: Vec<Site> = cast.ports.iter().map(|p| cast.sites[*p as usize]).collect();
        let searches = self.hauls.missing(&groups, &ports, &smelters(&cast));
        Job {
            plan: plan.clone(),
            scenario: scenario.clone(),
            terms,
            stage: Stage::Ways { cast: Box::new(cast), groups, ports, searches, next: 0 },
        }
    }

    /// Works an allocation off at once.
    pub fn allocate(&mut self, region: &Region, plan: &Plan, scenario: &Scenario, evaluation: &Evaluation) -> Answer {
        let mut job = self.begin(region, plan, scenario, evaluation);
        loop {
            if let Progress::Done(answer) = job.step(self, region) {
                return *answer;
            }
        }
    }

    /// What more capacity of a hub or smelter of the last plan would be worth, by solving again with more and more of it.
    /// `None` where the last plan has no such facility, or nothing was solved.
    #[must_use]
    pub fn worth(&self, id: &str) -> Option<Worth> {
        let mut job = self.begin_worth(id)?;
        loop {
            if let Some(worth) = job.step(self) {
                return Some(worth);
            }
        }
    }

    /// The same in slices.
    #[must_use]
    pub fn begin_worth(&self, id: &str) -> Option<WorthJob> {
        WorthJob::new(self.last.as_ref()?, id)
    }
}

/// True where the gap is too wide beside the cost without slack, and can be narrowed.
fn finer(problem: &Problem, solver: &mut Coupled) -> bool {
    let shared = solver.answer();
    let costs = reading::costs(problem, solver, &shared);
    let open = (shared.objective - shared.bound) * problem.terms.scale / (COST * FLOW);
    let gap = open / costs.objective.abs().max(1.0);
    // Half of what may be, so that prices are as good.
    let wanted = coupled::TOLERANCE / 2.0;
    gap > wanted && solver.aim_at(0.9 * solver.gap() * wanted / gap)
}

/// Gives every capacity and limit a ten-thousandth more. Prices are then those of one more tonne: where capacity and demand are
/// equal to the tonne, as unnamed capacity makes them, those of the last tonne say something else.
fn make_room(problem: &Problem, solver: &mut Coupled) {
    let mut arcs = Vec::new();
    for (b, (block, network)) in problem.blocks.iter().zip(solver.blocks()).enumerate() {
        for arc in block.through.values() {
            arcs.push((b, *arc, (network.arcs()[*arc].capacity as f64 * (1.0 + ROOM)) as i64 + 1));
        }
    }
    let limits: Vec<_> = solver.rows().iter().map(|r| r.limit * (1.0 + ROOM)).enumerate().collect();
    solver.widen(&arcs, &limits);
}

/// See [`make_room`].
const ROOM: f64 = 1e-4;

fn smelters(cast: &Cast) -> Vec<Site> {
    cast.smelters.iter().map(|p| cast.sites[p.place as usize]).collect()
}

impl Job {
    /// One slice of work.
    ///
    /// # Panics
    /// Where it is over already.
    pub fn step(&mut self, allocator: &mut Allocator, region: &Region) -> Progress {
        if allocator.grain == Grain::Prefectures && matches!(self.stage, Stage::Ways { .. }) {
            // Another plan, with other modes, may have been looked at since the last slice.
            allocator.hauls.prepare(region, &self.plan, &self.terms);
        }
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Ways { cast, groups, ports, searches, next } if next < searches.len() => {
                allocator.hauls.search(&self.plan, &searches[next], &groups, &smelters(&cast));
                let (done, all) = (next + 1, searches.len());
                self.stage = Stage::Ways { cast, groups, ports, searches, next: next + 1 };
                Progress::Ways { done, all }
            }
            Stage::Ways { cast, groups, .. } => {
                let members: Vec<_> = cast.sources.iter().map(|s| s.members.clone()).collect();
                allocator.hauls.average(&members, &groups);
                let parameters = self.scenario.parameters(&region.baseline);
                let terms = self.terms.clone();
                let (problem, networks, rows) =
                    Problem::new(*cast, terms, &self.scenario, &parameters, &self.plan, &allocator.hauls);
                let (mut start, roomy) = allocator.memory.start(&problem);
                start.active = problem.nearest(&networks);
                for (active, basis) in start.active.iter_mut().zip(&start.bases) {
                    active.iter_mut().zip(&basis.arcs).for_each(|(a, state)| *a |= *state != 1);
                }
                let solver = Problem::solver(networks, rows, start);
                self.stage =
                    Stage::Solve { problem: Box::new(problem), solver: Box::new(solver), roomy: Box::new(roomy) };
                Progress::Solving { gap: None }
            }
            Stage::Solve { problem, mut solver, roomy } => match solver.step() {
                coupled::Status::More => {
                    let gap = solver.gap();
                    self.stage = Stage::Solve { problem, solver, roomy };
                    Progress::Solving { gap: Some(gap) }
                }
                coupled::Status::Optimal if finer(&problem, &mut solver) => {
                    self.stage = Stage::Solve { problem, solver, roomy };
                    Progress::Solving { gap: None }
                }
                status => {
                    let shared = solver.answer();
                    let primal = reading::Solution { size: reading::size(&solver), shared, status };
                    let start = Box::new(solver.start());
                    if allocator.grain == Grain::Prefectures {
                        // Nobody asks for prices of groups.
                        let answer = reading::read(&problem, &solver, &primal);
                        if !allocator.held {
                            allocator.memory = Memory::keep(&problem, &start, &primal.shared);
                        }
                        return Progress::Done(Box::new(answer));
                    }
                    make_room(&problem, &mut solver);
                    solver.offer(&roomy.flows, &roomy.prices);
                    self.stage = Stage::Price { problem, primal: Box::new(primal), start, solver };
                    Progress::Solving { gap: None }
                }
            },
            Stage::Price { problem, primal, start, mut solver } => match solver.step() {
                coupled::Status::More => {
                    self.stage = Stage::Price { problem, primal, start, solver };
                    Progress::Solving { gap: None }
                }
                _ => {
                    let answer = reading::read(&problem, &solver, &primal);
                    if !allocator.held {
                        allocator.memory = Memory::keep(&problem, &start, &solver.answer());
                    }
                    allocator.last = Some(Solved { problem: *problem, solver: *solver });
                    Progress::Done(Box::new(answer))
                }
            },
            Stage::Over => panic!("the job is over"),
        }
    }
}
