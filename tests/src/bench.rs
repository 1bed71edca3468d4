//! Native figures as ratios within one run: the search kernel against petgraph, nearest facilities through the R-tree.
//! Every figure is taken with its answer checked. `cargo xtask bench` runs this.

use atlas_core::{
    account::Rates,
    catchment::straight_line_owners,
    evaluate::Evaluator,
    geo::{LonLat, haversine_m},
    graph::{Search, Source},
    model::{FacilityKind, Mode, ModeSet, Name, Region, Stream},
    routing::{Aim, Query, Router},
    scenario::{Levers, Plan, Scenario},
};
use petgraph::{algo::dijkstra, graph::NodeIndex};
use std::time::Instant;

fn main() {
    let start = Instant::now();
    let region = atlas_tests::region();
    let loading = start.elapsed().as_secs_f64() * 1e3;
    let roads = &region.ground.roads;
    let csr = roads.csr();
    let plan = Plan::baseline(&region.baseline);
    let points: Vec<LonLat> = plan.open(FacilityKind::CollectionPoint).map(|f| f.at).collect();
    let sources: Vec<Source> = points
        .iter()
        .zip(0u32..)
        .map(|(at, owner)| {
            let a = roads.access(*at);
            Source { node: a.node, offset_m: a.leg_m, owner }
        })
        .collect();

    // petgraph's dijkstra has one source: a node joined to every facility's node stands for all of them.
    let mut joined = roads.graph().map(|_, _| (), |_, link| link.length_m);
    let root = joined.add_node(());
    for s in &sources {
        joined.add_edge(root, NodeIndex::new(s.node as usize), s.offset_m);
    }
    let mut search = Search::default();
    search.run(csr, &sources);
    let by_petgraph = dijkstra(&joined, root, None, |e| *e.weight());
    for node in 0..csr.nodes() as u32 {
        let theirs = by_petgraph.get(&NodeIndex::new(node as usize)).copied();
        assert_eq!(search.label(node).map(|l| l.distance_m), theirs, "node {node}");
    }
    let [ours, theirs] = medians([&mut || search.run(csr, &sources), &mut || {
        std::hint::black_box(dijkstra(&joined, root, None, |e| *e.weight()));
    }]);

    println!("Native, {} nodes, {} collection points; data loaded in {loading:.0} ms", csr.nodes(), points.len());
    row("multi-source search, our kernel", &format!("{ours:.2} ms"), "", None);
    row("multi-source search, petgraph's dijkstra", &format!("{theirs:.2} ms"), "", None);
    row("petgraph / kernel", &format!("{:.1} x", theirs / ours), "at least 4 x", Some(theirs / ours >= 4.0));

    // A hundred thousand places, spread over the cells by a fixed step.
    let cells = &region.ground.cells;
    let places: Vec<LonLat> = (0..100_000usize)
        .map(|i| {
            let c = &cells[(i * 7919) % cells.len()];
            LonLat::new(c.at.lon + (i % 13) as f64 * 1e-3, c.at.lat - (i % 7) as f64 * 1e-3)
        })
        .collect();
    let found = straight_line_owners(&places, &points);
    let all = |at: LonLat| points.iter().map(|p| haversine_m(*p, at)).fold(f64::INFINITY, f64::min);
    for i in (0..places.len()).step_by(4_999) {
        let d = haversine_m(points[found[i].expect("a nearest") as usize], places[i]);
        assert!(d - all(places[i]) < 1e-6);
    }
    let few = &places[..1_000];
    let [tree, brute] =
        medians([&mut || drop(std::hint::black_box(straight_line_owners(&places, &points))), &mut || {
            std::hint::black_box(few.iter().map(|p| all(*p)).sum::<f64>());
        }]);
    row("nearest facility of 100k points, R-tree (tree built too)", &format!("{tree:.0} ms"), "", None);
    row("trying all, by 1k points / R-tree by 100k", &format!("{:.0} x", brute * 100.0 / tree), "", None);

    let mut evaluator = Evaluator::default();
    let whole = evaluator.evaluate(&region, &plan, &Scenario::default());
    assert_eq!(whole, Evaluator::default().evaluate(&region, &plan, &Scenario::default()));
    let [cold, warm] =
        medians([&mut || drop(Evaluator::default().evaluate(&region, &plan, &Scenario::default())), &mut || {
            drop(evaluator.evaluate(&region, &plan, &Scenario::default()));
        }]);
    row("evaluation, cold", &format!("{cold:.1} ms"), "", None);
    row("evaluation, fields kept", &format!("{warm:.1} ms"), "", None);
    ways(&region);
}

