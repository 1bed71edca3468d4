//! The rows of a table as fields, and the list of what was wrong with them.

use super::{Cargo, MOST_TOLD, Outcome, Reason, Remark, RemarkKind, RowProblem, Settings, Sheet, Sums};
use crate::{
    diagnostics::Severity,
    format::import::{Field, parse_degrees, parse_quantity},
    model::{Metal, MetalSet, Stream},
};
use std::collections::BTreeMap;

/// So often the caller is told how far it is.
const TOLD_EVERY: usize = 4096;

pub struct Rows<'a> {
    sheet: &'a Sheet,
    pub settings: &'a Settings,
    told: &'a mut dyn FnMut(usize),
    problems: Vec<RowProblem>,
    counts: BTreeMap<Reason, usize>,
    remarks: Vec<Remark>,
    /// True where an amount was read that said no unit.
    bare_amounts: bool,
    zeros: usize,
}

impl<'a> Rows<'a> {
    pub fn new(sheet: &'a Sheet, settings: &'a Settings, told: &'a mut dyn FnMut(usize)) -> Self {
        let mut rows = Self {
            sheet,
            settings,
            told,
            problems: Vec::new(),
            counts: BTreeMap::new(),
            remarks: sheet.remarks.clone(),
            bare_amounts: false,
            zeros: 0,
        };
        for p in &sheet.problems {
            rows.note(p.clone());
        }
        rows
    }

    pub fn len(&self) -> usize {
        self.sheet.table.len()
    }

    /// Says how far it is.
    pub fn went(&mut self, row: usize) {
        if row.is_multiple_of(TOLD_EVERY) {
            (self.told)(row);
        }
    }

    /// What a row says in a field; empty where no column holds it.
    pub fn cell(&self, row: usize, field: Field) -> &'a str {
        self.settings.column(field).map_or("", |c| self.sheet.table.cell(row, c))
    }

    /// Notes what is wrong with a row.
    pub fn bad(&mut self, row: usize, field: Option<Field>, reason: Reason) {
        let column = field.and_then(|f| self.settings.column(f));
        let heading = column.map_or("", |c| self.sheet.table.columns[c].as_str());
        let text = column.map_or("", |c| self.sheet.table.cell(row, c));
        self.note(RowProblem {
            row: self.sheet.table.number(row),
            column: heading.chars().take(40).collect(),
            reason,
            text: text.chars().take(60).collect(),
        });
    }

    fn note(&mut self, problem: RowProblem) {
        *self.counts.entry(problem.reason).or_default() += 1;
        if self.problems.len() < MOST_TOLD {
            self.problems.push(problem);
        }
    }

    pub fn remark(&mut self, remark: Remark) {
        self.remarks.push(remark);
    }

    /// Degrees east and north as the row says them, exchanged where a person said so.
    pub fn degrees(&mut self, row: usize) -> Option<(f64, f64)> {
        let mut read = |field: Field| match parse_degrees(self.cell(row, field)) {
            Ok(Some(v)) => Some(v),
            Ok(None) => {
                self.bad(row, Some(field), Reason::Missing);
                None
            }
            Err(why) => {
                self.bad(row, Some(field), why);
                None
            }
        };
        let (lon, lat) = (read(Field::Lon)?, read(Field::Lat)?);
        Some(if self.settings.swap { (lat, lon) } else { (lon, lat) })
    }

    /// Tonnes a year; the outer `None` is a bad row.
    pub fn tonnes(&mut self, row: usize, field: Field) -> Option<Option<f64>> {
        match parse_quantity(self.cell(row, field), self.settings.unit) {
            Ok(q) => {
                self.bare_amounts |= q.is_some_and(|q| !q.own_unit);
                self.zeros += usize::from(q.is_some_and(|q| q.tonnes == 0.0));
                Some(q.map(|q| q.tonnes))
            }
            Err(why) => {
                self.bad(row, Some(field), why);
                None
            }
        }
    }

    /// The metals of a row; `None` is a bad row.
    pub fn metals(&mut self, row: usize) -> Option<MetalSet> {
        let found = metals(self.cell(row, Field::Metals));
        if found.is_none() {
            self.bad(row, Some(Field::Metals), Reason::UnknownMetal);
        }
        found
    }

    /// What comes of it all.
    pub fn finish(mut self, cargo: Cargo, sums: Sums) -> Outcome {
        if self.bare_amounts && !self.settings.unit_known {
            self.remarks.push(Remark::of(RemarkKind::UnitTaken, 0));
        }
        if self.zeros > 0 {
            self.remarks.push(Remark::of(RemarkKind::Zeros, self.zeros));
        }
        self.problems.sort_by_key(|p| (p.row, p.reason.severity() == Severity::Warning));
        let rows = self.len() + self.sheet.problems.iter().filter(|p| p.reason.severity() == Severity::Error).count();
        Outcome {
            cargo,
            sums: Sums { rows, ..sums },
            problems: self.problems,
            counts: self.counts.into_iter().collect(),
            remarks: self.remarks,
        }
    }
}

