//! Origins of a stream's metal at every place, by proportional mixing.

use super::Matrix;
use crate::{
    allocation::{Answer, End, Flow, Leg},
    evaluate::Round,
    model::Stream,
};
use std::collections::BTreeMap;

/// Origins: three clusters, the corridor, imports.
pub(super) const ORIGINS: usize = 5;
const CORRIDOR: usize = 3;
const IMPORTS: usize = 4;
type Shares = [f64; ORIGINS];

/// Metal that does not become product, by origin, tonnes a year.
#[derive(Default)]
pub(super) struct Left {
    pub unallocated_t: Shares,
    pub sorting_loss_t: Shares,
    pub smelting_loss_t: Shares,
}

/// What mixing gives.
pub(super) struct Mixed {
    pub left: Left,
    pub matrix: Matrix,
}

/// One stream's flows.
pub(super) struct Mix<'a> {
    answer: &'a Answer,
    stream: Stream,
    /// Metal brought to each collection point, by origin.
    brought: BTreeMap<&'a str, Shares>,
}

impl<'a> Mix<'a> {
    pub(super) fn new(rounds: &'a [Round], answer: &'a Answer, stream: Stream) -> Self {
        let mut brought: BTreeMap<&str, Shares> = BTreeMap::new();
        for r in rounds {
            brought.entry(&r.point).or_default()[r.cluster as usize] += r.metal_t[stream];
        }
        Self { answer, stream, brought }
    }

    fn flows(&self, legs: &'static [Leg]) -> impl Iterator<Item = &'a Flow> {
        let (answer, stream) = (self.answer, self.stream);
        answer.flows.iter().filter(move |f| f.stream == stream && legs.contains(&f.leg))
    }

    /// Shares of a source that add up to 1.
    fn source(&self, place: u32) -> Shares {
        let place = &self.answer.places[place as usize];
        let mut shares = Shares::default();
        match &place.end {
            End::Corridor(_) => shares[CORRIDOR] = 1.0,
            End::Import(_) => shares[IMPORTS] = 1.0,
            End::Facility(id) => match self.brought.get(id.as_str()).and_then(shared) {
                Some(known) => return known,
                // Nobody says where it came from: it is the point's own cluster's.
                None => shares[place.cluster.map_or(CORRIDOR, |c| c as usize)] = 1.0,
            },
            End::Demand(_) => {}
        }
        shares
    }

    pub(super) fn run(self) -> Mixed {
        let mut left = Left::default();
        let mut matrix = Matrix::default();
        let mut hubs: BTreeMap<u32, Shares> = BTreeMap::new();
        let mut smelters: BTreeMap<u32, Shares> = BTreeMap::new();
        // All that points hold is left over, until flows take it.
        for shares in self.brought.values() {
            plus(&mut left.unallocated_t, shares, 1.0);
        }
        // A stream's losses are the same at every plant, so that they can be told apart on any way.
        let all = &self.answer.balance[self.stream];
        let fed = if all.product_t > 0.0 { 1.0 + all.smelting_loss_t / all.product_t } else { 1.0 };
        for f in self.flows(&[Leg::ToHub, Leg::Direct, Leg::Contract]) {
            let shares = self.source(f.from);
            if matches!(&self.answer.places[f.from as usize].end, End::Facility(_)) {
                plus(&mut left.unallocated_t, &shares, -f.metal_t);
            }
            plus(&mut left.sorting_loss_t, &shares, f.metal_t - fed * f.product_t);
            plus(&mut left.smelting_loss_t, &shares, (fed - 1.0) * f.product_t);
            let taker = if f.leg == Leg::ToHub { &mut hubs } else { &mut smelters };
            plus(taker.entry(f.to).or_default(), &shares, f.product_t);
        }
        for f in self.flows(&[Leg::ToSmelter]) {
            let shares = hubs.get(&f.from).and_then(shared).unwrap_or_default();
            plus(smelters.entry(f.to).or_default(), &shares, f.product_t);
        }
        let column = |place: u32| self.answer.places[place as usize].cluster.map_or(3, |c| c as usize);
        for (place, made) in &smelters {
            for (o, t) in made.iter().enumerate() {
                matrix.made_t[o][column(*place)] += t;
            }
        }
        for f in self.flows(&[Leg::ToDemand, Leg::Export]) {
            let shares = smelters.get(&f.from).and_then(shared).unwrap_or_default();
            let to = if f.leg == Leg::Export { 3 } else { column(f.to) };
            for (o, share) in shares.iter().enumerate() {
                matrix.used_t[o][to] += share * f.product_t;
            }
        }
        Mixed { left, matrix }
    }
}

fn plus(sum: &mut Shares, shares: &Shares, times: f64) {
    for (a, b) in sum.iter_mut().zip(shares) {
        *a += b * times;
    }
}

/// Amounts as shares; `None` where there is nothing.
fn shared(amounts: &Shares) -> Option<Shares> {
    let all: f64 = amounts.iter().sum();
    (all > 0.0).then(|| amounts.map(|t| t / all))
}
