//! The root: starts the worker, asks it when the plan changes, and lays out the open page.

use crate::{
    autosave::use_autosave,
    compute::{
        Client,
        protocol::{Request, Response},
    },
    i18n::{Lang, t},
    keys,
    map::{Map, view::Source},
    map_link::MapLink,
    pages::{PlanPage, SourcesPage},
    panels::{ErrorPage, Palette, TopBar},
    platform,
    state::{Action, AppState, Cells, LoadAction, MapLayer, Page, Phase, Saving, Theme},
};
use std::{cell::Cell, rc::Rc};
use yew::prelude::*;

/// How long the road network waits for the first map.
const PATIENCE_MS: u32 = 4_000;

/// State, map and the switches of the page that are nobody's business but the page's.
#[derive(Clone, PartialEq)]
pub struct Shared {
    /// The state and how to change it.
    pub state: UseReducerHandle<AppState>,
    /// The map.
    pub map: MapLink,
    /// The search box is open.
    pub palette: UseStateHandle<bool>,
    /// Asks the worker for the catchments as a file.
    pub export: Callback<()>,
}

impl Shared {
    /// Makes something happen.
    pub fn act(&self, action: impl Into<Action>) {
        self.state.dispatch(action.into());
    }

    /// Words in the page's language.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        t(self.state.lang, key)
    }
}

fn start_state() -> AppState {
    let lang = platform::setting("lang").unwrap_or_else(platform::browser_language);
    let theme = match platform::setting("theme").as_deref() {
        Some("dark") => Theme::Dark,
        Some("light") => Theme::Light,
        Some("projector") => Theme::Projector,
        _ if platform::media("(prefers-color-scheme: dark)") => Theme::Dark,
        _ => Theme::Light,
    };
    AppState::new(Lang::from_tag(&lang), theme)
}

/// The root component.
#[component]
pub fn App() -> Html {
    let state = use_reducer(start_state);
    let map = use_memo((), |()| MapLink::default());
    let palette = use_state(|| false);
    let client = use_mut_ref(|| None::<Client>);
    let export = {
        let client = client.clone();
        use_callback((), move |(), ()| {
            if let Some(client) = client.borrow().as_ref() {
                client.export();
            }
        })
    };
    let shared = Shared { state: state.clone(), map: (*map).clone(), palette, export };

    {
        let (client, shared) = (client.clone(), shared.clone());
        use_effect_with((), move |()| {
            let dispatch = shared.state.dispatcher();
            let map = shared.map.clone();
            let newest = Rc::new(Cell::new(0));
            let started = Client::start(move |response, documents| {
                receive(&|a: LoadAction| dispatch.dispatch(a.into()), &map, &newest, response, documents);
            });
            if started.is_none() {
                shared.act(LoadAction::Phase(Phase::Failed("no-worker".into(), String::new())));
            }
            if let Some(client) = started.clone() {
                shared.map.when_settled(move || client.proceed());
                // A page in the background draws nothing, and the figures should come all the same.
                let map = shared.map.clone();
                gloo::timers::callback::Timeout::new(PATIENCE_MS, move || map.settle()).forget();
            }
            *client.borrow_mut() = started;
        });
    }
    {
        let (client, state) = (client.clone(), state.clone());
        // A plan that the browser kept is asked about at once, and not the baseline before it.
        let ready = state.phase == Phase::Ready && state.keeping.saving != Saving::Looking;
        use_effect_with((state.generation, ready), move |(generation, ready)| {
            if *ready
                && *generation > 0
                && let Some(client) = client.borrow().as_ref()
            {
                client.ask(Request {
                    generation: *generation,
                    scenario: state.asked_scenario(),
                    focus: state.selected.clone(),
                    stream: state.stream,
                    journey: state.journey.query(),
                    question: (*state.question).clone(),
                    bands: state.layers.shows(MapLayer::Bands),
                    allocate: state.wants_allocation(),
                    whole: state.drag.is_none(),
                });
            }
        });
    }
    {
        // Once is enough: they do not change.
        let wanted = state.phase == Phase::Ready && state.layers.needs_networks();
        let asked = use_mut_ref(|| false);
        use_effect_with(wanted, move |wanted| {
            if *wanted
                && let Some(client) = client.borrow().as_ref()
                && !asked.replace(true)
            {
                client.networks();
            }
        });
    }
    {
        let title = shared.t("app-name");
        use_effect_with((state.lang, state.theme), {
            let map = shared.map.clone();
            move |(lang, theme)| {
                platform::root_attribute("lang", lang.tag());
                platform::root_attribute("data-theme", theme.key());
                gloo::utils::document().set_title(&format!("{title} · Loop Atlas"));
                map.with(|m| {
                    m.set_language((*lang).into());
                    m.refresh_theme();
                });
            }
        });
    }
    {
        let answered = state.base.is_some();
        use_effect_with((state.phase.clone(), answered), |(phase, answered)| {
            // The page says "loading" from its first byte, and the map says "map" when it is drawn.
            match phase {
                Phase::Failed(..) => platform::root_attribute("data-state", "error"),
                Phase::Ready if *answered => {
                    platform::root_attribute("data-state", "ready");
                }
                _ => {}
            }
        });
    }
    use_autosave(&shared);
    keys::use_keys(&shared);

    let page = match (&state.phase, state.page) {
        // Once there is a plan on the screen it stays there, to be saved; the plan page says what happened.
        (Phase::Failed(code, detail), _) if state.base.is_none() => {
            html! { <ErrorPage code={code.clone()} detail={detail.clone()} /> }
        }
        (_, Page::Plan) => html! { <PlanPage /> },
        (_, Page::Sources) => html! { <SourcesPage /> },
    };
    html! {
        <ContextProvider<Shared> context={shared.clone()}>
            <TopBar />
            { page }
            if *shared.palette { <Palette /> }
        </ContextProvider<Shared>>
    }
}

