//! The scenarios that the browser keeps: which there are, which one is open, and what is done with them. What has to happen in the
//! browser's storage stands here as wishes; whoever keeps the storage fulfils them in their order.

use super::{AppState, Tale};
use crate::i18n::{t, tr};
use atlas_core::scenario::{Document, Scenario};
use std::{collections::BTreeMap, rc::Rc};

/// A scenario that the browser keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelved {
    /// Its id in this browser; it stays when the scenario is renamed.
    pub id: String,
    /// The scenario as it was kept last.
    pub scenario: Rc<Scenario>,
    /// When that was, in milliseconds since 1970; 0: not yet.
    pub saved_ms: f64,
}

/// Something to be done in the storage.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Keep this.
    Put(Shelved),
    /// Forget this one.
    Delete(String),
}

/// A scenario that was deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct Gone {
    /// What it was.
    pub entry: Shelved,
    /// With its history, where it was open.
    document: Option<Rc<Document>>,
}

/// All scenarios that the browser keeps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    /// Every one, the newest first. The open one lags behind the screen by the moment that keeping takes.
    pub entries: Rc<Vec<Shelved>>,
    /// The id of the one on the screen; before anything is kept there is no such entry.
    pub open: String,
    /// The newest wishes, and how many there have been.
    pub wishes: (Rc<Vec<Wish>>, u64),
    /// Those that were deleted in this visit, the last one last.
    pub gone: Vec<Rc<Gone>>,
    tab: String,
    made: u32,
}

/// So many wishes are remembered: more than are ever made between two looks at them.
const WISHES: usize = 64;
/// So many deletions can be undone.
const GONE: usize = 20;

/// Something is done with the scenarios that are kept.
#[derive(Debug)]
pub enum LibraryAction {
    /// All that the storage holds.
    Listed(Vec<Shelved>),
    /// One was kept.
    Kept(Shelved),
    /// Another tab has changed what was open here, which goes on under an id of its own.
    Forked {
        /// The id before.
        from: String,
        /// The id from now on.
        to: String,
    },
    /// Opens one.
    Open(String),
    /// Opens a copy of one.
    Copy(String),
    /// Names one.
    Rename(String, String),
    /// Deletes one.
    Delete(String),
    /// Brings back the last one that was deleted.
    Undelete,
}

impl Library {
    /// The library as a tab finds it before it has looked; `tab` is a word of its own, which its ids begin with.
    #[must_use]
    pub fn of_tab(tab: String) -> Self {
        let mut library = Self { tab, ..Self::default() };
        library.open = library.fresh_id();
        library
    }

    /// The entry of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Shelved> {
        self.entries.iter().find(|e| e.id == id)
    }

    /// The wishes that came after so many.
    #[must_use]
    pub fn wishes_after(&self, seen: u64) -> &[Wish] {
        let (wishes, count) = &self.wishes;
        let new = usize::try_from(count.saturating_sub(seen)).unwrap_or(usize::MAX).min(wishes.len());
        &wishes[wishes.len() - new..]
    }

    fn fresh_id(&mut self) -> String {
        self.made += 1;
        format!("{}-{}", self.tab, self.made)
    }

    fn wish(&mut self, wish: Wish) {
        let wishes = Rc::make_mut(&mut self.wishes.0);
        wishes.push(wish);
        if wishes.len() > WISHES {
            wishes.remove(0);
        }
        self.wishes.1 += 1;
    }

    /// Puts an entry where its time wants it; what is not kept yet is the newest.
    fn shelve(&mut self, entry: Shelved) {
        let entries = Rc::make_mut(&mut self.entries);
        entries.retain(|e| e.id != entry.id);
        entries.push(entry);
        sort(entries);
    }

    fn put(&mut self, id: String, scenario: Scenario) {
        let entry = Shelved { id, scenario: Rc::new(scenario), saved_ms: 0.0 };
        self.shelve(entry.clone());
        self.wish(Wish::Put(entry));
    }

    fn list(&mut self, mut all: Vec<Shelved>) {
        let known: BTreeMap<&str, &Shelved> = self.entries.iter().map(|e| (e.id.as_str(), e)).collect();
        for entry in &mut all {
            // What did not change stays the very same.
            if let Some(old) = known.get(entry.id.as_str()).filter(|old| old.scenario == entry.scenario) {
                entry.scenario = Rc::clone(&old.scenario);
            }
        }
        let unkept = self.entries.iter().filter(|e| e.saved_ms == 0.0 && all.iter().all(|a| a.id != e.id));
        let unkept: Vec<_> = unkept.cloned().collect();
        all.extend(unkept);
        sort(&mut all);
        self.entries = Rc::new(all);
    }
}

