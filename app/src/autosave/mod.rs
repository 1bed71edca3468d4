//! Keeps every scenario in the browser, the open one after every change, and brings back at the start what was open last.
//!
//! A record is written a moment after the last change. A page that is left before that leaves its record in the small
//! storage, which takes it at once, and the next start moves it over. Records carry a [`Stamp`]: a tab overwrites only what it
//! has read or written itself; otherwise another tab was there in between, and what is here goes on as a copy under an id of its own.

mod records;

use crate::{
    app::Shared,
    platform::{
        self,
        store::{Store, room},
    },
    state::{Action, AppState, KeepAction, LibraryAction, Saving, Shelved, StoreTrouble, Wish},
};
use atlas_core::{
    diagnostics::Diagnostic,
    format::autosave::{self, Kept, Stamp},
    scenario::{Document, Scenario},
};
use gloo::{events::EventListener, timers::callback::Timeout};
use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};
use web_sys::BroadcastChannel;
use yew::prelude::*;

/// How long after the last change a record is written.
const PAUSE_MS: u32 = 350;
/// How long the start waits for the browser's storage.
const PATIENCE_MS: u32 = 3_000;
/// Less room than this is told before it is used up: some hundred plans, or one of a hundred thousand points.
const ROOM_BYTES: f64 = 16e6;
/// Over which tabs tell one another that something was kept.
const CHANNEL: &str = "loop-atlas";

/// A record that this tab has read or written.
struct Record {
    stamp: Stamp,
    saved_ms: f64,
    scenario: Rc<Scenario>,
}

/// What is to be done in the storage.
enum Job {
    Put(String, Rc<Scenario>),
    Delete(String),
}

/// What the keeper knows.
struct Keeper {
    dispatch: UseReducerDispatcher<AppState>,
    tab: String,
    store: Option<Rc<Store>>,
    trouble: Option<StoreTrouble>,
    records: BTreeMap<String, Record>,
    /// The scenario on the screen, by its id.
    open: String,
    now: Rc<Document>,
    /// So many wishes were heard.
    heard: u64,
    jobs: VecDeque<Job>,
    /// The start went on before the storage had answered.
    late: bool,
    timer: Option<Timeout>,
    working: bool,
    /// The last write failed.
    failed: bool,
    /// Counts up with everything that is written: what was read meanwhile is old.
    written: u64,
    /// It was told that there is little room.
    is_tight: bool,
    channel: Option<BroadcastChannel>,
}

type Shelf = Rc<RefCell<Keeper>>;

/// What the keeper looks at; another one only where something is another.
#[derive(Clone)]
struct Seen {
    document: Rc<Document>,
    open: String,
    wishes: u64,
    ready: bool,
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.document, &other.document)
            && (&self.open, self.wishes, self.ready) == (&other.open, other.wishes, other.ready)
    }
}

/// Keeps the scenarios as long as the app runs. In a frame of another page nothing is kept.
#[hook]
pub fn use_autosave(shared: &Shared) {
    let state = &shared.state;
    let shelf = {
        let (dispatch, state) = (state.dispatcher(), state.clone());
        use_memo((), |()| {
            Rc::new(RefCell::new(Keeper {
                dispatch,
                tab: platform::random_word(),
                store: None,
                trouble: None,
                records: BTreeMap::new(),
                open: state.library.open.clone(),
                now: Rc::default(),
                heard: 0,
                jobs: VecDeque::new(),
                late: false,
                timer: None,
                working: false,
                failed: false,
                written: 0,
                is_tight: false,
                channel: BroadcastChannel::new(CHANNEL).ok(),
            }))
        })
    };
    let embed = state.embed;
    {
        let shelf = Rc::clone(&shelf);
        use_effect_with((), move |()| {
            let listeners = if embed {
                shelf.borrow().tell(KeepAction::Looked { kept: None, problems: vec![] });
                Vec::new()
            } else {
                wasm_bindgen_futures::spawn_local(look(Rc::clone(&shelf)));
                listen(&shelf)
            };
            move || drop(listeners)
        });
    }
    // Before the baseline is there, the plan on the screen is none.
    let ready = state.keeping.saving != Saving::Looking && state.has_baseline() && !embed;
    // While a story is told, the person's own plan is not the one on the screen.
    let (document, open) = (Rc::clone(state.own_document()), state.library.open.clone());
    let library = state.library.clone();
    use_effect_with(Seen { document, open, wishes: library.wishes.1, ready }, move |seen| {
        if seen.ready {
            let heard = shelf.borrow().heard;
            hear(&shelf, library.wishes_after(heard), seen.wishes);
            changed(&shelf, &seen.document, &seen.open);
        }
    });
}

