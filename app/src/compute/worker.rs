//! The worker's service: loads the region pack itself, keeps it, and answers.

use super::{
    allocator::Allocations,
    comparing::Comparisons,
    download::download,
    drawing,
    futures::Futures,
    protocol::{
        Answer, CellView, Focus, FuturesNews, FuturesTold, JourneyQuery, JourneyView, LegView, Request, Response, Said,
        Stage, SurveyView, WayView, Ways,
    },
    response::Responses,
    siting::{Ground, Sitings},
    slices::{Step, work},
    stress::Stresses,
    territories::{self, Subject},
    transfer,
};
use atlas_core::{
    account::Rates,
    catchment::{Areas, Question, Surveyed, difference, served, survey},
    evaluate::Evaluator,
    format::{
        catchments::catchments_geojson,
        region::{FIRST_PACK, First, NETWORK_PACK, RegionError, read_first, read_second},
    },
    model::{FacilityKind, Parameters, Region},
    routing::{self, Leg, NoWay, Query, Route, Router, behind, point_route, stream_of},
    scenario::{Follower, Plan, Scenario},
};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// True where this binary runs as a worker.
pub fn is_worker() -> bool {
    js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>().is_ok()
}

/// What the page says in a word; everything else it says is [`Said`].
pub const PROCEED: &str = "proceed";

/// Asks for the lines of railways, waterways and sea lanes: most visits never look at them, so they are drawn on demand.
pub const NETWORKS: &str = "networks";

/// Asks for the catchments of the last settled plan as a file.
pub const EXPORT: &str = "export";

/// Makes the worker a helper: it loads the packs at once and says nothing of them; it answers [`Said::Futures`] alone.
pub const HELP: &str = "help";

/// What the worker has so far.
#[derive(Default)]
pub(super) struct Stages {
    first: Option<First>,
    may_proceed: bool,
    helps: bool,
    folder: String,
    pub(super) service: Option<Service>,
}

/// Starts the service. The page's first word is the address of the pack folder. The network pack waits for [`PROCEED`]: until
/// the first map is drawn it would only take its bandwidth and its processor.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let stages: Rc<RefCell<Stages>> = Rc::default();
    let to_page = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(word) = event.data().as_string() {
            let (scope, stages) = (to_page.clone(), Rc::clone(&stages));
            if word == NETWORKS {
                if let Some(service) = &stages.borrow().service {
                    let ground = &service.region.ground;
                    let documents = [&ground.rails, &ground.waterways, &ground.sealanes].map(drawing::network);
                    say(&scope, &Response::Networks, &documents);
                }
            } else if word == EXPORT {
                if let Some(service) = stages.borrow_mut().service.as_mut() {
                    let document = service.export();
                    say(&scope, &Response::Exported, &[document]);
                }
            } else if word == HELP {
                let mut stages = stages.borrow_mut();
                (stages.helps, stages.may_proceed) = (true, true);
            } else if word == PROCEED {
                stages.borrow_mut().may_proceed = true;
                wasm_bindgen_futures::spawn_local(proceed(scope, stages));
            } else {
                stages.borrow_mut().folder = word;
                wasm_bindgen_futures::spawn_local(begin(scope, stages));
            }
        } else if let Some((said, _)) = transfer::unpack::<Said>(&event.data())
            && let Some(service) = stages.borrow_mut().service.as_mut()
        {
            match said {
                Said::Ask(request) => {
                    let (answer, documents) = service.answer(&request, Depth::Whole);
                    say(&to_page, &Response::Evaluated(Box::new(answer)), &documents);
                    if service.allocations.take(&request) {
                        work(to_page.clone(), Rc::clone(&stages), Service::allocate);
                    }
                }
                Said::Siting(ask) => {
                    if service.sitings.take(ask) {
                        work(to_page.clone(), Rc::clone(&stages), Service::site);
                    }
                }
                Said::Compare(ask) => {
                    if service.comparisons.take(ask) {
                        work(to_page.clone(), Rc::clone(&stages), Service::compare);
                    }
                }
                Said::Response(ask) => {
                    if service.responses.take(ask) {
                        work(to_page.clone(), Rc::clone(&stages), Service::respond);
                    }
                }
                Said::Futures(ask) => {
                    if service.futures.take(ask) {
                        work(to_page.clone(), Rc::clone(&stages), Service::draw_futures);
                    }
                }
                Said::Stress(ask) => {
                    if service.stresses.take(*ask) {
                        work(to_page.clone(), Rc::clone(&stages), Service::break_it);
                    }
                }
                Said::Insight(ask) => {
                    if service.comparisons.take_insight(*ask) {
                        work(to_page.clone(), Rc::clone(&stages), Service::compare);
                    }
                }
            }
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The page sends nothing before it knows that somebody listens.
    let _ = scope.post_message(&JsValue::from_str("listening"));
}

