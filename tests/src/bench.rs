//! Native figures as ratios within one run: the search kernel against petgraph, nearest facilities through the R-tree.
//! Every figure is taken with its answer checked. `cargo xtask bench` runs this.

use atlas_core::{
    catchment::straight_line_owners,
    evaluate::Evaluator,
    geo::{LonLat, haversine_m},
    graph::{Search, Source},
    model::FacilityKind,
    scenario::{Levers, Plan},
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
    let whole = evaluator.evaluate(&region, &plan, &Levers::default());
    assert_eq!(whole, Evaluator::default().evaluate(&region, &plan, &Levers::default()));
    let [cold, warm] =
        medians([&mut || drop(Evaluator::default().evaluate(&region, &plan, &Levers::default())), &mut || {
            drop(evaluator.evaluate(&region, &plan, &Levers::default()));
        }]);
    row("evaluation, cold", &format!("{cold:.1} ms"), "", None);
    row("evaluation, fields kept", &format!("{warm:.1} ms"), "", None);
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
