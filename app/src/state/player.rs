//! A story while it is told. The person's own plan and view wait untouched and come back at the end; whatever happens to the plan
//! in between happens to the one that waits.

use super::{
    Action, AppState, BuiltIn, FlowFilter, Journey, Layers, ResultsTab, SitingAction, StoryAction, Theme, Tool,
    ViewAction,
};
use atlas_core::{
    diagnostics::Diagnostic,
    model::Stream,
    scenario::{Document, Step, StepScenario, Story},
};
use std::rc::Rc;

/// A story that is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Playing {
    /// The story; it has a step.
    pub story: Rc<Story>,
    /// The step on the screen.
    pub step: usize,
    /// The list of steps is open.
    pub overview: bool,
    own: Held,
}

/// What waits. Two are the same where they are one.
#[derive(Clone, Debug)]
struct Held(Rc<AppState>);

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Playing {
    /// The step on the screen.
    #[must_use]
    pub fn now(&self) -> &Step {
        &self.story.steps[self.step]
    }
}

impl AppState {
    /// The person's own plan: the one on the screen, but for a story.
    #[must_use]
    pub fn own_document(&self) -> &Rc<Document> {
        self.playing.as_ref().map_or(&self.document, |p| &p.own.0.document)
    }

    /// Takes what a story lets through while it is told: nothing that would change the plan on the screen. `None` where the
    /// action was dealt with.
    pub(super) fn while_playing(&mut self, action: Action) -> Option<Action> {
        match action {
            Action::Edit(_) => None,
            Action::Siting(SitingAction::Told(told)) => Some(Action::Siting(SitingAction::Told(told))),
            Action::Siting(_) => None,
            // What is kept is the plan that waits.
            Action::Keep(action) => {
                if let Some(playing) = &mut self.playing {
                    let own = Rc::make_mut(&mut playing.own.0);
                    own.keep(action);
                    let own = Rc::clone(&playing.own.0);
                    self.keeping = own.keeping.clone();
                    self.library = own.library.clone();
                }
                None
            }
            other => Some(other),
        }
    }

    /// What happens to the story that is told.
    pub(super) fn play(&mut self, action: StoryAction) {
        match action {
            StoryAction::Play(story, step) => {
                if story.steps.is_empty() || !self.has_baseline() || self.playing.is_some() {
                    return;
                }
                let own = Held(Rc::new(self.clone()));
                self.drag = None;
                self.notice = None;
                self.siting.open = false;
                self.journey = Journey::default();
                self.flow_filter = FlowFilter::default();
                self.spots_of = Stream::Al;
                if self.theme == Theme::Light {
                    self.theme = Theme::Projector;
                }
                let step = step.min(story.steps.len() - 1);
                self.playing = Some(Playing { story, step, overview: false, own });
                self.show_step(None);
            }
            StoryAction::Go(step) => self.go(step),
            StoryAction::Next => {
                if let Some(at) = self.playing.as_ref().map(|p| p.step) {
                    self.go(at + 1);
                }
            }
            StoryAction::Previous => {
                if let Some(at) = self.playing.as_ref().map(|p| p.step).filter(|at| *at > 0) {
                    self.go(at - 1);
                }
            }
            StoryAction::Overview(open) => {
                if let Some(playing) = &mut self.playing {
                    playing.overview = open;
                }
            }
            StoryAction::Stop => self.stop(),
            other => self.change_stories(other),
        }
    }

    fn go(&mut self, step: usize) {
        let Some(playing) = &mut self.playing else { return };
        playing.overview = false;
        if step >= playing.story.steps.len() || step == playing.step {
            return;
        }
        let before = std::mem::replace(&mut playing.step, step);
        self.show_step(Some(before));
    }

    /// Puts the step on the screen; `before` was there, and where it has the same scenario the figures stay.
    fn show_step(&mut self, before: Option<usize>) {
        let Some(playing) = self.playing.clone() else { return };
        let step = playing.now();
        self.notice = None;
        if before.is_none_or(|b| playing.story.steps[b].scenario != step.scenario) {
            let (document, problems) = self.step_document(&step.scenario, &playing);
            if !Rc::ptr_eq(&document, &self.document) {
                self.document = document;
                self.generation += 1;
            }
            self.tell(problems);
        }
        self.tool = Tool::Select;
        self.told = None;
        self.told_pick = None;
        self.stream = None;
        self.prefecture = None;
        self.results = ResultsTab::default();
        self.layers = Layers::default();
        self.view(ViewAction::Show(step.view.clone()));
    }

    fn step_document(&self, scenario: &StepScenario, playing: &Playing) -> (Rc<Document>, Vec<Diagnostic>) {
        let open = |scenario| {
            let (document, problems) = Document::open(&self.baseline, scenario);
            (Rc::new(document), problems)
        };
        match scenario {
            StepScenario::OnScreen => (Rc::clone(&playing.own.0.document), vec![]),
            StepScenario::Inline(own) => open((**own).clone()),
            StepScenario::BuiltIn(key) => match BuiltIn::from_key(key) {
                Some(found) => open(found.scenario()),
                None if key == StepScenario::BASELINE => (Rc::new(Document::new(&self.baseline)), vec![]),
                None => {
                    let problem = Diagnostic::error("story-no-scenario", key, "", "The baseline is shown instead.");
                    (Rc::new(Document::new(&self.baseline)), vec![problem])
                }
            },
        }
    }

