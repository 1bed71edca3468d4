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
    hauls::{From, Group, Hauls, Site, class},
    places::{Buyer, Cast, Plant, Source},
    processing::Processing,
    terms::{StreamTerms, Terms},
};
use crate::{
    account::Haul,
    flow::{
        Arc, FlowNetwork, UNBOUNDED,
        coupled::{Coupled, Row, Start},
    },
    model::{Facility, Parameters, PerMode, Stream},
    routing::MeanRide,
    scenario::{Contract, Plan, Scenario, SourceGroup},
};
use std::collections::{BTreeMap, HashMap};

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
    /// How often goods board or leave each mode.
    pub ends: PerMode<f64>,
    /// Part of the haul's yuan that is paid at borders.
    pub friction: f64,
    /// What a hub or smelter does to a tonne of recycled metal; nothing on other arcs.
    pub stage: Stage,
}

/// What a stage at one facility costs and emits for a tonne of recycled metal.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stage {
    /// Sorting or smelting, yuan.
    pub yuan: f64,
    /// Emissions, kg CO2e.
    pub kg_co2e: f64,
    /// Yuan that a smelter receives.
    pub subsidy: f64,
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
    let sources: Vec<u32> = (cast.sources.iter())
        .flat_map(|s| {
            let own = s.members.is_empty().then(|| site(s.place));
            own.into_iter().chain(s.members.iter().map(|m| m.0))
        })
        .collect();
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
    given: Given<'a>,
    terms: StreamTerms,
    block: Block,
    network: FlowNetwork,
    /// The node of each source, with its supply.
    sources: Vec<(&'a Source, u32, i64)>,
    /// Hubs and smelters that take the stream, with the node before and behind.
    hubs: Vec<(&'a Plant, u32, u32)>,
    smelters: Vec<(&'a Plant, u32, u32)>,
    /// The node of each buyer, with what it wants.
    buyers: Vec<(&'a Buyer, u32, i64)>,
}

/// What networks are written from.
#[derive(Clone, Copy)]
struct Given<'a> {
    cast: &'a Cast,
    terms: &'a Terms,
    processing: &'a Processing<'a>,
    plan: &'a Plan,
    hauls: &'a Hauls,
}

/// The arcs that share a facility's capacity, and how much that is.
type Shared = BTreeMap<u32, (f64, Vec<(usize, usize, f64)>)>;

impl<'a> Draft<'a> {
    /// All nodes but contracts'.
    fn new(given: Given<'a>, stream: Stream) -> Self {
        let cast = given.cast;
        let terms = given.terms.streams[stream];
        let block = Block { stream, nodes: vec![], arcs: vec![], through: HashMap::new(), rest: 0 };
        let mut d = Self {
            given,
            terms,
            block,
            network: FlowNetwork::new(0),
            sources: vec![],
            hubs: vec![],
            smelters: vec![],
            buyers: vec![],
        };
        let supply: Vec<i64> = cast.sources.iter().map(|s| d.made(s.metal_t[stream])).collect();
        let wants: Vec<i64> = cast.buyers.iter().map(|b| units(b.wants_t[stream])).collect();
        d.block.rest = d.node(Node::Rest, wants.iter().sum::<i64>() - supply.iter().sum::<i64>());
        d.sources = cast.sources.iter().zip(supply).map(|(s, q)| (s, d.node(Node::Source(s.place), q), q)).collect();
        let hubs = cast.hubs.iter().filter(|p| stream.via_hub() && p.takes[stream]);
        d.hubs = hubs.map(|p| (p, d.node(Node::HubIn(p.place), 0), d.node(Node::HubOut(p.place), 0))).collect();
        let smelters = cast.smelters.iter().filter(|p| p.takes[stream]);
        d.smelters =
            smelters.map(|p| (p, d.node(Node::SmelterIn(p.place), 0), d.node(Node::SmelterOut(p.place), 0))).collect();
        d.buyers = cast.buyers.iter().zip(wants).map(|(b, w)| (b, d.node(Node::Buyer(b.place), -w), w)).collect();
        d
    }

    fn node(&mut self, node: Node, supply: i64) -> u32 {
        self.block.nodes.push(node);
        self.network.add_node(supply)
    }

    /// Units of flow for tonnes of metal at a source.
    fn made(&self, metal_t: f64) -> i64 {
        units(metal_t / self.terms.metal_collected)
    }

    /// The rides of a plant.
    fn rides(&self, plant: u32) -> From<'a> {
        self.given.hauls.from(self.block.stream, self.site(plant))
    }

    /// The ride between a plant and the source of a row.
    fn ride_from(&self, plant: &From<'_>, row: usize) -> Option<MeanRide> {
        let weight = self.weight(self.block.stream);
        let source = &self.given.cast.sources[row];
        if source.members.is_empty() {
            return plant.ride(self.site(source.place), weight);
        }
        plant.mean_ride(row, weight)
    }

    /// What rides are chosen by where several are known.
    fn weight(&self, stream: Stream) -> impl Fn(&MeanRide) -> f64 + use<'a> {
        let terms = self.given.terms;
        move |ride| {
            let haul = ride.haul(&terms.rates, stream);
            terms.weigh(haul.yuan_per_t, haul.kg_co2e_per_t)
        }
    }

    fn facility(&self, plant: &Plant) -> &'a Facility {
        &self.given.plan.facilities()[plant.row].facility
    }

    fn site(&self, place: u32) -> Site {
        self.given.cast.sites[place as usize]
    }

    /// An arc that carries nothing anywhere.
    fn plain(&mut self, kind: Kind, ends: (u32, u32), nodes: (u32, u32), capacity: i64, weight: f64) -> usize {
        self.block.arcs.push(Meaning {
            kind,
            from: ends.0,
            to: ends.1,
            haul: Haul::default(),
            km: PerMode::default(),
            ends: PerMode::default(),
            friction: 0.0,
            stage: Stage::default(),
        });
        let cost = libm::round(weight * COST) as i64;
        self.network.add_arc(Arc { tail: nodes.0, head: nodes.1, lower: 0, capacity, cost })
    }

    /// An arc that carries something: `gross` tonnes for a tonne of recycled metal, at `factor` times the price and `more` yuan.
    fn carry(&mut self, kind: Kind, ends: (u32, u32), nodes: (u32, u32), ride: &MeanRide, price: Carriage) {
        let rates = &self.given.terms.rates;
        let stream = if matches!(kind, Kind::ToDemand | Kind::Export) { Stream::Al } else { self.block.stream };
        let cast = self.given.cast;
        let mut haul = ride.haul(rates, stream);
        let friction = rates.border_yuan_per_t(cast.territory(ends.0), cast.territory(ends.1));
        haul.yuan_per_t = haul.yuan_per_t * price.factor + friction;
        let km = PerMode::from_fn(|m| rates.travelled_km(m, ride.metres[m]));
        self.block.arcs.push(Meaning {
            kind,
            from: ends.0,
            to: ends.1,
            haul,
            km,
            ends: ride.ends,
            friction,
            stage: Stage::default(),
        });
        let Carriage { gross, more, .. } = price;
        let weight = self.given.terms.weigh(gross * haul.yuan_per_t + more, gross * haul.kg_co2e_per_t);
        let cost = libm::round(weight * COST) as i64;
        self.network.add_arc(Arc { tail: nodes.0, head: nodes.1, lower: 0, capacity: UNBOUNDED, cost });
    }

    /// Ways out of every source: left where it is, to hubs, or straight to smelters.
    fn leave(&mut self) {
        let stream = self.block.stream;
        let rest = self.block.rest;
        let (kind, takers) =
            if stream.via_hub() { (Kind::ToHub, self.hubs.clone()) } else { (Kind::Direct, self.smelters.clone()) };
        let takers: Vec<_> =
            takers.into_iter().map(|(plant, inside, _)| (plant, inside, self.rides(plant.place))).collect();
        for (row, (source, node, amount)) in std::mem::take(&mut self.sources).into_iter().enumerate() {
            let left = if source.optional { 0.0 } else { UNMET * UNALLOCATED };
            self.plain(Kind::Left, (source.place, source.place), (node, rest), amount, left);
            let more = if source.optional { self.terms.scrap_yuan } else { 0.0 };
            let price = Carriage { gross: self.terms.gross_collected, factor: 1.0, more };
            for (plant, inside, rides) in takers.iter().filter(|_| amount > 0) {
                if let Some(ride) = self.ride_from(rides, row) {
                    self.carry(kind, (source.place, plant.place), (node, *inside), &ride, price);
                }
            }
            self.sources.push((source, node, amount));
        }
    }

    /// Through hubs, and on to smelters.
    fn sort(&mut self, b: usize, shared: &mut Shared) {
        let stream = self.block.stream;
        for (hub, inside, outside) in self.hubs.clone() {
            let gross = self.terms.gross_collected;
            let yuan = self.given.processing.sorting_yuan_per_t(self.facility(hub)) * gross;
            let weight = self.given.terms.weigh(yuan, 0.0);
            let ends = (hub.place, hub.place);
            let arc = self.plain(Kind::Hub, ends, (inside, outside), units(hub.capacity_t / gross), weight);
            self.block.arcs[arc].stage = Stage { yuan, ..Stage::default() };
            self.block.through.insert(hub.place, arc);
            if Stream::ALL.into_iter().filter(|s| s.via_hub() && hub.takes[*s]).count() > 1 {
                let row = shared.entry(hub.place).or_insert((hub.capacity_t * FLOW, vec![]));
                row.1.push((b, arc, gross));
            }
            let rides = self.rides(hub.place);
            for (smelter, into, _) in self.smelters.clone() {
                let one_site = self.given.cast.is_one_site(hub.place, smelter.place);
                let ride = if one_site {
                    Some(MeanRide::default())
                } else {
                    rides.ride(self.site(smelter.place), self.weight(stream))
                };
                if let Some(ride) = ride {
                    let price = Carriage { gross: self.terms.gross_fed, factor: 1.0, more: 0.0 };
                    self.carry(Kind::ToSmelter, (hub.place, smelter.place), (outside, into), &ride, price);
                }
            }
        }
    }

    /// A contract: what its sources send straight to its plant. What it owes is rewarded, so that it is kept wherever it can be.
    fn contract(&mut self, k: u32, contract: &Contract) -> Result<(), &'static str> {
        let cast = self.given.cast;
        let is_plant =
            |p: &Plant| matches!(&cast.places[p.place as usize].end, End::Facility(id) if *id == contract.plant);
        let Some((smelter, into, _)) = self.smelters.iter().find(|(p, ..)| is_plant(p)).copied() else {
            return Err(if self.given.plan.get(&contract.plant).is_none() { "unknown_plant" } else { "not_taken" });
        };
        let node = self.node(Node::Contract(k), 0);
        let mut sources = 0;
        let rides = self.rides(smelter.place);
        for (row, (source, tail, amount)) in self.sources.clone().into_iter().enumerate() {
            if source.optional || amount == 0 || !in_group(cast, source.place, &contract.from) {
                continue;
            }
            if let Some(ride) = self.ride_from(&rides, row) {
                let price = Carriage { gross: self.terms.gross_collected, factor: contract.cost_factor, more: 0.0 };
                self.carry(Kind::ToContract, (source.place, smelter.place), (tail, node), &ride, price);
                self.block.arcs.last_mut().expect("just there").to = k;
                sources += 1;
            }
        }
        let owed = self.made(contract.min_t.unwrap_or(0.0));
        let most = contract.max_t.map_or(UNBOUNDED, |t| self.made(t));
        let beyond = if most >= UNBOUNDED { UNBOUNDED } else { (most - owed).max(0) };
        self.plain(Kind::Owed, (k, smelter.place), (node, into), owed, -UNMET * SHORT);
        self.plain(Kind::Beyond, (k, smelter.place), (node, into), beyond, 0.0);
        if sources > 0 { Ok(()) } else { Err("no_source") }
    }

    /// Through smelters, and on to buyers and ports.
    fn smelt(&mut self, b: usize, shared: &mut Shared) {
        let stream = self.block.stream;
        let Given { cast, terms, processing, hauls, .. } = self.given;
        // Metal is no hazard, whatever the scrap was.
        let buyers: Vec<_> =
            self.buyers.iter().map(|(b, node, _)| (*b, *node, hauls.from(Stream::Al, self.site(b.place)))).collect();
        for (smelter, inside, outside) in self.smelters.clone() {
            let made = processing.smelting(self.facility(smelter), stream);
            let stage = Stage { yuan: made.yuan_per_t, kg_co2e: made.kg_co2e_per_t, subsidy: made.subsidy_yuan_per_t };
            let weight = terms.weigh(stage.yuan - stage.subsidy, stage.kg_co2e);
            let weight = weight - terms.weights[2] * 1000.0;
            let ends = (smelter.place, smelter.place);
            let arc = self.plain(Kind::Smelter, ends, (inside, outside), units(smelter.capacity_t), weight);
            self.block.arcs[arc].stage = stage;
            self.block.through.insert(smelter.place, arc);
            if smelter.takes.values().into_iter().filter(|t| **t).count() > 1 {
                let row = shared.entry(smelter.place).or_insert((smelter.capacity_t * FLOW, vec![]));
                row.1.push((b, arc, 1.0));
            }
            let price = Carriage { gross: 1.0, factor: 1.0, more: 0.0 };
            for (buyer, node, rides) in &buyers {
                if let Some(ride) = rides.ride(self.site(smelter.place), self.weight(Stream::Al)) {
                    self.carry(Kind::ToDemand, (smelter.place, buyer.place), (outside, *node), &ride, price);
                }
            }
            // Where no port is reached metal can still leave: only by which way is not told.
            let port = hauls.port(self.site(smelter.place), self.weight(Stream::Al));
            let at = port.and_then(|(site, _)| cast.ports.iter().find(|p| self.site(**p) == site)).copied();
            let ride = port.map(|p| p.1).unwrap_or_default();
            let ends = (smelter.place, at.unwrap_or(smelter.place));
            self.carry(Kind::Export, ends, (outside, self.block.rest), &ride, price);
        }
        for (buyer, node, wanted) in self.buyers.clone() {
            self.plain(Kind::Unmet, (buyer.place, buyer.place), (self.block.rest, node), wanted, UNMET);
        }
    }
}

