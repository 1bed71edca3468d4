//! What levers do, as the page knows it: what is asked, what is at work, and what was answered.

mod chart;
mod words;

pub(in crate::state) use chart::axis;
pub use chart::{
    BARS, BarDrawing, FRONT_CHART, FrontDrawing, RESPONSE_CHART, ResponseDrawing, TornadoDrawing, front_drawing,
    response_drawing, tornado_drawing,
};
pub use words::{
    QUICK, aim_name, aim_quantity, aim_words, answer_csv, confirmed_words, found_steps, found_words, front_row_words,
    lever_name, lever_value, measure_name, quick_row, quick_sentences, still_words, where_name,
};

use super::{AppState, compare::same_work};
use crate::{
    compute::protocol::{ResponseNews, ResponseTold},
    i18n::Lang,
};
use atlas_core::{
    levers,
    model::Cluster,
    profile::{Measure, Profiles},
    response::{Aim, Answer, FoundAnswer, FrontAnswer, Goal, Question, SweepAnswer, TornadoAnswer, ranges},
    scenario::{Change, Document, Scenario},
};
use std::rc::Rc;

/// A kind of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// The curve of one lever.
    Curve,
    /// All levers side by side.
    Tornado,
    /// Cost against CO2 against coverage.
    Front,
    /// The smallest change.
    Finder,
}

impl Asking {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Curve => "curve",
            Self::Tornado => "tornado",
            Self::Front => "front",
            Self::Finder => "finder",
        }
    }
}

/// An answer, with the plan that it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered<T> {
    /// The answer.
    pub answer: Rc<T>,
    /// The plan.
    pub scenario: Rc<Scenario>,
    /// True where somebody stopped it before its end.
    pub stopped: bool,
}

/// So many steps a curve has.
pub const CURVE_STEPS: u32 = 12;
/// At most so many allocations for each value of the lever of a front.
const FRONT_MOST: u32 = 12;
/// So many steps of a lever of a front.
const FRONT_STEPS: u32 = 2;

/// Everything about what levers do.
#[derive(Clone, Debug, PartialEq)]
pub struct Responses {
    /// The lever that is looked at.
    pub lever: String,
    /// What is looked at.
    pub aim: Aim,
    /// The lever whose values the front tries beside weights.
    pub front_lever: Option<String>,
    /// What the finder should reach, as it was typed, in the unit that is shown.
    pub target: String,
    /// True: at least.
    pub at_least: bool,
    /// Number of the question; 0 before the first.
    pub run: u64,
    /// The question with its plan.
    pub question: Option<Rc<(Scenario, Question)>>,
    /// What is at work.
    pub running: Option<Asking>,
    /// True where it is asked to stop.
    pub stopping: bool,
    /// How far it is: scenarios measured, of so many; ways searched, of so many.
    pub far: (u32, u32, Option<(u32, u32)>),
    /// Why the last question was not answered: which, the code, and what was said.
    pub refused: Option<(Asking, String, String)>,
    /// The curve.
    pub curve: Option<Answered<SweepAnswer>>,
    /// The tornado.
    pub tornado: Option<Answered<TornadoAnswer>>,
    /// The front.
    pub front: Option<Answered<FrontAnswer>>,
    /// The smallest change.
    pub found: Option<Answered<FoundAnswer>>,
    /// Number of the plan whose quick figures were asked for; 0 before the first.
    pub turn: u64,
    /// That plan.
    pub turned: Rc<Scenario>,
    /// Quick figures, and how long they took in milliseconds.
    pub quick: Option<(Rc<Profiles>, f64)>,
    /// The plan that they are of.
    pub quick_of: u64,
    /// Those of the baseline, once it was the plan: what changes is told by one and the same grain.
    pub quick_base: Option<Rc<Profiles>>,
}

impl Responses {
    /// A target that was typed in the unit of one language stays what it is in that of another.
    pub(super) fn speak(&mut self, from: Lang, to: Lang) {
        let quantity = words::aim_quantity(&self.aim);
        let times = quantity.scaled(1.0, to) / quantity.scaled(1.0, from);
        if let Ok(typed) = self.target.trim().replace([',', '，'], "").parse::<f64>()
            && times != 1.0
        {
            self.target = crate::i18n::exact((typed * times * 1e9).round() / 1e9).replace([',', '\u{202f}'], "");
        }
    }
}

