//! A scenario under the pen: the plan it makes, and undo and redo.

use super::{Before, Edit, EditError, Goal, GoalError, Lever, LeverError, ParameterError, Plan, Scenario, parameter};
use crate::{diagnostics::Diagnostic, model::Baseline};
use std::{collections::BTreeMap, sync::Arc};
use thiserror::Error;

/// One thing that a person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An edit of the plan.
    Edit(Edit),
    /// Several edits that count as one: all of them are made, or none.
    Edits(Vec<Edit>),
    /// A lever set, or with `None` put back.
    Lever(Lever, Option<f64>),
    /// A parameter set, or with `None` put back.
    Parameter(String, Option<f64>),
    /// Several parameters that count as one: all of them are set, or none.
    Parameters(BTreeMap<String, Option<f64>>),
    /// What the allocation is asked for, all of it.
    Goal(Goal),
}

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ChangeError {
    /// The edit does not fit the plan.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The lever does not take the value.
    #[error(transparent)]
    Lever(#[from] LeverError),
    /// The parameter does not take the value, or is not there.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// The goal cannot be.
    #[error(transparent)]
    Goal(#[from] GoalError),
}

/// Scenario, plan and history, always in step. Copies share the steps of the history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    scenario: Scenario,
    plan: Plan,
    done: Vec<Arc<Step>>,
    /// What was taken back, the next to be made again last.
    undone: Vec<Arc<Step>>,
}

#[derive(Clone, Debug, PartialEq)]
struct Step {
    change: Change,
    inverse: Inverse,
}

/// What takes a change back. It needs no check: it was there before.
#[derive(Clone, Debug, PartialEq)]
enum Inverse {
    Edit(Before),
    /// The plan before, and how many edits came.
    Edits(Plan, usize),
    Lever(Lever, Option<f64>),
    Parameter(String, Option<f64>),
    /// All that were set before.
    Parameters(BTreeMap<String, f64>),
    Goal(Goal),
}

impl Document {
    /// An empty scenario over the baseline.
    #[must_use]
    pub fn new(baseline: &Baseline) -> Self {
        Self { plan: Plan::baseline(baseline), ..Self::default() }
    }

    /// A scenario opened from a file. Edits that do not fit are left out, each with a diagnostic; the rest is kept.
    #[must_use]
    pub fn open(baseline: &Baseline, scenario: Scenario) -> (Self, Vec<Diagnostic>) {
        let mut doc = Self::new(baseline);
        let Scenario { name, note, author, unknown, edits, levers, parameters, goal } = scenario;
        (doc.scenario.name, doc.scenario.note, doc.scenario.author, doc.scenario.unknown) =
            (name, note, author, unknown);
        let mut problems = Vec::new();
        // Where everything fits, as it nearly always does, nothing is tried one by one.
        let edits = match doc.make(baseline, Change::Edits(edits.clone())) {
            Ok(()) => Vec::new(),
            Err(_) => edits,
        };
        for (i, edit) in edits.into_iter().enumerate() {
            if let Err(e) = doc.make(baseline, Change::Edit(edit)) {
                problems.push(Diagnostic::error(
                    e.code(),
                    format!("edit {}", i + 1),
                    e.to_string(),
                    "The edit was left out; check the id and the values in the file.",
                ));
            }
        }
        for lever in Lever::ALL {
            if let Some(value) = levers.get(lever)
                && let Err(e) = doc.make(baseline, Change::Lever(lever, Some(value)))
            {
                problems.push(Diagnostic::error(
                    e.code(),
                    format!("lever {lever:?}"),
                    e.to_string(),
                    "The lever was left at its default; choose a value in the range.",
                ));
            }
        }
        for (key, value) in parameters {
            if let Err(e) = doc.make(baseline, Change::Parameter(key.clone(), Some(value))) {
                problems.push(Diagnostic::error(
                    e.code(),
                    format!("parameter {key}"),
                    e.to_string(),
                    "The parameter keeps the table's value; check its key and choose a value in the range.",
                ));
            }
        }
        let (goal, unsound) = goal.sound();
        doc.scenario.goal = goal;
        problems.extend(unsound.iter().map(|e| {
            Diagnostic::error(
                e.code(),
                "goal",
                e.to_string(),
                "That part of the goal was left out; correct it in the file and open it again.",
            )
        }));
        // What a file holds is where the person starts, not something to undo.
        doc.done.clear();
        (doc, problems)
    }

    /// The scenario as it would be saved.
    #[must_use]
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The plan that the edits make.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Renames the scenario. Not part of the history.
    pub fn rename(&mut self, name: String) {
        self.scenario.name = name;
    }

    /// Says who made the scenario and what they want to say about it. Not part of the history.
    pub fn describe(&mut self, note: String, author: String) {
        (self.scenario.note, self.scenario.author) = (note, author);
    }

    /// Makes a change. What had been undone is gone then.
    ///
    /// # Errors
    /// Where the change does not fit; nothing has changed then.
    pub fn make(&mut self, baseline: &Baseline, change: Change) -> Result<(), ChangeError> {
        let inverse = self.enact(baseline, &change)?;
        match &change {
            Change::Edit(edit) => self.scenario.edits.push(edit.clone()),
            Change::Edits(edits) => self.scenario.edits.extend_from_slice(edits),
            Change::Lever(..) | Change::Parameter(..) | Change::Parameters(_) | Change::Goal(_) => {}
        }
        self.done.push(Arc::new(Step { change, inverse }));
        self.undone.clear();
        Ok(())
    }

    /// What was done since the scenario was opened, the oldest first.
    pub fn done(&self) -> impl ExactSizeIterator<Item = &Change> + DoubleEndedIterator {
        self.done.iter().map(|step| &step.change)
    }

    /// What was taken back and can be made again, the next first.
    pub fn undone(&self) -> impl ExactSizeIterator<Item = &Change> + DoubleEndedIterator {
        self.undone.iter().rev().map(|step| &step.change)
    }

    /// Goes to where so many steps are done, back or forward; false where that is where it is, or where there are not as many.
    pub fn jump(&mut self, baseline: &Baseline, steps: usize) -> bool {
        let from = self.done.len();
        if steps == from || steps > from + self.undone.len() {
            return false;
        }
        while self.done.len() > steps && self.undo(baseline) {}
        while self.done.len() < steps && self.redo(baseline) {}
        true
    }

    /// True where there is something to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// True where there is something to do again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes back the last change; false where there is none.
    pub fn undo(&mut self, _baseline: &Baseline) -> bool {
        let Some(step) = self.done.pop() else { return false };
        // A copy of the document may hold the step as well.
        match step.inverse.clone() {
            Inverse::Edit(before) => {
                self.plan.take_back(before);
                self.scenario.edits.pop();
            }
            Inverse::Edits(plan, count) => {
                self.plan = plan;
                self.scenario.edits.truncate(self.scenario.edits.len() - count);
            }
            Inverse::Lever(lever, value) => {
                self.scenario.levers.set(lever, value).expect("a value that was set is in the range");
            }
            Inverse::Parameter(key, Some(value)) => _ = self.scenario.parameters.insert(key, value),
            Inverse::Parameter(key, None) => _ = self.scenario.parameters.remove(&key),
            Inverse::Parameters(before) => self.scenario.parameters = before,
            Inverse::Goal(goal) => self.scenario.goal = goal,
        }
        self.undone.push(step);
        true
    }

    /// Makes the last change again that was taken back; false where there is none.
    pub fn redo(&mut self, baseline: &Baseline) -> bool {
        let Some(step) = self.undone.pop() else { return false };
        let rest = std::mem::take(&mut self.undone);
        self.make(baseline, step.change.clone()).expect("a change that was made fits again");
        self.undone = rest;
        true
    }

    fn enact(&mut self, baseline: &Baseline, change: &Change) -> Result<Inverse, ChangeError> {
        Ok(match change {
            Change::Edit(edit) => Inverse::Edit(self.plan.apply(baseline, edit)?),
            Change::Edits(edits) => {
                let mut plan = self.plan.clone();
                plan.apply_all(baseline, edits)?;
                Inverse::Edits(std::mem::replace(&mut self.plan, plan), edits.len())
            }
            Change::Lever(lever, value) => Inverse::Lever(*lever, self.scenario.levers.set(*lever, *value)?),
            Change::Parameter(key, value) => {
                let before = parameter::put(&mut self.scenario.parameters, baseline, &self.plan, key, *value)?;
                Inverse::Parameter(key.clone(), before)
            }
            Change::Parameters(values) => {
                let mut set = self.scenario.parameters.clone();
                for (key, value) in values {
                    parameter::put(&mut set, baseline, &self.plan, key, *value)?;
                }
                Inverse::Parameters(std::mem::replace(&mut self.scenario.parameters, set))
            }
            Change::Goal(goal) => match goal.problems().into_iter().next() {
                Some(problem) => return Err(problem.into()),
                None => Inverse::Goal(std::mem::replace(&mut self.scenario.goal, goal.clone())),
            },
        })
    }
}

impl ChangeError {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Edit(e) => e.code(),
            Self::Lever(_) => "lever-out-of-range",
            Self::Parameter(e) => e.code(),
            Self::Goal(e) => e.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geo::LonLat,
        model::{FacilityKind, Name, Origin, Parameter, Parameters, Prefecture},
        scenario::NewFacility,
    };
    use proptest::prelude::*;

    fn baseline() -> Baseline {
        let prefecture = |adcode, cluster, lon, lat| Prefecture {
            adcode,
            cluster: Some(cluster),
            seat: LonLat::new(lon, lat),
            people: 1.0,
            ..Prefecture::default()
        };
        let mut base = Baseline {
            prefectures: vec![
                prefecture(310000, crate::model::Cluster::Yrd, 121.5, 31.2),
                prefecture(440100, crate::model::Cluster::Prd, 113.3, 23.1),
            ],
            parameters: Parameters::new(vec![Parameter {
                key: "price.carbon.all".into(),
                value: 90.0,
                low: Some(60.0),
                high: Some(105.0),
                unit: "yuan/t".into(),
                origin: Origin::default(),
                default: None,
            }]),
            ..Baseline::default()
        };
        let mut plan = Plan::default();
        for (id, lon) in [("CP1", 121.0), ("CP2", 113.0)] {
            plan.apply(&base, &Edit::Add(new(id, lon))).unwrap();
        }
        base.facilities = plan.facilities().iter().map(|p| p.facility.clone()).collect();
        base
    }

    fn new(id: &str, lon: f64) -> NewFacility {
        NewFacility {
            id: id.into(),
            kind: FacilityKind::CollectionPoint,
            name: Name::default(),
            at: LonLat::new(lon, 30.0),
            metals: vec![],
            capacity_t: None,
        }
    }

    fn changes() -> impl Strategy<Value = Change> {
        let id = prop::sample::select(vec!["CP1", "CP2", "U1", "U2"]);
        (0..12u8, id, 110.0..123.0f64).prop_map(|(op, id, lon)| {
            let id = id.to_owned();
            match op {
                0 => Change::Edit(Edit::Add(new(&id, lon))),
                1 => Change::Edit(Edit::Move { id, to: LonLat::new(lon, 30.0) }),
                2 => Change::Edit(Edit::Close { id }),
                3 => Change::Edit(Edit::Reopen { id }),
                4 => Change::Edit(Edit::Remove { id }),
                5 => Change::Edit(Edit::SetCapacity {
                    id,
                    tonnes: (lon < 121.0).then_some(250.0 * libm::trunc(lon - 110.0)),
                }),
                6 => Change::Edit(Edit::SetCapacity { id, tonnes: (lon < 116.0).then_some(lon - 111.0) }),
                7 => Change::Goal(Goal { max_co2_t: Some(lon - 113.0), ..Goal::default() }),
                8 => Change::Edits(vec![
                    Edit::Close { id: "CP1".into() },
                    Edit::Add(new("U3", lon)),
                    Edit::Add(new(&id, lon)),
                    Edit::Move { id, to: LonLat::new(lon, 30.0) },
                ]),
                9 => Change::Parameter("price.carbon.all".into(), Some((lon - 109.0) * 100.0).filter(|v| *v > 300.0)),
                10 => Change::Parameters(
                    [
                        ("price.carbon.all".into(), Some((lon - 109.0) * 100.0).filter(|v| *v > 300.0)),
                        ("scrap.generated.310000.al".into(), (lon > 115.0).then_some(lon - 116.0)),
                    ]
                    .into(),
                ),
                _ => Change::Lever(Lever::RecoveryRate, Some((lon - 100.0) / 23.0)),
            }
        })
    }

    proptest! {
        #[test]
        fn undoing_everything_is_the_start_and_redoing_it_the_end(all in prop::collection::vec(changes(), 0..40)) {
            let base = baseline();
            let start = Document::new(&base);
            let mut doc = start.clone();
            for change in all {
                let before = doc.clone();
                if doc.make(&base, change).is_err() {
                    prop_assert_eq!(&before, &doc);
                }
            }
            let end = doc.clone();
            while doc.undo(&base) {}
            prop_assert_eq!(doc.scenario(), start.scenario());
            prop_assert_eq!(doc.plan(), start.plan());
            while doc.redo(&base) {}
            prop_assert_eq!(&doc, &end);
            let (steps, all) = (end.done().len(), end.done().cloned().collect::<Vec<_>>());
            prop_assert_eq!(doc.jump(&base, steps / 2), steps > 0);
            let split: Vec<_> = doc.done().chain(doc.undone()).cloned().collect();
            prop_assert_eq!((doc.done().len(), split), (steps / 2, all));
            prop_assert!(!doc.jump(&base, steps + 1));
            doc.jump(&base, steps);
            prop_assert_eq!(&doc, &end);
            // The edits alone make the same plan again.
            let (again, problems) = Document::open(&base, end.scenario().clone());
            prop_assert_eq!(again.plan(), end.plan());
            prop_assert!(problems.is_empty());
        }
    }

    #[test]
    fn a_bad_edit_in_a_file_loses_nothing_else() {
        let base = baseline();
        let edits = vec![Edit::Close { id: "nobody".into() }, Edit::Close { id: "CP1".into() }];
        let (doc, problems) = Document::open(&base, Scenario { edits, ..Scenario::default() });
        assert_eq!(doc.scenario().edits.len(), 1);
        assert_eq!(problems.len(), 1);
        assert_eq!((problems[0].code.as_str(), problems[0].subject.as_str()), ("edit-unknown-facility", "edit 1"));
    }

    #[test]
    fn a_goal_that_cannot_be_is_refused_and_in_a_file_loses_only_its_bad_part() {
        let base = baseline();
        let goal = Goal { max_co2_t: Some(-1.0), max_cross_cluster_t: Some(5.0), ..Goal::default() };
        let mut doc = Document::new(&base);
        let refused = doc.make(&base, Change::Goal(goal.clone())).unwrap_err();
        assert_eq!((refused.code(), doc.scenario().is_untouched()), ("goal-bad-limit", true));
        let (doc, problems) = Document::open(&base, Scenario { goal, ..Scenario::default() });
        assert_eq!((problems.len(), problems[0].code.as_str()), (1, "goal-bad-limit"));
        assert_eq!(doc.scenario().goal, Goal { max_cross_cluster_t: Some(5.0), ..Goal::default() });
        assert_eq!((doc.scenario().changes(), doc.can_undo()), (1, false));
    }
}
