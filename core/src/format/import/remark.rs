//! What is said about a table: of the file as a whole, and of single rows. The app has the words, by the keys.

use crate::diagnostics::Severity;
use serde::{Deserialize, Serialize};

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// A cell that is needed is empty.
    Missing,
    /// Words where a number is needed.
    NotANumber,
    /// A number that can be read in two ways, such as 3,5 or 1.200,5.
    TwoReadings,
    /// A unit that nobody knows.
    UnknownUnit,
    /// Not a number, or without end.
    NotFinite,
    /// Below nothing.
    Negative,
    /// A formula instead of its value.
    Formula,
    /// An error of the spreadsheet, such as #DIV/0!.
    CellError,
    /// Not on the globe.
    NoPlace,
    /// Longitude and latitude look exchanged in this row alone.
    Swapped,
    /// Far from all three clusters.
    Outside,
    /// The id of another row of the file.
    IdTwice,
    /// The id of something in the plan.
    IdTaken,
    /// The id of something of another kind.
    IdOfAnother,
    /// An id with letters that files and links cannot carry, or too long.
    BadId,
    /// Neither collection point, hub nor smelter.
    UnknownKind,
    /// A metal that nobody knows.
    UnknownMetal,
    /// A smelter that says no metal.
    NoMetals,
    /// No prefecture of the map.
    UnknownPrefecture,
    /// No stream of scrap.
    UnknownStream,
    /// Neither cluster, province nor collection point.
    UnknownSource,
    /// No plant of the plan.
    UnknownPlant,
    /// A plant that does not take this scrap, or is closed.
    UnfitPlant,
    /// Prefecture and stream were in an earlier row.
    Twice,
    /// More than a plan can have.
    TooMany,
    /// Something that is no point and no area.
    NoPoint,
    /// Letters that could not be read; the row was used.
    Unreadable,
    /// The table has another metal, name or kind than the plan, which keeps its own; the row was used.
    Kept,
}

impl Reason {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotANumber => "not-a-number",
            Self::TwoReadings => "two-readings",
            Self::UnknownUnit => "unknown-unit",
            Self::NotFinite => "not-finite",
            Self::Negative => "negative",
            Self::Formula => "formula",
            Self::CellError => "cell-error",
            Self::NoPlace => "no-place",
            Self::Swapped => "swapped",
            Self::Outside => "outside",
            Self::IdTwice => "id-twice",
            Self::IdTaken => "id-taken",
            Self::IdOfAnother => "id-of-another",
            Self::BadId => "bad-id",
            Self::UnknownKind => "unknown-kind",
            Self::UnknownMetal => "unknown-metal",
            Self::NoMetals => "no-metals",
            Self::UnknownPrefecture => "unknown-prefecture",
            Self::UnknownStream => "unknown-stream",
            Self::UnknownSource => "unknown-source",
            Self::UnknownPlant => "unknown-plant",
            Self::UnfitPlant => "unfit-plant",
            Self::Twice => "twice",
            Self::TooMany => "too-many",
            Self::NoPoint => "no-point",
            Self::Unreadable => "unreadable",
            Self::Kept => "kept",
        }
    }

    /// Whether the row was left out or used all the same.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Unreadable | Self::Kept => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// A row that is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// Its number as the file's own program shows it.
    pub row: u32,
    /// The heading of the column; empty where it concerns the whole row.
    pub column: String,
    /// Why.
    pub reason: Reason,
    /// What stands there, cut where it is long.
    pub text: String,
}

/// What was noticed about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RemarkKind {
    /// Only so many rows were read.
    TooManyRows,
    /// So many letters could not be read: another encoding, or several in one file.
    LostLetters,
    /// The file ends in the middle of a row.
    CutShort,
    /// A quotation mark is never closed.
    OpenQuote,
    /// Only so many columns were read.
    TooManyColumns,
    /// So many areas were given a point inside of them.
    AreasAsPoints,
    /// The file says another datum than GeoJSON allows.
    OtherDatum,
    /// No unit is stated: tonnes a year are taken.
    UnitTaken,
    /// Longitude and latitude look exchanged in the whole table.
    LooksSwapped,
    /// Positions look as if they were of this datum.
    LooksShifted,
    /// So many rows are of another kind and were left aside.
    OtherKinds,
    /// So many rows are in the plan as they are.
    Same,
    /// So many amounts are of 0.
    Zeros,
}

impl RemarkKind {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooManyRows => "too-many-rows",
            Self::LostLetters => "lost-letters",
            Self::CutShort => "cut-short",
            Self::OpenQuote => "open-quote",
            Self::TooManyColumns => "too-many-columns",
            Self::AreasAsPoints => "areas-as-points",
            Self::OtherDatum => "other-datum",
            Self::UnitTaken => "unit-taken",
            Self::LooksSwapped => "looks-swapped",
            Self::LooksShifted => "looks-shifted",
            Self::OtherKinds => "other-kinds",
            Self::Same => "same",
            Self::Zeros => "zeros",
        }
    }
}

/// Something noticed about a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// What.
    pub what: RemarkKind,
    /// How many.
    pub n: usize,
    /// Of how many.
    pub of: usize,
    /// A word that belongs to it: a datum's key, or the file's own words.
    pub text: String,
}

impl Remark {
    /// A remark about so many.
    #[must_use]
    pub const fn of(what: RemarkKind, n: usize) -> Self {
        Self { what, n, of: 0, text: String::new() }
    }
}
