//! From terms, places and hauls to networks: one a stream, and the limits that streams share.
//!
//! Flow is counted in kg of the recycled metal that comes of it, so that losses scale out and conservation is exact; costs in
//! thousandths of a yuan a tonne (or of the weighted sum). A stream's network:
//!
//! ```text
//! source ─→ hub in ─→ hub out ─→ smelter in ─→ smelter out ─→ demand of a province
//!    │  └────────── straight ──────┘    ↑            └──────→ rest (export by the nearest port)
//!    │  └─→ contract ──────────────────┘
//!    └──→ rest (unallocated; unused of the corridor and imports)       rest ─→ demand (unmet)
//! ```

use super::{
    answer::{End, Obstacle},
    hauls::{Group, Hauls, class},
    places::{Cast, Plant},
    terms::Terms,
};
use crate::{
    account::Haul,
    flow::{
        Arc, FlowNetwork, UNBOUNDED,
        coupled::{Coupled, Row, Start},
    },
    model::{Parameters, PerMode, Stream, subsidy_key},
    routing::Ride,
    scenario::{Contract, Plan, Scenario, SourceGroup},
};
use std::collections::HashMap;

/// Units of cost a yuan a tonne.
pub(super) const COST: f64 = 1_000.0;
/// Units of flow a tonne.
pub(super) const FLOW: f64 = 1_000.0;
/// What a tonne of unmet demand costs: more than any detour over all hubs and plants saves. In yuan a tonne.
pub(super) const UNMET: f64 = 1e6;
/// A tonne of scrap left over costs so many times that: scrap is taken before demand is met.
pub(super) const UNALLOCATED: f64 = 4.0;
/// And a tonne that a contract lacks so many times that.
const SHORT: f64 = 16.0;
/// So many of the ways out of a source take part from the start.
const NEAREST: usize = 6;
/// What a unit above a shared limit costs, in yuan a tonne.
const BREAKING: f64 = 1e8;

/// What an arc stands for. Places are rows of [`Cast::places`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Source to hub.
    ToHub,
    /// Through a hub.
    Hub,
    /// Hub to smelter.
    ToSmelter,
    /// Source to smelter.
    Direct,
    /// Source to contract; `to` is the contract.
    ToContract,
    /// Contract to smelter up to its minimum; `from` is the contract.
    Owed,
    /// Contract to smelter beyond.
    Beyond,
    /// Through a smelter.
    Smelter,
    /// Smelter to demand.
    ToDemand,
    /// Smelter to port.
    Export,
    /// Scrap left over, or not sent in.
    Left,
    /// Demand unmet.
    Unmet,
}

/// An arc's meaning and what a tonne of recycled metal on it involves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    pub kind: Kind,
    pub from: u32,
    pub to: u32,
    /// What a gross tonne (of scrap, or of metal) carries on the way; nothing where nothing is carried.
    pub haul: Haul,
    pub km: PerMode<f64>,
    /// Part of the haul's yuan that is paid at borders.
    pub friction: f64,
}

/// A node's meaning, to find it again in another problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Source(u32),
    HubIn(u32),
    HubOut(u32),
    SmelterIn(u32),
    SmelterOut(u32),
    Contract(u32),
    Buyer(u32),
    Rest,
}

/// One stream's network with its meaning.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub stream: Stream,
    pub nodes: Vec<Node>,
    pub arcs: Vec<Meaning>,
    /// The arcs through hubs and smelters, by their place.
    pub through: HashMap<u32, usize>,
    pub rest: u32,
}

/// What a shared limit is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Limit {
    /// A hub or smelter, by its place.
    Facility(u32),
    Co2(f64),
    CrossCluster(f64),
}

/// A whole problem.
pub(super) struct Problem {
    pub cast: Cast,
    pub terms: Terms,
    pub blocks: Vec<Block>,
    pub limits: Vec<Limit>,
    pub contracts: Vec<Contract>,
    pub obstacles: Vec<Obstacle>,
}