fn listen(shelf: &Shelf) -> Vec<EventListener> {
    let (window, document) = (gloo::utils::window(), gloo::utils::document());
    let on = |target: &web_sys::EventTarget, event: &'static str, f: fn(&Shelf, &web_sys::Event)| {
        let shelf = Rc::clone(shelf);
        EventListener::new_with_options(
            target,
            event,
            gloo::events::EventListenerOptions::enable_prevent_default(),
            move |e| f(&shelf, e),
        )
    };
    let mut all = vec![
        on(&window, "pagehide", |shelf, _| leave(shelf)),
        on(&document, "visibilitychange", |shelf, _| {
            if platform::is_hidden() {
                leave(shelf);
            } else {
                refresh(shelf);
            }
        }),
        on(&window, "beforeunload", |shelf, event| {
            // What cannot be kept is asked about before it is gone.
            let keeper = shelf.borrow();
            if (keeper.trouble.is_some() || keeper.failed) && !keeper.is_kept() {
                event.prevent_default();
            }
        }),
    ];
    if let Some(channel) = &shelf.borrow().channel {
        all.push(on(channel, "message", |shelf, _| {
            if !platform::is_hidden() {
                refresh(shelf);
            }
        }));
    }
    all
}

impl Keeper {
    fn tell(&self, action: impl Into<Action>) {
        self.dispatch.dispatch(action.into());
    }

    fn tell_problems(&self, problems: Vec<Diagnostic>) {
        for problem in problems {
            self.tell(KeepAction::Tell(problem));
        }
    }

    /// A record to be written.
    fn record(&self, id: &str, scenario: &Scenario, saved_ms: f64) -> (String, Stamp) {
        let revision = self.records.get(id).map_or(0, |r| r.stamp.revision) + 1;
        let stamp = Stamp { tab: self.tab.clone(), revision };
        (autosave::write(id, scenario, saved_ms, &stamp), stamp)
    }

    fn learn(&mut self, kept: Kept) {
        let Kept { id, saved_ms, stamp, scenario, .. } = kept;
        self.records.insert(id, Record { stamp, saved_ms, scenario: Rc::new(scenario) });
    }

    /// True where what is on the screen is what is kept; what is untouched need not be.
    fn is_kept(&self) -> bool {
        let now = self.now.scenario();
        self.records.get(&self.open).map_or(now.is_untouched(), |r| *r.scenario == *now)
    }

    /// What the person is told of the scenario on the screen once it is kept.
    fn told(&self) -> Saving {
        self.records.get(&self.open).map_or(Saving::Idle, |r| Saving::Saved(r.saved_ms))
    }

    /// All records, for the list.
    fn list(&self) {
        let shelved = |(id, r): (&String, &Record)| Shelved {
            id: id.clone(),
            scenario: Rc::clone(&r.scenario),
            saved_ms: r.saved_ms,
        };
        self.tell(LibraryAction::Listed(self.records.iter().map(shelved).collect()));
    }

    /// Something was kept: the other tabs look again.
    fn call(&self) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&"kept".into());
        }
    }

    /// A later wish about a scenario takes the place of an earlier one.
    fn queue(&mut self, job: Job) {
        let id = match &job {
            Job::Put(id, _) | Job::Delete(id) => id.clone(),
        };
        self.jobs.retain(|j| !matches!(j, Job::Put(other, _) if *other == id));
        self.jobs.push_back(job);
    }
}

/// Looks for what was kept and hands it to the state. The start does not wait for a storage that is slow to answer; what it
/// says later is opened where nothing has been changed meanwhile, and stands in the list otherwise.
async fn look(shelf: Shelf) {
    let nothing = || KeepAction::Looked { kept: None, problems: vec![] };
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
    let found = records::look().await;
    late.cancel();
    let is_changed = {
        let keeper = shelf.borrow();
        keeper.late && !keeper.now.scenario().is_untouched()
    };
    match found {
        Ok(found) => {
            let mut keeper = shelf.borrow_mut();
            keeper.store = Some(Rc::new(found.store));
            if let Some(kept) = &found.kept {
                keeper.learn(kept.clone());
            }
            let kept = found.kept.filter(|_| !is_changed).map(Rc::new);
            keeper.tell(KeepAction::Looked { kept, problems: found.problems });
        }
        Err(trouble) => {
            let mut keeper = shelf.borrow_mut();
            keeper.trouble = Some(trouble);
            keeper.tell(if is_changed { KeepAction::Status(Saving::Failed(trouble)) } else { nothing() });
        }
    }
    // The others are not needed for the first view.
    refresh(&shelf);
    start_now(&shelf);
}

