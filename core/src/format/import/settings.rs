//! How a table is to be understood: guessed first, and said by a person where the guess is wrong.

use super::{Field, Kind, MassUnit, guess::fields_of};
use crate::geo::Datum;
use serde::{Deserialize, Serialize};

/// What happens to what the plan has already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// It stays, and the rows come beside it.
    #[default]
    Add,
    /// The rows take its place: what is in both is brought to what the row says, and the rest is closed or removed.
    Replace,
}

/// How a table is to be understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// What its rows are.
    pub kind: Kind,
    /// What each column holds, if anything.
    pub fields: Vec<Option<Field>>,
    /// The unit of amounts that say none.
    pub unit: MassUnit,
    /// True where the unit stands in a heading or a person chose it.
    pub unit_known: bool,
    /// What positions are measured against.
    pub datum: Datum,
    /// Longitude and latitude are exchanged.
    pub swap: bool,
    /// What happens to what the plan has already.
    pub mode: Mode,
    /// Flows: exactly so much, and not at least.
    pub exact: bool,
}

impl Settings {
    /// Says what a column holds; no other column holds it then.
    pub fn set_field(&mut self, column: usize, field: Option<Field>) {
        if let Some(field) = field {
            self.fields.iter_mut().filter(|f| **f == Some(field)).for_each(|f| *f = None);
        }
        if let Some(f) = self.fields.get_mut(column) {
            *f = field;
        }
    }

    /// The same table understood as something else: what its columns hold is guessed anew.
    #[must_use]
    pub fn of_kind(self, table_columns: &[String], kind: Kind) -> Self {
        Self { kind, fields: fields_of(table_columns, kind), ..self }
    }

    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|f| *f == Some(field))
    }
}