/// Pairs whose rides the problem needs.
pub(super) fn groups(cast: &Cast, contracts: &[Contract]) -> Vec<Group> {
    let site = |place: u32| cast.sites[place as usize];
    let sources: Vec<u32> = cast.sources.iter().map(|s| site(s.place)).collect();
    let smelters: Vec<u32> = cast.smelters.iter().map(|p| site(p.place)).collect();
    let mut groups = Vec::new();
    let both: Vec<u32> = sources.iter().chain(&smelters).copied().collect();
    groups.push(Group { stream: Stream::Al, few: cast.hubs.iter().map(|h| site(h.place)).collect(), many: both });
    for s in Stream::ALL.into_iter().filter(|s| !s.via_hub()) {
        let few = cast.smelters.iter().filter(|p| p.takes[s]).map(|p| site(p.place)).collect();
        groups.push(Group { stream: class(s), few, many: sources.clone() });
    }
    for contract in contracts.iter().filter(|c| c.stream.via_hub()) {
        let few = smelter_of(cast, &contract.plant).map(|p| site(p.place)).into_iter().collect();
        groups.push(Group { stream: class(contract.stream), few, many: sources.clone() });
    }
    let few = cast.buyers.iter().map(|b| site(b.place)).collect();
    groups.push(Group { stream: Stream::Al, few, many: smelters });
    groups
}

fn smelter_of<'a>(cast: &'a Cast, id: &str) -> Option<&'a Plant> {
    cast.smelters.iter().find(|p| matches!(&cast.places[p.place as usize].end, End::Facility(f) if f == id))
}

/// Writes one network.
struct Draft<'a> {
    cast: &'a Cast,
    terms: &'a Terms,
    block: Block,
    network: FlowNetwork,
}

impl Draft<'_> {
    fn node(&mut self, node: Node, supply: i64) -> u32 {
        self.block.nodes.push(node);
        self.network.add_node(supply)
    }

    /// An arc that carries nothing anywhere.
    fn plain(&mut self, kind: Kind, ends: (u32, u32), nodes: (u32, u32), capacity: i64, weight: f64) -> usize {
        self.block.arcs.push(Meaning {
            kind,
            from: ends.0,
            to: ends.1,
            haul: Haul::default(),
            km: PerMode::default(),
            friction: 0.0,
        });
        let cost = libm::round(weight * COST) as i64;
        self.network.add_arc(Arc { tail: nodes.0, head: nodes.1, lower: 0, capacity, cost })
    }

    /// An arc that carries `gross` tonnes for a tonne of recycled metal, at `factor` times the price.
    fn carry(
        &mut self,
        kind: Kind,
        ends: (u32, u32),
        nodes: (u32, u32),
        ride: &Ride,
        gross: f64,
        (factor, more): (f64, f64),
    ) -> usize {
        let rates = &self.terms.rates;
        let stream = if matches!(kind, Kind::ToDemand | Kind::Export) { Stream::Al } else { self.block.stream };
        let real = if kind == Kind::ToContract { ends.0 } else { ends.1 };
        let mut haul = ride.haul(rates, stream);
        let friction = rates.border_yuan_per_t(self.cast.territory(ends.0), self.cast.territory(real));
        haul.yuan_per_t = haul.yuan_per_t * factor + friction;
        let km = PerMode::from_fn(|m| rates.travelled_km(m, f64::from(ride.metres[m])));
        self.block.arcs.push(Meaning { kind, from: ends.0, to: ends.1, haul, km, friction });
        let weight = self.terms.weigh(gross * haul.yuan_per_t + more, gross * haul.kg_co2e_per_t);
        let cost = libm::round(weight * COST) as i64;
        self.network.add_arc(Arc { tail: nodes.0, head: nodes.1, lower: 0, capacity: UNBOUNDED, cost })
    }
}

fn units(tonnes: f64) -> i64 {
    libm::round(tonnes * FLOW) as i64
}

