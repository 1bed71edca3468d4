//! The four networks joined at their terminals, and the least way through them.

use super::{
    Aim, Leg, Route,
    alternatives::{self, Alternative, Fewer},
};
use crate::{
    account::{Rates, Territory},
    geo::LonLat,
    graph::{Csr, Search, Source},
    model::{Facility, Ground, MOST_ACCESS_M, Mode, ModeSet, Name, PerMode, Region, Stream},
    scenario::Plan,
};
use std::rc::Rc;
use thiserror::Error;

/// Weight units a road metre: fine enough that rounding costs less than a metre an edge.
const UNITS: f64 = 4.0;
/// No single arc weighs more: sums stay below 2^32.
const HEAVIEST: f64 = (1u32 << 26) as f64;
/// Without road a truck's kilometre weighs so many times in the choice (not in the price): trucks then serve the nearest
/// terminals. Else the quickest "way by barge" would drive a truck most of the way.
const TRUCKS_SHORT: f64 = 20.0;
/// And so many times the kilometre of the slowest or dearest other mode, where a user makes that one slower still.
const TRUCKS_SHORTER: f64 = 4.0;
/// No mode's metre weighs more units: three thousand kilometres of detours stay far below 2^32.
const MOST_UNITS: f64 = UNITS * TRUCKS_SHORT;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Where it begins, and what that is called.
    pub from: (&'a Name, LonLat),
    /// Where it ends.
    pub to: (&'a Name, LonLat),
    /// Modes for the way. Without road, trucks only bring goods to the first terminal and fetch them from the last,
    /// and stay as short as they can: the aim chooses the rest.
    pub modes: ModeSet,
    /// What the way is chosen by.
    pub aim: Aim,
    /// What travels.
    pub stream: Stream,
    /// How many alternatives at most.
    pub alternatives: usize,
}

/// The least way and others.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The least way.
    pub best: Route,
    /// Others, by ascending generalised cost.
    pub alternatives: Vec<Alternative>,
    /// Why there are no more, where fewer were found than asked for.
    pub fewer: Option<Fewer>,
}

/// Why there is no way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoWay {
    /// No mode was chosen.
    #[error("no mode of transport is chosen; choose at least one of road, rail, water and sea")]
    NoModes,
    /// The weights cannot order ways.
    #[error("the weights of cost, hours and CO2 must not be negative, and one of them must be more than 0")]
    BadAim,
    /// Nothing joins the two places with these modes.
    #[error("no way joins the two places with these modes; allow another mode, or choose other places")]
    Apart,
    /// Without road: trucks would drive to the terminals and from them as far as all the way.
    #[error("to the terminals and from them trucks would drive as far as all the way; allow road")]
    NoUse,
    /// A place is out of the networks' reach.
    #[error("one of the places is further than {} km from every road of the map; choose places in the region", MOST_ACCESS_M / 1000)]
    Outside,
}

impl NoWay {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoModes => "route-no-modes",
            Self::BadAim => "route-bad-aim",
            Self::Apart => "route-apart",
            Self::NoUse => "route-no-use",
            Self::Outside => "route-outside",
        }
    }
}

/// A port or rail hub of the network.
pub(super) struct Terminal {
    id: String,
    name: Name,
    pub at: LonLat,
}

/// What a node stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    /// A node of a mode's own network, by its index there.
    Of(Mode, u32),
    /// A terminal, by row: where trucks bring goods.
    Entry(u32),
    /// The same terminal where trucks fetch goods. Apart from the entry, so that a way without road must use another mode.
    Exit(u32),
}

/// The joined network of one region. Built once; every query weighs it anew.
pub struct Router {
    /// Lengths in network metres; at terminals those of the straight leg to the network, plus 1 so that none is 0.
    pub(super) joined: Csr,
    pub(super) terminals: Vec<Terminal>,
    /// First node of each mode, then of entries, of exits, and the number of nodes.
    pub(super) first: [u32; 7],
    pub(super) searches: [Search; 3],
    /// The weights of the last query: another origin or destination asks with the same.
    weighed: Option<(Weighing, Rc<Weighed>)>,
}

/// All that weights depend on.
#[derive(PartialEq)]
struct Weighing {
    rates: Rates,
    aim: Aim,
    stream: Stream,
    modes: ModeSet,
    closed: Vec<bool>,
}

/// The weights of a query.
#[derive(Clone)]
pub(super) struct Weighed {
    /// What trucks use; every mode where trucks may go all the way.
    pub road: Csr,
    /// What the other modes use, where trucks are kept apart.
    pub other: Option<Csr>,
    /// Units of weight a metre of road.
    per_road_m: f64,
    /// Units of one truck handling.
    truck_handling: f64,
    pub closed: Vec<bool>,
}

