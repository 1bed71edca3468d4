//! From open sites back to places: who serves whom, who was won from whom, and what is lost without a site.

use super::{
    Aim, By, Proposal, Site, Won,
    job::SitingJob,
    model::Model,
    pose::{Posed, standing},
    trouble,
    ways::{FAR, line_m},
};
use crate::{
    graph::{Reach, Source},
    model::Region,
    siting::{Answer, Status, TOLERANCE},
};
use std::collections::BTreeMap;

/// Facilities named in [`Site::won`] before the rest is added up.
const NAMED: usize = 6;

/// Who serves a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Server {
    Nobody,
    /// Row of the plan.
    Stay(u32),
    /// A site.
    Site(u32),
}

/// How all rows are served by what stays and some open sites.
pub(super) struct Assigned {
    pub by: Vec<Server>,
    /// The way in and on; `FAR` without a server.
    pub total: Vec<u32>,
    /// The way in.
    pub way_in: Vec<u32>,
    /// The way in and on by the next one.
    pub second: Vec<u32>,
    /// Rows that were served from beyond their list.
    pub beyond_list: Vec<u32>,
}

impl Model {
    /// Serves every row at its best, exactly: rows whose list does not reach far enough are searched for.
    pub fn assign(&self, region: &Region, open: &[u32]) -> Assigned {
        let rows = self.lists.len();
        let mut is_open = vec![false; self.candidates.len()];
        open.iter().for_each(|s| is_open[*s as usize] = true);
        let mut found = Assigned {
            by: vec![Server::Nobody; rows],
            total: vec![FAR; rows],
            way_in: vec![FAR; rows],
            second: vec![FAR; rows],
            beyond_list: Vec::new(),
        };
        let mut reach: Option<Reach> = None;
        for row in 0..rows {
            let stay = self.stay.total[row];
            // Where coverage counts, or the limit must hold, who stays beyond the limit serves nobody.
            let stays = stay.0 != FAR && !self.must[row] && (!self.covers() || self.is_within(self.stay.near[row]));
            // Least first, then the next: ways in and on, way in, and who.
            let mut best = [(FAR, FAR, Server::Nobody); 2];
            let offer = |new: (u32, u32, Server), best: &mut [(u32, u32, Server); 2]| {
                if new.0 < best[0].0 {
                    best[1] = best[0];
                    best[0] = new;
                } else if new.0 < best[1].0 {
                    best[1] = new;
                }
            };
            if stays {
                offer((stay.0, self.stay.near[row], Server::Stay(stay.1)), &mut best);
            }
            // Lists are in ascending order: nothing behind the first two is among the best two.
            for (site, way_in) in self.lists[row].iter().filter(|(s, _)| is_open[*s as usize]).take(2) {
                offer((self.total(row, *site, *way_in), *way_in, Server::Site(*site)), &mut best);
            }
            let floor = self.floor[row];
            if floor != FAR && best[1].0 > floor {
                if best[0].0 > floor {
                    found.beyond_list.push(row as u32);
                }
                if reach.is_none() && !self.metric.is_line() {
                    reach = Some(self.two_nearest(region, open));
                }
                best = [(FAR, FAR, Server::Nobody); 2];
                if stays {
                    offer((stay.0, self.stay.near[row], Server::Stay(stay.1)), &mut best);
                }
                for (way, site) in self.two_of(row, open, reach.as_ref()).into_iter().flatten() {
                    offer((way, way, Server::Site(site)), &mut best);
                }
            }
            found.by[row] = best[0].2;
            found.total[row] = best[0].0;
            found.way_in[row] = best[0].1;
            found.second[row] = best[1].0;
        }
        found
    }

    /// The two nearest open sites of every road node, for rows whose lists end too early.
    fn two_nearest(&self, region: &Region, open: &[u32]) -> Reach {
        let source = |s: &u32| {
            let access = self.candidates[*s as usize].access;
            Source { node: access.node, offset_m: self.metric.leg(access), owner: *s }
        };
        let mut sources: Vec<Source> = open.iter().map(source).collect();
        sources.sort_unstable_by_key(|s| s.owner);
        let mut reach = Reach::default();
        reach.update(self.metric.csr(region), &sources);
        reach
    }

