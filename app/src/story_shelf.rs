//! Keeps the person's own stories in the browser after every change, and brings them back at the start. Another tab's stories are
//! joined with those of this one: only what was changed or deleted here takes the place of what is there.

use crate::{
    app::Shared,
    platform::store::Store,
    state::{Action, AppState, OwnStory, StoreTrouble, StoryAction},
};
use atlas_core::{format::story, scenario::Story};
use gloo::timers::callback::Timeout;
use std::{cell::RefCell, collections::BTreeSet, rc::Rc};
use yew::prelude::*;

/// How long after the last change stories are written.
/// Where stories are kept.
const STORIES: &str = "stories";
const PAUSE_MS: u32 = 350;

struct Keeper {
    dispatch: UseReducerDispatcher<AppState>,
    store: Option<Store>,
    /// Ids that this tab has seen: what of them is not here any more was deleted here.
    seen: BTreeSet<String>,
    now: Rc<Vec<OwnStory>>,
    timer: Option<Timeout>,
    is_told: bool,
    writing: bool,
    /// Something changed while it was being written.
    again: bool,
}

/// Keeps stories as long as the app runs.
#[hook]
pub fn use_story_shelf(shared: &Shared) {
    let keeper = {
        let dispatch = shared.state.dispatcher();
        use_memo((), |()| {
            Rc::new(RefCell::new(Keeper {
                dispatch,
                store: None,
                seen: BTreeSet::new(),
                now: Rc::default(),
                timer: None,
                is_told: false,
                writing: false,
                again: false,
            }))
        })
    };
    {
        let keeper = Rc::clone(&keeper);
        // A frame in another page keeps nothing and tells no stories.
        let embed = shared.state.embed;
        use_effect_with((), move |()| {
            if !embed {
                wasm_bindgen_futures::spawn_local(look(Rc::clone(&keeper)));
            }
        });
    }
    let stories = &shared.state.stories;
    use_effect_with((Rc::clone(&stories.own), stories.looked), move |(own, looked)| {
        if !looked {
            return;
        }
        let known = {
            let mut keeper = keeper.borrow_mut();
            let known = keeper.now == *own;
            keeper.seen.extend(own.iter().map(|o| o.id.clone()));
            keeper.now = Rc::clone(own);
            known
        };
        if !known {
            let later = Rc::clone(&keeper);
            let timer = Timeout::new(PAUSE_MS, move || start_writing(&later));
            keeper.borrow_mut().timer = Some(timer);
        }
    });
}

impl Keeper {
    fn tell(&self, action: StoryAction) {
        self.dispatch.dispatch(Action::Story(action));
    }

    /// Says once that nothing is kept.
    fn trouble(&mut self) {
        if !std::mem::replace(&mut self.is_told, true) {
            self.tell(StoryAction::Trouble);
        }
    }
}

async fn look(keeper: Rc<RefCell<Keeper>>) {
    let opened = Store::open().await;
    let text = match &opened {
        Ok(store) => store.read(STORIES).await,
        Err(trouble) => Err(*trouble),
    };
    let mut keeper = keeper.borrow_mut();
    let (found, problems) = match text {
        Ok(None) => Ok((vec![], vec![])),
        Ok(Some(text)) => story::read_shelf(&text),
        // That the browser keeps nothing is said when there is a story to keep.
        Err(_) => Ok((vec![], vec![])),
    }
    .unwrap_or_else(|problem| (vec![], vec![problem]));
    keeper.store = opened.ok();
    keeper.now =
        Rc::new(found.iter().map(|(id, story)| OwnStory { id: id.clone(), story: Rc::new(story.clone()) }).collect());
    keeper.tell(StoryAction::Looked(found, problems));
}

fn start_writing(keeper: &Rc<RefCell<Keeper>>) {
    {
        let mut keeper = keeper.borrow_mut();
        keeper.timer = None;
        if keeper.writing {
            keeper.again = true;
            return;
        }
        keeper.writing = true;
    }
    wasm_bindgen_futures::spawn_local(write(Rc::clone(keeper)));
}

async fn write(keeper: Rc<RefCell<Keeper>>) {
    loop {
        // Taken out while it is used: nothing is borrowed over a wait.
        let store = keeper.borrow_mut().store.take();
        let (own, seen) = {
            let keeper = keeper.borrow();
            (Rc::clone(&keeper.now), keeper.seen.clone())
        };
        let written = match &store {
            Some(store) => put(store, &own, &seen).await,
            None => Err(StoreTrouble::Blocked),
        };
        let mut keeper = keeper.borrow_mut();
        keeper.store = store;
        match written {
            Ok(others) if !others.is_empty() => keeper.tell(StoryAction::Looked(others, vec![])),
            Ok(_) => {}
            Err(_) => keeper.trouble(),
        }
        if !std::mem::take(&mut keeper.again) {
            keeper.writing = false;
            break;
        }
    }
}

/// Writes stories, with those of other tabs, which it gives.
async fn put(store: &Store, own: &[OwnStory], seen: &BTreeSet<String>) -> Result<Vec<(String, Story)>, StoreTrouble> {
    loop {
        let there = store.read(STORIES).await?;
        let found = there.as_deref().and_then(|text| story::read_shelf(text).ok()).unwrap_or_default().0;
        let others: Vec<(String, Story)> = found.into_iter().filter(|(id, _)| !seen.contains(id)).collect();
        let all = own.iter().map(|o| (o.id.as_str(), &*o.story)).chain(others.iter().map(|(id, s)| (id.as_str(), s)));
        let text = story::write_shelf(all);
        // Nobody came between.
        if store.replace(STORIES, Some(&text), |now| now == there.as_deref()).await? {
            return Ok(others);
        }
    }
}
