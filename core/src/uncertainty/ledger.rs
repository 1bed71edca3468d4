//! What the tables say of the nation's metals, as values that must balance.
//!
//! ```text
//! (domestic scrap + imports x content) x sorting yield x smelter yield = output            a metal
//! scrap that arises x recovery rate = domestic scrap                                       a metal
//! domestic scrap of all four = the association's total; output of all four = the association's total
//! named capacity x utilisation + unnamed product = the clusters' share of the output       a metal
//! ```
//!
//! Copper and aluminium pass a hub, lead and zinc do not. Half-years of the association count twice. What arises and what unnamed
//! plants make nobody measured: the balances say it. Deviations are those of the parameters' [`spread`](super::spread()).

use super::{
    reconcile::{Balance, Quantity, ReconcileError, Reconciled, Term, reconcile},
    spread,
};
use crate::model::{Baseline, FacilityKind, Parameter, Parameters, Stream, effective_t};
use serde::{Deserialize, Serialize};

/// A value of the ledger, with where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The value with its deviation.
    pub quantity: Quantity,
    /// Parameters behind it; empty for what nobody measured and for what is added up from plants or prefectures.
    pub keys: Vec<String>,
    /// `kt/y` or `share`.
    pub unit: String,
}

/// Values that must balance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// The values.
    pub entries: Vec<Entry>,
    /// The balances.
    pub balances: Vec<Balance>,
}

/// Metals of which output and scrap are known.
const METALS: [Stream; 4] = [Stream::Al, Stream::Cu, Stream::Pb, Stream::Zn];

/// What the tables call the output of a metal, and how often it counts: half-years twice. For copper and lead only the target
/// of 2025 is stated.
const fn output_key(s: Stream) -> (&'static str, f64) {
    match s {
        Stream::Al => ("national.recycled_output_h1.Al", 2.0),
        Stream::Cu => ("national.recycled_output_target.Cu", 1.0),
        Stream::Pb => ("national.recycled_output_target.Pb", 1.0),
        _ => ("national.recycled_output.Zn", 1.0),
    }
}

impl Ledger {
    /// The ledger of a baseline, with the parameters in force.
    #[must_use]
    pub fn new(baseline: &Baseline, parameters: &Parameters) -> Self {
        let mut ledger = Self::default();
        let sorting = ledger.stated(parameters, "sorting_yield", "process.hub_sorting_yield.all", 0.01, "share");
        let recovery = ledger.stated(parameters, "recovery_rate", "national.recovery_rate.all.2025", 0.01, "share");
        let utilisation = ledger.stated(parameters, "utilisation", "model.utilisation.all", 1.0, "share");
        let (mut scraps, mut outputs) = (Vec::new(), Vec::new());
        for s in METALS {
            let metal = s.table_key();
            let name = |what: &str| format!("{what}_{}", s.key());
            let scrap =
                ledger.stated(parameters, &name("scrap"), &format!("national.domestic_scrap.{metal}"), 1.0, "kt/y");
            let smelted = ledger.stated(
                parameters,
                &name("smelter_yield"),
                &format!("process.smelter_yield.{metal}"),
                0.01,
                "share",
            );
            let (key, times) = output_key(s);
            let output = ledger.stated(parameters, &name("output"), key, times, "kt/y");
            let import = format!("national.scrap_import_gross.{metal}");
            let import = parameters.get(&import).map(|_| {
                (
                    ledger.stated(parameters, &name("import"), &import, 1.0, "kt/y"),
                    ledger.stated(parameters, &name("content"), s.content_key(), 0.01, "share"),
                )
            });
            let yields = |mut of: Vec<Option<usize>>| {
                of.push(smelted);
                of.extend(s.via_hub().then_some(sorting));
                of.into_iter().collect::<Option<Vec<usize>>>()
            };
            let mut terms = vec![(1.0, yields(vec![scrap])), (-1.0, output.map(|o| vec![o]))];
            if let Some((gross, content)) = import {
                terms.push((1.0, yields(vec![gross, content])));
            }
            ledger.balance(name("metal"), terms);
            let arising = scrap.map(|i| ledger.entries[i].quantity.value / 0.7).unwrap_or_default();
            let arising = ledger.unmeasured(name("arising"), arising);
            let terms = vec![(1.0, recovery.map(|r| vec![arising, r])), (-1.0, scrap.map(|i| vec![i]))];
            ledger.balance(name("recovery"), terms);
            ledger.capacity(baseline, parameters, s, utilisation, output);
            scraps.push((1.0, scrap.map(|i| vec![i])));
            outputs.push((1.0, output.map(|i| vec![i])));
        }
        let total = ledger.stated(parameters, "scrap_all", "national.domestic_scrap_recovered_h1.all", 2.0, "kt/y");
        scraps.push((-1.0, total.map(|i| vec![i])));
        ledger.balance("scrap_all".into(), scraps);
        let total = ledger.stated(parameters, "output_all", "national.recycled_output_h1.all", 2.0, "kt/y");
        outputs.push((-1.0, total.map(|i| vec![i])));
        ledger.balance("output_all".into(), outputs);
        ledger
    }

