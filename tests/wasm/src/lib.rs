//! The core as Wasm, for Node: what the page's worker runs, without a page.

use atlas_core::{
    account::Rates,
    evaluate::Evaluator,
    format::{
        region::{read_first, read_second},
        report, scenario,
    },
    geo::LonLat,
    graph::{Search, Source},
    model::{FacilityKind, Mode, Region, Stream},
    routing::{self, Aim, Query, Router, find_place},
    scenario::{Document, Levers, Plan, Scenario},
};
use wasm_bindgen::prelude::*;

/// A region, and a search that keeps its memory.
#[wasm_bindgen]
pub struct Probe {
    region: Region,
    search: Search,
    evaluator: Evaluator,
    router: Option<Router>,
    sources: Vec<Source>,
}

#[wasm_bindgen]
impl Probe {
    /// Reads the two packs.
    #[wasm_bindgen(constructor)]
    pub fn new(first: &[u8], network: &[u8]) -> Result<Probe, String> {
        let first = read_first(first).map_err(|e| e.to_string())?;
        let second = read_second(network, &first.baseline.prefectures).map_err(|e| e.to_string())?;
        let region = Region { baseline: first.baseline, ground: second.ground };
        let sources = point_sources(&region);
        Ok(Self { region, search: Search::default(), evaluator: Evaluator::default(), router: None, sources })
    }

    /// What `atlas evaluate --json` prints for a scenario file; an empty text is the baseline.
    pub fn evaluate(&mut self, file: &str) -> Result<String, String> {
        let (wanted, mut problems) =
            if file.is_empty() { Default::default() } else { scenario::read(file).map_err(|e| e.to_string())? };
        let (document, more) = Document::open(&self.region.baseline, wanted);
        problems.extend(more);
        let evaluation = Evaluator::default().evaluate(&self.region, document.plan(), document.scenario());
        Ok(report::evaluation_json(&self.region.baseline, document.scenario(), &evaluation, &problems))
    }

    /// Evaluates the baseline with its first point moved, as a drag does; gives the tonne-kilometres.
    pub fn drag(&mut self, lon: f64, lat: f64) -> f64 {
        let mut plan = Plan::baseline(&self.region.baseline);
        let id = plan.open(FacilityKind::CollectionPoint).next().expect("a point").id.clone();
        let edit = atlas_core::scenario::Edit::Move { id, to: LonLat::new(lon, lat) };
        plan.apply(&self.region.baseline, &edit).expect("a valid move");
        self.evaluator.evaluate(&self.region, &plan, &Scenario::default()).total.tonne_km
    }

    /// What `atlas route --json` prints: modes joined by commas, `by` cost, hours or co2.
    pub fn route(
        &mut self,
        from: &str,
        to: &str,
        modes: &str,
        by: &str,
        alternatives: usize,
    ) -> Result<String, String> {
        let answer = self.find(from, to, modes, by, alternatives)?;
        Ok(report::route_json(&answer, Stream::Al, &self.region.baseline.parameters))
    }

    /// The yuan a tonne of the same, without writing it down: for timing.
    pub fn route_cost(&mut self, from: &str, to: &str, modes: &str, alternatives: usize) -> Result<f64, String> {
        Ok(self.find(from, to, modes, "cost", alternatives)?.best.total.yuan_per_t)
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.region.ground.roads.csr().nodes()
    }

    /// The edges as `a, b, metres` one after the other.
    pub fn edges(&self) -> Vec<u32> {
        self.region.ground.roads.edges().flat_map(|(a, b, l)| [a, b, l.length_m]).collect()
    }

    /// Sources of all collection points as `node, metres` one after the other.
    pub fn sources(&self) -> Vec<u32> {
        self.sources.iter().flat_map(|s| [s.node, s.offset_m]).collect()
    }

    /// One search from all collection points; gives the sum of all distances, so that nothing can be left out.
    pub fn search(&mut self) -> f64 {
        self.search.run(self.region.ground.roads.csr(), &self.sources);
        self.search.labels().flatten().map(|l| f64::from(l.distance_m)).sum()
    }
}

impl Probe {
    fn find(
        &mut self,
        from: &str,
        to: &str,
        modes: &str,
        by: &str,
        alternatives: usize,
    ) -> Result<routing::Answer, String> {
        let region = &self.region;
        let base = &region.baseline;
        let place = |text: &str| {
            find_place(text, &base.facilities, &base.prefectures, &region.ground.places).map_err(|e| e.to_string())
        };
        let (a, b) = (place(from)?, place(to)?);
        let aim = match by {
            "cost" => Aim::COST,
            "hours" => Aim::HOURS,
            _ => Aim::CO2,
        };
        let query = Query {
            from: (&a.name, a.at),
            to: (&b.name, b.at),
            modes: modes.split(',').filter_map(Mode::from_key).collect(),
            aim,
            stream: Stream::Al,
            alternatives,
        };
        let rates = Rates::new(&base.parameters, &Levers::default());
        let router = self.router.get_or_insert_with(|| Router::new(&region.ground, &base.facilities));
        router.route(region, &Plan::baseline(base), &rates, &query).map_err(|e| e.to_string())
    }
}

fn point_sources(region: &Region) -> Vec<Source> {
    let roads = &region.ground.roads;
    let points = region.baseline.facilities.iter().filter(|f| f.kind == FacilityKind::CollectionPoint);
    let source = |(f, owner): (&atlas_core::model::Facility, u32)| {
        let access = roads.access(f.at);
        Source { node: access.node, offset_m: access.leg_m, owner }
    };
    points.zip(0u32..).map(source).collect()
}
