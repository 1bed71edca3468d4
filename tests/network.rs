//! The real network against oracles that share none of its code: petgraph's dijkstra, and trying all.

use atlas_core::{
    account::Rates,
    catchment::{FacilitySet, Fields, cell_owners, straight_line_owners},
    geo::{LonLat, haversine_m},
    graph::{Search, Source},
    model::{Facility, FacilityKind, Stream},
    routing::point_route,
    scenario::{Levers, Plan},
};
use atlas_tests::region;
use petgraph::{algo::dijkstra, graph::NodeIndex};

#[test]
fn every_cell_has_the_nearest_hub_by_petgraph() {
    let region = region();
    let roads = &region.ground.roads;
    let plan = Plan::baseline(&region.baseline);
    let takes = |f: &Facility| f.kind == FacilityKind::Hub && f.status.receives() && f.takes(Stream::Cu);
    let rows = plan.facilities().iter().zip(0u32..).filter(|(p, _)| p.open && takes(&p.facility));
    let hubs: Vec<(u32, LonLat)> = rows.map(|(p, row)| (row, p.facility.at)).collect();
    let mut fields = Fields::default();
    let field = fields.of(roads, &plan, &FacilitySet::taking(FacilityKind::Hub, Stream::Cu));
    let owners = cell_owners(&region.ground, &field);
    let from_each: Vec<_> = hubs
        .iter()
        .map(|(row, at)| {
            let access = roads.access(*at);
            (
                *row,
                access.leg_m,
                dijkstra(roads.graph(), NodeIndex::new(access.node as usize), None, |e| e.weight().length_m),
            )
        })
        .collect();
    // Every 17th cell: a thousand and more of them, spread over all provinces.
    for i in (0..owners.len()).step_by(17) {
        let access = region.ground.cell_access[i];
        let best = from_each.iter().filter_map(|(owner, leg, d)| {
            Some((d.get(&NodeIndex::new(access.node as usize))? + leg + access.leg_m, *owner))
        });
        let mut best: Vec<(u32, u32)> = best.collect();
        best.sort_unstable();
        assert_eq!(owners[i].map(|l| (l.distance_m, l.owner)), best.first().copied(), "cell {i}");
        let second = field.second(access.node).map(|l| (l.distance_m + access.leg_m, l.owner));
        assert_eq!(second, best.get(1).copied(), "cell {i}: whose it would be");
    }
}

#[test]
fn straight_line_owners_agree_with_trying_all() {
    let region = region();
    let plan = Plan::baseline(&region.baseline);
    let points: Vec<LonLat> = plan.open(FacilityKind::CollectionPoint).map(|f| f.at).collect();
    let cells: Vec<LonLat> = region.ground.cells.iter().step_by(97).map(|c| c.at).collect();
    for (at, found) in cells.iter().zip(straight_line_owners(&cells, &points)) {
        let best = points.iter().map(|p| haversine_m(*p, *at)).fold(f64::INFINITY, f64::min);
        let found = haversine_m(points[found.unwrap() as usize], *at);
        assert!(found - best < 1e-6, "{found} against {best}");
    }
}

#[test]
fn a_route_is_as_long_as_its_line_on_the_ground() {
    let region = region();
    let plan = Plan::baseline(&region.baseline);
    let rates = Rates::new(&region.baseline.parameters, &Levers::default());
    let mut fields = Fields::default();
    for from in plan.open(FacilityKind::CollectionPoint).step_by(500) {
        let route =
            point_route(&region.ground, &plan, &mut fields, &rates, Stream::Cu, from).expect("a way for copper");
        assert_eq!(route.legs.len(), 2);
        assert_eq!(route.legs[0].path.first(), Some(&from.at));
        assert_eq!(route.legs[0].path.last(), route.legs[1].path.first(), "the legs join");
        for leg in &route.legs {
            let straight: f64 = leg.path.windows(2).map(|w| haversine_m(w[0], w[1])).sum::<f64>() / 1000.0;
            // The network's lengths follow the bends between its nodes, so the line is never longer than they say.
            assert!(leg.haul.km >= straight * 0.98, "{} km against a line of {straight} km", leg.haul.km);
            assert!(leg.haul.km <= straight * 1.35 + 1.0, "{} km against a line of {straight} km", leg.haul.km);
        }
        let km: f64 = route.legs.iter().map(|l| l.haul.km).sum();
        assert!((route.total.km - km).abs() < 1e-9);
    }
}

#[test]
fn stopping_at_the_target_is_the_same_distance() {
    let region = region();
    let csr = region.ground.roads.csr();
    let source = [Source { node: 12_345, offset_m: 0, owner: 0 }];
    let (mut whole, mut early) = (Search::default(), Search::default());
    whole.run(csr, &source);
    for target in (0..csr.nodes() as u32).step_by(9_001) {
        assert_eq!(early.run_to(csr, &source, target), whole.label(target));
    }
}
