//! A question as numbers: demand, candidates, what stays, and who is near enough to matter.
//!
//! For each row of demand only candidates are listed that can serve it better than what stays open (or within the limit, where it
//! counts): a search from the row's place that ends where nothing better can come. That is exact, and small while most facilities
//! stay. On a clean sheet the list ends after so many candidates, and remembers how near the first one left out may be.

use super::{
    Aim, Existing, Question,
    candidates::{Candidate, Cast},
    demand::Rows,
    futures::Averaged,
    nearest_k::NearestK,
    ways::{Ball, FAR, Metric, Post, line_m, nearest},
};
use crate::{
    geo::NearestIndex,
    graph::Search,
    model::{FacilityKind, Region},
    siting::Row as SideRow,
};

/// Pairs that a question may have.
pub(super) const MOST_PAIRS: usize = 8_000_000;
/// Pairs that a truncated question has at first.
const TRUNCATED_PAIRS: usize = 1_500_000;
/// Least length of a truncated list.
const LEAST_LIST: usize = 12;

/// How each row of demand is served by a set of facilities.
#[derive(Clone, Debug, Default)]
pub(super) struct Served {
    /// The least way in and on together, and the row of its facility in the plan; `FAR` without one.
    pub total: Vec<(u32, u32)>,
    /// The least way in alone.
    pub near: Vec<u32>,
    /// The least way in and on from every road node, by class, where there are ways on.
    pub nodes: Vec<Vec<u32>>,
}

/// See the head of the file.
pub(super) struct Model {
    pub question: Question,
    pub metric: Metric,
    /// The limit as a length.
    pub limit: Option<u32>,
    pub candidates: Vec<Candidate>,
    /// Rows of the plan that are shut.
    pub shut: Vec<u32>,
    pub demand: Rows,
    /// By what stays, and by the plan as it is.
    pub stay: Served,
    pub now: Served,
    /// For each row the sites that matter with the way in.
    pub lists: Vec<Vec<(u32, u32)>>,
    /// No site left out of a row's list has a total below this; `FAR` where none was left out.
    pub floor: Vec<u32>,
    /// Rows that the limit must hold for: beyond it now, and some candidate is within it.
    pub must: Vec<bool>,
    /// Rows beyond the limit, or without any way, whatever is built.
    pub lost: Vec<bool>,
    /// Rows of demand that do not count at all.
    pub skip: Vec<bool>,
    /// What a row costs that nothing reaches, as a length.
    pub penalty: u32,
    /// Spacing and budget.
    pub sides: Vec<SideRow>,
    /// How many of `sides`, from the first, are spacing.
    pub spacing: usize,
    /// Yuan a year that a new site costs.
    pub site_cost: f64,
    /// Yuan a gross tonne for a length of 1.
    pub yuan: f64,
    /// The mean of futures in place of the table's values.
    pub averaged: Option<Averaged>,
    /// How many candidates a list may hold.
    most: usize,
    /// Candidates by node: `(node, site)` ascending.
    by_node: Vec<(u32, u32)>,
    /// First of `by_node` by node, where there is one.
    at_node: Vec<u32>,
    /// Rows of demand by node, ascending.
    rows_by_node: Vec<(u32, u32)>,
    /// Least leg and way on of any candidate, by class.
    least: Vec<u32>,
    index: Option<NearestIndex>,
    ball: Ball,
}

/// What a model is made of.
pub(super) struct Parts {
    pub question: Question,
    pub metric: Metric,
    pub cast: Cast,
    pub demand: Rows,
    pub stay: Served,
    pub now: Served,
    pub sides: Vec<SideRow>,
    pub spacing: usize,
    pub site_cost: f64,
    pub yuan: f64,
    pub skip: Vec<bool>,
}

