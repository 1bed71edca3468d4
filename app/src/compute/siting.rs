//! The worker's search for new sites: one question at a time, in slices, and what is asked about its answers in between.

use super::{
    drawing,
    protocol::{Response, SitingAsk, SitingNews, SitingTold, SitingWish},
    slices::{Step, Told},
    territories::{self, Subject},
};
use atlas_core::{
    catchment::{self, Areas},
    evaluate::Evaluator,
    geo::LonLat,
    model::Region,
    scenario::{Edit, Follower, Scenario},
    siting::planning::{self, CurveJob, Place, Progress, Proposal, Question, Siting, SitingJob, WhyNotJob},
};

/// News comes no more often than this (milliseconds).
const NEWS_MS: f64 = 100.0;
/// A place that was asked about is worked at for so long; then its bound says how much is left (milliseconds).
const WHY_NOT_MS: f64 = 6_000.0;

/// What a search rests on, for as long as a slice takes.
pub struct Ground<'a> {
    /// What is given.
    pub region: &'a Region,
    /// Fields of facilities.
    pub evaluator: &'a mut Evaluator,
    /// Catchments as areas.
    pub areas: &'a Areas,
    /// Where facilities are.
    pub plan: &'a mut Follower,
}

/// The search in progress, and what is wanted of it.
#[derive(Default)]
pub struct Sitings {
    /// Kept from question to question.
    siting: Siting,
    run: u64,
    /// True while a task works at it.
    awake: bool,
    begin: Option<Box<(Scenario, Question)>>,
    search: Option<Search>,
    /// What the page would look at; the newest takes the place of the one before.
    look: Option<(u64, Look)>,
    why_not: Option<LonLat>,
    alternatives: Option<f64>,
    curve: Option<usize>,
}

/// What the page looks at.
enum Look {
    /// The plan with these sites; the best one without any.
    Plan(Vec<String>),
    /// The plan with a site elsewhere.
    Moved(String, LonLat),
}

struct Search {
    scenario: Scenario,
    question: Question,
    job: SitingJob,
    paused: bool,
    over: bool,
    /// Milliseconds spent searching.
    spent_ms: f64,
    told_ms: f64,
    /// A plan that is new, until it is told.
    plan: Option<Box<Proposal>>,
    /// True while the page looks at the best plan.
    looks_at_best: bool,
    /// The best plan as it was told last: what is moved is a site of it.
    best: Option<Proposal>,
    /// True where the place that was asked about had the last slice.
    turn: bool,
    why_not: Option<(WhyNotJob, f64, f64)>,
    curve: Option<(CurveJob, usize)>,
}

impl Sitings {
    /// Takes note of a wish; true where there is now work to do that was not under way.
    pub fn take(&mut self, ask: SitingAsk) -> bool {
        if let SitingWish::Begin(scenario, question) = ask.what {
            let siting = std::mem::take(&mut self.siting);
            *self = Self { siting, run: ask.run, awake: self.awake, ..Self::default() };
            self.begin = Some(Box::new((*scenario, *question)));
            return !std::mem::replace(&mut self.awake, true);
        }
        if ask.run != self.run {
            return false;
        }
        match ask.what {
            SitingWish::Begin(..) => {}
            SitingWish::Stop => self.pause(true),
            SitingWish::Resume => self.pause(false),
            SitingWish::Look(number, ids) => self.look = Some((number, Look::Plan(ids))),
            SitingWish::Moved(number, id, at) => self.look = Some((number, Look::Moved(id, at))),
            SitingWish::WhyNot(at) => self.why_not = Some(at),
            SitingWish::Alternatives(within) => self.alternatives = Some(within),
            SitingWish::Curve(upto) => self.curve = Some(upto),
        }
        !std::mem::replace(&mut self.awake, true)
    }

    fn pause(&mut self, paused: bool) {
        if let Some(search) = &mut self.search {
            search.paused = paused;
            if !paused {
                // A better best has another trade-off.
                search.curve = None;
            }
        }
    }

