//! How far it is, by the rule of the catchments: access leg, network, access leg, in whole numbers.

use super::{Question, demand::Row};
use crate::{
    account::Rates,
    catchment::{self, Lengths, Measure, value_of},
    geo::{LonLat, NearestGrid, haversine_m},
    graph::{Access, Csr, Search, Source},
    model::Region,
    scenario::Scenario,
};
use std::{cmp::Reverse, collections::BinaryHeap, rc::Rc};

/// No way.
pub(super) const FAR: u32 = u32::MAX;

/// What ways are measured in.
#[derive(Clone)]
pub(super) struct Metric {
    pub measure: Measure,
    pub lengths: Lengths,
    graph: Option<Rc<Csr>>,
    /// A length of 1 in the measure's unit.
    pub each: f64,
}

/// The road graph in other lengths than metres, kept between questions.
#[derive(Default)]
pub(super) struct Graphs(Vec<(Lengths, Rc<Csr>)>);

impl Graphs {
    fn of(&mut self, region: &Region, lengths: Lengths) -> Option<Rc<Csr>> {
        if lengths == Lengths::Metres {
            return None;
        }
        if let Some((_, graph)) = self.0.iter().find(|(l, _)| *l == lengths) {
            return Some(Rc::clone(graph));
        }
        let roads = &region.ground.roads;
        let edges = roads.edges().map(|(a, b, link)| (a, b, lengths.link(link)));
        let graph = Rc::new(Csr::new(roads.csr().nodes(), edges));
        self.0.clear();
        self.0.push((lengths, Rc::clone(&graph)));
        Some(graph)
    }
}

impl Metric {
    pub fn new(
        region: &Region,
        scenario: &Scenario,
        question: &Question,
        measure: Measure,
        graphs: &mut Graphs,
    ) -> Self {
        let parameters = &*scenario.parameters(&region.baseline);
        let rates = Rates::new(parameters, &scenario.levers);
        let lengths = match measure {
            Measure::Minutes => Lengths::time(parameters, &rates),
            _ => Lengths::Metres,
        };
        let asked =
            catchment::Question { measure, stream: question.stream, ..catchment::Question::usual(question.kind) };
        let each = value_of(&asked, &rates)(1);
        Self { measure, lengths, graph: graphs.of(region, lengths), each }
    }

    pub fn csr<'a>(&'a self, region: &'a Region) -> &'a Csr {
        self.graph.as_deref().unwrap_or_else(|| region.ground.roads.csr())
    }

    pub fn is_line(&self) -> bool {
        self.measure == Measure::Line
    }

    /// A straight leg onto the roads.
    pub const fn leg(&self, access: Access) -> u32 {
        self.lengths.leg(access.leg_m)
    }

    /// The longest length whose value is within a limit, as the survey compares them.
    pub fn within(&self, limit: f64) -> u32 {
        let mut length = (limit / self.each + 2.0).clamp(0.0, f64::from(FAR - 1)) as u32;
        while length > 0 && f64::from(length) * self.each > limit {
            length -= 1;
        }
        length
    }
}

/// Whole metres in a straight line.
pub(super) fn line_m(a: LonLat, b: LonLat) -> u32 {
    libm::round(haversine_m(a, b)) as u32
}

/// A place that serves: where, what lies behind it, and a tag by which ties are broken.
pub(super) struct Post {
    pub at: LonLat,
    pub access: Access,
    pub onward: u32,
    pub tag: u32,
}

/// For each row of demand the nearest post, way on included: `(length, tag)`, or `(FAR, FAR)`. Only rows of the class are
/// looked at; others keep what they are.
pub(super) fn nearest(
    region: &Region,
    metric: &Metric,
    rows: &[Row],
    class: Option<u8>,
    posts: &[Post],
    search: &mut Search,
    found: &mut [(u32, u32)],
) {
    let mine = |r: &Row| class.is_none_or(|c| c == r.class);
    if metric.is_line() {
        let plain = posts.iter().all(|p| p.onward == 0);
        let at: Vec<LonLat> = posts.iter().map(|p| p.at).collect();
        let grid = plain.then(|| NearestGrid::new(&at));
        for (row, found) in rows.iter().zip(found).filter(|(r, _)| mine(r)) {
            *found = match &grid {
                Some(grid) => grid.nearest_two(row.at)[0].map(|i| {
                    let p = &posts[i as usize];
                    (line_m(row.at, p.at), p.tag)
                }),
                None => posts.iter().map(|p| (line_m(row.at, p.at) + p.onward, p.tag)).min(),
            }
            .unwrap_or((FAR, FAR));
        }
        return;
    }
    let source = |p: &Post| Source { node: p.access.node, offset_m: metric.leg(p.access) + p.onward, owner: p.tag };
    let sources: Vec<Source> = posts.iter().map(source).collect();
    search.run(metric.csr(region), &sources);
    for (row, found) in rows.iter().zip(found).filter(|(r, _)| mine(r)) {
        let label = search.label(row.access.node);
        *found = label.map_or((FAR, FAR), |l| (l.distance_m + metric.leg(row.access), l.owner));
    }
}

/// Searches outward from one place after another, each only as far as it needs.
#[derive(Default)]
pub(super) struct Ball {
    distance: Vec<u32>,
    stamp: Vec<u32>,
    round: u32,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
}

impl Ball {
    /// Visits nodes by distance from a start, and goes on from those where `visit` says so.
    pub fn around_while(
        &mut self,
        graph: &Csr,
        node: u32,
        start: u32,
        mut visit: impl FnMut(u32, u32) -> bool,
    ) -> usize {
        self.begin(graph, node, start);
        let mut visited = 0;
        while let Some(Reverse((d, at))) = self.heap.pop() {
            if d > self.distance[at as usize] {
                continue;
            }
            visited += 1;
            if visit(at, d) {
                for &(to, length) in graph.arcs(at) {
                    self.reach(d.saturating_add(length), to);
                }
            }
        }
        visited
    }

    fn begin(&mut self, graph: &Csr, node: u32, start: u32) {
        if self.stamp.len() != graph.nodes() {
            self.stamp = vec![0; graph.nodes()];
            self.distance = vec![0; graph.nodes()];
            self.round = 0;
        }
        self.round += 1;
        self.heap.clear();
        self.reach(start, node);
    }

    fn reach(&mut self, distance: u32, node: u32) {
        let n = node as usize;
        if self.stamp[n] != self.round || distance < self.distance[n] {
            self.stamp[n] = self.round;
            self.distance[n] = distance;
            self.heap.push(Reverse((distance, node)));
        }
    }

    /// Visits nodes by distance from a start, until one lies at or beyond what `visit` said last. Returns how many were visited.
    pub fn around(
        &mut self,
        graph: &Csr,
        node: u32,
        start: u32,
        mut cutoff: u32,
        mut visit: impl FnMut(u32, u32) -> u32,
    ) -> usize {
        self.begin(graph, node, start);
        let mut visited = 0;
        while let Some(Reverse((d, at))) = self.heap.pop() {
            if d >= cutoff {
                break;
            }
            if d > self.distance[at as usize] {
                continue;
            }
            visited += 1;
            cutoff = visit(at, d);
            for &(to, length) in graph.arcs(at) {
                let reached = d.saturating_add(length);
                if reached < cutoff {
                    self.reach(reached, to);
                }
            }
        }
        visited
    }
}
