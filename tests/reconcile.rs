//! The tables' own values, made to balance.

use atlas_core::uncertainty::Ledger;
use atlas_tests::region;

#[test]
fn the_nations_metals_balance_and_the_aluminium_gap_is_told() {
    let region = region();
    let ledger = Ledger::new(&region.baseline, &region.baseline.parameters);
    let found = ledger.reconciled().expect("values that balance");
    let row =
        |key: &str| ledger.entries.iter().position(|e| e.quantity.key == key).unwrap_or_else(|| panic!("no {key}"));
    let value = |key: &str| found.quantities[row(key)].value;
    for (balance, off) in ledger.balances.iter().zip(&found.off) {
        println!("{:<16} off by {off:>10.1}", balance.key);
    }
    for (e, a) in ledger.entries.iter().zip(&found.quantities) {
        println!(
            "{:<20} {:>10.3} ± {:>8.3} -> {:>10.3} ± {:>8.3}  shift {:>6.2} test {:?}",
            e.quantity.key,
            e.quantity.value,
            e.quantity.deviation.unwrap_or(f64::NAN),
            a.value,
            a.deviation.unwrap_or(f64::NAN),
            a.shift,
            a.test
        );
    }
    // Every balance is kept, by the values alone.
    for s in ["al", "cu"] {
        let scrap = value(&format!("scrap_{s}")) + value(&format!("import_{s}")) * value(&format!("content_{s}"));
        let made = scrap * value("sorting_yield") * value(&format!("smelter_yield_{s}"));
        assert!((made - value(&format!("output_{s}"))).abs() < 1e-3, "{s}");
        let arising = value(&format!("arising_{s}")) * value("recovery_rate");
        assert!((arising - value(&format!("scrap_{s}"))).abs() < 1e-3, "{s}");
    }
    // The tables' aluminium scrap does not make the tables' aluminium: output comes down, scrap goes up.
    let off = |key: &str| found.off[ledger.balances.iter().position(|b| b.key == key).unwrap()];
    assert!(off("metal_al") < -500.0, "{}", off("metal_al"));
    assert!(value("output_al") < ledger.entries[row("output_al")].quantity.value);
    assert!(value("scrap_al") > ledger.entries[row("scrap_al")].quantity.value);
    // Nothing was overwritten.
    assert_eq!(Ledger::new(&region.baseline, &region.baseline.parameters), ledger);
}