    /// One slice of work. What a person waits for comes before the search, and the search before what it is worth.
    pub fn step(&mut self, ground: &mut Ground, now_ms: f64) -> Step {
        if let Some(begin) = self.begin.take() {
            return Step::Went(self.begin(ground, *begin));
        }
        let run = self.run;
        let Some(search) = &mut self.search else {
            self.awake = false;
            return Step::Idle;
        };
        if let Some((number, look)) = self.look.take() {
            return Step::Went(vec![search.look(ground, run, number, look)]);
        }
        if let Some(at) = self.why_not.take() {
            return Step::Went(search.ask_why_not(run, at));
        }
        // A place that was asked about and the search take turns.
        if search.why_not.is_some() && (search.is_idle() || !std::mem::take(&mut search.turn)) {
            search.turn = true;
            return Step::Went(search.why_not(ground, run, now_ms));
        }
        if !search.is_idle() {
            return Step::Went(search.go_on(&mut self.siting, ground, run, now_ms));
        }
        if let Some(within) = self.alternatives.take() {
            let found = search.job.alternatives(ground.region, within / 100.0);
            return Step::Went(vec![search.told(run, SitingNews::Alternatives(within, found), vec![])]);
        }
        if let Some(upto) = self.curve.take() {
            search.curve = Some((search.job.curve(1..=upto), 0));
        }
        if search.curve.is_some() {
            return Step::Went(search.trade_off(ground, run));
        }
        self.awake = false;
        Step::Idle
    }

    fn begin(&mut self, ground: &mut Ground, (scenario, question): (Scenario, Question)) -> Vec<Told> {
        let plan = ground.plan.lead(&ground.region.baseline, &scenario.edits);
        match self.siting.begin(ground.region, plan, &scenario, &question) {
            Err(problems) => {
                self.search = None;
                vec![told(self.run, 0.0, SitingNews::Refused(problems), vec![])]
            }
            Ok(job) => {
                let candidates = drawing::points(job.candidates().map(|(_, at)| at));
                self.search = Some(Search {
                    scenario,
                    question,
                    job,
                    paused: false,
                    over: false,
                    spent_ms: 0.0,
                    told_ms: f64::NEG_INFINITY,
                    plan: None,
                    looks_at_best: true,
                    best: None,
                    turn: false,
                    why_not: None,
                    curve: None,
                });
                // Catchments of the search before are gone with it.
                vec![told(self.run, 0.0, SitingNews::Begun, vec![candidates, drawing::EMPTY.to_vec()])]
            }
        }
    }
}

fn told(run: u64, seconds: f64, what: SitingNews, documents: Vec<Vec<u8>>) -> Told {
    (Response::Siting(Box::new(SitingTold { run, seconds, what })), documents)
}

impl Search {
    fn is_idle(&self) -> bool {
        self.paused || self.over
    }

    fn told(&self, run: u64, what: SitingNews, documents: Vec<Vec<u8>>) -> Told {
        told(run, self.spent_ms / 1000.0, what, documents)
    }

    /// One slice of the search itself.
    fn go_on(&mut self, siting: &mut Siting, ground: &mut Ground, run: u64, now_ms: f64) -> Vec<Told> {
        let clock = js_sys::Date::now;
        let start = clock();
        let progress = self.job.step(siting, ground.region);
        self.spent_ms += (clock() - start).max(0.0);
        match progress {
            Progress::Done { plan, clash } => {
                self.over = true;
                self.plan = None;
                let documents = self.drawn(ground, &plan);
                vec![self.told(run, SitingNews::Progress(Progress::Done { plan, clash }), documents)]
            }
            Progress::Ways { .. } => {
                if now_ms - self.told_ms < NEWS_MS {
                    return vec![];
                }
                self.told_ms = now_ms;
                vec![self.told(run, SitingNews::Progress(progress), vec![])]
            }
            Progress::Searching { objective, bound, gap, plan } => {
                self.plan = plan.or(self.plan.take());
                if now_ms - self.told_ms < NEWS_MS {
                    return vec![];
                }
                self.told_ms = now_ms;
                let plan = self.plan.take();
                let documents = plan.as_ref().map(|p| self.drawn(ground, p)).unwrap_or_default();
                vec![self.told(
                    run,
                    SitingNews::Progress(Progress::Searching { objective, bound, gap, plan }),
                    documents,
                )]
            }
        }
    }

