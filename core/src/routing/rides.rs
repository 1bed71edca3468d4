//! The least ways from a few places to very many, as sums: how far by each mode, and how often loaded.
//!
//! One search answers for all of them; each node of the tree is added up once.

use super::{
    Aim, Query, Router,
    router::{Node, Weighed},
};
use crate::{
    account::{Haul, Rates},
    geo::LonLat,
    graph::Source,
    model::{Ground, MOST_ACCESS_M, Mode, Name, PerMode, Stream},
    scenario::Plan,
};

/// A place where a ride begins or ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    node: u32,
    leg_m: u32,
    /// Row of the port or rail hub that stands there.
    terminal: Option<u32>,
}

/// A way as sums: what it costs follows from the rates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ride {
    /// Metres of the source network by mode, straight legs included.
    pub metres: PerMode<u32>,
    /// How often goods board or leave each mode; for trucks how often they are loaded or unloaded.
    pub ends: PerMode<u8>,
}

/// The mean of rides, or one of them: what it costs follows from the rates.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanRide {
    /// Metres of the source network by mode, straight legs included.
    pub metres: PerMode<f64>,
    /// How often goods board or leave each mode; for trucks how often they are loaded or unloaded.
    pub ends: PerMode<f64>,
}

impl From<Ride> for MeanRide {
    fn from(ride: Ride) -> Self {
        Self {
            metres: PerMode::from_fn(|m| f64::from(ride.metres[m])),
            ends: PerMode::from_fn(|m| f64::from(ride.ends[m])),
        }
    }
}

impl MeanRide {
    /// Adds a share of another.
    pub fn add(&mut self, share: f64, other: &Ride) {
        for m in Mode::ALL {
            self.metres[m] += share * f64::from(other.metres[m]);
            self.ends[m] += share * f64::from(other.ends[m]);
        }
    }

    /// Distance, time, cost and CO2 of a tonne of a stream, without borders.
    #[must_use]
    pub fn haul(&self, rates: &Rates, stream: Stream) -> Haul {
        Mode::ALL.into_iter().fold(Haul::default(), |sum, mode| {
            let km = rates.travelled_km(mode, self.metres[mode]);
            let times = self.ends[mode];
            let end = match mode {
                Mode::Road => rates.handled(mode, 1.0),
                other => rates.transfer(other),
            };
            let ends = Haul {
                km: 0.0,
                hours: times * end.hours,
                yuan_per_t: times * end.yuan_per_t,
                kg_co2e_per_t: times * end.kg_co2e_per_t,
            };
            sum + rates.moved(mode, km, stream) + ends
        })
    }
}

/// Searches rides and keeps the memory they need.
#[derive(Default)]
pub struct Rider {
    rides: Vec<Ride>,
    /// In which search a node's ride was added up.
    stamp: Vec<u32>,
    search: u32,
    path: Vec<u32>,
    /// Terminals that rides of the last search pass.
    passed: Terminals,
}

/// Ports and rail hubs, by their rows in the router.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminals(Vec<u64>);

impl Terminals {
    /// Takes one in.
    pub fn insert(&mut self, row: u32) {
        let word = row as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (row % 64);
    }