impl Problem {
    pub(super) fn new(
        cast: Cast,
        terms: Terms,
        scenario: &Scenario,
        parameters: &Parameters,
        plan: &Plan,
        hauls: &Hauls,
    ) -> (Self, Vec<FlowNetwork>, Vec<Row>) {
        let contracts = scenario.goal.contracts.clone();
        let mut obstacles = cast.obstacles.clone();
        let mut blocks = Vec::new();
        let mut networks = Vec::new();
        // The terms of each facility that several streams share.
        let mut shared: HashMap<u32, (f64, Vec<(usize, usize, f64)>)> = HashMap::new();
        for (b, stream) in Stream::ALL.into_iter().enumerate() {
            let t = terms.streams[stream];
            let block = Block { stream, nodes: vec![], arcs: vec![], through: HashMap::new(), rest: 0 };
            let mut d = Draft { cast: &cast, terms: &terms, block, network: FlowNetwork::new(0) };
            let made = |metal: f64| units(metal / t.metal_collected);
            let supply: Vec<i64> = cast.sources.iter().map(|s| made(s.metal_t[stream])).collect();
            let wants: Vec<i64> = cast.buyers.iter().map(|b| units(b.wants_t[stream])).collect();
            let all: i64 = supply.iter().sum();
            let rest = d.node(Node::Rest, wants.iter().sum::<i64>() - all);
            d.block.rest = rest;
            let from: Vec<u32> =
                cast.sources.iter().zip(&supply).map(|(s, q)| d.node(Node::Source(s.place), *q)).collect();
            let hubs: Vec<(&Plant, u32, u32)> = cast
                .hubs
                .iter()
                .filter(|p| stream.via_hub() && p.takes[stream])
                .map(|p| (p, d.node(Node::HubIn(p.place), 0), d.node(Node::HubOut(p.place), 0)))
                .collect();
            let smelters: Vec<(&Plant, u32, u32)> = cast
                .smelters
                .iter()
                .filter(|p| p.takes[stream])
                .map(|p| (p, d.node(Node::SmelterIn(p.place), 0), d.node(Node::SmelterOut(p.place), 0)))
                .collect();
            let buyers: Vec<u32> =
                cast.buyers.iter().zip(&wants).map(|(b, w)| d.node(Node::Buyer(b.place), -w)).collect();
            let site = |place: u32| cast.sites[place as usize];

            for ((source, node), amount) in cast.sources.iter().zip(&from).zip(&supply) {
                let bought = if source.optional { t.inflow_yuan } else { 0.0 };
                let price = if source.optional { 0.0 } else { UNMET * UNALLOCATED };
                d.plain(Kind::Left, (source.place, source.place), (*node, rest), *amount, price);
                if *amount == 0 {
                    continue;
                }
                for (hub, inside, _) in &hubs {
                    if let Some(ride) = hauls.ride(stream, site(hub.place), site(source.place)) {
                        let ends = (source.place, hub.place);
                        d.carry(Kind::ToHub, ends, (*node, *inside), &ride, t.gross_collected, (1.0, bought));
                    }
                }
                if !stream.via_hub() {
                    for (smelter, inside, _) in &smelters {
                        if let Some(ride) = hauls.ride(stream, site(smelter.place), site(source.place)) {
                            let ends = (source.place, smelter.place);
                            d.carry(Kind::Direct, ends, (*node, *inside), &ride, t.gross_collected, (1.0, bought));
                        }
                    }
                }
            }
            for (hub, inside, outside) in &hubs {
                let alone = Stream::ALL.into_iter().filter(|s| s.via_hub() && hub.takes[*s]).count() == 1;
                let most = units(hub.capacity_t / t.gross_collected);
                let weight = terms.weigh(t.sorting_yuan, 0.0);
                let arc = d.plain(Kind::Hub, (hub.place, hub.place), (*inside, *outside), most, weight);
                d.block.through.insert(hub.place, arc);
                if !alone {
                    let row = shared.entry(hub.place).or_insert((hub.capacity_t * FLOW, vec![]));
                    row.1.push((b, arc, t.gross_collected));
                }
                for (smelter, into, _) in &smelters {
                    let one = cast.is_one_site(hub.place, smelter.place);
                    let ride = if one {
                        Some(Ride::default())
                    } else {
                        hauls.ride(stream, site(hub.place), site(smelter.place))
                    };
                    if let Some(ride) = ride {
                        let ends = (hub.place, smelter.place);
                        d.carry(Kind::ToSmelter, ends, (*outside, *into), &ride, t.gross_fed, (1.0, 0.0));
                    }
                }
            }
            for (k, contract) in contracts.iter().enumerate().filter(|(_, c)| c.stream == stream) {
                let Some((smelter, into, _)) = smelters.iter().find(
                    |(p, ..)| matches!(&cast.places[p.place as usize].end, End::Facility(id) if *id == contract.plant),
                ) else {
                    let reason = if plan.get(&contract.plant).is_none() { "unknown_plant" } else { "not_taken" };
                    obstacles.push(Obstacle::Unusable { id: contract.id.clone(), reason: reason.into() });
                    continue;
                };
                let k32 = k as u32;
                let node = d.node(Node::Contract(k32), 0);
                let mut any = false;
                for ((source, tail), amount) in cast.sources.iter().zip(&from).zip(&supply) {
                    if source.optional || *amount == 0 || !in_group(&cast, source.place, &contract.from) {
                        continue;
                    }
                    if let Some(ride) = hauls.ride(stream, site(smelter.place), site(source.place)) {
                        any = true;
                        // The border charge is that to the plant.
                        let ends = (source.place, smelter.place);
                        let factor = (contract.cost_factor, 0.0);
                        d.carry(Kind::ToContract, ends, (*tail, node), &ride, t.gross_collected, factor);
                        d.block.arcs.last_mut().expect("just there").to = k32;
                    }
                }
                if !any {
                    obstacles.push(Obstacle::Unusable { id: contract.id.clone(), reason: "no_source".into() });
                }
                let owed = made(contract.min_t.unwrap_or(0.0));
                let most = contract.max_t.map_or(UNBOUNDED, made);
                d.plain(Kind::Owed, (k32, smelter.place), (node, *into), owed, -UNMET * SHORT);
                let beyond = if most >= UNBOUNDED { UNBOUNDED } else { (most - owed).max(0) };
                d.plain(Kind::Beyond, (k32, smelter.place), (node, *into), beyond, 0.0);
            }
            for (smelter, inside, outside) in &smelters {
                let facility = &plan.facilities()[smelter.row].facility;
                let subsidy = facility.cluster.map_or(0.0, |c| parameters.number(&subsidy_key(stream, c)));
                let weight = terms.weigh(t.smelting_yuan - subsidy, t.smelting_kg) - terms.weights[2] * 1000.0;
                let most = units(smelter.capacity_t);
                let arc = d.plain(Kind::Smelter, (smelter.place, smelter.place), (*inside, *outside), most, weight);
                d.block.through.insert(smelter.place, arc);
                if smelter.takes.values().into_iter().filter(|t| **t).count() > 1 {
                    let row = shared.entry(smelter.place).or_insert((smelter.capacity_t * FLOW, vec![]));
                    row.1.push((b, arc, 1.0));
                }
                for (buyer, node) in cast.buyers.iter().zip(&buyers) {
                    if let Some(ride) = hauls.ride(Stream::Al, site(buyer.place), site(smelter.place)) {
                        let ends = (smelter.place, buyer.place);
                        d.carry(Kind::ToDemand, ends, (*outside, *node), &ride, 1.0, (1.0, 0.0));
                    }
                }
                // Without a port metal can still leave: it is only not told by which way.
                let port = hauls.port(site(smelter.place));
                let ride = port.map(|p| p.1).unwrap_or_default();
                let at = port.and_then(|(s, _)| cast.ports.iter().find(|p| site(**p) == s)).copied();
                let ends = (smelter.place, at.unwrap_or(smelter.place));
                d.carry(Kind::Export, ends, (*outside, rest), &ride, 1.0, (1.0, 0.0));
            }
            for ((buyer, node), wanted) in cast.buyers.iter().zip(&buyers).zip(&wants) {
                d.plain(Kind::Unmet, (buyer.place, buyer.place), (rest, *node), *wanted, UNMET);
            }
            blocks.push(d.block);
            networks.push(d.network);
        }

        let mut limits = Vec::new();
        let mut rows = Vec::new();
        let mut places: Vec<u32> = shared.keys().copied().collect();
        places.sort_unstable();
        for place in places {
            let (limit, terms) = shared.remove(&place).expect("a key of it");
            limits.push(Limit::Facility(place));
            rows.push(Row { limit, terms });
        }
        let mut problem = Self { cast, terms, blocks, limits, contracts, obstacles };
        if let Some(most) = scenario.goal.max_co2_t {
            problem.limits.push(Limit::Co2(most));
            rows.push(Row { limit: most * 1000.0 * FLOW, terms: problem.row(|b, m| problem.kg_co2e(b, m)) });
        }
        if let Some(most) = scenario.goal.max_cross_cluster_t {
            problem.limits.push(Limit::CrossCluster(most));
            rows.push(Row { limit: most * FLOW, terms: problem.row(|b, m| problem.crossing(b, m)) });
        }
        (problem, networks, rows)
    }

