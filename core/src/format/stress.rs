//! What breaks a plan, as JSON and tables: headings and field names are public.

use super::export::{Cell, Sheet};
use crate::{
    diagnostics::Diagnostic,
    model::{Name, PerStream, Stream},
    response::Aim,
    scenario::Document,
    uncertainty::{Detour, Payoffs, PlanRegret, Ranking, Rest, Shock, ShockKind, Stages, Stop, Toll, Turn},
};
use serde::Serialize;

/// Everything that a report tells.
pub struct StressReport<'a> {
    /// The plan that was put under stress.
    pub document: &'a Document,
    /// Its shocks.
    pub ranking: &'a Ranking,
    /// Ways around some of them.
    pub detours: &'a [Detour],
    /// Plans in all cases, with their names and what is looked at.
    pub payoffs: Option<(&'a Payoffs, &'a [String], Aim)>,
    /// How long it took.
    pub seconds: f64,
    /// What was wrong with the files.
    pub problems: &'a [Diagnostic],
}

#[derive(Serialize)]
struct ReportJson<'a> {
    /// The plan as it is.
    base: &'a Toll,
    /// The same in full, where something was solved in full.
    base_full: Option<&'a Toll>,
    seconds: f64,
    shocks: Vec<ShockJson<'a>>,
    /// Shocks that the plan cannot suffer.
    refused: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    detours: Vec<DetourJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    regret: Option<RegretJson<'a>>,
    problems: &'a [Diagnostic],
}

#[derive(Serialize)]
struct ShockJson<'a> {
    shock: String,
    kind: &'static str,
    /// The facility's name, or nothing.
    name: Option<&'a Name>,
    rank: usize,
    #[serde(flatten)]
    harm: &'a Toll,
    /// True where the plan makes no use of what is struck.
    idle: bool,
    unmet_by_stream_t: &'a PerStream<f64>,
    handled_t: f64,
    taken_over_t: f64,
    instead: Vec<InsteadJson<'a>>,
    full: Option<&'a Toll>,
}

#[derive(Serialize)]
struct InsteadJson<'a> {
    id: &'a str,
    more_t: f64,
}

#[derive(Serialize)]
struct DetourJson<'a> {
    shock: String,
    base: &'a Toll,
    harm: &'a Toll,
    stages: &'a Stages,
    lost: Vec<TurnJson<'a>>,
    gained: Vec<TurnJson<'a>>,
    rest: &'a Rest,
    stranded: Vec<StrandedJson<'a>>,
    missed: Vec<StrandedJson<'a>>,
}

#[derive(Serialize)]
struct TurnJson<'a> {
    from: &'a str,
    to: &'a str,
    leg: &'static str,
    stream: &'static str,
    mode: &'static str,
    before_t: f64,
    after_t: f64,
    gross_t: f64,
    km: f64,
    yuan: f64,
    kg_co2e: f64,
}

#[derive(Serialize)]
struct StrandedJson<'a> {
    at: &'a str,
    tonnes: &'a PerStream<f64>,
}

#[derive(Serialize)]
struct RegretJson<'a> {
    measure: String,
    less_is_better: Option<bool>,
    plans: Vec<PlanJson<'a>>,
    cases: Vec<CaseJson>,
    /// Rows of the plans that lose least.
    least: Vec<u32>,
    safest: Vec<u32>,
    unknown: Vec<u32>,
}

#[derive(Serialize)]
struct PlanJson<'a> {
    name: &'a str,
    #[serde(flatten)]
    regret: PlanRegret,
}

#[derive(Serialize)]
struct CaseJson {
    /// `as_it_is`, or the key of a shock.
    case: String,
    values: Vec<Option<f64>>,
    regret: Vec<Option<f64>>,
    /// True where the plan cannot suffer it.
    spared: Vec<bool>,
    best: Vec<u32>,
}