impl Weighed {
    /// What the straight leg between a place and the road weighs, loading or unloading included.
    pub(super) fn by_truck(&self, leg_m: u32) -> u32 {
        libm::round(f64::from(leg_m) * self.per_road_m + self.truck_handling).clamp(0.0, HEAVIEST) as u32
    }
}

impl Router {
    /// Joins the networks at the ports and rail hubs among the facilities. O(n + m log m).
    #[must_use]
    pub fn new(ground: &Ground, facilities: &[Facility]) -> Self {
        let found: Vec<&Facility> = facilities.iter().filter(|f| f.kind.is_terminal()).collect();
        let mut first = [0u32; 7];
        for (i, mode) in Mode::ALL.into_iter().enumerate() {
            first[i + 1] = first[i] + ground.network(mode).csr().nodes() as u32;
        }
        first[5] = first[4] + found.len() as u32;
        first[6] = first[5] + found.len() as u32;
        let mut edges = Vec::new();
        for (mode, base) in Mode::ALL.into_iter().zip(first) {
            edges.extend(ground.network(mode).edges().map(|(a, b, link)| (base + a, base + b, link.length_m)));
        }
        for (f, row) in found.iter().zip(0u32..) {
            for mode in f.modes.iter().filter(|m| *m != Mode::Road).chain([Mode::Road]) {
                let access = ground.network(mode).access(f.at);
                let node = first[mode as usize] + access.node;
                edges.extend([first[4], first[5]].map(|base| (base + row, node, access.leg_m + 1)));
            }
        }
        let terminal = |f: &Facility| Terminal { id: f.id.clone(), name: f.name.clone(), at: f.at };
        let terminals = found.into_iter().map(terminal).collect();
        Self {
            joined: Csr::new(first[6] as usize, edges),
            terminals,
            first,
            searches: Default::default(),
            weighed: None,
        }
    }