impl Default for Responses {
    fn default() -> Self {
        Self {
            lever: "recovery_rate".into(),
            aim: Aim::of(Measure::Cost, None),
            front_lever: None,
            target: String::new(),
            at_least: true,
            run: 0,
            question: None,
            running: None,
            stopping: false,
            far: (0, 0, None),
            refused: None,
            curve: None,
            tornado: None,
            front: None,
            found: None,
            turn: 0,
            turned: Rc::default(),
            quick: None,
            quick_of: 0,
            quick_base: None,
        }
    }
}

/// Something about what levers do.
#[derive(Debug)]
pub enum ResponseAction {
    /// Another lever.
    Lever(String),
    /// Another measure.
    Measure(Measure),
    /// Another place.
    Place(Option<Cluster>),
    /// Another lever for the front.
    FrontLever(Option<String>),
    /// Another target, as typed.
    Target(String),
    /// At least the target, or at most.
    AtLeast(bool),
    /// Begins a question about the plan as it is.
    Begin(Asking),
    /// Enough.
    Stop,
    /// Quick figures of the plan as it is are wanted.
    Turn,
    /// Sets the lever to what the finder found.
    Set,
    /// Takes the objective, and the value of the lever, of a point of the front, by its row.
    Take(usize),
    /// The worker said something.
    Told(Box<ResponseTold>),
}

impl From<ResponseAction> for super::Action {
    fn from(a: ResponseAction) -> Self {
        Self::Response(a)
    }
}

impl Responses {
    /// The question that the fields say.
    ///
    /// # Errors
    /// The code of what is wrong with them.
    pub fn ask(&self, state: &AppState, asking: Asking) -> Result<Question, &'static str> {
        let baseline = &state.baseline;
        let info = |key: &str| levers::find(baseline, key).map_err(|e| e.code());
        match asking {
            Asking::Curve => {
                let lever = info(&self.lever)?;
                let (from, to) = swept(&lever, baseline);
                let whole = baseline.parameters.get(&lever.key).and_then(|p| p.options());
                let steps = whole.map_or(CURVE_STEPS, |n| n - 1);
                Ok(Question::Sweep { lever: lever.key, from, to, steps, exact: false })
            }
            Asking::Tornado => Ok(Question::Tornado { aim: self.aim }),
            Asking::Front => {
                let lever = match &self.front_lever {
                    None => None,
                    Some(key) => {
                        let lever = info(key)?;
                        let (from, to) = swept(&lever, baseline);
                        Some((lever.key, from, to, FRONT_STEPS))
                    }
                };
                Ok(Question::Front { lever, most: FRONT_MOST })
            }
            Asking::Finder => {
                let typed: f64 =
                    self.target.trim().replace([',', '，'], "").parse().map_err(|_| "response-bad-target")?;
                let quantity = aim_quantity(&self.aim);
                let target = typed / quantity.scaled(1.0, state.lang);
                let goal = Goal { target, at_least: self.at_least };
                Ok(Question::Find { lever: self.lever.clone(), aim: self.aim, goal, within: None, tolerance: None })
            }
        }
    }

    /// How far what is at work is, from 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        let (done, all, ways) = self.far;
        let within = ways.map_or(0.0, |(d, a)| if a > 0 { 0.9 * f64::from(d) / f64::from(a) } else { 0.0 });
        if all > 0 { ((f64::from(done) + within) / f64::from(all)).min(1.0) } else { 0.0 }
    }
}

/// What a curve of a lever goes over: all of its range, but no further than twice what the tables or people hold possible, where the range
/// is far wider.
fn swept(lever: &levers::LeverInfo, baseline: &atlas_core::model::Baseline) -> (f64, f64) {
    let Some((low, high, _)) = ranges(baseline, lever) else { return (lever.low, lever.high) };
    let wide = lever.high - lever.low > 5.0 * (high - low);
    if wide {
        let span = high - low;
        ((low - span / 2.0).max(lever.low), (high + span / 2.0).min(lever.high))
    } else {
        (lever.low, lever.high)
    }
}

