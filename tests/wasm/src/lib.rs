//! The core as Wasm, for Node: what the page's worker runs, without a page.

#[path = "../../src/flow/allocation.rs"]
mod allocation;
mod flow;
mod siting;

use atlas_core::{
    account::Rates,
    allocation::Allocator,
    catchment::{Areas, Fields, Measure, Question, survey},
    comparison::Measuring,
    diagnostics::Diagnostic,
    evaluate::Evaluator,
    format::{
        allocation::allocation_json,
        catchments::{catchments_geojson, catchments_json},
        futures::outlook_json,
        profile::{Report, clusters_json},
        region::{read_first, read_second},
        report, scenario,
        siting::{self as siting_format, read_question, siting_json},
        stress::{StressReport, stress_json},
    },
    geo::LonLat,
    graph::{Reach, Search, Source},
    model::{FacilityKind, Mode, Region, Stream},
    profile::Profiles,
    response::Bench,
    routing::{self, Aim, Query, Router, find_place},
    scenario::{Document, Edit, Levers, Plan, Scenario},
    siting::planning::{self as siting_planning, Siting, accept},
    uncertainty::{Detours, MonteCarlo, Progress, Shock, Stress, every_aim},
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
    reach: Reach,
}

impl Probe {
    fn open(&self, file: &str) -> Result<(Document, Vec<Diagnostic>), String> {
        let (wanted, mut problems) =
            if file.is_empty() { Default::default() } else { scenario::read(file).map_err(|e| e.to_string())? };
        let (document, more) = Document::open(&self.region.baseline, wanted);
        problems.extend(more);
        Ok((document, problems))
    }
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
        let mut reach = Reach::default();
        reach.update(region.ground.roads.csr(), &sources);
        Ok(Self { region, search: Search::default(), evaluator: Evaluator::default(), router: None, sources, reach })
    }

    /// What `atlas evaluate --json` prints for a scenario file; an empty text is the baseline.
    pub fn evaluate(&mut self, file: &str) -> Result<String, String> {
        let (document, problems) = self.open(file)?;
        let evaluation = Evaluator::default().evaluate(&self.region, document.plan(), document.scenario());
        Ok(report::evaluation_json(&self.region.baseline, document.scenario(), &evaluation, &problems))
    }

    /// Evaluates the baseline with its first point moved, as a drag does; gives the tonne-kilometres.
    pub fn drag(&mut self, lon: f64, lat: f64) -> f64 {
        let mut plan = Plan::baseline(&self.region.baseline);
        let id = plan.open(FacilityKind::CollectionPoint).next().expect("a point").id.clone();
        let edit = Edit::Move { id, to: LonLat::new(lon, lat) };
        plan.apply(&self.region.baseline, &edit).expect("a valid move");
        self.evaluator.evaluate(&self.region, &plan, &Scenario::default()).total.tonne_km
    }

    /// What `atlas allocate --json` prints for a scenario file, in 0 seconds; an empty text is the baseline.
    pub fn allocate(&mut self, file: &str) -> Result<String, String> {
        let (document, problems) = self.open(file)?;
        let (plan, scenario) = (document.plan(), document.scenario());
        let evaluation = Evaluator::default().evaluate(&self.region, plan, scenario);
        let answer = Allocator::default().allocate(&self.region, plan, scenario, &evaluation);
        Ok(allocation_json(&answer, &scenario.parameters(&self.region.baseline), 0.0, &problems))
    }

    /// What `atlas compare --clusters --json --scenario` prints for a scenario file.
    pub fn clusters(&mut self, file: &str) -> Result<String, String> {
        let (document, problems) = self.open(file)?;
        let (region, none) = (&self.region, Document::open(&self.region.baseline, Scenario::default()).0);
        let question = Question::usual(FacilityKind::CollectionPoint);
        let (mut evaluator, mut allocator) = (Evaluator::default(), Allocator::default());
        let mut profiles = |document: &Document| {
            let (plan, scenario) = (document.plan(), document.scenario());
            let begun = Measuring::begin(region, plan, scenario, &question, &mut evaluator, &mut allocator);
            Profiles::new(region, &begun.finish(region, &mut allocator))
        };
        let (plan, base) = (profiles(&document), profiles(&none));
        Ok(clusters_json(&Report {
            name: &document.scenario().name,
            baseline: &region.baseline,
            parameters: &document.scenario().parameters(&region.baseline),
            question: &question,
            profiles: &plan,
            base: Some(&base),
            areas: &[],
            problems: &problems,
        }))
    }

    /// What `atlas site --question --json` prints for a file with a question, in 0 seconds: the search to its end.
    pub fn site(&self, question: &str) -> Result<String, String> {
        let question = read_question(question).map_err(|e| e.to_string())?;
        let (document, problems) = self.open("")?;
        let (plan, scenario, mut siting) = (document.plan(), document.scenario(), Siting::default());
        let told = |all: Vec<Diagnostic>| all.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let mut job = siting.begin(&self.region, plan, scenario, &question).map_err(told)?;
        let clash = loop {
            if let siting_planning::Progress::Done { clash, .. } = job.step(&mut siting, &self.region) {
                break clash;
            }
        };
        let proposal = job.proposal(&self.region);
        Ok(siting_json(&siting_format::Report {
            question: &question,
            edits: &accept(&question, &proposal, plan),
            proposal: &proposal,
            clash: clash.as_ref(),
            curve: None,
            alternatives: None,
            parameters: &scenario.parameters(&self.region.baseline),
            seconds: 0.0,
            problems: &problems,
        }))
    }

    /// What `atlas montecarlo --json` prints for the baseline and a scenario file, with some threads or one, in 0 seconds.
    pub fn montecarlo(&self, file: &str, name: &str, runs: u32, seed: u32) -> Result<String, String> {
        let base = Document::new(&self.region.baseline);
        let plans = vec![base, self.open(file)?.0];
        let runs = MonteCarlo::new(&self.region.baseline, plans, every_aim(), seed.into(), 0..runs.into(), true)
            .map_err(|e| e.to_string())?;
        let outlook = runs.finish(&self.region, &mut Bench::default());
        Ok(outlook_json(&outlook, &["baseline".into(), name.into()], &[], 0.0))
    }

    /// Milliseconds that many futures of the baseline take: what comes before the runs, and each run.
    pub fn futures_ms(&self, runs: u32) -> Result<Vec<f64>, String> {
        let plans = vec![Document::new(&self.region.baseline)];
        let mut bench = Bench::default();
        let mut work = MonteCarlo::helper(&self.region.baseline, plans, every_aim(), 1).map_err(|e| e.to_string())?;
        let begun = flow::now();
        while work.step(&self.region, &mut bench) != Progress::Done {}
        let ready = flow::now();
        work.more(0..runs.into());
        while work.step(&self.region, &mut bench) != Progress::Done {}
        Ok(vec![ready - begun, (flow::now() - ready) / f64::from(runs)])
    }

    /// What `atlas stress --json --confirm 0 --shock` prints of the baseline, in 0 seconds: shocks joined by commas, the first also as
    /// a detour.
    pub fn stress(&mut self, shocks: &str) -> Result<String, String> {
        let (document, problems) = self.open("")?;
        let read = |key: &str| Shock::from_key(key).ok_or_else(|| format!("there is no shock {key}"));
        let shocks = shocks.split(',').map(read).collect::<Result<Vec<_>, _>>()?;
        let (mut bench, mut detours) = (Bench::default(), Detours::default());
        let first = shocks[0].clone();
        let ranking = Stress::new(&self.region.baseline, &document, shocks, 0).finish(&self.region, &mut bench);
        detours.begin(&self.region, &document, first);
        let around: Vec<_> = detours.finish(&self.region, &mut bench).into_iter().collect();
        Ok(stress_json(&StressReport {
            document: &document,
            ranking: &ranking,
            detours: &around,
            payoffs: None,
            seconds: 0.0,
            problems: &problems,
        }))
    }

    /// How long allocations take: see `allocation::times`.
    pub fn allocation_times(&self) -> Result<Vec<f64>, String> {
        allocation::times(&self.region, flow::now)
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

    /// What `atlas catchment --json --geojson` prints and writes, for `of` collection-points, hubs or smelters.
    pub fn catchments(&mut self, of: &str, measure: &str, bands: Vec<f64>) -> Vec<String> {
        let of = match of {
            "hubs" => FacilityKind::Hub,
            "smelters" => FacilityKind::Smelter,
            _ => FacilityKind::CollectionPoint,
        };
        let measure = Measure::ALL.into_iter().find(|m| m.key() == measure).expect("a measure");
        let limit = bands[1];
        let question = Question { measure, bands, limit, ..Question::usual(of) };
        let (region, none) = (&self.region, Scenario::default());
        let plan = Plan::baseline(&region.baseline);
        let fields = &mut Fields::default();
        let found = survey(region, &plan, &none, &question, fields);
        let areas = Areas::new(&region.ground.roads);
        let drawn = catchments_geojson(region, &plan, &none, &found, &areas, fields);
        let by_road = survey(region, &plan, &none, &Question { measure: Measure::Km, ..question }, fields);
        let json = catchments_json(region, &plan, &none, &found, &by_road, &[]);
        vec![json, String::from_utf8(drawn).expect("JSON is text")]
    }

    /// Makes the field of all collection points anew; gives the number of owned nodes.
    pub fn recompute(&mut self) -> usize {
        let mut reach = Reach::default();
        reach.update(self.region.ground.roads.csr(), &self.sources);
        reach.words().len()
    }

    /// Moves one collection point by a little and repairs the field; gives the number of sources that differed.
    pub fn repair(&mut self, turn: usize) -> usize {
        let row = turn * 7919 % self.sources.len();
        let to = self.sources[(row + 1) % self.sources.len()].node;
        let mut moved = self.sources.clone();
        moved[row].node = self.region.ground.roads.csr().arcs(to).first().map_or(to, |a| a.0);
        let csr = self.region.ground.roads.csr();
        // There and back: the next turn begins where this one did, so one repair is half of it.
        let there = self.reach.update(csr, &moved);
        there.max(self.reach.update(csr, &self.sources))
    }

    /// Moves one collection point by a little and surveys the plan.
    pub fn survey(&mut self, turn: usize) -> f64 {
        let base = &self.region.baseline;
        let row = turn * 7919 % self.sources.len();
        let point =
            base.facilities.iter().filter(|f| f.kind == FacilityKind::CollectionPoint).nth(row).expect("a point");
        let mut plan = Plan::baseline(base);
        let to = LonLat::new(point.at.lon + 0.02, point.at.lat);
        plan.apply(base, &Edit::Move { id: point.id.clone(), to }).expect("a valid move");
        let question = Question::usual(FacilityKind::CollectionPoint);
        let fields = self.evaluator.fields();
        survey(&self.region, &plan, &Scenario::default(), &question, fields).survey.total.people
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