/// A report as JSON.
///
/// # Panics
/// Never: all of it is numbers, text and lists.
#[must_use]
pub fn stress_json(of: &StressReport) -> String {
    let shocks = of
        .ranking
        .shocks
        .iter()
        .enumerate()
        .map(|(i, s)| ShockJson {
            shock: s.shock.key(),
            kind: s.shock.kind(of.document).map_or("", ShockKind::key),
            name: shock_name(of.document, &s.shock),
            rank: i + 1,
            harm: &s.harm,
            idle: s.idle,
            unmet_by_stream_t: &s.unmet,
            handled_t: s.handled_t,
            taken_over_t: s.taken_over_t,
            instead: s.instead.iter().map(|(id, more_t)| InsteadJson { id, more_t: *more_t }).collect(),
            full: s.full.as_ref(),
        })
        .collect();
    let report = ReportJson {
        base: &of.ranking.base,
        base_full: of.ranking.base_full.as_ref(),
        seconds: of.seconds,
        shocks,
        refused: of.ranking.refused.iter().map(Shock::key).collect(),
        detours: of.detours.iter().map(detour_json).collect(),
        regret: of.payoffs.and_then(|(payoffs, names, aim)| regret_json(payoffs, names, aim)),
        problems: of.problems,
    };
    serde_json::to_string_pretty(&report).expect("numbers, text and lists")
}

/// What the facility of a shock is called.
fn shock_name<'a>(document: &'a Document, shock: &Shock) -> Option<&'a Name> {
    let Shock::Out(id) = shock else { return None };
    document.plan().get(id).map(|p| &p.facility.name)
}

fn detour_json(d: &Detour) -> DetourJson<'_> {
    let key = |row: u32| d.stops[row as usize].key.as_str();
    let turn = |t: &Turn| TurnJson {
        from: key(t.from),
        to: key(t.to),
        leg: t.leg.key(),
        stream: t.stream.key(),
        mode: t.mode.key(),
        before_t: t.before_t,
        after_t: t.after_t,
        gross_t: t.gross_t,
        km: t.km,
        yuan: t.yuan,
        kg_co2e: t.kg_co2e,
    };
    DetourJson {
        shock: d.shock.key(),
        base: &d.base,
        harm: &d.harm,
        stages: &d.stages,
        lost: d.lost.iter().map(turn).collect(),
        gained: d.gained.iter().map(turn).collect(),
        rest: &d.rest,
        stranded: d.stranded.iter().map(|s| StrandedJson { at: key(s.at), tonnes: &s.tonnes }).collect(),
        missed: d.missed.iter().map(|s| StrandedJson { at: key(s.at), tonnes: &s.tonnes }).collect(),
    }
}

fn regret_json<'a>(payoffs: &Payoffs, names: &'a [String], aim: Aim) -> Option<RegretJson<'a>> {
    let found = payoffs.regret(&aim)?;
    let column = payoffs.aims.iter().position(|a| *a == aim)?;
    let case = |c: usize| CaseJson {
        case: case_key(payoffs.cases[c].as_ref()),
        values: payoffs.values.iter().map(|p| p.get(c).and_then(|v| v[column])).collect(),
        regret: found.regret.iter().map(|p| p[c]).collect(),
        spared: payoffs.spared.iter().map(|p| p.get(c).copied().unwrap_or_default()).collect(),
        best: found.best[c].clone(),
    };
    Some(RegretJson {
        measure: aim.key(),
        less_is_better: aim.measure.less_is_better(),
        plans: names.iter().zip(&found.plans).map(|(name, regret)| PlanJson { name, regret: *regret }).collect(),
        cases: (0..payoffs.cases.len()).map(case).collect(),
        least: found.least.clone(),
        safest: found.safest.clone(),
        unknown: found.unknown,
    })
}

/// The key of a case: that of its shock, or `as_it_is`.
#[must_use]
pub fn case_key(shock: Option<&Shock>) -> String {
    shock.map_or_else(|| "as_it_is".into(), Shock::key)
}