    /// The person's own plan and view come back, as they were.
    fn stop(&mut self) {
        let Some(playing) = self.playing.take() else { return };
        let own = playing.own.0;
        if self.theme == Theme::Projector && own.theme == Theme::Light {
            self.theme = own.theme;
        }
        self.document = Rc::clone(&own.document);
        self.generation += 1;
        self.selected = own.selected.clone();
        self.focus = None;
        self.prefecture = own.prefecture;
        self.stream = own.stream;
        self.layers = own.layers;
        self.results = own.results;
        self.tool = own.tool;
        self.notice = own.notice.clone();
        self.journey = own.journey.clone();
        self.flow_filter = own.flow_filter;
        self.spots_of = own.spots_of;
        self.siting.open = own.siting.open;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Lang,
        state::{EditAction, KeepAction, LoadAction},
    };
    use atlas_core::{
        model::{Baseline, Cluster, Name, Origin, Parameter, Parameters, Prefecture},
        scenario::{Change, Scenario, View},
    };
    use yew::Reducible;

    const KEY: &str = "price.carbon.all";

    fn baseline() -> Baseline {
        let parameter = Parameter {
            key: KEY.into(),
            value: 90.0,
            low: None,
            high: None,
            unit: "yuan/t".into(),
            origin: Origin::default(),
            default: None,
        };
        Baseline {
            prefectures: vec![Prefecture { cluster: Some(Cluster::Yrd), ..Prefecture::default() }],
            parameters: Parameters::new(vec![parameter]),
            ..Baseline::default()
        }
    }

    fn set(state: &AppState) -> Option<f64> {
        state.document.scenario().parameters.get(KEY).copied()
    }

    fn story() -> Rc<Story> {
        let own = Scenario { parameters: [(KEY.to_owned(), 50.0)].into(), ..Scenario::default() };
        let view = View { layers: Some(vec!["layer-flows".into()]), ..View::default() };
        let steps = vec![
            Step { scenario: StepScenario::BuiltIn("baseline".into()), ..Step::default() },
            Step { scenario: StepScenario::Inline(Box::new(own)), view, ..Step::default() },
            Step { scenario: StepScenario::OnScreen, ..Step::default() },
            Step { scenario: StepScenario::BuiltIn("nobody".into()), ..Step::default() },
        ];
        Rc::new(Story { title: Name::default(), steps, ..Story::default() })
    }

    fn with_plan() -> Rc<AppState> {
        let actions: Vec<Action> = vec![
            LoadAction::Baseline(Box::new(baseline())).into(),
            KeepAction::Looked { kept: None, problems: vec![] }.into(),
            EditAction::Make(Change::Parameter(KEY.into(), Some(70.0))).into(),
        ];
        actions.into_iter().fold(Rc::new(AppState::new(Lang::En, Theme::Light)), Reducible::reduce)
    }

    #[test]
    fn the_own_plan_waits_and_comes_back() {
        let start = with_plan();
        let playing = start.clone().reduce(StoryAction::Play(story(), 0).into());
        assert_eq!((set(&playing), playing.theme), (None, Theme::Projector));
        assert!(Rc::ptr_eq(playing.own_document(), &start.document));
        let second = playing.reduce(StoryAction::Next.into());
        assert_eq!((set(&second), second.layers.shows(crate::state::MapLayer::Flows)), (Some(50.0), true));
        // Nobody edits what is told.
        let generation = second.generation;
        let second = second.reduce(EditAction::Make(Change::Parameter(KEY.into(), Some(80.0))).into());
        let second = second.reduce(EditAction::Undo.into());
        assert_eq!((set(&second), second.generation), (Some(50.0), generation));
        let third = second.reduce(StoryAction::Next.into());
        assert_eq!(set(&third), Some(70.0), "the plan on the screen");
        let last = third.reduce(StoryAction::Go(3).into());
        assert_eq!(last.notice.as_ref().unwrap().problems[0].code, "story-no-scenario");
        let last = last.reduce(StoryAction::Next.into());
        assert_eq!(last.playing.as_ref().unwrap().step, 3);
        let end = last.reduce(StoryAction::Stop.into());
        assert!(end.playing.is_none() && end.notice.is_none());
        assert!(Rc::ptr_eq(&end.document, &start.document));
        assert_eq!((end.layers, end.theme, end.document.can_undo()), (start.layers, Theme::Light, true));
    }

    #[test]
    fn what_is_kept_meanwhile_is_the_own_plan() {
        let playing = with_plan().reduce(StoryAction::Play(story(), 1).into());
        let playing = playing.reduce(KeepAction::Anew.into());
        assert_eq!((set(&playing), playing.own_document().scenario().parameters.len()), (Some(50.0), 0));
        let end = playing.reduce(StoryAction::Stop.into());
        assert_eq!(set(&end), None);
        assert_eq!(set(&end.reduce(KeepAction::Back.into())), Some(70.0));
    }

    #[test]
    fn an_empty_story_is_not_told() {
        assert!(with_plan().reduce(StoryAction::Play(Rc::default(), 0).into()).playing.is_none());
    }
}