/// The metals that words name; none at all where one of them is unknown.
pub fn metals(words: &str) -> Option<MetalSet> {
    let mut set = MetalSet::default();
    let between =
        |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；' | '/' | '|' | '+' | '&' | '和');
    for word in words.split(between).filter(|w| !w.is_empty()) {
        let bare = word.trim_start_matches("再生").trim_start_matches('废').to_lowercase();
        match metal(&bare) {
            Some(found) => found.iter().for_each(|m| set.insert(*m)),
            // Words without anything between them, such as 铝铜铅.
            None => {
                for c in bare.chars() {
                    metal(c.to_string().as_str()).filter(|_| !c.is_ascii())?.iter().for_each(|m| set.insert(*m));
                }
            }
        }
    }
    Some(set)
}

fn metal(word: &str) -> Option<&'static [Metal]> {
    use Metal::{Al, Co, Cu, Li, Ni, Pb, Precious, Sn, Zn};
    Some(match word {
        "al" | "铝" | "aluminium" | "aluminum" => &[Al],
        "cu" | "铜" | "copper" => &[Cu],
        "pb" | "铅" | "lead" | "铅酸电池" => &[Pb],
        "zn" | "锌" | "zinc" => &[Zn],
        "li" | "锂" | "lithium" => &[Li],
        "co" | "钴" | "cobalt" => &[Co],
        "ni" | "镍" | "nickel" => &[Ni],
        "sn" | "锡" | "tin" => &[Sn],
        "precious" | "贵金属" | "稀贵金属" | "金银" | "金" | "银" | "铂" | "钯" => &[Precious],
        "other" | "其他" | "其它" => &[Li, Co, Ni, Sn, Precious],
        "all" | "全部" | "所有" => &Metal::ALL,
        _ => return None,
    })
}

/// The stream that a word names: by its key, or by any metal of it.
pub fn stream(word: &str) -> Option<Stream> {
    let set = metals(word)?;
    let mut streams = set.iter().map(Metal::stream);
    let first = streams.next()?;
    streams.all(|s| s == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metals_are_known_in_both_languages() {
        let keys = |words: &str| metals(words).map(|s| s.iter().map(Metal::key).collect::<Vec<_>>().join(" "));
        assert_eq!(keys("Al;Cu").as_deref(), Some("Al Cu"));
        assert_eq!(keys("铝、铜").as_deref(), Some("Al Cu"));
        assert_eq!(keys("再生铝/废铅").as_deref(), Some("Al Pb"));
        assert_eq!(keys("铜铝锌").as_deref(), Some("Al Cu Zn"));
        assert_eq!(keys("贵金属").as_deref(), Some("precious"));
        assert_eq!(keys("").as_deref(), Some(""));
        assert_eq!((keys("Al, unobtainium"), keys("alcu")), (None, None));
    }

    #[test]
    fn a_stream_is_known_by_its_metals() {
        assert_eq!(
            (stream("废铝"), stream("other"), stream("Ni")),
            (Some(Stream::Al), Some(Stream::Other), Some(Stream::Other))
        );
        assert_eq!((stream("Al Cu"), stream(""), stream("纸")), (None, None, None));
    }
}