/// What carrying costs beside the ride.
#[derive(Clone, Copy)]
struct Carriage {
    /// Gross tonnes for a tonne of recycled metal.
    gross: f64,
    /// Share of the ordinary price.
    factor: f64,
    /// Yuan for a tonne of recycled metal on top.
    more: f64,
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
        let mut shared = Shared::new();
        let processing = Processing::new(parameters);
        let given = Given { cast: &cast, terms: &terms, processing: &processing, plan, hauls };
        for (b, stream) in Stream::ALL.into_iter().enumerate() {
            let mut draft = Draft::new(given, stream);
            draft.leave();
            draft.sort(b, &mut shared);
            for (k, contract) in (0u32..).zip(&contracts).filter(|(_, c)| c.stream == stream) {
                if let Err(reason) = draft.contract(k, contract) {
                    obstacles.push(Obstacle::Unusable { id: contract.id.clone(), reason: reason.into() });
                }
            }
            draft.smelt(b, &mut shared);
            blocks.push(draft.block);
            networks.push(draft.network);
        }
        let (limits, mut rows): (Vec<Limit>, Vec<Row>) =
            shared.into_iter().map(|(place, (limit, terms))| (Limit::Facility(place), Row { limit, terms })).unzip();
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
        self.gross(block, m) * m.haul.kg_co2e_per_t + m.stage.kg_co2e
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
