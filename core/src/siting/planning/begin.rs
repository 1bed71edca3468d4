//! From a question to a job: what is wrong with it is told at once.

use super::{
    Aim, Question,
    area::Homes,
    candidates::{self, Candidate},
    demand::{self, Origins, Rows},
    engine::is_counted,
    futures::Drawn,
    job::{Draft, SitingJob},
    model::{Model, Parts, served},
    spacing, trouble,
    ways::{FAR, Graphs, Metric, Post, line_m},
};
use crate::{
    account::Rates,
    catchment::{FacilitySet, Measure, norms::NormProfile},
    diagnostics::Diagnostic,
    geo::LonLat,
    graph::{Access, Search, Source},
    model::{FacilityKind, MOST_ACCESS_M, NormMetric, Parameters, Region, Stream},
    scenario::{Plan, Scenario},
    siting::{Lock, Row},
};
use std::{collections::HashMap, rc::Rc};

/// The yearly cost of a hub, in million yuan.
const HUB_COST_KEY: &str = "process.hub_fixed_cost.all";
/// The yearly cost of a collection point in yuan, where the tables have one.
const POINT_COST_KEY: &str = "model.point_cost.all";
/// What leaves a hub of what enters it, in per cent.
const YIELD_KEY: &str = "process.hub_sorting_yield.all";

/// What is kept between questions: ways onto the roads, the roads in other lengths, prefectures by position.
#[derive(Default)]
pub struct Siting {
    graphs: Graphs,
    access: HashMap<[u64; 2], Access>,
    homes: Option<Rc<Homes>>,
}

impl Siting {
    /// Begins the search for an answer.
    ///
    /// # Errors
    /// Everything that is wrong with the question, each with what to do.
    pub fn begin(
        &mut self,
        region: &Region,
        plan: &Plan,
        scenario: &Scenario,
        question: &Question,
    ) -> Result<SitingJob, Vec<Diagnostic>> {
        self.begin_for(region, plan, scenario, question, None)
    }

