//! The areas of catchments and travel bands on the ground, by the same rule as the figures.

use super::{FacilitySet, Field, Fields, Lengths, Measure, Mesh, Polygons, Question, Within, value_of};
use crate::{
    account::Rates,
    geo::LonLat,
    graph::Network,
    model::Region,
    scenario::{Plan, Scenario},
};
use std::{collections::BTreeMap, rc::Rc};

/// Draws areas of one region; the mesh of its road nodes is made once.
pub struct Areas {
    nodes: Rc<Mesh>,
}

/// The areas of one question about one plan.
pub struct Drawn {
    mesh: Rc<Mesh>,
    sites: Sites,
    limits: Vec<f64>,
}

/// Whose each site of the mesh is, and how much way is left beyond it.
enum Sites {
    /// Road nodes.
    Nodes {
        field: Rc<Field>,
        /// Search units a metre of straight leg, and a unit of the measure.
        per_m: f64,
        per_unit: f64,
    },
    /// The facilities themselves, by row of the plan.
    Facilities(Vec<u32>),
}

/// Further than any place is from a site.
const EVERYWHERE_M: f64 = 1e7;

impl Areas {
    /// Triangulates the road nodes. O(n log n).
    #[must_use]
    pub fn new(roads: &Network) -> Self {
        let nodes = 0..roads.csr().nodes() as u32;
        Self { nodes: Rc::new(Mesh::new(nodes.map(|n| roads.position(n)))) }
    }

    /// Makes ready to draw the areas of a question.
    #[must_use]
    pub fn of(
        &self,
        region: &Region,
        plan: &Plan,
        scenario: &Scenario,
        question: &Question,
        fields: &mut Fields,
    ) -> Drawn {
        let set = question.set();
        let limits = question.bands.clone();
        if question.measure == Measure::Line {
            let (rows, positions) = open(plan, &set);
            return Drawn { mesh: Rc::new(Mesh::new(positions)), sites: Sites::Facilities(rows), limits };
        }
        let parameters = &*scenario.parameters(&region.baseline);
        let rates = Rates::new(parameters, &scenario.levers);
        let lengths = match question.measure {
            Measure::Minutes => Lengths::time(parameters, &rates),
            Measure::Km | Measure::Yuan | Measure::Line => Lengths::Metres,
        };
        let field = fields.by(&region.ground.roads, plan, &set, lengths);
        let per_m = f64::from(lengths.leg(100_000)) / 100_000.0;
        let per_unit = 1e6 / value_of(question, &rates)(1_000_000);
        Drawn { mesh: Rc::clone(&self.nodes), sites: Sites::Nodes { field, per_m, per_unit }, limits }
    }
}

fn open(plan: &Plan, set: &FacilitySet) -> (Vec<u32>, Vec<LonLat>) {
    let all = plan.facilities().iter().zip(0u32..);
    all.filter(|(p, _)| p.takes_scrap() && set.holds(&p.facility)).map(|(p, row)| (row, p.facility.at)).unzip()
}

impl Drawn {
    /// The facility that a site belongs to, by row of the plan.
    fn owner(&self, site: usize) -> Option<u32> {
        match &self.sites {
            Sites::Nodes { field, .. } if site < self.mesh.len() => field.label(site as u32).map(|l| l.owner),
            Sites::Facilities(rows) => rows.get(site).copied(),
            Sites::Nodes { .. } => None,
        }
    }

    /// How many metres beyond a site one may go to stay within a limit in the measure's unit.
    fn metres_left(&self, site: usize, limit: f64) -> Option<f64> {
        match &self.sites {
            Sites::Nodes { field, per_m, per_unit } => {
                let label = field.label(site as u32)?;
                Some((limit * per_unit - f64::from(label.distance_m)) / per_m)
            }
            Sites::Facilities(_) => Some(limit * 1000.0),
        }
    }

    /// The catchment of every facility that has one, by row of the plan; borders are simplified by up to `tolerance` degrees.
    /// `shown` leaves out what lies around some places.
    #[must_use]
    pub fn catchments(&self, tolerance: f64, shown: impl Fn(LonLat) -> bool) -> BTreeMap<u32, Polygons> {
        self.mesh.regions(|site| self.owner(site).filter(|_| shown(self.mesh.position(site))), tolerance)
    }

    /// The catchments of some facilities alone, by row of the plan, likewise simplified.
    #[must_use]
    pub fn some(&self, rows: &[u32], tolerance: f64) -> BTreeMap<u32, Polygons> {
        self.mesh.regions(|site| self.owner(site).filter(|row| rows.contains(row)), tolerance)
    }

    /// Which catchments touch, by row of the plan.
    #[must_use]
    pub fn touching(&self) -> BTreeMap<u32, Vec<u32>> {
        self.mesh.touching(|site| self.owner(site))
    }

    /// What lies within each limit of the question, nearest first, without what lies within the one before; lines are
    /// simplified by up to `tolerance` degrees.
    #[must_use]
    pub fn bands(&self, tolerance: f64) -> Vec<(f64, Polygons)> {
        let sites: Vec<usize> = (0..self.mesh.len()).filter(|s| self.owner(*s).is_some()).collect();
        self.rings(&sites, |_, across| self.owner(across).is_some(), tolerance)
    }

    /// The catchment of one facility, and its bands, nearest first.
    #[must_use]
    pub fn one(&self, row: u32) -> (Polygons, Vec<(f64, Polygons)>) {
        let mine = |site: usize| self.owner(site) == Some(row);
        let sites: Vec<usize> = (0..self.mesh.len()).filter(|s| mine(*s)).collect();
        let whole = self.mesh.within(sites.iter().copied(), |_| Some(EVERYWHERE_M), |_, across| mine(across));
        (whole.polygons(), self.rings(&sites, |_, across| mine(across), 0.0))
    }

    fn rings(&self, sites: &[usize], alike: impl Fn(usize, usize) -> bool, tolerance: f64) -> Vec<(f64, Polygons)> {
        let mut inner = Within::default();
        let mut rings = Vec::new();
        for limit in &self.limits {
            let outer = self.mesh.within(sites.iter().copied(), |s| self.metres_left(s, *limit), &alike);
            let outer = outer.simplified(tolerance);
            rings.push((*limit, outer.without(&inner)));
            inner = outer;
        }
        rings
    }
}