async fn begin(scope: DedicatedWorkerGlobalScope, stages: Rc<RefCell<Stages>>) {
    let (folder, helps) = {
        let s = stages.borrow();
        (s.folder.clone(), s.helps)
    };
    match load_first(&scope, &folder, helps).await {
        Ok(first) => {
            stages.borrow_mut().first = Some(first);
            proceed(scope, stages).await;
        }
        Err((code, detail)) => say(&scope, &Response::Failed { code, detail }, &[]),
    }
}

/// Goes on once the first pack is there and the page has said so, whichever comes last.
async fn proceed(scope: DedicatedWorkerGlobalScope, stages: Rc<RefCell<Stages>>) {
    let (folder, helps, first) = {
        let mut s = stages.borrow_mut();
        if !s.may_proceed {
            return;
        }
        let Some(first) = s.first.take() else { return };
        (s.folder.clone(), s.helps, first)
    };
    match load_second(&scope, &folder, first, helps).await {
        Ok(service) => {
            stages.borrow_mut().service = Some(service);
            if helps {
                say(&scope, &Response::Futures(Box::new(FuturesTold { run: 0, what: FuturesNews::Ready })), &[]);
            }
        }
        Err((code, detail)) => say(&scope, &Response::Failed { code, detail }, &[]),
    }
}

pub(super) fn say(scope: &DedicatedWorkerGlobalScope, response: &Response, documents: &[Vec<u8>]) {
    let parcel = transfer::pack(response, documents);
    scope.post_message_with_transfer(&parcel.message, &parcel.transfer).expect("own buffers can be transferred");
}

type Failure = (String, String);

/// Fetches a pack; how far it is is told where there is a stage.
async fn fetch(
    scope: &DedicatedWorkerGlobalScope,
    folder: &str,
    name: &str,
    stage: Option<Stage>,
) -> Result<Vec<u8>, Failure> {
    let told = |done, total| {
        if let Some(stage) = stage {
            say(scope, &Response::Progress { stage, done, total }, &[]);
        }
    };
    download(scope, &format!("{folder}{name}"), told).await.map_err(|e| (e.code.to_owned(), e.detail))
}

fn bad(name: &str, e: &RegionError) -> Failure {
    (e.code().to_owned(), format!("{name}: {e}"))
}

async fn load_first(scope: &DedicatedWorkerGlobalScope, folder: &str, helps: bool) -> Result<First, Failure> {
    let bytes = fetch(scope, folder, FIRST_PACK, (!helps).then_some(Stage::First)).await?;
    let first = read_first(&bytes).map_err(|e| bad(FIRST_PACK, &e))?;
    if helps {
        return Ok(first);
    }
    let documents = [drawing::layers(&first.base), drawing::labels(&first.labels)];
    say(scope, &Response::First(Box::new(first.baseline.clone())), &documents);
    Ok(first)
}

