//! Catchments: whom each facility serves, and demand by travel band. Their areas are a file of their own
//! ([`crate::format::catchments`]).

use super::{Cell, DATUM, Sheet};
use crate::{
    catchment::{Amount, Band, Measure, Served, Survey},
    scenario::Plan,
};

const COLUMNS: [&str; 18] = [
    "id",
    "kind",
    "name_zh",
    "name_en",
    "lon",
    "lat",
    "datum",
    "measure",
    "measure_unit",
    "people",
    "households",
    "gross_t_per_year",
    "mean_way",
    "p95_way",
    "added_mean_way_if_closed",
    "people_uncovered_if_closed",
    "people_stranded_if_closed",
    "basis",
];

/// The catchments of a survey: a row a facility.
#[must_use]
pub fn catchments(plan: &Plan, survey: &Survey) -> Sheet {
    let mut sheet = Sheet::new("catchments", &COLUMNS);
    let measure = survey.measure();
    let row = |s: &Served| {
        let f = plan.get(&s.id).map(|p| &p.facility);
        let mut row = vec![
            Cell::words(&*s.id),
            Cell::words(survey.question.of.key()),
            Cell::words(f.map_or("", |f| &f.name.zh)),
            Cell::words(f.map_or("", |f| &f.name.en)),
            Cell::exact(f.map(|f| f.at.lon)),
            Cell::exact(f.map(|f| f.at.lat)),
            Cell::words(DATUM),
            Cell::words(measure.key()),
            Cell::words(unit(measure)),
        ];
        row.extend(amount(&s.demand));
        row.extend([s.mean, s.p95, s.loss.added_mean].map(|v| Cell::rounded(v, 3)));
        row.extend([s.loss.uncovered.people, s.loss.stranded.people].map(|v| Cell::rounded(v, 0)));
        row.push(Cell::words("modelled"));
        row
    };
    sheet.rows = survey.facilities.iter().map(row).collect();
    sheet
}

/// Demand by travel band, nearest first; the last row is what no road leads to.
#[must_use]
pub fn bands(survey: &Survey) -> Sheet {
    let columns = ["measure", "measure_unit", "from", "upto", "people", "households", "gross_t_per_year", "basis"];
    let mut sheet = Sheet::new("bands", &columns);
    let measure = survey.measure();
    let line = |from: Cell, upto: Cell, demand: &Amount| {
        let mut row = vec![Cell::words(measure.key()), Cell::words(unit(measure)), from, upto];
        row.extend(amount(demand));
        row.push(Cell::words("modelled"));
        row
    };
    let mut from = 0.0;
    for Band { upto, demand, .. } in &survey.bands {
        sheet.rows.push(line(Cell::exact(from), Cell::exact(*upto), demand));
        from = upto.unwrap_or(from);
    }
    sheet.rows.push(line(Cell::words("unreachable"), Cell::Empty, &survey.unreachable));
    sheet
}

fn amount(a: &Amount) -> [Cell; 3] {
    [Cell::rounded(a.people, 0), Cell::rounded(a.households, 0), Cell::rounded(a.tonnes, 3)]
}

const fn unit(measure: Measure) -> &'static str {
    match measure {
        Measure::Km | Measure::Line => "km",
        Measure::Minutes => "min",
        Measure::Yuan => "yuan/t",
    }
}
