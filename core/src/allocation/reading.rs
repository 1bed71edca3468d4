//! From flows and prices of the networks to the answer.

use super::{
    answer::{Account, Answer, Balance, End, Entry, FacilityUse, Flow, Leg, Obstacle, Price, ScrapPrice, Size, Status},
    check::check,
    problem::{COST, FLOW, Kind, Limit, Node, Problem, UNALLOCATED, UNMET, tonnes},
};
use crate::{
    flow::coupled::{self, Coupled, Shared},
    model::{Cluster, Mode, PerStream, Stream},
};

/// Less than this many tonnes a year on an arc is nothing.
const NOTHING_T: f64 = 1e-3;
/// Less than this in a sum is rounding.
const ROUNDING_T: f64 = 0.5;

/// The plan that was found, kept while prices are sought.
pub(super) struct Solution {
    pub size: Size,
    pub shared: Shared,
    pub status: coupled::Status,
}

/// How large the solver's problem is, and how much work it took.
pub(super) fn size(solver: &Coupled) -> Size {
    Size {
        nodes: solver.blocks().iter().map(|n| n.supply().len() as u32).sum(),
        arcs: solver.blocks().iter().map(|n| n.arcs().len() as u32).sum(),
        rows: solver.rows().len() as u32,
        pivots: solver.pivots(),
        rounds: solver.steps(),
    }
}

/// Reads the plan that was found; prices are those that the solver knows now.
pub(super) fn read(problem: &Problem, solver: &Coupled, primal: &Solution) -> Answer {
    let duals = &solver.answer();
    let places = problem.cast.places.clone();
    let ledger = vec![Entry::default(); places.len()];
    let answer = Answer { places, ledger, size: primal.size, ..Answer::default() };
    let mut r = Reading { problem, solver, shared: &primal.shared, duals, answer };
    r.walk();
    r.facilities();
    r.scrap_prices();
    r.answer.obstacles.splice(0..0, problem.obstacles.iter().cloned());
    r.obstacles();
    r.proof(primal.status);
    let mut answer = r.answer;
    answer.flows.sort_by_key(|f| (f.leg, f.stream as u8, f.from, f.to));
    // Nobody calls a plan optimal, in the page or in a file, that the checker does not confirm.
    if answer.status == Status::Optimal && check(&answer).is_err() {
        answer.status = Status::Feasible;
    }
    answer
}

struct Reading<'a> {
    problem: &'a Problem,
    solver: &'a Coupled,
    shared: &'a Shared,
    /// Prices and potentials.
    duals: &'a Shared,
    answer: Answer,
}