impl AppState {
    pub(super) fn respond(&mut self, action: ResponseAction) {
        match action {
            ResponseAction::Lever(key) => self.responses.lever = key,
            ResponseAction::Measure(measure) => {
                self.responses.aim.measure = measure;
                self.responses.at_least = measure.less_is_better() != Some(true);
            }
            ResponseAction::Place(cluster) => self.responses.aim.cluster = cluster,
            ResponseAction::FrontLever(key) => self.responses.front_lever = key,
            ResponseAction::Target(typed) => self.responses.target = typed,
            ResponseAction::AtLeast(at_least) => self.responses.at_least = at_least,
            ResponseAction::Begin(asking) => {
                if self.responses.running.is_some() {
                    return;
                }
                match self.responses.ask(self, asking) {
                    Ok(question) => {
                        let scenario = self.document.scenario().clone();
                        let r = &mut self.responses;
                        r.run += 1;
                        r.question = Some(Rc::new((scenario, question)));
                        r.running = Some(asking);
                        r.stopping = false;
                        r.far = (0, 0, None);
                        r.refused = None;
                    }
                    Err(code) => self.responses.refused = Some((asking, code.to_owned(), String::new())),
                }
            }
            ResponseAction::Stop => self.responses.stopping = self.responses.running.is_some(),
            ResponseAction::Turn => {
                let scenario = self.document.scenario();
                let r = &mut self.responses;
                if r.turn > 0 && same_work(&r.turned, scenario) {
                    return;
                }
                r.turn += 1;
                r.turned = Rc::new(scenario.clone());
            }
            ResponseAction::Set => self.set_found(),
            ResponseAction::Take(row) => self.take_point(row),
            ResponseAction::Told(told) => self.take_response(*told),
        }
    }

    /// The lever and its value that the finder found.
    #[must_use]
    pub fn found_change(&self) -> Option<Change> {
        let found = &self.responses.found.as_ref()?.answer;
        let atlas_core::response::Outcome::Reached { value, .. } = found.outcome else { return None };
        levers::find(&self.baseline, &found.lever).ok()?.change(self.document.scenario(), Some(value)).ok()
    }

    fn set_found(&mut self) {
        if let Some(change) = self.found_change() {
            self.edit(super::EditAction::Make(change));
        }
    }

    /// A plan of the front, opened beside the plan in hand: a scenario of its own.
    fn take_point(&mut self, row: usize) {
        let Some(scenario) = self.front_scenario(row) else { return };
        self.edit(super::EditAction::Open(scenario, vec![]));
    }

    /// The scenario of a point of the front.
    #[must_use]
    pub fn front_scenario(&self, row: usize) -> Option<Scenario> {
        let front = self.responses.front.as_ref()?;
        let point = front.answer.points.get(row)?;
        let (mut document, _) = Document::open(&self.baseline, (*front.scenario).clone());
        if let (Some(key), Some(value)) = (&front.answer.lever, point.value) {
            let change = levers::find(&self.baseline, key).ok()?.change(document.scenario(), Some(value)).ok()?;
            document.make(&self.baseline, change).ok()?;
        }
        let goal = atlas_core::scenario::Goal { objective: point.objective, ..document.scenario().goal.clone() };
        document.make(&self.baseline, Change::Goal(goal)).ok()?;
        let name = words::front_name(self.lang, &front.scenario.name, row + 1);
        Some(Scenario { name, ..document.scenario().clone() })
    }

    fn take_response(&mut self, told: ResponseTold) {
        let r = &mut self.responses;
        if let ResponseNews::Turned(profiles, ms) = told.what {
            if told.run >= r.quick_of {
                let profiles = Rc::new(*profiles);
                if told.run == r.turn && r.turned.changes() == 0 {
                    r.quick_base = Some(Rc::clone(&profiles));
                }
                r.quick = Some((profiles, ms));
                r.quick_of = told.run;
            }
            return;
        }
        if told.run != r.run {
            return;
        }
        match told.what {
            ResponseNews::Far { done, all, ways } => r.far = (done, all, ways),
            ResponseNews::Done(answer) => r.keep(*answer, false),
            ResponseNews::Stopped(answer) => r.keep(*answer, true),
            ResponseNews::Refused { code, detail } => {
                r.refused = r.running.take().map(|asking| (asking, code, detail));
            }
            ResponseNews::Turned(..) => {}
        }
    }
}

impl Responses {
    fn keep(&mut self, answer: Answer, stopped: bool) {
        self.running = None;
        self.stopping = false;
        let scenario = Rc::new(self.question.as_ref().map(|q| q.0.clone()).unwrap_or_default());
        match answer {
            Answer::Sweep(a) => self.curve = Some(Answered { answer: Rc::new(a), scenario, stopped }),
            Answer::Tornado(a) => self.tornado = Some(Answered { answer: Rc::new(a), scenario, stopped }),
            Answer::Front(a) => self.front = Some(Answered { answer: Rc::new(a), scenario, stopped }),
            Answer::Find(a) => self.found = Some(Answered { answer: Rc::new(a), scenario, stopped }),
        }
    }
}

impl<T> Answered<T> {
    /// True where the answer is about another plan than the one in hand.
    #[must_use]
    pub fn is_old(&self, now: &Scenario) -> bool {
        !same_work(&self.scenario, now)
    }
}
