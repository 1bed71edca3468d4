//! Measured values that must balance, adjusted as little as their confidence asks.
//!
//! Weighted least squares under balances, as material flow analysis does it (STAN; Narasimhan and Jordache): of all values that
//! keep every balance, those with the least sum of squared shifts, each shift over its standard deviation. A balance may multiply
//! values (a flow times a yield): it is then made linear at the values so far, again and again until nothing moves. What nobody
//! measured is worked out where the balances say it, and told apart where they do not.
//!
//! The source is never changed: the answer stands beside it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A value of a balance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Its stable name.
    pub key: String,
    /// Measured, stated, or, where nobody knows it, a first guess.
    pub value: f64,
    /// Its standard deviation: 0 for what is not to be changed, `None` for what nobody measured.
    pub deviation: Option<f64>,
}

/// A product of values, times a factor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The factor.
    pub factor: f64,
    /// Rows of the quantities that are multiplied; none: the factor alone.
    pub of: Vec<usize>,
}

/// Terms that add up to nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Balance {
    /// Its stable name.
    pub key: String,
    /// Its terms.
    pub terms: Vec<Term>,
}

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adjusted {
    /// The value that balances.
    pub value: f64,
    /// Its standard deviation now: what agrees with others is surer than before. `None` where the balances do not say it.
    pub deviation: Option<f64>,
    /// The shift, in standard deviations of the measured value; 0 for what nobody measured.
    pub shift: f64,
    /// The shift over the standard deviation that it should have if all were well: beyond 1.96 in size one value in twenty is by
    /// chance, and a measuring error is likelier (the measurement test). `None` where a value was not, or could not be, shifted.
    pub test: Option<f64>,
    /// True where the balances say what nobody measured.
    pub worked_out: bool,
}

/// Values that balance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reconciled {
    /// Each quantity, in the order given.
    pub quantities: Vec<Adjusted>,
    /// By how much each balance was off before.
    pub off: Vec<f64>,
    /// The sum of squared shifts: about as large as `redundant` if all deviations are right.
    pub squares: f64,
    /// How many balances check what was measured.
    pub redundant: u32,
    /// How often the balances were made linear.
    pub rounds: u32,
}

/// What a value's shift says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is not to be changed.
    Fixed,
    /// Nobody measured it, and the balances say it.
    WorkedOut,
    /// Nobody measured it, and the balances do not say it.
    Open,
    /// Nothing else speaks of it: it stays, and nothing confirms it.
    Unchecked,
    /// It is shifted by no more than its confidence allows.
    Agrees,
    /// It, or what stands in the same balances, is off by more than chance explains.
    Suspect,
}

impl Verdict {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::WorkedOut => "worked_out",
            Self::Open => "open",
            Self::Unchecked => "unchecked",
            Self::Agrees => "agrees",
            Self::Suspect => "suspect",
        }
    }
}

/// Beyond this a test statistic is by chance one time in twenty.
pub const SUSPECT: f64 = 1.96;

impl Adjusted {
    /// What became of a quantity, in a word.
    #[must_use]
    pub fn verdict(&self, of: &Quantity) -> Verdict {
        match of.deviation {
            Some(0.0) => Verdict::Fixed,
            None if self.worked_out => Verdict::WorkedOut,
            None => Verdict::Open,
            Some(_) => match self.test {
                None => Verdict::Unchecked,
                Some(t) if t.abs() > SUSPECT => Verdict::Suspect,
                Some(_) => Verdict::Agrees,
            },
        }
    }
}

impl Reconciled {
    /// What the sum of squares exceeds one time in twenty if all deviations are right: the 95 % quantile of chi squared, after
    /// Wilson and Hilferty (1931), good to a hundredth. `None` where nothing is checked.
    #[must_use]
    pub fn critical(&self) -> Option<f64> {
        // One check: what the measurement test says.
        if self.redundant == 1 {
            return Some(SUSPECT * SUSPECT);
        }
        let n = f64::from(self.redundant);
        let part = 2.0 / (9.0 * n);
        let root = 1.0 - part + 1.644_853_626_951_472_7 * libm::sqrt(part);
        (self.redundant > 0).then_some(n * root * root * root)
    }

    /// Whether the values agree as well as their deviations say: the global test. `None` where nothing is checked.
    #[must_use]
    pub fn agrees(&self) -> Option<bool> {
        self.critical().map(|most| self.squares <= most)
    }
}