fn sort(entries: &mut [Shelved]) {
    let age = |e: &Shelved| if e.saved_ms == 0.0 { f64::INFINITY } else { e.saved_ms };
    entries.sort_by(|a, b| age(b).total_cmp(&age(a)).then_with(|| a.id.cmp(&b.id)));
}

impl AppState {
    pub(super) fn library_act(&mut self, action: LibraryAction) {
        match action {
            LibraryAction::Listed(all) => self.library.list(all),
            LibraryAction::Kept(entry) => self.library.shelve(entry),
            LibraryAction::Forked { from, to } => {
                if self.library.open == from {
                    self.library.open = to;
                    let name = self.copy_name(&self.document.scenario().name);
                    Rc::make_mut(&mut self.document).rename(name);
                }
            }
            LibraryAction::Open(id) => {
                if id != self.library.open
                    && let Some(entry) = self.library.get(&id)
                {
                    let (document, problems) = Document::open(&self.baseline, (*entry.scenario).clone());
                    self.put_aside(document, Some(id), Some(Tale::Opened));
                    self.tell(problems);
                }
            }
            LibraryAction::Copy(id) => self.copy(&id),
            LibraryAction::Rename(id, name) => {
                if id == self.library.open {
                    Rc::make_mut(&mut self.document).rename(name);
                } else if let Some(entry) = self.library.get(&id).filter(|e| e.scenario.name != name) {
                    let scenario = Scenario { name, ..(*entry.scenario).clone() };
                    self.library.put(id, scenario);
                }
            }
            LibraryAction::Delete(id) => self.delete_entry(&id),
            LibraryAction::Undelete => self.undelete(),
        }
    }

    /// What is on the screen is left: its last change must be kept, too.
    fn leave(&mut self) {
        let scenario = self.document.scenario();
        let kept = self.library.get(&self.library.open);
        if kept.map_or(scenario.is_untouched(), |k| *k.scenario == *scenario) {
            return;
        }
        let (id, scenario) = (self.library.open.clone(), scenario.clone());
        self.library.put(id, scenario);
    }

    /// Puts another document on the screen, of the entry with that id or of a new one.
    pub(super) fn turn_to(&mut self, document: Rc<Document>, id: Option<String>) -> (Rc<Document>, String) {
        if self.has_baseline() && !self.embed {
            self.leave();
        }
        let id = id.unwrap_or_else(|| self.library.fresh_id());
        let before = (std::mem::replace(&mut self.document, document), std::mem::replace(&mut self.library.open, id));
        self.drag = None;
        self.generation += 1;
        self.keep_selection();
        before
    }

    /// The entry that already holds a scenario.
    pub(super) fn entry_with(&self, scenario: &Scenario) -> Option<String> {
        self.library.entries.iter().find(|e| *e.scenario == *scenario).map(|e| e.id.clone())
    }

    fn copy(&mut self, id: &str) {
        let mut document = if id == self.library.open {
            Rc::clone(&self.document)
        } else if let Some(entry) = self.library.get(id) {
            Rc::new(Document::open(&self.baseline, (*entry.scenario).clone()).0)
        } else {
            return;
        };
        let name = self.copy_name(&document.scenario().name);
        Rc::make_mut(&mut document).rename(name);
        self.turn_to(document, None);
        self.keeping.set_aside = None;
        self.keeping.tale = Some(Tale::Copied);
    }

