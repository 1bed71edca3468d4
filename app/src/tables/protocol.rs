//! What page and tables worker say to each other. The page starts this worker only once somebody brings or takes away a table; a
//! cancelled task ends with its worker. Files travel beside the message as transferable buffers.

use atlas_core::{
    diagnostics::Diagnostic,
    format::{
        export,
        import::{Cargo, Outcome, Preview, Reading, Reason, Remark, RowProblem, Settings, Sums},
    },
    model::{Baseline, Place},
    scenario::Scenario,
};
use serde::{Deserialize, Serialize};

/// What the page says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Said {
    /// What tables are read against: baseline, scenario, places whose positions are known.
    Ground(Box<Baseline>, Box<Scenario>, Vec<Place>),
    /// A file is to be read. Buffer: its bytes; without one, the file that was read before, in another way.
    Read(String, Reading),
    /// The table is to be understood so. The number comes back with the report.
    Convert(u64, Box<Settings>),
    /// What the last report was about is wanted.
    Take,
    /// Sheets are to be written as a workbook.
    Write(Vec<export::Sheet>),
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Told {
    /// So many of so many rows are done.
    Progress(usize, usize),
    /// The file was read.
    Read(Box<Preview>),
    /// Nothing can be read of it.
    Refused(Diagnostic),
    /// What would come of it, by the number of the question.
    Converted(u64, Box<Report>),
    /// What comes of it.
    Taken(Cargo),
    /// The workbook. Buffer: its bytes.
    Written,
    /// The worker cannot go on. The page's side says so itself.
    Stopped(String),
}

/// What would come of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// How many rows and things.
    pub sums: Sums,
    /// Bad rows, the first of them.
    pub problems: Vec<RowProblem>,
    /// All bad rows by reason.
    pub counts: Vec<(Reason, usize)>,
    /// What was noticed of the whole.
    pub remarks: Vec<Remark>,
    /// True where the scenario would stay as it is.
    pub idle: bool,
}

impl Report {
    /// The report of an outcome.
    #[must_use]
    pub fn of(outcome: &Outcome, scenario: &Scenario) -> Self {
        Self {
            sums: outcome.sums,
            problems: outcome.problems.clone(),
            counts: outcome.counts.clone(),
            remarks: outcome.remarks.clone(),
            idle: outcome.cargo.is_empty(scenario),
        }
    }
}
