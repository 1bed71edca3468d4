//! The root: starts the worker, asks it when the plan changes, and lays out the open page.

use crate::{
    autosave::use_autosave,
    compute::{
        Client, Pool, TablesLink,
        protocol::{
            CompareAsk, CompareNews, CompareWish, FuturesAsk, FuturesNews, FuturesWish, InsightAsk, Request, Response,
            ResponseAsk, ResponseWish, SitingAsk, SitingNews, SitingWish, StressAsk, StressWish,
        },
    },
    i18n::{Lang, t},
    keys,
    links::use_links,
    map::{Map, view::Source},
    map_link::MapLink,
    pages::{ComparePage, EmbedPage, PlanPage, Player, PresentPage, ReportPage, SourcesPage},
    panels::{
        DropZone, ErrorPage, ExportDialog, HelpDialog, ImportDialog, LibraryDialog, Palette, ShareDialog, TopBar,
        UpdateStrip, use_first_visit,
    },
    platform,
    state::{
        Action, AppState, Asked, Cells, CompareAction, InsightAction, Library, LoadAction, MapLayer, Page, Phase,
        REGRET_AIMS, ResponseAction, Responses, Saving, Search, Shown, SitingAction, SitingPhase, StressAction,
        SureAction, Theme,
    },
    story_shelf::use_story_shelf,
};
use atlas_core::response::Aim;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use yew::prelude::*;

/// How long the road network waits for the first map.
const PATIENCE_MS: u32 = 4_000;

/// A dialog over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The scenarios that the browser keeps.
    Library,
    /// A link to the scenario.
    Share,
    /// Everything that can be taken out.
    Export,
    /// The printable report.
    Report,
}

/// State, map and the switches of the page that are nobody's business but the page's.
#[derive(Clone, PartialEq)]
pub struct Shared {
    /// The state and how to change it.
    pub state: UseReducerHandle<AppState>,
    /// The map.
    pub map: MapLink,
    /// The dialog that is open over the page.
    pub dialog: UseStateHandle<Option<Dialog>>,
    /// The search box is open.
    pub palette: UseStateHandle<bool>,
    /// The two maps of a comparison: of what differs, or before; and after.
    pub sides: [MapLink; 2],
    /// Asks the worker for the catchments as a file.
    pub export: Callback<()>,
    /// The worker that reads tables, while there is one.
    pub tables: TablesLink,
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
    let asked = Asked::read(&platform::query());
    let lang = platform::setting("lang").unwrap_or_else(platform::browser_language);
    let theme = match platform::setting("theme").as_deref() {
        Some("dark") => Theme::Dark,
        Some("light") => Theme::Light,
        Some("projector") => Theme::Projector,
        _ if platform::media("(prefers-color-scheme: dark)") => Theme::Dark,
        _ => Theme::Light,
    };
    let mut state = AppState::new(asked.lang.unwrap_or_else(|| Lang::from_tag(&lang)), asked.theme.unwrap_or(theme));
    state.embed = asked.embed;
    state.sure.most_workers = platform::workers();
    state.sure.workers = state.sure.most_workers;
    state.library = Library::of_tab(platform::random_word());
    state
}

