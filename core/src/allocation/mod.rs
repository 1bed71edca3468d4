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
mod hauls;
mod memory;
mod places;
mod problem;
mod reading;
mod terms;
mod trace;

pub use answer::{
    Account, Answer, Balance, End, FacilityUse, Flow, Leg, Obstacle, Place, Price, ScrapPrice, Size, Status, Worth,
    WorthStep,
};
pub use terms::{CARBON_PRICE_KEY, SORTING_COST_KEY, SORTING_YIELD_KEY, keys, metal_key};
pub use trace::{Origin, Trace, destinations, origins};

use crate::{
    evaluate::Evaluation,
    flow::{
        UNBOUNDED,
        coupled::{self, Coupled, Row},
    },
    model::Region,
    scenario::{Plan, Scenario},
};
use hauls::{Group, Hauls, Search, Site};
use memory::Memory;
use places::Cast;
use problem::{COST, FLOW, Kind, Limit, Problem};
use terms::Terms;

/// What is kept between plans.
#[derive(Default)]
pub struct Allocator {
    hauls: Hauls,
    memory: Memory,
    last: Option<Solved>,
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
    Solve { problem: Box<Problem>, solver: Box<Coupled> },
    Price { problem: Box<Problem>, solver: Box<Coupled>, status: coupled::Status, roomy: Box<Coupled> },
    Over,
}

