//! What a plan amounts to: the main figures, in all and by cluster, and what each facility handles.
//!
//! The rule of this evaluation: every demand cell brings its scrap to the nearest open collection point by road; aluminium
//! and copper go on to the nearest open hub that takes them and from there to the nearest smelter of the metal, the other
//! streams straight to the nearest smelter. Capacities do not bind here; the allocation is where they do.

mod explain;
mod figures;
mod rounds;

pub(crate) use explain::behind;
pub use explain::{DataSet, Explanation, Figure, explain};
pub use figures::{BANDS_KM, Figures};
pub use rounds::{Round, rounds};

use crate::{
    account::Rates,
    catchment::{Demands, FacilitySet, Fields, Pickup, cell_owners},
    graph::Label,
    model::{Cluster, Facility, FacilityKind, PerCluster, PerStream, Region, Stream},
    scenario::{Plan, Scenario},
};
use figures::Tally;
use serde::{Deserialize, Serialize};

/// What one open facility handles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Handled {
    /// The facility.
    pub id: String,
    /// Residents whose scrap comes here; 0 but for collection points.
    pub people: f64,
    /// Demand cells of its catchment; 0 but for collection points.
    pub cells: u32,
    /// Gross tonnes a year.
    pub gross_t: PerStream<f64>,
    /// Kilometres from where people live, weighted by people; 0 but for collection points.
    pub mean_access_km: f64,
}

/// The result of an evaluation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// All clusters together.
    pub total: Figures,
    /// Each cluster: people and tonnes by where they live and arise, hauls by where they start.
    pub by_cluster: PerCluster<Figures>,
    /// What each open facility handles, by id.
    pub facilities: Vec<Handled>,
}

impl Evaluation {
    /// What a facility handles, where it is open.
    #[must_use]
    pub fn handled(&self, id: &str) -> Option<&Handled> {
        self.facilities.binary_search_by(|h| h.id.as_str().cmp(id)).ok().map(|i| &self.facilities[i])
    }
}

/// Evaluates plans of one region; keeps what does not change between them.
#[derive(Default)]
pub struct Evaluator {
    fields: Fields,
    owners: Vec<Option<Label>>,
}

impl Evaluator {
    /// The fields, for routes that follow the same rule.
    pub const fn fields(&mut self) -> &mut Fields {
        &mut self.fields
    }

    /// For every demand cell the collection point that serves it, as row of the plan, in the plan evaluated last.
    #[must_use]
    pub fn owners(&self) -> &[Option<Label>] {
        &self.owners
    }

    /// Evaluates a plan.
    pub fn evaluate<'a>(&mut self, region: &Region, plan: &'a Plan, scenario: &Scenario) -> Evaluation {
        let parameters = &*scenario.parameters(&region.baseline);
        let ground = &region.ground;
        let rates = Rates::new(parameters, &scenario.levers);
        let demands = Demands::new(region, parameters, &scenario.levers);
        let pickup = Pickup::new(parameters);
        let sorted = parameters.number("process.hub_sorting_yield.all") / 100.0;

        // By row of the plan; nothing for what is closed or takes nothing.
        let mut handled: Vec<Option<Handled>> =
            plan.facilities().iter().map(|p| p.takes_scrap().then(|| Handled::none(&p.facility))).collect();
        let mut tally = PerCluster::from_fn(|_| Tally::default());

        // From homes and works to the points.
        let points = FacilitySet::of(FacilityKind::CollectionPoint);
        let field = self.fields.of(&ground.roads, plan, &points);
        self.owners = cell_owners(ground, &field);
        for (cell, owner) in ground.cells.iter().zip(&self.owners) {
            let d = demands.of(cell);
            let gross_t = d.gross_t.total();
            let t = &mut tally[cell.cluster];
            t.demand(&d);
            match owner {
                Some(label) => {
                    let km = rates.km(label.distance_m);
                    t.brought(d.people, gross_t, km, &rates, &pickup);
                    at(&mut handled, label.owner).brought(d.people, &d.gross_t, km);
                }
                None => t.unreached(d.people, gross_t),
            }
        }

        // From the points on.
        for stream in Stream::ALL {
            let mut next = |kind| {
                let field = self.fields.of(&ground.roads, plan, &FacilitySet::taking(kind, stream));
                move |fields: &mut Fields, from: &Facility| {
                    let access = fields.access(&ground.roads, from.at);
                    let label = field.label(access.node)?;
                    Some((label.owner, label.distance_m + access.leg_m))
                }
            };
            let to_hub = stream.via_hub().then(|| next(FacilityKind::Hub));
            let to_smelter = next(FacilityKind::Smelter);
            for (row, p) in plan.facilities().iter().enumerate() {
                let point = &p.facility;
                let gross = match &handled[row] {
                    Some(h) if point.kind == FacilityKind::CollectionPoint => h.gross_t[stream],
                    _ => continue,
                };
                let t = &mut tally[point.cluster.expect("a collection point is counted in a cluster")];
                if gross <= 0.0 {
                    continue;
                }
                let mut from = point;
                let mut tonnes = gross;
                let mut legs = Vec::with_capacity(2);
                let mut on_to = |found: Option<(u32, u32)>, tonnes: f64, from: &mut &'a Facility| {
                    let (owner, metres) = found?;
                    let to = &plan.facilities()[owner as usize].facility;
                    legs.push((tonnes, rates.shipment(from, to, metres, stream)));
                    at(&mut handled, owner).gross_t[stream] += tonnes;
                    *from = to;
                    Some(())
                };
                if let Some(hub) = &to_hub {
                    if on_to(hub(&mut self.fields, from), tonnes, &mut from).is_none() {
                        t.unrouted(gross);
                        continue;
                    }
                    tonnes *= sorted;
                }
                if on_to(to_smelter(&mut self.fields, from), tonnes, &mut from).is_none() {
                    t.unrouted(gross);
                    continue;
                }
                t.hauled(gross, &legs);
            }
        }

        let facilities = handled.into_iter().flatten().map(Handled::finished).collect();
        let all = Cluster::ALL.into_iter().fold(Tally::default(), |sum, c| sum.merged(&tally[c]));
        Evaluation { total: all.figures(), by_cluster: PerCluster::from_fn(|c| tally[c].figures()), facilities }
    }
}

/// What an owner of a label handles: an owner is open.
fn at(handled: &mut [Option<Handled>], row: u32) -> &mut Handled {
    handled[row as usize].as_mut().expect("an owner is an open facility")
}

impl Handled {
    fn none(f: &Facility) -> Self {
        Self { id: f.id.clone(), people: 0.0, cells: 0, gross_t: PerStream::default(), mean_access_km: 0.0 }
    }

    fn brought(&mut self, people: f64, gross: &PerStream<f64>, km: f64) {
        self.people += people;
        self.cells += 1;
        for s in Stream::ALL {
            self.gross_t[s] += gross[s];
        }
        self.mean_access_km += people * km;
    }

    /// The sum over people becomes their mean.
    fn finished(mut self) -> Self {
        self.mean_access_km = if self.people > 0.0 { self.mean_access_km / self.people } else { 0.0 };
        self
    }
}
