//! The history of a plan in words, a line a step.

use super::AppState;
use crate::i18n::{exact, parameter_name, t, tr};
use atlas_core::scenario::{Change, Edit, Lever};

/// A step of the history.
#[derive(Clone, Debug, PartialEq)]
pub struct StepLine {
    /// So many steps are done once this one is; 0 is how the scenario was opened.
    pub steps: usize,
    /// What was done.
    pub words: String,
    /// It was taken back.
    pub undone: bool,
    /// The plan is as it was after this step.
    pub open: bool,
}

/// The steps about the open one, the newest first, with how many more there are after and before them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryView {
    /// Steps after those listed.
    pub after: usize,
    /// The list.
    pub lines: Vec<StepLine>,
    /// Steps before those listed.
    pub before: usize,
}

/// The history about the open step: at most `most` steps.
#[must_use]
pub fn history(state: &AppState, most: usize) -> HistoryView {
    let document = &state.document;
    let (open, all) = (document.done().len(), document.done().len() + document.undone().len());
    let first = open.saturating_sub(most / 2).min((all + 1).saturating_sub(most));
    let last = (first + most - 1).min(all);
    let changes = document.done().chain(document.undone());
    let words = changes.enumerate().map(|(i, change)| (i + 1, words(state, change)));
    let start = (first == 0).then(|| (0, t(state.lang, "history-start")));
    let lines = start.into_iter().chain(words.skip(first.max(1) - 1).take(last + 1 - first.max(1)));
    let line = |(steps, words)| StepLine { steps, words, undone: steps > open, open: steps == open };
    let mut lines: Vec<StepLine> = lines.map(line).collect();
    lines.reverse();
    HistoryView { after: all - last, lines, before: first }
}

/// The key of what an edit does.
#[must_use]
const fn edit_key(edit: &Edit) -> &'static str {
    match edit {
        Edit::Add(_) => "edit-add",
        Edit::Move { .. } => "edit-move",
        Edit::Close { .. } => "edit-close",
        Edit::Reopen { .. } => "edit-reopen",
        Edit::Remove { .. } => "edit-remove",
        Edit::SetCapacity { tonnes: Some(_), .. } => "edit-capacity",
        Edit::SetCapacity { tonnes: None, .. } => "edit-capacity-own",
    }
}

/// An edit in words.
#[must_use]
pub fn edit_words(state: &AppState, edit: &Edit) -> String {
    let name = match (edit, state.document.plan().get(edit.id())) {
        (_, Some(p)) => state.lang.name(&p.facility.name),
        (Edit::Add(new), None) => state.lang.name(&new.name),
        _ => edit.id(),
    };
    let name = if name.is_empty() { edit.id() } else { name };
    tr(state.lang, edit_key(edit), &[("name", name)])
}

fn words(state: &AppState, change: &Change) -> String {
    let lang = state.lang;
    let set = |name: &str, value: Option<String>| match value {
        Some(value) => tr(lang, "history-set", &[("name", name), ("value", &value)]),
        None => tr(lang, "history-reset", &[("name", name)]),
    };
    match change {
        Change::Edit(edit) => edit_words(state, edit),
        Change::Edits(edits) => match edits.as_slice() {
            [edit] => edit_words(state, edit),
            _ => tr(lang, "history-edits", &[("n", &edits.len().to_string())]),
        },
        Change::Lever(lever, value) => {
            let (key, shown) = match lever {
                Lever::RecoveryRate => ("lever-recovery", value.map(|v| format!("{:.0} %", v * 100.0))),
                Lever::FreightPrice => ("lever-freight", value.map(|v| format!("{v:.2} ×"))),
            };
            set(&t(lang, key), shown)
        }
        Change::Parameter(key, value) => set(&parameter_name(lang, key), value.map(exact)),
        Change::Parameters(values) => tr(lang, "history-parameters", &[("n", &values.len().to_string())]),
        Change::Goal(_) => t(lang, "history-goal"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Lang,
        state::{Action, EditAction, LoadAction, Theme},
    };
    use atlas_core::model::{Baseline, Cluster, Prefecture};
    use std::rc::Rc;
    use yew::Reducible;

    fn slid(times: u32) -> Rc<AppState> {
        let baseline = Baseline {
            prefectures: vec![Prefecture { cluster: Some(Cluster::Yrd), ..Prefecture::default() }],
            ..Baseline::default()
        };
        let load = LoadAction::Baseline(Box::new(baseline)).into();
        let slide = |i| EditAction::Make(Change::Lever(Lever::RecoveryRate, Some(0.5 + f64::from(i) / 1e4))).into();
        let all = std::iter::once(load).chain((0..times).map(slide));
        all.fold(Rc::new(AppState::new(Lang::En, Theme::Light)), |s, a: Action| s.reduce(a))
    }

    fn shown(state: &AppState, most: usize) -> (usize, Vec<usize>, usize, Option<usize>) {
        let view = history(state, most);
        let open = view.lines.iter().find(|l| l.open).map(|l| l.steps);
        (view.after, view.lines.iter().map(|l| l.steps).collect(), view.before, open)
    }

    #[test]
    fn the_list_is_about_the_open_step() {
        let state = slid(3);
        assert_eq!(shown(&state, 10), (0, vec![3, 2, 1, 0], 0, Some(3)));
        assert_eq!(history(&state, 10).lines[0].words, "Recovery rate: 50 %");
        let state = state.reduce(EditAction::Jump(1).into());
        assert_eq!(shown(&state, 10), (0, vec![3, 2, 1, 0], 0, Some(1)));
        assert_eq!(history(&state, 10).lines.iter().filter(|l| l.undone).count(), 2);
        assert_eq!(state.levers().recovery_rate, Some(0.5));
        assert_eq!(state.reduce(EditAction::Jump(3).into()).levers().recovery_rate, Some(0.5002));
        assert_eq!(shown(&slid(0), 10), (0, vec![0], 0, Some(0)));
    }

    #[test]
    fn a_long_history_is_cut_at_both_ends() {
        let state = slid(100);
        assert_eq!(shown(&state, 10), (0, (91..=100).rev().collect(), 91, Some(100)));
        let state = state.reduce(EditAction::Jump(50).into());
        assert_eq!(shown(&state, 10), (46, (45..=54).rev().collect(), 45, Some(50)));
        let state = state.reduce(EditAction::Jump(2).into());
        assert_eq!(shown(&state, 10), (91, (0..=9).rev().collect(), 0, Some(2)));
    }
}
