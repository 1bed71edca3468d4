//! Ways by any modes on the real networks: against petgraph on a network joined anew, and by the rules that they promise.

use atlas_core::{
    account::Rates,
    model::{Facility, Mode, ModeSet, Name, Region, Stream},
    routing::{Aim, Answer, NoWay, Query, Router, find_place},
    scenario::{Change, Document, Edit, Levers, Plan},
};
use atlas_tests::region;
use petgraph::{
    algo::dijkstra,
    graph::{NodeIndex, UnGraph},
};

const PAIRS: [(&str, &str); 8] = [
    ("北京", "上海"),
    ("沈阳", "广州"),
    ("武汉", "宁波"),
    ("徐州", "南京"),
    ("贵港市", "深圳"),
    ("烟台", "大连"),
    ("合肥", "苏州"),
    ("佛山", "清远"),
];
const AIMS: [Aim; 4] = [Aim::COST, Aim::HOURS, Aim::CO2, Aim { yuan: 1.0, hours: 2.0, kg_co2e: 0.5 }];

fn modes(list: &[Mode]) -> ModeSet {
    list.iter().copied().collect()
}

struct Desk {
    region: Region,
    plan: Plan,
    rates: Rates,
    router: Router,
}

impl Desk {
    fn new() -> Self {
        let region = region();
        let plan = Plan::baseline(&region.baseline);
        let rates = Rates::new(&region.baseline.parameters, &Levers::default());
        let router = Router::new(&region.ground, &region.baseline.facilities);
        Self { region, plan, rates, router }
    }

    fn ask(&mut self, from: &str, to: &str, modes: ModeSet, aim: Aim, alternatives: usize) -> Result<Answer, NoWay> {
        let base = &self.region.baseline;
        let place = |t: &str| find_place(t, &base.facilities, &base.prefectures, &self.region.ground.places).unwrap();
        let (a, b) = (place(from), place(to));
        let query = Query { from: (&a.name, a.at), to: (&b.name, b.at), modes, aim, stream: Stream::Al, alternatives };
        self.router.route(&self.region, &self.plan, &self.rates, &query)
    }
}

/// The joined network once more, for petgraph: real numbers instead of integers, none of the router's code.
fn by_petgraph(desk: &Desk, from: &str, to: &str, aim: Aim) -> f64 {
    let ground = &desk.region.ground;
    let base = &desk.region.baseline;
    let mut graph = UnGraph::<(), f64>::default();
    let weight =
        |mode: Mode, metres: f64| aim.of(&desk.rates.moved(mode, desk.rates.travelled_km(mode, metres), Stream::Al));
    let mut first = Vec::new();
    for mode in Mode::ALL {
        let network = ground.network(mode);
        let start = graph.node_count();
        first.push(start);
        for _ in 0..network.csr().nodes() {
            graph.add_node(());
        }
        for (a, b, link) in network.edges() {
            let [a, b] = [a, b].map(|n| NodeIndex::new(start + n as usize));
            graph.add_edge(a, b, weight(mode, f64::from(link.length_m)));
        }
    }
    let terminals: Vec<&Facility> = base.facilities.iter().filter(|f| f.kind.is_terminal()).collect();
    let at_terminal = |graph: &mut UnGraph<(), f64>, f: &Facility| {
        let node = graph.add_node(());
        for mode in f.modes.iter().filter(|m| *m != Mode::Road).chain([Mode::Road]) {
            let access = ground.network(mode).access(f.at);
            let charge = if mode == Mode::Road { desk.rates.handled(mode, 1.0) } else { desk.rates.transfer(mode) };
            let to = NodeIndex::new(first[mode as usize] + access.node as usize);
            graph.add_edge(node, to, weight(mode, f64::from(access.leg_m)) + aim.of(&charge));
        }
        node
    };
    let nodes: Vec<NodeIndex> = terminals.iter().map(|f| at_terminal(&mut graph, f)).collect();
    let load = aim.of(&desk.rates.handled(Mode::Road, 1.0));
    let end = |graph: &mut UnGraph<(), f64>, text: &str| {
        let at = find_place(text, &base.facilities, &base.prefectures, &ground.places).unwrap().at;
        let node = graph.add_node(());
        let access = ground.roads.access(at);
        let road = NodeIndex::new(access.node as usize);
        graph.add_edge(node, road, weight(Mode::Road, f64::from(access.leg_m)) + load);
        if let Some(i) = terminals.iter().position(|t| t.at == at) {
            graph.add_edge(node, nodes[i], 0.0);
        }
        node
    };
    let (a, b) = (end(&mut graph, from), end(&mut graph, to));
    dijkstra(&graph, a, Some(b), |e| *e.weight())[&b]
}

