//! From a question to its answer: the nearest open facility of every demand cell and the next one, and what follows.

use super::{
    Amount, Band, CellAnswer, CellDemand, Demand, Demands, Difference, Fields, HOUSEHOLD_SIZE_KEY, Lengths, Loss,
    Measure, Pickup, Question, Remote, Served, Survey, coverage,
};
use crate::{
    account::Rates,
    geo::{LonLat, NearestGrid, haversine_m},
    model::{FacilityKind, Region, Stream},
    scenario::{Plan, Scenario},
};

/// The answer to a question, cell by cell and summed up.
#[derive(Clone, Debug, PartialEq)]
pub struct Surveyed {
    /// The sums.
    pub survey: Survey,
    /// For every demand cell the nearest facility, by row of the survey; `None` where none can be reached.
    pub cells: Vec<Option<CellAnswer>>,
    /// Facilities that a planner put far from every road, or in the sea.
    pub remote: Vec<Remote>,
    /// Doors that somebody comes to: they are covered though they are far.
    pub pickup: Pickup,
}

/// A demand cell while it is surveyed.
pub(super) struct Row {
    /// The nearest facility and the next, by row of the plan, with the way in the measure's unit.
    pub near: [Option<(u32, f64)>; 2],
    /// Its demand.
    pub amount: Amount,
    /// Its demand in the question's unit.
    pub weight: f64,
    /// Doors that somebody comes to.
    pub pickup: Pickup,
}

impl Row {
    /// True where the nearest facility covers the cell within a limit, or somebody comes to the door.
    pub(super) fn is_covered(&self, limit: f64) -> bool {
        self.near[0].is_some_and(|(_, value)| self.pickup.counted(value) <= limit)
    }
}

impl Amount {
    /// Adds another.
    pub fn add(&mut self, o: &Self) {
        self.cells += o.cells;
        self.people += o.people;
        self.households += o.households;
        self.tonnes += o.tonnes;
    }

    /// The amount in a unit of demand.
    #[must_use]
    pub const fn of(&self, demand: Demand) -> f64 {
        match demand {
            Demand::People => self.people,
            Demand::Households => self.households,
            Demand::Tonnes => self.tonnes,
        }
    }
}

/// Answers a question about a plan. O(n log n) in the number of cells, and what the field takes.
pub fn survey(region: &Region, plan: &Plan, scenario: &Scenario, question: &Question, fields: &mut Fields) -> Surveyed {
    let rows = rows(region, plan, scenario, question, fields);
    let set = question.set();

    // Rows of the plan to rows of the survey.
    let mut asked = vec![u32::MAX; plan.facilities().len()];
    let mut facilities: Vec<Served> = Vec::new();
    for (p, row) in plan.facilities().iter().zip(&mut asked) {
        let f = &p.facility;
        if p.takes_scrap() && set.holds(f) {
            *row = facilities.len() as u32;
            facilities.push(Served::nobody(&f.id));
        }
    }
    let mut bands: Vec<Band> = question.bands.iter().map(|b| Some(*b)).chain([None]).map(Band::upto).collect();
    let (mut total, mut unreachable) = (Amount::default(), Amount::default());
    let mut cells = Vec::with_capacity(rows.len());
    let mut ways: Vec<Vec<(f64, f64)>> = vec![Vec::new(); facilities.len()];
    for row in &rows {
        total.add(&row.amount);
        let Some((owner, value)) = row.near[0] else {
            unreachable.add(&row.amount);
            cells.push(None);
            continue;
        };
        let owner = asked[owner as usize];
        cells.push(Some(CellAnswer { owner, value }));
        facilities[owner as usize].take(row, value, question, &mut ways[owner as usize]);
        let band = question.bands.iter().position(|b| value <= *b).unwrap_or(question.bands.len());
        bands[band].demand.add(&row.amount);
    }
    let mut within = Amount::default();
    for band in &mut bands {
        within.add(&band.demand);
        band.within = within;
    }
    for (served, ways) in facilities.iter_mut().zip(&mut ways) {
        served.sum_up(question, ways);
    }
    let coverage =
        coverage::coverage(region, question, &rows, |owner| plan.facilities()[owner as usize].facility.id.clone());
    let remote = match question.measure {
        Measure::Line => Vec::new(),
        _ => fields.remote(&region.ground, plan, &set),
    };
    let survey = Survey { question: question.clone(), facilities, bands, total, unreachable, coverage };
    let pickup = Pickup::of(&scenario.parameters(&region.baseline), question);
    Surveyed { survey, cells, remote, pickup }
}

