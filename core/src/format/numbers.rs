//! Files that are a row of numbers, and decimals kept exactly.

use crate::{
    diagnostics::Diagnostic,
    siting::{Lists, capacitated::CapacitatedProblem},
};

/// A decimal as it is written: `digits / 10^places`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: u64,
    places: u32,
}

/// The most places after the point.
const PLACES: u32 = 12;
/// Whole numbers below are exact in `f64`.
const EXACT: u128 = 1 << 53;

impl Decimal {
    /// `12`, `12.`, `12.50`, `.5`, `1.25e3`; none below 0. Zeros at the end do not count.
    fn parse(word: &str) -> Option<Self> {
        let word = word.strip_prefix('+').unwrap_or(word);
        let (mantissa, exponent) = match word.find(['e', 'E']) {
            Some(at) => (&word[..at], word[at + 1..].parse::<i32>().ok()?),
            None => (word, 0),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && part.is_empty() || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let part = part.trim_end_matches('0');
        let mut digits: u128 = 0;
        for b in whole.bytes().chain(part.bytes()) {
            digits = digits.checked_mul(10)?.checked_add(u128::from(b - b'0'))?;
        }
        let mut places = i64::try_from(part.len()).ok()? - i64::from(exponent);
        while places > 0 && digits > 0 && digits.is_multiple_of(10) {
            (digits, places) = (digits / 10, places - 1);
        }
        while places < 0 && digits > 0 {
            (digits, places) = (digits.checked_mul(10)?, places + 1);
        }
        let places = if digits == 0 { 0 } else { u32::try_from(places).ok()? };
        (digits < EXACT && places <= PLACES).then_some(Self { digits: digits as u64, places })
    }
}

/// The words of a text one after the other, with what to say where one is wrong.
pub(super) struct Words<'a> {
    words: std::iter::Peekable<Box<dyn Iterator<Item = (&'a str, usize)> + 'a>>,
    text: &'a str,
    line: usize,
    /// Prefix of the codes.
    format: &'static str,
    remedy: &'static str,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str, format: &'static str, remedy: &'static str) -> Self {
        let lines = text.lines().zip(1..);
        let words = lines.flat_map(|(line, number)| line.split_whitespace().map(move |w| (w, number)));
        let words: Box<dyn Iterator<Item = (&'a str, usize)>> = Box::new(words);
        Self { words: words.peekable(), text, line: 1, format, remedy }
    }

    fn error(&self, code: &str, subject: String, message: String) -> Diagnostic {
        Diagnostic::error(&format!("{}-{code}", self.format), subject, message, self.remedy)
    }

    fn wrong(&self, message: String) -> Diagnostic {
        self.error("bad-line", format!("line {}", self.line), message)
    }

    fn next(&mut self, what: &str) -> Result<&'a str, Diagnostic> {
        match self.words.next() {
            Some((word, line)) => {
                self.line = line;
                Ok(word)
            }
            None => {
                Err(self.error("cut", format!("line {}", self.line), format!("the file ends where {what} is expected")))
            }
        }
    }

    /// A count of at least 1.
    pub fn count(&mut self, what: &str) -> Result<usize, Diagnostic> {
        let word = self.next(what)?;
        let count = word.parse::<u32>().ok().filter(|c| *c > 0);
        count.map(|c| c as usize).ok_or_else(|| self.wrong(format!("{what} is expected, not `{word}`")))
    }

    /// That so many words may follow, before memory is taken for them.
    pub fn enough(&self, words: u128) -> Result<(), Diagnostic> {
        // Each word takes two bytes, but the last.
        if words * 2 > self.text.len() as u128 + 1 {
            let message = format!("the counts ask for {words} numbers, more than the file holds");
            return Err(self.error("cut", format!("line {}", self.line), message));
        }
        Ok(())
    }

    /// Takes a word if it is the next one, in any case.
    pub fn skip(&mut self, wanted: &str) -> bool {
        let next = self.words.next_if(|(word, _)| word.eq_ignore_ascii_case(wanted));
        if let Some((_, line)) = next {
            self.line = line;
        }
        next.is_some()
    }

    pub fn decimal(&mut self, what: &str) -> Result<Decimal, Diagnostic> {
        let word = self.next(what)?;
        Decimal::parse(word).ok_or_else(|| self.wrong(format!("{what} of at least 0 is expected, not `{word}`")))
    }

    /// That nothing follows.
    pub fn end(&mut self) -> Result<(), Diagnostic> {
        match self.words.next() {
            None => Ok(()),
            Some((word, line)) => {
                self.line = line;
                Err(self.wrong(format!("nothing more is expected, and there is `{word}`")))
            }
        }
    }

    /// A problem of these sites and customers in whole numbers, every pair given; with what costs and amounts were multiplied by.
    pub fn fixed_charge(
        &self,
        capacities: &Vec<Decimal>,
        opening: &Vec<Decimal>,
        demands: &Vec<Decimal>,
        costs: &Vec<Decimal>,
    ) -> Result<(CapacitatedProblem, f64, f64), Diagnostic> {
        let sites = opening.len();
        let (mut money, cost_scale) = self.scale(&[opening, costs])?;
        let (mut amounts, demand_scale) = self.scale(&[capacities, demands])?;
        let lists = Lists::new(money[1].chunks(sites).map(|row| (0..sites as u32).zip(row.iter().copied())));
        let [opening, capacities] = [std::mem::take(&mut money[0]), std::mem::take(&mut amounts[0])];
        let problem = CapacitatedProblem::plain(lists, std::mem::take(&mut amounts[1]), capacities, opening);
        Ok((problem, cost_scale, demand_scale))
    }

    /// Whole numbers: all groups times the same power of ten, which is told.
    pub fn scale(&self, groups: &[&Vec<Decimal>]) -> Result<(Vec<Vec<f64>>, f64), Diagnostic> {
        let places = groups.iter().flat_map(|g| g.iter()).map(|d| d.places).max().unwrap_or(0);
        let mut sum = 0u128;
        let mut whole = |d: &Decimal| {
            let value = u128::from(d.digits) * 10u128.pow(places - d.places);
            sum = sum.max(value);
            value as f64
        };
        let scaled = groups.iter().map(|g| g.iter().map(&mut whole).collect()).collect();
        if sum >= EXACT {
            let message = format!("numbers are too large for {places} places after the point");
            return Err(self.error("too-fine", String::new(), message));
        }
        Ok((scaled, 10u64.pow(places) as f64))
    }
}