impl Model {
    pub fn new(region: &Region, parts: Parts) -> Self {
        let Parts { question, metric, cast, demand, stay, now, sides, spacing, site_cost, yuan, skip } = parts;
        let limit = question.limit.map(|l| metric.within(l));
        let rows = demand.rows.len();
        let sites = cast.candidates.len();
        let mut by_node: Vec<(u32, u32)> =
            cast.candidates.iter().zip(0u32..).map(|(c, i)| (c.access.node, i)).collect();
        by_node.sort_unstable();
        let mut rows_by_node: Vec<(u32, u32)> = (0u32..).zip(&demand.rows).map(|(i, r)| (r.access.node, i)).collect();
        rows_by_node.sort_unstable();
        let mut at_node = Vec::new();
        let mut index = None;
        if metric.is_line() {
            index = Some(NearestIndex::new(cast.candidates.iter().map(|c| c.at)));
        } else {
            at_node = vec![u32::MAX; metric.csr(region).nodes()];
            for (i, (node, _)) in by_node.iter().enumerate().rev() {
                at_node[*node as usize] = i as u32;
            }
        }
        let least = (0..demand.classes.len())
            .map(|class| {
                let of = |c: &Candidate| match c.onward[class] {
                    FAR => FAR,
                    on => on + if metric.is_line() { 0 } else { metric.leg(c.access) },
                };
                cast.candidates.iter().map(of).min().unwrap_or(FAR)
            })
            .collect();
        let mut model = Self {
            limit,
            lists: vec![Vec::new(); rows],
            floor: vec![FAR; rows],
            must: vec![false; rows],
            lost: vec![false; rows],
            penalty: 0,
            most: sites,
            candidates: cast.candidates,
            shut: cast.shut,
            question,
            metric,
            demand,
            stay,
            now,
            skip,
            sides,
            spacing,
            site_cost,
            yuan,
            averaged: None,
            by_node,
            at_node,
            rows_by_node,
            least,
            index,
            ball: Ball::default(),
        };
        if model.may_truncate() {
            let expected = match model.question.aim {
                Aim::LeastCost => 40,
                _ => model.question.count.max(1),
            };
            let wanted = (6 * sites / expected).max(60);
            model.most = wanted.min(TRUNCATED_PAIRS / rows.max(1)).max(LEAST_LIST).min(sites);
        }
        model
    }

    /// Lists of coverage are whole; so are those of hubs, of which there are few.
    fn may_truncate(&self) -> bool {
        self.question.kind == FacilityKind::CollectionPoint
            && matches!(self.question.aim, Aim::Nearest | Aim::LeastCost | Aim::LeastLongest)
            && self.question.capacity_t.is_none()
    }

    /// What a site's way in and on is for a row.
    pub fn total(&self, row: usize, site: u32, way_in: u32) -> u32 {
        way_in + self.candidates[site as usize].onward[self.demand.rows[row].class as usize]
    }

    /// True where a way in is within the limit.
    pub fn is_within(&self, way_in: u32) -> bool {
        way_in != FAR && self.limit.is_none_or(|l| way_in <= l)
    }

    /// True where coverage alone counts.
    pub fn covers(&self) -> bool {
        matches!(self.question.aim, Aim::MostCovered | Aim::FewestSites)
    }

    /// The search for the nearest candidates of all rows at once, where little or nothing that stays would end a search from each.
    pub fn all_at_once(&self, region: &Region) -> Option<NearestK> {
        let clean = self.stay.total.iter().filter(|s| s.0 == FAR).count() * 2 > self.stay.total.len()
            || self.question.existing != Existing::Keep;
        if !clean || !self.may_truncate() || self.metric.is_line() || self.limit.is_some() {
            return None;
        }
        let sources = self.candidates.iter().map(|c| (c.access.node, self.metric.leg(c.access)));
        let asked = self.demand.rows.iter().zip(&self.skip).filter(|(_, skip)| !**skip).map(|(r, _)| r.access.node);
        Some(NearestK::new(self.metric.csr(region), self.most, sources, asked))
    }

    /// Lists what it found.
    pub fn take(&mut self, found: &NearestK) {
        for (row, r) in self.demand.rows.iter().enumerate().filter(|(row, _)| !self.skip[*row]) {
            let leg = self.metric.leg(r.access);
            let stay = self.stay.total[row].0;
            let (all, more) = found.of(r.access.node);
            let mut last = 0;
            let mut list: Vec<(u32, u32)> = all.map(|(site, d)| (site, d + leg)).inspect(|(_, d)| last = *d).collect();
            list.retain(|(_, way_in)| *way_in < stay);
            list.sort_unstable_by_key(|(site, way_in)| (*way_in, *site));
            self.lists[row] = list;
            self.floor[row] = if more && last < stay { last } else { FAR };
        }
    }

    /// True where ways are looked for from candidates, not from demand: with a way on behind each candidate, what stays
    /// tells at every road node whether a candidate can still be better.
    pub fn by_candidate(&self) -> bool {
        !self.stay.nodes.is_empty() && !self.metric.is_line()
    }

    /// Adds a candidate to the lists of all rows that it matters to. Returns how much work that was.
    pub fn look_from(&mut self, region: &Region, site: u32) -> usize {
        let c = &self.candidates[site as usize];
        let (metric, onward) = (&self.metric, &c.onward);
        let limit = self.limit.unwrap_or(0);
        let (mut found, mut ball) = (Vec::new(), std::mem::take(&mut self.ball));
        let graph = metric.csr(region);
        let work = ball.around_while(graph, c.access.node, metric.leg(c.access), |node, d| {
            let better =
                |class: usize| onward[class] != FAR && d + onward[class] < self.stay.nodes[class][node as usize];
            for row in self.rows_at(node) {
                let r = &self.demand.rows[row as usize];
                let (class, way_in) = (r.class as usize, d + metric.leg(r.access));
                let close = way_in <= limit && !self.is_within(self.stay.near[row as usize]);
                if !self.skip[row as usize] && (better(class) || (close && onward[class] != FAR)) {
                    found.push((row, way_in));
                }
            }
            d < limit || (0..onward.len()).any(better)
        });
        self.ball = ball;
        for (row, way_in) in found {
            self.lists[row as usize].push((site, way_in));
        }
        work
    }