async fn load_second(
    scope: &DedicatedWorkerGlobalScope,
    folder: &str,
    first: First,
    helps: bool,
) -> Result<Service, Failure> {
    let bytes = fetch(scope, folder, NETWORK_PACK, (!helps).then_some(Stage::Network)).await?;
    if !helps {
        say(scope, &Response::Progress { stage: Stage::Preparing, done: 0, total: 0 }, &[]);
    }
    let second = read_second(&bytes, &first.baseline.prefectures).map_err(|e| bad(NETWORK_PACK, &e))?;
    let ground = Response::Ground {
        places: second.ground.places.clone(),
        problems: first.problems.into_iter().chain(second.problems).collect(),
    };
    let region = Region { baseline: first.baseline, ground: second.ground };
    let areas = Areas::new(&region.ground.roads);
    let plan = Follower::new(&region.baseline);
    let mut service = Service {
        region,
        evaluator: Evaluator::default(),
        areas,
        plan,
        router: None,
        journey: None,
        baseline: None,
        settled: Request::baseline(),
        allocations: Allocations::default(),
        sitings: Sitings::default(),
        comparisons: Comparisons::default(),
        responses: Responses::default(),
        futures: Futures::default(),
        stresses: Stresses::default(),
    };
    if helps {
        return Ok(service);
    }
    // The baseline is what everything is compared with: answered unasked, as number 0, before the roads are drawn. Its
    // catchments of three thousand points come after everything that the first view shows.
    let (answer, documents) = service.answer(&Request::baseline(), Depth::First);
    say(scope, &Response::Evaluated(Box::new(answer)), &documents);
    let documents = [drawing::layers(&second.detail), drawing::network(&service.region.ground.roads)];
    say(scope, &ground, &documents);
    let (answer, documents) = service.answer(&Request::baseline(), Depth::Whole);
    say(scope, &Response::Evaluated(Box::new(answer)), &documents);
    Ok(service)
}

/// The region and what is kept between answers.
pub(super) struct Service {
    region: Region,
    evaluator: Evaluator,
    areas: Areas,
    /// The plan that was asked about last.
    plan: Follower,
    /// Built with the first journey.
    router: Option<Router>,
    /// The last journey: what was asked, and what was found.
    journey: Option<(JourneyKey, Result<routing::Answer, NoWay>)>,
    /// What the baseline answers to the last question, to compare with.
    baseline: Option<Surveyed>,
    /// The last settled plan that was asked about.
    settled: Request,
    /// Who sends what where.
    allocations: Allocations,
    /// Where new sites should stand.
    sitings: Sitings,
    /// Scenarios side by side.
    comparisons: Comparisons,
    /// What levers do.
    responses: Responses,
    /// Many futures.
    futures: Futures,
    /// What breaks the network.
    stresses: Stresses,
}

/// How much of a settled plan is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// What the first view shows.
    First,
    /// Everything.
    Whole,
}

/// What a journey depends on, but for which of its ways is chosen.
#[derive(PartialEq)]
struct JourneyKey {
    query: JourneyQuery,
    rates: Rates,
    closed: Vec<String>,
}

/// How many alternatives a journey is given.
const ALTERNATIVES: usize = 3;

impl Service {
    /// One step of each kind of long work.
    fn allocate(&mut self) -> Step {
        self.allocations.step(&self.region, &mut self.evaluator, &mut self.plan)
    }

    fn site(&mut self) -> Step {
        let Self { sitings, region, evaluator, areas, plan, .. } = self;
        sitings.step(&mut Ground { region, evaluator, areas, plan }, js_sys::Date::now())
    }

    fn compare(&mut self) -> Step {
        let Self { comparisons, region, evaluator, areas, plan, .. } = self;
        comparisons.step(&mut Ground { region, evaluator, areas, plan }, js_sys::Date::now())
    }

    fn respond(&mut self) -> Step {
        // A full solve of the stress test holds the bench; quick figures do not touch what it uses.
        if self.stresses.is_in_full() && self.responses.is_at_work() {
            return Step::Waits;
        }
        let Self { responses, region, evaluator, areas, plan, .. } = self;
        responses.step(&mut Ground { region, evaluator, areas, plan }, js_sys::Date::now())
    }

    fn draw_futures(&mut self) -> Step {
        self.futures.step(&self.region, &js_sys::Date::now)
    }

    /// It shares the bench with what levers do: ways are searched once.
    fn break_it(&mut self) -> Step {
        // What levers do comes first, but not in the middle of a full solve.
        if self.responses.is_at_work() && !self.stresses.is_in_full() {
            return Step::Waits;
        }
        let Self { stresses, responses, region, evaluator, areas, plan, .. } = self;
        stresses.step(&mut Ground { region, evaluator, areas, plan }, responses.bench(), js_sys::Date::now())
    }

