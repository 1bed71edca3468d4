//! A table on its way into the plan: what was read of it, how it is understood, and what would come of it.

use super::{AppState, Notice};
use crate::tables::{Report, Told};
use atlas_core::{
    diagnostics::{Diagnostic, Severity},
    format::import::{Kind, MOST_BYTES, Preview, Reading, Settings, Sums},
};
use std::rc::Rc;

/// A table on its way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// The name of its file.
    pub file: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// How it is read.
    pub reading: Reading,
    /// Number of the newest way to read it.
    pub read: u64,
    /// Its first rows.
    pub preview: Option<Rc<Preview>>,
    /// Why nothing can be read of it.
    pub refused: Option<Diagnostic>,
    /// How it is understood.
    pub settings: Settings,
    /// Number of the newest question what would come of it.
    pub asked: u64,
    /// Number of the newest answer.
    pub answered: u64,
    /// What would come of it.
    pub report: Option<Rc<Report>>,
    /// So many of so many rows are done.
    pub progress: Option<(usize, usize)>,
    /// True once a person said so.
    pub taking: bool,
}

/// What came of the last table.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The name of its file.
    pub file: String,
    /// How much of it.
    pub sums: Sums,
}

/// Something happens to a table.
#[derive(Debug)]
pub enum ImportAction {
    /// A file was chosen or dropped: its name, and its size in bytes.
    Begin(String, usize),
    /// The worker says something.
    Told(Box<Told>),
    /// It is to be read in another way.
    Read(Reading),
    /// It is to be understood in another way.
    Understand(Box<Settings>),
    /// Its rows are something else.
    Kind(Kind),
    /// Into the plan with it.
    Take,
    /// Away with it; nothing has changed.
    Cancel,
    /// What came of the last one has been read.
    Seen,
}

impl Import {
    /// True where a row can become something.
    #[must_use]
    pub fn can_be_asked(&self) -> bool {
        self.preview.is_some() && self.settings.kind.lacks(&self.settings.fields).is_empty()
    }

    /// The report, where it is about what is set now.
    #[must_use]
    pub fn settled(&self) -> Option<&Rc<Report>> {
        self.report.as_ref().filter(|_| self.answered == self.asked && self.can_be_asked())
    }

    /// True where it can be taken into the plan.
    #[must_use]
    pub fn can_be_taken(&self) -> bool {
        !self.taking && self.settled().is_some_and(|r| !r.idle)
    }

    /// How many rows are left out, by the report.
    #[must_use]
    pub fn left_out(report: &Report) -> usize {
        report.sums.rows.saturating_sub(report.sums.good)
    }

    /// True where some of what is told are rows that were left out.
    #[must_use]
    pub fn is_error(problem: &atlas_core::format::import::RowProblem) -> bool {
        problem.reason.severity() == Severity::Error
    }

    fn understand(&mut self, settings: Settings) {
        if settings != self.settings {
            self.settings = settings;
            self.asked += 1;
        }
    }
}

impl AppState {
    pub(super) fn import(&mut self, action: ImportAction) {
        if let ImportAction::Begin(file, bytes) = action {
            self.imported = None;
            let refused = (bytes > MOST_BYTES).then(|| {
                let why = format!("{} MB > {} MB", bytes >> 20, MOST_BYTES >> 20);
                Diagnostic::error("import-too-big", file.clone(), why, "Split the file.")
            });
            self.table = Some(Rc::new(Import { file, bytes, refused, ..Import::default() }));
            return;
        }
        if matches!(action, ImportAction::Seen) {
            self.imported = None;
            return;
        }
        let Some(table) = &mut self.table else { return };
        let it = Rc::make_mut(table);
        match action {
            ImportAction::Begin(..) | ImportAction::Seen => {}
            ImportAction::Cancel => self.table = None,
            ImportAction::Read(reading) => {
                if reading != it.reading {
                    it.reading = reading;
                    it.read += 1;
                    it.preview = None;
                    it.report = None;
                    it.refused = None;
                }
            }
            ImportAction::Understand(settings) => it.understand(*settings),
            ImportAction::Kind(kind) => {
                if let Some(preview) = &it.preview {
                    let settings = it.settings.clone().of_kind(&preview.columns, kind);
                    it.understand(settings);
                }
            }
            ImportAction::Take => it.taking = it.can_be_taken(),
            ImportAction::Told(told) => self.told_of_table(*told),
        }
    }