    fn row(&self, weight: impl Fn(&Block, &Meaning) -> f64) -> Vec<(usize, usize, f64)> {
        let mut terms = Vec::new();
        for (b, block) in self.blocks.iter().enumerate() {
            for (a, meaning) in block.arcs.iter().enumerate() {
                let w = weight(block, meaning);
                if w != 0.0 {
                    terms.push((b, a, w));
                }
            }
        }
        terms
    }

    /// Gross tonnes carried on an arc for a tonne of recycled metal.
    pub(super) fn gross(&self, block: &Block, m: &Meaning) -> f64 {
        let t = &self.terms.streams[block.stream];
        match m.kind {
            Kind::ToHub | Kind::Direct | Kind::ToContract => t.gross_collected,
            Kind::ToSmelter => t.gross_fed,
            Kind::ToDemand | Kind::Export => 1.0,
            _ => 0.0,
        }
    }

    fn kg_co2e(&self, block: &Block, m: &Meaning) -> f64 {
        let smelting = if m.kind == Kind::Smelter { self.terms.streams[block.stream].smelting_kg } else { 0.0 };
        self.gross(block, m) * m.haul.kg_co2e_per_t + smelting
    }

    fn crossing(&self, block: &Block, m: &Meaning) -> f64 {
        if !matches!(m.kind, Kind::ToHub | Kind::Direct | Kind::ToContract | Kind::ToSmelter) {
            return 0.0;
        }
        let cluster = |place: u32| self.cast.places[place as usize].cluster;
        match (cluster(m.from), cluster(self.arrives(m))) {
            (Some(a), Some(b)) if a != b => self.gross(block, m),
            _ => 0.0,
        }
    }