/// Why values cannot be made to balance.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ReconcileError {
    /// A deviation below 0 or no number, or a value that is none.
    #[error("{0} is no number, or its deviation is below 0")]
    BadQuantity(String),
    /// A balance names a quantity that is not there.
    #[error("balance {0} names a quantity that is not there")]
    BadBalance(String),
    /// What may be changed cannot make up for it.
    #[error(
        "balance {key} cannot be kept: it is off by {off} and what it is made of may not be changed; give one of its values a deviation"
    )]
    NoSolution {
        /// The balance that is furthest off.
        key: String,
        /// By how much.
        off: f64,
    },
    /// The products do not settle.
    #[error("the balances do not settle after {0} rounds; give values nearer to the truth")]
    NotSettled(u32),
}

impl ReconcileError {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadQuantity(_) => "reconcile-bad-quantity",
            Self::BadBalance(_) => "reconcile-bad-balance",
            Self::NoSolution { .. } => "reconcile-no-solution",
            Self::NotSettled(_) => "reconcile-not-settled",
        }
    }
}

/// More rounds than this settle nothing.
const MOST_ROUNDS: u32 = 200;
/// A shift of this share of a value is none.
const SETTLED: f64 = 1e-12;
/// A pivot of this size beside the largest is rounding.
const NOTHING: f64 = 1e-11;
/// A balance that is off by this share of its largest term is kept.
const KEPT: f64 = 1e-9;

/// Adjusts values so that every balance is kept.
///
/// # Errors
/// Where input makes no sense, or no values balance.
pub fn reconcile(quantities: &[Quantity], balances: &[Balance]) -> Result<Reconciled, ReconcileError> {
    for q in quantities {
        if !q.value.is_finite() || q.deviation.is_some_and(|d| !(d >= 0.0 && d.is_finite())) {
            return Err(ReconcileError::BadQuantity(q.key.clone()));
        }
    }
    for b in balances {
        if b.terms.iter().any(|t| !t.factor.is_finite() || t.of.iter().any(|i| *i >= quantities.len())) {
            return Err(ReconcileError::BadBalance(b.key.clone()));
        }
    }
    let measured: Vec<f64> = quantities.iter().map(|q| q.value).collect();
    // Rows of what may move: measured with a deviation, or not measured at all.
    let free: Vec<usize> = (0..quantities.len()).filter(|i| quantities[*i].deviation != Some(0.0)).collect();
    let mut values = measured.clone();
    let mut rounds = 0;
    let solved = loop {
        rounds += 1;
        let system = System::new(quantities, balances, &free, &values, &measured);
        let solved = system.solve();
        let mut moved = 0.0_f64;
        for (row, i) in free.iter().enumerate() {
            let scale = system.scales[row];
            let next = measured[*i] + solved.shifts[row] * scale;
            if !next.is_finite() {
                return Err(ReconcileError::NotSettled(rounds));
            }
            moved = moved.max((next - values[*i]).abs() / next.abs().max(scale));
            values[*i] = next;
        }
        if moved <= SETTLED {
            break solved;
        }
        if rounds == MOST_ROUNDS {
            return Err(ReconcileError::NotSettled(rounds));
        }
    };
    let worst = balances
        .iter()
        .map(|b| (b, off(b, &values), size(b, &values)))
        .filter(|(_, off, size)| off.abs() > KEPT * size.max(f64::MIN_POSITIVE))
        .max_by(|a, b| (a.1.abs() / a.2).total_cmp(&(b.1.abs() / b.2)));
    if let Some((balance, off, _)) = worst {
        return Err(ReconcileError::NoSolution { key: balance.key.clone(), off });
    }
    let mut adjusted: Vec<Adjusted> = measured
        .iter()
        .map(|v| Adjusted { value: *v, deviation: Some(0.0), shift: 0.0, test: None, worked_out: false })
        .collect();
    let mut squares = 0.0;
    for (row, i) in free.iter().enumerate() {
        let a = &mut adjusted[*i];
        a.value = values[*i];
        let variance = solved.variances[row].map(|v| v.max(0.0));
        match quantities[*i].deviation {
            Some(deviation) => {
                a.shift = (values[*i] - measured[*i]) / deviation;
                squares += a.shift * a.shift;
                // In units of the deviation.
                let left = variance.unwrap_or(1.0).min(1.0);
                a.deviation = Some(deviation * libm::sqrt(left));
                let given_up = 1.0 - left;
                a.test = (given_up > 1e-9).then(|| a.shift / libm::sqrt(given_up));
            }
            None => {
                a.worked_out = variance.is_some();
                a.deviation = variance.map(|v| libm::sqrt(v) * solved.scales[row]);
            }
        }
    }
    Ok(Reconciled {
        quantities: adjusted,
        off: balances.iter().map(|b| off(b, &measured)).collect(),
        squares,
        redundant: solved.redundant,
        rounds,
    })
}

