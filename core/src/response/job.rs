//! From a question to its answer, in slices.

use super::{
    Answer, Bench, Question, Refusal,
    courses::{Course, Find, Front, Sweep, Tornado},
    trial::Running,
};
use crate::{model::Region, scenario::Document};

/// A question that is being answered.
pub struct Job {
    course: Box<dyn Course>,
    running: Option<Running>,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// Under way.
    Far {
        /// Scenarios that are measured.
        done: usize,
        /// About as many as there will be.
        all: usize,
        /// Ways searched of those that the scenario at work needs, while they are searched.
        ways: Option<(usize, usize)>,
    },
    /// It is answered.
    Done(Box<Answer>),
}

impl Job {
    /// Begins a question about the scenario of a document.
    ///
    /// # Errors
    /// Where it cannot be answered as asked.
    pub fn begin(region: &Region, document: &Document, question: &Question) -> Result<Self, Refusal> {
        let baseline = &region.baseline;
        let course: Box<dyn Course> = match question {
            Question::Sweep { lever, from, to, steps, exact } => {
                Box::new(Sweep::new(baseline, document, lever, (*from, *to), *steps, *exact)?)
            }
            Question::Tornado { aim } => Box::new(Tornado::new(baseline, document, *aim)),
            Question::Front { lever, most } => Box::new(Front::new(baseline, document, lever.as_ref(), *most)?),
            Question::Find { lever, aim, goal, within, tolerance } => {
                Box::new(Find::new(baseline, document, lever, (*aim, *goal), *within, *tolerance)?)
            }
        };
        Ok(Self { course, running: None })
    }

    /// One slice of work, a few milliseconds to some tens of them. Nothing is left to do once it is done.
    pub fn step(&mut self, region: &Region, bench: &mut Bench) -> Progress {
        let mut ways = None;
        match self.running.take() {
            Some(running) => match bench.step(region, running) {
                Ok(seen) => self.course.told(seen),
                Err((running, searched)) => {
                    ways = searched;
                    self.running = Some(running);
                }
            },
            None => match self.course.next(&region.baseline) {
                Some(trial) => self.running = Some(bench.begin(region, &trial)),
                None => return Progress::Done(Box::new(self.course.answer())),
            },
        }
        let (done, all) = self.course.far();
        Progress::Far { done, all, ways }
    }

    /// What is known so far: what is shown where somebody stops.
    #[must_use]
    pub fn so_far(&self) -> Answer {
        self.course.answer()
    }

    /// Works it off at once.
    pub fn finish(mut self, region: &Region, bench: &mut Bench) -> Answer {
        loop {
            if let Progress::Done(answer) = self.step(region, bench) {
                return *answer;
            }
        }
    }
}