    /// Where what an arc carries arrives: under a contract at its plant.
    pub(super) fn arrives(&self, m: &Meaning) -> u32 {
        if m.kind != Kind::ToContract {
            return m.to;
        }
        let plant = &self.contracts[m.to as usize].plant;
        smelter_of(&self.cast, plant).expect("a contract that has arcs has a plant").place
    }

    pub(super) fn solver(networks: Vec<FlowNetwork>, rows: Vec<Row>, start: Start) -> Coupled {
        Coupled::new(networks, rows, start, BREAKING * COST)
    }

    /// Of each block's arcs: whether it takes part from the start. Of the ways out of a source only the cheapest few do: most
    /// scrap goes to one of the nearest.
    pub(super) fn nearest(&self, networks: &[FlowNetwork]) -> Vec<Vec<bool>> {
        let mut costs = Vec::new();
        let mut nearest = |(block, network): (&Block, &FlowNetwork)| {
            let mut active = vec![true; block.arcs.len()];
            let is_way = |m: &Meaning| matches!(m.kind, Kind::ToHub | Kind::Direct);
            let mut at = 0;
            for chunk in block.arcs.chunk_by(|a, b| is_way(a) && is_way(b) && a.from == b.from) {
                if is_way(&chunk[0]) && chunk.len() > NEAREST {
                    costs.clear();
                    costs.extend(network.arcs()[at..at + chunk.len()].iter().map(|a| a.cost));
                    let (_, most, _) = costs.select_nth_unstable(NEAREST - 1);
                    let most = *most;
                    for (slot, arc) in active[at..].iter_mut().zip(&network.arcs()[at..at + chunk.len()]) {
                        *slot = arc.cost <= most;
                    }
                }
                at += chunk.len();
            }
            active
        };
        self.blocks.iter().zip(networks).map(&mut nearest).collect()
    }
}

fn in_group(cast: &Cast, place: u32, group: &SourceGroup) -> bool {
    let p = &cast.places[place as usize];
    match group {
        SourceGroup::Cluster(c) => p.cluster == Some(*c),
        SourceGroup::Province(name) => p.province == *name,
        SourceGroup::Points(ids) => matches!(&p.end, End::Facility(id) if ids.contains(id)),
    }
}

/// Units of flow in tonnes.
pub(super) fn tonnes(units: f64) -> f64 {
    units / FLOW
}
