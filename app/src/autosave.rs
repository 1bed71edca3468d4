//! Keeps the plan in the browser after every change, and brings it back at the start.
//!
//! A record is written a moment after the last change. A page that is left before that leaves its record in the small
//! storage, which takes it at once, and the next start moves it over. Records carry a [`Stamp`]: a tab overwrites only what it
//! has read or written itself; otherwise another tab was there in between, and the plan goes into a slot beside.

use crate::{
    app::Shared,
    platform::{
        self,
        store::{Slot, Store},
    },
    state::{Action, AppState, KeepAction, Saving, StoreTrouble},
};
use atlas_core::{
    diagnostics::Diagnostic,
    format::autosave::{self, Kept, Stamp},
    scenario::Scenario,
};
use gloo::{events::EventListener, timers::callback::Timeout};
use std::{cell::RefCell, rc::Rc};
use yew::prelude::*;

/// How long after the last change a record is written.
const PAUSE_MS: u32 = 350;
/// How long the start waits for the browser's storage.
const PATIENCE_MS: u32 = 3_000;
/// Where the small storage keeps the record of a page that was left in a hurry.
const JOURNAL: &str = "loop-atlas-journal";

/// What the keeper knows.
struct Keeper {
    dispatch: UseReducerDispatcher<AppState>,
    tab: String,
    store: Option<Rc<Store>>,
    trouble: Option<StoreTrouble>,
    /// The newest record of the slot that this tab has read or written.
    known: Option<Stamp>,
    /// The plan on the screen, and the one that is kept.
    now: Scenario,
    kept: Scenario,
    /// What was told when it was kept.
    told: Saving,
    /// True once another tab's plan was found in the slot.
    aside: bool,
    /// The start went on before the storage had answered.
    late: bool,
    timer: Option<Timeout>,
    writing: bool,
}

type Shelf = Rc<RefCell<Keeper>>;

/// Keeps the plan as long as the app runs.
#[hook]
pub fn use_autosave(shared: &Shared) {
    let state = &shared.state;
    let shelf = {
        let dispatch = state.dispatcher();
        use_memo((), |()| {
            Rc::new(RefCell::new(Keeper {
                dispatch,
                tab: platform::random_word(),
                store: None,
                trouble: None,
                known: None,
                now: Scenario::default(),
                kept: Scenario::default(),
                told: Saving::Idle,
                aside: false,
                late: false,
                timer: None,
                writing: false,
            }))
        })
    };
    {
        let shelf = Rc::clone(&shelf);
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(look(Rc::clone(&shelf)));
            let leaves = {
                let shelf = Rc::clone(&shelf);
                move || leave(&shelf)
            };
            let window = EventListener::new(&gloo::utils::window(), "pagehide", {
                let leaves = leaves.clone();
                move |_| leaves()
            });
            let document = EventListener::new(&gloo::utils::document(), "visibilitychange", move |_| {
                if platform::is_hidden() {
                    leaves();
                }
            });
            move || drop((window, document))
        });
    }
    // Before the baseline is there, the plan on the screen is none.
    let ready = state.keeping.saving != Saving::Looking && state.has_baseline();
    // While a story is told, the person's own plan is not the one on the screen.
    use_effect_with((state.own_document().scenario().clone(), ready), move |(scenario, ready)| {
        if *ready {
            changed(&shelf, scenario);
        }
    });
}

impl Keeper {
    fn tell(&self, action: KeepAction) {
        self.dispatch.dispatch(Action::Keep(action));
    }

    /// The record of the plan on the screen.
    fn record(&self, saved_ms: f64) -> (String, Stamp) {
        let revision = self.known.as_ref().map_or(0, |k| k.revision) + 1;
        let stamp = Stamp { tab: self.tab.clone(), revision };
        (autosave::write(&self.now, saved_ms, &stamp), stamp)
    }
}

/// Looks for what was kept and hands it to the state. The start does not wait for a storage that is slow to answer; what it
/// says later is opened where nothing has been changed meanwhile, and offered otherwise.
async fn look(shelf: Shelf) {
    let nothing = || KeepAction::Looked { kept: None, other: None, problems: vec![] };
    let late = {
        let shelf = Rc::clone(&shelf);
        Timeout::new(PATIENCE_MS, move || {
            let mut keeper = shelf.borrow_mut();
            if keeper.store.is_none() && keeper.trouble.is_none() {
                keeper.late = true;
                keeper.tell(nothing());
            }
        })
    };
    let found = read_all().await;
    late.cancel();
    let is_changed = {
        let keeper = shelf.borrow();
        keeper.late && !keeper.now.is_untouched()
    };
    match found {
        Ok((store, mut found)) => {
            if is_changed && let Some(kept) = found.kept.take() {
                let text = autosave::write(&kept.scenario, kept.saved_ms, &kept.stamp);
                let _ = store.write(Slot::Aside, &text).await;
                found.other = Some(kept);
            }
            let mut keeper = shelf.borrow_mut();
            keeper.store = Some(Rc::new(store));
            keeper.known = found.known;
            if let Some(kept) = &found.kept {
                // Until it is on the screen, the plan that was found counts as the plan there is.
                keeper.kept = kept.scenario.clone();
                keeper.told = Saving::Saved(kept.saved_ms);
                keeper.now = kept.scenario.clone();
            }
            let [kept, other] = [found.kept, found.other].map(|k| k.map(Rc::new));
            keeper.tell(KeepAction::Looked { kept, other, problems: found.problems });
        }
        Err(trouble) => {
            let mut keeper = shelf.borrow_mut();
            keeper.trouble = Some(trouble);
            keeper.tell(if is_changed { KeepAction::Status(Saving::Failed(trouble)) } else { nothing() });
        }
    }
    if is_changed {
        start_writing(&shelf);
    }
}