    /// What the clusters' named plants make at the assumed utilisation, and what is left for unnamed ones.
    fn capacity(
        &mut self,
        baseline: &Baseline,
        parameters: &Parameters,
        s: Stream,
        utilisation: Option<usize>,
        output: Option<usize>,
    ) {
        let plants = baseline.facilities.iter().filter(|f| f.kind == FacilityKind::Smelter && f.cluster.is_some());
        let effective: f64 = plants.map(|f| effective_t(f, s, parameters)).sum();
        let nameplate = effective / parameters.number("model.utilisation.all") / 1000.0;
        let national = parameters.number("national.secondary_value_added.all") * 1e12;
        let own = baseline.prefectures.iter().filter(|p| p.cluster.is_some()).map(|p| p.secondary_value_added_yuan);
        let share = own.sum::<f64>() / national;
        // Each plant's capacity is off on its own: together they are surer than any, but plants that nobody lists are missing.
        let named = self.push(format!("named_capacity_{}", s.key()), nameplate, Some(0.1 * nameplate), vec![], "kt/y");
        let share = self.push(format!("share_{}", s.key()), share, Some(0.1 * share), vec![], "share");
        let unnamed = self.unmeasured(format!("unnamed_{}", s.key()), nameplate.max(1.0));
        self.balance(
            format!("capacity_{}", s.key()),
            vec![
                (1.0, utilisation.map(|u| vec![named, u])),
                (1.0, Some(vec![unnamed])),
                (-1.0, output.map(|o| vec![o, share])),
            ],
        );
    }

    /// Adjusts the values so that every balance is kept.
    ///
    /// # Errors
    /// Where no values balance.
    pub fn reconciled(&self) -> Result<Reconciled, ReconcileError> {
        let quantities: Vec<Quantity> = self.entries.iter().map(|e| e.quantity.clone()).collect();
        reconcile(&quantities, &self.balances)
    }

    /// What a balance works out: the row of the value in it that nobody measured. `None` where all are measured, so that it checks.
    #[must_use]
    pub fn works_out(&self, balance: &Balance) -> Option<usize> {
        let mut all = balance.terms.iter().flat_map(|t| &t.of).copied();
        all.find(|i| self.entries[*i].quantity.deviation.is_none())
    }

    /// Both sides of a balance, with these values: what is added, and what it should come to.
    ///
    /// # Panics
    /// Where there are fewer values than entries.
    #[must_use]
    pub fn sides(balance: &Balance, values: &[f64]) -> (f64, f64) {
        let of = |t: &Term| t.of.iter().fold(t.factor, |p, i| p * values[*i]);
        balance.terms.iter().map(of).fold((0.0, 0.0), |(l, r), v| if v < 0.0 { (l, r - v) } else { (l + v, r) })
    }

    fn push(&mut self, key: String, value: f64, deviation: Option<f64>, keys: Vec<String>, unit: &str) -> usize {
        let quantity = Quantity { key, value, deviation };
        self.entries.push(Entry { quantity, keys, unit: unit.into() });
        self.entries.len() - 1
    }

    fn unmeasured(&mut self, key: String, guess: f64) -> usize {
        self.push(key, guess, None, vec![], "kt/y")
    }

    /// A parameter, times a factor; `None` where the table has none.
    fn stated(&mut self, parameters: &Parameters, name: &str, key: &str, factor: f64, unit: &str) -> Option<usize> {
        let p = parameters.get(key)?;
        Some(self.push(name.into(), p.value * factor, Some(deviation(p) * factor), vec![key.into()], unit))
    }

    /// A balance; not where one of its values is missing.
    fn balance(&mut self, key: String, terms: Vec<(f64, Option<Vec<usize>>)>) {
        let terms: Option<Vec<Term>> = terms.into_iter().map(|(factor, of)| of.map(|of| Term { factor, of })).collect();
        if let Some(terms) = terms {
            self.balances.push(Balance { key, terms });
        }
    }
}

fn deviation(p: &Parameter) -> f64 {
    spread(p).map_or(0.0, |s| libm::sqrt(s.variance()))
}
