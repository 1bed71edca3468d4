//! Values of the tables that must balance: what they are called, what was shifted, and what that says.

use super::{
    AppState,
    said::{Said, said},
};
use crate::i18n::{Lang, Quantity, decimals, signed, significant, t, tr};
use atlas_core::{
    format::reconcile::reconciled_sheet,
    model::Stream,
    uncertainty::{
        Entry, Ledger,
        reconcile::{Adjusted, Balance, ReconcileError, Reconciled, Verdict},
    },
};

/// The ledger, and what balances.
#[derive(Clone, Debug, PartialEq)]
pub struct Balanced {
    /// What the tables say.
    pub ledger: Ledger,
    /// What balances.
    pub found: Reconciled,
}

/// A balance that is off by less of what it should come to is not told in a sentence.
const WORTH_TELLING: f64 = 0.025;

/// The balances that check what was measured, metal by metal and in all.
const CHECKS: [&str; 6] = ["metal_al", "metal_cu", "metal_pb", "metal_zn", "scrap_all", "output_all"];

impl AppState {
    /// Makes the tables' values agree, those that a person set as they are.
    ///
    /// # Errors
    /// Where no values balance.
    pub fn balanced(&self) -> Result<Balanced, ReconcileError> {
        let ledger = Ledger::new(&self.baseline, &self.parameters());
        let found = ledger.reconciled()?;
        Ok(Balanced { ledger, found })
    }
}

impl Balanced {
    /// Rows of the values, those that give way most first; then what the balances work out; of one metal, or of all.
    #[must_use]
    pub fn rows(&self, of: Option<Stream>) -> Vec<usize> {
        let key = |i: &usize| self.ledger.entries[*i].quantity.key.as_str();
        let mut rows: Vec<usize> = (0..self.ledger.entries.len())
            .filter(|i| of.is_none_or(|s| split(key(i)).1.is_none_or(|own| own == s.key())))
            .collect();
        let rank = |i: &usize| {
            let (e, a) = self.row(*i);
            let last = matches!(a.verdict(&e.quantity), Verdict::WorkedOut | Verdict::Open);
            // Of one balance all have the same test, but for rounding.
            (last, a.test.map_or(0.0, |t| -(t.abs() * 1e6).round()), -a.shift.abs())
        };
        rows.sort_by(|a, b| {
            let (x, y) = (rank(a), rank(b));
            x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)).then(x.2.total_cmp(&y.2))
        });
        rows
    }

    /// A value, and what became of it.
    #[must_use]
    pub fn row(&self, i: usize) -> (&Entry, &Adjusted) {
        (&self.ledger.entries[i], &self.found.quantities[i])
    }

    fn stated(&self) -> Vec<f64> {
        self.ledger.entries.iter().map(|e| e.quantity.value).collect()
    }

    /// The table as CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        reconciled_sheet(&self.ledger, &self.found).csv()
    }
}

/// What a key is about, and the metal; none where it is about all.
fn split(key: &str) -> (&str, Option<&str>) {
    match key.rsplit_once('_') {
        Some((what, metal)) if Stream::ALL.iter().any(|s| s.key() == metal) => (what, Some(metal)),
        _ => (key, None),
    }
}

/// Id of a value's row.
#[must_use]
pub fn ledger_id(key: &str) -> String {
    format!("ledger-row-{key}")
}

/// What a value is called.
#[must_use]
pub fn ledger_name(lang: Lang, key: &str) -> String {
    let (what, metal) = split(key);
    let metal = metal.map_or_else(String::new, |m| t(lang, &format!("stream-{m}")));
    tr(lang, &format!("ledger-{}", what.replace('_', "-")), &[("metal", &metal)])
}

/// What a balance is called.
#[must_use]
pub fn ledger_balance_name(lang: Lang, key: &str) -> String {
    let (what, metal) = split(key);
    let metal = metal.map_or_else(String::new, |m| t(lang, &format!("stream-{m}")));
    tr(lang, &format!("ledger-balance-{}", what.replace('_', "-")), &[("metal", &metal)])
}

/// A tonnage or share of the ledger, in the unit that is shown.
fn shown(lang: Lang, unit: &str, v: f64) -> f64 {
    if unit == "share" { 100.0 * v } else { Quantity::TonnesPerYear.scaled(1000.0 * v, lang) }
}

