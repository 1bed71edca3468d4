//! Around the best plan: other plans nearly as good, and what a site elsewhere would do.

use super::{
    Aim, Alternative, Alternatives, Moved, Swap,
    candidates::MOST_CANDIDATE_LEG_M,
    job::{SitingJob, nothing},
    reading::{Assigned, Server},
    trouble,
    ways::{FAR, line_m},
};
use crate::{
    catchment::is_inside,
    diagnostics::Diagnostic,
    geo::LonLat,
    graph::{Search, Source},
    model::Region,
    siting::{Lock, Status, relative_gap},
};
use std::collections::BTreeMap;

/// Longest list of alternatives.
const MOST: usize = 60;

impl SitingJob {
    /// Uses of side limits, by site.
    fn uses(&self) -> Vec<Vec<(u32, f64)>> {
        let mut by = vec![Vec::new(); self.model.candidates.len()];
        for (r, side) in (0u32..).zip(&self.model.sides) {
            side.terms.iter().for_each(|(s, a)| by[*s as usize].push((r, *a)));
        }
        by
    }

    /// True where open sites and one more keep all side limits.
    fn fits(&self, uses: &[Vec<(u32, f64)>], open: impl Iterator<Item = u32>, more: u32) -> bool {
        if uses[more as usize].is_empty() {
            return true;
        }
        let mut used: BTreeMap<u32, f64> = uses[more as usize].iter().copied().collect();
        for s in open {
            for (r, a) in &uses[s as usize] {
                if let Some(sum) = used.get_mut(r) {
                    *sum += a;
                }
            }
        }
        used.iter().all(|(r, sum)| *sum <= self.model.sides[*r as usize].limit)
    }

    /// What rows pay by their lists alone: now and without their site.
    fn paid_by_lists(&self, open: &[u32]) -> (Vec<f64>, Vec<f64>, Vec<Server>) {
        let model = &self.model;
        let mut is_open = vec![false; model.candidates.len()];
        open.iter().for_each(|s| is_open[*s as usize] = true);
        let (mut first, mut second, mut by) = (Vec::new(), Vec::new(), Vec::new());
        for row in 0..model.lists.len() {
            let stay = model.stay.total[row].0;
            let stays = !model.must[row] && (!model.covers() || model.is_within(model.stay.near[row]));
            let own = if stays { stay } else { FAR };
            let listed = model.lists[row].iter().filter(|(s, _)| is_open[*s as usize]);
            let mut two = listed.take(2).map(|(s, w)| (model.total(row, *s, *w), *s));
            let (a, b) = (two.next(), two.next());
            first.push(model.paid(row, a.map_or(own, |a| a.0.min(own))));
            second.push(model.paid(row, b.map_or(own, |b| b.0.min(own))));
            by.push(a.filter(|a| a.0 < own).map_or(Server::Nobody, |a| Server::Site(a.1)));
        }
        (first, second, by)
    }

    /// The site that saves most beside some open ones.
    pub(super) fn best_addition(&self, open: &[u32]) -> Option<u32> {
        let model = &self.model;
        let uses = self.uses();
        let (paid, _, _) = self.paid_by_lists(open);
        let mut gain = vec![0.0; model.candidates.len()];
        for row in (0..model.lists.len()).filter(|row| model.counts(*row)) {
            for (site, way_in) in &model.lists[row] {
                gain[*site as usize] += (paid[row] - model.paid(row, model.total(row, *site, *way_in))).max(0.0);
            }
        }
        let free =
            (0..gain.len() as u32).filter(|s| model.candidates[*s as usize].lock == Lock::Free && !open.contains(s));
        let fitting = free.filter(|s| self.fits(&uses, open.iter().copied(), *s));
        fitting.max_by(|a, b| gain[*a as usize].total_cmp(&gain[*b as usize]).then(b.cmp(a)))
    }

