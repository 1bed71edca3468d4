use super::*;
use crate::{
    i18n::Lang,
    state::{Action, Theme},
};
use atlas_core::uncertainty::{Band, PlanOutlook};
use yew::Reducible;

fn state() -> Rc<AppState> {
    let mut state = AppState::new(Lang::En, Theme::Light);
    state.sure.most_workers = 4;
    state.sure.workers = 4;
    Rc::new(state)
}

fn act(state: Rc<AppState>, a: SureAction) -> Rc<AppState> {
    state.reduce(Action::Sure(a))
}

fn told(state: Rc<AppState>, run: u64, what: FuturesNews) -> Rc<AppState> {
    act(state, SureAction::Told(Box::new(FuturesTold { run, what })))
}

fn outlook(runs: u32) -> Box<Outlook> {
    let aims = vec![Aim::of(Measure::Cost, None)];
    let plans = vec![PlanOutlook { bands: vec![Band::of(&[1.0, 3.0])], ..PlanOutlook::default() }];
    Box::new(Outlook { runs, aims, plans, ..Outlook::default() })
}

#[test]
fn what_is_typed_is_read_or_refused_in_words() {
    let mut state = state();
    for (runs, seed, code) in [
        ("0", "1", "draws-no-runs"),
        ("many", "1", "sure-bad-runs"),
        ("-3", "1", "sure-bad-runs"),
        ("10001", "1", "draws-too-many-runs"),
        ("20", "x", "sure-bad-seed"),
    ] {
        state = act(state, SureAction::Runs(runs.into()));
        state = act(state, SureAction::Seed(seed.into()));
        state = act(state, SureAction::Begin);
        assert_eq!(state.sure.refused.as_ref().map(|r| r.0.as_str()), Some(code), "{runs} {seed}");
        assert!(!state.sure.running);
        for lang in [Lang::En, Lang::Zh] {
            assert!(crate::i18n::has(lang, code), "{code}");
        }
    }
    state = act(state, SureAction::Runs(" 1,000 ".into()));
    state = act(state, SureAction::Seed("7".into()));
    state = act(state, SureAction::Begin);
    let question = state.sure.question.clone().unwrap();
    assert_eq!((question.runs, question.seed, question.plans.len()), (1000, 7, 1));
    assert!(state.sure.running && state.sure.refused.is_none());
    assert_eq!(state.sure.helpers(), 3);
}

#[test]
fn few_runs_start_no_helpers() {
    let mut state = act(state(), SureAction::Runs("20".into()));
    state = act(state, SureAction::Begin);
    assert_eq!(state.sure.helpers(), 0);
    state = told(state, 1, FuturesNews::Done(outlook(20), FuturesFar::default()));
    state = act(state, SureAction::Workers(9));
    assert_eq!(state.sure.workers, 4);
}

#[test]
fn what_is_known_stays_where_it_is_stopped_and_news_of_older_questions_are_dropped() {
    let mut state = act(state(), SureAction::Begin);
    let far = FuturesFar { done: 50, all: 200, workers: 2, seconds: 10.0 };
    state = told(state, 1, FuturesNews::Far(far));
    assert_eq!((state.sure.share(), state.sure.seconds_left()), (0.25, Some(30.0)));
    state = told(state, 1, FuturesNews::Glimpse(outlook(60), far));
    let cost = Aim::of(Measure::Cost, None);
    assert_eq!(state.plan_band(&cost).map(|b| b.band.mean), Some(2.0));
    assert!(state.sure.running && !state.sure.whole);
    state = act(state, SureAction::Stop);
    assert!(state.sure.stopping);
    state = told(state, 1, FuturesNews::Stopped(Some(outlook(70)), far));
    assert!(!state.sure.running && !state.sure.stopping);
    assert_eq!(state.sure.found.as_ref().map(|f| f.outlook.runs), Some(70));
    state = act(state, SureAction::Begin);
    state = told(state, 1, FuturesNews::Done(outlook(200), far));
    assert!(state.sure.running, "news of the question before");
    // Stopped before the first run: what was known before stays.
    state = told(state, 2, FuturesNews::Stopped(None, far));
    assert_eq!(state.sure.found.as_ref().map(|f| f.outlook.runs), Some(70));
    state = act(state, SureAction::Begin);
    let crossed = FuturesNews::Refused { code: "draws-crossed".into(), subject: "price.copper".into() };
    state = told(state, 3, crossed);
    assert_eq!(state.sure.refused.as_ref().map(|r| r.1.as_str()), Some("price.copper"));
}