/// Shocks as a table, the worst first.
#[must_use]
pub fn stress_sheet(document: &Document, ranking: &Ranking) -> Sheet {
    let columns = [
        "rank",
        "shock",
        "kind",
        "name_zh",
        "name_en",
        "unallocated_t",
        "unmet_t",
        "made_t",
        "cost_yuan",
        "emitted_kg_co2e",
        "value_yuan",
        "idle",
        "full_unallocated_t",
        "full_unmet_t",
        "full_cost_yuan",
        "full_emitted_kg_co2e",
    ];
    let mut sheet = Sheet::new("stress", &columns);
    for (i, s) in ranking.shocks.iter().enumerate() {
        let name = shock_name(document, &s.shock).cloned().unwrap_or_default();
        let full = |of: fn(&Toll) -> f64| Cell::exact(s.full.as_ref().map(of));
        let mut row = vec![
            Cell::exact((i + 1) as f64),
            Cell::words(s.shock.key()),
            Cell::words(s.shock.kind(document).map_or("", ShockKind::key)),
            Cell::words(name.zh),
            Cell::words(name.en),
        ];
        let h = &s.harm;
        row.extend([h.unallocated_t, h.unmet_t, h.made_t, h.yuan, h.kg_co2e, h.value_yuan].map(Cell::exact));
        row.push(Cell::words(if s.idle { "yes" } else { "no" }));
        row.extend([full(|t| t.unallocated_t), full(|t| t.unmet_t), full(|t| t.yuan), full(|t| t.kg_co2e)]);
        sheet.rows.push(row);
    }
    sheet
}

/// A detour as a table: a row a flow that differs.
#[must_use]
pub fn detour_sheet(detour: &Detour) -> Sheet {
    let columns = [
        "change", "from", "from_lon", "from_lat", "to", "to_lon", "to_lat", "leg", "stream", "mode", "before_t",
        "after_t", "gross_t", "km", "yuan", "kg_co2e",
    ];
    let mut sheet = Sheet::new(&format!("detour-{}", detour.shock.key().replace(':', "-")), &columns);
    let ways = [("lost", &detour.lost), ("gained", &detour.gained)];
    for (change, t) in ways.into_iter().flat_map(|(change, list)| list.iter().map(move |t| (change, t))) {
        let end = |row: u32| -> [Cell; 3] {
            let Stop { key, at, .. } = &detour.stops[row as usize];
            [Cell::words(key), Cell::rounded(at.lon, 5), Cell::rounded(at.lat, 5)]
        };
        let mut row = vec![Cell::words(change)];
        row.extend(end(t.from));
        row.extend(end(t.to));
        row.extend([t.leg.key(), t.stream.key(), t.mode.key()].map(Cell::words));
        row.extend([t.before_t, t.after_t, t.gross_t, t.km, t.yuan, t.kg_co2e].map(Cell::exact));
        sheet.rows.push(row);
    }
    for (change, list) in [("stranded", &detour.stranded), ("missed", &detour.missed)] {
        for left in list {
            let Stop { key, at, .. } = &detour.stops[left.at as usize];
            for s in Stream::ALL.into_iter().filter(|s| left.tonnes[*s].abs() >= 1.0) {
                let mut row = vec![Cell::Empty; columns.len()];
                row[0] = Cell::words(change);
                row[1] = Cell::words(key);
                (row[2], row[3]) = (Cell::rounded(at.lon, 5), Cell::rounded(at.lat, 5));
                row[8] = Cell::words(s.key());
                row[12] = Cell::exact(left.tonnes[s]);
                sheet.rows.push(row);
            }
        }
    }
    sheet
}

/// Plans in all cases as a table: a row a case and plan.
#[must_use]
pub fn regret_sheet(payoffs: &Payoffs, names: &[String], aim: Aim) -> Sheet {
    let mut sheet =
        Sheet::new(&format!("regret-{}", aim.key()), &["case", "plan", &aim.key(), "regret", "best", "spared"]);
    let Some((found, column)) = payoffs.regret(&aim).zip(payoffs.aims.iter().position(|a| *a == aim)) else {
        return sheet;
    };
    for (c, case) in payoffs.cases.iter().enumerate() {
        for (p, name) in names.iter().enumerate() {
            let yes = |is: bool| Cell::words(if is { "yes" } else { "no" });
            sheet.rows.push(vec![
                Cell::words(case_key(case.as_ref())),
                Cell::words(name),
                Cell::exact(payoffs.values[p].get(c).and_then(|v| v[column])),
                Cell::exact(found.regret[p][c]),
                yes(found.best[c].contains(&(p as u32))),
                yes(payoffs.spared[p].get(c).copied().unwrap_or_default()),
            ]);
        }
    }
    sheet
}