#[test]
fn no_cheaper_way_is_found_by_petgraph() {
    let mut desk = Desk::new();
    for (from, to) in PAIRS {
        for aim in AIMS {
            let answer = desk.ask(from, to, ModeSet::ALL, aim, 0).expect("everything is joined");
            let (ours, theirs) = (aim.of(&answer.best.total), by_petgraph(&desk, from, to, aim));
            // Weights are whole numbers: a quarter of a road metre an arc may be lost.
            assert!((ours / theirs - 1.0).abs() < 2e-4, "{from} - {to} by {aim:?}: {ours} against {theirs}");
        }
    }
}

#[test]
fn a_way_is_the_sum_of_its_legs_and_they_join() {
    let mut desk = Desk::new();
    for (from, to) in PAIRS {
        let answer = desk.ask(from, to, ModeSet::ALL, Aim::CO2, 3).unwrap();
        for route in [&answer.best].into_iter().chain(answer.alternatives.iter().map(|a| &a.route)) {
            let sum = |f: fn(&atlas_core::account::Haul) -> f64| route.legs.iter().map(|l| f(&l.haul)).sum::<f64>();
            assert!((sum(|h| h.km) - route.total.km).abs() < 1e-6);
            assert!((sum(|h| h.hours) - route.total.hours).abs() < 1e-6);
            assert!((sum(|h| h.yuan_per_t) - route.total.yuan_per_t).abs() < 1e-6);
            assert!((sum(|h| h.kg_co2e_per_t) - route.total.kg_co2e_per_t).abs() < 1e-6);
            assert!(route.legs.windows(2).all(|w| w[0].path.last() == w[1].path.first() && w[0].to == w[1].from));
            assert!(route.legs.windows(2).all(|w| w[0].mode != w[1].mode), "no change without a change of mode");
        }
    }
}

#[test]
fn alternatives_are_different_and_not_half_dearer_or_it_says_why() {
    let mut desk = Desk::new();
    for (from, to) in PAIRS {
        for list in [&[Mode::Road][..], &[Mode::Road, Mode::Rail], &Mode::ALL, &[Mode::Rail]] {
            let Ok(answer) = desk.ask(from, to, modes(list), Aim::COST, 3) else { continue };
            let best = answer.best.total.yuan_per_t;
            assert_eq!(answer.fewer.is_some(), answer.alternatives.len() < 3);
            for other in &answer.alternatives {
                assert!(other.different >= 0.2, "{from} - {to}: {}", other.different);
                let times = other.route.total.yuan_per_t / best;
                let least = if list.contains(&Mode::Road) { 0.9999 } else { 0.5 };
                assert!((least..=1.5).contains(&times), "{from} - {to}: {times}");
                assert!((times - other.times_best).abs() < 1e-9);
            }
        }
    }
    // Between the two halves of a city there is hardly room for others, but always an answer.
    assert!(desk.ask("武汉", "武汉", modes(&[Mode::Road]), Aim::COST, 3).is_ok());
}

#[test]
fn without_road_trucks_only_bring_and_fetch() {
    let mut desk = Desk::new();
    for (from, to) in PAIRS {
        for list in [&[Mode::Rail][..], &[Mode::Sea], &[Mode::Rail, Mode::Water, Mode::Sea]] {
            let Ok(answer) = desk.ask(from, to, modes(list), Aim::COST, 2) else { continue };
            for route in [&answer.best].into_iter().chain(answer.alternatives.iter().map(|a| &a.route)) {
                let roads: Vec<usize> = (0..route.legs.len()).filter(|i| route.legs[*i].mode == Mode::Road).collect();
                assert!(roads.iter().all(|i| *i == 0 || *i == route.legs.len() - 1), "{from} - {to}");
                assert!(route.legs.iter().any(|l| l.mode != Mode::Road), "{from} - {to}");
                assert!(route.legs.iter().all(|l| l.mode == Mode::Road || list.contains(&l.mode)));
            }
        }
    }
}

/// The quickest way by barge is no truck that drives past the barges.
#[test]
fn without_road_trucks_stay_short_whatever_the_aim() {
    let mut desk = Desk::new();
    for (from, to, mode) in [
        ("贵港市", "深圳", Mode::Water),
        ("武汉", "南京", Mode::Water),
        ("天津", "广州", Mode::Sea),
        ("北京", "广州", Mode::Rail),
    ] {
        for aim in AIMS {
            let best = desk.ask(from, to, modes(&[mode]), aim, 0).expect("a way").best;
            let km =
                |wanted: fn(Mode) -> bool| best.legs.iter().filter(|l| wanted(l.mode)).map(|l| l.haul.km).sum::<f64>();
            let (trucks, rest) = (km(|m| m == Mode::Road), km(|m| m != Mode::Road));
            assert!(trucks < 0.35 * rest, "{from} - {to} by {aim:?}: {trucks:.0} km by truck, {rest:.0} km else");
        }
    }
}

#[test]
fn more_modes_never_cost_more() {
    let mut desk = Desk::new();
    for (from, to) in PAIRS {
        let mut cost = |list: &[Mode]| desk.ask(from, to, modes(list), Aim::COST, 0).unwrap().best.total.yuan_per_t;
        let by = [cost(&[Mode::Road]), cost(&[Mode::Road, Mode::Rail]), cost(&Mode::ALL)];
        assert!(by[1] <= by[0] * 1.0001 && by[2] <= by[1] * 1.0001, "{from} - {to}: {by:?}");
    }
}