    /// Answers a question. What the page asks about fits the baseline: it comes from the page's own document.
    fn answer(&mut self, request: &Request, depth: Depth) -> (Answer, Vec<Vec<u8>>) {
        // Out of the service while it answers, so that the rest of it can be borrowed.
        let mut follower = std::mem::take(&mut self.plan);
        let plan = follower.lead(&self.region.baseline, &request.scenario.edits);
        let answer = self.answer_for(plan, request, depth);
        self.plan = follower;
        answer
    }

    fn answer_for(&mut self, plan: &Plan, request: &Request, depth: Depth) -> (Answer, Vec<Vec<u8>>) {
        let scenario = &request.scenario;
        let evaluation = self.evaluator.evaluate(&self.region, plan, scenario);
        let parameters = scenario.parameters(&self.region.baseline).into_owned();
        let rates = Rates::new(&parameters, &scenario.levers);

        let subject = Subject { region: &self.region, plan, scenario };
        let mut selected = drawing::EMPTY.to_vec();
        let mut route = Route::default();
        let focus = request.focus.as_deref().and_then(|id| Some((id, plan.get(id)?))).map(|(id, found)| {
            let facility = &found.facility;
            let ground = &self.region.ground;
            let stream = request.stream.unwrap_or_else(|| stream_of(facility));
            if found.open {
                let fields = self.evaluator.fields();
                selected = territories::selected(subject, &self.areas, &request.question, facility, fields);
                if facility.kind == FacilityKind::CollectionPoint {
                    let fields = self.evaluator.fields();
                    route = point_route(ground, plan, fields, &rates, stream, facility).unwrap_or_default();
                }
            }
            Focus {
                id: facility.id.clone(),
                handled: evaluation.handled(&facility.id).cloned(),
                stream,
                legs: route.legs.iter().map(leg_view).collect(),
                access_m: self.evaluator.fields().access(&ground.roads, facility.at).leg_m,
                served: served(&self.region, plan, scenario, &request.question, id, self.evaluator.fields()),
            }
        });
        let mut documents = vec![selected, drawing::route(&route)];
        let mut surveyed = None;
        let mut journey = None;
        if request.whole {
            let mut way = drawing::EMPTY.to_vec();
            journey = request.journey.as_ref().map(|query| {
                let (view, document) = self.travel(plan, &rates, &parameters, query);
                way = document;
                view
            });
            let found = (depth == Depth::Whole).then(|| self.survey(plan, scenario, &request.question));
            let subject = Subject { region: &self.region, plan, scenario };
            let fields = self.evaluator.fields();
            if let Some((view, more)) = found {
                let (areas, bands) = (&self.areas, request.bands);
                let drawn = territories::catchments(subject, areas, &view.survey, bands, &evaluation, fields);
                documents.extend([drawn, way]);
                documents.extend(more);
                surveyed = Some(Box::new(view));
                self.settled = request.clone();
            } else {
                documents.extend([territories::hubs(subject, &self.areas, &evaluation, fields), way]);
            }
        }
        let answer = Answer {
            generation: request.generation,
            total: evaluation.total,
            by_cluster: evaluation.by_cluster,
            facilities: request.whole.then_some(evaluation.facilities),
            focus,
            journey,
            survey: surveyed,
        };
        (answer, documents)
    }