    /// Nodes and arcs of the joined network.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.joined.nodes(), self.joined.arc_count())
    }

    /// The least way and its alternatives. Closed terminals of the plan are not used.
    ///
    /// # Errors
    /// Where there is no way, with the reason.
    pub fn route(&mut self, region: &Region, plan: &Plan, rates: &Rates, query: &Query) -> Result<Answer, NoWay> {
        if query.modes.is_empty() {
            return Err(NoWay::NoModes);
        }
        if !query.aim.is_valid() {
            return Err(NoWay::BadAim);
        }
        if [query.from.1, query.to.1].iter().any(|at| region.ground.roads.access(*at).leg_m > MOST_ACCESS_M) {
            return Err(NoWay::Outside);
        }
        let weighed = self.weighed(plan, rates, query);
        let best = self.least(region, rates, query, &weighed)?;
        if query.alternatives == 0 {
            return Ok(Answer { best, alternatives: vec![], fewer: None });
        }
        let own = (*weighed).clone();
        let (alternatives, fewer) = alternatives::find(self, region, rates, query, &best, own);
        Ok(Answer { best, alternatives, fewer })
    }

    /// Which terminals a plan has no use of, by row.
    pub(crate) fn closed(&self, plan: &Plan) -> Vec<bool> {
        self.terminals.iter().map(|t| plan.get(&t.id).is_none_or(|p| !p.open)).collect()
    }

    /// The weights of a query, made anew only where something they depend on has changed.
    pub(super) fn weighed(&mut self, plan: &Plan, rates: &Rates, query: &Query) -> Rc<Weighed> {
        let closed = self.closed(plan);
        let weighing = Weighing { rates: *rates, aim: query.aim, stream: query.stream, modes: query.modes, closed };
        if let Some((same, weighed)) = &self.weighed
            && *same == weighing
        {
            return Rc::clone(weighed);
        }
        let weighed = Rc::new(self.weigh(weighing.closed.clone(), rates, query));
        self.weighed = Some((weighing, Rc::clone(&weighed)));
        weighed
    }

    /// Weighs every arc by the query's aim.
    fn weigh(&self, closed: Vec<bool>, rates: &Rates, query: &Query) -> Weighed {
        let metre = PerMode::from_fn(|m| query.aim.of(&rates.moved(m, rates.travelled_km(m, 1.0), query.stream)));
        let charge = PerMode::from_fn(|m| match m {
            Mode::Road => query.aim.of(&rates.handled(m, 1.0)),
            other => query.aim.of(&rates.transfer(other)),
        });
        let dearest = query.modes.iter().filter(|m| *m != Mode::Road).map(|m| metre[m]).fold(0.0, f64::max);
        let trucks_all_the_way = query.modes.contains(Mode::Road);
        let truck =
            if trucks_all_the_way { metre.road } else { (TRUCKS_SHORT * metre.road).max(TRUCKS_SHORTER * dearest) };
        // A road metre is the yardstick, so that ways by road alone are exactly the shortest.
        let heaviest = truck.max(dearest);
        let yardstick = if metre.road > 0.0 { metre.road } else { heaviest };
        let units = if heaviest > 0.0 { (UNITS / yardstick).min(MOST_UNITS / heaviest) } else { 1.0 };
        let metre = PerMode { road: truck, ..metre };
        let weight = |from: u32, to: u32, length: u32| -> Option<(u32, Mode)> {
            let (terminal, mode) = match (self.node(from), self.node(to)) {
                (Node::Of(mode, _), Node::Of(..)) => (None, mode),
                (Node::Of(mode, _), terminal) | (terminal, Node::Of(mode, _)) => (Some(terminal), mode),
                _ => return None,
            };
            let cost = match terminal {
                None => f64::from(length) * metre[mode],
                Some(Node::Exit(_)) if trucks_all_the_way => return None,
                Some(Node::Entry(row) | Node::Exit(row)) => {
                    if closed[row as usize] || !(mode == Mode::Road || query.modes.contains(mode)) {
                        return None;
                    }
                    f64::from(length - 1) * metre[mode] + charge[mode]
                }
                Some(Node::Of(..)) => unreachable!("a terminal is no node of a network"),
            };
            Some((libm::round(cost * units).clamp(1.0, HEAVIEST) as u32, mode))
        };
        let all = |from, to, length| weight(from, to, length).map(|w| w.0);
        let only = |road: bool| {
            move |from, to, length| weight(from, to, length).filter(|w| (w.1 == Mode::Road) == road).map(|w| w.0)
        };
        let (road, other) = if trucks_all_the_way {
            (self.joined.weighed(all), None)
        } else {
            (self.joined.weighed(only(true)), Some(self.joined.weighed(only(false))))
        };
        Weighed { road, other, per_road_m: metre.road * units, truck_handling: charge.road * units, closed }
    }

    /// The least way by the weights as they stand, with its true price.
    pub(super) fn least(
        &mut self,
        region: &Region,
        rates: &Rates,
        query: &Query,
        weighed: &Weighed,
    ) -> Result<Route, NoWay> {
        let nodes = self.search(region, query, weighed)?;
        Ok(self.travelled(region, rates, query, &nodes))
    }

    /// Nodes of the least way, from the first on a network to the last.
    fn search(&mut self, region: &Region, query: &Query, weighed: &Weighed) -> Result<Vec<u32>, NoWay> {
        let roads = &region.ground.roads;
        let [entries, exits] = [self.first[4], self.first[5]];
        let by_truck = |leg_m: u32| weighed.by_truck(leg_m);
        // From a place to itself nothing is handled.
        let elsewhere = query.from.1 != query.to.1;
        let terminal_at = |at: LonLat| {
            let found = self.terminals.iter().position(|t| elsewhere && t.at == at);
            found.filter(|row| !weighed.closed[*row]).map(|row| row as u32)
        };
        let start = roads.access(query.from.1);
        let end = roads.access(query.to.1);
        let (start_terminal, end_terminal) = (terminal_at(query.from.1), terminal_at(query.to.1));
        let mut sources = vec![Source { node: start.node, offset_m: by_truck(start.leg_m), owner: 0 }];
        sources.extend(start_terminal.map(|row| Source { node: entries + row, offset_m: 0, owner: 0 }));
        let arrival = |search: &Search, terminal_node: Option<u32>| {
            let by_road = search.label(end.node).map(|l| (l.distance_m + by_truck(end.leg_m), end.node));
            let at_once = terminal_node.and_then(|node| Some((search.label(node)?.distance_m, node)));
            by_road.into_iter().chain(at_once).min().ok_or(NoWay::Apart)
        };
        let [first, second, third] = &mut self.searches;
        let Some(other) = &weighed.other else {
            match end_terminal {
                None => _ = first.run_to(&weighed.road, &sources, end.node),
                Some(_) => first.run(&weighed.road, &sources),
            }
            let (_, last) = arrival(first, end_terminal.map(|row| entries + row))?;
            return Ok(first.path(&weighed.road, last));
        };
        // Trucks to the terminals, other modes between them, trucks from them: three searches, each from where the one
        // before arrived.
        let rows = 0..self.terminals.len() as u32;
        first.run(&weighed.road, &sources);
        let brought: Vec<Source> = rows
            .clone()
            .filter_map(|row| {
                let label = first.label(entries + row)?;
                Some(Source { node: entries + row, offset_m: label.distance_m, owner: row })
            })
            .collect();
        second.run(other, &brought);
        let carried: Vec<Source> = rows
            .filter_map(|row| {
                let label = second.label(exits + row)?;
                // Boarding and leaving at one terminal is no way.
                (label.owner != row).then_some(Source { node: exits + row, offset_m: label.distance_m, owner: row })
            })
            .collect();
        if carried.is_empty() {
            return Err(if brought.is_empty() { NoWay::Apart } else { NoWay::NoUse });
        }
        third.run(&weighed.road, &carried);
        let (cost, last) = arrival(third, end_terminal.map(|row| exits + row))?;
        let fetched = third.path(&weighed.road, last);
        let ridden = second.path(other, fetched[0]);
        let weight = |search: &Search, node: u32| search.label(node).map_or(0, |l| l.distance_m);
        let trucks = weight(first, ridden[0]) + (cost - weight(third, fetched[0]));
        if arrival(first, None).is_ok_and(|(all_the_way, _)| trucks >= all_the_way) {
            return Err(NoWay::NoUse);
        }
        let mut nodes = first.path(&weighed.road, ridden[0]);
        nodes.extend(&ridden[1..]);
        nodes.extend(&fetched[1..]);
        Ok(nodes)
    }

    /// Legs and prices of a way along nodes.
    fn travelled(&self, region: &Region, rates: &Rates, query: &Query, nodes: &[u32]) -> Route {
        let ground = &region.ground;
        let mut legs = Vec::new();
        let mut open: Option<Draft> = None;
        let mut at: (&Name, LonLat) = query.from;
        for (i, node) in nodes.iter().enumerate() {
            let step_m = i.checked_sub(1).map(|p| self.joined.length(nodes[p], *node).expect("a way follows arcs"));
            match self.node(*node) {
                Node::Of(mode, inner) => {
                    let position = ground.network(mode).position(inner);
                    match &mut open {
                        Some(draft) => draft.on(step_m.unwrap_or(0), position),
                        None => {
                            // The first step from a terminal onto a network, or from the origin onto the road.
                            let leg_m = step_m.map_or_else(|| ground.roads.access(at.1).leg_m, |m| m - 1);
                            let mut draft = Draft::new(mode, at);
                            draft.on(leg_m, position);
                            open = Some(draft);
                        }
                    }
                }
                Node::Entry(row) | Node::Exit(row) => {
                    let terminal = &self.terminals[row as usize];
                    // Where the journey itself begins or ends at a terminal, it is called as the person called it.
                    let name = match i {
                        0 => query.from.0,
                        _ if i + 1 == nodes.len() => query.to.0,
                        _ => &terminal.name,
                    };
                    if let Some(mut draft) = open.take() {
                        draft.on(step_m.map_or(0, |m| m - 1), terminal.at);
                        legs.push(draft.leg(rates, query.stream, name));
                    }
                    at = (name, terminal.at);
                }
            }
        }
        if let Some(mut draft) = open {
            draft.on(ground.roads.access(query.to.1).leg_m, query.to.1);
            legs.push(draft.leg(rates, query.stream, query.to.0));
        }
        let land = |at| {
            let home = region.baseline.prefecture_at(at);
            Territory { province: home.map_or("", |p| &p.province), cluster: home.and_then(|p| p.cluster) }
        };
        Route::of(legs, rates.border_yuan_per_t(land(query.from.1), land(query.to.1)))
    }

    /// The position of a node, and the mode whose network it is of; terminals belong to all.
    pub(super) fn place(&self, ground: &Ground, node: u32) -> (Option<Mode>, LonLat) {
        match self.node(node) {
            Node::Of(mode, inner) => (Some(mode), ground.network(mode).position(inner)),
            Node::Entry(row) | Node::Exit(row) => (None, self.terminals[row as usize].at),
        }
    }

    pub(super) fn node(&self, node: u32) -> Node {
        let layer = (1..7).find(|i| node < self.first[*i]).expect("a node of the network") - 1;
        let inner = node - self.first[layer];
        match layer {
            4 => Node::Entry(inner),
            5 => Node::Exit(inner),
            mode => Node::Of(Mode::ALL[mode], inner),
        }
    }
}

/// A leg on the way.
struct Draft<'a> {
    mode: Mode,
    from: &'a Name,
    metres: f64,
    path: Vec<LonLat>,
}

impl<'a> Draft<'a> {
    fn new(mode: Mode, from: (&'a Name, LonLat)) -> Self {
        Self { mode, from: from.0, metres: 0.0, path: vec![from.1] }
    }

    fn on(&mut self, metres: u32, at: LonLat) {
        self.metres += f64::from(metres);
        self.path.push(at);
    }

    fn leg(self, rates: &Rates, stream: Stream, to: &Name) -> Leg {
        let moved = rates.moved(self.mode, rates.travelled_km(self.mode, self.metres), stream);
        let at_ends = match self.mode {
            Mode::Road => rates.handled(Mode::Road, 2.0),
            other => rates.transfer(other) + rates.transfer(other),
        };
        Leg {
            mode: self.mode,
            from: self.from.clone(),
            to: to.clone(),
            haul: moved + at_ends,
            at_ends,
            path: self.path,
        }
    }
}
