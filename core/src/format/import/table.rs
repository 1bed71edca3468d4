//! Rows of cells as text, close together in memory: a hundred thousand rows are a few large buffers.

use super::{MOST_CHARS, MOST_COLUMNS, MOST_ROWS};

/// A table: headings and rows of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its headings, one a column.
    pub columns: Vec<String>,
    text: String,
    /// End of each cell in `text`.
    ends: Vec<u32>,
    /// First cell of each row, and where the next one would begin.
    starts: Vec<u32>,
    /// The number of each row as the file's own program shows it.
    numbers: Vec<u32>,
    /// Rows that were there, read or not.
    seen: usize,
}

/// A buffer is not filled beyond this: cells are found by 32 bits.
const MOST_TEXT: usize = 512 << 20;

impl Table {
    /// Adds a row. Empty ones are left out; what is beyond the bounds is only counted.
    pub fn push<'a>(&mut self, number: usize, cells: impl IntoIterator<Item = &'a str>) {
        let (text, cell) = (self.text.len(), self.ends.len());
        if self.numbers.len() >= MOST_ROWS || text > MOST_TEXT {
            self.seen += usize::from(cells.into_iter().any(|c| !c.trim().is_empty()));
            return;
        }
        // Cells behind the last one that says something are none.
        let mut last = 0;
        for (i, raw) in cells.into_iter().take(MOST_COLUMNS).enumerate() {
            let plain = plain(raw);
            self.text.push_str(plain);
            self.ends.push(self.text.len() as u32);
            if !plain.is_empty() {
                last = i + 1;
            }
        }
        self.ends.truncate(cell + last);
        if last == 0 {
            self.text.truncate(text);
            return;
        }
        self.starts.push(cell as u32);
        self.numbers.push(u32::try_from(number).unwrap_or(u32::MAX));
        self.seen += 1;
    }

    /// Takes the headings out of the rows: the row among the first few that looks most like headings. Titles above it go.
    pub fn settle_headings(&mut self, score: impl Fn(&str) -> bool) {
        const AMONG: usize = 12;
        let known = |row: usize| (0..self.width_of(row)).filter(|c| score(self.cell(row, *c))).count();
        let best = (0..self.len().min(AMONG)).map(|r| (known(r), r)).max_by_key(|(n, r)| (*n, std::cmp::Reverse(*r)));
        let row = match best {
            Some((n, row)) if n > 0 => Some(row),
            // No heading that anybody knows: words above numbers are headings all the same.
            _ => (!self.is_empty() && (0..self.width_of(0)).all(|c| self.cell(0, c).parse::<f64>().is_err()))
                .then_some(0),
        };
        let width = (0..self.len()).map(|r| self.width_of(r)).max().unwrap_or(0);
        self.columns = (0..width).map(|c| row.map_or("", |r| self.cell(r, c)).to_owned()).collect();
        if let Some(row) = row {
            self.starts.drain(..=row);
            self.numbers.drain(..=row);
            self.seen -= row + 1;
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// True where there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// How many rows the file has, read or not.
    #[must_use]
    pub const fn seen(&self) -> usize {
        self.seen
    }

    /// The number of a row as the file's own program shows it.
    #[must_use]
    pub fn number(&self, row: usize) -> u32 {
        self.numbers[row]
    }

    /// A cell; what is not there is empty.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        if column >= self.width_of(row) {
            return "";
        }
        let i = self.starts[row] as usize + column;
        let from = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.text[from..self.ends[i] as usize]
    }

    /// How many cells a row has.
    #[must_use]
    pub fn width_of(&self, row: usize) -> usize {
        let end = self.starts.get(row + 1).map_or(self.ends.len(), |s| *s as usize);
        end - self.starts[row] as usize
    }
}

/// A cell without what is only dress: space around it, and the apostrophe that keeps a spreadsheet from reading it as a formula.
fn plain(raw: &str) -> &str {
    let text = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    let text = crate::format::export::unguarded(text);
    text.char_indices().nth(MOST_CHARS).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_numbers_and_lose_empty_cells_at_their_ends() {
        let mut t = Table::default();
        t.push(1, ["名单", ""]);
        t.push(2, ["name", "lon", ""]);
        t.push(3, ["", " ", ""]);
        t.push(4, ["甲", "", " 3 "]);
        t.push(5, ["'=1+1", "'x"]);
        t.settle_headings(|h| h == "lon");
        assert_eq!(
            (t.len(), t.seen(), t.columns.as_slice()),
            (2, 2, &["name".to_owned(), "lon".into(), String::new()][..])
        );
        assert_eq!((t.number(0), t.cell(0, 0), t.cell(0, 1), t.cell(0, 2), t.cell(0, 9)), (4, "甲", "", "3", ""));
        assert_eq!((t.cell(1, 0), t.cell(1, 1)), ("=1+1", "'x"));
    }

    #[test]
    fn a_long_cell_is_cut_and_rows_beyond_the_bound_are_counted() {
        let mut t = Table::default();
        t.push(1, [&*"长".repeat(MOST_CHARS + 5)]);
        assert_eq!(t.cell(0, 0).chars().count(), MOST_CHARS);
        for n in 0..MOST_ROWS + 10 {
            t.push(n, ["x"]);
        }
        assert_eq!((t.len(), t.seen()), (MOST_ROWS, MOST_ROWS + 11));
    }
}