    /// The same for some rows of demand only.
    pub(super) fn begin_for(
        &mut self,
        region: &Region,
        plan: &Plan,
        scenario: &Scenario,
        question: &Question,
        only: Option<&[bool]>,
    ) -> Result<SitingJob, Vec<Diagnostic>> {
        let parameters = &*scenario.parameters(&region.baseline);
        let mut problems = numbers(question);
        let mut notes = Vec::new();
        let measure = measure(question, &mut problems);
        let site_cost = site_cost(question, parameters, &mut problems);
        let homes = Rc::clone(self.homes.get_or_insert_with(|| Rc::new(Homes::new(region))));
        let kept = &mut self.access;
        let mut access = |at: LonLat| {
            *kept.entry([at.lon.to_bits(), at.lat.to_bits()]).or_insert_with(|| region.ground.roads.access(at))
        };
        let mut cast = candidates::gather(region, plan, question, &homes, &mut access, &mut problems, &mut notes);
        let origins = Origins::new(region, plan, question, &mut access, &mut problems);
        let demand = demand::rows(region, &origins, parameters, &scenario.levers, question, &mut problems);
        // A question behind the question asks about the table's values.
        let asked = question.futures.filter(|_| only.is_none());
        let drawn = asked.and_then(|futures| {
            Drawn::new(region, scenario, question, futures, &origins, &demand, &mut problems, &mut notes)
        });
        if let Some(key) =
            question.norms.as_deref().filter(|key| NormProfile::standard().iter().all(|p| p.key != **key))
        {
            problems.push(trouble::unknown_profile(key));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let metric = Metric::new(region, scenario, question, measure, &mut self.graphs);
        let onwards = Onwards::new(region, plan, parameters, question, &metric, &demand, &mut access);
        for c in &mut cast.candidates {
            let takes = |s: Option<Stream>| {
                let of = c.existing.map(|row| &plan.facilities()[row as usize].facility);
                s.is_none_or(|s| of.is_none_or(|f| f.takes(s)))
            };
            c.onward = (0..demand.classes.len())
                .map(|class| if takes(demand.classes[class]) { onwards.of(class, c.at, c.access) } else { FAR })
                .collect();
        }
        let before = cast.candidates.len();
        cast.candidates.retain(|c| c.onward.iter().any(|on| *on != FAR));
        if cast.candidates.len() < before {
            let why = "no smelter that takes the stream can be reached from there";
            notes.push(trouble::left_out("siting-no-smelter", before - cast.candidates.len(), why));
        }
        let mut sides = Vec::new();
        if let Some(km) = question.apart_km {
            sides = spacing::cliques(&cast.candidates, km);
        }
        let spacing = sides.len();
        if let Some(limit) = question.budget {
            let new = (0u32..).zip(&cast.candidates).filter(|(_, c)| !c.open_now);
            sides.push(Row { terms: new.map(|(s, _)| (s, site_cost)).collect(), limit });
        }
        let problems = locks(question, &cast.candidates, &sides, spacing);
        if !problems.is_empty() {
            return Err(problems.into_iter().chain(notes).collect());
        }
        let mut posts = |rows: &[u32]| -> Vec<Vec<Post>> {
            let all = 0..demand.classes.len();
            all.map(|class| {
                let post = |row: &u32| {
                    let f = &plan.facilities()[*row as usize].facility;
                    let access = access(f.at);
                    let takes = demand.classes[class].is_none_or(|s| f.takes(s)) && access.leg_m <= MOST_ACCESS_M;
                    let onward = if takes { onwards.of(class, f.at, access) } else { FAR };
                    (onward != FAR).then_some(Post { at: f.at, access, onward, tag: *row })
                };
                rows.iter().filter_map(post).collect()
            })
            .collect()
        };
        let stay = served(region, &metric, &demand, &posts(&cast.stays));
        let mut open: Vec<u32> = cast.stays.iter().chain(&cast.shut).copied().collect();
        open.extend(cast.candidates.iter().filter(|c| c.open_now).filter_map(|c| c.existing));
        open.sort_unstable();
        let now = if open == cast.stays { stay.clone() } else { served(region, &metric, &demand, &posts(&open)) };
        let rates = Rates::new(parameters, &scenario.levers);
        let per_tkm = match question.kind {
            FacilityKind::CollectionPoint => rates.collect_yuan_per_tkm,
            _ => rates.modes.road.yuan_per_tkm[question.stream.unwrap_or(Stream::Al)],
        };
        let only = only.filter(|only| only.len() == demand.rows.len());
        let skip = only.map_or_else(|| vec![false; demand.rows.len()], |only| only.iter().map(|o| !o).collect());
        let parts = Parts {
            question: question.clone(),
            metric,
            cast,
            demand,
            stay,
            now,
            sides,
            spacing,
            site_cost,
            yuan: rates.km(1) * per_tkm,
            skip,
        };
        let model = Model::new(region, parts);
        let norms = norms(region, question, &mut notes);
        Ok(SitingJob::new(Draft {
            model,
            plan: plan.clone(),
            scenario: scenario.clone(),
            notes,
            norms,
            onwards,
            drawn,
        }))
    }
}

/// The measure that the search goes by.
fn measure(question: &Question, problems: &mut Vec<Diagnostic>) -> Measure {
    if question.aim != Aim::LeastCost {
        return question.measure;
    }
    match question.measure {
        Measure::Km | Measure::Yuan => question.measure,
        other => {
            if question.limit.is_some() {
                problems.push(trouble::limit_measure(other));
            }
            Measure::Km
        }
    }
}

/// Numbers that cannot be.
fn numbers(question: &Question) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if !matches!(question.kind, FacilityKind::CollectionPoint | FacilityKind::Hub) {
        problems.push(trouble::wrong_kind(question.kind.key()));
    }
    if question.kind == FacilityKind::Hub
        && let Some(stream) = question.stream.filter(|s| !s.via_hub())
    {
        problems.push(trouble::not_via_hub(stream.key()));
    }
    let all = [
        ("limit", question.limit, true),
        ("apart_km", question.apart_km, true),
        ("budget", question.budget, false),
        ("site_cost", question.site_cost, false),
        ("capacity_t", question.capacity_t, true),
    ];
    for (which, value, above) in all {
        if let Some(v) = value.filter(|v| !(v.is_finite() && (*v > 0.0 || (!above && *v == 0.0)) && *v < 1e13)) {
            problems.push(trouble::bad_number(which, v));
        }
    }
    if question.limit.is_none() && matches!(question.aim, Aim::MostCovered | Aim::FewestSites) {
        problems.push(trouble::limit_needed());
    }
    if question.count == 0 && is_counted(question.aim) {
        problems.push(trouble::no_count());
    }
    problems
}

/// What a new site costs a year, where it matters.
pub(super) fn site_cost(question: &Question, parameters: &Parameters, problems: &mut Vec<Diagnostic>) -> f64 {
    let table = match question.kind {
        FacilityKind::Hub => parameters.get(HUB_COST_KEY).map(|p| p.value * 1e6),
        _ => parameters.get(POINT_COST_KEY).map(|p| p.value),
    };
    match question.site_cost.or(table) {
        Some(cost) => cost,
        None => {
            if question.aim == Aim::LeastCost || question.budget.is_some() {
                problems.push(trouble::no_site_cost());
            }
            0.0
        }
    }
}