/// Hands a response to the state and its documents to the map. An answer older than one that is on the screen is dropped.
fn receive(
    dispatch: &dyn Fn(LoadAction),
    map: &MapLink,
    newest: &Cell<u64>,
    response: Response,
    documents: Vec<Vec<u8>>,
) {
    let mut documents = documents.into_iter();
    let mut hand = |source: Source| {
        if let Some(d) = documents.next() {
            map.document(source, d);
        }
    };
    match response {
        Response::Progress { stage, done, total } => dispatch(LoadAction::Phase(Phase::Loading(stage, done, total))),
        Response::First(baseline) => {
            hand(Source::Base);
            hand(Source::Labels);
            dispatch(LoadAction::Baseline(baseline));
        }
        Response::Ground { places, problems } => {
            hand(Source::Detail);
            hand(Source::Roads);
            platform::mark("atlas:network");
            dispatch(LoadAction::Ground(places, problems));
        }
        Response::Networks => {
            hand(Source::Rails);
            hand(Source::Waterways);
            hand(Source::Sealanes);
        }
        Response::Evaluated(answer) => {
            if answer.generation >= newest.replace(newest.get().max(answer.generation)) {
                hand(Source::Selected);
                hand(Source::Route);
                hand(Source::Catchments);
                hand(Source::Journey);
                hand(Source::Difference);
                let cells = documents.next().map(Cells::new).unwrap_or_default();
                if answer.generation == 0 {
                    platform::mark("atlas:first-result");
                }
                dispatch(LoadAction::Answer(answer, cells));
            }
        }
        Response::Allocating(generation, far) => dispatch(LoadAction::Allocating(generation, far)),
        Response::Allocated(told) => {
            if told.answer.is_some() {
                hand(Source::Flows);
            }
            dispatch(LoadAction::Allocated(told));
        }
        Response::BaseAllocated(answer) => dispatch(LoadAction::BaseAllocated(answer)),
        Response::Exported => {
            if let Some(document) = documents.next() {
                platform::save("catchments.geojson", "application/geo+json", &document);
            }
        }
        Response::Failed { code, detail } => dispatch(LoadAction::Phase(Phase::Failed(code, detail))),
    }
}