/// Reads what other tabs have kept. What is open here stays as this tab knows it.
fn refresh(shelf: &Shelf) {
    let shelf = Rc::clone(shelf);
    wasm_bindgen_futures::spawn_local(async move {
        let Some(store) = shelf.borrow().store.clone() else { return };
        let known = |id: &str, stamp: &Stamp| shelf.borrow().records.get(id).is_some_and(|r| r.stamp == *stamp);
        let (ids, changed, problems) = loop {
            let written = shelf.borrow().written;
            let Ok(found) = records::all(&store, known).await else { return };
            if shelf.borrow().written == written {
                break found;
            }
        };
        {
            let mut keeper = shelf.borrow_mut();
            let keeper = &mut *keeper;
            let open = keeper.open.clone();
            for kept in changed {
                let is_mine = kept.stamp.tab == keeper.tab || keeper.records.contains_key(&kept.id) && kept.id == open;
                if !is_mine {
                    keeper.learn(kept);
                }
            }
            keeper.records.retain(|id, _| *id == open || ids.contains(id));
            keeper.list();
            keeper.tell_problems(problems);
        }
        warn_of_little_room(&shelf).await;
    });
}

async fn warn_of_little_room(shelf: &Shelf) {
    if shelf.borrow().is_tight {
        return;
    }
    if room().await.is_some_and(|bytes| bytes < ROOM_BYTES) {
        let mut keeper = shelf.borrow_mut();
        keeper.is_tight = true;
        keeper.tell(KeepAction::Tell(Diagnostic::error("autosave-tight", "", "", "")));
    }
}

/// Takes up what the state wishes.
fn hear(shelf: &Shelf, wishes: &[Wish], count: u64) {
    if wishes.is_empty() {
        return;
    }
    {
        let mut keeper = shelf.borrow_mut();
        keeper.heard = count;
        for wish in wishes {
            keeper.queue(match wish {
                Wish::Put(entry) => Job::Put(entry.id.clone(), Rc::clone(&entry.scenario)),
                Wish::Delete(id) => Job::Delete(id.clone()),
            });
        }
    }
    start_working(shelf);
}

/// The plan on the screen is another one: it is kept after a pause.
fn changed(shelf: &Shelf, document: &Rc<Document>, open: &str) {
    let mut keeper = shelf.borrow_mut();
    keeper.now = Rc::clone(document);
    keeper.timer = None;
    if keeper.open != open {
        open.clone_into(&mut keeper.open);
        records::note_open(open);
    }
    if keeper.is_kept() {
        // A change that was taken back before it was kept: nothing is on its way any more. A write under way tells itself.
        if !keeper.working {
            keeper.tell(KeepAction::Status(keeper.told()));
        }
        return;
    }
    if let Some(trouble) = keeper.trouble {
        keeper.tell(KeepAction::Status(Saving::Failed(trouble)));
        return;
    }
    records::note_open(open);
    keeper.tell(KeepAction::Status(Saving::Busy));
    let later = Rc::clone(shelf);
    keeper.timer = Some(Timeout::new(PAUSE_MS, move || start_now(&later)));
}

/// Keeps what is on the screen, unless it is kept.
fn start_now(shelf: &Shelf) {
    {
        let mut keeper = shelf.borrow_mut();
        keeper.timer = None;
        if !keeper.is_kept() {
            let job = Job::Put(keeper.open.clone(), Rc::new(keeper.now.scenario().clone()));
            keeper.queue(job);
        }
    }
    start_working(shelf);
}

fn start_working(shelf: &Shelf) {
    let mut keeper = shelf.borrow_mut();
    if !keeper.working && keeper.store.is_some() && !keeper.jobs.is_empty() {
        keeper.working = true;
        wasm_bindgen_futures::spawn_local(work(Rc::clone(shelf)));
    }
}

