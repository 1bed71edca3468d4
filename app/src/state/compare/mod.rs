//! Scenarios side by side: which are compared, what the worker has found out of them so far, and what page and map show of it.

mod csv;
mod drawn;
mod rows;
mod sentence;
mod settings;
mod twin;

pub use csv::compare_csv;
pub use drawn::{STRONG, arc, compared_geojson, differing_marks, drawn, side_marks};
pub use rows::{CompareCell, CompareRow, Why, indicator_name, rows};
pub use sentence::{Piece, difference_unit, most_changed, sentence};
pub use settings::{Setting, settings};
pub use twin::{FlowRow, facility_words, flow_rows};

use super::{AppState, BUILT_INS, BuiltIn, ClusterFilter};
use crate::{
    compute::protocol::{Allocating, CompareNews, CompareTold},
    i18n::t,
};
use atlas_core::{
    catchment::Question,
    comparison::{Differences, Outcome},
    model::Cluster,
    scenario::{Document, Plan, Scenario},
};
use std::rc::Rc;

/// So many are compared at most.
pub const MOST: usize = 4;

/// A scenario that can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The plan without changes.
    Baseline,
    /// The plan on the screen.
    Plan,
    /// One that the browser keeps, by its id.
    Kept(String),
    /// One that comes with the app, by its key.
    BuiltIn(&'static str),
}

impl Choice {
    /// The stable key, in lists.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Baseline => "baseline".into(),
            Self::Plan => "plan".into(),
            Self::Kept(id) => format!("kept:{id}"),
            Self::BuiltIn(key) => format!("builtin:{key}"),
        }
    }

    /// The choice of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        match key.split_once(':') {
            None if key == "baseline" => Some(Self::Baseline),
            None if key == "plan" => Some(Self::Plan),
            Some(("kept", id)) => Some(Self::Kept(id.to_owned())),
            Some(("builtin", key)) => BuiltIn::from_key(key).map(|b| Self::BuiltIn(b.key)),
            _ => None,
        }
    }
}

/// A scenario of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Which.
    pub choice: Choice,
    /// It.
    pub scenario: Rc<Scenario>,
    /// Where facilities are in it.
    pub plan: Rc<Plan>,
    /// What it amounts to; of an older question or state of it while that is being worked out anew.
    pub outcome: Option<Rc<Outcome>>,
    /// True where the outcome is that of the scenario as it is.
    pub fresh: bool,
}

/// What the map of the comparison shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CompareMap {
    /// What differs.
    #[default]
    Differences,
    /// Before and after, by travel bands.
    Bands,
    /// Before and after, by flows.
    Flows,
}

impl CompareMap {
    /// All.
    pub const ALL: [Self; 3] = [Self::Differences, Self::Bands, Self::Flows];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Differences => "differences",
            Self::Bands => "bands",
            Self::Flows => "flows",
        }
    }

    /// True where two maps lie side by side.
    #[must_use]
    pub const fn is_swipe(self) -> bool {
        !matches!(self, Self::Differences)
    }
}

/// A part of the page of comparisons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CompareTab {
    /// The clusters, and other territories, side by side.
    #[default]
    Clusters,
    /// Scenarios side by side.
    Scenarios,
    /// Every lever, and what it does.
    Levers,
    /// Carbon and energy.
    Carbon,
    /// From scrap to use and back.
    Loop,
    /// Bands, odds, and what would be worth knowing better.
    Sure,
    /// What breaks the network, and which plan loses least.
    Stress,
}

impl CompareTab {
    /// All.
    pub const ALL: [Self; 7] =
        [Self::Clusters, Self::Scenarios, Self::Levers, Self::Carbon, Self::Loop, Self::Sure, Self::Stress];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Clusters => "clusters",
            Self::Scenarios => "scenarios",
            Self::Levers => "levers",
            Self::Carbon => "carbon",
            Self::Loop => "loop",
            Self::Sure => "sure",
            Self::Stress => "stress",
        }
    }
}

/// Everything about scenarios side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compare {
    /// The open part of the page.
    pub tab: CompareTab,
    /// What a person chose; `None` before: then the baseline is compared with the plan, or with a scenario that comes with the app.
    pub chosen: Option<Vec<Choice>>,
    /// Row of the one that the others are compared with.
    pub reference: usize,
    /// Row of the one that sentence and map show against it.
    pub shown: usize,
    /// Number of the comparison; 0 before the first.
    pub run: u64,
    /// What was asked about catchments.
    pub question: Option<Rc<Question>>,
    /// The scenarios of the comparison.
    pub all: Vec<Compared>,
    /// The row that is being measured, and how far it is.
    pub far: Option<(usize, Allocating)>,
    /// A person has stopped it.
    pub stopped: bool,
    /// What differs between two rows.
    pub between: Option<((u32, u32), Rc<Differences>)>,
    /// Two rows whose bands and flows are drawn.
    pub sides: Option<(u32, u32)>,
    /// What the map shows.
    pub map: CompareMap,
}

