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
    model::{FacilityKind, MOST_ACCESS_M, Parameters, Region, Stream},
    scenario::{Levers, Plan},
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
    /// By row: its place in [`Origins::amounts`].
    pub from: Vec<u32>,
}

/// Where demand comes from: places with the cells behind each, whatever the parameters are.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins {
    /// Places, with the prefecture of their first cell.
    places: Vec<(LonLat, Access, u32)>,
    /// First cell of each place in `cells`, and one more.
    starts: Vec<u32>,
    /// Rows of the region's demand cells.
    cells: Vec<u32>,
    classes: Vec<Option<Stream>>,
    /// A place is a cell; else it is a point, and its people are divided among classes by their tonnes.
    single: bool,
}

impl Origins {
    /// Finds them; `access` finds the way onto the roads.
    pub fn new(
        region: &Region,
        plan: &Plan,
        question: &Question,
        mut access: impl FnMut(LonLat) -> Access,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let zone = Zone::new(question.serves.as_ref().unwrap_or(&question.area), &region.baseline, problems);
        let ground = &region.ground;
        let cells = ground.cells.iter().zip(0u32..).filter(|(c, _)| zone.holds(c.prefecture, c.at));
        let mut all = Self { starts: vec![0], classes: vec![question.stream], single: true, ..Self::default() };
        if question.kind == FacilityKind::CollectionPoint {
            for (cell, i) in cells {
                all.places.push((cell.at, ground.cell_access[i as usize], cell.prefecture));
                all.cells.push(i);
                all.starts.push(all.cells.len() as u32);
            }
            return all;
        }
        all.single = false;
        all.classes = match question.stream {
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
        let mut brought: Vec<Vec<u32>> = vec![Vec::new(); plan.facilities().len()];
        for (_, i) in cells {
            if let Some(label) = search.label(ground.cell_access[i as usize].node) {
                brought[label.owner as usize].push(i);
            }
        }
        for (p, cells) in plan.facilities().iter().zip(brought) {
            let Some(first) = cells.first() else { continue };
            let home = ground.cells[*first as usize].prefecture;
            all.places.push((p.facility.at, access(p.facility.at), home));
            all.cells.extend(cells);
            all.starts.push(all.cells.len() as u32);
        }
        all
    }

    /// People and tonnes under some parameters, by place and class: before they are whole numbers.
    pub fn amounts(&self, region: &Region, parameters: &Parameters, levers: &Levers) -> Vec<(f64, f64)> {
        let demands = Demands::new(region, parameters, levers);
        let mut found = Vec::with_capacity(self.places.len() * self.classes.len());
        let mut tonnes = vec![0.0; self.classes.len()];
        for place in 0..self.places.len() {
            let cells = &self.cells[self.starts[place] as usize..self.starts[place + 1] as usize];
            tonnes.fill(0.0);
            let mut people = 0.0;
            for cell in cells {
                let d = demands.of(&region.ground.cells[*cell as usize]);
                people += d.people;
                self.classes.iter().zip(&mut tonnes).for_each(|(s, t)| *t += d.tonnes(*s));
            }
            let all: f64 = tonnes.iter().sum();
            for t in &tonnes {
                let share = match () {
                    () if self.single => 1.0,
                    () if all > 0.0 => t / all,
                    () => 0.0,
                };
                found.push((people * share, *t));
            }
        }
        found
    }
}

/// Weights times the longest way stay below this, so that sums are exact.
const MOST_WEIGHT: f64 = 4.0e9;

/// Reads the demand of some places.
pub(super) fn rows(
    region: &Region,
    origins: &Origins,
    parameters: &Parameters,
    levers: &Levers,
    question: &Question,
    problems: &mut Vec<Diagnostic>,
) -> Rows {
    let found = origins.amounts(region, parameters, levers);
    let mut unit = match question.demand {
        Demand::People => 1.0,
        Demand::Households => 1.0 / parameters.number(HOUSEHOLD_SIZE_KEY),
        // Whole kilograms.
        Demand::Tonnes => 0.001,
    };
    let mut scale = if question.demand == Demand::Tonnes { 1000.0 } else { 1.0 };
    let amount = |people: f64, tonnes: f64| if question.demand == Demand::Tonnes { tonnes } else { people };
    let sum: f64 = found.iter().map(|(p, t)| amount(*p, *t) * scale).sum();
    let coarser = libm::ceil((sum / MOST_WEIGHT).max(1.0));
    unit *= coarser;
    scale /= coarser;
    let mut rows = Vec::with_capacity(found.len());
    let mut from = Vec::with_capacity(found.len());
    for (i, (people, tonnes)) in found.into_iter().enumerate() {
        let (place, class) = (i / origins.classes.len(), i % origins.classes.len());
        let (at, access, prefecture) = origins.places[place];
        let weight = libm::round(amount(people, tonnes) * scale);
        if weight > 0.0 && (question.aim != Aim::LeastCost || tonnes > 0.0) {
            rows.push(Row { at, access, class: class as u8, weight, tonnes, prefecture });
            from.push(i as u32);
        }
    }
    if rows.is_empty() && problems.is_empty() {
        problems.push(trouble::no_demand());
    }
    Rows { rows, unit, classes: origins.classes.clone(), from }
}
