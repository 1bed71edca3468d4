//! The worker's service: loads the region pack itself, keeps it, and answers.

use super::{
    download::download,
    drawing,
    protocol::{Answer, Focus, LegView, Request, Response, Stage},
    transfer,
};
use atlas_core::{
    account::Rates,
    evaluate::Evaluator,
    format::region::{FIRST_PACK, NETWORK_PACK, RegionError, read_first, read_second},
    model::{FacilityKind, Region},
    routing::{Route, point_route, stream_of},
    scenario::Document,
};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// True where this binary runs as a worker.
pub fn is_worker() -> bool {
    js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>().is_ok()
}

/// Starts the service. The page's first message is the address of the pack folder; all others are [`Request`]s.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let service: Rc<RefCell<Option<Service>>> = Rc::default();
    let to_page = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(folder) = event.data().as_string() {
            let (scope, service) = (to_page.clone(), Rc::clone(&service));
            wasm_bindgen_futures::spawn_local(async move {
                match load(&scope, &folder).await {
                    Ok(loaded) => *service.borrow_mut() = Some(loaded),
                    Err((code, detail)) => say(&scope, &Response::Failed { code, detail }, &[]),
                }
            });
        } else if let Some((request, _)) = transfer::unpack::<Request>(&event.data())
            && let Some(service) = service.borrow_mut().as_mut()
        {
            let (answer, documents) = service.answer(&request);
            say(&to_page, &Response::Evaluated(Box::new(answer)), &documents);
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The page sends nothing before it knows that somebody listens.
    let _ = scope.post_message(&JsValue::from_str("listening"));
}

fn say(scope: &DedicatedWorkerGlobalScope, response: &Response, documents: &[Vec<u8>]) {
    let parcel = transfer::pack(response, documents);
    scope.post_message_with_transfer(&parcel.message, &parcel.transfer).expect("own buffers can be transferred");
}

async fn load(scope: &DedicatedWorkerGlobalScope, folder: &str) -> Result<Service, (String, String)> {
    let fetch = async |name: &str, stage: Stage| {
        let told = |done, total| say(scope, &Response::Progress { stage, done, total }, &[]);
        download(scope, &format!("{folder}{name}"), told).await.map_err(|e| (e.code.to_owned(), e.detail))
    };
    let bad = |name: &str, e: RegionError| (e.code().to_owned(), format!("{name}: {e}"));

    let first = read_first(&fetch(FIRST_PACK, Stage::First).await?).map_err(|e| bad(FIRST_PACK, e))?;
    let documents = [drawing::layers(&first.base), drawing::labels(&first.labels)];
    say(scope, &Response::First(Box::new(first.baseline.clone())), &documents);

    let bytes = fetch(NETWORK_PACK, Stage::Network).await?;
    say(scope, &Response::Progress { stage: Stage::Preparing, done: 0, total: 0 }, &[]);
    let second = read_second(&bytes, &first.baseline.prefectures).map_err(|e| bad(NETWORK_PACK, e))?;
    let documents = [drawing::layers(&second.detail), drawing::roads(&second.ground.roads)];
    let ground = Response::Ground {
        places: second.ground.places.clone(),
        cells: second.ground.cells.len() as u32,
        road_nodes: second.ground.roads.csr().nodes() as u32,
        problems: (first.problems.len() + second.problems.len()) as u32,
    };
    say(scope, &ground, &documents);
    let region = Region { baseline: first.baseline, ground: second.ground };
    let mut service = Service { region, evaluator: Evaluator::default() };
    // The baseline is what everything is compared with: answered unasked, as number 0.
    let (answer, documents) = service.answer(&Request::baseline());
    say(scope, &Response::Evaluated(Box::new(answer)), &documents);
    Ok(service)
}

/// The region and what is kept between answers.
struct Service {
    region: Region,
    evaluator: Evaluator,
}

impl Service {
    fn answer(&mut self, request: &Request) -> (Answer, Vec<Vec<u8>>) {
        let base = &self.region.baseline;
        let (document, _) = Document::open(base, request.scenario.clone());
        let (plan, levers) = (document.plan(), &document.scenario().levers);
        let evaluation = self.evaluator.evaluate(&self.region, plan, levers);
        let rates = Rates::new(&base.parameters, levers);

        let mut selected = drawing::EMPTY.to_vec();
        let mut route = Route::default();
        let focus = request.focus.as_deref().and_then(|id| plan.get(id)).map(|found| {
            let facility = &found.facility;
            let ground = &self.region.ground;
            let stream = request.stream.unwrap_or_else(|| stream_of(facility));
            if found.open {
                selected = drawing::catchment(&self.region, plan, &mut self.evaluator, &rates, facility, stream);
                if facility.kind == FacilityKind::CollectionPoint {
                    let fields = self.evaluator.fields();
                    route = point_route(ground, plan, fields, &rates, stream, facility).unwrap_or_default();
                }
            }
            let leg = |l: &atlas_core::routing::Leg| LegView {
                from: l.from.clone(),
                to: l.to.clone(),
                middle: l.path[l.path.len() / 2],
                haul: l.haul,
            };
            Focus {
                id: facility.id.clone(),
                handled: evaluation.handled(&facility.id).cloned(),
                stream,
                legs: route.legs.iter().map(leg).collect(),
                access_m: self.evaluator.fields().access(&ground.roads, facility.at).leg_m,
            }
        });
        let mut documents = vec![selected, drawing::route(&route)];
        if request.whole {
            documents.push(drawing::hub_catchments(&self.region, plan, &mut self.evaluator));
        }
        let answer = Answer {
            generation: request.generation,
            total: evaluation.total,
            by_cluster: evaluation.by_cluster,
            facilities: request.whole.then_some(evaluation.facilities),
            focus,
        };
        (answer, documents)
    }
}