/// Something about scenarios side by side.
#[derive(Debug)]
pub enum CompareAction {
    /// Another part of the page.
    Tab(CompareTab),
    /// Another scenario at a row, or one more behind the last.
    Choose(usize, Choice),
    /// A row goes.
    Remove(usize),
    /// The others are compared with this row.
    Reference(usize),
    /// Sentence and map show this row.
    Show(usize),
    /// The map shows something else.
    Map(CompareMap),
    /// What is chosen, as it is now, is to be compared. Nothing happens where it is already.
    Ask,
    /// It stops, or goes on.
    Stop(bool),
    /// The worker said something.
    Told(Box<CompareTold>),
}

impl From<CompareAction> for super::Action {
    fn from(a: CompareAction) -> Self {
        Self::Compare(a)
    }
}

impl Compare {
    /// The two rows that sentence and map show: the reference, and another.
    #[must_use]
    pub fn pair(&self) -> Option<(usize, usize)> {
        let is_other = |i: &usize| *i != self.reference && *i < self.all.len();
        let other = Some(self.shown).filter(is_other).or_else(|| (0..self.all.len()).find(is_other))?;
        (self.reference < self.all.len()).then_some((self.reference, other))
    }

    /// The pair, where both are measured as they are now.
    #[must_use]
    pub fn fresh_pair(&self) -> Option<(u32, u32)> {
        let (a, b) = self.pair()?;
        (self.all[a].fresh && self.all[b].fresh).then_some((a as u32, b as u32))
    }

    /// True while something on the page is older than what was chosen.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.all.iter().any(|c| !c.fresh)
    }

    /// What differs between the pair, where it is known.
    #[must_use]
    pub fn differences(&self) -> Option<&Rc<Differences>> {
        let (pair, found) = self.between.as_ref()?;
        (Some(*pair) == self.fresh_pair()).then_some(found)
    }
}

/// The letter by which a row is called.
#[must_use]
pub const fn letter(row: usize) -> &'static str {
    match row {
        0 => "A",
        1 => "B",
        2 => "C",
        3 => "D",
        _ => "E",
    }
}

/// The cluster that the page shows, or all together.
#[must_use]
pub const fn shown_cluster(state: &AppState) -> Option<Cluster> {
    match state.filter {
        ClusterFilter::All => None,
        ClusterFilter::One(c) => Some(c),
    }
}

impl AppState {
    /// What is chosen, or what stands for it before anything is.
    #[must_use]
    pub fn compare_choices(&self) -> Vec<Choice> {
        let first = || BUILT_INS.get(1).map(|b| Choice::BuiltIn(b.key));
        let untouched = self.document.scenario().changes() == 0;
        let usual = || {
            let other = if untouched { first() } else { Some(Choice::Plan) };
            [Some(Choice::Baseline), other].into_iter().flatten().collect()
        };
        let mut chosen = self.compare.chosen.clone().unwrap_or_else(usual);
        // What was deleted is no choice any more.
        chosen.retain(|c| self.has_choice(c));
        chosen
    }

    /// Everything that can be chosen.
    #[must_use]
    pub fn compare_options(&self) -> Vec<Choice> {
        let kept = self.library.entries.iter().filter(|e| e.id != self.library.open);
        [Choice::Baseline, Choice::Plan]
            .into_iter()
            .chain(kept.map(|e| Choice::Kept(e.id.clone())))
            .chain(BUILT_INS.iter().skip(1).map(|b| Choice::BuiltIn(b.key)))
            .collect()
    }

    fn has_choice(&self, choice: &Choice) -> bool {
        match choice {
            Choice::Baseline | Choice::Plan | Choice::BuiltIn(_) => true,
            Choice::Kept(id) => self.library.entries.iter().any(|e| e.id == *id),
        }
    }

    /// The scenario of a choice.
    #[must_use]
    pub fn compare_scenario(&self, choice: &Choice) -> Option<Rc<Scenario>> {
        match choice {
            Choice::Baseline => Some(Rc::default()),
            Choice::Plan => Some(Rc::new(self.document.scenario().clone())),
            Choice::Kept(id) => self.library.entries.iter().find(|e| e.id == *id).map(|e| Rc::clone(&e.scenario)),
            Choice::BuiltIn(key) => BUILT_INS.iter().find(|b| b.key == *key).map(|b| Rc::new(b.scenario())),
        }
    }