/// What the storage held.
#[derive(Default)]
struct Found {
    kept: Option<Kept>,
    other: Option<Kept>,
    known: Option<Stamp>,
    problems: Vec<Diagnostic>,
}

async fn read_all() -> Result<(Store, Found), StoreTrouble> {
    let store = Store::open().await?;
    recover_journal(&store).await?;
    let mut found = Found::default();
    if let Some(text) = store.read(Slot::Current).await? {
        found.known = autosave::stamp(&text);
        match autosave::read(&text) {
            Ok(kept) => {
                if !kept.problems.is_empty() {
                    // The next record will lack what could not be read.
                    store.write(Slot::Damaged, &text).await?;
                    found.problems.extend(kept.problems.iter().cloned());
                }
                found.kept = Some(kept);
            }
            Err(problem) => {
                // What cannot be read is kept as it is, and makes room for what comes.
                store.write(Slot::Damaged, &text).await?;
                store.clear(Slot::Current).await?;
                found.known = None;
                found.problems.push(problem);
            }
        }
    }
    found.other = store.read(Slot::Aside).await?.and_then(|text| autosave::read(&text).ok());
    Ok((store, found))
}

/// Moves the record of a page that was left in a hurry to where it belongs.
async fn recover_journal(store: &Store) -> Result<(), StoreTrouble> {
    let Some(text) = platform::setting(JOURNAL) else { return Ok(()) };
    let Some(stamp) = autosave::stamp(&text) else {
        platform::forget_setting(JOURNAL);
        return Ok(());
    };
    let revision = |there: Option<&str>| there.and_then(autosave::stamp).map_or(0, |s| s.revision);
    let current = store.read(Slot::Current).await?;
    let is_there = current.as_deref().and_then(autosave::stamp).is_some_and(|s| s == stamp);
    if !is_there && !store.replace(Slot::Current, &text, |there| revision(there) + 1 == stamp.revision).await? {
        store.write(Slot::Aside, &text).await?;
    }
    platform::forget_setting(JOURNAL);
    Ok(())
}

/// The plan on the screen is another one: it is kept after a pause.
fn changed(shelf: &Shelf, scenario: &Scenario) {
    let mut keeper = shelf.borrow_mut();
    keeper.now = scenario.clone();
    keeper.timer = None;
    if keeper.now == keeper.kept {
        // A change that was taken back before it was kept: nothing is on its way any more. A write under way tells itself.
        if !keeper.writing {
            keeper.tell(KeepAction::Status(keeper.told));
        }
        return;
    }
    if let Some(trouble) = keeper.trouble {
        keeper.tell(KeepAction::Status(Saving::Failed(trouble)));
        return;
    }
    keeper.tell(KeepAction::Status(Saving::Busy));
    let later = Rc::clone(shelf);
    keeper.timer = Some(Timeout::new(PAUSE_MS, move || start_writing(&later)));
}

fn start_writing(shelf: &Shelf) {
    let mut keeper = shelf.borrow_mut();
    keeper.timer = None;
    if !keeper.writing && keeper.store.is_some() && keeper.now != keeper.kept {
        keeper.writing = true;
        wasm_bindgen_futures::spawn_local(write(Rc::clone(shelf)));
    }
}

/// Writes until what is kept is what is on the screen.
async fn write(shelf: Shelf) {
    loop {
        let (store, text, stamp, plan, known, saved_ms, aside) = {
            let keeper = shelf.borrow();
            let Some(store) = keeper.store.clone() else { break };
            let saved_ms = platform::now_ms();
            let (text, stamp) = keeper.record(saved_ms);
            (store, text, stamp, keeper.now.clone(), keeper.known.clone(), saved_ms, keeper.aside)
        };
        let written = put(&store, &text, known.as_ref(), aside).await;
        let mut keeper = shelf.borrow_mut();
        match written {
            Ok(Place::Current) => {
                keeper.known = Some(stamp);
                keeper.told = Saving::Saved(saved_ms);
            }
            Ok(Place::Aside) => {
                if !keeper.aside {
                    keeper.aside = true;
                    keeper.tell(KeepAction::Tell(Diagnostic::error("autosave-other-tab", "", "", "")));
                }
                keeper.told = Saving::Aside(saved_ms);
            }
            Err(trouble) => {
                // The next change tries again.
                keeper.tell(KeepAction::Status(Saving::Failed(trouble)));
                break;
            }
        }
        keeper.kept = plan;
        keeper.tell(KeepAction::Status(keeper.told));
        platform::forget_setting(JOURNAL);
        if keeper.now == keeper.kept {
            break;
        }
    }
    shelf.borrow_mut().writing = false;
}

/// Which slot took a record.
enum Place {
    Current,
    Aside,
}

/// Puts a record where it overwrites nothing that this tab does not know.
async fn put(store: &Store, text: &str, known: Option<&Stamp>, aside: bool) -> Result<Place, StoreTrouble> {
    let is_known = |there: Option<&str>| there.and_then(autosave::stamp).as_ref() == known;
    if !aside && store.replace(Slot::Current, text, is_known).await? {
        return Ok(Place::Current);
    }
    store.write(Slot::Aside, text).await.map(|()| Place::Aside)
}

/// The page is left or hidden: what is not kept yet goes where it is taken at once, and is then kept as usual.
fn leave(shelf: &Shelf) {
    {
        let keeper = shelf.borrow();
        if keeper.now == keeper.kept || keeper.trouble.is_some() {
            return;
        }
        let (text, _) = keeper.record(platform::now_ms());
        platform::keep_setting(JOURNAL, &text);
    }
    start_writing(shelf);
}