    /// What every single swap costs: `(site out, site in, cost of the rows)`, where side limits and locks allow it. Costs are by lists, as the solver has
    /// them. After Whitaker (1983): one pass over all pairs.
    pub(super) fn swaps(&self, open: &[u32], mut found: impl FnMut(u32, u32, f64)) {
        let model = &self.model;
        let sites = model.candidates.len();
        let uses = self.uses();
        let (first, second, by) = self.paid_by_lists(open);
        let place: BTreeMap<u32, usize> = open.iter().copied().zip(0..).collect();
        let longest = model.question.aim == Aim::LeastLongest;
        let rows: Vec<usize> = (0..model.lists.len()).filter(|row| model.counts(*row)).collect();
        let mut gain = vec![0.0; sites];
        let mut loss = vec![0.0; open.len()];
        let mut extra = vec![0.0; if longest { 0 } else { open.len() * sites }];
        let mut now = 0.0;
        for row in &rows {
            let (a, b) = (first[*row], second[*row]);
            now += a;
            let out = match by[*row] {
                Server::Site(s) => place.get(&s).copied(),
                _ => None,
            };
            if longest {
                continue;
            }
            if let Some(k) = out {
                loss[k] += b - a;
            }
            for (site, way_in) in &model.lists[*row] {
                let c = model.paid(*row, model.total(*row, *site, *way_in));
                gain[*site as usize] += (a - c).max(0.0);
                if let Some(k) = out
                    && c < b
                {
                    extra[k * sites + *site as usize] += b - a.max(c);
                }
            }
        }
        for (k, out) in open.iter().enumerate() {
            if model.candidates[*out as usize].lock == Lock::Open {
                continue;
            }
            // Least longest way: the worst row with the site in place, row by row.
            let worst = longest.then(|| self.worst_with(&rows, &first, &second, &by, *out));
            for into in 0..sites as u32 {
                if place.contains_key(&into) || model.candidates[into as usize].lock != Lock::Free {
                    continue;
                }
                let cost = match &worst {
                    Some(worst) => worst[into as usize],
                    None => now + loss[k] - gain[into as usize] - extra[k * sites + into as usize],
                };
                if self.fits(&uses, open.iter().copied().filter(|s| s != out), into) {
                    found(*out, into, cost);
                }
            }
        }
    }

    /// The longest way of all rows once `out` is gone and each site in its place.
    fn worst_with(&self, rows: &[usize], first: &[f64], second: &[f64], by: &[Server], out: u32) -> Vec<f64> {
        let model = &self.model;
        let without = |row: usize| if by[row] == Server::Site(out) { second[row] } else { first[row] };
        let mut order: Vec<usize> = rows.to_vec();
        order.sort_by(|a, b| without(*b).total_cmp(&without(*a)).then(a.cmp(b)));
        // From the longest way down: a site that serves all rows so far better has their worst; the others stop here.
        let sites = model.candidates.len();
        let mut worst = vec![0.0f64; sites];
        let mut over = vec![false; sites];
        let mut left = sites;
        let mut served = vec![usize::MAX; sites];
        for (i, row) in order.iter().enumerate() {
            let length = without(*row);
            for (site, way_in) in &model.lists[*row] {
                let s = *site as usize;
                served[s] = i;
                if !over[s] {
                    let c = model.paid(*row, model.total(*row, *site, *way_in)).min(length);
                    worst[s] = worst[s].max(c);
                }
            }
            for s in 0..sites {
                if !over[s] && (served[s] != i || worst[s] >= length) {
                    worst[s] = worst[s].max(length);
                    over[s] = true;
                    left -= 1;
                }
            }
            if left == 0 {
                break;
            }
        }
        worst
    }

