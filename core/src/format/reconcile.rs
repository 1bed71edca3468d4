//! Values that must balance, as a table and as JSON: headings and field names are public.

use super::export::{Cell, Sheet};
use crate::uncertainty::{Ledger, reconcile::Reconciled};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    values: Vec<ValueReport<'a>>,
    balances: Vec<BalanceReport<'a>>,
    /// Sum of squared shifts, balances that check something, and what the sum exceeds one time in twenty.
    squares: f64,
    redundant: u32,
    critical: Option<f64>,
    agrees: Option<bool>,
    rounds: u32,
}

#[derive(Serialize)]
struct ValueReport<'a> {
    key: &'a str,
    parameters: &'a [String],
    unit: &'a str,
    /// `null` for what nobody measured.
    value: Option<f64>,
    deviation: Option<f64>,
    balanced: f64,
    balanced_deviation: Option<f64>,
    /// In standard deviations.
    shift: f64,
    test: Option<f64>,
    verdict: &'static str,
}

#[derive(Serialize)]
struct BalanceReport<'a> {
    key: &'a str,
    /// Keys of values that are multiplied, and the factor before them.
    terms: Vec<(f64, Vec<&'a str>)>,
    /// The value that it works out; `null` where it checks what was measured.
    works_out: Option<&'a str>,
    /// With the tables' values; `null` where it checks nothing.
    left: Option<f64>,
    right: Option<f64>,
    off: Option<f64>,
}

/// What the tables say, what balances, and by how much each value was shifted.
///
/// # Panics
/// Never: the report is plain data.
#[must_use]
pub fn reconciled_json(ledger: &Ledger, found: &Reconciled) -> String {
    let stated: Vec<f64> = ledger.entries.iter().map(|e| e.quantity.value).collect();
    let name = |i: &usize| ledger.entries[*i].quantity.key.as_str();
    let values = ledger.entries.iter().zip(&found.quantities).map(|(e, a)| ValueReport {
        key: &e.quantity.key,
        parameters: &e.keys,
        unit: &e.unit,
        value: e.quantity.deviation.map(|_| e.quantity.value),
        deviation: e.quantity.deviation,
        balanced: a.value,
        balanced_deviation: a.deviation,
        shift: a.shift,
        test: a.test,
        verdict: a.verdict(&e.quantity).key(),
    });
    let balances = ledger.balances.iter().zip(&found.off).map(|(b, off)| {
        let (left, right) = Ledger::sides(b, &stated);
        let terms = b.terms.iter().map(|t| (t.factor, t.of.iter().map(name).collect())).collect();
        let works_out = ledger.works_out(b);
        let checked = |v: f64| works_out.is_none().then_some(v);
        let (left, right, off) = (checked(left), checked(right), checked(*off));
        BalanceReport { key: &b.key, terms, works_out: works_out.as_ref().map(name), left, right, off }
    });
    let report = Report {
        values: values.collect(),
        balances: balances.collect(),
        squares: found.squares,
        redundant: found.redundant,
        critical: found.critical(),
        agrees: found.agrees(),
        rounds: found.rounds,
    };
    serde_json::to_string_pretty(&report).expect("plain data")
}

/// The same as a table: a row a value.
#[must_use]
pub fn reconciled_sheet(ledger: &Ledger, found: &Reconciled) -> Sheet {
    let columns = [
        "key",
        "parameters",
        "unit",
        "value",
        "deviation",
        "balanced",
        "balanced_deviation",
        "shift_deviations",
        "test",
        "verdict",
    ];
    let mut sheet = Sheet::new("balances", &columns);
    for (e, a) in ledger.entries.iter().zip(&found.quantities) {
        sheet.rows.push(vec![
            Cell::words(&e.quantity.key),
            Cell::words(e.keys.join(" ")),
            Cell::words(&e.unit),
            Cell::exact(e.quantity.deviation.map(|_| e.quantity.value)),
            Cell::exact(e.quantity.deviation),
            Cell::exact(a.value),
            Cell::exact(a.deviation),
            Cell::exact(a.shift),
            Cell::exact(a.test),
            Cell::words(a.verdict(&e.quantity).key()),
        ]);
    }
    sheet
}
