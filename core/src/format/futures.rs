//! What many futures say of plans, as JSON and as sentences' numbers: field names are public.

use crate::uncertainty::{Band, Odds, Outlook, Regret};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct DrawnJson<'a> {
    key: &'a str,
    low: f64,
    mode: f64,
    high: f64,
    stated: bool,
}

#[derive(Serialize)]
struct BandJson<'a> {
    unit: &'static str,
    runs: u32,
    mean: f64,
    error: f64,
    p5: f64,
    p25: f64,
    p50: f64,
    p75: f64,
    p95: f64,
    dots: &'a [f64],
    /// At the table's values: by the quick grain and in full.
    quick: Option<f64>,
    full: Option<f64>,
    /// The worst relative error of the quick grain against full solves.
    off: Option<f64>,
    /// Runs without a number, by reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    lacking: BTreeMap<&'static str, u32>,
}

#[derive(Serialize)]
struct OddsJson {
    runs: u32,
    below: u32,
    alike: u32,
    share: f64,
    low: f64,
    high: f64,
}

impl From<&Odds> for OddsJson {
    fn from(o: &Odds) -> Self {
        Self { runs: o.runs, below: o.below, alike: o.alike, share: o.share, low: o.low, high: o.high }
    }
}

#[derive(Serialize)]
struct ShareJson<'a> {
    key: &'a str,
    first_order: f64,
    grows: bool,
}

#[derive(Serialize)]
struct ValueJson<'a> {
    explained: f64,
    shares: Vec<ShareJson<'a>>,
}

#[derive(Serialize)]
struct PlanJson<'a> {
    name: &'a str,
    unproved: u32,
    infeasible: u32,
    full_solves: u32,
    bands: BTreeMap<String, BandJson<'a>>,
    /// Measures without a number in any run, and why: runs by reason.
    lacking: BTreeMap<String, BTreeMap<&'static str, u32>>,
    /// Of the plans before it, by name: in how many draws this one is below.
    odds: BTreeMap<String, BTreeMap<String, OddsJson>>,
    regret: BTreeMap<String, Regret>,
    value_of_data: BTreeMap<String, ValueJson<'a>>,
}

#[derive(Serialize)]
struct OutlookJson<'a> {
    runs: u32,
    seed: u64,
    chance: f64,
    drawn: Vec<DrawnJson<'a>>,
    plans: Vec<PlanJson<'a>>,
    problems: &'a [String],
    seconds: f64,
}

/// What `atlas montecarlo --json` prints. `names` are the plans'; `problems` is what was wrong with their files. Two runs of the same
/// question differ in `seconds` alone.
#[must_use]
pub fn outlook_json(outlook: &Outlook, names: &[String], problems: &[String], seconds: f64) -> String {
    let key = |a: usize| outlook.aims[a].key();
    let parameter = |row: u32| outlook.drawn.get(row as usize).map_or("", |(key, _)| key.as_str());
    let plan = |p: usize| {
        let of = &outlook.plans[p];
        let rows = 0..outlook.aims.len();
        let bands = rows.clone().filter_map(|a| {
            let b: &Band = of.bands[a].as_ref()?;
            let [p5, p25, p50, p75, p95] = b.quantiles;
            let central = of.central[a];
            let band = BandJson {
                unit: outlook.aims[a].measure.unit().symbol(),
                runs: b.runs,
                mean: b.mean,
                error: b.error,
                p5,
                p25,
                p50,
                p75,
                p95,
                dots: &b.dots,
                quick: central.map(|c| c.quick),
                full: central.map(|c| c.full),
                off: of.off[a],
                lacking: of.lacking[a].iter().map(|(why, n)| (why.code(), *n)).collect(),
            };
            Some((key(a), band))
        });
        let nowhere = rows.clone().filter(|a| of.bands[*a].is_none() && !of.lacking[*a].is_empty());
        let lacking =
            nowhere.map(|a| (key(a), of.lacking[a].iter().map(|(why, n)| (why.code(), *n)).collect())).collect();
        let pairs = outlook.pairs.iter().filter(|pair| pair.plan as usize == p);
        let odds = pairs.map(|pair| {
            let below = pair.below.iter().enumerate().filter_map(|(a, o)| Some((key(a), o.as_ref()?.into()))).collect();
            (names.get(pair.other as usize).cloned().unwrap_or_default(), below)
        });
        let regret = rows.clone().filter_map(|a| Some((key(a), of.regret[a]?)));
        let value = rows.filter(|a| !of.shares[*a].is_empty()).map(|a| {
            let shares = of.shares[a].iter().map(|s| ShareJson {
                key: parameter(s.parameter),
                first_order: s.first_order,
                grows: s.grows,
            });
            (key(a), ValueJson { explained: of.explained[a], shares: shares.collect() })
        });
        PlanJson {
            name: &names[p],
            unproved: of.unproved,
            infeasible: of.infeasible,
            full_solves: of.full_solves,
            lacking,
            bands: bands.collect(),
            odds: odds.collect(),
            regret: regret.collect(),
            value_of_data: value.collect(),
        }
    };
    let drawn = outlook.drawn.iter().map(|(key, s)| DrawnJson {
        key,
        low: s.low,
        mode: s.mode,
        high: s.high,
        stated: s.stated,
    });
    let json = OutlookJson {
        runs: outlook.runs,
        seed: outlook.seed,
        chance: outlook.chance,
        drawn: drawn.collect(),
        plans: (0..outlook.plans.len().min(names.len())).map(plan).collect(),
        problems,
        seconds,
    };
    serde_json::to_string_pretty(&json).expect("plain data")
}
