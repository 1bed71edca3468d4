//! Stories: those that come with the app, the person's own, and what changes them. Playing one is next door.

use super::AppState;
use crate::i18n::Lang;
use atlas_core::{
    diagnostics::Diagnostic,
    format::story,
    model::Name,
    scenario::{Spot, Step, StepScenario, Story, View},
};
use std::rc::Rc;

/// A story that comes with the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltInStory {
    /// The stable key.
    pub key: &'static str,
    file: &'static str,
}

/// All of them.
pub const BUILT_IN_STORIES: [BuiltInStory; 1] =
    [BuiltInStory { key: "three-clusters", file: include_str!("../../../seeds/stories/three-clusters.json") }];

impl BuiltInStory {
    /// The story.
    ///
    /// # Panics
    /// Where the file that was built in is none: a test reads them all.
    #[must_use]
    pub fn story(&self) -> Story {
        story::read(self.file).expect("a file that is tested").0
    }
}

/// How many changes can be taken back.
const MOST_PAST: usize = 50;

/// A story of the person's own.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnStory {
    /// Its id in this browser.
    pub id: String,
    /// The story.
    pub story: Rc<Story>,
}

/// Which story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoryRef {
    /// One that comes with the app, by key.
    BuiltIn(&'static str),
    /// One of the person's own, by id.
    Own(String),
}

/// All stories, and which one is open on the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stories {
    /// The person's own, in the order in which they were made.
    pub own: Rc<Vec<OwnStory>>,
    /// The open one.
    pub open: Option<StoryRef>,
    /// True once the browser was looked through: before that nothing is kept.
    pub looked: bool,
    /// Own stories before each change, the newest last.
    past: Vec<Rc<Vec<OwnStory>>>,
    /// What can be brought back was a whole story.
    pub deleted: bool,
}

/// Something about stories.
#[derive(Clone, Debug)]
pub enum StoryAction {
    /// The browser was looked through, or another tab kept others.
    Looked(Vec<(String, Story)>, Vec<Diagnostic>),
    /// The browser keeps nothing.
    Trouble,
    /// Another story is looked at.
    Open(StoryRef),
    /// A story comes to the person's own, under an id, with what was wrong with its file.
    Add(String, Box<Story>, Vec<Diagnostic>),
    /// One goes.
    Delete(String),
    /// A new title of the open one, in a language.
    Title(Lang, String),
    /// A step behind the last of the open one.
    AddStep(Box<Step>),
    /// A step of the open one changes.
    Step(usize, Box<StepEdit>),
    /// Takes the last change of a story back.
    Undo,
    /// A story is told from a step on; the map was at a place.
    Play(Rc<Story>, usize),
    /// Another step.
    Go(usize),
    /// The next step; there is none behind the last.
    Next,
    /// The one before.
    Previous,
    /// The list of steps opens or closes.
    Overview(bool),
    /// It ends, and the person's own plan comes back.
    Stop,
}

/// What changes in a step.
#[derive(Clone, Debug)]
pub enum StepEdit {
    /// Its title, in a language.
    Title(Lang, String),
    /// Its text, in a language.
    Text(Lang, String),
    /// Its scenario.
    Scenario(StepScenario),
    /// What of it is looked at.
    View(View),
    /// Something more that it names.
    AddSpot(Spot),
    /// Something less.
    RemoveSpot(usize),
    /// It goes to another place in the order.
    To(usize),
    /// It goes.
    Remove,
}

/// The words of a language to be set.
pub const fn words_of(name: &mut Name, lang: Lang) -> &mut String {
    match lang {
        Lang::Zh => &mut name.zh,
        Lang::En => &mut name.en,
    }
}

impl Stories {
    /// The story of a reference.
    #[must_use]
    pub fn get(&self, of: &StoryRef) -> Option<Rc<Story>> {
        match of {
            StoryRef::BuiltIn(key) => BUILT_IN_STORIES.iter().find(|b| b.key == *key).map(|b| Rc::new(b.story())),
            StoryRef::Own(id) => self.own.iter().find(|o| o.id == *id).map(|o| Rc::clone(&o.story)),
        }
    }

    /// True where a change can be taken back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    fn remember(&mut self) {
        self.past.push(Rc::clone(&self.own));
        if self.past.len() > MOST_PAST {
            self.past.remove(0);
        }
        self.deleted = false;
    }

    /// Changes the open story, where it is the person's own.
    fn change(&mut self, how: impl FnOnce(&mut Story) -> bool) {
        let Some(StoryRef::Own(id)) = &self.open else { return };
        let Some(row) = self.own.iter().position(|o| o.id == *id) else { return };
        let mut story = (*self.own[row].story).clone();
        if how(&mut story) && story != *self.own[row].story {
            self.remember();
            Rc::make_mut(&mut self.own)[row].story = Rc::new(story);
        }
    }
}