    /// The name of a copy, that no other one has.
    fn copy_name(&self, name: &str) -> String {
        let name = if name.is_empty() { t(self.lang, "scenario-untitled") } else { name.to_owned() };
        let is_taken = |n: &String| {
            *n == self.document.scenario().name || self.library.entries.iter().any(|e| e.scenario.name == *n)
        };
        let first = tr(self.lang, "library-copy-name", &[("name", &name)]);
        let further = (2..).map(|n| tr(self.lang, "library-copy-name-n", &[("name", &name), ("n", &n.to_string())]));
        std::iter::once(first).chain(further).find(|n| !is_taken(n)).expect("there are more numbers than scenarios")
    }

    fn delete_entry(&mut self, id: &str) {
        let is_open = id == self.library.open;
        let Some(mut entry) = self.library.get(id).cloned() else { return };
        if is_open {
            entry.scenario = Rc::new(self.document.scenario().clone());
        }
        let document = is_open.then(|| Rc::clone(&self.document));
        Rc::make_mut(&mut self.library.entries).retain(|e| e.id != id);
        self.library.wish(Wish::Delete(id.to_owned()));
        self.library.gone.push(Rc::new(Gone { entry, document }));
        if self.library.gone.len() > GONE {
            self.library.gone.remove(0);
        }
        if self.keeping.set_aside.as_ref().is_some_and(|(_, aside)| aside == id) {
            self.keeping.set_aside = None;
            self.keeping.tale = None;
        }
        if is_open {
            // Not left but gone: nothing of it is to be kept.
            self.library.open = self.library.fresh_id();
            self.document = Rc::new(Document::new(&self.baseline));
            (self.keeping.set_aside, self.keeping.tale, self.drag) = (None, None, None);
            self.generation += 1;
            self.keep_selection();
        }
    }