/// The root component.
#[component]
pub fn App() -> Html {
    let state = use_reducer(start_state);
    let map = use_memo((), |()| MapLink::default());
    let sides = use_memo((), |()| <[MapLink; 2]>::default());
    let palette = use_state(|| false);
    let dialog = use_state(|| None);
    let client = use_mut_ref(|| None::<Client>);
    let pool = use_mut_ref(|| None::<Pool>);
    let export = {
        let client = client.clone();
        use_callback((), move |(), ()| {
            if let Some(client) = client.borrow().as_ref() {
                client.export();
            }
        })
    };
    let tables = use_memo((), |()| TablesLink::default());
    let shared = Shared {
        state: state.clone(),
        map: (*map).clone(),
        dialog,
        palette,
        sides: (*sides).clone(),
        export,
        tables: (*tables).clone(),
    };

    {
        let (client, pool, shared) = (client.clone(), pool.clone(), shared.clone());
        use_effect_with((), move |()| {
            let dispatch = shared.state.dispatcher();
            let (map, sides) = (shared.map.clone(), shared.sides.clone());
            let newest = Rc::new(Cell::new(0));
            let helped = pool.clone();
            let started = Client::start(move |response, documents| {
                if let (Response::Futures(told), Some(pool)) = (&response, helped.borrow().as_ref()) {
                    match told.what {
                        FuturesNews::Give(helper, from, to) => return pool.give(told.run, helper, from, to),
                        FuturesNews::Done(..) | FuturesNews::Stopped(..) | FuturesNews::Refused { .. } => pool.rest(),
                        _ => {}
                    }
                }
                receive(&|a: Action| dispatch.dispatch(a), &map, &sides, &newest, response, documents);
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
            *pool.borrow_mut() = started.clone().map(Pool::new);
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
    use_siting(&client, &state);
    use_compare(&client, &state);
    use_stress(&client, &state);
    use_insight(&client, &state);
    use_response(&client, &state);
    use_futures(&client, &pool, &state);
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
            let maps = [shared.map.clone(), shared.sides[0].clone(), shared.sides[1].clone()];
            move |(lang, theme)| {
                platform::root_attribute("lang", lang.tag());
                platform::root_attribute("data-theme", theme.key());
                gloo::utils::document().set_title(&format!("{title} · Loop Atlas"));
                for map in &maps {
                    map.with(|m| {
                        m.set_language((*lang).into());
                        m.refresh_theme();
                    });
                }
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
    use_links(&shared);
    use_story_shelf(&shared);
    use_first_visit(&shared);
    keys::use_keys(&shared);

    let page = match (&state.phase, state.page) {
        // Once there is a plan on the screen it stays there, to be saved; the plan page says what happened.
        (Phase::Failed(code, detail), _) if state.base.is_none() => {
            html! { <ErrorPage code={code.clone()} detail={detail.clone()} /> }
        }
        _ if state.embed => html! { <EmbedPage /> },
        (_, Page::Plan) => html! { <PlanPage /> },
        (_, Page::Compare) => html! { <ComparePage /> },
        (_, Page::Present) => html! { <PresentPage /> },
        (_, Page::Sources) => html! { <SourcesPage /> },
    };
    if state.playing.is_some() {
        return html! { <ContextProvider<Shared> context={shared.clone()}><Player /></ContextProvider<Shared>> };
    }
    html! {
        <ContextProvider<Shared> context={shared.clone()}>
            if !state.embed { <TopBar /><UpdateStrip /> }
            { page }
            if *shared.palette { <Palette /> }
            { match *shared.dialog {
                Some(Dialog::Library) => html! { <LibraryDialog /> },
                Some(Dialog::Share) => html! { <ShareDialog /> },
                Some(Dialog::Export) => html! { <ExportDialog /> },
                Some(Dialog::Report) => html! { <ReportPage /> },
                None => Html::default(),
            } }
            <HelpDialog />
            if !state.embed { <DropZone /> }
            if state.table.is_some() { <ImportDialog /> }
        </ContextProvider<Shared>>
    }
}

/// Tells the worker what the state wants of a search for sites.
#[hook]
fn use_siting(client: &Rc<RefCell<Option<Client>>>, state: &UseReducerHandle<AppState>) {
    let search = state.siting.search.as_ref();
    let run = search.map(|s| s.run);
    let say = |what: fn(&Search) -> Option<SitingWish>| {
        let (client, state) = (client.clone(), state.clone());
        move || {
            if let Some(client) = client.borrow().as_ref()
                && let Some(search) = &state.siting.search
                && let Some(what) = what(search)
            {
                client.siting(SitingAsk { run: search.run, what });
            }
        }
    };
    let begin = say(|s| Some(SitingWish::Begin(Box::new((*s.scenario).clone()), Box::new((*s.question).clone()))));
    use_effect_with(run, move |run| {
        if run.is_some() {
            begin();
        }
    });
    let pause = say(|s| Some(if s.paused { SitingWish::Stop } else { SitingWish::Resume }));
    let first = use_mut_ref(|| None);
    use_effect_with((run, search.is_some_and(|s| s.paused)), move |(run, paused)| {
        // A new search runs by itself.
        if first.replace(*run) == *run || *paused {
            pause();
        }
    });
    let look = say(|s| {
        let plan = |ids: &[String]| Some(SitingWish::Look(s.look, ids.to_vec()));
        match s.shown {
            Shown::Best => plan(&[]),
            Shown::Count(n) => s.curve.as_ref()?.0.points.iter().find(|p| p.count == n).and_then(|p| plan(&p.sites)),
            Shown::Alternative(row) => s.alternatives.1.as_ref()?.plans.get(row).and_then(|a| plan(&a.sites)),
            Shown::Moved => s.moved.as_ref().map(|(id, at)| SitingWish::Moved(s.look, id.clone(), *at)),
        }
    });
    use_effect_with((run, search.map_or(0, |s| s.look)), move |(_, number)| {
        if *number > 0 {
            look();
        }
    });
    // Other plans and the trade-off are worth computing once the search rests, and only where there is a plan.
    let rests = search.is_some_and(|s| {
        matches!(s.phase, SitingPhase::Stopped | SitingPhase::Done)
            && s.best.as_ref().is_some_and(|b| b.objective.is_some())
    });
    let within = search.map_or(0.0, |s| s.alternatives.0);
    let alternatives = say(|s| Some(SitingWish::Alternatives(s.alternatives.0)));
    use_effect_with((run, rests, within.to_bits()), move |(_, rests, _)| {
        if *rests {
            alternatives();
        }
    });
    let curve = say(|s| Some(SitingWish::Curve(s.curve_upto())));
    let is_new = search.is_some_and(|s| !s.curve.as_ref().is_some_and(|c| c.1));
    use_effect_with((run, rests && is_new), move |(_, wanted)| {
        if *wanted {
            curve();
        }
    });
    let why_not = say(|s| s.why_not.as_ref().map(|w| SitingWish::WhyNot(w.at)));
    let asked = search.and_then(|s| s.why_not.as_ref()).map(|w| (w.at.lon.to_bits(), w.at.lat.to_bits()));
    use_effect_with((run, asked), move |(_, asked)| {
        if asked.is_some() {
            why_not();
        }
    });
}

/// Asks the worker what the plan amounts to, territory by territory, where the state wants to know.
#[hook]
fn use_insight(client: &Rc<RefCell<Option<Client>>>, state: &UseReducerHandle<AppState>) {
    let (client, state) = (client.clone(), state.clone());
    use_effect_with(state.insights.run, move |run| {
        let known = &state.insights;
        if let (Some(client), Some(question)) = (client.borrow().as_ref(), &known.question) {
            let (scenario, areas) = ((*known.scenario).clone(), (*known.areas).clone());
            client.insight(InsightAsk {
                run: *run,
                scenario,
                question: (**question).clone(),
                areas,
                carbon: known.carbon,
            });
        }
    });
}

/// Asks the worker what levers do, and for quick figures, where the state wants to know.
#[hook]
fn use_response(client: &Rc<RefCell<Option<Client>>>, state: &UseReducerHandle<AppState>) {
    let known = &state.responses;
    let say = |run: u64, what: fn(&Responses) -> Option<ResponseWish>| {
        let (client, state) = (client.clone(), state.clone());
        move || {
            if let Some(client) = client.borrow().as_ref()
                && let Some(what) = what(&state.responses).filter(|_| run > 0)
            {
                client.response(ResponseAsk { run, what });
            }
        }
    };
    let begin = say(known.run, |r| r.question.as_ref().map(|q| ResponseWish::Begin(Box::new((**q).clone()))));
    use_effect_with(known.run, move |_| begin());
    let stop = say(known.run, |r| r.stopping.then_some(ResponseWish::Stop));
    use_effect_with((known.run, known.stopping), move |_| stop());
    let turn = say(known.turn, |r| Some(ResponseWish::Turn(Box::new((*r.turned).clone()))));
    use_effect_with(known.turn, move |_| turn());
}

/// Lets the worker and its helpers draw futures where the state wants to know.
#[hook]
fn use_futures(
    client: &Rc<RefCell<Option<Client>>>,
    pool: &Rc<RefCell<Option<Pool>>>,
    state: &UseReducerHandle<AppState>,
) {
    let known = &state.sure;
    let begin = (client.clone(), pool.clone(), state.clone());
    use_effect_with(known.run, move |run| {
        let (client, pool, state) = begin;
        let (client, pool) = (client.borrow(), pool.borrow());
        if let (Some(client), Some(pool), Some(question)) = (client.as_ref(), pool.as_ref(), &state.sure.question) {
            client.futures(FuturesAsk { run: *run, what: FuturesWish::Begin(Box::new((**question).clone())) });
            pool.begin(*run, question, state.sure.helpers());
        }
    });
    let stop = client.clone();
    use_effect_with((known.run, known.stopping), move |(run, stopping)| {
        if let (Some(client), true) = (stop.borrow().as_ref(), *stopping) {
            client.futures(FuturesAsk { run: *run, what: FuturesWish::Stop });
        }
    });
}

/// Asks the worker what breaks the network, where the state wants to know.
#[hook]
fn use_stress(client: &Rc<RefCell<Option<Client>>>, state: &UseReducerHandle<AppState>) {
    let known = &state.stress;
    let say = |run: u64, what: fn(&AppState) -> Option<StressWish>| {
        let (client, state) = (client.clone(), state.clone());
        move || {
            if let Some(client) = client.borrow().as_ref()
                && let Some(what) = what(&state).filter(|_| run > 0)
            {
                client.stress(StressAsk { run, what });
            }
        }
    };
    let rank = say(known.rank.run, |s| Some(StressWish::Rank(Box::new((*s.stress.asked).clone()), s.stress.terminals)));
    use_effect_with(known.rank.run, move |_| rank());
    let stop = say(known.rank.run, |s| s.stress.rank.stopping.then_some(StressWish::StopRank));
    use_effect_with((known.rank.run, known.rank.stopping), move |_| stop());
    let detour = say(known.seek.run, |s| {
        let (shock, ranked) = s.stress.shown.clone().zip(s.stress.ranked.as_ref())?;
        Some(StressWish::Detour(Box::new(ranked.document.scenario().clone()), shock))
    });
    use_effect_with(known.seek.run, move |_| detour());
    let regret = say(known.compare.run, |s| {
        let cases = &s.stress.cases;
        let plans = cases.plans.iter().map(|(_, s)| (**s).clone()).collect();
        let aims = REGRET_AIMS.map(|m| Aim::of(m, None)).to_vec();
        Some(StressWish::Regret(plans, cases.shocks.clone(), aims))
    });
    use_effect_with(known.compare.run, move |_| regret());
    let stop = say(known.compare.run, |s| s.stress.compare.stopping.then_some(StressWish::StopRegret));
    use_effect_with((known.compare.run, known.compare.stopping), move |_| stop());
}

/// Tells the worker what the state wants of scenarios side by side.
#[hook]
fn use_compare(client: &Rc<RefCell<Option<Client>>>, state: &UseReducerHandle<AppState>) {
    let say = |what: CompareWish| {
        let (client, run) = (client.clone(), state.compare.run);
        move || {
            if let Some(client) = client.borrow().as_ref() {
                client.compare(CompareAsk { run, what });
            }
        }
    };
    let compare = &state.compare;
    {
        let (say, state) = (client.clone(), state.clone());
        use_effect_with(compare.run, move |run| {
            let compare = &state.compare;
            if let (Some(client), Some(question), true) = (say.borrow().as_ref(), &compare.question, *run > 0) {
                let scenarios = compare.all.iter().map(|c| (*c.scenario).clone()).collect();
                let what = CompareWish::Measure(scenarios, Box::new((**question).clone()));
                client.compare(CompareAsk { run: *run, what });
            }
        });
    }
    let stop = say(CompareWish::Stop);
    use_effect_with((compare.run, compare.stopped), move |(_, stopped)| {
        if *stopped {
            stop();
        }
    });
    let pair = compare.fresh_pair();
    let between = pair.map(|(a, b)| say(CompareWish::Between(a, b)));
    use_effect_with((compare.run, pair), move |_| {
        if let Some(between) = between {
            between();
        }
    });
    // What is drawn in two maps is worth drawing once they are looked at.
    let pair = pair.filter(|_| compare.map.is_swipe() && state.page == Page::Compare);
    let sides = pair.map(|(a, b)| say(CompareWish::Sides(a, b)));
    use_effect_with((compare.run, pair), move |_| {
        if let Some(sides) = sides {
            sides();
        }
    });
}

/// Hands a response to the state and its documents to the map. An answer older than one that is on the screen is dropped.
fn receive(
    tell: &dyn Fn(Action),
    map: &MapLink,
    sides: &[MapLink; 2],
    newest: &Cell<u64>,
    response: Response,
    documents: Vec<Vec<u8>>,
) {
    let dispatch = |a: LoadAction| tell(a.into());
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
        Response::Siting(told) => {
            match told.what {
                SitingNews::Begun => {
                    hand(Source::SitingCandidates);
                    hand(Source::SitingAreas);
                }
                SitingNews::Progress(_) | SitingNews::Plan(..) | SitingNews::Moved(..) => hand(Source::SitingAreas),
                _ => {}
            }
            tell(SitingAction::Told(told).into());
        }
        Response::Compared(told) => {
            let wanted: &[(usize, Source)] = match told.what {
                CompareNews::Between(..) => &[(0, Source::Difference)],
                CompareNews::Sides(..) => {
                    &[(0, Source::Catchments), (1, Source::Catchments), (0, Source::Flows), (1, Source::Flows)]
                }
                _ => &[],
            };
            for ((side, source), document) in wanted.iter().zip(documents) {
                sides[*side].document(*source, document);
            }
            tell(CompareAction::Told(told).into());
        }
        Response::Stressed(told) => tell(StressAction::Told(told).into()),
        Response::Responded(told) => tell(ResponseAction::Told(told).into()),
        Response::Futures(told) => tell(SureAction::Told(told).into()),
        Response::Insight(told) => tell(InsightAction::Told(told).into()),
        Response::Exported => {
            if let Some(document) = documents.next() {
                platform::save("catchments.geojson", "application/geo+json", &document);
            }
        }
        Response::Failed { code, detail } => dispatch(LoadAction::Phase(Phase::Failed(code, detail))),
    }
}