    fn told_of_table(&mut self, told: Told) {
        let Some(table) = &mut self.table else { return };
        let it = Rc::make_mut(table);
        match told {
            // Said to who asks for a workbook.
            Told::Written => {}
            Told::Progress(n, of) => it.progress = Some((n, of)),
            Told::Read(preview) => {
                // What a person has said of the same file stays: only its letters or its sheet are others.
                let kept = it.settings.fields.len() == preview.columns.len() && it.read > 0;
                it.settings = if kept { it.settings.clone() } else { preview.guess.clone() };
                it.preview = Some(Rc::new(*preview));
                it.refused = None;
                it.asked += 1;
            }
            Told::Refused(problem) => {
                it.preview = None;
                it.refused = Some(problem);
            }
            Told::Converted(number, report) => {
                it.answered = number;
                it.progress = None;
                it.report = Some(Rc::from(report));
            }
            Told::Taken(cargo) => {
                let done =
                    Imported { file: it.file.clone(), sums: it.report.as_ref().map(|r| r.sums).unwrap_or_default() };
                self.table = None;
                let change = cargo.change(self.document.scenario());
                let before = self.generation;
                self.make(change);
                if self.generation > before {
                    self.imported = Some(Rc::new(done));
                }
                self.keep_selection();
            }
            Told::Stopped(why) => {
                self.table = None;
                let problem = Diagnostic::error("import-stopped", "", why, "");
                self.notice = Some(Rc::new(Notice { problems: vec![problem] }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Lang,
        state::{Action, EditAction, Theme},
        tables,
    };
    use atlas_core::{
        format::import,
        model::{Baseline, Cluster, Prefecture},
        scenario::Document,
    };
    use yew::Reducible;

    fn start() -> Rc<AppState> {
        let home = Prefecture {
            adcode: 340100,
            cluster: Some(Cluster::Yrd),
            seat: atlas_core::geo::LonLat::new(117.28, 31.86),
            people: 1.0,
            ..Prefecture::default()
        };
        let baseline = Baseline { prefectures: vec![home], ..Baseline::default() };
        let document = Rc::new(Document::new(&baseline));
        Rc::new(AppState { document, baseline: Rc::new(baseline), ..AppState::new(Lang::En, Theme::Light) })
    }

    fn act(state: &Rc<AppState>, action: ImportAction) -> Rc<AppState> {
        Rc::clone(state).reduce(Action::Import(action))
    }

    /// The worker's part, without a worker.
    fn tell(mut state: Rc<AppState>, bytes: &[u8]) -> Rc<AppState> {
        let sheet = import::read("a.csv", bytes, &Reading::default()).unwrap();
        state = act(&state, ImportAction::Told(Box::new(Told::Read(Box::new(Preview::new("a.csv", &sheet))))));
        let it = state.table.clone().unwrap();
        let (scenario, plan) = (state.document.scenario(), state.document.plan());
        let ground = import::Ground { baseline: &state.baseline, scenario, plan, places: &[] };
        let outcome = import::convert(&sheet, &it.settings, ground, &mut |_| {});
        let report = tables::Report::of(&outcome, scenario);
        let state = act(&state, ImportAction::Told(Box::new(Told::Converted(it.asked, Box::new(report)))));
        assert!(state.table.as_ref().unwrap().can_be_taken());
        let state = act(&state, ImportAction::Take);
        assert!(state.table.as_ref().unwrap().taking);
        act(&state, ImportAction::Told(Box::new(Told::Taken(outcome.cargo))))
    }

    #[test]
    fn a_table_becomes_one_step_that_one_undo_takes_back() {
        let state = act(&start(), ImportAction::Begin("a.csv".into(), 10));
        let state = tell(state, "name,lon,lat\na,117.2,31.8\nb,117.3,31.9\nc,,31\n".as_bytes());
        assert!(state.table.is_none());
        assert_eq!(state.document.scenario().edits.len(), 2);
        let sums = state.imported.as_ref().unwrap().sums;
        assert_eq!((sums.rows, sums.good, sums.added), (3, 2, 2));
        let state = state.reduce(Action::Edit(EditAction::Undo));
        assert!(state.document.scenario().edits.is_empty() && state.imported.is_none());
    }

    #[test]
    fn cancelling_changes_nothing_and_a_worker_that_stops_is_told() {
        let begun = act(&start(), ImportAction::Begin("a.csv".into(), 10));
        let state = act(&begun, ImportAction::Cancel);
        assert!(state.table.is_none() && state.document.scenario().is_untouched());
        // What the ended worker said before it ended comes too late.
        let late = act(&state, ImportAction::Told(Box::new(Told::Progress(1, 2))));
        assert!(late.table.is_none());
        let state = act(&begun, ImportAction::Told(Box::new(Told::Stopped("out of memory".into()))));
        assert_eq!(state.notice.as_ref().unwrap().problems[0].code, "import-stopped");
    }

    #[test]
    fn a_file_that_is_too_big_is_not_even_read() {
        let state = act(&start(), ImportAction::Begin("a.csv".into(), MOST_BYTES + 1));
        assert_eq!(state.table.as_ref().unwrap().refused.as_ref().unwrap().code, "import-too-big");
    }
}