/// Does what is to be done, one thing after the other.
async fn work(shelf: Shelf) {
    loop {
        let (store, job) = {
            let mut keeper = shelf.borrow_mut();
            let Some(store) = keeper.store.clone() else { break };
            let Some(job) = keeper.jobs.pop_front() else { break };
            (store, job)
        };
        let done = match &job {
            Job::Put(id, scenario) => put(&shelf, &store, id, scenario).await,
            Job::Delete(id) => delete(&shelf, &store, id).await,
        };
        if let Err(trouble) = done {
            // The next change tries again.
            let mut keeper = shelf.borrow_mut();
            let is_newer =
                matches!(&job, Job::Put(id, _) if keeper.jobs.iter().any(|j| matches!(j, Job::Put(o, _) if o == id)));
            if !is_newer {
                keeper.jobs.push_front(job);
            }
            keeper.failed = true;
            keeper.tell(KeepAction::Status(Saving::Failed(trouble)));
            break;
        }
        let mut keeper = shelf.borrow_mut();
        (keeper.failed, keeper.written) = (false, keeper.written + 1);
    }
    shelf.borrow_mut().working = false;
}

/// Puts a record where it overwrites nothing that this tab does not know; otherwise it becomes a copy.
async fn put(shelf: &Shelf, store: &Store, id: &str, scenario: &Rc<Scenario>) -> Result<(), StoreTrouble> {
    let saved_ms = platform::now_ms();
    let (text, stamp, known, tab) = {
        let keeper = shelf.borrow();
        let (text, stamp) = keeper.record(id, scenario, saved_ms);
        (text, stamp, keeper.records.get(id).map(|r| r.stamp.clone()), keeper.tab.clone())
    };
    // What this tab left in a hurry may have been moved over by another one.
    let may = |there: Option<&str>| {
        let there = there.and_then(autosave::label).map(|(_, stamp)| stamp);
        there == known || there.is_some_and(|s| s.tab == tab)
    };
    let is_put = store.replace(&records::key(id), Some(&text), may).await?;
    {
        let mut keeper = shelf.borrow_mut();
        if is_put {
            keeper.records.insert(id.to_owned(), Record { stamp, saved_ms, scenario: Rc::clone(scenario) });
            keeper.tell(LibraryAction::Kept(Shelved { id: id.into(), scenario: Rc::clone(scenario), saved_ms }));
            records::forget_journal(&keeper.tab, id);
            keeper.call();
            if keeper.is_kept() {
                keeper.tell(KeepAction::Status(keeper.told()));
            }
        } else {
            let copy = platform::random_word();
            if keeper.open == id {
                keeper.open = copy.clone();
                records::note_open(&copy);
            }
            records::forget_journal(&keeper.tab, id);
            // The other tab's is read anew.
            keeper.records.remove(id);
            keeper.jobs.push_front(Job::Put(copy.clone(), Rc::clone(scenario)));
            keeper.tell(LibraryAction::Forked { from: id.to_owned(), to: copy });
            keeper.tell(KeepAction::Tell(Diagnostic::error("autosave-other-tab", "", "", "")));
        }
    }
    if is_put {
        warn_of_little_room(shelf).await;
    } else {
        refresh(shelf);
    }
    Ok(())
}

/// Forgets a record, unless another tab has changed it.
async fn delete(shelf: &Shelf, store: &Store, id: &str) -> Result<(), StoreTrouble> {
    let known = shelf.borrow().records.get(id).map(|r| r.stamp.clone());
    let may = |there: Option<&str>| {
        let there = there.and_then(autosave::label).map(|(_, stamp)| stamp);
        there.is_none() || there == known
    };
    let is_gone = store.replace(&records::key(id), None, may).await?;
    let mut keeper = shelf.borrow_mut();
    keeper.records.remove(id);
    records::forget_journal(&keeper.tab, id);
    if is_gone {
        keeper.call();
        // A write that was under way has put it on the list once more.
        keeper.list();
    } else {
        keeper.tell(KeepAction::Tell(Diagnostic::error("library-changed-elsewhere", "", "", "")));
        drop(keeper);
        refresh(shelf);
    }
    Ok(())
}

/// The page is left or hidden: what is not kept yet goes where it is taken at once, and is then kept as usual.
fn leave(shelf: &Shelf) {
    {
        let keeper = shelf.borrow();
        if keeper.trouble.is_some() {
            return;
        }
        let mut unkept: BTreeMap<&str, &Scenario> = BTreeMap::new();
        for job in &keeper.jobs {
            if let Job::Put(id, scenario) = job {
                unkept.insert(id, scenario);
            }
        }
        if !keeper.is_kept() {
            unkept.insert(&keeper.open, keeper.now.scenario());
        }
        for (id, scenario) in unkept {
            let (text, _) = keeper.record(id, scenario, platform::now_ms());
            records::write_journal(&keeper.tab, id, &text);
        }
    }
    start_now(shelf);
}
