//! A field: for every road node the two nearest of a set of facilities, kept while facilities open, close and move.

use super::{lengths::Lengths, mesh::is_inside};
use crate::{
    diagnostics::Diagnostic,
    geo::LonLat,
    graph::{Access, Csr, Label, Network, Reach, Source},
    model::{Cluster, Facility, FacilityKind, Ground, MOST_ACCESS_M, Stream},
    scenario::{Plan, Standing},
};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, rc::Rc};

/// Which facilities a field is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacilitySet {
    /// Their kind.
    pub kind: FacilityKind,
    /// Only those that take the stream; `None`: those that take any.
    pub stream: Option<Stream>,
    /// Only those of one cluster.
    pub cluster: Option<Cluster>,
    /// Only these ids, where there are any.
    pub only: Vec<String>,
}

impl FacilitySet {
    /// All facilities of a kind.
    #[must_use]
    pub const fn of(kind: FacilityKind) -> Self {
        Self { kind, stream: None, cluster: None, only: Vec::new() }
    }

    /// Those of a kind that take a stream.
    #[must_use]
    pub const fn taking(kind: FacilityKind, stream: Stream) -> Self {
        Self { kind, stream: Some(stream), cluster: None, only: Vec::new() }
    }

    /// True where a facility belongs to the set.
    #[must_use]
    pub fn holds(&self, f: &Facility) -> bool {
        f.kind == self.kind
            && self.cluster.is_none_or(|c| f.cluster == Some(c))
            && (self.only.is_empty() || self.only.contains(&f.id))
            && match self.stream {
                Some(s) => f.takes(s),
                None => Stream::ALL.into_iter().any(|s| f.takes(s)),
            }
    }
}

/// The nearest facilities of every road node. The owner in a label is the facility's row in the plan.
#[derive(Clone, Default)]
pub struct Field {
    reach: Reach,
    changed: usize,
}

impl Field {
    /// The nearest facility of a node.
    #[must_use]
    pub fn label(&self, node: u32) -> Option<Label> {
        self.reach.first(node)
    }

    /// The nearest facility of a node but for the first: whose it would be if that one closed.
    #[must_use]
    pub fn second(&self, node: u32) -> Option<Label> {
        self.reach.second(node)
    }

    /// The way from the owner of `node` to it, both ends included. The graph must be the one of the field's lengths.
    #[must_use]
    pub fn path(&self, graph: &Csr, node: u32) -> Vec<u32> {
        self.reach.path(graph, node)
    }

    /// How many facilities differed from what was there before, the last time the field was asked for.
    #[must_use]
    pub const fn changed(&self) -> usize {
        self.changed
    }
}

/// Fields of several sets of facilities, each repaired where a few of its facilities have changed.
#[derive(Default)]
pub struct Fields {
    /// The one used last stands last.
    kept: Vec<(FacilitySet, Lengths, Rc<Field>)>,
    access: HashMap<[u64; 2], Access>,
    /// The road graph in other lengths than metres.
    graphs: Vec<(Lengths, Rc<Csr>)>,
}

/// One field a stream for hubs and for smelters, one for collection points, and some for questions.
const KEPT: usize = 20;
/// Graphs of lengths other than metres.
const GRAPHS: usize = 2;

impl Fields {
    /// The field of the open facilities of a set, in metres of the source network. Facilities out of reach of every road are
    /// left out: see [`Fields::remote`].
    pub fn of(&mut self, roads: &Network, plan: &Plan, set: &FacilitySet) -> Rc<Field> {
        self.by(roads, plan, set, Lengths::Metres)
    }