/// The unit that is shown.
#[must_use]
pub fn ledger_unit(lang: Lang, unit: &str) -> &'static str {
    if unit == "share" { "%" } else { Quantity::TonnesPerYear.unit(lang) }
}

/// A number of the ledger, without its unit.
#[must_use]
pub fn ledger_number(lang: Lang, unit: &str, v: f64) -> String {
    let v = shown(lang, unit, v);
    if unit == "share" { decimals(v, 1) } else { significant(v) }
}

/// By how much a value was shifted, with its sign and unit; a share in points.
#[must_use]
pub fn ledger_shift(lang: Lang, e: &Entry, a: &Adjusted) -> String {
    let by = shown(lang, &e.unit, a.value - e.quantity.value);
    let words = if e.unit == "share" { signed((by * 100.0).round() / 100.0) } else { signed(by) };
    let unit = if e.unit == "share" { t(lang, "ledger-points") } else { ledger_unit(lang, &e.unit).to_owned() };
    format!("{words} {unit}")
}

/// A balance as an equation, with the tables' values: words, and both sides in words where it checks them.
#[must_use]
pub fn ledger_equation(lang: Lang, all: &Balanced, balance: &Balance) -> (String, Option<(String, String, String)>) {
    let name = |i: &usize| ledger_name(lang, &all.ledger.entries[*i].quantity.key);
    let side = |left: bool| {
        let terms = balance.terms.iter().filter(|t| (t.factor > 0.0) == left);
        let words: Vec<String> = terms.map(|t| t.of.iter().map(name).collect::<Vec<_>>().join(" × ")).collect();
        words.join(" + ")
    };
    let words = format!("{} = {}", side(true), side(false));
    if all.ledger.works_out(balance).is_some() {
        return (words, None);
    }
    let (left, right) = Ledger::sides(balance, &all.stated());
    let tonnes = |v: f64| ledger_number(lang, "kt/y", v);
    let off = signed(shown(lang, "kt/y", left - right));
    (words, Some((tonnes(left), tonnes(right), off)))
}

/// What the balances say, in sentences.
#[must_use]
pub fn ledger_sentences(lang: Lang, all: &Balanced) -> Vec<Vec<Said>> {
    let found = &all.found;
    let (squares, checks) = (decimals(found.squares, 1), found.redundant.to_string());
    let critical = found.critical().map_or_else(String::new, |c| decimals(c, 1));
    let key = match found.agrees() {
        Some(true) => "ledger-say-agrees",
        Some(false) => "ledger-say-disagrees",
        None => "ledger-say-unchecked",
    };
    let names = [("squares", squares.as_str()), ("checks", checks.as_str()), ("critical", critical.as_str())];
    let mut sentences = vec![said(lang, key, &names, &[])];
    let unit = ledger_unit(lang, "kt/y");
    let balances = CHECKS.iter().filter_map(|k| all.ledger.balances.iter().find(|b| b.key == *k));
    for balance in balances.filter(|b| all.ledger.works_out(b).is_none()) {
        let (left, right) = Ledger::sides(balance, &all.stated());
        if (left - right).abs() < WORTH_TELLING * right.abs() {
            continue;
        }
        let words = |v: f64| format!("{} {unit}", ledger_number(lang, "kt/y", v));
        let (made, told, off) = (words(left), words(right), words((left - right).abs()));
        // What gives way most of the tonnages in it.
        let tonnages = balance.terms.iter().flat_map(|t| &t.of).copied();
        let of_tonnes = tonnages.filter(|i| all.ledger.entries[*i].unit != "share");
        let most = of_tonnes.max_by(|a, b| {
            let moved = |i: &usize| (all.row(*i).1.value - all.row(*i).0.quantity.value).abs();
            moved(a).total_cmp(&moved(b))
        });
        let Some((e, a)) = most.map(|i| all.row(i)) else { continue };
        let name = ledger_name(lang, &e.quantity.key);
        let row = ledger_id(&e.quantity.key);
        let key = if left < right { "ledger-say-short" } else { "ledger-say-over" };
        let balanced = format!("{} {unit} ({})", ledger_number(lang, "kt/y", a.value), ledger_shift(lang, e, a));
        let names = [
            ("balance", ledger_balance_name(lang, &balance.key)),
            ("made", made),
            ("told", told),
            ("off", off),
            ("name", name),
        ];
        let names: Vec<(&str, &str)> = names.iter().map(|(k, v)| (*k, v.as_str())).collect();
        sentences.push(said(lang, key, &names, &[("balanced", &row, balanced)]));
    }
    sentences
}

