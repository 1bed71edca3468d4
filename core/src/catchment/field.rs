//! A field: for every road node the nearest of a set of facilities, remembered as long as the set is the same.

use crate::{
    geo::LonLat,
    graph::{Access, Csr, Label, Network, Search, Source},
};
use std::{collections::HashMap, rc::Rc};

/// The nearest facility of every road node. The owner in a label is the row of the facility in the list it was made from.
#[derive(Clone, Default)]
pub struct Field {
    sources: Vec<Source>,
    search: Search,
}

impl Field {
    /// The label of a node.
    #[must_use]
    pub fn label(&self, node: u32) -> Option<Label> {
        self.search.label(node)
    }

    /// The way from the owner of `node` to it, both ends included.
    #[must_use]
    pub fn path(&self, graph: &Csr, node: u32) -> Vec<u32> {
        self.search.path(graph, node)
    }
}

/// Computes fields and keeps the last few: an edit of one kind of facility leaves the fields of the others as they are.
#[derive(Default)]
pub struct Fields {
    recent: Vec<Rc<Field>>,
    access: HashMap<[u64; 2], Access>,
}

/// One field a stream for hubs and for smelters, one for collection points, and one each for an edit in progress.
const KEPT: usize = 16;

impl Fields {
    /// The field of facilities at these positions, in order.
    pub fn of(&mut self, roads: &Network, facilities: &[LonLat]) -> Rc<Field> {
        let sources: Vec<Source> = facilities
            .iter()
            .zip(0u32..)
            .map(|(at, owner)| {
                let Access { node, leg_m } = self.access(roads, *at);
                Source { node, offset_m: leg_m, owner }
            })
            .collect();
        if let Some(i) = self.recent.iter().position(|f| f.sources == sources) {
            let found = self.recent.remove(i);
            self.recent.push(Rc::clone(&found));
            return found;
        }
        // The oldest field gives its memory to the new one, unless somebody still reads it.
        let full = self.recent.len() >= KEPT;
        let old = full.then(|| self.recent.remove(0)).and_then(|f| Rc::try_unwrap(f).ok());
        let mut field = old.unwrap_or_default();
        field.search.run(roads.csr(), &sources);
        field.sources = sources;
        let field = Rc::new(field);
        self.recent.push(Rc::clone(&field));
        field
    }

    /// The way onto the network, looked up once a position.
    pub fn access(&mut self, roads: &Network, at: LonLat) -> Access {
        let key = [at.lon.to_bits(), at.lat.to_bits()];
        *self.access.entry(key).or_insert_with(|| roads.access(at))
    }
}
