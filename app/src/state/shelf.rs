//! The list of scenarios as panels show it.

use super::AppState;
use atlas_core::scenario::Scenario;

/// A scenario on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct ShelfRow {
    /// Its id.
    pub id: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// Its note.
    pub note: String,
    /// How many things differ from the baseline.
    pub changes: usize,
    /// When it was kept, in milliseconds since 1970; 0: not yet.
    pub saved_ms: f64,
    /// True for the one on the screen.
    pub open: bool,
}

/// Every scenario there is, the newest first. The one on the screen is told of as it is there, also where it could not be kept.
#[must_use]
pub fn shelf_rows(state: &AppState) -> Vec<ShelfRow> {
    let (library, now) = (&state.library, state.document.scenario());
    let row = |id: &str, scenario: &Scenario, saved_ms: f64| ShelfRow {
        id: id.to_owned(),
        name: scenario.name.clone(),
        note: scenario.note.clone(),
        changes: scenario.changes(),
        saved_ms,
        open: id == library.open,
    };
    let unkept = library.get(&library.open).is_none() && !now.is_untouched();
    let first = unkept.then(|| row(&library.open, now, 0.0));
    let entries = library.entries.iter().map(|e| {
        let scenario = if e.id == library.open { now } else { &e.scenario };
        row(&e.id, scenario, e.saved_ms)
    });
    first.into_iter().chain(entries).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Lang,
        state::{Action, EditAction, LibraryAction, Shelved, Theme},
    };
    use std::rc::Rc;
    use yew::Reducible;

    #[test]
    fn the_open_one_is_told_of_as_it_is_on_the_screen() {
        let kept = |id: &str| Shelved { id: id.into(), scenario: Rc::default(), saved_ms: 5.0 };
        let mut state = AppState::new(Lang::En, Theme::Light);
        state.library.open = "a".into();
        let actions: [Action; 2] =
            [LibraryAction::Listed(vec![kept("b")]).into(), EditAction::Rename("mine".into()).into()];
        let state = actions.into_iter().fold(Rc::new(state), Reducible::reduce);
        let told = |s: &AppState| -> Vec<_> {
            shelf_rows(s).into_iter().map(|r| (r.id, r.name, r.saved_ms, r.open)).collect()
        };
        let rest = ("b".to_owned(), String::new(), 5.0, false);
        assert_eq!(told(&state), [("a".to_owned(), "mine".to_owned(), 0.0, true), rest.clone()]);
        let state = state.reduce(LibraryAction::Kept(Shelved { saved_ms: 9.0, ..kept("a") }).into());
        assert_eq!(told(&state), [("a".to_owned(), "mine".to_owned(), 9.0, true), rest]);
    }
}