    /// What is known of catchments: with what differs from the baseline drawn, and every cell's record.
    fn survey(&mut self, plan: &Plan, scenario: &Scenario, question: &Question) -> (SurveyView, [Vec<u8>; 2]) {
        let region = &self.region;
        let fields = self.evaluator.fields();
        let is_baseline = scenario.changes() == 0;
        if self.baseline.as_ref().is_none_or(|b| b.survey.question != *question) {
            let untouched = Plan::baseline(&region.baseline);
            self.baseline = Some(survey(region, &untouched, &Scenario::default(), question, fields));
        }
        let before = self.baseline.as_ref().expect("surveyed above");
        let now;
        let (found, changed) = if is_baseline {
            (before, None)
        } else {
            now = survey(region, plan, scenario, question, fields);
            let mut changes = Vec::new();
            let sum = difference(region, scenario, before, &now, |cell, change| changes.push((cell, change)));
            (&now, Some((sum, changes)))
        };
        let mut records = Vec::with_capacity(CellView::BYTES * found.cells.len());
        for (cell, answer) in region.ground.cells.iter().zip(&found.cells) {
            let (owner, value) = (answer.map(|a| a.owner), answer.map_or(0.0, |a| a.value));
            CellView { h3: cell.h3, people: cell.people, owner, value }.write(&mut records);
        }
        let drawn =
            changed.as_ref().map_or_else(|| drawing::EMPTY.to_vec(), |(_, c)| territories::difference(region, c));
        let view = SurveyView {
            survey: found.survey.clone(),
            difference: changed.map(|(sum, _)| sum),
            remote: found.remote.clone(),
        };
        (view, [drawn, records])
    }

    /// The catchments of the last settled plan as a file for other tools.
    fn export(&mut self) -> Vec<u8> {
        let region = &self.region;
        let scenario = &self.settled.scenario;
        let plan = self.plan.lead(&region.baseline, &scenario.edits);
        let fields = self.evaluator.fields();
        let found = survey(region, plan, scenario, &self.settled.question, fields);
        catchments_geojson(region, plan, scenario, &found, &self.areas, fields)
    }

    /// The ways of a journey, and their drawing. Choosing another way, or an edit that touches no price and no terminal, does
    /// not search again.
    fn travel(
        &mut self,
        plan: &Plan,
        rates: &Rates,
        parameters: &Parameters,
        asked: &JourneyQuery,
    ) -> (JourneyView, Vec<u8>) {
        let closed = plan.facilities().iter().filter(|p| p.facility.kind.is_terminal() && !p.open);
        let key = JourneyKey {
            query: JourneyQuery { chosen: 0, ..asked.clone() },
            rates: *rates,
            closed: closed.map(|p| p.facility.id.clone()).collect(),
        };
        if self.journey.as_ref().is_none_or(|(k, _)| *k != key) {
            let region = &self.region;
            let router = self.router.get_or_insert_with(|| Router::new(&region.ground, &region.baseline.facilities));
            let query = Query {
                from: (&asked.from.name, asked.from.at),
                to: (&asked.to.name, asked.to.at),
                modes: asked.modes,
                aim: asked.aim,
                stream: asked.stream,
                alternatives: ALTERNATIVES,
            };
            let found = router.route(region, plan, rates, &query);
            self.journey = Some((key, found));
        }
        match self.journey.as_ref().map(|(_, found)| found) {
            Some(Ok(answer)) => {
                let others: Vec<&Route> = answer.alternatives.iter().map(|a| &a.route).collect();
                let document = drawing::journey(&answer.best, &others, asked.chosen);
                (Ok(ways(answer, asked, parameters)), document)
            }
            Some(Err(why)) => (Err(why.code().to_owned()), drawing::EMPTY.to_vec()),
            None => unreachable!("searched above"),
        }
    }
}

fn ways(answer: &routing::Answer, asked: &JourneyQuery, parameters: &Parameters) -> Ways {
    let way = |route: &Route, different: f64, times_best: f64| WayView {
        total: route.total,
        border_yuan_per_t: route.border_yuan_per_t,
        different,
        times_best,
        legs: route.legs.iter().map(leg_view).collect(),
    };
    let others = answer.alternatives.iter().map(|a| way(&a.route, a.different, a.times_best));
    Ways {
        all: [way(&answer.best, 1.0, 1.0)].into_iter().chain(others).collect(),
        fewer: answer.fewer,
        keys: behind(answer, asked.stream, parameters),
    }
}

fn leg_view(leg: &Leg) -> LegView {
    LegView {
        mode: leg.mode,
        from: leg.from.clone(),
        to: leg.to.clone(),
        middle: leg.path[leg.path.len() / 2],
        haul: leg.haul,
        at_ends: leg.at_ends,
    }
}
