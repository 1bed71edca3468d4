//! What levers do, as tables and JSON: headings and field names are public.

use super::export::{Cell, Sheet};
use crate::{
    profile::Profiles,
    response::{Aim, Answer, Bar, Confirmed, FoundAnswer, FrontAnswer, Outcome, Step, SweepAnswer, TornadoAnswer},
    uncertainty::every_aim,
};
use serde::Serialize;

/// The aims of a sweep's columns: every measure of all clusters, then of each.
#[must_use]
pub fn aims() -> Vec<Aim> {
    every_aim()
}

/// A sweep as a table: `value` (where the lever stands), then every measure by its key, of all clusters (`collected_t`) and of
/// each (`yrd.collected_t`). A measure without a number leaves its cell empty.
#[must_use]
pub fn sweep_sheet(sweep: &SweepAnswer) -> Sheet {
    let aims = aims();
    let columns: Vec<String> = std::iter::once("value".into()).chain(aims.iter().map(Aim::key)).collect();
    let mut sheet = Sheet { name: format!("sweep-{}", sweep.lever), columns, rows: Vec::new() };
    for point in &sweep.points {
        let cell = |aim: &Aim| Cell::exact(aim.value(&point.profiles).ok());
        sheet.rows.push(std::iter::once(Cell::exact(point.value)).chain(aims.iter().map(cell)).collect());
    }
    sheet
}

/// A tornado as a table.
#[must_use]
pub fn tornado_sheet(tornado: &TornadoAnswer) -> Sheet {
    let columns = ["lever", "low", "high", "stated", "at_low", "base", "at_high", "swing"];
    let mut sheet = Sheet::new(&format!("tornado-{}", tornado.aim.key()), &columns);
    for bar in &tornado.bars {
        sheet.rows.push(vec![
            Cell::words(&bar.lever),
            Cell::exact(bar.extent.low),
            Cell::exact(bar.extent.high),
            Cell::words(if bar.extent.stated { "table" } else { "default range" }),
            Cell::exact(bar.at_low),
            Cell::exact(tornado.base),
            Cell::exact(bar.at_high),
            Cell::exact(bar.swing),
        ]);
    }
    sheet
}

/// A front as a table.
#[must_use]
pub fn front_sheet(front: &FrontAnswer) -> Sheet {
    let columns = ["value", "weight_yuan", "weight_kg_co2e", "cost_yuan", "emitted_kg_co2e", "covered_share"];
    let mut sheet = Sheet::new("front", &columns);
    for p in &front.points {
        let [yuan, kg] = weights(p.objective);
        let numbers = [yuan, kg, p.yuan, p.kg_co2e, p.covered].map(Cell::exact);
        sheet.rows.push(std::iter::once(Cell::exact(p.value)).chain(numbers).collect());
    }
    sheet
}

/// What an objective weighs a yuan and a kg CO2e.
#[must_use]
pub const fn weights(objective: crate::scenario::Objective) -> [f64; 2] {
    use crate::scenario::Objective;
    match objective {
        Objective::Cost | Objective::Metal => [1.0, 0.0],
        Objective::Co2 => [0.0, 1.0],
        Objective::Weighted { yuan, kg_co2e, .. } => [yuan, kg_co2e],
    }
}

/// The values that a search tried, as a table.
#[must_use]
pub fn steps_sheet(found: &FoundAnswer) -> Sheet {
    let columns = ["value", &found.aim.key(), "reached", "phase"];
    let mut sheet = Sheet::new(&format!("find-{}", found.lever), &columns);
    for s in &found.steps {
        sheet.rows.push(vec![
            Cell::exact(s.value),
            Cell::exact(s.found),
            Cell::words(if s.reached { "yes" } else { "no" }),
            Cell::words(format!("{:?}", s.phase).to_lowercase()),
        ]);
    }
    sheet
}

#[derive(Serialize)]
struct ConfirmedJson {
    quick: f64,
    full: f64,
    off: Option<f64>,
}

impl From<&Confirmed> for ConfirmedJson {
    fn from(c: &Confirmed) -> Self {
        Self { quick: c.quick, full: c.full, off: c.off() }
    }
}

#[derive(Serialize)]
struct TornadoJson<'a> {
    measure: String,
    base: Option<f64>,
    bars: &'a [Bar],
    still: &'a [String],
    unset: &'a [String],
    confirmed: Option<ConfirmedJson>,
}

#[derive(Serialize)]
struct FoundJson<'a> {
    lever: &'a str,
    measure: String,
    target: f64,
    at_least: bool,
    stands: Option<f64>,
    within: (f64, f64),
    tolerance: f64,
    /// `already`, `reached` or `unreachable`.
    outcome: &'static str,
    /// Where the lever must stand; nothing where it is unreachable.
    value: Option<f64>,
    /// The measure there.
    found: Option<f64>,
    /// The nearest value tried that does not reach the target.
    short_of: Option<f64>,
    /// Where it is unreachable: where it comes nearest, and the measure there.
    nearest: Option<(f64, f64)>,
    shape: crate::response::Shape,
    steps: &'a [Step],
    confirmed: Option<ConfirmedJson>,
    confirmed_reached: Option<bool>,
}

/// A tornado, a front or a search as JSON. Sweeps are tables: [`sweep_sheet`]; as JSON they are the same columns, row by row.
///
/// # Panics
/// Never: all of it is numbers, text and lists.
#[must_use]
pub fn answer_json(answer: &Answer) -> String {
    match answer {
        Answer::Sweep(sweep) => sweep_json(sweep),
        Answer::Tornado(t) => pretty(&TornadoJson {
            measure: t.aim.key(),
            base: t.base,
            bars: &t.bars,
            still: &t.still,
            unset: &t.unset,
            confirmed: t.confirmed.as_ref().map(Into::into),
        }),
        Answer::Front(front) => pretty(front),
        Answer::Find(found) => found_json(found),
    }
}

fn found_json(f: &FoundAnswer) -> String {
    let (outcome, value, found, short_of, nearest) = match f.outcome {
        Outcome::Already { found } => ("already", f.stands, Some(found), None, None),
        Outcome::Reached { value, found, short_of, .. } => ("reached", Some(value), Some(found), Some(short_of), None),
        Outcome::Unreachable { best } => ("unreachable", None, None, None, best),
    };
    pretty(&FoundJson {
        lever: &f.lever,
        measure: f.aim.key(),
        target: f.goal.target,
        at_least: f.goal.at_least,
        stands: f.stands,
        within: f.within,
        tolerance: f.tolerance,
        outcome,
        value,
        found,
        short_of,
        nearest,
        shape: f.shape,
        steps: &f.steps,
        confirmed: f.confirmed.as_ref().map(|c| (&c.numbers).into()),
        confirmed_reached: f.confirmed.map(|c| c.reached),
    })
}

fn sweep_json(sweep: &SweepAnswer) -> String {
    let aims = aims();
    let row = |value: f64, profiles: &Profiles| {
        let mut row = serde_json::Map::new();
        row.insert("value".into(), value.into());
        for aim in &aims {
            row.insert(aim.key(), aim.value(profiles).ok().into());
        }
        row
    };
    let points: Vec<_> = sweep.points.iter().map(|p| row(p.value, &p.profiles)).collect();
    let confirmed = sweep.confirmed.as_ref().map(|p| row(p.value, &p.profiles));
    pretty(&serde_json::json!({
        "lever": sweep.lever, "exact": sweep.exact, "points": points, "confirmed": confirmed,
    }))
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("numbers, text and lists")
}