    /// The same in other lengths.
    pub fn by(&mut self, roads: &Network, plan: &Plan, set: &FacilitySet, lengths: Lengths) -> Rc<Field> {
        let mut sources = Vec::new();
        for (p, owner) in plan.facilities().iter().zip(0u32..) {
            let f = &p.facility;
            if p.takes_scrap() && set.holds(f) {
                let Access { node, leg_m } = self.access(roads, f.at);
                if leg_m <= MOST_ACCESS_M {
                    sources.push(Source { node, offset_m: lengths.leg(leg_m), owner });
                }
            }
        }
        let found = self.kept.iter().position(|(s, l, _)| s == set && *l == lengths);
        let mut field = found.map_or_else(Rc::default, |i| self.kept.remove(i).2);
        if self.kept.len() >= KEPT {
            self.kept.remove(0);
        }
        let own = Rc::make_mut(&mut field);
        own.changed = match lengths {
            Lengths::Metres => own.reach.update(roads.csr(), &sources),
            Lengths::Time(_) => {
                let graph = self.graph(roads, lengths);
                own.reach.update(&graph, &sources)
            }
        };
        self.kept.push((set.clone(), lengths, Rc::clone(&field)));
        field
    }

    /// The road graph in these lengths.
    fn graph(&mut self, roads: &Network, lengths: Lengths) -> Rc<Csr> {
        if let Some((_, graph)) = self.graphs.iter().find(|(l, _)| *l == lengths) {
            return Rc::clone(graph);
        }
        let edges = roads.edges().map(|(a, b, link)| (a, b, lengths.link(link)));
        let graph = Rc::new(Csr::new(roads.csr().nodes(), edges));
        if self.graphs.len() >= GRAPHS {
            self.graphs.remove(0);
        }
        self.graphs.push((lengths, Rc::clone(&graph)));
        graph
    }

    /// The way onto the network, looked up once a position.
    pub fn access(&mut self, roads: &Network, at: LonLat) -> Access {
        let key = [at.lon.to_bits(), at.lat.to_bits()];
        *self.access.entry(key).or_insert_with(|| roads.access(at))
    }

    /// The open facilities of a set that a planner put in the sea or outside of the clusters, or far from every road. How far
    /// the baseline's own are is stated by their precision.
    pub fn remote(&mut self, ground: &Ground, plan: &Plan, set: &FacilitySet) -> Vec<Remote> {
        let mut found = Vec::new();
        for p in plan.facilities() {
            let f = &p.facility;
            if p.standing == Standing::Baseline || !(p.takes_scrap() && set.holds(f)) {
                continue;
            }
            let leg_m = self.access(&ground.roads, f.at).leg_m;
            let beyond = is_inside(&ground.outside, f.at);
            if beyond || leg_m > FAR_LEG_M {
                found.push(Remote {
                    id: f.id.clone(),
                    road_km: f64::from(leg_m) / 1000.0,
                    beyond,
                    serves: leg_m <= MOST_ACCESS_M,
                });
            }
        }
        found
    }
}

/// A facility that does not stand where facilities do. It is joined to the nearest road by a straight leg, unless that is too
/// long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remote {
    /// The facility.
    pub id: String,
    /// The straight leg to the nearest road in km.
    pub road_km: f64,
    /// True where it stands in the sea, or on land outside of the clusters.
    pub beyond: bool,
    /// False where it is too far from every road to serve anybody.
    pub serves: bool,
}

impl Remote {
    /// The same in words.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let place = if self.beyond { "in the sea or outside of the clusters, " } else { "" };
        let km = self.road_km;
        if self.serves {
            Diagnostic::warning(
                "facility-snapped",
                self.id.clone(),
                format!("{place}{km:.1} km from the nearest road, joined to it by a straight leg"),
                "Move it nearer to a road if it does not lie so remotely.",
            )
        } else {
            Diagnostic::error(
                "facility-off-network",
                self.id.clone(),
                format!("{place}{km:.0} km from every road of the map: it serves nobody"),
                "Move it nearer to a road.",
            )
        }
    }
}

/// A facility further than this from every road is told of: three times the distance that half of all people live at.
const FAR_LEG_M: u32 = 15_000;