    /// Takes all of another in.
    pub fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// True where both have one in common.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}

impl Rider {
    /// The least rides to each stop from whichever of the first is best, by any mode that the rates allow: the row of that one, and
    /// the ride. `None` where no way leads.
    #[allow(clippy::too_many_arguments, reason = "a question has this many parts")]
    pub fn rides(
        &mut self,
        router: &mut Router,
        plan: &Plan,
        rates: &Rates,
        aim: Aim,
        stream: Stream,
        from: &[Stop],
        to: &[Stop],
    ) -> Vec<Option<(u32, Ride)>> {
        let nowhere = (&Name::default(), LonLat::default());
        let query = Query { from: nowhere, to: nowhere, modes: rates.allowed, aim, stream, alternatives: 0 };
        let weighed = router.weighed(plan, rates, &query);
        let (entries, nodes) = (router.first[4], router.first[6] as usize);
        self.rides.resize(nodes, Ride::default());
        self.stamp.resize(nodes, 0);
        self.search += 1;
        self.passed = Terminals::default();
        let mut sources = Vec::with_capacity(from.len());
        for (stop, owner) in from.iter().zip(0u32..).filter(|(s, _)| s.leg_m <= MOST_ACCESS_M) {
            sources.push(Source { node: stop.node, offset_m: weighed.by_truck(stop.leg_m), owner });
            sources.extend(stop.open(&weighed).map(|row| Source { node: entries + row, offset_m: 0, owner }));
        }
        let mut search = std::mem::take(&mut router.searches[0]);
        search.run(&weighed.road, &sources);
        let arrive = |stop: &Stop| {
            if stop.leg_m > MOST_ACCESS_M {
                return None;
            }
            let by_road = search.label(stop.node).map(|l| (l.distance_m + weighed.by_truck(stop.leg_m), stop.node));
            let at_once = stop.open(&weighed).and_then(|row| {
                let node = entries + row;
                Some((search.label(node)?.distance_m, node))
            });
            let (_, last) = by_road.into_iter().chain(at_once).min()?;
            let owner = search.label(last)?.owner;
            let begin = |node: u32| {
                let ride = Ride::default();
                if node >= entries { ride } else { ride.on_road(from[owner as usize].leg_m) }
            };
            let ride = self.add_up(router, last, |n| search.previous(&weighed.road, n), begin);
            Some((owner, if last == stop.node { ride.on_road(stop.leg_m) } else { ride }))
        };
        let found = to.iter().map(arrive).collect();
        router.searches[0] = search;
        found
    }

    /// The terminals that some ride of the last search passes. While others close, its rides stay what they are: the node before
    /// another follows from the lengths alone, and those on these rides are the same.
    #[must_use]
    pub const fn passed(&self) -> &Terminals {
        &self.passed
    }

    /// The ride up to a node: back to the first one that was added up already, and forward again.
    fn add_up(
        &mut self,
        router: &Router,
        last: u32,
        previous: impl Fn(u32) -> Option<u32>,
        begin: impl Fn(u32) -> Ride,
    ) -> Ride {
        self.path.clear();
        let mut at = last;
        let mut ride = loop {
            if self.stamp[at as usize] == self.search {
                break self.rides[at as usize];
            }
            self.path.push(at);
            match previous(at) {
                Some(before) => at = before,
                None => break begin(at),
            }
        };
        let mut before = (self.path.last() != Some(&at)).then_some(at);
        while let Some(node) = self.path.pop() {
            if let Node::Entry(row) | Node::Exit(row) = router.node(node) {
                self.passed.insert(row);
            }
            if let Some(before) = before {
                ride = ride.step(router, before, node);
            }
            self.rides[node as usize] = ride;
            self.stamp[node as usize] = self.search;
            before = Some(node);
        }
        ride
    }
}

impl Stop {
    /// True where it is too far from every road for any way to begin there.
    #[must_use]
    pub const fn is_adrift(&self) -> bool {
        self.leg_m > MOST_ACCESS_M
    }

    /// The port or rail hub there, where it is open.
    fn open(&self, weighed: &Weighed) -> Option<u32> {
        self.terminal.filter(|row| !weighed.closed[*row as usize])
    }
}

impl Ride {
    /// Distance, time, cost and CO2 of a tonne of a stream, without borders.
    #[must_use]
    pub fn haul(&self, rates: &Rates, stream: Stream) -> Haul {
        MeanRide::from(*self).haul(rates, stream)
    }

    fn on_road(mut self, leg_m: u32) -> Self {
        self.metres.road += leg_m;
        self.ends.road += 1;
        self
    }

    fn step(mut self, router: &Router, from: u32, to: u32) -> Self {
        let length = router.joined.length(from, to).expect("a way follows arcs");
        match (router.node(from), router.node(to)) {
            (Node::Of(mode, _), Node::Of(..)) => self.metres[mode] += length,
            (Node::Of(mode, _), _) | (_, Node::Of(mode, _)) => {
                self.metres[mode] += length - 1;
                self.ends[mode] = self.ends[mode].saturating_add(1);
            }
            _ => {}
        }
        self
    }
}

impl Router {
    /// A place as rides know it.
    #[must_use]
    pub fn stop(&self, ground: &Ground, at: LonLat) -> Stop {
        let access = ground.roads.access(at);
        let terminal = self.terminals.iter().position(|t| t.at == at).map(|row| row as u32);
        Stop { node: access.node, leg_m: access.leg_m, terminal }
    }
}