    /// Other plans whose objective is within a share of the best one's (0.01: one per cent): those that the search met, and all single swaps of
    /// the best. At most some sixty.
    ///
    /// Where capacities divide demand there are none: who takes what would have to be solved anew for each.
    #[must_use]
    pub fn alternatives(&self, region: &Region, within: f64) -> Alternatives {
        let model = &self.model;
        if self.best.objective.is_none() || self.shares.is_some() {
            return Alternatives::default();
        }
        if self.is_robust() {
            return self.alternatives_across(region, within);
        }
        let best = &self.best.open;
        let assigned = model.assign(region, best);
        let best_cost = model.true_cost(best, &assigned);
        let best_value = model.value(&self.posed, best_cost);
        let limit = within.max(0.0) * best_value.abs() + 1e-9 * best_value.abs();
        let good = |cost: f64| (model.value(&self.posed, cost) - best_value).abs() <= limit;
        let opening = best.len() as f64 * model.opening();
        // Of millions of swaps only the best are ever held: a plan each would fill a browser's memory.
        let mut swaps: Vec<(f64, u32, u32)> = Vec::new();
        let keep_best = |swaps: &mut Vec<(f64, u32, u32)>| {
            swaps.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
            swaps.truncate(MOST);
        };
        self.swaps(best, |out, into, rows| {
            let cost = match model.question.aim {
                // Covers only: what stays uncovered costs its demand.
                Aim::FewestSites if rows > model.paid_uncoverable() => return,
                Aim::FewestSites => opening,
                Aim::LeastLongest => rows,
                Aim::Nearest | Aim::MostCovered | Aim::LeastCost => rows + opening,
            };
            if good(cost) {
                swaps.push((cost, out, into));
                if swaps.len() >= 16 * MOST {
                    keep_best(&mut swaps);
                }
            }
        });
        keep_best(&mut swaps);
        let swapped = |out: u32, into: u32| {
            let mut open: Vec<u32> = best.iter().copied().filter(|s| *s != out).chain([into]).collect();
            open.sort_unstable();
            open
        };
        let mut plans: Vec<(f64, Vec<u32>)> =
            swaps.into_iter().map(|(cost, out, into)| (cost, swapped(out, into))).collect();
        for open in self.pool.iter().filter(|o| *o != best).take(4 * MOST) {
            let cost = model.true_cost(open, &model.assign(region, open));
            if good(cost) {
                plans.push((cost, open.clone()));
            }
        }
        if model.is_truncated() {
            for (cost, open) in &mut plans {
                *cost = model.true_cost(open, &model.assign(region, open));
            }
            plans.retain(|(cost, _)| good(*cost));
        }
        plans.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        plans.dedup_by(|a, b| a.1 == b.1);
        plans.truncate(MOST);
        let plans = plans.into_iter().map(|(cost, open)| (model.value(&self.posed, cost), open)).collect();
        self.as_alternatives(plans)
    }

    /// The same where the worst case or the regret is what is made least: plans that the search met. Their objectives are within a share of the greatest cost.
    fn alternatives_across(&self, region: &Region, within: f64) -> Alternatives {
        let judge = |open: &Vec<u32>| {
            let assigned = self.model.assign(region, open);
            let costs = self.across.as_ref().map(|a| a.costs(&self.model, open.len(), &assigned))?;
            let scale = costs.iter().fold(0.0, |m: f64, c| m.max(c.abs()));
            Some((self.judged(&costs, &nothing(Status::Feasible)).0?, scale))
        };
        let best = &self.best.open;
        let Some((value, scale)) = judge(best) else { return Alternatives::default() };
        let others = self.pool.iter().filter(|open| *open != best);
        let found = others.filter_map(|open| Some((judge(open)?.0, open.clone())));
        let mut plans: Vec<(f64, Vec<u32>)> =
            found.filter(|(v, _)| (v - value).abs() <= (within.max(0.0) + 1e-9) * scale).collect();
        plans.sort_by(|a, b| (a.0 - value).abs().total_cmp(&(b.0 - value).abs()).then(a.1.cmp(&b.1)));
        plans.truncate(MOST);
        self.as_alternatives(plans)
    }

    /// Plans by their objective, with what differs from the best one.
    fn as_alternatives(&self, plans: Vec<(f64, Vec<u32>)>) -> Alternatives {
        let best = &self.best.open;
        let id = |s: &u32| self.model.candidates[*s as usize].id.clone();
        let mut often: BTreeMap<u32, usize> = BTreeMap::new();
        for s in plans.iter().flat_map(|p| &p.1).chain(best) {
            *often.entry(*s).or_default() += 1;
        }
        let mut often: Vec<(String, usize)> = often.iter().map(|(s, n)| (id(s), *n)).collect();
        often.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let plans = plans
            .into_iter()
            .map(|(objective, open)| Alternative {
                objective,
                sites: open.iter().map(id).collect(),
                swaps: self.differences(best, &open),
            })
            .collect();
        Alternatives { plans, often }
    }