fn product(term: &Term, values: &[f64]) -> f64 {
    term.of.iter().fold(term.factor, |p, i| p * values[*i])
}

fn off(balance: &Balance, values: &[f64]) -> f64 {
    balance.terms.iter().map(|t| product(t, values)).sum()
}

/// The size of a balance's largest term.
fn size(balance: &Balance, values: &[f64]) -> f64 {
    balance.terms.iter().map(|t| product(t, values).abs()).fold(0.0, f64::max)
}

/// The conditions of the least squares, made linear at some values: for the shifts `y` in units of their scales and the
/// balances' multipliers `l`
///
/// ```text
/// | W  J'| |y|   |0|
/// | J  0 | |l| = |r|
/// ```
///
/// with W 1 for what was measured and 0 for what was not. The upper left of the inverse holds the variances.
struct System {
    scales: Vec<f64>,
    /// Rows of shifts, then of balances; the right side behind.
    matrix: Vec<Vec<f64>>,
    known: Vec<bool>,
    balances: usize,
}

struct Solved {
    shifts: Vec<f64>,
    /// `None` where a value is not determined.
    variances: Vec<Option<f64>>,
    scales: Vec<f64>,
    redundant: u32,
}

impl System {
    fn new(quantities: &[Quantity], balances: &[Balance], free: &[usize], at: &[f64], measured: &[f64]) -> Self {
        let scales: Vec<f64> = free
            .iter()
            .map(|i| quantities[*i].deviation.unwrap_or_else(|| quantities[*i].value.abs().max(1.0)))
            .collect();
        let (n, m) = (free.len(), balances.len());
        let mut matrix = vec![vec![0.0; n + m + 1]; n + m];
        let known: Vec<bool> = free.iter().map(|i| quantities[*i].deviation.is_some()).collect();
        for (row, known) in known.iter().enumerate() {
            matrix[row][row] = f64::from(u8::from(*known));
        }
        for (b, balance) in balances.iter().enumerate() {
            // In units of its largest part, so that one tolerance fits all.
            let mut line = vec![0.0; n];
            let mut right = -off(balance, at);
            for (row, i) in free.iter().enumerate() {
                line[row] = slope(balance, at, *i) * scales[row];
                right += line[row] * (at[*i] - measured[*i]) / scales[row];
            }
            let unit = line.iter().fold(0.0, |u: f64, v| u.max(v.abs()));
            if unit == 0.0 {
                // Nothing in it may move: kept or not, the end will tell.
                continue;
            }
            for (row, value) in line.iter().enumerate() {
                matrix[n + b][row] = value / unit;
                matrix[row][n + b] = value / unit;
            }
            matrix[n + b][n + m] = right / unit;
        }
        Self { scales, matrix, known, balances: m }
    }

    /// Eliminates with the largest pivot there is. Columns without one are free: left at 0, and whatever hangs on them is not
    /// determined.
    fn solve(&self) -> Solved {
        let n = self.scales.len();
        let size = n + self.balances;
        // Behind the right side a unit matrix for the inverse's upper left.
        let mut a: Vec<Vec<f64>> = self.matrix.clone();
        for (row, line) in a.iter_mut().enumerate() {
            line.extend((0..n).map(|i| f64::from(u8::from(i == row))));
        }
        let mut columns: Vec<usize> = (0..size).collect();
        let mut rank = 0;
        for step in 0..size {
            let mut best = (0.0, step, step);
            for (r, line) in a.iter().enumerate().skip(step) {
                for (c, column) in columns.iter().enumerate().skip(step) {
                    if line[*column].abs() > best.0 {
                        best = (line[*column].abs(), r, c);
                    }
                }
            }
            if best.0 <= NOTHING {
                break;
            }
            a.swap(step, best.1);
            columns.swap(step, best.2);
            let pivot = columns[step];
            let head = a[step][pivot];
            a[step].iter_mut().for_each(|v| *v /= head);
            let line = a[step].clone();
            for (r, other) in a.iter_mut().enumerate() {
                let factor = other[pivot];
                if r != step && factor != 0.0 {
                    for (v, p) in other.iter_mut().zip(&line) {
                        *v -= factor * p;
                    }
                }
            }
            rank = step + 1;
        }
        let mut shifts = vec![0.0; n];
        let mut variances = vec![None; n];
        for (step, column) in columns.iter().enumerate().take(rank).filter(|(_, c)| **c < n) {
            shifts[*column] = a[step][size];
            let hangs = columns[rank..].iter().any(|c| *c < n && a[step][*c].abs() > 1e-9);
            if !hangs {
                variances[*column] = Some(a[step][size + 1 + column]);
            }
        }
        let free_values = columns[rank..].iter().filter(|c| **c < n).count();
        let free_balances = columns[rank..].len() - free_values;
        let unknown = self.known.iter().filter(|k| !**k).count() - free_values.min(self.known.len());
        let redundant = (self.balances - free_balances).saturating_sub(unknown) as u32;
        Solved { shifts, variances, scales: self.scales.clone(), redundant }
    }
}