    /// The two nearest sites of a row, whatever its list holds, with their ways. Only for rows without a way on, where lists may be
    /// truncated.
    fn two_of(&self, row: usize, open: &[u32], reach: Option<&Reach>) -> [Option<(u32, u32)>; 2] {
        let r = &self.demand.rows[row];
        if let Some(reach) = reach {
            let leg = self.metric.leg(r.access);
            return [reach.first(r.access.node), reach.second(r.access.node)]
                .map(|label| label.map(|l| (l.distance_m + leg, l.owner)));
        }
        let mut all: Vec<(u32, u32)> =
            open.iter().map(|s| (line_m(r.at, self.candidates[*s as usize].at), *s)).collect();
        all.sort_unstable();
        [all.first().copied(), all.get(1).copied()]
    }

    /// What a row costs over a length that may be no way at all.
    pub fn paid(&self, row: usize, length: u32) -> f64 {
        match self.question.aim {
            Aim::MostCovered | Aim::FewestSites if length == FAR => self.weight(row),
            Aim::MostCovered | Aim::FewestSites => 0.0,
            _ if length == FAR => self.cost(row, self.penalty),
            _ => self.cost(row, length),
        }
    }

    /// What rows pay that no site can cover.
    pub fn paid_uncoverable(&self) -> f64 {
        let rows = (0..self.lists.len()).filter(|row| self.counts(*row) && self.lists[*row].is_empty());
        rows.filter(|row| !self.is_within(self.stay.near[*row])).map(|row| self.weight(row)).sum()
    }

    /// The cost of open sites, true to the last row.
    pub fn true_cost(&self, open: &[u32], assigned: &Assigned) -> f64 {
        let rows = (0..self.lists.len()).filter(|row| self.counts(*row));
        let paid = rows.map(|row| self.paid(row, assigned.total[row]));
        let opening = open.len() as f64 * self.opening();
        match self.question.aim {
            Aim::LeastLongest => paid.fold(0.0, f64::max),
            Aim::FewestSites => opening,
            Aim::Nearest | Aim::MostCovered | Aim::LeastCost => paid.sum::<f64>() + opening,
        }
    }

    /// The objective as things are.
    pub fn before(&self, posed: &Posed) -> Option<f64> {
        let rows = || (0..self.lists.len()).filter(|row| self.counts(*row));
        let there = self.candidates.iter().filter(|c| c.open_now).count() as f64;
        let cost = match self.question.aim {
            Aim::FewestSites => return None,
            Aim::MostCovered => {
                let beyond = rows().filter(|row| !self.is_within(self.now.near[*row]));
                beyond.map(|row| self.weight(row)).sum()
            }
            Aim::LeastLongest => rows().map(|row| self.paid(row, self.now.total[row].0)).fold(0.0, f64::max),
            Aim::Nearest | Aim::LeastCost => {
                rows().map(|row| self.paid(row, self.now.total[row].0)).sum::<f64>() + there * self.opening()
            }
        };
        Some(self.value(posed, cost))
    }
}

impl SitingJob {
    /// What is known of some open sites: the plan that the solver's answer, or a planner, chose. Objective and sites are exact; bound and status are the answer's.
    pub(super) fn read(&self, region: &Region, open: &[u32], answer: &Answer) -> (Proposal, Assigned) {
        let assigned = self.model.assign(region, open);
        self.read_assigned(open, assigned, answer)
    }

