//! One plan allocated on the way to an answer, in slices.

use crate::{
    allocation::{Answer, Grain, Job, Progress},
    model::Region,
    response::Bench,
    scenario::Document,
};

/// An allocation under way.
pub(super) struct Solving {
    job: Box<Job>,
    grain: Grain,
    first: bool,
}

impl Solving {
    /// Begins. `first`: from nothing, and what is found is where others start from.
    pub fn begin(region: &Region, bench: &mut Bench, document: &Document, grain: Grain, first: bool) -> Self {
        let (evaluator, allocator) = bench.allocator(grain);
        if first {
            allocator.forget();
        }
        let evaluation = evaluator.evaluate(region, document.plan(), document.scenario());
        let job = allocator.begin(region, document.plan(), document.scenario(), &evaluation);
        Self { job: Box::new(job), grain, first }
    }

    /// True where it works by points.
    pub fn is_full(&self) -> bool {
        self.grain == Grain::Points
    }

    /// One slice: the answer, or the rest of the work.
    pub fn step(mut self, region: &Region, bench: &mut Bench) -> Result<Box<Answer>, Self> {
        let (_, allocator) = bench.allocator(self.grain);
        match self.job.step(allocator, region) {
            Progress::Done(answer) => {
                if self.first {
                    allocator.hold();
                }
                Ok(answer)
            }
            _ => Err(self),
        }
    }
}