/// The same as far as shares go: who is near enough, by cluster, province and prefecture, and nothing of single facilities, cells,
/// gaps or ways. What many plans are measured by, one after the other.
pub fn survey_shares(
    region: &Region,
    plan: &Plan,
    scenario: &Scenario,
    question: &Question,
    fields: &mut Fields,
) -> Surveyed {
    let rows = rows(region, plan, scenario, question, fields);
    let coverage = coverage::sums(region, question, &rows);
    let mut unreachable = Amount::default();
    rows.iter().filter(|r| r.near[0].is_none()).for_each(|r| unreachable.add(&r.amount));
    let total = coverage.all.total;
    let survey = Survey { question: question.clone(), facilities: vec![], bands: vec![], total, unreachable, coverage };
    let pickup = Pickup::of(&scenario.parameters(&region.baseline), question);
    Surveyed { survey, cells: Vec::new(), remote: Vec::new(), pickup }
}

/// The catchment of one facility alone, as a survey has it: what is asked while it is dragged. `None` where it is not among
/// those asked about, or is closed. O(n) in the number of cells.
pub fn served(
    region: &Region,
    plan: &Plan,
    scenario: &Scenario,
    question: &Question,
    id: &str,
    fields: &mut Fields,
) -> Option<Served> {
    let row = plan.facilities().iter().position(|p| p.facility.id == id)?;
    let found = &plan.facilities()[row];
    if !(found.takes_scrap() && question.set().holds(&found.facility)) {
        return None;
    }
    let mut served = Served::nobody(id);
    let mut ways = Vec::new();
    for cell in rows(region, plan, scenario, question, fields) {
        if let Some((owner, value)) = cell.near[0]
            && owner as usize == row
        {
            served.take(&cell, value, question, &mut ways);
        }
    }
    served.sum_up(question, &mut ways);
    Some(served)
}

impl Served {
    fn nobody(id: &str) -> Self {
        Self { id: id.to_owned(), demand: Amount::default(), mean: None, p95: None, loss: Loss::default() }
    }

    /// Counts a cell whose way here is `value`; its way and weight go to `ways`.
    fn take(&mut self, row: &Row, value: f64, question: &Question, ways: &mut Vec<(f64, f64)>) {
        self.demand.add(&row.amount);
        self.loss.add(row, value, question.limit);
        ways.push((value, row.weight));
    }

    /// The means of what was counted.
    fn sum_up(&mut self, question: &Question, ways: &mut [(f64, f64)]) {
        ways.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.mean = coverage::mean(ways);
        self.p95 = coverage::quantile(ways, 0.95);
        let stays = self.demand.of(question.demand) - self.loss.stranded.of(question.demand);
        self.loss.added_mean = (stays > 0.0).then(|| self.loss.added / stays);
    }
}

/// How coverage differs from that of another plan, asked the same. Facilities are the same where their ids are. Each cell's
/// change is told to `changed` by its row.
pub fn difference(
    region: &Region,
    scenario: &Scenario,
    before: &Surveyed,
    now: &Surveyed,
    mut changed: impl FnMut(usize, CellChange),
) -> Difference {
    let question = &now.survey.question;
    let amounts = Amounts::new(region, scenario, question);
    let mut sum = Difference::default();
    for (i, cell) in region.ground.cells.iter().enumerate() {
        let id = |s: &Surveyed| s.cells[i].map(|c| s.survey.facilities[c.owner as usize].id.clone());
        let covered = |s: &Surveyed| s.cells[i].is_some_and(|c| s.pickup.counted(c.value) <= question.limit);
        let change = match (covered(before), covered(now)) {
            (false, true) => CellChange::Gained,
            (true, false) => CellChange::Lost,
            _ if id(before) != id(now) => CellChange::Moved,
            _ => continue,
        };
        let amount = amounts.of(&amounts.demands.of(cell));
        match change {
            CellChange::Gained => sum.gained.add(&amount),
            CellChange::Lost => sum.lost.add(&amount),
            CellChange::Moved => sum.moved.add(&amount),
        }
        changed(i, change);
    }
    sum
}

/// How a cell fares against another plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellChange {
    /// Covered now, not before.
    Gained,
    /// Covered before, not now.
    Lost,
    /// Served by another facility.
    Moved,
}

impl CellChange {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Gained, Self::Lost, Self::Moved];

    /// The stable key in documents.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Moved => "moved",
        }
    }
}