    /// The same where it is known who serves whom.
    pub(super) fn read_assigned(&self, open: &[u32], assigned: Assigned, answer: &Answer) -> (Proposal, Assigned) {
        let (model, posed) = (&self.model, &self.posed);
        let divided = self.divided(open);
        let cost = match (&divided, answer.objective) {
            (Some(_), Some(cost)) => model.whole(posed, cost),
            _ => model.true_cost(open, &assigned),
        };
        let (mut objective, mut bound, mut gap) = standing(model, posed, answer, Some(cost));
        // The solver's proof is of the plan that it found; of another plan the gap says whether it is as good.
        let found = answer.objective.map(|o| model.whole(posed, o)) == Some(cost);
        let mut status = match answer.status {
            Status::Optimal if !found && gap.is_none_or(|g| g > TOLERANCE) => Status::Feasible,
            other => other,
        };
        let mut before = model.before(posed);
        let mut futures = None;
        if let Some(across) = &self.across {
            let costs = across.costs(model, open.len(), &assigned);
            if self.is_robust() {
                (objective, bound, gap, status) = self.judged(&costs, answer);
                // What is there may have other numbers of sites than may be asked for: it has no regret beside them.
                before = (across.asked.by == By::WorstCase).then(|| across.before(model));
            }
            futures = across.told(model, open, &costs, self.table_cost(open, &assigned)).map(Box::new);
        }
        let unit = model.demand.unit;
        let mut sums: BTreeMap<u32, Sum> = open.iter().map(|s| (*s, Sum::default())).collect();
        let (mut demand, mut beyond, mut lost) = (0.0, 0.0, 0.0);
        let mut longest_without: BTreeMap<u32, f64> = BTreeMap::new();
        let mut longest = 0.0f64;
        for row in 0..model.lists.len() {
            if model.skip[row] {
                continue;
            }
            let weight = model.demand.rows[row].weight;
            demand += weight;
            if model.limit.is_some() && !model.is_within(assigned.way_in[row].min(model.stay.near[row])) {
                beyond += weight;
            }
            if model.lost[row] {
                lost += weight;
            }
            if !model.counts(row) {
                continue;
            }
            let paid = model.paid(row, assigned.total[row]);
            if !model.lists[row].is_empty() {
                longest = longest.max(paid);
            }
            let (now, owner) = model.now.total[row];
            let counts = now != FAR && model.is_within(model.now.near[row]);
            let from = if counts { owner } else { FAR };
            if let Some(parts) = divided.as_ref().and_then(|d| d.get(&(row as u32))) {
                // Without a site its part goes to what stays, or to the next site whose capacity is not asked about.
                for (site, share) in parts {
                    let Some(sum) = sums.get_mut(site) else { continue };
                    let own = model.lists[row].iter().find(|(s, _)| s == site).map_or(0, |(_, way_in)| *way_in);
                    let next = model.lists[row].iter().find(|(s, _)| s != site && open.contains(s));
                    let next = next.map_or(FAR, |(s, w)| model.total(row, *s, *w)).min(model.stay.total[row].0);
                    let now = model.paid(row, model.total(row, *site, own));
                    sum.take(weight * share, own, share * (model.paid(row, next) - now), from);
                }
                continue;
            }
            let Server::Site(site) = assigned.by[row] else { continue };
            let Some(sum) = sums.get_mut(&site) else { continue };
            let without = model.paid(row, assigned.second[row]);
            sum.take(weight, assigned.way_in[row], without - paid, from);
            let worst = longest_without.entry(site).or_default();
            *worst = worst.max(without);
        }
        let scale = model.value(posed, 1.0);
        let mut sites: Vec<Site> = Vec::new();
        for (site, sum) in sums {
            let loss = match model.question.aim {
                Aim::Nearest => sum.loss * scale,
                Aim::MostCovered | Aim::FewestSites if posed.weight > 0.0 => sum.loss / posed.weight,
                Aim::MostCovered | Aim::FewestSites => 0.0,
                Aim::LeastCost => (sum.loss - model.opening()) * scale,
                Aim::LeastLongest => (longest_without.get(&site).copied().unwrap_or(0.0) - longest).max(0.0) * scale,
            };
            sites.push(Site {
                serves: sum.weight * unit,
                won: self.won(&sum.won),
                mean: if sum.weight > 0.0 { sum.way / sum.weight * model.metric.each } else { 0.0 },
                loss,
                ..self.blank(site)
            });
        }
        sites.sort_by(|a, b| b.loss.total_cmp(&a.loss).then(b.serves.total_cmp(&a.serves)).then(a.id.cmp(&b.id)));
        let mut notes = self.notes.clone();
        if model.question.aim == Aim::LeastLongest && posed.constant > longest {
            notes.push(trouble::longest_stays(posed.constant * scale, longest * scale));
        }
        let proposal = Proposal {
            status,
            objective,
            bound,
            gap,
            before,
            sites,
            closes: self.closes(open),
            demand: demand * unit,
            beyond: beyond * unit,
            out_of_reach: lost * unit,
            size: [model.candidates.len(), model.demand.rows.len(), model.pairs()],
            notes,
            futures,
        };
        (proposal, assigned)
    }