    /// Rows of demand at a node.
    fn rows_at(&self, node: u32) -> impl Iterator<Item = u32> {
        let from = self.rows_by_node.partition_point(|(n, _)| *n < node);
        self.rows_by_node[from..].iter().take_while(move |(n, _)| *n == node).map(|(_, row)| *row)
    }

    /// Puts lists in order that were filled from candidates.
    pub fn sort(&mut self) {
        let mut lists = std::mem::take(&mut self.lists);
        for (row, list) in lists.iter_mut().enumerate() {
            list.sort_unstable_by_key(|(site, way_in)| (self.total(row, *site, *way_in), *site));
        }
        self.lists = lists;
    }

    /// Lists the sites of a row that matter. Returns how much work that was.
    pub fn look(&mut self, region: &Region, row: usize) -> usize {
        self.lists[row].clear();
        self.floor[row] = FAR;
        let r = self.demand.rows[row];
        let class = r.class as usize;
        let (stay, near) = (self.stay.total[row].0, self.stay.near[row]);
        let within = self.is_within(near);
        if self.skip[row] || self.least[class] == FAR || (self.limit.is_some() && self.covers() && within) {
            return 1;
        }
        // A way in up to `reach` counts whatever its total is; a total below `better` counts whatever its way in is.
        let reach = if within || self.limit.is_none() { 0 } else { self.limit.unwrap_or(0).saturating_add(1) };
        let better = if self.covers() { 0 } else { stay };
        let most = self.most;
        let least = self.least[class];
        let mut list: Vec<(u32, u32)> = Vec::new();
        let mut nearest: std::collections::BinaryHeap<u32> = std::collections::BinaryHeap::new();
        let candidates = &self.candidates;
        let mut offer = |site: u32, way_in: u32, nearest: &mut std::collections::BinaryHeap<u32>| {
            let on = candidates[site as usize].onward[class];
            if on == FAR {
                return;
            }
            let total = way_in + on;
            if way_in < reach || total < better {
                list.push((site, way_in));
                nearest.push(total);
                if nearest.len() > most {
                    nearest.pop();
                }
            }
        };
        // Ends the search: beyond it no way in is short enough and no total good enough.
        let end = |nearest: &std::collections::BinaryHeap<u32>, least: u32| {
            let kth = if nearest.len() >= most { nearest.peek().map_or(FAR, |k| k.saturating_add(1)) } else { FAR };
            reach.max(better.min(kth).saturating_sub(least))
        };
        let mut work = 1;
        if let Some(index) = &self.index {
            for i in index.nearest_k(r.at, candidates.len()) {
                let way_in = line_m(r.at, candidates[i as usize].at);
                if way_in >= end(&nearest, least).saturating_add(1) {
                    break;
                }
                offer(i, way_in, &mut nearest);
                work += 1;
            }
        } else {
            let graph = self.metric.csr(region);
            let start = self.metric.leg(r.access);
            let (by_node, at_node, metric) = (&self.by_node, &self.at_node, &self.metric);
            let first = end(&nearest, least);
            work += self.ball.around(graph, r.access.node, start, first, |node, d| {
                let from = at_node[node as usize];
                if from != u32::MAX {
                    for (_, site) in by_node[from as usize..].iter().take_while(|(n, _)| *n == node) {
                        offer(*site, d + metric.leg(candidates[*site as usize].access), &mut nearest);
                    }
                }
                end(&nearest, least)
            });
        }
        if list.len() > most {
            // What is left out is no nearer than the last that stays.
            let kth = nearest.peek().copied().unwrap_or(FAR);
            list.retain(|(site, way_in)| *way_in < reach || way_in + candidates[*site as usize].onward[class] <= kth);
            self.floor[row] = kth;
        } else if list.len() == most && most < candidates.len() {
            self.floor[row] = nearest.peek().copied().unwrap_or(FAR);
        }
        list.sort_unstable_by_key(|(site, way_in)| (way_in + candidates[*site as usize].onward[class], *site));
        self.lists[row] = list;
        work
    }