impl Band {
    fn upto(upto: Option<f64>) -> Self {
        Self { upto, demand: Amount::default(), within: Amount::default() }
    }
}

impl Loss {
    /// Counts a cell of the facility whose way is `value` now.
    fn add(&mut self, row: &Row, value: f64, limit: f64) {
        let covered = row.is_covered(limit);
        match row.near[1] {
            Some((_, next)) => {
                self.added += row.weight * (next - value).max(0.0);
                if covered && row.pickup.counted(next) > limit {
                    self.uncovered.add(&row.amount);
                }
            }
            None => {
                self.stranded.add(&row.amount);
                if covered {
                    self.uncovered.add(&row.amount);
                }
            }
        }
    }
}

/// From the demand of a cell to amounts.
struct Amounts<'a> {
    demands: Demands<'a>,
    household: f64,
    stream: Option<Stream>,
}

impl<'a> Amounts<'a> {
    fn new(region: &'a Region, scenario: &Scenario, question: &Question) -> Self {
        let parameters = &*scenario.parameters(&region.baseline);
        Self {
            demands: Demands::new(region, parameters, &scenario.levers),
            household: parameters.number(HOUSEHOLD_SIZE_KEY),
            stream: question.stream,
        }
    }

    fn of(&self, d: &CellDemand) -> Amount {
        Amount { cells: 1, people: d.people, households: d.people / self.household, tonnes: d.tonnes(self.stream) }
    }
}

/// Every cell with its two nearest facilities.
fn rows(region: &Region, plan: &Plan, scenario: &Scenario, question: &Question, fields: &mut Fields) -> Vec<Row> {
    let ground = &region.ground;
    let amounts = Amounts::new(region, scenario, question);
    let pickup = Pickup::of(&scenario.parameters(&region.baseline), question);
    let near: Vec<[Option<(u32, f64)>; 2]> = match question.measure {
        Measure::Line => by_line(region, plan, question),
        Measure::Km | Measure::Minutes | Measure::Yuan => {
            let parameters = &*scenario.parameters(&region.baseline);
            let rates = Rates::new(parameters, &scenario.levers);
            let lengths = match question.measure {
                Measure::Minutes => Lengths::time(parameters, &rates),
                _ => Lengths::Metres,
            };
            let field = fields.by(&ground.roads, plan, &question.set(), lengths);
            let value = value_of(question, &rates);
            let reach = |access: &crate::graph::Access| {
                [field.label(access.node), field.second(access.node)]
                    .map(|label| label.map(|l| (l.owner, value(l.distance_m + lengths.leg(access.leg_m)))))
            };
            ground.cell_access.iter().map(reach).collect()
        }
    };
    ground
        .cells
        .iter()
        .zip(near)
        .map(|(cell, near)| {
            let amount = amounts.of(&amounts.demands.of(cell));
            Row { near, amount, weight: amount.of(question.demand), pickup }
        })
        .collect()
}

/// From a length of the search to the measure's unit.
pub fn value_of(question: &Question, rates: &Rates) -> impl Fn(u32) -> f64 + use<> {
    let km = rates.km(1000);
    let yuan_per_tkm = match question.of {
        FacilityKind::CollectionPoint => rates.collect_yuan_per_tkm,
        _ => rates.modes.road.yuan_per_tkm[question.stream.unwrap_or(Stream::Al)],
    };
    let each = match question.measure {
        Measure::Km => km / 1000.0,
        Measure::Minutes => 1.0 / 600.0,
        Measure::Yuan => km / 1000.0 * yuan_per_tkm,
        Measure::Line => 1.0 / 1000.0,
    };
    move |length| f64::from(length) * each
}

fn by_line(region: &Region, plan: &Plan, question: &Question) -> Vec<[Option<(u32, f64)>; 2]> {
    let set = question.set();
    let open = plan.facilities().iter().zip(0u32..).filter(|(p, _)| p.takes_scrap());
    let (positions, owners): (Vec<LonLat>, Vec<u32>) =
        open.filter(|(p, _)| set.holds(&p.facility)).map(|(p, row)| (p.facility.at, row)).unzip();
    let grid = NearestGrid::new(&positions);
    let to = |at: LonLat, i: u32| (owners[i as usize], haversine_m(at, positions[i as usize]) / 1000.0);
    region.ground.cells.iter().map(|c| grid.nearest_two(c.at).map(|i| i.map(|i| to(c.at, i)))).collect()
}