#[test]
fn a_closed_terminal_is_not_used_and_an_impossible_question_has_a_reason() {
    let mut desk = Desk::new();
    let rail = modes(&[Mode::Rail]);
    let open = desk.ask("清远", "沈阳", rail, Aim::COST, 0).unwrap().best;
    let hub = open.legs.iter().find(|l| l.mode == Mode::Rail).unwrap().from.clone();
    let id = desk.region.baseline.facilities.iter().find(|f| f.kind.is_terminal() && f.name == hub).unwrap().id.clone();
    let mut document = Document::new(&desk.region.baseline);
    document.make(&desk.region.baseline, Change::Edit(Edit::Close { id })).unwrap();
    desk.plan = document.plan().clone();
    let closed = desk.ask("清远", "沈阳", rail, Aim::COST, 0).unwrap().best;
    assert!(closed.legs.iter().all(|l| l.from != hub && l.to != hub));
    assert!(closed.total.yuan_per_t >= open.total.yuan_per_t);

    assert_eq!(desk.ask("广州", "沈阳", ModeSet::default(), Aim::COST, 0), Err(NoWay::NoModes));
    for bad in [0.0, -1.0, f64::NAN] {
        let aim = Aim { yuan: bad, hours: 0.0, kg_co2e: 0.0 };
        assert_eq!(desk.ask("广州", "沈阳", rail, aim, 0), Err(NoWay::BadAim));
    }
    assert_eq!(desk.ask("广州", "广州", rail, Aim::COST, 0), Err(NoWay::NoUse));
    assert_eq!(desk.ask("121.5,31.2", "121.50001,31.2", rail, Aim::COST, 0), Err(NoWay::NoUse));
    assert_eq!(desk.ask("0,0", "上海", ModeSet::ALL, Aim::COST, 0), Err(NoWay::Outside));
    let ids: Vec<String> =
        desk.region.baseline.facilities.iter().filter(|f| f.kind.is_terminal()).map(|f| f.id.clone()).collect();
    for id in ids {
        let _ = document.make(&desk.region.baseline, Change::Edit(Edit::Close { id }));
    }
    desk.plan = document.plan().clone();
    assert_eq!(desk.ask("广州", "沈阳", rail, Aim::COST, 0), Err(NoWay::Apart));
}

#[test]
fn borders_hazards_and_factor_families_are_in_the_price() {
    let mut desk = Desk::new();
    let plain = desk.ask("上海", "合肥", modes(&[Mode::Road]), Aim::COST, 0).unwrap().best.total;
    let mut document = Document::new(&desk.region.baseline);
    for (key, value) in [
        ("freight.friction.all.province", 20.0),
        ("freight.friction.all.cluster", 50.0),
        ("freight.emission_family.all", 2.0),
    ] {
        document.make(&desk.region.baseline, Change::Parameter(key.into(), Some(value))).unwrap();
    }
    desk.rates = Rates::new(&document.scenario().parameters(&desk.region.baseline), &Levers::default());
    let near = desk.ask("上海", "合肥", modes(&[Mode::Road]), Aim::COST, 0).unwrap().best;
    assert_eq!(near.border_yuan_per_t, 20.0, "two provinces, one cluster");
    assert!((near.total.yuan_per_t - plain.yuan_per_t - 20.0).abs() < 1e-9);
    assert!((near.total.kg_co2e_per_t / plain.kg_co2e_per_t - 78.0 / 75.0).abs() < 1e-9, "GB/T 51366 instead of GLEC");
    let far = desk.ask("上海", "广州", ModeSet::ALL, Aim::COST, 0).unwrap().best;
    assert_eq!(far.border_yuan_per_t, 70.0);
    assert!(
        far.legs.len() > 1 && far.legs.iter().all(|l| l.at_ends.kg_co2e_per_t == 0.0),
        "no GLEC figure among GB/T ones"
    );
    assert_eq!(desk.ask("南京", "苏州", ModeSet::ALL, Aim::COST, 0).unwrap().best.border_yuan_per_t, 0.0);
    // Lead batteries pay the hazard multiplier on every tonne-kilometre.
    let [al, pb] = [Stream::Al, Stream::Pb].map(|stream| {
        let none = Name::default();
        let seat = |code| desk.region.baseline.prefectures.iter().find(|p| p.adcode == code).unwrap().seat;
        let query = Query {
            from: (&none, seat(310_000)),
            to: (&none, seat(340_100)),
            modes: modes(&[Mode::Road]),
            aim: Aim::COST,
            stream,
            alternatives: 0,
        };
        desk.router.route(&desk.region, &desk.plan, &desk.rates, &query).unwrap().best.total
    });
    assert!(((pb.yuan_per_t - 50.0) / (al.yuan_per_t - 50.0) - 1.6).abs() < 1e-9, "{pb:?} against {al:?}");
}