    fn undelete(&mut self) {
        let Some(gone) = self.library.gone.pop() else { return };
        let id = gone.entry.id.clone();
        self.library.put(id.clone(), (*gone.entry.scenario).clone());
        if let Some(document) = gone.document.as_ref().filter(|_| self.document.scenario().is_untouched()) {
            self.turn_to(Rc::clone(document), Some(id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Lang,
        state::{Action, EditAction, KeepAction, LoadAction, Theme},
    };
    use atlas_core::model::{Baseline, Cluster, Prefecture};
    use yew::Reducible;

    fn scenario(name: &str) -> Scenario {
        Scenario { name: name.into(), ..Scenario::default() }
    }

    fn entry(id: &str, saved_ms: f64) -> Shelved {
        Shelved { id: id.into(), scenario: Rc::new(scenario(id)), saved_ms }
    }

    fn start() -> Rc<AppState> {
        let baseline = Baseline {
            prefectures: vec![Prefecture { cluster: Some(Cluster::Yrd), ..Prefecture::default() }],
            ..Baseline::default()
        };
        let mut state = AppState::new(Lang::En, Theme::Light);
        state.library = Library::of_tab("t".into());
        let looked = KeepAction::Looked { kept: None, problems: vec![] };
        act(Rc::new(state), vec![LoadAction::Baseline(Box::new(baseline)).into(), looked.into()])
    }

    fn act(state: Rc<AppState>, actions: Vec<Action>) -> Rc<AppState> {
        actions.into_iter().fold(state, Reducible::reduce)
    }

    fn names(state: &AppState) -> Vec<&str> {
        state.library.entries.iter().map(|e| e.scenario.name.as_str()).collect()
    }

    fn open_name(state: &AppState) -> &str {
        &state.document.scenario().name
    }

    #[test]
    fn what_is_left_is_kept_and_comes_back() {
        let rename = |name: &str| Action::from(EditAction::Rename(name.into()));
        let state = act(start(), vec![rename("one"), KeepAction::Anew.into()]);
        assert_eq!((names(&state), open_name(&state)), (vec!["one"], ""));
        let first = state.library.entries[0].id.clone();
        assert_eq!(state.library.wishes_after(0), [Wish::Put(state.library.entries[0].clone())]);
        assert_ne!(state.library.open, first);

        let state = act(state, vec![rename("two"), LibraryAction::Open(first.clone()).into()]);
        assert_eq!((open_name(&state), state.library.open == first), ("one", true));
        assert_eq!(state.library.wishes_after(1).len(), 1);
        // Undo goes back to the other one, under its own id.
        let state = act(state, vec![EditAction::Undo.into()]);
        assert_eq!((open_name(&state), state.library.open != first), ("two", true));
        assert_eq!(names(&state).len(), 2);
    }

    #[test]
    fn a_copy_has_a_name_and_an_id_of_its_own() {
        let state = act(start(), vec![LibraryAction::Listed(vec![entry("a", 1.0), entry("b", 2.0)]).into()]);
        assert_eq!(names(&state), ["b", "a"]);
        let copy = || LibraryAction::Copy("a".into()).into();
        let state = act(state, vec![copy(), copy()]);
        assert_eq!(open_name(&state), "a (copy 2)");
        assert_eq!(names(&state), ["a (copy)", "b", "a"]);
        // Of an open one: the screen goes on as the copy.
        let open = state.library.open.clone();
        let state = act(state, vec![LibraryAction::Copy(open.clone()).into()]);
        assert_eq!((open_name(&state), state.library.open != open), ("a (copy 2) (copy)", true));
    }

    #[test]
    fn what_is_deleted_can_be_brought_back_with_its_history() {
        let listed = LibraryAction::Listed(vec![entry("a", 1.0), entry("b", 2.0)]).into();
        let state = act(start(), vec![listed, LibraryAction::Delete("a".into()).into()]);
        assert_eq!((names(&state), state.library.gone.len()), (vec!["b"], 1));
        assert_eq!(state.library.wishes_after(0), [Wish::Delete("a".into())]);
        let state = act(state, vec![LibraryAction::Undelete.into()]);
        assert_eq!((names(&state), state.library.gone.len()), (vec!["a", "b"], 0));

        let delete = |id: &str| LibraryAction::Delete(id.into()).into();
        let state = act(state, vec![LibraryAction::Open("b".into()).into(), delete("b")]);
        assert_eq!((open_name(&state), names(&state)), ("", vec!["a"]));
        let state = act(state, vec![LibraryAction::Undelete.into()]);
        assert_eq!((open_name(&state), state.library.open.as_str()), ("b", "b"));
        assert!(names(&state).contains(&"b"));
    }

    #[test]
    fn another_tab_makes_a_copy_of_what_is_open() {
        let listed = LibraryAction::Listed(vec![entry("a", 1.0)]).into();
        let forked = LibraryAction::Forked { from: "a".into(), to: "z".into() }.into();
        let state = act(start(), vec![listed, LibraryAction::Open("a".into()).into(), forked]);
        assert_eq!((open_name(&state), state.library.open.as_str()), ("a (copy)", "z"));
        assert_eq!(state.library.get("a").unwrap().scenario.name, "a");
    }

    #[test]
    fn another_one_is_renamed_in_the_list() {
        let listed = LibraryAction::Listed(vec![entry("a", 1.0)]).into();
        let state = act(start(), vec![listed, LibraryAction::Rename("a".into(), "new".into()).into()]);
        assert_eq!((names(&state), open_name(&state)), (vec!["new"], ""));
        assert_eq!(state.library.wishes_after(0).len(), 1);
    }

    #[test]
    fn old_wishes_are_forgotten_and_new_ones_are_found() {
        let mut library = Library::default();
        for i in 0..200 {
            library.wish(Wish::Delete(i.to_string()));
        }
        assert_eq!(library.wishes_after(199), [Wish::Delete("199".into())]);
        assert_eq!((library.wishes_after(0).len(), library.wishes_after(200).len()), (WISHES, 0));
    }
}