/// A shift as a drawing: how far the value gives way, in its own standard deviations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShiftDrawing {
    /// Where the balanced value stands.
    pub at: f64,
    /// One standard deviation of the balanced value to either side.
    pub from: f64,
    /// The other end.
    pub to: f64,
}

/// Width, height, and how many deviations fit to either side.
pub const SHIFT: (f64, f64, f64) = (168.0, 20.0, 3.0);

/// Where so many deviations are drawn.
#[must_use]
pub fn shift_x(deviations: f64) -> f64 {
    let (width, _, most) = SHIFT;
    width / 2.0 * (1.0 + deviations.clamp(-most, most) / most)
}

/// The drawing of a value; `None` where it has no deviation of its own.
#[must_use]
pub fn shift_drawing(e: &Entry, a: &Adjusted) -> Option<ShiftDrawing> {
    let own = e.quantity.deviation.filter(|d| *d > 0.0)?;
    let half = a.deviation? / own;
    Some(ShiftDrawing { at: shift_x(a.shift), from: shift_x(a.shift - half), to: shift_x(a.shift + half) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Balanced {
        // Two values of one sum: 30 and 50 against 90, in kt a year.
        use atlas_core::uncertainty::reconcile::{Quantity, Term};
        let entry = |key: &str, value: f64, deviation: Option<f64>| Entry {
            quantity: Quantity { key: key.into(), value, deviation },
            keys: vec![],
            unit: "kt/y".into(),
        };
        let terms = [(1.0, 0), (1.0, 1), (-1.0, 2)].map(|(factor, i)| Term { factor, of: vec![i] }).to_vec();
        let guess = [(1.0, 3), (-1.0, 0)].map(|(factor, i)| Term { factor, of: vec![i] }).to_vec();
        let ledger = Ledger {
            entries: vec![
                entry("scrap_al", 30.0, Some(2.0)),
                entry("scrap_cu", 50.0, Some(4.0)),
                entry("scrap_all", 90.0, Some(3.0)),
                entry("arising_al", 1.0, None),
            ],
            balances: vec![
                Balance { key: "scrap_all".into(), terms },
                Balance { key: "recovery_al".into(), terms: guess },
            ],
        };
        let found = ledger.reconciled().unwrap();
        Balanced { ledger, found }
    }

    #[test]
    fn what_gives_way_most_comes_first_and_what_nobody_measured_last() {
        let all = all();
        let keys = |of| all.rows(of).into_iter().map(|i| all.row(i).0.quantity.key.clone()).collect::<Vec<_>>();
        // One balance: the test says the same of all, and the least sure one is shifted most.
        assert_eq!(keys(None), ["scrap_cu", "scrap_all", "scrap_al", "arising_al"]);
        assert_eq!(keys(Some(Stream::Cu)), ["scrap_cu", "scrap_all"]);
    }

    #[test]
    fn sentences_and_equations_say_both_sides_in_both_languages() {
        let all = all();
        for (lang, off) in [(Lang::En, "10.0 kt/y"), (Lang::Zh, "1.00 万吨/年")] {
            let sentences = ledger_sentences(lang, &all);
            assert_eq!(sentences.len(), 2, "{sentences:?}");
            let words = super::super::spoken(&sentences[1]);
            assert!(words.contains(off), "{words}");
            let (equation, sides) = ledger_equation(lang, &all, &all.ledger.balances[0]);
            assert!(equation.contains(" + ") && equation.contains(" = "), "{equation}");
            assert!(sides.is_some());
            assert_eq!(
                ledger_equation(lang, &all, &all.ledger.balances[1]).1,
                None,
                "it works out what nobody measured"
            );
        }
    }

    #[test]
    fn drawings_stay_inside_and_end_where_the_shift_does() {
        let all = all();
        let (e, a) = all.row(1);
        let d = shift_drawing(e, a).unwrap();
        assert!(d.from < d.at && d.at < d.to && d.from >= 0.0 && d.to <= SHIFT.0);
        assert!((d.at - shift_x(a.shift)).abs() < 1e-12);
        assert_eq!(shift_drawing(&all.ledger.entries[3], &all.found.quantities[3]), None);
        assert_eq!((shift_x(-9.0), shift_x(0.0), shift_x(9.0)), (0.0, SHIFT.0 / 2.0, SHIFT.0));
    }
}
