//! The worker's answers to what levers do: one question at a time, in slices; and the quick figures of a plan whose lever moves, which
//! come before everything else here.

use super::{
    protocol::{Response, ResponseAsk, ResponseNews, ResponseTold, ResponseWish},
    siting::Ground,
    slices::Step,
};
use atlas_core::{
    response::{Bench, Glance, Job, Progress},
    scenario::{Document, Scenario},
};

/// News of how far it is comes no more often than this (milliseconds).
const NEWS_MS: f64 = 100.0;

/// Questions about levers, in progress.
#[derive(Default)]
pub struct Responses {
    /// Keeps the ways from question to question.
    bench: Bench,
    awake: bool,
    begin: Option<(u64, Box<(Scenario, atlas_core::response::Question)>)>,
    job: Option<(u64, Job)>,
    stop: Option<u64>,
    told_ms: f64,
    /// The plan whose quick figures are wanted; the newest takes the place of the one before.
    turned: Option<(u64, Box<Scenario>)>,
    /// The one at work, and since when.
    glance: Option<(u64, Glance, f64)>,
}

impl Responses {
    /// What measures: others may use it in between.
    pub const fn bench(&mut self) -> &mut Bench {
        &mut self.bench
    }

    /// True while a question is being answered.
    pub const fn is_at_work(&self) -> bool {
        self.job.is_some() || self.begin.is_some()
    }

    /// Takes note of a wish; true where there is now work to do that was not under way.
    pub fn take(&mut self, ask: ResponseAsk) -> bool {
        match ask.what {
            ResponseWish::Begin(question) => {
                self.begin = Some((ask.run, question));
                self.stop = None;
            }
            ResponseWish::Stop => self.stop = Some(ask.run),
            ResponseWish::Turn(scenario) => self.turned = Some((ask.run, scenario)),
        }
        !std::mem::replace(&mut self.awake, true)
    }

    /// One slice of work.
    pub fn step(&mut self, ground: &mut Ground, now_ms: f64) -> Step {
        if let Some((run, mut glance, since)) = self.glance.take() {
            let Some(seen) = glance.step(ground.region, &mut self.bench) else {
                self.glance = Some((run, glance, since));
                return Step::went(vec![]);
            };
            let ms = now_ms - since;
            return Step::went(vec![told(run, ResponseNews::Turned(Box::new(seen.profiles), ms))]);
        }
        if let Some((run, scenario)) = self.turned.take() {
            let (document, _) = Document::open(&ground.region.baseline, *scenario);
            self.glance = Some((run, Glance::begin(ground.region, &document, &mut self.bench), now_ms));
            return Step::went(vec![]);
        }
        if let Some((run, question)) = self.begin.take() {
            let (scenario, question) = *question;
            let (document, _) = Document::open(&ground.region.baseline, scenario);
            self.told_ms = now_ms;
            return Step::went(match Job::begin(ground.region, &document, &question) {
                Ok(job) => {
                    self.job = Some((run, job));
                    vec![]
                }
                Err(why) => vec![told(run, ResponseNews::Refused { code: why.code().into(), detail: why.to_string() })],
            });
        }
        let Some((run, mut job)) = self.job.take() else {
            self.awake = false;
            return Step::Idle;
        };
        if self.stop.take() == Some(run) {
            return Step::went(vec![told(run, ResponseNews::Stopped(Box::new(job.so_far())))]);
        }
        Step::went(match job.step(ground.region, &mut self.bench) {
            Progress::Done(answer) => vec![told(run, ResponseNews::Done(answer))],
            Progress::Far { done, all, ways } => {
                self.job = Some((run, job));
                if now_ms - self.told_ms < NEWS_MS {
                    return Step::went(vec![]);
                }
                self.told_ms = now_ms;
                let ways = ways.map(|(done, all)| (done as u32, all as u32));
                vec![told(run, ResponseNews::Far { done: done as u32, all: all as u32, ways })]
            }
        })
    }
}

fn told(run: u64, what: ResponseNews) -> Response {
    Response::Responded(Box::new(ResponseTold { run, what }))
}