    /// What one plan has in place of another's sites: nearest to nearest.
    fn differences(&self, from: &[u32], to: &[u32]) -> Vec<Swap> {
        let c = |s: u32| &self.model.candidates[s as usize];
        let mut into: Vec<u32> = to.iter().copied().filter(|s| !from.contains(s)).collect();
        let mut swaps = Vec::new();
        for out in from.iter().copied().filter(|s| !to.contains(s)) {
            let near = (0..into.len()).min_by_key(|i| (line_m(c(out).at, c(into[*i]).at), into[*i]));
            let site = near.map(|i| c(into.swap_remove(i)).id.clone());
            swaps.push(Swap { out: c(out).id.clone(), into: site.unwrap_or_default() });
        }
        swaps.extend(into.into_iter().map(|s| Swap { out: String::new(), into: c(s).id.clone() }));
        swaps
    }

    /// What the plan is worth with a proposed site at another place, whether a candidate stands there or not.
    ///
    /// # Errors
    /// Where the id is none of the plan's, or the place is none where a site can stand.
    pub fn moved(&self, region: &Region, id: &str, to: LonLat) -> Result<Moved, Diagnostic> {
        let model = &self.model;
        if self.shares.is_some() {
            return Err(trouble::with_capacity());
        }
        let site = self.open_of(&[id.to_owned()]).first().copied().filter(|s| self.best.open.contains(s));
        let site = site.ok_or_else(|| trouble::unknown_lock(id, None))?;
        if !to.is_valid() {
            return Err(trouble::bad_position(id));
        }
        if is_inside(&region.ground.outside, to) {
            return Err(trouble::outside(id));
        }
        let access = region.ground.roads.access(to);
        if access.leg_m > MOST_CANDIDATE_LEG_M && !model.metric.is_line() {
            return Err(trouble::off_network(id, f64::from(access.leg_m) / 1000.0));
        }
        let others: Vec<u32> = self.best.open.iter().copied().filter(|s| *s != site).collect();
        let mut assigned = model.assign(region, &others);
        let mut search = Search::default();
        if !model.metric.is_line() {
            let source = Source { node: access.node, offset_m: model.metric.leg(access), owner: 0 };
            search.run(model.metric.csr(region), &[source]);
        }
        for (row, r) in model.demand.rows.iter().enumerate() {
            let way_in = if model.metric.is_line() {
                line_m(r.at, to)
            } else {
                search.label(r.access.node).map_or(FAR, |l| l.distance_m + model.metric.leg(r.access))
            };
            let onward = self.onwards.of(r.class as usize, to, access);
            let allowed = !(model.covers() || model.must[row]) || model.is_within(way_in);
            if way_in == FAR || onward == FAR || !allowed || model.skip[row] {
                continue;
            }
            take(&mut assigned, row, way_in + onward, way_in, site);
        }
        let (mut proposal, _) = self.read_assigned(&self.best.open, assigned, &self.best);
        let at = proposal.sites.iter().position(|s| s.id == id).ok_or_else(|| trouble::unknown_lock(id, None))?;
        let mut moved = proposal.sites.swap_remove(at);
        moved.at = to;
        let objective = proposal.objective.unwrap_or(0.0);
        if self.is_robust() {
            return Ok(Moved { site: moved, objective, gap: proposal.gap });
        }
        let bound = self.proved();
        let sign = if model.question.aim == Aim::MostCovered { -1.0 } else { 1.0 };
        let gap = bound
            .and_then(|b| Some(relative_gap(objective, b)? * if sign * (objective - b) < 0.0 { -1.0 } else { 1.0 }));
        Ok(Moved { site: moved, objective, gap })
    }
}

/// A site offers itself to a row.
fn take(assigned: &mut Assigned, row: usize, total: u32, way_in: u32, site: u32) {
    if total < assigned.total[row] {
        assigned.second[row] = assigned.total[row];
        assigned.total[row] = total;
        assigned.way_in[row] = way_in;
        assigned.by[row] = Server::Site(site);
    } else if total < assigned.second[row] {
        assigned.second[row] = total;
    }
}