/// Locks that cannot be kept, and more sites than there are.
fn locks(question: &Question, candidates: &[Candidate], sides: &[Row], spacing: usize) -> Vec<Diagnostic> {
    if candidates.is_empty() {
        return vec![trouble::no_candidates()];
    }
    let mut problems = Vec::new();
    let locked = candidates.iter().filter(|c| c.lock == Lock::Open).count();
    if is_counted(question.aim) {
        if question.count > candidates.len() {
            problems.push(trouble::too_many(question.count, candidates.len()));
        }
        if locked > question.count {
            problems.push(trouble::locked_open(locked, question.count));
        }
    }
    for (r, side) in sides.iter().enumerate() {
        let open = side.terms.iter().filter(|(s, _)| candidates[*s as usize].lock == Lock::Open);
        if open.map(|(_, a)| a).sum::<f64>() > side.limit {
            problems.push(trouble::locked_row(if r < spacing { super::Limit::Apart } else { super::Limit::Budget }));
            break;
        }
    }
    problems
}

/// Least throughput that the norms in force ask of a hub, with where it applies; norms that cannot be checked are told.
fn norms(region: &Region, question: &Question, notes: &mut Vec<Diagnostic>) -> Option<f64> {
    let key = question.norms.as_deref()?;
    let profile = NormProfile::standard().into_iter().find(|p| p.key == key)?;
    let mut least: Option<f64> = None;
    for norm in profile.norms(&region.baseline.norms) {
        match (norm.metric, norm.min) {
            (NormMetric::ThroughputTPerYear, Some(min)) if question.kind == FacilityKind::Hub => {
                least = Some(least.map_or(min, |l| l.max(min)));
            }
            (NormMetric::ThroughputTPerYear, _) => {}
            _ => notes.push(trouble::norm_unchecked(&norm.id)),
        }
    }
    least
}

/// What lies between a hub and the smelter of each class.
pub(super) struct Onwards {
    /// By class; none where nothing goes on.
    fields: Vec<Field>,
    /// What leaves a hub of what enters it.
    share: f64,
    plain: bool,
}

enum Field {
    Roads(Search, crate::catchment::Lengths),
    Line(Vec<LonLat>),
}

impl Onwards {
    fn new(
        region: &Region,
        plan: &Plan,
        parameters: &Parameters,
        question: &Question,
        metric: &Metric,
        demand: &Rows,
        access: &mut impl FnMut(LonLat) -> Access,
    ) -> Self {
        let goes_on = question.kind == FacilityKind::Hub && matches!(question.aim, Aim::Nearest | Aim::LeastCost);
        if !goes_on {
            return Self { fields: Vec::new(), share: 0.0, plain: true };
        }
        let field = |stream: &Option<Stream>| {
            let set = FacilitySet { kind: FacilityKind::Smelter, stream: *stream, cluster: None, only: Vec::new() };
            let smelters =
                plan.facilities().iter().zip(0u32..).filter(|(p, _)| p.takes_scrap() && set.holds(&p.facility));
            if metric.is_line() {
                return Field::Line(smelters.map(|(p, _)| p.facility.at).collect());
            }
            let mut sources = Vec::new();
            for (p, owner) in smelters {
                let a = access(p.facility.at);
                if a.leg_m <= MOST_ACCESS_M {
                    sources.push(Source { node: a.node, offset_m: metric.leg(a), owner });
                }
            }
            let mut search = Search::default();
            search.run(metric.csr(region), &sources);
            Field::Roads(search, metric.lengths)
        };
        let fields = demand.classes.iter().map(field).collect();
        Self { fields, share: parameters.number(YIELD_KEY) / 100.0, plain: false }
    }

    /// The way on from a place, times the share of what is brought that goes on.
    pub fn of(&self, class: usize, at: LonLat, access: Access) -> u32 {
        if self.plain {
            return 0;
        }
        let length = match &self.fields[class] {
            Field::Line(smelters) => smelters.iter().map(|s| line_m(at, *s)).min(),
            Field::Roads(search, lengths) => {
                search.label(access.node).map(|l| l.distance_m + lengths.leg(access.leg_m))
            }
        };
        length.map_or(FAR, |l| libm::round(f64::from(l) * self.share) as u32)
    }
}