impl Reading<'_> {
    fn cluster(&self, place: u32) -> Option<Cluster> {
        self.answer.places[place as usize].cluster
    }

    /// Adds to the balances of everything, of a place's cluster and of its province.
    fn balance(&mut self, place: u32, stream: Stream, add: impl Fn(&mut Balance)) {
        add(&mut self.answer.balance[stream]);
        let (cluster, province) = {
            let p = &self.answer.places[place as usize];
            (p.cluster, p.province.clone())
        };
        if let Some(c) = cluster {
            add(&mut self.answer.by_cluster[c][stream]);
        }
        let rows = &mut self.answer.by_province;
        let i = rows.iter().position(|(name, _)| *name == province).unwrap_or_else(|| {
            rows.push((province, PerStream::default()));
            rows.len() - 1
        });
        add(&mut rows[i].1[stream]);
    }

    fn account(&mut self, place: u32, add: impl Fn(&mut Account)) {
        add(&mut self.answer.account);
        add(&mut self.answer.ledger[place as usize].account);
        if let Some(c) = self.cluster(place) {
            add(&mut self.answer.account_by_cluster[c]);
        }
    }

    fn walk(&mut self) {
        let problem = self.problem;
        for source in &problem.cast.sources {
            for s in Stream::ALL {
                let t = source.metal_t[s];
                match &problem.cast.places[source.place as usize].end {
                    _ if !source.optional => self.balance(source.place, s, |b| b.collected_t += t),
                    End::Import(_) => self.balance(source.place, s, |b| b.imported_t += t),
                    _ => self.balance(source.place, s, |b| b.corridor_t += t),
                }
            }
        }
        for buyer in &problem.cast.buyers {
            for s in Stream::ALL {
                self.balance(buyer.place, s, |b| b.demand_t += buyer.wants_t[s]);
            }
        }
        for c in Cluster::ALL {
            for s in Stream::ALL {
                let t = problem.cast.unreached_t[c][s];
                for b in [&mut self.answer.balance[s], &mut self.answer.by_cluster[c][s]] {
                    b.collected_t += t;
                    b.unreached_t += t;
                }
            }
        }
        for (block, flows) in problem.blocks.iter().zip(&self.shared.flow) {
            let s = block.stream;
            let t = problem.terms.streams[s];
            for (m, units) in block.arcs.iter().zip(flows) {
                let product = tonnes(*units);
                if product < NOTHING_T {
                    continue;
                }
                match m.kind {
                    Kind::ToHub | Kind::Direct | Kind::ToContract | Kind::ToSmelter | Kind::ToDemand | Kind::Export => {
                        self.carried(block, m, product);
                    }
                    Kind::Hub => {
                        let lost = product * (t.metal_collected - t.metal_fed);
                        self.balance(m.from, s, |b| b.sorting_loss_t += lost);
                        self.account(m.from, |a| a.sorting_yuan += product * m.stage.yuan);
                    }
                    Kind::Smelter => {
                        // Contracted scrap is sorted at the source, at the same loss.
                        let lost = product * (t.metal_fed - 1.0);
                        self.balance(m.from, s, |b| {
                            b.smelting_loss_t += lost;
                            b.product_t += product;
                        });
                        let carbon = problem.terms.carbon_yuan_per_kg * m.stage.kg_co2e * product;
                        self.account(m.from, |a| {
                            a.smelting_yuan += product * m.stage.yuan;
                            a.subsidy_yuan += product * m.stage.subsidy;
                            a.smelting_kg_co2e += product * m.stage.kg_co2e;
                            a.carbon_yuan += carbon;
                            a.product_value_yuan += product * t.product_yuan;
                        });
                    }
                    Kind::Left => {
                        let metal = product * t.metal_collected;
                        match &problem.cast.places[m.from as usize].end {
                            End::Facility(_) => {
                                self.answer.ledger[m.from as usize].unallocated_t[s] += metal;
                                self.balance(m.from, s, |b| b.unallocated_t += metal);
                            }
                            End::Import(_) => self.balance(m.from, s, |b| {
                                b.imported_t -= metal;
                                b.unused_inflow_t += metal;
                            }),
                            _ => self.balance(m.from, s, |b| {
                                b.corridor_t -= metal;
                                b.unused_inflow_t += metal;
                            }),
                        }
                    }
                    Kind::Unmet => self.balance(m.from, s, |b| b.unmet_t += product),
                    Kind::Owed | Kind::Beyond => {}
                }
            }
        }
        // A gateway that keeps everything is left with rounding.
        let tidy = |b: &mut Balance| {
            b.corridor_t = if b.corridor_t < ROUNDING_T { 0.0 } else { b.corridor_t };
            b.imported_t = if b.imported_t < ROUNDING_T { 0.0 } else { b.imported_t };
        };
        for s in Stream::ALL {
            tidy(&mut self.answer.balance[s]);
            self.answer.by_province.iter_mut().for_each(|(_, b)| tidy(&mut b[s]));
        }
    }

    fn carried(&mut self, block: &super::problem::Block, m: &super::problem::Meaning, product: f64) {
        let problem = self.problem;
        let s = block.stream;
        let t = problem.terms.streams[s];
        let to = problem.arrives(m);
        let gross_t = problem.gross(block, m) * product;
        let (leg, metal) = match m.kind {
            Kind::ToHub => (Leg::ToHub, t.metal_collected),
            Kind::Direct => (Leg::Direct, t.metal_collected),
            Kind::ToContract => (Leg::Contract, t.metal_collected),
            Kind::ToSmelter => (Leg::ToSmelter, t.metal_fed),
            Kind::ToDemand => (Leg::ToDemand, 1.0),
            _ => (Leg::Export, 1.0),
        };
        self.answer.flows.push(Flow {
            leg,
            from: m.from,
            to,
            stream: s,
            gross_t,
            metal_t: metal * product,
            product_t: product,
            km: m.km,
            haul: m.haul,
            ends: m.ends,
        });
        match leg {
            Leg::ToDemand => self.balance(to, s, |b| b.used_t += product),
            Leg::Export => self.balance(m.from, s, |b| b.exported_t += product),
            // What sorting would lose is lost before a contract's haul.
            Leg::Contract => {
                let lost = product * (t.metal_collected - t.metal_fed);
                self.balance(m.from, s, |b| b.sorting_loss_t += lost);
            }
            _ => {}
        }
        let (from_cluster, to_cluster) = (self.cluster(m.from), self.cluster(to));
        if leg.is_scrap() {
            let row = from_cluster.map_or(3, |c| c as usize);
            if let Some(c) = to_cluster {
                self.answer.scrap_matrix[row][c as usize][s] += gross_t;
                let b = &mut self.answer.by_cluster[c][s];
                match problem.cast.places[m.from as usize].end {
                    End::Corridor(_) => b.corridor_t += metal * product,
                    End::Import(_) => b.imported_t += metal * product,
                    _ => {}
                }
            }
        } else if let Some(row) = from_cluster {
            let column = match leg {
                Leg::Export => 3,
                _ => to_cluster.map_or(3, |c| c as usize),
            };
            self.answer.product_matrix[row as usize][column][s] += gross_t;
        }
        let crosses = leg.is_scrap() && matches!((from_cluster, to_cluster), (Some(a), Some(b)) if a != b);
        let bought = matches!(problem.cast.places[m.from as usize].end, End::Corridor(_) | End::Import(_));
        let paid = if leg.is_scrap() && leg != Leg::ToSmelter { t.scrap_yuan * product } else { 0.0 };
        let (inflow, purchase) = if bought { (paid, 0.0) } else { (0.0, paid) };
        let kg = m.haul.kg_co2e_per_t * gross_t;
        let carbon = kg * problem.terms.carbon_yuan_per_kg;
        // Inflow is on the account of whom it reaches.
        let payer = if from_cluster.is_some() { m.from } else { to };
        self.account(payer, |a| {
            let yuan = m.haul.yuan_per_t * gross_t;
            if leg.is_scrap() {
                a.scrap_haul_yuan += yuan;
            } else {
                a.product_haul_yuan += yuan;
            }
            a.friction_yuan += m.friction * gross_t;
            a.inflow_yuan += inflow;
            a.scrap_purchase_yuan += purchase;
            a.carbon_yuan += carbon;
            a.transport_kg_co2e += kg;
            if crosses {
                a.cross_cluster_t += gross_t;
            }
            for mode in Mode::ALL {
                a.tonne_km[mode] += m.km[mode] * gross_t;
            }
        });
    }

    /// Capacity, use and price of every hub and smelter, closed ones apart.
    fn facilities(&mut self) {
        let problem = self.problem;
        let mut list: Vec<FacilityUse> = problem
            .cast
            .unknown
            .iter()
            .map(|id| FacilityUse {
                id: id.clone(),
                capacity_t: None,
                used_t: PerStream::default(),
                price: Price::default(),
            })
            .collect();
        for (plants, kind) in [(&problem.cast.hubs, Kind::Hub), (&problem.cast.smelters, Kind::Smelter)] {
            for plant in plants {
                let mut used = PerStream::default();
                // In units of cost a tonne of the capacity's own unit.
                let mut saves = 0.0;
                for (b, block) in problem.blocks.iter().enumerate() {
                    let unit = match kind {
                        Kind::Hub => problem.terms.streams[block.stream].gross_collected,
                        _ => 1.0,
                    };
                    let Some(a) = block.through.get(&plant.place).copied() else { continue };
                    used[block.stream] = tonnes(self.shared.flow[b][a]) * unit;
                    saves += (-self.reduced(b, a)).max(0.0) / unit;
                }
                for (limit, price) in problem.limits.iter().zip(&self.duals.prices) {
                    if *limit == Limit::Facility(plant.place) {
                        saves += price;
                    }
                }
                let End::Facility(id) = self.answer.places[plant.place as usize].end.clone() else { continue };
                list.push(FacilityUse {
                    id,
                    capacity_t: Some(plant.capacity_t),
                    used_t: used,
                    price: self.price(saves),
                });
            }
        }
        list.sort_by(|a, b| a.id.cmp(&b.id));
        self.answer.facilities = list;
    }

    /// Reduced cost of an arc, shared limits priced in.
    fn reduced(&self, b: usize, a: usize) -> f64 {
        let arc = self.solver.blocks()[b].arcs()[a];
        let p = &self.duals.potentials[b];
        let priced = self.solver.priced(b, a, &self.duals.prices);
        arc.cost as f64 + priced + p[arc.tail as usize] - p[arc.head as usize]
    }

    /// A price in its two parts: slack in tonnes, and yuan.
    fn price(&self, units: f64) -> Price {
        let (yuan, slack) = split(units / COST);
        Price { yuan_per_t: yuan * self.problem.terms.scale, slack_t: slack }
    }

    fn scrap_prices(&mut self) {
        let problem = self.problem;
        let mut prices: Vec<ScrapPrice> =
            problem.cast.sources.iter().map(|s| ScrapPrice { place: s.place, price: PerStream::default() }).collect();
        for (b, block) in problem.blocks.iter().enumerate() {
            let p = &self.duals.potentials[b];
            let mut i = 0;
            for (node, potential) in block.nodes.iter().zip(p) {
                let Node::Source(place) = node else { continue };
                debug_assert_eq!(prices[i].place, *place);
                if problem.cast.sources[i].metal_t[block.stream] > NOTHING_T {
                    let worth =
                        (potential - p[block.rest as usize]) / problem.terms.streams[block.stream].metal_collected;
                    prices[i].price[block.stream] = Some(self.price(worth));
                }
                i += 1;
            }
        }
        self.answer.scrap_prices = prices;
    }

    fn obstacles(&mut self) {
        let problem = self.problem;
        for (k, contract) in problem.contracts.iter().enumerate() {
            let Some(b) = problem.blocks.iter().position(|b| b.stream == contract.stream) else { continue };
            let block = &problem.blocks[b];
            let t = problem.terms.streams[contract.stream];
            let owed = block.arcs.iter().position(|m| m.kind == Kind::Owed && m.from == k as u32);
            let min = contract.min_t.unwrap_or(0.0);
            let given = owed.map_or(0.0, |a| tonnes(self.shared.flow[b][a]) * t.metal_collected);
            let short_t = min - given;
            if short_t <= NOTHING_T.max(1e-6 * min) {
                continue;
            }
            let members = block.arcs.iter().filter(|m| m.kind == Kind::ToContract && m.to == k as u32);
            let supply_t = members
                .filter_map(|m| problem.cast.sources.iter().find(|s| s.place == m.from))
                .map(|s| s.metal_t[contract.stream])
                .sum();
            let plant = owed.map(|a| block.arcs[a].to);
            let capacity = problem.cast.smelters.iter().find(|p| Some(p.place) == plant).map_or(0.0, |p| p.capacity_t);
            self.answer.obstacles.push(Obstacle::Contract {
                id: contract.id.clone(),
                short_t,
                supply_t,
                capacity_t: capacity * t.metal_collected,
            });
        }
        for s in Stream::ALL {
            let b = self.answer.balance[s];
            let way_out = self.way_out(s);
            if b.unallocated_t > 1.0 {
                self.answer.obstacles.push(Obstacle::Unallocated {
                    stream: s,
                    short_t: b.unallocated_t,
                    way_out: way_out.clone(),
                });
            }
            if b.unmet_t > 1.0 {
                self.answer.obstacles.push(Obstacle::Unmet { stream: s, short_t: b.unmet_t, way_out });
            }
        }
        for (i, limit) in problem.limits.iter().enumerate() {
            let (cap, limit_t, unit) = match limit {
                Limit::Facility(_) => continue,
                Limit::Co2(t) => ("co2", *t, 1000.0),
                Limit::CrossCluster(t) => ("cross_cluster", *t, 1.0),
            };
            let price = self.price(self.duals.prices[i] * unit);
            if price.slack_t > 0.0 || price.yuan_per_t > 0.0 {
                self.answer.obstacles.push(Obstacle::Cap { cap: cap.into(), limit_t, price });
            }
        }
    }

    /// The facility that removes slack of a stream at least cost a tonne of its capacity.
    fn way_out(&self, s: Stream) -> Option<(String, f64)> {
        let takes = |id: &str| {
            let plants = self.problem.cast.hubs.iter().chain(&self.problem.cast.smelters);
            plants
                .into_iter()
                .any(|p| p.takes[s] && matches!(&self.answer.places[p.place as usize].end, End::Facility(f) if f == id))
        };
        let helps = self.answer.facilities.iter().filter(|f| f.price.slack_t > 0.0 && takes(&f.id));
        let best = helps.max_by(|a, b| a.price.yuan_per_t.total_cmp(&b.price.yuan_per_t))?;
        Some((best.id.clone(), -best.price.yuan_per_t))
    }

    /// Objective without slack, bound and gap.
    fn proof(&mut self, status: coupled::Status) {
        let costs = costs(self.problem, self.solver, self.shared);
        let per = COST * FLOW / self.problem.terms.scale;
        let objective = costs.objective;
        let bound = self.shared.bound / per - costs.penalty;
        let short = self.answer.obstacles.iter().any(|o| matches!(o, Obstacle::Contract { .. }));
        let gap = (objective - bound) / objective.abs().max(1.0);
        self.answer.objective = objective;
        self.answer.bound = bound;
        self.answer.gap = gap.max(0.0);
        self.answer.status = match status {
            _ if short => Status::Infeasible,
            coupled::Status::Optimal if gap <= coupled::TOLERANCE => Status::Optimal,
            coupled::Status::Broken => Status::Infeasible,
            _ => Status::Feasible,
        };
    }
}