    /// What a choice is called.
    #[must_use]
    pub fn compare_name(&self, choice: &Choice) -> String {
        let named = |name: &str| if name.is_empty() { t(self.lang, "scenario-untitled") } else { name.to_owned() };
        match choice {
            Choice::Baseline => t(self.lang, "compare-baseline"),
            Choice::Plan => named(&self.document.scenario().name),
            Choice::Kept(id) => {
                let found = self.library.entries.iter().find(|e| e.id == *id);
                named(found.map_or("", |e| &e.scenario.name))
            }
            Choice::BuiltIn(key) => {
                BuiltIn::from_key(key).map_or_else(|| (*key).to_owned(), |b| b.about(self.lang).name)
            }
        }
    }

    pub(super) fn compare(&mut self, action: CompareAction) {
        match action {
            CompareAction::Choose(row, choice) => {
                let mut chosen = self.compare_choices();
                if row < chosen.len() {
                    chosen[row] = choice;
                } else if chosen.len() < MOST {
                    chosen.push(choice);
                }
                self.compare.chosen = Some(chosen);
            }
            CompareAction::Remove(row) => {
                let mut chosen = self.compare_choices();
                if row < chosen.len() {
                    chosen.remove(row);
                    let moved = |i: usize| if i > row { i - 1 } else { i };
                    self.compare.reference =
                        if self.compare.reference == row { 0 } else { moved(self.compare.reference) };
                    self.compare.shown = moved(self.compare.shown);
                }
                self.compare.chosen = Some(chosen);
            }
            CompareAction::Reference(row) => {
                // What was compared with is shown against the new one.
                let before = self.compare.reference;
                if self.compare.shown == row {
                    self.compare.shown = before;
                }
                self.compare.reference = row;
            }
            CompareAction::Show(row) => self.compare.shown = row,
            CompareAction::Map(map) => self.compare.map = map,
            CompareAction::Tab(tab) => self.compare.tab = tab,
            CompareAction::Stop(stopped) => {
                self.compare.stopped = stopped;
                self.compare.far = None;
                if !stopped {
                    self.compare.run += 1;
                }
            }
            CompareAction::Ask => self.ask_comparison(),
            CompareAction::Told(told) => {
                if told.run == self.compare.run {
                    self.take_comparison(told.what);
                }
            }
        }
    }

    fn ask_comparison(&mut self) {
        let chosen = self.compare_choices();
        // Of one facility alone, or of a cluster's, nothing is compared.
        let question = Question { only: Vec::new(), cluster: None, ..(*self.question).clone() };
        let same_question = self.compare.question.as_deref() == Some(&question);
        let old = std::mem::take(&mut self.compare.all);
        let mut all: Vec<Compared> = Vec::new();
        for choice in chosen {
            let Some(scenario) = self.compare_scenario(&choice) else { continue };
            let same = old.iter().find(|c| same_work(&c.scenario, &scenario));
            let plan = same.map_or_else(
                || Rc::new(Document::open(&self.baseline, (*scenario).clone()).0.plan().clone()),
                |c| Rc::clone(&c.plan),
            );
            let (outcome, fresh) = match same.filter(|c| c.fresh && same_question) {
                Some(c) => (c.outcome.clone(), true),
                // What was there stays, greyed, until the new comes.
                None => (old.iter().find(|c| c.choice == choice).and_then(|c| c.outcome.clone()), false),
            };
            all.push(Compared { choice, scenario, plan, outcome, fresh });
        }
        let as_before = all.len() == old.len()
            && same_question
            && all.iter().zip(&old).all(|(a, b)| same_work(&a.scenario, &b.scenario));
        self.compare.all = all;
        if as_before && self.compare.run > 0 {
            return;
        }
        self.compare.question = Some(Rc::new(question));
        self.compare.run += 1;
        self.compare.stopped = false;
        self.compare.far = None;
        self.compare.between = None;
        self.compare.sides = None;
    }

    fn take_comparison(&mut self, news: CompareNews) {
        let compare = &mut self.compare;
        match news {
            CompareNews::Far(row, far) => compare.far = (!compare.stopped).then_some((row as usize, far)),
            CompareNews::Measured(row, outcome) => {
                if let Some(c) = compare.all.get_mut(row as usize) {
                    c.outcome = Some(Rc::new(*outcome));
                    c.fresh = true;
                }
                compare.far = None;
            }
            CompareNews::Between(a, b, found) => compare.between = Some(((a, b), Rc::new(*found))),
            CompareNews::Sides(a, b) => compare.sides = Some((a, b)),
        }
    }
}

/// True where two scenarios have the same results: their words do not matter.
pub(super) fn same_work(a: &Scenario, b: &Scenario) -> bool {
    a.edits == b.edits && a.levers == b.levers && a.parameters == b.parameters && a.goal == b.goal
}

#[cfg(test)]
mod tests;