    /// The catchments of a plan, where it is what the page looks at.
    fn drawn(&mut self, ground: &mut Ground, plan: &Proposal) -> Vec<Vec<u8>> {
        self.best = Some(plan.clone());
        if !self.looks_at_best {
            return vec![];
        }
        vec![draw(ground, &self.scenario, &self.question, plan)]
    }

    fn look(&mut self, ground: &mut Ground, run: u64, number: u64, look: Look) -> Told {
        match look {
            Look::Plan(ids) => {
                self.looks_at_best = ids.is_empty();
                let plan = if ids.is_empty() {
                    self.job.proposal(ground.region)
                } else {
                    self.job.plan_of(ground.region, &ids)
                };
                let document = draw(ground, &self.scenario, &self.question, &plan);
                if ids.is_empty() {
                    self.best = Some(plan.clone());
                }
                self.told(run, SitingNews::Plan(number, Some(Box::new(plan))), vec![document])
            }
            Look::Moved(id, at) => {
                self.looks_at_best = false;
                let Ok(moved) = self.job.moved(ground.region, &id, at) else {
                    return self.told(run, SitingNews::Moved(number, None), vec![]);
                };
                let mut documents = vec![];
                if let Some(mut plan) = self.best.clone() {
                    if let Some(site) = plan.sites.iter_mut().find(|s| s.id == id) {
                        *site = moved.site.clone();
                    }
                    documents.push(draw(ground, &self.scenario, &self.question, &plan));
                }
                self.told(run, SitingNews::Moved(number, Some(Box::new(moved))), documents)
            }
        }
    }

    fn ask_why_not(&mut self, run: u64, at: LonLat) -> Vec<Told> {
        match self.job.why_not(&Place::At(at)) {
            Ok(job) => {
                self.why_not = Some((job, 0.0, f64::NEG_INFINITY));
                vec![]
            }
            Err(_) => {
                self.why_not = None;
                vec![self.told(run, SitingNews::NoSuchPlace, vec![])]
            }
        }
    }

    /// One slice for the place that was asked about.
    fn why_not(&mut self, ground: &Ground, run: u64, now_ms: f64) -> Vec<Told> {
        let Some((job, spent, told_at)) = &mut self.why_not else { return vec![] };
        let clock = js_sys::Date::now;
        let start = clock();
        let more = job.step();
        *spent += (clock() - start).max(0.05);
        let more = more && *spent < WHY_NOT_MS;
        if more && now_ms - *told_at < 3.0 * NEWS_MS {
            return vec![];
        }
        *told_at = now_ms;
        let answer = job.answer(&self.job, ground.region);
        if !more {
            self.why_not = None;
        }
        vec![self.told(run, SitingNews::WhyNot(Box::new(answer), !more), vec![])]
    }

    /// One slice of the trade-off; told whenever there is a point more.
    fn trade_off(&mut self, ground: &Ground, run: u64) -> Vec<Told> {
        let Some((job, known)) = &mut self.curve else { return vec![] };
        let more = job.step(&self.job, ground.region);
        let curve = job.curve();
        if more && curve.points.len() == *known {
            return vec![];
        }
        *known = curve.points.len();
        if !more {
            self.curve = None;
        }
        vec![self.told(run, SitingNews::Curve(curve, !more), vec![])]
    }
}

/// The catchments that a plan's sites win, as polygons with their rank.
fn draw(ground: &mut Ground, scenario: &Scenario, question: &Question, plan: &Proposal) -> Vec<u8> {
    let base = ground.plan.lead(&ground.region.baseline, &scenario.edits);
    let accepted = planning::accept(question, plan, base);
    // New sites get their ids in the order in which they stand.
    let mut new = accepted.iter().filter(|e| matches!(e, Edit::Add(_))).map(|e| e.id().to_owned());
    let ids: Vec<Option<String>> =
        plan.sites.iter().map(|s| if s.existing { Some(s.id.clone()) } else { new.next() }).collect();
    let mut edits = scenario.edits.clone();
    edits.extend(accepted);
    let with = ground.plan.lead(&ground.region.baseline, &edits);
    let subject = Subject { region: ground.region, plan: with, scenario };
    let usual = catchment::Question::usual(question.kind);
    let asked = catchment::Question { stream: question.stream, measure: question.measure, ..usual };
    territories::of_sites(subject, ground.areas, &asked, &ids, ground.evaluator.fields())
}
