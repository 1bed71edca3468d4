//! The worker's half of many futures. The page's worker hands out the runs, makes some itself, joins what helpers made and reads the
//! outlook from all of it; a helper, which is the same program, makes the runs that it is given. All in slices.

use super::{
    protocol::{FuturesAsk, FuturesFar, FuturesNews, FuturesQuestion, FuturesTold, FuturesWish, Response},
    slices::Step,
};
use atlas_core::{
    model::Region,
    response::Bench,
    scenario::Document,
    uncertainty::{DrawsRefusal, Handout, MonteCarlo, Progress, every_aim},
};
use std::collections::BTreeSet;

/// News of how far it is comes no more often than this (milliseconds).
const NEWS_MS: f64 = 200.0;
/// What the runs so far say comes no more often than this, and takes no more than this share of the time.
const GLIMPSE_MS: f64 = 1_000.0;
const GLIMPSE_SHARE: f64 = 0.05;
/// Runs that a helper is given at once: few, so that nobody waits for the last of them.
const CHUNK: u64 = 4;
/// The page's worker among those who make runs.
const OWN: u32 = 0;

/// Many futures, in progress.
#[derive(Default)]
pub struct Futures {
    /// Keeps the ways from question to question. Its own: another question at work in between would turn its tables over.
    bench: Bench,
    awake: bool,
    asked: Vec<FuturesAsk>,
    job: Option<Job>,
}

struct Job {
    run: u64,
    runs: MonteCarlo,
    /// Who makes which; nothing in a helper.
    handout: Option<Handout>,
    workers: BTreeSet<u32>,
    all: u64,
    /// Runs of its own sample that are told of.
    counted: usize,
    /// A helper that waits for more.
    rests: bool,
    since: f64,
    told_ms: f64,
    glimpse_at: f64,
}

impl Futures {
    /// Takes note of a wish; true where there is now work to do that was not under way.
    pub fn take(&mut self, ask: FuturesAsk) -> bool {
        self.asked.push(ask);
        !std::mem::replace(&mut self.awake, true)
    }

    /// One slice of work.
    pub fn step(&mut self, region: &Region, now: &dyn Fn() -> f64) -> Step {
        if !self.asked.is_empty() {
            let ask = self.asked.remove(0);
            return Step::went(self.answer(region, ask, now()));
        }
        let Some(mut job) = self.job.take() else {
            self.awake = false;
            return Step::Idle;
        };
        if job.rests {
            self.job = Some(job);
            self.awake = false;
            return Step::Idle;
        }
        let mut told = Vec::new();
        if !job.step(region, &mut self.bench, now, &mut told) {
            self.job = Some(job);
        }
        Step::went(told)
    }

    fn answer(&mut self, region: &Region, ask: FuturesAsk, now: f64) -> Vec<Response> {
        let current = self.job.as_mut().filter(|j| j.run == ask.run);
        match (ask.what, current) {
            (FuturesWish::Begin(question), _) => self.begin(region, ask.run, *question, false, now),
            (FuturesWish::Help(question), _) => self.begin(region, ask.run, *question, true, now),
            (FuturesWish::Stop, Some(job)) => {
                let outlook = (!job.runs.sample().runs.is_empty()).then(|| Box::new(job.runs.outlook()));
                let news = FuturesNews::Stopped(outlook, job.far(now));
                self.job = None;
                vec![told(ask.run, news)]
            }
            (FuturesWish::Idle(helper), Some(job)) => job.give(helper).into_iter().collect(),
            (FuturesWish::Part(helper, sample), Some(job)) => {
                job.workers.insert(helper);
                job.runs.join(&sample);
                if let Some(handout) = &mut job.handout {
                    sample.runs.iter().for_each(|run| handout.told(*run));
                }
                job.counted = job.runs.sample().runs.len();
                job.give(helper).into_iter().collect()
            }
            (FuturesWish::Lost(helper), Some(job)) => {
                if let Some(handout) = &mut job.handout {
                    handout.lost(helper);
                }
                vec![]
            }
            (FuturesWish::Make(from, to), Some(job)) => {
                job.runs.more(from..to);
                job.rests = false;
                vec![]
            }
            // Of a question that is given up.
            _ => vec![],
        }
    }

