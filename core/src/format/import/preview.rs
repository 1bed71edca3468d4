//! What a person sees of a table before it is imported.

use super::{Form, Remark, Settings, Sheet, guess};
use serde::{Deserialize, Serialize};

/// So many rows are shown.
const ROWS: usize = 8;
/// Longer cells are cut.
const CHARS: usize = 60;

/// The first rows of a table, and what its columns seem to hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// What kind of file it is.
    pub form: Form,
    /// Its headings.
    pub columns: Vec<String>,
    /// Its first rows with their numbers.
    pub rows: Vec<(u32, Vec<String>)>,
    /// How many rows there are.
    pub total: usize,
    /// What was noticed of the file.
    pub remarks: Vec<Remark>,
    /// What it seems to be.
    pub guess: Settings,
}

impl Preview {
    /// The preview of a file by its name.
    #[must_use]
    pub fn new(name: &str, sheet: &Sheet) -> Self {
        let t = &sheet.table;
        let cut = |text: &str| text.chars().take(CHARS).collect::<String>();
        let row = |r: usize| (t.number(r), (0..t.columns.len()).map(|c| cut(t.cell(r, c))).collect());
        Self {
            form: sheet.form.clone(),
            columns: t.columns.iter().map(|c| cut(c)).collect(),
            rows: (0..t.len().min(ROWS)).map(row).collect(),
            total: t.len(),
            remarks: sheet.remarks.clone(),
            guess: guess(name, t),
        }
    }
}
