//! Whose way counts.
//!
//! For collection points demand is the cells of the area, as the catchment survey has them. For hubs it is the collection points
//! of the plan with what cells of the area bring there, by the rule of the evaluation: a cell's scrap goes to the nearest point, and on from
//! there. Hubs take aluminium and copper, which go on to different smelters: each is a class of its own.

use super::{Aim, Question, area::Zone, trouble};
use crate::{
    catchment::{Demand, Demands, FacilitySet, HOUSEHOLD_SIZE_KEY},
    diagnostics::Diagnostic,
    geo::LonLat,
    graph::{Access, Search, Source},
    model::{FacilityKind, MOST_ACCESS_M, Region, Stream},
    scenario::{Plan, Scenario},
};

/// Demand at one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub at: LonLat,
    pub access: Access,
    /// Row of [`Rows::classes`].
    pub class: u8,
    /// Whole number; times [`Rows::unit`] it is demand as the question counts it.
    pub weight: f64,
    /// Gross tonnes a year.
    pub tonnes: f64,
    /// Row of the prefecture.
    pub prefecture: u32,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub rows: Vec<Row>,
    /// Demand of a weight of 1.
    pub unit: f64,
    /// Streams that go different ways on; one of `None` where nothing goes on.
    pub classes: Vec<Option<Stream>>,
}

/// Weights times the longest way stay below this, so that sums are exact.
const MOST_WEIGHT: f64 = 4.0e9;

/// Reads the demand; `access` finds the way onto the roads.
pub(super) fn rows(
    region: &Region,
    plan: &Plan,
    scenario: &Scenario,
    question: &Question,
    mut access: impl FnMut(LonLat) -> Access,
    problems: &mut Vec<Diagnostic>,
) -> Rows {
    let zone = Zone::new(question.serves.as_ref().unwrap_or(&question.area), &region.baseline, problems);
    let parameters = &*scenario.parameters(&region.baseline);
    let demands = Demands::new(region, parameters, &scenario.levers);
    let ground = &region.ground;
    let cells = ground.cells.iter().enumerate().filter(|(_, c)| zone.holds(c.prefecture, c.at));
    // People and tonnes by place, before they are whole numbers.
    let mut found: Vec<(Row, f64, f64)> = Vec::new();
    let blank = |at, access, class, prefecture| Row { at, access, class, weight: 0.0, tonnes: 0.0, prefecture };
    let mut classes = vec![question.stream];
    if question.kind == FacilityKind::CollectionPoint {
        for (i, cell) in cells {
            let d = demands.of(cell);
            let row = blank(cell.at, ground.cell_access[i], 0, cell.prefecture);
            found.push((row, d.people, d.tonnes(question.stream)));
        }
    } else {
        classes = match question.stream {
            Some(s) => vec![Some(s)],
            None => Stream::ALL.into_iter().filter(|s| s.via_hub()).map(Some).collect(),
        };
        let set = FacilitySet::of(FacilityKind::CollectionPoint);
        let mut sources = Vec::new();
        for (p, owner) in plan.facilities().iter().zip(0u32..) {
            if p.takes_scrap() && set.holds(&p.facility) {
                let Access { node, leg_m } = access(p.facility.at);
                if leg_m <= MOST_ACCESS_M {
                    sources.push(Source { node, offset_m: leg_m, owner });
                }
            }
        }
        let mut search = Search::default();
        search.run(ground.roads.csr(), &sources);
        // By row of the plan: people, tonnes by class, home of the first cell.
        let mut sums: Vec<Option<(f64, Vec<f64>, u32)>> = vec![None; plan.facilities().len()];
        for (i, cell) in cells {
            let Some(label) = search.label(ground.cell_access[i].node) else { continue };
            let d = demands.of(cell);
            let sum =
                sums[label.owner as usize].get_or_insert_with(|| (0.0, vec![0.0; classes.len()], cell.prefecture));
            sum.0 += d.people;
            classes.iter().zip(&mut sum.1).for_each(|(s, t)| *t += d.tonnes(*s));
        }
        for (p, sum) in plan.facilities().iter().zip(sums) {
            let Some((people, tonnes, home)) = sum else { continue };
            let all: f64 = tonnes.iter().sum();
            let access = access(p.facility.at);
            for (class, t) in (0u8..).zip(tonnes) {
                let share = if all > 0.0 { t / all } else { 0.0 };
                found.push((blank(p.facility.at, access, class, home), people * share, t));
            }
        }
    }
    let mut unit = match question.demand {
        Demand::People => 1.0,
        Demand::Households => 1.0 / parameters.number(HOUSEHOLD_SIZE_KEY),
        // Whole kilograms.
        Demand::Tonnes => 0.001,
    };
    let mut scale = if question.demand == Demand::Tonnes { 1000.0 } else { 1.0 };
    let amount = |people: f64, tonnes: f64| if question.demand == Demand::Tonnes { tonnes } else { people };
    let sum: f64 = found.iter().map(|(_, p, t)| amount(*p, *t) * scale).sum();
    let coarser = libm::ceil((sum / MOST_WEIGHT).max(1.0));
    unit *= coarser;
    scale /= coarser;
    let mut rows = Vec::with_capacity(found.len());
    for (row, people, tonnes) in found {
        let weight = libm::round(amount(people, tonnes) * scale);
        if weight > 0.0 && (question.aim != Aim::LeastCost || tonnes > 0.0) {
            rows.push(Row { weight, tonnes, ..row });
        }
    }
    if rows.is_empty() && problems.is_empty() {
        problems.push(trouble::no_demand());
    }
    Rows { rows, unit, classes }
}