    /// The objective of a plan at the table's values, where futures have taken their place.
    pub(super) fn table_cost(&self, open: &[u32], assigned: &Assigned) -> f64 {
        let model = &self.model;
        let rows = (0..model.lists.len()).filter(|row| model.counts(*row));
        let paid = rows.map(|row| (model.at_table(row, model.length_paid(assigned.total[row])), row));
        let (mut sum, mut weight) = (open.len() as f64 * model.opening_at_table(), 0.0);
        for (cost, row) in paid {
            sum += cost;
            weight += model.demand.rows[row].weight;
        }
        match model.question.aim {
            Aim::MostCovered if weight > 0.0 => 1.0 - sum / weight,
            Aim::Nearest if weight > 0.0 => sum / weight * model.metric.each,
            _ => sum,
        }
    }

    /// The parts that sites have of rows, where capacities divide demand and the plan is the solver's.
    fn divided(&self, open: &[u32]) -> Option<BTreeMap<u32, Vec<(u32, f64)>>> {
        let shares = self.shares.as_ref().filter(|_| open == self.best.open)?;
        let parts = |(row, parts): (&u32, &Vec<(u32, f64)>)| {
            let kg = libm::round(self.model.demand.rows[*row as usize].tonnes * 1000.0).max(1.0);
            (*row, parts.iter().map(|(site, part)| (*site, part / kg)).collect())
        };
        Some(self.posed.rows.iter().zip(shares).map(parts).collect())
    }

    /// Facilities to close: those shut by a lock or not counted, and those that may close and are not open in the answer.
    fn closes(&self, open: &[u32]) -> Vec<String> {
        let facilities = self.plan.facilities();
        let shut = self.model.shut.iter().map(|row| facilities[*row as usize].facility.id.clone());
        let closed = self.model.candidates.iter().zip(0u32..).filter(|(c, s)| c.open_now && !open.contains(s));
        let mut all: Vec<String> = shut.chain(closed.map(|(c, _)| c.id.clone())).collect();
        all.sort();
        all
    }

    fn won(&self, sums: &BTreeMap<u32, f64>) -> Vec<Won> {
        let unit = self.model.demand.unit;
        let name = |row: u32| (row != FAR).then(|| self.plan.facilities()[row as usize].facility.id.clone());
        let mut all: Vec<Won> = sums.iter().map(|(row, w)| Won { from: name(*row), demand: w * unit }).collect();
        all.sort_by(|a, b| b.demand.total_cmp(&a.demand).then(a.from.cmp(&b.from)));
        if all.len() > NAMED + 1 {
            let rest = all.split_off(NAMED).iter().map(|w| w.demand).sum();
            all.push(Won { from: Some(Won::OTHERS.into()), demand: rest });
        }
        all
    }
}

/// What a site serves.
#[derive(Default)]
struct Sum {
    weight: f64,
    way: f64,
    loss: f64,
    won: BTreeMap<u32, f64>,
}

impl Sum {
    fn take(&mut self, weight: f64, way_in: u32, loss: f64, from: u32) {
        self.weight += weight;
        self.way += weight * f64::from(way_in);
        self.loss += loss.max(0.0);
        *self.won.entry(from).or_default() += weight;
    }
}
