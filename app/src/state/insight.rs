//! What the plan and the baseline amount to, territory by territory, as the Compare page knows it.

use super::{AppState, compare::same_work};
use crate::compute::protocol::{Allocating, Insight, InsightNews, InsightTold};
use atlas_core::{catchment::Question, footprint::Choice, profile::Area, scenario::Scenario};
use std::rc::Rc;

/// So many territories are shown beside the clusters.
pub const MOST_AREAS: usize = 3;

/// What is asked and known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Insights {
    /// Number of the question; 0 before the first.
    pub run: u64,
    /// The plan that was asked about.
    pub scenario: Rc<Scenario>,
    /// What was asked about catchments.
    pub question: Option<Rc<Question>>,
    /// Territories beside the clusters.
    pub areas: Rc<Vec<Area>>,
    /// Territories that the last question was about.
    pub(super) asked: Rc<Vec<Area>>,
    /// The account of carbon that is asked for.
    pub carbon: Choice,
    /// The baseline.
    pub base: Option<Rc<Insight>>,
    /// The plan; of an older state of it while that is being worked out anew.
    pub plan: Option<Rc<Insight>>,
    /// True where the plan is told as it is.
    pub fresh: bool,
    /// What is being measured, the baseline (true) or the plan, and how far it is.
    pub far: Option<(bool, Allocating)>,
}

/// Something about territories.
#[derive(Debug)]
pub enum InsightAction {
    /// The plan, as it is now, is wanted. Nothing happens where it is known already.
    Ask,
    /// Other territories beside the clusters; those above [`MOST_AREAS`] are left out.
    Areas(Vec<Area>),
    /// The worker said something.
    Told(Box<InsightTold>),
}

impl From<InsightAction> for super::Action {
    fn from(a: InsightAction) -> Self {
        Self::Insight(a)
    }
}

impl AppState {
    pub(super) fn insight(&mut self, action: InsightAction) {
        match action {
            InsightAction::Ask => self.ask_insight(),
            InsightAction::Areas(mut areas) => {
                areas.truncate(MOST_AREAS);
                self.insights.areas = Rc::new(areas);
                self.ask_insight();
            }
            InsightAction::Told(told) => {
                if told.run == self.insights.run {
                    self.take_insight(told.what);
                }
            }
        }
    }

    pub(super) fn ask_insight(&mut self) {
        // Of one facility alone, or of a cluster's, nothing is compared.
        let question = Question { only: Vec::new(), cluster: None, ..(*self.question).clone() };
        let carbon = self.carbon_choice();
        let scenario = self.document.scenario();
        let known = &self.insights;
        let same = known.run > 0
            && same_work(&known.scenario, scenario)
            && known.question.as_deref() == Some(&question)
            && known.asked == known.areas
            && known.carbon == carbon;
        if same {
            return;
        }
        self.insights.run += 1;
        self.insights.scenario = Rc::new(scenario.clone());
        self.insights.question = Some(Rc::new(question));
        self.insights.asked = Rc::clone(&self.insights.areas);
        self.insights.carbon = carbon;
        self.insights.fresh = false;
        self.insights.far = None;
    }

    fn take_insight(&mut self, news: InsightNews) {
        let known = &mut self.insights;
        match news {
            InsightNews::Far(base, far) => known.far = Some((base, far)),
            InsightNews::Base(found) => known.base = Some(Rc::new(*found)),
            InsightNews::Plan(found) => {
                known.plan = Some(Rc::new(*found));
                known.fresh = true;
                known.far = None;
            }
        }
    }
}