/// Splits a price into yuan and tonnes of slack, which are worth [`UNMET`] or [`UNALLOCATED`] times that.
pub(super) fn split(yuan: f64) -> (f64, f64) {
    let unmet = libm::round(yuan / UNMET);
    let sign = if unmet < 0.0 { -1.0 } else { 1.0 };
    let left = libm::floor(unmet.abs() / UNALLOCATED);
    (yuan - unmet * UNMET, sign * (left + unmet.abs() - left * UNALLOCATED))
}

/// What a solution costs without its slack, and how much slack there is.
pub(super) struct Costs {
    /// Units of the objective.
    pub objective: f64,
    /// What the slack was charged, in the same units.
    pub penalty: f64,
    /// Tonnes of recycled metal not made for want of capacity, and demand unmet.
    pub slack_t: f64,
}

/// Takes the price of slack out of the cost.
pub(super) fn costs(problem: &Problem, solver: &Coupled, shared: &Shared) -> Costs {
    let (mut penalty, mut slack_t) = (0.0, 0.0);
    for ((block, network), flows) in problem.blocks.iter().zip(solver.blocks()).zip(&shared.flow) {
        for ((m, arc), flow) in block.arcs.iter().zip(network.arcs()).zip(flows) {
            let is_slack = match m.kind {
                Kind::Unmet => true,
                Kind::Left => matches!(problem.cast.places[m.from as usize].end, End::Facility(_)),
                Kind::Owed => false,
                _ => continue,
            };
            if is_slack {
                slack_t += tonnes(*flow);
            }
            if is_slack || m.kind == Kind::Owed {
                penalty += flow * arc.cost as f64;
            }
        }
    }
    let per = COST * FLOW / problem.terms.scale;
    Costs { objective: (shared.objective - penalty) / per, penalty: penalty / per, slack_t }
}
