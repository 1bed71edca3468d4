//! Quick figures of one plan, while a person turns a lever.

use super::{
    Bench, Seen,
    trial::{Running, Trial},
};
use crate::{allocation::Grain, model::Region, scenario::Document};

/// Figures in the making. It starts from the glance before, which is near, and leaves what other questions remember alone.
pub struct Glance {
    running: Option<Running>,
}

impl Glance {
    /// Begins with the plan of a document.
    pub fn begin(region: &Region, document: &Document, bench: &mut Bench) -> Self {
        let trial = Trial { document: document.clone(), grain: Grain::Prefectures, first: false };
        Self { running: Some(bench.begin(region, &trial)) }
    }

    /// One slice of work; the figures once they are there, and not again.
    pub fn step(&mut self, region: &Region, bench: &mut Bench) -> Option<Seen> {
        let running = self.running.take()?;
        bench.swap();
        let found = bench.step(region, running);
        bench.swap();
        match found {
            Ok(seen) => Some(seen),
            Err((running, _)) => {
                self.running = Some(running);
                None
            }
        }
    }

    /// Works it off at once.
    ///
    /// # Panics
    /// Where it was worked off before.
    pub fn finish(mut self, region: &Region, bench: &mut Bench) -> Seen {
        while self.running.is_some() {
            if let Some(seen) = self.step(region, bench) {
                return seen;
            }
        }
        panic!("it was worked off before")
    }
}
