//! Native figures as ratios within one run: the search kernel against petgraph, nearest facilities through the R-tree.
//! Every figure is taken with its answer checked. `cargo xtask bench` runs this.

mod scale;
mod turned;

use atlas_core::{
    account::Rates,
    catchment::{Areas, Fields, Question, straight_line_owners, survey},
    evaluate::Evaluator,
    geo::{LonLat, NearestGrid, NearestIndex, haversine_m},
    graph::{Csr, Reach, Search, Source},
    model::{FacilityKind, Mode, ModeSet, Name, Region, Stream},
    routing::{Aim, Query, Router},
    scenario::{Levers, Plan, Scenario},
};
use atlas_tests::row;
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
    let labels: Vec<u64> = search.labels().map(|l| l.map_or(0, |l| u64::from(l.distance_m))).collect();
    let [ours, theirs, floor] = medians([
        &mut || search.run(csr, &sources),
        &mut || {
            std::hint::black_box(dijkstra(&joined, root, None, |e| *e.weight()));
        },
        &mut || {
            std::hint::black_box(sweep(csr, &labels));
        },
    ]);

    println!("Native, {} nodes, {} collection points; data loaded in {loading:.0} ms", csr.nodes(), points.len());
    row("multi-source search, our kernel", &format!("{ours:.2} ms"), "", None);
    row("multi-source search, petgraph's dijkstra", &format!("{theirs:.2} ms"), "", None);
    row("petgraph / kernel", &format!("{:.1} x", theirs / ours), "at least 4 x", Some(theirs / ours >= 4.0));
    row("one linear sweep over all arcs (the floor)", &format!("{floor:.2} ms"), "", None);
    row("kernel / floor", &format!("{:.1} x", ours / floor), "at most 20 x", Some(ours / floor <= 20.0));
    repairs(csr, &sources);

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
    // The drag path's question: the two nearest of five thousand facilities, for every place.
    let many: Vec<LonLat> = (0..5_000usize).map(|i| cells[(i * 6_151) % cells.len()].at).collect();
    let (grid, tree5) = (NearestGrid::new(&many), NearestIndex::new(many.iter().copied()));
    for at in places.iter().step_by(997) {
        let d = |i: u32| haversine_m(many[i as usize], *at);
        assert!((d(grid.nearest_two(*at)[0].expect("one")) - d(tree5.nearest(*at).expect("one"))).abs() < 1e-6);
    }
    let [by_grid, by_tree] = medians([
        &mut || {
            let grid = NearestGrid::new(&many);
            std::hint::black_box(places.iter().filter_map(|p| grid.nearest_two(*p)[1]).map(u64::from).sum::<u64>());
        },
        &mut || {
            let tree = NearestIndex::new(many.iter().copied());
            std::hint::black_box(
                places.iter().filter_map(|p| tree.nearest_k(*p, 2).nth(1)).map(u64::from).sum::<u64>(),
            );
        },
    ]);
    row("two nearest of 5k facilities for 100k places, grid (built too)", &format!("{by_grid:.1} ms"), "", None);
    row("the same by R-tree (rstar)", &format!("{by_tree:.1} ms"), "", None);
    row("rstar / grid", &format!("{:.1} x", by_tree / by_grid), "at least 5 x", Some(by_tree / by_grid >= 5.0));
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
    let question = Question::usual(FacilityKind::CollectionPoint);
    let mut fields = Fields::default();
    let none = Scenario::default();
    let areas = Areas::new(&region.ground.roads);
    let first = survey(&region, &plan, &none, &question, &mut fields);
    assert_eq!(first.survey.total.people, whole.total.people);
    let mut drawn_with = Fields::default();
    let [figures, all, one] = medians([
        &mut || drop(survey(&region, &plan, &none, &question, &mut fields)),
        &mut || drop(areas.of(&region, &plan, &none, &question, &mut drawn_with).catchments(0.0005, |_| true)),
        &mut || {
            let drawn = areas.of(&region, &plan, &none, &question, evaluator.fields());
            std::hint::black_box(drawn.one(1_000));
        },
    ]);
    row("survey: every cell, coverage, losses, equity; field kept", &format!("{figures:.1} ms"), "", None);
    row("borders of all catchments", &format!("{all:.1} ms"), "", None);
    row("border and bands of one, as in a drag", &format!("{one:.2} ms"), "", None);
    ways(&region);
    turned::run(&region);
    scale::run();
}

/// Reads every arc and the label at its end once: no search can do less.
fn sweep(csr: &Csr, labels: &[u64]) -> u64 {
    (0..csr.nodes() as u32).flat_map(|n| csr.arcs(n)).map(|(to, m)| labels[*to as usize].min(u64::from(*m))).sum()
}

/// The two nearest of every node: made anew, and repaired after one collection point moved to a neighbour's node.
fn repairs(csr: &Csr, sources: &[Source]) {
    let mut whole = Vec::new();
    let mut repair = Vec::new();
    let mut kept = Reach::default();
    kept.update(csr, sources);
    for turn in 0..400 {
        if turn % 20 == 0 {
            let t = Instant::now();
            let mut fresh = Reach::default();
            fresh.update(csr, sources);
            whole.push(t.elapsed().as_secs_f64() * 1e3);
            assert_eq!(fresh.words(), kept.words(), "repairs and recomputing agree to the bit");
        }
        let row = turn * 7919 % sources.len();
        let mut moved = sources.to_vec();
        moved[row].node = csr.arcs(sources[(row + 1) % sources.len()].node).first().expect("a road").0;
        for to in [&moved[..], sources] {
            let t = Instant::now();
            kept.update(csr, to);
            repair.push(t.elapsed().as_secs_f64() * 1e3);
        }
    }
    whole.sort_by(f64::total_cmp);
    repair.sort_by(f64::total_cmp);
    let (full, p50, p95) = (whole[whole.len() / 2], repair[repair.len() / 2], repair[repair.len() * 95 / 100]);
    row("two nearest of every node, made anew", &format!("{full:.2} ms"), "", None);
    row("repair after one point moved, median", &format!("{p50:.3} ms"), "", None);
    row("repair, 95th percentile", &format!("{p95:.3} ms"), "", None);
    row("recompute / repair", &format!("{:.0} x", full / p50), "at least 20 x", Some(full / p50 >= 20.0));
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