    /// Looks further from a row whose answer fell on what was left out. Returns how much work that was.
    pub fn widen(&mut self, region: &Region, row: u32) -> usize {
        let before = self.most;
        self.most =
            (4 * self.lists[row as usize].len()).clamp(LEAST_LIST.min(self.candidates.len()), self.candidates.len());
        let work = self.look(region, row as usize);
        self.most = before;
        work
    }

    /// After all rows were looked at: which must be served within the limit, which are lost.
    pub fn settle(&mut self) {
        let mut longest = 0;
        for row in 0..self.lists.len() {
            let (stay, near) = (self.stay.total[row].0, self.stay.near[row]);
            let within = self.is_within(near);
            let any_within = self.lists[row].iter().any(|(_, way_in)| self.is_within(*way_in));
            self.must[row] = self.limit.is_some() && !within && any_within && !self.skip[row];
            self.lost[row] = match self.limit {
                Some(_) => !within && !any_within,
                None => near == FAR && self.lists[row].is_empty(),
            };
            if self.must[row] && !self.covers() {
                // Beyond the limit nobody may serve it.
                let limit = self.limit.unwrap_or(FAR);
                self.lists[row].retain(|(_, way_in)| *way_in <= limit);
            }
            let listed = self.lists[row].last().map_or(0, |(site, way_in)| self.total(row, *site, *way_in));
            longest = longest.max(listed).max(if stay == FAR { 0 } else { stay });
        }
        self.penalty = longest;
    }

    pub fn pairs(&self) -> usize {
        self.lists.iter().map(Vec::len).sum()
    }

    /// Takes candidates out, by site.
    pub fn leave_out(&mut self, out: &[bool]) {
        let mut new = vec![u32::MAX; out.len()];
        let mut kept = 0;
        for (site, gone) in out.iter().enumerate() {
            if !gone {
                new[site] = kept;
                kept += 1;
            }
        }
        let mut site = 0;
        self.candidates.retain(|_| {
            site += 1;
            !out[site - 1]
        });
        for list in &mut self.lists {
            list.retain_mut(|(site, _)| {
                *site = new[*site as usize];
                *site != u32::MAX
            });
        }
        for side in &mut self.sides {
            side.terms.retain_mut(|(site, _)| {
                *site = new[*site as usize];
                *site != u32::MAX
            });
        }
        self.by_node.retain_mut(|(_, site)| {
            *site = new[*site as usize];
            *site != u32::MAX
        });
        self.at_node.iter_mut().for_each(|n| *n = u32::MAX);
        for (i, (node, _)) in self.by_node.iter().enumerate().rev() {
            if let Some(first) = self.at_node.get_mut(*node as usize) {
                *first = i as u32;
            }
        }
        if self.index.is_some() {
            self.index = Some(NearestIndex::new(self.candidates.iter().map(|c| c.at)));
        }
    }

    /// The least and most sites that may be open.
    pub fn count(&self) -> (usize, usize) {
        match self.question.aim {
            Aim::LeastCost | Aim::FewestSites => (0, self.candidates.len()),
            Aim::Nearest | Aim::MostCovered | Aim::LeastLongest => (self.question.count, self.question.count),
        }
    }

    /// True where the answer must not leave out what is not listed.
    pub fn is_truncated(&self) -> bool {
        self.floor.iter().any(|f| *f != FAR)
    }

    /// True for a site that is new: not there now, or closed in the plan.
    pub fn is_new(&self, site: u32) -> bool {
        !self.candidates[site as usize].open_now
    }
}

/// How rows of demand are served by facilities: `posts` by class, each with its way on.
pub(super) fn served(region: &Region, metric: &Metric, demand: &Rows, posts: &[Vec<Post>]) -> Served {
    let rows = &demand.rows;
    let mut search = Search::default();
    let mut total = vec![(FAR, FAR); rows.len()];
    let mut near = vec![(FAR, FAR); rows.len()];
    let mut nodes = Vec::new();
    for (class, posts) in (0u8..).zip(posts) {
        nearest(region, metric, rows, Some(class), posts, &mut search, &mut total);
        if posts.iter().all(|p| p.onward == 0) {
            for (row, r) in rows.iter().enumerate().filter(|(_, r)| r.class == class) {
                debug_assert_eq!(r.class, class);
                near[row] = total[row];
            }
        } else {
            if !metric.is_line() {
                nodes.push(search.labels().map(|l| l.map_or(FAR, |l| l.distance_m)).collect());
            }
            let plain: Vec<Post> = posts.iter().map(|p| Post { onward: 0, ..*p }).collect();
            nearest(region, metric, rows, Some(class), &plain, &mut search, &mut near);
        }
    }
    // One class without posts has no ways on of its own: nothing to prune by.
    nodes.truncate(if nodes.len() == posts.len() { nodes.len() } else { 0 });
    Served { total, near: near.into_iter().map(|n| n.0).collect(), nodes }
}
