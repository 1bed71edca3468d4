//! Every step of the plan, done and undone; a click goes there.

use super::use_shared;
use crate::{
    i18n::{count, tr},
    state::{EditAction, HistoryView, StepLine, history},
};
use yew::prelude::*;

/// So many steps are listed about the open one.
const MOST: usize = 100;

#[component]
pub fn HistoryList() -> Html {
    let shared = use_shared();
    let open = use_state(|| false);
    let lang = shared.state.lang;
    let document = &shared.state.document;
    let (done, undone) = (document.done().len(), document.undone().len());
    if done + undone == 0 {
        return Html::default();
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |e: MouseEvent| {
            e.prevent_default();
            open.set(!*open);
        })
    };
    // A closed list costs nothing.
    let view = if *open { history(&shared.state, MOST) } else { HistoryView::default() };
    let line = |line: &StepLine| {
        let jump = {
            let (shared, steps) = (shared.clone(), line.steps);
            Callback::from(move |_: MouseEvent| shared.act(EditAction::Jump(steps)))
        };
        html! {
            <li class={classes!(line.undone.then_some("undone"), line.open.then_some("open"))}>
                <button class="edit" aria-current={line.open.then_some("step")} onclick={jump}>
                    <span class="num">{ line.steps }</span><span>{ &line.words }</span>
                    if line.undone { <span class="fine">{ shared.t("history-undone") }</span> }
                </button>
            </li>
        }
    };
    let more =
        |n: usize, key: &str| (n > 0).then(|| html! { <p class="fine">{ tr(lang, key, &[("n", &count(n))]) }</p> });
    let (at, all) = (count(done), count(done + undone));
    html! {
        <details class="history" id="history" open={*open}>
            <summary onclick={toggle}>{ tr(lang, "history-title", &[("at", &at), ("all", &all)]) }</summary>
            { for more(view.after, "history-after") }
            <ol>{ for view.lines.iter().map(line) }</ol>
            { for more(view.before, "history-before") }
        </details>
    }
}
