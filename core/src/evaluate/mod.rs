//! What a plan amounts to: the main figures, in all and by cluster, and what each facility handles.
//!
//! The rule of this evaluation: every demand cell brings its scrap to the nearest open collection point by road; aluminium
//! and copper go on to the nearest open hub that takes them and from there to the nearest smelter of the metal, the other
//! streams straight to the nearest smelter. Capacities do not bind here; the allocation is where they do.

mod explain;
mod figures;
mod uses;

pub use explain::{DataSet, Explanation, Figure, explain};
pub use figures::{BANDS_KM, Figures};
pub use uses::{Use, uses};

use crate::{
    account::Rates,
    catchment::{Fields, cell_owners},
    geo::LonLat,
    graph::Label,
    model::{Cluster, Facility, FacilityKind, Ground, PerCluster, PerStream, Region, ScrapModel, Stream},
    scenario::{Lever, Plan, Scenario},
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

    /// For every demand cell the collection point that serves it, as row of `plan.open(CollectionPoint)`, in the plan
    /// evaluated last.
    #[must_use]
    pub fn owners(&self) -> &[Option<Label>] {
        &self.owners
    }

    /// Evaluates a plan.
    pub fn evaluate(&mut self, region: &Region, plan: &Plan, scenario: &Scenario) -> Evaluation {
        let parameters = &*scenario.parameters(&region.baseline);
        let ground = &region.ground;
        let rates = Rates::new(parameters, &scenario.levers);
        let recovery = scenario.levers.value(Lever::RecoveryRate, parameters);
        let scrap = ScrapModel::new(parameters);
        let arising: Vec<PerStream<f64>> = region.baseline.prefectures.iter().map(|p| scrap.generated_t(p)).collect();
        let content = PerStream::from_fn(|s| parameters.number(content_key(s)) / 100.0);
        let sorted = parameters.number("process.hub_sorting_yield.all") / 100.0;

        let points: Vec<&Facility> = plan.open(FacilityKind::CollectionPoint).collect();
        let mut handled: Vec<Handled> = points.iter().map(|f| Handled::none(f)).collect();
        let mut tally = PerCluster::from_fn(|_| Tally::default());

        // From homes and works to the points.
        let positions: Vec<LonLat> = points.iter().map(|f| f.at).collect();
        let field = self.fields.of(&ground.roads, &positions);
        self.owners = cell_owners(ground, &field);
        for (cell, owner) in ground.cells.iter().zip(&self.owners) {
            let people = f64::from(cell.people);
            let home = &region.baseline.prefectures[cell.prefecture as usize];
            let share = if home.people > 0.0 { people / home.people } else { 0.0 };
            let generated = PerStream::from_fn(|s| arising[cell.prefecture as usize][s] * share);
            let collected = PerStream::from_fn(|s| generated[s] * recovery);
            let gross = PerStream::from_fn(|s| collected[s] / content[s]);
            let t = &mut tally[cell.cluster];
            t.demand(people, &generated, &collected, &gross);
            match owner {
                Some(label) => {
                    let km = rates.km(label.distance_m);
                    t.brought(people, gross.total(), km, &rates);
                    handled[label.owner as usize].brought(people, &gross, km);
                }
                None => t.unreached(people, gross.total()),
            }
        }

        // From the points on.
        let mut hubs = Stage::new(plan, FacilityKind::Hub);
        let mut smelters = Stage::new(plan, FacilityKind::Smelter);
        for stream in Stream::ALL {
            let to_hub = stream.via_hub().then(|| hubs.field(stream, ground, &mut self.fields));
            let to_smelter = smelters.field(stream, ground, &mut self.fields);
            for (point, h) in points.iter().zip(&handled) {
                let gross = h.gross_t[stream];
                let t = &mut tally[point.cluster.expect("a collection point is counted in a cluster")];
                if gross <= 0.0 {
                    continue;
                }
                let mut at = *point;
                let mut tonnes = gross;
                let mut legs = Vec::with_capacity(2);
                if let Some(next) = &to_hub {
                    let Some((hub, metres)) = next.nearest(at, ground, &mut self.fields) else {
                        t.unrouted(gross);
                        continue;
                    };
                    legs.push((tonnes, rates.shipment(at, hubs.open[hub], metres, stream)));
                    hubs.add(hub, stream, tonnes);
                    tonnes *= sorted;
                    at = hubs.open[hub];
                }
                let Some((smelter, metres)) = to_smelter.nearest(at, ground, &mut self.fields) else {
                    t.unrouted(gross);
                    continue;
                };
                legs.push((tonnes, rates.shipment(at, smelters.open[smelter], metres, stream)));
                smelters.add(smelter, stream, tonnes);
                t.hauled(gross, &legs);
            }
        }

        for h in &mut handled {
            h.mean_access_km = if h.people > 0.0 { h.mean_access_km / h.people } else { 0.0 };
        }
        handled.extend(hubs.handled);
        handled.extend(smelters.handled);
        handled.sort_by(|a, b| a.id.cmp(&b.id));
        let all = Cluster::ALL.into_iter().fold(Tally::default(), |sum, c| sum.merged(&tally[c]));
        Evaluation {
            total: all.figures(),
            by_cluster: PerCluster::from_fn(|c| tally[c].figures()),
            facilities: handled,
        }
    }
}

/// The parameter that says how much metal a tonne of the stream's scrap holds.
#[must_use]
pub const fn content_key(stream: Stream) -> &'static str {
    match stream {
        Stream::Al => "process.metal_content_feed.Al",
        Stream::Cu => "process.metal_content_feed.Cu",
        Stream::Pb => "process.metal_content_feed.Pb",
        Stream::Zn => "process.metal_content_feed.Zn",
        Stream::Other => "process.metal_content_feed.other",
    }
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
}

/// The open facilities of a kind and what arrives there.
struct Stage<'a> {
    open: Vec<&'a Facility>,
    handled: Vec<Handled>,
}

/// The field of those that take one stream.
struct StreamField {
    field: std::rc::Rc<crate::catchment::Field>,
    rows: Vec<usize>,
}

impl<'a> Stage<'a> {
    fn new(plan: &'a Plan, kind: FacilityKind) -> Self {
        let open: Vec<&Facility> = plan.open(kind).collect();
        let handled = open.iter().map(|f| Handled::none(f)).collect();
        Self { open, handled }
    }

    fn field(&self, stream: Stream, ground: &Ground, fields: &mut Fields) -> StreamField {
        let rows: Vec<usize> = (0..self.open.len()).filter(|i| self.open[*i].takes(stream)).collect();
        let positions: Vec<LonLat> = rows.iter().map(|i| self.open[*i].at).collect();
        StreamField { field: fields.of(&ground.roads, &positions), rows }
    }

    fn add(&mut self, row: usize, stream: Stream, tonnes: f64) {
        self.handled[row].gross_t[stream] += tonnes;
    }
}

impl StreamField {
    /// The nearest facility that takes the stream, as row of its stage, and the metres there.
    fn nearest(&self, from: &Facility, ground: &Ground, fields: &mut Fields) -> Option<(usize, u32)> {
        let access = fields.access(&ground.roads, from.at);
        let label = self.field.label(access.node)?;
        Some((self.rows[label.owner as usize], label.distance_m + access.leg_m))
    }
}