impl Allocator {
    /// Begins an allocation of a plan, whose catchments have been evaluated.
    pub fn begin(&mut self, region: &Region, plan: &Plan, scenario: &Scenario, evaluation: &Evaluation) -> Job {
        let parameters = scenario.parameters(&region.baseline);
        let terms = Terms::new(&parameters, scenario);
        self.hauls.prepare(&region.ground, plan, &terms);
        let cast = Cast::new(region, plan, scenario, evaluation, &terms, &mut self.hauls);
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
    pub fn worth(&mut self, id: &str) -> Option<Worth> {
        let solved = self.last.as_ref()?;
        let problem = &solved.problem;
        let at = |p: &places::Plant| matches!(&problem.cast.places[p.place as usize].end, End::Facility(f) if f == id);
        let (plant, kind) = (problem.cast.hubs.iter().find(|p| at(p)).map(|p| (p, Kind::Hub)))
            .or_else(|| problem.cast.smelters.iter().find(|p| at(p)).map(|p| (p, Kind::Smelter)))?;
        let (place, capacity) = (plant.place, plant.capacity_t);
        let start = solved.solver.start();
        let before = reading::costs(problem, &solved.solver, &solved.solver.answer());
        let with = |added_t: f64| -> WorthStep {
            let mut networks = solved.solver.blocks().to_vec();
            let mut rows = solved.solver.rows().to_vec();
            for (b, block) in problem.blocks.iter().enumerate() {
                let unit = match kind {
                    Kind::Hub => problem.terms.streams[block.stream].gross_collected,
                    _ => 1.0,
                };
                if let Some(a) = block.through.get(&place) {
                    networks[b].set_capacity(*a, libm::round((capacity + added_t) / unit * FLOW) as i64);
                }
            }
            for (limit, row) in problem.limits.iter().zip(&mut rows) {
                if *limit == Limit::Facility(place) {
                    row.limit = (capacity + added_t) * FLOW;
                }
            }
            let mut solver = Problem::solver(networks, rows, start.clone());
            while solver.step() == coupled::Status::More {}
            let after = reading::costs(problem, &solver, &solver.answer());
            WorthStep {
                added_t,
                saved_yuan: before.objective - after.objective,
                slack_t: before.slack_t - after.slack_t,
            }
        };
        // The first tonnes: ten, so that rounding to kg is small beside them.
        let first = with(FIRST_T);
        let price = Price { yuan_per_t: first.saved_yuan / FIRST_T, slack_t: first.slack_t / FIRST_T };
        let alike = |s: &WorthStep| {
            let near = |sum: f64, each: f64| (sum - each * s.added_t).abs() <= 0.01 * (each * s.added_t).abs() + 1.0;
            near(s.slack_t, price.slack_t) && near(s.saved_yuan, price.yuan_per_t)
        };
        let mut steps = vec![WorthStep::default()];
        let mut upto_t = 0.0;
        if price.slack_t > 1e-3 || price.yuan_per_t > 1e-3 {
            let mut same = true;
            let mut added = 1_000.0;
            while added <= MOST_ADDED_T {
                let step = with(added);
                same = same && alike(&step);
                if same {
                    upto_t = added;
                }
                steps.push(step);
                added *= 2.0;
            }
            // Between the last step that saves the same and the next: halve a few times.
            let (mut low, mut high) = (upto_t, if upto_t > 0.0 { 2.0 * upto_t } else { 1_000.0 });
            if high <= MOST_ADDED_T {
                for _ in 0..5 {
                    let middle = f64::midpoint(low, high);
                    if alike(&with(middle)) { low = middle } else { high = middle }
                }
                upto_t = low;
            }
        }
        Some(Worth { id: id.to_owned(), price, upto_t, steps })
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

/// The same problem with a ten-thousandth more of every capacity. Its prices are those of one more tonne: where capacity and
/// demand are equal to the tonne, as unnamed capacity makes them, those of the last tonne say something else.
fn with_room(solver: &Coupled) -> Coupled {
    let more = |limit: f64| limit * (1.0 + ROOM);
    let mut networks = solver.blocks().to_vec();
    for network in &mut networks {
        for (i, arc) in network.arcs().to_vec().into_iter().enumerate() {
            // Only what is inside of the network: supplies and demands stay.
            let inside = network.supply()[arc.tail as usize] == 0 && network.supply()[arc.head as usize] == 0;
            if inside && arc.capacity < UNBOUNDED && arc.capacity > 0 {
                network.set_capacity(i, more(arc.capacity as f64) as i64 + 1);
            }
        }
    }
    let rows = solver.rows().iter().map(|r| Row { limit: more(r.limit), terms: r.terms.clone() }).collect();
    Problem::solver(networks, rows, solver.start())
}

/// See [`with_room`].
const ROOM: f64 = 1e-4;
/// The least increase that is tried: so much that the gap of the solution is small beside what it saves.
const FIRST_T: f64 = 1_000.0;
/// More capacity than this is another plant.
const MOST_ADDED_T: f64 = 600_000.0;

fn smelters(cast: &Cast) -> Vec<Site> {
    cast.smelters.iter().map(|p| cast.sites[p.place as usize]).collect()
}

impl Job {
    /// One slice of work.
    ///
    /// # Panics
    /// Where it is over already.
    pub fn step(&mut self, allocator: &mut Allocator, region: &Region) -> Progress {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Ways { cast, groups, ports, searches, next } if next < searches.len() => {
                allocator.hauls.search(&self.plan, &searches[next], &groups, &smelters(&cast));
                let (done, all) = (next + 1, searches.len());
                self.stage = Stage::Ways { cast, groups, ports, searches, next: next + 1 };
                Progress::Ways { done, all }
            }
            Stage::Ways { cast, .. } => {
                let parameters = self.scenario.parameters(&region.baseline);
                let terms = self.terms.clone();
                let (problem, networks, rows) =
                    Problem::new(*cast, terms, &self.scenario, &parameters, &self.plan, &allocator.hauls);
                let mut start = allocator.memory.start(&problem);
                start.active = problem.nearest(&networks);
                for (active, basis) in start.active.iter_mut().zip(&start.bases) {
                    active.iter_mut().zip(&basis.arcs).for_each(|(a, state)| *a |= *state != 1);
                }
                let solver = Problem::solver(networks, rows, start);
                self.stage = Stage::Solve { problem: Box::new(problem), solver: Box::new(solver) };
                Progress::Solving { gap: None }
            }
            Stage::Solve { problem, mut solver } => match solver.step() {
                coupled::Status::More => {
                    let gap = solver.gap();
                    self.stage = Stage::Solve { problem, solver };
                    Progress::Solving { gap: Some(gap) }
                }
                coupled::Status::Optimal if finer(&problem, &mut solver) => {
                    self.stage = Stage::Solve { problem, solver };
                    Progress::Solving { gap: None }
                }
                status => {
                    let roomy = Box::new(with_room(&solver));
                    self.stage = Stage::Price { problem, solver, status, roomy };
                    Progress::Solving { gap: None }
                }
            },
            Stage::Price { problem, solver, status, mut roomy } => match roomy.step() {
                coupled::Status::More => {
                    self.stage = Stage::Price { problem, solver, status, roomy };
                    Progress::Solving { gap: None }
                }
                _ => {
                    let answer = reading::read(&problem, &solver, status, &roomy.answer());
                    allocator.memory = Memory::keep(&problem, &solver.start());
                    allocator.last = Some(Solved { problem: *problem, solver: *solver });
                    Progress::Done(Box::new(answer))
                }
            },
            Stage::Over => panic!("the job is over"),
        }
    }
}