/// How a balance changes with one of its values.
fn slope(balance: &Balance, at: &[f64], i: usize) -> f64 {
    let of_term = |t: &Term| {
        let all = t.of.iter().enumerate().filter(|(_, q)| **q == i);
        all.map(|(k, _)| {
            let others = t.of.iter().enumerate().filter(|(other, _)| *other != k);
            others.fold(t.factor, |p, (_, q)| p * at[*q])
        })
        .sum::<f64>()
    };
    balance.terms.iter().map(of_term).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(key: &str, value: f64, deviation: Option<f64>) -> Quantity {
        Quantity { key: key.into(), value, deviation }
    }

    fn linear(key: &str, terms: &[(f64, usize)]) -> Balance {
        let terms = terms.iter().map(|(factor, i)| Term { factor: *factor, of: vec![*i] }).collect();
        Balance { key: key.into(), terms }
    }

    fn near(a: f64, b: f64, by: f64) {
        assert!((a - b).abs() <= by, "{a} against {b}");
    }

    /// A heat exchanger with a bypass: six flows, all measured with a variance of 1 (Narasimhan and Jordache, Data Reconciliation
    /// and Gross Error Detection, 2000, example 1-1).
    fn exchanger() -> (Vec<Quantity>, Vec<Balance>) {
        let flows = [101.91, 64.45, 34.65, 64.20, 36.44, 98.88];
        let flows = flows.iter().enumerate().map(|(i, v)| quantity(&format!("f{}", i + 1), *v, Some(1.0))).collect();
        let balances = vec![
            linear("splitter", &[(1.0, 0), (-1.0, 1), (-1.0, 2)]),
            linear("exchanger", &[(1.0, 1), (-1.0, 3)]),
            linear("valve", &[(1.0, 2), (-1.0, 4)]),
            linear("mixer", &[(1.0, 3), (1.0, 4), (-1.0, 5)]),
        ];
        (flows, balances)
    }

    #[test]
    fn the_textbook_exchanger_balances_as_in_the_book() {
        let (flows, balances) = exchanger();
        let found = reconcile(&flows, &balances).unwrap();
        for (a, wanted) in found.quantities.iter().zip([100.22, 64.50, 35.72, 64.50, 35.72, 100.22]) {
            near(a.value, wanted, 0.005);
            assert!(a.deviation.unwrap() < 1.0, "what agrees is surer");
        }
        assert_eq!(found.redundant, 4);
        near(found.squares, found.quantities.iter().map(|a| a.shift * a.shift).sum(), 1e-12);
        near(found.off[0], 101.91 - 64.45 - 34.65, 1e-9);
    }

    #[test]
    fn what_nobody_measured_is_worked_out_and_what_cannot_be_is_told_apart() {
        // Flows 3 to 6 unknown: 3, 4 and the rest follow from 1 and 2, and nothing is checked.
        let (mut flows, balances) = exchanger();
        flows[2..].iter_mut().for_each(|q| q.deviation = None);
        let found = reconcile(&flows, &balances).unwrap();
        near(found.quantities[0].value, 101.91, 1e-9);
        near(found.quantities[2].value, 101.91 - 64.45, 1e-9);
        near(found.quantities[2].deviation.unwrap(), 2.0_f64.sqrt(), 1e-9);
        near(found.quantities[5].value, 101.91, 1e-9);
        assert_eq!((found.redundant, found.quantities[2].worked_out), (0, true));
        // Only the exchanger's own flow measured: the bypass is anybody's guess.
        flows[0].deviation = None;
        let found = reconcile(&flows, &balances).unwrap();
        assert!(found.quantities[3].worked_out, "it equals what was measured");
        assert!(!found.quantities[2].worked_out && !found.quantities[5].worked_out);
        near(found.quantities[3].value, 64.45, 1e-9);
    }

    #[test]
    fn a_flow_times_a_yield_balances_and_the_surer_one_gives_way_less() {
        // 100 +- 10 of feed times a yield of 0.9 +- 0.01 is said to make 80 +- 1. By hand: with f = 100 + 10a, y = 0.9 + 0.01b and
        // o = 80 + c the least squares keep (100 + 10a)(0.9 + 0.01b) = 80 + c; made linear at the start the multipliers give
        // a : b : c = -9 : -1 : 1, so that the feed takes nearly all of it.
        let q = [
            quantity("feed", 100.0, Some(10.0)),
            quantity("yield", 0.9, Some(0.01)),
            quantity("made", 80.0, Some(1.0)),
        ];
        let b = Balance {
            key: "furnace".into(),
            terms: vec![Term { factor: 1.0, of: vec![0, 1] }, Term { factor: -1.0, of: vec![2] }],
        };
        let found = reconcile(&q, &[b]).unwrap();
        let [feed, rate, made] = [0, 1, 2].map(|i| found.quantities[i]);
        near(feed.value * rate.value, made.value, 1e-7);
        assert!(feed.shift < -1.0 && rate.shift.abs() < 0.15 && made.shift.abs() < 0.15, "{found:?}");
        // Stationary: shifts are in the ratio of slope times deviation.
        near(feed.shift / made.shift, -rate.value * 10.0, 1e-4);
        near(rate.shift / made.shift, -feed.value * 0.01, 1e-4);
        assert_eq!(found.redundant, 1);
        // One balance: the test says the same of all three.
        near(feed.test.unwrap().abs(), made.test.unwrap().abs(), 1e-6);
    }

    #[test]
    fn against_trying_all_on_a_small_case() {
        // Two unknown shares of one sum, on a fine grid.
        let q = [quantity("a", 30.0, Some(2.0)), quantity("b", 50.0, Some(4.0)), quantity("all", 90.0, Some(3.0))];
        let found = reconcile(&q, &[linear("sum", &[(1.0, 0), (1.0, 1), (-1.0, 2)])]).unwrap();
        let mut best = (f64::INFINITY, 0.0, 0.0);
        for i in 0..=2000 {
            for j in 0..=2000 {
                let (a, b) = (28.0 + f64::from(i) * 0.004, 48.0 + f64::from(j) * 0.006);
                let square = |v: f64| v * v;
                let s = square((a - 30.0) / 2.0) + square((b - 50.0) / 4.0) + square((a + b - 90.0) / 3.0);
                if s < best.0 {
                    best = (s, a, b);
                }
            }
        }
        near(found.squares, best.0, 1e-4);
        near(found.quantities[0].value, best.1, 0.01);
        near(found.quantities[1].value, best.2, 0.01);
    }

    #[test]
    fn what_cannot_be_is_said() {
        let fixed = [quantity("a", 1.0, Some(0.0)), quantity("b", 2.0, Some(0.0))];
        let same = linear("same", &[(1.0, 0), (-1.0, 1)]);
        let refused = reconcile(&fixed, &[same]).unwrap_err();
        assert_eq!(refused, ReconcileError::NoSolution { key: "same".into(), off: -1.0 });
        // Two balances that contradict each other.
        let q = [quantity("a", 1.0, Some(1.0)), quantity("one", 1.0, Some(0.0)), quantity("two", 2.0, Some(0.0))];
        let both = [linear("x", &[(1.0, 0), (-1.0, 1)]), linear("y", &[(1.0, 0), (-1.0, 2)])];
        assert_eq!(reconcile(&q, &both).unwrap_err().code(), "reconcile-no-solution");
        // The same balance twice is one.
        let twice = [linear("x", &[(1.0, 0), (-1.0, 1)]), linear("x again", &[(2.0, 0), (-2.0, 1)])];
        let found = reconcile(&q, &twice).unwrap();
        assert_eq!((found.quantities[0].value, found.redundant), (1.0, 1));
        let bad = [quantity("a", f64::NAN, Some(1.0))];
        assert_eq!(reconcile(&bad, &[]).unwrap_err().code(), "reconcile-bad-quantity");
        assert_eq!(reconcile(&fixed, &[linear("z", &[(1.0, 7)])]).unwrap_err().code(), "reconcile-bad-balance");
    }
}