impl AppState {
    /// What happens to stories that are not being told.
    pub(super) fn change_stories(&mut self, action: StoryAction) {
        match action {
            StoryAction::Looked(found, problems) => {
                self.tell(problems);
                // What is there already is newer than what was found.
                let own = Rc::make_mut(&mut self.stories.own);
                for (id, story) in found {
                    if !own.iter().any(|o| o.id == id) {
                        own.push(OwnStory { id, story: Rc::new(story) });
                    }
                }
                self.stories.looked = true;
            }
            StoryAction::Trouble => {
                self.tell(vec![Diagnostic::error("stories-not-kept", "", "", "")]);
                self.stories.looked = true;
            }
            StoryAction::Open(of) => self.stories.open = Some(of),
            StoryAction::Add(id, story, problems) => {
                self.tell(problems);
                self.stories.remember();
                Rc::make_mut(&mut self.stories.own).push(OwnStory { id: id.clone(), story: Rc::new(*story) });
                self.stories.open = Some(StoryRef::Own(id));
            }
            StoryAction::Delete(id) => {
                self.stories.remember();
                self.stories.deleted = true;
                Rc::make_mut(&mut self.stories.own).retain(|o| o.id != id);
                if self.stories.open == Some(StoryRef::Own(id)) {
                    self.stories.open = None;
                }
            }
            StoryAction::Title(lang, text) => self.stories.change(|s| {
                *words_of(&mut s.title, lang) = text;
                true
            }),
            StoryAction::AddStep(step) => self.stories.change(|s| {
                s.steps.push(*step);
                true
            }),
            StoryAction::Step(row, edit) => self.stories.change(|s| change_step(s, row, *edit)),
            StoryAction::Undo => {
                if let Some(before) = self.stories.past.pop() {
                    // A story that comes back is looked at again.
                    let back = before.iter().find(|o| !self.stories.own.iter().any(|n| n.id == o.id));
                    if let Some(back) = back {
                        self.stories.open = Some(StoryRef::Own(back.id.clone()));
                    }
                    self.stories.own = before;
                    self.stories.deleted = false;
                    if let Some(StoryRef::Own(id)) = &self.stories.open
                        && !self.stories.own.iter().any(|o| o.id == *id)
                    {
                        self.stories.open = None;
                    }
                }
            }
            StoryAction::Play(..)
            | StoryAction::Go(_)
            | StoryAction::Next
            | StoryAction::Previous
            | StoryAction::Overview(_)
            | StoryAction::Stop => {}
        }
    }

    /// A step of what is on the screen now: an untouched plan is the baseline, another one is kept in the step as it is.
    #[must_use]
    pub fn step_now(&self, camera: Option<(atlas_core::geo::LonLat, f64)>) -> Step {
        let scenario = self.document.scenario();
        let scenario = if scenario.is_untouched() {
            StepScenario::BuiltIn(StepScenario::BASELINE.to_owned())
        } else {
            StepScenario::Inline(Box::new(scenario.clone()))
        };
        let spotlight = self.selected.iter().cloned().map(Spot::Facility).collect();
        Step { scenario, view: self.view_now(camera), spotlight, ..Step::default() }
    }
}

/// True where the step is there.
fn change_step(story: &mut Story, row: usize, edit: StepEdit) -> bool {
    let last = story.steps.len().saturating_sub(1);
    let Some(step) = story.steps.get_mut(row) else { return false };
    match edit {
        StepEdit::Title(lang, text) => *words_of(&mut step.title, lang) = text,
        StepEdit::Text(lang, text) => *words_of(&mut step.text, lang) = text,
        StepEdit::Scenario(scenario) => step.scenario = scenario,
        StepEdit::View(view) => step.view = view,
        StepEdit::AddSpot(spot) => {
            if !step.spotlight.contains(&spot) {
                step.spotlight.push(spot);
            }
        }
        StepEdit::RemoveSpot(i) => {
            if i < step.spotlight.len() {
                step.spotlight.remove(i);
            }
        }
        StepEdit::To(to) => {
            let step = story.steps.remove(row);
            story.steps.insert(to.min(last), step);
        }
        StepEdit::Remove => {
            story.steps.remove(row);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Theme;

    fn with_story() -> AppState {
        let mut state = AppState::new(Lang::En, Theme::Light);
        state.change_stories(StoryAction::Looked(vec![], vec![]));
        let step = |en: &str| Step { title: Name { zh: String::new(), en: en.into() }, ..Step::default() };
        let story = Story { steps: vec![step("a"), step("b"), step("c")], ..Story::default() };
        state.change_stories(StoryAction::Add("s".into(), Box::new(story), vec![]));
        state
    }

    fn order(state: &AppState) -> String {
        state.stories.own.iter().flat_map(|o| o.story.steps.iter().map(|s| s.title.en.clone())).collect()
    }

    #[test]
    fn steps_change_their_order_and_every_change_is_taken_back() {
        let mut state = with_story();
        let edit = |state: &mut AppState, row, edit| state.change_stories(StoryAction::Step(row, Box::new(edit)));
        edit(&mut state, 0, StepEdit::To(2));
        assert_eq!(order(&state), "bca");
        edit(&mut state, 1, StepEdit::To(9));
        assert_eq!(order(&state), "bac");
        edit(&mut state, 0, StepEdit::Remove);
        edit(&mut state, 7, StepEdit::Remove);
        edit(&mut state, 0, StepEdit::Title(Lang::Zh, "甲".into()));
        assert_eq!(state.stories.own[0].story.steps[0].title.zh, "甲");
        for expected in ["ac", "bac", "bca", "abc"] {
            state.change_stories(StoryAction::Undo);
            assert_eq!(order(&state), expected);
        }
    }

    #[test]
    fn a_deleted_story_comes_back() {
        let mut state = with_story();
        state.change_stories(StoryAction::Delete("s".into()));
        assert!(state.stories.own.is_empty() && state.stories.open.is_none() && state.stories.deleted);
        state.change_stories(StoryAction::Undo);
        assert_eq!((order(&state).as_str(), &state.stories.open), ("abc", &Some(StoryRef::Own("s".into()))));
        state.change_stories(StoryAction::Undo);
        assert!(state.stories.own.is_empty() && !state.stories.can_undo());
    }

    #[test]
    fn the_built_in_one_is_not_changed() {
        let mut state = with_story();
        state.change_stories(StoryAction::Open(StoryRef::BuiltIn("three-clusters")));
        let before = state.stories.clone();
        state.change_stories(StoryAction::Title(Lang::En, "mine".into()));
        assert_eq!(state.stories, before);
    }
}