    fn begin(&mut self, region: &Region, run: u64, question: FuturesQuestion, helps: bool, now: f64) -> Vec<Response> {
        self.job = None;
        match start(region, &question, helps) {
            Ok(runs) => {
                self.job = Some(Job {
                    run,
                    runs,
                    handout: (!helps).then(|| Handout::new(question.runs)),
                    workers: BTreeSet::from([OWN]),
                    all: question.runs,
                    counted: 0,
                    rests: false,
                    since: now,
                    told_ms: now,
                    glimpse_at: now + GLIMPSE_MS,
                });
                vec![]
            }
            Err(why) => {
                vec![told(run, FuturesNews::Refused { code: why.code().into(), subject: why.subject().into() })]
            }
        }
    }
}

fn start(region: &Region, question: &FuturesQuestion, helps: bool) -> Result<MonteCarlo, DrawsRefusal> {
    let baseline = &region.baseline;
    let plans = question.plans.iter().map(|s| Document::open(baseline, s.clone()).0).collect();
    if helps {
        return MonteCarlo::helper(baseline, plans, every_aim(), question.seed);
    }
    let mut runs = MonteCarlo::new(baseline, plans, every_aim(), question.seed, 0..question.runs, true)?;
    // Which runs are its own is handed out.
    runs.more(0..0);
    Ok(runs)
}

impl Job {
    /// Goes on; true where it is over.
    fn step(&mut self, region: &Region, bench: &mut Bench, now: &dyn Fn() -> f64, out: &mut Vec<Response>) -> bool {
        let progress = self.runs.step(region, bench);
        let Some(handout) = &mut self.handout else {
            if progress == Progress::Done {
                let sample = self.runs.take();
                let news =
                    if sample.runs.is_empty() { FuturesNews::Ready } else { FuturesNews::Made(Box::new(sample)) };
                out.push(told(self.run, news));
                self.rests = true;
            }
            return false;
        };
        let sample = self.runs.sample();
        sample.runs[self.counted.min(sample.runs.len())..].iter().for_each(|run| handout.told(*run));
        self.counted = sample.runs.len();
        if handout.is_over() && progress == Progress::Done {
            let outlook = Box::new(self.runs.outlook());
            out.push(told(self.run, FuturesNews::Done(outlook, self.far(now()))));
            return true;
        }
        if progress == Progress::Done {
            let next = handout.give(OWN, 1).or_else(|| handout.second(OWN).map(|run| run..run + 1));
            self.runs.more(next.unwrap_or_default());
        }
        let at = now();
        if at >= self.glimpse_at && !self.runs.sample().runs.is_empty() {
            let outlook = Box::new(self.runs.glimpse());
            let after = now();
            self.glimpse_at = after + GLIMPSE_MS.max((after - at) / GLIMPSE_SHARE);
            self.told_ms = after;
            out.push(told(self.run, FuturesNews::Glimpse(outlook, self.far(after))));
        } else if at - self.told_ms >= NEWS_MS {
            self.told_ms = at;
            out.push(told(self.run, FuturesNews::Far(self.far(at))));
        }
        false
    }
}

impl Job {
    fn far(&self, now: f64) -> FuturesFar {
        let done = self.handout.as_ref().map_or(0, Handout::done);
        FuturesFar { done, all: self.all, workers: self.workers.len() as u32, seconds: (now - self.since) / 1e3 }
    }

    /// The next runs of a helper.
    fn give(&mut self, helper: u32) -> Option<Response> {
        let runs = self.handout.as_mut()?.give(helper, CHUNK)?;
        Some(told(self.run, FuturesNews::Give(helper, runs.start, runs.end)))
    }
}

fn told(run: u64, what: FuturesNews) -> Response {
    Response::Futures(Box::new(FuturesTold { run, what }))
}