/// Ways by any modes: ours, and petgraph's dijkstra on a copy of the joined network.
fn ways(region: &Region) {
    let base = &region.baseline;
    let plan = Plan::baseline(base);
    let rates = Rates::new(&base.parameters, &Levers::default());
    let t = Instant::now();
    let mut router = Router::new(&region.ground, &base.facilities);
    let building = t.elapsed().as_secs_f64() * 1e3;
    let (nodes, arcs) = router.size();
    let seat = |code| base.prefectures.iter().find(|p| p.adcode == code).expect("a city").seat;
    let none = Name::default();
    let pairs = [(110_000, 310_000), (210_100, 440_100), (420_100, 330_200), (340_100, 320_500), (440_600, 441_800)];
    let query = |turn: usize, alternatives: usize| {
        let (from, to) = pairs[turn % pairs.len()];
        Query {
            from: (&none, seat(from)),
            to: (&none, seat(to)),
            modes: ModeSet::ALL,
            aim: Aim::COST,
            stream: Stream::Al,
            alternatives,
        }
    };
    // One graph with the same weights for petgraph; its answers are compared in tests/routes.rs.
    let mut graph = petgraph::graph::UnGraph::<(), f64>::default();
    let mut first = Vec::new();
    for mode in Mode::ALL {
        let network = region.ground.network(mode);
        let start = graph.node_count();
        first.push(start);
        for _ in 0..network.csr().nodes() {
            graph.add_node(());
        }
        for (a, b, link) in network.edges() {
            let weight = rates.moved(mode, rates.travelled_km(mode, f64::from(link.length_m)), Stream::Al).yuan_per_t;
            graph.add_edge(NodeIndex::new(start + a as usize), NodeIndex::new(start + b as usize), weight);
        }
    }
    for f in base.facilities.iter().filter(|f| f.kind.is_terminal()) {
        let node = graph.add_node(());
        for mode in f.modes.iter().filter(|m| *m != Mode::Road).chain([Mode::Road]) {
            let access = region.ground.network(mode).access(f.at);
            let to = NodeIndex::new(first[mode as usize] + access.node as usize);
            graph.add_edge(node, to, rates.transfer(mode).yuan_per_t + 0.01);
        }
    }
    let mut second = Router::new(&region.ground, &base.facilities);
    let (mut a, mut b, mut c) = (0, 0, 0);
    let [one, four, theirs] = medians([
        &mut || {
            a += 1;
            drop(std::hint::black_box(router.route(region, &plan, &rates, &query(a, 0))));
        },
        &mut || {
            b += 1;
            drop(std::hint::black_box(second.route(region, &plan, &rates, &query(b, 3))));
        },
        &mut || {
            c += 1;
            let (from, to) = pairs[c % pairs.len()];
            let [s, t] = [from, to].map(|p| NodeIndex::new(region.ground.roads.access(seat(p)).node as usize));
            std::hint::black_box(dijkstra(&graph, s, Some(t), |e| *e.weight()));
        },
    ]);
    println!("\nWays by any modes, {nodes} nodes, {arcs} arcs joined in {building:.0} ms");
    row("way between new places", &format!("{one:.1} ms"), "", None);
    row("the same with three alternatives", &format!("{four:.1} ms"), "", None);
    row("petgraph's dijkstra, weights ready made", &format!("{theirs:.1} ms"), "", None);
    row("petgraph / ours", &format!("{:.1} x", theirs / one), "", None);
}

/// Medians in milliseconds of tasks run in turn, so that all meet the same noise.
fn medians<const N: usize>(mut tasks: [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut times: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
    for run in 0..24 {
        for (task, times) in tasks.iter_mut().zip(&mut times) {
            let t = Instant::now();
            task();
            if run >= 3 {
                times.push(t.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    times.map(|mut t| {
        t.sort_by(f64::total_cmp);
        t[t.len() / 2]
    })
}

fn row(what: &str, value: &str, aim: &str, good: Option<bool>) {
    let word = good.map_or("", |g| if g { "reached" } else { "MISSED" });
    println!("{what:<58}{value:>12}   {aim:<16}{word}");
}
